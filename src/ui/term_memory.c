/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A terminal without a terminal: scripted keys with their own clock, frames kept as pictures. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "ui/term.h"

struct step {
    uint32_t unit; /* or K_NONE */
    enum event_kind kind;
    int64_t pause_ms; /* before it */
    int rows, cols;
};

struct memory {
    struct term term;
    struct arena arena;
    struct step *steps;
    size_t count, at, room;
    int64_t now_ms;
    int rows, cols;
    struct surface shown;
    struct buf picture;
    int frames;
};

static struct memory *memory_of(const struct term *term)
{
    return (struct memory *)(uintptr_t)term; /* the term is its first member */
}

static void memory_size(struct term *term, int *ret_rows, int *ret_cols)
{
    *ret_rows = memory_of(term)->rows;
    *ret_cols = memory_of(term)->cols;
}

static void do_step(struct memory *memory, const struct step *step)
{
    struct key_decoder *decoder = &memory->term.decoder;

    if (step->kind == EVENT_RESIZE) {
        memory->rows = step->rows;
        memory->cols = step->cols;
    }
    if (step->kind != EVENT_NONE)
        decoder_event(decoder, step->kind, memory->now_ms);
    else if (step->unit != K_NONE)
        decoder_unit(decoder, step->unit, memory->now_ms);
}

/* Time passes only here: until the next step or the timeout, whichever is first. */
static void memory_read(struct term *term, int timeout_ms)
{
    struct memory *memory = memory_of(term);
    const bool at_end = memory->at == memory->count;
    int64_t left = timeout_ms;

    while (memory->at < memory->count && term->decoder.count == 0) {
        struct step *step = &memory->steps[memory->at];
        if (timeout_ms >= 0 && step->pause_ms > left) {
            step->pause_ms -= left;
            memory->now_ms += left;
            decoder_settle(&term->decoder, memory->now_ms);
            return;
        }
        if (step->pause_ms > 10)
            decoder_settle(&term->decoder, memory->now_ms);
        memory->now_ms += step->pause_ms;
        left -= step->pause_ms;
        memory->at++;
        do_step(memory, step);
    }
    if (memory->at == memory->count) {
        decoder_settle(&term->decoder, memory->now_ms);
        if (at_end && term->decoder.count == 0 && timeout_ms > 0)
            memory->now_ms += timeout_ms;
    }
}

static void memory_show(struct term *term, const struct surface *surface, bool repaint)
{
    struct memory *memory = memory_of(term);

    (void)repaint;
    memory->frames++;
    memory->shown.theme = surface->theme;
    surface_resize(&memory->shown, surface->rows, surface->cols);
    memcpy(memory->shown.cells, surface->cells,
           (size_t)surface->rows * (size_t)surface->cols * sizeof(struct cell));
    memory->shown.cursor_row = surface->cursor_row;
    memory->shown.cursor_col = surface->cursor_col;
}

static void memory_nothing(struct term *term)
{
    (void)term;
}

static void memory_mouse(struct term *term, bool on)
{
    (void)term;
    (void)on;
}

static int64_t memory_now(struct term *term)
{
    return memory_of(term)->now_ms;
}

static void memory_close(struct term *term)
{
    struct memory *memory = memory_of(term);

    arena_done(&memory->arena);
    surface_done(&memory->shown);
    buf_done(&memory->picture);
    mem_free(memory->steps);
    decoder_done(&term->decoder);
    mem_free(memory);
}

static const struct term_type memory_type = {
    .size = memory_size,
    .read = memory_read,
    .show = memory_show,
    .suspend = memory_nothing,
    .restore = memory_nothing,
    .mouse = memory_mouse,
    .now = memory_now,
    .close = memory_close,
};

struct term *term_memory_open(int rows, int cols)
{
    struct memory *memory = mem_alloc(sizeof(*memory));

    *memory = (struct memory){.term.type = &memory_type, .rows = rows, .cols = cols};
    memory->now_ms = 1000;
    memory->picture = BUF_MIB(4);
    return &memory->term;
}

static void add_step(struct memory *memory, struct step step)
{
    if (memory->count == memory->room) {
        memory->room = memory->room == 0 ? 64 : memory->room * 2;
        memory->steps = mem_resize(memory->steps, memory->room * sizeof(struct step));
    }
    memory->steps[memory->count++] = step;
}

static void add_characters(struct memory *memory, const char *text, size_t length, int64_t pause)
{
    for (size_t at = 0; at < length;) {
        uint32_t character = 0;
        at += text_next(text + at, length - at, &character);
        if (character == '\n')
            character = K_ENTER;
        add_step(memory, (struct step){.unit = character, .pause_ms = pause});
    }
}

static bool add_size(struct memory *memory, const char *text)
{
    char *end = NULL;
    const long cols = strtol(text, &end, 10);

    if (*end != 'x')
        return false;
    const long rows = strtol(end + 1, &end, 10);
    if (rows < 1 || cols < 1)
        return false;
    add_step(memory, (struct step){.kind = EVENT_RESIZE, .rows = (int)rows, .cols = (int)cols});
    return true;
}

/* "12,30": the button is down at this row and column; "up": it goes up. As a terminal reports it.
 */
static bool add_mouse(struct memory *memory, const char *text)
{
    const bool up = strcmp(text, "up") == 0;
    int row = 0, col = 0;

    if (!up && sscanf(text, "%d,%d", &row, &col) != 2)
        return false;
    const char *report =
        arena_printf(&memory->arena, "[<%d;%d;%d%c", up ? 0 : 32, col + 1, row + 1, up ? 'm' : 'M');
    add_step(memory, (struct step){.unit = K_ESCAPE, .pause_ms = 100});
    add_characters(memory, report, strlen(report), 0);
    return true;
}

/* What stands in angle brackets. */
static bool add_word(struct memory *memory, const char *word)
{
    if (text_starts(word, "wait "))
        add_step(memory, (struct step){.pause_ms = strtol(word + 5, NULL, 10)});
    else if (text_starts(word, "size "))
        return add_size(memory, word + 5);
    else if (text_starts(word, "mouse "))
        return add_mouse(memory, word + 6);
    else if (text_starts(word, "fast "))
        add_characters(memory, word + 5, strlen(word + 5), 5);
    else if (text_starts(word, "paste ")) {
        add_step(memory, (struct step){.unit = K_PASTE_BEGIN, .pause_ms = 100});
        add_characters(memory, word + 6, strlen(word + 6), 0);
        add_step(memory, (struct step){.unit = K_PASTE_END});
    } else if (strcmp(word, "hangup") == 0)
        add_step(memory, (struct step){.kind = EVENT_HANGUP});
    else if (text_starts(word, "fast-") && key_from_name(word + 5) != K_NONE)
        add_step(memory, (struct step){.unit = key_from_name(word + 5), .pause_ms = 5});
    else if (key_from_name(word) != K_NONE)
        add_step(memory, (struct step){.unit = key_from_name(word), .pause_ms = 100});
    else
        return false;
    return true;
}

bool term_memory_script(struct term *term, const char *script)
{
    struct memory *memory = memory_of(term);

    while (*script != '\0') {
        const bool is_word = script[0] == '<' && script[1] != '<';
        if (!is_word) {
            const size_t length = script[0] == '<' ? 1 : strcspn(script, "<");
            add_characters(memory, script, length, 100);
            script += script[0] == '<' ? 2 : length;
            continue;
        }
        const size_t length = strcspn(script, ">");
        if (script[length] == '\0' ||
            !add_word(memory, arena_text_n(&memory->arena, script + 1, length - 1)))
            return false;
        script += length + 1;
    }
    return true;
}

bool term_memory_is_drained(const struct term *term)
{
    const struct memory *memory = memory_of(term);

    return memory->at == memory->count && term->decoder.count == 0 && !term->decoder.escape &&
           !term->decoder.pasting;
}

const char *term_memory_picture(const struct term *term, bool inks)
{
    struct memory *memory = memory_of(term);

    buf_clear(&memory->picture);
    if (memory->frames > 0)
        surface_dump(&memory->shown, &memory->picture, inks);
    return buf_str(&memory->picture);
}

const struct surface *term_memory_shown(const struct term *term)
{
    return &memory_of(term)->shown;
}

int term_memory_frames(const struct term *term)
{
    return memory_of(term)->frames;
}
