/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane key …, pitlane rekey: the shop's keys, which lie beside its file. They need nobody signed
 * in: whoever may read the key file has the keys anyway, and a damaged shop still has to be mended.
 * No key is ever printed but under a passphrase. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "commands.h"
#include "domain/audit.h"
#include "domain/rekey.h"
#include "print/print.h"

#define PASSPHRASE_LEAST 15

/* ---- asking -----------------------------------------------------------------------------------
 */

static const struct field passphrase_fields[] = {
    {.name = "passphrase", .label = "Passphrase of the shop's keys", .flags = FIELD_SECRET},
};
static const struct field new_fields[] = {
    {.name = "new_passphrase", .label = "New passphrase", .flags = FIELD_SECRET},
    {.name = "new_passphrase", .label = "The same again", .flags = FIELD_SECRET},
};

status shop_passphrase(void *context, char ret[SHOP_PASSPHRASE_MAX], struct fault *fault)
{
    struct cli *cli = context;

    if (cli->passphrase == NULL && cli->passphrase_file != NULL)
        TRY(secret_from_file(cli, cli->passphrase_file, &cli->passphrase));
    if (cli->passphrase == NULL)
        TRY(secret_ask(cli, &passphrase_fields[0], &cli->passphrase));
    if (strlen(cli->passphrase) >= SHOP_PASSPHRASE_MAX)
        return fault_set(fault, ERR_SIGN_IN, "This is not the passphrase of the shop's keys.");
    memcpy(ret, cli->passphrase, strlen(cli->passphrase) + 1);
    return OK;
}

/* Given by a file, or asked for twice. */
static status new_passphrase(struct cli *cli, const char *given, const char **ret)
{
    struct session *s = &cli->session;
    const char *again = given;

    if (text_is_empty(given)) {
        TRY(secret_ask(cli, &new_fields[0], &given));
        TRY(secret_ask(cli, &new_fields[1], &again));
    }
    if (!secret_same(given, again))
        return fail_field(s, "new_passphrase", "The two are not the same. Nothing was changed.");
    if (text_cells(given, strlen(given)) < PASSPHRASE_LEAST)
        return fail_field(s, "new_passphrase",
                          "The passphrase is too short. Use %d characters or more: four words do "
                          "well.",
                          PASSPHRASE_LEAST);
    if (strlen(given) >= SHOP_PASSPHRASE_MAX)
        return fail_field(s, "new_passphrase", "The passphrase is too long. Use %d at most.",
                          SHOP_PASSPHRASE_MAX - 1);
    *ret = given;
    return OK;
}

static bool is_credential(const char *path)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");

    return !text_is_empty(folder) && text_starts(path, folder);
}

/* What systemd hands over is a copy that is gone when the service ends. */
static status check_is_file(struct cli *cli)
{
    if (!is_credential(key_ring_path(cli->shop.keys)))
        return OK;
    return fail(
        &cli->session, ERR_CONFLICT,
        "These keys come from a systemd credential, which only systemd replaces. Decrypt it "
        "to a key file (systemd-creds decrypt), run this with PITLANE_KEY naming that file, "
        "encrypt it again, then remove the file.");
}

/* ---- key show ---------------------------------------------------------------------------------
 */

enum key_wrap { KEY_PLAIN, KEY_PASSPHRASE, KEY_CREDENTIAL };
static const struct choice wraps[] = {
    {"file", "Its mode 0600 alone"},
    {"passphrase", "A passphrase"},
    {"credential", "A systemd credential"},
};
static const struct choices wrap_choices = CHOICES(wraps);

struct key_shown {
    const char *file, *fingerprint;
    enum key_wrap guarded_by;
    int64_t data_key, data_keys, sealed, sealed_old;
};
/* clang-format off */
static const struct field key_shown_fields[] = {
    FIELD(struct key_shown, file, .label = "Key file", .max = 4096),
    FIELD(struct key_shown, fingerprint, .label = "Fingerprint"),
    FIELD(struct key_shown, guarded_by, .label = "Guarded by", .choices = &wrap_choices),
    FIELD(struct key_shown, data_key, .label = "Seals with key"),
    FIELD(struct key_shown, data_keys, .label = "Keys in the file"),
    FIELD(struct key_shown, sealed, .label = "Sealed values"),
    FIELD(struct key_shown, sealed_old, .label = "By older keys"),
};
/* clang-format on */

static status key_show_run(struct cli *cli, const void *input)
{
    struct sealed_count count;
    char fingerprint[KEY_FINGERPRINT_MAX];
    const struct key_ring *keys = cli->shop.keys;

    (void)input;
    TRY(sealed_count(&cli->session, &count));
    key_ring_fingerprint(keys, fingerprint);
    const struct key_shown out = {
        .file = key_ring_path(keys),
        .fingerprint = fingerprint,
        .guarded_by = cli->passphrase != NULL              ? KEY_PASSPHRASE
                      : is_credential(key_ring_path(keys)) ? KEY_CREDENTIAL
                                                           : KEY_PLAIN,
        .data_key = key_ring_newest(keys),
        .data_keys = key_ring_data_count(keys),
        .sealed = count.all,
        .sealed_old = count.old,
    };
    return output_row(cli, SHAPE(struct key_shown, key_shown_fields), &out);
}

const struct command key_show_command = {
    .name = "key show",
    .says = "See where the shop's keys are and how they are guarded",
    .needs = COMMAND_SHOP,
    .run = key_show_run,
};

/* ---- key passphrase ---------------------------------------------------------------------------
 */

struct key_passphrase {
    const char *new_passphrase;
    bool remove;
};
static const struct field key_passphrase_fields[] = {
    FIELD(struct key_passphrase, new_passphrase, .label = "New passphrase",
          .max = SHOP_PASSPHRASE_MAX - 1, .flags = FIELD_SECRET | FIELD_NUMBERS_OK,
          .help = "15 characters or more: four words do well"),
    FIELD(struct key_passphrase, remove,
          .help = "Take the passphrase away, so that the shop opens without one"),
};

static status key_passphrase_run(struct cli *cli, const void *input)
{
    const struct key_passphrase *in = input;
    const char *path = key_ring_path(cli->shop.keys);
    const char *passphrase = NULL;

    TRY(check_is_file(cli));
    if (!in->remove)
        TRY(new_passphrase(cli, in->new_passphrase, &passphrase));
    else if (!text_is_empty(in->new_passphrase))
        return fail(&cli->session, ERR_USAGE, "Give a new passphrase or --remove, not both.");
    TRY(key_ring_save(cli->shop.keys, passphrase, &cli->session.fault));
    TRY(audit_note(&cli->session, AUDIT_PASSPHRASE, OK,
                   in->remove ? "{\"removed\":true}" : "{\"set\":true}"));
    if (in->remove)
        return output_say(cli, "%s is no longer under a passphrase.", path);
    return output_say(
        cli,
        "%s is under the passphrase now. It is asked for whenever the shop is opened. "
        "Copies made before are not.",
        path);
}

const struct command key_passphrase_command = {
    .name = "key passphrase",
    .says = "Put the shop's keys under a passphrase, change it, or take it away",
    .in = SHAPE(struct key_passphrase, key_passphrase_fields),
    .needs = COMMAND_SHOP | COMMAND_NOBODY,
    .run = key_passphrase_run,
};

/* ---- key sheet --------------------------------------------------------------------------------
 */

struct key_sheet {
    const char *output, *new_passphrase;
};
static const struct field key_sheet_fields[] = {
    FIELD(struct key_sheet, output, .max = 4000, .flags = FIELD_NUMBERS_OK,
          .help =
              "File to write: a PDF where its name ends in .pdf; - for text on standard output"),
    FIELD(struct key_sheet, new_passphrase, .label = "Passphrase of the sheet",
          .max = SHOP_PASSPHRASE_MAX - 1, .flags = FIELD_SECRET | FIELD_NUMBERS_OK,
          .help = "What the sheet is good for together with: 15 characters or more"),
};

static bool is_pdf(const char *path)
{
    const size_t length = strlen(path);

    return length > 4 && text_same(path + length - 4, ".pdf");
}

static status key_sheet_run(struct cli *cli, const void *input)
{
    const struct key_sheet *in = input;
    const bool to_stdout = text_is_empty(in->output) || text_same(in->output, "-");
    const enum print_format format = !to_stdout && is_pdf(in->output) ? PRINT_PDF : PRINT_TEXT;
    const char *passphrase = "";
    AUTO_BUF bytes = BUF_MIB(16);

    TRY(new_passphrase(cli, in->new_passphrase, &passphrase));
    TRY(print_keys(&cli->session, passphrase, format, &bytes));
    TRY(audit_note(&cli->session, AUDIT_SHEET, OK, NULL));
    if (to_stdout)
        return output_text(cli, &bytes);
    TRY(buf_write_file(&bytes, in->output, 0600, &cli->session.fault));
    return output_say(cli,
                      "The recovery sheet is in %s. Print it, remove the file, and keep the paper "
                      "and its passphrase in two places.",
                      in->output);
}

const struct command key_sheet_command = {
    .name = "key sheet",
    .says = "Make the recovery sheet: the shop's keys on paper, under a passphrase",
    .in = SHAPE(struct key_sheet, key_sheet_fields),
    .needs = COMMAND_SHOP | COMMAND_NOBODY,
    .run = key_sheet_run,
};

/* ---- key restore ------------------------------------------------------------------------------
 */

struct key_restore {
    const char *file, *sheet_passphrase;
};
static const struct field key_restore_fields[] = {
    FIELD(struct key_restore, file, .label = "File", .max = 4000,
          .help = "The lines of the sheet as typed or scanned; - for standard input",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct key_restore, sheet_passphrase, .label = "Passphrase of the sheet",
          .max = SHOP_PASSPHRASE_MAX - 1,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};

static status note_restored(struct session *s, const struct key_ring *keys)
{
    char fingerprint[KEY_FINGERPRINT_MAX];

    s->keys = keys;
    key_ring_fingerprint(keys, fingerprint);
    const status result = audit_note(
        s, AUDIT_KEYS_BACK, OK, arena_printf(s->arena, "{\"fingerprint\":\"%s\"}", fingerprint));
    s->keys = NULL; /* they end with this command */
    return result;
}

static status key_restore_run(struct cli *cli, const void *input)
{
    const struct key_restore *in = input;
    struct session *s = &cli->session;
    AUTO_BUF text = BUF(64u << 10);
    AUTO_KEY_RING keys = NULL;
    const char *path = "";

    TRY(buf_read_file(&text, in->file, &s->fault));
    TRY(key_ring_read_sheet(buf_str(&text), in->sheet_passphrase, &s->fault, &keys));
    TRY(shop_keys_restore(&cli->shop, keys, &cli->arena, &path, &s->fault));
    TRY(note_restored(s, keys));
    return output_say(
        cli,
        "The keys are back in %s. Try them with pitlane doctor, then put them under a "
        "passphrase again if they were (pitlane key passphrase).",
        path);
}

const struct command key_restore_command = {
    .name = "key restore",
    .says = "Make the key file anew from the recovery sheet",
    .in = SHAPE(struct key_restore, key_restore_fields),
    .needs = COMMAND_SHOP | COMMAND_NOBODY | COMMAND_WITHOUT_KEYS,
    .run = key_restore_run,
};

/* ---- rekey ------------------------------------------------------------------------------------
 */

static status rekey_command_run(struct cli *cli, const void *input)
{
    struct rekey report;

    (void)input;
    TRY(check_is_file(cli));
    TRY(rekey_run(&cli->session, cli->shop.keys, cli->passphrase, &report));
    return output_say(cli,
                      "%sKey %d seals from now on; %lld %s sealed anew and the old keys "
                      "are thrown away. Backups made before need the key file or recovery sheet of "
                      "their time. Make a new sheet now: pitlane key sheet",
                      report.went_on ? "An interrupted change was finished. " : "", report.data_key,
                      (long long)report.sealed, report.sealed == 1 ? "value was" : "values were");
}

const struct command rekey_command = {
    .name = "rekey",
    .says = "Change the data key: everything sealed is sealed anew",
    .needs = COMMAND_SHOP | COMMAND_NOBODY,
    .run = rekey_command_run,
};
