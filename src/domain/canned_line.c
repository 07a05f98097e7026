/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Changing a canned job line by line. Each change writes the whole job, so that all of it is
 * checked each time. */

#include <string.h>

#include "base/text.h"
#include "canned_job_inner.h"

/* The job as an entry, with room for one line more. */
static status begin(struct session *s, struct canned_job_id id, int64_t revision,
                    struct canned_job_entry *ret)
{
    struct canned_job job;

    TRY(canned_job_get(s, id, &job));
    struct canned_line *lines = NEW_ARRAY(s->arena, struct canned_line, job.lines.count + 1);
    const struct canned_line *from = job.lines.at;
    for (size_t i = 0; i < job.lines.count; i++)
        lines[i] = from[i];
    *ret = (struct canned_job_entry){
        .canned_job = id,
        .code = job.code,
        .title = job.title,
        .concern = job.concern,
        .correction = job.correction,
        .menu_price = job.menu_price,
        .lines = {lines, job.lines.count},
        .revision = revision != 0 ? revision : job.revision,
    };
    return OK;
}

static status at_line(struct session *s, const struct canned_job_entry *job, int64_t line,
                      struct canned_line **ret)
{
    if (line < 1 || (size_t)line > job->lines.count)
        return fail_field(s, "line", "This canned job has %zu lines. Look at it again.",
                          job->lines.count);
    *ret = (struct canned_line *)job->lines.at + (line - 1);
    return OK;
}

/* "lines.3.part" of the whole is "part" of the line. */
static status of_line(struct session *s, status result)
{
    const char *field = strrchr(s->fault.field, '.');

    if (result == ERR_INVALID && text_starts(s->fault.field, "lines.") && field != NULL)
        memmove(s->fault.field, field + 1, strlen(field));
    return result;
}

static struct canned_line line_of(const struct canned_line_entry *in)
{
    return (struct canned_line){
        .kind = in->kind,
        .description = in->description,
        .part = in->part,
        .sku = "",
        .rate_class = in->rate_class,
        .quantity = in->quantity,
        .price = in->price.cents != NUMBER_NONE ? in->price : MONEY_ZERO,
        .cost = in->cost,
        .taxable = in->taxable,
    };
}

static status check_line(struct session *s, const struct canned_line *line)
{
    const bool has_own_price = line->kind != LINE_LABOR && line->kind != LINE_PART &&
                               !(line->kind == LINE_CORE && line->part.v != 0);

    if (line->rate_class.v != 0 && line->kind != LINE_LABOR)
        return fail_field(s, "rate_class", "Only labor has a labor rate. Leave it empty.");
    if (line->quantity.thousandths == 0)
        return fail_field(s, "quantity", "How many hours or units? Give a quantity.");
    if (has_own_price && line->price.cents == 0)
        return fail_field(s, "price", "What is charged for it? Give a price.");
    return OK;
}

static status add(struct session *s, const void *input, void *output)
{
    const struct canned_line_entry *in = input;
    const struct canned_line line = line_of(in);
    struct canned_job_entry job;

    TRY(begin(s, in->canned_job, in->revision, &job));
    TRY(check_line(s, &line));
    ((struct canned_line *)job.lines.at)[job.lines.count++] = line;
    return of_line(s, canned_job_put(s, &job, output));
}

/* Another part brings its own name. Who may not see what it costs leaves that as it is. */
static status edit(struct session *s, const void *input, void *output)
{
    const struct canned_line_entry *in = input;
    struct canned_line line = line_of(in);
    struct canned_job_entry job;
    struct canned_line *present = NULL;

    TRY(begin(s, in->canned_job, in->revision, &job));
    TRY(at_line(s, &job, in->line, &present));
    TRY(check_line(s, &line));
    if (line.part.v != 0 && line.part.v != present->part.v &&
        text_same(line.description, present->description))
        line.description = "";
    if (!right_set_has(&s->rights, RIGHT_COSTS_VIEW))
        line.cost = present->cost;
    *present = line;
    return of_line(s, canned_job_put(s, &job, output));
}

static status remove_line(struct session *s, const void *input, void *output)
{
    const struct canned_line_key *in = input;
    struct canned_job_entry job;
    struct canned_line *at = NULL;

    TRY(begin(s, in->canned_job, in->revision, &job));
    TRY(at_line(s, &job, in->line, &at));
    job.lines.count--;
    memmove(at, at + 1, (job.lines.count - (size_t)in->line + 1) * sizeof *at);
    return canned_job_put(s, &job, output);
}

static status move_line(struct session *s, const void *input, void *output)
{
    const struct canned_line_key *in = input;
    struct canned_job_entry job;
    struct canned_line *from = NULL, *to = NULL;

    TRY(begin(s, in->canned_job, in->revision, &job));
    TRY(at_line(s, &job, in->line, &from));
    if (at_line(s, &job, in->to, &to) != OK)
        return fail_field(s, "to", "This canned job has %zu lines: choose a place among them.",
                          job.lines.count);
    const struct canned_line moved = *from;
    if (to > from)
        memmove(from, from + 1, (size_t)(to - from) * sizeof *from);
    else
        memmove(to + 1, to, (size_t)(from - to) * sizeof *to);
    *to = moved;
    return canned_job_put(s, &job, output);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct canned_line_key *in = input;
    struct canned_job_entry job;
    struct canned_line *line = NULL;

    TRY(begin(s, in->canned_job, 0, &job));
    TRY(at_line(s, &job, in->line, &line));
    *(struct canned_line_entry *)output = (struct canned_line_entry){
        .canned_job = in->canned_job,
        .line = in->line,
        .kind = line->kind,
        .description = line->description,
        .part = line->part,
        .rate_class = line->rate_class,
        .quantity = line->quantity,
        .price = line->price.cents != 0 ? line->price : (struct money){NUMBER_NONE},
        .cost = line->cost,
        .taxable = line->taxable,
        .revision = job.revision,
    };
    return OK;
}

static status set_menu_price(struct session *s, const void *input, void *output)
{
    const struct canned_menu_price *in = input;
    struct canned_job_entry job;

    TRY(begin(s, in->canned_job, in->revision, &job));
    job.menu_price = in->menu_price;
    return canned_job_put(s, &job, output);
}

/* clang-format off */
#define CANNED_JOB_FIELD(T)                                                                        \
    FIELD(T, canned_job, .label = "Canned job", .picks = "canned-job.search",                      \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED)
#define LINE_FIELD(T)                                                                              \
    FIELD(T, line, .label = "Line", .help = "Counted from 1", .low = 1, .high = 1000,              \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED)
#define REVISION_FIELD(T) FIELD(T, revision, .flags = FIELD_HIDDEN)
#define LINE_FIELDS(T)                                                                             \
    FIELD(T, kind, .choices = &line_kind_choices),                                                 \
    FIELD(T, part, .picks = "part.search", .help = "Empty on a part line: chosen at write-up"),    \
    FIELD(T, description, .example = "Oil and filter", .max = 200,                                 \
          .help = "What the customer reads; empty: the part's name"),                              \
    FIELD(T, quantity, .label = "Qty/h", .initial = "1", .high = CANNED_QUANTITY_MAX,              \
          .help = "Hours of labor, or units"),                                                     \
    FIELD(T, rate_class, .label = "Labor rate", .picks = "labor-rate.list",                        \
          .help = "Empty: the vehicle's, the customer's or the shop's"),                           \
    FIELD(T, price, .high = CANNED_PRICE_MAX, .flags = FIELD_OPTIONAL,                             \
          .help = "An hour or a unit; empty: today's"),                                            \
    FIELD(T, cost, .high = CANNED_PRICE_MAX, .right = RIGHT_COSTS_VIEW,                            \
          .help = "Of what is not in the catalog"),                                                \
    FIELD(T, taxable, .initial = "yes")

static const struct field add_fields[] = {
    CANNED_JOB_FIELD(struct canned_line_entry),
    LINE_FIELDS(struct canned_line_entry),
    REVISION_FIELD(struct canned_line_entry),
};
static const struct field edit_fields[] = {
    CANNED_JOB_FIELD(struct canned_line_entry),
    LINE_FIELD(struct canned_line_entry),
    LINE_FIELDS(struct canned_line_entry),
    REVISION_FIELD(struct canned_line_entry),
};
static const struct shape line_shape = SHAPE_OF(struct canned_line_entry, "canned_line", edit_fields);
static const struct field key_fields[] = {
    CANNED_JOB_FIELD(struct canned_line_key),
    LINE_FIELD(struct canned_line_key),
    REVISION_FIELD(struct canned_line_key),
};
static const struct field move_fields[] = {
    CANNED_JOB_FIELD(struct canned_line_key),
    LINE_FIELD(struct canned_line_key),
    FIELD(struct canned_line_key, to, .label = "To place", .low = 1, .high = 1000, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct canned_line_key),
};
static const struct field menu_fields[] = {
    CANNED_JOB_FIELD(struct canned_menu_price),
    FIELD(struct canned_menu_price, menu_price, .example = "89.95", .high = CANNED_PRICE_MAX,
          .help = "All of it: labor takes up the difference; empty is none",
          .flags = FIELD_OPTIONAL | FIELD_ARGUMENT),
    REVISION_FIELD(struct canned_menu_price),
};
/* clang-format on */

const struct op canned_line_show_op = {
    .name = "canned-job.show-line",
    .says = "Show one line of a canned job",
    .right = RIGHT_CANNED_VIEW,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct canned_line_key, key_fields),
    .out = &line_shape,
    .run = show,
};
const struct op canned_line_add_op = {
    .name = "canned-job.add-line",
    .says = "Add labor, a part or a fee to a canned job",
    .title = "Add a line",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct canned_line_entry, add_fields),
    .out = &canned_job_shape,
    .run = add,
    .about = "canned_job",
};
const struct op canned_line_edit_op = {
    .name = "canned-job.edit-line",
    .says = "Change a line of a canned job; orders written up keep theirs",
    .title = "Change the line",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = &line_shape,
    .out = &canned_job_shape,
    .run = edit,
    .fills = "canned-job.show-line",
    .about = "canned_job",
};
const struct op canned_line_remove_op = {
    .name = "canned-job.remove-line",
    .says = "Take a line off a canned job",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct canned_line_key, key_fields),
    .out = &canned_job_shape,
    .run = remove_line,
    .about = "canned_job",
};
const struct op canned_line_move_op = {
    .name = "canned-job.move-line",
    .says = "Move a line of a canned job to another place",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct canned_line_key, move_fields),
    .out = &canned_job_shape,
    .run = move_line,
    .about = "canned_job",
};
const struct op canned_menu_price_op = {
    .name = "canned-job.menu-price",
    .says = "Give a canned job one price for all of it, or none",
    .title = "Menu price",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct canned_menu_price, menu_fields),
    .out = &canned_job_shape,
    .run = set_menu_price,
    .fills = "canned-job.show",
    .about = "canned_job",
};
