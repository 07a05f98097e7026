/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_BENCH_FIGURES_H
#define PITLANE_TESTS_BENCH_FIGURES_H

/* What the measuring programs share: a clock, and figures as one JSON object a line. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static inline int by_size(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Sorts. */
static inline double percentile(double *figures, size_t count, double percent)
{
    qsort(figures, count, sizeof *figures, by_size);
    const size_t at = (size_t)(percent / 100 * (double)count);
    return figures[at < count ? at : count - 1];
}

static inline double sum_of(const double *figures, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += figures[i];
    return sum;
}

/* {"name": …, "n": …, "p50": …, "p99": …, "max": …, "mean": …} */
static inline void put_times(const char *name, double *ms, size_t count)
{
    const double mean = sum_of(ms, count) / (double)count;
    const double p50 = percentile(ms, count, 50);

    printf("{\"name\": \"%s\", \"n\": %zu, \"p50\": %.4f, \"p90\": %.4f, \"p99\": %.4f, "
           "\"max\": %.4f, \"mean\": %.4f}\n",
           name, count, p50, percentile(ms, count, 90), percentile(ms, count, 99), ms[count - 1],
           mean);
    fflush(stdout);
}

#endif
