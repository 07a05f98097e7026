/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is kept of single documents against the rows they are made of. */

#include "ledger_prove.h"

#include "base/status.h"
#include "invoice_inner.h"

/* What an entry moved an account by. */
#define SQL_ON_ACCOUNT(entry_, role_)                                                              \
    "(SELECT ifnull(sum(k.amount), 0) FROM entry_line k JOIN account a ON a.id = k.account\n"      \
    " WHERE k.entry = " entry_ " AND a.role = '" role_ "')"

/* A figure of invoices against that of their lines. */
#define SQL_INVOICE_LINES(kept_, counted_, which_)                                                 \
    SQL_FIRST_GROUP("i.id", "i." kept_, "ifnull(sum(l." counted_ "), 0)",                          \
                    "FROM invoice i\n"                                                             \
                    "LEFT JOIN invoice_job j ON j.invoice = i.id\n"                                \
                    "LEFT JOIN invoice_line l ON l.invoice_job = j.id" which_ "\n")
#define SQL_INVOICE_CLASS(total_, kinds_)                                                          \
    SQL_INVOICE_LINES(total_, "net", " AND l.kind IN (" kinds_ ")")

/* What jobs cost that the customer does not pay for, against what was booked for them. Hours reach
 * the books through payroll. */
#define SQL_INVOICE_PAY(pay_)                                                                      \
    SQL_FIRST_GROUP(                                                                               \
        "i.id", "sum(ifnull(l.cost, 0))", SQL_ON_ACCOUNT("i.entry", pay_ "_cost"),                 \
        "FROM invoice i\n"                                                                         \
        "LEFT JOIN invoice_job j ON j.invoice = i.id AND j.pay = '" pay_ "'\n"                     \
        "LEFT JOIN invoice_line l ON l.invoice_job = j.id AND l.kind NOT IN ('labor', 'core')\n")

/* The last number given, and the next one. */
#define SQL_NO_GAP(table_)                                                                         \
    "SELECT d.id AS id, n.next AS kept, d.id + 1 AS counted\n"                                     \
    "FROM " table_ " d JOIN number n ON n.name = '" table_ "'\n"                                   \
    "WHERE d.id + 1 <> n.next AND NOT EXISTS (SELECT 1 FROM " table_ " WHERE id = d.id + 1)\n"     \
    "LIMIT 1"

/* What credit memos and write-offs of its invoice took off a certificate. */
#define SQL_TAKEN_BACK                                                                             \
    "SELECT s.id AS gift_certificate, m.total AS amount\n"                                         \
    "FROM gift_certificate s JOIN credit_memo m ON m.invoice = s.invoice\n"                        \
    "UNION ALL\n"                                                                                  \
    "SELECT s.id, w.certificate\n"                                                                 \
    "FROM gift_certificate s JOIN invoice_write_off w ON w.invoice = s.invoice\n"

static const struct proof proofs[] = {
    {"Ledger entry", "posted", "the sum of its lines is",
     "SELECT e.id AS id, 0 AS kept, ifnull(sum(l.amount), 0) AS counted\n"
     "FROM entry e\n"
     "LEFT JOIN entry_line l ON l.entry = e.id\n"
     "GROUP BY e.id\n"
     "HAVING count(l.entry) < 2 OR sum(l.amount) <> 0 OR e.posted = 0\n"
     "LIMIT 1"},
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
     SQL_FIRST_GROUP("r.id", "r.amount + r.fee", "-sum(l.amount)",
                     "FROM payment_return r\n"
                     "JOIN entry_line l ON l.entry = r.entry AND l.amount < 0\n")},
    {"Payment", "is", "its entry says",
     SQL_FIRST("p.id", "p.amount",
               "(SELECT ifnull(sum(l.amount), 0) FROM entry_line l\n"
               " WHERE l.entry = p.entry AND l.amount > 0)",
               "FROM payment p\n")},
    {"Invoice", "paid", "its payments are",
     SQL_FIRST_GROUP("i.id", "i.paid", "ifnull(sum(a.amount), 0)",
                     "FROM invoice i\n"
                     "LEFT JOIN (" SQL_SETTLED ") a ON a.invoice = i.id\n")},
    {"Write-off of an invoice", "is", "its entry says",
     SQL_FIRST_GROUP("w.id", "w.amount - w.certificate", "ifnull(sum(l.amount), 0)",
                     "FROM invoice_write_off w\n"
                     "JOIN account a ON a.role = 'bad_debt'\n"
                     "LEFT JOIN entry_line l ON l.entry = w.entry AND l.account = a.id\n")},
    {"Invoice", "is", "its entry says",
     SQL_FIRST("i.id", "i.total", SQL_ON_ACCOUNT("i.entry", "receivable"), "FROM invoice i\n")},
    {"Invoice", "is void, what is paid or still posted of it is", "and should be",
     "SELECT i.id AS id, i.paid + i.total AS kept, 0 AS counted\n"
     "FROM invoice i\n"
     "LEFT JOIN entry e ON e.reverses = i.entry\n"
     "WHERE i.state = 'void' AND (i.paid <> 0 OR (i.entry IS NOT NULL AND e.id IS NULL))\n"
     "LIMIT 1"},
    {"Credit memo", "is", "its entry says",
     SQL_FIRST("m.id", "m.total", "-" SQL_ON_ACCOUNT("m.entry", "receivable"),
               "FROM credit_memo m\n")},
    {"Credit memo", "is", "its lines, supplies and taxes are",
     SQL_FIRST("m.id", "m.total",
               "m.supplies\n"
               "  + (SELECT ifnull(sum(net), 0) FROM credit_line WHERE credit_memo = m.id)\n"
               "  + (SELECT ifnull(sum(amount), 0) FROM credit_tax WHERE credit_memo = m.id)",
               "FROM credit_memo m\n")},
    {"Credit memo", "leaves the customer", "its payment is",
     SQL_FIRST("m.id", "m.total - m.applied", "ifnull(p.amount, 0)",
               "FROM credit_memo m LEFT JOIN payment p ON p.id = m.payment\n")},
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
     SQL_NO_GAP("credit_memo"), UNIT_NUMBER},
    {"Invoice", "labor is", "its lines say", SQL_INVOICE_CLASS("labor", "'labor'")},
    {"Invoice", "parts are", "its lines say", SQL_INVOICE_CLASS("parts", "'part'")},
    {"Invoice", "sublet is", "its lines say", SQL_INVOICE_CLASS("sublet", "'sublet'")},
    {"Invoice", "fees are", "its lines say",
     SQL_INVOICE_CLASS("fees", "'core', 'fee', 'hazmat', 'tire_fee'")},
    {"Invoice", "cost is", "its lines say", SQL_INVOICE_LINES("cost", "cost", "")},
    {"Invoice", "cost of internal work is", "its entry says", SQL_INVOICE_PAY("internal")},
    {"Invoice", "cost of warranty work is", "its entry says", SQL_INVOICE_PAY("warranty")},
    {"Invoice", "discount is", "its lines say", SQL_INVOICE_LINES("discount", "discount", "")},
    {"Invoice", "tax is", "its tax rows say",
     SQL_FIRST_GROUP("i.id", "i.tax", "ifnull(sum(t.amount), 0)",
                     "FROM invoice i\n"
                     "LEFT JOIN invoice_tax t ON t.invoice = i.id\n")},
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
     SQL_NO_GAP("invoice"), UNIT_NUMBER},
    {"Line", "pulled for it is", "its movements say",
     SQL_FIRST_GROUP("l.id", "l.pulled_value", "-ifnull(sum(m.value), 0)",
                     "FROM line l\n"
                     "LEFT JOIN stock_move m ON m.line = l.id\n"
                     "WHERE l.pulled > 0\n")},
    {"Bill", "paid", "its payments say",
     SQL_FIRST_GROUP("b.id", "b.paid", "ifnull(sum(pb.amount), 0)",
                     "FROM bill b\n"
                     "LEFT JOIN (vendor_payment_bill pb\n"
                     "  JOIN vendor_payment p ON p.id = pb.vendor_payment AND p.void_reason = '')\n"
                     "  ON pb.bill = b.id\n"
                     "WHERE b.void_reason = ''\n")},
    {"Payment to a vendor", "is", "its bills say",
     SQL_FIRST_GROUP("p.id", "p.amount", "ifnull(sum(pb.amount), 0)",
                     "FROM vendor_payment p\n"
                     "LEFT JOIN vendor_payment_bill pb ON pb.vendor_payment = p.id\n")},
    {"Delivery", "is billed", "its bills say",
     SQL_FIRST_GROUP(
         "r.id", "r.billed", "ifnull(sum(br.amount), 0)",
         "FROM receipt r\n"
         "LEFT JOIN (bill_receipt br JOIN bill b ON b.id = br.bill AND b.void_reason = '')\n"
         "  ON br.receipt = r.id\n")},
    {"Delivery", "is", "its lines say",
     SQL_FIRST_GROUP("r.id", "r.total", "ifnull(sum(k.amount + k.freight + k.core), 0)",
                     "FROM receipt r\n"
                     "LEFT JOIN receipt_line k ON k.receipt = r.id\n")},
    {"Charge for late fees", "is", "the fees on it come to",
     SQL_FIRST_GROUP("i.id", "i.total", "sum(f.amount)",
                     "FROM late_fee f JOIN invoice i ON i.id = f.charge\n")},
    {"Invoice", "was charged late fees", "months are",
     SQL_FIRST_GROUP("f.invoice", "count(*)", "count(DISTINCT f.period)",
                     "FROM late_fee f JOIN invoice i ON i.id = f.charge\n"
                     "WHERE i.state = 'posted'\n")},
    {"Certificate", "has left", "its payments, credit memos and write-offs leave",
     SQL_FIRST_GROUP("g.id", "g.balance", "g.amount - ifnull(sum(b.amount), 0)",
                     "FROM gift_certificate g\n"
                     "LEFT JOIN (SELECT gift_certificate, amount FROM payment\n"
                     "           WHERE gift_certificate IS NOT NULL\n"
                     "           UNION ALL\n"
                     "           SELECT p.gift_certificate, -r.amount\n"
                     "           FROM payment p JOIN payment_return r ON r.payment = p.id\n"
                     "           AND r.method = 'gift' AND r.gift_certificate IS NULL\n"
                     "           WHERE p.gift_certificate IS NOT NULL\n"
                     "           UNION ALL\n" SQL_TAKEN_BACK ") b ON b.gift_certificate = g.id\n")},
    {"Certificate", "was taken back by", "its credit memos and write-offs say",
     SQL_FIRST_GROUP("g.id", "g.taken_back", "ifnull(sum(b.amount), 0)",
                     "FROM gift_certificate g\n"
                     "LEFT JOIN (" SQL_TAKEN_BACK ") b ON b.gift_certificate = g.id\n")},
    {"Store credit", "is for", "the refund it is",
     "SELECT g.id AS id, g.amount AS kept, r.amount AS counted\n"
     "FROM payment_return r JOIN gift_certificate g ON g.id = r.gift_certificate\n"
     "WHERE g.amount <> r.amount OR g.entry IS NOT r.entry\n"
     "LIMIT 1"},
    {"Certificate", "is", "its entry says",
     SQL_FIRST_GROUP(
         "g.id", "g.amount", "-ifnull(sum(l.amount), 0)",
         "FROM gift_certificate g\n"
         "LEFT JOIN invoice i ON i.id = g.invoice\n"
         "JOIN account a ON a.role = 'gift_certificate'\n"
         "LEFT JOIN entry_line l ON l.entry = ifnull(g.entry, i.entry) AND l.account = a.id\n")},
    /* The drawer: its account is what customers paid in cash, what vendors were paid in cash, what
     * was done to it, and nothing that no row says. */
    {"Drawer row", "moved it by", "its entry says",
     SQL_FIRST("m.id", "m.change", SQL_ON_ACCOUNT("m.entry", "cash"), "FROM drawer_move m\n")},
    {"Count of the drawer", "found", "its notes and coins come to",
     SQL_FIRST_GROUP("m.id", "m.amount", "sum(p.cents * p.pieces)",
                     "FROM drawer_move m JOIN drawer_piece p ON p.drawer_move = m.id\n")},
    {"Payment", "in cash is", "the drawer has had",
     SQL_FIRST_GROUP("p.id", "p.amount", "ifnull(sum(l.amount), 0)",
                     "FROM payment p\n"
                     "LEFT JOIN entry_line l ON l.entry = p.entry\n"
                     "  AND l.account = (SELECT id FROM account WHERE role = 'cash')\n"
                     "WHERE p.method = 'cash'\n")},
    {"Z report", "ended with entry", "of its days there is entry",
     "SELECT c.id AS id, c.last_entry AS kept, max(e.id) AS counted\n"
     "FROM closed_day c JOIN entry e ON e.posted_on BETWEEN c.from_on AND c.day\n"
     "GROUP BY c.id\n"
     "HAVING max(e.id) > c.last_entry\n"
     "LIMIT 1",
     UNIT_NUMBER},
    {"Bill", "of sublet work clears", "its entry says",
     SQL_FIRST_GROUP("b.id", "sum(l.billed)", SQL_ON_ACCOUNT("b.entry", "sublet_accrued"),
                     "FROM line l JOIN bill b ON b.id = l.bill\n")},
    {"Claim", "is credited", "its credit memos say",
     SQL_FIRST_GROUP("c.id", "c.credited", "ifnull(sum(k.amount), 0)",
                     "FROM claim c\n"
                     "LEFT JOIN claim_credit k ON k.claim = c.id\n")},
};
const struct proofs ledger_document_proofs = {proofs, COUNT_OF(proofs)};
