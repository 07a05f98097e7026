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
                        paper->shop.name, end);
}

static void add_facts(struct printing *paper, const struct gift *gift)
{
    const bool is_started = gift->used.cents != 0;
    struct block *facts = sheet_facts(&paper->sheet, 6);

    block_pair(facts, "Number", gift->number, true);
    block_pair(facts, "Worth", paper_printf(paper, "$%s", paper_money(paper, gift->amount)), true);
    if (is_started)
        block_pair(facts, "Left", paper_printf(paper, "$%s", paper_money(paper, gift->balance)),
                   true);
    if (!text_is_empty(gift->recipient))
        block_pair(facts, "For", gift->recipient, true);
    if (gift->kind == GIFT_CERTIFICATE)
        block_pair(facts, "From", gift->customer_name, false);
    else
        block_pair(facts, "Given to", gift->customer_name, false);
    block_pair(facts, "Issued", paper_day(paper, gift->issued_on), false);
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
    paper->sheet.footer = paper->shop.name;
    add_facts(paper, &gift);
    sheet_text(&paper->sheet, "", terms_of(paper, &gift));
    return OK;
}
