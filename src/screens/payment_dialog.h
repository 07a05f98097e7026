/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PAYMENT_DIALOG_H
#define PITLANE_SCREENS_PAYMENT_DIALOG_H

/* What the files of the payment dialog share. */

#include "domain/invoice.h"
#include "payment_sum.h"
#include "screens/order_page.h"

#define DETAILS_MAX 3

/* One tender being typed. Field 0 is how it is paid, 1 the amount, 2 and up its details. */
struct tender_row {
    bool credit;
    bool chosen; /* how it is paid is known */
    bool edited; /* the amount was typed: it no longer follows what is left */
    enum payment_method method;
    struct editor amount;
    struct editor details[DETAILS_MAX];
};

/* What the dialog was opened after: it says how the invoice is left unpaid. */
enum paying_after {
    PAYING_LATER,  /* an invoice that has been there */
    PAYING_POSTED, /* it was made a moment ago */
    PAYING_SALE    /* the same, and the customer stands there with the goods */
};

struct payment_state {
    struct desk *desk;
    struct invoice_id invoice;
    struct money total, already; /* already: paid before */
    struct money due;
    struct money credit; /* what the customer has on account */
    struct day posted_on, due_on;
    const char *who; /* owes it */
    enum paying_after after;
    struct tender_row rows[TENDERS_MAX];
    size_t count;
    size_t current;
    size_t field;
    struct tendered tendered[TENDERS_MAX];
    struct tender_sum sum;
    bool wrong[TENDERS_MAX]; /* the amount is no amount */
    bool taken;              /* or thrown away: nothing is left to keep */
    struct desk_draft draft;
    void (*paid)(struct view *asker);
};

struct detail {
    const char *label;
    int cells;
    size_t max;
    const char *field; /* of struct tender */
};
/* The details of a tender, in order; NULL behind the last. */
const struct detail *tender_detail(const struct tender_row *row, size_t index);
const char *tender_word(const struct tender_row *row);
/* True when this tender's amount is none: that is said, and the cursor is there. */
bool payment_refuse_amount(struct view *view, size_t index);
/* Reads the amounts, lets the untouched one follow what is left, and adds up. */
void payment_recount(struct payment_state *state);
/* One more tender, the cursor on it. */
struct tender_row *payment_add_row(struct payment_state *state);
/* payment_draft.c: the rows as a draft, for view_type.keep; what it holds, false when it cannot be
 * read, which is said. */
status payment_keep(struct view *view, struct fault *fault) MUST_USE;
bool payment_fill(struct payment_state *state, const struct draft *draft);
/* payment_taking.c: taking them; dropping the draft. */
void payment_press_take(struct view *view, const struct action *action);
void payment_forget(struct view *view);
/* payment_leave.c */
bool payment_is_dirty(struct view *view);
bool payment_leaves(struct view *view);
/* Opens the dialog with what a draft holds. */
void payment_dialog_continue(struct desk *desk, const struct draft *draft);
void payment_draw(struct view *view, struct area body);

#endif
