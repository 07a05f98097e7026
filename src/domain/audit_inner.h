/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_AUDIT_INNER_H
#define PITLANE_DOMAIN_AUDIT_INNER_H

/* What the files of the audit log share:
 *
 * audit.c             the lists: who did what, whole rows, which actions
 * audit_export.c      rows in a file, read back and proved
 * audit_show.c        one row for a person
 * audit_chain.c       a row and its place in the chain
 * audit_write.c       writing rows
 * audit_checkpoint.c  signed statements of how the log stood
 * audit_verify.c      proving the log against itself and against checkpoints */

#include "domain/audit.h"

extern const struct shape audit_checkpoint_shape;
/* The shop's key that checkpoints are signed with, as text. */
const char *audit_public_key(const struct session *s);

/* A row as verifying reads it: `bytes` is the length of all its texts, as stored. */
struct audit_verify_row {
    struct audit_row row;
    int64_t bytes;
};
extern const struct shape audit_verify_row_shape;
int64_t audit_row_bytes(const struct audit_row *row);

struct audit_entry_line {
    int64_t entry, account, cents;
};
extern const struct shape audit_entry_line_shape;

#endif
