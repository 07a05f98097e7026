/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_CLI_DOCTOR_H
#define PITLANE_CLI_DOCTOR_H

/* What the files of the doctor share: doctor.c the command, doctor_files.c files and folders,
 * doctor_machine.c terminal, locale, clock and process, doctor_shop.c what needs the shop opened.
 * Every check stands alone: whatever else is broken, it says its line. */

#include <sys/types.h>

#include "inner.h"

enum finding {
    FINDING_OK,
    FINDING_ADVICE,  /* works, and could be better */
    FINDING_WRONG,   /* must be mended */
    FINDING_SKIPPED, /* could not be looked at; says why */
};

struct doctor_line {
    const char *check; /* "key_file": stable, for scripts */
    enum finding finding;
    const char *says;
    const char *mend; /* the command, or what to do; "" when there is nothing to */
};

#define DOCTOR_LINES_MAX 96

struct doctor {
    struct cli *cli;
    struct arena *arena;
    const char *backups; /* folder of the backups; NULL: not named */
    uid_t owner;         /* the account that the shop's files have to belong to */
    struct doctor_line lines[DOCTOR_LINES_MAX];
    size_t count;
};

void doctor_say(struct doctor *d, const char *check, enum finding finding, const char *mend,
                const char *says, ...) PRINTF_LIKE(5, 6);
/* Has anything wrong been found so far? */
bool doctor_found_wrong(const struct doctor *d);
/* Is the shop another account's than the one that asks? Then it is not opened. */
bool doctor_is_guest(const struct doctor *d);
/* The path as a shell reads it: quoted where it has to be. */
const char *doctor_quote(struct doctor *d, const char *path);

void doctor_files(struct doctor *d);
void doctor_machine(struct doctor *d);
void doctor_shop(struct doctor *d);

#endif
