/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_AUDIT_H
#define PITLANE_DOMAIN_AUDIT_H

/* The audit log: who did what, from where, when, with before and after. op_call writes it for every
 * operation that changes the shop and for what it refuses; audit_note for what is no operation. */

#include "domain/op.h"

/* --- Writing (audit_write.c) --- */

/* Events that are no operation; audit_says knows their sentences. */
#define AUDIT_EXPORT       "data.export"  /* what, filter, rows, format, to */
#define AUDIT_BACKUP       "data.backup"  /* to */
#define AUDIT_RESTORE      "data.restore" /* from */
#define AUDIT_RECOVER      "user.recover" /* login */
#define AUDIT_CHECKPOINT   "audit.checkpoint"
#define AUDIT_CLOCK_JUMP   "clock.jump"      /* seconds: moved by while the program ran */
#define AUDIT_CLOCK_BEHIND "clock.behind"    /* seconds: behind the row before */
#define AUDIT_REUSE        "session.reuse"   /* a refresh token was used twice */
#define AUDIT_KEYS         "keys.change"     /* data_key, sealed, went_on */
#define AUDIT_PASSPHRASE   "keys.passphrase" /* set or removed */
#define AUDIT_SHEET        "keys.sheet"
#define AUDIT_KEYS_BACK    "keys.restore" /* fingerprint */
#define AUDIT_CODES        "factor.print-codes"

/* What an event means, for people: "Export a list"; of an operation, what it says. The name itself
 * when nobody knows it (any more). */
const char *audit_says(const char *what);

/* Notes what is no operation of its own. `detail_json` is one object, NULL for none. Inside a write
 * transaction it stands and falls with it; otherwise it is a transaction of its own. s->fault keeps
 * what it said unless this fails. */
status audit_note(struct session *s, const char *what, status result,
                  const char *detail_json) MUST_USE;

/* One row on its way into the log. */
struct audit_event {
    const char *what; /* operation or event */
    status result;
    const char *noun; /* "" or what it was about … */
    int64_t subject;  /* … and which: 0 for none */
    const char *input, *changes;
};
/* The one place that writes rows of the log. Inside a write transaction. Who, where and when come
 * from the session. */
status audit_write(struct session *s, const struct audit_event *event) MUST_USE;

/* A whole list, limited by nothing, is everything there is of its kind: taking that out of the shop
 * wants the password again (ERR_CONFIRM), as whoever finds a terminal open has not. */
status audit_check_export(struct session *s, const struct op *op, const void *in) MUST_USE;
/* Notes that the rows of a list left the shop: which list, limited to what, in which format, where
 * to ("customers.csv", "a pipe"), and how many; NUMBER_NONE while that is not known. Reads on the
 * screen are no exports. Refuses what audit_check_export refuses. (audit_export.c) */
status audit_note_export(struct session *s, const struct op *op, const void *in, const char *format,
                         const char *to, int64_t rows) MUST_USE;

/* For op_call: somebody was refused. Writes a transaction of its own, so behind the rollback. The
 * same refusal again within a second, and more than AUDIT_DENIALS_MAX of one person within a
 * minute, are left out: a loop of them must not fill the disk. */
#define AUDIT_DENIALS_MAX 60
status audit_denied(struct session *s, const struct audit_event *event) MUST_USE;

/* Has the machine's clock been moved by more than a minute since the last time this was asked? Then
 * it is noted, and s->watch tells the screen. Cheap: asked before every operation. */
status audit_watch_clock(struct session *s) MUST_USE;

/* --- The chain (audit_chain.c) --- */

/* A row of the log, whole. */
struct audit_row {
    struct audit_id id;
    struct instant at;
    struct user_id user;
    const char *user_name;
    struct session_id session;
    const char *terminal, *place, *factor, *op, *result, *noun;
    int64_t subject;
    const char *mac, *input, *changes;
};
extern const struct shape audit_row_shape;

/* Keyed digest of a row behind the one whose digest is `previous` ("" for the first). */
void audit_mac(const struct key_ring *keys, const char *previous, const struct audit_row *row,
               char ret_mac[SECRET_DIGEST_MAX]);

/* --- Checkpoints (audit_checkpoint.c) --- */

/* A signed statement of how the log and the books stood: Ed25519 over all of it but the shop's
 * name. It proves something once it lies where nobody who may write the shop's file can reach. */
struct audit_checkpoint {
    struct audit_checkpoint_id id; /* counted from 1, without gap */
    struct instant at;
    struct audit_id audit; /* the last row it covers: rows are numbered from 1 without gap, so this
                              is their count, too */
    int64_t count;
    const char *head;  /* that row's mac */
    int64_t entry;     /* the last ledger entry it covers, 0 for none */
    const char *books; /* digest of every account's balance up to there */
    const char *signature;
    const char *shop, *shop_uid, *public_key; /* in its text only */
};

/* Notes that a checkpoint is made, makes and keeps it. Inside a write transaction or its own. */
status audit_checkpoint_make(struct session *s, struct audit_checkpoint *ret) MUST_USE;
/* As lines to print, mail or keep: "Name: value", none longer than 72 bytes but the shop's name. */
void audit_checkpoint_write(const struct audit_checkpoint *checkpoint, struct buf *out);
/* Reads such lines, also with CR LF, blank lines, and values continued on an indented line.
 * ERR_INVALID with a sentence. Nothing is proved by it yet. */
status audit_checkpoint_read(const char *text, size_t length, struct arena *arena,
                             struct audit_checkpoint *ret, struct fault *fault) MUST_USE;
/* Is it of this shop, and signed with its key? ERR_CORRUPT with a sentence. */
status audit_checkpoint_check(struct session *s,
                              const struct audit_checkpoint *checkpoint) MUST_USE;

/* Running balances, for the digest of the books. */
struct audit_books {
    struct audit_balance {
        int64_t account, cents;
    } at[1000];
    size_t count;
};
/* ERR_CONFLICT when there are more accounts than that. */
status audit_books_add(struct session *s, struct audit_books *books, int64_t account,
                       int64_t cents) MUST_USE;
void audit_books_digest(const struct audit_books *books, char ret_digest[SECRET_DIGEST_MAX]);

/* --- Reading (audit.c) --- */

/* Number of whatever record `noun` says. */
ID_TYPE(audit_subject);

/* Newest first. `document`: "invoice 20001". `action`: an operation's name or an event. */
struct audit_list {
    struct list_query query;
    struct user_id user;
    struct day from_on, to_on;
    const char *action, *document;
    bool refused; /* only what was refused */
};
struct audit_list_row {
    struct audit_id id;
    struct instant at;
    const char *user_name, *op, *result, *noun;
    struct audit_subject_id subject;
    const char *terminal, *place, *factor;
};
/* audit.export: whole rows, with the mac of the row before each, so that every row of the file can
 * be proved alone (audit_exported_check). */
struct audit_exported {
    struct audit_row row;
    const char *previous;
};
extern const struct shape audit_exported_shape;
/* audit.show: what was asked and what changed, value by value. Raw JSON and what their rights hide
 * is empty for those who may not see costs. */
struct audit_change {
    const char *record, *name, *before, *after; /* "customer 12", "Phone", … */
};
struct audit_answer {
    const char *name, *value;
};
struct audit_detail {
    struct audit_id id;
    struct instant at;
    struct user_id user;
    const char *user_name, *terminal, *place, *factor, *says, *op, *result, *noun;
    struct audit_subject_id subject;
    struct rows asked;   /* of struct audit_answer */
    struct rows changed; /* of struct audit_change, 1000 at most */
    int64_t more;        /* values that changed beyond those */
    const char *mac, *input, *changes;
};
struct audit_key {
    struct audit_id id;
};
extern const struct op audit_list_op, audit_export_op, audit_show_op;
extern const struct op audit_actions_op; /* list to pick an action from: those in the log */

/* --- Verifying (audit_verify.c) --- */

struct audit_verified {
    int64_t rows;        /* of the log, all of them */
    int64_t checkpoints; /* kept in the shop's file */
    int64_t given;       /* of other places, handed in */
    int64_t entries;     /* of the ledger, under a checkpoint */
};
/* Computes every row's mac anew, compares it, and compares every checkpoint: those kept in the file
 * and the ones given. The first thing that does not fit is ERR_CORRUPT, named in one sentence.
 * Memory does not grow with the log. `tell` may be NULL; false stops with ERR_CANCELLED. */
status audit_verify(struct session *s, const struct audit_checkpoint *given, size_t given_count,
                    bool (*tell)(void *context, int64_t done, int64_t total), void *context,
                    struct audit_verified *ret) MUST_USE;

/* --- Files of rows (audit_export.c) --- */

/* Takes a file of rows apart as it comes in, in pieces of any size: one object a line, or
 * {"rows": […]} with anything behind it. Each row's text goes to `each`. */
struct audit_reader {
    struct buf object;
    int depth;
    bool quoted, escaped, wrapped, over;
    status (*each)(void *context, const char *text, size_t length);
    void *context;
};
#define AUDIT_READER_MAX (64u << 20) /* bytes of one row */
void audit_reader_begin(struct audit_reader *reader,
                        status (*each)(void *context, const char *text, size_t length),
                        void *context);
/* ERR_INVALID with a sentence for what is no such file; else what `each` answers. */
status audit_reader_take(struct audit_reader *reader, const char *bytes, size_t length,
                         struct fault *fault) MUST_USE;
/* ERR_INVALID when the file ended in the middle of a row. Frees what it holds in any case. */
status audit_reader_end(struct audit_reader *reader, struct fault *fault) MUST_USE;

/* One row of such a file, as audit.export writes it. */
status audit_exported_read(const char *text, size_t length, struct arena *arena,
                           struct audit_exported *ret, struct fault *fault) MUST_USE;
/* Is it genuine (its mac computed anew), and is it so in this shop's log? ERR_CORRUPT with a
 * sentence. */
status audit_exported_check(struct session *s, const struct audit_exported *row) MUST_USE;

#endif
