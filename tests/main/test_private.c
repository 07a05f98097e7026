/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a process of the shop leaves open to others of the same machine, and of the same account. */

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/status.h"
#include "private.h"

extern char **environ;

static bool is_set(const char *name)
{
    return getenv(name) != NULL;
}

static void what_libraries_read_files_from_is_not_in_the_environment(void **state)
{
    static const char *const wrong[] = {
        "TERMINFO",      "TERMINFO_DIRS",   "TERMCAP",     "TERMPATH",
        "LD_PRELOAD",    "LD_AUDIT",        "EDITOR",      "VISUAL",
        "PAGER",         "LESSOPEN",        "BASH_ENV",    "ENV",
        "IFS",           "LOCPATH",         "NLSPATH",     "TMPDIR",
        "SHELL",         "LD_LIBRARY_PATH", "GCONV_PATH",  "MALLOC_CHECK_",
        "SQLITE_TMPDIR", "PYTHONPATH",      "HOSTALIASES", "RES_OPTIONS",
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        setenv(wrong[i], "/tmp/evil", 1);
    setenv("HOME", "/home/shop", 1);
    setenv("PITLANE_DB", "/srv/shop.db", 1);
    setenv("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.1 22", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    private_environment();

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (is_set(wrong[i]))
            fail_msg("%s is still there", wrong[i]);
    assert_string_equal(getenv("HOME"), "/home/shop");
    assert_string_equal(getenv("PITLANE_DB"), "/srv/shop.db");
    assert_string_equal(getenv("SSH_CONNECTION"), "10.0.0.7 50000 10.0.0.1 22");
    assert_string_equal(getenv("LC_ALL"), "C.UTF-8");
    assert_string_equal(getenv("PATH"), "/usr/local/bin:/usr/bin:/bin");
}

static void a_known_name_with_the_path_of_a_file_is_not_kept(void **state)
{
    (void)state;
    assert_true(private_keeps("TERM", "xterm-256color"));
    assert_false(private_keeps("TERM", "/tmp/evil/x/xterm"));
    assert_false(private_keeps("LC_MESSAGES", "../../tmp/evil"));
    assert_false(private_keeps("LANG", "/tmp/evil"));
    assert_true(private_keeps("TZ", "America/Argentina/Buenos_Aires"));
    assert_true(private_keeps("TZ", "CST6CDT,M3.2.0,M11.1.0"));
    assert_false(private_keeps("TZ", ":/tmp/evil"));
    assert_false(private_keeps("TZ", "/tmp/evil"));
    assert_false(private_keeps("TZ", "America/../../tmp/evil"));
    assert_false(private_keeps("HOME", "relative"));
    assert_false(private_keeps("HOMER", "/home/shop"));
    assert_false(private_keeps("LC", "C"));
}

static void entries_that_are_no_variables_go_too(void **state)
{
    char nothing[] = "=x", bare[] = "BARE", twice[] = "TERMINFO=a", again[] = "TERMINFO=b";
    char term[] = "TERM=vt100";
    char *odd[] = {nothing, twice, bare, term, again, NULL};
    (void)state;

    environ = odd;
    private_environment();

    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    assert_int_equal(count, 2); /* TERM and PATH */
    assert_string_equal(getenv("TERM"), "vt100");
}

/* In a child: nothing of it can be taken back. */
static int child_says(int (*looks)(void))
{
    const pid_t child = fork();
    int how = 0;

    if (child == 0)
        _exit(looks());
    waitpid(child, &how, 0);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static int look_at_process(void)
{
    struct rlimit core;

    umask(0);
    private_process();
    getrlimit(RLIMIT_CORE, &core);
    if (core.rlim_cur != 0 || core.rlim_max != 0)
        return 1;
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
        return 2;
    return umask(0) == 077 ? 0 : 3;
}

static void no_core_file_no_debugger_and_files_for_their_owner_alone(void **state)
{
    (void)state;
    assert_int_equal(child_says(look_at_process), 0);
}

/* As another account than root, which may look at everything: its own memory is closed to it. */
static int look_from_outside(void)
{
    char path[64];
    int pipes[2];

    if (setgid(65534) != 0 || setuid(65534) != 0 || pipe(pipes) != 0)
        return 77;
    const pid_t parent = fork();
    if (parent == 0) {
        private_process();
        if (write(pipes[1], "x", 1) != 1)
            _exit(1);
        pause();
    }
    char byte;
    if (read(pipes[0], &byte, 1) != 1)
        return 1;
    snprintf(path, sizeof path, "/proc/%d/mem", (int)parent);
    const bool closed = open(path, O_RDONLY) < 0 && errno == EACCES;
    snprintf(path, sizeof path, "/proc/%d/environ", (int)parent);
    const bool sealed = open(path, O_RDONLY) < 0 && errno == EACCES;
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    return closed && sealed ? 0 : 2;
}

static void the_same_account_cannot_read_its_memory_from_another_process(void **state)
{
    (void)state;
    const int said = child_says(look_from_outside);
    if (said == 77)
        skip();
    assert_int_equal(said, 0);
}

static int look_at_files(void)
{
    for (int file = 0; file < 3; file++)
        close(file);
    private_process();
    for (int file = 0; file < 3; file++)
        if (fcntl(file, F_GETFD) < 0)
            return 1;
    return open("/dev/null", O_RDONLY) == 3 ? 0 : 2;
}

static void a_file_never_becomes_standard_output(void **state)
{
    (void)state;
    assert_int_equal(child_says(look_at_files), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_libraries_read_files_from_is_not_in_the_environment),
        cmocka_unit_test(a_known_name_with_the_path_of_a_file_is_not_kept),
        cmocka_unit_test(no_core_file_no_debugger_and_files_for_their_owner_alone),
        cmocka_unit_test(the_same_account_cannot_read_its_memory_from_another_process),
        cmocka_unit_test(a_file_never_becomes_standard_output),
        cmocka_unit_test(entries_that_are_no_variables_go_too), /* leaves an odd environment */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
