/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane import customers|vehicles|parts|prices FILE: shows how the columns are matched and what
 * becomes of the lines, then does it. */

#include "domain/import.h"

#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "commands.h"

#define FILE_MIB  512
#define SHOWN_BAD 20
#define FILE_MODE 0600

/* "Cust#=external_number" */
struct match_in {
    const char *is;
};
static const struct field match_fields[] = {
    FIELD(struct match_in, is, .max = 4000, .flags = FIELD_NUMBERS_OK),
};
static const struct shape match_shape = SHAPE_OF(struct match_in, "match", match_fields);

struct import_in {
    enum import_noun noun;
    const char *file;
    bool dry_run, skip_bad;
    const char *rejects;
    const char *vendor;
    bool keep_prices, add;
    struct rows match; /* of struct match_in */
};
static const struct field import_fields[] = {
    FIELD(struct import_in, noun, .label = "What", .choices = &import_noun_choices,
          .help = "customers, vehicles, parts or prices", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct import_in, file, .help = "CSV as the other system exports it; - is standard input",
          .max = 4000, .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct import_in, dry_run, .help = "Show what would happen and change nothing"),
    FIELD(struct import_in, skip_bad, .help = "Leave out lines that can't be true"),
    FIELD(struct import_in, rejects, .max = 4000, .flags = FIELD_NUMBERS_OK,
          .help = "File for the lines left out, with column and reason"),
    FIELD(struct import_in, vendor, .help = "Of a price file: whose prices these are"),
    FIELD(struct import_in, keep_prices, .help = "Of a price file: take over costs only"),
    FIELD(struct import_in, add,
          .help = "Of a price file: add parts that the catalog does not have"),
    FIELD(struct import_in, match, .rows = &match_shape,
          .help = "“Column=field”, kept for the next such file; “Column=” leaves it out"),
};

/* What a machine reads of it. */
struct column_out {
    const char *column, *field;
};
static const struct field column_fields[] = {
    FIELD(struct column_out, column, .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct column_out, field, .label = "Is", .max = 4000),
};
static const struct shape column_shape = SHAPE_OF(struct column_out, "column", column_fields);

struct note_out {
    const char *says;
    int64_t count;
};
static const struct field note_fields[] = {
    FIELD(struct note_out, count, .label = "Lines"),
    FIELD(struct note_out, says, .label = "What was brought into form", .max = 4000),
};
static const struct shape note_shape = SHAPE_OF(struct note_out, "note", note_fields);

struct bad_out {
    int64_t line;
    const char *column, *reason;
};
static const struct field bad_fields[] = {
    FIELD(struct bad_out, line),
    FIELD(struct bad_out, column, .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct bad_out, reason, .max = 4000, .flags = FIELD_NUMBERS_OK),
};
static const struct shape bad_shape = SHAPE_OF(struct bad_out, "bad", bad_fields);

struct import_out {
    enum import_noun noun;
    const char *file, *encoding;
    bool done;
    int64_t lines, new_lines, changed, same, unknown, bad;
    struct rows columns, notes, refused;
};
static const struct field out_fields[] = {
    FIELD(struct import_out, noun, .choices = &import_noun_choices),
    FIELD(struct import_out, file, .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct import_out, encoding),
    FIELD(struct import_out, done),
    FIELD(struct import_out, lines),
    FIELD_NAMED(struct import_out, new_lines, "new"),
    FIELD(struct import_out, changed),
    FIELD(struct import_out, same),
    FIELD(struct import_out, unknown),
    FIELD(struct import_out, bad),
    FIELD(struct import_out, columns, .rows = &column_shape),
    FIELD(struct import_out, notes, .rows = &note_shape),
    FIELD(struct import_out, refused, .rows = &bad_shape),
};
static const struct shape out_shape = SHAPE_OF(struct import_out, "import", out_fields);

/* ---- matching ---- */

static status match_one(struct cli *cli, struct import_plan *plan, const char *column,
                        const char *field)
{
    const char *wanted = text_fold(&cli->arena, column);

    for (size_t c = 0; c < plan->column_count; c++)
        if (text_same(plan->headers[c], column) ||
            text_same(text_fold(&cli->arena, plan->headers[c]), wanted))
            return import_match(&cli->session, plan, c, field);
    return fail_field(&cli->session, "match", "The file has no column “%s”.",
                      text_safe(&cli->arena, column));
}

/* A column's name may hold an equals sign, a field's never does. */
static status match_given(struct cli *cli, struct import_plan *plan, const struct rows *match)
{
    const struct match_in *at = match->at;

    for (size_t i = 0; i < match->count; i++) {
        char *column = arena_text(&cli->arena, at[i].is);
        char *equals = strrchr(column, '=');
        if (equals == NULL)
            return fail_field(&cli->session, "match", "Write it as “Column=field”.");
        *equals = '\0';
        TRY(match_one(cli, plan, text_clean(&cli->arena, column, TEXT_ONE_LINE),
                      text_clean(&cli->arena, equals + 1, TEXT_ONE_LINE)));
    }
    return OK;
}

/* ---- telling ---- */

static void fill_columns(struct cli *cli, const struct import_plan *plan, struct import_out *out)
{
    struct column_out *rows = NEW_ARRAY(&cli->arena, struct column_out, plan->column_count + 1);

    for (size_t c = 0; c < plan->column_count; c++)
        rows[c] = (struct column_out){plan->headers[c],
                                      plan->matches[c] != NULL ? plan->matches[c]->name : ""};
    out->columns = (struct rows){rows, plan->column_count};
}

static void fill_notes(struct cli *cli, const struct import_plan *plan, struct import_out *out)
{
    const struct import_note *notes = plan->notes.at;
    struct note_out *rows = NEW_ARRAY(&cli->arena, struct note_out, plan->notes.count + 1);

    for (size_t i = 0; i < plan->notes.count; i++)
        rows[i] = (struct note_out){notes[i].says, notes[i].count};
    out->notes = (struct rows){rows, plan->notes.count};
}

static void fill_refused(struct cli *cli, const struct import_plan *plan, struct import_out *out)
{
    const struct import_line *lines = plan->lines.at;
    struct bad_out *rows = NEW_ARRAY(&cli->arena, struct bad_out, (size_t)out->bad + 1);

    out->refused.at = rows;
    for (size_t i = 0; i < plan->lines.count; i++)
        if (lines[i].fate == IMPORT_BAD)
            rows[out->refused.count++] =
                (struct bad_out){(int64_t)lines[i].line, lines[i].column, lines[i].reason};
}

static struct import_out summary_of(struct cli *cli, const struct import_in *in,
                                    const struct import_plan *plan, bool done)
{
    struct import_out out = {.noun = in->noun,
                             .file = in->file,
                             .encoding = plan->csv.encoding,
                             .done = done,
                             .lines = (int64_t)plan->lines.count,
                             .new_lines = plan->counts[IMPORT_NEW],
                             .changed = plan->counts[IMPORT_CHANGED],
                             .same = plan->counts[IMPORT_SAME],
                             .unknown = plan->counts[IMPORT_UNKNOWN],
                             .bad = plan->counts[IMPORT_BAD]};

    fill_columns(cli, plan, &out);
    fill_notes(cli, plan, &out);
    fill_refused(cli, plan, &out);
    return out;
}

static void write_table(struct buf *text, const struct shape *shape, const struct rows *rows)
{
    table_write_rows(text, shape, rows, &RIGHT_SET_ALL, output_width());
    buf_text(text, rows->count > 0 ? "\n" : "");
}

static const char *separator_name(char separator)
{
    return separator == ';' ? "semicolons" : separator == '\t' ? "tabs" : "commas";
}

static status tell_people(struct cli *cli, const struct import_plan *plan,
                          const struct import_out *out)
{
    AUTO_BUF text = BUF_MIB(8);
    struct rows bad = out->refused;

    buf_printf(&text, "%s: %lld lines, %s, %s%s\n\n", text_safe(&cli->arena, out->file),
               (long long)out->lines, out->encoding, separator_name(plan->csv.separator),
               plan->remembered ? ", columns as the last time" : "");
    write_table(&text, &column_shape, &out->columns);
    write_table(&text, &note_shape, &out->notes);
    bad.count = bad.count > SHOWN_BAD ? SHOWN_BAD : bad.count;
    write_table(&text, &bad_shape, &bad);
    if (out->refused.count > bad.count)
        buf_printf(&text, "… and %zu more.\n\n", out->refused.count - bad.count);
    buf_printf(&text, "%s: %s.\n", out->done ? "Imported" : "Nothing was changed. It would be",
               import_sum(&cli->arena, plan));
    return output_text(cli, &text);
}

static status tell(struct cli *cli, const struct import_in *in, const struct import_plan *plan,
                   bool done)
{
    const struct import_out out = summary_of(cli, in, plan, done);

    if (cli->format == FORMAT_PLAIN)
        return tell_people(cli, plan, &out);
    return output_row(cli, &out_shape, &out);
}

static status write_rejects(struct cli *cli, const struct import_in *in,
                            const struct import_plan *plan)
{
    AUTO_BUF out = BUF_MIB(FILE_MIB);

    if (text_is_empty(in->rejects))
        return OK;
    import_rejects(plan, &out);
    return buf_write_file(&out, in->rejects, FILE_MODE, &cli->session.fault);
}

/* ---- the command ---- */

static status run_plan(struct cli *cli, const struct import_in *in, struct import_plan *plan)
{
    struct bar bar;
    const struct import_options options = {.dry_run = in->dry_run,
                                           .skip_bad = in->skip_bad,
                                           .file = in->file,
                                           .progress = bar_tell,
                                           .context = &bar};

    bar_begin(&bar, in->dry_run ? "Looking at the lines" : "Importing");
    const status result = import_run(&cli->session, plan, &options);
    bar_end(&bar);
    return result;
}

static status run(struct cli *cli, const void *input)
{
    const struct import_in *in = input;
    struct session *s = &cli->session;
    struct import_plan plan;
    AUTO_BUF bytes = BUF_MIB(FILE_MIB);

    TRY(buf_read_file(&bytes, in->file, &s->fault));
    TRY(import_open(s, in->noun, buf_str(&bytes), bytes.length, &plan));
    plan.vendor = in->vendor;
    plan.keep_prices = in->keep_prices;
    plan.add = in->add;
    TRY(match_given(cli, &plan, &in->match));
    const status result = run_plan(cli, in, &plan);
    const struct fault said = s->fault;
    if (result != OK && (result != ERR_CONFLICT || plan.counts[IMPORT_BAD] == 0))
        return result;
    TRY(write_rejects(cli, in, &plan));
    TRY(tell(cli, in, &plan, result == OK && !in->dry_run));
    s->fault = said;
    return result;
}

const struct command import_command = {
    .name = "import",
    .says = "Import customers, vehicles, parts or prices from another system's file",
    .in = SHAPE(struct import_in, import_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = run,
};
