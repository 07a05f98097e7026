/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The rules of VINs and the sentences about doubtful ones. The tables behind the words are read by
 * vin_data.c; made-up numbers come from vin_compose.c. */

#include "domain/vin.h"

#include <string.h>

#include "base/text.h"
#include "vin_data.h"

static const struct choice state_words[] = {
    [VIN_NONE] = {"none", "no VIN", " ", " "},
    [VIN_VALID] = {"valid", "valid", "✓", "+"},
    [VIN_DOUBTFUL] = {"doubtful", "check digit does not fit", "?", "?"},
    [VIN_OTHER] = {"other", "not a 17-character VIN", "≠", "~"},
};
_Static_assert(COUNT_OF(state_words) == VIN_STATE_COUNT, "one word a state");
const struct choices vin_states = CHOICES(state_words);

/* clang-format off */
static const struct field facts_fields[] = {
    FIELD(struct vin_facts, vin, .label = "VIN", .max = VIN_KEPT_MAX, .flags = FIELD_CODE | FIELD_NUMBERS_OK),
    FIELD(struct vin_facts, valid, .help = "The check digit fits (49 CFR 565.15)."),
    FIELD(struct vin_facts, state, .choices = &vin_states),
    FIELD(struct vin_facts, year, .low = VIN_FIRST_YEAR, .high = VIN_LAST_YEAR),
    FIELD(struct vin_facts, make),
    FIELD(struct vin_facts, model),
    FIELD(struct vin_facts, trim),
    FIELD(struct vin_facts, body),
    FIELD(struct vin_facts, cylinders),
    FIELD(struct vin_facts, litres),
    FIELD(struct vin_facts, fuel),
    FIELD(struct vin_facts, engine),
    FIELD(struct vin_facts, engine_code),
    FIELD(struct vin_facts, note, .max = 400, .flags = FIELD_NUMBERS_OK),
};
/* clang-format on */
const struct shape vin_facts_shape = SHAPE_OF(struct vin_facts, "vin_facts", facts_fields);

/* Position 10 since 1980, repeating after 30 years: 565.15(d), table VII. */
static const char year_codes[] = "ABCDEFGHJKLMNPRSTVWXY123456789";

/* 565.15(c), tables III to V. -1 for what no VIN has. */
static int character_value(char c)
{
    static const signed char letters[26] = {1, 2,  3, 4,  5, 6, 7, 8, -1, 1, 2, 3, 4,
                                            5, -1, 7, -1, 9, 2, 3, 4, 5,  6, 7, 8, 9};

    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'Z' ? letters[c - 'A'] : -1;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool vin_is_shape(const char *text)
{
    size_t length = 0;

    while (length <= VIN_LENGTH && character_value(upper(text[length])) >= 0)
        length++;
    return length == VIN_LENGTH && text[length] == 0;
}

char vin_check_digit(const char *vin)
{
    static const int weights[VIN_LENGTH] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;

    if (!vin_is_shape(vin))
        return 0;
    for (size_t i = 0; i < VIN_LENGTH; i++)
        sum += weights[i] * character_value(upper(vin[i]));
    return "0123456789X"[sum % 11];
}

enum vin_state vin_state_of(const char *cleaned)
{
    if (*cleaned == 0)
        return VIN_NONE;
    if (!vin_is_shape(cleaned))
        return VIN_OTHER;
    return upper(cleaned[8]) == vin_check_digit(cleaned) ? VIN_VALID : VIN_DOUBTFUL;
}

/* Blanks and dashes of all kinds: numbers are pasted from papers and web pages too. */
static bool is_left_out(uint32_t c)
{
    static const uint32_t others[] = {0x7f, 0x85, 0xa0, 0x1680, 0x2212, 0x3000, '-'};

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (c == others[i])
            return true;
    }
    return c <= ' ' || (c >= 0x2000 && c <= 0x2015) || (c >= 0x2028 && c <= 0x205f);
}

/* The longest beginning of at most `limit` bytes that ends between characters. */
static size_t cut_at(const char *text, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xc0) == 0x80)
        limit--;
    return limit;
}

/* In place. */
static void pack(char *text)
{
    size_t left = strlen(text), kept = 0, bytes;
    uint32_t c;

    for (const char *from = text; (bytes = text_next(from, left, &c)) > 0; from += bytes) {
        left -= bytes;
        if (is_left_out(c))
            continue;
        memmove(text + kept, from, bytes);
        text[kept] = upper(text[kept]);
        kept += bytes;
    }
    text[kept] = 0;
}

const char *vin_clean(struct arena *arena, const char *text)
{
    enum { READ_MAX = 1024 };
    const char *given = text != NULL ? text : "";
    const char *read = arena_text_n(arena, given, strnlen(given, READ_MAX));
    char *packed = arena_text(arena, text_clean(arena, read, TEXT_ONE_LINE));

    pack(packed);
    packed = arena_text(arena, text_clean(arena, packed, TEXT_ONE_LINE)); /* joined anew */
    const size_t length = cut_at(packed, strlen(packed), VIN_KEPT_MAX);
    packed[length] = 0;
    const bool is_label = length == VIN_LENGTH + 1 && packed[0] == 'I' && vin_is_shape(packed + 1);
    return packed + (is_label ? 1 : 0);
}

/* --- What is wrong with a number --- */

static size_t character_count(const char *text)
{
    size_t count = 0;

    for (; *text != 0; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static char meant_by(char c)
{
    return c == 'I' ? '1' : c == 'O' || c == 'Q' ? '0' : c;
}

/* 17 characters that would have a VIN's shape but for I, O and Q. */
static const char *note_on_letters(const char *vin, struct arena *arena)
{
    char meant[VIN_LENGTH + 1];
    const size_t first = strcspn(vin, "IOQ");

    for (size_t i = 0; i <= VIN_LENGTH; i++)
        meant[i] = meant_by(vin[i]);
    if (!vin_is_shape(meant))
        return NULL;
    if (vin_state_of(meant) == VIN_VALID)
        return arena_printf(
            arena,
            "A VIN has no letter %c (position %zu). %s would be right: enter that if "
            "it is what the plate shows.",
            vin[first], first + 1, meant);
    return arena_printf(arena,
                        "A VIN has no letter %c (position %zu): it may be a %c. Compare the number "
                        "with the plate at the windshield.",
                        vin[first], first + 1, meant[first]);
}

static const char *note_on_other(const char *vin, struct arena *arena)
{
    const size_t count = character_count(vin);

    if (count == VIN_LENGTH && strlen(vin) == VIN_LENGTH) {
        const char *note = note_on_letters(vin, arena);
        return note != NULL ? note
                            : "A VIN has letters and digits only. This is kept as text; compare it "
                              "with the plate at the windshield.";
    }
    if (strlen(vin) > VIN_KEPT_MAX - 4)
        return "This is too long for a VIN, which has 17 characters. Its beginning is kept as "
               "text.";
    return arena_printf(
        arena,
        "This has %zu character%s; a VIN has 17 since 1981. It is kept as text: fill "
        "in year, make and model by hand.",
        count, count == 1 ? "" : "s");
}

static const char *note_on_check_digit(const char *vin, struct arena *arena)
{
    const bool north_american = vin[0] >= '1' && vin[0] <= '5';

    if (north_american)
        return arena_printf(
            arena,
            "The check digit does not fit: position 9 should be %c, not %c. Compare "
            "the number with the plate at the windshield.",
            vin_check_digit(vin), vin[8]);
    return "The check digit does not fit. That is common for vehicles not built for North America; "
           "otherwise compare the number with the plate at the windshield.";
}

static void note_add(struct vin_facts *facts, const char *sentence, struct arena *arena)
{
    facts->note =
        *facts->note == 0 ? sentence : arena_printf(arena, "%s %s", facts->note, sentence);
}

/* --- The model year --- */

/* The two years a number can mean, and what the data says of each. */
struct years {
    int year[2];
    struct vin_match match[2];
};

/* How much the data says of a number in a year: above all, whether it knows the model. */
static int knowledge(const struct vin_match *match)
{
    return match->count + (match->words[VIN_MODEL] != NULL ? VIN_ELEMENT_COUNT : 0);
}

/* Which of the two years. For cars, multipurpose vehicles and light trucks position 7 tells the
 * cycle (565.15(b)); for others it is the one the data knows more of, or else the later. The data
 * overrules a rule that leads to no model, as numbers from elsewhere do not follow it; and nothing
 * is newer than next year's model, unless only that is known. */
static size_t year_choose(const struct years *years, const char *vin, bool is_bound)
{
    const int newest = vin_data_year() + 1;
    const bool letter = vin[6] > '9';
    const int more = knowledge(&years->match[1]) - knowledge(&years->match[0]);
    const size_t rule = is_bound ? letter : more >= 0;
    const bool rule_knows = years->match[rule].words[VIN_MODEL] != NULL;
    const bool other_knows = years->match[1 - rule].words[VIN_MODEL] != NULL;

    if (years->year[1] > newest)
        return rule_knows && !other_knows ? rule : 0;
    return other_knows && !rule_knows ? 1 - rule : rule;
}

static bool years_of(const char *vin, struct years *ret)
{
    const char *code = memchr(year_codes, vin[9], sizeof year_codes - 1);

    if (code == NULL)
        return false;
    ret->year[0] = VIN_FIRST_YEAR + (int)(code - year_codes);
    ret->year[1] = ret->year[0] + (int)sizeof year_codes - 1;
    return true;
}

/* --- What the number says --- */

static const char *word_of(const struct vin_match *match, enum vin_element element)
{
    return match->words[element] != NULL ? match->words[element] : "";
}

static const char *fuel_of(const struct vin_match *match)
{
    const char *first = word_of(match, VIN_FUEL);
    const char *second = word_of(match, VIN_FUEL_2);

    if (*first != 0 && *second != 0 && !text_same(first, second) &&
        (text_same(first, "Electric") || text_same(second, "Electric")))
        return "Hybrid";
    return first;
}

static const char *joined(const char *first, const char *second, struct arena *arena)
{
    if (*first == 0 || *second == 0 || text_same(first, second))
        return *first != 0 ? first : second;
    return arena_printf(arena, "%s %s", first, second);
}

/* Some names go on with a description: "L96 - Flex Fuel: Gas/Ethanol, IRON"; some are the make. */
static const char *engine_code_of(const char *word, const char *make, struct arena *arena)
{
    const char *dash = strstr(word, " -");
    const size_t length = dash != NULL ? (size_t)(dash - word) : strcspn(word, ",;");

    return text_same(word, make) ? "" : arena_text_n(arena, word, length);
}

/* "5" and "2.60" as they stand on the vehicle: "5.0L", "2.6L". */
static const char *litres_shown(const char *litres, struct arena *arena)
{
    const char *point = strchr(litres, '.');

    if (point == NULL)
        return arena_printf(arena, "%s.0L", litres);
    const bool two = strlen(point) == 3 && point[2] == '0';
    return arena_printf(arena, "%.*sL", (int)(strlen(litres) - two), litres);
}

static const char *engine_of(const struct vin_facts *facts, struct arena *arena)
{
    static const char *const telling[] = {"Diesel", "Hybrid", "Electric"};
    const char *line = *facts->litres != 0 ? litres_shown(facts->litres, arena) : "";

    if (*facts->cylinders != 0)
        line = joined(line, arena_printf(arena, "%s-cyl", facts->cylinders), arena);
    line = joined(line, facts->engine_code, arena);
    for (size_t i = 0; i < COUNT_OF(telling); i++) {
        if (text_same(facts->fuel, telling[i]) && strstr(line, telling[i]) == NULL)
            line = joined(line, telling[i], arena);
    }
    return line;
}

/* Some series are long lists of chassis codes: a trim says more, and nothing more than a list that
 * a vehicle has no room for. */
static const char *trim_of(const struct vin_match *match, struct arena *arena)
{
    enum { LONG = 24, LONGEST = 80 };
    const char *series = word_of(match, VIN_SERIES);
    const char *trim = word_of(match, VIN_TRIM);

    const char *text = *trim != 0 && strlen(series) > LONG ? trim : joined(series, trim, arena);
    return strlen(text) <= LONGEST ? text : "";
}

static void facts_take(const struct vin_match *match, const struct vin_code *code,
                       struct arena *arena, struct vin_facts *facts)
{
    const char *model = word_of(match, VIN_MODEL);
    const char *tab = strchr(model, '\t');
    const bool motorcycle = (code->flags & VIN_CODE_MOTORCYCLE) != 0;

    if (tab != NULL) {
        facts->make = arena_text_n(arena, model, (size_t)(tab - model));
        facts->model = tab + 1;
    } else if (code->make_count == 1) {
        facts->make = code->make;
    }
    facts->trim = trim_of(match, arena);
    facts->body = motorcycle ? "Motorcycle" : word_of(match, VIN_BODY);
    facts->cylinders = word_of(match, VIN_CYLINDERS);
    facts->litres =
        word_of(match, match->words[VIN_LITRES] != NULL ? VIN_LITRES : VIN_LITRES_OF_CC);
    facts->fuel = fuel_of(match);
    facts->engine_code = engine_code_of(word_of(match, VIN_ENGINE), facts->make, arena);
    facts->engine = engine_of(facts, arena);
}

/* Manufacturer and model years are known to the data; the rest may still be missing. */
static void decode_known(const struct vin_code *code, struct years *years, struct arena *arena,
                         struct vin_facts *facts)
{
    const bool is_bound = (code->flags & VIN_CODE_YEAR_BOUND) != 0;

    for (size_t i = 0; i < 2; i++)
        vin_data_match(code, facts->vin, years->year[i], &years->match[i]);
    const size_t chosen = year_choose(years, facts->vin, is_bound);
    facts->year = years->year[chosen];
    facts_take(&years->match[chosen], code, arena, facts);
    if (*facts->model == 0)
        note_add(facts, "The model is not in the data: fill it in by hand.", arena);
    if (!is_bound && years->year[1] <= vin_data_year() + 1 &&
        knowledge(&years->match[0]) == knowledge(&years->match[1]))
        note_add(facts,
                 arena_printf(arena, "The model year may also be %d.", years->year[1 - chosen]),
                 arena);
}

static void decode_shape(struct arena *arena, struct vin_facts *facts)
{
    struct years years = {0};
    struct vin_code code;
    const bool has_year = years_of(facts->vin, &years);
    const bool is_known_code = vin_data_open(facts->vin, arena, &code);

    if (!is_known_code) {
        note_add(
            facts,
            arena_printf(arena,
                         "The manufacturer code %.3s is not in the data: fill in make and model "
                         "by hand.",
                         facts->vin),
            arena);
        if (has_year)
            facts->year = years.year[year_choose(&years, facts->vin, true)];
    } else if (has_year) {
        decode_known(&code, &years, arena, facts);
    } else {
        facts->make = code.make_count == 1 ? code.make : "";
        note_add(facts, "It does not tell the model year: fill it in by hand.", arena);
    }
}

void vin_decode(const char *text, struct arena *arena, struct vin_facts *ret)
{
    struct vin_facts facts = {0};

    shape_tidy(&vin_facts_shape, &facts);
    facts.vin = vin_clean(arena, text);
    facts.state = vin_state_of(facts.vin);
    facts.valid = facts.state == VIN_VALID;
    if (facts.state == VIN_OTHER)
        facts.note = note_on_other(facts.vin, arena);
    if (facts.state == VIN_DOUBTFUL)
        facts.note = note_on_check_digit(facts.vin, arena);
    if (facts.state == VIN_VALID || facts.state == VIN_DOUBTFUL)
        decode_shape(arena, &facts);
    *ret = facts;
}

/* --- Pick lists --- */

/* A line of the list is make, tab, model; the lines of a make stand together. */
void vin_makes(struct arena *arena, struct vin_names *ret)
{
    const char *line = vin_data_picks(arena);
    struct vin_names names = {NEW_ARRAY(arena, const char *, strlen(line) / 4 + 1), 0};

    while (*line != '\0') {
        const size_t make = strcspn(line, "\t");
        const size_t whole = strcspn(line, "\n");
        const char *last = names.count > 0 ? names.at[names.count - 1] : "";
        if (strlen(last) != make || strncmp(last, line, make) != 0)
            names.at[names.count++] = arena_text_n(arena, line, make);
        line += whole + (line[whole] == '\n');
    }
    *ret = names;
}
