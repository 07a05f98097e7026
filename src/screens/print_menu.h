/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PRINT_MENU_H
#define PITLANE_SCREENS_PRINT_MENU_H

/* Which paper, and where to: looked at as a page of text, saved as a PDF, printed, or queued for
 * e-mail. Over the present view. */

#include "domain/document.h"
#include "screens/desk.h"

struct print_menu {
    struct order_id order;     /* 0: no estimate and work order */
    struct invoice_id invoice; /* 0: no invoice and receipt */
    struct vehicle_id vehicle; /* 0: no history */
    enum document_kind first;  /* the cursor begins here, if there is one */
    const char *email;         /* of the customer, or "" */
    const char *title;
};
/* Texts are copied. */
void print_menu_open(struct desk *desk, const struct print_menu *menu);

#endif
