/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An invoice as it is read, and what is paid on it. Posting is invoice_post.c, the operations are
 * in invoice_ops.c; taking money is payment_take.c. */

#include "domain/invoice.h"

#include <string.h>

#include "domain/payment.h"
#include "invoice_inner.h"
#include "invoice_law.h"

/* clang-format off */
static const struct choice invoice_states[] = {
    [INVOICE_POSTED] = {.word = "posted", .label = "posted"},
    [INVOICE_VOID]   = {.word = "void",   .label = "void"},
};
static const struct choice invoice_kinds[] = {
    [INVOICE_WORK]   = {.word = "work",   .label = "work"},
    [INVOICE_CHARGE] = {.word = "charge", .label = "charge"},
};
static const struct choice invoice_statuses[] = {
    [INVOICE_UNPAID]    = {.word = "unpaid",    .label = "unpaid",         .mark = "○", .ascii = "o"},
    [INVOICE_PART_PAID] = {.word = "part_paid", .label = "partially paid", .mark = "◐", .ascii = "%"},
    [INVOICE_PAID]      = {.word = "paid",      .label = "paid",           .mark = "●", .ascii = "*"},
    [INVOICE_OVERDUE]   = {.word = "overdue",   .label = "overdue",        .mark = "!", .ascii = "!"},
    [INVOICE_VOIDED]    = {.word = "void",      .label = "void",           .mark = "×", .ascii = "x"},
};
/* clang-format on */
const struct choices invoice_state_choices = CHOICES(invoice_states);
const struct choices invoice_kind_choices = CHOICES(invoice_kinds);
const struct choices invoice_status_choices = CHOICES(invoice_statuses);

/* ---- shapes ---- */

static const struct field invoice_line_fields[] = {
    FIELD(struct invoice_line, kind, .choices = &line_kind_choices),
    FIELD(struct invoice_line, description),
    FIELD(struct invoice_line, sku, .label = "SKU"),
    FIELD(struct invoice_line, condition),
    FIELD(struct invoice_line, technician),
    FIELD(struct invoice_line, quantity),
    FIELD(struct invoice_line, price),
    FIELD(struct invoice_line, taxable),
    FIELD(struct invoice_line, gross, .label = "Before discounts"),
    FIELD(struct invoice_line, discount),
    FIELD(struct invoice_line, net, .label = "Amount"),
    FIELD(struct invoice_line, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct invoice_line, dot, .label = "DOT numbers", .flags = FIELD_NUMBERS_OK),
};
const struct shape invoice_line_shape =
    SHAPE_OF(struct invoice_line, "invoice_line", invoice_line_fields);

static const struct field invoice_job_fields[] = {
    FIELD(struct invoice_job, position, .label = "Job"),
    FIELD(struct invoice_job, title),
    FIELD(struct invoice_job, concern, .flags = FIELD_MANY_LINES),
    FIELD(struct invoice_job, cause, .flags = FIELD_MANY_LINES),
    FIELD(struct invoice_job, correction, .flags = FIELD_MANY_LINES),
    FIELD(struct invoice_job, technician),
    FIELD(struct invoice_job, pay, .label = "Paid by", .choices = &job_pay_choices),
    FIELD(struct invoice_job, amount),
    FIELD(struct invoice_job, lines, .rows = &invoice_line_shape),
};
static const struct shape invoice_job_shape =
    SHAPE_OF(struct invoice_job, "invoice_job", invoice_job_fields);

static const struct field invoice_tax_fields[] = {
    FIELD(struct invoice_tax, name),
    FIELD(struct invoice_tax, rate),
    FIELD(struct invoice_tax, base),
    FIELD(struct invoice_tax, amount),
};
const struct shape invoice_tax_shape =
    SHAPE_OF(struct invoice_tax, "invoice_tax", invoice_tax_fields);

static const struct field invoice_payment_fields[] = {
    FIELD(struct invoice_payment, payment),
    FIELD(struct invoice_payment, taken_on, .label = "Day"),
    FIELD(struct invoice_payment, method),
    FIELD(struct invoice_payment, details),
    FIELD(struct invoice_payment, tendered),
    FIELD(struct invoice_payment, change),
    FIELD(struct invoice_payment, applied),
};
const struct shape invoice_payment_shape =
    SHAPE_OF(struct invoice_payment, "invoice_payment", invoice_payment_fields);

static const struct field coupon_fields[] = {
    FIELD(struct invoice_coupon, code),
    FIELD(struct invoice_coupon, title),
    FIELD(struct invoice_coupon, amount),
};
static const struct shape coupon_shape = SHAPE_OF(struct invoice_coupon, "coupon", coupon_fields);

static const struct field signature_fields[] = {
    FIELD(struct invoice_signature, says, .label = "Signed by"),
    FIELD(struct invoice_signature, strokes, .flags = FIELD_HIDDEN | FIELD_NUMBERS_OK),
};
static const struct shape signature_shape =
    SHAPE_OF(struct invoice_signature, "signature", signature_fields);

static const struct field invoice_fields[] = {
    FIELD(struct invoice, id, .label = "Invoice"),
    FIELD(struct invoice, kind, .choices = &invoice_kind_choices),
    FIELD(struct invoice, order, .label = "Repair order"),
    FIELD(struct invoice, customer),
    FIELD(struct invoice, vehicle),
    FIELD(struct invoice, state, .choices = &invoice_state_choices),
    FIELD(struct invoice, status, .choices = &invoice_status_choices),
    FIELD(struct invoice, posted_on, .label = "Posted"),
    FIELD(struct invoice, due_on, .label = "Due"),
    FIELD(struct invoice, posted_at, .label = "Posted at"),
    FIELD(struct invoice, writer, .label = "Service writer"),
    FIELD(struct invoice, bill_to, .label = "Bill to", .flags = FIELD_MANY_LINES),
    FIELD(struct invoice, customer_name, .label = "Customer name"),
    FIELD(struct invoice, customer_phone, .label = "Phone", .flags = FIELD_PHONE),
    FIELD(struct invoice, customer_email, .label = "E-mail"),
    FIELD(struct invoice, vehicle_text, .label = "Vehicle", .flags = FIELD_MANY_LINES),
    FIELD(struct invoice, odometer_in_mi, .label = "Odometer in", .flags = FIELD_OPTIONAL),
    FIELD(struct invoice, po_number, .label = "PO number"),
    FIELD(struct invoice, note, .flags = FIELD_MANY_LINES),
    FIELD(struct invoice, terms, .flags = FIELD_MANY_LINES),
    FIELD(struct invoice, exempt_text, .label = "Tax exemption", .flags = FIELD_MANY_LINES),
    FIELD(struct invoice, authorized_text, .label = "Authorized", .flags = FIELD_MANY_LINES),
    FIELD_NAMED(struct invoice, law.profile, "profile", .label = "State rules",
                .choices = &profile_choices),
    FIELD_NAMED(struct invoice, law.mechanics, "mechanics", .flags = FIELD_MANY_LINES),
    FIELD_NAMED(struct invoice, law.disclosures, "disclosures", .flags = FIELD_MANY_LINES),
    FIELD_NAMED(struct invoice, law.completed, "completed", .label = "Signed by the shop"),
    FIELD_NAMED(struct invoice, law.versions, "terms_versions", .label = "Wording"),
    FIELD(struct invoice, void_text, .label = "Taken back"),
    FIELD(struct invoice, letterhead, .flags = FIELD_HIDDEN),
    FIELD(struct invoice, is_signed, .flags = FIELD_HIDDEN),
    FIELD(struct invoice, jobs, .rows = &invoice_job_shape),
    FIELD(struct invoice, taxes, .rows = &invoice_tax_shape),
    FIELD(struct invoice, payments, .rows = &invoice_payment_shape),
    FIELD(struct invoice, coupons, .rows = &coupon_shape),
    FIELD(struct invoice, signatures, .label = "Drawn signatures", .rows = &signature_shape),
    FIELD(struct invoice, labor),
    FIELD(struct invoice, parts),
    FIELD(struct invoice, sublet),
    FIELD(struct invoice, fees),
    FIELD(struct invoice, supplies),
    FIELD(struct invoice, discount),
    FIELD(struct invoice, tax),
    FIELD(struct invoice, total),
    FIELD(struct invoice, paid),
    FIELD(struct invoice, balance),
    FIELD(struct invoice, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct invoice, profit, .label = "Gross profit", .flags = FIELD_SIGNED,
          .right = RIGHT_COSTS_VIEW),
};
const struct shape invoice_shape = SHAPE_OF(struct invoice, "invoice", invoice_fields);

/* ---- one invoice ---- */

static const char SQL_INVOICE[] =
    "SELECT i.id AS id, i.kind AS kind, i.repair_order AS \"order\", i.customer AS customer,\n"
    "       i.vehicle AS vehicle, i.state AS state, " SQL_STATUS ",\n"
    "       i.posted_on AS posted_on, i.due_on AS due_on, i.posted_at AS posted_at,\n"
    "       i.writer AS writer, i.bill_to AS bill_to, c.name AS customer_name,\n"
    "       i.customer_phone AS customer_phone, c.email AS customer_email,\n"
    "       i.vehicle_text AS vehicle_text, i.odometer_in_mi AS odometer_in_mi,\n"
    "       i.po_number AS po_number, i.note AS note, i.terms AS terms,\n"
    "       i.exempt_text AS exempt_text, i.authorized_text AS authorized_text,\n"
    "       i.labor AS labor, i.parts AS parts, i.sublet AS sublet, i.fees AS fees,\n"
    "       i.supplies AS supplies, i.discount AS discount, i.tax AS tax, i.total AS total,\n"
    "       i.paid AS paid, " SQL_BALANCE ", i.cost AS cost,\n"
    "       i.total - i.tax - i.cost AS profit,\n"
    "       ifnull((SELECT u.undone_on || CASE WHEN u.undone_name = '' THEN ''\n"
    "                                  ELSE ', ' || u.undone_name END || ': ' || u.reason\n"
    "               FROM invoice_unpost u\n"
    "               WHERE u.invoice = i.id), '') AS void_text,\n"
    "       i.letterhead AS letterhead,\n"
    "       EXISTS (SELECT 1 FROM invoice_signature g WHERE g.invoice = i.id) AS is_signed\n"
    "FROM invoice i\n"
    "JOIN customer c ON c.id = i.customer\n"
    "WHERE i.id = :id";

static const char SQL_JOBS[] =
    "SELECT position, title, concern, cause, correction, technician, pay, amount\n"
    "FROM invoice_job\n"
    "WHERE invoice = :id\n"
    "ORDER BY position";

static const char SQL_LINES[] =
    "SELECT l.kind AS kind, l.description AS description, l.sku AS sku,\n"
    "       l.condition AS condition, l.technician AS technician, l.quantity AS quantity,\n"
    "       l.price AS price, l.taxable AS taxable, l.gross AS gross, l.discount AS discount,\n"
    "       l.net AS net, l.cost AS cost, l.dot AS dot\n"
    "FROM invoice_job j\n"
    "JOIN invoice_line l ON l.invoice_job = j.id\n"
    "WHERE j.invoice = :id AND j.position = :position\n"
    "ORDER BY j.id, l.position";

static const char SQL_TAXES[] = "SELECT name, rate, base, amount\n"
                                "FROM invoice_tax\n"
                                "WHERE invoice = :id\n"
                                "ORDER BY position";

static const char SQL_COUPONS[] = "SELECT code, title, amount\n"
                                  "FROM invoice_coupon\n"
                                  "WHERE invoice = :id\n"
                                  "ORDER BY id";

static const char SQL_SIGNATURES[] =
    "SELECT s.says AS says, a.signature AS strokes\n"
    "FROM invoice_signature s JOIN authorization a ON a.id = s.authorization\n"
    "WHERE s.invoice = :id\n"
    "ORDER BY a.id";

static const char SQL_ADD_PAID[] =
    "UPDATE invoice\n"
    "SET paid = paid + :amount\n"
    "WHERE id = :id AND state = 'posted' AND paid + :amount BETWEEN 0 AND total";

static const char SQL_ORDER_OF[] = "SELECT ifnull(repair_order, 0) FROM invoice WHERE id = :id";

/* An order follows once nothing of it is left to be invoiced. */
static const char SQL_ORDER_FOLLOWS[] = "UPDATE repair_order\n"
                                        "SET state = " SQL_ORDER_STATE ",\n"
                                        "    revision = revision + 1\n"
                                        "WHERE id = :order AND invoice IS NOT NULL";

static status get_jobs(struct session *s, struct invoice_id id, struct rows *ret_jobs)
{
    struct rows jobs;

    TRY(store_list(s->store, SQL_JOBS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &invoice_job_shape, &jobs));
    struct invoice_job *job = jobs.at;
    for (size_t i = 0; i < jobs.count; i++)
        TRY(store_list(s->store, SQL_LINES, NO_ROW,
                       BINDS(BIND_ID("id", id), BIND_INT("position", job[i].position)), s->arena,
                       &invoice_line_shape, &job[i].lines));
    *ret_jobs = jobs;
    return OK;
}

/* The statement gives the day first, as it is stored. */
static const char *void_words(struct session *s, const char *text)
{
    struct day day = DAY_NONE;
    char shown[DAY_TEXT_MAX];

    if (text[0] == '\0')
        return text;
    memcpy(day.iso, text, sizeof day.iso - 1);
    return arena_printf(s->arena, "%s%s", day_show(day, shown), text + sizeof day.iso - 1);
}

/* What few invoices have is not asked for of all. */
static status get_extras(struct session *s, struct invoice *invoice)
{
    const struct bind *id = BINDS(BIND_ID("id", invoice->id));

    if (invoice->discount.cents != 0)
        TRY(store_list(s->store, SQL_COUPONS, NO_ROW, id, s->arena, &coupon_shape,
                       &invoice->coupons));
    if (invoice->is_signed)
        TRY(store_list(s->store, SQL_SIGNATURES, NO_ROW, id, s->arena, &signature_shape,
                       &invoice->signatures));
    return OK;
}

status invoice_get(struct session *s, struct invoice_id id, struct invoice *ret)
{
    struct invoice invoice;

    TRY(found(s,
              store_get(s->store, SQL_INVOICE, NO_ROW,
                        BINDS(BIND_ID("id", id), BIND_DAY("today", session_today(s))), s->arena,
                        &invoice_shape, &invoice),
              "There is no invoice %lld. Look for it by customer or repair order.",
              (long long)id.v));
    TRY(get_jobs(s, id, &invoice.jobs));
    invoice.void_text = void_words(s, invoice.void_text);
    TRY(store_list(s->store, SQL_TAXES, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &invoice_tax_shape, &invoice.taxes));
    TRY(payment_list(s, id, &invoice.payments));
    TRY(get_extras(s, &invoice));
    TRY(invoice_read_law(s, id, &invoice.law));
    *ret = invoice;
    return OK;
}

status invoice_index(struct session *s, struct invoice_id id, struct order_id order,
                     const char *customer_name)
{
    struct lookup_keys keys = {.count = 0};

    lookup_add(s, &keys, arena_printf(s->arena, "%lld", (long long)id.v), false);
    if (order.v != 0)
        lookup_add(s, &keys, arena_printf(s->arena, "%lld", (long long)order.v), false);
    lookup_add(s, &keys, customer_name, true);
    return lookup_put(s, "invoice", id.v, &keys);
}

status invoice_add_paid(struct session *s, struct invoice_id id, struct money amount)
{
    TRY(store_run(s->store, SQL_ADD_PAID, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_MONEY("amount", amount))));
    if (store_changed_rows(s->store) != 1)
        return fail(s, ERR_CONFLICT,
                    "Invoice %lld cannot take this amount. Look at what is due on it.",
                    (long long)id.v);
    int64_t order = 0;
    TRY(store_int(s->store, SQL_ORDER_OF, BINDS(BIND_ID("id", id)), &order));
    return store_run(s->store, SQL_ORDER_FOLLOWS, NO_ROW, BINDS(BIND_INT("order", order)));
}
