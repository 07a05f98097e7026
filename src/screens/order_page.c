/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The page of a repair order: loads it, keeps the cursor, and says which key does what. Writing up
 * is in order_lines.c, the work in order_work.c, the picture in order_head.c and order_rows.c. */

#include "order_page.h"

#include <string.h>

#include "domain/vehicle.h"
#include "ui/dialog.h"

/* ---------------------------------------------------------------- selection -- */

static const struct order_job *job_at(const struct order_page *page, size_t index)
{
    const struct order *order = page_order(page);

    if (order == NULL || index >= order->jobs.count)
        return NULL;
    return &((const struct order_job *)order->jobs.at)[index];
}

const struct order_job *page_job(const struct order_page *page)
{
    const struct sheet_row *row = sheet_row(&page->sheet);

    return row != NULL ? job_at(page, row->job) : NULL;
}

/* The row of a list that has this id, by the field that begins each row. */
static const void *row_with_id(const struct rows *rows, size_t size, int64_t id)
{
    for (size_t i = 0; i < rows->count; i++) {
        const char *row = (const char *)rows->at + i * size;
        int64_t own;
        memcpy(&own, row, sizeof own);
        if (own == id)
            return row;
    }
    return NULL;
}

static bool is_on(const struct order_page *page, enum page_noun noun, int64_t *ret_id)
{
    const struct sheet_row *row = sheet_row(&page->sheet);

    if (row == NULL || row->noun != (int)noun)
        return false;
    *ret_id = row->id;
    return true;
}

const struct order_line *page_line(const struct order_page *page)
{
    const struct order_job *job = page_job(page);
    int64_t id = 0;

    if (job == NULL || !is_on(page, PAGE_LINE, &id))
        return NULL;
    return row_with_id(&job->lines, sizeof(struct order_line), id);
}

const struct order_discount *page_discount(const struct order_page *page)
{
    const struct order *order = page_order(page);
    int64_t id = 0;

    if (order == NULL || !is_on(page, PAGE_DISCOUNT, &id))
        return NULL;
    return row_with_id(&order->discounts, sizeof(struct order_discount), id);
}

/* The one under the cursor, else the first. */
const struct declined_row *page_declined(const struct order_page *page)
{
    const struct declined_row *rows = page->declined_rows.at;
    int64_t id = 0;

    if (page->declined_rows.count == 0)
        return NULL;
    if (is_on(page, PAGE_DECLINED, &id))
        return row_with_id(&page->declined_rows, sizeof *rows, id);
    return &rows[0];
}

/* ------------------------------------------------------------------ loading -- */

/* What was declined before, while the order can still take it up. */
static void load_declined(struct order_page *page)
{
    const struct order *order = page_order(page);
    struct arena fresh = ARENA_EMPTY;
    struct page rows = {0};
    struct subject vehicle = {.noun = "vehicle", .id = order->vehicle.v};

    page->declined_stale = false;
    if (order->declined > 0 && order->state < ORDER_POSTED) {
        void *in = desk_input(page->desk, &fresh, &vehicle_decline_list_op);
        subject_fill(&vehicle, &vehicle_decline_list_op, in);
        if (desk_call(page->desk, &fresh, &vehicle_decline_list_op, in, &rows) != OK)
            rows = (struct page){0};
    }
    page->declined_rows = rows.rows;
    arena_done(&page->declined);
    page->declined = fresh;
}

static void page_settle(struct view *view)
{
    struct order_page *page = page_of(view);
    const struct order_ref in = {.order = page->id};

    if (page->load.stale) {
        if (desk_load(page->desk, &page->load, &order_show_op, &in) != OK)
            return;
        page->declined_stale = true;
        if (desk_allows(page->desk, &inspection_show_op))
            (void)desk_load(page->desk, &page->looked, &inspection_show_op,
                            &(struct inspection_of){page->id});
    }
    if (page_order(page) == NULL || !page->declined_stale)
        return;
    load_declined(page);
    page_arrange(page);
}

void page_take(struct order_page *page, const struct order *order)
{
    struct arena fresh = ARENA_EMPTY;

    void *copy = shape_clone(&order_shape, order, &fresh);
    arena_done(&page->load.arena);
    page->load = (struct loading){.arena = fresh, .out = copy};
    page->declined_rows = (struct rows){0};
    page->declined_stale = true;
    page_arrange(page);
    app_redraw(page->view->app);
}

/* Somebody else was faster: both states side by side, and nothing done. */
static void say_stale(struct order_page *page, const struct order *mine, const struct order *theirs,
                      const char *who)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char my_total[NUMBER_TEXT_MAX], their_total[NUMBER_TEXT_MAX];

    dialog_tell(page->desk->app, "Changed meanwhile",
                arena_printf(&arena,
                             "%s\n\nYou saw: %s, jobs: %zu, total %s\nIt is now: %s, jobs: %zu, "
                             "total %s\n\nNothing was done with your key.",
                             who, order_state_text(page->desk, mine->state, mine->hold, &arena),
                             mine->jobs.count, money_show(mine->total, my_total),
                             order_state_text(page->desk, theirs->state, theirs->hold, &arena),
                             theirs->jobs.count, money_show(theirs->total, their_total)));
}

void page_meet_change(struct order_page *page)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct order *mine = shape_clone(&order_shape, page_order(page), &arena);
    const char *who = arena_text(&arena, page->desk->session.fault.text);
    const struct order_ref in = {.order = page->id};

    if (desk_load(page->desk, &page->load, &order_show_op, &in) != OK)
        return;
    load_declined(page);
    page_arrange(page);
    say_stale(page, mine, page_order(page), who);
}

status page_call(struct order_page *page, const struct op *op, const void *in)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order out;
    const status result = desk_try(page->desk, &arena, op, in, &out);

    if (result == OK)
        page_take(page, &out);
    else if (result == ERR_STALE)
        page_meet_change(page);
    else
        app_fault(page->desk->app, &page->desk->session.fault);
    return result;
}

void page_saved(struct view *asker, const void *out, void *context)
{
    (void)context;
    page_take(page_of(asker), out);
}

/* --------------------------------------------------------------------- view -- */

/* What the order makes possible now; the footer follows it. */
enum page_has {
    HAS_JOB = NEEDS_OWN,
    HAS_WAITING = NEEDS_OWN << 1, /* jobs without an answer */
    HAS_STARTABLE = NEEDS_OWN << 2,
    HAS_RUNNING = NEEDS_OWN << 3,
    HAS_FINISHED = NEEDS_OWN << 4, /* complete: an invoice can be made */
    HAS_DUE = NEEDS_OWN << 5,      /* an invoice that is not paid */
    HAS_DECLINED = NEEDS_OWN << 6,
    HAS_CHECK = NEEDS_OWN << 7, /* waits for the quality check */
    HAS_OPEN = NEEDS_OWN << 8,  /* neither invoiced nor void */
    HAS_INVOICE = NEEDS_OWN << 9,
    HAS_SALE = NEEDS_OWN << 10, /* a counter sale that is not invoiced */
    HAS_PART = NEEDS_OWN << 11  /* some jobs can be invoiced alone */
};

static unsigned waiting(const struct order *order)
{
    const struct order_job *jobs = order->jobs.at;

    for (size_t i = 0; i < order->jobs.count; i++)
        if (jobs[i].state == JOB_DRAFT || jobs[i].state == JOB_PRESENTED ||
            jobs[i].needs_authorization)
            return HAS_WAITING;
    return 0;
}

static unsigned has_job(const struct order_job *job)
{
    if (job == NULL)
        return 0;
    return HAS_JOB | (job->state == JOB_AUTHORIZED ? (unsigned)HAS_STARTABLE : 0u) |
           (job->state == JOB_IN_PROGRESS ? (unsigned)HAS_RUNNING : 0u);
}

static unsigned page_has(struct view *view)
{
    const struct order_page *page = page_of(view);
    const struct order *order = page_order(page);

    if (order == NULL)
        return 0;
    unsigned has = NEEDS_RECORD | has_job(page_job(page));
    if (sheet_row(&page->sheet) != NULL)
        has |= NEEDS_ROW;
    if (order->state < ORDER_POSTED)
        has |= HAS_OPEN | waiting(order);
    if (order->counter_sale && order->state < ORDER_POSTED)
        has |= HAS_SALE;
    if (page_invoice_of(page).v != 0)
        has |= HAS_INVOICE;
    if (order->state == ORDER_COMPLETE)
        has |= HAS_FINISHED;
    if (order->state < ORDER_COMPLETE && page_has_part(order))
        has |= HAS_PART;
    if (order->state == ORDER_QUALITY_CHECK)
        has |= HAS_CHECK;
    if (page_invoice_of(page).v != 0 && order->paid.cents < order->total.cents)
        has |= HAS_DUE;
    if (page->declined_rows.count > 0)
        has |= HAS_DECLINED;
    return has;
}

static bool page_key(struct view *view, const struct event *event)
{
    if (event->kind == EVENT_SCAN)
        return page_scan_part(view, event->text);
    return sheet_key(&page_of(view)->sheet, event);
}

static const char *page_status(struct view *view, struct arena *arena)
{
    return sheet_status(&page_of(view)->sheet, arena);
}

static void page_changed(struct view *view)
{
    page_of(view)->load.stale = true;
    app_redraw(view->app);
}

static void page_close(struct view *view)
{
    struct order_page *page = page_of(view);

    loading_done(&page->load);
    loading_done(&page->looked);
    arena_done(&page->declined);
    arena_done(&page->arranged);
}

static void page_fold(struct view *view, const struct action *action)
{
    struct sheet *sheet = &page_of(view)->sheet;

    (void)action;
    sheet->wants_folded = !sheet->wants_folded;
}

#define NO_JOB "A line belongs to a job. j adds one, while the order is open."
#define CLOSED "This order is closed: it does not change any more."

/* The first rows of a key show in the footer when they make sense; the hidden ones below let the
 * domain say why they do not. */
/* clang-format off */
static const struct action page_actions[] = {
    {"F7", "order.sell", "sell", HAS_SALE, page_sell, "Sells what is listed over the counter: makes the invoice and opens the payment."},
    {"F7", "payment.take", "pay", HAS_DUE, page_pay, "Takes money for the invoice."},
    {"I", "invoice.post", "invoice", HAS_FINISHED, page_post, "Makes the invoice in one step and opens the payment."},
    {"q", "order.check", "quality check", HAS_CHECK, page_check, "Passes the quality check: the work is complete."},
    {"f", "job.done", "finish", HAS_RUNNING, page_finish, "The work of this job is done."},
    {"A", "estimate.authorize", "authorize", HAS_WAITING, page_authorize, "Records what the customer said to the jobs that wait for an answer."},
    {"s", "job.start", "start", HAS_STARTABLE, page_start, "Work on this job begins."},
    {"d", "estimate.add-declined", "add declined", HAS_DECLINED, page_add_declined, "Adds work declined on an earlier visit at today's price.", 0, "Nothing was declined on earlier visits."},
    {"i", "invoice.show", "invoice", HAS_INVOICE, page_invoice, "Opens the invoice made from this order.", 0, "There is no invoice yet. I makes it once the work is done."},
    {"j", "estimate.add-job", "job", HAS_OPEN, page_add_job, "Adds a job: type to find a canned one, or the words for a new one.", 0, CLOSED},
    {"l", "estimate.add-labor", "labor", HAS_JOB | HAS_OPEN, page_add_labor, "Adds labor to this job.", 0, NO_JOB},
    {"a", "estimate.add-part", "part", HAS_JOB | HAS_OPEN, page_add_part, "Adds a part to this job: type to find it in the catalog, or a free text.", 0, NO_JOB},
    {"Enter", "estimate.edit-line", "edit", NEEDS_ROW | HAS_OPEN, page_edit_row, "Changes the line, job or discount under the cursor.", 0, CLOSED},
    {"F8", "document.print", "print", NEEDS_RECORD, page_print, "Estimate, work order, invoice, receipt: looked at, saved, printed, mailed."},
    {"I", "invoice.post", "invoice finished", HAS_PART, page_post, "Makes an invoice of the finished jobs alone; the others stay open."},
    {"+", "estimate.add-line", "other line", HAS_JOB | HAS_OPEN, page_add_other, "Adds sublet work, a fee, hazmat, a tire fee or a core.", ACTION_QUIET, NO_JOB},
    {"E", "invoice.post", "earlier day", HAS_FINISHED, page_post_earlier, "Makes the invoice of a day before today that is not closed.", ACTION_QUIET},
    {"P", "stock.pull", "pull parts", NEEDS_RECORD, page_pull, "Takes the part under the cursor off the shelf; on another row every part that is there.", ACTION_QUIET},
    {"B", "stock.put-back", "put back", NEEDS_ROW, page_put_back, "Puts the pulled part under the cursor back on the shelf.", ACTION_QUIET},
    {"O", "purchase.from-order", "order parts", NEEDS_RECORD, NULL, "Writes purchase orders for the parts its authorized jobs lack.", ACTION_QUIET},
    {"N", "part-request.search", "parts asked for", NEEDS_RECORD, NULL, "What the bays ask for on this order: p puts a part on its job, n says why not.", ACTION_QUIET},
    {"w", "core.waive", "waive core", NEEDS_ROW, page_waive_core, "The old part is here: its core is not charged. On a waived core: charges it after all.", ACTION_QUIET},
    {"c", "estimate.edit-job", "three Cs", HAS_JOB, page_edit_concern, "Concern, cause and correction of this job.", 0, NO_JOB},
    {"t", "estimate.technician", "technician", HAS_JOB, page_set_technician, "Who works on this line or job.", ACTION_QUIET, NO_JOB},
    {"D", "estimate.discount", "discount", NEEDS_RECORD, page_set_discount, "Gives a discount on the line, the job or the whole order.", ACTION_QUIET},
    {"K", "estimate.coupon", "coupon", NEEDS_RECORD | HAS_OPEN, page_take_coupon, "Takes a customer's coupon by its code.", ACTION_QUIET, CLOSED},
    {"W", "job.pay", "who pays", HAS_JOB | HAS_OPEN, page_set_pay, "Who pays for this job: the customer, the shop itself, or its warranty.", ACTION_QUIET, NO_JOB},
    {"T", "template.add", "template", HAS_OPEN, page_add_template, "Writes up all jobs of a template, at today's prices.", ACTION_QUIET, CLOSED},
    {"S", "template.save", "save template", HAS_JOB, page_save_template, "Keeps the jobs of this order as a template.", ACTION_QUIET, NO_JOB},
    {"C", "job.comeback", "comeback", HAS_JOB | HAS_OPEN, page_set_comeback, "Says which earlier job of the vehicle this one does again; warranty pays.", ACTION_QUIET, NO_JOB},
    {"b", "sublet.set", "sublet vendor", NEEDS_ROW, page_set_vendor, "Who does the sublet work under the cursor, his invoice, what it costs, when it is back.", ACTION_QUIET},
    {"y", "sublet.bill", "vendor's bill", NEEDS_ROW, page_bill_sublet, "Enters the vendor's bill for the sublet work under the cursor.", ACTION_QUIET},
    {"$", "order.account", "how paid", HAS_OPEN, page_set_account, "How the order is paid: on terms, at once, or on account beyond a hold or limit.", ACTION_QUIET, CLOSED},
    {"R", "estimate.teardown", "teardown", HAS_JOB | HAS_OPEN, page_set_teardown, "Tells the customer what putting together again costs, where this job takes apart.", ACTION_QUIET, NO_JOB},
    {"x Delete", "estimate.remove-line", "remove", NEEDS_ROW, page_remove_row, "Removes the line, job or discount under the cursor, after asking.", ACTION_QUIET},
    {"e", "order.edit", "edit order", NEEDS_RECORD, page_edit_head, "Promised time, key tag, odometer, notes and purchase order.", ACTION_QUIET},
    {"p", "estimate.present", "present", NEEDS_RECORD, page_present, "Marks the drafts as shown to the customer.", ACTION_QUIET},
    {"h", "order.hold", "hold", NEEDS_RECORD, page_hold, "Says what the order waits for: parts, the customer, sublet work.", ACTION_QUIET},
    {"u", "job.reopen", "reopen", HAS_JOB, page_reopen, "Takes a finished job back to work.", ACTION_QUIET, NO_JOB},
    {"n", "job.not-needed", "not needed", HAS_DECLINED, page_drop_declined, "Takes declined work off the vehicle's list: it is no longer needed.", ACTION_QUIET, "Nothing was declined on earlier visits."},
    {"H", "vehicle.history", "history", NEEDS_RECORD, page_history, "What was done to this vehicle before.", ACTION_QUIET},
    {"L", "inspection.show", "inspection", NEEDS_RECORD, page_inspection, "What the look over the car found, item by item; begins one where nobody has.", ACTION_QUIET},
    {"o", "customer.show", "customer", NEEDS_RECORD, page_customer, "Opens the customer's record.", ACTION_QUIET},
    {"v", "vehicle.show", "vehicle", NEEDS_RECORD, page_vehicle, "Opens the vehicle's record.", ACTION_QUIET},
    {"m", "estimate.move-job", "move job", HAS_JOB, page_move_job, "Gives the job another place in the order.", ACTION_QUIET, NO_JOB},
    {"=", "order.explain", "explain", NEEDS_RECORD, page_explain, "Says where the figure under the cursor comes from, and every other one.", ACTION_QUIET},
    {"z", "order.fold", "fold", NEEDS_RECORD, page_fold, "Folds the jobs to their heads, and back.", ACTION_QUIET},
    {"Y", "order.copy", "copy", NEEDS_RECORD, page_copy, "Writes this order up again, for the same vehicle or another one, at today's prices.", ACTION_QUIET},
    {"V", "order.void", "void", NEEDS_RECORD, page_void, "Voids an order that is not invoiced, with a reason.", ACTION_QUIET},
    {"A", "estimate.authorize", "authorize", NEEDS_RECORD, page_authorize, "", ACTION_QUIET | ACTION_HIDDEN},
    {"s", "job.start", "start", HAS_JOB, page_start, "", ACTION_QUIET | ACTION_HIDDEN, NO_JOB},
    {"f", "job.done", "finish", HAS_JOB, page_finish, "", ACTION_QUIET | ACTION_HIDDEN, NO_JOB},
    {"q", "order.check", "quality check", NEEDS_RECORD, page_check, "", ACTION_QUIET | ACTION_HIDDEN},
    {"I", "invoice.post", "invoice", NEEDS_RECORD, page_post, "", ACTION_QUIET | ACTION_HIDDEN},
    {"F7", "payment.take", "pay", NEEDS_RECORD, page_pay, "", ACTION_QUIET | ACTION_HIDDEN},
};
/* clang-format on */

static const struct view_type page_type = {
    .name = "order",
    .help = "A repair order from the estimate to the paid invoice. Lines belong to jobs; the "
            "customer answers by job; what is authorized is worked on, and one key makes the "
            "invoice.",
    .draw = page_draw,
    .key = page_key,
    .title = page_title,
    .status = page_status,
    .has = page_has,
    .settle = page_settle,
    .changed = page_changed,
    .resumed = page_changed,
    .close = page_close,
    .actions = page_actions,
    .action_count = COUNT_OF(page_actions),
};

bool order_page_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &page_type || page_order(page_of(view)) == NULL)
        return false;
    *ret_subject = (struct subject){
        .noun = "order",
        .id = page_of(view)->id.v,
        .shape = &order_shape,
        .row = page_order(page_of(view)),
    };
    return true;
}

static struct order_page *push_page(struct desk *desk, struct order_id order)
{
    struct view *view = view_new(desk->app, &page_type, sizeof(struct order_page));
    struct order_page *page = view->state;

    *page = (struct order_page){.desk = desk, .view = view, .id = order, .load = {.stale = true}};
    page->sheet.empty = "No jobs yet. j adds one: type to find a canned job, or its words.";
    app_push(desk->app, view);
    return page;
}

void order_page_open(struct desk *desk, struct order_id order)
{
    push_page(desk, order);
}

struct order_page *order_page_opened(struct desk *desk, struct order_id order)
{
    struct order_page *page = push_page(desk, order);

    page_settle(page->view);
    return page_order(page) != NULL ? page : NULL;
}
