/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INSPECTION_H
#define PITLANE_DOMAIN_INSPECTION_H

/* A look over the car, item by item. The list is copied to the order when somebody begins it, so
 * that it stays as it was worked whatever the list asks later. */

#include "domain/op.h"

enum inspection_result { INSPECTION_NOT_CHECKED, INSPECTION_OK, INSPECTION_SOON, INSPECTION_NOW };
extern const struct choices inspection_choices;

struct inspection_item {
    int64_t position; /* from 1 */
    const char *area, *name;
    enum inspection_result result;
    const char *note, *user_name; /* of who looked */
};
struct inspection {
    struct order_id order;
    int64_t ok, soon, now, not_checked;
    struct rows items; /* of struct inspection_item; none: nobody has begun */
};
struct inspection_of {
    struct order_id order;
};
struct inspection_mark {
    struct order_id order;
    int64_t position;
    enum inspection_result result;
    const char *note; /* "" leaves what is there */
};

/* inspection.begin: once, then it is as it stands; inspection.mark, inspection.show. All give
 * struct inspection. */
extern const struct op inspection_begin_op, inspection_mark_op, inspection_show_op;

#endif
