/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* estimate.price: an order written in a file is priced without saving, needing neither shop nor
 * sign-in. The shapes here are that file's format; the arithmetic is price.c's. */

#include <stdio.h>
#include <string.h>

#include "domain/price.h"

struct discount_in {
    struct rate percent; /* one of both; the other is NUMBER_NONE */
    struct money amount;
    enum discount_on on;
};
struct line_in {
    enum line_kind kind;
    struct qty hours, qty;
    struct money rate, price, cost;
    bool taxable;
    struct rows discount; /* one */
};
struct job_in {
    const char *title;
    enum job_pay pay;
    struct rows lines, discounts;
};
struct supplies_in {
    struct rate percent;
    struct money flat;
    enum supplies_on on;
    struct money min, cap;
    bool taxable;
};
struct tax_in {
    const char *name;
    struct rate rate;
    const char *classes;
};
struct price_in {
    struct rows jobs, discounts, supplies, taxes;
    bool exempt;
};
struct tax_out {
    const char *name;
    struct money base, amount;
};
struct price_out {
    struct money labor, parts, sublet, fees, supplies, discount;
    struct rows taxes;
    struct money tax, total;
};

/* clang-format off */
#define PERCENT_ALL 1000000
static const struct field line_discount_fields[] = {
    FIELD(struct discount_in, percent, .example = "10", .high = PERCENT_ALL, .flags = FIELD_OPTIONAL),
    FIELD(struct discount_in, amount, .example = "25.00", .flags = FIELD_OPTIONAL),
};
static const struct field discount_fields[] = {
    FIELD(struct discount_in, percent, .example = "10", .high = PERCENT_ALL, .flags = FIELD_OPTIONAL),
    FIELD(struct discount_in, amount, .example = "25.00", .flags = FIELD_OPTIONAL),
    FIELD(struct discount_in, on, .help = "What it is taken off", .choices = &discount_on_choices,
          .flags = FIELD_REQUIRED),
};
static const struct shape line_discount_shape = SHAPE_OF(struct discount_in, "discount", line_discount_fields);
static const struct shape discount_shape = SHAPE_OF(struct discount_in, "discount", discount_fields);

static const struct field line_fields[] = {
    FIELD(struct line_in, kind, .choices = &line_kind_choices, .flags = FIELD_REQUIRED),
    FIELD(struct line_in, hours, .help = "Of labor", .example = "2.5", .flags = FIELD_OPTIONAL),
    FIELD(struct line_in, rate, .help = "An hour of labor", .example = "145.00", .flags = FIELD_OPTIONAL),
    FIELD(struct line_in, qty, .help = "Of a part or core", .example = "2", .flags = FIELD_OPTIONAL),
    FIELD(struct line_in, price, .help = "A unit", .example = "7.49", .flags = FIELD_OPTIONAL),
    FIELD(struct line_in, cost, .help = "A unit", .example = "4.10", .flags = FIELD_OPTIONAL),
    FIELD(struct line_in, taxable, .initial = "yes"),
    FIELD(struct line_in, discount, .rows = &line_discount_shape, .flags = FIELD_ONE),
};
static const struct shape line_shape = SHAPE_OF(struct line_in, "line", line_fields);

static const struct field job_fields[] = {
    FIELD(struct job_in, title),
    FIELD(struct job_in, pay, .help = "Who pays for it", .choices = &job_pay_choices, .initial = "customer"),
    FIELD(struct job_in, lines, .rows = &line_shape),
    FIELD(struct job_in, discounts, .rows = &discount_shape),
};
static const struct shape job_shape = SHAPE_OF(struct job_in, "job", job_fields);

static const struct field supplies_fields[] = {
    FIELD(struct supplies_in, percent, .example = "6", .high = PERCENT_ALL),
    FIELD(struct supplies_in, flat, .help = "Instead of a percentage"),
    FIELD(struct supplies_in, on, .choices = &supplies_on_choices, .initial = "labor"),
    FIELD(struct supplies_in, min, .help = "At least, when there is anything to charge it on"),
    FIELD(struct supplies_in, cap, .help = "At most; 0 is no limit"),
    FIELD(struct supplies_in, taxable, .initial = "yes"),
};
static const struct shape supplies_shape = SHAPE_OF(struct supplies_in, "supplies", supplies_fields);

static const struct field tax_fields[] = {
    FIELD(struct tax_in, name, .flags = FIELD_REQUIRED),
    FIELD(struct tax_in, rate, .example = "6.25", .high = PERCENT_ALL,
          .flags = FIELD_OPTIONAL | FIELD_REQUIRED),
    FIELD(struct tax_in, classes, .help = "What it taxes", .example = "part supplies",
          .flags = FIELD_WORDS | FIELD_REQUIRED),
};
static const struct shape tax_in_shape = SHAPE_OF(struct tax_in, "tax", tax_fields);

static const struct field price_in_fields[] = {
    FIELD(struct price_in, jobs, .rows = &job_shape),
    FIELD(struct price_in, discounts, .help = "Of the whole order", .rows = &discount_shape),
    FIELD(struct price_in, supplies, .rows = &supplies_shape, .flags = FIELD_ONE),
    FIELD(struct price_in, taxes, .rows = &tax_in_shape),
    FIELD(struct price_in, exempt, .help = "The customer is exempt from sales tax"),
};
static const struct field tax_out_fields[] = {
    FIELD(struct tax_out, name),
    FIELD(struct tax_out, base),
    FIELD(struct tax_out, amount),
};
static const struct shape tax_out_shape = SHAPE_OF(struct tax_out, "tax", tax_out_fields);
static const struct field price_out_fields[] = {
    FIELD(struct price_out, labor),
    FIELD(struct price_out, parts),
    FIELD(struct price_out, sublet),
    FIELD(struct price_out, fees),
    FIELD(struct price_out, supplies),
    FIELD(struct price_out, discount),
    FIELD(struct price_out, taxes, .rows = &tax_out_shape),
    FIELD(struct price_out, tax),
    FIELD(struct price_out, total),
};

/* What a line of each kind is made of. */
enum part_of_line { NOT_HERE, MAY_BE, MUST_BE };
static const struct {
    enum part_of_line hours, rate, qty, price, cost;
} line_parts[LINE_KIND_COUNT] = {
    [LINE_LABOR]    = {.hours = MUST_BE, .rate = MUST_BE},
    [LINE_PART]     = {.qty = MUST_BE, .price = MUST_BE, .cost = MAY_BE},
    [LINE_CORE]     = {.qty = MUST_BE, .price = MUST_BE, .cost = MAY_BE},
    [LINE_SUBLET]   = {.price = MUST_BE, .cost = MAY_BE},
    [LINE_FEE]      = {.price = MUST_BE, .cost = MAY_BE},
    [LINE_HAZMAT]   = {.price = MUST_BE, .cost = MAY_BE},
    [LINE_TIRE_FEE] = {.price = MUST_BE, .cost = MAY_BE},
};
/* clang-format on */

static status check_member(const struct line_in *in, const char *name, int64_t value,
                           enum part_of_line rule, struct fault *fault)
{
    const char *kind = choice_label(&line_kind_choices, in->kind);

    if (value != NUMBER_NONE && rule == NOT_HERE)
        return fault_field(fault, name, "A %s line has no \"%s\": remove it.", kind, name);
    if (value == NUMBER_NONE && rule == MUST_BE)
        return fault_field(fault, name, "A %s line needs \"%s\": fill it in.", kind, name);
    return OK;
}

static status check_line(const struct line_in *in, struct fault *fault)
{
    TRY(check_member(in, "hours", in->hours.thousandths, line_parts[in->kind].hours, fault));
    TRY(check_member(in, "rate", in->rate.cents, line_parts[in->kind].rate, fault));
    TRY(check_member(in, "qty", in->qty.thousandths, line_parts[in->kind].qty, fault));
    TRY(check_member(in, "price", in->price.cents, line_parts[in->kind].price, fault));
    return check_member(in, "cost", in->cost.cents, line_parts[in->kind].cost, fault);
}

/* Gives the field of a nested refusal its place: "discounts.2.percent". */
static status at_row(struct fault *fault, status result, const char *list, size_t index)
{
    char prefix[FAULT_FIELD_MAX];

    if (result == OK)
        return OK;
    snprintf(prefix, sizeof prefix, "%s.%zu", list, index + 1);
    fault_prefix(fault, prefix);
    return result;
}

static status read_discount(const struct discount_in *in, struct price_discount *ret,
                            struct fault *fault)
{
    const bool by_percent = in->percent.ppm != NUMBER_NONE;
    const bool by_amount = in->amount.cents != NUMBER_NONE;

    if (by_percent && by_amount)
        return fault_field(fault, "amount",
                           "A discount is a percentage or an amount: give only one.");
    if (!by_percent && !by_amount)
        return fault_field(fault, "percent", "A discount needs a percentage or an amount.");
    *ret = (struct price_discount){.on = in->on};
    if (by_percent)
        ret->percent = in->percent;
    else
        ret->amount = in->amount;
    return OK;
}

static status read_discounts(const struct rows *in, struct arena *arena,
                             const struct price_discount **ret, size_t *ret_count,
                             struct fault *fault)
{
    const struct discount_in *rows = in->at;
    struct price_discount *discounts = NEW_ARRAY(arena, struct price_discount, in->count);

    for (size_t i = 0; i < in->count; i++)
        TRY(at_row(fault, read_discount(&rows[i], &discounts[i], fault), "discounts", i));
    *ret = discounts;
    *ret_count = in->count;
    return OK;
}

static status read_line(const struct line_in *in, struct price_line *ret, struct fault *fault)
{
    const bool is_labor = in->kind == LINE_LABOR;
    const bool is_counted = in->kind == LINE_PART || in->kind == LINE_CORE;

    TRY(check_line(in, fault));
    ret->kind = in->kind;
    ret->quantity = is_labor ? in->hours : is_counted ? in->qty : (struct qty){1000};
    ret->price = is_labor ? in->rate : in->price;
    ret->cost = in->cost.cents != NUMBER_NONE ? in->cost : MONEY_ZERO;
    ret->taxable = in->taxable;
    if (in->discount.count == 0)
        return OK;
    const status read = read_discount(in->discount.at, &ret->discount, fault);
    if (read != OK)
        fault_prefix(fault, "discount");
    return read;
}

static status read_job(const struct job_in *in, struct arena *arena, struct price_job *ret,
                       struct fault *fault)
{
    const struct line_in *lines = in->lines.at;

    ret->lines = NEW_ARRAY(arena, struct price_line, in->lines.count);
    ret->line_count = in->lines.count;
    ret->pay = in->pay;
    for (size_t i = 0; i < in->lines.count; i++)
        TRY(at_row(fault, read_line(&lines[i], &ret->lines[i], fault), "lines", i));
    return read_discounts(&in->discounts, arena, &ret->discounts, &ret->discount_count, fault);
}

static status read_taxes(const struct rows *in, struct arena *arena, struct price *ret,
                         struct fault *fault)
{
    const struct tax_in *rows = in->at;

    ret->taxes = NEW_ARRAY(arena, struct price_tax, in->count);
    ret->tax_count = in->count;
    for (size_t i = 0; i < in->count; i++) {
        ret->taxes[i] = (struct price_tax){.name = rows[i].name, .rate = rows[i].rate};
        TRY(at_row(fault, tax_classes_parse(rows[i].classes, &ret->taxes[i].classes, fault),
                   "taxes", i));
    }
    return OK;
}

static void read_supplies(const struct rows *in, struct price_supplies *ret)
{
    const struct supplies_in *rule = in->at;

    if (in->count > 0)
        *ret = (struct price_supplies){.percent = rule->percent,
                                       .flat = rule->flat,
                                       .on = rule->on,
                                       .min = rule->min,
                                       .cap = rule->cap,
                                       .taxable = rule->taxable};
}

static status read_price(const struct price_in *in, struct arena *arena, struct price *ret,
                         struct fault *fault)
{
    const struct job_in *jobs = in->jobs.at;

    ret->jobs = NEW_ARRAY(arena, struct price_job, in->jobs.count);
    ret->job_count = in->jobs.count;
    for (size_t i = 0; i < in->jobs.count; i++)
        TRY(at_row(fault, read_job(&jobs[i], arena, &ret->jobs[i], fault), "jobs", i));
    TRY(read_discounts(&in->discounts, arena, &ret->discounts, &ret->discount_count, fault));
    TRY(read_taxes(&in->taxes, arena, ret, fault));
    read_supplies(&in->supplies, &ret->supplies_rule);
    ret->exempt = in->exempt;
    return OK;
}

static void write_price(const struct price *price, struct arena *arena, struct price_out *out)
{
    struct tax_out *taxes = NEW_ARRAY(arena, struct tax_out, price->tax_count);

    for (size_t i = 0; i < price->tax_count; i++)
        taxes[i] = (struct tax_out){.name = price->taxes[i].name,
                                    .base = price->taxes[i].base,
                                    .amount = price->taxes[i].amount};
    *out = (struct price_out){.labor = price->labor,
                              .parts = price->parts,
                              .sublet = price->sublet,
                              .fees = price->fees,
                              .supplies = price->supplies,
                              .discount = price->discount,
                              .taxes = {taxes, price->tax_count},
                              .tax = price->tax,
                              .total = price->total};
}

/* The price of an hour is called "rate" in the file. */
static void rename_rate(const struct price *price, struct fault *fault)
{
    size_t job, line;
    char member[8];

    if (sscanf(fault->field, "jobs.%zu.lines.%zu.%7s", &job, &line, member) == 3 &&
        strcmp(member, "price") == 0 && price->jobs[job - 1].lines[line - 1].kind == LINE_LABOR)
        snprintf(fault->field, sizeof fault->field, "jobs.%zu.lines.%zu.rate", job, line);
}

static status estimate_price(struct session *s, const void *input, void *output)
{
    struct price price = {0};

    TRY(read_price(input, s->arena, &price, &s->fault));
    const status priced = price_order(&price, &s->fault);
    if (priced != OK) {
        rename_rate(&price, &s->fault);
        return priced;
    }
    write_price(&price, s->arena, output);
    return OK;
}

const struct op estimate_price_op = {
    .name = "estimate.price",
    .says = "Price an order from a file without saving it",
    .right = RIGHT_NONE,
    .kind = OP_READS,
    .flags = OP_PUBLIC | OP_NO_SHOP | OP_UNLISTED,
    .in = SHAPE(struct price_in, price_in_fields),
    .out = SHAPE(struct price_out, price_out_fields),
    .run = estimate_price,
};
