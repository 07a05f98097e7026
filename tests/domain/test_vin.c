/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The law's own examples, sixty numbers with what NHTSA's data says of them, what people mistype,
 * and a few thousand made-up numbers that must read back as they were made. */

#include "test.h"

#include <time.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/vin.h"

extern const unsigned char embed_vin_samples[];

static struct vin_facts decode(const char *text, struct arena *arena)
{
    struct vin_facts facts;

    vin_decode(text, arena, &facts);
    return facts;
}

static void check_digits_are_those_of_the_law(void **state)
{
    (void)state;
    assert_int_equal(vin_check_digit("1G4AH59H45G118341"), '4'); /* the example of 565.15(c) */
    assert_int_equal(vin_check_digit("11111111111111111"), '1');
    assert_int_equal(vin_check_digit("1M8GDM9AXKP042788"), 'X');
    assert_int_equal(vin_check_digit("1hgcm82633a004352"), '3');
    assert_int_equal(vin_check_digit("1HGCM82633A00435"), 0);
    assert_int_equal(vin_check_digit("1HGCM82633AO04352"), 0);
}

/* Each character changed to each other one: the check digit tells, but for the pairs of equal value
 * and where it stands itself. */
static void a_single_wrong_character_is_noticed(void **state)
{
    static const char all[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    int changed = 0, noticed = 0;

    (void)state;
    for (size_t i = 0; i < VIN_LENGTH; i++) {
        for (const char *c = all; *c != 0; c++) {
            char vin[] = "1G4AH59H45G118341";
            if (vin[i] == *c)
                continue;
            vin[i] = *c;
            changed++;
            noticed += vin_state_of(vin) == VIN_DOUBTFUL;
        }
    }
    print_message("%d of %d single mistakes noticed\n", noticed, changed);
    assert_true(noticed * 10 >= changed * 9);
}

struct sample {
    char *cell[8]; /* vin year make model body cylinders litres fuel */
};

static bool sample_next(char **line, struct sample *ret)
{
    char *row = strsep(line, "\n");

    if (row == NULL || *row == 0)
        return false;
    for (size_t i = 0; i < COUNT_OF(ret->cell); i++) {
        ret->cell[i] = strsep(&row, "\t");
        assert_non_null(ret->cell[i]);
    }
    return true;
}

static void sixty_real_numbers_say_what_the_government_says(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char *text = arena_text(&arena, (const char *)embed_vin_samples);
    struct sample sample;
    int count = 0, same[8] = {0}, more[8] = {0};

    (void)state;
    assert_true(sample_next(&text, &sample)); /* the head */
    for (; sample_next(&text, &sample); count++) {
        const struct vin_facts facts = decode(sample.cell[0], &arena);
        const char *said[8] = {facts.vin,    arena_printf(&arena, "%d", (int)facts.year),
                               facts.make,   facts.model,
                               facts.body,   facts.cylinders,
                               facts.litres, facts.fuel};
        for (size_t i = 0; i < 8; i++) {
            same[i] += text_same(said[i], sample.cell[i]);
            more[i] += *sample.cell[i] == 0 && *said[i] != 0;
            if (i != 4 && *sample.cell[i] != 0)
                assert_string_equal(said[i], sample.cell[i]);
        }
        assert_true(facts.valid);
        assert_string_equal(facts.note, "");
    }
    print_message(
        "of %d: year %d, make %d, model %d, body %d, cylinders %d, litres %d (+%d known here "
        "only), fuel %d\n",
        count, same[1], same[2], same[3], same[4], same[5], same[6], more[6], same[7]);
    assert_int_equal(count, 60);
    assert_true(same[4] >= 59); /* one "Other" is a chassis cab here */
}

/* A third of a millisecond is usual; the limit leaves room for sanitizers and busy machines. */
static void a_decode_keeps_nobody_waiting(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char *text = arena_text(&arena, (const char *)embed_vin_samples);
    struct sample sample;
    struct timespec start, end;
    int count = 0;
    double worst = 0, sum = 0;

    (void)state;
    assert_true(sample_next(&text, &sample));
    for (; sample_next(&text, &sample); count++) {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
        (void)decode(sample.cell[0], &arena);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        const double ms =
            (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
        sum += ms;
        worst = ms > worst ? ms : worst;
    }
    print_message("%.2f ms a number, the slowest %.2f ms\n", sum / count, worst);
    assert_true(sum / count < 20);
}

static void a_number_is_taken_as_people_and_scanners_send_it(void **state)
{
    static const char *const ways[] = {"1HGCM82633A004352", "1hgcm82633a004352",
                                       " 1HG CM826-33A-004352\r\n", "I1HGCM82633A004352",
                                       "1HGCM8\xc2\xa0"
                                       "2633A\xe2\x80\x93"
                                       "004352"}; /* a fixed blank, an en dash */
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        const struct vin_facts facts = decode(ways[i], &arena);
        assert_string_equal(facts.vin, "1HGCM82633A004352");
        assert_true(facts.valid);
        assert_int_equal(facts.year, 2003);
        assert_string_equal(facts.make, "Honda");
        assert_string_equal(facts.model, "Accord");
        assert_string_equal(facts.body, "Coupe");
    }
    assert_true(vin_is_shape("1hgcm82633a004352"));
    assert_false(vin_is_shape("1HGCM82633A00435"));
    assert_false(vin_is_shape("1HGCM82633A0043521"));
    assert_false(vin_is_shape("1HGCM82633A0O4352"));
    assert_false(vin_is_shape(" HGCM82633A004352"));
    assert_false(vin_is_shape(""));
}

static void a_wrong_check_digit_is_said_and_decoded_all_the_same(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct vin_facts facts = decode("1HGCM82643A004352", &arena);

    (void)state;
    assert_false(facts.valid);
    assert_int_equal(facts.state, VIN_DOUBTFUL);
    assert_string_equal(facts.note, "The check digit does not fit: position 9 should be 3, not 4. "
                                    "Compare the number with the plate at the windshield.");
    assert_int_equal(facts.year, 2003);
    assert_string_equal(facts.model, "Accord");
}

static void letters_that_no_vin_has_are_named_with_their_place(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct vin_facts facts = decode("1HGCM82633AO04352", &arena);

    (void)state;
    assert_int_equal(facts.state, VIN_OTHER);
    assert_string_equal(facts.note,
                        "A VIN has no letter O (position 12). 1HGCM82633A004352 would be "
                        "right: enter that if it is what the plate shows.");
    assert_string_equal(facts.make, "");
    facts = decode("IHGCM82633A004352", &arena);
    assert_non_null(strstr(facts.note, "letter I (position 1)"));
    facts = decode("1HGCM82633A00435Q", &arena);
    assert_string_equal(facts.note,
                        "A VIN has no letter Q (position 17): it may be a 0. Compare the "
                        "number with the plate at the windshield.");
}

static void older_numbers_are_kept_as_text_with_a_mark(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct vin_facts facts = decode("124379n664466", &arena); /* a 1969 Camaro */

    (void)state;
    assert_int_equal(facts.state, VIN_OTHER);
    assert_string_equal(facts.vin, "124379N664466");
    assert_int_equal(facts.year, 0);
    assert_non_null(strstr(facts.note, "13 characters"));
    facts = decode("1HGCM82633A0043522", &arena);
    assert_non_null(strstr(facts.note, "18 characters"));
    facts = decode("1HGCM82633A00435?", &arena);
    assert_non_null(strstr(facts.note, "letters and digits only"));
    facts = decode("", &arena);
    assert_int_equal(facts.state, VIN_NONE);
    assert_string_equal(facts.note, "");
    facts = decode(NULL, &arena);
    assert_int_equal(facts.state, VIN_NONE);
}

static void european_numbers_are_not_called_wrong(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct vin_facts facts = decode("WVWZZZ1JZXW000001", &arena);

    (void)state;
    assert_int_equal(facts.state, VIN_DOUBTFUL);
    assert_non_null(strstr(facts.note, "common for vehicles not built for North America"));
    assert_string_equal(facts.make, "Volkswagen");
    assert_int_equal(facts.year, 1999);
}

static void an_unknown_maker_is_said(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct vin_facts facts = decode("0ZZ00000000000000", &arena);

    (void)state;
    assert_non_null(strstr(facts.note, "manufacturer code 0ZZ is not in the data"));
    assert_string_equal(facts.make, "");
}

static void position_seven_tells_the_cycle_of_years(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)state;
    assert_int_equal(decode("1GNKVEED8BKS10489", &arena).year, 2011); /* a letter */
    assert_int_equal(decode("2B4GT74L1YX365154", &arena).year, 2000); /* a digit */
    /* Heavy trucks: the data tells. */
    const struct vin_facts truck = decode("1FUJGLDR5CLBP8834", &arena);
    assert_int_equal(truck.year, 2012);
    assert_string_equal(truck.make, "Freightliner");
    assert_string_equal(truck.fuel, "Diesel");
    /* No year code at all. */
    const struct vin_facts none = decode("1HGCM82630A004352", &arena);
    assert_int_equal(none.year, 0);
    assert_non_null(strstr(none.note, "does not tell the model year"));
}

static void rubbish_of_any_size_is_survived(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const size_t size = (size_t)1 << 20;
    char *big = arena_alloc(&arena, size + 1);

    (void)state;
    memset(big, 'A', size);
    struct vin_facts facts = decode(big, &arena);
    assert_int_equal(strlen(facts.vin), VIN_KEPT_MAX);
    assert_non_null(strstr(facts.note, "too long"));
    memset(big, '-', size);
    assert_int_equal(decode(big, &arena).state, VIN_NONE);
    memset(big, 'A', size);
    for (size_t i = 1; i + 2 < size; i += 2)
        memcpy(big + i, "\xc3\xa9", 2); /* the cut falls into a character */
    facts = decode(big, &arena);
    assert_int_equal(strlen(facts.vin), VIN_KEPT_MAX - 1);
    assert_true(text_is_safe(facts.vin, strlen(facts.vin), TEXT_ONE_LINE));
    (void)decode("\xff\xfe\x80\x01\x1b[31m", &arena);
    assert_null(strchr(decode("\x1b[31mRED", &arena).vin, 0x1b));
}

static void any_change_of_a_good_number_is_answered(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    unsigned seed = 1;
    struct fault fault;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char vin[] = "1GDZ7TBG1B9L69104";
        seed = seed * 1664525 + 1013904223;
        vin[(seed >> 8) % VIN_LENGTH] = (char)(' ' + 1 + (seed >> 16) % 94);
        const struct vin_facts facts = decode(vin, &arena);
        assert_true((*facts.note == 0) <= facts.valid);
        assert_int_equal(shape_check(&vin_facts_shape, &facts, &fault), OK);
        arena_reset(&arena);
    }
}

static void json_has_the_promised_keys(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF out = BUF(10000);
    const struct vin_facts facts = decode("1GDZ7TBG1B9L69104", &arena);

    (void)state;
    json_write(&out, &vin_facts_shape, &facts, &RIGHT_SET_ALL, 0);
    print_message("%s\n", buf_str(&out));
    assert_non_null(strstr(buf_str(&out), "\"vin\":\"1GDZ7TBG1B9L69104\",\"valid\":true"));
    assert_non_null(strstr(buf_str(&out), "\"year\":2011,\"make\":\"GMC\",\"model\":\"Savana\""));
    assert_non_null(strstr(buf_str(&out), "\"cylinders\":\"8\",\"litres\":\"6.0\""));
    assert_non_null(strstr(buf_str(&out), "\"fuel\":\"Gasoline\""));
}

static bool has_name(const struct vin_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (text_same(names->at[i], name))
            return true;
    }
    return false;
}

static void makes_are_listed_once_and_sorted(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct vin_names makes;

    (void)state;
    vin_makes(&arena, &makes);
    assert_true(makes.count > 50);
    assert_true(has_name(&makes, "Honda") && has_name(&makes, "Ford"));
    for (size_t i = 1; i < makes.count; i++)
        assert_true(strcasecmp(makes.at[i - 1], makes.at[i]) < 0);
}

static void made_up_numbers_decode_and_stay_the_same(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    char makes[64][40] = {{0}};
    size_t make_count = 0;

    (void)state;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        struct vin_facts first, again;
        vin_compose(seed, &arena, &first);
        assert_true(first.valid && first.year >= 1998);
        assert_true(*first.make != 0 && *first.model != 0 && *first.body != 0 &&
                    *first.engine != 0);
        assert_string_equal(first.note, "");
        if (seed % 10 == 0) {
            vin_compose(seed, &arena, &again);
            assert_string_equal(first.vin, again.vin);
        }
        size_t i = 0;
        while (i < make_count && strcmp(makes[i], first.make) != 0)
            i++;
        if (i == make_count && make_count < COUNT_OF(makes))
            snprintf(makes[make_count++], sizeof makes[0], "%s", first.make);
        arena_reset(&arena);
    }
    print_message("%zu makes\n", make_count);
    assert_true(make_count >= 20);
}

static void another_serial_is_the_same_vehicle(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *vin = vin_with_serial(&arena, "1HGCM82633A004352", 4353);

    (void)state;
    assert_string_equal(vin, "1HGCM82653A004353");
    assert_string_equal(decode(vin, &arena).model, "Accord");
    assert_string_equal(vin_with_serial(&arena, "no VIN", 1), "no VIN");
}

/* Seven trims of one series are none of this vehicle's; a form takes at most 80. */
static void a_list_of_all_trims_is_none(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(decode("JTDBCMFE2RX678828", &arena).model, "Corolla");
    assert_string_equal(decode("JTDBCMFE2RX678828", &arena).trim, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_digits_are_those_of_the_law),
        cmocka_unit_test(a_single_wrong_character_is_noticed),
        cmocka_unit_test(sixty_real_numbers_say_what_the_government_says),
        cmocka_unit_test(a_decode_keeps_nobody_waiting),
        cmocka_unit_test(a_number_is_taken_as_people_and_scanners_send_it),
        cmocka_unit_test(a_wrong_check_digit_is_said_and_decoded_all_the_same),
        cmocka_unit_test(letters_that_no_vin_has_are_named_with_their_place),
        cmocka_unit_test(older_numbers_are_kept_as_text_with_a_mark),
        cmocka_unit_test(european_numbers_are_not_called_wrong),
        cmocka_unit_test(an_unknown_maker_is_said),
        cmocka_unit_test(position_seven_tells_the_cycle_of_years),
        cmocka_unit_test(rubbish_of_any_size_is_survived),
        cmocka_unit_test(any_change_of_a_good_number_is_answered),
        cmocka_unit_test(json_has_the_promised_keys),
        cmocka_unit_test(makes_are_listed_once_and_sorted),
        cmocka_unit_test(made_up_numbers_decode_and_stay_the_same),
        cmocka_unit_test(another_serial_is_the_same_vehicle),
        cmocka_unit_test(a_list_of_all_trims_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
