/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Figures that a repair order and its invoice explain alike. What only one of them knows (where a
 * price came from, what was paid) is said in their own files. */

#include "explain_document.h"

#include "base/text.h"

/* clang-format off */
static const struct field line_fields[] = {
    FIELD(struct explain_line, id),
    FIELD(struct explain_line, kind, .choices = &line_kind_choices),
    FIELD(struct explain_line, description),
    FIELD(struct explain_line, part),
    FIELD(struct explain_line, quantity),
    FIELD(struct explain_line, price),
    FIELD(struct explain_line, gross),
    FIELD(struct explain_line, discount),
    FIELD(struct explain_line, net),
    FIELD(struct explain_line, taxable),
    FIELD(struct explain_line, waived),
};
static const struct shape line_shape = SHAPE_OF(struct explain_line, "line", line_fields);
/* clang-format on */

static struct explain_line *new_line(struct explain_document *d)
{
    if (d->count == d->room) {
        d->room = d->room * 2 + 16;
        struct explain_line *more = NEW_ARRAY(d->e.s->arena, struct explain_line, d->room);
        for (size_t i = 0; i < d->count; i++)
            more[i] = d->lines[i];
        d->lines = more;
    }
    return &d->lines[d->count++];
}

void explain_read(struct explain_document *d, const struct shape *shape, const struct rows *lines,
                  const struct explain_line *job)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct explain_line *line = new_line(d);
        *line = *job;
        line->of = (const char *)lines->at + i * shape->size;
        shape_transfer(shape, line->of, &line_shape, line);
        line->figure = line->id.v != 0
                           ? EXPLAIN_TEXT(&d->e, "line-%lld", (long long)line->id.v)
                           : EXPLAIN_TEXT(&d->e, "line-%lld-%zu", (long long)line->job, i + 1);
    }
}

const char *explain_job_text(const struct explain *e, int64_t job, const char *what)
{
    return EXPLAIN_TEXT(e, "Job %lld · %s", (long long)job, what);
}

static const char *formula_of(const struct explain *e, const struct explain_line *line)
{
    const char *gross =
        EXPLAIN_TEXT(e, "%s %s× %s", explain_qty(e->s, line->quantity),
                     line->kind == LINE_LABOR ? "h " : "", explain_cents(e->s, line->price));

    if (line->waived)
        return "Waived: the old part is here";
    if (line->discount.cents == 0)
        return gross;
    return EXPLAIN_TEXT(e, "%s = %s, less %s", gross, explain_cents(e->s, line->gross),
                        explain_cents(e->s, line->discount));
}

void explain_line_row(struct explain_document *d, int64_t depth, const struct explain_line *line)
{
    struct explain *e = &d->e;
    struct explain_row *row =
        explain_part(e, depth, line->figure, explain_job_text(e, line->job, line->description),
                     line->net, formula_of(e, line));

    if (line->part.v != 0) {
        row->noun = "part";
        row->record.v = line->part.v;
    }
    if (line->pay != PAY_CUSTOMER)
        row->rule =
            EXPLAIN_TEXT(e, "Not the customer's: %s", choice_label(&job_pay_choices, line->pay));
}

enum explain_class explain_class_of(enum line_kind kind)
{
    return kind == LINE_LABOR    ? CLASS_LABOR
           : kind == LINE_PART   ? CLASS_PARTS
           : kind == LINE_SUBLET ? CLASS_SUBLET
                                 : CLASS_FEES;
}

static void class_rows(struct explain_document *d, enum explain_class class, struct money amount)
{
    static const struct {
        const char *figure, *label;
    } words[CLASS_COUNT] = {
        [CLASS_LABOR] = {"labor", "Labor"},
        [CLASS_PARTS] = {"parts", "Parts"},
        [CLASS_SUBLET] = {"sublet", "Sublet"},
        [CLASS_FEES] = {"fees", "Fees"},
    };

    if (amount.cents == 0 && class != CLASS_LABOR && class != CLASS_PARTS)
        return;
    explain_part(&d->e, 1, words[class].figure, words[class].label, amount,
                 "Its lines after discounts");
    for (size_t i = 0; i < d->count; i++)
        if (d->lines[i].counts && explain_class_of(d->lines[i].kind) == class) {
            explain_line_row(d, 2, &d->lines[i]);
            d->below(d, 3, &d->lines[i]);
        }
}

void explain_total(struct explain_document *d, struct money total, const char *rule,
                   const struct money classes[CLASS_COUNT])
{
    explain_money(&d->e, 0, "total", "Total", total,
                  "Labor + parts + sublet + fees + supplies + tax")
        ->rule = rule;
    for (enum explain_class class = 0; class < CLASS_COUNT; class ++)
        class_rows(d, class, classes[class]);
}

struct explain_row *explain_tax(struct explain_document *d, size_t at, const char *name,
                                struct rate rate, struct money base, struct money amount)
{
    struct explain *e = &d->e;

    return explain_part(
        e, 2, EXPLAIN_TEXT(e, "tax-%zu", at + 1), name, amount,
        EXPLAIN_TEXT(e, "%s of %s", explain_rate(e->s, rate), explain_cents(e->s, base)));
}

void explain_taxed_lines(struct explain_document *d, unsigned classes)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct explain_line *line = &d->lines[i];
        if (line->counts && line->taxable && (classes >> line->kind & 1) != 0 &&
            line->net.cents != 0)
            explain_line_row(d, 4, line);
    }
}

void explain_discounted_lines(struct explain_document *d)
{
    struct explain *e = &d->e;

    for (size_t i = 0; i < d->count; i++) {
        const struct explain_line *line = &d->lines[i];
        if (line->counts && line->discount.cents != 0)
            explain_part(e, 1, "", explain_job_text(e, line->job, line->description),
                         line->discount,
                         EXPLAIN_TEXT(e, "of %s", explain_cents(e->s, line->gross)));
    }
}

struct explain_row *explain_document_profit(struct explain_document *d, struct money total,
                                            struct money tax, struct money cost,
                                            struct money profit)
{
    struct explain *e = &d->e;
    const struct money sales = {total.cents - tax.cents};

    return explain_money(e, 0, "profit", "Gross profit", profit,
                         EXPLAIN_TEXT(e, "%s total - %s tax - %s cost (%s)",
                                      explain_cents(e->s, total), explain_cents(e->s, tax),
                                      explain_cents(e->s, cost),
                                      explain_share(e->s, profit, sales)));
}
