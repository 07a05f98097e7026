/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_ENVIRONMENT_H
#define PITLANE_TESTS_ENVIRONMENT_H

/* What the program looks at in its environment is what a test has put there: not the shop, the line
 * or the wishes of whoever runs the tests. */

#include <stdlib.h>
#include <sys/stat.h>

static inline void environment_clear(void)
{
    static const char *const names[] = {
        "CREDENTIALS_DIRECTORY", "NO_COLOR",       "PITLANE_DB", "PITLANE_FILES",     "PITLANE_KEY",
        "PITLANE_TOKEN",         "SSH_CONNECTION", "SSH_TTY",    "XDG_DOCUMENTS_DIR",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    umask(022);
}

#endif
