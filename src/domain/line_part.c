/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Part lines and the catalog: which part may be sold, the core that is charged with it, the
 * identification numbers of tires, and what pulled parts forbid. */

#include "line_part.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DOT_LONGEST  13 /* symbols of a number, 49 CFR 574.5; older ones have fewer */
#define DOT_SHORTEST 7

/* clang-format off */
/* The first core to the first line of its part, the second to the second. */
static const char SQL_CORES_LINK[] =
    "UPDATE line\n"
    "SET for_line = (SELECT p.id FROM line AS p\n"
    "  WHERE p.job = line.job AND p.kind = 'part' AND p.part = line.part\n"
    "    AND (SELECT count(*) FROM line AS q WHERE q.job = p.job AND q.kind = 'part'\n"
    "         AND q.part = p.part AND q.id < p.id)\n"
    "      = (SELECT count(*) FROM line AS c WHERE c.job = line.job AND c.kind = 'core'\n"
    "         AND c.part = line.part AND c.id < line.id))\n"
    "WHERE job = :job AND kind = 'core' AND part IS NOT NULL AND for_line IS NULL";
/* A core costs what it is charged: a deposit is no profit. */
static const char SQL_CORES_ADD[] =
    "INSERT INTO line (job, position, kind, description, part, quantity, price, cost, taxable,\n"
    "  for_line)\n"
    "SELECT l.job, 1 + (SELECT max(position) FROM line WHERE job = l.job), 'core',\n"
    "  'Core: ' || l.description, p.id, l.quantity, p.core, p.core, p.taxable, l.id\n"
    "FROM line AS l JOIN part AS p ON p.id = l.part\n"
    "WHERE l.job = :job AND l.kind = 'part' AND p.core > 0\n"
    "AND (:line IS NULL OR l.id = :line)\n"
    "AND NOT EXISTS (SELECT 1 FROM line AS c WHERE c.for_line = l.id)\n"
    "ORDER BY l.position";
static const char SQL_CORE_QUANTITY[] =
    "UPDATE line\n"
    "SET quantity = :quantity\n"
    "WHERE for_line = :line AND quantity <> :quantity";
static const char SQL_CORE_REMOVE[] = "DELETE FROM line WHERE for_line = :line";
/* clang-format on */

/* ------------------------------------------------------------------- which part -- */

static status must_be_sold(struct session *s, const struct part *part, const char *field)
{
    struct part successor;

    if (part->archived_at.seconds != 0)
        return fail_field(s, field, "Part %s is archived. Choose another one, or restore it.",
                          part->sku);
    if (part->superseded_by.v == 0)
        return OK;
    TRY(part_successor(s, part->id, &successor));
    return fail_field(s, field, "Part %s is replaced by %s, “%s”. Write up that one.", part->sku,
                      successor.sku, successor.name);
}

status line_part_find(struct session *s, struct part_id id, const char *sku, struct part *ret)
{
    if (id.v != 0) {
        TRY(part_get(s, id, ret));
    } else {
        const status result = part_find_by_sku(s, sku, ret);
        if (result == ERR_NOT_FOUND)
            return fail_field(s, "sku",
                              "There is no part %s in the catalog. Choose one from the list, or "
                              "leave this empty and describe the part.",
                              sku);
        TRY(result);
    }
    return must_be_sold(s, ret, id.v != 0 ? "part" : "sku");
}

/* ------------------------------------------------------------------------ price -- */

status line_take_price(struct session *s, const struct part *part, struct customer_id customer,
                       struct money by_hand, struct line_new *line)
{
    struct matrix_price found;

    TRY(matrix_find_price(s,
                          &(struct matrix_question){.customer = customer,
                                                    .part = part->id,
                                                    .category = part->category,
                                                    .cost = line->cost,
                                                    .list = part->price},
                          &found));
    line->list_price = found.price;
    if (by_hand.cents != NUMBER_NONE)
        found = (struct matrix_price){.price = by_hand, .rule = PRICE_RULE_MANUAL, .why = ""};
    line->price = found.price;
    line->price_rule = found.rule;
    line->price_why = found.why;
    return OK;
}

/* ------------------------------------------------------------------------ cores -- */

status line_cores_add(struct session *s, struct job_id job, struct line_id line)
{
    return store_run(s->store, SQL_CORES_ADD, NO_ROW,
                     BINDS(BIND_ID("job", job), BIND_ID("line", line)));
}

status line_cores_copied(struct session *s, struct job_id job)
{
    TRY(store_run(s->store, SQL_CORES_LINK, NO_ROW, BINDS(BIND_ID("job", job))));
    return line_cores_add(s, job, (struct line_id){0});
}

status line_core_follow(struct session *s, const struct order_line *present,
                        const struct line_new *line)
{
    const struct bind id = BIND_ID("line", present->id);

    if (line->kind != LINE_PART)
        return OK;
    if (line->part.v == present->part.v)
        return store_run(s->store, SQL_CORE_QUANTITY, NO_ROW,
                         BINDS(id, BIND_INT("quantity", line->quantity.thousandths)));
    TRY(store_run(s->store, SQL_CORE_REMOVE, NO_ROW, BINDS(id)));
    return line_cores_add(s, line->job, present->id);
}

status line_core_remove(struct session *s, struct line_id line)
{
    return store_run(s->store, SQL_CORE_REMOVE, NO_ROW, BINDS(BIND_ID("line", line)));
}

/* ----------------------------------------------------------------------- pulled -- */

status line_check_pulled(struct session *s, const struct order_line *present, struct part_id part,
                         struct qty quantity)
{
    char pulled[NUMBER_TEXT_MAX];

    if (present->pulled.thousandths == 0 ||
        (part.v == present->part.v && quantity.thousandths >= present->pulled.thousandths))
        return OK;
    return fail(s, ERR_CONFLICT, "%s of part %s are pulled for this line. Put them back first.",
                qty_text(present->pulled, pulled), present->sku);
}

/* ------------------------------------------------------------------------ tires -- */

/* Letters and digits, and at the end week and year of manufacture. */
static bool is_dot(const char *text, size_t length)
{
    char week[3] = "";

    if (length < DOT_SHORTEST || length > DOT_LONGEST)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) ||
            (i + 4 >= length && !isdigit((unsigned char)text[i])))
            return false;
    memcpy(week, text + length - 4, 2);
    return atoi(week) >= 1 && atoi(week) <= 53;
}

/* The last four digits are the week, and the year since 2000 (49 CFR 574.5(b)(4)). */
static bool is_of_the_future(struct session *s, const char *dot)
{
    const char *made = dot + strlen(dot) - 4;
    const int week = (made[0] - '0') * 10 + made[1] - '0';
    struct day begins;

    snprintf(begins.iso, sizeof begins.iso, "20%.2s-01-01", made + 2);
    return day_number(begins) + (week - 1) * 7 > day_number(session_today(s));
}

/* The numbers one by one, without the letters DOT that stand before them on the tire. */
status line_dot_clean(struct session *s, const char *text, const char **ret)
{
    char *rest = arena_text(s->arena, text);
    const char *clean = "";

    for (char *word; (word = strsep(&rest, " ,;\n")) != NULL;) {
        for (char *at = word; *at != '\0'; at++)
            *at = (char)toupper((unsigned char)*at);
        if (text_starts(word, "DOT"))
            word += 3;
        if (*word == '\0')
            continue;
        if (!is_dot(word, strlen(word)))
            return fail_field(s, "dot",
                              "“%s” is no tire identification number: it ends in the week and year "
                              "of manufacture, as in 1A2BC3DE41225. Read the tire again.",
                              word);
        if (is_of_the_future(s, word))
            return fail_field(s, "dot",
                              "“%s” says that the tire was made in week %.2s of 20%s, which is yet "
                              "to come. Read the tire again.",
                              word, word + strlen(word) - 4, word + strlen(word) - 2);
        clean = arena_printf(s->arena, "%s%s%s", clean, *clean != '\0' ? " " : "", word);
    }
    *ret = clean;
    return OK;
}

static int64_t count_words(const char *text)
{
    int64_t count = 0;

    for (const char *at = text; at != NULL && *at != '\0'; count++) {
        at = strchr(at, ' ');
        at = at != NULL ? at + 1 : NULL;
    }
    return count;
}

status line_check_dot(struct session *s, const struct order_job *job, const struct order_line *line)
{
    const int64_t tires = (line->quantity.thousandths + 999) / 1000;
    const int64_t numbers = count_words(line->dot);
    char count[NUMBER_TEXT_MAX];

    if (line->kind != LINE_PART || !line->is_tire || numbers == 1 || numbers == tires)
        return OK;
    return fail(s, ERR_CONFLICT,
                "Job %lld sells %s of tire %s: write down their DOT numbers first, one for all or "
                "one for each.",
                (long long)job->position, qty_text(line->quantity, count), line->sku);
}
