/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A list as a file: every row of the present search, filter and order, as CSV for a spreadsheet or
 * as JSON. Page by page, and all of it or nothing. */

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/table.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/chosen_file.h"
#include "inner.h"
#include "print/print.h"
#include "ui/bars.h"
#include "ui/dialog.h"

#define PAGE_ROWS 1000

struct list_export {
    struct op_source *source;
    const struct rowlist *list;
};

enum format { FORMAT_CSV, FORMAT_JSON, FORMAT_PDF, FORMAT_UNKNOWN };

static enum format format_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    if (dot != NULL && strcasecmp(dot, ".csv") == 0)
        return FORMAT_CSV;
    if (dot != NULL && strcasecmp(dot, ".pdf") == 0)
        return FORMAT_PDF;
    return dot != NULL && strcasecmp(dot, ".json") == 0 ? FORMAT_JSON : FORMAT_UNKNOWN;
}

/* Only the audit log is made for paper as a list. */
static bool has_paper(const struct list_export *from)
{
    return from->source->op == &audit_list_op;
}

static status path_check(void *context, const char *text, struct fault *fault)
{
    const enum format format = format_of(text);

    if (text_is_empty(text))
        return fault_field(fault, "path", "Write where to save it.");
    if (format == FORMAT_PDF && has_paper(context))
        return OK;
    if (format != FORMAT_CSV && format != FORMAT_JSON)
        return fault_field(fault, "path",
                           has_paper(context) ? "End the name in .csv, .json or .pdf."
                                              : "End the name in .csv or in .json.");
    return OK;
}

/* "~/parts.csv" as the shell would read it. */
static const char *whole_path(const char *path, struct arena *arena)
{
    const char *home = getenv("HOME");

    if (home == NULL || strncmp(path, "~/", 2) != 0)
        return path;
    return arena_printf(arena, "%s%s", home, path + 1);
}

/* "Repair orders" → "repair-orders" */
static const char *file_name(const struct op *op, struct arena *arena)
{
    const struct list_screen *screen = list_screen_of(op);
    char *name =
        arena_text(arena, screen != NULL && screen->title != NULL ? screen->title : op->name);

    for (char *at = name; *at != '\0'; at++)
        *at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '-';
    return name;
}

static void write_row(struct buf *out, enum format format, const struct shape *shape,
                      const void *row, const struct right_set *rights, bool is_first)
{
    if (format == FORMAT_CSV) {
        table_write_csv_row(out, shape, row, rights);
        return;
    }
    buf_text(out, is_first ? "\n" : ",\n");
    json_write(out, shape, row, rights, 0);
}

/* Every page in an arena of its own, so that a long list takes no more room than its text. */
static status write_pages(const struct list_export *from, enum format format, struct buf *out,
                          struct progress_bar *bar, int64_t *ret_count, struct fault *fault)
{
    struct op_source *source = from->source;
    const struct rowlist *list = from->list;
    const struct right_set *rights = &source->desk->session.rights;
    const struct shape *shape = source->op->out;
    AUTO_ARENA place = ARENA_EMPTY;
    struct row_query query = {
        .search = editor_text(&list->search),
        .sort = list->sort != NULL ? list->sort->sort : "",
        .descending = list->descending,
        .after = "",
        .limit = PAGE_ROWS,
        .filter = list->filter,
    };
    int64_t count = 0;

    do {
        AUTO_ARENA arena = ARENA_EMPTY;
        struct row_page page;
        TRY(op_source_load(source, &query, &arena, &page, fault));
        for (size_t i = 0; i < page.rows.count; i++)
            write_row(out, format, shape, (const char *)page.rows.at + i * shape->size, rights,
                      count++ == 0);
        arena_reset(&place);
        query.after = arena_text(&place, page.next);
        TRY(progress_step(bar, count));
    } while (*query.after != '\0');
    *ret_count = count;
    return OK;
}

/* Before the file is there: what could not be noted does not leave the shop. */
static status note_export(const struct list_export *from, enum format format, const char *path,
                          int64_t count, struct fault *fault)
{
    struct op_source *source = from->source;
    struct session *s = &source->desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    static const char *const words[] = {
        [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json", [FORMAT_PDF] = "pdf"};
    const struct row_query query = {.search = editor_text(&from->list->search),
                                    .filter = from->list->filter};
    void *in = NULL;

    TRY(op_source_input(source, &query, &arena, &in, fault));
    const status result = audit_note_export(s, source->op, in, words[format], path, count);
    if (result != OK)
        *fault = s->fault;
    return result;
}

static status write_paper(const struct list_export *from, const char *path, struct fault *fault)
{
    struct session *s = &from->source->desk->session;
    AUTO_BUF out = BUF_MIB(256);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct arena *before = s->arena;

    s->arena = &arena;
    const status result = print_audit(s, from->source->in, PRINT_PDF, &out);
    s->arena = before;
    if (result != OK) {
        *fault = s->fault;
        return result;
    }
    TRY(note_export(from, FORMAT_PDF, path, NUMBER_NONE, fault));
    return buf_write_file(&out, path, 0600, fault);
}

/* Rows of the audit log leave whole in JSON, each with its seal, so that they can be proved. */
static const struct op *rows_of(const struct list_export *from, enum format format)
{
    const struct op *op = from->source->op;

    return op == &audit_list_op && format == FORMAT_JSON ? &audit_export_op : op;
}

static status write_list(const struct list_export *shown, const char *path, int64_t *ret_count,
                         struct fault *fault)
{
    struct op_source source = *shown->source;
    const struct list_export wished = {&source, shown->list}, *from = &wished;
    const struct desk *desk = source.desk;
    const struct rowlist *list = from->list;
    const enum format format = format_of(path);
    const int64_t total = list->total >= 0 && !list->total_is_capped ? list->total : 0;
    AUTO_BUF out = BUF_MIB(1024);

    source.op = rows_of(shown, format);
    if (format == FORMAT_CSV)
        table_write_csv_header(&out, from->source->op->out, &desk->session.rights);
    else
        buf_text(&out, "{\"rows\": [");
    struct progress_bar bar = progress_start(desk->app, "Exporting", total);
    const status result = write_pages(from, format, &out, &bar, ret_count, fault);
    progress_end(&bar);
    if (result == ERR_CANCELLED)
        return fault_set(fault, ERR_CANCELLED, "Stopped. No file was written.");
    TRY(result);
    if (format == FORMAT_JSON)
        buf_printf(&out, "\n], \"total\": %lld}\n", (long long)*ret_count);
    if (out.full)
        return fault_set(fault, ERR_INVALID,
                         "The list is too long for one file. Limit it with f or / first.");
    TRY(note_export(from, format, path, *ret_count, fault));
    return buf_write_file(&out, path, 0600, fault);
}

static void answered(struct view *asker, const char *text, void *context)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *path = whole_path(text, &arena);
    struct session *s = &desk_of(asker)->session;
    struct fault fault = {0};
    int64_t count = 0;

    if (chosen_file_check(s, path) != OK) {
        app_fault(asker->app, &s->fault);
        return;
    }
    const bool is_paper = format_of(path) == FORMAT_PDF;
    if ((is_paper ? write_paper(context, path, &fault)
                  : write_list(context, path, &count, &fault)) != OK) {
        app_fault(asker->app, &fault);
        return;
    }
    char where[PATH_MAX];
    if (is_paper) {
        app_say(asker->app, "The paper is %s.", realpath(path, where) != NULL ? where : path);
        return;
    }
    app_say(asker->app, "%lld %s in %s.", (long long)count, count == 1 ? "row is" : "rows are",
            realpath(path, where) != NULL ? where : path);
}

/* Everything there is wants the password again, before a file is named; then the key is pressed
 * anew by itself. */
static bool may_export(const struct list_export *from)
{
    struct desk *desk = from->source->desk;
    struct session *s = &desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct row_query query = {.search = editor_text(&from->list->search),
                                    .filter = from->list->filter};
    void *in = NULL;

    arena_reset(&desk->scratch);
    s->arena = &desk->scratch;
    status result = op_source_input(from->source, &query, &arena, &in, &s->fault);
    if (result == OK)
        result = audit_check_export(s, from->source->op, in);
    if (result == ERR_CONFIRM)
        confirm_open(desk, "Export every row of this list");
    else if (result != OK)
        app_fault(desk->app, &s->fault);
    return result == OK;
}

void list_export_ask(struct view *view, struct op_source *source, const struct rowlist *list)
{
    struct list_export *from = NEW(&view->arena, struct list_export);
    const struct day today = desk_today(source->desk);
    AUTO_ARENA arena = ARENA_EMPTY;

    *from = (struct list_export){source, list};
    if (!may_export(from))
        return;
    question_open(view->app, &(struct question){
                                 .title = "Export every row of this list",
                                 .label = "File",
                                 .help = has_paper(from)
                                             ? "End it in .csv, .json or .pdf. A file there is "
                                               "replaced."
                                             : "End it in .csv or .json. A file there is replaced.",
                                 .initial = arena_printf(&arena, "%s/%s-%s.csv", print_folder(),
                                                         file_name(source->op, &arena), today.iso),
                                 .max = 1000,
                                 .check = path_check,
                                 .answered = answered,
                                 .context = from,
                             });
}
