/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_INNER_H
#define PITLANE_SCREENS_INNER_H

/* What the files of this folder share. */

#include "domain/ids.h"
#include "domain/user.h"
#include "screens/desk.h"
#include "ui/pages.h"

/* --- Operations by their parts (op_shape.c) --- */

#define NOUN_MAX 40
/* "labor-rate.edit" → "labor_rate" */
const char *noun_of_op(const struct op *op, char ret_noun[NOUN_MAX]);
/* Have records of this noun a screen? */
bool desk_shows(const char *noun);
/* The operation that shows one record of a noun; NULL when there is none. */
const struct op *noun_show_op(const char *noun);
/* The input's field that says which record it is about; NULL for none. */
const struct field *op_key_field(const struct op *op);
/* The id of a row: its field "id", or the first id; 0 for none. */
int64_t row_id(const struct shape *shape, const void *row);
/* What a row is called: its name, title, code or first text; "" for none. */
const char *row_name(const struct shape *shape, const void *row);
/* The same with its number, where the name alone is another record's too. */
const char *row_words(const struct shape *shape, const void *row, struct arena *arena);
/* What a record is called, asked from its show operation; NULL when it cannot be seen. */
const char *record_name(struct desk *desk, const char *noun, int64_t id, struct arena *arena);
/* Is there anything in the input, beside what is given, that a person would be asked? */
bool op_asks(const struct op *op, const void *in, const struct right_set *rights);
/* The row's cells as one line, for questions: "1001 · Delgado, Maria". */
const char *subject_text(const struct subject *subject, struct arena *arena);

/* --- Lists (op_list.c) --- */

/* A list written as a table. Everything but `op` may be left out: columns come from the row's shape
 * then. */
struct list_filter {
    const char *label;
    const char *field; /* of the input; NULL: nothing is limited */
    const char *value; /* as a person would type it */
};
struct list_screen {
    const char *op; /* "customer.search" */
    const char *title;
    const char *noun; /* of a row; NULL: the operation's */
    const struct column *columns;
    size_t column_count;
    const struct list_filter *filters;
    size_t filter_count;
    const struct action *actions;
    size_t action_count;
    bool asks; /* f asks for the fields of the operation's input to limit it by */
    const char *empty;
    bool newest_first; /* begin with the last */
    const char *sort;  /* the sort to begin with */
    const char *(*cell)(void *context, const void *row, const char *column, struct arena *scratch,
                        enum ink *ink);
    const char *(*group)(void *context, const void *row, struct arena *scratch);
};
/* The module's own tables, one file each: lists.def names them. */
#define LIST(name) extern const struct list_screen name##_list_screen;
#include "lists.def"
#undef LIST
/* NULL when the list has no table. */
const struct list_screen *list_screen_of(const struct op *op);
/* The table whose rows are this noun's; NULL for none. */
const struct list_screen *list_screen_of_noun(const char *noun);
void list_screen_open(struct desk *desk, const struct op *op, const struct subject *subject);
/* The same with an input to begin with, of op->in (copied). */
void list_screen_open_with(struct desk *desk, const struct op *op, const void *in,
                           const char *title);
void report_open(struct desk *desk);
/* Who owes how much and since when (receivable.c). */
void receivable_open(struct desk *desk);
/* What the rows of a list are: the table's word, or the operation's own noun; "" when unknown. */
const char *noun_of_rows(const struct op *op, const struct list_screen *screen,
                         char ret_noun[NOUN_MAX]);
bool list_screen_subject(struct view *view, struct subject *ret_subject);

/* A source of rows for a rowlist: any list operation, limited by a subject. */
struct op_source {
    struct desk *desk;
    const struct op *op;
    void *in; /* the input to begin with */
    const struct list_filter *filters;
    size_t filter_count;
    bool newest_first;
    const char *sort;
};
/* What the operation is asked for a page. */
status op_source_input(const struct op_source *source, const struct row_query *query,
                       struct arena *arena, void **ret_in, struct fault *fault);
status op_source_load(void *context, const struct row_query *query, struct arena *arena,
                      struct row_page *ret_page, struct fault *fault);
/* A rowlist's type for a list operation, in the arena. */
struct rowlist_type *op_list_type(const struct op *op, struct arena *arena);

/* Asks for a file, then writes every row of the present search, filter and order to it
 * (list_export.c). Both live as long as the view. */
void list_export_ask(struct view *view, struct op_source *source, const struct rowlist *list);

/* --- Records (op_record.c) --- */

void record_screen_open(struct desk *desk, const struct op *op, const void *in);
/* A whole record as lines of text: labels and values, rows inside as tables, long values broken. */
void record_write(struct buf *out, const struct shape *shape, const void *row,
                  const struct right_set *rights, size_t width);
/* A line of that: its label, then its value. */
void record_draw_line(struct area row, const char *line, size_t length);
bool record_screen_subject(struct view *view, struct subject *ret_subject);

/* --- Where figures come from (explain.c) --- */

/* What an operation that explains has to say; `figure` (NULL: the first) is where the cursor
 * begins. `in` is copied. */
void explain_open(struct desk *desk, const struct op *op, const void *in, const char *figure);

/* --- Sign-in, lock, drafts, palette --- */

/* The way in, over everything: at a kiosk its door, else name and password. */
void sign_in_cover(struct desk *desk, bool locked);
/* Name and password, also at a kiosk: over its door. */
void password_cover(struct desk *desk, bool locked);
/* Has it the shape of a badge's code? */
bool badge_is_code(const char *text);
/* Reads the settings again, their zone, lock and banner. */
status desk_read_shop(struct desk *desk);
/* Ends the session; its person's tasks and drafts are not touched. */
void desk_sign_out(struct desk *desk);
/* Puts up a banner when the machine's clock was found moved. */
void desk_tell_clock(struct desk *desk);
/* Puts up a banner while the reserve on the disk is used up, and takes it away. */
void desk_tell_disk(struct desk *desk, bool full);
/* Whoever has just shown who he is takes the desk over. `goes_on`: it is the one whose tasks stand
 * under the lock; else they are ended. */
void desk_let_in(struct desk *desk, const struct signed_in *who, bool goes_on);
/* Says why nobody is let in; a wait is counted down by sign_in_tick, asked every second. */
void sign_in_refused(struct desk *desk, const struct fault *fault);
void sign_in_tick(struct desk *desk);
/* The password again for what is to be done ("Add a user"), then the person's last deed is done
 * once more. */
void confirm_open(struct desk *desk, const char *what);
/* Opens what is due first; when nothing is, the cover goes. */
void first_steps_go(struct desk *desk);
/* Was the step that is due left without being done? Then it is due no more: sign out. */
bool first_steps_given_up(struct desk *desk);
/* Sets the second factor up (factor.c); `done` (NULL: nothing) once its codes are on paper. */
void factor_screen_open(struct desk *desk, void (*done)(struct desk *desk));
void factor_form_open(struct desk *desk);
/* New recovery codes, shown once. */
void factor_codes_open(struct desk *desk);
/* Makes the session that of the tokens' holder (desk_session.c). */
status desk_resume(struct desk *desk, const char *access, const char *refresh);
/* Renews the tokens when the access token is about to run out; ERR_SIGN_IN when the session is
 * over. Only on the way to an operation, so that nothing happens while nobody does anything. */
status desk_renew(struct desk *desk);
/* Would the next operation renew them? */
bool desk_is_dormant(const struct desk *desk);
/* The time without a key after which this kind of terminal locks. */
void desk_fit_lock(struct desk *desk);
/* Reads the settings again if somebody has changed them. */
void desk_follow_settings(struct desk *desk);
status desk_draft_keep_text(struct desk *desk, struct desk_draft *draft, const char *body,
                            struct fault *fault);
void draft_open_by_id(struct desk *desk, int64_t id);
/* The only one, or the list to choose from. */
void draft_continue_latest(struct desk *desk);
/* "2 unfinished: New customer, yesterday 16:40." NULL when there is none. */
const char *drafts_text(struct desk *desk, struct arena *arena);
/* One's own draft of this form about this record, NULL for none. */
const struct draft *draft_find(struct desk *desk, const char *form, int64_t subject,
                               struct arena *arena);
void palette_find(struct app *app, const char *text, struct palette *palette);
bool scan_is_code(void *context, const char *text);
/* Has it the shape of a vehicle's number? */
bool text_is_vin(const char *text);
void scan_open(struct app *app, const char *text);

/* --- Screens of nouns --- */

struct view *counter_view(struct app *app);
bool counter_subject(struct view *view, struct subject *ret_subject);
void customer_screen_open(struct desk *desk, int64_t customer);
bool customer_screen_subject(struct view *view, struct subject *ret_subject);
void vehicle_screen_open(struct desk *desk, int64_t vehicle);
bool vehicle_screen_subject(struct view *view, struct subject *ret_subject);

/* The rights of a role, to be read and changed (role_page.c). */
void role_screen_open(struct desk *desk, int64_t role);
bool role_screen_subject(struct view *view, struct subject *ret_subject);

/* The editor of a canned job. */
void canned_job_screen_open(struct desk *desk, int64_t canned_job);
bool canned_job_screen_subject(struct view *view, struct subject *ret_subject);
void part_screen_open(struct desk *desk, int64_t part);
bool part_screen_subject(struct view *view, struct subject *ret_subject);
/* The cash drawer and what is left to do before the day is closed (day_page.c); its count. */
void day_page_open(struct desk *desk);
void drawer_count_open(struct desk *desk);
void day_close_open(struct desk *desk);
/* Parts usage, month by month. */
void usage_open(struct desk *desk);
void count_screen_open(struct desk *desk, int64_t count);
bool count_screen_subject(struct view *view, struct subject *ret_subject);

/* One's own settings (preference.c): the page; and what they say put to use, at sign-in the start
 * screen as well (true: it hides the counter now); and the terminal as it was, when nobody is here
 * any more. */
void preference_open(struct desk *desk);
bool preference_use(struct desk *desk);
void preference_forget(struct desk *desk);

/* The list of taxes as it is, to be replaced as a whole (setting.c). */
void tax_form_open(struct desk *desk);

/* --- Steps that several screens begin (flows.c) --- */

/* Starts a repair order and opens its page; any of the two may be 0. `name` for the title. */
void write_up_open(struct desk *desk, int64_t customer, int64_t vehicle, const char *name);
/* Takes a payment on one of the customer's open invoices. */
void pay_open(struct desk *desk, int64_t customer);
/* Sells a gift certificate, then takes the money for it (gift_list.c); customer 0: asks. */
void gift_sell_open(struct desk *desk, int64_t customer);
/* Late fees that are due, looked at before they are charged (late_fee_page.c). */
void late_fee_page_open(struct desk *desk);
/* One payment for several of a customer's invoices (payment_bulk.c); _any asks for whom. */
void payment_bulk_open(struct desk *desk, struct customer_id customer);
void payment_bulk_open_any(struct desk *desk);
/* Pays back what is left of a payment, unless the person asks for less. */
void refund_open(struct desk *desk, struct payment_id payment);
/* Sells over the counter: opens the page of the new order; 0 is a walk-in customer. */
void pay_open_any(struct desk *desk); /* asks who pays first */
void counter_sale_open(struct desk *desk, int64_t customer);
void counter_sale_form(struct desk *desk);
/* A customer, then the vehicle. What was typed becomes the phone or the name. */
void new_customer_open(struct desk *desk, const char *typed);

#endif
