/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The proof of the books: every sum that is kept anywhere is computed again from the rows it stands
 * for. Each proof is one set-based question that answers with the first difference, so that the
 * same code serves a test after every step and a shop of ten years. */

#include <stdio.h>
#include <string.h>

#include "domain/ledger.h"
#include "invoice_inner.h"

/* The first difference a proof has found. */
struct difference {
    int64_t id;
    const char *day; /* "" where it is not one day's */
    struct money kept, counted;
};
static const struct field difference_fields[] = {
    FIELD(struct difference, id),
    FIELD(struct difference, day),
    FIELD(struct difference, kept, .flags = FIELD_SIGNED),
    FIELD(struct difference, counted, .flags = FIELD_SIGNED),
};
static const struct shape difference_shape =
    SHAPE_OF(struct difference, "difference", difference_fields);

/* What the two sides of a proof count. */
enum unit { UNIT_CENTS, UNIT_THOUSANDTHS, UNIT_NUMBER };

struct proof {
    const char *noun;    /* of the row that differs */
    const char *kept;    /* what is kept … */
    const char *counted; /* … and what it should be equal to */
    const char *sql;
    enum unit unit;
};

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

/* A class total of invoices against the net amounts of their lines. */
#define SQL_INVOICE_CLASS(total_, kinds_)                                                          \
    "SELECT i.id AS id, i." total_ " AS kept, sum(ifnull(l.net, 0)) AS counted\n"                  \
    "FROM invoice i\n"                                                                             \
    "LEFT JOIN invoice_job j ON j.invoice = i.id\n"                                                \
    "LEFT JOIN invoice_line l ON l.invoice_job = j.id AND l.kind IN (" kinds_ ")\n"                \
    "GROUP BY i.id\n"                                                                              \
    "HAVING sum(ifnull(l.net, 0)) <> i." total_ "\n"                                               \
    "LIMIT 1"

/* What jobs cost that the customer does not pay for, against what was booked for them. Hours reach
 * the books through payroll. */
/* What credit memos and write-offs of its invoice took off a certificate. */
#define SQL_TAKEN_BACK                                                                             \
    "SELECT s.id AS gift_certificate, m.total AS amount\n"                                         \
    "FROM gift_certificate s JOIN credit_memo m ON m.invoice = s.invoice\n"                        \
    "UNION ALL\n"                                                                                  \
    "SELECT s.id, w.certificate\n"                                                                 \
    "FROM gift_certificate s JOIN invoice_write_off w ON w.invoice = s.invoice\n"
#define SQL_INVOICE_PAY(pay_)                                                                      \
    "SELECT i.id AS id, sum(ifnull(l.cost, 0)) AS kept,\n"                                         \
    "       (SELECT ifnull(sum(k.amount), 0)\n"                                                    \
    "        FROM entry_line k JOIN account a ON a.id = k.account\n"                               \
    "        WHERE k.entry = i.entry AND a.role = '" pay_ "_cost') AS counted\n"                   \
    "FROM invoice i\n"                                                                             \
    "LEFT JOIN invoice_job j ON j.invoice = i.id AND j.pay = '" pay_ "'\n"                         \
    "LEFT JOIN invoice_line l ON l.invoice_job = j.id AND l.kind NOT IN ('labor', 'core')\n"       \
    "GROUP BY i.id\n"                                                                              \
    "HAVING kept <> counted\n"                                                                     \
    "LIMIT 1"

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
    {"Ledger entry", "posted", "the sum of its lines is",
     "SELECT e.id AS id, 0 AS kept, ifnull(sum(l.amount), 0) AS counted\n"
     "FROM entry e\n"
     "LEFT JOIN entry_line l ON l.entry = e.id\n"
     "GROUP BY e.id\n"
     "HAVING count(l.entry) < 2 OR sum(l.amount) <> 0 OR e.posted = 0\n"
     "LIMIT 1"},
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
    {"Payment", "is", "invoices have had of it and went back",
     "SELECT p.id AS id, p.amount AS kept, sum(b.amount) AS counted\n"
     "FROM payment p\n"
     "JOIN (SELECT payment, amount FROM payment_application\n"
     "      UNION ALL\n"
     "      SELECT payment, amount FROM payment_return) b ON b.payment = p.id\n"
     "GROUP BY p.id\n"
     "HAVING sum(b.amount) > p.amount\n"
     "LIMIT 1"},
    {"Payment", "is 0 at least on every invoice:", "it has on one of them",
     "SELECT payment AS id, 0 AS kept, sum(amount) AS counted\n"
     "FROM payment_application\n"
     "GROUP BY payment, invoice\n"
     "HAVING sum(amount) < 0\n"
     "LIMIT 1"},
    {"Return of a payment", "is", "its entry says",
     "SELECT r.id AS id, r.amount + r.fee AS kept, -sum(l.amount) AS counted\n"
     "FROM payment_return r\n"
     "JOIN entry_line l ON l.entry = r.entry AND l.amount < 0\n"
     "GROUP BY r.id\n"
     "HAVING r.amount + r.fee <> -sum(l.amount)\n"
     "LIMIT 1"},
    {"Payment", "is", "its entry says",
     "SELECT p.id AS id, p.amount AS kept,\n"
     "       (SELECT ifnull(sum(l.amount), 0) FROM entry_line l\n"
     "        WHERE l.entry = p.entry AND l.amount > 0) AS counted\n"
     "FROM payment p\n"
     "WHERE p.amount <> (SELECT ifnull(sum(l.amount), 0) FROM entry_line l\n"
     "                   WHERE l.entry = p.entry AND l.amount > 0)\n"
     "LIMIT 1"},
    {"Invoice", "paid", "its payments are",
     "SELECT i.id AS id, i.paid AS kept, ifnull(sum(a.amount), 0) AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN (" SQL_SETTLED ") a ON a.invoice = i.id\n"
     "GROUP BY i.id\n"
     "HAVING i.paid <> ifnull(sum(a.amount), 0)\n"
     "LIMIT 1"},
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
    {"Write-off of an invoice", "is", "its entry says",
     "SELECT w.id AS id, w.amount - w.certificate AS kept, sum(l.amount) AS counted\n"
     "FROM invoice_write_off w\n"
     "JOIN account a ON a.role = 'bad_debt'\n"
     "LEFT JOIN entry_line l ON l.entry = w.entry AND l.account = a.id\n"
     "GROUP BY w.id\n"
     "HAVING w.amount - w.certificate <> ifnull(sum(l.amount), 0)\n"
     "LIMIT 1"},
    {"Invoice", "is", "its entry says",
     "SELECT i.id AS id, i.total AS kept,\n"
     "       (SELECT ifnull(sum(l.amount), 0)\n"
     "        FROM entry_line l JOIN account a ON a.id = l.account\n"
     "        WHERE l.entry = i.entry AND a.role = 'receivable') AS counted\n"
     "FROM invoice i\n"
     "WHERE i.total <> (SELECT ifnull(sum(l.amount), 0)\n"
     "                  FROM entry_line l JOIN account a ON a.id = l.account\n"
     "                  WHERE l.entry = i.entry AND a.role = 'receivable')\n"
     "LIMIT 1"},
    {"Invoice", "is void, what is paid or still posted of it is", "and should be",
     "SELECT i.id AS id, i.paid + i.total AS kept, 0 AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN entry e ON e.reverses = i.entry\n"
     "WHERE i.state = 'void' AND (i.paid <> 0 OR (i.entry IS NOT NULL AND e.id IS NULL))\n"
     "LIMIT 1"},
    {"Credit memo", "is", "its entry says",
     "SELECT m.id AS id, m.total AS kept,\n"
     "       -(SELECT ifnull(sum(l.amount), 0)\n"
     "         FROM entry_line l JOIN account a ON a.id = l.account\n"
     "         WHERE l.entry = m.entry AND a.role = 'receivable') AS counted\n"
     "FROM credit_memo m\n"
     "WHERE m.total <> -(SELECT ifnull(sum(l.amount), 0)\n"
     "                   FROM entry_line l JOIN account a ON a.id = l.account\n"
     "                   WHERE l.entry = m.entry AND a.role = 'receivable')\n"
     "LIMIT 1"},
    {"Credit memo", "is", "its lines, supplies and taxes are",
     "SELECT m.id AS id, m.total AS kept,\n"
     "       m.supplies + (SELECT ifnull(sum(net), 0) FROM credit_line WHERE credit_memo = m.id)\n"
     "       + (SELECT ifnull(sum(amount), 0) FROM credit_tax WHERE credit_memo = m.id) AS "
     "counted\n"
     "FROM credit_memo m\n"
     "WHERE m.total <> m.supplies\n"
     "      + (SELECT ifnull(sum(net), 0) FROM credit_line WHERE credit_memo = m.id)\n"
     "      + (SELECT ifnull(sum(amount), 0) FROM credit_tax WHERE credit_memo = m.id)\n"
     "LIMIT 1"},
    {"Credit memo", "leaves the customer", "its payment is",
     "SELECT m.id AS id, m.total - m.applied AS kept, ifnull(p.amount, 0) AS counted\n"
     "FROM credit_memo m LEFT JOIN payment p ON p.id = m.payment\n"
     "WHERE m.total - m.applied <> ifnull(p.amount, 0)\n"
     "LIMIT 1"},
    {"Invoice", "is", "its credit memos are more:",
     "SELECT i.id AS id, i.total AS kept, sum(m.total) AS counted\n"
     "FROM invoice i JOIN credit_memo m ON m.invoice = i.id\n"
     "GROUP BY i.id\n"
     "HAVING sum(m.total) > i.total\n"
     "LIMIT 1"},
    /* Of a certificate sold, only what was not used went back. */
    {"Line of an invoice", "is", "more of it is credited:",
     "SELECT l.id AS id, l.net AS kept, sum(k.net) AS counted\n"
     "FROM credit_line k JOIN invoice_line l ON l.id = k.invoice_line\n"
     "GROUP BY l.id\n"
     "HAVING sum(k.net) > l.net OR sum(k.quantity) > l.quantity\n"
     "       OR (sum(k.quantity) = l.quantity AND sum(k.net) <> l.net\n"
     "           AND l.account IS NOT (SELECT id FROM account WHERE role = 'gift_certificate'))\n"
     "LIMIT 1"},
    {"Credit memo", "has no memo behind it, the next number is", "and should be",
     "SELECT m.id AS id, n.next AS kept, m.id + 1 AS counted\n"
     "FROM credit_memo m\n"
     "JOIN number n ON n.name = 'credit_memo'\n"
     "WHERE m.id + 1 <> n.next AND NOT EXISTS (SELECT 1 FROM credit_memo WHERE id = m.id + 1)\n"
     "LIMIT 1",
     UNIT_NUMBER},
    {"Invoice", "labor is", "its lines say", SQL_INVOICE_CLASS("labor", "'labor'")},
    {"Invoice", "parts are", "its lines say", SQL_INVOICE_CLASS("parts", "'part'")},
    {"Invoice", "sublet is", "its lines say", SQL_INVOICE_CLASS("sublet", "'sublet'")},
    {"Invoice", "fees are", "its lines say",
     SQL_INVOICE_CLASS("fees", "'core', 'fee', 'hazmat', 'tire_fee'")},
    {"Invoice", "cost is", "its lines say",
     "SELECT i.id AS id, i.cost AS kept, ifnull(sum(l.cost), 0) AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN invoice_job j ON j.invoice = i.id\n"
     "LEFT JOIN invoice_line l ON l.invoice_job = j.id\n"
     "GROUP BY i.id\n"
     "HAVING i.cost <> ifnull(sum(l.cost), 0)\n"
     "LIMIT 1"},
    {"Invoice", "cost of internal work is", "its entry says", SQL_INVOICE_PAY("internal")},
    {"Invoice", "cost of warranty work is", "its entry says", SQL_INVOICE_PAY("warranty")},
    {"Invoice", "discount is", "its lines say",
     "SELECT i.id AS id, i.discount AS kept, ifnull(sum(l.discount), 0) AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN invoice_job j ON j.invoice = i.id\n"
     "LEFT JOIN invoice_line l ON l.invoice_job = j.id\n"
     "GROUP BY i.id\n"
     "HAVING i.discount <> ifnull(sum(l.discount), 0)\n"
     "LIMIT 1"},
    {"Invoice", "tax is", "its tax rows say",
     "SELECT i.id AS id, i.tax AS kept, ifnull(sum(t.amount), 0) AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN invoice_tax t ON t.invoice = i.id\n"
     "GROUP BY i.id\n"
     "HAVING i.tax <> ifnull(sum(t.amount), 0)\n"
     "LIMIT 1"},
    {"Repair order", "comes to", "its invoices to",
     "SELECT o.id AS id, o.total AS kept, ifnull(sum(i.total), 0) AS counted\n"
     "FROM repair_order o\n"
     "LEFT JOIN invoice i ON i.repair_order = o.id AND i.state = 'posted'\n"
     "WHERE o.invoice IS NOT NULL OR o.state IN ('posted', 'paid', 'receivable')\n"
     "GROUP BY o.id\n"
     "HAVING o.total <> ifnull(sum(i.total), 0) OR max(i.id = o.invoice) IS NOT 1\n"
     "       OR (o.state = 'paid') <> (sum(i.paid) = sum(i.total))\n"
     "LIMIT 1"},
    {"Job", "is on invoice", "its invoices say",
     "SELECT id, sum(kept) AS kept, sum(counted) AS counted\n"
     "FROM (SELECT id, invoice AS kept, 0 AS counted FROM job WHERE invoice IS NOT NULL\n"
     "      UNION ALL\n"
     "      SELECT j.job, 0, i.id\n"
     "      FROM invoice i JOIN invoice_job j ON j.invoice = i.id\n"
     "      WHERE i.kind = 'work' AND i.state = 'posted')\n"
     "GROUP BY id\n"
     "HAVING sum(kept) <> sum(counted)\n"
     "LIMIT 1",
     UNIT_NUMBER},
    {"Invoice", "has no invoice behind it, the next number is", "and should be",
     "SELECT i.id AS id, n.next AS kept, i.id + 1 AS counted\n"
     "FROM invoice i\n"
     "JOIN number n ON n.name = 'invoice'\n"
     "WHERE i.id + 1 <> n.next AND NOT EXISTS (SELECT 1 FROM invoice WHERE id = i.id + 1)\n"
     "LIMIT 1",
     UNIT_NUMBER},
    {"Account", "the ledger says", "the parts' stock is worth",
     "SELECT a.id AS id,\n"
     "       (SELECT ifnull(sum(debit - credit), 0) FROM account_day WHERE account = a.id) AS "
     "kept,\n"
     "       (SELECT ifnull(sum(stock_value), 0) FROM part) AS counted\n"
     "FROM account a\n"
     "WHERE a.role = 'inventory'\n"
     "AND (SELECT ifnull(sum(debit - credit), 0) FROM account_day WHERE account = a.id)\n"
     "    <> (SELECT ifnull(sum(stock_value), 0) FROM part)"},
    {"Part", "its stock is worth", "its movements say",
     "SELECT p.id AS id, p.stock_value AS kept, ifnull(sum(m.value), 0) AS counted\n"
     "FROM part p\n"
     "LEFT JOIN stock_move m ON m.part = p.id\n"
     "GROUP BY p.id\n"
     "HAVING p.stock_value <> ifnull(sum(m.value), 0)\n"
     "LIMIT 1"},
    {"Part", "on hand is", "its movements say",
     "SELECT p.id AS id, p.on_hand AS kept, ifnull(sum(m.quantity), 0) AS counted\n"
     "FROM part p\n"
     "LEFT JOIN stock_move m ON m.part = p.id\n"
     "GROUP BY p.id\n"
     "HAVING p.on_hand <> ifnull(sum(m.quantity), 0)\n"
     "LIMIT 1",
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
     "SELECT id, kept, counted\n"
     "FROM (SELECT a.id AS id,\n"
     "             (SELECT ifnull(sum(debit - credit), 0) FROM account_day\n"
     "              WHERE account = a.id) AS kept,\n"
     "             (SELECT ifnull(sum(pulled_value), 0) FROM line WHERE pulled > 0) AS counted\n"
     "      FROM account a WHERE a.role = 'work_in_process')\n"
     "WHERE kept <> counted"},
    {"Line", "pulled for it is", "its movements say",
     "SELECT l.id AS id, l.pulled_value AS kept, -ifnull(sum(m.value), 0) AS counted\n"
     "FROM line l\n"
     "LEFT JOIN stock_move m ON m.line = l.id\n"
     "WHERE l.pulled > 0\n"
     "GROUP BY l.id\n"
     "HAVING l.pulled_value <> -ifnull(sum(m.value), 0)\n"
     "LIMIT 1"},
    /* Vendors: what is owed to them, what waits for a bill, what they owe for what went back. */
    {"Vendor", "is owed", "the open bills say",
     "SELECT v.id AS id, v.owes AS kept, ifnull(sum(b.total - b.paid), 0) AS counted\n"
     "FROM vendor v\n"
     "LEFT JOIN bill b ON b.vendor = v.id AND b.paid <> b.total\n"
     "GROUP BY v.id\n"
     "HAVING v.owes <> ifnull(sum(b.total - b.paid), 0)\n"
     "LIMIT 1"},
    {"Bill", "paid", "its payments say",
     "SELECT b.id AS id, b.paid AS kept, ifnull(sum(pb.amount), 0) AS counted\n"
     "FROM bill b\n"
     "LEFT JOIN (vendor_payment_bill pb\n"
     "  JOIN vendor_payment p ON p.id = pb.vendor_payment AND p.void_reason = '')\n"
     "  ON pb.bill = b.id\n"
     "WHERE b.void_reason = ''\n"
     "GROUP BY b.id\n"
     "HAVING b.paid <> ifnull(sum(pb.amount), 0)\n"
     "LIMIT 1"},
    {"Payment to a vendor", "is", "its bills say",
     "SELECT p.id AS id, p.amount AS kept, ifnull(sum(pb.amount), 0) AS counted\n"
     "FROM vendor_payment p\n"
     "LEFT JOIN vendor_payment_bill pb ON pb.vendor_payment = p.id\n"
     "GROUP BY p.id\n"
     "HAVING p.amount <> ifnull(sum(pb.amount), 0)\n"
     "LIMIT 1"},
    {"Delivery", "is billed", "its bills say",
     "SELECT r.id AS id, r.billed AS kept, ifnull(sum(br.amount), 0) AS counted\n"
     "FROM receipt r\n"
     "LEFT JOIN (bill_receipt br JOIN bill b ON b.id = br.bill AND b.void_reason = '')\n"
     "  ON br.receipt = r.id\n"
     "GROUP BY r.id\n"
     "HAVING r.billed <> ifnull(sum(br.amount), 0)\n"
     "LIMIT 1"},
    {"Delivery", "is", "its lines say",
     "SELECT r.id AS id, r.total AS kept, ifnull(sum(k.amount + k.freight + k.core), 0) AS "
     "counted\n"
     "FROM receipt r\n"
     "LEFT JOIN receipt_line k ON k.receipt = r.id\n"
     "GROUP BY r.id\n"
     "HAVING r.total <> ifnull(sum(k.amount + k.freight + k.core), 0)\n"
     "LIMIT 1"},
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
    {"Charge for late fees", "is", "the fees on it come to",
     "SELECT i.id AS id, i.total AS kept, sum(f.amount) AS counted\n"
     "FROM late_fee f JOIN invoice i ON i.id = f.charge\n"
     "GROUP BY i.id\n"
     "HAVING i.total <> sum(f.amount)\n"
     "LIMIT 1"},
    {"Invoice", "was charged late fees", "months are",
     "SELECT f.invoice AS id, count(*) AS kept, count(DISTINCT f.period) AS counted\n"
     "FROM late_fee f JOIN invoice i ON i.id = f.charge\n"
     "WHERE i.state = 'posted'\n"
     "GROUP BY f.invoice\n"
     "HAVING count(*) <> count(DISTINCT f.period)\n"
     "LIMIT 1"},
    /* Certificates: what is left on them is what the shop owes to who brings them. */
    {"Account", "the ledger says", "what is left on certificates is",
     SQL_ACCOUNT("gift_certificate", "-",
                 "SELECT ifnull(sum(g.balance), 0)\n"
                 "FROM gift_certificate g LEFT JOIN invoice i ON i.id = g.invoice\n"
                 "WHERE i.state IS NOT 'void'")},
    {"Certificate", "has left", "its payments, credit memos and write-offs leave",
     "SELECT g.id AS id, g.balance AS kept, g.amount - ifnull(sum(b.amount), 0) AS counted\n"
     "FROM gift_certificate g\n"
     "LEFT JOIN (SELECT gift_certificate, amount FROM payment\n"
     "           WHERE gift_certificate IS NOT NULL\n"
     "           UNION ALL\n"
     "           SELECT p.gift_certificate, -r.amount\n"
     "           FROM payment p JOIN payment_return r ON r.payment = p.id AND r.method = 'gift'\n"
     "                AND r.gift_certificate IS NULL\n"
     "           WHERE p.gift_certificate IS NOT NULL\n"
     "           UNION ALL\n" SQL_TAKEN_BACK ") b ON b.gift_certificate = g.id\n"
     "GROUP BY g.id\n"
     "HAVING g.balance <> g.amount - ifnull(sum(b.amount), 0)\n"
     "LIMIT 1"},
    {"Certificate", "was taken back by", "its credit memos and write-offs say",
     "SELECT g.id AS id, g.taken_back AS kept, ifnull(sum(b.amount), 0) AS counted\n"
     "FROM gift_certificate g\n"
     "LEFT JOIN (" SQL_TAKEN_BACK ") b ON b.gift_certificate = g.id\n"
     "GROUP BY g.id\n"
     "HAVING g.taken_back <> ifnull(sum(b.amount), 0)\n"
     "LIMIT 1"},
    {"Store credit", "is for", "the refund it is",
     "SELECT g.id AS id, g.amount AS kept, r.amount AS counted\n"
     "FROM payment_return r JOIN gift_certificate g ON g.id = r.gift_certificate\n"
     "WHERE g.amount <> r.amount OR g.entry IS NOT r.entry\n"
     "LIMIT 1"},
    {"Certificate", "is", "its entry says",
     "SELECT g.id AS id, g.amount AS kept, -ifnull(sum(l.amount), 0) AS counted\n"
     "FROM gift_certificate g\n"
     "LEFT JOIN invoice i ON i.id = g.invoice\n"
     "JOIN account a ON a.role = 'gift_certificate'\n"
     "LEFT JOIN entry_line l ON l.entry = ifnull(g.entry, i.entry) AND l.account = a.id\n"
     "GROUP BY g.id\n"
     "HAVING g.amount <> -ifnull(sum(l.amount), 0)\n"
     "LIMIT 1"},
    /* The drawer: its account is what customers paid in cash, what vendors were paid in cash, what
     * was done to it, and nothing that no row says. */
    {"Drawer row", "moved it by", "its entry says",
     "SELECT m.id AS id, m.change AS kept,\n"
     "       (SELECT ifnull(sum(l.amount), 0) FROM entry_line l JOIN account a ON a.id = "
     "l.account\n"
     "        WHERE l.entry = m.entry AND a.role = 'cash') AS counted\n"
     "FROM drawer_move m\n"
     "WHERE m.change <> (SELECT ifnull(sum(l.amount), 0)\n"
     "                   FROM entry_line l JOIN account a ON a.id = l.account\n"
     "                   WHERE l.entry = m.entry AND a.role = 'cash')\n"
     "LIMIT 1"},
    {"Count of the drawer", "found", "its notes and coins come to",
     "SELECT m.id AS id, m.amount AS kept, sum(p.cents * p.pieces) AS counted\n"
     "FROM drawer_move m JOIN drawer_piece p ON p.drawer_move = m.id\n"
     "GROUP BY m.id\n"
     "HAVING m.amount <> sum(p.cents * p.pieces)\n"
     "LIMIT 1"},
    {"Payment", "in cash is", "the drawer has had",
     "SELECT p.id AS id, p.amount AS kept, ifnull(sum(l.amount), 0) AS counted\n"
     "FROM payment p\n"
     "LEFT JOIN entry_line l ON l.entry = p.entry\n"
     "  AND l.account = (SELECT id FROM account WHERE role = 'cash')\n"
     "WHERE p.method = 'cash'\n"
     "GROUP BY p.id\n"
     "HAVING p.amount <> ifnull(sum(l.amount), 0)\n"
     "LIMIT 1"},
    {"Account", "the ledger's entries of the drawer say", "the drawer's rows say",
     "SELECT id, kept, counted\n"
     "FROM (SELECT a.id AS id,\n"
     "             (SELECT ifnull(sum(l.amount), 0) FROM entry e JOIN entry_line l ON l.entry = "
     "e.id\n"
     "              WHERE e.source = 'drawer' AND l.account = a.id) AS kept,\n"
     "             (SELECT ifnull(sum(change), 0) FROM drawer_move) AS counted\n"
     "      FROM account a WHERE a.role = 'cash')\n"
     "WHERE kept <> counted"},
    {"Z report", "ended with entry", "of its days there is entry",
     "SELECT c.id AS id, c.last_entry AS kept, max(e.id) AS counted\n"
     "FROM closed_day c JOIN entry e ON e.posted_on BETWEEN c.from_on AND c.day\n"
     "GROUP BY c.id\n"
     "HAVING max(e.id) > c.last_entry\n"
     "LIMIT 1",
     UNIT_NUMBER},
    {"Bill", "of sublet work clears", "its entry says",
     "SELECT l.bill AS id, sum(l.billed) AS kept,\n"
     "       (SELECT ifnull(sum(k.amount), 0)\n"
     "        FROM bill b JOIN entry_line k ON k.entry = b.entry JOIN account a ON a.id = "
     "k.account\n"
     "        WHERE b.id = l.bill AND a.role = 'sublet_accrued') AS counted\n"
     "FROM line l\n"
     "WHERE l.bill IS NOT NULL\n"
     "GROUP BY l.bill\n"
     "HAVING kept <> counted\n"
     "LIMIT 1"},
    {"Claim", "is credited", "its credit memos say",
     "SELECT c.id AS id, c.credited AS kept, ifnull(sum(k.amount), 0) AS counted\n"
     "FROM claim c\n"
     "LEFT JOIN claim_credit k ON k.claim = c.id\n"
     "GROUP BY c.id\n"
     "HAVING c.credited <> ifnull(sum(k.amount), 0)\n"
     "LIMIT 1"},
};

static const char *show(enum unit unit, struct money value, char ret_text[NUMBER_TEXT_MAX])
{
    switch (unit) {
    case UNIT_THOUSANDTHS:
        return qty_text((struct qty){value.cents}, ret_text);
    case UNIT_NUMBER:
        snprintf(ret_text, NUMBER_TEXT_MAX, "%lld", (long long)value.cents);
        return ret_text;
    case UNIT_CENTS:
    default:
        return money_show(value, ret_text);
    }
}

static status prove(struct session *s, const struct proof *proof)
{
    struct difference found;
    char kept[NUMBER_TEXT_MAX];
    char counted[NUMBER_TEXT_MAX];

    const status result =
        store_get(s->store, proof->sql, NO_ROW, NULL, s->arena, &difference_shape, &found);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail(s, ERR_CORRUPT,
                "The books do not agree. %s %lld%s%s: %s %s, %s %s. Keep a copy of the shop's file "
                "and have it looked at before you post anything more.",
                proof->noun, (long long)found.id, found.day[0] != '\0' ? " on " : "", found.day,
                proof->kept, show(proof->unit, found.kept, kept), proof->counted,
                show(proof->unit, found.counted, counted));
}

/* Kept over many documents, whichever of them is wrong. */
static bool is_of_many(const struct proof *proof)
{
    static const char *const nouns[] = {"Account", "Customer", "Receivables", "Part", "Vendor"};

    for (size_t i = 0; i < COUNT_OF(nouns); i++)
        if (strcmp(proof->noun, nouns[i]) == 0)
            return true;
    return false;
}

static status prove_all(struct session *s, bool of_many)
{
    for (size_t i = 0; i < COUNT_OF(proofs); i++)
        if (is_of_many(&proofs[i]) == of_many)
            TRY(prove(s, &proofs[i]));
    return OK;
}

/* A document that does not agree is named before the sums that are wrong because of it. */
status ledger_prove(struct session *s)
{
    TRY(prove_all(s, false));
    return prove_all(s, true);
}
