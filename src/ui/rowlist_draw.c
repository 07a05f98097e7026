/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Drawing a list: filters, search box, heads, and the cells of the rows in sight. */

#include <string.h>

#include "base/text.h"
#include "rowlist_inner.h"
#include "ui/rowlist.h"

static void draw_cell(const struct rowlist *list, const struct drawn_column *drawn,
                      struct area line, const void *row, bool is_selected)
{
    const struct area cell = area_part(line, 0, drawn->col, 1, drawn->width);
    enum ink ink = INK_NORMAL;
    const char *text = rowlist_cell(list, drawn, row, line, &ink);

    if (is_selected)
        ink = INK_SELECTED;
    if (column_stands_right(drawn))
        area_right(cell, 0, cell.cols, ink, text);
    else
        area_fit(cell, 0, 0, cell.cols, ink, text);
}

static void draw_row(const struct rowlist *list, const struct layout *layout, struct area line,
                     const void *row, bool is_selected)
{
    const bool is_marked = rowlist_is_marked(list, rowlist_id_of(list, row));

    area_fill(line, 0, 0, 1, line.cols, is_selected ? INK_SELECTED : INK_NORMAL);
    if (is_selected)
        area_glyph(line, 0, 0, INK_SELECTED, GLYPH_CURSOR);
    if (is_marked)
        area_glyph(line, 0, 1, is_selected ? INK_SELECTED : INK_MARKED, GLYPH_MARK);
    for (size_t i = 0; i < layout->count; i++)
        draw_cell(list, &layout->at[i], line, row, is_selected);
}

static void draw_header(const struct rowlist *list, const struct layout *layout, struct area line)
{
    struct arena *scratch = &line.on->scratch;

    for (size_t i = 0; i < layout->count; i++) {
        const struct drawn_column *drawn = &layout->at[i];
        const struct area cell = area_part(line, 0, drawn->col, 1, drawn->width);
        const char *label = column_label(drawn, scratch);

        if (list->sort == drawn->column)
            label =
                arena_printf(scratch, "%s %s", label,
                             theme_glyph(line.on->theme, list->descending ? GLYPH_DOWN : GLYPH_UP));
        if (column_stands_right(drawn) && area_cells(cell, label) <= cell.cols)
            area_right(cell, 0, cell.cols, INK_HEADER, label);
        else
            area_fit(cell, 0, 0, cell.cols, INK_HEADER, label);
        if (!column_stands_right(drawn))
            area_ink(cell, 0, area_cells(cell, label), 1, cell.cols, INK_NORMAL);
    }
    if (layout->more)
        area_glyph(line, 0, line.cols - 1, INK_MUTED, GLYPH_RIGHT);
    if (list->shift > 0)
        area_glyph(line, 0, 0, INK_MUTED, GLYPH_LEFT);
}

/* The filters from `first` on, whole ones only; returns how many have room. */
static size_t filters_with_room(const struct rowlist *list, struct area line, size_t first)
{
    size_t last = first;

    for (int at = 1; last < list->type->filter_count; last++) {
        at += area_cells(line, list->type->filters[last].label) + 3;
        if (at > line.cols)
            break;
    }
    return last - first;
}

/* All of them, or those around the chosen one, with signs that there are more. */
static void draw_filters(const struct rowlist *list, struct area line)
{
    size_t first = 0;
    int at = 1;

    while (first < (size_t)list->filter &&
           first + filters_with_room(list, line, first) <= (size_t)list->filter)
        first++;
    const size_t count = filters_with_room(list, line, first);
    for (size_t i = first; i < first + count; i++) {
        const bool is_chosen = (int)i == list->filter;
        at = area_printf(line, 0, at, is_chosen ? INK_SELECTED : INK_NORMAL,
                         is_chosen ? "[%s]" : " %s ", list->type->filters[i].label);
        at++;
    }
    if (first > 0)
        area_glyph(line, 0, 0, INK_MUTED, GLYPH_LEFT);
    if (first + count < list->type->filter_count)
        area_glyph(line, 0, line.cols - 1, INK_MUTED, GLYPH_RIGHT);
}

static void draw_search(struct rowlist *list, struct area line)
{
    const int at = area_text(line, 0, 1, INK_LABEL, "Find ");

    area_glyph(line, 0, at, INK_LABEL, GLYPH_PROMPT);
    editor_draw(&list->search, line, 0, at + 2, line.cols - at - 3,
                list->searching ? INK_FIELD_FOCUS : INK_FIELD, list->searching);
}

static void draw_nothing(const struct rowlist *list, struct area rows)
{
    const char *empty =
        list->type->empty != NULL ? list->type->empty : "There is nothing here yet.";

    if (list->fault.text[0] != '\0')
        area_wrap(rows, 0, 1, rows.cols - 2, INK_ERROR, list->fault.text);
    else if (list->wants == 0)
        area_wrap(rows, 0, 1, rows.cols - 2, INK_MUTED, empty);
    if (!list->searching)
        area_cursor(rows, 0, 0);
}

/* --- How many lines a row takes: its heading, itself, and the air behind it --- */

static bool has_heading(const struct rowlist *list, size_t index, struct arena *scratch)
{
    if (list->type->group == NULL)
        return false;
    if (index == list->top || index == 0)
        return true;
    return strcmp(list->type->group(list->context, rowlist_at(list, index), scratch),
                  list->type->group(list->context, rowlist_at(list, index - 1), scratch)) != 0;
}

static int air(struct area area)
{
    return area.on->theme->wide ? 1 : 0;
}

/* Of the rows from the top to this one, it included and the air behind it left out; stops counting
 * behind `most`. */
static int lines_down_to(const struct rowlist *list, size_t index, struct area area, int most)
{
    int lines = 0;

    for (size_t i = list->top; i <= index && lines <= most; i++)
        lines +=
            1 + (has_heading(list, i, &area.on->scratch) ? 1 : 0) + (i < index ? air(area) : 0);
    return lines;
}

static void keep_in_sight(struct rowlist *list, struct area rows)
{
    const int height = rows.rows > 0 ? rows.rows : 1;
    const size_t last = list->row_count > 0 ? list->row_count - 1 : 0;

    list->height = height / (1 + air(rows));
    if (list->selected < list->top || list->row_count == 0)
        list->top = list->selected;
    if (list->selected > list->top + (size_t)height)
        list->top = list->selected - (size_t)height;
    while (list->top < list->selected && lines_down_to(list, list->selected, rows, height) > height)
        list->top++;
    /* no empty rows below while there are rows above */
    while (list->top > 0 && last < list->top + (size_t)height) {
        list->top--;
        if (lines_down_to(list, last, rows, height) > height) {
            list->top++;
            break;
        }
    }
}

static void draw_rows(struct rowlist *list, const struct layout *layout, struct area rows)
{
    struct arena *scratch = &rows.on->scratch;
    size_t index = list->top;

    for (int i = 0; i < rows.rows; index++) {
        const void *row = rowlist_at(list, index);
        if (row == NULL)
            return;
        const bool heads = has_heading(list, index, scratch);
        if (heads && i + 1 >= rows.rows)
            break; /* a heading without its row says nothing */
        if (heads)
            area_fit(rows, i++, 1, rows.cols - 2, INK_STRONG,
                     list->type->group(list->context, row, scratch));
        draw_row(list, layout, area_row(rows, i), row, index == list->selected);
        if (index == list->selected && !list->searching)
            area_cursor(rows, i, 0);
        i += 1 + air(rows);
    }
    list->height = (int)(index - list->top); /* as many as there was room for */
}

void rowlist_draw(struct rowlist *list, struct area area)
{
    struct layout layout = {.count = 0};
    int row = 0;

    if (list->type->filter_count > 0)
        draw_filters(list, area_row(area, row++));
    if (list->searching || !editor_is_empty(&list->search))
        draw_search(list, area_row(area, row++));
    const struct area header = area_row(area, row++), rows = area_below(area, row);
    keep_in_sight(list, rows);
    rowlist_lay_out(list, rows, &layout);
    list->more_columns = layout.more;
    draw_header(list, &layout, header);
    if (list->row_count == 0) {
        draw_nothing(list, rows);
        return;
    }
    draw_rows(list, &layout, rows);
}

static const char *grouped(int64_t number, struct arena *arena)
{
    if (number < 1000)
        return arena_printf(arena, "%lld", (long long)number);
    return arena_printf(arena, "%s,%03d", grouped(number / 1000, arena), (int)(number % 1000));
}

static const char *total_text(const struct rowlist *list, struct arena *arena)
{
    return arena_printf(arena, "%s%s", grouped(list->total, arena),
                        list->total_is_capped ? "+" : "");
}

const char *rowlist_status(const struct rowlist *list, struct arena *arena)
{
    const size_t height = (size_t)(list->height > 0 ? list->height : 1);
    const size_t rest = list->row_count - (list->top < list->row_count ? list->top : 0);
    const size_t shown = rest < height ? rest : height;
    const char *text = "";

    if (list->row_count == 0)
        return "";
    if (list->first_number > 0) {
        const int64_t first = list->first_number + (int64_t)list->top;
        text = arena_printf(arena, "%s–%s", grouped(first, arena),
                            grouped(first + (int64_t)shown - 1, arena));
    } else {
        text = arena_printf(arena, "%zu rows", shown);
    }
    if (list->total >= 0)
        text = arena_printf(arena, "%s of %s", text, total_text(list, arena));
    if (list->mark_count > 0)
        text = arena_printf(arena, "%s   %zu marked", text, list->mark_count);
    return text;
}
