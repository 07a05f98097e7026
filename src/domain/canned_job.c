/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Canned jobs: their record, reading and writing. Inserting one into an order is the order's; the
 * operations are in canned_job_ops.c. */

#include "canned_job_inner.h"

#include "base/text.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT id, code, title, concern, correction, menu_price, archived_at, revision\n"
    "FROM canned_job\n"
    "WHERE id = :canned_job";
static const char SQL_ID_OF_CODE[] = "SELECT id FROM canned_job WHERE code = :code";
static const char SQL_LINES[] =
    "SELECT l.kind AS kind, l.description AS description, l.part AS part,\n"
    "  ifnull(p.sku, '') AS sku, l.rate_class AS rate_class, l.quantity AS quantity,\n"
    "  l.price AS price, l.cost AS cost, l.taxable AS taxable\n"
    "FROM canned_line AS l LEFT JOIN part AS p ON p.id = l.part\n"
    "WHERE l.canned_job = :canned_job\n"
    "ORDER BY l.position";
static const char SQL_ADD[] =
    "INSERT INTO canned_job (code, title, title_key, concern, correction, menu_price)\n"
    "VALUES (:code, :title, :title_key, :concern, :correction, :menu_price)";
static const char SQL_EDIT[] =
    "UPDATE canned_job\n"
    "SET code = :code, title = :title, title_key = :title_key, concern = :concern,\n"
    "  correction = :correction, menu_price = :menu_price, revision = revision + 1\n"
    "WHERE id = :canned_job AND (:revision = 0 OR revision = :revision)";
static const char SQL_LINES_REMOVE[] = "DELETE FROM canned_line WHERE canned_job = :canned_job";
static const char SQL_LINE_ADD[] =
    "INSERT INTO canned_line (canned_job, position, kind, description, part, rate_class, quantity,\n"
    "  price, cost, taxable)\n"
    "VALUES (:canned_job, :position, :kind, :description, :part, :rate_class, :quantity, :price,\n"
    "  :cost, :taxable)";
static const char SQL_RATE_CLASS_THERE[] =
    "SELECT count(*) FROM rate_class WHERE id = :rate_class";
static const char SQL_PART[] = "SELECT id, sku, name FROM part WHERE id = :part";
static const char SQL_PART_BY_SKU[] = "SELECT id, sku, name FROM part WHERE sku = :sku";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE canned_job\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :canned_job";
/* clang-format on */

/* What a line takes of its part. */
struct line_part {
    struct part_id id;
    const char *sku, *name;
};
static const struct field line_part_fields[] = {
    FIELD(struct line_part, id),
    FIELD(struct line_part, sku),
    FIELD(struct line_part, name),
};
static const struct shape line_part_shape =
    SHAPE_OF(struct line_part, "line_part", line_part_fields);

status canned_job_get(struct session *s, struct canned_job_id id, struct canned_job *ret)
{
    const struct bind *by_id = BINDS(BIND_ID("canned_job", id));
    struct canned_job job;

    TRY(found(s, store_get(s->store, SQL_GET, NO_ROW, by_id, s->arena, &canned_job_shape, &job),
              "There is no canned job %lld. Choose one from the list.", (long long)id.v));
    TRY(store_list(s->store, SQL_LINES, NO_ROW, by_id, s->arena, &canned_line_shape, &job.lines));
    *ret = job;
    return OK;
}

/* NOT_FOUND without a sentence. */
static status id_of_code(struct session *s, const char *code, int64_t *ret_id)
{
    int64_t id = 0;

    TRY(store_int(s->store, SQL_ID_OF_CODE, BINDS(BIND_TEXT("code", record_code(s, code))), &id));
    if (id == 0)
        return ERR_NOT_FOUND;
    *ret_id = id;
    return OK;
}

status canned_job_find_by_code(struct session *s, const char *code, struct canned_job *ret)
{
    struct canned_job_id id = {0};

    TRY(found(s, id_of_code(s, code, &id.v),
              "There is no canned job “%s”. Choose one from the list.", code));
    return canned_job_get(s, id, ret);
}

status canned_job_get_by_key(struct session *s, const struct canned_job_key *key,
                             struct canned_job *ret)
{
    if (key->canned_job.v != 0)
        return canned_job_get(s, key->canned_job, ret);
    if (text_is_empty(key->code))
        return fail_field(s, "canned_job", "Which canned job? Give its number or its code.");
    return canned_job_find_by_code(s, key->code, ret);
}

static const char *line_field(struct session *s, size_t line, const char *field)
{
    return arena_printf(s->arena, "lines.%zu.%s", line + 1, field);
}

/* A catalog part may be given by number or by SKU; the line then bears its name. */
static status take_part(struct session *s, struct canned_line *line, size_t index)
{
    struct line_part part;
    status result;

    if (line->part.v == 0 && text_is_empty(line->sku))
        return OK;
    if (line->kind != LINE_PART && line->kind != LINE_CORE)
        return fail_field(
            s, line_field(s, index, "part"),
            "Only a part line has a part of the catalog. Leave it out, or make this a "
            "part.");
    if (line->part.v != 0)
        result = store_get(s->store, SQL_PART, NO_ROW, BINDS(BIND_ID("part", line->part)), s->arena,
                           &line_part_shape, &part);
    else
        result = store_get(s->store, SQL_PART_BY_SKU, NO_ROW,
                           BINDS(BIND_TEXT("sku", record_code(s, line->sku))), s->arena,
                           &line_part_shape, &part);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, line_field(s, index, line->part.v != 0 ? "part" : "sku"),
                          "This part is not in the catalog. Choose one from the list.");
    TRY(result);
    line->part = part.id;
    if (text_is_empty(line->description))
        line->description = part.name;
    return OK;
}

static status check_line(struct session *s, struct canned_line *line, size_t index)
{
    int64_t there = 1;

    TRY(take_part(s, line, index));
    if (text_is_empty(line->description))
        return fail_field(s, line_field(s, index, "description"),
                          "What is this line? Write what the customer will read.");
    if (line->rate_class.v != 0)
        TRY(store_int(s->store, SQL_RATE_CLASS_THERE,
                      BINDS(BIND_ID("rate_class", line->rate_class)), &there));
    if (there == 0)
        return fail_field(s, line_field(s, index, "rate_class"),
                          "There is no such labor rate. Choose one from the list.");
    return OK;
}

static status check_entry(struct session *s, struct canned_job_entry *entry)
{
    struct canned_line *lines = entry->lines.at;
    int64_t other = 0;

    entry->code = record_code(s, entry->code);
    const status result = id_of_code(s, entry->code, &other);
    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    if (other != 0 && other != entry->canned_job.v)
        return fail_field(s, "code", "There is a canned job “%s” already. Give another code.",
                          entry->code);
    for (size_t i = 0; i < entry->lines.count; i++)
        TRY(check_line(s, &lines[i], i));
    return canned_job_check_menu(s, entry);
}

static status put_lines(struct session *s, struct canned_job_id id, const struct rows *lines)
{
    const struct canned_line *at = lines->at;

    TRY(store_run(s->store, SQL_LINES_REMOVE, NO_ROW, BINDS(BIND_ID("canned_job", id))));
    for (size_t i = 0; i < lines->count; i++)
        TRY(store_run(s->store, SQL_LINE_ADD, BIND_ROW(&canned_line_shape, &at[i]),
                      BINDS(BIND_ID("canned_job", id), BIND_INT("position", (int64_t)i + 1))));
    return OK;
}

/* The entry with lines of its own, which checking completes. */
static struct canned_job_entry *copy_entry(struct session *s, const struct op *op, const void *in)
{
    return shape_clone(op->in, in, s->arena);
}

status canned_job_add(struct session *s, const void *in, void *out)
{
    struct canned_job_entry *entry = copy_entry(s, &canned_job_add_op, in);

    TRY(check_entry(s, entry));
    TRY(store_run(s->store, SQL_ADD, BIND_ROW(canned_job_add_op.in, entry),
                  BINDS(BIND_TEXT("title_key", text_fold(s->arena, entry->title)))));
    const struct canned_job_id id = {store_last_id(s->store)};
    TRY(put_lines(s, id, &entry->lines));
    return canned_job_get(s, id, out);
}

static status write_lines(struct session *s, const struct canned_job *stored,
                          const struct rows *lines)
{
    const struct canned_line *a = stored->lines.at;
    const struct canned_line *b = lines->at;
    bool same = stored->lines.count == lines->count;

    for (size_t i = 0; same && i < lines->count; i++)
        for (size_t f = 0; same && f < canned_line_shape.count; f++)
            same = text_same(canned_line_shape.fields[f].name, "sku") ||
                   field_equal(&canned_line_shape.fields[f], &a[i], &b[i]);
    return same ? OK : put_lines(s, stored->id, lines);
}

status canned_job_put(struct session *s, struct canned_job_entry *entry, void *out)
{
    struct canned_job stored;

    TRY(canned_job_get(s, entry->canned_job, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "canned-job", entry->canned_job.v);
    if (stored.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "“%s” is archived. Restore it first.", stored.title);
    TRY(check_entry(s, entry));
    TRY(store_run(s->store, SQL_EDIT, BIND_ROW(canned_job_edit_op.in, entry),
                  BINDS(BIND_TEXT("title_key", text_fold(s->arena, entry->title)))));
    TRY(record_was_changed(s, "canned-job", entry->canned_job.v));
    TRY(write_lines(s, &stored, &entry->lines));
    return canned_job_get(s, entry->canned_job, out);
}

status canned_job_edit(struct session *s, const void *in, void *out)
{
    return canned_job_put(s, copy_entry(s, &canned_job_edit_op, in), out);
}

status canned_job_show(struct session *s, const void *in, void *out)
{
    return canned_job_get_by_key(s, in, out);
}

static status set_archived(struct session *s, const void *in, struct instant at, void *out)
{
    struct canned_job job;

    TRY(canned_job_get_by_key(s, in, &job));
    if ((job.archived_at.seconds != 0) != (at.seconds != 0))
        TRY(store_run(s->store, SQL_SET_ARCHIVED, NO_ROW,
                      BINDS(BIND_ID("canned_job", job.id), BIND_INSTANT("archived_at", at))));
    return canned_job_get(s, job.id, out);
}

status canned_job_archive(struct session *s, const void *in, void *out)
{
    return set_archived(s, in, session_now(s), out);
}

status canned_job_restore(struct session *s, const void *in, void *out)
{
    return set_archived(s, in, INSTANT_NONE, out);
}
