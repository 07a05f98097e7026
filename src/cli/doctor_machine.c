/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The machine around the shop: this process, the account, the terminal, the locale, the clock. */

#include "doctor.h"

#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/text.h"

/* What every screen needs, and what it was made for. */
#define ROWS_LEAST 20
#define COLS_LEAST 60
#define ROWS_GOOD  24
#define COLS_GOOD  80

static void check_process(struct doctor *d)
{
    struct rlimit core = {1, 1};
    const mode_t mask = umask(077);

    umask(mask);
    if (mask != 077)
        doctor_say(d, "umask", FINDING_WRONG, "Install the program anew.",
                   "New files would be open to others (umask %03o)", (unsigned)mask);
    else
        doctor_say(d, "umask", FINDING_OK, "", "New files are their owner's alone (umask 077)");
    if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0 ||
        prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
        doctor_say(d, "memory", FINDING_WRONG, "Install the program anew.",
                   "A crash would leave customers' data in a core file");
    else
        doctor_say(d, "memory", FINDING_OK, "",
                   "No core files, and no other process of this account reads the memory");
}

static void check_account(struct doctor *d)
{
    if (geteuid() == 0)
        doctor_say(d, "account", FINDING_ADVICE, "man pitlane-deploy",
                   "Pitlane runs as root. An account of its own is enough, and safer");
    else if (getuid() != geteuid() || getgid() != getegid())
        doctor_say(d, "account", FINDING_WRONG,
                   "Take the set-user-id and set-group-id bits away: chmod ug-s",
                   "The program runs with another account's rights, for which it was not made");
    else
        doctor_say(d, "account", FINDING_OK, "", "The account is an ordinary one");
}

/* ---- terminal -----------------------------------------------------------------------------------
 */

static int short_at(const unsigned char *bytes)
{
    return bytes[0] | bytes[1] << 8;
}

/* max_colors of a compiled description (term(5)): the 14th number; 0 when it has none. */
static int colours_of(const unsigned char *file, size_t length)
{
    const size_t wide = short_at(file) == 01036 ? 4 : 2;
    const size_t at = 12 + (size_t)short_at(file + 2) + (size_t)short_at(file + 4);
    const size_t number = at + at % 2 + 13 * wide;

    if (short_at(file + 6) < 14 || number + 2 > length)
        return 0;
    const int colours = short_at(file + number);
    return colours >= 0x8000 ? 0 : colours;
}

/* Where ncurses looks for it. -1 when it is nowhere. */
static int find_colours(struct doctor *d, const char *term)
{
    const char *home = getenv("HOME");
    const char *const folders[] = {
        arena_printf(d->arena, "%s/.terminfo", home != NULL ? home : ""),
        "/etc/terminfo",
        "/lib/terminfo",
        "/usr/share/terminfo",
        "/usr/lib/terminfo",
    };

    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        unsigned char bytes[4096];
        const char *path = arena_printf(d->arena, "%s/%c/%s", folders[i], term[0], term);
        const int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0)
            continue;
        const ssize_t got = read(file, bytes, sizeof bytes);
        close(file);
        return got >= 12 ? colours_of(bytes, (size_t)got) : 0;
    }
    return -1;
}

static void check_term(struct doctor *d)
{
    const char *term = getenv("TERM");
    const int colours = text_is_empty(term) || strchr(term, '/') ? -1 : find_colours(d, term);

    if (text_is_empty(term))
        doctor_say(d, "terminal", FINDING_WRONG, "export TERM=xterm-256color",
                   "TERM is not set or names no terminal, so the kind of this one is not known");
    else if (colours < 0)
        doctor_say(d, "terminal", FINDING_WRONG,
                   "apt install ncurses-term, or export TERM=xterm-256color",
                   "The terminal “%s” is not known here", term);
    else if (colours < 8)
        doctor_say(d, "terminal", FINDING_ADVICE, "export TERM=xterm-256color, if it is one",
                   "The terminal “%s” has no colours; everything works without", term);
    else
        doctor_say(d, "terminal", FINDING_OK, "", "The terminal “%s” is known and has %d colours",
                   term, colours);
}

static void check_size(struct doctor *d)
{
    struct winsize size = {0};

    if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        doctor_say(d, "size", FINDING_SKIPPED, "stty rows 24 cols 80",
                   "The terminal does not tell its size");
    else if (size.ws_row < ROWS_LEAST || size.ws_col < COLS_LEAST)
        doctor_say(d, "size", FINDING_WRONG, "Make the window larger, or its letters smaller.",
                   "The terminal has %d rows of %d characters; %d of %d are needed", size.ws_row,
                   size.ws_col, ROWS_LEAST, COLS_LEAST);
    else if (size.ws_row < ROWS_GOOD || size.ws_col < COLS_GOOD)
        doctor_say(d, "size", FINDING_ADVICE, "Make the window larger, or its letters smaller.",
                   "The terminal has %d rows of %d characters; %d of %d show more at once",
                   size.ws_row, size.ws_col, ROWS_GOOD, COLS_GOOD);
    else
        doctor_say(d, "size", FINDING_OK, "", "The terminal has %d rows of %d characters",
                   size.ws_row, size.ws_col);
}

static void check_terminal(struct doctor *d)
{
    if (isatty(STDIN_FILENO) == 0) {
        doctor_say(d, "terminal", FINDING_SKIPPED, "Run it once more at the terminal itself.",
                   "There is no terminal here to look at");
        return;
    }
    check_term(d);
    check_size(d);
}

/* The one of them that decides (locale(7)); another one set beside it would change nothing. */
static const char *locale_variable(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!text_is_empty(getenv(names[i])))
            return names[i];
    return "LANG";
}

static void check_locale(struct doctor *d)
{
    const char *set = nl_langinfo(CODESET);

    if (strcmp(set, "UTF-8") == 0)
        doctor_say(d, "locale", FINDING_OK, "", "The locale is UTF-8");
    else
        doctor_say(d, "locale", FINDING_ADVICE,
                   arena_printf(d->arena,
                                "export %s=C.UTF-8; for good: localectl set-locale C.UTF-8",
                                locale_variable()),
                   "The locale is not UTF-8 (%s), or is not on this machine, so screens are drawn "
                   "in ASCII and some names as question marks",
                   set);
}

/* ---- clock --------------------------------------------------------------------------------------
 */

#define YEAR_2026 INT64_C(1767225600)

static void check_clock(struct doctor *d)
{
    struct timex now = {.modes = 0};
    const int state = adjtimex(&now);

    if ((int64_t)now.time.tv_sec < YEAR_2026)
        doctor_say(d, "clock", FINDING_WRONG, "timedatectl set-ntp true",
                   "The clock of this computer is years behind");
    else if (state < 0)
        doctor_say(d, "clock", FINDING_SKIPPED, "timedatectl status",
                   "Whether the clock is kept right is not told here");
    else if (state == TIME_ERROR || (now.status & STA_UNSYNC) != 0)
        doctor_say(d, "clock", FINDING_ADVICE, "timedatectl set-ntp true",
                   "Nothing keeps the clock right, and one-time codes need it right to the minute");
    else
        doctor_say(d, "clock", FINDING_OK, "", "The clock is kept right");
}

void doctor_machine(struct doctor *d)
{
    check_process(d);
    check_account(d);
    check_terminal(d);
    check_locale(d);
    check_clock(d);
}
