/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane doctor: looks at everything around the shop that can go wrong without anybody's mistake
 * in it, and says how to mend each. It changes nothing. */

#include "doctor.h"

#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "commands.h"

static const struct choice findings[] = {
    [FINDING_OK] = {"ok", "ok"},
    [FINDING_ADVICE] = {"advice", "advice"},
    [FINDING_WRONG] = {"wrong", "WRONG"},
    [FINDING_SKIPPED] = {"skipped", "skipped"},
};
static const struct choices finding_choices = CHOICES(findings);

struct doctor_in {
    const char *backups;
};
static const struct field doctor_fields[] = {
    FIELD(struct doctor_in, backups, .help = "The folder your backups are in: it is looked at, too",
          .max = 4000, .flags = FIELD_NUMBERS_OK),
};

static const struct field line_fields[] = {
    FIELD(struct doctor_line, check),
    FIELD(struct doctor_line, finding, .choices = &finding_choices),
    FIELD(struct doctor_line, says, .max = 2000),
    FIELD(struct doctor_line, mend, .max = 2000),
};
static const struct shape line_shape = SHAPE_OF(struct doctor_line, "doctor_line", line_fields);

struct diagnosis {
    bool ok;
    struct rows checks;
};
static const struct field diagnosis_fields[] = {
    FIELD(struct diagnosis, ok),
    FIELD(struct diagnosis, checks, .rows = &line_shape),
};

void doctor_say(struct doctor *d, const char *check, enum finding finding, const char *mend,
                const char *says, ...)
{
    va_list args;

    if (d->count == DOCTOR_LINES_MAX)
        return;
    va_start(args, says);
    d->lines[d->count++] = (struct doctor_line){
        .check = check,
        .finding = finding,
        .says = text_safe(d->arena, arena_vprintf(d->arena, says, args)),
        .mend = mend,
    };
    va_end(args);
}

const char *doctor_quote(struct doctor *d, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+=:,@";
    AUTO_BUF out = BUF(65536);

    if (path[strspn(path, plain)] == '\0')
        return path;
    buf_char(&out, '\'');
    for (const char *at = path; *at != '\0'; at++)
        if (*at == '\'')
            buf_text(&out, "'\\''");
        else
            buf_char(&out, *at);
    buf_char(&out, '\'');
    return arena_text(d->arena, buf_str(&out));
}

static void write_lines(const struct doctor *d, struct buf *out)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct doctor_line *line = &d->lines[i];
        buf_printf(out, "%-8s %s\n", findings[line->finding].label, line->says);
        if (line->mend[0] != '\0')
            buf_printf(out, "         Mend: %s\n", text_safe(d->arena, line->mend));
    }
}

static size_t count_of(const struct doctor *d, enum finding finding)
{
    size_t count = 0;

    for (size_t i = 0; i < d->count; i++)
        count += d->lines[i].finding == finding;
    return count;
}

bool doctor_found_wrong(const struct doctor *d)
{
    return count_of(d, FINDING_WRONG) > 0;
}

bool doctor_is_guest(const struct doctor *d)
{
    return d->owner != geteuid();
}

static status tell(struct doctor *d)
{
    const size_t wrong = count_of(d, FINDING_WRONG);
    AUTO_BUF out = BUF_MIB(1);

    if (d->cli->format != FORMAT_PLAIN) {
        const struct diagnosis all = {.ok = wrong == 0, .checks = {d->lines, d->count}};
        return output_row(d->cli, SHAPE(struct diagnosis, diagnosis_fields), &all);
    }
    write_lines(d, &out);
    if (wrong == 0)
        buf_printf(&out, "\nNothing is wrong; %zu checks.\n", d->count);
    else
        buf_printf(&out, "\n%zu of %zu checks found something wrong.\n", wrong, d->count);
    return output_text(d->cli, &out);
}

static status doctor_run(struct cli *cli, const void *input)
{
    const struct doctor_in *in = input;
    struct doctor d = {.cli = cli, .arena = &cli->arena, .owner = geteuid()};

    d.backups = text_is_empty(in->backups) ? NULL : in->backups;
    doctor_files(&d);
    doctor_machine(&d);
    doctor_shop(&d);
    TRY(tell(&d));
    if (count_of(&d, FINDING_WRONG) == 0)
        return OK;
    cli->fault_told = true; /* by its lines */
    return ERR_NOT_FOUND;   /* a negative answer */
}

const struct command doctor_command = {
    .name = "doctor",
    .says = "Look whether files, keys, disk, clock and terminal are as a shop needs them",
    .in = SHAPE(struct doctor_in, doctor_fields),
    .run = doctor_run,
};
