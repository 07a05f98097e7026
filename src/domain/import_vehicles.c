/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A line of a file of vehicles.
 *
 * What is decided here, and why:
 * - The owner is found by number, else by name and phone, else by phone or name alone if only one
 *   customer has it. A line that has a name may bring its owner along; a number alone that nobody
 * has refuses the line, because a vehicle has to belong to somebody.
 * - The same VIN of the same owner is the same vehicle. The same VIN of another owner comes in as a
 *   vehicle of its own with a mark: the car was sold, or one of the two is a slip, and only the
 * shop can tell. Plate, owner and readings of both stay.
 * - Without a VIN the plate decides, without a plate the unit number, else year, make and model.
 * - The odometer was read on the day of the last service. A reading that runs backwards against
 *   those that are known is left out: one of them is wrong, and nobody is here to say which. */

#include "import_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "customer_inner.h"
#include "domain/vin.h"
#include "record.h"
#include "vehicle_inner.h"

/* clang-format off */
static const char SQL_BY_NUMBER[] =
    "SELECT id\n"
    "FROM vehicle\n"
    "WHERE customer = :customer AND external_number = :number AND :number <> ''\n"
    "ORDER BY id\n"
    "LIMIT 1";
/* Of the owner now, or of one who has sold it since. */
static const char SQL_BY_VIN[] =
    "SELECT v.id\n"
    "FROM vehicle AS v\n"
    "WHERE v.vin = :vin AND v.vin <> '' AND (v.customer = :customer OR EXISTS\n"
    "  (SELECT 1 FROM vehicle_owner AS o WHERE o.vehicle = v.id AND o.customer = :customer))\n"
    "ORDER BY v.customer <> :customer, v.id\n"
    "LIMIT 1";
static const char SQL_BY_PLATE[] =
    "SELECT id\n"
    "FROM vehicle\n"
    "WHERE plate = :plate AND plate <> '' AND customer = :customer AND (vin = '' OR :vin = '')\n"
    "ORDER BY id\n"
    "LIMIT 1";
static const char SQL_BY_NAME[] =
    "SELECT id\n"
    "FROM vehicle\n"
    "WHERE customer = :customer AND vin = :vin AND plate = :plate AND unit_number = :unit\n"
    "AND ifnull(year, 0) = :year AND make = :make AND model = :model\n"
    "ORDER BY id\n"
    "LIMIT 1";
static const char SQL_OTHER_WITH_VIN[] =
    "SELECT id\n"
    "FROM vehicle\n"
    "WHERE vin = :vin AND vin <> '' AND archived_at IS NULL\n"
    "ORDER BY id\n"
    "LIMIT 1";
static const char SQL_HAS_READING[] =
    "SELECT count(*)\n"
    "FROM odometer\n"
    "WHERE vehicle = :vehicle AND miles = :miles AND (:on = '' OR read_on = :on)";
/* Higher before, or lower after. */
static const char SQL_AGAINST[] =
    "SELECT count(*)\n"
    "FROM odometer\n"
    "WHERE vehicle = :vehicle\n"
    "AND ((read_on <= :on AND miles > :miles) OR (read_on >= :on AND miles < :miles))";
/* clang-format on */

/* ---- the owner ---- */

static void take_owner_phone(struct import_work *w, struct customer_entry *owner)
{
    const char *text = import_cell(w, VEHICLE_OWNER_PHONE);
    const char *number = import_is_placeholder(text) ? NULL : import_phone(w, text);
    struct phone *phone;

    if (number == NULL)
        return;
    phone = NEW(w->s->arena, struct phone);
    *phone = (struct phone){.number = number, .note = ""};
    owner->phones = (struct rows){phone, 1};
}

static void take_owner_address(struct import_work *w, struct customer_entry *owner)
{
    struct address *address = NEW(w->s->arena, struct address);

    address->street = import_cell(w, VEHICLE_OWNER_STREET);
    address->city = import_cell(w, VEHICLE_OWNER_CITY);
    address->state = import_state(w, import_cell(w, VEHICLE_OWNER_STATE));
    address->zip = import_zip(w, import_cell(w, VEHICLE_OWNER_ZIP), address->state);
    if (*address->street != '\0' || *address->city != '\0' || *address->zip != '\0')
        owner->addresses = (struct rows){address, 1};
}

static void take_owner(struct import_work *w, struct customer_entry *owner)
{
    const char *name = import_cell(w, VEHICLE_OWNER_NAME);

    import_init_customer(w, owner);
    owner->external_number = import_cell(w, VEHICLE_OWNER_NUMBER);
    owner->first_name = import_cell(w, VEHICLE_OWNER_FIRST);
    owner->last_name = import_cell(w, VEHICLE_OWNER_LAST);
    owner->company = import_cell(w, VEHICLE_OWNER_COMPANY);
    if (*name != '\0' && *owner->first_name == '\0' && *owner->last_name == '\0' &&
        *owner->company == '\0')
        import_split_name(w, name, owner);
    take_owner_phone(w, owner);
    take_owner_address(w, owner);
    owner->email = import_email(w, import_cell(w, VEHICLE_OWNER_EMAIL));
}

static status no_owner(struct import_work *w, const struct customer_entry *owner)
{
    if (*owner->external_number != '\0')
        return import_bad(w, VEHICLE_OWNER_NUMBER,
                          "There is no customer with the number “%s”. Import the customers first, "
                          "or correct the number.",
                          owner->external_number);
    if (owner->phones.count > 0)
        return import_bad(w, VEHICLE_OWNER_PHONE,
                          "No customer, or more than one, has this phone number. Give the owner's "
                          "number or name too.");
    return import_bad(w, VEHICLE_OWNER_NUMBER,
                      "Whose vehicle is it? The line names no owner. Give a number, a phone or a "
                      "name.");
}

static status find_owner(struct import_work *w, struct customer_id *ret_id)
{
    struct customer_entry owner;
    bool changed = false;

    take_owner(w, &owner);
    TRY(import_find_customer(w, &owner, ret_id));
    if (ret_id->v != 0)
        return OK;
    if (*customer_sorted_name(w->s, &owner) == '\0')
        return no_owner(w, &owner);
    TRY(import_put_customer(w, &owner, (struct customer_id){0}, ret_id, &changed));
    import_note(w, "Owners added", customer_sorted_name(w->s, &owner), "");
    return OK;
}

/* ---- the vehicle ---- */

/* "2014 Honda Accord EX-L": our own lists have it in one column. */
static void split_vehicle_name(struct import_work *w, struct vehicle_entry *entry)
{
    const char *name = import_cell(w, VEHICLE_NAME);
    struct vin_names makes;
    const char *rest = name;
    char *end;

    if (*name == '\0' || entry->year != 0 || *entry->make != '\0' || *entry->model != '\0')
        return;
    const int64_t year = strtoll(name, &end, 10);
    if (year >= 1885 && year <= 2100 && *end == ' ') {
        entry->year = year;
        rest = end + 1;
    }
    vin_makes(w->s->arena, &makes);
    for (size_t i = 0; i < makes.count; i++) {
        const size_t length = strlen(makes.at[i]);
        if (strncasecmp(rest, makes.at[i], length) == 0 &&
            (rest[length] == ' ' || rest[length] == '\0') && length > strlen(entry->make))
            entry->make = makes.at[i];
    }
    rest += strlen(entry->make);
    entry->model = text_clean(w->s->arena, rest, TEXT_ONE_LINE);
}

/* "CHEVROLET" as the maker writes itself. */
static const char *spelled_make(struct import_work *w, const char *make)
{
    const char *folded = text_fold(w->s->arena, make);
    struct vin_names makes;

    if (*make == '\0')
        return make;
    vin_makes(w->s->arena, &makes);
    for (size_t i = 0; i < makes.count; i++)
        if (text_same(text_fold(w->s->arena, makes.at[i]), folded)) {
            if (!text_same(makes.at[i], make))
                import_note(w, "Makes spelled as their makers do", make, makes.at[i]);
            return makes.at[i];
        }
    return make;
}

/* By its code or its name; one that is none is kept in the note. */
static status take_plate_state(struct import_work *w, struct vehicle_entry *entry)
{
    const char *text = import_cell(w, VEHICLE_PLATE_STATE);

    if (import_is_placeholder(text))
        return OK;
    const status result = vehicle_find_plate_state(w->s, text, &entry->plate_state);
    if (result != ERR_NOT_FOUND)
        return result;
    import_note(w, "Plate states that are none kept in the note", text, "");
    entry->note = arena_printf(w->s->arena, "%s%sPlate of: %s", entry->note,
                               *entry->note != '\0' ? "\n" : "", text);
    return OK;
}

static status take_line(struct import_work *w, struct vehicle_entry *entry)
{
    const struct field_context context = session_context(w->s);

    shape_init(vehicle_add_op.in, entry, &context);
    entry->external_number = import_cell(w, VEHICLE_NUMBER);
    entry->vin = import_vin(w, import_cell(w, VEHICLE_VIN));
    entry->plate = record_code(w->s, import_cell(w, VEHICLE_PLATE));
    if (!text_same(entry->plate, import_cell(w, VEHICLE_PLATE)))
        import_note(w, "Plates in capitals without blanks", import_cell(w, VEHICLE_PLATE),
                    entry->plate);
    entry->unit_number = import_cell(w, VEHICLE_UNIT);
    entry->year = import_year(w, import_cell(w, VEHICLE_YEAR));
    entry->make = spelled_make(w, import_cell(w, VEHICLE_MAKE));
    entry->model = import_cell(w, VEHICLE_MODEL);
    entry->trim = import_cell(w, VEHICLE_TRIM);
    entry->body = import_cell(w, VEHICLE_BODY);
    entry->engine = import_cell(w, VEHICLE_ENGINE);
    entry->transmission = import_cell(w, VEHICLE_TRANSMISSION);
    entry->drive = import_cell(w, VEHICLE_DRIVE);
    entry->color = import_cell(w, VEHICLE_COLOR);
    entry->note = import_lines(w, VEHICLE_NOTE);
    split_vehicle_name(w, entry);
    return take_plate_state(w, entry);
}

static status find_vehicle(struct import_work *w, const struct vehicle_entry *entry, int64_t *ret)
{
    const struct bind *binds =
        BINDS(BIND_ID("customer", entry->customer), BIND_TEXT("number", entry->external_number),
              BIND_TEXT("vin", entry->vin), BIND_TEXT("plate", entry->plate),
              BIND_TEXT("unit", entry->unit_number), BIND_INT("year", entry->year),
              BIND_TEXT("make", entry->make), BIND_TEXT("model", entry->model));

    *ret = 0;
    TRY(record_find_number(w->s, SQL_BY_NUMBER, binds, ret));
    if (*ret == 0)
        TRY(record_find_number(w->s, SQL_BY_VIN, binds, ret));
    if (*ret == 0)
        TRY(record_find_number(w->s, SQL_BY_PLATE, binds, ret));
    return *ret == 0 ? record_find_number(w->s, SQL_BY_NAME, binds, ret) : OK;
}

static bool fill_vehicle(struct vehicle_entry *to, const struct vehicle_entry *from)
{
    const char **const texts[] = {
        &to->vin,   &to->plate, &to->plate_state, &to->unit_number,    &to->make,
        &to->model, &to->trim,  &to->body,        &to->engine,         &to->transmission,
        &to->drive, &to->color, &to->note,        &to->external_number};
    const char *const given[] = {
        from->vin,   from->plate, from->plate_state, from->unit_number,    from->make,
        from->model, from->trim,  from->body,        from->engine,         from->transmission,
        from->drive, from->color, from->note,        from->external_number};
    bool changed = false;

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        changed = import_fill(texts[i], given[i]) || changed;
    if (to->year == 0 && from->year != 0) {
        to->year = from->year;
        changed = true;
    }
    return changed;
}

static status complete(struct import_work *w, const struct vehicle_entry *from, int64_t id,
                       bool *ret_changed)
{
    const struct field_context context = session_context(w->s);
    struct vehicle stored;
    struct vehicle_entry entry;

    TRY(vehicle_get(w->s, (struct vehicle_id){id}, &stored));
    shape_init(vehicle_edit_op.in, &entry, &context);
    shape_transfer(&vehicle_shape, &stored, vehicle_edit_op.in, &entry);
    entry.vehicle = stored.id;
    *ret_changed = fill_vehicle(&entry, from);
    if (!*ret_changed)
        return OK;
    TRY(shape_check(vehicle_edit_op.in, &entry, &w->s->fault));
    return vehicle_edit(w->s, &entry, &stored);
}

static status add(struct import_work *w, const struct vehicle_entry *entry, struct day since_on,
                  int64_t *ret_id)
{
    int64_t other = 0;
    struct vehicle vehicle;

    TRY(shape_check(vehicle_add_op.in, entry, &w->s->fault));
    if (vin_is_shape(entry->vin))
        TRY(record_find_number(w->s, SQL_OTHER_WITH_VIN, BINDS(BIND_TEXT("vin", entry->vin)),
                               &other));
    if (other != 0)
        import_note(w, "VINs that another vehicle has too, kept with a mark", entry->vin, "");
    TRY(vehicle_take_in(w->s, entry, since_on, (struct vehicle_id){other}, &vehicle));
    *ret_id = vehicle.id.v;
    return OK;
}

/* ---- the odometer ---- */

static status read_odometer(struct import_work *w, int64_t vehicle, int64_t miles, struct day on,
                            bool *ret_changed)
{
    const struct day day = on.iso[0] != '\0' ? on : w->today;
    const struct odometer_row row = {
        .read_on = day, .miles = miles, .source = "import", .reason = ""};
    int64_t count = 0;

    if (miles < 0)
        return OK;
    TRY(record_find_number(
        w->s, SQL_HAS_READING,
        BINDS(BIND_INT("vehicle", vehicle), BIND_INT("miles", miles), BIND_TEXT("on", on.iso)),
        &count));
    if (count != 0)
        return OK;
    TRY(record_find_number(
        w->s, SQL_AGAINST,
        BINDS(BIND_INT("vehicle", vehicle), BIND_INT("miles", miles), BIND_TEXT("on", day.iso)),
        &count));
    if (count != 0) {
        import_note(w, "Odometer readings that run backwards left out",
                    import_cell(w, VEHICLE_MILES), "");
        return OK;
    }
    *ret_changed = true;
    return vehicle_put_reading(w->s, (struct vehicle_id){vehicle}, &row);
}

static const char *summary_of(struct import_work *w, const struct vehicle_entry *entry)
{
    AUTO_BUF text = BUF(1024);

    if (entry->year != 0)
        buf_printf(&text, "%lld ", (long long)entry->year);
    buf_printf(&text, "%.100s %.100s", entry->make, entry->model);
    if (*entry->plate != '\0')
        buf_printf(&text, " · %.60s", entry->plate);
    if (*entry->vin != '\0')
        buf_printf(&text, " · %.60s", entry->vin);
    return text_clean(w->kept, buf_str(&text), TEXT_ONE_LINE);
}

status import_vehicle_line(struct import_work *w)
{
    struct vehicle_entry entry;
    int64_t existing = 0;
    int64_t id = 0;
    bool changed = false;

    TRY(take_line(w, &entry));
    w->line->summary = summary_of(w, &entry);
    const struct day on = import_past_day(w, import_cell(w, VEHICLE_SERVICE_ON));
    const int64_t miles = import_miles(w, import_cell(w, VEHICLE_MILES));
    TRY(find_owner(w, &entry.customer));
    TRY(find_vehicle(w, &entry, &existing));
    id = existing;
    if (existing != 0)
        TRY(complete(w, &entry, existing, &changed));
    else
        TRY(add(w, &entry, on.iso[0] != '\0' ? on : w->today, &id));
    TRY(read_odometer(w, id, miles, on, &changed));
    TRY(import_visit(w, entry.customer, on, &changed));
    w->line->record = id;
    w->line->fate = existing == 0 ? IMPORT_NEW : changed ? IMPORT_CHANGED : IMPORT_SAME;
    return OK;
}
