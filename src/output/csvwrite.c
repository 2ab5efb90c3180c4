#include "output/csvwrite.h"

#include <stdbool.h>
#include <string.h>
#include "base/decimal.h"

/* -12.5 is a number, -增加 would be reckoned. */
static bool is_formula(const char *cell)
{
    Decimal number;
    return *cell && strchr("=+-@\t\r", *cell) && !decimal_parse(cell, &number);
}

/* Readers cut blanks off a cell that is not quoted. */
static bool has_blank_end(const char *cell)
{
    return *cell == ' ' || (*cell && cell[strlen(cell) - 1] == ' ');
}

static void add_cell(Buf *out, const char *cell, const char *delimiter)
{
    bool quoted = strpbrk(cell, "\"\r\n") || strstr(cell, delimiter) || is_formula(cell) ||
                  has_blank_end(cell);
    if (!quoted) {
        buf_adds(out, cell);
        return;
    }
    buf_adds(out, is_formula(cell) ? "\"'" : "\"");
    for (; *cell; cell++) {
        buf_add(out, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
    }
    buf_adds(out, "\"");
}

void csv_add_row(
    Buf *out, const char *const *cells, int count, const char *delimiter, const char *line_end)
{
    for (int i = 0; i < count; i++) {
        buf_adds(out, i ? delimiter : "");
        add_cell(out, cells[i] ? cells[i] : "", delimiter);
    }
    buf_adds(out, line_end);
}

void csv_write_row(Buf *out, const char *const *cells, int count)
{
    if (out->length == 0) {
        buf_adds(out, "\xEF\xBB\xBF");
    }
    csv_add_row(out, cells, count, ",", "\r\n");
}

const char *csv_cell_text(Arena *arena, const char *cell)
{
    return arena_strdup(arena, *cell == '\'' && is_formula(cell + 1) ? cell + 1 : cell);
}
