/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The taxes are replaced as a whole: the form begins with those that are charged now. */

#include "domain/setting.h"

#include "inner.h"

void tax_form_open(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct field *taxes = shape_field(tax_set_op.in, "taxes");
    struct page page;

    void *list = desk_input(desk, &arena, &tax_list_op);
    if (desk_call(desk, &arena, &tax_list_op, list, &page) != OK)
        return;
    void *in = desk_input(desk, &arena, &tax_set_op);
    struct rows *rows = field_at(taxes, in);
    *rows = (struct rows){arena_array(&arena, page.rows.count, taxes->rows->size), page.rows.count};
    for (size_t i = 0; i < page.rows.count; i++) {
        char *row = (char *)rows->at + i * taxes->rows->size;
        shape_init(taxes->rows, row, &(struct field_context){.arena = &arena});
        shape_transfer(&tax_shape, (const struct tax *)page.rows.at + i, taxes->rows, row);
    }
    op_form_open(desk, &(struct op_form){.op = &tax_set_op, .in = in});
}
