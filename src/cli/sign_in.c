/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane login, logout, sessions. The rules of signing in are the domain's. */

#include "base/text.h"
#include "commands.h"
#include "domain/password.h"
#include "domain/user.h"

struct login {
    const char *login, *password, *code;
    bool print_token;
};
/* clang-format off */
static const struct field login_fields[] = {
    FIELD(struct login, login, .label = "Name", .help = "Your sign-in name", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct login, password, .label = "Password", .max = PASSWORD_BYTES_MAX, .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct login, code, .label = "Code", .help = "Of the authenticator app, or a recovery code", .max = 40, .flags = FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct login, print_token, .help = "Print what a token file holds, and keep nothing"),
};
/* clang-format on */

static status print_token(struct cli *cli, const struct signed_in *out)
{
    AUTO_BUF text = BUF(TOKENS_MAX);

    token_text(out, &text);
    return output_text(cli, &text);
}

static status say_welcome(struct cli *cli, struct signed_in *out)
{
    char until[DAY_TEXT_MAX];

    if (cli->format != FORMAT_PLAIN)
        return output_row(cli, session_sign_in_op.out, out);
    return output_say(cli, "Signed in as %s (%s) until %s.", out->name, out->role,
                      instant_show(out->ends_at, until));
}

/* What this account was signed in with before: nobody would end it any more. In a shop that was
 * taken back from a copy the former sign-in can have the number of the new one. */
static void end_former(struct cli *cli, const struct signed_in *out)
{
    struct session *s = &cli->session;
    const int64_t fresh = session_resume(s, out->access) == OK ? s->id.v : 0;

    if (shop_sign_in(cli) != OK || s->id.v == fresh ||
        op_call(s, &session_sign_out_op, NULL, NULL) != OK)
        fault_clear(&s->fault); /* it was over already */
    s->id = (struct session_id){0};
    s->user = (struct user_id){0};
}

static status login_run(struct cli *cli, const void *input)
{
    const struct login *in = input;
    struct sign_in sign_in = {.login = in->login, .password = in->password, .code = in->code};
    struct signed_in out;

    TRY(standing_sign_in(cli, &sign_in, &out));
    if (in->print_token)
        return print_token(cli, &out);
    end_former(cli, &out);
    TRY(token_write(cli, &out));
    TRY(say_welcome(cli, &out));
    TRY(session_resume(&cli->session, out.access));
    const status result = standing_first_steps(cli, in->password);
    /* Signed in all the same: what comes next is said, not done, where nobody can be asked. */
    if (result == ERR_CONFIRM && !secret_can_ask())
        return output_say(cli, "%s", cli->session.fault.text);
    return result;
}

const struct command login_command = {
    .name = "login",
    .says = "Sign in on this account; the password is asked for or read from a file",
    .in = SHAPE(struct login, login_fields),
    .needs = COMMAND_SHOP,
    .run = login_run,
};

/* A session that is over already is no reason to keep its token. */
static status logout_run(struct cli *cli, const void *input)
{
    (void)input;
    const status signed_in = shop_sign_in(cli);
    if (signed_in == OK)
        TRY(op_call(&cli->session, &session_sign_out_op, NULL, NULL));
    else if (signed_in != ERR_SIGN_IN)
        return signed_in;
    TRY(token_remove(cli));
    return output_say(cli, signed_in == OK ? "Signed out." : "Nobody was signed in.");
}

const struct command logout_command = {
    .name = "logout",
    .says = "Sign out",
    .needs = COMMAND_SHOP,
    .run = logout_run,
};

static status sessions_run(struct cli *cli, const void *input)
{
    struct session_list in = {.mine = true};
    (void)input;

    shape_tidy(session_list_op.in, &in);
    return output_list(cli, &session_list_op, &in);
}

const struct command sessions_command = {
    .name = "sessions",
    .says = "See where you are signed in",
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = sessions_run,
};

static const struct field sessions_end_fields[] = {
    FIELD(struct session_key, id, .label = "Session", .help = "Its number in the list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status sessions_end_run(struct cli *cli, const void *input)
{
    TRY(op_call(&cli->session, &session_end_op, input, NULL));
    return output_say(cli, "That sign-in is over.");
}

const struct command sessions_end_command = {
    .name = "sessions end",
    .says = "Sign yourself out somewhere else",
    .in = SHAPE(struct session_key, sessions_end_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = sessions_end_run,
};
