/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane audit checkpoint and audit verify. Like a backup they need nobody signed in, but the key
 * file: whoever can read that may do this much anyway, and a nightly job has no password. */

#include "domain/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "commands.h"
#include "print/print.h"

/* ---- checkpoint -------------------------------------------------------------------------------
 */

struct checkpoint_in {
    const char *file;
};
static const struct field checkpoint_in_fields[] = {
    FIELD(struct checkpoint_in, file,
          .help = "Where its text goes; without it to standard output; a file there is replaced",
          .max = 4000, .flags = FIELD_NUMBERS_OK),
};

status checkpoint_sign(struct cli *cli, struct buf *ret_text)
{
    struct audit_checkpoint checkpoint;

    TRY(audit_checkpoint_make(&cli->session, &checkpoint));
    audit_checkpoint_write(&checkpoint, ret_text);
    return OK;
}

static status checkpoint_run(struct cli *cli, const void *input)
{
    const struct checkpoint_in *in = input;
    AUTO_BUF text = BUF(CHECKPOINT_LIMIT);

    TRY(checkpoint_sign(cli, &text));
    if (!text_is_empty(in->file)) {
        TRY(buf_write_file(&text, in->file, 0600, &cli->session.fault));
        return output_say(cli,
                          "A signed checkpoint of the audit log is in %s. Keep it where nobody "
                          "of this machine can change it: on paper, or in somebody's mail.",
                          in->file);
    }
    if (cli->format != FORMAT_PLAIN)
        return output_say(cli, "%s", buf_str(&text));
    return output_text(cli, &text);
}

const struct command audit_checkpoint_command = {
    .name = "audit checkpoint",
    .says = "Sign how the audit log and the books stand now, to print, mail or keep",
    .in = SHAPE(struct checkpoint_in, checkpoint_in_fields),
    .needs = COMMAND_SHOP | COMMAND_NOBODY,
    .run = checkpoint_run,
};

/* ---- verify -----------------------------------------------------------------------------------
 */

struct file_row {
    const char *file;
};
struct verify_in {
    struct rows checkpoint; /* of struct file_row */
    const char *export;
};
/* clang-format off */
static const struct field file_fields[] = {
    FIELD(struct file_row, file, .max = 4000, .flags = FIELD_REQUIRED | FIELD_NUMBERS_OK),
};
static const struct shape file_shape = SHAPE_OF(struct file_row, "file", file_fields);
static const struct field verify_in_fields[] = {
    FIELD(struct verify_in, checkpoint, .rows = &file_shape,
          .help = "A checkpoint kept elsewhere; may be given several times"),
    FIELD(struct verify_in, export, .max = 4000, .flags = FIELD_NUMBERS_OK,
          .help = "Prove this file of rows, too, as audit export wrote it with --lines or --json"),
};
/* clang-format on */

struct verified_out {
    int64_t rows, checkpoints, given, entries, exported;
};
static const struct field verified_fields[] = {
    FIELD(struct verified_out, rows),     FIELD(struct verified_out, checkpoints),
    FIELD(struct verified_out, given),    FIELD(struct verified_out, entries),
    FIELD(struct verified_out, exported),
};

static status read_checkpoints(struct cli *cli, const struct rows *files,
                               struct audit_checkpoint *checkpoints)
{
    struct fault *fault = &cli->session.fault;

    for (size_t i = 0; i < files->count; i++) {
        const char *path = ((const struct file_row *)files->at)[i].file;
        AUTO_BUF text = BUF(CHECKPOINT_LIMIT);
        TRY(buf_read_file(&text, path, fault));
        const status result =
            audit_checkpoint_read(buf_str(&text), text.length, &cli->arena, &checkpoints[i], fault);
        if (result != OK) {
            const struct fault said = *fault;
            return fault_set(fault, result, "%.200s: %.290s", path, said.text);
        }
    }
    return OK;
}

struct export_check {
    struct cli *cli;
    struct arena arena; /* of one row */
    int64_t rows;
};

static status check_exported(void *context, const char *text, size_t length)
{
    struct export_check *check = context;
    struct session *s = &check->cli->session;
    struct audit_exported row;

    arena_reset(&check->arena);
    TRY(audit_exported_read(text, length, &check->arena, &row, &s->fault));
    s->arena = &check->arena;
    const status result = audit_exported_check(s, &row);
    s->arena = &check->cli->arena;
    check->rows++;
    return result;
}

static status read_pieces(struct cli *cli, int file, const char *path, struct audit_reader *reader)
{
    struct fault *fault = &cli->session.fault;
    char bytes[65536];
    ssize_t count;

    while ((count = read(file, bytes, sizeof bytes)) > 0)
        TRY(audit_reader_take(reader, bytes, (size_t)count, fault));
    if (count < 0)
        return fault_set(fault, ERR_IO, "%.300s cannot be read: %s.", path, strerror(errno));
    return OK;
}

static status verify_export(struct cli *cli, const char *path, int64_t *ret_rows)
{
    struct export_check check = {.cli = cli};
    struct audit_reader reader;
    struct fault *fault = &cli->session.fault;
    const int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return fault_set(fault, ERR_IO, "%.300s cannot be opened: %s.", path, strerror(errno));
    audit_reader_begin(&reader, check_exported, &check);
    const status result = read_pieces(cli, file, path, &reader);
    const struct fault said = *fault;
    const status ended = audit_reader_end(&reader, fault);
    close(file);
    arena_done(&check.arena);
    if (result != OK)
        *fault = said;
    *ret_rows = check.rows;
    return result != OK ? result : ended;
}

static status tell(struct cli *cli, const struct verified_out *out)
{
    if (cli->format != FORMAT_PLAIN)
        return output_row(cli, SHAPE(struct verified_out, verified_fields), out);
    TRY(output_say(cli,
                   "The audit log is as it was written: %" PRId64 " rows, %" PRId64
                   " %s in the shop's file, %" PRId64 " handed in.",
                   out->rows, out->checkpoints,
                   out->checkpoints == 1 ? "checkpoint" : "checkpoints", out->given));
    if (out->checkpoints + out->given > 0)
        TRY(output_say(cli, "The books up to entry %" PRId64 " are those that were signed.",
                       out->entries));
    if (out->exported > 0)
        TRY(output_say(cli, "%" PRId64 " rows of the file are genuine.", out->exported));
    if (out->given == 0)
        TRY(output_say(cli, "Without a checkpoint from elsewhere (--checkpoint FILE) an older copy "
                            "of the whole file put in its place would not show, nor what a thief "
                            "of the key file did."));
    return OK;
}

static status verify_run(struct cli *cli, const void *input)
{
    const struct verify_in *in = input;
    struct audit_checkpoint *given =
        NEW_ARRAY(&cli->arena, struct audit_checkpoint, in->checkpoint.count);
    struct audit_verified verified;
    struct bar progress;
    int64_t exported = 0;

    TRY(read_checkpoints(cli, &in->checkpoint, given));
    bar_begin(&progress, "Proving the audit log");
    const status result =
        audit_verify(&cli->session, given, in->checkpoint.count, bar_tell, &progress, &verified);
    bar_end(&progress);
    TRY(result);
    if (!text_is_empty(in->export))
        TRY(verify_export(cli, in->export, &exported));
    return tell(cli, &(struct verified_out){verified.rows, verified.checkpoints, verified.given,
                                            verified.entries, exported});
}

const struct command audit_verify_command = {
    .name = "audit verify",
    .says = "Prove that nobody has changed the audit log, and compare it with checkpoints",
    .in = SHAPE(struct verify_in, verify_in_fields),
    .needs = COMMAND_SHOP,
    .run = verify_run,
};

/* ---- print ------------------------------------------------------------------------------------
 */

struct print_in {
    struct audit_list filter;
    const char *output;
    bool text;
};
/* clang-format off */
static const struct field print_in_fields[] = {
    FIELD_NAMED(struct print_in, filter.user, "user", .help = "Only what this person did"),
    FIELD_NAMED(struct print_in, filter.from_on, "from_on", .help = "The first day"),
    FIELD_NAMED(struct print_in, filter.to_on, "to_on", .help = "The last day"),
    FIELD_NAMED(struct print_in, filter.action, "action", .help = "Only this, such as invoice.void"),
    FIELD_NAMED(struct print_in, filter.document, "document", .help = "Only what was done to it, such as “invoice 20001”"),
    FIELD_NAMED(struct print_in, filter.refused, "refused", .help = "Only what was refused"),
    FIELD(struct print_in, output, .help = "File to write, - for standard output", .max = 4000,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct print_in, text, .help = "Plain text instead of a PDF"),
};
/* clang-format on */

static status print_run(struct cli *cli, const void *input)
{
    struct print_in in = *(const struct print_in *)input;
    struct session *s = &cli->session;
    const enum print_format format = in.text ? PRINT_TEXT : PRINT_PDF;
    AUTO_BUF bytes = BUF_MIB(256);

    shape_tidy(audit_list_op.in, &in.filter);
    if (!right_set_has(&s->rights, RIGHT_DATA_EXPORT))
        return fail(s, ERR_DENIED, "Your role does not allow this: %s. Ask a manager.",
                    right_table[RIGHT_DATA_EXPORT].says);
    TRY(print_audit(s, &in.filter, format, &bytes));
    TRY(audit_note_export(s, &audit_list_op, &in.filter, in.text ? "text" : "pdf", in.output,
                          NUMBER_NONE));
    if (text_same(in.output, "-"))
        return output_text(cli, &bytes);
    TRY(buf_write_file(&bytes, in.output, 0600, &s->fault));
    return output_say(cli, "%s", in.output);
}

const struct command audit_print_command = {
    .name = "audit print",
    .says = "Make a paper of the audit log for an auditor, with a signed checkpoint",
    .in = SHAPE(struct print_in, print_in_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = print_run,
};
