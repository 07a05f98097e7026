/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How help and palette look: what has a key stands in columns, everything else is a sentence that
 * gets the whole width, with the place it belongs to at its end where there is room. Nothing is
 * cut: what is too long takes another row. */

#include "finder.h"

#define LABEL_MOST 24
#define GAP        2

struct columns {
    int keys;  /* width; 0: none is shown */
    int label; /* of what has a key */
    bool is_help;
};

static bool is_explained(const struct found *found)
{
    return found->keys[0] != '\0';
}

static struct columns measure(const struct finder *finder, struct area list)
{
    struct columns columns = {.is_help = finder->is_help};

    for (size_t i = 0; i < finder->palette.count; i++) {
        const struct found *found = &finder->palette.found[i];
        if (!is_explained(found))
            continue;
        const int keys = area_cells(list, found->keys), label = area_cells(list, found->label);
        columns.keys = keys > columns.keys ? keys : columns.keys;
        columns.label = label > columns.label ? label : columns.label;
    }
    if (columns.label > LABEL_MOST)
        columns.label = LABEL_MOST;
    return columns;
}

/* Where the words of something with a key stand: its label, then what it does. */
static struct area label_area(const struct columns *columns, struct area list)
{
    return area_part(list, 0, columns->is_help ? 1 + columns->keys + GAP : 1, list.rows,
                     columns->label);
}

static struct area detail_area(const struct columns *columns, struct area list)
{
    const int at = 1 + columns->label + GAP + (columns->is_help ? columns->keys + GAP : 0);
    const int end = list.cols - (columns->is_help ? 1 : 1 + columns->keys + GAP);

    return area_part(list, 0, at, list.rows, end - at);
}

static int rows_of(const struct found *found, const struct columns *columns, struct area list)
{
    const struct area nowhere = {list.on, 0, 0, 0, list.cols};

    if (!is_explained(found))
        return area_wrap(nowhere, 0, 0, list.cols - 2, INK_NORMAL, found->label);
    const int label = area_wrap(nowhere, 0, 0, columns->label, INK_NORMAL, found->label);
    const int detail =
        area_wrap(nowhere, 0, 0, detail_area(columns, list).cols, INK_NORMAL, found->detail);
    return label > detail ? label : (detail > 0 ? detail : 1);
}

/* The first one to draw, so that the selected one is in sight. */
static void scroll(struct finder *finder, const struct columns *columns, struct area list)
{
    int rows = 0;
    size_t first = finder->selected + 1;

    if (finder->selected < finder->top)
        finder->top = finder->selected;
    while (first > finder->top && first > 0) {
        rows += rows_of(&finder->palette.found[first - 1], columns, list);
        if (rows > list.rows && first <= finder->selected)
            break;
        first--;
    }
    if (first > finder->top)
        finder->top = first;
}

static void draw_explained(const struct columns *columns, struct area rows,
                           const struct found *found, bool is_selected)
{
    const enum ink ink = is_selected ? INK_SELECTED : INK_NORMAL;
    const enum ink key = is_selected ? INK_SELECTED : INK_KEY;
    const struct area label = label_area(columns, rows), detail = detail_area(columns, rows);

    if (columns->is_help)
        area_text(rows, 0, 1, key, found->keys);
    else
        area_right(rows, 0, rows.cols - 1, key, found->keys);
    area_wrap(label, 0, 0, label.cols, ink, found->label);
    area_wrap(detail, 0, 0, detail.cols, is_selected ? ink : INK_MUTED, found->detail);
}

static void draw_plain(struct area rows, const struct found *found, bool is_selected)
{
    const enum ink ink = is_selected ? INK_SELECTED : INK_NORMAL;
    const int used = area_wrap(rows, 0, 1, rows.cols - 2, ink, found->label);
    const int place = area_cells(rows, found->detail);

    if (used == 1 && 1 + area_cells(rows, found->label) + GAP + place < rows.cols)
        area_right(rows, 0, rows.cols - 1, is_selected ? ink : INK_MUTED, found->detail);
}

static void draw_list(struct finder *finder, struct area list)
{
    const struct palette *palette = &finder->palette;
    const struct columns columns = measure(finder, list);
    size_t index = 0;
    int at = 0;

    if (palette->count == 0) {
        area_wrap(list, 0, 1, list.cols - 2, INK_MUTED,
                  "Nothing is called that. Try fewer letters.");
        return;
    }
    scroll(finder, &columns, list);
    for (index = finder->top; at < list.rows && index < palette->count; index++) {
        const struct found *found = &palette->found[index];
        const bool is_selected = index == finder->selected;
        const int height = rows_of(found, &columns, list);
        const struct area rows = area_part(list, at, 0, height, list.cols);
        area_fill(rows, 0, 0, rows.rows, rows.cols, is_selected ? INK_SELECTED : INK_NORMAL);
        if (is_selected)
            area_glyph(rows, 0, 0, INK_SELECTED, GLYPH_CURSOR);
        if (is_explained(found))
            draw_explained(&columns, rows, found, is_selected);
        else
            draw_plain(rows, found, is_selected);
        at += height;
    }
    finder->shown = index - finder->top;
}

/* What the screen is for, in help, until something is typed. Returns the rows it took. */
static int draw_about(const struct finder *finder, struct area box)
{
    const char *about = finder->asker->type->help;
    const struct area room = area_part(box, 0, 1, box.rows / 2, box.cols - 2);

    if (!finder->is_help || about == NULL || !editor_is_empty(&finder->editor))
        return 0;
    const int rows = area_wrap(room, 1, 0, room.cols, INK_NORMAL, about);
    return rows + 1 < room.rows ? rows + 1 : room.rows;
}

void finder_draw(struct view *view, struct area body)
{
    struct finder *finder = view->state;
    const int cols = body.cols < 100 ? body.cols : 100;
    const struct area box = area_box(area_part(body, 0, (body.cols - cols) / 2, body.rows, cols),
                                     INK_MUTED, view->title);
    const int about = draw_about(finder, area_below(box, 1));
    const int at = area_text(box, 0, 1, INK_LABEL, "Find ");

    area_glyph(box, 0, at, INK_LABEL, GLYPH_PROMPT);
    editor_draw(&finder->editor, box, 0, at + 2, box.cols - at - 4, INK_FIELD_FOCUS, true);
    draw_list(finder, area_part(box, 2 + about, 0, box.rows - 2 - about, box.cols));
}
