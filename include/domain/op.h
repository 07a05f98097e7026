/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_OP_H
#define PITLANE_DOMAIN_OP_H

/* Operations: everything a person can do to the shop, described once. op_call is the only door. */

#include "domain/session.h"

struct list_source; /* domain/list.h */

enum op_kind { OP_READS, OP_WRITES };

enum op_flag {
    OP_LIST = 1u << 0,     /* `out` is the shape of one row; the output is a struct page, and the
                              input begins with a struct list_query */
    OP_PUBLIC = 1u << 1,   /* needs nobody signed in (right is RIGHT_NONE) */
    OP_REAUTH = 1u << 2,   /* the password must have been shown within the last five minutes, else
                              ERR_CONFIRM: session.confirm, then again */
    OP_QUIET = 1u << 3,    /* writes, but leaves no audit row: drafts */
    OP_UNLISTED = 1u << 4, /* not offered in the palette: needs a screen around it */
    OP_NO_SHOP = 1u << 5,  /* needs no database: s->store may be NULL */
    OP_KEEPS_REFUSAL = 1u << 6, /* what run wrote stays, and is audited, when it answers ERR_SIGN_IN
                                   or ERR_INVALID: counters of failed tries */
    OP_FINAL = 1u << 7,         /* cannot be taken back: a screen asks before it */
    OP_FIRST_STEP = 1u << 8,    /* allowed while a first step is due (session.h), and part of it */
    OP_PIN = 1u << 9,           /* small enough for whoever has shown a PIN only */
    OP_SHOWN_ONCE = 1u << 10,   /* its answer holds a secret: kept for no command_id */
};

struct op {
    const char *name;  /* "invoice.void": audit name; command: pitlane invoice void */
    const char *says;  /* one sentence for palette, help and manual, no full stop */
    const char *title; /* of its form, where `says` is too long for one; NULL: `says` */
    enum right right;
    enum op_kind kind;
    unsigned flags;
    const struct shape *in;  /* NULL: nothing to say */
    const struct shape *out; /* NULL: nothing comes back */
    status (*run)(struct session *s, const void *in, void *out);
    /* Work too slow for a transaction (password hashing), done before it; run finds the result in
     * s->prepared. */
    status (*prepare)(struct session *s, const void *in, const void **ret_prepared);
    /* For holders with scope own: is what `in` speaks of theirs? Without it they are refused. A
     * list is asked nothing and limits itself by :own in its SQL; one that does not is refused to
     * them as well (op_tells_own). */
    status (*owns)(struct session *s, const void *in, bool *ret_own);
    /* For an edit: the operation (same first argument) whose result fills the form before the
     * person changes it; fields are matched by name. */
    const char *fills;
    const char *about; /* subject for the audit: name of the input's id field, "order" */
    /* OP_LIST: what list_run is given, the one or, where the input decides, any of them. */
    const struct list_source *lists;
    size_t list_count;
};
#define OP_LIST_OF(source)     .lists = &(source), .list_count = 1
#define OP_LIST_AMONG(sources) .lists = (sources), .list_count = COUNT_OF(sources)

/* First member of every list operation's input. */
struct list_query {
    const char *search; /* as typed */
    const char *sort;   /* a sort name of the list; "" its first */
    bool descending;
    const char *after;  /* cursor of a page: rows behind it */
    const char *before; /* … or in front of it */
    int64_t limit;      /* 0: 50; at most 10,000 */
};
/* The fields of the embedded query, for the table of fields: LIST_FIELDS(struct x, query), */
#define LIST_FIELDS(T, member)                                                                     \
    FIELD_NAMED(T, member.search, "search", .help = "Words or digits to look for"),                \
        FIELD_NAMED(T, member.sort, "sort", .help = "Sort by this column"),                        \
        FIELD_NAMED(T, member.descending, "descending", .help = "Largest or last first"),          \
        FIELD_NAMED(T, member.after, "after", .help = "Continue behind this cursor", .max = 400),  \
        FIELD_NAMED(T, member.before, "before", .help = "The page in front of this cursor",        \
                    .max = 400),                                                                   \
        FIELD_NAMED(T, member.limit, "limit", .help = "Rows at most", .high = 10000)

struct page {
    struct rows rows;
    int64_t total;        /* rows that match, counted up to LIST_COUNT_MAX */
    bool total_is_capped; /* there are more: "500+" */
    const char *next;     /* cursor for `after`, "" at the end */
    const char *previous; /* cursor for `before`, "" at the start */
};
#define LIST_COUNT_MAX 500

/* A module is its operations. modules.def lists the modules. */
struct module {
    const char *name;  /* "invoice" */
    const char *title; /* "Invoices" */
    const char *says;  /* what it is for, one sentence with full stop, for the manual */
    const struct op *const *ops;
    size_t count;
};
#define MODULE_OPS(array) .ops = (array), .count = COUNT_OF(array)

extern const struct module *const modules[];
extern const size_t module_count;
const struct op *op_find(const char *name); /* NULL when unknown */

/* The door. In this order: session alive, right and scope, field rights and validation,
 * transaction, run, audit row with row changes, commit. `in` and `out` are of the op's shapes (out
 * of a list: struct page). Fields the person may not see are blanked in `out`. On failure nothing
 * is left behind, `out` is undefined, and s->fault holds the sentence. With s->command_id set, a
 * second call with the same id and input returns the first one's result and does nothing. */
status op_call(struct session *s, const struct op *op, const void *in, void *out) MUST_USE;

/* Can it tell whose a record is? By `owns`, or as a list that limits itself by :own. Whoever holds
 * the right for his own records only is refused what cannot. */
bool op_tells_own(const struct op *op);

/* Would the right allow it? For menus that hide what would be refused. */
bool op_is_allowed(const struct session *s, const struct op *op);

/* For an operation that wants the password again only for some of what it does: ERR_CONFIRM unless
 * it was shown within the last five minutes. Before anything is written. */
status op_must_be_confirmed(struct session *s) MUST_USE;

#endif
