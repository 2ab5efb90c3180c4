/* What the name of a data file says: the period in it (月报-2024-05.csv), and whose copy it is.
 * Pure functions over paths below the data folder. */
#ifndef DATA_FILENAME_H
#define DATA_FILENAME_H

#include <stdbool.h>
#include "base/arena.h"
#include "data/period.h"

/* The finest period that the name and the folders above it tell: 2024-05, 202405, 2024年5月,
 * 2024Q2, 2024年上半年, 2024, a day (only where no month is told beside it). `year` completes
 * 5月月报; 0: it tells nothing. False when there is none. */
bool filename_period(const char *path, int year, Period *out);
/* The year in the name or its folders, 0: none. */
int filename_year(const char *path);
/* A name (without folder, with or without .csv) free of the marks of a copy: “月报 - 副本” and
 * “月报(1)” are 月报. The same text when it bears none. */
const char *filename_original(Arena *arena, const char *name);
/* The path as a pattern of files=, in which * stands for each period: 月报/月报-2024-05.csv is
 * 月报/月报-*.csv; what would mean something in a pattern is ?. */
char *filename_pattern(Arena *arena, const char *path);
/* The same with the digits of each period as ?: 月报/月报-????-??.csv. */
char *filename_shape(Arena *arena, const char *path);
/* The path as a pattern that matches it. */
char *filename_literal(Arena *arena, const char *path);

#endif
