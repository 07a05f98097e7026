/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_CLI_COMMANDS_H
#define PITLANE_CLI_COMMANDS_H

/* Every hand-written command, for the list in commands.c. */

#include "inner.h"

extern const struct command login_command, logout_command, sessions_command,
    sessions_end_command; /* sign_in.c */
extern const struct command init_command, backup_command, restore_command,
    verify_command; /* keep.c */
extern const struct command audit_checkpoint_command, audit_verify_command,
    audit_print_command; /* audit.c */
/* Makes a checkpoint: its text, for a BUF(CHECKPOINT_LIMIT) (audit.c). */
#define CHECKPOINT_LIMIT (64u << 10)
status checkpoint_sign(struct cli *cli, struct buf *ret_text) MUST_USE;
extern const struct command labels_command;  /* labels.c */
extern const struct command journal_command; /* journal.c */
extern const struct command key_show_command, key_passphrase_command, key_sheet_command,
    key_restore_command, rekey_command;         /* key.c */
extern const struct command doctor_command;     /* doctor.c */
extern const struct command recover_command;    /* recover.c */
extern const struct command print_command;      /* print.c */
extern const struct command demo_command;       /* demo.c */
extern const struct command import_command;     /* import.c */
extern const struct command manual_command;     /* manual.c */
extern const struct command completion_command; /* completion.c */

#endif
