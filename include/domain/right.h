/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RIGHT_H
#define PITLANE_DOMAIN_RIGHT_H

/* What a role may do. rights.def is the one list. */

#include "base/arena.h"
#include "base/field.h"

enum right {
    RIGHT_NONE, /* for operations that need nobody signed in */
#define RIGHT(constant, word, says, manager, technician, accountant, customer) RIGHT_##constant,
#include "domain/rights.def"
#undef RIGHT
    RIGHT_COUNT
};

enum scope { SCOPE_NO, SCOPE_OWN, SCOPE_ALL, SCOPE_COUNT };

struct right_row {
    const char *word; /* "invoices:void" */
    const char *says;
    enum scope manager, technician, accountant, customer;
};
extern const struct right_row right_table[RIGHT_COUNT]; /* [RIGHT_NONE] is empty */
extern const struct choices scope_choices;

enum right right_find(const char *word); /* RIGHT_NONE when unknown */
/* What it is about, as a heading: "Customers". */
const char *right_group(enum right right, struct arena *arena);
/* May a role hold it for a person's own records only? Where no operation with this right can tell
 * whose a record is, nothing would be left of it. */
bool right_can_be_own(enum right right);

#endif
