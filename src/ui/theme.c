/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Inks as attributes and colours, glyphs with their ASCII twins. Which bytes make a terminal bold
 * is left to term_curses. */

#include "ui/theme.h"

#include <assert.h>
#include <string.h>

#include "base/status.h"
#include "base/text.h"

struct ink_row {
    struct ink_style dark; /* on a dark background */
    enum ink_colour light; /* its colour on a light one */
    unsigned mono;         /* attributes where there is no colour */
};

/* clang-format off */
static const struct ink_row inks[INK_COUNT] = {
    [INK_NORMAL]      = {{0,                         COLOUR_OWN},     COLOUR_OWN,     0},
    [INK_TITLE]       = {{INK_BOLD,                  COLOUR_OWN},     COLOUR_OWN,     INK_BOLD},
    [INK_MUTED]       = {{INK_DIM,                   COLOUR_OWN},     COLOUR_OWN,     0},
    [INK_STRONG]      = {{INK_BOLD,                  COLOUR_OWN},     COLOUR_OWN,     INK_BOLD},
    [INK_HEADER]      = {{INK_UNDERLINE,             COLOUR_OWN},     COLOUR_OWN,     INK_UNDERLINE},
    [INK_LABEL]       = {{0,                         COLOUR_OWN},     COLOUR_OWN,     0},
    [INK_OK]          = {{INK_BOLD,                  COLOUR_GREEN},   COLOUR_GREEN,   INK_BOLD},
    [INK_WARN]        = {{INK_BOLD,                  COLOUR_YELLOW},  COLOUR_MAGENTA, INK_UNDERLINE},
    [INK_BAD]         = {{INK_BOLD | INK_UNDERLINE,  COLOUR_RED},     COLOUR_RED,     INK_BOLD | INK_UNDERLINE},
    [INK_INFO]        = {{0,                         COLOUR_CYAN},    COLOUR_BLUE,    0},
    [INK_SELECTED]    = {{INK_REVERSE,               COLOUR_OWN},     COLOUR_OWN,     INK_REVERSE},
    [INK_MARKED]      = {{INK_BOLD,                  COLOUR_CYAN},    COLOUR_BLUE,    INK_BOLD},
    [INK_FIELD]       = {{INK_UNDERLINE,             COLOUR_OWN},     COLOUR_OWN,     INK_UNDERLINE},
    [INK_FIELD_FOCUS] = {{INK_UNDERLINE | INK_BOLD,  COLOUR_OWN},     COLOUR_OWN,     INK_UNDERLINE | INK_BOLD},
    [INK_FIELD_BAD]   = {{INK_REVERSE,               COLOUR_RED},     COLOUR_RED,     INK_REVERSE},
    [INK_FIELD_FIXED] = {{0,                         COLOUR_OWN},     COLOUR_OWN,     0},
    [INK_KEY]         = {{INK_BOLD,                  COLOUR_OWN},     COLOUR_OWN,     INK_BOLD},
    [INK_HINT]        = {{0,                         COLOUR_OWN},     COLOUR_OWN,     0},
    [INK_BANNER]      = {{INK_REVERSE | INK_BOLD,    COLOUR_YELLOW},  COLOUR_MAGENTA, INK_REVERSE | INK_BOLD},
    [INK_MATCH]       = {{INK_REVERSE,               COLOUR_CYAN},    COLOUR_BLUE,    INK_REVERSE},
    [INK_ERROR]       = {{INK_BOLD,                  COLOUR_RED},     COLOUR_RED,     INK_BOLD},
    [INK_CODE]        = {{INK_ON_WHITE,              COLOUR_BLACK},   COLOUR_BLACK,   INK_REVERSE},
};

static const char *const glyphs[GLYPH_COUNT][2] = {
    [GLYPH_HLINE]        = {"─", "-"}, [GLYPH_VLINE]        = {"│", "|"},
    [GLYPH_TOP_LEFT]     = {"┌", "+"}, [GLYPH_TOP_RIGHT]    = {"┐", "+"},
    [GLYPH_BOTTOM_LEFT]  = {"└", "+"}, [GLYPH_BOTTOM_RIGHT] = {"┘", "+"},
    [GLYPH_TEE_LEFT]     = {"├", "+"}, [GLYPH_TEE_RIGHT]    = {"┤", "+"},
    [GLYPH_CURSOR]       = {"›", ">"}, [GLYPH_PROMPT]       = {"▸", ">"},
    [GLYPH_UP]           = {"▲", "^"}, [GLYPH_DOWN]         = {"▼", "v"},
    [GLYPH_LEFT]         = {"◀", "<"}, [GLYPH_RIGHT]        = {"▶", ">"},
    [GLYPH_CHECK]        = {"✓", "v"}, [GLYPH_CROSS]        = {"✗", "x"},
    [GLYPH_DOT]          = {"●", "*"}, [GLYPH_RING]         = {"○", "o"},
    [GLYPH_HALF]         = {"◌", "~"}, [GLYPH_MORE]         = {"…", "~"},
    [GLYPH_BULLET]       = {"·", "-"}, [GLYPH_DASH]         = {"–", "-"},
    [GLYPH_BAR_FULL]     = {"█", "#"}, [GLYPH_BAR_EMPTY]    = {"░", "."},
    [GLYPH_MARK]         = {"✱", "*"}, [GLYPH_BAR_UPPER]    = {"▀", "'"},
    [GLYPH_BAR_LOWER]    = {"▄", "."},
};

/* More characters that texts of the program use. */
static const char *const twins[][2] = {
    {"—", "-"}, {"‘", "'"}, {"’", "'"}, {"“", "\""}, {"”", "\""}, {"×", "x"}, {"→", ">"}, {"←", "<"},
    {"↑", "^"}, {"↓", "v"}, {"◐", "~"}, {"◑", "~"}, {"◆", "*"}, {"◇", "o"}, {"■", "#"}, {"□", "o"},
    {"✔", "v"}, {"✕", "x"}, {"⚠", "!"}, {"•", "*"}, {"°", "o"}, {"½", "+"}, {"▏", "."}, {"▎", "."},
    {"▍", "#"}, {"▌", "#"}, {"▋", "#"}, {"▊", "#"}, {"▉", "#"}, {"├", "+"}, {"┬", "+"}, {"┴", "+"},
    {"┼", "+"}, {"━", "="}, {"═", "="}, {"☎", "t"}, {"★", "*"}, {"☆", "o"}, {"◦", "o"}, {"‹", "<"},
};
/* clang-format on */

static_assert(COUNT_OF(inks) == INK_COUNT, "every ink has a row");
static_assert(COUNT_OF(glyphs) == GLYPH_COUNT, "every glyph has a twin");

struct ink_style theme_style(const struct theme *theme, enum ink ink)
{
    const struct ink_row *row = &inks[(unsigned)ink < INK_COUNT ? ink : INK_NORMAL];

    if (!theme->colour && ink == INK_CODE && theme->light)
        return (struct ink_style){0, COLOUR_OWN}; /* dark on light already */
    if (!theme->colour)
        return (struct ink_style){row->mono, COLOUR_OWN};
    return (struct ink_style){row->dark.attributes, theme->light ? row->light : row->dark.colour};
}

const char *theme_glyph(const struct theme *theme, enum glyph glyph)
{
    return (unsigned)glyph < GLYPH_COUNT ? glyphs[glyph][theme->ascii ? 1 : 0] : "?";
}

const char *theme_mark(const struct theme *theme, const char *mark, const char *ascii)
{
    if (theme->ascii && ascii != NULL)
        return ascii;
    return mark != NULL ? mark : "";
}

const char *theme_choice(const struct theme *theme, const struct choice *choice,
                         struct arena *arena)
{
    const char *mark = theme_mark(theme, choice->mark, choice->ascii);

    return mark[0] != '\0' ? arena_printf(arena, "%s %s", mark, choice->label) : choice->label;
}

const char *theme_twin(const char *cluster)
{
    for (size_t i = 0; i < GLYPH_COUNT; i++)
        if (strcmp(glyphs[i][0], cluster) == 0)
            return glyphs[i][1];
    for (size_t i = 0; i < COUNT_OF(twins); i++)
        if (strcmp(twins[i][0], cluster) == 0)
            return twins[i][1];
    return NULL;
}

/* False: there is no such word. */
static bool obey_word(struct theme *theme, const char *word, size_t length)
{
    static const char *const words[] = {"color", "mono", "light", "dark", "ascii", "unicode"};

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strlen(words[i]) != length || strncmp(words[i], word, length) != 0)
            continue;
        bool *const which = i < 2 ? &theme->colour : i < 4 ? &theme->light : &theme->ascii;
        *which = i == 0 || i == 2 || i == 4;
        return true;
    }
    return length == 0;
}

static bool obey(struct theme *theme, const char *words)
{
    bool known = true;

    while (words != NULL && *words != '\0') {
        const size_t length = strcspn(words, ", ");

        known = obey_word(theme, words, length) && known;
        words += length + (words[length] != '\0');
    }
    return known;
}

struct theme theme_with(const struct theme *theme, const char *words)
{
    struct theme with = *theme;

    obey(&with, words);
    with.colour = with.colour && !with.mono_only;
    with.ascii = with.ascii || with.ascii_only;
    return with;
}

bool theme_knows(const char *words)
{
    struct theme theme = {0};

    return obey(&theme, words);
}

struct theme theme_choose(const struct theme_wish *wish)
{
    struct theme theme = {.colour = true};
    const char *term = wish->term != NULL ? wish->term : "";

    /* Weakest first: each later one overrules. */
    if (strcmp(term, "dumb") == 0)
        theme = (struct theme){.colour = false, .ascii = true};
    if (strncmp(term, "vt1", 3) == 0 || strncmp(term, "vt2", 3) == 0)
        theme.colour = false;
    if (wish->no_color != NULL && wish->no_color[0] != '\0')
        theme.colour = false;
    obey(&theme, wish->words);
    return theme;
}
