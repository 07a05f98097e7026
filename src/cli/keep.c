/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane init, backup and verify: the shop's file as a whole. They need nobody signed in: whoever
 * may read the file may do this much anyway, and a nightly job has no password. */

#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "commands.h"
#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/opening.h"

/* ---- init -------------------------------------------------------------------------------------
 */

void shop_remove_new(struct cli *cli)
{
    shop_file_remove(&cli->shop);
    shop_close(cli);
}

static status init_run(struct cli *cli, const void *input)
{
    const struct shop_opening *in = input;
    struct session *s = &cli->session;
    const struct shop_file_options options = {.create = true};

    TRY(shape_check(&shop_opening_shape, in, &s->fault));
    TRY(folders_make(cli->database, &cli->session.fault));
    TRY(shop_open_as(cli, &options));
    const status opened = shop_open_new(s, in);
    if (opened != OK) {
        const struct fault said = s->fault;
        shop_remove_new(cli);
        s->fault = said;
        return opened;
    }
    shop_close(cli);
    TRY(shop_open(cli, false, false)); /* as every day: this makes its reserve on the disk */
    return output_say(cli, "%s is set up in %s. Sign in with: pitlane login %s", in->name,
                      store_path(cli->shop.store), in->admin_login);
}

const struct command init_command = {
    .name = "init",
    .says = "Set up a new shop without the terminal program",
    .in = &shop_opening_shape,
    .run = init_run,
};

/* ---- backup -----------------------------------------------------------------------------------
 */

struct backup {
    const char *file;
};
static const struct field backup_fields[] = {
    FIELD(struct backup, file, .label = "File", .help = "Where the copy goes; it must not exist",
          .max = 4000, .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
};

/* Without its keys, too: a shop whose key file is lost needs its copies most. Then `ret_why` says
 * why the log knows nothing of this one. */
static status open_for_backup(struct cli *cli, const char **ret_why)
{
    *ret_why = "";
    const status with_keys = shop_open(cli, false, false);
    if (with_keys == OK)
        return OK;
    *ret_why = arena_text(&cli->arena, cli->session.fault.text);
    shop_close(cli);
    fault_clear(&cli->session.fault);
    return shop_open(cli, false, true);
}

static status note_backup(struct cli *cli, const char *path, status result)
{
    AUTO_BUF detail = BUF(32768);

    buf_text(&detail, "{\"to\":");
    json_write_text(&detail, path);
    buf_char(&detail, '}');
    return audit_note(&cli->session, AUDIT_BACKUP, result, buf_str(&detail));
}

/* The checkpoint is signed first, so that the copy holds it; its text is laid beside the copy once
 * there is one. */
static status backup_with_keys(struct cli *cli, const char *path)
{
    AUTO_BUF checkpoint = BUF(CHECKPOINT_LIMIT);
    const char *beside = arena_printf(&cli->arena, "%s.checkpoint", path);

    TRY(checkpoint_sign(cli, &checkpoint));
    status result = store_backup(cli->shop.store, path);
    if (result == OK)
        result = buf_write_file(&checkpoint, beside, 0600, &cli->session.fault);
    const struct fault said = cli->session.fault;
    const status noted = note_backup(cli, path, result);
    if (result == OK)
        return noted;
    cli->session.fault = said;
    return result;
}

static status backup_run(struct cli *cli, const void *input)
{
    const struct backup *in = input;
    const char *why = "";

    TRY(open_for_backup(cli, &why));
    if (*why != '\0')
        TRY(store_backup(cli->shop.store, in->file));
    else if (access(in->file, F_OK) == 0)
        TRY(store_backup(cli->shop.store, in->file)); /* refuses, before anything is signed */
    else
        TRY(backup_with_keys(cli, in->file));
    TRY(output_say(cli,
                   "A complete copy of the shop is in %s. Its keys are in %s and no part of it: "
                   "keep a copy of them elsewhere (pitlane key sheet).",
                   in->file, shop_key_path(store_path(cli->shop.store), &cli->arena)));
    if (*why != '\0')
        return output_say(cli, "The audit log could not note it, and no checkpoint was signed: %s",
                          why);
    return output_say(cli, "A signed checkpoint of the audit log is beside it, in %s.checkpoint.",
                      in->file);
}

const struct command backup_command = {
    .name = "backup",
    .says = "Copy the shop's file while others work",
    .in = SHAPE(struct backup, backup_fields),
    .needs = COMMAND_NOBODY,
    .run = backup_run,
};

static status prove_books(struct cli *cli)
{
    TRY(store_begin_read(cli->shop.store));
    const status result = ledger_prove(&cli->session);
    const struct fault said = cli->session.fault;
    store_rollback(cli->shop.store);
    cli->session.fault = said;
    return result;
}

/* ---- restore ----------------------------------------------------------------------------------
 */

struct restore {
    const char *file;
};
static const struct field restore_fields[] = {
    FIELD(struct restore, file, .label = "File", .help = "A copy made by pitlane backup",
          .max = 4000, .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
};

/* A copy that is damaged, or whose books do not agree, is not put in anybody's place. */
static status copy_back(struct cli *cli, const char *from, const char *to)
{
    const struct shop_file_options options = {.without_keys = true, .read_only = true};

    cli->database = from;
    TRY(shop_open_as(cli, &options));
    TRY(store_verify(cli->shop.store, false));
    TRY(prove_books(cli));
    TRY(folders_make(to, &cli->session.fault));
    TRY(store_backup(cli->shop.store, to));
    shop_close(cli);
    cli->database = to;
    return OK;
}

static status note_restore(struct cli *cli, const char *from)
{
    AUTO_BUF detail = BUF(32768);

    buf_text(&detail, "{\"from\":");
    json_write_text(&detail, from);
    buf_char(&detail, '}');
    TRY(shop_open(cli, false, false));
    return audit_note(&cli->session, AUDIT_RESTORE, OK, buf_str(&detail));
}

/* The log of a shop that was moved away alone would be taken for the copy's, and damage it; and the
 * shop lacks what is in it. */
static status check_no_log(struct cli *cli, const char *to)
{
    const char *log = arena_printf(&cli->arena, "%s-wal", to);

    if (access(log, F_OK) != 0)
        return OK;
    return fail(&cli->session, ERR_CONFLICT,
                "%.300s is still there: it holds the last changes of the shop that was moved away, "
                "or that shop is still open. Leave Pitlane at every terminal, and move it to where "
                "the shop's file went.",
                text_safe(&cli->arena, log));
}

static status restore_run(struct cli *cli, const void *input)
{
    const struct restore *in = input;
    struct session *s = &cli->session;
    const char *to = cli->database;

    if (access(to, F_OK) == 0)
        return fail(s, ERR_CONFLICT,
                    "There is a shop at %.300s already. Move it away first: what is in it would "
                    "be lost.",
                    text_safe(&cli->arena, to));
    TRY(check_no_log(cli, to));
    TRY(copy_back(cli, in->file, to));
    if (note_restore(cli, in->file) == OK)
        return output_say(cli, "The shop is back in %s, as the copy was made.",
                          text_safe(&cli->arena, to));
    const char *why = arena_text(&cli->arena, s->fault.text);
    return output_say(cli,
                      "The shop is back in %s, but it cannot be opened yet, nor the audit log note "
                      "it: %s",
                      text_safe(&cli->arena, to), why);
}

const struct command restore_command = {
    .name = "restore",
    .says = "Put a copy of the shop back where there is none",
    .in = SHAPE(struct restore, restore_fields),
    .needs = COMMAND_NOBODY,
    .run = restore_run,
};

/* ---- verify -----------------------------------------------------------------------------------
 */

struct verify {
    bool quick;
};
static const struct field verify_fields[] = {
    FIELD(struct verify, quick, .help = "Look at pages and indexes only, and leave out the books"),
};

static status verify_run(struct cli *cli, const void *input)
{
    const struct verify *in = input;

    TRY(store_verify(cli->shop.store, in->quick));
    if (in->quick)
        return output_say(cli, "The file is sound.");
    TRY(prove_books(cli));
    return output_say(cli, "The file is sound and the books agree to the cent.");
}

const struct command verify_command = {
    .name = "verify",
    .says = "Check the whole file and recompute the books",
    .in = SHAPE(struct verify, verify_fields),
    .needs = COMMAND_SHOP | COMMAND_WITHOUT_KEYS,
    .run = verify_run,
};
