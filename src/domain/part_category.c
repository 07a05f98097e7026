/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The categories there are: whatever parts say. */

#include "part_inner.h"

struct part_categories {
    struct list_query query;
};
static const struct field list_fields[] = {LIST_FIELDS(struct part_categories, query)};

struct part_category {
    struct part_id id; /* one of its parts stands for it */
    const char *category;
};
static const struct field row_fields[] = {
    FIELD(struct part_category, id, .flags = FIELD_HIDDEN),
    FIELD(struct part_category, category),
};

/* clang-format off */
static const struct list_sort sorts[] = {{"category", "+p.category", true}};
/* One step along the index for each category, however many parts are in it: the plus keeps the order of
 * all parts out of it. */
static const struct list_source source = {
    .select = "p.id AS id, p.category AS category",
    .from = "part AS p",
    .where = "p.id IN (WITH RECURSIVE t (category) AS\n"
             "  (SELECT min(a.category) FROM part AS a WHERE a.category > ''\n"
             "   UNION ALL\n"
             "   SELECT (SELECT min(b.category) FROM part AS b WHERE b.category > t.category)\n"
             "   FROM t WHERE t.category IS NOT NULL)\n"
             "  SELECT (SELECT min(c.id) FROM part AS c WHERE c.category = t.category)\n"
             "  FROM t WHERE t.category IS NOT NULL)",
    .id = "p.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "p.category LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status list(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &part_categories_op, in, out);
}

const struct op part_categories_op = {
    .name = "part.categories",
    .says = "List the categories that parts are in",
    .title = "Categories",
    .right = RIGHT_PARTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct part_categories, list_fields),
    .out = SHAPE(struct part_category, row_fields),
    .run = list,
};
