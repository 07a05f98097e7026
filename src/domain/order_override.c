/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Lines that are sold for less than somebody may without saying why: what for, and who said so. */

#include "domain/list.h"
#include "domain/setting.h"
#include "order_inner.h"

struct override_list {
    struct list_query query; /* newest first */
    struct user_id said_by;
};
struct override_row {
    struct line_id id;
    struct order_id order;
    int64_t job;
    const char *description;
    struct money list_price, price, net, cost;
    const char *price_reason, *reason_by;
};

/* clang-format off */
static const struct field list_fields[] = {
    LIST_FIELDS(struct override_list, query),
    FIELD(struct override_list, said_by, .picks = "user.everybody", .help = "Only those this person gave the reason for"),
};
static const struct field row_fields[] = {
    FIELD(struct override_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct override_row, order, .label = "RO"),
    FIELD(struct override_row, job),
    FIELD(struct override_row, description),
    FIELD(struct override_row, list_price, .help = "Without a price given by hand", .flags = FIELD_OPTIONAL),
    FIELD(struct override_row, price),
    FIELD(struct override_row, net, .label = "Amount", .help = "Of the line after discounts"),
    FIELD(struct override_row, cost, .help = "A unit, as written up", .right = RIGHT_COSTS_VIEW),
    FIELD(struct override_row, price_reason, .label = "Reason"),
    FIELD(struct override_row, reason_by, .label = "Said by"),
};

static const struct list_sort sorts[] = {{"id", "l.id", false}};
static const struct list_source source = {
    .select = "l.id, j.repair_order AS \"order\", j.position AS job, l.description, l.list_price,\n"
              "l.price, l.net, l.cost, l.price_reason, u.name AS reason_by",
    .from = "line AS l JOIN job AS j ON j.id = l.job JOIN user AS u ON u.id = l.reason_by",
    .where = "l.price_reason <> '' AND (:said_by IS NULL OR l.reason_by = :said_by)",
    .id = "l.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(l.price_reason) LIKE :like ESCAPE '\\' OR lower(l.description) LIKE :like ESCAPE '\\'\n"
                    "OR lower(u.name) LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status order_overrides(struct session *s, const void *input, void *output)
{
    struct override_list in = *(const struct override_list *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    return list_run(s, &source, &order_overrides_op, &in, output);
}

const struct op order_overrides_op = {
    .name = "order.overrides",
    .says = "List lines sold below limit, floor or cost, with reason and name",
    .title = "Prices with a reason",
    .right = RIGHT_COSTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct override_list, list_fields),
    .out = SHAPE(struct override_row, row_fields),
    .run = order_overrides,
};
