/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From the tenders on the screen to the one call that takes them: what is missing before, where a
 * refusal points, the change and the receipt after. */

#include "payment_dialog.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "print/print.h"
#include "print_menu.h"
#include "ui/dialog.h"

static struct tender tender_of(const struct tender_row *row, struct money amount,
                               struct arena *arena)
{
    struct tender tender = {.method = row->method,
                            .amount = amount,
                            .check_number = "",
                            .card_brand = "",
                            .card_last4 = "",
                            .card_auth = "",
                            .note = "",
                            .certificate = ""};
    const char *texts[DETAILS_MAX] = {"", "", ""};

    for (size_t i = 0; tender_detail(row, i) != NULL; i++)
        texts[i] = text_clean(arena, editor_text(&row->details[i]), TEXT_ONE_LINE);
    if (row->method == PAY_CARD) {
        tender.card_brand = texts[0];
        tender.card_last4 = texts[1];
        tender.card_auth = texts[2];
    } else if (row->method == PAY_CHECK) {
        tender.check_number = texts[0];
    } else if (row->method == PAY_GIFT) {
        tender.certificate = texts[0];
    } else {
        tender.note = texts[0];
    }
    return tender;
}

static void gather(const struct payment_state *state, struct arena *arena, struct payment_take *in)
{
    struct tender *tenders = NEW_ARRAY(arena, struct tender, state->count + 1);
    size_t count = 0;

    in->invoice = state->invoice;
    for (size_t i = 0; i < state->count; i++) {
        if (state->rows[i].credit)
            in->use_credit = state->tendered[i].applied;
        else if (state->tendered[i].amount.cents > 0)
            tenders[count++] = tender_of(&state->rows[i], state->tendered[i].amount, arena);
    }
    in->tenders = (struct rows){tenders, count};
}

/* Puts the cursor where a refusal points: "tenders.2.card_last4". */
static void go_to_fault(struct payment_state *state, const struct fault *fault)
{
    long wanted =
        strncmp(fault->field, "tenders.", 8) == 0 ? strtol(fault->field + 8, NULL, 10) : 0;
    const char *name = strrchr(fault->field, '.');

    for (size_t i = 0; i < state->count && wanted > 0; i++) {
        const struct tender_row *row = &state->rows[i];
        if (row->credit || state->tendered[i].amount.cents <= 0 || --wanted > 0)
            continue;
        state->current = i;
        state->field = 1;
        for (size_t d = 0; tender_detail(row, d) != NULL; d++)
            if (name != NULL && strcmp(tender_detail(row, d)->field, name + 1) == 0)
                state->field = d + 2;
    }
}

/* Does the screen below have the papers of the invoice at hand? */
static bool has_papers(const struct view *view)
{
    for (size_t i = 0; view != NULL && i < view->type->action_count; i++)
        if (text_same(view->type->actions[i].name, "document.print"))
            return true;
    return false;
}

static bool asks_for_paper(const struct payment_state *state)
{
    return text_is_empty(state->desk->shop.receipt_printer) &&
           desk_holds(state->desk, RIGHT_DOCUMENTS_PRINT) && !has_papers(app_top(state->desk->app));
}

/* The payment was taken where its papers are not: the receipt is one key away all the same. */
static void offer_papers(const struct payment_state *state)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (asks_for_paper(state))
        print_menu_open(state->desk, &(struct print_menu){
                                         .papers = {{DOCUMENT_RECEIPT, state->invoice.v},
                                                    {DOCUMENT_INVOICE, state->invoice.v}},
                                         .first = DOCUMENT_RECEIPT,
                                         .title = arena_printf(&arena, "invoice %lld",
                                                               (long long)state->invoice.v),
                                     });
}

/* A shop with a receipt printer prints on its own; what went wrong there undoes no payment. */
static const char *print_receipt(struct payment_state *state, struct arena *arena)
{
    struct session *s = &state->desk->session;

    if (text_is_empty(state->desk->shop.receipt_printer))
        return asks_for_paper(state) ? "" : "F8 prints the receipt.";
    s->arena = arena;
    const status result = print_send(s, DOCUMENT_RECEIPT, state->invoice.v, "", 1);
    s->arena = &state->desk->scratch;
    return result == OK ? "The receipt is printed."
                        : arena_printf(arena, "The receipt is not printed: %s", s->fault.text);
}

static const char *paid_text(const struct payment_taken *taken, struct arena *arena)
{
    char balance[NUMBER_TEXT_MAX];

    if (taken->balance.cents > 0)
        return arena_printf(arena, "%s is still due on invoice %lld.",
                            money_show(taken->balance, balance), (long long)taken->invoice.v);
    return arena_printf(arena, "Invoice %lld is paid.", (long long)taken->invoice.v);
}

static void say_taken(struct payment_state *state, const struct payment_taken *taken)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct app *app = state->desk->app;
    const char *paid = paid_text(taken, &arena);
    const char *receipt = print_receipt(state, &arena);
    const char *words = *receipt != '\0' ? arena_printf(&arena, "%s %s", paid, receipt) : paid;
    char change[NUMBER_TEXT_MAX];

    offer_papers(state);
    if (taken->change.cents > 0)
        dialog_tell(
            app, "Change",
            arena_printf(&arena, "Hand back %s.\n\n%s", money_show(taken->change, change), words));
    app_say(app, "%s", words);
}

/* Nothing is left to keep. */
void payment_forget(struct view *view)
{
    struct payment_state *state = view->state;

    state->taken = true;
    view->keep_at = 0;
    desk_draft_drop(state->desk, &state->draft);
}

static void take(struct view *view)
{
    struct payment_state *state = view->state;
    struct view *asker = app_below(view->app, view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct payment_take *in = desk_input(state->desk, &arena, &payment_take_op);
    struct payment_taken out;

    gather(state, &arena, in);
    if (desk_call(state->desk, &arena, &payment_take_op, in, &out) != OK) {
        go_to_fault(state, &state->desk->session.fault);
        return;
    }
    payment_forget(view);
    app_pop(view->app, view);
    if (state->paid != NULL)
        state->paid(asker);
    say_taken(state, &out);
}

static void take_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 't')
        take(asker);
}

/* Less or more than is due may be a slip of the hand. */
static void ask_first(struct view *view, const char *title, const char *text, const char *yes)
{
    const struct dialog_button buttons[] = {{'t', yes}, {'b', "b Back"}};

    dialog_open(view->app, &(struct dialog){
                               .title = title,
                               .text = text,
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'b',
                               .answered = take_answered,
                           });
}

static void ask_part(struct view *view, struct money left)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char text[NUMBER_TEXT_MAX];

    ask_first(view, "Not the whole due",
              arena_printf(&arena, "%s stays unpaid on the invoice.", money_show(left, text)),
              "t Take the part");
}

static void ask_credit(struct view *view, struct money over)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char text[NUMBER_TEXT_MAX];

    ask_first(view, "More than is due",
              arena_printf(&arena, "%s of it is not due: it becomes the customer's credit.",
                           money_show(over, text)),
              "t Take all of it");
}

/* What must be known before anything is taken; false: the cursor is where it is missing. */
static bool is_complete(struct view *view)
{
    struct payment_state *state = view->state;

    for (size_t i = 0; i < state->count; i++) {
        const struct tender_row *row = &state->rows[i];
        const bool counts = state->tendered[i].amount.cents > 0;
        if (!state->wrong[i] && (row->credit || row->chosen || !counts))
            continue;
        if (!payment_refuse_amount(view, i)) {
            state->current = i;
            state->field = 0;
            app_error(view->app,
                      "Say how it is paid: c cash, k check, d card, b bank, g gift, o other.");
        }
        return false;
    }
    return true;
}

void payment_press_take(struct view *view, const struct action *action)
{
    struct payment_state *state = view->state;

    (void)action;
    payment_recount(state);
    if (!is_complete(view))
        return;
    if (state->sum.left.cents > 0 && state->sum.left.cents < state->due.cents)
        ask_part(view, state->sum.left);
    else if (state->sum.to_credit.cents > 0)
        ask_credit(view, state->sum.to_credit);
    else
        take(view);
}
