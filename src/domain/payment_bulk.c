/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One check for many invoices: those that are chosen, or the oldest first. It is one payment with
 * one ledger entry; each invoice has its share of it. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "payment_inner.h"

static const struct field item_fields[] = {
    FIELD(struct payment_item, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED),
    FIELD(struct payment_item, amount, .help = "Left empty: all that is due on it",
          .example = "50.00", .low = 1, .high = MONEY_MAX_CENTS, .flags = FIELD_OPTIONAL),
};
static const struct shape item_shape = SHAPE_OF(struct payment_item, "payment_item", item_fields);

static const struct field bulk_fields[] = {
    FIELD(struct payment_bulk, customer, .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    TENDER_FIELDS(struct payment_bulk),
    FIELD(struct payment_bulk, items, .label = "Invoices", .rows = &item_shape,
          .help = "What it pays; left empty: what was due first"),
};

/* ---- what is open ---- */

struct open_invoice {
    struct invoice_id invoice;
    struct money balance;
    bool chosen; /* it stands among the items already */
};
static const struct field open_fields[] = {
    FIELD(struct open_invoice, invoice),
    FIELD(struct open_invoice, balance),
    FIELD(struct open_invoice, chosen),
};
static const struct shape open_shape = SHAPE_OF(struct open_invoice, "open_invoice", open_fields);

/* Oldest is what was due first. */
static const char SQL_OPEN[] = "SELECT id AS invoice, total - paid AS balance, 0 AS chosen\n"
                               "FROM invoice\n"
                               "WHERE customer = :customer\n"
                               "AND paid < total AND state = 'posted'\n"
                               "ORDER BY due_on, id";

/* What each invoice gets; `left` of the tender is nobody's. */
struct sharing {
    const struct payment_bulk *in;
    struct customer customer;
    struct rows open; /* of struct open_invoice */
    struct payment_item *items;
    size_t count;
    struct money left;
};

static struct open_invoice *find_open(const struct sharing *sharing, struct invoice_id invoice)
{
    struct open_invoice *open = sharing->open.at;

    for (size_t i = 0; i < sharing->open.count; i++)
        if (open[i].invoice.v == invoice.v)
            return &open[i];
    return NULL;
}

static void give(struct sharing *sharing, struct invoice_id invoice, struct money amount)
{
    sharing->items[sharing->count++] = (struct payment_item){invoice, amount};
    sharing->left.cents -= amount.cents;
}

static void share_oldest_first(struct sharing *sharing)
{
    const struct open_invoice *open = sharing->open.at;

    for (size_t i = 0; i < sharing->open.count && sharing->left.cents > 0; i++)
        give(sharing, open[i].invoice, money_min(open[i].balance, sharing->left));
}

/* ---- what was chosen ---- */

static status check_item(struct session *s, const struct sharing *sharing,
                         const struct payment_item *item, struct open_invoice *open)
{
    char text[NUMBER_TEXT_MAX];

    if (open == NULL)
        return fail_field(s, "invoice", "Nothing is due from %s on invoice %lld. Take it off.",
                          sharing->customer.name, (long long)item->invoice.v);
    if (open->chosen)
        return fail_field(s, "invoice", "Invoice %lld is here twice. Take one of them off.",
                          (long long)item->invoice.v);
    if (item->amount.cents > open->balance.cents)
        return fail_field(s, "amount", "Only %s is due on invoice %lld. Pay that much at most.",
                          money_show(open->balance, text), (long long)item->invoice.v);
    return OK;
}

static status share_item(struct session *s, struct sharing *sharing,
                         const struct payment_item *item)
{
    struct open_invoice *open = find_open(sharing, item->invoice);
    char text[NUMBER_TEXT_MAX];

    TRY(check_item(s, sharing, item, open));
    const struct money amount = item->amount.cents != NUMBER_NONE ? item->amount : open->balance;
    if (amount.cents > sharing->left.cents)
        return fail_field(
            s, "amount",
            "Only %s of the payment is left for invoice %lld. Pay that much of it, or "
            "take it off.",
            money_show(sharing->left, text), (long long)item->invoice.v);
    open->chosen = true;
    give(sharing, item->invoice, amount);
    return OK;
}

static status share_items(struct session *s, struct sharing *sharing)
{
    const struct payment_item *item = sharing->in->items.at;

    for (size_t i = 0; i < sharing->in->items.count; i++) {
        const status result = share_item(s, sharing, &item[i]);
        if (result == ERR_INVALID)
            fault_prefix(&s->fault, arena_printf(s->arena, "items.%zu", i + 1));
        TRY(result);
    }
    return OK;
}

static status share_out(struct session *s, struct sharing *sharing)
{
    TRY(customer_get(s, sharing->in->customer, &sharing->customer));
    TRY(store_list(s->store, SQL_OPEN, NO_ROW, BINDS(BIND_ID("customer", sharing->in->customer)),
                   s->arena, &open_shape, &sharing->open));
    if (sharing->open.count == 0)
        return fail(s, ERR_CONFLICT, "Nothing is owed by %s. Take the money as a deposit.",
                    sharing->customer.name);
    sharing->items = NEW_ARRAY(s->arena, struct payment_item, sharing->open.count);
    sharing->left = sharing->in->amount;
    if (sharing->in->items.count > 0)
        return share_items(s, sharing);
    share_oldest_first(sharing);
    return OK;
}

/* ---- taking it ---- */

static const char *memo_of(struct session *s, const struct sharing *sharing)
{
    if (sharing->count == 1)
        return arena_printf(s->arena, "Payment of invoice %lld",
                            (long long)sharing->items[0].invoice.v);
    return arena_printf(s->arena, "Payment of %zu invoices", sharing->count);
}

static status write(struct session *s, const struct sharing *sharing, const struct tender *tender,
                    struct payment_id *ret_payment)
{
    const bool gives_change = tender->method == PAY_CASH;
    const struct money paid = {tender->amount.cents - sharing->left.cents};
    const struct payment_new new = {
        .tender = tender,
        .customer = sharing->in->customer,
        .customer_name = sharing->customer.name,
        .memo = memo_of(s, sharing),
        .applied = paid,
        .change = gives_change ? sharing->left : MONEY_ZERO,
        .credit = gives_change ? MONEY_ZERO : sharing->left,
    };
    struct entry_id entry;

    TRY(payment_write(s, &new, ret_payment, &entry));
    for (size_t i = 0; i < sharing->count; i++) {
        const struct payment_item *item = &sharing->items[i];
        TRY(payment_apply_row(s, *ret_payment, item->invoice, item->amount, entry));
        TRY(invoice_add_paid(s, item->invoice, item->amount));
    }
    return customer_move_balance(s, new.customer, money_negate(paid), new.credit);
}

static status payment_bulk(struct session *s, const void *input, void *output)
{
    struct sharing sharing = {.in = input};
    struct payment_id payment;
    struct tender tender;
    char text[NUMBER_TEXT_MAX];

    shape_transfer(payment_bulk_op.in, input, &tender_shape, &tender);
    TRY(payment_check_tender(s, &tender));
    TRY(share_out(s, &sharing));
    if (tender.method == PAY_GIFT && sharing.left.cents > 0)
        return fail_field(
            s, "amount", "The invoices take only %s. Take that much of the certificate.",
            money_show((struct money){tender.amount.cents - sharing.left.cents}, text));
    TRY(write(s, &sharing, &tender, &payment));
    return payment_get(s, payment, output);
}

const struct op payment_bulk_op = {
    .name = "payment.bulk",
    .says = "Take one payment for several invoices of a customer",
    .title = "Take one payment for several invoices",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct payment_bulk, bulk_fields),
    .out = &payment_shape,
    .run = payment_bulk,
    .about = "customer",
};
