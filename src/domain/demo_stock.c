/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The demo shop's shelf: what is short is ordered and delivered, parts are pulled for what is in
 * the bays, tires are sold with their numbers. */

#include <string.h>

#include "base/text.h"
#include "demo_visit.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/purchase.h"
#include "domain/stock.h"

#define OPEN_DAYS    3     /* before the story ends: what is ordered then is still to come */
#define TIRE_WEEKS   18    /* weeks a tire has lain at the wholesaler's, at most */
#define FREIGHT_FROM 30000 /* cents */

/* ------------------------------------------------------------------- the catalog -- */

/* "Tire LT245/70R16 all-terrain" */
static const char *tire_size(struct demo *d, const char *name)
{
    const char *at = text_starts(name, "Tire ") ? name + strlen("Tire ") : "";

    return strchr(at, '/') != NULL ? arena_text_n(d->s->arena, at, strcspn(at, " ")) : "";
}

void demo_describe_part(struct demo *d, struct part_entry *part)
{
    part->tire_size = tire_size(d, part->name);
    part->whole = !text_same(part->category, "Fluids") && !text_starts(part->sku, "R134") &&
                  !text_starts(part->sku, "R1234");
    if (*part->tire_size == '\0')
        return;
    part->tire_load = text_starts(part->tire_size, "LT") ? "121/118" : "94";
    part->tire_speed = text_starts(part->tire_size, "LT") ? "S" : "V";
}

/* -------------------------------------------------------------------- deliveries -- */

/* Freight now and then; its share is in the cost of each part, and too much for a small order's. */
static status receive(struct demo *d, const struct purchase *order)
{
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VISIT, 900000 + order->id.v);
    struct purchase_receive in;
    struct purchase out;

    demo_init(d, &purchase_receive_op, &in);
    in.purchase = order->id;
    in.slip = arena_printf(d->s->arena, "%lld", 41000 + 37 * (long long)order->id.v);
    if (order->total.cents >= FREIGHT_FROM && demo_chance(d, of, 1, 30))
        in.freight.cents = 895 + 50 * (int64_t)demo_below(d, of, 2, 20);
    return demo_call(d, DEMO_MANAGER, &purchase_receive_op, &in, &out);
}

static status send(struct demo *d, struct purchase_id id, bool arrives)
{
    struct purchase_send in;
    struct purchase order;

    demo_init(d, &purchase_send_op, &in);
    in.purchase = id;
    TRY(demo_call(d, DEMO_MANAGER, &purchase_send_op, &in, &order));
    return arrives ? receive(d, &order) : OK;
}

/* What is needed or below its least, an order for each vendor. */
status demo_restock(struct demo *d)
{
    const bool arrives = day_distance(session_today(d->s), d->today) > OPEN_DAYS;
    struct purchase_from_alerts in;
    struct purchase_drafts drafts;

    demo_init(d, &purchase_from_alerts_op, &in);
    const status result = demo_call(d, DEMO_MANAGER, &purchase_from_alerts_op, &in, &drafts);
    if (result == ERR_CONFLICT) /* nothing is short */
        return OK;
    TRY(result);
    const struct purchase_row *rows = drafts.purchases.at;
    for (size_t i = 0; i < drafts.purchases.count; i++)
        if (arrives || i == 0) /* the last ones are drafts that somebody looks at first */
            TRY(send(d, rows[i].id, arrives));
    return OK;
}

/* ------------------------------------------------------------------------ orders -- */

static bool has_parts_to_pull(struct session *s, const struct order *order)
{
    const struct order_job *job = order->jobs.at;

    (void)s;
    for (size_t i = 0; i < order->jobs.count; i++) {
        const struct order_line *line = job[i].lines.at;
        for (size_t k = 0; k < job[i].lines.count; k++)
            if (line[k].committed.thousandths > 0)
                return true;
    }
    return false;
}

status demo_pull(struct demo *d, struct order_id id)
{
    const struct order_ref ref = {.order = id};
    const struct stock_pull_order in = {.order = id};
    struct order order;

    TRY(demo_call(d, DEMO_MANAGER, &order_show_op, &ref, &order));
    if (!has_parts_to_pull(d->s, &order))
        return OK;
    const status result = demo_call(d, DEMO_MANAGER, &stock_pull_order_op, &in, &order);
    return result == ERR_CONFLICT ? OK : result; /* nothing of it is there */
}

/* Plant, size and week of manufacture, as on a sidewall. */
static const char *dot_number(struct demo *d, const struct order_line *line)
{
    static const char letters[] = "123456789ABCDEFHJKLMNPRTUVWXY";
    const uint64_t of = DEMO_SUBJECT(DEMO_OF_VISIT, 950000 + line->id.v);
    const int weeks_ago = 2 + (int)demo_below(d, of, 9, TIRE_WEEKS);
    const struct day made = day_add(session_today(d->s), -7 * weeks_ago);
    struct day year = made;
    char plant[10] = "1";

    memcpy(year.iso + 4, "-01-01", 6);
    for (size_t i = 1; i < sizeof plant - 1; i++)
        plant[i] = letters[demo_below(d, of, i, sizeof letters - 1)];
    return arena_printf(d->s->arena, "%s%02d%.2s", plant, 1 + day_distance(year, made) / 7,
                        made.iso + 2);
}

static status name_tire(struct demo *d, enum demo_person writer, const struct order_line *line)
{
    struct line_edit in;
    struct order order;

    demo_init(d, &line_edit_op, &in);
    shape_transfer(&order_line_shape, line, line_edit_op.in, &in);
    in.line = line->id;
    in.dot = dot_number(d, line);
    return demo_call(d, writer, &line_edit_op, &in, &order);
}

status demo_tidy_parts(struct demo *d, enum demo_person writer, const struct order *order)
{
    const struct order_job *job = order->jobs.at;

    for (size_t i = 0; i < order->jobs.count; i++) {
        const struct order_line *line = job[i].lines.at;
        const bool is_done = job[i].state == JOB_DONE;
        for (size_t k = 0; k < job[i].lines.count && is_done; k++) {
            if (line[k].is_tire && line[k].kind == LINE_PART && *line[k].dot == '\0')
                TRY(name_tire(d, writer, &line[k]));
            if (line[k].kind == LINE_CORE)
                TRY(demo_waive_core(d, writer, &line[k]));
        }
    }
    return OK;
}
