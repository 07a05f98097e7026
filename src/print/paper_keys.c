/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The recovery sheet. It is no paper of business: it is made before anybody can sign in, and holds
 * nothing but the keys in their box. */

#include "base/text.h"
#include "papers.h"
#include "print/print.h"

static const char HOW[] =
    "With the passphrase that was chosen for it, this sheet opens what the shop keeps sealed: the "
    "seeds of two-factor sign-in, tokens and passwords of other services, and the proof of the "
    "audit log. Without the passphrase it is of no use to anybody. Keep the paper and the "
    "passphrase in two places, away from the computer and from its backups.\n"
    "When the key file is lost: type the lines below, beginning with PITLANE, into a file, or scan "
    "the code into one, and run: pitlane key restore FILE\n"
    "Small letters are fine, O is read as 0, I and L as 1. A line that was typed wrong is named.\n"
    "Make a new sheet after each change of keys (pitlane rekey), and keep the old one as long as "
    "backups of its time.";

status print_keys(struct session *s, const char *passphrase, enum print_format format,
                  struct buf *ret_bytes)
{
    struct shop shop;
    char fingerprint[KEY_FINGERPRINT_MAX], made[DAY_TEXT_MAX];
    AUTO_BUF lines = BUF(64u << 10);

    TRY(shop_get(s, &shop));
    TRY(key_ring_write_sheet(s->keys, passphrase, &lines, &s->fault));
    struct sheet sheet = paper_of_secrets(s, &shop, "Recovery sheet of the shop's keys");
    struct block *facts = sheet_facts(&sheet, 3);
    key_ring_fingerprint(s->keys, fingerprint);
    block_pair(facts, "Fingerprint", arena_text(s->arena, fingerprint), false);
    block_pair(facts, "Seals with key", arena_printf(s->arena, "%d", key_ring_newest(s->keys)),
               false);
    block_pair(facts, "Made", arena_text(s->arena, instant_show(session_now(s), made)), false);
    sheet_text(&sheet, "What this is", HOW);
    sheet_text(&sheet, "The keys", arena_text(s->arena, buf_str(&lines)));
    sheet_code(&sheet, arena_text(s->arena, buf_str(&lines)));
    if (format == PRINT_PDF)
        return sheet_to_pdf(&sheet, ret_bytes, &s->fault);
    sheet_to_text(&sheet, SHEET_CELLS, ret_bytes);
    return OK;
}
