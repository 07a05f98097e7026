/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Says on the terminal how far a long command has come, from half a second on, and lets Ctrl-C stop
 * it in an orderly way: the signal waits until the command asks. */

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/day.h"
#include "inner.h"

#define PATIENCE_MS 500
#define REDRAW_MS   100
#define BAR_CELLS   30

void bar_begin(struct bar *progress, const char *says)
{
    sigset_t interrupt;

    *progress = (struct bar){.says = says, .shown_ms = clock_ticks_ms() + PATIENCE_MS};
    progress->on_terminal = isatty(STDERR_FILENO) != 0;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &progress->before);
}

static bool is_stopped(void)
{
    sigset_t waiting;

    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}

static void draw(const struct bar *progress, int64_t done, int64_t total)
{
    const int64_t most = total > 0 ? total : 1;
    const int cells = (int)(done >= most ? BAR_CELLS : done * BAR_CELLS / most);
    const int percent = (int)(done >= most ? 100 : done * 100 / most);

    fprintf(stderr, "\r%s [%-*.*s] %3d %%  (Ctrl-C stops)", progress->says, BAR_CELLS, cells,
            "##############################", percent);
    fflush(stderr);
}

bool bar_tell(void *context, int64_t done, int64_t total)
{
    struct bar *progress = context;
    const int64_t now = clock_ticks_ms();

    if (is_stopped())
        return false;
    if (!progress->on_terminal || now < progress->shown_ms)
        return true;
    progress->shown_ms = now + REDRAW_MS;
    progress->drawn = true;
    draw(progress, done, total);
    return true;
}

void bar_end(struct bar *progress)
{
    struct timespec at_once = {0};
    sigset_t interrupt;

    if (progress->drawn)
        fputs("\r\033[K", stderr);
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    (void)sigtimedwait(&interrupt, NULL, &at_once); /* it has been heard */
    sigprocmask(SIG_SETMASK, &progress->before, NULL);
}
