/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Turning an order around: shown, worked on, checked, invoiced, paid, or given up. What may follow
 * what is the domain's to say; its sentences are shown as they are. */

#include "order_page.h"

#include "base/text.h"
#include "domain/claim.h"
#include "domain/explain.h"
#include "domain/invoice.h"
#include "domain/payment.h"
#include "domain/stock.h"
#include "domain/vehicle.h"
#include "inner.h"
#include "print_menu.h"
#include "ui/dialog.h"

/* Input of the operations that take the order and the revision that was looked at. */
static status call_for_order(struct order_page *page, const struct op *op)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_ref *in = desk_input(page->desk, &arena, op);

    in->order = page->id;
    in->revision = page_order(page)->revision;
    return page_call(page, op, in);
}

static status call_for_job(struct order_page *page, const struct op *op)
{
    const struct order_job *job = page_job(page);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_ref *in = desk_input(page->desk, &arena, op);

    if (job == NULL) {
        app_error(page->desk->app, "Put the cursor on a job first.");
        return ERR_CONFLICT;
    }
    in->job = job->id;
    return page_call(page, op, in);
}

void page_present(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);

    (void)action;
    if (call_for_order(page, &order_present_op) == OK)
        app_say(view->app, "Noted as shown to the customer. A records the answer.");
}

void page_authorize(struct view *view, const struct action *action)
{
    const struct order *order = page_order(page_of(view));

    (void)action;
    if (order->jobs.count == 0)
        app_error(view->app, "There is no job to ask the customer about. j adds one.");
    else if (order->state >= ORDER_POSTED)
        app_error(view->app, "This order is closed: there is nothing left to ask about.");
    else
        authorize_open(page_of(view));
}

void page_start(struct view *view, const struct action *action)
{
    (void)action;
    call_for_job(page_of(view), &job_start_op);
}

void page_finish(struct view *view, const struct action *action)
{
    (void)action;
    call_for_job(page_of(view), &job_done_op);
}

void page_reopen(struct view *view, const struct action *action)
{
    (void)action;
    call_for_job(page_of(view), &job_reopen_op);
}

static status call_for_line(struct order_page *page, const struct op *op,
                            const struct order_line *line)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct stock_pull *in = desk_input(page->desk, &arena, op);

    in->line = line->id;
    in->revision = page_order(page)->revision;
    return page_call(page, op, in);
}

static bool is_catalog_part(const struct order_line *line)
{
    return line != NULL && line->kind == LINE_PART && line->part.v != 0;
}

void page_pull(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);

    (void)action;
    const status result = is_catalog_part(line) ? call_for_line(page, &stock_pull_op, line)
                                                : call_for_order(page, &stock_pull_order_op);
    if (result == OK)
        app_say(view->app, "Off the shelf. B puts a part back.");
}

void page_put_back(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);

    (void)action;
    if (!is_catalog_part(line))
        app_error(view->app, "Put the cursor on a part of the catalog first.");
    else if (call_for_line(page, &stock_put_back_op, line) == OK)
        app_say(view->app, "Back on the shelf.");
}

void page_waive_core(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    const struct order_line *line = page_line(page);

    (void)action;
    if (line == NULL || line->kind != LINE_CORE) {
        app_error(view->app, "Put the cursor on a core first.");
        return;
    }
    const bool charges = line->waived;
    const struct core_waive in = {
        .line = line->id, .charge = charges, .revision = page_order(page)->revision};
    if (page_call(page, &core_waive_op, &in) == OK)
        app_say(view->app, charges ? "The core is charged." : "The core is not charged.");
}

void page_check(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);

    (void)action;
    if (call_for_order(page, &order_check_op) == OK)
        app_say(view->app, "Checked: the work is complete. I makes the invoice.");
}

static bool is_left(const struct order_job *job)
{
    return job->invoice.v == 0 && job->state != JOB_DECLINED && job->state != JOB_DEFERRED;
}

/* Where only some of the jobs are finished: their numbers, else "". */
static const char *finished_alone(const struct order *order, struct arena *arena)
{
    const struct order_job *jobs = order->jobs.at;
    bool has_others = false;
    AUTO_BUF text = BUF(1u << 12);

    for (size_t i = 0; i < order->jobs.count; i++) {
        if (!is_left(&jobs[i]))
            continue;
        if (jobs[i].state == JOB_DONE && !jobs[i].needs_authorization)
            buf_printf(&text, "%s%lld", text.length > 0 ? " " : "", (long long)jobs[i].position);
        else
            has_others = true;
    }
    return has_others ? arena_text(arena, buf_str(&text)) : "";
}

bool page_has_part(const struct order *order)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    return finished_alone(order, &arena)[0] != '\0';
}

static void show_posted(struct order_page *page, const struct invoice *invoice)
{
    struct desk *desk = page->desk;
    const struct invoice_id id = invoice->id;

    const struct money due = invoice->balance;
    char text[NUMBER_TEXT_MAX];

    page->load.stale = true;
    if (due.cents > 0 && desk_holds(desk, RIGHT_PAYMENTS_TAKE))
        payment_dialog_open_posted(desk, id, page_order(page)->counter_sale);
    else if (due.cents > 0) {
        app_say(desk->app, "Invoice %lld is posted: %s is due. Your role takes no payments.",
                (long long)id.v, money_show(due, text));
        return;
    }
    app_say(desk->app, "Invoice %lld is posted.", (long long)id.v);
}

static void posted(struct view *asker, const void *out, void *context)
{
    (void)context;
    show_posted(page_of(asker), out);
}

/* Some jobs are finished and others not: asks which are invoiced. */
static void ask_jobs(struct order_page *page, const char *jobs, struct arena *arena)
{
    static const char *const skip[] = {"order", NULL};
    struct invoice_post *in = desk_input(page->desk, arena, &invoice_post_op);

    in->order = page->id;
    in->revision = page_order(page)->revision;
    in->jobs = jobs;
    op_form_open(page->desk, &(struct op_form){
                                 .op = &invoice_post_op,
                                 .title = arena_printf(arena, "Invoice the finished jobs · RO %lld",
                                                       (long long)page->id.v),
                                 .in = in,
                                 .skip = skip,
                                 .focus = "jobs",
                                 .small = true,
                                 .saved = posted,
                             });
}

/* Makes the invoice, by an operation that takes the order and its revision, and asks for money. */
static void post(struct order_page *page, const struct op *op)
{
    struct desk *desk = page->desk;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_ref ref = {.order = page->id, .revision = page_order(page)->revision};
    struct invoice invoice;

    void *in = desk_input(desk, &arena, op);
    shape_transfer(order_sell_op.in, &ref, op->in, in);
    const status result = desk_call(desk, &arena, op, in, &invoice);
    if (result == ERR_STALE)
        page_meet_change(page);
    if (result == OK)
        show_posted(page, &invoice);
}

void page_post(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *jobs = finished_alone(page_order(page), &arena);

    (void)action;
    if (jobs[0] != '\0')
        ask_jobs(page, jobs, &arena);
    else
        post(page, &invoice_post_op);
}

/* An invoice that was forgotten: its form has the day. */
void page_post_earlier(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"order", NULL};
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_post *in = desk_input(page->desk, &arena, &invoice_post_op);

    (void)action;
    in->order = page->id;
    in->revision = page_order(page)->revision;
    in->jobs = finished_alone(page_order(page), &arena);
    op_form_open(page->desk,
                 &(struct op_form){
                     .op = &invoice_post_op,
                     .title = arena_printf(&arena, "Invoice of an earlier day · RO %lld",
                                           (long long)page->id.v),
                     .in = in,
                     .skip = skip,
                     .focus = "posted_on",
                     .small = true,
                     .saved = posted,
                 });
}

void page_sell(struct view *view, const struct action *action)
{
    (void)action;
    post(page_of(view), &order_sell_op);
}

/* The invoice of the job under the cursor, else the one that closed the order. */
struct invoice_id page_invoice_of(const struct order_page *page)
{
    const struct order_job *job = page_job(page);

    return job != NULL && job->invoice.v != 0 ? job->invoice : page_order(page)->invoice;
}

static void deposit_taken(struct view *asker, const void *out, void *context)
{
    const struct payment_taken *taken = out;
    char credit[NUMBER_TEXT_MAX];

    (void)context;
    app_say(asker->app, "Taken. The customer has %s in credit; the invoice will use it.",
            money_show(taken->credit, credit));
}

static void deposit_answered(struct view *asker, char letter, void *context)
{
    struct order_page *page = page_of(asker);
    static const char *const skip[] = {"customer", NULL};
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (letter != 'd')
        return;
    struct payment_deposit *in = desk_input(page->desk, &arena, &payment_deposit_op);
    in->customer = page_order(page)->customer;
    op_form_open(page->desk, &(struct op_form){
                                 .op = &payment_deposit_op,
                                 .title = arena_printf(&arena, "Take a deposit · %s",
                                                       page_order(page)->customer_name),
                                 .in = in,
                                 .skip = skip,
                                 .focus = "method",
                                 .small = true,
                                 .saved = deposit_taken,
                             });
}

static void offer_deposit(struct view *view)
{
    static const struct dialog_button buttons[] = {{'d', "d Deposit"}, {'b', "b Back"}};

    dialog_open(view->app,
                &(struct dialog){
                    .title = "Nothing is due yet",
                    .text = "There is no invoice to pay yet: I makes it once the work is "
                            "done. A deposit becomes the customer's credit.",
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'b',
                    .answered = deposit_answered,
                });
}

static bool is_unpaid(struct desk *desk, struct invoice_id id)
{
    const struct invoice_query in = {.invoice = id};
    struct invoice invoice;

    return id.v != 0 && desk_try(desk, NULL, &invoice_show_op, &in, &invoice) == OK &&
           invoice.balance.cents > 0;
}

/* The invoice of the job under the cursor, else one of another job that is not paid: an order may
 * be invoiced in parts. */
static struct invoice_id invoice_to_pay(const struct order_page *page)
{
    const struct order *order = page_order(page);
    const struct order_job *jobs = order->jobs.at;
    const struct invoice_id invoice = page_invoice_of(page);

    if (order->invoice.v != 0 || is_unpaid(page->desk, invoice))
        return invoice;
    for (size_t i = 0; i < order->jobs.count; i++)
        if (is_unpaid(page->desk, jobs[i].invoice))
            return jobs[i].invoice;
    return (struct invoice_id){0};
}

void page_pay(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    const struct invoice_id invoice = invoice_to_pay(page);

    (void)action;
    if (invoice.v == 0)
        offer_deposit(view);
    else
        payment_dialog_open(page->desk, invoice, NULL);
}

void page_invoice(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);

    (void)action;
    invoice_page_open(page->desk, page_invoice_of(page));
}

void page_print(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    const struct order *order = page_order(page);
    const struct invoice_id invoice = page_invoice_of(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    print_menu_open(page->desk,
                    &(struct print_menu){
                        .papers = {{DOCUMENT_ESTIMATE, order->id.v},
                                   {DOCUMENT_WORK_ORDER, order->id.v},
                                   {DOCUMENT_INVOICE, invoice.v},
                                   {DOCUMENT_RECEIPT, invoice.v},
                                   {DOCUMENT_HISTORY, order->vehicle.v}},
                        .first = invoice.v != 0                  ? DOCUMENT_INVOICE
                                 : order->state < ORDER_APPROVED ? DOCUMENT_ESTIMATE
                                                                 : DOCUMENT_WORK_ORDER,
                        .email = order->customer_email,
                        .title = arena_printf(&arena, "RO %lld", (long long)order->id.v),
                    });
}

static status reason_check(void *context, const char *text, struct fault *fault)
{
    (void)context;
    if (text_is_empty(text))
        return fault_field(fault, "reason", "Say why, in a few words.");
    return OK;
}

static void void_answered(struct view *asker, const char *text, void *context)
{
    struct order_page *page = page_of(asker);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_void *in = desk_input(page->desk, &arena, &order_void_op);

    (void)context;
    in->order = page->id;
    in->reason = text;
    in->revision = page_order(page)->revision;
    page_call(page, &order_void_op, in);
}

void page_void(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    question_open(view->app,
                  &(struct question){
                      .title = arena_printf(&arena, "Void RO %lld", (long long)page->id.v),
                      .label = "Why",
                      .help = "The order keeps its number and is never invoiced. Esc keeps it.",
                      .check = reason_check,
                      .answered = void_answered,
                  });
}

static void copied(struct view *asker, const void *out, void *context)
{
    const struct order *order = out;

    (void)context;
    order_page_open(page_of(asker)->desk, order->id);
    app_say(asker->app, "Copied to RO %lld, at today's prices.", (long long)order->id.v);
}

void page_copy(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_copy *in = desk_input(page->desk, &arena, &order_copy_op);

    (void)action;
    in->order = page->id;
    in->vehicle = page_order(page)->vehicle;
    page_form(page, &order_copy_op, arena_printf(&arena, "Copy RO %lld", (long long)page->id.v), in,
              "vehicle", SKIP("order"), copied);
}

void page_customer(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);

    (void)action;
    desk_open_record(page->desk, "customer", page_order(page)->customer.v);
}

void page_vehicle(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);

    (void)action;
    if (page_order(page)->vehicle.v == 0)
        app_error(view->app, "This order is for no vehicle.");
    else
        desk_open_record(page->desk, "vehicle", page_order(page)->vehicle.v);
}

/* What the cursor is on, in the words of order.explain. */
static const char *figure_under_cursor(const struct order_page *page, struct arena *arena)
{
    const struct order_line *line = page_line(page);
    const struct order_job *job = page_job(page);

    if (line != NULL)
        return arena_printf(arena, "line-%lld", (long long)line->id.v);
    if (page_discount(page) != NULL)
        return "discount";
    return job != NULL ? arena_printf(arena, "job-%lld", (long long)job->id.v) : "total";
}

void page_explain(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_explain *in = desk_input(page->desk, &arena, &order_explain_op);

    (void)action;
    in->order = page->id;
    explain_open(page->desk, &order_explain_op, in, figure_under_cursor(page, &arena));
}

void page_history(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    const struct order *order = page_order(page);

    (void)action;
    if (order->vehicle.v == 0) {
        app_error(view->app, "This order is for no vehicle, so there is no history.");
        return;
    }
    desk_open_record(page->desk, "vehicle", order->vehicle.v); /* it begins with its history */
}

/* What was found; where nobody has looked yet, a look begins. */
void page_inspection(struct view *view, const struct action *action)
{
    const struct order_page *page = page_of(view);
    const struct inspection *inspection = page->looked.out;
    const struct subject order = {.noun = "order", .id = page->id.v};
    const bool is_begun = inspection != NULL && inspection->items.count > 0;

    (void)action;
    desk_open_op(page->desk, is_begun ? &inspection_show_op : &inspection_begin_op, &order);
}
