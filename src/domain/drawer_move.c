/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is done to the drawer: each thing is one row and, where money moved, one entry. */

#include <inttypes.h>

#include "base/text.h"
#include "domain/ledger.h"
#include "domain/setting.h"
#include "drawer_inner.h"

static const char SQL_NEXT[] = "SELECT ifnull(max(id), 0) + 1 FROM drawer_move";
/* Nothing of earlier days is part of what is taken from a float on: only today's. */
static const char SQL_BEFORE[] = "SELECT max(\n"
                                 "  ifnull((SELECT after_entry FROM drawer_move\n"
                                 "          WHERE kind = 'count' ORDER BY id DESC LIMIT 1), 0),\n"
                                 "  ifnull((SELECT id FROM entry WHERE posted_on < :today\n"
                                 "          ORDER BY posted_on DESC, id DESC LIMIT 1), 0))";
static const char SQL_LAST_ENTRY[] = "SELECT ifnull(max(id), 0) FROM entry";
/* What was dropped or paid out since came from what lay there: it is in no float any more. */
static const char SQL_MOVED_SINCE[] =
    "SELECT ifnull(sum(l.amount), 0)\n"
    "FROM entry_line l JOIN entry e ON e.id = l.entry\n"
    "WHERE l.entry > :after AND l.account = (SELECT id FROM account WHERE role = 'cash')\n"
    "AND e.source <> 'drawer'";
static const char SQL_ACCOUNT[] = "SELECT name, ifnull(role, '') AS role\n"
                                  "FROM account\n"
                                  "WHERE id = :account";
static const char SQL_ADD[] =
    "INSERT INTO drawer_move (id, kind, moved_on, moved_at, user, terminal, amount, expected,\n"
    "                         change, place, account, reason, after_entry, entry)\n"
    "VALUES (:id, :kind, :moved_on, :moved_at, :user, :terminal, :amount, :expected,\n"
    "        :change, :place, :account, :reason, :after_entry, :entry)";
static const char SQL_PIECES_ADD[] = "INSERT INTO drawer_piece (drawer_move, cents, pieces)\n"
                                     "VALUES (:move, :cents, :pieces)";

const int64_t drawer_piece_cents[DRAWER_PIECES] = {
    10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1,
};

/* One row on its way. */
struct move {
    struct drawer_move_id id;
    enum drawer_kind kind;
    struct money amount, expected, change;
    const char *place; /* word of drawer_place, "" for none */
    struct ledger_line other;
    const char *memo, *reason;
    int64_t after_entry;
};

static status write_move(struct session *s, struct move *m)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_CASH, .amount = m->change},
        {.account = m->other.account, .amount = money_negate(m->change), .other = m->other.other},
    };
    struct day today;
    struct entry_id entry;

    TRY(ledger_open_day(s, &today));
    TRY(store_int(s->store, SQL_NEXT, NULL, &m->id.v));
    TRY(ledger_post(s, today, "drawer", m->id.v, m->memo, lines, COUNT_OF(lines), &entry));
    if (m->kind == DRAWER_COUNT)
        TRY(store_int(s->store, SQL_LAST_ENTRY, NULL, &m->after_entry));
    return store_run(s->store, SQL_ADD, NO_ROW,
                     BINDS(BIND_ID("id", m->id),
                           BIND_TEXT("kind", choice_word(&drawer_kind_choices, m->kind)),
                           BIND_DAY("moved_on", today), BIND_INSTANT("moved_at", session_now(s)),
                           BIND_ID("user", s->user), BIND_TEXT("terminal", s->terminal),
                           BIND_MONEY("amount", m->amount), BIND_MONEY("expected", m->expected),
                           BIND_MONEY("change", m->change), BIND_TEXT("place", m->place),
                           BIND_ID("account", m->other.other), BIND_TEXT("reason", m->reason),
                           BIND_INT("after_entry", m->after_entry), BIND_ID("entry", entry)));
}

static enum account_role account_of(enum drawer_place place)
{
    return place == DRAWER_BANK ? ACCOUNT_BANK : ACCOUNT_UNDEPOSITED;
}

static status must_be_opened(struct session *s, struct drawer *ret_drawer)
{
    TRY(drawer_get(s, ret_drawer));
    if (ret_drawer->opened.v == 0)
        return fail(s, ERR_CONFLICT,
                    "The drawer was never opened. Open it first with the float that lies in it.");
    return OK;
}

/* ---- opening ---- */

static status must_be_counted(struct session *s, const struct drawer *drawer)
{
    char float_[NUMBER_TEXT_MAX], at[DAY_TEXT_MAX];

    if (drawer->opened.v == 0 || drawer->counted_at.seconds != 0)
        return OK;
    return fail(s, ERR_CONFLICT,
                "%s opened the drawer on %s with %s, and it was not counted since. Count it first.",
                drawer->opened_by, instant_show(drawer->opened_at, at),
                money_show(drawer->opening, float_));
}

/* The float is what lies there before today's business: what the books have beyond it went to the
 * safe or the bank, what they have less came from there. Cash taken today stays on top of it, so
 * that a drawer opened late is right as well. */
status drawer_open(struct session *s, const void *input, void *out)
{
    const struct drawer_open *in = input;
    struct move m = {
        .kind = DRAWER_OPEN,
        .amount = in->amount,
        .place = choice_word(&drawer_place_choices, in->place),
        .other = {.account = account_of(in->place)},
        .memo = "Float of the cash drawer",
        .reason = "",
    };
    struct drawer drawer;
    struct day today;
    int64_t since = 0;

    TRY(drawer_get(s, &drawer));
    TRY(must_be_counted(s, &drawer));
    TRY(ledger_open_day(s, &today));
    TRY(store_int(s->store, SQL_BEFORE, BINDS(BIND_DAY("today", today)), &m.after_entry));
    TRY(store_int(s->store, SQL_MOVED_SINCE, BINDS(BIND_INT("after", m.after_entry)), &since));
    m.expected.cents = drawer.expected.cents - since;
    m.change.cents = in->amount.cents - m.expected.cents;
    TRY(write_move(s, &m));
    return drawer_get(s, out);
}

/* ---- taking out ---- */

static status must_lie_there(struct session *s, const struct drawer *drawer, struct money amount)
{
    char expected[NUMBER_TEXT_MAX];

    if (amount.cents <= drawer->expected.cents)
        return OK;
    return fail_field(
        s, "amount",
        "%s should lie in the drawer. Take that much at most; if there is more, count "
        "it first.",
        money_show(drawer->expected, expected));
}

static status take_out(struct session *s, struct move *m, void *out)
{
    struct drawer drawer;

    TRY(must_be_opened(s, &drawer));
    TRY(must_lie_there(s, &drawer, m->amount));
    m->expected = drawer.expected;
    m->change = money_negate(m->amount);
    TRY(write_move(s, m));
    return drawer_get(s, out);
}

status drawer_drop(struct session *s, const void *input, void *out)
{
    const struct drawer_drop *in = input;
    struct move m = {
        .kind = DRAWER_DROP,
        .amount = in->amount,
        .place = choice_word(&drawer_place_choices, in->place),
        .other = {.account = account_of(in->place)},
        .memo = in->place == DRAWER_BANK ? "Cash brought to the bank" : "Cash put into the safe",
        .reason = in->reason,
    };

    return take_out(s, &m, out);
}

struct chart_row {
    const char *name, *role;
};
static const struct field chart_fields[] = {
    FIELD(struct chart_row, name),
    FIELD(struct chart_row, role),
};
static const struct shape chart_shape = SHAPE_OF(struct chart_row, "chart_row", chart_fields);

/* An account with a role is kept by posting rules: by hand it would stop agreeing with its rows. */
static status account_must_be_free(struct session *s, struct account_id account)
{
    struct chart_row row;

    if (account.v == 0)
        return OK;
    const status result =
        store_get(s->store, SQL_ACCOUNT, NO_ROW, BINDS(BIND_ID("account", account)), s->arena,
                  &chart_shape, &row);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "account", "There is no account %" PRId64 ". Choose one of the chart.",
                          account.v);
    TRY(result);
    if (*row.role != '\0' && !text_same(row.role, "petty_expense"))
        return fail_field(s, "account",
                          "Account %" PRId64 " (%s) is kept by its documents. Choose an expense.",
                          account.v, row.name);
    return OK;
}

status drawer_pay_out(struct session *s, const void *input, void *out)
{
    const struct drawer_pay_out *in = input;
    struct move m = {
        .kind = DRAWER_PAY_OUT,
        .amount = in->amount,
        .place = "",
        .other = {.account = ACCOUNT_PETTY_EXPENSE, .other = in->account},
        .memo = arena_printf(s->arena, "Paid from the drawer: %s", in->reason),
        .reason = in->reason,
    };

    TRY(account_must_be_free(s, in->account));
    return take_out(s, &m, out);
}

/* ---- counting ---- */

static void pieces_of(const struct drawer_count *in, int64_t ret_pieces[DRAWER_PIECES])
{
    const int64_t pieces[DRAWER_PIECES] = {
        in->hundreds, in->fifties, in->twenties, in->tens,  in->fives,   in->twos,
        in->ones,     in->halves,  in->quarters, in->dimes, in->nickels, in->pennies,
    };

    for (size_t i = 0; i < DRAWER_PIECES; i++)
        ret_pieces[i] = pieces[i];
}

status drawer_sum(const struct drawer_count *count, struct money *ret_sum)
{
    int64_t pieces[DRAWER_PIECES], cents = 0, part = 0;

    pieces_of(count, pieces);
    for (size_t i = 0; i < DRAWER_PIECES; i++)
        if (__builtin_mul_overflow(pieces[i], drawer_piece_cents[i], &part) ||
            __builtin_add_overflow(cents, part, &cents) || cents > MONEY_MAX_CENTS)
            return ERR_INVALID;
    ret_sum->cents = cents;
    return OK;
}

static status count_total(struct session *s, const struct drawer_count *in, struct money *ret_total)
{
    char pieces[NUMBER_TEXT_MAX], total[NUMBER_TEXT_MAX];
    struct money sum;

    if (drawer_sum(in, &sum) != OK)
        return fail_field(s, "hundreds", "That is more than a drawer holds. Look at the pieces.");
    if (in->total.cents == NUMBER_NONE && sum.cents == 0)
        return fail_field(s, "total",
                          "Nothing is counted. Say how many of each there are, or the "
                          "total: 0 when the drawer is empty.");
    if (in->total.cents != NUMBER_NONE && sum.cents != 0 && sum.cents != in->total.cents)
        return fail_field(s, "total",
                          "The pieces come to %s, not %s. Leave the total empty, or "
                          "count again.",
                          money_show(sum, pieces), money_show(in->total, total));
    *ret_total = in->total.cents != NUMBER_NONE ? in->total : sum;
    return OK;
}

static status write_pieces(struct session *s, struct drawer_move_id move,
                           const struct drawer_count *in)
{
    int64_t pieces[DRAWER_PIECES];

    pieces_of(in, pieces);
    for (size_t i = 0; i < DRAWER_PIECES; i++)
        if (pieces[i] != 0)
            TRY(store_run(s->store, SQL_PIECES_ADD, NO_ROW,
                          BINDS(BIND_ID("move", move), BIND_INT("cents", drawer_piece_cents[i]),
                                BIND_INT("pieces", pieces[i]))));
    return OK;
}

/* A slip in counting looks like this as well: it is told once, and what stays is explained. */
static status must_be_near(struct session *s, const struct move *m)
{
    char change[NUMBER_TEXT_MAX], expected[NUMBER_TEXT_MAX];
    const bool is_short = m->change.cents < 0;
    const struct money off = is_short ? money_negate(m->change) : m->change;
    struct shop shop;

    TRY(shop_get(s, &shop));
    if (off.cents <= shop.drawer_limit.cents || !text_is_empty(m->reason))
        return OK;
    return fail_field(s, "reason", "%s %s %s: count again, or say why. It is posted as cash %s.",
                      money_show(off, change), is_short ? "short of" : "over",
                      money_show(m->expected, expected), is_short ? "short" : "over");
}

/* What is found is what the books have from now on; the difference is an expense or less of one. */
status drawer_count(struct session *s, const void *input, void *out)
{
    const struct drawer_count *in = input;
    struct move m = {
        .kind = DRAWER_COUNT,
        .place = "",
        .other = {.account = ACCOUNT_CASH_SHORT},
        .reason = text_is_empty(in->reason) ? "" : in->reason,
    };
    struct drawer drawer;

    TRY(must_be_opened(s, &drawer));
    TRY(count_total(s, in, &m.amount));
    m.expected = drawer.expected;
    m.change.cents = m.amount.cents - m.expected.cents;
    m.memo = m.change.cents < 0 ? "Cash drawer short" : "Cash drawer over";
    TRY(must_be_near(s, &m));
    TRY(write_move(s, &m));
    TRY(write_pieces(s, m.id, in));
    return drawer_get(s, out);
}
