/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The draft of a payment: its rows as they stand on the screen, an amount that is none yet among
 * them. */

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "input_draft.h"
#include "payment_dialog.h"

/* More digits than any amount has: it is not kept, it may be the number of a card. */
#define AMOUNT_DIGITS 12

struct kept_row {
    bool credit, chosen, edited;
    enum payment_method method;
    const char *amount, *first, *second, *third;
};
struct kept {
    struct rows rows; /* of struct kept_row */
};

/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct kept_row, credit),
    FIELD(struct kept_row, chosen),
    FIELD(struct kept_row, edited),
    FIELD(struct kept_row, method, .choices = &payment_method_choices),
    FIELD(struct kept_row, amount),
    FIELD(struct kept_row, first),
    FIELD(struct kept_row, second),
    FIELD(struct kept_row, third),
};
static const struct shape row_shape = SHAPE_OF(struct kept_row, "row", row_fields);
static const struct field kept_fields[] = {
    FIELD(struct kept, rows, .rows = &row_shape),
};
static const struct shape kept_shape = SHAPE_OF(struct kept, "payment", kept_fields);
/* clang-format on */

static const char *amount_kept(const struct tender_row *row, struct arena *arena)
{
    const char *text = editor_text(&row->amount);
    size_t digits = 0;

    for (const char *at = text; *at != '\0'; at++)
        digits += isdigit((unsigned char)*at) != 0;
    return digits > AMOUNT_DIGITS ? "" : text_clean(arena, text, TEXT_ONE_LINE);
}

static struct kept_row row_kept(const struct tender_row *row, struct arena *arena)
{
    const char *details[DETAILS_MAX] = {"", "", ""};

    for (size_t i = 0; tender_detail(row, i) != NULL; i++)
        details[i] = text_clean(arena, editor_text(&row->details[i]), TEXT_ONE_LINE);
    return (struct kept_row){
        .credit = row->credit,
        .chosen = row->chosen,
        .edited = row->edited,
        .method = row->method,
        .amount = amount_kept(row, arena),
        .first = details[0],
        .second = details[1],
        .third = details[2],
    };
}

status payment_keep(struct view *view, struct fault *fault)
{
    struct payment_state *state = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (!payment_is_dirty(view))
        return OK;
    struct kept_row *rows = NEW_ARRAY(&arena, struct kept_row, state->count);
    for (size_t i = 0; i < state->count; i++)
        rows[i] = row_kept(&state->rows[i], &arena);
    const struct kept kept = {.rows = {rows, state->count}};
    return input_draft_keep(state->desk, &state->draft, &kept_shape, &kept, fault);
}

static void fill_row(struct tender_row *row, const struct kept_row *kept)
{
    const char *const details[DETAILS_MAX] = {kept->first, kept->second, kept->third};

    row->method = kept->method;
    row->chosen = kept->chosen;
    row->edited = kept->edited;
    editor_set(&row->amount, kept->amount);
    for (size_t i = 0; tender_detail(row, i) != NULL; i++)
        editor_set(&row->details[i], details[i]);
}

/* The row of credit on account is there when the customer has some; it takes what was typed. */
static struct tender_row *row_for(struct payment_state *state, const struct kept_row *kept,
                                  size_t *taken)
{
    if (kept->credit)
        return state->count > 0 && state->rows[0].credit ? &state->rows[0] : NULL;
    while (*taken < state->count && state->rows[*taken].credit)
        ++*taken;
    if (*taken == state->count && state->count == TENDERS_MAX)
        return NULL;
    struct tender_row *row = *taken < state->count ? &state->rows[*taken] : payment_add_row(state);
    ++*taken;
    return row;
}

bool payment_fill(struct payment_state *state, const struct draft *draft)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct kept *kept = input_draft_read(state->desk, draft, &kept_shape, &arena);
    size_t taken = 0;

    if (kept == NULL)
        return false;
    const struct kept_row *rows = kept->rows.at;
    for (size_t i = 0; i < kept->rows.count; i++) {
        struct tender_row *row = row_for(state, &rows[i], &taken);
        if (row != NULL)
            fill_row(row, &rows[i]);
    }
    state->draft.id = draft->id;
    payment_recount(state);
    return true;
}
