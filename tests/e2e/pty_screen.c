/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the program has drawn, as the terminal emulator understands its bytes. */

#include <string.h>

#include "base/text.h"
#include "patience.h"
#include "pty_inner.h"

static int on_property(VTermProp property, VTermValue *value, void *context)
{
    struct pty *pty = context;

    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean != 0;
    return 1;
}

static const VTermScreenCallbacks screen_calls = {.settermprop = on_property};

void pty_screen_open(struct pty *pty)
{
    pty->vt = vterm_new(pty->rows, pty->cols);
    vterm_set_utf8(pty->vt, 1);
    pty->screen = vterm_obtain_screen(pty->vt);
    vterm_screen_set_callbacks(pty->screen, &screen_calls, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
}

void pty_screen_close(struct pty *pty)
{
    vterm_free(pty->vt);
}

void pty_screen_resize(struct pty *pty, int rows, int cols)
{
    pty_feed_all(pty);
    pty->rows = rows;
    pty->cols = cols;
    vterm_set_size(pty->vt, rows, cols);
}

/* Some programs ask the terminal what it is, and wait for its answer. */
static void answer(struct pty *pty)
{
    char bytes[512];
    const size_t length = vterm_output_read(pty->vt, bytes, sizeof bytes);

    if (length > 0)
        pty_send(pty, bytes, length);
}

void pty_feed(struct pty *pty, size_t end)
{
    if (end <= pty->fed)
        return;
    vterm_input_write(pty->vt, pty->raw.at + pty->fed, end - pty->fed);
    pty->fed = end;
    answer(pty);
}

/* --- Text --- */

static void add_character(struct buf *out, uint32_t character)
{
    char bytes[8] = "";

    if (character < 0x80) {
        buf_char(out, (char)character);
        return;
    }
    const int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (int i = length - 1; i > 0; i--, character >>= 6)
        bytes[i] = (char)(0x80 | (character & 0x3f));
    bytes[0] = (char)((0xf00 >> length) | character);
    buf_add(out, bytes, (size_t)length);
}

static void add_cell(struct pty *pty, int row, int col, struct buf *out)
{
    VTermScreenCell cell;

    if (!vterm_screen_get_cell(pty->screen, (VTermPos){row, col}, &cell))
        return;
    if (cell.chars[0] == (uint32_t)-1)
        return; /* right half of a wide character */
    if (cell.chars[0] == 0)
        buf_char(out, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
        add_character(out, cell.chars[i]);
}

static void add_row(struct pty *pty, int row, struct buf *out)
{
    const size_t start = out->length;

    for (int col = 0; col < pty->cols; col++)
        add_cell(pty, row, col, out);
    while (out->length > start && out->at[out->length - 1] == ' ')
        out->at[--out->length] = '\0';
}

const char *pty_row(struct pty *pty, int row)
{
    pty_feed_all(pty);
    buf_clear(&pty->text);
    if (row >= 0 && row < pty->rows)
        add_row(pty, row, &pty->text);
    return buf_str(&pty->text);
}

const char *pty_screen(struct pty *pty)
{
    pty_feed_all(pty);
    buf_clear(&pty->text);
    for (int row = 0; row < pty->rows; row++) {
        add_row(pty, row, &pty->text);
        buf_char(&pty->text, '\n');
    }
    return buf_str(&pty->text);
}

static int column_at(struct pty *pty, int row, size_t offset)
{
    AUTO_BUF text = BUF(65536);
    int col = 0;

    for (; col < pty->cols && text.length < offset; col++)
        add_cell(pty, row, col, &text);
    return col;
}

static int find_row(struct pty *pty, const char *text, size_t *ret_offset)
{
    for (int row = 0; row < pty->rows; row++) {
        buf_clear(&pty->text);
        add_row(pty, row, &pty->text);
        const char *at = strstr(buf_str(&pty->text), text);
        if (at == NULL)
            continue;
        *ret_offset = (size_t)(at - pty->text.at);
        return row;
    }
    return -1;
}

bool pty_shows(struct pty *pty, const char *text)
{
    size_t offset = 0;

    return find_row(pty, text, &offset) >= 0;
}

int pty_find(struct pty *pty, const char *text, int *ret_col)
{
    size_t offset = 0;

    pty_feed_all(pty);
    const int row = find_row(pty, text, &offset);
    if (row >= 0 && ret_col != NULL)
        *ret_col = column_at(pty, row, offset);
    return row;
}

bool pty_has(struct pty *pty, const char *text)
{
    return pty_find(pty, text, NULL) >= 0;
}

void pty_cursor(struct pty *pty, int *ret_row, int *ret_col)
{
    VTermPos at;

    pty_feed_all(pty);
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vt), &at);
    *ret_row = at.row;
    *ret_col = at.col;
}

bool pty_is_reverse(struct pty *pty, int row, int col)
{
    VTermScreenCell cell;

    pty_feed_all(pty);
    return vterm_screen_get_cell(pty->screen, (VTermPos){row, col}, &cell) != 0 &&
           cell.attrs.reverse;
}

bool pty_on_alternate(struct pty *pty)
{
    pty_feed_all(pty);
    return pty->alternate;
}

/* --- Waiting --- */

static bool wait_for(struct pty *pty, const char *text, bool wanted, int limit_ms)
{
    const double until = pty_fair_ms(pty) + limit_ms;

    while (pty_pump(pty, 0))
        continue;
    for (;;) {
        pty_feed_all(pty);
        if (pty_shows(pty, text) == wanted)
            return true;
        const double left = until - pty_fair_ms(pty);
        if (left <= 0 || pty->fd < 0)
            return false;
        if (!pty_pump(pty, left < 50 ? (int)left + 1 : 50) && !pty_is_alive(pty) &&
            !pty_pump(pty, 0))
            return pty_shows(pty, text) == wanted;
    }
}

bool pty_wait_text(struct pty *pty, const char *text, int limit_ms)
{
    return wait_for(pty, text, true, limit_ms);
}

bool pty_wait_no_text(struct pty *pty, const char *text, int limit_ms)
{
    return wait_for(pty, text, false, limit_ms);
}

bool pty_settle(struct pty *pty, int quiet_ms, int limit_ms)
{
    const double until = pty_fair_ms(pty) + limit_ms;
    double since = pty_now_ms();

    for (;;) {
        const double left = since + quiet_ms - pty_now_ms();
        const bool came = pty_pump(pty, left > 10 ? 10 : left > 1 ? (int)left : 1);
        pty_feed_all(pty);
        if (came || !patience_is_idle(pty->pid))
            since = pty_now_ms();
        else if (pty->fd < 0 || pty_now_ms() >= since + quiet_ms)
            return true;
        if (pty_fair_ms(pty) > until)
            return false;
    }
}
