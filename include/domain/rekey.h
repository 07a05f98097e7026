/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_REKEY_H
#define PITLANE_DOMAIN_REKEY_H

/* A new data key: everything sealed is sealed anew, and the old keys are thrown away once nothing
 * is sealed with them any more. Others work meanwhile. It may be interrupted anywhere, a power cut
 * included: both keys are in the key file until the end, and the next call goes on where it was. */

#include "domain/session.h"

struct rekey {
    int data_key;       /* number of the key that seals now */
    int64_t sealed;     /* values sealed anew by this call */
    int64_t unreadable; /* values that no key opens: they stay, and so do the old keys */
    bool went_on;       /* an earlier call had been interrupted */
};
/* `keys` are the session's, and follow their file. `passphrase` as the file has it, NULL for none.
 * ERR_CORRUPT, with the report filled in, when some values do not open. */
status rekey_run(struct session *s, struct key_ring *keys, const char *passphrase,
                 struct rekey *ret) MUST_USE;

/* Values sealed, all together and by keys older than the newest. */
struct sealed_count {
    int64_t all, old;
};
status sealed_count(struct session *s, struct sealed_count *ret) MUST_USE;

struct sealed_column {
    const char *table, *column, *row;
};
extern const struct sealed_column sealed_columns[]; /* domain/sealed.def */
extern const size_t sealed_column_count;

#endif
