/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of orders, the counter's strip of today, and the module of it all. Work declined on
 * earlier visits is listed with its vehicle. */

#include <string.h>

#include "base/text.h"
#include "domain/clock.h"
#include "domain/coupon.h"
#include "domain/explain.h"
#include "domain/list.h"
#include "order_inner.h"
#include "record.h"

/* -------------------------------------------------------------------- order.search -- */

struct order_search {
    struct list_query query;
    bool open;
    bool late;
    struct instant now; /* set by the operation */
    const char *state;  /* word of enum order_state; "" any */
    struct customer_id customer;
    struct vehicle_id vehicle;
};

/* clang-format off */
/* An order that waits for ordered parts is on hold by itself: what holds it then are the parts. */
#define ORDER_HOLD_WORD                                                                            \
    "CASE WHEN o.state = 'hold' AND o.hold = 'none' THEN 'parts' ELSE o.hold END"
#define ORDER_PARTS_DUE                                                                            \
    "(SELECT max(ifnull(w.due_on, u.due_on))\n"                                                    \
    "   FROM purchase_line AS w JOIN purchase AS u ON u.id = w.purchase\n"                         \
    "   WHERE w.repair_order = o.id AND w.open > 0)"
/* What holds an order that is still open. */
#define HELD(what_) "CASE WHEN " ORDER_IS_OPEN " THEN (" what_ ") ELSE 0 END"
#define ORDER_TO_ANSWER                                                                            \
    HELD("SELECT count(*) FROM job AS wj WHERE wj.repair_order = o.id\n"                        \
            "    AND (wj.state IN ('draft', 'presented') OR wj.needs_authorization = 1)")
#define ORDER_TO_ASSIGN                                                                            \
    HELD("SELECT count(*) FROM job AS wj WHERE wj.repair_order = o.id\n"                        \
            "    AND wj.state = 'authorized' AND wj.technician IS NULL")
#define ORDER_PARTS_OPEN                                                                           \
    HELD("SELECT count(*) FROM purchase_line AS pl WHERE pl.repair_order = o.id AND pl.open > 0")
#define SUBLET_OUT                                                                                 \
    "FROM job AS sj JOIN line AS sl ON sl.job = sj.id JOIN vendor AS sv ON sv.id = sl.vendor\n"    \
    "    WHERE sj.repair_order = o.id AND sl.vendor_back_on IS NULL\n"                             \
    "    AND sj.state NOT IN ('declined', 'deferred')"
#define ORDER_SUBLETS                                                                              \
    HELD("SELECT count(*) " SUBLET_OUT) " AS sublets_out,\n"                                    \
    "  ifnull((SELECT sv.name " SUBLET_OUT " ORDER BY sl.vendor_due_on DESC LIMIT 1), '') AS sublet_name,\n" \
    "  (SELECT max(sl.vendor_due_on) " SUBLET_OUT ") AS sublet_due_on"
#define ORDER_SELECT                                                                               \
    "o.id, o.state, " ORDER_HOLD_WORD " AS hold, c.name AS customer_name, ifnull(v.name, CASE WHEN o.counter_sale = 1 THEN 'counter sale' ELSE '' END) AS vehicle_name,\n"        \
    "  ifnull(v.plate, '') AS plate, o.key_tag, ifnull(w.name, '') AS writer_name,\n"              \
    "  o.opened_at, o.promised_at, o.total, o.authorized, " ORDER_PARTS_DUE " AS parts_due_on,\n"\
    "  " ORDER_TO_ANSWER " AS to_answer, " ORDER_TO_ASSIGN " AS to_assign,\n" \
    "  " ORDER_PARTS_OPEN " AS parts_open, " ORDER_SUBLETS ",\n" \
    "  " ORDER_IS_OPEN " AND o.state <> 'complete' AND ifnull(o.promised_at < :now, 0) AS late"
#define ORDER_FROM                                                                                 \
    "repair_order AS o CROSS JOIN customer AS c ON c.id = o.customer\n"                            \
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle\n"                                                 \
    "LEFT JOIN user AS w ON w.id = o.writer"
/* What is not already said by the index a source walks. */
#define ORDER_FILTERS                                                                              \
    "(:open = 0 OR " ORDER_IS_OPEN ")\n"                                                           \
    "AND (:late = 0 OR " ORDER_IS_OPEN " AND o.promised_at < :now AND o.state <> 'complete')\n"    \
    "AND (:state = '' OR o.state = :state)\n"                                                      \
    "AND (:customer IS NULL OR o.customer = :customer)\n"                                          \
    "AND (:vehicle IS NULL OR o.vehicle = :vehicle)\n"                                             \
    "AND " ORDER_IS_OWN

/* As work goes through the shop. */
#define BOARD_ORDER \
    "CASE o.state WHEN 'estimate' THEN 0 WHEN 'approved' THEN 1 WHEN 'in_progress' THEN 2\n" \
    "  WHEN 'hold' THEN 3 WHEN 'quality_check' THEN 4 WHEN 'complete' THEN 5 WHEN 'posted' THEN 6\n" \
    "  WHEN 'receivable' THEN 7 WHEN 'paid' THEN 8 ELSE 9 END"
static const struct list_sort by_number[] = {
    {"id", "o.id", false},
};
/* Few enough orders to be sorted as one likes. */
static const struct list_sort by_anything[] = {
    {"id", "o.id", false},
    {"promised_at", "ifnull(o.promised_at, 9223372036854775807)", false},
    {"customer_name", "c.name_key", true},
    {"opened_at", "o.opened_at", false},
    {"state", BOARD_ORDER, false},
    {"total", "o.total", false},
};
/* What is promised first comes first. */
static const struct list_sort by_promise[] = {
    {"promised_at", "ifnull(o.promised_at, 9223372036854775807)", false},
    {"id", "o.id", false},
    {"customer_name", "c.name_key", true},
    {"opened_at", "o.opened_at", false},
    {"state", BOARD_ORDER, false},
    {"total", "o.total", false},
};
enum order_source { OF_ALL, OF_OPEN, OF_STATE, OF_CUSTOMER, OF_VEHICLE, OF_MINE };
/* From the person to the orders, for those who see no others. */
#define ORDER_IS_MINE                                                                              \
    "o.id IN (SELECT id FROM repair_order WHERE customer = :own_customer\n"                        \
    "  UNION SELECT repair_order FROM job WHERE technician = :own_user\n"                          \
    "  UNION SELECT mj.repair_order FROM line AS ml JOIN job AS mj ON mj.id = ml.job\n"            \
    "  WHERE ml.technician = :own_user)"
#define ORDER_SOURCE(where_, sorts_)                                                               \
    {                                                                                              \
        .select = ORDER_SELECT, .from = ORDER_FROM, .where = where_, .id = "o.id",                 \
        .sorts = sorts_, .sort_count = COUNT_OF(sorts_), .lookup = "order"                         \
    }
static const struct list_source order_sources[] = {
    [OF_ALL]      = ORDER_SOURCE(ORDER_FILTERS, by_number),
    [OF_OPEN]     = ORDER_SOURCE(ORDER_IS_OPEN "\nAND " ORDER_FILTERS, by_promise),
    [OF_STATE]    = ORDER_SOURCE("o.state = :state\nAND " ORDER_FILTERS, by_number),
    [OF_CUSTOMER] = ORDER_SOURCE("o.customer = :customer\nAND " ORDER_FILTERS, by_anything),
    [OF_VEHICLE]  = ORDER_SOURCE("o.vehicle = :vehicle\nAND " ORDER_FILTERS, by_anything),
    [OF_MINE]     = ORDER_SOURCE(ORDER_IS_MINE "\nAND " ORDER_FILTERS, by_anything),
};

static const struct field order_search_fields[] = {
    LIST_FIELDS(struct order_search, query),
    FIELD(struct order_search, open, .help = "Only orders that are not invoiced yet"),
    FIELD(struct order_search, late, .help = "Only orders promised before now that are not ready"),
    FIELD(struct order_search, now, .flags = FIELD_HIDDEN),
    FIELD(struct order_search, state, .help = "Only orders in this state"),
    FIELD(struct order_search, customer, .picks = "customer.search"),
    FIELD(struct order_search, vehicle, .picks = "vehicle.search"),
};
static const struct field order_row_fields[] = {
    FIELD(struct order_row, id, .label = "RO"),
    FIELD(struct order_row, state, .choices = &order_state_choices),
    FIELD(struct order_row, hold, .choices = &hold_choices),
    FIELD(struct order_row, customer_name, .label = "Customer"),
    FIELD(struct order_row, vehicle_name, .label = "Vehicle"),
    FIELD(struct order_row, plate),
    FIELD(struct order_row, key_tag, .label = "Tag"),
    FIELD(struct order_row, writer_name, .label = "Writer"),
    FIELD(struct order_row, opened_at, .label = "Opened"),
    FIELD(struct order_row, promised_at, .label = "Promised"),
    FIELD(struct order_row, total),
    FIELD(struct order_row, authorized),
    FIELD(struct order_row, parts_due_on, .label = "Parts due"),
    FIELD(struct order_row, to_answer, .label = "To answer", .help = "Jobs that wait for the customer's answer"),
    FIELD(struct order_row, to_assign, .label = "To assign", .help = "Authorized jobs without a technician"),
    FIELD(struct order_row, parts_open, .label = "Parts open", .help = "Lines whose parts are ordered and not here"),
    FIELD(struct order_row, sublets_out, .label = "Sublets out", .help = "Lines that are with a vendor"),
    FIELD(struct order_row, sublet_name, .label = "Sublet to", .right = RIGHT_VENDORS_VIEW),
    FIELD(struct order_row, sublet_due_on, .label = "Sublet due"),
    FIELD(struct order_row, waits, .label = "Waits for", .help = "What holds it, in words"),
    FIELD(struct order_row, late, .help = "Promised before now, and not ready"),
};
/* clang-format on */

static enum order_source source_for(const struct session *s, const struct order_search *in)
{
    if (in->vehicle.v != 0)
        return OF_VEHICLE;
    if (in->customer.v != 0)
        return OF_CUSTOMER;
    if (!text_is_empty(in->state) &&
        choice_value(&order_state_choices, in->state) >= (int)ORDER_POSTED)
        return OF_STATE;
    if (!text_is_empty(in->state))
        return OF_OPEN;
    if (in->open || in->late)
        return OF_OPEN;
    return s->own_only ? OF_MINE : OF_ALL;
}

/* ", parts 26 Nov" */
static void add_wait(struct buf *text, const char *what, struct day due, struct day today)
{
    const bool this_year = strncmp(due.iso, today.iso, 4) == 0;
    char day[DAY_TEXT_MAX];

    buf_printf(text, "%s%s", text->length > 0 ? ", " : "", what);
    if (due.iso[0] == '\0')
        return;
    day_show_short(due, day);
    /* "26 Nov 26": the year says nothing that is not known. */
    buf_printf(text, " %s%.*s", day_compare(due, today) < 0 ? "late since " : "",
               (int)strlen(day) - (this_year ? 3 : 0), day);
}

static void add_count(struct buf *text, int64_t count, const char *one, const char *many)
{
    if (count > 0)
        buf_printf(text, "%s%lld %s", text->length > 0 ? ", " : "", (long long)count,
                   count == 1 ? one : many);
}

/* What somebody has to do before the order can go on. */
static const char *waits_for(struct session *s, const struct order_row *row)
{
    const struct day today = session_today(s);
    const bool sees_vendor = right_set_has(&s->rights_all, RIGHT_VENDORS_VIEW);
    AUTO_BUF text = BUF(400);

    if (row->state >= ORDER_POSTED)
        return "";
    add_count(&text, row->to_answer, "answer", "answers");
    if (row->parts_open > 0 || (row->state == ORDER_HOLD && row->hold == HOLD_PARTS))
        add_wait(&text, "parts", row->parts_due_on, today);
    if (row->sublets_out > 0)
        add_wait(&text, sees_vendor ? row->sublet_name : "sublet work", row->sublet_due_on, today);
    else if (row->state == ORDER_HOLD && row->hold == HOLD_SUBLET)
        add_wait(&text, "sublet work", DAY_NONE, today);
    if (row->state == ORDER_HOLD && row->hold == HOLD_CUSTOMER)
        add_wait(&text, "the customer", DAY_NONE, today);
    if (row->to_assign > 0)
        add_wait(&text, "technician", DAY_NONE, today);
    if (row->state == ORDER_QUALITY_CHECK || row->state == ORDER_COMPLETE)
        add_wait(&text, row->state == ORDER_COMPLETE ? "invoice" : "quality check", DAY_NONE,
                 today);
    return arena_text(s->arena, buf_str(&text));
}

static status order_search(struct session *s, const void *input, void *output)
{
    struct order_search in = *(const struct order_search *)input;

    if (!text_is_empty(in.state)) {
        const int state = choice_value(&order_state_choices, in.state);
        if (state < 0)
            return fail_field(s, "state",
                              "There is no state \"%s\". Write estimate, approved, "
                              "in_progress, hold, quality_check, complete, posted, paid, "
                              "receivable or void.",
                              in.state);
        in.state = choice_word(&order_state_choices, (unsigned)state);
    }
    in.now = session_now(s);
    TRY(list_run(s, &order_sources[source_for(s, &in)], &order_search_op, &in, output));
    struct page *page = output;
    struct order_row *row = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++)
        row[i].waits = waits_for(s, &row[i]);
    return OK;
}

const struct op order_search_op = {
    .name = "order.search",
    .says = "List repair orders",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(order_sources),
    .in = SHAPE(struct order_search, order_search_fields),
    .out = SHAPE(struct order_row, order_row_fields),
    .run = order_search,
};

/* --------------------------------------------------------------------- order.today -- */

struct order_today {
    int64_t in_shop, to_approve, promised, late, ready;
};

/* clang-format off */
static const char SQL_TODAY[] =
    "SELECT\n"
    "  (SELECT count(*) FROM repair_order AS o\n"
    "   WHERE o.state IN ('approved', 'in_progress', 'hold', 'quality_check', 'complete')\n"
    "   AND " ORDER_IS_OWN ") AS in_shop,\n"
    "  (SELECT count(*) FROM repair_order AS o\n"
    "   WHERE (o.state = 'estimate' OR o.state = 'hold' AND o.hold = 'customer')\n"
    "   AND " ORDER_IS_OWN ") AS to_approve,\n"
    "  (SELECT count(*) FROM repair_order AS o\n"
    "   WHERE " ORDER_IS_OPEN " AND o.promised_at < :tomorrow AND o.state <> 'complete'\n"
    "   AND " ORDER_IS_OWN ") AS promised,\n"
    "  (SELECT count(*) FROM repair_order AS o\n"
    "   WHERE " ORDER_IS_OPEN " AND o.promised_at < :now AND o.state <> 'complete'\n"
    "   AND " ORDER_IS_OWN ") AS late,\n"
    "  (SELECT count(*) FROM repair_order AS o\n"
    "   WHERE o.state = 'complete'\n"
    "   AND " ORDER_IS_OWN ") AS ready";

static const struct field today_fields[] = {
    FIELD(struct order_today, in_shop, .help = "Approved and not yet invoiced"),
    FIELD(struct order_today, to_approve, .help = "Estimates and orders that wait for the customer"),
    FIELD(struct order_today, promised, .help = "Promised until tonight and not ready"),
    FIELD(struct order_today, late, .help = "Promised before now and not ready"),
    FIELD(struct order_today, ready, .help = "Complete, to be invoiced and picked up"),
};
static const struct shape today_shape = SHAPE_OF(struct order_today, "today", today_fields);
/* clang-format on */

const char *order_today_sql(void)
{
    return SQL_TODAY;
}

static status order_today(struct session *s, const void *input, void *output)
{
    const struct instant tomorrow = day_instant(day_add(session_today(s), 1), 0);

    (void)input;
    return store_get(s->store, SQL_TODAY, NO_ROW,
                     BINDS(BIND_INT("tomorrow", tomorrow.seconds),
                           BIND_INT("now", session_now(s).seconds), BIND_INT("own", s->own_only),
                           BIND_INT("own_user", s->user.v),
                           BIND_INT("own_customer", s->customer.v)),
                     s->arena, &today_shape, output);
}

const struct op order_today_op = {
    .name = "order.today",
    .says = "Count what is in the shop, waiting, promised, late and ready",
    .title = "The shop today",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .out = &today_shape,
    .run = order_today,
    .owns = record_is_everybodys, /* the statement counts only what is theirs */
};

/* ------------------------------------------------------------------------- module -- */

/* clang-format off */
static const struct op *const ops[] = {
    &estimate_price_op,
    &order_start_op,
    &order_search_op,
    &order_today_op,
    &order_show_op,
    &order_explain_op,
    &order_overrides_op,
    &order_edit_op,
    &order_void_op,
    &order_account_op,
    &job_add_op,
    &job_add_canned_op,
    &job_add_declined_op,
    &job_show_op,
    &job_edit_op,
    &job_remove_op,
    &job_move_op,
    &line_add_labor_op,
    &line_add_part_op,
    &line_add_other_op,
    &line_show_op,
    &line_edit_op,
    &line_remove_op,
    &coupon_apply_op,
    &coupon_remove_op,
    &discount_set_op,
    &discount_remove_op,
    &order_present_op,
    &order_authorize_op,
    &order_preview_op,
    &job_start_op,
    &job_done_op,
    &job_reopen_op,
    &job_drop_declined_op,
    &job_pay_op,
    &counter_sale_op,
    &job_earlier_op,
    &job_comeback_op,
    &order_copy_op,
    &order_sell_op,
    &order_check_op,
    &job_mine_op,
    &job_clock_on_op,
    &job_clock_off_op,
    &job_teardown_op,
    &job_no_teardown_op,
    &job_note_op,
};
/* clang-format on */
extern const struct module order_module;
const struct module order_module = {
    .name = "order",
    .title = "Repair orders",
    .says =
        "Estimates and repair orders: jobs, lines, discounts, what the customer authorized, and "
        "the work until the invoice.",
    MODULE_OPS(ops),
};
