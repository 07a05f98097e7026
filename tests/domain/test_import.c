/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Files of other systems: what comes in, what is brought into form, what is refused and why, and
 * that a second run of a file changes nothing. */

#include "imports.h"

#include "base/table.h"
#include "domain/customer.h"
#include "domain/ledger.h"
#include "domain/part.h"
#include "domain/vehicle.h"

/* ---- customers ---- */

static void values_are_brought_into_form(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(
        t, IMPORT_CUSTOMERS,
        "Customer No.;Name;Cell;Home Phone;E-Mail;Address;Address 2;City;ST;Postal Code;Terms\r\n"
        "77;Delgado, Maria;619.555.0142;1-619-555-0143 ext 12;n/a;1 Oak Ln;Apt 4;Boston;ma;2108;"
        "Net 30\r\n"
        "78;Harbor Plumbing, Inc.;555-0142;;x@;;;;;;\r\n");

    assert_int_equal(plan.csv.separator, ';');
    assert_counts(&plan, 2, 0, 0, 0);
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM customer AS c JOIN address AS a ON a.customer = c.id\n"
                      "WHERE first_name = 'Maria' AND last_name = 'Delgado' AND email = ''\n"
                      "AND external_number = '77' AND terms_days = 30 AND zip = '02108'\n"
                      "AND state = 'MA' AND street = '1 Oak Ln, Apt 4'"),
        1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM phone\n"
                                   "WHERE (kind = 'mobile' AND number = '+16195550142')\n"
                                   "OR (kind = 'home' AND number = '+16195550143;12')"),
                     2);
    assert_string_equal(
        ask_text(t, "SELECT company || '|' || note FROM customer WHERE external_number = '78'"),
        "Harbor Plumbing, Inc.|Phone as imported: 555-0142");
    assert_int_equal(noted(&plan, "ZIP codes padded"), 1);
    assert_int_equal(noted(&plan, "E-mail addresses that are none"), 1);
    assert_non_null(strstr(line_at(&plan, 0)->notes, "2108 → 02108"));
}

static void windows_1252_is_read_as_what_it_is(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(
        t, IMPORT_CUSTOMERS, "Vorname\tNachname\tTelefon\nJ\xF6rg\tM\xFCller\t6195550142\n");

    assert_string_equal(plan.csv.encoding, "Windows-1252");
    assert_counts(&plan, 1, 0, 0, 0);
    assert_string_equal(ask_text(t, "SELECT name FROM customer ORDER BY id DESC LIMIT 1"),
                        "Müller, Jörg");
}

static void a_second_line_of_a_customer_fills_what_is_missing(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS,
                                             "Id,First,Last,Phone,Email,Notes\n"
                                             "1,Ann,Lee,6195550101,,\n"
                                             "1,Anna,Leigh,6195550102,ann@example.com,Likes tea\n"
                                             ",Ann,Lee,(619) 555-0101,other@example.com,\n"
                                             "9,Ann,Lee,619-555-0101,,\n"
                                             "9,Ann,Lee,619-555-0101,,\n");

    assert_counts(&plan, 1, 2, 2, 0);
    assert_string_equal(ask_text(t, "SELECT name || '|' || email || '|' || note FROM customer\n"
                                    "WHERE external_number = '1'"),
                        "Lee, Ann|ann@example.com|Likes tea");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM phone"), 2);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer WHERE merged_into IS NULL"), 1);
}

static void a_card_number_in_a_note_is_cut_and_elsewhere_refused(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS,
                                             "Last Name,Company,Comments\n"
                                             "Lee,,card 4111 1111 1111 1111 exp 12/28\n"
                                             "Park,,\"'=1+2\"\n"
                                             "Wu,4111 1111 1111 1111,\n");

    assert_counts(&plan, 2, 0, 0, 1);
    assert_bad(&plan, 2, "Company", "Card numbers are not kept");
    assert_string_equal(ask_text(t, "SELECT note FROM customer WHERE last_name = 'Lee'"),
                        "card ending 1111 exp 12/28");
    assert_string_equal(ask_text(t, "SELECT note FROM customer WHERE last_name = 'Park'"), "=1+2");
    const struct import_line *lines = plan.lines.at;
    assert_null(strstr(lines[0].notes, "4111"));
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM audit WHERE input || changes LIKE '%4111%'"), 0);
}

static void exempt_without_a_certificate_is_taxed_and_says_so(void **state)
{
    struct shop_test *t = *state;

    (void)imported(t, IMPORT_CUSTOMERS,
                   "Last,Is Tax Exempt,Tax ID\nLee,Y,\nPark,TRUE,RES-1\nWu,No,\n");
    assert_string_equal(ask_text(t, "SELECT group_concat(tax_exempt, '') FROM (SELECT tax_exempt\n"
                                    "FROM customer ORDER BY id DESC LIMIT 3)"),
                        "010");
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM customer WHERE note LIKE 'Tax exempt in the old%'"), 1);
}

/* ---- all or nothing ---- */

#define GOOD_AND_BAD "Last Name,Zip\nLee,92101\n,92101\nPark,92101\n"

static void one_bad_line_keeps_the_whole_file_out(void **state)
{
    struct shop_test *t = *state;
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
    const int64_t before = ask_number(t, "SELECT count(*) FROM customer");

    run_import(t, &plan, (struct import_options){0}, ERR_CONFLICT);
    assert_says(t, "1 of 3 lines can't be imported, so nothing was.");
    assert_counts(&plan, 2, 0, 0, 1);
    assert_bad(&plan, 1, "Last Name", "Who is it?");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM import_match"), 0);
}

static void a_trial_shows_all_and_changes_nothing(void **state)
{
    struct shop_test *t = *state;
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
    const int64_t before = ask_number(t, "SELECT count(*) FROM customer");
    const int64_t audit = ask_number(t, "SELECT count(*) FROM audit");

    run_import(t, &plan, (struct import_options){.dry_run = true}, OK);
    assert_counts(&plan, 2, 0, 0, 1);
    assert_string_equal(line_at(&plan, 2)->summary, "Park");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit"), audit);
    run_import(t, &plan, (struct import_options){.skip_bad = true}, OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before + 2);
}

/* As another terminal does, while lines are looked at. */
static bool saves_meanwhile(void *context, int64_t done, int64_t total)
{
    (void)total;
    if (done > 0)
        run_sql(context, "UPDATE shop SET name = 'Saved meanwhile'");
    return true;
}

static void a_trial_keeps_nobody_from_saving(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF text = BUF(65536);

    buf_text(&text, "Last Name\n");
    for (int i = 0; i < 120; i++)
        buf_printf(&text, "Lee %d\n", i);
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, buf_str(&text));
    run_import(t, &plan,
               (struct import_options){.dry_run = true, .progress = saves_meanwhile, .context = t},
               OK);
    assert_counts(&plan, 120, 0, 0, 0);
    assert_string_equal(ask_text(t, "SELECT name FROM shop"), "Saved meanwhile");
}

static void the_rejects_name_line_column_and_reason(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
    AUTO_BUF out = BUF(65536);

    import_rejects(&plan, &out);
    assert_string_equal(buf_str(&out), "line,column,reason,Last Name,Zip\r\n"
                                       "3,Last Name,\"Who is it? Give a last name, a first name or "
                                       "a company.\",,92101\r\n");
}

static void an_import_is_one_row_of_the_audit_log(void **state)
{
    struct shop_test *t = *state;
    const int64_t before = ask_number(t, "SELECT count(*) FROM audit");

    (void)imported(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit"), before + 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'data.import'\n"
                                   "AND input LIKE '%\"noun\":\"customers\"%' AND changes LIKE\n"
                                   "'%Park%'"),
                     1);
}

/* Ten thousand rows of the log could be larger than it takes: then it says how many. */
static void many_long_notes_do_not_burst_the_audit_log(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF text = BUF_MIB(32);

    buf_text(&text, "Last Name,Notes\n");
    for (int i = 0; i < 5000; i++) {
        buf_printf(&text, "Lee%d,", i);
        buf_repeat(&text, 'x', 3900);
        buf_char(&text, '\n');
    }
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS, buf_str(&text));
    assert_counts(&plan, 5000, 0, 0, 0);
    assert_string_equal(ask_text(t, "SELECT changes FROM audit ORDER BY id DESC LIMIT 1"),
                        "[{\"more_rows\":5001}]");
}

static void a_zip_code_is_padded_only_where_a_zero_can_be_missing(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS,
                                             "Last,State,Zip\nLee,CA,9210\nPark,NJ,7102\n"
                                             "Wu,TX,799011234\nNg,MA,21081234\n");

    assert_string_equal(ask_text(t, "SELECT group_concat(zip, ' ') FROM (SELECT zip FROM address\n"
                                    "ORDER BY id)"),
                        " 07102 79901-1234 02108-1234");
    assert_int_equal(noted(&plan, "ZIP codes that are none"), 1);
}

static bool stop(void *context, int64_t done, int64_t total)
{
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void a_stopped_import_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF text = BUF(65536);

    buf_text(&text, "Last\n");
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "Lee%d\n", i);
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, buf_str(&text));
    const int64_t before = ask_number(t, "SELECT count(*) FROM customer");
    run_import(t, &plan, (struct import_options){.progress = stop}, ERR_CANCELLED);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before);
    assert_says(t, "Nothing has been changed");
}

static void a_statement_that_fails_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    const int64_t before = ask_number(t, "SELECT count(*) FROM customer");

    for (int64_t n = 1; n < 200; n++) {
        struct import_plan plan = opened(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
        const struct import_options options = {.skip_bad = true};
        store_fail_after(t->store, n);
        const status result = import_run(&t->session, &plan, &options);
        store_fail_after(t->store, 0);
        if (result == OK) {
            assert_true(n > 10);
            assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before + 2);
            return;
        }
        assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), before);
    }
    fail_msg("It never came through.");
}

/* ---- files of all kinds ---- */

static void ragged_lines_say_what_is_wrong(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS,
                                             "Last Name,City,Zip Code\n"
                                             "Lee,Boston\n"
                                             "Park,Boston,02108,,\n"
                                             "Wu,Boston, MA,02108\n");

    assert_counts(&plan, 2, 0, 0, 1);
    assert_bad(&plan, 2, "", "This line has 4 cells, the header 3.");
    assert_int_equal(noted(&plan, "Lines that end early"), 1);
}

static void a_file_whose_columns_nobody_knows_asks_for_them(void **state)
{
    struct shop_test *t = *state;
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, "Aaa,Bbb\nLee,6195550142\n");

    run_import(t, &plan, (struct import_options){0}, ERR_INVALID);
    assert_field(t, "match");
    assert_int_equal(import_match(&t->session, &plan, 0, "nonsense"), ERR_INVALID);
    assert_int_equal(import_match(&t->session, &plan, 0, "last_name"), OK);
    assert_int_equal(import_match(&t->session, &plan, 1, "phone"), OK);
    run_import(t, &plan, (struct import_options){0}, OK);
    assert_counts(&plan, 1, 0, 0, 0);
    const struct import_plan again = opened(t, IMPORT_CUSTOMERS, "AAA;bbb\nPark;\n");
    assert_true(again.remembered);
    assert_string_equal(again.matches[1]->name, "phone");
}

static void a_match_moves_from_one_column_to_another(void **state)
{
    struct shop_test *t = *state;
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, "Phone,Telephone,Last\n1,2,Lee\n");

    assert_string_equal(plan.matches[0]->name, "phone");
    assert_null(plan.matches[1]);
    assert_int_equal(import_match(&t->session, &plan, 1, "phone"), OK);
    assert_null(plan.matches[0]);
    assert_int_equal(import_match(&t->session, &plan, 2, ""), OK);
    assert_null(plan.matches[2]);
}

static void a_file_without_lines_is_no_harm(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS, "Last Name,Phone\n");

    assert_counts(&plan, 0, 0, 0, 0);
}

static void a_title_above_the_columns_is_passed_over(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(
        t, IMPORT_CUSTOMERS, "Customer list 11/2026,,\nLast Name,First Name,Phone\nLee,Ann,\n");

    assert_counts(&plan, 1, 0, 0, 0);
    assert_int_equal(line_at(&plan, 0)->line, 3);
}

static void a_huge_cell_is_refused_not_cut(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF text = BUF_MIB(4);

    buf_text(&text, "Last Name,Notes\nLee,");
    buf_repeat(&text, 'x', 2000000);
    buf_text(&text, "\nPark,short\n");
    const struct import_plan plan = imported(t, IMPORT_CUSTOMERS, buf_str(&text));
    assert_counts(&plan, 1, 0, 0, 1);
    assert_bad(&plan, 0, "Notes", "");
    assert_true(strlen(line_at(&plan, 0)->reason) < 500);
}

static void who_may_not_import_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct import_plan plan = opened(t, IMPORT_CUSTOMERS, GOOD_AND_BAD);
    const struct import_options options = {0};
    const char text[] = "Last\nLee\n";

    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(import_run(&t->session, &plan, &options), ERR_DENIED);
    assert_int_equal(import_open(&t->session, IMPORT_CUSTOMERS, text, sizeof text - 1, &plan),
                     ERR_DENIED);
}

/* ---- vehicles ---- */

static void given_owner(struct shop_test *t)
{
    (void)imported(t, IMPORT_CUSTOMERS, "Id,First,Last,Phone\n7,Maria,Delgado,6195550142\n");
}

static void a_plates_state_is_read_by_name_and_kept_where_it_is_none(void **state)
{
    struct shop_test *t = *state;
    static const char file[] = "Customer ID,Make,Model,Plate,Plate State,Notes\n"
                               "7,Ford,Focus,A1,california,\n"
                               "7,Ford,Fiesta,A2,Ontario,\n"
                               "7,Ford,Fusion,A3,Bavaria,Winter tires\n"
                               "7,Ford,Flex,A4,n/a,\n";

    given_owner(t);
    const struct import_plan plan = imported(t, IMPORT_VEHICLES, file);
    assert_counts(&plan, 4, 0, 0, 0);
    assert_int_equal(noted(&plan, "Plate states that are none"), 1);
    assert_string_equal(ask_text(t, "SELECT group_concat(plate_state, '|') FROM\n"
                                    "(SELECT plate_state FROM vehicle ORDER BY plate)"),
                        "CA|ON||");
    assert_string_equal(ask_text(t, "SELECT note FROM vehicle WHERE plate = 'A3'"),
                        "Winter tires\nPlate of: Bavaria");
    const struct import_plan again = imported(t, IMPORT_VEHICLES, file);
    assert_counts(&again, 0, 0, 4, 0);
}

static void a_vehicle_is_read_whatever_its_spelling(void **state)
{
    struct shop_test *t = *state;

    given_owner(t);
    const struct import_plan plan =
        imported(t, IMPORT_VEHICLES,
                 "Customer ID,Yr,Make,Model,Odometer,Licence Plate,VIN,Last Service\n"
                 "7,04,HONDA,Civic,45k,7abc 001,1hgem21925k887665,11/16/24\n"
                 "7,97,Ford,F-150,1e5,XYZ-1,,2023-04-13\n"
                 "7,2010,Kia,Rio,\"112,340\",,IHGEM2I925K887665,13.02.2020\n"
                 "7,2011,Kia,Soul,unknown,PLT9,1FAHP38Z17WA2647,\n"
                 "7,2012,Kia,Forte,100 km,PLT8,,12/24/2031\n");

    assert_counts(&plan, 4, 0, 1, 0);
    assert_string_equal(
        ask_text(t, "SELECT vin || '|' || plate || '|' || year || '|' || make || '|' ||\n"
                    "odometer_mi || '|' || odometer_on FROM vehicle WHERE plate = '7ABC001'"),
        "1HGEM21925K887665|7ABC001|2004|Honda|45000|2024-11-16");
    assert_int_equal(noted(&plan, "proved by the check digit"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle WHERE year = 1997\n"
                                   "AND odometer_mi = 100000"),
                     1);
    assert_string_equal(ask_text(t, "SELECT vin_note <> '' FROM vehicle WHERE plate = 'PLT9'"),
                        "1");
    assert_int_equal(ask_number(t, "SELECT odometer_mi FROM vehicle WHERE plate = 'PLT8'"), 62);
    assert_int_equal(noted(&plan, "Days that lie ahead"), 1);
    assert_int_equal(noted(&plan, "run backwards"), 1); /* 112,340 in 2020, 45,000 in 2024 */
    assert_string_equal(ask_text(t, "SELECT last_visit_on FROM customer\n"
                                    "WHERE external_number = '7'"),
                        "2024-11-16");
}

static void an_older_reading_joins_the_history(void **state)
{
    struct shop_test *t = *state;

    given_owner(t);
    (void)imported(t, IMPORT_VEHICLES,
                   "Customer ID,Plate,Make,Miles,Last Service\n7,ABC1,Kia,50000,2024-05-01\n");
    const struct import_plan plan =
        imported(t, IMPORT_VEHICLES,
                 "Customer ID,Plate,Make,Miles,Last Service\n7,ABC1,Kia,40000,2022-05-01\n");
    assert_counts(&plan, 0, 1, 0, 0);
    const struct import_plan lower =
        imported(t, IMPORT_VEHICLES,
                 "Customer ID,Plate,Make,Miles,Last Service\n7,ABC1,Kia,45000,2025-05-01\n");
    assert_int_equal(noted(&lower, "run backwards"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM odometer"), 2);
    assert_int_equal(ask_number(t, "SELECT odometer_mi FROM vehicle WHERE plate = 'ABC1'"), 50000);
}

static void the_owner_is_found_by_number_phone_or_name(void **state)
{
    struct shop_test *t = *state;

    given_owner(t);
    const struct import_plan plan = imported(t, IMPORT_VEHICLES,
                                             "Owner ID,Owner,Phone,Plate,Make\n"
                                             "7,,,A1,Kia\n"
                                             ",,(619) 555-0142,A2,Kia\n"
                                             ",\"Delgado, Maria\",,A3,Kia\n"
                                             ",\"Delgado, Maria\",619-555-0142,A4,Kia\n"
                                             "8,,,A5,Kia\n"
                                             ",,,A6,Kia\n"
                                             ",,619-555-0100,A7,Kia\n");

    assert_counts(&plan, 4, 0, 0, 3);
    assert_bad(&plan, 4, "Owner ID", "There is no customer with the number “8”.");
    assert_bad(&plan, 5, "Owner ID", "Whose vehicle is it?");
    assert_bad(&plan, 6, "Phone", "No customer");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle AS v JOIN customer AS c\n"
                                   "ON c.id = v.customer WHERE c.external_number = '7'"),
                     4);
}

static void customer_and_vehicle_in_one_row_bring_both(void **state)
{
    struct shop_test *t = *state;
    const char file[] = "First Name;Last Name;Phone;City;Year;Make;Model;Plate\n"
                        "Ann;Lee;6195550101;Boston;2014;Honda;Accord;AA1\n"
                        "Ann;Lee;6195550101;Boston;2016;Ford;Focus;AA2\n";
    const struct import_plan plan = imported(t, IMPORT_VEHICLES, file);

    assert_counts(&plan, 2, 0, 0, 0);
    assert_int_equal(noted(&plan, "Owners added"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 1);
    assert_int_equal(ask_number(t, "SELECT count(DISTINCT customer) FROM vehicle"), 1);
    const struct import_plan again = imported(t, IMPORT_VEHICLES, file);
    assert_counts(&again, 0, 0, 2, 0);
}

static void a_vin_of_two_owners_comes_in_twice_with_a_mark(void **state)
{
    struct shop_test *t = *state;
    struct vehicle vehicle;

    given_owner(t);
    (void)imported(t, IMPORT_CUSTOMERS, "Id,Last\n8,Lee\n");
    const struct import_plan plan = imported(t, IMPORT_VEHICLES,
                                             "Customer ID,VIN,Color\n"
                                             "7,1HGEM21925K887665,red\n"
                                             "8,1HGEM21925K887665,red\n"
                                             "8,1HGEM21925K887665,\n");
    assert_counts(&plan, 2, 0, 1, 0);
    assert_non_null(strstr(ask_text(t, "SELECT vin_note FROM vehicle ORDER BY id DESC LIMIT 1"),
                           "This VIN is on vehicle"));
    /* It can still be edited, and keeps its mark. */
    const struct vehicle_key key = {{ask_number(t, "SELECT max(id) FROM vehicle")}};
    struct vehicle_entry entry;
    expect_ok(t, &vehicle_show_op, &key, &vehicle);
    memset(&entry, 0, sizeof entry);
    shape_tidy(vehicle_edit_op.in, &entry);
    shape_transfer(&vehicle_shape, &vehicle, vehicle_edit_op.in, &entry);
    entry.vehicle = vehicle.id;
    entry.color = "blue";
    expect_ok(t, &vehicle_edit_op, &entry, &vehicle);
    assert_string_not_equal(vehicle.vin_note, "");
}

/* ---- parts ---- */

static void parts_come_with_prices_stock_and_ledger(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan plan = imported(t, IMPORT_PARTS,
                                             "Part Number,Description,Cost,List,On Hand,UPC\n"
                                             "of-1,Oil filter,3.050000,$9.99,4,36000291452\n"
                                             "BP-1,Pads,\"$1,204.50\",\"1.204,50\",-2,\n"
                                             "BP-2,Pads,1.005,abc,,\n"
                                             "BP-3,Pads,1.005,2,1,36000291453\n"
                                             "OF-1,Oil filter,9,9,7,\n"
                                             ",Nameless,1,1,1,\n"
                                             "NN-1,,1,1,1,\n");

    assert_counts(&plan, 3, 0, 1, 3);
    assert_bad(&plan, 2, "List", "“abc” can't be read.");
    assert_bad(&plan, 5, "Part Number", "");
    assert_bad(&plan, 6, "Description", "");
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'OF-1'"), 305);
    assert_int_equal(ask_number(t, "SELECT price FROM part WHERE sku = 'BP-1'"), 120450);
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-3'"), 101);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE sku = 'OF-1'"), 4000);
    assert_string_equal(ask_text(t, "SELECT upc FROM part WHERE sku = 'OF-1'"), "036000291452");
    assert_string_equal(ask_text(t, "SELECT upc FROM part WHERE sku = 'BP-3'"), "");
    assert_int_equal(noted(&plan, "Amounts rounded"), 2);
    assert_int_equal(noted(&plan, "Bar codes whose check digit"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry WHERE source = 'opening'"), 1);
    assert_int_equal(ledger_prove(&t->session), OK);
}

static void stock_below_zero_follows_the_shops_rule(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "UPDATE shop SET negative_stock = 0");
    const struct import_plan plan =
        imported(t, IMPORT_PARTS, "SKU,Name,Qty\nA-1,Clip,-2\nA-2,Clip,2\n");
    assert_counts(&plan, 1, 0, 0, 1);
    assert_bad(&plan, 0, "Qty", "Less than nothing is on hand");
}

/* ---- out and in again ---- */

static const char *exported(struct shop_test *t, const struct op *op)
{
    AUTO_BUF out = BUF_MIB(4);
    void *in = arena_alloc(&t->arena, op->in->size);
    struct list_query *query = in;
    struct page page;

    shape_tidy(op->in, in);
    query->limit = 10000;
    expect_ok(t, op, in, &page);
    table_write_csv_header(&out, op->out, &t->session.rights);
    for (size_t i = 0; i < page.rows.count; i++)
        table_write_csv_row(&out, op->out, (char *)page.rows.at + i * op->out->size,
                            &t->session.rights);
    return arena_text(&t->arena, buf_str(&out));
}

/* A list's CSV without the columns that belong to one shop: its own numbers and what is owed. */
static const char *without_numbers(struct shop_test *t, const char *text)
{
    static const char *const own[] = {"id", "owes", "archived"};
    struct csv csv;
    AUTO_BUF out = BUF_MIB(4);

    assert_int_equal(csv_read(text, strlen(text), &t->arena, &csv, NULL), OK);
    for (size_t r = 0; r < csv.count; r++) {
        for (size_t c = 0; c < csv.records[r].count; c++) {
            bool skip = false;
            for (size_t i = 0; i < COUNT_OF(own); i++)
                skip = skip || text_same(csv.records[0].cells[c], own[i]);
            if (!skip)
                csv_write_cell(&out, csv.records[r].cells[c], true, c == 0);
        }
        csv_end_record(&out);
    }
    return arena_text(&t->arena, buf_str(&out));
}

static void a_list_that_was_exported_imports_to_the_same_list(void **state)
{
    struct shop_test *t = *state;
    void *other = NULL;

    (void)imported(t, IMPORT_CUSTOMERS,
                   "Id,First,Last,Company,Phone,Email,City,Last Visit\n"
                   "1,Maria,Delgado,,619-555-0142,maria@example.com,San Diego,2024-01-02\n"
                   "2,José,van der Berg,,,,\"Cañon City\",\n"
                   "3,Jo,Ames,Delano Fleet,619-555-0188 ext 4,,,\n"
                   "4,,Cher,,,,,\n"
                   "5,=cmd,\"O'Brien\",,,,,\n");
    const char *first = exported(t, &customer_search_op);
    assert_int_equal(shop_test_open(&other), 0);
    struct shop_test *fresh = other;
    const struct import_plan plan = imported(fresh, IMPORT_CUSTOMERS, first);
    assert_counts(&plan, 5, 0, 0, 0);
    assert_string_equal(without_numbers(t, exported(fresh, &customer_search_op)),
                        without_numbers(t, first));
    (void)shop_test_close(&other);
}

/* Terms, limit, hold, labor rate, certificate with its end, and who may authorize. */
static void what_customers_may_owe_and_who_decides_goes_out_and_in_again(void **state)
{
    struct shop_test *t = *state;
    void *other = NULL;

    run_sql(t, "INSERT INTO rate_class (name, rate) VALUES ('Fleet', 12000)");
    (void)imported(
        t, IMPORT_CUSTOMERS,
        "Id,Company,Phone,Terms,Credit Limit,Credit Hold,Labor Rate,Tax Exempt,"
        "Resale Certificate,Exemption Type,Certificate Expires,Authorized Person,"
        "Authorized Phone,Notes\n"
        "77,Delano Fleet,619-555-0188,Net 30,\"$5,000.00\",Two checks came back,fleet,yes,"
        "SR-1,resale,2027-12-31,Jo Ames,619-555-0199,Pays by check\n"
        "78,Cash Only,619-555-0190,COD,100.00,no,Nobody's,no,,,,,,\n");
    assert_int_equal(ask_number(t, "SELECT credit_limit FROM customer WHERE id = 1"), 500000);
    assert_string_equal(ask_text(t, "SELECT hold_reason FROM customer WHERE id = 1"),
                        "Two checks came back");
    assert_string_equal(ask_text(t, "SELECT exempt_until_on FROM customer WHERE id = 1"),
                        "2027-12-31");
    assert_string_equal(ask_text(t, "SELECT authorized_phone FROM customer WHERE id = 1"),
                        "+16195550199");
    assert_int_equal(ask_number(t, "SELECT rate_class IS NOT NULL FROM customer WHERE id = 1"), 1);
    /* Due at once, there is nothing to be limited. */
    assert_int_equal(ask_number(t, "SELECT credit_limit IS NULL FROM customer WHERE id = 2"), 1);
    assert_string_equal(ask_text(t, "SELECT note FROM customer WHERE id = 2"),
                        "Labor rate as imported: Nobody's");

    const char *first = exported(t, &customer_export_op);
    assert_int_equal(shop_test_open(&other), 0);
    struct shop_test *fresh = other;
    run_sql(fresh, "INSERT INTO rate_class (name, rate) VALUES ('Fleet', 12000)");
    struct import_plan plan = imported(fresh, IMPORT_CUSTOMERS, first);
    assert_counts(&plan, 2, 0, 0, 0);
    assert_string_equal(exported(fresh, &customer_export_op), first);
    plan = imported(fresh, IMPORT_CUSTOMERS, first);
    assert_counts(&plan, 0, 0, 2, 0);
    /* Released at the counter, it stays released. */
    run_sql(fresh, "UPDATE customer SET on_hold = 0, hold_reason = ''");
    (void)imported(fresh, IMPORT_CUSTOMERS, first);
    assert_int_equal(ask_number(fresh, "SELECT sum(on_hold) FROM customer"), 0);
    (void)shop_test_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(values_are_brought_into_form),
        SHOP_TEST(windows_1252_is_read_as_what_it_is),
        SHOP_TEST(a_second_line_of_a_customer_fills_what_is_missing),
        SHOP_TEST(a_card_number_in_a_note_is_cut_and_elsewhere_refused),
        SHOP_TEST(exempt_without_a_certificate_is_taxed_and_says_so),
        SHOP_TEST(one_bad_line_keeps_the_whole_file_out),
        SHOP_TEST(a_trial_shows_all_and_changes_nothing),
        SHOP_TEST(a_trial_keeps_nobody_from_saving),
        SHOP_TEST(the_rejects_name_line_column_and_reason),
        SHOP_TEST(an_import_is_one_row_of_the_audit_log),
        SHOP_TEST(many_long_notes_do_not_burst_the_audit_log),
        SHOP_TEST(a_zip_code_is_padded_only_where_a_zero_can_be_missing),
        SHOP_TEST(a_stopped_import_leaves_nothing),
        SHOP_TEST(a_statement_that_fails_leaves_nothing),
        SHOP_TEST(ragged_lines_say_what_is_wrong),
        SHOP_TEST(a_file_whose_columns_nobody_knows_asks_for_them),
        SHOP_TEST(a_match_moves_from_one_column_to_another),
        SHOP_TEST(a_file_without_lines_is_no_harm),
        SHOP_TEST(a_title_above_the_columns_is_passed_over),
        SHOP_TEST(a_huge_cell_is_refused_not_cut),
        SHOP_TEST(who_may_not_import_is_refused),
        SHOP_TEST(a_plates_state_is_read_by_name_and_kept_where_it_is_none),
        SHOP_TEST(a_vehicle_is_read_whatever_its_spelling),
        SHOP_TEST(an_older_reading_joins_the_history),
        SHOP_TEST(the_owner_is_found_by_number_phone_or_name),
        SHOP_TEST(customer_and_vehicle_in_one_row_bring_both),
        SHOP_TEST(a_vin_of_two_owners_comes_in_twice_with_a_mark),
        SHOP_TEST(parts_come_with_prices_stock_and_ledger),
        SHOP_TEST(stock_below_zero_follows_the_shops_rule),
        SHOP_TEST(a_list_that_was_exported_imports_to_the_same_list),
        SHOP_TEST(what_customers_may_owe_and_who_decides_goes_out_and_in_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
