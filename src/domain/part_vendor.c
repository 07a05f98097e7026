/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who sells a part, under which number, for how much, and who is asked first. */

#include "domain/vendor.h"
#include "part_inner.h"

/* clang-format off */
static const char SQL_PUT[] =
    "INSERT INTO part_vendor (part, vendor, position, number, cost)\n"
    "VALUES (:part, :vendor,\n"
    "  1 + (SELECT ifnull(max(position), 0) FROM part_vendor WHERE part = :part),\n"
    "  :number, ifnull(:cost, 0))\n"
    "ON CONFLICT (part, vendor) DO UPDATE\n"
    "SET number = CASE WHEN :number <> '' THEN :number ELSE number END,\n"
    "  cost = ifnull(:cost, cost)\n"
    "WHERE (:number <> '' AND number <> :number) OR cost <> ifnull(:cost, cost)";
static const char SQL_POSITION[] =
    "SELECT position FROM part_vendor WHERE part = :part AND vendor = :vendor";
/* Positions are unique: out of the way first, and by negative numbers, since one statement's rows
 * are checked one by one. */
static const char SQL_ASIDE[] =
    "UPDATE part_vendor\n"
    "SET position = CASE WHEN vendor = :vendor THEN -1 ELSE -1 - position END\n"
    "WHERE part = :part AND position <= :position";
static const char SQL_BACK[] =
    "UPDATE part_vendor\n"
    "SET position = -position\n"
    "WHERE part = :part AND position < 0";
static const char SQL_PACK[] =
    "UPDATE part_vendor\n"
    "SET pack = :pack\n"
    "WHERE part = :part AND vendor = :vendor AND pack <> :pack";
static const char SQL_REMOVE[] =
    "DELETE FROM part_vendor\n"
    "WHERE part = :part AND vendor = :vendor";
static const char SQL_CLOSE_GAP[] =
    "UPDATE part_vendor\n"
    "SET position = 1 - position\n"
    "WHERE part = :part AND position > :position";
/* clang-format on */

status part_vendor_put(struct session *s, struct part_id id, struct vendor_id vendor,
                       const char *number, struct money cost)
{
    const struct bind none = BIND_NULL("cost");
    const struct bind each = BIND_MONEY("cost", cost);

    return store_run(s->store, SQL_PUT, NO_ROW,
                     BINDS(BIND_ID("part", id), BIND_ID("vendor", vendor),
                           BIND_TEXT("number", number), cost.cents == NUMBER_NONE ? none : each));
}

status part_vendor_first(struct session *s, struct part_id id, struct vendor_id vendor)
{
    const struct bind part = BIND_ID("part", id);
    int64_t position = 0;

    TRY(store_int(s->store, SQL_POSITION, BINDS(part, BIND_ID("vendor", vendor)), &position));
    if (position == 1)
        return OK;
    TRY(store_run(s->store, SQL_ASIDE, NO_ROW,
                  BINDS(part, BIND_ID("vendor", vendor), BIND_INT("position", position))));
    return store_run(s->store, SQL_BACK, NO_ROW, BINDS(part));
}

/* ------------------------------------------------------------------- operations -- */

static status set_vendor(struct session *s, const void *input, void *output)
{
    const struct part_vendor_set *in = input;
    struct part part;
    struct vendor_id vendor;

    TRY(part_get(s, in->part, &part));
    TRY(vendor_by_name(s, in->vendor, &vendor));
    TRY(part_vendor_put(s, in->part, vendor, in->number, in->cost));
    TRY(store_run(s->store, SQL_PACK, NO_ROW,
                  BINDS(BIND_ID("part", in->part), BIND_ID("vendor", vendor),
                        BIND_INT("pack", in->pack.thousandths))));
    if (in->first)
        TRY(part_vendor_first(s, in->part, vendor));
    TRY(part_index(s, in->part));
    return part_get_page(s, in->part, output);
}

static status remove_vendor(struct session *s, const void *input, void *output)
{
    const struct part_vendor_ref *in = input;
    const struct bind *binds = BINDS(BIND_ID("part", in->part), BIND_ID("vendor", in->vendor));
    int64_t position = 0;

    TRY(found(s, store_int(s->store, SQL_POSITION, binds, &position),
              "This vendor does not sell the part. Look at it again."));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, binds));
    TRY(store_run(s->store, SQL_CLOSE_GAP, NO_ROW,
                  BINDS(BIND_ID("part", in->part), BIND_INT("position", position))));
    TRY(store_run(s->store, SQL_BACK, NO_ROW, BINDS(BIND_ID("part", in->part))));
    TRY(part_index(s, in->part));
    return part_get_page(s, in->part, output);
}

/* clang-format off */
#define PART_FIELD(T)                                                                              \
    FIELD(T, part, .label = "Part", .picks = "part.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT)

static const struct field set_fields[] = {
    PART_FIELD(struct part_vendor_set),
    FIELD(struct part_vendor_set, vendor, .help = "Who sells it; a new name is added", .max = 120,
          .picks = "vendor.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct part_vendor_set, number, .label = "Their number", .max = 60,
          .help = "Empty: as it is", .flags = FIELD_NUMBERS_OK),
    FIELD(struct part_vendor_set, cost, .help = "Of one; empty: as it is",
          .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    FIELD(struct part_vendor_set, pack, .help = "They sell it in so many", .initial = "1", .low = 1,
          .high = QTY_MAX_THOUSANDTHS),
    FIELD(struct part_vendor_set, first, .label = "Ask first"),
};
static const struct field ref_fields[] = {
    PART_FIELD(struct part_vendor_ref),
    FIELD(struct part_vendor_ref, vendor, .picks = "vendor.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

const struct op part_set_vendor_op = {
    .name = "part.set-vendor",
    .says = "Add a vendor to a part, or change number, cost and pack",
    .title = "A vendor of the part",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_vendor_set, set_fields),
    .out = &part_shape,
    .run = set_vendor,
    .about = "part",
};
const struct op part_remove_vendor_op = {
    .name = "part.remove-vendor",
    .says = "Take a vendor off a part",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_vendor_ref, ref_fields),
    .out = &part_shape,
    .run = remove_vendor,
    .about = "part",
};
