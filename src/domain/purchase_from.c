/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Purchase orders that write themselves: from what a repair order lacks, and from the alerts. Both
 * add to the draft that is already there for a vendor. */

#include <stdio.h>

#include "reorder_inner.h"

/* clang-format off */
/* Already on a purchase order for this line. */
#define TIED                                                                                       \
    "(SELECT ifnull(sum(CASE u.state WHEN 'draft' THEN w.quantity ELSE w.open END), 0)\n"          \
    "   FROM purchase_line AS w JOIN purchase AS u ON u.id = w.purchase\n"                         \
    "   WHERE w.line = l.id AND u.state <> 'void')"
/* Of a part from outside the catalog what has come counts, too: there is no shelf to look at. */
#define TIED_OR_HERE                                                                               \
    "(SELECT ifnull(sum(CASE u.state WHEN 'draft' THEN w.quantity ELSE w.open + w.received END),\n"\
    "               0)\n"                                                                          \
    "   FROM purchase_line AS w JOIN purchase AS u ON u.id = w.purchase\n"                         \
    "   WHERE w.line = l.id AND u.state <> 'void')"
static const char SQL_LACKING[] =
    "SELECT l.id AS line, j.repair_order AS \"order\", l.part AS part,\n"
    "  l.description AS description, l.cost AS cost,\n"
    "  CASE WHEN l.part IS NULL THEN l.quantity - " TIED_OR_HERE "\n"
    "  ELSE l.committed - " TIED "\n"
    "    - max(p.on_hand - (SELECT ifnull(sum(x.committed), 0) FROM line AS x\n"
    "                       WHERE x.part = l.part AND x.committed > 0) + l.committed, 0)\n"
    "  END AS lack\n"
    "FROM job AS j\n"
    "JOIN line AS l ON l.job = j.id\n"
    "LEFT JOIN part AS p ON p.id = l.part\n"
    "WHERE j.repair_order = :order AND j.state IN ('authorized', 'in_progress')\n"
    "AND l.kind = 'part'\n"
    "ORDER BY j.position, l.position";
/* The lines that a part is committed to, the latest first: what is there goes to the earlier. */
static const char SQL_WAITING[] =
    "SELECT l.id AS line, j.repair_order AS \"order\", l.part AS part,\n"
    "  l.description AS description, l.cost AS cost, l.committed - " TIED " AS lack\n"
    "FROM line AS l\n"
    "JOIN job AS j ON j.id = l.job\n"
    "WHERE l.part = :part AND l.committed > 0\n"
    "ORDER BY l.id DESC";
static const char SQL_ORDER_THERE[] = "SELECT count(*) FROM repair_order WHERE id = :order";
/* clang-format on */

struct lacking {
    struct line_id line;
    struct order_id order;
    struct part_id part;
    const char *description;
    struct money cost;
    struct qty lack;
};
static const struct field lacking_fields[] = {
    FIELD(struct lacking, line), FIELD(struct lacking, order),
    FIELD(struct lacking, part), FIELD(struct lacking, description),
    FIELD(struct lacking, cost), FIELD(struct lacking, lack, .flags = FIELD_SIGNED),
};
static const struct shape lacking_shape = SHAPE_OF(struct lacking, "lacking", lacking_fields);

/* The drafts that have been written to, each once. */
struct writing {
    int64_t *ids;
    size_t count;
    const char *warning, *note;
};

static status draft_for(struct session *s, struct writing *w, struct vendor_id vendor,
                        struct purchase_id *ret)
{
    struct vendor at;

    TRY(vendor_get_active(s, vendor, &at));
    TRY(purchase_draft_for(s, vendor, ret));
    for (size_t i = 0; i < w->count; i++)
        if (w->ids[i] == ret->v)
            return OK;
    w->ids[w->count++] = ret->v;
    return OK;
}

static status finish(struct session *s, const struct writing *w, struct purchase_drafts *ret)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct purchase_head head = {.id = {w->ids[i]}};
        struct purchase page;
        TRY(purchase_finish(s, &head, &page));
    }
    TRY(purchase_rows(s, w->ids, w->count, &ret->purchases));
    ret->warning = w->warning;
    ret->note = w->note;
    return OK;
}

/* ---------------------------------------------------------------- repair order -- */

static status at_field(struct session *s, const char *field, status result)
{
    if (result == ERR_INVALID)
        snprintf(s->fault.field, sizeof s->fault.field, "%s", field);
    return result;
}

static status no_vendor(struct session *s, const char *what)
{
    return fail_field(s, "vendor", "Nobody is named who sells “%s”. Choose the vendor.", what);
}

static status order_part(struct session *s, const struct lacking *row, struct vendor_id vendor,
                         struct purchase_offer *ret_offer, struct purchase_line_new *line)
{
    struct part part;

    TRY(part_get(s, row->part, &part));
    TRY(at_field(s, "order", purchase_check_part(s, &part)));
    const status result = purchase_offer_get(s, &part, vendor, ret_offer);
    if (result == ERR_NOT_FOUND && vendor.v == 0)
        return no_vendor(s, part.sku);
    if (result == ERR_NOT_FOUND)
        *ret_offer = (struct purchase_offer){.vendor = vendor, .number = "", .cost = part.cost};
    else
        TRY(result);
    line->description = part.name;
    line->core = part.core;
    return OK;
}

static status order_lacking(struct session *s, struct writing *w, const struct lacking *row,
                            struct vendor_id vendor)
{
    struct purchase_offer offer = {.vendor = vendor, .number = "", .cost = row->cost};
    struct purchase_line_new line = {.part = row->part,
                                     .description = row->description,
                                     .quantity = row->lack,
                                     .line = row->line,
                                     .order = row->order};

    if (row->part.v != 0)
        TRY(order_part(s, row, vendor, &offer, &line));
    else if (vendor.v == 0)
        return no_vendor(s, row->description);
    line.number = offer.number;
    line.cost = offer.cost;
    TRY(draft_for(s, w, offer.vendor, &line.purchase));
    return purchase_line_insert(s, &line);
}

/* Once for each part, behind all of its lines. */
static status fill_packs(struct session *s, struct writing *w, const struct lacking *rows,
                         size_t at, struct vendor_id vendor)
{
    struct purchase_line_new line = {.part = rows[at].part};
    struct purchase_offer offer;
    struct part part;

    for (size_t i = 0; i < at; i++)
        if (rows[i].part.v == rows[at].part.v && rows[i].lack.thousandths > 0)
            return OK;
    TRY(part_get(s, rows[at].part, &part));
    const status result = purchase_offer_get(s, &part, vendor, &offer);
    if (result != OK) /* who has never sold it is asked for what is lacking */
        return result == ERR_NOT_FOUND ? OK : result;
    line.description = part.name;
    line.number = offer.number;
    line.cost = offer.cost;
    line.core = part.core;
    TRY(purchase_draft_for(s, offer.vendor, &line.purchase));
    return purchase_fill_packs(s, &part, &offer, &line, &w->note);
}

status purchase_from_order(struct session *s, const void *input, void *output)
{
    const struct purchase_from_order *in = input;
    const struct bind *order = BINDS(BIND_ID("order", in->order));
    struct writing w = {.warning = "", .note = ""};
    struct rows rows;
    int64_t there = 0;

    TRY(store_int(s->store, SQL_ORDER_THERE, order, &there));
    if (there == 0)
        return fail(s, ERR_NOT_FOUND,
                    "There is no repair order %lld. Look for it by customer or vehicle.",
                    (long long)in->order.v);
    TRY(store_list(s->store, SQL_LACKING, NO_ROW, order, s->arena, &lacking_shape, &rows));
    w.ids = NEW_ARRAY(s->arena, int64_t, rows.count + 1);
    const struct lacking *row = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        if (row[i].lack.thousandths > 0)
            TRY(order_lacking(s, &w, &row[i], in->vendor));
    for (size_t i = 0; i < rows.count; i++)
        if (row[i].lack.thousandths > 0 && row[i].part.v != 0)
            TRY(fill_packs(s, &w, row, i, in->vendor));
    if (w.count == 0)
        return fail(s, ERR_CONFLICT,
                    "Repair order %lld lacks nothing: every part of its authorized jobs is here or "
                    "on order.",
                    (long long)in->order.v);
    return finish(s, &w, output);
}

/* ---------------------------------------------------------------------- alerts -- */

static void cannot(struct session *s, struct writing *w, const struct reorder_row *row,
                   const char *why)
{
    w->warning = arena_printf(s->arena, "%s%sPart %s is not ordered: %s", w->warning,
                              *w->warning != '\0' ? "\n" : "", row->sku, why);
}

/* What repair orders wait for is tied to their lines; the rest of the quantity is for the shelf. */
static status order_needed(struct session *s, const struct reorder_row *row,
                           struct purchase_line_new *line)
{
    struct rows rows;
    int64_t lacks = -(row->available.thousandths + row->on_order.thousandths);

    TRY(store_list(s->store, SQL_WAITING, NO_ROW, BINDS(BIND_ID("part", row->part)), s->arena,
                   &lacking_shape, &rows));
    const struct lacking *waiting = rows.at;
    for (size_t i = 0; i < rows.count && lacks > 0 && line->quantity.thousandths > 0; i++) {
        struct purchase_line_new tied = *line;
        int64_t part = waiting[i].lack.thousandths < lacks ? waiting[i].lack.thousandths : lacks;
        if (part > line->quantity.thousandths)
            part = line->quantity.thousandths;
        if (part <= 0)
            continue;
        tied.quantity.thousandths = part;
        tied.line = waiting[i].line;
        tied.order = waiting[i].order;
        TRY(purchase_line_insert(s, &tied));
        lacks -= part;
        line->quantity.thousandths -= part;
    }
    return OK;
}

static status order_row(struct session *s, struct writing *w, const struct reorder_row *row,
                        const struct part *part)
{
    struct purchase_line_new line = {.part = part->id,
                                     .description = part->name,
                                     .number = row->number,
                                     .quantity = row->suggested,
                                     .core = part->core};
    struct purchase_offer offer;

    TRY(purchase_offer_get(s, part, row->vendor, &offer));
    line.cost = offer.cost;
    TRY(draft_for(s, w, row->vendor, &line.purchase));
    if (row->why == REORDER_NEEDED)
        TRY(order_needed(s, row, &line));
    return line.quantity.thousandths > 0 ? purchase_line_insert(s, &line) : OK;
}

/* What cannot be bought is told and does not keep the others from being ordered. */
static status take_row(struct session *s, struct writing *w, const struct reorder_row *row)
{
    struct part part;

    if (row->suggested.thousandths == 0)
        return OK;
    TRY(part_get(s, row->part, &part));
    const status result = purchase_check_part(s, &part);
    if (result == ERR_INVALID) {
        cannot(s, w, row, arena_text(s->arena, s->fault.text));
        fault_clear(&s->fault);
        return OK;
    }
    TRY(result);
    if (row->vendor.v == 0) {
        cannot(s, w, row, "nobody is named who sells it. Name a vendor on the part.");
        return OK;
    }
    return order_row(s, w, row, &part);
}

status purchase_from_alerts(struct session *s, const void *input, void *output)
{
    const struct purchase_from_alerts *in = input;
    struct writing w = {.warning = "", .note = ""};
    struct rows rows;

    TRY(reorder_to_order(s, in->vendor, in->part, &rows));
    w.ids = NEW_ARRAY(s->arena, int64_t, rows.count + 1);
    const struct reorder_row *row = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(take_row(s, &w, &row[i]));
    if (w.count == 0 && *w.warning != '\0')
        return fail(s, ERR_CONFLICT, "%s", w.warning);
    if (w.count == 0)
        return fail(s, ERR_CONFLICT,
                    "There is nothing to order: what is short is on order or on a draft.");
    return finish(s, &w, output);
}
