/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a canned job comes to today, line by line, and whether its menu price can hold. The prices
 * are those that inserting it would write up. */

#include "domain/canned_quote.h"

#include "canned_job_inner.h"
#include "domain/part.h"
#include "order_inner.h"

/* ----------------------------------------------------------------------- lines -- */

static status quote_line(struct session *s, const struct order_head *head,
                         const struct canned_line *from, struct canned_quote_line *ret)
{
    struct canned_quote_line quoted;
    struct line_new line;

    TRY(canned_line_price(s, head, (struct job_id){0}, from, &line));
    quoted = (struct canned_quote_line){
        .kind = from->kind,
        .description = line.description,
        .sku = from->sku != NULL ? from->sku : "",
        .quantity = from->quantity,
        .price = line.price,
        .is_today = from->price.cents == 0 && (from->kind == LINE_LABOR || from->part.v != 0),
        .is_open = from->kind == LINE_PART && from->part.v == 0,
        .price_rule = line.price_rule,
        .price_why = line.price_why != NULL ? line.price_why : "",
    };
    if (money_times_qty(line.price, from->quantity, &quoted.amount) != OK ||
        money_times_qty(line.cost, from->quantity, &quoted.cost) != OK)
        return fail(s, ERR_CONFLICT, "“%s” comes to too much. Lower its price or quantity.",
                    line.description);
    *ret = quoted;
    return OK;
}

static bool has_core_line(const struct rows *lines, struct part_id part)
{
    const struct canned_line *line = lines->at;

    for (size_t i = 0; i < lines->count; i++)
        if (line[i].kind == LINE_CORE && line[i].part.v == part.v)
            return true;
    return false;
}

/* A core nobody has written down is charged all the same. */
static status add_core(struct session *s, const struct rows *lines, const struct canned_line *line,
                       struct canned_quote *quote)
{
    struct money core;
    struct part part;

    if (line->kind != LINE_PART || line->part.v == 0 || has_core_line(lines, line->part))
        return OK;
    TRY(part_get(s, line->part, &part));
    TRY(money_times_qty(part.core, line->quantity, &core));
    return money_add(quote->cores, core, &quote->cores);
}

static void add_up(struct canned_quote *quote, const struct canned_quote_line *line)
{
    struct money *sum = line->kind == LINE_LABOR  ? &quote->labor
                        : line->kind == LINE_PART ? &quote->parts
                        : line->kind == LINE_CORE ? &quote->cores
                                                  : &quote->others;

    sum->cents += line->amount.cents; /* fits: each is limited, and so is their number */
    if (line->kind != LINE_CORE)
        quote->cost.cents += line->cost.cents;
    if (line->kind == LINE_LABOR)
        quote->hours.thousandths += line->quantity.thousandths;
}

static status quote_lines(struct session *s, const struct order_head *head,
                          const struct rows *lines, struct canned_quote *quote)
{
    const struct canned_line *from = lines->at;
    struct canned_quote_line *to = NEW_ARRAY(s->arena, struct canned_quote_line, lines->count);

    for (size_t i = 0; i < lines->count; i++) {
        TRY(quote_line(s, head, &from[i], &to[i]));
        to[i].line = (int64_t)i + 1;
        add_up(quote, &to[i]);
        TRY(add_core(s, lines, &from[i], quote));
    }
    quote->lines = (struct rows){to, lines->count};
    quote->sum.cents = quote->labor.cents + quote->parts.cents + quote->others.cents;
    return OK;
}

/* ------------------------------------------------------------------ menu price -- */

status canned_job_check_menu(struct session *s, const struct canned_job_entry *entry)
{
    const struct order_head anybody = {.id = {0}};
    struct canned_quote quote = {.lines = {NULL, 0}};
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];

    if (entry->menu_price.cents == NUMBER_NONE)
        return OK;
    if (entry->menu_price.cents <= 0)
        return fail_field(s, "menu_price",
                          "A menu price of 0 would give the job away. Leave it empty to charge "
                          "what the lines come to.");
    TRY(quote_lines(s, &anybody, &entry->lines, &quote));
    if (quote.hours.thousandths == 0)
        return fail_field(s, "menu_price",
                          "A menu price needs labor with hours, which takes up the difference. Add "
                          "labor first.");
    if (quote.sum.cents - quote.labor.cents > entry->menu_price.cents)
        return fail_field(s, "menu_price",
                          "Parts and fees come to %s today, above %s: nothing would be left for "
                          "labor. Give a higher price.",
                          money_show((struct money){quote.sum.cents - quote.labor.cents}, a),
                          money_show(entry->menu_price, b));
    return OK;
}

static void take_menu_price(struct canned_quote *quote)
{
    const bool has_menu = quote->menu_price.cents != NUMBER_NONE;

    quote->total = has_menu ? quote->menu_price : quote->sum;
    quote->difference.cents = quote->total.cents - quote->sum.cents;
    quote->profit.cents = quote->total.cents - quote->cost.cents;
}

static status quote(struct session *s, const void *input, void *output)
{
    const struct canned_quote_ask *in = input;
    const struct canned_job_key key = {in->canned_job, in->code};
    const struct order_head head = {.customer = in->customer, .vehicle = in->vehicle};
    struct canned_job job;

    TRY(canned_job_get_by_key(s, &key, &job));
    struct canned_quote quote = {
        .id = job.id,
        .code = job.code,
        .title = job.title,
        .concern = job.concern,
        .correction = job.correction,
        .menu_price = job.menu_price,
        .archived_at = job.archived_at,
        .revision = job.revision,
    };
    TRY(quote_lines(s, &head, &job.lines, &quote));
    take_menu_price(&quote);
    *(struct canned_quote *)output = quote;
    return OK;
}

/* clang-format off */
static const struct field quote_line_fields[] = {
    FIELD(struct canned_quote_line, line),
    FIELD(struct canned_quote_line, kind, .choices = &line_kind_choices),
    FIELD(struct canned_quote_line, description),
    FIELD(struct canned_quote_line, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct canned_quote_line, quantity, .label = "Qty/h", .help = "Hours of labor, or units"),
    FIELD(struct canned_quote_line, price, .help = "An hour or a unit"),
    FIELD(struct canned_quote_line, is_today, .label = "Today's", .help = "Today's price; else the one written in the job"),
    FIELD(struct canned_quote_line, is_open, .label = "To choose", .help = "A part that is chosen at write-up"),
    FIELD(struct canned_quote_line, amount),
    FIELD(struct canned_quote_line, cost, .help = "Of the line", .right = RIGHT_COSTS_VIEW),
    FIELD(struct canned_quote_line, price_rule, .label = "Price by", .choices = &price_rule_choices),
    FIELD(struct canned_quote_line, price_why, .label = "Price made of", .right = RIGHT_COSTS_VIEW),
};
const struct shape canned_quote_line_shape = SHAPE_OF(struct canned_quote_line, "line", quote_line_fields);
static const struct field quote_fields[] = {
    FIELD(struct canned_quote, id, .label = "Canned job"),
    FIELD(struct canned_quote, code),
    FIELD(struct canned_quote, title),
    FIELD(struct canned_quote, concern, .flags = FIELD_MANY_LINES),
    FIELD(struct canned_quote, correction, .flags = FIELD_MANY_LINES),
    FIELD(struct canned_quote, lines, .rows = &canned_quote_line_shape),
    FIELD(struct canned_quote, hours),
    FIELD(struct canned_quote, labor),
    FIELD(struct canned_quote, parts),
    FIELD(struct canned_quote, others, .label = "Sublet and fees"),
    FIELD(struct canned_quote, cores, .help = "On top"),
    FIELD(struct canned_quote, sum, .help = "As the lines come to, without cores and tax"),
    FIELD(struct canned_quote, menu_price, .flags = FIELD_OPTIONAL),
    FIELD(struct canned_quote, difference, .help = "By so much the menu price raises labor", .flags = FIELD_SIGNED),
    FIELD(struct canned_quote, total, .help = "The menu price, else the sum"),
    FIELD(struct canned_quote, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct canned_quote, profit, .help = "Total less cost", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct canned_quote, archived_at, .label = "Archived"),
    FIELD(struct canned_quote, revision, .flags = FIELD_HIDDEN),
};
const struct shape canned_quote_shape = SHAPE_OF(struct canned_quote, "canned_quote", quote_fields);
static const struct field ask_fields[] = {
    FIELD(struct canned_quote_ask, canned_job, .label = "Canned job", .picks = "canned-job.search", .flags = FIELD_ARGUMENT),
    FIELD(struct canned_quote_ask, code, .help = "Instead of the number", .example = "OIL", .max = 20, .flags = FIELD_CODE),
    FIELD(struct canned_quote_ask, customer, .picks = "customer.search", .help = "At his prices; empty: anybody's"),
    FIELD(struct canned_quote_ask, vehicle, .picks = "vehicle.search", .help = "At its labor rate"),
};
/* clang-format on */

const struct op canned_job_quote_op = {
    .name = "canned-job.quote",
    .says = "See what a canned job comes to today, line by line",
    .title = "Quote a canned job",
    .right = RIGHT_CANNED_VIEW,
    .in = SHAPE(struct canned_quote_ask, ask_fields),
    .out = &canned_quote_shape,
    .run = quote,
    .about = "canned_job",
};
