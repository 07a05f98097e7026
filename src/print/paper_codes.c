/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Somebody's recovery codes on paper, this once: they go to the printer and nowhere else. It is no
 * paper of business, and none that could be made again. */

#include "base/text.h"
#include "domain/secret.h"
#include "papers.h"
#include "print/print.h"

static const char HOW[] =
    "Each code opens the account once, instead of the code of the authenticator app, on the day "
    "the telephone is lost. Strike out what was used. Keep this paper where nobody else finds it, "
    "away "
    "from the terminals of the shop. Whoever makes new codes makes these worthless.";

static status render(struct session *s, const struct shop *shop, const struct recovery_code *codes,
                     size_t count, struct buf *ret_bytes)
{
    AUTO_BUF lines = BUF(4096);
    char made[DAY_TEXT_MAX];
    struct sheet sheet = paper_of_secrets(s, shop, "Recovery codes");
    struct block *facts = sheet_facts(&sheet, 2);

    for (size_t i = 0; i < count; i++)
        buf_printf(&lines, "%zu   %s\n", i + 1, codes[i].code);
    block_pair(facts, "Of", s->user_name, true);
    block_pair(facts, "Made", arena_text(s->arena, instant_show(session_now(s), made)), false);
    sheet_text(&sheet, "What this is", HOW);
    const char *text = arena_text(s->arena, buf_str(&lines));
    sheet_text(&sheet, "The codes", text);
    const status result = sheet_to_pdf(&sheet, ret_bytes, &s->fault);
    secret_wipe_text(text);
    secret_wipe(lines.at, lines.length);
    return result;
}

status print_recovery_codes(struct session *s, const struct recovery_code *codes, size_t count)
{
    struct shop shop;
    AUTO_BUF bytes = BUF_MIB(8);

    TRY(shop_get(s, &shop));
    TRY(render(s, &shop, codes, count, &bytes));
    const status result = print_bytes(s, &bytes, shop.printer, 1, "recovery-codes");
    secret_wipe(bytes.at, bytes.length);
    if (result != OK)
        return fail(s, result,
                    "The printer did not take them. Write them down, or look at the printer and "
                    "print once more.");
    return audit_note(s, AUDIT_CODES, OK, NULL);
}
