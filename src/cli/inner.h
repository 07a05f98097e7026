/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_CLI_INNER_H
#define PITLANE_CLI_INNER_H

/* What the files of the command line share.
 *
 * request.c   argv → what is to be done, with which words and options
 * input.c     words, options, JSON and secrets → the input row of an operation
 * standing.c  what somebody has to show before he may go on
 * shop.c      the shop's file, the zone
 * token.c     the signed-in session, its tokens
 * output.c    rows → text, JSON or CSV on standard output
 * help.c, manual.c, completion.c   the same tables as text for people, mandoc and bash
 * commands.c  the commands that are no operations */

#include <signal.h>

#include "base/field.h"
#include "domain/op.h"
#include "domain/opening.h"
#include "domain/user.h"

enum cli_format {
    FORMAT_PLAIN, /* for people */
    FORMAT_JSON,  /* one object */
    FORMAT_LINES, /* of a list: one object a row */
    FORMAT_CSV
};

/* One run of the program. */
struct cli {
    struct arena arena;
    struct session session; /* its arena is the one above, unless a list lends another */
    struct shop_file shop;
    const char *database; /* path, never NULL once a request is read */
    bool database_given;  /* by --db */
    const char *input;    /* file with the input as JSON, "-" for standard input, NULL for none */
    const char *command_id;
    const char *passphrase_file; /* of the key file; "-" for standard input */
    const char *passphrase;      /* … as read or asked for; NULL while nothing asked */
    const char *confirm;         /* file with the password, and a code under it; NULL: asked for */
    const char *only;            /* names of fields, parted by commas; NULL: all */
    enum cli_format format;
    const char *token_file; /* NULL: this account's; "-" is standard input */
    const char *access;     /* the access token in use, NULL before */
    bool renews;            /* the tokens are in a file, so they can be renewed */
    bool all;               /* every page of a list */
    bool fault_told;
};

/* ---- commands that are no operations -------------------------------------------------------- */

enum command_needs {
    COMMAND_SHOP = 1u << 0,         /* the shop's file is open when it runs */
    COMMAND_SIGN_IN = 1u << 1,      /* … and somebody is signed in */
    COMMAND_WITHOUT_KEYS = 1u << 3, /* … without its keys: copies and backups have none */
    COMMAND_HIDDEN = 1u << 2,       /* not in the help: for builds and shells */
    COMMAND_NOBODY = 1u << 4        /* nobody signs in: the log names the account and the command */
};

/* Words and options come from the fields of `in`, as those of an operation do. A command that
 * fails says why in cli->session.fault. */
struct command {
    const char *name; /* "backup", or of two words beside a noun's operations: "user recover" */
    const char *says; /* one sentence, no full stop */
    const struct shape *in;
    unsigned needs;
    status (*run)(struct cli *cli, const void *in);
};
extern const struct command *const commands[];
extern const size_t command_count;
const struct command *command_find(const char *name);
/* Is it a command of two words, the first of them this one? */
bool command_is_of(const struct command *command, const char *noun);
/* "recover" of "user recover"; NULL for a command of one word. */
const char *command_verb(const struct command *command);
/* Can it stand alone as the first word? A command of one word that the help shows. */
bool command_is_listed(const struct command *command);

/* ---- what was asked for ---------------------------------------------------------------------- */

enum given_how {
    GIVEN_TEXT, /* --name VALUE */
    GIVEN_NO,   /* --no-name */
    GIVEN_FILE  /* --name-file FILE: a secret */
};
struct given {
    const struct field *field;
    const char *text;
    enum given_how how;
};
struct request {
    const char *noun; /* the first word, where it is no command: "customer" */
    const struct op *op;
    const struct command *command;
    const struct shape *in; /* of the one or the other; NULL: takes nothing */
    bool help, version;
    const char **words; /* behind the command */
    size_t word_count;
    struct given *given;
    size_t given_count;
    const char **secrets; /* by index of in->fields; read once, from files or the terminal */
};

status request_read(struct cli *cli, int argc, char **argv, struct request *ret) MUST_USE;

/* Options that every command understands, unless it has a field of that name. */
struct option {
    const char *name;
    const char *value; /* what follows, "FILE"; NULL: nothing */
    const char *help;
    bool for_lists;
};
extern const struct option global_options[];
extern const size_t global_option_count;

bool noun_has_operations(const char *noun);
/* "customer" of "customer.add" */
const char *noun_of(const struct op *op, struct arena *arena);
const char *op_verb(const struct op *op);
/* "--odometer-mi" without the dashes: the field's name as an option. */
const char *option_name(const struct field *field, struct arena *arena);
/* May the field be given as an option or a word? Fixed ones are shown only. */
bool field_is_given(const struct field *field);
/* The fields that are plain words, in order. Returns how many. */
size_t argument_fields(const struct shape *in, const struct field **ret_fields, size_t max);
#define ARGUMENTS_MAX 16
/* How often the operation runs: once, or once for each further word. */
size_t request_calls(const struct request *request);

/* Is the text the name of a record that the field's list offers? Then the field gets its number;
 * numbers are left to the caller. */
status called(struct cli *cli, const struct field *field, const char *text, void *row,
              bool *ret_is_name) MUST_USE;

/* ---- input and output ------------------------------------------------------------------------ */

/* Builds the input of call number `call`, from 0. For an edit, what is stored comes first. */
status input_build(struct cli *cli, struct request *request, size_t call, void **ret_row) MUST_USE;
/* What a person never types: INVALID at the field, before cleaning would lose it unseen. */
status input_check_text(struct cli *cli, const struct field *field, const char *text) MUST_USE;
bool row_is_a_text(const struct shape *shape);
/* "method=cash amount=300.00 note='two words'" or a JSON object as one row. */
status row_read(struct cli *cli, const struct field *field, const char *text, void *row) MUST_USE;
/* A line from a file, "-" for standard input, without its end. */
status secret_from_file(struct cli *cli, const char *path, const char **ret_secret) MUST_USE;
/* The next line of an open file, read no further; NULL at its end. */
status secret_line(struct cli *cli, int from, const char *name, const char **ret_line) MUST_USE;
/* Asks on the terminal without echo. ERR_USAGE when there is none. */
status secret_ask(struct cli *cli, const struct field *field, const char **ret_secret) MUST_USE;
/* Is there a terminal to ask on? And says something there, wherever the output goes. */
bool secret_can_ask(void);
void secret_tell(const char *text);
/* The first two lines of a file; `ret_second` may be NULL. */
status secret_pair_from_file(struct cli *cli, const char *path, const char **ret_first,
                             const char **ret_second) MUST_USE;

/* ---- what has to be shown on the way (standing.c) -------------------------------------------- */

struct sign_in;
struct signed_in;
/* Signs in, and asks for the code of a second factor where one is on. */
status standing_sign_in(struct cli *cli, struct sign_in *in, struct signed_in *ret) MUST_USE;
/* Leads whoever is signed in through his first steps. `password` is his, if it is known. */
status standing_first_steps(struct cli *cli, const char *password) MUST_USE;
/* After ERR_CONFIRM: whatever it was for. When this is OK, the same call may be made again. */
status standing_meet(struct cli *cli) MUST_USE;
/* A new password, asked for twice. */
status standing_ask_new(struct cli *cli, const struct field *field,
                        const char **ret_password) MUST_USE;

/* The shape with the numbers shown that screens hide and other commands ask for. */
const struct shape *visible_shape(struct arena *arena, const struct shape *shape);
/* The shape with the fields of --only alone, in that order. */
status only_shape(struct cli *cli, const struct shape *shape, const struct shape **ret) MUST_USE;
/* Does the result have the fields of --only? Asked before anything is done. */
status only_check(struct cli *cli, const struct shape *shape) MUST_USE;
bool only_is_rows(const struct cli *cli, const struct shape *shape);
/* Is it one value, to be printed bare? Then this writes it. */
bool only_is_value(const struct cli *cli);
status only_value(struct cli *cli, const struct shape *shape, const void *row,
                  struct buf *out) MUST_USE;

status output_row(struct cli *cli, const struct shape *shape, const void *row) MUST_USE;
status output_list(struct cli *cli, const struct op *op, void *in) MUST_USE;
/* Writes to standard output; a failure says so. */
status output_text(struct cli *cli, const struct buf *text) MUST_USE;
/* A sentence for people; with --json an object {"says": …}. */
status output_say(struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3) MUST_USE;
/* Tells what session.fault holds: a sentence to standard error, with --json also an object. */
void output_fault(struct cli *cli, const struct request *request);
/* Width of the terminal on standard output in cells, 0 when it is none. */
size_t output_width(void);

/* ---- long work ------------------------------------------------------------------------------- */

/* A bar on standard error once half a second has gone by, when that is a terminal. Between begin
 * and end Ctrl-C does not end the program but makes bar_tell false. */
struct bar {
    const char *says;
    int64_t shown_ms;
    bool on_terminal, drawn;
    sigset_t before;
};
void bar_begin(struct bar *progress, const char *says);
/* As `progress` of the domain's long functions; context: struct bar. */
bool bar_tell(void *context, int64_t done, int64_t total);
void bar_end(struct bar *progress);

/* ---- the shop -------------------------------------------------------------------------------- */

/* `reads`: the command only reads, so a folder that cannot be written will do. */
status shop_open(struct cli *cli, bool reads, bool without_keys) MUST_USE;
/* Asks for the passphrase of the keys, once; as struct shop_file_options wants it. */
status shop_passphrase(void *cli, char ret[SHOP_PASSPHRASE_MAX], struct fault *fault) MUST_USE;
status shop_sign_in(struct cli *cli) MUST_USE;
void shop_close(struct cli *cli);
/* Opens what `options` say as this run's shop. */
status shop_open_as(struct cli *cli, const struct shop_file_options *options) MUST_USE;
/* Removes a file that was just made and holds no shop yet: nothing is lost with it. */
void shop_remove_new(struct cli *cli);
/* $name, else ~/`fallback`; NULL without a home folder. */
const char *base_folder(struct arena *arena, const char *name, const char *fallback);

/* op_call that renews the sign-in first when it is about to run out: for what takes long. */
status shop_call(struct cli *cli, const struct op *op, const void *in, void *out) MUST_USE;

/* The tokens of whoever is signed in on this account: a file for each shop, mode 0600, of two
 * lines: the access token and the refresh token. */
#define TOKENS_MAX 2048
void token_text(const struct signed_in *who, struct buf *out);
status token_write(struct cli *cli, const struct signed_in *who) MUST_USE;
status token_remove(struct cli *cli) MUST_USE;

/* ---- texts from the tables ------------------------------------------------------------------- */

void help_write(struct cli *cli, const struct request *request, struct buf *out);
/* "TEXT", "N", "letter|a4": what may follow an option. */
const char *field_value(const struct field *field, struct arena *arena);
/* "name, owes": what a list operation, with some choice of its filters, can be sorted by. */
const char *sorts_of(const struct op *op, struct arena *arena);

#endif
