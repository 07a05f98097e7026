/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labor matrices: the records, and what their tiers must be. What they make of a rate is
 * labor_price.c's. */

#include "domain/labor_matrix.h"

#include "domain/customer.h"
#include "domain/labor_rate.h"
#include "domain/list.h"
#include "record.h"
#include "tiers.h"

#define LABOR_MATRIX_SHOW "labor-matrix.show"
#define RATE_MAX_CENTS    10000000 /* as of a labor rate */

/* clang-format off */
#define MATRIX_NAME                                                                                \
    "CASE WHEN m.customer IS NOT NULL THEN c.name\n"                                               \
    "    WHEN m.rate_class IS NOT NULL THEN r.name ELSE 'The shop' END"
#define MATRIX_FROM                                                                                \
    "labor_matrix AS m LEFT JOIN customer AS c ON c.id = m.customer\n"                             \
    "LEFT JOIN rate_class AS r ON r.id = m.rate_class"
static const char SQL_GET[] =
    "SELECT m.id, " MATRIX_NAME " AS name, m.customer, m.rate_class, m.revision\n"
    "FROM " MATRIX_FROM "\n"
    "WHERE m.id = :labor_matrix";
static const char SQL_TIERS[] =
    "SELECT hours_from, hours_to, multiplier, rate\n"
    "FROM labor_tier\n"
    "WHERE labor_matrix = :labor_matrix\n"
    "ORDER BY hours_from";
static const char SQL_SAME[] =
    "SELECT count(*)\n"
    "FROM labor_matrix\n"
    "WHERE customer IS :customer AND rate_class IS :rate_class";
static const char SQL_ADD[] =
    "INSERT INTO labor_matrix (customer, rate_class)\n"
    "VALUES (:customer, :rate_class)";
static const char SQL_SET[] =
    "UPDATE labor_matrix\n"
    "SET revision = revision + 1\n"
    "WHERE id = :labor_matrix AND (:revision = 0 OR revision = :revision)";
static const char SQL_TIERS_REMOVE[] =
    "DELETE FROM labor_tier\n"
    "WHERE labor_matrix = :labor_matrix";
static const char SQL_TIER_ADD[] =
    "INSERT INTO labor_tier (labor_matrix, hours_from, hours_to, multiplier, rate)\n"
    "VALUES (:labor_matrix, :hours_from, :hours_to, :multiplier, :rate)";
static const char SQL_REMOVE[] =
    "DELETE FROM labor_matrix\n"
    "WHERE id = :labor_matrix";
static const char SQL_OWNER[] =
    "SELECT customer\n"
    "FROM vehicle\n"
    "WHERE id = :vehicle";

static const struct field tier_fields[] = {
    FIELD(struct labor_tier, hours_from, .label = "From hour", .example = "1", .help = "Of the line; these hours and more"),
    FIELD(struct labor_tier, hours_to, .label = "To below", .example = "4", .help = "Where the next tier begins; empty in the last",
          .flags = FIELD_OPTIONAL),
    FIELD(struct labor_tier, multiplier, .label = "Rate x", .example = "1.25", .help = "An hour is the labor rate times this",
          .flags = FIELD_OPTIONAL),
    FIELD(struct labor_tier, rate, .label = "or an hour", .example = "165.00", .help = "An hour is this, whatever the labor rate",
          .high = RATE_MAX_CENTS, .flags = FIELD_OPTIONAL),
};
static const struct shape labor_tier_shape = SHAPE_OF(struct labor_tier, "tier", tier_fields);

#define TIERS_FIELD(T)                                                                             \
    FIELD(T, tiers, .rows = &labor_tier_shape, .help = "From 0 hours up, one beginning where the last ends")

static const struct field matrix_fields[] = {
    FIELD(struct labor_matrix, id, .label = "Labor matrix", .flags = FIELD_FIXED),
    FIELD(struct labor_matrix, name, .label = "Whose", .flags = FIELD_FIXED),
    FIELD(struct labor_matrix, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct labor_matrix, rate_class, .flags = FIELD_HIDDEN, .picks = "labor-rate.list"),
    TIERS_FIELD(struct labor_matrix),
    FIELD(struct labor_matrix, revision, .flags = FIELD_HIDDEN),
};
static const struct shape labor_matrix_shape = SHAPE_OF(struct labor_matrix, "labor_matrix", matrix_fields);

static const struct field add_fields[] = {
    FIELD(struct labor_matrix_entry, customer, .picks = "customer.search", .help = "Empty: not of one customer"),
    FIELD(struct labor_matrix_entry, rate_class, .label = "Labor rate", .picks = "labor-rate.list",
          .help = "Both empty: the shop's"),
    TIERS_FIELD(struct labor_matrix_entry),
};
static const struct field set_fields[] = {
    FIELD(struct labor_matrix_entry, labor_matrix, .picks = "labor-matrix.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    TIERS_FIELD(struct labor_matrix_entry),
    FIELD(struct labor_matrix_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct labor_matrix_key, labor_matrix, .picks = "labor-matrix.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct labor_matrix_key, "labor_matrix_key", key_fields);
static const struct field list_fields[] = {LIST_FIELDS(struct labor_matrix_list, query)};
static const struct field row_fields[] = {
    FIELD(struct labor_matrix_row, id, .label = "Labor matrix", .flags = FIELD_HIDDEN),
    FIELD(struct labor_matrix_row, name, .label = "Whose"),
    FIELD(struct labor_matrix_row, whose, .label = "Of"),
    FIELD(struct labor_matrix_row, tiers),
    FIELD(struct labor_matrix_row, revision, .flags = FIELD_HIDDEN),
};
static const struct field try_fields[] = {
    FIELD(struct labor_try, hours, .example = "2.5", .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct labor_try, rate_class, .label = "Labor rate", .picks = "labor-rate.list", .help = "Empty: the vehicle's or customer's"),
    FIELD(struct labor_try, vehicle, .picks = "vehicle.search", .help = "Empty: any"),
    FIELD(struct labor_try, customer, .picks = "customer.search", .help = "Empty: the vehicle's owner, or anybody"),
};
static const struct field price_fields[] = {
    FIELD(struct labor_price, rate, .label = "An hour"),
    FIELD(struct labor_price, rule, .choices = &price_rule_choices),
    FIELD(struct labor_price, why),
};
static const struct shape labor_price_shape = SHAPE_OF(struct labor_price, "labor_price", price_fields);

static const struct list_sort sorts[] = {{"name", MATRIX_NAME, true}};
static const struct list_source labor_matrix_source = {
    .select = "m.id AS id, CASE WHEN m.customer IS NOT NULL THEN 'a customer'\n"
              "    WHEN m.rate_class IS NOT NULL THEN 'a labor rate' ELSE 'the shop' END AS whose,\n"
              "  " MATRIX_NAME " AS name, m.revision AS revision,\n"
              "  (SELECT count(*) FROM labor_tier AS t WHERE t.labor_matrix = m.id) AS tiers",
    .from = MATRIX_FROM,
    .id = "m.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = MATRIX_NAME " LIKE :like ESCAPE '\\'",
};
/* clang-format on */

/* ---------------------------------------------------------------------- checks -- */

static status check_factor(struct session *s, const void *checked, size_t number)
{
    const struct labor_tier *tier = checked;
    const bool by_multiplier = tier->multiplier.thousandths != NUMBER_NONE;
    const bool by_rate = tier->rate.cents != NUMBER_NONE;

    if (by_multiplier == by_rate)
        return fail_tier(s, number, by_rate ? "rate" : "multiplier",
                         "Give tier %zu a multiplier or a rate, one of them.", number);
    if (by_multiplier && tier->multiplier.thousandths <= 0)
        return fail_tier(s, number, "multiplier",
                         "With a multiplier of 0 tier %zu would give labor away. Give one above 0.",
                         number);
    if (by_rate && tier->rate.cents <= 0)
        return fail_tier(s, number, "rate",
                         "At a rate of 0 tier %zu would give labor away. Give one above 0.",
                         number);
    return OK;
}

static const char *say_hours(struct arena *arena, const char *begin, const char *end, bool twice)
{
    return end == NULL ? arena_printf(arena, "From %s hours up there is no tier", begin)
                       : arena_printf(arena, "From %s to below %s hours is in %s", begin, end,
                                      twice ? "two tiers" : "no tier");
}

static const struct tiers_kind hour_tiers = {
    .from = "hours_from",
    .to = "hours_to",
    .says = say_hours,
    .add_one = "Add a tier: from 0 hours on, with a multiplier.",
    .name = "A labor matrix",
    .check = check_factor,
};

static status check_whose(struct session *s, const struct labor_matrix_entry *entry)
{
    int64_t same = 0;

    if (entry->customer.v != 0 && entry->rate_class.v != 0)
        return fail_field(s, "rate_class",
                          "A labor matrix is a customer's or a labor rate's. Leave one of them "
                          "empty.");
    if (entry->customer.v != 0)
        TRY(customer_must_be_active(s, entry->customer));
    TRY(labor_rate_check(s, entry->rate_class));
    TRY(store_int(
        s->store, SQL_SAME,
        BINDS(BIND_ID("customer", entry->customer), BIND_ID("rate_class", entry->rate_class)),
        &same));
    if (same > 0)
        return fail_field(s, entry->customer.v != 0 ? "customer" : "rate_class",
                          "There is such a labor matrix already. Change that one.");
    return OK;
}

/* --------------------------------------------------------------------- records -- */

static status get(struct session *s, struct labor_matrix_id id, struct labor_matrix *ret)
{
    struct labor_matrix matrix;
    const struct bind key = BIND_ID("labor_matrix", id);

    TRY(found(
        s, store_get(s->store, SQL_GET, NO_ROW, BINDS(key), s->arena, &labor_matrix_shape, &matrix),
        "There is no labor matrix %lld. Choose one from the list.", (long long)id.v));
    TRY(store_list(s->store, SQL_TIERS, NO_ROW, BINDS(key), s->arena, &labor_tier_shape,
                   &matrix.tiers));
    *ret = matrix;
    return OK;
}

static status put_tiers(struct session *s, struct labor_matrix_id id, const struct rows *tiers)
{
    const struct labor_tier *at = tiers->at;
    const struct bind key = BIND_ID("labor_matrix", id);

    TRY(store_run(s->store, SQL_TIERS_REMOVE, NO_ROW, BINDS(key)));
    for (size_t i = 0; i < tiers->count; i++)
        TRY(store_run(s->store, SQL_TIER_ADD, BIND_ROW(&labor_tier_shape, &at[i]), BINDS(key)));
    return OK;
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &labor_matrix_source, &labor_matrix_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct labor_matrix_key *key = in;

    return get(s, key->labor_matrix, out);
}

static status add(struct session *s, const void *in, void *out)
{
    const struct labor_matrix_entry *entry = in;

    TRY(check_whose(s, entry));
    TRY(tiers_check(s, &hour_tiers, &labor_tier_shape, &entry->tiers));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(labor_matrix_add_op.in, in), NULL));
    const struct labor_matrix_id id = {store_last_id(s->store)};
    TRY(put_tiers(s, id, &entry->tiers));
    return get(s, id, out);
}

static status set(struct session *s, const void *in, void *out)
{
    const struct labor_matrix_entry *entry = in;
    struct labor_matrix stored;

    TRY(get(s, entry->labor_matrix, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "labor-matrix", entry->labor_matrix.v);
    TRY(tiers_check(s, &hour_tiers, &labor_tier_shape, &entry->tiers));
    TRY(store_run(s->store, SQL_SET, BIND_ROW(labor_matrix_set_op.in, in), NULL));
    TRY(record_was_changed(s, "labor-matrix", entry->labor_matrix.v));
    TRY(put_tiers(s, entry->labor_matrix, &entry->tiers));
    return get(s, entry->labor_matrix, out);
}

static status remove_matrix(struct session *s, const void *in, void *out)
{
    const struct labor_matrix_key *key = in;
    struct labor_matrix stored;

    TRY(get(s, key->labor_matrix, &stored));
    TRY(store_run(s->store, SQL_TIERS_REMOVE, NO_ROW,
                  BINDS(BIND_ID("labor_matrix", key->labor_matrix))));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("labor_matrix", key->labor_matrix))));
    *(struct labor_matrix *)out = stored;
    return OK;
}

/* Without a customer, the vehicle's owner is asked for. */
static status try_price(struct session *s, const void *in, void *out)
{
    const struct labor_try *asked = in;
    struct labor_question question = {
        .line = asked->rate_class,
        .vehicle = asked->vehicle,
        .customer = asked->customer,
        .hours = asked->hours,
    };

    TRY(labor_rate_check(s, asked->rate_class));
    if (question.customer.v == 0 && question.vehicle.v != 0)
        TRY(found(s,
                  store_int(s->store, SQL_OWNER, BINDS(BIND_ID("vehicle", asked->vehicle)),
                            &question.customer.v),
                  "There is no such vehicle. Choose one from the list."));
    return labor_find_price(s, &question, out);
}

const struct op labor_matrix_list_op = {
    .name = "labor-matrix.list",
    .says = "List the labor matrices",
    .right = RIGHT_COSTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(labor_matrix_source),
    .in = SHAPE(struct labor_matrix_list, list_fields),
    .out = SHAPE(struct labor_matrix_row, row_fields),
    .run = list,
};
const struct op labor_matrix_show_op = {
    .name = LABOR_MATRIX_SHOW,
    .says = "Show a labor matrix with its tiers",
    .title = "Labor matrix",
    .right = RIGHT_COSTS_VIEW,
    .in = &key_shape,
    .out = &labor_matrix_shape,
    .run = show,
    .about = "labor_matrix",
};
const struct op labor_matrix_add_op = {
    .name = "labor-matrix.add",
    .says = "Add a labor matrix: the shop's, a labor rate's or a customer's",
    .title = "Add a labor matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct labor_matrix_entry, add_fields),
    .out = &labor_matrix_shape,
    .run = add,
};
const struct op labor_matrix_set_op = {
    .name = "labor-matrix.set",
    .says = "Change a labor matrix; lines written up keep their prices",
    .title = "Change a labor matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct labor_matrix_entry, set_fields),
    .out = &labor_matrix_shape,
    .run = set,
    .fills = LABOR_MATRIX_SHOW,
    .about = "labor_matrix",
};
const struct op labor_matrix_remove_op = {
    .name = "labor-matrix.remove",
    .says = "Remove a labor matrix; lines written up keep their prices",
    .title = "Remove a labor matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &labor_matrix_shape,
    .run = remove_matrix,
    .about = "labor_matrix",
};
const struct op labor_matrix_try_op = {
    .name = "labor-matrix.try",
    .says = "See what an hour of labor would be sold for, and why",
    .title = "Try labor hours",
    .right = RIGHT_COSTS_VIEW,
    .in = SHAPE(struct labor_try, try_fields),
    .out = &labor_price_shape,
    .run = try_price,
};

static const struct op *const ops[] = {
    &labor_matrix_list_op, &labor_matrix_show_op,   &labor_matrix_add_op,
    &labor_matrix_set_op,  &labor_matrix_remove_op, &labor_matrix_try_op,
};
extern const struct module labor_matrix_module;
const struct module labor_matrix_module = {
    .name = "labor-matrix",
    .title = "Labor matrix",
    .says =
        "What an hour is sold for by the hours of the work: of the shop, a labor rate, a customer.",
    MODULE_OPS(ops),
};
