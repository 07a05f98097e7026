/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees: which are due today, and charging for them. Their rules are late_fee_rules.c. */

#include "domain/late_fee.h"

#include "domain/explain.h"
#include "domain/invoice.h"
#include "domain/ledger.h"

/* What the grace days are over for, and the last period that was charged: a charge that was taken
 * back is none; one that is waived by credit memo or written off stays one. */
static const char SQL_LATE[] =
    "SELECT i.id AS invoice, i.customer AS customer, c.name AS customer_name,\n"
    "       i.due_on AS due_on, i.total - i.paid AS open,\n"
    "       ifnull((SELECT max(f.period) FROM late_fee f JOIN invoice v ON v.id = f.charge\n"
    "               WHERE f.invoice = i.id AND v.state = 'posted'), 0) AS period\n"
    "FROM invoice i JOIN customer c ON c.id = i.customer\n"
    "WHERE i.paid < i.total AND i.state = 'posted' AND i.due_on < :before\n"
    "AND (:on_fees = 1 OR i.kind = 'work')\n"
    "AND (:customer = 0 OR i.customer = :customer)\n"
    "AND c.late_fee_exempt = 0 AND c.archived_at IS NULL\n"
    "ORDER BY c.name_key, c.id, i.due_on, i.id";

static const char SQL_ADD[] =
    "INSERT INTO late_fee (invoice, period, from_on, to_on, open, amount, charge, charged_on)\n"
    "VALUES (:invoice, :period, :from_on, :to_on, :open, :fee, :charge, :charged_on)";

static const struct field row_fields[] = {
    FIELD(struct late_fee_row, invoice),
    FIELD(struct late_fee_row, customer, .flags = FIELD_HIDDEN),
    FIELD(struct late_fee_row, customer_name, .label = "Customer"),
    FIELD(struct late_fee_row, due_on, .label = "Due on"),
    FIELD(struct late_fee_row, from_on, .label = "From"),
    FIELD(struct late_fee_row, to_on, .label = "To"),
    FIELD(struct late_fee_row, period, .help = "Months since the grace days were over"),
    FIELD(struct late_fee_row, open, .label = "Open"),
    FIELD(struct late_fee_row, fee, .help = "The fixed amount, or what is open x yearly rate / 12"),
    FIELD(struct late_fee_row, charge, .label = "Charged on"),
};
const struct shape late_fee_row_shape = SHAPE_OF(struct late_fee_row, "late_fee", row_fields);

static const struct field list_fields[] = {
    FIELD(struct late_fee_list, customers, .label = "Customers"),
    FIELD(struct late_fee_list, total),
    FIELD(struct late_fee_list, rows, .label = "Late fees", .rows = &late_fee_row_shape),
};
static const struct shape list_shape = SHAPE_OF(struct late_fee_list, "late_fees", list_fields);

static const struct field query_fields[] = {
    FIELD(struct late_fee_query, customer, .picks = "customer.search",
          .help = "Left empty: all who are late"),
};
static const struct field charge_fields[] = {
    FIELD(struct late_fee_charge, customer, .picks = "customer.search",
          .help = "Left empty: all who are late"),
    FIELD(struct late_fee_charge, total, .flags = FIELD_OPTIONAL,
          .help = "As the preview showed it: refused when it is another by now"),
};

/* ---- what is due ---- */

int64_t late_fee_period(struct day due_on, int64_t grace_days, struct day today,
                        struct day *ret_from, struct day *ret_to)
{
    const struct day first = day_add(due_on, (int)grace_days + 1);
    int months = 0;

    if (day_compare(today, first) < 0)
        return 0;
    while (day_compare(day_add_months(first, months + 1), today) <= 0)
        months++;
    *ret_from = day_add_months(first, months);
    *ret_to = day_add(day_add_months(first, months + 1), -1);
    return months + 1;
}

status late_fee_of(const struct late_fee_rules *rules, struct money open, struct money *ret_fee)
{
    switch (rules->charged) {
    case LATE_FEE_FIXED:
        *ret_fee = rules->amount;
        return OK;
    case LATE_FEE_RATE:
        return money_share(open, rules->yearly.ppm, INT64_C(12) * 1000000, ret_fee);
    case LATE_FEE_NONE:
    default:
        *ret_fee = MONEY_ZERO;
        return OK;
    }
}

/* Keeps of the late invoices those whose period is not charged yet and costs something. */
static status keep_due(struct session *s, const struct late_fee_rules *rules, struct day today,
                       struct late_fee_list *list)
{
    struct late_fee_row *row = list->rows.at;
    size_t kept = 0;

    for (size_t i = 0; i < list->rows.count; i++) {
        struct late_fee_row due = row[i];
        due.period =
            late_fee_period(due.due_on, rules->grace_days, today, &due.from_on, &due.to_on);
        if (due.period <= row[i].period)
            continue;
        TRY(late_fee_of(rules, due.open, &due.fee));
        if (due.fee.cents == 0)
            continue;
        if (kept == 0 || row[kept - 1].customer.v != due.customer.v)
            list->customers++;
        TRY(money_add(list->total, due.fee, &list->total));
        row[kept++] = due;
    }
    list->rows.count = kept;
    (void)s;
    return OK;
}

static status find_due(struct session *s, struct customer_id customer,
                       struct late_fee_list *ret_list)
{
    struct late_fee_list list = {.customers = 0};
    struct late_fee_rules rules;
    struct day today;

    TRY(ledger_open_day(s, &today));
    TRY(late_fee_rules_get(s, &rules));
    if (rules.charged != LATE_FEE_NONE) {
        const struct day before = day_add(today, -(int)rules.grace_days);
        TRY(store_list(s->store, SQL_LATE, NO_ROW,
                       BINDS(BIND_DAY("before", before), BIND_INT("on_fees", rules.on_fees),
                             BIND_INT("customer", customer.v)),
                       s->arena, &late_fee_row_shape, &list.rows));
        TRY(keep_due(s, &rules, today, &list));
    }
    *ret_list = list;
    return OK;
}

static status preview(struct session *s, const void *input, void *output)
{
    const struct late_fee_query *in = input;

    return find_due(s, in->customer, output);
}

const struct op late_fee_preview_op = {
    .name = "late-fee.preview",
    .says = "See which late fees are due, before they are charged",
    .title = "Late fees",
    .right = RIGHT_LATE_FEES_CHARGE,
    .kind = OP_READS,
    .in = SHAPE(struct late_fee_query, query_fields),
    .out = &list_shape,
    .run = preview,
};

/* ---- charging ---- */

static const char *words_of(struct session *s, const struct late_fee_rules *rules,
                            const struct late_fee_row *row)
{
    char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX], open[NUMBER_TEXT_MAX], rate[NUMBER_TEXT_MAX];
    const char *days = arena_printf(s->arena, "invoice %lld, %s to %s", (long long)row->invoice.v,
                                    day_show(row->from_on, from), day_show(row->to_on, to));

    if (rules->charged == LATE_FEE_FIXED)
        return arena_printf(s->arena, "Late fee on %s", days);
    return arena_printf(s->arena, "Late fee on %s: %s x %s %% / 12", days,
                        money_show(row->open, open), rate_text(rules->yearly, rate));
}

/* One customer's rows become one invoice. */
static status charge_customer(struct session *s, const struct late_fee_rules *rules,
                              struct late_fee_row *rows, size_t count)
{
    struct invoice_charge_line *lines = NEW_ARRAY(s->arena, struct invoice_charge_line, count);
    struct invoice_id charge;
    struct day today;

    TRY(ledger_open_day(s, &today));
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct invoice_charge_line){.description = words_of(s, rules, &rows[i]),
                                                .amount = rows[i].fee,
                                                .account = ACCOUNT_LATE_FEE};
    TRY(invoice_charge(s, rows[0].customer, lines, count, "Late fees", &charge));
    for (size_t i = 0; i < count; i++) {
        rows[i].charge = charge;
        TRY(store_run(s->store, SQL_ADD, BIND_ROW(&late_fee_row_shape, &rows[i]),
                      BINDS(BIND_DAY("charged_on", today))));
    }
    return OK;
}

static status must_be_as_seen(struct session *s, const struct late_fee_charge *in,
                              const struct late_fee_list *list)
{
    char text[NUMBER_TEXT_MAX];

    if (in->total.cents != NUMBER_NONE && in->total.cents != list->total.cents)
        return fail(s, ERR_STALE, "The late fees come to %s by now. Look at them again.",
                    money_show(list->total, text));
    if (list->rows.count == 0)
        return fail(s, ERR_CONFLICT,
                    "No late fee is due: nobody is late beyond the grace days, or all is charged.");
    return OK;
}

static status charge(struct session *s, const void *input, void *output)
{
    const struct late_fee_charge *in = input;
    struct late_fee_rules rules;
    struct late_fee_list list;

    TRY(late_fee_rules_get(s, &rules));
    if (rules.charged == LATE_FEE_NONE)
        return fail(s, ERR_CONFLICT,
                    "The shop charges no late fees. Say how they are counted first: late-fee set.");
    TRY(find_due(s, in->customer, &list));
    TRY(must_be_as_seen(s, in, &list));
    struct late_fee_row *rows = list.rows.at;
    for (size_t at = 0, count = 0; at < list.rows.count; at += count) {
        for (count = 1; at + count < list.rows.count; count++)
            if (rows[at + count].customer.v != rows[at].customer.v)
                break;
        TRY(charge_customer(s, &rules, &rows[at], count));
    }
    *(struct late_fee_list *)output = list;
    return OK;
}

const struct op late_fee_charge_op = {
    .name = "late-fee.charge",
    .says = "Charge the late fees that are due: an invoice for each customer",
    .title = "Charge late fees",
    .right = RIGHT_LATE_FEES_CHARGE,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct late_fee_charge, charge_fields),
    .out = &list_shape,
    .run = charge,
    .about = "customer",
};

static const struct op *const ops[] = {
    &late_fee_rules_op,  &late_fee_set_op,    &late_fee_preview_op,
    &late_fee_charge_op, &late_fee_exempt_op, &late_fee_explain_op,
};
extern const struct module late_fee_module;
const struct module late_fee_module = {
    .name = "late-fee",
    .title = "Late fees",
    .says = "What is charged on invoices that are not paid in time: looked at first, then charged, "
            "each period once.",
    MODULE_OPS(ops),
};
