/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The ledger from its first line to its last, in the order in which a journal is read. How it is
 * written down for another program is that program's affair. */

#include "domain/ledger.h"

/* clang-format off */
static const struct field line_fields[] = {
    FIELD(struct journal_line, entry),
    FIELD(struct journal_line, posted_on),
    FIELD(struct journal_line, memo),
    FIELD(struct journal_line, source),
    FIELD(struct journal_line, source_id),
    FIELD(struct journal_line, reverses),
    FIELD(struct journal_line, payee),
    FIELD(struct journal_line, account),
    FIELD(struct journal_line, amount, .flags = FIELD_SIGNED),
    FIELD(struct journal_line, customer),
    FIELD(struct journal_line, customer_name),
};
/* clang-format on */
static const struct shape line_shape = SHAPE_OF(struct journal_line, "journal_line", line_fields);

/* The payee of an entry is the one customer it names; none where it names several. */
static const char SQL_JOURNAL[] =
    "SELECT e.id AS entry, e.posted_on AS posted_on, e.memo AS memo, e.source AS source,\n"
    "       e.source_id AS source_id, e.reverses AS reverses,\n"
    "       ifnull((SELECT min(p.name) FROM entry_line o JOIN customer p ON p.id = o.customer\n"
    "               WHERE o.entry = e.id\n"
    "               HAVING count(DISTINCT o.customer) = 1), '') AS payee,\n"
    "       l.account AS account, l.amount AS amount, l.customer AS customer,\n"
    "       ifnull(c.name, '') AS customer_name\n"
    "FROM entry e\n"
    "CROSS JOIN entry_line l ON l.entry = e.id\n"
    "LEFT JOIN customer c ON c.id = l.customer\n"
    "WHERE e.posted_on >= ifnull(:from_on, '') AND e.posted_on <= ifnull(:to_on, '9999-12-31')\n"
    "ORDER BY e.posted_on, e.id, l.position";

status ledger_journal(struct session *s, struct day from_on, struct day to_on,
                      status (*each)(void *context, const void *line), void *context)
{
    return store_each(s->store, SQL_JOURNAL, NO_ROW,
                      BINDS(BIND_DAY("from_on", from_on), BIND_DAY("to_on", to_on)), s->arena,
                      &line_shape, each, context);
}
