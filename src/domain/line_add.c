/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* New lines of a job: labor, parts, and everything else that is charged. A price that nobody gives
 * comes from the catalog or the labor rates. */

#include "base/text.h"
#include "domain/vendor.h"
#include "line_inner.h"
#include "line_part.h"

/* Writes the new line down and asks whether it may be sold like this. */
static status finish_added(struct session *s, const struct order_head *head,
                           const struct line_new *line, const char *price_field, struct order *ret)
{
    const struct price_change change = {
        .line = {store_last_id(s->store)},
        .price = line->price,
        .list_price = line->list_price,
        .price_field = price_field,
        .discount_field = price_field,
        .reason_field = "price_reason",
        .reason = line->price_reason,
    };

    if (line->part.v != 0)
        TRY(line_cores_add(s, line->job, change.line));
    return order_finish_priced(s, head, &change, ret);
}

static status line_add_labor(struct session *s, const void *input, void *output)
{
    const struct line_add_labor *in = input;
    struct order_head head;
    struct job_head job;

    TRY(line_begin(s, in->job, in->revision, &job, &head));
    TRY(technician_check(s, in->technician));
    struct line_new line = {
        .job = in->job,
        .kind = LINE_LABOR,
        .description = text_is_empty(in->description) ? job.title : in->description,
        .technician = in->technician,
        .rate_class = in->rate_class,
        .clocked = in->clocked,
        .quantity = in->hours,
        .cost = given(in->cost, MONEY_ZERO),
        .taxable = in->taxable,
        .price_reason = in->price_reason,
    };
    TRY(line_take_rate(s, &head, job.rate_class, in->rate, &line));
    TRY(line_check(s, &line, "rate"));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "rate", output);
}

static status part_of_catalog(struct session *s, const struct line_add_part *in,
                              struct customer_id customer, struct line_new *line)
{
    struct part part;

    TRY(line_part_find(s, in->part, in->sku, &part));
    TRY(part_check_quantity(s, &part, in->quantity, "quantity"));
    line->part = part.id;
    line->description = text_is_empty(in->description) ? part.name : in->description;
    line->cost = given(in->cost, part.cost);
    line->taxable = part.taxable;
    return line_take_price(s, &part, customer, in->price, line);
}

/* Bought for this very job. Without a price it could not be told from a choice still to be made. */
static status part_from_outside(struct session *s, const struct line_add_part *in,
                                struct line_new *line)
{
    if (text_is_empty(in->description))
        return fail_field(s, "sku", "Choose a part, or describe one from outside the catalog.");
    if (in->price.cents == NUMBER_NONE || in->price.cents == 0)
        return fail_field(s, "price", "A part from outside the catalog needs a price.");
    line->description = in->description;
    line->price = in->price;
    line->cost = given(in->cost, MONEY_ZERO);
    line->taxable = true;
    return OK;
}

static status line_add_part(struct session *s, const void *input, void *output)
{
    const struct line_add_part *in = input;
    struct order_head head;
    struct job_head job;
    struct line_new line = {
        .job = in->job,
        .kind = LINE_PART,
        .technician = in->technician,
        .quantity = in->quantity,
        .list_price = {NUMBER_NONE},
        .price_reason = in->price_reason,
    };

    TRY(line_begin(s, in->job, in->revision, &job, &head));
    TRY(technician_check(s, in->technician));
    if (in->part.v != 0 || !text_is_empty(in->sku))
        TRY(part_of_catalog(s, in, head.customer, &line));
    else
        TRY(part_from_outside(s, in, &line));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "price", output);
}

static status line_add_other(struct session *s, const void *input, void *output)
{
    const struct line_add_other *in = input;
    struct order_head head;
    struct job_head job;
    const struct line_new line = {
        .job = in->job,
        .kind = in->kind,
        .description = in->description,
        .quantity = in->quantity,
        .price = in->price,
        .cost = given(in->cost, MONEY_ZERO),
        .taxable = in->taxable,
        .list_price = {NUMBER_NONE},
        .price_reason = in->price_reason,
        .vendor = in->vendor,
    };
    struct vendor vendor;

    if (in->kind == LINE_LABOR || in->kind == LINE_PART)
        return fail_field(s, "kind", "Labor and parts have their own forms: choose what this is.");
    if (in->vendor.v != 0 && in->kind == LINE_CORE)
        return fail_field(s, "vendor", "A core comes from the shop: leave the vendor empty.");
    if (in->vendor.v != 0)
        TRY(vendor_get_active(s, in->vendor, &vendor));
    TRY(line_begin(s, in->job, in->revision, &job, &head));
    TRY(line_insert(s, &line));
    return finish_added(s, &head, &line, "price", output);
}

/* clang-format off */
static const struct field add_labor_fields[] = {
    JOB_FIELD(struct line_add_labor),
    FIELD(struct line_add_labor, hours, .example = "2.5", .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_labor, description, .help = "Empty: the job's title", .flags = FIELD_ARGUMENT),
    FIELD(struct line_add_labor, rate, .help = "An hour; empty: by labor rate and hours",
          .example = "145.00", .flags = FIELD_OPTIONAL),
    FIELD(struct line_add_labor, rate_class, .label = "Labor rate", .picks = "labor-rate.list"),
    TECHNICIAN_FIELD(struct line_add_labor),
    FIELD(struct line_add_labor, clocked, .help = "The hours are those clocked, not flat-rate"),
    FIELD(struct line_add_labor, taxable, .initial = "yes"),
    FIELD(struct line_add_labor, cost, .help = "An hour", .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    PRICE_REASON_FIELD(struct line_add_labor),
    REVISION_FIELD(struct line_add_labor),
};
static const struct field add_part_fields[] = {
    JOB_FIELD(struct line_add_part),
    FIELD(struct line_add_part, sku, .label = "SKU", .example = "BP-1210", .flags = FIELD_ARGUMENT | FIELD_CODE,
          .help = "Empty: a part from outside the catalog"),
    FIELD(struct line_add_part, quantity, .example = "2", .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .flags = FIELD_ARGUMENT),
    FIELD(struct line_add_part, part, .picks = "part.search"),
    FIELD(struct line_add_part, description, .help = "Empty: the catalog's name"),
    FIELD(struct line_add_part, price, .help = "A unit; empty: the catalog's", .example = "7.49",
          .flags = FIELD_OPTIONAL),
    FIELD(struct line_add_part, cost, .help = "A unit; empty: the catalog's", .flags = FIELD_OPTIONAL,
          .right = RIGHT_COSTS_VIEW),
    TECHNICIAN_FIELD(struct line_add_part),
    PRICE_REASON_FIELD(struct line_add_part),
    REVISION_FIELD(struct line_add_part),
};
static const struct field add_other_fields[] = {
    JOB_FIELD(struct line_add_other),
    FIELD(struct line_add_other, kind, .choices = &line_kind_choices, .initial = "fee",
          .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, description, .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, price, .help = "A unit", .flags = FIELD_ARGUMENT | FIELD_REQUIRED),
    FIELD(struct line_add_other, quantity, .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS),
    FIELD(struct line_add_other, taxable, .initial = "yes"),
    FIELD(struct line_add_other, cost, .help = "A unit", .flags = FIELD_OPTIONAL, .right = RIGHT_COSTS_VIEW),
    FIELD(struct line_add_other, vendor, .picks = "vendor.search", .help = "Who does sublet work: its cost is owed to him"),
    PRICE_REASON_FIELD(struct line_add_other),
    REVISION_FIELD(struct line_add_other),
};
/* clang-format on */

const struct op line_add_labor_op = {
    .name = "estimate.add-labor",
    .says = "Add labor to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_labor, add_labor_fields),
    .out = &order_shape,
    .run = line_add_labor,
};
const struct op line_add_part_op = {
    .name = "estimate.add-part",
    .says = "Add a part to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_part, add_part_fields),
    .out = &order_shape,
    .run = line_add_part,
};
const struct op line_add_other_op = {
    .name = "estimate.add-line",
    .says = "Add sublet work, a core or a fee to a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct line_add_other, add_other_fields),
    .out = &order_shape,
    .run = line_add_other,
};
