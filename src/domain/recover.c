/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A new password for who has lost his, set by the owner of the files. */

#include "domain/recover.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/access.h"
#include "domain/audit.h"
#include "domain/factor.h"
#include "domain/opening.h"
#include "domain/tries.h"
#include "record.h"
#include "user_inner.h"

static const char SQL_USER[] = "SELECT id FROM user WHERE login = :login";
static const char SQL_RECOVER[] =
    "UPDATE user SET password_hash = :hash, short_password = :short_password, must_change = 0, "
    "disabled_at = NULL, revision = revision + 1 WHERE id = :id";

static status must_own(struct session *s, const char *path)
{
    struct stat at;

    if (stat(path, &at) != 0 || at.st_uid != geteuid())
        return fail(s, ERR_DENIED,
                    "Only the account of the machine that owns %.300s may do this. Run it as that "
                    "account.",
                    text_safe(s->arena, path));
    return OK;
}

/* In memory there is no file to own: a test. */
static status must_own_files(struct session *s)
{
    const char *path = store_path(s->store);

    if (text_same(path, ":memory:") || path[0] == '\0')
        return OK;
    TRY(must_own(s, path));
    return must_own(s, shop_key_path(path, s->arena));
}

static status find_user(struct session *s, const char *login, struct user_id *ret)
{
    return found(s, store_int(s->store, SQL_USER, BINDS(BIND_TEXT("login", login)), &ret->v),
                 "Nobody signs in as “%s”.", text_safe(s->arena, login));
}

static status note(struct session *s, const struct recovery *in, struct user_id id)
{
    AUTO_BUF detail = BUF(4096);

    buf_text(&detail, "{\"login\":");
    json_write_text(&detail, in->login);
    buf_printf(&detail, ",\"second_factor\":%s}", in->second_factor ? "true" : "false");
    return audit_write(s, &(struct audit_event){
                              .what = AUDIT_RECOVER,
                              .result = OK,
                              .noun = "user",
                              .subject = id.v,
                              .input = buf_str(&detail),
                              .changes = "[]",
                          });
}

static status recover(struct session *s, const struct recovery *in, struct user_id id,
                      const struct new_password *new)
{
    TRY(store_run(s->store, SQL_RECOVER, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_TEXT("hash", new->hash),
                        BIND_INT("short_password", new->is_short))));
    if (in->second_factor)
        TRY(factor_remove(s, id));
    TRY(tries_unlock(s, id));
    TRY(session_close_others(s, id, (struct session_id){0}, SESSION_PASSWORD));
    return note(s, in, id);
}

status user_recover(struct session *s, const struct recovery *in)
{
    struct new_password new;
    struct user_id id;

    fault_clear(&s->fault);
    TRY(must_own_files(s));
    TRY(find_user(s, in->login, &id));
    TRY(user_hash_new_password(s, "password", id, in->password, !in->second_factor, &new));
    TRY(store_begin_write(s->store));
    return record_end_write(s, recover(s, in, id, &new));
}
