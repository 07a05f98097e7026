/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Order templates: saved from an order, written up on another one. Jobs and prices themselves are
 * job_add.c's. */

#include "domain/template.h"

#include "base/text.h"
#include "domain/canned_job.h"
#include "domain/list.h"
#include "line_part.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT id, name\n"
    "FROM template\n"
    "WHERE id = :template";
static const char SQL_JOBS[] =
    "SELECT t.position, ifnull(c.title, t.title) AS title, ifnull(c.concern, t.concern) AS concern,\n"
    "  ifnull(c.code, '') AS code,\n"
    "  (SELECT count(*) FROM template_line WHERE template_job = t.id) AS lines\n"
    "FROM template_job AS t LEFT JOIN canned_job AS c ON c.id = t.canned_job\n"
    "WHERE t.template = :template\n"
    "ORDER BY t.position";
static const char SQL_SAME_NAME[] =
    "SELECT id\n"
    "FROM template\n"
    "WHERE name_key = :name_key";
static const char SQL_ADD[] =
    "INSERT INTO template (name, name_key)\n"
    "VALUES (:name, :name_key)";
static const char SQL_RENAME[] =
    "UPDATE template\n"
    "SET name = :name\n"
    "WHERE id = :template";
static const char SQL_CLEAR_LINES[] =
    "DELETE FROM template_line\n"
    "WHERE template_job IN (SELECT id FROM template_job WHERE template = :template)";
static const char SQL_CLEAR_JOBS[] =
    "DELETE FROM template_job\n"
    "WHERE template = :template";
static const char SQL_REMOVE[] =
    "DELETE FROM template\n"
    "WHERE id = :template";
static const char SQL_TAKE_JOBS[] =
    "INSERT INTO template_job (template, position, canned_job, title, concern, job)\n"
    "SELECT :template, row_number() OVER (ORDER BY j.position), j.canned_job, j.title, j.concern, j.id\n"
    "FROM job AS j\n"
    "WHERE j.repair_order = :order AND j.state NOT IN ('declined', 'deferred')";
/* Cores come with their parts; price 0 on labor and catalog parts means that day's. */
static const char SQL_TAKE_LINES[] =
    "INSERT INTO template_line (template_job, position, kind, description, part, rate_class, quantity,\n"
    "  price, cost, taxable)\n"
    "SELECT t.id, l.position, l.kind, l.description, l.part, l.rate_class, l.quantity,\n"
    "  CASE WHEN l.kind = 'labor' OR l.part IS NOT NULL THEN 0 ELSE l.price END,\n"
    "  CASE WHEN l.part IS NOT NULL THEN 0 ELSE l.cost END, l.taxable\n"
    "FROM template_job AS t JOIN line AS l ON l.job = t.job\n"
    "WHERE t.template = :template AND t.canned_job IS NULL AND l.for_line IS NULL";
/* The order's jobs may go; what was taken of them stays. */
static const char SQL_FORGET_JOBS[] =
    "UPDATE template_job\n"
    "SET job = NULL\n"
    "WHERE template = :template";
static const char SQL_STORED[] =
    "SELECT id, canned_job, title, concern\n"
    "FROM template_job\n"
    "WHERE template = :template\n"
    "ORDER BY position";
static const char SQL_STORED_LINES[] =
    "SELECT kind, description, part, rate_class, quantity, price, cost, taxable\n"
    "FROM template_line\n"
    "WHERE template_job = :job\n"
    "ORDER BY position";

struct stored_job {
    struct job_id id; /* of template_job */
    struct canned_job_id canned_job;
    const char *title, *concern;
};
static const struct field stored_fields[] = {
    FIELD(struct stored_job, id),
    FIELD(struct stored_job, canned_job),
    FIELD(struct stored_job, title),
    FIELD(struct stored_job, concern),
};
static const struct shape stored_shape = SHAPE_OF(struct stored_job, "job", stored_fields);

static const struct field job_fields[] = {
    FIELD(struct template_job, position, .label = "Job"),
    FIELD(struct template_job, title),
    FIELD(struct template_job, concern, .flags = FIELD_MANY_LINES),
    FIELD(struct template_job, code, .label = "Canned job"),
    FIELD(struct template_job, lines, .label = "Own lines"),
};
static const struct shape job_shape = SHAPE_OF(struct template_job, "template_job", job_fields);
static const struct field template_fields[] = {
    FIELD(struct order_template, id, .label = "Template"),
    FIELD(struct order_template, name),
    FIELD(struct order_template, jobs, .rows = &job_shape),
};
static const struct shape template_shape = SHAPE_OF(struct order_template, "template", template_fields);
static const struct field row_fields[] = {
    FIELD(struct template_row, id, .label = "Template"),
    FIELD(struct template_row, name),
    FIELD(struct template_row, jobs),
    FIELD(struct template_row, titles, .label = "What it writes up"),
};
static const struct shape row_shape = SHAPE_OF(struct template_row, "template_row", row_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct template_search, query),
};
#define TEMPLATE_FIELD(T)                                                                          \
    FIELD(T, template, .picks = "template.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
static const struct field key_fields[] = {
    TEMPLATE_FIELD(struct template_key),
};
static const struct field save_fields[] = {
    ORDER_FIELD(struct template_save),
    FIELD(struct template_save, name, .example = "Used car check", .max = 60, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct template_save, replace, .help = "The template that has this name already"),
};
static const struct field add_fields[] = {
    ORDER_FIELD(struct template_add),
    TEMPLATE_FIELD(struct template_add),
    REVISION_FIELD(struct template_add),
};
static const struct list_sort sorts[] = {
    {"name", "t.name_key", true},
};
static const struct list_source source = {
    .select = "t.id AS id, t.name AS name,\n"
              "  (SELECT count(*) FROM template_job WHERE template = t.id) AS jobs,\n"
              "  (SELECT group_concat(title, ', ') FROM (SELECT ifnull(c.title, k.title) AS title\n"
              "     FROM template_job AS k LEFT JOIN canned_job AS c ON c.id = k.canned_job\n"
              "     WHERE k.template = t.id ORDER BY k.position)) AS titles",
    .from = "template AS t",
    .id = "t.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .search_where = "t.name_key LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status template_get(struct session *s, struct template_id id, struct order_template *ret)
{
    const struct bind *template = BINDS(BIND_ID("template", id));

    TRY(found(s, store_get(s->store, SQL_GET, NO_ROW, template, s->arena, &template_shape, ret),
              "This template is no longer there. Look at the list of templates again."));
    return store_list(s->store, SQL_JOBS, NO_ROW, template, s->arena, &job_shape, &ret->jobs);
}

static status search(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &template_search_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    return template_get(s, ((const struct template_key *)in)->template, out);
}

/* ------------------------------------------------------------------------- save -- */

static status clear(struct session *s, struct template_id id)
{
    const struct bind *template = BINDS(BIND_ID("template", id));

    TRY(store_run(s->store, SQL_CLEAR_LINES, NO_ROW, template));
    return store_run(s->store, SQL_CLEAR_JOBS, NO_ROW, template);
}

/* The template of this name: an empty one, or the one to be replaced, emptied. */
static status open_template(struct session *s, const struct template_save *in,
                            struct template_id *ret)
{
    const struct bind name = BIND_TEXT("name", in->name);
    const struct bind key = BIND_TEXT("name_key", text_fold(s->arena, in->name));

    const status result = store_int(s->store, SQL_SAME_NAME, BINDS(key), &ret->v);
    if (result == ERR_NOT_FOUND) {
        TRY(store_run(s->store, SQL_ADD, NO_ROW, BINDS(name, key)));
        ret->v = store_last_id(s->store);
        return OK;
    }
    TRY(result);
    if (!in->replace)
        return fail_field(s, "name",
                          "There is a template “%s” already. Give another name, or replace it.",
                          in->name);
    TRY(clear(s, *ret));
    return store_run(s->store, SQL_RENAME, NO_ROW, BINDS(name, BIND_ID("template", *ret)));
}

static status save(struct session *s, const void *input, void *out)
{
    const struct template_save *in = input;
    struct order order;
    struct template_id id;

    TRY(order_get(s, in->order, &order));
    TRY(open_template(s, in, &id));
    const struct bind *binds = BINDS(BIND_ID("template", id), BIND_ID("order", in->order));
    TRY(store_run(s->store, SQL_TAKE_JOBS, NO_ROW, binds));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_CONFLICT, "Order %lld has no job to keep as a template. Add one first.",
                    (long long)in->order.v);
    TRY(store_run(s->store, SQL_TAKE_LINES, NO_ROW, BINDS(BIND_ID("template", id))));
    TRY(store_run(s->store, SQL_FORGET_JOBS, NO_ROW, BINDS(BIND_ID("template", id))));
    return template_get(s, id, out);
}

static status remove_template(struct session *s, const void *input, void *out)
{
    const struct template_key *in = input;

    TRY(template_get(s, in->template, out));
    TRY(clear(s, in->template));
    return store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("template", in->template)));
}

/* -------------------------------------------------------------------------- add -- */

static status add_canned(struct session *s, struct order_id order, struct canned_job_id canned)
{
    struct job_add_canned in = {.order = order, .canned_job = canned, .code = ""};
    struct order page;

    return job_add_canned_op.run(s, &in, &page);
}

static status add_line(struct session *s, const struct order_head *head, struct job_id job,
                       const struct canned_line *from)
{
    struct line_new line;

    TRY(canned_line_price(s, head, job, from, &line));
    if (from->kind == LINE_PART &&
        from->part.v == 0) { /* bought for the job: as it was written up */
        line.price = from->price;
        line.cost = from->cost;
    }
    return line_insert(s, &line);
}

static status add_own(struct session *s, const struct order_head *head,
                      const struct stored_job *stored)
{
    const struct job_new new = {
        .order = head->id,
        .title = stored->title,
        .concern = stored->concern,
        .correction = "",
    };
    struct rows lines;
    struct job_id job;

    TRY(store_list(s->store, SQL_STORED_LINES, NO_ROW, BINDS(BIND_ID("job", stored->id)), s->arena,
                   &canned_line_shape, &lines));
    TRY(job_insert(s, &new, &job));
    const struct canned_line *line = lines.at;
    for (size_t i = 0; i < lines.count; i++)
        TRY(add_line(s, head, job, &line[i]));
    return line_cores_copied(s, job);
}

static status add(struct session *s, const void *input, void *out)
{
    const struct template_add *in = input;
    struct order_template template;
    struct order_head head;
    struct rows jobs;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(template_get(s, in->template, &template));
    TRY(store_list(s->store, SQL_STORED, NO_ROW, BINDS(BIND_ID("template", in->template)), s->arena,
                   &stored_shape, &jobs));
    const struct stored_job *job = jobs.at;
    for (size_t i = 0; i < jobs.count; i++)
        TRY(job[i].canned_job.v != 0 ? add_canned(s, in->order, job[i].canned_job)
                                     : add_own(s, &head, &job[i]));
    TRY(order_begin(s, in->order, 0, &head)); /* canned jobs have settled it since */
    return order_finish(s, &head, out);
}

const struct op template_search_op = {
    .name = "template.search",
    .says = "List order templates",
    .title = "Order templates",
    .right = RIGHT_CANNED_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct template_search, search_fields),
    .out = &row_shape,
    .run = search,
};
const struct op template_show_op = {
    .name = "template.show",
    .says = "Show the jobs of an order template",
    .right = RIGHT_CANNED_VIEW,
    .in = SHAPE(struct template_key, key_fields),
    .out = &template_shape,
    .run = show,
};
const struct op template_save_op = {
    .name = "template.save",
    .says = "Keep the jobs of an order as a template",
    .title = "Save as a template",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct template_save, save_fields),
    .out = &template_shape,
    .run = save,
};
const struct op template_remove_op = {
    .name = "template.remove",
    .says = "Remove an order template; orders written up from it stay",
    .title = "Remove a template",
    .right = RIGHT_CANNED_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct template_key, key_fields),
    .out = &template_shape,
    .run = remove_template,
};
const struct op template_add_op = {
    .name = "template.add",
    .says = "Write up all jobs of a template on an order, at today's prices",
    .title = "Add a template",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct template_add, add_fields),
    .out = &order_shape,
    .run = add,
};

static const struct op *const ops[] = {
    &template_search_op, &template_show_op, &template_save_op,
    &template_remove_op, &template_add_op,
};
extern const struct module template_module;
const struct module template_module = {
    .name = "template",
    .title = "Order templates",
    .says = "Named sets of jobs that are written up together.",
    MODULE_OPS(ops),
};
