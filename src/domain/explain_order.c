/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of a repair order come from: the total from its classes, those from their
 * lines, a line from its price and its discounts, the tax from what is taxed. */

#include "base/text.h"
#include "domain/customer.h"
#include "domain/setting.h"
#include "explain_document.h"
#include "invoice_text.h"
#include "order_inner.h"

#define RULE_TAX                                                                                   \
    "Once for each document: the rate meets the sum of what is taxed, to the nearest cent."
#define RULE_DISCOUNTS                                                                             \
    "Line, job, order: each takes from what the one before left, spread in proportion; the odd "   \
    "cents go by largest remainder."

static const struct field explain_fields[] = {
    FIELD(struct order_explain, order, .label = "RO", .picks = "order.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct order_explain),
};

/* clang-format off */
static const char SQL_INVOICES[] =
    "SELECT i.id AS record, i.total AS total, i.paid AS paid\n"
    "FROM invoice AS i\n"
    "WHERE i.repair_order = :order AND i.state = 'posted'\n"
    "ORDER BY i.id";
/* clang-format on */

struct invoice_of_order {
    int64_t record;
    struct money total, paid;
};
static const struct field invoice_of_order_fields[] = {
    FIELD(struct invoice_of_order, record),
    FIELD(struct invoice_of_order, total),
    FIELD(struct invoice_of_order, paid),
};
static const struct shape invoice_shape_of_order =
    SHAPE_OF(struct invoice_of_order, "invoice", invoice_of_order_fields);

/* What is explained, with the rules it is priced by. */
struct whole {
    struct explain_document d; /* first: a line's rows are told from it */
    struct order order;
    struct shop shop;
    struct rows taxes; /* of struct tax, as they are */
};

/* ------------------------------------------------------------------------- lines -- */

/* Every line, those of declined and deferred jobs as well: their jobs are explained, too. */
static void read_lines(struct whole *w)
{
    const struct order_job *jobs = w->order.jobs.at;

    for (size_t i = 0; i < w->order.jobs.count; i++)
        explain_read(&w->d, &order_line_shape, &jobs[i].lines,
                     &(struct explain_line){.job = jobs[i].position,
                                            .pay = jobs[i].pay,
                                            .counts = job_counts(&jobs[i])});
}

/* Where the rule is that made the price. */
static const char *price_source(const struct order_line *line)
{
    static const char *const places[] = {
        [PRICE_RULE_NONE] = "",
        [PRICE_RULE_MANUAL] = "Written by hand",
        [PRICE_RULE_CONTRACT] = "Contract prices",
        [PRICE_RULE_CUSTOMER] = "Parts matrices",
        [PRICE_RULE_CATEGORY] = "Parts matrices",
        [PRICE_RULE_SHOP] = "Parts matrices",
        [PRICE_RULE_LIST] = "The part's record",
        [PRICE_RULE_RATE] = "Labor rates",
        [PRICE_RULE_LABOR_MATRIX] = "Labor matrices",
        [PRICE_RULE_MENU] = "The canned job's menu price",
    };

    return places[line->price_rule];
}

static void price_row(struct explain *e, int64_t depth, const char *figure,
                      const struct order_line *line)
{
    const bool tells = line->price_rule == PRICE_RULE_CONTRACT || explain_shows_costs(e);
    struct explain_row *row =
        explain_money(e, depth, EXPLAIN_TEXT(e, "%s-price", figure),
                      line->kind == LINE_LABOR ? "An hour" : "A unit", line->price,
                      tells && !text_is_empty(line->price_why) ? line->price_why : "");

    if (line->price_rule != PRICE_RULE_NONE)
        row->rule =
            EXPLAIN_TEXT(e, "Price: %s", choice_label(&price_rule_choices, line->price_rule));
    row->source = price_source(line);
    if (line->part.v != 0) {
        row->noun = "part";
        row->record.v = line->part.v;
    }
    if (line->list_price.cents == NUMBER_NONE || line->list_price.cents == line->price.cents)
        return;
    const struct money off = {line->list_price.cents - line->price.cents};
    explain_money(e, depth, "", "Price list", line->list_price,
                  EXPLAIN_TEXT(e, "%s (%s) %s", explain_cents(e->s, off),
                               explain_share(e->s, off, line->list_price),
                               off.cents > 0 ? "below" : "above"));
}

static void reason_row(struct explain *e, int64_t depth, const struct order_line *line)
{
    if (text_is_empty(line->price_reason))
        return;
    struct explain_row *row = explain_add(e, depth, "", "Reason", line->price_reason);
    row->rule = EXPLAIN_TEXT(e, "Given by %s", line->reason_by);
}

static void discount_rows(struct explain *e, int64_t depth, const struct order_line *line)
{
    const char *own = "";

    if (line->discount.cents == 0)
        return;
    if (line->discount_ppm.ppm != 0)
        own = EXPLAIN_TEXT(e, "Its own is %s of %s", explain_rate(e->s, line->discount_ppm),
                           explain_cents(e->s, line->gross));
    else if (line->discount_amount.cents != 0)
        own = EXPLAIN_TEXT(e, "Its own is %s", explain_cents(e->s, line->discount_amount));
    explain_money(e, depth, "", "Discounts", line->discount, own)->rule = RULE_DISCOUNTS;
}

static void profit_rows(struct whole *w, int64_t depth, const struct explain_line *told)
{
    static const char *const lacks[] = {
        [SHORT_OF_NOTHING] = "",
        [SHORT_OF_FLOOR] = "! Below the shop's margin floor of",
        [SHORT_OF_COST] = "! Below cost; the margin floor is",
        [COST_UNKNOWN] = "! The cost is not known; the margin floor is",
    };
    struct explain *e = &w->d.e;
    const struct order_line *line = told->of;
    const enum shortfall lack = told->pay == PAY_CUSTOMER
                                    ? order_line_shortfall(line, w->shop.margin_floor_ppm)
                                    : SHORT_OF_NOTHING;

    if (!explain_shows_costs(e) || line->kind == LINE_CORE)
        return;
    struct explain_row *row = explain_money(
        e, depth, EXPLAIN_TEXT(e, "%s-profit", told->figure), "Gross profit", line->profit,
        EXPLAIN_TEXT(e, "%s - %s × %s cost (%s)", explain_cents(e->s, line->net),
                     explain_qty(e->s, line->quantity), explain_cents(e->s, line->cost),
                     explain_share(e->s, line->profit, line->net)));
    if (*lacks[lack] == '\0')
        return;
    row->rule =
        EXPLAIN_TEXT(e, "%s %s.", lacks[lack], explain_rate(e->s, w->shop.margin_floor_ppm));
    row->source = "Settings, Margin floor %";
}

static void line_rows(struct explain_document *d, int64_t depth, const struct explain_line *told)
{
    const struct order_line *line = told->of;

    price_row(&d->e, depth, told->figure, line);
    reason_row(&d->e, depth, line);
    discount_rows(&d->e, depth, line);
    profit_rows((struct whole *)d, depth, told);
}

/* ------------------------------------------------------------------------- total -- */

static const char *supplies_limits(const struct explain *e, const struct shop *shop)
{
    const char *least = explain_cents(e->s, shop->supplies_min);
    const char *most = explain_cents(e->s, shop->supplies_cap);

    if (shop->supplies_min.cents != 0 && shop->supplies_cap.cents != 0)
        return EXPLAIN_TEXT(e, "At least %s, at most %s.", least, most);
    if (shop->supplies_min.cents != 0)
        return EXPLAIN_TEXT(e, "At least %s.", least);
    return shop->supplies_cap.cents != 0 ? EXPLAIN_TEXT(e, "At most %s.", most) : "";
}

static void supplies_row(struct whole *w)
{
    const struct shop *shop = &w->shop;
    const struct law *law = law_find(shop->profile, LAW_SUPPLIES);
    struct explain *e = &w->d.e;
    struct money base = {0};

    if (shop->supplies_on != SUPPLIES_PARTS)
        base.cents += w->order.labor.cents;
    if (shop->supplies_on != SUPPLIES_LABOR)
        base.cents += w->order.parts.cents;
    struct explain_row *row =
        explain_part(e, 1, "supplies", "Shop supplies", w->order.supplies,
                     shop->supplies_flat.cents != 0
                         ? "A flat amount"
                         : EXPLAIN_TEXT(e, "%s of %s %s", explain_rate(e->s, shop->supplies_ppm),
                                        choice_label(&supplies_on_choices, shop->supplies_on),
                                        explain_cents(e->s, base)));
    row->rule = supplies_limits(e, shop);
    row->source = law == NULL
                      ? "Settings, Shop supplies"
                      : EXPLAIN_TEXT(e, "Settings, Shop supplies; %s", law_source(e->s, law));
}

/* --------------------------------------------------------------------------- tax -- */

static const struct tax *tax_named(const struct whole *w, const char *name)
{
    const struct tax *taxes = w->taxes.at;

    for (size_t i = 0; i < w->taxes.count; i++)
        if (text_same(taxes[i].name, name))
            return &taxes[i];
    return NULL;
}

static status taxed_rows(struct whole *w, const struct order_tax *tax)
{
    const struct tax *rule = tax_named(w, tax->name);
    struct explain *e = &w->d.e;
    unsigned classes = 0;

    if (rule == NULL || tax->base.cents == 0)
        return OK;
    TRY(tax_classes_parse(rule->classes, &classes, &e->s->fault));
    explain_money(e, 3, EXPLAIN_TEXT(e, "base-%lld", (long long)rule->id), "What is taxed",
                  tax->base, EXPLAIN_TEXT(e, "It taxes: %s", rule->classes))
        ->source = "Taxes";
    explain_taxed_lines(&w->d, classes);
    if ((classes >> TAX_CLASS_SUPPLIES & 1) != 0 && w->shop.supplies_taxable &&
        w->order.supplies.cents != 0)
        explain_part(e, 4, "supplies", "Shop supplies", w->order.supplies, "");
    return OK;
}

/* Why an open order is not taxed; "" when it is. An invoice has it in its own words. */
static status exemption(struct whole *w, const char **ret_text)
{
    struct customer customer;

    *ret_text = "";
    if (w->order.state >= ORDER_POSTED)
        return OK;
    TRY(customer_get(w->d.e.s, w->order.customer, &customer));
    *ret_text = exempt_text(w->d.e.s, &(struct billing){
                                          .tax_exempt = customer.tax_exempt,
                                          .exempt_certificate = customer.exempt_certificate,
                                          .exempt_kind = customer.exempt_kind,
                                          .exempt_until_on = customer.exempt_until_on,
                                      });
    return OK;
}

static status tax_rows(struct whole *w)
{
    const struct order_tax *taxes = w->order.taxes.at;
    struct explain *e = &w->d.e;
    const char *exempt = "";

    TRY(exemption(w, &exempt));
    explain_part(e, 1, "tax", "Tax", w->order.tax, "The jurisdictions together")->rule = exempt;
    for (size_t i = 0; i < w->order.taxes.count; i++) {
        struct explain_row *row =
            explain_tax(&w->d, i, taxes[i].name, taxes[i].rate, taxes[i].base, taxes[i].amount);
        row->rule = RULE_TAX;
        row->source = "Taxes";
        TRY(taxed_rows(w, &taxes[i]));
    }
    return OK;
}

static status total_rows(struct whole *w)
{
    const struct order *order = &w->order;
    const struct money classes[CLASS_COUNT] = {
        [CLASS_LABOR] = order->labor,
        [CLASS_PARTS] = order->parts,
        [CLASS_SUBLET] = order->sublet,
        [CLASS_FEES] = order->fees,
    };

    const char *rule = arena_printf(w->d.e.s->arena, "Declined and deferred jobs do not count.%s%s",
                                    text_is_empty(order->warning) ? "" : " ", order->warning);

    explain_total(&w->d, order->total, rule, classes);
    if (order->supplies.cents != 0)
        supplies_row(w);
    return tax_rows(w);
}

/* -------------------------------------------------------------------- other sums -- */

static const char *discount_formula(const struct explain *e, const struct order_discount *discount)
{
    const char *on = choice_label(&discount_on_choices, discount->applies_to);

    if (discount->percent.ppm != 0)
        return EXPLAIN_TEXT(e, "%s on %s", explain_rate(e->s, discount->percent), on);
    return EXPLAIN_TEXT(e, "%s on %s", explain_cents(e->s, discount->amount), on);
}

static void discounts_rows(struct whole *w)
{
    const struct order_discount *discounts = w->order.discounts.at;
    struct explain *e = &w->d.e;

    if (w->order.discount.cents == 0)
        return;
    explain_money(e, 0, "discount", "Discounts", w->order.discount, "What each line gives up")
        ->rule = RULE_DISCOUNTS;
    for (size_t i = 0; i < w->order.discounts.count; i++)
        explain_add(e, 1, EXPLAIN_TEXT(e, "discount-%lld", (long long)discounts[i].id.v),
                    discounts[i].job.v != 0 ? "On a job" : "On the whole order",
                    discount_formula(e, &discounts[i]))
            ->rule = discounts[i].reason;
    explain_discounted_lines(&w->d);
}

static void job_rows(struct whole *w, const struct order_job *job)
{
    struct explain *e = &w->d.e;
    struct explain_row *row = explain_money(e, 0, EXPLAIN_TEXT(e, "job-%lld", (long long)job->id.v),
                                            explain_job_text(e, job->position, job->title),
                                            job->amount, "Its lines after discounts, before tax");

    if (!job_counts(job))
        row->rule =
            EXPLAIN_TEXT(e, "Not counted: %s", choice_label(&job_state_choices, job->state));
    for (size_t i = 0; i < w->d.count; i++)
        if (w->d.lines[i].job == job->position)
            explain_line_row(&w->d, 1, &w->d.lines[i]);
    if (job->authorized.cents != 0)
        explain_money(e, 1, "", "Agreed to", job->authorized, "By the customer, before tax")->rule =
            job->needs_authorization ? "! Changed since: the customer has to be asked again." : "";
    if (explain_shows_costs(e))
        explain_money(e, 1, EXPLAIN_TEXT(e, "job-%lld-profit", (long long)job->id.v),
                      "Gross profit", job->profit,
                      EXPLAIN_TEXT(e, "%s - %s cost (%s)", explain_cents(e->s, job->amount),
                                   explain_cents(e->s, job->cost),
                                   explain_share(e->s, job->profit, job->amount)));
}

static void answer_rows(struct whole *w)
{
    const struct order_authorization *answers = w->order.authorizations.at;
    struct explain *e = &w->d.e;

    if (w->order.authorizations.count == 0)
        return;
    explain_money(e, 0, "authorized", "Authorized", w->order.authorized,
                  "What the customer agreed to, tax and supplies included");
    for (size_t i = 0; i < w->order.authorizations.count; i++) {
        char when[DAY_TEXT_MAX];
        struct explain_row *row = explain_money(
            e, 1, "",
            EXPLAIN_TEXT(e, "%s, %s", instant_show(answers[i].at, when), answers[i].person),
            answers[i].total,
            EXPLAIN_TEXT(e, "%s more, %s", explain_cents(e->s, answers[i].added),
                         choice_label(&authorization_method_choices, answers[i].method)));
        row->rule =
            EXPLAIN_TEXT(e, "Code %s, recorded by %s", answers[i].code, answers[i].staff_name);
    }
}

/* Payments are its invoices': each says which. */
static status balance_rows(struct whole *w)
{
    const struct money balance = {w->order.total.cents - w->order.paid.cents};
    struct explain *e = &w->d.e;
    struct rows invoices;

    explain_money(e, 0, "balance", "Balance", balance,
                  EXPLAIN_TEXT(e, "%s - %s paid", explain_cents(e->s, w->order.total),
                               explain_cents(e->s, w->order.paid)));
    TRY(store_list(e->s->store, SQL_INVOICES, NO_ROW, BINDS(BIND_ID("order", w->order.id)),
                   e->s->arena, &invoice_shape_of_order, &invoices));
    if (invoices.count == 0)
        return OK;
    explain_money(e, 1, "paid", "Paid", w->order.paid, "On its invoices");
    const struct invoice_of_order *invoice = invoices.at;
    for (size_t i = 0; i < invoices.count; i++) {
        struct explain_row *row = explain_part(
            e, 2, "", EXPLAIN_TEXT(e, "Invoice %lld", (long long)invoice[i].record),
            invoice[i].paid, EXPLAIN_TEXT(e, "of %s", explain_cents(e->s, invoice[i].total)));
        row->noun = "invoice";
        row->record.v = invoice[i].record;
    }
    return OK;
}

static void order_profit_rows(struct whole *w)
{
    const struct order_job *jobs = w->order.jobs.at;
    const struct order *order = &w->order;
    struct explain *e = &w->d.e;

    if (!explain_shows_costs(e))
        return;
    explain_document_profit(&w->d, order->total, order->tax, order->cost, order->profit)->rule =
        "Costs as written up; the invoice takes what its parts really cost.";
    for (size_t i = 0; i < order->jobs.count; i++)
        if (job_counts(&jobs[i]))
            explain_part(e, 1, "", explain_job_text(e, jobs[i].position, jobs[i].title),
                         jobs[i].profit,
                         EXPLAIN_TEXT(e, "%s - %s", explain_cents(e->s, jobs[i].amount),
                                      explain_cents(e->s, jobs[i].cost)));
    if (order->supplies.cents != 0)
        explain_part(e, 1, "", "Shop supplies", order->supplies, "Without a cost of their own");
}

/* --------------------------------------------------------------------- operation -- */

static status order_explain(struct session *s, const void *input, void *output)
{
    const struct order_explain *in = input;
    struct whole w = {.d = {.e = {.s = s}, .below = line_rows}};

    TRY(order_get(s, in->order, &w.order));
    TRY(shop_get(s, &w.shop));
    TRY(tax_list(s, &w.taxes));
    read_lines(&w);
    TRY(total_rows(&w));
    discounts_rows(&w);
    const struct order_job *jobs = w.order.jobs.at;
    for (size_t i = 0; i < w.order.jobs.count; i++)
        job_rows(&w, &jobs[i]);
    answer_rows(&w);
    TRY(balance_rows(&w));
    order_profit_rows(&w);
    return explain_done(&w.d.e, EXPLAIN_TEXT(&w.d.e, "RO %lld", (long long)in->order.v), in->figure,
                        output);
}

const struct op order_explain_op = {
    .name = "order.explain",
    .says = "Explain every figure of a repair order: formula, rule and rows behind it",
    .title = "Explain a repair order",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct order_explain, explain_fields),
    .out = &explanation_shape,
    .run = order_explain,
    .owns = order_is_own,
};
