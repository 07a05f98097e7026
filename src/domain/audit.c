/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Reading the audit log. It is written by op_call alone. */

#include "base/text.h"
#include "domain/list.h"
#include "domain/user.h"

struct audit_entry {
    struct audit_id id;
    struct instant at;
    const char *user_name, *terminal, *op, *result;
    int64_t subject;
    const char *input, *changes;
};
/* clang-format off */
#define AUDIT_ROW_FIELDS                                                                           \
    FIELD(struct audit_entry, id, .label = "Number"),                                                \
    FIELD(struct audit_entry, at, .label = "When"),                                                  \
    FIELD(struct audit_entry, user_name, .label = "Who"),                                            \
    FIELD(struct audit_entry, terminal, .label = "Terminal"),                                        \
    FIELD(struct audit_entry, op, .label = "Did"),                                                   \
    FIELD(struct audit_entry, subject, .label = "About"),                                            \
    FIELD(struct audit_entry, result, .label = "Result")
static const struct field audit_list_row_fields[] = {AUDIT_ROW_FIELDS};
static const struct field audit_fields[] = {
    AUDIT_ROW_FIELDS,
    FIELD(struct audit_entry, input, .label = "Asked", .max = 1u << 24),
    FIELD(struct audit_entry, changes, .label = "Changed", .max = 1u << 24),
};
/* clang-format on */
static const struct shape audit_shape = SHAPE_OF(struct audit_entry, "audit", audit_fields);

struct audit_list_in {
    struct list_query query;
    struct user_id user;
    struct day from_on, to_on;
};
static const struct field audit_list_fields[] = {
    LIST_FIELDS(struct audit_list_in, query),
    FIELD(struct audit_list_in, user, .label = "Who", .picks = "user.list"),
    FIELD(struct audit_list_in, from_on, .label = "From"),
    FIELD(struct audit_list_in, to_on, .label = "To"),
};

/* Day limits as instants are computed by the store's caller: SQL stays free of date functions. */
struct audit_range {
    struct list_query query;
    struct user_id user;
    int64_t from_at, to_at;
};
static const struct field audit_range_fields[] = {
    LIST_FIELDS(struct audit_range, query),
    FIELD(struct audit_range, user),
    FIELD(struct audit_range, from_at),
    FIELD(struct audit_range, to_at),
};
static const struct op audit_range_op = {
    .name = "audit.list",
    .in = SHAPE(struct audit_range, audit_range_fields),
    .out = SHAPE(struct audit_entry, audit_list_row_fields),
};

static const struct list_sort audit_sorts[] = {{"id", "a.id", false}};
static const struct list_source audit_source = {
    .select = "a.id, a.at, a.user_name, a.terminal, a.op, a.result, a.subject",
    .from = "audit AS a",
    .where = "(:user IS NULL OR a.user = :user) AND a.at >= :from_at AND a.at < :to_at",
    .id = "a.id",
    .sorts = audit_sorts,
    .sort_count = COUNT_OF(audit_sorts),
    .search_where = "a.op LIKE :like ESCAPE '\\' OR lower(a.user_name) LIKE :like ESCAPE '\\'",
};

static status audit_list_run(struct session *s, const void *input, void *output)
{
    const struct audit_list_in *in = input;
    struct audit_range range = {.query = in->query, .user = in->user, .to_at = INT64_MAX};

    if (in->from_on.iso[0] != '\0')
        range.from_at = day_instant(in->from_on, 0).seconds;
    if (in->to_on.iso[0] != '\0')
        range.to_at = day_instant(day_add(in->to_on, 1), 0).seconds;
    if (text_is_empty(range.query.sort))
        range.query.descending = !range.query.descending; /* newest first unless asked otherwise */
    return list_run(s, &audit_source, &audit_range_op, &range, output);
}

const struct op audit_list_op = {
    .name = "audit.list",
    .says = "See who did what",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(audit_source),
    .in = SHAPE(struct audit_list_in, audit_list_fields),
    .out = SHAPE(struct audit_entry, audit_list_row_fields),
    .run = audit_list_run,
};

struct audit_key {
    struct audit_id id;
};
static const struct field audit_key_fields[] = {
    FIELD(struct audit_key, id, .label = "Number", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const char SQL_AUDIT[] =
    "SELECT id, at, user_name, terminal, op, result, subject, input, changes "
    "FROM audit WHERE id = :id";

static status audit_show(struct session *s, const void *input, void *output)
{
    const struct audit_key *in = input;

    return found(s,
                 store_get(s->store, SQL_AUDIT, NO_ROW, BINDS(BIND_ID("id", in->id)), s->arena,
                           &audit_shape, output),
                 "There is no audit row %lld.", (long long)in->id.v);
}

const struct op audit_show_op = {
    .name = "audit.show",
    .says = "See one action with what it changed",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct audit_key, audit_key_fields),
    .out = &audit_shape,
    .run = audit_show,
};

static const struct op *const audit_ops[] = {&audit_list_op, &audit_show_op};
const struct module audit_module = {
    .name = "audit",
    .title = "Audit log",
    .says = "Who did what, when and from where, with every record before and after.",
    MODULE_OPS(audit_ops),
};
