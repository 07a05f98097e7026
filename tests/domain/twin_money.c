/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Money that comes, is applied, and goes back; cores; the drawer; the end of the day. */

#include "twin.h"

#include <stddef.h>

void twin_post_to(struct twin *twin, enum twin_account account, int64_t amount)
{
    if (amount == 0)
        return;
    twin->ledger[account] += amount;
    if (twin->first_entry_on < 0)
        twin->first_entry_on = twin_open_day(twin);
}

/* What comes after closing belongs to the next day. */
int64_t twin_open_day(const struct twin *twin)
{
    return twin->today <= twin->closed_through ? twin->closed_through + 1 : twin->today;
}

/* ---- where money lies ---- */

static enum twin_account account_of(enum twin_tender method)
{
    if (method == TWIN_BY_CASH)
        return TWIN_CASH;
    if (method == TWIN_BY_CARD)
        return TWIN_CARDS;
    if (method == TWIN_BY_GIFT)
        return TWIN_GIFT_CERTIFICATE;
    return method == TWIN_BY_ACH ? TWIN_BANK : TWIN_UNDEPOSITED;
}

static void move_money(struct twin *twin, enum twin_account account, int64_t amount)
{
    twin_post_to(twin, account, amount);
    if (account != TWIN_CASH || amount == 0)
        return;
    twin->cash_moved = true;
    twin->cash_taken += amount;
}

static void move_credit(struct twin *twin, int64_t customer, int64_t amount)
{
    twin->customer[customer].credit += amount;
    twin_post_to(twin, TWIN_CREDIT, -amount);
}

/* ---- payments ---- */

int64_t twin_applied(const struct twin_payment *payment)
{
    int64_t sum = 0;

    for (int i = 0; i < payment->shares; i++)
        sum += payment->share[i].amount;
    return sum;
}

int64_t twin_left(const struct twin_payment *payment)
{
    return payment->amount - twin_applied(payment) - payment->returned;
}

static void put_on(struct twin *twin, struct twin_payment *payment, int64_t invoice, int64_t amount)
{
    int i = 0;

    while (i < payment->shares && payment->share[i].invoice != invoice)
        i++;
    if (i == payment->shares) {
        payment->shares++;
        payment->share[i].invoice = invoice;
        payment->share[i].amount = 0;
    }
    payment->share[i].amount += amount;
    twin_add_paid(twin, invoice, amount);
}

static int64_t share_on(const struct twin_payment *payment, int64_t invoice)
{
    for (int i = 0; i < payment->shares; i++)
        if (payment->share[i].invoice == invoice)
            return payment->share[i].amount;
    return 0;
}

/* Every gift tender is good for as much, one after the other. */
static bool may_redeem(struct twin *twin, const struct twin_tendered *tenders, int count)
{
    int64_t balance[TWIN_GIFTS];

    for (int g = 0; g < twin->gifts; g++) {
        const struct twin_gift *gift = &twin->gift[g];
        const struct twin_invoice *sale = twin_invoice_of(twin, gift->invoice);
        balance[g] =
            sale == NULL || (!sale->is_void && sale->paid == sale->total) ? gift->balance : 0;
    }
    for (int i = 0; i < count; i++)
        if (tenders[i].method == TWIN_BY_GIFT) {
            if (tenders[i].amount > balance[tenders[i].gift])
                return false;
            balance[tenders[i].gift] -= tenders[i].amount;
        }
    return true;
}

/* What it was paid with goes up again when it is undone or paid back. */
static void put_back_gift(struct twin *twin, const struct twin_payment *payment, int64_t amount)
{
    if (payment->gift >= 0)
        twin->gift[payment->gift].balance += amount;
}

static struct twin_payment *new_payment(struct twin *twin, int64_t customer,
                                        const struct twin_tendered *tender, int64_t amount)
{
    struct twin_payment *payment = &twin->payment[twin->payments++];
    const enum twin_tender method = tender->method;

    *payment = (struct twin_payment){.id = twin->payments,
                                     .customer = customer,
                                     .amount = amount,
                                     .method = method,
                                     .gift = method == TWIN_BY_GIFT ? tender->gift : -1,
                                     .taken_on = twin_open_day(twin)};
    put_back_gift(twin, payment, -amount);
    return payment;
}

bool twin_deposit(struct twin *twin, int64_t customer, struct twin_tendered tender)
{
    if (!may_redeem(twin, &tender, 1))
        return false;
    (void)new_payment(twin, customer, &tender, tender.amount);
    move_money(twin, account_of(tender.method), tender.amount);
    move_credit(twin, customer, tender.amount);
    return true;
}

static void use_credit(struct twin *twin, const struct twin_invoice *invoice, int64_t amount)
{
    for (int i = 0; i < twin->payments && amount > 0; i++) {
        struct twin_payment *payment = &twin->payment[i];
        const int64_t left = twin_left(payment);
        const int64_t part = left < amount ? left : amount;
        if (payment->customer != invoice->customer || left <= 0)
            continue;
        put_on(twin, payment, invoice->id, part);
        move_credit(twin, invoice->customer, -part);
        amount -= part;
    }
}

static bool may_tender(const struct twin_tendered *tenders, int count, int64_t left)
{
    for (int i = 0; i < count; i++)
        if (tenders[i].method != TWIN_BY_CASH) {
            if (tenders[i].method == TWIN_BY_GIFT && tenders[i].amount > left)
                return false;
            left -= tenders[i].amount < left ? tenders[i].amount : left;
        }
    for (int i = 0; i < count; i++)
        if (tenders[i].method == TWIN_BY_CASH) {
            if (left == 0)
                return false;
            left -= tenders[i].amount < left ? tenders[i].amount : left;
        }
    return true;
}

/* Payments are numbered as they were handed over, whatever is applied first. */
bool twin_take_payment(struct twin *twin, int at, int64_t credit,
                       const struct twin_tendered *tenders, int count)
{
    struct twin_invoice *invoice = &twin->invoice[at];
    const int64_t due = twin_due(invoice);
    int64_t applied[8], left = due - credit;

    if (due <= 0 || credit > twin->customer[invoice->customer].credit || credit > due ||
        (credit == 0 && count == 0) || !may_tender(tenders, count, left) ||
        !may_redeem(twin, tenders, count))
        return false;
    use_credit(twin, invoice, credit);
    for (int cash = 0; cash < 2; cash++)
        for (int i = 0; i < count; i++)
            if ((tenders[i].method == TWIN_BY_CASH) == (cash == 1)) {
                applied[i] = tenders[i].amount < left ? tenders[i].amount : left;
                left -= applied[i];
            }
    for (int i = 0; i < count; i++) {
        const bool is_cash = tenders[i].method == TWIN_BY_CASH;
        const int64_t kept = is_cash ? applied[i] : tenders[i].amount;
        struct twin_payment *payment = new_payment(twin, invoice->customer, &tenders[i], kept);
        move_money(twin, account_of(tenders[i].method), kept);
        if (applied[i] > 0)
            put_on(twin, payment, invoice->id, applied[i]);
        move_credit(twin, invoice->customer, kept - applied[i]);
    }
    return true;
}

static int due_first(const struct twin *twin, int64_t customer)
{
    int first = -1;

    for (int i = 0; i < twin->invoices; i++) {
        const struct twin_invoice *invoice = &twin->invoice[i];
        if (invoice->customer == customer && twin_due(invoice) > 0 &&
            (first < 0 || invoice->due_on < twin->invoice[first].due_on))
            first = i;
    }
    return first;
}

static bool may_share(const struct twin *twin, int64_t customer, int64_t left,
                      const struct twin_item *items, int count)
{
    for (int n = 0; n < count; n++) {
        const struct twin_invoice *invoice = &twin->invoice[items[n].invoice];
        const int64_t due = twin_due(invoice);
        const int64_t amount = items[n].amount != 0 ? items[n].amount : due;
        for (int m = 0; m < n; m++)
            if (items[m].invoice == items[n].invoice)
                return false;
        if (invoice->customer != customer || due == 0 || amount > due || amount > left)
            return false;
        left -= amount;
    }
    return due_first(twin, customer) >= 0;
}

/* What the items take, or all that is owed. */
static int64_t most_of(const struct twin *twin, int64_t customer, const struct twin_item *items,
                       int count)
{
    int64_t most = count > 0 ? 0 : twin->customer[customer].owes;

    for (int n = 0; n < count; n++) {
        const struct twin_invoice *invoice = &twin->invoice[items[n].invoice];
        most += items[n].amount != 0 ? items[n].amount : twin_due(invoice);
    }
    return most;
}

bool twin_pay_several(struct twin *twin, int64_t customer, struct twin_tendered tender,
                      const struct twin_item *items, int count)
{
    int64_t left = tender.amount;
    int next;

    if (!may_share(twin, customer, left, items, count) || !may_redeem(twin, &tender, 1) ||
        (tender.method == TWIN_BY_GIFT && tender.amount > most_of(twin, customer, items, count)))
        return false;
    struct twin_payment *payment = new_payment(twin, customer, &tender, tender.amount);
    for (int n = 0; n < count; n++) {
        const struct twin_invoice *invoice = &twin->invoice[items[n].invoice];
        const int64_t due = twin_due(invoice);
        const int64_t amount = items[n].amount != 0 ? items[n].amount : due;
        put_on(twin, payment, invoice->id, amount);
        left -= amount;
    }
    while (count == 0 && left > 0 && (next = due_first(twin, customer)) >= 0) {
        const int64_t due = twin_due(&twin->invoice[next]);
        const int64_t amount = due < left ? due : left;
        put_on(twin, payment, twin->invoice[next].id, amount);
        left -= amount;
    }
    if (tender.method == TWIN_BY_CASH)
        payment->amount -= left;
    move_money(twin, account_of(tender.method), payment->amount);
    move_credit(twin, customer, payment->amount - twin_applied(payment));
    return true;
}

bool twin_apply(struct twin *twin, int p, int i, int64_t amount)
{
    struct twin_payment *payment = &twin->payment[p];
    const struct twin_invoice *invoice = &twin->invoice[i];
    const int64_t left = twin_left(payment), due = twin_due(invoice);

    if (left == 0 || payment->customer != invoice->customer || due == 0 || amount > left ||
        amount > due)
        return false;
    if (amount == 0)
        amount = left < due ? left : due;
    put_on(twin, payment, invoice->id, amount);
    move_credit(twin, payment->customer, -amount);
    return true;
}

bool twin_unapply(struct twin *twin, int p, int i, int64_t amount)
{
    struct twin_payment *payment = &twin->payment[p];
    const int64_t share = share_on(payment, twin->invoice[i].id);

    if (share == 0 || amount > share)
        return false;
    if (amount == 0)
        amount = share;
    put_on(twin, payment, twin->invoice[i].id, -amount);
    move_credit(twin, payment->customer, amount);
    return true;
}

void twin_free_payments(struct twin *twin, int64_t invoice)
{
    for (int p = 0; p < twin->payments; p++) {
        const int64_t share = share_on(&twin->payment[p], invoice);
        if (share == 0)
            continue;
        put_on(twin, &twin->payment[p], invoice, -share);
        move_credit(twin, twin->payment[p].customer, share);
    }
}

/* Everything it did is taken back. */
static void undo(struct twin *twin, struct twin_payment *payment)
{
    const int64_t left = twin_left(payment);

    for (int i = 0; i < payment->shares; i++) {
        twin_add_paid(twin, payment->share[i].invoice, -payment->share[i].amount);
        payment->share[i].amount = 0;
    }
    move_credit(twin, payment->customer, -left);
    move_money(twin, account_of(payment->method), -payment->amount);
    put_back_gift(twin, payment, payment->amount);
    payment->returned = payment->amount;
    payment->gone = true;
}

static bool is_whole(const struct twin_payment *payment)
{
    return !payment->gone && !payment->is_core && payment->returned == 0;
}

bool twin_void_payment(struct twin *twin, int p)
{
    struct twin_payment *payment = &twin->payment[p];

    if (!is_whole(payment) || payment->taken_on != twin_open_day(twin))
        return false;
    undo(twin, payment);
    return true;
}

bool twin_bounce(struct twin *twin, int p, int64_t fee, int64_t charged)
{
    struct twin_payment *payment = &twin->payment[p];

    if (!is_whole(payment) || (payment->method != TWIN_BY_CHECK && payment->method != TWIN_BY_ACH))
        return false;
    if (charged < 0)
        charged = twin->rules.returned_fee;
    if (charged > 0)
        twin_charge_to(twin, payment->customer, TWIN_LATE_FEE, charged);
    undo(twin, payment);
    twin_post_to(twin, TWIN_BANK_CHARGE, fee);
    twin_post_to(twin, TWIN_BANK, -fee);
    return true;
}

/* The shop's own check is drawn on its bank; `to` a certificate is new store credit. */
bool twin_refund(struct twin *twin, int p, int64_t amount, int to)
{
    struct twin_payment *payment = &twin->payment[p];
    const enum twin_tender by = to < 0 ? payment->method : (enum twin_tender)to;

    if (payment->gone || amount > twin_left(payment) || (to < 0 && by == TWIN_BY_OTHER))
        return false;
    payment->returned += amount;
    if (to == TWIN_BY_GIFT)
        twin->gift[twin->gifts++] = (struct twin_gift){.balance = amount};
    else if (by == TWIN_BY_GIFT)
        put_back_gift(twin, payment, amount);
    move_credit(twin, payment->customer, -amount);
    move_money(twin, by == TWIN_BY_CHECK ? TWIN_BANK : account_of(by), -amount);
    return true;
}

/* ---- cores ---- */

void twin_give_credit(struct twin *twin, int64_t customer, int64_t amount)
{
    const struct twin_tendered credit = {TWIN_BY_OTHER, amount, -1};

    new_payment(twin, customer, &credit, amount)->is_core = true;
    move_credit(twin, customer, amount);
}

bool twin_refund_core(struct twin *twin, int at)
{
    struct twin_core *core = &twin->core[at];

    if (core->state != TWIN_CORE_CHARGED)
        return false;
    core->state = TWIN_CORE_REFUNDED;
    const struct twin_tendered credit = {TWIN_BY_OTHER, core->charge + core->tax, -1};
    new_payment(twin, core->customer, &credit, credit.amount)->is_core = true;
    twin_post_to(twin, TWIN_CORE_DEPOSIT, core->charge);
    twin_post_to(twin, TWIN_TAX, core->tax);
    move_credit(twin, core->customer, core->charge + core->tax);
    return true;
}

bool twin_keep_core(struct twin *twin, int at)
{
    struct twin_core *core = &twin->core[at];

    if (core->state != TWIN_CORE_CHARGED)
        return false;
    core->state = TWIN_CORE_KEPT;
    twin_post_to(twin, TWIN_CORE_DEPOSIT, core->charge);
    twin_post_to(twin, TWIN_FEE_SALES, -core->charge);
    return true;
}

/* ---- the drawer ---- */

bool twin_open_drawer(struct twin *twin, int64_t amount, bool bank)
{
    const int64_t there = twin->ledger[TWIN_CASH] - twin->cash_taken;
    const int64_t change = amount - there;

    if (twin->drawer_opened && !twin->drawer_counted)
        return false;
    twin_post_to(twin, TWIN_CASH, change);
    twin_post_to(twin, bank ? TWIN_BANK : TWIN_UNDEPOSITED, -change);
    twin->drawer_opened = true;
    twin->drawer_counted = false;
    return true;
}

bool twin_drop(struct twin *twin, int64_t amount, bool bank)
{
    if (!twin->drawer_opened || amount > twin->ledger[TWIN_CASH])
        return false;
    twin_post_to(twin, TWIN_CASH, -amount);
    twin_post_to(twin, bank ? TWIN_BANK : TWIN_UNDEPOSITED, amount);
    return true;
}

bool twin_pay_out(struct twin *twin, int64_t amount)
{
    if (!twin->drawer_opened || amount > twin->ledger[TWIN_CASH])
        return false;
    twin_post_to(twin, TWIN_CASH, -amount);
    twin_post_to(twin, TWIN_PETTY_EXPENSE, amount);
    twin->cash_moved = true;
    return true;
}

bool twin_count_drawer(struct twin *twin, int64_t found)
{
    const int64_t change = found - twin->ledger[TWIN_CASH];

    if (!twin->drawer_opened)
        return false;
    twin_post_to(twin, TWIN_CASH, change);
    twin_post_to(twin, TWIN_CASH_SHORT, -change);
    twin->drawer_counted = true;
    twin->cash_moved = false;
    twin->cash_taken = 0;
    return true;
}

/* ---- the day ---- */

/* Finished in the days that are closed now, and not invoiced. */
static bool is_left(const struct twin *twin, const struct twin_order *order, int64_t from)
{
    int64_t done_on = 0;

    if (order->id == 0 || order->state != TWIN_COMPLETE)
        return false;
    for (int j = 0; j < order->jobs; j++)
        if (order->job[j].state == TWIN_DONE && order->job[j].done_on > done_on)
            done_on = order->job[j].done_on;
    return done_on >= from && done_on <= twin->today;
}

/* A new open day begins: what lies in the drawer now lay there before it. */
static void begin_day(struct twin *twin, int64_t before)
{
    const int64_t open = twin_open_day(twin);

    if (open == before)
        return;
    twin->cash_taken = 0;
    for (int64_t day = before; day < open; day++)
        for (int c = 1; c <= TWIN_CUSTOMERS && day < TWIN_DAYS; c++)
            twin->evening[day][c] = twin_aging_of(twin, c, day);
}

bool twin_close_day(struct twin *twin, bool leave_unposted)
{
    const int64_t first = twin->first_entry_on >= 0 && twin->first_entry_on < twin->today
                              ? twin->first_entry_on
                              : twin->today;
    const int64_t from = twin->closed_through >= 0 ? twin->closed_through + 1 : first;
    const int64_t open = twin_open_day(twin);

    if (twin->closed_through >= twin->today || twin->cash_moved)
        return false;
    for (int o = 0; o < TWIN_OPEN && !leave_unposted; o++)
        if (is_left(twin, &twin->order[o], from))
            return false;
    twin->closed_through = twin->today;
    begin_day(twin, open);
    return true;
}

void twin_sleep(struct twin *twin)
{
    const int64_t open = twin_open_day(twin);

    twin->today++;
    begin_day(twin, open);
}
