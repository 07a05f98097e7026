/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Arenas: a list of blocks, newest first, each filled from its start. */

#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN ((size_t)16 << 10)
#define BLOCK_MAX ((size_t)1 << 20)

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t room;
    alignas(max_align_t) unsigned char bytes[];
};

static _Noreturn void out_of_memory(void)
{
    fputs("Pitlane: the computer is out of memory. Nothing was saved half.\n", stderr);
    exit(6);
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL)
        out_of_memory();
    return memory;
}

void *mem_resize(void *old, size_t size)
{
    void *memory = realloc(old, size > 0 ? size : 1);
    if (memory == NULL)
        out_of_memory();
    return memory;
}

char *mem_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

void mem_free(void *memory)
{
    free(memory);
}

static size_t rounded(size_t size)
{
    const size_t unit = alignof(max_align_t);

    if (size > SIZE_MAX - BLOCK_MAX)
        out_of_memory();
    return (size + unit - 1) / unit * unit;
}

static struct arena_block *block_add(struct arena *arena, size_t size)
{
    size_t room = arena->head == NULL ? BLOCK_MIN : arena->head->room * 2;

    if (room > BLOCK_MAX)
        room = BLOCK_MAX;
    if (room < size)
        room = size;
    struct arena_block *block = malloc(sizeof *block + room);
    if (block == NULL)
        out_of_memory();
    block->next = arena->head;
    block->used = 0;
    block->room = room;
    arena->head = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t want = rounded(size > 0 ? size : 1);
    struct arena_block *block = arena->head;

    if (block == NULL || block->room - block->used < want)
        block = block_add(arena, want);
    void *memory = block->bytes + block->used;
    block->used += want;
    return memset(memory, 0, want);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *from, size_t size)
{
    void *memory = arena_alloc(arena, size);
    return size > 0 ? memcpy(memory, from, size) : memory;
}

char *arena_text_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_text_n(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return arena_text(arena, "");
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->head, arena->head != NULL ? arena->head->used : 0};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
    while (arena->head != NULL && arena->head != mark.block) {
        struct arena_block *next = arena->head->next;
        free(arena->head);
        arena->head = next;
    }
    if (arena->head != NULL)
        arena->head->used = mark.used;
}

void arena_done(struct arena *arena)
{
    arena_release(arena, (struct arena_mark){NULL, 0});
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = arena->head;

    if (keep == NULL)
        return;
    arena->head = keep->next;
    arena_done(arena);
    keep->next = NULL;
    keep->used = 0;
    arena->head = keep;
}
