/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The change of the data key, and the list of what is sealed. */

#include "shop.h"

#include <ctype.h>
#include <unistd.h>

#include "domain/rekey.h"

static const struct secret_place FACTOR_OF_ADMIN = {"second_factor", "seed_secret", 1};

static const char SQL_ADD_FACTOR[] =
    "INSERT INTO second_factor (user, seed_secret, made_at) VALUES (1, :sealed, 0)";
static const char SQL_SET_FACTOR[] = "UPDATE second_factor SET seed_secret = :sealed";
static const char SQL_ADD_TOKEN[] =
    "INSERT INTO refresh_token (id, session, token_hash, made_at, expires_at, successor_secret) "
    "SELECT :id, min(id), 'hash' || :id, 0, 0, :sealed FROM session";

static const char *seal(struct shop_test *t, const struct key_ring *keys, struct secret_place place,
                        const char *plain)
{
    const char *sealed = "";

    assert_int_equal(secret_seal(keys, place, plain, &t->arena, &sealed, NULL), OK);
    return sealed;
}

static void given_sealed_values(struct shop_test *t, int64_t tokens)
{
    const char *factor = seal(t, t->keys, FACTOR_OF_ADMIN, "SEED");

    assert_int_equal(
        store_run(t->store, SQL_ADD_FACTOR, NO_ROW, BINDS(BIND_TEXT("sealed", factor))), OK);
    for (int64_t id = 9001; id < 9001 + tokens; id++) {
        const char *token = seal(
            t, t->keys, (struct secret_place){"refresh_token", "successor_secret", id}, "TOKEN");
        assert_int_equal(store_run(t->store, SQL_ADD_TOKEN, NO_ROW,
                                   BINDS(BIND_INT("id", id), BIND_TEXT("sealed", token))),
                         OK);
    }
}

static void everything_sealed_is_sealed_anew_and_opens(void **state)
{
    struct shop_test *t = *state;
    struct rekey report;
    const char *plain = "";

    given_sealed_values(t, 450); /* more than goes at once */
    assert_int_equal(rekey_run(&t->session, t->keys, NULL, &report), OK);
    assert_int_equal(report.data_key, 2);
    assert_int_equal(report.sealed, 451);
    assert_int_equal(report.unreadable, 0);
    assert_int_equal(key_ring_data_count(t->keys), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM refresh_token "
                                   "WHERE successor_secret LIKE '2.%' AND id > 9000"),
                     450);
    const char *sealed = ask_text(t, "SELECT seed_secret FROM second_factor");
    assert_int_equal(secret_unseal(t->keys, FACTOR_OF_ADMIN, sealed, &t->arena, &plain, NULL), OK);
    assert_string_equal(plain, "SEED");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'keys.change'"), 1);
}

static void an_interrupted_change_goes_on_with_the_key_it_had_made(void **state)
{
    struct shop_test *t = *state;
    struct rekey report;

    given_sealed_values(t, 3);
    assert_int_equal(key_ring_renew(t->keys, NULL), OK); /* as far as a killed call had come */
    assert_int_equal(rekey_run(&t->session, t->keys, NULL, &report), OK);
    assert_true(report.went_on);
    assert_int_equal(report.data_key, 2);
    assert_int_equal(report.sealed, 4);
}

static void what_opens_with_no_key_stays_and_keeps_the_old_keys(void **state)
{
    struct shop_test *t = *state;
    struct rekey report;

    given_sealed_values(t, 2);
    run_sql(t, "UPDATE second_factor SET seed_secret = '1.c3RyYW5nZXI'");
    assert_int_equal(rekey_run(&t->session, t->keys, NULL, &report), ERR_CORRUPT);
    assert_int_equal(report.unreadable, 1);
    assert_int_equal(report.sealed, 2);
    assert_int_equal(key_ring_data_count(t->keys), 2);
    assert_string_equal(ask_text(t, "SELECT seed_secret FROM second_factor"), "1.c3RyYW5nZXI");
}

static void who_still_has_the_old_keys_seals_nothing_with_them(void **state)
{
    struct shop_test *t = *state;
    struct rekey report;
    const char *old = seal(t, t->keys, FACTOR_OF_ADMIN, "SEED");

    given_sealed_values(t, 0);
    assert_int_equal(rekey_run(&t->session, t->keys, NULL, &report), OK);
    assert_int_equal(store_run(t->store, SQL_SET_FACTOR, NO_ROW, BINDS(BIND_TEXT("sealed", old))),
                     ERR_CONFLICT);
    assert_says(t, "start it again");
    run_sql(t, "DELETE FROM second_factor");
    assert_int_equal(store_run(t->store, SQL_ADD_FACTOR, NO_ROW, BINDS(BIND_TEXT("sealed", old))),
                     ERR_CONFLICT);
}

/* A copy of the keys in another process, as an open terminal has one. */
static void an_open_terminal_follows_the_key_file(void **state)
{
    struct shop_test *t = *state;
    const char *path = arena_printf(&t->arena, "/tmp/pitlane-follow-%d.key", (int)getpid());
    AUTO_KEY_RING writer = key_ring_make();
    AUTO_KEY_RING terminal = NULL;
    AUTO_BUF text = BUF(65536);
    const char *plain = "";

    key_ring_follow(writer, path);
    assert_int_equal(key_ring_save(writer, NULL, NULL), OK);
    assert_int_equal(key_ring_write(writer, NULL, &text, NULL), OK);
    assert_int_equal(key_ring_read(buf_str(&text), text.length, NULL, NULL, &terminal), OK);
    key_ring_follow(terminal, path);

    assert_int_equal(key_ring_renew(writer, NULL), OK);
    assert_int_equal(key_ring_save(writer, NULL, NULL), OK);
    const char *sealed = seal(t, writer, FACTOR_OF_ADMIN, "SEED");
    assert_int_equal(secret_unseal(terminal, FACTOR_OF_ADMIN, sealed, &t->arena, &plain, NULL), OK);
    assert_int_equal(key_ring_newest(terminal), 2);
    /* Another shop's keys in its place are not taken. */
    AUTO_KEY_RING other = key_ring_make();
    key_ring_follow(other, path);
    assert_int_equal(key_ring_renew(other, NULL), OK);
    assert_int_equal(key_ring_renew(other, NULL), OK);
    assert_int_equal(key_ring_save(other, NULL, NULL), OK);
    seal(t, terminal, FACTOR_OF_ADMIN, "SEED");
    assert_int_equal(key_ring_newest(terminal), 2);
    unlink(path);
}

static void an_open_terminal_follows_a_file_under_a_passphrase_until_that_changes(void **state)
{
    struct shop_test *t = *state;
    const char *path = arena_printf(&t->arena, "/tmp/pitlane-boxed-%d.key", (int)getpid());
    AUTO_KEY_RING writer = key_ring_make();
    AUTO_KEY_RING terminal = NULL;
    AUTO_BUF text = BUF(65536);
    const char *plain = "";

    key_ring_follow(writer, path);
    assert_int_equal(key_ring_save(writer, "four words for keys", NULL), OK);
    assert_int_equal(buf_read_file(&text, path, NULL), OK);
    assert_int_equal(
        key_ring_read(buf_str(&text), text.length, "four words for keys", NULL, &terminal), OK);
    key_ring_follow(terminal, path);

    assert_int_equal(key_ring_renew(writer, NULL), OK);
    assert_int_equal(key_ring_save(writer, "four words for keys", NULL), OK);
    const char *sealed = seal(t, writer, FACTOR_OF_ADMIN, "SEED");
    assert_int_equal(secret_unseal(terminal, FACTOR_OF_ADMIN, sealed, &t->arena, &plain, NULL), OK);
    assert_string_equal(plain, "SEED");

    assert_int_equal(key_ring_renew(writer, NULL), OK);
    assert_int_equal(key_ring_save(writer, "four other words for keys", NULL), OK);
    seal(t, terminal, FACTOR_OF_ADMIN, "SEED");
    assert_int_equal(key_ring_newest(terminal), 2);
    unlink(path);
}

static void every_secret_column_of_the_schema_is_on_the_list_and_guarded(void **state)
{
    struct shop_test *t = *state;

    const int64_t columns =
        ask_number(t, "SELECT count(*) FROM sqlite_schema AS s, pragma_table_info(s.name) AS c "
                      "WHERE s.type = 'table' AND c.name LIKE '%\\_secret' ESCAPE '\\'");
    assert_int_equal(columns, sealed_column_count);
    for (size_t i = 0; i < sealed_column_count; i++) {
        const struct sealed_column *column = &sealed_columns[i];
        const char *sql = arena_printf(
            &t->arena,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '%s' "
            "AND name IN ('%s_%s_is_new', '%s_%s_stays_new')",
            column->table, column->table, column->column, column->table, column->column);
        assert_int_equal(ask_number(t, sql), 2);
    }
}

/* --- On paper --- */

static struct key_ring *sheet_read(const char *text, const char *passphrase, status expected,
                                   struct fault *fault)
{
    struct key_ring *ring = NULL;

    *fault = (struct fault){0};
    assert_int_equal(key_ring_read_sheet(text, passphrase, fault, &ring), expected);
    return ring;
}

static void keys_come_back_from_paper_as_they_were(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(65536);
    AUTO_BUF before = BUF(65536);
    AUTO_BUF after = BUF(65536);
    struct fault fault;

    AUTO_KEY_RING ring = key_ring_make();
    for (int i = 0; i < 4; i++)
        assert_int_equal(key_ring_renew(ring, NULL), OK);
    assert_int_equal(key_ring_write_sheet(ring, "four words do well", &text, NULL), OK);
    /* As somebody might type it: small letters, O for 0, behind some other text. */
    char *typed = arena_printf(&arena, "typed on Monday\n%s\n", buf_str(&text));
    for (char *at = strchr(strstr(typed, "PITLANE"), '\n') + 1; *at != '\0'; at++)
        if (at[-1] != '\n' && at[-2] != '\n')
            *at = *at == '0' ? 'O' : (char)tolower(*at);
    AUTO_KEY_RING again = sheet_read(typed, "four words do well", OK, &fault);
    assert_int_equal(key_ring_newest(again), 5);
    AUTO_KEY_RING exact = sheet_read(buf_str(&text), "four words do well", OK, &fault);
    assert_int_equal(key_ring_write(ring, NULL, &before, NULL), OK);
    assert_int_equal(key_ring_write(exact, NULL, &after, NULL), OK);
    assert_string_equal(buf_str(&before), buf_str(&after));
    sheet_read(buf_str(&text), "some other words here", ERR_SIGN_IN, &fault);
    sheet_read("no sheet at all", "x", ERR_INVALID, &fault);
}

/* Every character of the sheet, typed wrong: found, and its line named. */
static void each_character_typed_wrong_is_found_in_its_line(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(65536);
    AUTO_KEY_RING ring = key_ring_make();
    struct fault fault;
    int tried = 0, named = 0, line = 0;

    assert_int_equal(key_ring_write_sheet(ring, "four words do well", &text, NULL), OK);
    const char *body = strchr(buf_str(&text), '\n') + 1;
    for (const char *at = body; *at != '\0'; at++) {
        const size_t column = (size_t)(at - body);
        if (column == 0 || at[-1] == '\n')
            line++;
        if (*at == ' ' || *at == '\n' || (column < 2 || at[-1] == '\n' || at[-2] == '\n'))
            continue;
        char *wrong = arena_text(&arena, buf_str(&text));
        char *there = wrong + (at - buf_str(&text));
        *there = *there == 'X' ? 'Y' : 'X';
        struct key_ring *made = NULL;
        const status result = key_ring_read_sheet(wrong, "four words do well", &fault, &made);
        assert_null(made);
        tried++;
        named += result == ERR_INVALID &&
                 strstr(fault.text, arena_printf(&arena, "Line %d is not", line)) != NULL;
        assert_true(result == ERR_INVALID || result == ERR_SIGN_IN);
    }
    print_message("%d characters typed wrong, %d named by their line\n", tried, named);
    /* The check of a line is ten bits: one in a thousand may slip through to the box, which
     * refuses it. */
    assert_true(named >= tried - 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(everything_sealed_is_sealed_anew_and_opens),
        SHOP_TEST(an_interrupted_change_goes_on_with_the_key_it_had_made),
        SHOP_TEST(what_opens_with_no_key_stays_and_keeps_the_old_keys),
        SHOP_TEST(who_still_has_the_old_keys_seals_nothing_with_them),
        SHOP_TEST(an_open_terminal_follows_the_key_file),
        SHOP_TEST(an_open_terminal_follows_a_file_under_a_passphrase_until_that_changes),
        SHOP_TEST(every_secret_column_of_the_schema_is_on_the_list_and_guarded),
        cmocka_unit_test(keys_come_back_from_paper_as_they_were),
        cmocka_unit_test(each_character_typed_wrong_is_found_in_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
