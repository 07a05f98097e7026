/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SESSION_H
#define PITLANE_DOMAIN_SESSION_H

/* Who asks, where, when, and on which shop: the first parameter of everything in the domain. */

#include "domain/ids.h"
#include "domain/right.h"
#include "store/store.h"

struct session {
    struct store *store; /* borrowed */
    struct arena *arena; /* borrowed: results live here until the caller resets it */
    struct clock clock;
    struct fault fault; /* what the last failed call has to say */

    struct session_id id; /* 0: nobody is signed in */
    struct user_id user;
    const char *user_name;
    const char *role;
    struct right_set rights;     /* held with scope all or own */
    struct right_set rights_all; /* held with scope all */
    struct customer_id customer; /* for a customer's own sign-in: whose records are his */
    const char *terminal;        /* "counter 1", "cli", never NULL */
    const char *command_id;      /* set for one call: makes a writing op happen at most once */
    const void *prepared;        /* what the running op's `prepare` worked out */
    int64_t rights_version;      /* revisions of user and role the rights were read at */
    bool own_only;               /* set by op_call while an op runs with scope own */
    bool demo;                   /* the shop is the demo shop */
};

/* Records the sentence and returns the code: return fail(s, ERR_CONFLICT, "…", …); */
#define fail(s, code, ...)        fault_set(&(s)->fault, (code), __VA_ARGS__)
#define fail_field(s, field, ...) fault_field(&(s)->fault, (field), __VA_ARGS__)

struct instant session_now(const struct session *s);
struct day session_today(const struct session *s);
struct field_context session_context(const struct session *s);

/* Gives NOT_FOUND its sentence: TRY(found(s, store_get(…), "There is no order %lld.", …)). */
status found(struct session *s, status result, const char *sentence, ...) PRINTF_LIKE(3, 4);

#endif
