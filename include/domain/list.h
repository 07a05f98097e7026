/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LIST_H
#define PITLANE_DOMAIN_LIST_H

/* Lists: sorted, filtered, searched and paged by key, from one description. */

#include "domain/op.h"

struct list_sort {
    const char *name; /* a field of the row shape */
    const char *sql;  /* the expression, covered by an index where the table can be big; NOT NULL */
    bool is_text;
};

/* Composes SELECT … FROM … WHERE … ORDER BY sort, id LIMIT n. Filters are binds named like the
 * input's fields. Also bound: :own_user and :own_customer (who asks), :own (1 with scope own). A
 * list of which none asks for :own, nor one of several for :own_user or :own_customer, is refused
 * to those who hold its right for their own records only. */
struct list_source {
    const char *select; /* columns named as the row shape's fields */
    const char *from;   /* tables and joins */
    const char *index;  /* of `from`, then one table: the index its rows are found by; NULL: SQLite
                           chooses one */
    const char *where;  /* NULL or a condition */
    const char *id;     /* unique integer expression, ties of the sort */
    const struct list_sort *sorts;
    size_t sort_count;
    /* How typed search finds rows: the noun of the lookup index, whose keys point at `id`; rows
     * then come in the order of the matching keys. NULL: `search_where`, a condition on :like
     * (folded and escaped, with % on both sides) and, for codes that keep their hyphens, :typed (as
     * typed and escaped), for small tables. */
    const char *lookup;
    const char *search_where;
};

status list_run(struct session *s, const struct list_source *source, const struct op *op,
                const void *in, struct page *ret_page) MUST_USE;
/* Can the operation's list be sorted by this field of its rows? With `always`, whatever its filters
 * are; else with some of them. */
bool list_has_sort(const struct op *op, const char *name, bool always);
/* The texts list_run can compose, one by one from 0, for the test that prepares and explains them;
 * NULL at the end. */
const char *list_sql(const struct list_source *source, size_t index, struct arena *arena);

/* The lookup index: what people type at the counter. Keys are folded (text_fold); a row may have
 * any number. Replaces the row's keys by the given ones. */
struct lookup_keys {
    const char *at[64];
    size_t count;
};
/* Adds the folded text and, with `each_word`, the tails that start at each further word. */
void lookup_add(struct session *s, struct lookup_keys *keys, const char *text, bool each_word);
/* Adds all digits, the last seven and the last four. */
void lookup_add_digits(struct session *s, struct lookup_keys *keys, const char *text);
/* Adds a code without blanks and its last eight characters: VIN, plate, SKU. */
void lookup_add_code(struct session *s, struct lookup_keys *keys, const char *text);
status lookup_put(struct session *s, const char *noun, int64_t id,
                  const struct lookup_keys *keys) MUST_USE;
/* Behind every key that begins with this one. */
const char *lookup_behind(struct session *s, const char *key);
/* Adds the keys to other rows, which the texts choose: INSERT OR IGNORE INTO lookup … with :key and
 * :id. NULL-ended. */
status lookup_add_also(struct session *s, const char *const *texts, int64_t id,
                       const struct lookup_keys *keys) MUST_USE;

#endif
