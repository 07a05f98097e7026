/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SECRET_INNER_H
#define PITLANE_DOMAIN_SECRET_INNER_H

/* What the homes of libsodium share. */

#include "domain/secret.h"

#define SECRET_KEY_BYTES 32

struct data_key {
    int number;
    unsigned char bytes[SECRET_KEY_BYTES];
};

/* What opens a passphrase's box: the key that Argon2id makes of the passphrase and a salt. */
struct box_lock {
    unsigned char salt[16];
    unsigned char key[SECRET_KEY_BYTES];
    bool made;
};

/* Kept in memory that is locked and guarded where the system allows it. */
struct key_ring {
    unsigned char keys[SECRET_KEY_COUNT][SECRET_KEY_BYTES];
    struct data_key data[SECRET_DATA_KEYS_MAX];
    int data_count;
    struct box_lock lock;  /* it was opened by; not made: the file is under no passphrase */
    struct key_file *file; /* followed; NULL: none. Wiped and freed with the ring. */
};

/* Starts libsodium; a machine without random numbers ends the program. */
void secret_start(void);
/* NULL when the ring has no such key (any more). */
const unsigned char *key_ring_data_key(const struct key_ring *ring, int number);
struct key_ring *key_ring_new(void); /* without keys */
bool key_ring_is_complete(const struct key_ring *ring);
/* Reads the followed file again when it was replaced. */
void key_ring_refresh(const struct key_ring *ring);

/* A passphrase's box: salt, nonce, sealed bytes. */
#define SECRET_BOX_OVER 56 /* bytes that a box is longer than what is in it */
status secret_box(const void *plain, size_t length, const char *passphrase, struct buf *out,
                  struct fault *fault) MUST_USE;
/* ERR_SIGN_IN for a wrong passphrase (or a box that was altered). Wipe `plain`. */
status secret_unbox(const struct buf *box, const char *passphrase, struct buf *plain,
                    struct fault *fault) MUST_USE;

#endif
