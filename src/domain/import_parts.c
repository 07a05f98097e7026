/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A line of a file of parts.
 *
 * What is decided here, and why:
 * - The same part number twice is one part; the later line fills in what is missing.
 * - A bar code that another part has is left out: a scan has to find one part.
 * - What is on hand comes in once, for a part that has never moved, at its cost; all of it is one
 *   opening entry of the ledger against the owner's equity, as it was bought before these books
 *   began. Counts of parts that have moved since are the shop's own.
 * - Less than nothing on hand comes in where the shop allows it, and is refused where it does not.
 */

#include "import_inner.h"

#include "base/text.h"
#include "domain/stock.h"
#include "part_inner.h"
#include "record.h"

/* clang-format off */
static const char SQL_UPC_OWNER[] =
    "SELECT id\n"
    "FROM part\n"
    "WHERE upc = :upc AND upc <> '' AND sku <> :sku AND archived_at IS NULL\n"
    "LIMIT 1";
static const char SQL_HAS_MOVED[] = "SELECT count(*) FROM stock_move WHERE part = :part";
/* clang-format on */

static status take_upc(struct import_work *w, struct part_entry *part)
{
    int64_t other = 0;

    part->upc = import_upc(w, import_cell(w, PART_UPC));
    TRY(record_find_number(w->s, SQL_UPC_OWNER,
                           BINDS(BIND_TEXT("upc", part->upc), BIND_TEXT("sku", part->sku)),
                           &other));
    if (other == 0 || *part->upc == '\0')
        return OK;
    import_note(w, "Bar codes that another part has left out", part->upc, "");
    part->upc = "";
    return OK;
}

static status take_amounts(struct import_work *w, struct part_entry *part)
{
    const char *taxable = import_cell(w, PART_TAXABLE);

    TRY(import_money(w, PART_COST, &part->cost));
    TRY(import_money(w, PART_PRICE, &part->price));
    TRY(import_money(w, PART_CORE, &part->core));
    TRY(import_qty(w, PART_ON_HAND, &part->on_hand));
    TRY(import_qty(w, PART_LOW, &part->low));
    TRY(import_qty(w, PART_HIGH, &part->high));
    part->taxable = *taxable == '\0' || import_yes(taxable);
    if (part->on_hand.thousandths < 0 && !w->negative_stock)
        return import_bad(
            w, PART_ON_HAND,
            "Less than nothing is on hand, and the shop's settings do not allow that. "
            "Correct the count.");
    return OK;
}

static status take_line(struct import_work *w, struct part_entry *part)
{
    const struct field_context context = session_context(w->s);

    shape_init(part_add_op.in, part, &context);
    part->sku = record_code(w->s, import_cell(w, PART_SKU));
    part->name = import_cell(w, PART_NAME);
    part->category = import_cell(w, PART_CATEGORY);
    part->vendor = import_cell(w, PART_VENDOR);
    part->vendor_number = import_cell(w, PART_VENDOR_NUMBER);
    if (text_is_empty(part->vendor) && !text_is_empty(part->vendor_number))
        part->vendor = "Unknown vendor";
    part->bin = import_cell(w, PART_BIN);
    TRY(take_upc(w, part));
    return take_amounts(w, part);
}

static bool fill_number(int64_t *number, int64_t from)
{
    if (*number != 0 || from == 0)
        return false;
    *number = from;
    return true;
}

static bool fill_part(struct part_entry *to, const struct part_entry *from)
{
    bool changed = import_fill(&to->upc, from->upc);

    changed = import_fill(&to->category, from->category) || changed;
    changed = import_fill(&to->vendor, from->vendor) || changed;
    changed = import_fill(&to->vendor_number, from->vendor_number) || changed;
    changed = import_fill(&to->bin, from->bin) || changed;
    changed = fill_number(&to->cost.cents, from->cost.cents) || changed;
    changed = fill_number(&to->price.cents, from->price.cents) || changed;
    changed = fill_number(&to->core.cents, from->core.cents) || changed;
    changed = fill_number(&to->low.thousandths, from->low.thousandths) || changed;
    return fill_number(&to->high.thousandths, from->high.thousandths) || changed;
}

static status complete(struct import_work *w, const struct part_entry *from, struct part *stored,
                       bool *ret_changed)
{
    const struct field_context context = session_context(w->s);
    struct part_entry entry;

    shape_init(part_edit_op.in, &entry, &context);
    shape_transfer(&part_shape, stored, part_edit_op.in, &entry);
    entry.part = stored->id;
    *ret_changed = fill_part(&entry, from);
    if (!*ret_changed)
        return OK;
    TRY(shape_check(part_edit_op.in, &entry, &w->s->fault));
    return part_edit(w->s, &entry, stored);
}

static status shelve(struct import_work *w, const struct part *part, struct qty on_hand,
                     bool *ret_changed)
{
    int64_t moved = 0;
    struct money value = MONEY_ZERO;

    if (on_hand.thousandths == 0)
        return OK;
    TRY(store_int(w->s->store, SQL_HAS_MOVED, BINDS(BIND_ID("part", part->id)), &moved));
    if (moved != 0) {
        if (on_hand.thousandths != part->on_hand.thousandths)
            import_note(w, "Counts of parts that have stock already left out",
                        import_cell(w, PART_ON_HAND), "");
        return OK;
    }
    if (money_times_qty(part->cost, on_hand, &value) != OK ||
        money_add(w->shelf, value, &w->shelf) != OK)
        return import_bad(w, PART_ON_HAND,
                          "This stock is worth more than can be written. Correct "
                          "quantity or cost.");
    *ret_changed = true;
    return stock_put(w->s, part->id, STOCK_ADJUST, on_hand, value, "Imported");
}

status import_part_line(struct import_work *w)
{
    struct part_entry entry;
    struct part stored;
    bool changed = false;

    TRY(take_line(w, &entry));
    w->line->summary = arena_printf(w->kept, "%s · %s", entry.sku, entry.name);
    const struct qty on_hand = entry.on_hand;
    entry.on_hand = (struct qty){0}; /* it is booked as an opening, below */
    const status found = part_find_by_sku(w->s, entry.sku, &stored);
    if (found == OK) {
        TRY(complete(w, &entry, &stored, &changed));
    } else if (found == ERR_NOT_FOUND) {
        TRY(shape_check(part_add_op.in, &entry, &w->s->fault));
        TRY(part_add(w->s, &entry, &stored));
    } else {
        return found;
    }
    TRY(shelve(w, &stored, on_hand, &changed));
    w->line->record = stored.id.v;
    w->line->fate = found != OK ? IMPORT_NEW : changed ? IMPORT_CHANGED : IMPORT_SAME;
    return OK;
}

status import_part_end(struct import_work *w)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_INVENTORY, .amount = w->shelf},
        {.account = ACCOUNT_EQUITY, .amount = money_negate(w->shelf)},
    };
    struct entry_id entry;

    return ledger_post(w->s, w->today, "opening", 0, "Stock imported", lines, COUNT_OF(lines),
                       &entry);
}
