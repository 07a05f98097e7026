/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Square codes by libqrencode, the only place that knows it. Level L: what is on a screen is not
 * torn or stained, and every version smaller is two rows won. */

#include "qr.h"

#include <qrencode.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* Light modules around the code. ISO/IEC 18004 wants four; above and below there is room for two,
 * with the rows beside it blank, and readers take that. */
#define QUIET_COLS 4
#define QUIET_ROWS 2

/* Has the terminal the characters? */
static bool qr_can_draw(const struct theme *theme)
{
    return !theme->ascii && !theme->ascii_only;
}

static bool is_dark(const QRcode *code, int row, int col)
{
    const int y = row - QUIET_ROWS, x = col - QUIET_COLS;

    if (y < 0 || x < 0 || y >= code->width || x >= code->width)
        return false;
    return (code->data[y * code->width + x] & 1) != 0;
}

static void draw(struct area area, const QRcode *code)
{
    const int rows = (code->width + 2 * QUIET_ROWS + 1) / 2, cols = code->width + 2 * QUIET_COLS;

    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++) {
            const bool upper = is_dark(code, row * 2, col), lower = is_dark(code, row * 2 + 1, col);
            if (!upper && !lower)
                area_text(area, row, col, INK_CODE, " ");
            else
                area_glyph(area, row, col, INK_CODE,
                           upper && lower ? GLYPH_BAR_FULL
                           : upper        ? GLYPH_BAR_UPPER
                                          : GLYPH_BAR_LOWER);
        }
}

/* The code is drawn and forgotten: there is a secret in it. */
static int draw_if_it_fits(struct area area, const char *text)
{
    QRcode *code =
        QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_L);
    int cols = 0;

    if (code == NULL)
        return 0;
    if ((code->width + 2 * QUIET_ROWS + 1) / 2 <= area.rows &&
        code->width + 2 * QUIET_COLS <= area.cols) {
        cols = code->width + 2 * QUIET_COLS;
        draw(area_part(area, 0, area.cols - cols, area.rows, cols), code);
    }
    memset(code->data, 0, (size_t)code->width * (size_t)code->width);
    QRcode_free(code);
    return cols;
}

/* The address without one of its parameters, named with its '='. */
static const char *without(struct arena *arena, const char *address, const char *name)
{
    const char *at = strstr(address, name);

    if (at == NULL || at == address)
        return address;
    const char *behind = at + strcspn(at, "&");
    if (*behind == '\0')
        return arena_text_n(arena, address, (size_t)(at - address) - 1);
    return arena_printf(arena, "%.*s%s", (int)(at - address), address, behind + 1);
}

int qr_draw_address(struct area area, const char *address)
{
    static const char *const spare[] = {"algorithm=SHA1", "digits=6", "period=30", "issuer="};
    struct arena *arena = &area.on->scratch;
    const char *text = address;
    int cols = qr_can_draw(area.on->theme) ? draw_if_it_fits(area, text) : 0;

    /* The three that every app takes for granted go together, the issuer's second naming last. */
    for (size_t i = 0; i < COUNT_OF(spare) && cols == 0 && qr_can_draw(area.on->theme); i++) {
        text = without(arena, text, spare[i]);
        cols = i >= 2 ? draw_if_it_fits(area, text) : 0;
    }
    return cols;
}
