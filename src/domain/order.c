/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The page of a repair order: one statement each for the order, its jobs, lines, discounts,
 * authorizations and taxes, however long it is. Changes are in order_write.c and its neighbours. */

#include "domain/order.h"

#include "bill_to.h"
#include "domain/purchase.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_ORDER[] =
    "SELECT o.id, o.customer, c.name AS customer_name, c.email AS customer_email,\n"
    "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS customer_phone,\n"
    "  " SQL_BILL_TO ",\n"
    "  o.vehicle, ifnull(v.name, '') AS vehicle_name, ifnull(v.vin, '') AS vin,\n"
    "  ifnull(v.plate, '') AS plate, ifnull(v.plate_state, '') AS plate_state,\n"
    "  ifnull(v.color, '') AS color, o.counter_sale, o.state, o.hold, o.writer, ifnull(w.name, '') AS writer_name,\n"
    "  o.opened_at, o.promised_at, o.odometer_in_mi,\n"
    "  o.key_tag, o.po_number, o.customer_note, o.internal_note,\n"
    "  o.labor, o.parts, o.sublet, o.fees, o.supplies, o.discount, o.tax, o.total, o.cost,\n"
    "  o.total - o.tax - o.cost AS profit, o.authorized, o.invoice,\n"
    "  (SELECT ifnull(sum(i.paid), 0) FROM invoice AS i\n"
    "   WHERE i.repair_order = o.id AND i.state = 'posted') AS paid,\n"
    "  (SELECT count(*) FROM repair_order AS p JOIN job AS j ON j.repair_order = p.id\n"
    "   WHERE p.vehicle = o.vehicle AND p.id <> o.id\n"
    "   AND j.state IN ('declined', 'deferred') AND j.resolved = 'open') AS declined,\n"
    "  CASE WHEN c.tax_exempt = 1 AND c.exempt_until_on < :today\n"
    "    AND " ORDER_IS_OPEN " THEN c.exempt_until_on ELSE '' END AS warning,\n"
    "  o.account, o.account_reason,\n"
    "  o.revision\n"
    "FROM repair_order AS o\n"
    "JOIN customer AS c ON c.id = o.customer\n"
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle\n"
    "LEFT JOIN user AS w ON w.id = o.writer\n"
    "WHERE o.id = :order";

#define JOB_COLUMNS                                                                                \
    "SELECT j.id, j.position, j.title, j.concern, j.cause, j.correction, j.state,\n"               \
    "  j.pay, j.pay_reason, j.comeback_of, cb.repair_order AS comeback_order,\n"                   \
    "  ifnull((SELECT cu.name FROM user AS cu WHERE cu.id = ifnull(cb.technician,\n"               \
    "    (SELECT cl.technician FROM line AS cl WHERE cl.job = cb.id\n"                             \
    "     AND cl.technician IS NOT NULL LIMIT 1))), '') AS comeback_technician,\n"                 \
    "  j.needs_authorization, j.technician,\n"                                                     \
    "  ifnull(u.name, '') AS technician_name, j.rate_class, j.menu_price,\n"                       \
    "  j.authorized, j.amount, j.reason, j.safety, j.decided_on, j.resolved = 'added' AS carried, j.invoice\n" \
    "FROM job AS j LEFT JOIN user AS u ON u.id = j.technician\n"                                   \
    "LEFT JOIN job AS cb ON cb.id = j.comeback_of\n"
static const char SQL_JOBS[] =
    JOB_COLUMNS
    "WHERE j.repair_order = :order\n"
    "ORDER BY j.position";
static const char SQL_JOB[] =
    JOB_COLUMNS
    "WHERE j.id = :job";

#define LINE_COLUMNS                                                                               \
    "SELECT l.id, l.job, l.kind, l.description, l.part, ifnull(p.sku, '') AS sku,\n"               \
    "  ifnull(p.condition, '') AS condition, ifnull(p.bin, '') AS bin, l.technician,\n"            \
    "  ifnull(u.name, '') AS technician_name, l.rate_class, l.clocked, l.quantity, l.price,\n"     \
    "  l.cost, l.taxable, l.discount_ppm, l.discount_amount, l.gross, l.discount, l.net,\n"        \
    "  l.committed, l.pulled, l.pulled_value, l.waived, ifnull(p.tire_size, '') <> '' AS is_tire,\n" \
    "  l.dot, l.price_rule, l.price_why, l.menu, l.menu_amount, l.list_price,\n"                   \
    "  l.price_reason,\n"                                                                          \
    "  ifnull(r.name, '') AS reason_by, l.vendor,\n"                                               \
    "  ifnull(d.name, '') AS vendor_name, l.vendor_invoice, l.vendor_due_on,\n"                    \
    "  l.vendor_back_on, l.bill\n"                                                                 \
    "FROM job AS j JOIN line AS l ON l.job = j.id\n"                                               \
    "LEFT JOIN vendor AS d ON d.id = l.vendor\n"                                                   \
    "LEFT JOIN part AS p ON p.id = l.part\n"                                                       \
    "LEFT JOIN user AS u ON u.id = l.technician\n"                                                 \
    "LEFT JOIN user AS r ON r.id = l.reason_by\n"
static const char SQL_LINES[] =
    LINE_COLUMNS
    "WHERE j.repair_order = :order\n"
    "ORDER BY j.position, j.id, l.position"; /* with the id as the indexes have them, unsorted */
static const char SQL_LINES_OF_JOB[] =
    LINE_COLUMNS
    "WHERE j.id = :job\n"
    "ORDER BY l.position";
static const char SQL_LINE[] =
    LINE_COLUMNS
    "WHERE l.id = :line";

static const char SQL_DISCOUNTS[] =
    "SELECT d.id, d.job, d.percent, d.amount, d.applies_to, d.reason, d.coupon, d.taken,\n"
    "  ifnull(sum(u.used), 0) AS used, ifnull(sum(u.used_on), 0) AS used_on,\n"
    "  ifnull((SELECT code FROM coupon WHERE id = d.coupon), '') AS coupon_code\n"
    "FROM discount AS d\n"
    "LEFT JOIN (invoice_discount AS u JOIN invoice AS i ON i.id = u.invoice AND i.state = 'posted')\n"
    "  ON u.discount = d.id\n"
    "WHERE d.repair_order = :order\n"
    "GROUP BY d.id\n"
    "ORDER BY d.id";
static const char SQL_AUTHORIZATIONS[] =
    "SELECT a.id, a.at, a.method, a.person, a.contacted, ifnull(u.name, '') AS staff_name,\n"
    "  a.added, a.total, a.code, a.note, a.answered_by, a.parts_back,\n"
    "  ifnull(t.number, 0) AS terms, ifnull(c.number, 0) AS consent, a.signature\n"
    "FROM authorization AS a LEFT JOIN user AS u ON u.id = a.staff\n"
    "LEFT JOIN terms_version AS t ON t.id = a.terms\n"
    "LEFT JOIN terms_version AS c ON c.id = a.consent\n"
    "WHERE a.repair_order = :order\n"
    "ORDER BY a.id";
static const char SQL_TAXES[] =
    "SELECT t.name, t.rate, t.base, t.amount\n"
    "FROM order_tax AS t\n"
    "WHERE t.repair_order = :order\n"
    "ORDER BY t.position";
static const char SQL_LINE_ORDER[] =
    "SELECT j.repair_order\n"
    "FROM line AS l JOIN job AS j ON j.id = l.job\n"
    "WHERE l.id = :line";
/* clang-format on */

/* The lines come in the order of the jobs: each job's are the next run of them. */
static void share_out_lines(const struct rows *jobs, const struct rows *lines)
{
    struct order_job *job = jobs->at;
    struct order_line *line = lines->at;
    size_t at = 0;

    for (size_t i = 0; i < jobs->count; i++) {
        const size_t first = at;
        while (at < lines->count && line[at].job.v == job[i].id.v)
            at++;
        job[i].lines = (struct rows){at > first ? &line[first] : NULL, at - first};
    }
}

/* What a line has cost is at most the largest amount there is (line.c), and so it fits. */
static void add_profit(struct order_line *line)
{
    line->total_cost = MONEY_ZERO;
    if (!line->waived && money_times_qty(line->cost, line->quantity, &line->total_cost) != OK)
        line->total_cost = MONEY_ZERO;
    line->profit.cents = line->net.cents - line->total_cost.cents;
}

static void order_add_profits(const struct rows *jobs)
{
    struct order_job *job = jobs->at;

    for (size_t i = 0; i < jobs->count; i++) {
        struct order_line *line = job[i].lines.at;
        for (size_t l = 0; l < job[i].lines.count; l++) {
            add_profit(&line[l]);
            job[i].cost.cents += line[l].total_cost.cents;
        }
        job[i].profit.cents = job[i].amount.cents - job[i].cost.cents;
    }
}

status order_jobs(struct session *s, struct order_id id, struct rows *ret_jobs)
{
    const struct bind *order = BINDS(BIND_ID("order", id));
    struct rows lines;

    TRY(store_list(s->store, SQL_JOBS, NO_ROW, order, s->arena, &order_job_shape, ret_jobs));
    TRY(store_list(s->store, SQL_LINES, NO_ROW, order, s->arena, &order_line_shape, &lines));
    share_out_lines(ret_jobs, &lines);
    order_add_profits(ret_jobs);
    return OK;
}

status order_discounts(struct session *s, struct order_id id, struct rows *ret)
{
    return store_list(s->store, SQL_DISCOUNTS, NO_ROW, BINDS(BIND_ID("order", id)), s->arena,
                      &order_discount_shape, ret);
}

status order_get(struct session *s, struct order_id id, struct order *ret)
{
    const struct bind *order = BINDS(BIND_ID("order", id));
    const struct bind *head = BINDS(BIND_ID("order", id), BIND_DAY("today", session_today(s)));
    struct order_wait wait;
    struct order page;

    TRY(found(s, store_get(s->store, SQL_ORDER, NO_ROW, head, s->arena, &order_shape, &page),
              "There is no repair order %lld. Look for it by customer or vehicle.",
              (long long)id.v));
    TRY(order_jobs(s, id, &page.jobs));
    TRY(order_discounts(s, id, &page.discounts));
    TRY(store_list(s->store, SQL_AUTHORIZATIONS, NO_ROW, order, s->arena,
                   &order_authorization_shape, &page.authorizations));
    TRY(store_list(s->store, SQL_TAXES, NO_ROW, order, s->arena, &order_tax_shape, &page.taxes));
    TRY(order_teardowns(s, id, &page.teardowns));
    TRY(order_wait_get(s, id, &wait));
    page.waits_for = wait.lines;
    page.parts_due_on = wait.due_on;
    TRY(order_warn(s, &page));
    *ret = page;
    return OK;
}

/* ------------------------------------------------------------- operations -- */

static status order_show(struct session *s, const void *input, void *output)
{
    const struct order_ref *in = input;

    return order_get(s, in->order, output);
}

static status job_show(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    const struct bind *job = BINDS(BIND_ID("job", in->job));
    struct order_job found_job;

    TRY(found(s, store_get(s->store, SQL_JOB, NO_ROW, job, s->arena, &order_job_shape, &found_job),
              "This job is no longer there. Look at the order again."));
    TRY(store_list(s->store, SQL_LINES_OF_JOB, NO_ROW, job, s->arena, &order_line_shape,
                   &found_job.lines));
    order_add_profits(&(struct rows){&found_job, 1});
    *(struct order_job *)output = found_job;
    return OK;
}

status line_get(struct session *s, struct line_id id, struct order_line *ret)
{
    TRY(found(s,
              store_get(s->store, SQL_LINE, NO_ROW, BINDS(BIND_ID("line", id)), s->arena,
                        &order_line_shape, ret),
              "This line is no longer there. Look at the order again."));
    add_profit(ret);
    return OK;
}

static status line_show(struct session *s, const void *input, void *output)
{
    const struct line_ref *in = input;

    return line_get(s, in->line, output);
}

/* A line is seen by whoever sees its order. */
status line_is_own(struct session *s, const void *in, bool *ret_own)
{
    const struct line_ref *ref = in;
    struct order_ref order = {.order = {0}};

    TRY(found(
        s, store_int(s->store, SQL_LINE_ORDER, BINDS(BIND_ID("line", ref->line)), &order.order.v),
        "This line is no longer there. Look at the order again."));
    return order_is_own(s, &order, ret_own);
}

/* clang-format off */
static const struct field show_fields[] = {
    FIELD(struct order_ref, order, .label = "RO", .picks = "order.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field show_job_fields[] = {
    FIELD(struct job_ref, job, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field show_line_fields[] = {
    FIELD(struct line_ref, line, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

const struct op order_show_op = {
    .name = "order.show",
    .says = "Show a repair order with its jobs, lines and authorizations",
    .title = "Show a repair order",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_PIN,
    .in = SHAPE(struct order_ref, show_fields),
    .out = &order_shape,
    .run = order_show,
    .owns = order_is_own,
};
const struct op job_show_op = {
    .name = "estimate.show-job",
    .says = "Show one job of a repair order",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_PIN | OP_UNLISTED,
    .in = SHAPE(struct job_ref, show_job_fields),
    .out = &order_job_shape,
    .run = job_show,
    .owns = job_is_own,
};
const struct op line_show_op = {
    .name = "estimate.show-line",
    .says = "Show one line of a repair order",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct line_ref, show_line_fields),
    .out = &order_line_shape,
    .run = line_show,
    .owns = line_is_own,
};
