/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Count sheets: the list, one sheet, and giving one up. */

#include "count_inner.h"

#include "domain/list.h"
#include "domain/part.h"
#include "record.h"

static const struct choice states[] = {
    [COUNT_OPEN] = {"open", "open", "○", "o"},
    [COUNT_POSTED] = {"posted", "posted", "✓", "+"},
    [COUNT_VOID] = {"void", "given up", "✗", "x"},
};
const struct choices count_state_choices = CHOICES(states);

/* clang-format off */
static const char SQL_GET[] =
    "SELECT c.id, c.title, c.state, c.frozen_at, c.reason, c.posted_on, c.revision,\n"
    "  ifnull(m.name, '') AS made_by, ifnull(p.name, '') AS posted_by,\n"
    "  (SELECT count(*) FROM stock_count_line AS l WHERE l.stock_count = c.id AND l.counted IS NOT NULL) AS counted,\n"
    "  (SELECT count(*) FROM stock_count_line AS l WHERE l.stock_count = c.id AND l.counted IS NULL) AS remaining\n"
    "FROM stock_count AS c LEFT JOIN user AS m ON m.id = c.made_by LEFT JOIN user AS p ON p.id = c.posted_by\n"
    "WHERE c.id = :count";
static const char SQL_LINES[] =
    "SELECT l.id, l.position, l.part, p.sku, p.name, l.bin, l.expected, l.moved, l.counted,\n"
    "  l.counted - l.expected - l.moved AS variance, ifnull(u.name, '') AS counted_by, l.counted_at,\n"
    "  p.on_hand AS part_on_hand, p.stock_value AS part_value, p.cost AS part_cost\n"
    "FROM stock_count_line AS l JOIN part AS p ON p.id = l.part LEFT JOIN user AS u ON u.id = l.counted_by\n"
    "WHERE l.stock_count = :count\n"
    "ORDER BY l.position";
static const char SQL_TOUCH[] = "UPDATE stock_count SET revision = revision + 1 WHERE id = :count";
static const char SQL_VOID[] =
    "UPDATE stock_count SET state = 'void', revision = revision + 1 WHERE id = :count";
static const char SQL_LINES_CLOSE[] = "UPDATE stock_count_line SET open = 0 WHERE stock_count = :count";

static const struct field line_fields[] = {
    FIELD(struct count_line, id, .flags = FIELD_HIDDEN),
    FIELD(struct count_line, position, .label = "Line"),
    FIELD(struct count_line, part, .flags = FIELD_HIDDEN),
    FIELD(struct count_line, bin),
    FIELD(struct count_line, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct count_line, name),
    FIELD(struct count_line, expected, .flags = FIELD_SIGNED),
    FIELD(struct count_line, moved, .label = "Moved since", .flags = FIELD_SIGNED),
    FIELD(struct count_line, counted, .flags = FIELD_OPTIONAL),
    FIELD(struct count_line, variance, .flags = FIELD_SIGNED | FIELD_OPTIONAL),
    FIELD(struct count_line, variance_value, .label = "Worth", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct count_line, counted_by, .label = "By"),
    FIELD(struct count_line, counted_at, .label = "When"),
};
const struct shape count_line_shape = SHAPE_OF(struct count_line, "count_line", line_fields);

static const struct field count_fields[] = {
    FIELD(struct count, id, .label = "Sheet"),
    FIELD(struct count, title),
    FIELD(struct count, state, .choices = &count_state_choices),
    FIELD(struct count, frozen_at, .label = "Frozen"),
    FIELD(struct count, made_by, .label = "Made by"),
    FIELD(struct count, counted, .label = "Lines counted"),
    FIELD(struct count, remaining, .label = "Lines to count"),
    FIELD(struct count, variance_value, .label = "Difference", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct count, reason),
    FIELD(struct count, posted_by, .label = "Posted by"),
    FIELD(struct count, posted_on, .label = "Posted on"),
    FIELD(struct count, revision, .flags = FIELD_HIDDEN),
    FIELD(struct count, lines, .rows = &count_line_shape),
};
const struct shape count_shape = SHAPE_OF(struct count, "count", count_fields);

/* A line as it is stored, with what its variance is worth. */
struct stored_line {
    struct count_line line;
    struct qty part_on_hand;
    struct money part_value, part_cost;
};
static const struct field stored_fields[] = {
    FIELD_NAMED(struct stored_line, line.id, "id"),
    FIELD_NAMED(struct stored_line, line.position, "position"),
    FIELD_NAMED(struct stored_line, line.part, "part"),
    FIELD_NAMED(struct stored_line, line.sku, "sku"),
    FIELD_NAMED(struct stored_line, line.name, "name"),
    FIELD_NAMED(struct stored_line, line.bin, "bin"),
    FIELD_NAMED(struct stored_line, line.expected, "expected"),
    FIELD_NAMED(struct stored_line, line.moved, "moved"),
    FIELD_NAMED(struct stored_line, line.counted, "counted", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct stored_line, line.variance, "variance", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct stored_line, line.counted_by, "counted_by"),
    FIELD_NAMED(struct stored_line, line.counted_at, "counted_at"),
    FIELD(struct stored_line, part_on_hand),
    FIELD(struct stored_line, part_value),
    FIELD(struct stored_line, part_cost),
};
/* clang-format on */
static const struct shape stored_shape = SHAPE_OF(struct stored_line, "stored_line", stored_fields);

/* At what each is worth now, else at the last cost: as posting will value it, but for the last cent
 * that the last unit takes. */
static status value_line(struct session *s, struct stored_line *stored)
{
    struct count_line *line = &stored->line;
    const bool has_average = stored->part_on_hand.thousandths > 0 && stored->part_value.cents > 0;

    line->variance_value = MONEY_ZERO;
    if (line->variance.thousandths == NUMBER_NONE)
        return OK;
    const status result =
        has_average ? money_share(stored->part_value, line->variance.thousandths,
                                  stored->part_on_hand.thousandths, &line->variance_value)
                    : money_times_qty(stored->part_cost, line->variance, &line->variance_value);
    return result == OK
               ? OK
               : fail(s, ERR_CONFLICT,
                      "%s: this count is worth more than can be written. Correct it.", line->sku);
}

static status load_lines(struct session *s, struct count *count)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_LINES, NO_ROW, BINDS(BIND_ID("count", count->id)), s->arena,
                   &stored_shape, &rows));
    struct stored_line *stored = rows.at;
    struct count_line *lines = NEW_ARRAY(s->arena, struct count_line, rows.count + 1);
    count->variance_value = MONEY_ZERO;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(value_line(s, &stored[i]));
        TRY(money_add(count->variance_value, stored[i].line.variance_value,
                      &count->variance_value));
        lines[i] = stored[i].line;
    }
    count->lines = (struct rows){lines, rows.count};
    return OK;
}

status count_get(struct session *s, struct stock_count_id id, struct count *ret)
{
    struct count count;

    TRY(found(s,
              store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("count", id)), s->arena,
                        &count_shape, &count),
              "There is no count sheet %lld. See the list of counts.", (long long)id.v));
    TRY(load_lines(s, &count));
    *ret = count;
    return OK;
}

status count_get_open(struct session *s, struct stock_count_id id, int64_t revision,
                      struct count *ret)
{
    char day[DAY_TEXT_MAX];

    TRY(count_get(s, id, ret));
    if (ret->state == COUNT_POSTED)
        return fail(s, ERR_CONFLICT, "Sheet %lld was posted on %s. Start another count.",
                    (long long)id.v, day_show(ret->posted_on, day));
    if (ret->state == COUNT_VOID)
        return fail(s, ERR_CONFLICT, "Sheet %lld was given up. Start another count.",
                    (long long)id.v);
    if (revision != 0 && revision != ret->revision)
        return record_is_stale(s, "count", id.v);
    return OK;
}

status count_settle(struct session *s, struct stock_count_id id, struct count *ret)
{
    TRY(store_run(s->store, SQL_TOUCH, NO_ROW, BINDS(BIND_ID("count", id))));
    return count_get(s, id, ret);
}

/* --- Operations --- */

static const struct field key_fields[] = {
    FIELD(struct count_key, count, .label = "Sheet", .picks = "count.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field search_fields[] = {
    LIST_FIELDS(struct count_search, query),
    FIELD(struct count_search, open, .label = "Open", .help = "Sheets that are not posted yet"),
};
static const struct field row_fields[] = {
    FIELD(struct count_row, id, .label = "Sheet"),
    FIELD(struct count_row, title),
    FIELD(struct count_row, state, .choices = &count_state_choices),
    FIELD(struct count_row, frozen_at, .label = "Frozen"),
    FIELD(struct count_row, made_by, .label = "Made by"),
    FIELD(struct count_row, lines),
    FIELD(struct count_row, counted),
};
static const struct list_sort sorts[] = {{"id", "c.id", false}};
static const struct list_source count_source = {
    .select =
        "c.id, c.title, c.state, c.frozen_at, ifnull(u.name, '') AS made_by,\n"
        "  (SELECT count(*) FROM stock_count_line AS l WHERE l.stock_count = c.id) AS lines,\n"
        "  (SELECT count(*) FROM stock_count_line AS l WHERE l.stock_count = c.id\n"
        "   AND l.counted IS NOT NULL) AS counted",
    .from = "stock_count AS c LEFT JOIN user AS u ON u.id = c.made_by",
    .where = ":open = 0 OR c.state = 'open'",
    .id = "c.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "c.title LIKE :typed ESCAPE '\\'",
};

static status search(struct session *s, const void *input, void *output)
{
    struct count_search in = *(const struct count_search *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = !in.query.descending; /* newest first unless asked otherwise */
    return list_run(s, &count_source, &count_search_op, &in, output);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct count_key *in = input;

    return count_get(s, in->count, output);
}

static status give_up(struct session *s, const void *input, void *output)
{
    const struct count_key *in = input;
    const struct bind *binds = BINDS(BIND_ID("count", in->count));
    struct count count;

    TRY(count_get_open(s, in->count, 0, &count));
    TRY(store_run(s->store, SQL_LINES_CLOSE, NO_ROW, binds));
    TRY(store_run(s->store, SQL_VOID, NO_ROW, binds));
    return count_get(s, in->count, output);
}

const struct op count_search_op = {
    .name = "count.search",
    .says = "List count sheets",
    .right = RIGHT_STOCK_COUNT,
    .flags = OP_LIST,
    OP_LIST_OF(count_source),
    .in = SHAPE(struct count_search, search_fields),
    .out = SHAPE(struct count_row, row_fields),
    .run = search,
};
const struct op count_show_op = {
    .name = "count.show",
    .says = "Show a count sheet with what was found",
    .title = "Count",
    .right = RIGHT_STOCK_COUNT,
    .in = SHAPE(struct count_key, key_fields),
    .out = &count_shape,
    .run = show,
    .about = "count",
};
const struct op count_void_op = {
    .name = "count.void",
    .says = "Give a count sheet up; nothing is posted",
    .title = "Give a count up",
    .right = RIGHT_STOCK_COUNT,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct count_key, key_fields),
    .out = &count_shape,
    .run = give_up,
    .about = "count",
};

static const struct op *const ops[] = {
    &count_search_op, &count_show_op, &count_start_op,    &count_enter_op,    &count_post_op,
    &count_void_op,   &count_plan_op, &count_set_plan_op, &count_classify_op,
};
extern const struct module count_module;
const struct module count_module = {
    .name = "count",
    .title = "Counts",
    .says = "Counting the shelf, by bin, category or class, and whose turn it is.",
    MODULE_OPS(ops),
};
