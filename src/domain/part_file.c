/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A part's photo and its data sheet: files that are there when they are named. */

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/chosen_file.h"
#include "part_inner.h"

static bool can_be_read(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, R_OK) == 0;
}

static status check_file(struct session *s, const char *field, const char *path, const char *stored)
{
    if (text_is_empty(path) || text_same(path, stored))
        return OK; /* one that was moved away since does not stand in the way of other changes */
    if (*path != '/')
        return fail_field(s, field,
                          "Write the whole path, from / on: people open it from other "
                          "folders.");
    const status result = chosen_file_check(s, path);
    if (result == ERR_INVALID)
        return fail_field(s, field, "%s", arena_text(s->arena, s->fault.text));
    TRY(result);
    if (!can_be_read(path))
        return fail_field(s, field,
                          "There is no file “%s” that can be read. Give the path of one, or leave "
                          "it empty.",
                          path);
    return OK;
}

status part_check_files(struct session *s, const struct part_entry *entry,
                        const struct part *stored)
{
    TRY(check_file(s, "picture", entry->picture, stored != NULL ? stored->picture : ""));
    return check_file(s, "document", entry->document, stored != NULL ? stored->document : "");
}
