/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The program: the command line, or without a command the terminal program. */

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "screens/screens.h"
#include "ui/term.h"

/* What is in memory is the shop's: no core file, and no file for others. */
static void keep_private(void)
{
    const struct rlimit none = {0, 0};

    umask(077);
    setrlimit(RLIMIT_CORE, &none);
}

/* "--db FILE" or "--db=FILE": takes the value; how many words it was, 0 for another word. */
static int take_option(const char *name, char **words, int count, const char **ret_value)
{
    const size_t length = strlen(name);

    if (strncmp(words[0], name, length) != 0)
        return 0;
    if (words[0][length] == '=') {
        *ret_value = words[0] + length + 1;
        return 1;
    }
    if (words[0][length] != '\0' || count < 2)
        return 0;
    *ret_value = words[1];
    return 2;
}

/* Nothing but the options of the terminal program, at a terminal. Everything else is a command. */
static bool wants_screens(int argc, char **argv, struct screens_options *options)
{
    for (int at = 1; at < argc;) {
        int words = take_option("--db", argv + at, argc - at, &options->db);
        if (words == 0)
            words = take_option("--theme", argv + at, argc - at, &options->theme);
        if (words == 0)
            words = take_option("--terminal", argv + at, argc - at, &options->terminal);
        if (words == 0)
            return false;
        at += words;
    }
    return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
}

static int show_screens(struct screens_options *options)
{
    char path[PATH_MAX];

    if (options->db == NULL) {
        if (!cli_database(path, sizeof path)) {
            term_raw_end();
            fprintf(stderr, "pitlane: There is no home folder to look for the shop in. Name its "
                            "file with --db.\n");
            return 6;
        }
        options->db = path;
    }
    return screens_run(options);
}

int main(int argc, char **argv)
{
    struct screens_options options = {.db = NULL};

    if (wants_screens(argc, argv, &options)) {
        term_raw_early(); /* before anything that takes time: no key typed ahead is lost or echoed
                           */
        keep_private();
        return show_screens(&options);
    }
    keep_private();
    setlocale(LC_ALL, "");
    return cli_run(argc, argv);
}
