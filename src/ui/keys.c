/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Names of keys, and the decoder that turns units of input into events without losing one. Which
 * bytes make a unit is left to the terminals. */

#include "ui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"

/* Esc and a digit that come within this time are one key, as Alt-digit sends them. */
#define ESCAPE_FOLD_MS 50
/* The bytes of one character may come in two packets. */
#define SPLIT_CHARACTER_MS 200

struct named_key {
    uint32_t key;
    const char *name;
};

/* clang-format off */
static const struct named_key named_keys[] = {
    {K_ENTER, "Enter"}, {K_TAB, "Tab"}, {K_BACK_TAB, "Shift-Tab"}, {K_ESCAPE, "Esc"},
    {K_BACKSPACE, "Backspace"}, {K_DELETE, "Delete"}, {K_INSERT, "Insert"}, {K_UP, "Up"},
    {K_DOWN, "Down"}, {K_LEFT, "Left"}, {K_RIGHT, "Right"}, {K_HOME, "Home"}, {K_END, "End"},
    {K_PAGE_UP, "PgUp"}, {K_PAGE_DOWN, "PgDn"}, {K_WORD_LEFT, "Ctrl-Left"},
    {K_WORD_RIGHT, "Ctrl-Right"}, {' ', "Space"},
};
/* clang-format on */

const char *event_number(const struct event *event, char ret_text[5])
{
    const uint32_t key = event->key;
    const bool is_digit = (key >= '0' && key <= '9') || (key >= 0xff10 && key <= 0xff19);

    if (event->kind != EVENT_KEY || !(is_digit || key == '-' || key == '.' || key == '$'))
        return NULL;
    ret_text[text_encode(key, ret_text)] = '\0';
    return ret_text;
}

static const char *copy_label(const char *label, char ret_label[KEY_LABEL_MAX])
{
    snprintf(ret_label, KEY_LABEL_MAX, "%s", label);
    return ret_label;
}

const char *key_label(uint32_t key, char ret_label[KEY_LABEL_MAX])
{
    for (size_t i = 0; i < COUNT_OF(named_keys); i++)
        if (named_keys[i].key == key)
            return copy_label(named_keys[i].name, ret_label);
    if (key >= K_F1 && key <= K_F12)
        snprintf(ret_label, KEY_LABEL_MAX, "F%u", (unsigned)(key - K_F1 + 1));
    else if (key >= K_CTRL('@') && key <= K_CTRL('_'))
        snprintf(ret_label, KEY_LABEL_MAX, "Ctrl-%c", (char)(key - K_CTRL('@') + '@'));
    else if (key_is_text(key))
        ret_label[text_encode(key, ret_label)] = '\0';
    else
        return copy_label("?", ret_label);
    return ret_label;
}

static uint32_t key_from_word(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(named_keys); i++)
        if (strlen(named_keys[i].name) == length && memcmp(named_keys[i].name, name, length) == 0)
            return named_keys[i].key;
    if (length == 6 && memcmp(name, "Ctrl-", 5) == 0) {
        const char letter = name[5] >= 'a' && name[5] <= 'z' ? (char)(name[5] - 32) : name[5];
        return letter >= '@' && letter <= '_' ? K_CTRL(letter) : K_NONE;
    }
    if ((length == 2 || length == 3) && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
        const int number = length == 2 ? name[1] - '0' : (name[1] - '0') * 10 + (name[2] - '0');
        return number >= 1 && number <= 12 ? (uint32_t)K_F1 + (uint32_t)number - 1 : K_NONE;
    }
    uint32_t character = 0;
    if (length > 0 && text_next(name, length, &character) == length && key_is_text(character))
        return character;
    return K_NONE;
}

uint32_t key_from_name(const char *name)
{
    return key_from_word(name, strlen(name));
}

bool keys_have(const char *names, uint32_t key)
{
    while (names != NULL && *names != '\0') {
        const size_t length = strcspn(names, " ");

        if (length > 0 && key_from_word(names, length) == key)
            return true;
        names += length + (names[length] != '\0');
    }
    return false;
}

static void queue_add(struct key_decoder *decoder, struct event event)
{
    if (decoder->head + decoder->count == decoder->room) {
        if (decoder->head > decoder->room / 2) {
            memmove(decoder->queue, decoder->queue + decoder->head,
                    decoder->count * sizeof(struct event));
        } else {
            const size_t room = decoder->room == 0 ? 64 : decoder->room * 2;
            struct event *queue = mem_alloc(room * sizeof(*queue));
            if (decoder->count > 0)
                memcpy(queue, decoder->queue + decoder->head, decoder->count * sizeof(*queue));
            mem_free(decoder->queue);
            decoder->queue = queue;
            decoder->room = room;
        }
        decoder->head = 0;
    }
    decoder->queue[decoder->head + decoder->count++] = event;
}

static void add_key(struct key_decoder *decoder, uint32_t key, int64_t at_ms)
{
    queue_add(decoder, (struct event){.kind = EVENT_KEY, .key = key, .at_ms = at_ms});
}

static void end_paste(struct key_decoder *decoder, int64_t now_ms)
{
    AUTO_BUF safe = BUF(2 * PASTE_LIMIT);

    decoder->pasting = false;
    text_sanitize(&safe, buf_str(&decoder->paste), decoder->paste.length, TEXT_MANY_LINES);
    buf_done(&decoder->paste);
    if (safe.length > 0)
        queue_add(
            decoder,
            (struct event){.kind = EVENT_PASTE, .at_ms = now_ms, .text = mem_text(buf_str(&safe))});
}

static void paste_unit(struct key_decoder *decoder, uint32_t unit, int64_t now_ms)
{
    char bytes[4];

    decoder->paste_at = now_ms;
    if (unit == K_PASTE_END)
        end_paste(decoder, now_ms);
    else if (unit == K_ENTER || unit == K_CTRL('J'))
        buf_char(&decoder->paste, '\n');
    else if (unit == K_TAB)
        buf_char(&decoder->paste, ' ');
    else if (key_is_text(unit))
        buf_add(&decoder->paste, bytes, text_encode(unit, bytes));
    /* Anything else inside a paste is no text: control and function keys are left out. */
}

/* An Esc with the beginning of a sequence that never ended was typed by a person after all. */
static void release_escape(struct key_decoder *decoder)
{
    const size_t length = decoder->sequence_length;

    if (!decoder->escape)
        return;
    decoder->escape = false;
    decoder->sequence_length = 0;
    if (decoder->pasting)
        return;
    add_key(decoder, K_ESCAPE, decoder->escape_at);
    for (size_t i = 0; i < length; i++)
        add_key(decoder, (unsigned char)decoder->sequence[i], decoder->escape_at);
}

/* clang-format off */
static const struct sequence_key {
    const char *sequence;
    uint32_t key;
} sequence_keys[] = {
    {"[A", K_UP}, {"[B", K_DOWN}, {"[C", K_RIGHT}, {"[D", K_LEFT}, {"[H", K_HOME}, {"[F", K_END},
    {"[Z", K_BACK_TAB}, {"OA", K_UP}, {"OB", K_DOWN}, {"OC", K_RIGHT}, {"OD", K_LEFT},
    {"OH", K_HOME}, {"OF", K_END}, {"OM", K_ENTER}, {"OP", K_F1}, {"OQ", K_F2}, {"OR", K_F3},
    {"OS", K_F4}, {"[[A", K_F1}, {"[[B", K_F2}, {"[[C", K_F3}, {"[[D", K_F4}, {"[[E", K_F5},
    {"[1~", K_HOME}, {"[2~", K_INSERT}, {"[3~", K_DELETE}, {"[4~", K_END}, {"[5~", K_PAGE_UP},
    {"[6~", K_PAGE_DOWN}, {"[7~", K_HOME}, {"[8~", K_END}, {"[11~", K_F1}, {"[12~", K_F2},
    {"[13~", K_F3}, {"[14~", K_F4}, {"[15~", K_F5}, {"[17~", K_F6}, {"[18~", K_F7}, {"[19~", K_F8},
    {"[20~", K_F9}, {"[21~", K_F10}, {"[23~", K_F11}, {"[24~", K_F12}, {"[200~", K_PASTE_BEGIN},
    {"[201~", K_PASTE_END}, {"[1;5C", K_WORD_RIGHT}, {"[1;5D", K_WORD_LEFT}, {"[1;3C", K_WORD_RIGHT},
    {"[1;3D", K_WORD_LEFT}, {"[5C", K_WORD_RIGHT}, {"[5D", K_WORD_LEFT},
};
/* clang-format on */

static uint32_t key_of_sequence(const char *sequence)
{
    for (size_t i = 0; i < COUNT_OF(sequence_keys); i++)
        if (strcmp(sequence_keys[i].sequence, sequence) == 0)
            return sequence_keys[i].key;
    return K_NONE;
}

/* "[…" ends with a byte from @ to ~, but for the console's "[[A"; "O." is two long. */
static bool sequence_is_whole(const char *sequence, size_t length)
{
    const char last = sequence[length - 1];

    if (sequence[0] == 'O' || sequence[1] == '[')
        return length == (sequence[0] == 'O' ? 2 : 3);
    return length > 1 && last >= '@' && last <= '~';
}

static void drop_sequence(struct key_decoder *decoder)
{
    decoder->sequence_length = 0;
    decoder->escape = false;
}

/* "[<0;12;5M": the left button went down, or moved while down (32 more), at column 12 of row 5, as
 * xterm's mode 1006 reports it; with "m" it went up. Other buttons and the wheel are nobody's. */
static bool mouse_sequence(struct key_decoder *decoder, int64_t now_ms)
{
    int button, col, row;
    char last;

    if (sscanf(decoder->sequence, "[<%d;%d;%d%c", &button, &col, &row, &last) != 4 ||
        (last != 'M' && last != 'm'))
        return false;
    if ((button & ~32) == 0 && row > 0 && col > 0)
        queue_add(decoder, (struct event){.kind = EVENT_MOUSE,
                                          .at_ms = now_ms,
                                          .row = row - 1,
                                          .col = col - 1,
                                          .down = last == 'M'});
    return true;
}

/* True when the unit belongs to a control sequence behind an Esc of the same burst. */
static bool sequence_unit(struct key_decoder *decoder, uint32_t unit, int64_t now_ms)
{
    const bool starts = decoder->sequence_length == 0;

    if (!decoder->escape || now_ms - decoder->escape_at > ESCAPE_FOLD_MS ||
        (starts && unit != '[' && unit != 'O'))
        return false;
    if (unit < ' ' || unit > '~' || decoder->sequence_length + 1 == sizeof(decoder->sequence)) {
        drop_sequence(decoder); /* broken off: the rest are keys again */
        return false;
    }
    decoder->sequence[decoder->sequence_length++] = (char)unit;
    decoder->sequence[decoder->sequence_length] = '\0';
    if (starts || !sequence_is_whole(decoder->sequence, decoder->sequence_length))
        return true;
    if (mouse_sequence(decoder, now_ms)) {
        drop_sequence(decoder);
        return true;
    }
    const uint32_t key = key_of_sequence(decoder->sequence);
    drop_sequence(decoder);
    if (key != K_NONE)
        decoder_unit(decoder, key, now_ms);
    return true;
}

static void begin_paste(struct key_decoder *decoder, int64_t now_ms)
{
    decoder->pasting = true;
    decoder->paste_at = now_ms;
    decoder->paste = BUF(PASTE_LIMIT);
}

void decoder_unit(struct key_decoder *decoder, uint32_t unit, int64_t now_ms)
{
    if (sequence_unit(decoder, unit, now_ms))
        return;
    if (decoder->pasting) {
        /* only the end of the paste may hide behind an Esc in it */
        decoder->escape = unit == K_ESCAPE;
        decoder->escape_at = now_ms;
        paste_unit(decoder, unit, now_ms);
        return;
    }
    if (decoder->escape && unit >= '0' && unit <= '9' &&
        now_ms - decoder->escape_at <= ESCAPE_FOLD_MS) {
        decoder->escape = false;
        add_key(decoder, unit == '0' ? (uint32_t)K_F10 : (uint32_t)K_F1 + unit - '1', now_ms);
        return;
    }
    release_escape(decoder);
    if (unit == K_ESCAPE) {
        decoder->escape = true;
        decoder->escape_at = now_ms;
    } else if (unit == K_PASTE_BEGIN) {
        begin_paste(decoder, now_ms);
    } else if (unit != K_PASTE_END && unit != K_NONE) {
        add_key(decoder, unit, now_ms);
    }
}

static uint32_t unit_of_byte(unsigned char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return K_ENTER;
    case '\t':
        return K_TAB;
    case 0x1b:
        return K_ESCAPE;
    case 0x08:
    case 0x7f:
        return K_BACKSPACE;
    default:
        return byte < ' ' ? K_CTRL('@') + byte : byte;
    }
}

static size_t bytes_wanted(unsigned char first)
{
    return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
}

/* Bytes that make no character come from a terminal that is set to Latin-1. */
static void release_bytes(struct key_decoder *decoder, int64_t now_ms)
{
    const size_t count = decoder->byte_count;
    uint32_t character = 0;

    decoder->byte_count = 0;
    if (count == 0)
        return;
    if (count == bytes_wanted(decoder->bytes[0]) &&
        text_next((const char *)decoder->bytes, count, &character) == count &&
        character != 0xfffd) {
        decoder_unit(decoder, character, now_ms);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (decoder->bytes[i] >= 0xa0)
            decoder_unit(decoder, decoder->bytes[i], now_ms);
}

void decoder_byte(struct key_decoder *decoder, unsigned char byte, int64_t now_ms)
{
    const bool goes_on = (byte & 0xc0) == 0x80;

    if (!goes_on || decoder->byte_count == 0)
        release_bytes(decoder, now_ms);
    if (byte < 0x80) {
        decoder_unit(decoder, unit_of_byte(byte), now_ms);
        return;
    }
    decoder->bytes[decoder->byte_count++] = byte;
    decoder->byte_at = now_ms;
    if (decoder->byte_count == bytes_wanted(decoder->bytes[0]))
        release_bytes(decoder, now_ms);
}

void decoder_event(struct key_decoder *decoder, enum event_kind kind, int64_t now_ms)
{
    /* Of several sizes only the last one matters. */
    if (kind == EVENT_RESIZE)
        for (size_t i = 0; i < decoder->count; i++)
            if (decoder->queue[decoder->head + i].kind == EVENT_RESIZE)
                return;
    queue_add(decoder, (struct event){.kind = kind, .at_ms = now_ms});
}

void decoder_settle(struct key_decoder *decoder, int64_t now_ms)
{
    release_escape(decoder);
    if (decoder->byte_count > 0 && now_ms - decoder->byte_at >= SPLIT_CHARACTER_MS)
        release_bytes(decoder, now_ms);
    if (decoder->pasting && now_ms - decoder->paste_at >= PASTE_TIMEOUT_MS)
        end_paste(decoder, now_ms);
}

bool decoder_peek(const struct key_decoder *decoder, struct event *ret_event)
{
    if (decoder->count == 0)
        return false;
    *ret_event = decoder->queue[decoder->head];
    return true;
}

bool decoder_next(struct key_decoder *decoder, struct event *ret_event)
{
    if (!decoder_peek(decoder, ret_event))
        return false;
    decoder->head++;
    decoder->count--;
    mem_free(decoder->text);
    /* end_paste allocated it; it is const only for those who read events. */
    decoder->text = (char *)(uintptr_t)ret_event->text;
    return true;
}

void decoder_done(struct key_decoder *decoder)
{
    struct event event;

    while (decoder_next(decoder, &event))
        continue;
    mem_free(decoder->queue);
    mem_free(decoder->text);
    buf_done(&decoder->paste);
    *decoder = (struct key_decoder){0};
}
