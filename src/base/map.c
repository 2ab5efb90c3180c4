#include "base/map.h"
#include <stdint.h>
#include <string.h>
#include "base/arena.h"

typedef struct Entry {
    char *key;
    void *value;
    uint64_t hash;
} Entry;

struct Map {
    Arena *arena;
    Entry *entries; /* in the order of insertion */
    size_t count, capacity;
    uint32_t *slots; /* open addressing; entry index + 1, 0 is free */
    size_t slot_count;
};

enum { FIRST_SLOTS = 16 };

static uint64_t hash_key(const char *key)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return hash ^ hash >> 32;
}

Map *map_new(Arena *arena)
{
    Map *map = ARENA_NEW(arena, Map);
    map->arena = arena;
    map->slot_count = FIRST_SLOTS;
    map->slots = ARENA_ARRAY(arena, uint32_t, FIRST_SLOTS);
    return map;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_of(const Map *map, const char *key, uint64_t hash)
{
    size_t slot = hash & (map->slot_count - 1);
    for (;; slot = (slot + 1) & (map->slot_count - 1)) {
        if (!map->slots[slot])
            return slot;
        const Entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0)
            return slot;
    }
}

static void widen(Map *map)
{
    map->slot_count *= 2;
    map->slots = ARENA_ARRAY(map->arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = map->entries[i].hash & (map->slot_count - 1);
        while (map->slots[slot])
            slot = (slot + 1) & (map->slot_count - 1);
        map->slots[slot] = (uint32_t)i + 1;
    }
}

void map_put(Map *map, const char *key, void *value)
{
    uint64_t hash = hash_key(key);
    size_t slot = slot_of(map, key, hash);
    if (map->slots[slot]) {
        map->entries[map->slots[slot] - 1].value = value;
        return;
    }
    map->entries = arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof(Entry));
    map->entries[map->count++] = (Entry){arena_strdup(map->arena, key), value, hash};
    map->slots[slot] = (uint32_t)map->count;
    if (map->count * 3 >= map->slot_count * 2)
        widen(map);
}

void *map_find(const Map *map, const char *key)
{
    size_t slot = slot_of(map, key, hash_key(key));
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

Map *map_copy(Arena *arena, const Map *map)
{
    Map *copy = map_new(arena);
    for (size_t i = 0; i < map->count; i++)
        map_put(copy, map->entries[i].key, map->entries[i].value);
    return copy;
}

size_t map_count(const Map *map)
{
    return map->count;
}

const char *map_key(const Map *map, size_t index)
{
    return map->entries[index].key;
}

void *map_value(const Map *map, size_t index)
{
    return map->entries[index].value;
}
