/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Pages of a sheet, and text that flows down over them. */

#include "sheet_layout.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

float layout_line_height(const struct layout *l)
{
    return l->size * 1.35f;
}

float layout_inner_width(const struct layout *l)
{
    return l->width - 2 * l->margin;
}

void layout_begin_page(struct layout *l)
{
    press_page(l->press, l->width, l->height);
    if (l->sheet->demo)
        press_watermark(l->press, "DEMO");
    l->y = l->margin;
    if (l->press->page_count > l->before + 1 && !l->sheet->receipt) {
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, l->size, l->margin, l->y + l->size, l->sheet->title);
        press_text_right(l->press, PRESS_REGULAR, l->size, l->width - l->margin, l->y + l->size,
                         l->sheet->shop_name);
        press_gray(l->press, 0);
        l->y += layout_line_height(l) * 2;
    }
}

bool layout_make_room(struct layout *l, float need)
{
    if (l->y + need <= l->height - l->foot || l->press->full)
        return false;
    layout_begin_page(l);
    return true;
}

float layout_flow_aligned(struct layout *l, enum press_font font, float size, float x, float width,
                          enum align align, const char *text)
{
    AUTO_BUF safe = BUF_MIB(1);
    float height = 0;

    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    for (const char *rest = buf_str(&safe); *rest != '\0'; height += size * 1.35f) {
        char line[1024];
        const size_t length = press_fit(l->press, font, size, width, rest);
        snprintf(line, sizeof line, "%.*s", (int)length, rest);
        rest += length;
        if (*rest == '\n' || *rest == ' ')
            rest++;
        if (align == ALIGN_MEASURE)
            continue;
        layout_make_room(l, size * 1.35f);
        const float over = width - press_text_width(l->press, font, size, line);
        const float shift = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? over : over / 2;
        press_text(l->press, font, size, x + shift, l->y + size, line);
        l->y += size * 1.35f;
    }
    return height;
}

void layout_flow(struct layout *l, enum press_font font, float size, float x, float width,
                 const char *text)
{
    layout_flow_aligned(l, font, size, x, width, ALIGN_LEFT, text);
}

float layout_flow_height(struct layout *l, enum press_font font, float size, float width,
                         const char *text)
{
    return layout_flow_aligned(l, font, size, 0, width, ALIGN_MEASURE, text);
}
