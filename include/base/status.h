/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_STATUS_H
#define PITLANE_BASE_STATUS_H

/* How every function that can fail says so. The status is returned; the sentence for the person,
 * and the field it belongs to, are written into a struct fault at the place where the problem is
 * found. Functions with a result put it in a last parameter named ret_..., untouched on failure. */

#include <stddef.h>

typedef enum status {
    OK = 0,
    ERR_USAGE,     /* the command was not understood */
    ERR_SIGN_IN,   /* nobody is signed in, or the session has ended */
    ERR_DENIED,    /* signed in, but without the right */
    ERR_CONFIRM,   /* the password has to be shown again, or a first step comes before */
    ERR_INVALID,   /* a value is not acceptable: fault.field says which */
    ERR_NOT_FOUND, /* there is no such record */
    ERR_CONFLICT,  /* the shop's rules or its present state forbid it */
    ERR_STALE,     /* somebody else changed the record since it was read */
    ERR_BUSY,      /* another terminal is writing: try again */
    ERR_CANCELLED, /* the person asked to stop */
    ERR_CORRUPT,   /* stored data contradicts itself or is not a shop's database */
    ERR_IO,        /* disk, file or terminal */
    ERR_NET,       /* the far end of a connection */
    STATUS_COUNT
} status;

#define MUST_USE          __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

#define FAULT_FIELD_MAX 64
#define FAULT_TEXT_MAX  512

/* What went wrong, for the person at the counter. `field` is empty unless code is ERR_INVALID,
 * or ERR_DENIED for what this person may not put there; nested rows are named like "lines.2.price"
 * (counted from 1). */
struct fault {
    status code;
    char field[FAULT_FIELD_MAX];
    char text[FAULT_TEXT_MAX];
    long wait_s; /* ERR_SIGN_IN: trying again makes sense after so many seconds; 0: at once */
};

/* Records a sentence and returns `code`, so that `return fault_set(f, ERR_CONFLICT, "…");` reads
 * well. A NULL `fault` is allowed: the status alone is returned. Never returns OK. */
status fault_set(struct fault *fault, status code, const char *sentence, ...) PRINTF_LIKE(3, 4);

/* The same for ERR_INVALID, naming the field. */
status fault_field(struct fault *fault, const char *field, const char *sentence, ...)
    PRINTF_LIKE(3, 4);

/* ERR_DENIED for this value: another one would be allowed. */
status fault_denied(struct fault *fault, const char *field, const char *sentence, ...)
    PRINTF_LIKE(3, 4);

/* Puts "prefix." before the field of an ERR_INVALID fault; leaves others alone. */
void fault_prefix(struct fault *fault, const char *prefix);

void fault_clear(struct fault *fault);

/* Exit code of the command line: 0 ok, 1 negative answer, 2 usage or invalid, 3 not allowed or not
 * signed in, 4 conflict, stale or busy, 5 integrity, 6 environment. */
int status_exit_code(status code);

/* A stable lower-case word for JSON, such as "conflict". Static text. */
const char *status_word(status code);

/* The only hidden return: passes a failure on. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        const status try_status_ = (call);                                                         \
        if (try_status_ != OK)                                                                     \
            return try_status_;                                                                    \
    } while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
