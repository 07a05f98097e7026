/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every operation × every role × whose record it is. What is expected is worked out from rights.def
 * and from who owns what by the rows themselves. What an operation does once it is let in is not
 * asked: a stand-in takes its place, except in lists, whose rows are looked at one by one. */

#include "matrix.h"

#include "domain/list.h"

/* Nobody has to be signed in for these, and for no others. */
static const char *const open_to_all[] = {
    "session.sign-in", "session.pin", "session.people", "session.refresh",
    "estimate.price",  "vin.decode",  "session.resume", "terminal.recognise",
};

/* These speak of no one record: they limit themselves, or what they note was decided elsewhere. */
static const char *const about_no_record[] = {"customer.find", "order.today", "document.record",
                                              "letterhead.show", "stock.transfer"};

/* Lists of things that are nobody's, for the staff. */
static const char *const for_the_staff[] = {"user.technicians"};

static bool is_among(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(names[i], name))
            return true;
    return false;
}

/* ------------------------------------------------------------------------- the cells -- */

enum cell { LET_IN, NOT_ALLOWED, NOT_MINE };

static void check_cell(struct matrix *m, const struct op *op, int role, const char *whose,
                       const void *in, enum cell wanted)
{
    struct shop_test *t = m->shop;
    const struct op stand = stand_in(op, &t->arena);

    was_let_in = false;
    const status result = op_call(&t->session, &stand, in, NULL);
    const char *said = t->session.fault.text;
    const bool is_right =
        wanted == LET_IN ? was_let_in && result == OK
        : wanted == NOT_ALLOWED
            ? !was_let_in && result == ERR_DENIED &&
                  strstr(said, "Your role does not allow this") != NULL
            : !was_let_in && result == ERR_DENIED && strstr(said, "is not one of yours") != NULL;
    if (!is_right)
        fail_msg("%s, %s%s: %s, %s (%s)", op->name, role_names[role], whose, status_word(result),
                 was_let_in ? "let in" : "refused", said);
    m->cells++;
    m->allowed += wanted == LET_IN;
    m->denied += wanted != LET_IN;
}

/* With one's own records only: mine yes, theirs no. */
static void check_owners(struct matrix *m, const struct op *op, int role)
{
    static const char *const whose[OWNERS] = {", own record", ", somebody else's"};
    bool found = false;

    if (is_among(about_no_record, COUNT_OF(about_no_record), op->name)) {
        check_cell(m, op, role, "", input_about(m, op, MINE, &found), LET_IN);
        return;
    }
    for (int owner = 0; owner < OWNERS; owner++) {
        const void *in = input_about(m, op, owner, &found);
        if (!found)
            fail_msg("%s asks whose a record is that this test cannot make. Teach record_of.",
                     op->name);
        check_cell(m, op, role, whose[owner], in, owner == MINE ? LET_IN : NOT_MINE);
    }
    m->own += 2;
}

static bool bound_by_own(const struct op *op)
{
    return (op->flags & OP_LIST) != 0 ? op_tells_own(op) : op->owns != NULL;
}

static void check_op(struct matrix *m, const struct op *op, int role)
{
    const enum scope scope = op->right == RIGHT_NONE ? SCOPE_ALL : expected[op->right][role];
    bool found = false;
    const void *in = input_about(m, op, MINE, &found);

    if (scope == SCOPE_ALL)
        check_cell(m, op, role, "", in, LET_IN);
    else if (scope == SCOPE_NO || !bound_by_own(op))
        check_cell(m, op, role, "", in, NOT_ALLOWED);
    else if ((op->flags & OP_LIST) == 0)
        check_owners(m, op, role);
}

static void every_operation_is_open_to_whom_it_should_be_and_to_nobody_else(void **state)
{
    struct matrix *m = *state;

    for (int role = 0; role < ROLES; role++) {
        const size_t cells = m->cells, allowed = m->allowed, denied = m->denied, own = m->own;
        use_session(m, role);
        each_op(m, role, check_op);
        print_message("%-12s %4zu cells: %4zu allowed, %4zu denied, %3zu by owner\n",
                      role_names[role], m->cells - cells, m->allowed - allowed, m->denied - denied,
                      m->own - own);
    }
    print_message("%zu cells: %zu allowed, %zu denied, %zu decided by whose record it is\n",
                  m->cells, m->allowed, m->denied, m->own);
    assert_true(m->cells > 6 * 100);
    assert_true(m->own >= 40);
}

/* A new operation gets a right of its own accord, or its name has to be written down here. */
static void nothing_is_open_to_all_but_what_is_known_to_be(void **state)
{
    (void)state;
    for (size_t i = 0; i < module_count; i++)
        for (size_t o = 0; o < modules[i]->count; o++) {
            const struct op *op = modules[i]->ops[o];
            const bool is_open = op->right == RIGHT_NONE || (op->flags & OP_PUBLIC) != 0;
            if (is_open && !is_among(open_to_all, COUNT_OF(open_to_all), op->name))
                fail_msg("%s needs no right", op->name);
            if ((op->right == RIGHT_NONE) != ((op->flags & OP_PUBLIC) != 0))
                fail_msg("%s: who needs nobody signed in needs no right, and the other way round",
                         op->name);
        }
}

/* ------------------------------------------------------------------ lists of one's own -- */

/* By the rows themselves: whose is it? -1: of a kind that belongs to nobody. */
static int owner_of(struct matrix *m, const char *noun, int64_t id)
{
    static const struct {
        const char *noun, *sql;
    } known[] = {
        {"customer",
         "SELECT :id = :customer OR EXISTS (SELECT 1 FROM repair_order AS o JOIN job AS j "
         "ON j.repair_order = o.id WHERE o.customer = :id AND j.technician = :user)"},
        {"vehicle", "SELECT count(*) FROM vehicle WHERE id = :id AND customer = :customer"},
        {"order", "SELECT count(*) FROM repair_order AS o WHERE o.id = :id AND (o.customer = "
                  ":customer OR EXISTS (SELECT 1 FROM job WHERE repair_order = o.id "
                  "AND technician = :user))"},
        {"job", "SELECT count(*) FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order "
                "WHERE j.id = :id AND (o.customer = :customer OR j.technician = :user)"},
        {"invoice", "SELECT count(*) FROM invoice WHERE id = :id AND customer = :customer"},
        {"payment", "SELECT count(*) FROM payment WHERE id = :id AND customer = :customer"},
        {"gift", "SELECT count(*) FROM gift_certificate WHERE id = :id AND customer = :customer"},
        {"document", "SELECT count(*) FROM document WHERE id = :id AND user = :user"},
        {"session", "SELECT count(*) FROM session WHERE id = :id AND user = :user"},
        {"clock", "SELECT count(*) FROM punch WHERE id = :id AND user = :user"},
    };
    const struct session *s = &m->shop->session;
    const size_t length = strcspn(noun, ".");
    int64_t count = 0;

    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strlen(known[i].noun) != length || strncmp(known[i].noun, noun, length) != 0)
            continue;
        assert_int_equal(store_int(s->store, known[i].sql,
                                   BINDS(BIND_INT("id", id), BIND_INT("customer", s->customer.v),
                                         BIND_INT("user", s->user.v)),
                                   &count),
                         OK);
        return (int)count;
    }
    return -1;
}

static size_t check_row(struct matrix *m, const struct op *op, int role, const void *row)
{
    size_t known = 0;

    for (size_t i = 0; i < op->out->count; i++) {
        const struct field *field = &op->out->fields[i];
        int64_t id = 0;
        if (field->type != FIELD_ID)
            continue;
        memcpy(&id, field_of(field, row), sizeof id);
        const int owner =
            id != 0 ? owner_of(m, text_same(field->name, "id") ? op->name : field->name, id) : -1;
        if (owner == 0)
            fail_msg("%s shows %s %s %lld, which is not his", op->name, role_names[role],
                     field->name, (long long)id);
        known += owner == 1;
    }
    return known;
}

static bool needs_a_key(const struct op *op)
{
    for (size_t i = 0; i < op->in->count; i++)
        if ((op->in->fields[i].flags & FIELD_REQUIRED) != 0)
            return true;
    return false;
}

/* Asked for nothing, for what is his and for what is not. */
static void check_list(struct matrix *m, const struct op *op, int role)
{
    struct shop_test *t = m->shop;
    size_t rows = 0;

    if ((op->flags & OP_LIST) == 0 || expected[op->right][role] != SCOPE_OWN || !op_tells_own(op) ||
        is_among(for_the_staff, COUNT_OF(for_the_staff), op->name))
        return;
    for (int owner = needs_a_key(op) ? 0 : -1; owner < OWNERS; owner++) {
        bool found = false;
        struct page page = {.total = 0};
        struct list_query *in = input_about(m, op, owner < 0 ? MINE : owner, &found);
        if (owner >= 0 && !found)
            break;
        in->limit = 500;
        if (owner < 0 && found) {
            memset(in, 0, op->in->size);
            shape_tidy(op->in, in);
        }
        expect_ok(t, op, in, &page);
        for (size_t i = 0; i < page.rows.count; i++)
            if (check_row(m, op, role, (const char *)page.rows.at + i * op->out->size) == 0)
                fail_msg("%s has rows of which nobody can tell whose they are", op->name);
        rows += page.rows.count;
        m->cells++;
    }
    m->rows += rows;
    m->own++;
    if (rows == 0)
        print_message("%s showed %s nothing\n", op->name, role_names[role]);
}

static void a_list_shows_whoever_sees_his_own_nothing_else(void **state)
{
    struct matrix *m = *state;

    for (int role = 0; role < ROLES; role++) {
        use_session(m, role);
        each_op(m, role, check_list);
    }
    print_message("%zu lists asked %zu times, %zu rows looked at\n", m->own, m->cells, m->rows);
    assert_true(m->rows >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MATRIX_TEST(every_operation_is_open_to_whom_it_should_be_and_to_nobody_else),
        MATRIX_TEST(nothing_is_open_to_all_but_what_is_known_to_be),
        MATRIX_TEST(a_list_shows_whoever_sees_his_own_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
