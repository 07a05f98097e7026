/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_PRINT_READ_BACK_H
#define PITLANE_TESTS_PRINT_READ_BACK_H

/* Reading papers back with the programs that other people read them with. */

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

/* Runs a program on the bytes and gives what it printed. */
static inline const char *read_back(struct arena *arena, const struct buf *bytes,
                                    const char *program, const char *rest)
{
    char path[] = "/tmp/pitlane-sheet-XXXXXX";
    struct fault fault;
    AUTO_BUF output = BUF_MIB(4);

    assert_true(mkstemp(path) >= 0);
    unlink(path);
    if (buf_write_file(bytes, path, 0600, &fault) != OK)
        fail_msg("%s", fault.text);
    FILE *pipe = popen(arena_printf(arena, "%s %s %s", program, path, rest), "r");
    assert_non_null(pipe);
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        buf_add(&output, chunk, got);
    pclose(pipe);
    unlink(path);
    return arena_text(arena, buf_str(&output));
}

struct word {
    float left, top, right, bottom;
    char text[80];
};

static inline bool words_collide(const struct word *a, const struct word *b)
{
    const float slack = 1.5f; /* boxes are as tall as the font, ink is not */

    return a->left + slack < b->right && b->left + slack < a->right &&
           a->top + 3 * slack < b->bottom && b->top + 3 * slack < a->bottom;
}

/* No word of any page runs into another or off the paper. */
static inline void assert_words_apart(struct arena *arena, const struct buf *pdf, float width)
{
    static struct word words[4000];
    size_t count = 0;
    float wide = 0, high = 0;

    const char *line = read_back(arena, pdf, "pdftotext -bbox", "- 2>/dev/null");
    for (; line != NULL && count < COUNT_OF(words); line = strchr(line, '\n')) {
        line += *line == '\n';
        struct word *word = &words[count];
        if (sscanf(line, " <page width=\"%f\" height=\"%f\"", &wide, &high) == 2)
            count = 0;
        if (sscanf(line, " <word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">%79[^<]",
                   &word->left, &word->top, &word->right, &word->bottom, word->text) != 5)
            continue;
        if (word->left < 8 || word->right > width - 8 || word->top < 0 || word->bottom > high)
            fail_msg("“%s” runs off the paper", word->text);
        for (size_t i = 0; i < count; i++)
            if (words_collide(word, &words[i]))
                fail_msg("“%s” runs into “%s”", word->text, words[i].text);
        count++;
    }
}

/* With PITLANE_PAPERS set to a folder, what was read is left there to be looked at. */
static inline void keep_paper(struct arena *arena, const struct buf *pdf, const char *name)
{
    const char *folder = getenv("PITLANE_PAPERS");

    if (folder != NULL)
        assert_int_equal(
            buf_write_file(pdf, arena_printf(arena, "%s/%s.pdf", folder, name), 0644, NULL), OK);
}

static inline void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("“%s” is missing in:\n%s", part, text);
}

static inline void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("“%s” should not be in:\n%s", part, text);
}

#endif
