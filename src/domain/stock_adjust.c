/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Setting what is on the shelf by hand: the difference is a movement, and its value goes to the
 * books' inventory adjustments. */

#include "domain/part.h"
#include "stock_inner.h"

static const char SQL_IN_BIN[] =
    "SELECT ifnull(sum(on_hand), 0) FROM part_bin WHERE part = :part AND bin = :bin";

/* What comes or goes takes its share, as an issue does: what stays is not rounded anew. */
static status value_at_average(const struct stock_part *part, struct qty on_hand,
                               struct money *ret_value)
{
    struct money share = MONEY_ZERO;

    TRY(money_share(part->stock_value, on_hand.thousandths - part->on_hand.thousandths,
                    part->on_hand.thousandths, &share));
    return money_add(part->stock_value, share, ret_value);
}

/* What the counted stock is worth: at the cost given, else at what each is worth now, else at the
 * last cost. */
static status value_on_hand(struct session *s, const struct stock_part *part, struct qty on_hand,
                            struct money unit_cost, struct money *ret_value)
{
    const bool has_average =
        unit_cost.cents == 0 && part->on_hand.thousandths > 0 && part->stock_value.cents > 0;
    const struct money each = unit_cost.cents != 0 ? unit_cost : part->cost;
    const status result = has_average ? value_at_average(part, on_hand, ret_value)
                                      : money_times_qty(each, on_hand, ret_value);

    return result == OK ? OK : stock_too_much(s);
}

status stock_set_on_hand(struct session *s, struct part_id id, struct qty on_hand, const char *bin,
                         struct money unit_cost, const char *reason)
{
    struct stock_part part;
    struct money value = MONEY_ZERO;
    struct money moved;
    struct stock_change change = {.part = id, .kind = STOCK_ADJUST, .bin = bin, .reason = reason};

    TRY(stock_part_get(s, id, &part));
    TRY(value_on_hand(s, &part, on_hand, unit_cost, &value));
    change.quantity.thousandths = on_hand.thousandths - part.on_hand.thousandths;
    if (money_sub(value, part.stock_value, &change.value) != OK)
        return stock_too_much(s);
    if (change.quantity.thousandths == 0 && change.value.cents == 0)
        return OK;
    return stock_move_and_post(s, &change, ACCOUNT_STOCK_ADJUSTMENT, &moved);
}

/* All that is on hand when one bin is set: the others stay. */
static status total_with_bin(struct session *s, const struct part_adjust *adjust,
                             struct qty *ret_on_hand)
{
    struct stock_part part;
    int64_t in_bin = 0;

    TRY(stock_part_get(s, adjust->part, &part));
    TRY(store_int(s->store, SQL_IN_BIN,
                  BINDS(BIND_ID("part", adjust->part), BIND_TEXT("bin", adjust->in_bin)), &in_bin));
    ret_on_hand->thousandths = part.on_hand.thousandths - in_bin + adjust->on_hand.thousandths;
    return OK;
}

static status part_adjust(struct session *s, const void *in, void *out)
{
    const struct part_adjust *adjust = in;
    const bool has_bin = adjust->in_bin[0] != '\0';
    struct qty on_hand = adjust->on_hand;
    struct part part;

    TRY(part_get(s, adjust->part, &part));
    TRY(part_check_quantity(s, &part, adjust->on_hand, "on_hand"));
    if (has_bin)
        TRY(total_with_bin(s, adjust, &on_hand));
    TRY(stock_set_on_hand(s, adjust->part, on_hand, has_bin ? adjust->in_bin : NULL,
                          adjust->unit_cost, adjust->reason));
    if (has_bin)
        TRY(part_index(s, adjust->part));
    return part_get_page(s, adjust->part, out);
}

static const struct field adjust_fields[] = {
    FIELD(struct part_adjust, part, .label = "Part", .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct part_adjust, on_hand, .label = "On hand", .help = "As counted",
          .flags = FIELD_ARGUMENT),
    FIELD(struct part_adjust, in_bin, .label = "In bin",
          .help = "In this bin alone; empty: in all together", .max = 40, .flags = FIELD_CODE),
    FIELD(struct part_adjust, reason, .example = "counted", .max = 200, .flags = FIELD_REQUIRED),
    FIELD(struct part_adjust, unit_cost, .label = "Cost of one", .right = RIGHT_COSTS_VIEW,
          .help = "0: what they are worth now"),
};

const struct op part_adjust_op = {
    .name = "part.adjust",
    .says = "Set what is on the shelf and book the difference",
    .title = "Set what is on the shelf",
    .right = RIGHT_STOCK_ADJUST,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_adjust, adjust_fields),
    .out = &part_shape,
    .run = part_adjust,
    .fills = "part.show",
    .about = "part",
};
