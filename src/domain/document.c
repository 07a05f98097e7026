/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The record of documents saved, printed and queued. */

#include "domain/document.h"

#include <string.h>

#include "base/text.h"
#include "domain/list.h"
#include "record.h"

static const struct choice kind_choice[] = {
    [DOCUMENT_ESTIMATE] = {"estimate", "estimate", "", ""},
    [DOCUMENT_WORK_ORDER] = {"work_order", "work order", "", ""},
    [DOCUMENT_INVOICE] = {"invoice", "invoice", "", ""},
    [DOCUMENT_RECEIPT] = {"receipt", "receipt", "", ""},
    [DOCUMENT_HISTORY] = {"history", "service history", "", ""},
    [DOCUMENT_LABELS] = {"labels", "labels", "", ""},
    [DOCUMENT_USAGE] = {"usage", "parts usage", "", ""},
    [DOCUMENT_COUNT] = {"count", "count sheet", "", ""},
    [DOCUMENT_PURCHASE] = {"purchase", "purchase order", "", ""},
    [DOCUMENT_CHECK] = {"check", "check", "", ""},
    [DOCUMENT_CLAIM] = {"claim", "return slip", "", ""},
    [DOCUMENT_PAYMENT] = {"payment", "payment receipt", "", ""},
    [DOCUMENT_DAY] = {"day", "Z report", "", ""},
    [DOCUMENT_STATEMENT] = {"statement", "statement", "", ""},
    [DOCUMENT_STATEMENTS] = {"statements", "statements of all", "", ""},
    [DOCUMENT_CREDIT] = {"credit", "credit memo", "", ""},
    [DOCUMENT_GIFT] = {"gift", "gift certificate", "", ""},
};
const struct choices document_kind_choices = CHOICES(kind_choice);
static const struct choice sent_choice[] = {
    [DOCUMENT_SAVED] = {"saved", "saved", "", ""},
    [DOCUMENT_PRINTED] = {"printed", "printed", "", ""},
    [DOCUMENT_QUEUED] = {"queued", "waiting to be mailed", "", ""},
};
const struct choices document_sent_choices = CHOICES(sent_choice);

static const struct field document_fields[] = {
    FIELD(struct document, id, .label = "Number", .flags = FIELD_HIDDEN),
    FIELD(struct document, kind, .label = "Document", .choices = &document_kind_choices,
          .flags = FIELD_ARGUMENT),
    FIELD(struct document, subject, .label = "Of", .flags = FIELD_ARGUMENT),
    FIELD(struct document, sent, .label = "Sent", .choices = &document_sent_choices),
    FIELD(struct document, target, .label = "To", .max = 1000, .flags = FIELD_REQUIRED),
    FIELD(struct document, at, .label = "When"),
    FIELD(struct document, user_name, .label = "By"),
};
static const struct shape document_shape = SHAPE_OF(struct document, "document", document_fields);

#define DOCUMENT_COLUMNS                                                                           \
    "d.id, d.kind, d.subject, d.sent, d.target, d.at, ifnull(u.name, '') AS user_name"
#define DOCUMENT_FROM "document AS d LEFT JOIN user AS u ON u.id = d.user"

static const char SQL_DOCUMENT[] =
    "SELECT " DOCUMENT_COLUMNS " FROM " DOCUMENT_FROM " WHERE d.id = :id";
static const char SQL_DOCUMENT_ADD[] =
    "INSERT INTO document (kind, subject, sent, target, at, user) "
    "VALUES (:kind, :subject, :sent, :target, :now, :user)";

static status document_record(struct session *s, const void *input, void *output)
{
    const struct document *in = input;

    if (in->sent == DOCUMENT_QUEUED && strchr(in->target, '@') == NULL)
        return fail_field(s, "target", "“%s” is no e-mail address. Correct it first.", in->target);
    TRY(store_run(s->store, SQL_DOCUMENT_ADD, BIND_ROW(&document_shape, in),
                  BINDS(BIND_INT("now", session_now(s).seconds), BIND_ID("user", s->user))));
    return store_get(s->store, SQL_DOCUMENT, NO_ROW, BINDS(BIND_INT("id", store_last_id(s->store))),
                     s->arena, &document_shape, output);
}

const struct op document_record_op = {
    .name = "document.record",
    .says = "Note that a document was saved, printed or queued for mail",
    .title = "Note a document",
    .right = RIGHT_DOCUMENTS_PRINT,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED,
    .in = &document_shape,
    .out = &document_shape,
    .owns = record_is_everybodys, /* decided where it was read */
    .run = document_record,
};

struct document_list_in {
    struct list_query query;
    const char *kind;
    int64_t subject;
};
static const struct field document_list_fields[] = {
    LIST_FIELDS(struct document_list_in, query),
    FIELD(struct document_list_in, kind, .label = "Document", .example = "invoice"),
    FIELD(struct document_list_in, subject, .label = "Of"),
};
static const struct list_sort document_sorts[] = {{"id", "d.id", false}};
static const struct list_source document_source = {
    .select = DOCUMENT_COLUMNS,
    .from = DOCUMENT_FROM,
    .where = "(:kind = '' OR d.kind = :kind) AND (:subject = 0 OR d.subject = :subject) "
             "AND (:own = 0 OR d.user = :own_user)",
    .id = "d.id",
    .sorts = document_sorts,
    .sort_count = COUNT_OF(document_sorts),
};

static status document_list_run(struct session *s, const void *input, void *output)
{
    struct document_list_in in = *(const struct document_list_in *)input;

    if (text_is_empty(in.query.sort))
        in.query.descending = !in.query.descending;
    return list_run(s, &document_source, &document_list_op, &in, output);
}

const struct op document_list_op = {
    .name = "document.list",
    .says = "See what was printed, saved and queued",
    .right = RIGHT_DOCUMENTS_PRINT,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(document_source),
    .in = SHAPE(struct document_list_in, document_list_fields),
    .out = &document_shape,
    .run = document_list_run,
};

static const struct op *const document_ops[] = {&document_list_op, &document_record_op};
const struct module document_module = {
    .name = "document",
    .title = "Documents",
    .says = "Papers that were printed, saved or queued for mail: of repair orders, invoices, "
            "vehicles, purchases, payments to vendors, returns and stock.",
    MODULE_OPS(document_ops),
};
