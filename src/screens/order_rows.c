/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A repair order as the rows of its page: jobs, what the customer said about them, lines,
 * discounts, and what was declined on earlier visits. Drawing them is sheet.c's. */

#include "order_page.h"

#include "base/text.h"
#include "figures.h"

#define NO_QUANTITY .quantity = {NUMBER_NONE}
#define NO_PRICE    .price = {NUMBER_NONE}
#define NO_AMOUNT   .amount = {NUMBER_NONE}

struct arranging {
    const struct order_page *page;
    struct arena *arena;
    struct sheet_row *rows;
    size_t count;
};

const char *order_state_text(const struct desk *desk, enum order_state state, enum hold hold,
                             struct arena *arena)
{
    /* Held by nobody it waits for the parts that are ordered. */
    if (state == ORDER_HOLD)
        return theme_choice(desk->theme, &hold_choices.at[hold != HOLD_NONE ? hold : HOLD_PARTS],
                            arena);
    return theme_choice(desk->theme, &order_state_choices.at[state], arena);
}

enum ink order_state_ink(enum order_state state)
{
    static const enum ink inks[ORDER_STATE_COUNT] = {
        [ORDER_ESTIMATE] = INK_NORMAL,    [ORDER_APPROVED] = INK_INFO,
        [ORDER_IN_PROGRESS] = INK_INFO,   [ORDER_HOLD] = INK_WARN,
        [ORDER_QUALITY_CHECK] = INK_INFO, [ORDER_COMPLETE] = INK_OK,
        [ORDER_POSTED] = INK_WARN,        [ORDER_PAID] = INK_OK,
        [ORDER_RECEIVABLE] = INK_WARN,    [ORDER_VOID] = INK_MUTED,
    };
    return inks[state];
}

static enum ink job_ink(enum job_state state)
{
    static const enum ink inks[] = {
        [JOB_DRAFT] = INK_MUTED,    [JOB_PRESENTED] = INK_WARN, [JOB_AUTHORIZED] = INK_INFO,
        [JOB_DECLINED] = INK_MUTED, [JOB_DEFERRED] = INK_MUTED, [JOB_IN_PROGRESS] = INK_INFO,
        [JOB_DONE] = INK_OK,
    };
    return inks[state];
}

static struct sheet_row *add(struct arranging *to, struct sheet_row row)
{
    to->rows[to->count] = row;
    return &to->rows[to->count++];
}

/* What sets the job apart beside its state. */
static const char *job_detail(const struct order_job *job, struct arena *arena)
{
    if (job->comeback_of.v != 0)
        return arena_printf(arena, "comeback of RO %lld%s, %s%s%s",
                            (long long)job->comeback_order.v, job->safety ? ", ! safety" : "",
                            choice_label(&job_pay_choices, job->pay),
                            job->comeback_technician[0] != '\0' ? ", done by " : "",
                            person_short(job->comeback_technician, arena));
    if (job->pay == PAY_CUSTOMER)
        return job->safety ? "! safety" : NULL;
    return arena_printf(arena, "%s%s", choice_label(&job_pay_choices, job->pay),
                        job->safety ? ", ! safety" : "");
}

/* A job that is on an invoice says on which, as long as the order has others. */
static const char *job_state(const struct arranging *to, const struct order_job *job)
{
    const bool is_open = page_order(to->page)->invoice.v == 0;

    if (job->needs_authorization)
        return "! ask again";
    if (job->carried)
        return "taken up";
    if (job->invoice.v != 0 && is_open)
        return arena_printf(to->arena, "inv. %lld", (long long)job->invoice.v);
    return theme_choice(to->page->desk->theme, &job_state_choices.at[job->state], to->arena);
}

static void add_job(struct arranging *to, const struct order_job *job, size_t index)
{
    const bool changed = job->needs_authorization;

    add(to, (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                .kind = SHEET_JOB,
                .noun = PAGE_JOB,
                .id = job->id.v,
                .job = index,
                .number = job->position,
                .text = job->title,
                .detail = job_detail(job, to->arena),
                .technician = person_short(job->technician_name, to->arena),
                .amount = job->amount,
                .state = job_state(to, job),
                .ink = changed ? INK_WARN : job_ink(job->state),
            });
}

static void add_note(struct arranging *to, const struct order_job *job, size_t index,
                     enum page_note part, const char *word, const char *text)
{
    if (text_is_empty(text))
        return;
    add(to, (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                NO_AMOUNT,
                .kind = SHEET_NOTE,
                .noun = PAGE_CONCERN,
                .id = job->id.v * NOTE_COUNT + part,
                .job = index,
                .word = word,
                .text = text,
            });
}

bool line_is_placeholder(const struct order_line *line)
{
    return line->kind == LINE_PART && line->part.v == 0 && line->price.cents == 0;
}

/* What it lacks of what it should earn, for those who may know; "" nothing. */
static const char *shortfall_text(const struct order_page *page, const struct order_job *job,
                                  const struct order_line *line)
{
    static const char *const words[] = {
        [SHORT_OF_NOTHING] = "",
        [SHORT_OF_FLOOR] = "! below floor",
        [SHORT_OF_COST] = "! below cost",
        [COST_UNKNOWN] = "! no cost",
    };

    if (!desk_holds(page->desk, RIGHT_COSTS_VIEW))
        return "";
    if (line->kind == LINE_SUBLET && line->cost.cents == 0 && line->gross.cents > 0)
        return words[COST_UNKNOWN];
    if (job->pay != PAY_CUSTOMER)
        return "";
    return words[order_line_shortfall(line, page->desk->shop.margin_floor_ppm)];
}

/* What has to be known of the line beside its price. */
static const char *line_state(const struct order_line *line, const char *shortfall,
                              struct arena *arena)
{
    char count[NUMBER_TEXT_MAX];

    if (line_is_placeholder(line))
        return "! to choose";
    if (*shortfall != '\0')
        return shortfall;
    if (line->waived)
        return "- waived";
    if (line->vendor.v != 0)
        return line->bill.v != 0 ? "billed" : line->vendor_back_on.iso[0] != '\0' ? "back" : "out";
    if (line->pulled.thousandths >= line->quantity.thousandths && line->pulled.thousandths > 0)
        return "pulled";
    if (line->pulled.thousandths > 0)
        return arena_printf(arena, "%s pulled", qty_text(line->pulled, count));
    return line->discount.cents != 0 ? "- discount" : NULL;
}

/* The part's number and where it lies; who was given the work. */
static const char *line_detail(const struct order_line *line, struct arena *arena)
{
    if (line->vendor.v != 0)
        return arena_printf(arena, "%s %s", line->vendor_name, line->vendor_invoice);
    if (line->kind != LINE_PART || text_is_empty(line->bin))
        return line->sku;
    return arena_printf(arena, "%s %s", line->sku, line->bin);
}

static void add_line(struct arranging *to, const struct order_job *job,
                     const struct order_line *line, size_t index)
{
    const char *shortfall = shortfall_text(to->page, job, line);
    const bool warns =
        line_is_placeholder(line) || (*shortfall != '\0' && text_is_empty(line->price_reason));

    add(to, (struct sheet_row){
                .kind = SHEET_LINE,
                .noun = PAGE_LINE,
                .id = line->id.v,
                .job = index,
                .word = choice_label(&line_kind_choices, line->kind),
                .text = line->description,
                .detail = line_detail(line, to->arena),
                .technician = person_short(line->technician_name, to->arena),
                .quantity = line->quantity,
                .price = line->price,
                .amount = line->net,
                .state = line_state(line, shortfall, to->arena),
                .ink = warns ? INK_WARN : INK_MUTED,
            });
}

static const char *discount_text(const struct order_discount *discount, struct arena *arena)
{
    char number[NUMBER_TEXT_MAX];
    const char *how_much = discount->percent.ppm != 0
                               ? arena_printf(arena, "%s %%", rate_text(discount->percent, number))
                               : money_show(discount->amount, number);
    const char *on = choice_label(&discount_on_choices, discount->applies_to);

    if (text_is_empty(discount->reason))
        return arena_printf(arena, "%s on %s", how_much, on);
    return arena_printf(arena, "%s on %s: %s", how_much, on, discount->reason);
}

/* "- Coupon SPRING10, Spring special: 10 % on parts = 22.11" */
static const char *coupon_text(const struct order *order, const struct order_discount *coupon,
                               struct arena *arena)
{
    const struct money taken = {coupon->taken.cents + coupon->used.cents};
    char number[NUMBER_TEXT_MAX], amount[NUMBER_TEXT_MAX];

    if (coupon_lacks(order, coupon))
        return arena_printf(arena, "! %s: does not hold at the invoice, Enter says why",
                            coupon->reason);
    if (coupon->percent.ppm == 0)
        return arena_printf(arena, "- %s: %s", coupon->reason, money_show(taken, amount));
    return arena_printf(
        arena, "- %s: %s %% on %s = %s", coupon->reason, rate_text(coupon->percent, number),
        choice_label(&discount_on_choices, coupon->applies_to), money_show(taken, amount));
}

static const char *whole_discount_text(const struct order *order,
                                       const struct order_discount *discount, struct arena *arena)
{
    return discount->coupon.v != 0 ? coupon_text(order, discount, arena)
                                   : arena_printf(arena, "- Discount on the whole order: %s",
                                                  discount_text(discount, arena));
}

static void add_discounts(struct arranging *to, const struct order *order, struct job_id job,
                          size_t index)
{
    const struct order_discount *discounts = order->discounts.at;

    for (size_t i = 0; i < order->discounts.count; i++)
        if (discounts[i].job.v == job.v)
            add(to, (struct sheet_row){
                        NO_QUANTITY,
                        NO_PRICE,
                        NO_AMOUNT,
                        .kind = job.v == 0 ? SHEET_FLAG : SHEET_NOTE,
                        .noun = PAGE_DISCOUNT,
                        .id = discounts[i].id.v,
                        .job = index,
                        .word = job.v == 0 ? NULL : "less",
                        .text = job.v == 0 ? whole_discount_text(order, &discounts[i], to->arena)
                                           : discount_text(&discounts[i], to->arena),
                    });
}

/* As short as a row has room for; the paper says it in full. */
static const char *teardown_text(struct arranging *to, const struct order *order,
                                 const struct order_job *job)
{
    const struct order_teardown *all = order->teardowns.at;
    char texts[2][NUMBER_TEXT_MAX];

    for (size_t i = 0; i < order->teardowns.count; i++)
        if (all[i].job.v == job->id.v)
            return arena_printf(to->arena, "if declined %s together again, %s parts, %lld days%s",
                                money_show(all[i].reassembly, texts[0]),
                                money_show(all[i].parts, texts[1]), (long long)all[i].days,
                                all[i].restorable ? "" : "; may not go back as it was");
    return "";
}

static void add_whole_job(struct arranging *to, const struct order *order, size_t index)
{
    const struct order_job *job = &((const struct order_job *)order->jobs.at)[index];
    const struct order_line *lines = job->lines.at;

    add_job(to, job, index);
    add_note(to, job, index, NOTE_CONCERN, "says", job->concern);
    add_note(to, job, index, NOTE_CAUSE, "cause", job->cause);
    add_note(to, job, index, NOTE_TEARDOWN, "apart", teardown_text(to, order, job));
    for (size_t i = 0; i < job->lines.count; i++)
        add_line(to, job, &lines[i], index);
    add_discounts(to, order, job->id, index);
    add_note(to, job, index, NOTE_CORRECTION, job->state == JOB_DONE ? "done" : "to do",
             job->correction);
    add_note(to, job, index, NOTE_REASON, "reason",
             text_is_empty(job->reason) ? job->pay_reason : job->reason);
}

static void add_declined(struct arranging *to, const struct declined_row *row, size_t index)
{
    char amount[NUMBER_TEXT_MAX];
    const char *answer = row->state == JOB_DEFERRED ? "Deferred" : "Declined";

    add(to, (struct sheet_row){
                NO_QUANTITY,
                NO_PRICE,
                NO_AMOUNT,
                .kind = SHEET_FLAG,
                .noun = PAGE_DECLINED,
                .id = row->job.v,
                .job = index,
                .text = arena_printf(
                    to->arena, "! %s %s: %s, %s%s — d adds at today's price", answer,
                    day_text(row->decided_on, desk_today(to->page->desk), to->arena), row->title,
                    money_show(row->amount, amount), row->safety ? ", safety" : ""),
            });
}

static size_t most_rows(const struct order *order, const struct rows *declined)
{
    const struct order_job *jobs = order->jobs.at;
    size_t count = order->discounts.count + declined->count;

    for (size_t i = 0; i < order->jobs.count; i++)
        count += 1 + NOTE_COUNT + jobs[i].lines.count;
    return count;
}

void page_arrange(struct order_page *page)
{
    struct arena fresh = ARENA_EMPTY;
    const struct order *order = page_order(page);
    const struct declined_row *declined = page->declined_rows.at;
    struct arranging to = {.page = page, .arena = &fresh};

    to.rows = NEW_ARRAY(&fresh, struct sheet_row, most_rows(order, &page->declined_rows) + 1);
    for (size_t i = 0; i < order->jobs.count; i++)
        add_whole_job(&to, order, i);
    add_discounts(&to, order, (struct job_id){0}, order->jobs.count);
    for (size_t i = 0; i < page->declined_rows.count; i++)
        add_declined(&to, &declined[i], order->jobs.count);
    sheet_set(&page->sheet, to.rows, to.count);
    arena_done(&page->arranged);
    page->arranged = fresh;
}
