/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which columns of a list fit and how wide they are: as wide as their type asks for, a share of
 * what is left over, and where something would be cut while a neighbour has cells to spare, those.
 */

#include <string.h>

#include "base/text.h"
#include "rowlist_inner.h"
#include "ui/rowlist.h"

#define GAP 2

static bool is_number(const struct field *field)
{
    return field->type == FIELD_INT || field->type == FIELD_MONEY || field->type == FIELD_QTY ||
           field->type == FIELD_RATE;
}

bool column_stands_right(const struct drawn_column *drawn)
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

const char *column_label(const struct drawn_column *drawn, struct arena *scratch)
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

    for (size_t i = 0; i < list->type->column_count && i < ROWLIST_COLUMNS; i++) {
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
}

static void set_places(struct layout *layout, int left, int cols)
{
    int at = left;

    for (size_t i = 0; i < layout->count; i++) {
        struct drawn_column *drawn = &layout->at[i];
        drawn->col = at;
        if (drawn->col + drawn->width > cols)
            drawn->width = cols - drawn->col;
        at += (drawn->width > 0 ? drawn->width : 0) + GAP;
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

/* What a cell says, in the ink it asks for. */
const char *rowlist_cell(const struct rowlist *list, const struct drawn_column *drawn,
                         const void *row, struct area area, enum ink *ink)
{
    struct arena *scratch = &area.on->scratch;
    const char *text = NULL;

    if (list->type->cell != NULL)
        text = list->type->cell(list->context, row, drawn->column->name, scratch, ink);
    if (text == NULL)
        text = usual_text(drawn, row, area);
    return column_stands_right(drawn) ? pad_decimals(drawn, text, scratch) : text;
}

/* --- Cells a column would need for what is in sight, and gets from those that need less --- */

/* The most it ever needed since the rows were asked for, so that columns do not move to and fro. */
static int *need_of(struct rowlist *list, const struct drawn_column *drawn)
{
    return &list->needs[drawn->column - list->type->columns];
}

static int head_cells(const struct rowlist *list, const struct drawn_column *drawn,
                      struct area rows)
{
    return area_cells(rows, column_label(drawn, &rows.on->scratch)) +
           (list->sort == drawn->column ? 2 : 0);
}

static void measure_needs(struct rowlist *list, const struct layout *layout, struct area rows)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct drawn_column *drawn = &layout->at[i];
        int *need = need_of(list, drawn);
        const int label = head_cells(list, drawn, rows);
        *need = label > *need ? label : *need;
        for (int r = 0; r < rows.rows; r++) {
            const void *row = rowlist_at(list, list->top + (size_t)r);
            enum ink ink = INK_NORMAL;
            const int cells =
                row != NULL ? area_cells(rows, rowlist_cell(list, drawn, row, rows, &ink)) : 0;
            *need = cells > *need ? cells : *need;
        }
    }
}

/* The column whose head leaves it most; NULL when all heads are tight. */
static struct drawn_column *widest_below_head(const struct rowlist *list, struct layout *layout,
                                              struct area rows)
{
    struct drawn_column *widest = NULL;
    int most = 0;

    for (size_t i = 0; i < layout->count; i++) {
        struct drawn_column *drawn = &layout->at[i];
        const int spare = drawn->width - head_cells(list, drawn, rows);
        if (column_stands_right(drawn) || spare <= most)
            continue;
        most = spare;
        widest = drawn;
    }
    return widest;
}

/* A head is whole before any text below it: it takes from the one that has most room. */
static void make_heads_whole(const struct rowlist *list, struct layout *layout, struct area rows)
{
    for (size_t i = 0; i < layout->count; i++) {
        struct drawn_column *drawn = &layout->at[i];
        for (int missing = head_cells(list, drawn, rows) - drawn->width; missing > 0; missing--) {
            struct drawn_column *widest = widest_below_head(list, layout, rows);
            if (widest == NULL)
                return;
            widest->width--;
            drawn->width++;
        }
    }
}

/* One cell from the column that has most to spare; false when none has. */
static bool give(struct rowlist *list, struct layout *layout)
{
    struct drawn_column *giver = NULL;
    int most = 0;

    for (size_t i = 0; i < layout->count; i++) {
        const int spare = layout->at[i].width - *need_of(list, &layout->at[i]);
        if (spare > most) {
            most = spare;
            giver = &layout->at[i];
        }
    }
    if (giver != NULL)
        giver->width--;
    return giver != NULL;
}

/* Cells go round among those that are cut, one each, until all is whole or nothing is left. */
static void share_by_need(struct rowlist *list, struct layout *layout, int rest)
{
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < layout->count; i++) {
            if (layout->at[i].width >= *need_of(list, &layout->at[i]))
                continue;
            if (rest <= 0 && !give(list, layout))
                return;
            rest -= rest > 0 ? 1 : 0;
            layout->at[i].width++;
            any = true;
        }
    }
}

static int cells_left(const struct layout *layout, int left, int cols)
{
    int used = left;

    for (size_t i = 0; i < layout->count; i++)
        used += layout->at[i].width + (i > 0 ? GAP : 0);
    return cols - used;
}

void rowlist_lay_out(struct rowlist *list, struct area rows, struct layout *layout)
{
    const int left = left_margin(list), cols = rows.cols - 1;

    pick_columns(list, rows.cols, layout);
    place_columns(layout, left, cols);
    measure_decimals(list, layout, rows);
    measure_needs(list, layout, rows);
    share_by_need(list, layout, cells_left(layout, left, cols));
    make_heads_whole(list, layout, rows);
    set_places(layout, left, cols);
}
