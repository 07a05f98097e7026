/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SESSION_H
#define PITLANE_DOMAIN_SESSION_H

/* Who asks, where, when, and on which shop: the first parameter of everything in the domain. */

#include "domain/ids.h"
#include "domain/right.h"
#include "domain/secret.h"
#include "store/store.h"

/* How the person has shown who he is. */
enum factor { FACTOR_PASSWORD, FACTOR_CODE, FACTOR_RECOVERY, FACTOR_PIN };
extern const struct choices factor_choices;

/* Where the keyboard is; the idle lock depends on it, and what a PIN is good for. */
enum terminal_kind { TERMINAL_COUNTER, TERMINAL_KIOSK, TERMINAL_SSH };
extern const struct choices terminal_kind_choices;

/* What has to be done before anything else is allowed. */
enum first_step { STEP_NONE, STEP_PASSWORD, STEP_SECOND_FACTOR };

/* What a program that lasts has seen of the machine's clock. */
struct clock_watch {
    int64_t offset; /* of the wall clock against the time since switching on; 0: not looked yet */
    int64_t moved;  /* seconds it was moved by, until a screen has said so */
};

struct shop;
/* What an operation that writes has read already and nobody else can change before it ends. */
struct op_memo {
    struct arena arena;
    const struct shop *shop; /* NULL: not read yet */
    bool knows_closed;
    struct day closed_through;
    struct day
        posting_on; /* an earlier day that it posts on (ledger_post_on); none: ledger_open_day */
};
struct session {
    struct store *store;         /* borrowed */
    const struct key_ring *keys; /* borrowed; of the shop in `store` */
    struct arena *arena;         /* borrowed: results live here until the caller resets it */
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
    const char *place;           /* tty, account of the machine, far address; NULL: not known */
    const char *counted_at;      /* what failed tries are counted by (place.h); NULL: terminal */
    enum terminal_kind terminal_kind;
    struct terminal_id enrolled; /* the enrolled terminal this is, 0 for none */
    enum factor factor;
    enum first_step first_step;
    struct instant confirmed_at; /* when the password was last shown; sign-in counts */
    struct instant seen_at;      /* as the session's row says */
    struct instant access_until; /* end of the access token this was resumed from; 0: none */
    const char *command_id;      /* set for one call: makes a writing op happen at most once */
    const void *prepared;        /* what the running op's `prepare` worked out */
    int64_t rights_version;      /* revisions of user and role the rights were read at */
    struct user_id tried;        /* set by a sign-in that is refused: whose account it was */
    bool own_only;               /* set by op_call while an op runs with scope own */
    struct op_memo *memo;        /* likewise while one writes, NULL otherwise */
    bool demo;                   /* the shop is the demo shop */
    struct clock_watch *watch;   /* borrowed; NULL where a program does not last */
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
