/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The real shop against its twin, number by number. */

#include "histories.h"

#include <stdarg.h>
#include <stdio.h>

#include "domain/order.h"
#include "domain/receivable.h"

void disagree(struct run *run, const char *format, ...)
{
    char what[4000];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    fail_msg("PITLANE_HISTORY_SEED=%llu, history %lld, step %lld: %s",
             (unsigned long long)run->began, (long long)run->histories, (long long)run->steps,
             what);
    abort();
}

void same(struct run *run, const char *what, int64_t real, int64_t twin)
{
    if (real != twin)
        disagree(run, "%s is %lld, and by hand %lld", what, (long long)real, (long long)twin);
}

bool both(struct run *run, const struct op *op, const void *in, void *out, bool allowed)
{
    _Alignas(max_align_t) unsigned char scratch[8192];
    struct session *s = &run->t->session;

    assert_true(out != NULL || op->out == NULL || op->out->size <= sizeof scratch);
    const status result = op_call(s, op, in, out != NULL ? out : scratch);

    if ((result == OK) != allowed ||
        (result != OK && result != ERR_CONFLICT && result != ERR_INVALID))
        disagree(run, "%s: %s, but it should have been %s. %s [%s]", op->name, status_word(result),
                 allowed ? "done" : "refused", result == OK ? "" : s->fault.text,
                 result == OK ? "" : s->fault.field);
    run->refused += !allowed;
    return allowed;
}

/* ---- an order's page ---- */

static void check_line(struct run *run, struct twin_line *line, const struct order_line *real,
                       const struct twin_job *job)
{
    const int64_t left = line->quantity - line->pulled;
    const bool is_spoken_for = line->kind == TWIN_PART && line->part >= 0 && twin_is_agreed(job) &&
                               left > 0 && job->invoice == 0;

    if (line->id == 0)
        line->id = real->id.v;
    same(run, "the number of a line", real->id.v, line->id);
    same(run, "the kind of a line", (int64_t)real->kind, (int64_t)line->kind);
    same(run, "the part of a line", real->part.v, line->part + 1);
    same(run, "the quantity of a line", real->quantity.thousandths, line->quantity);
    same(run, "the price of a line", real->price.cents, line->price);
    same(run, "a line before discounts", real->gross.cents, line->gross);
    same(run, "what is off a line", real->discount.cents, line->reduced);
    same(run, "a line", real->net.cents, line->net);
    same(run, "what is pulled", real->pulled.thousandths, line->pulled);
    same(run, "what is pulled is worth", real->pulled_value.cents, line->pulled_value);
    same(run, "what is spoken for", real->committed.thousandths, is_spoken_for ? left : 0);
}

static void check_job(struct run *run, struct twin_job *job, const struct order_job *real)
{
    const struct order_line *lines = real->lines.at;

    if (job->id == 0)
        job->id = real->id.v;
    same(run, "the number of a job", real->id.v, job->id);
    same(run, "the state of a job", (int64_t)real->state, (int64_t)job->state);
    same(run, "the invoice a job is on", real->invoice.v, job->invoice);
    same(run, "who pays for a job", (int64_t)real->pay, (int64_t)job->pay);
    same(run, "whether a job has changed", real->needs_authorization, job->changed);
    same(run, "the lines of a job", (int64_t)real->lines.count, job->lines);
    for (int i = 0; i < job->lines; i++)
        check_line(run, &job->line[i], &lines[i], job);
    same(run, "a job", real->amount.cents, job->net);
}

static void check_cuts(struct run *run, struct twin_order *order, const struct order *page)
{
    const struct order_discount *real = page->discounts.at;

    same(run, "the number of discounts", (int64_t)page->discounts.count, order->cuts);
    for (int c = 0; c < order->cuts; c++) {
        if (order->cut[c].id == 0)
            order->cut[c].id = real[c].id.v;
        same(run, "the number of a discount", real[c].id.v, order->cut[c].id);
        same(run, "the job of a discount", real[c].job.v, order->cut[c].job);
        same(run, "the coupon of a discount", real[c].coupon.v, order->cut[c].coupon);
    }
}

static void check_totals(struct run *run, const struct twin_totals *sum, const struct order *page,
                         bool is_billed)
{
    const struct order_tax *tax = page->taxes.at;

    same(run, "labor", page->labor.cents, sum->labor);
    same(run, "parts", page->parts.cents, sum->parts);
    same(run, "sublet", page->sublet.cents, sum->sublet);
    same(run, "fees", page->fees.cents, sum->fees);
    same(run, "supplies", page->supplies.cents, sum->supplies);
    same(run, "the discount", page->discount.cents, sum->discount);
    for (size_t i = 0; i < page->taxes.count && !is_billed; i++) {
        same(run, "what is taxed", tax[i].base.cents, sum->base[i]);
        same(run, "a tax", tax[i].amount.cents, sum->amount[i]);
    }
    same(run, "tax", page->tax.cents, sum->tax);
    same(run, "the total", page->total.cents, sum->total);
}

void check_order(struct run *run, struct twin_order *order, const struct order *page)
{
    const struct order_job *jobs = page->jobs.at;
    bool is_billed = false;

    same(run, "the number of an order", page->id.v, order->id);
    for (int j = 0; j < order->jobs; j++)
        is_billed |= order->job[j].invoice != 0;
    same(run, "the jobs of an order", (int64_t)page->jobs.count, order->jobs);
    for (int j = 0; j < order->jobs; j++)
        check_job(run, &order->job[j], &jobs[j]);
    check_cuts(run, order, page);
    check_totals(run, &order->totals, page, is_billed);
    same(run, "what is authorized", page->authorized.cents, order->authorized);
    same(run, "the state of an order", (int64_t)page->state, (int64_t)order->state);
}

/* ---- sums, after every step ---- */

static const char SQL_SUMS[] =
    "SELECT (SELECT group_concat(owes || ' ' || credit, '|')\n"
    "        FROM (SELECT owes, credit FROM customer ORDER BY id)) || '#' ||\n"
    "       (SELECT group_concat(on_hand || ' ' || stock_value || ' ' || committed, '|')\n"
    "        FROM (SELECT p.on_hand, p.stock_value,\n"
    "                     (SELECT ifnull(sum(l.committed), 0) FROM line l\n"
    "                      WHERE l.part = p.id AND l.committed > 0) AS committed\n"
    "              FROM part p ORDER BY p.id))";

struct moved {
    struct entry_id entry; /* the last one */
    struct account_id account;
    struct money amount;
};
static const struct field moved_fields[] = {
    FIELD(struct moved, entry),
    FIELD(struct moved, account),
    FIELD(struct moved, amount, .flags = FIELD_SIGNED),
};
static const struct shape moved_shape = SHAPE_OF(struct moved, "moved", moved_fields);

/* What was posted since; entries never change, and that the sums by day agree with them is proved
 * at the end of every shop. */
static const char SQL_MOVED[] = "SELECT max(entry) AS entry, account, sum(amount) AS amount\n"
                                "FROM entry_line\n"
                                "WHERE entry > :entry\n"
                                "GROUP BY account";

static void add_moved(struct run *run, const struct moved *moved)
{
    int a = 0;

    while (a < TWIN_ACCOUNTS && run->account[a] != moved->account.v)
        a++;
    if (a == TWIN_ACCOUNTS)
        disagree(run, "account %lld has moved by %lld, and by hand it has not",
                 (long long)moved->account.v, (long long)moved->amount.cents);
    run->ledger[a] += moved->amount.cents;
    if (moved->entry.v > run->last_entry)
        run->last_entry = moved->entry.v;
}

static void check_ledger(struct run *run)
{
    const struct bind *since = BINDS(BIND_INT("entry", run->last_entry));
    struct rows rows;
    char what[64];

    assert_int_equal(
        store_list(run->t->store, SQL_MOVED, NO_ROW, since, &run->t->arena, &moved_shape, &rows),
        OK);
    for (size_t i = 0; i < rows.count; i++)
        add_moved(run, (const struct moved *)rows.at + i);
    for (int a = 0; a < TWIN_ACCOUNTS; a++) {
        snprintf(what, sizeof what, "account %lld", (long long)run->account[a]);
        same(run, what, run->ledger[a], run->twin.ledger[a]);
    }
}

void check_sums(struct run *run)
{
    const struct twin *twin = &run->twin;
    AUTO_BUF text = BUF(4096);
    const char *told;

    for (int c = 1; c <= twin->customers; c++)
        buf_printf(&text, "%s%lld %lld", c > 1 ? "|" : "", (long long)twin->customer[c].owes,
                   (long long)twin->customer[c].credit);
    for (int p = 0; p < TWIN_PARTS; p++)
        buf_printf(&text, "%s%lld %lld %lld", p > 0 ? "|" : "#", (long long)twin->shelf[p].on_hand,
                   (long long)twin->shelf[p].value, (long long)twin_committed(twin, p));
    assert_int_equal(store_text(run->t->store, SQL_SUMS, NULL, &run->t->arena, &told), OK);
    if (strcmp(told, buf_str(&text)) != 0)
        disagree(run, "customers and shelves are\n%s, and by hand\n%s", told, buf_str(&text));
    check_ledger(run);
}

/* ---- receivables ---- */

static bool owes_nothing(const struct twin_aging *aging)
{
    int64_t any = aging->credit;

    for (int i = 0; i < 5; i++)
        any |= aging->due[i];
    return any == 0;
}

static void check_aging_on(struct run *run, const struct receivable_query *query,
                           const struct twin_aging by_hand[TWIN_CUSTOMERS + 1])
{
    struct receivable_report report;
    int64_t customers = 0;

    both(run, &receivable_aging_op, query, &report, true);
    const struct receivable_row *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++) {
        const struct aging *aged = &rows[i].aged;
        const struct twin_aging *twin = &by_hand[rows[i].id.v];
        same(run, "what is not due yet", aged->current.cents, twin->due[0]);
        same(run, "what is due for 30 days", aged->to_30.cents, twin->due[1]);
        same(run, "what is due for 60 days", aged->to_60.cents, twin->due[2]);
        same(run, "what is due for 90 days", aged->to_90.cents, twin->due[3]);
        same(run, "what is due for longer", aged->over_90.cents, twin->due[4]);
        same(run, "credit beside what is due", rows[i].credit.cents, twin->credit);
    }
    for (int c = 1; c <= TWIN_CUSTOMERS; c++)
        customers += !owes_nothing(&by_hand[c]);
    same(run, "how many customers owe", report.customers, customers);
}

void check_aging(struct run *run)
{
    const struct twin *twin = &run->twin;
    struct twin_aging now[TWIN_CUSTOMERS + 1];
    const int64_t days = twin->today < TWIN_DAYS ? twin->today : TWIN_DAYS;

    const int64_t owed = twin->ledger[TWIN_RECEIVABLE], credit = twin->ledger[TWIN_CREDIT];

    if (run->aged == owed && run->aged_credit == credit && !one_in(run, 40))
        return;
    run->aged = owed;
    run->aged_credit = credit;
    for (int c = 1; c <= TWIN_CUSTOMERS; c++)
        now[c] = twin_aging_of(twin, c, twin->today);
    check_aging_on(run, &(struct receivable_query){0}, now);
    if (days == 0 || !one_in(run, 8))
        return;
    const int64_t day = roll(run, days);
    const struct receivable_query past = {
        .as_of = day_add(session_today(&run->t->session), (int)(day - twin->today))};
    check_aging_on(run, &past, twin->evening[day]);
}

/* ---- every document, now and then ---- */

static const char SQL_INVOICES[] =
    "SELECT group_concat(i.id || ' ' || i.customer || ' ' || i.total || ' ' || i.paid || ' '\n"
    "                    || i.state || ' '\n"
    "                    || ifnull(o.state, '-'), '|')\n"
    "FROM (SELECT * FROM invoice ORDER BY id) i\n"
    "LEFT JOIN repair_order o ON o.id = i.repair_order";
static const char SQL_PAYMENTS[] =
    "SELECT group_concat(id || ' ' || customer || ' ' || amount || ' ' || applied || ' '\n"
    "                    || returned, '|')\n"
    "FROM (SELECT id, customer, amount,\n"
    "             (SELECT ifnull(sum(amount), 0) FROM payment_application\n"
    "              WHERE payment = p.id) AS applied,\n"
    "             (SELECT ifnull(sum(amount), 0) FROM payment_return\n"
    "              WHERE payment = p.id) AS returned\n"
    "      FROM payment p ORDER BY id)";
static const char SQL_CORES[] = "SELECT group_concat(id || ' ' || customer || ' ' || charge || ' ' "
                                "|| tax || ' ' || state, '|')\n"
                                "FROM (SELECT * FROM customer_core ORDER BY id)";

static void check_text(struct run *run, const char *what, const char *sql, const struct buf *text)
{
    const char *told;

    assert_int_equal(store_text(run->t->store, sql, NULL, &run->t->arena, &told), OK);
    if (strcmp(told, buf_str(text)) == 0)
        return;
    size_t at = 0;
    for (size_t i = 0; told[i] != '\0' && told[i] == buf_str(text)[i]; i++)
        at = told[i] == '|' ? i + 1 : at;
    disagree(run, "%s are … %.80s …, and by hand … %.80s …", what, told + at, buf_str(text) + at);
}

static const char *order_state(const struct twin *twin, int64_t order)
{
    static const char *const states[] = {[TWIN_ESTIMATE] = "estimate",
                                         [TWIN_APPROVED] = "approved",
                                         [TWIN_IN_PROGRESS] = "in_progress",
                                         [TWIN_HOLD] = "hold",
                                         [TWIN_QUALITY_CHECK] = "quality_check",
                                         [TWIN_COMPLETE] = "complete",
                                         [TWIN_POSTED] = "posted",
                                         [TWIN_PAID] = "paid",
                                         [TWIN_ON_ACCOUNT] = "receivable"};

    for (int o = 0; o < TWIN_OPEN; o++)
        if (twin->order[o].id == order && order != 0)
            return states[twin->order[o].state];
    return order != 0 ? states[twin_closed_state(twin, order)] : "-";
}

static void check_invoices(struct run *run)
{
    AUTO_BUF text = BUF_MIB(1);

    for (int i = 0; i < run->twin.invoices; i++) {
        const struct twin_invoice *invoice = &run->twin.invoice[i];
        buf_printf(&text, "%s%lld %lld %lld %lld %s %s", i > 0 ? "|" : "", (long long)invoice->id,
                   (long long)invoice->customer, (long long)invoice->total,
                   (long long)invoice->paid, invoice->is_void ? "void" : "posted",
                   order_state(&run->twin, invoice->order));
    }
    check_text(run, "invoices", SQL_INVOICES, &text);
}

static void check_payments(struct run *run)
{
    AUTO_BUF text = BUF_MIB(1);

    for (int i = 0; i < run->twin.payments; i++) {
        const struct twin_payment *payment = &run->twin.payment[i];
        buf_printf(&text, "%s%lld %lld %lld %lld %lld", i > 0 ? "|" : "", (long long)payment->id,
                   (long long)payment->customer, (long long)payment->amount,
                   (long long)twin_applied(payment), (long long)payment->returned);
    }
    check_text(run, "payments", SQL_PAYMENTS, &text);
}

static void check_gifts(struct run *run)
{
    AUTO_BUF text = BUF_MIB(1);

    for (int i = 0; i < run->twin.gifts; i++)
        buf_printf(&text, "%s%lld", i > 0 ? "|" : "", (long long)run->twin.gift[i].balance);
    check_text(run, "certificates",
               "SELECT group_concat(balance, '|')\n"
               "FROM (SELECT balance FROM gift_certificate ORDER BY id)",
               &text);
}

static void check_cores(struct run *run)
{
    static const char *const states[] = {"charged", "waived", "refunded", "forfeited", "void"};
    AUTO_BUF text = BUF_MIB(1);

    for (int i = 0; i < run->twin.cores; i++) {
        const struct twin_core *core = &run->twin.core[i];
        buf_printf(&text, "%s%lld %lld %lld %lld %s", i > 0 ? "|" : "", (long long)core->id,
                   (long long)core->customer, (long long)core->charge, (long long)core->tax,
                   states[core->state]);
    }
    check_text(run, "cores", SQL_CORES, &text);
}

void check_documents(struct run *run)
{
    check_invoices(run);
    check_payments(run);
    check_cores(run);
    check_gifts(run);
    for (int o = 0; o < TWIN_OPEN; o++) {
        struct twin_order *order = &run->twin.order[o];
        struct order page;
        if (order->id == 0)
            continue;
        assert_int_equal(order_get(&run->t->session, (struct order_id){order->id}, &page), OK);
        check_order(run, order, &page);
    }
}
