/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane part labels: labels of the parts that are named, of a bin, or of all that a search finds.
 */

#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "commands.h"
#include "domain/part.h"
#include "print/label.h"

struct labels {
    const char *sku;
    struct rows more;
    const char *search;
    int64_t copies, skip;
    bool for_each, price;
    enum label_format as;
    const char *output;
};
struct more {
    const char *sku;
};
static const struct field more_fields[] = {FIELD(struct more, sku)};
static const struct shape more_shape = SHAPE_OF(struct more, "part", more_fields);
/* clang-format off */
static const struct field labels_fields[] = {
    FIELD(struct labels, sku, .label = "Part", .help = "Part number or bar code", .flags = FIELD_ARGUMENT | FIELD_CODE),
    FIELD(struct labels, more, .label = "More parts", .rows = &more_shape, .help = "Another one; may be said again"),
    FIELD(struct labels, search, .help = "All parts that this finds in the catalog"),
    FIELD(struct labels, copies, .help = "Labels of each part", .initial = "1", .low = 1, .high = LABEL_COPIES_MAX),
    FIELD(struct labels, for_each, .help = "As many as there are on hand, one for each piece"),
    FIELD(struct labels, price, .help = "With the price"),
    FIELD(struct labels, as, .choices = &label_format_choices, .initial = "pdf",
          .help = "pdf for sheets, zpl for label printers, escpos for the receipt printer"),
    FIELD(struct labels, skip, .help = "Labels of the first sheet that are gone already", .high = 29),
    FIELD(struct labels, output, .help = "File to write, - for standard output; without it a file in your home folder",
          .max = 4000, .flags = FIELD_NUMBERS_OK),
};
/* clang-format on */

static int64_t copies_of(const struct labels *in, struct qty on_hand)
{
    const int64_t pieces = on_hand.thousandths / 1000;

    return in->for_each ? (pieces > 0 ? pieces : 0) : in->copies;
}

/* The pages of a search, whole. */
static status find_parts(struct cli *cli, const struct labels *in, struct label_part *parts,
                         size_t *count)
{
    const struct part_search query = {.query = {.search = in->search, .limit = LABEL_MAX}};
    struct page page;

    TRY(op_call(&cli->session, &part_search_op, &query, &page));
    const struct part_row *rows = page.rows.at;
    for (size_t i = 0; i < page.rows.count && *count < LABEL_MAX; i++)
        if (copies_of(in, rows[i].on_hand) > 0 || !in->for_each)
            parts[(*count)++] = (struct label_part){rows[i].sku, copies_of(in, rows[i].on_hand)};
    if (page.rows.count == 0)
        return fail_field(&cli->session, "search", "No part matches “%s”.",
                          text_safe(&cli->arena, in->search));
    return OK;
}

static status name_part(struct cli *cli, const struct labels *in, const char *sku,
                        struct label_part *parts, size_t *count)
{
    struct part part;
    int64_t copies = in->copies;

    if (*count == LABEL_MAX)
        return OK;
    if (in->for_each) {
        TRY(found(&cli->session, part_find_by_sku(&cli->session, sku, &part),
                  "There is no part “%s”.", text_safe(&cli->arena, sku)));
        copies = copies_of(in, part.on_hand);
    }
    if (copies > 0 || !in->for_each) /* none is refused where all are */
        parts[(*count)++] = (struct label_part){sku, copies};
    return OK;
}

static status choose(struct cli *cli, const struct labels *in, struct label_wish *wish)
{
    struct label_part *parts = NEW_ARRAY(&cli->arena, struct label_part, LABEL_MAX + 1);
    const struct more *more = in->more.at;

    if (!text_is_empty(in->sku))
        TRY(name_part(cli, in, in->sku, parts, &wish->count));
    for (size_t i = 0; i < in->more.count; i++)
        TRY(name_part(cli, in, more[i].sku, parts, &wish->count));
    if (!text_is_empty(in->search))
        TRY(find_parts(cli, in, parts, &wish->count));
    wish->parts = parts;
    if (wish->count == 0 && in->for_each)
        return fail(&cli->session, ERR_NOT_FOUND, "None of these parts is on hand.");
    return OK;
}

static status write_out(struct cli *cli, const struct label_wish *wish)
{
    AUTO_BUF bytes = BUF_MIB(64);

    if (isatty(STDOUT_FILENO))
        return fail(&cli->session, ERR_USAGE,
                    "Labels are no text for people. Give --output a file, or send them on.");
    TRY(label_render(&cli->session, wish, &bytes));
    if (fwrite(buf_str(&bytes), 1, bytes.length, stdout) != bytes.length || fflush(stdout) != 0)
        return fail(&cli->session, ERR_IO, "The labels could not be written out.");
    return OK;
}

static status labels_run(struct cli *cli, const void *input)
{
    const struct labels *in = input;
    struct label_wish wish = {.format = in->as, .skip = in->skip, .with_price = in->price};
    const char *path = in->output;

    TRY(choose(cli, in, &wish));
    if (text_same(path, "-"))
        return write_out(cli, &wish);
    if (text_is_empty(path))
        path = label_default_path(&cli->session, in->as);
    TRY(label_save(&cli->session, &wish, path));
    return output_say(cli, "%s", path);
}

const struct command labels_command = {
    .name = "part labels",
    .says = "Make labels with bar codes, as sheets or for a label or receipt printer",
    .in = SHAPE(struct labels, labels_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = labels_run,
};
