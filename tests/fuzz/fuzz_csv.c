/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Any bytes as a CSV file: a table or a sentence, and what is read survives being written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_table(const struct csv *table, struct buf *out)
{
    for (size_t r = 0; r < table->count; r++) {
        for (size_t c = 0; c < table->records[r].count; c++)
            csv_write_cell(out, table->records[r].cells[c], true, c == 0);
        csv_end_record(out);
    }
}

static void compare(const struct csv *table, const struct csv *again)
{
    if (again->count != table->count)
        abort();
    for (size_t r = 0; r < table->count; r++) {
        if (again->records[r].count != table->records[r].count)
            abort();
        for (size_t c = 0; c < table->records[r].count; c++)
            if (strcmp(csv_unguard(again->records[r].cells[c]), table->records[r].cells[c]) != 0)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF out = BUF_MIB(64);
    struct fault fault;
    struct csv table;
    struct csv again;

    if (csv_read((const char *)data, size, &arena, &table, &fault) != OK) {
        if (fault.text[0] == '\0')
            abort();
        return 0;
    }
    buf_text(&out, "sep=,\r\n");
    write_table(&table, &out);
    if (out.full)
        return 0;
    if (csv_read(out.at, out.length, &arena, &again, &fault) != OK)
        abort();
    compare(&table, &again);
    return 0;
}
