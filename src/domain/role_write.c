/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Changing roles: new ones, their names, all their rights at once, and what such a change would
 * do. */

#include "base/text.h"
#include "role_inner.h"

#define NAME_MAX_BYTES 40

static const char SQL_NAME_TAKEN[] =
    "SELECT count(*) FROM role WHERE lower(name) = lower(:name) AND id <> :id";
static const char SQL_ADD[] = "INSERT INTO role (name, says, needs_second_factor) "
                              "VALUES (:name, :says, :needs_second_factor)";
static const char SQL_COPY[] = "INSERT INTO role_right (role, right, scope) "
                               "SELECT :role, right, scope FROM role_right WHERE role = :like";
static const char SQL_COPY_CAPS[] =
    "UPDATE role SET (price_cap, line_cap, order_cap) = "
    "(SELECT price_cap, line_cap, order_cap FROM role WHERE id = :like) "
    "WHERE id = :role AND :like IS NOT NULL";
static const char SQL_EDIT[] =
    "UPDATE role SET name = :name, says = :says, needs_second_factor = :needs_second_factor, "
    "revision = revision + 1 WHERE id = :id AND (:revision = 0 OR revision = :revision)";
static const char SQL_GRANT[] =
    "INSERT INTO role_right (role, right, scope) VALUES (:role, :word, :scope) "
    "ON CONFLICT (role, right) DO UPDATE SET scope = excluded.scope";
static const char SQL_REVOKE[] = "DELETE FROM role_right WHERE role = :role AND right = :word";
static const char SQL_TOUCH[] = "UPDATE role SET revision = revision + 1 WHERE id = :role";
static const char SQL_REMOVE_RIGHTS[] = "DELETE FROM role_right WHERE role = :role";
static const char SQL_REMOVE[] = "DELETE FROM role WHERE id = :role";

static status name_must_be_free(struct session *s, const char *name, struct role_id id)
{
    int64_t taken = 0;

    TRY(store_int(s->store, SQL_NAME_TAKEN, BINDS(BIND_TEXT("name", name), BIND_INT("id", id.v)),
                  &taken));
    if (taken > 0)
        return fail_field(s, "name", "There is a role “%s” already. Choose another name.", name);
    return OK;
}

/* Is this a scope the right can have? A sentence at `field` when not. */
static status role_check_scope(struct session *s, const char *field, enum right right,
                               enum scope scope)
{
    if (scope == SCOPE_OWN && !right_can_be_own(right))
        return fail_field(s, field,
                          "Nothing that “%s” opens can tell whose a record is. Give it for all "
                          "records or not at all.",
                          right_table[right].word);
    if (right == RIGHT_SELF && scope != SCOPE_ALL)
        return fail_field(s, field,
                          "Without “%s” nobody can sign out or change the own password: every role "
                          "keeps it.",
                          right_table[right].word);
    return OK;
}

static status write_scope(struct session *s, struct role_id role, enum right right,
                          enum scope scope)
{
    return store_run(s->store, scope == SCOPE_NO ? SQL_REVOKE : SQL_GRANT, NO_ROW,
                     BINDS(BIND_ID("role", role), BIND_TEXT("word", right_table[right].word),
                           BIND_TEXT("scope", choice_word(&scope_choices, scope))));
}

static status touch(struct session *s, struct role_id role)
{
    return store_run(s->store, SQL_TOUCH, NO_ROW, BINDS(BIND_ID("role", role)));
}

/* ---------------------------------------------------------- add, edit, remove -- */

/* clang-format off */
static const struct field role_add_fields[] = {
    FIELD(struct role_add, name, .label = "Name", .example = "service writer", .max = NAME_MAX_BYTES,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_add, says, .label = "What for", .example = "Writes up and takes payments"),
    FIELD(struct role_add, like, .label = "Rights like", .picks = "role.list",
          .help = "Begins with the rights of this role; empty: with what everybody needs"),
    FIELD(struct role_add, needs_second_factor, .label = "Needs a second factor",
          .help = "Its people must set up one-time codes before anything else"),
};
static const struct shape role_add_shape = SHAPE_OF(struct role_add, "role_add", role_add_fields);
static const struct field role_edit_fields[] = {
    FIELD(struct role_edit, id, .label = "Role", .picks = "role.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    FIELD(struct role_edit, name, .label = "Name", .max = NAME_MAX_BYTES, .flags = FIELD_REQUIRED),
    FIELD(struct role_edit, says, .label = "What for"),
    FIELD(struct role_edit, needs_second_factor, .label = "Needs a second factor",
          .help = "Its people must set up one-time codes before anything else"),
    FIELD(struct role_edit, revision, .flags = FIELD_HIDDEN),
};
static const struct shape role_edit_shape = SHAPE_OF(struct role_edit, "role_edit", role_edit_fields);
static const struct field role_remove_fields[] = {
    FIELD(struct role_key, id, .label = "Role", .picks = "role.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

static status role_add(struct session *s, const void *input, void *output)
{
    const struct role_add *in = input;
    struct role_page like;

    TRY(name_must_be_free(s, in->name, (struct role_id){0}));
    if (in->like.v != 0 && role_get(s, in->like, &like) != OK)
        return fail_field(s, "like", "There is no such role. Choose one from the list.");
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(&role_add_shape, in), NULL));
    const struct role_id id = {store_last_id(s->store)};
    TRY(store_run(s->store, SQL_COPY, NO_ROW,
                  BINDS(BIND_ID("role", id), BIND_ID("like", in->like))));
    TRY(store_run(s->store, SQL_COPY_CAPS, NO_ROW,
                  BINDS(BIND_ID("role", id), BIND_ID("like", in->like))));
    TRY(write_scope(s, id, RIGHT_SELF, SCOPE_ALL));
    return role_get(s, id, output);
}

const struct op role_add_op = {
    .name = "role.add",
    .says = "Add a role, from scratch or like another one",
    .title = "Add a role",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = &role_add_shape,
    .out = &role_page_shape,
    .run = role_add,
};

static status role_edit(struct session *s, const void *input, void *output)
{
    const struct role_edit *in = input;
    struct role_page old;

    TRY(role_get(s, in->id, &old));
    TRY(name_must_be_free(s, in->name, in->id));
    if (old.seeded && !text_same(old.name, in->name))
        return fail_field(s, "name",
                          "A role that came with Pitlane keeps its name. Add one of your own.");
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(&role_edit_shape, in), NULL));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_STALE, "Somebody else changed this role meanwhile. Look at it again.");
    return role_get(s, in->id, output);
}

const struct op role_edit_op = {
    .name = "role.edit",
    .says = "Change a role's name, purpose or second factor",
    .title = "Change a role",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = &role_edit_shape,
    .out = &role_page_shape,
    .fills = "role.show",
    .about = "id",
    .run = role_edit,
};

/* Switched off people count, too: they may come back. */
static status role_remove(struct session *s, const void *input, void *output)
{
    const struct role_key *in = input;
    struct role_page role;
    (void)output;

    TRY(role_get(s, in->id, &role));
    if (role.seeded)
        return fail(s, ERR_CONFLICT,
                    "“%s” came with Pitlane and stays. Take its rights away instead.", role.name);
    if (role.holders.count == 1)
        return fail(s, ERR_CONFLICT, "%s has this role. Give that person another one first.",
                    ((const struct role_holder *)role.holders.at)->name);
    if (role.holders.count > 1)
        return fail(s, ERR_CONFLICT, "%zu people have this role. Give them another one first.",
                    role.holders.count);
    TRY(store_run(s->store, SQL_REMOVE_RIGHTS, NO_ROW, BINDS(BIND_ID("role", in->id))));
    return store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("role", in->id)));
}

const struct op role_remove_op = {
    .name = "role.remove",
    .says = "Remove a role that nobody has",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct role_key, role_remove_fields),
    .about = "id",
    .run = role_remove,
};

/* ------------------------------------------------------------ all rights at once -- */

/* clang-format off */
static const struct field role_set_fields[] = {
    FIELD(struct role_set, id, .label = "Role", .picks = "role.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_set, revision, .label = "Revision", .help = "Of the role as it was when its rights were read",
          .low = 1, .high = INT64_MAX, .flags = FIELD_REQUIRED),
    FIELD(struct role_set, rights, .label = "Rights", .rows = &role_right_shape,
          .help = "Rights that are left out are taken away"),
};
static const struct shape role_set_shape = SHAPE_OF(struct role_set, "role_set", role_set_fields);
static const struct field role_change_fields[] = {
    FIELD(struct role_change, right, .label = "Right"),
    FIELD(struct role_change, says, .label = "Allows"),
    FIELD(struct role_change, before, .label = "Before", .choices = &scope_choices),
    FIELD(struct role_change, after, .label = "After", .choices = &scope_choices),
};
static const struct shape role_change_shape = SHAPE_OF(struct role_change, "role_change", role_change_fields);
static const struct field role_preview_fields[] = {
    FIELD(struct role_preview, id, .label = "Role"),
    FIELD(struct role_preview, name, .label = "Name"),
    FIELD(struct role_preview, people, .label = "People"),
    FIELD(struct role_preview, changes, .label = "Changes", .rows = &role_change_shape),
};
/* clang-format on */

/* The scopes that are asked for, by right. */
static status read_wanted(struct session *s, const struct role_set *in, enum scope *wanted)
{
    const struct role_right *rows = in->rights.at;
    bool named[RIGHT_COUNT] = {false};

    for (size_t i = 0; i < in->rights.count; i++) {
        const enum right right = right_find(rows[i].right);
        if (right == RIGHT_NONE)
            return fail_field(s, "rights", "There is no right “%s”. See the list of rights.",
                              rows[i].right);
        if (named[right])
            return fail_field(s, "rights", "“%s” is there twice. Leave one out.", rows[i].right);
        named[right] = true;
        wanted[right] = rows[i].scope;
    }
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        TRY(role_check_scope(s, "rights", (enum right)right, wanted[right]));
    return OK;
}

static status read_changes(struct session *s, const struct role_set *in, struct role_page *ret_old,
                           struct rows *ret_changes)
{
    enum scope wanted[RIGHT_COUNT] = {SCOPE_NO};
    struct role_change *changes = NEW_ARRAY(s->arena, struct role_change, RIGHT_COUNT);
    size_t count = 0;

    TRY(role_get(s, in->id, ret_old));
    if (ret_old->revision != in->revision)
        return fail(s, ERR_STALE, "Somebody else changed this role meanwhile. Look at it again.");
    TRY(read_wanted(s, in, wanted));
    const struct role_right *old = ret_old->rights.at;
    for (size_t i = 0; i < ret_old->rights.count; i++)
        if (wanted[i + 1] != old[i].scope)
            changes[count++] =
                (struct role_change){old[i].right, old[i].says, old[i].scope, wanted[i + 1]};
    *ret_changes = (struct rows){changes, count};
    return OK;
}

static int64_t active_holders(const struct role_page *role)
{
    const struct role_holder *holders = role->holders.at;
    int64_t count = 0;

    for (size_t i = 0; i < role->holders.count; i++)
        count += !holders[i].off;
    return count;
}

static status role_preview(struct session *s, const void *input, void *output)
{
    const struct role_set *in = input;
    struct role_page old;
    struct rows changes;

    TRY(read_changes(s, in, &old, &changes));
    *(struct role_preview *)output = (struct role_preview){
        .id = old.id,
        .name = old.name,
        .people = active_holders(&old),
        .changes = changes,
    };
    return OK;
}

const struct op role_preview_op = {
    .name = "role.preview",
    .says = "See what a change of a role's rights would do, and to how many people",
    .title = "Preview a change of rights",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = &role_set_shape,
    .out = SHAPE(struct role_preview, role_preview_fields),
    .about = "id",
    .run = role_preview,
};

static status role_set(struct session *s, const void *input, void *output)
{
    const struct role_set *in = input;
    struct role_page old;
    struct rows rows;

    TRY(read_changes(s, in, &old, &rows));
    const struct role_change *changes = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(write_scope(s, in->id, right_find(changes[i].right), changes[i].after));
    if (rows.count > 0)
        TRY(touch(s, in->id));
    TRY(role_editor_must_stay(s));
    return role_get(s, in->id, output);
}

const struct op role_set_op = {
    .name = "role.set",
    .says = "Set all rights of a role at once",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_UNLISTED,
    .in = &role_set_shape,
    .out = &role_page_shape,
    .fills = "role.show",
    .about = "id",
    .run = role_set,
};

/* ------------------------------------------------------------------ one right -- */

/* clang-format off */
static const struct field role_grant_fields[] = {
    FIELD(struct role_grant, role, .label = "Role", .picks = "role.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_grant, right, .label = "Right", .example = "estimates:create", .picks = "right.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_grant, scope, .label = "Scope", .choices = &scope_choices,
          .help = "all, own records only, or no", .flags = FIELD_ARGUMENT),
};
/* clang-format on */

static status role_grant(struct session *s, const void *input, void *output)
{
    const struct role_grant *in = input;
    const enum right right = right_find(in->right);
    struct role_page old;

    if (right == RIGHT_NONE)
        return fail_field(s, "right", "There is no right “%s”. See the list of rights.", in->right);
    TRY(role_get(s, in->role, &old));
    TRY(role_check_scope(s, "scope", right, in->scope));
    TRY(write_scope(s, in->role, right, in->scope));
    TRY(touch(s, in->role));
    TRY(role_editor_must_stay(s));
    return role_get(s, in->role, output);
}

const struct op role_grant_op = {
    .name = "role.grant",
    .says = "Change one right of a role",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = SHAPE(struct role_grant, role_grant_fields),
    .out = &role_page_shape,
    .about = "role",
    .run = role_grant,
};
