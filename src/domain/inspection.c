/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Inspections: beginning one from the list that ships, marking its items, reading it. */

#include "domain/inspection.h"

#include <string.h>

#include "base/text.h"
#include "order_inner.h"

extern const unsigned char embed_inspection[];

/* clang-format off */
static const struct choice results[] = {
    [INSPECTION_NOT_CHECKED] = {"not_checked", "not checked", "·", "."},
    [INSPECTION_OK]          = {"ok",          "ok",          "✓", "v"},
    [INSPECTION_SOON]        = {"soon",        "soon",        "◐", "~"},
    [INSPECTION_NOW]         = {"now",         "now",         "●", "*"},
};
const struct choices inspection_choices = CHOICES(results);

static const struct field item_fields[] = {
    FIELD(struct inspection_item, position, .label = "No."),
    FIELD(struct inspection_item, area, .label = "Part"),
    FIELD(struct inspection_item, name, .label = "Item"),
    FIELD(struct inspection_item, result, .label = "Result", .choices = &inspection_choices),
    FIELD(struct inspection_item, note, .label = "Note"),
    FIELD(struct inspection_item, user_name, .label = "By"),
};
static const struct shape item_shape = SHAPE_OF(struct inspection_item, "inspection_item", item_fields);
static const struct field inspection_fields[] = {
    FIELD(struct inspection, order, .label = "RO"),
    FIELD(struct inspection, ok, .label = "Ok"),
    FIELD(struct inspection, soon, .label = "Soon"),
    FIELD(struct inspection, now, .label = "Now"),
    FIELD(struct inspection, not_checked, .label = "Not checked"),
    FIELD(struct inspection, items, .label = "Items", .rows = &item_shape),
};
static const struct shape inspection_shape =
    SHAPE_OF(struct inspection, "inspection", inspection_fields);
static const struct field of_fields[] = {ORDER_FIELD(struct inspection_of)};
static const struct field mark_fields[] = {
    ORDER_FIELD(struct inspection_mark),
    FIELD(struct inspection_mark, position, .label = "Item", .low = 1, .high = 1000, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct inspection_mark, result, .label = "Result", .choices = &inspection_choices, .initial = "ok",
          .help = "Soon and now are what to talk about with the customer", .flags = FIELD_ARGUMENT),
    FIELD(struct inspection_mark, note, .label = "Note", .example = "Pads at 3 mm", .help = "Empty leaves what is there"),
};

static const char SQL_ITEMS[] =
    "SELECT i.position, i.area, i.name, i.result, i.note, ifnull(u.name, '') AS user_name\n"
    "FROM inspection_item AS i LEFT JOIN user AS u ON u.id = i.user\n"
    "WHERE i.repair_order = :order\n"
    "ORDER BY i.position";
static const char SQL_COUNT[] =
    "SELECT count(*)\n"
    "FROM inspection_item\n"
    "WHERE repair_order = :order";
static const char SQL_ADD[] =
    "INSERT INTO inspection_item (repair_order, position, area, name)\n"
    "VALUES (:order, :position, :area, :name)";
static const char SQL_MARK[] =
    "UPDATE inspection_item\n"
    "SET result = :result, note = CASE WHEN :note = '' THEN note ELSE :note END, user = :user,\n"
    "  at = :now\n"
    "WHERE repair_order = :order AND position = :position";
/* clang-format on */

static status read(struct session *s, struct order_id order, struct inspection *ret)
{
    struct inspection found = {.order = order};
    int64_t counts[COUNT_OF(results)] = {0};

    TRY(store_list(s->store, SQL_ITEMS, NO_ROW, BINDS(BIND_ID("order", order)), s->arena,
                   &item_shape, &found.items));
    const struct inspection_item *items = found.items.at;
    for (size_t i = 0; i < found.items.count; i++)
        counts[items[i].result]++;
    found.ok = counts[INSPECTION_OK];
    found.soon = counts[INSPECTION_SOON];
    found.now = counts[INSPECTION_NOW];
    found.not_checked = counts[INSPECTION_NOT_CHECKED];
    *ret = found;
    return OK;
}

/* "Brakes<tab>Front pads" of the list that ships; false for a line that is none. */
static bool read_line(struct arena *arena, const char *line, size_t length, const char **ret_area,
                      const char **ret_name)
{
    const char *tab = memchr(line, '\t', length);

    if (length == 0 || *line == '#' || tab == NULL)
        return false;
    *ret_area = arena_text_n(arena, line, (size_t)(tab - line));
    *ret_name = arena_text_n(arena, tab + 1, length - (size_t)(tab - line) - 1);
    return true;
}

static status copy_list(struct session *s, struct order_id order)
{
    const char *area = "", *name = "";
    int64_t position = 0;

    for (const char *at = (const char *)embed_inspection; *at != '\0';) {
        const size_t length = strcspn(at, "\n");
        if (read_line(s->arena, at, length, &area, &name))
            TRY(store_run(s->store, SQL_ADD, NO_ROW,
                          BINDS(BIND_ID("order", order), BIND_INT("position", ++position),
                                BIND_TEXT("area", area), BIND_TEXT("name", name))));
        at += length + (at[length] != '\0');
    }
    return OK;
}

static status begin(struct session *s, const void *input, void *output)
{
    const struct inspection_of *in = input;
    struct order_head head;
    int64_t count = 0;

    TRY(order_begin(s, in->order, 0, &head));
    TRY(store_int(s->store, SQL_COUNT, BINDS(BIND_ID("order", in->order)), &count));
    if (count == 0)
        TRY(copy_list(s, in->order));
    return read(s, in->order, output);
}

static status mark(struct session *s, const void *input, void *output)
{
    const struct inspection_mark *in = input;
    struct order_head head;

    TRY(order_begin(s, in->order, 0, &head));
    TRY(store_run(s->store, SQL_MARK, NO_ROW,
                  BINDS(BIND_ID("order", in->order), BIND_INT("position", in->position),
                        BIND_TEXT("result", choice_word(&inspection_choices, in->result)),
                        BIND_TEXT("note", in->note), BIND_ID("user", s->user),
                        BIND_INSTANT("now", session_now(s)))));
    if (store_changed_rows(s->store) == 0)
        return fail_field(s, "position",
                          "The inspection of order %lld has no item %lld. Begin it first.",
                          (long long)in->order.v, (long long)in->position);
    return read(s, in->order, output);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct inspection_of *in = input;

    return read(s, in->order, output);
}

const struct op inspection_begin_op = {
    .name = "inspection.begin",
    .says = "Begin a look over the car of a repair order",
    .title = "Begin an inspection",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct inspection_of, of_fields),
    .out = &inspection_shape,
    .about = "order",
    .run = begin,
    .owns = order_is_own,
};
const struct op inspection_mark_op = {
    .name = "inspection.mark",
    .says = "Say how an item of an inspection looks: ok, soon, now",
    .title = "Mark an item",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct inspection_mark, mark_fields),
    .out = &inspection_shape,
    .about = "order",
    .run = mark,
    .owns = order_is_own,
};
const struct op inspection_show_op = {
    .name = "inspection.show",
    .says = "See the inspection of a repair order",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_PIN,
    .in = SHAPE(struct inspection_of, of_fields),
    .out = &inspection_shape,
    .run = show,
    .owns = order_is_own,
};

static const struct op *const ops[] = {&inspection_begin_op, &inspection_mark_op,
                                       &inspection_show_op};
extern const struct module inspection_module;
const struct module inspection_module = {
    .name = "inspection",
    .title = "Inspections",
    .says = "A look over the car, item by item, worked in the bays.",
    MODULE_OPS(ops),
};
