/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the page of every editable record needs. */

#include "record.h"

#include "base/text.h"

static const char SQL_LAST_CHANGE[] = "SELECT user_name, at\n"
                                      "FROM audit\n"
                                      "WHERE noun = :noun AND subject = :id AND result = 'ok'\n"
                                      "AND op IN (:edit, :archive, :restore, :merge, :owner)\n"
                                      "ORDER BY at DESC, id DESC\n"
                                      "LIMIT 1";

struct change {
    const char *user_name;
    struct instant at;
};
static const struct field change_fields[] = {
    FIELD(struct change, user_name),
    FIELD(struct change, at),
};
static const struct shape change_shape = SHAPE_OF(struct change, "change", change_fields);

/* "labor-rate" of an operation is "labor_rate" of a module. */
static const char *noun_word(struct session *s, const char *noun)
{
    char *word = arena_text(s->arena, noun);

    for (char *at = word; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return word;
}

static const char *op_name(struct session *s, const char *noun, const char *verb)
{
    return arena_printf(s->arena, "%s.%s", noun, verb);
}

status record_is_stale_by(struct session *s, const char *what, const char *sql,
                          const struct bind *binds)
{
    struct change change;
    char when[DAY_TEXT_MAX];

    const status result = store_get(s->store, sql, NO_ROW, binds, s->arena, &change_shape, &change);
    if (result == ERR_NOT_FOUND)
        return fail(s, ERR_STALE,
                    "Somebody else changed %s meanwhile. Look at it again, then make your change.",
                    what);
    TRY(result);
    return fail(s, ERR_STALE,
                "%s changed %s meanwhile (%s). Look at it again, then make your change.",
                change.user_name[0] != '\0' ? change.user_name : "Somebody else", what,
                instant_show(change.at, when));
}

status record_is_stale(struct session *s, const char *noun, int64_t id)
{
    return record_is_stale_by(
        s, "this record", SQL_LAST_CHANGE,
        BINDS(BIND_TEXT("noun", noun_word(s, noun)), BIND_TEXT("edit", op_name(s, noun, "edit")),
              BIND_TEXT("archive", op_name(s, noun, "archive")),
              BIND_TEXT("restore", op_name(s, noun, "restore")),
              BIND_TEXT("merge", op_name(s, noun, "merge")),
              BIND_TEXT("owner", op_name(s, noun, "change-owner")), BIND_INT("id", id)));
}

status record_was_changed(struct session *s, const char *noun, int64_t id)
{
    if (store_changed_rows(s->store) > 0)
        return OK;
    return record_is_stale(s, noun, id);
}

status record_find_number(struct session *s, const char *sql, const struct bind *binds,
                          int64_t *ret)
{
    const status result = store_int(s->store, sql, binds, ret);

    return result == ERR_NOT_FOUND ? OK : result;
}

status record_is_customers(struct session *s, const char *sql, int64_t id, bool *ret_own)
{
    int64_t customer = 0;

    TRY(record_find_number(s, sql, BINDS(BIND_INT("id", id)), &customer));
    *ret_own = customer != 0 && customer == s->customer.v;
    return OK;
}

status record_is_everybodys(struct session *s, const void *in, bool *ret_own)
{
    (void)s;
    (void)in;
    *ret_own = true;
    return OK;
}

const char *record_code(struct session *s, const char *text)
{
    return text_code_printed(s->arena, text);
}

status record_end_write(struct session *s, status result)
{
    if (result == OK)
        return store_commit(s->store);
    const struct fault said = s->fault;
    store_rollback(s->store);
    s->fault = said;
    return result;
}
