/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Keeping and reading what a dialog holds. */

#include "input_draft.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "order_page.h"
#include "payment_dialog.h"

status input_draft_keep(struct desk *desk, struct desk_draft *draft, const struct shape *shape,
                        const void *in, struct fault *fault)
{
    AUTO_BUF body = BUF(256u << 10);
    struct draft out;

    if (desk->session.id.v == 0)
        return OK;
    json_write(&body, shape, in, NULL, 0);
    const struct draft row = {
        .id = draft->id,
        .form = draft->form,
        .subject = draft->subject,
        .title = draft->title,
        .body = buf_str(&body),
    };
    const status result = desk_try(desk, NULL, &draft_save_op, &row, &out);
    if (result == OK)
        draft->id = out.id;
    else if (fault != NULL)
        *fault = desk->session.fault;
    return result;
}

const void *input_draft_read(struct desk *desk, const struct draft *draft,
                             const struct shape *shape, struct arena *arena)
{
    const struct field_context context = {.arena = arena, .now = desk_now(desk)};
    struct fault fault = {0};
    void *in = arena_alloc(arena, shape->size);

    shape_init(shape, in, &context);
    if (json_read(draft->body, strlen(draft->body), shape, &context, in, &fault) == OK)
        return in;
    app_fault(desk->app, &fault);
    return NULL;
}

bool input_draft_continue(struct desk *desk, const struct draft *draft)
{
    if (text_same(draft->form, payment_take_op.name))
        payment_dialog_continue(desk, draft);
    else if (text_same(draft->form, order_authorize_op.name))
        authorize_continue(desk, draft);
    else
        return false;
    return true;
}
