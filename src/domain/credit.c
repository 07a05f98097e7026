/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Credit memos as they are read: one, many, and what of an invoice can be credited yet. Issuing is
 * credit_issue.c. */

#include "domain/credit.h"

#include "credit_inner.h"
#include "domain/gift.h"
#include "domain/list.h"
#include "gift_inner.h"
#include "invoice_inner.h"
#include "record.h"

/* clang-format off */
static const struct choice backs[] = {
    [CREDIT_KEPT]    = {.word = "kept",    .label = "stays",         .mark = "·", .ascii = "."},
    [CREDIT_RESTOCK] = {.word = "restock", .label = "back to stock", .mark = "↩", .ascii = "<"},
    [CREDIT_SCRAP]   = {.word = "scrap",   .label = "scrapped",      .mark = "×", .ascii = "x"},
};
const struct choices credit_back_choices = CHOICES(backs);

static const struct field line_fields[] = {
    FIELD(struct credit_line, line, .flags = FIELD_HIDDEN),
    FIELD(struct credit_line, kind, .choices = &line_kind_choices),
    FIELD(struct credit_line, description),
    FIELD(struct credit_line, sku, .label = "SKU", .flags = FIELD_NUMBERS_OK),
    FIELD(struct credit_line, quantity),
    FIELD(struct credit_line, back, .label = "Part", .choices = &credit_back_choices),
    FIELD(struct credit_line, net, .label = "Amount"),
    FIELD(struct credit_line, cost, .help = "What it had cost and costs no more", .right = RIGHT_COSTS_VIEW),
};
static const struct shape line_shape = SHAPE_OF(struct credit_line, "credit_line", line_fields);

static const struct field credit_fields[] = {
    FIELD(struct credit, id, .label = "Credit memo"),
    FIELD(struct credit, invoice),
    FIELD(struct credit, order, .label = "Repair order"),
    FIELD(struct credit, customer),
    FIELD(struct credit, customer_name, .label = "Customer name"),
    FIELD(struct credit, bill_to, .label = "For", .flags = FIELD_MANY_LINES),
    FIELD(struct credit, vehicle_text, .label = "Vehicle", .flags = FIELD_MANY_LINES),
    FIELD(struct credit, issued_on, .label = "Day"),
    FIELD(struct credit, issued_at, .label = "Issued at"),
    FIELD(struct credit, issued_by, .label = "By"),
    FIELD(struct credit, reason),
    FIELD(struct credit, lines, .rows = &line_shape),
    FIELD(struct credit, taxes, .rows = &invoice_tax_shape),
    FIELD(struct credit, labor),
    FIELD(struct credit, parts),
    FIELD(struct credit, sublet),
    FIELD(struct credit, fees),
    FIELD(struct credit, supplies),
    FIELD(struct credit, tax),
    FIELD(struct credit, total),
    FIELD(struct credit, applied, .label = "On the invoice"),
    FIELD(struct credit, payment, .label = "Credit in payment"),
    FIELD(struct credit, credit, .label = "Customer's credit"),
    FIELD(struct credit, certificate, .label = "As store credit"),
    FIELD(struct credit, cost, .label = "Cost back", .right = RIGHT_COSTS_VIEW),
    FIELD(struct credit, letterhead, .flags = FIELD_HIDDEN),
};
const struct shape credit_shape = SHAPE_OF(struct credit, "credit", credit_fields);

static const char SQL_CREDIT[] =
    "SELECT m.id AS id, m.invoice AS invoice, i.repair_order AS \"order\", i.customer AS customer,\n"
    "  c.name AS customer_name, i.bill_to AS bill_to, i.vehicle_text AS vehicle_text,\n"
    "  m.issued_on AS issued_on, m.issued_at AS issued_at, m.issuer AS issued_by,\n"
    "  m.reason AS reason, m.labor AS labor, m.parts AS parts, m.sublet AS sublet, m.fees AS fees,\n"
    "  m.supplies AS supplies, m.tax AS tax, m.total AS total, m.applied AS applied,\n"
    "  m.payment AS payment, m.total - m.applied AS credit,\n"
    "  ifnull(" SQL_GIFT_NUMBER("g.number") ", '') AS certificate, m.cost AS cost,\n"
    "  m.letterhead AS letterhead\n"
    "FROM credit_memo AS m\n"
    "JOIN invoice AS i ON i.id = m.invoice\n"
    "JOIN customer AS c ON c.id = i.customer\n"
    "LEFT JOIN gift_certificate AS g ON g.id = m.gift_certificate\n"
    "WHERE m.id = :credit";
static const char SQL_LINES[] =
    "SELECT k.invoice_line AS line, l.kind AS kind, l.description AS description, l.sku AS sku,\n"
    "  k.quantity AS quantity, k.back AS back, k.net AS net, k.cost AS cost\n"
    "FROM credit_line AS k JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "WHERE k.credit_memo = :credit\n"
    "ORDER BY k.position";
static const char SQL_TAXES[] =
    "SELECT name, rate, base, amount\n"
    "FROM credit_tax\n"
    "WHERE credit_memo = :credit AND base <> 0\n"
    "ORDER BY position";
static const char SQL_CREDITABLE[] =
    "SELECT l.id AS id, l.kind AS kind, l.description AS description, l.sku AS sku, l.part AS part,\n"
    "  l.account AS account, j.pay AS pay, l.taxable AS taxable, l.quantity AS quantity,\n"
    "  l.net AS net, l.cost AS cost, ifnull(sum(k.quantity), 0) AS gone,\n"
    "  ifnull(sum(k.net), 0) AS gone_net, c.id AS core, ifnull(c.state, 'charged') AS core_state\n"
    "FROM invoice_job AS j\n"
    "JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "LEFT JOIN customer_core AS c ON c.invoice_line = l.id\n"
    "LEFT JOIN credit_line AS k ON k.invoice_line = l.id\n"
    "WHERE j.invoice = :invoice\n"
    "GROUP BY l.id\n"
    "ORDER BY j.position, l.position";
static const char SQL_SUPPLIES_LEFT[] =
    "SELECT i.supplies - (SELECT ifnull(sum(m.supplies), 0) FROM credit_memo AS m\n"
    "                     WHERE m.invoice = i.id)\n"
    "FROM invoice AS i\n"
    "WHERE i.id = :invoice";
static const char SQL_CUSTOMER_OF[] = 
    "SELECT i.customer FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice\n"
    "WHERE m.id = :id";

static const struct field creditable_fields[] = {
    FIELD(struct creditable, id),
    FIELD(struct creditable, kind, .choices = &line_kind_choices),
    FIELD(struct creditable, description),
    FIELD(struct creditable, sku),
    FIELD(struct creditable, part),
    FIELD(struct creditable, account),
    FIELD(struct creditable, pay, .choices = &job_pay_choices),
    FIELD(struct creditable, taxable),
    FIELD(struct creditable, quantity),
    FIELD(struct creditable, net),
    FIELD(struct creditable, cost),
    FIELD(struct creditable, gone),
    FIELD(struct creditable, gone_net),
    FIELD(struct creditable, core),
    FIELD(struct creditable, core_state, .choices = &customer_core_state_choices),
};
/* clang-format on */
static const struct shape creditable_shape =
    SHAPE_OF(struct creditable, "creditable", creditable_fields);

/* ---- one ---- */

status credit_get(struct session *s, struct credit_id id, struct credit *ret)
{
    const struct bind *memo = BINDS(BIND_ID("credit", id));
    struct credit credit;

    TRY(found(s, store_get(s->store, SQL_CREDIT, NO_ROW, memo, s->arena, &credit_shape, &credit),
              "There is no credit memo %lld. Look for it by customer or invoice.",
              (long long)id.v));
    TRY(store_list(s->store, SQL_LINES, NO_ROW, memo, s->arena, &line_shape, &credit.lines));
    TRY(store_list(s->store, SQL_TAXES, NO_ROW, memo, s->arena, &invoice_tax_shape, &credit.taxes));
    *ret = credit;
    return OK;
}

status credit_key_owns(struct session *s, const void *input, bool *ret_own)
{
    const struct credit_key *in = input;

    return record_is_customers(s, SQL_CUSTOMER_OF, in->credit.v, ret_own);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct credit_key *in = input;

    return credit_get(s, in->credit, output);
}

/* clang-format off */
static const struct field key_fields[] = {
    FIELD(struct credit_key, credit, .label = "Credit memo", .picks = "credit.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

const struct op credit_show_op = {
    .name = "credit.show",
    .says = "Show a credit memo with its lines and taxes",
    .title = "Credit memo",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct credit_key, key_fields),
    .out = &credit_shape,
    .run = show,
    .owns = credit_key_owns,
    .about = "credit",
};

/* ---- what is left ---- */

status credit_lines_of(struct session *s, struct invoice_id id, struct rows *ret)
{
    return store_list(s->store, SQL_CREDITABLE, NO_ROW, BINDS(BIND_ID("invoice", id)), s->arena,
                      &creditable_shape, ret);
}

bool credit_core_is_gone(const struct creditable *line)
{
    return line->kind == LINE_CORE && line->core.v != 0 && line->core_state == CORE_REFUNDED;
}

/* clang-format off */
static const struct field left_line_fields[] = {
    FIELD(struct credit_left_line, id, .label = "Line"),
    FIELD(struct credit_left_line, kind, .choices = &line_kind_choices),
    FIELD(struct credit_left_line, description),
    FIELD(struct credit_left_line, sku, .label = "SKU", .flags = FIELD_NUMBERS_OK),
    FIELD(struct credit_left_line, sold, .help = "On the invoice"),
    FIELD(struct credit_left_line, quantity, .label = "Left"),
    FIELD(struct credit_left_line, net, .label = "Amount", .help = "Of what is left, before tax"),
    FIELD(struct credit_left_line, is_stock, .label = "Stock part", .help = "Can go back on the shelf"),
};
static const struct shape left_line_shape = SHAPE_OF(struct credit_left_line, "left", left_line_fields);
static const struct field left_fields[] = {
    FIELD(struct credit_left, invoice),
    FIELD(struct credit_left, lines, .rows = &left_line_shape),
    FIELD(struct credit_left, supplies, .label = "Supplies left"),
};
static const struct field left_query_fields[] = {
    FIELD(struct invoice_query, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

static status left(struct session *s, const void *input, void *output)
{
    const struct invoice_query *in = input;
    struct credit_left *ret = output;
    struct money supplies = MONEY_ZERO, unused = MONEY_ZERO;
    struct gift_certificate_id gift;
    struct rows all;
    size_t count = 0;

    TRY(found(s,
              store_int(s->store, SQL_SUPPLIES_LEFT, BINDS(BIND_ID("invoice", in->invoice)),
                        &supplies.cents),
              "There is no invoice %lld. Look for it by customer or repair order.",
              (long long)in->invoice.v));
    TRY(credit_lines_of(s, in->invoice, &all));
    TRY(gift_sold_by(s, in->invoice, &gift, &unused));
    const struct creditable *line = all.at;
    struct credit_left_line *lines = NEW_ARRAY(s->arena, struct credit_left_line, all.count);
    for (size_t i = 0; i < all.count; i++)
        if (line[i].gone.thousandths < line[i].quantity.thousandths &&
            !credit_core_is_gone(&line[i]) && (gift.v == 0 || unused.cents > 0)) {
            const struct money net = {line[i].net.cents - line[i].gone_net.cents};
            lines[count++] = (struct credit_left_line){
                .id = line[i].id,
                .kind = line[i].kind,
                .description = line[i].description,
                .sku = line[i].sku,
                .sold = line[i].quantity,
                .quantity = {line[i].quantity.thousandths - line[i].gone.thousandths},
                .net = gift.v != 0 ? money_min(net, unused) : net,
                .is_stock = line[i].kind == LINE_PART && line[i].part.v != 0,
            };
        }
    *ret =
        (struct credit_left){.invoice = in->invoice, .lines = {lines, count}, .supplies = supplies};
    return OK;
}

const struct op credit_left_op = {
    .name = "credit.left",
    .says = "See what of an invoice can be credited yet",
    .title = "What can be credited",
    .right = RIGHT_INVOICES_CREDIT,
    .kind = OP_READS,
    .in = SHAPE(struct invoice_query, left_query_fields),
    .out = SHAPE(struct credit_left, left_fields),
    .run = left,
    .about = "invoice",
};

/* ---- many ---- */

/* clang-format off */
static const struct field search_fields[] = {
    LIST_FIELDS(struct credit_search, query),
    FIELD(struct credit_search, customer, .picks = "customer.search"),
    FIELD(struct credit_search, invoice, .picks = "invoice.search"),
    FIELD(struct credit_search, from_on, .label = "From"),
    FIELD(struct credit_search, to_on, .label = "To"),
};
static const struct field row_fields[] = {
    FIELD(struct credit_row, id, .label = "Credit memo"),
    FIELD(struct credit_row, invoice),
    FIELD(struct credit_row, customer_name, .label = "Customer"),
    FIELD(struct credit_row, issued_on, .label = "Day"),
    FIELD(struct credit_row, reason),
    FIELD(struct credit_row, total),
    FIELD(struct credit_row, applied, .label = "On the invoice"),
    FIELD(struct credit_row, credit, .label = "As credit"),
};
static const struct list_sort sorts[] = {
    {.name = "id", .sql = "m.id"},
    {.name = "issued_on", .sql = "m.issued_on", .is_text = true},
};
#define CREDIT_LIST(where_)                                                                        \
    {                                                                                              \
        .select = "m.id AS id, m.invoice AS invoice, c.name AS customer_name,\n"                   \
                  "m.issued_on AS issued_on, m.reason AS reason, m.total AS total,\n"              \
                  "m.applied AS applied, m.total - m.applied AS credit",                           \
        .from = "credit_memo AS m JOIN invoice AS i ON i.id = m.invoice\n"                            \
                "JOIN customer AS c ON c.id = i.customer",                        \
        .where = "m.issued_on >= ifnull(:from_on, '')\n"                                           \
                 "AND m.issued_on <= ifnull(:to_on, '9999-12-31')\n"                               \
                 "AND (:own = 0 OR i.customer = :own_customer)" where_,                            \
        .id = "m.id", .sorts = sorts, .sort_count = COUNT_OF(sorts),                               \
        .search_where = "c.name_key LIKE :like ESCAPE '\\' OR m.id LIKE :like ESCAPE '\\'\n"     \
                        "OR m.invoice LIKE :like ESCAPE '\\'"                                      \
    }
/* clang-format on */
enum { OF_CUSTOMER = 1, OF_INVOICE = 2 };
static const struct list_source sources[] = {
    [0] = CREDIT_LIST(""),
    [OF_CUSTOMER] = CREDIT_LIST("\nAND i.customer = :customer"),
    [OF_INVOICE] = CREDIT_LIST("\nAND m.invoice = :invoice"),
    [OF_INVOICE | OF_CUSTOMER] =
        CREDIT_LIST("\nAND m.invoice = :invoice\nAND i.customer = :customer"),
};

/* Newest first, unless a column was asked for. */
static status search(struct session *s, const void *input, void *output)
{
    struct credit_search in = *(const struct credit_search *)input;
    const int of = (in.customer.v != 0 ? OF_CUSTOMER : 0) | (in.invoice.v != 0 ? OF_INVOICE : 0);

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    return list_run(s, &sources[of], &credit_search_op, &in, output);
}

const struct op credit_search_op = {
    .name = "credit.search",
    .says = "Find credit memos",
    .title = "Credit memos",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct credit_search, search_fields),
    .out = SHAPE(struct credit_row, row_fields),
    .run = search,
};

static const struct op *const ops[] = {
    &credit_issue_op, &credit_show_op, &credit_explain_op, &credit_search_op, &credit_left_op,
};
extern const struct module credit_module;
const struct module credit_module = {
    .name = "credit",
    .title = "Credit memos",
    .says = "What is taken back of a posted invoice, line by line, with its tax: it settles the "
            "invoice first, and what is left is the customer's credit.",
    MODULE_OPS(ops),
};
