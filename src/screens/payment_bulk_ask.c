/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is handed over, how it is shared out among invoices, and how it is taken. */

#include "payment_bulk.h"

#include "base/text.h"
#include "print/print.h"
#include "print_menu.h"
#include "ui/dialog.h"

/* ---- the amount ---- */

static status money_check(void *context, const char *text, struct fault *fault)
{
    struct money money;

    (void)context;
    TRY(money_parse(text_is_empty(text) ? "0" : text, &money, fault));
    if (money.cents < 0 || money.cents > MONEY_MAX_CENTS)
        return fault_field(fault, "amount", "Write an amount like 300 or 267.87.");
    return OK;
}

static void amount_given(struct view *asker, const char *text, void *context)
{
    struct payment_bulk_page *page = asker->state;

    (void)context;
    if (money_parse(text_is_empty(text) ? "0" : text, &page->given, NULL) == OK)
        app_redraw(asker->app);
}

static void share_out(struct view *view)
{
    const struct payment_bulk_page *page = view->state;
    struct owed *owed = page->amounts.rows.at;
    struct money left = page->given;

    for (size_t i = 0; i < page->amounts.rows.count; i++) {
        const struct money share = money_min(owed[i].balance, left);
        amounts_give(view, &owed[i], share.cents);
        left.cents -= share.cents;
    }
}

static void amount_shared(struct view *asker, const char *text, void *context)
{
    amount_given(asker, text, context);
    share_out(asker);
}

static void ask_amount(struct view *view,
                       void (*answered)(struct view *asker, const char *text, void *context))
{
    const struct payment_bulk_page *page = view->state;
    char text[NUMBER_TEXT_MAX];

    question_open(view->app,
                  &(struct question){
                      .title = "Take payment",
                      .label = "Amount",
                      .help = "What is handed over; left empty: as much as is chosen",
                      .initial = page->given.cents > 0 ? money_text(page->given, text) : "",
                      .max = 16,
                      .check = money_check,
                      .answered = answered,
                  });
}

void payment_bulk_ask_amount(struct view *view, const struct action *action)
{
    (void)action;
    ask_amount(view, amount_given);
}

void payment_bulk_oldest(struct view *view, const struct action *action)
{
    const struct payment_bulk_page *page = view->state;

    (void)action;
    if (page->given.cents > 0)
        share_out(view);
    else
        ask_amount(view, amount_shared);
}

/* ---- taking it ---- */

/* Without a receipt printer it is one key away, for who may print. */
static void offer_receipt(struct desk *desk, struct payment_id payment)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (!text_is_empty(desk->shop.receipt_printer) || !desk_holds(desk, RIGHT_DOCUMENTS_PRINT))
        return;
    print_menu_open(desk, &(struct print_menu){
                              .papers = {{DOCUMENT_PAYMENT, payment.v}},
                              .title = arena_printf(&arena, "payment %lld", (long long)payment.v),
                          });
}

/* A shop with a receipt printer prints on its own; what went wrong there undoes no payment. */
static const char *print_receipt(struct desk *desk, struct payment_id payment, struct arena *arena)
{
    struct session *s = &desk->session;

    if (text_is_empty(desk->shop.receipt_printer))
        return "";
    s->arena = arena;
    const status result = print_send(s, DOCUMENT_PAYMENT, payment.v, "", 1);
    s->arena = &desk->scratch;
    return result == OK ? "The receipt is printed."
                        : arena_printf(arena, "The receipt is not printed: %s", s->fault.text);
}

static const char *taken_text(const struct payment *taken, struct arena *arena)
{
    char amount[NUMBER_TEXT_MAX], credit[NUMBER_TEXT_MAX];

    return arena_printf(arena, "Payment %lld of %s is taken on %zu %s%s%s.", (long long)taken->id.v,
                        money_show(taken->amount, amount), taken->shares.count,
                        taken->shares.count == 1 ? "invoice" : "invoices",
                        taken->left.cents > 0 ? "; to credit " : "",
                        taken->left.cents > 0 ? money_show(taken->left, credit) : "");
}

static void taken(struct view *asker, const void *out, void *context)
{
    const struct payment *payment = out;
    struct desk *desk = desk_of(asker);
    AUTO_ARENA arena = ARENA_EMPTY;
    char change[NUMBER_TEXT_MAX];
    const char *words = taken_text(payment, &arena);
    const struct money back = payment->change;

    (void)context;
    const char *receipt = print_receipt(desk, payment->id, &arena);
    if (*receipt != '\0')
        words = arena_printf(&arena, "%s %s", words, receipt);
    app_pop(desk->app, asker);
    offer_receipt(desk, payment->id);
    if (back.cents > 0)
        dialog_tell(desk->app, "Change",
                    arena_printf(&arena, "Hand back %s.\n\n%s", money_show(back, change), words));
    app_say(desk->app, "%s", words);
}

static struct rows chosen_items(const struct payment_bulk_page *page, struct arena *arena)
{
    const struct rows *rows = &page->amounts.rows;
    const struct owed *owed = rows->at;
    struct payment_item *items = NEW_ARRAY(arena, struct payment_item, rows->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (owed[i].pays.cents > 0)
            items[count++] = (struct payment_item){owed[i].id, owed[i].pays};
    return (struct rows){items, count};
}

/* By check, unless the person says otherwise: it is what pays many invoices. */
void payment_bulk_take(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"customer", "items", NULL};
    const struct payment_bulk_page *page = view->state;
    const struct money left = payment_bulk_left(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    char text[NUMBER_TEXT_MAX];

    (void)action;
    if (payment_bulk_chosen(page).cents == 0) {
        app_error(view->app, "Nothing is chosen: Space chooses an invoice, o the oldest first.");
        return;
    }
    if (left.cents < 0) {
        app_error(view->app, "%s more is chosen than the payment is. Leave some out.",
                  money_show(money_negate(left), text));
        return;
    }
    struct payment_bulk *in = desk_input(page->desk, &arena, &payment_bulk_op);
    in->customer = page->key.customer;
    in->method = PAY_CHECK;
    in->amount = page->given.cents > 0 ? page->given : payment_bulk_chosen(page);
    in->items = chosen_items(page, &arena);
    op_form_open(page->desk,
                 &(struct op_form){
                     .op = &payment_bulk_op,
                     .title = arena_printf(&arena, "Take payment on %zu %s", in->items.count,
                                           in->items.count == 1 ? "invoice" : "invoices"),
                     .in = in,
                     .skip = skip,
                     .focus = "check_number",
                     .small = true,
                     .saved = taken,
                 });
}
