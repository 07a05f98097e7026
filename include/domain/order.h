/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ORDER_H
#define PITLANE_DOMAIN_ORDER_H

/* Repair orders: jobs, lines, the three Cs, what the customer authorized, and the state that
 * follows from them. order_id is the RO number. Files: order.c (the page), order_write.c, job.c,
 * job_add.c, line.c, discount.c, order_price.c (from rows to price_order and back), order_list.c,
 * authorization.c. What the operations take is in order_input.h.
 *
 * The totals are those of all jobs that are not declined or deferred. */

#include "domain/matrix.h"
#include "domain/op.h"
#include "domain/price.h"

enum order_state {
    ORDER_ESTIMATE,
    ORDER_APPROVED,
    ORDER_IN_PROGRESS,
    ORDER_HOLD,
    ORDER_QUALITY_CHECK,
    ORDER_COMPLETE,
    ORDER_POSTED,
    ORDER_PAID,
    ORDER_RECEIVABLE,
    ORDER_VOID,
    ORDER_STATE_COUNT
};
enum hold { HOLD_NONE, HOLD_PARTS, HOLD_CUSTOMER, HOLD_SUBLET };
enum job_state {
    JOB_DRAFT,
    JOB_PRESENTED,
    JOB_AUTHORIZED,
    JOB_DECLINED,
    JOB_DEFERRED,
    JOB_IN_PROGRESS,
    JOB_DONE
};
enum decision { DECISION_AUTHORIZED, DECISION_DECLINED, DECISION_DEFERRED };
enum authorization_method {
    METHOD_SIGNED,
    METHOD_IN_PERSON,
    METHOD_PHONE,
    METHOD_TEXT,
    METHOD_EMAIL,
    METHOD_PORTAL
};
/* Who answered, and whether the replaced parts are wanted back. */
enum answered_by { ANSWERED_BY_CUSTOMER, ANSWERED_BY_DESIGNATED };
enum parts_back { PARTS_NOT_ASKED, PARTS_NOT_WANTED, PARTS_WANTED };
extern const struct choices answered_by_choices, parts_back_choices;
/* With marks for the board: ○ estimate, ◐ approved, ● in progress, ◌ hold … and ASCII twins. */
extern const struct choices order_state_choices, hold_choices, job_state_choices, decision_choices,
    authorization_method_choices;

struct order_line {
    struct line_id id;
    struct job_id job;
    enum line_kind kind;
    const char *description;
    struct part_id part;
    const char *sku, *condition, *bin; /* the main one */
    struct user_id technician;
    const char *technician_name;
    struct rate_class_id rate_class;
    bool clocked;
    struct qty quantity;
    struct money price;
    struct money cost; /* a unit; right costs:view */
    bool taxable;
    struct rate discount_ppm;
    struct money discount_amount;
    struct money gross, discount, net;
    struct qty committed;      /* still to be taken off the shelf for authorized work */
    struct qty pulled;         /* off the shelf, not yet invoiced */
    struct money pulled_value; /* right costs:view */
    bool waived;               /* a core that is not charged */
    bool is_tire;
    const char *dot;            /* tires: identification numbers */
    enum price_rule price_rule; /* of labor and catalog parts: what the price came from */
    const char *price_why;      /* the figures of it then; right costs:view */
    bool menu;                  /* came with a menu-priced canned job */
    struct money menu_amount;   /* of menu-priced labor; NUMBER_NONE: quantity times price */
    struct money list_price;    /* without a price given by hand; NUMBER_NONE: nothing says so */
    const char *price_reason;   /* why it is sold for less than may be done without saying why */
    const char *reason_by;      /* who said so */
    struct money total_cost;    /* round(quantity x cost), 0 when waived; right costs:view */
    struct money profit;        /* net - total_cost; right costs:view */
    struct vendor_id vendor;    /* sublet work, and what is bought for the job: sublet.h */
    const char *vendor_name, *vendor_invoice;
    struct day vendor_due_on, vendor_back_on;
    struct bill_id bill;
};
struct order_discount {
    struct discount_id id;
    struct job_id job; /* 0: the whole order */
    struct rate percent;
    struct money amount;
    enum discount_on applies_to;
    const char *reason;
    struct money used, used_on; /* of the whole order: what invoices have had of it, and of what */
    struct coupon_id coupon;    /* it was taken with */
    const char *coupon_code;    /* "" none */
    struct money taken;         /* of the whole order: what it takes off as things stand */
};
struct order_job {
    struct job_id id;
    int64_t position; /* from 1: "job 3" */
    const char *title, *concern, *cause, *correction;
    enum job_state state;
    enum job_pay pay; /* not the customer: its lines come to 0 */
    const char *pay_reason;
    struct job_id comeback_of; /* an invoiced job that it does again … */
    struct order_id comeback_order;
    const char *comeback_technician; /* … and who did it then */
    bool needs_authorization;
    struct user_id technician;
    const char *technician_name;
    struct rate_class_id rate_class; /* of its labor, where no line says */
    struct money menu_price; /* what its menu lines come to together; NUMBER_NONE: no menu price */
    struct money authorized, amount;
    const char *reason;
    bool safety;
    struct day decided_on;     /* declined or deferred */
    bool carried;              /* declined or deferred, and taken up on a later order */
    struct rows lines;         /* of struct order_line */
    struct money cost, profit; /* of its lines; right costs:view */
    struct invoice_id invoice; /* the one it is on */
};
struct order_authorization {
    struct authorization_id id;
    struct instant at;
    enum authorization_method method;
    const char *person, *contacted, *staff_name;
    struct money added, total;
    const char *code, *note;
    enum answered_by answered_by;
    enum parts_back parts_back;
    int64_t terms, consent; /* versions of the texts then; 0: there was none */
    const char *signature;  /* drawn: strokes "x,y x,y;x,y" in thousandths; "" */
};
/* A job that takes something apart to find out what it needs: what the customer is told before. */
struct order_teardown {
    struct job_id job;
    struct money reassembly, parts; /* if the repair is declined; what taking apart destroys */
    int64_t days;                   /* it is together again within */
    bool restorable;                /* no: it may not go back as it was */
};
struct order_tax {
    const char *name;
    struct rate rate;
    struct money base, amount;
};

/* The whole page. */
/* How an order is to be paid; ACCOUNT_BEYOND: although the customer is on hold or at the limit. */
enum order_account { ACCOUNT_TERMS, ACCOUNT_AT_ONCE, ACCOUNT_BEYOND };
extern const struct choices order_account_choices;

struct order {
    struct order_id id;
    struct customer_id customer;
    const char *customer_name, *customer_phone, *customer_email, *bill_to;
    struct vehicle_id vehicle;
    const char *vehicle_name, *vin, *plate, *plate_state, *color;
    bool counter_sale; /* parts over the counter: no vehicle, one job */
    enum order_state state;
    enum hold hold;          /* as somebody has set it */
    int64_t waits_for;       /* lines whose parts are ordered and not here: state hold by itself */
    struct day parts_due_on; /* of the last of them */
    struct user_id writer;
    const char *writer_name;
    struct instant opened_at, promised_at;
    int64_t odometer_in_mi; /* NUMBER_NONE: not read */
    const char *key_tag, *po_number, *customer_note, *internal_note;
    struct rows jobs;           /* of struct order_job */
    struct rows discounts;      /* of struct order_discount: job and order level */
    struct rows authorizations; /* of struct order_authorization, oldest first */
    struct rows teardowns;      /* of struct order_teardown, in the order of jobs */
    struct rows taxes;          /* of struct order_tax */
    struct money labor, parts, sublet, fees, supplies, discount, tax, total;
    struct money cost, profit; /* right costs:view */
    struct money authorized;
    struct money paid;         /* on its invoices */
    struct invoice_id invoice; /* the last one: nothing is left to be invoiced */
    int64_t declined;          /* open declined or deferred jobs of this vehicle on other orders */
    const char *warning; /* what the counter should know: a hold, a limit used up, what is overdue,
                            an exemption that has ended, no vehicle named; "" none */
    enum order_account account;
    const char *account_reason;
    int64_t revision;
};
extern const struct shape order_shape, order_job_shape, order_line_shape, order_discount_shape,
    order_authorization_shape, order_tax_shape, order_teardown_shape;

struct order_row {
    struct order_id id;
    enum order_state state;
    enum hold hold;
    const char *customer_name, *vehicle_name, *plate, *key_tag, *writer_name;
    struct instant opened_at, promised_at;
    struct money total, authorized;
    struct day parts_due_on; /* where parts are ordered and not here */
    /* What holds it: jobs without an answer or a technician, lines whose parts are ordered, the
     * vendor of sublet work that is out; and all of that in words. */
    int64_t to_answer, to_assign, parts_open, sublets_out;
    const char *sublet_name;
    struct day sublet_due_on;
    const char *waits; /* "2 answers, parts 26 Nov", "quality check"; "" once invoiced */
    bool late;         /* promised before now, and not ready */
};

/* A declined or deferred job of an earlier visit. */
struct declined_row {
    struct job_id job;
    struct order_id order;
    const char *title, *reason;
    enum job_state state;
    struct day decided_on;
    int64_t odometer_mi;
    struct money amount; /* then */
    bool safety;
    struct day deferred_until_on;
    int64_t deferred_until_mi;
};

/* What the customer said last about the replaced parts. */
enum parts_back order_parts_back(const struct order *order);
/* The notice of a job's teardown, as it is printed and read out; "" for a job without one. */
const char *order_teardown_text(struct session *s, const struct order *order, struct job_id job);
/* What a line lacks of what it should earn: selling it so wants the right prices:below-floor. A
 * price that a matrix or a contract of the shop makes lacks nothing. */
enum shortfall { SHORT_OF_NOTHING, SHORT_OF_FLOOR, SHORT_OF_COST, COST_UNKNOWN };
enum shortfall order_line_shortfall(const struct order_line *line, struct rate floor);

status order_get(struct session *s, struct order_id id,
                 struct order *ret) MUST_USE; /* the whole page */
/* Prices the stored rows again, writes gross/discount/net, totals and the derived state, and bumps
 * the revision. Every writing operation of an order ends with it. `revision`: what the writer had
 * read (0: does not care); another one is ERR_STALE. */
status order_settle(struct session *s, struct order_id id, int64_t revision) MUST_USE;
/* May so much of an order, in all, be owed? What is paid at once, or was let go beyond a limit,
 * may; else the customer's hold and limit decide (customer_may_owe): `with_others` with what is
 * agreed on other orders and less what is invoiced of this one. */
status order_may_be_owed(struct session *s, struct order_id order, struct customer_id customer,
                         struct money more, bool with_others) MUST_USE;
/* The page as settling today would leave it: settles only where taxes, supplies or an exemption
 * have changed since. Refuses what order_settle refuses: another revision, an order that is
 * invoiced or void, an archived customer. */
status order_get_settled(struct session *s, struct order_id id, int64_t revision,
                         struct order *ret) MUST_USE;

/* Operations. Every one that changes an order takes `order` (or a job or line of it) and an
 * optional `revision`, and returns struct order, so that a screen has its new page at once. */
extern const struct op
    order_search_op; /* list of order_row; filters: open (bool), state, customer, vehicle */
extern const struct op
    order_today_op; /* the counter's strip: in_shop, to_approve, promised, late, ready */
extern const struct op order_show_op;
extern const struct op order_overrides_op; /* lines with a reason for their price, newest first */
extern const struct op order_start_op;     /* estimate.start: customer, vehicle, odometer_mi,
                                              odometer_reason, concern, promised_at, key_tag */
extern const struct op order_edit_op; /* order.edit: promised_at, key_tag, notes, po_number, writer,
                                         hold, odometer_mi */
extern const struct op order_account_op;  /* order.account: how it is paid, with the reason */
extern const struct op order_void_op;     /* order, reason: before posting only */
extern const struct op job_add_op;        /* estimate.add-job: order, title, concern, technician */
extern const struct op job_add_canned_op; /* estimate.add-canned: order, canned_job (id or code) */
extern const struct op
    job_add_declined_op;                /* estimate.add-declined: order, job: at today's price */
extern const struct op job_edit_op;     /* estimate.edit-job: title, three Cs, technician, safety */
extern const struct op job_earlier_op;  /* job.earlier: list of job_earlier_row of a vehicle */
extern const struct op job_comeback_op; /* job.comeback: job, of, pay */
extern const struct op order_copy_op;   /* order.copy: order, vehicle */
extern const struct op job_pay_op;      /* job.pay: who pays for a job, with the reason */
extern const struct op job_remove_op, job_move_op; /* estimate.remove-job, move-job */
extern const struct op line_add_labor_op, line_add_part_op,
    line_add_other_op;                               /* estimate.add-labor, add-part, add-line */
extern const struct op line_edit_op, line_remove_op; /* estimate.edit-line, remove-line */
extern const struct op job_show_op,
    line_show_op; /* estimate.show-job, show-line: fill the forms of edit-job and edit-line */
extern const struct op discount_set_op, discount_remove_op; /* estimate.discount, remove-discount */
extern const struct op order_present_op;   /* estimate.present: drafts become presented */
extern const struct op order_authorize_op; /* estimate.authorize: order, jobs (rows: job, decision,
                                              reason, until…) or all; method, person, contacted */
extern const struct op job_teardown_op, job_no_teardown_op; /* estimate.teardown, no-teardown */
extern const struct op order_preview_op; /* estimate.preview: what that would come to */
extern const struct op job_start_op, job_done_op,
    job_reopen_op;                           /* job.start, job.done, job.reopen */
extern const struct op job_drop_declined_op; /* job.not-needed */
extern const struct op counter_sale_op;      /* order.counter-sale: customer, sku, parts */
extern const struct op order_sell_op;        /* order.sell: its struct invoice comes back */
extern const struct op order_check_op;       /* order.check: quality check passed: complete */

#endif
