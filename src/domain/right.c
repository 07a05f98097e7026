/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The table of rights, from rights.def, and which of them can be held for one's own records. */

#include "domain/right.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/list.h"

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
    {"no", "no", "○", "-"}, {"own", "own", "◐", "~"}, {"all", "all", "●", "*"}};
const struct choices scope_choices = CHOICES(scope_choice);

enum right right_find(const char *word)
{
    for (unsigned i = 1; i < RIGHT_COUNT; i++)
        if (text_same(right_table[i].word, word))
            return (enum right)i;
    return RIGHT_NONE;
}

const char *right_group(enum right right, struct arena *arena)
{
    static const struct {
        const char *module, *title;
    } known[] = {
        {"canned", "Canned jobs and labor rates"},
        {"data", "Files"},
        {"estimates", "Estimates and repair orders"},
        {"notes", "Notes for the shop alone"},
        {"orders", "Work in the bays"},
        {"self", "Everybody"},
    };
    const char *word = right_table[right].word;
    const size_t length = strcspn(word, ":");

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strlen(known[i].module) == length && strncmp(known[i].module, word, length) == 0)
            return known[i].title;
    char *title = arena_text_n(arena, word, length);
    title[0] = (char)toupper((unsigned char)title[0]);
    return title;
}

/* Is it bound somewhere in the text, by this very name? */
static bool has_bind(const char *sql, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = sql; at != NULL && (at = strstr(at, name)) != NULL; at += length)
        if (!isalnum((unsigned char)at[length]) && at[length] != '_')
            return true;
    return false;
}

static bool source_has(const struct list_source *source, const char *name)
{
    return has_bind(source->from, name) || has_bind(source->where, name);
}

bool op_tells_own(const struct op *op)
{
    size_t own = 0;

    if ((op->flags & OP_LIST) == 0)
        return op->owns != NULL;
    for (size_t i = 0; i < op->list_count; i++) {
        if (source_has(&op->lists[i], ":own"))
            return true;
        own += source_has(&op->lists[i], ":own_user") || source_has(&op->lists[i], ":own_customer");
    }
    return own > 0 && own < op->list_count; /* one list for all, another for one's own */
}

bool right_can_be_own(enum right right)
{
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            if (modules[m]->ops[i]->right == right && op_tells_own(modules[m]->ops[i]))
                return true;
    return false;
}
