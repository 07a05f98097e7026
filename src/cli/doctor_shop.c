/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What has to be asked of the shop itself: whether it opens, how, by which library, and whether the
 * keys are its own. */

#include "doctor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/rekey.h"
#include "domain/setting.h"

static const char SQL_LIBRARY[] = "SELECT sqlite_version()";
static const char SQL_RESERVE[] = "SELECT reserve_mib FROM shop";
static const char SQL_LATEST[] = "SELECT at FROM audit ORDER BY id DESC LIMIT 1";

#define CLOCK_SLACK_S 60

static const char *folder_of_shop(struct doctor *d, const struct store *store)
{
    const char *path = store_path(store);
    const char *slash = strrchr(path, '/');

    return slash == NULL || slash == path ? "/"
                                          : arena_text_n(d->arena, path, (size_t)(slash - path));
}

/* ---- the file -----------------------------------------------------------------------------------
 */

static void check_pragma(struct doctor *d, struct store *store, const char *sql, const char *wanted,
                         const char *says)
{
    const char *now = "";

    if (store_text(store, sql, NULL, d->arena, &now) != OK || !text_same(now, wanted))
        doctor_say(d, "settings", FINDING_WRONG, "apt install --reinstall libsqlite3-0",
                   "The SQLite library of this computer does not keep a setting (%s is %s)", sql,
                   now);
    else
        doctor_say(d, "settings", FINDING_OK, "", "%s", says);
}

static void check_settings(struct doctor *d, struct store *store)
{
    check_pragma(d, store, "PRAGMA journal_mode", "wal", "Saving goes through a log (WAL)");
    check_pragma(d, store, "PRAGMA synchronous", "2", "Saving waits for the disk (FULL)");
    check_pragma(d, store, "PRAGMA foreign_keys", "1", "Links between records are checked");
    check_pragma(d, store, "PRAGMA recursive_triggers", "1",
                 "The rules of final records hold for replaced ones, too");
    check_pragma(d, store, "PRAGMA trusted_schema", "0", "The file's own functions are not run");
}

/* It is made by whoever opens the shop, as soon as there is room. */
static void check_reserve(struct doctor *d, struct store *store)
{
    int64_t mib = 0;

    if (store_int(store, SQL_RESERVE, NULL, &mib) != OK)
        return;
    if (mib == 0)
        doctor_say(d, "reserve", FINDING_ADVICE, "pitlane setting edit --reserve-mib 16",
                   "No room is kept on the disk for the day it is full");
    else if (store_reserve_size(store) >= mib << 20)
        doctor_say(d, "reserve", FINDING_OK, "",
                   "%lld MiB are kept on the disk for the day it is full", (long long)mib);
    else
        doctor_say(d, "reserve", FINDING_WRONG,
                   arena_printf(d->arena,
                                "Free some space: du -xh %s | sort -h | tail; the next to "
                                "open the shop then makes the reserve again",
                                doctor_quote(d, folder_of_shop(d, store))),
                   "The reserve of %lld MiB is not there: the disk was full, or nearly is",
                   (long long)mib);
}

static bool check_guard(struct doctor *d, struct store *store)
{
    struct fault fault = {0};

    store_report_to(store, &fault);
    const status result = store_guard_check(store);
    store_report_to(store, &d->cli->session.fault);
    if (result == OK)
        doctor_say(d, "guard", FINDING_OK, "",
                   "One writer at a time: another process could not take the writer's lock");
    else if (result == ERR_BUSY)
        doctor_say(
            d, "guard", FINDING_SKIPPED,
            arena_printf(d->arena, "Wait, then again; who holds it: fuser -v %s",
                         doctor_quote(d, arena_printf(d->arena, "%s.lock", store_path(store)))),
            "The writer's lock is held by somebody who saves just now");
    else
        doctor_say(d, "guard", FINDING_WRONG,
                   "Move the shop to an ordinary local file system (ext4, xfs, btrfs).", "%s",
                   fault.text);
    return result != ERR_IO;
}

/* 3.7.0 to 3.51.2 can lose what two connections write at the same instant; mended in 3.51.3, and in
 * 3.44.6 and 3.50.7 (sqlite.org/wal.html#walresetbug). */
static bool has_reset_bug(const char *version)
{
    int major = 0, minor = 0, patch = 0;

    if (sscanf(version, "%d.%d.%d", &major, &minor, &patch) != 3 || major != 3)
        return major < 3;
    if (minor == 44)
        return patch < 6;
    if (minor == 50)
        return patch < 7;
    return minor >= 7 && (minor < 51 || (minor == 51 && patch < 3));
}

static void check_library(struct doctor *d, struct store *store, bool guarded)
{
    const char *version = "";

    if (store_text(store, SQL_LIBRARY, NULL, d->arena, &version) != OK)
        return;
    if (!has_reset_bug(version))
        doctor_say(d, "sqlite", FINDING_OK, "", "SQLite is %s", version);
    else if (guarded)
        doctor_say(d, "sqlite", FINDING_OK, "",
                   "SQLite is %s, which may lose data when two write at once; the writer's lock "
                   "keeps that from happening. Use no other program on the shop's file",
                   version);
    else
        doctor_say(d, "sqlite", FINDING_WRONG, "Mend the writer's lock (above), or install 3.51.3.",
                   "SQLite is %s, which may lose data when two write at once", version);
}

static void check_pages(struct doctor *d, struct store *store)
{
    struct fault fault = {0};

    store_report_to(store, &fault);
    const status result = store_verify(store, true);
    store_report_to(store, &d->cli->session.fault);
    if (result == OK)
        doctor_say(d, "pages", FINDING_OK, "",
                   "The file is sound (pages and indexes; pitlane verify looks at all)");
    else
        doctor_say(d, "pages", FINDING_WRONG,
                   "Keep the file as it is, and go on with the newest backup.", "%s", fault.text);
}

/* "119 minutes", "14 hours", "690 days" */
static const char *span_text(struct doctor *d, int64_t seconds)
{
    if (seconds < 2 * 3600)
        return arena_printf(d->arena, "%lld minutes", (long long)seconds / 60);
    if (seconds < INT64_C(2) * 86400)
        return arena_printf(d->arena, "%lld hours", (long long)seconds / 3600);
    return arena_printf(d->arena, "%lld days", (long long)seconds / 86400);
}

static void check_times(struct doctor *d, struct store *store)
{
    struct session *s = &d->cli->session;
    int64_t latest = 0;
    struct shop shop;

    if (store_int(store, SQL_LATEST, NULL, &latest) == OK &&
        latest > session_now(s).seconds + CLOCK_SLACK_S)
        doctor_say(
            d, "last_action", FINDING_WRONG, "timedatectl set-ntp true",
            "The last thing anybody did lies %s ahead: the clock stands back, or stood ahead "
            "then",
            span_text(d, latest - session_now(s).seconds));
    else
        doctor_say(d, "last_action", FINDING_OK, "",
                   "The last thing anybody did does not lie ahead of now");
    if (shop_get(s, &shop) != OK)
        return;
    if (zone_use(shop.zone, &s->fault) != OK)
        doctor_say(d, "zone", FINDING_WRONG, "apt install tzdata",
                   "The shop's time zone %s is not known to this computer", shop.zone);
    else
        doctor_say(d, "zone", FINDING_OK, "", "The shop's time zone is %s", shop.zone);
}

/* ---- the keys -----------------------------------------------------------------------------------
 */

static void check_sealed(struct doctor *d)
{
    struct sealed_count count;

    if (sealed_count(&d->cli->session, &count) != OK)
        return;
    if (count.old > 0 || key_ring_data_count(d->cli->shop.keys) > 1)
        doctor_say(d, "rekey", FINDING_WRONG, "pitlane rekey",
                   "A change of keys was begun and not finished; %lld of %lld sealed values wait",
                   (long long)count.old, (long long)count.all);
    else
        doctor_say(d, "rekey", FINDING_OK, "", "%lld values are sealed, all with the newest key",
                   (long long)count.all);
}

static void say_wrap(struct doctor *d)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    const char *path = key_ring_path(d->cli->shop.keys);

    if (!text_is_empty(folder) && text_starts(path, folder))
        doctor_say(d, "key_guard", FINDING_OK, "", "The keys come from a systemd credential");
    else if (d->cli->passphrase != NULL)
        doctor_say(d, "key_guard", FINDING_OK, "", "The keys are under a passphrase");
    else
        doctor_say(d, "key_guard", FINDING_OK, "",
                   "The keys are guarded by the mode of their file alone; pitlane key passphrase "
                   "guards them on a stolen disk, too");
}

static status no_passphrase(void *context, char ret[SHOP_PASSPHRASE_MAX], struct fault *fault)
{
    struct cli *cli = context;

    if (cli->passphrase_file != NULL)
        return shop_passphrase(context, ret, fault);
    return fault_set(fault, ERR_CANCELLED, "It was not asked for.");
}

static const char *mend_keys(struct doctor *d, status result)
{
    const char *path = shop_key_path(d->cli->database, d->arena);
    struct stat at;

    if (result == ERR_SIGN_IN)
        return "Give the file with the right passphrase.";
    if (stat(path, &at) != 0 && errno == ENOENT)
        return "Put it back; or: pitlane key restore SHEET";
    if (result != ERR_CORRUPT)
        return arena_printf(d->arena, "chmod 600 %s", doctor_quote(d, path));
    return arena_printf(d->arena,
                        "Put the shop's own key file back; or: mv %s %s && pitlane key restore "
                        "SHEET",
                        doctor_quote(d, path),
                        doctor_quote(d, arena_printf(d->arena, "%s.wrong", path)));
}

static void check_keys(struct doctor *d)
{
    struct cli *cli = d->cli;
    struct fault fault = {0};
    const struct shop_file_options options = {.passphrase = no_passphrase, .context = cli};
    const status result = shop_file_open(cli->database, &options, &fault, &cli->shop);

    if (result == ERR_CANCELLED) {
        doctor_say(d, "keys", FINDING_SKIPPED, "pitlane doctor --passphrase-file FILE",
                   "The keys are under a passphrase and were not tried");
        return;
    }
    if (result != OK) {
        doctor_say(d, "keys", FINDING_WRONG, mend_keys(d, result),
                   "The shop does not open with its keys: %s", fault.text);
        return;
    }
    cli->session.store = cli->shop.store;
    cli->session.keys = cli->shop.keys;
    doctor_say(d, "keys", FINDING_OK, "", "The key file is this shop's");
    say_wrap(d);
    check_sealed(d);
    shop_close(cli);
}

/* ---- all ----------------------------------------------------------------------------------------
 */

static void check_file(struct doctor *d, struct store *store)
{
    d->cli->session.store = store;
    const bool guarded = check_guard(d, store);
    check_library(d, store, guarded);
    check_settings(d, store);
    check_reserve(d, store);
    check_pages(d, store);
    check_times(d, store);
    d->cli->session.store = NULL;
}

static const char *mend_opening(struct doctor *d, status result)
{
    const char *path = d->cli->database;

    if (access(path, F_OK) != 0)
        return "pitlane, to set one up; or name it with --db";
    if (result == ERR_BUSY)
        return arena_printf(d->arena, "Wait, then again; who holds it: fuser -v %s",
                            doctor_quote(d, arena_printf(d->arena, "%s.lock", path)));
    if (result == ERR_CORRUPT)
        return "Keep the file as it is, and go on with the newest backup.";
    return doctor_found_wrong(d) ? "Mend what is wrong above first." : "As it says.";
}

void doctor_shop(struct doctor *d)
{
    struct cli *cli = d->cli;
    struct fault fault = {0};
    AUTO_SHOP_FILE shop = {.store = NULL};
    const struct shop_file_options options = {.without_keys = true};

    if (doctor_is_guest(d))
        return;
    const status result = shop_file_open(cli->database, &options, &fault, &shop);
    if (result != OK) {
        doctor_say(d, "opens", FINDING_WRONG, mend_opening(d, result), "The shop does not open: %s",
                   fault.text);
        return;
    }
    store_report_to(shop.store, &cli->session.fault);
    doctor_say(d, "opens", FINDING_OK, "", "The shop opens");
    check_file(d, shop.store);
    shop_file_close(&shop);
    check_keys(d);
}
