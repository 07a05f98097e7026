/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The second factor at the screen: set up by the square, asked for at sign-in, and the password
 * asked again. The square is read back from the screen's cells by a reader of the world's. */

#include "desk_test.h"

#include <unistd.h>

#include "domain/totp.h"

#define SCALE 6

/* --- Reading the square --- */

/* What a camera would see: light is 255. A cell is one module wide and two high; what is not of the
 * square is black, as a terminal often is. */
static unsigned char light_at(const struct surface *surface, int y, int x)
{
    const struct cell *cell = surface_cell(surface, y / 2, x);

    if (cell->ink != INK_CODE)
        return 0;
    const bool upper = strcmp(cell->text, "█") == 0 || strcmp(cell->text, "▀") == 0;
    const bool lower = strcmp(cell->text, "█") == 0 || strcmp(cell->text, "▄") == 0;
    return (y % 2 == 0 ? upper : lower) ? 0 : 255;
}

static void write_picture(const struct surface *surface, FILE *file)
{
    fprintf(file, "P5 %d %d 255\n", surface->cols * SCALE, surface->rows * 2 * SCALE);
    for (int y = 0; y < surface->rows * 2 * SCALE; y++)
        for (int x = 0; x < surface->cols * SCALE; x++)
            fputc(light_at(surface, y / SCALE, x / SCALE), file);
}

/* The text in the square on the screen, as zbarimg reads it. */
static const char *scan_screen(struct desk_test *t)
{
    char path[] = "/tmp/square-XXXXXX";
    char line[512] = "";
    const int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");

    write_picture(term_memory_shown(t->term), file);
    fclose(file);
    FILE *reader = popen(arena_printf(&t->shop->arena,
                                      "zbarimg -q --raw pgm:%s 2>/dev/null || zbarimg -q --raw %s",
                                      path, path),
                         "r");
    if (fgets(line, sizeof line, reader) != NULL)
        line[strcspn(line, "\n")] = '\0';
    pclose(reader);
    unlink(path);
    return arena_text(&t->shop->arena, line);
}

/* --- The telephone --- */

struct phone {
    unsigned char seed[TOTP_SEED_BYTES];
};

static struct phone phone_of(struct desk_test *t, const char *address)
{
    struct phone phone;
    const char *secret = strstr(address, "secret=");

    if (secret == NULL)
        fail_msg("no secret in “%s”", address);
    secret += strlen("secret=");
    const char *base32 = arena_text_n(&t->shop->arena, secret, strcspn(secret, "&"));
    assert_true(totp_from_base32(base32, phone.seed, sizeof phone.seed));
    return phone;
}

static const char *phone_shows(struct desk_test *t, const struct phone *phone)
{
    char code[TOTP_CODE_MAX];

    assert_true(totp_code(phone->seed, sizeof phone->seed,
                          t->desk->session.clock.fixed / TOTP_STEP_SECONDS, code));
    return arena_text(&t->shop->arena, code);
}

static void next_code(struct desk_test *t)
{
    t->desk->session.clock.fixed += TOTP_STEP_SECONDS;
}

/* --- Pictures without the secret --- */

/* The square as a block, the groups of the key and of the recovery codes as signs that stand for
 * any. */
static const char *masked(struct desk_test *t)
{
    const struct surface *surface = term_memory_shown(t->term);
    AUTO_BUF out = BUF_MIB(1);

    for (int row = 0; row < surface->rows; row++) {
        AUTO_BUF line = BUF(4096);
        for (int col = 0; col < surface->cols; col++) {
            const struct cell *cell = surface_cell(surface, row, col);
            const bool is_sign = cell->ink == INK_STRONG && strlen(cell->text) == 1 &&
                                 ((cell->text[0] >= 'A' && cell->text[0] <= 'Z') ||
                                  (cell->text[0] >= '2' && cell->text[0] <= '9')) &&
                                 row > 3 && row < 20;
            buf_text(&line, cell->ink == INK_CODE ? "▒" : is_sign ? "X" : cell->text);
        }
        size_t length = line.length;
        while (length > 0 && buf_str(&line)[length - 1] == ' ')
            length--;
        buf_printf(&out, "%.*s\n", (int)length, buf_str(&line));
    }
    return arena_text(&t->shop->arena, buf_str(&out));
}

static void assert_masked_picture(struct desk_test *t, const char *name)
{
    static const char *const sizes[] = {"<size 80x24>", "<size 120x40>", "<size 80x24>"};
    int rows = 0, cols = 0;
    char path[200];

    for (size_t i = 0; i < 2; i++) {
        keys(t, sizes[i]);
        t->term->type->size(t->term, &rows, &cols);
        snprintf(path, sizeof path, "screens/%s_%dx%d", name, cols, rows);
        golden_check(path, masked(t));
    }
    keys(t, sizes[2]);
}

/* --- The shop --- */

static void open_set_up(struct desk_test *t)
{
    desk_open_op(t->desk, op_find("factor.begin"), NULL);
    keys(t, "<wait 1>");
}

/* Ann has it on; the program stands at its sign-in screen then. */
static struct phone given_a_second_factor(struct desk_test *t)
{
    open_set_up(t);
    const struct phone phone = phone_of(t, scan_screen(t));
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter>");
    assert_shows(t, "Your recovery codes");
    keys(t, "<F2>");
    return phone;
}

static void the_square_is_read_back_and_the_code_turns_it_on(void **state)
{
    struct desk_test *t = *state;

    open_set_up(t);
    assert_masked_picture(t, "factor_set_up");
    const char *small = scan_screen(t);
    keys(t, "<size 120x40>");
    const char *large = scan_screen(t);
    keys(t, "<size 80x24>");
    print_message("read from 80x24: %zu characters, from 120x40: %zu\n", strlen(small),
                  strlen(large));
    assert_true(strncmp(small, "otpauth://totp/", 15) == 0);
    assert_true(strncmp(large, "otpauth://totp/", 15) == 0);
    assert_non_null(strstr(large, "issuer="));
    const struct phone phone = phone_of(t, small);
    assert_memory_equal(phone_of(t, large).seed, phone.seed, sizeof phone.seed);

    keys(t, "000000<Enter>");
    assert_shows(t, "code");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM second_factor WHERE on_at > 0"), 0);
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter>");
    assert_masked_picture(t, "factor_recovery_codes");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM second_factor WHERE on_at > 0"), 1);
    keys(t, "<Enter><Esc>"); /* pressed by habit */
    assert_shows(t, "The codes are not shown again.");
    keys(t, "<F2>");
    assert_shows(t, "Find ▸");
}

/* Squares of many secrets, shop names and sign-in names, each read back. */
static void every_square_is_read_back(void **state)
{
    static const char *const shops[] = {"Bayside", "J & R", "Pruitt's Auto Body and Glass",
                                        "Señor Müller’s"};
    struct desk_test *t = *state;
    int read = 0, tried = 0;

    for (size_t i = 0; i < COUNT_OF(shops) * 3; i++) {
        run_sql(t->shop, "DELETE FROM second_factor");
        run_sql(t->shop,
                arena_printf(&t->shop->arena, "UPDATE shop SET name = replace('%s', '~', '')",
                             i % 4 == 2 ? "Pruitt~s Auto Body and Glass" : shops[i % 4]));
        desk_open_op(t->desk, op_find("factor.begin"), NULL);
        keys(t, "<wait 1>");
        const char *address = scan_screen(t);
        tried++;
        read += strncmp(address, "otpauth://totp/", 15) == 0;
        (void)phone_of(t, address);
        keys(t, "<Esc>");
    }
    print_message("%d of %d squares were read back\n", read, tried);
    assert_int_equal(read, tried);
}

static void without_the_characters_the_key_stands_alone(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open_as(&t, 24, 80, (struct theme){.ascii = true, .ascii_only = true});
    sign_in_by_keys(&t, ROLE_MANAGER);
    desk_open_op(t.desk, op_find("factor.begin"), NULL);
    keys(&t, "<wait 1>");
    assert_masked_picture(&t, "factor_set_up_ascii");
    desk_test_close(&t);
}

static void sign_in_asks_for_the_code_and_takes_each_once(void **state)
{
    struct desk_test *t = *state;

    const struct phone phone = given_a_second_factor(t);
    keys(t, "<Ctrl-X>" DESK_PASSWORD "<Enter>");
    assert_shows(t, "Type the code that your authenticator app shows now.");
    assert_both_pictures(t, "sign_in_code");
    keys(t, phone_shows(t, &phone)); /* the one that turned it on */
    keys(t, "<Enter>");
    assert_shows(t, "was used already");
    next_code(t);
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter>");
    assert_shows(t, "Find ▸");
    assert_string_equal(ask_text(t->shop, "SELECT factor FROM session ORDER BY id DESC LIMIT 1"),
                        "code");
}

static void a_wrong_password_asks_for_no_code(void **state)
{
    struct desk_test *t = *state;

    (void)given_a_second_factor(t);
    keys(t, "<Ctrl-X>wrong<Enter>");
    assert_shows(t, "The name or the password is wrong.");
    assert_shows_not(t, "Code");
}

static void a_recovery_code_opens_once(void **state)
{
    struct desk_test *t = *state;

    open_set_up(t);
    const struct phone phone = phone_of(t, scan_screen(t));
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter>");
    const char *first = strstr(term_memory_picture(t->term, false), " 1  ");
    assert_non_null(first);
    const char *code = arena_text_n(&t->shop->arena, first + 4, 14);
    keys(t, "<F2>");
    for (int time = 0; time < 2; time++) {
        keys(t, "<Ctrl-X>" DESK_PASSWORD "<Enter>");
        keys(t, code);
        keys(t, "<Enter>");
        if (time == 0)
            assert_shows(t, "Find ▸");
        else
            assert_shows(t, "This code does not fit");
    }
}

static void a_role_that_needs_it_leads_there(void **state)
{
    struct desk_test *t = *state;

    run_sql(t->shop, "UPDATE role SET needs_second_factor = 1 WHERE name = 'manager'");
    sign_in_by_keys(t, ROLE_MANAGER);
    assert_shows(t, "Set up the second factor");
    keys(t, "<Esc>");
    assert_shows(t, "Sign in again when you are ready for it.");
    assert_int_equal(t->desk->session.id.v, 0);

    sign_in_by_keys(t, ROLE_MANAGER);
    const struct phone phone = phone_of(t, scan_screen(t));
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter><F2>");
    assert_shows(t, "Find ▸");
}

/* --- The password again --- */

static void wait_until_stale(struct desk_test *t)
{
    run_sql(t->shop, "UPDATE session SET started_at = started_at - 600, confirmed_at = NULL");
}

static void what_needs_the_password_again_goes_on_where_it_was(void **state)
{
    struct desk_test *t = *state;

    wait_until_stale(t);
    desk_open_op(t->desk, op_find("terminal.enroll"), NULL);
    keys(t, "kiosk 2<F2>");
    assert_both_pictures(t, "confirm");
    keys(t, "wrong<Enter>");
    assert_shows(t, "This is not your password. Try again.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM terminal"), 0);
    keys(t, DESK_PASSWORD "<Enter>");
    assert_shows_not(t, "Your password again");
    assert_string_equal(ask_text(t->shop, "SELECT name FROM terminal"), "kiosk 2");
}

static void a_confirmation_that_is_left_does_nothing_and_loses_nothing(void **state)
{
    struct desk_test *t = *state;

    wait_until_stale(t);
    desk_open_op(t->desk, op_find("terminal.enroll"), NULL);
    keys(t, "kiosk 2<F2><Esc>");
    assert_shows(t, "kiosk 2");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM terminal"), 0);
    keys(t, "<F2>" DESK_PASSWORD "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM terminal"), 1);
}

static void an_answer_goes_on_too_and_the_code_is_asked_where_it_is_on(void **state)
{
    struct desk_test *t = *state;

    const struct phone phone = given_a_second_factor(t);
    wait_until_stale(t);
    next_code(t);
    desk_open_op(t->desk, op_find("factor.turn-off"), NULL);
    keys(t, "y");
    assert_shows(t, "Your password again");
    keys(t, DESK_PASSWORD "<Enter>");
    assert_both_pictures(t, "confirm_code");
    keys(t, phone_shows(t, &phone));
    keys(t, "<Enter>");
    assert_shows(t, "Done.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM second_factor"), 0);
}

static void waits_are_counted_down(void **state)
{
    struct desk_test *t = *state;

    keys(t, "ann<Enter>");
    for (int i = 0; i < 9; i++) {
        keys(t, "wrong<Enter>");
        t->desk->session.clock.fixed += i < 8 ? 20 : 0;
    }
    keys(t, "wrong<Enter>");
    assert_shows(t, "Try again in 16 seconds.");
    t->desk->session.clock.fixed += 10;
    keys(t, "<wait 1100>");
    assert_shows(t, "Try again in 6 seconds.");
    t->desk->session.clock.fixed += 6;
    keys(t, "<wait 1100>");
    assert_shows(t, "You can try again now.");
}

static void typed_secrets_are_shown_on_request(void **state)
{
    struct desk_test *t = *state;

    keys(t, "ann<Enter>four words");
    assert_shows_not(t, "four words");
    keys(t, "<F4>");
    assert_shows(t, "four words");
    keys(t, "<F4>");
    assert_shows_not(t, "four words");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(the_square_is_read_back_and_the_code_turns_it_on),
        COUNTER_TEST(every_square_is_read_back),
        cmocka_unit_test(without_the_characters_the_key_stands_alone),
        COUNTER_TEST(sign_in_asks_for_the_code_and_takes_each_once),
        COUNTER_TEST(a_wrong_password_asks_for_no_code),
        COUNTER_TEST(a_recovery_code_opens_once),
        DESK_TEST(a_role_that_needs_it_leads_there),
        COUNTER_TEST(what_needs_the_password_again_goes_on_where_it_was),
        COUNTER_TEST(a_confirmation_that_is_left_does_nothing_and_loses_nothing),
        COUNTER_TEST(an_answer_goes_on_too_and_the_code_is_asked_where_it_is_on),
        DESK_TEST(waits_are_counted_down),
        DESK_TEST(typed_secrets_are_shown_on_request),
    };

    return cmocka_run_group_tests_name("factor", tests, NULL, NULL);
}
