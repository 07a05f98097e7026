/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "matrix.h"

#include "book_rows.h"
#include "domain/credit.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/payment.h"

/* --------------------------------------------------------------- what is expected -- */

const char *const role_names[ROLES] = {"admin",      "manager",  "technician",
                                       "accountant", "customer", "own records"};

#define ALL SCOPE_ALL
#define OWN SCOPE_OWN
#define NO  SCOPE_NO
/* For the sixth role: own wherever a seeded role has it so. */
#define OWN_IF(a, b, c, d)                                                                         \
    ((a) == OWN || (b) == OWN || (c) == OWN || (d) == OWN ? SCOPE_OWN : SCOPE_NO)
#define RIGHT(constant, word, says, manager, technician, accountant, customer)                     \
    [RIGHT_##constant] = {                                                                         \
        ALL,                                                                                       \
        manager,                                                                                   \
        technician,                                                                                \
        accountant,                                                                                \
        customer,                                                                                  \
        RIGHT_##constant == RIGHT_SELF ? ALL : OWN_IF(manager, technician, accountant, customer)},
const enum scope expected[RIGHT_COUNT][ROLES] = {
#include "domain/rights.def"
};
#undef RIGHT

/* ------------------------------------------------------------------------ the shop -- */

static int64_t latest(struct shop_test *t, const char *table)
{
    return ask_number(t, arena_printf(&t->arena, "SELECT max(id) FROM %s", table));
}

/* One customer with everything that can be his; the first one's jobs are the technician's. */
static void fill_side(struct matrix *m, int owner)
{
    struct shop_test *t = m->shop;
    const long long n = owner + 1;
    struct invoice invoice;

    given_customer(t, owner == MINE ? "Delgado" : "Ames", 0);
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO vehicle (customer, name, name_key) VALUES (%lld, "
                            "'Car', 'car')",
                            n));
    for (int visit = 0; visit < 3; visit++)
        given_done_order(t, (struct customer_id){n}, USD(100, 0));
    const long long last = latest(t, "repair_order"), job = latest(t, "job");
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE repair_order SET vehicle = %lld WHERE customer = %lld", n, n));
    if (owner == MINE)
        run_sql(t, "UPDATE job SET technician = 3");
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE job SET state = 'declined', decided_on = '2026-01-05' "
                            "WHERE id = %lld",
                            job - 1));
    run_sql(t, arena_printf(&t->arena, "UPDATE job SET state = 'authorized' WHERE id = %lld", job));
    run_sql(t, arena_printf(&t->arena, "UPDATE repair_order SET state = 'approved' WHERE id = %lld",
                            last));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {last - 2}}, &invoice);
    struct tender cash = {.method = PAY_CASH, .amount = USD(40, 0)};
    shape_tidy(shape_field(payment_take_op.in, "tenders")->rows, &cash);
    const struct payment_take payment = {.invoice = invoice.id, .tenders = {&cash, 1}};
    expect_ok(t, &payment_take_op, &payment, NULL);
    const struct gift_give credit = {.customer = {n}, .amount = USD(5, 0), .reason = "Waited long"};
    expect_ok(t, &gift_give_op, &credit, NULL);
    struct credit_line_input back = {.line = {latest(t, "invoice_line")}, .quantity = {100}};
    const struct credit_issue memo = {
        .invoice = invoice.id, .lines = {&back, 1}, .reason = "Waited long"};
    expect_ok(t, &credit_issue_op, &memo, &(struct credit){.total = MONEY_ZERO});
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO contact (customer, at, user, channel, direction, summary) "
                            "VALUES (%lld, 1, 2, 'phone', 'in', 'Asked')",
                            n));
    for (long long who = owner == MINE ? 3 : 2; who < 7; who += owner == MINE ? 1 : 10) {
        run_sql(t, arena_printf(&t->arena,
                                "INSERT INTO document (kind, subject, sent, target, at, user) "
                                "VALUES ('invoice', %lld, 'saved', 'x.pdf', 1, %lld)",
                                (long long)invoice.id.v, who));
        run_sql(t, arena_printf(&t->arena,
                                "INSERT INTO punch (user, in_at, out_at, in_up_s, terminal) "
                                "VALUES (%lld, %lld, %lld, 1, 'test')",
                                who, (long long)SHOP_TEST_NOW - 7200,
                                (long long)SHOP_TEST_NOW - 3600));
    }
    m->orders[owner] = last;
    m->jobs[owner] = job;
    m->lines[owner] = latest(t, "line");
    m->invoices[owner] = invoice.id.v;
    m->payments[owner] = latest(t, "payment");
    m->gifts[owner] = latest(t, "gift_certificate");
    m->credits[owner] = latest(t, "credit_memo");
}

/* The shop's own role, and somebody who has it; his records are those of the first customer. */
static void add_own_role(struct shop_test *t)
{
    run_sql(t, "INSERT INTO role (id, name) VALUES (6, 'own records')");
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        if (expected[right][ROLE_OWN] != SCOPE_NO)
            run_sql(t, arena_printf(&t->arena,
                                    "INSERT INTO role_right (role, right, scope) "
                                    "VALUES (6, '%s', '%s')",
                                    right_table[right].word,
                                    choice_word(&scope_choices, expected[right][ROLE_OWN])));
    run_sql(t, "INSERT INTO user (id, login, name, role, password_hash) "
               "SELECT 6, 'own', 'Olga Own', 6, password_hash FROM user WHERE id = 2");
}

int matrix_open(void **state)
{
    struct matrix *m = mem_alloc(sizeof *m);
    void *shop = NULL;

    *m = (struct matrix){.cells = 0};
    assert_int_equal(shop_test_open(&shop), 0);
    m->shop = shop;
    add_own_role(m->shop);
    given_no_taxes(m->shop);
    for (int owner = 0; owner < OWNERS; owner++)
        fill_side(m, owner);
    run_sql(m->shop, "UPDATE user SET customer = 1 WHERE id IN (5, 6)");
    for (int role = 0; role < ROLE_COUNT; role++) {
        sign_in_as(m->shop, role);
        m->sessions[role] = m->shop->session;
    }
    const struct sign_in own = {.login = "own", .password = "correct horse battery", .code = ""};
    struct signed_in in;
    m->shop->session.id.v = 0;
    expect_ok(m->shop, &session_sign_in_op, &own, &in);
    assert_int_equal(session_resume(&m->shop->session, in.access), OK);
    m->sessions[ROLE_OWN] = m->shop->session;
    sign_in_as(m->shop, ROLE_ADMIN);
    m->open_sessions[THEIRS] = ask_number(m->shop, "SELECT max(id) FROM session WHERE user = 2");
    *state = m;
    return 0;
}

int matrix_close(void **state)
{
    struct matrix *m = *state;
    void *shop = m->shop;

    shop_test_close(&shop);
    mem_free(m);
    return 0;
}

/* ------------------------------------------------------------- an operation's stand-in -- */

bool was_let_in;

static status let_in(struct session *s, const void *in, void *out)
{
    (void)s;
    (void)in;
    (void)out;
    was_let_in = true;
    return OK;
}

/* Nothing is required, so that only the door can refuse. */
static const struct shape *undemanding(const struct shape *shape, struct arena *arena)
{
    struct shape *copy = arena_copy(arena, shape, sizeof *shape);
    struct field *fields = arena_copy(arena, shape->fields, shape->count * sizeof *shape->fields);

    for (size_t i = 0; i < shape->count; i++)
        fields[i].flags &= ~(unsigned)FIELD_REQUIRED;
    copy->fields = fields;
    return copy;
}

struct op stand_in(const struct op *op, struct arena *arena)
{
    struct op copy = *op;

    copy.prepare = NULL;
    copy.fills = NULL;
    copy.run = let_in;
    copy.out = NULL;
    copy.flags &= ~(unsigned)(OP_LIST | OP_NO_SHOP);
    if ((op->flags & OP_LIST) != 0 && op_tells_own(op))
        copy.owns = NULL; /* the list itself is looked at elsewhere */
    if (op->in != NULL)
        copy.in = undemanding(op->in, arena);
    return copy;
}

static void fill_least(const struct field *field, void *row)
{
    const bool is_number =
        field->type == FIELD_MONEY || field->type == FIELD_QTY || field->type == FIELD_RATE;

    if (is_number && field->low > 0)
        memcpy(field_at(field, row), &field->low, sizeof field->low);
}

/* The record a field of this name means, of either owner; 0: it names none. */
static int64_t record_of(const struct matrix *m, const struct op *op, const char *field, int owner)
{
    const char *noun = text_same(field, "id") ? op->name : field;
    const size_t length = strcspn(noun, ".");
    static const char *const nouns[] = {"customer", "vehicle",     "order",   "job",
                                        "line",     "invoice",     "payment", "session",
                                        "gift",     "certificate", "credit"};
    const int64_t ids[] = {
        owner + 1,       owner + 1,          m->orders[owner],   m->jobs[owner],
        m->lines[owner], m->invoices[owner], m->payments[owner], m->open_sessions[owner],
        m->gifts[owner], m->gifts[owner],    m->credits[owner]};

    for (size_t i = 0; i < COUNT_OF(nouns); i++)
        if (strlen(nouns[i]) == length && strncmp(nouns[i], noun, length) == 0)
            return ids[i];
    return 0;
}

/* An input that speaks of the owner's record; *ret_found when there is a field for it. */
void *input_about(struct matrix *m, const struct op *op, int owner, bool *ret_found)
{
    const struct field_context context = session_context(&m->shop->session);
    void *in = arena_alloc(&m->shop->arena, op->in != NULL ? op->in->size : 1);

    *ret_found = false;
    if (op->in == NULL)
        return in;
    shape_init(op->in, in, &context);
    for (size_t i = 0; i < op->in->count; i++) {
        const struct field *field = &op->in->fields[i];
        const int64_t id = field->type == FIELD_ID ? record_of(m, op, field->name, owner) : 0;
        fill_least(field, in);
        if (id == 0)
            continue;
        memcpy(field_at(field, in), &id, sizeof id);
        *ret_found = true;
    }
    return in;
}

void use_session(struct matrix *m, int role)
{
    struct shop_test *t = m->shop;

    t->session = m->sessions[role];
    store_report_to(t->store, &t->session.fault);
    m->open_sessions[MINE] = t->session.id.v;
}

void each_op(struct matrix *m, int role, op_check *check)
{
    for (size_t i = 0; i < module_count; i++)
        for (size_t o = 0; o < modules[i]->count; o++) {
            const struct arena_mark mark = arena_mark(&m->shop->arena);
            check(m, modules[i]->ops[o], role);
            arena_release(&m->shop->arena, mark);
        }
}
