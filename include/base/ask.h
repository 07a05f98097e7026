/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_ASK_H
#define PITLANE_BASE_ASK_H

/* Passwords and passphrases: a line from somewhere, never from the command line or the environment,
 * which others of the machine can read. */

#include "base/status.h"

enum ask_line { ASK_READ, ASK_END, ASK_FAILED, ASK_LONG };

/* One line without its end, byte by byte, so that a second secret can come from the next line of
 * the same input. ASK_FAILED leaves errno. Wipe what it reads. */
enum ask_line ask_read_line(int file, char *ret_line, size_t size);

/* Asks on the terminal of the process, whatever standard input is, without echo. ERR_USAGE without
 * a sentence when there is no terminal. */
status ask_secret(const char *prompt, char *ret_line, size_t size, struct fault *fault) MUST_USE;

#endif
