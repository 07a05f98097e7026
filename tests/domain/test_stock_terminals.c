/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two terminals at one shelf: programs of their own on the same file, both after the same pieces.
 * Each piece goes to one of them; who comes too late reads why. */

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "domain/ledger.h"
#include "domain/opening.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/secret.h"
#include "domain/stock.h"
#include "domain/user.h"

enum { PIECES = 25, ORDERS = 25 }; /* a terminal has as many orders as there are pieces for both */

#define PASSWORD "correct horse battery"

struct terminal {
    struct arena arena, person;
    struct shop_file shop;
    struct session session;
};

static void must(const struct terminal *at, status result)
{
    if (result == OK)
        return;
    fprintf(stderr, "%s\n", at->session.fault.text);
    abort();
}

static void open_terminal(struct terminal *at, const char *path, const char *name, bool create)
{
    const struct shop_file_options options = {.create = create};
    const struct shop_opening opening = {.name = "Bayside Auto Care",
                                         .zone = "America/Los_Angeles",
                                         .labor_rate = {14500},
                                         .admin_name = "Ada",
                                         .admin_login = "ada",
                                         .admin_password = PASSWORD};
    const struct sign_in in = {"ada", PASSWORD};
    struct signed_in out;

    *at = (struct terminal){0};
    must(at, shop_file_open(path, &options, &at->session.fault, &at->shop));
    at->session = (struct session){
        .store = at->shop.store, .keys = at->shop.keys, .arena = &at->person, .terminal = name};
    store_report_to(at->shop.store, &at->session.fault);
    if (create)
        must(at, shop_open_new(&at->session, &opening));
    must(at, op_call(&at->session, &session_sign_in_op, &in, &out));
    must(at, session_resume(&at->session, out.access));
    at->session.arena = &at->arena;
}

static void close_terminal(struct terminal *at)
{
    shop_file_close(&at->shop);
    arena_done(&at->arena);
    arena_done(&at->person);
}

static void given_order(struct terminal *at)
{
    const struct order_start start = {
        .customer = {1}, .odometer_mi = NUMBER_NONE, .concern = "Rattles"};
    struct order order;

    must(at, op_call(&at->session, &order_start_op, &start, &order));
    const struct line_add_part add = {.job = ((const struct order_job *)order.jobs.at)->id,
                                      .part = {1},
                                      .quantity = {1000},
                                      .price = {NUMBER_NONE},
                                      .cost = {NUMBER_NONE}};
    const struct order_authorize yes = {.order = order.id, .method = METHOD_IN_PERSON};
    must(at, op_call(&at->session, &line_add_part_op, &add, &order));
    must(at, op_call(&at->session, &order_authorize_op, &yes, &order));
}

static void given_shop(const char *path)
{
    static const char SQL_NO_NEGATIVE[] = "UPDATE shop SET negative_stock = 0";
    static const char SQL_CUSTOMER[] =
        "INSERT INTO customer (name, name_key, last_name, created_at)\n"
        "VALUES ('Delgado', 'delgado', 'Delgado', 0)";
    const struct part_entry part = {.sku = "CLIP",
                                    .name = "Clip",
                                    .cost = {333},
                                    .price = {999},
                                    .whole = true,
                                    .on_hand = {PIECES * 1000}};
    struct part added;
    struct terminal at;

    open_terminal(&at, path, "office", true);
    must(&at, store_run(at.shop.store, SQL_NO_NEGATIVE, NO_ROW, NULL));
    must(&at, store_run(at.shop.store, SQL_CUSTOMER, NO_ROW, NULL));
    must(&at, op_call(&at.session, &part_add_op, &part, &added));
    for (int i = 0; i < 2 * ORDERS; i++)
        given_order(&at);
    close_terminal(&at);
}

/* Pulls for one half of the orders; the exit code is how many pieces it got. */
static void run_terminal(const char *path, int which)
{
    struct terminal at;
    int got = 0;

    open_terminal(&at, path, which == 0 ? "bay 1" : "bay 2", false);
    for (int i = 0; i < ORDERS; i++) {
        const struct stock_pull in = {.line = {1 + which + 2 * i}, .quantity = {NUMBER_NONE}};
        struct order order;
        const status result = op_call(&at.session, &stock_pull_op, &in, &order);
        if (result != OK && (result != ERR_CONFLICT ||
                             strstr(at.session.fault.text, "1 of part CLIP are wanted and 0 are "
                                                           "on hand") == NULL)) {
            fprintf(stderr, "%s\n", at.session.fault.text);
            _exit(200);
        }
        got += result == OK;
        arena_reset(&at.arena);
    }
    close_terminal(&at);
    _exit(got);
}

static void two_terminals_never_get_the_same_piece(void **state)
{
    char folder[] = "/tmp/pitlane-terminals-XXXXXX";
    char path[200];
    pid_t child[2];
    int got[2];
    struct terminal at;

    (void)state;
    secret_use_weak_hashes(true);
    assert_int_equal(zone_use("America/Los_Angeles", NULL), OK);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/shop.db", folder);
    given_shop(path);
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            run_terminal(path, i);
    }
    for (int i = 0; i < 2; i++) {
        int ended = 0;
        assert_int_equal(waitpid(child[i], &ended, 0), child[i]);
        assert_true(WIFEXITED(ended));
        got[i] = WEXITSTATUS(ended);
        assert_true(got[i] <= ORDERS);
    }
    assert_int_equal(got[0] + got[1], PIECES);
    print_message("bay 1 got %d of %d pieces, bay 2 %d\n", got[0], PIECES, got[1]);

    struct part part;
    open_terminal(&at, path, "office", false);
    must(&at, part_get(&at.session, (struct part_id){1}, &part));
    assert_int_equal(part.on_hand.thousandths, 0);
    assert_int_equal(part.stock_value.cents, 0);
    must(&at, ledger_prove(&at.session));
    close_terminal(&at);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_terminals_never_get_the_same_piece),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
