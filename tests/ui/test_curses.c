/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The real terminal through a pseudo-terminal: bytes, lost keys, ends. */

#include "kit.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "patience.h"

/* Nobody waits for the limit of what works. */
#define PATIENCE_MS 30000

struct run {
    pid_t child;
    int fd;
    struct buf out;
};

static struct view *form_home(struct app *app)
{
    return form_view(app);
}

static int run_app(bool form)
{
    struct kit kit = {.source = {.count = 142}};
    struct theme theme = {.colour = true};
    struct fault fault = {0};

    term_raw_early();
    if (term_curses_open(&theme, &kit.term, &fault) != OK) {
        term_raw_end();
        printf("%s\n", fault.text);
        return 6;
    }
    kit.app = app_open(&(struct app_options){.term = kit.term,
                                             .theme = &theme,
                                             .context = &kit,
                                             .banner = "DEMO",
                                             .home = form ? form_home : list_view});
    const status result = app_run(kit.app);
    const int kept = kit.kept;
    app_close(kit.app);
    term_close(kit.term);
    return result == OK ? 0 : 10 + kept;
}

static struct run start(const char *term, bool form)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct run run = {.out = BUF_MIB(8)};

    run.child = forkpty(&run.fd, NULL, NULL, &size);
    if (run.child == 0) {
        if (term != NULL)
            setenv("TERM", term, 1);
        else
            unsetenv("TERM");
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("NO_COLOR");
        const int code = run_app(form);
        fflush(stdout);
        _exit(code);
    }
    return run;
}

/* False when the terminal is gone. */
static bool take(struct run *run, bool *ret_came)
{
    struct pollfd fd = {.fd = run->fd, .events = POLLIN};
    char bytes[65536];

    *ret_came = poll(&fd, 1, 10) > 0;
    if (!*ret_came)
        return true;
    const ssize_t count = read(run->fd, bytes, sizeof(bytes));
    if (count <= 0)
        return false;
    buf_add(&run->out, bytes, (size_t)count);
    return true;
}

/* Until the terminal has been quiet for a while and the program asleep. */
static void settle_more(struct run *run, int quiet_ms)
{
    double since = patience_now_ms();
    bool came = false;

    while (take(run, &came)) {
        if (came || !patience_is_idle(run->child))
            since = patience_now_ms();
        else if (patience_now_ms() - since >= quiet_ms)
            break;
    }
}

/* How many bytes that were. */
static size_t settle(struct run *run, int quiet_ms)
{
    buf_clear(&run->out);
    settle_more(run, quiet_ms);
    return run->out.length;
}

static void wait_until(struct run *run, bool (*is_so)(struct run *run))
{
    const double until = patience_now_ms() + PATIENCE_MS;
    bool came;

    while (!is_so(run)) {
        if (patience_now_ms() > until)
            fail_msg("it never came to that:\n%s", buf_str(&run->out));
        if (!take(run, &came))
            usleep(1000);
    }
}

static bool is_raw(struct run *run)
{
    struct termios mode;

    return tcgetattr(run->fd, &mode) == 0 && (mode.c_lflag & (ICANON | ECHO)) == 0;
}

static bool is_given_back(struct run *run)
{
    struct termios mode;

    return tcgetattr(run->fd, &mode) == 0 && (mode.c_lflag & ICANON) != 0 &&
           strstr(buf_str(&run->out), "\033[?1049l") != NULL;
}

/* The first frame of a program that now waits for a key: how many bytes. */
static size_t wait_for_frame(struct run *run)
{
    wait_until(run, is_raw);
    settle_more(run, 200);
    return run->out.length;
}

static void press(struct run *run, const char *keys)
{
    assert_int_equal(write(run->fd, keys, strlen(keys)), strlen(keys));
}

static size_t bytes_of(struct run *run, const char *keys)
{
    press(run, keys);
    return settle(run, 100);
}

/* Exit code; fails when the child takes longer than a second of its own. */
static int ended(struct run *run)
{
    const double from = patience_fair_ms(run->child);
    bool came;
    int how = 0;

    while (waitpid(run->child, &how, WNOHANG) == 0) {
        if (patience_fair_ms(run->child) - from > 1000) {
            kill(run->child, SIGKILL);
            fail_msg("the program did not end within a second");
        }
        if (!take(run, &came))
            usleep(1000);
    }
    close(run->fd);
    buf_done(&run->out);
    return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

static void bytes_stay_within_their_budget(void **state)
{
    struct run run = start("xterm-256color", false);
    size_t bytes = 0;

    (void)state;
    bytes = wait_for_frame(&run);
    print_message("first frame %zu bytes\n", bytes);
    assert_in_range(bytes, 500, 2600);
    bytes_of(&run, "\033[B");
    bytes = bytes_of(&run, "\033[B");
    print_message("cursor key %zu bytes\n", bytes);
    assert_in_range(bytes, 1, 300);
    bytes = bytes_of(&run, "\033[6~");
    print_message("page %zu bytes\n", bytes);
    assert_in_range(bytes, 1, 2200);
    bytes = bytes_of(&run, "\033[15~");
    print_message("refresh with nothing new %zu bytes\n", bytes);
    assert_int_equal(bytes, 0);
    bytes = settle(&run, 1500);
    print_message("1.5 s idle %zu bytes\n", bytes);
    assert_int_equal(bytes, 0);
    press(&run, "\x11");
    assert_int_equal(ended(&run), 0);
}

static void a_typed_character_costs_a_few_bytes(void **state)
{
    struct run run = start("xterm-256color", true);

    (void)state;
    wait_for_frame(&run);
    bytes_of(&run, "a");
    const size_t bytes = bytes_of(&run, "b");
    print_message("character %zu bytes\n", bytes);
    assert_in_range(bytes, 1, 40);
    close(run.fd); /* the terminal goes away in mid-edit */
    int how = 0;
    const double from = patience_fair_ms(run.child);
    while (waitpid(run.child, &how, WNOHANG) == 0 && patience_fair_ms(run.child) - from < 1000)
        usleep(1000);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 11); /* ended by hang-up, one draft kept */
    buf_done(&run.out);
}

static void no_key_is_lost_in_bursts_around_a_stall(void **state)
{
    struct run run = start("xterm-256color", true);
    const int count = 3000;

    (void)state;
    for (int i = 0; i < count; i++) { /* from before the first frame on */
        press(&run, i % 2 == 0 ? "x" : "\x7f");
        if (i == 1000)
            kill(run.child, SIGSTOP);
        if (i == 2000) {
            usleep(300000);
            kill(run.child, SIGCONT);
        }
    }
    press(&run, "end");
    settle(&run, 500);
    bytes_of(&run, "\x0c"); /* the whole screen again */
    assert_non_null(strstr(buf_str(&run.out), "end"));
    assert_null(strstr(buf_str(&run.out), "xend"));
    press(&run, "\x15\x11");
    assert_int_equal(ended(&run), 0);
}

static void signals_end_it_with_the_draft_kept_and_the_mode_restored(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(signals); i++) {
        struct termios before, after;
        struct run run = start("xterm-256color", true);
        wait_for_frame(&run);
        assert_int_equal(tcgetattr(run.fd, &before), 0);
        assert_int_equal(before.c_lflag & (ICANON | ECHO), 0);
        press(&run, "abc");
        settle(&run, 100);
        kill(run.child, signals[i]);
        wait_until(&run, is_given_back);
        settle_more(&run, 100);
        assert_int_equal(tcgetattr(run.fd, &after), 0);
        assert_int_not_equal(after.c_lflag & ICANON, 0);
        assert_non_null(strstr(buf_str(&run.out), "\033[?1049l"));
        assert_non_null(strstr(buf_str(&run.out), "\033[?2004l"));
        assert_int_equal(ended(&run), 11);
    }
}

static void a_crash_gives_the_terminal_back(void **state)
{
    struct run run = start("xterm-256color", true);
    struct termios after;

    (void)state;
    wait_for_frame(&run);
    kill(run.child, SIGABRT);
    wait_until(&run, is_given_back);
    assert_int_equal(tcgetattr(run.fd, &after), 0);
    assert_int_not_equal(after.c_lflag & ICANON, 0);
    assert_non_null(strstr(buf_str(&run.out), "\033[?1049l"));
    assert_int_equal(ended(&run), 128 + SIGABRT);
}

static void terminals_that_will_not_do_get_a_sentence(void **state)
{
    static const char *const kinds[] = {NULL, "", "no-such-terminal", "dumb"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct run run = start(kinds[i], false);
        settle(&run, 1000); /* it ends */
        assert_non_null(strstr(buf_str(&run.out), "."));
        assert_true(strstr(buf_str(&run.out), "TERM") != NULL ||
                    strstr(buf_str(&run.out), "cannot place the cursor") != NULL);
        assert_int_equal(ended(&run), 6);
    }
}

static void every_common_terminal_shows_the_same_text(void **state)
{
    static const char *const kinds[] = {"xterm", "screen", "tmux-256color", "linux", "vt100"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct run run = start(kinds[i], false);
        settle(&run, 400); /* it waits for a key, or ends */
        if (strstr(buf_str(&run.out), "not known on this machine") == NULL) {
            assert_non_null(strstr(buf_str(&run.out), "Dela Cruz"));
            assert_non_null(strstr(buf_str(&run.out), "142"));
            press(&run, "\x11");
            assert_int_equal(ended(&run), 0);
        } else {
            ended(&run);
        }
    }
}

static void resizing_repaints_and_keeps_what_was_typed(void **state)
{
    struct run run = start("xterm-256color", true);
    static const struct winsize sizes[] = {
        {1, 1, 0, 0}, {10, 40, 0, 0}, {100, 300, 0, 0}, {24, 80, 0, 0}};

    (void)state;
    wait_for_frame(&run);
    press(&run, "Zimmer");
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        ioctl(run.fd, TIOCSWINSZ, &sizes[i]);
        settle(&run, 150);
    }
    bytes_of(&run, "\x0c");
    assert_non_null(strstr(buf_str(&run.out), "Zimmer"));
    press(&run, "\x15\x11");
    assert_int_equal(ended(&run), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_stay_within_their_budget),
        cmocka_unit_test(a_typed_character_costs_a_few_bytes),
        cmocka_unit_test(no_key_is_lost_in_bursts_around_a_stall),
        cmocka_unit_test(signals_end_it_with_the_draft_kept_and_the_mode_restored),
        cmocka_unit_test(a_crash_gives_the_terminal_back),
        cmocka_unit_test(terminals_that_will_not_do_get_a_sentence),
        cmocka_unit_test(every_common_terminal_shows_the_same_text),
        cmocka_unit_test(resizing_repaints_and_keeps_what_was_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
