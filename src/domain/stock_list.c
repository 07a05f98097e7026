/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Reading the stock ledger: its movements, what was there and worth on any day, and the module. */

#include "domain/list.h"
#include "stock_inner.h"

/* -------------------------------------------------------------------- movements -- */

/* clang-format off */
static const struct field move_list_fields[] = {
    LIST_FIELDS(struct stock_move_list, query),
    FIELD(struct stock_move_list, part, .picks = "part.search"),
    FIELD(struct stock_move_list, from_on, .label = "From"),
    FIELD(struct stock_move_list, to_on, .label = "To"),
};
static const struct field move_row_fields[] = {
    FIELD(struct stock_move_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct stock_move_row, at, .label = "When"),
    FIELD(struct stock_move_row, kind, .label = "What", .choices = &stock_kind_choices),
    FIELD(struct stock_move_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct stock_move_row, name),
    FIELD(struct stock_move_row, quantity, .flags = FIELD_SIGNED),
    FIELD(struct stock_move_row, value, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_move_row, bin),
    FIELD(struct stock_move_row, document),
    FIELD(struct stock_move_row, reason),
    FIELD(struct stock_move_row, user_name, .label = "By"),
};
static const struct list_sort move_sorts[] = {{"id", "m.id", false}};

#define MOVE_LIST                                                                                  \
    .select = "m.id AS id, m.at AS at, m.kind AS kind, p.sku AS sku, p.name AS name,\n"            \
              "m.bin AS bin, m.quantity AS quantity, m.value AS value, m.reason AS reason,\n"      \
              "ifnull(u.name, '') AS user_name,\n"                                                 \
              "CASE WHEN m.invoice IS NOT NULL THEN 'invoice ' || m.invoice\n"                     \
              "  WHEN m.receipt IS NOT NULL THEN 'delivery ' || m.receipt\n"                       \
              "  WHEN m.claim IS NOT NULL THEN 'claim ' || m.claim\n"                              \
              "  WHEN m.count IS NOT NULL THEN 'count ' || m.count\n"                              \
              "  WHEN m.line IS NOT NULL THEN ifnull((SELECT 'RO ' || j.repair_order FROM line AS l\n" \
              "    JOIN job AS j ON j.id = l.job WHERE l.id = m.line), '')\n"                      \
              "  ELSE '' END AS document",                                                         \
    .from = "stock_move AS m JOIN part AS p ON p.id = m.part LEFT JOIN user AS u ON u.id = m.user",\
    .id = "m.id", .sorts = move_sorts, .sort_count = COUNT_OF(move_sorts),                         \
    .search_where = "p.name_key LIKE :like ESCAPE '\\' OR p.sku LIKE :typed ESCAPE '\\'"
#define IN_DAYS                                                                                    \
    "m.moved_on >= ifnull(:from_on, '') AND m.moved_on <= ifnull(:to_on, '9999-12-31')"
/* Without days the newest rows are read as they lie, however many there are. */
enum { MOVES_ALL, MOVES_OF_DAYS, MOVES_OF_PART };
static const struct list_source move_sources[] = {
    {MOVE_LIST},
    {MOVE_LIST, .where = IN_DAYS},
    {MOVE_LIST, .where = "m.part = :part AND " IN_DAYS},
};
/* clang-format on */

/* Newest first, unless a column was asked for. */
static status moves(struct session *s, const void *input, void *output)
{
    struct stock_move_list in = *(const struct stock_move_list *)input;

    const bool has_days = in.from_on.iso[0] != '\0' || in.to_on.iso[0] != '\0';
    const int which = in.part.v != 0 ? MOVES_OF_PART : has_days ? MOVES_OF_DAYS : MOVES_ALL;

    if (in.query.sort[0] == '\0')
        in.query.descending = !in.query.descending;
    return list_run(s, &move_sources[which], &stock_moves_op, &in, output);
}

const struct op stock_moves_op = {
    .name = "stock.moves",
    .says = "See every movement of stock, newest first",
    .right = RIGHT_PARTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(move_sources),
    .in = SHAPE(struct stock_move_list, move_list_fields),
    .out = SHAPE(struct stock_move_row, move_row_fields),
    .run = moves,
};

/* ------------------------------------------------------------------- any past day -- */

/* clang-format off */
static const struct field as_of_fields[] = {
    LIST_FIELDS(struct stock_as_of, query),
    FIELD(struct stock_as_of, day, .label = "As of", .initial = "t", .flags = FIELD_ARGUMENT,
          .help = "At the end of this day; today when empty"),
};
static const struct field as_of_row_fields[] = {
    FIELD(struct stock_as_of_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct stock_as_of_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct stock_as_of_row, name),
    FIELD(struct stock_as_of_row, on_hand, .label = "On hand", .flags = FIELD_SIGNED),
    FIELD(struct stock_as_of_row, value, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
};
static const struct list_sort as_of_sorts[] = {
    {"name", "p.name_key", true},
    {"sku", "p.sku", true},
};
/* From what is there now, back over what moved since: a day of last week costs a week. */
#define MOVED_SINCE(column_)                                                                       \
    "(SELECT ifnull(sum(m." column_ "), 0) FROM stock_move AS m\n"                                 \
    " WHERE m.part = p.id AND m.moved_on > ifnull(:day, '9999-12-31'))"
static const struct list_source as_of_source = {
    .select = "p.id AS id, p.sku AS sku, p.name AS name,\n"
              "p.on_hand - " MOVED_SINCE("quantity") " AS on_hand,\n"
              "p.stock_value - " MOVED_SINCE("value") " AS value",
    .from = "part AS p",
    .where = "p.moved_on IS NOT NULL",
    .id = "p.id",
    .sorts = as_of_sorts, .sort_count = COUNT_OF(as_of_sorts),
    .lookup = "part",
};
/* clang-format on */

static status as_of(struct session *s, const void *input, void *output)
{
    return list_run(s, &as_of_source, &stock_as_of_op, input, output);
}

const struct op stock_as_of_op = {
    .name = "stock.as-of",
    .says = "See what was on hand and worth on a past day",
    .title = "Stock on a past day",
    .right = RIGHT_PARTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(as_of_source),
    .in = SHAPE(struct stock_as_of, as_of_fields),
    .out = SHAPE(struct stock_as_of_row, as_of_row_fields),
    .run = as_of,
};

/* ------------------------------------------------------------------ what it is worth -- */

/* clang-format off */
static const char SQL_VALUE[] =
    "SELECT :day AS day,\n"
    "  (SELECT ifnull(sum(stock_value), 0) FROM part)\n"
    "    - (SELECT ifnull(sum(value), 0) FROM stock_move WHERE moved_on > :day) AS value,\n"
    "  (SELECT ifnull(sum(d.debit - d.credit), 0) FROM account AS a\n"
    "   JOIN account_day AS d ON d.account = a.id\n"
    "   WHERE a.role = 'inventory' AND d.day <= :day) AS ledger,\n"
    "  (SELECT ifnull(sum(d.debit - d.credit), 0) FROM account AS a\n"
    "   JOIN account_day AS d ON d.account = a.id\n"
    "   WHERE a.role = 'work_in_process' AND d.day <= :day) AS work_in_process";
static const struct field value_in_fields[] = {
    FIELD(struct stock_value, day, .label = "As of", .initial = "t", .flags = FIELD_ARGUMENT,
          .help = "At the end of this day; today when empty"),
};
static const struct field value_fields[] = {
    FIELD(struct stock_value, day, .label = "As of"),
    FIELD(struct stock_value, value, .label = "Parts on the shelf", .flags = FIELD_SIGNED),
    FIELD(struct stock_value, ledger, .label = "The ledger's inventory", .flags = FIELD_SIGNED),
    FIELD(struct stock_value, work_in_process, .label = "Pulled for open orders", .flags = FIELD_SIGNED),
};
/* clang-format on */

static status value(struct session *s, const void *input, void *output)
{
    const struct stock_value *in = input;
    const struct day day = in->day.iso[0] != '\0' ? in->day : session_today(s);

    return store_get(s->store, SQL_VALUE, NO_ROW, BINDS(BIND_DAY("day", day)), s->arena,
                     stock_value_op.out, output);
}

const struct op stock_value_op = {
    .name = "stock.value",
    .says = "See what the stock was worth on a day, beside the ledger",
    .title = "What the stock is worth",
    .right = RIGHT_COSTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct stock_value, value_in_fields),
    .out = SHAPE(struct stock_value, value_fields),
    .run = value,
};

static const struct op *const ops[] = {
    &stock_pull_op,  &stock_pull_order_op, &stock_put_back_op, &stock_transfer_op, &stock_moves_op,
    &stock_as_of_op, &stock_value_op,      &stock_usage_op,    &stock_used_op,
};
extern const struct module stock_module;
const struct module stock_module = {
    .name = "stock",
    .title = "Stock",
    .says = "What moves on the shelf: parts pulled for work and put back, moved between bins, used "
            "up; every movement with its document, and what was there on any day.",
    MODULE_OPS(ops),
};
