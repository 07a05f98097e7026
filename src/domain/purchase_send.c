/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Purchase orders that leave the house: sent, cut short, void. */

#include "purchase_inner.h"

/* clang-format off */
static const char SQL_LINE_COUNT[] = "SELECT count(*) FROM purchase_line WHERE purchase = :purchase";
static const char SQL_SEND[] =
    "UPDATE purchase\n"
    "SET state = 'sent', sent_at = :sent_at, due_on = :due_on,\n"
    "  reference = CASE WHEN :reference <> '' THEN :reference ELSE reference END\n"
    "WHERE id = :purchase";
static const char SQL_OPEN_LINES[] =
    "UPDATE purchase_line\n"
    "SET open = quantity\n"
    "WHERE purchase = :purchase";
static const char SQL_CLOSE_LINES[] =
    "UPDATE purchase_line\n"
    "SET open = 0\n"
    "WHERE purchase = :purchase AND open > 0 AND (:line IS NULL OR id = :line)";
static const char SQL_VOID[] =
    "UPDATE purchase\n"
    "SET state = 'void', void_reason = :reason\n"
    "WHERE id = :purchase";
static const char SQL_RECEIVED[] = "SELECT count(*) FROM receipt WHERE purchase = :purchase";
static const char SQL_WHY_VOID[] =
    "UPDATE purchase\n"
    "SET void_reason = 'Cancelled before anything came'\n"
    "WHERE id = :purchase AND state = 'void' AND void_reason = ''";
/* clang-format on */

static status count_of(struct session *s, const char *sql, struct purchase_id id, int64_t *ret)
{
    return store_int(s->store, sql, BINDS(BIND_ID("purchase", id)), ret);
}

status purchase_send(struct session *s, const void *input, void *out)
{
    const struct purchase_send *in = input;
    const struct bind purchase = BIND_ID("purchase", in->purchase);
    struct purchase_head head;
    int64_t lines = 0;

    TRY(purchase_begin(s, in->purchase, in->revision, &head));
    if (head.state != PURCHASE_DRAFT && head.state != PURCHASE_VOID)
        return fail(s, ERR_CONFLICT, "Purchase order %lld was sent already.",
                    (long long)in->purchase.v);
    TRY(purchase_must_be_draft(s, &head));
    TRY(count_of(s, SQL_LINE_COUNT, in->purchase, &lines));
    if (lines == 0)
        return fail(s, ERR_CONFLICT, "Nothing is on purchase order %lld yet. Add a part first.",
                    (long long)in->purchase.v);
    const struct day today = session_today(s);
    const struct day promised = in->due_on.iso[0] != '\0' ? in->due_on : head.due_on;
    const struct day due = promised.iso[0] != '\0' ? promised : day_add(today, (int)head.lead_days);
    TRY(purchase_check_due(s, due, in->past));
    TRY(store_run(s->store, SQL_SEND, NO_ROW,
                  BINDS(purchase, BIND_INSTANT("sent_at", session_now(s)), BIND_DAY("due_on", due),
                        BIND_TEXT("reference", in->reference))));
    TRY(store_run(s->store, SQL_OPEN_LINES, NO_ROW, BINDS(purchase)));
    return purchase_finish(s, &head, out);
}

status purchase_close(struct session *s, const void *input, void *out)
{
    const struct purchase_close *in = input;
    const struct bind purchase = BIND_ID("purchase", in->purchase);
    struct purchase_head head;
    struct purchase *page = out;

    TRY(purchase_begin(s, in->purchase, in->revision, &head));
    if (head.state == PURCHASE_DRAFT)
        return fail(s, ERR_CONFLICT, "Purchase order %lld was never sent. Void it instead.",
                    (long long)in->purchase.v);
    TRY(store_run(s->store, SQL_CLOSE_LINES, NO_ROW, BINDS(purchase, BIND_ID("line", in->line))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_CONFLICT, "Nothing of this is still to come of purchase order %lld.",
                    (long long)in->purchase.v);
    TRY(purchase_finish(s, &head, page));
    if (page->state != PURCHASE_VOID)
        return OK;
    TRY(store_run(s->store, SQL_WHY_VOID, NO_ROW, BINDS(purchase)));
    return purchase_get(s, in->purchase, page);
}

status purchase_void(struct session *s, const void *input, void *out)
{
    const struct purchase_void *in = input;
    const struct bind purchase = BIND_ID("purchase", in->purchase);
    const struct bind all = BIND_NULL("line");
    struct purchase_head head;
    int64_t received = 0;

    TRY(purchase_begin(s, in->purchase, in->revision, &head));
    TRY(count_of(s, SQL_RECEIVED, in->purchase, &received));
    if (received > 0)
        return fail(s, ERR_CONFLICT,
                    "Parts of purchase order %lld have come, so it cannot be void. Cancel what is "
                    "still to come instead.",
                    (long long)in->purchase.v);
    if (head.state == PURCHASE_VOID)
        return fail(s, ERR_CONFLICT, "Purchase order %lld is void already.",
                    (long long)in->purchase.v);
    TRY(store_run(s->store, SQL_CLOSE_LINES, NO_ROW, BINDS(purchase, all)));
    TRY(store_run(s->store, SQL_VOID, NO_ROW, BINDS(purchase, BIND_TEXT("reason", in->reason))));
    return purchase_finish(s, &head, out);
}
