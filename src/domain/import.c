/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The import as a whole. A trial runs the very same lines as the deed, on a copy of the shop, so
 * that what it shows is what will happen: duplicates within the file too. Columns are matched in
 * import_columns.c. */

#include "import_inner.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/setting.h"

#define LINES_A_STEP 50
#define NOTES_MAX    4000

static const struct choice noun_choice[] = {
    {"customers", "customers", "", ""},
    {"vehicles", "vehicles", "", ""},
    {"parts", "parts", "", ""},
    {"prices", "prices", "", ""},
};
const struct choices import_noun_choices = CHOICES(noun_choice);

static const struct choice fate_choice[] = {
    {"new", "new", "+", "+"},
    {"changed", "completed", "~", "~"},
    {"same", "there already", "=", "="},
    {"unknown", "unknown", "?", "?"},
    {"bad", "refused", "✗", "x"},
};
const struct choices import_fate_choices = CHOICES(fate_choice);

const char *import_fate_label(enum import_noun noun, enum import_fate fate)
{
    const bool is_prices = noun == IMPORT_PRICES;

    if (fate == IMPORT_UNKNOWN && !is_prices)
        return NULL;
    if (fate == IMPORT_CHANGED && is_prices)
        return "changed";
    return fate == IMPORT_SAME && is_prices ? "the same" : choice_label(&import_fate_choices, fate);
}

const char *import_sum(struct arena *arena, const struct import_plan *plan)
{
    const char *sum = "";

    for (unsigned fate = 0; fate < IMPORT_FATE_COUNT; fate++) {
        const char *label = import_fate_label(plan->noun, (enum import_fate)fate);
        if (label != NULL)
            sum = arena_printf(arena, "%s%s%lld %s", sum, *sum != '\0' ? ", " : "",
                               (long long)plan->counts[fate], label);
    }
    return sum;
}

/* What the door is told, and writes into the audit log. */
struct import_call {
    enum import_noun noun;
    const char *file;
    int64_t lines;
    bool skip_bad;
    /* not fields: for the one who runs it */
    struct import_plan *plan;
    const struct import_options *options;
};
static const struct field call_fields[] = {
    FIELD(struct import_call, noun, .choices = &import_noun_choices),
    FIELD(struct import_call, file, .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct import_call, lines),
    FIELD(struct import_call, skip_bad),
};

/* ---- a line ---- */

static status take_line(struct import_work *w)
{
    const struct import_plan *plan = w->plan;

    for (size_t i = plan->column_count; i < w->record->count; i++)
        if (!text_is_empty(w->record->cells[i]))
            return fail_field(w->s, "",
                              "This line has %zu cells, the header %zu. If a text holds the "
                              "separator, put quotes around it.",
                              w->record->count, plan->column_count);
    if (w->record->count < plan->column_count)
        import_note(w, "Lines that end early: the missing cells are empty", "", "");
    switch (plan->noun) {
    case IMPORT_CUSTOMERS:
        return import_customer_line(w);
    case IMPORT_VEHICLES:
        return import_vehicle_line(w);
    case IMPORT_PARTS:
        return import_part_line(w);
    case IMPORT_PRICES:
        return import_price_line(w);
    case IMPORT_NOUN_COUNT:
    default:
        return OK;
    }
}

/* "phones.1.number" and "exempt_certificate" are what checks name; people know the column. */
static const char *column_of_field(const struct import_work *w, const char *field)
{
    const struct import_target *targets;
    const size_t count = import_targets(w->plan->noun, &targets);
    const char *last = strrchr(field, '.');
    const char *name = last == NULL ? field : last + 1;

    if (text_starts(field, "phones"))
        name = w->plan->noun == IMPORT_VEHICLES ? "owner_phone" : "phone";
    for (size_t i = 0; i < count; i++)
        if (text_same(targets[i].name, name) && w->column_of[i] >= 0)
            return w->plan->headers[w->column_of[i]];
    return "";
}

/* What refuses a line; everything else ends the import. */
static bool refuses_line(status result)
{
    return result == ERR_INVALID || result == ERR_CONFLICT || result == ERR_NOT_FOUND;
}

static void refuse(struct import_work *w)
{
    w->line->fate = IMPORT_BAD;
    w->line->record = 0;
    w->line->column = column_of_field(w, w->s->fault.field);
    w->line->reason = arena_text(w->kept, w->s->fault.text);
}

static status run_line(struct import_work *w, struct arena *scratch)
{
    w->line->line = w->record->line;
    w->line->column = w->line->reason = w->line->summary = "";
    buf_clear(&w->notes);
    const status result = take_line(w);
    if (result != OK && !refuses_line(result))
        return result;
    if (result != OK)
        refuse(w);
    w->line->notes =
        w->notes.length > 0 ? text_clean(w->kept, buf_str(&w->notes), TEXT_ONE_LINE) : "";
    w->plan->counts[w->line->fate]++;
    fault_clear(&w->s->fault);
    arena_reset(scratch);
    return OK;
}

/* ---- all lines ---- */

static status stopped(struct session *s)
{
    return fail(s, ERR_CANCELLED, "The import was stopped. Nothing has been changed.");
}

static status tell(const struct import_work *w, const struct import_options *options, size_t done)
{
    if (options->progress == NULL || done % LINES_A_STEP != 0 ||
        options->progress(options->context, (int64_t)done, (int64_t)w->plan->lines.count))
        return OK;
    return stopped(w->s);
}

static status run_lines(struct import_work *w, const struct import_options *options,
                        struct arena *scratch)
{
    struct import_line *lines = w->plan->lines.at;

    for (size_t i = 0; i < w->plan->lines.count; i++) {
        w->record = &w->plan->csv.records[w->plan->first + i];
        w->line = &lines[i];
        TRY(run_line(w, scratch));
        TRY(tell(w, options, i + 1));
    }
    if (w->plan->noun == IMPORT_PRICES)
        return import_price_end(w);
    return w->plan->noun == IMPORT_PARTS ? import_part_end(w) : OK;
}

static void find_columns(struct import_work *w)
{
    const struct import_target *targets;
    const size_t count = import_targets(w->plan->noun, &targets);

    for (size_t t = 0; t < COUNT_OF(w->column_of); t++)
        w->column_of[t] = -1;
    for (size_t c = 0; c < w->plan->column_count; c++)
        for (size_t t = 0; t < count; t++)
            if (w->plan->matches[c] == &targets[t])
                w->column_of[t] = (int)c;
}

/* Most names of the column with a comma: it is sorted by last name. */
static bool names_are_sorted(const struct import_work *w)
{
    const struct import_plan *plan = w->plan;
    const int column = plan->noun == IMPORT_CUSTOMERS  ? w->column_of[CUSTOMER_NAME]
                       : plan->noun == IMPORT_VEHICLES ? w->column_of[VEHICLE_OWNER_NAME]
                                                       : -1;
    size_t commas = 0;
    size_t names = 0;

    for (size_t i = 0; column >= 0 && i < plan->lines.count; i++) {
        const struct csv_record *record = &plan->csv.records[plan->first + i];
        const char *name = (size_t)column < record->count ? record->cells[column] : "";
        names += !text_is_empty(name);
        commas += strchr(name, ',') != NULL;
    }
    return commas * 2 > names;
}

static void begin_plan(struct import_plan *plan, struct arena *arena)
{
    const size_t count = plan->csv.count - plan->first;

    memset(plan->counts, 0, sizeof plan->counts);
    plan->lines = (struct rows){NEW_ARRAY(arena, struct import_line, count + 1), count};
    plan->notes = (struct rows){NULL, 0};
}

static void end_plan(struct import_work *w)
{
    w->plan->notes.count = w->count_count;
    w->plan->notes.at = arena_copy(w->kept, w->counts, sizeof w->counts);
}

static status run_all(struct session *s, struct import_plan *plan,
                      const struct import_options *options)
{
    struct arena *kept = s->arena;
    AUTO_ARENA scratch = ARENA_EMPTY;
    struct shop shop;

    TRY(shop_get(s, &shop));
    struct import_work w = {.s = s,
                            .plan = plan,
                            .kept = kept,
                            .today = session_today(s),
                            .negative_stock = shop.negative_stock,
                            .notes = BUF(NOTES_MAX)};
    begin_plan(plan, kept);
    find_columns(&w);
    w.sorted_names = names_are_sorted(&w);
    s->arena = &scratch;
    const status result = run_lines(&w, options, &scratch);
    s->arena = kept;
    buf_done(&w.notes);
    end_plan(&w);
    return result;
}

/* ---- through the door ---- */

static status run_op(struct session *s, const void *in, void *out)
{
    const struct import_call *call = in;
    (void)out;

    if (call->plan == NULL)
        return fail(s, ERR_USAGE, "Import a file with: pitlane import customers FILE");
    store_takes_long(s->store);
    TRY(run_all(s, call->plan, call->options));
    const int64_t bad = call->plan->counts[IMPORT_BAD];
    if (call->options->dry_run)
        return ERR_CANCELLED; /* done with: the door takes everything back */
    if (bad > 0 && !call->options->skip_bad)
        return fail(s, ERR_CONFLICT,
                    "%lld of %zu lines can't be imported, so nothing was. Correct them, or leave "
                    "them out.",
                    (long long)bad, call->plan->lines.count);
    return import_keep_match(s, call->plan);
}

extern const struct op import_op;
const struct op import_op = {
    .name = "data.import",
    .says = "Import customers, vehicles, parts or prices from another system's file",
    .title = "Import a table",
    .right = RIGHT_DATA_IMPORT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct import_call, call_fields),
    .run = run_op,
};

static const struct op *const ops[] = {&import_op};
extern const struct module import_module;
const struct module import_module = {
    .name = "import",
    .title = "Import",
    .says = "Customers, vehicles and parts out of another system's tables.",
    MODULE_OPS(ops),
};

static bool goes_on(void *context)
{
    const struct import_call *call = context;
    const struct import_options *options = call->options;

    return options->progress == NULL || options->progress(options->context, 0, call->lines);
}

/* On a copy: a trial keeps nobody from saving, however long the file is. */
static status run_trial(struct session *s, struct import_call *call)
{
    struct store *shop = s->store;
    AUTO_STORE copy = NULL;
    status result = store_trial(shop, goes_on, call, &copy);

    if (result == ERR_CANCELLED)
        return stopped(s);
    TRY(result);
    s->store = copy;
    result = op_call(s, &import_op, call, NULL);
    s->store = shop;
    return result == ERR_CANCELLED && s->fault.text[0] == '\0' ? OK : result;
}

status import_run(struct session *s, struct import_plan *plan, const struct import_options *options)
{
    struct import_call call = {.noun = plan->noun,
                               .file = options->file != NULL ? options->file : "",
                               .lines = (int64_t)(plan->csv.count - plan->first),
                               .skip_bad = options->skip_bad,
                               .plan = plan,
                               .options = options};

    TRY(import_check_match(s, plan));
    return options->dry_run ? run_trial(s, &call) : op_call(s, &import_op, &call, NULL);
}

/* ---- what was refused ---- */

void import_rejects(const struct import_plan *plan, struct buf *out)
{
    const struct import_line *lines = plan->lines.at;

    csv_write_cell(out, "line", true, true);
    csv_write_cell(out, "column", true, false);
    csv_write_cell(out, "reason", true, false);
    for (size_t c = 0; c < plan->column_count; c++)
        csv_write_cell(out, plan->headers[c], true, false);
    csv_end_record(out);
    for (size_t i = 0; i < plan->lines.count; i++) {
        const struct csv_record *record = &plan->csv.records[plan->first + i];
        char number[24];
        if (lines[i].fate != IMPORT_BAD)
            continue;
        snprintf(number, sizeof number, "%zu", lines[i].line);
        csv_write_cell(out, number, false, true);
        csv_write_cell(out, lines[i].column, true, false);
        csv_write_cell(out, lines[i].reason, true, false);
        for (size_t c = 0; c < record->count; c++)
            csv_write_cell(out, csv_unguard(record->cells[c]), true, false);
        csv_end_record(out);
    }
}
