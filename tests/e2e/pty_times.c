/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a program costs: times from key to screen, bytes, memory, processor. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pty_inner.h"

static struct pty_took times_since(struct pty *pty, double from_ms, const char *text)
{
    struct pty_took took = {-1, -1, -1, pty->raw.length};

    if (pty->chunk_count > 0) {
        took.first_ms = pty->chunks[0].at_ms - from_ms;
        took.settled_ms = pty->chunks[pty->chunk_count - 1].at_ms - from_ms;
    }
    for (size_t i = 0; text != NULL && i < pty->chunk_count && took.text_ms < 0; i++) {
        pty_feed(pty, pty->chunks[i].end);
        if (pty_shows(pty, text))
            took.text_ms = pty->chunks[i].at_ms - from_ms;
    }
    return took;
}

/* The emulator is fed afterwards, but for a program that is still waiting for its answer. */
static void read_until_quiet(struct pty *pty, const char *text, int quiet_ms)
{
    const double until = pty_now_ms() + 60000;

    while (pty_now_ms() < until) {
        while (pty_pump(pty, quiet_ms))
            continue;
        if (text == NULL || !pty_is_alive(pty))
            return;
        /* Silent without the text: it waits for the terminal, or works for long. */
        for (size_t i = 0; i < pty->chunk_count; i++)
            if (pty->chunks[i].end > pty->fed) {
                pty_feed(pty, pty->chunks[i].end);
                if (pty_shows(pty, text))
                    return;
            }
    }
}

struct pty_took pty_time_keys(struct pty *pty, const char *keys, const char *text, int quiet_ms)
{
    pty_settle(pty, 5, 5000);
    pty_forget(pty);
    const double from_ms = pty_now_ms();
    pty_keys(pty, keys);
    while (pty_pump(pty, quiet_ms > 200 ? quiet_ms : 200) && pty->chunk_count == 0)
        continue;
    read_until_quiet(pty, NULL, quiet_ms);
    const struct pty_took took = times_since(pty, from_ms, text);
    pty_forget(pty);
    return took;
}

/* Chunks the emulator has seen while waiting are replayed into a fresh one. */
static void start_over(struct pty *pty)
{
    if (pty->fed == 0)
        return;
    pty_screen_close(pty);
    pty_screen_open(pty);
    pty->fed = 0;
}

struct pty_took pty_time_start(struct pty *pty, const char *text, int quiet_ms)
{
    while (pty->chunk_count == 0 && pty_is_alive(pty))
        pty_pump(pty, 100);
    read_until_quiet(pty, text, quiet_ms);
    start_over(pty);
    const struct pty_took took = times_since(pty, pty->started_ms, text);
    pty_forget(pty);
    return took;
}

/* --- The process --- */

static long number_in(const char *file, pid_t pid, const char *name)
{
    char path[64];
    char line[256];
    long number = -1;

    snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, file);
    FILE *from = fopen(path, "re");
    if (from == NULL)
        return -1;
    while (fgets(line, sizeof line, from) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            sscanf(line + strlen(name), ": %ld", &number);
    fclose(from);
    return number;
}

long pty_memory_kib(const struct pty *pty)
{
    return number_in("status", pty->pid, "VmRSS");
}

long pty_switches(const struct pty *pty)
{
    return number_in("status", pty->pid, "voluntary_ctxt_switches");
}

/* From schedstat, in nanoseconds: ticks of 10 ms would hide an idle program's cost. */
double pty_cpu_ms(const struct pty *pty)
{
    char path[64];
    double ns = -1e6;

    snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pty->pid);
    FILE *from = fopen(path, "re");
    if (from == NULL)
        return -1;
    if (fscanf(from, "%lf", &ns) != 1)
        ns = -1e6;
    fclose(from);
    return ns / 1e6;
}
