/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Looking for parts as somebody types: by the keys of part_index.c; and where no part has them all,
 * by the vendor's name beside them: "mesa brake". A vendor's name is no key of his parts: renaming
 * him would change a hundred thousand of them. */

#include "part_inner.h"

#include <string.h>

#include "base/text.h"
#include "domain/list.h"

#define UPC_DIGITS_LEAST 11 /* a UPC-A whose leading zero is gone */
#define FEW              2000

enum part_source { ALL, WORDS_OF_VENDOR, OF_ONE_VENDOR, OF_VENDORS_FEW, OF_VENDORS_MANY };

/* clang-format off */
static const char SQL_SELLS[] =
    "SELECT EXISTS (SELECT 1 FROM vendor WHERE ' ' || name_key LIKE :like ESCAPE '\\')\n"
    "  AND (:also_of_parts OR NOT EXISTS\n"
    "    (SELECT 1 FROM lookup WHERE noun = 'part' AND key >= :word AND key < :behind))";

static const struct field search_fields[] = {
    LIST_FIELDS(struct part_search, query),
    FIELD(struct part_search, archived, .label = "Archived too", .help = "Show archived parts too"),
    FIELD(struct part_search, sold_by, .flags = FIELD_HIDDEN | FIELD_NUMBERS_OK, .max = 200),
    FIELD(struct part_search, seller, .flags = FIELD_HIDDEN),
};
static const struct field row_fields[] = {
    FIELD(struct part_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct part_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct part_row, name),
    FIELD(struct part_row, on_hand, .label = "On hand", .flags = FIELD_SIGNED),
    FIELD(struct part_row, available, .flags = FIELD_SIGNED),
    FIELD(struct part_row, on_order, .label = "On order"),
    FIELD(struct part_row, price),
    FIELD(struct part_row, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct part_row, bin),
    FIELD(struct part_row, vendor),
    FIELD(struct part_row, discontinued),
    FIELD(struct part_row, archived),
};

#define PART_ROW                                                                                   \
    "p.id AS id, p.sku AS sku, p.name AS name, p.bin AS bin, p.cost AS cost,\n"                    \
    "  p.price AS price, p.on_hand AS on_hand, p.discontinued AS discontinued,\n"                  \
    "  (SELECT v.name FROM part_vendor AS pv JOIN vendor AS v ON v.id = pv.vendor\n"               \
    "   WHERE pv.part = p.id AND pv.position = 1) AS vendor,\n"                                    \
    "  p.on_hand - (SELECT ifnull(sum(l.committed), 0) FROM line AS l\n"                           \
    "   WHERE l.part = p.id AND l.committed > 0) AS available,\n"                                  \
    "  (SELECT ifnull(sum(l.open), 0) FROM purchase_line AS l\n"                                   \
    "   WHERE l.part = p.id AND l.open > 0) AS on_order,\n"                                        \
    "  p.archived_at IS NOT NULL AS archived"
#define NOT_PUT_AWAY "(:archived OR p.archived_at IS NULL)"
#define SELLS_IT(vendor_) "' ' || " vendor_ ".name_key LIKE :sold_by ESCAPE '\\'"
#define SOLD_BY_SUCH                                                                               \
    "EXISTS (SELECT 1 FROM part_vendor AS x CROSS JOIN vendor AS y\n"                              \
    "        WHERE x.part = p.id AND y.id = x.vendor AND " SELLS_IT("y") ")"

static const char SQL_SELLERS[] =
    "SELECT y.id\n"
    "FROM vendor AS y\n"
    "WHERE " SELLS_IT("y") " AND EXISTS (SELECT 1 FROM part_vendor AS x WHERE x.vendor = y.id)\n"
    "LIMIT 2";
static const char SQL_HOW_MANY[] =
    "SELECT count(*)\n"
    "FROM (SELECT 1 FROM vendor AS y CROSS JOIN part_vendor AS x\n"
    "      WHERE " SELLS_IT("y") " AND x.vendor = y.id LIMIT :few + 1)";

static const struct list_sort sorts[] = {
    {"name", "p.name_key", true},
    {"sku", "p.sku", true},
};
/* A price book is in the order of its numbers, whatever is asked for: part_vendor_by_number. */
static const struct list_sort by_number[] = {
    {"name", "x.number", true},
    {"sku", "x.number", true},
};
static const struct list_source sources[] = {
    [ALL] = {
        .select = PART_ROW,
        .from = "part AS p",
        .where = NOT_PUT_AWAY,
        .id = "p.id",
        .sorts = sorts, .sort_count = COUNT_OF(sorts),
        .lookup = "part",
    },
    /* Words of a part, and of the name of who sells it. */
    [WORDS_OF_VENDOR] = {
        .select = PART_ROW,
        .from = "part AS p",
        .where = NOT_PUT_AWAY " AND " SOLD_BY_SUCH,
        .id = "p.id",
        .sorts = sorts, .sort_count = COUNT_OF(sorts),
        .lookup = "part",
    },
    /* The name of one vendor and nothing else. */
    [OF_ONE_VENDOR] = {
        .select = PART_ROW,
        .from = "part_vendor AS x JOIN part AS p ON p.id = x.part AND x.vendor = :seller",
        .where = NOT_PUT_AWAY,
        .id = "x.part",
        .sorts = by_number, .sort_count = COUNT_OF(by_number),
    },
    /* A word of several vendors' names: their few parts are sorted; where they sell most of the
     * catalog, it is walked in its order. */
    [OF_VENDORS_FEW] = {
        .select = PART_ROW,
        .from = "(SELECT DISTINCT x.part AS id FROM vendor AS y CROSS JOIN part_vendor AS x\n"
                "      WHERE " SELLS_IT("y") " AND x.vendor = y.id) AS sold\n"
                "CROSS JOIN part AS p",
        .where = "p.id = sold.id AND " NOT_PUT_AWAY,
        .id = "p.id",
        .sorts = sorts, .sort_count = COUNT_OF(sorts),
    },
    [OF_VENDORS_MANY] = {
        .select = PART_ROW,
        .from = "part AS p",
        .where = NOT_PUT_AWAY " AND " SOLD_BY_SUCH,
        .id = "p.id",
        .sorts = sorts, .sort_count = COUNT_OF(sorts),
    },
};
/* clang-format on */

/* ---- vendors among the words ---- */

static void add_like(struct buf *pattern, const char *word)
{
    buf_text(pattern, " ");
    for (; *word != '\0'; word++) {
        if (*word == '%' || *word == '_' || *word == '\\')
            buf_char(pattern, '\\');
        buf_char(pattern, *word);
    }
    buf_char(pattern, '%');
}

static status is_of_vendor(struct session *s, const char *word, bool also_of_parts, bool *ret)
{
    AUTO_BUF pattern = BUF(1024);
    int64_t there = 0;

    buf_char(&pattern, '%');
    add_like(&pattern, word);
    TRY(store_int(s->store, SQL_SELLS,
                  BINDS(BIND_TEXT("like", buf_str(&pattern)),
                        BIND_INT("also_of_parts", also_of_parts), BIND_TEXT("word", word),
                        BIND_TEXT("behind", lookup_behind(s, word))),
                  &there));
    *ret = there != 0;
    return OK;
}

/* "brake mesa" → looks for "brake" of "% mesa%". */
static status part_words(struct session *s, bool also_of_parts, struct part_search *search)
{
    const char *at = text_fold(s->arena, search->query.search);
    AUTO_BUF words = BUF(1024);
    AUTO_BUF vendor = BUF(2048);

    while (*at != '\0') {
        const size_t length = strcspn(at, " ");
        const char *word = arena_text_n(s->arena, at, length);
        bool sells = false;
        if (length > 0)
            TRY(is_of_vendor(s, word, also_of_parts, &sells));
        if (sells) {
            buf_text(&vendor, vendor.length == 0 ? "%" : "");
            add_like(&vendor, word);
        } else if (length > 0) {
            buf_printf(&words, "%s%s", words.length > 0 ? " " : "", word);
        }
        at += length + (at[length] == ' ');
    }
    if (vendor.length == 0)
        return OK;
    search->query.search = arena_text(s->arena, buf_str(&words));
    search->sold_by = arena_text(s->arena, buf_str(&vendor));
    return OK;
}

/* What the first page shows decides for the others, too. */
static status is_there(struct session *s, const struct part_search *search, bool *ret)
{
    struct part_search first = {.query = {.search = search->query.search, .limit = 1},
                                .archived = search->archived,
                                .sold_by = ""};
    struct page page;

    TRY(list_run(s, &sources[ALL], &part_search_op, &first, &page));
    *ret = page.rows.count > 0;
    return OK;
}

struct seller_row {
    struct vendor_id id;
};
static const struct field seller_fields[] = {FIELD(struct seller_row, id)};
static const struct shape seller_shape = SHAPE_OF(struct seller_row, "vendor", seller_fields);

/* Nothing but a vendor's name: what he sells, however much it is. */
static status search_sellers(struct session *s, struct part_search *search, void *out)
{
    struct rows sellers;
    int64_t parts = 0;

    TRY(store_list(s->store, SQL_SELLERS, NO_ROW, BINDS(BIND_TEXT("sold_by", search->sold_by)),
                   s->arena, &seller_shape, &sellers));
    if (sellers.count == 1) {
        search->seller = ((const struct seller_row *)sellers.at)->id;
        return list_run(s, &sources[OF_ONE_VENDOR], &part_search_op, search, out);
    }
    TRY(store_int(s->store, SQL_HOW_MANY,
                  BINDS(BIND_TEXT("sold_by", search->sold_by), BIND_INT("few", FEW)), &parts));
    return list_run(s, &sources[parts > FEW ? OF_VENDORS_MANY : OF_VENDORS_FEW], &part_search_op,
                    search, out);
}

/* A word that no part has is meant for the vendor; else any that one has. */
static status search_vendors(struct session *s, struct part_search *search, void *out)
{
    TRY(part_words(s, false, search));
    if (*search->sold_by == '\0')
        TRY(part_words(s, true, search));
    if (*search->sold_by == '\0')
        return list_run(s, &sources[ALL], &part_search_op, search, out);
    if (*search->query.search == '\0')
        return search_sellers(s, search, out);
    return list_run(s, &sources[WORDS_OF_VENDOR], &part_search_op, search, out);
}

/* A scanner may send a bar code with a zero more or less than the label shows: the part is found by
 * the number that is stored. */
static status find_scanned(struct session *s, struct part_search *search)
{
    const char *typed = search->query.search;
    struct part part;

    if (strlen(typed) < UPC_DIGITS_LEAST || typed[strspn(typed, "0123456789")] != '\0')
        return OK;
    const status result = part_find_by_upc(s, typed, &part);
    if (result == OK)
        search->query.search = part.upc;
    return result == ERR_NOT_FOUND ? OK : result;
}

static status search(struct session *s, const void *in, void *out)
{
    struct part_search search = *(const struct part_search *)in;
    const struct list_query *query = &search.query;
    const bool is_first_page = text_is_empty(query->after) && text_is_empty(query->before);
    struct page page;
    bool there = true;

    search.sold_by = "";
    if (!text_is_empty(query->search))
        TRY(find_scanned(s, &search));
    if (!text_is_empty(query->search) && !is_first_page)
        TRY(is_there(s, &search, &there));
    if (there) {
        TRY(list_run(s, &sources[ALL], &part_search_op, &search, &page));
        *(struct page *)out = page;
        there = page.rows.count > 0 || text_is_empty(query->search) || !is_first_page;
    }
    return there ? OK : search_vendors(s, &search, out);
}

const struct op part_search_op = {
    .name = "part.search",
    .says = "List parts, by number, bar code or words of the name, place or vendor",
    .right = RIGHT_PARTS_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct part_search, search_fields),
    .out = SHAPE(struct part_row, row_fields),
    .run = search,
};
