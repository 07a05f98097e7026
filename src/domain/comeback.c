/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Comebacks: a job that does again what was invoiced before points at that job, and with it at who
 * did it then. Who pays is job.c's; the rate by technician is in report_people.c. */

#include "domain/list.h"
#include "order_inner.h"

/* clang-format off */
#define WHO_DID_IT                                                                                 \
    "(SELECT u.name FROM user AS u WHERE u.id = ifnull(j.technician,\n"                            \
    "    (SELECT l.technician FROM line AS l WHERE l.job = j.id AND l.technician IS NOT NULL LIMIT 1)))"
static const char SQL_EARLIER[] =
    "SELECT j.id AS job, o.id AS \"order\", j.invoice, o.vehicle, o.customer, j.title\n"
    "FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE j.id = :job";
static const char SQL_LINK[] =
    "UPDATE job\n"
    "SET comeback_of = :of, pay = :pay, pay_reason = :reason\n"
    "WHERE id = :job";

struct earlier {
    struct job_id job;
    struct order_id order;
    struct invoice_id invoice;
    struct vehicle_id vehicle;
    struct customer_id customer;
    const char *title;
};
static const struct field earlier_fields[] = {
    FIELD(struct earlier, job),
    FIELD(struct earlier, order),
    FIELD(struct earlier, invoice),
    FIELD(struct earlier, vehicle),
    FIELD(struct earlier, customer),
    FIELD(struct earlier, title),
};
static const struct shape earlier_shape = SHAPE_OF(struct earlier, "job", earlier_fields);

static const struct field list_fields[] = {
    LIST_FIELDS(struct job_earlier, query),
    FIELD(struct job_earlier, vehicle, .label = "Vehicle", .picks = "vehicle.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field row_fields[] = {
    FIELD(struct job_earlier_row, job, .label = "Job", .flags = FIELD_HIDDEN),
    FIELD(struct job_earlier_row, posted_on, .label = "Invoiced"),
    FIELD(struct job_earlier_row, order, .label = "RO"),
    FIELD(struct job_earlier_row, title),
    FIELD(struct job_earlier_row, technician),
    FIELD(struct job_earlier_row, odometer_mi, .label = "Odometer", .high = 9999999, .flags = FIELD_OPTIONAL),
    FIELD(struct job_earlier_row, amount),
};
static const struct shape row_shape = SHAPE_OF(struct job_earlier_row, "earlier_job", row_fields);
static const struct list_sort sorts[] = {
    {"posted_on", "i.posted_on", true},
    {"title", "j.title", true},
};
static const struct list_source source = {
    .select = "j.id AS job, i.posted_on AS posted_on, o.id AS \"order\", j.title AS title,\n"
              "  ifnull(" WHO_DID_IT ", '') AS technician, o.odometer_in_mi AS odometer_mi, j.amount AS amount",
    .from = "repair_order AS o CROSS JOIN job AS j ON j.repair_order = o.id\n"
            "CROSS JOIN invoice AS i ON i.id = j.invoice",
    .where = "o.vehicle = :vehicle AND (:own = 0 OR o.customer = :own_customer)",
    .id = "j.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "j.title LIKE :like ESCAPE '\\'",
};
static const struct field comeback_fields[] = {
    JOB_FIELD(struct job_comeback),
    FIELD(struct job_comeback, of, .label = "Comeback of", .picks = "job.earlier", .flags = FIELD_ARGUMENT,
          .help = "The job that was done before; empty: it is no comeback"),
    FIELD(struct job_comeback, pay, .label = "Paid by", .choices = &job_pay_choices, .initial = "warranty"),
    REVISION_FIELD(struct job_comeback),
};
/* clang-format on */

static status earlier(struct session *s, const void *input, void *out)
{
    struct job_earlier in = *(const struct job_earlier *)input;

    if (in.query.sort == NULL || *in.query.sort == '\0')
        in.query.descending = !in.query.descending; /* newest first unless asked otherwise */
    return list_run(s, &source, &job_earlier_op, &in, out);
}

static status check_earlier(struct session *s, const struct order_head *head,
                            const struct earlier *job)
{
    const bool is_same_car = head->vehicle.v != 0
                                 ? job->vehicle.v == head->vehicle.v
                                 : job->vehicle.v == 0 && job->customer.v == head->customer.v;

    if (job->order.v == head->id.v)
        return fail_field(s, "of", "“%s” is on this very order. Choose a job of an earlier one.",
                          job->title);
    if (!is_same_car)
        return fail_field(
            s, "of", "“%s” was done on another vehicle. Choose one of this vehicle's.", job->title);
    if (job->invoice.v == 0)
        return fail_field(s, "of", "“%s” was never invoiced, so it cannot come back.", job->title);
    return OK;
}

static status comeback(struct session *s, const void *input, void *output)
{
    const struct job_comeback *in = input;
    const bool is_paid = in->of.v == 0 || in->pay == PAY_CUSTOMER;
    struct earlier before = {.title = ""};
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    if (job.state == JOB_DECLINED || job.state == JOB_DEFERRED)
        return fail(s, ERR_CONFLICT, "Job %lld was %s and stays as it was offered.",
                    (long long)job.position, choice_label(&job_state_choices, job.state));
    if (in->of.v != 0) {
        TRY(found(s,
                  store_get(s->store, SQL_EARLIER, NO_ROW, BINDS(BIND_ID("job", in->of)), s->arena,
                            &earlier_shape, &before),
                  "This job is no longer there. Look at the vehicle's work again."));
        TRY(check_earlier(s, &head, &before));
    }
    if (is_paid)
        TRY(job_ask_who_pays(s, in->job));
    TRY(store_run(
        s->store, SQL_LINK, NO_ROW,
        BINDS(BIND_ID("job", in->job), BIND_ID("of", in->of),
              BIND_TEXT("pay", choice_word(&job_pay_choices, is_paid ? PAY_CUSTOMER : in->pay)),
              BIND_TEXT("reason", is_paid
                                      ? ""
                                      : arena_printf(s->arena, "Comeback of RO %lld, %s",
                                                     (long long)before.order.v, before.title)))));
    return order_finish(s, &head, output);
}

const struct op job_earlier_op = {
    .name = "job.earlier",
    .says = "List the jobs that were invoiced for a vehicle, with who did them",
    .title = "Work done before",
    .right = RIGHT_ESTIMATES_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct job_earlier, list_fields),
    .out = &row_shape,
    .run = earlier,
};
const struct op job_comeback_op = {
    .name = "job.comeback",
    .says = "Say that a job is a comeback: which one it does again, and who pays for it",
    .title = "Comeback",
    .right = RIGHT_ESTIMATES_DISCOUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_comeback, comeback_fields),
    .out = &order_shape,
    .run = comeback,
};
