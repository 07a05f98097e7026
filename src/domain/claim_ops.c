/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields, lists and operations of vendor claims. */

#include "claim_inner.h"

#include "domain/vendor.h"

/* clang-format off */
static const struct choice kinds[] = {
    [CLAIM_RETURN]   = {.word = "return",   .label = "return"},
    [CLAIM_CORE]     = {.word = "core",     .label = "core"},
    [CLAIM_WARRANTY] = {.word = "warranty", .label = "warranty"},
};
static const struct choice states[] = {
    [CLAIM_OWED]   = {"owed",   "not here yet", "○", "o"},
    [CLAIM_HERE]   = {"here",   "to be sent",   "◐", "-"},
    [CLAIM_SENT]   = {"sent",   "sent back",    "●", "*"},
    [CLAIM_CLOSED] = {"closed", "closed",       "✓", "."},
};
const struct choices claim_kind_choices = CHOICES(kinds), claim_state_choices = CHOICES(states);

#define COST .right = RIGHT_COSTS_VIEW
static const struct field claim_fields[] = {
    FIELD(struct claim, id, .label = "Claim"),
    FIELD(struct claim, vendor, .flags = FIELD_HIDDEN, .picks = "vendor.search"),
    FIELD(struct claim, vendor_name, .label = "Vendor"),
    FIELD(struct claim, kind, .choices = &claim_kind_choices),
    FIELD(struct claim, state, .choices = &claim_state_choices),
    FIELD(struct claim, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct claim, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct claim, description),
    FIELD(struct claim, quantity),
    FIELD(struct claim, expected, COST),
    FIELD(struct claim, credited, COST),
    FIELD(struct claim, written_off, .label = "Written off", COST),
    FIELD(struct claim, open, COST),
    FIELD(struct claim, opened_on, .label = "Opened"),
    FIELD(struct claim, sent_on, .label = "Sent back"),
    FIELD(struct claim, closed_on, .label = "Closed"),
    FIELD(struct claim, age_days, .label = "Age", .help = "Days it was or is open"),
    FIELD(struct claim, rma, .label = "Return number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct claim, reason),
    FIELD(struct claim, job, .flags = FIELD_HIDDEN),
    FIELD(struct claim, job_text, .label = "Failed on"),
    FIELD(struct claim, revision, .flags = FIELD_HIDDEN),
};
const struct shape claim_shape = SHAPE_OF(struct claim, "claim", claim_fields);
static const struct field row_fields[] = {
    FIELD(struct claim_row, id, .label = "Claim"),
    FIELD(struct claim_row, vendor_name, .label = "Vendor"),
    FIELD(struct claim_row, kind, .choices = &claim_kind_choices),
    FIELD(struct claim_row, state, .choices = &claim_state_choices),
    FIELD(struct claim_row, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct claim_row, description),
    FIELD(struct claim_row, quantity),
    FIELD(struct claim_row, expected, COST),
    FIELD(struct claim_row, open, COST),
    FIELD(struct claim_row, opened_on, .label = "Opened"),
    FIELD(struct claim_row, age_days, .label = "Days"),
    FIELD(struct claim_row, rma, .label = "Return number", .flags = FIELD_NUMBERS_OK),
};
static const struct shape row_shape = SHAPE_OF(struct claim_row, "claim_row", row_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct claim_search, query),
    FIELD(struct claim_search, vendor, .picks = "vendor.search"),
    FIELD(struct claim_search, closed, .help = "Closed ones too"),
};
#define CLAIM_FIELD(T) FIELD(T, claim, .picks = "claim.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
#define REVISION(T) FIELD(T, revision, .flags = FIELD_HIDDEN)
static const struct field key_fields[] = {
    CLAIM_FIELD(struct claim_key),
    REVISION(struct claim_key),
};
static const struct field return_fields[] = {
    FIELD(struct claim_open_return, part, .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct claim_open_return, quantity, .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_SIGNED),
    FIELD(struct claim_open_return, vendor, .picks = "vendor.search",
          .help = "Empty: the one who is asked first"),
    FIELD(struct claim_open_return, reason, .flags = FIELD_REQUIRED),
    FIELD(struct claim_open_return, expected, .help = "Empty: what it is worth on the shelf", COST,
          .flags = FIELD_OPTIONAL),
    FIELD(struct claim_open_return, job, .label = "Failed on job",
          .help = "Under warranty: the job it failed on"),
};
static const struct field send_fields[] = {
    CLAIM_FIELD(struct claim_send),
    FIELD(struct claim_send, rma, .label = "Return number", .max = 60,
          .help = "The vendor's", .flags = FIELD_NUMBERS_OK),
    REVISION(struct claim_send),
};
static const struct field credit_fields[] = {
    CLAIM_FIELD(struct claim_credit),
    FIELD(struct claim_credit, number, .label = "Credit memo", .max = 60, .help = "The vendor's number",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct claim_credit, amount, .help = "Less than expected leaves the rest open",
          .flags = FIELD_ARGUMENT),
    REVISION(struct claim_credit),
};
static const struct field write_off_fields[] = {
    CLAIM_FIELD(struct claim_write_off),
    FIELD(struct claim_write_off, reason, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION(struct claim_write_off),
};
static const struct field aging_row_fields[] = {
    FIELD(struct claim_aging_row, vendor, .flags = FIELD_HIDDEN),
    FIELD(struct claim_aging_row, vendor_name, .label = "Vendor"),
    FIELD(struct claim_aging_row, claims),
    FIELD(struct claim_aging_row, days_0_30, .label = "0-30", COST),
    FIELD(struct claim_aging_row, days_31_60, .label = "31-60", COST),
    FIELD(struct claim_aging_row, days_61_90, .label = "61-90", COST),
    FIELD(struct claim_aging_row, days_over_90, .label = "Over 90", COST),
    FIELD(struct claim_aging_row, total, COST),
};
static const struct shape aging_row_shape =
    SHAPE_OF(struct claim_aging_row, "claim_aging_row", aging_row_fields);
static const struct field aging_fields[] = {
    FIELD(struct claim_aging, vendors, .rows = &aging_row_shape),
    FIELD(struct claim_aging, total, COST),
};
static const struct shape aging_shape = SHAPE_OF(struct claim_aging, "claim_aging", aging_fields);

static const struct list_sort sorts[] = {
    {"opened_on", "c.opened_on", true},
    {"vendor_name", "v.name_key", true},
};
static const struct list_sort all_sorts[] = {
    {"id", "c.id", false},
};
#define CLAIM_LIST(where_, sorts_)                                                                 \
    {                                                                                              \
        .select = "c.id AS id, v.name AS vendor_name, c.kind AS kind, c.state AS state,\n"         \
                  "  ifnull(p.sku, '') AS sku, c.description AS description,\n"                    \
                  "  c.quantity AS quantity, c.expected AS expected,\n"                            \
                  "  c.expected - c.credited - c.written_off AS open,\n"                           \
                  "  c.opened_on AS opened_on, c.rma AS rma",                                      \
        .from = "claim AS c CROSS JOIN vendor AS v ON v.id = c.vendor\n"                           \
                "LEFT JOIN part AS p ON p.id = c.part",                                            \
        .where = where_, .id = "c.id", .sorts = sorts_, .sort_count = COUNT_OF(sorts_),            \
        .search_where = "v.name_key LIKE :like ESCAPE '\\' OR lower(c.description) LIKE :like ESCAPE '\\'\n" \
                        "OR p.sku LIKE :typed ESCAPE '\\' OR c.rma LIKE :typed ESCAPE '\\'" \
    }
static const struct list_source sources[] = {
    CLAIM_LIST("c.state <> 'closed' AND (:vendor IS NULL OR c.vendor = :vendor)", sorts),
    CLAIM_LIST(":vendor IS NULL OR c.vendor = :vendor", all_sorts),
};
static const char SQL_AGING[] =
    "SELECT c.vendor AS vendor, v.name AS vendor_name, count(*) AS claims,\n"
    "  sum(CASE WHEN c.opened_on >= :ago_30 THEN c.expected - c.credited - c.written_off ELSE 0 END)\n"
    "    AS days_0_30,\n"
    "  sum(CASE WHEN c.opened_on < :ago_30 AND c.opened_on >= :ago_60\n"
    "    THEN c.expected - c.credited - c.written_off ELSE 0 END) AS days_31_60,\n"
    "  sum(CASE WHEN c.opened_on < :ago_60 AND c.opened_on >= :ago_90\n"
    "    THEN c.expected - c.credited - c.written_off ELSE 0 END) AS days_61_90,\n"
    "  sum(CASE WHEN c.opened_on < :ago_90 THEN c.expected - c.credited - c.written_off ELSE 0 END)\n"
    "    AS days_over_90,\n"
    "  sum(c.expected - c.credited - c.written_off) AS total\n"
    "FROM claim AS c\n"
    "JOIN vendor AS v ON v.id = c.vendor\n"
    "WHERE c.state <> 'closed'\n"
    "GROUP BY c.vendor\n"
    "ORDER BY v.name_key";
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    const struct claim_search *query = in;
    struct page *page = out;

    TRY(list_run(s, &sources[query->closed], &claim_search_op, in, out));
    struct claim_row *row = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++)
        row[i].age_days = day_distance(row[i].opened_on, session_today(s));
    return OK;
}

static status show(struct session *s, const void *in, void *out)
{
    const struct claim_key *key = in;

    return claim_get(s, key->claim, out);
}

static status aging(struct session *s, const void *in, void *out)
{
    struct claim_aging *ret = out;
    const struct day today = session_today(s);

    (void)in;
    TRY(store_list(s->store, SQL_AGING, NO_ROW,
                   BINDS(BIND_DAY("ago_30", day_add(today, -30)),
                         BIND_DAY("ago_60", day_add(today, -60)),
                         BIND_DAY("ago_90", day_add(today, -90))),
                   s->arena, &aging_row_shape, &ret->vendors));
    const struct claim_aging_row *row = ret->vendors.at;
    for (size_t i = 0; i < ret->vendors.count; i++)
        if (money_add(ret->total, row[i].total, &ret->total) != OK)
            return fail(s, ERR_INVALID, "The claims come to more than can be counted.");
    return OK;
}

const struct op claim_search_op = {
    .name = "claim.search",
    .says = "List what goes back to vendors until it is credited",
    .title = "Returns and cores",
    .right = RIGHT_PURCHASES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct claim_search, search_fields),
    .out = &row_shape,
    .run = search,
};
const struct op claim_show_op = {
    .name = "claim.show",
    .says = "Show a return, core or warranty claim",
    .title = "Claim",
    .right = RIGHT_PURCHASES_VIEW,
    .in = SHAPE(struct claim_key, key_fields),
    .out = &claim_shape,
    .run = show,
    .about = "claim",
};
const struct op claim_return_op = {
    .name = "claim.return",
    .says = "Send a part back to its vendor, from the shelf or because it failed on a job",
    .title = "Return a part",
    .right = RIGHT_PURCHASES_RECEIVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct claim_open_return, return_fields),
    .out = &claim_shape,
    .run = claim_return,
};
const struct op claim_core_here_op = {
    .name = "claim.core-here",
    .says = "Note that the old part of a core claim has come in",
    .title = "The core is here",
    .right = RIGHT_PURCHASES_RECEIVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct claim_key, key_fields),
    .out = &claim_shape,
    .run = claim_core_here,
    .about = "claim",
};
const struct op claim_send_op = {
    .name = "claim.send",
    .says = "Note that a claim's part went back to the vendor",
    .title = "Send back",
    .right = RIGHT_PURCHASES_RECEIVE,
    .kind = OP_WRITES,
    .in = SHAPE(struct claim_send, send_fields),
    .out = &claim_shape,
    .run = claim_send,
    .about = "claim",
};
const struct op claim_credit_op = {
    .name = "claim.credit",
    .says = "Enter the vendor's credit memo for a claim",
    .title = "Credit a claim",
    .right = RIGHT_BILLS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct claim_credit, credit_fields),
    .out = &claim_shape,
    .run = claim_credit,
    .about = "claim",
};
const struct op claim_write_off_op = {
    .name = "claim.write-off",
    .says = "Give up what is still open on a claim",
    .title = "Write a claim off",
    .right = RIGHT_STOCK_ADJUST,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct claim_write_off, write_off_fields),
    .out = &claim_shape,
    .run = claim_write_off,
    .about = "claim",
};
const struct op claim_aging_op = {
    .name = "claim.aging",
    .says = "See what vendors owe for returns and cores, by age",
    .title = "Returns and cores by age",
    .right = RIGHT_PURCHASES_VIEW,
    .out = &aging_shape,
    .run = aging,
};

static const struct op *const ops[] = {
    &claim_search_op, &claim_show_op,   &claim_return_op,    &claim_core_here_op,
    &claim_send_op,   &claim_credit_op, &claim_write_off_op, &claim_aging_op,
};
extern const struct module claim_module;
const struct module claim_module = {
    .name = "claim",
    .title = "Returns and cores",
    .says = "What goes back to vendors: parts, old cores and parts that failed under warranty, "
            "until every cent is credited.",
    MODULE_OPS(ops),
};
