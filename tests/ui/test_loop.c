/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "kit.h"

#define VIN "1HGCM82633A004352"

static void esc_backs_out_one_level_and_never_quits(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>abc<Esc>");
    assert_shows(kit, "Things");
    assert_int_equal(kit->kept, 1);
    kit_play(kit, "<Esc><Esc><F12>");
    assert_shows(kit, "This is the first screen. Ctrl-Q leaves the program.");
    kit_close(kit);
}

static void quitting_asks_only_when_work_is_dirty(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>abc<Ctrl-Q>");
    golden_check("ui/quit", kit_picture(kit));
    kit_play(kit, "<Enter>");
    assert_shows(kit, "New thing");
    assert_int_equal(kit->kept, 1);
    kit_play(kit, "<Ctrl-U><Ctrl-Q>");
    assert_int_equal(app_run(kit->app), OK); /* it has ended: returns at once */
    kit_close(kit);
}

static void help_lists_what_works_here_and_runs_it(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "?");
    golden_check("ui/help_80x24", term_memory_picture(kit->term, true));
    kit_play(kit, "export<Enter>");
    assert_heard(kit, "act thing.export");
    kit_close(kit);
}

static void the_palette_finds_commands_and_records(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<Ctrl-P>10412");
    golden_check("ui/palette_80x24", kit_picture(kit));
    kit_play(kit, "<Enter>");
    assert_heard(kit, "record 10412");
    kit_play(kit, "<F9>zzzz");
    assert_shows(kit, "Nothing is called that.");
    kit_play(kit, "<Esc><Esc>9<Esc>");
    assert_shows(kit, "Things");
    kit_close(kit);
}

static void enter_in_a_dialog_is_safe_and_danger_needs_its_word(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "v");
    golden_check("ui/dialog_80x24", kit_picture(kit));
    kit_play(kit, "<Enter>");
    assert_heard(kit, "answered k");
    kit_play(kit, "vv<Enter>");
    assert_heard(kit, "answered k");
    kit_play(kit, "vo<Enter>");
    assert_heard(kit, "answered k");
    kit_play(kit, "<Esc>v<Ctrl-U>VOID<Enter>");
    assert_heard(kit, "answered k | answered v");
    kit_close(kit);
}

static void a_parked_task_comes_back_exactly_as_it_was(void **state)
{
    struct kit *kit = kit_open(24, 80);
    char before[16384];

    (void)state;
    kit_play(kit, "jjj<F6>Zimmer<Tab>619<Left>");
    strcpy(before, kit_picture(kit));
    const int row = term_memory_shown(kit->term)->cursor_row;
    const int col = term_memory_shown(kit->term)->cursor_col;
    kit_play(kit, "<Ctrl-T>");
    assert_shows(kit, "1 parked");
    assert_shows(kit, "1–19 of 142");
    kit_play(kit, "<F6>Other<F3>");
    assert_string_equal(kit_picture(kit), before);
    assert_int_equal(term_memory_shown(kit->term)->cursor_row, row);
    assert_int_equal(term_memory_shown(kit->term)->cursor_col, col);
    kit_play(kit, "<Ctrl-T><Ctrl-T>");
    assert_string_equal(kit_picture(kit), before);
    kit_play(kit, "<Ctrl-T><F6>Third<Ctrl-T><F9>back to<Enter>");
    assert_shows(kit, "Third");
    assert_shows(kit, "2 parked");
    kit_close(kit);
}

static void a_draft_is_kept_within_a_second_and_on_leaving_a_field(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>abc");
    assert_int_equal(kit->kept, 0);
    kit_play(kit, "<wait 900>");
    assert_int_equal(kit->kept, 1);
    assert_non_null(strstr(kit->draft, "abc"));
    kit_play(kit, "defghijklmnop"); /* 1.3 s of steady typing */
    assert_true(kit->kept >= 2);
    const int kept = kit->kept;
    kit_play(kit, "<Tab>");
    assert_int_equal(kit->kept, kept + 1);
    kit_play(kit, "<wait 60000>");
    assert_int_equal(kit->kept, kept + 1);
    kit_close(kit);
}

static void a_banner_is_never_cut(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    app_banner(kit->app, "What you type is not being kept: The disk is full, or the folder may no "
                         "longer be written to. Make room and wait a moment.");
    kit_play(kit, "");
    assert_shows(kit, "What you type is not being kept:");
    assert_shows(kit, "wait a moment.");
    assert_shows(kit, "help");
    kit_close(kit);
}

static void a_draft_that_cannot_be_kept_is_a_banner_that_stays(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit->keep_fails = true;
    kit_play(kit, "<F6>abc<wait 900>xyz");
    golden_check("ui/banner_80x24", kit_picture(kit));
    kit->keep_fails = false;
    kit_play(kit, "<wait 6000>");
    assert_not_shows(kit, "not being kept");
    kit_close(kit);
}

static void a_hangup_keeps_every_draft_and_ends(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>one<Ctrl-T><F6>two<hangup>");
    assert_int_equal(kit->kept, 2);
    assert_int_equal(app_run(kit->app), ERR_IO);
    kit_close(kit);
}

static void an_idle_terminal_locks_and_nothing_reaches_what_is_under(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    app_settings(kit->app)->lock_after_ms = 300000;
    kit_play(kit, "<F6>abc<wait 299000>d<wait 299000>");
    assert_int_equal(kit->locks, 0);
    kit_play(kit, "<wait 1500>");
    assert_int_equal(kit->locks, 1);
    assert_true(app_is_covered(kit->app));
    kit_play(kit, "<Esc><F3><Ctrl-T><F9><F12><Ctrl-X><wait 400000>");
    assert_int_equal(kit->locks, 1);
    app_uncover(kit->app);
    kit_play(kit, "");
    assert_shows(kit, "abcd");
    kit_close(kit);
}

static void other_terminals_commits_show_once_the_fingers_rest(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "");
    app_settings(kit->app)->poll_ms = 1000;
    kit->source.changed_from = 1;
    kit->poll_says = true;
    kit_play(kit, "<wait 2500>");
    assert_shows(kit, "001!");
    const int polls = kit->polls;
    kit_play(kit, "<wait 120000>");
    assert_true(kit->polls - polls < 85); /* 60 in the first minute, 12 in the second */
    kit_close(kit);
}

static void an_idle_program_draws_nothing(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    app_settings(kit->app)->corner = NULL;
    app_settings(kit->app)->idle_after_ms = 30000;
    kit_play(kit, "jj");
    const int frames = term_memory_frames(kit->term);
    kit_play(kit, "<wait 3600000>");
    assert_int_equal(term_memory_frames(kit->term), frames);
    assert_int_equal(kit->idles, 1);
    kit_close(kit);
}

static void keys_that_are_pending_share_one_frame(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>");
    const int frames = term_memory_frames(kit->term);
    for (int i = 0; i < 40; i++)
        decoder_unit(&kit->term->decoder, 'a', 2000);
    kit_play(kit, "");
    assert_int_equal(strlen(form_text(form_of(app_top(kit->app)), "name")), 40);
    assert_true(term_memory_frames(kit->term) - frames <= 2);
    kit_close(kit);
}

static void a_scanned_code_runs_no_hotkeys(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<fast n"
                  "HGCM82633A004352><fast-Enter>");
    assert_heard(kit, "scan nHGCM82633A004352");
    assert_shows(kit, "1–19 of 142");
    kit_close(kit);
}

static void a_scanned_code_is_taken_back_out_of_a_text(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>Zim<wait 100><fast " VIN "><fast-Enter>");
    assert_heard(kit, "scan " VIN);
    assert_string_equal(form_text(form_of(app_top(kit->app)), "name"), "Zim");
    form_focus(form_of(app_top(kit->app)), "code"); /* a field for codes keeps it */
    kit_play(kit, "<fast " VIN "><fast-Enter>");
    assert_heard(kit, "scan " VIN);
    assert_string_equal(form_text(form_of(app_top(kit->app)), "code"), VIN);
    kit_close(kit);
}

static void ordinary_typing_is_never_taken_for_a_scan(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>" VIN "<Enter>"); /* by hand, 100 ms a key */
    assert_string_equal(kit->heard, "");
    assert_string_equal(form_text(form_of(app_top(kit->app)), "name"), VIN);
    kit_play(kit, "<F3><fast jjjjjjj><wait 50>");
    assert_int_equal(rowlist_id(list_of(app_top(kit->app))), 8);
    kit_play(kit, "<fast jjjkkk><fast-Enter>");
    assert_heard(kit, "open 8");
    kit_close(kit);
}

static void scans_in_a_secret_field_stay_text(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>");
    form_focus(form_of(app_top(kit->app)), "password");
    kit_play(kit, "<fast " VIN "><fast-Enter>");
    assert_string_equal(kit->heard, "");
    assert_string_equal(form_text(form_of(app_top(kit->app)), "password"), VIN);
    kit_close(kit);
}

static void a_small_window_is_refused_politely_and_still_locks(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "<F6>abc<size 40x10>");
    golden_check("ui/small_40x10", kit_picture(kit));
    kit_play(kit, "xyz<Enter><Ctrl-X>");
    assert_int_equal(kit->locks, 1);
    app_uncover(kit->app);
    kit_play(kit, "<size 80x24>");
    assert_string_equal(form_text(form_of(app_top(kit->app)), "name"), "abc");
    kit_play(kit, "<size 60x20>");
    golden_check("ui/form_60x20", kit_picture(kit));
    kit_close(kit);
}

static void news_fades_with_the_next_key_and_errors_stay(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "");
    app_say(kit->app, "Saved.");
    kit_play(kit, "<wait 5000>");
    assert_shows(kit, "Saved.");
    kit_play(kit, "j");
    assert_not_shows(kit, "Saved.");
    app_error(kit->app, "Refused.");
    kit_play(kit, "jjj");
    assert_shows(kit, "Refused.");
    kit_close(kit);
}

static void a_text_page_scrolls_and_finds(void **state)
{
    struct kit *kit = kit_open(24, 80);
    AUTO_BUF text = BUF_MIB(1);

    (void)state;
    for (int i = 1; i <= 100; i++)
        buf_printf(&text, "Line %d of the long invoice text\n", i);
    buf_repeat(&text, 'w', 100);
    kit_play(kit, "");
    textpage_open(kit->app, "Invoice 20881", buf_str(&text));
    kit_play(kit, "<PgDn>/line 50<Enter>");
    golden_check("ui/page_80x24", kit_picture(kit));
    kit_play(kit, "/nowhere<Enter>");
    assert_shows(kit, "\"nowhere\" is not on this page.");
    kit_play(kit, "G");
    assert_shows(kit, "of 102");
    kit_play(kit, "<Esc>");
    assert_shows(kit, "Things");
    kit_close(kit);
}

static void long_work_shows_a_bar_and_stops_on_ctrl_g_and_loses_no_key(void **state)
{
    struct kit *kit = kit_open(24, 80);
    struct event event;

    (void)state;
    kit_play(kit, "");
    struct progress_bar bar = progress_start(kit->app, "Importing customers", 1000);
    assert_int_equal(progress_step(&bar, 100), OK);
    assert_not_shows(kit, "Importing");
    term_memory_script(kit->term, "<wait 700>");
    kit->term->type->read(kit->term, 700);
    assert_int_equal(progress_step(&bar, 420), OK);
    golden_check("ui/progress_80x24", kit_picture(kit));
    term_memory_script(kit->term, "j<Ctrl-G>k");
    kit->term->type->read(kit->term, 150);
    assert_int_equal(progress_step(&bar, 430), OK);
    kit->term->type->read(kit->term, 150);
    decoder_unit(&kit->term->decoder, K_CTRL('G'), 0);
    kit->term->type->read(kit->term, 0);
    term_memory_script(kit->term, "<wait 200>");
    assert_true(decoder_peek(&kit->term->decoder, &event));
    assert_int_equal(event.key, 'j');
    progress_end(&bar);
    kit_play(kit, "<wait 100>");
    kit_close(kit);
}

static void a_scanner_with_a_prefix_is_known_by_it_alone(void **state)
{
    struct kit *kit = kit_open(24, 80);
    struct app_options options = kit->options;

    (void)state;
    app_close(kit->app);
    options.scan_prefix = "Ctrl-]";
    kit->app = app_open(&options);
    kit_play(kit, "<Ctrl-]>" VIN "<Enter>");
    assert_heard(kit, "scan " VIN);
    kit_play(kit, "<F6><fast " VIN "><fast-Enter>");
    assert_heard(kit, "scan " VIN); /* fast, but without the prefix */
    assert_string_equal(form_text(form_of(app_top(kit->app)), "name"), VIN);
    kit_close(kit);
}

static void a_long_sentence_is_shown_whole(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "");
    app_error(kit->app, "The odometer cannot run backwards: 112,340 miles were written down on "
                        "12 Mar 2026. Give the reason in the note if the cluster was exchanged.");
    kit_play(kit, "");
    golden_check("ui/long_sentence", kit_picture(kit));
    kit_close(kit);
}

static void a_question_checks_its_answer(void **state)
{
    struct kit *kit = kit_open(24, 80);

    (void)state;
    kit_play(kit, "");
    question_open(kit->app, &(struct question){.title = "Odometer",
                                               .label = "Miles",
                                               .help = "What it shows now.",
                                               .initial = "112340"});
    kit_play(kit, "");
    golden_check("ui/question_80x24", kit_picture(kit));
    kit_play(kit, "<Esc>");
    assert_shows(kit, "1–19 of 142");
    kit_close(kit);
}

/* As in a form: a number typed is the new one; to change the old one an arrow comes first. */
static void typing_over_an_offered_number_replaces_it(void **state)
{
    struct kit *kit = kit_open(24, 80);
    const struct question question = {
        .title = "Credit", .label = "How much", .initial = "14.52", .offered = true};

    (void)state;
    kit_play(kit, "");
    question_open(kit->app, &question);
    kit_play(kit, "93");
    assert_shows(kit, "How much 93 ");
    kit_play(kit, "<Esc>");

    question_open(kit->app, &question);
    kit_play(kit, "<Home>93");
    assert_shows(kit, "How much 9314.52");
    kit_close(kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_over_an_offered_number_replaces_it),
        cmocka_unit_test(esc_backs_out_one_level_and_never_quits),
        cmocka_unit_test(quitting_asks_only_when_work_is_dirty),
        cmocka_unit_test(help_lists_what_works_here_and_runs_it),
        cmocka_unit_test(the_palette_finds_commands_and_records),
        cmocka_unit_test(enter_in_a_dialog_is_safe_and_danger_needs_its_word),
        cmocka_unit_test(a_parked_task_comes_back_exactly_as_it_was),
        cmocka_unit_test(a_draft_is_kept_within_a_second_and_on_leaving_a_field),
        cmocka_unit_test(a_banner_is_never_cut),
        cmocka_unit_test(a_draft_that_cannot_be_kept_is_a_banner_that_stays),
        cmocka_unit_test(a_hangup_keeps_every_draft_and_ends),
        cmocka_unit_test(an_idle_terminal_locks_and_nothing_reaches_what_is_under),
        cmocka_unit_test(other_terminals_commits_show_once_the_fingers_rest),
        cmocka_unit_test(an_idle_program_draws_nothing),
        cmocka_unit_test(keys_that_are_pending_share_one_frame),
        cmocka_unit_test(a_scanned_code_runs_no_hotkeys),
        cmocka_unit_test(a_scanned_code_is_taken_back_out_of_a_text),
        cmocka_unit_test(ordinary_typing_is_never_taken_for_a_scan),
        cmocka_unit_test(scans_in_a_secret_field_stay_text),
        cmocka_unit_test(a_small_window_is_refused_politely_and_still_locks),
        cmocka_unit_test(news_fades_with_the_next_key_and_errors_stay),
        cmocka_unit_test(a_text_page_scrolls_and_finds),
        cmocka_unit_test(long_work_shows_a_bar_and_stops_on_ctrl_g_and_loses_no_key),
        cmocka_unit_test(a_scanner_with_a_prefix_is_known_by_it_alone),
        cmocka_unit_test(a_long_sentence_is_shown_whole),
        cmocka_unit_test(a_question_checks_its_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
