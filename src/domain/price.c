/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a repair order comes to: lines, discounts at three levels, supplies, taxes. Pure arithmetic;
 * rows come from order_price.c, files from price_json.c. */

#include "domain/price.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PPM_ALL 1000000

/* clang-format off */
static const struct choice line_kinds[] = {
    [LINE_LABOR]    = {"labor",    "labor"},
    [LINE_PART]     = {"part",     "part"},
    [LINE_CORE]     = {"core",     "core"},
    [LINE_SUBLET]   = {"sublet",   "sublet"},
    [LINE_FEE]      = {"fee",      "fee"},
    [LINE_HAZMAT]   = {"hazmat",   "hazmat"},
    [LINE_TIRE_FEE] = {"tire_fee", "tire fee"},
};
static const struct choice pays[] = {
    [PAY_CUSTOMER] = {"customer", "customer"},
    [PAY_INTERNAL] = {"internal", "internal"},
    [PAY_WARRANTY] = {"warranty", "warranty"},
};
static const struct choice discount_bases[] = {
    [DISCOUNT_LABOR] = {"labor", "labor"},
    [DISCOUNT_PARTS] = {"parts", "parts"},
    [DISCOUNT_ALL]   = {"all",   "labor, parts and sublet"},
};
static const struct choice supplies_bases[] = {
    [SUPPLIES_LABOR] = {"labor", "labor"},
    [SUPPLIES_PARTS] = {"parts", "parts"},
    [SUPPLIES_ALL]   = {"all",   "labor and parts"},
};
/* clang-format on */
const struct choices line_kind_choices = CHOICES(line_kinds);
const struct choices job_pay_choices = CHOICES(pays);
const struct choices discount_on_choices = CHOICES(discount_bases);
const struct choices supplies_on_choices = CHOICES(supplies_bases);

static int class_of_word(const char *word, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(line_kinds); i++)
        if (strlen(line_kinds[i].word) == length && strncmp(line_kinds[i].word, word, length) == 0)
            return (int)i;
    return length == 8 && strncmp(word, "supplies", 8) == 0 ? (int)TAX_CLASS_SUPPLIES : -1;
}

status tax_classes_parse(const char *text, unsigned *ret_classes, struct fault *fault)
{
    static const char blanks[] = " ,\t\n";
    unsigned classes = 0;

    for (const char *at = text + strspn(text, blanks); *at != '\0'; at += strspn(at, blanks)) {
        const size_t length = strcspn(at, blanks);
        const int class = class_of_word(at, length);
        if (class < 0)
            return fault_field(fault, "classes",
                               "\"%.*s\" is nothing that is taxed: choose from labor, part, core, "
                               "sublet, fee, hazmat, tire_fee and supplies.",
                               (int)(length < 60 ? length : 60), at);
        classes |= 1u << class;
        at += length;
    }
    *ret_classes = classes;
    return OK;
}

/* Where in the order something is, so that a refusal can name the field. Counted from 1; job 0 is
 * the order itself. */
struct place {
    size_t job, line, discount;
};

static status refuse(struct fault *fault, struct place at, const char *member, const char *sentence)
{
    char field[FAULT_FIELD_MAX] = "";
    size_t used = 0;

    if (at.job > 0)
        used += (size_t)snprintf(field, sizeof field, "jobs.%zu.", at.job);
    if (at.line > 0)
        used += (size_t)snprintf(field + used, sizeof field - used, "lines.%zu.", at.line);
    if (at.discount > 0)
        used += (size_t)snprintf(field + used, sizeof field - used, "discounts.%zu.", at.discount);
    snprintf(field + used, sizeof field - used, "%s", member);
    return fault_field(fault, field, "%s", sentence);
}

#define TOO_LARGE "The amount is too large to be priced: lower it."
#define NEGATIVE  "This cannot be negative: use a discount to take something off."

/* ------------------------------------------------------------------ lines -- */

/* All gross amounts so far are summed too: when that fits, every later sum of lines does. */
static status price_line(struct price_line *line, bool is_charged, struct place at,
                         struct money *gross_sum, struct money *cost_sum, struct fault *fault)
{
    if (line->quantity.thousandths < 0)
        return refuse(fault, at, "quantity", NEGATIVE);
    if (line->price.cents < 0)
        return refuse(fault, at, "price", NEGATIVE);
    if (line->cost.cents < 0)
        return refuse(fault, at, "cost", NEGATIVE);
    if (line->is_fixed && line->amount.cents < 0)
        return refuse(fault, at, "amount", NEGATIVE);
    if (money_times_qty(line->price, line->quantity, &line->gross) != OK)
        return refuse(fault, at, "price", TOO_LARGE);
    if (line->is_fixed)
        line->gross = line->amount;
    if (money_add(*gross_sum, line->gross, gross_sum) != OK)
        return refuse(fault, at, "price", TOO_LARGE);
    if (money_times_qty(line->cost, line->quantity, &line->net_cost) != OK ||
        money_add(*cost_sum, line->net_cost, cost_sum) != OK)
        return refuse(fault, at, "cost", TOO_LARGE);
    if (!is_charged)
        line->gross = MONEY_ZERO;
    line->reduced = MONEY_ZERO;
    line->net = line->gross;
    return OK;
}

static status price_lines(struct price *price, struct fault *fault)
{
    struct money gross = MONEY_ZERO;

    price->cost = MONEY_ZERO;
    for (size_t j = 0; j < price->job_count; j++)
        for (size_t i = 0; i < price->jobs[j].line_count; i++)
            TRY(price_line(&price->jobs[j].lines[i], price->jobs[j].pay == PAY_CUSTOMER,
                           (struct place){.job = j + 1, .line = i + 1}, &gross, &price->cost,
                           fault));
    return OK;
}

/* -------------------------------------------------------------- discounts -- */

/* The lines a discount may reduce. */
struct reach {
    struct price_line **lines;
    struct money *left; /* what the discounts before have left of each */
    struct money *shares;
    size_t count;
    struct money sum;
};

bool discount_reaches(enum discount_on on, enum line_kind kind)
{
    switch (on) {
    case DISCOUNT_LABOR:
        return kind == LINE_LABOR;
    case DISCOUNT_PARTS:
        return kind == LINE_PART;
    case DISCOUNT_ALL:
        break;
    }
    return kind == LINE_LABOR || kind == LINE_PART || kind == LINE_SUBLET;
}

static void reach_add(struct reach *reach, struct price_line *lines, size_t count,
                      enum discount_on on)
{
    for (size_t i = 0; i < count; i++) {
        if (!discount_reaches(on, lines[i].kind))
            continue;
        reach->lines[reach->count] = &lines[i];
        reach->left[reach->count++] = lines[i].net;
        reach->sum.cents += lines[i].net.cents; /* fits: the gross amounts do */
    }
}

/* What is left of a whole once something of it is used: nothing at least, the sum at most. */
static struct money rest_of(struct money whole, struct money used, struct money sum)
{
    return money_min(money_max((struct money){whole.cents - used.cents}, MONEY_ZERO), sum);
}

/* What a discount takes off a sum; refused when it is more than there is, unless it is capped. */
static status discount_of(const struct price_discount *discount, struct money sum, struct place at,
                          const char *prefix, bool cap, struct money *ret, struct fault *fault)
{
    const bool by_percent = discount->percent.ppm != 0;
    char member[32];

    snprintf(member, sizeof member, "%s%s", prefix, by_percent ? "percent" : "amount");
    if (by_percent && discount->amount.cents != 0)
        return refuse(fault, at, member, "A discount is a percentage or an amount: give only one.");
    if (discount->percent.ppm < 0 || discount->amount.cents < 0)
        return refuse(fault, at, member, "A discount cannot be negative.");
    if (discount->percent.ppm > PPM_ALL)
        return refuse(fault, at, member, "A discount can be at most 100 percent.");
    const bool is_begun = discount->used_on.cents != 0;
    if (discount->amount.cents > sum.cents && !cap && !is_begun)
        return refuse(fault, at, member,
                      "The discount is more than what it can be taken from: lower it.");
    struct money whole = discount->amount;
    if (by_percent) /* at most the sum, which fits */
        TRY(money_times_rate((struct money){sum.cents + discount->used_on.cents}, discount->percent,
                             &whole));
    *ret = rest_of(whole, discount->used, sum);
    return OK;
}

static status reach_reduce(const struct reach *reach, struct money amount)
{
    TRY(money_spread(amount, reach->left, reach->count, reach->shares));
    for (size_t i = 0; i < reach->count; i++) {
        reach->lines[i]->reduced.cents += reach->shares[i].cents;
        reach->lines[i]->net.cents -= reach->shares[i].cents;
    }
    return OK;
}

static status reduce_line(struct price_line *line, struct place at, struct fault *fault)
{
    const bool open = discount_reaches(DISCOUNT_ALL, line->kind);
    struct money amount = MONEY_ZERO;

    if (!open && line->discount.percent.ppm != 0)
        return refuse(fault, at, "discount.percent",
                      "Discounts are for labor, parts and sublet work: remove this one.");
    TRY(discount_of(&line->discount, open ? line->net : MONEY_ZERO, at, "discount.", false, &amount,
                    fault));
    line->reduced = amount;
    line->net.cents -= amount.cents;
    return OK;
}

/* Discounts of one level apply one after the other, each to what the one before has left. */
static status reduce_jobs(struct price_job *jobs, size_t job_count,
                          const struct price_discount *discounts, size_t count, size_t job,
                          bool cap, struct money *taken, struct fault *fault)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    struct reach reach = {0};
    size_t lines = 0;

    for (size_t j = 0; j < job_count; j++)
        lines += jobs[j].line_count;
    reach.lines = NEW_ARRAY(&scratch, struct price_line *, lines);
    reach.left = NEW_ARRAY(&scratch, struct money, lines);
    reach.shares = NEW_ARRAY(&scratch, struct money, lines);
    for (size_t i = 0; i < count; i++) {
        const struct place at = {.job = job, .discount = i + 1};
        struct money amount = MONEY_ZERO;
        reach.count = 0;
        reach.sum = MONEY_ZERO;
        for (size_t j = 0; j < job_count; j++)
            reach_add(&reach, jobs[j].lines, jobs[j].line_count, discounts[i].on);
        TRY(discount_of(&discounts[i], reach.sum, at, "", cap, &amount, fault));
        TRY(reach_reduce(&reach, amount));
        if (taken != NULL)
            taken[i] = amount;
    }
    return OK;
}

static struct money job_sum(const struct price_job *job)
{
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < job->line_count; i++)
        sum.cents += job->lines[i].net.cents; /* fits: the gross amounts do */
    return sum;
}

static status reduce_all(struct price *price, struct fault *fault)
{
    for (size_t j = 0; j < price->job_count; j++)
        for (size_t i = 0; i < price->jobs[j].line_count && price->jobs[j].pay == PAY_CUSTOMER; i++)
            TRY(reduce_line(&price->jobs[j].lines[i], (struct place){.job = j + 1, .line = i + 1},
                            fault));
    for (size_t j = 0; j < price->job_count; j++) {
        struct price_job *job = &price->jobs[j];
        if (job->discount_count > 0 && job->pay == PAY_CUSTOMER)
            TRY(reduce_jobs(job, 1, job->discounts, job->discount_count, j + 1,
                            price->caps_discounts, NULL, fault));
        job->before = job_sum(job);
    }
    if (price->discount_count == 0)
        return OK;
    return reduce_jobs(price->jobs, price->job_count, price->discounts, price->discount_count, 0,
                       price->caps_discounts, price->taken, fault);
}

/* ----------------------------------------------------------------- totals -- */

static struct money *class_total(struct price *price, enum line_kind kind)
{
    if (kind == LINE_LABOR)
        return &price->labor;
    if (kind == LINE_PART)
        return &price->parts;
    return kind == LINE_SUBLET ? &price->sublet : &price->fees;
}

static void add_up(struct price *price)
{
    price->labor = price->parts = price->sublet = price->fees = price->discount = MONEY_ZERO;
    for (size_t j = 0; j < price->job_count; j++) {
        struct price_job *job = &price->jobs[j];
        job->net = job_sum(job);
        for (size_t i = 0; i < job->line_count; i++) {
            const struct price_line *line = &job->lines[i];
            class_total(price, line->kind)->cents += line->net.cents;
            price->discount.cents += line->reduced.cents;
        }
    }
}

static struct money supplies_base(const struct price *price)
{
    struct money base = MONEY_ZERO;

    if (price->supplies_rule.on != SUPPLIES_PARTS)
        base.cents += price->labor.cents;
    if (price->supplies_rule.on != SUPPLIES_LABOR)
        base.cents += price->parts.cents;
    return base;
}

static struct money supplies_base_before(const struct price *price)
{
    struct money base = MONEY_ZERO;

    if (price->supplies_rule.on != SUPPLIES_PARTS)
        base.cents += price->before.labor.cents;
    if (price->supplies_rule.on != SUPPLIES_LABOR)
        base.cents += price->before.parts.cents;
    return base;
}

static status check_supplies(const struct price_supplies *rule, struct fault *fault)
{
    const struct place order = {0};

    if (rule->percent.ppm < 0)
        return refuse(fault, order, "supplies.percent", NEGATIVE);
    if (rule->flat.cents < 0)
        return refuse(fault, order, "supplies.flat", NEGATIVE);
    if (rule->min.cents < 0)
        return refuse(fault, order, "supplies.min", NEGATIVE);
    if (rule->cap.cents < 0)
        return refuse(fault, order, "supplies.cap", NEGATIVE);
    if (rule->percent.ppm != 0 && rule->flat.cents != 0)
        return refuse(fault, order, "supplies.flat",
                      "Supplies are a percentage or a flat amount: give only one.");
    return OK;
}

/* A flat amount is charged once there is anything to be done, whatever it is. */
static status price_supplies(struct price *price, struct fault *fault)
{
    const struct price_supplies *rule = &price->supplies_rule;
    const bool is_flat = rule->flat.cents != 0;
    const int64_t lines =
        price->labor.cents + price->parts.cents + price->sublet.cents + price->fees.cents;
    const struct money here = is_flat ? (struct money){lines} : supplies_base(price);
    const struct money base = {here.cents +
                               (is_flat ? price->before.lines : supplies_base_before(price)).cents};
    struct money supplies = rule->flat;

    price->supplies = MONEY_ZERO;
    TRY(check_supplies(rule, fault));
    if (here.cents == 0)
        return OK;
    if (!is_flat && money_times_rate(base, rule->percent, &supplies) != OK)
        return refuse(fault, (struct place){0}, "supplies.percent", TOO_LARGE);
    supplies = money_max(supplies, rule->min);
    if (rule->cap.cents > 0)
        supplies = money_min(supplies, rule->cap);
    supplies.cents -= price->before.supplies.cents;
    price->supplies = money_max(supplies, MONEY_ZERO);
    return OK;
}

static int64_t taxed_lines(const struct price *price, unsigned classes)
{
    int64_t base = 0;

    for (size_t j = 0; j < price->job_count; j++)
        for (size_t i = 0; i < price->jobs[j].line_count; i++) {
            const struct price_line *line = &price->jobs[j].lines[i];
            if (line->taxable && classes >> line->kind & 1)
                base += line->net.cents;
        }
    return base;
}

/* The rate meets the whole base once, so that no cent is made or lost line by line. */
static status price_tax(const struct price *price, struct price_tax *tax)
{
    tax->base = tax->amount = MONEY_ZERO;
    if (tax->rate.ppm < 0)
        return ERR_INVALID;
    if (price->exempt)
        return OK;
    tax->base.cents = taxed_lines(price, tax->classes);
    if (price->supplies_rule.taxable && tax->classes >> TAX_CLASS_SUPPLIES & 1)
        TRY(money_add(tax->base, price->supplies, &tax->base));
    return money_times_rate(tax->base, tax->rate, &tax->amount);
}

static status price_taxes(struct price *price, struct fault *fault)
{
    char field[FAULT_FIELD_MAX];

    price->tax = MONEY_ZERO;
    for (size_t i = 0; i < price->tax_count; i++) {
        struct price_tax *tax = &price->taxes[i];
        if (price_tax(price, tax) == OK && money_add(price->tax, tax->amount, &price->tax) == OK)
            continue;
        snprintf(field, sizeof field, "taxes.%zu.rate", i + 1);
        return fault_field(fault, field, "%s", tax->rate.ppm < 0 ? NEGATIVE : TOO_LARGE);
    }
    return OK;
}

status price_document(struct price *price, struct fault *fault)
{
    add_up(price);
    TRY(price_supplies(price, fault));
    TRY(price_taxes(price, fault));

    const struct money sums[] = {price->labor, price->parts,    price->sublet,
                                 price->fees,  price->supplies, price->tax};
    if (money_sum(sums, COUNT_OF(sums), &price->total) != OK)
        return fault_field(fault, "total", TOO_LARGE);
    return OK;
}

status price_order(struct price *price, struct fault *fault)
{
    TRY(price_lines(price, fault));
    TRY(reduce_all(price, fault));
    return price_document(price, fault);
}
