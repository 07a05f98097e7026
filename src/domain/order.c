/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The page of a repair order: one statement each for the order, its jobs, lines, discounts,
 * authorizations and taxes, however long it is. Changes are in order_write.c and its neighbours. */

#include "domain/order.h"

#include <string.h>

#include "bill_to.h"
#include "domain/coupon.h"
#include "domain/customer.h"
#include "domain/part_request.h"
#include "domain/purchase.h"
#include "order_inner.h"

/* clang-format off */
static const struct choice order_states[] = {
    [ORDER_ESTIMATE]      = {"estimate",      "estimate",      "○", "o"},
    [ORDER_APPROVED]      = {"approved",      "approved",      "◐", "a"},
    [ORDER_IN_PROGRESS]   = {"in_progress",   "in progress",   "●", "*"},
    [ORDER_HOLD]          = {"hold",          "on hold",       "◌", "h"},
    [ORDER_QUALITY_CHECK] = {"quality_check", "quality check", "◇", "q"},
    [ORDER_COMPLETE]      = {"complete",      "complete",      "✓", "v"},
    [ORDER_POSTED]        = {"posted",        "invoiced",      "■", "#"},
    [ORDER_PAID]          = {"paid",          "paid",          "$", "$"},
    [ORDER_RECEIVABLE]    = {"receivable",    "on account",    "□", "r"},
    [ORDER_VOID]          = {"void",          "void",          "×", "x"},
};
static const struct choice holds[] = {
    [HOLD_NONE]     = {"none",     "no hold",                  "", ""},
    [HOLD_PARTS]    = {"parts",    "waiting for parts",        "◌", "p"},
    [HOLD_CUSTOMER] = {"customer", "waiting for the customer", "◌", "c"},
    [HOLD_SUBLET]   = {"sublet",   "out for sublet work",      "◌", "s"},
};
static const struct choice job_states[] = {
    [JOB_DRAFT]       = {"draft",       "draft",       "·", "."},
    [JOB_PRESENTED]   = {"presented",   "presented",   "○", "o"},
    [JOB_AUTHORIZED]  = {"authorized",  "authorized",  "◐", "a"},
    [JOB_DECLINED]    = {"declined",    "declined",    "×", "x"},
    [JOB_DEFERRED]    = {"deferred",    "deferred",    "»", ">"},
    [JOB_IN_PROGRESS] = {"in_progress", "in progress", "●", "*"},
    [JOB_DONE]        = {"done",        "done",        "✓", "v"},
};
static const struct choice decisions[] = {
    [DECISION_AUTHORIZED] = {"authorized", "authorized", "●", "a"},
    [DECISION_DECLINED]   = {"declined",   "declined",   "×", "x"},
    [DECISION_DEFERRED]   = {"deferred",   "deferred",   "»", ">"},
};
static const struct choice methods[] = {
    [METHOD_SIGNED]    = {"signed",    "signed",    "", ""},
    [METHOD_IN_PERSON] = {"in_person", "in person", "", ""},
    [METHOD_PHONE]     = {"phone",     "phone",     "", ""},
    [METHOD_TEXT]      = {"text",      "text",      "", ""},
    [METHOD_EMAIL]     = {"email",     "e-mail",    "", ""},
    [METHOD_PORTAL]    = {"portal",    "portal",    "", ""},
};
const struct choices order_state_choices = CHOICES(order_states);
const struct choices hold_choices = CHOICES(holds);
const struct choices job_state_choices = CHOICES(job_states);
const struct choices decision_choices = CHOICES(decisions);
const struct choices authorization_method_choices = CHOICES(methods);

static const struct field order_line_fields[] = {
    FIELD(struct order_line, id, .flags = FIELD_HIDDEN),
    FIELD(struct order_line, job, .flags = FIELD_HIDDEN),
    FIELD(struct order_line, kind, .choices = &line_kind_choices),
    FIELD(struct order_line, description),
    FIELD(struct order_line, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct order_line, sku, .label = "SKU"),
    FIELD(struct order_line, condition),
    FIELD(struct order_line, bin),
    FIELD(struct order_line, technician, .flags = FIELD_HIDDEN, .picks = "user.technicians"),
    FIELD(struct order_line, technician_name, .label = "Technician"),
    FIELD(struct order_line, rate_class, .label = "Labor rate", .flags = FIELD_HIDDEN, .picks = "labor-rate.list"),
    FIELD(struct order_line, clocked),
    FIELD(struct order_line, quantity, .label = "Qty/h", .help = "Hours of labor, units of anything else"),
    FIELD(struct order_line, price, .help = "An hour or a unit"),
    FIELD(struct order_line, cost, .help = "An hour or a unit", .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_line, taxable),
    FIELD(struct order_line, discount_ppm, .label = "Discount percent"),
    FIELD(struct order_line, discount_amount),
    FIELD(struct order_line, gross, .help = "Before discounts"),
    FIELD(struct order_line, discount, .help = "Its share of all discounts"),
    FIELD(struct order_line, net, .label = "Amount", .help = "After discounts"),
    FIELD(struct order_line, committed, .help = "Still to be taken off the shelf"),
    FIELD(struct order_line, pulled, .help = "Off the shelf, not yet invoiced"),
    FIELD(struct order_line, pulled_value, .label = "Pulled value", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_line, waived, .help = "A core that is not charged"),
    FIELD(struct order_line, is_tire, .label = "Tire", .flags = FIELD_HIDDEN),
    FIELD(struct order_line, dot, .label = "DOT numbers", .flags = FIELD_NUMBERS_OK),
    FIELD(struct order_line, price_rule, .label = "Price by", .choices = &price_rule_choices,
          .help = "What the price came from"),
    FIELD(struct order_line, price_why, .label = "Price made of", .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_line, menu, .help = "Came with a menu-priced canned job"),
    FIELD(struct order_line, menu_amount, .flags = FIELD_OPTIONAL, .help = "What menu-priced labor comes to"),
    FIELD(struct order_line, list_price, .help = "Without a price given by hand", .flags = FIELD_OPTIONAL),
    FIELD(struct order_line, price_reason, .label = "Reason for the price"),
    FIELD(struct order_line, reason_by, .label = "Said by"),
    FIELD(struct order_line, total_cost, .help = "Of all its units or hours", .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_line, profit, .label = "Gross profit", .help = "Amount - cost of it all",
          .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_line, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct order_line, vendor_name, .label = "Vendor", .right = RIGHT_VENDORS_VIEW),
    FIELD(struct order_line, vendor_invoice, .label = "Vendor's invoice", .flags = FIELD_NUMBERS_OK,
          .right = RIGHT_VENDORS_VIEW),
    FIELD(struct order_line, vendor_due_on, .label = "Back by"),
    FIELD(struct order_line, vendor_back_on, .label = "Came back"),
    FIELD(struct order_line, bill, .label = "Vendor's bill", .right = RIGHT_VENDORS_VIEW),
};
const struct shape order_line_shape = SHAPE_OF(struct order_line, "line", order_line_fields);

static const struct field order_discount_fields[] = {
    FIELD(struct order_discount, id, .flags = FIELD_HIDDEN),
    FIELD(struct order_discount, job, .flags = FIELD_HIDDEN),
    FIELD(struct order_discount, percent),
    FIELD(struct order_discount, amount),
    FIELD(struct order_discount, applies_to, .label = "On", .choices = &discount_on_choices),
    FIELD(struct order_discount, reason),
    FIELD(struct order_discount, used, .label = "Invoiced", .help = "What invoices have had of it"),
    FIELD(struct order_discount, used_on, .flags = FIELD_HIDDEN),
    FIELD(struct order_discount, coupon, .flags = FIELD_HIDDEN),
    FIELD(struct order_discount, coupon_code, .label = "Coupon"),
    FIELD(struct order_discount, taken, .help = "What it takes off as things stand; of the whole order"),
};
const struct shape order_discount_shape = SHAPE_OF(struct order_discount, "discount", order_discount_fields);

static const struct field order_job_fields[] = {
    FIELD(struct order_job, id, .flags = FIELD_HIDDEN),
    FIELD(struct order_job, position, .label = "Job"),
    FIELD(struct order_job, title),
    FIELD(struct order_job, concern, .flags = FIELD_MANY_LINES),
    FIELD(struct order_job, cause, .flags = FIELD_MANY_LINES),
    FIELD(struct order_job, correction, .flags = FIELD_MANY_LINES),
    FIELD(struct order_job, state, .choices = &job_state_choices),
    FIELD(struct order_job, pay, .label = "Paid by", .choices = &job_pay_choices,
          .help = "Where it is not the customer, its lines come to 0"),
    FIELD(struct order_job, pay_reason, .label = "Why", .help = "Why the customer does not pay"),
    FIELD(struct order_job, comeback_of, .flags = FIELD_HIDDEN),
    FIELD(struct order_job, comeback_order, .label = "Comeback of RO"),
    FIELD(struct order_job, comeback_technician, .label = "Done then by"),
    FIELD(struct order_job, needs_authorization, .help = "Changed since the customer authorized it"),
    FIELD(struct order_job, technician, .flags = FIELD_HIDDEN, .picks = "user.technicians"),
    FIELD(struct order_job, technician_name, .label = "Technician"),
    FIELD(struct order_job, rate_class, .label = "Labor rate", .flags = FIELD_HIDDEN, .picks = "labor-rate.list"),
    FIELD(struct order_job, menu_price, .flags = FIELD_OPTIONAL, .help = "What its menu lines come to together"),
    FIELD(struct order_job, authorized, .help = "What the customer agreed to, before tax"),
    FIELD(struct order_job, amount, .help = "Its lines after discounts"),
    FIELD(struct order_job, reason, .help = "Why it was declined or deferred"),
    FIELD(struct order_job, safety, .label = "Safety", .help = "The vehicle is not safe without it"),
    FIELD(struct order_job, decided_on, .label = "Decided"),
    FIELD(struct order_job, carried, .help = "Declined or deferred, and taken up on a later order"),
    FIELD(struct order_job, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_job, profit, .label = "Gross profit", .help = "Amount - cost",
          .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order_job, invoice, .help = "The one it is on"),
    FIELD(struct order_job, lines, .rows = &order_line_shape),
};
const struct shape order_job_shape = SHAPE_OF(struct order_job, "job", order_job_fields);

static const struct field order_authorization_fields[] = {
    FIELD(struct order_authorization, id, .flags = FIELD_HIDDEN),
    FIELD(struct order_authorization, at),
    FIELD(struct order_authorization, method, .choices = &authorization_method_choices),
    FIELD(struct order_authorization, person),
    FIELD(struct order_authorization, contacted, .flags = FIELD_NUMBERS_OK | FIELD_PHONE),
    FIELD(struct order_authorization, staff_name, .label = "Recorded by"),
    FIELD(struct order_authorization, added, .flags = FIELD_SIGNED, .help = "By this answer"),
    FIELD(struct order_authorization, total, .help = "All that is authorized, with tax"),
    FIELD(struct order_authorization, code, .help = "To read back: made from the estimate"),
    FIELD(struct order_authorization, note),
    FIELD(struct order_authorization, answered_by, .choices = &answered_by_choices),
    FIELD(struct order_authorization, parts_back, .label = "Replaced parts", .choices = &parts_back_choices),
    FIELD(struct order_authorization, terms, .label = "Terms version"),
    FIELD(struct order_authorization, consent, .label = "Consent version"),
    FIELD(struct order_authorization, signature, .max = 8000, .flags = FIELD_HIDDEN | FIELD_NUMBERS_OK),
};
const struct shape order_authorization_shape =
    SHAPE_OF(struct order_authorization, "authorization", order_authorization_fields);

static const struct field order_tax_fields[] = {
    FIELD(struct order_tax, name),
    FIELD(struct order_tax, rate),
    FIELD(struct order_tax, base),
    FIELD(struct order_tax, amount),
};
const struct shape order_tax_shape = SHAPE_OF(struct order_tax, "tax", order_tax_fields);

static const struct field order_fields[] = {
    FIELD(struct order, id, .label = "RO"),
    FIELD(struct order, customer, .picks = "customer.search"),
    FIELD(struct order, customer_name, .label = "Customer"),
    FIELD(struct order, customer_phone, .label = "Phone", .flags = FIELD_PHONE),
    FIELD(struct order, customer_email, .label = "E-mail"),
    FIELD(struct order, bill_to, .flags = FIELD_MANY_LINES),
    FIELD(struct order, vehicle, .picks = "vehicle.search"),
    FIELD(struct order, vehicle_name, .label = "Vehicle"),
    FIELD(struct order, vin, .label = "VIN", .flags = FIELD_NUMBERS_OK),
    FIELD(struct order, plate),
    FIELD(struct order, plate_state),
    FIELD(struct order, color),
    FIELD(struct order, counter_sale),
    FIELD(struct order, state, .choices = &order_state_choices),
    FIELD(struct order, hold, .choices = &hold_choices),
    FIELD(struct order, waits_for, .label = "Waits for", .help = "Lines whose parts are ordered and not here"),
    FIELD(struct order, parts_due_on, .label = "Parts due"),
    FIELD(struct order, writer, .flags = FIELD_HIDDEN),
    FIELD(struct order, writer_name, .label = "Writer"),
    FIELD(struct order, opened_at, .label = "Opened"),
    FIELD(struct order, promised_at, .label = "Promised"),
    FIELD(struct order, odometer_in_mi, .label = "Odometer in", .high = 9999999, .flags = FIELD_OPTIONAL),
    FIELD(struct order, key_tag),
    FIELD(struct order, po_number, .label = "PO number"),
    FIELD(struct order, customer_note, .flags = FIELD_MANY_LINES),
    FIELD(struct order, internal_note, .flags = FIELD_MANY_LINES, .right = RIGHT_NOTES_VIEW),
    FIELD(struct order, jobs, .rows = &order_job_shape),
    FIELD(struct order, discounts, .rows = &order_discount_shape),
    FIELD(struct order, authorizations, .rows = &order_authorization_shape),
    FIELD(struct order, teardowns, .rows = &order_teardown_shape),
    FIELD(struct order, taxes, .rows = &order_tax_shape),
    FIELD(struct order, labor),
    FIELD(struct order, parts),
    FIELD(struct order, sublet),
    FIELD(struct order, fees),
    FIELD(struct order, supplies),
    FIELD(struct order, discount),
    FIELD(struct order, tax),
    FIELD(struct order, total),
    FIELD(struct order, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order, profit, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct order, authorized),
    FIELD(struct order, paid),
    FIELD(struct order, invoice),
    FIELD(struct order, declined, .label = "Declined before"),
    FIELD(struct order, warning),
    FIELD(struct order, account, .label = "Paid", .choices = &order_account_choices),
    FIELD(struct order, account_reason, .label = "Why so"),
    FIELD(struct order, revision, .flags = FIELD_HIDDEN),
};
const struct shape order_shape = SHAPE_OF(struct order, "order", order_fields);

/* ---------------------------------------------------------------- reading -- */

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
    "  j.pay, j.pay_reason, j.comeback_of, cb.repair_order AS comeback_order,\n" \
    "  ifnull((SELECT cu.name FROM user AS cu WHERE cu.id = ifnull(cb.technician,\n" \
    "    (SELECT cl.technician FROM line AS cl WHERE cl.job = cb.id\n" \
    "     AND cl.technician IS NOT NULL LIMIT 1))), '') AS comeback_technician,\n" \
    "  j.needs_authorization, j.technician,\n"                               \
    "  ifnull(u.name, '') AS technician_name, j.rate_class, j.menu_price,\n"                                     \
    "  j.authorized, j.amount, j.reason, j.safety, j.decided_on, j.resolved = 'added' AS carried, j.invoice\n"                                 \
    "FROM job AS j LEFT JOIN user AS u ON u.id = j.technician\n" \
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
    "  l.dot, l.price_rule, l.price_why, l.menu, l.menu_amount, l.list_price,\n"                  \
    "  l.price_reason,\n"                                                                          \
    "  ifnull(r.name, '') AS reason_by, l.vendor,\n" \
    "  ifnull(d.name, '') AS vendor_name, l.vendor_invoice, l.vendor_due_on,\n" \
    "  l.vendor_back_on, l.bill\n"                                                          \
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
static const char SQL_VEHICLES[] =
    "SELECT count(*)\n"
    "FROM vehicle\n"
    "WHERE customer = :customer AND archived_at IS NULL";
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

/* The statement gives the day on which the exemption ended. */
static const char *exemption_warning(struct session *s, const struct order *order)
{
    struct day ended = DAY_NONE;
    char day[DAY_TEXT_MAX];

    if (order->warning[0] == '\0')
        return "";
    memcpy(ended.iso, order->warning, sizeof ended.iso);
    return arena_printf(s->arena,
                        "The customer's tax exemption ended on %s, so tax is charged. Ask for the "
                        "new certificate.",
                        day_show(ended, day));
}

/* While the order is open: what is owed already, then what is to be charged. */
static status write_warning(struct session *s, struct order *order)
{
    const char *exemption = exemption_warning(s, order);
    const char *owing = "";

    if (order->state < ORDER_POSTED)
        TRY(customer_warning(s, order->customer, &owing));
    order->warning = *owing == '\0'       ? exemption
                     : *exemption == '\0' ? owing
                                          : arena_printf(s->arena, "%s %s", owing, exemption);
    return OK;
}

static void add_warning(struct session *s, struct order *order, const char *text)
{
    order->warning =
        arena_printf(s->arena, "%s%s%s", order->warning, *order->warning != '\0' ? " " : "", text);
}

/* Nobody writes up a car without naming it on purpose. */
static status warn_of_no_vehicle(struct session *s, struct order *order)
{
    int64_t vehicles = 0;

    if (order->vehicle.v != 0 || order->counter_sale || order->state >= ORDER_POSTED)
        return OK;
    TRY(store_int(s->store, SQL_VEHICLES, BINDS(BIND_ID("customer", order->customer)), &vehicles));
    add_warning(
        s, order,
        vehicles == 0
            ? "No vehicle: this is for a part brought in. Parts alone are a counter sale."
            : arena_printf(s->arena,
                           "No vehicle, though the customer has %lld: void it unless a part "
                           "was brought in.",
                           (long long)vehicles));
    return OK;
}

/* Before anybody is told at the invoice. */
static status warn_of_coupons(struct session *s, struct order *order)
{
    const char *problem = "";

    if (order->state >= ORDER_POSTED)
        return OK;
    TRY(coupon_problem(s, order, &problem));
    if (*problem != '\0')
        add_warning(s, order, problem);
    return OK;
}

/* From the bays, until somebody has answered. */
static status tell_requests(struct session *s, struct order *order)
{
    int64_t count = 0;

    if (order->state >= ORDER_POSTED)
        return OK;
    TRY(part_request_count(s, order->id, &count));
    if (count > 0)
        order->warning = arena_printf(s->arena, "%lld part%s asked for from the bays.%s%s",
                                      (long long)count, count == 1 ? " is" : "s are",
                                      *order->warning != '\0' ? " " : "", order->warning);
    return OK;
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
    TRY(write_warning(s, &page));
    TRY(order_warn_estimate(s, &page));
    TRY(warn_of_no_vehicle(s, &page));
    TRY(warn_of_coupons(s, &page));
    TRY(tell_requests(s, &page));
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
