/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coupons: their records and where they were used. Taking one on an order is coupon_apply.c's. */

#include "domain/coupon.h"

#include "base/text.h"
#include "coupon_inner.h"
#include "domain/list.h"
#include "record.h"

#define COUPON_SHOW "coupon.show"
#define LIMIT_MAX   1000000

/* clang-format off */
/* An order counts once, whatever its number of invoices. */
#define USES                                                                                       \
    "(SELECT count(DISTINCT u.repair_order)\n"                                                     \
    "   FROM invoice_coupon AS u JOIN invoice AS i ON i.id = u.invoice\n"                          \
    "   WHERE u.coupon = c.id AND i.state = 'posted')"
#define COUPON_COLUMNS                                                                             \
    "c.id AS id, c.code AS code, c.title AS title, c.percent AS percent, c.amount AS amount,\n"    \
    "  c.applies_to AS applies_to, c.from_on AS from_on, c.until_on AS until_on,\n"                \
    "  c.minimum AS minimum, c.use_limit AS use_limit, c.customer_limit AS customer_limit,\n"      \
    "  c.stackable AS stackable, " USES " AS uses, c.archived_at AS archived_at,\n"                \
    "  c.revision AS revision"
static const char SQL_GET[] =
    "SELECT " COUPON_COLUMNS "\n"
    "FROM coupon AS c\n"
    "WHERE c.id = :coupon";
static const char SQL_BY_CODE[] =
    "SELECT " COUPON_COLUMNS "\n"
    "FROM coupon AS c\n"
    "WHERE c.code = :code";
static const char SQL_SAME_CODE[] =
    "SELECT count(*)\n"
    "FROM coupon\n"
    "WHERE code = :code AND id <> ifnull(:id, 0)";
static const char SQL_ADD[] =
    "INSERT INTO coupon (code, title, percent, amount, applies_to, from_on, until_on, minimum,\n"
    "  use_limit, customer_limit, stackable)\n"
    "VALUES (:code, :title, :percent, :amount, :applies_to, :from_on, :until_on, :minimum,\n"
    "  :use_limit, :customer_limit, :stackable)";
static const char SQL_EDIT[] =
    "UPDATE coupon\n"
    "SET code = :code, title = :title, percent = :percent, amount = :amount,\n"
    "  applies_to = :applies_to, from_on = :from_on, until_on = :until_on, minimum = :minimum,\n"
    "  use_limit = :use_limit, customer_limit = :customer_limit, stackable = :stackable,\n"
    "  revision = revision + 1\n"
    "WHERE id = :coupon AND (:revision = 0 OR revision = :revision)";
static const char SQL_ARCHIVE[] =
    "UPDATE coupon\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :coupon";

#define COUPON_FIELDS(T)                                                                           \
    FIELD(T, code, .example = "SPRING10", .help = "What is on the coupon, and typed at the counter", \
          .max = 20, .flags = FIELD_REQUIRED | FIELD_CODE),                                        \
    FIELD(T, title, .example = "Spring special", .max = 100, .flags = FIELD_REQUIRED),             \
    FIELD(T, percent, .example = "10", .high = 1000000),                                           \
    FIELD(T, amount, .example = "25.00", .help = "Instead of a percentage"),                       \
    FIELD(T, applies_to, .label = "On", .choices = &discount_on_choices, .initial = "all"),        \
    FIELD(T, from_on, .label = "From", .help = "The first day; empty: at once"),                   \
    FIELD(T, until_on, .label = "Until", .help = "The last day; empty: without end"),              \
    FIELD(T, minimum, .label = "Minimum sale", .example = "100.00",                                \
          .help = "Labor, parts and sublet work before discounts; 0: any"),                        \
    FIELD(T, use_limit, .label = "Uses in all", .high = LIMIT_MAX, .help = "Orders; 0: any number"), \
    FIELD(T, customer_limit, .label = "Uses a customer", .high = LIMIT_MAX,                        \
          .help = "Orders of one customer; 0: any number"),                                        \
    FIELD(T, stackable, .label = "Stacks", .help = "May stand beside other coupons and discounts of job or order")

static const struct field coupon_fields[] = {
    FIELD(struct coupon, id, .label = "Coupon", .flags = FIELD_FIXED | FIELD_HIDDEN),
    COUPON_FIELDS(struct coupon),
    FIELD(struct coupon, uses, .help = "Orders it was used on", .flags = FIELD_FIXED),
    FIELD(struct coupon, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct coupon, revision, .flags = FIELD_HIDDEN),
};
const struct shape coupon_shape = SHAPE_OF(struct coupon, "coupon", coupon_fields);

static const struct field add_fields[] = {COUPON_FIELDS(struct coupon_entry)};
static const struct field edit_fields[] = {
    FIELD(struct coupon_entry, coupon, .picks = "coupon.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    COUPON_FIELDS(struct coupon_entry),
    FIELD(struct coupon_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct coupon_key, coupon, .picks = "coupon.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct coupon_key, "coupon_key", key_fields);
static const struct field list_fields[] = {
    LIST_FIELDS(struct coupon_list, query),
    FIELD(struct coupon_list, ended, .label = "Ended too", .help = "Those past their last day and archived ones too"),
};
static const struct field uses_fields[] = {
    LIST_FIELDS(struct coupon_uses, query),
    FIELD(struct coupon_uses, coupon, .picks = "coupon.list", .help = "Empty: of all"),
};
static const struct field use_fields[] = {
    FIELD(struct coupon_use, invoice),
    FIELD(struct coupon_use, order, .label = "RO"),
    FIELD(struct coupon_use, posted_on, .label = "Day"),
    FIELD(struct coupon_use, customer, .flags = FIELD_HIDDEN),
    FIELD(struct coupon_use, customer_name, .label = "Customer"),
    FIELD(struct coupon_use, amount, .label = "Taken off", .help = "On this invoice"),
    FIELD(struct coupon_use, given_back, .label = "Given back", .help = "The invoice is void"),
};

static const struct list_sort sorts[] = {
    {"code", "c.code", true},
    {"title", "c.title", true},
};
static const struct list_source coupon_source = {
    .select = COUPON_COLUMNS,
    .from = "coupon AS c",
    .where = ":ended OR (c.archived_at IS NULL AND ifnull(c.until_on, '9999-12-31') >= :today)",
    .id = "c.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "c.code LIKE :like ESCAPE '\\' OR c.title LIKE :like ESCAPE '\\'",
};
static const struct list_sort use_sorts[] = {{"invoice", "u.invoice", false}};
static const struct list_source use_source = {
    .select = "u.invoice AS invoice, u.repair_order AS \"order\", i.posted_on AS posted_on,\n"
              "  i.customer AS customer, k.name AS customer_name, u.amount AS amount,\n"
              "  i.state <> 'posted' AS given_back",
    .from = "invoice_coupon AS u JOIN invoice AS i ON i.id = u.invoice\n"
            "JOIN customer AS k ON k.id = i.customer",
    .where = ":coupon IS NULL OR u.coupon = :coupon",
    .id = "u.id",
    .sorts = use_sorts, .sort_count = COUNT_OF(use_sorts),
    .search_where = "k.name LIKE :like ESCAPE '\\'",
};
/* clang-format on */

/* ---------------------------------------------------------------------- checks -- */

static status check_worth(struct session *s, const struct coupon_entry *in)
{
    if (in->percent.ppm == 0 && in->amount.cents == 0)
        return fail_field(s, "percent", "What is it worth? Give a percentage or an amount.");
    if (in->percent.ppm != 0 && in->amount.cents != 0)
        return fail_field(s, "amount", "A coupon is a percentage or an amount: give only one.");
    if (in->amount.cents > in->minimum.cents && in->minimum.cents != 0)
        return fail_field(
            s, "minimum",
            "The minimum sale is below what the coupon takes off. Give a higher one.");
    return OK;
}

static status check_entry(struct session *s, const struct coupon_entry *in)
{
    int64_t same = 0;

    TRY(check_worth(s, in));
    if (in->from_on.iso[0] != '\0' && in->until_on.iso[0] != '\0' &&
        day_compare(in->until_on, in->from_on) < 0)
        return fail_field(s, "until_on", "It would end before it begins. Give a later day.");
    if (in->use_limit != 0 && in->customer_limit > in->use_limit)
        return fail_field(s, "customer_limit",
                          "One customer can't use it more often than all together. Give fewer.");
    TRY(store_int(s->store, SQL_SAME_CODE,
                  BINDS(BIND_TEXT("code", record_code(s, in->code)), BIND_ID("id", in->coupon)),
                  &same));
    if (same > 0)
        return fail_field(s, "code", "There is a coupon “%s” already. Give another code.",
                          in->code);
    return OK;
}

/* --------------------------------------------------------------------- records -- */

status coupon_get(struct session *s, struct coupon_id id, struct coupon *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("coupon", id)), s->arena,
                           &coupon_shape, ret),
                 "There is no such coupon. Choose one from the list.");
}

status coupon_find(struct session *s, const char *code, struct coupon *ret)
{
    const status result =
        store_get(s->store, SQL_BY_CODE, NO_ROW, BINDS(BIND_TEXT("code", record_code(s, code))),
                  s->arena, &coupon_shape, ret);

    if (result == ERR_NOT_FOUND)
        return fail_field(s, "code", "There is no coupon “%s”. Look at the code again.", code);
    return result;
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &coupon_source, &coupon_list_op, in, out);
}

static status uses(struct session *s, const void *in, void *out)
{
    return list_run(s, &use_source, &coupon_uses_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct coupon_key *key = in;

    return coupon_get(s, key->coupon, out);
}

static status add(struct session *s, const void *in, void *out)
{
    const struct coupon_entry *entry = in;

    TRY(check_entry(s, entry));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(coupon_add_op.in, in), NULL));
    return coupon_get(s, (struct coupon_id){store_last_id(s->store)}, out);
}

static status edit(struct session *s, const void *in, void *out)
{
    const struct coupon_entry *entry = in;
    struct coupon stored;

    TRY(coupon_get(s, entry->coupon, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "coupon", entry->coupon.v);
    TRY(check_entry(s, entry));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(coupon_edit_op.in, in), NULL));
    TRY(record_was_changed(s, "coupon", entry->coupon.v));
    return coupon_get(s, entry->coupon, out);
}

static status archive(struct session *s, const void *in, void *out)
{
    const struct coupon_key *key = in;
    struct coupon stored;

    TRY(coupon_get(s, key->coupon, &stored));
    if (stored.archived_at.seconds == 0)
        TRY(store_run(
            s->store, SQL_ARCHIVE, NO_ROW,
            BINDS(BIND_ID("coupon", key->coupon), BIND_INSTANT("archived_at", session_now(s)))));
    return coupon_get(s, key->coupon, out);
}

const struct op coupon_list_op = {
    .name = "coupon.list",
    .says = "List coupons with their limits and uses",
    .right = RIGHT_ESTIMATES_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(coupon_source),
    .in = SHAPE(struct coupon_list, list_fields),
    .out = &coupon_shape,
    .run = list,
};
const struct op coupon_show_op = {
    .name = COUPON_SHOW,
    .says = "Show a coupon",
    .title = "Coupon",
    .right = RIGHT_ESTIMATES_VIEW,
    .in = &key_shape,
    .out = &coupon_shape,
    .run = show,
    .about = "coupon",
};
const struct op coupon_add_op = {
    .name = "coupon.add",
    .says = "Make a coupon",
    .right = RIGHT_COUPONS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct coupon_entry, add_fields),
    .out = &coupon_shape,
    .run = add,
};
const struct op coupon_edit_op = {
    .name = "coupon.edit",
    .says = "Change a coupon; orders that have it keep what it was worth",
    .title = "Change a coupon",
    .right = RIGHT_COUPONS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct coupon_entry, edit_fields),
    .out = &coupon_shape,
    .run = edit,
    .fills = COUPON_SHOW,
    .about = "coupon",
};
const struct op coupon_archive_op = {
    .name = "coupon.archive",
    .says = "Put a coupon away that is not taken any more",
    .title = "Put a coupon away",
    .right = RIGHT_COUPONS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &coupon_shape,
    .run = archive,
    .about = "coupon",
};
const struct op coupon_uses_op = {
    .name = "coupon.uses",
    .says = "List the invoices a coupon was used on, and what it took off",
    .title = "Where a coupon was used",
    .right = RIGHT_INVOICES_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(use_source),
    .in = SHAPE(struct coupon_uses, uses_fields),
    .out = SHAPE(struct coupon_use, use_fields),
    .run = uses,
};

static const struct op *const ops[] = {
    &coupon_list_op, &coupon_show_op,    &coupon_add_op,
    &coupon_edit_op, &coupon_archive_op, &coupon_uses_op,
};
extern const struct module coupon_module;
const struct module coupon_module = {
    .name = "coupon",
    .title = "Coupons",
    .says = "Discounts with a code, from one day to another and within limits.",
    MODULE_OPS(ops),
};
