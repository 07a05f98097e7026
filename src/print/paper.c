/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What all papers share: texts of values, and one way to read a record. */

#include <string.h>
#include <time.h>

#include "base/text.h"
#include "papers.h"

status paper_read(struct printing *paper, const struct op *op, int64_t id, void *out)
{
    struct session *s = paper->s;
    const struct field_context context = session_context(s);
    void *in = arena_alloc(s->arena, op->in->size);

    shape_init(op->in, in, &context);
    for (size_t i = 0; i < op->in->count; i++)
        if (op->in->fields[i].type == FIELD_ID) {
            memcpy(field_at(&op->in->fields[i], in), &id, sizeof id);
            break;
        }
    return op_call(s, op, in, out);
}

const char *paper_money(struct printing *paper, struct money amount)
{
    char text[NUMBER_TEXT_MAX];
    return arena_text(paper->s->arena, money_show(amount, text));
}

const char *paper_qty(struct printing *paper, struct qty quantity)
{
    char text[NUMBER_TEXT_MAX];
    return arena_text(paper->s->arena, qty_text(quantity, text));
}

const char *paper_printf(struct printing *paper, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(paper->s->arena, format, args);
    va_end(args);
    return text;
}

const char *paper_day(struct printing *paper, struct day day)
{
    char text[DAY_TEXT_MAX];
    return day.iso[0] == '\0' ? "" : arena_text(paper->s->arena, day_show(day, text));
}

const char *paper_instant(struct printing *paper, struct instant at)
{
    const bool is_old = !text_same(paper->head.zone, paper->shop.zone);
    char text[DAY_TEXT_MAX];

    if (at.seconds == 0)
        return "";
    if (is_old && zone_use(paper->head.zone, NULL) != OK)
        return arena_text(paper->s->arena, instant_show(at, text));
    instant_show(at, text);
    /* The program goes on by today's, which was good enough for it before. */
    if (is_old && zone_use(paper->shop.zone, NULL) != OK)
        tzset();
    return arena_text(paper->s->arena, text);
}

const char *paper_created(struct printing *paper, struct instant at)
{
    const time_t seconds = (time_t)at.seconds;
    struct tm utc;

    gmtime_r(&seconds, &utc);
    return paper_printf(paper, "D:%04d%02d%02d%02d%02d%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                        utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

struct sheet paper_of_secrets(struct session *s, const struct shop *shop, const char *title)
{
    struct printing paper = {.s = s};

    return (struct sheet){
        .arena = s->arena,
        .title = title,
        .shop_name = shop->name,
        .shop_text = "",
        .barcode = "",
        .footer = "",
        .a4 = shop->paper == PAPER_A4,
        .demo = shop->demo,
        .created = paper_created(&paper, session_now(s)),
    };
}

const char *paper_miles(struct printing *paper, int64_t miles)
{
    if (miles < 0)
        return "";
    if (miles < 1000)
        return paper_printf(paper, "%lld mi", (long long)miles);
    return miles < 1000000
               ? paper_printf(paper, "%lld,%03lld mi", (long long)miles / 1000,
                              (long long)miles % 1000)
               : paper_printf(paper, "%lld,%03lld,%03lld mi", (long long)miles / 1000000,
                              (long long)miles / 1000 % 1000, (long long)miles % 1000);
}

static void add_line(struct buf *text, const char *word, const char *what, const char *more)
{
    if (!text_is_empty(what))
        buf_printf(text, "%s%s%s%s%s", text->length > 0 ? "\n" : "", word, what,
                   text_is_empty(more) ? "" : " ", more);
}

const char *paper_vehicle(struct printing *paper, const char *name, const char *color,
                          const char *vin, const char *plate, const char *plate_state,
                          int64_t miles)
{
    AUTO_BUF text = BUF(4096);

    add_line(&text, "", name, "");
    add_line(&text, "VIN ", vin, "");
    add_line(&text, "Plate ", plate, plate_state);
    add_line(&text, "Color ", color, "");
    add_line(&text, "", paper_miles(paper, miles), "");
    return arena_text(paper->s->arena, buf_str(&text));
}

void paper_note(struct printing *paper, struct block *table, const char *label, const char *text)
{
    if (!text_is_empty(text))
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] =
            paper_printf(paper, "%s: %s", label, text);
}

static const struct sheet_column priced_columns[] = {
    {"Description", 52, false, true}, {"Part no.", 16, false, false}, {"Qty", 9, true, false},
    {"Price", 11, true, false},       {"Amount", 12, true, true},
};
enum { PRICED_DESCRIPTION, PRICED_SKU, PRICED_QUANTITY, PRICED_PRICE, PRICED_AMOUNT };

struct block *paper_priced_table(struct printing *paper)
{
    return sheet_table(&paper->sheet, priced_columns, COUNT_OF(priced_columns));
}

void paper_priced_head(struct printing *paper, struct block *table, const char *title,
                       struct money amount)
{
    struct sheet_row *head = block_row(&paper->sheet, table, ROW_HEAD);

    head->cells[PRICED_DESCRIPTION] = title;
    head->cells[PRICED_AMOUNT] = paper_money(paper, amount);
}

const char *paper_job_title(struct printing *paper, int64_t position, const char *title,
                            enum job_pay pay)
{
    if (pay == PAY_CUSTOMER)
        return paper_printf(paper, "%lld. %s", (long long)position, title);
    return paper_printf(paper, "%lld. %s (%s, no charge)", (long long)position, title,
                        choice_label(&job_pay_choices, pay));
}

/* Menu-priced labor comes to what its job leaves for it; a rate that is a cent off is not printed.
 */
static bool is_product(const struct paper_line *line)
{
    struct money product;

    return line->gross.cents == 0 ||
           (money_times_qty(line->price, line->quantity, &product) == OK &&
            product.cents == line->gross.cents);
}

/* Nothing said of a part is "new", as the law takes it. */
static const char *described(struct printing *paper, enum profile profile,
                             const struct paper_line *line)
{
    const bool is_new = text_is_empty(line->condition) || text_same(line->condition, "new");

    if (is_new && !(line->kind == LINE_PART && law_is(profile, LAW_CONDITION, "each")))
        return line->description;
    return paper_printf(paper, "%s (%s)", line->description, is_new ? "new" : line->condition);
}

const char *paper_amount_of(struct printing *paper, enum line_kind kind, struct qty quantity)
{
    const char *text = paper_qty(paper, quantity);

    return kind == LINE_LABOR ? paper_printf(paper, "%s h", text) : text;
}

void paper_priced_line(struct printing *paper, struct block *table, enum profile profile,
                       const struct paper_line *line)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[PRICED_DESCRIPTION] = described(paper, profile, line);
    row->cells[PRICED_SKU] = line->sku;
    row->cells[PRICED_QUANTITY] = paper_amount_of(paper, line->kind, line->quantity);
    row->cells[PRICED_PRICE] = is_product(line) ? paper_money(paper, line->price) : "";
    row->cells[PRICED_AMOUNT] = paper_money(paper, line->gross);
    if (line->discount.cents == 0)
        return;
    row = block_row(&paper->sheet, table, ROW_LINE);
    row->cells[PRICED_DESCRIPTION] = "  Discount";
    row->cells[PRICED_AMOUNT] = paper_money(paper, money_negate(line->discount));
}

struct block *paper_totals(struct printing *paper, const struct paper_sums *sums, size_t room)
{
    const bool named = law_find(sums->profile, LAW_SUBTOTALS) != NULL;
    const struct money work = {sums->labor.cents + sums->sublet.cents};
    const struct {
        const char *label;
        struct money amount;
        bool always;
    } classes[] = {
        {named ? "Service and repair work" : "Labor", named ? work : sums->labor, true},
        {named ? "Parts, before tax" : "Parts", sums->parts, true},
        {"Sublet", named ? MONEY_ZERO : sums->sublet, false},
        {"Fees", sums->fees, false},
        {"Shop supplies", sums->supplies, false},
        {"Discounts (included above)", sums->discount, false},
    };
    struct block *totals = sheet_totals(&paper->sheet, COUNT_OF(classes) + room);

    for (size_t i = 0; i < COUNT_OF(classes) && !sums->no_work; i++)
        if (classes[i].always || classes[i].amount.cents != 0)
            block_pair(totals, classes[i].label, paper_money(paper, classes[i].amount), false);
    return totals;
}

void paper_coupon(struct printing *paper, struct block *totals, const char *code, const char *title,
                  struct money amount)
{
    block_pair(totals,
               paper_printf(paper, "of that, coupon %s%s%s", code, text_is_empty(title) ? "" : ", ",
                            title),
               paper_money(paper, amount), false);
}

void paper_tax(struct printing *paper, struct block *totals, const char *name, struct rate rate,
               struct money base, struct money amount)
{
    char percent[NUMBER_TEXT_MAX];

    if (base.cents == 0 && amount.cents == 0)
        return;
    block_pair(totals,
               paper_printf(paper, "%s %s %% of %s", name, rate_text(rate, percent),
                            paper_money(paper, base)),
               paper_money(paper, amount), false);
}

void paper_law(struct printing *paper, enum profile profile, enum law_rule rule)
{
    const struct law *law = law_find(profile, rule);

    if (law != NULL)
        sheet_text(
            &paper->sheet,
            paper_printf(paper, "%s, %s", choice_label(&profile_choices, profile), law->source),
            law->says);
}

static const char *versions_text(struct printing *paper, const struct order_authorization *row)
{
    const char *terms =
        row->terms > 0 ? paper_printf(paper, " Terms version %lld.", (long long)row->terms) : "";

    return row->consent > 0
               ? paper_printf(paper, "%s Consent version %lld.", terms, (long long)row->consent)
               : terms;
}

const char *paper_authorizations(struct printing *paper, const struct order *order)
{
    AUTO_BUF text = BUF(65536);
    const struct order_authorization *rows = order->authorizations.at;

    for (size_t i = 0; i < order->authorizations.count; i++) {
        const struct order_authorization *row = &rows[i];
        const char *reached =
            text_is_empty(row->contacted)
                ? ""
                : paper_printf(paper, " %s",
                               row->contacted[0] == '+'
                                   ? text_phone_show(paper->s->arena, row->contacted)
                                   : row->contacted);
        const bool is_less = row->added.cents < 0;
        buf_printf(&text, "%s%s, %s: %s authorized %s%s (%s%s), code %s. Total authorized: %s.%s%s",
                   i > 0 ? "\n" : "", paper_instant(paper, row->at), row->staff_name,
                   row->answered_by == ANSWERED_BY_DESIGNATED
                       ? paper_printf(paper, "%s, named by the customer,", row->person)
                       : row->person,
                   paper_money(paper, is_less ? money_negate(row->added) : row->added),
                   is_less ? " less" : "", choice_label(&authorization_method_choices, row->method),
                   reached, row->code, paper_money(paper, row->total), versions_text(paper, row),
                   text_is_empty(row->note) ? "" : " ");
        buf_text(&text, row->note != NULL ? row->note : "");
    }
    return arena_text(paper->s->arena, buf_str(&text));
}
