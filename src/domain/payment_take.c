/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Taking money. A taking of several tenders happens whole or not at all; each tender becomes a
 * payment with its own ledger entry, so that one of them can be undone later by itself. */

#include "base/text.h"
#include "domain/customer.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/ledger.h"
#include "domain/list.h"
#include "domain/payment.h"
#include "payment_inner.h"

/* ---- shapes ---- */

static const struct field payment_take_fields[] = {
    FIELD(struct payment_take, invoice, .picks = "invoice.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_take, use_credit, .label = "Use credit on account"),
    FIELD(struct payment_take, tenders, .rows = &tender_shape),
};

static const struct field payment_deposit_fields[] = {
    FIELD(struct payment_deposit, customer, .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    TENDER_FIELDS(struct payment_deposit),
};

static const struct field payment_taken_fields[] = {
    FIELD(struct payment_taken, invoice),
    FIELD(struct payment_taken, total),
    FIELD(struct payment_taken, paid),
    FIELD(struct payment_taken, balance, .help = "What is still due"),
    FIELD(struct payment_taken, change, .help = "What the customer gets back in cash"),
    FIELD(struct payment_taken, credit, .label = "Credit on account"),
    FIELD(struct payment_taken, payments, .rows = &invoice_payment_shape),
};
static const struct shape payment_taken_shape =
    SHAPE_OF(struct payment_taken, "payment_taken", payment_taken_fields);

/* ---- what is due ---- */

/* The invoice as far as taking money is concerned, and what its customer has in credit. */
struct due {
    struct customer_id customer;
    const char *customer_name;
    enum invoice_state state;
    struct money total, paid, credit;
};
static const struct field due_fields[] = {
    FIELD(struct due, customer),
    FIELD(struct due, customer_name),
    FIELD(struct due, state, .choices = &invoice_state_choices),
    FIELD(struct due, total),
    FIELD(struct due, paid),
    FIELD(struct due, credit),
};
static const struct shape due_shape = SHAPE_OF(struct due, "due", due_fields);

static const char SQL_DUE[] =
    "SELECT i.customer AS customer, c.name AS customer_name, i.state AS state,\n"
    "       i.total AS total, i.paid AS paid, c.credit AS credit\n"
    "FROM invoice i\n"
    "JOIN customer c ON c.id = i.customer\n"
    "WHERE i.id = :invoice";

static const char SQL_DEPOSITOR[] = "SELECT id AS customer, name AS customer_name, credit\n"
                                    "FROM customer\n"
                                    "WHERE id = :customer";

/* Deposits and overpayments that are not used up, oldest first. */
static const char SQL_CREDITS[] = "SELECT p.id AS payment, p.amount - " SQL_GONE " AS amount\n"
                                  "FROM payment p\n"
                                  "WHERE p.customer = :customer\n"
                                  "AND p.amount > " SQL_GONE "\n"
                                  "ORDER BY p.id";

/* One tender and where its money goes: applied + change + credit = tendered. */
struct share {
    const struct tender *tender;
    struct money applied, change, credit;
};

/* A taking on its way: for whom, on which invoice (0: a deposit), and what it has come to. */
struct taking {
    struct invoice_id invoice;
    struct due due;
    struct money use_credit;
    struct day taken_on;
    struct money applied;             /* by tenders */
    struct money change;              /* to hand back */
    struct money credit;              /* left over by tenders */
    struct invoice_payment *payments; /* what the customer's receipt lists */
    size_t payment_count;
};

static struct money less(struct money a, struct money b)
{
    return (struct money){a.cents - b.cents};
}

static void add_to(struct money *sum, struct money amount)
{
    sum->cents += amount.cents; /* both within what a person may enter: far from the edge */
}

static status get_due(struct session *s, struct invoice_id invoice, struct due *ret_due)
{
    struct due due;

    TRY(found(s,
              store_get(s->store, SQL_DUE, NO_ROW, BINDS(BIND_ID("invoice", invoice)), s->arena,
                        &due_shape, &due),
              "There is no invoice %lld. Look for it by customer or repair order.",
              (long long)invoice.v));
    if (due.state == INVOICE_VOID)
        return fail(s, ERR_CONFLICT, "Invoice %lld is void: nothing is due on it.",
                    (long long)invoice.v);
    if (due.paid.cents >= due.total.cents)
        return fail(s, ERR_CONFLICT,
                    "Invoice %lld is already paid in full. Take other money as a deposit.",
                    (long long)invoice.v);
    *ret_due = due;
    return OK;
}

/* ---- what may be tendered ---- */

static status in_tender(struct session *s, size_t index, status result)
{
    if (result == ERR_INVALID)
        fault_prefix(&s->fault, arena_printf(s->arena, "tenders.%zu", index + 1));
    return result;
}

static status check_credit(struct session *s, const struct payment_take *in, const struct due *due)
{
    const struct money open = less(due->total, due->paid);
    char text[NUMBER_TEXT_MAX];

    if (in->use_credit.cents > due->credit.cents)
        return fail_field(s, "use_credit", "%s has %s in credit. Use that much at most.",
                          due->customer_name, money_show(due->credit, text));
    if (in->use_credit.cents > open.cents)
        return fail_field(s, "use_credit", "Only %s is due. Use that much credit at most.",
                          money_show(open, text));
    if (in->use_credit.cents == 0 && in->tenders.count == 0)
        return fail_field(s, "tenders", "Nothing was handed over. Add a tender.");
    return OK;
}

/* ---- who pays what ---- */

static struct share share_of(const struct tender *tender, struct money left)
{
    const struct money applied = money_min(tender->amount, left);
    const struct money rest = less(tender->amount, applied);
    const bool gives_change = tender->method == PAY_CASH;

    return (struct share){
        .tender = tender,
        .applied = applied,
        .change = gives_change ? rest : MONEY_ZERO,
        .credit = gives_change ? MONEY_ZERO : rest,
    };
}

/* What stays on a certificate is its holder's, no credit of the customer's. */
static status check_gift(struct session *s, const struct share *share)
{
    char text[NUMBER_TEXT_MAX];

    if (share->tender->method != PAY_GIFT || share->credit.cents == 0)
        return OK;
    return fail_field(s, "amount", "Only %s is left to pay. Take that much of the certificate.",
                      money_show(share->applied, text));
}

/* Cash comes last, whatever the order of entry: change is given from cash, so that nobody leaves
 * with credit and without change. */
static status share_out(struct session *s, const struct rows *tenders, struct money left,
                        struct share *ret_shares)
{
    const struct tender *tender = tenders->at;

    for (int cash = 0; cash < 2; cash++) {
        for (size_t i = 0; i < tenders->count; i++) {
            if ((tender[i].method == PAY_CASH) != (cash == 1))
                continue;
            ret_shares[i] = share_of(&tender[i], left);
            TRY(in_tender(s, i, check_gift(s, &ret_shares[i])));
            left = less(left, ret_shares[i].applied);
            if (cash == 1 && ret_shares[i].applied.cents == 0)
                return in_tender(s, i,
                                 fail_field(s, "amount",
                                            "Nothing is left to pay with this cash. Take the "
                                            "tender off."));
        }
    }
    return OK;
}

/* ---- writing it ---- */

static const char *memo_of(struct session *s, const struct taking *taking)
{
    if (taking->invoice.v == 0)
        return "Deposit";
    return arena_printf(s->arena, "Payment of invoice %lld", (long long)taking->invoice.v);
}

static status apply(struct session *s, const struct taking *taking, struct payment_id payment,
                    struct money amount, struct entry_id entry)
{
    if (amount.cents == 0)
        return OK;
    return payment_apply_row(s, payment, taking->invoice, amount, entry);
}

static const char *details_of(struct session *s, const struct tender *tender)
{
    if (tender->method == PAY_CHECK)
        return arena_printf(s->arena, "check %s", tender->check_number);
    if (tender->method == PAY_GIFT)
        return gift_number_show(s->arena, text_digits(s->arena, tender->certificate));
    if (tender->method != PAY_CARD)
        return tender->note;
    return arena_printf(s->arena, "%s%s%s%s%s", tender->card_brand,
                        text_is_empty(tender->card_brand) ? "" : " ", tender->card_last4,
                        text_is_empty(tender->card_auth) ? "" : " auth ", tender->card_auth);
}

static status take_share(struct session *s, struct taking *taking, const struct share *share)
{
    struct payment_id payment;
    struct entry_id entry;

    TRY(payment_write(s,
                      &(struct payment_new){.tender = share->tender,
                                            .customer = taking->due.customer,
                                            .customer_name = taking->due.customer_name,
                                            .memo = memo_of(s, taking),
                                            .applied = share->applied,
                                            .change = share->change,
                                            .credit = share->credit},
                      &payment, &entry));
    TRY(apply(s, taking, payment, share->applied, entry));
    add_to(&taking->applied, share->applied);
    add_to(&taking->change, share->change);
    add_to(&taking->credit, share->credit);
    taking->payments[taking->payment_count++] = (struct invoice_payment){
        .payment = payment,
        .taken_on = taking->taken_on,
        .method = choice_word(&payment_method_choices, share->tender->method),
        .details = details_of(s, share->tender),
        .tendered = share->tender->amount,
        .change = share->change,
        .applied = share->applied,
    };
    return OK;
}

/* What one earlier payment has left. */
struct credit {
    struct payment_id payment;
    struct money amount;
};
static const struct field credit_fields[] = {
    FIELD(struct credit, payment),
    FIELD(struct credit, amount),
};
static const struct shape credit_shape = SHAPE_OF(struct credit, "credit", credit_fields);

static status use_one_credit(struct session *s, struct taking *taking, struct payment_id payment,
                             struct money amount)
{
    const struct customer_id customer = taking->due.customer;
    const struct ledger_line lines[] = {
        {ACCOUNT_CUSTOMER_CREDIT, amount, customer},
        {ACCOUNT_RECEIVABLE, money_negate(amount), customer},
    };
    struct entry_id entry;

    TRY(ledger_post(
        s, taking->taken_on, "payment", payment.v,
        arena_printf(s->arena, "Credit applied to invoice %lld", (long long)taking->invoice.v),
        lines, COUNT_OF(lines), &entry));
    return apply(s, taking, payment, amount, entry);
}

static status use_credit(struct session *s, struct taking *taking)
{
    struct money left = taking->use_credit;
    struct rows credits;

    if (left.cents == 0)
        return OK;
    TRY(store_list(s->store, SQL_CREDITS, NO_ROW, BINDS(BIND_ID("customer", taking->due.customer)),
                   s->arena, &credit_shape, &credits));
    const struct credit *credit = credits.at;
    for (size_t i = 0; i < credits.count && left.cents > 0; i++) {
        const struct money amount = money_min(credit[i].amount, left);
        TRY(use_one_credit(s, taking, credit[i].payment, amount));
        left = less(left, amount);
    }
    if (left.cents != 0)
        return fail(s, ERR_CORRUPT, "The credit of %s has no payments behind it. Prove the ledger.",
                    taking->due.customer_name);
    taking->payments[taking->payment_count++] = (struct invoice_payment){
        .taken_on = taking->taken_on,
        .method = "credit",
        .details = "credit on account",
        .tendered = taking->use_credit,
        .applied = taking->use_credit,
    };
    return OK;
}

static struct payment_taken taken_from(const struct taking *taking)
{
    const struct due *due = &taking->due;
    const int64_t paid = due->paid.cents + taking->use_credit.cents + taking->applied.cents;

    return (struct payment_taken){
        .invoice = taking->invoice,
        .total = due->total,
        .paid = {paid},
        .balance = {due->total.cents - paid},
        .change = taking->change,
        .credit = {due->credit.cents - taking->use_credit.cents + taking->credit.cents},
        .payments = {taking->payments, taking->payment_count},
    };
}

/* ---- operations ---- */

static status check_tenders(struct session *s, const struct rows *tenders)
{
    const struct tender *tender = tenders->at;

    for (size_t i = 0; i < tenders->count; i++)
        TRY(in_tender(s, i, payment_check_tender(s, &tender[i])));
    return OK;
}

static status take_tenders(struct session *s, struct taking *taking, const struct rows *tenders)
{
    const struct money left = less(less(taking->due.total, taking->due.paid), taking->use_credit);
    struct share *shares = NEW_ARRAY(s->arena, struct share, tenders->count);

    TRY(share_out(s, tenders, left, shares));
    for (size_t i = 0; i < tenders->count; i++)
        TRY(in_tender(s, i, take_share(s, taking, &shares[i])));
    return OK;
}

static status move_balances(struct session *s, const struct taking *taking)
{
    const struct money paid = {taking->use_credit.cents + taking->applied.cents};

    TRY(invoice_add_paid(s, taking->invoice, paid));
    return customer_move_balance(s, taking->due.customer, money_negate(paid),
                                 less(taking->credit, taking->use_credit));
}

static status payment_take(struct session *s, const void *input, void *output)
{
    const struct payment_take *in = input;
    struct taking taking = {.invoice = in->invoice, .use_credit = in->use_credit};

    TRY(ledger_open_day(s, &taking.taken_on));
    TRY(get_due(s, in->invoice, &taking.due));
    TRY(check_credit(s, in, &taking.due));
    TRY(check_tenders(s, &in->tenders));
    taking.payments = NEW_ARRAY(s->arena, struct invoice_payment, in->tenders.count + 1);
    TRY(use_credit(s, &taking));
    TRY(take_tenders(s, &taking, &in->tenders));
    TRY(move_balances(s, &taking));
    *(struct payment_taken *)output = taken_from(&taking);
    return OK;
}

const struct op payment_take_op = {
    .name = "payment.take",
    .says = "Take a payment on an invoice",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct payment_take, payment_take_fields),
    .out = &payment_taken_shape,
    .run = payment_take,
    .about = "invoice",
};

static status payment_deposit(struct session *s, const void *input, void *output)
{
    const struct payment_deposit *in = input;
    struct taking taking = {.payments = NEW(s->arena, struct invoice_payment)};
    struct tender tender;

    TRY(ledger_open_day(s, &taking.taken_on));
    TRY(customer_must_be_active(s, in->customer));
    TRY(store_get(s->store, SQL_DEPOSITOR, NO_ROW, BINDS(BIND_ID("customer", in->customer)),
                  s->arena, &due_shape, &taking.due));
    shape_transfer(payment_deposit_op.in, in, &tender_shape, &tender);
    TRY(payment_check_tender(s, &tender));
    TRY(take_share(s, &taking, &(struct share){.tender = &tender, .credit = tender.amount}));
    TRY(customer_move_balance(s, in->customer, MONEY_ZERO, tender.amount));
    *(struct payment_taken *)output = taken_from(&taking);
    return OK;
}

const struct op payment_deposit_op = {
    .name = "payment.deposit",
    .says = "Take a deposit before there is an invoice",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct payment_deposit, payment_deposit_fields),
    .out = &payment_taken_shape,
    .run = payment_deposit,
    .about = "customer",
};
