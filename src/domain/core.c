/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Customers' cores: charged until the old part comes, waived when it is here at once, refunded as
 * credit, or kept when the customer's time is over. */

#include "claim_inner.h"
#include "domain/customer.h"
#include "domain/ledger.h"
#include "domain/number.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "order_inner.h"
#include "payment_inner.h"

/* clang-format off */
static const struct choice states[] = {
    [CORE_CHARGED]   = {"charged",   "charged",   "○", "o"},
    [CORE_WAIVED]    = {"waived",    "waived",    "✓", "."},
    [CORE_REFUNDED]  = {"refunded",  "refunded",  "✓", "."},
    [CORE_FORFEITED] = {"forfeited", "forfeited", "✗", "x"},
    [CORE_VOID]      = {"void",      "void",      "×", "x"},
};
const struct choices customer_core_state_choices = CHOICES(states);

#define CORE_SELECT                                                                                \
    "k.id AS id, k.invoice AS invoice, k.customer AS customer, c.name AS customer_name,\n"         \
    "  k.part AS part, ifnull(p.sku, '') AS sku, k.description AS description,\n"                  \
    "  k.quantity AS quantity, k.charge AS charge, k.tax AS tax, k.state AS state,\n"              \
    "  k.opened_on AS opened_on, k.closed_on AS closed_on, k.revision AS revision"
#define CORE_FROM                                                                                  \
    "customer_core AS k JOIN customer AS c ON c.id = k.customer\n"                                 \
    "LEFT JOIN part AS p ON p.id = k.part"
static const char SQL_GET[] = "SELECT " CORE_SELECT "\nFROM " CORE_FROM "\nWHERE k.id = :core";
static const char SQL_CLOSE[] =
    "UPDATE customer_core\n"
    "SET state = :state, closed_on = :today, payment = :payment, entry = :entry,\n"
    "  revision = revision + 1\n"
    "WHERE id = :core";
static const char SQL_LINE[] =
    "SELECT j.repair_order AS \"order\", j.id AS job,\n"
    "  ifnull(l.part, (SELECT part FROM line WHERE id = l.for_line)) AS part,\n"
    "  l.description AS description, l.quantity AS quantity, l.kind = 'core' AS is_core,\n"
    "  l.waived AS waived\n"
    "FROM line AS l\n"
    "JOIN job AS j ON j.id = l.job\n"
    "WHERE l.id = :line";
static const char SQL_WAIVE[] = "UPDATE line SET waived = :waived WHERE id = :line";

static const struct field core_fields[] = {
    FIELD(struct customer_core, id, .label = "Core"),
    FIELD(struct customer_core, invoice),
    FIELD(struct customer_core, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct customer_core, customer_name, .label = "Customer"),
    FIELD(struct customer_core, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct customer_core, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct customer_core, description),
    FIELD(struct customer_core, quantity),
    FIELD(struct customer_core, charge),
    FIELD(struct customer_core, tax),
    FIELD(struct customer_core, state, .choices = &customer_core_state_choices),
    FIELD(struct customer_core, opened_on, .label = "Charged"),
    FIELD(struct customer_core, closed_on, .label = "Closed"),
    FIELD(struct customer_core, revision, .flags = FIELD_HIDDEN),
};
static const struct shape customer_core_shape =
    SHAPE_OF(struct customer_core, "customer_core", core_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct customer_core_search, query),
    FIELD(struct customer_core_search, customer, .picks = "customer.search"),
    FIELD(struct customer_core_search, closed, .help = "Refunded, waived and forfeited ones too"),
};
static const struct field key_fields[] = {
    FIELD(struct customer_core_key, core, .picks = "core.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct customer_core_key, revision, .flags = FIELD_HIDDEN),
};
static const struct shape key_shape =
    SHAPE_OF(struct customer_core_key, "customer_core_key", key_fields);
static const struct field waive_fields[] = {
    FIELD(struct core_waive, line, .label = "Core line", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct core_waive, charge, .help = "Yes: charge it after all"),
    FIELD(struct core_waive, revision, .flags = FIELD_HIDDEN),
};
static const struct list_sort sorts[] = {
    {"opened_on", "k.opened_on", true},
    {"customer_name", "c.name_key", true},
};
static const struct list_sort all_sorts[] = {
    {"id", "k.id", false},
};
#define CORE_LIST(where_, sorts_)                                                                  \
    {                                                                                              \
        .select = CORE_SELECT, .from = CORE_FROM,                                                  \
        .where = where_ "(:customer IS NULL OR k.customer = :customer)\n"                          \
                        "AND (:own = 0 OR k.customer = :own_customer)",                            \
        .id = "k.id", .sorts = sorts_, .sort_count = COUNT_OF(sorts_),                             \
        .search_where = "c.name_key LIKE :like ESCAPE '\\' OR p.sku LIKE :typed ESCAPE '\\'\n" \
                        "OR lower(k.description) LIKE :like ESCAPE '\\'\n"                         \
                        "OR k.invoice LIKE :like ESCAPE '\\'"                                      \
    }
static const struct list_source sources[] = {
    CORE_LIST("k.state = 'charged' AND ", sorts),
    CORE_LIST("", all_sorts),
};
/* clang-format on */

struct core_line {
    struct order_id order;
    struct job_id job;
    struct part_id part;
    const char *description;
    struct qty quantity;
    bool is_core, waived;
};
static const struct field line_fields[] = {
    FIELD(struct core_line, order),    FIELD(struct core_line, job),
    FIELD(struct core_line, part),     FIELD(struct core_line, description),
    FIELD(struct core_line, quantity), FIELD(struct core_line, is_core),
    FIELD(struct core_line, waived),
};
static const struct shape line_shape = SHAPE_OF(struct core_line, "core_line", line_fields);

static status get(struct session *s, struct customer_core_id id, struct customer_core *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("core", id)), s->arena,
                           &customer_core_shape, ret),
                 "There is no core %lld.", (long long)id.v);
}

static status search(struct session *s, const void *in, void *out)
{
    const struct customer_core_search *query = in;

    return list_run(s, &sources[query->closed], &core_search_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct customer_core_key *key = in;

    return get(s, key->core, out);
}

/* ------------------------------------------------------------------------- waive -- */

static status waive(struct session *s, const void *input, void *out)
{
    const struct core_waive *in = input;
    const struct bind line = BIND_ID("line", in->line);
    struct core_line core;
    struct order_head head;
    struct job_head job;

    TRY(found(s, store_get(s->store, SQL_LINE, NO_ROW, BINDS(line), s->arena, &line_shape, &core),
              "This line is no longer there. Look at the order again."));
    if (!core.is_core)
        return fail_field(s, "line", "“%s” is no core charge.", core.description);
    TRY(job_begin(s, core.job, in->revision, &job, &head));
    TRY(store_run(s->store, SQL_WAIVE, NO_ROW, BINDS(line, BIND_INT("waived", !in->charge))));
    TRY(order_settle(s, core.order, in->revision));
    if (!in->charge && !core.waived && core.part.v != 0)
        TRY(claim_core_came(s, core.part, core.quantity));
    return order_get(s, core.order, out);
}

/* ------------------------------------------------------------------------ refund -- */

static status begin(struct session *s, const struct customer_core_key *in,
                    struct customer_core *ret)
{
    struct customer_core core;

    TRY(get(s, in->core, &core));
    if (in->revision != 0 && in->revision != core.revision)
        return record_is_stale(s, "core", in->core.v);
    if (core.state != CORE_CHARGED)
        return fail(s, ERR_CONFLICT, "This core is %s already.",
                    choice_label(&customer_core_state_choices, core.state));
    *ret = core;
    return OK;
}

static status close(struct session *s, const struct customer_core *core,
                    enum customer_core_state state, struct payment_id payment,
                    struct entry_id entry)
{
    struct day today;

    TRY(ledger_open_day(s, &today));
    return store_run(s->store, SQL_CLOSE, NO_ROW,
                     BINDS(BIND_ID("core", core->id),
                           BIND_TEXT("state", choice_word(&customer_core_state_choices, state)),
                           BIND_DAY("today", today), BIND_ID("payment", payment),
                           BIND_ID("entry", entry)));
}

/* Charge and tax come back as the customer's credit: a payment that can be applied or paid out. */
static status give_credit(struct session *s, const struct customer_core *core, struct money amount,
                          struct payment_id *ret_payment, struct entry_id *ret_entry)
{
    const char *note = arena_printf(s->arena, "Core of %s, invoice %lld",
                                    *core->sku != '\0' ? core->sku : core->description,
                                    (long long)core->invoice.v);
    const struct ledger_line from[] = {
        {.account = ACCOUNT_CORE_DEPOSIT, .amount = core->charge},
        {.account = ACCOUNT_TAX_PAYABLE, .amount = core->tax},
    };
    struct payment_credit credit = {.customer = core->customer,
                                    .customer_name = core->customer_name,
                                    .memo = note,
                                    .amount = amount,
                                    .from = from,
                                    .from_count = COUNT_OF(from)};

    TRY(ledger_open_day(s, &credit.given_on));
    TRY(payment_write_credit(s, &credit, ret_payment, ret_entry));
    return customer_move_balance(s, core->customer, MONEY_ZERO, amount);
}

static status refund(struct session *s, const void *input, void *out)
{
    const struct customer_core_key *in = input;
    struct customer_core core;
    struct money amount;
    struct payment_id payment = {0};
    struct entry_id entry = {0};

    TRY(begin(s, in, &core));
    TRY(money_add(core.charge, core.tax, &amount));
    if (amount.cents > 0)
        TRY(give_credit(s, &core, amount, &payment, &entry));
    TRY(close(s, &core, CORE_REFUNDED, payment, entry));
    if (core.part.v != 0)
        TRY(claim_core_came(s, core.part, core.quantity));
    return get(s, in->core, out);
}

static status forfeit(struct session *s, const void *input, void *out)
{
    const struct customer_core_key *in = input;
    struct customer_core core;
    struct entry_id entry;

    TRY(begin(s, in, &core));
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_CORE_DEPOSIT, .amount = core.charge},
        {.account = ACCOUNT_FEE_SALES, .amount = money_negate(core.charge)},
    };
    TRY(ledger_post(s, session_today(s), "core", core.id.v,
                    arena_printf(s->arena, "Core of invoice %lld was not brought back",
                                 (long long)core.invoice.v),
                    lines, COUNT_OF(lines), &entry));
    TRY(close(s, &core, CORE_FORFEITED, (struct payment_id){0}, entry));
    return get(s, in->core, out);
}

const struct op core_search_op = {
    .name = "core.search",
    .says = "List cores that customers were charged for and may bring back",
    .title = "Customers' cores",
    .right = RIGHT_INVOICES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct customer_core_search, search_fields),
    .out = &customer_core_shape,
    .run = search,
};
const struct op core_show_op = {
    .name = "core.show",
    .says = "Show a customer's core charge",
    .title = "Core",
    .right = RIGHT_INVOICES_VIEW,
    .in = &key_shape,
    .out = &customer_core_shape,
    .run = show,
    .about = "core",
};
const struct op core_waive_op = {
    .name = "core.waive",
    .says = "Do not charge a core: the customer has left the old part",
    .title = "Waive a core",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct core_waive, waive_fields),
    .out = &order_shape,
    .run = waive,
};
const struct op core_refund_op = {
    .name = "core.refund",
    .says = "Give a core charge back as credit: the customer has brought the old part",
    .title = "Refund a core",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &customer_core_shape,
    .run = refund,
    .about = "core",
};
const struct op core_forfeit_op = {
    .name = "core.forfeit",
    .says = "Keep a core charge: the old part does not come any more",
    .title = "Keep a core charge",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = &key_shape,
    .out = &customer_core_shape,
    .run = forfeit,
    .about = "core",
};

static const struct op *const ops[] = {
    &core_search_op, &core_show_op, &core_waive_op, &core_refund_op, &core_forfeit_op,
};
extern const struct module core_module;
const struct module core_module = {
    .name = "core",
    .title = "Customers' cores",
    .says = "Deposits that customers paid for old parts: waived, refunded or kept.",
    MODULE_OPS(ops),
};
