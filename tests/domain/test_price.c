/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What an order comes to: worked example A of the trade rules figure by figure, the three levels of
 * discounts, supplies and taxes at their edges, and ten thousand random orders. */

#include "../test.h"

#include "domain/price.h"

#define CLASS(kind) (1u << (kind))

static struct price_line labor(int64_t thousandths, int64_t cents)
{
    return (struct price_line){.kind = LINE_LABOR, .quantity = {thousandths}, .price = {cents}};
}

static struct price_line taxed(enum line_kind kind, int64_t thousandths, int64_t cents)
{
    return (struct price_line){
        .kind = kind, .quantity = {thousandths}, .price = {cents}, .taxable = true};
}

static void worked_example_a_comes_to_602_01(void **state)
{
    (void)state;
    struct price_line lines[] = {labor(2500, 14500), taxed(LINE_PART, 2000, 8995),
                                 taxed(LINE_PART, 5500, 749)};
    struct price_job job = {.lines = lines, .line_count = 3};
    const struct price_discount discount = {.percent = {100000}, .on = DISCOUNT_PARTS};
    const unsigned classes = CLASS(LINE_PART) | CLASS(TAX_CLASS_SUPPLIES);
    struct price_tax taxes[] = {{.name = "State", .rate = {62500}, .classes = classes},
                                {.name = "County", .rate = {10000}, .classes = classes},
                                {.name = "City", .rate = {12500}, .classes = classes}};
    struct price price = {
        .jobs = &job,
        .job_count = 1,
        .discounts = &discount,
        .discount_count = 1,
        .supplies_rule = {.percent = {60000}, .cap = USD(35, 0), .taxable = true},
        .taxes = taxes,
        .tax_count = 3,
    };
    struct fault fault = {0};

    assert_int_equal(price_order(&price, &fault), OK);

    assert_int_equal(lines[0].gross.cents, 36250);
    assert_int_equal(lines[1].gross.cents, 17990);
    assert_int_equal(lines[2].gross.cents, 4120);
    assert_int_equal(lines[0].reduced.cents, 0);
    assert_int_equal(lines[1].reduced.cents, 1799);
    assert_int_equal(lines[2].reduced.cents, 412);
    assert_int_equal(price.discount.cents, 2211);
    assert_int_equal(price.labor.cents, 36250);
    assert_int_equal(price.parts.cents, 19899);
    assert_int_equal(price.supplies.cents, 2175);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(taxes[i].base.cents, 22074);
    assert_int_equal(taxes[0].amount.cents, 1380);
    assert_int_equal(taxes[1].amount.cents, 221);
    assert_int_equal(taxes[2].amount.cents, 276);
    assert_int_equal(price.tax.cents, 1877);
    assert_int_equal(price.total.cents, 60201);
}

/* ------------------------------------------------------------- discounts -- */

/* One job of one labor, part, sublet and fee line of 100.00 each. */
struct small_order {
    struct price_line lines[4];
    struct price_job job;
    struct price_discount of_job, of_order;
    struct price price;
    struct fault fault;
};

static void given_four_lines(struct small_order *t)
{
    memset(t, 0, sizeof *t);
    t->lines[0] = taxed(LINE_LABOR, 1000, 10000);
    t->lines[1] = taxed(LINE_PART, 1000, 10000);
    t->lines[2] = taxed(LINE_SUBLET, 1000, 10000);
    t->lines[3] = taxed(LINE_FEE, 1000, 10000);
    t->job = (struct price_job){.lines = t->lines, .line_count = 4, .discounts = &t->of_job};
    t->price = (struct price){.jobs = &t->job, .job_count = 1, .discounts = &t->of_order};
}

static status price_it(struct small_order *t)
{
    t->job.discount_count = t->of_job.percent.ppm != 0 || t->of_job.amount.cents != 0;
    t->price.discount_count = t->of_order.percent.ppm != 0 || t->of_order.amount.cents != 0;
    return price_order(&t->price, &t->fault);
}

static void each_level_reduces_what_the_level_before_has_left(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.lines[1].discount.percent.ppm = 500000;
    t.of_job = (struct price_discount){.percent = {100000}, .on = DISCOUNT_PARTS};
    t.of_order = (struct price_discount){.amount = USD(1, 0), .on = DISCOUNT_PARTS};

    assert_int_equal(price_it(&t), OK);

    assert_int_equal(t.lines[1].net.cents, 10000 - 5000 - 500 - 100);
    assert_int_equal(t.price.parts.cents, 4400);
    assert_int_equal(t.price.discount.cents, 5600);
    assert_int_equal(t.job.before.cents, 10000 + 4500 + 10000 + 10000);
    assert_int_equal(t.job.net.cents, 10000 + 4400 + 10000 + 10000);
}

static void a_discount_on_all_leaves_fees_alone(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.of_order = (struct price_discount){.amount = USD(100, 0), .on = DISCOUNT_ALL};

    assert_int_equal(price_it(&t), OK);

    assert_int_equal(t.lines[0].reduced.cents, 3334); /* the odd cent goes to the earliest */
    assert_int_equal(t.lines[1].reduced.cents, 3333);
    assert_int_equal(t.lines[2].reduced.cents, 3333);
    assert_int_equal(t.lines[3].reduced.cents, 0);
    assert_int_equal(t.price.fees.cents, 10000);
}

static void assert_refused_at(struct small_order *t, const char *field)
{
    assert_int_equal(price_it(t), ERR_INVALID);
    assert_string_equal(t->fault.field, field);
    assert_true(strlen(t->fault.text) > 0);
}

static void a_discount_above_what_is_eligible_is_refused_by_name(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.of_order = (struct price_discount){.amount = {10001}, .on = DISCOUNT_PARTS};
    assert_refused_at(&t, "discounts.1.amount");

    given_four_lines(&t);
    t.of_job = (struct price_discount){.amount = {30001}, .on = DISCOUNT_ALL};
    assert_refused_at(&t, "jobs.1.discounts.1.amount");
    t.price.caps_discounts = true;
    assert_int_equal(price_it(&t), OK);
    assert_int_equal(t.price.total.cents, 10000);

    given_four_lines(&t);
    t.lines[2].discount.amount.cents = 10001;
    assert_refused_at(&t, "jobs.1.lines.3.discount.amount");

    given_four_lines(&t);
    t.of_order = (struct price_discount){.percent = {1000001}, .on = DISCOUNT_ALL};
    assert_refused_at(&t, "discounts.1.percent");
}

static void a_fee_line_takes_no_discount(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.lines[3].discount.percent.ppm = 10000;
    assert_refused_at(&t, "jobs.1.lines.4.discount.percent");
    given_four_lines(&t);
    t.lines[3].discount.amount.cents = 1;
    assert_refused_at(&t, "jobs.1.lines.4.discount.amount");
}

static void a_discount_by_percent_and_by_amount_is_refused(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.of_job = (struct price_discount){.percent = {1}, .amount = {1}, .on = DISCOUNT_ALL};
    assert_refused_at(&t, "jobs.1.discounts.1.percent");
}

static void negative_figures_are_refused_by_name(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.lines[0].quantity.thousandths = -1;
    assert_refused_at(&t, "jobs.1.lines.1.quantity");
    given_four_lines(&t);
    t.lines[1].price.cents = -1;
    assert_refused_at(&t, "jobs.1.lines.2.price");
    given_four_lines(&t);
    t.lines[1].cost.cents = -1;
    assert_refused_at(&t, "jobs.1.lines.2.cost");
    given_four_lines(&t);
    t.of_order = (struct price_discount){.amount = {-1}, .on = DISCOUNT_ALL};
    assert_refused_at(&t, "discounts.1.amount");
    given_four_lines(&t);
    t.price.supplies_rule.min.cents = -1;
    assert_refused_at(&t, "supplies.min");
}

static void an_overflow_names_the_line_that_makes_it(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.lines[1].quantity.thousandths = QTY_MAX_THOUSANDTHS;
    t.lines[1].price.cents = MONEY_MAX_CENTS;
    assert_refused_at(&t, "jobs.1.lines.2.price");

    given_four_lines(&t);
    t.lines[0].quantity.thousandths = t.lines[2].quantity.thousandths = 9000000000;
    t.lines[0].price.cents = t.lines[2].price.cents = MONEY_MAX_CENTS;
    assert_refused_at(&t, "jobs.1.lines.3.price"); /* each fits, both together do not */

    given_four_lines(&t);
    t.lines[1].quantity.thousandths = QTY_MAX_THOUSANDTHS;
    t.lines[1].price.cents = 0;
    t.lines[1].cost.cents = MONEY_MAX_CENTS;
    assert_refused_at(&t, "jobs.1.lines.2.cost");
}

/* -------------------------------------------------------- supplies, taxes -- */

static int64_t supplies_of(struct small_order *t, struct price_supplies rule)
{
    t->price.supplies_rule = rule;
    assert_int_equal(price_it(t), OK);
    return t->price.supplies.cents;
}

static void supplies_keep_to_minimum_and_cap(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    assert_int_equal(supplies_of(&t, (struct price_supplies){.percent = {60000}}), 600);
    assert_int_equal(supplies_of(&t, (struct price_supplies){.percent = {60000}, .min = USD(9, 0)}),
                     900);
    assert_int_equal(supplies_of(&t, (struct price_supplies){.percent = {60000}, .cap = USD(4, 0)}),
                     400);
    assert_int_equal(
        supplies_of(&t, (struct price_supplies){.percent = {60000}, .on = SUPPLIES_ALL}), 1200);
    assert_int_equal(supplies_of(&t, (struct price_supplies){.flat = USD(5, 0)}), 500);
    t.lines[0].price.cents = 0;
    assert_int_equal(supplies_of(&t, (struct price_supplies){.percent = {60000}, .min = USD(9, 0)}),
                     0);
}

static void supplies_are_counted_after_discounts(void **state)
{
    (void)state;
    struct small_order t;
    given_four_lines(&t);
    t.of_order = (struct price_discount){.percent = {500000}, .on = DISCOUNT_LABOR};
    assert_int_equal(supplies_of(&t, (struct price_supplies){.percent = {100000}}), 500);
}

static void a_tax_meets_its_classes_and_flags_once(void **state)
{
    (void)state;
    struct small_order t;
    struct price_tax taxes[2] = {
        {.name = "Fees", .rate = {5}, .classes = CLASS(LINE_FEE)},
        {.name = "Work", .rate = {100000}, .classes = CLASS(LINE_LABOR) | CLASS(LINE_SUBLET)}};
    given_four_lines(&t);
    t.price.taxes = taxes;
    t.price.tax_count = 2;
    t.lines[2].taxable = false;

    assert_int_equal(price_it(&t), OK);
    assert_int_equal(taxes[0].base.cents, 10000);
    assert_int_equal(taxes[0].amount.cents, 0); /* 0.05 of a cent */
    assert_int_equal(taxes[1].base.cents, 10000);
    assert_int_equal(taxes[1].amount.cents, 1000);

    t.price.exempt = true;
    assert_int_equal(price_it(&t), OK);
    assert_int_equal(t.price.tax.cents, 0);
    assert_int_equal(taxes[1].base.cents, 0);
}

static void tax_is_rounded_once_for_the_document(void **state)
{
    (void)state;
    struct price_line lines[3] = {taxed(LINE_PART, 1000, 10), taxed(LINE_PART, 1000, 10),
                                  taxed(LINE_PART, 1000, 10)};
    struct price_job job = {.lines = lines, .line_count = 3};
    struct price_tax tax = {.name = "State", .rate = {50000}, .classes = CLASS(LINE_PART)};
    struct price price = {.jobs = &job, .job_count = 1, .taxes = &tax, .tax_count = 1};

    assert_int_equal(price_order(&price, NULL), OK);
    assert_int_equal(tax.amount.cents, 2); /* 0.30 at 5 %; line by line it would be 3 */
}

static void tax_classes_are_words(void **state)
{
    (void)state;
    struct fault fault = {0};
    unsigned classes = 99;

    assert_int_equal(tax_classes_parse("part, supplies", &classes, &fault), OK);
    assert_int_equal(classes, CLASS(LINE_PART) | CLASS(TAX_CLASS_SUPPLIES));
    assert_int_equal(tax_classes_parse("labor core tire_fee hazmat fee sublet", &classes, &fault),
                     OK);
    assert_int_equal(classes, 0x7D);
    assert_int_equal(tax_classes_parse("", &classes, &fault), OK);
    assert_int_equal(classes, 0);
    assert_int_equal(tax_classes_parse("part tires", &classes, &fault), ERR_INVALID);
    assert_string_equal(fault.field, "classes");
    assert_non_null(strstr(fault.text, "\"tires\""));
    assert_int_equal(classes, 0);
}

/* ---------------------------------------------------------- random orders -- */

#define JOBS      3
#define LINES     5
#define DISCOUNTS 2

struct random_order {
    struct price_line lines[JOBS][LINES];
    struct price_job jobs[JOBS];
    struct price_discount of_jobs[JOBS][DISCOUNTS], of_order[DISCOUNTS];
    struct price_tax taxes[3];
    struct price price;
};

static uint64_t seed;

static int64_t roll(int64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)below);
}

static struct price_discount random_discount(void)
{
    struct price_discount discount = {.on = (enum discount_on)roll(3)};
    if (roll(3) == 0)
        discount.amount.cents = roll(500);
    else
        discount.percent.ppm = roll(4) == 0 ? 1000000 : roll(700000);
    return discount;
}

static void random_line(struct price_line *line)
{
    static const int64_t prices[] = {1000000, 10000, 100, 3};

    *line = taxed((enum line_kind)roll(LINE_KIND_COUNT), roll(20000), roll(prices[roll(4)]));
    line->cost.cents = roll(5000);
    line->taxable = roll(3) != 0;
    if (roll(3) == 0 && (line->kind == LINE_LABOR || line->kind == LINE_PART))
        line->discount.percent.ppm = roll(1000001);
}

static void random_order(struct random_order *t)
{
    memset(t, 0, sizeof *t);
    for (size_t j = 0; j < JOBS; j++) {
        for (size_t i = 0; i < LINES; i++)
            random_line(&t->lines[j][i]);
        for (size_t i = 0; i < DISCOUNTS; i++)
            t->of_jobs[j][i] = random_discount();
        t->jobs[j] = (struct price_job){.lines = t->lines[j],
                                        .line_count = (size_t)roll(LINES + 1),
                                        .discounts = t->of_jobs[j],
                                        .discount_count = (size_t)roll(DISCOUNTS + 1)};
    }
    for (size_t i = 0; i < DISCOUNTS; i++)
        t->of_order[i] = random_discount();
    for (size_t i = 0; i < 3; i++)
        t->taxes[i] = (struct price_tax){
            .name = "Tax", .rate = {roll(120000)}, .classes = (unsigned)roll(1 << TAX_CLASS_COUNT)};
    t->price = (struct price){.jobs = t->jobs,
                              .job_count = (size_t)roll(JOBS + 1),
                              .discounts = t->of_order,
                              .discount_count = (size_t)roll(DISCOUNTS + 1),
                              .supplies_rule = {.percent = {roll(100000)},
                                                .on = (enum supplies_on)roll(3),
                                                .min = {roll(1000)},
                                                .cap = {roll(5000)},
                                                .taxable = roll(2) == 0},
                              .taxes = t->taxes,
                              .tax_count = (size_t)roll(4),
                              .exempt = roll(10) == 0};
}

struct sums {
    int64_t by_kind[LINE_KIND_COUNT];
    int64_t net, reduced, cost, tax;
};

static struct sums add_lines(const struct price *price)
{
    struct sums sums = {0};
    for (size_t j = 0; j < price->job_count; j++) {
        int64_t job = 0;
        for (size_t i = 0; i < price->jobs[j].line_count; i++) {
            const struct price_line *line = &price->jobs[j].lines[i];
            assert_true(line->net.cents >= 0 && line->reduced.cents >= 0);
            assert_int_equal(line->net.cents + line->reduced.cents, line->gross.cents);
            job += line->net.cents;
            sums.by_kind[line->kind] += line->net.cents;
            sums.reduced += line->reduced.cents;
            sums.cost += line->net_cost.cents;
        }
        assert_int_equal(price->jobs[j].net.cents, job);
        sums.net += job;
    }
    for (size_t i = 0; i < price->tax_count; i++) {
        assert_true(price->taxes[i].base.cents <= sums.net + price->supplies.cents);
        sums.tax += price->taxes[i].amount.cents;
    }
    return sums;
}

static void assert_adds_up(const struct price *price)
{
    const struct sums sums = add_lines(price);
    const int64_t fees = sums.by_kind[LINE_CORE] + sums.by_kind[LINE_FEE] +
                         sums.by_kind[LINE_HAZMAT] + sums.by_kind[LINE_TIRE_FEE];

    assert_int_equal(sums.net + price->supplies.cents + price->tax.cents, price->total.cents);
    assert_int_equal(price->labor.cents, sums.by_kind[LINE_LABOR]);
    assert_int_equal(price->parts.cents, sums.by_kind[LINE_PART]);
    assert_int_equal(price->sublet.cents, sums.by_kind[LINE_SUBLET]);
    assert_int_equal(price->fees.cents, fees);
    assert_int_equal(price->discount.cents, sums.reduced);
    assert_int_equal(price->cost.cents, sums.cost);
    assert_int_equal(price->tax.cents, sums.tax);
    assert_true(price->supplies.cents >= 0 && price->tax.cents >= 0);
    if (price->exempt)
        assert_int_equal(price->tax.cents, 0);
}

static void lines_supplies_and_tax_add_up_in_ten_thousand_random_orders(void **state)
{
    (void)state;
    struct random_order t;
    struct fault fault;
    int priced = 0, refused = 0;

    seed = 88172645463325252;
    for (int i = 0; i < 20000 && priced < 10000; i++) {
        random_order(&t);
        if (price_order(&t.price, &fault) == OK) {
            assert_adds_up(&t.price);
            priced++;
        } else {
            assert_non_null(strstr(fault.field, "amount"));
            refused++;
        }
    }
    assert_int_equal(priced, 10000);
    assert_in_range(refused, 100, 10000); /* the refusals are tried too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example_a_comes_to_602_01),
        cmocka_unit_test(each_level_reduces_what_the_level_before_has_left),
        cmocka_unit_test(a_discount_on_all_leaves_fees_alone),
        cmocka_unit_test(a_discount_above_what_is_eligible_is_refused_by_name),
        cmocka_unit_test(a_fee_line_takes_no_discount),
        cmocka_unit_test(a_discount_by_percent_and_by_amount_is_refused),
        cmocka_unit_test(negative_figures_are_refused_by_name),
        cmocka_unit_test(an_overflow_names_the_line_that_makes_it),
        cmocka_unit_test(supplies_keep_to_minimum_and_cap),
        cmocka_unit_test(supplies_are_counted_after_discounts),
        cmocka_unit_test(a_tax_meets_its_classes_and_flags_once),
        cmocka_unit_test(tax_is_rounded_once_for_the_document),
        cmocka_unit_test(tax_classes_are_words),
        cmocka_unit_test(lines_supplies_and_tax_add_up_in_ten_thousand_random_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
