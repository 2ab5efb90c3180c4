#include "document/typed_number.h"

#include <stdint.h>
#include "base/utf8.h"
#include "document/numeral.h"

enum { MOST = 999 };

static bool is_digit(uint32_t code_point)
{
    code_point = utf8_fold_width(code_point);
    return code_point >= '0' && code_point <= '9';
}

/* The numeral at *text, which is moved behind it: 一 to 九十九; 0 when malformed. */
static int read_han(const char **text)
{
    int tens = 0, ones = 0, digits = 0;
    bool ten = false, sound = true;
    for (const char *next = *text; *next; *text = next, digits++) {
        int digit = numeral_han_digit(utf8_next(&next));
        if (!digit)
            break;
        if (digit < 10) {
            sound = sound && !ones;
            ones = digit;
            continue;
        }
        sound = sound && !ten;
        ten = true;
        tens = ones ? ones : 1;
        ones = 0;
    }
    return sound ? tens * 10 + ones : 0;
}

static int read_digits(const char **text)
{
    int value = 0;
    for (const char *next = *text; *next; *text = next) {
        uint32_t code_point = utf8_next(&next);
        if (!is_digit(code_point))
            break;
        if (value <= MOST)
            value = value * 10 + (int)(utf8_fold_width(code_point) - '0');
    }
    return value <= MOST ? value : 0;
}

/* The number right at `text`, without a mark; 0: none. */
static int number_at(const char *text, bool han)
{
    return han ? read_han(&text) : read_digits(&text);
}

bool typed_number(const char *text, TypedNumber *out)
{
    const char *at = text, *digits = text;
    bool bracket = utf8_fold_width(utf8_next(&at)) == '(';
    if (bracket)
        digits = at;
    const char *first = digits;
    bool han = numeral_han_digit(utf8_next(&first)) != 0;
    at = digits;
    int number = han ? read_han(&at) : read_digits(&at);
    if (at == digits || !*at)
        return false;
    uint32_t mark = utf8_fold_width(utf8_next(&at));
    bool closed = bracket ? mark == ')' : mark == 0x3001 || (!han && mark == '.');
    const char *behind = at;
    if (!closed || (mark == '.' && is_digit(utf8_next(&behind))))
        return false;
    *out = (TypedNumber){.level = (han ? 1 : 3) + bracket,
        .number = number,
        .length = (size_t)(at - text),
        .doubtful = mark == 0x3001 && number && number_at(at, han) == number + 1};
    return true;
}
