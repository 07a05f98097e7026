/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Closing the day: what must be in order first, and the lock. */

#include <string.h>

#include "closed_day_inner.h"
#include "domain/audit.h"
#include "domain/ledger.h"

#define DAYS_QUIET_MOST 10 /* Christmas to New Year and the weekends around them */

/* clang-format off */
static const char SQL_LAST[] =
    "SELECT c.id AS id, c.day AS day, c.closed_at AS closed_at, ifnull(u.name, '') AS closed_by\n"
    "FROM closed_day c\n"
    "LEFT JOIN user u ON u.id = c.closed_by\n"
    "ORDER BY c.day DESC LIMIT 1";
static const char SQL_FIRST_DAY[] = "SELECT min(posted_on) FROM entry";
static const char SQL_LAST_DAY[] = "SELECT ifnull(max(posted_on), '') FROM entry";
/* Finished is what the shop itself calls complete, with its last job done in these days: an order
 * that waits for parts, the customer or a last look is still being worked on, and one that was left
 * at an earlier closing was left on purpose. */
static const char SQL_UNPOSTED[] =
    "SELECT o.id AS id, ifnull(c.name, '') AS customer_name,\n"
    "  o.total - ifnull((SELECT sum(i.total) FROM invoice i\n"
    "    WHERE i.repair_order = o.id AND i.state = 'posted'), 0) AS total\n"
    "FROM repair_order o\n"
    "LEFT JOIN customer c ON c.id = o.customer\n"
    "WHERE o.state = 'complete' AND o.invoice IS NULL\n"
    "AND ifnull((SELECT max(j.done_at) FROM job j WHERE j.repair_order = o.id), o.opened_at)\n"
    "    BETWEEN :from_at AND :until_at - 1\n"
    "ORDER BY o.id";
/* Goods that left the counter without money, to somebody who has no terms. */
static const char SQL_UNPAID[] =
    "SELECT o.id AS id, c.name AS customer_name, i.total - i.paid AS total\n"
    "FROM invoice AS i\n"
    "JOIN repair_order AS o ON o.id = i.repair_order AND o.counter_sale = 1\n"
    "JOIN customer AS c ON c.id = i.customer\n"
    "WHERE i.paid < i.total AND i.state = 'posted' AND i.due_on <= i.posted_on\n"
    "AND i.posted_on BETWEEN :from_on AND :day\n"
    "ORDER BY i.id";
/* Cash moved on these days and nobody has counted since: drops are part of no count. */
static const char SQL_NOT_COUNTED[] =
    "SELECT EXISTS (SELECT 1 FROM entry_line l JOIN entry e ON e.id = l.entry\n"
    "  WHERE l.entry > ifnull((SELECT after_entry FROM drawer_move WHERE kind = 'count'\n"
    "                          ORDER BY id DESC LIMIT 1), 0)\n"
    "  AND l.account = (SELECT id FROM account WHERE role = 'cash') AND e.posted_on <= :day\n"
    "  AND (e.source <> 'drawer' OR EXISTS (SELECT 1 FROM drawer_move m\n"
    "    WHERE m.id = e.source_id AND m.kind = 'pay_out')))";
static const char SQL_LAST_ENTRY[] = "SELECT ifnull(max(id), 0) FROM entry";
static const char SQL_ADD[] =
    "INSERT INTO closed_day (id, day, from_on, closed_at, closed_by, terminal, unposted, note,\n"
    "                        last_entry, checkpoint, closer, letterhead)\n"
    "VALUES (:id, :day, :from_on, :closed_at, :closed_by, :terminal, :unposted, :note,\n"
    "        :last_entry, :checkpoint,\n"
    "        ifnull((SELECT name FROM user WHERE id = :closed_by), ''),\n"
    "        (SELECT letterhead FROM shop))";
/* clang-format on */

struct last_closed {
    struct closed_day_id id;
    struct day day;
    struct instant closed_at;
    const char *closed_by;
};
static const struct field last_fields[] = {
    FIELD(struct last_closed, id),
    FIELD(struct last_closed, day),
    FIELD(struct last_closed, closed_at),
    FIELD(struct last_closed, closed_by),
};
static const struct shape last_shape = SHAPE_OF(struct last_closed, "last_closed", last_fields);

struct closing {
    const struct day_close *in;
    struct last_closed last;
    struct day day, from_on;
    struct rows unposted; /* of struct day_order */
};

/* ---- which days ---- */

static status first_day(struct session *s, const struct closing *c, struct day *ret_from)
{
    const char *first = "";

    if (c->last.id.v != 0) {
        *ret_from = day_add(c->last.day, 1);
        return OK;
    }
    TRY(store_text(s->store, SQL_FIRST_DAY, NULL, s->arena, &first));
    *ret_from = c->day;
    if (*first != '\0' && strcmp(first, c->day.iso) < 0)
        memcpy(ret_from->iso, first, sizeof ret_from->iso);
    return OK;
}

/* A day long ago is a slip of the hand, and a closed day cannot be taken back. */
static status books_must_have_begun(struct session *s, struct day day)
{
    char shown[DAY_TEXT_MAX], begin[DAY_TEXT_MAX];
    struct day first = DAY_NONE;
    const char *first_text = "";

    TRY(store_text(s->store, SQL_FIRST_DAY, NULL, s->arena, &first_text));
    if (*first_text == '\0' || strcmp(day.iso, first_text) >= 0 ||
        day_compare(day, session_today(s)) == 0)
        return OK;
    memcpy(first.iso, first_text, sizeof first.iso);
    return fail_field(s, "day", "There is nothing to close on %s: the books begin on %s.",
                      day_show(day, shown), day_show(first, begin));
}

/* A clock that runs ahead locks days that are still to come, for good: everything written after it
 * is set right would bear a day that is far off. Books that slept longer than over the holidays are
 * the sign of it. */
static status day_must_be_likely(struct session *s, const struct closing *c)
{
    char shown[DAY_TEXT_MAX], at[DAY_TEXT_MAX];
    struct day last = c->last.day;
    const char *entry = "";

    TRY(store_text(s->store, SQL_LAST_DAY, NULL, s->arena, &entry));
    if (strcmp(entry, last.iso) > 0)
        memcpy(last.iso, entry, sizeof last.iso);
    if (c->in->after_pause || last.iso[0] == '\0' || day_distance(last, c->day) <= DAYS_QUIET_MOST)
        return OK;
    return fail_field(
        s, "after_pause",
        "Nothing was done in the books since %s, and all days up to %s would be locked "
        "for good. If the clock of this computer is wrong, set it first; if the shop "
        "was closed so long, say yes here.",
        day_show(last, at), day_show(c->day, shown));
}

static status days_must_be_open(struct session *s, struct closing *c)
{
    char day[DAY_TEXT_MAX], at[DAY_TEXT_MAX];

    c->day = c->in->day.iso[0] != '\0' ? c->in->day : session_today(s);
    const status result =
        store_get(s->store, SQL_LAST, NO_ROW, NULL, s->arena, &last_shape, &c->last);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    if (day_compare(c->day, session_today(s)) > 0)
        return fail_field(s, "day", "%s has not come yet. Close today, or a day before.",
                          day_show(c->day, day));
    if (result == OK && day_compare(c->day, c->last.day) < 0)
        return fail_field(s, "day", "The days up to %s are closed already. Close a later one.",
                          day_show(c->last.day, day));
    if (result == OK && day_compare(c->day, c->last.day) == 0)
        return fail(s, ERR_CONFLICT,
                    "%s was closed by %s on %s. What comes now is posted on the next day.",
                    day_show(c->day, day), c->last.closed_by, instant_show(c->last.closed_at, at));
    TRY(books_must_have_begun(s, c->day));
    TRY(day_must_be_likely(s, c));
    return first_day(s, c, &c->from_on);
}

/* ---- what must be in order ---- */

static status find_unposted(struct session *s, struct day from_on, struct day day,
                            struct rows *ret_orders)
{
    return store_list(s->store, SQL_UNPOSTED, NO_ROW,
                      BINDS(BIND_INT("from_at", day_instant(from_on, 0).seconds),
                            BIND_INT("until_at", day_instant(day_add(day, 1), 0).seconds)),
                      s->arena, &day_order_shape, ret_orders);
}

static status is_counted(struct session *s, struct day day, bool *ret_counted)
{
    int64_t open = 0;

    TRY(store_int(s->store, SQL_NOT_COUNTED, BINDS(BIND_DAY("day", day)), &open));
    *ret_counted = open == 0;
    return OK;
}

static status orders_must_be_posted(struct session *s, struct closing *c)
{
    TRY(find_unposted(s, c->from_on, c->day, &c->unposted));
    const struct day_order *order = c->unposted.at;
    const size_t more = c->unposted.count - 1;

    if (c->unposted.count == 0 || c->in->leave_unposted)
        return OK;
    return fail_field(s, "leave_unposted",
                      "Repair order %lld%s%s is complete and not invoiced%s. Make the invoice, or "
                      "say yes to leaving it for a later day.",
                      (long long)order->id.v, *order->customer_name != '\0' ? " of " : "",
                      order->customer_name,
                      more == 0   ? ""
                      : more == 1 ? ", and so is one more"
                                  : arena_printf(s->arena, ", and so are %zu more", more));
}

static status drawer_must_be_counted(struct session *s, const struct closing *c)
{
    bool counted = false;

    TRY(is_counted(s, c->day, &counted));
    if (counted)
        return OK;
    return fail(s, ERR_CONFLICT,
                "Cash has moved since the drawer was last counted. Count it, then close the day.");
}

/* ---- the lock ---- */

static status lock(struct session *s, const struct closing *c, struct closed_day_id id)
{
    struct audit_checkpoint checkpoint;
    int64_t last_entry = 0;

    TRY(store_int(s->store, SQL_LAST_ENTRY, NULL, &last_entry));
    TRY(audit_checkpoint_make(s, &checkpoint));
    if (s->memo != NULL)
        s->memo->knows_closed = false;
    return store_run(
        s->store, SQL_ADD, NO_ROW,
        BINDS(BIND_ID("id", id), BIND_DAY("day", c->day), BIND_DAY("from_on", c->from_on),
              BIND_INSTANT("closed_at", session_now(s)), BIND_ID("closed_by", s->user),
              BIND_TEXT("terminal", s->terminal), BIND_INT("unposted", (int64_t)c->unposted.count),
              BIND_TEXT("note", c->in->note), BIND_INT("last_entry", last_entry),
              BIND_ID("checkpoint", checkpoint.id)));
}

static status begin(struct session *s, struct closing *c)
{
    TRY(days_must_be_open(s, c));
    TRY(orders_must_be_posted(s, c));
    return drawer_must_be_counted(s, c);
}

static status finish(struct session *s, const struct closing *c, void *out)
{
    const struct closed_day_id id = {c->last.id.v + 1};

    TRY(lock(s, c, id));
    return day_report_get(s, id, out);
}

/* The proof reads all of the books: in a shop of many years that is seconds, in which others
 * wait. It is made inside the transaction, so that nothing is posted between it and the lock. */
status day_close(struct session *s, const void *input, void *out)
{
    struct closing c = {.in = input};

    TRY(begin(s, &c));
    store_takes_long(s->store);
    TRY(ledger_prove(s));
    return finish(s, &c, out);
}

status day_close_proved_later(struct session *s, const void *input, void *out)
{
    struct closing c = {.in = input};

    TRY(begin(s, &c));
    return finish(s, &c, out);
}

/* The same questions, asked by whoever wants to know what is left to do. */
status day_check(struct session *s, const void *input, void *out)
{
    struct day_check *ret = out;
    struct closing c = {.in = &(struct day_close){.note = ""}, .day = session_today(s)};

    (void)input;
    const status result =
        store_get(s->store, SQL_LAST, NO_ROW, NULL, s->arena, &last_shape, &c.last);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    TRY(first_day(s, &c, &c.from_on));
    ret->day = c.day;
    ret->from_on = c.from_on;
    ret->closed_through = result == OK ? c.last.day : DAY_NONE;
    if (day_compare(c.from_on, c.day) > 0) { /* today is closed: what is done now is tomorrow's */
        ret->closed = ret->counted = true;
        return OK;
    }
    TRY(find_unposted(s, c.from_on, c.day, &ret->unposted));
    TRY(store_list(s->store, SQL_UNPAID, NO_ROW,
                   BINDS(BIND_DAY("from_on", c.from_on), BIND_DAY("day", c.day)), s->arena,
                   &day_due_shape, &ret->unpaid));
    return is_counted(s, c.day, &ret->counted);
}
