/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The desk: opens the loop, answers its callbacks (clock, poll, idle, lock, rights), keeps the
 * session. Calling operations is in desk_call.c, what the screens show is theirs. */

#include "screens/desk.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/audit.h"
#include "domain/opening.h"
#include "domain/terminal.h"
#include "domain/user.h"
#include "import.h"
#include "kiosk.h"
#include "ui/pages.h"

#define POLL_MS       1000
#define CHECKPOINT_MS 5000
#define AWAY_MS       (2 * POLL_MS)

struct instant desk_now(const struct desk *desk)
{
    return session_now(&desk->session);
}

struct day desk_today(const struct desk *desk)
{
    return session_today(&desk->session);
}

bool desk_allows(const struct desk *desk, const struct op *op)
{
    return op_is_allowed(&desk->session, op);
}

bool desk_holds(const struct desk *desk, enum right right)
{
    return right_set_has(&desk->session.rights, right);
}

/* "Ann Walsh" → "Ann W." */
static const char *short_name(const char *name, struct arena *arena)
{
    const char *blank = strrchr(name, ' ');

    if (blank == NULL || blank[1] == '\0')
        return name;
    return arena_printf(arena, "%.*s %.*s.", (int)(strchr(name, ' ') - name), name,
                        (int)text_cluster(blank + 1, strlen(blank + 1)), blank + 1);
}

/* "Tue 24 Nov 10:42" */
static const char *clock_text(struct instant now, struct arena *arena)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    char day[DAY_TEXT_MAX], time[DAY_TEXT_MAX];
    const struct day today = instant_day(now);

    day_show(today, day);
    const size_t length = strlen(day);
    return arena_printf(arena, "%s %.*s %s", days[((day_number(today) % 7) + 7) % 7],
                        (int)(length > 5 ? length - 5 : length), day, instant_show_time(now, time));
}

/* Who sits here counts for more than the time, and that for more than the day. */
static const char *corner(void *context, int shorter, struct arena *arena)
{
    const struct desk *desk = context;
    char time[DAY_TEXT_MAX];
    const char *clock = shorter == 0 ? clock_text(desk_now(desk), arena)
                                     : arena_text(arena, instant_show_time(desk_now(desk), time));

    if (desk->session.id.v == 0 || app_is_covered(desk->app))
        return clock;
    const char *name = short_name(desk->session.user_name, arena);
    return shorter == 2 ? name : arena_printf(arena, "%s · %s", name, clock);
}

static bool allows(void *context, const struct action *action)
{
    const struct op *op = action->name != NULL ? op_find(action->name) : NULL;

    if (action->name != NULL && text_starts(action->name, "import."))
        return desk_holds(context, RIGHT_DATA_IMPORT);
    return op == NULL || desk_allows(context, op);
}

static void act(struct view *view, const struct action *action)
{
    const struct op *op = op_find(action->name);
    struct subject subject;

    if (op != NULL)
        desk_open_op(desk_of(view), op, desk_subject(view, &subject) ? &subject : NULL);
}

static bool poll_data(void *context)
{
    struct desk *desk = context;
    int64_t version = 0;

    sign_in_tick(desk);
    if (audit_watch_clock(&desk->session) != OK)
        fault_clear(&desk->session.fault); /* the banner says it all the same */
    desk_tell_clock(desk);
    /* To read anew what others have changed would renew the session of somebody who is away. */
    if (desk_is_dormant(desk) && app_quiet_ms(desk->app) > AWAY_MS)
        return false;
    if (store_data_version(desk->session.store, &version) != OK || version == desk->data_version)
        return false;
    desk->data_version = version;
    desk_follow_settings(desk);
    return true;
}

static void idle(void *context)
{
    struct desk *desk = context;
    const struct fault said = desk->session.fault;

    /* Busy or failing: the next idle minute will do. */
    if (store_checkpoint(desk->session.store) != OK)
        desk->session.fault = said;
    desk_tell_disk(desk, !store_keep_reserve(desk->session.store, desk->shop.reserve_mib << 20));
}

static void lock(struct app *app)
{
    struct desk *desk = desk_of_app(app);

    if (desk->kiosk && desk->session.id.v != 0 && desk->session.factor == FACTOR_PIN) {
        kiosk_leave(desk, NULL);
        return;
    }
    sign_in_cover(desk, desk->session.id.v != 0);
}

static void sign_out(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);

    (void)action;
    app_tasks_end(view->app); /* drafts are kept */
    desk_sign_out(desk);
    sign_in_cover(desk, false);
}

/* What is no operation, but asked for by name as well. */
static const struct action general_actions[] = {
    {"", "session.leave", "Sign out", NEEDS_NOTHING, sign_out,
     "Closes everything, keeps drafts, and lets somebody else sign in.", ACTION_QUIET},
    {"", "import.customers", "Import customers from a file", NEEDS_NOTHING, import_customers,
     "A table from another program, with a preview.", ACTION_QUIET},
    {"", "import.vehicles", "Import vehicles from a file", NEEDS_NOTHING, import_vehicles,
     "A table from another program, with a preview.", ACTION_QUIET},
    {"", "import.parts", "Import parts from a file", NEEDS_NOTHING, import_parts,
     "A table from another program, with a preview.", ACTION_QUIET},
    {"", "import.prices", "Import a vendor's price file", NEEDS_NOTHING, import_prices,
     "Costs and list prices, with a preview of what changes.", ACTION_QUIET},
};

static const char *other_words(const char *name)
{
    static const struct {
        const char *name, *words;
    } others[] = {
#define WORDS(name_, words_) {name_, words_},
#include "words.def"
#undef WORDS
    };

    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (text_same(others[i].name, name))
            return others[i].words;
    return NULL;
}

/* A list is called what stands above it: "Repair orders". */
static const char *list_name(const char *name)
{
    const struct op *op = op_find(name);
    const struct list_screen *screen =
        op != NULL && (op->flags & OP_LIST) ? list_screen_of(op) : NULL;

    return screen != NULL ? screen->title : NULL;
}

static const char *all_names(struct desk *desk, const char *name)
{
    const char *words = other_words(name), *list = list_name(name);

    if (words == NULL || list == NULL)
        return words != NULL ? words : list;
    return arena_printf(&desk->fixed, "%s, %s", words, list);
}

/* Every operation that can be asked for by name, for the palette; keys belong to the screens. */
static void list_actions(struct desk *desk)
{
    size_t count = COUNT_OF(general_actions);

    for (size_t m = 0; m < module_count; m++)
        count += modules[m]->count;
    desk->actions = NEW_ARRAY(&desk->fixed, struct action, count);
    for (size_t i = 0; i < COUNT_OF(general_actions); i++)
        desk->actions[desk->action_count++] = general_actions[i];
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->flags & OP_UNLISTED)
                continue;
            desk->actions[desk->action_count++] = (struct action){
                .keys = "",
                .name = op->name,
                .label = op->says,
                .help = modules[m]->title,
                .flags = ACTION_QUIET,
            };
        }
    for (size_t i = 0; i < desk->action_count; i++)
        desk->actions[i].also = all_names(desk, desk->actions[i].name);
}

status desk_read_shop(struct desk *desk)
{
    struct arena fresh = ARENA_EMPTY;
    struct shop shop;

    desk->session.arena = &fresh;
    const status result = shop_get(&desk->session, &shop);
    desk->session.arena = &desk->scratch;
    if (result != OK) {
        arena_done(&fresh);
        return result;
    }
    arena_done(&desk->shop_arena);
    desk->shop_arena = fresh;
    desk->shop = shop;
    desk->session.demo = shop.demo;
    TRY(zone_use(shop.zone, &desk->session.fault));
    if (desk->app != NULL) {
        app_settings(desk->app)->banner = shop.demo ? "DEMO" : NULL;
        desk_fit_lock(desk);
    }
    return OK;
}

/* Whoever has shown a PIN only gets the kiosk's pages. */
static struct view *home(struct app *app)
{
    const struct desk *desk = desk_of_app(app);

    return desk->session.factor == FACTOR_PIN ? kiosk_view(app) : counter_view(app);
}

static struct app *open_app(struct desk *desk, const struct desk_options *options)
{
    return app_open(&(struct app_options){
        .term = options->term,
        .theme = &desk->looks,
        .context = desk,
        .banner = desk->shop.demo ? "DEMO" : NULL,
        .corner = corner,
        .home = home,
        .actions = desk->actions,
        .action_count = desk->action_count,
        .act = act,
        .allows = allows,
        .find = palette_find,
        .scan_is = scan_is_code,
        .scan = scan_open,
        .lock_after_ms = shop_lock_s(&desk->shop, desk->session.terminal_kind) * 1000,
        .lock = lock,
        .poll_ms = POLL_MS,
        .poll = poll_data,
        .idle_after_ms = CHECKPOINT_MS,
        .idle = idle,
    });
}

static struct session nobody(const struct desk_options *options, struct arena *arena)
{
    return (struct session){
        .store = options->shop.store,
        .keys = options->shop.keys,
        .arena = arena,
        .clock = options->clock,
        .terminal = options->terminal != NULL ? options->terminal : "terminal",
        .place = options->place,
        .counted_at = options->counted_at,
        .terminal_kind = options->terminal_kind,
        .user_name = "",
        .role = "",
    };
}

/* Shows the terminal's secret, where there is one. A program that was not asked to be a kiosk goes
 * on without when it is no good any more. */
static status recognise(struct desk *desk, const struct desk_options *options)
{
    struct session *s = &desk->session;
    const char *secret = options->secret;
    status result = OK;

    s->arena = &desk->fixed;
    if (secret == NULL)
        result = terminal_file_read(s, &secret);
    if (result == OK && secret == NULL && options->kiosk && desk->shop.demo)
        secret = terminal_demo_secret;
    if (result == OK && secret != NULL)
        result = terminal_recognise(s, secret);
    s->arena = &desk->scratch;
    desk->kiosk = s->enrolled.v != 0 && s->terminal_kind == TERMINAL_KIOSK;
    if (!options->kiosk && result == ERR_SIGN_IN)
        return OK;
    if (result != OK || !options->kiosk || desk->kiosk)
        return result;
    return fail(s, ERR_DENIED,
                "This account of the machine is no enrolled kiosk. A manager signs in here with "
                "pitlane login and makes it one: pitlane terminal enroll \"kiosk 1\"");
}

status desk_open(const struct desk_options *options, struct desk **ret_desk, struct fault *fault)
{
    struct desk *desk = mem_alloc(sizeof *desk);

    *desk = (struct desk){.plain = options->theme,
                          .looks = *options->theme,
                          .theme_words = options->theme_words,
                          .login = ""};
    desk->theme = &desk->looks;
    desk->session = nobody(options, &desk->scratch);
    desk->session.watch = &desk->watch;
    store_report_to(options->shop.store, &desk->session.fault);
    status result = desk_read_shop(desk);
    if (result == OK)
        result = recognise(desk, options);
    if (result != OK) {
        if (fault != NULL)
            *fault = desk->session.fault;
        arena_done(&desk->shop_arena);
        arena_done(&desk->scratch);
        arena_done(&desk->fixed);
        store_report_to(options->shop.store, fault);
        mem_free(desk);
        return result;
    }
    list_actions(desk);
    desk->app = open_app(desk, options);
    poll_data(desk);
    sign_in_cover(desk, false);
    *ret_desk = desk;
    return OK;
}

void desk_close(struct desk *desk)
{
    if (desk == NULL)
        return;
    app_close(desk->app);
    desk->app = NULL;
    desk_sign_out(desk);
    store_report_to(desk->session.store, NULL);
    arena_done(&desk->shop_arena);
    arena_done(&desk->scratch);
    arena_done(&desk->fixed);
    arena_done(&desk->person);
    mem_free(desk);
}
