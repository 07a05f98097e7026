/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of a credit memo come from: the lines of its invoice, the rates that it was
 * charged at, and what became of the sum. */

#include "base/text.h"
#include "credit_inner.h"
#include "explain_document.h"

/* clang-format off */
static const char SQL_LINES[] =
    "SELECT l.kind AS kind, l.description AS description, k.quantity AS quantity, k.back AS back,\n"
    "  k.net AS net, k.cost AS cost, l.quantity AS sold, l.net AS sold_net\n"
    "FROM credit_line AS k JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "WHERE k.credit_memo = :credit\n"
    "ORDER BY k.position";

struct line_row {
    enum line_kind kind;
    const char *description;
    struct qty quantity, sold;
    enum credit_back back;
    struct money net, sold_net, cost;
};
static const struct field line_fields[] = {
    FIELD(struct line_row, kind, .choices = &line_kind_choices),
    FIELD(struct line_row, description),
    FIELD(struct line_row, quantity),
    FIELD(struct line_row, back, .choices = &credit_back_choices),
    FIELD(struct line_row, net, .flags = FIELD_SIGNED),
    FIELD(struct line_row, cost, .flags = FIELD_SIGNED),
    FIELD(struct line_row, sold),
    FIELD(struct line_row, sold_net, .flags = FIELD_SIGNED),
};
static const struct shape line_shape = SHAPE_OF(struct line_row, "line", line_fields);

static const struct field explain_fields[] = {
    FIELD(struct credit_explain, credit, .label = "Credit memo", .picks = "credit.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct credit_explain),
};
/* clang-format on */

struct memo {
    struct explain e;
    struct credit credit;
    struct rows lines; /* of struct line_row */
};

/* ------------------------------------------------------------------------- total -- */

static void line_row(struct explain *e, const struct line_row *line)
{
    struct explain_row *row = explain_part(
        e, 2, "", line->description, line->net,
        EXPLAIN_TEXT(e, "%s of %s, which came to %s", explain_qty(e->s, line->quantity),
                     explain_qty(e->s, line->sold), explain_cents(e->s, line->sold_net)));

    row->rule = "In proportion, to the nearest cent; what is credited last takes what is left.";
    row->source = "The invoice";
}

static void class_rows(struct memo *m, enum explain_class class, const char *figure,
                       const char *label, struct money amount)
{
    const struct line_row *lines = m->lines.at;

    if (amount.cents == 0)
        return;
    explain_part(&m->e, 1, figure, label, amount, "Its lines, after the discounts they had");
    for (size_t i = 0; i < m->lines.count; i++)
        if (explain_class_of(lines[i].kind) == class)
            line_row(&m->e, &lines[i]);
}

static void tax_rows(struct memo *m)
{
    const struct invoice_tax *taxes = m->credit.taxes.at;
    struct explain *e = &m->e;

    explain_part(e, 1, "tax", "Tax", m->credit.tax, "The jurisdictions together");
    for (size_t i = 0; i < m->credit.taxes.count; i++) {
        struct explain_row *row =
            explain_part(e, 2, EXPLAIN_TEXT(e, "tax-%zu", i + 1), taxes[i].name, taxes[i].amount,
                         EXPLAIN_TEXT(e, "%s of %s", explain_rate(e->s, taxes[i].rate),
                                      explain_cents(e->s, taxes[i].base)));
        row->rule = "At the rate of the invoice. All memos on an invoice together give back what "
                    "it charged, to the cent, so one may differ by a cent.";
        row->source = "The invoice";
    }
}

static void total_rows(struct memo *m)
{
    const struct credit *credit = &m->credit;
    struct explain_row *total =
        explain_money(&m->e, 0, "total", "Total", credit->total,
                      "Labor + parts + sublet + fees + supplies + tax, of what is credited");

    total->rule =
        EXPLAIN_TEXT(&m->e, "Of invoice %lld: %s", (long long)credit->invoice.v, credit->reason);
    total->noun = "invoice";
    total->record.v = credit->invoice.v;
    class_rows(m, CLASS_LABOR, "labor", "Labor", credit->labor);
    class_rows(m, CLASS_PARTS, "parts", "Parts", credit->parts);
    class_rows(m, CLASS_SUBLET, "sublet", "Sublet", credit->sublet);
    class_rows(m, CLASS_FEES, "fees", "Fees", credit->fees);
    if (credit->supplies.cents != 0)
        explain_part(&m->e, 1, "supplies", "Shop supplies", credit->supplies, "As it was said");
    tax_rows(m);
}

/* -------------------------------------------------------------------- other sums -- */

static void credit_rows(struct memo *m)
{
    const struct credit *credit = &m->credit;
    struct explain *e = &m->e;
    const char *label = text_is_empty(credit->certificate)
                            ? "Customer's credit"
                            : EXPLAIN_TEXT(e, "Store credit %s", credit->certificate);
    struct explain_row *row =
        explain_money(e, 0, "credit", label, credit->credit,
                      EXPLAIN_TEXT(e, "%s - %s on the invoice", explain_cents(e->s, credit->total),
                                   explain_cents(e->s, credit->applied)));

    row->rule = "It settles what was open of its invoice first; the rest is the customer's.";
    if (credit->payment.v != 0) {
        row->noun = "payment";
        row->record.v = credit->payment.v;
    }
    explain_part(e, 1, "total", "Total", credit->total, "");
    explain_part(e, 1, "applied", "On the invoice", money_negate(credit->applied), "");
}

static void cost_rows(struct memo *m)
{
    const struct line_row *lines = m->lines.at;
    struct explain *e = &m->e;

    if (!explain_shows_costs(e) || m->credit.cost.cents == 0)
        return;
    explain_money(e, 0, "cost", "Cost back", m->credit.cost, "By which the sale cost less")->rule =
        "What goes back on the shelf goes at what it had cost; what is scrapped stays a cost.";
    for (size_t i = 0; i < m->lines.count; i++)
        if (lines[i].cost.cents != 0)
            explain_part(e, 1, "", lines[i].description, lines[i].cost,
                         choice_label(&credit_back_choices, lines[i].back));
}

static status credit_explain(struct session *s, const void *input, void *output)
{
    const struct credit_explain *in = input;
    struct memo m = {.e.s = s};

    TRY(credit_get(s, in->credit, &m.credit));
    TRY(store_list(s->store, SQL_LINES, NO_ROW, BINDS(BIND_ID("credit", in->credit)), s->arena,
                   &line_shape, &m.lines));
    total_rows(&m);
    credit_rows(&m);
    cost_rows(&m);
    return explain_done(&m.e, arena_printf(s->arena, "Credit memo %lld", (long long)in->credit.v),
                        in->figure, output);
}

const struct op credit_explain_op = {
    .name = "credit.explain",
    .says = "Explain every figure of a credit memo: its lines, rates, and what became of the sum",
    .title = "Explain a credit memo",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct credit_explain, explain_fields),
    .out = &explanation_shape,
    .run = credit_explain,
    .owns = credit_key_owns,
};
