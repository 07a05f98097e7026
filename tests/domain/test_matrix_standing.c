/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every other reason of the door to refuse, tried on every operation: a PIN, a first step that is
 * due, a password shown too long ago, and fields with a right of their own. */

#include "matrix.h"

/* ------------------------------------------------- PIN, first steps, the password again -- */

static void check_standing(struct matrix *m, const struct op *op, unsigned flag, status refused,
                           const char *says)
{
    struct shop_test *t = m->shop;
    const struct op stand = stand_in(op, &t->arena);
    const bool is_free = (op->flags & OP_PUBLIC) != 0 || (op->flags & flag) != 0;
    bool found = false;
    const void *in = input_about(m, op, MINE, &found);

    was_let_in = false;
    const status result = op_call(&t->session, &stand, in, NULL);
    if (is_free ? !was_let_in : result != refused || was_let_in)
        fail_msg("%s: %s, %s (%s)", op->name, status_word(result),
                 was_let_in ? "let in" : "refused", t->session.fault.text);
    if (!is_free)
        assert_says(t, says);
    m->cells++;
    m->allowed += is_free;
    m->denied += !is_free;
}

static void check_pin(struct matrix *m, const struct op *op, int role)
{
    (void)role;
    check_standing(m, op, OP_PIN, ERR_DENIED, "PIN is not enough");
}

static void print_standing(const struct matrix *m, const char *what)
{
    print_message("%s: %zu operations, %zu let in, %zu refused\n", what, m->cells, m->allowed,
                  m->denied);
    assert_true(m->allowed > 0 && m->denied > 0);
}

static void with_a_pin_only_small_things_are_open(void **state)
{
    struct matrix *m = *state;

    use_session(m, ROLE_ADMIN);
    run_sql(m->shop,
            arena_printf(&m->shop->arena, "UPDATE session SET factor = 'pin' WHERE id = %lld",
                         (long long)m->shop->session.id.v));
    each_op(m, ROLE_ADMIN, check_pin);
    print_standing(m, "PIN");
}

static void check_first_password(struct matrix *m, const struct op *op, int role)
{
    (void)role;
    check_standing(m, op, OP_FIRST_STEP, ERR_CONFIRM, "Choose your own password first");
}

static void before_ones_own_password_nothing_else_is_open(void **state)
{
    struct matrix *m = *state;

    use_session(m, ROLE_ADMIN);
    run_sql(m->shop, "UPDATE user SET must_change = 1 WHERE id = 1");
    each_op(m, ROLE_ADMIN, check_first_password);
    print_standing(m, "first password");
}

static void check_first_factor(struct matrix *m, const struct op *op, int role)
{
    (void)role;
    check_standing(m, op, OP_FIRST_STEP, ERR_CONFIRM, "second factor");
}

static void before_the_second_factor_of_ones_role_nothing_else_is_open(void **state)
{
    struct matrix *m = *state;

    use_session(m, ROLE_ADMIN);
    run_sql(m->shop, "UPDATE role SET needs_second_factor = 1 WHERE id = 1");
    each_op(m, ROLE_ADMIN, check_first_factor);
    print_standing(m, "second factor due");
}

static void check_reauth(struct matrix *m, const struct op *op, int role)
{
    (void)role;
    const struct op stand = stand_in(op, &m->shop->arena);
    bool found = false;
    const void *in = input_about(m, op, MINE, &found);
    const bool is_free = (op->flags & OP_REAUTH) == 0 || (op->flags & OP_PUBLIC) != 0;

    was_let_in = false;
    const status result = op_call(&m->shop->session, &stand, in, NULL);
    if (was_let_in != is_free || (!is_free && result != ERR_CONFIRM))
        fail_msg("%s: %s (%s)", op->name, status_word(result), m->shop->session.fault.text);
    m->cells++;
    m->allowed += is_free;
    m->denied += !is_free;
}

static void what_weighs_more_wants_the_password_again_after_five_minutes(void **state)
{
    static const char *const weighty[] = {"role.add",       "role.edit",       "role.remove",
                                          "role.set",       "role.grant",      "user.set-role",
                                          "factor.reset",   "factor.turn-off", "payment.void",
                                          "payment.refund", "invoice.unpost",  "invoice.write-off",
                                          "credit.issue",   "bill.void",       "bill.void-payment"};
    struct matrix *m = *state;

    use_session(m, ROLE_ADMIN);
    m->shop->session.clock.fixed += 5 * 60 + 1;
    each_op(m, ROLE_ADMIN, check_reauth);
    print_standing(m, "password shown too long ago");
    for (size_t i = 0; i < COUNT_OF(weighty); i++) {
        const struct op *op = op_find(weighty[i]);
        if (op == NULL || (op->flags & OP_REAUTH) == 0)
            fail_msg("%s does not want the password again", weighty[i]);
    }
}

/* ------------------------------------------------------------------------ fields' rights -- */

/* Rights that fields have, taken away from the managers, who have nearly everything else. */
static struct right_set taken;

static void collect_field_rights(const struct shape *shape)
{
    for (size_t i = 0; shape != NULL && i < shape->count; i++) {
        if (shape->fields[i].right != 0)
            right_set_add(&taken, shape->fields[i].right);
        if (shape->fields[i].type == FIELD_ROWS)
            collect_field_rights(shape->fields[i].rows);
    }
}

static void collect_from_op(struct matrix *m, const struct op *op, int role)
{
    (void)m;
    (void)role;
    collect_field_rights(op->in);
    collect_field_rights(op->out);
}

static void take_field_rights(struct matrix *m)
{
    taken = (struct right_set){0};
    each_op(m, ROLE_MANAGER, collect_from_op);
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        if (right_set_has(&taken, right))
            run_sql(m->shop, arena_printf(&m->shop->arena,
                                          "DELETE FROM role_right WHERE role = 2 AND right = '%s'",
                                          right_table[right].word));
    run_sql(m->shop, "UPDATE role SET revision = revision + 1 WHERE id = 2");
}

static bool holds(unsigned right, int role)
{
    return right == 0 || (expected[right][role] != SCOPE_NO &&
                          !(role == ROLE_MANAGER && right_set_has(&taken, right)));
}

static bool is_open(const struct op *op, int role)
{
    return op->right != RIGHT_NONE && expected[op->right][role] == SCOPE_ALL &&
           holds(op->right, role);
}

static void fill_row(const struct shape *shape, void *row, struct arena *arena);

static void fill_field(const struct field *field, void *at, struct arena *arena)
{
    const int64_t number = 7;
    const bool yes = true;
    const char *text = "text";
    const struct day day = {"2026-11-24"};

    if (field->type == FIELD_TEXT) {
        memcpy(at, &text, sizeof text);
    } else if (field->type == FIELD_BOOL) {
        memcpy(at, &yes, sizeof yes);
    } else if (field->type == FIELD_DAY) {
        memcpy(at, &day, sizeof day);
    } else if (field->type == FIELD_ROWS) {
        const struct rows rows = {arena_alloc(arena, field->rows->size), 1};
        fill_row(field->rows, rows.at, arena);
        memcpy(at, &rows, sizeof rows);
    } else if (field->type != FIELD_ENUM) {
        memcpy(at, &number, sizeof number);
    }
}

static void fill_row(const struct shape *shape, void *row, struct arena *arena)
{
    for (size_t i = 0; i < shape->count; i++)
        fill_field(&shape->fields[i], field_at(&shape->fields[i], row), arena);
}

static const struct shape *answer_shape;
static struct arena *answer_arena;

/* Answers with a row in which nothing is empty. */
static status answer_fully(struct session *s, const void *in, void *out)
{
    (void)s;
    (void)in;
    fill_row(answer_shape, out, answer_arena);
    return OK;
}

static void check_answer(struct matrix *m, const struct shape *shape, const void *row, int role)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const bool may_see = holds(field->right, role);
        const bool is_empty = field_is_empty(field, row);
        const int64_t *number = field_of(field, row);
        const bool is_there = field->type == FIELD_MONEY || field->type == FIELD_QTY ||
                                      field->type == FIELD_RATE || field->type == FIELD_INT
                                  ? *number == 7
                                  : !is_empty;
        if (field->right == 0 && field->type != FIELD_ROWS)
            continue;
        if (field->right != 0) {
            m->cells++;
            m->allowed += may_see;
            m->denied += !may_see;
            if (is_there != may_see)
                fail_msg("%s.%s is %s for %s", shape->name, field->name,
                         is_there ? "shown" : "blank", role_names[role]);
        }
        if (field->type == FIELD_ROWS && may_see && !is_empty)
            check_answer(m, field->rows, ((const struct rows *)field_of(field, row))->at, role);
    }
}

static void check_output(struct matrix *m, const struct op *op, int role)
{
    struct shop_test *t = m->shop;
    struct op stand = stand_in(op, &t->arena);

    if (op->out == NULL || !is_open(op, role))
        return;
    bool found = false;
    const void *in = input_about(m, op, MINE, &found);
    void *out = arena_alloc(&t->arena, op->out->size);
    stand.kind = OP_READS;
    stand.out = op->out;
    stand.run = answer_fully;
    answer_shape = op->out;
    answer_arena = &t->arena;
    expect_ok(t, &stand, in, out);
    check_answer(m, op->out, out, role);
}

static void fields_with_a_right_are_blank_for_whoever_lacks_it(void **state)
{
    struct matrix *m = *state;

    take_field_rights(m);
    for (int role = 0; role < ROLES; role++) {
        use_session(m, role);
        each_op(m, role, check_output);
    }
    print_message("%zu cells of answers: %zu shown, %zu blank\n", m->cells, m->allowed, m->denied);
    assert_true(m->denied > 20);
}

static void check_input(struct matrix *m, const struct op *op, int role)
{
    struct shop_test *t = m->shop;
    const struct op stand = stand_in(op, &t->arena);

    if (op->in == NULL || !is_open(op, role))
        return;
    for (size_t i = 0; i < op->in->count; i++) {
        const struct field *field = &op->in->fields[i];
        bool found = false;
        if (field->right == 0 || field->type == FIELD_ROWS)
            continue;
        void *in = input_about(m, op, MINE, &found);
        fill_field(field, field_at(field, in), &t->arena);
        const bool may_set = holds(field->right, role);
        was_let_in = false;
        const status result = op_call(&t->session, &stand, in, NULL);
        if (was_let_in != may_set || (!may_set && result != ERR_DENIED))
            fail_msg("%s of %s by %s: %s (%s)", field->name, op->name, role_names[role],
                     status_word(result), t->session.fault.text);
        m->cells++;
        m->allowed += may_set;
        m->denied += !may_set;
    }
}

static void fields_with_a_right_are_not_set_by_whoever_lacks_it(void **state)
{
    struct matrix *m = *state;

    take_field_rights(m);
    for (int role = 0; role < ROLES; role++) {
        use_session(m, role);
        each_op(m, role, check_input);
    }
    print_message("%zu cells of input: %zu set, %zu refused\n", m->cells, m->allowed, m->denied);
    assert_true(m->allowed >= 10 && m->denied >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MATRIX_TEST(with_a_pin_only_small_things_are_open),
        MATRIX_TEST(before_ones_own_password_nothing_else_is_open),
        MATRIX_TEST(before_the_second_factor_of_ones_role_nothing_else_is_open),
        MATRIX_TEST(what_weighs_more_wants_the_password_again_after_five_minutes),
        MATRIX_TEST(fields_with_a_right_are_blank_for_whoever_lacks_it),
        MATRIX_TEST(fields_with_a_right_are_not_set_by_whoever_lacks_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
