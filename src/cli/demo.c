/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane demo: makes the demo shop in a file of its own, which must not exist yet. */

#include "domain/demo.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "commands.h"
#include "domain/opening.h"
#include "domain/setting.h"

struct demo_in {
    const char *file;
    int64_t customers, seed;
};
static const struct field demo_fields[] = {
    FIELD(struct demo_in, file, .label = "File", .max = 4000,
          .help =
              "A new file whose name ends in .db, or a folder for shop.db; --db names it as well",
          .flags = FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct demo_in, customers, .help = "How many; 300 when not given", .high = 1000000),
    FIELD(struct demo_in, seed, .help = "The same number makes the same shop", .high = INT64_MAX),
};

static bool is_folder(const char *path)
{
    const size_t length = strlen(path);
    struct stat at;

    if (stat(path, &at) == 0)
        return S_ISDIR(at.st_mode);
    return length < 3 || strcmp(path + length - 3, ".db") != 0;
}

/* Without a name it never is the live shop's file, nor the one that PITLANE_DB names. */
static status choose_file(struct cli *cli, const char *file)
{
    if (!text_is_empty(file) && cli->database_given)
        return fail_field(&cli->session, "file",
                          "Name the demo shop's file once: here or with --db.");
    if (cli->database_given)
        file = cli->database;
    if (text_is_empty(file)) {
        const char *data = base_folder(&cli->arena, "XDG_DATA_HOME", ".local/share");
        if (data == NULL)
            return fail_field(&cli->session, "file", "Where should the demo shop be? Name a file.");
        file = arena_printf(&cli->arena, "%s/pitlane-demo", data);
    }
    cli->database = is_folder(file) ? arena_printf(&cli->arena, "%s/shop.db", file) : file;
    return OK;
}

static status fill(struct cli *cli, const struct demo_in *in)
{
    struct bar progress;
    const struct demo_options options = {.customers = in->customers,
                                         .seed = (uint64_t)in->seed,
                                         .progress = bar_tell,
                                         .context = &progress};

    bar_begin(&progress, "Making the demo shop");
    const status result = demo_fill(&cli->session, &options);
    bar_end(&progress);
    return result;
}

static status tell(struct cli *cli)
{
    AUTO_BUF text = BUF(4096);

    buf_printf(&text, "The demo shop is in %s. Everybody's password is “%s”:\n",
               text_safe(&cli->arena, store_path(cli->shop.store)), demo_password);
    for (size_t i = 0; i < COUNT_OF(demo_accounts); i++)
        buf_printf(&text, "  %-8s %-16s %s\n", demo_accounts[i].login, demo_accounts[i].name,
                   demo_accounts[i].role);
    buf_printf(&text, "Open it with: pitlane --db %s", text_safe(&cli->arena, cli->database));
    return output_say(cli, "%s", buf_str(&text));
}

/* As whoever opens it next would: until then the doctor would miss it. */
static void keep_reserve(struct cli *cli)
{
    struct shop shop;

    if (shop_get(&cli->session, &shop) == OK)
        (void)store_keep_reserve(cli->shop.store, shop.reserve_mib << 20);
}

static status run(struct cli *cli, const void *input)
{
    struct session *s = &cli->session;
    const struct shop_file_options options = {.create = true};

    TRY(choose_file(cli, ((const struct demo_in *)input)->file));
    TRY(folders_make(cli->database, &cli->session.fault));
    TRY(shop_open_as(cli, &options));
    const status result = fill(cli, input);
    if (result == OK) {
        keep_reserve(cli);
        return tell(cli);
    }
    const struct fault said = s->fault;
    shop_remove_new(cli);
    s->fault = said;
    return result;
}

const struct command demo_command = {
    .name = "demo",
    .says = "Make a demo shop with made-up customers and a year of work",
    .in = SHAPE(struct demo_in, demo_fields),
    .run = run,
};
