/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An invoice without a repair order: late fees, the fee of a check that came back, whatever is put
 * on a customer's account by hand. Frozen, due and paid as any other. */

#include "bill_to.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/number.h"
#include "invoice_inner.h"

static const char SQL_BILLED[] =
    "SELECT c.name AS name, c.terms_days AS terms_days, s.invoice_terms AS invoice_terms,\n"
    "  ifnull((SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1), '')\n"
    "    AS phone,\n"
    "  ifnull((SELECT u.name FROM user AS u WHERE u.id = :user), '') AS writer,\n"
    "  " SQL_BILL_TO "\n"
    "FROM customer AS c\n"
    "JOIN shop AS s ON s.id = 1\n"
    "WHERE c.id = :customer";

static const char SQL_ADD[] =
    "INSERT INTO invoice (id, kind, customer, posted_on, posted_at, due_on, posted_by, writer,\n"
    "                     bill_to, customer_phone, terms, labor, parts, sublet, fees, supplies,\n"
    "                     discount, tax, total, cost, entry, letterhead)\n"
    "VALUES (:id, 'charge', :customer, :posted_on, :posted_at, :due_on, :posted_by, :writer,\n"
    "        :bill_to, :phone, :terms, 0, 0, 0, :total, 0, 0, 0, :total, 0, :entry,\n"
    "        (SELECT letterhead FROM shop))";

static const char SQL_HEADING_ADD[] = "INSERT INTO invoice_job (invoice, position, title, amount)\n"
                                      "VALUES (:invoice, 1, :title, :amount)";

static const char SQL_LINE_ADD[] =
    "INSERT INTO invoice_line (invoice_job, position, kind, description, quantity, price, "
    "taxable,\n"
    "                          gross, discount, net, cost, account)\n"
    "VALUES (:invoice_job, :position, 'fee', :description, 1000, :amount, 0,\n"
    "        :amount, 0, :amount, 0, (SELECT id FROM account WHERE role = :role))";

/* What the customer has to say about billing. */
struct billed {
    const char *name, *bill_to, *phone, *writer, *invoice_terms;
    int64_t terms_days;
};
static const struct field billed_fields[] = {
    FIELD(struct billed, name),       FIELD(struct billed, bill_to),
    FIELD(struct billed, phone),      FIELD(struct billed, writer),
    FIELD(struct billed, terms_days), FIELD(struct billed, invoice_terms),
};
static const struct shape billed_shape = SHAPE_OF(struct billed, "billed", billed_fields);

static status add_up(struct session *s, const struct invoice_charge_line *lines, size_t count,
                     struct money *ret_total)
{
    struct money total = MONEY_ZERO;

    for (size_t i = 0; i < count; i++) {
        if (lines[i].amount.cents <= 0)
            return fail_field(s, "amount", "What is charged must be above 0.");
        if (money_add(total, lines[i].amount, &total) != OK || total.cents > MONEY_MAX_CENTS)
            return fail_field(s, "amount", "The amount is too large to be charged: lower it.");
    }
    if (count == 0)
        return fail_field(s, "amount", "There is nothing to charge.");
    *ret_total = total;
    return OK;
}

static status post_entry(struct session *s, const struct invoice_charge_line *lines, size_t count,
                         struct customer_id customer, struct money total, struct day posted_on,
                         struct invoice_id id, const char *memo, struct entry_id *ret_entry)
{
    struct ledger_line *out = NEW_ARRAY(s->arena, struct ledger_line, count + 1);

    out[0] =
        (struct ledger_line){.account = ACCOUNT_RECEIVABLE, .amount = total, .customer = customer};
    for (size_t i = 0; i < count; i++)
        out[i + 1] = (struct ledger_line){.account = lines[i].account,
                                          .amount = money_negate(lines[i].amount)};
    return ledger_post(s, posted_on, "invoice", id.v,
                       arena_printf(s->arena, "Invoice %lld, %s", (long long)id.v, memo), out,
                       count + 1, ret_entry);
}

static const char *terms_of(struct session *s, const struct billed *billed)
{
    const char *when = billed->terms_days > 0
                           ? arena_printf(s->arena, "Net %lld days", (long long)billed->terms_days)
                           : "Due on receipt";

    return billed->invoice_terms[0] == '\0'
               ? when
               : arena_printf(s->arena, "%s\n%s", when, billed->invoice_terms);
}

static status write_lines(struct session *s, const struct invoice_charge_line *lines, size_t count,
                          struct invoice_id id, const char *memo, struct money total)
{
    TRY(store_run(
        s->store, SQL_HEADING_ADD, NO_ROW,
        BINDS(BIND_ID("invoice", id), BIND_TEXT("title", memo), BIND_MONEY("amount", total))));
    const int64_t heading = store_last_id(s->store);
    for (size_t i = 0; i < count; i++)
        TRY(store_run(
            s->store, SQL_LINE_ADD, NO_ROW,
            BINDS(BIND_INT("invoice_job", heading), BIND_INT("position", (int64_t)i + 1),
                  BIND_TEXT("description", lines[i].description),
                  BIND_MONEY("amount", lines[i].amount),
                  BIND_TEXT("role", choice_word(&account_role_choices, lines[i].account)))));
    return OK;
}

status invoice_charge(struct session *s, struct customer_id customer,
                      const struct invoice_charge_line *lines, size_t count, const char *memo,
                      struct invoice_id *ret_invoice)
{
    struct billed billed;
    struct invoice_id id;
    struct money total = MONEY_ZERO;
    struct entry_id entry;
    struct day today;

    TRY(customer_must_be_active(s, customer));
    TRY(add_up(s, lines, count, &total));
    TRY(store_get(s->store, SQL_BILLED, NO_ROW,
                  BINDS(BIND_ID("customer", customer), BIND_ID("user", s->user)), s->arena,
                  &billed_shape, &billed));
    TRY(ledger_open_day(s, &today));
    TRY(number_take(s, NUMBER_INVOICE, &id.v));
    TRY(post_entry(s, lines, count, customer, total, today, id, memo, &entry));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_ID("customer", customer),
                        BIND_DAY("posted_on", today), BIND_INSTANT("posted_at", session_now(s)),
                        BIND_DAY("due_on", day_add(today, (int)billed.terms_days)),
                        BIND_ID("posted_by", s->user), BIND_TEXT("writer", billed.writer),
                        BIND_TEXT("bill_to", billed.bill_to), BIND_TEXT("phone", billed.phone),
                        BIND_TEXT("terms", terms_of(s, &billed)), BIND_MONEY("total", total),
                        BIND_ID("entry", entry))));
    TRY(write_lines(s, lines, count, id, memo, total));
    TRY(invoice_index(s, id, (struct order_id){0}, billed.name));
    TRY(customer_move_balance(s, customer, total, MONEY_ZERO));
    *ret_invoice = id;
    return OK;
}

/* ---- by hand ---- */

static const struct field fields[] = {
    FIELD(struct invoice_charging, customer, .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_charging, description, .max = 80, .help = "What it is for; printed",
          .example = "Storage, 5 days", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_charging, amount,
          .help = "Without tax: what is taxed belongs on a repair order", .example = "125.00",
          .low = 1, .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED),
};

static status charge(struct session *s, const void *input, void *output)
{
    const struct invoice_charging *in = input;
    const struct invoice_charge_line line = {
        .description = in->description, .amount = in->amount, .account = ACCOUNT_FEE_SALES};
    struct invoice_id id;

    TRY(invoice_charge(s, in->customer, &line, 1, in->description, &id));
    return invoice_get(s, id, output);
}

const struct op invoice_charge_op = {
    .name = "invoice.charge",
    .says = "Charge a customer without a repair order: an invoice over one amount, without tax",
    .title = "Charge on account",
    .right = RIGHT_INVOICES_POST,
    .kind = OP_WRITES,
    .in = SHAPE(struct invoice_charging, fields),
    .out = &invoice_shape,
    .run = charge,
    .about = "customer",
};
