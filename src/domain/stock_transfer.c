/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From one bin to another: two movements of no value. */

#include "base/text.h"
#include "domain/part.h"
#include "record.h"
#include "stock_inner.h"

static const char SQL_IN_BIN[] =
    "SELECT ifnull(sum(on_hand), 0) FROM part_bin WHERE part = :part AND bin = :bin";
static const char SQL_MAIN[] = "UPDATE part\n"
                               "SET bin = :bin, revision = revision + 1\n"
                               "WHERE id = :part AND bin <> :bin";

static status check_bins(struct session *s, const struct stock_transfer *in,
                         const struct part *part)
{
    const struct bind *binds = BINDS(BIND_ID("part", in->part), BIND_TEXT("bin", in->from));
    int64_t there = 0;
    char text[NUMBER_TEXT_MAX];

    TRY(part_check_quantity(s, part, in->quantity, "quantity"));
    TRY(store_int(s->store, SQL_IN_BIN, binds, &there));
    if (in->quantity.thousandths > there)
        return fail_field(s, "quantity", "%s of part %s are in %s%s. Give that or less.",
                          qty_text((struct qty){there > 0 ? there : 0}, text), part->sku,
                          *in->from != '\0' ? "bin " : "no bin", in->from);
    return OK;
}

static status step(struct session *s, const struct stock_transfer *in, const char *bin,
                   int64_t thousandths)
{
    const struct stock_change change = {
        .part = in->part,
        .kind = STOCK_TRANSFER,
        .bin = bin,
        .quantity = {thousandths},
        .reason = in->reason,
    };
    struct stock_effect effect;

    return stock_move(s, &change, &effect);
}

static status transfer(struct session *s, const void *input, void *output)
{
    const struct stock_transfer *in = input;
    const char *from = record_code(s, in->from);
    const char *to = record_code(s, in->to);
    const struct stock_transfer clean = {in->part, from, to, in->quantity, in->main, in->reason};
    struct part part;

    TRY(part_get(s, in->part, &part));
    if (text_same(from, to))
        return fail_field(s, "to", "It lies there already. Name another bin.");
    TRY(check_bins(s, &clean, &part));
    TRY(step(s, &clean, from, -in->quantity.thousandths));
    TRY(step(s, &clean, to, in->quantity.thousandths));
    if (in->main)
        TRY(store_run(s->store, SQL_MAIN, NO_ROW,
                      BINDS(BIND_ID("part", in->part), BIND_TEXT("bin", to))));
    TRY(part_index(s, in->part));
    return part_get_page(s, in->part, output);
}

/* clang-format off */
static const struct field transfer_fields[] = {
    FIELD(struct stock_transfer, part, .picks = "part.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct stock_transfer, quantity, .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct stock_transfer, from, .label = "From bin", .example = "C4", .max = 40, .flags = FIELD_CODE,
          .help = "Empty: what lies in no bin"),
    FIELD(struct stock_transfer, to, .label = "To bin", .example = "D1", .max = 40, .flags = FIELD_CODE | FIELD_REQUIRED),
    FIELD(struct stock_transfer, main, .label = "Main bin", .help = "Taken from there first, from now on"),
    FIELD(struct stock_transfer, reason),
};
/* clang-format on */

const struct op stock_transfer_op = {
    .name = "stock.transfer",
    .says = "Move parts from one bin to another",
    .right = RIGHT_STOCK_MOVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct stock_transfer, transfer_fields),
    .out = &part_shape,
    .run = transfer,
    .owns = record_is_everybodys, /* who moves stock at all */
    .about = "part",
};
