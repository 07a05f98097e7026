/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What nobody will pay any more: the rest of an invoice, or some of it, becomes a bad debt. The
 * invoice stays as it was posted; a further row with its own entry settles it. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/ledger.h"
#include "invoice_inner.h"

static const char SQL_ADD[] =
    "INSERT INTO invoice_write_off (invoice, amount, reason, written_on, written_at, written_by,\n"
    "                               entry)\n"
    "VALUES (:invoice, :amount, :reason, :written_on, :written_at, :written_by, :entry)";

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

static status write_off(struct session *s, const void *input, void *output)
{
    const struct invoice_write_off *in = input;
    struct invoice invoice;
    struct entry_id entry;

    TRY(invoice_get(s, in->invoice, &invoice));
    TRY(must_be_open(s, &invoice, in->amount));
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_BAD_DEBT, .amount = in->amount},
        {.account = ACCOUNT_RECEIVABLE,
         .amount = money_negate(in->amount),
         .customer = invoice.customer},
    };
    TRY(ledger_post(s, session_today(s), "invoice", in->invoice.v,
                    arena_printf(s->arena, "Written off invoice %lld: %s", (long long)in->invoice.v,
                                 in->reason),
                    lines, COUNT_OF(lines), &entry));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("invoice", in->invoice), BIND_MONEY("amount", in->amount),
                        BIND_TEXT("reason", in->reason), BIND_DAY("written_on", session_today(s)),
                        BIND_INSTANT("written_at", session_now(s)), BIND_ID("written_by", s->user),
                        BIND_ID("entry", entry))));
    TRY(invoice_add_paid(s, in->invoice, in->amount));
    TRY(customer_move_balance(s, invoice.customer, money_negate(in->amount), MONEY_ZERO));
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
