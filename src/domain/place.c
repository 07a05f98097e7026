/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the keyboard is: the terminal's name, the account, the far end of an SSH connection. */

#include "domain/place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

#define ADDRESS_MAX 64

/* "10.0.0.7 51422 10.0.0.1 22" → "10.0.0.7"; what is no address at all → "". */
static const char *far_address(const char *ssh, struct arena *arena)
{
    const size_t length = strcspn(ssh, " ");

    if (length == 0 || length > ADDRESS_MAX)
        return "";
    for (size_t i = 0; i < length; i++)
        if (strchr("0123456789ABCDEFabcdef.:%", ssh[i]) == NULL)
            return "";
    return arena_text_n(arena, ssh, length);
}

/* A pseudo-terminal is one of many that the same person can have; a console or a line is one. */
static const char *counted(const struct place *place, long account, const char *from,
                           struct arena *arena)
{
    const bool is_line = place->terminal[0] != '\0' && !text_starts(place->terminal, "pts/");

    if (from[0] != '\0')
        return arena_printf(arena, "account %ld, from %s", account, from);
    if (is_line)
        return arena_printf(arena, "account %ld, %s", account, place->terminal);
    return arena_printf(arena, "account %ld", account);
}

struct place place_of(const char *tty, long account, const char *ssh, struct arena *arena)
{
    struct place place = {.terminal = "", .kind = ssh != NULL ? TERMINAL_SSH : TERMINAL_COUNTER};
    const char *from = ssh != NULL ? far_address(ssh, arena) : "";

    if (tty != NULL)
        place.terminal =
            text_clean(arena, text_starts(tty, "/dev/") ? tty + 5 : tty, TEXT_ONE_LINE);
    place.says = arena_printf(arena, "%s, account %ld%s%s",
                              place.terminal[0] != '\0' ? place.terminal : "no terminal", account,
                              from[0] != '\0' ? ", from " : "", from);
    place.counted = counted(&place, account, from, arena);
    return place;
}

struct place place_here(struct arena *arena)
{
    const char *ssh = getenv("SSH_CONNECTION");
    char name[256];

    if (ssh == NULL)
        ssh = getenv("SSH_TTY") != NULL ? "" : NULL;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (ttyname_r(fd, name, sizeof name) == 0)
            return place_of(name, (long)getuid(), ssh, arena);
    return place_of(NULL, (long)getuid(), ssh, arena);
}
