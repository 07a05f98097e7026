/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Recognising a barcode scanner among typing: bursts are held or watched, and replayed in order
 * when they are none. What a code means is left to the program's callback and the views. */

#include "ui/scan.h"

#include <string.h>

#include "base/text.h"

static bool is_end(const struct event *event)
{
    return event->kind == EVENT_KEY && (event->key == K_ENTER || event->key == K_TAB);
}

static void forget(struct scanner *scanner)
{
    scanner->count = scanner->released = 0;
    scanner->holding = scanner->releasing = scanner->prefixed = scanner->into_text = false;
}

/* What is held goes out in order, from the next scanner_next on. */
static void release(struct scanner *scanner)
{
    scanner->releasing = scanner->released < scanner->count;
    scanner->holding = scanner->prefixed = false;
    if (!scanner->releasing)
        forget(scanner);
}

static void append(struct scanner *scanner, const struct event *event)
{
    scanner->held[scanner->count++] = *event;
}

static void collect_text(struct scanner *scanner)
{
    size_t length = 0;

    for (size_t i = 0; i < scanner->count; i++)
        if (scanner->held[i].kind == EVENT_KEY && key_is_text(scanner->held[i].key))
            length += text_encode(scanner->held[i].key, scanner->text + length);
    scanner->text[length] = '\0';
}

static bool burst_goes_on(const struct scanner *scanner, const struct event *event)
{
    if (scanner->count == 0 || scanner->count >= SCAN_MAX)
        return false;
    if (scanner->prefixed)
        return true;
    const int64_t gap = event->at_ms - scanner->held[scanner->count - 1].at_ms;
    return gap <= (scanner->holding && scanner->count == 1 ? SCAN_HOLD_MS : SCAN_GAP_MS);
}

/* The ending key of a burst: a scan, if the program knows the code. */
static bool ends_scan(struct scanner *scanner)
{
    if (scanner->prefix != K_NONE && !scanner->prefixed)
        return false;
    if (scanner->count < SCAN_LEAST && !scanner->prefixed)
        return false;
    collect_text(scanner);
    return scanner->is_code(scanner->context, scanner->text);
}

static void give_scan(struct scanner *scanner, const struct event *event)
{
    const bool passed = scanner->into_text;

    forget(scanner);
    scanner->passed = passed;
    scanner->held[0] = (struct event){
        .kind = EVENT_SCAN, .key = event->key, .at_ms = event->at_ms, .text = scanner->text};
    scanner->count = 1;
    scanner->releasing = true;
}

static void pass(struct scanner *scanner, const struct event *event)
{
    append(scanner, event);
    release(scanner);
    scanner->into_text = false;
}

static void watch_character(struct scanner *scanner, const struct event *event, enum typing typing)
{
    if (!burst_goes_on(scanner, event)) {
        forget(scanner); /* it passed already: what is held comes through `pass` */
        scanner->holding = typing == TYPING_NONE && scanner->prefix == K_NONE;
        scanner->into_text = typing != TYPING_NONE;
    }
    append(scanner, event);
    if (!scanner->holding && !scanner->prefixed)
        scanner->releasing = true;
}

void scanner_feed(struct scanner *scanner, const struct event *event, enum typing typing)
{
    const bool is_off = scanner->is_code == NULL || typing == TYPING_SECRET;

    if (!is_off && event->kind == EVENT_KEY && scanner->prefix != K_NONE &&
        event->key == scanner->prefix) {
        forget(scanner);
        scanner->prefixed = true;
        append(scanner, event);
        scanner->released = 0;
    } else if (!is_off && event->kind == EVENT_KEY && key_is_text(event->key) &&
               (!scanner->holding || burst_goes_on(scanner, event))) {
        watch_character(scanner, event, typing);
    } else if (!is_off && is_end(event) && burst_goes_on(scanner, event) && ends_scan(scanner)) {
        give_scan(scanner, event);
    } else {
        pass(scanner, event);
    }
}

bool scanner_next(struct scanner *scanner, struct event *ret_event)
{
    if (!scanner->releasing || scanner->released >= scanner->count)
        return false;
    *ret_event = scanner->held[scanner->released++];
    if (scanner->released == scanner->count) {
        scanner->releasing = false;
        /* Characters that passed into a text stay remembered as the burst so far. */
        if (!scanner->into_text)
            forget(scanner);
    }
    return true;
}

int64_t scanner_wait_ms(const struct scanner *scanner, int64_t now_ms)
{
    if (scanner->count == 0 || !(scanner->holding || scanner->prefixed))
        return -1;
    const int64_t gap = scanner->count == 1 && !scanner->prefixed ? SCAN_HOLD_MS
                        : scanner->prefixed                       ? 500
                                                                  : SCAN_GAP_MS;
    const int64_t left = scanner->held[scanner->count - 1].at_ms + gap - now_ms;
    return left > 0 ? left : 0;
}

void scanner_settle(struct scanner *scanner, int64_t now_ms)
{
    if (scanner_wait_ms(scanner, now_ms) == 0)
        release(scanner);
}
