/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Passwords and passphrases: from a file, from standard input, or asked for on the terminal without
 * echo. Never from the command line, which every account of the machine can read. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/ask.h"
#include "base/text.h"
#include "domain/secret.h"
#include "inside.h"

#define SECRET_LINE_MAX 1024

status secret_line(struct cli *cli, int from, const char *name, const char **ret_line)
{
    char line[SECRET_LINE_MAX];
    const enum ask_line read = ask_read_line(from, line, sizeof line);

    if (read == ASK_FAILED)
        return fail(&cli->session, ERR_IO, "%s cannot be read: %s.", name, strerror(errno));
    if (read == ASK_LONG)
        return fail(&cli->session, ERR_INVALID, "The line in %s is too long for a secret.", name);
    *ret_line = read == ASK_END ? NULL : arena_text(&cli->arena, line);
    secret_wipe(line, sizeof line);
    return OK;
}

static status keep_line(struct cli *cli, int from, const char *name, const char **ret_secret)
{
    const char *line = NULL;

    TRY(secret_line(cli, from, name, &line));
    if (line == NULL)
        return fail(&cli->session, ERR_USAGE, "There is no password in %s.", name);
    *ret_secret = line;
    return OK;
}

status secret_from_file(struct cli *cli, const char *path, const char **ret_secret)
{
    const char *name = text_safe(&cli->arena, path);

    if (text_same(path, "-"))
        return keep_line(cli, STDIN_FILENO, "standard input", ret_secret);
    const int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (from < 0)
        return fail(&cli->session, ERR_IO, "%s cannot be opened: %s.", name, strerror(errno));
    const status result = keep_line(cli, from, name, ret_secret);
    close(from);
    return result;
}

status secret_ask(struct cli *cli, const struct field *field, const char **ret_secret)
{
    struct arena *arena = &cli->arena;
    char line[SECRET_LINE_MAX];

    fault_clear(&cli->session.fault);
    const status result =
        ask_secret(field_label(field, arena), line, sizeof line, &cli->session.fault);
    if (result == ERR_USAGE && cli->session.fault.code == OK)
        return fail(&cli->session, ERR_USAGE,
                    "%s is missing. Give --%s-file FILE, or - for standard input.",
                    field_label(field, arena), option_name(field, arena));
    TRY(result);
    *ret_secret = arena_text(arena, line);
    secret_wipe(line, sizeof line);
    return OK;
}
