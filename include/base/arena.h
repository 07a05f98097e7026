/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_ARENA_H
#define PITLANE_BASE_ARENA_H

/* Memory for things that die together: the rows and texts of one screen, one command, one
 * operation. Nothing is freed singly. Out of memory ends the program (SQLite rolls back, the
 * terminal is restored by its exit handler), so no allocation returns NULL. */

#include <stdarg.h>
#include <stddef.h>

#include "base/status.h"

struct arena {
    struct arena_block *head;
};

struct arena_mark {
    struct arena_block *block;
    size_t used;
};

#define ARENA_EMPTY ((struct arena){0})

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);
void *arena_copy(struct arena *arena, const void *from, size_t size);

/* Gives back everything allocated after the mark was taken. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Frees all; the arena is empty and usable again. arena_reset keeps one block for reuse. */
void arena_done(struct arena *arena);
void arena_reset(struct arena *arena);

#define AUTO_ARENA                    __attribute__((cleanup(arena_done))) struct arena
#define NEW(arena, type)              ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* malloc family that ends the program instead of returning NULL. */
void *mem_alloc(size_t size);
void *mem_resize(void *old, size_t size);
char *mem_text(const char *text);
void mem_free(void *memory);

#endif
