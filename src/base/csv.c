/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Tables from other programs' files, and tables for spreadsheets. What the columns mean is the
 * importer's business; the encoding of the bytes is csv_encoding.c's. */

#include "base/csv.h"

#include <string.h>

#include "csv_inner.h"

/* So many records decide which character separates cells. */
#define SAMPLE_RECORDS 20
#define NO_LINE        0

struct reader {
    const char *at;
    const char *end;
    char *out; /* where cells are written; NULL while the file is only measured */
    size_t line;
    size_t open_line; /* where a quote began that never ends; NO_LINE while all is well */
    char separator;
};

/* Line breaks of all three kinds: LF, CR LF, and CR alone. */
static bool at_break(const struct reader *reader)
{
    return reader->at < reader->end && (*reader->at == '\n' || *reader->at == '\r');
}

static void skip_break(struct reader *reader)
{
    const bool is_pair =
        *reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n';

    reader->at += is_pair ? 2 : 1;
    reader->line++;
}

static void emit(struct reader *reader, const char *bytes, size_t count)
{
    if (reader->out == NULL)
        return;
    memcpy(reader->out, bytes, count);
    reader->out += count;
}

static size_t count_breaks(const char *bytes, const char *end)
{
    size_t count = 0;

    for (; bytes < end; bytes++)
        if (*bytes == '\n' || (*bytes == '\r' && bytes[1] != '\n'))
            count++;
    return count;
}

/* From behind an opening quote to behind the closing one. A doubled quote is one quote. */
static void read_quoted(struct reader *reader)
{
    const size_t start_line = reader->line;

    for (;;) {
        const size_t left = (size_t)(reader->end - reader->at);
        const char *quote = left > 0 ? memchr(reader->at, '"', left) : NULL;
        if (quote == NULL) {
            reader->open_line = start_line;
            reader->at = reader->end;
            return;
        }
        reader->line += count_breaks(reader->at, quote);
        emit(reader, reader->at, (size_t)(quote - reader->at));
        reader->at = quote + 1;
        if (reader->at == reader->end || *reader->at != '"')
            return;
        emit(reader, "\"", 1);
        reader->at++;
    }
}

/* Reads one cell and the separator behind it. Text between a closing quote and the separator is
 * kept, as other programs do. Returns whether it was quoted. */
static bool read_cell(struct reader *reader, bool *ret_more)
{
    const bool quoted = reader->at < reader->end && *reader->at == '"';
    const char *start;

    if (quoted) {
        reader->at++;
        read_quoted(reader);
    }
    start = reader->at;
    while (reader->at < reader->end && *reader->at != reader->separator && !at_break(reader))
        reader->at++;
    emit(reader, start, (size_t)(reader->at - start));
    emit(reader, "", 1);
    *ret_more = reader->at < reader->end && *reader->at == reader->separator;
    if (*ret_more)
        reader->at++;
    return quoted;
}

static bool is_blank(const char *cell)
{
    return cell[strspn(cell, " \t")] == '\0';
}

/* Reads one record into `cells`; returns the number of cells, 0 for a blank line. */
static size_t read_record(struct reader *reader, const char **cells)
{
    size_t count = 0;
    bool quoted = false;
    bool more = true;

    while (more) {
        const char *cell = reader->out;
        quoted = read_cell(reader, &more);
        if (cells != NULL)
            cells[count] = cell;
        count++;
    }
    if (at_break(reader))
        skip_break(reader);
    if (count == 1 && !quoted && cells != NULL && is_blank(cells[0]))
        return 0;
    return count;
}

/* Cells of the first records; returns how many records there are. */
static size_t sample(struct reader *reader, size_t ret_counts[SAMPLE_RECORDS])
{
    size_t records = 0;

    while (records < SAMPLE_RECORDS && reader->at < reader->end)
        if (at_break(reader))
            skip_break(reader);
        else
            ret_counts[records++] = read_record(reader, NULL);
    return records;
}

/* How well a separator explains the file: first that most records have the same number of cells,
 * then that there are many. A title above the table does no harm. 0: it separates nothing. */
static size_t separator_score(const char *bytes, size_t length, char separator)
{
    struct reader reader = {.at = bytes, .end = bytes + length, .separator = separator};
    size_t counts[SAMPLE_RECORDS];
    const size_t records = sample(&reader, counts);
    size_t best = 0;

    for (size_t i = 0; i < records; i++) {
        const size_t cells = counts[i] < 1000 ? counts[i] : 999;
        size_t agreed = 0;
        for (size_t r = 0; r < records; r++)
            agreed += counts[r] == counts[i];
        if (cells > 1 && agreed * 1000 + cells > best)
            best = agreed * 1000 + cells;
    }
    return best;
}

static char find_separator(const char *bytes, size_t length)
{
    static const char candidates[] = {',', ';', '\t'};
    char best = ',';
    size_t best_score = 0;

    for (size_t i = 0; i < sizeof candidates; i++) {
        const size_t score = separator_score(bytes, length, candidates[i]);
        if (score > best_score) {
            best = candidates[i];
            best_score = score;
        }
    }
    return best;
}

/* Some spreadsheets say it in a first line of its own: "sep=;". */
static bool read_separator_line(struct reader *reader)
{
    if (reader->end - reader->at < 6 || strncmp(reader->at, "sep=", 4) != 0)
        return false;
    if (strchr(",;\t", reader->at[4]) == NULL || (reader->at[5] != '\r' && reader->at[5] != '\n'))
        return false;
    reader->separator = reader->at[4];
    reader->at += 5;
    skip_break(reader);
    return true;
}

/* At most so many cells and records can come: every one needs a separator or a line break. */
static void count_most(const struct reader *reader, size_t *ret_cells, size_t *ret_records)
{
    size_t separators = 0;
    size_t breaks = 0;

    for (const char *at = reader->at; at < reader->end; at++) {
        separators += *at == reader->separator;
        breaks += *at == '\n' || *at == '\r';
    }
    *ret_cells = separators + breaks + 1;
    *ret_records = breaks + 1;
}

static status read_records(struct reader *reader, struct arena *arena, struct csv *csv,
                           struct fault *fault)
{
    const char **cells;
    size_t most_cells;
    size_t most_records;

    count_most(reader, &most_cells, &most_records);
    cells = NEW_ARRAY(arena, const char *, most_cells);
    csv->records = NEW_ARRAY(arena, struct csv_record, most_records);
    reader->out = arena_alloc(arena, (size_t)(reader->end - reader->at) + 1);
    while (reader->at < reader->end) {
        struct csv_record *record = &csv->records[csv->count];
        *record = (struct csv_record){.line = reader->line, .cells = cells};
        record->count = read_record(reader, cells);
        if (reader->open_line != NO_LINE)
            return fault_set(fault, ERR_INVALID,
                             "The quote that begins in line %zu is never closed: add the closing "
                             "quote, or remove the first one.",
                             reader->open_line);
        cells += record->count;
        csv->count += record->count > 0 ? 1 : 0;
    }
    return OK;
}

status csv_read(const char *bytes, size_t length, struct arena *arena, struct csv *ret,
                struct fault *fault)
{
    struct csv csv = {0};
    struct reader reader = {.line = 1};
    struct csv_text text;

    TRY(csv_decode(bytes, length, arena, &text, fault));
    csv.encoding = text.encoding;
    reader.at = text.at;
    reader.end = text.at + text.length;
    if (!read_separator_line(&reader))
        reader.separator = find_separator(text.at, text.length);
    csv.separator = reader.separator;
    TRY(read_records(&reader, arena, &csv, fault));
    if (csv.count == 0)
        return fault_set(fault, ERR_INVALID,
                         "The file holds no records: it needs a line with the names of the "
                         "columns and one line for each record.");
    *ret = csv;
    return OK;
}

/* Would a spreadsheet run it, once some apostrophes are off? */
static bool is_formula(const char *text)
{
    text += strspn(text, "'");
    return *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
}

static bool needs_quotes(const char *text)
{
    const size_t length = strlen(text);

    return strpbrk(text, ",;\t\"\r\n") != NULL ||
           (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
}

void csv_write_cell(struct buf *out, const char *text, bool is_text, bool first)
{
    const bool guarded = is_text && is_formula(text);
    /* An empty first cell may be the whole record, which must not look like a blank line. */
    const bool quoted = needs_quotes(text) || (first && *text == '\0');

    if (!first)
        buf_char(out, ',');
    if (quoted)
        buf_char(out, '"');
    if (guarded)
        buf_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    if (quoted)
        buf_char(out, '"');
}

void csv_end_record(struct buf *out)
{
    buf_text(out, "\r\n");
}

const char *csv_unguard(const char *cell)
{
    return *cell == '\'' && is_formula(cell) ? cell + 1 : cell;
}
