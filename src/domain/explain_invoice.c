/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of an invoice come from: only what was frozen when it was posted, and what came
 * to it since. */

#include "base/text.h"
#include "domain/invoice.h"
#include "domain/setting.h"
#include "explain_inner.h"
#include "invoice_inner.h"

/* clang-format off */
/* Each thing that counts as paid, in the order of its days. */
static const char SQL_PAID[] =
    "SELECT 'payment' AS noun, a.payment AS record, p.method AS word, a.applied_on AS \"on\",\n"
    "  a.amount AS amount, '' AS why\n"
    "FROM payment_application AS a JOIN payment AS p ON p.id = a.payment\n"
    "WHERE a.invoice = :invoice\n"
    "UNION ALL\n"
    "SELECT '', 0, 'written off', w.written_on, w.amount, w.reason\n"
    "FROM invoice_write_off AS w\n"
    "WHERE w.invoice = :invoice\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, m.reason, m.issued_on, m.applied, ''\n"
    "FROM credit_memo AS m\n"
    "WHERE m.invoice = :invoice AND m.applied <> 0\n"
    "ORDER BY 4, 2";

struct paid_row {
    const char *noun;
    int64_t record;
    const char *word;
    struct day on;
    struct money amount;
    const char *why;
};
static const struct field paid_fields[] = {
    FIELD(struct paid_row, noun),
    FIELD(struct paid_row, record),
    FIELD(struct paid_row, word),
    FIELD(struct paid_row, on),
    FIELD(struct paid_row, amount, .flags = FIELD_SIGNED),
    FIELD(struct paid_row, why),
};
static const struct shape paid_shape = SHAPE_OF(struct paid_row, "paid", paid_fields);

static const struct field explain_fields[] = {
    FIELD(struct invoice_explain, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct invoice_explain),
};
/* clang-format on */

struct whole {
    struct explain e;
    struct invoice invoice;
    struct rows taxes; /* of struct tax, as they are now */
};

/* ------------------------------------------------------------------------- lines -- */

static const char *line_formula(const struct explain *e, const struct invoice_line *line)
{
    const char *gross =
        EXPLAIN_TEXT(e, "%s %s× %s", explain_qty(e->s, line->quantity),
                     line->kind == LINE_LABOR ? "h " : "", explain_cents(e->s, line->price));

    if (line->discount.cents == 0)
        return gross;
    return EXPLAIN_TEXT(e, "%s = %s, less %s", gross, explain_cents(e->s, line->gross),
                        explain_cents(e->s, line->discount));
}

/* Lines of an invoice have no number of their own: by job and place. */
static const char *line_figure(const struct explain *e, const struct invoice_job *job, size_t at)
{
    return EXPLAIN_TEXT(e, "line-%lld-%zu", (long long)job->position, at + 1);
}

static struct explain_row *line_row(struct explain *e, int64_t depth, const struct invoice_job *job,
                                    size_t at)
{
    const struct invoice_line *line = &((const struct invoice_line *)job->lines.at)[at];
    struct explain_row *row =
        explain_part(e, depth, line_figure(e, job, at),
                     EXPLAIN_TEXT(e, "Job %lld · %s", (long long)job->position, line->description),
                     line->net, line_formula(e, line));

    if (job->pay != PAY_CUSTOMER)
        row->rule =
            EXPLAIN_TEXT(e, "Not the customer's: %s", choice_label(&job_pay_choices, job->pay));
    return row;
}

static void cost_row(struct explain *e, int64_t depth, const struct invoice_line *line)
{
    const struct money profit = {line->net.cents - line->cost.cents};

    if (!explain_shows_costs(e) || line->cost.cents == 0)
        return;
    explain_money(e, depth, "", "Gross profit", profit,
                  EXPLAIN_TEXT(e, "%s - %s cost (%s)", explain_cents(e->s, line->net),
                               explain_cents(e->s, line->cost),
                               explain_share(e->s, profit, line->net)))
        ->rule = line->kind == LINE_PART
                     ? "The cost is what the shelf gave up for it, at the moving "
                       "average of that day."
                     : "";
}

/* ------------------------------------------------------------------------- total -- */

enum class { CLASS_LABOR, CLASS_PARTS, CLASS_SUBLET, CLASS_FEES };

static enum class class_of(enum line_kind kind) {
    return kind == LINE_LABOR    ? CLASS_LABOR
           : kind == LINE_PART   ? CLASS_PARTS
           : kind == LINE_SUBLET ? CLASS_SUBLET
                                 : CLASS_FEES;
}

static void class_rows(struct whole *w, enum class class, const char *figure, const char *label,
                       struct money amount)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;

    if (amount.cents == 0 && class != CLASS_LABOR && class != CLASS_PARTS)
        return;
    explain_part(&w->e, 1, figure, label, amount, "Its lines after discounts");
    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        const struct invoice_line *lines = jobs[i].lines.at;
        for (size_t l = 0; l < jobs[i].lines.count; l++) {
            if (class_of(lines[l].kind) != class)
                continue;
            line_row(&w->e, 2, &jobs[i], l);
            cost_row(&w->e, 3, &lines[l]);
        }
    }
}

/* ------------------------------------------------------------------------- taxes -- */

static int64_t taxed(const struct whole *w, unsigned classes)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    int64_t sum = (classes >> TAX_CLASS_SUPPLIES & 1) != 0 ? w->invoice.supplies.cents : 0;

    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        const struct invoice_line *lines = jobs[i].lines.at;
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            if (lines[l].taxable && (classes >> lines[l].kind & 1) != 0)
                sum += lines[l].net.cents;
    }
    return sum;
}

/* An invoice keeps rate and base of a tax, not what it taxed then. Where what the jurisdiction of
 * that name taxes now comes to the same base, that was it. */
static bool classes_then(struct whole *w, const struct invoice_tax *tax, unsigned *ret_classes,
                         const char **ret_words)
{
    const struct tax *rules = w->taxes.at;

    for (size_t i = 0; i < w->taxes.count; i++) {
        unsigned classes = 0;
        if (!text_same(rules[i].name, tax->name) ||
            tax_classes_parse(rules[i].classes, &classes, NULL) != OK)
            continue;
        if (taxed(w, classes) != tax->base.cents)
            classes &= ~(1u << TAX_CLASS_SUPPLIES);
        if (taxed(w, classes) != tax->base.cents)
            continue;
        *ret_classes = classes;
        *ret_words = rules[i].classes;
        return true;
    }
    return false;
}

static void taxed_rows(struct whole *w, const struct invoice_tax *tax)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    struct explain *e = &w->e;
    const char *words = "";
    unsigned classes = 0;

    if (tax->base.cents == 0)
        return;
    if (!classes_then(w, tax, &classes, &words)) {
        explain_money(e, 3, "", "What is taxed", tax->base, "As it was posted")->rule =
            "Taxes have been changed since; the invoice keeps its own rate and base.";
        return;
    }
    explain_money(e, 3, "", "What is taxed", tax->base, EXPLAIN_TEXT(e, "It taxes: %s", words));
    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        const struct invoice_line *lines = jobs[i].lines.at;
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            if (lines[l].taxable && (classes >> lines[l].kind & 1) != 0 && lines[l].net.cents != 0)
                line_row(e, 4, &jobs[i], l);
    }
    if ((classes >> TAX_CLASS_SUPPLIES & 1) != 0 && w->invoice.supplies.cents != 0)
        explain_part(e, 4, "", "Shop supplies", w->invoice.supplies, "");
}

static void tax_rows(struct whole *w)
{
    const struct invoice_tax *taxes = w->invoice.taxes.at;
    struct explain *e = &w->e;

    explain_part(e, 1, "tax", "Tax", w->invoice.tax, "The jurisdictions together")->rule =
        w->invoice.exempt_text;
    for (size_t i = 0; i < w->invoice.taxes.count; i++) {
        struct explain_row *row =
            explain_part(e, 2, EXPLAIN_TEXT(e, "tax-%zu", i + 1), taxes[i].name, taxes[i].amount,
                         EXPLAIN_TEXT(e, "%s of %s", explain_rate(e->s, taxes[i].rate),
                                      explain_cents(e->s, taxes[i].base)));
        row->rule =
            "Once for the whole invoice, to the nearest cent, at the rate of the day it was "
            "posted.";
        row->source = "The invoice";
        taxed_rows(w, &taxes[i]);
    }
}

static void total_rows(struct whole *w)
{
    const struct invoice *invoice = &w->invoice;
    struct explain *e = &w->e;

    explain_money(e, 0, "total", "Total", invoice->total,
                  "Labor + parts + sublet + fees + supplies + tax")
        ->rule = "As it was posted: an invoice never changes.";
    class_rows(w, CLASS_LABOR, "labor", "Labor", invoice->labor);
    class_rows(w, CLASS_PARTS, "parts", "Parts", invoice->parts);
    class_rows(w, CLASS_SUBLET, "sublet", "Sublet", invoice->sublet);
    class_rows(w, CLASS_FEES, "fees", "Fees", invoice->fees);
    if (invoice->supplies.cents != 0)
        explain_part(e, 1, "supplies", "Shop supplies", invoice->supplies, "As it was posted");
    tax_rows(w);
}

/* -------------------------------------------------------------------- other sums -- */

static void discount_rows(struct whole *w)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    struct explain *e = &w->e;

    if (w->invoice.discount.cents == 0)
        return;
    explain_money(e, 0, "discount", "Discounts", w->invoice.discount, "What each line gave up");
    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        const struct invoice_line *lines = jobs[i].lines.at;
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            if (lines[l].discount.cents != 0)
                explain_part(e, 1, "",
                             EXPLAIN_TEXT(e, "Job %lld · %s", (long long)jobs[i].position,
                                          lines[l].description),
                             lines[l].discount,
                             EXPLAIN_TEXT(e, "of %s", explain_cents(e->s, lines[l].gross)));
    }
}

/* "24 Nov 2026, payment 7" */
static const char *paid_label(const struct explain *e, const struct paid_row *row)
{
    const char *day = explain_day(e->s, row->on);

    if (row->record == 0)
        return EXPLAIN_TEXT(e, "%s, %s", day, row->word);
    return EXPLAIN_TEXT(e, "%s, %s %lld", day,
                        text_same(row->noun, "credit") ? "credit memo" : row->noun,
                        (long long)row->record);
}

static status paid_rows(struct whole *w)
{
    struct explain *e = &w->e;
    struct rows rows;

    explain_part(e, 1, "total", "Total", w->invoice.total, "");
    explain_part(e, 1, "paid", "Paid", money_negate(w->invoice.paid),
                 "Less what came to it, and what was taken off again");
    TRY(store_list(e->s->store, SQL_PAID, NO_ROW, BINDS(BIND_ID("invoice", w->invoice.id)),
                   e->s->arena, &paid_shape, &rows));
    const struct paid_row *paid = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct explain_row *row =
            explain_part(e, 2, "", paid_label(e, &paid[i]), money_negate(paid[i].amount),
                         paid[i].record == 0 ? paid[i].why : paid[i].word);
        row->noun = paid[i].noun;
        row->record.v = paid[i].record;
    }
    return OK;
}

static status balance_rows(struct whole *w)
{
    const struct invoice *invoice = &w->invoice;
    struct explain *e = &w->e;

    explain_money(e, 0, "balance", "Balance", invoice->balance,
                  EXPLAIN_TEXT(e, "%s - %s paid", explain_cents(e->s, invoice->total),
                               explain_cents(e->s, invoice->paid)))
        ->rule = invoice->balance.cents > 0
                     ? EXPLAIN_TEXT(e, "Due %s.", explain_day(e->s, invoice->due_on))
                     : "";
    return paid_rows(w);
}

static void profit_rows(struct whole *w)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    const struct invoice *invoice = &w->invoice;
    struct explain *e = &w->e;
    const struct money sales = {invoice->total.cents - invoice->tax.cents};

    if (!explain_shows_costs(e))
        return;
    explain_money(
        e, 0, "profit", "Gross profit", invoice->profit,
        EXPLAIN_TEXT(e, "%s total - %s tax - %s cost (%s)", explain_cents(e->s, invoice->total),
                     explain_cents(e->s, invoice->tax), explain_cents(e->s, invoice->cost),
                     explain_share(e->s, invoice->profit, sales)));
    explain_money(e, 1, "cost", "Cost", invoice->cost, "What its lines took");
    for (size_t i = 0; i < invoice->jobs.count; i++) {
        const struct invoice_line *lines = jobs[i].lines.at;
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            if (lines[l].cost.cents != 0)
                explain_part(e, 2, "",
                             EXPLAIN_TEXT(e, "Job %lld · %s", (long long)jobs[i].position,
                                          lines[l].description),
                             lines[l].cost, "");
    }
}

static void job_rows(struct whole *w)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    struct explain *e = &w->e;

    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        explain_money(e, 0, EXPLAIN_TEXT(e, "job-%lld", (long long)jobs[i].position),
                      EXPLAIN_TEXT(e, "Job %lld · %s", (long long)jobs[i].position, jobs[i].title),
                      jobs[i].amount, "Its lines after discounts, before tax");
        for (size_t l = 0; l < jobs[i].lines.count; l++)
            line_row(e, 1, &jobs[i], l);
    }
}

static status invoice_explain(struct session *s, const void *input, void *output)
{
    const struct invoice_explain *in = input;
    struct whole w = {.e = {.s = s}};

    TRY(invoice_get(s, in->invoice, &w.invoice));
    TRY(tax_list(s, &w.taxes));
    total_rows(&w);
    discount_rows(&w);
    TRY(balance_rows(&w));
    job_rows(&w);
    profit_rows(&w);
    return explain_done(&w.e, EXPLAIN_TEXT(&w.e, "Invoice %lld", (long long)in->invoice.v),
                        in->figure, output);
}

const struct op invoice_explain_op = {
    .name = "invoice.explain",
    .says = "Explain every figure of an invoice: formula, rule and rows behind it",
    .title = "Explain an invoice",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct invoice_explain, explain_fields),
    .out = &explanation_shape,
    .run = invoice_explain,
    .owns = invoice_owns,
};
