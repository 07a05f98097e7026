/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_TERM_H
#define PITLANE_UI_TERM_H

/* The terminal as the program sees it: events come in, surfaces go out. Two kinds: ncurses for
 * people, memory for tests. */

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "ui/keys.h"
#include "ui/surface.h"

struct term;

struct term_type {
    void (*size)(struct term *term, int *ret_rows, int *ret_cols);
    void (*read)(struct term *term, int timeout_ms); /* waits (-1: for ever) and decodes */
    void (*show)(struct term *term, const struct surface *surface, bool repaint);
    void (*suspend)(struct term *term);        /* gives the terminal back … */
    void (*restore)(struct term *term);        /* … and takes it again */
    void (*mouse)(struct term *term, bool on); /* report it; where there is none, nothing comes */
    int64_t (*now)(struct term *term);
    void (*close)(struct term *term);
};

struct term {
    const struct term_type *type;
    struct key_decoder decoder;
};

/* First thing in main, before the database is opened: keys typed from now on are neither echoed nor
 * lost (in line mode the kernel drops everything past 4,095 bytes). Does nothing without a terminal
 * on standard input. The mode is given back at exit, also by term_curses' own end. */
void term_raw_early(void);
/* Gives line mode back, for prompts of the command line and messages. */
void term_raw_end(void);

/* Takes over the terminal. ERR_IO with a sentence when TERM is unset, unknown or cannot place the
 * cursor, or when standard input and output are no terminal; nothing was changed then. May switch
 * theme->ascii_only on when the locale has no UTF-8, and colour off when the terminal has none. */
status term_curses_open(struct theme *theme, struct term **ret_term, struct fault *fault) MUST_USE;

/* A terminal in memory. Its clock stands still but for waits and pauses. */
struct term *term_memory_open(int rows, int cols);
/* Script: characters as they are, keys by name in angle brackets: "0142<Enter>w<Ctrl-P>"; "<<" is a
 * "<"; "<wait 300>" lets milliseconds pass, "<size 100x30>" resizes (columns first), "<paste text>"
 * pastes, "<mouse 5,12>" holds the mouse down at a row and column and "<mouse up>" lets go,
 * "<hangup>" hangs up. Characters come 100 ms apart; inside "<fast ABC123>" 5 ms. False
 * when the script cannot be read. */
bool term_memory_script(struct term *term, const char *script);
bool term_memory_is_drained(const struct term *term);
/* What was shown last, as text (surface_dump). "" before the first frame. */
const char *term_memory_picture(const struct term *term, bool inks);
const struct surface *term_memory_shown(const struct term *term);
int term_memory_frames(const struct term *term);

static inline bool term_next(struct term *term, struct event *ret_event)
{
    return decoder_next(&term->decoder, ret_event);
}
void term_close(struct term *term); /* NULL is fine */

#endif
