/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The door. Everything that reaches the shop comes through op_call, in the order that op.h names;
 * what an operation means is left to its noun. */

#include "domain/op.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/access.h"
#include "domain/audit.h"
#include "domain/secret.h"

#define JSON_LIMIT BUF_MIB(16)

static const char SQL_COMMAND_FIND[] = "SELECT op, digest, result FROM command WHERE id = :id";
static const char SQL_COMMAND_ADD[] = "INSERT INTO command (id, op, digest, result, at) "
                                      "VALUES (:id, :op, :digest, :result, :at)";
/* One call on its way through the door. */
struct call {
    const struct op *op;
    void *in;
    void *out;
    char digest[SECRET_DIGEST_MAX]; /* of the input, with a command_id */
    bool repeated;                  /* the command was carried out before; out is its result */
};

struct command_row {
    const char *op, *digest, *result;
};
static const struct field command_fields[] = {
    FIELD(struct command_row, op),
    FIELD(struct command_row, digest),
    FIELD(struct command_row, result),
};
static const struct shape command_shape = SHAPE_OF(struct command_row, "command", command_fields);

bool op_is_allowed(const struct session *s, const struct op *op)
{
    if (op->right == RIGHT_NONE)
        return true;
    if (!right_set_has(&s->rights, op->right))
        return false;
    return right_set_has(&s->rights_all, op->right) || op_tells_own(op);
}

/* How long a password that was just shown opens what asks for it again. */
#define CONFIRMED_SECONDS (5 * 60)

/* First steps come first, and a PIN opens little. */
static status check_standing(struct session *s, const struct op *op)
{
    if (s->first_step == STEP_PASSWORD && (op->flags & OP_FIRST_STEP) == 0)
        return fail(s, ERR_CONFIRM,
                    "Choose your own password first: the one you have was given to you.");
    if (s->first_step == STEP_SECOND_FACTOR && (op->flags & OP_FIRST_STEP) == 0)
        return fail(s, ERR_CONFIRM, "Your role needs a second factor. Set it up first.");
    if (s->factor == FACTOR_PIN && (op->flags & OP_PIN) == 0)
        return fail(s, ERR_DENIED, "A PIN is not enough for this. Sign in with your password.");
    return OK;
}

status op_must_be_confirmed(struct session *s)
{
    const int64_t ago = session_now(s).seconds - s->confirmed_at.seconds;

    if (ago < 0 || ago > CONFIRMED_SECONDS)
        return fail(s, ERR_CONFIRM, "This needs your password again.");
    return OK;
}

static status check_right(struct session *s, const struct op *op)
{
    if ((op->flags & OP_PUBLIC) == 0) {
        if (s->id.v == 0)
            return fail(s, ERR_SIGN_IN, "Nobody is signed in. Sign in first.");
        TRY(access_refresh(s));
        TRY(check_standing(s, op));
    }
    if (!op_is_allowed(s, op))
        return fail(s, ERR_DENIED, "Your role does not allow this: %s. Ask a manager.",
                    right_table[op->right].says);
    return (op->flags & OP_REAUTH) != 0 ? op_must_be_confirmed(s) : OK;
}

/* With scope own: lists limit themselves, other operations say whose record it is. */
static status check_scope(struct session *s, const struct call *call)
{
    const struct op *op = call->op;
    bool own = false;

    s->own_only = op->right != RIGHT_NONE && !right_set_has(&s->rights_all, op->right);
    if (!s->own_only || (op->flags & OP_LIST) != 0)
        return OK;
    TRY(op->owns(s, call->in, &own));
    if (!own)
        return fail(s, ERR_DENIED, "This record is not one of yours. Ask a manager.");
    return OK;
}

static bool nested_has_forbidden(const struct session *s, const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!right_set_has(&s->rights, shape->fields[i].right) ||
            (shape->fields[i].type == FIELD_ROWS && nested_has_forbidden(s, shape->fields[i].rows)))
            return true;
    return false;
}

/* As a form leaves a field that it does not show: empty, or an amount of 0. */
static bool is_left_alone(const struct field *field, const void *row)
{
    int64_t number = 0;

    if (field->type != FIELD_MONEY && field->type != FIELD_QTY && field->type != FIELD_RATE)
        return field_is_empty(field, row);
    memcpy(&number, field_of(field, row), sizeof number);
    return number == 0 || number == NUMBER_NONE;
}

/* A field whose right is not held may not be set: what the record holds stays. */
static status keep_forbidden_field(struct session *s, const struct call *call,
                                   const struct field *field, const void *current,
                                   const struct shape *current_shape)
{
    const struct field *source = current != NULL ? shape_field(current_shape, field->name) : NULL;

    if (!is_left_alone(field, call->in))
        return fail(s, ERR_DENIED, "Your role does not allow setting “%s”. Leave it empty.",
                    field_label(field, s->arena));
    if (source != NULL && source->size == field->size)
        memcpy(field_at(field, call->in), field_of(source, current), field->size);
    return OK;
}

static status load_current(struct session *s, const struct call *call, const struct op **ret_op,
                           void **ret_row)
{
    const struct op *fills = call->op->fills != NULL ? op_find(call->op->fills) : NULL;

    *ret_op = fills;
    *ret_row = NULL;
    if (fills == NULL)
        return OK;
    void *in = arena_alloc(s->arena, fills->in->size);
    void *row = arena_alloc(s->arena, fills->out->size);
    shape_tidy(fills->in, in);
    shape_transfer(call->op->in, call->in, fills->in, in);
    TRY(fills->run(s, in, row));
    *ret_row = row;
    return OK;
}

static status keep_forbidden(struct session *s, const struct call *call)
{
    const struct shape *shape = call->op->in;
    const struct op *fills = NULL;
    void *current = NULL;

    if (shape == NULL || !nested_has_forbidden(s, shape))
        return OK;
    TRY(load_current(s, call, &fills, &current));
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!right_set_has(&s->rights, field->right))
            TRY(keep_forbidden_field(s, call, field, current, fills != NULL ? fills->out : NULL));
        else if (field->type == FIELD_ROWS && nested_has_forbidden(s, field->rows) &&
                 !field_is_empty(field, call->in))
            return fail(s, ERR_DENIED, "Changing “%s” needs the right to see costs. Ask a manager.",
                        field_label(field, s->arena));
    }
    return OK;
}

/* The same command again gets the first one's answer; other input under its name is refused. */
static status find_command(struct session *s, struct call *call)
{
    struct command_row row;

    if (s->command_id == NULL || call->op->kind != OP_WRITES)
        return OK;
    if ((call->op->flags & OP_SHOWN_ONCE) != 0)
        return fail(s, ERR_USAGE,
                    "The answer to this is shown once and kept nowhere, so it cannot be sent under "
                    "the name of a command.");
    AUTO_BUF input = JSON_LIMIT;
    if (call->op->in != NULL)
        json_write(&input, call->op->in, call->in, &RIGHT_SET_ALL, 0);
    secret_digest(buf_str(&input), call->digest);
    const status result =
        store_get(s->store, SQL_COMMAND_FIND, NO_ROW, BINDS(BIND_TEXT("id", s->command_id)),
                  s->arena, &command_shape, &row);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    if (!text_same(row.op, call->op->name) || !text_same(row.digest, call->digest))
        return fail(s, ERR_CONFLICT,
                    "This command was already used for something else. Send it under a new name.");
    call->repeated = true;
    if (call->op->out == NULL)
        return OK;
    const struct field_context context = session_context(s);
    return json_read(row.result, strlen(row.result), call->op->out, &context, call->out, &s->fault);
}

static status keep_command(struct session *s, const struct call *call)
{
    if (s->command_id == NULL)
        return OK;
    AUTO_BUF result = JSON_LIMIT;
    if (call->op->out != NULL)
        json_write(&result, call->op->out, call->out, &RIGHT_SET_ALL, 0);
    return store_run(s->store, SQL_COMMAND_ADD, NO_ROW,
                     BINDS(BIND_TEXT("id", s->command_id), BIND_TEXT("op", call->op->name),
                           BIND_TEXT("digest", call->digest), BIND_TEXT("result", buf_str(&result)),
                           BIND_INT("at", session_now(s).seconds)));
}

/* --- The audit row --- */

/* What an audit row is about: the document a person would look at. */
struct about {
    const char *noun;
    int64_t subject;
};

static bool is_module(const char *name)
{
    for (size_t i = 0; i < module_count; i++)
        if (text_same(modules[i]->name, name))
            return true;
    return false;
}

/* "customer.merge" that keeps one, "labor-rate.edit" of a rate class: the operation's own noun. */
static const char *noun_of(struct session *s, const struct op *op, const char *name)
{
    if (is_module(name))
        return name;
    char *noun = arena_text_n(s->arena, op->name, strcspn(op->name, "."));
    for (char *at = noun; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return noun;
}

static int64_t id_in(const struct field *field, const void *row)
{
    int64_t id = 0;

    if (field != NULL && field->type == FIELD_ID && row != NULL)
        memcpy(&id, field_of(field, row), sizeof id);
    return id;
}

/* The field of the input that says so, or else the first number of another module's record. */
static const struct field *about_field(const struct op *op)
{
    if (op->in == NULL || op->about != NULL)
        return op->in != NULL ? shape_field(op->in, op->about) : NULL;
    for (size_t i = 0; i < op->in->count; i++)
        if (op->in->fields[i].type == FIELD_ID && is_module(op->in->fields[i].name))
            return &op->in->fields[i];
    return NULL;
}

/* A document that came out of it (the invoice of an order) goes before what was asked for. */
static struct about about_of(struct session *s, const struct call *call, status result)
{
    const struct op *op = call->op;
    const struct field *made =
        op->out != NULL && (op->flags & OP_LIST) == 0 ? shape_field(op->out, "id") : NULL;
    const int64_t made_id = result == OK ? id_in(made, call->out) : 0;
    const struct field *asked = about_field(op);
    const int64_t asked_id = id_in(asked, call->in);

    if (result != OK && s->tried.v != 0)
        return (struct about){"user", s->tried.v};
    if (made_id != 0 && (asked_id == 0 || is_module(op->out->name)))
        return (struct about){noun_of(s, op, op->out->name), made_id};
    if (asked_id != 0)
        return (struct about){noun_of(s, op, asked->name), asked_id};
    return (struct about){"", 0};
}

static void write_input(const struct call *call, struct buf *out)
{
    if (call->op->in != NULL && call->in != NULL)
        json_write(out, call->op->in, call->in, &RIGHT_SET_ALL, 0);
    else
        buf_text(out, "{}");
}

static status write_audit(struct session *s, const struct call *call, status result)
{
    AUTO_BUF input = JSON_LIMIT;
    AUTO_BUF changes = JSON_LIMIT;

    if ((call->op->flags & OP_QUIET) != 0)
        return OK;
    /* A name that is nobody's may be a password typed into the wrong field. */
    if (result != OK && (call->op->flags & OP_PUBLIC) != 0 && s->tried.v == 0)
        buf_text(&input, "{\"name\":\"nobody's\"}");
    else
        write_input(call, &input);
    const int64_t rows = store_changes(s->store, &changes);
    if (changes.full) { /* a mass import of long texts: how many rows has to do */
        buf_clear(&changes);
        buf_printf(&changes, "[{\"more_rows\":%lld}]", (long long)rows);
    }
    if (input.full)
        return fail(s, ERR_CONFLICT, "This changes too much at once. Do it in smaller steps.");
    const struct about about = about_of(s, call, result);
    return audit_write(s, &(struct audit_event){
                              .what = call->op->name,
                              .result = result,
                              .noun = about.noun,
                              .subject = about.subject,
                              .input = buf_str(&input),
                              .changes = buf_str(&changes),
                          });
}

/* A refusal stands, whether or not it could be noted; but then its sentence says so. What was asked
 * for is kept as long as it is short. */
static void note_denial(struct session *s, const struct call *call)
{
    AUTO_BUF input = BUF(4096);
    const struct arena_mark mark = arena_mark(s->arena);

    if (s->store == NULL || s->id.v == 0)
        return;
    write_input(call, &input);
    const struct about about = about_of(s, call, ERR_DENIED);
    const struct audit_event event = {
        .what = call->op->name,
        .result = ERR_DENIED,
        .noun = about.noun,
        .subject = about.subject,
        .input = input.full ? "{}" : buf_str(&input),
        .changes = "[]",
    };
    const struct fault said = s->fault;
    if (audit_denied(s, &event) != OK) {
        char why[FAULT_TEXT_MAX];
        snprintf(why, sizeof why, "%s", s->fault.text);
        (void)fail(s, ERR_DENIED, "%.200s It could not be noted in the log: %.250s", said.text,
                   why);
    }
    arena_release(s->arena, mark);
}

/* A refusal whose counters stay. */
static bool is_kept(const struct op *op, status result)
{
    return (op->flags & OP_KEEPS_REFUSAL) != 0 && (result == ERR_SIGN_IN || result == ERR_INVALID);
}

static status run_inside(struct session *s, struct call *call)
{
    TRY(find_command(s, call));
    if (call->repeated)
        return OK;
    TRY(check_scope(s, call));
    TRY(keep_forbidden(s, call));
    const status result = call->op->run(s, call->in, call->out);
    if (result != OK && !is_kept(call->op, result))
        return result;
    if (result == OK && call->op->kind == OP_WRITES)
        TRY(access_seen(s));
    if (call->op->kind == OP_WRITES) {
        /* A refusal that is kept must not lose its sentence to what follows. */
        const struct fault said = s->fault;
        TRY(write_audit(s, call, result));
        if (result == OK)
            TRY(keep_command(s, call));
        s->fault = said;
    }
    return result;
}

/* A writing operation remembers what it has read of the shop for as long as it runs. */
static status run_remembering(struct session *s, struct call *call)
{
    struct op_memo memo = {.arena = ARENA_EMPTY};

    s->memo = call->op->kind == OP_WRITES ? &memo : NULL;
    const status result = run_inside(s, call);
    s->memo = NULL;
    arena_done(&memo.arena);
    return result;
}

static status run_transaction(struct session *s, struct call *call)
{
    const struct op *op = call->op;

    if ((op->flags & OP_NO_SHOP) != 0)
        return op->run(s, call->in, call->out);
    if (op->kind == OP_WRITES)
        TRY(store_begin_write(s->store));
    else
        TRY(store_begin_read(s->store));
    const status result = run_remembering(s, call);
    s->own_only = false;
    if (result == OK || is_kept(op, result)) {
        const struct fault said = s->fault;
        TRY(store_commit(s->store));
        s->fault = said;
        return result;
    }
    const struct fault said = s->fault;
    store_rollback(s->store);
    s->fault = said;
    return result;
}

static void blank_output(const struct session *s, const struct call *call)
{
    if (call->op->out == NULL || call->out == NULL)
        return;
    if ((call->op->flags & OP_LIST) == 0) {
        shape_blank(call->op->out, call->out, &s->rights);
        return;
    }
    const struct page *page = call->out;
    for (size_t i = 0; i < page->rows.count; i++)
        shape_blank(call->op->out, (char *)page->rows.at + i * call->op->out->size, &s->rights);
}

static status take_input(struct session *s, struct call *call, const void *in)
{
    if (call->op->in == NULL)
        return OK;
    call->in = shape_clone(call->op->in, in, s->arena);
    shape_tidy(call->op->in, call->in);
    return shape_check(call->op->in, call->in, &s->fault);
}

static status call_checked(struct session *s, struct call *call, const void *in)
{
    const struct op *op = call->op;
    void *out = call->out;

    TRY(check_right(s, op));
    TRY(take_input(s, call, in));
    if (out != NULL && op->out != NULL && (op->flags & OP_LIST) == 0) {
        memset(out, 0, op->out->size);
        shape_tidy(op->out, out);
    }
    s->prepared = NULL;
    if (op->prepare != NULL)
        TRY(op->prepare(s, call->in, &s->prepared));
    const status result = run_transaction(s, call);
    if (result == OK)
        blank_output(s, call);
    return result;
}

/* On a full disk there may be a reserve that has just been given back: then once more. */
static status call_until_saved(struct session *s, struct call *call, const void *in)
{
    const int64_t given = s->store != NULL ? store_reserve_given(s->store) : 0;
    const status result = call_checked(s, call, in);

    if (result != ERR_IO || s->store == NULL || store_reserve_given(s->store) == given)
        return result;
    fault_clear(&s->fault);
    *call = (struct call){.op = call->op, .out = call->out};
    return call_checked(s, call, in);
}

status op_call(struct session *s, const struct op *op, const void *in, void *out)
{
    struct call call = {.op = op, .out = out};

    fault_clear(&s->fault);
    s->tried = (struct user_id){0};
    if (s->id.v == 0) { /* at a locked screen somebody else may be trying */
        s->user = (struct user_id){0};
        s->user_name = "";
    }
    if (s->store == NULL && (op->flags & OP_NO_SHOP) == 0)
        return fail(s, ERR_IO, "There is no shop yet. Start pitlane to set one up.");
    /* Who cannot note it (a read-only folder) goes on: the screen says so all the same. */
    if (s->store != NULL && audit_watch_clock(s) != OK)
        fault_clear(&s->fault);
    const status result = call_until_saved(s, &call, in);
    if (result == ERR_DENIED) {
        if (call.in == NULL && op->in != NULL && in != NULL) { /* refused before it was read */
            call.in = shape_clone(op->in, in, s->arena);
            shape_tidy(op->in, call.in);
        }
        note_denial(s, &call);
    }
    return result;
}
