/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One's own settings: a form over who one is, put to use the moment they are saved and whenever one
 * signs in. Passwords, codes and sign-ins have screens of their own, a key away. */

#include "domain/preference.h"

#include <string.h>

#include "base/text.h"
#include "domain/factor.h"
#include "domain/user.h"
#include "inner.h"
#include "ui/dialog.h"
#include "ui/picker.h"

#define OWN_ROWS  5 /* what can be changed */
#define HEAD_ROWS 3

struct own_state {
    struct form form;
    struct loading load; /* struct preference */
};

/* --------------------------------------------------------------------- put to use -- */

static void show_theme(struct desk *desk, struct theme looks)
{
    desk->looks = looks;
    if (desk->app != NULL)
        app_repaint(desk->app);
}

static void use(struct desk *desk, const struct preference *own)
{
    struct theme looks = theme_with(desk->plain, own->theme);

    looks = theme_with(&looks, desk->theme_words);
    looks.wide = own->density == DENSITY_WIDE;
    show_theme(desk, looks);
}

bool preference_use(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct preference own;

    /* Who cannot read them works without: this is no moment to complain. */
    if (desk_try(desk, &arena, &preference_show_op, NULL, &own) != OK) {
        fault_clear(&desk->session.fault);
        return false;
    }
    use(desk, &own);
    const struct op *op = op_find(own.start_screen);
    const bool opens = desk->arriving && preference_can_start(op) && desk_allows(desk, op);
    if (opens)
        list_screen_open(desk, op, NULL);
    desk->arriving = false;
    return opens;
}

void preference_forget(struct desk *desk)
{
    show_theme(desk, *desk->plain);
}

/* ------------------------------------------------------------------- start screen -- */

struct start_row {
    int64_t id;
    const char *name, *says, *module;
};
static const struct field start_fields[] = {
    FIELD(struct start_row, id),
    FIELD(struct start_row, says, .label = "Screen"),
    FIELD(struct start_row, module, .label = "Under"),
    FIELD(struct start_row, name, .label = "Name"),
};
static const struct shape start_shape = SHAPE_OF(struct start_row, "start", start_fields);
static const struct column start_columns[] = {
    {.name = "says", .width = 30, .grow = 2},
    {.name = "module", .width = 16, .grow = 1},
    {.name = "name", .width = 20, .below = 90},
};

/* What its screen is called, else what the operation says. */
static const char *start_title(const struct op *op)
{
    const struct list_screen *screen = list_screen_of(op);

    return screen != NULL && screen->title != NULL ? screen->title : op->says;
}

static bool start_matches(const struct start_row *row, const char *key, struct arena *arena)
{
    const char *text = arena_printf(arena, "%s %s %s", row->says, row->module, row->name);

    return *key == '\0' || strstr(text_fold(arena, text), key) != NULL;
}

/* The counter, then every list that this person's role opens. */
static status load_starts(void *context, const struct row_query *query, struct arena *arena,
                          struct row_page *ret_page, struct fault *fault)
{
    const struct desk *desk = context;
    struct start_row *rows = NEW_ARRAY(arena, struct start_row, desk->action_count + 1);
    const char *key = text_fold(arena, query->search);
    size_t count = 0;

    (void)fault;
    rows[0] = (struct start_row){1, "", "The counter", "Counter"};
    count += start_matches(&rows[0], key, arena);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (!preference_can_start(op) || !desk_allows(desk, op))
                continue;
            rows[count] = (struct start_row){(int64_t)(m * 1000 + i) + 2, op->name, start_title(op),
                                             modules[m]->title};
            count += start_matches(&rows[count], key, arena);
        }
    *ret_page = (struct row_page){.rows = {rows, count}, .total = (int64_t)count};
    return OK;
}

static const struct rowlist_type start_type = {
    .shape = &start_shape,
    .columns = start_columns,
    .column_count = COUNT_OF(start_columns),
    .load = load_starts,
    .always_searches = true,
    .empty = "No screen matches. Change what you typed, or press Esc.",
};

/* What a person reads where the operation's name is kept. */
static void show_start(struct form *form, const char *name)
{
    const struct op *op = op_find(name);
    struct form_field *field = form_find(form, "start_screen");

    if (field != NULL)
        field->shown = op != NULL ? start_title(op) : "The counter";
}

static void start_picked(struct view *asker, const void *row, void *context)
{
    struct own_state *state = asker->state;
    const struct start_row *start = row;

    (void)context;
    form_set_text(&state->form, "start_screen", start->name);
    show_start(&state->form, start->name);
}

static void pick_start(struct view *view, const char *typed)
{
    picker_open(view->app, &(struct picker){
                               .title = "Begin with",
                               .list = &start_type,
                               .list_context = desk_of(view),
                               .search = typed,
                               .picked = start_picked,
                           });
}

/* -------------------------------------------------------------------------- page -- */

static void load(struct view *view)
{
    static const char *const fixed[] = {"name",       "login",   "role_name", "two_factor",
                                        "codes_left", "has_pin", "theme"};
    struct own_state *state = view->state;

    if (desk_load(desk_of(view), &state->load, &preference_show_op, NULL) != OK)
        return;
    const struct preference *own = state->load.out;
    if (form_is_dirty(&state->form))
        return; /* what is being chosen stays; who one is is drawn from what was loaded */
    form_load(&state->form, own);
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        form_skip(&state->form, fixed[i]);
    show_start(&state->form, own->start_screen);
    if (form_field(&state->form) == NULL || (form_field(&state->form)->flags & FIELD_FIXED) != 0)
        form_focus(&state->form, "colors");
}

static void own_settle(struct view *view)
{
    struct own_state *state = view->state;

    if (state->load.stale)
        load(view);
}

static void own_changed(struct view *view)
{
    struct own_state *state = view->state;

    state->load.stale = true;
    app_redraw(view->app);
}

static void save(struct view *view)
{
    struct own_state *state = view->state;
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct preference out;

    if (desk_submit(desk, &arena, &preference_edit_op, &state->form, form_row(&state->form),
                    &out) != OK)
        return;
    use(desk, &out);
    app_say(view->app, "Saved. They count from now on, wherever you sign in.");
    app_pop(view->app, view);
}

static bool is_on_start(const struct own_state *state)
{
    const struct field *field = form_field(&state->form);

    return field != NULL && text_same(field->name, "start_screen");
}

/* On the start screen every character begins a search, as in any field that is picked. */
static bool start_key(struct view *view, const struct event *event)
{
    char typed[8] = "";

    if (event->kind != EVENT_KEY)
        return false;
    if (event->key == K_BACKSPACE || event->key == K_DELETE) {
        start_picked(view, &(struct start_row){.name = ""}, NULL);
        return true;
    }
    if (event->key != K_F4 && !key_is_text(event->key))
        return false;
    if (event->key != K_F4 && event->key != ' ')
        typed[text_encode(event->key, typed)] = '\0';
    pick_start(view, typed);
    return true;
}

static bool own_key(struct view *view, const struct event *event)
{
    struct own_state *state = view->state;

    if (is_on_start(state) && start_key(view, event))
        return true;
    const enum form_result result = form_key(&state->form, event);
    if (result == FORM_SUBMIT)
        save(view);
    return result != FORM_IGNORED;
}

static const char *factor_text(const struct preference *own, struct arena *arena)
{
    if (!own->two_factor)
        return "Second factor off: whoever learns your password is you. F6 sets it up.";
    return arena_printf(arena, "Second factor on, %lld recovery code%s left. F6 switches it off.",
                        (long long)own->codes_left, own->codes_left == 1 ? "" : "s");
}

static void own_draw(struct view *view, struct area body)
{
    struct own_state *state = view->state;
    const struct preference *own = state->load.out;
    struct arena *scratch = &body.on->scratch;

    if (own == NULL)
        return;
    area_fit(
        body, 0, 1, body.cols - 2, INK_STRONG,
        arena_printf(scratch, "%s · signs in as %s · %s", own->name, own->login, own->role_name));
    area_hline(body, 1, 0, body.cols, INK_MUTED);
    form_draw(&state->form, area_part(body, HEAD_ROWS - 1, 1, OWN_ROWS, body.cols - 2));
    const struct area rest = area_below(body, HEAD_ROWS + OWN_ROWS);
    area_hline(rest, 0, 0, rest.cols, INK_MUTED);
    area_fit(rest, 1, 1, rest.cols - 2, own->two_factor ? INK_OK : INK_WARN,
             factor_text(own, scratch));
    area_fit(rest, 2, 1, rest.cols - 2, INK_NORMAL,
             own->has_pin ? "You have a PIN for the kiosk." : "You have no PIN for the kiosk.");
    area_fit(rest, 3, 1, rest.cols - 2, INK_NORMAL,
             "F7 changes your password, F8 shows where you are signed in.");
}

static const char *own_status(struct view *view, struct arena *arena)
{
    const struct own_state *state = view->state;

    if (is_on_start(state))
        return "The list that opens when you sign in. Type to look it up, F4 lists";
    return form_status(&state->form, arena);
}

static enum typing own_typing(const struct view *view)
{
    const struct own_state *state = view->state;

    return form_typing(&state->form);
}

static bool own_dirty(struct view *view)
{
    const struct own_state *state = view->state;

    return form_is_dirty(&state->form);
}

static void leave_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 't')
        app_pop(asker->app, asker);
}

static bool own_leaves(struct view *view)
{
    static const struct dialog_button buttons[] = {{'t', "t Throw away"}, {'g', "g Go on"}};

    if (!own_dirty(view))
        return true;
    dialog_open(view->app, &(struct dialog){
                               .title = "Leave your settings as they were",
                               .text = "What you chose here is not saved. F2 saves it.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'g',
                               .answered = leave_answered,
                           });
    return false;
}

static void own_close(struct view *view)
{
    struct own_state *state = view->state;

    form_done(&state->form);
    loading_done(&state->load);
}

/* --- What has a screen of its own --- */

static void press_save(struct view *view, const struct action *action)
{
    (void)action;
    own_key(view, &KEY_EVENT(K_F2));
}

static void second_factor(struct view *view, const struct action *action)
{
    const struct own_state *state = view->state;
    const struct preference *own = state->load.out;

    (void)action;
    if (own != NULL)
        desk_open_op(desk_of(view), own->two_factor ? &factor_turn_off_op : &factor_begin_op, NULL);
}

static void open_op(struct view *view, const struct action *action)
{
    desk_open_op(desk_of(view), op_find(action->name), NULL);
}

/* clang-format off */
static const struct action own_actions[] = {
    {"F2", "preference.edit", "save", NEEDS_NOTHING, press_save, "Saves and uses the settings at once."},
    {"F6", "factor.begin", "second factor", NEEDS_NOTHING, second_factor, "Sets one-time codes up, or switches them off."},
    {"F7", "user.change-password", "password", NEEDS_NOTHING, open_op, "Changes your own password."},
    {"F8", "session.list", "sign-ins", NEEDS_NOTHING, open_op, "Shows where you are signed in; x there ends a sign-in."},
};
/* clang-format on */

static const struct view_type own_type = {
    .name = "own-settings",
    .draw = own_draw,
    .key = own_key,
    .settle = own_settle,
    .changed = own_changed,
    .resumed = own_changed,
    .dirty = own_dirty,
    .leaves = own_leaves,
    .typing = own_typing,
    .status = own_status,
    .close = own_close,
    .actions = own_actions,
    .action_count = COUNT_OF(own_actions),
    .help = "Settings of your own: they go with you to every terminal. What was said at the start "
            "of the program, with --theme, outranks them there.",
};

void preference_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &own_type, sizeof(struct own_state));
    struct own_state *state = view->state;

    view->title = "Your own settings";
    state->load.stale = true;
    form_init(&state->form, &(struct form_options){.shape = &preference_shape,
                                                   .rights = &desk->session.rights,
                                                   .now = desk_now(desk)});
    app_push(desk->app, view);
}
