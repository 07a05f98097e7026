/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Passwords: from a file, from standard input, or asked for on the terminal without echo. Never
 * from the command line, which every account of the machine can read. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/secret.h"
#include "inside.h"

#define SECRET_LINE_MAX 1024

enum line { LINE_READ, LINE_END, LINE_FAILED, LINE_LONG };

/* Byte by byte, so that a second secret can come from the next line of the same input. */
static enum line read_line(int from, char *line, size_t size)
{
    size_t used = 0;

    for (;;) {
        char byte;
        const ssize_t got = read(from, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return LINE_FAILED;
        if (got == 0 && used == 0)
            return LINE_END;
        if (got == 0 || byte == '\n')
            break;
        if (used + 1 == size)
            return LINE_LONG;
        line[used++] = byte;
    }
    if (used > 0 && line[used - 1] == '\r')
        used--;
    line[used] = '\0';
    return LINE_READ;
}

static status keep_line(struct cli *cli, int from, const char *name, const char **ret_secret)
{
    char line[SECRET_LINE_MAX];
    const enum line read = read_line(from, line, sizeof line);

    if (read == LINE_FAILED)
        return fail(&cli->session, ERR_IO, "%s cannot be read: %s.", name, strerror(errno));
    if (read == LINE_LONG)
        return fail(&cli->session, ERR_INVALID, "The line in %s is too long for a password.", name);
    if (read == LINE_END)
        return fail(&cli->session, ERR_USAGE, "There is no password in %s.", name);
    *ret_secret = arena_text(&cli->arena, line);
    secret_wipe(line, sizeof line);
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

static void say(int terminal, const char *text)
{
    /* A prompt that cannot be shown is no reason to stop. */
    const ssize_t written = write(terminal, text, strlen(text));
    (void)written;
}

status secret_ask(struct cli *cli, const struct field *field, const char **ret_secret)
{
    struct arena *arena = &cli->arena;
    struct termios before, quiet;
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (terminal < 0 || tcgetattr(terminal, &before) != 0) {
        if (terminal >= 0)
            close(terminal);
        return fail(&cli->session, ERR_USAGE,
                    "%s is missing. Give --%s-file FILE, or - for standard input.",
                    field_label(field, arena), option_name(field, arena));
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    quiet.c_lflag |= ICANON | ISIG;
    quiet.c_iflag |= ICRNL;
    say(terminal, arena_printf(arena, "%s: ", field_label(field, arena)));
    tcsetattr(terminal, TCSAFLUSH, &quiet);
    const status result = keep_line(cli, terminal, "what was typed", ret_secret);
    tcsetattr(terminal, TCSAFLUSH, &before);
    say(terminal, "\n");
    close(terminal);
    return result;
}
