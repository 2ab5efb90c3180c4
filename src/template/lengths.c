#include <string.h>
#include "base/decimal.h"
#include "base/utf8.h"
#include "template/schema_table.h"

static const struct {
    const char *name;
    double millimetres;
} UNITS[] = {{"mm", 1}, {"cm", 10}, {"pt", 25.4 / 72}, {"bp", 25.4 / 72}, {"字", CELL_MM},
    {"行", LINE_MM}, {"毫米", 1}, {"厘米", 10}, {"磅", 25.4 / 72}, {"", CELL_MM}};

bool length_parse(const char *text, double *millimetres)
{
    size_t digits = strspn(text, "0123456789.");
    char number[DECIMAL_TEXT];
    Decimal value;
    if (digits == 0 || digits >= sizeof number)
        return false;
    memcpy(number, text, digits);
    number[digits] = '\0';
    if (!decimal_parse(number, &value))
        return false;
    const char *unit = text + digits + strspn(text + digits, " ");
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (strcmp(unit, UNITS[i].name) == 0) {
            *millimetres = decimal_to_double(value) * UNITS[i].millimetres;
            return true;
        }
    }
    return false;
}

static bool is_separator(uint32_t code_point)
{
    return utf8_is_blank(code_point) || code_point == ',' || code_point == 0xFF0C ||
           code_point == 0x3001;
}

bool lengths_next(const char **list, char entry[32])
{
    const char *next = *list;
    size_t length = 0;
    uint32_t code_point;
    while ((code_point = utf8_next(&next)) != 0 && is_separator(code_point))
        *list = next;
    for (; code_point && !is_separator(code_point); code_point = utf8_next(&next)) {
        if (length > 24)
            return false;
        length += (size_t)utf8_encode(code_point, entry + length);
        *list = next;
    }
    entry[length] = '\0';
    return length > 0;
}

/* The digit that stands there, also as an input method writes it: ３. */
static bool digit_at(const char **text, int *out)
{
    const char *next = *text;
    uint32_t code_point = utf8_fold_width(utf8_next(&next));
    if (code_point < '0' || code_point > '9')
        return false;
    *out = (int)(code_point - '0');
    *text = next;
    return true;
}

bool top_parse(const char *text, int *top, bool *ties)
{
    enum { TOP_MOST = 999999 };
    int digit;
    for (*top = 0; *top <= TOP_MOST && digit_at(&text, &digit);)
        *top = *top * 10 + digit;
    for (const char *next = text; utf8_is_blank(utf8_next(&next));)
        text = next;
    *ties = strcmp(text, "并列") == 0;
    return *top > 0 && *top <= TOP_MOST && (!*text || *ties);
}
