/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TERMINAL_H
#define PITLANE_DOMAIN_TERMINAL_H

/* Terminals that have shown who they are, and signing in at a kiosk with a PIN.
 *
 * A machine is enrolled once by a manager: it gets a secret, kept in a file of mode 0600 in the
 * state folder of its account, of which the shop holds the digest. A program started there shows
 * it (terminal_recognise). Six digits are far too few for a password, but will do where they work
 * on that one machine only, ten times at most, and for little (NIST SP 800-63B-4, 3.2.10). */

#include "domain/op.h"
#include "domain/user.h"

struct terminal {
    struct terminal_id id;
    const char *name;
    enum terminal_kind kind;
    const char *enrolled_by_name;
    struct instant enrolled_at, seen_at, ended_at;
};
struct terminal_enroll {
    const char *name; /* "kiosk 2" */
    enum terminal_kind kind;
};
struct terminal_enrolled {
    struct terminal_id id;
    const char *name;
    enum terminal_kind kind;
    const char *secret; /* shown this once */
};

/* Makes `s` one of this terminal: enrolled, terminal_kind and terminal (in its arena). ERR_SIGN_IN
 * with a sentence when the secret is unknown or the terminal's enrolment was ended. */
status terminal_recognise(struct session *s, const char *secret) MUST_USE;
/* ERR_DENIED with a sentence unless `s` runs on an enrolled kiosk, as of now. */
status terminal_must_be_kiosk(struct session *s) MUST_USE;

/* Where this account of the machine keeps its secret for the shop in s->store. Reading gives NULL
 * when there is none. */
status terminal_file_read(struct session *s, const char **ret_secret) MUST_USE;

/* The demo shop has one kiosk that can be tried from any terminal: its secret is no secret. */
extern const char terminal_demo_secret[];

extern const struct op terminal_enroll_op; /* name, kind → struct terminal_enrolled */
extern const struct op terminal_list_op, terminal_end_op;

/* --- PINs and badges (pin.c) --- */

#define PIN_DIGITS 6

/* session.pin: who (what the badge's bar code reads, or the sign-in name), pin → signed_in. On an
 * enrolled kiosk only; such a session may call operations with OP_PIN and nothing else. */
struct pin_sign_in {
    const char *who, *pin;
};
/* session.people: who has a PIN, for the kiosk to choose from. On an enrolled kiosk only. */
struct pin_person {
    struct user_id id;
    const char *login, *name;
};
struct pin_people {
    struct rows people; /* of struct pin_person, by name */
};
struct pin_set {
    const char *pin;
};
struct user_badge {
    struct user_id id;
    const char *badge; /* "": a new one is made */
};
extern const struct op session_pin_op, session_people_op;
extern const struct op user_set_pin_op;   /* one's own */
extern const struct op user_clear_pin_op; /* anybody's, by a manager */
extern const struct op user_badge_op;     /* user.badge: gives one, or another one */

/* What a PIN is kept as: Argon2id over a digest keyed with the shop's pepper. For the demo shop,
 * whose people have some from the start. */
status pin_hash(struct session *s, struct user_id user, const char *pin,
                char ret_hash[SECRET_HASH_MAX]) MUST_USE;

#endif
