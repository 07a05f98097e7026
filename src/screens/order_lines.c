/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing up: jobs, lines, discounts, technicians. Every form here is the operation's own; this
 * file says where it begins and what need not be asked. */

#include "order_page.h"

#include <string.h>

#include "base/text.h"
#include "domain/canned_job.h"
#include "domain/part.h"
#include "domain/user.h"
#include "free_pick.h"
#include "inner.h"
#include "ui/dialog.h"

#define SKIP(...) ((const char *const[]){__VA_ARGS__, NULL})

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

static void open_form(struct order_page *page, const struct op *op, const char *title,
                      const void *in, const char *focus, const char *const *skip,
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

/* --------------------------------------------------------------------- jobs -- */

static void canned_picked(struct view *asker, const void *row, void *context)
{
    struct order_page *page = page_of(asker);
    const struct canned_job_row *canned = row;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_add_canned *in = desk_input(page->desk, &arena, &job_add_canned_op);

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
    free_pick_open(page_of(view)->desk,
                   &(struct free_pick){
                       .op = &canned_job_search_op,
                       .title = "Add a job",
                       .hint = "Enter adds it; words that match nothing become a job of their own.",
                       .picked = canned_picked,
                       .typed = job_typed,
                   });
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
    open_form(page, &line_add_labor_op, "Add labor", in, "hours", SKIP("job"), line_added);
}

void page_add_other(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct line_add_other *in = desk_input(page->desk, &arena, &line_add_other_op);

    (void)action;
    in->job = page_job(page)->id;
    open_form(page, &line_add_other_op, "Add another line", in, "kind", SKIP("job"), line_added);
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

static void part_picked(struct view *asker, const void *row, void *context)
{
    struct order_page *page = page_of(asker);
    const struct part_row *part = row;
    struct wanted_part *wanted = context;
    AUTO_ARENA arena = ARENA_EMPTY;
    char price[NUMBER_TEXT_MAX], on_hand[NUMBER_TEXT_MAX];

    wanted->part = part->id;
    question_open(
        page->desk->app,
        &(struct question){
            .title = arena_printf(&arena, "%s · %s", part->sku, part->name),
            .label = "How many",
            .help = arena_printf(&arena, "Empty is 1; %s each, %s on hand",
                                 money_show(part->price, price), qty_text(part->on_hand, on_hand)),
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
    open_form(page, &line_add_part_op, "Add a part from outside the catalog", in, "quantity",
              SKIP("job", "sku", "part"), line_added);
}

void page_add_part(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    struct wanted_part *wanted = NEW(&view->arena, struct wanted_part);

    (void)action;
    wanted->job = page_job(page)->id;
    free_pick_open(page->desk,
                   &(struct free_pick){
                       .op = &part_search_op,
                       .title = "Add a part",
                       .hint = "Enter takes it; words that match nothing are a part from outside.",
                       .picked = part_picked,
                       .typed = part_typed,
                       .context = wanted,
                   });
}

/* ------------------------------------------------------------------- change -- */

/* The row as it stands, as the input of its edit. */
static struct line_edit *line_as_input(struct order_page *page, const struct order_line *line,
                                       struct arena *arena)
{
    struct line_edit *in = desk_input(page->desk, arena, &line_edit_op);

    shape_transfer(&order_line_shape, line, line_edit_op.in, in);
    in->line = line->id;
    in->revision = page_order(page)->revision;
    return in;
}

static struct job_edit *job_as_input(struct order_page *page, const struct order_job *job,
                                     struct arena *arena)
{
    struct job_edit *in = desk_input(page->desk, arena, &job_edit_op);

    shape_transfer(&order_job_shape, job, job_edit_op.in, in);
    in->job = job->id;
    in->revision = page_order(page)->revision;
    return in;
}

static void edit_line(struct order_page *page, const struct order_line *line, const char *focus)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    open_form(page, &line_edit_op, "Change the line", line_as_input(page, line, &arena), focus,
              line->kind == LINE_LABOR  ? SKIP("line", "part")
              : line->kind == LINE_PART ? SKIP("line", "rate_class", "clocked")
                                        : SKIP("line", "part", "rate_class", "clocked"),
              page_saved);
}

static void edit_job(struct order_page *page, const struct order_job *job, const char *focus)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    open_form(page, &job_edit_op, "Change the job", job_as_input(page, job, &arena), focus,
              SKIP("job"), page_saved);
}

static void edit_discount(struct order_page *page, const struct order_discount *discount)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct discount_set *in = desk_input(page->desk, &arena, &discount_set_op);

    in->order = page->id;
    in->job = discount->job;
    in->discount = discount->id;
    in->percent = discount->percent;
    in->amount = discount->amount;
    in->applies_to = discount->applies_to;
    in->reason = discount->reason;
    open_form(page, &discount_set_op, "Discount", in, "percent", SKIP("order", "job", "discount"),
              page_saved);
}

void page_edit_row(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);
    const struct order_discount *discount = page_discount(page);
    const struct order_job *job = page_job(page);

    (void)action;
    if (line != NULL)
        edit_line(page, line, "quantity");
    else if (discount != NULL)
        edit_discount(page, discount);
    else if (job != NULL)
        edit_job(page, job, "title");
    else
        app_say(view->app, "d adds this work at today's price, n says it is no longer needed.");
}

void page_edit_concern(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);

    (void)action;
    edit_job(page, page_job(page), "concern");
}

/* Everything of the order that a person writes. */
static struct order_edit *order_as_input(struct order_page *page, struct arena *arena)
{
    struct order_edit *in = desk_input(page->desk, arena, &order_edit_op);
    const struct order *order = page_order(page);

    shape_transfer(&order_shape, order, order_edit_op.in, in);
    in->order = order->id;
    in->revision = order->revision;
    return in;
}

void page_edit_head(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    open_form(page, &order_edit_op, "Change the order", order_as_input(page, &arena), "promised_at",
              SKIP("order"), page_saved);
}

static void held(struct view *asker, char letter, void *context)
{
    struct order_page *page = page_of(asker);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_edit *in = order_as_input(page, &arena);

    (void)context;
    if (letter == 'b')
        return;
    in->hold = letter == 'p'   ? HOLD_PARTS
               : letter == 'c' ? HOLD_CUSTOMER
               : letter == 's' ? HOLD_SUBLET
                               : HOLD_NONE;
    page_call(page, &order_edit_op, in);
}

void page_hold(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {
        {'p', "p Parts"}, {'c', "c Customer"}, {'s', "s Sublet"}, {'g', "g Go on"}, {'b', "b Back"},
    };

    (void)action;
    dialog_open(view->app, &(struct dialog){
                               .title = "What does this order wait for",
                               .text = "It stays in this state on the board until it goes on.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'b',
                               .answered = held,
                           });
}

/* --------------------------------------------------------------- technician -- */

static void technician_picked(struct view *asker, const struct shape *shape, const void *row,
                              void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_line *line = page_line(page);
    const struct order_job *job = page_job(page);
    const struct user_id technician = {row_id(shape, row)};
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (line != NULL) {
        struct line_edit *in = line_as_input(page, line, &arena);
        in->technician = technician;
        page_call(page, &line_edit_op, in);
    } else if (job != NULL) {
        struct job_edit *in = job_as_input(page, job, &arena);
        in->technician = technician;
        page_call(page, &job_edit_op, in);
    }
}

void page_set_technician(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);

    (void)action;
    op_pick_open(page->desk, &(struct op_pick){
                                 .op = &user_technicians_op,
                                 .title = page_line(page) != NULL ? "Who works on this line"
                                                                  : "Who works on this job",
                                 .picked = technician_picked,
                             });
}

/* ----------------------------------------------------------------- discount -- */

static void discount_line(struct order_page *page, const struct order_line *line)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    open_form(page, &line_edit_op, "Discount on the line", line_as_input(page, line, &arena),
              "discount_ppm",
              SKIP("line", "description", "part", "quantity", "price", "cost", "rate_class",
                   "technician", "clocked", "taxable"),
              page_saved);
}

static void discount_chosen(struct view *asker, char letter, void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_line *line = page_line(page);
    const struct order_job *job = page_job(page);

    (void)context;
    if (letter == 'l' && line != NULL)
        discount_line(page, line);
    else if (letter == 'j' && job != NULL)
        edit_discount(page, &(struct order_discount){
                                .job = job->id, .applies_to = DISCOUNT_ALL, .reason = ""});
    else if (letter == 'o')
        edit_discount(page, &(struct order_discount){.applies_to = DISCOUNT_ALL, .reason = ""});
}

void page_set_discount(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    struct dialog_button buttons[4];
    size_t count = 0;

    (void)action;
    if (page_line(page) != NULL)
        buttons[count++] = (struct dialog_button){'l', "l This line"};
    if (page_job(page) != NULL)
        buttons[count++] = (struct dialog_button){'j', "j This job"};
    buttons[count++] = (struct dialog_button){'o', "o The order"};
    buttons[count++] = (struct dialog_button){'b', "b Back"};
    dialog_open(view->app, &(struct dialog){
                               .title = "Discount on what",
                               .text = "Each level applies to what the one before left: line, job, "
                                       "order.",
                               .buttons = buttons,
                               .button_count = count,
                               .safe = 'b',
                               .answered = discount_chosen,
                           });
}

/* ------------------------------------------------------------------- remove -- */

static void removed(struct view *asker, char letter, void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_line *line = page_line(page);
    const struct order_discount *discount = page_discount(page);
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (letter != 'r')
        return;
    if (line != NULL) {
        struct line_ref *in = desk_input(page->desk, &arena, &line_remove_op);
        in->line = line->id;
        page_call(page, &line_remove_op, in);
    } else if (discount != NULL) {
        struct discount_ref *in = desk_input(page->desk, &arena, &discount_remove_op);
        in->discount = discount->id;
        page_call(page, &discount_remove_op, in);
    } else if (job != NULL) {
        struct job_ref *in = desk_input(page->desk, &arena, &job_remove_op);
        in->job = job->id;
        page_call(page, &job_remove_op, in);
    }
}

static const char *what_goes(const struct order_page *page, struct arena *arena)
{
    const struct order_line *line = page_line(page);
    const struct order_job *job = page_job(page);

    if (line != NULL)
        return arena_printf(arena, "The line \"%s\" goes from job %lld.", line->description,
                            (long long)job->position);
    if (page_discount(page) != NULL)
        return "The discount goes; prices are as they were without it.";
    return arena_printf(arena, "Job %lld, \"%s\", goes with its %zu lines.",
                        (long long)job->position, job->title, job->lines.count);
}

void page_remove_row(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'r', "r Remove"}, {'k', "k Keep"}};
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    if (page_job(page) == NULL && page_discount(page) == NULL) {
        page_drop_declined(view, action);
        return;
    }
    dialog_open(view->app, &(struct dialog){
                               .title = "Remove",
                               .text = what_goes(page, &arena),
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'k',
                               .answered = removed,
                           });
}
