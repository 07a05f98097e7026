/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RECORD_H
#define PITLANE_DOMAIN_RECORD_H

/* What the page of every editable record needs. */

#include "domain/op.h"

/* ERR_STALE with a sentence that names who changed the record and when, as far as the audit log
 * knows. `noun` is the prefix of its operations: "customer", "labor-rate". */
status record_is_stale(struct session *s, const char *noun, int64_t id) MUST_USE;

/* The same of what the sentence calls `what` ("order 10412"): `sql` gives user_name and at of the
 * last change, or no row. */
status record_is_stale_by(struct session *s, const char *what, const char *sql,
                          const struct bind *binds) MUST_USE;

/* After an UPDATE … WHERE id = :id AND (:revision = 0 OR revision = :revision): no row changed
 * means that somebody else was faster. Revision 0 is for callers that have read nothing. */
status record_was_changed(struct session *s, const char *noun, int64_t id) MUST_USE;

/* Ends the running write transaction as `result` says, for what does not go through op_call. What
 * was said of a failure stands. */
status record_end_write(struct session *s, status result) MUST_USE;

/* For `owns`. Of a document whose customer `sql` gives (with :id): it is that customer's own. */
status record_is_customers(struct session *s, const char *sql, int64_t id, bool *ret_own) MUST_USE;
/* For `owns` of what limits itself, or has nothing to hide. */
status record_is_everybodys(struct session *s, const void *in, bool *ret_own) MUST_USE;

/* The number that `sql` gives; where there is no row *ret stays. */
status record_find_number(struct session *s, const char *sql, const struct bind *binds,
                          int64_t *ret) MUST_USE;

/* Text in upper case without blanks, as FIELD_CODE keeps it, for callers that are no form. */
const char *record_code(struct session *s, const char *text);

#endif
