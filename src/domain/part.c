/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The parts catalog. What moves stock is in part_stock.c, the operations in part_ops.c. */

#include "part_inner.h"

#include <string.h>

#include "base/text.h"

static const struct choice part_condition_choice[] = {
    {"new", "new", "", ""},
    {"used", "used", "", ""},
    {"rebuilt", "rebuilt", "", ""},
    {"reconditioned", "reconditioned", "", ""},
};
const struct choices part_condition_choices = CHOICES(part_condition_choice);

/* clang-format off */
#define PART_SELECT                                                                                \
    "SELECT id, sku, upc, name, category, vendor, vendor_number, bin, condition, cost, price,\n"   \
    "  core, taxable, on_hand, low, high, stock_value, archived_at, revision\n"                    \
    "FROM part\n"
static const char SQL_GET[] = PART_SELECT "WHERE id = :part";
static const char SQL_GET_BY_SKU[] = PART_SELECT "WHERE sku = :sku";
static const char SQL_GET_BY_UPC[] = PART_SELECT "WHERE upc = :upc AND upc <> '' AND id <> :part\n"
    "AND archived_at IS NULL LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO part (sku, upc, name, name_key, category, vendor, vendor_number, bin, condition,\n"
    "  cost, price, core, taxable, low, high)\n"
    "VALUES (:sku, :upc, :name, :name_key, :category, :vendor, :vendor_number, :bin, :condition,\n"
    "  :cost, :price, :core, :taxable, :low, :high)";
static const char SQL_EDIT[] =
    "UPDATE part\n"
    "SET sku = :sku, upc = :upc, name = :name, name_key = :name_key, category = :category,\n"
    "  vendor = :vendor, vendor_number = :vendor_number, bin = :bin, condition = :condition,\n"
    "  cost = :cost, price = :price, core = :core, taxable = :taxable, low = :low, high = :high,\n"
    "  revision = revision + 1\n"
    "WHERE id = :part AND (:revision = 0 OR revision = :revision)";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE part\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :part";
/* clang-format on */

status part_get(struct session *s, struct part_id id, struct part *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("part", id)), s->arena,
                           &part_shape, ret),
                 "There is no part %lld in the catalog. Find it by number or name.",
                 (long long)id.v);
}

status part_find_by_sku(struct session *s, const char *sku, struct part *ret)
{
    return store_get(s->store, SQL_GET_BY_SKU, NO_ROW, BINDS(BIND_TEXT("sku", record_code(s, sku))),
                     s->arena, &part_shape, ret);
}

static status check_sku(struct session *s, const struct part_entry *entry)
{
    struct part other;
    const status result = part_find_by_sku(s, entry->sku, &other);

    if (result == ERR_NOT_FOUND || (result == OK && other.id.v == entry->part.v))
        return OK;
    TRY(result);
    return fail_field(s, "sku", "Part number %s is taken by “%s”%s. Give another number.",
                      other.sku, other.name,
                      other.archived_at.seconds != 0 ? ", which is archived" : "");
}

/* UPC-A, EAN-13, EAN-8 and GTIN-14: weights 3 and 1 from the right, the sum a multiple of ten (GS1
 * General Specifications, 7.9). */
bool part_upc_is_right(const char *digits)
{
    const size_t length = strlen(digits);
    int sum = 0;

    if (length != 8 && length != 12 && length != 13 && length != 14)
        return false;
    for (size_t i = 0; i < length; i++)
        sum += (digits[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
    return sum % 10 == 0;
}

static status check_upc(struct session *s, const struct part_entry *entry)
{
    struct part other;

    if (*entry->upc == '\0')
        return OK;
    if (entry->upc[strspn(entry->upc, "0123456789")] != '\0' || !part_upc_is_right(entry->upc))
        return fail_field(
            s, "upc",
            "“%s” is no bar code number: its last digit does not fit the others. Scan "
            "it again or leave it empty.",
            entry->upc);
    const status result =
        store_get(s->store, SQL_GET_BY_UPC, NO_ROW,
                  BINDS(BIND_TEXT("upc", entry->upc), BIND_INT("part", entry->part.v)), s->arena,
                  &part_shape, &other);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail_field(s, "upc", "This bar code is on part %s, “%s”, already.", other.sku,
                      other.name);
}

static status check_entry(struct session *s, const struct part_entry *entry)
{
    TRY(check_sku(s, entry));
    TRY(check_upc(s, entry));
    if (entry->high.thousandths != 0 && entry->high.thousandths < entry->low.thousandths)
        return fail_field(s, "high",
                          "The most to keep is less than the least. Correct one of them.");
    return OK;
}

static void tidy_entry(struct session *s, struct part_entry *entry)
{
    entry->sku = record_code(s, entry->sku);
    entry->upc = record_code(s, entry->upc);
}

/* Writes the keys by which the counter finds this part: its numbers, its bar code, its name from
 * each word on. */
static status part_index(struct session *s, const struct part *part)
{
    struct lookup_keys keys = {.count = 0};

    lookup_add_code(s, &keys, part->sku);
    lookup_add(s, &keys, part->sku, false);
    lookup_add(s, &keys, part->upc, false);
    lookup_add_code(s, &keys, part->vendor_number);
    lookup_add(s, &keys, part->name, true);
    return lookup_put(s, "part", part->id.v, &keys);
}

static status write_row(struct session *s, const char *sql, const struct shape *shape,
                        const struct part_entry *entry)
{
    return store_run(s->store, sql, BIND_ROW(shape, entry),
                     BINDS(BIND_TEXT("name_key", text_fold(s->arena, entry->name))));
}

static status settle(struct session *s, struct part_id id, void *out)
{
    struct part *part = out;

    TRY(part_get(s, id, part));
    return part_index(s, part);
}

status part_add(struct session *s, const void *in, void *out)
{
    struct part_entry entry = *(const struct part_entry *)in;

    tidy_entry(s, &entry);
    TRY(check_entry(s, &entry));
    TRY(write_row(s, SQL_ADD, part_add_op.in, &entry));
    const struct part_id id = {store_last_id(s->store)};
    if (entry.on_hand.thousandths > 0)
        TRY(part_set_on_hand(s, id, entry.on_hand, entry.cost, "On the shelf when added"));
    return settle(s, id, out);
}

status part_edit(struct session *s, const void *in, void *out)
{
    struct part_entry entry = *(const struct part_entry *)in;
    struct part stored;

    TRY(part_get(s, entry.part, &stored));
    if (entry.revision != 0 && entry.revision != stored.revision)
        return record_is_stale(s, "part", entry.part.v);
    if (stored.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "Part %s is archived. Restore it first.", stored.sku);
    tidy_entry(s, &entry);
    TRY(check_entry(s, &entry));
    TRY(write_row(s, SQL_EDIT, part_edit_op.in, &entry));
    TRY(record_was_changed(s, "part", entry.part.v));
    return settle(s, entry.part, out);
}

static status set_archived(struct session *s, struct part_id id, struct instant at)
{
    return store_run(s->store, SQL_SET_ARCHIVED, NO_ROW,
                     BINDS(BIND_ID("part", id), BIND_INSTANT("archived_at", at)));
}

status part_archive(struct session *s, const void *in, void *out)
{
    const struct part_key *key = in;
    struct part part;
    char count[NUMBER_TEXT_MAX];

    TRY(part_get(s, key->part, &part));
    if (part.on_hand.thousandths != 0)
        return fail(s, ERR_CONFLICT,
                    "%s of part %s are on hand. Adjust the stock to 0 before archiving.",
                    qty_text(part.on_hand, count), part.sku);
    if (part.archived_at.seconds == 0)
        TRY(set_archived(s, key->part, session_now(s)));
    return part_get(s, key->part, out);
}

status part_restore(struct session *s, const void *in, void *out)
{
    const struct part_key *key = in;
    struct part part;

    TRY(part_get(s, key->part, &part));
    if (part.archived_at.seconds != 0)
        TRY(set_archived(s, key->part, INSTANT_NONE));
    return part_get(s, key->part, out);
}
