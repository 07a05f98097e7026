/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Posting a count: the variances become movements, and one entry of the ledger. */

#include "base/text.h"
#include "count_inner.h"
#include "domain/part.h"
#include "domain/stock.h"

/* clang-format off */
static const char SQL_POST[] =
    "UPDATE stock_count\n"
    "SET state = 'posted', reason = :reason, posted_on = :today, posted_by = :user, entry = :entry,\n"
    "  revision = revision + 1\n"
    "WHERE id = :count";
static const char SQL_LINES_CLOSE[] = "UPDATE stock_count_line SET open = 0 WHERE stock_count = :count";
static const char SQL_COUNTED[] =
    "UPDATE part SET counted_on = :today\n"
    "WHERE id IN (SELECT part FROM stock_count_line WHERE stock_count = :count AND counted IS NOT NULL)";
/* clang-format on */

static status check(struct session *s, const struct count_post *in, const struct count *count)
{
    const struct count_line *lines = count->lines.at;

    if (count->counted == 0)
        return fail(s, ERR_CONFLICT, "Nothing on this sheet is counted yet. Count, or give it up.");
    if (count->remaining > 0 && !in->leave)
        return fail_field(s, "leave",
                          "%lld line%s not counted yet. Count them, or say that they are left as "
                          "they are.",
                          (long long)count->remaining, count->remaining == 1 ? " is" : "s are");
    for (size_t i = 0; i < count->lines.count; i++)
        if (lines[i].counted.thousandths != NUMBER_NONE && lines[i].variance.thousandths != 0 &&
            text_is_empty(in->reason))
            return fail_field(s, "reason", "%s differs from what should be there. Say why.",
                              lines[i].sku);
    return OK;
}

static status post_line(struct session *s, struct stock_count_id id, const struct count_line *line,
                        const char *reason, struct stock_effect *sum)
{
    struct stock_effect effect;

    if (line->counted.thousandths == NUMBER_NONE || line->variance.thousandths == 0)
        return OK;
    TRY(stock_move(s,
                   &(struct stock_change){.part = line->part,
                                          .kind = STOCK_COUNT,
                                          .bin = line->bin,
                                          .quantity = line->variance,
                                          .count = id,
                                          .reason = reason},
                   &effect));
    return stock_effect_add(s, sum, &effect);
}

static status post(struct session *s, const void *input, void *output)
{
    const struct count_post *in = input;
    struct stock_effect sum = {0};
    struct entry_id entry = {0};
    struct count count;

    TRY(count_get_open(s, in->count, in->revision, &count));
    TRY(check(s, in, &count));
    const struct count_line *lines = count.lines.at;
    for (size_t i = 0; i < count.lines.count; i++)
        TRY(post_line(s, in->count, &lines[i], in->reason, &sum));
    TRY(stock_post(s, &sum, ACCOUNT_STOCK_ADJUSTMENT, "count", in->count.v,
                   arena_printf(s->arena, "Count %lld, %s", (long long)in->count.v, count.title),
                   &entry));
    const struct bind *binds = BINDS(BIND_ID("count", in->count), BIND_TEXT("reason", in->reason),
                                     BIND_DAY("today", session_today(s)), BIND_ID("user", s->user),
                                     BIND_ID("entry", entry));
    TRY(store_run(s->store, SQL_COUNTED, NO_ROW, binds));
    TRY(store_run(s->store, SQL_LINES_CLOSE, NO_ROW, binds));
    TRY(store_run(s->store, SQL_POST, NO_ROW, binds));
    for (size_t i = 0; i < count.lines.count; i++) /* a bin may have become empty, or not */
        TRY(part_index(s, lines[i].part));
    return count_get(s, in->count, output);
}

static const struct field post_fields[] = {
    FIELD(struct count_post, count, .label = "Sheet", .picks = "count.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct count_post, reason, .help = "Why it differs",
          .example = "broken, not written off"),
    FIELD(struct count_post, leave, .label = "Leave the rest",
          .help = "Lines that are not counted stay as they are"),
    FIELD(struct count_post, revision, .flags = FIELD_HIDDEN),
};
const struct op count_post_op = {
    .name = "count.post",
    .says = "Post a count: stock and books take over what was found",
    .title = "Post a count",
    .right = RIGHT_STOCK_ADJUST,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct count_post, post_fields),
    .out = &count_shape,
    .run = post,
    .fills = "count.show",
    .about = "count",
};
