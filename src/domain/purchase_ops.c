/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of purchase orders. */

#include "purchase_inner.h"

#define PURCHASE_SHOW "purchase.show"

/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct purchase_row, id, .label = "PO"),
    FIELD(struct purchase_row, vendor_name, .label = "Vendor"),
    FIELD(struct purchase_row, state, .choices = &purchase_state_choices),
    FIELD(struct purchase_row, made_at, .label = "Made"),
    FIELD(struct purchase_row, due_on, .label = "Due"),
    FIELD(struct purchase_row, lines),
    FIELD(struct purchase_row, open, .label = "To come", .help = "Lines still to come"),
    FIELD(struct purchase_row, total, .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase_row, late),
};
const struct shape purchase_row_shape = SHAPE_OF(struct purchase_row, "purchase_row", row_fields);

static const struct field search_fields[] = {
    LIST_FIELDS(struct purchase_search, query),
    FIELD(struct purchase_search, vendor, .picks = "vendor.search"),
    FIELD(struct purchase_search, open, .help = "Only what is still to come"),
    FIELD(struct purchase_search, today, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    PURCHASE_FIELD(struct purchase_key),
};
static const struct field start_fields[] = {
    FIELD(struct purchase_start, vendor, .picks = "vendor.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct purchase_start, note, .help = "Printed on the order", .flags = FIELD_MANY_LINES),
};
static const struct field edit_fields[] = {
    PURCHASE_FIELD(struct purchase_edit),
    FIELD(struct purchase_edit, due_on, .label = "Due", .example = "t+2",
          .help = "When the parts are promised"),
    FIELD(struct purchase_edit, past, .label = "Past day", .help = "Yes, where it is written down later than it was said"),
    FIELD(struct purchase_edit, reference, .label = "Confirmation", .max = 60,
          .help = "The vendor's number for the order", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_edit, note, .help = "Printed on the order", .flags = FIELD_MANY_LINES),
    PURCHASE_REVISION(struct purchase_edit),
};
#define QUANTITY .example = "2", .low = 1, .high = QTY_MAX_THOUSANDTHS
static const struct field add_line_fields[] = {
    PURCHASE_FIELD(struct purchase_add_line),
    FIELD(struct purchase_add_line, sku, .label = "Part", .max = 60, .picks = "part.search",
          .help = "Its number, bar code or the vendor's number",
          .flags = FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct purchase_add_line, quantity, .initial = "1", QUANTITY,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_SIGNED),
    COST_FIELD(struct purchase_add_line, .help = "Of one; empty: what the vendor asks",
               .flags = FIELD_OPTIONAL),
    FIELD(struct purchase_add_line, core, .label = "Core deposit", .right = RIGHT_COSTS_VIEW,
          .help = "Of one; empty: the part's", .flags = FIELD_OPTIONAL),
    FIELD(struct purchase_add_line, description, .max = 160,
          .help = "Without a part: what is bought from outside the catalog"),
    FIELD(struct purchase_add_line, number, .label = "Their number", .max = 60,
          .help = "The vendor's; empty: as the part has it", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_add_line, due_on, .label = "Due",
          .help = "When this one is promised; empty: with the order"),
    FIELD(struct purchase_add_line, past, .label = "Past day", .help = "Yes, where it is written down later than it was said"),
    FIELD(struct purchase_add_line, part, .flags = FIELD_HIDDEN),
    FIELD(struct purchase_add_line, line, .label = "RO line", .flags = FIELD_HIDDEN),
    PURCHASE_REVISION(struct purchase_add_line),
};
static const struct field edit_line_fields[] = {
    PURCHASE_LINE_FIELD(struct purchase_edit_line),
    FIELD(struct purchase_edit_line, quantity, QUANTITY, .flags = FIELD_REQUIRED | FIELD_SIGNED),
    COST_FIELD(struct purchase_edit_line, .help = "Of one", .flags = FIELD_OPTIONAL),
    FIELD(struct purchase_edit_line, number, .label = "Their number", .max = 60,
          .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_edit_line, due_on, .label = "Due", .example = "t+2"),
    FIELD(struct purchase_edit_line, past, .label = "Past day", .help = "Yes, where it is written down later than it was said"),
    PURCHASE_REVISION(struct purchase_edit_line),
};
static const struct field line_key_fields[] = {
    PURCHASE_LINE_FIELD(struct purchase_line_key),
    PURCHASE_REVISION(struct purchase_line_key),
};
static const struct field send_fields[] = {
    PURCHASE_FIELD(struct purchase_send),
    FIELD(struct purchase_send, due_on, .label = "Due", .example = "t+2",
          .help = "When it is promised; empty: after the vendor's lead time"),
    FIELD(struct purchase_send, past, .label = "Past day", .help = "Yes, where it is written down later than it was said"),
    FIELD(struct purchase_send, reference, .label = "Confirmation", .max = 60,
          .help = "The vendor's number for the order", .flags = FIELD_NUMBERS_OK),
    PURCHASE_REVISION(struct purchase_send),
};
static const struct field close_fields[] = {
    PURCHASE_FIELD(struct purchase_close),
    FIELD(struct purchase_close, line, .help = "Only of this line; empty: of all"),
    PURCHASE_REVISION(struct purchase_close),
};
static const struct field void_fields[] = {
    PURCHASE_FIELD(struct purchase_void),
    FIELD(struct purchase_void, reason, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    PURCHASE_REVISION(struct purchase_void),
};
static const struct field from_order_fields[] = {
    FIELD(struct purchase_from_order, order, .label = "RO", .picks = "order.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct purchase_from_order, vendor, .picks = "vendor.search",
          .help = "Empty: of each part the vendor who is asked first"),
};
static const struct field from_alerts_fields[] = {
    FIELD(struct purchase_from_alerts, vendor, .picks = "vendor.search",
          .help = "Only of this vendor"),
    FIELD(struct purchase_from_alerts, part, .picks = "part.search", .help = "Only this part"),
};
static const struct field drafts_fields[] = {
    FIELD(struct purchase_drafts, purchases, .label = "Drafts", .rows = &purchase_row_shape),
    FIELD(struct purchase_drafts, warning, .max = 2000, .flags = FIELD_MANY_LINES),
    FIELD(struct purchase_drafts, note, .max = 2000, .flags = FIELD_MANY_LINES),
};
static const struct shape drafts_shape =
    SHAPE_OF(struct purchase_drafts, "purchase_drafts", drafts_fields);
static const struct field receive_line_fields[] = {
    FIELD(struct receive_line, line),
    FIELD(struct receive_line, scanned, .max = 60, .flags = FIELD_NUMBERS_OK,
          .help = "Bar code, part number or the vendor's number"),
    FIELD(struct receive_line, quantity, QUANTITY, .flags = FIELD_OPTIONAL | FIELD_SIGNED,
          .help = "Empty: one that was scanned, all that is open of a line"),
    FIELD(struct receive_line, cost, .flags = FIELD_OPTIONAL, .help = "Of one; empty: as ordered"),
    FIELD(struct receive_line, bin, .max = 40, .help = "Empty: the part's"),
};
static const struct shape receive_line_shape =
    SHAPE_OF(struct receive_line, "receive_line", receive_line_fields);
static const struct field receive_fields[] = {
    PURCHASE_FIELD(struct purchase_receive),
    FIELD(struct purchase_receive, slip, .label = "Packing slip", .max = 60,
          .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_receive, freight, .help = "Spread over what came",
          .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase_receive, lines, .rows = &receive_line_shape,
          .help = "What came; none: everything that is open"),
    FIELD(struct purchase_receive, over, .label = "More than ordered",
          .help = "Yes: that more came than was ordered is meant"),
    PURCHASE_REVISION(struct purchase_receive),
};

/* Newest first, unless a column is asked for. */
static const struct list_sort by_number[] = {
    {"id", "u.id", false},
};
static const struct list_sort by_anything[] = {
    {"id", "u.id", false},
    {"due_on", "ifnull(u.due_on, '9999')", true},
    {"vendor_name", "v.name_key", true},
};
#define PURCHASE_LIST(where_, sorts_)                                                              \
    {                                                                                              \
        .select = "u.id AS id, v.name AS vendor_name, u.state AS state, u.made_at AS made_at,\n"   \
                  "  u.due_on AS due_on,\n"                                                        \
                  "  (SELECT count(*) FROM purchase_line WHERE purchase = u.id) AS lines,\n"       \
                  "  (SELECT count(*) FROM purchase_line WHERE purchase = u.id AND open > 0)\n"    \
                  "    AS open,\n"                                                                 \
                  "  (SELECT ifnull(sum((quantity * cost + 500) / 1000), 0)\n"                     \
                  "   FROM purchase_line WHERE purchase = u.id) AS total,\n"                       \
                  "  EXISTS (SELECT 1 FROM purchase_line AS l WHERE l.purchase = u.id\n"           \
                  "          AND l.open > 0 AND ifnull(l.due_on, u.due_on) < :today) AS late",     \
        .from = "purchase AS u CROSS JOIN vendor AS v ON v.id = u.vendor", .where = where_,        \
        .id = "u.id", .sorts = sorts_, .sort_count = COUNT_OF(sorts_), .lookup = "purchase"        \
    }
#define IS_OPEN "u.state IN ('draft', 'sent', 'part_received')"
enum purchase_source { OF_ALL, OF_VENDOR, OF_OPEN };
static const struct list_source sources[] = {
    [OF_ALL]    = PURCHASE_LIST("1", by_number),
    [OF_VENDOR] = PURCHASE_LIST("u.vendor = :vendor AND (:open = 0 OR " IS_OPEN ")", by_anything),
    [OF_OPEN]   = PURCHASE_LIST(IS_OPEN, by_anything),
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    struct purchase_search query = *(const struct purchase_search *)in;
    const enum purchase_source source = query.vendor.v != 0 ? OF_VENDOR
                                        : query.open        ? OF_OPEN
                                                            : OF_ALL;

    query.today = session_today(s);
    if (query.query.sort[0] == '\0')
        query.query.descending = !query.query.descending;
    return list_run(s, &sources[source], &purchase_search_op, &query, out);
}

status purchase_rows(struct session *s, const int64_t *ids, size_t count, struct rows *ret)
{
    struct purchase_row *rows = NEW_ARRAY(s->arena, struct purchase_row, count + 1);

    for (size_t i = 0; i < count; i++) {
        struct purchase page;
        TRY(purchase_get(s, (struct purchase_id){ids[i]}, &page));
        shape_transfer(&purchase_shape, &page, &purchase_row_shape, &rows[i]);
        rows[i].lines = (int64_t)page.lines.count;
        rows[i].open = 0;
    }
    *ret = (struct rows){rows, count};
    return OK;
}

static status show(struct session *s, const void *in, void *out)
{
    const struct purchase_key *key = in;

    return purchase_get(s, key->purchase, out);
}

static status show_line(struct session *s, const void *in, void *out)
{
    const struct purchase_line_key *key = in;
    struct purchase_head head;

    return purchase_begin_line(s, key->line, 0, &head, out);
}

const struct op purchase_search_op = {
    .name = "purchase.search",
    .says = "List purchase orders, by number, vendor, part or repair order",
    .title = "Purchase orders",
    .right = RIGHT_PURCHASES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct purchase_search, search_fields),
    .out = &purchase_row_shape,
    .run = search,
};
const struct op purchase_show_op = {
    .name = PURCHASE_SHOW,
    .says = "Show a purchase order with what came of it",
    .title = "Show a purchase order",
    .right = RIGHT_PURCHASES_VIEW,
    .in = SHAPE(struct purchase_key, key_fields),
    .out = &purchase_shape,
    .run = show,
    .about = "purchase",
};
static const struct op purchase_show_line_op = {
    .name = "purchase.show-line",
    .says = "Show a line of a purchase order",
    .right = RIGHT_PURCHASES_VIEW,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct purchase_line_key, line_key_fields),
    .out = &purchase_line_shape,
    .run = show_line,
};
const struct op purchase_start_op = {
    .name = "purchase.start",
    .says = "Begin a purchase order to a vendor",
    .title = "New purchase order",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_start, start_fields),
    .out = &purchase_shape,
    .run = purchase_start,
};
const struct op purchase_edit_op = {
    .name = "purchase.edit",
    .says = "Change a purchase order's due day, confirmation number or note",
    .title = "Change a purchase order",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_edit, edit_fields),
    .out = &purchase_shape,
    .run = purchase_edit,
    .fills = PURCHASE_SHOW,
    .about = "purchase",
};
const struct op purchase_add_line_op = {
    .name = "purchase.add-line",
    .says = "Add a part to a purchase order that is not sent yet",
    .title = "Order a part",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_add_line, add_line_fields),
    .out = &purchase_shape,
    .run = purchase_add_line,
    .about = "purchase",
};
const struct op purchase_edit_line_op = {
    .name = "purchase.edit-line",
    .says = "Change a line of a purchase order: quantity, cost, the day it is due",
    .title = "Change a line",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct purchase_edit_line, edit_line_fields),
    .out = &purchase_shape,
    .run = purchase_edit_line,
    .fills = "purchase.show-line",
};
const struct op purchase_remove_line_op = {
    .name = "purchase.remove-line",
    .says = "Take a line off a purchase order that is not sent yet",
    .title = "Take a line off",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct purchase_line_key, line_key_fields),
    .out = &purchase_shape,
    .run = purchase_remove_line,
};
const struct op purchase_send_op = {
    .name = "purchase.send",
    .says = "Note that a purchase order went to its vendor: its parts are on order from now on",
    .title = "Send a purchase order",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_send, send_fields),
    .out = &purchase_shape,
    .run = purchase_send,
    .about = "purchase",
};
const struct op purchase_receive_op = {
    .name = "purchase.receive",
    .says = "Receive what came of a purchase order",
    .title = "Receive a delivery",
    .right = RIGHT_PURCHASES_RECEIVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_receive, receive_fields),
    .out = &purchase_shape,
    .run = purchase_receive,
    .about = "purchase",
};
const struct op purchase_close_op = {
    .name = "purchase.close-short",
    .says = "Cancel what is still to come of a purchase order",
    .title = "Cancel the rest",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct purchase_close, close_fields),
    .out = &purchase_shape,
    .run = purchase_close,
    .about = "purchase",
};
const struct op purchase_void_op = {
    .name = "purchase.void",
    .says = "Void a purchase order of which nothing has come",
    .title = "Void a purchase order",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct purchase_void, void_fields),
    .out = &purchase_shape,
    .run = purchase_void,
    .about = "purchase",
};
const struct op purchase_from_order_op = {
    .name = "purchase.from-order",
    .says = "Order what a repair order lacks, line tied to line",
    .title = "Order the missing parts",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_from_order, from_order_fields),
    .out = &drafts_shape,
    .run = purchase_from_order,
    .about = "order",
};
const struct op purchase_from_alerts_op = {
    .name = "purchase.from-alerts",
    .says = "Write purchase orders for what is short, a draft for each vendor",
    .title = "Order what is short",
    .right = RIGHT_PURCHASES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct purchase_from_alerts, from_alerts_fields),
    .out = &drafts_shape,
    .run = purchase_from_alerts,
};

static const struct op *const ops[] = {
    &purchase_search_op,     &purchase_show_op,        &purchase_start_op,
    &purchase_edit_op,       &purchase_add_line_op,    &purchase_show_line_op,
    &purchase_edit_line_op,  &purchase_remove_line_op, &purchase_send_op,
    &purchase_receive_op,    &purchase_close_op,       &purchase_void_op,
    &purchase_from_order_op, &purchase_from_alerts_op,
};
extern const struct module purchase_module;
const struct module purchase_module = {
    .name = "purchase",
    .title = "Purchase orders",
    .says = "What is ordered from vendors, from hand, from repair orders or because it is short, "
            "and what came of it.",
    MODULE_OPS(ops),
};
