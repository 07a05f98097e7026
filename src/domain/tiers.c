/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Whether tiers leave a hole or lie over each other. What a tier makes of a price is its
 * matrix's. */

#include "tiers.h"

#include <string.h>

/* A cost or hours, in its field's own unit. */
static int64_t edge(const struct field *field, const void *tier)
{
    int64_t at = 0;

    memcpy(&at, field_of(field, tier), sizeof at);
    return at;
}

static const char *edge_text(struct session *s, const struct field *field, int64_t at)
{
    char text[NUMBER_TEXT_MAX];

    return arena_text(s->arena, field->type == FIELD_MONEY ? money_show((struct money){at}, text)
                                                           : qty_text((struct qty){at}, text));
}

static status check_begin(struct session *s, const struct tiers_kind *kind, size_t number,
                          int64_t begins, int64_t must, const struct field *field)
{
    const char *from = edge_text(s, field, begins), *end = edge_text(s, field, must);

    if (begins > must)
        return fail_tier(s, number, kind->from, "%s. Begin tier %zu at %s.",
                         kind->says(s->arena, end, from, false), number, end);
    if (begins < must)
        return fail_tier(s, number, kind->from, "%s. Begin tier %zu at %s.",
                         kind->says(s->arena, from, end, true), number, end);
    return OK;
}

static status check_end(struct session *s, const struct tiers_kind *kind, size_t number,
                        int64_t begins, int64_t ends, const struct field *field, bool is_last)
{
    if (is_last && ends == NUMBER_NONE)
        return OK;
    if (is_last)
        return fail_tier(s, number, kind->to, "%s. Leave the end of the last one empty.",
                         kind->says(s->arena, edge_text(s, field, ends), NULL, false));
    if (ends == NUMBER_NONE)
        return fail_tier(s, number, kind->to,
                         "Only the last tier goes on without an end. Say where tier %zu ends.",
                         number);
    if (ends <= begins)
        return fail_tier(s, number, kind->to, "Tier %zu ends before it begins: give more than %s.",
                         number, edge_text(s, field, begins));
    return OK;
}

status tiers_check(struct session *s, const struct tiers_kind *kind, const struct shape *shape,
                   const struct rows *tiers)
{
    const struct field *from = shape_field(shape, kind->from), *to = shape_field(shape, kind->to);
    int64_t must = 0;

    if (tiers->count == 0)
        return fail_field(s, "tiers", "%s", kind->add_one);
    if (tiers->count > TIERS_MAX)
        return fail_field(s, "tiers", "%s has at most %d tiers.", kind->name, TIERS_MAX);
    for (size_t i = 0; i < tiers->count; i++) {
        const void *tier = (const char *)tiers->at + i * shape->size;
        const int64_t begins = edge(from, tier), ends = edge(to, tier);
        TRY(check_begin(s, kind, i + 1, begins, must, from));
        TRY(check_end(s, kind, i + 1, begins, ends, from, i + 1 == tiers->count));
        TRY(kind->check(s, tier, i + 1));
        must = ends;
    }
    return OK;
}
