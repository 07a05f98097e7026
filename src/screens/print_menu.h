/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PRINT_MENU_H
#define PITLANE_SCREENS_PRINT_MENU_H

/* Which paper, and where to: looked at as a page of text, saved as a PDF, printed, or queued for
 * e-mail. Over the present view. */

#include "domain/document.h"
#include "screens/desk.h"

#define PRINT_PAPERS_MAX 6
/* A paper of a record; subject 0 is left out of the menu. */
struct print_paper {
    enum document_kind kind;
    int64_t subject;
};
struct print_menu {
    struct print_paper papers[PRINT_PAPERS_MAX];
    enum document_kind first; /* the cursor begins here, if there is one */
    const char *email;        /* whom it may go to, or NULL */
    const char *title;
};
/* Texts are copied. */
void print_menu_open(struct desk *desk, const struct print_menu *menu);
/* The one paper of the row that the view has selected; `what` and its number are the title. */
void print_menu_of_row(struct view *view, enum document_kind kind, const char *what);

#endif
