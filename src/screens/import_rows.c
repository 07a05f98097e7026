/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The rows an import shows, all from its plan in memory: columns and where they go, lines and what
 * becomes of them, corrections; and the fields to choose from. */

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "import.h"

struct column_row {
    int64_t id;
    const char *header, *target, *example;
};
static const struct field column_fields[] = {
    FIELD(struct column_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct column_row, header, .label = "Column of the file"),
    FIELD(struct column_row, target, .label = "Goes to"),
    FIELD(struct column_row, example, .label = "For example"),
};
static const struct shape column_shape = SHAPE_OF(struct column_row, "column", column_fields);

static const struct field line_fields[] = {
    FIELD(struct line_row, id, .label = "Line"),
    FIELD(struct line_row, fate, .label = "Becomes"),
    FIELD(struct line_row, summary, .label = "Who or what"),
    FIELD(struct line_row, says, .label = "Why, and what was corrected"),
};
static const struct shape line_shape = SHAPE_OF(struct line_row, "line", line_fields);

struct note_row {
    int64_t id;
    const char *says;
    int64_t count;
};
static const struct field note_fields[] = {
    FIELD(struct note_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct note_row, says, .label = "Correction"),
    FIELD(struct note_row, count, .label = "How often"),
};
static const struct shape note_shape = SHAPE_OF(struct note_row, "note", note_fields);

static const struct field target_fields[] = {
    FIELD(struct target_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct target_row, label, .label = "Field"),
    FIELD(struct target_row, name, .flags = FIELD_HIDDEN),
};
static const struct shape target_shape = SHAPE_OF(struct target_row, "target", target_fields);

/* A page of `count` rows made one by one; cursors are positions. */
static status page_of(const struct row_query *query, size_t count, size_t row_size,
                      void (*make)(const struct import_screen *screen, size_t index, void *ret_row),
                      const struct import_screen *screen, struct arena *arena,
                      struct row_page *ret_page)
{
    const size_t limit = query->limit > 0 ? (size_t)query->limit : 50;
    size_t from = 0;

    if (query->after != NULL && *query->after != '\0') {
        from = strtoul(query->after, NULL, 10);
    } else if (query->before != NULL && *query->before != '\0') {
        const size_t before = strtoul(query->before, NULL, 10);
        from = before > limit ? before - limit : 0;
    }
    const size_t rows = from < count ? (count - from < limit ? count - from : limit) : 0;
    char *at = arena_alloc(arena, rows > 0 ? rows * row_size : 1);
    for (size_t i = 0; i < rows; i++)
        make(screen, from + i, at + i * row_size);
    *ret_page = (struct row_page){
        .rows = {at, rows},
        .total = (int64_t)count,
        .next = from + rows < count ? arena_printf(arena, "%zu", from + rows) : "",
        .previous = from > 0 ? arena_printf(arena, "%zu", from) : "",
    };
    return OK;
}

static void make_column(const struct import_screen *screen, size_t index, void *ret_row)
{
    const struct import_plan *plan = &screen->plan;
    const char *example = "";

    for (size_t i = plan->first; i < plan->csv.count && *example == '\0'; i++)
        if (index < plan->csv.records[i].count)
            example = plan->csv.records[i].cells[index];
    *(struct column_row *)ret_row = (struct column_row){
        .id = (int64_t)index + 1,
        .header = plan->headers[index],
        .target = plan->matches[index] != NULL ? plan->matches[index]->label : "- left out -",
        .example = example,
    };
}

static status load_columns(void *context, const struct row_query *query, struct arena *arena,
                           struct row_page *ret_page, struct fault *fault)
{
    const struct import_screen *screen = context;

    (void)fault;
    return page_of(query, screen->plan.column_count, sizeof(struct column_row), make_column, screen,
                   arena, ret_page);
}

static void fill_line(enum import_noun noun, const struct import_line *line, struct arena *arena,
                      struct line_row *ret_row)
{
    const char *reason = line->reason != NULL ? line->reason : "";
    const char *column = line->column != NULL ? line->column : "";

    *ret_row = (struct line_row){
        .id = (int64_t)line->line,
        .fate = import_fate_label(noun, line->fate),
        .summary = line->summary != NULL ? line->summary : "",
        .says = line->notes != NULL ? line->notes : "",
    };
    if (line->fate == IMPORT_BAD)
        ret_row->says = *column != '\0' ? arena_printf(arena, "%s: %s", column, reason) : reason;
}

/* Filters of the lines: all of them, or those of one fate. */
static const struct row_filter line_filters[] = {
    {"All"}, {"New"}, {"Completed"}, {"There already"}, {"Refused"},
};
static const enum import_fate line_fates[] = {IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_BAD};
static const struct row_filter price_filters[] = {
    {"All"}, {"New"}, {"Changed"}, {"The same"}, {"Unknown"}, {"Refused"},
};

/* `filter` above 0. */
static enum import_fate fate_of_filter(const struct import_screen *screen, int filter)
{
    return screen->plan.noun == IMPORT_PRICES ? (enum import_fate)(filter - 1)
                                              : line_fates[filter - 1];
}

static status load_lines(void *context, const struct row_query *query, struct arena *arena,
                         struct row_page *ret_page, struct fault *fault)
{
    const struct import_screen *screen = context;
    const struct import_line *lines = screen->plan.lines.at;
    const size_t count = screen->plan.lines.count;
    const size_t limit = query->limit > 0 ? (size_t)query->limit : 50;
    const bool all = query->filter == 0;
    const enum import_fate fate = all ? IMPORT_NEW : fate_of_filter(screen, query->filter);
    const int64_t total = all ? (int64_t)count : screen->plan.counts[fate];
    struct line_row *rows = NEW_ARRAY(arena, struct line_row, limit);
    size_t kept = 0, first = count, at = 0;
    const bool back = query->before != NULL && *query->before != '\0';

    (void)fault;
    if (back)
        at = strtoul(query->before, NULL, 10);
    else if (query->after != NULL && *query->after != '\0')
        at = strtoul(query->after, NULL, 10);
    /* Backwards: where the page begins is found first. */
    for (size_t wanted = limit; back && at > 0 && wanted > 0; at--)
        if (all || lines[at - 1].fate == fate)
            wanted--;
    for (; at < count && kept < limit; at++) {
        if (!all && lines[at].fate != fate)
            continue;
        if (kept == 0)
            first = at;
        fill_line(screen->plan.noun, &lines[at], arena, &rows[kept++]);
    }
    *ret_page = (struct row_page){
        .rows = {rows, kept},
        .total = total,
        .next = at < count ? arena_printf(arena, "%zu", at) : "",
        .previous = first > 0 && first < count ? arena_printf(arena, "%zu", first) : "",
    };
    return OK;
}

static void make_note(const struct import_screen *screen, size_t index, void *ret_row)
{
    const struct import_note *notes = screen->plan.notes.at;

    *(struct note_row *)ret_row = (struct note_row){
        .id = (int64_t)index + 1, .says = notes[index].says, .count = notes[index].count};
}

static status load_notes(void *context, const struct row_query *query, struct arena *arena,
                         struct row_page *ret_page, struct fault *fault)
{
    const struct import_screen *screen = context;

    (void)fault;
    return page_of(query, screen->plan.notes.count, sizeof(struct note_row), make_note, screen,
                   arena, ret_page);
}

static void make_target(const struct import_screen *screen, size_t index, void *ret_row)
{
    const struct import_target *targets;
    const size_t count = import_targets(screen->plan.noun, &targets);

    *(struct target_row *)ret_row =
        index == 0 || index > count
            ? (struct target_row){.id = 1, .label = "- leave this column out -", .name = ""}
            : (struct target_row){.id = (int64_t)index + 1,
                                  .label = targets[index - 1].label,
                                  .name = targets[index - 1].name};
}

/* The row of what the column is matched with at present; 0 when it is left out. */
static size_t target_index(const struct import_screen *screen)
{
    const struct import_target *targets;
    const size_t count = import_targets(screen->plan.noun, &targets);
    const struct import_target *match = screen->plan.matches[screen->matching];

    for (size_t i = 0; match != NULL && i < count; i++)
        if (text_same(targets[i].name, match->name))
            return i + 1;
    return 0;
}

static status load_targets(void *context, const struct row_query *query, struct arena *arena,
                           struct row_page *ret_page, struct fault *fault)
{
    const struct import_screen *screen = context;
    const struct import_target *targets;
    const size_t count = import_targets(screen->plan.noun, &targets) + 1;
    const char *typed = text_fold(arena, query->search != NULL ? query->search : "");
    struct target_row *rows = NEW_ARRAY(arena, struct target_row, count);
    const size_t now = target_index(screen);
    size_t kept = 0;

    (void)fault;
    if (*typed == '\0' && now != 0)
        make_target(screen, now, &rows[kept++]); /* a slip of Enter leaves all as it is */
    for (size_t i = 0; i < count; i++) {
        if (*typed == '\0' && i == now && now != 0)
            continue;
        make_target(screen, i, &rows[kept]);
        if (*typed == '\0' || strstr(text_fold(arena, rows[kept].label), typed) != NULL)
            kept++;
    }
    *ret_page =
        (struct row_page){.rows = {rows, kept}, .total = (int64_t)kept, .next = "", .previous = ""};
    return OK;
}

/* clang-format off */
static const struct column column_columns[] = {
    {.name = "header", .width = 20, .grow = 1}, {.name = "target", .width = 20, .grow = 1}, {.name = "example", .width = 20, .grow = 1}};
static const struct column line_columns[] = {
    {.name = "id", .width = 7, .label = "Line"}, {.name = "fate", .width = 14}, {.name = "summary", .width = 22, .grow = 1}, {.name = "says", .width = 24, .grow = 2}};
static const struct column price_columns[] = {
    {.name = "id", .width = 7, .label = "Line"}, {.name = "fate", .width = 9}, {.name = "summary", .width = 16, .grow = 1},
    {.name = "says", .width = 40, .grow = 1, .label = "What changes, or why not"}};
static const struct column note_columns[] = {
    {.name = "says", .width = 40, .grow = 1}, {.name = "count", .width = 10}};
static const struct column target_columns[] = {{.name = "label", .width = 30, .grow = 1}};
/* clang-format on */
const struct rowlist_type import_lists[IMPORT_TABS] = {
    [TAB_COLUMNS] = {.shape = &column_shape,
                     .columns = column_columns,
                     .column_count = COUNT_OF(column_columns),
                     .load = load_columns,
                     .empty = "The file has no columns."},
    [TAB_LINES] = {.shape = &line_shape,
                   .columns = line_columns,
                   .column_count = COUNT_OF(line_columns),
                   .load = load_lines,
                   .filters = line_filters,
                   .filter_count = COUNT_OF(line_filters),
                   .empty = "No such lines."},
    [TAB_NOTES] = {.shape = &note_shape,
                   .columns = note_columns,
                   .column_count = COUNT_OF(note_columns),
                   .load = load_notes,
                   .empty = "Nothing had to be corrected."},
};
const struct rowlist_type import_price_lines = {
    .shape = &line_shape,
    .columns = price_columns,
    .column_count = COUNT_OF(price_columns),
    .load = load_lines,
    .filters = price_filters,
    .filter_count = COUNT_OF(price_filters),
    .empty = "No such lines.",
};
const struct rowlist_type import_target_list = {
    .shape = &target_shape,
    .columns = target_columns,
    .column_count = COUNT_OF(target_columns),
    .load = load_targets,
    .empty = "No such field.",
};
