/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Proving the audit log: every row's digest is computed anew from the row and from what was
 * computed before it, and held against checkpoints. Rows pass one by one. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit_inner.h"
#include "base/text.h"

#define TELL_EVERY 1024

static const char SQL_ROWS_MAX[] = "SELECT ifnull(max(id), 0) FROM audit";
/* A text with a NUL inside reads shorter than it is, and 0 like nothing: neither was ever written,
 * so neither may pass for what was. */
static const char SQL_ROWS[] =
    "SELECT id, at, ifnull(nullif(user, 0), -(user IS NOT NULL)) AS user, user_name, "
    "ifnull(nullif(session, 0), -(session IS NOT NULL)) AS session, terminal, place, factor, op, "
    "result, noun, ifnull(nullif(subject, 0), -(subject IS NOT NULL)) AS subject, mac, input, "
    "changes, "
    "length(CAST(user_name AS BLOB)) + length(CAST(terminal AS BLOB)) + "
    "length(CAST(place AS BLOB)) + length(CAST(factor AS BLOB)) + length(CAST(op AS BLOB)) + "
    "length(CAST(result AS BLOB)) + length(CAST(noun AS BLOB)) + length(CAST(mac AS BLOB)) + "
    "length(CAST(input AS BLOB)) + length(CAST(changes AS BLOB)) AS bytes "
    "FROM audit ORDER BY id";
static const char SQL_CHECKPOINTS[] =
    "SELECT c.id, c.at, c.audit, c.count, c.head, c.entry, c.books, c.signature, "
    "s.name AS shop, s.uid AS shop_uid "
    "FROM audit_checkpoint AS c CROSS JOIN shop AS s ORDER BY c.id";
static const char SQL_LINES[] =
    "SELECT entry, account, amount AS cents FROM entry_line WHERE entry <= :last ORDER BY entry";

/* What is known once a row has failed: the next one tells whether it fails alone. */
struct failure {
    int64_t row;
    char mac[SECRET_DIGEST_MAX];
};

struct verifier {
    struct session *s;
    const struct audit_checkpoint **checkpoints; /* by the row they cover */
    size_t checkpoint_count, checkpoint_at;
    const struct audit_checkpoint *fits; /* the latest checkpoint that does */
    char mac[SECRET_DIGEST_MAX];         /* computed, of the row before */
    int64_t row;                         /* the row before */
    struct failure failure;
    bool (*tell)(void *context, int64_t done, int64_t total);
    void *context;
    int64_t done, total;
    int64_t entry; /* of the ledger, while its lines pass */
    struct audit_books books;
};

static status go_on(struct verifier *v)
{
    if (v->tell != NULL && v->done % TELL_EVERY == 0 && !v->tell(v->context, v->done, v->total))
        return fail(v->s, ERR_CANCELLED, "Stopped. Nothing was proved.");
    v->done++;
    return OK;
}

/* --- Rows --- */

static status row_is_missing(struct verifier *v, int64_t next)
{
    if (next == v->row + 2)
        return fail(v->s, ERR_CORRUPT, "Row %" PRId64 " of the audit log is missing.", v->row + 1);
    return fail(v->s, ERR_CORRUPT, "Rows %" PRId64 " to %" PRId64 " of the audit log are missing.",
                v->row + 1, next - 1);
}

static status row_is_altered(struct verifier *v)
{
    return fail(v->s, ERR_CORRUPT,
                "Row %" PRId64 " of the audit log was altered: its seal does not fit it. The rows "
                "before it are as they were written.",
                v->failure.row);
}

static status rows_are_moved(struct verifier *v)
{
    return fail(v->s, ERR_CORRUPT,
                "From row %" PRId64 " on the audit log is not as it was written: a row was put in, "
                "taken out, moved or rewritten there.",
                v->failure.row);
}

/* The row behind the first bad one: sits it on what that one says of itself? */
static status judge_failure(struct verifier *v, const struct audit_verify_row *next)
{
    char mac[SECRET_DIGEST_MAX];

    if (next != NULL && next->row.id.v == v->failure.row + 1) {
        audit_mac(v->s->keys, v->failure.mac, &next->row, mac);
        if (!secret_same(mac, next->row.mac))
            return rows_are_moved(v);
    }
    return row_is_altered(v);
}

/* Checkpoints that cover exactly this row. */
static status check_heads(struct verifier *v)
{
    while (v->checkpoint_at < v->checkpoint_count &&
           v->checkpoints[v->checkpoint_at]->audit.v == v->row) {
        const struct audit_checkpoint *c = v->checkpoints[v->checkpoint_at++];
        char at[DAY_TEXT_MAX];
        if (!secret_same(c->head, v->mac))
            return fail(v->s, ERR_CORRUPT,
                        "The audit log was rewritten: row %" PRId64
                        " is not the one that checkpoint %" PRId64 " signed on %s. Something from "
                        "row %" PRId64 " on was changed and sealed anew.",
                        v->row, c->id.v, instant_show(c->at, at),
                        v->fits != NULL ? v->fits->audit.v + 1 : INT64_C(1));
        v->fits = c;
    }
    return OK;
}

static status check_row(void *context, const void *data)
{
    struct verifier *v = context;
    const struct audit_verify_row *next = data;
    char mac[SECRET_DIGEST_MAX];

    TRY(go_on(v));
    if (v->failure.row != 0)
        return judge_failure(v, next);
    if (next->row.id.v != v->row + 1)
        return row_is_missing(v, next->row.id.v);
    audit_mac(v->s->keys, v->mac, &next->row, mac);
    if (!secret_same(mac, next->row.mac) || audit_row_bytes(&next->row) != next->bytes) {
        v->failure.row = next->row.id.v;
        snprintf(v->failure.mac, sizeof v->failure.mac, "%s", next->row.mac);
        return OK;
    }
    memcpy(v->mac, mac, sizeof mac);
    v->row = next->row.id.v;
    return check_heads(v);
}

/* A checkpoint of a row behind the end: the log is shorter than it was. */
static status check_end(struct verifier *v)
{
    char at[DAY_TEXT_MAX];

    if (v->failure.row != 0)
        return judge_failure(v, NULL);
    if (v->checkpoint_at == v->checkpoint_count)
        return OK;
    const struct audit_checkpoint *c = v->checkpoints[v->checkpoint_count - 1];
    return fail(v->s, ERR_CORRUPT,
                "The audit log was cut off or the file is an old one: it ends at row %" PRId64
                ", but checkpoint %" PRId64 " of %s covers %" PRId64 " rows.",
                v->row, c->id.v, instant_show(c->at, at), c->audit.v);
}

/* --- Checkpoints --- */

static int compare_checkpoints(const void *a, const void *b)
{
    const struct audit_checkpoint *left = *(const struct audit_checkpoint *const *)a;
    const struct audit_checkpoint *right = *(const struct audit_checkpoint *const *)b;

    if (left->audit.v != right->audit.v)
        return left->audit.v < right->audit.v ? -1 : 1;
    return (left->id.v > right->id.v) - (left->id.v < right->id.v);
}

/* What its signature cannot say: that the numbers make sense among each other. */
static status check_numbers(struct session *s, const struct audit_checkpoint *c)
{
    if (c->count == c->audit.v && c->audit.v > 0)
        return OK;
    return fail(s, ERR_CORRUPT, "Checkpoint %" PRId64 " contradicts itself.", c->id.v);
}

static status check_stored(struct session *s, struct audit_checkpoint *stored, size_t count)
{
    const char *key = audit_public_key(s);

    for (size_t i = 0; i < count; i++) {
        stored[i].public_key = key;
        if (stored[i].id.v != (int64_t)i + 1)
            return fail(s, ERR_CORRUPT, "Checkpoint %zu of the shop's file is missing.", i + 1);
        TRY(audit_checkpoint_check(s, &stored[i]));
        TRY(check_numbers(s, &stored[i]));
    }
    return OK;
}

/* A checkpoint from elsewhere is in the shop's file, too, unless somebody took it out. */
static status check_given(struct session *s, const struct audit_checkpoint *given, size_t count,
                          const struct rows *stored)
{
    for (size_t i = 0; i < count; i++) {
        TRY(audit_checkpoint_check(s, &given[i]));
        TRY(check_numbers(s, &given[i]));
        if (given[i].id.v > (int64_t)stored->count)
            continue; /* the end of the log will tell */
        const struct audit_checkpoint *own =
            (const struct audit_checkpoint *)stored->at + (given[i].id.v - 1);
        if (given[i].id.v < 1 || !text_same(own->signature, given[i].signature))
            return fail(s, ERR_CORRUPT,
                        "Checkpoint %" PRId64 " of the shop's file is not the one that was handed "
                        "in: the shop's file was rewritten.",
                        given[i].id.v);
    }
    return OK;
}

/* The log reaches far enough, and yet the file does not know of the checkpoint (any more). */
static status check_kept(struct session *s, const struct audit_checkpoint *given, size_t count,
                         const struct rows *stored)
{
    for (size_t i = 0; i < count; i++)
        if (given[i].id.v > (int64_t)stored->count)
            return fail(s, ERR_CORRUPT,
                        "Checkpoint %" PRId64
                        " was taken out of the shop's file: it knows %zu of them only.",
                        given[i].id.v, stored->count);
    return OK;
}

static status gather(struct verifier *v, const struct audit_checkpoint *given, size_t count,
                     struct rows *stored)
{
    struct session *s = v->s;

    TRY(store_list(s->store, SQL_CHECKPOINTS, NO_ROW, NULL, s->arena, &audit_checkpoint_shape,
                   stored));
    TRY(check_stored(s, stored->at, stored->count));
    TRY(check_given(s, given, count, stored));
    v->checkpoints = NEW_ARRAY(s->arena, const struct audit_checkpoint *, stored->count + count);
    for (size_t i = 0; i < stored->count; i++)
        v->checkpoints[v->checkpoint_count++] = (const struct audit_checkpoint *)stored->at + i;
    for (size_t i = 0; i < count; i++)
        v->checkpoints[v->checkpoint_count++] = &given[i];
    if (v->checkpoint_count > 0)
        qsort(v->checkpoints, v->checkpoint_count, sizeof v->checkpoints[0], compare_checkpoints);
    return OK;
}

/* --- The books --- */

static status check_books(struct verifier *v, int64_t up_to)
{
    char digest[SECRET_DIGEST_MAX] = "";

    for (; v->checkpoint_at < v->checkpoint_count; v->checkpoint_at++) {
        const struct audit_checkpoint *c = v->checkpoints[v->checkpoint_at];
        char at[DAY_TEXT_MAX];
        if (c->entry >= up_to)
            return OK;
        if (digest[0] == '\0')
            audit_books_digest(&v->books, digest);
        if (!secret_same(digest, c->books))
            return fail(v->s, ERR_CORRUPT,
                        "The books are not what checkpoint %" PRId64 " signed on %s: an entry up "
                        "to number %" PRId64 " was changed, put in or taken out.",
                        c->id.v, instant_show(c->at, at), c->entry);
    }
    return OK;
}

static status take_entry_line(void *context, const void *data)
{
    struct verifier *v = context;
    const struct audit_entry_line *line = data;

    TRY(go_on(v));
    if (line->entry != v->entry)
        TRY(check_books(v, line->entry));
    v->entry = line->entry;
    return audit_books_add(v->s, &v->books, line->account, line->cents);
}

static status prove_books(struct verifier *v)
{
    const struct audit_checkpoint *last =
        v->checkpoint_count > 0 ? v->checkpoints[v->checkpoint_count - 1] : NULL;

    v->checkpoint_at = 0;
    if (last == NULL)
        return OK;
    TRY(store_each(v->s->store, SQL_LINES, NO_ROW, BINDS(BIND_INT("last", last->entry)),
                   v->s->arena, &audit_entry_line_shape, take_entry_line, v));
    return check_books(v, INT64_MAX);
}

static status prove(struct verifier *v, const struct audit_checkpoint *given, size_t count,
                    struct audit_verified *ret)
{
    struct rows stored = {0};

    TRY(gather(v, given, count, &stored));
    TRY(store_int(v->s->store, SQL_ROWS_MAX, NULL, &v->total));
    TRY(store_each(v->s->store, SQL_ROWS, NO_ROW, NULL, v->s->arena, &audit_verify_row_shape,
                   check_row, v));
    TRY(check_end(v));
    TRY(check_kept(v->s, given, count, &stored));
    TRY(prove_books(v));
    *ret = (struct audit_verified){
        .rows = v->row,
        .checkpoints = (int64_t)stored.count,
        .given = (int64_t)count,
        .entries = v->checkpoint_count > 0 ? v->checkpoints[v->checkpoint_count - 1]->entry : 0,
    };
    return OK;
}

status audit_verify(struct session *s, const struct audit_checkpoint *given, size_t given_count,
                    bool (*tell)(void *context, int64_t done, int64_t total), void *context,
                    struct audit_verified *ret)
{
    struct verifier *v = NEW(s->arena, struct verifier);

    *v = (struct verifier){.s = s, .tell = tell, .context = context};
    if (s->keys == NULL)
        return fail(s, ERR_IO, "The audit log cannot be proved without the shop's key file.");
    TRY(store_begin_read(s->store));
    const status result = prove(v, given, given_count, ret);
    const struct fault said = s->fault;
    store_rollback(s->store);
    s->fault = said;
    return result;
}
