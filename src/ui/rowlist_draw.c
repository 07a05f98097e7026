/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Drawing a list: which columns fit, how wide they are, and the cells of the rows in sight. */

#include <string.h>

#include "base/text.h"
#include "rowlist_inner.h"
#include "ui/rowlist.h"

#define COLUMNS_MAX 32
#define GAP         2

struct drawn_column {
    const struct column *column;
    const struct field *field;
    int col, width;
    int decimals; /* to align numbers on their point; -1: not such a column */
};

struct layout {
    struct drawn_column at[COLUMNS_MAX];
    size_t count;
    bool more;
};

static bool is_number(const struct field *field)
{
    return field->type == FIELD_INT || field->type == FIELD_MONEY || field->type == FIELD_QTY ||
           field->type == FIELD_RATE;
}

static bool stands_right(const struct drawn_column *drawn)
{
    return is_number(drawn->field) || drawn->column->number;
}

static int enum_cells(const struct field *field)
{
    size_t cells = 4;

    for (size_t i = 0; i < field->choices->count; i++) {
        const char *label = choice_label(field->choices, (unsigned)i);
        const size_t wanted = text_cells(label, strlen(label)) + 2;
        cells = wanted > cells ? wanted : cells;
    }
    return (int)cells;
}

static int cells_of_type(const struct field *field)
{
    switch (field->type) {
    case FIELD_MONEY:
        return 12;
    case FIELD_INT:
    case FIELD_ID:
        return 8;
    case FIELD_QTY:
    case FIELD_RATE:
        return 9;
    case FIELD_BOOL:
        return 4;
    case FIELD_DAY:
        return 11;
    case FIELD_INSTANT:
        return 17;
    case FIELD_ENUM:
        return field->choices != NULL ? enum_cells(field) : 12;
    case FIELD_TEXT:
        return (field->flags & FIELD_PHONE) != 0 ? 16 : 14;
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    return 8;
}

static const char *label_of(const struct drawn_column *drawn, struct arena *scratch)
{
    return drawn->column->label != NULL ? drawn->column->label : field_label(drawn->field, scratch);
}

static bool is_shown(const struct rowlist *list, const struct column *column,
                     const struct field *field, int cols)
{
    const struct right_set *rights = list->rights;

    if (field == NULL || (rights != NULL && !right_set_has(rights, field->right)))
        return false;
    return column->below == 0 || cols >= column->below;
}

static void pick_columns(const struct rowlist *list, int cols, struct layout *layout)
{
    int skip = list->shift;

    for (size_t i = 0; i < list->type->column_count && layout->count < COLUMNS_MAX; i++) {
        const struct column *column = &list->type->columns[i];
        const struct field *field = shape_field(list->type->shape, column->name);

        if (!is_shown(list, column, field, cols))
            continue;
        if (layout->count > 0 && skip > 0) { /* the first column stays */
            skip--;
            continue;
        }
        layout->at[layout->count++] = (struct drawn_column){
            .column = column,
            .field = field,
            .width = column->width > 0 ? column->width : cells_of_type(field),
            .decimals = field->type == FIELD_QTY || field->type == FIELD_RATE ? 0 : -1,
        };
    }
}

static void share_rest(struct layout *layout, int rest)
{
    int shares = 0;

    for (size_t i = 0; i < layout->count; i++)
        shares += layout->at[i].column->grow;
    for (size_t i = 0; i < layout->count && shares > 0 && rest > 0; i++) {
        const int grow = layout->at[i].column->grow;
        const int part = rest * grow / shares;
        layout->at[i].width += part;
        rest -= part;
        shares -= grow;
    }
}

static void place_columns(struct layout *layout, int left, int cols)
{
    int used = left, fit = 0;

    for (size_t i = 0; i < layout->count; i++) {
        const int gap = i > 0 ? GAP : 0;
        if (i > 0 && used + gap + layout->at[i].width > cols)
            break;
        used += gap + layout->at[i].width;
        fit++;
    }
    layout->more = (size_t)fit < layout->count;
    layout->count = (size_t)fit;
    share_rest(layout, cols - used);
    for (size_t i = 0, at = (size_t)left; i < layout->count; i++) {
        layout->at[i].col = (int)at;
        if (layout->at[i].col + layout->at[i].width > cols)
            layout->at[i].width = cols - layout->at[i].col;
        at += (size_t)(layout->at[i].width > 0 ? layout->at[i].width : 0) + GAP;
    }
}

static int left_margin(const struct rowlist *list)
{
    return list->type->marks ? 2 : 1;
}

/* "●" and the word, for an enum whose choices have marks. */
static const char *enum_text(const struct drawn_column *drawn, const void *row, struct area area)
{
    unsigned value = 0;

    memcpy(&value, (const char *)row + drawn->field->offset, sizeof(value));
    if (value >= drawn->field->choices->count)
        return choice_label(drawn->field->choices, value);
    return theme_choice(area.on->theme, &drawn->field->choices->at[value], &area.on->scratch);
}

static const char *usual_text(const struct drawn_column *drawn, const void *row, struct area area)
{
    if (drawn->field->type == FIELD_ENUM && drawn->field->choices != NULL)
        return enum_text(drawn, row, area);
    return field_text(drawn->field, row, FIELD_SHOWN, &area.on->scratch);
}

static int decimals_of(const char *text)
{
    const char *point = strchr(text, '.');

    return point != NULL ? (int)strlen(point + 1) : 0;
}

static void measure_decimals(const struct rowlist *list, struct layout *layout, struct area rows)
{
    for (size_t i = 0; i < layout->count; i++) {
        struct drawn_column *drawn = &layout->at[i];
        for (int r = 0; drawn->decimals >= 0 && r < rows.rows; r++) {
            const void *row = rowlist_at(list, list->top + (size_t)r);
            const int decimals = row != NULL ? decimals_of(usual_text(drawn, row, rows)) : 0;
            if (decimals > drawn->decimals)
                drawn->decimals = decimals;
        }
    }
}

/* Blanks where digits behind the point are missing, and for the point itself. */
static const char *pad_decimals(const struct drawn_column *drawn, const char *text,
                                struct arena *scratch)
{
    const int has = decimals_of(text);

    if (drawn->decimals <= 0 || has >= drawn->decimals || text[0] == '\0')
        return text;
    return arena_printf(scratch, "%s%*s", text, drawn->decimals - has + (has == 0 ? 1 : 0), "");
}

static void draw_cell(const struct rowlist *list, const struct drawn_column *drawn,
                      struct area line, const void *row, bool is_selected)
{
    struct arena *scratch = &line.on->scratch;
    const struct area cell = area_part(line, 0, drawn->col, 1, drawn->width);
    enum ink ink = INK_NORMAL;
    const char *text = NULL;

    if (list->type->cell != NULL)
        text = list->type->cell(list->context, row, drawn->column->name, scratch, &ink);
    if (text == NULL)
        text = usual_text(drawn, row, line);
    if (is_selected)
        ink = INK_SELECTED;
    if (stands_right(drawn))
        area_right(cell, 0, cell.cols, ink, pad_decimals(drawn, text, scratch));
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
        const char *label = label_of(drawn, scratch);

        if (list->sort == drawn->column)
            label =
                arena_printf(scratch, "%s %s", label,
                             theme_glyph(line.on->theme, list->descending ? GLYPH_DOWN : GLYPH_UP));
        if (stands_right(drawn) && area_cells(cell, label) <= cell.cols)
            area_right(cell, 0, cell.cols, INK_HEADER, label);
        else
            area_fit(cell, 0, 0, cell.cols, INK_HEADER, label);
        if (!stands_right(drawn))
            area_ink(cell, 0, area_cells(cell, label), 1, cell.cols, INK_NORMAL);
    }
    if (layout->more)
        area_glyph(line, 0, line.cols - 1, INK_MUTED, GLYPH_RIGHT);
    if (list->shift > 0)
        area_glyph(line, 0, 0, INK_MUTED, GLYPH_LEFT);
}

static void draw_filters(const struct rowlist *list, struct area line)
{
    int at = 1;

    for (size_t i = 0; i < list->type->filter_count; i++) {
        const bool is_chosen = (int)i == list->filter;
        at = area_printf(line, 0, at, is_chosen ? INK_SELECTED : INK_NORMAL,
                         is_chosen ? "[%s]" : " %s ", list->type->filters[i].label);
        at++;
    }
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
    pick_columns(list, area.cols, &layout);
    place_columns(&layout, left_margin(list), area.cols - 1);
    list->more_columns = layout.more;
    draw_header(list, &layout, area_row(area, row++));
    const struct area rows = area_below(area, row);
    keep_in_sight(list, rows);
    if (list->row_count == 0) {
        draw_nothing(list, rows);
        return;
    }
    measure_decimals(list, &layout, rows);
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
