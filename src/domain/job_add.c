/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* New jobs on an order: written by hand, from a canned job, or declined on an earlier visit. Labor
 * and catalog parts come at today's prices. */

#include <string.h>

#include "base/text.h"
#include "domain/canned_job.h"
#include "domain/labor_rate.h"
#include "line_part.h"

/* clang-format off */
static const char SQL_INSERT[] =
    "INSERT INTO job (repair_order, position, title, concern, correction, technician, canned_job,\n"
    "  rate_class, menu_price, source, safety)\n"
    "VALUES (:order, 1 + (SELECT ifnull(max(position), 0) FROM job WHERE repair_order = :order),\n"
    "  :title, :concern, :correction, :technician, :canned_job, :rate_class,\n"
    "  nullif(:menu_price, 0), :source, :safety)";
static const char SQL_DECLINED[] =
    "SELECT j.id AS job, j.state, j.title, j.concern, j.resolved, j.technician, j.canned_job, j.rate_class,\n"
    "  ifnull(ifnull((SELECT c.menu_price FROM canned_job AS c\n"
    "    WHERE c.id = j.canned_job AND c.archived_at IS NULL), j.menu_price), 0) AS menu_price,\n"
    "  j.safety, o.id AS \"order\", o.vehicle\n"
    "FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE j.id = :job";
/* Cores come with their parts. */
static const char SQL_DECLINED_LINES[] =
    "SELECT l.id, l.job, l.kind, l.description, l.part, l.technician, l.rate_class, l.clocked,\n"
    "  l.quantity, l.price, l.cost, l.taxable, l.menu\n"
    "FROM line AS l\n"
    "WHERE l.job = :job AND l.for_line IS NULL\n"
    "ORDER BY l.position";
static const char SQL_RESOLVE[] =
    "UPDATE job\n"
    "SET resolved = :resolved\n"
    "WHERE id = :job";

struct declined_job {
    struct job_id job;
    enum job_state state;
    const char *title, *concern, *resolved;
    struct user_id technician;
    struct canned_job_id canned_job;
    struct rate_class_id rate_class;
    struct money menu_price; /* today's, where it had one; 0: none */
    bool safety;
    struct order_id order;
    struct vehicle_id vehicle;
};
static const struct field declined_job_fields[] = {
    FIELD(struct declined_job, job),
    FIELD(struct declined_job, state, .choices = &job_state_choices),
    FIELD(struct declined_job, title),
    FIELD(struct declined_job, concern),
    FIELD(struct declined_job, resolved),
    FIELD(struct declined_job, technician),
    FIELD(struct declined_job, canned_job),
    FIELD(struct declined_job, rate_class),
    FIELD(struct declined_job, menu_price),
    FIELD(struct declined_job, safety),
    FIELD(struct declined_job, order),
    FIELD(struct declined_job, vehicle),
};
static const struct shape declined_job_shape = SHAPE_OF(struct declined_job, "job", declined_job_fields);
/* clang-format on */

status job_insert(struct session *s, const struct job_new *job, struct job_id *ret)
{
    TRY(store_run(
        s->store, SQL_INSERT, NO_ROW,
        BINDS(BIND_ID("order", job->order), BIND_TEXT("title", job->title),
              BIND_TEXT("concern", job->concern), BIND_TEXT("correction", job->correction),
              BIND_ID("technician", job->technician), BIND_ID("canned_job", job->canned_job),
              BIND_ID("rate_class", job->rate_class), BIND_MONEY("menu_price", job->menu_price),
              BIND_ID("source", job->source), BIND_INT("safety", job->safety))));
    ret->v = store_last_id(s->store);
    return OK;
}

/* --------------------------------------------------------------------- by hand -- */

static status job_add(struct session *s, const void *input, void *output)
{
    const struct job_add *in = input;
    const struct job_new new = {
        .order = in->order,
        .title = in->title,
        .concern = in->concern,
        .correction = "",
        .technician = in->technician,
        .rate_class = in->rate_class,
    };
    struct order_head head;
    struct job_id job;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(technician_check(s, in->technician));
    TRY(labor_rate_check(s, in->rate_class));
    TRY(job_insert(s, &new, &job));
    return order_finish(s, &head, output);
}

/* ---------------------------------------------------------------- today's price -- */

/* A part line without a catalog part is a choice still to be made: it gets no price, and cannot be
 * authorized before it has one. */
static status price_part(struct session *s, struct customer_id customer, struct line_new *line)
{
    const struct money by_hand = {line->price.cents != 0 ? line->price.cents : NUMBER_NONE};
    struct part part;

    if (line->part.v == 0)
        return OK;
    TRY(part_get(s, line->part, &part));
    line->cost = line->kind == LINE_CORE ? part.core : part.cost;
    if (text_is_empty(line->description))
        line->description = part.name;
    if (line->kind == LINE_PART)
        return line_take_price(s, &part, customer, by_hand, line);
    if (line->price.cents == 0)
        line->price = part.core;
    return OK;
}

/* Fills in what is left open: price 0 on labor and catalog parts means today's. */
static status price_today(struct session *s, const struct order_head *head,
                          struct rate_class_id job_class, struct line_new *line)
{
    const struct money by_hand = {line->price.cents != 0 ? line->price.cents : NUMBER_NONE};

    line->list_price.cents = NUMBER_NONE;
    if (line->kind == LINE_LABOR)
        return line_take_rate(s, head, job_class, by_hand, line);
    if (line->kind == LINE_PART || line->kind == LINE_CORE)
        return price_part(s, head->customer, line);
    return OK;
}

/* ---------------------------------------------------------------------- canned -- */

static status find_canned(struct session *s, const struct job_add_canned *in,
                          struct canned_job *ret)
{
    if (in->canned_job.v == 0 && text_is_empty(in->code))
        return fail_field(s, "code", "Choose a canned job.");
    if (in->canned_job.v != 0)
        TRY(canned_job_get(s, in->canned_job, ret));
    else
        TRY(canned_job_find_by_code(s, in->code, ret));
    if (ret->archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "The canned job \"%s\" is archived. Choose another one.",
                    ret->title);
    return OK;
}

status canned_line_price(struct session *s, const struct order_head *head, struct job_id job,
                         const struct canned_line *from, struct line_new *ret)
{
    const bool is_open = from->kind == LINE_PART && from->part.v == 0;
    struct line_new line = {
        .job = job,
        .kind = from->kind,
        .description = from->description,
        .part = from->part,
        .rate_class = from->rate_class,
        .quantity = from->quantity,
        .price = is_open ? MONEY_ZERO : from->price,
        .cost = is_open ? MONEY_ZERO : from->cost,
        .taxable = from->taxable,
    };

    TRY(price_today(s, head, (struct rate_class_id){0}, &line));
    *ret = line;
    return OK;
}

static status copy_canned(struct session *s, const struct order_head *head,
                          const struct canned_job *canned, struct user_id technician,
                          struct job_id job)
{
    const struct canned_line *lines = canned->lines.at;
    struct line_new line;

    for (size_t i = 0; i < canned->lines.count; i++) {
        TRY(canned_line_price(s, head, job, &lines[i], &line));
        line.menu = canned->menu_price.cents != NUMBER_NONE;
        if (line.kind == LINE_LABOR)
            line.technician = technician;
        TRY(line_insert(s, &line));
    }
    TRY(line_cores_copied(s, job));
    return job_menu_spread(s, job);
}

static status job_add_canned(struct session *s, const void *input, void *output)
{
    const struct job_add_canned *in = input;
    struct order_head head;
    struct canned_job canned;
    struct job_id job;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(technician_check(s, in->technician));
    TRY(find_canned(s, in, &canned));
    const struct job_new new = {
        .order = in->order,
        .title = canned.title,
        .concern = canned.concern,
        .correction = canned.correction,
        .technician = in->technician,
        .canned_job = canned.id,
        .menu_price = canned.menu_price.cents != NUMBER_NONE ? canned.menu_price : MONEY_ZERO,
    };
    TRY(job_insert(s, &new, &job));
    TRY(copy_canned(s, &head, &canned, in->technician, job));
    return order_finish(s, &head, output);
}

/* -------------------------------------------------------------------- declined -- */

static status check_declined(struct session *s, const struct order_head *head,
                             const struct declined_job *job)
{
    if (job->order.v == head->id.v)
        return fail(s, ERR_CONFLICT,
                    "\"%s\" is on this very order. Record the customer's new answer instead.",
                    job->title);
    if (head->vehicle.v == 0 || job->vehicle.v != head->vehicle.v)
        return fail(s, ERR_CONFLICT, "\"%s\" was offered for another vehicle.", job->title);
    if (job->state != JOB_DECLINED && job->state != JOB_DEFERRED)
        return fail(s, ERR_CONFLICT, "\"%s\" was neither declined nor deferred.", job->title);
    if (!text_same(job->resolved, "open"))
        return fail(s, ERR_CONFLICT, "\"%s\" has been dealt with. Look at the list again.",
                    job->title);
    return OK;
}

/* Labor and catalog parts lose their old price, so that today's is taken. */
static status copy_line(struct session *s, const struct order_head *head, struct job_id job,
                        struct rate_class_id job_class, const struct order_line *from)
{
    const bool is_repriced = from->kind == LINE_LABOR || from->part.v != 0;
    struct line_new line = {
        .job = job,
        .kind = from->kind,
        .description = from->description,
        .part = from->part,
        .rate_class = from->rate_class,
        .clocked = from->clocked,
        .quantity = from->quantity,
        .price = is_repriced ? MONEY_ZERO : from->price,
        .cost = from->cost,
        .taxable = from->taxable,
        .menu = from->menu,
    };

    TRY(price_today(s, head, job_class, &line));
    return line_insert(s, &line);
}

static status copy_job(struct session *s, const struct order_head *head,
                       const struct declined_job *from, struct job_id source)
{
    const struct job_new new = {
        .order = head->id,
        .title = from->title,
        .concern = from->concern,
        .correction = "",
        .canned_job = from->canned_job,
        .rate_class = from->rate_class,
        .menu_price = from->menu_price,
        .source = source,
        .safety = from->safety,
    };
    struct rows lines;
    struct job_id job;

    TRY(store_list(s->store, SQL_DECLINED_LINES, NO_ROW, BINDS(BIND_ID("job", from->job)), s->arena,
                   &order_line_shape, &lines));
    TRY(job_insert(s, &new, &job));
    const struct order_line *line = lines.at;
    for (size_t i = 0; i < lines.count; i++)
        TRY(copy_line(s, head, job, from->rate_class, &line[i]));
    TRY(line_cores_copied(s, job));
    return job_menu_spread(s, job);
}

status job_copy(struct session *s, const struct order_head *head, struct job_id from)
{
    struct declined_job job;

    TRY(found(s,
              store_get(s->store, SQL_DECLINED, NO_ROW, BINDS(BIND_ID("job", from)), s->arena,
                        &declined_job_shape, &job),
              "This job is no longer there. Look at the order again."));
    return copy_job(s, head, &job, (struct job_id){0});
}

static status job_add_declined(struct session *s, const void *input, void *output)
{
    const struct job_add_declined *in = input;
    struct order_head head;
    struct declined_job job;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(found(s,
              store_get(s->store, SQL_DECLINED, NO_ROW, BINDS(BIND_ID("job", in->job)), s->arena,
                        &declined_job_shape, &job),
              "This declined job is no longer there. Look at the list again."));
    TRY(check_declined(s, &head, &job));
    TRY(copy_job(s, &head, &job, in->job));
    TRY(store_run(s->store, SQL_RESOLVE, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_TEXT("resolved", "added"))));
    return order_finish(s, &head, output);
}

/* clang-format off */

static const struct field add_fields[] = {
    ORDER_FIELD(struct job_add),
    FIELD(struct job_add, title, .example = "Front brakes", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct job_add, concern, .help = "What the customer says", .flags = FIELD_MANY_LINES),
    TECHNICIAN_FIELD(struct job_add),
    FIELD(struct job_add, rate_class, .label = "Labor rate", .picks = "labor-rate.list",
          .help = "Empty: the vehicle's or customer's"),
    REVISION_FIELD(struct job_add),
};
static const struct field add_canned_fields[] = {
    ORDER_FIELD(struct job_add_canned),
    FIELD(struct job_add_canned, code, .example = "OIL", .help = "The canned job's short name",
          .flags = FIELD_CODE | FIELD_ARGUMENT),
    FIELD(struct job_add_canned, canned_job, .picks = "canned-job.search"),
    TECHNICIAN_FIELD(struct job_add_canned),
    REVISION_FIELD(struct job_add_canned),
};
static const struct field add_declined_fields[] = {
    ORDER_FIELD(struct job_add_declined),
    FIELD(struct job_add_declined, job, .picks = "vehicle.declined", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct job_add_declined),
};
/* clang-format on */

const struct op job_add_op = {
    .name = "estimate.add-job",
    .says = "Add a job to a repair order",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_add, add_fields),
    .out = &order_shape,
    .run = job_add,
};
const struct op job_add_canned_op = {
    .name = "estimate.add-canned",
    .says = "Add a canned job at today's prices",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_add_canned, add_canned_fields),
    .out = &order_shape,
    .run = job_add_canned,
};
const struct op job_add_declined_op = {
    .name = "estimate.add-declined",
    .says = "Add work that was declined on an earlier visit, at today's prices",
    .title = "Add declined work",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_add_declined, add_declined_fields),
    .out = &order_shape,
    .run = job_add_declined,
};
