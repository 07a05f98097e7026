/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What posting an invoice costs through the one door (rules, tax, cost of goods, stock, ledger,
 * audit, summaries) beside the same post whose audit row is not chained, and beside 25 bare writes
 * to SQLite in one transaction, all on the same disk with synchronous=FULL, in turns. Checkpoints
 * are the idle terminal's on both sides: between the turns, and not in the times.
 *
 * usage: bench_post FOLDER [POSTS] */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bare.h"
#include "domain/audit.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "figures.h"
#include "seat.h"

enum { TURN = 50, LINES = 6, CUSTOMERS = 300, PARTS = 200 };

struct bench {
    struct seat seat;
    struct store *store;
    struct bare bare;
};

/* --- The shop --- */

static void open_shop(struct bench *b, const char *folder)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/post.db", folder);
    secret_use_weak_hashes(true);
    seat_open(&b->seat, path, "bench", true);
    seat_sign_in(&b->seat);
    b->store = b->seat.shop.store;
}

static void fill_catalog(struct bench *b)
{
    seat_must(&b->seat, store_begin_write(b->store), "begin");
    seat_run(&b->seat,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
             "INSERT INTO customer (name, name_key, last_name, created_at) "
             "SELECT 'Customer ' || i, 'customer ' || i, 'Customer ' || i, 0 FROM n");
    seat_run(
        &b->seat,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
        "INSERT INTO part (sku, name, name_key, cost, price, on_hand, stock_value) "
        "SELECT 'P-' || i, 'Part ' || i, 'part ' || i, 410, 749, 1000000000, 410000000 FROM n");
    seat_run(&b->seat,
             "INSERT INTO part_bin (part, bin, on_hand) SELECT id, bin, on_hand FROM part");
    seat_must(&b->seat, store_commit(b->store), "commit");
}

/* As every operation that writes an order up leaves it: priced, taxed, its parts committed. */
static void settle_orders(struct bench *b, int posts)
{
    b->seat.session.arena = &b->seat.arena;
    for (int i = 0; i < posts; i++) {
        seat_must(&b->seat, order_settle(&b->seat.session, (struct order_id){10001 + i}, 0),
                  "settle");
        arena_reset(&b->seat.arena);
    }
}

/* Orders whose work is done and authorized, six lines each: one of labor, five parts of the
 * catalog. The lines of an order lie together, as they do when it is written up. */
static void fill_orders(struct bench *b, int posts)
{
    char text[1024];

    seat_must(&b->seat, store_begin_write(b->store), "begin");
    snprintf(text, sizeof text,
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
             "INSERT INTO repair_order (id, customer, opened_at, state, authorized, writer) "
             "SELECT 10001 + i, 1 + i %% 300, 0, 'quality_check', 10000000, 1 FROM n",
             posts - 1);
    seat_run(&b->seat, text);
    seat_run(&b->seat, "INSERT INTO job (id, repair_order, position, title, state) "
                       "SELECT id, id, 1, 'Work', 'done' FROM repair_order");
    snprintf(text, sizeof text,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
             "INSERT INTO line (job, position, kind, description, part, quantity, price, cost) "
             "SELECT o.id, i, iif(i = 1, 'labor', 'part'), iif(i = 1, 'An hour', 'Part'), "
             "  iif(i = 1, NULL, 1 + (o.id * 7 + i * 31) %% 200), iif(i = 1, 1000, 2000), "
             "  iif(i = 1, 14500, 749), iif(i = 1, 0, 410) "
             "FROM repair_order AS o, n ORDER BY o.id, i",
             LINES);
    seat_run(&b->seat, text);
    settle_orders(b, posts);
    seat_must(&b->seat, store_commit(b->store), "commit");
    seat_must(&b->seat, store_checkpoint(b->store), "checkpoint");
}

/* --- The same row without its place in the chain --- */

static bool chain_is_off;

status __real_audit_write(struct session *s, const struct audit_event *event);
status __wrap_audit_write(struct session *s, const struct audit_event *event);

status __wrap_audit_write(struct session *s, const struct audit_event *event)
{
    static const char SQL_ADD[] =
        "INSERT INTO audit (at, user, user_name, session, terminal, place, factor, op, result, "
        "noun, subject, mac, input, changes) VALUES (:at, :user, :user_name, :session, :terminal, "
        "'', 'password', :op, :result, :noun, :subject, :mac, :input, :changes)";
    static const char mac[] = "0000000000000000000000000000000000000000000000000000000000000000";

    if (!chain_is_off)
        return __real_audit_write(s, event);
    return store_run(s->store, SQL_ADD, NO_ROW,
                     BINDS(BIND_INT("at", session_now(s).seconds), BIND_ID("user", s->user),
                           BIND_TEXT("user_name", s->user_name), BIND_ID("session", s->id),
                           BIND_TEXT("terminal", s->terminal), BIND_TEXT("op", event->what),
                           BIND_TEXT("result", status_word(event->result)),
                           BIND_TEXT("noun", event->noun), BIND_INT("subject", event->subject),
                           BIND_TEXT("mac", mac), BIND_TEXT("input", event->input),
                           BIND_TEXT("changes", event->changes)));
}

static double post_one(struct bench *b, int64_t order)
{
    const struct invoice_post in = {.order = {order}};
    struct invoice out;
    const double start = now_ms();

    seat_must(&b->seat, op_call(&b->seat.session, &invoice_post_op, &in, &out), "post");
    return now_ms() - start;
}

/* With and without the chain by turns, post by post: what else the machine does weighs on both. */
static void post_turn(struct bench *b, int64_t first, double *ms, double *unchained_ms)
{
    for (int i = 0; i < 2 * TURN; i++) {
        b->seat.session.arena = &b->seat.arena;
        chain_is_off = i % 2 == 1;
        *(chain_is_off ? &unchained_ms[i / 2] : &ms[i / 2]) = post_one(b, first + i);
        arena_reset(&b->seat.arena);
    }
    chain_is_off = false;
    seat_must(&b->seat, store_checkpoint(b->store), "checkpoint");
}

/* --- The limit: 25 writes, one transaction --- */

static const char bare_schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "CREATE TABLE invoice (id INTEGER PRIMARY KEY, number INTEGER UNIQUE, customer INTEGER,"
    " at INTEGER, total INTEGER, tax INTEGER, text TEXT) STRICT;"
    "CREATE INDEX invoice_customer ON invoice (customer, id);"
    "CREATE TABLE line (id INTEGER PRIMARY KEY, invoice INTEGER, part INTEGER, qty INTEGER,"
    " price INTEGER, net INTEGER, text TEXT) STRICT;"
    "CREATE INDEX line_invoice ON line (invoice); CREATE INDEX line_part ON line (part, id);"
    "CREATE TABLE payment (id INTEGER PRIMARY KEY, invoice INTEGER, method TEXT, amount INTEGER)"
    " STRICT; CREATE INDEX payment_invoice ON payment (invoice);"
    "CREATE TABLE stock (part INTEGER PRIMARY KEY, on_hand INTEGER, value INTEGER) STRICT;"
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, invoice INTEGER, account INTEGER, amount INTEGER)"
    " STRICT; CREATE INDEX entry_account ON entry (account, id);"
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, command TEXT UNIQUE, at INTEGER, who INTEGER,"
    " what TEXT) STRICT; CREATE INDEX audit_who ON audit (who, id);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
    " INSERT INTO stock SELECT i, 1000000, 410000000 FROM n;";

static const char *const bare_texts[BARE_STATEMENTS] = {
    "BEGIN IMMEDIATE",
    "INSERT INTO invoice (number, customer, at, total, tax, text) VALUES (?1, ?2, 0, 60201, 4201,"
    " 'Customer, 12 Harbor Dr, San Diego CA 92101, 2014 Honda Accord')",
    "INSERT INTO line (invoice, part, qty, price, net, text)"
    " VALUES (?1, ?2, 2000, 749, 1498, '0W-20 oil, quart')",
    "INSERT INTO payment (invoice, method, amount) VALUES (?1, 'card', 60201)",
    "UPDATE stock SET on_hand = on_hand - 2, value = value - 820 WHERE part = ?1",
    "INSERT INTO entry (invoice, account, amount) VALUES (?1, ?2, 1000)",
    "INSERT INTO audit (command, at, who, what) VALUES ('command-' || ?1, 0, ?2,"
    " 'invoice.post {\"order\":10001}')",
    "COMMIT",
};
enum { BEGIN, INVOICE, LINE, PAYMENT, STOCK, ENTRY, AUDIT, COMMIT };

static double bare_one(struct bench *b, int64_t number)
{
    const double start = now_ms();

    bare_write(&b->bare, BEGIN, 0, 0);
    bare_write(&b->bare, INVOICE, number, number % CUSTOMERS);
    for (int i = 0; i < LINES; i++)
        bare_write(&b->bare, LINE, number, 1 + (number * 7 + i * 31) % PARTS);
    bare_write(&b->bare, PAYMENT, number, 0);
    for (int i = 0; i < LINES; i++)
        bare_write(&b->bare, STOCK, 1 + (number * 7 + i * 31) % PARTS, 0);
    for (int i = 0; i < 10; i++)
        bare_write(&b->bare, ENTRY, number, i);
    bare_write(&b->bare, AUDIT, number, 1);
    bare_write(&b->bare, COMMIT, 0, 0);
    return now_ms() - start;
}

static void bare_turn(struct bench *b, int64_t first, double *ms)
{
    for (int i = 0; i < TURN; i++)
        ms[i] = bare_one(b, first + i);
    bare_checkpoint(&b->bare);
}

/* --- Both --- */

int main(int argc, char **argv)
{
    static struct bench b;
    const int posts = (argc > 2 ? atoi(argv[2]) : 2000) / TURN * TURN;
    double *ms[3];

    if (argc < 2 || posts < TURN) {
        fprintf(stderr, "usage: bench_post FOLDER [POSTS]\n");
        return 2;
    }
    open_shop(&b, argv[1]);
    fill_catalog(&b);
    fill_orders(&b, 2 * (posts + TURN));
    bare_open(&b.bare, argv[1], "bare.db", bare_schema);
    bare_prepare(&b.bare, bare_texts);
    for (int side = 0; side < 3; side++)
        ms[side] = mem_alloc((size_t)(posts + TURN) * sizeof(double));
    for (int at = 0; at <= posts; at += TURN) { /* the first turn only warms up */
        const int to = at == 0 ? 0 : at - TURN;
        post_turn(&b, 10001 + 2 * at, ms[0] + to, ms[2] + to);
        bare_turn(&b, 1 + at, ms[1] + to);
    }
    put_times("post", ms[0], (size_t)posts);
    put_times("bare", ms[1], (size_t)posts);
    put_times("unchained", ms[2], (size_t)posts);
    seat_close(&b.seat);
    return 0;
}
