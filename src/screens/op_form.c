/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The form of any operation: filled from the record it is about, kept as a draft while typed,
 * saved with F2, and put side by side with what somebody else saved meanwhile. */

#include <string.h>

#include "base/text.h"
#include "op_draft.h"
#include "ui/dialog.h"

#define MANY_LINES_ROWS 4 /* as the form draws them */

struct form_state {
    struct form form;
    const struct op *op;
    const char *final; /* as in struct op_form */
    struct desk_draft draft;
    bool given_up; /* thrown away: keep nothing */
    bool small;
    void (*beside)(struct area area, const struct form *form, const void *row);
    void (*saved)(struct view *asker, const void *out, void *context);
    bool (*holds)(struct desk *desk, struct form *form);
    void *context;
    int64_t subject;
    const void *loaded; /* the record as it was when the form opened */
    struct rows given;  /* what the opening screen filled in, for the draft */
};

/* --- Before it opens --- */

/* The record as it is, in the form's own words. False when it cannot be read (that is said). */
static bool fill_from_record(struct desk *desk, const struct op *op, void *in, struct arena *arena)
{
    const struct op *fills = op->fills != NULL ? op_find(op->fills) : NULL;
    const struct field *key = op_key_field(op);
    const struct field *fills_key = fills != NULL ? op_key_field(fills) : NULL;
    int64_t id = 0;

    if (fills == NULL || (key == NULL) != (fills_key == NULL))
        return true;
    void *fills_in = desk_input(desk, arena, fills);
    void *record = arena_alloc(arena, fills->out->size);
    if (key != NULL) {
        memcpy(&id, field_of(key, in), sizeof id);
        if (id == 0)
            return true;
        memcpy(field_at(fills_key, fills_in), &id, sizeof id);
    }
    if (desk_call(desk, arena, fills, fills_in, record) != OK)
        return false;
    shape_transfer(fills->out, record, op->in, in);
    /* What its holder may not set would be refused, even unchanged: the door keeps it as it is. */
    shape_blank(op->in, in, &desk->session.rights);
    if (key != NULL)
        memcpy(field_at(key, in), &id, sizeof id);
    return true;
}

/* Picked numbers show the name of what they stand for. */
static void show_picked_names(struct desk *desk, struct form *form, const void *in)
{
    char noun[NOUN_MAX];

    for (size_t i = 0; i < form->count; i++) {
        struct form_field *field = &form->fields[i];
        const struct op *picks = field->field->picks != NULL ? op_find(field->field->picks) : NULL;
        int64_t id = 0;
        if (picks == NULL || field->field->type != FIELD_ID)
            continue;
        memcpy(&id, field_of(field->field, in), sizeof id);
        if (id == 0)
            continue;
        const char *name = record_name(desk, noun_of_op(picks, noun), id, &form->arena);
        if (name != NULL && *name != '\0')
            field->shown = name;
    }
}

/* --- Saving --- */

static void save(struct view *view, const void *in);

static void conflict_answered(struct view *asker, const void *merged, void *context)
{
    struct form_state *state = asker->state;

    (void)context;
    form_load(&state->form, merged);
    app_say(asker->app, "%s", ""); /* that somebody else was faster is settled */
    save(asker, merged);
}

/* Their record with what I have changed: what I left alone is theirs to change. */
static const void *my_changes(const struct form_state *state, const void *mine, const void *theirs,
                              struct arena *arena)
{
    const struct shape *shape = state->op->in;
    void *merged = arena_copy(arena, theirs, shape->size);

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!field_equal(field, state->loaded, mine))
            memcpy(field_at(field, merged), field_of(field, mine), field->size);
    }
    return merged;
}

static void show_conflict(struct view *view, const void *in)
{
    struct form_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct field *key = op_key_field(state->op);
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct fault said = desk->session.fault;

    void *theirs = desk_input(desk, &arena, state->op);
    if (state->op->fills == NULL)
        return;
    if (key != NULL)
        memcpy(field_at(key, theirs), field_of(key, in), key->size);
    if (!fill_from_record(desk, state->op, theirs, &arena))
        return;
    conflict_open(view->app, &(struct conflict){
                                 .shape = state->op->in,
                                 .mine = my_changes(state, in, theirs, &arena),
                                 .theirs = theirs,
                                 .rights = &desk->session.rights,
                                 .answered = conflict_answered,
                             });
    app_fault(view->app, &said);
}

/* What was made is opened. */
static void after_saving(struct desk *desk, const struct op *op, const void *out)
{
    char noun[NOUN_MAX];
    const char *verb = strchr(op->name, '.');
    const bool makes = verb != NULL && (text_same(verb, ".add") || text_same(verb, ".start"));

    if (makes && op->out != NULL)
        desk_open_saved(desk,
                        noun_show_op(op->out->name) != NULL ? op->out->name : noun_of_op(op, noun),
                        row_id(op->out, out));
    else
        app_say(desk->app, "Saved.");
}

/* What was asked for is shown by the view below, or in one of its own. */
static void show_asked(struct view *view, const void *in)
{
    struct form_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct op *op = state->op;
    AUTO_ARENA kept = ARENA_EMPTY;
    void *copy = shape_clone(op->in, in, &kept);
    struct view *below = app_below(view->app, view);
    void (*answered)(struct view *, const void *, void *) = state->saved;
    void *context = state->context;

    app_pop(view->app, view);
    if (answered != NULL)
        answered(below, copy, context);
    else if (op->flags & OP_LIST)
        list_screen_open(desk, op, &(struct subject){.noun = "", .shape = op->in, .row = copy});
    else
        record_screen_open(desk, op, copy);
}

/* A list that would refuse what was asked says so at the field, while it can still be corrected. */
static bool list_takes(struct view *view, const void *in)
{
    struct form_state *state = view->state;
    const struct field *limit = shape_field(state->op->in, "limit");
    AUTO_ARENA arena = ARENA_EMPTY;
    struct page page;

    if ((state->op->flags & OP_LIST) == 0)
        return true;
    void *one = shape_clone(state->op->in, in, &arena);
    if (limit != NULL && limit->type == FIELD_INT)
        *(int64_t *)field_at(limit, one) = 1;
    return desk_submit(desk_of(view), &arena, state->op, &state->form, one, &page) == OK;
}

static void save(struct view *view, const void *in)
{
    struct form_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct op *op = state->op;
    struct app *app = view->app;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (op->kind == OP_READS) {
        if (list_takes(view, in))
            show_asked(view, in);
        return;
    }
    if (state->holds != NULL && !state->holds(desk, &state->form))
        return;
    void *out = op->out != NULL ? arena_alloc(&arena, op->out->size) : NULL;
    const status result = desk_submit(desk, &arena, op, &state->form, in, out);
    if (result == ERR_STALE)
        show_conflict(view, in);
    if (result != OK)
        return;
    desk_draft_drop(desk, &state->draft);
    if (text_same(op->name, "setting.edit") && desk_read_shop(desk) != OK)
        app_fault(app, &desk->session.fault); /* name, zone and lock count from now on */
    state->given_up = true;
    view->keep_at = 0;
    struct view *asker = app_below(app, view);
    app_pop(app, view);
    if (state->saved != NULL)
        state->saved(asker, out, state->context);
    else
        after_saving(desk, op, out);
}

#define FINAL_TEXT_MAX 4000

static void final_answered(struct view *asker, char letter, void *context)
{
    struct form_state *state = asker->state;

    (void)context;
    if (letter == 'y')
        save(asker, form_row(&state->form));
}

/* "Payment: 527 · Delgado, Maria", "Amount: 108.06": which record it is done to, and how much. */
static void add_facts(const struct form_state *state, const void *row, struct arena *arena,
                      struct buf *text)
{
    for (size_t i = 0; i < state->form.count; i++) {
        const struct form_field *at = &state->form.fields[i];
        const bool is_money = at->field->type == FIELD_MONEY;
        const char *value = is_money ? field_text(at->field, row, FIELD_SHOWN, arena) : at->shown;
        struct money money = MONEY_ZERO;
        if (is_money)
            memcpy(&money, field_of(at->field, row), sizeof money);
        if (text_is_empty(value) || (is_money && money.cents == 0))
            continue;
        buf_printf(text, "\n%s: %s", field_label(at->field, arena), value);
    }
}

/* What cannot be taken back is asked for; Enter, pressed by habit, goes back. */
static void submit(struct view *view)
{
    static const struct dialog_button buttons[] = {{'y', "y Yes"}, {'b', "b Back"}};
    struct form_state *state = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(FINAL_TEXT_MAX);

    if ((state->op->flags & OP_FINAL) == 0) {
        save(view, form_row(&state->form));
        return;
    }
    buf_printf(&text, "%s%s This cannot be taken back.",
               state->final != NULL ? state->final : state->op->says,
               state->final != NULL ? "" : "?");
    if (state->final == NULL)
        add_facts(state, form_row(&state->form), &arena, &text);
    dialog_open(view->app,
                &(struct dialog){
                    .title = state->op->title != NULL ? state->op->title : state->op->says,
                    .text = buf_str(&text),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'b',
                    .answered = final_answered,
                });
}

/* --- Picking --- */

/* People of the same name are told apart by their phones: "Smith, Ann · (619) 555-0142". */
static const char *picked_words(const struct shape *shape, const void *row, struct arena *arena)
{
    const struct field *phone = shape_field(shape, "phone");
    const char *number = phone != NULL ? field_text(phone, row, FIELD_SHOWN, arena) : "";
    const char *name = row_words(shape, row, arena);

    return *number != '\0' ? arena_printf(arena, "%s · %s", name, number) : name;
}

static void picked(struct view *asker, const struct shape *shape, const void *row, void *context)
{
    struct form_state *state = asker->state;
    const struct field *field = context;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (field->type == FIELD_ID) {
        form_set_picked(&state->form, field->name, row_id(shape, row),
                        picked_words(shape, row, &arena));
    } else {
        const struct field *same = shape_field(shape, field->name);
        form_set_text(&state->form, field->name,
                      same != NULL ? field_text(same, row, FIELD_PLAIN, &arena)
                                   : row_name(shape, row));
    }
    form_key(&state->form, &KEY_EVENT(K_TAB)); /* chosen is done: what is typed now is the next */
    view_touch(asker);
}

static void pick(struct view *view)
{
    struct form_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct field *field = form_field(&state->form);
    const struct op *op = field != NULL && field->picks != NULL ? op_find(field->picks) : NULL;
    char noun[NOUN_MAX];
    AUTO_ARENA arena = ARENA_EMPTY;

    if (op == NULL)
        return;
    const struct subject subject = {
        .noun = noun_of_op(state->op, noun), .shape = state->op->in, .row = state->form.row};
    op_pick_open(desk, &(struct op_pick){
                           .op = op,
                           .title = field_label(field, &arena),
                           .search = state->form.pick_text,
                           .subject = &subject,
                           .picked = picked,
                           .context = (void *)(uintptr_t)field,
                       });
}

/* --- The view --- */

static void rows_changed(struct view *owner)
{
    view_touch(owner);
}

static bool form_view_key(struct view *view, const struct event *event)
{
    struct form_state *state = view->state;

    switch (form_key(&state->form, event)) {
    case FORM_IGNORED:
        return false;
    case FORM_USED:
    case FORM_REFUSED:
        return true;
    case FORM_CHANGED:
        view_touch(view);
        return true;
    case FORM_LEFT:
        view_keep(view);
        return true;
    case FORM_SUBMIT:
        submit(view);
        return true;
    case FORM_PICK:
        pick(view);
        return true;
    case FORM_ROWS:
        form_rows_open(view->app, &state->form, rows_changed);
        return true;
    }
    return false;
}

static void press_save(struct view *view, const struct action *action)
{
    const struct event event = KEY_EVENT(K_F2);

    (void)action;
    form_view_key(view, &event);
}

static void thrown_away(struct view *asker, char letter, void *context)
{
    struct form_state *state = asker->state;

    (void)context;
    if (letter != 't')
        return;
    desk_draft_drop(desk_of(asker), &state->draft);
    state->given_up = true;
    asker->keep_at = 0;
    app_pop(asker->app, asker);
    app_say(asker->app, "Thrown away.");
}

static void throw_away(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'t', "t Throw away"}, {'k', "k Keep"}};

    (void)action;
    dialog_open(view->app, &(struct dialog){
                               .title = "Throw this form away",
                               .text = "What was typed here and its draft will be gone.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'k',
                               .answered = thrown_away,
                           });
}

static bool form_view_leaves(struct view *view);

/* Also under the sign-in's cover, where the program's own keys do not work. */
static void go_back(struct view *view, const struct action *action)
{
    (void)action;
    if (form_view_leaves(view))
        app_pop(view->app, view);
}

/* clang-format off */
static const struct action form_actions[] = {
    {"F2", "form.save", "save", NEEDS_NOTHING, press_save, "Checks every field and saves."},
    {"Ctrl-D", "form.discard", "throw away", NEEDS_NOTHING, throw_away, "Throws away what was typed, after a question.", ACTION_WHILE_TYPING | ACTION_QUIET},
    {"Esc F12", "form.back", "back", NEEDS_NOTHING, go_back, "Goes back; what was typed is kept as a draft.", ACTION_HIDDEN},
};
/* What only asks what is to be shown saves nothing and leaves no draft. */
static const struct action question_actions[] = {
    {"F2", "form.show", "show", NEEDS_NOTHING, press_save, "Checks every field and shows what was asked for."},
    {"Esc F12", "form.back", "back", NEEDS_NOTHING, go_back, "Goes back; nothing changes.", ACTION_HIDDEN},
};
/* clang-format on */

/* Rows the fields take: long texts take several. */
static int form_rows(const struct form *form)
{
    int rows = 0;

    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].skipped)
            rows += form->fields[i].field->flags & FIELD_MANY_LINES ? MANY_LINES_ROWS : 1;
    return rows;
}

static struct area box_for(const struct form_state *state, struct area body)
{
    const int wanted = form_rows(&state->form) + 2;
    const int rows = wanted < body.rows ? wanted : body.rows;
    const int cols = body.cols - 4 < 76 ? body.cols - 4 : 76;

    return area_part(body, (body.rows - rows) / 2, (body.cols - cols) / 2, rows, cols);
}

static void form_view_draw(struct view *view, struct area body)
{
    struct form_state *state = view->state;

    if (state->small) {
        form_draw(&state->form, area_box(box_for(state, body), INK_MUTED, view->title));
        return;
    }
    const struct area fields = area_part(body, 1, 1, body.rows - 1, body.cols - 2);

    area_hline(body, 0, 0, body.cols, INK_MUTED);
    form_draw(&state->form, fields);
    if (state->beside != NULL)
        state->beside(fields, &state->form, state->form.row);
}

static const char *form_view_status(struct view *view, struct arena *arena)
{
    const struct form_state *state = view->state;

    return form_status(&state->form, arena);
}

static enum typing form_view_typing(const struct view *view)
{
    const struct form_state *state = view->state;

    return form_typing(&state->form);
}

static bool form_view_dirty(struct view *view)
{
    const struct form_state *state = view->state;

    return !state->given_up && state->op->kind != OP_READS && form_is_dirty(&state->form);
}

static status form_view_keep(struct view *view, struct fault *fault)
{
    struct form_state *state = view->state;

    if (!form_view_dirty(view))
        return OK;
    return op_draft_keep(desk_of(view), &state->draft, &state->given, &state->form, fault);
}

/* To the counter, which says itself what is unfinished and how it is gone on with. */
static bool leads_home(struct view *view)
{
    struct view *below = app_below(view->app, view);

    return below != NULL && app_below(view->app, below) == NULL;
}

static bool form_view_leaves(struct view *view)
{
    if (!form_view_dirty(view))
        return true;
    view_touch(view);
    if (view_keep(view))
        app_say(view->app, "%s",
                leads_home(view) ? "Kept as a draft."
                                 : "Kept as a draft: Ctrl-O on the counter goes on with it.");
    return true;
}

static void form_view_close(struct view *view)
{
    struct form_state *state = view->state;

    form_done(&state->form);
}

#define FORM_VIEW                                                                                  \
    .draw = form_view_draw, .key = form_view_key, .status = form_view_status,                      \
    .typing = form_view_typing, .dirty = form_view_dirty, .keep = form_view_keep,                  \
    .leaves = form_view_leaves, .close = form_view_close
#define SAVING                                                                                     \
    .actions = form_actions, .action_count = COUNT_OF(form_actions),                               \
    .help = "Enter and Tab go from field to field, F4 chooses from a list, F2 saves. What is "     \
            "typed is kept as a draft all the time."
#define ASKING                                                                                     \
    .actions = question_actions, .action_count = COUNT_OF(question_actions),                       \
    .help = "Enter and Tab go from field to field, F4 chooses from a list, F2 shows what was "     \
            "asked for. What is left empty limits nothing."

static const struct view_type form_types[2][2] = {
    /* clang-format off */
    {{.name = "form", FORM_VIEW, SAVING}, {.name = "form", FORM_VIEW, SAVING, .modal = true}},
    {{.name = "form", FORM_VIEW, ASKING}, {.name = "form", FORM_VIEW, ASKING, .modal = true}},
    /* clang-format on */
};

static const char *title_of(const struct op_form *wish, const void *in, struct view *view)
{
    if (wish->title != NULL)
        return arena_text(&view->arena, wish->title);
    const struct field *name = wish->op->in != NULL ? shape_field(wish->op->in, "name") : NULL;
    const bool is_taken = subject_is_taken(wish->subject, wish->op);
    const char *who = is_taken && wish->subject->shape != NULL
                          ? row_name(wish->subject->shape, wish->subject->row)
                          : "";
    if (*who == '\0' && name != NULL && name->type == FIELD_TEXT)
        memcpy(&who, field_of(name, in), sizeof who);
    const char *title = wish->op->title != NULL ? wish->op->title : wish->op->says;
    return *who != '\0' ? arena_printf(&view->arena, "%s · %s", who, title) : title;
}

/* The first field that the record the form is about has not answered already: of a form that was
 * filled from it, `key` alone. */
static void focus_first_open(struct form *form, const void *in, const struct field *key)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct field *field = form->fields[i].field;
        const bool is_answered =
            field->type == FIELD_ID && !field_is_empty(field, in) && (key == NULL || field == key);
        if (form->fields[i].skipped || (field->flags & FIELD_FIXED) || is_answered)
            continue;
        form_focus(form, field->name);
        return;
    }
}

static void begin(struct view *view, const struct op_form *wish, const void *in)
{
    struct form_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct field *key = op_key_field(wish->op);

    state->op = wish->op;
    state->small = wish->small;
    state->final = wish->final != NULL ? arena_text(&view->arena, wish->final) : NULL;
    state->beside = wish->beside;
    state->saved = wish->saved;
    state->holds = wish->holds;
    state->context = wish->context;
    view->title = title_of(wish, in, view);
    if (key != NULL && key->type == FIELD_ID)
        memcpy(&state->subject, field_of(key, in), sizeof state->subject);
    state->draft = (struct desk_draft){
        .form = wish->op->name, .subject = state->subject, .title = view->title};
    form_init(&state->form, &(struct form_options){.shape = wish->op->in,
                                                   .rights = &desk->session.rights,
                                                   .now = desk_now(desk)});
    state->loaded = shape_clone(wish->op->in, in, &view->arena);
    form_load(&state->form, in);
    show_picked_names(desk, &state->form, in);
    for (size_t i = 0; wish->skip != NULL && wish->skip[i] != NULL; i++)
        form_skip(&state->form, wish->skip[i]);
    if (wish->focus != NULL)
        form_focus(&state->form, wish->focus);
    else
        focus_first_open(&state->form, in, wish->op->fills != NULL ? key : NULL);
}

static struct rows given_copy(const struct rows *given, struct arena *arena)
{
    const struct given *from = given->at;
    struct given *to = NEW_ARRAY(arena, struct given, given->count);

    for (size_t i = 0; i < given->count; i++)
        to[i] = (struct given){arena_text(arena, from[i].name), arena_text(arena, from[i].text)};
    return (struct rows){to, given->count};
}

void op_form_open(struct desk *desk, const struct op_form *wish)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct fault fault = {0};
    void *in = wish->in != NULL ? shape_clone(wish->op->in, wish->in, &arena)
                                : desk_input(desk, &arena, wish->op);

    if (!desk_allows(desk, wish->op)) {
        app_error(desk->app, "Your role does not allow this.");
        return;
    }
    const char *typed =
        wish->draft != NULL ? op_draft_read(desk, wish->op, wish->draft->body, in, &arena) : NULL;
    subject_fill(wish->subject, wish->op, in);
    const struct rows given = op_given(desk, wish->op, in, &arena);
    if (wish->in == NULL && !fill_from_record(desk, wish->op, in, &arena))
        return;
    struct view *view = view_new(desk->app, &form_types[wish->op->kind == OP_READS][wish->small],
                                 sizeof(struct form_state));
    struct form_state *state = view->state;
    begin(view, wish, in);
    state->given = given_copy(&given, &view->arena);
    if (typed != NULL) {
        state->draft.id = wish->draft->id;
        if (form_draft_read(&state->form, typed, &fault) != OK)
            app_fault(desk->app, &fault);
    }
    app_push(desk->app, view);
}
