/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Papers of a repair order: the customer's estimate and the technician's work order. */

#include "base/text.h"
#include "domain/inspection.h"
#include "papers.h"

static const struct sheet_column work_columns[] = {
    {"Work", 48, false, true}, {"Part no.", 20, false, false}, {"Technician", 17, false, false},
    {"Qty", 8, true, true},    {"Done", 7, true, true},
};

static void add_boxes(struct printing *paper, const struct order *order, bool with_customer)
{
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    const char *phone = text_is_empty(order->customer_phone)
                            ? ""
                            : text_phone_show(paper->s->arena, order->customer_phone);

    if (with_customer)
        block_pair(boxes, "Customer", paper_printf(paper, "%s\n%s", order->bill_to, phone), false);
    else
        block_pair(boxes, "Customer", order->customer_name, false);
    if (order->vehicle.v == 0)
        return;
    block_pair(boxes, "Vehicle",
               paper_vehicle(paper, order->vehicle_name, order->color, order->vin, order->plate,
                             order->plate_state, order->odometer_in_mi),
               false);
}

static void add_facts(struct printing *paper, const struct order *order)
{
    struct block *facts = sheet_facts(&paper->sheet, 5);

    block_pair(facts, "Repair order", paper_printf(paper, "%lld", (long long)order->id.v), false);
    block_pair(facts, "Opened", paper_instant(paper, order->opened_at), false);
    block_pair(facts, "Promised", paper_instant(paper, order->promised_at), false);
    block_pair(facts, "Written by", order->writer_name, false);
    block_pair(facts, "Key tag", order->key_tag, false);
}

static bool is_declined(const struct order_job *job)
{
    return job->state == JOB_DECLINED || job->state == JOB_DEFERRED;
}

/* What the technician has to keep, and what the customer may count on. */
static void add_parts_back(struct printing *paper, const struct order *order)
{
    if (order_parts_back(order) == PARTS_WANTED)
        sheet_text(&paper->sheet, "Replaced parts",
                   "The customer wants the replaced parts back: keep them with the vehicle.");
    if (order_parts_back(order) == PARTS_NOT_WANTED)
        sheet_text(&paper->sheet, "Replaced parts", "The customer does not want them back.");
}

static void add_signatures(struct printing *paper, const struct order *order)
{
    const struct order_authorization *answers = order->authorizations.at;

    for (size_t i = 0; i < order->authorizations.count; i++)
        if (!text_is_empty(answers[i].signature))
            sheet_drawn(&paper->sheet,
                        paper_printf(paper, "Signed by %s, %s, code %s", answers[i].person,
                                     paper_instant(paper, answers[i].at), answers[i].code),
                        answers[i].signature);
}

static void add_estimate_job(struct printing *paper, struct block *table, const struct order *order,
                             const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    paper_priced_head(paper, table,
                      paper_printf(paper, "%s%s",
                                   paper_job_title(paper, job->position, job->title, job->pay),
                                   is_declined(job) ? " (not included)" : ""),
                      job->amount);
    paper_note(paper, table, "Concern", job->concern);
    paper_note(paper, table, "Cause", job->cause);
    /* A canned text says what will have been done: it is told once it is. */
    if (job->state == JOB_DONE)
        paper_note(paper, table, "Correction", job->correction);
    paper_note(paper, table, "Teardown", order_teardown_text(paper->s, order, job->id));
    if (is_declined(job)) {
        paper_note(paper, table, job->state == JOB_DECLINED ? "Declined" : "Deferred",
                   text_is_empty(job->reason) ? "by the customer" : job->reason);
        return;
    }
    for (size_t i = 0; i < job->lines.count; i++)
        paper_priced_line(paper, table, paper->shop.profile, PAPER_LINE(lines[i], job->pay));
}

static void add_totals(struct printing *paper, const struct order *order)
{
    const struct paper_sums sums = {
        .profile = paper->shop.profile,
        .labor = order->labor,
        .parts = order->parts,
        .sublet = order->sublet,
        .fees = order->fees,
        .supplies = order->supplies,
        .discount = order->discount,
    };
    const struct order_tax *taxes = order->taxes.at;
    const struct order_discount *discounts = order->discounts.at;
    struct block *totals =
        paper_totals(paper, &sums, order->discounts.count + order->taxes.count + 1);

    for (size_t i = 0; i < order->discounts.count; i++)
        if (discounts[i].coupon.v != 0 && discounts[i].taken.cents != 0)
            paper_coupon(paper, totals, discounts[i].coupon_code, "", discounts[i].taken);
    for (size_t i = 0; i < order->taxes.count; i++)
        paper_tax(paper, totals, taxes[i].name, taxes[i].rate, taxes[i].base, taxes[i].amount);
    block_pair(totals, "Total", paper_money(paper, order->total), true);
}

/* Is there a charge that the state wants explained? */
static bool has_disposal(const struct order *order)
{
    const struct order_job *jobs = order->jobs.at;

    for (size_t i = 0; i < order->jobs.count; i++) {
        const struct order_line *lines = jobs[i].lines.at;
        for (size_t k = 0; !is_declined(&jobs[i]) && k < jobs[i].lines.count; k++)
            if (lines[k].kind == LINE_HAZMAT)
                return true;
    }
    return false;
}

/* Texts that the state has on every estimate, and the notice that is signed for itself. */
static void add_law(struct printing *paper, const struct order *order)
{
    const enum profile profile = paper->shop.profile;

    if (order->supplies.cents != 0 || has_disposal(order))
        paper_law(paper, profile, LAW_SUPPLIES_TEXT);
    paper_law(paper, profile, LAW_ESTIMATE_TEXT);
    if (law_find(profile, LAW_LIEN_TEXT) == NULL)
        return;
    paper_law(paper, profile, LAW_LIEN_TEXT);
    sheet_sign(&paper->sheet, "Customer's signature to this notice");
}

status paper_estimate(struct printing *paper, int64_t order_id)
{
    struct order order;

    TRY(paper_read(paper, &order_show_op, order_id, &order));
    paper->sheet.title = paper_printf(paper, "Estimate %lld", (long long)order.id.v);
    paper->sheet.barcode = paper_printf(paper, "RO-%lld", (long long)order.id.v);
    add_boxes(paper, &order, true);
    add_facts(paper, &order);
    struct block *table = paper_priced_table(paper);
    const struct order_job *jobs = order.jobs.at;
    for (size_t i = 0; i < order.jobs.count; i++)
        add_estimate_job(paper, table, &order, &jobs[i]);
    add_totals(paper, &order);
    if (order.supplies.cents != 0)
        sheet_text(&paper->sheet, "", paper->shop.supplies_text);
    sheet_text(&paper->sheet, "", order.customer_note);
    sheet_text(&paper->sheet, "Authorized so far", paper_authorizations(paper, &order));
    add_signatures(paper, &order);
    add_parts_back(paper, &order);
    sheet_text(&paper->sheet, "Terms", paper->shop.estimate_terms);
    add_law(paper, &order);
    sheet_text(&paper->sheet, "Authorization", paper->shop.consent_text);
    sheet_sign(&paper->sheet, "Customer's signature");
    return OK;
}

static void add_work_line(struct printing *paper, struct block *table,
                          const struct order_line *line, bool done)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = line->vendor.v == 0
                        ? line->description
                        : paper_printf(paper, "%s (%s)", line->description, line->vendor_name);
    row->cells[1] = text_is_empty(line->bin)
                        ? line->sku
                        : paper_printf(paper, "%s, bin %s", line->sku, line->bin);
    row->cells[2] = line->technician_name;
    row->cells[3] = paper_amount_of(paper, line->kind, line->quantity);
    row->cells[4] = done ? "[x]" : "[  ]";
}

static void add_work_job(struct printing *paper, struct block *table, const struct order_job *job)
{
    struct sheet_row *head = block_row(&paper->sheet, table, ROW_HEAD);
    const struct order_line *lines = job->lines.at;

    head->cells[0] = paper_printf(paper, "%lld. %s", (long long)job->position, job->title);
    head->cells[2] = job->technician_name;
    paper_note(paper, table, "Status", choice_label(&job_state_choices, job->state));
    if (job->comeback_of.v != 0)
        paper_note(paper, table, "Comeback",
                   paper_printf(paper, "of RO %lld%s%s", (long long)job->comeback_order.v,
                                text_is_empty(job->comeback_technician) ? "" : ", done by ",
                                job->comeback_technician));
    if (job->pay != PAY_CUSTOMER)
        paper_note(paper, table, "Paid by",
                   paper_printf(paper, "%s: %s", choice_label(&job_pay_choices, job->pay),
                                job->pay_reason));
    paper_note(paper, table, "Concern", job->concern);
    for (size_t i = 0; i < job->lines.count; i++)
        add_work_line(paper, table, &lines[i], job->state == JOB_DONE);
    paper_note(paper, table, "Cause",
               text_is_empty(job->cause) ? "______________________________________________"
                                         : job->cause);
    paper_note(paper, table, "Correction",
               text_is_empty(job->correction) ? "_________________________________________"
                                              : job->correction);
}

static const struct sheet_column inspection_columns[] = {
    {"Inspection", 44, false, true},
    {"Result", 27, false, false},
    {"Note", 29, false, true},
};

/* What was seen; nothing where nobody has begun. */
static status add_inspection(struct printing *paper, int64_t order_id)
{
    struct inspection inspection;

    TRY(paper_read(paper, &inspection_show_op, order_id, &inspection));
    if (inspection.items.count == 0)
        return OK;
    struct block *table =
        sheet_table(&paper->sheet, inspection_columns, COUNT_OF(inspection_columns));
    const struct inspection_item *items = inspection.items.at;
    for (size_t i = 0; i < inspection.items.count; i++) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = paper_printf(paper, "%s: %s", items[i].area, items[i].name);
        row->cells[1] = items[i].result == INSPECTION_NOT_CHECKED
                            ? "[  ] ok   [  ] soon   [  ] now"
                            : choice_label(&inspection_choices, items[i].result);
        row->cells[2] = items[i].note;
    }
    return OK;
}

status paper_work_order(struct printing *paper, int64_t order_id)
{
    struct order order;

    TRY(paper_read(paper, &order_show_op, order_id, &order));
    paper->sheet.title = paper_printf(paper, "Work order %lld", (long long)order.id.v);
    paper->sheet.barcode = paper_printf(paper, "RO-%lld", (long long)order.id.v);
    add_boxes(paper, &order, false);
    add_facts(paper, &order);
    struct block *table = sheet_table(&paper->sheet, work_columns, COUNT_OF(work_columns));
    const struct order_job *jobs = order.jobs.at;
    for (size_t i = 0; i < order.jobs.count; i++)
        if (!is_declined(&jobs[i]))
            add_work_job(paper, table, &jobs[i]);
    TRY(add_inspection(paper, order_id));
    add_parts_back(paper, &order);
    add_signatures(paper, &order);
    sheet_text(&paper->sheet, "For the shop", order.internal_note);
    sheet_sign(&paper->sheet, "Technician");
    return OK;
}
