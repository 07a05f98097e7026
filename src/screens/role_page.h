/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_ROLE_PAGE_H
#define PITLANE_SCREENS_ROLE_PAGE_H

/* What the page of a role and the list of its changes share. */

#include "domain/role.h"
#include "inner.h"

struct role_state {
    struct rowlist list; /* first: the rights */
    struct role_key key;
    struct loading load;            /* struct role_page as the shop has it */
    enum scope wanted[RIGHT_COUNT]; /* by right */
    struct loading holders;         /* struct right_page of the right under the cursor … */
    int64_t held;                   /* … which is this one */
};

/* They were saved. */
void role_page_saved(struct role_state *state);

/* What would change and for whom; F2 there saves (role_changes.c). `page` is the role's page. */
void role_changes_open(struct view *page);

#endif
