/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What nobody will pay any more: the rest of an invoice, or some of it, becomes a bad debt; and
 * when it is paid after all, it is owed again. A gift certificate that nobody pays for is worth
 * less instead, as far as it is not used. The invoice stays as it was posted: each is a further row
 * with its own entry. */

#include "domain/customer.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/ledger.h"
#include "invoice_inner.h"

static const char SQL_ADD[] =
    "INSERT INTO invoice_write_off (invoice, amount, certificate, reason, written_on, written_at,\n"
    "                               written_by, entry)\n"
    "VALUES (:invoice, :amount, :certificate, :reason, :written_on, :written_at, :written_by,\n"
    "        :entry)";
static const char SQL_TAKEN_BACK[] = "SELECT ifnull(sum(certificate), 0)\n"
                                     "FROM invoice_write_off\n"
                                     "WHERE invoice = :invoice";

static const struct field fields[] = {
    FIELD(struct invoice_write_off, invoice, .picks = "invoice.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_write_off, amount, .help = "What will not be paid any more",
          .example = "12.50", .low = 1, .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED),
    FIELD(struct invoice_write_off, reason, .help = "Why it is given up; stays in the books",
          .example = "Customer cannot be found", .flags = FIELD_REQUIRED),
};

static status must_be_open(struct session *s, const struct invoice *invoice, struct money amount)
{
    char text[NUMBER_TEXT_MAX];

    if (invoice->state == INVOICE_VOID)
        return fail(s, ERR_CONFLICT, "Invoice %lld is void: nothing is due on it.",
                    (long long)invoice->id.v);
    if (invoice->balance.cents == 0)
        return fail(s, ERR_CONFLICT, "Nothing is due on invoice %lld: there is nothing to give up.",
                    (long long)invoice->id.v);
    if (amount.cents > invoice->balance.cents)
        return fail_field(s, "amount", "Only %s is due. Write off that much at most.",
                          money_show(invoice->balance, text));
    return OK;
}

/* What of it comes off the certificate that the invoice sold: of what is not used yet; and goes
 * back on it first when it is owed again. */
static status take_certificate(struct session *s, struct invoice_id invoice, struct money amount,
                               struct money *ret_taken)
{
    struct gift_certificate_id certificate;
    struct money left = MONEY_ZERO, taken_back = MONEY_ZERO;

    *ret_taken = MONEY_ZERO;
    TRY(gift_sold_by(s, invoice, &certificate, &left));
    if (certificate.v == 0)
        return OK;
    TRY(store_int(s->store, SQL_TAKEN_BACK, BINDS(BIND_ID("invoice", invoice)), &taken_back.cents));
    *ret_taken = amount.cents > 0 ? money_min(amount, left)
                                  : money_negate(money_min(money_negate(amount), taken_back));
    return gift_take_back(s, certificate, *ret_taken);
}

/* One more row: an amount above 0 is given up, below 0 it is owed again. */
static status add(struct session *s, const struct invoice *invoice, struct money amount,
                  const char *reason)
{
    struct money taken = MONEY_ZERO;
    struct entry_id entry;
    struct day today;

    TRY(take_certificate(s, invoice->id, amount, &taken));
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_BAD_DEBT, .amount = {amount.cents - taken.cents}},
        {.account = ACCOUNT_GIFT_CERTIFICATE, .amount = taken},
        {.account = ACCOUNT_RECEIVABLE,
         .amount = money_negate(amount),
         .customer = invoice->customer},
    };
    const char *memo = arena_printf(s->arena,
                                    amount.cents > 0 ? "Written off invoice %lld: %s"
                                                     : "Write-off of invoice %lld taken back: %s",
                                    (long long)invoice->id.v, reason);
    TRY(ledger_open_day(s, &today));
    TRY(ledger_post(s, today, "invoice", invoice->id.v, memo, lines, COUNT_OF(lines), &entry));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("invoice", invoice->id), BIND_MONEY("amount", amount),
                        BIND_MONEY("certificate", taken), BIND_TEXT("reason", reason),
                        BIND_DAY("written_on", today), BIND_INSTANT("written_at", session_now(s)),
                        BIND_ID("written_by", s->user), BIND_ID("entry", entry))));
    TRY(invoice_add_paid(s, invoice->id, amount));
    return customer_move_balance(s, invoice->customer, money_negate(amount), MONEY_ZERO);
}

static status write_off(struct session *s, const void *input, void *output)
{
    const struct invoice_write_off *in = input;
    struct invoice invoice;

    TRY(invoice_get(s, in->invoice, &invoice));
    TRY(must_be_open(s, &invoice, in->amount));
    TRY(add(s, &invoice, in->amount, in->reason));
    return invoice_get(s, in->invoice, output);
}

const struct op invoice_write_off_op = {
    .name = "invoice.write-off",
    .says = "Write off what will not be paid: it becomes a bad debt",
    .title = "Write off",
    .right = RIGHT_INVOICES_WRITE_OFF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct invoice_write_off, fields),
    .out = &invoice_shape,
    .run = write_off,
    .about = "invoice",
};

/* ---- taking it back ---- */

static const char SQL_WRITTEN_OFF[] = "SELECT ifnull(sum(amount), 0)\n"
                                      "FROM invoice_write_off\n"
                                      "WHERE invoice = :invoice";

static const struct field undo_fields[] = {
    FIELD(struct invoice_write_off_undo, invoice, .picks = "invoice.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct invoice_write_off_undo, amount, .help = "Left empty: all that was written off",
          .example = "12.50", .high = MONEY_MAX_CENTS),
    FIELD(struct invoice_write_off_undo, reason, .help = "Why it is owed again; stays in the books",
          .example = "Customer pays after all", .flags = FIELD_REQUIRED),
};

static status undo(struct session *s, const void *input, void *output)
{
    const struct invoice_write_off_undo *in = input;
    struct invoice invoice;
    struct money written;
    char text[NUMBER_TEXT_MAX];

    TRY(invoice_get(s, in->invoice, &invoice));
    TRY(store_int(s->store, SQL_WRITTEN_OFF, BINDS(BIND_ID("invoice", in->invoice)),
                  &written.cents));
    if (written.cents == 0)
        return fail(s, ERR_CONFLICT, "Nothing of invoice %lld is written off.",
                    (long long)in->invoice.v);
    if (in->amount.cents > written.cents)
        return fail_field(s, "amount", "Only %s was written off. Take back that much at most.",
                          money_show(written, text));
    const struct money amount = in->amount.cents != 0 ? in->amount : written;
    TRY(add(s, &invoice, money_negate(amount), in->reason));
    return invoice_get(s, in->invoice, output);
}

const struct op invoice_write_off_undo_op = {
    .name = "invoice.write-off-undo",
    .says = "Take a write-off back: it is owed again",
    .title = "Owed again",
    .right = RIGHT_INVOICES_WRITE_OFF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct invoice_write_off_undo, undo_fields),
    .out = &invoice_shape,
    .run = undo,
    .about = "invoice",
};
