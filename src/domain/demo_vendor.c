/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the demo shop owes its vendors and they owe it: deliveries are billed, bills paid by check
 * when they are due, old cores go back and are credited, now and then short. */

#include "demo_inner.h"
#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/purchase.h"

#define CORE_DAYS   6  /* until an old part is ready to go back */
#define CREDIT_DAYS 12 /* until a vendor credits what came back */

/* More is due than credits would cover. */
static const char SQL_OWED[] = "SELECT vendor AS id\n"
                               "FROM bill\n"
                               "WHERE paid <> total AND (total < 0 OR due_on <= :today)\n"
                               "GROUP BY vendor\n"
                               "HAVING sum(total - paid) > 0\n"
                               "ORDER BY vendor";
static const char SQL_OWED_CORES[] = "SELECT id\n"
                                     "FROM claim\n"
                                     "WHERE state = 'owed' AND opened_on < :before\n"
                                     "ORDER BY id";
static const char SQL_TO_SEND[] = "SELECT id FROM claim WHERE state = 'here' ORDER BY id";
static const char SQL_TO_CREDIT[] = "SELECT id, expected - credited AS open\n"
                                    "FROM claim\n"
                                    "WHERE state = 'sent' AND credited = 0 AND sent_on < :before\n"
                                    "ORDER BY id";

struct due {
    struct claim_id id;
    struct money open;
};
static const struct field due_fields[] = {
    FIELD(struct due, id),
    FIELD(struct due, open),
};
static const struct shape due_shape = SHAPE_OF(struct due, "due", due_fields);

status demo_bill(struct demo *d, const struct purchase *order)
{
    const struct receipt *receipts = order->receipts.at;
    struct bill_enter in;
    struct bill bill;

    if (order->receipts.count == 0)
        return OK;
    demo_init(d, &bill_enter_op, &in);
    in.vendor = order->vendor;
    in.purchase = order->id;
    in.number = arena_printf(d->s->arena, "%lld-%02lld", 7000 + 13 * (long long)order->id.v,
                             (long long)order->vendor.v);
    in.billed_on = session_today(d->s);
    in.total = receipts[order->receipts.count - 1].total;
    return demo_call(d, DEMO_ACCOUNTANT, &bill_enter_op, &in, &bill);
}

/* A check to every vendor to whom something is due. */
static status pay_vendors(struct demo *d)
{
    struct rows rows;

    TRY(store_list(d->s->store, SQL_OWED, NO_ROW, BINDS(BIND_DAY("today", session_today(d->s))),
                   d->s->arena, &due_shape, &rows));
    const struct due *vendor = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct bill_pay in;
        struct vendor_payment paid;
        demo_init(d, &bill_pay_op, &in);
        in.vendor.v = vendor[i].id.v;
        in.through_on = session_today(d->s);
        TRY(demo_call(d, DEMO_ACCOUNTANT, &bill_pay_op, &in, &paid));
    }
    return OK;
}

/* The old parts that customers left are found on the bench. */
static status find_cores(struct demo *d)
{
    const struct day before = day_add(session_today(d->s), -CORE_DAYS);
    struct rows rows;
    struct claim claim;

    TRY(store_list(d->s->store, SQL_OWED_CORES, NO_ROW, BINDS(BIND_DAY("before", before)),
                   d->s->arena, &due_shape, &rows));
    const struct due *due = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        const struct claim_key in = {.claim = due[i].id};
        TRY(demo_call(d, DEMO_MANAGER, &claim_core_here_op, &in, &claim));
    }
    return OK;
}

static status send_claims(struct demo *d)
{
    struct rows rows;
    struct claim claim;

    TRY(store_list(d->s->store, SQL_TO_SEND, NO_ROW, NULL, d->s->arena, &due_shape, &rows));
    const struct due *due = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct claim_send in;
        demo_init(d, &claim_send_op, &in);
        in.claim = due[i].id;
        TRY(demo_call(d, DEMO_MANAGER, &claim_send_op, &in, &claim));
    }
    return OK;
}

/* One in eight is credited short: the rest stays open. */
static status take_credits(struct demo *d)
{
    const struct day before = day_add(session_today(d->s), -CREDIT_DAYS);
    struct rows rows;
    struct claim claim;

    TRY(store_list(d->s->store, SQL_TO_CREDIT, NO_ROW, BINDS(BIND_DAY("before", before)),
                   d->s->arena, &due_shape, &rows));
    const struct due *due = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        const uint64_t of = DEMO_SUBJECT(DEMO_OF_VISIT, 970000 + due[i].id.v);
        struct claim_credit in;
        demo_init(d, &claim_credit_op, &in);
        in.claim = due[i].id;
        in.number = arena_printf(d->s->arena, "CM-%lld", 3000 + 7 * (long long)due[i].id.v);
        in.amount.cents = demo_chance(d, of, 1, 12) ? due[i].open.cents / 2 : due[i].open.cents;
        TRY(demo_call(d, DEMO_ACCOUNTANT, &claim_credit_op, &in, &claim));
    }
    return OK;
}

status demo_settle_vendors(struct demo *d)
{
    TRY(find_cores(d));
    TRY(send_claims(d));
    TRY(take_credits(d));
    return pay_vendors(d);
}

status demo_waive_core(struct demo *d, enum demo_person writer, const struct order_line *line)
{
    const struct core_waive in = {.line = line->id};
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VISIT, 980000 + line->id.v);
    struct order order;

    /* Nearly every customer leaves the old part on the bench. */
    if (line->waived || demo_chance(d, of, 1, 10))
        return OK;
    return demo_call(d, writer, &core_waive_op, &in, &order);
}
