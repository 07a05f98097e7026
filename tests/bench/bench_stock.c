/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What finding a part costs as it is typed, letter by letter, in a catalog of 500,000, beside the
 * bare range of keys in the same file; and what a movement of stock with its ledger entry costs
 * beside the same rows written bare, both with synchronous=FULL, in turns.
 *
 * usage: bench_stock FOLDER [PARTS [MOVES]] */

#include <string.h>

#include "bare.h"
#include "domain/part.h"
#include "domain/stock.h"
#include "figures.h"
#include "seat.h"

#include "../../src/store/inner.h"

enum { TURN = 50, WORDS = 300, LETTERS = 6, ROWS = 50 };

struct bench {
    struct seat seat;
    int parts;
    struct bare bare;
};

static void open_shop(struct bench *b, const char *folder)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/stock.db", folder);
    secret_use_weak_hashes(true);
    seat_open(&b->seat, path, "bench", true);
    seat_sign_in(&b->seat);
}

/* --- The catalog --- */

static const char *const kinds[] = {"oil filter",  "brake pads",    "spark plug",    "cabin filter",
                                    "drive belt",  "water pump",    "wheel bearing", "ball joint",
                                    "control arm", "shock absorber"};
static const char *const makes[] = {"honda", "toyota", "ford",  "nissan", "mazda",
                                    "volvo", "subaru", "dodge", "kia",    "jeep"};

/* What a part is called, and what people type of it. */
static void name_part(int number, char *ret_sku, char *ret_name, size_t size)
{
    const unsigned mixed = (unsigned)number * 2654435761u;

    snprintf(ret_sku, size, "%c%c-%05u", 'a' + (int)(mixed >> 8) % 26,
             'a' + (int)(mixed >> 16) % 26, mixed % 100000u);
    snprintf(ret_name, size, "%s %s %u", kinds[mixed / 7 % COUNT_OF(kinds)],
             makes[mixed / 91 % COUNT_OF(makes)], mixed % 997u);
}

static void add_key(struct bench *b, const char *key, int64_t id)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO lookup (noun, key, id) VALUES ('part', :key, :id)";

    seat_must(&b->seat,
              store_run(b->seat.shop.store, sql, NO_ROW,
                        BINDS(BIND_TEXT("key", key), BIND_INT("id", id))),
              "key");
}

/* As part_index leaves it: the number, with and without its dash, the name from each word on. */
static void add_part(struct bench *b, int number)
{
    static const char sql[] =
        "INSERT INTO part (id, sku, name, name_key, cost, price, on_hand, stock_value, bin) "
        "VALUES (:id, :sku, :name, :name, 410, 749, 1000000, 410000, 'A1')";
    char sku[80], name[80], bare[80];

    name_part(number, sku, name, sizeof sku);
    snprintf(bare, sizeof bare, "%.2s%s", sku, sku + 3);
    char unique[100];
    snprintf(unique, sizeof unique, "%s-%d", sku, number);
    seat_must(
        &b->seat,
        store_run(b->seat.shop.store, sql, NO_ROW,
                  BINDS(BIND_INT("id", number), BIND_TEXT("sku", unique), BIND_TEXT("name", name))),
        "part");
    add_key(b, sku, number);
    add_key(b, bare, number);
    for (const char *word = name; word != NULL && *word != '\0';) {
        add_key(b, word, number);
        word = strchr(word, ' ');
        word += word != NULL;
    }
}

static void fill_catalog(struct bench *b)
{
    seat_must(&b->seat, store_building(b->seat.shop.store, true), "building");
    seat_must(&b->seat, store_begin_write(b->seat.shop.store), "begin");
    for (int i = 1; i <= b->parts; i++)
        add_part(b, i);
    seat_must(&b->seat, store_commit(b->seat.shop.store), "commit");
    seat_must(&b->seat, store_building(b->seat.shop.store, false), "building");
    seat_must(&b->seat, store_checkpoint(b->seat.shop.store), "checkpoint");
}

/* --- Finding --- */

static double find(struct bench *b, const char *typed)
{
    const struct part_search in = {.query = {.search = typed, .limit = ROWS}};
    struct page page;
    const double start = now_ms();

    seat_must(&b->seat, op_call(&b->seat.session, &part_search_op, &in, &page), typed);
    const double taken = now_ms() - start;
    arena_reset(&b->seat.arena);
    return taken;
}

static double find_bare(struct bench *b, const char *typed)
{
    static const char sql[] =
        "SELECT k.id, p.sku, p.name, p.price, p.on_hand FROM lookup AS k "
        "JOIN part AS p ON p.id = k.id "
        "WHERE k.noun = 'part' AND k.key >= ?1 AND k.key < ?1 || char(1114111) "
        "ORDER BY k.key LIMIT 50";
    sqlite3_stmt *statement = NULL;
    const double start = now_ms();

    sqlite3_prepare_v2(b->seat.shop.store->db, sql, -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, typed, -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW)
        continue;
    sqlite3_finalize(statement);
    return now_ms() - start;
}

static void measure_finding(struct bench *b)
{
    static double first[WORDS], later[WORDS * LETTERS], bare[WORDS * LETTERS];
    size_t firsts = 0, laters = 0, bares = 0;

    b->seat.session.arena = &b->seat.arena;
    for (int i = 0; i < WORDS; i++) {
        char sku[80], name[80], typed[80] = "";
        name_part(1 + (int)((unsigned)i * 7919u % (unsigned)b->parts), sku, name, sizeof sku);
        const char *word = i % 3 == 0 ? sku : i % 3 == 1 ? name : strchr(name, ' ') + 1;
        for (size_t letter = 0; letter < LETTERS && word[letter] != '\0'; letter++) {
            typed[letter] = word[letter];
            typed[letter + 1] = '\0';
            const double taken = find(b, typed);
            if (letter == 0)
                first[firsts++] = taken;
            else
                later[laters++] = taken;
            bare[bares++] = find_bare(b, typed);
        }
    }
    put_times("find_first", first, firsts);
    put_times("find_later", later, laters);
    put_times("find_bare", bare, bares);
}

/* A vendor's bare name, letter by letter from where no part begins so: of one who sells two parts
 * of five, and of three whose names share a word. */
static void give_vendors(struct bench *b)
{
    static const char *const texts[] = {
        "INSERT INTO vendor (id, name, name_key) VALUES (1, 'Zwickau Handel', 'zwickau handel'),"
        " (2, 'Quixnord', 'quixnord'), (3, 'Zarya Quixnord', 'zarya quixnord'),"
        " (4, 'Yoko Quixnord', 'yoko quixnord')",
        "INSERT INTO part_vendor (part, vendor, position, number)"
        " SELECT id, 1, 1, 'N-' || id FROM part WHERE id % 5 < 2",
        "INSERT INTO part_vendor (part, vendor, position, number)"
        " SELECT id, 2 + id % 3, 2, 'Q-' || id FROM part",
    };

    seat_must(&b->seat, store_begin_write(b->seat.shop.store), "begin");
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        seat_must(&b->seat, store_run(b->seat.shop.store, texts[i], NO_ROW, NULL), texts[i]);
    seat_must(&b->seat, store_commit(b->seat.shop.store), "commit");
    seat_must(&b->seat, store_checkpoint(b->seat.shop.store), "checkpoint");
}

static void measure_vendors(struct bench *b)
{
    static const char *const typed[] = {"zwick", "zwickau", "handel", "quixn", "quixnord"};
    static double vendor[COUNT_OF(typed) * TURN];
    size_t vendors = 0;

    for (int turn = 0; turn < TURN; turn++)
        for (size_t i = 0; i < COUNT_OF(typed); i++)
            vendor[vendors++] = find(b, typed[i]);
    put_times("find_vendor", vendor, vendors);
}

/* --- Moving --- */

static double move(struct bench *b, int number)
{
    const bool receives = number % 2 == 0;
    const struct stock_change change = {.part = {1 + number * 31 % b->parts},
                                        .kind = receives ? STOCK_RECEIVE : STOCK_ISSUE,
                                        .quantity = {receives ? 2000 : -2000},
                                        .value = {receives ? 820 : 0},
                                        .reason = "bench"};
    struct money moved;
    const double start = now_ms();

    seat_must(&b->seat, store_begin_write(b->seat.shop.store), "begin");
    seat_must(&b->seat,
              stock_move_and_post(&b->seat.session, &change,
                                  receives ? ACCOUNT_RECEIVED_NOT_BILLED : ACCOUNT_PART_COST,
                                  &moved),
              "move");
    seat_must(&b->seat, store_commit(b->seat.shop.store), "commit");
    arena_reset(&b->seat.arena);
    return now_ms() - start;
}

static const char bare_schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "CREATE TABLE part (id INTEGER PRIMARY KEY, on_hand INTEGER, value INTEGER) STRICT;"
    "CREATE TABLE bin (part INTEGER, bin TEXT, on_hand INTEGER, PRIMARY KEY (part, bin)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE move (id INTEGER PRIMARY KEY, part INTEGER, at INTEGER, day TEXT, kind TEXT,"
    " quantity INTEGER, value INTEGER) STRICT;"
    "CREATE INDEX move_part ON move (part, id); CREATE INDEX move_day ON move (day);"
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, day TEXT, memo TEXT) STRICT;"
    "CREATE INDEX entry_day ON entry (day, id);"
    "CREATE TABLE entry_line (entry INTEGER, position INTEGER, account INTEGER, amount INTEGER,"
    " PRIMARY KEY (entry, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE day (day TEXT, account INTEGER, amount INTEGER, PRIMARY KEY (day, account)) "
    "STRICT,"
    " WITHOUT ROWID;"
    "INSERT INTO day VALUES ('2026-11-24', 1, 0), ('2026-11-24', 2, 0);";
static const char *const bare_texts[BARE_STATEMENTS] = {
    "BEGIN IMMEDIATE",
    "INSERT INTO move (part, at, day, kind, quantity, value)"
    " VALUES (?1, 0, '2026-11-24', 'receive', 2000, 820)",
    "UPDATE part SET on_hand = on_hand + 2000, value = value + 820 WHERE id = ?1",
    "INSERT INTO bin VALUES (?1, 'A1', 2000)"
    " ON CONFLICT (part, bin) DO UPDATE SET on_hand = on_hand + 2000",
    "INSERT INTO entry (day, memo) VALUES ('2026-11-24', 'Stock moved')",
    "INSERT INTO entry_line VALUES (last_insert_rowid(), 1, 1, 820)",
    "UPDATE day SET amount = amount + 820 WHERE day = '2026-11-24' AND account = ?1",
    "COMMIT",
};

static void open_bare(struct bench *b, const char *folder)
{
    char fill[300];

    snprintf(fill, sizeof fill,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
             "INSERT INTO part SELECT i, 1000000, 410000 FROM n",
             b->parts);
    bare_open(&b->bare, folder, "bare-stock.db", bare_schema);
    bare_run(&b->bare, fill);
    bare_prepare(&b->bare, bare_texts);
}

static double move_bare(struct bench *b, int number)
{
    const int64_t part = 1 + number * 31 % b->parts;
    const double start = now_ms();

    bare_write(&b->bare, 0, 0, 0);
    for (int i = 1; i <= 4; i++)
        bare_write(&b->bare, i, part, 0);
    bare_write(&b->bare, 5, 0, 0);
    for (int account = 1; account <= 2; account++)
        bare_write(&b->bare, 6, account, 0);
    bare_write(&b->bare, 7, 0, 0);
    return now_ms() - start;
}

static void measure_moving(struct bench *b, int moves)
{
    double *ms[2];

    for (int side = 0; side < 2; side++)
        ms[side] = mem_alloc((size_t)(moves + TURN) * sizeof(double));
    b->seat.session.arena = &b->seat.arena;
    for (int at = 0; at <= moves; at += TURN) { /* the first turn only warms up */
        const int to = at == 0 ? 0 : at - TURN;
        for (int i = 0; i < TURN; i++)
            ms[0][to + i] = move(b, at + i);
        seat_must(&b->seat, store_checkpoint(b->seat.shop.store), "checkpoint");
        for (int i = 0; i < TURN; i++)
            ms[1][to + i] = move_bare(b, at + i);
        bare_checkpoint(&b->bare);
    }
    put_times("move", ms[0], (size_t)moves);
    put_times("move_bare", ms[1], (size_t)moves);
}

int main(int argc, char **argv)
{
    static struct bench b;
    const int moves = (argc > 3 ? atoi(argv[3]) : 2000) / TURN * TURN;

    b.parts = argc > 2 ? atoi(argv[2]) : 500000;
    if (argc < 2 || b.parts < 1000 || moves < TURN) {
        fprintf(stderr, "usage: bench_stock FOLDER [PARTS [MOVES]]\n");
        return 2;
    }
    open_shop(&b, argv[1]);
    fill_catalog(&b);
    open_bare(&b, argv[1]);
    measure_finding(&b);
    give_vendors(&b);
    measure_vendors(&b);
    measure_moving(&b, moves);
    seat_close(&b.seat);
    return 0;
}
