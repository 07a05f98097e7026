/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_OPENING_INNER_H
#define PITLANE_DOMAIN_OPENING_INNER_H

/* What a new shop writes down of its keys, and an opened one compares. */

#include "domain/secret.h"

/* Says nothing of the keys but that they are the same ones. */
void shop_keys_digest(const struct key_ring *keys, const char *uid,
                      char ret_digest[SECRET_DIGEST_MAX]);

#endif
