/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What an order comes to, by the rules of section 2 of the trade: each level of discounts applies
 * to what the level before left, supplies come after discounts, tax once per jurisdiction. */

#include "twin.h"

#include <stddef.h>

/* The figures here are small. */
int64_t twin_share(int64_t a, int64_t b, int64_t c)
{
    const int64_t product = a * b;
    const int64_t positive = product < 0 ? -product : product;
    const int64_t rounded = (2 * positive + c) / (2 * c);

    return product < 0 ? -rounded : rounded;
}

void twin_spread(int64_t amount, const int64_t *weights, int count, int64_t *ret_shares)
{
    int64_t sum = 0, given = 0, rest[TWIN_JOBS * TWIN_LINES];

    for (int i = 0; i < count; i++)
        sum += weights[i];
    for (int i = 0; i < count; i++) {
        ret_shares[i] = sum > 0 ? amount * weights[i] / sum : 0;
        rest[i] = sum > 0 ? amount * weights[i] % sum : 0;
        given += ret_shares[i];
    }
    for (; given < amount && sum > 0; given++) {
        int most = 0;
        for (int i = 1; i < count; i++)
            if (rest[i] > rest[most])
                most = i;
        ret_shares[most]++;
        rest[most] = -1;
    }
}

bool twin_is_exempt(const struct twin *twin, int64_t customer)
{
    return twin->customer[customer].exempt_until >= twin->today;
}

bool twin_counts(const struct twin_job *job)
{
    return job->state != TWIN_DECLINED && job->state != TWIN_DEFERRED;
}

bool twin_is_agreed(const struct twin_job *job)
{
    return job->state == TWIN_AUTHORIZED || job->state == TWIN_WORKING || job->state == TWIN_DONE;
}

bool twin_is_open(const struct twin_job *job)
{
    return twin_counts(job) && job->invoice == 0;
}

bool twin_reaches(enum twin_on on, enum twin_kind kind)
{
    if (on == TWIN_ON_LABOR)
        return kind == TWIN_LABOR;
    if (on == TWIN_ON_PARTS)
        return kind == TWIN_PART;
    return kind == TWIN_LABOR || kind == TWIN_PART || kind == TWIN_SUBLET;
}

/* The lines a pricing counts, job after job. */
struct counted {
    struct twin_line *line[TWIN_JOBS * TWIN_LINES];
    struct twin_job *job[TWIN_JOBS * TWIN_LINES];
    int count;
};

static void count_lines(struct twin_order *order, bool agreed, struct counted *ret)
{
    ret->count = 0;
    for (int j = 0; j < order->jobs; j++) {
        struct twin_job *job = &order->job[j];
        if (!twin_is_open(job) || (agreed && !twin_is_agreed(job)))
            continue;
        for (int i = 0; i < job->lines; i++) {
            ret->job[ret->count] = job;
            ret->line[ret->count++] = &job->line[i];
        }
    }
}

/* A discount of a job (or of the order, job NULL) taken off what is left of its lines. */
static bool cut(struct counted *all, const struct twin_job *job, struct twin_cut *cut, bool shrinks)
{
    struct twin_line *some[TWIN_JOBS * TWIN_LINES];
    int64_t left[TWIN_JOBS * TWIN_LINES], shares[TWIN_JOBS * TWIN_LINES], sum = 0;
    int count = 0;

    for (int i = 0; i < all->count; i++)
        if ((job == NULL || all->job[i] == job) && twin_reaches(cut->on, all->line[i]->kind)) {
            some[count] = all->line[i];
            left[count++] = all->line[i]->net;
            sum += all->line[i]->net;
        }
    if (cut->amount > sum && !shrinks && cut->used_on == 0)
        return false;
    const int64_t whole =
        cut->percent != 0 ? twin_share(sum + cut->used_on, cut->percent, 1000000) : cut->amount;
    const int64_t rest = whole > cut->used ? whole - cut->used : 0;
    const int64_t amount = rest < sum ? rest : sum;
    cut->taken = amount;
    twin_spread(amount, left, count, shares);
    for (int i = 0; i < count; i++) {
        some[i]->reduced += shares[i];
        some[i]->net -= shares[i];
    }
    return true;
}

static bool price_line(const struct twin_job *job, struct twin_line *line)
{
    const bool may = twin_reaches(TWIN_ON_ALL, line->kind);
    const int64_t gross = line->is_fixed
                              ? line->fixed
                              : twin_share(line->waived ? 0 : line->price, line->quantity, 1000);
    const int64_t off =
        line->percent != 0 ? twin_share(gross, line->percent, 1000000) : line->amount;

    if (job->pay != TWIN_CUSTOMER_PAYS) {
        line->gross = line->reduced = line->net = 0;
        return true;
    }
    if (off > gross || (!may && (line->percent != 0 || line->amount != 0)))
        return false;
    line->gross = gross;
    line->reduced = off;
    line->net = gross - off;
    return true;
}

static void sum_up(struct counted *all, struct twin_totals *sum)
{
    for (int i = 0; i < all->count; i++) {
        const struct twin_line *line = all->line[i];
        all->job[i]->net += line->net;
        sum->discount += line->reduced;
        if (line->kind == TWIN_LABOR)
            sum->labor += line->net;
        else if (line->kind == TWIN_PART)
            sum->parts += line->net;
        else if (line->kind == TWIN_SUBLET)
            sum->sublet += line->net;
        else
            sum->fees += line->net;
    }
}

static int64_t supplies_base(const struct twin_rules *rules, const struct twin_totals *sum)
{
    int64_t base = 0;

    if (rules->supplies_flat != 0)
        return sum->labor + sum->parts + sum->sublet + sum->fees;
    if (rules->supplies_on != TWIN_ON_PARTS)
        base += sum->labor;
    if (rules->supplies_on != TWIN_ON_LABOR)
        base += sum->parts;
    return base;
}

/* Minimum and cap are the order's, however many invoices it has. */
static int64_t supplies_of(const struct twin_rules *rules, const struct twin_totals *sum,
                           const struct twin_totals *before)
{
    const int64_t here = supplies_base(rules, sum);
    int64_t supplies = rules->supplies_flat;

    if (here == 0)
        return 0;
    if (rules->supplies_flat == 0)
        supplies = twin_share(here + supplies_base(rules, before), rules->supplies_ppm, 1000000);
    if (supplies < rules->supplies_min)
        supplies = rules->supplies_min;
    if (rules->supplies_cap > 0 && supplies > rules->supplies_cap)
        supplies = rules->supplies_cap;
    return supplies > before->supplies ? supplies - before->supplies : 0;
}

static void tax(const struct twin *twin, const struct counted *all, bool exempt,
                struct twin_totals *sum)
{
    const struct twin_rules *rules = &twin->rules;

    for (int t = 0; t < rules->taxes && !exempt; t++) {
        for (int i = 0; i < all->count; i++)
            if (all->line[i]->taxable && (rules->classes[t] >> all->line[i]->kind & 1) != 0)
                sum->base[t] += all->line[i]->net;
        if (rules->supplies_taxable && (rules->classes[t] >> TWIN_SUPPLIES & 1) != 0)
            sum->base[t] += sum->supplies;
        sum->amount[t] = twin_share(sum->base[t], rules->rate[t], 1000000);
        sum->tax += sum->amount[t];
    }
}

static bool cut_all(struct twin_order *order, struct counted *all, bool agreed)
{
    for (int j = 0; j < order->jobs; j++) {
        struct twin_job *job = &order->job[j];
        if (!twin_is_open(job) || (agreed && !twin_is_agreed(job)))
            continue;
        for (int c = 0; c < order->cuts; c++)
            if (order->cut[c].job != 0 && job->pay == TWIN_CUSTOMER_PAYS &&
                order->cut[c].job == job->id && !cut(all, job, &order->cut[c], agreed))
                return false;
        job->before = job->net = 0;
        for (int i = 0; i < job->lines; i++)
            job->before += job->line[i].net;
    }
    for (int c = 0; c < order->cuts; c++)
        if (order->cut[c].job == 0 && !cut(all, NULL, &order->cut[c], agreed))
            return false;
    return true;
}

/* What the lines come to, once what each of them comes to is known. */
static void document(const struct twin *twin, const struct twin_order *order, struct counted *all,
                     struct twin_totals *ret)
{
    struct twin_totals sum = {0};

    sum_up(all, &sum);
    sum.supplies = supplies_of(&twin->rules, &sum, &order->billed);
    tax(twin, all, twin_is_exempt(twin, order->customer), &sum);
    sum.total = sum.labor + sum.parts + sum.sublet + sum.fees + sum.supplies + sum.tax;
    *ret = sum;
}

void twin_document(const struct twin *twin, struct twin_order *order, unsigned jobs,
                   struct twin_totals *ret)
{
    struct counted all = {0};

    for (int j = 0; j < order->jobs; j++) {
        if ((jobs >> j & 1) == 0)
            continue;
        order->job[j].net = 0;
        for (int i = 0; i < order->job[j].lines; i++) {
            all.job[all.count] = &order->job[j];
            all.line[all.count++] = &order->job[j].line[i];
        }
    }
    document(twin, order, &all, ret);
}

bool twin_price(const struct twin *twin, struct twin_order *order, bool agreed,
                struct twin_totals *ret)
{
    const struct twin_totals *billed = &order->billed;
    struct counted all;

    count_lines(order, agreed, &all);
    for (int i = 0; i < all.count; i++)
        if (!price_line(all.job[i], all.line[i]))
            return false;
    if (!cut_all(order, &all, agreed))
        return false;
    document(twin, order, &all, ret);
    ret->labor += billed->labor;
    ret->parts += billed->parts;
    ret->sublet += billed->sublet;
    ret->fees += billed->fees;
    ret->supplies += billed->supplies;
    ret->discount += billed->discount;
    ret->tax += billed->tax;
    ret->total += billed->total;
    return true;
}
