/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Lines that are changed or taken off: a price once written is never changed behind one's back. */

#include "base/text.h"
#include "line_inner.h"
#include "line_part.h"

/* clang-format off */
static const char SQL_REMOVE[] =
    "DELETE FROM line\n"
    "WHERE id = :line";
/* clang-format on */

static bool is_kept(struct money given_amount, struct money present)
{
    return given_amount.cents == NUMBER_NONE || given_amount.cents == present.cents;
}

/* Another part brings its own name, price and cost, but for what was changed along with it. */
static status take_part(struct session *s, const struct line_edit *in,
                        const struct order_line *present, struct customer_id customer,
                        struct line_new *line)
{
    struct part part;

    if (in->part.v == 0 || in->part.v == present->part.v)
        return OK;
    if (line->kind != LINE_PART && line->kind != LINE_CORE)
        return fail_field(s, "part", "Only part and core lines hold a part of the catalog.");
    TRY(line_part_find(s, in->part, "", &part));
    line->part = part.id;
    line->taxable = in->taxable == present->taxable ? part.taxable : in->taxable;
    if (text_is_empty(in->description) || text_same(in->description, present->description))
        line->description = part.name;
    if (is_kept(in->cost, present->cost))
        line->cost = line->kind == LINE_CORE ? part.core : part.cost;
    const bool by_hand = !is_kept(in->price, present->price);
    if (line->kind == LINE_PART)
        return line_take_price(s, &part, customer,
                               by_hand ? line->price : (struct money){NUMBER_NONE}, line);
    if (!by_hand)
        line->price = part.core;
    return OK;
}

/* Another labor rate brings its own price; so do other hours, where they had made the price. What
 * an hour would be sold for is known anew either way. */
static status take_rate(struct session *s, const struct line_edit *in,
                        const struct order_line *present, const struct order_head *head,
                        struct rate_class_id job_class, struct line_new *line)
{
    const bool is_other_rate = in->rate_class.v != present->rate_class.v;
    const bool are_other_hours = line->quantity.thousandths != present->quantity.thousandths;
    const bool is_by_hours = present->price_rule == PRICE_RULE_LABOR_MATRIX && are_other_hours;

    line->rate_class = in->rate_class;
    if (is_other_rate && line->kind != LINE_LABOR)
        return fail_field(s, "rate_class", "Only labor has a labor rate.");
    if (line->kind != LINE_LABOR || (!is_other_rate && !are_other_hours))
        return OK;
    struct line_new found = *line;
    TRY(line_take_rate(s, head, job_class, (struct money){NUMBER_NONE}, &found));
    line->list_price = found.price;
    if ((!is_other_rate && !is_by_hours) || !is_kept(in->price, present->price))
        return OK;
    line->price = found.price;
    line->price_rule = found.price_rule;
    line->price_why = found.price_why;
    return OK;
}

static struct line_new edited(const struct line_edit *in, const struct order_line *present)
{
    struct line_new line = {
        .job = present->job,
        .kind = present->kind,
        .description = text_is_empty(in->description) ? present->description : in->description,
        .part = present->part,
        .technician = in->technician,
        .clocked = in->clocked,
        .quantity = in->quantity,
        .price = given(in->price, present->price),
        .cost = given(in->cost, present->cost),
        .taxable = in->taxable,
        .discount_ppm = in->discount_ppm,
        .discount_amount = given(in->discount_amount, present->discount_amount),
        .price_rule = present->price_rule,
        .price_why = present->price_why,
        .list_price = present->list_price,
        .price_reason = text_is_empty(in->price_reason) ? present->price_reason : in->price_reason,
    };

    if (in->quantity.thousandths == NUMBER_NONE)
        line.quantity = present->quantity;
    if (in->discount_ppm.ppm == NUMBER_NONE)
        line.discount_ppm = present->discount_ppm;
    if ((line.kind == LINE_LABOR || (line.kind == LINE_PART && line.part.v != 0)) &&
        line.price.cents != present->price.cents) {
        line.price_rule = PRICE_RULE_MANUAL;
        line.price_why = "";
    }
    return line;
}

/* By the piece, as it is now. What was written up before the catalog said so stays. */
static status check_quantity(struct session *s, const struct order_line *present,
                             const struct line_new *line)
{
    struct part part;

    if (line->part.v == 0 || (line->part.v == present->part.v &&
                              line->quantity.thousandths == present->quantity.thousandths))
        return OK;
    TRY(part_get(s, line->part, &part));
    return part_check_quantity(s, &part, line->quantity, "quantity");
}

/* What is done to one line of a menu-priced job is made up for by its labor. A price of labor given
 * by hand ends the menu price. */
static status keep_menu_price(struct session *s, const struct order_line *present,
                              const struct line_new *line)
{
    if (!present->menu)
        return OK;
    if (line != NULL && line->kind == LINE_LABOR && line->price_rule == PRICE_RULE_MANUAL)
        return job_menu_end(s, present->job);
    return job_menu_spread(s, present->job);
}

static status finish_edited(struct session *s, const struct order_head *head,
                            const struct line_edit *in, const struct order_line *present,
                            const struct line_new *line, struct order *ret)
{
    const bool by_amount = line->discount_amount.cents != 0;

    return order_finish_priced(s, head,
                               &(struct price_change){
                                   .line = present->id,
                                   .before = present,
                                   .price = line->price,
                                   .list_price = line->list_price,
                                   .price_field = "price",
                                   .discount_field = by_amount ? "discount_amount" : "discount_ppm",
                                   .reason_field = "price_reason",
                                   .reason = in->price_reason,
                               },
                               ret);
}

static status line_edit(struct session *s, const void *input, void *output)
{
    const struct line_edit *in = input;
    struct order_head head;
    struct job_head job;
    struct order_line present;

    TRY(line_get(s, in->line, &present));
    TRY(line_begin(s, present.job, in->revision, &job, &head));
    if (in->technician.v != present.technician.v)
        TRY(technician_check(s, in->technician));
    if (in->clocked && present.kind != LINE_LABOR)
        return fail_field(s, "clocked", "Only labor is clocked.");
    struct line_new line = edited(in, &present);
    if (line.quantity.thousandths == 0 && line.kind != LINE_LABOR)
        return fail_field(s, "quantity", "Give a quantity, or take the line off the job.");
    TRY(take_part(s, in, &present, head.customer, &line));
    TRY(take_rate(s, in, &present, &head, job.rate_class, &line));
    TRY(check_quantity(s, &present, &line));
    TRY(line_check_pulled(s, &present, line.part, line.quantity));
    TRY(line_dot_clean(s, in->dot, &line.dot));
    TRY(line_check(s, &line, "price"));
    if (line.kind == LINE_SUBLET)
        TRY(line_check_costless(s, &present, line.cost, line.price_reason));
    TRY(line_write(s, in->line, &line));
    TRY(line_core_follow(s, &present, &line));
    TRY(keep_menu_price(s, &present, &line));
    return finish_edited(s, &head, in, &present, &line, output);
}

static status line_remove(struct session *s, const void *input, void *output)
{
    const struct line_ref *in = input;
    struct order_head head;
    struct job_head job;
    struct order_line present;

    TRY(line_get(s, in->line, &present));
    TRY(line_begin(s, present.job, in->revision, &job, &head));
    TRY(line_check_pulled(s, &present, (struct part_id){0}, (struct qty){0}));
    TRY(line_core_remove(s, in->line));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("line", in->line))));
    TRY(keep_menu_price(s, &present, NULL));
    return order_finish_priced(s, &head,
                               &(struct price_change){
                                   .before = &present,
                                   .discount_field = "line",
                                   .reason = "",
                               },
                               output);
}

/* clang-format off */
static const struct field edit_fields[] = {
    FIELD(struct line_edit, line, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct line_edit, description),
    FIELD(struct line_edit, part, .picks = "part.search", .help = "Another one brings its own price"),
    FIELD(struct line_edit, quantity, .label = "Qty/h", .flags = FIELD_OPTIONAL),
    FIELD(struct line_edit, price, .help = "An hour or a unit", .flags = FIELD_OPTIONAL),
    FIELD(struct line_edit, discount_ppm, .label = "Discount percent", .high = 1000000,
          .flags = FIELD_OPTIONAL, .right = RIGHT_ESTIMATES_DISCOUNT),
    FIELD(struct line_edit, discount_amount, .flags = FIELD_OPTIONAL, .right = RIGHT_ESTIMATES_DISCOUNT),
    FIELD(struct line_edit, rate_class, .label = "Labor rate", .picks = "labor-rate.list"),
    TECHNICIAN_FIELD(struct line_edit),
    FIELD(struct line_edit, clocked, .help = "The hours are those clocked, not flat-rate"),
    FIELD(struct line_edit, taxable, .initial = "yes"),
    FIELD(struct line_edit, dot, .label = "DOT numbers", .example = "1A2BC3DE41225",
          .help = "Of tires: as on the sidewall, one for all or one for each", .flags = FIELD_NUMBERS_OK),
    FIELD(struct line_edit, cost, .help = "An hour or a unit", .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    PRICE_REASON_FIELD(struct line_edit),
    REVISION_FIELD(struct line_edit),
};
static const struct field remove_fields[] = {
    FIELD(struct line_ref, line, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct line_ref),
};
/* clang-format on */

const struct op line_edit_op = {
    .name = "estimate.edit-line",
    .says = "Change a line: quantity, price, part, technician, discount",
    .title = "Change a line",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_edit, edit_fields),
    .out = &order_shape,
    .run = line_edit,
    .fills = "estimate.show-line",
};
const struct op line_remove_op = {
    .name = "estimate.remove-line",
    .says = "Take a line off a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_ref, remove_fields),
    .out = &order_shape,
    .run = line_remove,
};
