/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane manual: the reference of every operation as an mdoc page, pitlane-operations(7). It is
 * made when the program is built, so that it cannot be out of date. */

#include <string.h>

#include "base/text.h"
#include "commands.h"

#define LINE_MAX_BYTES 78

/* Text for mdoc: a backslash and a leading dot or quote are its own. */
static void write_text(struct buf *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\\')
            buf_text(out, "\\e");
        else if ((*at == '.' || *at == '\'') && (at == text || at[-1] == '\n'))
            buf_printf(out, "\\&%c", *at);
        else
            buf_char(out, *at);
    }
}

/* One line of text, broken at blanks: mandoc asks for lines of at most 80 bytes. A word that
 * looks like a macro is never put in front. */
static void write_wrapped(struct buf *out, const char *line, size_t length)
{
    size_t used = 0;

    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && line[end] != ' ')
            end++;
        const bool breaks = used > 0 && used + 1 + (end - at) > LINE_MAX_BYTES && line[at] != '.' &&
                            line[at] != '\'';
        if (used > 0)
            buf_char(out, breaks ? '\n' : ' ');
        used = breaks || used == 0 ? end - at : used + 1 + end - at;
        buf_add(out, line + at, end - at);
        at = end + (end < length ? 1 : 0);
    }
    buf_char(out, '\n');
}

static void wrap(struct buf *out, const struct buf *page)
{
    const char *line = buf_str(page);

    while (*line != '\0') {
        const size_t length = strcspn(line, "\n");
        if (*line == '.')
            buf_printf(out, "%.*s\n", (int)length, line);
        else
            write_wrapped(out, line, length);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
}

/* A word inside of a macro's line: quoted, its quotes doubled. */
static void write_quoted(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            buf_char(out, '"');
        if (*at == '\\')
            buf_text(out, "\\e");
        else
            buf_char(out, *at);
    }
    buf_char(out, '"');
}

static const char *with_stop(const char *text, struct arena *arena)
{
    const size_t length = strlen(text);

    return length > 0 && text[length - 1] == '.' ? text : arena_printf(arena, "%s.", text);
}

static void write_meaning(struct cli *cli, const struct field *field, struct buf *out)
{
    struct arena *arena = &cli->arena;

    write_text(out,
               with_stop(field->help != NULL ? field->help : field_label(field, arena), arena));
    buf_char(out, '\n');
    if (field->example != NULL) {
        buf_text(out, "Example: ");
        write_text(out, with_stop(field->example, arena));
        buf_char(out, '\n');
    }
    if (field->initial != NULL && field->initial[0] != '\0') {
        buf_text(out, "Unless given: ");
        write_text(out, with_stop(field->initial, arena));
        buf_char(out, '\n');
    }
    if (field->right != 0)
        buf_printf(out, "Only with the right %s.\n", right_table[field->right].word);
}

static void write_field(struct cli *cli, const struct field *field, struct buf *out)
{
    struct arena *arena = &cli->arena;
    const char *value = field_value(field, arena);

    if ((field->flags & FIELD_ARGUMENT) != 0) {
        buf_printf(out, ".It Ar %s\n", option_name(field, arena));
    } else if ((field->flags & FIELD_SECRET) != 0) {
        buf_printf(out, ".It Fl -%s-file Ar file\n", option_name(field, arena));
    } else {
        buf_printf(out, ".It Fl -%s", option_name(field, arena));
        if (value[0] != '\0') {
            buf_text(out, " Ar ");
            write_quoted(out, value);
        }
        buf_char(out, '\n');
    }
    write_meaning(cli, field, out);
    if (field->type != FIELD_ROWS || row_is_a_text(field->rows))
        return;
    buf_text(out, "Each row:");
    for (size_t i = 0; i < field->rows->count; i++)
        if (field_is_given(&field->rows->fields[i]))
            buf_printf(out, " %s", field->rows->fields[i].name);
    buf_text(out, ".\n");
}

static bool is_listed(const struct field *field)
{
    return field_is_given(field) &&
           ((field->flags & FIELD_HIDDEN) == 0 || (field->flags & FIELD_ARGUMENT) != 0);
}

static void write_input(struct cli *cli, const struct shape *in, struct buf *out)
{
    size_t listed = 0;

    for (size_t i = 0; in != NULL && i < in->count; i++)
        listed += is_listed(&in->fields[i]) ? 1 : 0;
    if (listed == 0)
        return;
    buf_text(out, ".Bl -tag -width Ds -compact\n");
    for (size_t i = 0; i < in->count; i++)
        if (is_listed(&in->fields[i]))
            write_field(cli, &in->fields[i], out);
    buf_text(out, ".El\n");
}

static void write_output(struct cli *cli, const struct op *op, struct buf *out)
{
    if (op->out == NULL)
        return;
    buf_printf(out, ".Pp\n%s:", (op->flags & OP_LIST) != 0 ? "Each row of the list" : "Answers");
    for (size_t i = 0; i < op->out->count; i++)
        if ((op->out->fields[i].flags & FIELD_SECRET) == 0)
            buf_printf(out, "%s %s", i > 0 ? "," : "", op->out->fields[i].name);
    buf_text(out, ".\n");
    if (op->list_count > 0)
        buf_printf(out, "Sorted by %s.\n", sorts_of(op, &cli->arena));
}

static void write_op(struct cli *cli, const struct op *op, struct buf *out)
{
    buf_printf(out, ".Ss pitlane %s %s\n", noun_of(op, &cli->arena), op_verb(op));
    write_text(out, with_stop(op->says, &cli->arena));
    buf_char(out, '\n');
    if ((op->flags & OP_NO_SHOP) != 0)
        buf_text(out, "Needs neither a shop nor a sign-in.\n");
    else if (op->right != RIGHT_NONE)
        buf_printf(out, "Right: %s.\n", right_table[op->right].word);
    if (op->fills != NULL)
        buf_text(out, "What no option names stays as it is.\n");
    write_input(cli, op->in, out);
    write_output(cli, op, out);
}

static void write_commands(struct cli *cli, struct buf *out)
{
    buf_text(out, ".Sh COMMANDS\n");
    for (size_t i = 0; i < command_count; i++) {
        if ((commands[i]->needs & COMMAND_HIDDEN) != 0)
            continue;
        buf_printf(out, ".Ss pitlane %s\n", commands[i]->name);
        write_text(out, with_stop(commands[i]->says, &cli->arena));
        buf_char(out, '\n');
        write_input(cli, commands[i]->in, out);
    }
}

static void write_rights(struct buf *out)
{
    buf_text(out, ".Sh RIGHTS\n.Bl -tag -width estimates:authorize -compact\n");
    for (size_t i = 1; i < RIGHT_COUNT; i++) {
        buf_printf(out, ".It %s\n", right_table[i].word);
        write_text(out, right_table[i].says);
        buf_text(out, ".\n");
    }
    buf_text(out, ".El\n");
}

static void write_page(struct cli *cli, struct buf *out)
{
    buf_text(out, ".\\\" SPDX-FileCopyrightText: 2026 Pitlane authors\n"
                  ".\\\" SPDX-License-Identifier: MIT\n"
                  ".\\\" Made by: pitlane manual\n"
                  ".Dd November 22, 2026\n.Dt PITLANE-OPERATIONS 7\n.Os\n"
                  ".Sh NAME\n.Nm pitlane-operations\n"
                  ".Nd everything a person can do to the shop\n"
                  ".Sh DESCRIPTION\n"
                  "Every operation has the same name on the command line, in the terminal program\n"
                  "and in the audit log.\nHow commands are written, what they print and how they "
                  "end is in\n.Xr pitlane 1 .\n");
    write_commands(cli, out);
    for (size_t m = 0; m < module_count; m++) {
        AUTO_BUF title = BUF(1024);
        buf_text(&title, modules[m]->title);
        for (size_t i = 0; i < title.length; i++)
            if (title.at[i] >= 'a' && title.at[i] <= 'z')
                title.at[i] = (char)(title.at[i] - 'a' + 'A');
        buf_printf(out, ".Sh %s\n", buf_str(&title));
        write_text(out, modules[m]->says);
        buf_char(out, '\n');
        for (size_t i = 0; i < modules[m]->count; i++)
            write_op(cli, modules[m]->ops[i], out);
    }
    write_rights(out);
    buf_text(out, ".Sh SEE ALSO\n.Xr pitlane 1\n");
}

static void manual_write(struct cli *cli, struct buf *out)
{
    AUTO_BUF page = BUF_MIB(4);

    write_page(cli, &page);
    wrap(out, &page);
}

static status manual_run(struct cli *cli, const void *input)
{
    AUTO_BUF out = BUF_MIB(4);
    (void)input;

    manual_write(cli, &out);
    return output_text(cli, &out);
}

const struct command manual_command = {
    .name = "manual",
    .says = "Print the reference of every operation for mandoc",
    .needs = COMMAND_HIDDEN,
    .run = manual_run,
};
