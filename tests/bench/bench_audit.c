/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A long audit log: what the first page of every filter costs, one deep page, and how many rows a
 * second are proved. Rows are written by the one function that writes them, some years of a shop of
 * a dozen people; one action is rare, one person new, refusals are few.
 *
 * usage: bench_audit FOLDER [ROWS]     the file is kept: a second run only measures */

#include <string.h>
#include <unistd.h>

#include "domain/audit.h"
#include "figures.h"
#include "seat.h"

enum { PEOPLE = 12, BATCH = 20000, ROUNDS = 200 };

struct bench {
    struct seat seat;
    uint64_t random;
};

static uint64_t next_random(struct bench *b)
{
    b->random = b->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return b->random >> 33;
}

static void open_shop(struct bench *b, const char *folder)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/audit.db", folder);
    const bool is_new = access(path, F_OK) != 0;
    secret_use_weak_hashes(true);
    seat_open(&b->seat, path, "bench", is_new);
    for (int i = 2; is_new && i <= PEOPLE; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "INSERT INTO user (id, login, name, role, password_hash) "
                 "VALUES (%d, 'user%d', 'Person %d', 2, '')",
                 i, i, i);
        seat_run(&b->seat, text);
    }
}

/* --- Writing --- */

static const char *const actions[] = {
    "estimate.edit-line", "estimate.add-part", "estimate.add-labor", "session.sign-in",
    "session.sign-out",   "estimate.add-job",  "order.edit",         "estimate.authorize",
    "invoice.post",       "payment.take",      "customer.edit",      "customer.add",
    "vehicle.add",        "job.start",         "job.done",           "part.adjust",
    "document.record",    "data.export",       "estimate.present",   "order.check",
};

static void write_row(struct bench *b, int64_t row)
{
    struct session *s = &b->seat.session;
    const uint64_t chance = next_random(b);
    char input[512], changes[1024];
    const bool refused = chance % 500 == 0;
    /* The last person came yesterday; one action happens once in a hundred thousand. */
    const uint64_t who = row > 9999 && chance % 100003 == 0 ? PEOPLE : 1 + chance % (PEOPLE - 1);

    s->clock.fixed = 1500000000 + row * 25;
    s->user.v = (int64_t)who;
    s->user_name = "Somebody";
    s->id.v = 1 + row / 400;
    snprintf(input, sizeof input,
             "{\"line\":%lld,\"quantity\":\"2.00\",\"price\":\"7.49\",\"revision\":%d}",
             (long long)row, (int)(chance % 40));
    snprintf(changes, sizeof changes,
             "[{\"table\":\"line\",\"row\":%lld,\"before\":{\"quantity\":1000,\"net\":749},"
             "\"after\":{\"quantity\":2000,\"net\":1498}},{\"table\":\"repair_order\",\"row\":%lld,"
             "\"before\":{\"total\":60201,\"revision\":3},\"after\":{\"total\":60950,"
             "\"revision\":4}}]",
             (long long)row, (long long)(10001 + row / 30));
    const struct audit_event event = {
        .what =
            next_random(b) % 100003 == 0 ? "invoice.void" : actions[chance / 7 % COUNT_OF(actions)],
        .result = refused ? ERR_DENIED : OK,
        .noun = "order",
        .subject = 10001 + row / 30,
        .input = input,
        .changes = refused ? "[]" : changes,
    };
    seat_must(&b->seat, audit_write(s, &event), "row");
    arena_reset(&b->seat.person);
}

static void fill(struct bench *b, int64_t rows)
{
    int64_t have = 0;

    seat_must(&b->seat, store_int(b->seat.shop.store, "SELECT count(*) FROM audit", NULL, &have),
              "count");
    const double start = now_ms();
    seat_must(&b->seat, store_building(b->seat.shop.store, true), "building");
    for (int64_t row = have; row < rows;) {
        seat_must(&b->seat, store_begin_write(b->seat.shop.store), "begin");
        for (int i = 0; i < BATCH && row < rows; i++)
            write_row(b, row++);
        seat_must(&b->seat, store_commit(b->seat.shop.store), "commit");
        seat_must(&b->seat, store_checkpoint(b->seat.shop.store), "checkpoint");
    }
    seat_must(&b->seat, store_building(b->seat.shop.store, false), "building");
    if (rows > have)
        printf("{\"case\":\"write\",\"rows\":%lld,\"rows_s\":%.0f}\n", (long long)(rows - have),
               (double)(rows - have) * 1000 / (now_ms() - start));
}

/* --- Reading --- */

static double one_page(struct bench *b, const struct audit_list *in)
{
    struct page page;
    const double start = now_ms();

    seat_must(&b->seat, store_begin_read(b->seat.shop.store), "begin");
    seat_must(&b->seat, audit_list_op.run(&b->seat.session, in, &page), "list");
    seat_must(&b->seat, store_commit(b->seat.shop.store), "commit");
    const double took = now_ms() - start;
    arena_reset(&b->seat.person);
    return took;
}

static void time_filter(struct bench *b, const char *name, const struct audit_list *in)
{
    double ms[ROUNDS];

    (void)one_page(b, in);
    for (int i = 0; i < ROUNDS; i++)
        ms[i] = one_page(b, in);
    put_times(name, ms, ROUNDS);
}

static struct audit_list asking(void)
{
    struct audit_list in = {.query.limit = 50};

    shape_tidy(audit_list_op.in, &in);
    return in;
}

static void time_filters(struct bench *b, int64_t rows)
{
    static const struct {
        const char *says;
        int64_t user;
        const char *action;
    } who[] = {
        {"", 0, ""},
        {"user ", 3, ""},
        {"new_user ", PEOPLE, ""},
        {"action ", 0, "invoice.post"},
        {"rare_action ", 0, "invoice.void"},
        {"user action ", 3, "invoice.post"},
        {"user rare_action ", 3, "invoice.void"},
        {"new_user rare_action ", PEOPLE, "invoice.void"},
    };
    const struct day middle = instant_day((struct instant){1500000000 + rows / 2 * 25});

    for (size_t w = 0; w < COUNT_OF(who); w++)
        for (int extra = 0; extra < 4; extra++) {
            char name[128];
            struct audit_list in = asking();
            in.user.v = who[w].user;
            in.action = who[w].action;
            in.refused = (extra & 1) != 0;
            if ((extra & 2) != 0)
                in.from_on = day_add(middle, -30), in.to_on = middle;
            snprintf(name, sizeof name, "%s%s%s", who[w].says, in.refused ? "refused " : "",
                     (extra & 2) != 0 ? "month" : "ever");
            time_filter(b, name, &in);
        }
    struct audit_list document = asking();
    document.document = "order 10123";
    time_filter(b, "document", &document);
    document.user.v = PEOPLE;
    document.refused = true;
    time_filter(b, "document new_user refused", &document);
    struct audit_list deep = asking();
    char cursor[64];
    snprintf(cursor, sizeof cursor, "%lld|%lld", (long long)(rows / 2),
             (long long)(1500000000 + rows / 2 * 25));
    deep.query.after = cursor;
    time_filter(b, "page in the middle", &deep);
}

static void time_proof(struct bench *b)
{
    struct audit_verified verified;
    const double start = now_ms();

    seat_must(&b->seat, audit_verify(&b->seat.session, NULL, 0, NULL, NULL, &verified), "verify");
    printf("{\"case\":\"verify\",\"rows\":%lld,\"rows_s\":%.0f}\n", (long long)verified.rows,
           (double)verified.rows * 1000 / (now_ms() - start));
}

int main(int argc, char **argv)
{
    static struct bench b = {.random = 42};
    const int64_t rows = argc > 2 ? atoll(argv[2]) : 200000;

    if (argc < 2 || rows < 1) {
        fprintf(stderr, "usage: bench_audit FOLDER [ROWS]\n");
        return 2;
    }
    open_shop(&b, argv[1]);
    fill(&b, rows);
    time_filters(&b, rows);
    time_proof(&b);
    shop_file_close(&b.seat.shop);
    return 0;
}
