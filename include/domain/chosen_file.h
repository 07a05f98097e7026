/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CHOSEN_FILE_H
#define PITLANE_DOMAIN_CHOSEN_FILE_H

/* Files whose names people give at a screen: exports, saved documents, tables to import. Where many
 * people sign in through one account of the machine, such a name could otherwise overwrite the shop
 * itself or the account's settings, or show its keys. */

#include "domain/session.h"

/* May the program read or write this file for a person? ERR_INVALID at the field "path" for the
 * shop's own files, for names with a part that begins with a dot, for what is no ordinary file,
 * and, where PITLANE_FILES names a folder, for everything outside of it. */
status chosen_file_check(struct session *s, const char *path) MUST_USE;

#endif
