/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Issuing a credit memo: which lines, how much of each is left, what it comes to. A part of a line
 * gets what the whole quantity credited by now makes of its amount, so that all parts of it
 * together are the line to the cent. */

#include <stdio.h>

#include "credit_inner.h"
#include "domain/gift.h"
#include "domain/ledger.h"
#include "domain/number.h"
#include "domain/part.h"
#include "payment_inner.h"

/* clang-format off */
static const char SQL_SUPPLIES_GONE[] =
    "SELECT ifnull(sum(supplies), 0) FROM credit_memo WHERE invoice = :invoice";
static const char SQL_ADD[] =
    "INSERT INTO credit_memo (id, invoice, issued_on, issued_at, issued_by, reason, labor,\n"
    "  parts, sublet, fees, supplies, tax, total, cost, applied, payment, gift_certificate,\n"
    "  entry, issuer, letterhead)\n"
    "VALUES (:id, :invoice, :issued_on, :issued_at, :issued_by, :reason, :labor, :parts,\n"
    "  :sublet, :fees, :supplies, :tax, :total, :cost, :applied, :payment,\n"
    "  :gift_certificate, :entry,\n"
    "  ifnull((SELECT name FROM user WHERE id = :issued_by), ''),\n"
    "  (SELECT letterhead FROM shop))";
static const char SQL_LINE_ADD[] =
    "INSERT INTO credit_line (credit_memo, position, invoice_line, quantity, back, net, cost)\n"
    "VALUES (:credit, :position, :line, :quantity, :back, :net, :cost)";
static const char SQL_TAX_ADD[] =
    "INSERT INTO credit_tax (credit_memo, position, name, rate, base, amount)\n"
    "VALUES (:credit, :position, :name, :rate, :base, :amount)";

static const struct field line_fields[] = {
    FIELD(struct credit_line_input, line, .flags = FIELD_REQUIRED),
    FIELD(struct credit_line_input, quantity, .help = "Empty: all that is left of it",
          .low = 1, .high = QTY_MAX_THOUSANDTHS, .flags = FIELD_OPTIONAL),
    FIELD(struct credit_line_input, back, .choices = &credit_back_choices),
};
static const struct shape line_shape = SHAPE_OF(struct credit_line_input, "credited", line_fields);
static const struct choice rests[] = {
    [REST_CREDIT]       = {.word = "credit",       .label = "customer's credit"},
    [REST_STORE_CREDIT] = {.word = "store_credit", .label = "store credit"},
};
static const struct choices rest_choices = CHOICES(rests);
static const struct field fields[] = {
    FIELD(struct credit_issue, invoice, .picks = "invoice.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct credit_issue, all, .help = "All of the invoice that is left, instead of lines"),
    FIELD(struct credit_issue, back, .label = "Parts", .choices = &credit_back_choices,
          .help = "With all: what becomes of the parts and cores"),
    FIELD(struct credit_issue, lines, .help = "Lines of the invoice; credit.left lists them", .rows = &line_shape),
    FIELD(struct credit_issue, supplies, .help = "How much of the shop supplies", .example = "5.00",
          .high = MONEY_MAX_CENTS),
    FIELD(struct credit_issue, rest, .label = "The rest as", .choices = &rest_choices,
          .help = "What is left once the invoice is settled"),
    FIELD(struct credit_issue, reason, .help = "Why it is credited; printed", .example = "Part returned",
          .flags = FIELD_REQUIRED),
};
/* clang-format on */

/* ---- which lines ---- */

static bool is_stock(const struct creditable *line)
{
    return line->kind == LINE_PART && line->part.v != 0;
}

static struct qty left_of(const struct creditable *line)
{
    return (struct qty){
        credit_core_is_gone(line) ? 0 : line->quantity.thousandths - line->gone.thousandths};
}

static enum credit_back back_of(const struct creditable *line, enum credit_back back)
{
    return is_stock(line) || line->kind == LINE_CORE ? back : CREDIT_KEPT;
}

/* Of amount and cost what this quantity adds to what is credited by now. */
static status share_of(const struct creditable *line, struct money whole, struct qty quantity,
                       struct money *ret_share)
{
    const int64_t before = line->gone.thousandths;
    struct money then = MONEY_ZERO, now = MONEY_ZERO;

    TRY(money_share(whole, before, line->quantity.thousandths, &then));
    TRY(money_share(whole, before + quantity.thousandths, line->quantity.thousandths, &now));
    return money_sub(now, then, ret_share);
}

/* Of a certificate sold only what is not used goes back: all that is left of the line is that. */
static status take_unused(struct session *s, const struct crediting *c, const char *field,
                          struct crediting_line *line)
{
    const bool is_all = line->quantity.thousandths == left_of(line->of).thousandths;
    char text[NUMBER_TEXT_MAX];

    if (c->gift.v == 0)
        return OK;
    if (c->gift_left.cents == 0)
        return fail_field(s, field, "Nothing is left of “%s”: what is used of it is not credited.",
                          line->of->description);
    if (line->net.cents > c->gift_left.cents && !is_all)
        return fail_field(s, field,
                          "Only %s of “%s” is not used. Leave the quantity empty to credit that.",
                          money_show(c->gift_left, text), line->of->description);
    line->net = money_min(line->net, c->gift_left);
    return OK;
}

static status add(struct session *s, struct crediting *c, const char *field,
                  const struct creditable *of, struct qty quantity, enum credit_back back)
{
    struct crediting_line *line = &c->lines[c->count];

    *line = (struct crediting_line){.of = of, .quantity = quantity, .back = back};
    TRY(share_of(of, of->net, quantity, &line->net));
    TRY(take_unused(s, c, field, line));
    if (back == CREDIT_RESTOCK && is_stock(of))
        TRY(share_of(of, of->cost, quantity, &line->cost));
    if (of->kind == LINE_CORE) /* a deposit on both sides, and no profit */
        line->cost = line->net;
    c->count++;
    return OK;
}

static status choose_all(struct session *s, const struct credit_issue *in, struct crediting *c)
{
    const struct creditable *line = c->all.at;

    for (size_t i = 0; i < c->all.count; i++)
        if (left_of(&line[i]).thousandths > 0)
            TRY(add(s, c, "invoice", &line[i], left_of(&line[i]), back_of(&line[i], in->back)));
    c->supplies = (struct money){c->invoice.supplies.cents - c->gone_supplies.cents};
    return OK;
}

static const struct creditable *line_named(const struct crediting *c, struct invoice_line_id id)
{
    const struct creditable *line = c->all.at;

    for (size_t i = 0; i < c->all.count; i++)
        if (line[i].id.v == id.v)
            return &line[i];
    return NULL;
}

static bool is_chosen(const struct crediting *c, const struct creditable *line)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->lines[i].of == line)
            return true;
    return false;
}

/* A core goes back whole: it is one deposit. */
static status check_quantity(struct session *s, const char *field, const struct creditable *line,
                             struct qty quantity)
{
    const struct qty left = left_of(line);
    char text[NUMBER_TEXT_MAX];

    if (left.thousandths == 0)
        return fail_field(s, field, "Nothing is left of “%s” to be credited.", line->description);
    if (quantity.thousandths > left.thousandths)
        return fail_field(s, field, "Only %s of “%s” is left. Credit that much at most.",
                          qty_text(left, text), line->description);
    if (line->kind == LINE_CORE && quantity.thousandths != line->quantity.thousandths)
        return fail_field(s, field, "The core “%s” is credited whole.", line->description);
    return OK;
}

static status check_back(struct session *s, const char *field, const struct creditable *line,
                         const struct credit_line_input *in, struct qty quantity)
{
    struct part part;

    if (in->back != CREDIT_KEPT && back_of(line, in->back) == CREDIT_KEPT)
        return fail_field(s, field, "“%s” is no part of the catalog: nothing comes back.",
                          line->description);
    if (in->back != CREDIT_RESTOCK || !is_stock(line))
        return OK;
    TRY(part_get(s, line->part, &part));
    return part_check_quantity(s, &part, quantity, field);
}

static status choose_one(struct session *s, const struct credit_line_input *in, size_t row,
                         struct crediting *c)
{
    const struct creditable *line = line_named(c, in->line);
    char field[3][FAULT_FIELD_MAX];

    snprintf(field[0], sizeof field[0], "lines.%zu.line", row);
    snprintf(field[1], sizeof field[1], "lines.%zu.quantity", row);
    snprintf(field[2], sizeof field[2], "lines.%zu.back", row);
    if (line == NULL)
        return fail_field(s, field[0], "This line is not on invoice %lld.",
                          (long long)c->invoice.id.v);
    if (is_chosen(c, line))
        return fail_field(s, field[0], "“%s” is there twice: keep one.", line->description);
    const struct qty quantity =
        in->quantity.thousandths == NUMBER_NONE ? left_of(line) : in->quantity;
    TRY(check_quantity(s, field[1], line, quantity));
    TRY(check_back(s, field[2], line, in, quantity));
    return add(s, c, field[1], line, quantity, in->back);
}

static status choose_lines(struct session *s, const struct credit_issue *in, struct crediting *c)
{
    const struct credit_line_input *lines = in->lines.at;
    const int64_t left = c->invoice.supplies.cents - c->gone_supplies.cents;
    char text[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < in->lines.count; i++)
        TRY(choose_one(s, &lines[i], i + 1, c));
    if (in->supplies.cents > left)
        return fail_field(s, "supplies", "Only %s of the supplies is left. Credit that at most.",
                          money_show((struct money){left}, text));
    c->supplies = in->supplies;
    return OK;
}

/* ---- what it comes to ---- */

static struct money *class_of(struct crediting *c, enum line_kind kind)
{
    if (kind == LINE_LABOR)
        return &c->labor;
    if (kind == LINE_PART)
        return &c->parts;
    return kind == LINE_SUBLET ? &c->sublet : &c->fees;
}

static status add_up(struct session *s, struct crediting *c)
{
    for (size_t i = 0; i < c->count; i++) {
        struct money *sum = class_of(c, c->lines[i].of->kind);
        TRY(money_add(*sum, c->lines[i].net, sum));
    }
    TRY(credit_work_out_taxes(s, c));
    const struct money sums[] = {c->labor, c->parts, c->sublet, c->fees, c->supplies, c->tax};
    return money_sum(sums, COUNT_OF(sums), &c->total);
}

/* ---- rows ---- */

static status write_memo(struct session *s, const struct crediting *c, const char *reason)
{
    return store_run(
        s->store, SQL_ADD, NO_ROW,
        BINDS(BIND_ID("id", c->id), BIND_ID("invoice", c->invoice.id),
              BIND_DAY("issued_on", c->issued_on), BIND_INSTANT("issued_at", session_now(s)),
              BIND_ID("issued_by", s->user), BIND_TEXT("reason", reason),
              BIND_MONEY("labor", c->labor), BIND_MONEY("parts", c->parts),
              BIND_MONEY("sublet", c->sublet), BIND_MONEY("fees", c->fees),
              BIND_MONEY("supplies", c->supplies), BIND_MONEY("tax", c->tax),
              BIND_MONEY("total", c->total), BIND_MONEY("cost", c->cost),
              BIND_MONEY("applied", c->applied), BIND_ID("payment", c->payment),
              BIND_ID("gift_certificate", c->store_credit), BIND_ID("entry", c->entry)));
}

static status write_rows(struct session *s, const struct crediting *c)
{
    for (size_t i = 0; i < c->count; i++)
        TRY(store_run(s->store, SQL_LINE_ADD, NO_ROW,
                      BINDS(BIND_ID("credit", c->id), BIND_INT("position", (int64_t)i + 1),
                            BIND_ID("line", c->lines[i].of->id),
                            BIND_INT("quantity", c->lines[i].quantity.thousandths),
                            BIND_TEXT("back", choice_word(&credit_back_choices, c->lines[i].back)),
                            BIND_MONEY("net", c->lines[i].net),
                            BIND_MONEY("cost", c->lines[i].cost))));
    for (size_t i = 0; i < c->tax_count; i++)
        TRY(store_run(
            s->store, SQL_TAX_ADD, NO_ROW,
            BINDS(BIND_ID("credit", c->id), BIND_INT("position", (int64_t)i + 1),
                  BIND_TEXT("name", c->taxes[i].name), BIND_INT("rate", c->taxes[i].rate.ppm),
                  BIND_MONEY("base", c->taxes[i].base), BIND_MONEY("amount", c->taxes[i].amount))));
    return OK;
}

/* ---- the operation ---- */

static status begin(struct session *s, const struct credit_issue *in, struct crediting *c)
{
    TRY(invoice_get(s, in->invoice, &c->invoice));
    if (c->invoice.state == INVOICE_VOID)
        return fail_field(s, "invoice", "Invoice %lld is void: there is nothing to credit.",
                          (long long)in->invoice.v);
    TRY(gift_sold_by(s, in->invoice, &c->gift, &c->gift_left));
    if (in->all && (in->lines.count > 0 || in->supplies.cents > 0))
        return fail_field(s, "all", "Credit all of it, or the lines you name: not both.");
    TRY(credit_lines_of(s, in->invoice, &c->all));
    TRY(store_int(s->store, SQL_SUPPLIES_GONE, BINDS(BIND_ID("invoice", in->invoice)),
                  &c->gone_supplies.cents));
    c->lines = NEW_ARRAY(s->arena, struct crediting_line, c->all.count);
    return OK;
}

/* Nothing is left over where the invoice takes all of it. */
static status give_rest(struct session *s, struct crediting *c, const struct credit_issue *in)
{
    const struct payment_refund refund = {.payment = c->payment,
                                          .amount = {c->total.cents - c->applied.cents},
                                          .to = REFUND_STORE_CREDIT,
                                          .check_number = "",
                                          .reason = in->reason};

    if (in->rest != REST_STORE_CREDIT || c->payment.v == 0)
        return OK;
    return payment_give_back(s, &refund, &c->store_credit);
}

static status issue(struct session *s, const void *input, void *output)
{
    const struct credit_issue *in = input;
    struct crediting c = {0};

    TRY(begin(s, in, &c));
    TRY(in->all ? choose_all(s, in, &c) : choose_lines(s, in, &c));
    if (c.count == 0 && c.supplies.cents == 0)
        return fail_field(s, in->all ? "invoice" : "lines",
                          in->all ? "Nothing is left of invoice %lld to be credited."
                                  : "Choose what of invoice %lld is credited.",
                          (long long)in->invoice.v);
    TRY(add_up(s, &c));
    TRY(ledger_open_day(s, &c.issued_on));
    TRY(number_take(s, NUMBER_CREDIT, &c.id.v));
    TRY(credit_post(s, &c, in->reason));
    if (c.gift.v != 0)
        TRY(gift_take_back(s, c.gift, c.total));
    TRY(give_rest(s, &c, in));
    TRY(write_memo(s, &c, in->reason));
    TRY(write_rows(s, &c));
    return credit_get(s, c.id, output);
}

const struct op credit_issue_op = {
    .name = "credit.issue",
    .says = "Give a credit memo on lines of an invoice, with their tax",
    .title = "Give a credit memo",
    .right = RIGHT_INVOICES_CREDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct credit_issue, fields),
    .out = &credit_shape,
    .run = issue,
    .about = "invoice",
};
