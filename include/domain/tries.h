/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TRIES_H
#define PITLANE_DOMAIN_TRIES_H

/* Wrong passwords, codes, recovery codes and PINs: how often somebody may guess, and how long he
 * waits. The one home of these numbers; everything that compares a secret of a person with what
 * somebody typed asks here before and tells here after, inside its write transaction (an operation
 * with OP_KEEPS_REFUSAL), so that many at once are counted one by one.
 *
 * Counted is by place and by person (NIST SP 800-63B-4 section 3.2.2, ASVS 5 6.1.1 and 6.3.1):
 *
 * - A person at a place he knows, which is where he has signed in within the last 30 days, has a
 *   count of his own there. Whatever a stranger does at another place does not touch it: nobody is
 *   kept out of his own counter by guesses made somewhere else.
 * - All places a person does not know share one count for him, so that a stranger gains nothing by
 *   moving on.
 * - A place counts what went wrong there for anybody within the last hour. So one keyboard that
 *   tries every account is slowed down itself after ten, before it has locked a second one. People
 *   who know the place wait for this count half a minute at most, so that a stranger who has left
 *   keeps nobody out; strangers to the place wait in full.
 *
 * Of each count five tries are free, then one waits 1, 2, 4, 8, 16 seconds, and from the tenth a
 * quarter of an hour each. A person's hundredth in a row opens by a manager alone. Whoever signs in
 * clears his own counts and nobody else's, so an insider cannot clear a place by signing in between
 * guesses. A name that nobody has is counted as if somebody had it, and so cannot be told from one
 * that exists; who sits at a place and gets ten wrong may tell from the wait who has been there.
 *
 * A place is the enrolled terminal; else what the session's `counted_at` says: the far address with
 * SSH, the console, the account of the machine. Not the name of a terminal, which whoever starts
 * the program may choose, and not the number of a pseudo-terminal, of which there are always more.
 * Counts are rows of the database: starting again forgets nothing. */

#include "domain/op.h"

#define TRIES_FREE          5
#define TRIES_TO_LOCK       10
#define TRIES_TO_BLOCK      100
#define TRIES_LOCK_SECONDS  (15 * 60)
#define TRIES_KNOWN_DAYS    30
#define TRIES_PLACE_SECONDS 3600 /* a place forgets a mistake after so long */
#define TRIES_PASSING       30   /* seconds: the longest wait by the place for who knows it */

/* The one who is counted for a name that nobody has. */
struct user_id tries_nobody(const struct session *s, const char *login);

/* May somebody try now? ERR_SIGN_IN with a sentence that says how long to wait. */
status tries_check(struct session *s, struct user_id user) MUST_USE;
/* The same for who is signed in already: ERR_INVALID at the field that he is asked in. */
status tries_check_at(struct session *s, struct user_id user, const char *field) MUST_USE;
/* A try went wrong; the same for a PIN. */
status tries_failed(struct session *s, struct user_id user) MUST_USE;
status tries_failed_by_pin(struct session *s, struct user_id user) MUST_USE;
/* The person has shown who he is, all of it: the second factor, too. */
status tries_clear(struct session *s, struct user_id user) MUST_USE;
/* A PIN was right: it takes back what wrong PINs counted here, and nothing else, so that who has
 * seen a PIN gets no more guesses at the password. */
status tries_clear_pin(struct session *s, struct user_id user) MUST_USE;
/* A manager lets him try again at once, everywhere. */
status tries_unlock(struct session *s, struct user_id user) MUST_USE;

extern const struct op place_list_op, place_unlock_op;

#endif
