/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_AUTHORIZE_H
#define PITLANE_SCREENS_AUTHORIZE_H

/* The dialog of a customer's answer, and what the answer would come to before it is recorded: the
 * revised total has to be said before the customer agrees to it. */

#include "domain/price.h"
#include "order_page.h"

/* The rules that price an order just now. */
struct agreed_rules {
    struct price_supplies supplies;
    struct price_tax *taxes;
    size_t tax_count;
    bool exempt;
};
status agreed_rules_read(struct desk *desk, bool exempt, struct arena *arena,
                         struct agreed_rules *ret_rules) MUST_USE;
/* The total of the jobs that count, `counts[i]` for the i-th job of the order. */
status agreed_total(const struct order *order, const bool *counts, const struct agreed_rules *rules,
                    struct arena *arena, struct money *ret_total) MUST_USE;

enum answer { ANSWER_YES, ANSWER_NO, ANSWER_LATER, ANSWER_OPEN };

struct answer_row {
    size_t index; /* of the job in the order */
    const struct order_job *job;
    enum answer answer;
    const char *reason;
    struct day until_on;
    int64_t until_mi;
    struct day today; /* what "t+90" counts from */
};

enum focus { FOCUS_JOBS, FOCUS_METHOD, FOCUS_PERSON, FOCUS_CONTACTED, FOCUS_COUNT };

struct authorize {
    struct order_page *page;
    const struct order *order; /* own copy: the answer is to what was shown */
    struct answer_row *rows;
    size_t count;
    size_t selected, top;
    enum focus focus;
    enum authorization_method method;
    struct editor person, contacted;
    const char *phone, *email;
    struct agreed_rules rules;
    bool has_rules, has_total;
    struct money total;
    bool changed; /* something was said: a draft is due */
    struct desk_draft draft;
    bool recorded; /* the code is shown, Enter goes on */
    const char *code;
};

/* Draft, presented, or changed since it was authorized. */
bool answer_is_awaited(const struct order_job *job);
void authorize_draw(struct view *view, struct area body);

#endif
