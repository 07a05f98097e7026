/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Drawing a form: label, value, and what is wrong beside it. */

#include <string.h>

#include "base/text.h"
#include "form_inner.h"

#define LABEL_MOST     24
#define MANY_LINE_ROWS 4
#define MESSAGE_LEAST  16

static const char *label_of(const struct form_field *at, struct arena *scratch)
{
    const char *label = field_label(at->field, scratch);

    return (at->field->flags & FIELD_REQUIRED) != 0 ? arena_printf(scratch, "%s *", label) : label;
}

static int label_cells(const struct form *form, struct area area)
{
    int most = 0;

    if (form->options.label_cells > 0)
        return form->options.label_cells;
    for (size_t i = 0; i < form->count; i++) {
        const int cells = area_cells(area, label_of(&form->fields[i], &area.on->scratch));
        most = cells > most ? cells : most;
    }
    return most < LABEL_MOST ? most : LABEL_MOST;
}

static int rows_of(const struct form_field *at)
{
    if (at->skipped)
        return 0;
    return at->editor.many_lines ? MANY_LINE_ROWS : 1;
}

static int text_cells_of(const struct field *field)
{
    if ((field->flags & FIELD_CODE) != 0 && field->max > 0 && field->max <= 20)
        return (int)field->max + 1;
    if ((field->flags & FIELD_PHONE) != 0)
        return 24;
    return field->max > 0 && field->max < 40 ? (int)field->max + 1 : 40;
}

static int value_cells(const struct form_field *at, int room)
{
    int wanted = 14;

    if (at->editor.many_lines)
        return room;
    if (at->field->type == FIELD_TEXT)
        wanted = text_cells_of(at->field);
    else if (at->field->type == FIELD_ID || at->field->type == FIELD_ROWS)
        wanted = 40;
    else if (at->field->type == FIELD_ENUM || at->field->type == FIELD_INSTANT)
        wanted = 24;
    return wanted < room ? wanted : room;
}

static enum ink ink_of(const struct form_field *at, bool focused)
{
    if (!form_is_open(at))
        return INK_FIELD_FIXED;
    if (at->message != NULL && at->left)
        return INK_FIELD_BAD;
    return focused ? INK_FIELD_FOCUS : INK_FIELD;
}

static const char *rows_text(const struct form_field *at, struct arena *scratch)
{
    if (at->rows.count == 0)
        return "none yet, Enter adds";
    return arena_printf(scratch, "%zu, Enter opens", at->rows.count);
}

/* Values that are chosen, not typed, are drawn as words. */
static void draw_words(const struct form_field *at, struct area box, bool focused)
{
    struct arena *scratch = &box.on->scratch;
    const enum ink ink = ink_of(at, focused);
    const char *text = at->shown != NULL ? at->shown : editor_text(&at->editor);

    if (at->field->type == FIELD_ROWS)
        text = rows_text(at, scratch);
    else if (at->field->type == FIELD_ENUM && focused)
        text = arena_printf(scratch, "%s %s %s", theme_glyph(box.on->theme, GLYPH_LEFT), text,
                            theme_glyph(box.on->theme, GLYPH_RIGHT));
    area_fit(box, 0, 0, box.cols, ink, text);
    if (focused)
        area_cursor(box, 0, 0);
}

static bool is_words(const struct form_field *at)
{
    return at->field->type == FIELD_ROWS || at->field->type == FIELD_ENUM ||
           at->field->type == FIELD_BOOL || at->shown != NULL ||
           (at->field->type == FIELD_ID && at->field->picks != NULL) || !form_is_open(at);
}

static void draw_message(const struct form_field *at, struct area area, int row, int col)
{
    const int room = area.cols - col - 1;

    if (at->message == NULL || !at->left || room < MESSAGE_LEAST)
        return;
    const int end = area_glyph(area, row, col, INK_ERROR, GLYPH_CURSOR);
    area_fit(area, row, end + 1, room - 2, INK_ERROR, at->message);
}

static void draw_field(struct form_field *at, struct area area, int row, int labels, bool focused)
{
    const int col = 1 + labels + 2;
    const int cells = value_cells(at, area.cols - col - 3);
    const struct area box = area_part(area, row, col, rows_of(at), cells);

    area_fit(area, row, 1, labels, focused ? INK_STRONG : INK_LABEL,
             label_of(at, &area.on->scratch));
    if (is_words(at))
        draw_words(at, area_row(box, 0), focused);
    else
        editor_draw(&at->editor, box, 0, 0, box.cols, ink_of(at, focused), focused);
    if (at->field->picks != NULL && form_is_open(at))
        area_glyph(area, row, col + cells, INK_MUTED, GLYPH_DOWN);
    draw_message(at, area, row, col + cells + 2);
}

static bool is_first_open(const struct form *form)
{
    for (size_t i = 0; i < form->focus; i++)
        if (form_is_open(&form->fields[i]))
            return false;
    return true;
}

/* Scrolls so that the focused field is whole in sight. */
static void keep_in_sight(struct form *form, int height)
{
    int start = 0;

    for (size_t i = 0; i < form->focus && i < form->count; i++)
        start += rows_of(&form->fields[i]);
    const int end = start + (form->focus < form->count ? rows_of(&form->fields[form->focus]) : 0);
    if (end > (int)form->top + height)
        form->top = (size_t)(end - height);
    if (start < (int)form->top)
        form->top = (size_t)start;
    if (is_first_open(form) && end <= height)
        form->top = 0; /* what stands above it cannot be reached otherwise */
}

void form_draw(struct form *form, struct area area)
{
    const int labels = label_cells(form, area);

    keep_in_sight(form, area.rows > 0 ? area.rows : 1);
    int row = -(int)form->top;
    for (size_t i = 0; i < form->count; i++) {
        struct form_field *at = &form->fields[i];
        const int rows = rows_of(at);
        if (rows > 0 && row >= 0 && row < area.rows)
            draw_field(at, area, row, labels, i == form->focus);
        row += rows;
    }
    if (form->top > 0)
        area_glyph(area, 0, area.cols - 1, INK_MUTED, GLYPH_UP);
    if (row > area.rows)
        area_glyph(area, area.rows - 1, area.cols - 1, INK_MUTED, GLYPH_DOWN);
}

static const char *type_hint(const struct field *field)
{
    switch (field->type) {
    case FIELD_DAY:
        return "t today, t+3, mon, 5/12; + and - change the day";
    case FIELD_INSTANT:
        return "15:00, 930, t+1 9";
    case FIELD_ENUM:
        return "Left and Right choose, or a letter";
    case FIELD_BOOL:
        return "Space changes it, y or n";
    case FIELD_ID:
        return field->picks != NULL ? "Type to look it up, F4 lists" : "";
    case FIELD_ROWS:
        return "Enter opens them";
    case FIELD_TEXT:
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
    case FIELD_TYPE_COUNT:
        break;
    }
    return field->picks != NULL ? "F4 lists" : "";
}

const char *form_status(const struct form *form, struct arena *arena)
{
    const struct form_field *at = form->focus < form->count ? &form->fields[form->focus] : NULL;

    if (at == NULL)
        return "";
    if (at->message != NULL && at->left)
        return at->message;
    const struct field *field = at->field;
    const char *help = field->help != NULL ? field->help : field_label(field, arena);
    const char *hint = type_hint(field);
    const size_t length = strlen(help);
    if (length > 0 && help[length - 1] == '.')
        help = arena_text_n(arena, help, length - 1);
    if (field->example != NULL)
        help = arena_printf(arena, "%s, like %s", help, field->example);
    return hint[0] != '\0' ? arena_printf(arena, "%s. %s%s", help, hint, "") : help;
}
