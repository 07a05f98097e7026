/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labels as the commands of label printers (Zebra Programming Language II) and of receipt printers
 * (ESC/POS). What a part is called never becomes a command: ZPL escapes it, ESC/POS gets plain
 * characters only. */

#include <string.h>

#include "base/text.h"
#include "labels.h"

/* ---- ZPL: 203 dots an inch, 457 x 254 dots ----------------------------------------------------
 */

#define ZPL_WIDTH  457
#define ZPL_HEIGHT 254
#define ZPL_LEFT   20
#define ZPL_NAME   30 /* characters of a line at this size */

/* ^FH lets any byte be written as _XX: the two command marks, the escape itself, and controls. */
static void zpl_field(struct buf *out, const char *text)
{
    buf_text(out, "^FH^FD");
    for (; *text != '\0'; text++)
        if (strchr("^~_\\", *text) != NULL || (unsigned char)*text < ' ')
            buf_printf(out, "_%02X", (unsigned)(unsigned char)*text);
        else
            buf_char(out, *text);
    buf_text(out, "^FS\n");
}

static void zpl_bars(struct buf *out, const char *code)
{
    const bool retail = label_code_is_retail(code);

    /* Their own check digit is worked out by the printer, so the last one stays away. */
    if (retail && strlen(code) == 12)
        buf_printf(out, "^FO%d,90^BY2^BUN,80,N,N,N^FD%.11s^FS\n", ZPL_LEFT, code);
    else if (retail)
        buf_printf(out, "^FO%d,90^BY2^BEN,80,N,N^FD%.12s^FS\n", ZPL_LEFT, code);
    else {
        buf_printf(out, "^FO%d,90^BY%d^BCN,80,N,N,N,A", ZPL_LEFT, strlen(code) > 14 ? 1 : 2);
        zpl_field(out, code);
    }
}

static void zpl_label(struct buf *out, const struct label *label)
{
    buf_printf(out, "^XA^CI28^PW%d^LL%d\n", ZPL_WIDTH, ZPL_HEIGHT);
    buf_printf(out, "^FO%d,15^FB%d,2,0,L^A0N,30,26", ZPL_LEFT, ZPL_WIDTH - 2 * ZPL_LEFT);
    zpl_field(out, label->name);
    zpl_bars(out, label->code);
    buf_printf(out, "^FO%d,185^A0N,26,24", ZPL_LEFT);
    zpl_field(out, label->sku);
    if (*label->bin != '\0') {
        buf_printf(out, "^FO%d,218^A0N,24,22", ZPL_LEFT);
        zpl_field(out, label->bin);
    }
    if (*label->price != '\0') {
        buf_printf(out, "^FO%d,205^FB200,1,0,R^A0N,36,34", ZPL_WIDTH - ZPL_LEFT - 200);
        zpl_field(out, label->price);
    }
    buf_printf(out, "^PQ%lld\n^XZ\n", (long long)label->copies);
}

void labels_to_zpl(const struct label_job *job, struct buf *out)
{
    for (size_t i = 0; i < job->count; i++)
        zpl_label(out, &job->labels[i]);
}

/* ---- ESC/POS: 42 columns --------------------------------------------------------------------- */

#define ESC     "\x1b"
#define GS      "\x1d"
#define COLUMNS 42

/* Receipt printers know a code page each, and nobody knows which: plain letters print on all. */
static void pos_text(struct buf *out, const char *text, size_t most, struct arena *arena)
{
    for (size_t used = 0; *text != '\0' && used < most; used++) {
        const size_t length = text_cluster(text, strlen(text));
        const char *letter = arena_text_n(arena, text, length);
        if (length > 1)
            letter = text_fold(arena, letter); /* é becomes e */
        buf_char(out, letter[0] >= ' ' && letter[0] < '\x7f' ? letter[0] : '?');
        text += length;
    }
}

/* Function B of GS k: the length comes in front, so that any character may be coded. */
static void pos_bars(struct buf *out, const char *code, struct arena *arena)
{
    const bool retail = label_code_is_retail(code);
    const size_t length = strlen(code);

    buf_text(out, GS "h\x50" GS "w\x02" GS "H");
    buf_char(out, '\0');
    if (retail) {
        buf_printf(out, GS "k%c%c%s", length == 12 ? 65 : 67, (int)length, code);
    } else {
        buf_printf(out, GS "k%c%c{B", 73, (int)(length + 2));
        pos_text(out, code, length, arena);
    }
    buf_char(out, '\n');
}

static void pos_label(struct buf *out, const struct label *label, struct arena *arena)
{
    buf_text(out, ESC "@" ESC "E\x01");
    pos_text(out, label->name, COLUMNS, arena);
    buf_text(out, "\n" ESC "E");
    buf_char(out, '\0');
    pos_bars(out, label->code, arena);
    pos_text(out, label->sku, COLUMNS, arena);
    if (*label->bin != '\0') {
        buf_text(out, "  bin ");
        pos_text(out, label->bin, 12, arena);
    }
    buf_text(out, "  ");
    pos_text(out, label->price, 14, arena);
    buf_text(out, "\n\n\n");
}

void labels_to_escpos(const struct label_job *job, struct buf *out)
{
    for (size_t i = 0; i < job->count; i++)
        for (int64_t copy = 0; copy < job->labels[i].copies; copy++)
            pos_label(out, &job->labels[i], job->arena);
    buf_text(out, GS "V\x42"); /* feeds and cuts */
    buf_char(out, '\0');
}
