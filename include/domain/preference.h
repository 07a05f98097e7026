/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PREFERENCE_H
#define PITLANE_DOMAIN_PREFERENCE_H

/* One's own settings: how the screens look, where one begins, and what one signs in with. */

#include "domain/op.h"

/* The first of each leaves it to the terminal. The words are those of the terminal program's looks
 * (ui/theme.h). */
enum preference_colors { COLORS_OF_TERMINAL, COLORS_ON, COLORS_OFF };
enum preference_background { BACKGROUND_OF_TERMINAL, BACKGROUND_DARK, BACKGROUND_LIGHT };
enum preference_characters { CHARACTERS_OF_TERMINAL, CHARACTERS_UNICODE, CHARACTERS_ASCII };
enum preference_density { DENSITY_NORMAL, DENSITY_WIDE };

struct preference {
    const char *name, *login, *role_name;
    enum preference_colors colors;
    enum preference_background background;
    enum preference_characters characters;
    enum preference_density density;
    const char *start_screen; /* a list: "order.search"; "" the counter */
    const char *theme;        /* the three as words: "mono,ascii" */
    bool two_factor, has_pin;
    int64_t codes_left; /* recovery codes not used yet */
    int64_t revision;
};
extern const struct shape preference_shape;

/* Can a person begin with it? A list of the palette that asks for nothing first. */
bool preference_can_start(const struct op *op);

extern const struct op preference_show_op, preference_edit_op;

#endif
