/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#ifndef PITLANE_SCREENS_RECEIVE_PAGE_H
#define PITLANE_SCREENS_RECEIVE_PAGE_H

/* What the files of unpacking a delivery share. */

#include "amounts.h"
#include "buying.h"
#include "domain/purchase.h"

/* A line of the order and what came of it, as a row of the list. */
struct came {
    struct purchase_line_id id;
    const char *sku, *description, *number, *upc, *order_text;
    struct qty open, here;
    struct money cost, paid; /* as ordered, and on the slip */
};
struct receive_page {
    struct amounts amounts; /* of struct came; taken once, so that what was counted stays */
    struct loading load;    /* of struct purchase */
    struct purchase_key key;
    bool loaded;
    const char *slip;
    struct money freight;
};

/* One more of the line that the code stands for: part number, vendor's number or bar code. */
void receive_scanned(struct view *view, const char *code);

/* receive_ask.c: what is typed instead of scanned, about the line under the cursor or the whole. */
extern const struct amounts_type receive_amounts;
void receive_ask_cost(struct view *view, const struct action *action);
void receive_ask_part(struct view *view, const struct action *action);
void receive_ask_slip(struct view *view, const struct action *action);
void receive_ask_freight(struct view *view, const struct action *action);
void receive_all_came(struct view *view, const struct action *action);

#endif
