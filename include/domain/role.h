/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ROLE_H
#define PITLANE_DOMAIN_ROLE_H

/* Roles: who may do what. Five are seeded, a shop adds its own. All rights of a role change at
 * once, at the revision they were read at, and never so that nobody could change roles any more. */

#include "domain/op.h"

struct role_row {
    struct role_id id;
    const char *name, *says;
    bool seeded, needs_second_factor;
    int64_t rights, users;
};

/* One right as a role holds it; `group` is the heading it stands under. */
struct role_right {
    const char *right, *group, *says;
    enum scope scope;
    bool own_possible; /* some operation with this right can tell whose a record is */
};

struct role_holder {
    struct user_id id;
    const char *login, *name;
    bool off; /* switched off */
};

struct role_page {
    struct role_id id;
    const char *name, *says;
    bool seeded, needs_second_factor;
    struct rate price_cap, line_cap, order_cap; /* NUMBER_NONE: no limit */
    struct rows rights;                         /* struct role_right: every right there is */
    struct rows holders;                        /* struct role_holder, by name */
    int64_t revision;
};
extern const struct shape role_page_shape;

struct role_key {
    struct role_id id;
};
struct role_add {
    const char *name, *says;
    struct role_id like; /* begins with this one's rights; 0: with what everybody needs */
    bool needs_second_factor;
};
struct role_edit {
    struct role_id id;
    const char *name, *says;
    bool needs_second_factor;
    int64_t revision;
};
/* role.set and role.preview: rights that are not named are taken away. */
struct role_set {
    struct role_id id;
    int64_t revision;
    struct rows rights; /* struct role_right, of which `right` and `scope` count */
};
struct role_change {
    const char *right, *says;
    enum scope before, after;
};
struct role_preview {
    struct role_id id;
    const char *name;
    int64_t people;      /* who hold the role and are not switched off */
    struct rows changes; /* struct role_change */
};
struct role_grant {
    struct role_id role;
    const char *right;
    enum scope scope;
};

extern const struct op role_list_op, role_show_op, role_add_op, role_edit_op, role_set_op,
    role_preview_op, role_grant_op, role_remove_op;

/* right.list, right.show: the other way round, who holds a right. */
struct right_holder {
    struct role_id role;
    const char *name;
    enum scope scope;
    int64_t users; /* not switched off */
};
struct right_page {
    const char *right, *group, *says;
    bool own_possible;
    struct rows roles; /* struct right_holder */
    int64_t people;
};
struct right_key {
    const char *right;
};
extern const struct op right_list_op, right_show_op;

/* role.set-caps and user.set-caps: how far below the price list one may go without the right
 * prices:override, in parts of the price; a line's own discount, of the line; all discounts of an
 * order, of what they are taken from. NUMBER_NONE: no limit, for a user as the role has it. */
struct role_caps {
    struct role_id id;
    struct rate price_cap, line_cap, order_cap;
};
extern const struct op role_set_caps_op;
/* Fields of the three, for the shapes that show them. */
#define CAP_FIELDS(T, flags_, none_)                                                               \
    FIELD(T, price_cap, .label = "Lowers prices by %", .high = 1000000, .example = "10",           \
          .help = "At most, below the price list; empty: " none_,                                  \
          .flags = FIELD_OPTIONAL | (flags_)),                                                     \
        FIELD(T, line_cap, .label = "Discount on a line %", .high = 1000000, .example = "10",      \
              .help = "At most, of the line; empty: " none_, .flags = FIELD_OPTIONAL | (flags_)),  \
        FIELD(T, order_cap, .label = "Discounts of an order %", .high = 1000000, .example = "15",  \
              .help = "At most, of all they are taken from; empty: " none_,                        \
              .flags = FIELD_OPTIONAL | (flags_))

/* After a change of any kind: refuses with ERR_CONFLICT when nobody who is not switched off could
 * change roles any more. */
status role_editor_must_stay(struct session *s) MUST_USE;

#endif
