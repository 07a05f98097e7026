/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One row of the audit log for a person: what was asked and what changed, each value under the
 * label it has in its form, as it is shown there. */

#include <stdlib.h>
#include <string.h>

#include "audit_inner.h"
#include "base/text.h"

#define HIDDEN "(hidden)"

static const char SQL_ROW[] =
    "SELECT id, at, user, user_name, terminal, place, factor, op, result, noun, subject, mac, "
    "input, changes FROM audit WHERE id = :id";
static const char SQL_ASKED[] =
    "SELECT f.key AS name, CAST(f.value AS TEXT) AS value "
    "FROM audit AS a, json_each(a.input) AS f "
    "WHERE a.id = :id AND json_valid(a.input) AND f.type <> 'null' AND CAST(f.value AS TEXT) <> '' "
    "LIMIT 200";
/* A row that was made has no before, one that was removed has no after. */
#define CHANGES_FROM                                                                               \
    "FROM audit AS a, json_each(a.changes) AS c, "                                                 \
    "json_each(ifnull(json_extract(c.value, '$.after'), json_extract(c.value, '$.before'))) AS f " \
    "WHERE a.id = :id AND json_valid(a.changes) AND json_type(a.changes) = 'array' "               \
    "AND json_extract(c.value, '$.table') IS NOT NULL "
static const char SQL_CHANGED[] =
    "SELECT json_extract(c.value, '$.table') AS \"table\", "
    "ifnull(json_extract(c.value, '$.row'), 0) AS \"row\", f.key AS name, "
    "ifnull((SELECT CAST(b.value AS TEXT) FROM json_each(json_extract(c.value, '$.before')) AS b "
    "WHERE b.key = f.key), '') AS before, "
    "CASE WHEN json_extract(c.value, '$.after') IS NULL THEN '' "
    "ELSE ifnull(CAST(f.value AS TEXT), '') END AS after " CHANGES_FROM "LIMIT 1000";
static const char SQL_CHANGED_COUNT[] = "SELECT count(*) " CHANGES_FROM;

/* clang-format off */
static const struct field answer_fields[] = {
    FIELD(struct audit_answer, name, .label = "Field"),
    FIELD(struct audit_answer, value, .label = "Value", .max = 1u << 25),
};
static const struct shape answer_shape = SHAPE_OF(struct audit_answer, "audit_answer", answer_fields);
static const struct field change_fields[] = {
    FIELD(struct audit_change, record, .label = "Record"),
    FIELD(struct audit_change, name, .label = "Field"),
    FIELD(struct audit_change, before, .label = "Before", .max = 1u << 25),
    FIELD(struct audit_change, after, .label = "After", .max = 1u << 25),
};
static const struct shape change_shape = SHAPE_OF(struct audit_change, "audit_change", change_fields);
static const struct field detail_fields[] = {
    FIELD(struct audit_detail, id, .label = "Number"),
    FIELD(struct audit_detail, at, .label = "When"),
    FIELD(struct audit_detail, user, .label = "User", .flags = FIELD_HIDDEN),
    FIELD(struct audit_detail, user_name, .label = "Who"),
    FIELD(struct audit_detail, says, .label = "Did"),
    FIELD(struct audit_detail, op, .label = "Action"),
    FIELD(struct audit_detail, result, .label = "Result"),
    FIELD(struct audit_detail, noun, .label = "About"),
    FIELD(struct audit_detail, subject, .label = "Which"),
    FIELD(struct audit_detail, terminal, .label = "Terminal"),
    FIELD(struct audit_detail, place, .label = "Place"),
    FIELD(struct audit_detail, factor, .label = "Shown by"),
    FIELD(struct audit_detail, changed, .label = "Changed", .rows = &change_shape),
    FIELD(struct audit_detail, more, .label = "More changes", .flags = FIELD_OPTIONAL),
    FIELD(struct audit_detail, asked, .label = "Asked", .rows = &answer_shape),
    FIELD(struct audit_detail, mac, .label = "Seal", .flags = FIELD_HIDDEN),
    FIELD(struct audit_detail, input, .flags = FIELD_HIDDEN, .max = 1u << 25, .right = RIGHT_COSTS_VIEW),
    FIELD(struct audit_detail, changes, .flags = FIELD_HIDDEN, .max = 1u << 25, .right = RIGHT_COSTS_VIEW),
};
/* clang-format on */
static const struct shape detail_shape = SHAPE_OF(struct audit_detail, "audit", detail_fields);

struct changed_row {
    const char *table;
    int64_t row;
    const char *name, *before, *after;
};
static const struct field changed_fields[] = {
    FIELD(struct changed_row, table), FIELD(struct changed_row, row),
    FIELD(struct changed_row, name),  FIELD(struct changed_row, before),
    FIELD(struct changed_row, after),
};
static const struct shape changed_shape = SHAPE_OF(struct changed_row, "changed", changed_fields);

/* --- Where a column is described --- */

/* Tables that are not called like the struct they are read into. */
static const struct {
    const char *table, *shape;
} aliases[] = {{"repair_order", "order"}, {"job_line", "line"}};

static const char *shape_name(const char *table)
{
    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (text_same(aliases[i].table, table))
            return aliases[i].shape;
    return table;
}

static const struct field *field_below(const struct shape *shape, const char *name,
                                       const char *column)
{
    if (shape == NULL)
        return NULL;
    const struct field *field = text_same(shape->name, name) ? shape_field(shape, column) : NULL;
    for (size_t i = 0; field == NULL && i < shape->count; i++)
        if (shape->fields[i].type == FIELD_ROWS)
            field = field_below(shape->fields[i].rows, name, column);
    return field;
}

/* Its own shape knows best; else what the operations of the module of that name say. */
static const struct field *field_of_column(const char *table, const char *column)
{
    const char *name = shape_name(table);
    const struct field *field = NULL;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; field == NULL && i < modules[m]->count; i++) {
            field = field_below(modules[m]->ops[i]->out, name, column);
            if (field == NULL)
                field = field_below(modules[m]->ops[i]->in, name, column);
        }
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; field == NULL && text_same(modules[m]->name, name) &&
                           i < modules[m]->count && modules[m]->ops[i]->in != NULL;
             i++)
            field = shape_field(modules[m]->ops[i]->in, column);
    return field != NULL && field->type != FIELD_ROWS ? field : NULL;
}

/* --- A stored value as it is shown --- */

static bool is_number(const char *text)
{
    const size_t sign = text[0] == '-' ? 1 : 0;

    return text[sign] != '\0' && strspn(text + sign, "0123456789") == strlen(text + sign) &&
           strlen(text) < 20;
}

static const char *shown_number(struct session *s, const struct field *field, const char *text)
{
    struct field alone = *field;
    const int64_t number = strtoll(text, NULL, 10);
    bool yes = number != 0;
    const void *row = field->type == FIELD_BOOL ? (const void *)&yes : (const void *)&number;

    alone.offset = 0;
    return field_text(&alone, row, FIELD_SHOWN, s->arena);
}

static const char *shown_day(struct session *s, const char *text)
{
    struct day day = DAY_NONE;
    char shown[DAY_TEXT_MAX];

    if (strlen(text) != sizeof day.iso - 1)
        return text;
    memcpy(day.iso, text, sizeof day.iso);
    return day_is_valid(day) ? arena_text(s->arena, day_show(day, shown)) : text;
}

static const char *shown_choice(const struct choices *choices, const char *text)
{
    const int value = choices != NULL ? choice_value(choices, text) : -1;

    return value >= 0 ? choice_label(choices, (unsigned)value) : text;
}

/* Columns without a field tell by their ending what they hold. */
static enum field_type type_of(const struct field *field, const char *column)
{
    const size_t length = strlen(column);

    if (field != NULL)
        return field->type;
    if (length > 3 && text_same(column + length - 3, "_at"))
        return FIELD_INSTANT;
    return length > 3 && text_same(column + length - 3, "_on") ? FIELD_DAY : FIELD_TEXT;
}

static const char *shown(struct session *s, const struct field *field, const char *column,
                         const char *text)
{
    static const struct field instant = {.type = FIELD_INSTANT, .size = sizeof(struct instant)};

    if (field != NULL && !right_set_has(&s->rights, field->right))
        return *text != '\0' ? HIDDEN : "";
    switch (type_of(field, column)) {
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
    case FIELD_INSTANT:
        return is_number(text) ? shown_number(s, field != NULL ? field : &instant, text) : text;
    case FIELD_DAY:
        return shown_day(s, text);
    case FIELD_ENUM:
        return shown_choice(field->choices, text);
    case FIELD_TEXT:
        return field == NULL || (field->flags & FIELD_PHONE) == 0
                   ? text
                   : field_text(&(struct field){.type = FIELD_TEXT,
                                                .size = sizeof text,
                                                .flags = field->flags},
                                &text, FIELD_SHOWN, s->arena);
    case FIELD_ID:
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    return text;
}

static const char *label_of(struct session *s, const struct field *field, const char *column)
{
    const struct field plain = {.name = column};

    return field_label(field != NULL ? field : &plain, s->arena);
}

/* --- The two tables --- */

static void explain_change(struct session *s, const struct changed_row *row,
                           struct audit_change *ret)
{
    const struct field *field = field_of_column(row->table, row->name);
    char *record = arena_printf(s->arena, row->row != 0 ? "%s %lld" : "%s", shape_name(row->table),
                                (long long)row->row);

    for (char *at = record; *at != '\0'; at++)
        *at = *at == '_' ? ' ' : *at;
    *ret = (struct audit_change){
        .record = record,
        .name = label_of(s, field, row->name),
        .before = shown(s, field, row->name, row->before),
        .after = shown(s, field, row->name, row->after),
    };
}

/* A new record's empty fields and its number do not; nor what the program keeps for itself: search
 * keys, counted revisions. */
static bool says_something(const struct changed_row *row, const struct audit_change *change)
{
    const size_t length = strlen(row->name);

    return !text_same(change->before, change->after) && !text_same(row->name, "id") &&
           !text_same(row->name, "revision") && !text_same(row->name, "position") &&
           (length < 4 || !text_same(row->name + length - 4, "_key"));
}

static status read_changed(struct session *s, struct audit_detail *detail)
{
    const struct bind *binds = BINDS(BIND_ID("id", detail->id));
    struct rows rows;

    TRY(store_list(s->store, SQL_CHANGED, NO_ROW, binds, s->arena, &changed_shape, &rows));
    TRY(store_int(s->store, SQL_CHANGED_COUNT, binds, &detail->more));
    detail->more -= (int64_t)rows.count;
    if (detail->more == 0)
        detail->more = NUMBER_NONE;
    struct audit_change *changes = NEW_ARRAY(s->arena, struct audit_change, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct changed_row *row = (const struct changed_row *)rows.at + i;
        explain_change(s, row, &changes[count]);
        if (says_something(row, &changes[count]))
            count++;
    }
    detail->changed = (struct rows){changes, count};
    return OK;
}

static bool shape_is_open(const struct session *s, const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!right_set_has(&s->rights, shape->fields[i].right))
            return false;
    return true;
}

/* Inputs are kept as the command line takes them: money with its point, days in ISO. */
static void explain_answer(struct session *s, const struct op *op, struct audit_answer *answer)
{
    const struct field *field =
        op != NULL && op->in != NULL ? shape_field(op->in, answer->name) : NULL;
    const char *name = answer->name;

    answer->name = label_of(s, field, name);
    if (field == NULL)
        return;
    if (!right_set_has(&s->rights, field->right) ||
        (field->type == FIELD_ROWS && !shape_is_open(s, field->rows)))
        answer->value = HIDDEN;
    else if (field->type == FIELD_DAY)
        answer->value = shown_day(s, answer->value);
    else if (field->type == FIELD_ENUM)
        answer->value = shown_choice(field->choices, answer->value);
    else if (field->type == FIELD_BOOL)
        answer->value = text_same(answer->value, "1") ? "yes" : "no";
}

static status read_asked(struct session *s, struct audit_detail *detail)
{
    const struct op *op = op_find(detail->op);

    TRY(store_list(s->store, SQL_ASKED, NO_ROW, BINDS(BIND_ID("id", detail->id)), s->arena,
                   &answer_shape, &detail->asked));
    for (size_t i = 0; i < detail->asked.count; i++)
        explain_answer(s, op, (struct audit_answer *)detail->asked.at + i);
    return OK;
}

static status audit_show(struct session *s, const void *input, void *output)
{
    const struct audit_key *in = input;
    struct audit_detail *detail = output;

    TRY(found(s,
              store_get(s->store, SQL_ROW, NO_ROW, BINDS(BIND_ID("id", in->id)), s->arena,
                        &detail_shape, detail),
              "There is no audit row %lld. See the audit log.", (long long)in->id.v));
    detail->says = audit_says(detail->op);
    TRY(read_changed(s, detail));
    return read_asked(s, detail);
}

static const struct field audit_key_fields[] = {
    FIELD(struct audit_key, id, .label = "Number", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
const struct op audit_show_op = {
    .name = "audit.show",
    .says = "See one action with what it changed",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct audit_key, audit_key_fields),
    .out = &detail_shape,
    .run = audit_show,
};
