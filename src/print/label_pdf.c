/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labels on sheets, in points from the top left corner. */

#include <string.h>

#include "labels.h"
#include "press.h"

#define INSET      7.0f
#define NAME_SIZE  8.5f
#define SMALL_SIZE 7.5f
#define NAME_LINES 2
#define LEAST_BAR  0.5f /* narrower than 7 mil no hand scanner reads it */
#define BARS_ROOM  24.0f

/* Sheets that every stationer has: 3 x 10 of 2 5/8 x 1 in, and 3 x 8 of 70 x 36 mm. */
static const struct sheet_kind {
    float width, height; /* of the paper */
    float left, top, step_x, step_y, label_width, label_height;
    size_t columns, rows;
} kinds[] = {
    {612, 792, 13.5f, 36, 198, 72, 189, 72, 3, 10},
    {595.28f, 841.89f, 0, 12.8f, 198.43f, 102.05f, 198.43f, 102.05f, 3, 8},
};

static const struct sheet_kind *kind_of(bool a4)
{
    return &kinds[a4 ? 1 : 0];
}

size_t label_sheet_size(bool a4)
{
    return kind_of(a4)->columns * kind_of(a4)->rows;
}

static float draw_name(struct press *press, float x, float y, float width, const char *name,
                       struct arena *arena)
{
    for (int line = 0; line < NAME_LINES && *name != '\0'; line++) {
        const size_t bytes = press_fit(press, PRESS_BOLD, NAME_SIZE, width, name);
        press_text(press, PRESS_BOLD, NAME_SIZE, x, y, arena_text_n(arena, name, bytes));
        name += bytes;
        while (*name == ' ')
            name++;
        y += NAME_SIZE + 1.5f;
    }
    return y;
}

#define LEAST_SIZE 4.5f

/* On one line below the bars, smaller where it is long. */
static void draw_below_bars(struct press *press, float x, float y, float width, const char *text,
                            struct arena *arena)
{
    const float wide = press_text_width(press, PRESS_REGULAR, SMALL_SIZE, text);
    float size = wide > width ? SMALL_SIZE * width / wide : SMALL_SIZE;

    if (size < LEAST_SIZE)
        size = LEAST_SIZE;
    const size_t bytes = press_fit(press, PRESS_REGULAR, size, width, text);
    press_text(press, PRESS_REGULAR, size, x, y, arena_text_n(arena, text, bytes));
}

static const char *next_line(struct press *press, float size, float width, const char *text,
                             size_t *ret_bytes)
{
    *ret_bytes = press_fit(press, PRESS_REGULAR, size, width, text);
    text += *ret_bytes;
    return text + strspn(text, " ");
}

static size_t count_lines(struct press *press, float size, float width, const char *text)
{
    size_t count = 0, bytes;

    for (; *text != '\0'; count++)
        text = next_line(press, size, width, text, &bytes);
    return count;
}

#define LINES_FOR_BARS 3

/* A number too long for bars is written out, in the room that they leave; y: of the last line. */
static void draw_instead_of_bars(struct press *press, float x, float y, float width,
                                 const char *text, struct arena *arena)
{
    float size = SMALL_SIZE;
    size_t count, bytes;

    while ((count = count_lines(press, size, width, text)) > LINES_FOR_BARS && size > LEAST_SIZE)
        size -= 0.5f;
    if (count > LINES_FOR_BARS)
        count = LINES_FOR_BARS;
    for (y -= (size + 1.5f) * (float)(count - 1); count > 0; count--, y += size + 1.5f) {
        const char *next = next_line(press, size, width, text, &bytes);
        press_text(press, PRESS_REGULAR, size, x, y, arena_text_n(arena, text, bytes));
        text = next;
    }
}

/* Number, bin and price share the last line. */
static void draw_foot(struct press *press, const struct label *label, bool has_bars, float x,
                      float y, float width, struct arena *arena)
{
    const char *left = *label->bin != '\0'
                           ? arena_printf(arena, "%s  ·  bin %s", label->sku, label->bin)
                           : label->sku;
    const float price = press_text_width(press, PRESS_BOLD, NAME_SIZE, label->price);

    if (has_bars)
        draw_below_bars(press, x, y, width - price - 4, left, arena);
    else
        draw_instead_of_bars(press, x, y, width - price - 4, left, arena);
    press_text_right(press, PRESS_BOLD, NAME_SIZE, x + width, y, label->price);
}

static void draw_label(struct press *press, const struct label_job *job, const struct label *label,
                       float x, float y, const struct sheet_kind *kind)
{
    const float width = kind->label_width - 2 * INSET;
    const float foot = y + kind->label_height - INSET;
    const float bars = foot - SMALL_SIZE - 4 - BARS_ROOM;

    draw_name(press, x + INSET, y + INSET + NAME_SIZE, width, label->name, job->arena);
    const bool has_bars = press_barcode_width(label->code) * LEAST_BAR <= width &&
                          press_barcode(press, label->code, x + INSET, bars, width, BARS_ROOM);
    draw_foot(press, label, has_bars, x + INSET, foot, width, job->arena);
    if (job->demo)
        press_text_right(press, PRESS_REGULAR, 5, x + kind->label_width - INSET, y + INSET, "DEMO");
}

static void draw_all(struct press *press, const struct label_job *job)
{
    const struct sheet_kind *kind = kind_of(job->a4);
    const size_t room = label_sheet_size(job->a4);
    size_t at = (size_t)job->skip;

    press_page(press, kind->width, kind->height);
    for (size_t i = 0; i < job->count; i++)
        for (int64_t copy = 0; copy < job->labels[i].copies; copy++) {
            if (at == room) {
                press_page(press, kind->width, kind->height);
                at = 0;
            }
            draw_label(press, job, &job->labels[i],
                       kind->left + (float)(at % kind->columns) * kind->step_x,
                       kind->top + (float)(at / kind->columns) * kind->step_y, kind);
            at++;
        }
}

status labels_to_pdf(const struct label_job *job, struct buf *out, struct fault *fault)
{
    struct press press;

    TRY(press_open(&press, "Labels", job->created, fault));
    draw_all(&press, job);
    const status result = press_finish(&press, out, fault);
    press_close(&press);
    return result;
}
