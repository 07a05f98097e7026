/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing the audit log: the one statement that does it, and who calls it beside the door. */

#include <inttypes.h>

#include "base/text.h"
#include "domain/audit.h"
#include "record.h"

/* A clock that is set by more than this has been moved by somebody, or was wrong for long. */
#define CLOCK_TOLERANCE_SECONDS 60

static const char SQL_LAST[] = "SELECT id, at, mac FROM audit ORDER BY id DESC LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO audit (id, at, user, user_name, session, terminal, place, factor, op, result, "
    "noun, subject, mac, input, changes) "
    "VALUES (:id, :at, :user, :user_name, :session, :terminal, :place, :factor, :op, :result, "
    ":noun, :subject, :mac, :input, :changes)";
static const char SQL_SAME_DENIALS[] =
    "SELECT count(*) FROM audit "
    "WHERE op = :op AND at BETWEEN :now - 1 AND :now AND result <> 'ok' AND user IS :user "
    "AND noun = :noun AND ifnull(subject, 0) = :subject AND terminal = :terminal";
static const char SQL_DENIALS[] = "SELECT count(*) FROM audit "
                                  "WHERE user IS :user AND at BETWEEN :now - 59 AND :now AND "
                                  "result <> 'ok' AND result = 'denied'";

static const struct {
    const char *what, *says;
} events[] = {
    {AUDIT_EXPORT, "Export a list"},
    {AUDIT_BACKUP, "Back up the shop's file"},
    {AUDIT_RESTORE, "Restore the shop's file"},
    {AUDIT_RECOVER, "Recover an account on the machine itself"},
    {AUDIT_CHECKPOINT, "Sign a checkpoint of the audit log"},
    {AUDIT_CLOCK_JUMP, "The machine's clock was moved"},
    {AUDIT_CLOCK_BEHIND, "The machine's clock stands before the last action"},
    {AUDIT_REUSE, "A used-up sign-in was used again"},
    {AUDIT_KEYS, "Change the data key"},
    {AUDIT_PASSPHRASE, "Put the shop's keys under a passphrase, or take it away"},
    {AUDIT_SHEET, "Make a recovery sheet of the shop's keys"},
    {AUDIT_KEYS_BACK, "Bring the shop's keys back from a recovery sheet"},
    {AUDIT_CODES, "Print one's own recovery codes"},
};

const char *audit_says(const char *what)
{
    const struct op *op = op_find(what);

    for (size_t i = 0; op == NULL && i < COUNT_OF(events); i++)
        if (text_same(events[i].what, what))
            return events[i].says;
    return op != NULL ? op->says : what;
}

/* With nobody signed in, nobody has shown anything; whoever is signing in just has. */
static const char *factor_of(const struct session *s)
{
    return s->id.v != 0 || s->user.v != 0 ? choice_word(&factor_choices, s->factor) : "";
}

static status read_last(struct session *s, struct audit_row *ret_last)
{
    const status result =
        store_get(s->store, SQL_LAST, NO_ROW, NULL, s->arena, &audit_row_shape, ret_last);

    if (result == ERR_NOT_FOUND)
        *ret_last = (struct audit_row){.mac = ""};
    return result == ERR_NOT_FOUND ? OK : result;
}

static status add_row(struct session *s, const struct audit_event *event, struct audit_row *last)
{
    char mac[SECRET_DIGEST_MAX];
    struct audit_row row = {
        .id = {last->id.v + 1},
        .at = session_now(s),
        .user = s->user,
        .user_name = s->user_name != NULL ? s->user_name : "",
        .session = s->id,
        .terminal = s->terminal,
        .place = s->place != NULL ? s->place : "",
        .factor = factor_of(s),
        .op = event->what,
        .result = status_word(event->result),
        .noun = event->noun,
        .subject = event->subject,
        .input = event->input,
        .changes = event->changes,
    };

    audit_mac(s->keys, last->mac, &row, mac);
    row.mac = mac;
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(&audit_row_shape, &row),
                  BINDS(BIND_ID("user", row.user), BIND_ID("session", row.session),
                        store_bind_id("subject", row.subject))));
    *last = row;
    last->mac = arena_text(s->arena, mac);
    return OK;
}

/* A clock that tests or the demo's year have stopped moves as they like. */
static bool clock_is_watched(const struct session *s)
{
    return clock_up(&s->clock) != 0;
}

/* Rows are written in the order of things; a time before the last one's is worth a row itself. */
static status note_behind(struct session *s, struct audit_row *last)
{
    const int64_t behind = last->at.seconds - session_now(s).seconds;

    if (!clock_is_watched(s) || behind <= CLOCK_TOLERANCE_SECONDS)
        return OK;
    if (s->watch != NULL)
        s->watch->moved = -behind;
    const struct audit_event event = {
        .what = AUDIT_CLOCK_BEHIND,
        .noun = "",
        .input = arena_printf(s->arena, "{\"seconds\":%" PRId64 "}", behind),
        .changes = "[]",
    };
    return add_row(s, &event, last);
}

status audit_write(struct session *s, const struct audit_event *event)
{
    struct audit_row last;

    if (s->keys == NULL)
        return fail(s, ERR_IO,
                    "Without the shop's key file nothing can be written to the log. Put "
                    "the key file back first.");
    TRY(read_last(s, &last));
    TRY(note_behind(s, &last));
    return add_row(s, event, &last);
}

/* Keeps what was said before, unless this fails. */
static status write_alone(struct session *s, const struct audit_event *event)
{
    const struct fault said = s->fault;

    if (store_in_transaction(s->store)) {
        TRY(audit_write(s, event));
        s->fault = said;
        return OK;
    }
    TRY(store_begin_write(s->store));
    TRY(record_end_write(s, audit_write(s, event)));
    s->fault = said;
    return OK;
}

status audit_note(struct session *s, const char *what, status result, const char *detail_json)
{
    const struct audit_event event = {
        .what = what,
        .result = result,
        .noun = "",
        .input = detail_json != NULL ? detail_json : "{}",
        .changes = "[]",
    };

    return write_alone(s, &event);
}

status audit_denied(struct session *s, const struct audit_event *event)
{
    const struct bind *binds =
        BINDS(BIND_TEXT("op", event->what), BIND_ID("user", s->user),
              BIND_TEXT("noun", event->noun), BIND_INT("subject", event->subject),
              BIND_TEXT("terminal", s->terminal), BIND_INT("now", session_now(s).seconds));
    int64_t same = 0, many = 0;

    TRY(store_int(s->store, SQL_SAME_DENIALS, binds, &same));
    TRY(store_int(s->store, SQL_DENIALS, binds, &many));
    return same > 0 || many >= AUDIT_DENIALS_MAX ? OK : write_alone(s, event);
}

status audit_watch_clock(struct session *s)
{
    if (s->watch == NULL || !clock_is_watched(s))
        return OK;
    const int64_t offset = session_now(s).seconds - clock_up(&s->clock);
    const int64_t moved = s->watch->offset != 0 ? offset - s->watch->offset : 0;
    s->watch->offset = offset;
    if (moved >= -CLOCK_TOLERANCE_SECONDS && moved <= CLOCK_TOLERANCE_SECONDS)
        return OK;
    s->watch->moved = moved;
    return audit_note(s, AUDIT_CLOCK_JUMP, OK,
                      arena_printf(s->arena, "{\"seconds\":%" PRId64 "}", moved));
}
