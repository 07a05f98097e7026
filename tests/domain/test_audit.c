/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log: what is written into it, and that it shows when somebody had his hands in it. */

#include "shop.h"

#include "domain/audit.h"
#include "domain/customer.h"
#include "domain/list.h"
#include "domain/part.h"
#include "domain/setting.h"

/* --- What is written --- */

static int64_t rows_of(struct shop_test *t, const char *where)
{
    return ask_number(t, arena_printf(&t->arena, "SELECT count(*) FROM audit WHERE %s", where));
}

static void edit_phone(struct shop_test *t, int number)
{
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.phone = arena_printf(&t->arena, "+1619555%04d", number);
    expect_ok(t, &setting_edit_op, &shop, &shop);
}

static void the_numbers_of_the_log_have_no_gap(void **state)
{
    struct shop_test *t = *state;

    for (int i = 0; i < 5; i++)
        edit_phone(t, i);
    assert_int_equal(ask_number(t, "SELECT count(*) - max(id) FROM audit"), 0);
    assert_true(ask_number(t, "SELECT max(id) FROM audit") >= 10);
    assert_int_equal(rows_of(t, "length(mac) <> 64"), 0);
}

static void a_refused_reading_is_noted_too(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t,
                             "op = 'audit.list' AND result = 'denied' AND user_name = 'Mo Haddad'"
                             " AND factor = 'password' AND terminal = 'test'"),
                     1);
    assert_says(t, "Ask a manager");
}

static void a_refusal_names_what_it_was_about(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_archive_op, input_json(t, &customer_archive_op, "{\"customer\":7}"),
                  NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied' AND noun = 'customer' AND subject = 7"), 1);
}

static void a_loop_of_refusals_does_not_fill_the_disk(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    for (int i = 0; i < 100; i++)
        expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied'"), 1);
    for (int i = 0; i < 200; i++) {
        t->session.clock.fixed = SHOP_TEST_NOW + 10;
        expect_status(t, &customer_archive_op,
                      input_json(t, &customer_archive_op,
                                 arena_printf(&t->arena, "{\"customer\":%d}", i + 1)),
                      NULL, ERR_DENIED);
    }
    assert_int_equal(rows_of(t, "result = 'denied'"), AUDIT_DENIALS_MAX);
    t->session.clock.fixed = SHOP_TEST_NOW + 100;
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied'"), AUDIT_DENIALS_MAX + 1);
}

static void a_record_that_was_made_is_what_its_row_is_about(void **state)
{
    struct shop_test *t = *state;
    struct customer customer;

    expect_ok(t, &customer_add_op, input_json(t, &customer_add_op, "{\"last_name\":\"Delgado\"}"),
              &customer);
    assert_int_equal(rows_of(t, arena_printf(&t->arena,
                                             "op = 'customer.add' AND noun = 'customer' AND "
                                             "subject = %lld",
                                             (long long)customer.id.v)),
                     1);
}

static void a_clock_moved_by_an_hour_is_noted_once(void **state)
{
    struct shop_test *t = *state;

    struct clock_watch watch = {0};
    t->session.watch = &watch;
    t->session.clock.fixed_up = 1000;
    edit_phone(t, 1);
    assert_int_equal(rows_of(t, "op = 'clock.jump'"), 0);
    t->session.clock.fixed += 3600 + 50;
    t->session.clock.fixed_up += 50;
    edit_phone(t, 2);
    edit_phone(t, 3);
    assert_int_equal(rows_of(t, "op = 'clock.jump' AND input = '{\"seconds\":3600}'"), 1);
    assert_int_equal(watch.moved, 3600);
}

static void a_clock_behind_the_last_action_is_noted_by_the_next_program(void **state)
{
    struct shop_test *t = *state;

    struct clock_watch watch = {0};

    edit_phone(t, 1);
    t->session.watch = &watch;
    t->session.clock.fixed -= 7200;
    t->session.clock.fixed_up = 1000;
    edit_phone(t, 2);
    edit_phone(t, 3);
    assert_int_equal(rows_of(t, "op = 'clock.behind' AND input = '{\"seconds\":7200}'"), 1);
    assert_int_equal(watch.moved, -7200);
    assert_int_equal(ask_number(t, "SELECT count(*) - max(id) FROM audit"), 0);
}

static void sign_ins_are_noted_good_or_bad_but_never_what_was_typed_for_a_password(void **state)
{
    struct shop_test *t = *state;
    struct signed_in out;
    const struct sign_in tries[] = {
        {.login = "ann", .password = "geheimnis eins"},
        {.login = "my secret phrase", .password = "geheimnis zwei", .code = "123456"},
        {.login = "ann", .password = "correct horse battery"},
    };
    const int64_t before = rows_of(t, "op = 'session.sign-in'");

    for (size_t i = 0; i < COUNT_OF(tries); i++) {
        struct sign_in in = tries[i];
        shape_tidy(session_sign_in_op.in, &in);
        t->session.id.v = t->session.user.v = 0;
        t->session.user_name = NULL;
        t->session.clock.fixed += 2;
        assert_int_equal(op_call(&t->session, &session_sign_in_op, &in, &out) == OK, i == 2);
    }
    assert_int_equal(rows_of(t, "op = 'session.sign-in'"), before + 3);
    assert_int_equal(rows_of(t, "op = 'session.sign-in' AND result = 'sign_in' AND noun = 'user' "
                                "AND subject = 2 AND user IS NULL"),
                     1);
    assert_int_equal(rows_of(t, "op = 'session.sign-in' AND result = 'sign_in' AND noun = '' "
                                "AND input = '{\"name\":\"nobody''s\"}'"),
                     1);
    assert_int_equal(rows_of(t, "input LIKE '%geheimnis%' OR changes LIKE '%geheimnis%' "
                                "OR input LIKE '%secret%' OR input LIKE '%123456%'"),
                     0);
}

static void a_note_keeps_what_was_said_before(void **state)
{
    struct shop_test *t = *state;

    (void)fault_set(&t->session.fault, ERR_CONFLICT, "It is so.");
    assert_int_equal(audit_note(&t->session, AUDIT_EXPORT, OK, "{\"rows\":3}"), OK);
    assert_says(t, "It is so.");
    assert_int_equal(rows_of(t, "op = 'data.export' AND input = '{\"rows\":3}'"), 1);
}

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

/* --- Reading --- */

static void every_filter_of_the_log_walks_an_index_in_order(void **state)
{
    struct shop_test *t = *state;
    static const char *const indexes[] = {"audit_by_at",         "audit_by_user",
                                          "audit_by_op",         "audit_by_user_op",
                                          "audit_refused",       "audit_refused_by_user",
                                          "audit_refused_by_op", "audit_refused_by_user_op",
                                          "audit_by_subject"};
    const struct op *const ops[] = {&audit_list_op, &audit_export_op};
    int texts = 0;

    for (size_t o = 0; o < COUNT_OF(ops); o++) {
        assert_int_equal(ops[o]->list_count, COUNT_OF(indexes));
        for (size_t l = 0; l < ops[o]->list_count; l++) {
            const char *sql;
            for (size_t i = 0; (sql = list_sql(&ops[o]->lists[l], i, &t->arena)) != NULL; i++) {
                AUTO_BUF plan = BUF(65536);
                assert_int_equal(store_try(t->store, sql, &plan), OK);
                const bool is_row = strstr(sql, ":list_id") != NULL;
                const char *wanted = is_row ? "INTEGER PRIMARY KEY"
                                            : arena_printf(&t->arena, "INDEX %s (", indexes[l]);
                if (strstr(buf_str(&plan), wanted) == NULL ||
                    strstr(buf_str(&plan), "TEMP B-TREE") != NULL)
                    fail_msg("%s\n%s\n%s", sql, wanted, buf_str(&plan));
                texts++;
            }
        }
    }
    print_message("%d texts\n", texts);
}

static void expect_rows(struct shop_test *t, const char *filters, const char *where)
{
    struct page page;
    const int64_t expected = rows_of(t, where);

    expect_ok(t, &audit_list_op, input_json(t, &audit_list_op, filters), &page);
    if ((int64_t)page.rows.count != expected || expected == 0)
        fail_msg("%s: %zu rows, %lld expected", filters, page.rows.count, (long long)expected);
    expect_ok(t, &audit_export_op, input_json(t, &audit_export_op, filters), &page);
    assert_int_equal(page.rows.count, expected);
}

static void the_log_is_filtered_by_person_time_action_document_and_result(void **state)
{
    struct shop_test *t = *state;

    expect_ok(t, &customer_add_op, input_json(t, &customer_add_op, "{\"last_name\":\"Delgado\"}"),
              NULL);
    t->session.clock.fixed += 86400;
    assert_int_equal(audit_note(&t->session, AUDIT_EXPORT, OK, NULL), OK);
    t->session.clock.fixed -= 86400;
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_archive_op, input_json(t, &customer_archive_op, "{\"customer\":1}"),
                  NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    edit_phone(t, 1);
    expect_rows(t, "{}", "1");
    expect_rows(t, "{\"user\":3}", "user = 3");
    expect_rows(t, "{\"action\":\"setting.edit\"}", "op = 'setting.edit'");
    expect_rows(t, "{\"user\":1,\"action\":\"setting.edit\"}", "op = 'setting.edit'");
    expect_rows(t, "{\"refused\":true}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"user\":3}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"action\":\"customer.archive\"}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"user\":3,\"action\":\"customer.archive\"}",
                "result = 'denied'");
    expect_rows(t, "{\"document\":\"Customer 1\"}", "noun = 'customer' AND subject = 1");
    expect_rows(t, "{\"document\":\"customer 1\",\"refused\":true,\"user\":3}",
                "result = 'denied'");
    expect_rows(t, "{\"from_on\":\"2026-11-25\"}", "at >= 1795590000");
    expect_rows(t, "{\"to_on\":\"2026-11-24\"}", "at < 1795590000");
    expect_rows(t, "{\"to_on\":\"2026-11-24\",\"action\":\"customer.add\"}", "op = 'customer.add'");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"document\":\"20001\"}"),
                  NULL, ERR_INVALID);
    assert_field(t, "document");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"document\":\"elephant 1\"}"),
                  NULL, ERR_INVALID);
}

/* All pages of so many rows, one after the other, from the one end or the other. */
static int64_t walk(struct shop_test *t, struct audit_list in, bool back, int64_t *ret_ids)
{
    struct page page;
    int64_t count = 0;

    do {
        expect_ok(t, &audit_list_op, &in, &page);
        const struct audit_list_row *rows = page.rows.at;
        for (size_t i = 0; i < page.rows.count; i++)
            ret_ids[count++] = rows[back ? page.rows.count - 1 - i : i].id.v;
        *(back ? &in.query.before : &in.query.after) = back ? page.previous : page.next;
    } while (*(back ? page.previous : page.next) != '\0');
    return count;
}

static void pages_join_without_gap_or_overlap_in_both_directions(void **state)
{
    struct shop_test *t = *state;
    int64_t whole[100], pages[100];
    struct audit_list in = {.query.limit = 100};

    shape_tidy(audit_list_op.in, &in);
    for (int i = 0; i < 20; i++) {
        t->session.clock.fixed += i % 3; /* some within one second */
        edit_phone(t, i);
    }
    for (int descending = 0; descending < 2; descending++) {
        in.query.sort = "at";
        in.query.descending = descending == 1;
        in.query.limit = 100;
        in.query.after = in.query.before = "";
        const int64_t count = walk(t, in, false, whole);
        assert_true(count > 20);
        for (in.query.limit = 1; in.query.limit < 9; in.query.limit++) {
            assert_int_equal(walk(t, in, false, pages), count);
            assert_memory_equal(pages, whole, (size_t)count * sizeof whole[0]);
        }
        in.query.limit = 4;
        in.query.before = arena_printf(
            &t->arena, "%lld|%lld", (long long)whole[count - 1],
            (long long)ask_number(t, arena_printf(&t->arena, "SELECT at FROM audit WHERE id = %lld",
                                                  (long long)whole[count - 1])));
        assert_int_equal(walk(t, in, true, pages), count - 1);
        for (int64_t i = 0; i < count - 1; i++)
            assert_int_equal(pages[i], whole[count - 2 - i]);
    }
}

static void the_actions_to_choose_from_are_those_of_the_log(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    edit_phone(t, 1);
    expect_ok(t, &audit_actions_op, input_json(t, &audit_actions_op, "{}"), &page);
    assert_int_equal(page.rows.count, ask_number(t, "SELECT count(DISTINCT op) FROM audit"));
    AUTO_BUF json = BUF(65536);
    json_write(&json, audit_actions_op.out, page.rows.at, &RIGHT_SET_ALL, 0);
    assert_non_null(strstr(buf_str(&json), "\"action\":\"session.sign-in\""));
    assert_non_null(strstr(buf_str(&json), "\"says\":\"Sign in\""));
}

static const struct audit_change *find_change(const struct audit_detail *detail, const char *name)
{
    for (size_t i = 0; i < detail->changed.count; i++) {
        const struct audit_change *change = (const struct audit_change *)detail->changed.at + i;
        if (text_same(change->name, name))
            return change;
    }
    fail_msg("%s is not among the changes", name);
    return NULL;
}

static void show_last(struct shop_test *t, struct audit_detail *ret)
{
    const struct audit_key key = {{ask_number(t, "SELECT max(id) FROM audit")}};

    expect_ok(t, &audit_show_op, &key, ret);
}

static void a_change_is_told_by_labels_and_as_people_write_it(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.phone = "+16195550199";
    shop.supplies_cap = USD(35, 0);
    expect_ok(t, &setting_edit_op, &shop, &shop);
    show_last(t, &detail);
    assert_string_equal(detail.says, "Change the shop's settings");
    assert_string_equal(find_change(&detail, "Phone")->before, "(619) 555-0100");
    assert_string_equal(find_change(&detail, "Phone")->after, "(619) 555-0199");
    assert_string_equal(find_change(&detail, "Phone")->record, "shop 1");
    print_message("%s\n", find_change(&detail, "Supplies at most")->after);
    assert_string_equal(find_change(&detail, "Supplies at most")->after, "35.00");
}

static void what_was_made_has_no_before(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;

    expect_ok(t, &customer_add_op,
              input_json(t, &customer_add_op,
                         "{\"last_name\":\"Delgado\",\"preferred_contact\":"
                         "\"text\"}"),
              NULL);
    show_last(t, &detail);
    assert_string_equal(find_change(&detail, "Last name")->before, "");
    assert_string_equal(find_change(&detail, "Last name")->after, "Delgado");
    assert_true(detail.asked.count > 0);
}

static void costs_in_the_log_stay_hidden_from_who_may_not_see_them(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;

    expect_ok(
        t, &part_add_op,
        input_json(t, &part_add_op,
                   "{\"sku\":\"P1\",\"name\":\"Pad\",\"cost\":\"12.34\",\"price\":\"20.00\"}"),
        NULL);
    show_last(t, &detail);
    const int64_t row = detail.id.v;
    assert_string_equal(find_change(&detail, "Cost")->after, "12.34");
    assert_non_null(strstr(detail.changes, "1234"));
    run_sql(t, "DELETE FROM role_right WHERE role = 4 AND right = 'costs:view'");
    run_sql(t, "UPDATE role SET revision = revision + 1 WHERE id = 4");
    sign_in_as(t, ROLE_ACCOUNTANT);
    const struct audit_key key = {{row}};
    expect_ok(t, &audit_show_op, &key, &detail);
    assert_string_equal(find_change(&detail, "Cost")->after, "(hidden)");
    assert_string_equal(detail.changes, "");
    assert_string_equal(detail.input, "");
}

static void a_row_with_broken_json_can_still_be_looked_at(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;
    static const char *const broken[] = {"", "{", "[1,2]", "[{\"table\":5}]", "{\"a\":1}", "null"};

    edit_phone(t, 1);
    run_sql(t, "DROP TRIGGER audit_is_final");
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        run_sql(t, arena_printf(&t->arena,
                                "UPDATE audit SET input = '%s', changes = '%s' WHERE id = "
                                "(SELECT max(id) FROM audit)",
                                broken[i], broken[i]));
        show_last(t, &detail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_numbers_of_the_log_have_no_gap),
        SHOP_TEST(a_refused_reading_is_noted_too),
        SHOP_TEST(a_refusal_names_what_it_was_about),
        SHOP_TEST(a_loop_of_refusals_does_not_fill_the_disk),
        SHOP_TEST(a_record_that_was_made_is_what_its_row_is_about),
        SHOP_TEST(a_clock_moved_by_an_hour_is_noted_once),
        SHOP_TEST(a_clock_behind_the_last_action_is_noted_by_the_next_program),
        SHOP_TEST(sign_ins_are_noted_good_or_bad_but_never_what_was_typed_for_a_password),
        SHOP_TEST(a_note_keeps_what_was_said_before),
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
        SHOP_TEST(every_filter_of_the_log_walks_an_index_in_order),
        SHOP_TEST(the_log_is_filtered_by_person_time_action_document_and_result),
        SHOP_TEST(pages_join_without_gap_or_overlap_in_both_directions),
        SHOP_TEST(the_actions_to_choose_from_are_those_of_the_log),
        SHOP_TEST(a_change_is_told_by_labels_and_as_people_write_it),
        SHOP_TEST(what_was_made_has_no_before),
        SHOP_TEST(costs_in_the_log_stay_hidden_from_who_may_not_see_them),
        SHOP_TEST(a_row_with_broken_json_can_still_be_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
