#include "base/arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
/* As in <sanitizer/asan_interface.h>. */
void __asan_poison_memory_region(volatile void *start, size_t size);
void __asan_unpoison_memory_region(volatile void *start, size_t size);
#define ASAN_POISON_MEMORY_REGION(start, size) __asan_poison_memory_region((start), (size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) __asan_unpoison_memory_region((start), (size))
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 64 << 10, LARGEST_STEP = 4 << 20 };
#ifdef ARENA_ASAN
enum { RED_ZONE = ALIGNMENT }; /* an overrun by one byte shows under ASan */
#else
enum { RED_ZONE = 0 };
#endif

typedef struct Block {
    struct Block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
} Block;

struct Arena {
    Block *first, *current;
};

_Noreturn void arena_exhausted(void)
{
    /* Nothing that could ask for memory again: no stdio, no exit handlers. */
    static const char message[] = "wenyin: 内存不足 (out of memory)\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(5);
}

static Block *block_new(size_t size)
{
    Block *block = malloc(sizeof *block + size);
    if (!block)
        arena_exhausted();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = malloc(sizeof *arena);
    if (!arena)
        arena_exhausted();
    arena->first = arena->current = block_new(FIRST_BLOCK);
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    for (Block *block = arena->first, *next; block; block = next) {
        next = block->next;
        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
        free(block);
    }
    free(arena);
}

void arena_reset(Arena *arena)
{
    for (Block *block = arena->first; block; block = block->next) {
        block->used = 0;
        ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
    }
    arena->current = arena->first;
}

static size_t block_room(const Block *block)
{
    return block->size - block->used;
}

/* A block with room for `size`: one kept from before a reset, or a new one twice as large as the
 * last. */
static Block *arena_advance(Arena *arena, size_t size)
{
    while (arena->current->next) {
        arena->current = arena->current->next;
        if (block_room(arena->current) >= size)
            return arena->current;
    }
    size_t next = arena->current->size * 2;
    if (next > LARGEST_STEP)
        next = LARGEST_STEP;
    if (next < size)
        next = size;
    arena->current->next = block_new(next);
    return arena->current = arena->current->next;
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4)
        arena_exhausted();
    size_t need = (size + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    Block *block = arena->current;
    if (block_room(block) < need)
        block = arena_advance(arena, need);
    char *bytes = block->bytes + block->used;
    block->used += need;
    ASAN_UNPOISON_MEMORY_REGION(bytes, size);
    return memset(bytes, 0, size);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    if (length < 0)
        arena_exhausted(); /* in the C locale vsnprintf fails for no other reason than memory */
    char *text = arena_alloc(arena, (size_t)length + 1);
    if ((size_t)length < sizeof small)
        memcpy(text, small, (size_t)length);
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted > SIZE_MAX / 4 / item_size)
        arena_exhausted();
    void *moved = arena_alloc(arena, wanted * item_size);
    if (count)
        memcpy(moved, items, count * item_size);
    *capacity = wanted;
    return moved;
}
