/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's keys in memory, and as the text of the key file: a line for each key, or the same
 * lines in a box that a passphrase opens. Where the file lies is left to shop_file.c. */

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "secret_inner.h"

#define HEAD        "pitlane keys 1\n"
#define HEAD_SEALED "pitlane keys 1 under a passphrase\n"
#define TEXT_MAX    (64u << 10)

/* The words of the file. */
static const char *const key_words[SECRET_KEY_COUNT] = {
    [SECRET_KEY_AUDIT] = "audit",
    [SECRET_KEY_PEPPER] = "pepper",
    [SECRET_KEY_TOKEN] = "token",
    [SECRET_KEY_CHECKPOINT] = "checkpoint",
};

struct key_ring *key_ring_new(void)
{
    secret_start();
    struct key_ring *ring = sodium_malloc(sizeof *ring);

    if (ring == NULL) {
        fputs("Pitlane: there is no memory left for the shop's keys.\n", stderr);
        exit(6);
    }
    memset(ring, 0, sizeof *ring);
    return ring;
}

struct key_ring *key_ring_make(void)
{
    struct key_ring *ring = key_ring_new();

    for (int key = 0; key < SECRET_KEY_COUNT; key++)
        randombytes_buf(ring->keys[key], SECRET_KEY_BYTES);
    ring->data[0].number = 1;
    randombytes_buf(ring->data[0].bytes, SECRET_KEY_BYTES);
    ring->data_count = 1;
    return ring;
}

struct key_ring *key_ring_make_from_seed(const unsigned char seed[32])
{
    struct key_ring *ring = key_ring_make();

    for (int key = 0; key < SECRET_KEY_COUNT; key++)
        memcpy(ring->keys[key], seed, SECRET_KEY_BYTES);
    return ring;
}

struct key_file {
    char *path;
    struct stat as_read;
};

void key_ring_free(struct key_ring *ring)
{
    if (ring == NULL)
        return;
    if (ring->file != NULL)
        mem_free(ring->file->path);
    mem_free(ring->file);
    sodium_free(ring); /* wipes it */
}

int key_ring_newest(const struct key_ring *ring)
{
    return ring->data[ring->data_count - 1].number;
}

status key_ring_renew(struct key_ring *ring, struct fault *fault)
{
    const int newest = key_ring_newest(ring);

    if (ring->data_count == SECRET_DATA_KEYS_MAX)
        return fault_set(fault, ERR_CONFLICT,
                         "There are too many old keys. Finish the change of keys first.");
    struct data_key *key = &ring->data[ring->data_count++];
    key->number = newest + 1;
    randombytes_buf(key->bytes, SECRET_KEY_BYTES);
    return OK;
}

void key_ring_retire(struct key_ring *ring)
{
    ring->data[0] = ring->data[ring->data_count - 1];
    sodium_memzero(&ring->data[1], sizeof ring->data - sizeof ring->data[0]);
    ring->data_count = 1;
}

int key_ring_data_count(const struct key_ring *ring)
{
    return ring->data_count;
}

void key_ring_fingerprint(const struct key_ring *ring, char ret[KEY_FINGERPRINT_MAX])
{
    struct secret_mac mac;
    char digest[SECRET_DIGEST_MAX];

    secret_mac_begin(&mac, ring, SECRET_KEY_PEPPER);
    secret_mac_add(&mac, "fingerprint", 11);
    secret_mac_end(&mac, digest);
    snprintf(ret, KEY_FINGERPRINT_MAX, "%.4s-%.4s-%.4s-%.4s", digest, digest + 4, digest + 8,
             digest + 12);
}

const unsigned char *key_ring_data_key(const struct key_ring *ring, int number)
{
    for (int i = 0; i < ring->data_count; i++)
        if (ring->data[i].number == number)
            return ring->data[i].bytes;
    return NULL;
}

/* --- Writing --- */

static void write_key(struct buf *out, const char *word, const unsigned char *bytes)
{
    buf_printf(out, "%s ", word);
    secret_to_base64(out, bytes, SECRET_KEY_BYTES);
    buf_char(out, '\n');
}

static void write_plain(const struct key_ring *ring, struct buf *out)
{
    buf_text(out, HEAD);
    for (int key = 0; key < SECRET_KEY_COUNT; key++)
        write_key(out, key_words[key], ring->keys[key]);
    for (int i = 0; i < ring->data_count; i++) {
        char word[32];
        snprintf(word, sizeof word, "data %d", ring->data[i].number);
        write_key(out, word, ring->data[i].bytes);
    }
}

static status lock_make(const char *passphrase, const unsigned char *salt, struct box_lock *ret,
                        struct fault *fault)
{
    memcpy(ret->salt, salt, sizeof ret->salt);
    /* Moderate: it happens once a start, and guards every key the shop has. */
    if (crypto_pwhash(ret->key, sizeof ret->key, passphrase, strlen(passphrase), ret->salt,
                      crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fault_set(fault, ERR_IO,
                         "There is not enough memory to check the passphrase. Close other "
                         "programs.");
    ret->made = true;
    return OK;
}

static status lock_make_new(const char *passphrase, struct box_lock *ret, struct fault *fault)
{
    unsigned char salt[sizeof ret->salt];

    randombytes_buf(salt, sizeof salt);
    return lock_make(passphrase, salt, ret, fault);
}

static void box_up(const struct box_lock *lock, const void *plain, size_t length, struct buf *out)
{
    unsigned char nonce[crypto_secretbox_NONCEBYTES];

    static_assert(sizeof lock->salt + sizeof nonce + crypto_secretbox_MACBYTES == SECRET_BOX_OVER,
                  "see the header");
    randombytes_buf(nonce, sizeof nonce);
    unsigned char *box = mem_alloc(crypto_secretbox_MACBYTES + length);
    crypto_secretbox_easy(box, plain, length, nonce, lock->key);
    buf_add(out, lock->salt, sizeof lock->salt);
    buf_add(out, nonce, sizeof nonce);
    buf_add(out, box, crypto_secretbox_MACBYTES + length);
    mem_free(box);
}

status secret_box(const void *plain, size_t length, const char *passphrase, struct buf *out,
                  struct fault *fault)
{
    struct box_lock lock;

    TRY(lock_make_new(passphrase, &lock, fault));
    box_up(&lock, plain, length, out);
    sodium_memzero(&lock, sizeof lock);
    return OK;
}

/* The lock the ring was opened by, while the passphrase is the same: whoever else has opened it can
 * then follow what is written. A new passphrase gets a new one. */
static status lock_for(const struct key_ring *ring, const char *passphrase, struct box_lock *ret,
                       struct fault *fault)
{
    if (!ring->lock.made)
        return lock_make_new(passphrase, ret, fault);
    TRY(lock_make(passphrase, ring->lock.salt, ret, fault));
    if (sodium_memcmp(ret->key, ring->lock.key, sizeof ret->key) == 0)
        return OK;
    return lock_make_new(passphrase, ret, fault);
}

static void write_boxed(const struct key_ring *ring, const struct box_lock *lock, struct buf *out)
{
    struct buf plain = BUF(TEXT_MAX);
    AUTO_BUF box = BUF(TEXT_MAX);

    write_plain(ring, &plain);
    box_up(lock, plain.at, plain.length, &box);
    buf_text(out, HEAD_SEALED);
    secret_to_base64(out, box.at, box.length);
    buf_char(out, '\n');
    sodium_memzero(plain.at, plain.length);
    buf_done(&plain);
}

static status write_locked(const struct key_ring *ring, const char *passphrase, struct buf *out,
                           struct fault *fault, struct box_lock *ret_lock)
{
    if (passphrase == NULL) {
        write_plain(ring, out);
        return OK;
    }
    TRY(lock_for(ring, passphrase, ret_lock, fault));
    write_boxed(ring, ret_lock, out);
    return OK;
}

status key_ring_write(const struct key_ring *ring, const char *passphrase, struct buf *out,
                      struct fault *fault)
{
    struct box_lock lock = {.made = false};

    const status result = write_locked(ring, passphrase, out, fault, &lock);
    sodium_memzero(&lock, sizeof lock);
    return result;
}

/* --- Reading --- */

static status no_key_file(struct fault *fault)
{
    return fault_set(fault, ERR_CORRUPT,
                     "This is not a key file of a shop, or it was damaged. Put it back from the "
                     "copy you keep.");
}

/* "audit BASE64" or "data 2 BASE64" */
static bool read_line(struct key_ring *ring, const char *line, size_t length)
{
    AUTO_BUF bytes = BUF(SECRET_KEY_BYTES + 1);
    unsigned char *into = NULL;
    char word[16];
    int number = 0, used = 0;

    if (length > 200 || sscanf(line, "%15[a-z] %n", word, &used) != 1 || used == 0)
        return false;
    for (int key = 0; key < SECRET_KEY_COUNT; key++)
        if (text_same(word, key_words[key]))
            into = ring->keys[key];
    if (text_same(word, "data")) {
        int more = 0;
        if (sscanf(line + used, "%9d %n", &number, &more) != 1 || more == 0 || number < 1 ||
            ring->data_count == SECRET_DATA_KEYS_MAX ||
            (ring->data_count > 0 && number <= key_ring_newest(ring)))
            return false;
        used += more;
        ring->data[ring->data_count].number = number;
        into = ring->data[ring->data_count++].bytes;
    }
    if (into == NULL || (size_t)used > length ||
        !secret_from_base64(line + used, length - (size_t)used, &bytes) ||
        bytes.length != SECRET_KEY_BYTES)
        return false;
    memcpy(into, bytes.at, SECRET_KEY_BYTES);
    sodium_memzero(bytes.at, bytes.length);
    return true;
}

bool key_ring_is_complete(const struct key_ring *ring)
{
    for (int key = 0; key < SECRET_KEY_COUNT; key++)
        if (sodium_is_zero(ring->keys[key], SECRET_KEY_BYTES))
            return false;
    return ring->data_count > 0;
}

static status read_plain(const char *text, struct fault *fault, struct key_ring **ret_ring)
{
    struct key_ring *ring = key_ring_new();
    const char *line = text + strlen(HEAD);
    bool good = true;

    while (good && *line != '\0') {
        const size_t length = strcspn(line, "\n");
        good = length == 0 || read_line(ring, line, length);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
    if (good && key_ring_is_complete(ring)) {
        *ret_ring = ring;
        return OK;
    }
    key_ring_free(ring);
    return no_key_file(fault);
}

static status wrong_passphrase(struct fault *fault)
{
    return fault_set(fault, ERR_SIGN_IN, "This is not the passphrase of the shop's keys.");
}

static bool unbox(const struct box_lock *lock, const struct buf *box, struct buf *plain)
{
    const unsigned char *nonce = (const unsigned char *)box->at + sizeof lock->salt;

    buf_repeat(plain, '\0', box->length - SECRET_BOX_OVER);
    return !plain->full && crypto_secretbox_open_easy(
                               (unsigned char *)plain->at, nonce + crypto_secretbox_NONCEBYTES,
                               box->length - sizeof lock->salt - crypto_secretbox_NONCEBYTES, nonce,
                               lock->key) == 0;
}

status secret_unbox(const struct buf *box, const char *passphrase, struct buf *plain,
                    struct fault *fault)
{
    struct box_lock lock;

    if (box->length <= SECRET_BOX_OVER)
        return no_key_file(fault);
    TRY(lock_make(passphrase, (const unsigned char *)box->at, &lock, fault));
    const bool good = unbox(&lock, box, plain);
    sodium_memzero(&lock, sizeof lock);
    return good ? OK : wrong_passphrase(fault);
}

/* By the lock that is known already, where it is the box's; else by the passphrase. */
static status lock_of_box(const struct buf *box, const struct box_lock *known,
                          const char *passphrase, struct box_lock *ret, struct fault *fault)
{
    if (box->length <= SECRET_BOX_OVER)
        return no_key_file(fault);
    if (known != NULL && known->made && memcmp(known->salt, box->at, sizeof known->salt) == 0) {
        *ret = *known;
        return OK;
    }
    if (passphrase == NULL)
        return fault_set(fault, ERR_SIGN_IN, "The shop's keys are under a passphrase.");
    return lock_make(passphrase, (const unsigned char *)box->at, ret, fault);
}

static status read_box(const struct buf *box, const struct box_lock *lock, struct fault *fault,
                       struct key_ring **ret_ring)
{
    struct buf plain = BUF(TEXT_MAX);

    status result = unbox(lock, box, &plain) ? OK : wrong_passphrase(fault);
    if (result == OK)
        result = text_starts(buf_str(&plain), HEAD) ? read_plain(plain.at, fault, ret_ring)
                                                    : no_key_file(fault);
    if (result == OK)
        (*ret_ring)->lock = *lock;
    if (plain.at != NULL)
        sodium_memzero(plain.at, plain.length);
    buf_done(&plain);
    return result;
}

static status read_sealed(const char *text, const struct box_lock *known, const char *passphrase,
                          struct fault *fault, struct key_ring **ret_ring)
{
    const char *line = text + strlen(HEAD_SEALED);
    AUTO_BUF box = BUF(TEXT_MAX);
    struct box_lock lock;

    if (!secret_from_base64(line, strcspn(line, "\n"), &box))
        return no_key_file(fault);
    TRY(lock_of_box(&box, known, passphrase, &lock, fault));
    const status result = read_box(&box, &lock, fault, ret_ring);
    sodium_memzero(&lock, sizeof lock);
    return result;
}

static status read_text(const char *text, size_t length, const struct box_lock *known,
                        const char *passphrase, struct fault *fault, struct key_ring **ret_ring)
{
    secret_start();
    if (length > TEXT_MAX || strlen(text) != length)
        return no_key_file(fault);
    if (text_starts(text, HEAD))
        return read_plain(text, fault, ret_ring);
    if (text_starts(text, HEAD_SEALED))
        return read_sealed(text, known, passphrase, fault, ret_ring);
    return no_key_file(fault);
}

status key_ring_read(const char *text, size_t length, const char *passphrase, struct fault *fault,
                     struct key_ring **ret_ring)
{
    return read_text(text, length, NULL, passphrase, fault, ret_ring);
}

/* --- The file it came from --- */

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

void key_ring_follow(struct key_ring *ring, const char *path)
{
    struct key_file *file = mem_alloc(sizeof *file);

    *file = (struct key_file){.path = mem_text(path)};
    (void)!stat(path, &file->as_read);
    ring->file = file;
}

/* Data keys alone: the others stay for the life of a shop, so a file with others is not its own. */
static void take_data_keys(struct key_ring *ring, const struct key_ring *fresh)
{
    if (sodium_memcmp(ring->keys, fresh->keys, sizeof ring->keys) != 0)
        return;
    memcpy(ring->data, fresh->data, sizeof ring->data);
    ring->data_count = fresh->data_count;
    ring->lock = fresh->lock;
}

/* The file as it is now, by the lock the ring was opened by or by the passphrase. */
static status read_again(const struct key_ring *ring, const char *passphrase, struct fault *fault,
                         struct key_ring **ret_ring)
{
    struct buf text = BUF(TEXT_MAX);

    status result = buf_read_file(&text, ring->file->path, fault);
    if (result == OK)
        result = read_text(buf_str(&text), text.length, &ring->lock, passphrase, fault, ret_ring);
    if (text.at != NULL)
        sodium_memzero(text.at, text.length);
    buf_done(&text);
    return result;
}

void key_ring_refresh(const struct key_ring *ring)
{
    struct key_file *file = ring->file;
    struct stat now;
    AUTO_KEY_RING fresh = NULL;

    if (file == NULL || stat(file->path, &now) != 0 || is_same_file(&now, &file->as_read) ||
        read_again(ring, NULL, NULL, &fresh) != OK)
        return;
    /* The one change behind a const: everybody who holds the ring gets the same keys. */
    take_data_keys((struct key_ring *)(uintptr_t)ring, fresh);
    file->as_read = now;
}

const char *key_ring_path(const struct key_ring *ring)
{
    return ring->file != NULL ? ring->file->path : NULL;
}

status key_ring_reload(struct key_ring *ring, const char *passphrase, struct fault *fault)
{
    AUTO_KEY_RING fresh = NULL;

    if (ring->file == NULL)
        return OK;
    TRY(read_again(ring, passphrase, fault, &fresh));
    take_data_keys(ring, fresh);
    return OK;
}

status key_ring_save(struct key_ring *ring, const char *passphrase, struct fault *fault)
{
    struct buf text = BUF(TEXT_MAX);
    struct box_lock lock = {.made = false};

    if (ring->file == NULL)
        return OK;
    status result = write_locked(ring, passphrase, &text, fault, &lock);
    if (result == OK)
        result = buf_write_file(&text, ring->file->path, 0600, fault);
    if (result == OK) {
        ring->lock = lock;
        (void)!stat(ring->file->path, &ring->file->as_read);
        buf_write_clean(ring->file->path); /* keys of a writer that was killed */
    }
    sodium_memzero(&lock, sizeof lock);
    if (text.at != NULL)
        sodium_memzero(text.at, text.length);
    buf_done(&text);
    return result;
}
