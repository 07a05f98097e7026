/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_PRINT_PAPERS_H
#define PITLANE_TESTS_PRINT_PAPERS_H

/* The papers of a shop, made and read back. */

#include "../domain/shop.h"
#include "print/print.h"
#include "read_back.h"

static inline void paper_render(struct shop_test *t, enum document_kind kind, int64_t subject,
                                enum print_format format, struct buf *ret_bytes)
{
    if (print_render(&t->session, kind, subject, format, ret_bytes) != OK)
        fail_msg("%s", t->session.fault.text);
}

/* As text for any printer. */
static inline const char *paper_text(struct shop_test *t, enum document_kind kind, int64_t subject)
{
    AUTO_BUF text = BUF_MIB(1);

    paper_render(t, kind, subject, PRINT_TEXT, &text);
    return arena_text(&t->arena, buf_str(&text));
}

/* What pdftotext reads of it; `name` is what it is kept as. */
static inline const char *paper_pdf_text(struct shop_test *t, enum document_kind kind,
                                         int64_t subject, const char *name)
{
    AUTO_BUF pdf = BUF_MIB(4);

    paper_render(t, kind, subject, PRINT_PDF, &pdf);
    keep_paper(&t->arena, &pdf, name);
    return read_back(&t->arena, &pdf, "pdftotext -layout", "-");
}

#endif
