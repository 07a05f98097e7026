/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane completion bash: every command, verb and option as one shell function. */

#include <string.h>

#include "base/text.h"
#include "commands.h"

static void write_options(struct cli *cli, const struct shape *in, struct buf *out)
{
    for (size_t i = 0; in != NULL && i < in->count; i++) {
        const struct field *field = &in->fields[i];
        if (!field_is_given(field) || (field->flags & (FIELD_HIDDEN | FIELD_ARGUMENT)) != 0)
            continue;
        buf_printf(out, "--%s%s ", option_name(field, &cli->arena),
                   (field->flags & FIELD_SECRET) != 0 ? "-file" : "");
    }
}

static bool is_first_of_noun(size_t module, size_t index, struct arena *arena)
{
    const char *noun = noun_of(modules[module]->ops[index], arena);

    for (size_t m = 0; m <= module; m++)
        for (size_t i = 0; i < (m == module ? index : modules[m]->count); i++)
            if (text_same(noun_of(modules[m]->ops[i], arena), noun))
                return false;
    return true;
}

static void write_verbs(struct cli *cli, const char *noun, struct buf *out)
{
    buf_printf(out, "    '%s') words='", noun);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            if (text_same(noun_of(modules[m]->ops[i], &cli->arena), noun))
                buf_printf(out, "%s ", op_verb(modules[m]->ops[i]));
    for (size_t i = 0; i < command_count; i++)
        if (command_is_of(commands[i], noun) && (commands[i]->needs & COMMAND_HIDDEN) == 0)
            buf_printf(out, "%s ", command_verb(commands[i]));
    buf_text(out, "' ;;\n");
}

/* The first words of commands of two, where no operation begins with them. */
static void write_first_words(struct cli *cli, struct buf *out, bool verbs)
{
    const char *before = "";

    for (size_t i = 0; i < command_count; i++) {
        const char *name = commands[i]->name;
        if (command_verb(commands[i]) == NULL || (commands[i]->needs & COMMAND_HIDDEN) != 0)
            continue;
        const char *first = arena_text_n(&cli->arena, name, strcspn(name, " "));
        if (text_same(first, before) || noun_has_operations(first))
            continue;
        before = first;
        if (verbs)
            write_verbs(cli, first, out);
        else if (command_find(first) == NULL)
            buf_printf(out, "%s ", first);
    }
}

static void write_nouns(struct cli *cli, struct buf *out, bool verbs)
{
    write_first_words(cli, out, verbs);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const char *noun = noun_of(modules[m]->ops[i], &cli->arena);
            if (!is_first_of_noun(m, i, &cli->arena))
                continue;
            if (verbs)
                write_verbs(cli, noun, out);
            else
                buf_printf(out, "%s ", noun);
        }
}

/* The words a command's first argument may be. */
static void write_choices(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct shape *in = commands[i]->in;
        if (in == NULL || in->fields[0].type != FIELD_ENUM ||
            (in->fields[0].flags & FIELD_ARGUMENT) == 0)
            continue;
        buf_printf(out, "    %s) words='", commands[i]->name);
        for (size_t c = 0; c < in->fields[0].choices->count; c++)
            buf_printf(out, "%s ", in->fields[0].choices->at[c].word);
        buf_text(out, "' ;;\n");
    }
}

static void write_global_options(struct buf *out, bool for_lists)
{
    for (size_t i = 0; i < global_option_count; i++)
        if (global_options[i].for_lists == for_lists)
            buf_printf(out, "--%s ", global_options[i].name);
}

static void completion_write(struct cli *cli, struct buf *out)
{
    buf_text(out, "# Completion for pitlane, made by: pitlane completion bash\n"
                  "_pitlane() {\n"
                  "    local words='' current=${COMP_WORDS[COMP_CWORD]}\n"
                  "    case $COMP_CWORD in\n    1) words='help ");
    for (size_t i = 0; i < command_count; i++)
        if (command_is_listed(commands[i]))
            buf_printf(out, "%s ", commands[i]->name);
    write_nouns(cli, out, false);
    buf_text(out, "' ;;\n    2) case ${COMP_WORDS[1]} in\n    help) words='");
    write_nouns(cli, out, false);
    buf_text(out, "' ;;\n    completion) words=bash ;;\n");
    write_choices(out);
    write_nouns(cli, out, true);
    buf_text(out, "    esac ;;\n    esac\n    if [[ $current == -* ]]; then\n        words='");
    write_global_options(out, false);
    buf_text(out, "'\n        case \"${COMP_WORDS[1]}.${COMP_WORDS[2]}\" in\n");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            buf_printf(out, "        '%s') words+='", modules[m]->ops[i]->name);
            write_options(cli, modules[m]->ops[i]->in, out);
            if ((modules[m]->ops[i]->flags & OP_LIST) != 0)
                write_global_options(out, true);
            buf_text(out, "' ;;\n");
        }
    for (size_t i = 0; i < command_count; i++) {
        const char *verb = command_verb(commands[i]);
        if (verb != NULL)
            buf_printf(out, "        '%.*s.%s') words+='", (int)(verb - 1 - commands[i]->name),
                       commands[i]->name, verb);
        else
            buf_printf(out, "        '%s.'*) words+='", commands[i]->name);
        write_options(cli, commands[i]->in, out);
        buf_text(out, "' ;;\n");
    }
    buf_text(out, "        esac\n    fi\n"
                  "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                  "}\n"
                  "complete -o default -F _pitlane pitlane\n");
}

struct completion {
    const char *shell;
};
static const struct field completion_fields[] = {
    FIELD(struct completion, shell, .label = "Shell", .help = "bash",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status completion_run(struct cli *cli, const void *input)
{
    const struct completion *in = input;
    AUTO_BUF out = BUF_MIB(4);

    if (!text_same(in->shell, "bash"))
        return fail_field(&cli->session, "shell", "Completion is there for bash only.");
    completion_write(cli, &out);
    return output_text(cli, &out);
}

const struct command completion_command = {
    .name = "completion",
    .says = "Print the completion of commands and options for a shell",
    .in = SHAPE(struct completion, completion_fields),
    .run = completion_run,
};
