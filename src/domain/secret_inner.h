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

/* Kept in memory that is locked and guarded where the system allows it. */
struct key_ring {
    unsigned char keys[SECRET_KEY_COUNT][SECRET_KEY_BYTES];
    struct data_key data[SECRET_DATA_KEYS_MAX];
    int data_count;
};

/* Starts libsodium; a machine without random numbers ends the program. */
void secret_start(void);
/* NULL when the ring has no such key (any more). */
const unsigned char *key_ring_data_key(const struct key_ring *ring, int number);

#endif
