/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PASSWORD_H
#define PITLANE_DOMAIN_PASSWORD_H

/* What will do for a password: NIST SP 800-63B-4 section 3.1.1.2 and ASVS 5 6.2. Length, and that
 * it is not among the first that are tried; no rules of capitals, digits and signs. */

#include "domain/session.h"

#define PASSWORD_MIN             15  /* characters, standing alone */
#define PASSWORD_MIN_WITH_FACTOR 8   /* beside a second factor */
#define PASSWORD_MAX             128 /* characters */
#define PASSWORD_BYTES_MAX       512 /* of a field that takes one */
#define PASSWORD_HELP            "15 characters or more: four words do well"

/* Whose password it is to be: what others would try first for him. */
struct password_of {
    const char *login, *name, *shop;
    bool has_factor;
};

/* As it is hashed: the same for the ways in which keyboards write the same letter (NFC). */
const char *password_canonical(struct arena *arena, const char *password);
size_t password_length(const char *password); /* in characters */

/* ERR_INVALID at the field, with a sentence that says why it will not do. */
status password_check(struct session *s, const char *field, const char *password,
                      const struct password_of *of) MUST_USE;
/* The same, and its hash. Slow: for `prepare`. */
status password_hash(struct session *s, const char *field, const char *password,
                     const struct password_of *of, const char **ret_hash) MUST_USE;
/* Is it among the first that are tried? `password` canonical; for tests, too. */
bool password_is_common(struct arena *arena, const char *password);

#endif
