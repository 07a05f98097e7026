/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* --help at every level, from the tables. */

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/list.h"
#include "inner.h"

#define HELP_COLUMN 28

const char *field_value(const struct field *field, struct arena *arena)
{
    AUTO_BUF words = BUF(4096);

    switch (field->type) {
    case FIELD_TEXT:
        return "TEXT";
    case FIELD_INT:
        return "N";
    case FIELD_BOOL:
        return "";
    case FIELD_MONEY:
        return "AMOUNT";
    case FIELD_QTY:
        return "QUANTITY";
    case FIELD_RATE:
        return "PERCENT";
    case FIELD_DAY:
        return "DAY";
    case FIELD_INSTANT:
        return "TIME";
    case FIELD_ENUM:
        for (size_t i = 0; i < field->choices->count; i++)
            buf_printf(&words, "%s%s", i > 0 ? "|" : "", field->choices->at[i].word);
        return arena_text(arena, buf_str(&words));
    case FIELD_ID:
        return "NUMBER";
    case FIELD_ROWS:
        return row_is_a_text(field->rows) ? "TEXT" : "'NAME=VALUE …'";
    case FIELD_TYPE_COUNT:
        break;
    }
    return "VALUE";
}

static const char *upper(const struct field *field, struct arena *arena)
{
    char *name = arena_text(arena, option_name(field, arena));

    for (char *at = name; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return name;
}

/* On a terminal, lines end between words and go on under the first; elsewhere they stay whole, so
 * that they can be searched. */
static void write_folded(struct buf *out, const char *text)
{
    const size_t width = output_width();
    size_t used = HELP_COLUMN;

    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        const size_t cells = text_cells(text, length);
        if (used > HELP_COLUMN && width > 0 && used + 1 + cells > width) {
            buf_char(out, '\n');
            buf_repeat(out, ' ', HELP_COLUMN);
            used = HELP_COLUMN;
        } else if (used > HELP_COLUMN) {
            buf_char(out, ' ');
            used++;
        }
        buf_add(out, text, length);
        used += cells;
        text += length + (text[length] == ' ' ? 1 : 0);
    }
    buf_char(out, '\n');
}

/* "  term        what it means", on two lines where the term is long. */
static void write_term(struct buf *out, const char *term, const char *says)
{
    const size_t cells = text_cells(term, strlen(term)) + 2;

    buf_printf(out, "  %s", term);
    if (cells + 2 > HELP_COLUMN) {
        buf_char(out, '\n');
        buf_repeat(out, ' ', HELP_COLUMN);
    } else {
        buf_repeat(out, ' ', HELP_COLUMN - cells);
    }
    write_folded(out, says);
}

/* What the option means, with its example, default and where its values come from. */
static const char *field_says(const struct field *field, struct arena *arena)
{
    AUTO_BUF text = BUF(4096);
    const char *label = field_label(field, arena);

    buf_text(&text, field->help != NULL ? field->help : label);
    if (field->example != NULL)
        buf_printf(&text, "; such as %s", field->example);
    if (field->initial != NULL && field->initial[0] != '\0')
        buf_printf(&text, " (%s unless given)", field->initial);
    if (field->picks != NULL && strchr(field->picks, '.') != NULL) {
        const struct op picks = {.name = field->picks};
        buf_printf(&text, "; see pitlane %s %s", noun_of(&picks, arena), op_verb(&picks));
    }
    if ((field->flags & FIELD_SECRET) != 0)
        buf_text(&text, "; the first line of the file, - is standard input");
    if ((field->flags & FIELD_REQUIRED) != 0 && (field->flags & FIELD_ARGUMENT) == 0)
        buf_text(&text,
                 (field->flags & FIELD_SECRET) != 0 ? " [asked for unless given]" : " [needed]");
    return arena_text(arena, buf_str(&text));
}

static void write_row_fields(struct cli *cli, const struct field *field, struct buf *out)
{
    buf_repeat(out, ' ', HELP_COLUMN);
    buf_text(out, "each:");
    for (size_t i = 0; i < field->rows->count; i++) {
        const struct field *inner = &field->rows->fields[i];
        if (!field_is_given(inner) || (inner->flags & FIELD_HIDDEN) != 0)
            continue;
        buf_printf(out, " %s=%s", inner->name,
                   inner->type == FIELD_BOOL ? "yes|no" : field_value(inner, &cli->arena));
    }
    buf_char(out, '\n');
}

const char *sorts_of(const struct op *op, struct arena *arena)
{
    AUTO_BUF names = BUF(4096);

    for (size_t i = 0; i < op->out->count; i++)
        if (list_has_sort(op, op->out->fields[i].name, false))
            buf_printf(&names, "%s%s", names.length > 0 ? ", " : "", op->out->fields[i].name);
    return arena_text(arena, buf_str(&names));
}

static void write_field(struct cli *cli, const struct op *op, const struct field *field,
                        struct buf *out)
{
    struct arena *arena = &cli->arena;
    const char *name = option_name(field, arena);
    const char *value = field_value(field, arena);
    const char *term = arena_printf(arena, "--%s %s", name, value);

    if ((field->flags & FIELD_SECRET) != 0)
        term = arena_printf(arena, "--%s-file FILE", name);
    else if (field->type == FIELD_BOOL)
        term = arena_printf(arena, "--%s, --no-%s", name, name);
    const char *says = field_says(field, arena);
    if (op != NULL && op->list_count > 0 && text_same(field->name, "sort"))
        says = arena_printf(arena, "%s: %s", says, sorts_of(op, arena));
    write_term(out, term, says);
    if (field->type == FIELD_ROWS && !row_is_a_text(field->rows))
        write_row_fields(cli, field, out);
}

static void write_fields(struct cli *cli, const struct request *request, struct buf *out)
{
    const struct shape *in = request->in;
    const struct field *arguments[ARGUMENTS_MAX];
    const size_t count = argument_fields(in, arguments, ARGUMENTS_MAX);
    bool first = true;

    if (count > 0)
        buf_text(out, "\nWords:\n");
    for (size_t i = 0; i < count; i++)
        write_term(out, upper(arguments[i], &cli->arena), field_says(arguments[i], &cli->arena));
    for (size_t i = 0; i < in->count; i++) {
        const struct field *field = &in->fields[i];
        if ((field->flags & (FIELD_ARGUMENT | FIELD_HIDDEN)) != 0 || !field_is_given(field))
            continue;
        buf_text(out, first ? "\nOptions:\n" : "");
        first = false;
        write_field(cli, request->op, field, out);
    }
}

static void write_globals(struct cli *cli, const struct request *request, struct buf *out)
{
    const bool is_list = request->op != NULL && (request->op->flags & OP_LIST) != 0;

    buf_text(out, "\nAlways:\n");
    for (size_t i = 0; i < global_option_count; i++) {
        const struct option *option = &global_options[i];
        if ((option->for_lists && !is_list) ||
            (request->in != NULL && shape_field(request->in, option->name) != NULL))
            continue;
        write_term(out,
                   option->value != NULL
                       ? arena_printf(&cli->arena, "--%s %s", option->name, option->value)
                       : arena_printf(&cli->arena, "--%s", option->name),
                   option->help);
    }
}

static void write_usage(struct cli *cli, const struct request *request, struct buf *out)
{
    const struct field *arguments[ARGUMENTS_MAX];
    const size_t count = argument_fields(request->in, arguments, ARGUMENTS_MAX);

    if (request->op != NULL)
        buf_printf(out, "pitlane %s %s", noun_of(request->op, &cli->arena), op_verb(request->op));
    else
        buf_printf(out, "pitlane %s", request->command->name);
    for (size_t i = 0; i < count; i++) {
        const bool needed = (arguments[i]->flags & FIELD_REQUIRED) != 0;
        buf_printf(out, needed ? " %s" : " [%s]", upper(arguments[i], &cli->arena));
    }
    if (request->op != NULL && (request->op->flags & OP_LIST) != 0)
        buf_text(out, " [WORDS TO LOOK FOR]");
    buf_text(out, " [OPTION]…\n");
}

static void write_one(struct cli *cli, const struct request *request, struct buf *out)
{
    const struct op *op = request->op;

    write_usage(cli, request, out);
    buf_printf(out, "%s.\n", op != NULL ? op->says : request->command->says);
    if (op != NULL && op->fills != NULL)
        buf_text(out, "What no option names stays as it is.\n");
    if (op != NULL && (op->flags & OP_NO_SHOP) != 0)
        buf_text(out, "Needs neither a shop nor a sign-in.\n");
    else if (op != NULL && op->right != RIGHT_NONE)
        buf_printf(out, "Needs the right %s.\n", right_table[op->right].word);
    if (request->in != NULL)
        write_fields(cli, request, out);
    write_globals(cli, request, out);
}

static const struct module *module_of(const char *noun, struct arena *arena)
{
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            if (text_same(noun_of(modules[m]->ops[i], arena), noun))
                return modules[m];
    return NULL;
}

static void write_noun(struct cli *cli, const char *noun, struct buf *out)
{
    const struct module *module = module_of(noun, &cli->arena);

    buf_printf(out, "pitlane %s VERB\n", noun);
    if (module != NULL)
        buf_printf(out, "%s\n", module->says);
    buf_text(out, "\nVerbs:\n");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (text_same(noun_of(op, &cli->arena), noun))
                write_term(out, op_verb(op), op->says);
        }
    for (size_t i = 0; i < command_count; i++)
        if (command_is_of(commands[i], noun) && (commands[i]->needs & COMMAND_HIDDEN) == 0)
            write_term(out, command_verb(commands[i]), commands[i]->says);
    buf_printf(out, "\nEach explains itself: pitlane %s VERB --help\n", noun);
}

/* Does an earlier operation of the module begin with the same word? */
static bool was_told(const struct module *module, size_t index, struct arena *arena)
{
    const char *noun = noun_of(module->ops[index], arena);

    for (size_t i = 0; i < index; i++)
        if (text_same(noun_of(module->ops[i], arena), noun))
            return true;
    return false;
}

/* The words that begin a module's operations: "user, role". */
static const char *nouns_of(const struct module *module, struct arena *arena)
{
    AUTO_BUF words = BUF(4096);

    for (size_t i = 0; i < module->count; i++)
        if (!was_told(module, i, arena))
            buf_printf(&words, "%s%s", i > 0 ? ", " : "", noun_of(module->ops[i], arena));
    return arena_text(arena, buf_str(&words));
}

/* Commands of two words are told with their noun, but for those of a command's own. */
static bool is_told_alone(const struct command *command)
{
    const char *blank = strchr(command->name, ' ');
    AUTO_ARENA arena = ARENA_EMPTY;

    if (blank == NULL)
        return command_is_listed(command);
    const char *first = arena_text_n(&arena, command->name, (size_t)(blank - command->name));
    return (command->needs & COMMAND_HIDDEN) == 0 && module_of(first, &arena) == NULL;
}

static void write_all(struct cli *cli, const struct request *request, struct buf *out)
{
    buf_text(out, "pitlane                     the terminal program; takes --db, --theme,\n"
                  "                            --terminal and --kiosk\n"
                  "pitlane COMMAND             one of the commands below\n"
                  "pitlane NOUN VERB           everything else, such as pitlane customer find\n"
                  "\nCommands:\n");
    for (size_t i = 0; i < command_count; i++)
        if (is_told_alone(commands[i]))
            write_term(out, commands[i]->name, commands[i]->says);
    buf_text(out, "\nNouns:\n");
    for (size_t m = 0; m < module_count; m++)
        write_term(out, nouns_of(modules[m], &cli->arena), modules[m]->says);
    write_globals(cli, request, out);
    buf_text(out, "\nExit codes: 0 done, 1 no or not found, 2 not understood, "
                  "3 not allowed,\n4 conflict, stale or busy, 5 damaged data, 6 disk, file or "
                  "terminal.\nThe manual: man pitlane\n");
}

void help_write(struct cli *cli, const struct request *request, struct buf *out)
{
    if (request->op != NULL || request->command != NULL)
        write_one(cli, request, out);
    else if (request->noun != NULL)
        write_noun(cli, request->noun, out);
    else
        write_all(cli, request, out);
}
