/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log on the command line: proved, signed, listed, and exports that leave a trace. */

#include "program.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.h"

static void an_untouched_log_is_proved(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado");
    expect_ok(p, "audit verify");
    assert_out(p, "The audit log is as it was written");
    assert_out(p, "Without a checkpoint from elsewhere");
    expect_ok(p, "audit verify --json");
    assert_int_equal(json_number(p, "checkpoints"), 0);
    assert_true(json_number(p, "rows") >= 2);
}

static void a_changed_row_ends_in_five_and_is_named(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado");
    run_sql(p, "DROP TRIGGER audit_is_final");
    run_sql(p, "UPDATE audit SET user_name = 'Eve' WHERE id = 2");
    expect_code(p, 5, "audit verify");
    assert_err(p, "Row 2 of the audit log was altered");
}

static void a_checkpoint_finds_a_log_that_was_cut_off(void **state)
{
    struct program *p = *state;
    const char *paper = path_of(p, "paper.txt");

    expect_ok(p, "customer add --last-name Delgado");
    expect_ok(p, arena_printf(&p->arena, "audit checkpoint --file %s", paper));
    expect_ok(p, "customer add --last-name Ybarra");
    expect_ok(p, arena_printf(&p->arena, "audit verify --checkpoint %s", paper));
    assert_out(p, "1 handed in");
    run_sql(p, "DROP TRIGGER audit_stays");
    run_sql(p, "DROP TRIGGER audit_checkpoint_stays");
    run_sql(p, "DELETE FROM audit_checkpoint");
    run_sql(p, "DELETE FROM audit WHERE id > 1");
    expect_ok(p, "audit verify");
    expect_code(p, 5, arena_printf(&p->arena, "audit verify --checkpoint %s", paper));
    assert_err(p, "it ends at row 1");
    expect_ok(p, "audit checkpoint");
    assert_out(p, "Pitlane audit checkpoint 1\n");
}

static void what_is_no_checkpoint_is_refused_by_its_file(void **state)
{
    struct program *p = *state;
    const char *file = file_with(p, "letter.txt", "Dear shop,\n");

    expect_code(p, 2, arena_printf(&p->arena, "audit verify --checkpoint %s", file));
    assert_err(p, "letter.txt: This is no checkpoint");
}

static void a_backup_is_noted_and_has_a_checkpoint_beside_it(void **state)
{
    struct program *p = *state;
    const char *copy = path_of(p, "copy.db");

    expect_ok(p, arena_printf(&p->arena, "backup %s", copy));
    expect_ok(p, arena_printf(&p->arena, "audit verify --checkpoint %s.checkpoint", copy));
    expect_ok(p, "audit list --action data.backup --json");
    assert_int_equal(json_number(p, "total"), 1);
    assert_out(p, "(pitlane backup)\"");
    expect_ok(p, "audit list --action audit.checkpoint --csv");
    assert_out(p, "(pitlane backup)");
    expect_ok(p, arena_printf(&p->arena, "audit verify --checkpoint %s.checkpoint", copy));
    expect_code(p, 4, arena_printf(&p->arena, "backup %s", copy));
}

static void a_backup_that_fails_leaves_no_checkpoint_of_its_own(void **state)
{
    struct program *p = *state;
    const char *copy = path_of(p, "copy.db");
    const char *draft = arena_printf(&p->arena, "%s.part", copy);
    const char *checkpoint = arena_printf(&p->arena, "%s.checkpoint", copy);
    const int other = open(draft, O_CREAT | O_RDWR | O_CLOEXEC, 0600); /* a backup under way */
    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);

    expect_code(p, 4, arena_printf(&p->arena, "backup %s", copy));
    assert_err(p, "Another backup to");
    assert_int_equal(access(checkpoint, F_OK), -1);
    expect_ok(p, "audit list --action data.backup --refused --json");
    assert_int_equal(json_number(p, "total"), 1);

    close(other);
    expect_ok(p, arena_printf(&p->arena, "backup %s", copy));
    expect_ok(p, arena_printf(&p->arena, "audit verify --checkpoint %s", checkpoint));
}

static void a_backup_without_the_keys_is_made_and_says_what_it_lacks(void **state)
{
    struct program *p = *state;

    assert_int_equal(unlink(arena_printf(&p->arena, "%s.key", shop_path(p))), 0);
    expect_ok(p, arena_printf(&p->arena, "backup %s", path_of(p, "copy.db")));
    assert_out(p, "The audit log could not note it");
}

static void exports_leave_a_trace_and_reading_does_not(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado");
    expect_ok(p, "customer search");
    expect_ok(p, "customer search --json");
    expect_ok(p, "audit list --action data.export --json");
    assert_int_equal(json_number(p, "total"), 0);
    expect_ok(p, "customer search delg --csv");
    expect_ok(p, "customer search --all --lines");
    expect_ok(p, "audit list --action data.export --json");
    assert_int_equal(json_number(p, "total"), 2);
    const long id = json_number(p, "id");
    expect_ok(p, arena_printf(&p->arena, "audit show %ld --json", id));
    assert_out(p, "customer.search");
    assert_out(p, "{\"name\":\"Rows\",\"value\":\"1\"}");
}

static void a_file_of_rows_is_proved(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado");
    expect_ok(p, "audit export --all --lines");
    const char *file = file_with(p, "rows.jsonl", p->out);
    expect_ok(p, arena_printf(&p->arena, "audit verify --export %s", file));
    assert_out(p, "rows of the file are genuine");
    char *forged = arena_text(&p->arena, p->out);
    expect_ok(p, "audit export --all --lines");
    forged = arena_text(&p->arena, p->out);
    memcpy(strstr(forged, "Delgado"), "Delgada", 7);
    file = file_with(p, "forged.jsonl", forged);
    expect_code(p, 5, arena_printf(&p->arena, "audit verify --export %s", file));
    assert_err(p, "of the file is not as it was written");
}

static void a_document_has_its_history(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado --json");
    const long id = json_number(p, "id");
    expect_ok(p, arena_printf(&p->arena, "audit list --document 'customer %ld' --json", id));
    assert_int_equal(json_number(p, "total"), 1);
    expect_code(p, 2, "audit list --document 20001");
    assert_err(p, "--document");
}

static void control_bytes_in_the_log_stay_in_it(void **state)
{
    struct program *p = *state;

    run_sql(p, "DROP TRIGGER audit_is_final");
    run_sql(p, "UPDATE audit SET user_name = 'Eve' || char(27) || "
               "'[2J' || char(8238), place = char(155) || 'x', input = '{\"to\":\"\\u001b[31m\"}'");
    expect_ok(p, "audit list --plain");
    assert_out(p, "Eve");
    assert_not_out(p, "\x1b");
    assert_not_out(p, "\xc2\x9b");
    assert_not_out(p, "\xe2\x80\xae");
    expect_ok(p, "audit show 1 --plain");
    assert_not_out(p, "\x1b");
    expect_ok(p, "audit list --csv");
    assert_not_out(p, "\x1b");
    expect_ok(p, "audit export --all --lines");
    assert_not_out(p, "\x1b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(an_untouched_log_is_proved),
        SHOP_PROGRAM_TEST(a_changed_row_ends_in_five_and_is_named),
        SHOP_PROGRAM_TEST(a_checkpoint_finds_a_log_that_was_cut_off),
        SHOP_PROGRAM_TEST(what_is_no_checkpoint_is_refused_by_its_file),
        SHOP_PROGRAM_TEST(a_backup_is_noted_and_has_a_checkpoint_beside_it),
        SHOP_PROGRAM_TEST(a_backup_that_fails_leaves_no_checkpoint_of_its_own),
        SHOP_PROGRAM_TEST(a_backup_without_the_keys_is_made_and_says_what_it_lacks),
        SHOP_PROGRAM_TEST(exports_leave_a_trace_and_reading_does_not),
        SHOP_PROGRAM_TEST(a_file_of_rows_is_proved),
        SHOP_PROGRAM_TEST(a_document_has_its_history),
        SHOP_PROGRAM_TEST(control_bytes_in_the_log_stay_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
