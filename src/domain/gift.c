/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Gift certificates and store credit as they are read: one with what became of it, or all in a
 * list. Selling, giving and redeeming are gift_issue.c and gift_redeem.c. */

#include "domain/gift.h"

#include "bill_to.h"
#include "domain/explain.h"
#include "domain/list.h"
#include "gift_inner.h"
#include "record.h"

/* clang-format off */
static const struct choice kinds[] = {
    [GIFT_CERTIFICATE]  = {.word = "gift",         .label = "gift certificate"},
    [GIFT_STORE_CREDIT] = {.word = "store_credit", .label = "store credit"},
};
static const struct choice states[] = {
    [GIFT_NOT_PAID] = {.word = "not_paid", .label = "not paid",  .mark = "○", .ascii = "o"},
    [GIFT_GOOD]     = {.word = "good",     .label = "good",      .mark = "●", .ascii = "*"},
    [GIFT_USED_UP]  = {.word = "used_up",  .label = "used up",   .mark = "✓", .ascii = "+"},
    [GIFT_EXPIRED]  = {.word = "expired",  .label = "expired",   .mark = "✗", .ascii = "x"},
    [GIFT_VOID]     = {.word = "void",     .label = "void",      .mark = "✗", .ascii = "x"},
};
/* clang-format on */
const struct choices gift_kind_choices = CHOICES(kinds);
const struct choices gift_status_choices = CHOICES(states);

static const struct field use_fields[] = {
    FIELD(struct gift_use, used_on, .label = "Day"),
    FIELD(struct gift_use, what),
    FIELD(struct gift_use, payment),
    FIELD(struct gift_use, customer_name, .label = "Customer"),
    FIELD(struct gift_use, amount, .flags = FIELD_SIGNED),
};
static const struct shape use_shape = SHAPE_OF(struct gift_use, "use", use_fields);

static const struct field gift_fields[] = {
    FIELD(struct gift, id, .label = "Certificate", .flags = FIELD_HIDDEN),
    FIELD(struct gift, number),
    FIELD(struct gift, kind, .choices = &gift_kind_choices),
    FIELD(struct gift, status, .choices = &gift_status_choices),
    FIELD(struct gift, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct gift, customer_name, .label = "Customer"),
    FIELD(struct gift, giver, .flags = FIELD_HIDDEN),
    FIELD(struct gift, recipient, .label = "For"),
    FIELD(struct gift, reason),
    FIELD(struct gift, amount, .label = "Issued for"),
    FIELD(struct gift, used),
    FIELD(struct gift, taken_back, .label = "Taken back",
          .help = "Credited or written off on the invoice that charged for it"),
    FIELD(struct gift, balance, .label = "Left"),
    FIELD(struct gift, issued_on, .label = "Issued"),
    FIELD(struct gift, expires_on, .label = "Expires"),
    FIELD(struct gift, issued_by, .label = "By"),
    FIELD(struct gift, invoice, .label = "Charged on invoice"),
    FIELD(struct gift, payment, .label = "Refund of payment"),
    FIELD(struct gift, uses, .label = "What became of it", .rows = &use_shape),
};
const struct shape gift_shape = SHAPE_OF(struct gift, "gift", gift_fields);

static const char SQL_GIFT[] = "SELECT g.id AS id, " SQL_GIFT_NUMBER(
    "g.number") " AS number, g.kind AS kind,\n"
                "       " SQL_GIFT_STATUS ",\n"
                "       g.customer AS customer, c.name AS customer_name, " SQL_ADDRESSED
                " AS giver,\n"
                "       g.recipient AS "
                "recipient,\n"
                "       g.reason AS reason, g.amount AS amount, g.amount - g.balance - "
                "g.taken_back AS "
                "used,\n"
                "       g.taken_back AS taken_back,\n"
                "       g.balance AS balance, g.issued_on AS issued_on, g.expires_on AS "
                "expires_on,\n"
                "       ifnull(u.name, '') AS issued_by, g.invoice AS invoice,\n"
                "       (SELECT r.payment FROM payment_return r WHERE r.gift_certificate = g.id) "
                "AS "
                "payment\n"
                "FROM gift_certificate g\n"
                "JOIN customer c ON c.id = g.customer\n"
                "LEFT JOIN invoice i ON i.id = g.invoice\n"
                "LEFT JOIN user u ON u.id = g.issued_by\n"
                "WHERE g.id = :certificate";

static const char SQL_USES[] =
    "SELECT used_on, what, payment, customer_name, amount\n"
    "FROM (SELECT p.taken_on AS used_on, 'paid with it' AS what, p.id AS payment,\n"
    "             c.name AS customer_name, p.amount AS amount, p.taken_at AS at\n"
    "      FROM payment p JOIN customer c ON c.id = p.customer\n"
    "      WHERE p.gift_certificate = :certificate\n"
    "      UNION ALL\n"
    "      SELECT r.returned_on, 'put back on it', p.id, c.name, -r.amount, r.returned_at\n"
    "      FROM payment p\n"
    "      JOIN payment_return r ON r.payment = p.id AND r.method = 'gift'\n"
    "           AND r.gift_certificate IS NULL\n"
    "      JOIN customer c ON c.id = p.customer\n"
    "      WHERE p.gift_certificate = :certificate\n"
    "      UNION ALL\n"
    "      SELECT m.issued_on, 'credit memo ' || m.id, NULL, c.name, m.total, m.issued_at\n"
    "      FROM gift_certificate g JOIN credit_memo m ON m.invoice = g.invoice\n"
    "      JOIN customer c ON c.id = g.customer\n"
    "      WHERE g.id = :certificate\n"
    "      UNION ALL\n"
    "      SELECT w.written_on, CASE WHEN w.certificate > 0 THEN 'written off' ELSE 'owed again' "
    "END,\n"
    "             NULL, c.name, w.certificate, w.written_at\n"
    "      FROM gift_certificate g JOIN invoice_write_off w ON w.invoice = g.invoice\n"
    "      JOIN customer c ON c.id = g.customer\n"
    "      WHERE g.id = :certificate AND w.certificate <> 0)\n"
    "ORDER BY at, payment IS NULL, payment";

static const char SQL_BY_NUMBER[] = "SELECT id FROM gift_certificate WHERE number = :number";
static const char SQL_CUSTOMER_OF[] = "SELECT customer FROM gift_certificate\n"
                                      "WHERE id = :id";

status gift_get(struct session *s, struct gift_certificate_id id, struct gift *ret)
{
    struct gift gift;

    TRY(found(s,
              store_get(s->store, SQL_GIFT, NO_ROW,
                        BINDS(BIND_ID("certificate", id), BIND_DAY("today", session_today(s))),
                        s->arena, &gift_shape, &gift),
              "There is no certificate %lld. Look for it by its number or by customer.",
              (long long)id.v));
    TRY(store_list(s->store, SQL_USES, NO_ROW, BINDS(BIND_ID("certificate", id)), s->arena,
                   &use_shape, &gift.uses));
    *ret = gift;
    return OK;
}

static const struct field query_fields[] = {
    FIELD(struct gift_query, certificate, .picks = "gift.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

status gift_key_owns(struct session *s, const void *input, bool *ret_own)
{
    const struct gift_query *in = input;

    return record_is_customers(s, SQL_CUSTOMER_OF, in->certificate.v, ret_own);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct gift_query *in = input;

    return gift_get(s, in->certificate, output);
}

const struct op gift_show_op = {
    .name = "gift.show",
    .says = "Show a gift certificate or store credit, and what became of it",
    .title = "Gift certificate",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct gift_query, query_fields),
    .out = &gift_shape,
    .run = show,
    .owns = gift_key_owns,
};

/* ---- by number ---- */

static const struct field look_up_fields[] = {
    FIELD(struct gift_look_up, number, .example = "4821-0937-5516", .max = 20,
          .help = "As it is printed on it", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status look_up(struct session *s, const void *input, void *output)
{
    const struct gift_look_up *in = input;
    const char *number = gift_number_read(s->arena, in->number);
    struct gift_certificate_id id = {0};

    if (number == NULL)
        return fail_field(s, "number",
                          "This is no number of a certificate: a digit is wrong. It has 12, like "
                          "4821-0937-5516.");
    TRY(found(s, store_int(s->store, SQL_BY_NUMBER, BINDS(BIND_TEXT("number", number)), &id.v),
              "There is no certificate %s.", gift_number_show(s->arena, number)));
    return gift_get(s, id, output);
}

const struct op gift_look_up_op = {
    .name = "gift.look-up",
    .says = "See what is left on a certificate, by its number",
    .title = "What is left on a certificate",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct gift_look_up, look_up_fields),
    .out = &gift_shape,
    .run = look_up,
};

/* ---- list ---- */

static const struct field search_fields[] = {
    LIST_FIELDS(struct gift_search, query),
    FIELD(struct gift_search, customer, .picks = "customer.search"),
    FIELD(struct gift_search, open, .help = "Only those with something left"),
};

static const struct field row_fields[] = {
    FIELD(struct gift_row, id, .label = "Certificate"),
    FIELD(struct gift_row, number),
    FIELD(struct gift_row, kind, .choices = &gift_kind_choices),
    FIELD(struct gift_row, status, .choices = &gift_status_choices),
    FIELD(struct gift_row, customer_name, .label = "Customer"),
    FIELD(struct gift_row, recipient, .label = "For"),
    FIELD(struct gift_row, amount, .label = "Issued for"),
    FIELD(struct gift_row, balance, .label = "Left"),
    FIELD(struct gift_row, issued_on, .label = "Issued"),
    FIELD(struct gift_row, expires_on, .label = "Expires"),
};

static const struct list_sort sorts[] = {
    {.name = "id", .sql = "g.id"},
    {.name = "issued_on", .sql = "g.issued_on", .is_text = true},
};

#define GIFT_LIST                                                                                  \
    .select = "g.id AS id, " SQL_GIFT_NUMBER(                                                      \
        "g.number") " AS number, g.kind AS kind,\n" SQL_GIFT_STATUS ",\n"                          \
                    "c.name AS customer_name, g.recipient AS recipient, g.amount AS amount,\n"     \
                    "g.balance AS balance, g.issued_on AS issued_on, g.expires_on AS expires_on",  \
    .from = "gift_certificate g JOIN customer c ON c.id = g.customer\n"                            \
            "LEFT JOIN invoice i ON i.id = g.invoice",                                             \
    .id = "g.id", .sorts = sorts, .sort_count = COUNT_OF(sorts), .lookup = "gift"

#define IS_OWN         "(:own = 0 OR g.customer = :own_customer)"
#define IS_OPEN        " AND g.balance > 0"
#define IS_OF_CUSTOMER " AND g.customer = :customer"

enum { OF_OPEN = 1, OF_CUSTOMER = 2 };
static const struct list_source sources[] = {
    [0] = {GIFT_LIST, .where = IS_OWN},
    [OF_OPEN] = {GIFT_LIST, .where = IS_OWN IS_OPEN},
    [OF_CUSTOMER] = {GIFT_LIST, .where = IS_OWN IS_OF_CUSTOMER},
    [OF_CUSTOMER | OF_OPEN] = {GIFT_LIST, .where = IS_OWN IS_OF_CUSTOMER IS_OPEN},
};

/* Newest first, unless a column was asked for. */
static status search(struct session *s, const void *input, void *output)
{
    struct gift_search in = *(const struct gift_search *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    const int of = (in.customer.v != 0 ? OF_CUSTOMER : 0) | (in.open ? OF_OPEN : 0);
    return list_run(s, &sources[of], &gift_search_op, &in, output);
}

const struct op gift_search_op = {
    .name = "gift.search",
    .says = "Find gift certificates and store credit",
    .title = "Gift certificates",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct gift_search, search_fields),
    .out = SHAPE(struct gift_row, row_fields),
    .run = search,
};

static const struct op *const ops[] = {
    &gift_sell_op, &gift_give_op,    &gift_search_op,
    &gift_show_op, &gift_look_up_op, &gift_explain_op,
};
extern const struct module gift_module;
const struct module gift_module = {
    .name = "gift",
    .title = "Gift certificates",
    .says = "Certificates that are sold and credit that is given: a number that pays at the "
            "counter until nothing is left on it.",
    MODULE_OPS(ops),
};
