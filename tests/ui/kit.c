/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "kit.h"

static const struct choice states[] = {
    {"open", "open", "○", "o"},
    {"waiting", "waiting", "◌", "~"},
    {"done", "done", "✓", "v"},
};
static const struct choices state_choices = CHOICES(states);

static const struct field piece_fields[] = {
    FIELD(struct piece, text, .label = "Text", .flags = FIELD_REQUIRED),
    FIELD(struct piece, hours, .label = "Hours"),
    FIELD(struct piece, price, .label = "Price"),
};
static const struct shape piece_shape = SHAPE_OF(struct piece, "piece", piece_fields);

static const struct field thing_fields[] = {
    FIELD(struct thing, id, .flags = FIELD_HIDDEN),
    FIELD(struct thing, name, .label = "Name", .help = "What people call it.", .example = "Delgado",
          .max = 60, .flags = FIELD_REQUIRED),
    FIELD(struct thing, phone, .label = "Phone", .flags = FIELD_PHONE),
    FIELD(struct thing, code, .label = "Code", .max = 17, .flags = FIELD_CODE),
    FIELD(struct thing, state, .label = "State", .choices = &state_choices),
    FIELD(struct thing, quantity, .label = "Quantity"),
    FIELD(struct thing, price, .label = "Price", .help = "For one."),
    FIELD(struct thing, due_on, .label = "Due"),
    FIELD(struct thing, urgent, .label = "Urgent"),
    FIELD(struct thing, owner, .label = "Owner", .picks = "thing.search"),
    FIELD(struct thing, password, .label = "Password", .flags = FIELD_SECRET),
    FIELD(struct thing, note, .label = "Note", .flags = FIELD_MANY_LINES),
    FIELD(struct thing, pieces, .label = "Pieces", .rows = &piece_shape),
    FIELD(struct thing, revision, .flags = FIELD_HIDDEN),
};
const struct shape thing_shape = SHAPE_OF(struct thing, "thing", thing_fields);

static const char *const names[] = {
    "Delgado, Maria", "Dela Cruz, Jun",   "Nguyen, An",   "O'Brien, José", "Müller, Jürgen",
    "Smith, Pat",     "日本 Auto, Osaka", "Ávila, Ñandú", "Kowalski, Ewa", "Zimmer, Bo"};

static void make_thing(const struct source *source, int64_t number, struct arena *arena,
                       struct thing *ret_thing)
{
    const char *name = names[(size_t)number % COUNT_OF(names)];

    *ret_thing = (struct thing){
        .id = {number},
        .name = arena_printf(arena, "%s %03lld%s", name, (long long)number,
                             source->changed_from > 0 && number >= source->changed_from ? "!" : ""),
        .phone = "+16195550142",
        .code = arena_printf(arena, "C%05lld", (long long)number),
        .state = (unsigned)number % 3,
        .quantity = {number * 250},
        .price = {number * 1999 - 5000},
        .due_on = day_from_number(20781 + number),
        .urgent = number % 4 == 0,
        .password = "",
        .note = "",
    };
}

static bool matches(const struct thing *thing, const struct row_query *query, struct arena *arena)
{
    if (query->filter > 0 && (int)thing->state != query->filter - 1)
        return false;
    return query->search[0] == '\0' ||
           strstr(text_fold(arena, thing->name), text_fold(arena, query->search)) != NULL;
}

/* Cursors are row numbers; "price" sorts as the number does, so descending is enough to sort. */
static status load_things(void *context, const struct row_query *query, struct arena *arena,
                          struct row_page *ret_page, struct fault *fault)
{
    struct kit *kit = context;
    struct source *source = &kit->source;
    struct thing *all = NEW_ARRAY(arena, struct thing, (size_t)query->limit);
    const bool back = query->before[0] != '\0';
    const int64_t from = strtoll(back ? query->before : query->after, NULL, 10);
    const int64_t step = query->descending != back ? -1 : 1;
    int64_t number = from != 0 ? from + step : step > 0 ? 1 : source->count;
    int64_t total = 0;
    size_t count = 0;

    source->loads++;
    if (source->fails)
        return fault_set(fault, ERR_IO, "The shop's file cannot be read. Call for help.");
    for (int64_t i = 1; i <= source->count; i++) {
        struct thing thing;
        make_thing(source, i, arena, &thing);
        total += matches(&thing, query, arena);
    }
    for (; number >= 1 && number <= source->count && count < (size_t)query->limit; number += step) {
        make_thing(source, number, arena, &all[count]);
        count += matches(&all[count], query, arena);
    }
    for (size_t i = 0; back && i < count / 2; i++) {
        const struct thing spare = all[i];
        all[i] = all[count - 1 - i];
        all[count - 1 - i] = spare;
    }
    *ret_page = (struct row_page){.rows = {all, count}, .total = total, .next = "", .previous = ""};
    if (count == 0)
        return OK;
    const bool more = number >= 1 && number <= source->count;
    const bool moved = from != 0;
    if (back ? moved : more)
        ret_page->next = arena_printf(arena, "%lld", (long long)all[count - 1].id.v);
    if (back ? more : moved)
        ret_page->previous = arena_printf(arena, "%lld", (long long)all[0].id.v);
    return OK;
}

static const char *thing_cell(void *context, const void *row, const char *column,
                              struct arena *scratch, enum ink *ink)
{
    const struct thing *thing = row;

    (void)context;
    (void)scratch;
    if (strcmp(column, "state") == 0 && thing->state == THING_DONE)
        *ink = INK_OK;
    return NULL;
}

static const struct column columns[] = {
    {.name = "name", .width = 16, .grow = 1, .sort = "name"},
    {.name = "state"},
    {.name = "quantity", .width = 8},
    {.name = "price", .sort = "price"},
    {.name = "due_on", .below = 100},
    {.name = "phone", .below = 110},
};
static const struct row_filter filters[] = {{"All"}, {"Open"}, {"Waiting"}, {"Done"}};

const struct rowlist_type thing_list = {
    .shape = &thing_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .load = load_things,
    .cell = thing_cell,
    .filters = filters,
    .filter_count = COUNT_OF(filters),
    .searches = true,
    .marks = true,
    .reversible = true,
    .empty = "No things match. F6 adds one.",
};

static struct kit *kit_of(struct view *view)
{
    return app_context(view->app);
}

/* The list screen. */

static void open_thing(struct view *view, const struct action *action)
{
    struct rowlist *list = view->state;

    (void)action;
    kit_hear(kit_of(view), "open %lld", (long long)rowlist_id(list));
}

static void new_thing(struct view *view, const struct action *action)
{
    (void)action;
    app_push(view->app, form_view(view->app));
}

static void delete_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    kit_hear(kit_of(asker), "answered %c", letter);
}

static void delete_thing(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'k', "k Keep it"}, {'v', "v Void"}};

    (void)action;
    dialog_open(view->app, &(struct dialog){.title = "Void invoice",
                                            .text = "Invoice 20881 is voided and its parts go back "
                                                    "on the shelf. This cannot be taken back.",
                                            .buttons = buttons,
                                            .button_count = COUNT_OF(buttons),
                                            .safe = 'k',
                                            .danger = 'v',
                                            .word = "VOID",
                                            .answered = delete_answered});
}

static void marks_only(struct view *view, const struct action *action)
{
    (void)action;
    kit_hear(kit_of(view), "marked %zu", list_of(view)->mark_count);
}

static const struct action list_actions[] = {
    {"Enter", "thing.show", "open", NEEDS_ROW, open_thing, "Shows the thing."},
    {"F6 n", "thing.add", "new", NEEDS_NOTHING, new_thing, "Adds a thing."},
    {"v", "thing.void", "void", NEEDS_ROW, delete_thing, "Voids the thing."},
    {"m", "thing.merge", "merge", NEEDS_MARKS, marks_only, "Merges the marked ones."},
    {"x", "thing.export", "export", NEEDS_NOTHING, NULL, "Writes them to a file.", ACTION_QUIET},
};

static const struct view_type list_type = {
    .name = "things",
    .help = "Everything the shop has, one row each. Type / to narrow the list, s to sort it, f for "
            "the next filter.",
    ROWLIST_VIEW,
    .actions = list_actions,
    .action_count = COUNT_OF(list_actions),
};

struct view *list_view(struct app *app)
{
    struct view *view = view_new(app, &list_type, sizeof(struct rowlist));

    rowlist_init(view->state, &thing_list, NULL, app_context(app));
    view->title = "Things";
    return view;
}

struct rowlist *list_of(struct view *view)
{
    return view->state;
}

/* The form screen. */

struct form_state {
    struct form form;
};

static void form_draw_view(struct view *view, struct area body)
{
    form_draw(form_of(view), area_below(body, 1));
}

static void owner_picked(struct view *asker, const void *row, void *context)
{
    const struct thing *thing = row;

    form_set_picked(context, "owner", thing->id.v, thing->name);
    view_touch(asker);
}

static void pick_owner(struct view *view, struct form *form)
{
    picker_open(view->app, &(struct picker){.title = "Owner",
                                            .list = &thing_list,
                                            .list_context = kit_of(view),
                                            .search = form->pick_text,
                                            .picked = owner_picked,
                                            .context = form});
}

static void submitted(struct view *view)
{
    const struct thing *thing = form_row(form_of(view));
    char price[NUMBER_TEXT_MAX];

    kit_hear(kit_of(view), "saved %s, %s, %s, %zu pieces", thing->name,
             money_text(thing->price, price), thing->due_on.iso, thing->pieces.count);
}

static bool form_key_view(struct view *view, const struct event *event)
{
    struct form *form = form_of(view);

    switch (form_key(form, event)) {
    case FORM_IGNORED:
        return false;
    case FORM_SUBMIT:
        submitted(view);
        break;
    case FORM_REFUSED:
        app_error(view->app, "%s", form_status(form, &view->arena));
        break;
    case FORM_CHANGED:
        view_touch(view);
        break;
    case FORM_LEFT:
        view_keep(view);
        break;
    case FORM_PICK:
        pick_owner(view, form);
        break;
    case FORM_ROWS:
        form_rows_open(view->app, form, view_touch);
        break;
    case FORM_USED:
        break;
    }
    return true;
}

static enum typing form_typing_view(const struct view *view)
{
    return form_typing(view->state);
}

static const char *form_status_view(struct view *view, struct arena *arena)
{
    return form_status(form_of(view), arena);
}

static bool form_dirty_view(struct view *view)
{
    return form_is_dirty(form_of(view));
}

static status form_keep_view(struct view *view, struct fault *fault)
{
    struct kit *kit = kit_of(view);
    AUTO_BUF out = BUF(sizeof(kit->draft) - 1);

    if (kit->keep_fails)
        return fault_set(fault, ERR_IO, "the disk is full.");
    form_draft_write(form_of(view), &out);
    strcpy(kit->draft, buf_str(&out));
    kit->kept++;
    return OK;
}

static void form_close_view(struct view *view)
{
    form_done(form_of(view));
}

static void press_save(struct view *view, const struct action *action)
{
    (void)action;
    form_key_view(view, &KEY_EVENT(K_F2));
}

static const struct action form_actions[] = {
    {"F2", "thing.save", "save", NEEDS_NOTHING, press_save, "Saves the thing."},
};

static const struct view_type form_type = {
    .name = "thing",
    .draw = form_draw_view,
    .key = form_key_view,
    .typing = form_typing_view,
    .status = form_status_view,
    .dirty = form_dirty_view,
    .keep = form_keep_view,
    .close = form_close_view,
    .actions = form_actions,
    .action_count = COUNT_OF(form_actions),
};

struct form *form_of(struct view *view)
{
    struct form_state *state = view->state;

    return &state->form;
}

struct view *form_view(struct app *app)
{
    struct view *view = view_new(app, &form_type, sizeof(struct form_state));

    form_init(form_of(view), &(struct form_options){.shape = &thing_shape,
                                                    .now = {1795521600}, /* 24 Nov 2026 noon */
                                                    .pick = pick_owner});
    view->title = "New thing";
    return view;
}

/* The app. */

static const char *corner(void *context, int shorter, struct arena *arena)
{
    static const char *const texts[] = {"Ann W. · Tue 24 Nov 10:42", "Ann W. · 10:42", "Ann W."};

    (void)context;
    return arena_text(arena, texts[shorter]);
}

static void act(struct view *view, const struct action *action)
{
    kit_hear(kit_of(view), "act %s", action->name);
}

static void run_record(struct app *app, int64_t id)
{
    kit_hear(app_context(app), "record %lld", (long long)id);
}

static void find(struct app *app, const char *text, struct palette *palette)
{
    (void)app;
    if (strcmp(text, "10412") == 0)
        palette_add(palette, &(struct palette_item){.label = "RO 10412 · Delgado, Maria",
                                                    .detail = "repair order",
                                                    .rank = PALETTE_EXACT,
                                                    .run = run_record,
                                                    .id = 10412});
}

static bool scan_is(void *context, const char *text)
{
    (void)context;
    return strlen(text) == 17 || text_starts(text, "RO-");
}

static void scan(struct app *app, const char *text)
{
    kit_hear(app_context(app), "scan %s", text);
}

static bool poll_changes(void *context)
{
    struct kit *kit = context;
    const bool says = kit->poll_says;

    kit->polls++;
    kit->poll_says = false;
    return says;
}

static void idle(void *context)
{
    ((struct kit *)context)->idles++;
}

static void lock(struct app *app)
{
    struct kit *kit = app_context(app);

    kit->locks++;
    app_cover(app, list_view(app));
}

struct kit *kit_open(int rows, int cols)
{
    struct kit *kit = calloc(1, sizeof(*kit));

    kit->theme = (struct theme){.colour = true};
    kit->source.count = 142;
    kit->term = term_memory_open(rows, cols);
    kit->options = (struct app_options){
        .term = kit->term,
        .theme = &kit->theme,
        .context = kit,
        .banner = "DEMO",
        .corner = corner,
        .home = list_view,
        .act = act,
        .find = find,
        .scan_is = scan_is,
        .scan = scan,
        .lock = lock,
        .poll = poll_changes,
        .idle = idle,
    };
    kit->app = app_open(&kit->options);
    return kit;
}

void kit_close(struct kit *kit)
{
    app_close(kit->app);
    term_close(kit->term);
    free(kit);
}

void kit_play(struct kit *kit, const char *script)
{
    assert_true(term_memory_script(kit->term, script));
    app_run_until_idle(kit->app);
}

const char *kit_picture(struct kit *kit)
{
    return term_memory_picture(kit->term, false);
}

void kit_hear(struct kit *kit, const char *format, ...)
{
    const size_t length = strlen(kit->heard);
    va_list args;

    if (length > 0)
        strcat(kit->heard, " | ");
    va_start(args, format);
    vsnprintf(kit->heard + strlen(kit->heard), sizeof(kit->heard) - length - 4, format, args);
    va_end(args);
}

bool kit_shows(struct kit *kit, const char *text)
{
    return strstr(kit_picture(kit), text) != NULL;
}
