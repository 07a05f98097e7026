/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What stands on the side of a tire: size, load index, speed symbol (49 CFR 574.5, 571.139; the
 * Tire and Rim Association's yearbook). A number that cannot be one is a slip of the finger. */

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "part_inner.h"

#define LOAD_MOST 204

/* 225/45ZR17, LT265/70R17, 185R14C */
static const char METRIC[] = "^(P|LT|ST|T)?[0-9]{3}(/[0-9]{2})?Z?[RDB][0-9]{2}(\\.5)?(C|LT|XL)?$";
/* 31X10.50R15LT */
static const char FLOTATION[] =
    "^[0-9]{2}(\\.[0-9]{1,2})?X[0-9]{1,2}(\\.[0-9]{1,2})?[-RD][0-9]{2}(\\.5)?(C|LT)?$";
/* 7.50-16, 11R22.5 */
static const char INCHES[] = "^[0-9]{1,2}(\\.[0-9]{1,2})?[-RD][0-9]{2}(\\.5)?(C|LT)?$";

static bool looks_like(const char *text, const char *pattern)
{
    regex_t regex;

    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return true; /* out of memory: nothing is refused for that */
    const bool fits = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return fits;
}

static bool is_between(const char *digits, int least, int most)
{
    const int number = atoi(digits);

    return number >= least && number <= most;
}

/* Width in millimeters, height in percent of it, the rim in inches. */
static bool is_metric(const char *size)
{
    if (!looks_like(size, METRIC))
        return false;
    const char *width = size + strcspn(size, "0123456789");
    const char *height = strchr(width, '/');
    const char *rim = strpbrk(width, "RDB") + 1;

    return is_between(width, 105, 455) && (height == NULL || is_between(height + 1, 20, 95)) &&
           is_between(rim, 8, 30);
}

static const char *squeezed(struct session *s, const char *text)
{
    char *out = arena_text(s->arena, text);
    size_t length = 0;

    for (const char *at = text; *at != '\0'; at++)
        if (*at != ' ')
            out[length++] = (char)toupper((unsigned char)*at);
    out[length] = '\0';
    return out;
}

/* "94", or single and twin: "121/118". */
static bool is_load(const char *text)
{
    const char *slash = strchr(text, '/');

    return looks_like(text, "^[0-9]{2,3}(/[0-9]{2,3})?$") && is_between(text, 1, LOAD_MOST) &&
           (slash == NULL || is_between(slash + 1, 1, LOAD_MOST));
}

status part_check_tire(struct session *s, const struct part_entry *entry)
{
    const char *size = squeezed(s, entry->tire_size), *load = squeezed(s, entry->tire_load),
               *speed = squeezed(s, entry->tire_speed);

    if (*size != '\0' && !is_metric(size) && !looks_like(size, FLOTATION) &&
        !looks_like(size, INCHES))
        return fail_field(s, "tire_size",
                          "“%s” is no tire size. Write it as it stands on the tire: 225/45R17, "
                          "LT265/70R17 or 31x10.50R15.",
                          entry->tire_size);
    if (*load != '\0' && !is_load(load))
        return fail_field(
            s, "tire_load",
            "“%s” is no load index. Write the number behind the size: 94, or 121/118.",
            entry->tire_load);
    if (*speed != '\0' && !looks_like(speed, "^(A[1-8]|[B-HJ-NP-WYZ]|ZR|\\(Y\\))$"))
        return fail_field(s, "tire_speed",
                          "“%s” is no speed symbol. Write the letter behind the load index, such "
                          "as H or W.",
                          entry->tire_speed);
    if (*size == '\0' && (*load != '\0' || *speed != '\0'))
        return fail_field(s, "tire_size", "Give the size of the tire, too.");
    return OK;
}
