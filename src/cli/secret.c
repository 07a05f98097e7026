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
#include "inner.h"

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

/* Two lines of one file; the second only where there is somewhere to put it. */
status secret_pair_from_file(struct cli *cli, const char *path, const char **ret_first,
                             const char **ret_second)
{
    const char *name = text_safe(&cli->arena, path);
    const bool is_input = text_same(path, "-");
    const int from = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (from < 0)
        return fail(&cli->session, ERR_IO, "%s cannot be opened: %s.", name, strerror(errno));
    status result = keep_line(cli, from, is_input ? "standard input" : name, ret_first);
    if (result == OK && ret_second != NULL)
        result = keep_line(cli, from, is_input ? "standard input" : name, ret_second);
    if (!is_input)
        close(from);
    return result;
}

status secret_from_file(struct cli *cli, const char *path, const char **ret_secret)
{
    return secret_pair_from_file(cli, path, ret_secret, NULL);
}

bool secret_can_ask(void)
{
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (terminal >= 0)
        close(terminal);
    return terminal >= 0;
}

void secret_tell(const char *text)
{
    const int terminal = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (terminal < 0)
        return;
    /* What cannot be shown is no reason to stop. */
    const ssize_t written = write(terminal, text, strlen(text));
    (void)written;
    close(terminal);
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
