/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Every way a file can be no shop, or be one that cannot be used here, and its sentence. */
#include "store_test.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/store/inner.h"

static unsigned mode_of(const char *path)
{
    struct stat at;

    return stat(path, &at) == 0 ? (unsigned)at.st_mode & 07777 : 0;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static const char *beside(const struct hotel *t, const char *suffix)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s%s", t->path, suffix);
    return path;
}

static void write_file(const char *path, const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

static void assert_refused(struct hotel *t, const struct store_options *options, status wanted,
                           const char *words)
{
    struct store *store = (struct store *)t; /* untouched on failure */

    memset(&t->fault, 0, sizeof(t->fault));
    assert_status(store_open(t->path, options, &t->fault, &store), wanted);
    assert_ptr_equal(store, t);
    assert_says(t->fault, words);
}

static void given_closed_hotel(struct hotel *t, int rows)
{
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_begin_write(t->store));
    for (int i = 0; i < rows; i++)
        assert_ok(t->fault, add_pet(t, "A pet with a name of some length"));
    assert_ok(t->fault, store_commit(t->store));
    close_hotel(t);
}

static void a_new_file_is_private_and_can_be_opened_again(void **state)
{
    struct hotel *t = *state;
    const mode_t old = umask(0);
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));

    assert_int_equal(mode_of(t->path), 0600);
    assert_int_equal(mode_of(beside(t, "-wal")), 0600);
    assert_int_equal(mode_of(beside(t, "-shm")), 0600);
    assert_int_equal(mode_of(beside(t, ".lock")), 0600);
    assert_false(is_there(beside(t, ".new")));
    umask(old);

    close_hotel(t);
    assert_false(is_there(beside(t, "-wal")));
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_string_equal(store_path(t->store), t->path);
    assert_int_equal(pets(t), 1);
}

static void every_switch_is_set(void **state)
{
    struct hotel *t = *state;
    static const struct {
        const char *sql;
        int64_t value;
    } wanted[] = {
        {"PRAGMA foreign_keys", 1},       {"PRAGMA recursive_triggers", 1},
        {"PRAGMA trusted_schema", 0},     {"PRAGMA busy_timeout", 5000},
        {"PRAGMA mmap_size", 0},          {"PRAGMA synchronous", 2},
        {"PRAGMA wal_autocheckpoint", 0}, {"PRAGMA temp_store", 2},
        {"PRAGMA cell_size_check", 1},    {"PRAGMA application_id", STORE_APPLICATION_ID},
        {"PRAGMA user_version", 3},       {"PRAGMA secure_delete", 1},
    };
    const char *mode = "";
    int64_t value;
    int defensive = 0;
    given_hotel_on_disk(t);

    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_ok(t->fault, store_int(t->store, wanted[i].sql, NULL, &value));
        if (value != wanted[i].value)
            fail_msg("%s is %lld", wanted[i].sql, (long long)value);
    }
    assert_ok(t->fault, store_text(t->store, "PRAGMA journal_mode", NULL, &t->arena, &mode));
    assert_string_equal(mode, "wal");
    assert_int_equal(sqlite3_db_config(t->store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive), 0);
    assert_int_equal(defensive, 1);
}

static int64_t synchronous(struct hotel *t)
{
    int64_t level = -1;

    assert_ok(t->fault, store_int(t->store, "PRAGMA synchronous", NULL, &level));
    return level;
}

static void a_file_that_is_being_made_does_not_wait_for_the_disk(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);

    assert_ok(t->fault, store_building(t->store, true));
    assert_int_equal(synchronous(t), 0);
    assert_ok(t->fault, store_begin_write(t->store));
    assert_status(store_building(t->store, false), ERR_BUSY);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(t->fault, store_building(t->store, false));
    assert_int_equal(synchronous(t), 2);
}

static void an_existing_file_is_never_made_anew(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 5);

    assert_refused(t, &pet_new, ERR_CONFLICT, "There is already a file named");

    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_int_equal(pets(t), 5);
}

static void a_finished_file_never_takes_the_place_of_another(void **state)
{
    struct hotel *t = *state;
    char draft[128];
    given_folder(t);
    snprintf(draft, sizeof(draft), "%s.new", t->path);
    write_file(t->path, "old", 3);
    write_file(draft, "newer", 5);

    assert_status(place_publish(draft, t->path, &t->fault), ERR_CONFLICT);
    assert_says(t->fault, "There is already a file named");

    assert_int_equal(unlink(t->path), 0);
    assert_ok(t->fault, place_publish(draft, t->path, &t->fault));
    assert_true(is_there(t->path));
    assert_false(is_there(draft));
}

static void a_schema_that_fails_leaves_no_file(void **state)
{
    struct hotel *t = *state;
    const struct store_options options = {
        .create = true, .schema = "CREATE TABLE a (b INTEGER); CREATE TABLE a (c INTEGER)"};
    given_folder(t);

    assert_refused(t, &options, ERR_CORRUPT, "already exists");

    assert_false(is_there(t->path));
    assert_false(is_there(beside(t, ".new")));
}

static void what_a_crash_left_of_a_new_file_is_no_obstacle(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    write_file(beside(t, ".new"), "half", 4);
    write_file(beside(t, ".new-journal"), "half", 4);

    assert_ok(t->fault, store_open(t->path, &pet_new, &t->fault, &t->store));

    assert_int_equal(pets(t), 0);
    assert_false(is_there(beside(t, ".new")));
}

static void a_missing_file_is_named(void **state)
{
    struct hotel *t = *state;
    given_folder(t);

    assert_refused(t, &pet_open, ERR_IO, "There is no file");
    assert_says(t->fault, t->path);
    assert_false(is_there(t->path));
    assert_false(is_there(beside(t, ".lock")));
}

static void a_missing_folder_is_named(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    strcat(t->path, "/not/there.db");

    assert_refused(t, &pet_new, ERR_IO, "There is no folder");
    assert_refused(t, &pet_open, ERR_IO, "There is no file");
    t->path[0] = '\0';
    assert_refused(t, &pet_open, ERR_IO, "Say which file");
}

static void a_folder_is_not_a_file(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    assert_int_equal(mkdir(t->path, 0700), 0);

    assert_refused(t, &pet_open, ERR_IO, "is a folder");
    assert_refused(t, &pet_new, ERR_CONFLICT, "already a file");
}

static void a_pipe_is_not_a_file(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    assert_int_equal(mkfifo(t->path, 0600), 0);

    assert_refused(t, &pet_open, ERR_IO, "is not a file that can hold a shop");
}

static void an_empty_file_is_not_a_shop(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    write_file(t->path, "", 0);

    assert_refused(t, &pet_open, ERR_CORRUPT, "is empty");
}

static void a_text_is_not_a_shop(void **state)
{
    struct hotel *t = *state;
    char text[5000];
    given_folder(t);
    memset(text, 'x', sizeof(text));
    write_file(t->path, text, sizeof(text));

    assert_refused(t, &pet_open, ERR_CORRUPT, "is not a shop's file");
    write_file(t->path, text, 20);
    assert_refused(t, &pet_open, ERR_CORRUPT, "is not a shop's file");
}

static void another_programs_database_is_refused_and_left_alone(void **state)
{
    struct hotel *t = *state;
    sqlite3 *db = NULL;
    given_folder(t);
    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE music (id INTEGER)", NULL, NULL, NULL), 0);
    sqlite3_close(db);

    assert_refused(t, &pet_open, ERR_CORRUPT, "is another program's file");

    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    int64_t is_log = 0;
    sqlite3_stmt *mode = NULL;
    sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &mode, NULL);
    assert_int_equal(sqlite3_step(mode), SQLITE_ROW);
    is_log = strcmp((const char *)sqlite3_column_text(mode, 0), "wal") == 0;
    sqlite3_finalize(mode);
    sqlite3_close(db);
    assert_int_equal(is_log, 0);
}

static void a_newer_and_an_older_version_are_told_apart(void **state)
{
    struct hotel *t = *state;
    const struct store_options older_program = {.version = 2};
    const struct store_options newer_program = {.version = 4};
    given_closed_hotel(t, 1);

    assert_refused(t, &older_program, ERR_IO, "by a newer Pitlane. Install the newer program");
    assert_refused(t, &newer_program, ERR_IO, "by an older Pitlane");
}

static void a_truncated_file_is_damaged(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 2000);
    assert_int_equal(truncate(t->path, 8192), 0);

    assert_refused(t, &pet_open, ERR_CORRUPT, "is damaged");
}

static void scribble(const char *path, long at)
{
    FILE *file = fopen(path, "r+b");
    char rubbish[4096];

    memset(rubbish, 0x5a, sizeof(rubbish));
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(rubbish, 1, sizeof(rubbish), file), sizeof(rubbish));
    assert_int_equal(fclose(file), 0);
}

static void a_damaged_schema_is_found_on_opening(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 10);
    scribble(t->path, 100);

    assert_refused(t, &pet_open, ERR_CORRUPT, "is damaged");
}

static void a_damaged_page_is_found_by_the_check(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 2000);
    scribble(t->path, 4096L * 20);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));

    assert_status(store_verify(t->store, true), ERR_CORRUPT);
    assert_says(t->fault, "is damaged (");
    assert_status(store_verify(t->store, false), ERR_CORRUPT);
}

static void damage_is_not_copied_into_a_backup(void **state)
{
    struct hotel *t = *state;
    char copy[128];
    given_closed_hotel(t, 2000);
    scribble(t->path, 4096L * 20);
    snprintf(copy, sizeof(copy), "%s/copy.db", t->folder);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));

    assert_status(store_backup(t->store, copy), ERR_CORRUPT);
    assert_says(t->fault, "no backup was made");
    assert_int_equal(access(copy, F_OK), -1);
}

static void a_sound_file_passes_the_check_and_a_lost_parent_does_not(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 100);
    sqlite3 *db = NULL;
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_verify(t->store, true));
    assert_ok(t->fault, store_verify(t->store, false));
    close_hotel(t);

    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE pet SET mother = 999 WHERE id = 4", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);

    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_verify(t->store, true));
    assert_status(store_verify(t->store, false), ERR_CORRUPT);
    assert_says(t->fault, "belongs to one that is not there (pet 4, pet)");
}

/* Root may write anywhere, so the rest happens as somebody else in a process of its own. */
static void as_nobody(struct hotel *t, void (*test)(struct hotel *t))
{
    const pid_t child = fork();

    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(77);
        test(t);
        _exit(0);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
}

static void refuse_to_write(struct hotel *t)
{
    struct store *store = NULL;

    if (store_open(t->path, &pet_open, &t->fault, &store) != ERR_IO ||
        strstr(t->fault.text, "cannot be written to, and a shop in use needs to write") == NULL)
        _exit(1);
    strcat(t->path, ".other");
    if (store_open(t->path, &pet_new, &t->fault, &store) != ERR_IO ||
        strstr(t->fault.text, "cannot be written to") == NULL)
        _exit(2);
}

static void read_only_works(struct hotel *t)
{
    int64_t count = 0;

    if (store_open(t->path, &pet_look, &t->fault, &t->store) != OK)
        _exit(1);
    if (store_int(t->store, count_pets, NULL, &count) != OK || count != 5)
        _exit(2);
    if (add_pet(t, "Rex") != ERR_IO || strstr(t->fault.text, "for reading only") == NULL)
        _exit(3);
    if (store_begin_read(t->store) != OK || store_commit(t->store) != OK)
        _exit(4);
    close_hotel(t);
}

static void a_folder_that_cannot_be_written_to_says_so_and_can_be_read(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 5);
    chmod(t->path, 0644);
    chmod(t->folder, 0555);

    as_nobody(t, refuse_to_write);
    as_nobody(t, read_only_works);

    chmod(t->folder, 0700);
    chmod(t->path, 0600);
}

static void refuse_to_look(struct hotel *t)
{
    struct store *store = NULL;

    if (store_open(t->path, &pet_look, &t->fault, &store) != ERR_IO ||
        strstr(t->fault.text, "You may not read") == NULL)
        _exit(1);
    if (store_open(t->path, &pet_open, &t->fault, &store) != ERR_IO)
        _exit(2);
}

static void somebody_elses_private_file_says_so(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 5);
    chmod(t->path, geteuid() == 0 ? 0600 : 0);
    chmod(t->folder, 0755);

    as_nobody(t, refuse_to_look);
}

static void refuse_unmoved_log(struct hotel *t)
{
    struct store *store = NULL;

    if (store_open(t->path, &pet_look, &t->fault, &store) != ERR_IO ||
        strstr(t->fault.text, "are not in the file itself yet") == NULL)
        _exit(1);
}

static void changes_left_in_a_log_are_not_passed_over_when_reading(void **state)
{
    struct hotel *t = *state;
    given_closed_hotel(t, 5);
    write_file(beside(t, "-wal"), "not empty", 9);
    chmod(t->path, 0644);
    chmod(t->folder, 0555);

    as_nobody(t, refuse_unmoved_log);

    chmod(t->folder, 0700);
}

static void reading_only_works_where_others_write(void **state)
{
    struct hotel *t = *state;
    struct store *other = NULL;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_open(t->path, &pet_look, &t->fault, &other));
    assert_ok(t->fault, add_pet(t, "Rex"));
    int64_t count = 0;

    assert_ok(t->fault, store_int(other, count_pets, NULL, &count));
    assert_int_equal(count, 1);
    assert_status(store_run(other, "DELETE FROM door", NO_ROW, NULL), ERR_IO);
    assert_says(t->fault, "for reading only");
    store_close(other);
}

static void two_names_of_one_file_are_one_file(void **state)
{
    struct hotel *t = *state;
    struct store *other = NULL;
    char link_path[128];
    given_hotel_on_disk(t);
    snprintf(link_path, sizeof(link_path), "%s/link.db", t->folder);
    assert_int_equal(symlink(t->path, link_path), 0);

    assert_ok(t->fault, store_open(link_path, &pet_open, &t->fault, &other));

    assert_string_equal(store_path(other), t->path);
    store_close(other);
}

static void names_with_odd_characters_work(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    snprintf(t->path, sizeof(t->path), "%s/file:a?b#c%%20 d'\".db", t->folder);

    assert_ok(t->fault, store_open(t->path, &pet_new, &t->fault, &t->store));

    assert_true(is_there(t->path));
}

static void network_disks_are_known(void **state)
{
    (void)state;
    assert_true(store_is_network(0x6969));
    assert_true(store_is_network(0xFF534D42));
    assert_true(store_is_network((unsigned long)(long)(int)0xFF534D42)); /* as a signed f_type */
    assert_true(store_is_network(0x01021997));
    assert_false(store_is_network(0xEF53));     /* ext4 */
    assert_false(store_is_network(0x01021994)); /* tmpfs */
}

static bool never(void *context)
{
    (void)context;
    return false;
}

static void what_is_tried_on_a_copy_leaves_the_shop_alone(void **state)
{
    struct hotel *t = *state;
    struct store *trial = NULL;
    int64_t count = 0;
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));

    assert_status(store_trial(t->store, never, NULL, &trial), ERR_CANCELLED);
    assert_null(trial);
    assert_ok(t->fault, store_trial(t->store, NULL, NULL, &trial));
    assert_ok(t->fault, store_begin_write(trial));
    assert_ok(t->fault, store_run(trial, "UPDATE pet SET name = name || '!'", NO_ROW, NULL));
    assert_ok(t->fault, add_pet(t, "Meanwhile"));
    assert_ok(t->fault, store_int(trial, count_pets, NULL, &count));
    assert_int_equal(count, 1);
    assert_ok(t->fault, store_commit(trial));
    store_close(trial);

    assert_int_equal(pets(t), 2);
    assert_ok(t->fault,
              store_int(t->store, "SELECT count(*) FROM pet WHERE name LIKE '%!'", NULL, &count));
    assert_int_equal(count, 0);
}

static void nothing_is_saved_into_a_file_that_was_moved_away(void **state)
{
    struct hotel *t = *state;
    char away[128];
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    snprintf(away, sizeof(away), "%s/away.db", t->folder);
    assert_int_equal(rename(t->path, away), 0);

    assert_status(add_pet(t, "Lost"), ERR_IO);
    assert_says(t->fault, "was moved away or replaced");
    const int other = open(t->path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(other >= 0);
    close(other);
    assert_status(add_pet(t, "Lost"), ERR_IO);

    assert_int_equal(rename(away, t->path), 0);
    assert_ok(t->fault, add_pet(t, "Back"));
    assert_int_equal(pets(t), 2);
}

static void two_backups_at_one_name_do_not_mix_and_a_crash_leaves_nothing_in_the_way(void **state)
{
    struct hotel *t = *state;
    char copy[128], draft[160];
    given_hotel_on_disk(t);
    snprintf(copy, sizeof(copy), "%s/copy.db", t->folder);
    snprintf(draft, sizeof(draft), "%s.part", copy);

    const int other = open(draft, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    assert_true(other >= 0);
    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);
    assert_status(store_backup(t->store, copy), ERR_CONFLICT);
    assert_says(t->fault, "Another backup to");
    assert_int_equal(access(copy, F_OK), -1);
    assert_int_equal(access(draft, F_OK), 0);

    assert_int_equal(write(other, "half a page", 11), 11); /* and then it was killed */
    close(other);
    assert_ok(t->fault, store_backup(t->store, copy));
    assert_int_equal(access(draft, F_OK), -1);
    close_hotel(t);
    assert_ok(t->fault, store_open(copy, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_verify(t->store, false));
}

static void a_backup_is_complete_private_and_never_over_a_file(void **state)
{
    struct hotel *t = *state;
    char copy[128];
    const mode_t old = umask(0);
    given_hotel_on_disk(t);
    for (int i = 0; i < 50; i++)
        assert_ok(t->fault, add_pet(t, "Rex"));
    snprintf(copy, sizeof(copy), "%s/copy.db", t->folder);

    assert_ok(t->fault, store_backup(t->store, copy));
    assert_int_equal(mode_of(copy), 0600);
    umask(old);
    assert_status(store_backup(t->store, copy), ERR_CONFLICT);
    assert_says(t->fault, "already a file named");
    assert_status(store_backup(t->store, "/not/there/copy.db"), ERR_IO);
    assert_ok(t->fault, store_begin_write(t->store));
    assert_status(store_backup(t->store, "/tmp/never"), ERR_CONFLICT);
    store_rollback(t->store);
    assert_ok(t->fault, add_pet(t, "Later"));
    close_hotel(t);

    assert_ok(t->fault, store_open(copy, &pet_open, &t->fault, &t->store));
    assert_int_equal(pets(t), 50);
    assert_ok(t->fault, store_verify(t->store, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(a_new_file_is_private_and_can_be_opened_again),
        HOTEL_TEST(every_switch_is_set),
        HOTEL_TEST(a_file_that_is_being_made_does_not_wait_for_the_disk),
        HOTEL_TEST(an_existing_file_is_never_made_anew),
        HOTEL_TEST(a_finished_file_never_takes_the_place_of_another),
        HOTEL_TEST(a_schema_that_fails_leaves_no_file),
        HOTEL_TEST(what_a_crash_left_of_a_new_file_is_no_obstacle),
        HOTEL_TEST(a_missing_file_is_named),
        HOTEL_TEST(a_missing_folder_is_named),
        HOTEL_TEST(a_folder_is_not_a_file),
        HOTEL_TEST(a_pipe_is_not_a_file),
        HOTEL_TEST(an_empty_file_is_not_a_shop),
        HOTEL_TEST(a_text_is_not_a_shop),
        HOTEL_TEST(another_programs_database_is_refused_and_left_alone),
        HOTEL_TEST(a_newer_and_an_older_version_are_told_apart),
        HOTEL_TEST(a_truncated_file_is_damaged),
        HOTEL_TEST(a_damaged_schema_is_found_on_opening),
        HOTEL_TEST(a_damaged_page_is_found_by_the_check),
        HOTEL_TEST(damage_is_not_copied_into_a_backup),
        HOTEL_TEST(a_sound_file_passes_the_check_and_a_lost_parent_does_not),
        HOTEL_TEST(a_folder_that_cannot_be_written_to_says_so_and_can_be_read),
        HOTEL_TEST(somebody_elses_private_file_says_so),
        HOTEL_TEST(changes_left_in_a_log_are_not_passed_over_when_reading),
        HOTEL_TEST(reading_only_works_where_others_write),
        HOTEL_TEST(two_names_of_one_file_are_one_file),
        HOTEL_TEST(names_with_odd_characters_work),
        HOTEL_TEST(network_disks_are_known),
        HOTEL_TEST(what_is_tried_on_a_copy_leaves_the_shop_alone),
        HOTEL_TEST(a_backup_is_complete_private_and_never_over_a_file),
        HOTEL_TEST(nothing_is_saved_into_a_file_that_was_moved_away),
        HOTEL_TEST(two_backups_at_one_name_do_not_mix_and_a_crash_leaves_nothing_in_the_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
