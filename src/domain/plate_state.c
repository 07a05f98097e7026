/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where plates are from: the list to choose from, and the code that people mean by what they type.
 */

#include <string.h>

#include "base/text.h"
#include "vehicle_inner.h"

#define BEGINNING_LEAST 3 /* letters: "calif", "ont" */

struct plate_state_id {
    int64_t v;
};
struct plate_state {
    struct plate_state_id id;
    const char *plate_state, *name;
};
static const struct field state_fields[] = {
    FIELD(struct plate_state, id, .flags = FIELD_HIDDEN),
    FIELD(struct plate_state, plate_state, .label = "Code"),
    FIELD(struct plate_state, name, .label = "State, province or territory"),
};
static const struct shape state_shape = SHAPE_OF(struct plate_state, "plate_state", state_fields);

struct plate_state_list {
    struct list_query query;
};
static const struct field list_fields[] = {LIST_FIELDS(struct plate_state_list, query)};

/* clang-format off */
static const char SQL_BY_CODE[] =
    "SELECT code AS plate_state\n"
    "FROM plate_state\n"
    "WHERE code = upper(replace(:key, ' ', '')) OR name_key = :key";
static const char SQL_BY_BEGINNING[] =
    "SELECT code AS plate_state\n"
    "FROM plate_state\n"
    "WHERE name_key >= :key AND name_key < :behind\n"
    "LIMIT 2";
static const struct list_sort sorts[] = {{"name", "t.name_key", true}};
static const struct list_source source = {
    .select = "t.id AS id, t.code AS plate_state, t.name AS name",
    .from = "plate_state AS t",
    .id = "t.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "t.name_key LIKE :like ESCAPE '\\' OR t.code LIKE :like ESCAPE '\\'",
};
/* clang-format on */

/* "ca", "Calif." and "california" are CA. Of two that begin so, neither is meant. */
status vehicle_find_plate_state(struct session *s, const char *typed, const char **ret_code)
{
    const char *key = text_fold(s->arena, typed);
    const struct bind *binds =
        BINDS(BIND_TEXT("key", key), BIND_TEXT("behind", lookup_behind(s, key)));
    struct rows rows = {NULL, 0};

    *ret_code = "";
    if (*key == '\0')
        return OK;
    TRY(store_list(s->store, SQL_BY_CODE, NO_ROW, binds, s->arena, &state_shape, &rows));
    if (rows.count == 0 && strlen(key) >= BEGINNING_LEAST)
        TRY(store_list(s->store, SQL_BY_BEGINNING, NO_ROW, binds, s->arena, &state_shape, &rows));
    if (rows.count != 1)
        return ERR_NOT_FOUND;
    *ret_code = ((const struct plate_state *)rows.at)->plate_state;
    return OK;
}

status vehicle_check_plate_state(struct session *s, const char *typed, const char **ret_code)
{
    const status result = vehicle_find_plate_state(s, typed, ret_code);

    if (result == ERR_NOT_FOUND)
        return fail_field(s, "plate_state",
                          "“%s” is no state or province. Write it like CA or California; F4 on the "
                          "screen, or pitlane vehicle states, lists them, OTHER among them.",
                          typed);
    return result;
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &vehicle_states_op, in, out);
}

const struct op vehicle_states_op = {
    .name = "vehicle.states",
    .says = "List the states, provinces and territories that plates are from",
    .title = "States of plates",
    .right = RIGHT_VEHICLES_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct plate_state_list, list_fields),
    .out = &state_shape,
    .run = list,
};
