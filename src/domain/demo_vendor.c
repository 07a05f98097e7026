/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The demo shop's vendors: whom to call, bills for what came, checks for what is due, old cores
 * sent back and credited, now and then short. */

#include "demo_visit.h"
#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/vendor.h"

#define BILL_DAYS   2  /* from a delivery to its bill */
#define CORE_DAYS   6  /* from a delivery to the old part on the shelf, … */
#define SENT_DAYS   12 /* … to its way back, … */
#define CREDIT_DAYS 24 /* … and to what the vendor credits */

static const struct {
    const char *contact, *street, *city, *zip;
    int64_t terms_days;
} addresses[] = {
    {"Ruth Calder", "88 Depot St", "San Diego", "92113", 30},
    {"Tony Marsh", "1410 Main St", "Chula Vista", "91911", 15},
    {"Order desk", "7 Quay St", "National City", "91950", 30},
    {"Gail Moreno", "2200 Mission Rd", "Lemon Grove", "91945", 10},
};

/* ------------------------------------------------------------------------ people -- */

static status describe_vendor(struct demo *d, size_t n, const struct vendor_row *row)
{
    const size_t at = n % COUNT_OF(addresses);
    const struct vendor_key key = {row->id};
    struct vendor vendor;
    struct vendor_entry in;

    TRY(demo_call(d, DEMO_MANAGER, &vendor_show_op, &key, &vendor));
    shape_transfer(&vendor_shape, &vendor, vendor_edit_op.in, &in);
    in.vendor = row->id;
    in.account_number = arena_printf(d->s->arena, "%zu-%zu", 40 + n, 1402 + 37 * n);
    in.contact = addresses[at].contact;
    in.phone = arena_printf(d->s->arena, "+1619555%04zu", 180 + n);
    in.email = arena_printf(d->s->arena, "orders%zu@example.com", n + 1);
    in.street = addresses[at].street;
    in.city = addresses[at].city;
    in.state = "CA";
    in.zip = addresses[at].zip;
    in.terms_days = addresses[at].terms_days;
    return demo_call(d, DEMO_MANAGER, &vendor_edit_op, &in, &vendor);
}

status demo_describe_vendors(struct demo *d)
{
    struct vendor_search in;
    struct page page;

    demo_init(d, &vendor_search_op, &in);
    TRY(demo_call(d, DEMO_MANAGER, &vendor_search_op, &in, &page));
    const struct vendor_row *row = page.rows.at;
    for (size_t i = 0; i < page.rows.count; i++)
        TRY(describe_vendor(d, i, &row[i]));
    return OK;
}

/* ------------------------------------------------------------------------- money -- */

static status enter_bill(struct demo *d, const struct bill_expected_row *row)
{
    struct bill_receipt receipt = {.receipt = row->id, .slip = ""};
    struct bill_enter in;
    struct bill bill;

    demo_init(d, &bill_enter_op, &in);
    in.vendor = row->vendor;
    in.number = arena_printf(d->s->arena, "V%lld", 70000 + 13 * (long long)row->id.v);
    in.billed_on = row->received_on;
    in.total = row->open;
    in.receipts = (struct rows){&receipt, 1};
    return demo_call(d, DEMO_ACCOUNTANT, &bill_enter_op, &in, &bill);
}

static status enter_bills(struct demo *d)
{
    const struct day until = day_add(session_today(d->s), -BILL_DAYS);
    struct bill_expected in;
    struct page page;

    demo_init(d, &bill_expected_op, &in);
    in.query.limit = 200;
    TRY(demo_call(d, DEMO_ACCOUNTANT, &bill_expected_op, &in, &page));
    const struct bill_expected_row *row = page.rows.at;
    for (size_t i = 0; i < page.rows.count; i++)
        if (day_compare(row[i].received_on, until) <= 0)
            TRY(enter_bill(d, &row[i]));
    return OK;
}

static status pay_due(struct demo *d)
{
    struct bill_aging aging;

    TRY(demo_call(d, DEMO_ACCOUNTANT, &bill_aging_op, NULL, &aging));
    const struct bill_aging_row *row = aging.vendors.at;
    for (size_t i = 0; i < aging.vendors.count; i++) {
        struct bill_pay in;
        struct vendor_payment payment;
        demo_init(d, &bill_pay_op, &in);
        in.vendor = row[i].vendor;
        const status result = demo_call(d, DEMO_ACCOUNTANT, &bill_pay_op, &in, &payment);
        if (result != OK && result != ERR_CONFLICT && result != ERR_INVALID) /* nothing is due */
            return result;
    }
    return OK;
}

/* ------------------------------------------------------------------------- cores -- */

/* One in eight is credited by half: the rest stays open. */
static status credit_claim(struct demo *d, const struct claim_row *row)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VISIT, 970000 + row->id.v);
    const bool is_short = demo_chance(d, of, 1, 12);
    const struct claim_credit credit = {
        .claim = row->id,
        .number = arena_printf(d->s->arena, "CM%lld", 300 + (long long)row->id.v),
        .amount.cents = is_short ? row->open.cents / 2 : row->open.cents,
    };
    struct claim claim;

    if (row->open.cents != row->expected.cents) /* short already: somebody calls them */
        return OK;
    return demo_call(d, DEMO_ACCOUNTANT, &claim_credit_op, &credit, &claim);
}

static status move_claim(struct demo *d, const struct claim_row *row)
{
    const struct claim_key key = {.claim = row->id};
    const struct claim_send send = {
        .claim = row->id, .rma = arena_printf(d->s->arena, "R%lld", 500 + (long long)row->id.v)};
    struct claim claim;

    if (row->state == CLAIM_OWED && row->age_days >= CORE_DAYS)
        return demo_call(d, DEMO_MANAGER, &claim_core_here_op, &key, &claim);
    if (row->state == CLAIM_HERE && row->age_days >= SENT_DAYS)
        return demo_call(d, DEMO_MANAGER, &claim_send_op, &send, &claim);
    if (row->state == CLAIM_SENT && row->age_days >= CREDIT_DAYS)
        return credit_claim(d, row);
    return OK;
}

static status move_claims(struct demo *d)
{
    struct claim_search in;
    struct page page;

    demo_init(d, &claim_search_op, &in);
    TRY(demo_call(d, DEMO_ACCOUNTANT, &claim_search_op, &in, &page));
    const struct claim_row *row = page.rows.at;
    for (size_t i = 0; i < page.rows.count; i++)
        TRY(move_claim(d, &row[i]));
    return OK;
}

status demo_pay_vendors(struct demo *d)
{
    TRY(enter_bills(d));
    TRY(pay_due(d));
    return move_claims(d);
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
