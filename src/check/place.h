/* What the places of a paper are called: short names that a clerk finds in it, made of its own
 * words (number of a heading, label of a row, head of a column), so that next month's paper of the
 * same template has the same ones. Chinese in every language: 改定.csv and last month's 核对单 name
 * places by them. Pure; everything in the arena. */
#ifndef CHECK_PLACE_H
#define CHECK_PLACE_H

#include "base/arena.h"
#include "document/document.h"

/* Labels of a table's rows and columns; each is the only one of its kind in the table, but for what
 * the words of the table do not tell apart. */
typedef struct TableLabels {
    const char **rows; /* row_count: 长塘村, 合计, 东片·小计 */
    const char **columns; /* column_count: 生活垃圾; 本月/资金 where 资金 alone is there twice */
} TableLabels;

/* The lowest head over a column; NULL: the table has none. */
const Cell *place_head(const DocTable *table, int column);
void place_labels(Arena *arena, const DocTable *table, TableLabels *out);
/* The number of a heading as a path has it: 一、 is 一, （一） and 1. stay; without one the first
 * words, “坚持高位推动…”. */
const char *place_heading(Arena *arena, const Block *heading);

#endif
