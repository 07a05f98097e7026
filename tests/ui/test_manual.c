/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* man/pitlane.1 names the keys that work everywhere, in the words of the help page. */

#include "kit.h"

/* Text lines up to the next macro, as one. */
static const char *text_at(const char *line, struct arena *arena)
{
    const char *text = "";

    for (; *line != '.' && *line != '\0'; line += strcspn(line, "\n") + 1)
        text = arena_printf(arena, "%s%s%.*s", text, *text != '\0' ? " " : "",
                            (int)strcspn(line, "\n"), line);
    return text;
}

/* What is said under ".It Ic …, KEY, …"; NULL when the manual does not have the key. */
static const char *says_of(char *manual, const char *key, struct arena *arena)
{
    char *rest = manual;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        const bool is_item = strncmp(line, ".It Ic ", 7) == 0;
        for (char *word; is_item && (word = strsep(&line, " ")) != NULL;)
            if (strcmp(strncmp(word, "\\&", 2) == 0 ? word + 2 : word, key) == 0)
                return text_at(rest, arena);
    }
    return NULL;
}

static void check_key(struct kit *kit, uint32_t key)
{
    const struct action *action = action_for(app_top(kit->app), key);
    AUTO_ARENA arena = ARENA_EMPTY;
    char label[KEY_LABEL_MAX];
    char *manual = golden_read(GOLDEN_DIR "/../../man/pitlane.1");

    assert_non_null(manual);
    key_label(key, label);
    const char *says = says_of(manual, label, &arena);
    free(manual);
    if (action == NULL && says == NULL)
        return;
    if (action == NULL)
        fail_msg("%s does nothing, but the manual says: %s", label, says);
    if (says == NULL)
        fail_msg("%s is not in the manual: %s", label, action->help);
    assert_string_equal(says, action->help);
}

static void the_manual_has_every_key_that_works_everywhere(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    app_push(kit->app, view_new(kit->app, &(const struct view_type){.name = "bare"}, 0));
    for (uint32_t key = K_F1; key <= K_F12; key++)
        check_key(kit, key);
    for (char letter = 'A'; letter <= 'Z'; letter++)
        check_key(kit, K_CTRL(letter));
    check_key(kit, '?');
    check_key(kit, K_ESCAPE);
    kit_close(kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_has_every_key_that_works_everywhere),
    };

    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
