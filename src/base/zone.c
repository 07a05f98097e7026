/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of time zones. What one of them means for a day is day.c's. */

#include "base/zone.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define ZONES_MAX     1000
#define ZONE_LINE_MAX 400

static const char ZONES_PATH[] = "/usr/share/zoneinfo/zone1970.tab";

static const struct field zone_fields[] = {
    FIELD(struct zone, id, .flags = FIELD_HIDDEN),
    FIELD(struct zone, name, .label = "Time zone"),
    FIELD(struct zone, where, .label = "Where"),
};
const struct shape zone_shape = SHAPE_OF(struct zone, "zone", zone_fields);

/* Columns are parted by tabs: countries, coordinates, name, and often a remark. Returns false for
 * remarks of the file and what is no such line. */
static bool read_zone(char *line, struct arena *arena, struct zone *ret, bool *ret_is_home)
{
    char *rest = line;
    const char *countries = strsep(&rest, "\t");
    const char *place = strsep(&rest, "\t");
    const char *name = strsep(&rest, "\t");

    if (line[0] == '#' || place == NULL || name == NULL)
        return false;
    *ret_is_home = strstr(countries, "US") != NULL;
    *ret = (struct zone){
        .name = text_clean(arena, name, TEXT_ONE_LINE),
        .where = rest != NULL ? text_clean(arena, rest, TEXT_ONE_LINE) : "",
    };
    return true;
}

/* Every word of a folded search is somewhere in the folded text. */
static bool has_words(const char *text, const char *search, struct arena *arena)
{
    char *rest = arena_text(arena, search);

    for (const char *word = strsep(&rest, " "); word != NULL; word = strsep(&rest, " "))
        if (strstr(text, word) == NULL)
            return false;
    return true;
}

static size_t read_zones(FILE *file, const char *search, bool of_home, struct zone *zones,
                         size_t count, struct arena *arena)
{
    char line[ZONE_LINE_MAX];

    rewind(file);
    while (count < ZONES_MAX && fgets(line, sizeof line, file) != NULL) {
        struct zone zone;
        bool is_home = false;
        line[strcspn(line, "\n")] = '\0';
        if (!read_zone(line, arena, &zone, &is_home) || is_home != of_home)
            continue;
        const char *text = text_fold(arena, arena_printf(arena, "%s %s", zone.name, zone.where));
        if (!has_words(text, search, arena))
            continue;
        zone.id = (int64_t)count + 1;
        zones[count++] = zone;
    }
    return count;
}

status zone_find(const char *search, struct arena *arena, struct rows *ret_zones,
                 struct fault *fault)
{
    FILE *file = fopen(ZONES_PATH, "re");

    if (file == NULL)
        return fault_set(fault, ERR_IO,
                         "This computer has no list of time zones. Write one like "
                         "America/Chicago.");
    struct zone *zones = NEW_ARRAY(arena, struct zone, ZONES_MAX);
    const char *folded = text_fold(arena, search);
    size_t count = read_zones(file, folded, true, zones, 0, arena);
    count = read_zones(file, folded, false, zones, count, arena);
    fclose(file);
    *ret_zones = (struct rows){zones, count};
    return OK;
}
