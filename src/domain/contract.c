/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Prices agreed with a customer: the records, and what they make of a part's list price. */

#include "domain/contract.h"

#include "base/text.h"
#include "domain/customer.h"
#include "domain/list.h"
#include "domain/part.h"
#include "record.h"

#define CONTRACT_SHOW "contract.show"

/* clang-format off */
#define CONTRACT_COLUMNS                                                                           \
    "k.id AS id, k.customer AS customer, c.name AS customer_name, k.part AS part,\n"               \
    "  ifnull(p.sku, '') AS sku, k.category AS category, k.price AS price,\n"                      \
    "  k.off_ppm AS off_ppm, k.from_on AS from_on, k.until_on AS until_on,\n"                      \
    "  k.revision AS revision"
#define CONTRACT_TABLES                                                                            \
    "contract AS k JOIN customer AS c ON c.id = k.customer LEFT JOIN part AS p ON p.id = k.part"
static const char SQL_GET[] =
    "SELECT " CONTRACT_COLUMNS "\n"
    "FROM " CONTRACT_TABLES "\n"
    "WHERE k.id = :contract";
/* Of the part first; after a merge of customers two may hold, and the later one does. */
static const char SQL_TODAY[] =
    "SELECT id, price, off_ppm\n"
    "FROM contract\n"
    "WHERE customer = :customer AND (part = :part OR (part IS NULL AND category = :category))\n"
    "AND ifnull(from_on, '') <= :today AND ifnull(until_on, '9999-12-31') >= :today\n"
    "ORDER BY part IS NULL, from_on DESC, id DESC\n"
    "LIMIT 1";
static const char SQL_SAME_DAYS[] =
    "SELECT count(*)\n"
    "FROM contract\n"
    "WHERE customer = :customer AND part IS :part AND category = :category AND id <> :id\n"
    "AND ifnull(from_on, '') <= ifnull(:until_on, '9999-12-31')\n"
    "AND ifnull(until_on, '9999-12-31') >= ifnull(:from_on, '')";
static const char SQL_ADD[] =
    "INSERT INTO contract (customer, part, category, price, off_ppm, from_on, until_on)\n"
    "VALUES (:customer, :part, :category, :price, :off_ppm, :from_on, :until_on)";
static const char SQL_EDIT[] =
    "UPDATE contract\n"
    "SET customer = :customer, part = :part, category = :category, price = :price,\n"
    "  off_ppm = :off_ppm, from_on = :from_on, until_on = :until_on, revision = revision + 1\n"
    "WHERE id = :contract AND (:revision = 0 OR revision = :revision)";
static const char SQL_REMOVE[] =
    "DELETE FROM contract\n"
    "WHERE id = :contract";

#define ENTRY_FIELDS(T)                                                                            \
    FIELD(T, customer, .picks = "customer.search", .flags = FIELD_REQUIRED),                       \
    FIELD(T, part, .picks = "part.search", .help = "Empty: all of a category"),                    \
    FIELD(T, category, .example = "Brakes", .max = 60, .help = "As in the catalog; empty: one part",   \
          .picks = "part.categories"),                                                             \
    FIELD(T, price, .label = "Fixed price", .example = "7.50", .help = "A unit", .flags = FIELD_OPTIONAL), \
    FIELD(T, off_ppm, .label = "or % off list", .example = "10", .flags = FIELD_OPTIONAL),         \
    FIELD(T, from_on, .label = "From", .help = "This day too; empty: already"),                    \
    FIELD(T, until_on, .label = "Until", .help = "This day too; empty: until further notice")

static const struct field contract_fields[] = {
    FIELD(struct contract, id, .label = "Contract price", .flags = FIELD_FIXED),
    FIELD(struct contract, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct contract, customer_name, .label = "Customer", .flags = FIELD_FIXED),
    FIELD(struct contract, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct contract, sku, .label = "SKU"),
    FIELD(struct contract, category),
    FIELD(struct contract, price, .label = "Fixed price", .flags = FIELD_OPTIONAL),
    FIELD(struct contract, off_ppm, .label = "Off list", .flags = FIELD_OPTIONAL),
    FIELD(struct contract, from_on, .label = "From"),
    FIELD(struct contract, until_on, .label = "Until"),
    FIELD(struct contract, revision, .flags = FIELD_HIDDEN),
};
static const struct shape contract_shape = SHAPE_OF(struct contract, "contract", contract_fields);

static const struct field add_fields[] = {ENTRY_FIELDS(struct contract_entry)};
static const struct field edit_fields[] = {
    FIELD(struct contract_entry, contract, .label = "Contract price", .picks = "contract.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    ENTRY_FIELDS(struct contract_entry),
    FIELD(struct contract_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct contract_key, contract, .label = "Contract price", .picks = "contract.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct contract_key, "contract_key", key_fields);
static const struct field list_fields[] = {
    LIST_FIELDS(struct contract_list, query),
    FIELD(struct contract_list, customer, .picks = "customer.search"),
    FIELD(struct contract_list, ended, .label = "Ended too"),
};

static const struct list_sort sorts[] = {{"customer_name", "c.name", true}};
static const struct list_source contract_source = {
    .select = CONTRACT_COLUMNS,
    .from = CONTRACT_TABLES,
    .where = "(:customer IS NULL OR k.customer = :customer)\n"
             "AND (:ended OR ifnull(k.until_on, '9999-12-31') >= :today)",
    .id = "k.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "c.name LIKE :like ESCAPE '\\' OR ifnull(p.sku, '') LIKE :like ESCAPE '\\'\n"
                    "     OR k.category LIKE :like ESCAPE '\\'",
};
/* clang-format on */

/* ----------------------------------------------------------------------- price -- */

static const char *in_words(struct session *s, const struct contract *contract, struct money list,
                            struct money price)
{
    char off[NUMBER_TEXT_MAX], a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];

    if (contract->price.cents != NUMBER_NONE)
        return arena_printf(s->arena, "contract price %lld: fixed at %s", (long long)contract->id.v,
                            money_show(price, a));
    return arena_printf(s->arena, "contract price %lld: list %s less %s %% = %s",
                        (long long)contract->id.v, money_show(list, a),
                        rate_text(contract->off_ppm, off), money_show(price, b));
}

status contract_find_price(struct session *s, const struct matrix_question *question,
                           struct matrix_price *ret, bool *ret_found)
{
    struct contract contract;

    *ret_found = false;
    if (question->customer.v == 0)
        return OK;
    const status result = store_get(
        s->store, SQL_TODAY, NO_ROW,
        BINDS(BIND_ID("customer", question->customer), BIND_ID("part", question->part),
              BIND_TEXT("category", question->category), BIND_DAY("today", session_today(s))),
        s->arena, &contract_shape, &contract);
    if (result != OK)
        return result == ERR_NOT_FOUND ? OK : result;
    struct money price = contract.price;
    if (price.cents == NUMBER_NONE) {
        if (question->list.cents == 0)
            return OK;
        TRY(money_times_rate(question->list, (struct rate){1000000 - contract.off_ppm.ppm},
                             &price));
    }
    *ret = (struct matrix_price){
        .price = price,
        .rule = PRICE_RULE_CONTRACT,
        .why = in_words(s, &contract, question->list, price),
    };
    *ret_found = true;
    return OK;
}

/* ---------------------------------------------------------------------- checks -- */

static status check_terms(struct session *s, const struct contract_entry *entry)
{
    const bool is_fixed = entry->price.cents != NUMBER_NONE;
    const bool is_off = entry->off_ppm.ppm != NUMBER_NONE;

    if (is_fixed == is_off)
        return fail_field(s, is_off ? "off_ppm" : "price",
                          "Give a fixed price or a percentage off the list price, one of them.");
    if (is_fixed && entry->price.cents <= 0)
        return fail_field(s, "price", "A price of 0 would give parts away. Give one above 0.");
    if (is_off && (entry->off_ppm.ppm <= 0 || entry->off_ppm.ppm >= 1000000))
        return fail_field(s, "off_ppm", "Give a percentage above 0 and below 100.");
    if (entry->from_on.iso[0] != '\0' && entry->until_on.iso[0] != '\0' &&
        day_compare(entry->until_on, entry->from_on) < 0)
        return fail_field(s, "until_on", "It ends before it begins. Give a later day.");
    return OK;
}

static status check_what(struct session *s, const struct contract_entry *entry)
{
    struct part part;

    if (entry->part.v != 0 && !text_is_empty(entry->category))
        return fail_field(s, "category",
                          "A contract price is of a part or of a category. Leave one empty.");
    if (entry->part.v == 0 && text_is_empty(entry->category))
        return fail_field(s, "part", "What is it the price of? Choose a part, or a category.");
    return entry->part.v != 0 ? part_get(s, entry->part, &part) : OK;
}

static status check_entry(struct session *s, const struct contract_entry *entry)
{
    int64_t same = 0;

    TRY(customer_must_be_active(s, entry->customer));
    TRY(check_what(s, entry));
    TRY(check_terms(s, entry));
    TRY(store_int(s->store, SQL_SAME_DAYS,
                  BINDS(BIND_ID("customer", entry->customer), BIND_ID("part", entry->part),
                        BIND_TEXT("category", entry->category), BIND_INT("id", entry->contract.v),
                        BIND_DAY("from_on", entry->from_on), BIND_DAY("until_on", entry->until_on)),
                  &same));
    if (same > 0)
        return fail_field(
            s, "from_on",
            "On some of these days another contract price holds. End that one first.");
    return OK;
}

/* --------------------------------------------------------------------- records -- */

static status get(struct session *s, struct contract_id id, struct contract *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("contract", id)), s->arena,
                           &contract_shape, ret),
                 "There is no contract price %lld. Choose one of the list.", (long long)id.v);
}

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &contract_source, &contract_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct contract_key *key = in;

    return get(s, key->contract, out);
}

static status add(struct session *s, const void *in, void *out)
{
    TRY(check_entry(s, in));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(contract_add_op.in, in), NULL));
    return get(s, (struct contract_id){store_last_id(s->store)}, out);
}

static status edit(struct session *s, const void *in, void *out)
{
    const struct contract_entry *entry = in;
    struct contract stored;

    TRY(get(s, entry->contract, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "contract", entry->contract.v);
    TRY(check_entry(s, entry));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(contract_edit_op.in, in), NULL));
    TRY(record_was_changed(s, "contract", entry->contract.v));
    return get(s, entry->contract, out);
}

static status remove_contract(struct session *s, const void *in, void *out)
{
    const struct contract_key *key = in;
    struct contract stored;

    TRY(get(s, key->contract, &stored));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("contract", key->contract))));
    *(struct contract *)out = stored;
    return OK;
}

const struct op contract_list_op = {
    .name = "contract.list",
    .says = "List the prices agreed with customers",
    .right = RIGHT_PARTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(contract_source),
    .in = SHAPE(struct contract_list, list_fields),
    .out = &contract_shape,
    .run = list,
};
const struct op contract_show_op = {
    .name = CONTRACT_SHOW,
    .says = "Show a price agreed with a customer",
    .title = "Contract price",
    .right = RIGHT_PARTS_VIEW,
    .in = &key_shape,
    .out = &contract_shape,
    .run = show,
    .about = "contract",
};
const struct op contract_add_op = {
    .name = "contract.add",
    .says = "Add a price agreed with a customer",
    .title = "Add a contract price",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct contract_entry, add_fields),
    .out = &contract_shape,
    .run = add,
};
const struct op contract_edit_op = {
    .name = "contract.edit",
    .says = "Change a price agreed with a customer; lines written up keep theirs",
    .title = "Change a contract price",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct contract_entry, edit_fields),
    .out = &contract_shape,
    .run = edit,
    .fills = CONTRACT_SHOW,
    .about = "contract",
};
const struct op contract_remove_op = {
    .name = "contract.remove",
    .says = "Remove a price agreed with a customer; lines written up keep theirs",
    .title = "Remove a contract price",
    .right = RIGHT_PRICES_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &contract_shape,
    .run = remove_contract,
    .about = "contract",
};

static const struct op *const ops[] = {
    &contract_list_op, &contract_show_op, &contract_add_op, &contract_edit_op, &contract_remove_op,
};
extern const struct module contract_module;
const struct module contract_module = {
    .name = "contract",
    .title = "Contract prices",
    .says = "Prices agreed with a customer for a part or a category, from one day to another.",
    MODULE_OPS(ops),
};
