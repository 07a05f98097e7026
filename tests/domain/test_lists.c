/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every list operation of every module: what it says of its own lists is true. */

#include "shop.h"

#include "domain/list.h"

typedef void list_check(struct shop_test *t, const struct op *op, const struct list_source *list);

static void each_list(struct shop_test *t, list_check *check)
{
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            for (size_t l = 0; l < op->list_count; l++)
                check(t, op, &op->lists[l]);
        }
}

static void a_list_operation_and_no_other_names_its_lists(void **state)
{
    (void)state;
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (((op->flags & OP_LIST) != 0) != (op->list_count > 0))
                fail_msg("%s", op->name);
        }
}

static void check_prepares(struct shop_test *t, const struct op *op, const struct list_source *list)
{
    const char *sql;

    for (size_t i = 0; (sql = list_sql(list, i, &t->arena)) != NULL; i++)
        if (store_try(t->store, sql, NULL) != OK)
            fail_msg("%s\n%s\n%s", op->name, sql, t->session.fault.text);
}

static void every_text_a_list_can_compose_prepares(void **state)
{
    each_list(*state, check_prepares);
}

static void check_sorts(struct shop_test *t, const struct op *op, const struct list_source *list)
{
    (void)t;
    assert_true(list->sort_count > 0);
    for (size_t i = 0; i < list->sort_count; i++)
        if (shape_field(op->out, list->sorts[i].name) == NULL)
            fail_msg("%s sorts by %s, which its rows do not have", op->name, list->sorts[i].name);
}

static void a_list_is_sorted_by_what_its_rows_show(void **state)
{
    each_list(*state, check_sorts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_operation_and_no_other_names_its_lists),
        SHOP_TEST(every_text_a_list_can_compose_prepares),
        SHOP_TEST(a_list_is_sorted_by_what_its_rows_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
