/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts matrices: the records, and what their tiers must be. The prices they make are
 * matrix_price.c's. */

#include "domain/matrix.h"

#include "base/text.h"
#include "domain/customer.h"
#include "domain/list.h"
#include "domain/part.h"
#include "record.h"
#include "tiers.h"

#define MATRIX_SHOW "matrix.show"

/* clang-format off */
#define MATRIX_NAME                                                                                \
    "CASE WHEN m.customer IS NOT NULL THEN c.name\n"                                               \
    "    WHEN m.category <> '' THEN m.category ELSE 'The shop' END"
static const char SQL_GET[] =
    "SELECT m.id, " MATRIX_NAME " AS name, m.customer, m.category, m.rounding, m.revision\n"
    "FROM matrix AS m LEFT JOIN customer AS c ON c.id = m.customer\n"
    "WHERE m.id = :matrix";
static const char SQL_TIERS[] =
    "SELECT cost_from, cost_to, multiplier, gp_ppm\n"
    "FROM matrix_tier\n"
    "WHERE matrix = :matrix\n"
    "ORDER BY cost_from";
static const char SQL_SAME[] =
    "SELECT count(*)\n"
    "FROM matrix\n"
    "WHERE customer IS :customer AND category = :category";
static const char SQL_ADD[] =
    "INSERT INTO matrix (customer, category, rounding)\n"
    "VALUES (:customer, :category, :rounding)";
static const char SQL_SET[] =
    "UPDATE matrix\n"
    "SET rounding = :rounding, revision = revision + 1\n"
    "WHERE id = :matrix AND (:revision = 0 OR revision = :revision)";
static const char SQL_TIERS_REMOVE[] =
    "DELETE FROM matrix_tier\n"
    "WHERE matrix = :matrix";
static const char SQL_TIER_ADD[] =
    "INSERT INTO matrix_tier (matrix, cost_from, cost_to, multiplier, gp_ppm)\n"
    "VALUES (:matrix, :cost_from, :cost_to, :multiplier, :gp_ppm)";
static const char SQL_REMOVE[] =
    "DELETE FROM matrix\n"
    "WHERE id = :matrix";

static const struct field tier_fields[] = {
    FIELD(struct matrix_tier, cost_from, .label = "Cost from", .example = "5.00", .help = "A unit; this cost and above"),
    FIELD(struct matrix_tier, cost_to, .label = "To below", .example = "20.00", .help = "Where the next tier begins; empty in the last",
          .flags = FIELD_OPTIONAL),
    FIELD(struct matrix_tier, multiplier, .label = "Cost x", .example = "2.5", .help = "The price is cost times this", .flags = FIELD_OPTIONAL),
    FIELD(struct matrix_tier, gp_ppm, .label = "or GP %", .example = "40", .help = "The price leaves this gross profit",
          .flags = FIELD_OPTIONAL),
};
static const struct shape matrix_tier_shape = SHAPE_OF(struct matrix_tier, "tier", tier_fields);

#define WHOSE_FIELDS(T)                                                                            \
    FIELD(T, customer, .picks = "customer.search", .help = "Empty: not of one customer"),          \
    FIELD(T, category, .example = "Brakes", .max = 60, .help = "As in the catalog; both empty: the shop's", .picks = "part.categories")
#define RULE_FIELDS(T)                                                                             \
    FIELD(T, rounding, .label = "Price up to", .choices = &matrix_rounding_choices),               \
    FIELD(T, tiers, .rows = &matrix_tier_shape, .help = "From cost 0 up, one beginning where the last ends")

static const struct field matrix_fields[] = {
    FIELD(struct parts_matrix, id, .label = "Matrix", .flags = FIELD_FIXED),
    FIELD(struct parts_matrix, name, .label = "Whose", .flags = FIELD_FIXED),
    FIELD(struct parts_matrix, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct parts_matrix, category, .flags = FIELD_HIDDEN),
    RULE_FIELDS(struct parts_matrix),
    FIELD(struct parts_matrix, revision, .flags = FIELD_HIDDEN),
};
static const struct shape matrix_shape = SHAPE_OF(struct parts_matrix, "matrix", matrix_fields);

static const struct field add_fields[] = {
    WHOSE_FIELDS(struct matrix_entry),
    RULE_FIELDS(struct matrix_entry),
};
static const struct field set_fields[] = {
    FIELD(struct matrix_entry, matrix, .picks = "matrix.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    RULE_FIELDS(struct matrix_entry),
    FIELD(struct matrix_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct matrix_key, matrix, .picks = "matrix.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct matrix_key, "matrix_key", key_fields);
static const struct field list_fields[] = {LIST_FIELDS(struct matrix_list, query)};
static const struct field row_fields[] = {
    FIELD(struct matrix_row, id, .label = "Matrix", .flags = FIELD_HIDDEN),
    FIELD(struct matrix_row, rule, .label = "Rule", .choices = &price_rule_choices),
    FIELD(struct matrix_row, name, .label = "Whose"),
    FIELD(struct matrix_row, tiers),
    FIELD(struct matrix_row, rounding, .label = "Price up to", .choices = &matrix_rounding_choices),
    FIELD(struct matrix_row, revision, .flags = FIELD_HIDDEN),
};
static const struct field try_fields[] = {
    FIELD(struct matrix_try, cost, .example = "41.50", .help = "A unit; empty: the part's", .flags = FIELD_OPTIONAL | FIELD_ARGUMENT),
    FIELD(struct matrix_try, sku, .label = "SKU", .example = "BP-1210", .flags = FIELD_CODE, .picks = "part.search"),
    FIELD(struct matrix_try, category, .example = "Brakes", .help = "Empty: the part's", .picks = "part.categories"),
    FIELD(struct matrix_try, customer, .picks = "customer.search", .help = "Empty: anybody"),
};
static const struct field price_fields[] = {
    FIELD(struct matrix_price, price),
    FIELD(struct matrix_price, rule, .choices = &price_rule_choices),
    FIELD(struct matrix_price, why, .right = RIGHT_COSTS_VIEW),
};
static const struct shape matrix_price_shape = SHAPE_OF(struct matrix_price, "price", price_fields);

static const struct list_sort sorts[] = {{"name", MATRIX_NAME, true}};
static const struct list_source matrix_source = {
    .select = "m.id AS id, CASE WHEN m.customer IS NOT NULL THEN 'customer'\n"
              "    WHEN m.category <> '' THEN 'category' ELSE 'shop' END AS rule,\n"
              "  " MATRIX_NAME " AS name, m.rounding AS rounding, m.revision AS revision,\n"
              "  (SELECT count(*) FROM matrix_tier AS t WHERE t.matrix = m.id) AS tiers",
    .from = "matrix AS m LEFT JOIN customer AS c ON c.id = m.customer",
    .id = "m.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = MATRIX_NAME " LIKE :like ESCAPE '\\'",
};
/* clang-format on */

/* ---------------------------------------------------------------------- checks -- */

static status check_factor(struct session *s, const void *checked, size_t number)
{
    const struct matrix_tier *tier = checked;
    const bool by_multiplier = tier->multiplier.thousandths != NUMBER_NONE;
    const bool by_gp = tier->gp_ppm.ppm != NUMBER_NONE;

    if (by_multiplier == by_gp)
        return fail_tier(s, number, by_gp ? "gp_ppm" : "multiplier",
                         "Give tier %zu a multiplier or a gross profit, one of them.", number);
    if (by_multiplier && tier->multiplier.thousandths <= 0)
        return fail_tier(s, number, "multiplier",
                         "With a multiplier of 0 tier %zu would give parts away. Give one above 0.",
                         number);
    if (by_multiplier && tier->multiplier.thousandths < 1000 &&
        !right_set_has(&s->rights_all, RIGHT_PRICES_BELOW_FLOOR))
        return fault_denied(
            &s->fault, arena_printf(s->arena, "tiers.%zu.multiplier", number),
            "Tier %zu would sell below cost. Give a multiplier of 1 or more, or ask "
            "somebody who may: %s.",
            number, right_table[RIGHT_PRICES_BELOW_FLOOR].says);
    if (by_gp && (tier->gp_ppm.ppm < 0 || tier->gp_ppm.ppm >= 1000000))
        return fail_tier(s, number, "gp_ppm",
                         "No price leaves a gross profit of 100 %% or more. Give tier %zu less.",
                         number);
    return OK;
}

static const char *say_costs(struct arena *arena, const char *begin, const char *end, bool twice)
{
    return end == NULL ? arena_printf(arena, "Costs from %s up are in no tier", begin)
                       : arena_printf(arena, "Costs from %s to below %s are in %s", begin, end,
                                      twice ? "two tiers" : "no tier");
}

static const struct tiers_kind cost_tiers = {
    .from = "cost_from",
    .to = "cost_to",
    .says = say_costs,
    .add_one = "Add a tier: from a cost of 0 on, with a multiplier.",
    .name = "A matrix",
    .check = check_factor,
};

static status check_whose(struct session *s, const struct matrix_entry *entry)
{
    const char *category = entry->category;
    int64_t same = 0;

    if (entry->customer.v != 0 && !text_is_empty(category))
        return fail_field(s, "category",
                          "A matrix is a customer's or a category's. Leave one of them empty.");
    if (entry->customer.v != 0)
        TRY(customer_must_be_active(s, entry->customer));
    TRY(store_int(s->store, SQL_SAME,
                  BINDS(BIND_ID("customer", entry->customer), BIND_TEXT("category", category)),
                  &same));
    if (same > 0)
        return fail_field(s, entry->customer.v != 0 ? "customer" : "category",
                          "There is such a matrix already. Change that one.");
    return OK;
}

/* --------------------------------------------------------------------- records -- */

static status get(struct session *s, struct matrix_id id, struct parts_matrix *ret)
{
    struct parts_matrix matrix;
    const struct bind key = BIND_ID("matrix", id);

    TRY(found(s, store_get(s->store, SQL_GET, NO_ROW, BINDS(key), s->arena, &matrix_shape, &matrix),
              "There is no parts matrix %lld. Choose one from the list.", (long long)id.v));
    TRY(store_list(s->store, SQL_TIERS, NO_ROW, BINDS(key), s->arena, &matrix_tier_shape,
                   &matrix.tiers));
    *ret = matrix;
    return OK;
}

static status put_tiers(struct session *s, struct matrix_id id, const struct rows *tiers)
{
    const struct matrix_tier *at = tiers->at;
    const struct bind key = BIND_ID("matrix", id);

    TRY(store_run(s->store, SQL_TIERS_REMOVE, NO_ROW, BINDS(key)));
    for (size_t i = 0; i < tiers->count; i++)
        TRY(store_run(s->store, SQL_TIER_ADD, BIND_ROW(&matrix_tier_shape, &at[i]), BINDS(key)));
    return OK;
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &matrix_source, &matrix_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct matrix_key *key = in;

    return get(s, key->matrix, out);
}

static status add(struct session *s, const void *in, void *out)
{
    const struct matrix_entry *entry = in;

    TRY(check_whose(s, entry));
    TRY(tiers_check(s, &cost_tiers, &matrix_tier_shape, &entry->tiers));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(matrix_add_op.in, in), NULL));
    const struct matrix_id id = {store_last_id(s->store)};
    TRY(put_tiers(s, id, &entry->tiers));
    return get(s, id, out);
}

static status set(struct session *s, const void *in, void *out)
{
    const struct matrix_entry *entry = in;
    struct parts_matrix stored;

    TRY(get(s, entry->matrix, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "matrix", entry->matrix.v);
    TRY(tiers_check(s, &cost_tiers, &matrix_tier_shape, &entry->tiers));
    TRY(store_run(s->store, SQL_SET, BIND_ROW(matrix_set_op.in, in), NULL));
    TRY(record_was_changed(s, "matrix", entry->matrix.v));
    TRY(put_tiers(s, entry->matrix, &entry->tiers));
    return get(s, entry->matrix, out);
}

static status remove_matrix(struct session *s, const void *in, void *out)
{
    const struct matrix_key *key = in;
    struct parts_matrix stored;

    TRY(get(s, key->matrix, &stored));
    TRY(store_run(s->store, SQL_TIERS_REMOVE, NO_ROW, BINDS(BIND_ID("matrix", key->matrix))));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("matrix", key->matrix))));
    *(struct parts_matrix *)out = stored;
    return OK;
}

static status try_price(struct session *s, const void *in, void *out)
{
    const struct matrix_try *asked = in;
    struct part part = {.category = ""};

    if (!text_is_empty(asked->sku))
        TRY(found(s, part_find_by_sku(s, asked->sku, &part), "There is no part %s in the catalog.",
                  asked->sku));
    else if (asked->cost.cents == NUMBER_NONE)
        return fail_field(s, "cost", "What does it cost? Give a cost, or a part.");
    const struct matrix_question question = {
        .customer = asked->customer,
        .part = part.id,
        .category = text_is_empty(asked->category) ? part.category : asked->category,
        .cost = asked->cost.cents == NUMBER_NONE ? part.cost : asked->cost,
        .list = part.price,
    };
    return matrix_find_price(s, &question, out);
}

const struct op matrix_list_op = {
    .name = "matrix.list",
    .says = "List the parts matrices",
    .right = RIGHT_COSTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(matrix_source),
    .in = SHAPE(struct matrix_list, list_fields),
    .out = SHAPE(struct matrix_row, row_fields),
    .run = list,
};
const struct op matrix_show_op = {
    .name = MATRIX_SHOW,
    .says = "Show a parts matrix with its tiers",
    .title = "Parts matrix",
    .right = RIGHT_COSTS_VIEW,
    .in = &key_shape,
    .out = &matrix_shape,
    .run = show,
    .about = "matrix",
};
const struct op matrix_add_op = {
    .name = "matrix.add",
    .says = "Add a parts matrix: the shop's, a category's or a customer's",
    .title = "Add a parts matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct matrix_entry, add_fields),
    .out = &matrix_shape,
    .run = add,
};
const struct op matrix_set_op = {
    .name = "matrix.set",
    .says = "Change a parts matrix; lines written up keep their prices",
    .title = "Change a parts matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct matrix_entry, set_fields),
    .out = &matrix_shape,
    .run = set,
    .fills = MATRIX_SHOW,
    .about = "matrix",
};
const struct op matrix_remove_op = {
    .name = "matrix.remove",
    .says = "Remove a parts matrix; lines written up keep their prices",
    .title = "Remove a parts matrix",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &matrix_shape,
    .run = remove_matrix,
    .about = "matrix",
};
const struct op matrix_try_op = {
    .name = "matrix.try",
    .says = "See what a cost would be sold for, and why",
    .title = "Try a price",
    .right = RIGHT_COSTS_VIEW,
    .in = SHAPE(struct matrix_try, try_fields),
    .out = &matrix_price_shape,
    .run = try_price,
};

static const struct op *const ops[] = {
    &matrix_list_op, &matrix_show_op,   &matrix_add_op,
    &matrix_set_op,  &matrix_remove_op, &matrix_try_op,
};
extern const struct module matrix_module;
const struct module matrix_module = {
    .name = "matrix",
    .title = "Parts matrix",
    .says = "What parts are sold for by what they cost: of the shop, a category, a customer.",
    MODULE_OPS(ops),
};
