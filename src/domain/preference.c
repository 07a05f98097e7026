/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One's own settings. What they look like is left to the terminal program; here they are words. */

#include "domain/preference.h"

#include <string.h>

#include "base/text.h"

static const struct choice colors_choice[] = {
    {"terminal", "as the terminal", "", ""}, {"color", "on", "", ""}, {"mono", "off", "", ""}};
static const struct choice background_choice[] = {
    {"terminal", "as started", "", ""}, {"dark", "dark", "", ""}, {"light", "light", "", ""}};
static const struct choice characters_choice[] = {{"terminal", "as the terminal", "", ""},
                                                  {"unicode", "Unicode", "", ""},
                                                  {"ascii", "ASCII", "", ""}};
static const struct choice density_choice[] = {{"normal", "normal", "", ""},
                                               {"wide", "wide", "", ""}};
static const struct choices colors_choices = CHOICES(colors_choice);
static const struct choices background_choices = CHOICES(background_choice);
static const struct choices characters_choices = CHOICES(characters_choice);
static const struct choices density_choices = CHOICES(density_choice);

/* clang-format off */
static const struct field preference_fields[] = {
    FIELD(struct preference, name, .label = "Name", .flags = FIELD_FIXED),
    FIELD(struct preference, login, .label = "Sign-in name", .flags = FIELD_FIXED),
    FIELD(struct preference, role_name, .label = "Role", .flags = FIELD_FIXED),
    FIELD(struct preference, colors, .label = "Colors", .choices = &colors_choices,
          .help = "Nothing is told by color alone"),
    FIELD(struct preference, background, .label = "Background", .choices = &background_choices,
          .help = "Of the terminal, so that colors can be read on it"),
    FIELD(struct preference, characters, .label = "Characters", .choices = &characters_choices,
          .help = "Lines and marks that every terminal can show, or finer ones"),
    FIELD(struct preference, density, .label = "Lists", .choices = &density_choices,
          .help = "Wide leaves a blank line behind every row"),
    FIELD(struct preference, start_screen, .label = "Begin with", .example = "order.search", .max = 60,
          .help = "The list that opens when you sign in; empty: the counter"),
    FIELD(struct preference, theme, .flags = FIELD_HIDDEN | FIELD_FIXED),
    FIELD(struct preference, two_factor, .label = "Second factor", .flags = FIELD_FIXED),
    FIELD(struct preference, codes_left, .label = "Recovery codes left", .flags = FIELD_FIXED),
    FIELD(struct preference, has_pin, .label = "PIN", .flags = FIELD_FIXED),
    FIELD(struct preference, revision, .flags = FIELD_HIDDEN),
};
/* clang-format on */
const struct shape preference_shape = SHAPE_OF(struct preference, "preference", preference_fields);

static const char SQL_SHOW[] =
    "SELECT u.name, u.login, r.name AS role_name, u.theme, u.start_screen, u.density, u.revision, "
    "u.pin_hash <> '' AS has_pin, "
    "EXISTS (SELECT 1 FROM second_factor AS f WHERE f.user = u.id AND f.on_at IS NOT NULL) "
    "AS two_factor, "
    "(SELECT count(*) FROM recovery_code AS c WHERE c.user = u.id AND c.used_at IS NULL) "
    "AS codes_left "
    "FROM user AS u JOIN role AS r ON r.id = u.role WHERE u.id = :id";
static const char SQL_EDIT[] =
    "UPDATE user SET theme = :words, start_screen = :start_screen, density = :density, "
    "revision = revision + 1 WHERE id = :id AND (:revision = 0 OR revision = :revision)";

/* The choice whose word is among those; 0 when none is. */
static unsigned chosen(const struct choices *choices, const char *words)
{
    for (unsigned i = 1; i < choices->count; i++)
        if (strstr(words, choice_word(choices, i)) != NULL)
            return i;
    return 0;
}

static status preference_get(struct session *s, struct preference *ret)
{
    TRY(found(s,
              store_get(s->store, SQL_SHOW, NO_ROW, BINDS(BIND_ID("id", s->user)), s->arena,
                        &preference_shape, ret),
              "You are not signed in any more. Sign in again."));
    ret->colors = (enum preference_colors)chosen(&colors_choices, ret->theme);
    ret->background = (enum preference_background)chosen(&background_choices, ret->theme);
    ret->characters = (enum preference_characters)chosen(&characters_choices, ret->theme);
    return OK;
}

static void add_word(struct buf *words, const struct choices *choices, unsigned value)
{
    if (value != 0)
        buf_printf(words, "%s%s", words->length > 0 ? "," : "", choice_word(choices, value));
}

static const char *theme_words(const struct preference *in, struct arena *arena)
{
    AUTO_BUF words = BUF(100);

    add_word(&words, &colors_choices, in->colors);
    add_word(&words, &background_choices, in->background);
    add_word(&words, &characters_choices, in->characters);
    return arena_text(arena, buf_str(&words));
}

bool preference_can_start(const struct op *op)
{
    if (op == NULL || (op->flags & OP_LIST) == 0 || (op->flags & OP_UNLISTED) != 0)
        return false;
    for (size_t i = 0; i < op->in->count; i++)
        if ((op->in->fields[i].flags & FIELD_REQUIRED) != 0)
            return false;
    return true;
}

static status check_start(struct session *s, const char *name)
{
    const struct op *op = op_find(name);

    if (*name == '\0')
        return OK;
    if (!preference_can_start(op))
        return fail_field(s, "start_screen",
                          "“%s” is no list to begin with. Choose one that the palette offers, like "
                          "order.search.",
                          name);
    if (!op_is_allowed(s, op))
        return fail_field(s, "start_screen", "Your role does not open “%s”. Choose another list.",
                          op->says);
    return OK;
}

static status preference_show(struct session *s, const void *input, void *output)
{
    (void)input;
    return preference_get(s, output);
}

static status preference_edit(struct session *s, const void *input, void *output)
{
    const struct preference *in = input;

    TRY(check_start(s, in->start_screen));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(&preference_shape, in),
                  BINDS(BIND_ID("id", s->user), BIND_TEXT("words", theme_words(in, s->arena)))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_STALE, "Your settings were changed meanwhile. Look at them again.");
    return preference_get(s, output);
}

const struct op preference_show_op = {
    .name = "preference.show",
    .says = "See your own settings",
    .right = RIGHT_SELF,
    .kind = OP_READS,
    .out = &preference_shape,
    .run = preference_show,
};
const struct op preference_edit_op = {
    .name = "preference.edit",
    .says = "Change your own settings: looks, start screen, lists",
    .title = "Your own settings",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .in = &preference_shape,
    .out = &preference_shape,
    .fills = "preference.show",
    .run = preference_edit,
};

static const struct op *const preference_ops[] = {&preference_show_op, &preference_edit_op};
extern const struct module preference_module;
const struct module preference_module = {
    .name = "preference",
    .title = "One's own settings",
    .says = "How the terminal program looks for you, where you begin, and what you sign in with.",
    MODULE_OPS(preference_ops),
};
