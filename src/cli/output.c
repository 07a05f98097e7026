/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Results on standard output: as text for people, JSON or CSV. Faults go to standard error, with
 * --json also as an object to standard output. What comes from data passes the sanitiser: tables
 * and CSV clean it, JSON escapes it. */

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/table.h"
#include "base/text.h"
#include "domain/audit.h"
#include "inner.h"

#define OUTPUT_LIMIT BUF_MIB(256)
#define ALL_PAGE     1000

size_t output_width(void)
{
    struct winsize size;

    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

status output_text(struct cli *cli, const struct buf *text)
{
    if (text->full)
        return fail(&cli->session, ERR_IO, "The result is too large to print at once.");
    if (fwrite(buf_str(text), 1, text->length, stdout) == text->length && fflush(stdout) == 0)
        return OK;
    return fail(&cli->session, ERR_IO, "The result cannot be written: %s.", strerror(errno));
}

status output_say(struct cli *cli, const char *format, ...)
{
    AUTO_BUF raw = BUF_MIB(1);
    AUTO_BUF out = BUF_MIB(1);
    va_list args;

    va_start(args, format);
    buf_vprintf(&raw, format, args);
    va_end(args);
    if (cli->format == FORMAT_PLAIN) {
        text_sanitize(&out, buf_str(&raw), raw.length, TEXT_MANY_LINES);
    } else {
        buf_text(&out, "{\"says\":");
        json_write_text(&out, buf_str(&raw));
        buf_char(&out, '}');
    }
    buf_char(&out, '\n');
    return output_text(cli, &out);
}

status output_row(struct cli *cli, const struct shape *shape, const void *row)
{
    AUTO_BUF out = OUTPUT_LIMIT;
    const struct right_set *rights = &cli->session.rights;

    if (shape == NULL)
        return cli->format == FORMAT_PLAIN ? output_say(cli, "Done.") : output_say(cli, "done");
    if (only_is_value(cli) && !only_is_rows(cli, shape) && cli->format == FORMAT_PLAIN) {
        TRY(only_value(cli, shape, row, &out));
        return output_text(cli, &out);
    }
    if (cli->only != NULL)
        TRY(only_shape(cli, shape, &shape));
    if (cli->format == FORMAT_CSV) {
        table_write_csv_header(&out, shape, rights);
        table_write_csv_row(&out, shape, row, rights);
    } else if (cli->format == FORMAT_PLAIN) {
        table_write_row(&out, visible_shape(&cli->arena, shape), row, rights, output_width());
        buf_text(&out, out.length == 0 ? "Nothing found.\n" : "");
    } else {
        json_write(&out, shape, row, rights, 0);
        buf_char(&out, '\n');
    }
    return output_text(cli, &out);
}

/* ---- lists ------------------------------------------------------------------------------------
 */

/* A list on its way out, page by page. */
struct listing {
    struct cli *cli;
    const struct op *op;
    const struct shape *shape; /* of a row, or what --only leaves of it */
    const struct list_query *query;
    const void *asked; /* the whole input, as it was given */
    int64_t shown;     /* rows so far */
    struct buf *out;
};

static const void *row_at(const struct op *op, const struct page *page, size_t index)
{
    return (const char *)page->rows.at + index * op->out->size;
}

static void write_json_rows(struct listing *l, const struct page *page, const char *between)
{
    const struct right_set *rights = &l->cli->session.rights;

    for (size_t i = 0; i < page->rows.count; i++) {
        buf_text(l->out, l->shown + (int64_t)i > 0 ? between : "");
        json_write(l->out, l->shape, row_at(l->op, page, i), rights, 0);
    }
}

static void write_json_end(struct listing *l, const struct page *page)
{
    const bool all = l->cli->all;

    buf_printf(l->out, "],\"total\":%lld,\"total_is_capped\":%s,\"next\":",
               (long long)(all ? l->shown : page->total),
               page->total_is_capped && !all ? "true" : "false");
    json_write_text(l->out, page->next);
    buf_text(l->out, ",\"previous\":");
    json_write_text(l->out, page->previous);
    buf_text(l->out, "}\n");
}

/* One field alone of every row: its bare value, a line each. */
static bool is_bare(const struct listing *l)
{
    return l->cli->format == FORMAT_PLAIN && only_is_value(l->cli);
}

static status write_bare(struct listing *l, const struct page *page)
{
    for (size_t i = 0; i < page->rows.count; i++)
        TRY(only_value(l->cli, l->op->out, row_at(l->op, page, i), l->out));
    return OK;
}

static status write_page(struct listing *l, const struct page *page, bool is_first, bool is_last)
{
    const struct right_set *rights = &l->cli->session.rights;

    switch (l->cli->format) {
    case FORMAT_CSV:
        if (is_first)
            table_write_csv_header(l->out, l->shape, rights);
        for (size_t i = 0; i < page->rows.count; i++)
            table_write_csv_row(l->out, l->shape, row_at(l->op, page, i), rights);
        break;
    case FORMAT_LINES:
        write_json_rows(l, page, "\n");
        buf_text(l->out, is_last && l->shown + (int64_t)page->rows.count > 0 ? "\n" : "");
        break;
    case FORMAT_JSON:
        buf_text(l->out, is_first ? "{\"rows\":[" : "");
        write_json_rows(l, page, ",");
        break;
    case FORMAT_PLAIN:
        if (is_bare(l))
            TRY(write_bare(l, page));
        else
            table_write_rows(l->out, visible_shape(&l->cli->arena, l->shape), &page->rows, rights,
                             output_width());
        break;
    }
    l->shown += (int64_t)page->rows.count;
    if (l->cli->format == FORMAT_JSON && is_last)
        write_json_end(l, page);
    return OK;
}

static const char *total_text(const struct page *page, struct arena *arena)
{
    return arena_printf(arena, "%lld%s", (long long)page->total, page->total_is_capped ? "+" : "");
}

/* "1–50 of 142", and how to see the others. */
static void write_footer(struct listing *l, const struct page *page)
{
    struct arena *arena = &l->cli->arena;
    const bool from_start = text_is_empty(page->previous);

    if (l->cli->format != FORMAT_PLAIN || is_bare(l))
        return;
    if (l->shown == 0) {
        buf_text(l->out, text_is_empty(l->query->search) ? "There is nothing here yet.\n"
                                                         : "Nothing matches.\n");
        return;
    }
    if (l->cli->all)
        buf_printf(l->out, "\n%lld in all\n", (long long)l->shown);
    else if (from_start)
        buf_printf(l->out, "\n1–%lld of %s\n", (long long)l->shown, total_text(page, arena));
    else
        buf_printf(l->out, "\n%lld of %s\n", (long long)l->shown, total_text(page, arena));
    if (!text_is_empty(page->next))
        buf_printf(l->out, "The next page: --after '%s'. Everything: --all.\n",
                   text_safe(arena, page->next));
}

/* What a program reads must not end at the first page unnoticed. Whoever asked for so many rows
 * knows. JSON carries "next". */
static void tell_of_more(const struct listing *l, const struct page *page)
{
    const bool asked_for = l->query->limit > 0 && l->shown >= l->query->limit;

    if (text_is_empty(page->next) || asked_for || l->cli->format == FORMAT_JSON ||
        (l->cli->format == FORMAT_PLAIN && !is_bare(l)))
        return;
    fprintf(stderr, "pitlane: These are %lld of %s rows. Everything: --all.\n", (long long)l->shown,
            total_text(page, &l->cli->arena));
}

/* Where standard output goes, for the audit log. */
static const char *output_place(struct arena *arena)
{
    char path[PATH_MAX];

    if (isatty(STDOUT_FILENO) != 0)
        return "the terminal";
    const ssize_t length = readlink("/proc/self/fd/1", path, sizeof path - 1);
    if (length <= 0 || path[0] != '/')
        return "a pipe";
    return arena_text_n(arena, path, (size_t)length);
}

/* Whole lists for other programs are exports, and CSV always; what is read on the terminal is none.
 */
static bool is_export(const struct cli *cli)
{
    if (cli->format == FORMAT_PLAIN)
        return cli->all && isatty(STDOUT_FILENO) == 0;
    return cli->all || cli->format == FORMAT_CSV;
}

/* Noted before anything is handed out: once without a number when there is more than a page, and at
 * the end with it. */
static status note_export(const struct listing *l, int64_t rows)
{
    static const char *const formats[] = {[FORMAT_PLAIN] = "text",
                                          [FORMAT_JSON] = "json",
                                          [FORMAT_LINES] = "lines",
                                          [FORMAT_CSV] = "csv"};
    struct cli *cli = l->cli;

    if (!is_export(cli))
        return OK;
    return audit_note_export(&cli->session, l->op, l->asked, formats[cli->format],
                             output_place(&cli->arena), rows);
}

/* Every page in an arena of its own, so that a million rows take the room of one page; only text
 * for people keeps them, to align them all. */
static status list_pages(struct listing *l, void *in)
{
    struct cli *cli = l->cli;
    struct list_query *query = in;
    struct page page;
    bool is_first = true;

    query->limit = ALL_PAGE;
    do {
        AUTO_ARENA arena = ARENA_EMPTY;
        cli->session.arena = &arena;
        const status result = shop_call(cli, l->op, in, &page);
        cli->session.arena = &cli->arena;
        TRY(result);
        const bool is_last = text_is_empty(page.next);
        if (is_first || is_last)
            TRY(note_export(l, is_last ? l->shown + (int64_t)page.rows.count : NUMBER_NONE));
        TRY(write_page(l, &page, is_first, is_last));
        query->after = arena_text(&cli->arena, page.next);
        is_first = false;
        TRY(output_text(cli, l->out));
        buf_clear(l->out);
    } while (!text_is_empty(query->after));
    return OK;
}

static void append(struct arena *arena, struct rows *all, const struct rows *more, size_t size)
{
    char *at = arena_array(arena, all->count + more->count, size);

    if (all->count > 0)
        memcpy(at, all->at, all->count * size);
    if (more->count > 0)
        memcpy(at + all->count * size, more->at, more->count * size);
    *all = (struct rows){at, all->count + more->count};
}

static status list_whole(struct listing *l, void *in)
{
    struct list_query *query = in;
    struct page page, whole = {.next = "", .previous = ""};

    query->limit = 10000;
    do {
        TRY(shop_call(l->cli, l->op, in, &page));
        append(&l->cli->arena, &whole.rows, &page.rows, l->op->out->size);
        query->after = page.next;
    } while (!text_is_empty(page.next));
    TRY(note_export(l, (int64_t)whole.rows.count));
    TRY(write_page(l, &whole, true, true));
    write_footer(l, &whole);
    return output_text(l->cli, l->out);
}

static status list_page(struct listing *l, const void *in)
{
    struct page page;

    TRY(shop_call(l->cli, l->op, in, &page));
    TRY(note_export(l, (int64_t)page.rows.count));
    TRY(write_page(l, &page, true, true));
    write_footer(l, &page);
    TRY(output_text(l->cli, l->out));
    tell_of_more(l, &page);
    return OK;
}

status output_list(struct cli *cli, const struct op *op, void *in)
{
    AUTO_BUF out = OUTPUT_LIMIT;
    struct listing listing = {.cli = cli, .op = op, .shape = op->out, .query = in, .out = &out};

    listing.asked = shape_clone(op->in, in, &cli->arena);
    if (cli->format == FORMAT_CSV && !right_set_has(&cli->session.rights, RIGHT_DATA_EXPORT))
        return fail(&cli->session, ERR_DENIED, "Your role does not allow this: %s. Ask a manager.",
                    right_table[RIGHT_DATA_EXPORT].says);
    if (cli->only != NULL && !is_bare(&listing))
        TRY(only_shape(cli, op->out, &listing.shape));
    if (!cli->all)
        return list_page(&listing, in);
    if (cli->format == FORMAT_PLAIN && !is_bare(&listing))
        return list_whole(&listing, in);
    return list_pages(&listing, in);
}

/* ---- faults -----------------------------------------------------------------------------------
 */

/* A field of the command is named by its option; others, as in "lines.2.price", by their place. */
static const char *fault_place(struct cli *cli, const struct request *request)
{
    const struct fault *fault = &cli->session.fault;
    const struct field *field = request->in != NULL ? shape_field(request->in, fault->field) : NULL;

    if (fault->field[0] == '\0')
        return "";
    if (field == NULL || (field->flags & FIELD_ARGUMENT) != 0)
        return arena_printf(&cli->arena, "%s: ", text_safe(&cli->arena, fault->field));
    return arena_printf(&cli->arena, "--%s%s: ", option_name(field, &cli->arena),
                        (field->flags & FIELD_SECRET) != 0 ? "-file" : "");
}

void output_fault(struct cli *cli, const struct request *request)
{
    const struct fault *fault = &cli->session.fault;
    AUTO_BUF out = BUF_MIB(1);

    cli->fault_told = true;
    fflush(stdout);
    if (cli->format == FORMAT_JSON || cli->format == FORMAT_LINES) {
        buf_text(&out, "{\"error\":{\"code\":");
        json_write_text(&out, status_word(fault->code));
        buf_text(&out, ",\"field\":");
        json_write_text(&out, fault->field);
        buf_text(&out, ",\"message\":");
        json_write_text(&out, fault->text);
        buf_text(&out, "}}\n");
        fputs(buf_str(&out), stdout);
        fflush(stdout);
    }
    fprintf(stderr, "pitlane: %s%s\n", fault_place(cli, request),
            text_safe(&cli->arena, fault->text));
}
