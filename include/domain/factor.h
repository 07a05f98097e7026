/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_FACTOR_H
#define PITLANE_DOMAIN_FACTOR_H

/* The second factor: one-time codes of an authenticator app (RFC 6238), and recovery codes for the
 * day the telephone is lost. */

#include "domain/op.h"

#define FACTOR_RECOVERY_CODES 10

/* factor.begin: a fresh seed. Nothing is on yet; beginning again replaces it. */
struct factor_begun {
    const char *uri;    /* otpauth://…, for the QR code */
    const char *secret; /* the same seed in groups of four, for typing */
};
/* factor.turn-on */
struct factor_code {
    const char *code; /* as the app shows it now; blanks do not matter */
};
/* factor.turn-on and factor.new-codes: shown this once, kept as keyed digests. */
struct recovery_code {
    const char *code; /* "K7QM-2XRD-P9TW" */
};
struct recovery_codes {
    struct rows codes; /* of struct recovery_code, FACTOR_RECOVERY_CODES of them */
};
/* factor.show: one's own. */
struct factor_state {
    bool on;
    struct instant on_at;
    int64_t codes_left; /* recovery codes not used yet */
    bool needed;        /* by one's role */
};

extern const struct op factor_begin_op, factor_turn_on_op, factor_turn_off_op, factor_new_codes_op,
    factor_show_op;
extern const struct op factor_reset_op; /* of another user, by who may edit users */

/* Is it on for this user? */
status factor_is_on(struct session *s, struct user_id user, bool *ret_on) MUST_USE;
/* Takes a one-time code or a recovery code of the user, each once, inside a write transaction.
 * ERR_INVALID without a sentence when it is none of them; the caller counts it (tries.h). */
status factor_take(struct session *s, struct user_id user, const char *code,
                   enum factor *ret_factor) MUST_USE;
/* Switches it off and forgets its codes. */
status factor_remove(struct session *s, struct user_id user) MUST_USE;

#endif
