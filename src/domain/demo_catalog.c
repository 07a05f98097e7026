/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The demo shop's shelves and canned jobs, from data/parts.tsv and data/canned_jobs.tsv. */

#include "demo_inner.h"

#include <string.h>

#include "domain/canned_job.h"
#include "domain/ledger.h"
#include "domain/part.h"
#include "domain/stock.h"

extern const unsigned char embed_parts[];
extern const size_t embed_parts_size;
extern const unsigned char embed_canned_jobs[];
extern const size_t embed_canned_jobs_size;

#define COLUMNS_MAX  16
#define LINES_MAX    16
#define OPENING_BANK USD(60000, 0)

static const char SQL_RATE_CLASS[] = "SELECT id FROM rate_class WHERE name = :name";

/* The next line that says something; false at the end. Columns that are not there are "". */
static bool next_line(char **rest, const char *ret_columns[COLUMNS_MAX])
{
    char *line;

    while ((line = strsep(rest, "\n")) != NULL)
        if (*line != '#' && *line != '\0')
            break;
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        const char *cell = line != NULL ? strsep(&line, "\t") : NULL;
        ret_columns[i] = cell != NULL ? cell : "";
        if (i == 0 && cell == NULL)
            return false;
    }
    return true;
}

/* ---- parts ---- */

static status take_part(struct demo *d, const char *const columns[COLUMNS_MAX],
                        struct part_entry *ret)
{
    static const char *const names[] = {"sku",           "upc", "name", "category", "vendor",
                                        "vendor_number", "bin", "cost", "price",    "core",
                                        "on_hand",       "low", "high"};
    const struct field_context context = session_context(d->s);
    struct part_entry part;

    demo_init(d, &part_add_op, &part);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        TRY(field_parse(shape_field(part_add_op.in, names[i]), columns[i], &context, &part,
                        &d->s->fault));
    demo_describe_part(d, &part);
    *ret = part;
    return OK;
}

/* What stands on the shelf when the shop opens is the owner's capital, not a correction. */
static status shelve(struct demo *d, const struct part_entry *part, struct money *sum)
{
    struct part_entry entry = *part;
    struct part stored;
    struct money value = MONEY_ZERO;

    entry.on_hand = (struct qty){0};
    TRY(part_add_op.run(d->s, &entry, &stored));
    TRY(money_times_qty(part->cost, part->on_hand, &value));
    TRY(stock_put(d->s, stored.id, STOCK_RECEIVE, part->on_hand, value, "Opening stock"));
    return money_add(*sum, value, sum);
}

static status fill_parts(struct demo *d)
{
    struct arena *arena = d->s->arena;
    char *rest = arena_text_n(arena, (const char *)embed_parts, embed_parts_size);
    const char *columns[COLUMNS_MAX];
    struct money sum = MONEY_ZERO;
    struct entry_id entry;
    struct part_entry part;

    (void)next_line(&rest, columns); /* the names of the columns */
    while (next_line(&rest, columns)) {
        TRY(take_part(d, columns, &part));
        TRY(shelve(d, &part, &sum));
        TRY(demo_step(d, 1));
    }
    const struct money equity = {-(sum.cents + OPENING_BANK.cents)};
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_INVENTORY, .amount = sum},
        {.account = ACCOUNT_BANK, .amount = OPENING_BANK},
        {.account = ACCOUNT_EQUITY, .amount = equity},
    };
    return ledger_post(d->s, session_today(d->s), "opening", 0, "Opening stock and bank", lines,
                       COUNT_OF(lines), &entry);
}

status demo_fill_parts(struct demo *d)
{
    return demo_in_transaction(d, fill_parts);
}

/* ---- canned jobs ---- */

static status take_line(struct demo *d, const char *const columns[COLUMNS_MAX],
                        struct canned_line *ret)
{
    struct session *s = d->s;
    struct canned_line line = {.sku = "", .description = "", .taxable = true};
    const int kind = choice_value(&line_kind_choices, columns[1]);

    line.kind = (enum line_kind)kind;
    if (line.kind == LINE_PART)
        line.sku = columns[2];
    else
        line.description = columns[2];
    TRY(qty_parse(columns[3], &line.quantity, &s->fault));
    if (line.kind == LINE_LABOR && *columns[4] != '\0')
        TRY(store_int(s->store, SQL_RATE_CLASS, BINDS(BIND_TEXT("name", columns[4])),
                      &line.rate_class.v));
    else if (*columns[4] != '\0')
        TRY(money_parse(columns[4], &line.price, &s->fault));
    if (*columns[5] != '\0')
        TRY(money_parse(columns[5], &line.cost, &s->fault));
    *ret = line;
    return OK;
}

static status add_canned_job(struct demo *d, struct canned_job_entry *entry)
{
    struct canned_job job;

    if (*entry->code == '\0')
        return OK;
    return demo_call(d, DEMO_MANAGER, &canned_job_add_op, entry, &job);
}

status demo_fill_canned_jobs(struct demo *d)
{
    struct arena *arena = d->s->arena;
    char *rest = arena_text_n(arena, (const char *)embed_canned_jobs, embed_canned_jobs_size);
    struct canned_line *lines = NEW_ARRAY(arena, struct canned_line, LINES_MAX);
    const char *columns[COLUMNS_MAX];
    struct canned_job_entry entry;

    demo_init(d, &canned_job_add_op, &entry);
    while (next_line(&rest, columns)) {
        if (*columns[0] == '\0' && entry.lines.count < LINES_MAX) {
            TRY(take_line(d, columns, &lines[entry.lines.count++]));
            continue;
        }
        TRY(add_canned_job(d, &entry));
        demo_init(d, &canned_job_add_op, &entry);
        entry.code = columns[0];
        entry.title = columns[1];
        entry.concern = columns[2];
        entry.correction = columns[3];
        entry.lines.at = lines;
    }
    return add_canned_job(d, &entry);
}
