/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_AUDITS_H
#define PITLANE_TESTS_DOMAIN_AUDITS_H

/* What the tests of the audit log share. */

#include "shop.h"

#include "domain/audit.h"
#include "domain/setting.h"

static inline int64_t rows_of(struct shop_test *t, const char *where)
{
    return ask_number(t, arena_printf(&t->arena, "SELECT count(*) FROM audit WHERE %s", where));
}

static inline void edit_phone(struct shop_test *t, int number)
{
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.phone = arena_printf(&t->arena, "+1619555%04d", number);
    expect_ok(t, &setting_edit_op, &shop, &shop);
}

#endif
