#include "document/numeral.h"

#include <inttypes.h>
#include <stdbool.h>
#include "base/buf.h"
#include "base/utf8.h"

/* The words of one way to write numbers: digits, places within four digits, 万 and 亿. */
typedef struct NumeralWords {
    const char *digits[10];
    const char *places[4];
} NumeralWords;

static const NumeralWords plain_words = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    {"", "十", "百", "千"},
};
/* 支付结算办法 附一: the digits that cannot be altered with a stroke. */
static const NumeralWords money_words = {
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
    {"", "拾", "佰", "仟"},
};
static const char *const myriads[5] = {"", "万", "亿", "万亿", "亿亿"};

int numeral_han_digit(uint32_t code_point)
{
    static const char digits[] = "一二三四五六七八九十";
    const char *next = digits;
    for (int value = 1; *next; value++)
        if (utf8_next(&next) == code_point)
            return value;
    return 0;
}

static char *finish(Arena *arena, Buf *buf)
{
    char *text = arena_strndup(arena, buf->data ? buf->data : "", buf->length);
    buf_free(buf);
    return text;
}

/* One group of four digits; a zero between two digits is said once. */
static void add_group(Buf *buf, const NumeralWords *words, int group)
{
    static const int powers[4] = {1, 10, 100, 1000};
    bool started = false, zero = false;
    for (int place = 3; place >= 0; place--) {
        int digit = group / powers[place] % 10;
        if (digit == 0) {
            zero = started;
            continue;
        }
        if (zero) {
            buf_adds(buf, words->digits[0]);
        }
        buf_adds(buf, words->digits[digit]);
        buf_adds(buf, words->places[place]);
        started = true;
        zero = false;
    }
}

static void add_number(Buf *buf, const NumeralWords *words, uint64_t number)
{
    int groups[5];
    int count = 0;
    do {
        groups[count++] = (int)(number % 10000);
        number /= 10000;
    } while (number > 0);
    bool gap = false;
    for (int i = count - 1; i >= 0; i--) {
        if (groups[i] == 0) {
            gap = true;
            continue;
        }
        if (i < count - 1 && (gap || groups[i] < 1000)) {
            buf_adds(buf, words->digits[0]);
        }
        add_group(buf, words, groups[i]);
        /* 万亿 closes with 亿 alone where 亿 has digits of its own: 一万二千亿. */
        bool shared = i == 3 && groups[2] != 0;
        buf_adds(buf, shared ? "万" : myriads[i]);
        gap = false;
    }
    if (buf->length == 0) {
        buf_adds(buf, words->digits[0]);
    }
}

static uint64_t magnitude(int64_t number)
{
    return number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
}

static const char *han_of(Arena *arena, uint64_t number)
{
    Buf digits = {0};
    uint64_t head = number;
    add_number(&digits, &plain_words, number);
    while (head >= 10000) {
        head /= 10000;
    }
    bool teen = head >= 10 && head < 20; /* 十二, 十二万: no 一 at the head */
    const char *text = arena_strdup(arena, digits.data + (teen ? sizeof "一" - 1 : 0));
    buf_free(&digits);
    return text;
}

char *numeral_han(Arena *arena, int64_t number)
{
    return arena_printf(arena, "%s%s", number < 0 ? "负" : "", han_of(arena, magnitude(number)));
}

/* 一点五: behind 点 each digit by itself. */
char *numeral_han_decimal(Arena *arena, Decimal number)
{
    Decimal trimmed = decimal_trim(number);
    uint64_t whole = magnitude(trimmed.mantissa), unit = 1;
    for (int i = 0; i < trimmed.scale; i++) {
        unit *= 10;
    }
    Buf out = {0};
    buf_adds(&out, trimmed.mantissa < 0 ? "负" : "");
    buf_adds(&out, han_of(arena, whole / unit));
    buf_adds(&out, trimmed.scale > 0 ? "点" : "");
    for (whole %= unit; unit > 1; whole %= unit) {
        unit /= 10;
        buf_adds(&out, plain_words.digits[whole / unit]);
    }
    return finish(arena, &out);
}

char *numeral_ordinal(Arena *arena, int64_t number)
{
    return arena_printf(arena, "第%s", numeral_han(arena, number));
}

/* 角 and 分. 整 closes an amount without 分. */
static void add_cents(Buf *buf, int cents, bool has_yuan)
{
    int jiao = cents / 10, fen = cents % 10;
    if (jiao > 0) {
        buf_adds(buf, money_words.digits[jiao]);
        buf_adds(buf, "角");
    } else if (has_yuan && fen > 0) {
        buf_adds(buf, money_words.digits[0]);
    }
    if (fen > 0) {
        buf_adds(buf, money_words.digits[fen]);
        buf_adds(buf, "分");
    } else {
        buf_adds(buf, "整");
    }
}

char *numeral_money(Arena *arena, Decimal yuan)
{
    static const uint64_t units[] = {1, 10, 100};
    Decimal rounded = decimal_round(yuan, 2); /* with fewer decimals where 2 do not fit */
    uint64_t unit = units[rounded.scale], whole = magnitude(rounded.mantissa);
    uint64_t cents = whole % unit * (100 / unit);
    whole /= unit;
    Buf out = {0}, digits = {0};
    buf_adds(&out, rounded.mantissa < 0 ? "负" : "");
    if (whole > 0 || cents == 0) {
        add_number(&digits, &money_words, whole);
        buf_adds(&out, digits.data);
        buf_adds(&out, "元");
        buf_free(&digits);
    }
    add_cents(&out, (int)cents, whole > 0);
    return finish(arena, &out);
}

char *numeral_circled(Arena *arena, int number)
{
    static const struct {
        int first, last;
        uint32_t code_point;
    } runs[] = {{1, 20, 0x2460}, {21, 35, 0x3251}, {36, 50, 0x32B1}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (number >= runs[i].first && number <= runs[i].last) {
            char bytes[4];
            int length =
                utf8_encode(runs[i].code_point + (uint32_t)(number - runs[i].first), bytes);
            return arena_strndup(arena, bytes, (size_t)length);
        }
    }
    return arena_printf(arena, "(%d)", number);
}

char *numeral_heading(Arena *arena, int level, int number)
{
    switch (level) {
    case 1:
        return arena_printf(arena, "%s、", numeral_han(arena, number));
    case 2:
        return arena_printf(arena, "（%s）", numeral_han(arena, number));
    case 3:
        return arena_printf(arena, "%d.", number);
    default:
        return arena_printf(arena, "（%d）", number);
    }
}

char *date_long(Arena *arena, Date date)
{
    return arena_printf(arena, "%d年%d月%d日", date.year, date.month, date.day);
}

char *date_month_day(Arena *arena, Date date)
{
    return arena_printf(arena, "%d月%d日", date.month, date.day);
}

char *date_year_month(Arena *arena, Date date)
{
    return arena_printf(arena, "%d年%d月", date.year, date.month);
}

/* GB/T 15835 4.2: a year in Hanzi is read digit by digit, with 〇. */
char *date_han(Arena *arena, Date date)
{
    Buf out = {0};
    for (int power = 1000; power > 0; power /= 10) {
        int digit = date.year / power % 10;
        buf_adds(&out, digit == 0 ? "〇" : plain_words.digits[digit]);
    }
    buf_adds(&out, "年");
    buf_adds(&out, numeral_han(arena, date.month));
    buf_adds(&out, "月");
    buf_adds(&out, numeral_han(arena, date.day));
    buf_adds(&out, "日");
    return finish(arena, &out);
}
