/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Making a count sheet: which parts in which bins, and what should be there. */

#include <string.h>

#include "base/text.h"
#include "count_inner.h"
#include "domain/part.h"

#define LINES_MAX    5000
#define MOST_DEFAULT 200

/* Parts are chosen by one condition each; of every part all bins where something lies or should. A
 * part that nobody has put anywhere yet stands in its main bin. */
#define PLACES(condition)                                                                          \
    "SELECT p.id AS part, b.bin, b.on_hand\n"                                                      \
    "FROM part AS p JOIN part_bin AS b ON b.part = p.id\n"                                         \
    "WHERE " condition " AND p.archived_at IS NULL AND (b.on_hand <> 0 OR b.bin = p.bin)\n"        \
    "UNION ALL\n"                                                                                  \
    "SELECT p.id, p.bin, 0\n"                                                                      \
    "FROM part AS p\n"                                                                             \
    "WHERE " condition " AND p.archived_at IS NULL\n"                                              \
    "AND NOT EXISTS (SELECT 1 FROM part_bin AS b WHERE b.part = p.id AND b.bin = p.bin)\n"         \
    "AND NOT EXISTS (SELECT 1 FROM part_bin AS b WHERE b.part = p.id AND b.on_hand <> 0)\n"

/* clang-format off */
static const char SQL_OF_CATEGORY[] = PLACES("p.category = :category") "ORDER BY 2, 1 LIMIT :most";
static const char SQL_OF_CLASS[] = PLACES("p.abc = :abc") "ORDER BY 2, 1 LIMIT :most";
/* Whose turn it is: the longest ago first. */
static const char SQL_DUE[] = PLACES(
    "p.id IN (SELECT d.id FROM count_plan AS c JOIN part AS d ON d.abc = c.abc\n"
    "  WHERE c.days > 0 AND (d.counted_on IS NULL OR d.counted_on <= date(:today, '-' || c.days || ' days'))\n"
    "  AND d.archived_at IS NULL\n"
    "  ORDER BY ifnull(d.counted_on, ''), d.id LIMIT :parts)") "ORDER BY 2, 1 LIMIT :most";
/* A bin is counted whole: what lies there, and what has its place there. */
static const char SQL_OF_BIN[] =
    "SELECT b.part, b.bin, b.on_hand\n"
    "FROM part_bin AS b JOIN part AS p ON p.id = b.part\n"
    "WHERE b.bin = :bin AND (b.on_hand <> 0 OR p.bin = b.bin) AND p.archived_at IS NULL\n"
    "ORDER BY 2, p.sku LIMIT :most";
/* Somebody is at it already, with the whole bin or some part of it. */
static const char SQL_BUSY[] =
    "SELECT c.id || '|' || ifnull(u.name, 'somebody')\n"
    "FROM stock_count_line AS l JOIN stock_count AS c ON c.id = l.stock_count\n"
    "LEFT JOIN user AS u ON u.id = ifnull(l.counted_by, c.made_by)\n"
    "WHERE l.bin = :bin AND l.open = 1\n"
    "ORDER BY l.id LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO stock_count (title, frozen_at, frozen_move, bin, made_by)\n"
    "VALUES (:title, :now, (SELECT ifnull(max(id), 0) FROM stock_move), :bin, :user)";
static const char SQL_LINE_ADD[] =
    "INSERT OR IGNORE INTO stock_count_line (stock_count, position, part, bin, expected)\n"
    "VALUES (:count, :position, :part, :bin, :expected)";
/* clang-format on */

struct place {
    struct part_id part;
    const char *bin;
    struct qty on_hand;
};
static const struct field place_fields[] = {
    FIELD(struct place, part),
    FIELD(struct place, bin),
    FIELD(struct place, on_hand),
};
static const struct shape place_shape = SHAPE_OF(struct place, "place", place_fields);

static status bin_must_be_free(struct session *s, const char *bin)
{
    const char *who = "";
    const status result =
        store_text(s->store, SQL_BUSY, BINDS(BIND_TEXT("bin", bin)), s->arena, &who);

    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    const char *name = strchr(who, '|');
    return fail_field(s, "bin",
                      "%s is counting bin %s on sheet %.*s. Go on with that sheet, or post it or "
                      "give it up first.",
                      name + 1, bin, (int)(name - who), who);
}

static status choose(struct session *s, const struct count_start *in, const char **ret_sql)
{
    const bool by_bin = !text_is_empty(in->bin);
    const bool by_category = !text_is_empty(in->category);
    const bool by_class = in->abc != PART_CLASS_NONE;

    if (by_bin + by_category + by_class + in->due != 1)
        return fail_field(s, "bin",
                          "Count one thing at a time: a bin, a category, a class, or what "
                          "is due.");
    if (by_bin)
        TRY(bin_must_be_free(s, in->bin));
    *ret_sql = by_bin        ? SQL_OF_BIN
               : by_category ? SQL_OF_CATEGORY
               : by_class    ? SQL_OF_CLASS
                             : SQL_DUE;
    return OK;
}

static const char *title_of(struct session *s, const struct count_start *in)
{
    if (!text_is_empty(in->title))
        return in->title;
    if (!text_is_empty(in->bin))
        return arena_printf(s->arena, "Bin %s", in->bin);
    if (!text_is_empty(in->category))
        return in->category;
    return in->due ? "Due by the plan"
                   : arena_printf(s->arena, "Class %s", choice_word(&part_class_choices, in->abc));
}

static status find_places(struct session *s, const struct count_start *in, const char *sql,
                          struct rows *ret)
{
    TRY(store_list(s->store, sql, NO_ROW,
                   BINDS(BIND_TEXT("bin", in->bin), BIND_TEXT("category", in->category),
                         BIND_TEXT("abc", choice_word(&part_class_choices, in->abc)),
                         BIND_DAY("today", session_today(s)),
                         BIND_INT("parts", in->most > 0 ? in->most : MOST_DEFAULT),
                         BIND_INT("most", LINES_MAX + 1)),
                   s->arena, &place_shape, ret));
    if (ret->count == 0)
        return fail(s, ERR_NOT_FOUND,
                    in->due ? "Nothing is due for counting. Give parts a class, or come back later."
                            : "There is nothing to count there. Look at the name again.");
    if (ret->count > LINES_MAX)
        return fail(s, ERR_CONFLICT, "That is more than %d lines. Count it bin by bin.", LINES_MAX);
    return OK;
}

/* What is on another open sheet is left out there; the unique index says so. */
static status add_lines(struct session *s, struct stock_count_id id, const struct rows *places,
                        int64_t *ret_added)
{
    const struct place *at = places->at;
    int64_t added = 0;

    for (size_t i = 0; i < places->count; i++) {
        TRY(store_run(s->store, SQL_LINE_ADD, NO_ROW,
                      BINDS(BIND_ID("count", id), BIND_INT("position", added + 1),
                            BIND_ID("part", at[i].part), BIND_TEXT("bin", at[i].bin),
                            BIND_INT("expected", at[i].on_hand.thousandths))));
        added += store_changed_rows(s->store);
    }
    *ret_added = added;
    return OK;
}

static status start(struct session *s, const void *input, void *output)
{
    const struct count_start *in = input;
    const char *sql = NULL;
    struct rows places;
    int64_t added = 0;

    TRY(choose(s, in, &sql));
    TRY(find_places(s, in, sql, &places));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_TEXT("title", title_of(s, in)),
                        BIND_INT("now", session_now(s).seconds), store_bind_text("bin", in->bin),
                        BIND_ID("user", s->user))));
    const struct stock_count_id id = {store_last_id(s->store)};
    TRY(add_lines(s, id, &places, &added));
    if (added == 0)
        return fail(s, ERR_CONFLICT, "All of it is on other open sheets. Go on with those.");
    return count_get(s, id, output);
}

/* clang-format off */
static const struct field start_fields[] = {
    FIELD(struct count_start, bin, .example = "A4", .max = 40, .help = "All that lies in this bin"),
    FIELD(struct count_start, category, .help = "All parts of this category", .picks = "part.categories"),
    FIELD(struct count_start, abc, .label = "Class", .choices = &part_class_choices, .help = "All parts of this class"),
    FIELD(struct count_start, due, .label = "What is due", .help = "Whose turn it is by the plan"),
    FIELD(struct count_start, most, .label = "Parts at most", .help = "Of what is due; 200 when not given", .high = 2000),
    FIELD(struct count_start, title, .help = "What the sheet is called; made up when empty", .max = 80),
};
/* clang-format on */
const struct op count_start_op = {
    .name = "count.start",
    .says = "Start counting a bin, a category, a class, or what is due",
    .title = "Start a count",
    .right = RIGHT_STOCK_COUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct count_start, start_fields),
    .out = &count_shape,
    .run = start,
};
