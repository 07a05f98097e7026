/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts on their way into a car: pulled for a line of an authorized job before the invoice, or put
 * back. What they are worth goes from inventory to work in process, and back. */

#include "domain/part.h"
#include "order_inner.h"
#include "stock_inner.h"

static const char SQL_TO_PULL[] =
    "SELECT l.id AS id, l.part AS part, p.sku AS sku, l.committed AS committed,\n"
    "  CASE WHEN p.whole = 1 THEN p.on_hand / 1000 * 1000 ELSE p.on_hand END AS on_hand\n"
    "FROM job AS j\n"
    "JOIN line AS l ON l.job = j.id\n"
    "JOIN part AS p ON p.id = l.part\n"
    "WHERE j.repair_order = :order AND l.committed > 0 AND j.needs_authorization = 0\n"
    "ORDER BY j.position, l.position";

static const char SQL_PULLED[] = "SELECT count(*)\n"
                                 "FROM job AS j JOIN line AS l ON l.job = j.id\n"
                                 "WHERE j.repair_order = :order AND l.pulled > 0";

struct to_pull {
    struct line_id id;
    struct part_id part;
    const char *sku;
    struct qty committed, on_hand;
};
static const struct field to_pull_fields[] = {
    FIELD(struct to_pull, id),        FIELD(struct to_pull, part),    FIELD(struct to_pull, sku),
    FIELD(struct to_pull, committed), FIELD(struct to_pull, on_hand),
};
static const struct shape to_pull_shape = SHAPE_OF(struct to_pull, "to_pull", to_pull_fields);

/* ------------------------------------------------------------------------- move -- */

static status take(struct session *s, struct line_id line, struct part_id part, struct qty quantity,
                   struct order_id order)
{
    struct money moved;

    return stock_move_and_post(
        s,
        &(struct stock_change){
            .part = part,
            .kind = STOCK_ISSUE,
            .quantity = {-quantity.thousandths},
            .line = line,
            .reason = arena_printf(s->arena, "Pulled for order %lld", (long long)order.v)},
        ACCOUNT_WORK_IN_PROCESS, &moved);
}

static status give_back(struct session *s, const struct order_line *line, struct qty quantity,
                        struct order_id order)
{
    struct money value = MONEY_ZERO;
    struct money moved;

    if (money_share(line->pulled_value, quantity.thousandths, line->pulled.thousandths, &value) !=
        OK)
        return stock_too_much(s);
    return stock_move_and_post(
        s,
        &(struct stock_change){
            .part = line->part,
            .kind = STOCK_RETURN,
            .quantity = quantity,
            .value = value,
            .line = line->id,
            .reason = arena_printf(s->arena, "Put back from order %lld", (long long)order.v)},
        ACCOUNT_WORK_IN_PROCESS, &moved);
}

/* ------------------------------------------------------------------- operations -- */

static status begin(struct session *s, const struct stock_pull *in, struct order_line *ret_line,
                    struct job_head *ret_job, struct order_head *ret_head)
{
    TRY(line_get(s, in->line, ret_line));
    TRY(job_begin(s, ret_line->job, in->revision, ret_job, ret_head));
    if (ret_line->kind != LINE_PART || ret_line->part.v == 0)
        return fail_field(s, "line", "Only parts of the catalog are on the shelf. Choose one.");
    return OK;
}

/* How much is meant: what was asked for, within what there is. */
static status choose_quantity(struct session *s, const struct order_line *line, struct qty asked,
                              struct qty most, const char *what, struct qty *ret)
{
    struct part part;
    char text[NUMBER_TEXT_MAX];

    if (asked.thousandths == NUMBER_NONE)
        asked = most;
    if (asked.thousandths > most.thousandths)
        return fail_field(s, "quantity", "%s of part %s are left to %s. Give that or less.",
                          qty_text(most, text), line->sku, what);
    TRY(part_get(s, line->part, &part));
    *ret = asked;
    return part_check_quantity(s, &part, asked, "quantity");
}

static status pull(struct session *s, const void *input, void *output)
{
    const struct stock_pull *in = input;
    struct order_line line;
    struct job_head job;
    struct order_head head;
    struct qty quantity;

    TRY(begin(s, in, &line, &job, &head));
    TRY(job_check_authorized(s, &job));
    if (line.committed.thousandths == 0)
        return fail(s, ERR_CONFLICT, "All of part %s is pulled for this line already.", line.sku);
    TRY(choose_quantity(s, &line, in->quantity, line.committed, "pull", &quantity));
    TRY(take(s, in->line, line.part, quantity, head.id));
    return order_finish(s, &head, output);
}

static status put_back(struct session *s, const void *input, void *output)
{
    const struct stock_pull *in = input;
    struct order_line line;
    struct job_head job;
    struct order_head head;
    struct qty quantity;

    TRY(begin(s, in, &line, &job, &head));
    if (line.pulled.thousandths == 0)
        return fail(s, ERR_CONFLICT, "Nothing of part %s is pulled for this line.", line.sku);
    TRY(choose_quantity(s, &line, in->quantity, line.pulled, "put back", &quantity));
    TRY(give_back(s, &line, quantity, head.id));
    return order_finish(s, &head, output);
}

/* What two lines need of one part is taken in their order. */
static struct qty left_for(const struct to_pull *rows, size_t at)
{
    int64_t left = rows[at].on_hand.thousandths;

    for (size_t i = 0; i < at; i++)
        if (rows[i].part.v == rows[at].part.v)
            left -= rows[i].committed.thousandths;
    if (left > rows[at].committed.thousandths)
        left = rows[at].committed.thousandths;
    return (struct qty){left > 0 ? left : 0};
}

static status nothing_left(struct session *s, struct order_id order)
{
    int64_t pulled = 0;

    TRY(store_int(s->store, SQL_PULLED, BINDS(BIND_ID("order", order)), &pulled));
    if (pulled > 0)
        return fail(s, ERR_CONFLICT, "Every part of order %lld's authorized jobs is pulled.",
                    (long long)order.v);
    return fail(s, ERR_CONFLICT,
                "Order %lld has no part to pull: only authorized jobs take parts of the catalog.",
                (long long)order.v);
}

static status pull_order(struct session *s, const void *input, void *output)
{
    const struct stock_pull_order *in = input;
    struct order_head head;
    struct rows rows;
    int pulled = 0;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(store_list(s->store, SQL_TO_PULL, NO_ROW, BINDS(BIND_ID("order", in->order)), s->arena,
                   &to_pull_shape, &rows));
    const struct to_pull *row = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        const struct qty quantity = left_for(row, i);
        if (quantity.thousandths == 0)
            continue;
        TRY(take(s, row[i].id, row[i].part, quantity, head.id));
        pulled++;
    }
    if (rows.count == 0)
        return nothing_left(s, in->order);
    if (pulled == 0)
        return fail(s, ERR_CONFLICT, "Nothing that order %lld needs is on the shelf. Order it.",
                    (long long)in->order.v);
    return order_finish(s, &head, output);
}

/* clang-format off */
static const struct field pull_fields[] = {
    FIELD(struct stock_pull, line, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct stock_pull, quantity, .help = "Empty: all that is left", .low = 1,
          .high = QTY_MAX_THOUSANDTHS, .flags = FIELD_ARGUMENT | FIELD_OPTIONAL),
    REVISION_FIELD(struct stock_pull),
};
static const struct shape pull_shape = SHAPE_OF(struct stock_pull, "stock_pull", pull_fields);
static const struct field pull_order_fields[] = {
    ORDER_FIELD(struct stock_pull_order),
    REVISION_FIELD(struct stock_pull_order),
};
/* clang-format on */

const struct op stock_pull_op = {
    .name = "stock.pull",
    .says = "Pull the part of a line off the shelf",
    .right = RIGHT_STOCK_MOVE,
    .kind = OP_WRITES,
    .in = &pull_shape,
    .out = &order_shape,
    .run = pull,
    .owns = line_is_own,
};
const struct op stock_put_back_op = {
    .name = "stock.put-back",
    .says = "Put a pulled part back on the shelf",
    .right = RIGHT_STOCK_MOVE,
    .kind = OP_WRITES,
    .in = &pull_shape,
    .out = &order_shape,
    .run = put_back,
    .owns = line_is_own,
};
const struct op stock_pull_order_op = {
    .name = "stock.pull-order",
    .says = "Pull every part on hand for a repair order's authorized jobs",
    .title = "Pull the parts of an order",
    .right = RIGHT_STOCK_MOVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct stock_pull_order, pull_order_fields),
    .out = &order_shape,
    .run = pull_order,
    .owns = order_is_own,
};
