/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The first-run wizard: where to begin, the shop, its place and prices, the first administrator.
 * Only the administrator cannot be skipped; everything can be changed in the settings later. */

#include "wizard.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/zone.h"
#include "domain/demo.h"
#include "domain/opening.h"
#include "domain/profile.h"
#include "domain/setting.h"
#include "domain/user.h"
#include "ui/form.h"
#include "ui/loop.h"
#include "ui/picker.h"

enum step { STEP_BEGIN, STEP_SHOP, STEP_PRICES, STEP_ADMIN, STEP_COUNT };

static const struct {
    const char *title, *says;
    const char *first, *last; /* fields of shop_opening_shape, from … to */
} steps[STEP_COUNT] = {
    [STEP_BEGIN] = {"Welcome", "", NULL, NULL},
    [STEP_SHOP] = {"Your shop", "As printed on estimates and invoices. Leave out what you like.",
                   "name", "phone"},
    [STEP_PRICES] = {"Place and prices",
                     "Time zone, sales tax, what an hour of labor costs, whose rules count.",
                     "zone", "profile"},
    [STEP_ADMIN] = {"Your account",
                    "You will be the first administrator. This step cannot be left out.",
                    "admin_name", "admin_password"},
};

struct wizard {
    struct app *app;
    const char *db;
    struct arena arena;
    struct shop_opening opening;
    bool like_demo;
    bool made;
};

struct wizard_view {
    enum step step;
    struct form form;
    struct shape shape; /* the step's part of the opening */
};

static struct wizard *wizard_of(struct view *view)
{
    return app_context(view->app);
}

static void open_step(struct wizard *wizard, enum step step);

/* --- Making the shop --- */

/* Settings of the demo shop that the opening does not ask for. */
static status use_demo_settings(struct session *s, const struct wizard *wizard)
{
    const struct sign_in in = {wizard->opening.admin_login, wizard->opening.admin_password};
    struct signed_in who;
    struct shop shop;

    TRY(op_call(s, &session_sign_in_op, &in, &who));
    TRY(session_resume(s, who.access));
    TRY(op_call(s, &setting_show_op, NULL, &shop));
    /* Its percentage is not for every state. */
    if (!law_is(shop.profile, LAW_SUPPLIES, "none") &&
        !law_is(shop.profile, LAW_SUPPLIES, "amount"))
        demo_supplies(&shop);
    TRY(op_call(s, &setting_edit_op, &shop, &shop));
    return op_call(s, &session_sign_out_op, NULL, NULL);
}

static status make_shop(struct wizard *wizard, struct fault *fault)
{
    const struct shop_file_options options = {.create = true};
    AUTO_SHOP_FILE shop = {.store = NULL};
    AUTO_ARENA arena = ARENA_EMPTY;

    TRY(folders_make(wizard->db, fault));
    TRY(shop_file_open(wizard->db, &options, fault, &shop));
    struct session s = {
        .store = shop.store, .keys = shop.keys, .arena = &arena, .terminal = "first run"};
    store_report_to(shop.store, &s.fault);
    status result = shop_open_new(&s, &wizard->opening);
    if (result == OK && wizard->like_demo)
        result = use_demo_settings(&s, wizard);
    if (result == OK)
        return OK;
    *fault = s.fault;
    /* Nothing of a shop that could not be opened may stay in the way of the next try. */
    shop_file_remove(&shop);
    return result;
}

static void finish(struct view *view)
{
    struct wizard_view *state = view->state;
    struct wizard *wizard = wizard_of(view);
    struct fault fault = {0};

    if (make_shop(wizard, &fault) == OK) {
        wizard->made = true;
        app_quit(view->app);
    } else if (fault.field[0] == '\0' || !form_set_error(&state->form, fault.field, fault.text)) {
        app_fault(view->app, &fault);
    }
}

/* --- Steps --- */

/* What was typed goes over into the opening; texts into the wizard's arena. */
static void take_over(struct wizard *wizard, const struct shape *shape, const void *row)
{
    const void *copy = shape_clone(shape, row, &wizard->arena);

    shape_transfer(shape, copy, &shop_opening_shape, &wizard->opening);
}

/* The state of the address, once it is written, is whose rules are proposed. */
static void propose_profile(struct wizard *wizard, const char *state_before)
{
    const char *state = wizard->opening.state;
    const int profile = choice_value(&profile_choices, state);

    if (profile >= 0 && !text_same(state, state_before))
        wizard->opening.profile = (enum profile)profile;
}

static void next(struct view *view)
{
    struct wizard_view *state = view->state;
    struct wizard *wizard = wizard_of(view);

    const char *before = wizard->opening.state;
    take_over(wizard, &state->shape, form_row(&state->form));
    propose_profile(wizard, before);
    if (state->step == STEP_ADMIN)
        finish(view);
    else
        open_step(wizard, state->step + 1);
}

/* --- The time zone --- */

static status load_zones(void *context, const struct row_query *query, struct arena *arena,
                         struct row_page *ret_page, struct fault *fault)
{
    (void)context;
    TRY(zone_find(query->search, arena, &ret_page->rows, fault));
    ret_page->total = (int64_t)ret_page->rows.count;
    return OK;
}

static void zone_picked(struct view *asker, const void *row, void *context)
{
    struct wizard_view *state = asker->state;
    const struct zone *zone = row;

    (void)context;
    form_set_text(&state->form, "zone", zone->name);
    form_key(&state->form, &KEY_EVENT(K_TAB));
}

static void pick_zone(struct view *view)
{
    static const struct column columns[] = {
        {.name = "name", .width = 30},
        {.name = "where", .width = 20, .grow = 1},
    };
    static const struct rowlist_type zones = {
        .shape = &zone_shape,
        .columns = columns,
        .column_count = COUNT_OF(columns),
        .load = load_zones,
        .empty = "No time zone is called that. Change what you typed, or press Esc.",
    };

    picker_open(view->app,
                &(struct picker){.title = "Time zone", .list = &zones, .picked = zone_picked});
}

static bool step_key(struct view *view, const struct event *event)
{
    struct wizard_view *state = view->state;
    const enum form_result result = form_key(&state->form, event);

    if (result == FORM_SUBMIT)
        next(view);
    else if (result == FORM_PICK)
        pick_zone(view);
    return result != FORM_IGNORED;
}

static void press_next(struct view *view, const struct action *action)
{
    const struct event event = KEY_EVENT(K_F2);

    (void)action;
    step_key(view, &event);
}

static void step_draw(struct view *view, struct area body)
{
    struct wizard_view *state = view->state;

    area_printf(body, 1, 2, INK_STRONG, "Step %d of %d · %s", (int)state->step, STEP_COUNT - 1,
                steps[state->step].title);
    area_text(body, 2, 2, INK_MUTED, steps[state->step].says);
    form_draw(&state->form, area_part(body, 4, 2, body.rows - 4, body.cols - 4));
}

static enum typing step_typing(const struct view *view)
{
    const struct wizard_view *state = view->state;

    return form_typing(&state->form);
}

static const char *step_status(struct view *view, struct arena *arena)
{
    const struct wizard_view *state = view->state;

    return form_status(&state->form, arena);
}

static void step_close(struct view *view)
{
    struct wizard_view *state = view->state;

    form_done(&state->form);
}

static const struct action step_actions[] = {
    {"F2", "wizard.next", "next", NEEDS_NOTHING, press_next, "Goes on to the next step."},
};
static const struct action last_actions[] = {
    {"F2", "wizard.finish", "open the shop", NEEDS_NOTHING, press_next, "Makes the shop."},
};

#define STEP_VIEW                                                                                  \
    .draw = step_draw, .key = step_key, .typing = step_typing, .status = step_status,              \
    .close = step_close
static const struct view_type step_type = {
    .name = "wizard", STEP_VIEW, .actions = step_actions, .action_count = 1};
static const struct view_type last_type = {
    .name = "wizard", STEP_VIEW, .actions = last_actions, .action_count = 1};

/* The step's fields, with a list behind the time zone. */
static const struct field *fields_of(struct wizard *wizard, const struct field *first, size_t count)
{
    struct field *fields = arena_copy(&wizard->arena, first, count * sizeof *first);

    for (size_t i = 0; i < count; i++)
        if (text_same(fields[i].name, "zone"))
            fields[i].picks = "zone";
    return fields;
}

static void open_step(struct wizard *wizard, enum step step)
{
    struct view *view = view_new(wizard->app, step == STEP_ADMIN ? &last_type : &step_type,
                                 sizeof(struct wizard_view));
    struct wizard_view *state = view->state;
    const struct field *first = shape_field(&shop_opening_shape, steps[step].first);
    const struct field *last = shape_field(&shop_opening_shape, steps[step].last);

    const size_t count = (size_t)(last - first) + 1;

    state->step = step;
    state->shape = (struct shape){
        .name = shop_opening_shape.name,
        .size = shop_opening_shape.size,
        .fields = fields_of(wizard, first, count),
        .count = count,
    };
    form_init(&state->form, &(struct form_options){.shape = &state->shape});
    form_load(&state->form, &wizard->opening);
    view->title = "Pitlane · a new shop";
    app_push(wizard->app, view);
}

/* --- Where to begin --- */

static void begin(struct view *view, bool like_demo)
{
    struct wizard *wizard = wizard_of(view);

    wizard->like_demo = like_demo;
    if (like_demo)
        demo_prices(&wizard->opening);
    open_step(wizard, STEP_SHOP);
}

static void begin_empty(struct view *view, const struct action *action)
{
    (void)action;
    begin(view, false);
}

static void begin_like_demo(struct view *view, const struct action *action)
{
    (void)action;
    begin(view, true);
}

static const struct action begin_actions[] = {
    {"1 Enter", "wizard.empty", "a new shop", NEEDS_NOTHING, begin_empty,
     "Begins with an empty shop."},
    {"2", "wizard.like-demo", "with the demo's settings", NEEDS_NOTHING, begin_like_demo,
     "Begins with the demo shop's tax, labor rate and supplies."},
};

static void begin_draw(struct view *view, struct area body)
{
    const struct wizard *wizard = wizard_of(view);
    int row = 2;

    area_text(body, row++, 2, INK_STRONG, "Welcome to Pitlane. There is no shop here yet.");
    row += area_wrap(area_below(body, row), 0, 2, body.cols - 4, INK_MUTED,
                     arena_printf(&body.on->scratch, "It will be kept in %s.", wizard->db));
    row++;
    area_text(body, row, 2, INK_KEY, "1");
    area_text(body, row++, 5, INK_NORMAL, "Open a new shop");
    area_text(body, row, 2, INK_KEY, "2");
    area_text(body, row++, 5, INK_NORMAL,
              "The same, with the demo shop's settings: tax, labor rate, supplies");
    row++;
    area_text(body, row++, 2, INK_MUTED,
              "Three short steps follow. To look around first, leave with Ctrl-Q and run");
    area_text(body, row, 2, INK_MUTED, "“pitlane demo”: a shop with made-up customers.");
    area_cursor(body, 6, 2);
}

static bool no_key(struct view *view, const struct event *event)
{
    (void)view;
    (void)event;
    return false;
}

static const struct view_type begin_type = {
    .name = "welcome",
    .draw = begin_draw,
    .key = no_key,
    .actions = begin_actions,
    .action_count = COUNT_OF(begin_actions),
};

static struct view *begin_view(struct app *app)
{
    struct view *view = view_new(app, &begin_type, 0);

    view->title = "Pitlane · a new shop";
    return view;
}

struct wizard *wizard_open(const char *db, struct term *term, const struct theme *theme)
{
    struct wizard *wizard = mem_alloc(sizeof *wizard);

    *wizard = (struct wizard){.db = db};
    const struct field_context context = {.arena = &wizard->arena};
    shape_init(&shop_opening_shape, &wizard->opening, &context);
    wizard->app = app_open(
        &(struct app_options){.term = term, .theme = theme, .context = wizard, .home = begin_view});
    return wizard;
}

struct app *wizard_app(struct wizard *wizard)
{
    return wizard->app;
}

bool wizard_has_made(const struct wizard *wizard)
{
    return wizard->made;
}

void wizard_close(struct wizard *wizard)
{
    app_close(wizard->app);
    arena_done(&wizard->arena);
    mem_free(wizard);
}

status wizard_run(const char *db, struct term *term, const struct theme *theme, bool *ret_made,
                  struct fault *fault)
{
    struct wizard *wizard = wizard_open(db, term, theme);
    const status result = app_run(wizard->app);

    *ret_made = wizard->made;
    wizard_close(wizard);
    if (result != OK)
        return fault_set(fault, ERR_IO, "The terminal went away. Nothing was made.");
    return OK;
}
