/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "desk_test.h"

#include "domain/customer.h"

void desk_test_open_shop(struct desk_test *t, struct shop_test *shop, int rows, int cols,
                         struct theme theme)
{
    struct fault fault = {0};

    *t = (struct desk_test){.shop = shop, .theme = theme};
    t->term = term_memory_open(rows, cols);
    const struct desk_options options = {
        .shop = {t->shop->store, t->shop->keys},
        .term = t->term,
        .theme = &t->theme,
        .clock = {.fixed = SHOP_TEST_NOW},
        .terminal = "counter 1",
    };
    if (desk_open(&options, &t->desk, &fault) != OK)
        fail_msg("%s", fault.text);
    app_run_until_idle(t->desk->app);
}

void desk_test_open_as(struct desk_test *t, int rows, int cols, struct theme theme)
{
    void *shop = NULL;

    assert_int_equal(shop_test_open(&shop), 0);
    fill_shop(shop);
    desk_test_open_shop(t, shop, rows, cols, theme);
}

void desk_test_open(struct desk_test *t, int rows, int cols)
{
    desk_test_open_as(t, rows, cols, (struct theme){.colour = true});
}

void desk_test_close(struct desk_test *t)
{
    void *shop = t->shop;

    desk_close(t->desk);
    term_close(t->term);
    shop_test_close(&shop);
}

void keys(struct desk_test *t, const char *script)
{
    assert_true(term_memory_script(t->term, script));
    app_run_until_idle(t->desk->app);
}

void sign_in_by_keys(struct desk_test *t, int role)
{
    static const char *const logins[ROLE_COUNT] = {"root", "ann", "mo", "lee", "maria"};

    keys(t, logins[role]);
    keys(t, "<Enter>" DESK_PASSWORD "<Enter>");
}

void open_counter(struct desk_test *t, int rows, int cols)
{
    desk_test_open(t, rows, cols);
    sign_in_by_keys(t, ROLE_MANAGER);
}

int desk_setup(void **state)
{
    struct desk_test *t = mem_alloc(sizeof *t);

    desk_test_open(t, 24, 80);
    *state = t;
    return 0;
}

int counter_setup(void **state)
{
    desk_setup(state);
    sign_in_by_keys(*state, ROLE_MANAGER);
    return 0;
}

int desk_teardown(void **state)
{
    desk_test_close(*state);
    mem_free(*state);
    return 0;
}

void assert_shows(struct desk_test *t, const char *text)
{
    const char *picture = term_memory_picture(t->term, false);

    if (strstr(picture, text) == NULL)
        fail_msg("“%s” is not shown:\n%s", text, picture);
}

void assert_shows_not(struct desk_test *t, const char *text)
{
    const char *picture = term_memory_picture(t->term, false);

    if (strstr(picture, text) != NULL)
        fail_msg("“%s” is shown:\n%s", text, picture);
}

void assert_picture(struct desk_test *t, const char *name)
{
    int rows = 0, cols = 0;
    char path[200];

    t->term->type->size(t->term, &rows, &cols);
    snprintf(path, sizeof path, "screens/%s_%dx%d", name, cols, rows);
    golden_check(path, term_memory_picture(t->term, false));
}

void assert_both_pictures(struct desk_test *t, const char *name)
{
    assert_picture(t, name);
    keys(t, "<size 120x40>");
    assert_picture(t, name);
    keys(t, "<size 80x24>");
}

static int64_t add(struct shop_test *shop, const char *op_name, const char *json)
{
    const struct op *op = op_find(op_name);

    if (op == NULL)
        return 0;
    void *out = arena_alloc(&shop->arena, op->out->size);
    expect_ok(shop, op, input_json(shop, op, json), out);
    int64_t id;
    memcpy(&id, field_of(shape_field(op->out, "id"), out), sizeof id);
    return id;
}

/* Adds a vehicle of the customer. */
static void add_vehicle(struct shop_test *shop, int64_t customer, const char *json)
{
    add(shop, "vehicle.add",
        arena_printf(&shop->arena, "{\"customer\": %lld, %s}", (long long)customer, json));
}

void fill_shop(struct shop_test *shop)
{
    const int64_t maria = add(shop, "customer.add",
                              "{\"first_name\": \"Maria\", \"last_name\": \"Delgado\","
                              " \"phone\": \"6195550142\", \"street\": \"12 Elm St\","
                              " \"city\": \"San Diego\", \"state\": \"CA\", \"zip\": \"92101\","
                              " \"email\": \"maria@example.com\"}");
    const int64_t jun = add(shop, "customer.add",
                            "{\"first_name\": \"Jun\", \"last_name\": \"Dela Cruz\","
                            " \"phone\": \"6195550118\", \"city\": \"Chula Vista\"}");
    const int64_t fleet = add(shop, "customer.add",
                              "{\"company\": \"Delano Fleet\", \"phone\": \"6195550170\","
                              " \"terms_days\": 30}");

    add_vehicle(shop, maria,
                "\"year\": 2014, \"make\": \"Honda\", \"model\": \"Accord\", \"trim\": \"EX-L\","
                " \"plate\": \"7ABC123\", \"plate_state\": \"CA\", \"odometer_mi\": 112340");
    add_vehicle(shop, jun,
                "\"year\": 2008, \"make\": \"Toyota\", \"model\": \"Camry\", \"trim\": \"LE\","
                " \"plate\": \"6KLM882\", \"plate_state\": \"CA\", \"odometer_mi\": 188905");
    add_vehicle(shop, fleet,
                "\"year\": 2016, \"make\": \"Ford\", \"model\": \"Transit\","
                " \"unit_number\": \"14\", \"odometer_mi\": 61020");
}

void fill_catalog(struct shop_test *shop)
{
    add(shop, "part.add",
        "{\"sku\": \"OIL-0W20\", \"name\": \"0W-20 oil, quart\", \"price\": \"7.49\","
        " \"cost\": \"4.10\", \"upc\": \"071611123457\", \"on_hand\": \"60\"}");
    add(shop, "canned-job.add",
        "{\"code\": \"OIL\", \"title\": \"Oil service, synthetic\", \"lines\": ["
        "{\"kind\": \"labor\", \"description\": \"Oil and filter\", \"quantity\": \"0.5\"},"
        "{\"kind\": \"part\", \"sku\": \"OIL-0W20\", \"quantity\": \"5\"}]}");
    add(shop, "matrix.add",
        "{\"category\": \"Brakes\", \"rounding\": \"95\", \"tiers\": ["
        "{\"cost_from\": \"0\", \"cost_to\": \"20\", \"multiplier\": \"2.5\"},"
        "{\"cost_from\": \"20\", \"gp_ppm\": \"40\"}]}");
}
