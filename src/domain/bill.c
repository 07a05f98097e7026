/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One vendor's bill or credit memo: its page, how it is written, and what is paid of it. */

#include "bill_inner.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT b.id AS id, b.vendor AS vendor, v.name AS vendor_name, b.number AS number,\n"
    "  b.note AS note, b.reason AS reason, b.void_reason AS void_reason, b.billed_on AS billed_on, b.due_on AS due_on,\n"
    "  b.total AS total, CASE WHEN b.void_reason <> '' THEN 0 ELSE b.paid END AS paid,\n"
    "  b.total - b.paid AS open, b.difference AS difference\n"
    "FROM bill AS b\n"
    "JOIN vendor AS v ON v.id = b.vendor\n"
    "WHERE b.id = :bill";
static const char SQL_RECEIPTS[] =
    "SELECT r.id AS receipt, r.purchase AS purchase, r.received_on AS received_on,\n"
    "  r.slip AS slip, br.amount AS amount\n"
    "FROM bill_receipt AS br\n"
    "JOIN receipt AS r ON r.id = br.receipt\n"
    "WHERE br.bill = :bill\n"
    "ORDER BY r.id";
static const char SQL_SAME_NUMBER[] =
    "SELECT id\n"
    "FROM bill\n"
    "WHERE vendor = :vendor AND upper(number) = upper(:number) AND void_reason = ''\n"
    "LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO bill (vendor, number, billed_on, due_on, total, difference, reason, note,\n"
    "  entered_at, user)\n"
    "VALUES (:vendor, :number, :billed_on, :due_on, :total, :difference, :reason, :note,\n"
    "  :entered_at, :user)";
static const char SQL_ENTRY[] = "UPDATE bill SET entry = :entry WHERE id = :bill";
static const char SQL_PAID[] = "UPDATE bill SET paid = paid + :amount WHERE id = :bill";
static const char SQL_PURCHASES[] =
    "SELECT DISTINCT r.purchase AS purchase\n"
    "FROM bill_receipt AS br\n"
    "JOIN receipt AS r ON r.id = br.receipt\n"
    "WHERE br.bill = :bill";

static const struct field receipt_fields[] = {
    FIELD(struct bill_receipt, receipt, .label = "Delivery", .flags = FIELD_REQUIRED),
    FIELD(struct bill_receipt, purchase, .label = "PO", .flags = FIELD_FIXED),
    FIELD(struct bill_receipt, received_on, .label = "Received", .flags = FIELD_FIXED),
    FIELD(struct bill_receipt, slip, .label = "Packing slip", .flags = FIELD_FIXED | FIELD_NUMBERS_OK),
    FIELD(struct bill_receipt, amount, .help = "Of the delivery; 0: all that is not billed"),
};
const struct shape bill_receipt_shape =
    SHAPE_OF(struct bill_receipt, "bill_receipt", receipt_fields);
static const struct field bill_fields[] = {
    FIELD(struct bill, id, .label = "Entry number"),
    FIELD(struct bill, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct bill, vendor_name, .label = "Vendor"),
    FIELD(struct bill, number, .label = "Bill", .flags = FIELD_NUMBERS_OK),
    FIELD(struct bill, billed_on, .label = "Dated"),
    FIELD(struct bill, due_on, .label = "Due"),
    FIELD(struct bill, total, .flags = FIELD_SIGNED),
    FIELD(struct bill, paid, .flags = FIELD_SIGNED),
    FIELD(struct bill, open, .flags = FIELD_SIGNED),
    FIELD(struct bill, difference, .help = "To what was received", .flags = FIELD_SIGNED),
    FIELD(struct bill, reason, .label = "Because"),
    FIELD(struct bill, void_reason, .label = "Void"),
    FIELD(struct bill, note, .flags = FIELD_MANY_LINES),
    FIELD(struct bill, receipts, .label = "Deliveries", .rows = &bill_receipt_shape),
};
const struct shape bill_shape = SHAPE_OF(struct bill, "bill", bill_fields);
/* clang-format on */

struct purchase_ref {
    struct purchase_id purchase;
};
static const struct field ref_fields[] = {FIELD(struct purchase_ref, purchase)};
static const struct shape ref_shape = SHAPE_OF(struct purchase_ref, "purchase", ref_fields);

status bill_get(struct session *s, struct bill_id id, struct bill *ret)
{
    const struct bind *bill = BINDS(BIND_ID("bill", id));
    struct bill page;

    TRY(found(s, store_get(s->store, SQL_GET, NO_ROW, bill, s->arena, &bill_shape, &page),
              "There is no bill with entry number %lld. Look for it by vendor or number.",
              (long long)id.v));
    TRY(store_list(s->store, SQL_RECEIPTS, NO_ROW, bill, s->arena, &bill_receipt_shape,
                   &page.receipts));
    *ret = page;
    return OK;
}

status bill_check_number(struct session *s, struct vendor_id vendor, const char *number)
{
    struct bill_id id = {0};
    struct bill other;
    char total[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];

    const status result =
        store_int(s->store, SQL_SAME_NUMBER,
                  BINDS(BIND_ID("vendor", vendor), BIND_TEXT("number", number)), &id.v);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    TRY(bill_get(s, id, &other));
    return fail_field(s, "number",
                      "%s of %s is entered already: %s, dated %s. Look at it before entering "
                      "another one.",
                      other.number, other.vendor_name, money_show(other.total, total),
                      day_show(other.billed_on, day));
}

static status index_bill(struct session *s, struct bill_id id, const struct bill_new *bill)
{
    struct lookup_keys keys = {.count = 0};
    struct vendor vendor;

    TRY(vendor_get(s, bill->vendor, &vendor));
    lookup_add(s, &keys, bill->number, false);
    lookup_add_code(s, &keys, bill->number);
    lookup_add(s, &keys, vendor.name, true);
    return lookup_put(s, "bill", id.v, &keys);
}

status bill_write(struct session *s, const struct bill_new *bill, struct bill_id *ret)
{
    struct bill_id id;

    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("vendor", bill->vendor), BIND_TEXT("number", bill->number),
                        BIND_DAY("billed_on", bill->billed_on), BIND_DAY("due_on", bill->due_on),
                        BIND_MONEY("total", bill->total),
                        BIND_MONEY("difference", bill->difference),
                        BIND_TEXT("reason", bill->reason), BIND_TEXT("note", bill->note),
                        BIND_INSTANT("entered_at", session_now(s)), BIND_ID("user", s->user))));
    id.v = store_last_id(s->store);
    TRY(vendor_move_owes(s, bill->vendor, bill->total));
    TRY(index_bill(s, id, bill));
    *ret = id;
    return OK;
}

status bill_set_entry(struct session *s, struct bill_id bill, struct entry_id entry)
{
    return store_run(s->store, SQL_ENTRY, NO_ROW,
                     BINDS(BIND_ID("bill", bill), BIND_ID("entry", entry)));
}

status bill_purchases_follow(struct session *s, struct bill_id bill)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_PURCHASES, NO_ROW, BINDS(BIND_ID("bill", bill)), s->arena,
                   &ref_shape, &rows));
    const struct purchase_ref *ref = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(purchase_follow(s, ref[i].purchase));
    return OK;
}

status bill_move_paid(struct session *s, struct bill_id bill, struct vendor_id vendor,
                      struct money amount)
{
    TRY(store_run(s->store, SQL_PAID, NO_ROW,
                  BINDS(BIND_ID("bill", bill), BIND_MONEY("amount", amount))));
    TRY(vendor_move_owes(s, vendor, money_negate(amount)));
    return bill_purchases_follow(s, bill);
}
