/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Statuses and the sentences that travel with them. */

#include "base/status.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *word;
    int exit_code;
} status_table[] = {
    [OK] = {"ok", 0},
    [ERR_USAGE] = {"usage", 2},
    [ERR_SIGN_IN] = {"sign_in", 3},
    [ERR_DENIED] = {"denied", 3},
    [ERR_CONFIRM] = {"confirm", 3},
    [ERR_INVALID] = {"invalid", 2},
    [ERR_NOT_FOUND] = {"not_found", 1},
    [ERR_CONFLICT] = {"conflict", 4},
    [ERR_STALE] = {"stale", 4},
    [ERR_BUSY] = {"busy", 4},
    [ERR_CANCELLED] = {"cancelled", 1},
    [ERR_CORRUPT] = {"corrupt", 5},
    [ERR_IO] = {"io", 6},
    [ERR_NET] = {"net", 6},
};
static_assert(COUNT_OF(status_table) == STATUS_COUNT, "a status without a word");

static void set_sentence(struct fault *fault, status code, const char *sentence, va_list args)
    PRINTF_LIKE(3, 0);

static void set_sentence(struct fault *fault, status code, const char *sentence, va_list args)
{
    /* Formatted aside first: an argument may be the present text of this very fault. */
    char text[FAULT_TEXT_MAX];

    vsnprintf(text, sizeof text, sentence, args);
    fault->code = code;
    memcpy(fault->text, text, sizeof text);
    fault->wait_s = 0;
}

status fault_set(struct fault *fault, status code, const char *sentence, ...)
{
    if (fault == NULL)
        return code;
    va_list args;
    va_start(args, sentence);
    set_sentence(fault, code, sentence, args);
    va_end(args);
    fault->field[0] = '\0';
    return code;
}

status fault_field(struct fault *fault, const char *field, const char *sentence, ...)
{
    if (fault == NULL)
        return ERR_INVALID;
    va_list args;
    va_start(args, sentence);
    set_sentence(fault, ERR_INVALID, sentence, args);
    va_end(args);
    snprintf(fault->field, sizeof fault->field, "%s", field);
    return ERR_INVALID;
}

status fault_denied(struct fault *fault, const char *field, const char *sentence, ...)
{
    if (fault == NULL)
        return ERR_DENIED;
    va_list args;
    va_start(args, sentence);
    set_sentence(fault, ERR_DENIED, sentence, args);
    va_end(args);
    snprintf(fault->field, sizeof fault->field, "%s", field);
    return ERR_DENIED;
}

void fault_prefix(struct fault *fault, const char *prefix)
{
    char field[FAULT_FIELD_MAX * 2];

    if (fault == NULL || fault->code != ERR_INVALID)
        return;
    snprintf(field, sizeof field, "%s%s%s", prefix, fault->field[0] != '\0' ? "." : "",
             fault->field);
    field[sizeof fault->field - 1] = '\0';
    memcpy(fault->field, field, sizeof fault->field);
}

void fault_clear(struct fault *fault)
{
    if (fault != NULL)
        *fault = (struct fault){.code = OK};
}

int status_exit_code(status code)
{
    return (unsigned)code < STATUS_COUNT ? status_table[code].exit_code : 6;
}

const char *status_word(status code)
{
    return (unsigned)code < STATUS_COUNT ? status_table[code].word : "unknown";
}
