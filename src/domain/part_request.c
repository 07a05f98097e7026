/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts asked for from the bays, and the counter's answers. Adding the part is line.c's. */

#include "domain/part_request.h"

#include "base/text.h"
#include "domain/list.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "order_inner.h"
#include "record.h"

/* clang-format off */
static const struct choice states[] = {
    [PART_REQUEST_OPEN]    = {"open",    "asked for",    "?", "?"},
    [PART_REQUEST_PUT]     = {"put",     "on the job",   "✓", "+"},
    [PART_REQUEST_REFUSED] = {"refused", "not now",      "✗", "x"},
};
const struct choices part_request_state_choices = CHOICES(states);

#define REQUEST_SELECT                                                                             \
    "r.id AS id, j.repair_order AS \"order\", r.job AS job, j.title AS job_title,\n"               \
    "  ifnull(v.name, '') AS vehicle_name, r.part AS part, ifnull(p.sku, '') AS sku,\n"            \
    "  ifnull(p.name, r.what) AS what, r.quantity AS quantity,\n"                                  \
    "  CASE WHEN p.id IS NULL THEN 0 ELSE p.on_hand -\n"                                           \
    "    (SELECT ifnull(sum(x.committed), 0) FROM line AS x\n"                                     \
    "     WHERE x.part = p.id AND x.committed > 0) END AS available,\n"                            \
    "  r.note AS note, u.name AS asked_by, r.asked_at AS asked_at, r.state AS state,\n"            \
    "  r.answer AS answer, ifnull(a.name, '') AS answered_by"
#define REQUEST_FROM                                                                               \
    "part_request AS r CROSS JOIN job AS j ON j.id = r.job\n"                                      \
    "CROSS JOIN repair_order AS o ON o.id = j.repair_order\n"                                      \
    "CROSS JOIN user AS u ON u.id = r.user\n"                                                      \
    "LEFT JOIN user AS a ON a.id = r.answered_by\n"                                                \
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle\n"                                                 \
    "LEFT JOIN part AS p ON p.id = r.part"
static const char SQL_GET[] =
    "SELECT " REQUEST_SELECT "\n"
    "FROM " REQUEST_FROM "\n"
    "WHERE r.id = :id";
static const char SQL_ADD[] =
    "INSERT INTO part_request (job, part, what, quantity, note, user, asked_at)\n"
    "VALUES (:job, :part, :what, :quantity, :note, :user, :now)";
static const char SQL_ANSWER[] =
    "UPDATE part_request\n"
    "SET state = :state, answer = :answer, answered_by = :user, answered_at = :now\n"
    "WHERE id = :id";
static const char SQL_COUNT[] =
    "SELECT count(*)\n"
    "FROM job AS j CROSS JOIN part_request AS r ON r.job = j.id\n"
    "WHERE j.repair_order = :order AND r.state = 'open'";
static const char SQL_BY_NUMBER[] =
    "SELECT id FROM part WHERE id IN (SELECT id FROM lookup WHERE noun = 'part' AND key = :key)\n"
    "AND EXISTS (SELECT 1 FROM part_vendor AS x WHERE x.part = part.id AND x.number = :number)\n"
    "AND archived_at IS NULL\n"
    "LIMIT 1";

static const struct field request_fields[] = {
    FIELD(struct part_request, id, .label = "Number", .flags = FIELD_HIDDEN),
    FIELD(struct part_request, order, .label = "RO"),
    FIELD(struct part_request, job, .flags = FIELD_HIDDEN),
    FIELD(struct part_request, job_title, .label = "Job"),
    FIELD(struct part_request, vehicle_name, .label = "Vehicle"),
    FIELD(struct part_request, part, .flags = FIELD_HIDDEN, .picks = "part.search"),
    FIELD(struct part_request, sku, .label = "Part number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct part_request, what, .label = "Asked for", .flags = FIELD_NUMBERS_OK),
    FIELD(struct part_request, quantity),
    FIELD(struct part_request, available, .help = "On hand less committed, of a part of the catalog", .flags = FIELD_SIGNED),
    FIELD(struct part_request, note),
    FIELD(struct part_request, asked_by, .label = "By"),
    FIELD(struct part_request, asked_at, .label = "At"),
    FIELD(struct part_request, state, .choices = &part_request_state_choices),
    FIELD(struct part_request, answer),
    FIELD(struct part_request, answered_by, .label = "Answered by"),
};
static const struct shape request_shape =
    SHAPE_OF(struct part_request, "part_request", request_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct part_request_search, query),
    FIELD(struct part_request_search, order, .label = "RO", .picks = "order.search"),
    FIELD(struct part_request_search, job, .flags = FIELD_HIDDEN),
    FIELD(struct part_request_search, answered, .help = "What is answered, too"),
};
static const struct field add_fields[] = {
    JOB_FIELD(struct part_request_add),
    FIELD(struct part_request_add, what, .label = "Part", .example = "BP-1210", .max = 160,
          .help = "Scan it, or say in words what is needed",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK | FIELD_SCANNED),
    FIELD(struct part_request_add, quantity, .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS),
    FIELD(struct part_request_add, note, .max = 400, .help = "For the counter: which side, how soon"),
};
#define REQUEST_FIELD(T)                                                                           \
    FIELD(T, request, .label = "Request", .picks = "part-request.search",                          \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
static const struct field put_fields[] = {
    REQUEST_FIELD(struct part_request_put),
    FIELD(struct part_request_put, sku, .label = "Part number", .picks = "part.search", .max = 60,
          .help = "Empty: the one that was asked for", .flags = FIELD_ARGUMENT | FIELD_CODE | FIELD_NUMBERS_OK),
    FIELD(struct part_request_put, quantity, .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .help = "Empty: as many as were asked for", .flags = FIELD_OPTIONAL),
};
static const struct field refuse_fields[] = {
    REQUEST_FIELD(struct part_request_refuse),
    FIELD(struct part_request_refuse, reason, .max = 200, .help = "The one who asked reads it",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static const struct list_sort sorts[] = {
    {"id", "r.id", false},
};
#define REQUEST_WHERE                                                                              \
    ORDER_IS_OWN " AND (:job IS NULL OR r.job = :job)"
#define REQUEST_LIST(from_, where_)                                                                \
    {                                                                                              \
        .select = REQUEST_SELECT, .from = from_, .where = where_ "\nAND " REQUEST_WHERE,           \
        .id = "r.id", .sorts = sorts, .sort_count = COUNT_OF(sorts),                               \
        .search_where = "lower(r.what) LIKE :like ESCAPE '\\' OR p.name_key LIKE :like ESCAPE '\\'\n" \
                        "OR p.sku LIKE :typed ESCAPE '\\'"                                         \
    }
#define OF_ORDER "(:order IS NULL OR j.repair_order = :order)"
/* What is open is few, by an index; so is what one job has. */
static const struct list_source sources[] = {
    REQUEST_LIST(REQUEST_FROM, "r.state = 'open' AND " OF_ORDER),
    REQUEST_LIST(REQUEST_FROM, OF_ORDER),
    REQUEST_LIST(REQUEST_FROM, "r.job = :job AND (:answered OR r.state = 'open') AND " OF_ORDER),
};
/* clang-format on */

static status get(struct session *s, struct part_request_id id, struct part_request *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                           &request_shape, ret),
                 "This request is not there any more. Look at the list again.");
}

static status search(struct session *s, const void *input, void *output)
{
    const struct part_request_search *in = input;

    return list_run(s,
                    &sources[in->job.v != 0 ? 2
                             : in->answered ? 1
                                            : 0],
                    &part_request_search_op, in, output);
}

status part_request_count(struct session *s, struct order_id order, int64_t *ret_count)
{
    return store_int(s->store, SQL_COUNT, BINDS(BIND_ID("order", order)), ret_count);
}

/* ---- asking ---- */

static status find_by_vendors_number(struct session *s, const char *number, struct part *ret)
{
    const char *key = text_fold(s->arena, text_code(s->arena, number));
    struct part_id id = {0};

    TRY(store_int(s->store, SQL_BY_NUMBER,
                  BINDS(BIND_TEXT("key", key), BIND_TEXT("number", number)), &id.v));
    return part_get(s, id, ret);
}

/* Words stay words: nobody in the bays is asked to search the catalog. */
static status find_part(struct session *s, const char *what, struct part *ret)
{
    status result = part_find_by_sku(s, what, ret);

    if (result == ERR_NOT_FOUND)
        result = part_find_by_upc(s, what, ret);
    if (result == ERR_NOT_FOUND)
        result = find_by_vendors_number(s, what, ret);
    if (result == OK && ret->superseded_by.v != 0)
        result = part_successor(s, ret->id, ret);
    return result;
}

static status add(struct session *s, const void *input, void *output)
{
    const struct part_request_add *in = input;
    struct order_head head;
    struct job_head job;
    struct part part = {.id = {0}};

    TRY(job_begin(s, in->job, 0, &job, &head));
    const status result = find_part(s, in->what, &part);
    if (result == OK)
        TRY(part_check_quantity(s, &part, in->quantity, "quantity"));
    else if (result != ERR_NOT_FOUND)
        return result;
    fault_clear(&s->fault);
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("job", in->job),
                        BIND_ID("part", result == OK ? part.id : (struct part_id){0}),
                        BIND_TEXT("what", in->what), BIND_INT("quantity", in->quantity.thousandths),
                        BIND_TEXT("note", in->note), BIND_ID("user", s->user),
                        BIND_INT("now", session_now(s).seconds))));
    return get(s, (struct part_request_id){store_last_id(s->store)}, output);
}

/* ---- answering ---- */

static status get_open(struct session *s, struct part_request_id id, struct part_request *ret)
{
    TRY(get(s, id, ret));
    if (ret->state == PART_REQUEST_OPEN)
        return OK;
    return fail(s, ERR_CONFLICT, "%s has answered this already: %s.", ret->answered_by,
                choice_label(&part_request_state_choices, ret->state));
}

static status answer(struct session *s, struct part_request_id id, enum part_request_state state,
                     const char *text)
{
    return store_run(s->store, SQL_ANSWER, NO_ROW,
                     BINDS(BIND_ID("id", id),
                           BIND_TEXT("state", choice_word(&part_request_state_choices, state)),
                           BIND_TEXT("answer", text), BIND_ID("user", s->user),
                           BIND_INT("now", session_now(s).seconds)));
}

static status put(struct session *s, const void *input, void *output)
{
    const struct part_request_put *in = input;
    struct part_request request;

    TRY(get_open(s, in->request, &request));
    const bool as_asked = text_is_empty(in->sku);
    if (as_asked && request.part.v == 0)
        return fail_field(s, "sku",
                          "“%s” is no part of the catalog. Choose the part that is meant.",
                          request.what);
    const struct line_add_part line = {
        .job = request.job,
        .sku = as_asked ? "" : in->sku,
        .part = as_asked ? request.part : (struct part_id){0},
        .quantity = in->quantity.thousandths == NUMBER_NONE ? request.quantity : in->quantity,
        .description = "",
        .price = {NUMBER_NONE},
        .cost = {NUMBER_NONE},
        .price_reason = "",
    };
    TRY(line_add_part_op.run(s, &line, output));
    return answer(s, in->request, PART_REQUEST_PUT, "");
}

static status refuse(struct session *s, const void *input, void *output)
{
    const struct part_request_refuse *in = input;
    struct part_request request;

    TRY(get_open(s, in->request, &request));
    TRY(answer(s, in->request, PART_REQUEST_REFUSED, in->reason));
    return get(s, in->request, output);
}

const struct op part_request_search_op = {
    .name = "part-request.search",
    .says = "List the parts that were asked for from the bays",
    .right = RIGHT_ESTIMATES_VIEW,
    .flags = OP_LIST | OP_PIN,
    OP_LIST_AMONG(sources),
    .in = SHAPE(struct part_request_search, search_fields),
    .out = &request_shape,
    .run = search,
};
const struct op part_request_add_op = {
    .name = "part-request.add",
    .says = "Ask the counter for a part for one of your jobs",
    .title = "Ask for a part",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct part_request_add, add_fields),
    .out = &request_shape,
    .about = "job",
    .run = add,
    .owns = job_is_own,
};
const struct op part_request_put_op = {
    .name = "part-request.put",
    .says = "Put a part that was asked for on its job, at today's price",
    .title = "Put it on the job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_request_put, put_fields),
    .out = &order_shape,
    .run = put,
};
const struct op part_request_refuse_op = {
    .name = "part-request.refuse",
    .says = "Say why a part that was asked for is not put on the job",
    .title = "Say no to a part",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct part_request_refuse, refuse_fields),
    .out = &request_shape,
    .run = refuse,
};
static const struct op *const ops[] = {
    &part_request_search_op,
    &part_request_add_op,
    &part_request_put_op,
    &part_request_refuse_op,
};
extern const struct module part_request_module;
const struct module part_request_module = {
    .name = "part_request",
    .title = "Parts asked for",
    .says = "What the bays ask the counter for: parts by scan or in words, until they are on the "
            "job or refused.",
    MODULE_OPS(ops),
};
