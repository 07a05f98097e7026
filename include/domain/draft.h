/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DRAFT_H
#define PITLANE_DOMAIN_DRAFT_H

/* Drafts: unfinished forms, kept while they are typed and offered again at sign-in. A draft belongs
 * to the person, whatever terminal he comes back to. */

#include "domain/op.h"

struct draft {
    struct draft_id id; /* 0 on the first save */
    const char *form;   /* name of the operation whose form it is */
    int64_t subject;    /* the record it is about, 0 for a new one */
    const char *title;  /* for the list: "New customer", "RO 10412 · payment" */
    const char *body;   /* the form's texts, as its widget wrote them */
    struct instant updated_at;
};
extern const struct shape draft_shape;

extern const struct op draft_save_op;   /* in, out: struct draft */
extern const struct op draft_list_op;   /* list of struct draft, one's own */
extern const struct op draft_show_op;   /* in: id */
extern const struct op draft_find_op;   /* in: form, subject; one's own last of them */
extern const struct op draft_remove_op; /* in: id; one that is gone already is fine */

#endif
