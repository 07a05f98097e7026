/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* clang-format off */
/* Plays a script against a program in a terminal and measures it as its user meets it: start, keys,
 * bytes, memory, idle cost. Knows no program.
 *
 * usage: bench_screen [--size COLSxROWS] [--quiet MS] [--runs N] [--env NAME=VALUE]… --wait TEXT SCRIPT
 *                     -- PROGRAM…
 *
 * Starts the program N times and measures until TEXT is on the screen ("start"); in the last run the
 * script is played, a step a line:
 *   wait TEXT          until it is on the screen; ends with 1 when it does not come
 *   type TEXT          not measured
 *   keys KEYS          not measured
 *   time NAME N KEYS   N times the keys, each measured from the key to the last byte of the answer
 *   letters NAME TEXT  a measured key for each character, "NAME first" and "NAME later", then Ctrl-U
 *   memory NAME        resident KiB
 *   idle NAME MS       bytes, processor ms a second and wake-ups a second while nothing happens */
/* clang-format on */

#include <string.h>

#include "../e2e/pty.h"
#include "base/arena.h"
#include "base/buf.h"
#include "figures.h"

#define TIMES_MAX  20000
#define LABELS_MAX 64

struct figures {
    char name[64];
    double *ms, *bytes;
    size_t count;
};

struct player {
    struct pty_options options;
    const char *wait, *script;
    int quiet_ms, runs;
    struct pty *pty;
    struct figures figures[LABELS_MAX];
    size_t figure_count;
};

static struct figures *figures_of(struct player *p, const char *name)
{
    for (size_t i = 0; i < p->figure_count; i++)
        if (strcmp(p->figures[i].name, name) == 0)
            return &p->figures[i];
    if (p->figure_count == LABELS_MAX)
        exit(2);
    struct figures *figures = &p->figures[p->figure_count++];
    snprintf(figures->name, sizeof figures->name, "%s", name);
    figures->ms = mem_alloc(TIMES_MAX * sizeof(double));
    figures->bytes = mem_alloc(TIMES_MAX * sizeof(double));
    return figures;
}

static void add(struct figures *figures, double ms, double bytes)
{
    if (figures->count == TIMES_MAX)
        return;
    figures->ms[figures->count] = ms;
    figures->bytes[figures->count++] = bytes;
}

static void give_up(struct player *p, const char *why, const char *what)
{
    fprintf(stderr, "bench_screen: %s: %s\n%s", why, what, pty_screen(p->pty));
    pty_close(p->pty);
    exit(1);
}

static void start_once(struct player *p)
{
    pty_close(p->pty);
    p->pty = pty_start(&p->options);
    if (p->pty == NULL)
        exit(1);
    const struct pty_took took = pty_time_start(p->pty, p->wait, p->quiet_ms);
    if (took.text_ms < 0)
        give_up(p, "never on the screen", p->wait);
    add(figures_of(p, "start"), took.text_ms, (double)took.bytes);
}

static void time_keys(struct player *p, const char *name, const char *keys)
{
    const struct pty_took took = pty_time_keys(p->pty, keys, NULL, p->quiet_ms);

    if (took.bytes > 0) /* a key at the end of the list moves nothing */
        add(figures_of(p, name), took.settled_ms, (double)took.bytes);
}

static void time_letters(struct player *p, const char *name, const char *text)
{
    char key[8];

    for (const char *at = text; *at != '\0'; at++) {
        char label[80];
        snprintf(key, sizeof key, "%s", *at == ' ' ? "Space" : (char[]){*at, '\0'});
        snprintf(label, sizeof label, at == text ? "%s first" : "%s later", name);
        time_keys(p, label, key);
    }
    pty_keys(p->pty, "Ctrl-U");
    pty_settle(p->pty, 60, 5000);
}

static void idle(struct player *p, const char *name, long ms)
{
    size_t bytes = 0;

    pty_settle(p->pty, 500, 5000);
    /* The clock's minute may change by itself; what that writes is read before. */
    while (time(NULL) % 60 < 3 || time(NULL) % 60 + ms / 1000 >= 59)
        pty_settle(p->pty, 200, 200);
    pty_forget(p->pty);
    const double cpu = pty_cpu_ms(p->pty);
    const long switches = pty_switches(p->pty);
    const double until = pty_now_ms() + (double)ms;
    for (double left = (double)ms; left > 0; left = until - pty_now_ms()) {
        /* Asleep itself, but for what comes; not beyond the time, or the minute turns after all. */
        const int rest = (int)left + 1;
        pty_settle(p->pty, rest, rest);
    }
    pty_raw(p->pty, &bytes);
    printf("{\"name\": \"%s\", \"idle_ms\": %ld, \"bytes\": %zu, \"cpu_ms_per_s\": %.4f, "
           "\"wakeups_per_s\": %.3f}\n",
           name, ms, bytes, (pty_cpu_ms(p->pty) - cpu) * 1000 / (double)ms,
           (double)(pty_switches(p->pty) - switches) * 1000 / (double)ms);
}

static void step(struct player *p, const char *line)
{
    char name[64] = "";
    int used = 0;
    long number = 0;

    if (sscanf(line, "wait %n", &used) == 0 && used > 0) {
        if (!pty_wait_text(p->pty, line + used, 30000))
            give_up(p, "never on the screen", line + used);
    } else if (sscanf(line, "type %n", &used) == 0 && used > 0) {
        pty_type(p->pty, line + used);
    } else if (sscanf(line, "keys %n", &used) == 0 && used > 0) {
        pty_keys(p->pty, line + used);
        pty_settle(p->pty, p->quiet_ms, 10000);
    } else if (sscanf(line, "time %63s %ld %n", name, &number, &used) == 2) {
        for (long i = 0; i < number; i++)
            time_keys(p, name, line + used);
    } else if (sscanf(line, "letters %63s %n", name, &used) == 1) {
        time_letters(p, name, line + used);
    } else if (sscanf(line, "memory %63s", name) == 1) {
        printf("{\"name\": \"%s\", \"kib\": %ld}\n", name, pty_memory_kib(p->pty));
    } else if (sscanf(line, "idle %63s %ld", name, &number) == 2) {
        idle(p, name, number);
    } else if (*line != '\0' && *line != '#') {
        give_up(p, "not understood", line);
    }
}

static void play(struct player *p)
{
    AUTO_BUF script = BUF_MIB(1);

    if (buf_read_file(&script, p->script, NULL) != OK) {
        fprintf(stderr, "bench_screen: %s cannot be read.\n", p->script);
        exit(2);
    }
    char *rest = script.at;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;)
        step(p, line);
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_screen [--size COLSxROWS] [--quiet MS] [--runs N] --wait TEXT "
                    "SCRIPT -- PROGRAM...\n");
    return 2;
}

static void report(struct player *p)
{
    for (size_t i = 0; i < p->figure_count; i++) {
        const struct figures *figures = &p->figures[i];
        char name[80];
        snprintf(name, sizeof name, "%s bytes", figures->name);
        if (figures->count == 0)
            continue;
        put_times(figures->name, figures->ms, figures->count);
        put_times(name, figures->bytes, figures->count);
    }
}

int main(int argc, char **argv)
{
    static const char *env[16];
    struct player p = {.quiet_ms = 40, .runs = 1, .options = {.rows = 40, .cols = 120}};
    int at = 1, used = 0;

    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0 && argv[at][2] != '\0'; at += 2) {
        if (strcmp(argv[at], "--size") == 0)
            sscanf(argv[at + 1], "%dx%d", &p.options.cols, &p.options.rows);
        else if (strcmp(argv[at], "--quiet") == 0)
            p.quiet_ms = atoi(argv[at + 1]);
        else if (strcmp(argv[at], "--runs") == 0)
            p.runs = atoi(argv[at + 1]);
        else if (strcmp(argv[at], "--wait") == 0)
            p.wait = argv[at + 1];
        else if (strcmp(argv[at], "--env") == 0 && used + 1 < 16)
            env[used++] = argv[at + 1];
        else
            return usage();
    }
    if (p.wait == NULL || at + 2 >= argc || strcmp(argv[at + 1], "--") != 0)
        return usage();
    p.script = argv[at];
    p.options.argv = (const char *const *)argv + at + 2;
    p.options.env = env;
    for (int i = 0; i < p.runs; i++)
        start_once(&p);
    play(&p);
    report(&p);
    pty_close(p.pty);
    return 0;
}
