/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A shop's stock lives through random histories: deliveries, corrections, counts, moves between
 * bins, returns, parts written up, authorized, pulled, put back, invoiced and given up. After each
 * step, quantity, value, bins, what is committed and the ledger agree with a second model on plain
 * numbers, written from the trade's rules and not from the program.
 *
 * PITLANE_STOCK_STEPS sets how many steps there are. */

#include "books.h"

#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/stock.h"

enum { PARTS = 9, BINS = 3, ORDERS = 6, LINES = 4, STEPS = 100000, PROVE_EVERY = 5000 };

static const char *const bins[BINS] = {"A1", "B2", "C3"}; /* A1 is everybody's main bin */

/* ------------------------------------------------------------- the second model -- */

struct shelf {
    int64_t on_hand, value, cost, bin[BINS];
    bool whole;
};
struct paper_line {
    int64_t id, part, quantity, pulled, pulled_value;
};
struct paper_order {
    int64_t id, job, lines;
    struct paper_line line[LINES];
    bool agreed;
};
struct paper {
    struct shelf shelf[PARTS];
    struct paper_order order[ORDERS];
    bool may_be_negative;
    int64_t inventory, work_in_process, part_cost, adjustment, deliveries, returned;
    int64_t steps, refused, invoices, moves[9];
};

/* round(a x b / c), half away from zero; the figures here are small. */
static int64_t share(int64_t a, int64_t b, int64_t c)
{
    const int64_t product = a * b;
    const int64_t whole = (2 * llabs(product) + c) / (2 * c);

    return product < 0 ? -whole : whole;
}

static bool can_take(const struct paper *paper, const struct shelf *shelf, int64_t quantity,
                     bool selling)
{
    return quantity <= shelf->on_hand || (selling && paper->may_be_negative);
}

/* From the main bin while it has enough; else what lies there, then the others, then what is not
 * there at all from the main one again. */
static void take_from_bins(struct shelf *shelf, int64_t quantity)
{
    if (quantity > shelf->bin[0])
        for (int i = 0; i < BINS; i++) {
            const int64_t there = shelf->bin[i] > 0 ? shelf->bin[i] : 0;
            const int64_t taken = there < quantity ? there : quantity;
            shelf->bin[i] -= taken;
            quantity -= taken;
        }
    shelf->bin[0] -= quantity;
}

static int64_t take_on_paper(struct paper *paper, struct shelf *shelf, int64_t quantity, int bin)
{
    const int64_t there = shelf->on_hand > 0 ? shelf->on_hand : 0;
    const int64_t real = quantity < there ? quantity : there;
    const int64_t value = (real > 0 ? share(shelf->value, real, there) : 0) +
                          share(shelf->cost, quantity - real, 1000);

    shelf->on_hand -= quantity;
    shelf->value -= value;
    paper->inventory -= value;
    if (bin < 0)
        take_from_bins(shelf, quantity);
    else
        shelf->bin[bin] -= quantity;
    return value;
}

/* What was sold before it came is costed again: the difference is cost of parts. */
static void bring_on_paper(struct paper *paper, struct shelf *shelf, int64_t quantity,
                           int64_t value, int bin)
{
    int64_t again = 0;

    if (shelf->on_hand < 0) {
        const int64_t below = -shelf->on_hand;
        const int64_t filled = quantity < below ? quantity : below;
        again = share(value, filled, quantity) - share(-shelf->value, filled, below);
    }
    shelf->on_hand += quantity;
    shelf->value += value - again;
    shelf->bin[bin] += quantity;
    paper->inventory += value - again;
    paper->part_cost += again;
}

static int64_t committed_on_paper(const struct paper *paper, int64_t part)
{
    int64_t sum = 0;

    for (int o = 0; o < ORDERS; o++)
        for (int64_t l = 0; l < paper->order[o].lines && paper->order[o].agreed; l++) {
            const struct paper_line *line = &paper->order[o].line[l];
            if (line->part == part && line->quantity > line->pulled)
                sum += line->quantity - line->pulled;
        }
    return sum;
}

/* -------------------------------------------------------------------- both sides -- */

/* The operation is refused exactly when the model says so, and then nothing has happened. */
static bool call(struct shop_test *t, struct paper *paper, const struct op *op, const void *in,
                 void *out, bool allowed)
{
    expect_status(t, op, in, out, allowed ? OK : ERR_CONFLICT);
    paper->refused += !allowed;
    return allowed;
}

static bool move(struct shop_test *t, struct paper *paper, const struct stock_change *change,
                 enum account_role account, bool allowed)
{
    struct money moved;

    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(stock_move_and_post(&t->session, change, account, &moved),
                     allowed ? OK : ERR_CONFLICT);
    if (allowed)
        assert_int_equal(store_commit(t->store), OK);
    else
        store_rollback(t->store);
    paper->refused += !allowed;
    paper->moves[change->kind] += allowed;
    return allowed;
}

static int64_t any_quantity(uint64_t *seed, const struct shelf *shelf, int64_t most)
{
    return shelf->whole ? 1000 * (1 + dice(seed, most)) : 1 + dice(seed, most * 1000);
}

static void receive(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t part)
{
    struct shelf *shelf = &paper->shelf[part];
    const int64_t quantity = any_quantity(seed, shelf, 12);
    const int64_t value = dice(seed, 30000);
    const int bin = (int)dice(seed, BINS);
    const struct stock_change change = {.part = {part + 1},
                                        .kind = STOCK_RECEIVE,
                                        .bin = bins[bin],
                                        .quantity = {quantity},
                                        .value = {value}};

    move(t, paper, &change, ACCOUNT_EQUITY, true);
    bring_on_paper(paper, shelf, quantity, value, bin);
    paper->deliveries -= value;
}

static void send_back(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t part)
{
    struct shelf *shelf = &paper->shelf[part];
    const int64_t quantity = any_quantity(seed, shelf, 5);
    const struct stock_change change = {
        .part = {part + 1}, .kind = STOCK_RETURN, .quantity = {-quantity}};

    if (move(t, paper, &change, ACCOUNT_PURCHASE_DIFFERENCE,
             can_take(paper, shelf, quantity, false)))
        paper->returned += take_on_paper(paper, shelf, quantity, -1);
}

static void count(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t part)
{
    struct shelf *shelf = &paper->shelf[part];
    const int bin = (int)dice(seed, BINS);
    const int64_t quantity = any_quantity(seed, shelf, 3) * (dice(seed, 2) == 0 ? 1 : -1);
    const struct stock_change change = {
        .part = {part + 1}, .kind = STOCK_COUNT, .bin = bins[bin], .quantity = {quantity}};

    if (!move(t, paper, &change, ACCOUNT_STOCK_ADJUSTMENT,
              quantity > 0 || can_take(paper, shelf, -quantity, false)))
        return;
    if (quantity < 0) {
        paper->adjustment += take_on_paper(paper, shelf, -quantity, bin);
        return;
    }
    const int64_t value = shelf->on_hand > 0 && shelf->value > 0
                              ? share(shelf->value, quantity, shelf->on_hand)
                              : share(shelf->cost, quantity, 1000);
    bring_on_paper(paper, shelf, quantity, value, bin);
    paper->adjustment -= value;
}

static void adjust(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t part)
{
    struct shelf *shelf = &paper->shelf[part];
    const int bin = (int)dice(seed, BINS + 1) - 1; /* -1: all together */
    const int64_t set = any_quantity(seed, shelf, 9);
    const int64_t on_hand = bin < 0 ? set : shelf->on_hand - shelf->bin[bin] + set;
    const int64_t each = dice(seed, 2) * dice(seed, 3000);
    const struct part_adjust in = {.part = {part + 1},
                                   .on_hand = {set},
                                   .in_bin = bin < 0 ? "" : bins[bin],
                                   .unit_cost = {each},
                                   .reason = "looked"};
    const int64_t value =
        each == 0 && shelf->on_hand > 0 && shelf->value > 0
            ? shelf->value + share(shelf->value, on_hand - shelf->on_hand, shelf->on_hand)
            : share(each != 0 ? each : shelf->cost, on_hand, 1000);

    call(t, paper, &part_adjust_op, &in, NULL, true);
    paper->moves[STOCK_ADJUST]++;
    paper->inventory += value - shelf->value;
    paper->adjustment -= value - shelf->value;
    if (bin < 0 && on_hand < shelf->on_hand)
        take_from_bins(shelf, shelf->on_hand - on_hand);
    else
        shelf->bin[bin < 0 ? 0 : bin] += on_hand - shelf->on_hand;
    shelf->on_hand = on_hand;
    shelf->value = value;
}

static void transfer(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t part)
{
    struct shelf *shelf = &paper->shelf[part];
    const int from = (int)dice(seed, BINS);
    const int to = (from + 1 + (int)dice(seed, BINS - 1)) % BINS;
    const int64_t quantity = any_quantity(seed, shelf, 4);
    const struct stock_transfer in = {
        .part = {part + 1}, .from = bins[from], .to = bins[to], .quantity = {quantity}};
    const bool allowed = quantity <= shelf->bin[from];

    expect_status(t, &stock_transfer_op, &in, NULL, allowed ? OK : ERR_INVALID);
    paper->refused += !allowed;
    if (!allowed)
        return;
    shelf->bin[from] -= quantity;
    shelf->bin[to] += quantity;
    paper->moves[STOCK_TRANSFER]++;
}

/* ------------------------------------------------------------------------ orders -- */

static void write_up(struct shop_test *t, struct paper *paper, uint64_t *seed,
                     struct paper_order *ro)
{
    const struct order_start start = {
        .customer = {1}, .odometer_mi = NUMBER_NONE, .concern = "Work"};
    struct order order;

    expect_ok(t, &order_start_op, &start, &order);
    ro->id = order.id.v;
    ro->job = ((const struct order_job *)order.jobs.at)->id.v;
    ro->agreed = false;
    ro->lines = 1 + dice(seed, LINES);
    for (int64_t l = 0; l < ro->lines; l++) {
        const int64_t part = dice(seed, PARTS);
        const int64_t quantity = any_quantity(seed, &paper->shelf[part], 4);
        const struct line_add_part add = {.job = {ro->job},
                                          .part = {part + 1},
                                          .quantity = {quantity},
                                          .price = {NUMBER_NONE},
                                          .cost = {NUMBER_NONE},
                                          /* costs drift as they like, some above the price */
                                          .price_reason = "As it comes"};
        expect_ok(t, &line_add_part_op, &add, &order);
        const struct order_job *job = order.jobs.at;
        const struct order_line *lines = job->lines.at;
        ro->line[l] = (struct paper_line){
            .id = lines[job->lines.count - 1].id.v, .part = part, .quantity = quantity};
    }
}

static void agree(struct shop_test *t, struct paper *paper, struct paper_order *ro)
{
    const struct order_authorize in = {.order = {ro->id}, .method = METHOD_IN_PERSON};

    call(t, paper, &order_authorize_op, &in, NULL, true);
    ro->agreed = true;
}

static bool has_pulled(const struct paper_order *ro)
{
    for (int64_t l = 0; l < ro->lines; l++)
        if (ro->line[l].pulled > 0)
            return true;
    return false;
}

static void give_up(struct shop_test *t, struct paper *paper, struct paper_order *ro)
{
    const struct order_void in = {.order = {ro->id}, .reason = "changed his mind"};

    if (call(t, paper, &order_void_op, &in, NULL, !has_pulled(ro)))
        *ro = (struct paper_order){0};
}

static void pull(struct shop_test *t, struct paper *paper, uint64_t *seed, struct paper_order *ro)
{
    struct paper_line *line = &ro->line[dice(seed, ro->lines)];
    struct shelf *shelf = &paper->shelf[line->part];
    const int64_t left = line->quantity - line->pulled;
    const bool all = dice(seed, 2) == 0 || left <= 0;
    const int64_t quantity = all            ? left
                             : shelf->whole ? 1000 * (1 + dice(seed, left / 1000))
                                            : 1 + dice(seed, left);
    const struct stock_pull in = {.line = {line->id}, .quantity = {all ? NUMBER_NONE : quantity}};

    if (!call(t, paper, &stock_pull_op, &in, NULL,
              ro->agreed && left > 0 && can_take(paper, shelf, quantity, true)))
        return;
    const int64_t value = take_on_paper(paper, shelf, quantity, -1);
    line->pulled += quantity;
    line->pulled_value += value;
    paper->work_in_process += value;
    paper->moves[STOCK_ISSUE]++;
}

static void put_back(struct shop_test *t, struct paper *paper, uint64_t *seed,
                     struct paper_order *ro)
{
    struct paper_line *line = &ro->line[dice(seed, ro->lines)];
    struct shelf *shelf = &paper->shelf[line->part];
    const bool all = dice(seed, 2) == 0 || line->pulled < 1000;
    const int64_t quantity = all            ? line->pulled
                             : shelf->whole ? 1000 * (1 + dice(seed, line->pulled / 1000))
                                            : 1 + dice(seed, line->pulled);
    const struct stock_pull in = {.line = {line->id}, .quantity = {all ? NUMBER_NONE : quantity}};

    if (!call(t, paper, &stock_put_back_op, &in, NULL, line->pulled > 0))
        return;
    const int64_t value = share(line->pulled_value, quantity, line->pulled);
    line->pulled -= quantity;
    line->pulled_value -= value;
    paper->work_in_process -= value;
    bring_on_paper(paper, shelf, quantity, value, 0);
    paper->moves[STOCK_RETURN]++;
}

/* Would selling what is left take more than there is, one line after the other? */
static bool can_sell(const struct paper *paper, const struct paper_order *ro)
{
    int64_t left[PARTS];

    for (int p = 0; p < PARTS; p++)
        left[p] = paper->shelf[p].on_hand;
    for (int64_t l = 0; l < ro->lines; l++) {
        const int64_t rest = ro->line[l].quantity - ro->line[l].pulled;
        if (rest > 0 && rest > left[ro->line[l].part] && !paper->may_be_negative)
            return false;
        left[ro->line[l].part] -= rest;
    }
    return true;
}

static void sell(struct shop_test *t, struct paper *paper, struct paper_order *ro)
{
    const struct job_ref done = {.job = {ro->job}};
    const struct invoice_post post = {.order = {ro->id}};
    struct invoice invoice;
    struct order page;

    const status finished = op_call(&t->session, &job_done_op, &done, &page);
    assert_true(finished == OK || finished == ERR_CONFLICT); /* or it is done already */
    if (!call(t, paper, &invoice_post_op, &post, &invoice, can_sell(paper, ro)))
        return;
    const struct invoice_line *line = ((const struct invoice_job *)invoice.jobs.at)->lines.at;
    for (int64_t l = 0; l < ro->lines; l++) {
        const int64_t rest = ro->line[l].quantity - ro->line[l].pulled;
        const int64_t value =
            rest > 0 ? take_on_paper(paper, &paper->shelf[ro->line[l].part], rest, -1) : 0;
        assert_int_equal(line[l].cost.cents, value + ro->line[l].pulled_value);
        paper->part_cost += value + ro->line[l].pulled_value;
        paper->work_in_process -= ro->line[l].pulled_value;
        paper->moves[STOCK_ISSUE] += rest > 0;
    }
    *ro = (struct paper_order){0};
    paper->invoices++;
}

static void change_quantity(struct shop_test *t, struct paper *paper, uint64_t *seed,
                            struct paper_order *ro)
{
    struct paper_line *line = &ro->line[dice(seed, ro->lines)];
    const int64_t quantity = any_quantity(seed, &paper->shelf[line->part], 4);
    const struct line_edit in = {.line = {line->id},
                                 .quantity = {quantity},
                                 .price = {NUMBER_NONE},
                                 .cost = {NUMBER_NONE},
                                 .discount_ppm = {NUMBER_NONE},
                                 .discount_amount = {NUMBER_NONE},
                                 .taxable = true};
    const bool agreed = ro->agreed;
    struct order page;

    if (!call(t, paper, &line_edit_op, &in, NULL, quantity >= line->pulled))
        return;
    line->quantity = quantity;
    if (!agreed)
        return;
    /* The customer agrees at once, if there is anything to agree to. */
    const struct order_authorize again = {.order = {ro->id}, .method = METHOD_IN_PERSON};
    const status answered = op_call(&t->session, &order_authorize_op, &again, &page);
    assert_true(answered == OK || answered == ERR_CONFLICT);
}

static void any_order_step(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    struct paper_order *ro = &paper->order[dice(seed, ORDERS)];

    if (ro->id == 0) {
        write_up(t, paper, seed, ro);
        return;
    }
    switch (dice(seed, ro->agreed ? 12 : 3)) {
    case 0:
        ro->agreed ? change_quantity(t, paper, seed, ro) : agree(t, paper, ro);
        break;
    case 1:
        ro->agreed ? pull(t, paper, seed, ro) : agree(t, paper, ro);
        break;
    case 2:
        if (!ro->agreed && dice(seed, 3) == 0)
            give_up(t, paper, ro);
        else if (!ro->agreed)
            pull(t, paper, seed, ro); /* nobody has agreed: refused */
        else
            change_quantity(t, paper, seed, ro);
        break;
    case 3:
    case 4:
    case 5:
        put_back(t, paper, seed, ro);
        break;
    case 6:
        sell(t, paper, ro);
        break;
    default:
        pull(t, paper, seed, ro);
    }
}

static void any_step(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    static void (*const steps[])(struct shop_test *, struct paper *, uint64_t *,
                                 int64_t) = {receive, receive, send_back, count, adjust, transfer};
    const int64_t which = dice(seed, 2 * (int64_t)COUNT_OF(steps));

    if (which < (int64_t)COUNT_OF(steps))
        steps[which](t, paper, seed, dice(seed, PARTS));
    else
        any_order_step(t, paper, seed);
    if (dice(seed, 2000) == 0) {
        paper->may_be_negative = !paper->may_be_negative;
        run_sql(t, paper->may_be_negative ? "UPDATE shop SET negative_stock = 1"
                                          : "UPDATE shop SET negative_stock = 0");
    }
}

/* ---------------------------------------------------------------------- agreement -- */

static const char SQL_SHELF[] =
    "SELECT group_concat(part.id || ':' || on_hand || ' ' || stock_value || ' ' ||\n"
    "  (SELECT ifnull(sum(committed), 0) FROM line WHERE part = part.id AND committed > 0) || ' ' "
    "||\n"
    "  (SELECT ifnull(max(on_hand), 0) FROM part_bin WHERE part = part.id AND bin = 'A1') || ' ' "
    "||\n"
    "  (SELECT ifnull(max(on_hand), 0) FROM part_bin WHERE part = part.id AND bin = 'B2') || ' ' "
    "||\n"
    "  (SELECT ifnull(max(on_hand), 0) FROM part_bin WHERE part = part.id AND bin = 'C3'), '|')\n"
    "FROM (SELECT * FROM part ORDER BY id) AS part";
static const char SQL_LEDGER[] =
    "SELECT group_concat((SELECT ifnull(sum(debit - credit), 0) FROM account_day AS d\n"
    "  WHERE d.account = a.id), '|')\n"
    "FROM (SELECT id FROM account WHERE role IN ('inventory', 'purchase_difference', "
    "'work_in_process',\n"
    "  'equity', 'part_cost', 'stock_adjustment') ORDER BY id) AS a";

static void assert_agrees(struct shop_test *t, const struct paper *paper)
{
    AUTO_BUF shelf = BUF_MIB(1);
    const char *told;
    char ledger[256];

    for (int p = 0; p < PARTS; p++) {
        const struct shelf *at = &paper->shelf[p];
        buf_printf(&shelf, "%s%d:%lld %lld %lld %lld %lld %lld", p > 0 ? "|" : "", p + 1,
                   (long long)at->on_hand, (long long)at->value,
                   (long long)committed_on_paper(paper, p), (long long)at->bin[0],
                   (long long)at->bin[1], (long long)at->bin[2]);
    }
    assert_int_equal(store_text(t->store, SQL_SHELF, NULL, &t->arena, &told), OK);
    assert_string_equal(told, buf_str(&shelf));
    snprintf(ledger, sizeof ledger, "%lld|%lld|%lld|%lld|%lld|%lld", (long long)paper->inventory,
             (long long)paper->work_in_process, (long long)paper->deliveries,
             (long long)paper->part_cost, (long long)paper->adjustment, (long long)paper->returned);
    assert_int_equal(store_text(t->store, SQL_LEDGER, NULL, &t->arena, &told), OK);
    assert_string_equal(told, ledger);
}

static void given_catalog(struct shop_test *t, struct paper *paper)
{
    run_sql(t, "INSERT INTO customer (name, name_key, last_name, created_at)\n"
               "VALUES ('Delgado', 'delgado', 'Delgado', 0)");
    for (int64_t p = 0; p < PARTS; p++) {
        struct shelf *shelf = &paper->shelf[p];
        *shelf = (struct shelf){.cost = 37 * (p + 1) * (p + 1), .whole = p % 3 == 0};
        const struct part_entry in = {.sku = arena_printf(&t->arena, "P%lld", (long long)p),
                                      .name = "Part",
                                      .bin = bins[0],
                                      .cost = {shelf->cost},
                                      .price = {2 * shelf->cost + 3},
                                      .whole = shelf->whole,
                                      .taxable = true};
        expect_ok(t, &part_add_op, &in, NULL);
    }
}

static void random_histories_agree_with_a_second_model(void **state)
{
    struct shop_test *t = *state;
    const char *wish = getenv("PITLANE_STOCK_STEPS");
    const int64_t steps = wish != NULL ? atoll(wish) : STEPS;
    struct paper paper = {.may_be_negative = true};
    uint64_t seed = 20261124;

    given_catalog(t, &paper);
    for (paper.steps = 0; paper.steps < steps; paper.steps++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        any_step(t, &paper, &seed);
        assert_agrees(t, &paper);
        if (paper.steps % PROVE_EVERY == PROVE_EVERY - 1)
            assert_books_agree(t);
        arena_release(&t->arena, mark);
    }
    assert_books_agree(t);
    print_message("%lld steps, %lld movements, %lld invoices, %lld refusals, all as on paper\n",
                  (long long)paper.steps,
                  (long long)ask_number(t, "SELECT count(*) FROM stock_move"),
                  (long long)paper.invoices, (long long)paper.refused);
    for (int kind = STOCK_RECEIVE; kind <= STOCK_TRANSFER; kind++)
        assert_true(paper.moves[kind] > 0 || steps < 1000);
    assert_true(ask_number(t, "SELECT count(*) FROM stock_move WHERE kind = 'recost'") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(random_histories_agree_with_a_second_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
