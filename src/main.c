/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The program: the command line, or without a command the terminal program. */

#include <locale.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* What is in memory is the shop's: no core file, and no file for others. */
static void keep_private(void)
{
    const struct rlimit none = {0, 0};

    umask(077);
    setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
    keep_private();
    setlocale(LC_ALL, "");
    return cli_run(argc, argv);
}
