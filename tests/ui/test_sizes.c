/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every widget in every size, and under random keys: nothing may break. */

#include "kit.h"

static const char *const scenes[] = {
    "",                                             /* list */
    "/jo",                                          /* list with its box */
    "<Space>j<Space>ss>>",                          /* marks, sorted, shifted */
    "<F6>Zim<Tab>12<Tab><Tab><Tab><Tab>1.234<Tab>", /* form with errors */
    "<F6><Up><Up><Tab><Tab>",                       /* form, further down */
    "v",                                            /* dialog */
    "vv",                                           /* … that wants its word */
    "?",                                            /* help */
    "<F9>go",                                       /* palette */
    "<Ctrl-T>",                                     /* second task */
};

static void draw_at(struct kit *kit, int rows, int cols)
{
    struct surface surface;
    struct view *top = app_top(kit->app);

    surface_init(&surface, &kit->theme, rows, cols);
    top->type->draw(top, area_whole(&surface));
    for (int row = 0; row < rows; row++) /* a wide character is never cut in two */
        for (int col = 0; col < cols; col++)
            if (surface_cell(&surface, row, col)->cells == 2)
                assert_int_equal(surface_cell(&surface, row, col + 1)->cells, 0);
    surface_done(&surface);
}

static void draw_small(struct kit *kit)
{
    static const int sizes[] = {1, 2, 3, 4, 5, 7, 10, 19, 20, 33, 60, 100, 300};

    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t j = 0; j < COUNT_OF(sizes); j++)
            if (sizes[i] <= 100)
                draw_at(kit, sizes[i], sizes[j]);
}

static void every_widget_draws_at_every_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(scenes); i++) {
        struct kit *kit = kit_open(24, 80);
        kit_play(kit, scenes[i]);
        draw_small(kit);
        kit_play(kit, "<size 1x1><size 60x20><size 300x100><size 61x21><size 80x24>");
        kit_close(kit);
    }
}

static void extra_views_draw_at_every_size(void **state)
{
    struct kit *kit = kit_open(24, 80);
    const struct thing mine = {.name = "Mine"}, theirs = {.name = "Theirs"};

    (void)state;
    kit_play(kit, "");
    textpage_open(kit->app, "Text",
                  "one two three\n\n日本語 and a verylongwordthatdoesnotfitatall\n");
    draw_small(kit);
    question_open(kit->app, &(struct question){.title = "Title", .label = "日本"});
    draw_small(kit);
    conflict_open(kit->app,
                  &(struct conflict){.shape = &thing_shape, .mine = &mine, .theirs = &theirs});
    draw_small(kit);
    kit_close(kit);
}

static uint32_t random_key(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    const uint32_t dice = *seed >> 16;

    if (dice % 3 == 0)
        return K_ENTER + dice / 3 % (K_F12 - K_ENTER + 1);
    if (dice % 17 == 0)
        return K_CTRL('@') + dice / 17 % 32;
    return ' ' + dice / 3 % 95;
}

static void random_keys_break_nothing(void **state)
{
    (void)state;
    for (uint32_t run = 0; run < 20; run++) {
        struct kit *kit = kit_open(24, 80);
        uint32_t seed = run * 7919 + 1;
        kit_play(kit, "");
        for (int i = 0; i < 500; i++) {
            const uint32_t key = random_key(&seed);
            if (key == K_CTRL('Q'))
                continue;
            decoder_unit(&kit->term->decoder, key, 1000 + i * 50);
            if (i % 40 == 0)
                kit_play(kit, i % 80 == 0 ? "<size 100x30>" : "<size 62x20>");
            else
                kit_play(kit, "");
        }
        kit_close(kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_widget_draws_at_every_size),
        cmocka_unit_test(extra_views_draw_at_every_size),
        cmocka_unit_test(random_keys_break_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
