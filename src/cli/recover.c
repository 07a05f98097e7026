/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane user recover: a new password for who has lost his. Who may do it is the domain's rule. */

#include "domain/recover.h"

#include "base/text.h"
#include "commands.h"
#include "domain/password.h"

/* clang-format off */
static const struct field recovery_fields[] = {
    FIELD(struct recovery, login, .label = "Name", .help = "The sign-in name of who lost the password", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct recovery, password, .label = "New password", .help = PASSWORD_HELP,
          .max = PASSWORD_BYTES_MAX, .flags = FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct recovery, second_factor, .help = "Turn the second factor off, too: the telephone is lost as well"),
};
/* clang-format on */

static status recover_run(struct cli *cli, const void *input)
{
    struct recovery in = *(const struct recovery *)input;

    if (text_is_empty(in.password))
        TRY(standing_ask_new(cli, &recovery_fields[1], &in.password));
    TRY(user_recover(&cli->session, &in));
    return output_say(cli, "%s has a new password%s. Sign in with: pitlane login %s", in.login,
                      in.second_factor ? " and no second factor any more" : "", in.login);
}

const struct command recover_command = {
    .name = "user recover",
    .says = "Set a lost password anew, as the owner of the shop's file",
    .in = SHAPE(struct recovery, recovery_fields),
    .needs = COMMAND_SHOP | COMMAND_NOBODY,
    .run = recover_run,
};
