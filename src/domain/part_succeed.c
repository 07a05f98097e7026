/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What becomes of a part: another one replaces it, or no more are bought. It is never deleted: its
 * history stays. */

#include "part_inner.h"

static const char SQL_SUPERSEDE[] = "UPDATE part\n"
                                    "SET superseded_by = :by, revision = revision + 1\n"
                                    "WHERE id = :part";
static const char SQL_DISCONTINUE[] = "UPDATE part\n"
                                      "SET discontinued = :discontinued, revision = revision + 1\n"
                                      "WHERE id = :part AND discontinued <> :discontinued";

/* A chain ends somewhere. */
static status check_chain(struct session *s, const struct part *part, struct part_id by)
{
    struct part next;

    TRY(part_get(s, by, &next));
    if (next.archived_at.seconds != 0)
        return fail_field(s, "by", "Part %s is archived. Choose another one, or restore it.",
                          next.sku);
    for (int steps = 0; steps <= PART_CHAIN_MAX; steps++) {
        if (next.id.v == part->id.v)
            return fail_field(
                s, "by", "Part %s would replace itself in the end. Choose another one.", part->sku);
        if (next.superseded_by.v == 0)
            return OK;
        TRY(part_get(s, next.superseded_by, &next));
    }
    return fail_field(s, "by", "More than %d parts replace each other. Choose the last one.",
                      PART_CHAIN_MAX);
}

static status supersede(struct session *s, const void *input, void *output)
{
    const struct part_supersede *in = input;
    struct part part;

    TRY(part_get(s, in->part, &part));
    if (in->by.v != 0)
        TRY(check_chain(s, &part, in->by));
    TRY(store_run(s->store, SQL_SUPERSEDE, NO_ROW,
                  BINDS(BIND_ID("part", in->part), BIND_ID("by", in->by))));
    return part_get_page(s, in->part, output);
}

static status set_discontinued(struct session *s, const struct part_key *key, bool discontinued,
                               struct part *ret)
{
    TRY(part_get(s, key->part, ret));
    TRY(store_run(s->store, SQL_DISCONTINUE, NO_ROW,
                  BINDS(BIND_ID("part", key->part), BIND_INT("discontinued", discontinued))));
    return part_get_page(s, key->part, ret);
}

static status discontinue(struct session *s, const void *input, void *output)
{
    return set_discontinued(s, input, true, output);
}

static status continue_again(struct session *s, const void *input, void *output)
{
    return set_discontinued(s, input, false, output);
}

/* clang-format off */
static const struct field supersede_fields[] = {
    FIELD(struct part_supersede, part, .label = "Part", .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct part_supersede, by, .label = "Replaced by", .picks = "part.search", .flags = FIELD_ARGUMENT,
          .help = "Sold instead of it; empty: nothing replaces it"),
};
static const struct field key_fields[] = {
    FIELD(struct part_key, part, .label = "Part", .picks = "part.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct part_key, "part_key", key_fields);
/* clang-format on */

const struct op part_supersede_op = {
    .name = "part.supersede",
    .says = "Say which part replaces this one",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_supersede, supersede_fields),
    .out = &part_shape,
    .run = supersede,
    .about = "part",
};
const struct op part_discontinue_op = {
    .name = "part.discontinue",
    .says = "Buy no more of a part; what is there is still sold",
    .title = "Buy no more of a part",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &part_shape,
    .run = discontinue,
    .about = "part",
};
const struct op part_continue_op = {
    .name = "part.continue",
    .says = "Buy a part again that was discontinued",
    .right = RIGHT_PARTS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &part_shape,
    .run = continue_again,
    .about = "part",
};
