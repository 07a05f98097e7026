/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labels and figures in a row. */

#include "figures.h"

#include <string.h>

#include "base/text.h"

/* "112,340" */
const char *miles_text(int64_t miles, struct arena *arena)
{
    if (miles < 1000)
        return arena_printf(arena, "%lld", (long long)miles);
    return arena_printf(arena, "%s,%03lld", miles_text(miles / 1000, arena),
                        (long long)miles % 1000);
}

/* One word of a header line and the dot in front of all but the first. */
int figure_word(struct area row, int at, enum ink ink, const char *word)
{
    if (word == NULL || word[0] == '\0' || at + 3 + area_cells(row, word) > row.cols)
        return at;
    if (at > 1)
        at = area_text(row, 0, at, INK_MUTED, " · ");
    return area_text(row, 0, at, ink, word);
}

static int inline_cells(struct area row, const char *label, struct money amount)
{
    char text[NUMBER_TEXT_MAX];

    return area_cells(row, label) + 1 + area_cells(row, money_show(amount, text));
}

int figure_inline(struct area row, int at, const char *label, struct money amount, bool always)
{
    char text[NUMBER_TEXT_MAX];

    if (amount.cents == 0 && !always)
        return at;
    at = area_text(row, 0, at, INK_MUTED, label);
    return area_text(row, 0, at + 1, INK_NORMAL, money_show(amount, text)) + 3;
}

static bool is_shown(const struct figure *figure, bool folded)
{
    return (figure->amount.cents != 0 || figure->always) && !(folded && figure->folds);
}

static int cells_of(struct area row, const struct figure *figures, size_t count)
{
    int cells = 1;

    for (size_t i = 0; i < count; i++)
        if (is_shown(&figures[i], false))
            cells += inline_cells(row, figures[i].label, figures[i].amount) + 3;
    return cells - 3;
}

/* What was folded away, in front of the last figure. */
static int draw_folded(struct area row, int at, const struct figure *figures, size_t count)
{
    struct money other = MONEY_ZERO;

    for (size_t i = 0; i < count; i++)
        if (figures[i].folds)
            other.cents += figures[i].amount.cents;
    return figure_inline(row, at, "Other", other, false);
}

void figure_row(struct area row, int cells, const struct figure *figures, size_t count)
{
    const bool folded = cells_of(row, figures, count) > cells;
    int at = 1;

    for (size_t i = 0; i < count; i++) {
        if (folded && i + 1 == count)
            at = draw_folded(row, at, figures, count);
        if (!is_shown(&figures[i], folded))
            continue;
        if (at + inline_cells(row, figures[i].label, figures[i].amount) > cells + 1) {
            area_fit(row, 0, at, 1, INK_MUTED, figures[i].label); /* there is more */
            break;
        }
        at = figure_inline(row, at, figures[i].label, figures[i].amount, true);
    }
}

void figure_sum(struct area row, const char *label, struct money amount, enum ink ink)
{
    char text[NUMBER_TEXT_MAX];

    const int room = TOTAL_CELLS - 2 - area_cells(row, money_show(amount, text));
    area_fit(row, 0, row.cols - TOTAL_CELLS, room, INK_MUTED, label);
    area_right(row, 0, row.cols - 1, ink, text);
}

/* Profit over sales without tax, one decimal, half away from zero. */
const char *profit_of_text(const char *name, struct money profit, struct money sales,
                           struct arena *arena)
{
    char amount[NUMBER_TEXT_MAX];
    struct money mille;

    money_show(profit, amount);
    if (sales.cents <= 0 ||
        money_share((struct money){1000}, profit.cents, sales.cents, &mille) != OK)
        return arena_printf(arena, "%s %s (-)", name, amount);
    const bool negative = mille.cents < 0;
    const int64_t size = negative ? -mille.cents : mille.cents;
    return arena_printf(arena, "%s %s (%s%lld.%lld %%)", name, amount, negative ? "-" : "",
                        (long long)size / 10, (long long)size % 10);
}

const char *profit_text(struct money profit, struct money total, struct money tax,
                        struct arena *arena)
{
    return profit_of_text("GP", profit, (struct money){total.cents - tax.cents}, arena);
}

const char *person_short(const char *name, struct arena *arena)
{
    const char *blank = strrchr(name, ' ');

    if (blank == NULL || blank[1] == '\0')
        return name;
    return arena_printf(arena, "%.*s %.*s.", (int)(strchr(name, ' ') - name), name,
                        (int)text_cluster(blank + 1, strlen(blank + 1)), blank + 1);
}

const char *day_text(struct day day, struct day today, struct arena *arena)
{
    char text[DAY_TEXT_MAX];

    day_show_short(day, text);
    const size_t length = strlen(text);
    if (length > 3 && strncmp(day.iso, today.iso, 4) == 0)
        text[length - 3] = '\0';
    return arena_text(arena, text);
}

const char *moment_text(struct instant at, struct instant now, struct arena *arena)
{
    const struct day day = instant_day(at), today = instant_day(now);
    char time[DAY_TEXT_MAX];

    instant_show_time(at, time);
    if (day_compare(day, today) == 0)
        return arena_text(arena, time);
    return arena_printf(arena, "%s %s", day_text(day, today, arena), time);
}
