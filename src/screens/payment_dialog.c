/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Taking money: any number of tenders, added up while they are typed, taken in one call or not at
 * all. */

#include "payment_dialog.h"

#include <string.h>

#include "base/text.h"
#include "domain/customer.h"
#include "inner.h"

/* clang-format off */
static const struct detail check_details[] = {{"check", 12, 20, "check_number"}};
static const struct detail card_details[] = {
    {"brand", 6, 20, "card_brand"}, {"last 4", 5, 12, "card_last4"}, {"auth", 7, 20, "card_auth"},
};
static const struct detail other_details[] = {{"note", 20, 200, "note"}};
static const struct detail gift_details[] = {{"number", 16, 20, "certificate"}};
static const struct {
    const char *word;
    char letter;
    const struct detail *details;
    size_t detail_count;
} methods[] = {
    [PAY_CASH]  = {"Cash",          'c', NULL, 0},
    [PAY_CHECK] = {"Check",         'k', check_details, COUNT_OF(check_details)},
    [PAY_CARD]  = {"Card",          'd', card_details, COUNT_OF(card_details)},
    [PAY_ACH]   = {"Bank transfer", 'b', other_details, COUNT_OF(other_details)},
    [PAY_OTHER] = {"Other",         'o', other_details, COUNT_OF(other_details)},
    [PAY_GIFT]  = {"Gift or credit", 'g', gift_details, COUNT_OF(gift_details)},
};
/* clang-format on */

const struct detail *tender_detail(const struct tender_row *row, size_t index)
{
    if (row->credit || !row->chosen || index >= methods[row->method].detail_count)
        return NULL;
    return &methods[row->method].details[index];
}

const char *tender_word(const struct tender_row *row)
{
    if (row->credit)
        return "Credit on account";
    return row->chosen ? methods[row->method].word : "How is it paid?";
}

/* ------------------------------------------------------------------- figures -- */

/* The amount typed; nothing typed is 0. */
static status amount_typed(const struct tender_row *row, struct money *ret, struct fault *fault)
{
    const char *text = editor_text(&row->amount);
    struct money amount = MONEY_ZERO;

    if (!text_is_empty(text))
        TRY(money_parse(text, &amount, fault));
    if (amount.cents < 0)
        return fault_set(fault, ERR_INVALID,
                         "Nothing below 0 can be taken. Money back is “payment refund” in F9.");
    *ret = amount;
    return OK;
}

static struct money amount_of(const struct payment_state *state, size_t index, bool *ret_wrong)
{
    struct money amount = MONEY_ZERO;

    *ret_wrong = amount_typed(&state->rows[index], &amount, NULL) != OK;
    return amount;
}

bool payment_refuse_amount(struct view *view, size_t index)
{
    struct payment_state *state = view->state;
    struct money amount;
    struct fault fault = {0};

    if (amount_typed(&state->rows[index], &amount, &fault) == OK)
        return false;
    state->current = index;
    state->field = 1;
    app_error(view->app, "%s", fault.text);
    return true;
}

static void add_up(struct payment_state *state)
{
    for (size_t i = 0; i < state->count; i++) {
        const struct tender_row *row = &state->rows[i];
        state->tendered[i] = (struct tendered){.credit = row->credit,
                                               .method = row->chosen ? row->method : PAY_OTHER,
                                               .amount = amount_of(state, i, &state->wrong[i])};
    }
    tenders_sum(state->tendered, state->count, state->due, &state->sum);
}

/* The last amount nobody typed is what the others leave. */
void payment_recount(struct payment_state *state)
{
    size_t follower = state->count;
    char text[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < state->count; i++)
        if (!state->rows[i].credit && !state->rows[i].edited)
            follower = i;
    if (follower < state->count) {
        editor_set(&state->rows[follower].amount, "0");
        add_up(state);
        editor_set(&state->rows[follower].amount, money_text(state->sum.left, text));
    }
    add_up(state);
}

/* ---------------------------------------------------------------------- rows -- */

static size_t field_count(const struct tender_row *row)
{
    size_t count = 2;

    while (tender_detail(row, count - 2) != NULL)
        count++;
    return count;
}

static void init_row(struct tender_row *row)
{
    *row = (struct tender_row){0};
    editor_init(&row->amount, 24);
    for (size_t i = 0; i < DETAILS_MAX; i++)
        editor_init(&row->details[i], 200);
}

static void done_row(struct tender_row *row)
{
    editor_done(&row->amount);
    for (size_t i = 0; i < DETAILS_MAX; i++)
        editor_done(&row->details[i]);
}

struct tender_row *payment_add_row(struct payment_state *state)
{
    struct tender_row *row = &state->rows[state->count];

    init_row(row);
    state->current = state->count++;
    state->field = 0;
    return row;
}

static void add_tender(struct view *view, const struct action *action)
{
    struct payment_state *state = view->state;

    (void)action;
    if (state->count == TENDERS_MAX) {
        app_error(view->app, "These are as many tenders as one payment takes. Take them first.");
        return;
    }
    for (size_t i = 0; i < state->count; i++)
        if (!state->rows[i].credit && !state->rows[i].chosen) {
            state->current = i; /* one is waiting already */
            state->field = 0;
            return;
        }
    /* What stands there was seen: it no longer follows. */
    for (size_t i = 0; i < state->count; i++)
        state->rows[i].edited = true;
    payment_add_row(state);
    payment_recount(state);
}

static void remove_tender(struct view *view, const struct action *action)
{
    struct payment_state *state = view->state;

    (void)action;
    if (state->count == 1) {
        app_error(view->app, "This is the only tender. Esc goes back without taking anything.");
        return;
    }
    done_row(&state->rows[state->current]);
    memmove(&state->rows[state->current], &state->rows[state->current + 1],
            (state->count - state->current - 1) * sizeof state->rows[0]);
    state->count--;
    if (state->current == state->count)
        state->current--;
    state->field = 0;
    payment_recount(state);
}

/* ---------------------------------------------------------------------- keys -- */

static void step_field(struct payment_state *state, bool back)
{
    if (!back && ++state->field >= field_count(&state->rows[state->current])) {
        state->current = (state->current + 1) % state->count;
        state->field = state->rows[state->current].credit ? 1 : 0;
    } else if (back && state->field == 0) {
        state->current = (state->current + state->count - 1) % state->count;
        state->field = field_count(&state->rows[state->current]) - 1;
    } else if (back) {
        state->field--;
    }
    if (state->rows[state->current].credit)
        state->field = 1;
}

static void step_row(struct payment_state *state, bool back)
{
    if (back ? state->current == 0 : state->current + 1 == state->count)
        return;
    state->current = back ? state->current - 1 : state->current + 1;
    if (state->field >= field_count(&state->rows[state->current]))
        state->field = 1;
    if (state->rows[state->current].credit)
        state->field = 1;
}

static void choose(struct payment_state *state, enum payment_method method)
{
    struct tender_row *row = &state->rows[state->current];

    if (!row->chosen || row->method != method)
        for (size_t i = 0; i < DETAILS_MAX; i++)
            editor_set(&row->details[i], "");
    row->method = method;
    row->chosen = true;
    for (size_t i = 0; tender_detail(row, i) != NULL; i++)
        editor_limit(&row->details[i], tender_detail(row, i)->max);
    payment_recount(state);
}

static bool edit(struct view *view, const struct event *event)
{
    struct payment_state *state = view->state;
    struct tender_row *row = &state->rows[state->current];
    struct editor *editor = state->field == 1 ? &row->amount : &row->details[state->field - 2];

    /* A typed amount replaces the one that was offered. */
    if (state->field == 1 && !row->edited && event->kind == EVENT_KEY && key_is_text(event->key))
        editor_set(editor, "");
    const enum editor_result result = editor_key(editor, event);
    if (result == EDITOR_FULL)
        app_say(view->app, "No more fits here.");
    if (state->field == 1 && result == EDITOR_CHANGED)
        row->edited = true;
    if (result == EDITOR_CHANGED) {
        payment_recount(state);
        view_touch(view);
    }
    return result != EDITOR_IGNORED;
}

static bool method_key(struct view *view, const struct event *event)
{
    struct payment_state *state = view->state;
    const struct tender_row *row = &state->rows[state->current];
    const size_t count = COUNT_OF(methods);
    char typed[5];

    if (event->key == K_LEFT || event->key == K_RIGHT) {
        const size_t now = row->chosen ? (size_t)row->method : event->key == K_LEFT ? 0 : count - 1;
        choose(state,
               (enum payment_method)((now + (event->key == K_LEFT ? count - 1 : 1)) % count));
        return true;
    }
    for (size_t i = 0; i < count; i++)
        if (event->key == (unsigned char)methods[i].letter) {
            choose(state, (enum payment_method)i);
            state->field = 1;
            view_touch(view);
            return true;
        }
    if (event_number(event, typed) == NULL)
        return false;
    state->field = 1; /* a figure can only be the amount, from its beginning */
    editor_set(&state->rows[state->current].amount, "");
    return edit(view, event);
}

/* "+" is a character in a note only; elsewhere it is the key of the footer. */
static bool adds_tender(const struct payment_state *state, uint32_t key)
{
    const struct detail *detail =
        state->field > 1 ? tender_detail(&state->rows[state->current], state->field - 2) : NULL;

    return key == '+' && state->field > 0 && (detail == NULL || !text_same(detail->field, "note"));
}

static bool on_key(struct view *view, const struct event *event)
{
    struct payment_state *state = view->state;

    if (event->kind == EVENT_KEY) {
        if (event->key == K_ENTER || event->key == K_TAB || event->key == K_BACK_TAB) {
            if (event->key != K_BACK_TAB && state->field == 1 &&
                payment_refuse_amount(view, state->current))
                return true;
            step_field(state, event->key == K_BACK_TAB);
            return true;
        }
        if (event->key == K_UP || event->key == K_DOWN) {
            step_row(state, event->key == K_UP);
            return true;
        }
        if (adds_tender(state, event->key)) {
            add_tender(view, NULL);
            return true;
        }
        if (state->field == 0)
            return method_key(view, event);
    }
    return state->field > 0 && edit(view, event);
}

static enum typing typing(const struct view *view)
{
    const struct payment_state *state = view->state;

    return state->field == 0 ? TYPING_NONE : TYPING_TEXT;
}

static struct money credit_of(struct desk *desk, struct customer_id customer, struct arena *arena)
{
    const struct customer_key in = {customer};
    struct customer out;

    return desk_try(desk, arena, &customer_show_op, &in, &out) == OK ? out.credit : MONEY_ZERO;
}

/* Somebody else took money on it, or took the invoice back: the figures follow, what was typed
 * stays. */
static void payment_changed(struct view *view)
{
    struct payment_state *state = view->state;
    const struct invoice_query in = {state->invoice};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice found;
    char due[NUMBER_TEXT_MAX];

    if (desk_try(state->desk, &arena, &invoice_show_op, &in, &found) != OK)
        return;
    const bool is_same = found.balance.cents == state->due.cents;
    state->total = found.total;
    state->already = found.paid;
    state->due = found.balance.cents > 0 ? found.balance : MONEY_ZERO;
    state->credit = credit_of(state->desk, found.customer, &arena);
    payment_recount(state);
    app_redraw(view->app);
    if (!is_same)
        app_say(view->app, "This invoice was changed meanwhile: %s is due now.",
                money_show(state->due, due));
}

static void on_close(struct view *view)
{
    struct payment_state *state = view->state;

    for (size_t i = 0; i < state->count; i++)
        done_row(&state->rows[i]);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "payment.take", "take and print", NEEDS_NOTHING, payment_press_take, "Takes all tenders in one step; the receipt comes with it.", ACTION_WHILE_TYPING},
    {"+ Ctrl-N", "payment.add-tender", "another tender", NEEDS_NOTHING, add_tender, "Adds a tender: cash beside a card.", ACTION_WHILE_TYPING},
    {"Ctrl-D", "payment.drop-tender", "drop tender", NEEDS_NOTHING, remove_tender, "Takes this tender out again.", ACTION_WHILE_TYPING | ACTION_QUIET},
};
/* clang-format on */

static const struct view_type payment_type = {
    .name = "payment",
    .help = "Every tender has its own row. Credit on account is used first, cash last, so that "
            "change is given from cash; a card or check above the due becomes credit.",
    .draw = payment_draw,
    .key = on_key,
    .typing = typing,
    .dirty = payment_is_dirty,
    .changed = payment_changed,
    .keep = payment_keep,
    .leaves = payment_leaves,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .modal = true,
};

/* ---------------------------------------------------------------------- open -- */

static void offer_tenders(struct payment_state *state)
{
    const struct money credit = money_min(state->credit, state->due);
    char text[NUMBER_TEXT_MAX];

    if (credit.cents > 0) {
        struct tender_row *row = payment_add_row(state);
        row->credit = true;
        editor_set(&row->amount, money_text(credit, text));
        state->field = 1;
    }
    if (credit.cents < state->due.cents)
        payment_add_row(state);
    payment_recount(state);
}

/* NULL when there is nothing to pay; that is said. */
static struct view *open_dialog(struct desk *desk, struct invoice_id invoice)
{
    const struct invoice_query in = {invoice};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice found;

    if (desk_call(desk, &arena, &invoice_show_op, &in, &found) != OK)
        return NULL;
    if (found.state == INVOICE_VOID) {
        app_say(desk->app, "Invoice %lld is void: nothing is due on it.", (long long)invoice.v);
        return NULL;
    }
    if (found.balance.cents <= 0) {
        app_say(desk->app, "Invoice %lld is paid in full: nothing is due.", (long long)invoice.v);
        return NULL;
    }
    struct view *view = view_new(desk->app, &payment_type, sizeof(struct payment_state));
    struct payment_state *state = view->state;
    view->title = arena_printf(&view->arena, "Take payment · invoice %lld · %s",
                               (long long)invoice.v, found.customer_name);
    *state = (struct payment_state){
        .desk = desk,
        .invoice = invoice,
        .total = found.total,
        .already = found.paid,
        .due = found.balance,
        .credit = credit_of(desk, found.customer, &arena),
        .posted_on = found.posted_on,
        .due_on = found.due_on,
        .who = arena_text(&view->arena, found.customer_name),
        .draft = {.form = payment_take_op.name, .subject = invoice.v, .title = view->title},
    };
    offer_tenders(state);
    app_push(desk->app, view);
    return view;
}

/* With what a draft of it holds. */
static struct view *open_continued(struct desk *desk, const struct draft *draft)
{
    struct view *view = open_dialog(desk, (struct invoice_id){draft->subject});

    if (view != NULL)
        (void)payment_fill(view->state, draft); /* what cannot be read was said */
    return view;
}

/* A payment that was begun and left is gone on with. */
static struct view *open_any(struct desk *desk, struct invoice_id invoice)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct draft *draft = draft_find(desk, payment_take_op.name, invoice.v, &arena);

    return draft != NULL ? open_continued(desk, draft) : open_dialog(desk, invoice);
}

void payment_dialog_open(struct desk *desk, struct invoice_id invoice,
                         void (*paid)(struct view *asker))
{
    struct view *view = open_any(desk, invoice);

    if (view != NULL)
        ((struct payment_state *)view->state)->paid = paid;
}

/* A sale is kept as begun from its first moment: a terminal that dies leaves it to be gone on
 * with. */
void payment_dialog_open_posted(struct desk *desk, struct invoice_id invoice, bool is_sale)
{
    struct view *view = open_any(desk, invoice);

    if (view == NULL)
        return;
    ((struct payment_state *)view->state)->after = is_sale ? PAYING_SALE : PAYING_POSTED;
    if (is_sale)
        view_touch(view);
}

void payment_dialog_continue(struct desk *desk, const struct draft *draft)
{
    const struct invoice_query in = {{draft->subject}};
    struct desk_draft gone = {.id = draft->id};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice found;

    if (desk_try(desk, &arena, &invoice_show_op, &in, &found) == OK && found.balance.cents <= 0)
        desk_draft_drop(desk, &gone); /* paid or taken back meanwhile */
    (void)open_continued(desk, draft);
}
