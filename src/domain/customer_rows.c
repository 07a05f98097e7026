/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A customer's phones and addresses: as rows, and as the main one that a form or a command has in a
 * field of its own. They are written again only when they are given differently. */

#include "customer_inner.h"

#include <string.h>

#include "base/text.h"

/* clang-format off */
static const char SQL_PHONES_REMOVE[] = "DELETE FROM phone WHERE customer = :customer";
static const char SQL_PHONE_ADD[] =
    "INSERT INTO phone (customer, position, kind, number, note)\n"
    "VALUES (:customer, :position, :kind, :number, :note)";
static const char SQL_ADDRESSES_REMOVE[] = "DELETE FROM address WHERE customer = :customer";
static const char SQL_ADDRESS_ADD[] =
    "INSERT INTO address (customer, position, kind, street, city, state, zip)\n"
    "VALUES (:customer, :position, :kind, :street, :city, :state, :zip)";
/* clang-format on */

static bool phones_equal(const struct rows *a, const struct rows *b)
{
    const struct phone *x = a->at;
    const struct phone *y = b->at;

    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (x[i].kind != y[i].kind || !text_same(x[i].number, y[i].number) ||
            !text_same(x[i].note, y[i].note))
            return false;
    return true;
}

static bool address_equal(const struct address *a, const struct address *b)
{
    return a->kind == b->kind && text_same(a->street, b->street) && text_same(a->city, b->city) &&
           text_same(a->state, b->state) && text_same(a->zip, b->zip);
}

static bool addresses_equal(const struct rows *a, const struct rows *b)
{
    const struct address *x = a->at;
    const struct address *y = b->at;

    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!address_equal(&x[i], &y[i]))
            return false;
    return true;
}

static bool address_is_empty(const struct address *a)
{
    return text_is_empty(a->street) && text_is_empty(a->city) && text_is_empty(a->state) &&
           text_is_empty(a->zip);
}

/* Rows with the first left out. */
static struct rows without_first(const struct rows *rows, size_t size)
{
    return rows->count < 2 ? (struct rows){NULL, 0}
                           : (struct rows){(char *)rows->at + size, rows->count - 1};
}

/* The rows, copied behind one free row. */
static void *copy_rows(struct session *s, const struct rows *rows, size_t size)
{
    char *copy = arena_array(s->arena, rows->count + 1, size);

    if (rows->count > 0)
        memcpy(copy + size, rows->at, rows->count * size);
    return copy;
}

static status clean_phones(struct session *s, const struct rows *phones)
{
    struct phone *at = phones->at;

    for (size_t i = 0; i < phones->count; i++) {
        const char *number = text_phone(s->arena, at[i].number);
        if (number == NULL)
            return fail_field(s, arena_printf(s->arena, "phones.%zu.number", i + 1),
                              "“%s” is no phone number. Write ten digits, such as 619-555-0142.",
                              at[i].number);
        at[i].number = number;
    }
    return OK;
}

/* `copy` has the given rows behind one free row. A number that is among them moves to the front;
 * a new one takes the place of the first. */
static struct rows put_phone_first(struct phone *copy, size_t count, const char *number)
{
    size_t from = 1;

    while (from <= count && !text_same(copy[from].number, number))
        from++;
    if (from <= count) {
        const struct phone moved = copy[from];
        memmove(&copy[2], &copy[1], (from - 1) * sizeof *copy);
        copy[1] = moved;
    } else if (count == 0) {
        copy[0] = (struct phone){.number = number, .note = ""};
        return (struct rows){copy, 1};
    } else {
        copy[1].number = number;
    }
    return (struct rows){copy + 1, count};
}

/* The main phone beside the rows: one that differs from what is stored wins over the first row, one
 * that was emptied takes it away. */
static status take_phones(struct session *s, const struct customer_entry *in,
                          const struct customer *stored, struct rows *ret_phones)
{
    struct phone *copy = copy_rows(s, &in->phones, sizeof *copy);
    const struct rows given = {copy + 1, in->phones.count};
    const char *number;

    TRY(clean_phones(s, &given));
    *ret_phones = given;
    if (text_same(in->phone, stored->phone))
        return OK;
    if (text_is_empty(in->phone)) {
        if (phones_equal(&given, &stored->phones))
            *ret_phones = without_first(&given, sizeof *copy);
        return OK;
    }
    number = text_phone(s->arena, in->phone);
    if (number == NULL)
        return fail_field(s, "phone",
                          "“%s” is no phone number. Write ten digits, such as 619-555-0142.",
                          in->phone);
    *ret_phones = put_phone_first(copy, given.count, number);
    return OK;
}

static struct rows take_addresses(struct session *s, const struct customer_entry *in,
                                  const struct customer *stored)
{
    struct address *copy = copy_rows(s, &in->addresses, sizeof *copy);
    const struct rows given = {copy + 1, in->addresses.count};
    struct address first = {
        .street = in->street, .city = in->city, .state = in->state, .zip = in->zip};
    const struct address old = {
        .street = stored->street, .city = stored->city, .state = stored->state, .zip = stored->zip};

    if (address_equal(&first, &old))
        return given;
    if (address_is_empty(&first))
        return addresses_equal(&given, &stored->addresses) ? without_first(&given, sizeof *copy)
                                                           : given;
    if (given.count == 0) {
        copy[0] = first;
        return (struct rows){copy, 1};
    }
    first.kind = copy[1].kind;
    copy[1] = first;
    return given;
}

status customer_take_rows(struct session *s, const struct customer_entry *in,
                          const struct customer *stored, struct rows *ret_phones,
                          struct rows *ret_addresses)
{
    TRY(take_phones(s, in, stored, ret_phones));
    *ret_addresses = take_addresses(s, in, stored);
    return OK;
}

status customer_put_phones(struct session *s, struct customer_id id, const struct rows *phones)
{
    TRY(store_run(s->store, SQL_PHONES_REMOVE, NO_ROW, BINDS(BIND_ID("customer", id))));
    return customer_insert_phones(s, id, phones);
}

status customer_insert_phones(struct session *s, struct customer_id id, const struct rows *phones)
{
    const struct phone *at = phones->at;

    for (size_t i = 0; i < phones->count; i++)
        TRY(store_run(s->store, SQL_PHONE_ADD, BIND_ROW(&phone_shape, &at[i]),
                      BINDS(BIND_ID("customer", id), BIND_INT("position", (int64_t)i + 1))));
    return OK;
}

status customer_put_addresses(struct session *s, struct customer_id id,
                              const struct rows *addresses)
{
    TRY(store_run(s->store, SQL_ADDRESSES_REMOVE, NO_ROW, BINDS(BIND_ID("customer", id))));
    return customer_insert_addresses(s, id, addresses);
}

status customer_insert_addresses(struct session *s, struct customer_id id,
                                 const struct rows *addresses)
{
    const struct address *at = addresses->at;

    for (size_t i = 0; i < addresses->count; i++)
        TRY(store_run(s->store, SQL_ADDRESS_ADD, BIND_ROW(&address_shape, &at[i]),
                      BINDS(BIND_ID("customer", id), BIND_INT("position", (int64_t)i + 1))));
    return OK;
}

status customer_put_rows(struct session *s, struct customer_id id, const struct customer *stored,
                         const struct rows *phones, const struct rows *addresses)
{
    if (!phones_equal(phones, &stored->phones))
        TRY(customer_put_phones(s, id, phones));
    if (!addresses_equal(addresses, &stored->addresses))
        TRY(customer_put_addresses(s, id, addresses));
    return customer_index(s, id);
}
