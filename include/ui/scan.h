/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_SCAN_H
#define PITLANE_UI_SCAN_H

/* A barcode scanner types: very fast, ended by Enter or Tab. This recognises it among what people
 * type and never swallows a key: what turns out to be no code is replayed in order.
 *
 * While characters go into a text they pass at once and only the ending key is looked at; the view
 * then takes the characters back out of its field (editor_take_back). While characters are commands
 * the first one waits up to SCAN_HOLD_MS for a second, so that a code does not run hotkeys. */

#include "ui/keys.h"
#include "ui/view.h"

#define SCAN_LEAST   6  /* characters */
#define SCAN_GAP_MS  35 /* between two characters, at most */
#define SCAN_HOLD_MS 15
#define SCAN_MAX     80

struct scanner {
    bool (*is_code)(void *context, const char *text); /* NULL: off */
    void *context;
    uint32_t prefix; /* key the scanner sends first; 0: recognised by speed */
    struct event held[SCAN_MAX + 1];
    size_t count;    /* characters of the burst so far, held or passed */
    size_t released; /* of `held`, how many have been handed on */
    bool holding;
    bool releasing;
    bool prefixed;
    char text[SCAN_MAX * 4 + 1];
    bool into_text; /* the burst's characters are being passed into a text */
    bool passed;    /* the characters of the scan had gone into a text */
};

/* Feeds one event; then scanner_next is called until it returns false. */
void scanner_feed(struct scanner *scanner, const struct event *event, enum typing typing);
bool scanner_next(struct scanner *scanner, struct event *ret_event);
/* Milliseconds until held characters must be released; -1 when none are held. */
int64_t scanner_wait_ms(const struct scanner *scanner, int64_t now_ms);
void scanner_settle(struct scanner *scanner, int64_t now_ms);

#endif
