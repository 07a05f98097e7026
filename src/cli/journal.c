/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane ledger journal: the books as a plain text journal that hledger reads
 * (hledger.org/1.25/hledger.html, "Journal format"), for an accountant or for anybody who wants to
 * add them up with a program of somebody else's. */

#include <string.h>

#include "base/text.h"
#include "commands.h"
#include "domain/audit.h"
#include "domain/ledger.h"

#define JOURNAL_LIMIT BUF_MIB(512)

struct journal_in {
    struct entry_list filter;
    const char *output;
};
/* clang-format off */
static const struct field journal_fields[] = {
    FIELD_NAMED(struct journal_in, filter.from_on, "from_on", .help = "The first day"),
    FIELD_NAMED(struct journal_in, filter.to_on, "to_on", .help = "The last day"),
    FIELD(struct journal_in, output, .help = "File to write, - for standard output", .max = 4000,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
};

/* A chart's kinds as the journal groups and types them. */
static const struct {
    const char *group;
    char type;
} groups[] = {
    [ACCOUNT_KIND_ASSET]     = {"assets", 'A'},
    [ACCOUNT_KIND_LIABILITY] = {"liabilities", 'L'},
    [ACCOUNT_KIND_EQUITY]    = {"equity", 'E'},
    [ACCOUNT_KIND_INCOME]    = {"income", 'R'},
    [ACCOUNT_KIND_COST]      = {"cost of sales", 'X'},
    [ACCOUNT_KIND_EXPENSE]   = {"expenses", 'X'},
};
/* clang-format on */

/* The journal on its way out. */
struct journal {
    struct cli *cli;
    struct page accounts; /* of struct account_row */
    struct entry_id entry;
    int64_t entries;
    struct buf *out;
};

/* The journal knows no quotes: what would end a text or begin another thing in it is written as
 * something that looks like it. `more` are further characters that become blanks. */
static void write_plain(struct journal *j, const char *text, const char *more)
{
    static const char from[] = ";|[]";
    static const char to[] = ",/()";
    bool blank = true; /* in front, and behind another */

    for (const char *at = text_safe(&j->cli->arena, text); *at != '\0'; at++) {
        const char *bad = strchr(from, *at);
        const char byte = bad != NULL ? to[bad - from] : *at;
        const bool is_blank = byte == ' ' || strchr(more, byte) != NULL;
        if (is_blank && blank)
            continue;
        buf_char(j->out, is_blank ? ' ' : byte);
        blank = is_blank;
    }
}

static void write_account(struct journal *j, const struct account_row *account)
{
    buf_printf(j->out, "%s:%lld ", groups[account->kind].group, (long long)account->id.v);
    write_plain(j, account->name, ":;");
}

/* Money that is at hand is cash to the journal's cash flow. */
static char type_of(const struct account_row *account)
{
    const bool is_cash = text_same(account->role, "cash") || text_same(account->role, "bank") ||
                         text_same(account->role, "undeposited");

    return is_cash ? 'C' : groups[account->kind].type;
}

static void write_head(struct journal *j)
{
    const struct account_row *accounts = j->accounts.rows.at;

    buf_text(j->out, "decimal-mark .\ncommodity $1000.00\n\n");
    for (size_t i = 0; i < j->accounts.rows.count; i++) {
        buf_text(j->out, "account ");
        write_account(j, &accounts[i]);
        buf_printf(j->out, "  ; type:%c\n", type_of(&accounts[i]));
    }
}

static void write_entry_head(struct journal *j, const struct journal_line *line)
{
    buf_printf(j->out, "\n%s * (%lld) ", line->posted_on.iso, (long long)line->entry.v);
    if (line->payee[0] != '\0') {
        write_plain(j, line->payee, "");
        buf_text(j->out, " | ");
    }
    write_plain(j, line->memo, "");
    buf_printf(j->out, "\n    ; source:%s", line->source);
    if (line->source_id.v != 0)
        buf_printf(j->out, ", number:%lld", (long long)line->source_id.v);
    if (line->reverses.v != 0)
        buf_printf(j->out, ", reverses:%lld", (long long)line->reverses.v);
    buf_char(j->out, '\n');
}

static const struct account_row *account_of(const struct journal *j, struct account_id id)
{
    const struct account_row *accounts = j->accounts.rows.at;

    for (size_t i = 0; i < j->accounts.rows.count; i++)
        if (accounts[i].id.v == id.v)
            return &accounts[i];
    return NULL;
}

static void write_posting(struct journal *j, const struct journal_line *line,
                          const struct account_row *account)
{
    char amount[NUMBER_TEXT_MAX];

    buf_text(j->out, "    ");
    write_account(j, account);
    buf_printf(j->out, "  $%s", money_text(line->amount, amount));
    if (line->customer.v != 0) {
        buf_printf(j->out, "  ; customer:%lld ", (long long)line->customer.v);
        write_plain(j, line->customer_name, ",:");
    }
    buf_char(j->out, '\n');
}

static status write_line(void *context, const void *row)
{
    struct journal *j = context;
    const struct journal_line *line = row;
    const struct account_row *account = account_of(j, line->account);
    struct session *s = &j->cli->session;

    if (account == NULL)
        return fail(s, ERR_CORRUPT, "Entry %lld is of account %lld, which the chart does not have.",
                    (long long)line->entry.v, (long long)line->account.v);
    if (line->entry.v != j->entry.v) {
        j->entry = line->entry;
        j->entries++;
        write_entry_head(j, line);
    }
    write_posting(j, line, account);
    if (j->out->full)
        return fail(s, ERR_IO,
                    "The journal is too large to write at once. Give it fewer days with "
                    "--from-on and --to-on.");
    return OK;
}

/* The chart and the lines in one picture of the shop. */
static status write_journal(struct journal *j, const struct entry_list *filter)
{
    struct session *s = &j->cli->session;
    const struct list_query whole_chart = {.sort = "id", .limit = 10000};
    void *in = arena_alloc(&j->cli->arena, ledger_account_list_op.in->size);

    memcpy(in, &whole_chart, sizeof whole_chart);
    shape_tidy(ledger_account_list_op.in, in);
    TRY(op_call(s, &ledger_account_list_op, in, &j->accounts));
    write_head(j);
    TRY(store_begin_read(s->store));
    const status result = ledger_journal(s, filter->from_on, filter->to_on, write_line, j);
    store_rollback(s->store);
    return result;
}

static status journal_run(struct cli *cli, const void *input)
{
    struct journal_in in = *(const struct journal_in *)input;
    struct session *s = &cli->session;
    AUTO_BUF text = JOURNAL_LIMIT;
    struct journal journal = {.cli = cli, .out = &text};

    shape_tidy(ledger_entry_list_op.in, &in.filter);
    if (!right_set_has(&s->rights, RIGHT_DATA_EXPORT))
        return fail(s, ERR_DENIED, "Your role does not allow this: %s. Ask a manager.",
                    right_table[RIGHT_DATA_EXPORT].says);
    TRY(audit_check_export(s, &ledger_entry_list_op, &in.filter));
    TRY(write_journal(&journal, &in.filter));
    TRY(audit_note_export(s, &ledger_entry_list_op, &in.filter, "journal", in.output,
                          journal.entries));
    if (text_same(in.output, "-"))
        return output_text(cli, &text);
    TRY(buf_write_file(&text, in.output, 0600, &s->fault));
    return output_say(cli, "%lld entries are in %s. Read it with: hledger -f %s balance",
                      (long long)journal.entries, in.output, in.output);
}

const struct command journal_command = {
    .name = "ledger journal",
    .says = "Write the books as a plain text journal, as hledger reads it",
    .in = SHAPE(struct journal_in, journal_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = journal_run,
};
