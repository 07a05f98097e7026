/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The commands that are no operations: they open files, ask for passwords or make documents. Each
 * is described in its own file; here is the list, in the order of the help. */

#include "commands.h"

#include <string.h>

#include "base/text.h"

const struct command *const commands[] = {
    &login_command,
    &logout_command,
    &sessions_command,
    &sessions_end_command,
    &recover_command,
    &init_command,
    &backup_command,
    &restore_command,
    &verify_command,
    &audit_checkpoint_command,
    &audit_verify_command,
    &audit_print_command,
    &doctor_command,
    &key_show_command,
    &key_passphrase_command,
    &key_sheet_command,
    &key_restore_command,
    &rekey_command,
    &print_command,
    &labels_command,
    &journal_command,
    &demo_command,
    &import_command,
    /* Add yours here, its declaration in commands.h, its file to meson.build. */
    &manual_command,
    &completion_command,
};
const size_t command_count = COUNT_OF(commands);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (text_same(commands[i]->name, name))
            return commands[i];
    return NULL;
}

bool command_is_of(const struct command *command, const char *noun)
{
    const size_t length = strlen(noun);

    return strncmp(command->name, noun, length) == 0 && command->name[length] == ' ';
}

const char *command_verb(const struct command *command)
{
    const char *blank = strchr(command->name, ' ');

    return blank != NULL ? blank + 1 : NULL;
}

bool command_is_listed(const struct command *command)
{
    return command_verb(command) == NULL && (command->needs & COMMAND_HIDDEN) == 0;
}
