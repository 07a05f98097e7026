/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_SHEET_LAYOUT_H
#define PITLANE_PRINT_SHEET_LAYOUT_H

/* A sheet on its way onto pages: where the next thing goes, and text that flows there. Measures are
 * points, y counts down from the top of the page. */

#include "press.h"
#include "sheet.h"

struct layout {
    const struct sheet *sheet;
    struct press *press;
    float width, height; /* of the page */
    float margin;
    float foot;    /* kept free at the bottom */
    float size;    /* of ordinary text */
    float y;       /* top of what comes next */
    size_t before; /* pages of the sheets in front of it */
};

static inline float larger(float a, float b)
{
    return a > b ? a : b;
}

float layout_line_height(const struct layout *l);
float layout_inner_width(const struct layout *l); /* between the margins */

void layout_begin_page(struct layout *l);
/* True when a new page was begun because so much did not fit any more. */
bool layout_make_room(struct layout *l, float need);

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_MEASURE };

/* Lines of a paragraph between x and x + width, each with room made for it: y moves down. Measured
 * lines are not drawn, and y stays. Returns their height. */
float layout_flow_aligned(struct layout *l, enum press_font font, float size, float x, float width,
                          enum align align, const char *text);
/* The same at the left; and only how high it would be. */
void layout_flow(struct layout *l, enum press_font font, float size, float x, float width,
                 const char *text);
float layout_flow_height(struct layout *l, enum press_font font, float size, float width,
                         const char *text);

#define PALE 0.93f /* gray under titles */

/* sheet_table.c: rows under their head, which is written again on every page. */
void sheet_draw_table(struct layout *l, const struct block *block);

#endif
