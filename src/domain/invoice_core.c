/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Cores on a posted invoice: every core line becomes a deposit that the customer may have back,
 * with the tax that was charged on it. What happens to it later is the core's own file. */

#include "invoice_inner.h"

#include "domain/ledger.h"
#include "domain/price.h"
#include "domain/setting.h"

static const char SQL_CORE_ADD[] =
    "INSERT INTO customer_core (invoice, invoice_line, customer, part, description, quantity, "
    "charge, tax,\n"
    "  state, opened_on, closed_on)\n"
    "VALUES (:invoice, :line, :customer, :part, :description, :quantity, :charge, :tax, :state,\n"
    "  :opened_on, :closed_on)";

/* Its share of what each jurisdiction that taxes cores took. */
static status tax_on_core(struct session *s, const struct order *order, const struct rows *rules,
                          const struct order_line *line, struct money *ret_tax)
{
    const struct order_tax *taken = order->taxes.at;
    const struct tax *rule = rules->at;
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < order->taxes.count && i < rules->count && line->taxable; i++) {
        struct money share = MONEY_ZERO;
        unsigned classes = 0;
        TRY(tax_classes_parse(rule[i].classes, &classes, &s->fault));
        if ((classes & (1u << LINE_CORE)) == 0 || taken[i].base.cents == 0)
            continue;
        TRY(money_share(taken[i].amount, line->net.cents, taken[i].base.cents, &share));
        TRY(money_add(sum, share, &sum));
    }
    *ret_tax = sum;
    return OK;
}

status invoice_write_core(struct session *s, const struct order *order, struct invoice_id invoice,
                          struct invoice_line_id id, const struct order_line *line)
{
    struct day today;
    const bool is_charged = line->net.cents > 0;
    struct rows rules;
    struct money tax = MONEY_ZERO;

    if (line->quantity.thousandths == 0)
        return OK;
    TRY(ledger_open_day(s, &today));
    TRY(tax_list(s, &rules));
    TRY(tax_on_core(s, order, &rules, line, &tax));
    return store_run(
        s->store, SQL_CORE_ADD, NO_ROW,
        BINDS(BIND_ID("invoice", invoice), BIND_ID("line", id),
              BIND_ID("customer", order->customer), BIND_ID("part", line->part),
              BIND_TEXT("description", line->description),
              BIND_INT("quantity", line->quantity.thousandths), BIND_MONEY("charge", line->net),
              BIND_MONEY("tax", tax), BIND_TEXT("state", is_charged ? "charged" : "waived"),
              BIND_DAY("opened_on", today), BIND_DAY("closed_on", is_charged ? DAY_NONE : today)));
}
