/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The table of what states ask, its list, and what follows from it for settings and totals. Papers
 * and the checks of orders ask for single rules. */

#include "domain/profile.h"

#include <string.h>

#include "base/text.h"
#include "domain/late_fee.h"
#include "domain/list.h"
#include "domain/setting.h"

/* clang-format off */
static const struct choice profile_choice[] = {
    [PROFILE_PLAIN] = {"plain", "no state's", "", ""},
    [PROFILE_CA]    = {"ca", "California", "", ""},
    [PROFILE_FL]    = {"fl", "Florida", "", ""},
    [PROFILE_MI]    = {"mi", "Michigan", "", ""},
    [PROFILE_NY]    = {"ny", "New York", "", ""},
    [PROFILE_TX]    = {"tx", "Texas", "", ""},
};
const struct choices profile_choices = CHOICES(profile_choice);

static const struct choice rule_choice[] = {
    [LAW_ESTIMATE]       = {"estimate", "Written estimate", "", ""},
    [LAW_ANY_WORK]       = {"any_work", "Work to be authorized", "", ""},
    [LAW_TOLERANCE]      = {"tolerance", "Beyond the estimate", "", ""},
    [LAW_REGISTRATION]   = {"registration", "Registration number", "", ""},
    [LAW_EPA_ID]         = {"epa_id", "EPA ID", "", ""},
    [LAW_SUPPLIES]       = {"supplies", "Shop supplies", "", ""},
    [LAW_GENERIC]        = {"generic", "Unnamed charges", "", ""},
    [LAW_CONDITION]      = {"condition", "Condition of parts", "", ""},
    [LAW_SUBTOTALS]      = {"subtotals", "Separate totals", "", ""},
    [LAW_MECHANIC]       = {"mechanic", "Mechanics", "", ""},
    [LAW_ODOMETER]       = {"odometer", "Odometer", "", ""},
    [LAW_REVISION]       = {"revision", "Changed estimate", "", ""},
    [LAW_DESIGNEE]       = {"designee", "Who else may authorize", "", ""},
    [LAW_REPLACED_PARTS] = {"replaced_parts", "Replaced parts", "", ""},
    [LAW_TEARDOWN]       = {"teardown", "Teardown", "", ""},
    [LAW_SUPPLIES_TEXT]  = {"supplies_text", "Printed with supplies", "", ""},
    [LAW_ESTIMATE_TEXT]  = {"estimate_text", "Printed on the estimate", "", ""},
    [LAW_LIEN_TEXT]      = {"lien_text", "Notice to be signed", "", ""},
    [LAW_COMPLETED]      = {"completed", "Signed by the shop", "", ""},
    [LAW_RETURNED_FEE]   = {"returned_fee", "Returned check", "", ""},
    [LAW_RETURNED_AGAIN] = {"returned_again", "Further returned check", "", ""},
    [LAW_LATE_RATE]      = {"late_rate", "Late fees a year", "", ""},
    [LAW_RECORDS]        = {"records", "Years to keep", "", ""},
};
/* clang-format on */
const struct choices law_rule_choices = CHOICES(rule_choice);
_Static_assert(COUNT_OF(rule_choice) == LAW_RULE_COUNT, "every rule has its words");

enum { READ = 0, CHECK = 1 };
#define STATE_RULE(profile_, rule_, value_, says_, source_, how_)                                  \
    {PROFILE_##profile_, LAW_##rule_, value_, says_, source_, how_},
static const struct law laws[] = {
#include "domain/states.def"
};
#undef STATE_RULE

const struct law *law_find(enum profile profile, enum law_rule rule)
{
    for (size_t i = 0; i < COUNT_OF(laws); i++)
        if (laws[i].profile == profile && laws[i].rule == rule)
            return &laws[i];
    return NULL;
}

bool law_is(enum profile profile, enum law_rule rule, const char *value)
{
    const struct law *law = law_find(profile, rule);

    return law != NULL && strcmp(law->value, value) == 0;
}

const char *law_source(struct session *s, const struct law *law)
{
    return law->check ? arena_printf(s->arena, "%s; check with your state", law->source)
                      : law->source;
}

const char *law_text(struct session *s, const struct law *law)
{
    return arena_printf(s->arena, "%s (%s)", law->says, law_source(s, law));
}

/* ----------------------------------------------------------------------- tolerance -- */

struct tolerance {
    struct rate percent;
    struct money least, most; /* most: 0 is no cap, but where all three are 0 */
};

/* "10 10.00 50.00" */
static status parse_tolerance(struct session *s, const struct law *law, struct tolerance *ret)
{
    char *rest = arena_text_n(s->arena, law->value, strlen(law->value));
    const char *percent = strsep(&rest, " ");
    const char *least = strsep(&rest, " ");

    TRY(rate_parse(percent, &ret->percent, &s->fault));
    TRY(money_parse(least, &ret->least, &s->fault));
    return money_parse(rest, &ret->most, &s->fault);
}

static status amount_of(const struct tolerance *tolerance, struct money authorized,
                        struct money *ret)
{
    TRY(money_times_rate(authorized, tolerance->percent, ret));
    if (ret->cents < tolerance->least.cents)
        *ret = tolerance->least;
    if (tolerance->most.cents != 0)
        *ret = money_min(*ret, tolerance->most);
    return OK;
}

/* A shop that has set none of its own goes by its state's. */
static status tolerance_of(struct session *s, const struct shop *shop, struct money authorized,
                           struct money *ret)
{
    const struct law *law = law_find(shop->profile, LAW_TOLERANCE);
    const struct tolerance own = {.percent = shop->tolerance_ppm, .most = shop->tolerance_cap};
    struct tolerance state;
    struct money amount;

    TRY(amount_of(&own, authorized, ret));
    if (law == NULL)
        return OK;
    TRY(parse_tolerance(s, law, &state));
    TRY(amount_of(&state, authorized, &amount));
    *ret = own.percent.ppm == 0 ? amount : money_min(*ret, amount);
    return OK;
}

status law_limit(struct session *s, struct money authorized, struct money *ret_most,
                 const char **ret_why)
{
    struct shop shop;
    struct money tolerance;

    TRY(shop_get(s, &shop));
    TRY(tolerance_of(s, &shop, authorized, &tolerance));
    TRY(money_add(authorized, tolerance, ret_most));
    const struct law *law = law_find(shop.profile, LAW_TOLERANCE);
    *ret_why = law != NULL ? law_text(s, law) : "";
    return OK;
}

/* ----------------------------------------------------------------------- late fees -- */

/* "50.00 25.00 300.00 30.00 40.00": 25.00 on a check up to 50.00, 30.00 up to 300.00, then 40.00.
 */
static status parse_most(struct session *s, const struct law *law, struct money check,
                         struct money *ret)
{
    char *rest = arena_text_n(s->arena, law->value, strlen(law->value));

    for (;;) {
        const char *first = strsep(&rest, " ");
        if (rest == NULL)
            return money_parse(first, ret, &s->fault);
        struct money up_to;
        TRY(money_parse(first, &up_to, &s->fault));
        const char *most = strsep(&rest, " ");
        if (check.cents <= up_to.cents)
            return money_parse(most, ret, &s->fault);
    }
}

/* For a further check the first one's rule counts where there is no other. */
static const struct law *returned_law(enum profile profile, bool again)
{
    const struct law *law = again ? law_find(profile, LAW_RETURNED_AGAIN) : NULL;

    return law != NULL ? law : law_find(profile, LAW_RETURNED_FEE);
}

status law_returned_fee(struct session *s, struct money check, bool again, struct money *ret_most,
                        const struct law **ret_law)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    *ret_law = returned_law(shop.profile, again);
    return *ret_law == NULL ? OK : parse_most(s, *ret_law, check, ret_most);
}

status law_check_late_fees(struct session *s, enum profile profile,
                           const struct late_fee_rules *rules)
{
    const struct law *returned = returned_law(profile, true);
    const struct law *rate = law_find(profile, LAW_LATE_RATE);
    struct money most;
    struct rate yearly;

    if (returned != NULL) {
        TRY(parse_most(s, returned, (struct money){MONEY_MAX_CENTS}, &most));
        if (rules->returned_fee.cents > most.cents)
            return fail_field(s, "returned_fee", "%s Lower it.", law_text(s, returned));
    }
    if (rate == NULL || rate->value[0] == '\0' || rules->charged != LATE_FEE_RATE)
        return OK;
    TRY(rate_parse(rate->value, &yearly, &s->fault));
    return rules->yearly.ppm <= yearly.ppm
               ? OK
               : fail_field(s, "yearly", "%s Lower it.", law_text(s, rate));
}

/* ------------------------------------------------------------------------ settings -- */

/* A state is chosen once the late fees are as it allows. */
static status check_late_fees(struct session *s, const struct shop *shop)
{
    struct late_fee_rules rules;

    TRY(late_fee_rules_get(s, &rules));
    const status result = law_check_late_fees(s, shop->profile, &rules);
    return result != ERR_INVALID
               ? result
               : fail_field(s, "profile", "%s That is among the rules of late fees: late-fee set.",
                            arena_text(s->arena, s->fault.text));
}

status law_check_settings(struct session *s, const struct shop *shop)
{
    TRY(check_late_fees(s, shop));
    const struct law *supplies = law_find(shop->profile, LAW_SUPPLIES);
    const bool charges = shop->supplies_ppm.ppm != 0 || shop->supplies_flat.cents != 0;

    if (supplies == NULL || !charges)
        return OK;
    if (strcmp(supplies->value, "none") == 0)
        return fail_field(s, shop->supplies_ppm.ppm != 0 ? "supplies_ppm" : "supplies_flat",
                          "%s Set supplies to 0, or choose another state.", law_text(s, supplies));
    if (strcmp(supplies->value, "amount") == 0 && shop->supplies_ppm.ppm != 0)
        return fail_field(s, "supplies_ppm", "%s Set the percentage to 0, or choose another state.",
                          law_text(s, supplies));
    return OK;
}

/* ---------------------------------------------------------------------------- list -- */

struct law_row {
    struct law_id id;
    enum profile profile;
    enum law_rule rule;
    const char *value, *says, *source;
    bool check;
};
struct law_list {
    struct list_query query;
    const char *state;
};
/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct law_row, id, .label = "Number"),
    FIELD(struct law_row, profile, .label = "State", .choices = &profile_choices),
    FIELD(struct law_row, rule, .label = "Rule", .choices = &law_rule_choices),
    FIELD(struct law_row, says, .label = "What it asks", .flags = FIELD_MANY_LINES),
    FIELD(struct law_row, source, .label = "Source"),
    FIELD(struct law_row, value, .label = "Value"),
    FIELD(struct law_row, check, .label = "Check with your state"),
};
static const struct field list_fields[] = {
    LIST_FIELDS(struct law_list, query),
    FIELD(struct law_list, state, .label = "State", .example = "ca", .max = 10,
          .help = "Only this state's: plain, ca, fl, mi, ny or tx"),
};
/* clang-format on */

/* The rules are a table of the program; only what is searched goes through the database. */
#define STATE_RULE(profile, rule, value, says, source, how)                                        \
    "('" #profile "', '" #rule "', '" source "'), "
static const char LAWS_FROM[] =
    "(SELECT row_number() OVER () AS id, lower(column1) AS profile, lower(column2) AS rule,\n"
    "   column3 AS source FROM (VALUES "
#include "domain/states.def"
    "('', '', '')) WHERE column1 <> '') AS w";
#undef STATE_RULE

static const struct list_sort sorts[] = {{"id", "w.id", false}};
static const struct list_source source = {
    .select = "w.id, w.profile, w.rule, w.source",
    .from = LAWS_FROM,
    .where = "(:state = '' OR w.profile = lower(:state))",
    .id = "w.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "w.rule || ' ' || w.source LIKE :typed ESCAPE '\\'",
};

static status list(struct session *s, const void *input, void *output)
{
    struct page *page = output;

    TRY(list_run(s, &source, &profile_list_op, input, page));
    struct law_row *rows = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++) {
        const struct law *law = &laws[rows[i].id.v - 1];
        rows[i].value = law->value;
        rows[i].says = law->says;
        rows[i].check = law->check;
    }
    return OK;
}

const struct op profile_list_op = {
    .name = "profile.list",
    .says = "See what the states ask of a repair shop, with the source of every rule",
    .title = "State rules",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct law_list, list_fields),
    .out = SHAPE(struct law_row, row_fields),
    .run = list,
};

struct law_key {
    struct law_id rule;
};
static const struct field key_fields[] = {
    FIELD(struct law_key, rule, .label = "Rule", .picks = "profile.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status show(struct session *s, const void *input, void *output)
{
    const struct law_key *in = input;

    if (in->rule.v < 1 || in->rule.v > (int64_t)COUNT_OF(laws))
        return fail(s, ERR_NOT_FOUND, "There is no rule %lld. Look for it in the list of rules.",
                    (long long)in->rule.v);
    const struct law *law = &laws[in->rule.v - 1];
    *(struct law_row *)output = (struct law_row){in->rule,  law->profile, law->rule, law->value,
                                                 law->says, law->source,  law->check};
    return OK;
}

const struct op profile_show_op = {
    .name = "profile.show",
    .says = "See one rule of a state in full",
    .title = "State rule",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct law_key, key_fields),
    .out = SHAPE(struct law_row, row_fields),
    .run = show,
};

static const struct op *const profile_ops[] = {&profile_list_op, &profile_show_op};
extern const struct module profile_module;
const struct module profile_module = {
    .name = "profile",
    .title = "State rules",
    .says = "What California, Florida, Michigan, New York and Texas ask of estimates, "
            "authorizations and invoices, each rule with its source.",
    MODULE_OPS(profile_ops),
};
