/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The tax of a credit memo: each jurisdiction's stored rate meets all that was credited of an
 * invoice so far, so that the last memo leaves not a cent. */

#include "credit_inner.h"

/* clang-format off */
static const char SQL_TAXES[] =
    "SELECT t.name AS name, t.rate AS rate, t.base AS base, t.amount AS amount, t.classes AS classes,\n"
    "  (SELECT ifnull(sum(k.amount), 0) FROM credit_memo AS m\n"
    "   JOIN credit_tax AS k ON k.credit_memo = m.id AND k.position = t.position\n"
    "   WHERE m.invoice = t.invoice) AS gone\n"
    "FROM invoice_tax AS t\n"
    "WHERE t.invoice = :invoice\n"
    "ORDER BY t.position";
/* clang-format on */

struct taken {
    const char *name;
    struct rate rate;
    struct money base, amount;
    int64_t classes;
    struct money gone; /* given back by earlier memos */
};
static const struct field taken_fields[] = {
    FIELD(struct taken, name),   FIELD(struct taken, rate),    FIELD(struct taken, base),
    FIELD(struct taken, amount), FIELD(struct taken, classes), FIELD(struct taken, gone),
};
static const struct shape taken_shape = SHAPE_OF(struct taken, "taken", taken_fields);

static bool is_taxed(const struct taken *tax, const struct creditable *line)
{
    return line->taxable && ((uint64_t)tax->classes >> line->kind & 1) != 0;
}

/* A core that was brought back took its share with it, when it did. */
static bool went_back_alone(const struct creditable *line)
{
    return line->kind == LINE_CORE && line->core_state == CORE_REFUNDED &&
           line->gone.thousandths == 0;
}

/* What of the base went back before this memo, with the tax on cores that went back alone. */
static status gone_before(const struct crediting *c, const struct taken *tax,
                          struct money *ret_base, struct money *ret_amount)
{
    const struct creditable *line = c->all.at;
    const bool has_supplies = ((uint64_t)tax->classes >> TAX_CLASS_SUPPLIES & 1) != 0;
    struct money base = has_supplies ? c->gone_supplies : MONEY_ZERO;
    struct money amount = tax->gone;

    for (size_t i = 0; i < c->all.count; i++) {
        struct money share = MONEY_ZERO;
        if (!is_taxed(tax, &line[i]))
            continue;
        if (!went_back_alone(&line[i])) {
            TRY(money_add(base, line[i].gone_net, &base));
            continue;
        }
        TRY(money_share(tax->amount, line[i].net.cents, tax->base.cents, &share));
        TRY(money_add(base, line[i].net, &base));
        TRY(money_add(amount, share, &amount));
    }
    *ret_base = base;
    *ret_amount = amount;
    return OK;
}

static status credited_now(const struct crediting *c, const struct taken *tax,
                           struct money *ret_base)
{
    const bool has_supplies = ((uint64_t)tax->classes >> TAX_CLASS_SUPPLIES & 1) != 0;
    struct money base = has_supplies ? c->supplies : MONEY_ZERO;

    for (size_t i = 0; i < c->count; i++)
        if (is_taxed(tax, c->lines[i].of))
            TRY(money_add(base, c->lines[i].net, &base));
    *ret_base = base;
    return OK;
}

static status work_out(const struct crediting *c, const struct taken *tax, struct invoice_tax *ret)
{
    struct money before = MONEY_ZERO, gone = MONEY_ZERO, now = MONEY_ZERO, all, whole;

    TRY(gone_before(c, tax, &before, &gone));
    TRY(credited_now(c, tax, &now));
    TRY(money_add(before, now, &all));
    TRY(money_times_rate(all, tax->rate, &whole));
    *ret = (struct invoice_tax){.name = tax->name, .rate = tax->rate, .base = now};
    if (now.cents > 0 && whole.cents > gone.cents)
        ret->amount.cents = whole.cents - gone.cents;
    return OK;
}

status credit_work_out_taxes(struct session *s, struct crediting *c)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_TAXES, NO_ROW, BINDS(BIND_ID("invoice", c->invoice.id)), s->arena,
                   &taken_shape, &rows));
    const struct taken *tax = rows.at;
    c->taxes = NEW_ARRAY(s->arena, struct invoice_tax, rows.count);
    c->tax_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(work_out(c, &tax[i], &c->taxes[i]));
        TRY(money_add(c->tax, c->taxes[i].amount, &c->tax));
    }
    return OK;
}
