/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_PRINT_READ_BACK_H
#define PITLANE_TESTS_PRINT_READ_BACK_H

/* Reading papers back with the programs that other people read them with. */

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

/* Runs a program on the bytes and gives what it printed. */
static inline const char *read_back(struct arena *arena, const struct buf *bytes,
                                    const char *program, const char *rest)
{
    char path[] = "/tmp/pitlane-sheet-XXXXXX";
    struct fault fault;
    AUTO_BUF output = BUF_MIB(4);

    assert_true(mkstemp(path) >= 0);
    unlink(path);
    if (buf_write_file(bytes, path, 0600, &fault) != OK)
        fail_msg("%s", fault.text);
    FILE *pipe = popen(arena_printf(arena, "%s %s %s", program, path, rest), "r");
    assert_non_null(pipe);
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        buf_add(&output, chunk, got);
    pclose(pipe);
    unlink(path);
    return arena_text(arena, buf_str(&output));
}

static inline void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("“%s” is missing in:\n%s", part, text);
}

#endif
