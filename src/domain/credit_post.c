/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a credit memo means to shelf, cores, ledger and customer: parts go back at what they had
 * cost, sales and tax go down, and the amount settles its invoice first; the rest is credit. */

#include "claim_inner.h"
#include "credit_inner.h"
#include "domain/customer.h"
#include "domain/ledger.h"
#include "domain/list.h"
#include "domain/number.h"
#include "domain/stock.h"
#include "payment_inner.h"

static const char SQL_CORE_CLOSE[] =
    "UPDATE customer_core\n"
    "SET state = 'refunded', closed_on = :today, entry = :entry, revision = revision + 1\n"
    "WHERE id = :core";
/* What the entry is made of. */
struct sums {
    struct money fees, deposits;           /* cores apart */
    struct money part, internal, warranty; /* what was put back, by what it had been booked to */
    struct ledger_line *charges;           /* of an invoice without an order */
    size_t charge_count;
};

/* ---- the shelf ---- */

static struct money *cost_of(struct sums *sums, enum job_pay pay)
{
    if (pay == PAY_CUSTOMER)
        return &sums->part;
    return pay == PAY_WARRANTY ? &sums->warranty : &sums->internal;
}

static status put_back(struct session *s, struct crediting *c, struct crediting_line *line,
                       struct sums *sums)
{
    struct money *booked = cost_of(sums, line->of->pay);
    struct stock_effect effect;

    TRY(stock_move(s,
                   &(struct stock_change){
                       .part = line->of->part,
                       .kind = STOCK_RETURN,
                       .quantity = line->quantity,
                       .value = line->cost,
                       .invoice = c->invoice.id,
                       .reason = arena_printf(s->arena, "Credit memo %lld", (long long)c->id.v)},
                   &effect));
    TRY(money_add(*booked, effect.moved, booked));
    TRY(money_add(c->shelf, effect.moved, &c->shelf));
    return money_add(c->recost, effect.recost, &c->recost);
}

/* ---- the entry ---- */

/* A core that was kept became income; giving it back takes that away again. */
static status add_line(struct session *s, struct crediting *c, struct crediting_line *line,
                       struct sums *sums)
{
    const struct creditable *of = line->of;

    TRY(money_add(c->cost, line->cost, &c->cost));
    if (line->back == CREDIT_RESTOCK && of->kind == LINE_PART)
        TRY(put_back(s, c, line, sums));
    if (of->account.v != 0) {
        sums->charges[sums->charge_count++] =
            (struct ledger_line){.other = of->account, .amount = line->net};
        return OK;
    }
    if (of->kind == LINE_CORE && of->core_state == CORE_CHARGED)
        return money_add(sums->deposits, line->net, &sums->deposits);
    if (of->kind != LINE_LABOR && of->kind != LINE_PART && of->kind != LINE_SUBLET)
        return money_add(sums->fees, line->net, &sums->fees);
    return OK;
}

static status post_entry(struct session *s, struct crediting *c, const struct sums *sums,
                         const char *reason)
{
    const struct ledger_line fixed[] = {
        {.account = ACCOUNT_LABOR_SALES, .amount = c->labor},
        {.account = ACCOUNT_PART_SALES, .amount = c->parts},
        {.account = ACCOUNT_SUBLET_SALES, .amount = c->sublet},
        {.account = ACCOUNT_FEE_SALES, .amount = sums->fees},
        {.account = ACCOUNT_CORE_DEPOSIT, .amount = sums->deposits},
        {.account = ACCOUNT_SUPPLIES_SALES, .amount = c->supplies},
        {.account = ACCOUNT_TAX_PAYABLE, .amount = c->tax},
        {.account = ACCOUNT_INVENTORY, .amount = {c->shelf.cents - c->recost.cents}},
        {.account = ACCOUNT_PART_COST, .amount = {c->recost.cents - sums->part.cents}},
        {.account = ACCOUNT_INTERNAL_COST, .amount = money_negate(sums->internal)},
        {.account = ACCOUNT_WARRANTY_COST, .amount = money_negate(sums->warranty)},
        {.account = ACCOUNT_RECEIVABLE,
         .amount = money_negate(c->total),
         .customer = c->invoice.customer},
    };
    struct ledger_line *lines =
        NEW_ARRAY(s->arena, struct ledger_line, COUNT_OF(fixed) + sums->charge_count);
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        lines[count++] = fixed[i];
    for (size_t i = 0; i < sums->charge_count; i++)
        lines[count++] = sums->charges[i];
    return ledger_post(s, c->issued_on, "invoice", c->invoice.id.v,
                       arena_printf(s->arena, "Credit memo %lld of invoice %lld: %s",
                                    (long long)c->id.v, (long long)c->invoice.id.v, reason),
                       lines, count, &c->entry);
}

/* ---- the money ---- */

/* More than is due: a payment that can be applied or paid out. */
static status give_credit(struct session *s, struct crediting *c, struct money rest)
{
    const char *note = arena_printf(s->arena, "Credit memo %lld, invoice %lld", (long long)c->id.v,
                                    (long long)c->invoice.id.v);
    const struct ledger_line from = {
        .account = ACCOUNT_RECEIVABLE, .amount = rest, .customer = c->invoice.customer};
    const struct payment_credit credit = {.customer = c->invoice.customer,
                                          .customer_name = c->invoice.customer_name,
                                          .memo = note,
                                          .amount = rest,
                                          .given_on = c->issued_on,
                                          .from = &from,
                                          .from_count = 1};
    struct entry_id entry;

    return payment_write_credit(s, &credit, &c->payment, &entry);
}

static status settle(struct session *s, struct crediting *c)
{
    c->applied = money_min(c->total, c->invoice.balance);
    const struct money rest = {c->total.cents - c->applied.cents};

    if (rest.cents > 0)
        TRY(give_credit(s, c, rest));
    if (c->applied.cents > 0)
        TRY(invoice_add_paid(s, c->invoice.id, c->applied));
    return customer_move_balance(s, c->invoice.customer, money_negate(c->applied), rest);
}

static status close_core(struct session *s, const struct crediting *c,
                         const struct crediting_line *line)
{
    if (line->of->kind != LINE_CORE || line->of->core.v == 0)
        return OK;
    if (line->back == CREDIT_RESTOCK && line->of->part.v != 0)
        TRY(claim_core_came(s, line->of->part, line->quantity));
    return store_run(s->store, SQL_CORE_CLOSE, NO_ROW,
                     BINDS(BIND_ID("core", line->of->core), BIND_DAY("today", c->issued_on),
                           BIND_ID("entry", c->entry)));
}

status credit_post(struct session *s, struct crediting *c, const char *reason)
{
    struct sums sums = {.charges = NEW_ARRAY(s->arena, struct ledger_line, c->count)};

    for (size_t i = 0; i < c->count; i++)
        TRY(add_line(s, c, &c->lines[i], &sums));
    TRY(post_entry(s, c, &sums, reason));
    for (size_t i = 0; i < c->count; i++)
        TRY(close_core(s, c, &c->lines[i]));
    return settle(s, c);
}
