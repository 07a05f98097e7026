/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The screen of any list operation. A table (struct list_screen) makes it nicer: columns, filters,
 * actions; without one the columns come from the row's shape and Enter opens the record. */

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/list.h"
#include "inner.h"

struct list_state {
    struct rowlist list; /* first: ROWLIST_VIEW */
    struct op_source source;
    const struct list_screen *screen;
    const char *title; /* without what it is limited to */
    char noun[NOUN_MAX];
};

static status set_filter(const struct op_source *source, int index, void *in, struct arena *arena,
                         struct fault *fault)
{
    if (index < 0 || (size_t)index >= source->filter_count)
        return OK;
    const struct list_filter *filter = &source->filters[index];
    if (filter->field == NULL)
        return OK;
    const struct field *field = shape_field(source->op->in, filter->field);
    const struct field_context context = {.arena = arena, .now = desk_now(source->desk)};
    if (field == NULL)
        return fault_set(fault, ERR_INVALID, "This list cannot be limited to %s.", filter->label);
    return field_parse(field, filter->value, &context, in, fault);
}

status op_source_input(const struct op_source *source, const struct row_query *query,
                       struct arena *arena, void **ret_in, struct fault *fault)
{
    void *in = arena_copy(arena, source->in, source->op->in->size);
    struct list_query *list = in; /* first member of every list operation's input */

    const bool has_sort = query->sort != NULL && *query->sort != '\0';
    list->search = query->search != NULL ? query->search : "";
    list->sort = has_sort ? query->sort : (source->sort != NULL ? source->sort : "");
    list->descending = has_sort ? query->descending : source->newest_first != query->descending;
    list->after = query->after != NULL ? query->after : "";
    list->before = query->before != NULL ? query->before : "";
    list->limit = query->limit;
    *ret_in = in;
    return set_filter(source, query->filter, in, arena, fault);
}

status op_source_load(void *context, const struct row_query *query, struct arena *arena,
                      struct row_page *ret_page, struct fault *fault)
{
    const struct op_source *source = context;
    void *in = NULL;
    struct page page;

    TRY(op_source_input(source, query, arena, &in, fault));
    const status result = desk_try(source->desk, arena, source->op, in, &page);
    if (result != OK) {
        *fault = source->desk->session.fault;
        return result;
    }
    *ret_page = (struct row_page){
        .rows = page.rows,
        .total = page.total,
        .total_is_capped = page.total_is_capped,
        .next = page.next,
        .previous = page.previous,
    };
    return OK;
}

/* Cells a column should have: 0 lets the type decide. */
static int text_cells_wanted(const struct field *field)
{
    static const struct {
        const char *name;
        int cells;
    } known[] = {
        {"vin", 17},        {"plate", 9}, {"plate_state", 5}, {"state", 12}, {"sku", 14},
        {"unit_number", 8}, {"zip", 10},  {"city", 14},       {"phone", 17}, {"code", 12},
    };

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (text_same(known[i].name, field->name))
            return known[i].cells;
    return 18;
}

static bool grows(const struct field *field)
{
    static const char *const names[] = {"name", "title", "summary", "memo", "description", "says"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (text_same(names[i], field->name))
            return true;
    return false;
}

static struct column column_of(const struct field *field, int used)
{
    struct column column = {.name = field->name};

    if (field->type == FIELD_TEXT && grows(field)) {
        column.grow = 1;
        column.width = 16;
    } else if (field->type == FIELD_TEXT) {
        column.width = text_cells_wanted(field);
    }
    if (used > 60)
        column.below = used + 20;
    return column;
}

static void columns_of(const struct shape *shape, struct arena *arena, struct rowlist_type *type)
{
    struct column *columns = NEW_ARRAY(arena, struct column, shape->count);
    size_t count = 0;
    int used = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if ((field->flags & (FIELD_HIDDEN | FIELD_SECRET)) || field->type == FIELD_ROWS)
            continue;
        columns[count] = column_of(field, used);
        used += columns[count].width > 0 ? columns[count].width + 1 : 12;
        count++;
    }
    for (size_t i = 0; i < count; i++)
        if (columns[i].grow > 0)
            break;
        else if (i + 1 == count)
            columns[0].grow = 1;
    type->columns = columns;
    type->column_count = count;
}

/* A column sorts when the operation can sort by its field under every filter. */
static void let_columns_sort(const struct op *op, struct arena *arena, struct rowlist_type *type)
{
    struct column *columns =
        arena_copy(arena, type->columns, type->column_count * sizeof type->columns[0]);

    for (size_t i = 0; i < type->column_count; i++)
        columns[i].sort = list_has_sort(op, columns[i].name, true) ? columns[i].name : NULL;
    type->columns = columns;
}

static bool list_is_searched(const struct op *op)
{
    for (size_t i = 0; i < op->list_count; i++)
        if (op->lists[i].lookup != NULL || op->lists[i].search_where != NULL)
            return true;
    return false;
}

struct rowlist_type *op_list_type(const struct op *op, struct arena *arena)
{
    const struct list_screen *screen = list_screen_of(op);
    struct rowlist_type *type = NEW(arena, struct rowlist_type);

    *type = (struct rowlist_type){
        .shape = op->out,
        .load = op_source_load,
        .searches = list_is_searched(op),
        .reversible = true,
        .empty = "Nothing here.",
    };
    if (shape_field(op->out, "id") == NULL)
        for (size_t i = 0; i < op->out->count && type->id == NULL; i++)
            if (op->out->fields[i].type == FIELD_ID || op->out->fields[i].type == FIELD_INT)
                type->id = op->out->fields[i].name;
    if (screen != NULL && screen->columns != NULL) {
        type->columns = screen->columns;
        type->column_count = screen->column_count;
        type->cell = screen->cell;
        type->group = screen->group;
    } else {
        columns_of(op->out, arena, type);
    }
    let_columns_sort(op, arena, type);
    if (screen != NULL && screen->empty != NULL)
        type->empty = screen->empty;
    return type;
}

static const struct list_screen *const screens[] = {
#define LIST(name) &name##_list_screen,
#include "lists.def"
#undef LIST
};

const struct list_screen *list_screen_of_noun(const char *noun)
{
    char rows[NOUN_MAX];

    for (size_t i = 0; i < COUNT_OF(screens); i++) {
        const struct op *op = op_find(screens[i]->op);
        if (op != NULL && text_same(noun_of_rows(op, screens[i], rows), noun))
            return screens[i];
    }
    return NULL;
}

const struct list_screen *list_screen_of(const struct op *op)
{
    for (size_t i = 0; i < COUNT_OF(screens); i++)
        if (text_same(screens[i]->op, op->name))
            return screens[i];
    return NULL;
}

static void list_resumed(struct view *view)
{
    rowlist_refresh(view->state);
}

static void open_row(struct view *view, const struct action *action)
{
    struct list_state *state = view->state;

    (void)action;
    desk_open_record(desk_of(view), state->noun, rowlist_id(&state->list));
}

static void export_rows(struct view *view, const struct action *action)
{
    struct list_state *state = view->state;

    (void)action;
    list_export_ask(view, &state->source, &state->list);
}

/* --- Limits that are asked for --- */

/* Those of every list's input are no question: search, order and place. */
static bool limits(const struct field *field)
{
    return field->offset >= sizeof(struct list_query) &&
           (field->flags & (FIELD_HIDDEN | FIELD_FIXED)) == 0;
}

static const char *limit_value(struct desk *desk, const struct field *field, const void *in,
                               struct arena *arena)
{
    const struct op *picks = field->picks != NULL ? op_find(field->picks) : NULL;
    char noun[NOUN_MAX];
    int64_t id = 0;

    if (field->type != FIELD_ID || picks == NULL)
        return field_text(field, in, FIELD_SHOWN, arena);
    memcpy(&id, field_of(field, in), sizeof id);
    const char *name = record_name(desk, noun_of_op(picks, noun), id, arena);
    return name != NULL ? name : field_text(field, in, FIELD_SHOWN, arena);
}

/* "Audit log · Ann Walsh · From 1 Nov 2026" */
static void show_limits(struct view *view)
{
    struct list_state *state = view->state;
    struct desk *desk = state->source.desk;
    const struct shape *shape = state->source.op->in;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF title = BUF(1024);

    buf_text(&title, state->title);
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const bool is_bool = field->type == FIELD_BOOL;
        if (!limits(field) || field_is_empty(field, state->source.in) ||
            (is_bool && !*(const bool *)field_of(field, state->source.in)))
            continue;
        buf_text(&title, " · ");
        if (is_bool || field->type == FIELD_DAY)
            buf_text(&title, field_label(field, &arena));
        if (!is_bool)
            buf_printf(&title, "%s%s", field->type == FIELD_DAY ? " " : "",
                       limit_value(desk, field, state->source.in, &arena));
    }
    view->title = arena_text(&view->arena, buf_str(&title));
}

static void limits_given(struct view *view, const void *in, void *context)
{
    struct list_state *state = view->state;

    (void)context;
    state->source.in = shape_clone(state->source.op->in, in, &view->arena);
    show_limits(view);
    rowlist_restart(&state->list);
    app_redraw(view->app);
}

static void ask_limits(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"search", "sort",  "descending", "after",
                                       "before", "limit", NULL};
    struct list_state *state = view->state;

    (void)action;
    op_form_open(state->source.desk, &(struct op_form){.op = state->source.op,
                                                       .title = "Show only",
                                                       .in = state->source.in,
                                                       .skip = skip,
                                                       .small = true,
                                                       .saved = limits_given});
}

static void drop_limits(struct view *view, const struct action *action)
{
    struct list_state *state = view->state;

    (void)action;
    limits_given(view, desk_input(state->source.desk, &view->arena, state->source.op), NULL);
    app_say(view->app, "Everything is shown.");
}

static const struct action limit_actions[] = {
    {"f", "list.limit", "filter", NEEDS_NOTHING, ask_limits,
     "Asks what the list is to be limited to."},
    {"F", "list.everything", "all", NEEDS_NOTHING, drop_limits, "Shows everything again.",
     ACTION_QUIET},
};

static void add_actions(struct view_type *type, const struct action *actions, size_t count,
                        struct arena *arena)
{
    struct action *all = NEW_ARRAY(arena, struct action, type->action_count + count);

    memcpy(all, type->actions, type->action_count * sizeof all[0]);
    memcpy(all + type->action_count, actions, count * sizeof all[0]);
    type->actions = all;
    type->action_count += count;
}

/* A list without a table of its own. */
static const struct action plain_actions[] = {
    {"Enter", "record.open", "open", NEEDS_ROW, open_row, "Opens the selected row."},
};
/* What every list has behind its own actions; a list that uses x itself has it at X. */
static const struct action export_action = {
    "x X",         "list.export", "export",
    NEEDS_NOTHING, export_rows,   "Writes every row of this list to a file, as CSV or JSON.",
    ACTION_QUIET,
};

static bool has_key(const struct view_type *type, uint32_t key)
{
    for (size_t i = 0; i < type->action_count; i++)
        if (keys_have(type->actions[i].keys, key))
            return true;
    return false;
}

static void add_export(const struct desk *desk, struct view_type *type, struct arena *arena)
{
    if (!desk_holds(desk, RIGHT_DATA_EXPORT))
        return;
    struct action action = export_action;
    if (has_key(type, 'x'))
        action.keys = "X";
    add_actions(type, &action, 1, arena);
}

static const struct view_type list_type = {
    .name = "list",
    ROWLIST_VIEW,
    .resumed = list_resumed,
    .actions = plain_actions,
    .action_count = COUNT_OF(plain_actions),
    .help = "Arrows move; / searches; s sorts; f filters; < and > show other columns.",
};

static const struct row_filter *filters_of(const struct list_screen *screen, struct arena *arena)
{
    struct row_filter *filters = NEW_ARRAY(arena, struct row_filter, screen->filter_count);

    for (size_t i = 0; i < screen->filter_count; i++)
        filters[i].label = screen->filters[i].label;
    return filters;
}

static void use_screen(struct list_state *state, const struct list_screen *screen,
                       struct view_type *type, struct rowlist_type *rows, struct arena *arena)
{
    state->screen = screen;
    if (screen == NULL)
        return;
    state->source.filters = screen->filters;
    state->source.filter_count = screen->filter_count;
    state->source.newest_first = screen->newest_first;
    state->source.sort = screen->sort;
    if (screen->filter_count > 0) {
        rows->filters = filters_of(screen, arena);
        rows->filter_count = screen->filter_count;
    }
    if (screen->actions != NULL) {
        type->actions = screen->actions;
        type->action_count = screen->action_count;
    }
    if (screen->asks)
        add_actions(type, limit_actions, COUNT_OF(limit_actions), arena);
}

/* The rows of "customer.search" are customers; those of "vehicle.declined" need not be vehicles. */
const char *noun_of_rows(const struct op *op, const struct list_screen *screen,
                         char ret_noun[NOUN_MAX])
{
    static const char *const verbs[] = {".search", ".list"};
    const char *verb = strchr(op->name, '.');

    if (screen != NULL && screen->noun != NULL)
        return screen->noun;
    for (size_t i = 0; verb != NULL && i < COUNT_OF(verbs); i++)
        if (text_same(verb, verbs[i]))
            return noun_of_op(op, ret_noun);
    return "";
}

void list_screen_open_with(struct desk *desk, const struct op *op, const void *in,
                           const char *title)
{
    list_screen_open(desk, op, NULL);
    struct view *view = app_top(desk->app);
    struct list_state *state = view->state;

    state->source.in = shape_clone(op->in, in, &view->arena);
    shape_tidy(op->in, state->source.in);
    view->title = arena_text(&view->arena, title);
    state->title = view->title;
    /* The input says what is wanted: no filter of the table may take some of it away. */
    for (size_t i = 0; i < state->source.filter_count; i++)
        if (state->source.filters[i].field == NULL)
            state->list.filter = (int)i;
    rowlist_refresh(&state->list);
}

/* A list is headed by whom it was opened from when it shows that one's rows only; where limits can
 * be asked for, those stand in the title by themselves. */
static bool names_subject(struct desk *desk, const struct op *op, const struct list_screen *screen,
                          const struct subject *subject, const void *in)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (subject == NULL || subject->row == NULL || (screen != NULL && screen->asks) ||
        *row_name(subject->shape, subject->row) == '\0')
        return false;
    return memcmp(in, desk_input(desk, &arena, op), op->in->size) != 0;
}

void list_screen_open(struct desk *desk, const struct op *op, const struct subject *subject)
{
    struct view *view = view_new(desk->app, &list_type, sizeof(struct list_state));
    struct list_state *state = view->state;
    struct view_type *type = arena_copy(&view->arena, &list_type, sizeof list_type);
    struct rowlist_type *rows = op_list_type(op, &view->arena);
    const struct list_screen *screen = list_screen_of(op);

    snprintf(state->noun, sizeof state->noun, "%s", noun_of_rows(op, screen, (char[NOUN_MAX]){0}));
    state->source = (struct op_source){
        .desk = desk,
        .op = op,
        .in = desk_input(desk, &view->arena, op),
    };
    subject_fill(subject, op, state->source.in);
    if (!desk_shows(state->noun))
        type->action_count = 0; /* its rows say all there is */
    use_screen(state, screen, type, rows, &view->arena);
    add_export(desk, type, &view->arena);
    view->type = type;
    view->title = screen != NULL && screen->title != NULL
                      ? screen->title
                      : (op->title != NULL ? op->title : op->says);
    if (names_subject(desk, op, screen, subject, state->source.in))
        view->title = arena_printf(&view->arena, "%s · %s", view->title,
                                   row_name(subject->shape, subject->row));
    state->title = view->title;
    if (screen != NULL && screen->asks)
        show_limits(view);
    rowlist_init(&state->list, rows, &desk->session.rights, &state->source);
    app_push(desk->app, view);
}

bool list_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type->resumed != list_resumed)
        return false;
    struct list_state *state = view->state;
    const void *row = rowlist_row(&state->list);
    if (row == NULL)
        return false;
    *ret_subject = (struct subject){
        .noun = state->noun,
        .id = rowlist_id(&state->list),
        .shape = state->source.op->out,
        .row = row,
    };
    return true;
}
