/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_STOCK_H
#define PITLANE_DOMAIN_STOCK_H

/* The stock ledger: quantity and value move by rows alone, and the parts inventory of the books
 * moves with them, to the cent.
 *
 * Cost is the moving average kept exact: what leaves takes round(value x quantity / on hand), the
 * last unit all that is left. Below nothing (if the shop allows it) the last cost is used; the next
 * receipt costs those again, and the difference goes to the cost of parts. A part pulled for a
 * repair order is out of inventory and in work in process until its invoice is posted. */

#include "domain/ledger.h"
#include "domain/op.h"

enum stock_kind {
    STOCK_RECEIVE,
    STOCK_ISSUE,
    STOCK_RETURN, /* back to the shelf from a job, or out to the vendor it came from */
    STOCK_ADJUST,
    STOCK_COUNT,
    STOCK_TRANSFER,
    STOCK_CORE,
    STOCK_RECOST /* no quantity: what a receipt corrects of what was sold before it came */
};
extern const struct choices stock_kind_choices;

/* One movement to make. Exactly one of the documents, or none and a reason. */
struct stock_change {
    struct part_id part;
    enum stock_kind kind;
    const char *bin;     /* NULL: the main bin; what leaves takes from others when that is empty */
    struct qty quantity; /* signed: in is positive */
    struct money value;  /* of what comes in; for adjust and count signed. What leaves by issue or
                            return is valued by the shelf: not looked at */
    struct line_id line; /* pulled for, or put back from */
    struct invoice_id invoice;
    struct receipt_id receipt;
    struct claim_id claim;
    struct stock_count_id count;
    const char *reason; /* NULL: "" */
};
/* What the ledger has to say of it. */
struct stock_effect {
    struct money moved;  /* change of the inventory account by the movement itself, signed */
    struct money recost; /* more (or less) that was sold before has cost: to part cost, and out of
                            inventory: inventory changes by moved - recost */
};

/* The one way stock moves. Writes the rows (several when it takes from several bins, and a recost),
 * never the ledger: the caller sums up the effects of its document and posts them once, in the same
 * transaction and on session_today, or uses stock_post. Refuses, naming the part: more than is on
 * hand (ERR_CONFLICT) unless the shop allows it; amounts too large. */
status stock_move(struct session *s, const struct stock_change *change,
                  struct stock_effect *ret_effect) MUST_USE;
/* stock_move and its entry: inventory and part cost against `account`. */
status stock_move_and_post(struct session *s, const struct stock_change *change,
                           enum account_role account, struct money *ret_moved) MUST_USE;
/* One entry for summed effects; `source` is a word of entry.source. Entry 0 when nothing moved. */
status stock_post(struct session *s, const struct stock_effect *sum, enum account_role account,
                  const char *source, int64_t source_id, const char *memo,
                  struct entry_id *ret_entry) MUST_USE;
/* Takes a part off the shelf for a posted invoice; its value is what the line costs. */
status stock_issue(struct session *s, struct part_id part, struct qty quantity,
                   struct invoice_id invoice, struct money *ret_value) MUST_USE;
/* Quantity and value as given, without a document: opening stock, imports. The ledger's side is the
 * caller's; nothing may be below zero before a receipt. */
status stock_put(struct session *s, struct part_id part, enum stock_kind kind, struct qty quantity,
                 struct money value, const char *reason) MUST_USE;
status stock_effect_add(struct session *s, struct stock_effect *sum,
                        const struct stock_effect *effect) MUST_USE;

/* part.adjust: sets what is on the shelf and posts the difference. */
struct part_adjust {
    struct part_id part;
    struct qty on_hand;     /* as counted, of all bins or of the one named */
    const char *in_bin;     /* "": the difference is the main bin's */
    struct money unit_cost; /* 0: what they are worth now, or the last cost */
    const char *reason;
};
/* stock.transfer */
struct stock_transfer {
    struct part_id part;
    const char *from, *to; /* bins */
    struct qty quantity;
    bool main; /* `to` is the main bin from now on */
    const char *reason;
};
/* stock.pull: a part line of an authorized job, off the shelf; stock.put-back */
struct stock_pull {
    struct line_id line;
    struct qty quantity; /* optional: all that is still to be pulled, or all that was */
    int64_t revision;    /* of the order */
};
/* stock.pull-order: every part line of the authorized jobs that is on hand. */
struct stock_pull_order {
    struct order_id order;
    int64_t revision;
};

/* stock.moves: list, newest first */
struct stock_move_list {
    struct list_query query;
    struct part_id part;
    struct day from_on, to_on;
};
struct stock_move_row {
    struct stock_move_id id;
    struct instant at;
    enum stock_kind kind;
    const char *sku, *name, *bin;
    struct qty quantity;
    struct money value;   /* right costs:view */
    const char *document; /* "invoice 20001", "RO 10001", "delivery 12", … */
    const char *reason, *user_name;
};

/* stock.as-of: what was on hand and worth at the end of a day; list by part */
struct stock_as_of {
    struct list_query query;
    struct day day; /* none: today */
};
struct stock_as_of_row {
    struct part_id id;
    const char *sku, *name;
    struct qty on_hand;
    struct money value; /* right costs:view */
};
/* stock.value: the sum of it beside the ledger's account that day */
struct stock_value {
    struct day day;
    struct money value, ledger, work_in_process;
};

/* stock.usage: what invoices took, less what credit memos took back; one row a group. COGS, margin
 * and percent: costs:view */
enum stock_usage_by { USAGE_BY_PART, USAGE_BY_INVOICE, USAGE_BY_TECHNICIAN, USAGE_BY_CATEGORY };
extern const struct choices stock_usage_by_choices;
struct stock_usage {
    struct day from_on, to_on; /* none: this month so far */
    enum stock_usage_by by;
    struct part_id part;       /* of this one only */
    const char *technician;    /* of this one only */
    struct invoice_id invoice; /* of this one only */
};
struct stock_usage_row {
    const char *key, *name; /* part number and name, invoice and customer, technician, category */
    struct qty quantity;
    struct money sales, cost, margin;
    const char *margin_percent; /* (sales - cost) / sales: "61.77"; "-" for no sales */
};
struct stock_usage_report {
    struct day from_on, to_on;
    enum stock_usage_by by;
    struct rows rows; /* of struct stock_usage_row, most sales first */
    struct qty quantity;
    struct money sales, cost, margin;
    const char *margin_percent;
    struct rows formulas; /* of struct report_formula */
};

/* stock.used: line by line, each less what was taken back of it on any day; list, newest first */
struct stock_used {
    struct list_query query;
    struct part_id part;
    const char *technician;
    struct invoice_id invoice;
    struct day from_on, to_on;
};
struct stock_used_row {
    struct line_id id;
    struct day posted_on;
    struct invoice_id invoice;
    const char *sku, *name, *technician;
    struct qty quantity, returned; /* returned: came back, and is not in quantity */
    struct money sales;
    struct money cost, margin; /* right costs:view */
};

extern const struct op part_adjust_op, stock_transfer_op;
extern const struct op stock_pull_op, stock_put_back_op,
    stock_pull_order_op; /* the order's page comes back */
extern const struct op stock_moves_op, stock_as_of_op, stock_value_op, stock_usage_op,
    stock_used_op;

#endif
