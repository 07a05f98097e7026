/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "person.h"

#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/opening.h"

/* Sanitizers and valgrind are slow; nobody waits for the limit of what works. */
#define PATIENCE_MS 60000

static int open_with(void **state, int (*open)(void **state))
{
    void *shop = NULL;

    if (open(&shop) != 0)
        return -1;
    struct person *who = mem_alloc(sizeof *who);
    *who = (struct person){.shop = shop};
    *state = who;
    return 0;
}

int person_open(void **state)
{
    return open_with(state, program_open);
}

int person_open_shop(void **state)
{
    return open_with(state, program_open_shop);
}

int person_close(void **state)
{
    struct person *who = *state;
    void *shop = who->shop;

    pty_close(who->pty);
    /* A small disk of a test that failed. */
    umount2(path_of(who->shop, "disk"), MNT_DETACH);
    mem_free(who);
    return program_close(&shop);
}

/* cmocka cuts long messages off: the screen goes out by itself. */
#define give_up(who, ...)                                                                          \
    do {                                                                                           \
        fprintf(stderr, "%s", pty_screen((who)->pty));                                             \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)

void start(struct person *who, const struct start *how)
{
    struct arena *arena = &who->shop->arena;
    const char *program = getenv("PITLANE");
    const char *argv[12] = {program != NULL ? program : "pitlane"};
    const char *env[12] = {arena_printf(arena, "HOME=%s", who->shop->folder),
                           arena_printf(arena, "XDG_DATA_HOME=%s/data", who->shop->folder),
                           arena_printf(arena, "XDG_STATE_HOME=%s/state", who->shop->folder)};

    for (size_t i = 0; i < COUNT_OF(how->words) && how->words[i] != NULL; i++)
        argv[i + 1] = how->words[i];
    for (size_t i = 0; i < COUNT_OF(how->env) && how->env[i] != NULL; i++)
        env[i + 3] = how->env[i];
    pty_close(who->pty);
    who->pty = pty_start(&(struct pty_options){.rows = how->rows,
                                               .cols = how->cols,
                                               .term = how->term,
                                               .folder = who->shop->folder,
                                               .argv = argv,
                                               .env = env});
    if (who->pty == NULL)
        fail_msg("This machine gives no pseudo-terminal.");
}

void press(struct person *who, const char *keys)
{
    if (!pty_keys(who->pty, keys))
        give_up(who, "“%s” could not be pressed.", keys);
}

void type(struct person *who, const char *text)
{
    if (!pty_type(who->pty, text))
        give_up(who, "“%s” could not be typed.", text);
}

void enter(struct person *who, const char *text)
{
    type(who, text);
    press(who, "Enter");
}

void see(struct person *who, const char *text)
{
    if (!pty_wait_text(who->pty, text, PATIENCE_MS))
        give_up(who, "“%s” is not to be seen.", text);
}

void see_no(struct person *who, const char *text)
{
    if (!pty_wait_no_text(who->pty, text, PATIENCE_MS))
        give_up(who, "“%s” is still to be seen.", text);
}

void settle(struct person *who)
{
    if (!pty_settle(who->pty, 150, PATIENCE_MS))
        give_up(who, "The screen never stands still.");
}

const char *screen(struct person *who)
{
    settle(who);
    return arena_text(&who->shop->arena, pty_screen(who->pty));
}

void assert_screen(struct person *who, const char *expected)
{
    /* The clock in the corner of the top line may have moved on. */
    const char *now = strchr(screen(who), '\n');
    const char *then = strchr(expected, '\n');

    if (!text_same(now, then))
        give_up(who, "This is not the screen it was.");
}

void expect_end(struct person *who, int code, int limit_ms)
{
    int now = 0;

    if (!pty_wait_exit(who->pty, limit_ms, &now))
        give_up(who, "It still runs after %d ms.", limit_ms);
    if (now != code)
        give_up(who, "Exit code %d, not %d.", now, code);
}

void sit_down_at(struct person *who, const char *login, int rows, int cols)
{
    start(who, &(struct start){.rows = rows, .cols = cols});
    see(who, "Sign in to begin.");
    enter(who, login);
    enter(who, PASSWORD);
    see(who, "Find ");
}

void sit_down(struct person *who, const char *login)
{
    sit_down_at(who, login, 24, 80);
}

long ask(struct person *who, const char *sql)
{
    const struct store_options options = shop_store_options(false);
    struct fault fault = {0};
    AUTO_STORE store = NULL;
    int64_t number = 0;

    if (store_open(shop_path(who->shop), &options, &fault, &store) != OK ||
        store_int(store, store_intern(store, sql), NULL, &number) != OK)
        fail_msg("%s: %s", sql, fault.text);
    return (long)number;
}
