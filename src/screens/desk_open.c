/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From an operation or a record to the screen that fits it. */

#include <string.h>

#include "base/text.h"
#include "buying.h"
#include "domain/credit.h"
#include "domain/gift.h"
#include "domain/order_input.h"
#include "domain/payment.h"
#include "domain/purchase.h"
#include "inner.h"
#include "screens/order_page.h"
#include "ui/dialog.h"

bool desk_subject(struct view *view, struct subject *ret_subject)
{
    static bool (*const ask[])(struct view *, struct subject *) = {
        list_screen_subject,       record_screen_subject,   customer_screen_subject,
        vehicle_screen_subject,    part_screen_subject,     count_screen_subject,
        vendor_screen_subject,     purchase_screen_subject, counter_subject,
        order_page_subject,        invoice_page_subject,    role_screen_subject,
        canned_job_screen_subject,
    };

    for (size_t i = 0; view != NULL && i < COUNT_OF(ask); i++)
        if (ask[i](view, ret_subject))
            return true;
    return false;
}

static void order_open(struct desk *desk, int64_t id)
{
    order_page_open(desk, (struct order_id){id});
}

static void invoice_open(struct desk *desk, int64_t id)
{
    invoice_page_open(desk, (struct invoice_id){id});
}

/* Records that have a screen of their own. */
static const struct {
    const char *noun;
    void (*open)(struct desk *desk, int64_t id);
} own_screens[] = {
    {"customer", customer_screen_open},
    {"vehicle", vehicle_screen_open},
    {"vendor", vendor_screen_open},
    {"purchase", purchase_screen_open},
    {"part", part_screen_open},
    {"count", count_screen_open},
    {"draft", draft_open_by_id},
    {"order", order_open},
    {"invoice", invoice_open},
    {"role", role_screen_open},
    {"canned_job", canned_job_screen_open},
};

bool desk_shows(const char *noun)
{
    for (size_t i = 0; i < COUNT_OF(own_screens); i++)
        if (text_same(own_screens[i].noun, noun))
            return true;
    const struct op *op = noun_show_op(noun);
    return op != NULL && op_key_field(op) != NULL;
}

void desk_open_record(struct desk *desk, const char *noun, int64_t id)
{
    const struct op *op = noun_show_op(noun);
    const struct field *key = op != NULL ? op_key_field(op) : NULL;

    if (id == 0)
        return;
    for (size_t i = 0; i < COUNT_OF(own_screens); i++)
        if (text_same(own_screens[i].noun, noun)) {
            own_screens[i].open(desk, id);
            return;
        }
    if (key == NULL) {
        app_say(desk->app, "There is nothing more to show.");
        return;
    }
    AUTO_ARENA arena = ARENA_EMPTY;
    void *in = desk_input(desk, &arena, op);
    memcpy(field_at(key, in), &id, sizeof id);
    record_screen_open(desk, op, in);
}

/* May the one who sits here see it? Only a scope of one's own has to be asked about. */
static bool is_shown(struct desk *desk, const char *noun, int64_t id)
{
    const struct op *op = noun_show_op(noun);
    const struct field *key = op != NULL ? op_key_field(op) : NULL;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (key == NULL || op->right == RIGHT_NONE ||
        right_set_has(&desk->session.rights_all, op->right))
        return true;
    if (!desk_allows(desk, op))
        return false;
    void *in = desk_input(desk, &arena, op);
    memcpy(field_at(key, in), &id, sizeof id);
    return desk_try(desk, &arena, op, in, NULL) != ERR_DENIED;
}

bool desk_open_saved(struct desk *desk, const char *noun, int64_t id)
{
    const bool shown = is_shown(desk, noun, id);

    if (shown)
        desk_open_record(desk, noun, id);
    app_say(desk->app, shown ? "Saved."
                             : "Saved. It is not opened, since your role shows you your own "
                               "records only.");
    return shown;
}

/* --- A question for what needs no more answers --- */

struct asked {
    const struct op *op;
    void *in;
};

static void answered(struct view *asker, char letter, void *context)
{
    struct desk *desk = desk_of(asker);
    const struct asked *asked = context;

    if (letter != 'y' || desk_call(desk, NULL, asked->op, asked->in, NULL) != OK)
        return;
    app_say(desk->app, "Done.");
    if (asker->type->resumed != NULL)
        asker->type->resumed(asker);
    else if (asker->type->changed != NULL)
        asker->type->changed(asker);
}

static void ask(struct desk *desk, const struct op *op, const struct subject *subject,
                const void *in)
{
    static const struct dialog_button buttons[] = {{'y', "y Yes"}, {'n', "n No"}};
    struct view *asker = app_top(desk->app);
    struct asked *asked = NEW(&asker->arena, struct asked);

    asked->op = op;
    asked->in = op->in != NULL ? shape_clone(op->in, in, &asker->arena) : NULL;
    dialog_open(desk->app, &(struct dialog){
                               .title = op->says,
                               .text = arena_printf(&asker->arena, "%s\nDo it now?",
                                                    subject_text(subject, &asker->arena)),
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'n',
                               .answered = answered,
                               .context = asked,
                           });
}

/* Operations that have a screen of their own. */
static bool opens_itself(struct desk *desk, const struct op *op, const void *in)
{
    const struct payment_take *take = in;
    const struct purchase_receive *receive = in;
    const struct counter_sale *sale = in;

    if (op == &purchase_receive_op && receive->purchase.v != 0) {
        receive_screen_open(desk, receive->purchase.v);
        return true;
    }
    if (op == &purchase_from_order_op) {
        purchase_from_order_open(desk, in);
        return true;
    }
    if (op == &payment_refund_op && ((const struct payment_refund *)in)->payment.v != 0) {
        refund_open(desk, ((const struct payment_refund *)in)->payment);
        return true;
    }
    if (op == &gift_sell_op) {
        gift_sell_open(desk, ((const struct gift_sell *)in)->customer.v);
        return true;
    }
    if (op == &payment_bulk_op) {
        const struct payment_bulk *bulk = in;
        if (bulk->customer.v != 0)
            payment_bulk_open(desk, bulk->customer);
        else
            payment_bulk_open_any(desk);
        return true;
    }
    if (op == &counter_sale_op && sale->customer.v != 0) {
        counter_sale_open(desk, sale->customer.v);
        return true;
    }
    if (op == &credit_issue_op) {
        const struct invoice_id invoice = ((const struct credit_issue *)in)->invoice;
        if (invoice.v != 0)
            credit_page_open(desk, invoice);
        else
            credit_page_open_any(desk);
        return true;
    }
    if (op != &payment_take_op)
        return false;
    if (take->invoice.v != 0)
        payment_dialog_open(desk, take->invoice, NULL);
    else
        pay_open_any(desk);
    return true;
}

/* Operations whose form begins with more than one record. */
static const struct {
    const char *op;
    void (*open)(struct desk *desk);
} own_forms[] = {
    {"tax.set", tax_form_open},
    {"preference.edit", preference_open},
    {"preference.show", preference_open},
    {"factor.begin", factor_form_open},
    {"factor.turn-on", factor_form_open},
    {"factor.new-codes", factor_codes_open},
    {"drawer.show", day_page_open},
    {"drawer.count", drawer_count_open},
    {"day.check", day_page_open},
    {"day.close", day_close_open},
    {"late-fee.preview", late_fee_page_open},
    {"late-fee.charge", late_fee_page_open},
    {"stock.usage", usage_open},
    {"report.production", report_open},
    {"receivable.aging", receivable_open},
    {"order.counter-sale", counter_sale_form},
};

static bool open_own_form(struct desk *desk, const struct op *op)
{
    for (size_t i = 0; i < COUNT_OF(own_forms); i++)
        if (text_same(own_forms[i].op, op->name)) {
            own_forms[i].open(desk);
            return true;
        }
    return false;
}

/* One of several fields is wanted though none of them must be given: its cost or its part. */
static bool wants_more(struct desk *desk, const struct op *op, const void *in)
{
    return op_asks(op, in, &desk->session.rights) &&
           desk_try(desk, NULL, op, in, NULL) == ERR_INVALID;
}

void desk_open_op(struct desk *desk, const struct op *op, const struct subject *subject)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    void *in = desk_input(desk, &arena, op);
    const bool is_complete = subject_fill(subject, op, in);

    if (!desk_allows(desk, op))
        app_error(desk->app, "Your role does not allow this.");
    else if (opens_itself(desk, op, in) || open_own_form(desk, op))
        return;
    else if ((op->flags & OP_LIST) && is_complete)
        list_screen_open(desk, op, subject);
    else if (op->kind == OP_READS && is_complete && subject != NULL && subject->id != 0 &&
             op_key_field(op) != NULL &&
             (text_same(noun_of_op(op, (char[NOUN_MAX]){0}), subject->noun)) &&
             noun_show_op(subject->noun) == op)
        desk_open_record(desk, subject->noun, subject->id);
    else if (op->kind == OP_READS && is_complete && !wants_more(desk, op, in))
        record_screen_open(desk, op, in);
    else if (op->kind == OP_WRITES && is_complete && !op_asks(op, in, &desk->session.rights))
        ask(desk, op, subject, in);
    else
        op_form_open(desk, &(struct op_form){.op = op, .subject = subject});
}
