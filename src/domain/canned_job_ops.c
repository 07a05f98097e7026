/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of canned jobs. */

#include "canned_job_inner.h"
#include "domain/canned_quote.h"
#include "labor_matrix_sql.h"
#include "matrix_sql.h"

#define CANNED_JOB_SHOW "canned-job.show"

static const struct field canned_line_fields[] = {
    FIELD(struct canned_line, kind, .choices = &line_kind_choices),
    FIELD(struct canned_line, description, .example = "Oil and filter", .max = 200),
    FIELD(struct canned_line, part, .picks = "part.search",
          .help = "Part of the catalog; empty on a part line: to be chosen"),
    FIELD(struct canned_line, sku, .label = "Part number", .max = 60,
          .flags = FIELD_CODE | FIELD_NUMBERS_OK),
    FIELD(struct canned_line, rate_class, .label = "Labor rate", .picks = "labor-rate.list"),
    FIELD(struct canned_line, quantity, .label = "Qty/h", .initial = "1",
          .high = CANNED_QUANTITY_MAX, .help = "Hours of labor, or units"),
    FIELD(struct canned_line, price, .high = CANNED_PRICE_MAX,
          .help = "0 on labor and catalog parts: today's price"),
    FIELD(struct canned_line, cost, .high = CANNED_PRICE_MAX, .right = RIGHT_COSTS_VIEW),
    FIELD(struct canned_line, taxable, .initial = "yes"),
};
const struct shape canned_line_shape =
    SHAPE_OF(struct canned_line, "canned_line", canned_line_fields);

/* clang-format off */
#define CANNED_JOB_FIELDS(T)                                                                       \
    FIELD(T, code, .help = "What the counter types", .example = "OIL", .max = 20,                  \
          .flags = FIELD_REQUIRED | FIELD_CODE),                                                   \
    FIELD(T, title, .example = "Oil service, synthetic", .max = 160, .flags = FIELD_REQUIRED),     \
    FIELD(T, concern, .help = "What the customer asks for", .flags = FIELD_MANY_LINES),            \
    FIELD(T, correction, .help = "What will have been done", .flags = FIELD_MANY_LINES),           \
    FIELD(T, menu_price, .example = "89.95", .high = CANNED_PRICE_MAX, .flags = FIELD_OPTIONAL,           \
          .help = "All of it: labor takes up the difference; empty is none"),        \
    FIELD(T, lines, .rows = &canned_line_shape)
/* clang-format on */

static const struct field canned_job_fields[] = {
    FIELD(struct canned_job, id, .label = "Canned job", .flags = FIELD_FIXED),
    CANNED_JOB_FIELDS(struct canned_job),
    FIELD(struct canned_job, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct canned_job, revision, .flags = FIELD_HIDDEN),
};
const struct shape canned_job_shape = SHAPE_OF(struct canned_job, "canned_job", canned_job_fields);

static const struct field add_fields[] = {CANNED_JOB_FIELDS(struct canned_job_entry)};
static const struct field edit_fields[] = {
    FIELD(struct canned_job_entry, canned_job, .label = "Canned job", .picks = "canned-job.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    CANNED_JOB_FIELDS(struct canned_job_entry),
    FIELD(struct canned_job_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct canned_job_key, canned_job, .label = "Canned job", .picks = "canned-job.search",
          .flags = FIELD_ARGUMENT),
    FIELD(struct canned_job_key, code, .help = "Instead of the number", .example = "OIL", .max = 20,
          .flags = FIELD_CODE),
};
static const struct shape key_shape = SHAPE_OF(struct canned_job_key, "canned_job_key", key_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct canned_job_search, query),
    FIELD(struct canned_job_search, archived, .label = "Archived too",
          .help = "Show archived jobs too"),
};
static const struct field row_fields[] = {
    FIELD(struct canned_job_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct canned_job_row, code),
    FIELD(struct canned_job_row, title, .label = "Job"),
    FIELD(struct canned_job_row, hours),
    FIELD(struct canned_job_row, price, .help = "Today's, without tax"),
    FIELD(struct canned_job_row, archived),
};

/* clang-format off */
/* An hour: the line's price, else its class, else the shop's standard, by the hours; a part: the
 * line's price, else what a matrix makes of its cost, else the catalog's. Rounded line by line, half
 * away from zero. */
#define PRICE_TODAY                                                                                \
    "(SELECT ifnull(sum((l.quantity * CASE\n"                                                      \
    "    WHEN l.price <> 0 THEN l.price\n"                                                         \
    "    WHEN l.kind = 'labor' THEN ifnull("                                                       \
    LABOR_PRICE_SQL("l.quantity", "ifnull(r.id, d.id)", "ifnull(r.rate, d.rate)") ", 0)\n"         \
    "    WHEN l.kind = 'core' THEN ifnull(p.core, 0)\n"                                            \
    "    ELSE ifnull(" MATRIX_PRICE_SQL("p.cost", "p.category") ", ifnull(p.price, 0))\n"          \
    "    END + 500) / 1000), 0)\n"                                                                 \
    "  FROM canned_line AS l LEFT JOIN part AS p ON p.id = l.part\n"                               \
    "  LEFT JOIN rate_class AS r ON r.id = l.rate_class\n"                                         \
    "  LEFT JOIN rate_class AS d ON d.standard = 1\n"                                              \
    "  WHERE l.canned_job = c.id)"
static const struct list_sort sorts[] = {
    {"title", "c.title_key", true},
    {"code", "c.code", true},
};
static const struct list_source canned_job_source = {
    .select = "c.id AS id, c.code AS code, c.title AS title,\n"
              "  c.archived_at IS NOT NULL AS archived,\n"
              "  (SELECT ifnull(sum(quantity), 0) FROM canned_line\n"
              "   WHERE canned_job = c.id AND kind = 'labor') AS hours,\n"
              "  ifnull(c.menu_price, " PRICE_TODAY ") AS price",
    .from = "canned_job AS c",
    .where = ":archived OR c.archived_at IS NULL",
    .id = "c.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    /* At the start of a word: "oil" is no coil. */
    .search_where = "' ' || c.title_key LIKE '% ' || substr(:like, 2) ESCAPE '\\'\n"
                    "     OR c.code LIKE substr(:like, 2) ESCAPE '\\'",
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    return list_run(s, &canned_job_source, &canned_job_search_op, in, out);
}

const struct op canned_job_search_op = {
    .name = "canned-job.search",
    .says = "List canned jobs with their hours and today's price",
    .right = RIGHT_CANNED_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(canned_job_source),
    .in = SHAPE(struct canned_job_search, search_fields),
    .out = SHAPE(struct canned_job_row, row_fields),
    .run = search,
};
const struct op canned_job_show_op = {
    .name = CANNED_JOB_SHOW,
    .says = "Show a canned job with its labor, parts and fees",
    .title = "Show a canned job",
    .right = RIGHT_CANNED_VIEW,
    .in = &key_shape,
    .out = &canned_job_shape,
    .run = canned_job_show,
    .about = "canned_job",
};
const struct op canned_job_add_op = {
    .name = "canned-job.add",
    .says = "Add a canned job",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct canned_job_entry, add_fields),
    .out = &canned_job_shape,
    .run = canned_job_add,
};
const struct op canned_job_edit_op = {
    .name = "canned-job.edit",
    .says = "Change a canned job; orders written up keep theirs",
    .title = "Change a canned job",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct canned_job_entry, edit_fields),
    .out = &canned_job_shape,
    .run = canned_job_edit,
    .fills = CANNED_JOB_SHOW,
    .about = "canned_job",
};
const struct op canned_job_archive_op = {
    .name = "canned-job.archive",
    .says = "Put a canned job away that is not offered any more",
    .title = "Put a canned job away",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &canned_job_shape,
    .run = canned_job_archive,
    .about = "canned_job",
};
const struct op canned_job_restore_op = {
    .name = "canned-job.restore",
    .says = "Bring an archived canned job back",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &canned_job_shape,
    .run = canned_job_restore,
    .about = "canned_job",
};

static const struct op *const ops[] = {
    &canned_job_search_op,  &canned_job_show_op,    &canned_job_add_op,     &canned_job_edit_op,
    &canned_job_archive_op, &canned_job_restore_op, &canned_job_quote_op,   &canned_line_show_op,
    &canned_line_add_op,    &canned_line_edit_op,   &canned_line_remove_op, &canned_line_move_op,
    &canned_menu_price_op,
};
extern const struct module canned_job_module;
const struct module canned_job_module = {
    .name = "canned-job",
    .title = "Canned jobs",
    .says = "Work that comes again and again, written up with one word.",
    MODULE_OPS(ops),
};
