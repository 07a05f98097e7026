/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A walk through every list, record, form and question the palette opens, on a demo shop, at the
 * smallest, the usual and a wide terminal: what holds on all of them. With PITLANE_WALK=FOLDER each
 * picture is written there to be looked at. */

#include "test.h"

#include <ctype.h>
#include <string.h>

#include "../domain/demos.h"
#include "base/text.h"
#include "desk_test.h"

static const struct size {
    int cols, rows;
} sizes[] = {{60, 20}, {80, 24}, {120, 40}};

/* --- The program on the demo shop --- */

static int open_demo(void **state)
{
    struct desk_test *t = mem_alloc(sizeof *t);

    desk_test_open_shop(t, given_demo(40, 3), 24, 80, (struct theme){.colour = true});
    keys(t, "1<wait 1>");
    assert_shows(t, "Find");
    *state = t;
    return 0;
}

static struct view *top(struct desk_test *t)
{
    return app_top(t->desk->app);
}

static void back_to_the_counter(struct desk_test *t)
{
    while (app_below(t->desk->app, top(t)) != NULL) {
        top(t)->keep_at = 0;
        app_pop(t->desk->app, top(t));
    }
    keys(t, "<wait 1>");
}

static void set_size(struct desk_test *t, const struct size *size)
{
    char script[32];

    snprintf(script, sizeof script, "<size %dx%d>", size->cols, size->rows);
    keys(t, script);
}

/* --- What holds on every screen --- */

struct walk {
    struct desk_test *t;
    char where[160];
    int seen, wrong;
};

static void complain(struct walk *walk, const char *what)
{
    walk->wrong++;
    print_message("%s: %s\n", walk->where, what);
}

static const char *cell_text(const struct surface *shown, int row, int col)
{
    return surface_cell(shown, row, col)->text;
}

static bool is_cut(const struct surface *shown, int row, int col)
{
    return strcmp(cell_text(shown, row, col), "…") == 0;
}

/* What a record is called may be long; on the smallest terminal it may give way. */
static bool names_a_record(const struct surface *shown)
{
    for (int col = 0; col < shown->cols; col++)
        if (strcmp(cell_text(shown, 0, col), "·") == 0)
            return true;
    return false;
}

/* Labels, column heads and key hints are whole, and no number is cut at its front. */
static void look_for_cuts(struct walk *walk, const struct surface *shown)
{
    for (int row = 0; row < shown->rows; row++)
        for (int col = 0; col < shown->cols; col++) {
            const uint8_t ink = surface_cell(shown, row, col)->ink;
            if (!is_cut(shown, row, col))
                continue;
            if (ink == INK_LABEL || ink == INK_HEADER || ink == INK_HINT || ink == INK_KEY)
                complain(walk, "a label is cut");
            if (ink == INK_TITLE && (shown->cols >= 80 || !names_a_record(shown)))
                complain(walk, "the title is cut");
            if (col + 1 < shown->cols && strchr("0123456789.,", *cell_text(shown, row, col + 1)) &&
                *cell_text(shown, row, col + 1) != '\0')
                complain(walk, "a number is cut");
        }
}

/* Under the words of a state or the last of the tabs the last column may be used; a word that stops
 * there in the middle of a sentence has run off the edge. */
static void look_at_edge(struct walk *walk, const struct surface *shown)
{
    for (int row = 1; row + 1 < shown->rows; row++) {
        const int last = shown->cols - 1;
        const uint8_t ink = surface_cell(shown, row, last)->ink;
        if (isalnum((unsigned char)*cell_text(shown, row, last)) &&
            (ink == INK_MUTED || ink == INK_LABEL || ink == INK_HINT || ink == INK_HEADER))
            complain(walk, "a text runs off the edge");
    }
}

/* The last row: keys that matter now, help last. */
static void look_at_hints(struct walk *walk, const struct surface *shown)
{
    AUTO_BUF line = BUF(4096);

    for (int col = 0; col < shown->cols; col++)
        buf_text(&line, cell_text(shown, shown->rows - 1, col));
    const char *text = buf_str(&line);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    const bool is_help = text_same(top(walk->t)->type->name, "find");
    const char *last = is_help ? "? close" : " help";
    if (length < strlen(last) || strncmp(text + length - strlen(last), last, strlen(last)) != 0)
        complain(walk, "help is not the last hint");
}

static void look_at_cursor(struct walk *walk, const struct surface *shown)
{
    if (shown->cursor_row < 1 || shown->cursor_row >= shown->rows - 1 || shown->cursor_col < 0 ||
        shown->cursor_col >= shown->cols)
        complain(walk, "the cursor is nowhere");
}

/* Who sits here can be read on every screen. */
static void look_for_person(struct walk *walk)
{
    const char *picture = term_memory_picture(walk->t->term, false);

    if (memmem(picture, strcspn(picture, "\n"), "Ada A.", 6) == NULL)
        complain(walk, "the top line does not say who is signed in");
}

static void keep_picture(struct walk *walk)
{
    const char *folder = getenv("PITLANE_WALK");
    char path[512];

    if (folder == NULL)
        return;
    snprintf(path, sizeof path, "%s/%s.txt", folder, walk->where);
    golden_write(path, term_memory_picture(walk->t->term, false));
}

static void look(struct walk *walk, const char *name)
{
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        set_size(walk->t, &sizes[i]);
        const struct surface *shown = term_memory_shown(walk->t->term);
        snprintf(walk->where, sizeof walk->where, "%s_%dx%d", name, sizes[i].cols, sizes[i].rows);
        assert_int_equal(shown->cols, sizes[i].cols);
        walk->seen++;
        keep_picture(walk);
        look_for_cuts(walk, shown);
        look_at_edge(walk, shown);
        look_at_hints(walk, shown);
        look_at_cursor(walk, shown);
        look_for_person(walk);
    }
    set_size(walk->t, &sizes[1]);
}

static void look_into(struct walk *walk, const char *name, const char *key, const char *what)
{
    const struct view *before = top(walk->t);
    char inner[120];

    keys(walk->t, key);
    if (top(walk->t) == before)
        return;
    snprintf(inner, sizeof inner, "%s_%s", name, what);
    look(walk, inner);
    app_pop(walk->t->desk->app, top(walk->t));
    keys(walk->t, "<wait 1>");
}

static bool has_action(const struct view *view, const char *name)
{
    for (size_t i = 0; i < view->type->action_count; i++)
        if (text_same(view->type->actions[i].name, name))
            return true;
    return false;
}

static void walk_op(struct walk *walk, const struct op *op)
{
    struct desk_test *t = walk->t;

    desk_open_op(t->desk, op, NULL);
    keys(t, "<wait 1>");
    look(walk, op->name);
    if (op->flags & OP_LIST) {
        if (has_action(top(t), "list.limit"))
            look_into(walk, op->name, "f", "filter");
        look_into(walk, op->name, "<Enter>", "row");
    }
    look_into(walk, op->name, "<F1>", "help");
    back_to_the_counter(t);
}

static void what_holds_on_every_screen(void **state)
{
    struct walk walk = {.t = *state};

    look(&walk, "counter");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            if ((modules[m]->ops[i]->flags & OP_UNLISTED) == 0)
                walk_op(&walk, modules[m]->ops[i]);
    print_message("%d pictures looked at\n", walk.seen);
    assert_int_equal(walk.wrong, 0);
}

/* --- Keys --- */

#define KEYS_MOST 40

struct shown_key {
    char key[KEY_LABEL_MAX];
    char label[40];
};

/* Is this name of a key one to press here: a letter types where there is a text. */
static bool works_here(const struct view *view, uint32_t key)
{
    return !key_is_text(key) || view->type->typing == NULL ||
           view->type->typing(view) == TYPING_NONE;
}

/* The screen's own keys that help and hints tell of, each by its first name that works here. */
static size_t keys_shown(struct view *view, struct shown_key *ret_keys)
{
    size_t count = 0;

    for (size_t i = 0; i < view->type->action_count && count < KEYS_MOST; i++) {
        const struct action *action = &view->type->actions[i];
        const char *name = action->keys;
        if ((action->flags & ACTION_HIDDEN) != 0 || !action_is_ready(view, action))
            continue;
        struct shown_key *shown = &ret_keys[count];
        for (shown->key[0] = '\0'; *name != '\0' && shown->key[0] == '\0';) {
            const size_t length = strcspn(name, " ");
            snprintf(shown->key, sizeof shown->key, "%.*s", (int)length, name);
            if (!works_here(view, key_from_name(shown->key)))
                shown->key[0] = '\0';
            name += length + (name[length] != '\0');
        }
        snprintf(shown->label, sizeof shown->label, "%s", action->label);
        count += shown->key[0] != '\0' ? 1 : 0;
    }
    return count;
}

static void press(struct desk_test *t, const char *key)
{
    char script[KEY_LABEL_MAX + 3];
    const bool is_character = key[1] == '\0' && key[0] != '<';

    snprintf(script, sizeof script, is_character ? "%s" : (key[0] == '<' ? "<<" : "<%s>"), key);
    keys(t, script);
}

/* Presses one of the keys on the screen just opened: it changes the picture or says why not. */
static void try_key(struct walk *walk, const struct op *op, bool in_row,
                    const struct shown_key *key)
{
    struct desk_test *t = walk->t;
    AUTO_BUF before = BUF(1 << 20);

    app_say(t->desk->app, "%s", ""); /* what the key before had to say */
    desk_open_op(t->desk, op, NULL);
    keys(t, in_row ? "<wait 1><Enter>" : "<wait 1>");
    buf_text(&before, term_memory_picture(t->term, true));
    const struct view *asked = top(t);
    press(t, key->key);
    snprintf(walk->where, sizeof walk->where, "%.60s%s %.15s (%.39s)", op->name,
             in_row ? ", its row" : "", key->key, key->label);
    if (top(t) == asked && text_same(term_memory_picture(t->term, true), buf_str(&before)))
        complain(walk, "the key does nothing");
    walk->seen++;
    if (app_is_covered(t->desk->app)) /* the password again */
        keys(t, "<Esc>");
    back_to_the_counter(t);
}

static void try_keys(struct walk *walk, const struct op *op, bool in_row)
{
    struct desk_test *t = walk->t;
    struct shown_key shown[KEYS_MOST];

    desk_open_op(t->desk, op, NULL);
    keys(t, "<wait 1>");
    const struct view *list = top(t);
    if (in_row)
        keys(t, "<Enter>");
    const size_t count = in_row && top(t) == list ? 0 : keys_shown(top(t), shown);
    back_to_the_counter(t);
    for (size_t i = 0; i < count; i++)
        try_key(walk, op, in_row, &shown[i]);
}

static void every_key_that_is_shown_does_something(void **state)
{
    struct walk walk = {.t = *state};

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->flags & OP_UNLISTED)
                continue;
            try_keys(&walk, op, false);
            if (op->flags & OP_LIST)
                try_keys(&walk, op, true);
        }
    print_message("%d keys pressed\n", walk.seen);
    assert_int_equal(walk.wrong, 0);
}

/* --- The palette --- */

static void no_sentence_of_the_palette_is_cut(void **state)
{
    struct desk_test *t = *state;
    int two_rows = 0;

    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        const char *picture = "";
        AUTO_BUF before = BUF(1 << 20);
        set_size(t, &sizes[i]);
        for (keys(t, "<F9>");; keys(t, "<PgDn>")) {
            picture = term_memory_picture(t->term, false);
            if (text_same(picture, buf_str(&before)))
                break;
            buf_clear(&before);
            buf_text(&before, picture);
            if (strstr(picture, "…") != NULL)
                fail_msg("a sentence is cut:\n%s", picture);
        }
        keys(t, "<Esc>");
    }
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            two_rows += text_cells(modules[m]->ops[i]->says, strlen(modules[m]->ops[i]->says)) > 76;
    print_message("%d sentences take a second row at 80 columns\n", two_rows);
    assert_in_range(two_rows, 0, 12);
}

static void help_and_palette_lead_to_each_other(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F9>");
    assert_shows(t, "─ Go to ─");
    keys(t, "?");
    assert_shows(t, "─ Keys: Pitlane");
    assert_shows(t, "? close");
    keys(t, "<F9>");
    assert_shows(t, "─ Go to ─");
    keys(t, "<F1><F1>");
    assert_shows_not(t, "─ Keys:");
    assert_shows(t, "Open repair orders");
}

/* --- What asks and saves nothing --- */

static void what_is_only_asked_for_is_not_called_saved(void **state)
{
    struct desk_test *t = *state;
    int asked = 0;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->kind != OP_READS || (op->flags & OP_UNLISTED) || op->in == NULL)
                continue;
            desk_open_op(t->desk, op, NULL);
            keys(t, "<wait 1>");
            if (has_action(top(t), "list.limit"))
                keys(t, "f");
            if (text_same(top(t)->type->name, "form")) {
                assert_shows(t, " F2 show ");
                assert_shows_not(t, " · changed");
                asked++;
            }
            back_to_the_counter(t);
        }
    assert_true(asked > 20);
    desk_open_op(t->desk, op_find("audit.list"), NULL);
    keys(t, "f<Tab><Tab><Tab>1 Nov<Esc>"); /* leaves no draft behind */
    assert_shows_not(t, "draft");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_sentence_of_the_palette_is_cut, open_demo,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(help_and_palette_lead_to_each_other, open_demo,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_only_asked_for_is_not_called_saved, open_demo,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(every_key_that_is_shown_does_something, open_demo,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_holds_on_every_screen, open_demo, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
