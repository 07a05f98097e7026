/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_UI_KIT_H
#define PITLANE_TESTS_UI_KIT_H

/* Made-up rows, a source of them paged by key, screens made of the widgets, and an app on a
 * terminal in memory. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "golden.h"
#include "ui/bars.h"
#include "ui/dialog.h"
#include "ui/form.h"
#include "ui/loop.h"
#include "ui/pages.h"
#include "ui/picker.h"
#include "ui/rowlist.h"

struct thing_id {
    int64_t v;
};
enum thing_state { THING_OPEN, THING_WAITING, THING_DONE };

struct piece {
    const char *text;
    struct qty hours;
    struct money price;
};

struct thing {
    struct thing_id id;
    const char *name;
    const char *phone;
    const char *code;
    unsigned int state;
    struct qty quantity;
    struct money price;
    struct day due_on;
    bool urgent;
    struct thing_id owner;
    const char *password;
    const char *note;
    struct rows pieces;
    int64_t revision;
};

extern const struct shape thing_shape;
extern const struct rowlist_type thing_list;

/* A source of `count` rows; counts how often it was asked. */
struct source {
    int64_t count;
    int loads;
    int changed_from; /* rows from this id on have another name */
    bool fails;
};

struct kit {
    struct term *term;
    struct theme theme;
    struct app *app;
    struct app_options options;
    struct source source;
    int kept; /* drafts written */
    bool keep_fails;
    char draft[4096];
    char heard[4096]; /* what callbacks were told, parted by " | " */
    int polls, idles, locks;
    bool poll_says;
};

struct kit *kit_open(int rows, int cols);
void kit_close(struct kit *kit);
/* Plays a script (term_memory_script) until all is handled. */
void kit_play(struct kit *kit, const char *script);
const char *kit_picture(struct kit *kit);
void kit_hear(struct kit *kit, const char *format, ...) PRINTF_LIKE(2, 3);
bool kit_shows(struct kit *kit, const char *text);
#define assert_shows(kit, text)                                                                    \
    do {                                                                                           \
        if (!kit_shows((kit), (text)))                                                             \
            fail_msg("\"%s\" is not on screen:\n%s", (text), kit_picture(kit));                    \
    } while (0)
#define assert_not_shows(kit, text)                                                                \
    do {                                                                                           \
        if (kit_shows((kit), (text)))                                                              \
            fail_msg("\"%s\" is on screen:\n%s", (text), kit_picture(kit));                        \
    } while (0)
#define assert_heard(kit, text) assert_string_equal((kit)->heard, (text))

/* Views. */
struct view *list_view(struct app *app);
struct view *form_view(struct app *app);
struct form *form_of(struct view *view);
struct rowlist *list_of(struct view *view);

#endif
