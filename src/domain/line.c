/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lines of a job: labor, parts, and everything else that is charged. A price that nobody gives
 * comes from the catalog or the labor rates; a price once written is never changed behind one's
 * back. */

#include "base/text.h"
#include "domain/vendor.h"
#include "line_part.h"

/* clang-format off */
static const char SQL_INSERT[] =
    "INSERT INTO line (job, position, kind, description, part, technician, rate_class, clocked,\n"
    "  quantity, price, cost, taxable, discount_ppm, discount_amount, price_rule, price_why,\n"
    "  menu, list_price, price_reason, reason_by, vendor)\n"
    "VALUES (:job, 1 + (SELECT ifnull(max(position), 0) FROM line WHERE job = :job), :kind,\n"
    "  :description, :part, :technician, :rate_class, :clocked, :quantity, :price, :cost,\n"
    "  :taxable, :discount_ppm, :discount_amount, :price_rule, :price_why,\n"
    "  :menu, :list_price, :price_reason, :reason_by, :vendor)";
static const char SQL_EDIT[] =
    "UPDATE line\n"
    "SET description = :description, part = :part, technician = :technician,\n"
    "  rate_class = :rate_class, clocked = :clocked, quantity = :quantity, price = :price,\n"
    "  cost = :cost, taxable = :taxable, discount_ppm = :discount_ppm,\n"
    "  discount_amount = :discount_amount, dot = :dot, price_rule = :price_rule,\n"
    "  price_why = :price_why, list_price = :list_price,\n"
    "  reason_by = CASE WHEN :price_reason = price_reason THEN reason_by ELSE :reason_by END,\n"
    "  price_reason = :price_reason\n"
    "WHERE id = :line";
static const char SQL_REMOVE[] =
    "DELETE FROM line\n"
    "WHERE id = :line";
/* clang-format on */

/* ---------------------------------------------------------------------- checks -- */

/* A declined job stays as it was offered: it may be offered again. */
static status begin_line(struct session *s, struct job_id id, int64_t revision,
                         struct job_head *ret_job, struct order_head *ret_head)
{
    TRY(job_begin(s, id, revision, ret_job, ret_head));
    if (ret_job->state == JOB_DECLINED || ret_job->state == JOB_DEFERRED)
        return fail(s, ERR_CONFLICT,
                    "Job %lld was %s and stays as it was offered. Write further work up as a new "
                    "job.",
                    (long long)ret_job->position, choice_label(&job_state_choices, ret_job->state));
    return OK;
}

/* No single line may be so large that the sum of many could not be counted. */
static status check_size(struct session *s, const struct line_new *line, const char *price_field)
{
    struct money gross, cost;

    if (money_times_qty(line->price, line->quantity, &gross) != OK || gross.cents > MONEY_MAX_CENTS)
        return fail_field(s, price_field, "The line comes to too much: lower price or quantity.");
    if (money_times_qty(line->cost, line->quantity, &cost) != OK || cost.cents > MONEY_MAX_CENTS)
        return fail_field(s, "cost", "The line costs too much: lower cost or quantity.");
    return OK;
}

static status check_line_discount(struct session *s, const struct line_new *line)
{
    struct money gross;

    if (line->discount_ppm.ppm == 0 && line->discount_amount.cents == 0)
        return OK;
    if (line->discount_ppm.ppm != 0 && line->discount_amount.cents != 0)
        return fail_field(s, "discount_amount",
                          "A discount is a percentage or an amount: give only one.");
    if (line->kind != LINE_LABOR && line->kind != LINE_PART && line->kind != LINE_SUBLET)
        return fail_field(s, line->discount_ppm.ppm != 0 ? "discount_ppm" : "discount_amount",
                          "Discounts are for labor, parts and sublet work: remove this one.");
    TRY(money_times_qty(line->price, line->quantity, &gross));
    if (line->discount_amount.cents > gross.cents)
        return fail_field(s, "discount_amount",
                          "The discount is more than the line comes to: lower it.");
    return OK;
}

static status check_line(struct session *s, const struct line_new *line, const char *price_field)
{
    TRY(check_size(s, line, price_field));
    return check_line_discount(s, line);
}

#define BIND_PRICE_RULE(line)                                                                      \
    BIND_TEXT("price_rule", choice_word(&price_rule_choices, (line)->price_rule))
#define BIND_PRICE_WHY(line)                                                                       \
    BIND_TEXT("price_why", (line)->price_why != NULL ? (line)->price_why : "")

#define BIND_REASON(line)                                                                          \
    BIND_TEXT("price_reason", (line)->price_reason != NULL ? (line)->price_reason : "")

static struct bind bind_list_price(const struct line_new *line)
{
    if (line->list_price.cents == NUMBER_NONE)
        return (struct bind)BIND_NULL("list_price");
    return (struct bind)BIND_MONEY("list_price", line->list_price);
}

/* A reason has somebody who gave it. */
static struct bind bind_reason_by(const struct session *s, const struct line_new *line)
{
    return BIND_ID("reason_by", text_is_empty(line->price_reason) ? (struct user_id){0} : s->user);
}

status line_insert(struct session *s, const struct line_new *line)
{
    TRY(check_line(s, line, "price"));
    if (line->kind == LINE_SUBLET && line->price_reason != NULL)
        TRY(line_check_costless(s, NULL, line->cost, line->price_reason));
    return store_run(
        s->store, SQL_INSERT, NO_ROW,
        BINDS(BIND_ID("job", line->job),
              BIND_TEXT("kind", choice_word(&line_kind_choices, line->kind)),
              BIND_TEXT("description", line->description), BIND_ID("part", line->part),
              BIND_ID("technician", line->technician), BIND_ID("rate_class", line->rate_class),
              BIND_INT("clocked", line->clocked), BIND_INT("quantity", line->quantity.thousandths),
              BIND_MONEY("price", line->price), BIND_MONEY("cost", line->cost),
              BIND_INT("taxable", line->taxable), BIND_INT("discount_ppm", line->discount_ppm.ppm),
              BIND_MONEY("discount_amount", line->discount_amount), BIND_PRICE_RULE(line),
              BIND_PRICE_WHY(line), BIND_INT("menu", line->menu), bind_list_price(line),
              BIND_REASON(line), bind_reason_by(s, line), BIND_ID("vendor", line->vendor)));
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

static struct money given(struct money amount, struct money otherwise)
{
    return amount.cents == NUMBER_NONE ? otherwise : amount;
}

/* ------------------------------------------------------------------------- add -- */

/* Writes the new line down and asks whether it may be sold like this. */
static status finish_added(struct session *s, const struct order_head *head,
                           const struct line_new *line, const char *price_field, struct order *ret)
{
    const struct price_change change = {
        .line = {store_last_id(s->store)},
        .price = line->price,
        .list_price = line->list_price,
        .price_field = price_field,
        .discount_field = price_field,
        .reason_field = "price_reason",
        .reason = line->price_reason,
    };

    if (line->part.v != 0)
        TRY(line_cores_add(s, line->job, change.line));
    return order_finish_priced(s, head, &change, ret);
}

static status line_add_labor(struct session *s, const void *input, void *output)
{
    const struct line_add_labor *in = input;
    struct order_head head;
    struct job_head job;

    TRY(begin_line(s, in->job, in->revision, &job, &head));
    TRY(technician_check(s, in->technician));
    struct line_new line = {
        .job = in->job,
        .kind = LINE_LABOR,
        .description = text_is_empty(in->description) ? job.title : in->description,
        .technician = in->technician,
        .rate_class = in->rate_class,
        .clocked = in->clocked,
        .quantity = in->hours,
        .cost = given(in->cost, MONEY_ZERO),
        .taxable = in->taxable,
        .price_reason = in->price_reason,
    };
    TRY(line_take_rate(s, &head, job.rate_class, in->rate, &line));
    TRY(check_line(s, &line, "rate"));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "rate", output);
}

static status part_of_catalog(struct session *s, const struct line_add_part *in,
                              struct customer_id customer, struct line_new *line)
{
    struct part part;

    TRY(line_part_find(s, in->part, in->sku, &part));
    TRY(part_check_quantity(s, &part, in->quantity, "quantity"));
    line->part = part.id;
    line->description = text_is_empty(in->description) ? part.name : in->description;
    line->cost = given(in->cost, part.cost);
    line->taxable = part.taxable;
    return line_take_price(s, &part, customer, in->price, line);
}

/* Bought for this very job. Without a price it could not be told from a choice still to be made. */
static status part_from_outside(struct session *s, const struct line_add_part *in,
                                struct line_new *line)
{
    if (text_is_empty(in->description))
        return fail_field(s, "sku", "Choose a part, or describe one from outside the catalog.");
    if (in->price.cents == NUMBER_NONE || in->price.cents == 0)
        return fail_field(s, "price", "A part from outside the catalog needs a price.");
    line->description = in->description;
    line->price = in->price;
    line->cost = given(in->cost, MONEY_ZERO);
    line->taxable = true;
    return OK;
}

static status line_add_part(struct session *s, const void *input, void *output)
{
    const struct line_add_part *in = input;
    struct order_head head;
    struct job_head job;
    struct line_new line = {
        .job = in->job,
        .kind = LINE_PART,
        .technician = in->technician,
        .quantity = in->quantity,
        .list_price = {NUMBER_NONE},
        .price_reason = in->price_reason,
    };

    TRY(begin_line(s, in->job, in->revision, &job, &head));
    TRY(technician_check(s, in->technician));
    if (in->part.v != 0 || !text_is_empty(in->sku))
        TRY(part_of_catalog(s, in, head.customer, &line));
    else
        TRY(part_from_outside(s, in, &line));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "price", output);
}

static status line_add_other(struct session *s, const void *input, void *output)
{
    const struct line_add_other *in = input;
    struct order_head head;
    struct job_head job;
    const struct line_new line = {
        .job = in->job,
        .kind = in->kind,
        .description = in->description,
        .quantity = in->quantity,
        .price = in->price,
        .cost = given(in->cost, MONEY_ZERO),
        .taxable = in->taxable,
        .list_price = {NUMBER_NONE},
        .price_reason = in->price_reason,
        .vendor = in->vendor,
    };
    struct vendor vendor;

    if (in->kind == LINE_LABOR || in->kind == LINE_PART)
        return fail_field(s, "kind", "Labor and parts have their own forms: choose what this is.");
    if (in->vendor.v != 0 && in->kind == LINE_CORE)
        return fail_field(s, "vendor", "A core comes from the shop: leave the vendor empty.");
    if (in->vendor.v != 0)
        TRY(vendor_get_active(s, in->vendor, &vendor));
    TRY(begin_line(s, in->job, in->revision, &job, &head));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "price", output);
}

/* ------------------------------------------------------------------------ edit -- */

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

static status write_line(struct session *s, struct line_id id, const struct line_new *line)
{
    return store_run(
        s->store, SQL_EDIT, NO_ROW,
        BINDS(BIND_ID("line", id), BIND_TEXT("description", line->description),
              BIND_ID("part", line->part), BIND_ID("technician", line->technician),
              BIND_ID("rate_class", line->rate_class), BIND_INT("clocked", line->clocked),
              BIND_INT("quantity", line->quantity.thousandths), BIND_MONEY("price", line->price),
              BIND_MONEY("cost", line->cost), BIND_INT("taxable", line->taxable),
              BIND_INT("discount_ppm", line->discount_ppm.ppm),
              BIND_MONEY("discount_amount", line->discount_amount), BIND_TEXT("dot", line->dot),
              BIND_PRICE_RULE(line), BIND_PRICE_WHY(line), bind_list_price(line), BIND_REASON(line),
              bind_reason_by(s, line)));
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
    TRY(begin_line(s, present.job, in->revision, &job, &head));
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
    TRY(check_line(s, &line, "price"));
    if (line.kind == LINE_SUBLET)
        TRY(line_check_costless(s, &present, line.cost, line.price_reason));
    TRY(write_line(s, in->line, &line));
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
    TRY(begin_line(s, present.job, in->revision, &job, &head));
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
static const struct field add_labor_fields[] = {
    JOB_FIELD(struct line_add_labor),
    FIELD(struct line_add_labor, hours, .example = "2.5", .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_labor, description, .help = "Empty: the job's title", .flags = FIELD_ARGUMENT),
    FIELD(struct line_add_labor, rate, .help = "An hour; empty: by labor rate and hours",
          .example = "145.00", .flags = FIELD_OPTIONAL),
    FIELD(struct line_add_labor, rate_class, .label = "Labor rate", .picks = "labor-rate.list"),
    TECHNICIAN_FIELD(struct line_add_labor),
    FIELD(struct line_add_labor, clocked, .help = "The hours are those clocked, not flat-rate"),
    FIELD(struct line_add_labor, taxable, .initial = "yes"),
    FIELD(struct line_add_labor, cost, .help = "An hour", .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    FIELD(struct line_add_labor, price_reason, .label = "Reason for price", .example = "Goodwill: came back twice",
          .help = "Where it is lower than you may sell it without saying why"),
    REVISION_FIELD(struct line_add_labor),
};
static const struct field add_part_fields[] = {
    JOB_FIELD(struct line_add_part),
    FIELD(struct line_add_part, sku, .label = "SKU", .example = "BP-1210", .flags = FIELD_ARGUMENT | FIELD_CODE,
          .help = "Empty: a part from outside the catalog"),
    FIELD(struct line_add_part, quantity, .example = "2", .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .flags = FIELD_ARGUMENT),
    FIELD(struct line_add_part, part, .picks = "part.search"),
    FIELD(struct line_add_part, description, .help = "Empty: the catalog's name"),
    FIELD(struct line_add_part, price, .help = "A unit; empty: the catalog's", .example = "7.49",
          .flags = FIELD_OPTIONAL),
    FIELD(struct line_add_part, cost, .help = "A unit; empty: the catalog's", .flags = FIELD_OPTIONAL,
          .right = RIGHT_COSTS_VIEW),
    TECHNICIAN_FIELD(struct line_add_part),
    FIELD(struct line_add_part, price_reason, .label = "Reason for price", .example = "Goodwill: came back twice",
          .help = "Where it is lower than you may sell it without saying why"),
    REVISION_FIELD(struct line_add_part),
};
static const struct field add_other_fields[] = {
    JOB_FIELD(struct line_add_other),
    FIELD(struct line_add_other, kind, .choices = &line_kind_choices, .initial = "fee",
          .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, description, .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, price, .help = "A unit", .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, quantity, .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS),
    FIELD(struct line_add_other, taxable, .initial = "yes"),
    FIELD(struct line_add_other, cost, .help = "A unit", .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    FIELD(struct line_add_other, vendor, .picks = "vendor.search", .help = "Who does sublet work: its cost is owed to him"),
    FIELD(struct line_add_other, price_reason, .label = "Reason for price", .example = "Goodwill: came back twice",
          .help = "Where it is lower than you may sell it without saying why"),
    REVISION_FIELD(struct line_add_other),
};
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
    FIELD(struct line_edit, price_reason, .label = "Reason for price", .example = "Goodwill: came back twice",
          .help = "Where it is lower than you may sell it without saying why"),
    REVISION_FIELD(struct line_edit),
};
static const struct field remove_fields[] = {
    FIELD(struct line_ref, line, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct line_ref),
};
/* clang-format on */

const struct op line_add_labor_op = {
    .name = "estimate.add-labor",
    .says = "Add labor to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_labor, add_labor_fields),
    .out = &order_shape,
    .run = line_add_labor,
};
const struct op line_add_part_op = {
    .name = "estimate.add-part",
    .says = "Add a part to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_part, add_part_fields),
    .out = &order_shape,
    .run = line_add_part,
};
const struct op line_add_other_op = {
    .name = "estimate.add-line",
    .says = "Add sublet work, a core or a fee to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_other, add_other_fields),
    .out = &order_shape,
    .run = line_add_other,
};
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
