/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Nothing of the shop leaves by the side doors of a process: core files, debuggers, files open to
 * others, and an environment that makes libraries read somebody else's files. Where everybody signs
 * in through one account of the machine, these are what is left between a person and a shell. */

#include "private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/status.h"

#define SYSTEM_PATH "/usr/local/bin:/usr/bin:/bin"

extern char **environ;

void private_process(void)
{
    const struct rlimit none = {0, 0};
    int file;

    umask(077);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    do
        file = open("/dev/null", O_RDWR);
    while (file >= 0 && file <= STDERR_FILENO);
    if (file > STDERR_FILENO)
        close(file);
}

/* A word that can be part of a file's name, but leads to no other folder. */
static bool is_word(const char *value)
{
    return strchr(value, '/') == NULL;
}

/* "America/Chicago", "UTC", "<-03>3": no file outside of the zone data (tzset(3)). */
static bool is_zone(const char *value)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "/_+-,.<>";

    return value[0] != '/' && strstr(value, "..") == NULL &&
           value[strspn(value, allowed)] == '\0' && strlen(value) < 64;
}

static bool is_folder(const char *value)
{
    return value[0] == '/';
}

static bool is_anything(const char *value)
{
    (void)value;
    return true;
}

/* clang-format off */
static const struct kept {
    const char *name; /* with a star at its end: every name that begins so */
    bool (*is_good)(const char *value);
} kept[] = {
    {"HOME",                  is_folder},
    {"USER",                  is_word},
    {"LOGNAME",               is_word},
    {"TERM",                  is_word},
    {"COLORTERM",             is_word},
    {"NO_COLOR",              is_anything},
    {"ESCDELAY",              is_word},
    {"LANG",                  is_word},
    {"LANGUAGE",              is_word},
    {"LC_*",                  is_word},
    {"TZ",                    is_zone},
    {"XDG_*",                 is_anything},
    {"PITLANE_*",             is_anything},
    {"CREDENTIALS_DIRECTORY", is_folder},  /* systemd.exec(5) */
    {"SSH_CLIENT",            is_anything}, /* where a person comes from */
    {"SSH_CONNECTION",        is_anything},
    {"SSH_TTY",               is_anything},
    {"CUPS_SERVER",           is_anything}, /* lp(1) */
};
/* clang-format on */

static bool is_named(const struct kept *row, const char *name)
{
    const size_t length = strlen(row->name);

    if (row->name[length - 1] == '*')
        return strncmp(row->name, name, length - 1) == 0;
    return strcmp(row->name, name) == 0;
}

bool private_keeps(const char *name, const char *value)
{
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (is_named(&kept[i], name))
            return kept[i].is_good(value);
    return false;
}

static bool keeps_entry(const char *entry)
{
    char name[64];
    const char *equals = strchr(entry, '=');
    const size_t length = equals != NULL ? (size_t)(equals - entry) : 0;

    if (length == 0 || length >= sizeof name)
        return false;
    memcpy(name, entry, length);
    name[length] = '\0';
    return private_keeps(name, equals + 1);
}

/* Entries without a name or an equals sign go, too, which unsetenv(3) cannot do. */
void private_environment(void)
{
    char **to = environ;

    for (char **from = environ; from != NULL && *from != NULL; from++)
        if (keeps_entry(*from))
            *to++ = *from;
    if (to != NULL)
        *to = NULL;
    setenv("PATH", SYSTEM_PATH, 1);
}
