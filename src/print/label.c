/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From part numbers to labels. How they look is left to label_pdf.c and label_text.c. */

#include "print/label.h"

#include <string.h>

#include "base/text.h"
#include "domain/document.h"
#include "domain/part.h"
#include "domain/setting.h"
#include "labels.h"
#include "papers.h"
#include "print/print.h"

static const struct choice format_choice[] = {
    [LABEL_PDF] = {"pdf", "sheet of labels", "", ""},
    [LABEL_ZPL] = {"zpl", "label printer", "", ""},
    [LABEL_ESCPOS] = {"escpos", "receipt printer", "", ""},
};
const struct choices label_format_choices = CHOICES(format_choice);

bool label_code_is_retail(const char *code)
{
    const size_t length = strlen(code);

    return (length == 12 || length == 13) && strspn(code, "0123456789") == length;
}

static status find_part(struct session *s, const char *text, struct part *ret)
{
    status result = part_find_by_sku(s, text, ret);

    if (result == ERR_NOT_FOUND)
        result = part_find_by_upc(s, text, ret);
    return found(s, result, "There is no part “%s”. Give its part number or scan it.", text);
}

static status fill(struct session *s, const struct label_part *wanted, bool with_price,
                   struct label *ret)
{
    char text[NUMBER_TEXT_MAX];
    struct part part;

    if (wanted->copies < 1 || wanted->copies > LABEL_COPIES_MAX)
        return fail_field(s, "copies", "Print 1 to %d labels of a part.", LABEL_COPIES_MAX);
    TRY(find_part(s, wanted->sku, &part));
    *ret = (struct label){
        .sku = part.sku,
        .name = part.name,
        .bin = part.bin,
        .price = with_price ? arena_printf(s->arena, "$%s", money_show(part.price, text)) : "",
        .code = label_code_is_retail(part.upc) ? part.upc : part.sku,
        .copies = wanted->copies,
    };
    return OK;
}

static status fill_all(struct session *s, const struct label_wish *wish, struct label_job *job)
{
    struct label *labels = NEW_ARRAY(s->arena, struct label, wish->count + 1);
    int64_t total = wish->skip;

    for (size_t i = 0; i < wish->count; i++) {
        TRY(fill(s, &wish->parts[i], wish->with_price, &labels[i]));
        total += labels[i].copies;
    }
    if (total > LABEL_MAX)
        return fail_field(s, "copies", "These are more than %d labels. Print them in parts.",
                          LABEL_MAX);
    job->labels = labels;
    job->count = wish->count;
    return OK;
}

static status render(struct session *s, const struct label_wish *wish, struct label_job *job,
                     struct buf *ret_bytes)
{
    switch (wish->format) {
    case LABEL_PDF:
        return labels_to_pdf(job, ret_bytes, &s->fault);
    case LABEL_ZPL:
        labels_to_zpl(job, ret_bytes);
        return OK;
    case LABEL_ESCPOS:
        labels_to_escpos(job, ret_bytes);
        return OK;
    case LABEL_FORMAT_COUNT:
        break;
    }
    return fail(s, ERR_USAGE, "Labels are made as pdf, zpl or escpos.");
}

status label_render(struct session *s, const struct label_wish *wish, struct buf *ret_bytes)
{
    struct label_job job = {.arena = s->arena, .skip = wish->skip};
    struct shop shop;

    if (!right_set_has(&s->rights, RIGHT_PARTS_VIEW) ||
        !right_set_has(&s->rights, RIGHT_DOCUMENTS_PRINT))
        return fail(s, ERR_DENIED, "Your role does not allow printing labels. Ask a manager.");
    TRY(op_call(s, &setting_show_op, NULL, &shop));
    job.shop = shop.name;
    job.demo = shop.demo;
    job.a4 = shop.paper == PAPER_A4;
    struct printing paper = {.s = s, .shop = shop};
    job.created = paper_created(&paper, session_now(s));
    if (wish->skip < 0 || (size_t)wish->skip >= label_sheet_size(job.a4))
        return fail_field(s, "skip", "A sheet has %zu labels: skip fewer than that.",
                          label_sheet_size(job.a4));
    if (wish->count == 0)
        return fail_field(s, "sku", "Which parts? Name at least one.");
    TRY(fill_all(s, wish, &job));
    TRY(render(s, wish, &job, ret_bytes));
    if (ret_bytes->full)
        return fail(s, ERR_CONFLICT, "These are too many labels at once. Print them in parts.");
    return OK;
}

status label_save(struct session *s, const struct label_wish *wish, const char *path)
{
    const struct document in = {.kind = DOCUMENT_LABELS,
                                .subject = (int64_t)wish->count,
                                .sent = DOCUMENT_SAVED,
                                .target = path};
    AUTO_BUF bytes = BUF_MIB(64);
    struct document out;

    TRY(label_render(s, wish, &bytes));
    TRY(buf_write_file(&bytes, path, 0600, &s->fault));
    return op_call(s, &document_record_op, &in, &out);
}

const char *label_default_path(struct session *s, enum label_format format)
{
    static const char *const endings[LABEL_FORMAT_COUNT] = {"pdf", "zpl", "escpos"};

    return arena_printf(s->arena, "%s/labels.%s", print_folder(), endings[format]);
}
