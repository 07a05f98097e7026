/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The page of a purchase order, and the state that follows from its lines, bills and payments. */

#include <stdio.h>

#include "purchase_inner.h"

/* clang-format off */
static const struct choice purchase_states[] = {
    [PURCHASE_DRAFT]         = {"draft",         "draft",           "○", "o"},
    [PURCHASE_SENT]          = {"sent",          "sent",            "◐", "-"},
    [PURCHASE_PART_RECEIVED] = {"part_received", "partly received", "◑", "+"},
    [PURCHASE_RECEIVED]      = {"received",      "received",        "●", "*"},
    [PURCHASE_BILLED]        = {"billed",        "billed",          "◆", "$"},
    [PURCHASE_CLOSED]        = {"closed",        "closed",          "✓", "."},
    [PURCHASE_VOID]          = {"void",          "void",            "✗", "x"},
};
const struct choices purchase_state_choices = CHOICES(purchase_states);

static const char SQL_GET[] =
    "SELECT u.id AS id, u.vendor AS vendor, v.name AS vendor_name, v.email AS vendor_email,\n"
    "  v.account_number AS account_number, u.state AS state, u.made_at AS made_at,\n"
    "  u.sent_at AS sent_at, ifnull(w.name, '') AS made_by, u.due_on AS due_on,\n"
    "  u.reference AS reference, u.note AS note, u.void_reason AS void_reason,\n"
    "  u.revision AS revision\n"
    "FROM purchase AS u\n"
    "JOIN vendor AS v ON v.id = u.vendor\n"
    "LEFT JOIN user AS w ON w.id = u.made_by\n"
    "WHERE u.id = :purchase";
#define LINE_SELECT                                                                                \
    "SELECT l.id AS id, l.position AS position, l.part AS part, ifnull(p.sku, '') AS sku,\n"       \
    "  l.description AS description, l.number AS number, l.quantity AS quantity,\n"                \
    "  l.received AS received, l.open AS open, l.cost AS cost, l.core AS core,\n"                  \
    "  ifnull(l.due_on, u.due_on) AS due_on, l.line AS line, l.repair_order AS \"order\",\n"       \
    "  CASE WHEN o.id IS NULL THEN '' ELSE 'RO ' || o.id || ', ' || c.name END AS order_text\n"    \
    "FROM purchase_line AS l\n"                                                                    \
    "JOIN purchase AS u ON u.id = l.purchase\n"                                                    \
    "LEFT JOIN part AS p ON p.id = l.part\n"                                                       \
    "LEFT JOIN repair_order AS o ON o.id = l.repair_order\n"                                       \
    "LEFT JOIN customer AS c ON c.id = o.customer\n"
static const char SQL_LINES[] = LINE_SELECT
    "WHERE l.purchase = :purchase\n"
    "ORDER BY l.position, l.id";
static const char SQL_LINE[] = LINE_SELECT "WHERE l.id = :line";
static const char SQL_LINE_PURCHASE[] = "SELECT purchase FROM purchase_line WHERE id = :line";
static const char SQL_RECEIPTS[] =
    "SELECT r.id AS id, r.received_on AS received_on, r.slip AS slip,\n"
    "  ifnull(w.name, '') AS user_name, r.freight AS freight, r.total AS total,\n"
    "  r.billed AS billed\n"
    "FROM receipt AS r\n"
    "LEFT JOIN user AS w ON w.id = r.user\n"
    "WHERE r.purchase = :purchase\n"
    "ORDER BY r.id";
static const char SQL_RECEIPT_LINES[] =
    "SELECT k.id AS id, k.purchase_line AS line, ifnull(p.sku, '') AS sku,\n"
    "  l.description AS description, k.quantity AS quantity, k.cost AS cost,\n"
    "  k.amount AS amount, k.freight AS freight, k.core AS core, l.cost AS ordered\n"
    "FROM receipt_line AS k\n"
    "JOIN purchase_line AS l ON l.id = k.purchase_line\n"
    "LEFT JOIN part AS p ON p.id = k.part\n"
    "WHERE k.receipt = :receipt\n"
    "ORDER BY k.id";
static const char SQL_HEAD[] =
    "SELECT u.id AS id, u.vendor AS vendor, v.name AS vendor_name, u.state AS state,\n"
    "  u.due_on AS due_on, v.lead_days AS lead_days, u.revision AS revision\n"
    "FROM purchase AS u\n"
    "JOIN vendor AS v ON v.id = u.vendor\n"
    "WHERE u.id = :purchase";
static const char SQL_TALLY[] =
    "SELECT ifnull(sum(l.open), 0) AS open, ifnull(sum(l.received), 0) AS received,\n"
    "  EXISTS (SELECT 1 FROM receipt AS r\n"
    "          WHERE r.purchase = :purchase AND r.billed <> r.total) AS unbilled,\n"
    "  EXISTS (SELECT 1 FROM receipt AS r\n"
    "          JOIN bill_receipt AS br ON br.receipt = r.id\n"
    "          JOIN bill AS b ON b.id = br.bill\n"
    "          WHERE r.purchase = :purchase AND b.paid <> b.total) AS unpaid\n"
    "FROM purchase_line AS l\n"
    "WHERE l.purchase = :purchase";
static const char SQL_STATE[] =
    "UPDATE purchase\n"
    "SET state = :state, revision = revision + 1\n"
    "WHERE id = :purchase";

static const struct field line_fields[] = {
    FIELD(struct purchase_line, id, .label = "Line", .flags = FIELD_HIDDEN),
    FIELD(struct purchase_line, position, .flags = FIELD_HIDDEN),
    FIELD(struct purchase_line, part, .flags = FIELD_HIDDEN),
    FIELD(struct purchase_line, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_line, description),
    FIELD(struct purchase_line, number, .label = "Their number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase_line, quantity, .label = "Ordered"),
    FIELD(struct purchase_line, received),
    FIELD(struct purchase_line, open, .label = "To come"),
    FIELD(struct purchase_line, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase_line, core, .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase_line, amount, .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase_line, due_on, .label = "Due"),
    FIELD(struct purchase_line, line, .flags = FIELD_HIDDEN),
    FIELD(struct purchase_line, order, .label = "RO", .flags = FIELD_HIDDEN),
    FIELD(struct purchase_line, order_text, .label = "For"),
};
const struct shape purchase_line_shape =
    SHAPE_OF(struct purchase_line, "purchase_line", line_fields);

static const struct field receipt_line_fields[] = {
    FIELD(struct receipt_line, id, .flags = FIELD_HIDDEN),
    FIELD(struct receipt_line, line, .flags = FIELD_HIDDEN),
    FIELD(struct receipt_line, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct receipt_line, description),
    FIELD(struct receipt_line, quantity),
    FIELD(struct receipt_line, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt_line, ordered, .label = "As ordered", .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt_line, amount, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt_line, freight, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt_line, core, .label = "Core deposit", .right = RIGHT_COSTS_VIEW),
};
const struct shape receipt_line_shape =
    SHAPE_OF(struct receipt_line, "receipt_line", receipt_line_fields);

static const struct field receipt_fields[] = {
    FIELD(struct receipt, id, .label = "Delivery"),
    FIELD(struct receipt, received_on, .label = "Received"),
    FIELD(struct receipt, slip, .label = "Packing slip", .flags = FIELD_NUMBERS_OK),
    FIELD(struct receipt, user_name, .label = "By"),
    FIELD(struct receipt, freight, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt, total, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt, billed, .right = RIGHT_COSTS_VIEW),
    FIELD(struct receipt, lines, .rows = &receipt_line_shape),
};
const struct shape receipt_shape = SHAPE_OF(struct receipt, "receipt", receipt_fields);

static const struct field purchase_fields[] = {
    FIELD(struct purchase, id, .label = "PO"),
    FIELD(struct purchase, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct purchase, vendor_name, .label = "Vendor"),
    FIELD(struct purchase, vendor_email, .label = "E-mail"),
    FIELD(struct purchase, account_number, .label = "Account number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase, state, .choices = &purchase_state_choices),
    FIELD(struct purchase, made_at, .label = "Made"),
    FIELD(struct purchase, made_by, .label = "By"),
    FIELD(struct purchase, sent_at, .label = "Sent"),
    FIELD(struct purchase, due_on, .label = "Due"),
    FIELD(struct purchase, reference, .label = "Confirmation", .flags = FIELD_NUMBERS_OK),
    FIELD(struct purchase, note, .flags = FIELD_MANY_LINES),
    FIELD(struct purchase, lines, .rows = &purchase_line_shape),
    FIELD(struct purchase, receipts, .label = "Deliveries", .rows = &receipt_shape),
    FIELD(struct purchase, total, .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase, cores, .label = "Core deposits", .right = RIGHT_COSTS_VIEW),
    FIELD(struct purchase, void_reason, .label = "Void because"),
    FIELD(struct purchase, warning, .max = 2000, .right = RIGHT_COSTS_VIEW,
          .flags = FIELD_MANY_LINES),
    FIELD(struct purchase, revision, .flags = FIELD_HIDDEN),
};
const struct shape purchase_shape = SHAPE_OF(struct purchase, "purchase", purchase_fields);

static const struct field head_fields[] = {
    FIELD(struct purchase_head, id),
    FIELD(struct purchase_head, vendor),
    FIELD(struct purchase_head, vendor_name),
    FIELD(struct purchase_head, state, .choices = &purchase_state_choices),
    FIELD(struct purchase_head, due_on),
    FIELD(struct purchase_head, lead_days),
    FIELD(struct purchase_head, revision),
};
static const struct shape head_shape = SHAPE_OF(struct purchase_head, "purchase", head_fields);
/* clang-format on */

struct tally {
    int64_t open, received;
    bool unbilled, unpaid;
};
static const struct field tally_fields[] = {
    FIELD(struct tally, open),
    FIELD(struct tally, received),
    FIELD(struct tally, unbilled),
    FIELD(struct tally, unpaid),
};
static const struct shape tally_shape = SHAPE_OF(struct tally, "tally", tally_fields);

/* ------------------------------------------------------------------------ page -- */

static status line_amount(struct session *s, struct purchase_line *line)
{
    if (money_times_qty(line->cost, line->quantity, &line->amount) != OK)
        return fail(s, ERR_INVALID, "“%s” comes to more than can be counted.", line->description);
    return OK;
}

status purchase_lines(struct session *s, struct purchase_id id, struct rows *ret)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_LINES, NO_ROW, BINDS(BIND_ID("purchase", id)), s->arena,
                   &purchase_line_shape, &rows));
    struct purchase_line *line = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(line_amount(s, &line[i]));
    *ret = rows;
    return OK;
}

static status add_up(struct session *s, struct purchase *purchase)
{
    const struct purchase_line *line = purchase->lines.at;

    for (size_t i = 0; i < purchase->lines.count; i++) {
        struct money cores;
        if (money_times_qty(line[i].core, line[i].quantity, &cores) != OK ||
            money_add(purchase->cores, cores, &purchase->cores) != OK ||
            money_add(purchase->total, line[i].amount, &purchase->total) != OK)
            return fail(s, ERR_INVALID, "The order comes to more than can be counted.");
    }
    return OK;
}

static status get_receipts(struct session *s, struct purchase *purchase)
{
    TRY(store_list(s->store, SQL_RECEIPTS, NO_ROW, BINDS(BIND_ID("purchase", purchase->id)),
                   s->arena, &receipt_shape, &purchase->receipts));
    struct receipt *receipt = purchase->receipts.at;
    for (size_t i = 0; i < purchase->receipts.count; i++)
        TRY(store_list(s->store, SQL_RECEIPT_LINES, NO_ROW,
                       BINDS(BIND_ID("receipt", receipt[i].id)), s->arena, &receipt_line_shape,
                       &receipt[i].lines));
    return OK;
}

static status not_there(struct session *s, status result, struct purchase_id id)
{
    return found(s, result, "There is no purchase order %lld. Look for it by vendor or part.",
                 (long long)id.v);
}

status purchase_get(struct session *s, struct purchase_id id, struct purchase *ret)
{
    struct purchase page;

    TRY(not_there(s,
                  store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("purchase", id)), s->arena,
                            &purchase_shape, &page),
                  id));
    TRY(purchase_lines(s, id, &page.lines));
    TRY(add_up(s, &page));
    TRY(get_receipts(s, &page));
    *ret = page;
    return OK;
}

/* ----------------------------------------------------------------------- begin -- */

status purchase_begin(struct session *s, struct purchase_id id, int64_t revision,
                      struct purchase_head *ret)
{
    struct purchase_head head;

    TRY(not_there(s,
                  store_get(s->store, SQL_HEAD, NO_ROW, BINDS(BIND_ID("purchase", id)), s->arena,
                            &head_shape, &head),
                  id));
    if (revision != 0 && revision != head.revision)
        return record_is_stale(s, "purchase", id.v);
    *ret = head;
    return OK;
}

status purchase_begin_line(struct session *s, struct purchase_line_id id, int64_t revision,
                           struct purchase_head *ret, struct purchase_line *ret_line)
{
    const struct bind *binds = BINDS(BIND_ID("line", id));
    struct purchase_id purchase;
    struct purchase_line line;

    TRY(found(s, store_int(s->store, SQL_LINE_PURCHASE, binds, &purchase.v),
              "This line is no longer there. Look at the purchase order again."));
    TRY(store_get(s->store, SQL_LINE, NO_ROW, binds, s->arena, &purchase_line_shape, &line));
    TRY(purchase_begin(s, purchase, revision, ret));
    *ret_line = line;
    return OK;
}

status purchase_must_be_draft(struct session *s, const struct purchase_head *head)
{
    if (head->state == PURCHASE_DRAFT)
        return OK;
    if (head->state == PURCHASE_VOID)
        return fail(s, ERR_CONFLICT, "Purchase order %lld is void. Write a new one.",
                    (long long)head->id.v);
    return fail(s, ERR_CONFLICT,
                "Purchase order %lld has been sent to %s and cannot change. Write another one, or "
                "cancel what is still to come.",
                (long long)head->id.v, head->vendor_name);
}

/* ----------------------------------------------------------------------- state -- */

static enum purchase_state state_of(const struct purchase_head *head, const struct tally *tally)
{
    if (head->state == PURCHASE_DRAFT || head->state == PURCHASE_VOID)
        return head->state;
    if (tally->open > 0)
        return tally->received > 0 ? PURCHASE_PART_RECEIVED : PURCHASE_SENT;
    if (tally->received == 0)
        return PURCHASE_VOID;
    if (tally->unbilled)
        return PURCHASE_RECEIVED;
    return tally->unpaid ? PURCHASE_BILLED : PURCHASE_CLOSED;
}

status purchase_follow(struct session *s, struct purchase_id id)
{
    const struct bind purchase = BIND_ID("purchase", id);
    struct purchase_head head;
    struct tally tally;

    TRY(purchase_begin(s, id, 0, &head));
    TRY(store_get(s->store, SQL_TALLY, NO_ROW, BINDS(purchase), s->arena, &tally_shape, &tally));
    const enum purchase_state state = state_of(&head, &tally);
    return store_run(
        s->store, SQL_STATE, NO_ROW,
        BINDS(purchase, BIND_TEXT("state", choice_word(&purchase_state_choices, state))));
}

/* What people type to find the order again. */
static status index_purchase(struct session *s, const struct purchase *purchase)
{
    const struct purchase_line *line = purchase->lines.at;
    struct lookup_keys keys = {.count = 0};

    lookup_add_digits(s, &keys, arena_printf(s->arena, "%lld", (long long)purchase->id.v));
    lookup_add(s, &keys, purchase->vendor_name, true);
    lookup_add_code(s, &keys, purchase->reference);
    for (size_t i = 0; i < purchase->lines.count; i++) {
        lookup_add(s, &keys, line[i].sku, false);
        lookup_add_code(s, &keys, line[i].sku);
        lookup_add_code(s, &keys, line[i].number);
        if (line[i].order.v != 0)
            lookup_add_digits(s, &keys, arena_printf(s->arena, "%lld", (long long)line[i].order.v));
    }
    return lookup_put(s, "purchase", purchase->id.v, &keys);
}

status purchase_finish(struct session *s, const struct purchase_head *head, struct purchase *ret)
{
    TRY(purchase_follow(s, head->id));
    TRY(purchase_orders_follow(s, head->id));
    TRY(purchase_get(s, head->id, ret));
    return index_purchase(s, ret);
}
