/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Entering what was found, by line or by scan. */

#include "base/text.h"
#include "count_inner.h"
#include "domain/part.h"
#include "record.h"

/* clang-format off */
static const char SQL_LINE_OF[] =
    "SELECT id FROM stock_count_line\n"
    "WHERE stock_count = :count AND part = :part AND (:bin IS NULL OR bin = :bin)\n"
    "ORDER BY counted IS NOT NULL, position LIMIT 1";
static const char SQL_BY_VENDOR_NUMBER[] =
    "SELECT pv.part FROM vendor AS v CROSS JOIN part_vendor AS pv ON pv.vendor = v.id\n"
    "WHERE pv.number = :number LIMIT 1";
static const char SQL_BIN_OF_SHEET[] = "SELECT ifnull(bin, '') FROM stock_count WHERE id = :count";
/* Found where nobody expected it: the sheet gets a line for it. */
static const char SQL_LINE_ADD[] =
    "INSERT INTO stock_count_line (stock_count, position, part, bin, expected)\n"
    "SELECT :count, (SELECT max(position) + 1 FROM stock_count_line WHERE stock_count = :count), :part, :bin,\n"
    "  ifnull((SELECT on_hand FROM part_bin WHERE part = :part AND bin = :bin), 0)\n"
    "    - (SELECT ifnull(sum(m.quantity), 0) FROM stock_move AS m\n"
    "       WHERE m.part = :part AND m.bin = :bin\n"
    "       AND m.id > (SELECT frozen_move FROM stock_count WHERE id = :count))";
static const char SQL_ELSEWHERE[] =
    "SELECT stock_count FROM stock_count_line WHERE part = :part AND bin = :bin AND open = 1";
static const char SQL_ENTER[] =
    "UPDATE stock_count_line\n"
    "SET counted = :counted, counted_by = :user, counted_at = :now,\n"
    "  moved = (SELECT ifnull(sum(m.quantity), 0) FROM stock_move AS m\n"
    "           WHERE m.part = stock_count_line.part AND m.bin = stock_count_line.bin\n"
    "           AND m.id > (SELECT frozen_move FROM stock_count WHERE id = :count))\n"
    "WHERE id = :line";
/* clang-format on */

static status find_scanned(struct session *s, const char *scanned, struct part *ret)
{
    int64_t id = 0;
    status result = part_find_by_upc(s, scanned, ret);

    if (result == ERR_NOT_FOUND)
        result = part_find_by_sku(s, scanned, ret);
    if (result != ERR_NOT_FOUND)
        return result;
    result = store_int(s->store, SQL_BY_VENDOR_NUMBER,
                       BINDS(BIND_TEXT("number", record_code(s, scanned))), &id);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "scanned", "No part has the number “%s”.", scanned);
    TRY(result);
    return part_get(s, (struct part_id){id}, ret);
}

static status add_line(struct session *s, const struct count_enter *in, const struct part *part,
                       const char *bin, int64_t *ret_line)
{
    int64_t other = 0;
    const struct bind *binds =
        BINDS(BIND_ID("count", in->count), BIND_ID("part", part->id), BIND_TEXT("bin", bin));

    const status busy = store_int(s->store, SQL_ELSEWHERE, binds, &other);
    if (busy == OK)
        return fail_field(s, "scanned", "%s in bin %s is on sheet %lld. Count it there.", part->sku,
                          bin, (long long)other);
    if (busy != ERR_NOT_FOUND)
        return busy;
    TRY(store_run(s->store, SQL_LINE_ADD, NO_ROW, binds));
    *ret_line = store_last_id(s->store);
    return OK;
}

/* The line that a scan means: of the bin that is named, else of the bin the sheet is for, else the
 * first of the part that is not counted yet. */
static status line_of_scan(struct session *s, const struct count_enter *in, int64_t *ret_line)
{
    const char *bin = in->bin;
    struct part part;

    TRY(find_scanned(s, in->scanned, &part));
    if (text_is_empty(bin))
        TRY(store_text(s->store, SQL_BIN_OF_SHEET, BINDS(BIND_ID("count", in->count)), s->arena,
                       &bin));
    const status result = store_int(
        s->store, SQL_LINE_OF,
        BINDS(BIND_ID("count", in->count), BIND_ID("part", part.id), store_bind_text("bin", bin)),
        ret_line);
    if (result != ERR_NOT_FOUND)
        return result;
    if (text_is_empty(bin))
        return fail_field(s, "scanned", "%s is not on this sheet. Say in which bin you found it.",
                          part.sku);
    return add_line(s, in, &part, bin, ret_line);
}

static const struct count_line *line_at(const struct count *count, int64_t id)
{
    const struct count_line *lines = count->lines.at;

    for (size_t i = 0; i < count->lines.count; i++)
        if (lines[i].id.v == id)
            return &lines[i];
    return NULL;
}

static status check_counter(struct session *s, const struct count_enter *in,
                            const struct count_line *line)
{
    char time[DAY_TEXT_MAX], quantity[NUMBER_TEXT_MAX];

    if (line->counted.thousandths == NUMBER_NONE || in->again ||
        text_same(line->counted_by, s->user_name))
        return OK;
    return fail(
        s, ERR_CONFLICT,
        "%s counted %s in bin %s at %s and found %s. If it has to be counted again, say so.",
        line->counted_by, line->sku, line->bin, instant_show_time(line->counted_at, time),
        qty_text(line->counted, quantity));
}

static status total(struct session *s, const struct count_enter *in, const struct count_line *line,
                    struct qty *ret)
{
    const struct qty one = {1000};
    const bool given = in->counted.thousandths != NUMBER_NONE;

    if (!given && !in->add)
        return fail_field(s, "counted", "How many did you find? Write 0 for none.");
    *ret = given ? in->counted : one;
    if (!in->add || line->counted.thousandths == NUMBER_NONE)
        return OK;
    ret->thousandths += line->counted.thousandths;
    if (ret->thousandths > QTY_MAX_THOUSANDTHS)
        return fail_field(s, "counted", "That is more than can be written. Correct it.");
    return OK;
}

static status enter(struct session *s, const void *input, void *output)
{
    const struct count_enter *in = input;
    struct count count;
    struct part part;
    struct qty counted = {0};
    int64_t id = in->line.v;

    TRY(count_get_open(s, in->count, 0, &count));
    if ((id == 0) == text_is_empty(in->scanned))
        return fail_field(s, "scanned", "Name the line, or scan the part.");
    if (id == 0)
        TRY(line_of_scan(s, in, &id));
    TRY(count_get(s, in->count, &count)); /* a scan may have added a line */
    const struct count_line *line = line_at(&count, id);
    if (line == NULL)
        return fail_field(s, "line", "Sheet %lld has no such line.", (long long)in->count.v);
    TRY(check_counter(s, in, line));
    TRY(total(s, in, line, &counted));
    TRY(part_get(s, line->part, &part));
    TRY(part_check_quantity(s, &part, counted, "counted"));
    TRY(store_run(s->store, SQL_ENTER, NO_ROW,
                  BINDS(BIND_INT("line", id), BIND_ID("count", in->count),
                        BIND_INT("counted", counted.thousandths), BIND_ID("user", s->user),
                        BIND_INT("now", session_now(s).seconds))));
    return count_settle(s, in->count, output);
}

static const struct field enter_fields[] = {
    FIELD(struct count_enter, count, .label = "Sheet", .picks = "count.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct count_enter, line, .flags = FIELD_HIDDEN),
    FIELD(struct count_enter, scanned, .label = "Part",
          .help = "Bar code, part number or vendor's number",
          .flags = FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct count_enter, counted, .label = "Found", .flags = FIELD_ARGUMENT | FIELD_OPTIONAL),
    FIELD(struct count_enter, bin, .help = "Where it was found, when the sheet is not for one bin",
          .max = 40),
    FIELD(struct count_enter, add, .label = "Add", .help = "To what was found before"),
    FIELD(struct count_enter, again, .help = "Count anew what somebody else has counted"),
};
const struct op count_enter_op = {
    .name = "count.enter",
    .says = "Enter what was found on the shelf",
    .title = "Enter what was found",
    .right = RIGHT_STOCK_COUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct count_enter, enter_fields),
    .out = &count_shape,
    .run = enter,
    .about = "count",
};
