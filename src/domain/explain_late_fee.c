/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the late fee of an invoice comes from: what is open on it, the month it is charged for and
 * the shop's rule, or why none is due; and what has been charged for it already. */

#include "domain/explain.h"
#include "domain/late_fee.h"
#include "domain/ledger.h"
#include "domain/profile.h"
#include "domain/setting.h"
#include "explain_inner.h"
#include "invoice_inner.h"

/* clang-format off */
static const char SQL_INVOICE[] =
    "SELECT i.id AS invoice, i.kind = 'work' AS is_work, i.state = 'posted' AS is_posted,\n"
    "  i.total AS total, i.paid AS paid, i.due_on AS due_on, c.name AS customer_name,\n"
    "  c.late_fee_exempt AS exempt, c.archived_at IS NOT NULL AS archived\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer\n"
    "WHERE i.id = :invoice";
/* A charge that was taken back is none. */
static const char SQL_CHARGED[] =
    "SELECT f.invoice AS invoice, f.period AS period, f.from_on AS from_on, f.to_on AS to_on,\n"
    "  f.open AS open, f.amount AS fee, f.charge AS charge, f.charged_on AS due_on,\n"
    "  0 AS customer, '' AS customer_name\n"
    "FROM late_fee AS f JOIN invoice AS v ON v.id = f.charge\n"
    "WHERE f.invoice = :invoice AND v.state = 'posted'\n"
    "ORDER BY f.period";

struct late_invoice {
    struct invoice_id invoice;
    bool is_work, is_posted;
    struct money total, paid;
    struct day due_on;
    const char *customer_name;
    bool exempt, archived;
};
static const struct field late_fields[] = {
    FIELD(struct late_invoice, invoice),
    FIELD(struct late_invoice, is_work),
    FIELD(struct late_invoice, is_posted),
    FIELD(struct late_invoice, total),
    FIELD(struct late_invoice, paid),
    FIELD(struct late_invoice, due_on),
    FIELD(struct late_invoice, customer_name),
    FIELD(struct late_invoice, exempt),
    FIELD(struct late_invoice, archived),
};
static const struct shape late_shape = SHAPE_OF(struct late_invoice, "late_invoice", late_fields);

static const struct field explain_fields[] = {
    FIELD(struct late_fee_explain, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct late_fee_explain),
};
/* clang-format on */

struct whole {
    struct explain e;
    struct late_invoice late;
    struct late_fee_rules rules;
    struct money open;
    struct rows charged; /* of struct late_fee_row; due_on: the day it was charged */
    struct day today, from_on, to_on;
    int64_t period; /* 0: none has begun */
};

static const struct late_fee_row *last_charged(const struct whole *w)
{
    const struct late_fee_row *rows = w->charged.at;

    return w->charged.count > 0 ? &rows[w->charged.count - 1] : NULL;
}

/* NULL: a fee is due. The same questions as those of late-fee.preview. */
static const char *why_not(const struct whole *w)
{
    const struct late_fee_row *last = last_charged(w);

    if (w->rules.charged == LATE_FEE_NONE)
        return "The shop charges no late fees.";
    if (!w->late.is_posted)
        return "The invoice was taken back.";
    if (w->open.cents <= 0)
        return "Nothing is open on it.";
    if (w->late.exempt)
        return EXPLAIN_TEXT(&w->e, "%s is charged no late fees.", w->late.customer_name);
    if (w->late.archived)
        return EXPLAIN_TEXT(&w->e, "%s is archived.", w->late.customer_name);
    if (!w->late.is_work && !w->rules.on_fees)
        return "It is a charge itself, and the shop charges none on those.";
    if (w->period == 0)
        return EXPLAIN_TEXT(&w->e, "Due %s; the days of grace end %s.",
                            explain_day(w->e.s, w->late.due_on),
                            explain_day(w->e.s, day_add(w->late.due_on, (int)w->rules.grace_days)));
    if (last != NULL && w->period <= last->period)
        return EXPLAIN_TEXT(&w->e, "This month of it was charged on invoice %lld.",
                            (long long)last->charge.v);
    return NULL;
}

static const char *formula(const struct whole *w)
{
    if (w->rules.charged == LATE_FEE_FIXED)
        return "A fixed amount for each month and invoice";
    return EXPLAIN_TEXT(&w->e, "%s x %s / 12", explain_cents(w->e.s, w->open),
                        explain_rate(w->e.s, w->rules.yearly));
}

/* The shop's rule, and the most that its state allows. */
static status rule_source(struct whole *w, const char **ret)
{
    struct shop shop;

    TRY(shop_get(w->e.s, &shop));
    const struct law *law = law_find(shop.profile, LAW_LATE_RATE);
    if (law == NULL || w->rules.charged != LATE_FEE_RATE)
        *ret = "Rules of late fees";
    else if (law->value[0] == '\0')
        *ret = EXPLAIN_TEXT(&w->e, "Rules of late fees; %s", law_source(w->e.s, law));
    else
        *ret = EXPLAIN_TEXT(&w->e, "Rules of late fees; at most %s %% a year: %s", law->value,
                            law_source(w->e.s, law));
    return OK;
}

static void open_rows(struct whole *w)
{
    struct explain_row *row =
        explain_money(&w->e, 1, "open", "Open", w->open,
                      EXPLAIN_TEXT(&w->e, "%s - %s paid", explain_cents(w->e.s, w->late.total),
                                   explain_cents(w->e.s, w->late.paid)));
    row->noun = "invoice";
    row->record.v = w->late.invoice.v;
}

static void period_row(struct whole *w)
{
    const char *from = explain_day(w->e.s, w->from_on);
    struct explain_row *row =
        explain_add(&w->e, 1, "period", "Month",
                    EXPLAIN_TEXT(&w->e, "%s to %s", from, explain_day(w->e.s, w->to_on)));

    row->value = EXPLAIN_TEXT(&w->e, "%lld", (long long)w->period);
    row->rule =
        EXPLAIN_TEXT(&w->e, "Counted from the day after the grace: due %s, %lld %s of grace.",
                     explain_day(w->e.s, w->late.due_on), (long long)w->rules.grace_days,
                     w->rules.grace_days == 1 ? "day" : "days");
}

static status fee_rows(struct whole *w)
{
    const char *why = why_not(w);
    struct money fee = MONEY_ZERO;

    if (why == NULL)
        TRY(late_fee_of(&w->rules, w->open, &fee));
    struct explain_row *row = explain_money(&w->e, 0, "fee", "Late fee due today", fee,
                                            why == NULL ? formula(w) : "None is due");
    row->rule = why != NULL ? why : "Once for each month that it is open, to the nearest cent.";
    TRY(rule_source(w, &row->source));
    open_rows(w);
    if (w->period > 0)
        period_row(w);
    return OK;
}

static const char *charged_formula(const struct whole *w, const struct late_fee_row *row)
{
    return EXPLAIN_TEXT(&w->e, "%s to %s, %s open", explain_day(w->e.s, row->from_on),
                        explain_day(w->e.s, row->to_on), explain_cents(w->e.s, row->open));
}

static status charged_rows(struct whole *w)
{
    const struct late_fee_row *charged = w->charged.at;
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < w->charged.count; i++)
        TRY(money_add(sum, charged[i].fee, &sum));
    explain_money(&w->e, 0, "charged", "Charged before", sum, "Fees of its months so far");
    for (size_t i = 0; i < w->charged.count; i++) {
        struct explain_row *row =
            explain_part(&w->e, 1, "",
                         EXPLAIN_TEXT(&w->e, "Month %lld, on invoice %lld",
                                      (long long)charged[i].period, (long long)charged[i].charge.v),
                         charged[i].fee, charged_formula(w, &charged[i]));
        row->noun = "invoice";
        row->record.v = charged[i].charge.v;
    }
    return OK;
}

static status read_all(struct session *s, const struct late_fee_explain *in, struct whole *w)
{
    TRY(found(s,
              store_get(s->store, SQL_INVOICE, NO_ROW, BINDS(BIND_ID("invoice", in->invoice)),
                        s->arena, &late_shape, &w->late),
              "There is no invoice %lld. Look for it in the list of invoices.",
              (long long)in->invoice.v));
    TRY(store_list(s->store, SQL_CHARGED, NO_ROW, BINDS(BIND_ID("invoice", in->invoice)), s->arena,
                   &late_fee_row_shape, &w->charged));
    TRY(late_fee_rules_get(s, &w->rules));
    TRY(ledger_open_day(s, &w->today));
    TRY(money_sub(w->late.total, w->late.paid, &w->open));
    if (!w->late.is_posted)
        w->open = MONEY_ZERO;
    w->period =
        late_fee_period(w->late.due_on, w->rules.grace_days, w->today, &w->from_on, &w->to_on);
    return OK;
}

static status late_fee_explain(struct session *s, const void *input, void *output)
{
    const struct late_fee_explain *in = input;
    struct whole w = {.e = {.s = s}};

    TRY(read_all(s, in, &w));
    TRY(fee_rows(&w));
    TRY(charged_rows(&w));
    return explain_done(&w.e,
                        EXPLAIN_TEXT(&w.e, "Late fee of invoice %lld", (long long)in->invoice.v),
                        in->figure, output);
}

const struct op late_fee_explain_op = {
    .name = "late-fee.explain",
    .says = "Explain the late fee of an invoice, or why there is none",
    .title = "Explain a late fee",
    .right = RIGHT_LATE_FEES_CHARGE,
    .kind = OP_READS,
    .in = SHAPE(struct late_fee_explain, explain_fields),
    .out = &explanation_shape,
    .run = late_fee_explain,
};
