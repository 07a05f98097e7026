/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a person may not see: fields with a right of their own (costs, margins) are empty in the
 * results of every operation, and missing from JSON, CSV and tables, for whoever lacks the right.
 */

#include "books.h"
#include "orders.h"

#include "base/table.h"
#include "domain/invoice.h"

/* Fields of a shape that this session may not see; nested ones too. */
static size_t count_hidden(const struct shop_test *t, const struct shape *shape)
{
    size_t count = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!right_set_has(&t->session.rights, field->right))
            count++;
        else if (field->type == FIELD_ROWS)
            count += count_hidden(t, field->rows);
    }
    return count;
}

/* A row in which nothing is empty, so that nothing can be missing by chance. */
static void fill_row(const struct shape *shape, void *row, struct arena *arena)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        char *at = field_at(field, row);
        const int64_t number = 987654;
        struct rows rows;

        switch (field->type) {
        case FIELD_TEXT:
            *(const char **)(void *)at = "text";
            break;
        case FIELD_BOOL:
            *(bool *)at = true;
            break;
        case FIELD_DAY:
            *(struct day *)at = (struct day){"2026-11-24"};
            break;
        case FIELD_ENUM:
            memset(at, 0, field->size);
            break;
        case FIELD_ROWS:
            rows = (struct rows){arena_alloc(arena, field->rows->size), 1};
            fill_row(field->rows, rows.at, arena);
            *(struct rows *)(void *)at = rows;
            break;
        case FIELD_INT:
        case FIELD_MONEY:
        case FIELD_QTY:
        case FIELD_RATE:
        case FIELD_INSTANT:
        case FIELD_ID:
        case FIELD_TYPE_COUNT:
        default:
            memcpy(at, &number, sizeof number);
        }
    }
}

static void assert_blank(const struct shop_test *t, const struct shape *shape, const void *row)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!right_set_has(&t->session.rights, field->right)) {
            const unsigned char *at = field_of(field, row);
            for (size_t b = 0; field->type != FIELD_TEXT && b < field->size; b++)
                if (at[b] != 0)
                    fail_msg("%s.%s is not empty", shape->name, field->name);
            if (field->type == FIELD_TEXT && **(const char *const *)(const void *)at != '\0')
                fail_msg("%s.%s is not empty", shape->name, field->name);
        } else if (field->type == FIELD_ROWS) {
            const struct rows *rows = field_of(field, row);
            for (size_t r = 0; r < rows->count; r++)
                assert_blank(t, field->rows, (const char *)rows->at + r * field->rows->size);
        }
    }
}

/* Neither the name nor the value of a hidden field is written anywhere. */
static void assert_unwritten(const struct shop_test *t, const struct shape *shape, const void *row)
{
    AUTO_BUF json = BUF_MIB(1), csv = BUF_MIB(1), text = BUF_MIB(1);
    const struct right_set *rights = &t->session.rights;
    const struct rows rows = {.at = shape_clone(shape, row, t->session.arena), .count = 1};

    json_write(&json, shape, row, rights, 0);
    table_write_csv_header(&csv, shape, rights);
    table_write_csv_row(&csv, shape, row, rights);
    table_write_row(&text, shape, row, rights, 0);
    table_write_rows(&text, shape, &rows, rights, 0);
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (right_set_has(rights, field->right))
            continue;
        const char *key = arena_printf(t->session.arena, "\"%s\":", field->name);
        const char *label = field_label(field, t->session.arena);
        if (strstr(buf_str(&json), key) != NULL)
            fail_msg("%s.%s is in the JSON", shape->name, field->name);
        if (strstr(buf_str(&csv), arena_printf(t->session.arena, ",%s,", field->name)) != NULL)
            fail_msg("%s.%s is in the CSV", shape->name, field->name);
        if (strstr(buf_str(&text), arena_printf(t->session.arena, "%s:", label)) != NULL)
            fail_msg("%s.%s is in the text", shape->name, field->name);
    }
}

static void no_operation_shows_a_hidden_field(void **state)
{
    struct shop_test *t = *state;
    size_t fields = 0, operations = 0;

    sign_in_as(t, ROLE_TECHNICIAN);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct shape *shape = modules[m]->ops[i]->out;
            const size_t hidden = shape != NULL ? count_hidden(t, shape) : 0;
            if (hidden == 0)
                continue;
            void *row = arena_alloc(&t->arena, shape->size);
            fill_row(shape, row, &t->arena);
            assert_unwritten(t, shape, row);
            shape_blank(shape, row, &t->session.rights);
            assert_blank(t, shape, row);
            fields += hidden;
            operations++;
        }
    print_message("%zu hidden fields in the results of %zu operations\n", fields, operations);
    assert_true(operations >= 20);
}

/* What JSON of a real order, part, canned job or invoice may not hold for this person. */
static void assert_shown(struct shop_test *t, const struct op *op, const char *json, bool costs)
{
    union {
        struct page page;
        unsigned char bytes[8192];
    } out;
    AUTO_BUF text = BUF_MIB(1);

    expect_ok(t, op, input_json(t, op, json), &out);
    if ((op->flags & OP_LIST) != 0) {
        assert_true(out.page.rows.count > 0);
        json_write(&text, op->out, out.page.rows.at, &RIGHT_SET_ALL, 0);
        if (!costs)
            assert_blank(t, op->out, out.page.rows.at);
    } else {
        json_write(&text, op->out, &out, &RIGHT_SET_ALL, 0);
        if (!costs)
            assert_blank(t, op->out, &out);
    }
    const bool is_there = strstr(buf_str(&text), "\"cost\":\"38.00\"") != NULL ||
                          strstr(buf_str(&text), "\"cost\":\"98.55\"") != NULL ||
                          strstr(buf_str(&text), "\"cost\":\"76.00\"") != NULL;
    if (is_there != costs)
        fail_msg("%s %s costs:\n%.2000s", op->name, costs ? "hides" : "shows", buf_str(&text));
}

static void assert_costs(struct shop_test *t, bool are_seen)
{
    assert_shown(t, &part_search_op, "{\"search\":\"brake\"}", are_seen);
    assert_shown(t, &part_show_op, "{\"part\":1}", are_seen);
    assert_shown(t, &canned_job_show_op, "{\"canned_job\":1}", are_seen);
    assert_shown(t, &order_show_op, "{\"order\":10001}", are_seen);
}

/* The manager sees them in the same answers in which the technician, whose own order it is, does
 * not. */
static void costs_are_for_those_who_may_see_them(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    call(t, &canned_job_add_op, NULL,
         "{\"code\":\"PADS\",\"title\":\"Pads\",\"lines\":[{\"kind\":\"sublet\","
         "\"description\":\"Pads\",\"price\":\"89.95\",\"cost\":\"38.00\"}]}");
    change(t, &job_edit_op, "{\"job\":%lld,\"title\":\"Front brakes\",\"technician\":%lld}",
           job_id_of(&order, 1), (long long)t->users[ROLE_TECHNICIAN].v);
    sign_in_as(t, ROLE_MANAGER);
    assert_costs(t, true);
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_costs(t, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(no_operation_shows_a_hidden_field),
        SHOP_TEST(costs_are_for_those_who_may_see_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
