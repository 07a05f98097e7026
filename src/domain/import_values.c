/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a cell to a value. Whatever is changed on the way is noted, so that the person who imports
 * can see what the file did not say in these words. */

#include "import_inner.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "customer_inner.h"
#include "domain/vin.h"
#include "part_inner.h"

static const char *raw_cell(const struct import_work *w, unsigned target)
{
    const int column = w->column_of[target];

    if (column < 0 || (size_t)column >= w->record->count)
        return "";
    return csv_unguard(w->record->cells[column]);
}

const char *import_cell(struct import_work *w, unsigned target)
{
    return text_clean(w->s->arena, raw_cell(w, target), TEXT_ONE_LINE);
}

const char *import_lines(struct import_work *w, unsigned target)
{
    const char *text = text_clean(w->s->arena, raw_cell(w, target), TEXT_MANY_LINES);

    if (!text_has_card_number(text))
        return text;
    /* Neither side of the correction is shown: one of them is the number. */
    import_note(w, "Card numbers in notes cut to their last four digits", "", "");
    return text_hide_card_numbers(w->s->arena, text);
}

static void count_note(struct import_work *w, const char *says)
{
    for (size_t i = 0; i < w->count_count; i++)
        if (text_same(w->counts[i].says, says)) {
            w->counts[i].count++;
            return;
        }
    if (w->count_count < IMPORT_NOTES_MAX)
        w->counts[w->count_count++] = (struct import_note){says, 1};
}

void import_note(struct import_work *w, const char *says, const char *from, const char *to)
{
    count_note(w, says);
    buf_printf(&w->notes, "%s%s: %.80s%s%.80s", w->notes.length > 0 ? "; " : "", says, from,
               *to != '\0' ? " → " : "", to);
}

void import_change(struct import_work *w, const char *says, const char *what, const char *from,
                   const char *to)
{
    count_note(w, says);
    buf_printf(&w->notes, "%s%s %.80s%s%.80s", w->notes.length > 0 ? "; " : "", what, from,
               *from != '\0' ? " → " : "", to);
}

status import_bad(struct import_work *w, unsigned target, const char *sentence, ...)
{
    const struct import_target *targets;
    char text[FAULT_TEXT_MAX];
    va_list args;

    (void)import_targets(w->plan->noun, &targets);
    va_start(args, sentence);
    vsnprintf(text, sizeof text, sentence, args);
    va_end(args);
    return fail_field(w->s, targets[target].name, "%s", text);
}

bool import_fill(const char **text, const char *from)
{
    if (!text_is_empty(*text) || text_is_empty(from))
        return false;
    *text = from;
    return true;
}

bool import_is_placeholder(const char *text)
{
    static const char *const nothing[] = {"none", "n/a", "na",      "null", "-", "--", "nil",
                                          "no",   "?",   "unknown", "tbd",  "x", ".",  "#n/a"};

    if (*text == '\0')
        return true;
    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        if (strcasecmp(text, nothing[i]) == 0)
            return true;
    return false;
}

/* ---- people ---- */

const char *import_phone(struct import_work *w, const char *text)
{
    const char *number = text_phone(w->s->arena, text);

    if (number != NULL && !text_same(number, text) &&
        !text_same(text_phone_show(w->s->arena, number), text))
        import_note(w, "Phone numbers brought into one form", text, number);
    return number;
}

/* An address that is none is left out: it would never reach anybody. */
const char *import_email(struct import_work *w, const char *text)
{
    if (text_starts(text, "mailto:"))
        text += 7;
    if (import_is_placeholder(text)) {
        if (*text != '\0')
            import_note(w, "E-mail placeholders left out", text, "");
        return "";
    }
    if (customer_is_email(text))
        return text;
    import_note(w, "E-mail addresses that are none left out", text, "");
    return "";
}

/* States whose ZIP codes begin with 0, which spreadsheets drop. */
static bool may_begin_with_0(const char *state)
{
    static const char *const states[] = {"",   "CT", "MA", "ME", "NH", "NJ",
                                         "PR", "RI", "VT", "VI", "AE", "NY"};

    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (text_same(state, states[i]))
            return true;
    return strlen(state) != 2;
}

static const char *pad_zip(struct import_work *w, const char *text, const char *state)
{
    struct arena *arena = w->s->arena;
    const size_t digits = strspn(text, "0123456789");
    const char *rest = text + digits;

    if (digits == 9 && *rest == '\0')
        return arena_printf(arena, "%.5s-%.4s", text, text + 5);
    if (digits >= 8 && *rest == '\0' && may_begin_with_0(state))
        return arena_printf(arena, "0%.4s-%.4s", text, text + 4);
    if (text_same(rest, ".0"))
        rest = "";
    if ((digits == 3 || digits == 4) && (*rest == '\0' || *rest == '-') && may_begin_with_0(state))
        return arena_printf(arena, "%s%.*s%s", digits == 3 ? "00" : "0", (int)digits, text, rest);
    return digits == 5 && *rest == '-' && rest[1] == '\0' ? arena_text_n(arena, text, 5) : text;
}

const char *import_zip(struct import_work *w, const char *text, const char *state)
{
    const char *zip = import_is_placeholder(text) ? "" : pad_zip(w, text, state);

    if (customer_is_zip(zip)) {
        if (!text_same(zip, text))
            import_note(w, "ZIP codes padded", text, zip);
        return zip;
    }
    import_note(w, "ZIP codes that are none left out", text, "");
    return "";
}

const char *import_state(struct import_work *w, const char *text)
{
    if (strlen(text) != 2)
        return import_is_placeholder(text) ? "" : text;
    return record_code(w->s, text);
}

bool import_yes(const char *text)
{
    static const char *const yes[] = {"y", "yes", "true", "1", "x", "t", "ja", "si", "sí", "on"};

    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (strcasecmp(text, yes[i]) == 0)
            return true;
    return false;
}

static bool has_word(const char *folded, const char *word)
{
    const size_t length = strlen(word);

    for (const char *at = strstr(folded, word); at != NULL; at = strstr(at + 1, word))
        if ((at == folded || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* "Harbor Plumbing, Inc." has a comma and is nobody's last name. */
static bool is_business(struct import_work *w, const char *name)
{
    static const char *const words[] = {"inc",     "llc",     "ltd",  "corp",   "co",
                                        "company", "fleet",   "gmbh", "towing", "services",
                                        "dept",    "city of", "bros", "school"};
    const char *folded = text_fold(w->s->arena, name);

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (has_word(folded, words[i]))
            return true;
    return false;
}

/* In a column where names stand "Last, First", one without a comma is a company, as in our own
 * lists; elsewhere the last word is the last name. */
void import_split_name(struct import_work *w, const char *name, struct customer_entry *entry)
{
    struct arena *arena = w->s->arena;
    const char *comma = strchr(name, ',');
    const char *blank = strrchr(name, ' ');

    if (is_business(w, name) || (comma == NULL && w->sorted_names)) {
        entry->company = name;
    } else if (comma != NULL) {
        entry->last_name =
            text_clean(arena, arena_text_n(arena, name, (size_t)(comma - name)), TEXT_ONE_LINE);
        entry->first_name = text_clean(arena, comma + 1, TEXT_ONE_LINE);
    } else if (blank != NULL) {
        entry->first_name = arena_text_n(arena, name, (size_t)(blank - name));
        entry->last_name = blank + 1;
    } else {
        entry->last_name = name;
    }
}

/* ---- numbers of things ---- */

/* The letters I, O and Q are not used in VINs (49 CFR 565.13): who wrote one meant the digit, if
 * the check digit then fits. */
static const char *repaired_vin(struct import_work *w, const char *vin)
{
    char *at = arena_text(w->s->arena, vin);

    for (char *c = at; *c != '\0'; c++)
        *c = *c == 'O' || *c == 'Q' ? '0' : *c == 'I' ? '1' : *c;
    return vin_state_of(at) == VIN_VALID ? at : vin;
}

const char *import_vin(struct import_work *w, const char *text)
{
    if (import_is_placeholder(text))
        return "";
    const char *vin = vin_clean(w->s->arena, text);
    if (!text_same(vin, text))
        import_note(w, "VINs brought into one form", text, vin);
    const char *repaired = repaired_vin(w, vin);
    if (!text_same(repaired, vin))
        import_note(w, "Letters in VINs read as digits, proved by the check digit", vin, repaired);
    else if (vin_state_of(vin) != VIN_VALID)
        import_note(w, "VINs kept with a mark: their check digit does not fit", vin, "");
    return repaired;
}

/* Spreadsheets drop the zero at the front. What does not fit its check digit would be found by no
 * scanner and is left out. */
const char *import_upc(struct import_work *w, const char *text)
{
    const char *digits = text_digits(w->s->arena, text);
    const size_t length = strlen(digits);

    if (import_is_placeholder(text))
        return "";
    if (length == 11)
        digits = arena_printf(w->s->arena, "0%s", digits);
    if (length < 8 || !part_upc_is_right(digits)) {
        import_note(w, "Bar codes whose check digit does not fit left out", text, "");
        return "";
    }
    if (!text_same(digits, text))
        import_note(w, "Bar codes padded", text, digits);
    return digits;
}

/* ---- amounts ---- */

/* Decimals beyond what is kept: zeros go, others are rounded. Returns the text to parse. */
static const char *short_decimals(struct import_work *w, const char *text, size_t kept,
                                  bool *ret_round_up)
{
    const char *point = strrchr(text, '.');

    *ret_round_up = false;
    if (point == NULL || strspn(point + 1, "0123456789") != strlen(point + 1) ||
        strlen(point + 1) <= kept)
        return text;
    const char *extra = point + 1 + kept;
    const char *cut = arena_text_n(w->s->arena, text, (size_t)(extra - text));
    *ret_round_up = *extra >= '5';
    if (extra[strspn(extra, "0")] != '\0')
        import_note(w, "Amounts rounded", text, "");
    else
        import_note(w, "Amounts without their last zeros", text, cut);
    return cut;
}

/* "1.204,50" is how half the world writes 1,204.50. */
static const char *decimal_point(struct import_work *w, const char *text)
{
    const char *comma = strrchr(text, ',');
    const char *point = strchr(text, '.');
    const size_t decimals = comma != NULL ? strlen(comma + 1) : 0;

    if (comma == NULL || strchr(text, ',') != comma || (point != NULL && point > comma) ||
        decimals > 2 || decimals == 0)
        return text;
    char *out = arena_text(w->s->arena, text);
    char *to = out;
    for (const char *at = text; *at != '\0'; at++)
        if (*at != '.')
            *to++ = *at == ',' ? '.' : *at;
    *to = '\0';
    return out;
}

static const char *amount_text(struct import_work *w, unsigned target)
{
    const char *text = import_cell(w, target);
    const size_t length = strlen(text);

    if (import_is_placeholder(text))
        return "";
    if (length > 2 && text[0] == '(' && text[length - 1] == ')') /* as bookkeepers write it */
        text = arena_printf(w->s->arena, "-%.*s", (int)(length - 2), text + 1);
    if (text_starts(text, "USD"))
        text = text_clean(w->s->arena, text + 3, TEXT_ONE_LINE);
    return decimal_point(w, text);
}

status import_money(struct import_work *w, unsigned target, struct money *ret)
{
    const char *given = amount_text(w, target);
    struct money money = MONEY_ZERO;
    struct fault fault = {0};
    bool up;

    const char *text = short_decimals(w, given, 2, &up);
    if (*text != '\0' && money_parse(text, &money, &fault) != OK)
        return import_bad(w, target, "“%.80s” can't be read. %s", given, fault.text);
    if (money.cents < 0)
        return import_bad(w, target, "“%s” is less than nothing. Correct it or leave it out.",
                          given);
    money.cents += up;
    if (strpbrk(given, "$,") != NULL)
        import_note(w, "Prices brought into one form", given, "");
    *ret = money;
    return OK;
}

status import_qty(struct import_work *w, unsigned target, struct qty *ret)
{
    const char *given = amount_text(w, target);
    struct qty quantity = {0};
    struct fault fault = {0};
    bool up;

    const char *text = short_decimals(w, given, 3, &up);
    if (*text != '\0' && qty_parse(text, &quantity, &fault) != OK)
        return import_bad(w, target, "“%.80s” can't be read. %s", given, fault.text);
    quantity.thousandths += quantity.thousandths < 0 ? -up : up;
    *ret = quantity;
    return OK;
}
