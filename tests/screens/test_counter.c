/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter: one box, what it finds, and what is done next. */

#include "test.h"

#include "desk_test.h"

static void typing_goes_to_the_box_and_finds_at_once(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    keys(&t, "0142");
    assert_shows(&t, "Delgado, Maria");
    assert_shows(&t, "2014 Honda Accord EX-L");
    assert_shows_not(&t, "Dela Cruz");
    assert_picture(&t, "counter_found");
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_goes_to_the_box_and_finds_at_once),
    };

    return cmocka_run_group_tests_name("counter", tests, NULL, NULL);
}
