/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* pitlane print: a document into a file, onto paper, into the outbox or onto standard output. */

#include "print/print.h"

#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "commands.h"

struct print {
    enum document_kind kind;
    int64_t number;
    const char *output, *printer, *email;
    bool to_printer, text;
    int64_t copies;
};
/* clang-format off */
static const struct field print_fields[] = {
    FIELD(struct print, kind, .label = "Document", .choices = &document_kind_choices,
          .help = "estimate or work_order of an order, invoice or receipt of an invoice, history of a "
                  "vehicle, purchase for a vendor, check of a payment to one, payment of a customer, gift certificate, statement of a customer, statements of all who owe as of a day (20261124), claim that goes back, usage of "
                  "parts in a month (202611), day (20261124) or year (2026)",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct print, number, .label = "Number", .help = "The order's, invoice's or vehicle's number, or the month", .low = 1,
          .high = INT64_MAX, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct print, output, .help = "File to write, - for standard output; without it a file in your home folder",
          .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct print, text, .help = "Plain text instead of a PDF"),
    FIELD(struct print, to_printer, .help = "On paper: the printer of the settings, else the system's"),
    FIELD(struct print, printer, .help = "On paper: this print queue"),
    FIELD(struct print, copies, .help = "How many", .initial = "1", .low = 1, .high = 99),
    FIELD(struct print, email, .help = "Queue it for this e-mail address"),
};
/* clang-format on */

static status write_out(struct cli *cli, const struct print *in, enum print_format format)
{
    AUTO_BUF bytes = BUF_MIB(64);

    if (format == PRINT_PDF && isatty(STDOUT_FILENO))
        return fail(&cli->session, ERR_USAGE,
                    "A PDF can't be shown on the terminal. Give --output a file, or add --text.");
    TRY(print_render(&cli->session, in->kind, in->number, format, &bytes));
    if (fwrite(buf_str(&bytes), 1, bytes.length, stdout) != bytes.length || fflush(stdout) != 0)
        return fail(&cli->session, ERR_IO, "The document could not be written out.");
    return OK;
}

static status print_run(struct cli *cli, const void *input)
{
    const struct print *in = input;
    const enum print_format format = in->text ? PRINT_TEXT : PRINT_PDF;
    const char *path = in->output;

    if (!text_is_empty(in->email)) {
        TRY(print_queue(&cli->session, in->kind, in->number, in->email));
        return output_say(cli, "It is queued for %s.", in->email);
    }
    if (in->to_printer || !text_is_empty(in->printer)) {
        TRY(print_send(&cli->session, in->kind, in->number, in->printer, in->copies));
        return output_say(cli, "It is with the printer.");
    }
    if (text_same(path, "-"))
        return write_out(cli, in, format);
    if (text_is_empty(path))
        path = print_default_path(&cli->session, in->kind, in->number, format);
    TRY(print_save(&cli->session, in->kind, in->number, format, path));
    return output_say(cli, "%s", path);
}

const struct command print_command = {
    .name = "print",
    .says = "Make a document: estimate, work order, invoice, purchase order, check, count sheet "
            "and more",
    .in = SHAPE(struct print, print_fields),
    .needs = COMMAND_SHOP | COMMAND_SIGN_IN,
    .run = print_run,
};
