/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's file, its time zone, and who is signed in on this account. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "domain/user.h"
#include "inside.h"

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

status shop_sign_in(struct cli *cli)
{
    struct session *s = &cli->session;
    const char *token = getenv("PITLANE_TOKEN");

    if (text_is_empty(token))
        TRY(token_read(cli, &token));
    if (text_is_empty(token))
        return fail(s, ERR_SIGN_IN, "Nobody is signed in here. Run pitlane login first.");
    TRY(session_resume(s, token));
    return OK;
}

/* ---- the token's file -------------------------------------------------------------------------
 */

/* One file for each shop, so that a demo shop does not sign anybody out of the real one. */
static status token_path(struct cli *cli, const char **ret_path)
{
    struct arena *arena = &cli->arena;
    const char *state = base_folder(arena, "XDG_STATE_HOME", ".local/state");
    char digest[SECRET_DIGEST_MAX];

    if (state == NULL)
        return fail(&cli->session, ERR_IO,
                    "There is no home folder to keep the sign-in in. Set XDG_STATE_HOME, or use "
                    "--print-token and PITLANE_TOKEN.");
    secret_digest(store_path(cli->shop.store), digest);
    *ret_path = arena_printf(arena, "%s/pitlane/token-%.16s", state, digest);
    return OK;
}

status token_read(struct cli *cli, const char **ret_token)
{
    AUTO_BUF text = BUF(SECRET_TOKEN_MAX * 2);
    const char *path = "";

    *ret_token = NULL;
    TRY(token_path(cli, &path));
    if (access(path, F_OK) != 0)
        return OK;
    TRY(buf_read_file(&text, path, &cli->session.fault));
    *ret_token = text_clean(&cli->arena, buf_str(&text), TEXT_ONE_LINE);
    return OK;
}

status token_write(struct cli *cli, const char *token)
{
    AUTO_BUF text = BUF(SECRET_TOKEN_MAX * 2);
    const char *path = "";

    TRY(token_path(cli, &path));
    TRY(folders_make(path, &cli->session.fault));
    buf_printf(&text, "%s\n", token);
    return buf_write_file(&text, path, 0600, &cli->session.fault);
}

status token_remove(struct cli *cli)
{
    const char *path = "";

    TRY(token_path(cli, &path));
    if (unlink(path) != 0 && errno != ENOENT)
        return fail(&cli->session, ERR_IO, "%.300s cannot be removed: %s.", path, strerror(errno));
    return OK;
}
