/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labor rate classes: what an hour costs. One of them is the shop's standard. */

#include "domain/labor_rate.h"

#include "base/text.h"
#include "domain/list.h"
#include "record.h"

#define LABOR_RATE_SHOW "labor-rate.show"
#define RATE_MAX_CENTS  10000000 /* 100,000.00 an hour: above it is a slip of the finger */

/* clang-format off */
static const char SQL_GET[] =
    "SELECT id, name, rate, standard, archived_at, revision\n"
    "FROM rate_class\n"
    "WHERE id = :rate_class";
static const char SQL_THERE[] =
    "SELECT count(*)\n"
    "FROM rate_class\n"
    "WHERE id = :rate_class";
static const char SQL_SAME_NAME[] =
    "SELECT count(*)\n"
    "FROM rate_class\n"
    "WHERE lower(name) = lower(:name) AND id <> :id";
static const char SQL_NONE_STANDARD[] =
    "UPDATE rate_class\n"
    "SET standard = 0, revision = revision + 1\n"
    "WHERE standard = 1 AND id <> :id";
static const char SQL_ADD[] =
    "INSERT INTO rate_class (name, rate, standard)\n"
    "VALUES (:name, :rate, :standard)";
static const char SQL_EDIT[] =
    "UPDATE rate_class\n"
    "SET name = :name, rate = :rate, standard = :standard, revision = revision + 1\n"
    "WHERE id = :rate_class AND (:revision = 0 OR revision = :revision)";
static const char SQL_ARCHIVE[] =
    "UPDATE rate_class\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :rate_class";
/* clang-format on */

#define ENTRY_FIELDS(T)                                                                            \
    FIELD(T, name, .example = "Diesel", .max = 60, .flags = FIELD_REQUIRED),                       \
        FIELD(T, rate, .label = "An hour", .example = "145.00", .low = 1, .high = RATE_MAX_CENTS), \
        FIELD(T, standard, .help = "The shop's rate when nothing else says so")

static const struct field rate_class_fields[] = {
    FIELD(struct rate_class, id, .label = "Labor rate", .flags = FIELD_FIXED),
    ENTRY_FIELDS(struct rate_class),
    FIELD(struct rate_class, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct rate_class, revision, .flags = FIELD_HIDDEN),
};
static const struct shape rate_class_shape =
    SHAPE_OF(struct rate_class, "rate_class", rate_class_fields);

static const struct field add_fields[] = {ENTRY_FIELDS(struct rate_class_entry)};
static const struct field edit_fields[] = {
    FIELD(struct rate_class_entry, rate_class, .label = "Labor rate", .picks = "labor-rate.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    ENTRY_FIELDS(struct rate_class_entry),
    FIELD(struct rate_class_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct rate_class_key, rate_class, .label = "Labor rate", .picks = "labor-rate.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct rate_class_key, "rate_class_key", key_fields);
static const struct field list_fields[] = {
    LIST_FIELDS(struct rate_class_list, query),
    FIELD(struct rate_class_list, archived, .label = "Archived too"),
};

/* clang-format off */
static const struct list_sort sorts[] = {
    {"name", "r.name", true},
    {"rate", "r.rate", false},
};
static const struct list_source labor_rate_source = {
    .select = "r.id AS id, r.name AS name, r.rate AS rate, r.standard AS standard,\n"
              "  r.archived_at AS archived_at, r.revision AS revision",
    .from = "rate_class AS r",
    .where = ":archived OR r.archived_at IS NULL",
    .id = "r.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "r.name LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status get(struct session *s, struct rate_class_id id, struct rate_class *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("rate_class", id)), s->arena,
                           &rate_class_shape, ret),
                 "There is no labor rate %lld. Choose one from the list.", (long long)id.v);
}

status labor_rate_check(struct session *s, struct rate_class_id id)
{
    int64_t there = 0;

    if (id.v == 0)
        return OK;
    TRY(store_int(s->store, SQL_THERE, BINDS(BIND_ID("rate_class", id)), &there));
    if (there == 0)
        return fail_field(s, "rate_class", "There is no labor rate %lld. Choose one from the list.",
                          (long long)id.v);
    return OK;
}

static status check_name(struct session *s, const char *name, int64_t id)
{
    int64_t others = 0;

    TRY(store_int(s->store, SQL_SAME_NAME, BINDS(BIND_TEXT("name", name), BIND_INT("id", id)),
                  &others));
    if (others > 0)
        return fail_field(s, "name", "There is a labor rate named “%s” already. Give another name.",
                          name);
    return OK;
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &labor_rate_source, &labor_rate_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct rate_class_key *key = in;

    return get(s, key->rate_class, out);
}

/* A new standard takes the place of the old one. */
static status make_room(struct session *s, const struct rate_class_entry *entry)
{
    TRY(check_name(s, entry->name, entry->rate_class.v));
    if (!entry->standard)
        return OK;
    return store_run(s->store, SQL_NONE_STANDARD, NO_ROW,
                     BINDS(BIND_INT("id", entry->rate_class.v)));
}

static status add(struct session *s, const void *in, void *out)
{
    TRY(make_room(s, in));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(labor_rate_add_op.in, in), NULL));
    return get(s, (struct rate_class_id){store_last_id(s->store)}, out);
}

static status edit(struct session *s, const void *in, void *out)
{
    const struct rate_class_entry *entry = in;
    struct rate_class stored;

    TRY(get(s, entry->rate_class, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "labor-rate", entry->rate_class.v);
    if (stored.standard && !entry->standard)
        return fail_field(s, "standard",
                          "One rate must be the standard. Make another one the standard instead.");
    if (stored.archived_at.seconds != 0 && entry->standard)
        return fail_field(s, "standard", "An archived rate can't be the standard. Add a new one.");
    TRY(make_room(s, entry));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(labor_rate_edit_op.in, in), NULL));
    TRY(record_was_changed(s, "labor-rate", entry->rate_class.v));
    return get(s, entry->rate_class, out);
}

static status archive(struct session *s, const void *in, void *out)
{
    const struct rate_class_key *key = in;
    struct rate_class stored;

    TRY(get(s, key->rate_class, &stored));
    if (stored.standard)
        return fail(s, ERR_CONFLICT,
                    "“%s” is the shop's standard rate. Make another one the standard first.",
                    stored.name);
    if (stored.archived_at.seconds == 0)
        TRY(store_run(s->store, SQL_ARCHIVE, NO_ROW,
                      BINDS(BIND_ID("rate_class", key->rate_class),
                            BIND_INSTANT("archived_at", session_now(s)))));
    return get(s, key->rate_class, out);
}

const struct op labor_rate_list_op = {
    .name = "labor-rate.list",
    .says = "List what an hour of labor costs",
    .right = RIGHT_CANNED_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(labor_rate_source),
    .in = SHAPE(struct rate_class_list, list_fields),
    .out = &rate_class_shape,
    .run = list,
};
const struct op labor_rate_show_op = {
    .name = LABOR_RATE_SHOW,
    .says = "Show a labor rate",
    .title = "Labor rate",
    .right = RIGHT_CANNED_VIEW,
    .in = &key_shape,
    .out = &rate_class_shape,
    .run = show,
    .about = "rate_class",
};
const struct op labor_rate_add_op = {
    .name = "labor-rate.add",
    .says = "Add a labor rate",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct rate_class_entry, add_fields),
    .out = &rate_class_shape,
    .run = add,
};
const struct op labor_rate_edit_op = {
    .name = "labor-rate.edit",
    .says = "Change a labor rate; orders written up keep theirs",
    .title = "Change a labor rate",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct rate_class_entry, edit_fields),
    .out = &rate_class_shape,
    .run = edit,
    .fills = LABOR_RATE_SHOW,
    .about = "rate_class",
};
const struct op labor_rate_archive_op = {
    .name = "labor-rate.archive",
    .says = "Put a labor rate away that is not charged any more",
    .title = "Put a labor rate away",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &rate_class_shape,
    .run = archive,
    .about = "rate_class",
};

static const struct op *const ops[] = {
    &labor_rate_list_op, &labor_rate_show_op,    &labor_rate_add_op,
    &labor_rate_edit_op, &labor_rate_archive_op,
};
extern const struct module labor_rate_module;
const struct module labor_rate_module = {
    .name = "labor-rate",
    .title = "Labor rates",
    .says = "What an hour of labor costs, by kind of work, vehicle and customer.",
    MODULE_OPS(ops),
};
