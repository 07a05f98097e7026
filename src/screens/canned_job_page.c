/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A canned job as its editor: its lines in a grid at today's prices, what they come to together,
 * and the menu price. Every change is an operation and stands at once. */

#include "canned_job_page.h"

#include "base/text.h"
#include "domain/part.h"
#include "ui/dialog.h"

/* --- Rows --- */

static struct rows lines_of(void *context)
{
    const struct canned_quote *quote = canned_quote_of(context);

    return quote != NULL ? quote->lines : (struct rows){0};
}

static const char *line_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct canned_quote_line *line = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "price_rule") && !line->is_today)
        return line->is_open ? "chosen later" : "fixed here";
    if (!line->is_open)
        return NULL;
    *ink = INK_WARN;
    return text_same(column, "price") || text_same(column, "amount") || text_same(column, "cost")
               ? ""
               : NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "kind", .width = 8},
    {.name = "description", .width = 18, .grow = 2},
    {.name = "sku", .width = 12, .below = 70},
    {.name = "quantity", .width = 8},
    {.name = "price", .width = 10},
    {.name = "amount", .width = 10},
    {.name = "cost", .width = 10, .below = 100},
    {.name = "price_rule", .width = 17, .below = 110},
};
static const struct rowlist_type lines_type = {
    .shape = &canned_quote_line_shape,
    .id = "line",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .whole = lines_of,
    .cell = line_cell,
    .empty = "Nothing is in it yet. l adds labor, a a part, + a fee.",
};
/* clang-format on */

/* --- The view --- */

static void page_settle(struct view *view)
{
    struct canned_page *page = canned_page_of(view);

    if (page->load.stale) {
        desk_load(desk_of(view), &page->load, &canned_job_quote_op, &page->ask);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
    if (page->go_to > 0 && (size_t)page->go_to <= page->list.row_count) {
        page->list.target = page->go_to - 1;
        page->list.selected = (size_t)page->list.target;
    }
    page->go_to = 0;
}

static void page_changed(struct view *view)
{
    canned_page_of(view)->load.stale = true;
    app_redraw(view->app);
}

enum { IS_ACTIVE = NEEDS_OWN, IS_ARCHIVED = NEEDS_OWN << 1 };

static unsigned page_has(struct view *view)
{
    struct canned_page *page = canned_page_of(view);
    const struct canned_quote *quote = canned_quote_of(page);
    unsigned has = NEEDS_RECORD;

    if (quote == NULL)
        return 0;
    if (canned_line_of(page) != NULL)
        has |= NEEDS_ROW;
    return has | (unsigned)(quote->archived_at.seconds == 0 ? IS_ACTIVE : IS_ARCHIVED);
}

static void page_close(struct view *view)
{
    rowlist_done(&canned_page_of(view)->list);
    loading_done(&canned_page_of(view)->load);
}

/* --- Adding --- */

static struct canned_line_entry *new_line(struct view *view, enum line_kind kind,
                                          struct arena *arena)
{
    const struct canned_quote *quote = canned_quote_of(canned_page_of(view));
    struct canned_line_entry *in = desk_input(desk_of(view), arena, &canned_line_add_op);

    in->canned_job = quote->id;
    in->revision = quote->revision;
    in->kind = kind;
    return in;
}

static void line_added(struct view *asker, const void *out, void *context)
{
    const struct canned_job *job = out;

    (void)context;
    canned_page_of(asker)->go_to = (int64_t)job->lines.count;
    page_changed(asker);
}

#define SKIP(...) ((const char *const[]){__VA_ARGS__, NULL})

static void line_form(struct view *view, const struct op *op, const char *title,
                      const struct canned_line_entry *in, const char *focus,
                      const char *const *skip,
                      void (*saved)(struct view *asker, const void *out, void *context))
{
    op_form_open(desk_of(view), &(struct op_form){.op = op,
                                                  .title = title,
                                                  .in = in,
                                                  .focus = focus,
                                                  .skip = skip,
                                                  .small = true,
                                                  .saved = saved});
}

static void add_labor(struct view *view, const struct action *action)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    line_form(view, &canned_line_add_op, "Add labor", new_line(view, LINE_LABOR, &arena),
              "description", SKIP("canned_job", "kind", "part"), line_added);
}

static void add_other(struct view *view, const struct action *action)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    line_form(view, &canned_line_add_op, "Add another line", new_line(view, LINE_FEE, &arena),
              "kind", SKIP("canned_job", "part", "rate_class"), line_added);
}

static void part_form(struct view *view, struct canned_line_entry *in, const char *title)
{
    line_form(view, &canned_line_add_op, title, in, "quantity",
              SKIP("canned_job", "kind", "rate_class", "cost"), line_added);
}

static void part_picked(struct view *asker, const struct shape *shape, const void *row,
                        void *context)
{
    const struct part_row *part = row;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct canned_line_entry *in = new_line(asker, LINE_PART, &arena);

    (void)shape;
    (void)context;
    in->part = part->id;
    in->description = part->name;
    part_form(asker, in, "Add a part");
}

static void part_typed(struct view *asker, const char *text, void *context)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct canned_line_entry *in = new_line(asker, LINE_PART, &arena);

    (void)context;
    in->description = text;
    part_form(asker, in, "Add a part that is chosen at write-up");
}

static void add_part(struct view *view, const struct action *action)
{
    (void)action;
    op_pick_open(desk_of(view),
                 &(struct op_pick){
                     .op = &part_search_op,
                     .title = "Add a part",
                     .hint = "Enter adds it; words that match nothing are chosen at write-up.",
                     .picked = part_picked,
                     .typed = part_typed,
                 });
}

/* --- Changing --- */

static void line_changed(struct view *asker, const void *out, void *context)
{
    (void)out;
    (void)context;
    page_changed(asker);
}

static struct canned_line_key *key_of(struct view *view, const struct op *op, struct arena *arena)
{
    struct canned_page *page = canned_page_of(view);
    struct canned_line_key *in = desk_input(desk_of(view), arena, op);

    in->canned_job = canned_quote_of(page)->id;
    in->revision = canned_quote_of(page)->revision;
    in->line = canned_line_of(page)->line;
    return in;
}

static void edit_line(struct view *view, const struct action *action)
{
    struct canned_line_entry line;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (desk_call(desk_of(view), &arena, &canned_line_show_op,
                  key_of(view, &canned_line_show_op, &arena), &line) != OK)
        return;
    const bool is_labor = line.kind == LINE_LABOR;
    const bool is_part = line.kind == LINE_PART || line.kind == LINE_CORE;
    line_form(view, &canned_line_edit_op, "Change the line", &line, "quantity",
              is_labor  ? SKIP("canned_job", "line", "kind", "part")
              : is_part ? SKIP("canned_job", "line", "kind", "rate_class")
                        : SKIP("canned_job", "line", "part", "rate_class"),
              line_changed);
}

static void removed(struct view *asker, char letter, void *context)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (letter == 'r' && canned_line_of(canned_page_of(asker)) != NULL &&
        desk_call(desk_of(asker), NULL, &canned_line_remove_op,
                  key_of(asker, &canned_line_remove_op, &arena), NULL) == OK)
        page_changed(asker);
}

static void remove_line(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'r', "r Remove"}, {'k', "k Keep"}};
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    dialog_open(view->app,
                &(struct dialog){
                    .title = "Remove",
                    .text = arena_printf(&arena,
                                         "“%s” goes from the canned job; orders written "
                                         "up keep theirs.",
                                         canned_line_of(canned_page_of(view))->description),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'k',
                    .answered = removed,
                });
}

static void move_line(struct view *view, int64_t by)
{
    struct canned_page *page = canned_page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct canned_line_key *in = key_of(view, &canned_line_move_op, &arena);

    in->to = in->line + by;
    if (in->to < 1 || (size_t)in->to > canned_quote_of(page)->lines.count) {
        app_say(view->app, "It is the %s line already.", by < 0 ? "first" : "last");
        return;
    }
    if (desk_call(desk_of(view), NULL, &canned_line_move_op, in, NULL) != OK)
        return;
    page->go_to = in->to;
    page_changed(view);
}

static void move_up(struct view *view, const struct action *action)
{
    (void)action;
    move_line(view, -1);
}

static void move_down(struct view *view, const struct action *action)
{
    (void)action;
    move_line(view, 1);
}

static void edit_head(struct view *view, const struct action *action)
{
    const struct canned_quote *quote = canned_quote_of(canned_page_of(view));
    const struct subject subject = {.noun = "canned_job", .id = quote->id.v};

    (void)action;
    op_form_open(desk_of(view), &(struct op_form){.op = &canned_job_edit_op,
                                                  .subject = &subject,
                                                  .focus = "title",
                                                  .skip = SKIP("canned_job", "menu_price", "lines"),
                                                  .saved = line_changed});
}

static void set_menu_price(struct view *view, const struct action *action)
{
    const struct canned_quote *quote = canned_quote_of(canned_page_of(view));
    AUTO_ARENA arena = ARENA_EMPTY;
    struct canned_menu_price *in = desk_input(desk_of(view), &arena, &canned_menu_price_op);

    (void)action;
    in->canned_job = quote->id;
    in->menu_price = quote->menu_price;
    in->revision = quote->revision;
    op_form_open(desk_of(view), &(struct op_form){.op = &canned_menu_price_op,
                                                  .in = in,
                                                  .skip = SKIP("canned_job"),
                                                  .small = true,
                                                  .saved = line_changed});
}

static void quote_for(struct view *view, const struct action *action)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct canned_quote_ask *in = desk_input(desk_of(view), &arena, &canned_job_quote_op);

    (void)action;
    in->canned_job = canned_quote_of(canned_page_of(view))->id;
    op_form_open(desk_of(view), &(struct op_form){.op = &canned_job_quote_op,
                                                  .in = in,
                                                  .focus = "customer",
                                                  .skip = SKIP("canned_job", "code"),
                                                  .small = true});
}

/* clang-format off */
#define ARCHIVED "It is archived. R brings it back."
static const struct action actions[] = {
    {"l", "canned-job.add-line", "labor", NEEDS_RECORD | IS_ACTIVE, add_labor, "Adds labor.", 0, ARCHIVED},
    {"a F6", "canned-job.add-line", "part", NEEDS_RECORD | IS_ACTIVE, add_part, "Adds a part: type to find it, or words for one that is chosen at write-up.", 0, ARCHIVED},
    {"+", "canned-job.add-line", "fee", NEEDS_RECORD | IS_ACTIVE, add_other, "Adds a fee, hazmat, a tire fee, a core or sublet work.", 0, ARCHIVED},
    {"Enter", "canned-job.edit-line", "change", NEEDS_ROW | IS_ACTIVE, edit_line, "Changes the line under the cursor.", 0, ARCHIVED},
    {"m", "canned-job.menu-price", "menu price", NEEDS_RECORD | IS_ACTIVE, set_menu_price, "One price for all of it; labor takes up the difference. Empty ends it.", 0, ARCHIVED},
    {"e", "canned-job.edit", "title and text", NEEDS_RECORD | IS_ACTIVE, edit_head, "Changes code, title, concern and correction.", 0, ARCHIVED},
    {"x Delete", "canned-job.remove-line", "remove", NEEDS_ROW | IS_ACTIVE, remove_line, "Takes the line under the cursor off, after asking.", ACTION_QUIET, ARCHIVED},
    {"K", "canned-job.move-line", "up", NEEDS_ROW | IS_ACTIVE, move_up, "Moves the line up.", ACTION_QUIET, ARCHIVED},
    {"J", "canned-job.move-line", "down", NEEDS_ROW | IS_ACTIVE, move_down, "Moves the line down.", ACTION_QUIET, ARCHIVED},
    {"t", "canned-job.quote", "for a customer", NEEDS_RECORD, quote_for, "What it comes to for a customer and a vehicle.", ACTION_QUIET},
    {"=", "canned-job.explain", "explain", NEEDS_RECORD, canned_page_explain, "Says in words where every figure comes from.", ACTION_QUIET},
    {"A", "canned-job.archive", "archive", NEEDS_RECORD | IS_ACTIVE, NULL, "Puts the canned job away.", ACTION_QUIET, ARCHIVED},
    {"R", "canned-job.restore", "restore", NEEDS_RECORD | IS_ARCHIVED, NULL, "Brings the canned job back.", ACTION_QUIET, "It is not archived."},
};
/* clang-format on */
static const struct view_type page_type = {
    .name = "canned_job",
    .draw = canned_page_draw,
    .key = rowlist_view_key,
    .settle = page_settle,
    .changed = page_changed,
    .resumed = page_changed,
    .has = page_has,
    .status = rowlist_view_status,
    .close = page_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help = "Lines without a price of their own come at today's. With a menu price all of it comes "
            "to that; labor takes what the rest leaves. Orders written up keep their prices.",
};

void canned_job_screen_open(struct desk *desk, int64_t canned_job)
{
    struct view *view = view_new(desk->app, &page_type, sizeof(struct canned_page));
    struct canned_page *page = view->state;

    page->ask = (struct canned_quote_ask){.canned_job = {canned_job}, .code = ""};
    page->load.stale = true;
    rowlist_init(&page->list, &lines_type, &desk->session.rights, page);
    view->title = "Canned job";
    app_push(desk->app, view);
}

bool canned_job_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &page_type || canned_quote_of(canned_page_of(view)) == NULL)
        return false;
    *ret_subject = (struct subject){.noun = "canned_job",
                                    .id = canned_quote_of(canned_page_of(view))->id.v,
                                    .shape = &canned_quote_shape,
                                    .row = canned_quote_of(canned_page_of(view))};
    return true;
}
