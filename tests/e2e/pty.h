/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_E2E_PTY_H
#define PITLANE_TESTS_E2E_PTY_H

/* A program in a terminal of our own: a pseudo-terminal whose other end is read into a terminal
 * emulator (libvterm). Nothing here knows Pitlane; the measurements run its peers with it, too.
 * Bytes are time-stamped as they are read and reach the emulator only when somebody looks at the
 * screen, so that the emulator's own time is in no figure. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pty;

struct pty_options {
    int rows, cols;          /* 0: 24 and 80 */
    const char *term;        /* TERM; NULL: xterm-256color, "": not set */
    const char *folder;      /* the working directory; NULL: this one's */
    const char *const *argv; /* ended by NULL; found in PATH */
    const char *const
        *env; /* "NAME=VALUE"…, ended by NULL, beside PATH, TERM and LANG; NULL: none */
};

/* NULL when no terminal is to be had. A program that cannot be run exits with 127. */
struct pty *pty_start(const struct pty_options *options);
/* Kills what still runs. NULL is fine. */
void pty_close(struct pty *pty);
pid_t pty_pid(const struct pty *pty);

/* --- Input --- */

/* Keys by name, parted by blanks: "F6 n", "Ctrl-T", "Shift-Tab", "PageDown", "a". False for a name
 * that is none or a terminal that is gone. */
bool pty_keys(struct pty *pty, const char *keys);
/* Characters as they are, each of them a key. */
bool pty_type(struct pty *pty, const char *text);
/* Bytes as they are, counted as nothing. */
bool pty_send(struct pty *pty, const char *bytes, size_t length);
/* Keys pressed so far. */
long pty_key_count(const struct pty *pty);
void pty_resize(struct pty *pty, int rows, int cols);
/* The line is dropped: our end closes. */
void pty_hang_up(struct pty *pty);
void pty_signal(struct pty *pty, int number);

/* --- The screen --- */

/* Reads until the text stands on the screen (within one row). */
bool pty_wait_text(struct pty *pty, const char *text, int limit_ms);
/* … until it no longer does. */
bool pty_wait_no_text(struct pty *pty, const char *text, int limit_ms);
/* Reads until nothing has come for `quiet_ms` of a program that waits: not of one that works, or is
 * kept from it by others. False when it never stops within the limit. */
bool pty_settle(struct pty *pty, int quiet_ms, int limit_ms);
bool pty_has(struct pty *pty, const char *text);
/* Rows parted by LF, blanks at their ends dropped. Valid until the next call. */
const char *pty_screen(struct pty *pty);
const char *pty_row(struct pty *pty, int row);
/* The first row with the text, -1 for none; `ret_col` (cells) may be NULL. */
int pty_find(struct pty *pty, const char *text, int *ret_col);
void pty_cursor(struct pty *pty, int *ret_row, int *ret_col);
bool pty_is_reverse(struct pty *pty, int row, int col);
/* The program has the alternate screen. */
bool pty_on_alternate(struct pty *pty);
/* The terminal shows what is typed by itself, without the program. */
bool pty_echoes(const struct pty *pty);

/* --- The wire and the process --- */

/* All bytes the program has written since the start or the last pty_forget. */
const char *pty_raw(const struct pty *pty, size_t *ret_length);
void pty_forget(struct pty *pty);
/* True when it has ended in time; `ret_code` is its exit code, 128 + n behind a signal. Output is
 * read meanwhile. */
bool pty_wait_exit(struct pty *pty, int limit_ms, int *ret_code);
bool pty_is_alive(struct pty *pty);
double pty_cpu_ms(const struct pty *pty);   /* used by the process so far; < 0: gone */
long pty_memory_kib(const struct pty *pty); /* resident, less what it shares with files: VmRSS */
long pty_switches(const struct pty *pty);   /* voluntary: how often it has gone to sleep */

/* --- Times --- */

struct pty_took {
    double first_ms;   /* to the first byte of the answer; < 0: nothing came */
    double settled_ms; /* to the last byte before the silence */
    double text_ms;    /* to the read behind which the text was on the screen; < 0: never */
    size_t bytes;
};
/* Sends the keys and reads until it has been silent for quiet_ms. `text` may be NULL. */
struct pty_took pty_time_keys(struct pty *pty, const char *keys, const char *text, int quiet_ms);
/* From just before the program was started. */
struct pty_took pty_time_start(struct pty *pty, const char *text, int quiet_ms);
double pty_now_ms(void);
/* The clock of all limits: it stands while others have the processor that the program is ready for.
 */
double pty_fair_ms(const struct pty *pty);

#endif
