/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Reading the audit log: lists, one row, and the module. Ten million rows stay quick, since every
 * choice of filters has a text of its own that walks one index, newest first. */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "audit_inner.h"
#include "base/text.h"
#include "domain/list.h"

/* clang-format off */
static const struct field audit_list_row_fields[] = {
    FIELD(struct audit_list_row, id, .label = "Number"),
    FIELD(struct audit_list_row, at, .label = "When"),
    FIELD(struct audit_list_row, user_name, .label = "Who"),
    FIELD(struct audit_list_row, op, .label = "Did"),
    FIELD(struct audit_list_row, result, .label = "Result"),
    FIELD(struct audit_list_row, noun, .label = "About"),
    FIELD(struct audit_list_row, subject, .label = "Which"),
    FIELD(struct audit_list_row, terminal, .label = "Terminal"),
    FIELD(struct audit_list_row, place, .label = "Place"),
    FIELD(struct audit_list_row, factor, .label = "Shown by"),
};
static const struct shape audit_list_row_shape = SHAPE_OF(struct audit_list_row, "audit", audit_list_row_fields);

static const struct field audit_list_fields[] = {
    LIST_FIELDS(struct audit_list, query),
    FIELD(struct audit_list, user, .label = "Who", .picks = "user.everybody"),
    FIELD(struct audit_list, from_on, .label = "From", .example = "t-7", .help = "The first day"),
    FIELD(struct audit_list, to_on, .label = "To", .example = "t", .help = "The last day"),
    FIELD(struct audit_list, action, .label = "Action", .example = "invoice.void, or invoice for all of them",
          .picks = "audit.actions", .help = "What was done"),
    FIELD(struct audit_list, document, .label = "Document", .example = "invoice 20001, RO 10001",
          .help = "What it was done to, and its number"),
    FIELD(struct audit_list, refused, .label = "Refused only", .help = "Only what was refused"),
};
/* clang-format on */

/* The filters as the statements want them. Columns of days are instants here, so that SQL stays
 * free of date functions. */
struct audit_range {
    struct list_query query;
    struct user_id user;
    int64_t from_at, to_at;
    const char *action, *kind, *noun;
    int64_t subject;
    bool refused;
};
static const struct field audit_range_fields[] = {
    LIST_FIELDS(struct audit_range, query), FIELD(struct audit_range, user),
    FIELD(struct audit_range, from_at),     FIELD(struct audit_range, to_at),
    FIELD(struct audit_range, action),      FIELD(struct audit_range, kind),
    FIELD(struct audit_range, noun),        FIELD(struct audit_range, subject),
    FIELD(struct audit_range, refused),
};

/* --- The lists --- */

static const struct list_sort sorts[] = {{"at", "a.at", false}};

#define IN_TIME     "a.at >= :from_at AND a.at < :to_at"
#define BY_USER     "a.user = :user AND "
#define BY_ACTION   "a.op = :action AND "
#define BY_KIND     "substr(a.op, 1, instr(a.op, '.') - 1) = :kind AND "
#define ALSO_USER   "(:user IS NULL OR a.user = :user) AND "
#define REFUSED     "a.result <> 'ok' AND "
#define BY_DOCUMENT "a.noun = :noun AND a.subject = :subject AND "

#define LIST_COLUMNS                                                                               \
    "a.id, a.at, a.user_name, a.op, a.result, a.noun, a.subject, a.terminal, a.place, a.factor"
#define EXPORT_COLUMNS                                                                             \
    "a.id, a.at, a.user, a.user_name, a.session, a.terminal, a.place, a.factor, a.op, a.result, "  \
    "a.noun, a.subject, a.mac, a.input, a.changes, "                                               \
    "ifnull((SELECT p.mac FROM audit AS p WHERE p.id = a.id - 1), '') AS previous"

#define SOURCE(columns_, index_, where_)                                                           \
    {                                                                                              \
        .select = columns_, .from = "audit AS a", .index = index_, .where = where_ IN_TIME,        \
        .id = "a.id", .sorts = sorts, .sort_count = COUNT_OF(sorts)                                \
    }
/* By which filters are given: 1 user, 2 action, 4 refused; then a document, which has few rows, so
 * that the others only look at them; then every action of a kind, and those that were refused. */
#define SOURCES(columns_)                                                                          \
    {                                                                                              \
        SOURCE(columns_, "audit_by_at", ""), SOURCE(columns_, "audit_by_user", BY_USER),           \
            SOURCE(columns_, "audit_by_op", BY_ACTION),                                            \
            SOURCE(columns_, "audit_by_user_op", BY_USER BY_ACTION),                               \
            SOURCE(columns_, "audit_refused", REFUSED),                                            \
            SOURCE(columns_, "audit_refused_by_user", BY_USER REFUSED),                            \
            SOURCE(columns_, "audit_refused_by_op", BY_ACTION REFUSED),                            \
            SOURCE(columns_, "audit_refused_by_user_op", BY_USER BY_ACTION REFUSED),               \
            SOURCE(columns_, "audit_by_subject",                                                   \
                   BY_DOCUMENT ALSO_USER                                                           \
                   "(:action = '' OR a.op = :action) AND "                                         \
                   "(:kind = '' OR substr(a.op, 1, instr(a.op, '.') - 1) = :kind) AND "            \
                   "(:refused = 0 OR a.result <> 'ok') AND "),                                     \
            SOURCE(columns_, "audit_by_kind", BY_KIND ALSO_USER),                                  \
            SOURCE(columns_, "audit_refused", REFUSED BY_KIND ALSO_USER),                          \
    }
enum { OF_USER = 1, OF_ACTION = 2, OF_REFUSED = 4, OF_DOCUMENT = 8, OF_KIND, OF_KIND_REFUSED };

static const struct list_source list_sources[] = SOURCES(LIST_COLUMNS);
static const struct list_source export_sources[] = SOURCES(EXPORT_COLUMNS);

static size_t source_for(const struct audit_range *range)
{
    size_t at = 0;

    if (range->subject != 0)
        return OF_DOCUMENT;
    if (*range->kind != '\0')
        return range->refused ? OF_KIND_REFUSED : OF_KIND;
    at += range->user.v != 0 ? OF_USER : 0;
    at += *range->action != '\0' ? OF_ACTION : 0;
    at += range->refused ? OF_REFUSED : 0;
    return at;
}

/* Modules are called as commands are: "labor-rate". */
static bool is_noun(const char *noun)
{
    for (size_t i = 0; i < module_count; i++) {
        const char *name = modules[i]->name;
        size_t at = 0;
        while (noun[at] != '\0' && (noun[at] == name[at] || (noun[at] == '_' && name[at] == '-')))
            at++;
        if (noun[at] == '\0' && name[at] == '\0')
            return true;
    }
    return false;
}

/* As modules and tables are called: "Labor rate" is labor_rate, "RO" an order. */
static const char *noun_of(struct session *s, const char *words, size_t length)
{
    char *noun = arena_text_n(s->arena, words, length);

    for (char *at = noun; *at != '\0'; at++)
        *at = *at == ' ' || *at == '-' ? '_' : (char)tolower((unsigned char)*at);
    if (text_same(noun, "ro") || text_same(noun, "repair_order"))
        return "order";
    return text_same(noun, "po") || text_same(noun, "purchase_order") ? "purchase" : noun;
}

/* "Invoice 20001", "labor rate 3" */
static status read_document(struct session *s, const char *text, struct audit_range *range)
{
    const char *last = strrchr(text, ' ');

    range->noun = "";
    if (text_is_empty(text))
        return OK;
    const char *number = last != NULL ? last + 1 : "";
    if (*number == '\0' || strspn(number, "0123456789") != strlen(number) || strlen(number) > 18 ||
        strtoll(number, NULL, 10) == 0)
        return fail_field(s, "document",
                          "Write what it is and its number, such as “invoice 20001”. For all "
                          "invoices, write invoice under action.");
    const char *noun = noun_of(s, text, (size_t)(last - text));
    if (!is_noun(noun))
        return fail_field(
            s, "document",
            "Nothing is called “%s” in the log. Write “invoice 20001”, “order 10001”, "
            "“customer 12” …",
            noun);
    range->noun = noun;
    range->subject = strtoll(number, NULL, 10);
    return OK;
}

/* A page further on begins at its cursor, "id|at". SQLite takes one bound of a range only, so the
 * cursor has to be that one: else it walks all the pages before. */
static void begin_at_cursor(struct audit_range *range)
{
    const bool forward = text_is_empty(range->query.before);
    const char *cursor = forward ? range->query.after : range->query.before;
    const char *bar = text_is_empty(cursor) ? NULL : strchr(cursor, '|');

    if (bar == NULL)
        return;
    const int64_t at = strtoll(bar + 1, NULL, 10);
    if (range->query.descending == forward && at < range->to_at)
        range->to_at = at + 1;
    if (range->query.descending != forward && at > range->from_at)
        range->from_at = at;
}

static const char SQL_WAS_DONE[] = "SELECT EXISTS (SELECT 1 FROM audit WHERE op = :action)";
static const char SQL_HAS_KIND[] =
    "SELECT EXISTS (SELECT 1 FROM audit WHERE substr(op, 1, instr(op, '.') - 1) = :kind)";
/* Of all actions of the log, a step along the index each. */
static const char SQL_LIKE[] =
    "SELECT ifnull(group_concat(op, ', '), '') FROM ("
    "WITH RECURSIVE t(op) AS (SELECT min(a.op) FROM audit AS a UNION ALL "
    "SELECT (SELECT min(b.op) FROM audit AS b WHERE b.op > t.op) FROM t WHERE t.op IS NOT NULL) "
    "SELECT t.op FROM t WHERE instr(t.op, :word) > 0 LIMIT 4)";

static status no_action(struct session *s, const char *action)
{
    const char *like = "";

    TRY(store_text(s->store, SQL_LIKE, BINDS(BIND_TEXT("word", action)), s->arena, &like));
    if (*like != '\0' && *action != '\0')
        return fail_field(s, "action", "There is no action “%s”. Is it one of these: %s?", action,
                          like);
    return fail_field(s, "action",
                      "There is no action “%s”. Write one like invoice.void, or invoice for all "
                      "that was done to invoices; F4 on the screen, or pitlane audit actions, "
                      "lists those of the log.",
                      action);
}

/* As actions begin: "labor-rate". */
static const char *kind_of(struct session *s, const char *noun)
{
    char *kind = arena_text(s->arena, noun);

    for (char *at = kind; *at != '\0'; at++)
        *at = *at == '_' ? '-' : *at;
    return kind;
}

/* An action that there is, or once was; or the kind of many: "invoice". */
static status read_action(struct session *s, const char *action, struct audit_range *range)
{
    int64_t is_known = 0;

    range->kind = "";
    range->action = action;
    if (text_is_empty(action) || !text_same(audit_says(action), action))
        return OK;
    TRY(store_int(s->store, SQL_WAS_DONE, BINDS(BIND_TEXT("action", action)), &is_known));
    if (is_known)
        return OK;
    const char *noun = noun_of(s, action, strlen(action));
    const char *kind = kind_of(s, noun);
    if (!is_noun(noun))
        TRY(store_int(s->store, SQL_HAS_KIND, BINDS(BIND_TEXT("kind", kind)), &is_known));
    if (!is_known && !is_noun(noun))
        return no_action(s, action);
    range->kind = kind;
    range->action = "";
    return OK;
}

static status read_range(struct session *s, const struct audit_list *in, struct audit_range *ret)
{
    struct audit_range range = {
        .query = in->query,
        .user = in->user,
        .to_at = INT64_MAX,
        .refused = in->refused,
    };

    TRY(read_action(s, in->action, &range));
    TRY(read_document(s, in->document, &range));
    if (in->from_on.iso[0] != '\0' && in->to_on.iso[0] != '\0' &&
        day_compare(in->to_on, in->from_on) < 0)
        return fail_field(s, "to_on",
                          "The last day is before the first. Give a later one, or none.");
    if (in->from_on.iso[0] != '\0')
        range.from_at = day_instant(in->from_on, 0).seconds;
    if (in->to_on.iso[0] != '\0')
        range.to_at = day_instant(day_add(in->to_on, 1), 0).seconds;
    if (text_is_empty(range.query.sort))
        range.query.descending = !range.query.descending; /* newest first unless asked otherwise */
    begin_at_cursor(&range);
    *ret = range;
    return OK;
}

static const struct op list_range_op = {.in = SHAPE(struct audit_range, audit_range_fields),
                                        .out = &audit_list_row_shape};
static const struct op export_range_op = {.in = SHAPE(struct audit_range, audit_range_fields),
                                          .out = &audit_exported_shape};

static status audit_list_run(struct session *s, const void *input, void *output)
{
    struct audit_range range;

    TRY(read_range(s, input, &range));
    return list_run(s, &list_sources[source_for(&range)], &list_range_op, &range, output);
}

const struct op audit_list_op = {
    .name = "audit.list",
    .says = "See who did what",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(list_sources),
    .in = SHAPE(struct audit_list, audit_list_fields),
    .out = &audit_list_row_shape,
    .run = audit_list_run,
};

static status audit_export_run(struct session *s, const void *input, void *output)
{
    struct audit_range range;

    TRY(read_range(s, input, &range));
    return list_run(s, &export_sources[source_for(&range)], &export_range_op, &range, output);
}

const struct op audit_export_op = {
    .name = "audit.export",
    .says = "List whole rows of the audit log, to be proved elsewhere",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST | OP_UNLISTED,
    OP_LIST_AMONG(export_sources),
    .in = SHAPE(struct audit_list, audit_list_fields),
    .out = &audit_exported_shape,
    .run = audit_export_run,
};

/* --- What was ever done --- */

struct audit_actions {
    struct list_query query;
};
static const struct field audit_actions_fields[] = {LIST_FIELDS(struct audit_actions, query)};
struct audit_action {
    struct audit_id id;
    const char *action, *says;
    struct instant at;
};
static const struct field audit_action_fields[] = {
    FIELD(struct audit_action, id, .label = "Number", .flags = FIELD_HIDDEN),
    FIELD(struct audit_action, says, .label = "Did"),
    FIELD(struct audit_action, action, .label = "Action"),
    FIELD(struct audit_action, at, .label = "Last"),
};
static const struct list_sort action_sorts[] = {{"action", "a.op", true}};

/* One step along the index for each action, however long the log is: its last row stands for it. */
static const struct list_source action_source = {
    .select = "a.id, a.op AS action, a.at",
    .from = "audit AS a",
    .where = "a.id IN (WITH RECURSIVE t(op) AS (SELECT min(b.op) FROM audit AS b UNION ALL "
             "SELECT (SELECT min(b.op) FROM audit AS b WHERE b.op > t.op) FROM t "
             "WHERE t.op IS NOT NULL) "
             "SELECT (SELECT c.id FROM audit AS c WHERE c.op = t.op ORDER BY c.at DESC, c.id DESC "
             "LIMIT 1) FROM t WHERE t.op IS NOT NULL)",
    .id = "a.id",
    .sorts = action_sorts,
    .sort_count = COUNT_OF(action_sorts),
    .search_where = "a.op LIKE :like ESCAPE '\\'",
};

static status audit_actions_run(struct session *s, const void *input, void *output)
{
    struct page *page = output;

    TRY(list_run(s, &action_source, &audit_actions_op, input, page));
    struct audit_action *actions = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++)
        actions[i].says = audit_says(actions[i].action);
    return OK;
}

const struct op audit_actions_op = {
    .name = "audit.actions",
    .says = "See which actions are in the audit log",
    .title = "Actions in the audit log",
    .right = RIGHT_AUDIT_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(action_source),
    .in = SHAPE(struct audit_actions, audit_actions_fields),
    .out = SHAPE(struct audit_action, audit_action_fields),
    .run = audit_actions_run,
};

static const struct op *const audit_ops[] = {&audit_list_op, &audit_show_op, &audit_export_op,
                                             &audit_actions_op};
const struct module audit_module = {
    .name = "audit",
    .title = "Audit log",
    .says = "Who did what, when and from where, with every record before and after; and the proof "
            "that nobody has changed it since.",
    MODULE_OPS(audit_ops),
};
