/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The press: what sheets need of libharu, and nothing more. */

#include "press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "font.h"

static const char *const font_folders[] = {
    "/usr/share/fonts/truetype/dejavu",
    "/usr/local/share/fonts/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/google-droid-sans-fonts",
    "/usr/share/fonts/droid",
    "/usr/share/fonts/truetype/nanum",
    "/usr/share/fonts/nanum",
};
static const char *const font_files[PRESS_FONT_COUNT] = {
    [PRESS_REGULAR] = "DejaVuSans.ttf",
    [PRESS_BOLD] = "DejaVuSans-Bold.ttf",
    [PRESS_HAN] = "DroidSansFallbackFull.ttf",
    [PRESS_KOREAN] = "NanumGothic.ttf",
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
    struct press *press = context;

    (void)detail;
    if (press->error == HPDF_OK)
        press->error = error;
}

static HPDF_Font load_font(struct press *press, const char *file)
{
    char path[256];

    for (size_t i = 0; i < COUNT_OF(font_folders); i++) {
        snprintf(path, sizeof path, "%s/%s", font_folders[i], file);
        if (access(path, R_OK) != 0)
            continue;
        const char *name = HPDF_LoadTTFontFromFile(press->document, path, HPDF_TRUE);
        HPDF_Font font = name != NULL ? HPDF_GetFont(press->document, name, "UTF-8") : NULL;
        return font_mend(font) == HPDF_OK ? font : NULL;
    }
    return NULL;
}

/* "D:20261124184200Z" as libharu's date. */
static HPDF_Date pdf_date(const char *created)
{
    HPDF_Date date = {.ind = 'Z'};

    sscanf(created, "D:%4d%2d%2d%2d%2d%2d", &date.year, &date.month, &date.day, &date.hour,
           &date.minutes, &date.seconds);
    return date;
}

status press_open(struct press *press, const char *title, const char *created, struct fault *fault)
{
    *press = (struct press){.document = NULL};
    press->document = HPDF_New(on_error, press);
    if (press->document == NULL)
        return fault_set(fault, ERR_IO, "There is not enough memory to make the document.");
    HPDF_SetCompressionMode(press->document, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(press->document);
    for (size_t i = PRESS_REGULAR; i <= PRESS_BOLD; i++) {
        press->fonts[i] = load_font(press, font_files[i]);
        if (press->fonts[i] == NULL) {
            press_close(press);
            return fault_set(fault, ERR_IO,
                             "The font %s is missing. Install the package "
                             "fonts-dejavu-core.",
                             font_files[i]);
        }
    }
    char safe[200];
    AUTO_BUF clean = BUF(sizeof safe);
    text_sanitize(&clean, title, strlen(title), TEXT_ONE_LINE);
    HPDF_SetInfoAttr(press->document, HPDF_INFO_TITLE, buf_str(&clean));
    HPDF_SetInfoAttr(press->document, HPDF_INFO_CREATOR, "Pitlane");
    HPDF_SetInfoDateAttr(press->document, HPDF_INFO_CREATION_DATE, pdf_date(created));
    HPDF_SetInfoDateAttr(press->document, HPDF_INFO_MOD_DATE, pdf_date(created));
    return OK;
}

void press_close(struct press *press)
{
    if (press->document != NULL)
        HPDF_Free(press->document);
    press->document = NULL;
}

void press_page(struct press *press, float width, float height)
{
    if (press->page_count == PRESS_PAGES_MAX) {
        press->full = true;
        return;
    }
    press->page = HPDF_AddPage(press->document);
    HPDF_Page_SetWidth(press->page, width);
    HPDF_Page_SetHeight(press->page, height);
    press->pages[press->page_count++] = press->page;
    press->width = width;
    press->height = height;
    press_gray(press, 0);
}

void press_to_page(struct press *press, size_t index)
{
    press->page = press->pages[index];
}

status press_finish(struct press *press, struct buf *ret_bytes, struct fault *fault)
{
    HPDF_BYTE chunk[16384];
    HPDF_UINT32 size;

    if (press->full)
        return fault_set(fault, ERR_CONFLICT, "The document has more than %d pages. Choose less.",
                         PRESS_PAGES_MAX);
    if (press->error == HPDF_OK)
        HPDF_SaveToStream(press->document);
    if (press->error != HPDF_OK)
        return fault_set(fault, ERR_IO,
                         "The document could not be made (reason %lu). Print it as "
                         "text instead.",
                         press->error);
    HPDF_ResetStream(press->document);
    do {
        size = sizeof chunk;
        HPDF_ReadFromStream(press->document, chunk, &size);
        buf_add(ret_bytes, chunk, size);
    } while (size == sizeof chunk);
    if (ret_bytes->full)
        return fault_set(fault, ERR_CONFLICT, "The document is too large. Choose less.");
    return OK;
}

void press_gray(struct press *press, float gray)
{
    HPDF_Page_SetRGBFill(press->page, gray, gray, gray);
    HPDF_Page_SetRGBStroke(press->page, gray, gray, gray);
}

static bool other_shows(struct press *press, enum press_font other, uint32_t character)
{
    if (!press->looked_for[other])
        press->fonts[other] = load_font(press, font_files[other]);
    press->looked_for[other] = true;
    return font_shows(press->fonts[other], character);
}

/* The font a character is shown in: the one that was asked for, unless another one has what it
 * lacks. What none has is an empty box of the first, and still the character for who copies it. */
static enum press_font font_for(struct press *press, enum press_font font, uint32_t character)
{
    if (font_shows(press->fonts[font], character))
        return font;
    for (enum press_font other = PRESS_HAN; other < PRESS_FONT_COUNT; other++)
        if (other_shows(press, other, character)) {
            font_keep(press->fonts[other], character);
            return other;
        }
    return font;
}

#define BOX_CHARACTER 0x25a1u

/* libharu takes what UTF-16 has in one code; the rest, emoji among it, is a box. 0: nothing. */
static uint32_t shown_for(struct press *press, uint32_t character)
{
    const bool has_width = text_char_cells(character) > 0;

    if (character > 0xffff)
        return has_width ? BOX_CHARACTER : 0;
    return has_width || font_shows(press->fonts[PRESS_REGULAR], character) ? character : 0;
}

/* Sanitised, and of characters that libharu takes. */
static const char *printable(struct press *press, const char *text, struct buf *out)
{
    AUTO_BUF safe = BUF_MIB(1);
    uint32_t character;
    size_t step;

    text_sanitize(&safe, text, strlen(text), TEXT_ONE_LINE);
    const char *at = buf_str(&safe);
    for (size_t left = safe.length; left > 0; at += step, left -= step) {
        step = text_next(at, left, &character);
        const uint32_t shown = shown_for(press, character);
        if (shown == character)
            buf_add(out, at, step);
        else if (shown != 0)
            buf_text(out, "\xe2\x96\xa1");
    }
    return buf_str(out);
}

/* Bytes at the beginning of a printable text that are shown in one font, and which one. */
static size_t run_of(struct press *press, enum press_font font, const char *text,
                     enum press_font *ret_font)
{
    const size_t length = strlen(text);
    uint32_t character;
    size_t at = text_next(text, length, &character);

    *ret_font = font_for(press, font, character);
    while (at < length) {
        const size_t step = text_next(text + at, length - at, &character);
        if (font_for(press, font, character) != *ret_font)
            break;
        at += step;
    }
    return at;
}

static float run_width(struct press *press, enum press_font font, float size, const char *text,
                       size_t length)
{
    const HPDF_TextWidth width =
        HPDF_Font_TextWidth(press->fonts[font], (const HPDF_BYTE *)text, (HPDF_UINT)length);

    return (float)width.width * size / 1000;
}

float press_text_width(struct press *press, enum press_font font, float size, const char *text)
{
    AUTO_BUF out = BUF_MIB(1);
    enum press_font in = font;
    float width = 0;
    size_t length;

    for (const char *at = printable(press, text, &out); *at != '\0'; at += length) {
        length = run_of(press, font, at, &in);
        width += run_width(press, in, size, at, length);
    }
    return width;
}

void press_text(struct press *press, enum press_font font, float size, float x, float y,
                const char *text)
{
    AUTO_BUF out = BUF_MIB(1), run = BUF_MIB(1);
    enum press_font in = font;
    size_t length;

    for (const char *at = printable(press, text, &out); *at != '\0'; at += length) {
        length = run_of(press, font, at, &in);
        buf_clear(&run);
        buf_add(&run, at, length);
        if (press->error != HPDF_OK)
            return;
        HPDF_Page_BeginText(press->page);
        HPDF_Page_SetFontAndSize(press->page, press->fonts[in], size);
        HPDF_Page_TextOut(press->page, x, press->height - y, buf_str(&run));
        HPDF_Page_EndText(press->page);
        x += run_width(press, in, size, at, length);
    }
}

void press_text_right(struct press *press, enum press_font font, float size, float x, float y,
                      const char *text)
{
    press_text(press, font, size, x - press_text_width(press, font, size, text), y, text);
}

static float character_width(struct press *press, enum press_font font, float size,
                             uint32_t character)
{
    const uint32_t shown = shown_for(press, character);

    if (shown == 0)
        return 0;
    const enum press_font in = font_for(press, font, shown);
    return (float)HPDF_Font_GetUnicodeWidth(press->fonts[in], (HPDF_UNICODE)shown) * size / 1000;
}

size_t press_fit(struct press *press, enum press_font font, float size, float width,
                 const char *text)
{
    const size_t line = strcspn(text, "\n");
    size_t at = 0, word_end = 0, hyphen_end = 0;
    float used = 0;

    while (at < line) {
        uint32_t character;
        const size_t step = text_next(text + at, line - at, &character);
        used += character_width(press, font, size, character);
        if (used > width)
            return word_end > 0 ? word_end : hyphen_end > 0 ? hyphen_end : at > 0 ? at : step;
        at += step;
        if (at < line && character == '-')
            hyphen_end = at;
        if (at < line && text[at] == ' ')
            word_end = at;
    }
    return line;
}

void press_line(struct press *press, float x1, float y1, float x2, float y2, float thick)
{
    HPDF_Page_SetLineWidth(press->page, thick);
    HPDF_Page_MoveTo(press->page, x1, press->height - y1);
    HPDF_Page_LineTo(press->page, x2, press->height - y2);
    HPDF_Page_Stroke(press->page);
}

void press_fill(struct press *press, float x, float y, float width, float height, float gray)
{
    HPDF_Page_SetRGBFill(press->page, gray, gray, gray);
    HPDF_Page_Rectangle(press->page, x, press->height - y - height, width, height);
    HPDF_Page_Fill(press->page);
    HPDF_Page_SetRGBFill(press->page, 0, 0, 0);
}

void press_watermark(struct press *press, const char *text)
{
    const float size = press->width / 4;
    const float wide = press_text_width(press, PRESS_BOLD, size, text);
    const float slant = 0.70711f; /* 45 degrees */

    press_gray(press, 0.92f);
    HPDF_Page_BeginText(press->page);
    HPDF_Page_SetFontAndSize(press->page, press->fonts[PRESS_BOLD], size);
    HPDF_Page_SetTextMatrix(press->page, slant, slant, -slant, slant,
                            press->width / 2 - wide * slant / 2 + size * slant / 3,
                            press->height / 2 - wide * slant / 2 - size * slant / 3);
    HPDF_Page_ShowText(press->page, text);
    HPDF_Page_EndText(press->page);
    press_gray(press, 0);
}

bool press_picture(struct press *press, const void *bytes, size_t count, float x, float y,
                   float width, float height)
{
    const HPDF_Image image = press_load_picture(press, bytes, count);

    if (image == NULL || press->error != HPDF_OK) {
        /* A bad logo must not keep the invoice from being printed. */
        HPDF_ResetError(press->document);
        press->error = HPDF_OK;
        return false;
    }
    const float scale_x = width / (float)HPDF_Image_GetWidth(image);
    const float scale_y = height / (float)HPDF_Image_GetHeight(image);
    const float scale = scale_x < scale_y ? scale_x : scale_y;
    const float tall = (float)HPDF_Image_GetHeight(image) * scale;
    HPDF_Page_DrawImage(press->page, image, x, press->height - y - tall,
                        (float)HPDF_Image_GetWidth(image) * scale, tall);
    return true;
}
