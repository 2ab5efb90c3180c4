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

static void add_cell(Buf *out, const char *cell)
{
    bool quoted = strpbrk(cell, ",\"\r\n") || is_formula(cell);
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

void csv_write_row(Buf *out, const char *const *cells, int count)
{
    if (out->length == 0) {
        buf_adds(out, "\xEF\xBB\xBF");
    }
    for (int i = 0; i < count; i++) {
        buf_adds(out, i ? "," : "");
        add_cell(out, cells[i] ? cells[i] : "");
    }
    buf_adds(out, "\r\n");
}
