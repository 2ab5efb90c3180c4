/* Memory that is freed in one call. One arena lives per run, one per document; nothing in them is
 * freed one by one. Everything an arena hands out is zeroed and belongs to the arena. Running out
 * of memory ends the process with exit status 5: callers never see NULL. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);  /* null allowed */
void arena_reset(Arena *arena); /* forgets all contents, keeps the blocks for reuse */

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(Arena *arena, size_t size) __attribute__((returns_nonnull));
void *arena_copy(Arena *arena, const void *bytes, size_t size) __attribute__((returns_nonnull));
char *arena_strdup(Arena *arena, const char *text) __attribute__((returns_nonnull));
char *arena_strndup(Arena *arena, const char *text, size_t length) __attribute__((returns_nonnull));
char *arena_printf(Arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));
char *arena_vprintf(Arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), returns_nonnull));

/* Makes room for one more item in a growing array: returns `items`, moved and doubled when `count`
 * has reached `*capacity`. Use: a->items = arena_grow(arena, a->items, a->count, &a->cap, sizeof
 * *a->items); */
void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

/* Says on stderr that memory is exhausted and ends the process with status 5. For arena and buf. */
_Noreturn void arena_exhausted(void);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                            \
    ((type *)arena_alloc((arena), (size_t)(count) * sizeof(type)))

#endif
