/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a customer's row of the aging is made of, now or in the evening of a past day: the columns,
 * their invoices, what each had been paid by then, and the money that was on none. */

#include "base/text.h"
#include "domain/explain.h"
#include "explain_inner.h"
#include "receivable_inner.h"

/* clang-format off */
/* What had come to an invoice: of a payment what it still had of it in that evening. */
static const char SQL_SETTLED_BY[] =
    "SELECT 'payment' AS noun, a.payment AS record, 'Payment ' || a.payment AS label,\n"
    "  max(a.applied_on) AS \"on\", sum(a.amount) AS amount\n"
    "FROM payment_application AS a\n"
    "WHERE a.invoice = :invoice AND a.applied_on <= :on\n"
    "GROUP BY a.payment HAVING sum(a.amount) <> 0\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, 'Credit memo ' || m.id, m.issued_on, m.applied\n"
    "FROM credit_memo AS m\n"
    "WHERE m.invoice = :invoice AND m.issued_on <= :on AND m.applied <> 0\n"
    "UNION ALL\n"
    "SELECT '', 0, CASE WHEN w.amount > 0 THEN 'Written off' ELSE 'Owed again' END,\n"
    "  e.posted_on, w.amount\n"
    "FROM invoice_write_off AS w JOIN entry AS e ON e.id = w.entry\n"
    "WHERE w.invoice = :invoice AND e.posted_on <= :on\n"
    "ORDER BY 4, 1, 2";

struct settled_row {
    const char *noun;
    int64_t record;
    const char *label;
    struct day on;
    struct money amount;
};
static const struct field settled_fields[] = {
    FIELD(struct settled_row, noun),
    FIELD(struct settled_row, record),
    FIELD(struct settled_row, label),
    FIELD(struct settled_row, on),
    FIELD(struct settled_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape settled_shape = SHAPE_OF(struct settled_row, "settled", settled_fields);

static const struct field explain_fields[] = {
    FIELD(struct receivable_explain, customer, .picks = "customer.search", .example = "1001", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct receivable_explain, as_of, .label = "As of", .help = "As it was in the evening of this day; empty: as it is now"),
    EXPLAIN_FIGURE_FIELD(struct receivable_explain),
};

/* The columns of the aging, by the days past due that each ends with. */
static const struct {
    const char *figure, *label;
    int64_t from, to;
} columns[] = {
    {"current", "Not past due",         0,  0},
    {"to-30",   "1-30 days past due",   1,  30},
    {"to-60",   "31-60 days past due",  31, 60},
    {"to-90",   "61-90 days past due",  61, 90},
    {"over-90", "Over 90 days past due", 91, INT64_MAX},
};
/* clang-format on */

struct whole {
    struct explain e;
    struct statement statement;
    struct day on; /* the last day that counts: none, of now */
};

static status settled_rows(struct whole *w, const struct statement_item *item)
{
    struct rows rows;

    TRY(store_list(w->e.s->store, SQL_SETTLED_BY, NO_ROW,
                   BINDS(BIND_ID("invoice", item->invoice), BIND_DAY("on", w->on)), w->e.s->arena,
                   &settled_shape, &rows));
    explain_part(&w->e, 3, "", "Total", item->total, "");
    const struct settled_row *settled = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct explain_row *row = explain_part(
            &w->e, 3, "", settled[i].label, money_negate(settled[i].amount),
            settled[i].record == 0 ? explain_day(w->e.s, settled[i].on)
                                   : EXPLAIN_TEXT(&w->e, "What the invoice has of it, since %s",
                                                  explain_day(w->e.s, settled[i].on)));
        row->noun = settled[i].noun;
        row->record.v = settled[i].record;
    }
    return OK;
}

static const char *due_text(const struct whole *w, const struct statement_item *item)
{
    const char *due = explain_day(w->e.s, item->due_on);

    if (item->days_late == 0)
        return EXPLAIN_TEXT(&w->e, "Due %s.", due);
    return EXPLAIN_TEXT(&w->e, "Due %s: %lld %s past due.", due, (long long)item->days_late,
                        item->days_late == 1 ? "day" : "days");
}

static status item_row(struct whole *w, const struct statement_item *item)
{
    struct explain_row *row =
        explain_part(&w->e, 2, "",
                     EXPLAIN_TEXT(&w->e, "Invoice %lld, %s", (long long)item->invoice.v,
                                  explain_day(w->e.s, item->posted_on)),
                     item->balance,
                     EXPLAIN_TEXT(&w->e, "%s - %s paid", explain_cents(w->e.s, item->total),
                                  explain_cents(w->e.s, item->settled)));

    row->rule = due_text(w, item);
    row->noun = "invoice";
    row->record.v = item->invoice.v;
    return item->settled.cents != 0 ? settled_rows(w, item) : OK;
}

static status column_rows(struct whole *w, size_t column, struct money amount)
{
    const struct statement_item *items = w->statement.items.at;

    if (amount.cents == 0)
        return OK;
    explain_part(&w->e, 1, columns[column].figure, columns[column].label, amount, "")->rule =
        "Days are counted from the day an invoice was due.";
    for (size_t i = 0; i < w->statement.items.count; i++)
        if (items[i].days_late >= columns[column].from && items[i].days_late <= columns[column].to)
            TRY(item_row(w, &items[i]));
    return OK;
}

static status owes_rows(struct whole *w)
{
    const struct aging *aged = &w->statement.aged;
    const struct money amounts[COUNT_OF(columns)] = {aged->current, aged->to_30, aged->to_60,
                                                     aged->to_90, aged->over_90};

    explain_money(&w->e, 0, "owes", "Owes", aged->owes, "What was not paid of each invoice");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        TRY(column_rows(w, i, amounts[i]));
    return OK;
}

static void credit_rows(struct whole *w)
{
    const struct statement_credit *credits = w->statement.credits.at;

    explain_money(&w->e, 0, "credit", "In credit", w->statement.credit,
                  "What of each payment was on no invoice")
        ->rule = "The customer's money: the shop owes it until it is applied or paid back.";
    for (size_t i = 0; i < w->statement.credits.count; i++) {
        const bool is_payment = credits[i].payment.v != 0;
        struct explain_row *row = explain_part(
            &w->e, 1, "",
            is_payment ? EXPLAIN_TEXT(&w->e, "Payment %lld, %s", (long long)credits[i].payment.v,
                                      explain_day(w->e.s, credits[i].taken_on))
                       : credits[i].details,
            credits[i].amount, is_payment ? credits[i].details : "");
        row->noun = is_payment ? "payment" : "";
        row->record.v = credits[i].payment.v;
    }
}

static status receivable_explain(struct session *s, const void *input, void *output)
{
    const struct receivable_explain *in = input;
    const struct statement_query query = {.customer = in->customer, .as_of = in->as_of};
    struct whole w = {.e = {.s = s}};

    TRY(receivable_statement_op.run(s, &query, &w.statement));
    const bool is_now = in->as_of.iso[0] == '\0';
    w.on = is_now ? (struct day){"9999-12-31"} : w.statement.as_of;
    explain_money(&w.e, 0, "balance", "Balance", w.statement.balance,
                  EXPLAIN_TEXT(&w.e, "%s owed - %s in credit",
                               explain_cents(s, w.statement.aged.owes),
                               explain_cents(s, w.statement.credit)));
    TRY(owes_rows(&w));
    credit_rows(&w);
    return explain_done(&w.e,
                        EXPLAIN_TEXT(&w.e, "%s, %s%s", w.statement.customer_name,
                                     is_now ? "now, " : "in the evening of ",
                                     explain_day(s, w.statement.as_of)),
                        in->figure, output);
}

static status owns(struct session *s, const void *input, bool *ret_own)
{
    const struct receivable_explain *in = input;

    *ret_own = in->customer.v != 0 && in->customer.v == s->customer.v;
    return OK;
}

const struct op receivable_explain_op = {
    .name = "receivable.explain",
    .says = "Explain what a customer owed on a day, by invoice",
    .title = "Explain what is owed",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct receivable_explain, explain_fields),
    .out = &explanation_shape,
    .run = receivable_explain,
    .owns = owns,
};
