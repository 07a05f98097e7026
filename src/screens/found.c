/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Finding records by what people type or scan: the palette's records and the barcode scanner. */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/customer.h"
#include "domain/vehicle.h"
#include "kiosk.h"

#define PALETTE_CUSTOMERS 5
#define PALETTE_PARTS     4
#define VIN_LENGTH        17

static void open_customer(struct app *app, int64_t id)
{
    desk_open_record(desk_of_app(app), "customer", id);
}

static void open_vehicle(struct app *app, int64_t id)
{
    desk_open_record(desk_of_app(app), "vehicle", id);
}

static void open_order(struct app *app, int64_t id)
{
    desk_open_record(desk_of_app(app), "order", id);
}

static void open_part(struct app *app, int64_t id)
{
    desk_open_record(desk_of_app(app), "part", id);
}

/* "cust smith", "RO 10412": the first word says what is meant; NULL otherwise. */
static const char *behind_word(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        const size_t length = strlen(*words);
        if (strncasecmp(text, *words, length) == 0 && (text[length] == ' ' || text[length] == '-'))
            return text + length + 1;
    }
    return NULL;
}

static const char *const customer_words[] = {"customer", "cust", NULL};
static const char *const order_words[] = {"RO", "order", NULL};
static const char *const part_words[] = {"part", "sku", NULL};

static bool is_number(const char *text)
{
    if (*text == '\0' || strlen(text) > 12)
        return false;
    for (; *text != '\0'; text++)
        if (!isdigit((unsigned char)*text))
            return false;
    return true;
}

static void add_found(struct palette *palette, const struct found_row *row, const char *typed,
                      struct arena *arena)
{
    struct palette_item item = {.rank = PALETTE_PREFIX};

    switch (row->kind) {
    case FOUND_CUSTOMER:
        item = (struct palette_item){row->name, "customer", PALETTE_PREFIX, open_customer,
                                     row->customer.v};
        break;
    case FOUND_VEHICLE:
        item = (struct palette_item){arena_printf(arena, "%s %s", row->name, row->plate), "vehicle",
                                     PALETTE_RECENT, open_vehicle, row->vehicle.v};
        break;
    case FOUND_ORDER:
        item = (struct palette_item){
            arena_printf(arena, "RO %lld · %s", (long long)row->order.v, row->name), "repair order",
            PALETTE_PREFIX, open_order, row->order.v};
        if (is_number(typed) && strtoll(typed, NULL, 10) == row->order.v)
            item.rank = PALETTE_EXACT;
        break;
    }
    palette_add(palette, &item);
}

static void find_people(struct desk *desk, const char *text, struct palette *palette,
                        struct arena *arena)
{
    const struct customer_find in = {.text = text, .limit = PALETTE_CUSTOMERS};
    struct customer_found out;

    if (*text == '\0' || !desk_allows(desk, &customer_find_op) ||
        desk_try(desk, arena, &customer_find_op, &in, &out) != OK)
        return;
    const struct found_row *rows = out.rows.at;
    for (size_t i = 0; i < out.rows.count; i++)
        add_found(palette, &rows[i], text, arena);
}

/* The first rows of any list operation that match. */
static bool search(struct desk *desk, const char *name, const char *text, int64_t limit,
                   struct arena *arena, const struct op **ret_op, struct rows *ret_rows)
{
    const struct op *op = op_find(name);
    struct page page;

    if (op == NULL || !desk_allows(desk, op))
        return false;
    struct list_query *in = desk_input(desk, arena, op);
    in->search = text;
    in->limit = limit;
    if (desk_try(desk, arena, op, in, &page) != OK)
        return false;
    *ret_op = op;
    *ret_rows = page.rows;
    return true;
}

static void find_parts(struct desk *desk, const char *text, struct palette *palette,
                       struct arena *arena)
{
    const struct op *op;
    struct rows rows;

    if (strlen(text) < 2 || !search(desk, "part.search", text, PALETTE_PARTS, arena, &op, &rows))
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const char *row = (const char *)rows.at + i * op->out->size;
        const struct field *sku = shape_field(op->out, "sku");
        palette_add(palette,
                    &(struct palette_item){
                        arena_printf(arena, "%s  %s",
                                     sku != NULL ? field_text(sku, row, FIELD_SHOWN, arena) : "",
                                     row_name(op->out, row)),
                        "part", PALETTE_RECENT, open_part, row_id(op->out, row)});
    }
}

void palette_find(struct app *app, const char *text, struct palette *palette)
{
    struct desk *desk = desk_of_app(app);
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *typed = text_clean(&arena, text, TEXT_ONE_LINE);
    const char *order = behind_word(typed, order_words);
    const char *customer = behind_word(typed, customer_words);
    const char *part = behind_word(typed, part_words);

    if (part == NULL)
        find_people(desk, order != NULL ? order : (customer != NULL ? customer : typed), palette,
                    &arena);
    if (order == NULL && customer == NULL)
        find_parts(desk, part != NULL ? part : typed, palette, &arena);
}

/* --- Scanned codes, told apart by their shape --- */

/* The VIN in a code: 17 characters without I, O and Q; labels of imports begin with an I. */
static const char *vin_in(const char *text)
{
    if (strlen(text) == VIN_LENGTH + 1 && (*text == 'I' || *text == 'i'))
        text++;
    if (strlen(text) != VIN_LENGTH)
        return NULL;
    for (const char *c = text; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) || strchr("IOQioq", *c) != NULL)
            return NULL;
    return text;
}

static int64_t number_behind(const char *text, const char *prefix)
{
    const size_t length = strlen(prefix);

    if (strncasecmp(text, prefix, length) != 0)
        return 0;
    text += length + (text[length] == '-' || text[length] == ' ');
    return is_number(text) ? strtoll(text, NULL, 10) : 0;
}

static bool is_product_code(const char *text)
{
    const size_t length = strlen(text);

    return (length == 12 || length == 13) && strspn(text, "0123456789") == length;
}

bool text_is_vin(const char *text)
{
    return vin_in(text) != NULL;
}

bool scan_is_code(void *context, const char *text)
{
    (void)context;
    return vin_in(text) != NULL || number_behind(text, "RO") != 0 ||
           number_behind(text, "INV") != 0 || is_product_code(text) || badge_is_code(text);
}

/* A new vehicle with what its number says already filled in. */
static void new_vehicle(struct desk *desk, const char *vin, struct arena *arena)
{
    const struct op *add = op_find("vehicle.add");
    const struct op *decode = op_find("vin.decode");

    if (add == NULL)
        return;
    void *in = desk_input(desk, arena, add);
    if (decode != NULL) {
        void *question = desk_input(desk, arena, decode);
        void *facts = arena_alloc(arena, decode->out->size);
        const struct field *field = shape_field(decode->in, "vin");
        memcpy(field_at(field, question), &vin, sizeof vin);
        if (desk_try(desk, arena, decode, question, facts) == OK)
            shape_transfer(decode->out, facts, add->in, in);
    }
    const struct field *field = shape_field(add->in, "vin");
    memcpy(field_at(field, in), &vin, sizeof vin);
    op_form_open(
        desk, &(struct op_form){.op = add, .title = "New vehicle", .in = in, .focus = "customer"});
    app_say(desk->app, "VIN %s is not in the shop's records yet. Choose its owner with F4.", vin);
}

static void open_vin(struct desk *desk, const char *vin)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *code = text_code(&arena, vin);
    const struct op *op;
    struct rows rows;

    if (!search(desk, "vehicle.search", code, 1, &arena, &op, &rows))
        return;
    if (rows.count > 0)
        desk_open_record(desk, "vehicle", row_id(op->out, rows.at));
    else
        new_vehicle(desk, code, &arena);
}

static void open_product(struct desk *desk, const char *code)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct op *op;
    struct rows rows;

    if (!search(desk, "part.search", code, 1, &arena, &op, &rows))
        return;
    if (rows.count > 0)
        desk_open_record(desk, "part", row_id(op->out, rows.at));
    else
        app_error(desk->app, "No part has the bar code %s. Add one or type it into a part.", code);
}

void scan_open(struct app *app, const char *text)
{
    struct desk *desk = desk_of_app(app);
    const char *vin = vin_in(text);

    if (desk->session.factor == FACTOR_PIN)
        kiosk_scan(desk, text);
    else if (badge_is_code(text))
        app_say(app, "That is a badge. It lets its holder in at a kiosk.");
    else if (vin != NULL)
        open_vin(desk, vin);
    else if (number_behind(text, "RO") != 0)
        desk_open_record(desk, "order", number_behind(text, "RO"));
    else if (number_behind(text, "INV") != 0)
        desk_open_record(desk, "invoice", number_behind(text, "INV"));
    else if (is_product_code(text))
        open_product(desk, text);
}
