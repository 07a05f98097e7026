/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Code 128 (ISO/IEC 15417) by zint, drawn as rectangles, so that it prints crisp at any size. */

#include <string.h>
#include <zint.h>

#include "press.h"

#define QUIET_MODULES 10 /* the standard's quiet zone on each side */

bool press_barcode(struct press *press, const char *text, float x, float y, float width,
                   float height)
{
    struct zint_symbol *symbol = ZBarcode_Create();
    bool drawn = false;

    if (symbol == NULL)
        return false;
    symbol->symbology = BARCODE_CODE128;
    symbol->show_hrt = 0;
    symbol->height = 50;
    if (ZBarcode_Encode(symbol, (const unsigned char *)text, (int)strlen(text)) < ZINT_ERROR &&
        ZBarcode_Buffer_Vector(symbol, 0) < ZINT_ERROR && symbol->vector != NULL) {
        const float scale =
            width / (symbol->vector->width + 2.0f * QUIET_MODULES * symbol->scale * 2.0f);
        const float quiet = QUIET_MODULES * symbol->scale * 2.0f * scale;
        const struct zint_vector_rect *bar = symbol->vector->rectangles;
        for (; bar != NULL; bar = bar->next)
            press_fill(press, x + quiet + bar->x * scale, y, bar->width * scale, height, 0);
        drawn = true;
    }
    ZBarcode_Delete(symbol);
    return drawn;
}
