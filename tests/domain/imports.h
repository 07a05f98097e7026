/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#ifndef PITLANE_TESTS_DOMAIN_IMPORTS_H
#define PITLANE_TESTS_DOMAIN_IMPORTS_H

/* What the tests of imports share: a plan out of a text, and what became of its lines. */

#include "shop.h"

#include "domain/import.h"

/* The plan of a file, read but not run; the test fails when it cannot be read. */
struct import_plan opened_bytes(struct shop_test *t, enum import_noun noun, const char *bytes,
                                size_t length);
struct import_plan opened(struct shop_test *t, enum import_noun noun, const char *text);
/* Runs a plan and expects this status. */
void run_import(struct shop_test *t, struct import_plan *plan, struct import_options options,
                status expected);
/* Read and run, bad lines left out. */
struct import_plan imported(struct shop_test *t, enum import_noun noun, const char *text);
void assert_counts(const struct import_plan *plan, int64_t added, int64_t changed, int64_t same,
                   int64_t bad);
/* How often a correction was made whose words contain this. */
int64_t noted(const struct import_plan *plan, const char *part);
const struct import_line *line_at(const struct import_plan *plan, size_t index);
void assert_bad(const struct import_plan *plan, size_t index, const char *column,
                const char *reason);

#endif
