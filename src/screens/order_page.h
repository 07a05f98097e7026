/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_ORDER_PAGE_INNER_H
#define PITLANE_SCREENS_ORDER_PAGE_INNER_H

/* What the files of the order page share. */

#include "domain/inspection.h"
#include "domain/order_input.h"
#include "screens/order_page.h"
#include "sheet.h"

/* The words of a job, a row each; a row's id is the job's times NOTE_COUNT and this. */
enum page_note {
    NOTE_CONCERN,
    NOTE_CAUSE,
    NOTE_CORRECTION,
    NOTE_REASON,
    NOTE_TEARDOWN,
    NOTE_COUNT
};

/* What a row of the page is about (sheet_row.noun). */
enum page_noun { PAGE_JOB = 1, PAGE_LINE, PAGE_DISCOUNT, PAGE_CONCERN, PAGE_DECLINED };

struct order_page {
    struct desk *desk;
    struct view *view;
    struct order_id id;
    struct loading load;   /* out: struct order */
    struct loading looked; /* out: struct inspection */
    struct arena declined; /* of declined_rows */
    struct rows declined_rows;
    bool declined_stale;
    struct arena arranged; /* of the sheet's rows */
    struct sheet sheet;
};

static inline struct order_page *page_of(struct view *view)
{
    return view->state;
}
/* NULL before the first load. */
static inline const struct order *page_order(const struct order_page *page)
{
    return page->load.out;
}
/* The order as an operation gave it back becomes the page. */
void page_take(struct order_page *page, const struct order *order);
/* Calls an operation that gives back the order, and shows it. What failed is said; when somebody
 * else was faster, what is different now. */
status page_call(struct order_page *page, const struct op *op, const void *in);
/* Loads the order again and says what somebody else changed; nothing was done. */
void page_meet_change(struct order_page *page);
/* For op_form.saved of such an operation. */
void page_saved(struct view *asker, const void *out, void *context);

/* What the cursor is on. NULL: nothing of the kind. A line's job is the job. */
const struct order_job *page_job(const struct order_page *page);
const struct order_line *page_line(const struct order_page *page);
const struct order_discount *page_discount(const struct order_page *page);
const struct declined_row *page_declined(const struct order_page *page);

/* A part still to be chosen: neither of the catalog nor priced. */
bool line_is_placeholder(const struct order_line *line);

/* order_rows.c: the order as rows of the sheet. */
void page_arrange(struct order_page *page);
/* "● in progress", "◌ waiting for parts" */
const char *order_state_text(const struct desk *desk, enum order_state state, enum hold hold,
                             struct arena *arena);
enum ink order_state_ink(enum order_state state);

/* order_head.c: what stands above and below the sheet, and beside it where there is room. */
void page_draw(struct view *view, struct area body);
const char *page_title(struct view *view, struct arena *arena);

/* A small form of the operation; `skip` names fields not asked. */
void page_form(struct order_page *page, const struct op *op, const char *title, const void *in,
               const char *focus, const char *const *skip,
               void (*saved)(struct view *asker, const void *out, void *context));
#define SKIP(...) ((const char *const[]){__VA_ARGS__, NULL})

/* order_lines.c: writing up. */
void page_add_job(struct view *view, const struct action *action);
void page_add_template(struct view *view, const struct action *action);
void page_save_template(struct view *view, const struct action *action);
void page_add_labor(struct view *view, const struct action *action);
void page_add_part(struct view *view, const struct action *action);
/* A part whose code was scanned; false when the catalog does not have it. */
bool page_scan_part(struct view *view, const char *code);
void page_add_other(struct view *view, const struct action *action);
void page_add_declined(struct view *view, const struct action *action);
void page_drop_declined(struct view *view, const struct action *action);

/* order_change.c: changing it. */
void page_edit_row(struct view *view, const struct action *action);
void page_edit_concern(struct view *view, const struct action *action);
void page_edit_head(struct view *view, const struct action *action);
void page_set_technician(struct view *view, const struct action *action);
void page_set_discount(struct view *view, const struct action *action);
void page_set_teardown(struct view *view, const struct action *action);
void page_move_job(struct view *view, const struct action *action);
void page_remove_row(struct view *view, const struct action *action);
/* order_ways.c: who pays for it or does it. */
void page_set_pay(struct view *view, const struct action *action);
void page_set_account(struct view *view, const struct action *action);
void page_set_comeback(struct view *view, const struct action *action);
void page_set_vendor(struct view *view, const struct action *action);
void page_bill_sublet(struct view *view, const struct action *action);
/* order_coupon.c */
void page_take_coupon(struct view *view, const struct action *action);
void page_remove_coupon(struct order_page *page, const struct order_discount *discount);
/* Why it does not hold, or how it goes. */
void page_say_coupon(struct order_page *page, const struct order_discount *discount);
bool coupon_lacks(const struct order *order, const struct order_discount *discount);

/* order_work.c: turning it around. */
void page_present(struct view *view, const struct action *action);
void page_authorize(struct view *view, const struct action *action);
void page_start(struct view *view, const struct action *action);
void page_finish(struct view *view, const struct action *action);
void page_reopen(struct view *view, const struct action *action);
void page_pull(struct view *view, const struct action *action);
void page_put_back(struct view *view, const struct action *action);
void page_waive_core(struct view *view, const struct action *action);
void page_check(struct view *view, const struct action *action);
void page_hold(struct view *view, const struct action *action);
bool page_has_part(const struct order *order); /* some jobs are finished, others are not */
struct invoice_id page_invoice_of(const struct order_page *page); /* 0: none */
void page_post(struct view *view, const struct action *action);
void page_post_earlier(struct view *view, const struct action *action);
void page_sell(struct view *view, const struct action *action);
void page_pay(struct view *view, const struct action *action);
void page_invoice(struct view *view, const struct action *action);
void page_print(struct view *view, const struct action *action);
void page_copy(struct view *view, const struct action *action);
void page_void(struct view *view, const struct action *action);
void page_customer(struct view *view, const struct action *action);
void page_vehicle(struct view *view, const struct action *action);
void page_history(struct view *view, const struct action *action);
void page_inspection(struct view *view, const struct action *action);
void page_explain(struct view *view, const struct action *action);

/* authorize.c: records what the customer said. */
void authorize_open(struct order_page *page);
/* Opens the order and the dialog with what a draft holds. */
void authorize_continue(struct desk *desk, const struct draft *draft);
/* order_page.c: the page, loaded; NULL when it cannot be (that is said). */
struct order_page *order_page_opened(struct desk *desk, struct order_id order);

#endif
