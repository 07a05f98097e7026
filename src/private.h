/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRIVATE_H
#define PITLANE_PRIVATE_H

/* What the program does about the machine around it before it does anything else. */

#include <stdbool.h>

/* Files for their owner alone, no core file, no memory for a debugger of the same account, and
 * standard input, output and error open, so that no file of the shop ever becomes one of them. */
void private_process(void);

/* Keeps the variables the program knows (private.c lists them), with values that are what they
 * claim to be; PATH becomes the system's. Everything else goes: what libraries would read files or
 * code from, and what children would inherit. */
void private_environment(void);

/* Would this variable be kept? */
bool private_keeps(const char *name, const char *value);

#endif
