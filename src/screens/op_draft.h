/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_OP_DRAFT_H
#define PITLANE_SCREENS_OP_DRAFT_H

/* The draft of an operation's form: what it began with and what was typed since. */

#include "inner.h"

struct given {
    const char *name, *text;
};

/* What an input begins with beside its initial values, as texts: rows of struct given. */
struct rows op_given(struct desk *desk, const struct op *op, const void *in, struct arena *arena);
status op_draft_keep(struct desk *desk, struct desk_draft *draft, const struct rows *given,
                     const struct form *form, struct fault *fault);
/* Puts back into the input what the form began with; the form's own part of the body is for
 * form_draft_read. */
const char *op_draft_read(struct desk *desk, const struct op *op, const char *body, void *in,
                          struct arena *arena);

#endif
