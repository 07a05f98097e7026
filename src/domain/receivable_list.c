/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who owes, as a list: paged, sorted and written to files like any other. It reads the customers
 * with a balance from an index of them, and of each the open invoices from theirs. */

#include "domain/list.h"
#include "receivable_inner.h"

struct receivable_list {
    struct list_query query;
    bool overdue;
    /* Worked out from today for the statement. */
    struct day on_30, on_60, on_90;
};
static const struct field list_fields[] = {
    LIST_FIELDS(struct receivable_list, query),
    FIELD(struct receivable_list, overdue, .label = "Overdue only",
          .help = "Only who owes something past due"),
    FIELD(struct receivable_list, on_30, .flags = FIELD_HIDDEN),
    FIELD(struct receivable_list, on_60, .flags = FIELD_HIDDEN),
    FIELD(struct receivable_list, on_90, .flags = FIELD_HIDDEN),
};

/* clang-format off */
#define SQL_OPEN(what, due)                                                                        \
    "(SELECT " what " FROM invoice AS i\n"                                                         \
    "   WHERE i.customer = c.id AND i.paid < i.total AND i.state = 'posted'" due ")"
#define SQL_DUE(due) SQL_OPEN("ifnull(sum(i.total - i.paid), 0)", due)

static const struct list_sort sorts[] = {
    {"name", "c.name_key", true},
    {"owes", "c.owes", false},
};
static const struct list_source source = {
    .select = "c.id AS id, c.name AS name,\n"
              "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone,\n"
              "  " SQL_DUE(" AND i.due_on >= :today") " AS current,\n"
              "  " SQL_DUE(" AND i.due_on < :today AND i.due_on >= :on_30") " AS to_30,\n"
              "  " SQL_DUE(" AND i.due_on < :on_30 AND i.due_on >= :on_60") " AS to_60,\n"
              "  " SQL_DUE(" AND i.due_on < :on_60 AND i.due_on >= :on_90") " AS to_90,\n"
              "  " SQL_DUE(" AND i.due_on < :on_90") " AS over_90,\n"
              "  c.owes AS owes, " SQL_DUE(" AND i.due_on < :today") " AS overdue,\n"
              "  c.credit AS credit, " SQL_OPEN("min(i.due_on)", "") " AS oldest_on",
    .from = "customer AS c",
    .where = "(c.owes <> 0 OR c.credit <> 0)\n"
             "AND (NOT :overdue OR EXISTS " SQL_OPEN("1", " AND i.due_on < :today") ")",
    .id = "c.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .lookup = "customer",
};
/* clang-format on */

static status list(struct session *s, const void *input, void *output)
{
    struct receivable_list in = *(const struct receivable_list *)input;
    const struct day today = session_today(s);

    in.on_30 = day_add(today, -30);
    in.on_60 = day_add(today, -60);
    in.on_90 = day_add(today, -90);
    return list_run(s, &source, &receivable_list_op, &in, output);
}

const struct op receivable_list_op = {
    .name = "receivable.list",
    .says = "List who owes, by days past due",
    .right = RIGHT_REPORTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct receivable_list, list_fields),
    .out = &receivable_row_shape,
    .run = list,
};
