/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of an invoice come from: only what was frozen when it was posted, and what came
 * to it since. */

#include "base/text.h"
#include "domain/invoice.h"
#include "domain/setting.h"
#include "explain_document.h"
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
    struct explain_document d; /* first: a line's rows are told from it */
    struct invoice invoice;
    struct rows taxes; /* of struct tax, as they are now */
};

/* ------------------------------------------------------------------------- lines -- */

/* Lines of an invoice have no number of their own: by job and place. */
static void read_lines(struct whole *w)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;

    for (size_t i = 0; i < w->invoice.jobs.count; i++)
        explain_read(
            &w->d, &invoice_line_shape, &jobs[i].lines,
            &(struct explain_line){.job = jobs[i].position, .pay = jobs[i].pay, .counts = true});
}

static void cost_row(struct explain_document *d, int64_t depth, const struct explain_line *told)
{
    const struct invoice_line *line = told->of;
    struct explain *e = &d->e;
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

/* ------------------------------------------------------------------------- taxes -- */

static int64_t taxed(const struct whole *w, unsigned classes)
{
    int64_t sum = (classes >> TAX_CLASS_SUPPLIES & 1) != 0 ? w->invoice.supplies.cents : 0;

    for (size_t i = 0; i < w->d.count; i++)
        if (w->d.lines[i].taxable && (classes >> w->d.lines[i].kind & 1) != 0)
            sum += w->d.lines[i].net.cents;
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
    struct explain *e = &w->d.e;
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
    explain_taxed_lines(&w->d, classes);
    if ((classes >> TAX_CLASS_SUPPLIES & 1) != 0 && w->invoice.supplies.cents != 0)
        explain_part(e, 4, "", "Shop supplies", w->invoice.supplies, "");
}

static void tax_rows(struct whole *w)
{
    const struct invoice_tax *taxes = w->invoice.taxes.at;
    struct explain *e = &w->d.e;

    explain_part(e, 1, "tax", "Tax", w->invoice.tax, "The jurisdictions together")->rule =
        w->invoice.exempt_text;
    for (size_t i = 0; i < w->invoice.taxes.count; i++) {
        struct explain_row *row =
            explain_tax(&w->d, i, taxes[i].name, taxes[i].rate, taxes[i].base, taxes[i].amount);
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
    const struct money classes[CLASS_COUNT] = {
        [CLASS_LABOR] = invoice->labor,
        [CLASS_PARTS] = invoice->parts,
        [CLASS_SUBLET] = invoice->sublet,
        [CLASS_FEES] = invoice->fees,
    };
    struct explain *e = &w->d.e;

    explain_total(&w->d, invoice->total, "As it was posted: an invoice never changes.", classes);
    if (invoice->supplies.cents != 0)
        explain_part(e, 1, "supplies", "Shop supplies", invoice->supplies, "As it was posted");
    tax_rows(w);
}

/* -------------------------------------------------------------------- other sums -- */

static void discount_rows(struct whole *w)
{
    if (w->invoice.discount.cents == 0)
        return;
    explain_money(&w->d.e, 0, "discount", "Discounts", w->invoice.discount,
                  "What each line gave up");
    explain_discounted_lines(&w->d);
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
    struct explain *e = &w->d.e;
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
    struct explain *e = &w->d.e;

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
    const struct invoice *invoice = &w->invoice;
    struct explain *e = &w->d.e;

    if (!explain_shows_costs(e))
        return;
    explain_document_profit(&w->d, invoice->total, invoice->tax, invoice->cost, invoice->profit);
    explain_money(e, 1, "cost", "Cost", invoice->cost, "What its lines took");
    for (size_t i = 0; i < w->d.count; i++) {
        const struct explain_line *told = &w->d.lines[i];
        const struct invoice_line *line = told->of;
        if (line->cost.cents != 0)
            explain_part(e, 2, "", explain_job_text(e, told->job, told->description), line->cost,
                         "");
    }
}

static void job_rows(struct whole *w)
{
    const struct invoice_job *jobs = w->invoice.jobs.at;
    struct explain *e = &w->d.e;

    for (size_t i = 0; i < w->invoice.jobs.count; i++) {
        explain_money(e, 0, EXPLAIN_TEXT(e, "job-%lld", (long long)jobs[i].position),
                      explain_job_text(e, jobs[i].position, jobs[i].title), jobs[i].amount,
                      "Its lines after discounts, before tax");
        for (size_t l = 0; l < w->d.count; l++)
            if (w->d.lines[l].job == jobs[i].position)
                explain_line_row(&w->d, 1, &w->d.lines[l]);
    }
}

static status invoice_explain(struct session *s, const void *input, void *output)
{
    const struct invoice_explain *in = input;
    struct whole w = {.d = {.e = {.s = s}, .below = cost_row}};

    TRY(invoice_get(s, in->invoice, &w.invoice));
    TRY(tax_list(s, &w.taxes));
    read_lines(&w);
    total_rows(&w);
    discount_rows(&w);
    TRY(balance_rows(&w));
    job_rows(&w);
    profit_rows(&w);
    return explain_done(&w.d.e, EXPLAIN_TEXT(&w.d.e, "Invoice %lld", (long long)in->invoice.v),
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
