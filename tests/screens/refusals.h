/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_SCREENS_REFUSALS_H
#define PITLANE_TESTS_SCREENS_REFUSALS_H

/* A refusal as the person at the counter meets it: its sentence stands on the screen to its last
 * word, at its field where it has one, and not one row of the shop has changed. */

#include "orders.h"

/* Every row of every table but what is written although nothing is done: drafts, who sits at which
 * terminal, and in the audit log who was denied what. */
static inline const char *all_rows(struct desk_test *t)
{
    struct shop_test *shop = t->shop;
    const char *sql = ask_text(
        shop,
        "SELECT group_concat('SELECT ''' || name || ''' || ifnull(group_concat(' || cols ||\n"
        "                    ', char(10)), '''') FROM ' || name, char(10))\n"
        "FROM (SELECT m.name, (SELECT group_concat('quote(' || c.name || ')', '||''|''||')\n"
        "                      FROM pragma_table_info(m.name) AS c) AS cols\n"
        "      FROM sqlite_schema AS m\n"
        "      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'\n"
        "        AND m.name NOT IN ('audit', 'draft', 'session', 'refresh_token', 'terminal'))");
    char *text = arena_text(&shop->arena, sql);
    AUTO_BUF rows = BUF_MIB(16);

    for (char *next = NULL, *one = strtok_r(text, "\n", &next); one != NULL;
         one = strtok_r(NULL, "\n", &next))
        buf_printf(&rows, "%s\n", ask_text(shop, one));
    return arena_text(&shop->arena, buf_str(&rows));
}

/* How much of the text's beginning, up to a blank, stands on this line of the picture. */
static inline size_t part_on_line(const char *line, size_t length, const char *text)
{
    for (size_t end = strlen(text); end > 0; end--)
        if ((text[end] == ' ' || text[end] == '\0') && end <= length &&
            memmem(line, length, text, end) != NULL)
            return end;
    return 0;
}

/* Does the sentence begin on this line and go on, line by line, to its end? */
static inline bool is_said_from(const char *line, const char *sentence)
{
    while (*sentence != '\0' && *line != '\0') {
        const size_t length = strcspn(line, "\n");
        const size_t part = part_on_line(line, length, sentence);
        if (part == 0)
            return false;
        sentence += part + (sentence[part] == ' ');
        line += length + (line[length] == '\n');
    }
    return *sentence == '\0';
}

static inline void assert_says_whole(struct desk_test *t, const char *sentence)
{
    const char *picture = term_memory_picture(t->term, false);

    for (const char *line = picture; line != NULL && *line != '\0';
         line = strchr(line, '\n') != NULL ? strchr(line, '\n') + 1 : NULL)
        if (is_said_from(line, sentence))
            return;
    fputs(picture, stderr);
    fail_msg("“%s” is not shown whole.", sentence);
}

/* The sentence begins in the row of the field with this label, behind the sign of a refusal. */
static inline void assert_at_field(struct desk_test *t, const char *label, const char *sentence)
{
    const char *picture = term_memory_picture(t->term, false);
    char begins[40];

    snprintf(begins, sizeof begins, "› %.8s", sentence);
    for (const char *line = picture; line != NULL && *line != '\0';
         line = strchr(line, '\n') != NULL ? strchr(line, '\n') + 1 : NULL) {
        const size_t length = strcspn(line, "\n");
        if (memmem(line, length, label, strlen(label)) != NULL &&
            memmem(line, length, begins, strlen(begins)) != NULL)
            return;
    }
    fputs(picture, stderr);
    fail_msg("“%s” does not stand at “%s”.", begins, label);
}

/* These keys are refused with this sentence, at this field (NULL: it has none). */
static inline void refused(struct desk_test *t, const char *script, const char *label,
                           const char *sentence)
{
    const char *before = all_rows(t);

    keys(t, script);
    assert_says_whole(t, sentence);
    if (label != NULL)
        assert_at_field(t, label, sentence);
    const char *after = all_rows(t);
    if (strcmp(before, after) != 0)
        fail_msg("Something was written while “%s” was refused.", sentence);
}

#endif
