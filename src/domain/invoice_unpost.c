/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Taking an invoice back on the day it was posted: a reversing entry, parts and cores as they were,
 * money on it becomes credit, its work is open again. The invoice stays, void, with its number.
 * Later than that a credit memo is the way. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/ledger.h"
#include "domain/payment.h"
#include "domain/stock.h"
#include "invoice_inner.h"
#include "payment_inner.h"

/* clang-format off */
static const char SQL_PAYMENTS[] =
    "SELECT payment AS payment, sum(amount) AS applied\n"
    "FROM payment_application\n"
    "WHERE invoice = :invoice\n"
    "GROUP BY payment\n"
    "HAVING sum(amount) <> 0";
static const char SQL_MOVES[] =
    "SELECT part, bin, -sum(quantity) AS quantity, -sum(value) AS value\n"
    "FROM stock_move\n"
    "WHERE invoice = :invoice\n"
    "GROUP BY part, bin\n"
    "HAVING sum(quantity) <> 0 OR sum(value) <> 0\n"
    "ORDER BY min(id)";
#define SQL_ITS_JOBS                                                                               \
    "repair_order = (SELECT repair_order FROM invoice WHERE id = :invoice) AND invoice = :invoice"
/* What the lines had been given of the shelf before they were sold. */
static const char SQL_PULLED_AGAIN[] =
    "UPDATE line\n"
    "SET pulled = (SELECT -sum(m.quantity) FROM stock_move AS m WHERE m.line = line.id),\n"
    "  pulled_value = (SELECT -sum(m.value) FROM stock_move AS m WHERE m.line = line.id)\n"
    "WHERE job IN (SELECT id FROM job WHERE " SQL_ITS_JOBS ")\n"
    "AND EXISTS (SELECT 1 FROM stock_move AS m WHERE m.line = line.id)";
static const char SQL_CORES_GONE[] =
    "SELECT count(*) FROM customer_core\n"
    "WHERE invoice = :invoice AND state NOT IN ('charged', 'waived')";
static const char SQL_CORES_VOID[] =
    "UPDATE customer_core\n"
    "SET state = 'void', closed_on = :today, revision = revision + 1\n"
    "WHERE invoice = :invoice";
static const char SQL_CERTIFICATE_USED[] =
    "SELECT count(*) FROM gift_certificate WHERE invoice = :invoice AND balance <> amount";
static const char SQL_WRITTEN_OFF[] =
    "SELECT ifnull(sum(amount), 0) FROM invoice_write_off WHERE invoice = :invoice";
static const char SQL_CREDITED[] = "SELECT count(*) FROM credit_memo WHERE invoice = :invoice";
static const char SQL_ENTRY[] = "SELECT ifnull(entry, 0) FROM invoice WHERE id = :invoice";
static const char SQL_JOBS_OPEN[] = "UPDATE job SET invoice = NULL WHERE " SQL_ITS_JOBS;
/* One that was closed had passed its quality check. */
static const char SQL_ORDER_OPEN[] =
    "UPDATE repair_order\n"
    "SET state = CASE WHEN invoice IS NULL THEN state ELSE 'complete' END, invoice = NULL,\n"
    "  revision = revision + 1\n"
    "WHERE id = :order";
static const char SQL_VOID[] = "UPDATE invoice SET state = 'void' WHERE id = :invoice";
static const char SQL_ADD[] =
    "INSERT INTO invoice_unpost (invoice, reason, undone_on, undone_at, undone_by, undone_name,\n"
    "                            entry)\n"
    "VALUES (:invoice, :reason, :undone_on, :undone_at, :undone_by,\n"
    "        ifnull((SELECT name FROM user WHERE id = :undone_by), ''), :entry)";

static const struct field fields[] = {
    FIELD(struct invoice_unpost, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_unpost, reason, .help = "Why it is taken back; stays in the books",
          .example = "Wrong customer", .flags = FIELD_REQUIRED),
};
/* clang-format on */

struct paid_share {
    struct payment_id payment;
    struct money applied;
};
static const struct field share_fields[] = {
    FIELD(struct paid_share, payment),
    FIELD(struct paid_share, applied),
};
static const struct shape share_shape = SHAPE_OF(struct paid_share, "paid_share", share_fields);

struct part_taken {
    struct part_id part;
    const char *bin;
    struct qty quantity;
    struct money value;
};
static const struct field taken_fields[] = {
    FIELD(struct part_taken, part),
    FIELD(struct part_taken, bin),
    FIELD(struct part_taken, quantity, .flags = FIELD_SIGNED),
    FIELD(struct part_taken, value, .flags = FIELD_SIGNED),
};
static const struct shape taken_shape = SHAPE_OF(struct part_taken, "part_taken", taken_fields);

/* ---- may it be taken back? ---- */

static status must_be_todays(struct session *s, const struct invoice *invoice)
{
    struct day open;
    char day[DAY_TEXT_MAX];

    if (invoice->state == INVOICE_VOID)
        return fail(s, ERR_CONFLICT, "Invoice %lld is void already.", (long long)invoice->id.v);
    TRY(ledger_open_day(s, &open));
    if (day_compare(invoice->posted_on, open) != 0)
        return fail(s, ERR_CONFLICT,
                    "Invoice %lld was posted on %s, and that day is over. Give a credit memo "
                    "instead.",
                    (long long)invoice->id.v, day_show(invoice->posted_on, day));
    return OK;
}

static status must_be_untouched(struct session *s, struct invoice_id id)
{
    const struct bind *invoice = BINDS(BIND_ID("invoice", id));
    int64_t credited = 0;
    int64_t written_off = 0;
    int64_t cores = 0;
    int64_t certificates = 0;

    TRY(store_int(s->store, SQL_CREDITED, invoice, &credited));
    if (credited != 0)
        return fail(s, ERR_CONFLICT,
                    "There is a credit memo on invoice %lld. Give another one on the rest.",
                    (long long)id.v);
    TRY(store_int(s->store, SQL_WRITTEN_OFF, invoice, &written_off));
    if (written_off != 0)
        return fail(s, ERR_CONFLICT,
                    "Some of invoice %lld is written off. Take the write-off back first.",
                    (long long)id.v);
    TRY(store_int(s->store, SQL_CORES_GONE, invoice, &cores));
    if (cores != 0)
        return fail(s, ERR_CONFLICT,
                    "A core of invoice %lld is refunded or kept already. Give a credit memo "
                    "instead.",
                    (long long)id.v);
    TRY(store_int(s->store, SQL_CERTIFICATE_USED, invoice, &certificates));
    if (certificates != 0)
        return fail(s, ERR_CONFLICT,
                    "The certificate that invoice %lld sold has been used. Void what was paid with "
                    "it first.",
                    (long long)id.v);
    return OK;
}

/* ---- step by step ---- */

/* What was paid on it is the customer's credit again. */
static status free_payments(struct session *s, struct invoice_id id)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_PAYMENTS, NO_ROW, BINDS(BIND_ID("invoice", id)), s->arena,
                   &share_shape, &rows));
    const struct paid_share *share = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct payment payment;
        TRY(payment_get(s, share[i].payment, &payment));
        TRY(payment_move(s, &payment, id, money_negate(share[i].applied)));
    }
    return OK;
}

/* The reversing entry puts the value back; what other parts have cost meanwhile stays theirs. */
static status put_parts_back(struct session *s, struct invoice_id id)
{
    struct stock_effect sum = {0};
    struct entry_id entry;
    struct rows rows;

    TRY(store_list(s->store, SQL_MOVES, NO_ROW, BINDS(BIND_ID("invoice", id)), s->arena,
                   &taken_shape, &rows));
    const struct part_taken *taken = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct stock_effect effect;
        TRY(stock_move(s,
                       &(struct stock_change){.part = taken[i].part,
                                              .kind = STOCK_RETURN,
                                              .bin = taken[i].bin,
                                              .quantity = taken[i].quantity,
                                              .value = taken[i].value,
                                              .invoice = id,
                                              .reason = "Invoice taken back"},
                       &effect));
        TRY(stock_effect_add(s, &sum, &effect));
    }
    sum.moved = MONEY_ZERO;
    return stock_post(s, &sum, ACCOUNT_PART_COST, "invoice", id.v,
                      arena_printf(s->arena, "Costs again, invoice %lld", (long long)id.v), &entry);
}

static status reverse_entry(struct session *s, struct invoice_id id, const char *reason,
                            struct entry_id *ret_entry)
{
    struct entry_id entry = {0};

    TRY(store_int(s->store, SQL_ENTRY, BINDS(BIND_ID("invoice", id)), &entry.v));
    *ret_entry = (struct entry_id){0};
    if (entry.v == 0)
        return OK;
    return ledger_reverse(
        s, entry, arena_printf(s->arena, "Invoice %lld taken back: %s", (long long)id.v, reason),
        ret_entry);
}

static status open_work(struct session *s, const struct invoice *invoice)
{
    const struct bind *id = BINDS(BIND_ID("invoice", invoice->id));

    if (invoice->order.v == 0)
        return OK;
    TRY(store_run(s->store, SQL_PULLED_AGAIN, NO_ROW, id));
    TRY(store_run(s->store, SQL_JOBS_OPEN, NO_ROW, id));
    TRY(store_run(s->store, SQL_ORDER_OPEN, NO_ROW, BINDS(BIND_ID("order", invoice->order))));
    return order_settle(s, invoice->order, 0);
}

static status unpost(struct session *s, const void *input, void *output)
{
    const struct invoice_unpost *in = input;
    const struct bind *id = BINDS(BIND_ID("invoice", in->invoice));
    struct invoice invoice;
    struct entry_id entry;
    struct day today;

    TRY(invoice_get(s, in->invoice, &invoice));
    TRY(must_be_todays(s, &invoice));
    TRY(must_be_untouched(s, in->invoice));
    TRY(ledger_open_day(s, &today));
    TRY(free_payments(s, in->invoice));
    TRY(reverse_entry(s, in->invoice, in->reason, &entry));
    TRY(put_parts_back(s, in->invoice));
    TRY(store_run(s->store, SQL_CORES_VOID, NO_ROW,
                  BINDS(BIND_ID("invoice", in->invoice), BIND_DAY("today", today))));
    TRY(store_run(s->store, SQL_VOID, NO_ROW, id));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("invoice", in->invoice), BIND_TEXT("reason", in->reason),
                        BIND_DAY("undone_on", today), BIND_INSTANT("undone_at", session_now(s)),
                        BIND_ID("undone_by", s->user), BIND_ID("entry", entry))));
    TRY(customer_move_balance(s, invoice.customer, money_negate(invoice.total), MONEY_ZERO));
    TRY(open_work(s, &invoice));
    return invoice_get(s, in->invoice, output);
}

const struct op invoice_unpost_op = {
    .name = "invoice.unpost",
    .says = "Take back an invoice of today: it is void, and its work is open again",
    .title = "Take an invoice back",
    .right = RIGHT_INVOICES_UNPOST,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct invoice_unpost, fields),
    .out = &invoice_shape,
    .run = unpost,
    .about = "invoice",
};
