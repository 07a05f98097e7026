/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The sums of worked example A of the trade rules, the edges of 64 bits, and a hundred thousand
 * random discounts spread over random lines. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/money.h"

__extension__ typedef __int128 wide;

static int64_t times_qty(int64_t cents, int64_t thousandths)
{
    struct money sum = {-1};
    assert_int_equal(money_times_qty((struct money){cents}, (struct qty){thousandths}, &sum), OK);
    return sum.cents;
}

static int64_t times_rate(int64_t cents, int64_t ppm)
{
    struct money sum = {-1};
    assert_int_equal(money_times_rate((struct money){cents}, (struct rate){ppm}, &sum), OK);
    return sum.cents;
}

static int64_t share(int64_t cents, int64_t part, int64_t whole)
{
    struct money sum = {-1};
    assert_int_equal(money_share((struct money){cents}, part, whole, &sum), OK);
    return sum.cents;
}

static void lines_of_the_worked_example_come_out_to_the_cent(void **state)
{
    (void)state;
    assert_int_equal(times_qty(14500, 2500), 36250); /* labor, 2.5 h */
    assert_int_equal(times_qty(8995, 2000), 17990);  /* two parts */
    assert_int_equal(times_qty(749, 5500), 4120);    /* 41.195 of oil */
    assert_int_equal(times_rate(22110, 100000), 2211);
    assert_int_equal(times_rate(36250, 60000), 2175); /* supplies */
    assert_int_equal(times_rate(22074, 62500), 1380); /* 13.79625 */
    assert_int_equal(times_rate(22074, 10000), 221);  /* 2.2074 */
    assert_int_equal(times_rate(22074, 12500), 276);  /* 2.75925 */
}

static void discount_of_the_worked_example_is_spread_to_the_cent(void **state)
{
    (void)state;
    const struct money parts[] = {{17990}, {4120}};
    struct money shares[2];
    assert_int_equal(money_spread((struct money){2211}, parts, 2, shares), OK);
    assert_int_equal(shares[0].cents, 1799);
    assert_int_equal(shares[1].cents, 412);
}

static void total_of_the_worked_example_is_602_01(void **state)
{
    (void)state;
    const struct money classes[] = {{36250}, {19899}, {2175}, {1380}, {221}, {276}};
    char text[NUMBER_TEXT_MAX];
    struct money total;
    assert_int_equal(money_sum(classes, COUNT_OF(classes), &total), OK);
    assert_string_equal(money_text(total, text), "602.01");
}

static void halves_are_rounded_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(times_qty(1, 500), 1);
    assert_int_equal(times_qty(-1, 500), -1);
    assert_int_equal(times_qty(1, 499), 0);
    assert_int_equal(times_qty(-1, 499), 0);
    assert_int_equal(times_qty(3, 500), 2);
    assert_int_equal(times_rate(50, 10000), 1);
    assert_int_equal(times_rate(49, 10000), 0);
    assert_int_equal(share(1, 1, 2), 1);
    assert_int_equal(share(1, -1, 2), -1);
    assert_int_equal(share(1, 1, -2), -1);
    assert_int_equal(share(-1, 1, -2), 1);
    assert_int_equal(share(10, 1, 3), 3);
    assert_int_equal(share(20, 1, 3), 7);
    assert_int_equal(share(5, 1, 3), 2);
    assert_int_equal(share(4, 1, 3), 1);
}

static void a_sum_beyond_64_bits_is_refused_and_leaves_the_result(void **state)
{
    (void)state;
    const struct money most = {INT64_MAX};
    const struct money least = {-INT64_MAX};
    const struct money one = {1};
    const struct money three[] = {{INT64_MAX}, {INT64_MAX}, {1}};
    struct money kept = {77};

    assert_int_equal(money_add(most, one, &kept), ERR_INVALID);
    assert_int_equal(money_sub(least, one, &kept), ERR_INVALID);
    assert_int_equal(money_sum(three, 3, &kept), ERR_INVALID);
    assert_int_equal(money_times_qty(most, (struct qty){1001}, &kept), ERR_INVALID);
    assert_int_equal(money_times_rate(most, (struct rate){1000001}, &kept), ERR_INVALID);
    assert_int_equal(money_share(most, 2, 1, &kept), ERR_INVALID);
    assert_int_equal(money_share((struct money){INT64_MIN}, INT64_MIN, 1, &kept), ERR_INVALID);
    assert_int_equal(money_share(one, 1, 0, &kept), ERR_INVALID);
    assert_int_equal(kept.cents, 77);
}

static void a_result_that_fits_is_exact_though_its_product_is_wider(void **state)
{
    (void)state;
    const struct money there_and_back[] = {{INT64_MAX}, {INT64_MAX}, {-INT64_MAX}};
    struct money sum;
    assert_int_equal(times_qty(INT64_MAX, 1000), INT64_MAX);
    assert_int_equal(times_qty(-INT64_MAX, 1000), -INT64_MAX);
    assert_int_equal(share(INT64_MAX, INT64_MAX, INT64_MAX), INT64_MAX);
    assert_int_equal(share(INT64_MIN + 1, INT64_MIN, INT64_MIN), INT64_MIN + 1);
    assert_int_equal(money_sum(there_and_back, 3, &sum), OK);
    assert_int_equal(sum.cents, INT64_MAX);
}

static void odd_cents_go_by_largest_remainder_then_to_the_earlier_line(void **state)
{
    (void)state;
    const struct money equal[] = {{100}, {100}, {100}};
    const struct money uneven[] = {{1}, {5}, {0}, {5}};
    struct money shares[4];

    assert_int_equal(money_spread((struct money){200}, equal, 3, shares), OK);
    assert_int_equal(shares[0].cents, 67);
    assert_int_equal(shares[1].cents, 67);
    assert_int_equal(shares[2].cents, 66);
    /* 10 over 1:5:0:5 is 0.909, 4.545, 0, 4.545 */
    assert_int_equal(money_spread((struct money){10}, uneven, 4, shares), OK);
    assert_int_equal(shares[0].cents, 1);
    assert_int_equal(shares[1].cents, 5);
    assert_int_equal(shares[2].cents, 0);
    assert_int_equal(shares[3].cents, 4);
    assert_int_equal(money_spread((struct money){-10}, uneven, 4, shares), OK);
    assert_int_equal(shares[1].cents, -5);
    assert_int_equal(shares[3].cents, -4);
}

static void spreading_over_nothing_needs_a_zero_amount(void **state)
{
    (void)state;
    const struct money zeros[] = {{0}, {0}};
    const struct money negative[] = {{5}, {-1}};
    struct money shares[2] = {{9}, {9}};

    assert_int_equal(money_spread((struct money){1}, zeros, 2, shares), ERR_INVALID);
    assert_int_equal(money_spread((struct money){1}, negative, 2, shares), ERR_INVALID);
    assert_int_equal(money_spread((struct money){1}, NULL, 0, NULL), ERR_INVALID);
    assert_int_equal(shares[0].cents, 9);
    assert_int_equal(money_spread(MONEY_ZERO, zeros, 2, shares), OK);
    assert_int_equal(shares[0].cents, 0);
    assert_int_equal(shares[1].cents, 0);
    assert_int_equal(money_spread(MONEY_ZERO, NULL, 0, NULL), OK);
}

static void shares_may_take_the_place_of_the_weights(void **state)
{
    (void)state;
    struct money lines[] = {{INT64_MAX}, {INT64_MAX}, {INT64_MAX}};
    assert_int_equal(money_spread((struct money){INT64_MAX}, lines, 3, lines), OK);
    assert_int_equal(lines[0].cents + lines[1].cents + lines[2].cents, INT64_MAX);
    assert_true(lines[0].cents - lines[2].cents <= 1);
}

static uint64_t next_random(uint64_t *seed)
{
    uint64_t x = *seed;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return *seed = x;
}

/* |share x total - amount x weight| < total: less than a cent from its proportion. */
static bool within_a_cent(int64_t part, int64_t amount, int64_t weight, int64_t total)
{
    const wide off = (wide)part * total - (wide)amount * weight;
    return off < total && off > -(wide)total;
}

static void any_discount_over_any_lines_adds_up_and_stays_in_proportion(void **state)
{
    (void)state;
    uint64_t seed = 20261124;
    for (int round = 0; round < 100000; round++) {
        struct money weights[24], shares[24];
        const size_t count = 1 + next_random(&seed) % COUNT_OF(weights);
        const uint64_t size = UINT64_C(1) << (1 + next_random(&seed) % 40);
        int64_t total = 0;
        for (size_t i = 0; i < count; i++) {
            weights[i].cents = (int64_t)(next_random(&seed) % size);
            total += weights[i].cents;
        }
        int64_t amount = total == 0 ? 0 : (int64_t)(next_random(&seed) % (uint64_t)(total + 1));
        if (next_random(&seed) % 4 == 0)
            amount = -amount;

        assert_int_equal(money_spread((struct money){amount}, weights, count, shares), OK);

        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            sum += shares[i].cents;
            if (total > 0 && !within_a_cent(shares[i].cents, amount, weights[i].cents, total))
                fail_msg("round %d: share %zu is out of proportion", round, i);
        }
        assert_int_equal(sum, amount);
    }
}

static void amounts_are_written_plain_for_machines_and_grouped_for_people(void **state)
{
    (void)state;
    char text[NUMBER_TEXT_MAX];
    assert_string_equal(money_text(USD(602, 1), text), "602.01");
    assert_string_equal(money_text((struct money){-350}, text), "-3.50");
    assert_string_equal(money_text((struct money){-5}, text), "-0.05");
    assert_string_equal(money_text(MONEY_ZERO, text), "0.00");
    assert_string_equal(money_show(USD(1234, 50), text), "1,234.50");
    assert_string_equal(money_show(USD(999, 99), text), "999.99");
    assert_string_equal(money_show((struct money){-123456789}, text), "-1,234,567.89");
    assert_string_equal(money_show((struct money){INT64_MIN}, text), "-92,233,720,368,547,758.08");
    assert_string_equal(money_text((struct money){INT64_MIN}, text), "-92233720368547758.08");
}

static void quantities_and_rates_are_written_as_short_as_they_are_exact(void **state)
{
    (void)state;
    char text[NUMBER_TEXT_MAX];
    assert_string_equal(qty_text((struct qty){2500}, text), "2.5");
    assert_string_equal(qty_text((struct qty){5000}, text), "5");
    assert_string_equal(qty_text((struct qty){125}, text), "0.125");
    assert_string_equal(qty_text((struct qty){-10}, text), "-0.01");
    assert_string_equal(qty_text((struct qty){0}, text), "0");
    assert_string_equal(qty_text((struct qty){100000}, text), "100");
    assert_string_equal(rate_text((struct rate){62500}, text), "6.25");
    assert_string_equal(rate_text((struct rate){88750}, text), "8.875");
    assert_string_equal(rate_text((struct rate){100000}, text), "10");
    assert_string_equal(rate_text((struct rate){1}, text), "0.0001");
}

static int64_t parsed(const char *text)
{
    struct money amount = {-1};
    if (money_parse(text, &amount, NULL) != OK)
        fail_msg("\"%s\" was refused", text);
    return amount.cents;
}

static void amounts_are_read_as_people_write_them(void **state)
{
    (void)state;
    assert_int_equal(parsed("12"), 1200);
    assert_int_equal(parsed("12.5"), 1250);
    assert_int_equal(parsed("12."), 1200);
    assert_int_equal(parsed(".5"), 50);
    assert_int_equal(parsed("$1,234.50"), 123450);
    assert_int_equal(parsed(" \t-3 "), -300);
    assert_int_equal(parsed("-$3.05"), -305);
    assert_int_equal(parsed("$-3.05"), -305);
    assert_int_equal(parsed("-0"), 0);
    assert_int_equal(parsed("0000000000000000000000012"), 1200);
    assert_int_equal(parsed("9999999999.99"), MONEY_MAX_CENTS);
    assert_int_equal(parsed("-9,999,999,999.99"), -MONEY_MAX_CENTS);
}

static void what_is_no_amount_is_refused_with_a_sentence_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "-",
        "$",
        ".",
        "abc",
        "1,50",
        "12,34",
        "1,2345",
        ",5",
        "1,,0",
        "1,23,456",
        "1234,5",
        "12 5",
        "1e5",
        "0x10",
        "--3",
        "$$3",
        "1.2.3",
        "12.345",
        "12.500",
        "NaN",
        "12-",
        "+5",
        "1.,0",
        "1,234,56",
        "1,234,",
        "12.5%",
        "１２",
        "(3.00)",
        "10000000000",
        "99999999999999999999999999",
        "18446744073709551616",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct money amount = {77};
        struct fault fault = {0};
        if (money_parse(bad[i], &amount, &fault) != ERR_INVALID)
            fail_msg("\"%s\" was taken", bad[i]);
        assert_int_equal(amount.cents, 77);
        assert_int_equal(fault.code, ERR_INVALID);
        assert_string_equal(fault.field, "");
        assert_true(strlen(fault.text) > 10);
    }
}

static void the_sentence_says_what_is_wrong_with_the_amount(void **state)
{
    (void)state;
    struct money amount;
    struct fault fault = {0};
    assert_int_equal(money_parse("12.345", &amount, &fault), ERR_INVALID);
    assert_non_null(strstr(fault.text, "two decimals"));
    assert_int_equal(money_parse("10000000000", &amount, &fault), ERR_INVALID);
    assert_non_null(strstr(fault.text, "largest"));
}

static void quantities_rates_and_counts_have_their_own_limits(void **state)
{
    (void)state;
    struct qty qty = {0};
    struct rate rate = {0};
    int64_t number = 0;
    assert_int_equal(qty_parse("5.5", &qty, NULL), OK);
    assert_int_equal(qty.thousandths, 5500);
    assert_int_equal(qty_parse("0.0005", &qty, NULL), ERR_INVALID);
    assert_int_equal(qty_parse("$5", &qty, NULL), ERR_INVALID);
    assert_int_equal(rate_parse("8.875", &rate, NULL), OK);
    assert_int_equal(rate.ppm, 88750);
    assert_int_equal(rate_parse("6.25 %", &rate, NULL), OK);
    assert_int_equal(rate.ppm, 62500);
    assert_int_equal(rate_parse("%", &rate, NULL), ERR_INVALID);
    assert_int_equal(rate_parse("6.25%%", &rate, NULL), ERR_INVALID);
    assert_int_equal(rate_parse("6.00001", &rate, NULL), ERR_INVALID);
    assert_int_equal(number_parse("112,340", &number, NULL), OK);
    assert_int_equal(number, 112340);
    assert_int_equal(number_parse("-9223372036854775807", &number, NULL), OK);
    assert_int_equal(number, -INT64_MAX);
    assert_int_equal(number_parse("9223372036854775808", &number, NULL), ERR_INVALID);
    assert_int_equal(number_parse("1.0", &number, NULL), ERR_INVALID);
}

static void every_written_amount_is_read_back_as_it_was(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[NUMBER_TEXT_MAX];
        struct money amount = {(int64_t)(next_random(&seed) % (uint64_t)MONEY_MAX_CENTS)};
        struct qty qty = {-amount.cents};
        struct rate rate = {amount.cents};
        assert_int_equal(parsed(money_show(amount, text)), amount.cents);
        assert_int_equal(parsed(money_text(money_negate(amount), text)), -amount.cents);
        assert_int_equal(qty_parse(qty_text(qty, text), &qty, NULL), OK);
        assert_int_equal(qty.thousandths, -amount.cents);
        assert_int_equal(rate_parse(rate_text(rate, text), &rate, NULL), OK);
        assert_int_equal(rate.ppm, amount.cents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_the_worked_example_come_out_to_the_cent),
        cmocka_unit_test(discount_of_the_worked_example_is_spread_to_the_cent),
        cmocka_unit_test(total_of_the_worked_example_is_602_01),
        cmocka_unit_test(halves_are_rounded_away_from_zero),
        cmocka_unit_test(a_sum_beyond_64_bits_is_refused_and_leaves_the_result),
        cmocka_unit_test(a_result_that_fits_is_exact_though_its_product_is_wider),
        cmocka_unit_test(odd_cents_go_by_largest_remainder_then_to_the_earlier_line),
        cmocka_unit_test(spreading_over_nothing_needs_a_zero_amount),
        cmocka_unit_test(shares_may_take_the_place_of_the_weights),
        cmocka_unit_test(any_discount_over_any_lines_adds_up_and_stays_in_proportion),
        cmocka_unit_test(amounts_are_written_plain_for_machines_and_grouped_for_people),
        cmocka_unit_test(quantities_and_rates_are_written_as_short_as_they_are_exact),
        cmocka_unit_test(amounts_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_amount_is_refused_with_a_sentence_and_changes_nothing),
        cmocka_unit_test(the_sentence_says_what_is_wrong_with_the_amount),
        cmocka_unit_test(quantities_rates_and_counts_have_their_own_limits),
        cmocka_unit_test(every_written_amount_is_read_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
