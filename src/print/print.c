/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a document's kind and number to bytes, and from bytes to a file, a printer or the outbox. */

#include "print/print.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "papers.h"

#define DOCUMENT_LIMIT BUF_MIB(64)

static const struct {
    status (*build)(struct printing *paper, int64_t subject);
    const char *file; /* name of the saved file, without number */
} makers[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_ESTIMATE] = {paper_estimate, "estimate"},
    [DOCUMENT_WORK_ORDER] = {paper_work_order, "work-order"},
    [DOCUMENT_INVOICE] = {paper_invoice, "invoice"},
    [DOCUMENT_RECEIPT] = {paper_receipt, "receipt"},
    [DOCUMENT_HISTORY] = {paper_history, "service-history"},
    [DOCUMENT_LABELS] = {NULL, "labels"},
    [DOCUMENT_USAGE] = {paper_usage, "parts-usage"},
    [DOCUMENT_COUNT] = {paper_count, "count"},
    [DOCUMENT_PURCHASE] = {paper_purchase, "purchase-order"},
    [DOCUMENT_CHECK] = {paper_check, "check"},
    [DOCUMENT_CLAIM] = {paper_claim, "return"},
    [DOCUMENT_PAYMENT] = {paper_payment, "payment"},
    [DOCUMENT_GIFT] = {paper_gift, "gift-certificate"},
    [DOCUMENT_DAY] = {paper_closed_day, "z-report"},
    [DOCUMENT_STATEMENT] = {paper_statement, "statement"},
    [DOCUMENT_STATEMENTS] = {paper_statements, "statements"},
    [DOCUMENT_CREDIT] = {paper_credit, "credit-memo"},
};

static const char *head_text(struct session *s, const struct letterhead *head)
{
    AUTO_BUF text = BUF(4096);
    const char *const place[] = {head->city, head->state, head->zip};
    const char *joint = "";

    if (!text_is_empty(head->street))
        buf_printf(&text, "%s\n", head->street);
    for (size_t i = 0; i < COUNT_OF(place); i++)
        if (!text_is_empty(place[i])) {
            buf_printf(&text, "%s%s", joint, place[i]);
            joint = i == 0 ? ", " : " ";
        }
    buf_printf(&text, "\n%s",
               text_is_empty(head->phone) ? "" : text_phone_show(s->arena, head->phone));
    if (!text_is_empty(head->email))
        buf_printf(&text, "  %s", head->email);
    const struct law *registration = law_find(head->profile, LAW_REGISTRATION);
    if (!text_is_empty(head->registration))
        buf_printf(&text, "\n%s %s", registration != NULL ? registration->value : "Registration",
                   head->registration);
    if (!text_is_empty(head->epa_id))
        buf_printf(&text, "  EPA ID %s", head->epa_id);
    return arena_text(s->arena, buf_str(&text));
}

/* The picture's bytes, in the arena. */
static void set_logo(struct printing *paper)
{
    const char *picture = paper->head.picture;
    AUTO_BUF bytes = BUF(LETTERHEAD_PICTURE_MAX);

    paper->sheet.logo_size = 0;
    if (text_is_empty(picture) || !secret_from_base64(picture, strlen(picture), &bytes))
        return;
    paper->sheet.logo = arena_copy(paper->s->arena, bytes.at, bytes.length);
    paper->sheet.logo_size = bytes.length;
}

static status set_head(struct printing *paper, struct letterhead_id id)
{
    const struct letterhead_key key = {id};

    TRY(op_call(paper->s, &letterhead_show_op, &key, &paper->head));
    paper->sheet.shop_name = paper->head.name;
    paper->sheet.shop_text = head_text(paper->s, &paper->head);
    paper->sheet.a4 = paper->head.paper == PAPER_A4;
    set_logo(paper);
    return OK;
}

status paper_posted(struct printing *paper, struct letterhead_id head, struct instant at)
{
    if (head.v != 0 && head.v != paper->head.id.v)
        TRY(set_head(paper, head));
    paper->sheet.created = paper_created(paper, at);
    paper->sheet.footer = paper->head.name;
    return OK;
}

/* Reading the shop's settings is everybody's right who may print at all. */
status paper_open(struct session *s, struct printing *ret_paper)
{
    struct printing paper = {.s = s};

    if (!right_set_has(&s->rights, RIGHT_DOCUMENTS_PRINT))
        return fail(s, ERR_DENIED, "Your role does not allow printing. Ask a manager.");
    TRY(op_call(s, &setting_show_op, NULL, &paper.shop));
    paper.sheet = (struct sheet){
        .arena = s->arena,
        .title = "",
        .barcode = "",
        .demo = paper.shop.demo,
        .created = paper_created(&paper, session_now(s)),
    };
    TRY(set_head(&paper, (struct letterhead_id){0}));
    paper.sheet.footer = arena_printf(s->arena, "%s \xc2\xb7 printed %s", paper.head.name,
                                      paper_instant(&paper, session_now(s)));
    *ret_paper = paper;
    return OK;
}

static status build(struct session *s, enum document_kind kind, int64_t subject,
                    struct printing *ret_paper)
{
    TRY(paper_open(s, ret_paper));
    if (makers[kind].build == NULL)
        return fail(s, ERR_USAGE, "Labels are made from a list of parts: pitlane part labels");
    return makers[kind].build(ret_paper, subject);
}

status print_preview(struct session *s, enum document_kind kind, int64_t subject, size_t cells,
                     struct buf *ret_text)
{
    struct printing paper;

    TRY(build(s, kind, subject, &paper));
    sheet_to_text(&paper.sheet, cells, ret_text);
    if (ret_text->full)
        return fail(s, ERR_CONFLICT, "The document is too large. Choose less.");
    return OK;
}

status print_render(struct session *s, enum document_kind kind, int64_t subject,
                    enum print_format format, struct buf *ret_bytes)
{
    struct printing paper;

    if (format == PRINT_TEXT)
        return print_preview(s, kind, subject, SHEET_CELLS, ret_bytes);
    TRY(build(s, kind, subject, &paper));
    return sheet_to_pdf(&paper.sheet, ret_bytes, &s->fault);
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *print_folder(void)
{
    const char *files = getenv("PITLANE_FILES");
    const char *folder = getenv("XDG_DOCUMENTS_DIR");
    const char *home = getenv("HOME");

    if (files != NULL && is_folder(files))
        return files;
    if (folder != NULL && is_folder(folder))
        return folder;
    return home != NULL && is_folder(home) ? home : "/tmp";
}

const char *print_default_path(struct session *s, enum document_kind kind, int64_t subject,
                               enum print_format format)
{
    return arena_printf(s->arena, "%s/%s-%lld.%s", print_folder(), makers[kind].file,
                        (long long)subject, format == PRINT_PDF ? "pdf" : "txt");
}

static status record(struct session *s, enum document_kind kind, int64_t subject,
                     enum document_sent sent, const char *target)
{
    const struct document in = {.kind = kind, .subject = subject, .sent = sent, .target = target};
    struct document out;

    return op_call(s, &document_record_op, &in, &out);
}

status print_save(struct session *s, enum document_kind kind, int64_t subject,
                  enum print_format format, const char *path)
{
    AUTO_BUF bytes = DOCUMENT_LIMIT;

    TRY(print_render(s, kind, subject, format, &bytes));
    TRY(buf_write_file(&bytes, path, 0600, &s->fault));
    return record(s, kind, subject, DOCUMENT_SAVED, path);
}

static status wait_for_printer(struct session *s, pid_t child)
{
    int ended = 0;

    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return fail(s, ERR_IO, "The print queue did not answer. Look at the printer.");
    if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
        return fail(s, ERR_IO,
                    "The print queue did not take the document. Check the printer's "
                    "name in the settings, or save it as a file.");
    return OK;
}

/* What lp(1) needs of ours. It is another program: tokens and paths of the shop are not its. */
static void printer_environment(struct session *s, char *ret[], size_t room)
{
    static const char *const names[] = {"PATH", "HOME", "USER", "LANG", "LC_ALL", "CUPS_SERVER"};
    size_t used = 0;

    for (size_t i = 0; i < COUNT_OF(names) && used + 1 < room; i++)
        if (getenv(names[i]) != NULL)
            ret[used++] = arena_printf(s->arena, "%s=%s", names[i], getenv(names[i]));
    ret[used] = NULL;
}

/* lp(1) reads the document from memory that looks like a file. */
static status spawn_lp(struct session *s, const char *queue, int64_t copies, const char *title,
                       FILE *file)
{
    char count[24];
    char *arguments[10], *environment[10];
    size_t used = 0;
    pid_t child;
    posix_spawn_file_actions_t actions;

    snprintf(count, sizeof count, "%lld", (long long)copies);
    arguments[used++] = arena_text(s->arena, "lp");
    if (!text_is_empty(queue)) {
        arguments[used++] = arena_text(s->arena, "-d");
        arguments[used++] = arena_text(s->arena, queue);
    }
    arguments[used++] = arena_text(s->arena, "-n");
    arguments[used++] = count;
    arguments[used++] = arena_text(s->arena, "-t");
    arguments[used++] = arena_text(s->arena, title);
    arguments[used] = NULL;
    printer_environment(s, environment, COUNT_OF(environment));
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(file), STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int result = posix_spawnp(&child, "lp", &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    if (result != 0)
        return fail(s, ERR_IO,
                    "Printing needs the program lp. Install the package cups-client, or "
                    "save the document as a file.");
    return wait_for_printer(s, child);
}

status print_bytes(struct session *s, const struct buf *bytes, const char *queue, int64_t copies,
                   const char *title)
{
    const int memory = memfd_create("document", MFD_CLOEXEC);
    FILE *file = memory >= 0 ? fdopen(memory, "w+b") : NULL;

    if (file == NULL) {
        if (memory >= 0)
            close(memory);
        return fail(s, ERR_IO, "There is no memory for the document. Close other programs first.");
    }
    status result = OK;
    if (fwrite(bytes->at, 1, bytes->length, file) != bytes->length || fflush(file) != 0)
        result =
            fail(s, ERR_IO, "There is no memory for the document. Close other programs first.");
    if (result == OK) {
        rewind(file);
        result = spawn_lp(s, queue, copies, title, file);
    }
    fclose(file);
    return result;
}

status print_send(struct session *s, enum document_kind kind, int64_t subject, const char *queue,
                  int64_t copies)
{
    AUTO_BUF bytes = DOCUMENT_LIMIT;
    struct shop shop;

    if (!text_is_empty(queue) && queue[0] == '-')
        return fail_field(s, "printer", "“%s” is no printer's name. Correct it.", queue);
    if (copies < 1 || copies > 99)
        return fail_field(s, "copies", "Print 1 to 99 copies.");
    TRY(op_call(s, &setting_show_op, NULL, &shop));
    if (text_is_empty(queue))
        queue = kind == DOCUMENT_RECEIPT || kind == DOCUMENT_PAYMENT ? shop.receipt_printer
                                                                     : shop.printer;
    TRY(print_render(s, kind, subject, PRINT_PDF, &bytes));
    const char *title = arena_printf(s->arena, "%s-%lld", makers[kind].file, (long long)subject);
    TRY(print_bytes(s, &bytes, queue, copies, title));
    return record(s, kind, subject, DOCUMENT_PRINTED,
                  text_is_empty(queue) ? "the system's printer" : queue);
}

status print_queue(struct session *s, enum document_kind kind, int64_t subject, const char *email)
{
    AUTO_BUF bytes = DOCUMENT_LIMIT;

    /* Rendered now to be refused now, not when nobody is looking. */
    TRY(print_render(s, kind, subject, PRINT_PDF, &bytes));
    return record(s, kind, subject, DOCUMENT_QUEUED, email);
}
