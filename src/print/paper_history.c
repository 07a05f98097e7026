/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The service history of a vehicle. */

#include "base/text.h"
#include "domain/vehicle.h"
#include "papers.h"

static const struct sheet_column history_columns[] = {
    {"Work", 48, false, true}, {"Date", 14, false, true},  {"Odometer", 14, true, false},
    {"RO", 10, true, false},   {"Amount", 14, true, true},
};

static void add_visit(struct printing *paper, struct block *table, const struct history_row *visit)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
    const bool done = text_same(visit->state, "done");

    row->cells[0] =
        done ? visit->title : paper_printf(paper, "%s (%s)", visit->title, visit->state);
    row->cells[1] = paper_day(paper, visit->day);
    row->cells[2] = paper_miles(paper, visit->odometer_mi);
    row->cells[3] = paper_printf(paper, "%lld", (long long)visit->order.v);
    row->cells[4] = paper_money(paper, visit->amount);
    paper_note(paper, table, "Concern", visit->concern);
    paper_note(paper, table, "Cause", visit->cause);
    if (!done)
        return;
    paper_note(paper, table, "Correction", visit->correction);
    paper_note(paper, table, "Technician", visit->technician);
}

status paper_history(struct printing *paper, int64_t vehicle_id)
{
    struct vehicle_history history;
    const struct vehicle *vehicle = &history.vehicle;

    TRY(paper_read(paper, &vehicle_history_op, vehicle_id, &history));
    paper->sheet.title = "Service history";
    paper->sheet.barcode = vehicle->vin;
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    block_pair(boxes, "Vehicle",
               paper_vehicle(paper, vehicle->name, vehicle->color, vehicle->vin, vehicle->plate,
                             vehicle->plate_state, NUMBER_NONE),
               false);
    block_pair(boxes, "Owner and odometer",
               paper_printf(paper, "%s\n%s\n%s", vehicle->customer_name,
                            paper_miles(paper, vehicle->odometer_mi),
                            paper_day(paper, vehicle->odometer_on)),
               false);
    struct block *table = sheet_table(&paper->sheet, history_columns, COUNT_OF(history_columns));
    const struct history_row *visits = history.visits.at;
    for (size_t i = 0; i < history.visits.count; i++)
        add_visit(paper, table, &visits[i]);
    if (history.visits.count == 0)
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] = "No work is on record.";
    return OK;
}
