/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Whole packs: what a draft orders of a part fills the packs that the vendor sells it in; what
 * repair orders do not wait for is for the shelf. */

#include "purchase_inner.h"

/* clang-format off */
static const char SQL_ORDERED[] =
    "SELECT ifnull(sum(quantity), 0) FROM purchase_line WHERE purchase = :purchase AND part = :part";
static const char SQL_FOR_SHELF[] =
    "SELECT id, quantity FROM purchase_line\n"
    "WHERE purchase = :purchase AND part = :part AND line IS NULL AND repair_order IS NULL\n"
    "ORDER BY quantity DESC, id LIMIT 1";
static const char SQL_CHANGE[] = "UPDATE purchase_line SET quantity = :quantity WHERE id = :id";
static const char SQL_REMOVE[] = "DELETE FROM purchase_line WHERE id = :id";

struct shelf_line {
    struct purchase_line_id id;
    struct qty quantity;
};
static const struct field shelf_line_fields[] = {
    FIELD(struct shelf_line, id), FIELD(struct shelf_line, quantity),
};
static const struct shape shelf_line_shape =
    SHAPE_OF(struct shelf_line, "shelf_line", shelf_line_fields);
/* clang-format on */

static status set_quantity(struct session *s, const struct shelf_line *line, int64_t thousandths)
{
    const struct bind *binds = BINDS(BIND_ID("id", line->id), BIND_INT("quantity", thousandths));

    return store_run(s->store, thousandths > 0 ? SQL_CHANGE : SQL_REMOVE, NO_ROW, binds);
}

static status add_to_shelf(struct session *s, const struct purchase_line_new *like,
                           const struct shelf_line *line, int64_t more)
{
    struct purchase_line_new rest = *like;

    if (line->id.v != 0)
        return set_quantity(s, line, line->quantity.thousandths + more);
    rest.quantity.thousandths = more;
    rest.line = (struct line_id){0};
    rest.order = (struct order_id){0};
    return purchase_line_insert(s, &rest);
}

static const char *say(struct session *s, const char *note, const struct part *part,
                       const struct purchase_offer *offer, int64_t taken, int64_t more)
{
    char pack[NUMBER_TEXT_MAX], count[NUMBER_TEXT_MAX];
    const struct qty each = {taken > 0 ? taken : more};
    const char *between = *note != '\0' ? "\n" : "";

    qty_text(offer->pack, pack);
    qty_text(each, count);
    if (taken > 0)
        return arena_printf(s->arena,
                            "%s%s%s %s: %s less for the shelf, so that packs of %s stay whole.",
                            note, between, part->sku, part->name, count, pack);
    return arena_printf(s->arena, "%s%s%s %s: %s more for the shelf, since %s sells it by %s.",
                        note, between, part->sku, part->name, count, offer->vendor_name, pack);
}

/* What the draft had for the shelf gives way before another pack is begun. */
status purchase_fill_packs(struct session *s, const struct part *part,
                           const struct purchase_offer *offer, const struct purchase_line_new *like,
                           const char **note)
{
    const struct bind *binds =
        BINDS(BIND_ID("purchase", like->purchase), BIND_ID("part", part->id));
    const int64_t pack = offer->pack.thousandths;
    struct shelf_line line = {.id = {0}};
    int64_t ordered = 0;

    TRY(store_int(s->store, SQL_ORDERED, binds, &ordered));
    if (pack <= 0 || ordered % pack == 0)
        return OK;
    const int64_t over = ordered % pack;
    const status shelf =
        store_get(s->store, SQL_FOR_SHELF, NO_ROW, binds, s->arena, &shelf_line_shape, &line);
    if (shelf != OK && shelf != ERR_NOT_FOUND)
        return shelf;
    const int64_t taken = line.quantity.thousandths >= over ? over : 0;
    if (taken > 0)
        TRY(set_quantity(s, &line, line.quantity.thousandths - taken));
    else
        TRY(add_to_shelf(s, like, &line, pack - over));
    *note = say(s, *note, part, offer, taken, pack - over);
    return OK;
}
