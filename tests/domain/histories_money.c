/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One random step of money: payments and what becomes of them, cores, the drawer, the day. */

#include "histories.h"

#include <stdio.h>

#include "domain/claim.h"
#include "domain/closed_day.h"
#include "domain/credit.h"
#include "domain/drawer.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/late_fee.h"
#include "domain/order.h"
#include "domain/payment.h"

/* Of what happened lately, and now and then of long ago. */
static int any_recent(struct run *run, int count)
{
    const int lately = count < 12 ? count : 12;

    return one_in(run, 6) ? (int)roll(run, count) : count - 1 - (int)roll(run, lately);
}

static int64_t due_on(const struct twin_invoice *invoice)
{
    return twin_due(invoice);
}

static bool is_due(const struct run *run, int i)
{
    return due_on(&run->twin.invoice[i]) > 0;
}

static bool has_left(const struct run *run, int p)
{
    return twin_left(&run->twin.payment[p]) > 0;
}

static bool is_today(const struct run *run, int p)
{
    return run->twin.payment[p].taken_on == twin_open_day(&run->twin);
}

static bool is_open(const struct run *run, int c)
{
    return run->twin.core[c].state == TWIN_CORE_CHARGED;
}

static bool is_given_up(const struct run *run, int i)
{
    return run->twin.invoice[i].written_off > 0;
}

static bool is_on_invoices(const struct run *run, int p)
{
    return twin_applied(&run->twin.payment[p]) > 0;
}

/* One of `count` that fits, or after some tries whichever. */
static int any_that(struct run *run, int count, bool (*fits)(const struct run *run, int at))
{
    int at = any_recent(run, count);

    for (int tries = 0; tries < 8 && !fits(run, at); tries++)
        at = any_recent(run, count);
    return at;
}

/* An amount about `most`: all of it, some of it, or more than there is. */
static int64_t any_amount(struct run *run, int64_t most)
{
    if (most <= 0)
        return 1 + roll(run, 5000);
    if (one_in(run, 8))
        return most + 1 + roll(run, 5000);
    return one_in(run, 2) ? most : 1 + roll(run, most);
}

/* Any kind of money, of a certificate where there is one. */
static struct twin_tendered any_tender(struct run *run, int64_t amount)
{
    struct twin_tendered given = {(enum twin_tender)roll(run, 5), amount, -1};

    if (run->twin.gifts == 0 || !one_in(run, 7))
        return given;
    given.method = TWIN_BY_GIFT;
    given.gift = any_recent(run, run->twin.gifts);
    const int64_t balance = run->twin.gift[given.gift].balance;
    if (balance > 0 && given.amount > balance && !one_in(run, 8))
        given.amount = balance;
    return given;
}

static struct tender tender_of(const struct run *run, const struct twin_tendered *tendered)
{
    const bool by_gift = tendered->method == TWIN_BY_GIFT;
    const bool by_check = tendered->method == TWIN_BY_CHECK;
    const bool by_card = tendered->method == TWIN_BY_CARD;

    return (struct tender){.method = (enum payment_method)tendered->method,
                           .amount = {tendered->amount},
                           .check_number = by_check ? "1042" : "",
                           .card_last4 = by_card ? "4242" : "",
                           .certificate = by_gift ? run->gift_number[tendered->gift] : ""};
}

static bool is_full(const struct run *run)
{
    return run->twin.payments + 4 > TWIN_PAYMENTS;
}

/* The payment as the operation shows it. `at` names none where a first one is refused. */
static void change(struct run *run, const struct op *op, const void *in, int at, bool allowed)
{
    struct payment real;

    if (!both(run, op, in, &real, allowed))
        return;
    const struct twin_payment *twin = &run->twin.payment[at];
    same(run, "what of a payment is applied", real.applied.cents, twin_applied(twin));
    same(run, "what of a payment went back", real.returned.cents, twin->returned);
    same(run, "what is left of a payment", real.left.cents, twin_left(twin));
    same(run, "whether a payment stands",
         real.status == PAYMENT_VOID || real.status == PAYMENT_BOUNCED, twin->gone);
}

/* ---- taking ---- */

static void deposit(struct run *run)
{
    const int64_t customer = any_customer(run);
    const struct twin_tendered given = any_tender(run, 1 + roll(run, 30000));
    const struct tender tender = tender_of(run, &given);
    const struct payment_deposit in = {.customer = {customer},
                                       .method = tender.method,
                                       .amount = tender.amount,
                                       .check_number = tender.check_number,
                                       .card_last4 = tender.card_last4,
                                       .certificate = tender.certificate};
    struct payment_taken out;

    if (is_full(run))
        return;
    if (both(run, &payment_deposit_op, &in, &out, twin_deposit(&run->twin, customer, given)))
        same(run, "credit", out.credit.cents, run->twin.customer[customer].credit);
}

static void take(struct run *run)
{
    struct twin *twin = &run->twin;
    struct twin_tendered given[3];
    struct tender tenders[3];

    if (is_full(run) || twin->invoices == 0)
        return;
    const int at = any_that(run, twin->invoices, is_due);
    const int64_t due = due_on(&twin->invoice[at]);
    const int64_t credit = twin->customer[twin->invoice[at].customer].credit;
    const int count = one_in(run, 12) ? 0 : one_in(run, 5) ? 2 + (int)roll(run, 2) : 1;
    const int64_t use =
        credit > 0 && one_in(run, 3) ? any_amount(run, credit < due ? credit : due) : 0;
    for (int i = 0; i < count; i++) {
        given[i] = any_tender(run, any_amount(run, count > 1 ? due / 2 : due - use));
        tenders[i] = tender_of(run, &given[i]);
    }
    const struct payment_take in = {.invoice = {twin->invoice[at].id},
                                    .use_credit = {use},
                                    .tenders = {tenders, (size_t)count}};
    struct payment_taken out;
    if (!both(run, &payment_take_op, &in, &out, twin_take_payment(twin, at, use, given, count)))
        return;
    same(run, "what is still due", out.balance.cents, due_on(&twin->invoice[at]));
    same(run, "credit", out.credit.cents, twin->customer[twin->invoice[at].customer].credit);
}

static void take_for_several(struct run *run)
{
    struct twin *twin = &run->twin;
    struct twin_item items[3];
    struct payment_item rows[3];

    if (is_full(run) || twin->invoices == 0)
        return;
    const int first = any_that(run, twin->invoices, is_due);
    const int64_t customer = twin->invoice[first].customer;
    const int count = (int)roll(run, 4);
    int64_t sum = twin->customer[customer].owes;
    for (int n = 0; n < count; n++) {
        int i = any_that(run, twin->invoices, is_due);
        for (int tries = 0; tries < 6 && twin->invoice[i].customer != customer; tries++)
            i = any_that(run, twin->invoices, is_due);
        i = n == 0 ? first : i;
        const int64_t amount = one_in(run, 2) ? 0 : any_amount(run, due_on(&twin->invoice[i]));
        items[n] = (struct twin_item){i, amount};
        rows[n] =
            (struct payment_item){{twin->invoice[i].id}, {amount != 0 ? amount : NUMBER_NONE}};
        sum = (n == 0 ? 0 : sum) + (amount != 0 ? amount : due_on(&twin->invoice[i]));
    }
    const struct twin_tendered given = any_tender(run, any_amount(run, sum));
    const struct tender tender = tender_of(run, &given);
    const struct payment_bulk in = {.customer = {customer},
                                    .method = tender.method,
                                    .amount = tender.amount,
                                    .check_number = tender.check_number,
                                    .card_last4 = tender.card_last4,
                                    .certificate = tender.certificate,
                                    .items = {rows, (size_t)count}};
    const bool allowed = twin_pay_several(twin, customer, given, items, count);
    change(run, &payment_bulk_op, &in, twin->payments - 1, allowed);
}

static void charge(struct run *run)
{
    const int64_t customer = any_customer(run);
    const int64_t amount = 1 + roll(run, 9000);
    const struct invoice_charging in = {
        .customer = {customer}, .amount = {amount}, .description = "Storage"};

    if (run->twin.invoices == TWIN_INVOICES)
        return;
    twin_charge(&run->twin, customer, amount);
    both(run, &invoice_charge_op, &in, NULL, true);
}

/* A certificate, sold or given. */
static void issue_gift(struct run *run)
{
    struct twin *twin = &run->twin;
    const int64_t customer = any_customer(run);
    const int64_t amount = 1 + roll(run, 20000);
    struct gift gift;

    if (twin->gifts == TWIN_GIFTS || twin->invoices == TWIN_INVOICES)
        return;
    if (one_in(run, 2)) {
        const struct gift_sell in = {.customer = {customer}, .amount = {amount}};
        twin_sell_gift(twin, customer, amount);
        both(run, &gift_sell_op, &in, &gift, true);
    } else {
        const struct gift_give in = {.customer = {customer}, .amount = {amount}, .reason = "Sorry"};
        twin_give_gift(twin, amount);
        both(run, &gift_give_op, &in, &gift, true);
    }
    same(run, "what is on a certificate", gift.balance.cents, amount);
    snprintf(run->gift_number[twin->gifts - 1], sizeof run->gift_number[0], "%s", gift.number);
}

/* ---- moving it ---- */

static bool has_room(const struct twin_payment *payment)
{
    return payment->shares < TWIN_SHARES;
}

static void apply(struct run *run)
{
    struct twin *twin = &run->twin;

    if (twin->payments == 0 || twin->invoices == 0)
        return;
    const int p = any_that(run, twin->payments, has_left);
    int i = any_that(run, twin->invoices, is_due);
    for (int tries = 0; tries < 8 && twin->invoice[i].customer != twin->payment[p].customer;
         tries++)
        i = any_that(run, twin->invoices, is_due);
    const int64_t left = twin_left(&twin->payment[p]), due = due_on(&twin->invoice[i]);
    const int64_t amount = one_in(run, 3) ? 0 : any_amount(run, left < due ? left : due);
    const struct payment_apply in = {
        .payment = {p + 1}, .invoice = {twin->invoice[i].id}, .amount = {amount}};
    if (has_room(&twin->payment[p]))
        change(run, &payment_apply_op, &in, p, twin_apply(twin, p, i, amount));
}

static void unapply(struct run *run)
{
    struct twin *twin = &run->twin;

    if (twin->payments == 0 || twin->invoices == 0)
        return;
    const int p = any_that(run, twin->payments, is_on_invoices);
    const struct twin_payment *payment = &twin->payment[p];
    const int s = payment->shares > 0 ? (int)roll(run, payment->shares) : 0;
    const int i = payment->shares > 0 ? (int)(payment->share[s].invoice - 20001)
                                      : any_recent(run, twin->invoices);
    const int64_t there = payment->shares > 0 ? payment->share[s].amount : 0;
    const int64_t amount = one_in(run, 3) ? 0 : any_amount(run, there);
    const struct payment_apply in = {
        .payment = {p + 1}, .invoice = {twin->invoice[i].id}, .amount = {amount}};
    change(run, &payment_unapply_op, &in, p, twin_unapply(twin, p, i, amount));
}

/* ---- undoing it ---- */

static void void_it(struct run *run)
{
    if (run->twin.payments == 0)
        return;
    const int p = any_that(run, run->twin.payments, is_today);
    const struct payment_void in = {.payment = {p + 1}, .reason = "Entered twice"};
    change(run, &payment_void_op, &in, p, twin_void_payment(&run->twin, p));
}

static void bounce(struct run *run)
{
    if (run->twin.payments == 0 || run->twin.invoices == TWIN_INVOICES)
        return;
    const int p = any_recent(run, run->twin.payments);
    const int64_t fee = one_in(run, 2) ? 0 : 1 + roll(run, 3500);
    const int64_t charged = one_in(run, 2) ? -1 : roll(run, 3000);
    const struct payment_bounced in = {.payment = {p + 1},
                                       .fee = {fee},
                                       .charge = {charged < 0 ? NUMBER_NONE : charged},
                                       .reason = "No funds"};
    change(run, &payment_bounced_op, &in, p, twin_bounce(&run->twin, p, fee, charged));
}

static void refund(struct run *run)
{
    if (run->twin.payments == 0)
        return;
    const int p = any_that(run, run->twin.payments, has_left);
    const struct twin_payment *payment = &run->twin.payment[p];
    const int to = (int)roll(run, run->twin.gifts < TWIN_GIFTS ? 7 : 6) - 1;
    const int gifts = run->twin.gifts;
    const bool by_check = to == TWIN_BY_CHECK || (to < 0 && payment->method == TWIN_BY_CHECK);
    const int64_t amount = any_amount(run, twin_left(payment));
    const struct payment_refund in = {.payment = {p + 1},
                                      .amount = {amount},
                                      .to = (enum refund_to)(to + 1),
                                      .check_number = by_check ? "77" : "",
                                      .reason = "Part returned"};
    change(run, &payment_refund_op, &in, p, twin_refund(&run->twin, p, amount, to));
    if (run->twin.gifts > gifts)
        snprintf(run->gift_number[gifts], sizeof run->gift_number[0], "%s",
                 ask_text(run->t, "SELECT number FROM gift_certificate ORDER BY id DESC LIMIT 1"));
}

/* ---- late ---- */

static void charge_late_fees(struct run *run)
{
    const struct late_fee_charge in = {.total = {NUMBER_NONE}};

    if (run->twin.invoices + TWIN_CUSTOMERS > TWIN_INVOICES)
        return;
    both(run, &late_fee_charge_op, &in, NULL, twin_charge_late_fees(&run->twin));
}

/* ---- giving up ---- */

static void write_off(struct run *run)
{
    if (run->twin.invoices == 0)
        return;
    const int i = any_that(run, run->twin.invoices, is_due);
    const int64_t amount = any_amount(run, due_on(&run->twin.invoice[i]));
    const struct invoice_write_off in = {
        .invoice = {run->twin.invoice[i].id}, .amount = {amount}, .reason = "Gone"};
    both(run, &invoice_write_off_op, &in, NULL, twin_write_off(&run->twin, i, amount));
}

static void write_off_undo(struct run *run)
{
    if (run->twin.invoices == 0)
        return;
    const int i = any_that(run, run->twin.invoices, is_given_up);
    const int64_t written = run->twin.invoice[i].written_off;
    const int64_t amount = one_in(run, 2) ? 0 : any_amount(run, written);
    const struct invoice_write_off_undo in = {
        .invoice = {run->twin.invoice[i].id}, .amount = {amount}, .reason = "Pays after all"};
    both(run, &invoice_write_off_undo_op, &in, NULL, twin_write_off_undo(&run->twin, i, amount));
}

/* ---- taking back ---- */

static bool is_todays_invoice(const struct run *run, int i)
{
    return run->twin.invoice[i].posted_on == twin_open_day(&run->twin) &&
           !run->twin.invoice[i].is_void;
}

static void unpost(struct run *run)
{
    struct twin *twin = &run->twin;
    struct order page;

    if (twin->invoices == 0)
        return;
    const int i = any_that(run, twin->invoices, is_todays_invoice);
    const struct twin_invoice *invoice = &twin->invoice[i];
    const struct invoice_unpost in = {.invoice = {invoice->id}, .reason = "Wrong customer"};
    struct twin_order *order = invoice->order != 0 ? twin_order_of(twin, invoice->order) : NULL;
    if (invoice->order != 0 && order == NULL)
        return; /* there is no room for it */
    const bool was_closed = order != NULL && order->is_closed;
    const bool allowed = twin_unpost(twin, i, order);
    both(run, &invoice_unpost_op, &in, NULL, allowed);
    if (order != NULL && !allowed && was_closed)
        order->id = 0;
    for (int c = 0; c < TWIN_CLOSED && order != NULL && allowed; c++)
        if (twin->closed[c].id == order->id)
            twin->closed[c].id = 0;
    if (order == NULL || !allowed)
        return;
    assert_int_equal(order_get(&run->t->session, (struct order_id){order->id}, &page), OK);
    check_order(run, order, &page);
}

static bool has_lines(const struct run *run, int i)
{
    return run->twin.invoice[i].solds > 0 && !run->twin.invoice[i].is_void;
}

/* What can be credited yet, line by line; the numbers of the lines. */
static void check_left(struct run *run, const struct twin_invoice *invoice, int64_t *ret_ids)
{
    const struct invoice_query in = {.invoice = {invoice->id}};
    const struct twin_gift *gift = twin_gift_of(&run->twin, invoice->id);
    struct credit_left left;
    size_t at = 0;

    both(run, &credit_left_op, &in, &left, true);
    const struct credit_left_line *rows = left.lines.at;
    for (int i = 0; i < invoice->solds; i++) {
        const struct twin_sold *sold = &invoice->sold[i];
        ret_ids[i] = 0;
        if (twin_left_of(&run->twin, sold) == 0 || (gift != NULL && gift->balance == 0))
            continue;
        if (at == left.lines.count)
            disagree(run, "invoice %lld has less lines to credit", (long long)invoice->id);
        same(run, "what is left of a line", rows[at].quantity.thousandths,
             twin_left_of(&run->twin, sold));
        const int64_t net = sold->net - sold->gone_net;
        same(run, "what a line comes to yet", rows[at].net.cents,
             gift != NULL && gift->balance < net ? gift->balance : net);
        ret_ids[i] = rows[at++].id.v;
    }
    same(run, "lines to credit", (int64_t)left.lines.count, (int64_t)at);
    same(run, "supplies to credit", left.supplies.cents,
         invoice->supplies - invoice->gone_supplies);
}

static void credit(struct run *run)
{
    struct twin *twin = &run->twin;
    int64_t ids[TWIN_JOBS * TWIN_LINES], total = 0;
    struct twin_crediting lines[3];
    struct credit_line_input rows[3];
    struct credit memo;

    if (twin->invoices == 0 || is_full(run))
        return;
    const int at = any_that(run, twin->invoices, has_lines);
    const struct twin_invoice *invoice = &twin->invoice[at];
    if (invoice->solds == 0)
        return;
    check_left(run, invoice, ids);
    const enum twin_back back = (enum twin_back)roll(run, 3);
    const bool all = one_in(run, 3);
    int count = 0;
    for (int i = 0; i < 1 + (int)roll(run, 3) && !all; i++) {
        const int line = (int)roll(run, invoice->solds);
        const struct twin_sold *sold = &invoice->sold[line];
        const int64_t left = twin_left_of(twin, sold);
        if (ids[line] == 0)
            continue;
        lines[count] = (struct twin_crediting){
            line, one_in(run, 2) ? 0 : 1 + roll(run, left + left / 8),
            sold->part >= 0 || sold->kind == TWIN_CORE || one_in(run, 10) ? back : TWIN_STAYS};
        rows[count] = (struct credit_line_input){
            {ids[line]},
            {lines[count].quantity != 0 ? lines[count].quantity : NUMBER_NONE},
            (enum credit_back)lines[count].back};
        count++;
    }
    const int64_t there = invoice->supplies - invoice->gone_supplies;
    const int64_t supplies = all || there == 0 || one_in(run, 2) ? 0 : 1 + roll(run, there + 20);
    const struct credit_issue in = {.invoice = {invoice->id},
                                    .all = all,
                                    .back = (enum credit_back)back,
                                    .lines = {rows, (size_t)count},
                                    .supplies = {supplies},
                                    .reason = "Not needed"};
    if (both(run, &credit_issue_op, &in, &memo,
             twin_credit(twin, at, lines, all ? -1 : count, back, supplies, &total)))
        same(run, "a credit memo", memo.total.cents, total);
}

/* ---- cores ---- */

static void settle_core(struct run *run)
{
    if (run->twin.cores == 0 || is_full(run))
        return;
    const int c = any_that(run, run->twin.cores, is_open);
    const struct customer_core_key in = {.core = {c + 1}};
    if (one_in(run, 2))
        both(run, &core_refund_op, &in, NULL, twin_refund_core(&run->twin, c));
    else
        both(run, &core_forfeit_op, &in, NULL, twin_keep_core(&run->twin, c));
}

/* ---- the drawer ---- */

static void check_drawer(struct run *run, const struct op *op, const void *in, bool allowed)
{
    struct drawer drawer;

    if (!both(run, op, in, &drawer, allowed))
        return;
    same(run, "the drawer", drawer.expected.cents, run->twin.ledger[TWIN_CASH]);
    same(run, "whether the drawer is settled", drawer.settled, !run->twin.cash_moved);
    same(run, "the drawer, added up", drawer.expected.cents,
         drawer.opening.cents + drawer.taken.cents - drawer.refunds.cents - drawer.vendors.cents -
             drawer.pay_outs.cents - drawer.drops.cents + drawer.over_short.cents +
             drawer.other.cents);
}

void drawer_step(struct run *run)
{
    struct twin *twin = &run->twin;
    const int64_t cash = twin->ledger[TWIN_CASH];
    const int64_t about = cash > 0 ? cash : 0;
    const bool bank = one_in(run, 2);
    const int64_t what = roll(run, 6);
    const int64_t amount = any_amount(run, about);

    if (what == 0) {
        const struct drawer_open in = {{amount}, (enum drawer_place)bank};
        check_drawer(run, &drawer_open_op, &in, twin_open_drawer(twin, amount, bank));
    } else if (what == 1) {
        const struct drawer_drop in = {{amount}, (enum drawer_place)bank, "Bag 14"};
        check_drawer(run, &drawer_drop_op, &in, twin_drop(twin, amount, bank));
    } else if (what == 2) {
        const struct drawer_pay_out in = {{amount}, "Towels", {0}};
        check_drawer(run, &drawer_pay_out_op, &in, twin_pay_out(twin, amount));
    } else {
        const int64_t found = one_in(run, 3) ? amount : about;
        const struct drawer_count in = {.total = {found}, .reason = "Counted twice"};
        check_drawer(run, &drawer_count_op, &in, twin_count_drawer(twin, found));
    }
}

/* ---- the day ---- */

static void wake_up(struct run *run, int64_t days)
{
    struct session *s = &run->t->session;

    s->clock.fixed += 86400 * days;
    run_sql(run->t, arena_printf(&run->t->arena,
                                 "UPDATE session SET ends_at = ends_at + %lld,\n"
                                 "confirmed_at = ifnull(confirmed_at, started_at) + %lld",
                                 86400 * (long long)days, 86400 * (long long)days));
    s->confirmed_at = session_now(s);
}

void day_step(struct run *run)
{
    const bool leave = !one_in(run, 3);
    const struct day_close in = {.leave_unposted = leave, .after_pause = true, .note = ""};
    struct day_report out;

    if (one_in(run, 2)) {
        const int64_t days = one_in(run, 4) ? 1 + roll(run, 40) : 1;
        wake_up(run, days);
        for (int64_t day = 0; day < days; day++)
            twin_sleep(&run->twin);
        return;
    }
    if (run->twin.cash_moved && run->twin.drawer_opened && !one_in(run, 8)) {
        const int64_t found = run->twin.ledger[TWIN_CASH] > 0 ? run->twin.ledger[TWIN_CASH] : 0;
        const struct drawer_count count = {.total = {found}, .reason = "Counted twice"};
        check_drawer(run, &drawer_count_op, &count, twin_count_drawer(&run->twin, found));
    }
    if (!both(run, &day_close_op, &in, &out, twin_close_day(&run->twin, leave)))
        return;
    same(run, "cash at the end of the day", out.cash.cents, run->twin.ledger[TWIN_CASH]);
    same(run, "receivables at the end of the day", out.receivable.cents,
         run->twin.ledger[TWIN_RECEIVABLE]);
    same(run, "credit at the end of the day", out.credit.cents, -run->twin.ledger[TWIN_CREDIT]);
}

/* ---- which step ---- */

void money_step(struct run *run)
{
    static const struct {
        int weight;
        void (*step)(struct run *run);
    } chances[] = {
        {40, take},          {6, deposit},     {10, apply},           {7, unapply},
        {4, void_it},        {3, bounce},      {6, refund},           {4, write_off},
        {2, write_off_undo}, {6, settle_core}, {2, charge},           {3, issue_gift},
        {4, unpost},         {5, credit},      {1, charge_late_fees}, {8, take_for_several},
    };
    int64_t sum = 0;

    for (size_t i = 0; i < COUNT_OF(chances); i++)
        sum += chances[i].weight;
    int64_t at = roll(run, sum);

    for (size_t i = 0; i < COUNT_OF(chances); i++) {
        if (at < chances[i].weight) {
            chances[i].step(run);
            return;
        }
        at -= chances[i].weight;
    }
}
