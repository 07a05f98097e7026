/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing up: jobs and lines. Every form here is the operation's own; this file says where it
 * begins and what need not be asked. Changing them is order_change.c's. */

#include "order_page.h"

#include <string.h>

#include "base/text.h"
#include "domain/canned_job.h"
#include "domain/matrix.h"
#include "domain/part.h"
#include "domain/template.h"
#include "inner.h"
#include "ui/dialog.h"

void page_form(struct order_page *page, const struct op *op, const char *title, const void *in,
               const char *focus, const char *const *skip,
               void (*saved)(struct view *asker, const void *out, void *context))
{
    op_form_open(page->desk, &(struct op_form){
                                 .op = op,
                                 .title = title,
                                 .in = in,
                                 .focus = focus,
                                 .skip = skip,
                                 .small = true,
                                 .saved = saved,
                             });
}

/* The cursor goes to what was just added: it is the last of its kind. */
static void go_to_last_job(struct order_page *page)
{
    const struct order *order = page_order(page);
    const struct order_job *jobs = order->jobs.at;

    if (order->jobs.count > 0)
        sheet_select(&page->sheet, PAGE_JOB, jobs[order->jobs.count - 1].id.v);
}

static void go_to_last_line(struct order_page *page)
{
    const struct order_job *job = page_job(page);
    const struct order_line *lines = job != NULL ? job->lines.at : NULL;

    if (lines != NULL && job->lines.count > 0)
        sheet_select(&page->sheet, PAGE_LINE, lines[job->lines.count - 1].id.v);
}

static void line_added(struct view *asker, const void *out, void *context)
{
    page_saved(asker, out, context);
    go_to_last_line(page_of(asker));
}

/* --------------------------------------------------------------------- jobs -- */

static void canned_picked(struct view *asker, const struct shape *shape, const void *row,
                          void *context)
{
    struct order_page *page = page_of(asker);
    const struct canned_job_row *canned = row;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_add_canned *in = desk_input(page->desk, &arena, &job_add_canned_op);

    (void)shape;
    (void)context;
    in->order = page->id;
    in->canned_job = canned->id;
    if (page_call(page, &job_add_canned_op, in) == OK)
        go_to_last_job(page);
}

static void job_typed(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_add *in = desk_input(page->desk, &arena, &job_add_op);

    (void)context;
    in->order = page->id;
    in->title = text;
    if (page_call(page, &job_add_op, in) == OK)
        go_to_last_job(page);
}

void page_add_job(struct view *view, const struct action *action)
{
    (void)action;
    op_pick_open(page_of(view)->desk,
                 &(struct op_pick){
                     .op = &canned_job_search_op,
                     .title = "Add a job",
                     .hint = "Enter adds it; words that match nothing become a job of their own.",
                     .picked = canned_picked,
                     .typed = job_typed,
                 });
}

static void template_picked(struct view *asker, const struct shape *shape, const void *row,
                            void *context)
{
    struct order_page *page = page_of(asker);
    const struct template_row *template = row;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct template_add *in = desk_input(page->desk, &arena, &template_add_op);

    (void)shape;
    (void)context;
    in->order = page->id;
    in->template = template->id;
    if (page_call(page, &template_add_op, in) == OK)
        go_to_last_job(page);
}

void page_add_template(struct view *view, const struct action *action)
{
    (void)action;
    op_pick_open(page_of(view)->desk, &(struct op_pick){
                                          .op = &template_search_op,
                                          .title = "Add a template",
                                          .hint = "Enter writes up all its jobs.",
                                          .picked = template_picked,
                                      });
}

static void template_saved(struct view *asker, const void *out, void *context)
{
    const struct order_template *template = out;

    (void)context;
    app_say(asker->app, "Kept as “%s”. T on another order adds it.", template->name);
}

void page_save_template(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct template_save *in = desk_input(page->desk, &arena, &template_save_op);

    (void)action;
    in->order = page->id;
    page_form(page, &template_save_op, "Save the jobs as a template", in, "name", SKIP("order"),
              template_saved);
}

void page_add_declined(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct declined_row *declined = page_declined(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (declined == NULL)
        return;
    struct job_add_declined *in = desk_input(page->desk, &arena, &job_add_declined_op);
    in->order = page->id;
    in->job = declined->job;
    if (page_call(page, &job_add_declined_op, in) == OK)
        go_to_last_job(page);
}

static void not_needed(struct view *asker, char letter, void *context)
{
    struct order_page *page = page_of(asker);
    const struct declined_row *declined = page_declined(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (letter != 'n' || declined == NULL)
        return;
    struct job_ref *in = desk_input(page->desk, &arena, &job_drop_declined_op);
    in->job = declined->job;
    if (desk_call(page->desk, &arena, &job_drop_declined_op, in, NULL) != OK)
        return;
    page->load.stale = true;
    app_say(page->desk->app, "Taken off the list: it is no longer needed.");
}

void page_drop_declined(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'n', "n Not needed"}, {'k', "k Keep"}};
    const struct declined_row *declined = page_declined(page_of(view));
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (declined == NULL)
        return;
    dialog_open(view->app, &(struct dialog){
                               .title = "No longer needed",
                               .text = arena_printf(&arena,
                                                    "%s: take it off the vehicle's list of "
                                                    "declined work?",
                                                    declined->title),
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'k',
                               .answered = not_needed,
                           });
}

/* -------------------------------------------------------------------- lines -- */

void page_add_labor(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct line_add_labor *in = desk_input(page->desk, &arena, &line_add_labor_op);

    (void)action;
    in->job = job->id;
    in->technician = job->technician;
    page_form(page, &line_add_labor_op, "Add labor", in, "hours", SKIP("job"), line_added);
}

static void vendor_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'v')
        page_set_vendor(asker, NULL);
}

/* Sublet work with a cost is owed to somebody: who that is, is asked when it is written up. */
static void other_added(struct view *asker, const void *out, void *context)
{
    static const struct dialog_button buttons[] = {{'v', "v Name the vendor"}, {'l', "l Later"}};

    line_added(asker, out, context);
    const struct order_job *job = page_job(page_of(asker));
    if (job == NULL || job->lines.count == 0)
        return;
    const struct order_line *line = (const struct order_line *)job->lines.at + job->lines.count - 1;
    if (line->kind != LINE_SUBLET || line->cost.cents <= 0 || line->vendor.v != 0)
        return;
    AUTO_ARENA arena = ARENA_EMPTY;
    dialog_open(asker->app, &(struct dialog){
                                .title = "Who does it?",
                                .text = arena_printf(&arena,
                                                     "%s has a cost and no vendor. It can be "
                                                     "invoiced once somebody is named to whom the "
                                                     "cost is owed.",
                                                     line->description),
                                .buttons = buttons,
                                .button_count = COUNT_OF(buttons),
                                .safe = 'l',
                                .answered = vendor_answered,
                            });
}

void page_add_other(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct line_add_other *in = desk_input(page->desk, &arena, &line_add_other_op);

    (void)action;
    in->job = page_job(page)->id;
    page_form(page, &line_add_other_op, "Add another line", in, "kind", SKIP("job"), other_added);
}

/* A part on its way from the catalog into the job. */
struct wanted_part {
    struct job_id job;
    struct part_id part;
};

static status quantity_check(void *context, const char *text, struct fault *fault)
{
    struct qty quantity = {1000};

    (void)context;
    if (!text_is_empty(text))
        TRY(qty_parse(text, &quantity, fault));
    if (quantity.thousandths <= 0)
        return fault_field(fault, "quantity", "Enter how many, more than 0.");
    return OK;
}

static void quantity_answered(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    const struct wanted_part *wanted = context;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct line_add_part *in = desk_input(page->desk, &arena, &line_add_part_op);

    in->job = wanted->job;
    in->part = wanted->part;
    in->quantity.thousandths = 1000;
    if ((text_is_empty(text) || qty_parse(text, &in->quantity, NULL) == OK) &&
        page_call(page, &line_add_part_op, in) == OK)
        go_to_last_line(page);
}

/* What this customer will be charged for it, told to those who may try prices; else its list price.
 */
static const char *price_words(struct order_page *page, const struct part_row *part,
                               struct arena *arena)
{
    struct matrix_try *in = desk_input(page->desk, arena, &matrix_try_op);
    struct matrix_price found;
    char price[NUMBER_TEXT_MAX];

    in->sku = part->sku;
    in->customer = page_order(page)->customer;
    if (desk_holds(page->desk, RIGHT_COSTS_VIEW) &&
        desk_try(page->desk, arena, &matrix_try_op, in, &found) == OK)
        return arena_printf(arena, "%s each by %s", money_show(found.price, price),
                            choice_label(&price_rule_choices, found.rule));
    return arena_printf(arena, "list price %s", money_show(part->price, price));
}

static void part_picked(struct view *asker, const struct shape *shape, const void *row,
                        void *context)
{
    struct order_page *page = page_of(asker);
    const struct part_row *part = row;
    struct wanted_part *wanted = context;
    AUTO_ARENA arena = ARENA_EMPTY;
    char on_hand[NUMBER_TEXT_MAX];

    (void)shape;
    wanted->part = part->id;
    question_open(
        page->desk->app,
        &(struct question){
            .title = arena_printf(&arena, "%s · %s", part->sku, part->name),
            .label = "How many",
            .help = arena_printf(&arena, "Empty is 1; %s, %s on hand",
                                 price_words(page, part, &arena), qty_text(part->on_hand, on_hand)),
            .initial = "",
            .max = 16,
            .check = quantity_check,
            .answered = quantity_answered,
            .context = wanted,
        });
}

static void part_typed(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    const struct wanted_part *wanted = context;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct line_add_part *in = desk_input(page->desk, &arena, &line_add_part_op);

    in->job = wanted->job;
    in->description = text;
    page_form(page, &line_add_part_op, "Add a part from outside the catalog", in, "quantity",
              SKIP("job", "sku", "part"), line_added);
}

/* Over the counter every scan is one piece more. */
static void scan_one(struct order_page *page, const struct part_row *part)
{
    const struct order_job *job = page_job(page);
    const struct order_line *lines = job->lines.at;
    AUTO_ARENA arena = ARENA_EMPTY;

    for (size_t i = 0; i < job->lines.count; i++)
        if (lines[i].kind == LINE_PART && lines[i].part.v == part->id.v) {
            struct line_edit *more = desk_input(page->desk, &arena, &line_edit_op);
            shape_transfer(&order_line_shape, &lines[i], line_edit_op.in, more);
            more->line = lines[i].id;
            more->quantity.thousandths += 1000;
            more->revision = page_order(page)->revision;
            page_call(page, &line_edit_op, more);
            return;
        }
    struct line_add_part *in = desk_input(page->desk, &arena, &line_add_part_op);
    in->job = job->id;
    in->part = part->id;
    in->quantity.thousandths = 1000;
    if (page_call(page, &line_add_part_op, in) == OK)
        go_to_last_line(page);
}

/* The part of this very code: a scan names one, typed words may name many. */
static bool find_part(struct order_page *page, const char *code, struct arena *arena,
                      struct part_row *ret_row)
{
    struct list_query *in = desk_input(page->desk, arena, &part_search_op);
    struct page found;

    in->search = code;
    in->limit = 2;
    if (desk_try(page->desk, arena, &part_search_op, in, &found) != OK || found.rows.count != 1)
        return false;
    *ret_row = *(const struct part_row *)found.rows.at;
    return true;
}

bool page_scan_part(struct view *view, const char *code)
{
    struct order_page *page = page_of(view);
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct part_row row;

    if (job == NULL || page_order(page)->state >= ORDER_POSTED ||
        strspn(code, "0123456789") != strlen(code) || !find_part(page, code, &arena, &row))
        return false;
    if (page_order(page)->counter_sale) {
        scan_one(page, &row);
        return true;
    }
    struct wanted_part *wanted = NEW(&view->arena, struct wanted_part);
    wanted->job = job->id;
    part_picked(view, part_search_op.out, &row, wanted);
    return true;
}

void page_add_part(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    struct wanted_part *wanted = NEW(&view->arena, struct wanted_part);

    (void)action;
    wanted->job = page_job(page)->id;
    op_pick_open(page->desk,
                 &(struct op_pick){
                     .op = &part_search_op,
                     .title = "Add a part",
                     .hint = "Enter takes it; words that match nothing are a part from outside.",
                     .picked = part_picked,
                     .typed = part_typed,
                     .context = wanted,
                 });
}
