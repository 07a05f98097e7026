/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The first run: a shop in three steps, on a real file. */

#include "test.h"

#include <unistd.h>

#include "../../src/screens/wizard.h"
#include "desk_test.h"
#include "domain/opening.h"
#include "domain/secret.h"

struct first_run {
    char folder[64], db[100];
    struct theme theme;
    struct term *term;
    struct wizard *wizard;
};

static void open_wizard(struct first_run *run, int rows, int cols)
{
    *run = (struct first_run){.theme = {.colour = true}};
    secret_use_weak_hashes(true);
    strcpy(run->folder, "/tmp/pitlane-wizard-XXXXXX");
    assert_non_null(mkdtemp(run->folder));
    /* In a folder that is not there yet, as on a new machine. */
    snprintf(run->db, sizeof run->db, "%s/new/shop.db", run->folder);
    run->term = term_memory_open(rows, cols);
    run->wizard = wizard_open(run->db, run->term, &run->theme);
    app_run_until_idle(wizard_app(run->wizard));
}

static void press(struct first_run *run, const char *script)
{
    assert_true(term_memory_script(run->term, script));
    app_run_until_idle(wizard_app(run->wizard));
}

static void close_wizard(struct first_run *run)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock", ".key"};

    wizard_close(run->wizard);
    term_close(run->term);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        char path[120];
        snprintf(path, sizeof path, "%s%s", run->db, ends[i]);
        (void)unlink(path);
    }
    char path[120];
    snprintf(path, sizeof path, "%s/new", run->folder);
    (void)rmdir(path);
    assert_int_equal(rmdir(run->folder), 0);
}

static void check_picture(struct first_run *run, const char *name)
{
    int rows = 0, cols = 0;
    char path[200];

    run->term->type->size(run->term, &rows, &cols);
    snprintf(path, sizeof path, "screens/%s_%dx%d", name, cols, rows);
    /* The folder's made-up letters are another every time. */
    char *picture = mem_text(term_memory_picture(run->term, false));
    const char *letters = run->folder + strlen(run->folder) - 6;
    for (char *at = picture; (at = strstr(at, letters)) != NULL;)
        memset(at, 'X', 6);
    golden_check(path, picture);
    mem_free(picture);
}

static const char *ask(struct first_run *run, const char *sql, struct arena *arena)
{
    const struct store_options options = shop_store_options(false);
    AUTO_STORE store = NULL;
    struct fault fault = {0};
    const char *answer = "";

    if (store_open(run->db, &options, &fault, &store) != OK)
        fail_msg("%s", fault.text);
    assert_int_equal(store_text(store, store_intern(store, sql), NULL, arena, &answer), OK);
    return answer;
}

static void three_steps_make_a_shop(void **state)
{
    (void)state;
    struct first_run run;
    AUTO_ARENA arena = ARENA_EMPTY;

    open_wizard(&run, 24, 80);
    press(&run, "1");
    check_picture(&run, "wizard_shop");
    press(&run, "Bayside<F2>");
    check_picture(&run, "wizard_prices");
    press(&run, "<Down>7.75<Down>150<F2>");
    check_picture(&run, "wizard_admin");
    press(&run, "Ann Walsh<Enter>ann<Enter>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    assert_string_equal(ask(&run, "SELECT name FROM shop", &arena), "Bayside");
    assert_string_equal(ask(&run, "SELECT profile FROM shop", &arena), "plain");
    assert_string_equal(ask(&run, "SELECT rate FROM rate_class", &arena), "15000");
    assert_string_equal(ask(&run, "SELECT login FROM user", &arena), "ann");
    close_wizard(&run);
}

static void the_state_of_the_address_proposes_its_rules(void **state)
{
    (void)state;
    struct first_run run;
    AUTO_ARENA arena = ARENA_EMPTY;

    open_wizard(&run, 24, 80);
    press(&run, "1Bayside<Down><Down><Down>CA<F2>");
    assert_non_null(strstr(term_memory_picture(run.term, false), "California"));
    press(&run, "<F2>Ann Walsh<Enter>ann<Enter>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    assert_string_equal(ask(&run, "SELECT profile FROM shop", &arena), "ca");
    close_wizard(&run);
}

static void the_time_zone_is_chosen_from_a_list(void **state)
{
    (void)state;
    struct first_run run;
    AUTO_ARENA arena = ARENA_EMPTY;

    open_wizard(&run, 24, 80);
    press(&run, "1Bayside<F2><F4>");
    assert_non_null(strstr(term_memory_picture(run.term, false), "Eastern (most areas)"));
    press(&run, "central most");
    check_picture(&run, "wizard_zone");
    assert_null(strstr(term_memory_picture(run.term, false), "Eastern (most areas)"));
    assert_non_null(strstr(term_memory_picture(run.term, false), "America/Chicago"));
    press(&run, "<Enter>");
    press(&run, "<F2>Ann Walsh<Enter>ann<Enter>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    assert_string_equal(ask(&run, "SELECT zone FROM shop", &arena), "America/Chicago");
    close_wizard(&run);
}

static void everything_but_the_administrator_may_be_left_out(void **state)
{
    (void)state;
    struct first_run run;

    open_wizard(&run, 24, 80);
    press(&run, "1<F2><F2><F2>");
    assert_false(wizard_has_made(run.wizard));
    press(&run, "Ann Walsh<Enter>ann<Enter>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    close_wizard(&run);
}

static void a_short_password_is_refused_at_its_field_and_leaves_no_file(void **state)
{
    (void)state;
    struct first_run run;

    open_wizard(&run, 24, 80);
    press(&run, "1<F2><F2>Ann Walsh<Enter>ann<Enter>short<F2>");
    assert_non_null(strstr(term_memory_picture(run.term, false), "The password is too short."));
    assert_false(wizard_has_made(run.wizard));
    assert_int_not_equal(access(run.db, F_OK), 0);
    press(&run, "<Ctrl-U>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    close_wizard(&run);
}

static void the_demos_settings_can_be_the_beginning(void **state)
{
    (void)state;
    struct first_run run;
    AUTO_ARENA arena = ARENA_EMPTY;

    open_wizard(&run, 40, 120);
    check_picture(&run, "wizard");
    press(&run, "2<F2>");
    assert_non_null(strstr(term_memory_picture(run.term, false), "8.5"));
    assert_non_null(strstr(term_memory_picture(run.term, false), "145.00"));
    press(&run, "<F2>Ann Walsh<Enter>ann<Enter>four words do well<F2>");
    assert_true(wizard_has_made(run.wizard));
    assert_string_equal(ask(&run, "SELECT supplies_ppm || ' ' || supplies_cap FROM shop", &arena),
                        "60000 3500");
    assert_string_equal(ask(&run, "SELECT demo FROM shop", &arena), "0");
    close_wizard(&run);
}

static void leaving_makes_nothing(void **state)
{
    (void)state;
    struct first_run run;

    open_wizard(&run, 24, 80);
    press(&run, "1<F2><Ctrl-Q>");
    assert_false(wizard_has_made(run.wizard));
    assert_int_not_equal(access(run.db, F_OK), 0);
    close_wizard(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_steps_make_a_shop),
        cmocka_unit_test(the_state_of_the_address_proposes_its_rules),
        cmocka_unit_test(the_time_zone_is_chosen_from_a_list),
        cmocka_unit_test(everything_but_the_administrator_may_be_left_out),
        cmocka_unit_test(a_short_password_is_refused_at_its_field_and_leaves_no_file),
        cmocka_unit_test(the_demos_settings_can_be_the_beginning),
        cmocka_unit_test(leaving_makes_nothing),
    };

    return cmocka_run_group_tests_name("wizard", tests, NULL, NULL);
}
