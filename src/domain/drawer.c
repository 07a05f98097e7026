/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The drawer as it stands, its rows, and its operations. What is done to it is drawer_move.c. */

#include "domain/explain.h"
#include "domain/ledger.h"
#include "domain/list.h"
#include "drawer_inner.h"

/* clang-format off */
static const struct choice kinds[] = {
    [DRAWER_OPEN]    = {.word = "open",    .label = "opened"},
    [DRAWER_DROP]    = {.word = "drop",    .label = "drop"},
    [DRAWER_PAY_OUT] = {.word = "pay_out", .label = "pay-out"},
    [DRAWER_COUNT]   = {.word = "count",   .label = "counted"},
};
const struct choices drawer_kind_choices = CHOICES(kinds);
static const struct choice places[] = {
    [DRAWER_SAFE] = {.word = "safe", .label = "safe"},
    [DRAWER_BANK] = {.word = "bank", .label = "bank"},
};
const struct choices drawer_place_choices = CHOICES(places);

static const struct field row_fields[] = {
    FIELD(struct drawer_row, id, .label = "Number"),
    FIELD(struct drawer_row, moved_on, .label = "Day"),
    FIELD(struct drawer_row, moved_at, .label = "When"),
    FIELD(struct drawer_row, kind, .label = "What", .choices = &drawer_kind_choices),
    FIELD(struct drawer_row, amount, .help = "The float, what was taken out, or what was counted"),
    FIELD(struct drawer_row, expected, .help = "What should have lain there before", .flags = FIELD_SIGNED),
    FIELD(struct drawer_row, change, .help = "Of a count: over, or short when negative", .flags = FIELD_SIGNED),
    FIELD(struct drawer_row, reason),
    FIELD(struct drawer_row, user_name, .label = "By"),
    FIELD(struct drawer_row, terminal),
};
static const struct shape drawer_row_shape = SHAPE_OF(struct drawer_row, "drawer_row", row_fields);

static const struct field drawer_fields[] = {
    FIELD(struct drawer, opened, .flags = FIELD_HIDDEN),
    FIELD(struct drawer, opened_on, .label = "Opened on"),
    FIELD(struct drawer, opened_at, .label = "Opened"),
    FIELD(struct drawer, opened_by, .label = "By"),
    FIELD(struct drawer, opening, .label = "Float"),
    FIELD(struct drawer, taken, .label = "+ Cash taken", .help = "From customers, less change"),
    FIELD(struct drawer, refunds, .label = "- Cash refunds"),
    FIELD(struct drawer, vendors, .label = "- Vendors' bills", .help = "Paid in cash", .flags = FIELD_SIGNED),
    FIELD(struct drawer, pay_outs, .label = "- Pay-outs"),
    FIELD(struct drawer, drops, .label = "- Drops"),
    FIELD(struct drawer, over_short, .label = "+ Over, - short", .help = "Of counts since it was opened", .flags = FIELD_SIGNED),
    FIELD(struct drawer, other, .label = "+ Other entries", .flags = FIELD_SIGNED),
    FIELD(struct drawer, expected, .label = "= Should be there", .help = "Float + cash taken - refunds - vendors' bills - pay-outs - drops + over or - short", .flags = FIELD_SIGNED),
    FIELD(struct drawer, counted_at, .label = "Counted"),
    FIELD(struct drawer, counted, .label = "Found"),
    FIELD(struct drawer, settled, .label = "Nothing since", .help = "No cash was taken or given back since it was counted"),
    FIELD(struct drawer, rows, .label = "What was done", .rows = &drawer_row_shape),
};
static const struct shape drawer_shape = SHAPE_OF(struct drawer, "drawer", drawer_fields);

#define SQL_ROWS_OF(where_)                                                                        \
    "SELECT m.id AS id, m.moved_on AS moved_on, m.moved_at AS moved_at, m.kind AS kind,\n"         \
    "       m.amount AS amount, m.expected AS expected, m.change AS change,\n"                     \
    "       m.reason AS reason, ifnull(u.name, '') AS user_name, m.terminal AS terminal\n"         \
    "FROM drawer_move m\n"                                                                         \
    "LEFT JOIN user u ON u.id = m.user\n"                                                          \
    where_

static const char SQL_OPENED[] =
    "SELECT m.id AS opened, m.moved_on AS opened_on, m.moved_at AS opened_at, m.amount AS opening,\n"
    "       ifnull(u.name, '') AS opened_by\n"
    "FROM drawer_move m\n"
    "LEFT JOIN user u ON u.id = m.user\n"
    "WHERE m.kind = 'open'\n"
    "ORDER BY m.id DESC LIMIT 1";
static const char SQL_ROWS[] = SQL_ROWS_OF("WHERE m.id >= :opened ORDER BY m.id");
/* What other documents have moved since: each kind by itself. */
static const char SQL_SUMS[] =
    "SELECT ifnull(sum(CASE WHEN e.source = 'payment' AND l.amount > 0 THEN l.amount END), 0) AS taken,\n"
    "       -ifnull(sum(CASE WHEN e.source = 'payment' AND l.amount < 0 THEN l.amount END), 0) AS refunds,\n"
    "       -ifnull(sum(CASE WHEN e.source = 'vendor_payment' THEN l.amount END), 0) AS vendors,\n"
    "       ifnull(sum(CASE WHEN e.source NOT IN ('payment', 'vendor_payment') THEN l.amount END), 0) AS other\n"
    "FROM entry_line l\n"
    "JOIN entry e ON e.id = l.entry\n"
    "WHERE l.entry > (SELECT after_entry FROM drawer_move WHERE id = :opened)\n"
    "AND l.account = (SELECT id FROM account WHERE role = 'cash') AND e.source <> 'drawer'";
static const char SQL_SETTLED[] =
    "SELECT NOT EXISTS (SELECT 1 FROM entry_line l JOIN entry e ON e.id = l.entry\n"
    "  WHERE l.entry > ifnull((SELECT after_entry FROM drawer_move WHERE kind = 'count'\n"
    "                          ORDER BY id DESC LIMIT 1), 0)\n"
    "  AND l.account = (SELECT id FROM account WHERE role = 'cash')\n"
    "  AND (e.source <> 'drawer' OR EXISTS (SELECT 1 FROM drawer_move m\n"
    "    WHERE m.id = e.source_id AND m.kind = 'pay_out')))";
/* clang-format on */

static void add_row(struct drawer *d, const struct drawer_row *row)
{
    switch (row->kind) {
    case DRAWER_OPEN:
        break;
    case DRAWER_DROP:
        d->drops.cents += row->amount.cents;
        break;
    case DRAWER_PAY_OUT:
        d->pay_outs.cents += row->amount.cents;
        break;
    case DRAWER_COUNT:
        d->over_short.cents += row->change.cents;
        d->counted_at = row->moved_at;
        d->counted = row->amount;
        break;
    }
}

status drawer_get(struct session *s, struct drawer *ret_drawer)
{
    struct drawer d = {.opened_by = ""}, sums;
    int64_t settled = 0;

    const status result =
        store_get(s->store, SQL_OPENED, NO_ROW, NULL, s->arena, &drawer_shape, &d);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    if (result == OK) {
        TRY(store_get(s->store, SQL_SUMS, NO_ROW, BINDS(BIND_ID("opened", d.opened)), s->arena,
                      &drawer_shape, &sums));
        d.taken = sums.taken;
        d.refunds = sums.refunds;
        d.vendors = sums.vendors;
        d.other = sums.other;
        TRY(store_list(s->store, SQL_ROWS, NO_ROW, BINDS(BIND_ID("opened", d.opened)), s->arena,
                       &drawer_row_shape, &d.rows));
    }
    const struct drawer_row *row = d.rows.at;
    for (size_t i = 0; i < d.rows.count; i++)
        add_row(&d, &row[i]);
    TRY(ledger_balance(s, ACCOUNT_CASH, &d.expected));
    TRY(store_int(s->store, SQL_SETTLED, NULL, &settled));
    d.settled = settled != 0;
    *ret_drawer = d;
    return OK;
}

static status show(struct session *s, const void *in, void *out)
{
    (void)in;
    return drawer_get(s, out);
}

/* clang-format off */
static const struct field list_fields[] = {
    LIST_FIELDS(struct drawer_list, query),
    FIELD(struct drawer_list, from_on, .label = "From"),
    FIELD(struct drawer_list, to_on, .label = "Through"),
};
static const struct list_sort sorts[] = {{"id", "m.id", false}};
static const struct list_source source = {
    .select = "m.id AS id, m.moved_on AS moved_on, m.moved_at AS moved_at, m.kind AS kind,\n"
              "m.amount AS amount, m.expected AS expected, m.change AS change,\n"
              "m.reason AS reason, ifnull(u.name, '') AS user_name, m.terminal AS terminal",
    .from = "drawer_move m LEFT JOIN user u ON u.id = m.user",
    .id = "m.id",
    .where = "(:from_on IS NULL OR m.moved_on >= :from_on)\n"
             "AND (:to_on IS NULL OR m.moved_on <= :to_on)",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(m.reason) LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &drawer_list_op, in, out);
}

/* clang-format off */
#define PIECES(member_, label_)                                                                    \
    FIELD(struct drawer_count, member_, .label = label_, .high = 100000)
static const struct field open_fields[] = {
    FIELD(struct drawer_open, amount, .label = "Float", .help = "What lies in it before today's business", .example = "200.00",
          .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED | FIELD_OPTIONAL | FIELD_ARGUMENT), /* no 0 that nobody typed */
    FIELD(struct drawer_open, place, .label = "The difference", .help = "Where what it had more or less than that went to or came from",
          .choices = &drawer_place_choices),
};
static const struct field drop_fields[] = {
    FIELD(struct drawer_drop, amount, .example = "300.00", .low = 1, .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct drawer_drop, place, .label = "To", .help = "The safe, where it waits for the bank, or the bank", .choices = &drawer_place_choices),
    FIELD(struct drawer_drop, reason, .label = "Note", .example = "Bag 14", .max = 120),
};
static const struct field pay_out_fields[] = {
    FIELD(struct drawer_pay_out, amount, .example = "18.40", .low = 1, .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct drawer_pay_out, reason, .label = "Purpose", .help = "What was bought, from whom", .example = "Shop towels, corner store",
          .max = 120, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct drawer_pay_out, account, .label = "Expense account", .help = "Empty: other expenses", .picks = "ledger.accounts"),
};
static const struct field count_fields[] = {
    PIECES(hundreds, "100.00 notes"), PIECES(fifties, "50.00 notes"), PIECES(twenties, "20.00 notes"),
    PIECES(tens, "10.00 notes"),      PIECES(fives, "5.00 notes"),    PIECES(twos, "2.00 notes"),
    PIECES(ones, "1.00 notes and coins"), PIECES(halves, "0.50 coins"),  PIECES(quarters, "0.25 coins"),
    PIECES(dimes, "0.10 coins"),      PIECES(nickels, "0.05 coins"),  PIECES(pennies, "0.01 coins"),
    FIELD(struct drawer_count, total, .help = "Instead of the pieces, or to check them", .example = "412.35",
          .high = MONEY_MAX_CENTS, .flags = FIELD_OPTIONAL),
    FIELD(struct drawer_count, reason, .label = "Why it is off", .help = "Asked when it is off by more than the shop allows; is kept",
          .example = "A 50 was given as change twice", .max = 120),
};
/* clang-format on */

const struct op drawer_show_op = {
    .name = "drawer.show",
    .says = "See the cash drawer: what should lie in it and why",
    .title = "Cash drawer",
    .right = RIGHT_DRAWER_USE,
    .out = &drawer_shape,
    .run = show,
};
const struct op drawer_list_op = {
    .name = "drawer.list",
    .says = "List what was done to the cash drawer",
    .title = "Cash drawer",
    .right = RIGHT_DRAWER_USE,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct drawer_list, list_fields),
    .out = &drawer_row_shape,
    .run = list,
};
const struct op drawer_open_op = {
    .name = "drawer.open",
    .says = "Open the cash drawer with its float",
    .right = RIGHT_DRAWER_USE,
    .kind = OP_WRITES,
    .in = SHAPE(struct drawer_open, open_fields),
    .out = &drawer_shape,
    .run = drawer_open,
};
const struct op drawer_drop_op = {
    .name = "drawer.drop",
    .says = "Take cash out of the drawer into the safe or to the bank",
    .title = "Drop",
    .right = RIGHT_DRAWER_USE,
    .kind = OP_WRITES,
    .in = SHAPE(struct drawer_drop, drop_fields),
    .out = &drawer_shape,
    .run = drawer_drop,
};
const struct op drawer_pay_out_op = {
    .name = "drawer.pay-out",
    .says = "Pay a small expense from the drawer",
    .title = "Pay-out",
    .right = RIGHT_DRAWER_USE,
    .kind = OP_WRITES,
    .in = SHAPE(struct drawer_pay_out, pay_out_fields),
    .out = &drawer_shape,
    .run = drawer_pay_out,
};
const struct op drawer_count_op = {
    .name = "drawer.count",
    .says = "Count the drawer; what is over or short is posted",
    .title = "Count the drawer",
    .right = RIGHT_DRAWER_COUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct drawer_count, count_fields),
    .out = &drawer_shape,
    .run = drawer_count,
};

static const struct op *const ops[] = {
    &drawer_show_op, &drawer_explain_op, &drawer_list_op,  &drawer_open_op,
    &drawer_drop_op, &drawer_pay_out_op, &drawer_count_op,
};
extern const struct module drawer_module;
const struct module drawer_module = {
    .name = "drawer",
    .title = "Cash drawer",
    .says = "The shop's one cash drawer: its float, drops, pay-outs, and what a count finds.",
    MODULE_OPS(ops),
};
