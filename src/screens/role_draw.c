/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Beside the rights of a role, or under them: what the one under the cursor allows, which roles
 * hold it, and whose role this is. */

#include "role_page.h"

#include "base/text.h"

static const char *people(int64_t count, struct arena *arena)
{
    return arena_printf(arena, "%lld %s", (long long)count, count == 1 ? "person" : "people");
}

static const char *holder_name(const struct role_holder *holder, struct arena *arena)
{
    return holder->off ? arena_printf(arena, "%s (off)", holder->name) : holder->name;
}

/* "Ann Walsh, Mo Haddad (off)" */
static const char *names_of(const struct role_page *role, struct arena *arena)
{
    const struct role_holder *holders = role->holders.at;
    AUTO_BUF names = BUF(4096);

    for (size_t i = 0; i < role->holders.count; i++)
        buf_printf(&names, "%s%s", i > 0 ? ", " : "", holder_name(&holders[i], arena));
    return role->holders.count > 0 ? arena_text(arena, buf_str(&names)) : "nobody";
}

static const char *scope_text(struct area area, enum scope scope)
{
    return theme_choice(area.on->theme, &scope_choices.at[scope], &area.on->scratch);
}

/* Which scopes there are, in the order Space turns through them. */
static const char *scopes_text(const struct role_right *right)
{
    if (text_same(right->right, right_table[RIGHT_SELF].word))
        return "every role has it";
    return right->own_possible ? "no, own or all" : "no or all";
}

/* "● all: admin 1, manager 2" */
static void write_holders(const struct right_page *held, enum scope scope, struct area area,
                          struct buf *out)
{
    const struct right_holder *roles = held->roles.at;
    bool any = false;

    for (size_t i = 0; i < held->roles.count; i++)
        if (roles[i].scope == scope) {
            if (!any)
                buf_printf(out, "%s%s: ", out->length > 0 ? "   " : "", scope_text(area, scope));
            buf_printf(out, "%s%s %lld", any ? ", " : "", roles[i].name, (long long)roles[i].users);
            any = true;
        }
}

static void draw_right_below(const struct role_state *state, struct area area,
                             const struct role_right *right)
{
    const struct right_page *held = state->holders.out;
    AUTO_BUF text = BUF(4096);

    area_fit(area, 1, 1, area.cols - 2, INK_NORMAL,
             arena_printf(&area.on->scratch, "%s · %s", right->says, scopes_text(right)));
    if (held == NULL)
        return;
    write_holders(held, SCOPE_ALL, area, &text);
    write_holders(held, SCOPE_OWN, area, &text);
    area_fit(area, 2, 1, area.cols - 2, INK_NORMAL, buf_str(&text));
}

void role_draw_below(const struct role_state *state, struct area area,
                     const struct role_right *right)
{
    const struct role_page *role = role_of(state);
    struct arena *scratch = &area.on->scratch;

    area_hline(area, 0, 0, area.cols, INK_MUTED);
    area_fit(area, 3, 1, area.cols - 2, INK_NORMAL,
             arena_printf(scratch, "Who is “%s”: %s", role->name, names_of(role, scratch)));
    if (right != NULL)
        draw_right_below(state, area, right);
}

static int draw_right_beside(const struct role_state *state, struct area area,
                             const struct role_right *right)
{
    const struct right_page *held = state->holders.out;
    int row = 0;

    area_fit(area, row++, 0, area.cols, INK_STRONG, right->right);
    row += area_wrap(area, row, 0, area.cols, INK_NORMAL, right->says);
    area_fit(area, row++, 0, area.cols, INK_MUTED, scopes_text(right));
    row++;
    if (held == NULL)
        return row;
    const struct right_holder *roles = held->roles.at;
    for (size_t i = 0; i < held->roles.count; i++) {
        area_text(area, row, 0, INK_NORMAL, scope_text(area, roles[i].scope));
        area_fit(area, row, 6, area.cols - 17, INK_NORMAL, roles[i].name);
        area_right(area, row++, area.cols, INK_NORMAL, people(roles[i].users, &area.on->scratch));
    }
    return row + 1;
}

void role_draw_beside(const struct role_state *state, struct area area,
                      const struct role_right *right)
{
    const struct role_page *role = role_of(state);
    const struct role_holder *holders = role->holders.at;
    struct arena *scratch = &area.on->scratch;
    int row = 0;

    for (int i = 0; i < area.rows; i++)
        area_glyph(area, i, 0, INK_MUTED, GLYPH_VLINE);
    const struct area inside = area_part(area, 0, 2, area.rows, area.cols - 3);
    if (right != NULL)
        row = draw_right_beside(state, inside, right);
    area_fit(inside, row++, 0, inside.cols, INK_STRONG,
             arena_printf(scratch, "Who is “%s”", role->name));
    for (size_t i = 0; i < role->holders.count; i++)
        area_fit(inside, row++, 0, inside.cols, holders[i].off ? INK_MUTED : INK_NORMAL,
                 holder_name(&holders[i], scratch));
    if (role->holders.count == 0)
        area_text(inside, row, 0, INK_MUTED, "Nobody yet");
}
