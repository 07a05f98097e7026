/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log for an auditor: what it is limited to, its rows with what changed, whether the
 * chain holds, and a checkpoint signed for this very paper, which makes the paper worth keeping. */

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "domain/audit.h"
#include "domain/user.h"
#include "papers.h"
#include "print/print.h"

#define PAGE_ROWS   1000
#define ROWS_MAX    20000  /* about five hundred pages */
#define DETAIL_MAX  500    /* rows that are told with what changed */
#define CHANGES_MAX 12     /* values of one row */
#define PROOF_MAX   300000 /* a second or two */
#define VALUE_CELLS 80

static const struct sheet_column columns[] = {
    {"When", 19, false, true},   {"Who", 15, false, true},    {"Did", 32, false, true},
    {"About", 17, false, false}, {"Result", 9, false, false}, {"From", 16, false, false},
};
enum { WHEN, WHO, DID, ABOUT, RESULT, FROM };

static const char *shortened(struct printing *paper, const char *text)
{
    const size_t fits = text_fit(text, strlen(text), VALUE_CELLS);

    return text[fits] == '\0' ? text : paper_printf(paper, "%.*s…", (int)fits, text);
}

/* "Phone: (619) 555-0100 → (619) 555-0199" */
static void add_changes(struct printing *paper, struct block *table,
                        const struct audit_detail *detail)
{
    const struct audit_change *changes = detail->changed.at;
    AUTO_BUF text = BUF(65536);

    for (size_t i = 0; i < detail->changed.count && i < CHANGES_MAX; i++) {
        const struct audit_change *change = &changes[i];
        buf_printf(&text, "%s%s, %s: %s%s%s", i > 0 ? "; " : "", change->record, change->name,
                   shortened(paper, change->before),
                   *change->before != '\0' && *change->after != '\0' ? " → " : "",
                   shortened(paper, change->after));
    }
    if (detail->changed.count > CHANGES_MAX)
        buf_printf(&text, "; and %zu more", detail->changed.count - CHANGES_MAX);
    if (text.length > 0)
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] =
            arena_text(paper->s->arena, buf_str(&text));
}

static void add_row(struct printing *paper, struct block *table, const struct audit_list_row *row)
{
    struct sheet_row *line = block_row(&paper->sheet, table, ROW_LINE);

    line->cells[WHEN] = paper_instant(paper, row->at);
    line->cells[WHO] = *row->user_name != '\0' ? row->user_name : "nobody";
    line->cells[DID] = audit_says(row->op);
    line->cells[ABOUT] =
        row->subject.v != 0 ? paper_printf(paper, "%s %" PRId64, row->noun, row->subject.v) : "";
    line->cells[RESULT] = text_same(row->result, "ok") ? "" : row->result;
    line->cells[FROM] = row->terminal;
}

static status add_rows(struct printing *paper, struct block *table, const struct rows *rows,
                       bool with_changes)
{
    const struct audit_list_row *at = rows->at;

    for (size_t i = 0; i < rows->count; i++) {
        struct audit_detail detail;
        add_row(paper, table, &at[i]);
        if (!with_changes)
            continue;
        TRY(op_call(paper->s, &audit_show_op, &(struct audit_key){at[i].id}, &detail));
        add_changes(paper, table, &detail);
    }
    return OK;
}

static status add_pages(struct printing *paper, const struct audit_list *filter, int64_t *ret_rows)
{
    struct block *table = sheet_table(&paper->sheet, columns, COUNT_OF(columns));
    struct audit_list in = *filter;
    struct page page;
    int64_t rows = 0;

    in.query.limit = PAGE_ROWS;
    in.query.after = "";
    in.query.before = "";
    do {
        TRY(op_call(paper->s, &audit_list_op, &in, &page));
        const bool is_short = rows == 0 && page.rows.count <= DETAIL_MAX;
        TRY(add_rows(paper, table, &page.rows, is_short));
        rows += (int64_t)page.rows.count;
        in.query.after = page.next;
        if (rows > ROWS_MAX)
            return fail(paper->s, ERR_CONFLICT,
                        "That is more than %d rows: too many for paper. Limit it to fewer days "
                        "first, or export it as CSV.",
                        ROWS_MAX);
    } while (*page.next != '\0');
    if (rows == 0)
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] = "Nothing of this kind was noted.";
    *ret_rows = rows;
    return OK;
}

static const char *who(struct printing *paper, struct user_id id)
{
    struct user user;

    if (id.v == 0)
        return "everybody";
    if (paper_read(paper, &user_show_op, id.v, &user) != OK)
        return paper_printf(paper, "user %" PRId64, id.v);
    return user.name;
}

static const char *range(struct printing *paper, const struct audit_list *filter)
{
    const char *from = paper_day(paper, filter->from_on);
    const char *to = paper_day(paper, filter->to_on);

    return paper_printf(paper, "%s to %s", *from != '\0' ? from : "the beginning",
                        *to != '\0' ? to : "now");
}

static const char *what(struct printing *paper, const struct audit_list *filter)
{
    const char *action = *filter->action != '\0' ? audit_says(filter->action) : "every action";

    return paper_printf(paper, "%s%s%s%s", action, *filter->document != '\0' ? ", " : "",
                        filter->document, filter->refused ? ", refused only" : "");
}

/* A short log is proved on the spot; of a long one the paper says how. */
static status chain_state(struct printing *paper, const struct audit_checkpoint *checkpoint,
                          const char **ret_says)
{
    struct session *s = paper->s;
    struct audit_verified verified;

    *ret_says = paper_printf(paper,
                             "The log holds %" PRId64 " rows. It was not proved for this paper; "
                             "that is done with: pitlane audit verify",
                             checkpoint->count);
    if (checkpoint->count > PROOF_MAX)
        return OK;
    const status result = audit_verify(s, NULL, 0, NULL, NULL, &verified);
    if (result != OK && result != ERR_CORRUPT)
        return result;
    *ret_says = result == OK
                    ? paper_printf(paper,
                                   "All %" PRId64 " rows of the log were proved for this paper: "
                                   "each is as it was written, none is missing.",
                                   verified.rows)
                    : paper_printf(paper, "THE LOG DOES NOT HOLD: %s", s->fault.text);
    fault_clear(&s->fault);
    return OK;
}

static status build(struct printing *paper, const struct audit_list *filter)
{
    struct audit_checkpoint checkpoint;
    const char *state = "";
    int64_t rows = 0;
    AUTO_BUF text = BUF(8192);

    paper->sheet.title = "Audit log";
    struct block *facts = sheet_facts(&paper->sheet, 4);
    block_pair(facts, "Who", who(paper, filter->user), false);
    block_pair(facts, "When", range(paper, filter), false);
    block_pair(facts, "What", what(paper, filter), false);
    TRY(add_pages(paper, filter, &rows));
    block_pair(facts, "Rows", paper_printf(paper, "%" PRId64, rows), false);
    TRY(audit_checkpoint_make(paper->s, &checkpoint));
    TRY(chain_state(paper, &checkpoint, &state));
    audit_checkpoint_write(&checkpoint, &text);
    sheet_text(&paper->sheet, "The chain of the log", state);
    const char *lines = arena_text(paper->s->arena, buf_str(&text));
    sheet_text(&paper->sheet, "Checkpoint, signed for this paper", lines);
    sheet_code(&paper->sheet, lines);
    return OK;
}

status print_audit(struct session *s, const struct audit_list *filter, enum print_format format,
                   struct buf *ret_bytes)
{
    struct printing paper;

    TRY(paper_open(s, &paper));
    TRY(build(&paper, filter));
    if (format == PRINT_PDF)
        return sheet_to_pdf(&paper.sheet, ret_bytes, &s->fault);
    sheet_to_text(&paper.sheet, SHEET_CELLS, ret_bytes);
    return OK;
}
