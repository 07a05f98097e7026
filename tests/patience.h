/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_PATIENCE_H
#define PITLANE_TESTS_PATIENCE_H

/* Time as a busy machine needs it counted: a program that is ready to run while others have the
 * processor is neither silent nor slow. From proc(5); where that is not there, time is time. */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static inline double patience_now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* Does it wait for something, or is it gone? If not, it is at work or kept from it. */
static inline bool patience_is_idle(pid_t pid)
{
    char path[64], line[512] = "";

    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *from = fopen(path, "re");
    if (from == NULL)
        return true;
    const char *end = fgets(line, sizeof line, from) != NULL ? strrchr(line, ')') : NULL;
    fclose(from);
    return end == NULL || end[1] == '\0' || strchr("RD", end[2]) == NULL;
}

/* For how long it has been ready to run and others have run instead; 0 when it is gone. */
static inline double patience_kept_waiting_ms(pid_t pid)
{
    char path[64];
    double ran = 0, kept = 0;

    snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pid);
    FILE *from = fopen(path, "re");
    if (from == NULL)
        return 0;
    if (fscanf(from, "%lf %lf", &ran, &kept) != 2)
        kept = 0;
    fclose(from);
    return kept / 1e6;
}

/* A clock that stands while others have the processor, of this program's time or the other's (0: no
 * other). */
static inline double patience_fair_ms(pid_t pid)
{
    return patience_now_ms() - patience_kept_waiting_ms(pid) - patience_kept_waiting_ms(getpid());
}

#endif
