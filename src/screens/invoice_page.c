/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An invoice as it was posted: nothing here changes it, money comes to it by payments. */

#include "domain/invoice.h"

#include <string.h>

#include "base/text.h"
#include "domain/explain.h"
#include "figures.h"
#include "inner.h"
#include "print_menu.h"
#include "screens/order_page.h"
#include "sheet.h"
#include "totals.h"
#include "ui/pages.h"

enum invoice_noun { INVOICE_JOB = 1, INVOICE_LINE, INVOICE_WORDS, INVOICE_PAYMENT };

#define NO_QUANTITY .quantity = {NUMBER_NONE}
#define NO_PRICE    .price = {NUMBER_NONE}
#define NO_AMOUNT   .amount = {NUMBER_NONE}

struct invoice_page {
    struct desk *desk;
    struct invoice_id id;
    struct loading load; /* out: struct invoice */
    struct arena arranged;
    struct sheet sheet;
};

static const struct invoice *shown(const struct invoice_page *page)
{
    return page->load.out;
}

/* --------------------------------------------------------------------- rows -- */

struct arranging {
    struct sheet_row *rows;
    size_t count;
    int64_t next_id; /* frozen rows have no numbers of their own */
};

static void add(struct arranging *to, struct sheet_row row)
{
    row.id = ++to->next_id;
    to->rows[to->count++] = row;
}

static void add_words(struct arranging *to, size_t index, const char *word, const char *text)
{
    if (text_is_empty(text))
        return;
    add(to, (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                NO_AMOUNT,
                .kind = SHEET_NOTE,
                .noun = INVOICE_WORDS,
                .job = index,
                .word = word,
                .text = text,
            });
}

static void add_job(struct arranging *to, const struct invoice_job *job, size_t index,
                    struct arena *arena)
{
    const struct invoice_line *lines = job->lines.at;

    add(to,
        (struct sheet_row){
            NO_QUANTITY,
            NO_PRICE,
            .kind = SHEET_JOB,
            .noun = INVOICE_JOB,
            .job = index,
            .number = job->position,
            .text = job->title,
            .detail = job->pay != PAY_CUSTOMER ? choice_label(&job_pay_choices, job->pay) : NULL,
            .technician = person_short(job->technician, arena),
            .amount = job->amount,
        });
    add_words(to, index, "says", job->concern);
    add_words(to, index, "cause", job->cause);
    add_words(to, index, "done", job->correction);
    for (size_t i = 0; i < job->lines.count; i++)
        add(to, (struct sheet_row){
                    .kind = SHEET_LINE,
                    .noun = INVOICE_LINE,
                    .job = index,
                    .word = choice_label(&line_kind_choices, lines[i].kind),
                    .text = lines[i].description,
                    .detail = lines[i].sku,
                    .technician = person_short(lines[i].technician, arena),
                    .quantity = lines[i].quantity,
                    .price = lines[i].price,
                    .amount = lines[i].net,
                    .state = lines[i].discount.cents != 0 ? "- discount" : NULL,
                    .ink = INK_MUTED,
                });
}

static void add_payments(struct arranging *to, const struct invoice *invoice, struct arena *arena)
{
    const struct invoice_payment *payments = invoice->payments.at;
    char day[DAY_TEXT_MAX];

    if (invoice->payments.count == 0)
        return;
    add(to, (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                .kind = SHEET_JOB,
                .noun = INVOICE_PAYMENT,
                .job = invoice->jobs.count,
                .text = "Payments",
                .amount = invoice->paid,
            });
    for (size_t i = 0; i < invoice->payments.count; i++)
        add(to,
            (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                .kind = SHEET_LINE,
                .noun = INVOICE_PAYMENT,
                .job = invoice->jobs.count,
                .word = payments[i].method,
                .text = text_is_empty(payments[i].details)
                            ? arena_text(arena, day_show(payments[i].taken_on, day))
                            : arena_printf(arena, "%s · %s", day_show(payments[i].taken_on, day),
                                           payments[i].details),
                .amount = payments[i].applied,
            });
}

static void arrange(struct invoice_page *page)
{
    const struct invoice *invoice = shown(page);
    const struct invoice_job *jobs = invoice->jobs.at;
    struct arena fresh = ARENA_EMPTY;
    struct arranging to = {0};
    size_t most = invoice->payments.count + 2;

    for (size_t i = 0; i < invoice->jobs.count; i++)
        most += 4 + jobs[i].lines.count;
    to.rows = NEW_ARRAY(&fresh, struct sheet_row, most);
    for (size_t i = 0; i < invoice->jobs.count; i++)
        add_job(&to, &jobs[i], i, &fresh);
    add_payments(&to, invoice, &fresh);
    sheet_set(&page->sheet, to.rows, to.count);
    arena_done(&page->arranged);
    page->arranged = fresh;
}

/* ------------------------------------------------------------------ drawing -- */

static const char *status_text(const struct invoice_page *page, struct arena *arena)
{
    return theme_choice(page->desk->theme, &invoice_status_choices.at[shown(page)->status], arena);
}

static const char *title(struct view *view, struct arena *arena)
{
    const struct invoice_page *page = view->state;

    if (shown(page) == NULL)
        return arena_printf(arena, "Invoice %lld", (long long)page->id.v);
    return arena_printf(arena, "Invoice %lld %s · %s", (long long)page->id.v,
                        status_text(page, arena), shown(page)->customer_name);
}

/* Only the first line: the car's name. */
static const char *first_line(const char *text, struct arena *arena)
{
    return arena_text_n(arena, text, strcspn(text, "\n"));
}

static void draw_head(struct area body, const struct invoice *invoice)
{
    struct arena *scratch = &body.on->scratch;
    const struct area first = area_row(body, 0), second = area_row(body, 1);
    char posted[DAY_TEXT_MAX], due[DAY_TEXT_MAX];
    int at = 1;

    if (invoice->customer_phone[0] != '\0')
        at = figure_word(first, at, INK_NORMAL, text_phone_show(scratch, invoice->customer_phone));
    at = figure_word(first, at, INK_STRONG, first_line(invoice->vehicle_text, scratch));
    if (invoice->odometer_in_mi >= 0)
        figure_word(
            first, at, INK_NORMAL,
            arena_printf(scratch, "%s mi in", miles_text(invoice->odometer_in_mi, scratch)));
    at = figure_word(second, 1, INK_NORMAL,
                     invoice->order.v == 0
                         ? "charge"
                         : arena_printf(scratch, "RO %lld", (long long)invoice->order.v));
    at = figure_word(second, at, INK_NORMAL,
                     arena_printf(scratch, "posted %s", day_show(invoice->posted_on, posted)));
    if (invoice->state == INVOICE_VOID)
        at = figure_word(second, at, INK_BAD, arena_printf(scratch, "void %s", invoice->void_text));
    else if (invoice->balance.cents > 0)
        at = figure_word(second, at, invoice->status == INVOICE_OVERDUE ? INK_BAD : INK_NORMAL,
                         arena_printf(scratch, "due %s", day_show(invoice->due_on, due)));
    if (invoice->writer[0] != '\0')
        figure_word(second, at, INK_NORMAL,
                    arena_printf(scratch, "writer %s", person_short(invoice->writer, scratch)));
}

static void draw_totals(struct area foot, const struct invoice_page *page,
                        const struct invoice *invoice)
{
    totals_draw(foot, &(struct totals){
                          .labor = invoice->labor,
                          .parts = invoice->parts,
                          .sublet = invoice->sublet,
                          .fees = invoice->fees,
                          .supplies = invoice->supplies,
                          .tax = invoice->tax,
                          .discount = invoice->discount,
                          .total = invoice->total,
                          .paid = invoice->paid,
                          .balance = invoice->balance,
                          .profit = invoice->profit,
                          .shows_profit = desk_holds(page->desk, RIGHT_COSTS_VIEW),
                          .authorized = first_line(invoice->authorized_text, &foot.on->scratch),
                          .note = invoice->exempt_text,
                      });
}

static void draw_short_totals(struct area row, const struct invoice *invoice)
{
    int at = figure_inline(row, 1, "Total", invoice->total, true);

    figure_inline(row, at, "Paid", invoice->paid, true);
    figure_sum(row, "Balance", invoice->balance, INK_STRONG);
}

static void draw(struct view *view, struct area body)
{
    struct invoice_page *page = view->state;
    const struct invoice *invoice = shown(page);
    struct area foot;

    if (invoice == NULL) {
        if (page->load.fault.code != OK)
            area_wrap(body, 1, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    const struct area middle = totals_frame(body, &foot);
    draw_head(body, invoice);
    if (foot.rows == TOTALS_ROWS)
        draw_totals(foot, page, invoice);
    else
        draw_short_totals(foot, invoice);
    sheet_draw(&page->sheet, middle);
}

/* --------------------------------------------------------------------- view -- */

static void settle(struct view *view)
{
    struct invoice_page *page = view->state;
    const struct invoice_query in = {page->id};

    if (page->load.stale && desk_load(page->desk, &page->load, &invoice_show_op, &in) == OK)
        arrange(page);
}

static void changed(struct view *view)
{
    struct invoice_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

static bool key(struct view *view, const struct event *event)
{
    struct invoice_page *page = view->state;

    return sheet_key(&page->sheet, event);
}

static const char *place(struct view *view, struct arena *arena)
{
    const struct invoice_page *page = view->state;

    return sheet_status(&page->sheet, arena);
}

#define HAS_DUE   ((unsigned)NEEDS_OWN)
#define HAS_ORDER ((unsigned)NEEDS_OWN << 1)
#define IS_POSTED ((unsigned)NEEDS_OWN << 2)
#define IS_VOID   ((unsigned)NEEDS_OWN << 3)
#define HAS_LOSS  ((unsigned)NEEDS_OWN << 4)

static bool is_due(const struct invoice *invoice)
{
    return invoice->state == INVOICE_POSTED && invoice->balance.cents > 0;
}

/* One row of its payments is what was written off and not taken back since. */
static bool is_written_off(const struct invoice *invoice)
{
    const struct invoice_payment *payments = invoice->payments.at;

    for (size_t i = 0; i < invoice->payments.count; i++)
        if (text_same(payments[i].method, "write-off") && payments[i].applied.cents > 0)
            return true;
    return false;
}

static unsigned has(struct view *view)
{
    const struct invoice_page *page = view->state;

    if (shown(page) == NULL)
        return 0;
    return NEEDS_RECORD | (is_due(shown(page)) ? HAS_DUE : 0u) |
           (shown(page)->order.v != 0 ? HAS_ORDER : 0u) |
           (is_written_off(shown(page)) ? HAS_LOSS : 0u) |
           (shown(page)->state == INVOICE_POSTED ? IS_POSTED : IS_VOID);
}

static void on_close(struct view *view)
{
    struct invoice_page *page = view->state;

    loading_done(&page->load);
    arena_done(&page->arranged);
}

static void press_pay(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;

    (void)action;
    payment_dialog_open(page->desk, page->id, NULL);
}

static void press_nothing_due(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;

    (void)action;
    app_say(view->app, "Invoice %lld is void: nothing is due on it.", (long long)page->id.v);
}

static void press_write_off(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_write_off *in = desk_input(page->desk, &arena, &invoice_write_off_op);

    (void)action;
    in->invoice = page->id;
    in->amount = shown(page)->balance;
    op_form_open(page->desk,
                 &(struct op_form){.op = &invoice_write_off_op, .in = in, .focus = "reason"});
}

/* All of it, unless the person takes less back. */
static void press_owed_again(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_write_off_undo *in = desk_input(page->desk, &arena, &invoice_write_off_undo_op);

    (void)action;
    in->invoice = page->id;
    op_form_open(page->desk,
                 &(struct op_form){.op = &invoice_write_off_undo_op, .in = in, .focus = "reason"});
}

static void press_credit(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;

    (void)action;
    credit_page_open(page->desk, page->id);
}

static void taken_back(struct view *asker, const void *out, void *context)
{
    const struct invoice *invoice = out;

    (void)context;
    app_say(asker->app, "Invoice %lld is void, and its work is open again.",
            (long long)invoice->id.v);
}

static void press_unpost(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_unpost *in = desk_input(page->desk, &arena, &invoice_unpost_op);
    char total[NUMBER_TEXT_MAX];

    (void)action;
    in->invoice = page->id;
    op_form_open(page->desk, &(struct op_form){
                                 .op = &invoice_unpost_op,
                                 .in = in,
                                 .focus = "reason",
                                 .final = arena_printf(
                                     &arena,
                                     "Invoice %lld of %s becomes void, and its work is open "
                                     "again. What was paid becomes credit.",
                                     (long long)page->id.v, money_show(shown(page)->total, total)),
                                 .saved = taken_back});
}

static void press_order(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;

    (void)action;
    order_page_open(page->desk, shown(page)->order);
}

/* Everything the frozen document holds beside its lines. */
static void press_texts(struct view *view, const struct action *action)
{
    const struct invoice *invoice = shown(view->state);
    const struct invoice_tax *taxes = invoice->taxes.at;
    AUTO_BUF out = BUF(1u << 20);
    char rate[NUMBER_TEXT_MAX], base[NUMBER_TEXT_MAX], amount[NUMBER_TEXT_MAX];

    (void)action;
    buf_printf(&out, "Bill to\n%s\n\nVehicle\n%s\n\nTax\n", invoice->bill_to,
               invoice->vehicle_text);
    for (size_t i = 0; i < invoice->taxes.count; i++)
        buf_printf(&out, "%s: %s %% of %s = %s\n", taxes[i].name, rate_text(taxes[i].rate, rate),
                   money_show(taxes[i].base, base), money_show(taxes[i].amount, amount));
    buf_printf(&out, "%s\n\nAuthorized\n%s\n\nNote\n%s\n\nTerms\n%s\n", invoice->exempt_text,
               invoice->authorized_text, invoice->note, invoice->terms);
    textpage_open(view->app, title(view, &view->arena), buf_str(&out));
}

static void press_print(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;
    const struct invoice *invoice = shown(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    print_menu_open(page->desk,
                    &(struct print_menu){
                        .papers = {{DOCUMENT_INVOICE, invoice->id.v},
                                   {DOCUMENT_RECEIPT, invoice->id.v},
                                   {DOCUMENT_HISTORY, invoice->vehicle.v}},
                        .first = DOCUMENT_INVOICE,
                        .email = invoice->customer_email,
                        .title = arena_printf(&arena, "invoice %lld", (long long)invoice->id.v),
                    });
}

/* What the cursor is on, in the words of invoice.explain: lines by their place in the job. */
static const char *figure_under_cursor(const struct invoice_page *page, struct arena *arena)
{
    const struct sheet *sheet = &page->sheet;
    const struct sheet_row *row = sheet_row(sheet);
    size_t place = 0;

    if (row == NULL || (row->noun != INVOICE_LINE && row->noun != INVOICE_JOB))
        return row != NULL && row->noun == INVOICE_PAYMENT ? "paid" : "total";
    const struct invoice_job *job = &((const struct invoice_job *)shown(page)->jobs.at)[row->job];
    if (row->noun == INVOICE_JOB)
        return arena_printf(arena, "job-%lld", (long long)job->position);
    for (size_t i = 0; i <= sheet->selected; i++)
        place += sheet->rows[i].job == row->job && sheet->rows[i].noun == INVOICE_LINE;
    return arena_printf(arena, "line-%lld-%zu", (long long)job->position, place);
}

static void press_explain(struct view *view, const struct action *action)
{
    const struct invoice_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct invoice_explain *in = desk_input(page->desk, &arena, &invoice_explain_op);

    (void)action;
    in->invoice = page->id;
    explain_open(page->desk, &invoice_explain_op, in, figure_under_cursor(page, &arena));
}

static const struct action actions[] = {
    {"F7 p", "payment.take", "pay", HAS_DUE, press_pay, "Takes money for this invoice.", 0,
     "This invoice is paid in full."},
    {"w", "invoice.write-off", "write off", HAS_DUE, press_write_off,
     "Gives up what will not be paid.", ACTION_QUIET, "This invoice is paid in full."},
    {"F7 p", "payment.take", "pay", IS_VOID, press_nothing_due, "", ACTION_QUIET | ACTION_HIDDEN},
    {"w", "invoice.write-off", "write off", IS_VOID, press_nothing_due, "",
     ACTION_QUIET | ACTION_HIDDEN},
    {"u", "invoice.write-off-undo", "owed again", HAS_LOSS, press_owed_again,
     "Takes a write-off back: it is owed again.", ACTION_QUIET,
     "Nothing of this invoice is written off."},
    {"C", "credit.issue", "credit memo", IS_POSTED, press_credit,
     "Takes lines of this invoice back, with their tax.", ACTION_QUIET,
     "This invoice is void: there is nothing to credit."},
    {"U", "invoice.unpost", "take back", IS_POSTED, press_unpost,
     "Takes an invoice of today back: it is void, its work is open again.", ACTION_QUIET,
     "This invoice is void already."},
    {"F8", "document.print", "print", NEEDS_RECORD, press_print,
     "Invoice or receipt: looked at, saved, printed, mailed."},
    {"Enter o", "order.show", "repair order", HAS_ORDER, press_order,
     "Opens the repair order this invoice was made from.", 0,
     "This is a charge: it was made without a repair order."},
    {"=", "invoice.explain", "explain", NEEDS_RECORD, press_explain,
     "Says where the figure under the cursor comes from, and every other one.", ACTION_QUIET},
    {"t", "invoice.texts", "all texts", NEEDS_RECORD, press_texts,
     "Address, taxes, authorizations, note and terms as they were posted."},
};

static const struct view_type invoice_type = {
    .name = "invoice",
    .help = "A posted invoice. It never changes; money comes to it by payments.",
    .draw = draw,
    .key = key,
    .title = title,
    .status = place,
    .has = has,
    .settle = settle,
    .changed = changed,
    .resumed = changed,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
};

bool invoice_page_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &invoice_type || shown(view->state) == NULL)
        return false;
    const struct invoice_page *page = view->state;
    *ret_subject = (struct subject){
        .noun = "invoice", .id = page->id.v, .shape = &invoice_shape, .row = shown(page)};
    return true;
}

void invoice_page_open(struct desk *desk, struct invoice_id invoice)
{
    struct view *view = view_new(desk->app, &invoice_type, sizeof(struct invoice_page));
    struct invoice_page *page = view->state;

    *page = (struct invoice_page){.desk = desk, .id = invoice, .load = {.stale = true}};
    page->sheet.empty = "This invoice has no lines.";
    app_push(desk->app, view);
}
