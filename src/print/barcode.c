/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Bar codes by zint, drawn as rectangles, so that they print crisp at any size: UPC-A and EAN-13
 * for the numbers that makers print on their boxes, else Code 128 (ISO/IEC 15417); QR (ISO/IEC
 * 18004) for what is longer. */

#include <string.h>
#include <zint.h>

#include "press.h"

#define QUIET_MODULES 10 /* the standard's quiet zone on each side */

/* The symbol of a text as a drawing; NULL when it cannot be coded. Its owner deletes it. */
static struct zint_symbol *encode(const char *text)
{
    struct zint_symbol *symbol = ZBarcode_Create();
    const size_t length = strlen(text);
    const bool digits = strspn(text, "0123456789") == length;

    if (symbol == NULL)
        return NULL;
    symbol->symbology = digits && length == 12   ? BARCODE_UPCA
                        : digits && length == 13 ? BARCODE_EANX
                                                 : BARCODE_CODE128;
    symbol->show_hrt = 0;
    symbol->height = 50;
    if (ZBarcode_Encode(symbol, (const unsigned char *)text, (int)length) < ZINT_ERROR &&
        ZBarcode_Buffer_Vector(symbol, 0) < ZINT_ERROR && symbol->vector != NULL)
        return symbol;
    ZBarcode_Delete(symbol);
    return NULL;
}

float press_barcode_width(const char *text)
{
    struct zint_symbol *symbol = encode(text);
    const float modules = symbol != NULL ? (float)symbol->width + 2.0f * QUIET_MODULES : 1e6f;

    if (symbol != NULL)
        ZBarcode_Delete(symbol);
    return modules;
}

bool press_barcode(struct press *press, const char *text, float x, float y, float width,
                   float height)
{
    struct zint_symbol *symbol = encode(text);

    if (symbol == NULL)
        return false;
    const float scale =
        width / (symbol->vector->width + 2.0f * QUIET_MODULES * symbol->scale * 2.0f);
    const float quiet = QUIET_MODULES * symbol->scale * 2.0f * scale;
    const struct zint_vector_rect *bar = symbol->vector->rectangles;
    for (; bar != NULL; bar = bar->next)
        press_fill(press, x + quiet + bar->x * scale, y, bar->width * scale, height, 0);
    ZBarcode_Delete(symbol);
    return true;
}

#define QR_QUIET_MODULES 4

bool press_qr(struct press *press, const char *text, float x, float y, float side)
{
    struct zint_symbol *symbol = ZBarcode_Create();
    bool drawn = false;

    if (symbol == NULL)
        return false;
    symbol->symbology = BARCODE_QRCODE;
    if (ZBarcode_Encode(symbol, (const unsigned char *)text, (int)strlen(text)) < ZINT_ERROR &&
        ZBarcode_Buffer_Vector(symbol, 0) < ZINT_ERROR && symbol->vector != NULL) {
        const float modules = (float)symbol->width + 2 * QR_QUIET_MODULES;
        const float quiet = side * QR_QUIET_MODULES / modules;
        const float scale = (side - 2 * quiet) / symbol->vector->width;
        const struct zint_vector_rect *dot = symbol->vector->rectangles;
        for (; dot != NULL; dot = dot->next)
            press_fill(press, x + quiet + dot->x * scale, y + quiet + dot->y * scale,
                       dot->width * scale, dot->height * scale, 0);
        drawn = true;
    }
    ZBarcode_Delete(symbol);
    return drawn;
}
