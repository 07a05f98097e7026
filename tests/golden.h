/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_GOLDEN_H
#define PITLANE_TESTS_GOLDEN_H

/* Pictures of screens as text, compared with tests/golden/NAME.txt. With PITLANE_GOLDEN=1 the files
 * are written anew and a person reviews the difference. The folder comes from GOLDEN_DIR (set by
 * meson) so that tests run from anywhere. Include after cmocka.h. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static inline char *golden_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = calloc(1, 1 << 20);
    const size_t length = fread(text, 1, (1 << 20) - 1, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

static inline void golden_write(const char *path, const char *picture)
{
    char folder[1024];
    snprintf(folder, sizeof(folder), "%s", path);
    for (char *slash = folder + 1; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
        *slash = '\0';
        mkdir(folder, 0755);
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        fail_msg("cannot write %s: %s", path, strerror(errno));
    fputs(picture, file);
    fclose(file);
}

/* Pictures are long: the first line that differs says the most. */
static inline void golden_tell(const char *wanted, const char *got)
{
    size_t start = 0, line = 1;

    for (size_t i = 0; wanted[i] == got[i] && wanted[i] != '\0'; i++)
        if (wanted[i] == '\n') {
            start = i + 1;
            line++;
        }
    fprintf(stderr, "line %zu is wanted as\n%.*s\nand is\n%.*s\n", line,
            (int)strcspn(wanted + start, "\n"), wanted + start, (int)strcspn(got + start, "\n"),
            got + start);
}

/* Fails with both pictures when they differ. `name` is like "ui/list_80x24". */
static inline void golden_check(const char *name, const char *picture)
{
    char path[1024];
    const char *rewrite = getenv("PITLANE_GOLDEN");

    snprintf(path, sizeof(path), "%s/%s.txt", GOLDEN_DIR, name);
    if (rewrite != NULL && strcmp(rewrite, "1") == 0) {
        golden_write(path, picture);
        return;
    }
    char *wanted = golden_read(path);
    if (wanted == NULL)
        fail_msg("%s is missing: run with PITLANE_GOLDEN=1 and review it", path);
    if (wanted != NULL && strcmp(wanted, picture) != 0) {
        golden_tell(wanted, picture);
        fail_msg("%s differs.\n--- wanted\n%s--- got\n%s", path, wanted, picture);
    }
    free(wanted);
}

#endif
