/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What somebody has to show before he may go on: a code at sign-in, his own password instead of the
 * one he was given, a second factor that his role needs, the password again. Asked for on the
 * terminal, wherever the output goes; without one, the sentence says which command to use. */

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/factor.h"
#include "domain/password.h"
#include "inner.h"

/* Somebody at a terminal may mistype a few times; the domain counts and waits besides. */
#define ASKED_AT_MOST 5

static status ask(struct cli *cli, const struct op *op, const char *name, const char **ret)
{
    return secret_ask(cli, shape_field(op->in, name), ret);
}

static bool was_at(const struct cli *cli, status result, const char *field)
{
    return result == ERR_INVALID && text_same(cli->session.fault.field, field);
}

static void tell_fault(struct cli *cli)
{
    secret_tell(arena_printf(&cli->arena, "%s\n", text_safe(&cli->arena, cli->session.fault.text)));
}

/* Asks again for what was refused; what else went wrong, or once too often, is the answer. */
static bool is_asked_again(struct cli *cli, status result, int asked)
{
    if (result != ERR_INVALID || asked == ASKED_AT_MOST)
        return false;
    tell_fault(cli);
    return true;
}

status standing_sign_in(struct cli *cli, struct sign_in *in, struct signed_in *ret)
{
    status result = op_call(&cli->session, &session_sign_in_op, in, ret);

    for (int asked = 1; was_at(cli, result, "code") && secret_can_ask(); asked++) {
        if (in->code[0] != '\0' && !is_asked_again(cli, result, asked))
            break;
        TRY(ask(cli, &session_sign_in_op, "code", &in->code));
        result = op_call(&cli->session, &session_sign_in_op, in, ret);
    }
    return result;
}

/* --- First steps --- */

static status change_password(struct cli *cli, const char *old_password, const char *new_password)
{
    const struct op *op = &user_change_password_op;
    void *in = arena_alloc(&cli->arena, op->in->size);

    shape_tidy(op->in, in);
    *(const char **)field_at(shape_field(op->in, "old_password"), in) = old_password;
    *(const char **)field_at(shape_field(op->in, "new_password"), in) = new_password;
    return op_call(&cli->session, op, in, NULL);
}

status standing_ask_new(struct cli *cli, const struct field *field, const char **ret_password)
{
    struct field again = *field;
    const char *second = NULL;

    again.label = "The same again";
    for (int asked = 1;; asked++) {
        TRY(secret_ask(cli, field, ret_password));
        TRY(secret_ask(cli, &again, &second));
        if (text_same(*ret_password, second))
            return OK;
        const status result = fail_field(&cli->session, field->name,
                                         "The two are not the same. Type the new password again.");
        if (!is_asked_again(cli, result, asked))
            return result;
    }
}

static status choose_password(struct cli *cli, const char *password)
{
    const struct op *op = &user_change_password_op;
    const char *chosen = NULL;
    status result = OK;

    secret_tell("Choose your own password to go on. " PASSWORD_HELP ".\n");
    if (password == NULL)
        TRY(ask(cli, op, "old_password", &password));
    for (int asked = 1;; asked++) {
        TRY(standing_ask_new(cli, shape_field(op->in, "new_password"), &chosen));
        result = change_password(cli, password, chosen);
        if (!is_asked_again(cli, result, asked))
            break;
        if (was_at(cli, result, "old_password"))
            TRY(ask(cli, op, "old_password", &password));
    }
    if (result == OK)
        secret_tell("Your new password counts from now on.\n");
    return result;
}

static void tell_codes(struct cli *cli, const struct recovery_codes *codes)
{
    const struct recovery_code *code = codes->codes.at;
    AUTO_BUF text = BUF(4096);

    buf_text(&text,
             "The second factor is on. Keep these recovery codes where the telephone is not; "
             "each works once:\n");
    for (size_t i = 0; i < codes->codes.count; i++)
        buf_printf(&text, "  %s%s", code[i].code, i % 2 == 1 ? "\n" : "");
    secret_tell(arena_text(&cli->arena, buf_str(&text)));
}

static status set_up_factor(struct cli *cli)
{
    struct factor_begun begun;
    struct factor_code in;
    struct recovery_codes codes;
    status result = OK;

    TRY(op_call(&cli->session, &factor_begin_op, NULL, &begun));
    secret_tell(arena_printf(&cli->arena,
                             "Your role needs a second factor. Type this secret into an "
                             "authenticator app:\n  %s\nor give it this address:\n  %s\n",
                             begun.secret, begun.uri));
    for (int asked = 1;; asked++) {
        TRY(ask(cli, &factor_turn_on_op, "code", &in.code));
        result = op_call(&cli->session, &factor_turn_on_op, &in, &codes);
        if (!is_asked_again(cli, result, asked))
            break;
    }
    if (result == OK)
        tell_codes(cli, &codes);
    return result;
}

/* No terminal to ask on: says the command that does it. */
static status say_first_step(struct session *s)
{
    return s->first_step == STEP_PASSWORD
               ? fail(s, ERR_CONFIRM,
                      "Choose your own password first: pitlane user change-password")
               : fail(s, ERR_CONFIRM,
                      "Your role needs a second factor. Set it up first: pitlane factor begin");
}

status standing_first_steps(struct cli *cli, const char *password)
{
    struct session *s = &cli->session;

    TRY(access_refresh(s));
    while (s->first_step != STEP_NONE) {
        if (!secret_can_ask())
            return say_first_step(s);
        TRY(s->first_step == STEP_PASSWORD ? choose_password(cli, password) : set_up_factor(cli));
        TRY(access_refresh(s));
    }
    return OK;
}

/* --- The password again --- */

static status read_confirm(struct cli *cli, struct confirm *in)
{
    bool on = false;

    TRY(factor_is_on(&cli->session, cli->session.user, &on));
    if (cli->confirm != NULL)
        return secret_pair_from_file(cli, cli->confirm, &in->password, on ? &in->code : NULL);
    if (!secret_can_ask())
        return fail(&cli->session, ERR_CONFIRM,
                    "This needs your password again. Give --confirm-file FILE, or - for standard "
                    "input.");
    TRY(ask(cli, &session_confirm_op, "password", &in->password));
    return on ? ask(cli, &session_confirm_op, "code", &in->code) : OK;
}

static status confirm(struct cli *cli)
{
    if (cli->confirm == NULL && secret_can_ask())
        secret_tell("This needs your password again.\n");
    for (int asked = 1;; asked++) {
        struct confirm in = {.password = "", .code = ""};
        TRY(read_confirm(cli, &in));
        const status result = op_call(&cli->session, &session_confirm_op, &in, NULL);
        if (cli->confirm != NULL || !is_asked_again(cli, result, asked))
            return result;
    }
}

status standing_meet(struct cli *cli)
{
    if (cli->session.first_step != STEP_NONE)
        return standing_first_steps(cli, NULL);
    return confirm(cli);
}
