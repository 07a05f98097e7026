/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What every terminal shares. */

#include "ui/term.h"

void term_close(struct term *term)
{
    if (term != NULL)
        term->type->close(term);
}
