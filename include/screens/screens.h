/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_SCREENS_H
#define PITLANE_SCREENS_SCREENS_H

/* The terminal program: what `pitlane` without a verb runs. */

#include <stdbool.h>

#include "base/status.h"

struct screens_options {
    const char *db;       /* the shop's file; when there is none the first-run wizard makes it */
    const char *theme;    /* words of --theme (ui/theme.h), or NULL */
    bool kiosk;           /* be the kiosk this account is enrolled as, or say that it is none */
    const char *terminal; /* "counter 1" for sessions and the audit log; NULL: the tty's name */
};

/* Runs until the person leaves or the terminal goes away (drafts are kept then). The caller has
 * called term_raw_early first thing in main. Returns the exit code; what kept the program from
 * starting is said on standard error, after the terminal was given back. */
int screens_run(const struct screens_options *options);

#endif
