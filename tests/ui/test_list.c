/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "kit.h"

static struct rowlist *top_list(struct kit *kit)
{
    return list_of(app_top(kit->app));
}

static void a_list_looks_right_at_80x24(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "jj s");
    golden_check("ui/list_80x24", term_memory_picture(kit->term, true));
    kit_close(kit);
}

static void a_wide_list_shows_more_columns(void **state)
{
    struct kit *kit = kit_open(40, 120);

    (void)state;
    kit_play(kit, "<PgDn>ss");
    golden_check("ui/list_120x40", kit_picture(kit));
    kit_close(kit);
}

static void a_list_in_ascii_without_colour(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit->theme = (struct theme){.ascii = true, .ascii_only = true};
    kit_play(kit, " f");
    golden_check("ui/list_ascii", term_memory_picture(kit->term, true));
    kit_close(kit);
}

static void paging_walks_every_row_once_and_back(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit->source.count = 1500; /* more pages than are held */
    kit_play(kit, "");
    for (int64_t id = 1; id <= 1500; id++) {
        assert_int_equal(rowlist_id(top_list(kit)), id);
        rowlist_key(top_list(kit), &KEY_EVENT(K_DOWN));
    }
    kit_play(kit, "<Down>");
    assert_shows(kit, "of 1,500");
    assert_int_equal(rowlist_id(top_list(kit)), 1500);
    for (int64_t id = 1500; id >= 1; id--) {
        assert_int_equal(rowlist_id(top_list(kit)), id);
        rowlist_key(top_list(kit), &KEY_EVENT(K_UP));
    }
    kit_play(kit, "<Up>");
    assert_shows(kit, "1–19 of 1,500");
    kit_close(kit);
}

static void end_and_home_jump_without_walking(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit->source.count = 1500;
    kit_play(kit, "<End>");
    assert_int_equal(rowlist_id(top_list(kit)), 1500);
    assert_int_equal(kit->source.loads, 2);
    assert_shows(kit, "1,482–1,500 of 1,500");
    kit_play(kit, "<PgUp><PgUp><PgUp><PgUp><PgUp><PgUp><PgUp>");
    assert_int_equal(rowlist_id(top_list(kit)), 1500 - 7 * 18);
    kit_play(kit, "<Home>");
    assert_int_equal(rowlist_id(top_list(kit)), 1);
    kit_close(kit);
}

static void typed_ahead_search_costs_one_query_and_enter_opens_what_was_typed(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "");
    const int before = kit->source.loads;
    /* all of it lies in the terminal's queue when the program comes to it */
    const char *typed = "/jun 021";
    for (; *typed != '\0'; typed++)
        decoder_unit(&kit->term->decoder, (unsigned char)*typed, 5000);
    decoder_unit(&kit->term->decoder, K_ENTER, 5000);
    decoder_unit(&kit->term->decoder, K_ENTER, 5000);
    kit_play(kit, "");
    assert_heard(kit, "open 21");
    assert_true(kit->source.loads - before <= 2);
    kit_close(kit);
}

static void search_narrows_and_esc_gives_all_rows_back(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "/jose");
    assert_shows(kit, "O'Brien, José");
    assert_shows(kit, "1–14 of 14");
    kit_play(kit, "zzz");
    assert_shows(kit, "No things match. F6 adds one.");
    kit_play(kit, "<Esc>");
    assert_shows(kit, "of 142");
    assert_int_equal(app_task_count(kit->app), 1);
    kit_close(kit);
}

static void the_selected_row_is_kept_by_its_id_when_data_changes(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<PgDn><PgDn>jj");
    const int64_t id = rowlist_id(top_list(kit));
    kit->source.changed_from = 1;
    kit_play(kit, "<F5>");
    assert_int_equal(rowlist_id(top_list(kit)), id);
    assert_shows(kit, "!");
    kit_close(kit);
}

static void marks_stay_and_reach_the_action(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "m");
    assert_shows(kit, "Mark one or more rows with Space first.");
    kit_play(kit, "<Space>j<Space>");
    assert_shows(kit, "2 marked");
    kit_play(kit, "m");
    assert_heard(kit, "marked 2");
    kit_close(kit);
}

static void a_source_that_fails_says_so_and_f5_recovers(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit->source.fails = true;
    kit_play(kit, "jjG/x<Esc>");
    assert_shows(kit, "The shop's file cannot be read.");
    kit->source.fails = false;
    kit_play(kit, "<F5>");
    assert_shows(kit, "of 142");
    kit_close(kit);
}

static void columns_that_do_not_fit_are_reached_by_scrolling(void **state)
{
    struct kit *kit = kit_open(20, 60);

    (void)state;
    kit_play(kit, "");
    assert_shows(kit, "Name");
    kit_play(kit, ">>");
    assert_shows(kit, "Name");
    kit_play(kit, "<<<<<<");
    assert_shows(kit, "State");
    kit_close(kit);
}

static const char *seven_a_group(void *context, const void *row, struct arena *scratch)
{
    const struct thing *thing = row;

    (void)context;
    return arena_printf(scratch, "Group %d", (int)((thing->id.v - 1) / 7 + 1));
}

/* Walks down and up again; the cursor's row is on screen all the time. */
static void walk_in_sight(struct kit *kit, int count)
{
    static const struct {
        const char *key;
        int by;
    } ways[] = {{"<Down>", 1}, {"<Up>", -1}};
    int at = 1;

    kit_play(kit, "<Home>");
    for (size_t way = 0; way < COUNT_OF(ways); way++)
        for (int i = 1; i < count; i++) {
            kit_play(kit, ways[way].key);
            at += ways[way].by;
            assert_int_equal(rowlist_id(top_list(kit)), at);
            const char *picture = kit_picture(kit);
            const char *cursor = strstr(picture, "› ");
            const struct thing *thing = rowlist_row(top_list(kit));
            if (cursor == NULL || strncmp(cursor + strlen("› "), thing->name, 6) != 0)
                fail_msg("row %d is not in sight:\n%s", at, picture);
        }
}

static void rows_stand_under_headings(void **state)
{
    struct kit *kit = kit_open(24, 80);
    struct rowlist_type grouped = thing_list;

    (void)state;
    kit->source.count = 60;
    grouped.group = seven_a_group;
    kit_play(kit, "");
    top_list(kit)->type = &grouped;
    walk_in_sight(kit, 60);
    kit_play(kit, "<Home><PgDn>");
    golden_check("ui/list_grouped", kit_picture(kit));
    kit_play(kit, "<End>");
    assert_int_equal(rowlist_id(top_list(kit)), 60);
    assert_shows(kit, "Group 9");
    kit_close(kit);
}

static void a_wide_theme_gives_rows_air(void **state)
{
    struct kit *kit = kit_open(24, 80);
    struct rowlist_type grouped = thing_list;

    (void)state;
    kit->source.count = 60;
    kit->theme.wide = true;
    kit_play(kit, "<PgDn>");
    golden_check("ui/list_wide", kit_picture(kit));
    walk_in_sight(kit, 60);
    grouped.group = seven_a_group;
    top_list(kit)->type = &grouped;
    walk_in_sight(kit, 60);
    kit_close(kit);
}

static struct rows at_hand(void *context)
{
    (void)context;
    static char name[] = "Belt";
    static struct thing things[] = {
        {.id = {1}, .name = name, .phone = "", .code = "", .note = ""},
        {.id = {2}, .name = name, .phone = "", .code = "", .note = ""},
    };

    return (struct rows){things, COUNT_OF(things)};
}

static void rows_at_hand_are_one_page_and_may_go_afterwards(void **state)
{
    struct kit *kit = kit_open(24, 80);
    struct rowlist_type type = thing_list;

    (void)state;
    type.load = NULL;
    type.whole = at_hand;
    kit_play(kit, "");
    top_list(kit)->type = &type;
    kit_play(kit, "<F5><Down>");
    assert_shows(kit, "1–2 of 2");
    const struct thing *shown = rowlist_row(top_list(kit)), *things = at_hand(kit).at;
    assert_int_equal(shown->id.v, 2);
    assert_ptr_not_equal(shown->name, things[1].name);
    assert_string_equal(shown->name, "Belt");
    kit_close(kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_looks_right_at_80x24),
        cmocka_unit_test(a_wide_list_shows_more_columns),
        cmocka_unit_test(a_list_in_ascii_without_colour),
        cmocka_unit_test(paging_walks_every_row_once_and_back),
        cmocka_unit_test(end_and_home_jump_without_walking),
        cmocka_unit_test(typed_ahead_search_costs_one_query_and_enter_opens_what_was_typed),
        cmocka_unit_test(search_narrows_and_esc_gives_all_rows_back),
        cmocka_unit_test(the_selected_row_is_kept_by_its_id_when_data_changes),
        cmocka_unit_test(marks_stay_and_reach_the_action),
        cmocka_unit_test(a_source_that_fails_says_so_and_f5_recovers),
        cmocka_unit_test(columns_that_do_not_fit_are_reached_by_scrolling),
        cmocka_unit_test(rows_stand_under_headings),
        cmocka_unit_test(a_wide_theme_gives_rows_air),
        cmocka_unit_test(rows_at_hand_are_one_page_and_may_go_afterwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
