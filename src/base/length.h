/* Lengths on paper: integers in 1/1024 pt (1 pt = 1/72 inch), so that every machine computes the
 * same places. */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include <stdint.h>

typedef int32_t Length; /* 1/1024 pt */

#define LENGTH_PT(pt) ((Length)((pt)*1024.0 + ((pt) < 0 ? -0.5 : 0.5)))
#define LENGTH_MM(mm) LENGTH_PT((mm)*72.0 / 25.4)
#define LENGTH_TO_PT(length) ((length) / 1024.0)

static inline Length length_max(Length a, Length b)
{
    return a > b ? a : b;
}

static inline Length length_min(Length a, Length b)
{
    return a < b ? a : b;
}

typedef struct Color {
    uint8_t red, green, blue;
} Color;

#endif
