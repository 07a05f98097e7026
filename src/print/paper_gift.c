/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A gift certificate or store credit, to be handed over: its number, what it is worth, until when.
 */

#include "base/text.h"
#include "domain/gift.h"
#include "papers.h"

/* Said on it, because whoever brings it may be somebody else. */
static const char *terms_of(struct printing *paper, const struct gift *gift)
{
    const char *end =
        gift->expires_on.iso[0] == '\0'
            ? "It does not expire."
            : paper_printf(paper, "It is good through %s.", paper_day(paper, gift->expires_on));

    return paper_printf(paper,
                        "Good at %s for work and parts, in one visit or several: what is not used "
                        "stays on it. Bring the number; whoever has it may use it. It is not paid "
                        "out in cash, but where the law says so. %s",
                        paper->head.name, end);
}

/* What it is worth, for whom and from whom, in a frame: it is handed over as it is. */
static void add_card(struct printing *paper, const struct gift *gift)
{
    const bool is_gift = gift->kind == GIFT_CERTIFICATE;
    AUTO_BUF lines = BUF(4096);

    if (!text_is_empty(gift->recipient))
        buf_printf(&lines, "for %s\n", gift->recipient);
    buf_printf(&lines, "%s %s\n \nNumber %s", is_gift ? "from" : "for", gift->giver, gift->number);
    sheet_card(&paper->sheet, paper_printf(paper, "$%s", paper_money(paper, gift->amount)),
               arena_text(paper->s->arena, buf_str(&lines)));
}

static void add_facts(struct printing *paper, const struct gift *gift)
{
    struct block *facts = sheet_facts(&paper->sheet, 3);

    block_pair(facts, "Issued", paper_day(paper, gift->issued_on), false);
    block_pair(facts, "Good through", paper_day(paper, gift->expires_on), false);
    if (gift->used.cents != 0)
        block_pair(facts, "Left", paper_printf(paper, "$%s", paper_money(paper, gift->balance)),
                   true);
}

status paper_gift(struct printing *paper, int64_t id)
{
    struct gift gift;

    TRY(paper_read(paper, &gift_show_op, id, &gift));
    if (gift.status == GIFT_NOT_PAID)
        return fail(paper->s, ERR_CONFLICT,
                    "Certificate %s is not paid yet. Take the payment of invoice %lld, then print "
                    "it.",
                    gift.number, (long long)gift.invoice.v);
    paper->sheet.title = gift.kind == GIFT_CERTIFICATE ? "Gift certificate" : "Store credit";
    paper->sheet.barcode = gift.number;
    paper->sheet.footer = paper->head.name;
    add_card(paper, &gift);
    add_facts(paper, &gift);
    sheet_text(&paper->sheet, "", terms_of(paper, &gift));
    return OK;
}
