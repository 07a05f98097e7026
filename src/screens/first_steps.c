/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What has to be done before anything else is allowed: a password of one's own, a second factor
 * where the role needs one. Right after signing in it stands over the sign-in; when a manager asks
 * for it in mid-work, over the work. */

#include <string.h>

#include "domain/factor.h"
#include "domain/user.h"
#include "inner.h"

/* What is due now, as the shop has it. */
static enum first_step due(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    /* Any operation reads the person's state anew; when it fails, what was known still holds. */
    if (desk_try(desk, &arena, &factor_show_op, NULL, NULL) != OK)
        fault_clear(&desk->session.fault);
    return desk->session.id.v != 0 ? desk->session.first_step : STEP_NONE;
}

static void step_done(struct desk *desk)
{
    if (desk->session.id.v != 0)
        first_steps_go(desk);
}

static void password_changed(struct view *asker, const void *out, void *context)
{
    (void)out;
    (void)context;
    step_done(desk_of(asker));
    app_say(asker->app, "Your new password counts from now on.");
}

/* What was typed to sign in is taken for the password now. Whoever comes by a form that was left
 * alone has not typed it, so it counts for a minute only. */
#define GIVEN_S 60

static bool given_holds(struct desk *desk, struct form *form)
{
    if (desk->given_until.seconds == 0 || desk_now(desk).seconds <= desk->given_until.seconds)
        return true;
    desk->given_until = INSTANT_NONE;
    form_ask(form, "old_password");
    return !form_set_error(form, "old_password", "Type the password you have once more.");
}

static void ask_password(struct desk *desk)
{
    static const char *const known[] = {"old_password", NULL};
    const struct op *op = &user_change_password_op;
    AUTO_ARENA arena = ARENA_EMPTY;
    void *in = desk_input(desk, &arena, op);
    const bool is_given = desk->given != NULL;

    if (is_given)
        memcpy(field_at(shape_field(op->in, known[0]), in), &desk->given, sizeof desk->given);
    desk->given_until =
        is_given ? (struct instant){desk_now(desk).seconds + GIVEN_S} : INSTANT_NONE;
    op_form_open(desk, &(struct op_form){
                           .op = op,
                           .title = "Choose your own password to go on",
                           .in = in,
                           .skip = is_given ? known : NULL,
                           .focus = is_given ? "new_password" : NULL,
                           .holds = given_holds,
                           .saved = password_changed,
                       });
}

/* Where a list of one's own hides the counter, which says it else. */
static void say_drafts(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *text = drafts_text(desk, &arena);

    if (text != NULL)
        app_say(desk->app, "%s Ctrl-O at the counter goes on.", text);
}

static void let_through(struct desk *desk)
{
    if (!app_is_covered(desk->app))
        return;
    app_uncover(desk->app);
    if (desk->session.factor == FACTOR_PIN)
        return;
    if (preference_use(desk))
        say_drafts(desk);
}

void first_steps_go(struct desk *desk)
{
    desk->step = due(desk);
    if (desk->step != STEP_NONE && desk->session.factor == FACTOR_PIN) {
        desk->step = STEP_NONE;
        desk_sign_out(desk);
        app_error(desk->app, "Sign in with your password first, with *: something has to be done "
                             "there before.");
        return;
    }
    switch (desk->step) {
    case STEP_NONE:
        let_through(desk);
        break;
    case STEP_PASSWORD:
        ask_password(desk);
        break;
    case STEP_SECOND_FACTOR:
        factor_screen_open(desk, step_done);
        break;
    }
}

bool first_steps_given_up(struct desk *desk)
{
    if (desk->session.id.v == 0 || desk->step == STEP_NONE || due(desk) != desk->step)
        return false;
    desk->step = STEP_NONE;
    return true;
}
