/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two terminals after the same money: programs of their own on the same file, both refunding one
 * payment. Each cent goes back once; who comes too late reads why. */

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "domain/ledger.h"
#include "domain/opening.h"
#include "domain/payment.h"
#include "domain/secret.h"
#include "domain/user.h"

enum { CENTS = 25, TRIES = 25 };

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

static void given_shop(const char *path)
{
    static const char SQL_CUSTOMER[] =
        "INSERT INTO customer (name, name_key, last_name, created_at)\n"
        "VALUES ('Delgado', 'delgado', 'Delgado', 0)";
    const struct payment_deposit deposit = {
        .customer = {1}, .method = PAY_ACH, .amount = {CENTS}, .check_number = "", .note = ""};
    struct payment_taken taken;
    struct terminal at;

    open_terminal(&at, path, "office", true);
    must(&at, store_run(at.shop.store, SQL_CUSTOMER, NO_ROW, NULL));
    must(&at, op_call(&at.session, &payment_deposit_op, &deposit, &taken));
    close_terminal(&at);
}

/* Refunds a cent at a time; the exit code is how many it got out. */
static void run_terminal(const char *path, int which)
{
    const struct payment_refund in = {
        .payment = {1}, .amount = {1}, .check_number = "", .reason = "Asked for"};
    struct terminal at;
    int got = 0;

    open_terminal(&at, path, which == 0 ? "desk 1" : "desk 2", false);
    for (int i = 0; i < TRIES; i++) {
        struct payment payment;
        const status result = op_call(&at.session, &payment_refund_op, &in, &payment);
        if (result != OK &&
            (result != ERR_INVALID || strstr(at.session.fault.text, "Only 0.00 is left") == NULL)) {
            fprintf(stderr, "%s\n", at.session.fault.text);
            _exit(200);
        }
        got += result == OK;
        arena_reset(&at.arena);
    }
    close_terminal(&at);
    _exit(got);
}

static void two_terminals_never_refund_the_same_cent(void **state)
{
    char folder[] = "/tmp/pitlane-refunds-XXXXXX";
    char path[200];
    pid_t child[2];
    int got[2];
    struct terminal at;
    struct payment payment;

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
        assert_true(got[i] <= TRIES);
    }
    assert_int_equal(got[0] + got[1], CENTS);
    print_message("desk 1 refunded %d of %d cents, desk 2 %d\n", got[0], CENTS, got[1]);

    open_terminal(&at, path, "office", false);
    must(&at, payment_get(&at.session, (struct payment_id){1}, &payment));
    assert_int_equal(payment.left.cents, 0);
    assert_int_equal(payment.status, PAYMENT_REFUNDED);
    must(&at, ledger_prove(&at.session));
    close_terminal(&at);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_terminals_never_refund_the_same_cent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
