/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The terminal program from its start to its exit code: terminal, shop file (or the wizard that
 * makes one), desk. */

#include "screens/screens.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ask.h"
#include "base/text.h"
#include "domain/opening.h"
#include "domain/place.h"
#include "inner.h"
#include "wizard.h"

static struct theme chosen_theme(const struct screens_options *options)
{
    const struct theme_wish wish = {
        .words = options->theme,
        .no_color = getenv("NO_COLOR"),
        .term = getenv("TERM"),
    };

    return theme_choose(&wish);
}

#define PASSPHRASE_TRIES 3

/* On the ordinary screen, in line mode: the terminal is curses' only afterwards. */
static status ask_passphrase(void *context, char ret[SHOP_PASSPHRASE_MAX], struct fault *fault)
{
    (void)context;
    term_raw_end();
    fault_clear(fault);
    const status result =
        ask_secret("Passphrase of the shop's keys", ret, SHOP_PASSPHRASE_MAX, fault);
    term_raw_early();
    if (result == ERR_USAGE && fault->text[0] == '\0')
        return fault_set(fault, ERR_IO,
                         "The shop's keys are under a passphrase, and there is no terminal to ask "
                         "for it.");
    return result;
}

static status open_shop(const char *path, struct shop_file *ret_shop, struct fault *fault)
{
    const struct shop_file_options options = {.passphrase = ask_passphrase};
    status result = ERR_SIGN_IN; /* a wrong passphrase */

    for (int tries = 0; result == ERR_SIGN_IN && tries < PASSPHRASE_TRIES; tries++) {
        if (tries > 0)
            fprintf(stderr, "%s\n", fault->text);
        result = shop_file_open(path, &options, fault, ret_shop);
    }
    return result;
}

static status work(const struct screens_options *options, struct term *term,
                   const struct theme *theme, const struct shop_file *shop, struct fault *fault)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct desk *desk;
    const struct place place = place_here(&arena);
    const struct desk_options wish = {
        .shop = *shop,
        .term = term,
        .theme = theme,
        .theme_words = options->theme,
        /* The terminal's own name tells counters apart: "pts/3". */
        .terminal = options->terminal != NULL   ? options->terminal
                    : place.terminal[0] != '\0' ? place.terminal
                                                : NULL,
        .place = place.says,
        .counted_at = place.counted,
        .terminal_kind = place.kind,
        .kiosk = options->kiosk,
    };

    TRY(desk_open(&wish, &desk, fault));
    const status result = app_run(desk->app);
    desk_close(desk);
    /* The terminal went away: everything typed is kept, there is nobody to tell. */
    return result == ERR_IO ? OK : result;
}

/* Everything behind the open terminal. `shop` is empty when there is no shop yet. */
static status run(const struct screens_options *options, struct term *term,
                  const struct theme *theme, struct shop_file *shop, struct fault *fault)
{
    if (shop->store == NULL) {
        bool made = false;
        TRY(wizard_run(options->db, term, theme, &made, fault));
        if (!made)
            return OK;
        TRY(open_shop(options->db, shop, fault));
    }
    return work(options, term, theme, shop, fault);
}

static int tell(const struct fault *fault)
{
    term_raw_end();
    fprintf(stderr, "pitlane: %s\n", fault->text[0] != '\0' ? fault->text : "This did not work.");
    return status_exit_code(fault->code);
}

static status check_theme(const struct screens_options *options, struct fault *fault)
{
    if (theme_knows(options->theme))
        return OK;
    return fault_set(
        fault, ERR_USAGE,
        "--theme takes color, mono, light, dark, ascii and unicode, parted by commas.");
}

int screens_run(const struct screens_options *options)
{
    struct fault fault = {0};
    struct theme theme = chosen_theme(options);
    struct term *term = NULL;
    AUTO_SHOP_FILE shop = {.store = NULL};

    setlocale(LC_ALL, "");
    if (check_theme(options, &fault) != OK)
        return tell(&fault);
    /* Before the terminal: a file that cannot be opened is said on the ordinary screen. */
    if (access(options->db, F_OK) == 0 && open_shop(options->db, &shop, &fault) != OK)
        return tell(&fault);
    status result = term_curses_open(&theme, &term, &fault);
    if (result == OK)
        result = run(options, term, &theme, &shop, &fault);
    term_close(term);
    term_raw_end();
    if (result == OK)
        return 0;
    fault.code = result;
    return tell(&fault);
}
