/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_KEYS_H
#define PITLANE_UI_KEYS_H

/* Keys and what else a terminal reports, as events. A key is a number: a character is its own code
 * (U+0020 and up), the others follow behind Unicode's last. Names are those of the action tables:
 * "F2", "Ctrl-P", "Enter", "j", "?". */

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* clang-format off */
enum key {
    K_NONE = 0,
    K_ENTER = 0x110000, K_TAB, K_BACK_TAB, K_ESCAPE, K_BACKSPACE, K_DELETE, K_INSERT,
    K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN,
    K_WORD_LEFT, K_WORD_RIGHT,
    K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
    K_PASTE_BEGIN, K_PASTE_END, /* brackets of a paste: never seen behind the decoder */
    K_CTRL_0 = 0x110100         /* Ctrl-@ … Ctrl-_ follow */
};
/* clang-format on */
#define K_CTRL(letter) ((uint32_t)K_CTRL_0 + (uint32_t)(letter) - (uint32_t)'@')

enum event_kind {
    EVENT_NONE,
    EVENT_KEY,     /* `key` */
    EVENT_PASTE,   /* `text`: pasted, sanitised, line breaks are LF; is never a command */
    EVENT_SCAN,    /* `text`: a barcode, recognised by the program's scanner callback */
    EVENT_RESIZE,  /* the terminal has another size; already coalesced */
    EVENT_HANGUP,  /* the terminal or the machine goes away: keep drafts and leave at once */
    EVENT_SUSPEND, /* asked to stop for a while (SIGTSTP) */
    EVENT_MOUSE    /* `row`, `col`, `down`: only to a view that asks for it */
};

struct event {
    enum event_kind kind;
    uint32_t key;
    int64_t at_ms;    /* when it was read, on the terminal's clock */
    const char *text; /* of a paste or scan; valid until the next event is taken */
    int row, col;     /* of the screen, from 0 */
    bool down;        /* the left button, now */
};
#define KEY_EVENT(key_) ((struct event){.kind = EVENT_KEY, .key = (key_)})

#define KEY_LABEL_MAX 16
const char *key_label(uint32_t key, char ret_label[KEY_LABEL_MAX]);
/* K_NONE when it is no name. Case matters for characters only. */
uint32_t key_from_name(const char *name);
/* Is the key among these names, parted by blanks ("F6 n")? */
bool keys_have(const char *names, uint32_t key);
/* A character that types: not a function or control key. */
static inline bool key_is_text(uint32_t key)
{
    return key >= ' ' && key < 0x110000 && key != 0x7f;
}
/* The text of a key that begins a number where one may be typed straight away: a digit, also a
 * full-width one, a minus, a point, a dollar sign. NULL for any other event. A sign that makes no
 * sense is refused where the number is read; dropped, it would turn the number into another. */
const char *event_number(const struct event *event, char ret_text[5]);

/* Turns units (characters, keys, paste brackets) with their times into events. It folds Esc-digit
 * that arrive together (Alt-digit, or Esc and digit within the escape delay) into F-digit (Esc-0 is
 * F10), reads the control sequences that the terminal's description does not know (unknown ones are
 * swallowed whole, so that their letters run no commands), gathers a paste into one event, merges
 * resizes, and never drops a key: the queue grows. */
struct key_decoder {
    struct event *queue;
    size_t head, count, room;
    bool escape; /* an Esc waits for what follows in the same burst */
    int64_t escape_at;
    bool pasting;
    int64_t paste_at;  /* when its last unit came */
    char sequence[32]; /* a control sequence behind an Esc, as far as it has come */
    size_t sequence_length;
    unsigned char bytes[4]; /* a character not yet complete */
    size_t byte_count;
    int64_t byte_at;
    struct buf paste; /* raw */
    char *text;       /* of the event taken last */
};

#define PASTE_TIMEOUT_MS 500
#define PASTE_LIMIT      (1u << 20)

/* A byte as it comes from the wire: UTF-8 is put together (bytes that are none count as Latin-1),
 * CR and LF are Enter. */
void decoder_byte(struct key_decoder *decoder, unsigned char byte, int64_t now_ms);
void decoder_unit(struct key_decoder *decoder, uint32_t unit, int64_t now_ms);
/* Puts an event of another kind in line. */
void decoder_event(struct key_decoder *decoder, enum event_kind kind, int64_t now_ms);
/* Nothing more can be read just now: lets a lone Esc go, ends a paste whose end never came. */
void decoder_settle(struct key_decoder *decoder, int64_t now_ms);
bool decoder_next(struct key_decoder *decoder, struct event *ret_event);
/* The next event without taking it. */
bool decoder_peek(const struct key_decoder *decoder, struct event *ret_event);
void decoder_done(struct key_decoder *decoder);

#endif
