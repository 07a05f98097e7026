/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the money of the drawer comes from since it was opened, and the figures of a closed day's
 * report. */

#include "base/text.h"
#include "closed_day_inner.h"
#include "domain/closed_day.h"
#include "domain/drawer.h"
#include "domain/explain.h"
#include "explain_inner.h"

/* clang-format off */
/* What other documents have moved in the drawer since it was opened. */
static const char SQL_MOVED[] =
    "SELECT e.source AS source, e.source_id AS record, e.memo AS memo, l.amount AS amount\n"
    "FROM entry_line AS l JOIN entry AS e ON e.id = l.entry\n"
    "WHERE l.entry > (SELECT after_entry FROM drawer_move WHERE id = :opened)\n"
    "AND l.account = (SELECT id FROM account WHERE role = 'cash') AND e.source <> 'drawer'\n"
    "ORDER BY l.entry, l.position";

/* Of a drawer that nobody has ever opened: what each kind of document has moved. */
static const char SQL_EVER[] =
    "SELECT e.source AS source, 0 AS record, e.source AS memo, sum(l.amount) AS amount\n"
    "FROM account AS a JOIN entry_line AS l ON l.account = a.id JOIN entry AS e ON e.id = l.entry\n"
    "WHERE a.role = 'cash'\n"
    "GROUP BY e.source\n"
    "ORDER BY 1";

struct moved_row {
    const char *source;
    int64_t record;
    const char *memo;
    struct money amount;
};
static const struct field moved_fields[] = {
    FIELD(struct moved_row, source),
    FIELD(struct moved_row, record),
    FIELD(struct moved_row, memo),
    FIELD(struct moved_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape moved_shape = SHAPE_OF(struct moved_row, "moved", moved_fields);

static const struct field drawer_explain_fields[] = {
    EXPLAIN_FIGURE_FIELD(struct drawer_explain),
};
static const struct field day_explain_fields[] = {
    FIELD(struct day_explain, closed_day, .label = "Z report", .picks = "day.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct day_explain),
};
/* clang-format on */

/* -------------------------------------------------------------------------- drawer -- */

/* As drawer.c counts them: of payments what came in and what went out, of vendors, the rest. */
enum share { SHARE_TAKEN, SHARE_REFUNDS, SHARE_VENDORS, SHARE_OTHER };

static enum share share_of(const struct moved_row *row)
{
    if (text_same(row->source, "payment"))
        return row->amount.cents > 0 ? SHARE_TAKEN : SHARE_REFUNDS;
    return text_same(row->source, "vendor_payment") ? SHARE_VENDORS : SHARE_OTHER;
}

static void share_rows(struct explain *e, const struct rows *moved, enum share share,
                       const char *figure, const char *label, struct money sum)
{
    const struct moved_row *row = moved->at;

    if (sum.cents == 0 && share != SHARE_TAKEN)
        return;
    explain_part(e, 1, figure, label, sum, "");
    for (size_t i = 0; i < moved->count; i++) {
        if (share_of(&row[i]) != share)
            continue;
        struct explain_row *out = explain_part(e, 2, "", row[i].memo, row[i].amount, "");
        out->noun = share == SHARE_OTHER ? "" : row[i].source;
        out->record.v = row[i].record;
    }
}

/* What was done to the drawer itself, with the sign it has in the sum. */
static void move_rows(struct explain *e, const struct drawer *d, enum drawer_kind kind,
                      const char *figure, const char *label, struct money sum)
{
    const struct drawer_row *row = d->rows.at;

    if (sum.cents == 0)
        return;
    explain_part(e, 1, figure, label, sum, "");
    for (size_t i = 0; i < d->rows.count; i++) {
        char when[DAY_TEXT_MAX];
        if (row[i].kind != kind)
            continue;
        explain_part(
            e, 2, "",
            EXPLAIN_TEXT(e, "%s, %s", instant_show(row[i].moved_at, when), row[i].user_name),
            kind == DRAWER_COUNT ? row[i].change : money_negate(row[i].amount),
            kind == DRAWER_COUNT
                ? EXPLAIN_TEXT(e, "%s found, %s expected", explain_cents(e->s, row[i].amount),
                               explain_cents(e->s, row[i].expected))
                : row[i].reason);
    }
}

/* Since it was opened; the rows of `moved` are other documents'. */
static void opened_rows(struct explain *e, const struct drawer *d, const struct rows *moved)
{
    explain_part(e, 1, "opening", "Float", d->opening,
                 EXPLAIN_TEXT(e, "Opened %s by %s", explain_day(e->s, d->opened_on), d->opened_by));
    share_rows(e, moved, SHARE_TAKEN, "taken", "Cash taken", d->taken);
    share_rows(e, moved, SHARE_REFUNDS, "refunds", "Given back to customers",
               money_negate(d->refunds));
    share_rows(e, moved, SHARE_VENDORS, "vendors", "Vendors paid in cash",
               money_negate(d->vendors));
    move_rows(e, d, DRAWER_PAY_OUT, "pay-outs", "Pay-outs", money_negate(d->pay_outs));
    move_rows(e, d, DRAWER_DROP, "drops", "Drops", money_negate(d->drops));
    move_rows(e, d, DRAWER_COUNT, "over-short", "Over or short at counts", d->over_short);
    share_rows(e, moved, SHARE_OTHER, "other", "Other entries", d->other);
}

static void ever_rows(struct explain *e, const struct rows *moved)
{
    const struct moved_row *row = moved->at;

    for (size_t i = 0; i < moved->count; i++)
        explain_part(e, 1, "", row[i].memo, row[i].amount,
                     "All entries of this kind in its account");
}

static status drawer_explain(struct session *s, const void *input, void *output)
{
    const struct drawer_explain *in = input;
    struct explain e = {.s = s};
    struct drawer d;
    struct rows moved = {0};

    TRY(drawer_get(s, &d));
    TRY(store_list(s->store, d.opened.v != 0 ? SQL_MOVED : SQL_EVER, NO_ROW,
                   BINDS(BIND_ID("opened", d.opened)), s->arena, &moved_shape, &moved));
    explain_money(&e, 0, "expected", "Should be in the drawer", d.expected,
                  d.opened.v == 0 ? "The balance of its account: it was never opened"
                                  : "Float + taken - given out, since it was opened")
        ->rule = "Always the balance of its account in the books.";
    if (d.opened.v != 0)
        opened_rows(&e, &d, &moved);
    else
        ever_rows(&e, &moved);
    return explain_done(&e, "The cash drawer", in->figure, output);
}

const struct op drawer_explain_op = {
    .name = "drawer.explain",
    .says = "Explain what should be in the cash drawer, document by document",
    .title = "Explain the drawer",
    .right = RIGHT_DRAWER_USE,
    .kind = OP_READS,
    .in = SHAPE(struct drawer_explain, drawer_explain_fields),
    .out = &explanation_shape,
    .run = drawer_explain,
};

/* ----------------------------------------------------------------------------- day -- */

static void sales_rows(struct explain *e, const struct day_report *report)
{
    const struct day_sum_row *sales = report->sales.at;
    const struct day_tax_row *taxes = report->taxes.at;

    explain_money(e, 0, "sales", "Sales", report->sales_total,
                  "What the accounts of income took in these days");
    for (size_t i = 0; i < report->sales.count; i++)
        explain_part(e, 1, "", sales[i].name, sales[i].amount, "");
    explain_money(e, 0, "tax", "Tax", report->tax_total, "Of the invoices posted in these days");
    for (size_t i = 0; i < report->taxes.count; i++)
        explain_part(e, 1, "", taxes[i].name, taxes[i].amount,
                     EXPLAIN_TEXT(e, "%s of %s", explain_rate(e->s, taxes[i].rate),
                                  explain_cents(e->s, taxes[i].base)))
            ->rule = "Each invoice rounds once for each jurisdiction; these are their sums.";
}

static void received_rows(struct explain *e, const struct day_report *report)
{
    const struct day_method_row *methods = report->methods.at;

    explain_money(e, 0, "received", "Received", report->received, "Payments taken in these days");
    for (size_t i = 0; i < report->methods.count; i++)
        explain_part(e, 1, "", methods[i].method, methods[i].amount,
                     EXPLAIN_TEXT(e, "%lld payments", (long long)methods[i].count));
}

static void cash_rows(struct explain *e, const struct day_report *r)
{
    const struct {
        const char *label;
        struct money amount;
    } parts[] = {
        {"In it at their beginning", r->before},
        {"Brought to come to the float", r->brought},
        {"Cash taken", r->taken},
        {"Given back to customers", money_negate(r->refunds)},
        {"Vendors paid in cash", money_negate(r->vendors)},
        {"Pay-outs", money_negate(r->pay_outs)},
        {"Drops", money_negate(r->drops)},
        {"Over or short at counts", r->over_short},
        {"Other entries", r->other},
    };

    explain_money(e, 0, "cash", "Cash at the end", r->cash, "What moved the drawer in these days");
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].amount.cents != 0)
            explain_part(e, 1, "", parts[i].label, parts[i].amount, "");
    explain_money(e, 0, "receivable", "Owed by customers", r->receivable,
                  "Balance of the account at the end");
    explain_money(e, 0, "credit", "Customers' credit", r->credit,
                  "Balance of the account at the end");
}

static status day_explain(struct session *s, const void *input, void *output)
{
    const struct day_explain *in = input;
    const struct day_key key = {in->closed_day};
    struct explain e = {.s = s};
    struct day_report report;

    TRY(day_show_op.run(s, &key, &report));
    sales_rows(&e, &report);
    received_rows(&e, &report);
    cash_rows(&e, &report);
    return explain_done(
        &e,
        EXPLAIN_TEXT(&e, "Z report %lld, %s", (long long)report.id.v, explain_day(s, report.day)),
        in->figure, output);
}

const struct op day_explain_op = {
    .name = "day.explain",
    .says = "Explain the figures of a closed day's report",
    .title = "Explain a Z report",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct day_explain, day_explain_fields),
    .out = &explanation_shape,
    .run = day_explain,
};
