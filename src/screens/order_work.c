/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Turning an order around: shown, worked on, checked, printed, or given up; invoicing it is
 * order_pay.c. What may follow what is the domain's to say; its sentences are shown as they are. */

#include "order_page.h"

#include "base/text.h"
#include "domain/claim.h"
#include "domain/explain.h"
#include "domain/stock.h"
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
