/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_INPUT_DRAFT_H
#define PITLANE_SCREENS_INPUT_DRAFT_H

/* Drafts of dialogs that are no forms: what they hold, as JSON. */

#include "screens/desk.h"

/* For view_type.keep. */
status input_draft_keep(struct desk *desk, struct desk_draft *draft, const struct shape *shape,
                        const void *in, struct fault *fault) MUST_USE;
/* The struct a draft holds, in the arena. What cannot be read is said; NULL then. */
const void *input_draft_read(struct desk *desk, const struct draft *draft,
                             const struct shape *shape, struct arena *arena);
/* Opens the dialog a draft was kept by; false when it is no dialog's. */
bool input_draft_continue(struct desk *desk, const struct draft *draft);

#endif
