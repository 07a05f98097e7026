/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Drafts of unfinished forms. Everybody sees and removes his own only. */

#include "domain/draft.h"

#include "domain/list.h"

#define BODY_MAX (256u << 10)

static const struct field draft_fields[] = {
    FIELD(struct draft, id, .label = "Draft"),
    FIELD(struct draft, form, .label = "Form", .flags = FIELD_REQUIRED),
    FIELD(struct draft, subject, .flags = FIELD_HIDDEN),
    FIELD(struct draft, title, .label = "What"),
    FIELD(struct draft, body, .max = BODY_MAX, .flags = FIELD_HIDDEN | FIELD_MANY_LINES),
    FIELD(struct draft, updated_at, .label = "Last typed"),
};
const struct shape draft_shape = SHAPE_OF(struct draft, "draft", draft_fields);

struct draft_key {
    struct draft_id id;
};
static const struct field draft_key_fields[] = {
    FIELD(struct draft_key, id, .label = "Draft", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static const char SQL_DRAFT[] = "SELECT id, form, subject, title, body, updated_at "
                                "FROM draft WHERE id = :id AND user = :user";
static const char SQL_DRAFT_OF[] = "SELECT id, form, subject, title, body, updated_at "
                                   "FROM draft INDEXED BY draft_by_user "
                                   "WHERE user = :user AND form = :form "
                                   "AND ifnull(subject, 0) = :subject "
                                   "ORDER BY updated_at DESC LIMIT 1";
static const char SQL_DRAFT_ADD[] =
    "INSERT INTO draft (user, terminal, form, subject, title, body, updated_at) "
    "VALUES (:user, :terminal, :form, :subject, :title, :body, :now)";
static const char SQL_DRAFT_SAVE[] =
    "UPDATE draft SET title = :title, body = :body, terminal = :terminal, updated_at = :now "
    "WHERE id = :id AND user = :user";
static const char SQL_DRAFT_REMOVE[] = "DELETE FROM draft WHERE id = :id AND user = :user";

static status draft_get(struct session *s, struct draft_id id, struct draft *ret)
{
    return found(s,
                 store_get(s->store, SQL_DRAFT, NO_ROW,
                           BINDS(BIND_ID("id", id), BIND_ID("user", s->user)), s->arena,
                           &draft_shape, ret),
                 "This draft is no longer there.");
}

static status draft_show(struct session *s, const void *input, void *output)
{
    const struct draft_key *in = input;
    return draft_get(s, in->id, output);
}

static const struct field draft_find_fields[] = {
    FIELD(struct draft, form, .label = "Form", .example = "job.note",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct draft, subject, .help = "Number of the record it is about; 0 for a new one",
          .flags = FIELD_ARGUMENT),
};

/* A PIN opens what a PIN could have typed. */
static status draft_find(struct session *s, const void *input, void *output)
{
    const struct draft *in = input;
    const struct op *op = op_find(in->form);

    if (s->factor == FACTOR_PIN && (op == NULL || (op->flags & OP_PIN) == 0))
        return fail(s, ERR_DENIED, "Sign in with your password to go on with this form.");
    return found(s,
                 store_get(s->store, SQL_DRAFT_OF, NO_ROW,
                           BINDS(BIND_ID("user", s->user), BIND_TEXT("form", in->form),
                                 BIND_INT("subject", in->subject)),
                           s->arena, &draft_shape, output),
                 "Nothing of this form is unfinished.");
}

static status draft_save(struct session *s, const void *input, void *output)
{
    const struct draft *in = input;
    const struct bind *binds = BINDS(BIND_ID("user", s->user), BIND_TEXT("terminal", s->terminal),
                                     BIND_INT("now", session_now(s).seconds));
    struct draft_id id = in->id;

    if (id.v != 0)
        TRY(store_run(s->store, SQL_DRAFT_SAVE, BIND_ROW(&draft_shape, in), binds));
    if (id.v == 0 || store_changed_rows(s->store) == 0) {
        TRY(store_run(s->store, SQL_DRAFT_ADD, BIND_ROW(&draft_shape, in), binds));
        id.v = store_last_id(s->store);
    }
    return draft_get(s, id, output);
}

static status draft_remove(struct session *s, const void *input, void *output)
{
    const struct draft_key *in = input;
    (void)output;

    return store_run(s->store, SQL_DRAFT_REMOVE, NO_ROW,
                     BINDS(BIND_ID("id", in->id), BIND_ID("user", s->user)));
}

struct draft_list_in {
    struct list_query query;
};
static const struct field draft_list_fields[] = {LIST_FIELDS(struct draft_list_in, query)};
static const struct list_sort draft_sorts[] = {{"updated_at", "d.updated_at", false}};
static const struct list_source draft_source = {
    .select = "d.id, d.form, d.subject, d.title, d.body, d.updated_at",
    .from = "draft AS d",
    .where = "d.user = :own_user",
    .id = "d.id",
    .sorts = draft_sorts,
    .sort_count = COUNT_OF(draft_sorts),
};

static status draft_list_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &draft_source, &draft_list_op, input, output);
}

const struct op draft_save_op = {
    .name = "draft.save",
    .says = "Keep an unfinished form",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_QUIET | OP_UNLISTED | OP_PIN,
    .in = &draft_shape,
    .out = &draft_shape,
    .run = draft_save,
};
const struct op draft_list_op = {
    .name = "draft.list",
    .says = "See your unfinished forms",
    .right = RIGHT_SELF,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(draft_source),
    .in = SHAPE(struct draft_list_in, draft_list_fields),
    .out = &draft_shape,
    .run = draft_list_run,
};
const struct op draft_show_op = {
    .name = "draft.show",
    .says = "See one unfinished form",
    .right = RIGHT_SELF,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct draft_key, draft_key_fields),
    .out = &draft_shape,
    .run = draft_show,
};
const struct op draft_find_op = {
    .name = "draft.find",
    .says = "See what you left unfinished of a form",
    .right = RIGHT_SELF,
    .kind = OP_READS,
    .flags = OP_UNLISTED | OP_PIN,
    .in = SHAPE(struct draft, draft_find_fields),
    .out = &draft_shape,
    .run = draft_find,
};
const struct op draft_remove_op = {
    .name = "draft.remove",
    .says = "Throw an unfinished form away",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_QUIET | OP_PIN,
    .in = SHAPE(struct draft_key, draft_key_fields),
    .run = draft_remove,
};

static const struct op *const draft_ops[] = {
    &draft_save_op, &draft_list_op, &draft_show_op, &draft_find_op, &draft_remove_op,
};
const struct module draft_module = {
    .name = "draft",
    .title = "Drafts",
    .says = "Unfinished forms, kept while they are typed.",
    MODULE_OPS(draft_ops),
};
