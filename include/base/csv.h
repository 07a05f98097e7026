/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_CSV_H
#define PITLANE_BASE_CSV_H

/* CSV as shops' other programs write it (RFC 4180 and its common sins), and CSV that a spreadsheet
 * can open without running anything. */

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

struct csv_record {
    size_t line; /* where it starts in the file, from 1 */
    size_t count;
    const char **cells; /* as in the file, quotes removed, in UTF-8; not trimmed */
};

struct csv {
    char separator;       /* ',', ';' or tab: found from the first records */
    const char *encoding; /* "UTF-8", "UTF-8 with mark" or "Windows-1252" */
    size_t count;
    struct csv_record *records; /* blank lines are left out */
};

/* Reads a whole file's bytes. NUL bytes, a quote never closed (its line is named), UTF-16 and files
 * without any record are ERR_INVALID with a sentence. */
status csv_read(const char *bytes, size_t length, struct arena *arena, struct csv *ret,
                struct fault *fault) MUST_USE;

/* Writes one cell, quoted where needed. `is_text`: a cell that a spreadsheet would run as a formula
 * (first character = + - @ tab CR LF) gets a leading apostrophe; one that already starts with
 * apostrophe + such a character gets another, so that csv_unguard gives back the original. */
void csv_write_cell(struct buf *out, const char *text, bool is_text, bool first);
void csv_end_record(struct buf *out);
/* Takes the guarding apostrophe off again. */
const char *csv_unguard(const char *cell);

#endif
