/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_THEME_H
#define PITLANE_UI_THEME_H

/* What a cell means (its ink) and how each kind of terminal shows it. Nothing is told by colour
 * alone: every ink has an attribute or goes with a word or glyph. Eight base colours on the
 * terminal's own background. */

#include <stdbool.h>
#include <stdint.h>

#include "base/field.h"

/* clang-format off */
enum ink {
    INK_NORMAL,
    INK_TITLE,      /* the top line */
    INK_MUTED,      /* secondary words, rules, borders */
    INK_STRONG,     /* totals, names that matter */
    INK_HEADER,     /* column heads */
    INK_LABEL,      /* labels of form fields */
    INK_OK,         /* done, paid, ready */
    INK_WARN,       /* waiting, due soon */
    INK_BAD,        /* late, refused, overdue */
    INK_INFO,       /* in progress, neutral news */
    INK_SELECTED,   /* the row the cursor is on */
    INK_MARKED,     /* rows marked with Space */
    INK_FIELD,      /* an input field */
    INK_FIELD_FOCUS,
    INK_FIELD_BAD,
    INK_FIELD_FIXED, /* shown, not to be changed */
    INK_KEY,        /* the key in a hint: "F2" */
    INK_HINT,       /* its label */
    INK_BANNER,     /* DEMO */
    INK_MATCH,      /* what a search found */
    INK_ERROR,      /* sentences of refusal */
    INK_CODE,       /* a square code: dark on light, whatever the terminal's own colours are */
    INK_COUNT
};

enum glyph { /* chrome; every one has an ASCII twin */
    GLYPH_HLINE, GLYPH_VLINE, GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT, GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT,
    GLYPH_TEE_LEFT, GLYPH_TEE_RIGHT, GLYPH_CURSOR, GLYPH_PROMPT, GLYPH_UP, GLYPH_DOWN, GLYPH_LEFT,
    GLYPH_RIGHT, GLYPH_CHECK, GLYPH_CROSS, GLYPH_DOT, GLYPH_RING, GLYPH_HALF, GLYPH_MORE, GLYPH_BULLET,
    GLYPH_DASH, GLYPH_BAR_FULL, GLYPH_BAR_EMPTY, GLYPH_MARK, GLYPH_BAR_UPPER, GLYPH_BAR_LOWER, GLYPH_COUNT
};
/* clang-format on */

enum ink_attribute {
    INK_BOLD = 1u << 0,
    INK_DIM = 1u << 1,
    INK_UNDERLINE = 1u << 2,
    INK_REVERSE = 1u << 3,
    INK_ON_WHITE = 1u << 4 /* the background is white instead of the terminal's own */
};
/* The eight base colours in their usual order; -1 is the terminal's own. */
enum ink_colour {
    COLOUR_OWN = -1,
    COLOUR_BLACK,
    COLOUR_RED,
    COLOUR_GREEN,
    COLOUR_YELLOW,
    COLOUR_BLUE,
    COLOUR_MAGENTA,
    COLOUR_CYAN,
    COLOUR_WHITE
};

struct ink_style {
    unsigned attributes;
    enum ink_colour colour;
};

struct theme {
    bool colour;     /* false: attributes only */
    bool light;      /* the terminal's background is light */
    bool ascii;      /* borders and glyphs from ASCII */
    bool ascii_only; /* no other characters at all: the locale cannot */
    bool mono_only;  /* the terminal has no colours */
    bool wide;       /* lists have air: a blank line behind every row */
};

/* What decides, strongest first. NULL or "" says nothing. `words` are parted by commas or blanks:
 * color, mono, light, dark, ascii, unicode; unknown ones are ignored. */
struct theme_wish {
    const char *words;
    const char *no_color; /* $NO_COLOR: any text means no colour */
    const char *term;     /* $TERM: "dumb" is mono and ASCII, vt100 and its like mono */
};
/* The theme with these words put over it, as far as the terminal can. */
struct theme theme_with(const struct theme *theme, const char *words);
/* All of these words are known. */
bool theme_knows(const char *words);
struct theme theme_choose(const struct theme_wish *wish);
struct ink_style theme_style(const struct theme *theme, enum ink ink);
const char *theme_glyph(const struct theme *theme, enum glyph glyph);
/* A choice's mark or, in ASCII, its twin; "" for none. */
const char *theme_mark(const struct theme *theme, const char *mark, const char *ascii);
/* "● in progress": the choice as lists and pages show it, its mark in front where it has one. */
const char *theme_choice(const struct theme *theme, const struct choice *choice,
                         struct arena *arena);
/* One-cell ASCII twin of a chrome character (· – › … ✓ ● ─ │ …), NULL when it has none. The cell
 * writer uses it, so that texts may hold these characters freely. */
const char *theme_twin(const char *cluster);

#endif
