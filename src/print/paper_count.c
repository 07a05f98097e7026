/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A count sheet. While it is open it is blind: who knows what should lie there counts just that. */

#include "base/text.h"
#include "domain/count.h"
#include "papers.h"

static const struct sheet_column blind_columns[] = {
    {"Bin", 12, false, true},
    {"Part number", 22, false, true},
    {"Name", 46, false, false},
    {"Found", 20, true, true},
};
static const struct sheet_column posted_columns[] = {
    {"Bin", 10, false, true},     {"Part number", 20, false, true}, {"Name", 34, false, false},
    {"Expected", 12, true, true}, {"Found", 12, true, true},        {"Differs", 12, true, true},
};

static const char *quantity(struct printing *paper, struct qty value)
{
    char text[NUMBER_TEXT_MAX];

    return value.thousandths == NUMBER_NONE ? "" : paper_printf(paper, "%s", qty_text(value, text));
}

static void add_line(struct printing *paper, struct block *table, const struct count_line *line,
                     bool blind)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = line->bin;
    row->cells[1] = line->sku;
    row->cells[2] = line->name;
    if (blind) {
        row->cells[3] = "____________";
        return;
    }
    row->cells[3] =
        quantity(paper, (struct qty){line->expected.thousandths + line->moved.thousandths});
    row->cells[4] = quantity(paper, line->counted);
    row->cells[5] = quantity(paper, line->variance);
}

static void add_facts(struct printing *paper, const struct count *count, bool blind)
{
    struct block *facts = sheet_facts(&paper->sheet, 4);

    block_pair(facts, "What", count->title, false);
    block_pair(facts, "Frozen", paper_instant(paper, count->frozen_at), false);
    block_pair(facts, "Made by", count->made_by, false);
    block_pair(
        facts, blind ? "Lines" : "Posted",
        blind ? paper_printf(paper, "%zu", count->lines.count)
              : paper_printf(paper, "%s, %s", paper_day(paper, count->posted_on), count->posted_by),
        false);
}

status paper_count(struct printing *paper, int64_t id)
{
    struct count count;

    TRY(paper_read(paper, &count_show_op, id, &count));
    const bool blind = count.state == COUNT_OPEN;
    const struct count_line *lines = count.lines.at;
    paper->sheet.title = paper_printf(paper, "Count sheet %lld", (long long)id);
    paper->sheet.barcode = paper_printf(paper, "COUNT-%lld", (long long)id);
    add_facts(paper, &count, blind);
    struct block *table =
        blind ? sheet_table(&paper->sheet, blind_columns, COUNT_OF(blind_columns))
              : sheet_table(&paper->sheet, posted_columns, COUNT_OF(posted_columns));
    for (size_t i = 0; i < count.lines.count; i++)
        add_line(paper, table, &lines[i], blind);
    sheet_text(&paper->sheet, "Why it differs", count.reason);
    if (blind)
        sheet_sign(&paper->sheet, "Counted by");
    return OK;
}
