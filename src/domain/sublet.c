/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sublet work and what is bought for one job: who does it, when it is back, and the vendor's bill.
 * The line itself is line.c's. */

#include "domain/sublet.h"

#include "base/text.h"
#include "bill_inner.h"
#include "line_part.h"

/* clang-format off */
#define SUBLET_SELECT                                                                              \
    "l.id AS id, j.repair_order AS \"order\", l.job AS job, j.title AS job_title,\n"               \
    "  ifnull(v.name, '') AS vehicle_name, l.kind AS kind, l.description AS description,\n"        \
    "  l.vendor AS vendor, ifnull(d.name, '') AS vendor_name,\n"                                   \
    "  l.vendor_invoice AS vendor_invoice, l.cost AS cost,\n"                                      \
    "  (l.cost * l.quantity + 500) / 1000 AS amount,\n"                                            \
    "  l.vendor_due_on AS due_on, l.vendor_back_on AS back_on, l.bill AS bill,\n"                  \
    "  l.vendor_back_on IS NULL AND ifnull(l.vendor_due_on, '9') < :today AS late"
#define SUBLET_FROM                                                                                \
    "line AS l CROSS JOIN job AS j ON j.id = l.job\n"                                              \
    "CROSS JOIN repair_order AS o ON o.id = j.repair_order\n"                                      \
    "LEFT JOIN vendor AS d ON d.id = l.vendor\n"                                                   \
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle"
#define SUBLET_WHERE                                                                               \
    "(:vendor IS NULL OR l.vendor = :vendor) AND o.state <> 'void'\n"                              \
    "AND j.state NOT IN ('declined', 'deferred')"
static const char SQL_GET[] =
    "SELECT " SUBLET_SELECT "\n"
    "FROM " SUBLET_FROM "\n"
    "WHERE l.id = :line";
static const char SQL_SET[] =
    "UPDATE line\n"
    "SET vendor = :vendor, vendor_invoice = :vendor_invoice, cost = :cost, vendor_due_on = :due_on,\n"
    "  vendor_back_on = :back_on\n"
    "WHERE id = :line";
static const char SQL_NUMBER[] =
    "UPDATE line\n"
    "SET vendor_invoice = :number\n"
    "WHERE id = :line";
/* One invoice of a vendor may be for several lines, of several orders. */
#define OF_NUMBER "vendor = :vendor AND vendor_invoice = :number AND bill IS NULL"
static const char SQL_SUM[] =
    "SELECT sum((cost * quantity + 500) / 1000)\n"
    "FROM line\n"
    "WHERE " OF_NUMBER;
static const char SQL_BILLED[] =
    "UPDATE line\n"
    "SET bill = :bill, billed = (cost * quantity + 500) / 1000\n"
    "WHERE " OF_NUMBER;
static const char SQL_WITHOUT_COST[] =
    "SELECT description\n"
    "FROM line\n"
    "WHERE " OF_NUMBER " AND cost = 0\n"
    "LIMIT 1";
static const char SQL_ORDERED[] =
    "SELECT count(*)\n"
    "FROM purchase_line\n"
    "WHERE line = :line";

static const struct field sublet_fields[] = {
    FIELD(struct sublet, id, .label = "Line", .flags = FIELD_HIDDEN),
    FIELD(struct sublet, order, .label = "RO"),
    FIELD(struct sublet, job, .flags = FIELD_HIDDEN),
    FIELD(struct sublet, job_title, .label = "Job"),
    FIELD(struct sublet, vehicle_name, .label = "Vehicle"),
    FIELD(struct sublet, kind, .choices = &line_kind_choices),
    FIELD(struct sublet, description),
    FIELD(struct sublet, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct sublet, vendor_name, .label = "Vendor"),
    FIELD(struct sublet, vendor_invoice, .label = "Vendor's invoice", .flags = FIELD_NUMBERS_OK),
    FIELD(struct sublet, cost, .help = "A unit", .right = RIGHT_COSTS_VIEW),
    FIELD(struct sublet, amount, .label = "Cost of the line", .right = RIGHT_COSTS_VIEW),
    FIELD(struct sublet, due_on, .label = "Back by"),
    FIELD(struct sublet, back_on, .label = "Came back"),
    FIELD(struct sublet, bill, .help = "The vendor's, once it is entered"),
    FIELD(struct sublet, late, .help = "Should be back, and is not"),
};
static const struct shape sublet_shape = SHAPE_OF(struct sublet, "sublet", sublet_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct sublet_search, query),
    FIELD(struct sublet_search, vendor, .picks = "vendor.search"),
    FIELD(struct sublet_search, billed, .help = "What is billed, too"),
    FIELD(struct sublet_search, today, .flags = FIELD_HIDDEN),
};
#define LINE_FIELD(T)                                                                              \
    FIELD(T, sublet, .label = "Sublet work", .picks = "sublet.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
static const struct field key_fields[] = {
    LINE_FIELD(struct sublet_key),
};
static const struct field set_fields[] = {
    LINE_FIELD(struct sublet_set),
    FIELD(struct sublet_set, vendor, .label = "Vendor", .picks = "vendor.search", .help = "Who does the work, or sells the part",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct sublet_set, vendor_invoice, .label = "Vendor's invoice", .example = "G-20417", .max = 60,
          .help = "Its number, once it is here", .flags = FIELD_NUMBERS_OK),
    FIELD(struct sublet_set, cost, .help = "What the vendor charges for a unit; empty: as it is", .right = RIGHT_COSTS_VIEW,
          .flags = FIELD_OPTIONAL),
    FIELD(struct sublet_set, due_on, .label = "Back by"),
    FIELD(struct sublet_set, back_on, .label = "Came back"),
    REVISION_FIELD(struct sublet_set),
};
static const struct field bill_fields[] = {
    LINE_FIELD(struct sublet_bill),
    FIELD(struct sublet_bill, number, .label = "Vendor's invoice", .max = 60, .help = "Empty: as it is noted on the line",
          .flags = FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct sublet_bill, billed_on, .label = "Dated", .help = "Empty: today"),
    FIELD(struct sublet_bill, total, .help = "Empty: what the lines of this number cost", .flags = FIELD_OPTIONAL),
    FIELD(struct sublet_bill, reason, .help = "Why it differs from what the lines cost"),
};

static const struct list_sort sorts[] = {
    {"id", "l.id", false},
    {"vendor_name", "d.name_key", true},
    {"due_on", "ifnull(l.vendor_due_on, '9')", true},
};
#define SUBLET_LIST(where_)                                                                        \
    {                                                                                              \
        .select = SUBLET_SELECT, .from = SUBLET_FROM, .where = where_ "\nAND " SUBLET_WHERE,       \
        .id = "l.id", .sorts = sorts, .sort_count = COUNT_OF(sorts),                               \
        .search_where = "d.name_key LIKE :like ESCAPE '\\' OR lower(l.description) LIKE :like ESCAPE '\\'\n" \
                        "OR l.vendor_invoice LIKE :typed ESCAPE '\\'"                              \
    }
static const struct list_source sources[] = {
    SUBLET_LIST("l.vendor IS NOT NULL AND l.bill IS NULL"),
    SUBLET_LIST("l.vendor IS NOT NULL"),
};
/* clang-format on */

static status sublet_get(struct session *s, struct line_id id, struct sublet *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW,
                           BINDS(BIND_ID("line", id), BIND_DAY("today", session_today(s))),
                           s->arena, &sublet_shape, ret),
                 "This line is no longer there. Look at the order again.");
}

static status search(struct session *s, const void *input, void *out)
{
    struct sublet_search in = *(const struct sublet_search *)input;

    in.today = session_today(s);
    return list_run(s, &sources[in.billed], &sublet_search_op, &in, out);
}

static status show(struct session *s, const void *input, void *out)
{
    const struct sublet_key *in = input;

    return sublet_get(s, in->sublet, out);
}

/* ----------------------------------------------------------------------- vendor -- */

static status check_kind(struct session *s, const struct order_line *line)
{
    if (line->kind == LINE_LABOR || line->kind == LINE_CORE || line->part.v != 0)
        return fail(s, ERR_CONFLICT,
                    "“%s” is no work given away: labor, cores and parts of the catalog come from "
                    "the shop. Choose a sublet line, a fee, or a part from outside.",
                    line->description);
    return OK;
}

static bool is_other(const struct sublet_set *in, const struct sublet *now, struct money cost)
{
    return in->vendor.v != now->vendor.v || !text_same(in->vendor_invoice, now->vendor_invoice) ||
           cost.cents != now->cost.cents;
}

static status check_set(struct session *s, const struct sublet_set *in, const struct sublet *now,
                        struct money cost, bool is_open)
{
    struct vendor vendor;

    if (now->bill.v != 0 && is_other(in, now, cost))
        return fail(s, ERR_CONFLICT,
                    "The bill of %s for this is entered as bill %lld: vendor, number and cost stay "
                    "as they are.",
                    now->vendor_name, (long long)now->bill.v);
    if (!is_open && cost.cents != now->cost.cents)
        return fail_field(s, "cost",
                          "This work is invoiced, so its cost stays. Enter the vendor's bill with "
                          "what it comes to instead.");
    if (day_compare(in->back_on, session_today(s)) > 0)
        return fail_field(s, "back_on", "It cannot have come back in the future.");
    return in->vendor.v == now->vendor.v ? OK : vendor_get_active(s, in->vendor, &vendor);
}

/* The vendor's number often comes when the customer has long paid: then the order is not touched.
 */
static status sublet_set(struct session *s, const void *input, void *output)
{
    const struct sublet_set *in = input;
    struct order_line line;
    struct order_head head;
    struct job_head job;
    struct sublet now;
    struct order order;

    TRY(sublet_get(s, in->sublet, &now));
    TRY(line_get(s, in->sublet, &line));
    TRY(check_kind(s, &line));
    TRY(order_get(s, now.order, &order));
    TRY(job_head_get(s, now.job, &job));
    const bool is_open = order.state < ORDER_POSTED && job.invoice.v == 0;
    const struct money cost = in->cost.cents == NUMBER_NONE ? now.cost : in->cost;
    if (is_open)
        TRY(order_begin(s, now.order, in->revision, &head));
    TRY(check_set(s, in, &now, cost, is_open));
    TRY(line_check_costless(s, &line, cost, line.price_reason));
    TRY(store_run(s->store, SQL_SET, NO_ROW,
                  BINDS(BIND_ID("line", in->sublet), BIND_ID("vendor", in->vendor),
                        BIND_TEXT("vendor_invoice", in->vendor_invoice), BIND_MONEY("cost", cost),
                        BIND_DAY("due_on", in->due_on), BIND_DAY("back_on", in->back_on))));
    return is_open ? order_finish(s, &head, output) : order_get(s, now.order, output);
}

/* What is on a purchase order is owed to whom that was sent. */
static status must_be_of_somebody(struct session *s, const struct order_job *job,
                                  const struct order_line *line)
{
    int64_t ordered = 0;

    if (line->quantity.thousandths == 0)
        return OK;
    TRY(store_int(s->store, SQL_ORDERED, BINDS(BIND_ID("line", line->id)), &ordered));
    if (ordered > 0)
        return OK;
    return fail(s, ERR_CONFLICT,
                "Job %lld (%s) has sublet work with a cost and no vendor: %s. Name who does it, so "
                "that the cost is owed to somebody.",
                (long long)job->position, job->title, line->description);
}

status line_check_sublet(struct session *s, const struct order_job *job,
                         const struct order_line *line)
{
    const bool is_given_away =
        line->vendor.v != 0 || (line->kind == LINE_SUBLET && line->gross.cents > 0);

    if (line->kind == LINE_SUBLET && line->cost.cents != 0 && line->vendor.v == 0)
        return must_be_of_somebody(s, job, line);
    if (!is_given_away || line->cost.cents != 0 || line->quantity.thousandths == 0 ||
        !text_is_empty(line->price_reason))
        return OK;
    if (line->vendor.v == 0)
        return fail(s, ERR_CONFLICT,
                    "Job %lld (%s) has sublet work without vendor and cost: %s. Write down who "
                    "does it and what that costs, or, as somebody who may, the reason on the line.",
                    (long long)job->position, job->title, line->description);
    return fail(s, ERR_CONFLICT,
                "Job %lld (%s) has sublet work without a cost: %s. Write down what %s charges "
                "first, or, as somebody who may, the reason on the line.",
                (long long)job->position, job->title, line->description, line->vendor_name);
}

status line_check_costless(struct session *s, const struct order_line *before, struct money cost,
                           const char *reason)
{
    const bool was =
        before != NULL && before->cost.cents == 0 && text_same(before->price_reason, reason);

    if (cost.cents != 0 || text_is_empty(reason) || was ||
        right_set_has(&s->rights_all, RIGHT_PRICES_BELOW_FLOOR))
        return OK;
    return fault_denied(&s->fault, "cost",
                        "What this sublet work costs is not written down, and a reason does not "
                        "stand for it. Give its cost, or ask somebody who may: %s.",
                        right_table[RIGHT_PRICES_BELOW_FLOOR].says);
}

/* ------------------------------------------------------------------------- bill -- */

/* What is known of the bill; the number is noted on the line when it comes with it. */
static status prepare(struct session *s, const struct sublet_bill *in, struct sublet *ret,
                      struct bill_new *ret_bill)
{
    struct vendor vendor;

    TRY(sublet_get(s, in->sublet, ret));
    if (ret->vendor.v == 0)
        return fail(s, ERR_CONFLICT, "Nobody is named for “%s”. Say which vendor it is first.",
                    ret->description);
    if (ret->bill.v != 0)
        return fail(s, ERR_CONFLICT, "“%s” is billed already: bill %lld of %s.", ret->description,
                    (long long)ret->bill.v, ret->vendor_name);
    if (!text_is_empty(in->number)) {
        ret->vendor_invoice = in->number;
        TRY(store_run(s->store, SQL_NUMBER, NO_ROW,
                      BINDS(BIND_ID("line", in->sublet), BIND_TEXT("number", in->number))));
    }
    if (text_is_empty(ret->vendor_invoice))
        return fail_field(s, "number", "Give the number of the vendor's invoice.");
    TRY(bill_check_number(s, ret->vendor, ret->vendor_invoice));
    TRY(vendor_get(s, ret->vendor, &vendor));
    const struct day dated = in->billed_on.iso[0] != '\0' ? in->billed_on : session_today(s);
    if (day_compare(dated, session_today(s)) > 0)
        return fail_field(s, "billed_on", "The bill is dated in the future. Correct its day.");
    *ret_bill = (struct bill_new){
        .vendor = ret->vendor,
        .number = ret->vendor_invoice,
        .reason = in->reason,
        .note = "",
        .billed_on = dated,
        .due_on = day_add(dated, (int)vendor.terms_days),
    };
    return OK;
}

static status check_difference(struct session *s, const struct sublet_bill *in, struct money sum,
                               struct bill_new *bill)
{
    char texts[2][NUMBER_TEXT_MAX];

    bill->total = in->total.cents == NUMBER_NONE ? sum : in->total;
    if (bill->total.cents <= 0)
        return fail_field(s, "total", "Enter what the bill comes to, more than 0.");
    TRY(money_sub(bill->total, sum, &bill->difference));
    if (bill->difference.cents == 0)
        return OK;
    if (text_is_empty(in->reason))
        return fail_field(s, "reason",
                          "The bill says %s, the lines of this number cost %s. Correct one of the "
                          "two, or say why the difference is right.",
                          money_show(bill->total, texts[0]), money_show(sum, texts[1]));
    if (!right_set_has(&s->rights_all, RIGHT_BILLS_ACCEPT))
        return fail(s, ERR_DENIED,
                    "Your role does not allow accepting a bill that differs from what was written "
                    "up. Ask a manager.");
    return OK;
}

static status post(struct session *s, const struct sublet *sublet, const struct bill_new *bill,
                   struct money sum, struct bill_id id)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_SUBLET_ACCRUED, .amount = sum},
        {.account = ACCOUNT_PURCHASE_DIFFERENCE, .amount = bill->difference},
        {.account = ACCOUNT_PAYABLE, .amount = money_negate(bill->total)},
    };
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "bill", id.v,
                    arena_printf(s->arena, "Bill %s, %s, sublet work of repair order %lld",
                                 bill->number, sublet->vendor_name, (long long)sublet->order.v),
                    lines, COUNT_OF(lines), &entry));
    return bill_set_entry(s, id, entry);
}

static status sublet_bill(struct session *s, const void *input, void *output)
{
    const struct sublet_bill *in = input;
    struct sublet sublet;
    struct bill_new bill;
    struct bill_id id;
    struct money sum = MONEY_ZERO;
    const char *free = "";

    TRY(prepare(s, in, &sublet, &bill));
    const struct bind *lines =
        BINDS(BIND_ID("vendor", bill.vendor), BIND_TEXT("number", bill.number));
    const status costless = store_text(s->store, SQL_WITHOUT_COST, lines, s->arena, &free);
    if (costless == OK)
        return fail(s, ERR_CONFLICT, "“%s” of this number has no cost yet. Write it down first.",
                    free);
    if (costless != ERR_NOT_FOUND)
        return costless;
    TRY(store_int(s->store, SQL_SUM, lines, &sum.cents));
    TRY(check_difference(s, in, sum, &bill));
    TRY(bill_write(s, &bill, &id));
    TRY(store_run(s->store, SQL_BILLED, NO_ROW,
                  BINDS(BIND_ID("vendor", bill.vendor), BIND_TEXT("number", bill.number),
                        BIND_ID("bill", id))));
    TRY(post(s, &sublet, &bill, sum, id));
    return bill_get(s, id, output);
}

const struct op sublet_search_op = {
    .name = "sublet.search",
    .says = "List sublet work and what was bought for jobs, until the vendor's bill is in",
    .title = "Sublet work",
    .right = RIGHT_PURCHASES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct sublet_search, search_fields),
    .out = &sublet_shape,
    .run = search,
};
const struct op sublet_show_op = {
    .name = "sublet.show",
    .says = "Show sublet work with its vendor and bill",
    .title = "Sublet work",
    .right = RIGHT_PURCHASES_VIEW,
    .in = SHAPE(struct sublet_key, key_fields),
    .out = &sublet_shape,
    .run = show,
    .about = "sublet",
};
const struct op sublet_set_op = {
    .name = "sublet.set",
    .says = "Say who does sublet work, the number of his invoice, what it costs, when it is back",
    .title = "Vendor of sublet work",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct sublet_set, set_fields),
    .out = &order_shape,
    .run = sublet_set,
    .fills = "sublet.show",
    .about = "sublet",
};
const struct op sublet_bill_op = {
    .name = "sublet.bill",
    .says = "Enter the vendor's bill for sublet work: all lines with this number",
    .title = "Bill for sublet work",
    .right = RIGHT_BILLS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct sublet_bill, bill_fields),
    .out = &bill_shape,
    .run = sublet_bill,
    .about = "sublet",
};

static const struct op *const ops[] = {
    &sublet_search_op,
    &sublet_show_op,
    &sublet_set_op,
    &sublet_bill_op,
};
extern const struct module sublet_module;
const struct module sublet_module = {
    .name = "sublet",
    .title = "Sublet work",
    .says = "Work given to others and what is bought for one job: who does it, when it is back, "
            "and the vendor's bill.",
    MODULE_OPS(ops),
};
