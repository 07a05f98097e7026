/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "kit.h"

static struct kit *kit_with_form(int rows, int cols)
{
    struct kit *kit = kit_open(rows, cols);

    kit_play(kit, "<F6>");
    return kit;
}

static struct form *top_form(struct kit *kit)
{
    return form_of(app_top(kit->app));
}

static const char *text_of(struct kit *kit, const char *name)
{
    return form_text(top_form(kit), name);
}

static void an_empty_form_looks_right(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    golden_check("ui/form_80x24", term_memory_picture(kit->term, true));
    kit_close(kit);
}

static void what_is_wrong_stands_beside_the_field(void **state)
{
    struct kit *kit = kit_with_form(40, 120);

    (void)state;
    kit_play(kit, "Delgado<Enter>12<Enter>abc<Enter><Down>1.5<Enter>12.345<Enter>31/31<Enter>");
    golden_check("ui/form_120x40", kit_picture(kit));
    kit_play(kit, "<F2>");
    assert_string_equal(form_field(top_form(kit))->name, "phone");
    kit_close(kit);
}

static void f2_jumps_from_error_to_error_and_saves_at_last(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "<F2>");
    assert_string_equal(form_field(top_form(kit))->name, "name");
    assert_string_equal(kit->heard, "");
    kit_play(kit, "Zimmer<Tab><Tab><Tab><Tab><Tab>12.5x<F2>");
    assert_string_equal(form_field(top_form(kit))->name, "price");
    kit_play(kit, "<Backspace><F2>");
    assert_heard(kit, "saved Zimmer, 12.50, , 0 pieces");
    kit_close(kit);
}

static void long_text_is_broken_between_words(void **state)
{
    struct kit *kit = kit_with_form(24, 60);

    (void)state;
    form_focus(top_form(kit), "note");
    kit_play(kit, "Drained the oil, replaced the filter and the gasket, filled up to the mark.");
    const char *picture = kit_picture(kit);
    assert_null(strstr(picture, "gas\n"));
    assert_non_null(strstr(picture, "gasket, filled"));
    kit_play(kit, "<Up><Home><End>");
    kit_play(kit, "<Backspace>!");
    assert_string_equal(
        text_of(kit, "note"),
        "Drained the oil, replaced the filter and the gasket, filled up to the mark!");
    kit_close(kit);
}

static void enter_moves_on_and_never_submits(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "Zimmer<Enter><Enter><Enter><Enter><Enter><Enter><Enter><Enter>");
    assert_string_equal(kit->heard, "");
    assert_string_equal(form_field(top_form(kit))->name, "owner");
    kit_close(kit);
}

static void accents_typed_in_two_parts_are_composed(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "e\xcc\x81"
                  "clair ab\xcc\x81"
                  "c");
    assert_string_equal(text_of(kit, "name"), "\xc3\xa9"
                                              "clair ab\xcc\x81"
                                              "c");
    kit_play(kit, "<Backspace><Backspace>"); /* the letter goes with its mark */
    assert_string_equal(text_of(kit, "name"), "\xc3\xa9"
                                              "clair a");
    kit_close(kit);
}

static void editing_keys_do_what_they_say(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "one two three<Ctrl-W>");
    assert_string_equal(text_of(kit, "name"), "one two ");
    kit_play(kit, "<Home>x<Ctrl-Right>y<End>z<Left><Delete>");
    assert_string_equal(text_of(kit, "name"), "xone ytwo ");
    kit_play(kit, "<Ctrl-U>");
    assert_string_equal(text_of(kit, "name"), "");
    kit_play(kit, "<Ctrl-Z>");
    assert_string_equal(text_of(kit, "name"), "xone ytwo ");
    kit_play(kit, "<Ctrl-U>abc def<Ctrl-Z>");
    assert_string_equal(text_of(kit, "name"), "abc");
    kit_close(kit);
}

static void a_field_takes_only_what_fits_and_says_so(void **state)
{
    struct kit *kit = kit_with_form(24, 80);
    char script[400] = "";

    (void)state;
    for (int i = 0; i < 30; i++)
        strcat(script, "abcdefgh ");
    kit_play(kit, script);
    assert_shows(kit, "No more fits");
    assert_int_equal(strlen(text_of(kit, "name")), 160);
    kit_play(kit, "<Tab>"); /* and the field's own limit is told on leaving it */
    assert_non_null(form_find(top_form(kit), "name")->message);
    kit_close(kit);
}

static void days_step_with_plus_and_minus(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    form_focus(top_form(kit), "due_on");
    kit_play(kit, "+++-");
    assert_string_equal(text_of(kit, "due_on"), "25 Nov 2026"); /* today, 25, 26, 25 */
    kit_play(kit, "<Ctrl-U>t+3<Tab>");
    assert_string_equal(text_of(kit, "due_on"), "27 Nov 2026");
    kit_close(kit);
}

static void choices_go_by_arrows_and_letters_and_flags_by_space(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    form_focus(top_form(kit), "state");
    kit_play(kit, "<Right>");
    assert_string_equal(text_of(kit, "state"), "waiting");
    kit_play(kit, "d");
    assert_string_equal(text_of(kit, "state"), "done");
    kit_play(kit, "<Right>");
    assert_string_equal(text_of(kit, "state"), "open");
    form_focus(top_form(kit), "urgent");
    kit_play(kit, "<Space>");
    assert_string_equal(text_of(kit, "urgent"), "yes");
    kit_play(kit, "n");
    assert_string_equal(text_of(kit, "urgent"), "no");
    kit_close(kit);
}

static void typing_in_a_field_to_pick_opens_the_picker(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    form_focus(top_form(kit), "owner");
    kit_play(kit, "zimmer");
    golden_check("ui/picker_80x24", kit_picture(kit));
    kit_play(kit, "<Enter>");
    assert_string_equal(text_of(kit, "owner"), "9");
    assert_shows(kit, "Zimmer, Bo 009");
    kit_play(kit, "<Backspace>");
    assert_string_equal(text_of(kit, "owner"), "");
    kit_close(kit);
}

static void secrets_are_not_echoed_nor_kept(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    form_focus(top_form(kit), "password");
    kit_play(kit, "hunter2<Tab>");
    assert_not_shows(kit, "hunter2");
    assert_shows(kit, "*******");
    assert_null(strstr(kit->draft, "hunter2"));
    assert_string_equal(text_of(kit, "password"), "hunter2");
    kit_close(kit);
}

static void a_card_number_never_reaches_a_draft(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "4111 1111 1111 1111<Tab>");
    assert_null(strstr(kit->draft, "1111"));
    assert_non_null(form_find(top_form(kit), "name")->message);
    kit_close(kit);
}

static void drafts_bring_back_exactly_what_was_typed(void **state)
{
    struct kit *kit = kit_with_form(24, 80);
    struct fault fault = {0};
    char draft[4096];

    (void)state;
    kit_play(kit, "Zim \"x\"<Tab>61<Tab><Tab><Tab><Tab>12.345");
    kit_play(kit, "<Tab>t+");
    form_focus(top_form(kit), "note");
    kit_play(kit, "two<Enter>lines");
    form_focus(top_form(kit), "pieces");
    kit_play(kit, "<Enter><F6>Bolt<Tab>1.5<Tab>2<F2><F2>");
    kit_play(kit, "<wait 1000>");
    strcpy(draft, kit->draft);
    kit_close(kit);

    kit = kit_with_form(24, 80);
    assert_int_equal(form_draft_read(top_form(kit), draft, &fault), OK);
    assert_string_equal(text_of(kit, "name"), "Zim \"x\"");
    assert_string_equal(text_of(kit, "phone"), "61");
    assert_string_equal(text_of(kit, "price"), "12.345");
    assert_string_equal(text_of(kit, "due_on"), "t+");
    assert_string_equal(text_of(kit, "note"), "two\nlines");
    assert_int_equal(form_find(top_form(kit), "pieces")->rows.count, 1);
    assert_true(form_is_dirty(top_form(kit)));
    assert_int_not_equal(form_draft_read(top_form(kit), "{\"fields\":7}", &fault), OK);
    kit_close(kit);
}

static void nested_rows_are_added_changed_and_taken_out(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "Zimmer");
    form_focus(top_form(kit), "pieces");
    kit_play(kit, "<Enter><F6>Bolt<Tab>1.5<Tab>2<F2><F6>Nut<Tab><Tab>3.75<F2>");
    golden_check("ui/form_rows", kit_picture(kit));
    kit_play(kit, "<Up><Enter><Ctrl-U>Screw<F2><Down><Ctrl-D><F2><F2>");
    assert_heard(kit, "saved Zimmer, 0.00, , 1 pieces");
    const struct thing *thing = form_row(top_form(kit));
    assert_string_equal(((const struct piece *)thing->pieces.at)[0].text, "Screw");
    kit_close(kit);
}

static void a_refusal_of_the_domain_lands_at_its_field(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    assert_true(form_set_error(top_form(kit), "pieces.2.price", "The price is needed."));
    assert_string_equal(form_field(top_form(kit))->name, "pieces");
    assert_false(form_set_error(top_form(kit), "revision", "x"));
    app_redraw(kit->app);
    kit_play(kit, "");
    assert_shows(kit, "The price is needed.");
    kit_close(kit);
}

static void a_loaded_record_is_clean_until_changed(void **state)
{
    struct kit *kit = kit_with_form(24, 80);
    const struct thing thing = {.id = {7},
                                .name = "Zimmer",
                                .phone = "+16195550142",
                                .code = "X1",
                                .state = THING_DONE,
                                .quantity = {1500},
                                .price = USD(1234, 50),
                                .due_on = {"2026-11-25"},
                                .urgent = true,
                                .owner = {9},
                                .password = "",
                                .note = "",
                                .revision = 3};

    (void)state;
    form_load(top_form(kit), &thing);
    form_set_picked(top_form(kit), "owner", 9, "Zimmer, Bo");
    assert_false(form_is_dirty(top_form(kit)));
    app_redraw(kit->app);
    kit_play(kit, "");
    golden_check("ui/form_loaded", kit_picture(kit));
    kit_play(kit, "<F2>");
    const struct thing *row = form_row(top_form(kit));
    assert_int_equal(row->revision, 3);
    assert_int_equal(row->price.cents, 123450);
    assert_string_equal(row->due_on.iso, "2026-11-25");
    assert_int_equal(row->state, THING_DONE);
    kit_play(kit, "r");
    assert_true(form_is_dirty(top_form(kit)));
    assert_shows(kit, "changed");
    kit_close(kit);
}

static void a_paste_is_text_and_breaks_no_line(void **state)
{
    struct kit *kit = kit_with_form(24, 80);

    (void)state;
    kit_play(kit, "<paste Maria\nDelgado\n>");
    assert_string_equal(text_of(kit, "name"), "Maria Delgado");
    form_focus(top_form(kit), "note");
    kit_play(kit, "<paste one\ntwo>");
    assert_string_equal(text_of(kit, "note"), "one\ntwo");
    kit_close(kit);
}

static void two_changes_at_once_are_shown_side_by_side(void **state)
{
    struct kit *kit = kit_with_form(24, 80);
    const struct thing mine = {.id = {1}, .name = "Mine", .price = USD(1, 0), .due_on = {""}};
    const struct thing theirs = {.id = {1}, .name = "Theirs", .price = USD(2, 0), .revision = 9};

    (void)state;
    conflict_open(kit->app, &(struct conflict){.shape = &thing_shape,
                                               .who = "Maria, 10:41",
                                               .mine = &mine,
                                               .theirs = &theirs});
    kit_play(kit, "<Down><Right>");
    golden_check("ui/conflict", kit_picture(kit));
    kit_play(kit, "<Esc>");
    assert_shows(kit, "New thing");
    kit_close(kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_form_looks_right),
        cmocka_unit_test(what_is_wrong_stands_beside_the_field),
        cmocka_unit_test(f2_jumps_from_error_to_error_and_saves_at_last),
        cmocka_unit_test(long_text_is_broken_between_words),
        cmocka_unit_test(enter_moves_on_and_never_submits),
        cmocka_unit_test(accents_typed_in_two_parts_are_composed),
        cmocka_unit_test(editing_keys_do_what_they_say),
        cmocka_unit_test(a_field_takes_only_what_fits_and_says_so),
        cmocka_unit_test(days_step_with_plus_and_minus),
        cmocka_unit_test(choices_go_by_arrows_and_letters_and_flags_by_space),
        cmocka_unit_test(typing_in_a_field_to_pick_opens_the_picker),
        cmocka_unit_test(secrets_are_not_echoed_nor_kept),
        cmocka_unit_test(a_card_number_never_reaches_a_draft),
        cmocka_unit_test(drafts_bring_back_exactly_what_was_typed),
        cmocka_unit_test(nested_rows_are_added_changed_and_taken_out),
        cmocka_unit_test(a_refusal_of_the_domain_lands_at_its_field),
        cmocka_unit_test(a_loaded_record_is_clean_until_changed),
        cmocka_unit_test(a_paste_is_text_and_breaks_no_line),
        cmocka_unit_test(two_changes_at_once_are_shown_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
