/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From the order's page to the money: its invoice, all at once or of the finished jobs, the payment
 * that follows, and a deposit before there is one. */

#include "order_page.h"

#include "domain/invoice.h"
#include "domain/payment.h"
#include "inner.h"
#include "ui/dialog.h"

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
