/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Reading the ledger: the chart with balances, the trial balance, entries and their lines. */

#include "domain/ledger.h"
#include "domain/list.h"

/* clang-format off */
static const struct choice account_kinds[] = {
    [ACCOUNT_KIND_ASSET]     = {.word = "asset",     .label = "asset"},
    [ACCOUNT_KIND_LIABILITY] = {.word = "liability", .label = "liability"},
    [ACCOUNT_KIND_EQUITY]    = {.word = "equity",    .label = "equity"},
    [ACCOUNT_KIND_INCOME]    = {.word = "income",    .label = "income"},
    [ACCOUNT_KIND_COST]      = {.word = "cost",      .label = "cost of sales"},
    [ACCOUNT_KIND_EXPENSE]   = {.word = "expense",   .label = "expense"},
};
/* clang-format on */
const struct choices account_kind_choices = CHOICES(account_kinds);

/* ---- the chart ---- */

static const struct field account_row_fields[] = {
    FIELD(struct account_row, id, .label = "Account"),
    FIELD(struct account_row, name),
    FIELD(struct account_row, kind, .choices = &account_kind_choices),
    FIELD(struct account_row, role, .help = "What posting rules mean by this account"),
    FIELD(struct account_row, balance, .flags = FIELD_SIGNED),
};

struct account_list {
    struct list_query query;
};
static const struct field account_list_fields[] = {
    LIST_FIELDS(struct account_list, query),
};

static const struct list_sort account_sorts[] = {
    {.name = "id", .sql = "a.id"},
    {.name = "name", .sql = "a.name", .is_text = true},
};
static const struct list_source account_source = {
    .select = "a.id AS id, a.name AS name, a.kind AS kind, ifnull(a.role, '') AS role",
    .from = "account a",
    .id = "a.id",
    .sorts = account_sorts,
    .sort_count = COUNT_OF(account_sorts),
    .search_where = "lower(a.name) LIKE :like ESCAPE '\\' OR a.id LIKE :like ESCAPE '\\'",
};

/* All balances at once: one walk over the day sums, however many accounts there are. */
static const char SQL_BALANCES[] = "SELECT account AS id, sum(debit - credit) AS balance\n"
                                   "FROM account_day\n"
                                   "GROUP BY account";

static bool grows_by_debit(enum account_kind kind)
{
    return kind == ACCOUNT_KIND_ASSET || kind == ACCOUNT_KIND_COST || kind == ACCOUNT_KIND_EXPENSE;
}

static void set_balance(struct account_row *row, const struct rows *balances)
{
    const struct account_row *sum = balances->at;

    for (size_t i = 0; i < balances->count; i++)
        if (sum[i].id.v == row->id.v)
            row->balance =
                grows_by_debit(row->kind) ? sum[i].balance : money_negate(sum[i].balance);
}

static status ledger_account_list(struct session *s, const void *in, void *output)
{
    struct page *page = output;
    struct rows balances;

    TRY(list_run(s, &account_source, &ledger_account_list_op, in, page));
    TRY(store_list(s->store, SQL_BALANCES, NO_ROW, NULL, s->arena, ledger_account_list_op.out,
                   &balances));
    for (size_t i = 0; i < page->rows.count; i++)
        set_balance((struct account_row *)page->rows.at + i, &balances);
    return OK;
}

const struct op ledger_account_list_op = {
    .name = "ledger.accounts",
    .says = "List the chart of accounts with balances",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(account_source),
    .in = SHAPE(struct account_list, account_list_fields),
    .out = SHAPE(struct account_row, account_row_fields),
    .run = ledger_account_list,
};

/* ---- trial balance ---- */

static const struct field trial_balance_row_fields[] = {
    FIELD(struct trial_balance_row, account),
    FIELD(struct trial_balance_row, name),
    FIELD(struct trial_balance_row, kind, .choices = &account_kind_choices),
    FIELD(struct trial_balance_row, debit),
    FIELD(struct trial_balance_row, credit),
};
static const struct shape trial_balance_row_shape =
    SHAPE_OF(struct trial_balance_row, "trial_balance_row", trial_balance_row_fields);

static const struct field trial_balance_query_fields[] = {
    FIELD(struct trial_balance_query, as_of, .label = "As of", .initial = "t",
          .help = "Last day that counts; today when empty"),
};

static const struct field trial_balance_fields[] = {
    FIELD(struct trial_balance, as_of, .label = "As of"),
    FIELD(struct trial_balance, accounts, .rows = &trial_balance_row_shape),
    FIELD(struct trial_balance, debit),
    FIELD(struct trial_balance, credit),
};

/* From the day sums alone: as fast after ten years as after one. */
static const char SQL_TRIAL_BALANCE[] =
    "SELECT a.id AS account, a.name AS name, a.kind AS kind,\n"
    "       CASE WHEN b.amount > 0 THEN b.amount ELSE 0 END AS debit,\n"
    "       CASE WHEN b.amount < 0 THEN -b.amount ELSE 0 END AS credit\n"
    "FROM account a\n"
    "JOIN (SELECT account, sum(debit - credit) AS amount\n"
    "      FROM account_day\n"
    "      WHERE day <= :as_of\n"
    "      GROUP BY account) b ON b.account = a.id\n"
    "WHERE b.amount <> 0\n"
    "ORDER BY a.id";

static status ledger_trial_balance(struct session *s, const void *input, void *output)
{
    const struct trial_balance_query *in = input;
    struct trial_balance balance = {.as_of = in->as_of};

    if (balance.as_of.iso[0] == '\0')
        balance.as_of = session_today(s);
    TRY(store_list(s->store, SQL_TRIAL_BALANCE, NO_ROW, BINDS(BIND_DAY("as_of", balance.as_of)),
                   s->arena, &trial_balance_row_shape, &balance.accounts));
    const struct trial_balance_row *rows = balance.accounts.at;
    for (size_t i = 0; i < balance.accounts.count; i++) {
        TRY(money_add(balance.debit, rows[i].debit, &balance.debit));
        TRY(money_add(balance.credit, rows[i].credit, &balance.credit));
    }
    *(struct trial_balance *)output = balance;
    return OK;
}

const struct op ledger_trial_balance_op = {
    .name = "ledger.trial-balance",
    .says = "Show the balance of every account as of a day",
    .title = "Trial balance",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct trial_balance_query, trial_balance_query_fields),
    .out = SHAPE(struct trial_balance, trial_balance_fields),
    .run = ledger_trial_balance,
};

/* ---- entries ---- */

static const struct field entry_row_fields[] = {
    FIELD(struct entry_row, id, .label = "Entry"),
    FIELD(struct entry_row, posted_on, .label = "Day"),
    FIELD(struct entry_row, memo),
    FIELD(struct entry_row, source, .help = "What kind of document it comes from"),
    FIELD(struct entry_row, source_id, .label = "Number"),
    FIELD(struct entry_row, amount),
};

static const struct field entry_list_fields[] = {
    LIST_FIELDS(struct entry_list, query),
    FIELD(struct entry_list, account, .picks = "ledger.accounts",
          .help = "Only entries that touch this account"),
    FIELD(struct entry_list, from_on, .label = "From"),
    FIELD(struct entry_list, to_on, .label = "To"),
};

static const struct list_sort entry_sorts[] = {
    {.name = "posted_on", .sql = "e.posted_on", .is_text = true},
    {.name = "id", .sql = "e.id"},
};

#define ENTRY_LIST                                                                                 \
    .select = "e.id AS id, e.posted_on AS posted_on, e.memo AS memo, e.source AS source,\n"        \
              "ifnull(e.source_id, 0) AS source_id,\n"                                             \
              "(SELECT ifnull(sum(l.amount), 0) FROM entry_line l\n"                               \
              " WHERE l.entry = e.id AND l.amount > 0) AS amount",                                 \
    .from = "entry e", .id = "e.id", .sorts = entry_sorts, .sort_count = COUNT_OF(entry_sorts),    \
    .search_where = "lower(e.memo) LIKE :like ESCAPE '\\'"

#define ENTRY_DAYS                                                                                 \
    "e.posted_on >= ifnull(:from_on, '') AND e.posted_on <= ifnull(:to_on, '9999-12-31')"

/* An account's entries are looked for on the days that have any: the lines of ten years need no
 * index of their own, which every posting would have to write. */
#define TOUCHES_ACCOUNT                                                                            \
    "e.posted_on IN (SELECT day FROM account_day WHERE account = :account)\n"                      \
    "AND EXISTS (SELECT 1 FROM entry_line l WHERE l.entry = e.id AND l.account = :account)"

static const struct list_source entry_sources[] = {
    {ENTRY_LIST, .where = ENTRY_DAYS},
    {ENTRY_LIST, .where = ENTRY_DAYS " AND " TOUCHES_ACCOUNT},
};

/* Newest first, unless a column was asked for. */
static status ledger_entry_list(struct session *s, const void *input, void *output)
{
    struct entry_list in = *(const struct entry_list *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    return list_run(s, &entry_sources[in.account.v != 0], &ledger_entry_list_op, &in, output);
}

const struct op ledger_entry_list_op = {
    .name = "ledger.entries",
    .says = "List ledger entries",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(entry_sources),
    .in = SHAPE(struct entry_list, entry_list_fields),
    .out = SHAPE(struct entry_row, entry_row_fields),
    .run = ledger_entry_list,
};

static const struct field entry_line_row_fields[] = {
    FIELD(struct entry_line_row, account),
    FIELD(struct entry_line_row, name),
    FIELD(struct entry_line_row, customer_name, .label = "Customer"),
    FIELD(struct entry_line_row, debit),
    FIELD(struct entry_line_row, credit),
};
static const struct shape entry_line_row_shape =
    SHAPE_OF(struct entry_line_row, "entry_line_row", entry_line_row_fields);

static const struct field entry_query_fields[] = {
    FIELD(struct entry_query, entry, .picks = "ledger.entries",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static const struct field entry_fields[] = {
    FIELD(struct entry, id, .label = "Entry"),
    FIELD(struct entry, posted_on, .label = "Day"),
    FIELD(struct entry, at, .label = "Written"),
    FIELD(struct entry, memo),
    FIELD(struct entry, source),
    FIELD(struct entry, source_id, .label = "Number"),
    FIELD(struct entry, reverses),
    FIELD(struct entry, lines, .rows = &entry_line_row_shape),
};
static const struct shape entry_shape = SHAPE_OF(struct entry, "entry", entry_fields);

static const char SQL_ENTRY[] = "SELECT id, posted_on, at, memo, source, source_id, reverses\n"
                                "FROM entry\n"
                                "WHERE id = :entry";

static const char SQL_ENTRY_LINES[] =
    "SELECT l.account AS account, a.name AS name, ifnull(c.name, '') AS customer_name,\n"
    "       CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END AS debit,\n"
    "       CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END AS credit\n"
    "FROM entry_line l\n"
    "JOIN account a ON a.id = l.account\n"
    "LEFT JOIN customer c ON c.id = l.customer\n"
    "WHERE l.entry = :entry\n"
    "ORDER BY l.position";

static status ledger_entry_show(struct session *s, const void *input, void *output)
{
    const struct entry_query *in = input;
    struct entry entry;

    TRY(found(s,
              store_get(s->store, SQL_ENTRY, NO_ROW, BINDS(BIND_ID("entry", in->entry)), s->arena,
                        &entry_shape, &entry),
              "There is no ledger entry %lld. See the list of entries.", (long long)in->entry.v));
    TRY(store_list(s->store, SQL_ENTRY_LINES, NO_ROW, BINDS(BIND_ID("entry", in->entry)), s->arena,
                   &entry_line_row_shape, &entry.lines));
    *(struct entry *)output = entry;
    return OK;
}

const struct op ledger_entry_show_op = {
    .name = "ledger.entry",
    .says = "Show a ledger entry with its lines",
    .title = "Ledger entry",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct entry_query, entry_query_fields),
    .out = &entry_shape,
    .run = ledger_entry_show,
};

/* ---- proof ---- */

static const struct field ledger_proof_fields[] = {
    FIELD(struct ledger_proof, entries),
    FIELD(struct ledger_proof, invoices),
    FIELD(struct ledger_proof, payments),
    FIELD(struct ledger_proof, receivable, .label = "Receivables", .flags = FIELD_SIGNED),
    FIELD(struct ledger_proof, customer_credit, .label = "Customers' credit",
          .flags = FIELD_SIGNED),
    FIELD(struct ledger_proof, inventory, .flags = FIELD_SIGNED),
};

static const char SQL_COUNT_ENTRIES[] = "SELECT count(*) FROM entry";
static const char SQL_COUNT_INVOICES[] = "SELECT count(*) FROM invoice";
static const char SQL_COUNT_PAYMENTS[] = "SELECT count(*) FROM payment";

static status ledger_prove_run(struct session *s, const void *in, void *output)
{
    struct ledger_proof proof = {0};

    (void)in;
    TRY(ledger_prove(s));
    TRY(store_int(s->store, SQL_COUNT_ENTRIES, NULL, &proof.entries));
    TRY(store_int(s->store, SQL_COUNT_INVOICES, NULL, &proof.invoices));
    TRY(store_int(s->store, SQL_COUNT_PAYMENTS, NULL, &proof.payments));
    TRY(ledger_balance(s, ACCOUNT_RECEIVABLE, &proof.receivable));
    TRY(ledger_balance(s, ACCOUNT_CUSTOMER_CREDIT, &proof.customer_credit));
    TRY(ledger_balance(s, ACCOUNT_INVENTORY, &proof.inventory));
    proof.customer_credit = money_negate(proof.customer_credit);
    *(struct ledger_proof *)output = proof;
    return OK;
}

const struct op ledger_prove_op = {
    .name = "ledger.prove",
    .says = "Compute every balance again and compare",
    .right = RIGHT_LEDGER_VIEW,
    .kind = OP_READS,
    .out = SHAPE(struct ledger_proof, ledger_proof_fields),
    .run = ledger_prove_run,
};

static const struct op *const ledger_ops[] = {
    &ledger_account_list_op, &ledger_trial_balance_op, &ledger_entry_list_op,
    &ledger_entry_show_op,   &ledger_prove_op,
};
extern const struct module ledger_module;
const struct module ledger_module = {
    .name = "ledger",
    .title = "Ledger",
    .says = "The shop's books: the chart of accounts, what was posted, and the proof that it "
            "agrees with invoices, payments and stock.",
    MODULE_OPS(ledger_ops),
};
