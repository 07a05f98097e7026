/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sums that are kept over many documents, whichever of them is wrong. */

#include "ledger_prove.h"

#include "base/status.h"
#include "invoice_inner.h"

/* Where the balance of a customer that was merged into another one is kept today. Ledger lines keep
 * the customer they were posted for. */
#define SQL_HOMES                                                                                  \
    "WITH RECURSIVE step (id, home) AS (\n"                                                        \
    "  SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL\n"                       \
    "  UNION\n"                                                                                    \
    "  SELECT s.id, c.merged_into FROM step s JOIN customer c ON c.id = s.home\n"                  \
    "  WHERE c.merged_into IS NOT NULL),\n"                                                        \
    "home (id, home) AS (\n"                                                                       \
    "  SELECT s.id, s.home FROM step s JOIN customer c ON c.id = s.home\n"                         \
    "  WHERE c.merged_into IS NULL)\n"

/* Compares two sums by customer; `rows_` gives customer, kept, counted. */
#define SQL_BY_CUSTOMER(rows_)                                                                     \
    SQL_HOMES "SELECT coalesce(h.home, b.customer) AS id,\n"                                       \
              "       sum(b.kept) AS kept, sum(b.counted) AS counted\n"                            \
              "FROM (SELECT customer, sum(kept) AS kept, sum(counted) AS counted\n"                \
              "      FROM (" rows_ ") GROUP BY customer) b\n"                                      \
              "LEFT JOIN home h ON h.id = b.customer\n"                                            \
              "GROUP BY coalesce(h.home, b.customer)\n"                                            \
              "HAVING sum(b.kept) <> sum(b.counted)\n"                                             \
              "LIMIT 1"

#define SQL_LEDGER_BY_CUSTOMER(role_, sign_)                                                       \
    "SELECT l.customer AS customer, 0 AS kept, " sign_ "l.amount AS counted\n"                     \
    "FROM account a JOIN entry_line l ON l.account = a.id\n"                                       \
    "WHERE a.role = '" role_ "'\n"

/* What stands on a role's account against the sum that is kept elsewhere. */
#define SQL_ACCOUNT(role_, sign_, sum_)                                                            \
    "SELECT id, kept, counted\n"                                                                   \
    "FROM (SELECT a.id AS id,\n"                                                                   \
    "             " sign_ "(SELECT ifnull(sum(debit - credit), 0) FROM account_day\n"              \
    "               WHERE account = a.id) AS kept,\n"                                              \
    "             (" sum_ ") AS counted\n"                                                         \
    "      FROM account a WHERE a.role = '" role_ "')\n"                                           \
    "WHERE kept <> counted"

static const struct proof proofs[] = {
    {"Account", "its day sums say", "its lines",
     "SELECT account AS id, day,\n"
     "       sum(kept_debit - kept_credit) AS kept, sum(debit - credit) AS counted\n"
     "FROM (SELECT account, day, debit AS kept_debit, credit AS kept_credit,\n"
     "             0 AS debit, 0 AS credit\n"
     "      FROM account_day\n"
     "      UNION ALL\n"
     "      SELECT l.account, e.posted_on, 0, 0,\n"
     "             CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END,\n"
     "             CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END\n"
     "      FROM entry e JOIN entry_line l ON l.entry = e.id)\n"
     "GROUP BY account, day\n"
     "HAVING sum(kept_debit) <> sum(debit) OR sum(kept_credit) <> sum(credit)\n"
     "LIMIT 1"},
    {"Customer", "owes", "the ledger's receivables say",
     SQL_BY_CUSTOMER("SELECT id AS customer, owes AS kept, 0 AS counted FROM customer\n"
                     "WHERE owes <> 0\n"
                     "UNION ALL\n" SQL_LEDGER_BY_CUSTOMER("receivable", ""))},
    {"Customer", "owes", "the open invoices say",
     SQL_BY_CUSTOMER("SELECT id AS customer, owes AS kept, 0 AS counted FROM customer\n"
                     "WHERE owes <> 0\n"
                     "UNION ALL\n"
                     "SELECT customer, 0, total - paid FROM invoice\n"
                     "WHERE paid < total AND state = 'posted'\n")},
    {"Customer", "credit is", "the ledger's customer credit says",
     SQL_BY_CUSTOMER("SELECT id AS customer, credit AS kept, 0 AS counted FROM customer\n"
                     "WHERE credit <> 0\n"
                     "UNION ALL\n" SQL_LEDGER_BY_CUSTOMER("customer_credit", "-"))},
    {"Customer", "credit is", "the payments leave",
     SQL_BY_CUSTOMER("SELECT id AS customer, credit AS kept, 0 AS counted FROM customer\n"
                     "WHERE credit <> 0\n"
                     "UNION ALL\n"
                     "SELECT customer, 0, amount FROM payment\n"
                     "UNION ALL\n"
                     "SELECT p.customer, 0, -a.amount\n"
                     "FROM payment_application a JOIN payment p ON p.id = a.payment\n"
                     "UNION ALL\n"
                     "SELECT p.customer, 0, -r.amount\n"
                     "FROM payment_return r JOIN payment p ON p.id = r.payment\n")},
    /* Day by day, so that what was owed on any past day can be told from the invoices. */
    {"Receivables", "moved by", "the invoices posted and settled say",
     "SELECT account AS id, day, sum(kept) AS kept, sum(counted) AS counted\n"
     "FROM (SELECT a.id AS account, d.day AS day, d.debit - d.credit AS kept, 0 AS counted\n"
     "      FROM account a JOIN account_day d ON d.account = a.id WHERE a.role = 'receivable'\n"
     "      UNION ALL\n"
     "      SELECT a.id, i.posted_on, 0, i.total\n"
     "      FROM account a JOIN invoice i WHERE a.role = 'receivable' AND i.state = 'posted'\n"
     "      UNION ALL\n"
     "      SELECT a.id, s.day, 0, -s.amount\n"
     "      FROM account a JOIN (" SQL_SETTLED ") s WHERE a.role = 'receivable')\n"
     "GROUP BY account, day\n"
     "HAVING sum(kept) <> sum(counted)\n"
     "LIMIT 1"},
    {"Account", "the ledger says", "the parts' stock is worth",
     SQL_ACCOUNT("inventory", "", "SELECT ifnull(sum(stock_value), 0) FROM part")},
    {"Part", "its stock is worth", "its movements say",
     SQL_FIRST_GROUP("p.id", "p.stock_value", "ifnull(sum(m.value), 0)",
                     "FROM part p\n"
                     "LEFT JOIN stock_move m ON m.part = p.id\n")},
    {"Part", "on hand is", "its movements say",
     SQL_FIRST_GROUP("p.id", "p.on_hand", "ifnull(sum(m.quantity), 0)",
                     "FROM part p\n"
                     "LEFT JOIN stock_move m ON m.part = p.id\n"),
     UNIT_THOUSANDTHS},
    {"Part", "in its bins are", "its movements by bin say",
     "SELECT part AS id, sum(kept) AS kept, sum(counted) AS counted\n"
     "FROM (SELECT part, bin, on_hand AS kept, 0 AS counted FROM part_bin\n"
     "      UNION ALL\n"
     "      SELECT part, bin, 0, quantity FROM stock_move)\n"
     "GROUP BY part, bin\n"
     "HAVING sum(kept) <> sum(counted)\n"
     "LIMIT 1",
     UNIT_THOUSANDTHS},
    {"Account", "the ledger says", "what is pulled for open orders is worth",
     SQL_ACCOUNT("work_in_process", "",
                 "SELECT ifnull(sum(pulled_value), 0) FROM line WHERE pulled > 0")},
    /* Vendors: what is owed to them, what waits for a bill, what they owe for what went back. */
    {"Vendor", "is owed", "the open bills say",
     SQL_FIRST_GROUP("v.id", "v.owes", "ifnull(sum(b.total - b.paid), 0)",
                     "FROM vendor v\n"
                     "LEFT JOIN bill b ON b.vendor = v.id AND b.paid <> b.total\n")},
    {"Account", "the ledger says", "vendors are owed",
     SQL_ACCOUNT("payable", "-", "SELECT ifnull(sum(owes), 0) FROM vendor")},
    {"Account", "the ledger says", "deliveries that are not billed say",
     SQL_ACCOUNT("received_not_billed", "-",
                 "SELECT ifnull(sum(total - billed), 0) FROM receipt WHERE billed <> total")},
    {"Account", "the ledger says", "open claims on vendors say",
     SQL_ACCOUNT("vendor_credit", "",
                 "SELECT ifnull(sum(expected - credited - written_off), 0) FROM claim\n"
                 "WHERE state <> 'closed'")},
    {"Account", "the ledger says", "cores charged to customers say",
     SQL_ACCOUNT("core_deposit", "-",
                 "SELECT ifnull(sum(charge), 0) FROM customer_core WHERE state = 'charged'")},
    /* Certificates: what is left on them is what the shop owes to who brings them. */
    {"Account", "the ledger says", "what is left on certificates is",
     SQL_ACCOUNT("gift_certificate", "-",
                 "SELECT ifnull(sum(g.balance), 0)\n"
                 "FROM gift_certificate g LEFT JOIN invoice i ON i.id = g.invoice\n"
                 "WHERE i.state IS NOT 'void'")},
    {"Account", "the ledger's entries of the drawer say", "the drawer's rows say",
     SQL_FIRST("a.id",
               "(SELECT ifnull(sum(l.amount), 0) FROM entry e JOIN entry_line l ON l.entry = e.id\n"
               " WHERE e.source = 'drawer' AND l.account = a.id)",
               "(SELECT ifnull(sum(change), 0) FROM drawer_move)",
               "FROM (SELECT id FROM account WHERE role = 'cash') a\n")},
};
const struct proofs ledger_sum_proofs = {proofs, COUNT_OF(proofs)};
