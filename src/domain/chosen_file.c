/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which files a person may name. */

#include "domain/chosen_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

/* The folder with all links resolved, and the name in it; false when there is no such folder. */
static bool resolve(struct arena *arena, const char *path, const char **ret_folder,
                    const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "." : arena_text_n(arena, path, (size_t)(slash - path) + 1);
    char real[PATH_MAX];

    if (realpath(folder, real) == NULL)
        return false;
    *ret_folder = arena_text(arena, real);
    *ret_name = slash == NULL ? path : slash + 1;
    return true;
}

static bool is_hidden(const char *folder, const char *name)
{
    return strstr(folder, "/.") != NULL || name[0] == '.';
}

static bool is_inside(const char *folder, const char *top)
{
    char real[PATH_MAX];

    if (realpath(top, real) == NULL)
        return false;
    const size_t length = strlen(real);
    return strncmp(folder, real, length) == 0 && (folder[length] == '/' || folder[length] == '\0');
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_ino == other.st_ino &&
           one.st_dev == other.st_dev;
}

/* The database and what lies beside it under its name: log, lock, keys, copies being made. */
static bool is_of_the_shop(struct session *s, const char *path, const char *folder,
                           const char *name)
{
    const char *database = store_path(s->store);
    const char *slash = strrchr(database, '/');
    const char *keys = s->keys != NULL ? key_ring_path(s->keys) : NULL;

    if (keys != NULL && is_same_file(path, keys))
        return true;
    if (slash == NULL) /* in memory */
        return false;
    const size_t length = strlen(slash + 1);
    return is_same_file(path, database) ||
           (is_inside(folder, arena_text_n(s->arena, database, (size_t)(slash - database) + 1)) &&
            strncmp(name, slash + 1, length) == 0);
}

status chosen_file_check(struct session *s, const char *path)
{
    const char *top = getenv("PITLANE_FILES");
    const char *folder = "", *name = "";
    struct stat at;

    if (!resolve(s->arena, path, &folder, &name))
        return fail_field(s, "path", "The folder of %.300s is not there. Choose another place.",
                          path);
    if (is_of_the_shop(s, path, folder, name))
        return fail_field(s, "path", "This is one of the shop's own files. Choose another name.");
    if (!text_is_empty(top) && !is_inside(folder, top))
        return fail_field(s, "path", "Files go into %.200s here. Choose a name in it.", top);
    if (is_hidden(folder, name))
        return fail_field(s, "path",
                          "Names that begin with a dot are kept for settings. Choose another.");
    if (lstat(path, &at) == 0 && !S_ISREG(at.st_mode))
        return fail_field(s, "path", "This is no ordinary file. Choose another name.");
    return OK;
}
