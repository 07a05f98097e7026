/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A shop's database and its key file, opened, made and removed together. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/opening.h"
#include "opening_inner.h"

#define KEY_FILE_MAX (64u << 10)
#define CREDENTIAL   "pitlane.key"

static const char SQL_KEYS[] = "SELECT uid || ' ' || keys_digest FROM shop";
static const char SQL_DATA_KEY[] = "SELECT data_key FROM shop";
static const char SQL_RESERVE[] = "SELECT reserve_mib FROM shop";

void shop_keys_digest(const struct key_ring *keys, const char *uid,
                      char ret_digest[SECRET_DIGEST_MAX])
{
    struct secret_mac mac;

    secret_mac_begin(&mac, keys, SECRET_KEY_PEPPER);
    secret_mac_add(&mac, "shop ", 5);
    secret_mac_add(&mac, uid, strlen(uid));
    secret_mac_end(&mac, ret_digest);
}

const char *shop_key_path(const char *database, struct arena *arena)
{
    const char *named = getenv("PITLANE_KEY");
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");

    if (!text_is_empty(named))
        return named;
    if (!text_is_empty(credentials)) {
        const char *path = arena_printf(arena, "%s/" CREDENTIAL, credentials);
        if (access(path, R_OK) == 0)
            return path;
    }
    return arena_printf(arena, "%s.key", database);
}

static bool is_in_memory(const char *path)
{
    return text_same(path, ":memory:");
}

static status no_key_file_yet(const char *path, struct fault *fault)
{
    if (access(path, F_OK) != 0)
        return OK;
    return fault_set(fault, ERR_CONFLICT,
                     "There is a key file at %.300s already. It may open a backup of a shop: move "
                     "it away first.",
                     path);
}

static status make_keys(struct key_ring **keys, const char *path, struct fault *fault)
{
    struct buf text = BUF(KEY_FILE_MAX);

    TRY(no_key_file_yet(path, fault));
    *keys = key_ring_make();
    status result = key_ring_write(*keys, NULL, &text, fault);
    if (result == OK)
        result = buf_write_file(&text, path, 0600, fault);
    if (result == OK)
        key_ring_follow(*keys, path);
    secret_wipe(text.at, text.length);
    buf_done(&text);
    return result;
}

/* A key that others can read is none. */
static status check_mode(const char *path, struct fault *fault)
{
    struct stat at;

    if (stat(path, &at) != 0 && errno == ENOENT)
        return fault_set(fault, ERR_IO,
                         "The shop's key file %.300s is missing. Put it back from the copy you "
                         "keep, or name its place in PITLANE_KEY.",
                         path);
    if (stat(path, &at) != 0)
        return fault_set(fault, ERR_IO, "The key file %.300s cannot be read: %s.", path,
                         strerror(errno));
    if ((at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fault_set(fault, ERR_IO,
                         "Others of this machine can read the key file. Run: chmod 600 %.300s",
                         path);
    return OK;
}

static status unlock(const char *text, size_t length, const struct shop_file_options *options,
                     struct fault *fault, struct key_ring **ret_keys)
{
    char passphrase[SHOP_PASSPHRASE_MAX];
    const status plain = key_ring_read(text, length, NULL, fault, ret_keys);

    if (plain != ERR_SIGN_IN || options->passphrase == NULL)
        return plain;
    TRY(options->passphrase(options->context, passphrase, fault));
    const status result = key_ring_read(text, length, passphrase, fault, ret_keys);
    secret_wipe(passphrase, sizeof passphrase);
    return result;
}

static status read_keys(const char *path, const struct shop_file_options *options,
                        struct fault *fault, struct key_ring **ret_keys)
{
    struct buf text = BUF(KEY_FILE_MAX);

    TRY(check_mode(path, fault));
    status result = buf_read_file(&text, path, fault);
    if (result == OK)
        result = unlock(buf_str(&text), text.length, options, fault, ret_keys);
    if (result == OK)
        key_ring_follow(*ret_keys, path);
    secret_wipe(text.at, text.length);
    buf_done(&text);
    return result;
}

/* A copy of before the last change of keys would seal what the next one throws away. */
static status check_age(const struct shop_file *shop, struct fault *fault)
{
    int64_t data_key = 0;

    TRY(store_int(shop->store, SQL_DATA_KEY, NULL, &data_key));
    if (key_ring_newest(shop->keys) >= data_key)
        return OK;
    return fault_set(fault, ERR_CORRUPT,
                     "The key file is older than the shop: its keys were changed since. Put the "
                     "newest key file or recovery sheet back.");
}

/* The key file of another shop would seal what this one's could not open. */
static status check_keys(const struct shop_file *shop, struct fault *fault)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char digest[SECRET_DIGEST_MAX];
    const char *text = "";

    const status result = store_text(shop->store, SQL_KEYS, NULL, &arena, &text);
    if (result == ERR_NOT_FOUND)
        return OK; /* made, but not opened yet */
    TRY(result);
    const char *blank = strchr(text, ' ');
    if (blank != NULL) {
        shop_keys_digest(shop->keys, arena_text_n(&arena, text, (size_t)(blank - text)), digest);
        if (secret_same(digest, blank + 1))
            return check_age(shop, fault);
    }
    return fault_set(fault, ERR_CORRUPT,
                     "The key file is another shop's. Put this shop's own key file in its place.");
}

status shop_keys_restore(const struct shop_file *shop, struct key_ring *keys, struct arena *arena,
                         const char **ret_path, struct fault *fault)
{
    const struct shop_file both = {.store = shop->store, .keys = keys};
    const char *path = shop_key_path(store_path(shop->store), arena);

    TRY(no_key_file_yet(path, fault));
    TRY(check_keys(&both, fault));
    key_ring_follow(keys, path);
    TRY(key_ring_save(keys, NULL, fault));
    *ret_path = path;
    return OK;
}

static status open_keys(const char *path, const struct shop_file_options *options,
                        struct fault *fault, struct shop_file *shop)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (is_in_memory(path)) {
        shop->keys = key_ring_make();
        return OK;
    }
    const char *keys =
        options->keys != NULL ? options->keys : shop_key_path(store_path(shop->store), &arena);
    if (options->create)
        return make_keys(&shop->keys, keys, fault);
    if (options->without_keys)
        return OK;
    TRY(read_keys(keys, options, fault, &shop->keys));
    return check_keys(shop, fault);
}

/* Where the disk has no room for it, there is none: pitlane doctor says so. */
static status keep_reserve(struct store *store)
{
    int64_t mib = 0;
    const status result = store_int(store, SQL_RESERVE, NULL, &mib);

    if (result != OK) /* made, but not opened yet */
        return result == ERR_NOT_FOUND ? OK : result;
    (void)store_keep_reserve(store, mib << 20);
    return OK;
}

status shop_file_open(const char *path, const struct shop_file_options *options,
                      struct fault *fault, struct shop_file *ret_shop)
{
    struct store_options how = shop_store_options(options->create);
    struct shop_file shop = {.store = NULL};

    how.read_only = options->read_only;
    TRY(store_open(path, &how, fault, &shop.store));
    status result = open_keys(path, options, fault, &shop);
    if (result == OK && shop.keys != NULL && !options->read_only && !options->create)
        result = keep_reserve(shop.store);
    if (result == OK) {
        *ret_shop = shop;
        return OK;
    }
    const struct fault said = fault != NULL ? *fault : (struct fault){.code = result};
    if (options->create && result != ERR_CONFLICT)
        shop_file_remove(&shop);
    else if (options->create) { /* the key file that was there is not ours */
        struct shop_file bare = {.store = shop.store};
        shop_file_remove(&bare);
    } else
        shop_file_close(&shop);
    if (fault != NULL)
        *fault = said;
    return result;
}

void shop_file_close(struct shop_file *shop)
{
    store_close(shop->store);
    key_ring_free(shop->keys);
    *shop = (struct shop_file){.store = NULL};
}

void shop_file_remove(struct shop_file *shop)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock", ".reserve"};
    AUTO_ARENA arena = ARENA_EMPTY;

    if (shop->store == NULL)
        return;
    const char *path = arena_text(&arena, store_path(shop->store));
    const bool has_keys = shop->keys != NULL;
    shop_file_close(shop);
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        unlink(arena_printf(&arena, "%s%s", path, endings[i]));
    if (has_keys)
        unlink(shop_key_path(path, &arena));
}
