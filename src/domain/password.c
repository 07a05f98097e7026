/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What will do for a password: long enough, and not among the first that are tried. */

#include "domain/password.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/secret.h"

/* data/passwords.txt */
extern const unsigned char embed_passwords[];
extern const size_t embed_passwords_size;

#define BETTER "Choose another: four words that have nothing to do with each other do well."

const char *password_canonical(struct arena *arena, const char *password)
{
    return text_composed(arena, password);
}

size_t password_length(const char *password)
{
    size_t count = 0, left = strlen(password);
    uint32_t c;

    for (size_t size; (size = text_next(password, left, &c)) > 0; count++) {
        password += size;
        left -= size;
    }
    return count;
}

static const char *lower(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

/* --- Rows of keys, and repetitions --- */

static const char *const rows[] = {"abcdefghijklmnopqrstuvwxyz",
                                   "1234567890",
                                   "0123456789",
                                   "qwertyuiop",
                                   "asdfghjkl",
                                   "zxcvbnm",
                                   "qwertzuiop",
                                   "yxcvbnm",
                                   "azertyuiop"};

/* How far apart two signs stand in a row: 0 the same, ±1 neighbours; false when neither. */
static bool neighbours(char a, char b, int *ret_step)
{
    *ret_step = 0;
    if (a == b)
        return true;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *at_a = strchr(rows[i], a), *at_b = strchr(rows[i], b);
        if (at_a != NULL && at_b != NULL && (at_b - at_a == 1 || at_b - at_a == -1)) {
            *ret_step = (int)(at_b - at_a);
            return true;
        }
    }
    return false;
}

/* Signs that do not just go on as the two before them did: three or more in a row count as two. */
static size_t weight(const char *word)
{
    size_t count = 0;
    bool was_going = false;
    int was = 0;

    for (size_t i = 0; word[i] != '\0'; i++) {
        int step = 0;
        const bool goes = i > 0 && neighbours(word[i - 1], word[i], &step);
        const bool goes_on = goes && was_going && step == was;
        was_going = goes;
        was = step;
        if (!goes_on && ((unsigned char)word[i] & 0xC0) != 0x80)
            count++;
    }
    return count;
}

/* Length of the piece that the whole is made of: 4 of "blueblueblue". */
static size_t unit_length(const char *word)
{
    const size_t length = strlen(word);

    for (size_t unit = 1; unit <= length / 2; unit++)
        if (length % unit == 0 && memcmp(word, word + unit, length - unit) == 0)
            return unit;
    return length;
}

static bool is_a_row(struct arena *arena, const char *word, size_t least)
{
    const char *unit = arena_text_n(arena, word, unit_length(word));

    return weight(unit) * 3 < least * 2;
}

/* --- The list --- */

static bool is_listed(struct arena *arena, const char *word)
{
    const char *line = arena_printf(arena, "\n%s\n", word);

    return *word != '\0' && strchr(word, '\n') == NULL &&
           memmem(embed_passwords, embed_passwords_size, line, strlen(line)) != NULL;
}

/* As much as a year and a sign: what is put behind a word to make it longer. */
#define ENDING_MOST 6

/* Itself, or with digits and signs taken off its end one by one: "password1!!", "password1!", … */
static bool is_listed_without_end(struct arena *arena, const char *word)
{
    size_t length = strlen(word);

    if (is_listed(arena, word))
        return true;
    while (length > 0 && !isalpha((unsigned char)word[length - 1]) &&
           weight(word + length - 1) <= ENDING_MOST)
        if (is_listed(arena, arena_text_n(arena, word, --length)))
            return true;
    return false;
}

bool password_is_common(struct arena *arena, const char *password)
{
    const char *word = lower(arena, password);

    if (is_listed_without_end(arena, word))
        return true;
    while (*word != '\0' && !isalpha((unsigned char)*word))
        word++;
    return is_listed_without_end(arena, word);
}

/* --- Names that others know --- */

/* Takes the word out wherever it stands; true when it did. */
static bool take_out(char *text, const char *word)
{
    const size_t length = strlen(word);
    bool found = false;

    for (char *at; (at = strstr(text, word)) != NULL; found = true)
        memmove(at, at + length, strlen(at + length) + 1);
    return found;
}

static char *without_blanks(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text), *to = copy;

    for (; *text != '\0'; text++)
        if (*text != ' ')
            *to++ = *text;
    *to = '\0';
    return copy;
}

/* Little is left of it without the words of the person, the shop and the program. */
static bool is_a_name(struct arena *arena, const char *password, const struct password_of *of,
                      size_t least)
{
    char *left = without_blanks(arena, text_fold(arena, password));
    const char *names =
        text_fold(arena, arena_printf(arena, "%s %s %s pitlane", of->login, of->name, of->shop));
    bool found = false;

    while (*names != '\0') {
        const size_t length = strcspn(names, " ");
        const char *word = arena_text_n(arena, names, length);
        if (password_length(word) >= 3 && take_out(left, word))
            found = true;
        names += length + (names[length] == ' ' ? 1 : 0);
    }
    return found && password_length(left) < least / 2;
}

static status check_length(struct session *s, const char *field, size_t length,
                           const struct password_of *of)
{
    if (length < PASSWORD_MIN && !of->has_factor)
        return fail_field(
            s, field, "The password is too short. Use %d characters or more: four words do well.",
            PASSWORD_MIN);
    if (length < PASSWORD_MIN_WITH_FACTOR)
        return fail_field(s, field, "The password is too short. Use %d characters or more.",
                          PASSWORD_MIN_WITH_FACTOR);
    if (length > PASSWORD_MAX)
        return fail_field(s, field, "The password is longer than %d characters. Shorten it.",
                          PASSWORD_MAX);
    return OK;
}

status password_check(struct session *s, const char *field, const char *password,
                      const struct password_of *of)
{
    const char *typed = password_canonical(s->arena, password);
    const size_t least = of->has_factor ? PASSWORD_MIN_WITH_FACTOR : PASSWORD_MIN;

    TRY(check_length(s, field, password_length(typed), of));
    if (password_is_common(s->arena, typed))
        return fail_field(s, field, "This password is one of those that are tried first. " BETTER);
    if (is_a_row(s->arena, lower(s->arena, typed), least))
        return fail_field(
            s, field, "This password is mostly a row of keys, or the same over and over. " BETTER);
    if (is_a_name(s->arena, typed, of, least))
        return fail_field(s, field,
                          "This password is little more than a name that others know: yours, the "
                          "shop's or the program's. " BETTER);
    return OK;
}

status password_hash(struct session *s, const char *field, const char *password,
                     const struct password_of *of, const char **ret_hash)
{
    char *hash = arena_alloc(s->arena, SECRET_HASH_MAX);

    TRY(password_check(s, field, password, of));
    TRY(secret_hash_password(password_canonical(s->arena, password), hash, &s->fault));
    *ret_hash = hash;
    return OK;
}
