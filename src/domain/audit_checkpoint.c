/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Checkpoints of the audit log: made, signed, written as text and read back. */

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit_inner.h"
#include "base/text.h"
#include "record.h"

#define HEAD_LINE "Pitlane audit checkpoint 1"
#define TEXT_MAX  8192
#define LINE_CUT  44 /* of the signature, so that a slip of paper takes it */

static const char SQL_HEAD[] = "SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1";
static const char SQL_LAST_ENTRY[] = "SELECT ifnull(max(id), 0) FROM entry";
static const char SQL_BALANCES[] =
    "SELECT account, sum(debit) - sum(credit) AS cents FROM account_day GROUP BY account";
static const char SQL_SHOP[] = "SELECT name AS shop, uid AS shop_uid FROM shop";
static const char SQL_UID[] = "SELECT uid FROM shop";
static const char SQL_NEXT[] = "SELECT ifnull(max(id), 0) + 1 FROM audit_checkpoint";
static const char SQL_ADD[] =
    "INSERT INTO audit_checkpoint (id, at, audit, count, head, entry, books, signature) "
    "VALUES (:id, :at, :audit, :count, :head, :entry, :books, :signature)";

static const struct field checkpoint_fields[] = {
    FIELD(struct audit_checkpoint, id),         FIELD(struct audit_checkpoint, at),
    FIELD(struct audit_checkpoint, audit),      FIELD(struct audit_checkpoint, count),
    FIELD(struct audit_checkpoint, head),       FIELD(struct audit_checkpoint, entry),
    FIELD(struct audit_checkpoint, books),      FIELD(struct audit_checkpoint, signature),
    FIELD(struct audit_checkpoint, shop),       FIELD(struct audit_checkpoint, shop_uid),
    FIELD(struct audit_checkpoint, public_key),
};
const struct shape audit_checkpoint_shape =
    SHAPE_OF(struct audit_checkpoint, "audit_checkpoint", checkpoint_fields);

/* --- The books --- */

static int compare_accounts(const void *a, const void *b)
{
    const struct audit_balance *left = a, *right = b;

    return (left->account > right->account) - (left->account < right->account);
}

status audit_books_add(struct session *s, struct audit_books *books, int64_t account, int64_t cents)
{
    size_t at = 0;

    while (at < books->count && books->at[at].account != account)
        at++;
    if (at == COUNT_OF(books->at))
        return fail(s, ERR_CONFLICT, "The ledger has more accounts than a checkpoint can cover.");
    if (at == books->count)
        books->at[books->count++] = (struct audit_balance){.account = account};
    books->at[at].cents += cents;
    return OK;
}

/* An account that stands at nothing is no part of it: whether it was ever used does not matter. */
void audit_books_digest(const struct audit_books *books, char ret_digest[SECRET_DIGEST_MAX])
{
    struct audit_books sorted = *books;
    AUTO_BUF text = BUF(64 * COUNT_OF(books->at));

    qsort(sorted.at, sorted.count, sizeof sorted.at[0], compare_accounts);
    for (size_t i = 0; i < sorted.count; i++)
        if (sorted.at[i].cents != 0)
            buf_printf(&text, "%" PRId64 " %" PRId64 "\n", sorted.at[i].account,
                       sorted.at[i].cents);
    secret_digest(buf_str(&text), ret_digest);
}

struct balance_row {
    int64_t account, cents;
};
static const struct field balance_fields[] = {
    FIELD(struct balance_row, account),
    FIELD(struct balance_row, cents),
};
static const struct shape balance_shape = SHAPE_OF(struct balance_row, "balance", balance_fields);

static status digest_books(struct session *s, const char **ret_digest)
{
    char digest[SECRET_DIGEST_MAX];
    struct audit_books books = {.count = 0};
    struct rows rows;

    TRY(store_list(s->store, SQL_BALANCES, NO_ROW, NULL, s->arena, &balance_shape, &rows));
    const struct balance_row *balances = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(audit_books_add(s, &books, balances[i].account, balances[i].cents));
    audit_books_digest(&books, digest);
    *ret_digest = arena_text(s->arena, digest);
    return OK;
}

/* --- Signing --- */

/* What is signed: the text's lines but for the shop's name, which may change. */
static void write_signed(const struct audit_checkpoint *c, struct buf *out)
{
    char at[DAY_TEXT_MAX];

    buf_printf(out,
               "Number: %" PRId64 "\nTime: %s\nRows: %" PRId64 "\nLast row: %" PRId64
               "\nHead: %s\nEntries: %" PRId64 "\nBooks: %s\nShop id: %s\nKey: %s\n",
               c->id.v, instant_text(c->at, at), c->count, c->audit.v, c->head, c->entry, c->books,
               c->shop_uid, c->public_key);
}

const char *audit_public_key(const struct session *s)
{
    unsigned char key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_BUF text = BUF(64);

    secret_public_key(s->keys, SECRET_KEY_CHECKPOINT, key);
    secret_to_base64(&text, key, sizeof key);
    return arena_text(s->arena, buf_str(&text));
}

static void sign(const struct session *s, struct audit_checkpoint *c)
{
    unsigned char signature[SECRET_SIGNATURE_BYTES];
    AUTO_BUF text = BUF(TEXT_MAX);
    AUTO_BUF encoded = BUF(128);

    write_signed(c, &text);
    secret_sign(s->keys, SECRET_KEY_CHECKPOINT, text.at, text.length, signature);
    secret_to_base64(&encoded, signature, sizeof signature);
    c->signature = arena_text(s->arena, buf_str(&encoded));
}

static status fill(struct session *s, struct audit_checkpoint *c)
{
    struct audit_row last;

    c->at = session_now(s);
    TRY(store_int(s->store, SQL_NEXT, NULL, &c->id.v));
    TRY(store_get(s->store, SQL_HEAD, NO_ROW, NULL, s->arena, &audit_row_shape, &last));
    c->audit = last.id;
    c->count = last.id.v;
    c->head = last.mac;
    TRY(store_int(s->store, SQL_LAST_ENTRY, NULL, &c->entry));
    TRY(digest_books(s, &c->books));
    c->public_key = audit_public_key(s);
    sign(s, c);
    return store_run(s->store, SQL_ADD, BIND_ROW(&audit_checkpoint_shape, c),
                     BINDS(BIND_INT("entry", c->entry)));
}

static status make(struct session *s, struct audit_checkpoint *ret)
{
    struct audit_checkpoint c;

    TRY(store_get(s->store, SQL_SHOP, NO_ROW, NULL, s->arena, &audit_checkpoint_shape, &c));
    TRY(audit_note(s, AUDIT_CHECKPOINT, OK, NULL));
    TRY(fill(s, &c));
    *ret = c;
    return OK;
}

status audit_checkpoint_make(struct session *s, struct audit_checkpoint *ret)
{
    if (store_in_transaction(s->store))
        return make(s, ret);
    TRY(store_begin_write(s->store));
    return record_end_write(s, make(s, ret));
}

status audit_checkpoint_check(struct session *s, const struct audit_checkpoint *c)
{
    AUTO_BUF key = BUF(64);
    AUTO_BUF signature = BUF(128);
    AUTO_BUF text = BUF(TEXT_MAX);
    const char *uid = "";

    TRY(store_text(s->store, SQL_UID, NULL, s->arena, &uid));
    if (!text_same(c->shop_uid, uid))
        return fail(s, ERR_CORRUPT, "Checkpoint %" PRId64 " is another shop's (%.80s).", c->id.v,
                    c->shop);
    if (!text_same(c->public_key, audit_public_key(s)))
        return fail(s, ERR_CORRUPT,
                    "Checkpoint %" PRId64 " is signed with a key that is not this shop's.",
                    c->id.v);
    write_signed(c, &text);
    if (!secret_from_base64(c->public_key, strlen(c->public_key), &key) ||
        key.length != SECRET_PUBLIC_KEY_BYTES ||
        !secret_from_base64(c->signature, strlen(c->signature), &signature) ||
        signature.length != SECRET_SIGNATURE_BYTES ||
        !secret_signature_is_good((const unsigned char *)key.at, text.at, text.length,
                                  (const unsigned char *)signature.at))
        return fail(s, ERR_CORRUPT,
                    "The signature of checkpoint %" PRId64
                    " does not fit: its text was altered or copied wrongly.",
                    c->id.v);
    return OK;
}

/* --- As text --- */

void audit_checkpoint_write(const struct audit_checkpoint *c, struct buf *out)
{
    const int cut = (int)strnlen(c->signature, LINE_CUT);

    buf_printf(out, HEAD_LINE "\nShop: ");
    text_sanitize(out, c->shop, strlen(c->shop), TEXT_ONE_LINE);
    buf_char(out, '\n');
    write_signed(c, out);
    buf_printf(out, "Signature: %.*s\n  %s\n", cut, c->signature, c->signature + cut);
}

struct lines {
    struct arena *arena;
    struct fault *fault;
    struct {
        const char *name, *value;
    } at[16];
    size_t count;
};

static status no_checkpoint(struct fault *fault, const char *why)
{
    return fault_set(fault, ERR_INVALID, "This is no checkpoint of an audit log: %s.", why);
}

static const char *trimmed(struct arena *arena, const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    return arena_text_n(arena, text, length);
}

static status take_line(struct lines *lines, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    const bool goes_on = length > 0 && (line[0] == ' ' || line[0] == '\t');
    const char *text = trimmed(lines->arena, line, length);

    if (*text == '\0')
        return OK;
    if (goes_on && lines->count > 0) {
        const char *before = lines->at[lines->count - 1].value;
        lines->at[lines->count - 1].value = arena_printf(lines->arena, "%s%s", before, text);
        return OK;
    }
    if (colon == NULL || lines->count == COUNT_OF(lines->at))
        return no_checkpoint(lines->fault, "there are other lines in it");
    lines->at[lines->count].name = trimmed(lines->arena, line, (size_t)(colon - line));
    lines->at[lines->count++].value =
        trimmed(lines->arena, colon + 1, length - (size_t)(colon + 1 - line));
    return OK;
}

static status take_lines(struct lines *lines, const char *text, size_t length)
{
    const size_t head = strlen(HEAD_LINE);

    if (length > TEXT_MAX || memchr(text, '\0', length) != NULL)
        return no_checkpoint(lines->fault, "it is too long");
    while (length > 0 && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    if (length < head || memcmp(text, HEAD_LINE, head) != 0)
        return no_checkpoint(lines->fault, "its first line is not “" HEAD_LINE "”");
    for (size_t at = head; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        const size_t line = end != NULL ? (size_t)(end - text) - at : length - at;
        TRY(take_line(lines, text + at, line));
        at += line + 1;
    }
    return OK;
}

static status get_text(struct lines *lines, const char *name, const char **ret)
{
    const char *value = NULL;

    for (size_t i = 0; i < lines->count; i++) {
        if (!text_same(lines->at[i].name, name))
            continue;
        if (value != NULL)
            return no_checkpoint(lines->fault, "a line is there twice");
        value = lines->at[i].value;
    }
    if (value == NULL)
        return fault_set(lines->fault, ERR_INVALID,
                         "This checkpoint is not complete: the line “%s” is missing.", name);
    *ret = value;
    return OK;
}

static status get_number(struct lines *lines, const char *name, int64_t *ret)
{
    const char *text = NULL;

    TRY(get_text(lines, name, &text));
    if (strspn(text, "0123456789") != strlen(text) || *text == '\0' || strlen(text) > 18)
        return fault_set(lines->fault, ERR_INVALID,
                         "In this checkpoint, “%s” is no number. Copy it again.", name);
    *ret = strtoll(text, NULL, 10);
    return OK;
}

static status get_hex(struct lines *lines, const char *name, const char **ret)
{
    const char *text = NULL;

    TRY(get_text(lines, name, &text));
    if (strlen(text) != SECRET_DIGEST_MAX - 1 || strspn(text, "0123456789abcdef") != strlen(text))
        return fault_set(lines->fault, ERR_INVALID,
                         "In this checkpoint, “%s” is not 64 digits and letters a to f. Copy it "
                         "again.",
                         name);
    *ret = text;
    return OK;
}

static status get_instant(struct lines *lines, const char *name, struct instant *ret)
{
    const char *text = NULL;

    TRY(get_text(lines, name, &text));
    return instant_parse(text, (struct instant){1}, ret, lines->fault);
}

status audit_checkpoint_read(const char *text, size_t length, struct arena *arena,
                             struct audit_checkpoint *ret, struct fault *fault)
{
    struct lines lines = {.arena = arena, .fault = fault};
    struct audit_checkpoint c = {.count = 0};

    TRY(take_lines(&lines, text, length));
    TRY(get_text(&lines, "Shop", &c.shop));
    TRY(get_number(&lines, "Number", &c.id.v));
    TRY(get_instant(&lines, "Time", &c.at));
    TRY(get_number(&lines, "Rows", &c.count));
    TRY(get_number(&lines, "Last row", &c.audit.v));
    TRY(get_hex(&lines, "Head", &c.head));
    TRY(get_number(&lines, "Entries", &c.entry));
    TRY(get_hex(&lines, "Books", &c.books));
    TRY(get_text(&lines, "Shop id", &c.shop_uid));
    TRY(get_text(&lines, "Key", &c.public_key));
    TRY(get_text(&lines, "Signature", &c.signature));
    *ret = c;
    return OK;
}
