/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The parts catalog. What moves stock is in stock.c, the operations in part_ops.c. */

#include "part_inner.h"

#include <string.h>

#include "base/text.h"
#include "domain/vendor.h"
#include "stock_inner.h"

static const struct choice part_condition_choice[] = {
    {"new", "new", "", ""},
    {"used", "used", "", ""},
    {"rebuilt", "rebuilt", "", ""},
    {"reconditioned", "reconditioned", "", ""},
};
const struct choices part_condition_choices = CHOICES(part_condition_choice);

static const struct choice part_classes[] = {
    {"none", "none", "", ""},
    {"A", "A", "", ""},
    {"B", "B", "", ""},
    {"C", "C", "", ""},
};
const struct choices part_class_choices = CHOICES(part_classes);

/* clang-format off */
#define PART_SELECT                                                                                \
    "SELECT p.id, p.sku, p.upc, p.name, p.category, p.bin, p.condition, p.cost, p.price, p.core,\n"  \
    "  p.taxable, p.whole, p.on_hand, p.low, p.high, p.stock_value, p.moved_on, p.counted_on,\n"     \
    "  p.abc, p.superseded_by, p.discontinued, p.tire_size, p.tire_load, p.tire_speed,\n"            \
    "  p.picture, p.document, p.archived_at, p.revision,\n"                                          \
    "  ifnull(v.name, '') AS vendor, ifnull(pv.number, '') AS vendor_number,\n"                      \
    "  (SELECT ifnull(sum(committed), 0) FROM line WHERE part = p.id AND committed > 0)\n"           \
    "    AS committed,\n"                                                                            \
    "  (SELECT ifnull(sum(open), 0) FROM purchase_line WHERE part = p.id AND open > 0)\n"            \
    "    AS on_order,\n"                                                                             \
    "  (SELECT sku FROM part WHERE id = p.superseded_by) AS successor\n"                             \
    "FROM part AS p\n"                                                                               \
    "LEFT JOIN part_vendor AS pv ON pv.part = p.id AND pv.position = 1\n"                            \
    "LEFT JOIN vendor AS v ON v.id = pv.vendor\n"
static const char SQL_GET[] = PART_SELECT "WHERE p.id = :part";
static const char SQL_GET_BY_SKU[] = PART_SELECT "WHERE p.sku = :sku";
static const char SQL_GET_BY_UPC[] = PART_SELECT "WHERE p.upc = :upc AND p.upc <> '' AND p.id <> :part\n"
    "AND p.archived_at IS NULL LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO part (sku, upc, name, name_key, category, bin, condition, cost, price, core,\n"
    "  taxable, whole, low, high, abc, tire_size, tire_load, tire_speed, picture, document)\n"
    "VALUES (:sku, :upc, :name, :name_key, :category, :bin, :condition, :cost, :price, :core,\n"
    "  :taxable, :whole, :low, :high, :abc, :tire_size, :tire_load, :tire_speed, :picture, :document)";
static const char SQL_EDIT[] =
    "UPDATE part\n"
    "SET sku = :sku, upc = :upc, name = :name, name_key = :name_key, category = :category,\n"
    "  bin = :bin, condition = :condition, cost = :cost, price = :price, core = :core,\n"
    "  taxable = :taxable, whole = :whole, low = :low, high = :high, abc = :abc,\n"
    "  tire_size = :tire_size, tire_load = :tire_load, tire_speed = :tire_speed,\n"
    "  picture = :picture, document = :document, revision = revision + 1\n"
    "WHERE id = :part AND (:revision = 0 OR revision = :revision)";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE part\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :part";
static const char SQL_VENDORS[] =
    "SELECT pv.id AS id, pv.vendor AS vendor, pv.position AS position, v.name AS name,\n"
    "  pv.number AS number, pv.cost AS cost, pv.pack AS pack\n"
    "FROM part_vendor AS pv\n"
    "JOIN vendor AS v ON v.id = pv.vendor\n"
    "WHERE pv.part = :part\n"
    "ORDER BY pv.position";
static const char SQL_BINS[] =
    "SELECT b.bin AS bin, b.bin = p.bin AS main, b.on_hand AS on_hand\n"
    "FROM part AS p\n"
    "JOIN part_bin AS b ON b.part = p.id\n"
    "WHERE p.id = :part AND (b.on_hand <> 0 OR b.bin = p.bin)\n"
    "ORDER BY b.bin <> p.bin, b.bin";
/* clang-format on */

/* What follows from the sums: nothing stores it twice. */
static void work_out(struct part *part)
{
    const int64_t coming = part->on_hand.thousandths + part->on_order.thousandths;
    const int64_t short_of = part->committed.thousandths - (coming > 0 ? coming : 0);

    part->available.thousandths = part->on_hand.thousandths - part->committed.thousandths;
    part->needed.thousandths = short_of > 0 ? short_of : 0;
}

static status get_one(struct session *s, const char *sql, const struct bind *binds,
                      struct part *ret)
{
    TRY(store_get(s->store, sql, NO_ROW, binds, s->arena, &part_shape, ret));
    work_out(ret);
    return OK;
}

status part_get(struct session *s, struct part_id id, struct part *ret)
{
    return found(s, get_one(s, SQL_GET, BINDS(BIND_ID("part", id)), ret),
                 "There is no part %lld in the catalog. Find it by number or name.",
                 (long long)id.v);
}

status part_get_page(struct session *s, struct part_id id, struct part *ret)
{
    const struct bind *binds = BINDS(BIND_ID("part", id));

    TRY(part_get(s, id, ret));
    TRY(store_list(s->store, SQL_VENDORS, NO_ROW, binds, s->arena, &part_vendor_shape,
                   &ret->vendors));
    return store_list(s->store, SQL_BINS, NO_ROW, binds, s->arena, &part_bin_shape, &ret->bins);
}

status part_find_by_sku(struct session *s, const char *sku, struct part *ret)
{
    return get_one(s, SQL_GET_BY_SKU, BINDS(BIND_TEXT("sku", record_code(s, sku))), ret);
}

/* UPC-A as its 12 digits: read as EAN-13 it has a zero in front, and a UPC whose own leading zero a
 * spreadsheet has eaten has eleven. Other lengths as they are. */
static const char *part_upc_plain(struct session *s, const char *upc)
{
    const char *code = record_code(s, upc);
    const size_t length = strlen(code);

    if (length == 13 && code[0] == '0')
        return code + 1;
    if (length == 14 && text_starts(code, "00"))
        return code + 2;
    if (length == 11 && code[strspn(code, "0123456789")] == '\0') {
        const char *whole = arena_printf(s->arena, "0%s", code);
        return part_upc_is_right(whole) ? whole : code;
    }
    return code;
}

status part_find_by_upc(struct session *s, const char *upc, struct part *ret)
{
    return get_one(s, SQL_GET_BY_UPC,
                   BINDS(BIND_TEXT("upc", part_upc_plain(s, upc)), BIND_INT("part", 0)), ret);
}

status part_successor(struct session *s, struct part_id id, struct part *ret)
{
    TRY(part_get(s, id, ret));
    for (int steps = 0; ret->superseded_by.v != 0 && steps < PART_CHAIN_MAX; steps++)
        TRY(part_get(s, ret->superseded_by, ret));
    return OK;
}

status part_check_quantity(struct session *s, const struct part *part, struct qty quantity,
                           const char *field)
{
    if (!part->whole || quantity.thousandths % 1000 == 0)
        return OK;
    return fail_field(
        s, field, "Part %s is sold whole: give a number of pieces without a fraction.", part->sku);
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
        get_one(s, SQL_GET_BY_UPC,
                BINDS(BIND_TEXT("upc", entry->upc), BIND_INT("part", entry->part.v)), &other);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail_field(s, "upc", "This bar code is on part %s, “%s”, already.", other.sku,
                      other.name);
}

/* On hand only as it is added: an edit does not carry it, and what lies there stays as it is. */
static status check_pieces(struct session *s, const struct part_entry *entry)
{
    const struct part part = {.sku = entry->sku, .whole = entry->whole};

    TRY(part_check_quantity(s, &part, entry->on_hand, "on_hand"));
    TRY(part_check_quantity(s, &part, entry->low, "low"));
    return part_check_quantity(s, &part, entry->high, "high");
}

static status check_entry(struct session *s, const struct part_entry *entry)
{
    TRY(check_sku(s, entry));
    TRY(check_upc(s, entry));
    if (text_is_empty(entry->vendor) && !text_is_empty(entry->vendor_number))
        return fail_field(s, "vendor", "Name the vendor whose number %s is.", entry->vendor_number);
    if (entry->high.thousandths != 0 && entry->high.thousandths < entry->low.thousandths)
        return fail_field(s, "high",
                          "The most to keep is less than the least. Correct one of them.");
    TRY(part_check_tire(s, entry));
    return check_pieces(s, entry);
}

static void tidy_entry(struct session *s, struct part_entry *entry)
{
    entry->sku = record_code(s, entry->sku);
    entry->upc = part_upc_plain(s, entry->upc);
    entry->bin = record_code(s, entry->bin);
}

static status write_row(struct session *s, const char *sql, const struct shape *shape,
                        const struct part_entry *entry)
{
    return store_run(s->store, sql, BIND_ROW(shape, entry),
                     BINDS(BIND_TEXT("name_key", text_fold(s->arena, entry->name))));
}

/* The vendor named in the form is the one asked first; the part's cost is its. */
static status put_vendor(struct session *s, struct part_id id, const struct part_entry *entry)
{
    struct vendor_id vendor;

    TRY(vendor_by_name(s, entry->vendor, &vendor));
    if (vendor.v == 0)
        return OK;
    TRY(part_vendor_put(s, id, vendor, entry->vendor_number, entry->cost));
    return part_vendor_first(s, id, vendor);
}

static status settle(struct session *s, struct part_id id, void *out)
{
    TRY(part_index(s, id));
    return part_get_page(s, id, out);
}

status part_add(struct session *s, const void *in, void *out)
{
    struct part_entry entry = *(const struct part_entry *)in;

    tidy_entry(s, &entry);
    TRY(check_entry(s, &entry));
    TRY(part_check_files(s, &entry, NULL));
    TRY(write_row(s, SQL_ADD, part_add_op.in, &entry));
    const struct part_id id = {store_last_id(s->store)};
    if (entry.on_hand.thousandths > 0)
        TRY(stock_set_on_hand(s, id, entry.on_hand, NULL, entry.cost, "On the shelf when added"));
    TRY(put_vendor(s, id, &entry));
    return settle(s, id, out);
}

/* Half a piece that is on the shelf, spoken for or on order could not be taken, nor received. */
static status check_becomes_whole(struct session *s, const struct part_entry *entry,
                                  const struct part *stored)
{
    const struct {
        struct qty quantity;
        const char *where;
    } kept[] = {{stored->on_hand, "on hand"},
                {stored->committed, "committed to repair orders"},
                {stored->on_order, "on order"}};
    char count[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < COUNT_OF(kept) && entry->whole && !stored->whole; i++)
        if (kept[i].quantity.thousandths % 1000 != 0)
            return fail_field(s, "whole",
                              "%s of part %s are %s. It can be sold whole once that is a number "
                              "of pieces without a fraction.",
                              qty_text(kept[i].quantity, count), stored->sku, kept[i].where);
    return OK;
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
    TRY(part_check_files(s, &entry, &stored));
    TRY(check_becomes_whole(s, &entry, &stored));
    TRY(write_row(s, SQL_EDIT, part_edit_op.in, &entry));
    TRY(record_was_changed(s, "part", entry.part.v));
    TRY(put_vendor(s, entry.part, &entry));
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
    return part_get_page(s, key->part, out);
}

status part_restore(struct session *s, const void *in, void *out)
{
    const struct part_key *key = in;
    struct part part;

    TRY(part_get(s, key->part, &part));
    if (part.archived_at.seconds != 0)
        TRY(set_archived(s, key->part, INSTANT_NONE));
    return part_get_page(s, key->part, out);
}
