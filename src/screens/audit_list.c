/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log, as a table: newest first, what was refused stands out. */

#include "base/text.h"
#include "domain/audit.h"
#include "inner.h"

/* A form's title is made for little room. */
static const char *short_words(const char *what)
{
    const struct op *op = op_find(what);

    return op != NULL && op->title != NULL ? op->title : audit_says(what);
}

static const char *result_word(const char *result)
{
    const bool is_refusal = text_same(result, "denied") || text_same(result, "sign_in");

    return is_refusal ? "refused" : result;
}

/* What was done in words, and the document it was done to. */
static const char *cell(void *context, const void *row, const char *column, struct arena *scratch,
                        enum ink *ink)
{
    const struct audit_list_row *at = row;

    (void)context;
    if (!text_same(at->result, "ok"))
        *ink = INK_BAD;
    if (text_same(column, "op"))
        return text_safe(scratch, short_words(at->op));
    if (text_same(column, "result"))
        return text_same(at->result, "ok") ? "" : text_safe(scratch, result_word(at->result));
    if (!text_same(column, "noun") || at->subject.v == 0)
        return NULL;
    return arena_printf(scratch, "%s %lld", text_safe(scratch, at->noun), (long long)at->subject.v);
}

static void open_document(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (!list_screen_subject(view, &subject))
        return;
    const struct audit_list_row *row = subject.row;
    if (row->subject.v == 0)
        app_say(view->app, "This was about no document.");
    else
        desk_open_record(desk_of(view), row->noun, row->subject.v);
}

/* clang-format off */
static const struct column audit_columns[] = {
    {.name = "at", .width = 17},
    {.name = "user_name", .width = 12, .label = "Who"},
    {.name = "op", .width = 18, .grow = 1, .label = "Did"},
    {.name = "noun", .width = 13, .label = "About"},
    {.name = "result", .width = 7},
    {.name = "terminal", .width = 12, .below = 100},
    {.name = "place", .width = 20, .below = 116},
};
static const struct action audit_actions[] = {
    {"Enter", "audit.show", "open", NEEDS_ROW, NULL, "Shows what was asked and what changed."},
    {"o", "audit.document", "its document", NEEDS_ROW, open_document, "Opens the document that the action was about."},
};
/* clang-format on */
const struct list_screen audit_list_screen = {
    .op = "audit.list",
    .title = "Audit log",
    .columns = audit_columns,
    .column_count = COUNT_OF(audit_columns),
    .actions = audit_actions,
    .action_count = COUNT_OF(audit_actions),
    .asks = true,
    .cell = cell,
    .newest_first = true,
    .sort = "at",
    .empty = "Nothing of this kind was noted.",
};
