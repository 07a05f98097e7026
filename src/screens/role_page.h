/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_ROLE_PAGE_H
#define PITLANE_SCREENS_ROLE_PAGE_H

/* What the page of a role, its drawing and the list of its changes share. */

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

static inline const struct role_page *role_of(const struct role_state *state)
{
    return state->load.out;
}

static inline const struct role_right *rights_of(const struct role_state *state)
{
    return role_of(state)->rights.at;
}

/* Of the right under the cursor (NULL: none) and of the role: as a panel at the right, and as a few
 * rows below the list. */
void role_draw_beside(const struct role_state *state, struct area area,
                      const struct role_right *right);
void role_draw_below(const struct role_state *state, struct area area,
                     const struct role_right *right);

/* They were saved. */
void role_page_saved(struct role_state *state);

/* What would change and for whom; F2 there saves (role_changes.c). `page` is the role's page. */
void role_changes_open(struct view *page);

#endif
