/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_IMPORT_INNER_H
#define PITLANE_DOMAIN_IMPORT_INNER_H

/* What the files of the import share.
 *
 * import.c            the run, its audit row, and what was refused
 * import_columns.c    opening a file, matching its columns
 * import_targets.c    the fields a column can be matched with, and what other systems call them
 * import_values.c     cells → values, with a note of every correction
 * import_day.c        days, years, miles
 * import_person.c     finding, adding and completing a customer
 * import_customers.c, import_vehicles.c, import_parts.c, import_prices.c   a line of each noun */

#include "domain/customer.h"
#include "domain/import.h"
#include "domain/part.h"

enum customer_target {
    CUSTOMER_NUMBER,
    CUSTOMER_FIRST,
    CUSTOMER_LAST,
    CUSTOMER_NAME,
    CUSTOMER_COMPANY,
    CUSTOMER_PHONE,
    CUSTOMER_PHONE_KIND,
    CUSTOMER_MOBILE,
    CUSTOMER_HOME,
    CUSTOMER_WORK,
    CUSTOMER_FAX,
    CUSTOMER_EMAIL,
    CUSTOMER_STREET,
    CUSTOMER_STREET_2,
    CUSTOMER_CITY,
    CUSTOMER_STATE,
    CUSTOMER_ZIP,
    CUSTOMER_REFERRAL,
    CUSTOMER_EXEMPT,
    CUSTOMER_CERTIFICATE,
    CUSTOMER_EXEMPT_KIND,
    CUSTOMER_EXEMPT_UNTIL,
    CUSTOMER_TERMS,
    CUSTOMER_LIMIT,
    CUSTOMER_HOLD,
    CUSTOMER_RATE_CLASS,
    CUSTOMER_AUTHORIZED,
    CUSTOMER_AUTHORIZED_PHONE,
    CUSTOMER_LAST_VISIT,
    CUSTOMER_NOTE,
    CUSTOMER_TARGET_COUNT
};
enum vehicle_target {
    VEHICLE_NUMBER,
    VEHICLE_OWNER_NUMBER,
    VEHICLE_OWNER_FIRST,
    VEHICLE_OWNER_LAST,
    VEHICLE_OWNER_NAME,
    VEHICLE_OWNER_COMPANY,
    VEHICLE_OWNER_PHONE,
    VEHICLE_OWNER_EMAIL,
    VEHICLE_OWNER_STREET,
    VEHICLE_OWNER_CITY,
    VEHICLE_OWNER_STATE,
    VEHICLE_OWNER_ZIP,
    VEHICLE_VIN,
    VEHICLE_PLATE,
    VEHICLE_PLATE_STATE,
    VEHICLE_UNIT,
    VEHICLE_YEAR,
    VEHICLE_MAKE,
    VEHICLE_MODEL,
    VEHICLE_TRIM,
    VEHICLE_BODY,
    VEHICLE_ENGINE,
    VEHICLE_TRANSMISSION,
    VEHICLE_DRIVE,
    VEHICLE_COLOR,
    VEHICLE_NAME,
    VEHICLE_MILES,
    VEHICLE_SERVICE_ON,
    VEHICLE_NOTE,
    VEHICLE_TARGET_COUNT
};
enum part_target {
    PART_SKU,
    PART_NAME,
    PART_UPC,
    PART_CATEGORY,
    PART_VENDOR,
    PART_VENDOR_NUMBER,
    PART_BIN,
    PART_COST,
    PART_PRICE,
    PART_CORE,
    PART_TAXABLE,
    PART_ON_HAND,
    PART_LOW,
    PART_HIGH,
    PART_TARGET_COUNT
};
enum price_target {
    PRICE_NUMBER,
    PRICE_SKU,
    PRICE_UPC,
    PRICE_NAME,
    PRICE_VENDOR,
    PRICE_COST,
    PRICE_LIST,
    PRICE_CORE,
    PRICE_PACK,
    PRICE_TARGET_COUNT
};
#define IMPORT_TARGETS_MAX 32
#define IMPORT_NOTES_MAX   48

/* One import on its way, and the line it is at. */
struct import_work {
    struct session *s; /* its arena is given back after every line */
    struct import_plan *plan;
    struct arena *kept; /* for what stays with the plan */
    int column_of[IMPORT_TARGETS_MAX];
    bool sorted_names; /* "Last, First": a name without a comma is a company's */
    bool negative_stock;
    struct day today;
    const struct csv_record *record;
    struct import_line *line;
    struct buf notes; /* of the line */
    struct import_note counts[IMPORT_NOTES_MAX];
    size_t count_count;
    struct money shelf;         /* what the imported stock is worth */
    struct vendor_id vendor;    /* of a price file as a whole, once looked up */
    int64_t priced, shifted;    /* its lines that name a part, and those that can't be true */
    int64_t *named, named_room; /* by part: the line that named it first, 0 for none */
};

/* ---- cells (import_values.c) ---- */

/* The cell of a target: cleaned, without a guarding apostrophe; "" when there is none. */
const char *import_cell(struct import_work *w, unsigned target);
/* The same for free text: line breaks are kept, card numbers are cut to four digits with a note. */
const char *import_lines(struct import_work *w, unsigned target);
/* Notes a correction: counts `says` and writes "says: from → to" to the line. */
void import_note(struct import_work *w, const char *says, const char *from, const char *to);
/* The same of a value that changes: counted as `says`, shown with the line as "cost 24.60 → 25.10".
 */
void import_change(struct import_work *w, const char *says, const char *what, const char *from,
                   const char *to);
/* Refuses the line at a target's column; returns ERR_INVALID. */
status import_bad(struct import_work *w, unsigned target, const char *sentence, ...)
    PRINTF_LIKE(3, 4);
/* "none", "n/a", "-": what people write where nothing is to be said. */
bool import_is_placeholder(const char *text);
/* Takes `from` where nothing stands in *text yet; did it? */
bool import_fill(const char **text, const char *from);

const char *import_phone(struct import_work *w, const char *text); /* NULL: no phone number */
const char *import_email(struct import_work *w, const char *text);
const char *import_zip(struct import_work *w, const char *text, const char *state);
const char *import_state(struct import_work *w, const char *text);
bool import_yes(const char *text);
const char *import_vin(struct import_work *w, const char *text);
const char *import_upc(struct import_work *w, const char *text);
/* Prices as other systems write them; "" is 0. ERR_INVALID refuses the line. */
status import_money(struct import_work *w, unsigned target, struct money *ret) MUST_USE;
status import_qty(struct import_work *w, unsigned target, struct qty *ret) MUST_USE;
/* "Delgado, Maria", "Maria Delgado". */
void import_split_name(struct import_work *w, const char *name, struct customer_entry *entry);

/* ---- days, years, miles (import_day.c) ---- */

/* A day that has been; none when there is none, it lies ahead, or it is no day: with a note. */
struct day import_past_day(struct import_work *w, const char *text);
/* A day that may lie ahead: the end of a certificate. */
struct day import_any_day(struct import_work *w, const char *text);
int64_t import_year(struct import_work *w, const char *text);  /* 0: none */
int64_t import_miles(struct import_work *w, const char *text); /* -1: none */

/* ---- customers (import_person.c) ---- */

/* Whom a line speaks of, as far as it can be found: by number, by name and phone, by phone or name
 * alone where only one has it. 0: nobody. */
status import_find_customer(struct import_work *w, const struct customer_entry *entry,
                            struct customer_id *ret_id) MUST_USE;
/* The same person: by number, or by name and phone. */
status import_same_customer(struct import_work *w, const struct customer_entry *entry,
                            struct customer_id *ret_id) MUST_USE;
/* Adds the customer, or gives an existing one what it lacks. */
status import_put_customer(struct import_work *w, const struct customer_entry *entry,
                           struct customer_id existing, struct customer_id *ret_id,
                           bool *ret_changed) MUST_USE;
/* The last visit moves forward only. */
status import_visit(struct import_work *w, struct customer_id id, struct day on,
                    bool *ret_changed) MUST_USE;
void import_init_customer(struct import_work *w, struct customer_entry *entry);

/* ---- columns (import_columns.c) ---- */

/* ERR_INVALID when nothing is matched that a record of the noun can't be without. */
status import_check_match(struct session *s, const struct import_plan *plan) MUST_USE;
status import_keep_match(struct session *s, const struct import_plan *plan) MUST_USE;

/* ---- the nouns ---- */

/* Each takes the present line: fate, record and summary are set; ERR_INVALID, ERR_NOT_FOUND and
 * ERR_CONFLICT refuse it with s->fault, others end the import. */
status import_customer_line(struct import_work *w) MUST_USE;
status import_vehicle_line(struct import_work *w) MUST_USE;
status import_part_line(struct import_work *w) MUST_USE;
/* What is left to do when all lines are taken. */
status import_part_end(struct import_work *w) MUST_USE;
status import_price_line(struct import_work *w) MUST_USE;
status import_price_end(struct import_work *w) MUST_USE;

#endif
