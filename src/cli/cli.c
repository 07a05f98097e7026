/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From argv to the exit code. Nothing here knows a noun: operations and hand-written commands are
 * found in their tables. */

#include "cli/cli.h"

#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/place.h"
#include "inner.h"

static status find_database(struct cli *cli)
{
    char path[PATH_MAX];

    cli->database_given = !text_is_empty(cli->database);
    if (cli->database_given)
        return OK;
    if (!cli_database(path, sizeof path))
        return fail(&cli->session, ERR_IO,
                    "There is no home folder to look for the shop in. Name its file with --db.");
    cli->database = arena_text(&cli->arena, path);
    return OK;
}

static status run_once(struct cli *cli, struct request *request, size_t call)
{
    const struct op *op = request->op;
    void *in = NULL;

    TRY(only_check(cli, op->out));
    TRY(input_build(cli, request, call, &in));
    if ((op->flags & OP_LIST) != 0)
        return output_list(cli, op, in);
    void *out = op->out != NULL ? arena_alloc(&cli->arena, op->out->size) : NULL;
    TRY(shop_call(cli, op, in, out));
    if (call > 0 && cli->format == FORMAT_PLAIN)
        putchar('\n');
    return output_row(cli, op->out, out);
}

/* Something has to be shown first: then the same call again, in one flow. */
static status run_and_meet(struct cli *cli, struct request *request, size_t call)
{
    const status result = run_once(cli, request, call);

    if (result != ERR_CONFIRM)
        return result;
    TRY(standing_meet(cli));
    return run_once(cli, request, call);
}

static status run_op(struct cli *cli, struct request *request)
{
    const struct op *op = request->op;
    const size_t calls = request_calls(request);
    status worst = OK;

    if ((op->flags & OP_NO_SHOP) == 0)
        TRY(shop_open(cli, op->kind == OP_READS, false));
    if ((op->flags & OP_PUBLIC) == 0)
        TRY(shop_sign_in(cli));
    cli->session.command_id = cli->command_id;
    for (size_t call = 0; call < calls; call++) {
        const status result = run_and_meet(cli, request, call);
        if (result == OK)
            continue;
        output_fault(cli, request);
        worst = result;
    }
    return worst;
}

/* A nightly copy has no password, but the audit log says whose it was all the same. */
static const char *account_at_work(struct cli *cli, const struct command *command)
{
    const struct passwd *entry = getpwuid(getuid());
    const char *account = entry != NULL ? text_clean(&cli->arena, entry->pw_name, TEXT_ONE_LINE)
                                        : arena_printf(&cli->arena, "account %ld", (long)getuid());

    return arena_printf(&cli->arena, "%s (pitlane %s)", account, command->name);
}

static status run_command(struct cli *cli, struct request *request)
{
    const struct command *command = request->command;
    void *in = NULL;

    if ((command->needs & COMMAND_SHOP) != 0)
        TRY(shop_open(cli, false, (command->needs & COMMAND_WITHOUT_KEYS) != 0));
    if ((command->needs & COMMAND_SIGN_IN) != 0)
        TRY(shop_sign_in(cli));
    if ((command->needs & COMMAND_NOBODY) != 0)
        cli->session.user_name = account_at_work(cli, command);
    TRY(input_build(cli, request, 0, &in));
    if (request->in != NULL)
        TRY(shape_check(request->in, in, &cli->session.fault));
    const status result = command->run(cli, in);
    if (result != ERR_CONFIRM || cli->session.id.v == 0)
        return result;
    TRY(standing_meet(cli));
    return command->run(cli, in);
}

/* Of a command that could not be read, but said what it wanted its answer in. */
static bool wants_json(int argc, char **argv)
{
    for (int i = 1; i < argc && !text_same(argv[i], "--"); i++)
        if (text_same(argv[i], "--json") || text_starts(argv[i], "--json=") ||
            text_same(argv[i], "--lines"))
            return true;
    return false;
}

static status read_request(struct cli *cli, int argc, char **argv, struct request *request)
{
    const status result = request_read(cli, argc, argv, request);

    if (result != OK && wants_json(argc, argv))
        cli->format = FORMAT_JSON;
    return result;
}

static status run(struct cli *cli, int argc, char **argv, struct request *request)
{
    AUTO_BUF text = BUF_MIB(4);

    TRY(read_request(cli, argc, argv, request));
    TRY(find_database(cli));
    if (request->version) {
        buf_printf(&text, "pitlane %s\n", PITLANE_VERSION);
        return output_text(cli, &text);
    }
    if (request->help) {
        help_write(cli, request, &text);
        return output_text(cli, &text);
    }
    return request->op != NULL ? run_op(cli, request) : run_command(cli, request);
}

int cli_run(int argc, char **argv)
{
    struct request request = {.noun = NULL};
    struct cli cli = {.format = FORMAT_PLAIN};

    cli.session.arena = &cli.arena;
    const struct place place = place_here(&cli.arena);
    cli.session.terminal = place.terminal[0] != '\0' ? place.terminal : "cli";
    cli.session.place = place.says;
    cli.session.counted_at = place.counted;
    cli.session.terminal_kind = place.kind;
    const status result = run(&cli, argc, argv, &request);
    if (result != OK && !cli.fault_told)
        output_fault(&cli, &request);
    if (cli.shop.store != NULL && store_reserve_given(cli.shop.store) > 0)
        fprintf(stderr, "pitlane: The disk is full, and the reserve that was kept on it is used up "
                        "now. Free some space before anything else.\n");
    shop_close(&cli);
    if (cli.passphrase != NULL)
        secret_wipe((char *)(uintptr_t)cli.passphrase, strlen(cli.passphrase));
    arena_done(&cli.arena);
    return status_exit_code(result);
}
