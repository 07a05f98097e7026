/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts usage line by line: every part line of every posted invoice, less what credit memos took
 * back of it since, for lists and spreadsheets. */

#include "domain/list.h"
#include "stock_inner.h"

/* clang-format off */
static const struct field used_fields[] = {
    LIST_FIELDS(struct stock_used, query),
    FIELD(struct stock_used, part, .picks = "part.search"),
    FIELD(struct stock_used, technician, .help = "By name, as on the invoice"),
    FIELD(struct stock_used, invoice, .picks = "invoice.search"),
    FIELD(struct stock_used, from_on, .label = "From"),
    FIELD(struct stock_used, to_on, .label = "To"),
};
static const struct field row_fields[] = {
    FIELD(struct stock_used_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct stock_used_row, posted_on, .label = "Posted"),
    FIELD(struct stock_used_row, invoice),
    FIELD(struct stock_used_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct stock_used_row, name),
    FIELD(struct stock_used_row, technician),
    FIELD(struct stock_used_row, quantity, .help = "Less what came back"),
    FIELD(struct stock_used_row, returned, .label = "Came back", .help = "By credit memo on any day, restocked or scrapped"),
    FIELD(struct stock_used_row, sales, .help = "After discounts, without tax, less credit memos"),
    FIELD(struct stock_used_row, cost, .help = "Less what went back on the shelf", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_used_row, margin, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
};
static const struct list_sort sorts[] = {{"id", "l.id", false}};

#define TECHNICIAN "CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END"
#define CREDITED(what_)                                                                            \
    "(SELECT ifnull(sum(k." what_ "), 0) FROM credit_line AS k WHERE k.invoice_line = l.id)"
#define RETURNED                                                                                   \
    "(SELECT ifnull(sum(k.quantity), 0) FROM credit_line AS k\n"                                   \
    " WHERE k.invoice_line = l.id AND k.back <> 'kept')"
#define USED_LIST                                                                                  \
    .select = "l.id AS id, i.posted_on AS posted_on, i.id AS invoice, l.sku AS sku,\n"             \
              "l.description AS name, " TECHNICIAN " AS technician,\n"                             \
              "l.quantity - " RETURNED " AS quantity, " RETURNED " AS returned,\n"                 \
              "l.net - " CREDITED("net") " AS sales, l.cost - " CREDITED("cost") " AS cost,\n"     \
              "l.net - l.cost - " CREDITED("net - k.cost") " AS margin",                           \
    .id = "l.id", .sorts = sorts, .sort_count = COUNT_OF(sorts),                                   \
    .from = "invoice_line AS l JOIN invoice_job AS j ON j.id = l.invoice_job\n"                    \
            "JOIN invoice AS i ON i.id = j.invoice",                                               \
    .search_where = "l.sku LIKE :typed ESCAPE '\\' OR lower(l.description) LIKE :like ESCAPE '\\'"
#define SOLD "l.kind = 'part' AND i.state = 'posted'"
#define USED_WHERE                                                                                 \
    SOLD "\n"                                                                                      \
    "AND i.posted_on >= ifnull(:from_on, '') AND i.posted_on <= ifnull(:to_on, '9999-12-31')\n"    \
    "AND (:technician = '' OR " TECHNICIAN " = :technician)\n"                                     \
    "AND (:part IS NULL OR l.part = :part)"
/* Without limits the newest lines are read as they lie, however many there are. */
enum { USED_ALL, USED_LIMITED, USED_OF_INVOICE };
static const struct list_source sources[] = {
    {USED_LIST, .where = SOLD},
    {USED_LIST, .where = USED_WHERE},
    {USED_LIST, .where = "i.id = :invoice AND " USED_WHERE},
};
/* clang-format on */

/* Newest first, unless a column was asked for. */
static status used(struct session *s, const void *input, void *output)
{
    struct stock_used in = *(const struct stock_used *)input;

    const bool is_limited = in.part.v != 0 || in.technician[0] != '\0' ||
                            in.from_on.iso[0] != '\0' || in.to_on.iso[0] != '\0';
    const int which = in.invoice.v != 0 ? USED_OF_INVOICE : is_limited ? USED_LIMITED : USED_ALL;

    if (in.query.sort[0] == '\0')
        in.query.descending = !in.query.descending;
    return list_run(s, &sources[which], &stock_used_op, &in, output);
}

const struct op stock_used_op = {
    .name = "stock.used",
    .says = "List the parts that invoices took, line by line",
    .title = "Parts used",
    .right = RIGHT_PARTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct stock_used, used_fields),
    .out = SHAPE(struct stock_used_row, row_fields),
    .run = used,
};
