/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The process and the wire: start, send, read, end. What the screen shows is pty_screen.c's. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "patience.h"
#include "pty_inner.h"

#define ENV_MAX   64
#define WORDS_MAX 64
#define RAW_LIMIT BUF_MIB(512)

double pty_now_ms(void)
{
    return patience_now_ms();
}

double pty_fair_ms(const struct pty *pty)
{
    return pty->ended ? pty->ended_fair_ms : patience_fair_ms(pty->pid);
}

/* --- Start and end --- */

/* "valgrind -q" in PITLANE_UNDER runs the program under another one. */
static void put_words(const char *const *argv, char *words, const char *ret_words[WORDS_MAX])
{
    size_t count = 0;
    char *rest = words;

    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL && count + 2 < WORDS_MAX;)
        ret_words[count++] = word;
    for (; *argv != NULL && count + 1 < WORDS_MAX; argv++)
        ret_words[count++] = *argv;
    ret_words[count] = NULL;
}

static void become(const struct pty_options *options, const char *term)
{
    const char *env[ENV_MAX] = {"LANG=C.UTF-8", term, NULL};
    char path[4096];
    char under[512];
    const char *words[WORDS_MAX];
    size_t count = term != NULL ? 2 : 1;

    snprintf(path, sizeof path, "PATH=%s", getenv("PATH") != NULL ? getenv("PATH") : "/usr/bin");
    env[count++] = path;
    for (size_t i = 0; options->env != NULL && options->env[i] != NULL && count + 1 < ENV_MAX; i++)
        env[count++] = options->env[i];
    env[count] = NULL;
    snprintf(under, sizeof under, "%s",
             getenv("PITLANE_UNDER") != NULL ? getenv("PITLANE_UNDER") : "");
    put_words(options->argv, under, words);
    for (int fd = 3; fd < 256; fd++)
        close(fd);
    /* A terminal of its own hangs up, whatever ignores that outside (nohup, a service). */
    signal(SIGHUP, SIG_DFL);
    if (options->folder != NULL && chdir(options->folder) != 0)
        _exit(127);
    /* execvpe takes what it does not change as if it would. */
    union {
        const char **told;
        char *const *taken;
    } argv = {words}, given = {env};
    execvpe(words[0], argv.taken, given.taken);
    _exit(127);
}

struct pty *pty_start(const struct pty_options *options)
{
    struct pty *pty = mem_alloc(sizeof *pty);
    char term[128];

    *pty = (struct pty){.rows = options->rows > 0 ? options->rows : 24,
                        .cols = options->cols > 0 ? options->cols : 80,
                        .raw = RAW_LIMIT,
                        .text = BUF_MIB(4)};
    const struct winsize size = {(unsigned short)pty->rows, (unsigned short)pty->cols, 0, 0};
    snprintf(term, sizeof term, "TERM=%s",
             options->term != NULL ? options->term : "xterm-256color");
    pty_screen_open(pty);
    fflush(NULL);
    pty->started_ms = pty_now_ms();
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid == 0)
        become(options, strcmp(term, "TERM=") == 0 ? NULL : term);
    if (pty->pid < 0) {
        pty_screen_close(pty);
        mem_free(pty);
        return NULL;
    }
    fcntl(pty->fd, F_SETFL, O_NONBLOCK);
    fcntl(pty->fd, F_SETFD, FD_CLOEXEC);
    return pty;
}

void pty_hang_up(struct pty *pty)
{
    if (pty->fd >= 0)
        close(pty->fd);
    pty->fd = -1;
}

void pty_signal(struct pty *pty, int number)
{
    if (!pty->ended)
        kill(pty->pid, number);
}

static bool has_ended(struct pty *pty)
{
    siginfo_t ended = {.si_pid = 0};
    int how = 0;

    if (pty->ended)
        return true;
    if (waitid(P_PID, (id_t)pty->pid, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        ended.si_pid != pty->pid)
        return false;
    pty->ended_fair_ms = patience_fair_ms(pty->pid);
    waitpid(pty->pid, &how, 0);
    pty->ended = true;
    pty->code = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    return true;
}

bool pty_echoes(const struct pty *pty)
{
    struct termios mode;

    return tcgetattr(pty->fd, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
}

bool pty_is_alive(struct pty *pty)
{
    return !has_ended(pty);
}

bool pty_wait_exit(struct pty *pty, int limit_ms, int *ret_code)
{
    const double until = pty_fair_ms(pty) + limit_ms;

    while (!has_ended(pty) && pty_fair_ms(pty) < until)
        if (!pty_pump(pty, 10))
            usleep(2000);
    if (!has_ended(pty))
        return false;
    while (pty_pump(pty, 0))
        continue;
    if (ret_code != NULL)
        *ret_code = pty->code;
    return true;
}

void pty_close(struct pty *pty)
{
    if (pty == NULL)
        return;
    if (!has_ended(pty)) {
        kill(pty->pid, SIGKILL);
        waitpid(pty->pid, NULL, 0);
    }
    pty_hang_up(pty);
    pty_screen_close(pty);
    buf_done(&pty->raw);
    buf_done(&pty->text);
    mem_free(pty->chunks);
    mem_free(pty);
}

pid_t pty_pid(const struct pty *pty)
{
    return pty->pid;
}

/* --- Output of the program --- */

static void add_chunk(struct pty *pty)
{
    if (pty->chunk_count == pty->chunk_room) {
        pty->chunk_room = pty->chunk_room * 2 + 64;
        pty->chunks = mem_resize(pty->chunks, pty->chunk_room * sizeof *pty->chunks);
    }
    pty->chunks[pty->chunk_count++] = (struct pty_chunk){pty->raw.length, pty->last_ms};
}

bool pty_pump(struct pty *pty, int limit_ms)
{
    struct pollfd polled = {pty->fd, POLLIN, 0};
    char bytes[65536];

    if (pty->fd < 0 || poll(&polled, 1, limit_ms) <= 0)
        return false;
    const ssize_t got = read(pty->fd, bytes, sizeof bytes);
    if (got <= 0)
        return false;
    pty->last_ms = pty_now_ms();
    buf_add(&pty->raw, bytes, (size_t)got);
    add_chunk(pty);
    return true;
}

const char *pty_raw(const struct pty *pty, size_t *ret_length)
{
    *ret_length = pty->raw.length;
    return buf_str(&pty->raw);
}

void pty_forget(struct pty *pty)
{
    pty_feed_all(pty);
    buf_clear(&pty->raw);
    pty->fed = 0;
    pty->chunk_count = 0;
}

/* --- Input --- */

bool pty_send(struct pty *pty, const char *bytes, size_t length)
{
    while (length > 0 && pty->fd >= 0) {
        const ssize_t done = write(pty->fd, bytes, length);
        if (done < 0 && errno == EAGAIN) { /* it writes, too, and waits for us */
            pty_pump(pty, 10);
            continue;
        }
        if (done < 0)
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return length == 0;
}

bool pty_type(struct pty *pty, const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        pty->keys += ((unsigned char)*at & 0xc0) != 0x80;
    return pty_send(pty, text, strlen(text));
}

/* As a terminal of xterm's kind sends them, the keypad in application mode. */
/* clang-format off */
static const struct {
    const char *name, *bytes;
} key_names[] = {
    {"Enter", "\r"}, {"Tab", "\t"}, {"Shift-Tab", "\033[Z"}, {"Esc", "\033"}, {"Space", " "},
    {"Backspace", "\177"}, {"Delete", "\033[3~"}, {"Insert", "\033[2~"},
    {"Up", "\033OA"}, {"Down", "\033OB"}, {"Right", "\033OC"}, {"Left", "\033OD"},
    {"Home", "\033OH"}, {"End", "\033OF"}, {"PageUp", "\033[5~"}, {"PageDown", "\033[6~"},
    {"F1", "\033OP"}, {"F2", "\033OQ"}, {"F3", "\033OR"}, {"F4", "\033OS"}, {"F5", "\033[15~"},
    {"F6", "\033[17~"}, {"F7", "\033[18~"}, {"F8", "\033[19~"}, {"F9", "\033[20~"},
    {"F10", "\033[21~"}, {"F11", "\033[23~"}, {"F12", "\033[24~"},
};
/* clang-format on */

static bool add_key(struct buf *out, const char *name)
{
    const size_t length = strlen(name);

    for (size_t i = 0; i < COUNT_OF(key_names); i++)
        if (text_same(key_names[i].name, name)) {
            buf_text(out, key_names[i].bytes);
            return true;
        }
    if (text_starts(name, "Ctrl-") && length == 6)
        buf_char(out, name[5] & 0x1f);
    else if (text_starts(name, "Alt-") && length == 5)
        buf_printf(out, "\033%c", name[4]);
    else if (length == 1 || ((unsigned char)name[0] & 0xc0) == 0xc0)
        buf_text(out, name);
    else
        return false;
    return true;
}

/* An Esc and the key behind it in one burst are an Alt key: Esc goes alone, and what follows waits
 * until the program has stopped waiting for more. */
static bool send_key(struct pty *pty, const char *name)
{
    AUTO_BUF bytes = BUF(64);

    if (!add_key(&bytes, name)) {
        fprintf(stderr, "There is no key “%s”.\n", name);
        return false;
    }
    pty->keys++;
    if (!pty_send(pty, bytes.at, bytes.length))
        return false;
    if (text_same(name, "Esc"))
        pty_settle(pty, 60, 5000);
    return true;
}

bool pty_keys(struct pty *pty, const char *keys)
{
    char *names = mem_text(keys);
    char *rest = names;
    bool sent = true;

    for (char *name; sent && (name = strtok_r(rest, " ", &rest)) != NULL;)
        sent = send_key(pty, name);
    mem_free(names);
    return sent;
}

long pty_key_count(const struct pty *pty)
{
    return pty->keys;
}

void pty_resize(struct pty *pty, int rows, int cols)
{
    const struct winsize size = {(unsigned short)rows, (unsigned short)cols, 0, 0};

    pty_screen_resize(pty, rows, cols);
    if (pty->fd >= 0)
        ioctl(pty->fd, TIOCSWINSZ, &size);
}
