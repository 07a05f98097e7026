/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Credit memos: lines of an invoice taken back, in part or whole, with the tax that was charged, so
 * that all memos of an invoice together are the invoice to the cent. */

#include "twin.h"

#include <stddef.h>

/* One memo on its way. */
struct memo {
    struct twin_invoice *invoice;
    int count;
    struct twin_crediting line[TWIN_JOBS * TWIN_LINES];
    int64_t net[TWIN_JOBS * TWIN_LINES], cost[TWIN_JOBS * TWIN_LINES];
    int64_t supplies, tax[TWIN_TAXES], total;
    struct twin_gift *gift; /* that the invoice sold */
};

static bool is_refunded(const struct twin *twin, const struct twin_sold *sold)
{
    return sold->kind == TWIN_CORE && sold->core >= 0 &&
           twin->core[sold->core].state == TWIN_CORE_REFUNDED;
}

int64_t twin_left_of(const struct twin *twin, const struct twin_sold *sold)
{
    return is_refunded(twin, sold) ? 0 : sold->quantity - sold->gone;
}

static bool comes_back(const struct twin_sold *sold)
{
    return sold->part >= 0 || sold->kind == TWIN_CORE;
}

/* What this quantity adds to what is credited by now. */
static int64_t share_of(const struct twin_sold *sold, int64_t whole, int64_t quantity)
{
    return twin_share(whole, sold->gone + quantity, sold->quantity) -
           twin_share(whole, sold->gone, sold->quantity);
}

/* Of a certificate what is not used, when all that is left of its line is credited. */
static bool take_unused(struct memo *memo, int64_t left)
{
    int64_t *net = &memo->net[memo->count];

    if (memo->gift == NULL)
        return true;
    if (memo->gift->balance == 0 ||
        (*net > memo->gift->balance && memo->line[memo->count].quantity != left))
        return false;
    if (*net > memo->gift->balance)
        *net = memo->gift->balance;
    return true;
}

static bool choose(const struct twin *twin, struct memo *memo, const struct twin_crediting *line)
{
    const struct twin_sold *sold = &memo->invoice->sold[line->line];
    const int64_t left = twin_left_of(twin, sold);
    const int64_t quantity = line->quantity != 0 ? line->quantity : left;

    for (int i = 0; i < memo->count; i++)
        if (memo->line[i].line == line->line)
            return false;
    if (left == 0 || quantity > left || (sold->kind == TWIN_CORE && quantity != sold->quantity) ||
        (line->back != TWIN_STAYS && !comes_back(sold)))
        return false;
    memo->line[memo->count] = *line;
    memo->line[memo->count].quantity = quantity;
    memo->net[memo->count] = share_of(sold, sold->net, quantity);
    if (!take_unused(memo, left))
        return false;
    memo->cost[memo->count++] =
        line->back == TWIN_RESTOCK && sold->part >= 0 ? share_of(sold, sold->cost, quantity) : 0;
    return true;
}

static bool choose_all(const struct twin *twin, struct memo *memo, enum twin_back back)
{
    struct twin_invoice *invoice = memo->invoice;

    for (int i = 0; i < invoice->solds; i++) {
        const struct twin_sold *sold = &invoice->sold[i];
        const struct twin_crediting line = {i, 0, comes_back(sold) ? back : TWIN_STAYS};
        if (twin_left_of(twin, sold) > 0 && !choose(twin, memo, &line))
            return false;
    }
    memo->supplies = invoice->supplies - invoice->gone_supplies;
    return true;
}

/* The rate of then on all that is credited by now, less what went back before. */
static int64_t tax_of(const struct twin *twin, const struct memo *memo, int t)
{
    const struct twin_invoice *invoice = memo->invoice;
    const unsigned classes = invoice->classes[t];
    const bool on_supplies = (classes >> TWIN_SUPPLIES & 1) != 0;
    int64_t before = on_supplies ? invoice->gone_supplies : 0, gone = invoice->gone_tax[t];
    int64_t now = on_supplies ? memo->supplies : 0;

    for (int i = 0; i < invoice->solds; i++) {
        const struct twin_sold *sold = &invoice->sold[i];
        if (!sold->taxable || (classes >> sold->kind & 1) == 0)
            continue;
        if (is_refunded(twin, sold) && sold->gone == 0) { /* the core alone, with its share */
            before += sold->net;
            gone += invoice->base[t] != 0 ? twin_share(invoice->tax[t], sold->net, invoice->base[t])
                                          : 0;
        } else {
            before += sold->gone_net;
        }
    }
    for (int i = 0; i < memo->count; i++) {
        const struct twin_sold *sold = &invoice->sold[memo->line[i].line];
        if (sold->taxable && (classes >> sold->kind & 1) != 0)
            now += memo->net[i];
    }
    const int64_t whole = twin_share(before + now, invoice->rate[t], 1000000);
    return now > 0 && whole > gone ? whole - gone : 0;
}

static enum twin_account sales_of(const struct twin *twin, const struct twin_sold *sold)
{
    if (sold->account != TWIN_ACCOUNTS)
        return sold->account;
    if (sold->kind == TWIN_LABOR)
        return TWIN_LABOR_SALES;
    if (sold->kind == TWIN_PART)
        return TWIN_PART_SALES;
    if (sold->kind == TWIN_SUBLET)
        return TWIN_SUBLET_SALES;
    return sold->kind == TWIN_CORE && sold->core >= 0 &&
                   twin->core[sold->core].state == TWIN_CORE_CHARGED
               ? TWIN_CORE_DEPOSIT
               : TWIN_FEE_SALES;
}

static enum twin_account cost_account(enum twin_pay pay)
{
    if (pay == TWIN_CUSTOMER_PAYS)
        return TWIN_PART_COST;
    return pay == TWIN_WARRANTY ? TWIN_WARRANTY_COST : TWIN_INTERNAL_COST;
}

static void take_back(struct twin *twin, const struct memo *memo, int i)
{
    const struct twin_crediting *line = &memo->line[i];
    struct twin_sold *sold = &memo->invoice->sold[line->line];

    twin_post_to(twin, sales_of(twin, sold), memo->net[i]);
    if (line->back == TWIN_RESTOCK && sold->part >= 0) {
        twin_return(twin, sold->part, line->quantity, memo->cost[i]);
        twin_post_to(twin, cost_account(sold->pay), -memo->cost[i]);
    }
    if (sold->core >= 0)
        twin->core[sold->core].state = TWIN_CORE_REFUNDED;
    sold->gone += line->quantity;
    sold->gone_net += memo->net[i];
}

static void issue(struct twin *twin, struct memo *memo)
{
    struct twin_invoice *invoice = memo->invoice;
    const int64_t due = twin_due(invoice);
    const int64_t applied = memo->total < due ? memo->total : due;

    for (int i = 0; i < memo->count; i++)
        take_back(twin, memo, i);
    twin_post_to(twin, TWIN_SUPPLIES_SALES, memo->supplies);
    invoice->gone_supplies += memo->supplies;
    for (int t = 0; t < invoice->taxes; t++) {
        twin_post_to(twin, TWIN_TAX, memo->tax[t]);
        invoice->gone_tax[t] += memo->tax[t];
    }
    if (memo->gift != NULL)
        memo->gift->balance -= memo->total;
    invoice->is_credited = true;
    twin_add_paid(twin, invoice->id, applied);
    if (memo->total > applied)
        twin_give_credit(twin, invoice->customer, memo->total - applied);
}

bool twin_credit(struct twin *twin, int at, const struct twin_crediting *lines, int count,
                 enum twin_back back, int64_t supplies, int64_t *ret_total)
{
    struct memo memo = {.invoice = &twin->invoice[at],
                        .supplies = supplies,
                        .gift = twin_gift_of(twin, twin->invoice[at].id)};

    if (memo.invoice->is_void || supplies > memo.invoice->supplies - memo.invoice->gone_supplies)
        return false;
    if (count < 0 && !choose_all(twin, &memo, back))
        return false;
    for (int i = 0; i < count; i++)
        if (!choose(twin, &memo, &lines[i]))
            return false;
    if (memo.count == 0 && memo.supplies == 0)
        return false;
    memo.total = memo.supplies;
    for (int i = 0; i < memo.count; i++)
        memo.total += memo.net[i];
    for (int t = 0; t < memo.invoice->taxes; t++) {
        memo.tax[t] = tax_of(twin, &memo, t);
        memo.total += memo.tax[t];
    }
    issue(twin, &memo);
    *ret_total = memo.total;
    return true;
}
