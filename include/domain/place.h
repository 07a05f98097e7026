/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PLACE_H
#define PITLANE_DOMAIN_PLACE_H

/* Where the keyboard is, for sessions and the audit log. What the machine's own account says of it
 * is taken at its word: whoever has a shell there can start the program with another environment.
 */

#include "domain/session.h"

struct place {
    const char *terminal; /* "pts/3", "" for none */
    const char *says;     /* "pts/3, account 1000, from 10.0.0.7" */
    const char
        *counted; /* what failed tries are counted by (tries.h): without the pseudo-terminal */
    enum terminal_kind kind;
};
/* From the terminal's name, the account of the machine and SSH_CONNECTION; texts in the arena. */
struct place place_here(struct arena *arena);
/* The same from what is given: NULL `tty` or `ssh` for none. For tests, and for place_here. */
struct place place_of(const char *tty, long account, const char *ssh, struct arena *arena);

#endif
