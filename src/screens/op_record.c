/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The screen of any record: labels and values, with the rows inside as tables below. */

#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "domain/explain.h"
#include "inner.h"

#define NAME_MOST 40 /* cells of a title for what a record is called */

struct record_state {
    struct loading load;
    const struct op *op;
    void *in;
    char noun[NOUN_MAX];
    int64_t id;
    int top, lines, height;
};

enum { HAS_EDIT = NEEDS_OWN, HAS_DOCUMENT = NEEDS_OWN << 1, HAS_FIGURES = NEEDS_OWN << 2 };

static const struct op *edit_op(const struct record_state *state)
{
    char name[NOUN_MAX + 8];

    /* A record without a number is the only one of its kind: the settings. */
    if (state->id == 0 && op_key_field(state->op) != NULL)
        return NULL;
    const size_t length = strcspn(state->op->name, ".");
    memcpy(name, state->op->name, length);
    memcpy(name + length, ".edit", sizeof ".edit");
    return op_find(name);
}

/* What says where the record's figures come from: of "report.sold" "report.explain-sold", else for
 * one of many records "customer.explain". NULL: nothing does. */
static const struct op *explain_op(const struct record_state *state)
{
    const char *verb = strchr(state->op->name, '.');
    const int noun = (int)strcspn(state->op->name, ".");
    char name[2 * NOUN_MAX];

    snprintf(name, sizeof name, "%.*s.explain-%s", noun, state->op->name,
             verb != NULL ? verb + 1 : "");
    const struct op *own = op_find(name);
    if (own != NULL || state->id == 0)
        return own;
    snprintf(name, sizeof name, "%.*s.explain", noun, state->op->name);
    return op_find(name);
}

static void record_settle(struct view *view)
{
    struct record_state *state = view->state;

    if (!state->load.stale)
        return;
    if (desk_load(desk_of(view), &state->load, state->op, state->in) != OK)
        return;
    const char *what = state->op->title != NULL ? state->op->title : "";
    view->title = *what != '\0' ? what : state->op->says;
    const char *name = row_name(state->op->out, state->load.out);
    /* A whole sentence is no name. */
    const bool is_name = *name != '\0' && text_cells(name, strlen(name)) <= NAME_MOST;
    if (state->id != 0 && (is_name || *what != '\0'))
        view->title =
            arena_printf(&state->load.arena, "%s%s%lld%s%s", what, *what != '\0' ? " " : "",
                         (long long)state->id, is_name ? " · " : "", is_name ? name : "");
}

/* A line as table_write_row made it: "Label:  value", or part of a table. */
void record_draw_line(struct area row, const char *line, size_t length)
{
    struct arena *scratch = &row.on->scratch;
    const char *text = arena_text_n(scratch, line, length);
    const char *colon = strstr(text, ": ");
    const bool is_label = *text != ' ' && colon != NULL;

    if (colon == NULL && length > 0 && text[length - 1] == ':') {
        area_text(row, 0, 1, INK_HEADER, text);
        return;
    }
    if (!is_label) {
        area_text(row, 0, 1, INK_NORMAL, text);
        return;
    }
    const size_t label = (size_t)(colon - text) + 1;
    const int at = area_text(row, 0, 1, INK_LABEL, arena_text_n(scratch, text, label));
    area_text(row, 0, at, INK_NORMAL, text + label);
}

/* Where the value of "Label:  value" begins; further lines of it are indented as far. */
static size_t value_column(const char *line, size_t length)
{
    size_t at = 0;

    while (at < length && line[at] == ' ')
        at++;
    if (at > 0)
        return at;
    while (at + 1 < length && !(line[at] == ':' && line[at + 1] == ' '))
        at++;
    while (at < length && (line[at] == ':' || line[at] == ' '))
        at++;
    return at < length && at < 40 ? at : 0;
}

/* One line, broken at blanks and commas where it is too wide. */
static void wrap_line(struct buf *out, const char *line, size_t length, size_t width)
{
    const size_t indent = value_column(line, length);
    size_t room = width;

    while (length > 0 && text_cells(line, length) > room) {
        size_t bytes = text_fit(line, length, room);
        for (size_t i = bytes; i > bytes / 2 && i > indent; i--)
            if (line[i] == ' ' || line[i - 1] == ',') {
                bytes = i;
                break;
            }
        if (bytes == 0)
            break;
        buf_add(out, line, bytes);
        buf_char(out, '\n');
        buf_repeat(out, ' ', indent);
        room = width > indent ? width - indent : 1;
        line += bytes;
        length -= bytes;
        while (length > 0 && *line == ' ')
            line++, length--;
    }
    buf_add(out, line, length);
    buf_char(out, '\n');
}

void record_write(struct buf *out, const struct shape *shape, const void *row,
                  const struct right_set *rights, size_t width)
{
    AUTO_BUF plain = BUF(4u << 20);

    table_write_row(&plain, shape, row, rights, width);
    for (const char *line = buf_str(&plain); *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        wrap_line(out, line, length, width);
        line += length + (line[length] == '\n');
    }
}

static void record_draw(struct view *view, struct area body)
{
    struct record_state *state = view->state;
    AUTO_BUF out = BUF(4u << 20);

    area_hline(body, 0, 0, body.cols, INK_MUTED);
    const struct area page = area_below(body, 1);
    if (state->load.out == NULL) {
        area_wrap(page, 0, 1, page.cols - 2, INK_ERROR, state->load.fault.text);
        return;
    }
    record_write(&out, state->op->out, state->load.out, &desk_of(view)->session.rights,
                 (size_t)(page.cols > 12 ? page.cols - 2 : 10));
    state->height = page.rows;
    state->lines = 0;
    for (const char *line = buf_str(&out); *line != '\0'; state->lines++) {
        const size_t length = strcspn(line, "\n");
        if (state->lines >= state->top && state->lines - state->top < page.rows)
            record_draw_line(area_row(page, state->lines - state->top), line, length);
        line += length + (line[length] == '\n');
    }
    area_cursor(page, 0, 0);
}

static void scroll(struct record_state *state, int to)
{
    const int last = state->lines - state->height;

    state->top = to > last ? last : to;
    if (state->top < 0)
        state->top = 0;
}

static bool record_key(struct view *view, const struct event *event)
{
    struct record_state *state = view->state;

    if (event->kind != EVENT_KEY)
        return false;
    switch (event->key) {
    case K_UP:
    case 'k':
        scroll(state, state->top - 1);
        return true;
    case K_DOWN:
    case 'j':
        scroll(state, state->top + 1);
        return true;
    case K_PAGE_UP:
        scroll(state, state->top - state->height);
        return true;
    case K_PAGE_DOWN:
    case ' ':
        scroll(state, state->top + state->height);
        return true;
    case K_HOME:
    case 'g':
        scroll(state, 0);
        return true;
    case K_END:
    case 'G':
        scroll(state, state->lines);
        return true;
    default:
        return false;
    }
}

/* A row of the audit log says by "noun" and "subject" what it was about. */
static bool document_of(const struct record_state *state, const char **ret_noun, int64_t *ret_id)
{
    const struct shape *shape = state->op->out;
    const struct field *noun = shape_field(shape, "noun");
    const struct field *subject = shape_field(shape, "subject");

    if (state->load.out == NULL || noun == NULL || noun->type != FIELD_TEXT || subject == NULL ||
        subject->type != FIELD_ID)
        return false;
    memcpy(ret_noun, field_of(noun, state->load.out), sizeof *ret_noun);
    memcpy(ret_id, field_of(subject, state->load.out), sizeof *ret_id);
    return *ret_id != 0;
}

static void open_document(struct view *view, const struct action *action)
{
    const char *noun = "";
    int64_t id = 0;

    (void)action;
    if (document_of(view->state, &noun, &id))
        desk_open_record(desk_of(view), noun, id);
}

static unsigned record_has(struct view *view)
{
    const struct record_state *state = view->state;
    const struct op *edit = edit_op(state);
    const char *noun = "";
    int64_t id = 0;

    const struct op *explain = explain_op(state);
    return (state->load.out != NULL ? NEEDS_RECORD : 0u) |
           (explain != NULL && desk_allows(desk_of(view), explain) ? (unsigned)HAS_FIGURES : 0u) |
           (document_of(state, &noun, &id) ? (unsigned)HAS_DOCUMENT : 0u) |
           (edit != NULL && desk_allows(desk_of(view), edit) ? (unsigned)HAS_EDIT : 0u);
}

static void record_changed(struct view *view)
{
    struct record_state *state = view->state;

    state->load.stale = true;
    app_redraw(view->app);
}

static void record_edit(struct view *view, const struct action *action)
{
    struct record_state *state = view->state;
    struct subject subject;

    (void)action;
    const bool has_subject = record_screen_subject(view, &subject);
    op_form_open(desk_of(view),
                 &(struct op_form){.op = edit_op(state), .subject = has_subject ? &subject : NULL});
}

static const char *record_status(struct view *view, struct arena *arena)
{
    const struct record_state *state = view->state;

    if (state->lines <= state->height)
        return NULL;
    const int last = state->top + state->height;
    return arena_printf(arena, "lines %d–%d of %d", state->top + 1,
                        last < state->lines ? last : state->lines, state->lines);
}

static void record_close(struct view *view)
{
    struct record_state *state = view->state;

    loading_done(&state->load);
}

static void record_explain(struct view *view, const struct action *action)
{
    const struct record_state *state = view->state;
    const struct op *op = explain_op(state);
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    void *in = desk_input(desk, &arena, op);

    (void)action;
    shape_transfer(state->op->in, state->in, op->in, in);
    explain_open(desk, op, in, NULL);
}

static const struct action record_actions[] = {
    {"Enter", "record.document", "its document", HAS_DOCUMENT, open_document,
     "Opens the document that this was about.", 0, "This was about no document."},
    {"e", "record.edit", "change", HAS_EDIT, record_edit, "Changes this record.", 0,
     "This record cannot be changed here."},
    {"=", "record.explain", "explain", HAS_FIGURES, record_explain,
     "Says where its figures come from.", ACTION_QUIET, "There is nothing to explain here."},
};

static const struct view_type record_type = {
    .name = "record",
    .draw = record_draw,
    .key = record_key,
    .settle = record_settle,
    .changed = record_changed,
    .resumed = record_changed,
    .has = record_has,
    .status = record_status,
    .close = record_close,
    .actions = record_actions,
    .action_count = COUNT_OF(record_actions),
    .help = "F9 finds everything that can be done with this record.",
};

/* Has the record that action already, or a use of its own for one of its letters? */
static bool is_taken(const struct action *action)
{
    static const char scrolls[] = "jkgG";

    for (size_t i = 0; i < COUNT_OF(record_actions); i++)
        if (text_same(record_actions[i].label, action->label))
            return true;
    for (uint32_t letter = '!'; letter <= '~'; letter++) {
        if (!keys_have(action->keys, letter))
            continue;
        if (strchr(scrolls, (int)letter) != NULL)
            return true;
        for (size_t i = 0; i < COUNT_OF(record_actions); i++)
            if (keys_have(record_actions[i].keys, letter))
                return true;
    }
    return false;
}

/* What can be done with a row of a list can be done with the record when it is open, by the same
 * keys: its type has them behind its own. */
static const struct view_type *type_with_actions_of(const char *noun, struct arena *arena)
{
    const struct list_screen *list = list_screen_of_noun(noun);
    struct view_type *type = NEW(arena, struct view_type);

    *type = record_type;
    if (list == NULL)
        return type;
    struct action *all =
        NEW_ARRAY(arena, struct action, COUNT_OF(record_actions) + list->action_count);
    memcpy(all, record_actions, sizeof record_actions);
    type->actions = all;
    for (size_t i = 0; i < list->action_count; i++) {
        struct action action = list->actions[i];
        if (action.needs != NEEDS_ROW || keys_have(action.keys, K_ENTER) || is_taken(&action))
            continue;
        action.needs = NEEDS_RECORD;
        all[type->action_count++] = action;
    }
    return type;
}

void record_screen_open(struct desk *desk, const struct op *op, const void *in)
{
    if (op->out == &explanation_shape) {
        explain_open(desk, op, in, NULL);
        return;
    }
    struct view *view = view_new(desk->app, &record_type, sizeof(struct record_state));
    struct record_state *state = view->state;
    const struct field *key = op_key_field(op);

    state->op = op;
    state->in = op->in != NULL ? shape_clone(op->in, in, &view->arena) : NULL;
    state->load.stale = true;
    noun_of_op(op, state->noun);
    if (key != NULL && key->type == FIELD_ID)
        memcpy(&state->id, field_of(key, state->in), sizeof state->id);
    if (state->id != 0)
        view->type = type_with_actions_of(state->noun, &view->arena);
    view->title = op->says;
    app_push(desk->app, view);
}

bool record_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type->draw != record_draw)
        return false;
    const struct record_state *state = view->state;
    if (state->id == 0)
        return false;
    *ret_subject = (struct subject){.noun = state->noun, .id = state->id};
    if (state->load.out != NULL) {
        ret_subject->shape = state->op->out;
        ret_subject->row = state->load.out;
    }
    return true;
}
