/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who is signed in on this account: both tokens of his session in a file for its owner alone, and
 * their renewal. Never in the environment, which every child and many a log would see. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/secret.h"
#include "inner.h"

/* An access token that ends so soon is renewed before it is used. */
#define RENEW_SECONDS 15

/* A file can be renewed; from anything else the tokens are taken as they come. */
enum source { SOURCE_NONE, SOURCE_FILE, SOURCE_PIPE };

struct tokens {
    const char *access, *refresh; /* NULL: there are none */
};

/* One file for each shop, so that a demo shop does not sign anybody out of the real one. */
static status token_path(struct cli *cli, const char **ret_path)
{
    struct arena *arena = &cli->arena;
    const char *state = base_folder(arena, "XDG_STATE_HOME", ".local/state");
    char digest[SECRET_DIGEST_MAX];

    if (cli->token_file != NULL) {
        *ret_path = cli->token_file;
        return OK;
    }
    if (state == NULL)
        return fail(&cli->session, ERR_IO,
                    "There is no home folder to keep the sign-in in. Set XDG_STATE_HOME, or use "
                    "--token-file.");
    secret_digest(store_path(cli->shop.store), digest);
    *ret_path = arena_printf(arena, "%s/pitlane/token-%.16s", state, digest);
    return OK;
}

static bool is_standard_input(const struct cli *cli)
{
    return text_same(cli->token_file, "-");
}

static status read_lines(struct cli *cli, int from, const char *name, struct tokens *ret)
{
    struct tokens tokens = {0};

    TRY(secret_line(cli, from, name, &tokens.access));
    if (tokens.access != NULL)
        TRY(secret_line(cli, from, name, &tokens.refresh));
    *ret = tokens;
    return OK;
}

static status read_file(struct cli *cli, const char *path, enum source *ret_source,
                        struct tokens *ret)
{
    const char *name = text_safe(&cli->arena, path);
    const int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat at;

    *ret_source = SOURCE_NONE;
    *ret = (struct tokens){0};
    if (from < 0 && errno == ENOENT && cli->token_file == NULL)
        return OK;
    if (from < 0 || fstat(from, &at) != 0) {
        const int error = errno;
        if (from >= 0)
            close(from);
        if (error == ENOENT)
            return fail(&cli->session, ERR_SIGN_IN,
                        "Nobody is signed in by %.200s. Run: pitlane login NAME --token-file "
                        "%.200s",
                        name, name);
        return fail(&cli->session, ERR_IO, "%.300s cannot be opened: %s.", name, strerror(error));
    }
    *ret_source = S_ISREG(at.st_mode) ? SOURCE_FILE : SOURCE_PIPE;
    const bool is_open = S_ISREG(at.st_mode) && (at.st_mode & 077) != 0;
    const status result = is_open ? fail(&cli->session, ERR_IO,
                                         "Others can read the sign-in in %.200s. Close it with "
                                         "chmod 600, then sign in anew.",
                                         name)
                                  : read_lines(cli, from, name, ret);
    close(from);
    return result;
}

static status read_tokens(struct cli *cli, enum source *ret_source, struct tokens *ret)
{
    const char *path = "";

    if (is_standard_input(cli)) {
        *ret_source = SOURCE_PIPE;
        return read_lines(cli, STDIN_FILENO, "standard input", ret);
    }
    TRY(token_path(cli, &path));
    return read_file(cli, path, ret_source, ret);
}

void token_text(const struct signed_in *who, struct buf *out)
{
    buf_printf(out, "%s\n%s\n", who->access, who->refresh);
}

status token_write(struct cli *cli, const struct signed_in *who)
{
    AUTO_BUF text = BUF(TOKENS_MAX);
    const char *path = "";

    if (is_standard_input(cli))
        return fail(&cli->session, ERR_USAGE,
                    "A sign-in cannot be kept in standard input. Name a file, or use "
                    "--print-token.");
    TRY(token_path(cli, &path));
    TRY(folders_make(path, &cli->session.fault));
    token_text(who, &text);
    const status result = buf_write_file(&text, path, 0600, &cli->session.fault);
    secret_wipe(text.at, text.length);
    return result;
}

static status remove_file(struct cli *cli, const char *path)
{
    if (unlink(path) != 0 && errno != ENOENT)
        return fail(&cli->session, ERR_IO, "%.300s cannot be removed: %s.",
                    text_safe(&cli->arena, path), strerror(errno));
    return OK;
}

static const char *lock_path(struct cli *cli, const char *path)
{
    return arena_printf(&cli->arena, "%s.lock", path);
}

status token_remove(struct cli *cli)
{
    const char *path = "";

    if (is_standard_input(cli))
        return OK;
    TRY(token_path(cli, &path));
    TRY(remove_file(cli, path));
    return remove_file(cli, lock_path(cli, path));
}

/* ---- signing in and renewing ------------------------------------------------------------------
 */

static status resume(struct cli *cli, const char *access)
{
    struct session *s = &cli->session;
    struct arena *const arena = s->arena;

    s->arena = &cli->arena; /* a list lends another for each page, but names stay */
    const status result = session_resume(s, access);
    s->arena = arena;
    if (result == OK)
        cli->access = access;
    return result;
}

static status refresh(struct cli *cli, const char *token)
{
    const struct session_refresh in = {.refresh = token};
    struct session asker = cli->session;
    struct signed_in who;

    asker.arena = &cli->arena;
    asker.id = (struct session_id){0};
    store_report_to(asker.store, &asker.fault);
    const status result = op_call(&asker, &session_refresh_op, &in, &who);
    store_report_to(asker.store, &cli->session.fault);
    if (result == ERR_SIGN_IN) {
        cli->session.fault = asker.fault;
        return result;
    }
    if (result == ERR_INVALID) /* what the file holds was never a token */
        return fail(&cli->session, ERR_SIGN_IN,
                    "The sign-in that was kept here is damaged. Run pitlane login.");
    if (result != OK)
        return fail(&cli->session, result,
                    "Your sign-in has run out, and could not be renewed. %.400s", asker.fault.text);
    TRY(token_write(cli, &who));
    return resume(cli, who.access);
}

static bool is_fresh(const struct session *s)
{
    return s->access_until.seconds > session_now(s).seconds + RENEW_SECONDS;
}

/* Another command may have renewed them while this one waited for the lock. */
static status renew_locked(struct cli *cli, const char *before)
{
    enum source source;
    struct tokens tokens;

    TRY(read_tokens(cli, &source, &tokens));
    if (tokens.access == NULL || tokens.refresh == NULL)
        return fail(&cli->session, ERR_SIGN_IN,
                    "Nobody is signed in here. Run pitlane login first.");
    if (!text_same(tokens.access, before) && resume(cli, tokens.access) == OK &&
        is_fresh(&cli->session))
        return OK;
    return refresh(cli, tokens.refresh);
}

/* One command after the other: two with the same refresh token would look like theft. */
static status renew(struct cli *cli, const char *before)
{
    const char *path = "";

    TRY(token_path(cli, &path));
    path = lock_path(cli, path);
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return fail(&cli->session, ERR_IO, "%.300s cannot be opened: %s.",
                    text_safe(&cli->arena, path), strerror(errno));
    while (flock(lock, LOCK_EX) != 0)
        if (errno != EINTR)
            break;
    const status result = renew_locked(cli, before);
    close(lock);
    return result;
}

status shop_sign_in(struct cli *cli)
{
    enum source source;
    struct tokens tokens;

    TRY(read_tokens(cli, &source, &tokens));
    if (tokens.access == NULL)
        return fail(&cli->session, ERR_SIGN_IN,
                    "Nobody is signed in here. Run pitlane login first.");
    cli->renews = source == SOURCE_FILE;
    const status result = resume(cli, tokens.access);
    if (result == OK && (is_fresh(&cli->session) || !cli->renews))
        return OK;
    if ((result != OK && result != ERR_SIGN_IN) || !cli->renews)
        return result;
    return renew(cli, tokens.access);
}

status shop_call(struct cli *cli, const struct op *op, const void *in, void *out)
{
    struct session *s = &cli->session;

    if (cli->renews && s->id.v != 0 && !is_fresh(s))
        TRY(renew(cli, cli->access));
    return op_call(s, op, in, out);
}
