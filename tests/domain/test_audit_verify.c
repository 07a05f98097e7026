/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log shows when somebody had his hands in it, and says so where it cannot. */

#include "audits.h"

/* --- Hands in it --- */

static const char *const guards[] = {
    "audit_is_final",         "audit_stays",    "audit_is_new",       "audit_checkpoint_is_final",
    "audit_checkpoint_stays", "entry_is_final", "entry_line_is_final"};

/* A shop with 40 edits and a checkpoint in their midst; then whoever has the file takes the guards
 * away. */
static struct audit_checkpoint given_a_log(struct shop_test *t)
{
    struct audit_checkpoint checkpoint;

    for (int i = 0; i < 20; i++)
        edit_phone(t, i);
    assert_int_equal(audit_checkpoint_make(&t->session, &checkpoint), OK);
    for (int i = 20; i < 40; i++)
        edit_phone(t, i);
    for (size_t i = 0; i < COUNT_OF(guards); i++)
        run_sql(t, arena_printf(&t->arena, "DROP TRIGGER %s", guards[i]));
    run_sql(t, "PRAGMA foreign_keys = OFF");
    run_sql(t, "PRAGMA ignore_check_constraints = ON");
    return checkpoint;
}

static status verify(struct shop_test *t, const struct audit_checkpoint *given)
{
    struct audit_verified verified;

    const status result =
        audit_verify(&t->session, given, given != NULL ? 1 : 0, NULL, NULL, &verified);
    if (result == OK)
        assert_int_equal(verified.rows, ask_number(t, "SELECT max(id) FROM audit"));
    return result;
}

/* Seals the rows from `from` on anew, as only a thief of the key can. */
static void restamp(struct shop_test *t, int64_t from)
{
    static const char SQL_BEFORE[] = "SELECT mac FROM audit WHERE id = :id";
    static const char SQL_ROW[] = "SELECT * FROM audit WHERE id = :id";
    static const char SQL_SEAL[] = "UPDATE audit SET mac = :mac WHERE id = :id";
    const int64_t last = ask_number(t, "SELECT max(id) FROM audit");
    const char *before = "";
    char mac[SECRET_DIGEST_MAX];
    struct audit_row row;

    assert_int_equal(
        store_text(t->store, SQL_BEFORE, BINDS(BIND_INT("id", from - 1)), &t->arena, &before), OK);
    for (int64_t id = from; id <= last; id++) {
        assert_int_equal(store_get(t->store, SQL_ROW, NO_ROW, BINDS(BIND_INT("id", id)), &t->arena,
                                   &audit_row_shape, &row),
                         OK);
        audit_mac(t->keys, before, &row, mac);
        assert_int_equal(
            store_run(t->store, SQL_SEAL, NO_ROW, BINDS(BIND_INT("id", id), BIND_TEXT("mac", mac))),
            OK);
        before = arena_text(&t->arena, mac);
    }
}

static void an_untouched_log_proves_itself(void **state)
{
    struct shop_test *t = *state;
    const struct audit_checkpoint paper = given_a_log(t);

    assert_int_equal(verify(t, NULL), OK);
    assert_int_equal(verify(t, &paper), OK);
}

static void expect_found(struct shop_test *t, const struct audit_checkpoint *paper,
                         const char *sentence)
{
    if (verify(t, paper) != ERR_CORRUPT)
        fail_msg("%s: it was not found", sentence);
    assert_says(t, sentence);
}

static void an_edited_row_is_named(void **state)
{
    struct shop_test *t = *state;
    static const char *const edits[] = {
        "at = at + 1",
        "user = 2",
        "user = NULL",
        "user = 0",
        "user_name = 'Mo Haddad'",
        "session = NULL",
        "terminal = 'counter 2'",
        "place = 'elsewhere'",
        "factor = 'code'",
        "op = 'setting.show'",
        "result = 'denied'",
        "noun = 'customer', subject = 5",
        "subject = 0",
        "input = '{}'",
        "input = input || char(0) || 'x'",
        "changes = replace(changes, '0013', '0014')",
        "mac = replace(mac, substr(mac, 1, 1), 'x')",
    };
    given_a_log(t);
    const int64_t row = ask_number(t, "SELECT id FROM audit WHERE input LIKE '%0013%'");
    const char *sentence =
        arena_printf(&t->arena, "Row %lld of the audit log was altered", (long long)row);

    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        run_sql(t, "CREATE TEMP TABLE kept AS SELECT * FROM audit");
        run_sql(t, arena_printf(&t->arena, "UPDATE audit SET %s WHERE id = %lld", edits[i],
                                (long long)row));
        if (strncmp(edits[i], "mac", 3) == 0) /* the next one stands on it */
            expect_found(t, NULL, arena_printf(&t->arena, "From row %lld on", (long long)row));
        else
            expect_found(t, NULL, sentence);
        run_sql(t, "DELETE FROM audit");
        run_sql(t, "INSERT INTO audit SELECT * FROM kept");
        run_sql(t, "DROP TABLE kept");
        assert_int_equal(verify(t, NULL), OK);
    }
    print_message("%zu kinds of edits found\n", COUNT_OF(edits));
}

static void a_row_that_was_put_in_is_named(void **state)
{
    struct shop_test *t = *state;

    given_a_log(t);
    run_sql(t, "UPDATE audit SET id = -id WHERE id >= 20");
    run_sql(t, "UPDATE audit SET id = 1 - id WHERE id < 0");
    run_sql(t, "INSERT INTO audit SELECT 20, at, user, user_name, session, terminal, place, factor,"
               " op, result, noun, subject, mac, input, changes FROM audit WHERE id = 10");
    expect_found(t, NULL, "From row 20 on");
}

static void a_row_that_was_put_behind_the_end_is_named(void **state)
{
    struct shop_test *t = *state;

    given_a_log(t);
    const int64_t last = ask_number(t, "SELECT max(id) FROM audit");
    run_sql(t, "INSERT INTO audit SELECT (SELECT max(id) + 1 FROM audit), at, user, user_name, "
               "session, terminal, place, factor, op, result, noun, subject, mac, input, changes "
               "FROM audit WHERE id = 10");
    expect_found(t, NULL, arena_printf(&t->arena, "Row %lld of", (long long)last + 1));
}

static void a_row_that_was_taken_out_is_named(void **state)
{
    struct shop_test *t = *state;

    given_a_log(t);
    run_sql(t, "DELETE FROM audit WHERE id = 15");
    expect_found(t, NULL, "Row 15 of the audit log is missing");
    run_sql(t, "DELETE FROM audit WHERE id = 16");
    expect_found(t, NULL, "Rows 15 to 16 of the audit log are missing");
    /* … and closing the gap does not help. */
    run_sql(t, "UPDATE audit SET id = -id WHERE id > 15");
    run_sql(t, "UPDATE audit SET id = -id - 2 WHERE id < 0");
    expect_found(t, NULL, "From row 15 on");
}

static void rows_that_changed_places_are_named(void **state)
{
    struct shop_test *t = *state;

    given_a_log(t);
    run_sql(t, "UPDATE audit SET id = -1 WHERE id = 12");
    run_sql(t, "UPDATE audit SET id = 12 WHERE id = 13");
    run_sql(t, "UPDATE audit SET id = 13 WHERE id = -1");
    expect_found(t, NULL, "From row 12 on");
}

static void a_log_cut_off_fits_itself_but_not_a_checkpoint(void **state)
{
    struct shop_test *t = *state;
    const struct audit_checkpoint paper = given_a_log(t);

    run_sql(t, "DELETE FROM audit WHERE id > 18");
    expect_found(t, NULL, "was cut off"); /* by the checkpoint in the file itself */
    run_sql(t, "DELETE FROM audit_checkpoint");
    assert_int_equal(verify(t, NULL), OK); /* as the manual says */
    expect_found(t, &paper, "it ends at row 18");
}

static void rows_behind_the_last_checkpoint_can_be_cut_off_unseen(void **state)
{
    struct shop_test *t = *state;
    const struct audit_checkpoint paper = given_a_log(t);

    run_sql(t,
            arena_printf(&t->arena, "DELETE FROM audit WHERE id > %lld", (long long)paper.audit.v));
    assert_int_equal(verify(t, &paper), OK); /* the manual says that, too */
}

static void a_log_sealed_anew_by_a_thief_of_the_key_does_not_fit_a_checkpoint(void **state)
{
    struct shop_test *t = *state;
    const struct audit_checkpoint paper = given_a_log(t);

    run_sql(t, "UPDATE audit SET user_name = 'Mo Haddad' WHERE id = 14");
    restamp(t, 14);
    expect_found(t, NULL, "was rewritten"); /* the checkpoint in the file is enough here */
    run_sql(t, "DELETE FROM audit_checkpoint");
    assert_int_equal(verify(t, NULL), OK);
    expect_found(t, &paper, "was rewritten");
}

static void an_old_file_put_back_does_not_fit_a_checkpoint(void **state)
{
    struct shop_test *t = *state;
    struct audit_checkpoint paper;

    for (int i = 0; i < 10; i++)
        edit_phone(t, i);
    run_sql(t, "CREATE TEMP TABLE old AS SELECT * FROM audit");
    given_a_log(t);
    assert_int_equal(audit_checkpoint_make(&t->session, &paper), OK);
    run_sql(t, "DELETE FROM audit_checkpoint");
    run_sql(t, "DELETE FROM audit");
    run_sql(t, "INSERT INTO audit SELECT * FROM old");
    assert_int_equal(verify(t, NULL), OK);
    expect_found(t, &paper, "the file is an old one");
    /* Working on in it until it is longer again does not help either. */
    for (int i = 0; i < 60; i++)
        edit_phone(t, i + 100);
    expect_found(t, &paper, "was rewritten");
}

static void a_checkpoint_taken_out_of_the_file_is_missed(void **state)
{
    struct shop_test *t = *state;
    struct audit_checkpoint second;
    const struct audit_checkpoint first = given_a_log(t);

    assert_int_equal(audit_checkpoint_make(&t->session, &second), OK);
    run_sql(t, "DELETE FROM audit_checkpoint WHERE id = 2");
    assert_int_equal(verify(t, &first), OK);
    expect_found(t, &second, "Checkpoint 2 was taken out");
    run_sql(t, "UPDATE audit_checkpoint SET id = 2");
    expect_found(t, NULL, "Checkpoint 1 of the shop's file is missing");
}

static void a_checkpoint_that_was_altered_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct audit_checkpoint paper = given_a_log(t);

    paper.audit.v--;
    paper.count--;
    expect_found(t, &paper, "signature of checkpoint 1 does not fit");
    run_sql(t, "UPDATE audit_checkpoint SET at = at + 1");
    expect_found(t, NULL, "signature of checkpoint 1 does not fit");
}

static void books_changed_behind_a_checkpoint_are_found(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "INSERT INTO entry (posted_on, at, memo, source) VALUES ('2026-11-24', 1, 'x', "
               "'hand')");
    run_sql(t, "INSERT INTO entry_line (entry, position, account, amount) "
               "SELECT 1, 1, min(id), 5000 FROM account");
    run_sql(t, "INSERT INTO entry_line (entry, position, account, amount) "
               "SELECT 1, 2, max(id), -5000 FROM account");
    run_sql(t, "INSERT INTO account_day (account, day, debit, credit) "
               "SELECT min(id), '2026-11-24', 5000, 0 FROM account");
    run_sql(t, "INSERT INTO account_day (account, day, debit, credit) "
               "SELECT max(id), '2026-11-24', 0, 5000 FROM account");
    const struct audit_checkpoint paper = given_a_log(t);
    assert_int_equal(paper.entry, 1);
    assert_int_equal(verify(t, &paper), OK);
    run_sql(t, "UPDATE entry_line SET amount = amount * 2");
    expect_found(t, &paper, "The books are not what checkpoint 1 signed");
}

/* --- As text --- */

static const char *text_of(struct shop_test *t, const struct audit_checkpoint *checkpoint)
{
    AUTO_BUF text = BUF(8192);

    audit_checkpoint_write(checkpoint, &text);
    return arena_text(&t->arena, buf_str(&text));
}

static struct audit_checkpoint read_back(struct shop_test *t, const char *text)
{
    struct audit_checkpoint back = {.count = 0};

    if (audit_checkpoint_read(text, strlen(text), &t->arena, &back, &t->session.fault) != OK)
        fail_msg("%s", t->session.fault.text);
    return back;
}

static void a_checkpoint_survives_paper_and_mail(void **state)
{
    struct shop_test *t = *state;
    struct audit_checkpoint paper = given_a_log(t);
    const char *text = text_of(t, &paper);
    AUTO_BUF mailed = BUF(8192);

    struct audit_checkpoint back = read_back(t, text);
    assert_string_equal(text_of(t, &back), text);
    assert_int_equal(verify(t, &back), OK);
    for (const char *at = text; *at != '\0'; at++) /* as mail programs send it */
        buf_printf(&mailed, *at == '\n' ? "\r\n\r\n" : "%c", *at);
    back = read_back(t, buf_str(&mailed));
    assert_int_equal(verify(t, &back), OK);
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 72);
}

static void a_text_that_is_no_checkpoint_is_refused_with_a_reason(void **state)
{
    struct shop_test *t = *state;
    struct audit_checkpoint paper = given_a_log(t);
    const char *text = text_of(t, &paper);
    struct audit_checkpoint back;

    for (size_t length = 0; length < (size_t)(strstr(text, "Signature") - text); length += 3)
        assert_int_not_equal(
            audit_checkpoint_read(text, length, &t->arena, &back, &t->session.fault), OK);
    static const char *const others[] = {"", "hello", "Pitlane audit checkpoint 1",
                                         "Pitlane audit checkpoint 1\nShop: a\nShop: b\n"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        assert_int_equal(audit_checkpoint_read(others[i], strlen(others[i]), &t->arena, &back,
                                               &t->session.fault),
                         ERR_INVALID);
        assert_true(t->session.fault.text[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_untouched_log_proves_itself),
        SHOP_TEST(an_edited_row_is_named),
        SHOP_TEST(a_row_that_was_put_in_is_named),
        SHOP_TEST(a_row_that_was_put_behind_the_end_is_named),
        SHOP_TEST(a_row_that_was_taken_out_is_named),
        SHOP_TEST(rows_that_changed_places_are_named),
        SHOP_TEST(a_log_cut_off_fits_itself_but_not_a_checkpoint),
        SHOP_TEST(rows_behind_the_last_checkpoint_can_be_cut_off_unseen),
        SHOP_TEST(a_log_sealed_anew_by_a_thief_of_the_key_does_not_fit_a_checkpoint),
        SHOP_TEST(an_old_file_put_back_does_not_fit_a_checkpoint),
        SHOP_TEST(a_checkpoint_taken_out_of_the_file_is_missed),
        SHOP_TEST(a_checkpoint_that_was_altered_is_refused),
        SHOP_TEST(books_changed_behind_a_checkpoint_are_found),
        SHOP_TEST(a_checkpoint_survives_paper_and_mail),
        SHOP_TEST(a_text_that_is_no_checkpoint_is_refused_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
