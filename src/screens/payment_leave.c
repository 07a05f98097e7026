/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Leaving the payment dialog without money taken. What was typed stays as a draft; an invoice that
 * was made a moment ago is not left open without a word, and a sale over the counter not without a
 * choice: the goods are on the counter. */

#include "base/text.h"
#include "payment_dialog.h"
#include "ui/dialog.h"

bool payment_is_dirty(struct view *view)
{
    const struct payment_state *state = view->state;

    if (state->taken || state->due.cents <= 0)
        return false; /* nothing is due any more: somebody else took it */
    if (state->after == PAYING_SALE)
        return true;
    for (size_t i = 0; i < state->count; i++)
        if (state->rows[i].edited || state->rows[i].chosen)
            return true;
    return false;
}

/* ---- a sale over the counter ---- */

static void say_open(struct payment_state *state, const char *how)
{
    char due[NUMBER_TEXT_MAX];

    app_say(state->desk->app, "Invoice %lld: %s %s.", (long long)state->invoice.v,
            money_show(state->due, due), how);
}

static void taken_back(struct view *asker, const void *out, void *context)
{
    struct app *app = asker->app;
    const struct invoice *invoice = out;
    const long long number = (long long)invoice->id.v;

    (void)context;
    payment_forget(asker);
    app_pop(app, asker);
    app_say(app, "Invoice %lld is taken back: nothing is owed. F7 sells again, V voids the sale.",
            number);
}

/* The reason is there to be changed; most of the time it is this one. */
static void take_back(struct payment_state *state)
{
    static const char *const skip[] = {"invoice", NULL};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_unpost *in = desk_input(state->desk, &arena, &invoice_unpost_op);

    in->invoice = state->invoice;
    in->reason = "Not paid, goods stay here";
    op_form_open(state->desk, &(struct op_form){
                                  .op = &invoice_unpost_op,
                                  .title = arena_printf(&arena, "Take back invoice %lld",
                                                        (long long)state->invoice.v),
                                  .in = in,
                                  .skip = skip,
                                  .focus = "reason",
                                  .small = true,
                                  .saved = taken_back,
                              });
}

static void sale_answered(struct view *asker, char letter, void *context)
{
    struct payment_state *state = asker->state;

    (void)context;
    if (letter == 'p')
        return;
    if (letter == 't') {
        take_back(state);
        return;
    }
    if (letter == 'a') {
        payment_forget(asker);
        say_open(state, "is on account");
    } else {
        view_touch(asker); /* stays among what is unfinished */
        say_open(state, "is due; Ctrl-O at the counter goes on with it");
    }
    app_pop(asker->app, asker);
}

/* Who has terms buys on account; everybody else owes it from now on. */
static void ask_sale(struct view *view)
{
    const struct payment_state *state = view->state;
    const bool has_terms = day_compare(state->due_on, state->posted_on) > 0;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct dialog_button buttons[3] = {{'p', "p Pay"}};
    char due[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];
    size_t count = 1;

    buttons[count++] = has_terms ? (struct dialog_button){'a', "a On account"}
                                 : (struct dialog_button){'l', "l Leave unpaid"};
    if (desk_allows(state->desk, &invoice_unpost_op))
        buttons[count++] = (struct dialog_button){'t', "t Take it back"};
    dialog_open(view->app,
                &(struct dialog){
                    .title = arena_printf(&arena, "Invoice %lld is posted and not paid",
                                          (long long)state->invoice.v),
                    .text = has_terms ? arena_printf(&arena, "%s can go on account: due %s.",
                                                     money_show(state->due, due),
                                                     day_show(state->due_on, day))
                                      : arena_printf(&arena,
                                                     "%s is due now. Left unpaid it is "
                                                     "owed by %s.",
                                                     money_show(state->due, due), state->who),
                    .buttons = buttons,
                    .button_count = count,
                    .safe = 'p',
                    .answered = sale_answered,
                });
}

/* ---- any other ---- */

static void leave_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'g')
        return;
    if (letter == 't')
        payment_forget(asker);
    else
        view_touch(asker); /* kept when it closes */
    app_pop(asker->app, asker);
}

static void ask_typed(struct view *view)
{
    static const struct dialog_button buttons[] = {
        {'k', "k Keep as a draft"}, {'t', "t Throw away"}, {'g', "g Go on"}};

    dialog_open(view->app, &(struct dialog){
                               .title = "Nothing was taken yet",
                               .text = "The invoice stays due; F7 takes the money later.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'g',
                               .answered = leave_answered,
                           });
}

bool payment_leaves(struct view *view)
{
    struct payment_state *state = view->state;
    char day[DAY_TEXT_MAX];

    if (state->due.cents <= 0) {
        payment_forget(view);
        return true;
    }
    if (state->after == PAYING_SALE) {
        ask_sale(view);
        return false;
    }
    if (payment_is_dirty(view)) {
        ask_typed(view);
        return false;
    }
    if (state->after == PAYING_POSTED)
        say_open(state, day_compare(state->due_on, state->posted_on) > 0
                            ? arena_printf(&view->arena, "is on account, due %s",
                                           day_show(state->due_on, day))
                            : "is due now; F7 takes it");
    return true;
}
