/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_OPENING_H
#define PITLANE_DOMAIN_OPENING_H

/* Opening a new shop, and opening a shop's file with its keys. */

#include "domain/profile.h"
#include "domain/session.h"

/* --- A shop's file and its keys --- */

/* A shop at hand. The key file lies beside the database as NAME.key unless PITLANE_KEY or the
 * options name another place, or a systemd credential called pitlane.key is there. It is no part of
 * a backup: whoever finds a lost backup finds no keys with it. */
struct shop_file {
    struct store *store;
    struct key_ring *keys;
};
#define SHOP_PASSPHRASE_MAX 256
struct shop_file_options {
    bool create;       /* make a new file and new keys; refuses what exists */
    bool read_only;    /* for reports on a read-only directory */
    bool without_keys; /* to look at pages and books alone: `keys` may stay NULL */
    const char *keys;  /* path of the key file, NULL: as above */
    /* Asked when the keys are under a passphrase; NULL: it is refused. */
    status (*passphrase)(void *context, char ret[SHOP_PASSPHRASE_MAX], struct fault *fault);
    void *context;
};
/* Sentences of store_open, and: no key file, not readable, open to others (ERR_IO), damaged or of
 * another shop (ERR_CORRUPT), wrong passphrase (ERR_SIGN_IN). ":memory:" makes keys that are kept
 * nowhere. With `create` the caller goes on with shop_open_new; shop_file_remove undoes it. */
status shop_file_open(const char *path, const struct shop_file_options *options,
                      struct fault *fault, struct shop_file *ret_shop) MUST_USE;
void shop_file_close(struct shop_file *shop); /* an empty one is fine */
/* Closes and removes a file that was just made and holds no shop: nothing is lost with it. */
void shop_file_remove(struct shop_file *shop);
/* Writes keys that came back from paper to where the shop looks for them. ERR_CONFLICT when a key
 * file is there, ERR_CORRUPT when they are another shop's or older than this one's. */
status shop_keys_restore(const struct shop_file *shop, struct key_ring *keys, struct arena *arena,
                         const char **ret_path, struct fault *fault) MUST_USE;
/* Where the keys of this database are looked for. */
const char *shop_key_path(const char *database, struct arena *arena);

static inline void shop_file_close_at(struct shop_file *shop)
{
    shop_file_close(shop);
}
#define AUTO_SHOP_FILE __attribute__((cleanup(shop_file_close_at))) struct shop_file

/* What store_open needs to know of a shop's file: schema, version, tables without history. */
struct store_options shop_store_options(bool create);

/* --- A new shop --- */

/* Settings row, roles, chart of accounts, numbers, standard labor rate and first admin. */
struct shop_opening {
    const char *name, *street, *city, *state, *zip, *phone, *zone;
    enum profile profile; /* whose rules for repair shops count */
    struct rate tax_rate;
    struct money labor_rate;
    const char *admin_name, *admin_login, *admin_password;
    bool demo;
};
extern const struct shape shop_opening_shape;
status shop_open_new(struct session *s, const struct shop_opening *opening) MUST_USE;

#endif
