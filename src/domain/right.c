/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The table of rights, from rights.def. */

#include "domain/right.h"

#include "base/text.h"

#define ALL SCOPE_ALL
#define OWN SCOPE_OWN
#define NO  SCOPE_NO
const struct right_row right_table[RIGHT_COUNT] = {
#define RIGHT(constant, word_, says_, manager_, technician_, accountant_, customer_)               \
    [RIGHT_##constant] = {word_, says_, manager_, technician_, accountant_, customer_},
#include "domain/rights.def"
#undef RIGHT
};

static const struct choice scope_choice[] = {
    {"no", "no", "", ""}, {"own", "own", "", ""}, {"all", "all", "", ""}};
const struct choices scope_choices = CHOICES(scope_choice);

enum right right_find(const char *word)
{
    for (unsigned i = 1; i < RIGHT_COUNT; i++)
        if (text_same(right_table[i].word, word))
            return (enum right)i;
    return RIGHT_NONE;
}
