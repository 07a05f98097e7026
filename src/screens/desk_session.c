/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The session of the person at this terminal: taken over, renewed, ended, and when the screen
 * locks. Signing in is a screen of its own (sign_in.c). */

#include <stdio.h>

#include "domain/secret.h"
#include "domain/user.h"
#include "inner.h"

/* Renewed so long before the access token ends, and never while nobody does anything. */
#define RENEW_SECONDS 30

static void keep_refresh(struct desk *desk, const char *refresh)
{
    secret_wipe(desk->refresh, sizeof desk->refresh);
    snprintf(desk->refresh, sizeof desk->refresh, "%s", refresh);
}

status desk_resume(struct desk *desk, const char *access, const char *refresh)
{
    struct arena person = ARENA_EMPTY;
    struct session fresh = desk->session;

    fresh.arena = &person;
    fresh.id = (struct session_id){0};
    const status result = session_resume(&fresh, access);
    if (result != OK) {
        desk->session.fault = fresh.fault;
        arena_done(&person);
        return result;
    }
    desk->login = arena_text(&person, desk->login);
    arena_done(&desk->person);
    desk->person = person;
    fresh.arena = &desk->scratch;
    desk->session = fresh;
    keep_refresh(desk, refresh);
    return OK;
}

static bool runs_out(const struct desk *desk, int64_t seconds)
{
    const int64_t until = desk->session.access_until.seconds;

    return desk->session.id.v != 0 && until != 0 && until <= desk_now(desk).seconds + seconds;
}

bool desk_is_dormant(const struct desk *desk)
{
    return runs_out(desk, RENEW_SECONDS);
}

static status renew(struct desk *desk)
{
    const struct session_refresh in = {.refresh = desk->refresh};
    struct session asker = desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct signed_in who;

    asker.arena = &arena;
    asker.id = (struct session_id){0};
    store_report_to(asker.store, &asker.fault);
    const status result = op_call(&asker, &session_refresh_op, &in, &who);
    store_report_to(asker.store, &desk->session.fault);
    if (result == OK)
        return desk_resume(desk, who.access, who.refresh);
    desk->session.fault = asker.fault;
    return result;
}

/* A disk that is full for a moment is no reason to stop before the token has ended. */
status desk_renew(struct desk *desk)
{
    if (!runs_out(desk, RENEW_SECONDS))
        return OK;
    const status result = renew(desk);
    return result == ERR_SIGN_IN || runs_out(desk, 0) ? result : OK;
}

void desk_sign_out(struct desk *desk)
{
    if (desk->session.id.v == 0)
        return;
    desk->session.arena = &desk->scratch;
    /* A session that has ended already is as good. */
    if (desk_renew(desk) != OK || op_call(&desk->session, &session_sign_out_op, NULL, NULL) != OK)
        fault_clear(&desk->session.fault);
    desk->session.id = (struct session_id){0};
    desk->session.user = (struct user_id){0};
    desk->session.access_until = INSTANT_NONE;
    desk->session.rights = desk->session.rights_all = (struct right_set){0};
    desk->session.user_name = desk->session.role = desk->login = "";
    secret_wipe(desk->refresh, sizeof desk->refresh);
    preference_forget(desk);
    arena_done(&desk->person);
}

void desk_fit_lock(struct desk *desk)
{
    if (desk->app != NULL)
        app_settings(desk->app)->lock_after_ms =
            shop_lock_s(&desk->shop, desk->session.terminal_kind) * 1000;
}

void desk_follow_settings(struct desk *desk)
{
    const struct fault said = desk->session.fault;
    int64_t revision = 0;

    /* What cannot be read now is read at the next change. */
    if (shop_revision(&desk->session, &revision) == OK && revision != desk->shop.revision &&
        desk_read_shop(desk) == OK)
        app_redraw(desk->app);
    desk->session.fault = said;
}
