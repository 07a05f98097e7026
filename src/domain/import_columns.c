/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which column is which field: as it was matched the last time for the same header, else by the
 * names that other systems use. */

#include "import_inner.h"

#include <string.h>

#include "base/text.h"

#define HEADER_AMONG 5 /* a title and a date may stand above the names of the columns */

/* clang-format off */
static const char SQL_MATCH[] =
    "SELECT fields FROM import_match WHERE noun = :noun AND header = :header";
static const char SQL_MATCH_KEEP[] =
    "INSERT INTO import_match (noun, header, fields)\n"
    "VALUES (:noun, :header, :fields)\n"
    "ON CONFLICT (noun, header) DO UPDATE SET fields = excluded.fields";
/* clang-format on */

/* ---- by name ---- */

/* How near a header is to a target: 0 not at all, more for an earlier synonym. */
static size_t nearness(const struct import_target *target, const char *folded)
{
    for (size_t i = 0; target->synonyms[i] != NULL; i++)
        if (text_same(target->synonyms[i], folded))
            return 1000 - i;
    return 0;
}

static const char *fold_header(struct arena *arena, const char *header)
{
    const char *folded = text_fold(arena, csv_unguard(header));
    const char *our_own = text_fold(arena, header);

    return *folded != '\0' ? folded : our_own;
}

static bool is_taken(const struct import_plan *plan, const struct import_target *target)
{
    for (size_t c = 0; c < plan->column_count; c++)
        if (plan->matches[c] == target)
            return true;
    return false;
}

/* Every column takes the target it is nearest to; two columns never share one: the nearer gets it,
 * among equals the first. */
static void match_by_name(struct arena *arena, struct import_plan *plan)
{
    const struct import_target *targets;
    const size_t count = import_targets(plan->noun, &targets);
    size_t *best = NEW_ARRAY(arena, size_t, plan->column_count + 1);

    for (size_t t = 0; t < count; t++) {
        size_t winner = plan->column_count;
        size_t most = 0;
        for (size_t c = 0; c < plan->column_count; c++) {
            const size_t near = nearness(&targets[t], fold_header(arena, plan->headers[c]));
            if (near > most && near > best[c]) {
                most = near;
                winner = c;
            }
        }
        if (most == 0)
            continue;
        best[winner] = most;
        plan->matches[winner] = &targets[t];
    }
}

static size_t count_known(struct session *s, enum import_noun noun, const struct csv_record *record)
{
    const struct import_target *targets;
    const size_t count = import_targets(noun, &targets);
    size_t known = 0;

    for (size_t c = 0; c < record->count; c++) {
        const char *folded = fold_header(s->arena, record->cells[c]);
        for (size_t t = 0; t < count; t++)
            if (nearness(&targets[t], folded) > 0 || text_same(targets[t].name, folded)) {
                known++;
                break;
            }
    }
    return known;
}

static size_t find_header(struct session *s, enum import_noun noun, const struct csv *csv)
{
    size_t best = 0;
    size_t most = 0;

    for (size_t i = 0; i < csv->count && i < HEADER_AMONG; i++) {
        const size_t known = count_known(s, noun, &csv->records[i]);
        if (known > most) {
            most = known;
            best = i;
        }
    }
    return best;
}

/* ---- as the last time ---- */

static const char *header_key(struct session *s, const struct import_plan *plan)
{
    AUTO_BUF key = BUF_MIB(1);

    for (size_t c = 0; c < plan->column_count; c++)
        buf_printf(&key, "%s%s", c > 0 ? "\t" : "", fold_header(s->arena, plan->headers[c]));
    return arena_text(s->arena, buf_str(&key));
}

static const struct import_target *find_target(enum import_noun noun, const char *name)
{
    const struct import_target *targets;
    const size_t count = import_targets(noun, &targets);

    for (size_t t = 0; t < count; t++)
        if (text_same(targets[t].name, name))
            return &targets[t];
    return NULL;
}

static status recall(struct session *s, struct import_plan *plan)
{
    const char *fields = "";
    const status result =
        store_text(s->store, SQL_MATCH,
                   BINDS(BIND_TEXT("noun", choice_word(&import_noun_choices, plan->noun)),
                         BIND_TEXT("header", header_key(s, plan))),
                   s->arena, &fields);

    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    if (result == ERR_NOT_FOUND || *fields == '\0')
        return OK;
    char *rest = arena_text(s->arena, fields);
    for (size_t c = 0; c < plan->column_count; c++) {
        const char *name = strsep(&rest, "\t");
        plan->matches[c] = name != NULL ? find_target(plan->noun, name) : NULL;
    }
    plan->remembered = true;
    return OK;
}

status import_keep_match(struct session *s, const struct import_plan *plan)
{
    AUTO_BUF fields = BUF_MIB(1);

    for (size_t c = 0; c < plan->column_count; c++)
        buf_printf(&fields, "%s%s", c > 0 ? "\t" : "",
                   plan->matches[c] != NULL ? plan->matches[c]->name : "");
    return store_run(s->store, SQL_MATCH_KEEP, NO_ROW,
                     BINDS(BIND_TEXT("noun", choice_word(&import_noun_choices, plan->noun)),
                           BIND_TEXT("header", header_key(s, plan)),
                           BIND_TEXT("fields", buf_str(&fields))));
}

/* ---- opening ---- */

static void take_header(struct session *s, struct import_plan *plan,
                        const struct csv_record *header)
{
    plan->column_count = header->count;
    plan->headers = NEW_ARRAY(s->arena, const char *, header->count);
    plan->matches = NEW_ARRAY(s->arena, const struct import_target *, header->count);
    for (size_t c = 0; c < header->count; c++)
        plan->headers[c] = text_clean(s->arena, header->cells[c], TEXT_ONE_LINE);
}

status import_open(struct session *s, enum import_noun noun, const char *bytes, size_t length,
                   struct import_plan *ret_plan)
{
    struct import_plan plan = {.noun = noun};

    fault_clear(&s->fault);
    if (!right_set_has(&s->rights_all, RIGHT_DATA_IMPORT))
        return fail(s, ERR_DENIED, "Your role does not allow this: %s. Ask a manager.",
                    right_table[RIGHT_DATA_IMPORT].says);
    TRY(csv_read(bytes, length, s->arena, &plan.csv, &s->fault));
    const size_t header = find_header(s, noun, &plan.csv);
    take_header(s, &plan, &plan.csv.records[header]);
    plan.first = header + 1;
    match_by_name(s->arena, &plan);
    TRY(recall(s, &plan));
    *ret_plan = plan;
    return OK;
}

status import_match(struct session *s, struct import_plan *plan, size_t column, const char *target)
{
    const struct import_target *found = NULL;

    if (column >= plan->column_count)
        return fail(s, ERR_NOT_FOUND, "The file has no such column.");
    if (!text_is_empty(target)) {
        found = find_target(plan->noun, target);
        if (found == NULL)
            return fail_field(s, "match", "There is no field “%s” to match a column with.", target);
        for (size_t c = 0; is_taken(plan, found) && c < plan->column_count; c++)
            if (plan->matches[c] == found)
                plan->matches[c] = NULL;
    }
    plan->matches[column] = found;
    plan->remembered = false;
    return OK;
}

/* ---- enough to begin with ---- */

static bool has_any(const struct import_plan *plan, const char *const *names)
{
    for (; *names != NULL; names++)
        if (is_taken(plan, find_target(plan->noun, *names)))
            return true;
    return false;
}

status import_check_match(struct session *s, const struct import_plan *plan)
{
    static const struct {
        const char *const names[10];
        const char *what;
    } needs[IMPORT_NOUN_COUNT][2] = {
        [IMPORT_CUSTOMERS] = {{{"first_name", "last_name", "name", "company"},
                               "a name or a company"}},
        [IMPORT_VEHICLES] = {{{"owner_number", "owner_first_name", "owner_last_name", "owner_name",
                               "owner_company", "owner_phone"},
                              "the owner's number, phone or name"},
                             {{"vin", "plate", "unit_number", "make", "model", "name"},
                              "VIN, plate or make"}},
        [IMPORT_PARTS] = {{{"sku"}, "a part number"}, {{"name"}, "a name"}},
        [IMPORT_PRICES] = {{{"number", "upc", "sku"},
                            "the vendor's number, a bar code or our number"},
                           {{"cost", "price", "core"}, "a cost or a price"}},
    };

    for (size_t i = 0; i < 2; i++)
        if (needs[plan->noun][i].what != NULL && !has_any(plan, needs[plan->noun][i].names))
            return fail_field(s, "match",
                              "No column of this file is matched with %s. Say which one it is.",
                              needs[plan->noun][i].what);
    return OK;
}
