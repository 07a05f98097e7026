/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Small questions to the session that every noun asks. */

#include <stdarg.h>
#include <stdio.h>

#include "domain/session.h"

struct instant session_now(const struct session *s)
{
    return clock_now(&s->clock);
}

struct day session_today(const struct session *s)
{
    return instant_day(session_now(s));
}

struct field_context session_context(const struct session *s)
{
    return (struct field_context){.arena = s->arena, .now = session_now(s)};
}

status found(struct session *s, status result, const char *sentence, ...)
{
    if (result != ERR_NOT_FOUND)
        return result;
    char text[FAULT_TEXT_MAX];
    va_list args;
    va_start(args, sentence);
    vsnprintf(text, sizeof text, sentence, args);
    va_end(args);
    return fail(s, ERR_NOT_FOUND, "%s", text);
}

static const struct choice factor_choice[] = {
    {"password", "password", "", ""},
    {"code", "password and code", "", ""},
    {"recovery", "password and recovery code", "", ""},
    {"pin", "PIN", "", ""},
};
const struct choices factor_choices = CHOICES(factor_choice);

static const struct choice terminal_kind_choice[] = {
    {"counter", "counter", "", ""},
    {"kiosk", "kiosk", "", ""},
    {"ssh", "over SSH", "", ""},
};
const struct choices terminal_kind_choices = CHOICES(terminal_kind_choice);
