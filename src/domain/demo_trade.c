/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a shop does beside plain visits, once or a few times each, so that every list of the demo
 * has something in it: prices and rules before the year begins, and on its last evening a coupon, a
 * gift certificate, a comeback, a partial invoice, a credit memo, late fees, a hold, a template, a
 * look over a car. The fleet with open invoices by unit is planned with the visits, in demo_year.c.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "demo_inner.h"
#include "domain/late_fee.h"
#include "domain/ledger.h"

#define JSON_MAX     512
#define TRADE_STEP_S 240 /* between one deed and the next */

/* clang-format off */
static const char SQL_CANNED[] = "SELECT id FROM canned_job WHERE code = 'OIL020'";
/* Whose invoice has been waiting longest; he has no terms. */
static const char SQL_LATEST[] =
    "SELECT i.customer\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer\n"
    "WHERE i.paid < i.total AND i.state = 'posted' AND c.terms_days = 0\n"
    "ORDER BY i.due_on, i.id LIMIT 1";
static const char SQL_FLEET[] =
    "SELECT i.customer\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer AND c.terms_days > 0\n"
    "WHERE i.paid < i.total AND i.state = 'posted'\n"
    "GROUP BY i.customer ORDER BY count(*) DESC, i.customer LIMIT 1";
static const char SQL_STORY[] =
    "SELECT id FROM customer\n"
    "WHERE terms_days = 0 AND owes = 0 AND on_hold = 0 AND archived_at IS NULL\n"
    "ORDER BY id LIMIT 1 OFFSET :n";
/* An estimate that a coupon may still be taken on. */
static const char SQL_ESTIMATE[] =
    "SELECT o.id FROM repair_order AS o\n"
    "WHERE o.state = 'estimate' AND o.total > 20000\n"
    "AND NOT EXISTS (SELECT 1 FROM discount AS d WHERE d.repair_order = o.id)\n"
    "ORDER BY o.id LIMIT 1";
static const char SQL_IN_SHOP[] =
    "SELECT id FROM repair_order WHERE state = 'in_progress' ORDER BY id LIMIT 1";
/* A job sold to a customer who may well come back with it, and the car it was done on. */
static const char SQL_SOLD_JOB[] =
    "SELECT j.id\n"
    "FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "JOIN customer AS c ON c.id = o.customer\n"
    "JOIN vehicle AS v ON v.id = o.vehicle AND v.customer = o.customer\n"
    "WHERE o.state = 'paid' AND j.invoice IS NOT NULL AND j.technician IS NOT NULL\n"
    "AND j.title LIKE '%rake%' AND c.on_hold = 0 AND c.archived_at IS NULL\n"
    "ORDER BY j.id DESC LIMIT 1";
static const char SQL_SOLD_VEHICLE[] =
    "SELECT o.vehicle FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE j.id = :job";
static const char SQL_FREE_VEHICLE[] =
    "SELECT v.id\n"
    "FROM vehicle AS v JOIN customer AS c ON c.id = v.customer\n"
    "WHERE c.terms_days = 0 AND c.on_hold = 0 AND c.archived_at IS NULL AND v.archived_at IS NULL\n"
    "AND NOT EXISTS (SELECT 1 FROM repair_order AS o WHERE o.vehicle = v.id)\n"
    "ORDER BY v.id LIMIT 1";
static const char SQL_FIRST_JOB[] =
    "SELECT min(id) FROM job WHERE repair_order = :order";
static const char SQL_LAST_JOB[] =
    "SELECT max(id) FROM job WHERE repair_order = :order";
/* A part that came off the shelf, on a paid invoice of one piece of it. */
static const char SQL_SOLD_LINE[] =
    "SELECT l.id\n"
    "FROM invoice_line AS l JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "JOIN invoice AS i ON i.id = j.invoice\n"
    "WHERE i.state = 'posted' AND i.paid = i.total AND i.total > 0 AND l.kind = 'part'\n"
    "AND l.quantity = 1000 AND l.net > 0 AND l.part IS NOT NULL\n"
    "ORDER BY l.id DESC LIMIT 1";
static const char SQL_LINE_INVOICE[] =
    "SELECT j.invoice FROM invoice_line AS l JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "WHERE l.id = :line";
static const char SQL_INVOICE_DUE[] = "SELECT total - paid FROM invoice WHERE id = :invoice";
/* clang-format on */

/* An operation by name, its input as JSON; the id of what comes back. */
static status PRINTF_LIKE(5, 6) does(struct demo *d, enum demo_person who, const char *name,
                                     int64_t *ret_id, const char *json, ...)
{
    const struct op *op = op_find(name);
    char text[JSON_MAX];
    va_list values;

    if (op == NULL)
        return fail(d->s, ERR_INVALID, "There is no operation %s.", name);
    va_start(values, json);
    vsnprintf(text, sizeof text, json, values);
    va_end(values);
    void *out = op->out != NULL ? arena_alloc(d->s->arena, op->out->size) : NULL;
    TRY(demo_call_json(d, who, op, text, out));
    if (ret_id != NULL)
        memcpy(ret_id, out, sizeof *ret_id);
    return OK;
}

/* What only the books know by now; false when there is none in so small a shop. */
static status look(struct demo *d, const char *sql, const struct bind *binds, int64_t *ret,
                   bool *ret_there)
{
    const status result = store_int(d->s->store, sql, binds, ret);

    *ret_there = result == OK && *ret != 0;
    return result == ERR_NOT_FOUND ? OK : result;
}

/* The next deed of the evening; whoever does it has just shown the password. */
static status next(struct demo *d)
{
    d->s->clock.fixed += TRADE_STEP_S;
    return demo_confirm(d);
}

/* ---- before the year begins ---- */

status demo_set_rules(struct demo *d)
{
    int64_t canned = 0;

    TRY(store_int(d->s->store, SQL_CANNED, NULL, &canned));
    TRY(does(d, DEMO_MANAGER, "canned-job.menu-price", NULL,
             "{\"canned_job\": %lld, \"menu_price\": \"109.95\"}", (long long)canned));
    TRY(does(d, DEMO_MANAGER, "coupon.add", NULL,
             "{\"code\": \"WELCOME20\", \"title\": \"20.00 off a first visit\", \"amount\": \"20\","
             " \"minimum\": \"100\", \"customer_limit\": 1}"));
    TRY(does(d, DEMO_MANAGER, "coupon.add", NULL,
             "{\"code\": \"BRAKES10\", \"title\": \"10 %% off brake labor\", \"percent\": \"10\","
             " \"applies_to\": \"labor\", \"use_limit\": 200}"));
    return does(d, DEMO_ADMIN, "late-fee.set", NULL,
                "{\"charged\": \"rate\", \"yearly\": \"18\", \"grace_days\": 15,"
                " \"returned_fee\": \"25\"}");
}

/* ---- the last evening ---- */

static status coupon_and_look(struct demo *d)
{
    static const char *const found[] = {"ok", "ok", "now", "ok", "soon", "ok", "soon", "ok"};
    int64_t order = 0;
    bool there = false;

    TRY(look(d, SQL_ESTIMATE, NULL, &order, &there));
    if (there)
        TRY(does(d, DEMO_MANAGER, "estimate.coupon", NULL,
                 "{\"order\": %lld, \"code\": \"WELCOME20\"}", (long long)order));
    TRY(look(d, SQL_IN_SHOP, NULL, &order, &there));
    if (!there)
        return OK;
    TRY(does(d, DEMO_MANAGER, "inspection.begin", NULL, "{\"order\": %lld}", (long long)order));
    for (size_t i = 0; i < COUNT_OF(found); i++)
        TRY(does(d, DEMO_MANAGER, "inspection.mark", NULL,
                 "{\"order\": %lld, \"position\": %zu, \"result\": \"%s\"}", (long long)order,
                 i + 1, found[i]));
    return OK;
}

static status pay_all(struct demo *d, int64_t invoice, const char *method)
{
    int64_t due = 0;

    TRY(store_int(d->s->store, SQL_INVOICE_DUE, BINDS(BIND_INT("invoice", invoice)), &due));
    return does(
        d, DEMO_MANAGER, "payment.take", NULL,
        "{\"invoice\": %lld, \"tenders\": [{\"method\": \"%s\", \"amount\": \"%lld.%02lld\","
        " \"card_brand\": \"VISA\", \"card_last4\": \"4242\"}]}",
        (long long)invoice, method, (long long)due / 100, (long long)due % 100);
}

static status gifts(struct demo *d)
{
    int64_t buyer = 0, upset = 0, invoice = 0;
    bool there = false;

    TRY(look(d, SQL_STORY, BINDS(BIND_INT("n", 1)), &buyer, &there));
    if (there)
        TRY(look(d, SQL_STORY, BINDS(BIND_INT("n", 2)), &upset, &there));
    if (!there)
        return OK;
    TRY(does(d, DEMO_MANAGER, "gift.sell", NULL,
             "{\"customer\": %lld, \"amount\": \"100\", \"recipient\": \"Dad\"}",
             (long long)buyer));
    TRY(store_int(d->s->store, "SELECT max(invoice) FROM gift_certificate", NULL, &invoice));
    TRY(next(d));
    TRY(pay_all(d, invoice, "card"));
    return does(
        d, DEMO_MANAGER, "gift.give", NULL,
        "{\"customer\": %lld, \"amount\": \"25\", \"reason\": \"Waited two hours longer than"
        " promised\"}",
        (long long)upset);
}

static status work_on(struct demo *d, int64_t job)
{
    TRY(does(d, DEMO_MANAGER, "job.start", NULL, "{\"job\": %lld}", (long long)job));
    TRY(next(d));
    return does(d, DEMO_MANAGER, "job.done", NULL, "{\"job\": %lld}", (long long)job);
}

/* The brakes squeal again: the same work, and the shop's warranty pays. */
static status comeback(struct demo *d)
{
    int64_t of = 0, vehicle = 0, order = 0, job = 0;
    bool there = false;

    TRY(look(d, SQL_SOLD_JOB, NULL, &of, &there));
    if (!there)
        return OK;
    TRY(store_int(d->s->store, SQL_SOLD_VEHICLE, BINDS(BIND_INT("job", of)), &vehicle));
    TRY(does(d, DEMO_MANAGER, "estimate.start", &order,
             "{\"vehicle\": %lld, \"concern\": \"Brakes squeal again since they were done\"}",
             (long long)vehicle));
    TRY(store_int(d->s->store, SQL_FIRST_JOB, BINDS(BIND_INT("order", order)), &job));
    TRY(does(d, DEMO_MANAGER, "estimate.add-labor", NULL,
             "{\"job\": %lld, \"hours\": \"0.8\", \"description\": \"Clean and lubricate the"
             " slides\"}",
             (long long)job));
    TRY(does(d, DEMO_MANAGER, "job.comeback", NULL,
             "{\"job\": %lld, \"of\": %lld, \"pay\": \"warranty\"}", (long long)job,
             (long long)of));
    TRY(work_on(d, job)); /* nobody is asked for what costs nothing */
    TRY(does(d, DEMO_MANAGER, "order.check", NULL, "{\"order\": %lld}", (long long)order));
    TRY(next(d));
    return does(d, DEMO_MANAGER, "invoice.post", NULL, "{\"order\": %lld}", (long long)order);
}

/* A van stays for a big job; what is done on it already is invoiced and paid. Its jobs are kept as
 * a template. */
static status part_of_an_order(struct demo *d)
{
    int64_t vehicle = 0, order = 0, job = 0, invoice = 0;
    bool there = false;

    TRY(look(d, SQL_FREE_VEHICLE, NULL, &vehicle, &there));
    if (!there)
        return OK;
    TRY(does(d, DEMO_MANAGER, "estimate.start", &order, "{\"vehicle\": %lld}", (long long)vehicle));
    TRY(does(d, DEMO_MANAGER, "estimate.add-canned", NULL,
             "{\"order\": %lld, \"code\": \"OIL020\"}", (long long)order));
    TRY(does(d, DEMO_MANAGER, "estimate.add-canned", NULL, "{\"order\": %lld, \"code\": \"ROT\"}",
             (long long)order));
    TRY(does(d, DEMO_MANAGER, "template.save", NULL,
             "{\"order\": %lld, \"name\": \"Service with rotation\"}", (long long)order));
    TRY(store_int(d->s->store, SQL_LAST_JOB, BINDS(BIND_INT("order", order)), &job));
    TRY(does(d, DEMO_MANAGER, "estimate.authorize", NULL,
             "{\"order\": %lld, \"method\": \"in_person\"}", (long long)order));
    TRY(next(d));
    TRY(work_on(d, job));
    TRY(next(d));
    TRY(does(d, DEMO_MANAGER, "invoice.post", &invoice, "{\"order\": %lld, \"jobs\": \"2\"}",
             (long long)order));
    TRY(next(d));
    return pay_all(d, invoice, "card");
}

/* A part comes back unused and goes on the shelf again. */
static status credit_memo(struct demo *d)
{
    int64_t line = 0, invoice = 0;
    bool there = false;

    TRY(look(d, SQL_SOLD_LINE, NULL, &line, &there));
    if (!there)
        return OK;
    TRY(store_int(d->s->store, SQL_LINE_INVOICE, BINDS(BIND_INT("line", line)), &invoice));
    return does(d, DEMO_MANAGER, "credit.issue", NULL,
                "{\"invoice\": %lld, \"lines\": [{\"line\": %lld, \"back\": \"restock\"}],"
                " \"reason\": \"Not needed, brought back in its box\"}",
                (long long)invoice, (long long)line);
}

static status late_and_held(struct demo *d)
{
    static const struct late_fee_query all = {.customer = {0}};
    struct late_fee_list due;
    int64_t customer = 0;
    bool there = false;

    TRY(demo_call(d, DEMO_ACCOUNTANT, &late_fee_preview_op, &all, &due));
    if (due.rows.count > 0)
        TRY(does(d, DEMO_ACCOUNTANT, "late-fee.charge", NULL, "{}"));
    TRY(next(d));
    TRY(look(d, SQL_LATEST, NULL, &customer, &there));
    if (there)
        TRY(does(d, DEMO_MANAGER, "customer.hold", NULL,
                 "{\"customer\": %lld, \"reason\": \"Promised twice to pay, no word since\"}",
                 (long long)customer));
    TRY(look(d, SQL_FLEET, NULL, &customer, &there));
    if (!there)
        return OK;
    return does(d, DEMO_MANAGER, "customer.limit", NULL,
                "{\"customer\": %lld, \"credit_limit\": \"7500\"}", (long long)customer);
}

status demo_trade(struct demo *d)
{
    status (*const deeds[])(struct demo *) = {
        coupon_and_look, gifts, comeback, part_of_an_order, credit_memo, late_and_held,
    };

    for (size_t i = 0; i < COUNT_OF(deeds); i++) {
        const struct arena_mark mark = arena_mark(d->s->arena);
        TRY(next(d));
        TRY(deeds[i](d));
        arena_release(d->s->arena, mark);
    }
    return OK;
}
