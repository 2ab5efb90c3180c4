/* String-keyed map in an arena. Keys are copied; values are the caller's. Iteration is in the order
 * of insertion, so that nothing depends on hashing. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>

struct Arena;
typedef struct Map Map;

Map *map_new(struct Arena *arena);
/* The same keys and values: what is put into the one is not in the other. */
Map *map_copy(struct Arena *arena, const Map *map);
void map_put(Map *map, const char *key, void *value); /* replaces */
void *map_find(const Map *map, const char *key);      /* NULL when absent */
size_t map_count(const Map *map);
const char *map_key(const Map *map, size_t index);
void *map_value(const Map *map, size_t index);

#endif
