/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The program: the command line, or without a command the terminal program. */

#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "cli/cli.h"
#include "private.h"
#include "screens/screens.h"
#include "ui/term.h"

/* The value of "--name VALUE" or "--name=VALUE" at *at, which is moved behind it. */
static bool take(int argc, char **argv, int *at, const char *name, const char **ret_value)
{
    const char *word = argv[*at];
    const size_t length = strlen(name);

    if (strncmp(word, name, length) != 0)
        return false;
    if (word[length] == '=')
        *ret_value = word + length + 1;
    else if (word[length] == '\0' && *at + 1 < argc)
        *ret_value = argv[++*at];
    else
        return false;
    (*at)++;
    return true;
}

static bool take_flag(char **argv, int *at, const char *name, bool *ret_set)
{
    if (strcmp(argv[*at], name) != 0)
        return false;
    *ret_set = true;
    (*at)++;
    return true;
}

/* Nothing but options of the terminal program: no command. */
static bool is_terminal_program(int argc, char **argv, struct screens_options *ret)
{
    int at = 1;

    while (at < argc)
        if (!take(argc, argv, &at, "--db", &ret->db) &&
            !take(argc, argv, &at, "--theme", &ret->theme) &&
            !take(argc, argv, &at, "--terminal", &ret->terminal) &&
            !take_flag(argv, &at, "--kiosk", &ret->kiosk))
            return false;
    return true;
}

/* "pitlane --theme" and nothing behind it, which no command knows. */
static bool lacks_value(int argc, char **argv)
{
    struct screens_options before = {.db = NULL};
    const char *last = argc > 1 ? argv[argc - 1] : "";

    return (strcmp(last, "--theme") == 0 || strcmp(last, "--terminal") == 0) &&
           is_terminal_program(argc - 1, argv, &before);
}

/* As somebody's login shell the program is asked for other programs by "-c COMMAND" (sshd(8),
 * su(1), sftp): whatever was asked for, it is the terminal program or nothing. */
static bool is_asked_as_shell(int argc, char **argv)
{
    return argc >= 2 && strcmp(argv[1], "-c") == 0;
}

static int refuse_command(void)
{
    fputs("pitlane: This account runs Pitlane at a terminal and nothing else.\n", stderr);
    return status_exit_code(ERR_DENIED);
}

int main(int argc, char **argv)
{
    struct screens_options options = {.db = NULL};
    char database[PATH_MAX];
    const bool as_shell = is_asked_as_shell(argc, argv);
    const bool on_screen = as_shell || is_terminal_program(argc, argv, &options);

    private_process();
    if (on_screen)
        term_raw_early();
    private_environment();
    setlocale(LC_ALL, "");
    if (as_shell && !isatty(STDIN_FILENO))
        return refuse_command();
    if (lacks_value(argc, argv)) {
        fprintf(stderr, "pitlane: %s needs a value behind it.\n", argv[argc - 1]);
        return status_exit_code(ERR_USAGE);
    }
    if (!on_screen)
        return cli_run(argc, argv);
    if (options.db == NULL && cli_database(database, sizeof database))
        options.db = database;
    if (options.db != NULL)
        return screens_run(&options);
    term_raw_end();
    fputs("pitlane: There is no home folder for the shop. Name its file with --db.\n", stderr);
    return status_exit_code(ERR_IO);
}
