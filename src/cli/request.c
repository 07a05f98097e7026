/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* argv → what is to be done, with which words and options. Values are read in input.c. */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "inner.h"

/* clang-format off */
const struct option global_options[] = {
    {"help", NULL, "Explain the command", false},
    {"db", "FILE", "The shop's file; else $PITLANE_DB, else shop.db among your data", false},
    {"token-file", "FILE", "Who is signed in, instead of this account's own sign-in; - is standard input", false},
    {"json", "[FILE]", "Print JSON; with a file or -, read the input from it as one JSON object", false},
    {"input", "FILE", "Read the input as one JSON object from a file, - for standard input", false},
    {"plain", NULL, "Print for people, also where JSON was asked for before", false},
    {"only", "NAMES", "Print these fields alone, as named in the JSON; one is its bare value", false},
    {"csv", NULL, "Print the list as CSV", true},
    {"lines", NULL, "Print the list as JSON, one object a line", true},
    {"all", NULL, "Every row of the list, not a page", true},
    {"command-id", "ID", "Do it only once, however often it is sent under this name", false},
    {"passphrase-file", "FILE", "The passphrase of the shop's keys, where they are under one; - for standard input", false},
    {"confirm-file", "FILE", "Your password, and a code under it, for what asks for them again", false},
    {"version", NULL, "Print the version", false},
};
/* clang-format on */
const size_t global_option_count = COUNT_OF(global_options);

struct parser {
    struct cli *cli;
    struct request *request;
    struct fault *fault;
    char **argv;
    int argc, at; /* the word to be read next */
    bool literal; /* after "--" */
};

const char *noun_of(const struct op *op, struct arena *arena)
{
    return arena_text_n(arena, op->name, strcspn(op->name, "."));
}

const char *op_verb(const struct op *op)
{
    const char *dot = strchr(op->name, '.');

    return dot != NULL ? dot + 1 : op->name;
}

bool noun_has_operations(const char *noun)
{
    const size_t length = strlen(noun);

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const char *name = modules[m]->ops[i]->name;
            if (strncmp(name, noun, length) == 0 && name[length] == '.')
                return true;
        }
    return false;
}

/* Is there an operation "noun.…" or a command "noun …"? */
static bool noun_is_known(const char *noun)
{
    if (noun_has_operations(noun))
        return true;
    for (size_t i = 0; i < command_count; i++)
        if (command_is_of(commands[i], noun))
            return true;
    return false;
}

static const char *swap(struct arena *arena, const char *text, char from, char to)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        if (*at == from)
            *at = to;
    return copy;
}

const char *option_name(const struct field *field, struct arena *arena)
{
    return swap(arena, field->name, '_', '-');
}

bool field_is_given(const struct field *field)
{
    return (field->flags & FIELD_FIXED) == 0 || (field->flags & FIELD_ARGUMENT) != 0;
}

size_t argument_fields(const struct shape *in, const struct field **ret_fields, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; in != NULL && i < in->count && count < max; i++)
        if ((in->fields[i].flags & FIELD_ARGUMENT) != 0)
            ret_fields[count++] = &in->fields[i];
    return count;
}

/* The nearest of the words, NULL when none is near. */
static const char *nearest_word(const char *word, const char *const *words, size_t count,
                                struct arena *arena)
{
    struct field *fields = NEW_ARRAY(arena, struct field, count);

    for (size_t i = 0; i < count; i++)
        fields[i] = (struct field){.name = words[i]};
    const struct shape shape = {.fields = fields, .count = count};
    const struct field *near = shape_nearest(&shape, word);
    return near != NULL ? near->name : NULL;
}

/* ---- options ----------------------------------------------------------------------------------
 */

static const struct field *find_field(const struct parser *p, const char *name, enum given_how *how)
{
    struct arena *arena = &p->cli->arena;
    const struct shape *in = p->request->in;
    const size_t length = strlen(name);

    *how = GIVEN_TEXT;
    if (in == NULL)
        return NULL;
    const struct field *field = shape_field(in, swap(arena, name, '-', '_'));
    if (field != NULL)
        return field;
    if (text_starts(name, "no-")) {
        *how = GIVEN_NO;
        field = shape_field(in, swap(arena, name + 3, '-', '_'));
        return field != NULL && field->type == FIELD_BOOL ? field : NULL;
    }
    if (length > 5 && strcmp(name + length - 5, "-file") == 0) {
        *how = GIVEN_FILE;
        field = shape_field(in, swap(arena, arena_text_n(arena, name, length - 5), '-', '_'));
        return field != NULL && (field->flags & FIELD_SECRET) != 0 ? field : NULL;
    }
    return NULL;
}

static const struct option *find_global(const struct parser *p, const char *name)
{
    const struct request *request = p->request;
    const bool is_list = request->op != NULL && (request->op->flags & OP_LIST) != 0;

    for (size_t i = 0; i < global_option_count; i++)
        if (text_same(global_options[i].name, name) && (!global_options[i].for_lists || is_list))
            return &global_options[i];
    return NULL;
}

static status fail_unknown(struct parser *p, const char *name)
{
    struct arena *arena = &p->cli->arena;
    const struct shape *in = p->request->in;
    const size_t fields = in != NULL ? in->count : 0;
    const char **names = NEW_ARRAY(arena, const char *, fields + global_option_count);
    size_t count = 0;

    for (size_t i = 0; i < fields; i++)
        if (field_is_given(&in->fields[i]))
            names[count++] = option_name(&in->fields[i], arena);
    for (size_t i = 0; i < global_option_count; i++)
        if (find_global(p, global_options[i].name) != NULL)
            names[count++] = global_options[i].name;
    const char *near = nearest_word(name, names, count, arena);
    if (near != NULL)
        return fault_set(p->fault, ERR_USAGE, "There is no option --%s here. Did you mean --%s?",
                         text_safe(arena, name), near);
    return fault_set(p->fault, ERR_USAGE, "There is no option --%s here. --help lists them.",
                     text_safe(arena, name));
}

/* The value behind an option, "=" or in the next word. */
static status take_value(struct parser *p, const char *name, const char *value, const char **ret)
{
    const char *next = value == NULL && p->at < p->argc ? p->argv[p->at] : NULL;

    if (value != NULL) {
        *ret = value;
        return OK;
    }
    if (next == NULL || (next[0] == '-' && next[1] == '-' && next[2] != '\0'))
        return fault_set(p->fault, ERR_USAGE, "--%s needs a value behind it.", name);
    p->at++;
    *ret = next;
    return OK;
}

static status take_field(struct parser *p, const char *name, const char *value,
                         const struct field *field, enum given_how how)
{
    struct request *request = p->request;
    struct given given = {.field = field, .how = how, .text = "yes"};

    if (!field_is_given(field))
        return fault_set(p->fault, ERR_USAGE, "--%s is shown, but cannot be set here.", name);
    if ((field->flags & FIELD_SECRET) != 0 && how != GIVEN_FILE)
        return fault_set(p->fault, ERR_USAGE,
                         "A secret is never written on the command line, where others can see it. "
                         "Use --%s-file FILE, or - for standard input, or leave it out to be "
                         "asked.",
                         name);
    if (how == GIVEN_NO && value != NULL)
        return fault_set(p->fault, ERR_USAGE, "--%s takes no value.", name);
    if (field->type == FIELD_BOOL && how == GIVEN_TEXT)
        given.text = value != NULL ? value : "yes";
    else if (how != GIVEN_NO)
        TRY(take_value(p, name, value, &given.text));
    request->given[request->given_count++] = given;
    return OK;
}

/* The word behind --json is the input's file when it can be nothing else. */
static bool is_input_file(const struct parser *p)
{
    const char *next = p->at < p->argc ? p->argv[p->at] : NULL;
    const struct op *op = p->request->op;
    const struct field *arguments[ARGUMENTS_MAX];
    struct stat at;

    if (next == NULL || p->request->in == NULL)
        return false;
    if (text_same(next, "-"))
        return true;
    if (next[0] == '-')
        return false;
    const bool takes_words = argument_fields(p->request->in, arguments, ARGUMENTS_MAX) > 0 ||
                             (op != NULL && (op->flags & OP_LIST) != 0);
    if (!takes_words)
        return true;
    const size_t length = strlen(next);
    if (length > 5 && strcmp(next + length - 5, ".json") == 0)
        return true;
    return stat(next, &at) == 0 && !S_ISDIR(at.st_mode);
}

static status take_json(struct parser *p, const char *value)
{
    if (p->cli->format != FORMAT_LINES)
        p->cli->format = FORMAT_JSON;
    if (value != NULL)
        p->cli->input = value;
    else if (is_input_file(p))
        p->cli->input = p->argv[p->at++];
    return OK;
}

static status take_global(struct parser *p, const struct option *option, const char *value)
{
    struct cli *cli = p->cli;
    const char *name = option->name;

    if (text_same(name, "json"))
        return take_json(p, value);
    if (option->value == NULL && value != NULL)
        return fault_set(p->fault, ERR_USAGE, "--%s takes no value.", name);
    if (text_same(name, "help"))
        p->request->help = true;
    else if (text_same(name, "version"))
        p->request->version = true;
    else if (text_same(name, "plain"))
        cli->format = FORMAT_PLAIN;
    else if (text_same(name, "csv"))
        cli->format = FORMAT_CSV;
    else if (text_same(name, "lines"))
        cli->format = FORMAT_LINES;
    else if (text_same(name, "all"))
        cli->all = true;
    else if (text_same(name, "db"))
        return take_value(p, name, value, &cli->database);
    else if (text_same(name, "token-file"))
        return take_value(p, name, value, &cli->token_file);
    else if (text_same(name, "input"))
        return take_value(p, name, value, &cli->input);
    else if (text_same(name, "only"))
        return take_value(p, name, value, &cli->only);
    else if (text_same(name, "passphrase-file"))
        return take_value(p, name, value, &cli->passphrase_file);
    else if (text_same(name, "confirm-file"))
        return take_value(p, name, value, &cli->confirm);
    else
        return take_value(p, name, value, &cli->command_id);
    return OK;
}

static status take_option(struct parser *p, const char *text)
{
    const char *equals = strchr(text, '=');
    const char *value = equals != NULL ? equals + 1 : NULL;
    const char *name =
        arena_text_n(&p->cli->arena, text, equals != NULL ? (size_t)(equals - text) : strlen(text));
    enum given_how how;
    const struct field *field = find_field(p, name, &how);

    if (field != NULL)
        return take_field(p, name, value, field, how);
    const struct option *option = find_global(p, name);
    if (option != NULL)
        return take_global(p, option, value);
    return fail_unknown(p, name);
}

/* ---- words ------------------------------------------------------------------------------------
 */

static status fail_noun(struct parser *p, const char *word)
{
    struct arena *arena = &p->cli->arena;
    const char *words[256];
    size_t count = 0;

    for (size_t i = 0; i < command_count && count < COUNT_OF(words); i++)
        words[count++] = arena_text_n(arena, commands[i]->name, strcspn(commands[i]->name, " "));
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count && count < COUNT_OF(words); i++)
            words[count++] = noun_of(modules[m]->ops[i], arena);
    const char *near = nearest_word(word, words, count, arena);
    if (near != NULL)
        return fault_set(p->fault, ERR_USAGE, "There is no command “%s”. Did you mean “%s”?",
                         text_safe(arena, word), near);
    return fault_set(p->fault, ERR_USAGE,
                     "There is no command “%s”. pitlane --help lists the commands.",
                     text_safe(arena, word));
}

static status fail_verb(struct parser *p, const char *verb)
{
    struct arena *arena = &p->cli->arena;
    const char *noun = p->request->noun;
    const char *words[128];
    size_t count = 0;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count && count < COUNT_OF(words); i++)
            if (text_same(noun_of(modules[m]->ops[i], arena), noun))
                words[count++] = op_verb(modules[m]->ops[i]);
    for (size_t i = 0; i < command_count && count < COUNT_OF(words); i++)
        if (command_is_of(commands[i], noun))
            words[count++] = command_verb(commands[i]);
    const char *near = nearest_word(verb, words, count, arena);
    if (near != NULL)
        return fault_set(p->fault, ERR_USAGE, "There is no command “%s %s”. Did you mean “%s %s”?",
                         noun, text_safe(arena, verb), noun, near);
    return fault_set(p->fault, ERR_USAGE,
                     "There is no command “%s %s”. pitlane %s --help lists the commands.", noun,
                     text_safe(arena, verb), noun);
}

static const struct command *find_two_words(const struct parser *p, const char *noun,
                                            const char *verb)
{
    return command_find(arena_printf(&p->cli->arena, "%s %s", noun, verb));
}

/* The word behind a noun, or behind a command that goes on: "sessions", "sessions end". */
static status take_verb(struct parser *p, const char *verb)
{
    struct request *request = p->request;

    request->op = op_find(arena_printf(&p->cli->arena, "%s.%s", request->noun, verb));
    if (request->op != NULL) {
        request->in = request->op->in;
        return OK;
    }
    request->command = find_two_words(p, request->noun, verb);
    if (request->command == NULL)
        return fail_verb(p, verb);
    request->in = request->command->in;
    return OK;
}

static bool goes_on(struct parser *p, const char *word)
{
    struct request *request = p->request;

    if (request->command == NULL || command_verb(request->command) != NULL ||
        request->word_count > 0)
        return false;
    const struct command *longer = find_two_words(p, request->command->name, word);
    if (longer == NULL)
        return false;
    request->command = longer;
    request->in = longer->in;
    return true;
}

static status take_word(struct parser *p, const char *word)
{
    struct request *request = p->request;

    if (goes_on(p, word))
        return OK;
    if (request->op != NULL || request->command != NULL) {
        request->words[request->word_count++] = word;
        return OK;
    }
    if (request->noun != NULL)
        return take_verb(p, word);
    if (text_same(word, "help") && !request->help) {
        request->help = true;
        return OK;
    }
    request->command = command_find(word);
    if (request->command != NULL)
        request->in = request->command->in;
    else if (noun_is_known(word))
        request->noun = word;
    else
        return fail_noun(p, word);
    return OK;
}

static status take_next(struct parser *p)
{
    const char *word = p->argv[p->at++];

    if (p->literal || word[0] != '-' || word[1] == '\0')
        return take_word(p, word);
    if (text_same(word, "--")) {
        p->literal = true;
        return OK;
    }
    if (text_same(word, "-h"))
        return take_option(p, "help");
    if (word[1] == '-')
        return take_option(p, word + 2);
    /* A negative number may stand where a word is wanted. */
    if (strchr("0123456789.", word[1]) != NULL)
        return take_word(p, word);
    return fault_set(p->fault, ERR_USAGE,
                     "Options are written with two dashes, such as --help; “%s” is none.",
                     text_safe(&p->cli->arena, word));
}

status request_read(struct cli *cli, int argc, char **argv, struct request *ret)
{
    struct parser parser = {.cli = cli,
                            .request = ret,
                            .fault = &cli->session.fault,
                            .argv = argv,
                            .argc = argc,
                            .at = 1};

    *ret = (struct request){
        .words = NEW_ARRAY(&cli->arena, const char *, (size_t)argc),
        .given = NEW_ARRAY(&cli->arena, struct given, (size_t)argc),
    };
    while (parser.at < argc)
        TRY(take_next(&parser));
    if (ret->in != NULL)
        ret->secrets = NEW_ARRAY(&cli->arena, const char *, ret->in->count);
    if (ret->noun == NULL && ret->command == NULL && !ret->version)
        ret->help = true;
    if (ret->noun != NULL && ret->op == NULL && ret->command == NULL)
        ret->help = true;
    return OK;
}

/* Codes and numbers: one call each. Free text: all words are one. */
size_t request_calls(const struct request *request)
{
    const struct field *arguments[ARGUMENTS_MAX];
    const size_t count = argument_fields(request->in, arguments, ARGUMENTS_MAX);

    if (request->op == NULL || request->op->kind != OP_READS || count != 1 ||
        (request->op->flags & OP_LIST) != 0 || request->word_count < 2)
        return 1;
    const struct field *last = arguments[0];
    if (last->type == FIELD_ID || (last->type == FIELD_TEXT && (last->flags & FIELD_CODE) != 0))
        return request->word_count;
    return 1;
}
