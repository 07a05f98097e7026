/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Posting: from a repair order whose work is done to its invoice, in one step. What the order comes
 * to is order_get_settled's; decided here is whether it may be posted, what is frozen, and what it
 * means to stock and ledger. The texts that are frozen are made in invoice_text.c. */

#include "base/text.h"
#include "domain/coupon.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/ledger.h"
#include "domain/list.h"
#include "domain/number.h"
#include "domain/order.h"
#include "domain/profile.h"
#include "domain/stock.h"
#include "invoice_inner.h"
#include "invoice_law.h"
#include "invoice_text.h"
#include "line_part.h"
#include "order_inner.h"

/* clang-format off */
static const struct field billing_fields[] = {
    FIELD(struct billing, invoice),
    FIELD(struct billing, state, .choices = &order_state_choices),
    FIELD(struct billing, terms_days),
    FIELD(struct billing, tax_exempt),
    FIELD(struct billing, exempt_certificate),
    FIELD(struct billing, exempt_kind),
    FIELD(struct billing, exempt_until_on),
    FIELD(struct billing, invoice_terms),
    FIELD(struct billing, warranty_text),
    FIELD(struct billing, supplies_text),
};
/* clang-format on */
static const struct shape billing_shape = SHAPE_OF(struct billing, "billing", billing_fields);

static const char SQL_BILLING[] =
    "SELECT o.invoice AS invoice, o.state AS state,\n"
    "       CASE WHEN o.account = 'at_once' THEN 0 ELSE c.terms_days END AS terms_days,\n"
    "       c.tax_exempt AS tax_exempt,\n"
    "       c.exempt_certificate AS exempt_certificate, c.exempt_kind AS exempt_kind,\n"
    "       c.exempt_until_on AS exempt_until_on, s.invoice_terms AS invoice_terms,\n"
    "       s.warranty_text AS warranty_text, s.supplies_text AS supplies_text\n"
    "FROM repair_order o\n"
    "JOIN customer c ON c.id = o.customer\n"
    "JOIN shop s ON s.id = 1\n"
    "WHERE o.id = :order";

static const char SQL_INVOICE_ADD[] =
    "INSERT INTO invoice (id, repair_order, customer, vehicle, posted_on, posted_at, due_on,\n"
    "                     posted_by, writer, bill_to, customer_phone, vehicle_text,\n"
    "                     odometer_in_mi, po_number, note, terms, exempt_text, authorized_text,\n"
    "                     labor, parts, sublet, fees, supplies, discount, tax, total, cost, "
    "entry, letterhead)\n"
    "VALUES (:id, :order, :customer, :vehicle, :posted_on, :posted_at, :due_on,\n"
    "        :posted_by, :writer_name, :bill_to, :customer_phone, :vehicle_text,\n"
    "        :odometer, :po_number, :customer_note, :terms, :exempt_text, :authorized_text,\n"
    "        :labor, :parts, :sublet, :fees, :supplies, :discount, :tax, :total, :posted_cost,\n"
    "        :entry, (SELECT letterhead FROM shop))";

static const char SQL_JOB_ADD[] =
    "INSERT INTO invoice_job (invoice, job, position, title, concern, cause, correction,\n"
    "                         technician, pay, amount)\n"
    "VALUES (:invoice, :id, :position, :title, :concern, :cause, :correction,\n"
    "        :technician_name, :pay, :amount)";

static const char SQL_LINE_ADD[] =
    "INSERT INTO invoice_line (invoice_job, line, position, kind, description, sku, condition,\n"
    "                          technician, quantity, price, taxable, gross, discount, net, cost,\n"
    "                          part, dot)\n"
    "VALUES (:invoice_job, :id, :position, :kind, :description, :sku, :condition,\n"
    "        :technician_name, :quantity, :price, :taxable, :gross, :discount, :net, "
    ":posted_cost,\n"
    "        :part, :dot)";

static const char SQL_TAX_ADD[] =
    "INSERT INTO invoice_tax (invoice, position, name, rate, base, amount, classes)\n"
    "VALUES (:invoice, :position, :name, :rate, :base, :amount, :classes)";

static const char SQL_SIGNATURE_ADD[] =
    "INSERT INTO invoice_signature (invoice, authorization, says)\n"
    "VALUES (:invoice, :authorization, :says)";

static const char SQL_JOB_POSTED[] = "UPDATE job\n"
                                     "SET invoice = :invoice\n"
                                     "WHERE id = :job";

static const char SQL_ORDER_POSTED[] = "UPDATE repair_order\n"
                                       "SET invoice = :invoice, state = :state,\n"
                                       "    hold = 'none', revision = revision + 1\n"
                                       "WHERE id = :order";

/* One order on its way to its invoice. */
struct posting {
    struct order order;
    struct billing billing;
    struct invoice_part part;
    struct invoice_id invoice;
    struct day posted_on;
    struct entry_id entry;
    struct money *costs;      /* of every line, in the order of jobs and lines */
    struct money cost;        /* of all lines */
    struct money stock_cost;  /* taken from stock */
    struct money pulled_cost; /* taken from it before */
    struct money bought;      /* what never was in stock: parts, sublet work and fees */
    /* Where the cost goes: with what was sold, or to what the customer does not pay for. */
    struct money part_cost, sublet_cost, internal_cost, warranty_cost;
    struct money cores; /* charged, and the customer's to have back */
};

/* ---- may it be posted? ---- */

static status get_billing(struct session *s, struct order_id order, struct billing *ret_billing)
{
    return found(s,
                 store_get(s->store, SQL_BILLING, NO_ROW, BINDS(BIND_ID("order", order)), s->arena,
                           &billing_shape, ret_billing),
                 "There is no repair order %lld. Look for it by customer or vehicle.",
                 (long long)order.v);
}

static status must_be_open(struct session *s, struct order_id order, const struct billing *billing)
{
    if (billing->invoice.v != 0)
        return fail(s, ERR_CONFLICT, "Repair order %lld is already invoiced as %lld.",
                    (long long)order.v, (long long)billing->invoice.v);
    if (billing->state == ORDER_VOID)
        return fail(s, ERR_CONFLICT, "Repair order %lld is void. Write up a new one.",
                    (long long)order.v);
    return OK;
}

static status total_must_be_authorized(struct session *s, const struct posting *posting)
{
    const struct money total = {posting->order.total.cents + posting->part.billed.total.cents};
    const struct money authorized = posting->order.authorized;
    const char *why = "";
    struct money most, above, split;
    char texts[3][NUMBER_TEXT_MAX];

    TRY(law_limit(s, authorized, &most, &why));
    TRY(money_sub(total, authorized, &above));
    TRY(order_split_cents_of(s, &posting->order, &posting->part.billed, &split));
    if (total.cents - split.cents <= most.cents)
        return OK;
    return fail(s, ERR_CONFLICT,
                "The total of %s is %s above the %s that the customer authorized. Record the "
                "customer's answer to the new total, or take work off.%s%s",
                money_show(total, texts[0]), money_show(above, texts[1]),
                money_show(authorized, texts[2]), text_is_empty(why) ? "" : " ", why);
}

/* ---- stock and costs ---- */

/* The account's sum that the cost of a line is booked to. */
static struct money *cost_of(struct posting *posting, const struct order_job *job,
                             const struct order_line *line)
{
    if (job->pay != PAY_CUSTOMER)
        return job->pay == PAY_WARRANTY ? &posting->warranty_cost : &posting->internal_cost;
    return line->kind == LINE_PART ? &posting->part_cost : &posting->sublet_cost;
}

/* A part of the catalog costs what its stock was worth: what was pulled before, what it was worth
 * then; the rest leaves the shelf now. */
static status take_part(struct session *s, struct posting *posting, const struct order_line *line,
                        struct money *ret_cost)
{
    const struct qty rest = {line->quantity.thousandths - line->pulled.thousandths};
    struct money issued = MONEY_ZERO;

    TRY(line_check_pulled(s, line, line->part, line->quantity));
    TRY(stock_issue(s, line->part, rest, posting->invoice, &issued));
    TRY(money_add(posting->stock_cost, issued, &posting->stock_cost));
    TRY(money_add(posting->pulled_cost, line->pulled_value, &posting->pulled_cost));
    return money_add(issued, line->pulled_value, ret_cost);
}

/* All else costs what was written up; a core is a deposit on both sides, and no profit. Wages reach
 * the books through payroll: an hour's cost counts for the margin alone. */
static status take_other(struct posting *posting, const struct order_line *line,
                         struct money *ret_cost)
{
    struct money cost;

    if (line->kind == LINE_CORE) {
        *ret_cost = line->net;
        return money_add(posting->cores, line->net, &posting->cores);
    }
    TRY(money_times_qty(line->cost, line->quantity, &cost));
    if (line->kind != LINE_LABOR)
        TRY(money_add(posting->bought, cost, &posting->bought));
    *ret_cost = cost;
    return OK;
}

static status take_cost(struct session *s, struct posting *posting, const struct order_job *job,
                        const struct order_line *line, struct money *ret_cost)
{
    struct money *booked = cost_of(posting, job, line);

    if (line->kind == LINE_PART && line->part.v != 0)
        TRY(take_part(s, posting, line, ret_cost));
    else
        TRY(take_other(posting, line, ret_cost));
    if (line->kind != LINE_LABOR && line->kind != LINE_CORE)
        TRY(money_add(*booked, *ret_cost, booked));
    return money_add(posting->cost, *ret_cost, &posting->cost);
}

static size_t count_lines(const struct order *order)
{
    const struct order_job *job = order->jobs.at;
    size_t count = 0;

    for (size_t i = 0; i < order->jobs.count; i++)
        count += job[i].lines.count;
    return count;
}

static status take_costs(struct session *s, struct posting *posting)
{
    const struct order_job *job = posting->order.jobs.at;
    size_t next = 0;

    posting->costs = NEW_ARRAY(s->arena, struct money, count_lines(&posting->order));
    for (size_t i = 0; i < posting->order.jobs.count; i++) {
        const struct order_line *line = job[i].lines.at;
        for (size_t k = 0; k < job[i].lines.count; k++, next++)
            if (invoice_takes(&job[i]))
                TRY(take_cost(s, posting, &job[i], &line[k], &posting->costs[next]));
    }
    return OK;
}

/* ---- ledger ---- */

static status post_entry(struct session *s, struct posting *posting)
{
    const struct order *order = &posting->order;
    const struct money fees = {order->fees.cents - posting->cores.cents};
    const struct ledger_line lines[] = {
        {ACCOUNT_RECEIVABLE, order->total, order->customer},
        {ACCOUNT_LABOR_SALES, money_negate(order->labor), {0}},
        {ACCOUNT_PART_SALES, money_negate(order->parts), {0}},
        {ACCOUNT_SUBLET_SALES, money_negate(order->sublet), {0}},
        {ACCOUNT_FEE_SALES, money_negate(fees), {0}},
        {ACCOUNT_CORE_DEPOSIT, money_negate(posting->cores), {0}},
        {ACCOUNT_SUPPLIES_SALES, money_negate(order->supplies), {0}},
        {ACCOUNT_TAX_PAYABLE, money_negate(order->tax), {0}},
        {ACCOUNT_PART_COST, posting->part_cost, {0}},
        {ACCOUNT_SUBLET_COST, posting->sublet_cost, {0}},
        {ACCOUNT_INTERNAL_COST, posting->internal_cost, {0}},
        {ACCOUNT_WARRANTY_COST, posting->warranty_cost, {0}},
        {ACCOUNT_INVENTORY, money_negate(posting->stock_cost), {0}},
        {ACCOUNT_WORK_IN_PROCESS, money_negate(posting->pulled_cost), {0}},
        {ACCOUNT_SUBLET_ACCRUED, money_negate(posting->bought), {0}},
    };
    return ledger_post(s, posting->posted_on, "invoice", posting->invoice.v,
                       arena_printf(s->arena, "Invoice %lld, repair order %lld",
                                    (long long)posting->invoice.v, (long long)order->id.v),
                       lines, COUNT_OF(lines), &posting->entry);
}

/* ---- the frozen copy ---- */

static struct bind bind_odometer(const struct order *order)
{
    if (order->odometer_in_mi < 0)
        return (struct bind)BIND_NULL("odometer");
    return (struct bind)BIND_INT("odometer", order->odometer_in_mi);
}

static status write_invoice(struct session *s, const struct posting *posting)
{
    const struct order *order = &posting->order;
    const struct billing *billing = &posting->billing;
    const struct day today = posting->posted_on;

    return store_run(
        s->store, SQL_INVOICE_ADD, BIND_ROW(&order_shape, order),
        BINDS(BIND_ID("id", posting->invoice), BIND_ID("order", order->id),
              BIND_DAY("posted_on", today), BIND_INSTANT("posted_at", session_now(s)),
              BIND_DAY("due_on", day_add(today, (int)billing->terms_days)),
              BIND_ID("posted_by", s->user), BIND_TEXT("vehicle_text", vehicle_text(s, order)),
              bind_odometer(order), BIND_TEXT("terms", terms_text(s, order, billing)),
              BIND_TEXT("exempt_text", exempt_text(s, billing)),
              BIND_TEXT("authorized_text", authorized_text(s, order)),
              BIND_MONEY("posted_cost", posting->cost), BIND_ID("entry", posting->entry)));
}

static status write_lines(struct session *s, const struct posting *posting,
                          const struct order_job *job, const struct money *costs)
{
    const struct order_line *line = job->lines.at;
    const int64_t invoice_job = store_last_id(s->store);

    for (size_t i = 0; i < job->lines.count; i++) {
        TRY(store_run(s->store, SQL_LINE_ADD, BIND_ROW(&order_line_shape, &line[i]),
                      BINDS(BIND_INT("invoice_job", invoice_job),
                            BIND_INT("position", (int64_t)i + 1),
                            BIND_MONEY("posted_cost", costs[i]))));
        if (line[i].kind == LINE_CORE)
            TRY(invoice_write_core(s, &posting->order, posting->invoice,
                                   (struct invoice_line_id){store_last_id(s->store)}, &line[i]));
    }
    return OK;
}

/* Declined and deferred jobs stay on the order: they are the next visit's first line. */
static status write_jobs(struct session *s, const struct posting *posting)
{
    const struct order_job *job = posting->order.jobs.at;
    const struct money *costs = posting->costs;

    for (size_t i = 0; i < posting->order.jobs.count; i++) {
        if (invoice_takes(&job[i])) {
            TRY(store_run(s->store, SQL_JOB_ADD, BIND_ROW(&order_job_shape, &job[i]),
                          BINDS(BIND_ID("invoice", posting->invoice))));
            TRY(write_lines(s, posting, &job[i], costs));
        }
        costs += job[i].lines.count;
    }
    return OK;
}

/* What a jurisdiction has taxed: kinds of lines, and supplies where they were taxable. A credit
 * memo gives tax back on these alone. */
static int64_t taxed_classes(const struct price *rules, const struct order_tax *tax, size_t at)
{
    const unsigned supplies = 1u << TAX_CLASS_SUPPLIES;

    if (tax->base.cents == 0 || at >= rules->tax_count)
        return 0;
    return rules->supplies_rule.taxable ? rules->taxes[at].classes
                                        : rules->taxes[at].classes & ~supplies;
}

static status write_taxes(struct session *s, const struct posting *posting)
{
    const struct order_tax *tax = posting->order.taxes.at;
    struct price rules = {0};

    TRY(order_price_rules(s, &rules));
    for (size_t i = 0; i < posting->order.taxes.count; i++)
        TRY(store_run(s->store, SQL_TAX_ADD, NO_ROW,
                      BINDS(BIND_ID("invoice", posting->invoice),
                            BIND_INT("position", (int64_t)i + 1), BIND_TEXT("name", tax[i].name),
                            BIND_INT("rate", tax[i].rate.ppm), BIND_MONEY("base", tax[i].base),
                            BIND_MONEY("amount", tax[i].amount),
                            BIND_INT("classes", taxed_classes(&rules, &tax[i], i)))));
    return OK;
}

static status write_signatures(struct session *s, const struct posting *posting)
{
    const struct order_authorization *answer = posting->order.authorizations.at;

    for (size_t i = 0; i < posting->order.authorizations.count; i++)
        if (answer[i].signature[0] != '\0')
            TRY(store_run(s->store, SQL_SIGNATURE_ADD, NO_ROW,
                          BINDS(BIND_ID("invoice", posting->invoice),
                                BIND_ID("authorization", answer[i].id),
                                BIND_TEXT("says", signature_text(s, &answer[i])))));
    return OK;
}

/* What is invoiced is spoken for and pulled no more: the schema sees to it. */
static status invoice_jobs(struct session *s, const struct posting *posting)
{
    const struct order_job *job = posting->order.jobs.at;

    for (size_t i = 0; i < posting->order.jobs.count; i++)
        if (invoice_takes(&job[i]))
            TRY(store_run(s->store, SQL_JOB_POSTED, NO_ROW,
                          BINDS(BIND_ID("job", job[i].id), BIND_ID("invoice", posting->invoice))));
    return OK;
}

static status close_order(struct session *s, const struct posting *posting)
{
    const enum order_state state = posting->order.total.cents == 0   ? ORDER_PAID
                                   : posting->billing.terms_days > 0 ? ORDER_RECEIVABLE
                                                                     : ORDER_POSTED;

    return store_run(s->store, SQL_ORDER_POSTED, NO_ROW,
                     BINDS(BIND_ID("order", posting->order.id),
                           BIND_ID("invoice", posting->invoice),
                           BIND_TEXT("state", choice_word(&order_state_choices, state))));
}

/* ---- the operation ---- */

static bool is_exempt(struct session *s, const struct billing *billing)
{
    const struct day until = billing->exempt_until_on;

    return billing->tax_exempt &&
           (until.iso[0] == '\0' || day_compare(until, session_today(s)) >= 0);
}

/* An invoice that was forgotten may be made for its own day, while that is open. */
static status take_day(struct session *s, const struct invoice_post *in, const struct order *order)
{
    const struct day opened_on = instant_day(order->opened_at);
    char day[DAY_TEXT_MAX];

    if (in->posted_on.iso[0] != '\0' && day_compare(in->posted_on, opened_on) < 0)
        return fail_field(s, "posted_on",
                          "The order was written up on %s. Its invoice is of that day or later.",
                          day_show(opened_on, day));
    return ledger_post_on(s, in->posted_on, in->earlier, "posted_on", "earlier");
}

static status invoice_post(struct session *s, const void *input, void *output)
{
    const struct invoice_post *in = input;
    struct posting posting = {0};

    TRY(get_billing(s, in->order, &posting.billing));
    TRY(must_be_open(s, in->order, &posting.billing));
    TRY(order_get_settled(s, in->order, in->revision, &posting.order));
    TRY(take_day(s, in, &posting.order));
    TRY(invoice_choose(s, &posting.order, in->jobs, &posting.part));
    TRY(coupon_must_hold(s, &posting.order));
    const struct order whole = posting.order;
    const bool exempt = is_exempt(s, &posting.billing);
    if (!posting.part.is_whole)
        TRY(order_make_document(s, &posting.order, exempt, &posting.part.billed,
                                posting.part.chosen));
    TRY(total_must_be_authorized(s, &posting));
    TRY(order_may_be_owed(s, in->order, posting.order.customer, posting.order.total, false));

    TRY(ledger_open_day(s, &posting.posted_on));
    TRY(number_take(s, NUMBER_INVOICE, &posting.invoice.v));
    TRY(take_costs(s, &posting));
    TRY(post_entry(s, &posting));
    TRY(write_invoice(s, &posting));
    TRY(write_jobs(s, &posting));
    TRY(write_taxes(s, &posting));
    TRY(write_signatures(s, &posting));
    TRY(invoice_write_law(s, posting.invoice));
    TRY(invoice_index(s, posting.invoice, posting.order.id, posting.order.customer_name));
    if (!posting.part.is_whole)
        TRY(order_use_discounts(s, &whole, exempt, posting.part.chosen, posting.invoice));
    TRY(coupon_use(s, &whole, posting.invoice, posting.part.is_whole));
    TRY(invoice_jobs(s, &posting));
    TRY(customer_move_balance(s, posting.order.customer, posting.order.total, MONEY_ZERO));
    TRY(posting.part.is_whole ? close_order(s, &posting) : order_settle(s, whole.id, 0));
    return invoice_get(s, posting.invoice, output);
}

static const struct field invoice_post_fields[] = {
    FIELD(struct invoice_post, order, .label = "Repair order", .picks = "order.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_post, jobs, .max = 120, .example = "1 3",
          .help = "Numbers of finished jobs to invoice alone; empty: all of the order"),
    FIELD(struct invoice_post, posted_on, .label = "Of the day",
          .help = "Empty: today; a day before it, while that is not closed"),
    FIELD(struct invoice_post, earlier, .label = "An earlier day",
          .help = "Yes, that day is meant"),
    FIELD(struct invoice_post, revision, .flags = FIELD_HIDDEN),
};

const struct op invoice_post_op = {
    .name = "invoice.post",
    .says = "Make the invoice of a repair order, or of those of its jobs that are done",
    .title = "Make the invoice",
    .right = RIGHT_INVOICES_POST,
    .kind = OP_WRITES,
    .in = SHAPE(struct invoice_post, invoice_post_fields),
    .out = &invoice_shape,
    .run = invoice_post,
    .about = "order",
};
