/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "imports.h"

struct import_plan opened_bytes(struct shop_test *t, enum import_noun noun, const char *bytes,
                                size_t length)
{
    struct import_plan plan;

    if (import_open(&t->session, noun, bytes, length, &plan) != OK)
        fail_msg("%s", t->session.fault.text);
    return plan;
}

struct import_plan opened(struct shop_test *t, enum import_noun noun, const char *text)
{
    return opened_bytes(t, noun, text, strlen(text));
}

void run_import(struct shop_test *t, struct import_plan *plan, struct import_options options,
                status expected)
{
    const status result = import_run(&t->session, plan, &options);

    if (result != expected)
        fail_msg("%s, expected %s: %s [%s]", status_word(result), status_word(expected),
                 t->session.fault.text, t->session.fault.field);
}

struct import_plan imported(struct shop_test *t, enum import_noun noun, const char *text)
{
    struct import_plan plan = opened(t, noun, text);

    run_import(t, &plan, (struct import_options){.skip_bad = true}, OK);
    return plan;
}

void assert_counts(const struct import_plan *plan, int64_t added, int64_t changed, int64_t same,
                   int64_t bad)
{
    const struct import_line *lines = plan->lines.at;

    if (plan->counts[IMPORT_NEW] == added && plan->counts[IMPORT_CHANGED] == changed &&
        plan->counts[IMPORT_SAME] == same && plan->counts[IMPORT_BAD] == bad)
        return;
    for (size_t i = 0; i < plan->lines.count && i < 20; i++)
        print_error("%zu %u %s [%s] %s\n", lines[i].line, lines[i].fate, lines[i].reason,
                    lines[i].column, lines[i].notes);
    fail_msg("%lld new, %lld changed, %lld same, %lld bad", (long long)plan->counts[IMPORT_NEW],
             (long long)plan->counts[IMPORT_CHANGED], (long long)plan->counts[IMPORT_SAME],
             (long long)plan->counts[IMPORT_BAD]);
}

int64_t noted(const struct import_plan *plan, const char *part)
{
    const struct import_note *notes = plan->notes.at;

    for (size_t i = 0; i < plan->notes.count; i++)
        if (strstr(notes[i].says, part) != NULL)
            return notes[i].count;
    return 0;
}

const struct import_line *line_at(const struct import_plan *plan, size_t index)
{
    assert_true(index < plan->lines.count);
    return (const struct import_line *)plan->lines.at + index;
}

void assert_bad(const struct import_plan *plan, size_t index, const char *column,
                const char *reason)
{
    const struct import_line *line = line_at(plan, index);

    assert_int_equal(line->fate, IMPORT_BAD);
    assert_string_equal(line->column, column);
    if (strstr(line->reason, reason) == NULL)
        fail_msg("It says “%s”, not “%s”.", line->reason, reason);
}
