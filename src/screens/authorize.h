/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_AUTHORIZE_H
#define PITLANE_SCREENS_AUTHORIZE_H

/* The dialog of a customer's answer. The revised total has to be said before the customer agrees to
 * it, so it is shown with every answer. */

#include "order_page.h"

enum answer { ANSWER_YES, ANSWER_NO, ANSWER_LATER, ANSWER_OPEN };

struct answer_row {
    const struct order_job *job;
    enum answer answer;
    const char *reason;
    struct day until_on;
    int64_t until_mi;
    struct day today; /* what "t+90" counts from */
};

enum focus {
    FOCUS_JOBS,
    FOCUS_METHOD,
    FOCUS_PERSON,
    FOCUS_CONTACTED,
    FOCUS_BY,
    FOCUS_PARTS,
    FOCUS_COUNT
};

struct authorize {
    struct order_page *page;
    const struct order *order; /* own copy: the answer is to what was shown */
    struct answer_row *rows;
    size_t count;
    size_t selected, top;
    enum focus focus;
    enum authorization_method method;
    struct editor person, contacted;
    enum answered_by answered_by;
    enum parts_back parts_back;
    const char *signature; /* drawn; "" none */
    const char *customer, *phone, *email;
    const char *designated, *designated_phone; /* whom the customer has named; "" nobody */
    bool has_total;
    struct money total;
    bool changed; /* something was said: a draft is due */
    struct desk_draft draft;
    bool recorded; /* the code is shown, Enter goes on */
    const char *code;
};

/* Draft, presented, or changed since it was authorized. */
bool answer_is_awaited(const struct order_job *job);
/* What it comes to with these answers; before the first one, what was agreed to already. */
void authorize_find_total(struct authorize *state);
/* With the number or address that goes with it, unless another one was typed. */
void authorize_set_method(struct authorize *state, enum authorization_method method);
extern const struct view_type authorize_type;
/* authorize_draw.c */
void authorize_draw(struct view *view, struct area body);

#endif
