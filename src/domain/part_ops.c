/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of parts. */

#include "domain/explain.h"
#include "domain/purchase.h"
#include "domain/stock.h"
#include "part_inner.h"

#define PART_SHOW "part.show"

/* clang-format off */
#define PART_FIELDS(T)                                                                             \
    FIELD(T, sku, .label = "Part number", .example = "BP-1210", .max = 60,                         \
          .flags = FIELD_REQUIRED | FIELD_CODE | FIELD_NUMBERS_OK),                                \
    FIELD(T, name, .example = "Brake pads, ceramic", .max = 160, .flags = FIELD_REQUIRED),         \
    FIELD(T, upc, .label = "Bar code", .help = "The number under the bars", .max = 20,             \
          .flags = FIELD_CODE | FIELD_NUMBERS_OK),                                                 \
    FIELD(T, category, .example = "Brakes", .max = 80, .picks = "part.categories"),                \
    FIELD(T, vendor, .help = "Who sells it to the shop; a new name is added", .max = 120,          \
          .picks = "vendor.search"),                                                               \
    FIELD(T, vendor_number, .label = "Vendor's number", .max = 60, .flags = FIELD_NUMBERS_OK),     \
    FIELD(T, bin, .label = "Main bin", .help = "Where it lies", .example = "C4", .max = 40,        \
          .flags = FIELD_CODE),                                                                    \
    FIELD(T, condition, .choices = &part_condition_choices),                                       \
    FIELD(T, cost, .help = "Last cost of one", .right = RIGHT_COSTS_VIEW),                         \
    FIELD(T, price, .help = "List price of one"),                                                  \
    FIELD(T, core, .label = "Core", .help = "Deposit for the old part"),                           \
    FIELD(T, taxable, .initial = "yes"),                                                           \
    FIELD(T, whole, .label = "Sold whole", .help = "By the piece: no fractions"),                  \
    FIELD(T, low, .label = "Least", .help = "Order when fewer are there"),                         \
    FIELD(T, high, .label = "Most", .help = "Order up to so many"),                                \
    FIELD(T, abc, .label = "Class", .help = "For counts", .choices = &part_class_choices),         \
    FIELD(T, tire_size, .label = "Tire size", .example = "225/45R17", .max = 30,                   \
          .flags = FIELD_CODE),                                                                    \
    FIELD(T, tire_load, .label = "Load index", .example = "94", .max = 10, .flags = FIELD_CODE),   \
    FIELD(T, tire_speed, .label = "Speed symbol", .example = "W", .max = 4, .flags = FIELD_CODE),  \
    FIELD(T, picture, .label = "Photo", .help = "Path of a picture", .max = 400,                   \
          .example = "/srv/shop/bp-1210.jpg", .flags = FIELD_NUMBERS_OK),                          \
    FIELD(T, document, .help = "Path of a data sheet", .max = 400,                                 \
          .example = "/srv/shop/bp-1210.pdf", .flags = FIELD_NUMBERS_OK)
/* clang-format on */

static const struct field vendor_fields[] = {
    FIELD(struct part_vendor, id, .flags = FIELD_HIDDEN),
    FIELD(struct part_vendor, vendor, .flags = FIELD_HIDDEN),
    FIELD(struct part_vendor, position, .label = "Asked"),
    FIELD(struct part_vendor, name),
    FIELD(struct part_vendor, number, .label = "Their number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct part_vendor, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct part_vendor, pack),
};
const struct shape part_vendor_shape = SHAPE_OF(struct part_vendor, "part_vendor", vendor_fields);

static const struct field bin_fields[] = {
    FIELD(struct part_bin, bin),
    FIELD(struct part_bin, main, .label = "Main bin"),
    FIELD(struct part_bin, on_hand, .label = "On hand", .flags = FIELD_SIGNED),
};
const struct shape part_bin_shape = SHAPE_OF(struct part_bin, "part_bin", bin_fields);

static const struct field part_fields[] = {
    FIELD(struct part, id, .label = "Part", .flags = FIELD_FIXED),
    PART_FIELDS(struct part),
    FIELD(struct part, on_hand, .label = "On hand", .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct part, committed, .help = "For authorized work, still on the shelf",
          .flags = FIELD_FIXED),
    FIELD(struct part, available, .help = "On hand less committed",
          .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct part, on_order, .label = "On order", .flags = FIELD_FIXED),
    FIELD(struct part, needed, .help = "Committed beyond what is on hand and on order",
          .flags = FIELD_FIXED),
    FIELD(struct part, stock_value, .label = "Stock value", .flags = FIELD_FIXED | FIELD_SIGNED,
          .right = RIGHT_COSTS_VIEW),
    FIELD(struct part, moved_on, .label = "Last moved", .flags = FIELD_FIXED),
    FIELD(struct part, counted_on, .label = "Last counted", .flags = FIELD_FIXED),
    FIELD(struct part, superseded_by, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct part, successor, .label = "Replaced by", .flags = FIELD_FIXED | FIELD_NUMBERS_OK),
    FIELD(struct part, discontinued, .help = "No more are bought", .flags = FIELD_FIXED),
    FIELD(struct part, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct part, revision, .flags = FIELD_HIDDEN),
    FIELD(struct part, vendors, .rows = &part_vendor_shape, .flags = FIELD_FIXED),
    FIELD(struct part, bins, .rows = &part_bin_shape, .flags = FIELD_FIXED),
};
const struct shape part_shape = SHAPE_OF(struct part, "part", part_fields);

static const struct field add_fields[] = {
    PART_FIELDS(struct part_entry),
    FIELD(struct part_entry, on_hand, .label = "On hand",
          .help = "What is on the shelf already, at the cost above"),
};
static const struct field edit_fields[] = {
    FIELD(struct part_entry, part, .label = "Part", .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    PART_FIELDS(struct part_entry),
    FIELD(struct part_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct part_key, part, .label = "Part", .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct part_key, "part_key", key_fields);

static status show(struct session *s, const void *in, void *out)
{
    const struct part_key *key = in;

    return part_get_page(s, key->part, out);
}

const struct op part_show_op = {
    .name = PART_SHOW,
    .says = "Show a part with price and stock on hand",
    .title = "Show a part",
    .right = RIGHT_PARTS_VIEW,
    .in = &key_shape,
    .out = &part_shape,
    .run = show,
    .about = "part",
};
const struct op part_add_op = {
    .name = "part.add",
    .says = "Add a part to the catalog",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_entry, add_fields),
    .out = &part_shape,
    .run = part_add,
};
const struct op part_edit_op = {
    .name = "part.edit",
    .says = "Change a part's numbers, price or place",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_entry, edit_fields),
    .out = &part_shape,
    .run = part_edit,
    .fills = PART_SHOW,
    .about = "part",
};
const struct op part_archive_op = {
    .name = "part.archive",
    .says = "Put a part away that is not sold any more",
    .title = "Put a part away",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &part_shape,
    .run = part_archive,
    .about = "part",
};
const struct op part_restore_op = {
    .name = "part.restore",
    .says = "Bring an archived part back",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &part_shape,
    .run = part_restore,
    .about = "part",
};
static const struct op *const ops[] = {
    &part_search_op,    &part_show_op,        &part_explain_op,    &part_add_op,
    &part_edit_op,      &part_adjust_op,      &part_set_vendor_op, &part_remove_vendor_op,
    &part_supersede_op, &part_discontinue_op, &part_continue_op,   &part_archive_op,
    &part_restore_op,   &part_reorder_op,     &part_alerts_op,     &part_categories_op,
};
extern const struct module part_module;
const struct module part_module = {
    .name = "part",
    .title = "Parts",
    .says = "The catalog of parts with costs, prices and what is on the shelf.",
    MODULE_OPS(ops),
};
