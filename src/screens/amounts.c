/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Choosing rows and how much of each; what that is good for is the page's. */

#include "amounts.h"

#include <string.h>

#include "base/text.h"
#include "ui/dialog.h"

/* ---- a row's two amounts ---- */

static const struct field *field_named(const struct amounts *amounts, const char *name)
{
    return shape_field(amounts->rows_type.shape, name);
}

static int64_t amount_of(const struct amounts *amounts, const char *name, const void *row)
{
    int64_t amount = 0;

    memcpy(&amount, field_of(field_named(amounts, name), row), sizeof amount);
    return amount;
}

static int64_t most_of(const struct amounts *amounts, const void *row)
{
    return amount_of(amounts, amounts->type->most, row);
}

static int64_t given_of(const struct amounts *amounts, const void *row)
{
    return amount_of(amounts, amounts->type->given, row);
}

static bool is_money(const struct amounts *amounts)
{
    return field_named(amounts, amounts->type->given)->type == FIELD_MONEY;
}

static const char *help_of(const struct amounts *amounts, const void *row)
{
    const char *text = amounts->type->help;

    if (amounts->type->help_text != NULL)
        memcpy(&text, field_of(field_named(amounts, amounts->type->help_text), row), sizeof text);
    return text;
}

static void *row_at(const struct amounts *amounts, size_t index)
{
    return (char *)amounts->rows.at + index * amounts->rows_type.shape->size;
}

/* ---- the rows ---- */

static struct rows whole(void *context)
{
    const struct amounts *amounts = context;

    return amounts->rows;
}

void amounts_init(struct amounts *amounts, const struct amounts_type *type,
                  const struct rowlist_type *rows, const struct right_set *rights)
{
    amounts->type = type;
    amounts->rows_type = *rows;
    amounts->rows_type.whole = whole;
    rowlist_init(&amounts->list, &amounts->rows_type, rights, amounts);
}

void amounts_done(struct amounts *amounts)
{
    rowlist_done(&amounts->list);
    arena_done(&amounts->arena);
}

void amounts_take(struct amounts *amounts, struct rows rows, struct arena *arena)
{
    arena_done(&amounts->arena);
    amounts->arena = *arena;
    *arena = ARENA_EMPTY;
    amounts->rows = rows;
    rowlist_refresh(&amounts->list);
}

void *amounts_find(const struct amounts *amounts, int64_t id)
{
    for (size_t i = 0; i < amounts->rows.count; i++)
        if (row_id(amounts->rows_type.shape, row_at(amounts, i)) == id)
            return row_at(amounts, i);
    return NULL;
}

void *amounts_current(struct amounts *amounts)
{
    return amounts_find(amounts, rowlist_id(&amounts->list));
}

int64_t amounts_sum(const struct amounts *amounts)
{
    int64_t sum = 0;

    for (size_t i = 0; i < amounts->rows.count; i++)
        sum += given_of(amounts, row_at(amounts, i));
    return sum;
}

void amounts_give(struct view *view, void *row, int64_t amount)
{
    struct amounts *amounts = view->state;
    const int64_t before = given_of(amounts, row);

    memcpy(field_at(field_named(amounts, amounts->type->given), row), &amount, sizeof amount);
    if (amounts->type->gave != NULL)
        amounts->type->gave(view, row, before);
    rowlist_refresh(&amounts->list);
    app_redraw(view->app);
}

/* ---- choosing ---- */

/* The cursor goes on to the next one, so that Space chooses several in a row. */
void amounts_choose(struct view *view, const struct action *action)
{
    const struct event down = KEY_EVENT(K_DOWN);
    struct amounts *amounts = view->state;
    void *row = amounts_current(amounts);

    (void)action;
    if (row == NULL)
        return;
    const bool is_chosen = given_of(amounts, row) > 0;
    const int64_t share = is_chosen                      ? 0
                          : amounts->type->share != NULL ? amounts->type->share(view, row)
                                                         : most_of(amounts, row);
    if (!is_chosen && share == 0)
        return;
    rowlist_key(&amounts->list, &down);
    amounts_give(view, row, share);
}

void amounts_choose_all(struct view *view, const struct action *action)
{
    struct amounts *amounts = view->state;

    (void)action;
    for (size_t i = 0; i < amounts->rows.count; i++)
        amounts_give(view, row_at(amounts, i), most_of(amounts, row_at(amounts, i)));
}

void amounts_choose_none(struct view *view, const struct action *action)
{
    struct amounts *amounts = view->state;

    (void)action;
    for (size_t i = 0; i < amounts->rows.count; i++)
        amounts_give(view, row_at(amounts, i), 0);
}

/* ---- how much ---- */

struct asked {
    const struct amounts *amounts;
    int64_t row;
};

static status parse(const struct amounts *amounts, const char *text, int64_t *ret_amount,
                    struct fault *fault)
{
    struct money money;
    struct qty quantity;

    *ret_amount = amounts->type->counted ? NUMBER_NONE : 0;
    if (text_is_empty(text))
        return OK;
    if (is_money(amounts)) {
        TRY(money_parse(text, &money, fault));
        *ret_amount = money.cents;
    } else {
        TRY(qty_parse(text, &quantity, fault));
        *ret_amount = quantity.thousandths;
    }
    return OK;
}

static status check(void *context, const char *text, struct fault *fault)
{
    const struct asked *asked = context;
    const struct amounts *amounts = asked->amounts;
    const void *row = amounts_find(amounts, asked->row);
    int64_t amount = 0;

    TRY(parse(amounts, text, &amount, fault));
    return row == NULL ? OK : amounts->type->check(row, amount, fault);
}

static void answered(struct view *asker, const char *text, void *context)
{
    const struct asked *asked = context;
    void *row = amounts_find(asked->amounts, asked->row);
    int64_t amount = 0;

    if (row != NULL && parse(asked->amounts, text, &amount, NULL) == OK)
        amounts_give(asker, row, amount);
}

static void ask_from(struct view *view, const char *typed, bool offered)
{
    struct amounts *amounts = view->state;
    const void *row = amounts_current(amounts);
    struct asked *asked = NEW(&view->arena, struct asked);

    if (row == NULL)
        return;
    *asked = (struct asked){amounts, row_id(amounts->rows_type.shape, row)};
    question_open(view->app, &(struct question){
                                 .title = amounts->type->title(row, &view->arena),
                                 .label = amounts->type->label,
                                 .help = help_of(amounts, row),
                                 .initial = typed,
                                 .offered = offered,
                                 .max = 16,
                                 .check = check,
                                 .answered = answered,
                                 .context = asked,
                             });
}

void amounts_ask(struct view *view, const struct action *action)
{
    struct amounts *amounts = view->state;
    const void *row = amounts_current(amounts);
    char text[NUMBER_TEXT_MAX];

    (void)action;
    if (row == NULL)
        return;
    const int64_t given = given_of(amounts, row);
    const int64_t shown = given > 0 ? given : most_of(amounts, row);
    ask_from(view,
             amounts->type->counted ? ""
             : is_money(amounts)    ? money_text((struct money){shown}, text)
                                    : qty_text((struct qty){shown}, text),
             true);
}

/* ---- the view ---- */

bool amounts_key(struct view *view, const struct event *event)
{
    char typed[5];

    if (event_number(event, typed) == NULL)
        return rowlist_view_key(view, event);
    ask_from(view, typed, false);
    return true;
}

unsigned amounts_has(struct view *view)
{
    const struct amounts *amounts = view->state;

    return rowlist_view_has(view) | (amounts->rows.count > 0 ? (unsigned)NEEDS_RECORD : 0u);
}

bool amounts_is_dirty(struct view *view)
{
    return amounts_sum(view->state) > 0;
}

static void leave_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'l')
        app_pop(asker->app, asker);
}

bool amounts_leaves_if(struct view *view, bool is_dirty)
{
    static const struct dialog_button buttons[] = {{'s', "s Stay"}, {'l', "l Leave"}};
    const struct amounts *amounts = view->state;

    if (is_dirty)
        dialog_open(view->app, &(struct dialog){
                                   .title = amounts->type->leave_title,
                                   .text = amounts->type->leave_text,
                                   .buttons = buttons,
                                   .button_count = COUNT_OF(buttons),
                                   .safe = 's',
                                   .answered = leave_answered,
                               });
    return !is_dirty;
}

bool amounts_leaves(struct view *view)
{
    return amounts_leaves_if(view, amounts_is_dirty(view));
}
