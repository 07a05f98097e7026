/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Closed days: the Z report, their list, and what is still open. Closing is closed_day_close.c. */

#include <string.h>

#include "base/text.h"
#include "closed_day_inner.h"
#include "domain/explain.h"
#include "domain/list.h"
#include "domain/payment.h"

/* clang-format off */
static const struct field sum_fields[] = {
    FIELD(struct day_sum_row, name, .label = "Account"),
    FIELD(struct day_sum_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape sum_shape = SHAPE_OF(struct day_sum_row, "day_sum_row", sum_fields);
static const struct field tax_fields[] = {
    FIELD(struct day_tax_row, name, .label = "Jurisdiction"),
    FIELD(struct day_tax_row, rate),
    FIELD(struct day_tax_row, base, .label = "Taxed", .flags = FIELD_SIGNED),
    FIELD(struct day_tax_row, amount, .label = "Tax", .flags = FIELD_SIGNED),
};
static const struct shape tax_shape = SHAPE_OF(struct day_tax_row, "day_tax_row", tax_fields);
static const struct field method_fields[] = {
    FIELD(struct day_method_row, method),
    FIELD(struct day_method_row, count, .label = "Payments"),
    FIELD(struct day_method_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape method_shape = SHAPE_OF(struct day_method_row, "day_method_row", method_fields);

static const struct field report_fields[] = {
    FIELD(struct day_report, id, .label = "Z report"),
    FIELD(struct day_report, day, .label = "Closed day"),
    FIELD(struct day_report, from_on, .label = "From", .help = "The first day it is of"),
    FIELD(struct day_report, closed_at, .label = "Closed"),
    FIELD(struct day_report, letterhead, .flags = FIELD_HIDDEN),
    FIELD(struct day_report, closed_by, .label = "By"),
    FIELD(struct day_report, terminal),
    FIELD(struct day_report, note),
    FIELD(struct day_report, sales, .rows = &sum_shape),
    FIELD(struct day_report, sales_total, .label = "Sales in all", .flags = FIELD_SIGNED),
    FIELD(struct day_report, taxes, .label = "Sales tax", .rows = &tax_shape),
    FIELD(struct day_report, tax_total, .label = "Tax in all", .help = "By which sales tax payable has grown", .flags = FIELD_SIGNED),
    FIELD(struct day_report, methods, .label = "Payments", .rows = &method_shape),
    FIELD(struct day_report, received, .label = "Received in all", .flags = FIELD_SIGNED),
    FIELD(struct day_report, opening, .label = "Float"),
    FIELD(struct day_report, before, .label = "In the drawer before", .flags = FIELD_SIGNED),
    FIELD(struct day_report, brought, .label = "+ Brought to the float", .help = "Out of the safe or the bank; less than nothing: into it", .flags = FIELD_SIGNED),
    FIELD(struct day_report, taken, .label = "+ Cash taken", .help = "From customers, less change"),
    FIELD(struct day_report, refunds, .label = "- Cash refunds"),
    FIELD(struct day_report, vendors, .label = "- Vendors' bills", .help = "Paid in cash", .flags = FIELD_SIGNED),
    FIELD(struct day_report, pay_outs, .label = "- Pay-outs"),
    FIELD(struct day_report, drops, .label = "- Drops"),
    FIELD(struct day_report, over_short, .label = "+ Over, - short", .flags = FIELD_SIGNED),
    FIELD(struct day_report, other, .label = "+ Other entries", .flags = FIELD_SIGNED),
    FIELD(struct day_report, cash, .label = "= Left in the drawer", .help = "Before + brought to the float + cash taken - refunds - vendors' bills - pay-outs - drops + over or - short + other entries", .flags = FIELD_SIGNED),
    FIELD(struct day_report, receivable, .label = "Customers owe", .flags = FIELD_SIGNED),
    FIELD(struct day_report, credit, .label = "Customers' credit", .flags = FIELD_SIGNED),
    FIELD(struct day_report, unposted, .label = "Complete, not invoiced"),
    FIELD(struct day_report, invoices),
    FIELD(struct day_report, first_invoice, .label = "First invoice"),
    FIELD(struct day_report, last_invoice, .label = "Last invoice"),
    FIELD(struct day_report, payments, .label = "Payments taken"),
    FIELD(struct day_report, first_payment, .label = "First payment"),
    FIELD(struct day_report, last_payment, .label = "Last payment"),
    FIELD(struct day_report, entries, .label = "Ledger entries"),
    FIELD(struct day_report, first_entry, .label = "First entry"),
    FIELD(struct day_report, last_entry, .label = "Last entry"),
    FIELD(struct day_report, checkpoint, .label = "Checkpoint"),
    FIELD(struct day_report, head, .label = "Audit head"),
    FIELD(struct day_report, books, .label = "Digest of the books"),
    FIELD(struct day_report, signature),
};
static const struct shape report_shape = SHAPE_OF(struct day_report, "day_report", report_fields);

static const char SQL_REPORT[] =
    "SELECT c.id AS id, c.day AS day, c.from_on AS from_on, c.closed_at AS closed_at,\n"
    "       c.letterhead AS letterhead, c.closer AS closed_by, c.terminal AS terminal,\n"
    "       c.note AS note,\n"
    "       c.unposted AS unposted, c.checkpoint AS checkpoint,\n"
    "       k.head AS head, k.books AS books, k.signature AS signature\n"
    "FROM closed_day c\n"
    "JOIN audit_checkpoint k ON k.id = c.checkpoint\n"
    "WHERE c.id = :id";
static const char SQL_SALES[] =
    "SELECT a.name AS name, sum(d.credit - d.debit) AS amount\n"
    "FROM account a JOIN account_day d ON d.account = a.id\n"
    "WHERE a.kind = 'income' AND d.day BETWEEN :from_on AND :day\n"
    "GROUP BY a.id\n"
    "ORDER BY a.id";
static const char SQL_TAXES[] =
    "SELECT name, rate, sum(base) AS base, sum(amount) AS amount\n"
    "FROM (SELECT t.name, t.rate, t.base, t.amount, t.position\n"
    "      FROM invoice i JOIN invoice_tax t ON t.invoice = i.id\n"
    "      WHERE i.posted_on BETWEEN :from_on AND :day AND i.state <> 'void'\n"
    "      UNION ALL\n"
    "      SELECT t.name, t.rate, -t.base, -t.amount, t.position\n"
    "      FROM credit_memo m JOIN credit_tax t ON t.credit_memo = m.id\n"
    "      WHERE m.issued_on BETWEEN :from_on AND :day)\n"
    "GROUP BY name, rate\n"
    "ORDER BY min(position), name";
/* The credit for a core that came back, or of a credit memo, is a payment, but no money. */
static const char SQL_METHODS[] =
    "SELECT method, count, amount\n"
    "FROM (SELECT 0 AS back, method, count(*) AS count, sum(amount) AS amount\n"
    "      FROM payment\n"
    "      WHERE taken_on BETWEEN :from_on AND :day\n"
    "      AND id NOT IN (SELECT payment FROM customer_core WHERE payment IS NOT NULL)\n"
    "      AND id NOT IN (SELECT payment FROM credit_memo WHERE payment IS NOT NULL)\n"
    "      GROUP BY method\n"
    "      UNION ALL\n"
    "      SELECT 1, method || ' given back', count(*), -sum(amount)\n"
    "      FROM payment_return\n"
    "      WHERE returned_on BETWEEN :from_on AND :day\n"
    "      GROUP BY method)\n"
    "ORDER BY back, method";
static const char SQL_FIGURES[] =
    "SELECT\n"
    "  ifnull((SELECT amount FROM drawer_move WHERE kind = 'open'\n"
    "          AND moved_on BETWEEN :from_on AND :day ORDER BY id LIMIT 1), 0) AS opening,\n"
    "  ifnull((SELECT sum(d.debit - d.credit) FROM account a JOIN account_day d ON d.account = a.id\n"
    "          WHERE a.role = 'cash' AND d.day < :from_on), 0) AS before,\n"
    "  ifnull((SELECT sum(d.credit - d.debit) FROM account a JOIN account_day d ON d.account = a.id\n"
    "          WHERE a.role = 'tax_payable' AND d.day BETWEEN :from_on AND :day), 0) AS tax_total,\n"
    "  ifnull((SELECT sum(d.debit - d.credit) FROM account a JOIN account_day d ON d.account = a.id\n"
    "          WHERE a.role = 'cash' AND d.day <= :day), 0) AS cash,\n"
    "  ifnull((SELECT sum(d.debit - d.credit) FROM account a JOIN account_day d ON d.account = a.id\n"
    "          WHERE a.role = 'receivable' AND d.day <= :day), 0) AS receivable,\n"
    "  ifnull((SELECT sum(d.credit - d.debit) FROM account a JOIN account_day d ON d.account = a.id\n"
    "          WHERE a.role = 'customer_credit' AND d.day <= :day), 0) AS credit,\n"
    "  (SELECT count(*) FROM invoice WHERE posted_on BETWEEN :from_on AND :day) AS invoices,\n"
    "  (SELECT min(id) FROM invoice WHERE posted_on BETWEEN :from_on AND :day) AS first_invoice,\n"
    "  (SELECT max(id) FROM invoice WHERE posted_on BETWEEN :from_on AND :day) AS last_invoice,\n"
    "  (SELECT count(*) FROM payment WHERE taken_on BETWEEN :from_on AND :day) AS payments,\n"
    "  (SELECT min(id) FROM payment WHERE taken_on BETWEEN :from_on AND :day) AS first_payment,\n"
    "  (SELECT max(id) FROM payment WHERE taken_on BETWEEN :from_on AND :day) AS last_payment,\n"
    "  (SELECT count(*) FROM entry WHERE posted_on BETWEEN :from_on AND :day) AS entries,\n"
    "  (SELECT min(id) FROM entry WHERE posted_on BETWEEN :from_on AND :day) AS first_entry,\n"
    "  (SELECT max(id) FROM entry WHERE posted_on BETWEEN :from_on AND :day) AS last_entry";
/* What has moved the drawer's account, by what it came from; where it was the drawer itself, by what
 * was done there. */
static const char SQL_DRAWER[] =
    "SELECT ifnull(sum(CASE WHEN what = 'open' THEN amount END), 0) AS brought,\n"
    "       ifnull(sum(CASE WHEN what = 'payment' AND amount > 0 THEN amount END), 0) AS taken,\n"
    "       -ifnull(sum(CASE WHEN what = 'payment' AND amount < 0 THEN amount END), 0) AS refunds,\n"
    "       -ifnull(sum(CASE WHEN what = 'vendor_payment' THEN amount END), 0) AS vendors,\n"
    "       -ifnull(sum(CASE WHEN what = 'pay_out' THEN amount END), 0) AS pay_outs,\n"
    "       -ifnull(sum(CASE WHEN what = 'drop' THEN amount END), 0) AS drops,\n"
    "       ifnull(sum(CASE WHEN what = 'count' THEN amount END), 0) AS over_short,\n"
    "       ifnull(sum(CASE WHEN what NOT IN ('open', 'payment', 'vendor_payment', 'pay_out', 'drop',\n"
    "                                         'count') THEN amount END), 0) AS other\n"
    "FROM (SELECT CASE e.source WHEN 'drawer' THEN m.kind ELSE e.source END AS what,\n"
    "             l.amount AS amount\n"
    "      FROM entry e\n"
    "      JOIN entry_line l ON l.entry = e.id\n"
    "      LEFT JOIN drawer_move m ON e.source = 'drawer' AND m.id = e.source_id\n"
    "      WHERE e.posted_on BETWEEN :from_on AND :day\n"
    "      AND l.account = (SELECT id FROM account WHERE role = 'cash'))";
/* clang-format on */

static status add_drawer(struct session *s, struct day_report *r, const struct bind *days)
{
    struct day_report d;

    TRY(store_get(s->store, SQL_DRAWER, NO_ROW, days, s->arena, &report_shape, &d));
    r->brought = d.brought;
    r->taken = d.taken;
    r->refunds = d.refunds;
    r->vendors = d.vendors;
    r->pay_outs = d.pay_outs;
    r->drops = d.drops;
    r->over_short = d.over_short;
    r->other = d.other;
    return OK;
}

static status add_figures(struct session *s, struct day_report *r, const struct bind *days)
{
    struct day_report f;

    TRY(store_get(s->store, SQL_FIGURES, NO_ROW, days, s->arena, &report_shape, &f));
    r->opening = f.opening;
    r->before = f.before;
    r->tax_total = f.tax_total;
    r->cash = f.cash;
    r->receivable = f.receivable;
    r->credit = f.credit;
    r->invoices = f.invoices;
    r->first_invoice = f.first_invoice;
    r->last_invoice = f.last_invoice;
    r->payments = f.payments;
    r->first_payment = f.first_payment;
    r->last_payment = f.last_payment;
    r->entries = f.entries;
    r->first_entry = f.first_entry;
    r->last_entry = f.last_entry;
    return OK;
}

static status add_up(struct session *s, struct day_report *r)
{
    const struct day_sum_row *sale = r->sales.at;
    struct day_method_row *method = r->methods.at;

    for (size_t i = 0; i < r->sales.count; i++)
        if (money_add(r->sales_total, sale[i].amount, &r->sales_total) != OK)
            return fail(s, ERR_CORRUPT, "The sales come to more than can be counted.");
    for (size_t i = 0; i < r->methods.count; i++) {
        if (money_add(r->received, method[i].amount, &r->received) != OK)
            return fail(s, ERR_CORRUPT, "The payments come to more than can be counted.");
        for (size_t k = 0; k < payment_method_choices.count; k++)
            if (text_same(payment_method_choices.at[k].word, method[i].method))
                method[i].method = payment_method_choices.at[k].label;
    }
    return OK;
}

status day_report_get(struct session *s, struct closed_day_id id, struct day_report *ret_report)
{
    struct day_report r;

    TRY(found(s,
              store_get(s->store, SQL_REPORT, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                        &report_shape, &r),
              "There is no Z report %lld. day.list shows those there are.", (long long)id.v));
    const struct bind *days = BINDS(BIND_DAY("from_on", r.from_on), BIND_DAY("day", r.day));
    TRY(store_list(s->store, SQL_SALES, NO_ROW, days, s->arena, &sum_shape, &r.sales));
    TRY(store_list(s->store, SQL_TAXES, NO_ROW, days, s->arena, &tax_shape, &r.taxes));
    TRY(store_list(s->store, SQL_METHODS, NO_ROW, days, s->arena, &method_shape, &r.methods));
    TRY(add_figures(s, &r, days));
    TRY(add_drawer(s, &r, days));
    TRY(add_up(s, &r));
    *ret_report = r;
    return OK;
}

static status show(struct session *s, const void *in, void *out)
{
    const struct day_key *key = in;

    return day_report_get(s, key->closed_day, out);
}

/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct day_row, id, .label = "Z report"),
    FIELD(struct day_row, day, .label = "Closed day"),
    FIELD(struct day_row, from_on, .label = "From"),
    FIELD(struct day_row, closed_at, .label = "Closed"),
    FIELD(struct day_row, closed_by, .label = "By"),
    FIELD(struct day_row, unposted, .label = "Not invoiced", .help = "Complete orders that were left for a later day"),
    FIELD(struct day_row, note),
};
static const struct shape row_shape = SHAPE_OF(struct day_row, "day_row", row_fields);
static const struct field list_fields[] = {LIST_FIELDS(struct day_list, query)};
static const struct list_sort sorts[] = {{"id", "c.id", false}};
static const struct list_source source = {
    .select = "c.id AS id, c.day AS day, c.from_on AS from_on, c.closed_at AS closed_at,\n"
              "ifnull(u.name, '') AS closed_by, c.unposted AS unposted, c.note AS note",
    .from = "closed_day c LEFT JOIN user u ON u.id = c.closed_by",
    .id = "c.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "(c.day LIKE :like ESCAPE '\\' OR lower(c.note) LIKE :like ESCAPE '\\')",
};
static const char SQL_OPEN[] =
    "SELECT ifnull((SELECT posted_on FROM entry\n"
    "  WHERE posted_on < :today AND posted_on > ifnull((SELECT max(day) FROM closed_day), '')\n"
    "  AND (EXISTS (SELECT 1 FROM closed_day) OR EXISTS (SELECT 1 FROM drawer_move))\n"
    "  ORDER BY posted_on DESC LIMIT 1), '')";
/* clang-format on */

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &day_list_op, in, out);
}

static status open_day(struct session *s, const void *in, void *out)
{
    struct day_unclosed *ret = out;
    const char *day = "";

    (void)in;
    TRY(store_text(s->store, SQL_OPEN, BINDS(BIND_DAY("today", session_today(s))), s->arena, &day));
    ret->open_on = DAY_NONE;
    if (*day != '\0')
        memcpy(ret->open_on.iso, day, sizeof ret->open_on.iso);
    return OK;
}

/* clang-format off */
static const struct field order_fields[] = {
    FIELD(struct day_order, id, .label = "Repair order"),
    FIELD(struct day_order, customer_name, .label = "Customer"),
    FIELD(struct day_order, total, .label = "To invoice"),
};
const struct shape day_order_shape = SHAPE_OF(struct day_order, "day_order", order_fields);
static const struct field due_fields[] = {
    FIELD(struct day_order, id, .label = "Repair order"),
    FIELD(struct day_order, customer_name, .label = "Customer"),
    FIELD(struct day_order, total, .label = "Due"),
};
const struct shape day_due_shape = SHAPE_OF(struct day_order, "day_due", due_fields);
static const struct field check_fields[] = {
    FIELD(struct day_check, day),
    FIELD(struct day_check, closed, .label = "Closed already", .help = "Yes: what is done now is posted on the first day that is not closed"),
    FIELD(struct day_check, from_on, .label = "From", .help = "The first day that is not closed"),
    FIELD(struct day_check, closed_through, .label = "Closed through"),
    FIELD(struct day_check, unposted, .label = "Complete, not invoiced", .rows = &day_order_shape),
    FIELD(struct day_check, unpaid, .label = "Counter sales not paid", .rows = &day_due_shape),
    FIELD(struct day_check, counted, .label = "Drawer counted", .help = "No cash has moved since"),
};
static const struct shape check_shape = SHAPE_OF(struct day_check, "day_check", check_fields);
static const struct field close_fields[] = {
    FIELD(struct day_close, day, .help = "Empty for today; days before it that are open are closed with it", .flags = FIELD_ARGUMENT),
    FIELD(struct day_close, leave_unposted, .label = "Leave complete orders", .help = "Orders that are complete and not invoiced are left for a later day"),
    FIELD(struct day_close, after_pause, .label = "The shop was closed", .help = "Yes: the clock is right, and nothing was done in the books for long"),
    FIELD(struct day_close, note, .max = 200),
};
static const struct field key_fields[] = {
    FIELD(struct day_key, closed_day, .label = "Z report", .picks = "day.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field open_fields[] = {
    FIELD(struct day_unclosed, open_on, .label = "Not closed", .help = "The last day before today that was worked on and is not closed"),
};
static const struct shape open_shape = SHAPE_OF(struct day_unclosed, "day_open", open_fields);
/* clang-format on */

const struct op day_close_op = {
    .name = "day.close",
    .says = "Close the day: prove the books, lock the date, make the Z report",
    .title = "Close the day",
    .right = RIGHT_DAY_CLOSE,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct day_close, close_fields),
    .out = &report_shape,
    .run = day_close,
};
const struct op day_show_op = {
    .name = "day.show",
    .says = "See the Z report of a closed day",
    .title = "Z report",
    .right = RIGHT_LEDGER_VIEW,
    .in = SHAPE(struct day_key, key_fields),
    .out = &report_shape,
    .run = show,
    .about = "closed_day",
};
const struct op day_list_op = {
    .name = "day.list",
    .says = "List closed days",
    .title = "Closed days",
    .right = RIGHT_LEDGER_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct day_list, list_fields),
    .out = &row_shape,
    .run = list,
};
const struct op day_unclosed_op = {
    .name = "day.unclosed",
    .says = "See whether a day before today is not closed",
    .title = "Not closed",
    .right = RIGHT_DAY_CLOSE,
    .out = &open_shape,
    .run = open_day,
};

const struct op day_check_op = {
    .name = "day.check",
    .says = "See what is left to do before the day can be closed",
    .title = "Before closing",
    .right = RIGHT_DAY_CLOSE,
    .out = &check_shape,
    .run = day_check,
};

static const struct op *const ops[] = {
    &day_check_op, &day_close_op, &day_show_op, &day_explain_op, &day_list_op, &day_unclosed_op,
};
extern const struct module day_module;
const struct module day_module = {
    .name = "day",
    .title = "Closing the day",
    .says = "The end of the day: the books are proved, the date is locked for good, the Z report "
            "is made.",
    MODULE_OPS(ops),
};
