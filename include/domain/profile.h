/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PROFILE_H
#define PITLANE_DOMAIN_PROFILE_H

/* State profiles: what a state asks of a repair shop, as data with its sources (states.def). The
 * shop's settings choose one; every rule that refuses or prints names its source. Whoever checks or
 * prints asks for a rule here and does without where the profile has none. */

#include "domain/op.h"

struct shop;

/* Whose rules for repair shops count. */
enum profile {
    PROFILE_PLAIN,
    PROFILE_CA,
    PROFILE_FL,
    PROFILE_MI,
    PROFILE_NY,
    PROFILE_TX,
    PROFILE_COUNT
};
extern const struct choices profile_choices;

/* What a rule says; in brackets what its value is. */
enum law_rule {
    LAW_ESTIMATE,       /* a written estimate is needed [from this amount on] */
    LAW_ANY_WORK,       /* no work before it is authorized, whoever pays [all] */
    LAW_TOLERANCE,      /* beyond what is authorized [percent, at least, at most; 0: no such end] */
    LAW_REGISTRATION,   /* the shop's number is printed [what it is called] */
    LAW_EPA_ID,         /* a disposal charge needs it [what it is called] */
    LAW_SUPPLIES,       /* the shop supplies line [none, amount: no percentage, disclosed] */
    LAW_GENERIC,        /* no charge may be called no more than this [words, commas] */
    LAW_CONDITION,      /* of parts on papers [each, not new] */
    LAW_SUBTOTALS,      /* work and parts have their own, named totals [each] */
    LAW_MECHANIC,       /* on the invoice [certified: with the number] */
    LAW_ODOMETER,       /* on the invoice [in] */
    LAW_REVISION,       /* an addition states what it adds and the new total [each] */
    LAW_DESIGNEE,       /* who else may authorize [named: only whom the customer named] */
    LAW_REPLACED_PARTS, /* wanted back or not [ask: when authorizing] */
    LAW_TEARDOWN,       /* taking apart to find out [estimate: with putting together] */
    LAW_SUPPLIES_TEXT,  /* printed where supplies or disposal are charged */
    LAW_ESTIMATE_TEXT,  /* printed on the estimate */
    LAW_LIEN_TEXT,      /* printed on the estimate with a signature of its own */
    LAW_COMPLETED,      /* printed on the invoice with a signature of the shop's own */
    LAW_RETURNED_FEE,   /* for a check that came back [at most; before it pairs: up to so large a
                           check, at most so much] */
    LAW_RETURNED_AGAIN, /* for a further one of the same customer [at most] */
    LAW_LATE_RATE,      /* on what is late [percent a year at most; "": none is set] */
    LAW_RECORDS,        /* papers are kept [years] */
    LAW_RULE_COUNT
};
extern const struct choices law_rule_choices;

struct law {
    enum profile profile;
    enum law_rule rule;
    const char *value, *says, *source;
    bool check; /* known from elsewhere: the state's own text decides */
};

/* The profile's rule; NULL where it has none. Static. */
const struct law *law_find(enum profile profile, enum law_rule rule);
/* Is its value this word? */
bool law_is(enum profile profile, enum law_rule rule, const char *value);
/* "Fla. Stat. 559.905 (check with your state)" */
const char *law_source(struct session *s, const struct law *law);
/* The sentence, then its source in brackets. */
const char *law_text(struct session *s, const struct law *law);

/* What may be charged at most when so much is authorized, and why: the state's tolerance, or a
 * tighter one of the shop's own; without a state's, the shop's. `ret_why`: "" or a sentence. */
status law_limit(struct session *s, struct money authorized, struct money *ret_most,
                 const char **ret_why) MUST_USE;
/* Settings that the profile forbids: the field is named, and the source. */
status law_check_settings(struct session *s, const struct shop *shop) MUST_USE;

/* What a state caps: the charge for returned checks of any amount, and the yearly rate of late
 * fees; 0 is none. The fields are `returned_fee` and `yearly`. */
struct late_fee_rules;
status law_check_late_fees(struct session *s, enum profile profile,
                           const struct late_fee_rules *rules) MUST_USE;
/* The most that may be charged for this check, and the rule; NULL: the state has none. `again`: one
 * of the same customer has come back before. */
status law_returned_fee(struct session *s, struct money check, bool again, struct money *ret_most,
                        const struct law **ret_law) MUST_USE;

extern const struct op profile_list_op; /* profile.list: every rule; filter `state` */
extern const struct op profile_show_op; /* profile.show: one of them, by its number */

#endif
