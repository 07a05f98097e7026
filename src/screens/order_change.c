/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Changing what is written up: lines, jobs, the order's head, technicians, discounts, places, and
 * taking things out. Adding them is order_lines.c's. */

#include "order_page.h"

#include "base/text.h"
#include "domain/part.h"
#include "domain/user.h"
#include "inner.h"
#include "ui/dialog.h"

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

/* A canned job's placeholder: which part it is, is still to be chosen. */
static void placeholder_picked(struct view *asker, const struct shape *shape, const void *row,
                               void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_line *line = page_line(page);
    const struct part_row *part = row;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)shape;
    (void)context;
    if (line == NULL)
        return;
    struct line_edit *in = line_as_input(page, line, &arena);
    in->part = part->id;
    in->description = part->name;
    in->price.cents = in->cost.cents = NUMBER_NONE;
    page_call(page, &line_edit_op, in);
}

static void placeholder_typed(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_line *line = page_line(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (line == NULL)
        return;
    struct line_edit *in = line_as_input(page, line, &arena);
    in->description = text;
    page_form(page, &line_edit_op, "A part from outside the catalog", in, "price",
              SKIP("line", "part", "rate_class", "clocked", "dot"), page_saved);
}

static void choose_part(struct order_page *page)
{
    op_pick_open(page->desk,
                 &(struct op_pick){
                     .op = &part_search_op,
                     .title = "Which part",
                     .hint = "Enter takes it; words that match nothing are a part from outside.",
                     .picked = placeholder_picked,
                     .typed = placeholder_typed,
                 });
}

static void edit_line(struct order_page *page, const struct order_line *line, const char *focus)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (line_is_placeholder(line)) {
        choose_part(page);
        return;
    }

    page_form(page, &line_edit_op, "Change the line", line_as_input(page, line, &arena), focus,
              line->kind == LINE_LABOR  ? SKIP("line", "part", "dot")
              : line->is_tire           ? SKIP("line", "rate_class", "clocked")
              : line->kind == LINE_PART ? SKIP("line", "rate_class", "clocked", "dot")
                                        : SKIP("line", "part", "rate_class", "clocked", "dot"),
              page_saved);
}

static void edit_job(struct order_page *page, const struct order_job *job, const char *focus)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    page_form(page, &job_edit_op, "Change the job", job_as_input(page, job, &arena), focus,
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
    page_form(page, &discount_set_op, "Discount", in, "percent", SKIP("order", "job", "discount"),
              page_saved);
}

void page_set_teardown(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_job *job = page_job(page);
    const struct rows *rows = &page_order(page)->teardowns;
    const struct order_teardown *teardowns = rows->at;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_teardown *in = desk_input(page->desk, &arena, &job_teardown_op);

    (void)action;
    if (job == NULL)
        return;
    in->job = job->id;
    for (size_t i = 0; i < rows->count; i++)
        if (teardowns[i].job.v == job->id.v) {
            in->reassembly = teardowns[i].reassembly;
            in->parts = teardowns[i].parts;
            in->days = teardowns[i].days;
            in->restorable = teardowns[i].restorable;
        }
    page_form(page, &job_teardown_op, "Teardown notice", in, "reassembly", SKIP("job"), page_saved);
}

/* Where the form of the job begins: at the words under the cursor. */
static const char *field_of_row(const struct sheet_row *row)
{
    static const char *const fields[NOTE_COUNT] = {
        [NOTE_CONCERN] = "concern", [NOTE_CAUSE] = "cause",    [NOTE_CORRECTION] = "correction",
        [NOTE_REASON] = "title",    [NOTE_TEARDOWN] = "title",
    };

    return row->noun == PAGE_CONCERN ? fields[row->id % NOTE_COUNT] : "title";
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
    else if (discount != NULL && discount->coupon.v != 0)
        page_say_coupon(page, discount);
    else if (discount != NULL)
        edit_discount(page, discount);
    else if (job != NULL)
        edit_job(page, job, field_of_row(sheet_row(&page->sheet)));
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
    page_form(page, &order_edit_op, "Change the order", order_as_input(page, &arena), "promised_at",
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

    page_form(page, &line_edit_op, "Discount on the line", line_as_input(page, line, &arena),
              "discount_ppm",
              SKIP("line", "description", "part", "quantity", "price", "cost", "rate_class",
                   "technician", "clocked", "taxable", "dot"),
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
                               .title = "Discount on what?",
                               .text = "Each level applies to what the one before left: line, job, "
                                       "order.",
                               .buttons = buttons,
                               .button_count = count,
                               .safe = 'b',
                               .answered = discount_chosen,
                           });
}

/* --------------------------------------------------------------------- move -- */

static status position_check(void *context, const char *text, struct fault *fault)
{
    int64_t position = 0;

    (void)context;
    TRY(number_parse(text, &position, fault));
    if (position < 1)
        return fault_field(fault, "position", "Places count from 1.");
    return OK;
}

static void position_answered(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_move *in = desk_input(page->desk, &arena, &job_move_op);

    (void)context;
    if (job == NULL || number_parse(text, &in->position, NULL) != OK)
        return;
    in->job = job->id;
    page_call(page, &job_move_op, in);
}

void page_move_job(struct view *view, const struct action *action)
{
    const struct order_job *job = page_job(page_of(view));
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    question_open(view->app, &(struct question){
                                 .title = arena_printf(&arena, "Move job %lld, %s",
                                                       (long long)job->position, job->title),
                                 .label = "To place",
                                 .help = "1 is the first",
                                 .initial = "",
                                 .max = 4,
                                 .check = position_check,
                                 .answered = position_answered,
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
    } else if (discount != NULL && discount->coupon.v != 0) {
        page_remove_coupon(page, discount);
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
        return arena_printf(arena, "The line “%s” goes from job %lld.", line->description,
                            (long long)job->position);
    if (page_discount(page) != NULL && page_discount(page)->coupon.v != 0)
        return "The coupon goes off the order; it is not used up.";
    if (page_discount(page) != NULL)
        return "The discount goes; prices are as they were without it.";
    return arena_printf(arena, "Job %lld, “%s”, goes with its %zu lines.", (long long)job->position,
                        job->title, job->lines.count);
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
