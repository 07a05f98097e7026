/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's file and its time zone. Who is signed in is token.c's. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "domain/opening.h"
#include "domain/setting.h"
#include "inner.h"

const char *base_folder(struct arena *arena, const char *name, const char *fallback)
{
    const char *folder = getenv(name);
    const char *home = getenv("HOME");

    /* XDG Base Directory Specification 0.8: a relative path is to be ignored. */
    if (folder != NULL && folder[0] == '/')
        return folder;
    if (text_is_empty(home))
        return NULL;
    return arena_printf(arena, "%s/%s", home, fallback);
}

bool cli_database(char *ret_path, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *path = getenv("PITLANE_DB");

    if (text_is_empty(path)) {
        const char *data = base_folder(&arena, "XDG_DATA_HOME", ".local/share");
        path = data != NULL ? arena_printf(&arena, "%s/pitlane/shop.db", data) : NULL;
    }
    if (path == NULL || strlen(path) >= size)
        return false;
    memcpy(ret_path, path, strlen(path) + 1);
    return true;
}

/* A folder that cannot be written is enough for whoever only looks. */
static bool is_writable_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL   ? "."
                         : slash == path ? "/"
                                         : arena_text_n(arena, path, (size_t)(slash - path));

    return access(folder, W_OK) == 0;
}

static status use_zone(struct cli *cli)
{
    struct shop shop;

    TRY(shop_get(&cli->session, &shop));
    cli->session.demo = shop.demo;
    return zone_use(shop.zone, &cli->session.fault);
}

status shop_open_as(struct cli *cli, const struct shop_file_options *options)
{
    struct shop_file_options asking = *options;

    asking.passphrase = shop_passphrase;
    asking.context = cli;
    TRY(shop_file_open(cli->database, &asking, &cli->session.fault, &cli->shop));
    cli->session.store = cli->shop.store;
    cli->session.keys = cli->shop.keys;
    return OK;
}

status shop_open(struct cli *cli, bool reads, bool without_keys)
{
    struct session *s = &cli->session;
    struct shop_file_options options = {.without_keys = without_keys};
    struct stat at;

    if (stat(cli->database, &at) != 0 && errno == ENOENT)
        return fail(s, ERR_IO,
                    "There is no shop at %.300s yet. Start pitlane to set one up, or name its file "
                    "with --db or PITLANE_DB.",
                    text_safe(&cli->arena, cli->database));
    options.read_only = reads && !is_writable_folder(&cli->arena, cli->database);
    TRY(shop_open_as(cli, &options));
    return use_zone(cli);
}

void shop_close(struct cli *cli)
{
    shop_file_close(&cli->shop);
    cli->session.store = NULL;
    cli->session.keys = NULL;
}
