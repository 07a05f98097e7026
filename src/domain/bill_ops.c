/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields, lists and operations of vendors' bills and payments. */

#include "bill_inner.h"

/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct bill_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct bill_row, vendor_name, .label = "Vendor"),
    FIELD(struct bill_row, number, .label = "Bill", .flags = FIELD_NUMBERS_OK),
    FIELD(struct bill_row, billed_on, .label = "Dated"),
    FIELD(struct bill_row, due_on, .label = "Due"),
    FIELD(struct bill_row, total, .flags = FIELD_SIGNED),
    FIELD(struct bill_row, open, .flags = FIELD_SIGNED),
    FIELD(struct bill_row, overdue),
    FIELD(struct bill_row, voided, .label = "Void"),
};
const struct shape bill_row_shape = SHAPE_OF(struct bill_row, "bill_row", row_fields);

static const struct field search_fields[] = {
    LIST_FIELDS(struct bill_search, query),
    FIELD(struct bill_search, vendor, .picks = "vendor.search"),
    FIELD(struct bill_search, open, .help = "Only what is not paid"),
    FIELD(struct bill_search, today, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct bill_key, bill, .picks = "bill.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field void_fields[] = {
    FIELD(struct bill_void, bill, .picks = "bill.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct bill_void, reason, .help = "Why it does not count; stays in the books",
          .example = "Entered for the wrong vendor", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field expected_fields[] = {
    LIST_FIELDS(struct bill_expected, query),
    FIELD(struct bill_expected, vendor, .picks = "vendor.search"),
};
static const struct field expected_row_fields[] = {
    FIELD(struct bill_expected_row, id, .label = "Delivery"),
    FIELD(struct bill_expected_row, purchase, .label = "PO"),
    FIELD(struct bill_expected_row, vendor, .flags = FIELD_HIDDEN),
    FIELD(struct bill_expected_row, vendor_name, .label = "Vendor"),
    FIELD(struct bill_expected_row, received_on, .label = "Received"),
    FIELD(struct bill_expected_row, slip, .label = "Packing slip", .flags = FIELD_NUMBERS_OK),
    FIELD(struct bill_expected_row, total),
    FIELD(struct bill_expected_row, open, .label = "Not billed"),
};
static const struct field enter_fields[] = {
    FIELD(struct bill_enter, vendor, .picks = "vendor.search", .help = "Empty: the purchase order's"),
    FIELD(struct bill_enter, number, .label = "Bill", .max = 60, .help = "The vendor's number",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct bill_enter, total, .help = "As the bill says; below 0: a credit memo",
          .flags = FIELD_ARGUMENT | FIELD_SIGNED),
    FIELD(struct bill_enter, purchase, .label = "PO", .picks = "purchase.search",
          .help = "For all that came of it and is not billed"),
    FIELD(struct bill_enter, account, .picks = "ledger.accounts",
          .help = "Without an order: what it is for"),
    FIELD(struct bill_enter, billed_on, .label = "Dated", .initial = "t"),
    FIELD(struct bill_enter, due_on, .label = "Due", .help = "Empty: by the vendor's terms"),
    FIELD(struct bill_enter, accept, .label = "Accept the difference",
          .help = "To what was received; needs a reason and the right"),
    FIELD(struct bill_enter, reason, .label = "Because"),
    FIELD(struct bill_enter, note, .flags = FIELD_MANY_LINES),
    FIELD(struct bill_enter, receipts, .label = "Deliveries", .rows = &bill_receipt_shape,
          .help = "Some deliveries only"),
};
static const struct field choice_fields[] = {
    FIELD(struct bill_choice, bill, .flags = FIELD_REQUIRED),
    FIELD(struct bill_choice, amount, .help = "0: all of it", .flags = FIELD_SIGNED),
};
static const struct shape choice_shape = SHAPE_OF(struct bill_choice, "bill_choice", choice_fields);
static const struct field pay_fields[] = {
    FIELD(struct bill_pay, vendor, .picks = "vendor.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct bill_pay, bills, .rows = &choice_shape,
          .help = "Bills and credits; none: all that is due"),
    FIELD(struct bill_pay, through_on, .label = "Due until",
          .help = "Without chosen bills: all due until this day; empty: today"),
    FIELD(struct bill_pay, method, .choices = &vendor_payment_method_choices),
    FIELD(struct bill_pay, check_number, .label = "Check number", .help = "Empty: the next one",
          .high = 99999999),
    FIELD(struct bill_pay, memo, .max = 80),
};
static const struct field payments_fields[] = {
    LIST_FIELDS(struct vendor_payment_search, query),
    FIELD(struct vendor_payment_search, vendor, .picks = "vendor.search"),
};
static const struct field payment_row_fields[] = {
    FIELD(struct vendor_payment_row, id, .label = "Payment"),
    FIELD(struct vendor_payment_row, paid_on, .label = "Paid"),
    FIELD(struct vendor_payment_row, vendor_name, .label = "Vendor"),
    FIELD(struct vendor_payment_row, method, .choices = &vendor_payment_method_choices),
    FIELD(struct vendor_payment_row, check_number, .label = "Check"),
    FIELD(struct vendor_payment_row, amount),
    FIELD(struct vendor_payment_row, memo),
    FIELD(struct vendor_payment_row, voided, .label = "Void"),
};
static const struct field payment_key_fields[] = {
    FIELD(struct vendor_payment_key, payment, .picks = "bill.payments",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field payment_void_fields[] = {
    FIELD(struct vendor_payment_void, payment, .picks = "bill.payments",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct vendor_payment_void, reason, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
#define AGES(T)                                                                                    \
    FIELD(T, current, .label = "Not due"),                                                         \
    FIELD(T, days_1_30, .label = "1-30"),                                                          \
    FIELD(T, days_31_60, .label = "31-60"),                                                        \
    FIELD(T, days_61_90, .label = "61-90"),                                                        \
    FIELD(T, days_over_90, .label = "Over 90"),                                                    \
    FIELD(T, credits, .flags = FIELD_SIGNED),                                                      \
    FIELD(T, total, .flags = FIELD_SIGNED)
static const struct field aging_row_fields[] = {
    FIELD(struct bill_aging_row, vendor, .flags = FIELD_HIDDEN),
    FIELD(struct bill_aging_row, vendor_name, .label = "Vendor"),
    AGES(struct bill_aging_row),
};
static const struct shape aging_row_shape =
    SHAPE_OF(struct bill_aging_row, "bill_aging_row", aging_row_fields);
static const struct field aging_fields[] = {
    FIELD(struct bill_aging, as_of, .label = "As of"),
    FIELD(struct bill_aging, vendors, .rows = &aging_row_shape),
    AGES(struct bill_aging),
};
static const struct shape aging_shape = SHAPE_OF(struct bill_aging, "bill_aging", aging_fields);

static const char SQL_AGING[] =
    "SELECT b.vendor AS vendor, v.name AS vendor_name,\n"
    "  sum(CASE WHEN b.total > 0 AND b.due_on >= :today THEN b.total - b.paid ELSE 0 END)\n"
    "    AS current,\n"
    "  sum(CASE WHEN b.total > 0 AND b.due_on < :today AND b.due_on >= :ago_30\n"
    "    THEN b.total - b.paid ELSE 0 END) AS days_1_30,\n"
    "  sum(CASE WHEN b.total > 0 AND b.due_on < :ago_30 AND b.due_on >= :ago_60\n"
    "    THEN b.total - b.paid ELSE 0 END) AS days_31_60,\n"
    "  sum(CASE WHEN b.total > 0 AND b.due_on < :ago_60 AND b.due_on >= :ago_90\n"
    "    THEN b.total - b.paid ELSE 0 END) AS days_61_90,\n"
    "  sum(CASE WHEN b.total > 0 AND b.due_on < :ago_90 THEN b.total - b.paid ELSE 0 END)\n"
    "    AS days_over_90,\n"
    "  sum(CASE WHEN b.total < 0 THEN b.total - b.paid ELSE 0 END) AS credits,\n"
    "  sum(b.total - b.paid) AS total\n"
    "FROM bill AS b\n"
    "JOIN vendor AS v ON v.id = b.vendor\n"
    "WHERE b.paid <> b.total\n"
    "GROUP BY b.vendor\n"
    "ORDER BY v.name_key";

static const struct list_sort by_number[] = {
    {"id", "b.id", false},
};
static const struct list_sort by_due[] = {
    {"due_on", "b.due_on", true},
    {"id", "b.id", false},
};
#define BILL_LIST(where_, sorts_)                                                                  \
    {                                                                                              \
        .select = "b.id AS id, v.name AS vendor_name, b.number AS number,\n"                       \
                  "  b.billed_on AS billed_on, b.due_on AS due_on, b.total AS total,\n"            \
                  "  b.total - b.paid AS open,\n"                                                  \
                  "  b.paid < b.total AND b.due_on < :today AS overdue,\n"                         \
                  "  b.void_reason <> '' AS voided",                                               \
        .from = "bill AS b CROSS JOIN vendor AS v ON v.id = b.vendor", .where = where_,            \
        .id = "b.id", .sorts = sorts_, .sort_count = COUNT_OF(sorts_), .lookup = "bill"            \
    }
enum bill_source { OF_ALL, OF_OPEN, OF_VENDOR };
static const struct list_source bill_sources[] = {
    [OF_ALL]    = BILL_LIST("1", by_number),
    [OF_OPEN]   = BILL_LIST("b.paid <> b.total AND (:vendor IS NULL OR b.vendor = :vendor)", by_due),
    [OF_VENDOR] = BILL_LIST("b.vendor = :vendor", by_due),
};
static const struct list_sort expected_sorts[] = {
    {"id", "r.id", false},
};
static const struct list_source expected_source = {
    .select = "r.id AS id, r.purchase AS purchase, u.vendor AS vendor, v.name AS vendor_name,\n"
              "  r.received_on AS received_on, r.slip AS slip, r.total AS total,\n"
              "  r.total - r.billed AS open",
    .from = "receipt AS r JOIN purchase AS u ON u.id = r.purchase\n"
            "JOIN vendor AS v ON v.id = u.vendor",
    .where = "r.billed <> r.total AND (:vendor IS NULL OR u.vendor = :vendor)",
    .id = "r.id",
    .sorts = expected_sorts, .sort_count = COUNT_OF(expected_sorts),
    .search_where = "v.name_key LIKE :like ESCAPE '\\' OR r.slip LIKE :typed ESCAPE '\\'\n"
                    "OR r.purchase LIKE :like ESCAPE '\\'",
};
static const struct list_sort payment_sorts[] = {
    {"id", "p.id", false},
};
static const struct list_source payment_source = {
    .select = "p.id AS id, p.paid_on AS paid_on, v.name AS vendor_name, p.method AS method,\n"
              "  ifnull(p.check_number, 0) AS check_number, p.amount AS amount, p.memo AS memo,\n"
              "  p.void_reason <> '' AS voided",
    .from = "vendor_payment AS p JOIN vendor AS v ON v.id = p.vendor",
    .where = ":vendor IS NULL OR p.vendor = :vendor",
    .id = "p.id",
    .sorts = payment_sorts, .sort_count = COUNT_OF(payment_sorts),
    .search_where = "v.name_key LIKE :like ESCAPE '\\' OR p.check_number LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    struct bill_search query = *(const struct bill_search *)in;
    const enum bill_source source = query.open ? OF_OPEN : query.vendor.v != 0 ? OF_VENDOR : OF_ALL;

    query.today = session_today(s);
    if (query.query.sort[0] == '\0' && source != OF_OPEN)
        query.query.descending = !query.query.descending;
    return list_run(s, &bill_sources[source], &bill_search_op, &query, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct bill_key *key = in;

    return bill_get(s, key->bill, out);
}

static status expected(struct session *s, const void *in, void *out)
{
    return list_run(s, &expected_source, &bill_expected_op, in, out);
}

static status payments(struct session *s, const void *in, void *out)
{
    struct vendor_payment_search query = *(const struct vendor_payment_search *)in;

    if (query.query.sort[0] == '\0')
        query.query.descending = !query.query.descending;
    return list_run(s, &payment_source, &bill_payments_op, &query, out);
}

static status add_age(struct session *s, struct bill_aging *sum, const struct bill_aging_row *row)
{
    if (money_add(sum->current, row->current, &sum->current) != OK ||
        money_add(sum->days_1_30, row->days_1_30, &sum->days_1_30) != OK ||
        money_add(sum->days_31_60, row->days_31_60, &sum->days_31_60) != OK ||
        money_add(sum->days_61_90, row->days_61_90, &sum->days_61_90) != OK ||
        money_add(sum->days_over_90, row->days_over_90, &sum->days_over_90) != OK ||
        money_add(sum->credits, row->credits, &sum->credits) != OK ||
        money_add(sum->total, row->total, &sum->total) != OK)
        return fail(s, ERR_INVALID, "The bills come to more than can be counted.");
    return OK;
}

static status aging(struct session *s, const void *in, void *out)
{
    struct bill_aging *ret = out;
    const struct day today = session_today(s);

    (void)in;
    ret->as_of = today;
    TRY(store_list(s->store, SQL_AGING, NO_ROW,
                   BINDS(BIND_DAY("today", today), BIND_DAY("ago_30", day_add(today, -30)),
                         BIND_DAY("ago_60", day_add(today, -60)),
                         BIND_DAY("ago_90", day_add(today, -90))),
                   s->arena, &aging_row_shape, &ret->vendors));
    const struct bill_aging_row *row = ret->vendors.at;
    for (size_t i = 0; i < ret->vendors.count; i++)
        TRY(add_age(s, ret, &row[i]));
    return OK;
}

const struct op bill_search_op = {
    .name = "bill.search",
    .says = "List vendors' bills and credit memos",
    .title = "Vendors' bills",
    .right = RIGHT_BILLS_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(bill_sources),
    .in = SHAPE(struct bill_search, search_fields),
    .out = &bill_row_shape,
    .run = search,
};
const struct op bill_show_op = {
    .name = "bill.show",
    .says = "Show a vendor's bill with its deliveries",
    .title = "Bill",
    .right = RIGHT_BILLS_VIEW,
    .in = SHAPE(struct bill_key, key_fields),
    .out = &bill_shape,
    .run = show,
    .about = "bill",
};
const struct op bill_expected_op = {
    .name = "bill.expected",
    .says = "List deliveries that no bill has come for",
    .title = "Received, not billed",
    .right = RIGHT_BILLS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(expected_source),
    .in = SHAPE(struct bill_expected, expected_fields),
    .out = SHAPE(struct bill_expected_row, expected_row_fields),
    .run = expected,
};
const struct op bill_enter_op = {
    .name = "bill.enter",
    .says = "Enter a vendor's bill, matched against what was received",
    .title = "Enter a bill",
    .right = RIGHT_BILLS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct bill_enter, enter_fields),
    .out = &bill_shape,
    .run = bill_enter,
};
const struct op bill_void_op = {
    .name = "bill.void",
    .says = "Take a vendor's bill back: its deliveries wait for a bill again",
    .title = "Void a bill",
    .right = RIGHT_BILLS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct bill_void, void_fields),
    .out = &bill_shape,
    .run = bill_void,
    .about = "bill",
};
const struct op bill_pay_op = {
    .name = "bill.pay",
    .says = "Pay a vendor's bills by check, transfer, card or cash",
    .title = "Pay a vendor",
    .right = RIGHT_BILLS_PAY,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct bill_pay, pay_fields),
    .out = &vendor_payment_shape,
    .run = bill_pay,
    .about = "vendor",
};
const struct op bill_aging_op = {
    .name = "bill.aging",
    .says = "See what is owed to vendors, by how long it is overdue",
    .title = "Payables by age",
    .right = RIGHT_BILLS_VIEW,
    .out = &aging_shape,
    .run = aging,
};
const struct op bill_payments_op = {
    .name = "bill.payments",
    .says = "List payments to vendors",
    .title = "Payments to vendors",
    .right = RIGHT_BILLS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(payment_source),
    .in = SHAPE(struct vendor_payment_search, payments_fields),
    .out = SHAPE(struct vendor_payment_row, payment_row_fields),
    .run = payments,
};
const struct op bill_show_payment_op = {
    .name = "bill.show-payment",
    .says = "Show a payment to a vendor with its bills",
    .title = "Payment to a vendor",
    .right = RIGHT_BILLS_VIEW,
    .in = SHAPE(struct vendor_payment_key, payment_key_fields),
    .out = &vendor_payment_shape,
    .run = bill_show_payment,
    .about = "payment",
};
const struct op bill_void_payment_op = {
    .name = "bill.void-payment",
    .says = "Take a payment to a vendor back: its bills are open again",
    .title = "Void a payment",
    .right = RIGHT_BILLS_PAY,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct vendor_payment_void, payment_void_fields),
    .out = &vendor_payment_shape,
    .run = bill_void_payment,
    .about = "payment",
};

static const struct op *const ops[] = {
    &bill_search_op,       &bill_show_op,         &bill_expected_op, &bill_enter_op,
    &bill_void_op,         &bill_pay_op,          &bill_aging_op,    &bill_payments_op,
    &bill_show_payment_op, &bill_void_payment_op,
};
extern const struct module bill_module;
const struct module bill_module = {
    .name = "bill",
    .title = "Vendors' bills",
    .says = "What the shop owes: bills and credit memos of vendors, payments by check and "
            "otherwise, and how old the debts are.",
    MODULE_OPS(ops),
};
