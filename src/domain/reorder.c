/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is to be done about stock: one list for the counter's line, its screen and the command. Each
 * kind of alert begins at the few rows that can be meant, by an index; a part is in one of them. */

#include "reorder_inner.h"

#include "base/text.h"

#define DAYS_WITHOUT_MOVEMENT "180"

/* clang-format off */
static const struct choice whys[] = {
    [REORDER_NEEDED]      = {"needed",      "needed",      "!", "!"},
    [REORDER_BELOW_LOW]   = {"low",         "below least", "▼", "v"},
    [REORDER_DUE]         = {"due",         "due",         "◷", "d"},
    [REORDER_NO_MOVEMENT] = {"no_movement", "not moving",  "·", "."},
    [REORDER_OVERSTOCK]   = {"overstock",   "too many",    "▲", "^"},
};
const struct choices reorder_why_choices = CHOICES(whys);

#define COMMITTED                                                                                  \
    "(SELECT ifnull(sum(x.committed), 0) FROM line AS x WHERE x.part = p.id AND x.committed > 0)"
#define ON_ORDER                                                                                   \
    "(SELECT ifnull(sum(x.open), 0) FROM purchase_line AS x WHERE x.part = p.id AND x.open > 0)"
#define DRAFTED                                                                                    \
    "(SELECT ifnull(sum(x.quantity), 0)\n"                                                         \
    "   FROM purchase AS xu CROSS JOIN purchase_line AS x ON x.purchase = xu.id\n"                 \
    "   WHERE xu.state = 'draft' AND x.part = p.id)"
/* Committed beyond what is here and coming. */
#define IS_NEEDED COMMITTED " > max(p.on_hand + " ON_ORDER ", 0)"
#define IS_BOUGHT "p.archived_at IS NULL AND p.discontinued = 0 AND p.superseded_by IS NULL"
#define IS_SHORT "p.on_hand - " COMMITTED " + " ON_ORDER " <= p.low AND NOT (" IS_NEEDED ")"
#define IS_QUIET                                                                                   \
    "p.archived_at IS NULL AND NOT EXISTS\n"                                                       \
    "  (SELECT 1 FROM line AS x WHERE x.part = p.id AND x.committed > 0)"
#define PART_ROW(why_, from_)                                                                      \
    "SELECT p.id AS id, p.id AS part, NULL AS line, " why_ " AS why, NULL AS purchase,\n"          \
    "  p.moved_on AS day\n"                                                                        \
    "FROM " from_ "\n"

#define NEEDED_ROWS                                                                                \
    PART_ROW("0", "(SELECT part, sum(committed) AS committed FROM line\n"                          \
                  "      WHERE committed > 0 GROUP BY part) AS c CROSS JOIN part AS p")            \
    "WHERE p.id = c.part AND c.committed > max(p.on_hand + " ON_ORDER ", 0)\n"
#define LOW_ROWS                                                                                   \
    PART_ROW("1", "part AS p")                                                                     \
    "WHERE p.low > 0 AND p.on_hand - p.low <= 0 AND " IS_BOUGHT " AND " IS_SHORT "\n"              \
    "UNION ALL\n"                                                                                  \
    PART_ROW("1", "(SELECT DISTINCT part FROM line WHERE committed > 0) AS c\n"                    \
                  "  CROSS JOIN part AS p")                                                        \
    "WHERE p.id = c.part AND p.low > 0 AND p.on_hand - p.low > 0 AND " IS_BOUGHT "\n"              \
    "AND " IS_SHORT "\n"
#define DUE_ROWS                                                                                   \
    "SELECT -l.id AS id, l.part AS part, l.id AS line, 2 AS why, u.id AS purchase,\n"              \
    "  ifnull(l.due_on, u.due_on) AS day\n"                                                        \
    "FROM purchase AS u CROSS JOIN purchase_line AS l ON l.purchase = u.id\n"                      \
    "WHERE u.state IN ('sent', 'part_received') AND l.open > 0 AND l.repair_order IS NOT NULL\n"   \
    "AND ifnull(l.due_on, u.due_on) <= :today\n"
#define SITTING_ROWS                                                                               \
    PART_ROW("3", "part AS p")                                                                     \
    "WHERE p.on_hand > 0 AND p.moved_on < :still_since AND (p.low = 0 OR p.on_hand - p.low > 0)\n"      \
    "AND " IS_QUIET "\n"                                                                           \
    "UNION ALL\n"                                                                                  \
    PART_ROW("4", "part AS p")                                                                     \
    "WHERE p.high > 0 AND p.on_hand - p.high > 0\n"                                                \
    "AND NOT (p.on_hand > 0 AND ifnull(p.moved_on, '9999') < :still_since) AND " IS_QUIET "\n"

#define WHY_WORD                                                                                   \
    "CASE r.why WHEN 0 THEN 'needed' WHEN 1 THEN 'low' WHEN 2 THEN 'due'\n"                        \
    "  WHEN 3 THEN 'no_movement' ELSE 'overstock' END"
#define ROW_SELECT                                                                                 \
    "r.id AS id, r.part AS part, " WHY_WORD " AS why,\n"                                           \
    "  ifnull(p.sku, '') AS sku, ifnull(p.name, l.description) AS name,\n"                         \
    "  ifnull(v.name, '') AS vendor_name, ifnull(pv.number, ifnull(l.number, '')) AS number,\n"    \
    "  v.id AS vendor, ifnull(p.on_hand, 0) AS on_hand, ifnull(p.low, 0) AS low,\n"                \
    "  ifnull(p.high, 0) AS high, p.cost AS cost, r.purchase AS purchase, r.day AS day,\n"         \
    "  ifnull(p.whole, 0) AS whole, ifnull(pv.pack, 1000) AS pack,\n"                              \
    "  CASE WHEN p.id IS NULL THEN 0 ELSE " COMMITTED " END AS committed,\n"                       \
    "  CASE WHEN p.id IS NULL THEN l.open ELSE " ON_ORDER " END AS on_order,\n"                    \
    "  CASE WHEN p.id IS NULL THEN 0 ELSE " DRAFTED " END AS drafted"
#define ROW_JOINS                                                                                  \
    "LEFT JOIN part AS p ON p.id = r.part\n"                                                       \
    "LEFT JOIN purchase_line AS l ON l.id = r.line\n"                                              \
    "LEFT JOIN purchase AS u ON u.id = l.purchase\n"                                               \
    "LEFT JOIN part_vendor AS pv ON pv.part = p.id AND pv.position = 1\n"                          \
    "LEFT JOIN vendor AS v ON v.id = ifnull(u.vendor, pv.vendor)"

static const char SQL_TO_ORDER[] =
    "SELECT " ROW_SELECT "\n"
    "FROM (" NEEDED_ROWS "UNION ALL\n" LOW_ROWS ") AS r\n" ROW_JOINS "\n"
    "WHERE (:vendor IS NULL OR v.id = :vendor) AND (:part IS NULL OR p.id = :part)\n"
    "ORDER BY v.name_key, r.why, p.sku";
static const char SQL_ALERTS[] =
    "SELECT ifnull(sum(why = 0), 0) AS needed, ifnull(sum(why = 1), 0) AS low,\n"
    "  ifnull(sum(why = 2), 0) AS due,\n"
    "  (SELECT count(*) FROM part_request WHERE state = 'open') AS asked\n"
    "FROM (" NEEDED_ROWS "UNION ALL\n" LOW_ROWS "UNION ALL\n" DUE_ROWS ")";
static const char SQL_NEEDED_FOR[] =
    "SELECT group_concat(id, ', ')\n"
    "FROM (SELECT DISTINCT j.repair_order AS id\n"
    "      FROM line AS l JOIN job AS j ON j.id = l.job\n"
    "      WHERE l.part = :part AND l.committed > 0\n"
    "      ORDER BY j.repair_order DESC LIMIT 3)";
static const char SQL_DRAFT_OF[] =
    "SELECT max(u.id)\n"
    "FROM purchase AS u CROSS JOIN purchase_line AS l ON l.purchase = u.id\n"
    "WHERE u.state = 'draft' AND l.part = :part";
static const char SQL_ORDER_OF[] =
    "SELECT max(repair_order) FROM purchase_line WHERE id = -:id";

static const struct field row_fields[] = {
    FIELD(struct reorder_row, id, .flags = FIELD_HIDDEN | FIELD_SIGNED),
    FIELD(struct reorder_row, why, .choices = &reorder_why_choices),
    FIELD(struct reorder_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct reorder_row, name),
    FIELD(struct reorder_row, on_hand, .label = "On hand", .flags = FIELD_SIGNED),
    FIELD(struct reorder_row, available, .flags = FIELD_SIGNED),
    FIELD(struct reorder_row, on_order, .label = "On order"),
    FIELD(struct reorder_row, low, .label = "Least"),
    FIELD(struct reorder_row, high, .label = "Most"),
    FIELD(struct reorder_row, suggested, .label = "Order"),
    FIELD(struct reorder_row, vendor_name, .label = "Vendor"),
    FIELD(struct reorder_row, number, .label = "Their number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct reorder_row, cost, .right = RIGHT_COSTS_VIEW),
    FIELD(struct reorder_row, about),
    FIELD(struct reorder_row, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct reorder_row, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct reorder_row, purchase, .flags = FIELD_HIDDEN, .picks = "purchase.search"),
    FIELD(struct reorder_row, committed),
    FIELD(struct reorder_row, drafted, .label = "On drafts"),
    FIELD(struct reorder_row, pack),
    FIELD(struct reorder_row, day, .flags = FIELD_HIDDEN),
    FIELD(struct reorder_row, whole, .flags = FIELD_HIDDEN),
};
static const struct shape row_shape = SHAPE_OF(struct reorder_row, "reorder_row", row_fields);
static const struct field query_fields[] = {
    LIST_FIELDS(struct reorder_query, query),
    FIELD(struct reorder_query, vendor, .picks = "vendor.search", .help = "Only of this vendor"),
    FIELD(struct reorder_query, why, .example = "low",
          .help = "Only this kind: needed, low, due, no_movement or overstock"),
    FIELD(struct reorder_query, days, .label = "Days without movement",
          .initial = DAYS_WITHOUT_MOVEMENT, .low = 1, .high = 3650),
    FIELD(struct reorder_query, today, .flags = FIELD_HIDDEN),
    FIELD(struct reorder_query, still_since, .flags = FIELD_HIDDEN),
};
static const struct field alerts_fields[] = {
    FIELD(struct part_alerts, needed, .label = "Parts needed", .help = "Parts that authorized work waits for, not ordered"),
    FIELD(struct part_alerts, low, .label = "Low", .help = "Parts to be ordered again"),
    FIELD(struct part_alerts, due, .label = "Parts due", .help = "Special orders that should be here"),
    FIELD(struct part_alerts, asked, .label = "Parts asked for", .help = "From the bays, and not answered yet"),
};
static const struct shape alerts_shape =
    SHAPE_OF(struct part_alerts, "part_alerts", alerts_fields);

static const struct list_sort sorts[] = {
    {"why", "r.why", false},
    {"sku", "ifnull(p.sku, '')", true},
    {"vendor_name", "ifnull(v.name_key, '')", true},
};
#define REORDER_LIST(rows_)                                                                        \
    {                                                                                              \
        .select = ROW_SELECT, .from = "(" rows_ ") AS r\n" ROW_JOINS,                              \
        .where = "(:vendor IS NULL OR v.id = :vendor) AND (:why = '' OR " WHY_WORD " = :why)\n"    \
                 "AND :today <> :still_since",                                                          \
        .id = "r.id", .sorts = sorts, .sort_count = COUNT_OF(sorts),                               \
        .search_where = "ifnull(p.name_key, lower(l.description)) LIKE :like ESCAPE '\\'\n"        \
                        "OR p.sku LIKE :typed ESCAPE '\\'\n"                                 \
                        "OR v.name_key LIKE :like ESCAPE '\\'"                                     \
    }
static const struct list_source sources[] = {
    REORDER_LIST(NEEDED_ROWS "UNION ALL\n" LOW_ROWS "UNION ALL\n" DUE_ROWS "UNION ALL\n" SITTING_ROWS),
    REORDER_LIST(NEEDED_ROWS "UNION ALL\n" LOW_ROWS "UNION ALL\n" DUE_ROWS),
};
/* clang-format on */

/* ------------------------------------------------------------------- work out -- */

static int64_t round_up(int64_t amount, int64_t step)
{
    return (amount + step - 1) / step * step;
}

/* As many as are needed, and up to the most to keep, in whole packs; what drafts hold is taken off.
 */
static struct qty suggest(const struct reorder_row *row)
{
    const int64_t coming = row->available.thousandths + row->on_order.thousandths;
    const int64_t most = row->high.thousandths > 0 ? row->high.thousandths : row->low.thousandths;
    int64_t wanted = most - coming;

    if (row->why != REORDER_NEEDED && row->why != REORDER_BELOW_LOW)
        return (struct qty){0};
    if (wanted < -coming)
        wanted = -coming;
    if (wanted <= 0)
        wanted = 1;
    wanted -= row->drafted.thousandths;
    if (wanted <= 0)
        return (struct qty){0};
    if (row->whole)
        wanted = round_up(wanted, 1000);
    return (struct qty){round_up(wanted, row->pack.thousandths > 0 ? row->pack.thousandths : 1)};
}

static status number_of(struct session *s, const char *sql, const struct bind *binds, int64_t *ret)
{
    *ret = 0;
    return store_int(s->store, sql, binds, ret);
}

static status needed_for(struct session *s, struct reorder_row *row)
{
    const char *orders = "";

    TRY(store_text(s->store, SQL_NEEDED_FOR, BINDS(BIND_ID("part", row->part)), s->arena, &orders));
    row->about = arena_printf(s->arena, "RO %s", orders);
    return OK;
}

static status add_draft(struct session *s, struct reorder_row *row)
{
    int64_t draft = 0;

    if (row->drafted.thousandths == 0)
        return OK;
    TRY(number_of(s, SQL_DRAFT_OF, BINDS(BIND_ID("part", row->part)), &draft));
    row->about = arena_printf(s->arena, "%s%son draft PO %lld", row->about,
                              *row->about != '\0' ? ", " : "", (long long)draft);
    return OK;
}

static status work_out(struct session *s, struct reorder_row *row)
{
    char day[DAY_TEXT_MAX];
    int64_t order = 0;

    row->available.thousandths = row->on_hand.thousandths - row->committed.thousandths;
    row->suggested = suggest(row);
    row->about = "";
    switch (row->why) {
    case REORDER_NEEDED:
        TRY(needed_for(s, row));
        return add_draft(s, row);
    case REORDER_BELOW_LOW:
        return add_draft(s, row);
    case REORDER_DUE:
        TRY(number_of(s, SQL_ORDER_OF, BINDS(BIND_INT("id", row->id)), &order));
        row->about =
            arena_printf(s->arena, "PO %lld for RO %lld, due %s", (long long)row->purchase.v,
                         (long long)order, day_show_short(row->day, day));
        return OK;
    case REORDER_NO_MOVEMENT:
        row->about = arena_printf(s->arena, "not moved since %s", day_show(row->day, day));
        return OK;
    case REORDER_OVERSTOCK:
    default:
        return OK;
    }
}

static status work_out_all(struct session *s, const struct rows *rows)
{
    struct reorder_row *row = rows->at;

    for (size_t i = 0; i < rows->count; i++)
        TRY(work_out(s, &row[i]));
    return OK;
}

status reorder_to_order(struct session *s, struct vendor_id vendor, struct part_id part,
                        struct rows *ret)
{
    TRY(store_list(s->store, SQL_TO_ORDER, NO_ROW,
                   BINDS(BIND_ID("vendor", vendor), BIND_ID("part", part)), s->arena, &row_shape,
                   ret));
    return work_out_all(s, ret);
}

/* ------------------------------------------------------------------ operations -- */

static status check_why(struct session *s, const char *why)
{
    if (text_is_empty(why) || choice_value(&reorder_why_choices, why) >= 0)
        return OK;
    return fail_field(
        s, "why", "There is no kind “%s”. Write needed, low, due, no_movement or overstock.", why);
}

static status reorder(struct session *s, const void *input, void *out)
{
    struct reorder_query in = *(const struct reorder_query *)input;
    struct page *page = out;
    const int kind = text_is_empty(in.why) ? -1 : choice_value(&reorder_why_choices, in.why);
    const bool acts = kind >= 0 && kind <= (int)REORDER_DUE;

    TRY(check_why(s, in.why));
    if (kind >= 0)
        in.why = choice_word(&reorder_why_choices, (unsigned)kind);
    in.today = session_today(s);
    in.still_since = day_add(in.today, -(int)(in.days > 0 ? in.days : 180));
    TRY(list_run(s, &sources[acts], &part_reorder_op, &in, page));
    return work_out_all(s, &page->rows);
}

static status alerts(struct session *s, const void *input, void *out)
{
    (void)input;
    return store_get(s->store, SQL_ALERTS, NO_ROW, BINDS(BIND_DAY("today", session_today(s))),
                     s->arena, &alerts_shape, out);
}

const struct op part_reorder_op = {
    .name = "part.reorder",
    .says = "List what is to be ordered, what is due, what does not move and what is too much",
    .title = "To order",
    .right = RIGHT_PURCHASES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct reorder_query, query_fields),
    .out = &row_shape,
    .run = reorder,
};
const struct op part_alerts_op = {
    .name = "part.alerts",
    .says = "Count the parts that are needed, short or overdue",
    .title = "Parts to see to",
    .right = RIGHT_PURCHASES_VIEW,
    .out = &alerts_shape,
    .run = alerts,
};
