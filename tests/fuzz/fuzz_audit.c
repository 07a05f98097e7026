/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Any bytes as a file of audit rows, in two pieces, and as a checkpoint: rows, or a sentence; and
 * what is read as a checkpoint reads the same once it is written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
    struct arena *arena;
    struct fault *fault;
};

static status take(void *context, const char *text, size_t length)
{
    const struct reading *reading = context;
    struct audit_exported row;

    return audit_exported_read(text, length, reading->arena, &row, reading->fault);
}

static void read_rows(const char *bytes, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct fault fault = {0};
    struct reading reading = {&arena, &fault};
    struct audit_reader reader;
    const size_t first = size / 3;

    audit_reader_begin(&reader, take, &reading);
    status result = audit_reader_take(&reader, bytes, first, &fault);
    if (result == OK)
        result = audit_reader_take(&reader, bytes + first, size - first, &fault);
    if (audit_reader_end(&reader, &fault) != OK || result != OK)
        if (fault.text[0] == '\0')
            abort();
}

static void read_checkpoint(const char *bytes, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(65536);
    struct fault fault = {0};
    struct audit_checkpoint checkpoint, again;

    if (audit_checkpoint_read(bytes, size, &arena, &checkpoint, &fault) != OK) {
        if (fault.text[0] == '\0')
            abort();
        return;
    }
    audit_checkpoint_write(&checkpoint, &text);
    if (text.full)
        return;
    if (audit_checkpoint_read(text.at, text.length, &arena, &again, &fault) == OK &&
        (strcmp(checkpoint.head, again.head) != 0 || checkpoint.count != again.count))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_rows((const char *)data, size);
    read_checkpoint((const char *)data, size);
    return 0;
}
