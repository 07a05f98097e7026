/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments to vendors as they are read, taken back, and written out in words. */

#include <string.h>

#include "bill_inner.h"

/* clang-format off */
static const struct choice methods[] = {
    [VENDOR_PAYMENT_CHECK] = {.word = "check", .label = "check"},
    [VENDOR_PAYMENT_ACH]   = {.word = "ach",   .label = "bank transfer"},
    [VENDOR_PAYMENT_CARD]  = {.word = "card",  .label = "credit card"},
    [VENDOR_PAYMENT_CASH]  = {.word = "cash",  .label = "cash"},
};
const struct choices vendor_payment_method_choices = CHOICES(methods);

static const char SQL_GET[] =
    "SELECT p.id AS id, p.vendor AS vendor, v.name AS vendor_name,\n"
    "  v.street || CASE WHEN v.city || v.state || v.zip <> ''\n"
    "    THEN char(10) || trim(v.city || CASE WHEN v.city <> '' AND v.state <> '' THEN ', '\n"
    "                                     ELSE '' END || v.state || ' ' || v.zip)\n"
    "    ELSE '' END AS address,\n"
    "  p.method AS method, ifnull(p.check_number, 0) AS check_number, p.paid_on AS paid_on,\n"
    "  p.amount AS amount, p.memo AS memo, p.void_reason AS void_reason\n"
    "FROM vendor_payment AS p\n"
    "JOIN vendor AS v ON v.id = p.vendor\n"
    "WHERE p.id = :payment";
/* total: the bill's; open: what this payment was of it. */
static const char SQL_BILLS[] =
    "SELECT b.id AS id, v.name AS vendor_name, b.number AS number, b.billed_on AS billed_on,\n"
    "  b.due_on AS due_on, b.total AS total, pb.amount AS open\n"
    "FROM vendor_payment_bill AS pb\n"
    "JOIN bill AS b ON b.id = pb.bill\n"
    "JOIN vendor AS v ON v.id = b.vendor\n"
    "WHERE pb.vendor_payment = :payment\n"
    "ORDER BY b.due_on, b.id";
static const char SQL_VOID[] =
    "UPDATE vendor_payment\n"
    "SET void_reason = :reason, void_entry = :entry\n"
    "WHERE id = :payment";
static const char SQL_ENTRY_LINES[] =
    "SELECT l.account AS other, -l.amount AS amount\n"
    "FROM vendor_payment AS p\n"
    "JOIN entry_line AS l ON l.entry = p.entry\n"
    "WHERE p.id = :payment\n"
    "ORDER BY l.position";

static const struct field payment_fields[] = {
    FIELD(struct vendor_payment, id, .label = "Payment"),
    FIELD(struct vendor_payment, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct vendor_payment, vendor_name, .label = "Vendor"),
    FIELD(struct vendor_payment, address, .flags = FIELD_MANY_LINES),
    FIELD(struct vendor_payment, method, .choices = &vendor_payment_method_choices),
    FIELD(struct vendor_payment, check_number, .label = "Check number"),
    FIELD(struct vendor_payment, paid_on, .label = "Paid"),
    FIELD(struct vendor_payment, amount),
    FIELD(struct vendor_payment, amount_words, .label = "In words"),
    FIELD(struct vendor_payment, memo),
    FIELD(struct vendor_payment, void_reason, .label = "Void because"),
    FIELD(struct vendor_payment, bills, .rows = &bill_row_shape),
};
const struct shape vendor_payment_shape =
    SHAPE_OF(struct vendor_payment, "vendor_payment", payment_fields);
static const struct field line_fields[] = {
    FIELD(struct ledger_line, other),
    FIELD(struct ledger_line, amount, .flags = FIELD_SIGNED),
};
static const struct shape line_shape = SHAPE_OF(struct ledger_line, "line", line_fields);
/* clang-format on */

/* ----------------------------------------------------------------------- words -- */

static void below_hundred(struct buf *out, int number)
{
    static const char *const ones[] = {"zero",    "one",     "two",       "three",    "four",
                                       "five",    "six",     "seven",     "eight",    "nine",
                                       "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                       "fifty", "sixty", "seventy", "eighty", "ninety"};

    if (number < 20) {
        buf_text(out, ones[number]);
        return;
    }
    buf_text(out, tens[number / 10]);
    if (number % 10 != 0)
        buf_printf(out, "-%s", ones[number % 10]);
}

static void below_thousand(struct buf *out, int number)
{
    if (number >= 100) {
        below_hundred(out, number / 100);
        buf_text(out, " hundred");
        if (number % 100 != 0)
            buf_char(out, ' ');
    }
    if (number < 100 || number % 100 != 0)
        below_hundred(out, number % 100);
}

/* "Six hundred two and 01/100" */
static const char *in_words(struct arena *arena, struct money amount)
{
    static const struct {
        int64_t size;
        const char *word;
    } steps[] = {{1000000000, " billion"}, {1000000, " million"}, {1000, " thousand"}, {1, ""}};
    AUTO_BUF out = BUF(1024);
    int64_t dollars = amount.cents / 100;

    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        const int64_t group = dollars / steps[i].size;
        dollars %= steps[i].size;
        if (group == 0 && !(steps[i].size == 1 && out.length == 0))
            continue;
        if (out.length > 0)
            buf_char(&out, ' ');
        below_thousand(&out, (int)(group % 1000));
        buf_text(&out, steps[i].word);
    }
    buf_printf(&out, " and %02d/100", (int)(amount.cents % 100));
    char *text = arena_text(arena, buf_str(&out));
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

/* ------------------------------------------------------------------------ page -- */

status vendor_payment_get(struct session *s, struct vendor_payment_id id,
                          struct vendor_payment *ret)
{
    const struct bind *payment = BINDS(BIND_ID("payment", id));
    struct vendor_payment page;

    TRY(found(s,
              store_get(s->store, SQL_GET, NO_ROW, payment, s->arena, &vendor_payment_shape, &page),
              "There is no payment %lld to a vendor.", (long long)id.v));
    TRY(store_list(s->store, SQL_BILLS, NO_ROW, payment, s->arena, &bill_row_shape, &page.bills));
    page.amount_words = in_words(s->arena, page.amount);
    *ret = page;
    return OK;
}

status bill_show_payment(struct session *s, const void *in, void *out)
{
    const struct vendor_payment_key *key = in;

    return vendor_payment_get(s, key->payment, out);
}

/* ------------------------------------------------------------------------ void -- */

static status reverse(struct session *s, const struct vendor_payment *page,
                      struct entry_id *ret_entry)
{
    struct rows rows;

    *ret_entry = (struct entry_id){0};
    TRY(store_list(s->store, SQL_ENTRY_LINES, NO_ROW, BINDS(BIND_ID("payment", page->id)), s->arena,
                   &line_shape, &rows));
    if (rows.count == 0)
        return OK;
    return ledger_post(s, session_today(s), "vendor_payment", page->id.v,
                       arena_printf(s->arena, "Payment %lld to %s is void", (long long)page->id.v,
                                    page->vendor_name),
                       rows.at, rows.count, ret_entry);
}

/* The bills are open again; the check's number stays used. */
status bill_void_payment(struct session *s, const void *input, void *out)
{
    const struct vendor_payment_void *in = input;
    struct vendor_payment page;
    struct entry_id entry;

    TRY(vendor_payment_get(s, in->payment, &page));
    if (page.void_reason[0] != '\0')
        return fail(s, ERR_CONFLICT, "This payment is void already: %s.", page.void_reason);
    TRY(reverse(s, &page, &entry));
    const struct bill_row *row = page.bills.at;
    for (size_t i = 0; i < page.bills.count; i++)
        TRY(bill_move_paid(s, row[i].id, page.vendor, money_negate(row[i].open)));
    TRY(store_run(s->store, SQL_VOID, NO_ROW,
                  BINDS(BIND_ID("payment", in->payment), BIND_TEXT("reason", in->reason),
                        BIND_ID("entry", entry))));
    return vendor_payment_get(s, in->payment, out);
}
