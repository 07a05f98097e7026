/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The words and fields of a repair order: its states, jobs, lines, discounts, authorizations and
 * taxes. Who reads and who writes them uses these tables. */

#include "domain/order.h"

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
    FIELD(struct order, account, .label = "To be paid", .choices = &order_account_choices),
    FIELD(struct order, account_reason, .label = "Why so"),
    FIELD(struct order, revision, .flags = FIELD_HIDDEN),
};
const struct shape order_shape = SHAPE_OF(struct order, "order", order_fields);
/* clang-format on */
