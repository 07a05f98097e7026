/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing purchase orders: drafts and their lines. */

#include <string.h>

#include "base/text.h"
#include "domain/number.h"
#include "purchase_inner.h"

/* clang-format off */
static const char SQL_INSERT[] =
    "INSERT INTO purchase (id, vendor, made_at, made_by, note)\n"
    "VALUES (:id, :vendor, :made_at, :made_by, :note)";
static const char SQL_DRAFT_FOR[] =
    "SELECT max(id)\n"
    "FROM purchase\n"
    "WHERE vendor = :vendor AND state = 'draft'";
static const char SQL_EDIT[] =
    "UPDATE purchase\n"
    "SET due_on = :due_on, reference = :reference, note = :note\n"
    "WHERE id = :purchase";
static const char SQL_LINE_INSERT[] =
    "INSERT INTO purchase_line (purchase, position, part, description, number, quantity, cost,\n"
    "  core, due_on, line, repair_order)\n"
    "VALUES (:purchase,\n"
    "  1 + (SELECT ifnull(max(position), 0) FROM purchase_line WHERE purchase = :purchase),\n"
    "  :part, :description, :number, :quantity, :cost, :core, :due_on, :line, :order)";
static const char SQL_LINE_EDIT[] =
    "UPDATE purchase_line\n"
    "SET quantity = :quantity, cost = :cost, number = :number, due_on = :due_on\n"
    "WHERE id = :line";
static const char SQL_LINE_REMOVE[] = "DELETE FROM purchase_line WHERE id = :line";
static const char SQL_OFFER[] =
    "SELECT pv.vendor AS vendor, v.name AS vendor_name, pv.number AS number, pv.cost AS cost,\n"
    "  pv.pack AS pack\n"
    "FROM part_vendor AS pv\n"
    "JOIN vendor AS v ON v.id = pv.vendor\n"
    "WHERE pv.part = :part AND (:vendor IS NULL OR pv.vendor = :vendor)\n"
    "AND v.archived_at IS NULL\n"
    "ORDER BY pv.position\n"
    "LIMIT 1";
static const char SQL_BY_NUMBER[] =
    "SELECT part\n"
    "FROM part_vendor\n"
    "WHERE vendor = :vendor AND number = :number AND number <> ''\n"
    "LIMIT 1";
static const char SQL_TIE[] =
    "SELECT l.part AS part, l.description AS description, j.repair_order AS \"order\"\n"
    "FROM line AS l\n"
    "JOIN job AS j ON j.id = l.job\n"
    "JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE l.id = :line AND l.kind = 'part'\n"
    "AND o.state IN ('estimate', 'approved', 'in_progress', 'hold', 'quality_check', 'complete')";

static const struct field offer_fields[] = {
    FIELD(struct purchase_offer, vendor),
    FIELD(struct purchase_offer, vendor_name),
    FIELD(struct purchase_offer, number, .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_offer, cost),
    FIELD(struct purchase_offer, pack),
};
static const struct shape offer_shape = SHAPE_OF(struct purchase_offer, "offer", offer_fields);
/* clang-format on */

/* The line of a repair order that something is bought for. */
struct tie {
    struct part_id part;
    const char *description;
    struct order_id order;
};
static const struct field tie_fields[] = {
    FIELD(struct tie, part),
    FIELD(struct tie, description),
    FIELD(struct tie, order),
};
static const struct shape tie_shape = SHAPE_OF(struct tie, "tie", tie_fields);

/* ----------------------------------------------------------------------- order -- */

static status purchase_insert(struct session *s, struct vendor_id vendor, const char *note,
                              struct purchase_id *ret)
{
    struct purchase_id id;

    TRY(number_take(s, NUMBER_PURCHASE, &id.v));
    TRY(store_run(s->store, SQL_INSERT, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_ID("vendor", vendor),
                        BIND_INSTANT("made_at", session_now(s)), BIND_ID("made_by", s->user),
                        BIND_TEXT("note", note))));
    *ret = id;
    return OK;
}

status purchase_draft_for(struct session *s, struct vendor_id vendor, struct purchase_id *ret)
{
    struct purchase_id id = {0};

    TRY(store_int(s->store, SQL_DRAFT_FOR, BINDS(BIND_ID("vendor", vendor)), &id.v));
    if (id.v == 0)
        return purchase_insert(s, vendor, "", ret);
    *ret = id;
    return OK;
}

status purchase_start(struct session *s, const void *in, void *out)
{
    const struct purchase_start *start = in;
    struct vendor vendor;
    struct purchase_head head = {0};

    TRY(vendor_get_active(s, start->vendor, &vendor));
    TRY(purchase_insert(s, start->vendor, start->note, &head.id));
    return purchase_finish(s, &head, out);
}

status purchase_check_due(struct session *s, struct day due, bool past)
{
    char day[DAY_TEXT_MAX];

    if (past || due.iso[0] == '\0' || day_compare(due, session_today(s)) >= 0)
        return OK;
    return fail_field(s, "due_on",
                      "%s, the day it is due, has passed. Give a later one, or say yes to a past "
                      "day.",
                      day_show(due, day));
}

static status check_new_due(struct session *s, struct day due, struct day before, bool past)
{
    return day_compare(due, before) == 0 ? OK : purchase_check_due(s, due, past);
}

status purchase_edit(struct session *s, const void *in, void *out)
{
    const struct purchase_edit *edit = in;
    struct purchase_head head;

    TRY(purchase_begin(s, edit->purchase, edit->revision, &head));
    if (head.state == PURCHASE_VOID)
        return purchase_must_be_draft(s, &head);
    TRY(check_new_due(s, edit->due_on, head.due_on, edit->past));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(purchase_edit_op.in, in), NULL));
    return purchase_finish(s, &head, out);
}

/* ----------------------------------------------------------------------- parts -- */

status purchase_offer_get(struct session *s, const struct part *part, struct vendor_id vendor,
                          struct purchase_offer *ret)
{
    struct purchase_offer offer;

    TRY(store_get(s->store, SQL_OFFER, NO_ROW,
                  BINDS(BIND_ID("part", part->id), BIND_ID("vendor", vendor)), s->arena,
                  &offer_shape, &offer));
    if (offer.cost.cents == 0)
        offer.cost = part->cost;
    *ret = offer;
    return OK;
}

status purchase_check_part(struct session *s, const struct part *part)
{
    struct part successor;

    if (part->superseded_by.v != 0) {
        TRY(part_successor(s, part->id, &successor));
        return fail_field(s, "sku", "Part %s is replaced by %s, “%s”. Order that one instead.",
                          part->sku, successor.sku, successor.name);
    }
    if (part->discontinued)
        return fail_field(s, "sku",
                          "Part %s is discontinued: no more are bought. Choose another part, or "
                          "continue this one first.",
                          part->sku);
    if (part->archived_at.seconds != 0)
        return fail_field(s, "sku", "Part %s is archived. Restore it, or choose another part.",
                          part->sku);
    return OK;
}

static status find_by_number(struct session *s, struct vendor_id vendor, const char *number,
                             struct part *ret)
{
    struct part_id id = {0};

    TRY(store_int(s->store, SQL_BY_NUMBER,
                  BINDS(BIND_ID("vendor", vendor), BIND_TEXT("number", number)), &id.v));
    return part_get(s, id, ret);
}

/* By part number, bar code, or what this vendor calls it. */
static status find_part(struct session *s, const struct purchase_head *head, const char *text,
                        struct part *ret)
{
    status result = part_find_by_sku(s, text, ret);

    if (result == ERR_NOT_FOUND)
        result = part_find_by_upc(s, text, ret);
    if (result == ERR_NOT_FOUND)
        result = find_by_number(s, head->vendor, text, ret);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "sku",
                          "There is no part “%s”. Correct it, or leave it empty and describe what "
                          "is bought from outside the catalog.",
                          text);
    return result;
}

/* ----------------------------------------------------------------------- lines -- */

status purchase_line_insert(struct session *s, const struct purchase_line_new *line)
{
    return store_run(
        s->store, SQL_LINE_INSERT, NO_ROW,
        BINDS(BIND_ID("purchase", line->purchase), BIND_ID("part", line->part),
              BIND_TEXT("description", line->description), BIND_TEXT("number", line->number),
              BIND_INT("quantity", line->quantity.thousandths), BIND_MONEY("cost", line->cost),
              BIND_MONEY("core", line->core), BIND_DAY("due_on", line->due_on),
              BIND_ID("line", line->line), BIND_ID("order", line->order)));
}

static status get_tie(struct session *s, struct line_id line, struct tie *ret)
{
    *ret = (struct tie){.description = ""};
    if (line.v == 0)
        return OK;
    return found(s,
                 store_get(s->store, SQL_TIE, NO_ROW, BINDS(BIND_ID("line", line)), s->arena,
                           &tie_shape, ret),
                 "This line is on no open repair order. Look at the order again.");
}

static struct money given_or(struct money given, struct money other)
{
    return given.cents == NUMBER_NONE ? other : given;
}

static status take_part(struct session *s, const struct purchase_head *head,
                        const struct purchase_add_line *in, const struct part *part,
                        struct purchase_line_new *line)
{
    struct purchase_offer offer = {.number = "", .cost = part->cost};

    TRY(purchase_check_part(s, part));
    TRY(part_check_quantity(s, part, in->quantity, "quantity"));
    const status result = purchase_offer_get(s, part, head->vendor, &offer);
    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    line->part = part->id;
    line->description = part->name;
    line->number = text_is_empty(in->number) ? offer.number : in->number;
    line->cost = given_or(in->cost, offer.cost);
    line->core = given_or(in->core, part->core);
    return OK;
}

static status take_outside(struct session *s, const struct purchase_add_line *in,
                           const struct tie *tie, struct purchase_line_new *line)
{
    line->description = text_is_empty(in->description) ? tie->description : in->description;
    if (text_is_empty(line->description))
        return fail_field(s, "sku", "Choose a part, or describe what is bought.");
    if (in->cost.cents == NUMBER_NONE && right_set_has(&s->rights, RIGHT_COSTS_VIEW))
        return fail_field(s, "cost", "Say what one of it costs: the catalog does not know it.");
    line->number = in->number;
    line->cost = given_or(in->cost, MONEY_ZERO);
    line->core = given_or(in->core, MONEY_ZERO);
    return OK;
}

status purchase_add_line(struct session *s, const void *input, void *out)
{
    const struct purchase_add_line *in = input;
    struct purchase_head head;
    struct tie tie;
    struct part part = {.id = in->part};

    TRY(purchase_begin(s, in->purchase, in->revision, &head));
    TRY(purchase_must_be_draft(s, &head));
    TRY(purchase_check_due(s, in->due_on, in->past));
    TRY(get_tie(s, in->line, &tie));
    if (!text_is_empty(in->sku))
        TRY(find_part(s, &head, in->sku, &part));
    else if (part.id.v == 0)
        part.id = tie.part;
    struct purchase_line_new line = {.purchase = in->purchase,
                                     .quantity = in->quantity,
                                     .due_on = in->due_on,
                                     .line = in->line,
                                     .order = tie.order};
    if (part.id.v != 0) {
        TRY(part_get(s, part.id, &part));
        TRY(take_part(s, &head, in, &part, &line));
    } else {
        TRY(take_outside(s, in, &tie, &line));
    }
    TRY(purchase_line_insert(s, &line));
    return purchase_finish(s, &head, out);
}

/* A sent order is a promise on both sides: how many is agreed, what it costs and when it comes may
 * still be news. */
static status check_edit(struct session *s, const struct purchase_head *head,
                         const struct purchase_line *line, const struct purchase_edit_line *in)
{
    struct part part;

    if (head->state == PURCHASE_DRAFT) {
        if (line->part.v == 0)
            return OK;
        TRY(part_get(s, line->part, &part));
        return part_check_quantity(s, &part, in->quantity, "quantity");
    }
    if (line->open.thousandths == 0)
        return fail(s, ERR_CONFLICT, "Nothing of “%s” is still to come: the line cannot change.",
                    line->description);
    if (in->quantity.thousandths != line->quantity.thousandths)
        return fail_field(s, "quantity",
                          "Purchase order %lld has been sent. Order more on another one, or cancel "
                          "what is still to come.",
                          (long long)head->id.v);
    return OK;
}

status purchase_edit_line(struct session *s, const void *input, void *out)
{
    const struct purchase_edit_line *in = input;
    struct purchase_head head;
    struct purchase_line line;

    TRY(purchase_begin_line(s, in->line, in->revision, &head, &line));
    TRY(check_edit(s, &head, &line, in));
    TRY(check_new_due(s, in->due_on, line.due_on, in->past));
    TRY(store_run(s->store, SQL_LINE_EDIT, NO_ROW,
                  BINDS(BIND_ID("line", in->line), BIND_INT("quantity", in->quantity.thousandths),
                        BIND_MONEY("cost", given_or(in->cost, line.cost)),
                        BIND_TEXT("number", in->number), BIND_DAY("due_on", in->due_on))));
    return purchase_finish(s, &head, out);
}

status purchase_remove_line(struct session *s, const void *input, void *out)
{
    const struct purchase_line_key *in = input;
    struct purchase_head head;
    struct purchase_line line;

    TRY(purchase_begin_line(s, in->line, in->revision, &head, &line));
    TRY(purchase_must_be_draft(s, &head));
    TRY(store_run(s->store, SQL_LINE_REMOVE, NO_ROW, BINDS(BIND_ID("line", in->line))));
    return purchase_finish(s, &head, out);
}
