/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The key decoder and the scanner behind it, fed with any bytes in any rhythm: no crash, no control
 * character in a paste, every event a known one. */

#include <stdlib.h>

#include "ui/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool every_text_is_a_code(void *context, const char *text)
{
    (void)context;
    return text[0] != 'x';
}

static void check(const struct event *event)
{
    if (event->kind == EVENT_NONE || event->kind > EVENT_SUSPEND)
        abort();
    if (event->kind == EVENT_KEY && (event->key == K_PASTE_BEGIN || event->key == K_PASTE_END))
        abort();
    if (event->kind != EVENT_PASTE)
        return;
    for (const char *at = event->text; *at != '\0'; at++)
        if (((unsigned char)*at < ' ' && *at != '\n') || *at == 0x7f)
            abort();
}

static void take_all(struct key_decoder *decoder, struct scanner *scanner, enum typing typing)
{
    struct event event, out;

    while (decoder_next(decoder, &event)) {
        check(&event);
        scanner_feed(scanner, &event, typing);
        while (scanner_next(scanner, &out))
            check(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct key_decoder decoder = {0};
    struct scanner scanner = {.is_code = every_text_is_a_code};
    struct event event;
    int64_t now = 1000;

    for (size_t i = 0; i < size; i++) {
        const uint8_t rhythm = (uint8_t)(data[i] ^ (uint8_t)(i * 37));
        decoder_byte(&decoder, data[i], now);
        now += rhythm % 7 == 0 ? 200 : rhythm % 5;
        if (rhythm % 3 == 0) {
            decoder_settle(&decoder, now);
            scanner_settle(&scanner, now);
            while (scanner_next(&scanner, &event))
                check(&event);
            take_all(&decoder, &scanner, (enum typing)(rhythm % 4));
        }
    }
    decoder_settle(&decoder, now + 10000);
    take_all(&decoder, &scanner, TYPING_TEXT);
    decoder_done(&decoder);
    return 0;
}
