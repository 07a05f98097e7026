/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The plan of counting: classes by what a year of use cost, and how often each is counted. */

#include "count_inner.h"
#include "domain/part.h"

#define A_PERCENT 80
#define B_PERCENT 95

/* clang-format off */
static const char SQL_PLAN[] =
    "SELECT c.abc, c.days,\n"
    "  (SELECT count(*) FROM part AS p WHERE p.abc = c.abc AND p.abc <> 'none' AND p.archived_at IS NULL) AS parts,\n"
    "  (SELECT count(*) FROM part AS p\n"
    "   WHERE p.abc = c.abc AND p.abc <> 'none' AND c.days > 0 AND p.archived_at IS NULL\n"
    "   AND (p.counted_on IS NULL OR p.counted_on <= date(:today, '-' || c.days || ' days'))) AS due\n"
    "FROM count_plan AS c\n"
    "ORDER BY c.abc";
static const char SQL_SET_PLAN[] = "UPDATE count_plan SET days = :days WHERE abc = :abc";
/* A part belongs to the class that it begins in: the part that crosses 80 % still is an A. */
static const char SQL_CLASSIFY[] =
    "WITH used AS (\n"
    "  SELECT part, -sum(value) AS cost FROM stock_move\n"
    "  WHERE moved_on > date(:today, '-1 year') AND (kind = 'issue' OR (kind = 'return' AND claim IS NULL))\n"
    "  GROUP BY part HAVING -sum(value) > 0\n"
    "), ranked AS (\n"
    "  SELECT part, cost, sum(cost) OVER (ORDER BY cost DESC, part) - cost AS before,\n"
    "    sum(cost) OVER () AS total\n"
    "  FROM used\n"
    ")\n"
    "UPDATE part SET abc = ifnull(\n"
    "  (SELECT CASE WHEN r.before * 100 < r.total * :a THEN 'A'\n"
    "               WHEN r.before * 100 < r.total * :b THEN 'B' ELSE 'C' END\n"
    "   FROM ranked AS r WHERE r.part = part.id), 'none')\n"
    "WHERE abc <> 'none' OR id IN (SELECT part FROM used)";
static const char SQL_CLASSES[] =
    "SELECT count(CASE abc WHEN 'A' THEN 1 END) AS a, count(CASE abc WHEN 'B' THEN 1 END) AS b,\n"
    "  count(CASE abc WHEN 'C' THEN 1 END) AS c, count(CASE abc WHEN 'none' THEN 1 END) AS none\n"
    "FROM part WHERE archived_at IS NULL";

static const struct field plan_row_fields[] = {
    FIELD(struct count_plan_row, abc, .label = "Class", .choices = &part_class_choices),
    FIELD(struct count_plan_row, days, .label = "Every", .help = "Days; 0 is never"),
    FIELD(struct count_plan_row, parts),
    FIELD(struct count_plan_row, due),
};
static const struct shape plan_row_shape = SHAPE_OF(struct count_plan_row, "count_plan", plan_row_fields);
static const struct field plan_fields[] = {
    FIELD(struct count_plan, classes, .rows = &plan_row_shape),
};
static const struct field set_plan_fields[] = {
    FIELD(struct count_set_plan, abc, .label = "Class", .choices = &part_class_choices,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct count_set_plan, days, .label = "Every", .help = "Days between two counts; 0 is never",
          .high = 3650, .flags = FIELD_ARGUMENT),
};
static const struct field classes_fields[] = {
    FIELD(struct count_classes, a, .label = "A"),
    FIELD(struct count_classes, b, .label = "B"),
    FIELD(struct count_classes, c, .label = "C"),
    FIELD(struct count_classes, none, .label = "Not used"),
};
/* clang-format on */

static status plan(struct session *s, const void *input, void *output)
{
    struct count_plan *ret = output;

    (void)input;
    return store_list(s->store, SQL_PLAN, NO_ROW, BINDS(BIND_DAY("today", session_today(s))),
                      s->arena, &plan_row_shape, &ret->classes);
}

static status set_plan(struct session *s, const void *input, void *output)
{
    const struct count_set_plan *in = input;

    if (in->abc == PART_CLASS_NONE)
        return fail_field(s, "abc",
                          "Parts without a class are not counted by plan. Choose A, B or "
                          "C.");
    TRY(store_run(s->store, SQL_SET_PLAN, NO_ROW,
                  BINDS(BIND_TEXT("abc", choice_word(&part_class_choices, in->abc)),
                        BIND_INT("days", in->days))));
    return plan(s, NULL, output);
}

static status classify(struct session *s, const void *input, void *output)
{
    (void)input;
    TRY(store_run(s->store, SQL_CLASSIFY, NO_ROW,
                  BINDS(BIND_DAY("today", session_today(s)), BIND_INT("a", A_PERCENT),
                        BIND_INT("b", B_PERCENT))));
    return store_get(s->store, SQL_CLASSES, NO_ROW, NULL, s->arena, count_classify_op.out, output);
}

const struct op count_plan_op = {
    .name = "count.plan",
    .says = "See how often parts are counted, and how many are due",
    .title = "The plan of counting",
    .right = RIGHT_STOCK_COUNT,
    .out = SHAPE(struct count_plan, plan_fields),
    .run = plan,
};
const struct op count_set_plan_op = {
    .name = "count.set-plan",
    .says = "Change how often parts of a class are counted",
    .title = "Change the plan of counting",
    .right = RIGHT_STOCK_ADJUST,
    .kind = OP_WRITES,
    .in = SHAPE(struct count_set_plan, set_plan_fields),
    .out = SHAPE(struct count_plan, plan_fields),
    .run = set_plan,
};
const struct op count_classify_op = {
    .name = "count.classify",
    .says = "Give parts their class A, B or C by what a year of use cost",
    .title = "Classify parts",
    .right = RIGHT_STOCK_ADJUST,
    .kind = OP_WRITES,
    .out = SHAPE(struct count_classes, classes_fields),
    .run = classify,
};
