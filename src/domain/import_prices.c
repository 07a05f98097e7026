/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A line of a vendor's price file.
 *
 * What is decided here, and why:
 * - A part is found by the vendor's own number, else by bar code, else by part number: vendors
 *   repeat each other's numbers, and the shop's part numbers are often a maker's.
 * - Cost goes to the vendor's row of the part; the part's own cost follows where that vendor is
 *   asked first. An empty cell changes nothing.
 * - A part found by the shop's own number keeps the vendor's number it has: the file's is the
 *   maker's then.
 * - A cost or a list price a tenth or ten times of what it was, or a list price below its cost, is
 *   what a shifted column looks like: the line is refused. Where many lines are, the file is.
 * - Authorized lines keep their price: they were copied when they were written.
 */

#include "import_inner.h"

#include "base/text.h"
#include "domain/vendor.h"
#include "part_inner.h"
#include "record.h"

/* Below this nobody can tell a shifted column from a small thing. */
#define SMALL_CENTS 100
#define JUMP        10
/* Of the lines that name a part; one bad line in a short file is no shift. */
#define SHIFT_LINES   20
#define SHIFT_PERCENT 20

struct priced_part {
    struct part_id id;
    const char *sku, *name;
    struct money cost, price, core;
    struct part_vendor_id row; /* of this vendor, 0: does not sell it yet */
    struct money vendor_cost;
    struct qty pack;
    const char *number;
    int64_t position;
    bool has_vendor; /* anybody sells it */
};
static const struct field priced_fields[] = {
    FIELD(struct priced_part, id),         FIELD(struct priced_part, sku),
    FIELD(struct priced_part, name),       FIELD(struct priced_part, cost),
    FIELD(struct priced_part, price),      FIELD(struct priced_part, core),
    FIELD(struct priced_part, row),        FIELD(struct priced_part, vendor_cost),
    FIELD(struct priced_part, number),     FIELD(struct priced_part, position),
    FIELD(struct priced_part, has_vendor), FIELD(struct priced_part, pack),
};
static const struct shape priced_shape = SHAPE_OF(struct priced_part, "part", priced_fields);

/* clang-format off */
static const char SQL_BY_NUMBER[] =
    "SELECT p.id\n"
    "FROM part_vendor AS v JOIN part AS p ON p.id = v.part\n"
    "WHERE v.vendor = :vendor AND v.number = :number AND p.archived_at IS NULL\n"
    "LIMIT 2";
static const char SQL_BY_SKU[] = "SELECT id FROM part WHERE sku = :sku AND archived_at IS NULL";
static const char SQL_PRICED[] =
    "SELECT p.id, p.sku, p.name, p.cost, p.price, p.core, v.id AS row, v.cost AS vendor_cost, v.number,\n"
    "  v.position, v.pack, EXISTS (SELECT 1 FROM part_vendor AS o WHERE o.part = p.id) AS has_vendor\n"
    "FROM part AS p LEFT JOIN part_vendor AS v ON v.part = p.id AND v.vendor = :vendor\n"
    "WHERE p.id = :part";
static const char SQL_VENDOR_ROW[] =
    "UPDATE part_vendor SET cost = :cost, number = :number, pack = ifnull(:pack, pack) WHERE id = :row";
static const char SQL_PACK[] =
    "UPDATE part_vendor SET pack = :pack WHERE part = :part AND vendor = :vendor AND :pack IS NOT NULL";
static const char SQL_PART[] =
    "UPDATE part SET cost = :cost, price = :price, core = :core, revision = revision + 1 WHERE id = :part";
/* clang-format on */

/* What the line says; NUMBER_NONE is nothing. */
struct price_line {
    const char *number, *upc, *sku, *name;
    bool is_sku; /* the number is the shop's own */
    struct vendor_id vendor;
    struct money cost, price, core;
    struct qty pack;
};

/* --- Reading --- */

static status take_amount(struct import_work *w, unsigned target, struct money *ret)
{
    *ret = (struct money){NUMBER_NONE};
    return import_is_placeholder(import_cell(w, target)) ? OK : import_money(w, target, ret);
}

static status take_vendor(struct import_work *w, struct vendor_id *ret)
{
    const char *name = import_cell(w, PRICE_VENDOR);

    *ret = w->vendor;
    if (*name == '\0')
        name = w->plan->vendor != NULL ? w->plan->vendor : "";
    else
        *ret = (struct vendor_id){0};
    if (ret->v != 0)
        return OK;
    if (*name == '\0')
        return fail_field(w->s, "vendor", "Whose prices are these? Name the vendor.");
    const status result = vendor_find(w->s, name, ret);
    if (result == ERR_NOT_FOUND)
        return fail_field(w->s, "vendor", "There is no vendor “%.80s”. Add it first.", name);
    TRY(result);
    if (*import_cell(w, PRICE_VENDOR) == '\0')
        w->vendor = *ret; /* of the whole file: looked up once */
    return OK;
}

static status take_line(struct import_work *w, struct price_line *line)
{
    line->number = record_code(w->s, import_cell(w, PRICE_NUMBER));
    line->upc = import_upc(w, import_cell(w, PRICE_UPC));
    line->sku = record_code(w->s, import_cell(w, PRICE_SKU));
    line->name = import_cell(w, PRICE_NAME);
    line->pack = (struct qty){0};
    line->is_sku = false;
    TRY(take_vendor(w, &line->vendor));
    TRY(take_amount(w, PRICE_COST, &line->cost));
    TRY(take_amount(w, PRICE_LIST, &line->price));
    TRY(take_amount(w, PRICE_CORE, &line->core));
    if (*import_cell(w, PRICE_PACK) != '\0')
        TRY(import_qty(w, PRICE_PACK, &line->pack));
    if (w->plan->keep_prices)
        line->price = (struct money){NUMBER_NONE};
    return OK;
}

/* --- Finding --- */

/* Two parts for one number are as good as none: which one is meant? */
static status find_one(struct import_work *w, const char *sql, const struct bind *binds,
                       unsigned target, struct part_id *ret)
{
    struct rows rows;

    TRY(store_list(w->s->store, sql, NO_ROW, binds, w->s->arena, &priced_shape, &rows));
    const struct priced_part *at = rows.at;
    if (rows.count > 1)
        return import_bad(w, target, "Two parts have this number. Give one of them another.");
    *ret = rows.count == 1 ? at->id : (struct part_id){0};
    return OK;
}

static status find_by_upc(struct import_work *w, const char *upc, struct part_id *ret)
{
    struct part part;
    const status result = part_find_by_upc(w->s, upc, &part);

    if (result == OK)
        *ret = part.id;
    return result == ERR_NOT_FOUND ? OK : result;
}

static status find_part(struct import_work *w, struct price_line *line, struct part_id *ret)
{
    *ret = (struct part_id){0};
    if (*line->number != '\0')
        TRY(find_one(w, SQL_BY_NUMBER,
                     BINDS(BIND_ID("vendor", line->vendor), BIND_TEXT("number", line->number)),
                     PRICE_NUMBER, ret));
    if (ret->v == 0 && *line->upc != '\0')
        TRY(find_by_upc(w, line->upc, ret));
    if (ret->v == 0 && *line->sku != '\0')
        TRY(find_one(w, SQL_BY_SKU, BINDS(BIND_TEXT("sku", line->sku)), PRICE_SKU, ret));
    if (ret->v == 0 && *line->number != '\0' && *line->sku == '\0') {
        TRY(find_one(w, SQL_BY_SKU, BINDS(BIND_TEXT("sku", line->number)), PRICE_NUMBER, ret));
        line->is_sku = ret->v != 0;
    }
    return OK;
}

/* --- Believing --- */

static bool is_jump(struct money from, struct money to)
{
    if (from.cents < SMALL_CENTS || to.cents == NUMBER_NONE)
        return false;
    return to.cents / JUMP >= from.cents || to.cents <= from.cents / JUMP;
}

static status check_jump(struct import_work *w, unsigned target, struct money from, struct money to)
{
    char before[NUMBER_TEXT_MAX], after[NUMBER_TEXT_MAX];

    if (!is_jump(from, to))
        return OK;
    w->shifted++;
    return import_bad(w, target, "%s would become %s. If that is right, change this part by hand.",
                      money_show(from, before), money_show(to, after));
}

static status check_prices(struct import_work *w, const struct priced_part *part,
                           const struct price_line *line)
{
    const struct money cost = part->row.v != 0 ? part->vendor_cost : part->cost;
    char price[NUMBER_TEXT_MAX], text[NUMBER_TEXT_MAX];

    TRY(check_jump(w, PRICE_COST, cost, line->cost));
    TRY(check_jump(w, PRICE_LIST, part->price, line->price));
    if (line->cost.cents == NUMBER_NONE || line->price.cents == NUMBER_NONE ||
        line->price.cents >= line->cost.cents)
        return OK;
    w->shifted++;
    return import_bad(
        w, PRICE_LIST,
        "The list price %s is below the cost %s. Are the columns the right way round?",
        money_show(line->price, price), money_show(line->cost, text));
}

/* --- Writing --- */

static struct money given_or(struct money given, struct money old)
{
    return given.cents != NUMBER_NONE ? given : old;
}

static const char *number_after(const struct priced_part *part, const struct price_line *line)
{
    const bool keeps = *line->number == '\0' || (line->is_sku && *part->number != '\0');

    return keeps ? part->number : line->number;
}

static bool pack_changes(const struct priced_part *part, const struct price_line *line)
{
    return line->pack.thousandths != 0 && line->pack.thousandths != part->pack.thousandths;
}

static void tell_change(struct import_work *w, const char *says, const char *what,
                        struct money from, struct money to)
{
    char before[NUMBER_TEXT_MAX], after[NUMBER_TEXT_MAX];

    if (from.cents != to.cents)
        import_change(w, says, what, money_show(from, before), money_show(to, after));
}

/* What becomes of the vendor's row, beside its cost. */
static void tell_vendor(struct import_work *w, const struct priced_part *part,
                        const struct price_line *line)
{
    const char *number = number_after(part, line);
    char before[NUMBER_TEXT_MAX], after[NUMBER_TEXT_MAX];

    if (part->row.v == 0)
        import_change(w, "Parts that the vendor did not sell before", "sold by this vendor, too",
                      "", "");
    else if (!text_same(number, part->number))
        import_change(w, "Vendor's numbers changed", "number", part->number, number);
    if (part->row.v != 0 && pack_changes(part, line))
        import_change(w, "Packs changed", "pack", qty_text(part->pack, before),
                      qty_text(line->pack, after));
}

static status write_pack(struct import_work *w, struct part_id part, const struct price_line *line)
{
    return store_run(w->s->store, SQL_PACK, NO_ROW,
                     BINDS(BIND_ID("part", part), BIND_ID("vendor", line->vendor),
                           store_bind_id("pack", line->pack.thousandths)));
}

static status write_vendor(struct import_work *w, const struct priced_part *part,
                           const struct price_line *line)
{
    const char *number = number_after(part, line);

    tell_vendor(w, part, line);
    if (part->row.v == 0) {
        TRY(part_vendor_put(w->s, part->id, line->vendor, line->number, line->cost));
        TRY(write_pack(w, part->id, line));
    } else {
        TRY(store_run(w->s->store, SQL_VENDOR_ROW, NO_ROW,
                      BINDS(BIND_MONEY("cost", given_or(line->cost, part->vendor_cost)),
                            BIND_TEXT("number", number),
                            store_bind_id("pack", line->pack.thousandths),
                            BIND_ID("row", part->row))));
    }
    if (part->row.v == 0 || !text_same(number, part->number))
        TRY(part_index(w->s, part->id)); /* another number finds it now */
    return OK;
}

static status write_part(struct import_work *w, const struct priced_part *part,
                         const struct price_line *line, bool *ret_changed)
{
    const bool is_first = part->position == 1 || !part->has_vendor;
    const struct money cost = is_first ? given_or(line->cost, part->cost) : part->cost;
    const struct money price = given_or(line->price, part->price);
    const struct money core = given_or(line->core, part->core);

    tell_change(w, "List prices changed", "list", part->price, price);
    tell_change(w, "Core values changed", "core", part->core, core);
    *ret_changed = cost.cents != part->cost.cents || price.cents != part->price.cents ||
                   core.cents != part->core.cents;
    if (!*ret_changed)
        return OK;
    return store_run(w->s->store, SQL_PART, NO_ROW,
                     BINDS(BIND_MONEY("cost", cost), BIND_MONEY("price", price),
                           BIND_MONEY("core", core), BIND_ID("part", part->id)));
}

static bool vendor_changes(const struct priced_part *part, const struct price_line *line)
{
    return part->row.v == 0 ||
           given_or(line->cost, part->vendor_cost).cents != part->vendor_cost.cents ||
           pack_changes(part, line) || !text_same(number_after(part, line), part->number);
}

static bool part_changes(const struct priced_part *part, const struct price_line *line)
{
    const bool is_first = part->position == 1 || !part->has_vendor;

    return (is_first && given_or(line->cost, part->cost).cents != part->cost.cents) ||
           given_or(line->price, part->price).cents != part->price.cents ||
           given_or(line->core, part->core).cents != part->core.cents;
}

/* The line of a file of one vendor that named the part before; 0 for none. Then it is this one. */
static int64_t line_before(struct import_work *w, struct part_id id)
{
    if (*import_cell(w, PRICE_VENDOR) != '\0')
        return 0;
    if (id.v >= w->named_room) {
        const int64_t room = id.v * 2 + 1024;
        int64_t *grown = NEW_ARRAY(w->kept, int64_t, (size_t)room);
        for (int64_t i = 0; i < w->named_room; i++)
            grown[i] = w->named[i];
        w->named = grown;
        w->named_room = room;
    }
    const int64_t before = w->named[id.v];
    if (before == 0)
        w->named[id.v] = (int64_t)w->line->line;
    return before;
}

static status change(struct import_work *w, struct part_id id, const struct price_line *line)
{
    struct priced_part part;
    bool changed = false;

    TRY(store_get(w->s->store, SQL_PRICED, NO_ROW,
                  BINDS(BIND_ID("vendor", line->vendor), BIND_ID("part", id)), w->s->arena,
                  &priced_shape, &part));
    w->line->record = id.v;
    w->line->summary = arena_printf(w->kept, "%s · %s", part.sku, part.name);
    TRY(check_prices(w, &part, line));
    const bool vendor_too = vendor_changes(&part, line);
    const int64_t before = line_before(w, id);
    if (before != 0 && (vendor_too || part_changes(&part, line)))
        return import_bad(w, PRICE_NUMBER,
                          "Line %lld has given part %s another price. Which of them counts?",
                          (long long)before, part.sku);
    tell_change(w, "Costs changed", "cost", part.row.v != 0 ? part.vendor_cost : part.cost,
                given_or(line->cost, part.row.v != 0 ? part.vendor_cost : part.cost));
    TRY(write_part(w, &part, line, &changed));
    if (vendor_too)
        TRY(write_vendor(w, &part, line));
    w->line->fate = changed || vendor_too ? IMPORT_CHANGED : IMPORT_SAME;
    return OK;
}

static status add(struct import_work *w, const struct price_line *line)
{
    const struct field_context context = session_context(w->s);
    struct part_entry entry;
    struct part part;

    shape_init(part_add_op.in, &entry, &context);
    entry.sku = *line->sku != '\0' ? line->sku : line->number;
    entry.name = *line->name != '\0' ? line->name : entry.sku;
    entry.upc = line->upc;
    entry.cost = given_or(line->cost, MONEY_ZERO);
    entry.price = given_or(line->price, MONEY_ZERO);
    entry.core = given_or(line->core, MONEY_ZERO);
    TRY(shape_check(part_add_op.in, &entry, &w->s->fault));
    TRY(part_add(w->s, &entry, &part));
    TRY(part_vendor_put(w->s, part.id, line->vendor, line->number, line->cost));
    TRY(write_pack(w, part.id, line));
    TRY(part_index(w->s, part.id));
    (void)line_before(w, part.id);
    w->line->record = part.id.v;
    w->line->summary = arena_printf(w->kept, "%s · %s", part.sku, part.name);
    w->line->fate = IMPORT_NEW;
    return OK;
}

status import_price_line(struct import_work *w)
{
    struct price_line line;
    struct part_id part;

    TRY(take_line(w, &line));
    w->line->summary =
        arena_printf(w->kept, "%s · %s", *line.number != '\0' ? line.number : line.sku, line.name);
    if (*line.number == '\0' && *line.upc == '\0' && *line.sku == '\0')
        return import_bad(w, PRICE_NUMBER, "Which part is this? The line has no number.");
    TRY(find_part(w, &line, &part));
    if (part.v != 0) {
        w->priced++;
        return change(w, part, &line);
    }
    if (w->plan->add)
        return add(w, &line);
    w->line->fate = IMPORT_UNKNOWN;
    import_change(w, "Parts that the catalog does not have, left out",
                  "not in the catalog, left out", "", "");
    return OK;
}

status import_price_end(struct import_work *w)
{
    if (w->priced < SHIFT_LINES || w->shifted * 100 < w->priced * SHIFT_PERCENT)
        return OK;
    return fail(w->s, ERR_CONFLICT,
                "%lld of %lld prices can't be true: the columns seem to be shifted. Match them "
                "anew; nothing was changed.",
                (long long)w->shifted, (long long)w->priced);
}
