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
/* "fail" is the domain's own word (domain/session.h); tests say fail_msg. */
#undef fail
#undef fail_msg
#define fail_msg(...)                                                                              \
    do {                                                                                           \
        print_error("ERROR: " __VA_ARGS__);                                                        \
        print_error("\n");                                                                         \
        _fail(__FILE__, __LINE__);                                                                 \
    } while (0)

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#endif
