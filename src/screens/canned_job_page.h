/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_CANNED_JOB_PAGE_H
#define PITLANE_SCREENS_CANNED_JOB_PAGE_H

/* What the files of a canned job's editor share. */

#include "domain/canned_quote.h"
#include "inner.h"

struct canned_page {
    struct rowlist list;
    struct loading load; /* of struct canned_quote */
    struct canned_quote_ask ask;
    int64_t go_to; /* line the cursor goes to after the next load; 0: it stays */
};

static inline struct canned_page *canned_page_of(struct view *view)
{
    return view->state;
}

static inline const struct canned_quote *canned_quote_of(const struct canned_page *page)
{
    return page->load.out;
}

static inline const struct canned_quote_line *canned_line_of(struct canned_page *page)
{
    return rowlist_row(&page->list);
}

static inline bool canned_has_menu(const struct canned_quote *quote)
{
    return quote->menu_price.cents != NUMBER_NONE;
}

/* canned_job_draw.c: what it comes to, above its lines; and in words, with the line under the
 * cursor. */
void canned_page_draw(struct view *view, struct area body);
void canned_page_explain(struct view *view, const struct action *action);

#endif
