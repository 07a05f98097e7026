/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coming in, with the real program in a terminal: by password and the code of an app that has
 * scanned the square, and at a kiosk by badge and PIN, with the time that takes. */

#include "person.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "domain/totp.h"

#define SCALE    6
#define SWITCHES 20
#define LIMIT_MS 2000.0

/* --- The square, from the emulator's cells to a reader of the world's --- */

static bool starts_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Two modules a cell; what is no block is light. The square is to the right: columns from `left`.
 */
static void write_square(struct person *who, FILE *file, int rows, int cols, int left)
{
    fprintf(file, "P5 %d %d 255\n", (cols - left) * SCALE, rows * 2 * SCALE);
    for (int half = 0; half < rows * 2; half++) {
        unsigned char line[512];
        const char *at = pty_row(who->pty, half / 2);
        memset(line, 255, sizeof line);
        for (int col = 0; *at != '\0' && col < cols; col++) {
            const bool upper = starts_with(at, "█") || starts_with(at, "▀");
            const bool lower = starts_with(at, "█") || starts_with(at, "▄");
            line[col] = (half % 2 == 0 ? upper : lower) ? 0 : 255;
            do
                at++;
            while ((*at & 0xc0) == 0x80);
        }
        for (int times = 0; times < SCALE; times++)
            for (int x = 0; x < (cols - left) * SCALE; x++)
                fputc(line[left + x / SCALE], file);
    }
}

static const char *scan_square(struct person *who)
{
    const char *path = path_of(who->shop, "square.pgm");
    char line[512] = "";
    FILE *file = fopen(path, "wb");

    settle(who);
    write_square(who, file, 24, 80, 34);
    fclose(file);
    FILE *reader =
        popen(arena_printf(&who->shop->arena, "zbarimg -q --raw %s 2>/dev/null", path), "r");
    if (fgets(line, sizeof line, reader) != NULL)
        line[strcspn(line, "\n")] = '\0';
    pclose(reader);
    return arena_text(&who->shop->arena, line);
}

struct phone {
    unsigned char seed[TOTP_SEED_BYTES];
    int64_t step; /* of the half minute in which it scanned: the test may run into the next one */
};

static struct phone phone_of(struct person *who, const char *address)
{
    struct phone phone = {.step = (int64_t)time(NULL) / TOTP_STEP_SECONDS};
    const char *secret = strstr(address, "secret=");

    if (secret == NULL)
        fail_msg("no secret in “%s”", address);
    secret += strlen("secret=");
    const char *base32 = arena_text_n(&who->shop->arena, secret, strcspn(secret, "&"));
    assert_true(totp_from_base32(base32, phone.seed, sizeof phone.seed));
    return phone;
}

/* The code that it shows so many steps after the scan. */
static const char *code_of(struct person *who, const struct phone *phone, int steps)
{
    char code[TOTP_CODE_MAX];

    assert_true(totp_code(phone->seed, sizeof phone->seed, phone->step + steps, code));
    return arena_text(&who->shop->arena, code);
}

static void the_whole_way_in_with_a_second_factor(void **state)
{
    struct person *who = *state;

    sit_down(who, "ada");
    press(who, "F9");
    type(who, "set up a second factor");
    see(who, "Set up a second factor");
    press(who, "Enter");
    see(who, "scan the");
    const char *address = scan_square(who);
    assert_true(starts_with(address, "otpauth://totp/"));
    const struct phone phone = phone_of(who, address);
    enter(who, unfit_code(who->shop, phone.seed));
    see(who, "Type the six digits");
    enter(who, code_of(who, &phone, 0));
    see(who, "Your recovery codes");
    press(who, "F2");
    see(who, "Find ▸");
    assert_int_equal(ask(who, "SELECT count(*) FROM second_factor WHERE on_at IS NOT NULL"), 1);

    press(who, "Ctrl-X");
    see(who, "Locked.");
    enter(who, PASSWORD);
    see(who, "authenticator app");
    enter(who, code_of(who, &phone, 0)); /* was used already */
    see(who, "does not fit");
    enter(who, code_of(who, &phone, 1)); /* a telephone whose clock is a little ahead */
    see(who, "Find ▸");
    assert_int_equal(ask(who, "SELECT count(*) FROM session WHERE factor = 'code'"), 1);
    press(who, "Ctrl-Q");
    expect_end(who, 0, 10000);
}

/* --- The kiosk --- */

static void add_person(struct person *who, const char *login, const char *name, const char *pin,
                       const char *badge)
{
    struct program *shop = who->shop;
    const char *first = file_with(shop, "first.txt", "a first password for now\n");
    const char *pins = file_with(shop, "pin.txt", arena_printf(&shop->arena, "%s\n", pin));
    const char *own = file_with(shop, "own.txt", PASSWORD "\n");

    expect_ok(shop, arena_printf(&shop->arena,
                                 "user add --login %s --name '%s' --role 3 --works-on-cars "
                                 "--password-file %s",
                                 login, name, first));
    const long id =
        ask(who, arena_printf(&shop->arena, "SELECT id FROM user WHERE login = '%s'", login));
    expect_ok(shop, arena_printf(&shop->arena, "user badge %ld %s", id, badge));
    expect_ok(shop, arena_printf(&shop->arena, "login %s --password-file %s", login, first));
    expect_ok(shop, arena_printf(&shop->arena,
                                 "user change-password --old-password-file %s "
                                 "--new-password-file %s",
                                 first, own));
    expect_ok(shop, arena_printf(&shop->arena, "login %s --password-file %s", login, own));
    expect_ok(shop, arena_printf(&shop->arena, "user set-pin --pin-file %s", pins));
    expect_ok(shop, arena_printf(&shop->arena, "login ada --password-file %s", own));
}

/* As a scanner types it: all at once, Enter behind. Names may stand on the screen already, so that
 * it is over when so many have signed in. */
static double switch_to(struct person *who, const char *badge, const char *pin, const char *name,
                        int count)
{
    const double before = pty_fair_ms(who->pty);

    type(who, badge);
    press(who, "Enter");
    type(who, pin);
    while (ask(who, "SELECT count(*) FROM session WHERE factor = 'pin'") < count &&
           pty_fair_ms(who->pty) - before < 20000)
        pty_settle(who->pty, 2, 1000);
    see(who, "Start / stop");
    see(who, name);
    return pty_fair_ms(who->pty) - before;
}

static void badge_and_pin_change_the_person_in_less_than_two_seconds(void **state)
{
    struct person *who = *state;
    double worst = 0, sum = 0;

    add_person(who, "mo", "Mo Haddad", "804259", "BADGE7KQ2M4XR");
    add_person(who, "tess", "Tess Nakamura", "480362", "BADGE5TT3N8WA");
    expect_ok(who->shop, "terminal enroll 'kiosk 2' --kind kiosk");
    start(who, &(struct start){.words = {"--db", shop_path(who->shop)}}); /* is one by itself */
    see(who, "Who is there?");
    for (int i = 0; i < SWITCHES; i++) {
        const double took = i % 2 == 0
                                ? switch_to(who, "BADGE7KQ2M4XR", "804259", "Mo Haddad", i + 1)
                                : switch_to(who, "BADGE5TT3N8WA", "480362", "Tess Nakamura", i + 1);
        worst = took > worst ? took : worst;
        sum += took;
    }
    print_message("%d changes of the person by badge and PIN: %.0f ms on average, %.0f at most\n",
                  SWITCHES, sum / SWITCHES, worst);
    if (getenv("PITLANE_UNDER") == NULL)
        assert_true(worst < LIMIT_MS);
    assert_int_equal(ask(who, "SELECT count(*) FROM session WHERE factor = 'pin'"), SWITCHES);
    press(who, "5");
    see(who, "You are clocked in.");
    press(who, "F9");
    settle(who);
    assert_false(pty_has(who->pty, "Go to"));
    press(who, "*");
    see(who, "Who is there?");
    assert_int_equal(ask(who, "SELECT count(*) FROM punch WHERE out_at IS NULL"), 1);
    press(who, "Ctrl-Q");
    expect_end(who, 0, 10000);
}

static void a_kiosk_that_is_none_says_how_to_become_one(void **state)
{
    struct person *who = *state;

    start(who, &(struct start){.words = {"--kiosk", "--db", shop_path(who->shop)}});
    expect_end(who, 3, 10000);
    assert_true(pty_has(who->pty, "pitlane terminal enroll"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(the_whole_way_in_with_a_second_factor),
        SHOP_PERSON_TEST(badge_and_pin_change_the_person_in_less_than_two_seconds),
        SHOP_PERSON_TEST(a_kiosk_that_is_none_says_how_to_become_one),
    };

    return cmocka_run_group_tests_name("doorstep", tests, NULL, NULL);
}
