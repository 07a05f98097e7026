/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Importing a file: which column is which field, what would become of every line, what was
 * corrected; then the deed, all or nothing or without the bad lines. */

#include <stdio.h>
#include <string.h>

#include "domain/chosen_file.h"
#include "domain/vendor.h"
#include "import.h"
#include "ui/bars.h"
#include "ui/dialog.h"
#include "ui/picker.h"

#define FILE_MIB 64

static const char *const tab_labels[IMPORT_TABS] = {"Columns", "Lines", "Corrections"};

enum { ON_COLUMNS = NEEDS_OWN, ON_LINE = NEEDS_OWN << 1, OF_PRICES = NEEDS_OWN << 2 };

/* --- Running --- */

static bool step(void *context, int64_t done, int64_t total)
{
    struct progress_bar *bar = context;

    bar->total = total;
    return progress_step(bar, done) == OK;
}

/* Runs the plan; the sentence of a refusal goes to the status line. */
static status run_plan(struct view *view, bool dry_run, bool skip_bad)
{
    struct import_screen *screen = view->state;
    struct desk *desk = desk_of(view);
    struct progress_bar bar =
        progress_start(view->app, dry_run ? "Looking at every line" : "Importing", 0);
    const struct import_options options = {.dry_run = dry_run,
                                           .skip_bad = skip_bad,
                                           .file = screen->path,
                                           .progress = step,
                                           .context = &bar};

    desk->session.arena = &screen->arena;
    fault_clear(&desk->session.fault);
    const status result = import_run(&desk->session, &screen->plan, &options);
    desk->session.arena = &desk->scratch;
    progress_end(&bar);
    for (size_t i = 0; i < IMPORT_TABS; i++)
        rowlist_refresh(&screen->lists[i]);
    if (result != OK)
        app_fault(view->app, &desk->session.fault);
    return result;
}

/* A column of a price file says it line by line. */
static bool names_vendor(const struct import_plan *plan)
{
    for (size_t i = 0; i < plan->column_count; i++)
        if (plan->matches[i] != NULL && strcmp(plan->matches[i]->name, "vendor") == 0)
            return true;
    return false;
}

static bool lacks_vendor(const struct import_plan *plan)
{
    return plan->noun == IMPORT_PRICES && *plan->vendor == '\0' && !names_vendor(plan);
}

static void look_again(struct view *view)
{
    struct import_screen *screen = view->state;

    screen->ran = !lacks_vendor(&screen->plan) && run_plan(view, true, true) == OK;
}

/* --- Whose prices --- */

static void vendor_picked(struct view *asker, const struct shape *shape, const void *row,
                          void *context)
{
    struct import_screen *screen = asker->state;
    const struct vendor_row *vendor = row;

    (void)shape;
    (void)context;
    screen->plan.vendor = arena_text(&screen->arena, vendor->name);
    look_again(asker);
}

static void ask_vendor(struct view *view, const struct action *action)
{
    (void)action;
    op_pick_open(desk_of(view), &(struct op_pick){
                                    .op = &vendor_search_op,
                                    .title = "Whose prices are these?",
                                    .picked = vendor_picked,
                                });
}

static void do_import(struct view *view, bool skip_bad)
{
    struct import_screen *screen = view->state;

    if (run_plan(view, false, skip_bad) != OK)
        return;
    screen->done = true;
    app_say(view->app, "Imported: %s.", import_sum(&screen->arena, &screen->plan));
}

static void import_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'i')
        do_import(asker, false);
    else if (letter == 's')
        do_import(asker, true);
}

static void ask_import(struct view *view, const struct action *action)
{
    static const struct dialog_button good[] = {{'i', "i Import"}, {'b', "b Back"}};
    static const struct dialog_button bad[] = {{'s', "s Skip those lines"}, {'b', "b Back"}};
    struct import_screen *screen = view->state;

    if (lacks_vendor(&screen->plan)) {
        ask_vendor(view, action);
        return;
    }
    if (!screen->ran)
        look_again(view);
    if (!screen->ran)
        return;
    const bool has_bad = screen->plan.counts[IMPORT_BAD] > 0;
    dialog_open(view->app,
                &(struct dialog){
                    .title = "Import",
                    .text = arena_printf(
                        &screen->arena, "%s.%s", import_sum(&screen->arena, &screen->plan),
                        has_bad ? "\nRefused lines cannot be true: correct the file, or skip them "
                                  "and write them to a file with r."
                                : ""),
                    .buttons = has_bad ? bad : good,
                    .button_count = 2,
                    .safe = 'b',
                    .answered = import_answered,
                });
}

/* --- Matching columns --- */

static void target_picked(struct view *asker, const void *row, void *context)
{
    struct import_screen *screen = asker->state;
    struct desk *desk = desk_of(asker);
    const struct target_row *target = row;
    const size_t *column = context;

    desk->session.arena = &screen->arena;
    const status result = import_match(&desk->session, &screen->plan, *column,
                                       arena_text(&screen->arena, target->name));
    desk->session.arena = &desk->scratch;
    if (result != OK)
        app_fault(asker->app, &desk->session.fault);
    else
        look_again(asker);
}

static void match_column(struct view *view, const struct action *action)
{
    struct import_screen *screen = view->state;
    const int64_t id = rowlist_id(&screen->lists[TAB_COLUMNS]);
    size_t *column = NEW(&screen->arena, size_t);

    (void)action;
    *column = (size_t)id - 1;
    screen->matching = *column;
    picker_open(view->app, &(struct picker){
                               .title = arena_printf(&screen->arena, "“%s” goes to",
                                                     screen->plan.headers[*column]),
                               .list = &import_target_list,
                               .list_context = screen,
                               .picked = target_picked,
                               .context = column,
                           });
}

/* --- Of a price file --- */

static void toggle_add(struct view *view, const struct action *action)
{
    struct import_screen *screen = view->state;

    (void)action;
    screen->plan.add = !screen->plan.add;
    look_again(view);
}

static void toggle_prices(struct view *view, const struct action *action)
{
    struct import_screen *screen = view->state;

    (void)action;
    screen->plan.keep_prices = !screen->plan.keep_prices;
    look_again(view);
}

static void show_line(struct view *view, const struct action *action)
{
    struct import_screen *screen = view->state;
    const struct line_row *row = rowlist_row(&screen->lists[TAB_LINES]);

    (void)action;
    if (row != NULL)
        dialog_tell(view->app,
                    arena_printf(&screen->arena, "Line %lld · %s", (long long)row->id, row->fate),
                    arena_printf(&screen->arena, "%s\n%s", row->summary, row->says));
}

/* --- Bad lines to a file --- */

static void rejects_named(struct view *asker, const char *text, void *context)
{
    const struct import_screen *screen = asker->state;
    AUTO_BUF out = BUF_MIB(FILE_MIB);
    struct fault fault = {0};

    (void)context;
    import_rejects(&screen->plan, &out);
    if (chosen_file_check(&desk_of(asker)->session, text) != OK)
        app_fault(asker->app, &desk_of(asker)->session.fault);
    else if (buf_write_file(&out, text, 0600, &fault) != OK)
        app_fault(asker->app, &fault);
    else
        app_say(asker->app, "Written to %s.", text);
}

static void write_rejects(struct view *view, const struct action *action)
{
    struct import_screen *screen = view->state;

    (void)action;
    if (screen->plan.counts[IMPORT_BAD] == 0) {
        app_say(view->app, "Every line can be imported: there is nothing to write.");
        return;
    }
    question_open(view->app,
                  &(struct question){
                      .title = "Write the bad lines to a file",
                      .label = "File",
                      .initial = arena_printf(&screen->arena, "%s.rejects.csv", screen->path),
                      .max = 1000,
                      .answered = rejects_named,
                  });
}

/* --- The view --- */

static void draw_counts(struct area body, const struct import_plan *plan)
{
    int at = 1;

    for (unsigned fate = 0; fate < IMPORT_FATE_COUNT; fate++) {
        const char *label = import_fate_label(plan->noun, (enum import_fate)fate);
        const bool is_bad = fate == IMPORT_BAD && plan->counts[fate] > 0;
        if (label != NULL)
            at = area_printf(body, 2, at, is_bad ? INK_BAD : INK_NORMAL, "%s %lld", label,
                             (long long)plan->counts[fate]) +
                 3;
    }
}

/* Whose prices they are, and what F2 would take of them. */
static const char *prices_text(const struct import_plan *plan, struct arena *arena)
{
    const char *vendor = names_vendor(plan) ? "vendors as the file says" : "no vendor yet";

    if (plan->noun != IMPORT_PRICES)
        return "";
    return arena_printf(
        arena, "%s · %s · new parts are %s", *plan->vendor != '\0' ? plan->vendor : vendor,
        plan->keep_prices ? "costs only" : "costs and prices", plan->add ? "added" : "left out");
}

static void import_draw(struct view *view, struct area body)
{
    struct import_screen *screen = view->state;
    const struct import_plan *plan = &screen->plan;
    const char *separator = plan->csv.separator == '\t'  ? "tab"
                            : plan->csv.separator == ';' ? "semicolon"
                                                         : "comma";

    const char *prices = prices_text(plan, &body.on->scratch);
    area_fit(body, 0, 1, body.cols - 4 - area_cells(body, prices), INK_STRONG, screen->path);
    area_right(body, 0, body.cols - 1, INK_NORMAL, prices);
    area_printf(body, 1, 1, INK_MUTED, "%zu lines, %zu columns, parted by %s, %s%s",
                plan->csv.count > plan->first ? plan->csv.count - plan->first : 0,
                plan->column_count, separator, plan->csv.encoding,
                plan->remembered ? ", matched as last time" : "");
    if (screen->ran)
        draw_counts(body, plan);
    area_hline(body, 3, 0, body.cols, INK_MUTED);
    tabs_draw(body, 4, tab_labels, IMPORT_TABS, screen->tab);
    rowlist_draw(&screen->lists[screen->tab], area_below(body, 5));
}

static bool import_key(struct view *view, const struct event *event)
{
    struct import_screen *screen = view->state;

    return tabs_key(event, IMPORT_TABS, &screen->tab) ||
           rowlist_key(&screen->lists[screen->tab], event);
}

static void import_settle(struct view *view)
{
    struct import_screen *screen = view->state;

    rowlist_settle(&screen->lists[screen->tab]);
}

static unsigned import_has(struct view *view)
{
    struct import_screen *screen = view->state;

    const unsigned noun = screen->plan.noun == IMPORT_PRICES ? (unsigned)OF_PRICES : 0u;

    if (rowlist_row(&screen->lists[screen->tab]) == NULL)
        return noun;
    if (screen->tab == TAB_COLUMNS)
        return noun | ON_COLUMNS;
    return screen->tab == TAB_LINES ? noun | ON_LINE : noun;
}

static const char *import_status(struct view *view, struct arena *arena)
{
    const struct import_screen *screen = view->state;

    return rowlist_status(&screen->lists[screen->tab], arena);
}

static void import_close(struct view *view)
{
    struct import_screen *screen = view->state;

    for (size_t i = 0; i < IMPORT_TABS; i++)
        rowlist_done(&screen->lists[i]);
    arena_done(&screen->arena);
    buf_done(&screen->bytes);
}

/* clang-format off */
static const struct action import_actions[] = {
    {"Enter", "import.match", "match", ON_COLUMNS, match_column, "Chooses the field this column goes to.", 0, "Choose a column on the first tab."},
    {"Enter", "import.line", "show", ON_LINE, show_line, "Shows all that is to say of this line."},
    {"F2", "import.run", "import", NEEDS_NOTHING, ask_import, "Imports the file, after a question."},
    {"v", "import.vendor", "vendor", OF_PRICES, ask_vendor, "Chooses whose prices these are.", 0, "Only a price file is a vendor's."},
    {"n", "import.add", "new parts", OF_PRICES, toggle_add, "Adds the parts that the catalog does not have, or leaves them out.", 0, "Only a price file has parts to add."},
    {"c", "import.costs", "costs only", OF_PRICES, toggle_prices, "Takes over costs only and leaves the shop's prices, or takes both.", 0, "Only a price file has costs to take."},
    {"r", "import.rejects", "write bad lines", NEEDS_NOTHING, write_rejects, "Writes the lines that cannot be true to a file, with the reasons."},
};
/* clang-format on */
static const struct view_type import_type = {
    .name = "import",
    .draw = import_draw,
    .key = import_key,
    .settle = import_settle,
    .has = import_has,
    .status = import_status,
    .close = import_close,
    .actions = import_actions,
    .action_count = COUNT_OF(import_actions),
    .help = "The first tab shows where each column goes, the second what would become of each "
            "line, the third what was corrected. Nothing is written before F2.\n\nOf a price file "
            "n adds the parts that the catalog does not have, and c takes over costs alone.",
};

static void open_plan(struct desk *desk, enum import_noun noun, const char *path)
{
    struct view *view = view_new(desk->app, &import_type, sizeof(struct import_screen));
    struct import_screen *screen = view->state;
    struct fault fault = {0};

    screen->bytes = BUF_MIB(FILE_MIB);
    snprintf(screen->path, sizeof screen->path, "%s", path);
    status result = chosen_file_check(&desk->session, path);
    if (result != OK)
        fault = desk->session.fault;
    else
        result = buf_read_file(&screen->bytes, path, &fault);
    if (result == OK) {
        desk->session.arena = &screen->arena;
        result = import_open(&desk->session, noun, buf_str(&screen->bytes), screen->bytes.length,
                             &screen->plan);
        desk->session.arena = &desk->scratch;
        screen->plan.vendor = "";
        if (result != OK)
            fault = desk->session.fault;
    }
    for (size_t i = 0; i < IMPORT_TABS; i++)
        rowlist_init(&screen->lists[i],
                     i == TAB_LINES && noun == IMPORT_PRICES ? &import_price_lines
                                                             : &import_lists[i],
                     NULL, screen);
    view->title = arena_printf(&view->arena, "Import %s", choice_label(&import_noun_choices, noun));
    app_push(desk->app, view);
    if (result == OK) {
        if (lacks_vendor(&screen->plan))
            ask_vendor(view, NULL);
        else
            look_again(view);
        return;
    }
    app_pop(desk->app, view);
    app_fault(desk->app, &fault);
}

static void file_named(struct view *asker, const char *text, void *context)
{
    const enum import_noun *noun = context;

    open_plan(desk_of(asker), *noun, text);
}

static void ask_file(struct view *asker, enum import_noun noun)
{
    enum import_noun *asked = NEW(&asker->arena, enum import_noun);

    *asked = noun;
    question_open(asker->app, &(struct question){
                                  .title = arena_printf(&asker->arena, "Import %s from a file",
                                                        choice_label(&import_noun_choices, noun)),
                                  .label = "File",
                                  .help = "CSV of another program: commas, semicolons or tabs",
                                  .max = 1000,
                                  .answered = file_named,
                                  .context = asked,
                              });
}

void import_customers(struct view *view, const struct action *action)
{
    (void)action;
    ask_file(view, IMPORT_CUSTOMERS);
}

void import_vehicles(struct view *view, const struct action *action)
{
    (void)action;
    ask_file(view, IMPORT_VEHICLES);
}

void import_parts(struct view *view, const struct action *action)
{
    (void)action;
    ask_file(view, IMPORT_PARTS);
}

void import_prices(struct view *view, const struct action *action)
{
    (void)action;
    ask_file(view, IMPORT_PRICES);
}
