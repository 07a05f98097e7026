/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_TEST_H
#define PITLANE_TESTS_TEST_H

/* What every test includes first: cmocka with what it silently needs, in the order it needs it. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#undef fail /* the domain's own word; in tests: fail_msg */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#endif
