/* Figures in Han numerals: only before a counter, for most of what is written so is a name or a
 * turn of phrase (三清一改, 一律, 十四五). */
#include "check/typed_internal.h"

#include <string.h>
#include "base/utf8.h"
#include "document/numeral.h"

typedef struct HanNumeral {
    int end;
    int64_t value;
    bool bare;   /* 百余, 千: no digit before the first place */
    bool single; /* one character */
} HanNumeral;

static int digit_of(uint32_t code)
{
    if (code == 0x4E24) /* 两 */
        return 2;
    if (code == 0x96F6 || code == 0x3007) /* 零 〇 */
        return 0;
    int value = numeral_han_digit(code);
    return value > 0 && value < 10 ? value : -1;
}

static int64_t place_of(uint32_t code)
{
    static const struct {
        const char *word;
        int64_t value;
    } places[] = {{"十", 10}, {"百", 100}, {"千", 1000}, {"万", 10000}, {"亿", 100000000}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (typed_is_one_of(code, places[i].word))
            return places[i].value;
    return 0;
}

bool typed_begins_han(const TypedLine *line, int at)
{
    uint32_t code = typed_char(line, at);
    return digit_of(code) >= 0 || place_of(code);
}

/* The state of reading 三百二十五万六千: `total` in 亿 and 万, `section` below them. */
typedef struct Reading {
    int64_t total, section, last; /* last: the place before */
    int digit;                    /* -1: none waits */
    bool sound;
} Reading;

static void take_place(Reading *r, int64_t place)
{
    int64_t count = r->digit < 0 ? 1 : r->digit;
    if (place < 10000) {
        r->sound = r->sound && (!r->last || place < r->last) && (r->digit > 0 || !r->last);
        r->section += count * place;
    } else {
        int64_t whole = r->section + (r->digit > 0 ? r->digit : 0);
        r->total += whole ? whole : 1;
        r->sound = r->sound && r->total <= INT64_MAX / 1000000 / place; /* 亿亿 */
        r->total = r->sound ? r->total * place : 0;
        r->section = 0;
    }
    r->last = place < 10000 ? place : 0;
    r->digit = -1;
}

static void take_digit(Reading *r, int digit)
{
    /* 三五个, 七八个 are guesses; 三零 is read out */
    r->sound = r->sound && (r->digit < 0 || r->digit == 0);
    r->digit = digit;
}

/* False when the characters make no number: 三五, 十三四. `end` is set all the same. */
static bool read_numeral(const TypedLine *line, int at, HanNumeral *out)
{
    Reading r = {.digit = -1, .sound = true};
    int start = at, digit;
    int64_t place;
    out->bare = place_of(typed_char(line, at)) > 10;
    for (; at - start < 16; at++) {
        uint32_t code = typed_char(line, at);
        digit = digit_of(code);
        place = place_of(code);
        if (digit < 0 && !place)
            break;
        if (digit >= 0)
            take_digit(&r, digit);
        else
            take_place(&r, place);
    }
    out->end = at;
    out->single = at == start + 1;
    out->value = r.total + r.section + (r.digit > 0 ? r.digit : 0);
    return r.sound && at - start < 16;
}

/* ---- ratios ---- */

/* 五, 九十五点三; false: no number. */
static bool read_decimal(const TypedLine *line, int at, Decimal *out, int *end)
{
    HanNumeral whole;
    if (!read_numeral(line, at, &whole) || whole.end == at)
        return false;
    *out = decimal_from_int(whole.value);
    *end = whole.end;
    int digit;
    if (typed_char(line, whole.end) != 0x70B9)
        return true;
    for (int i = whole.end + 1; out->scale < 4 && (digit = digit_of(typed_char(line, i))) >= 0;
         i++) {
        out->mantissa = out->mantissa * 10 + digit;
        out->scale++;
        *end = i + 1;
    }
    return true;
}

static int add_ratio(
    const TypedLine *line, int start, int end, Decimal share, Decimal whole, TypedList *out)
{
    TypedFigure figure = {.kind = TYPED_RATIO};
    if (decimal_div(share, whole, &figure.value) && !line->chars[start].closed)
        typed_add(line, start, end, figure, out);
    return end;
}

/* 百分之五, 三分之一, 九成以上; returns `at` when none begins there. */
static int read_ratio(const TypedLine *line, int at, TypedList *out)
{
    Decimal share;
    HanNumeral whole;
    int end, head = typed_match(line, at, "百分之 千分之");
    if (head && read_decimal(line, at + head, &share, &end)) {
        bool hundred = typed_match(line, at, "百分之");
        return add_ratio(line, at, end, share, decimal_from_int(hundred ? 100 : 1000), out);
    }
    if (!read_numeral(line, at, &whole) || whole.value < 2 || whole.value > 10)
        return at;
    if (typed_match(line, whole.end, "分之") && read_decimal(line, whole.end + 2, &share, &end) &&
        !typed_is_digit(typed_char(line, end)))
        return add_ratio(line, at, end, share, decimal_from_int(whole.value), out);
    if (whole.value < 10 && typed_match(line, whole.end, "成") &&
        (typed_match(line, whole.end + 1, "以上 左右 多 的 农户 群众 村民 村") ||
            typed_match_back(line, at, "近 超 约 达 到 过")))
        return add_ratio(
            line, at, whole.end + 1, decimal_from_int(whole.value), decimal_from_int(10), out);
    return at;
}

/* ---- counts ---- */

/* What follows the counter makes a name or a turn of phrase of it: 五位一体, 三年行动. */
static const struct {
    const char *counter, *behind;
} phrases[] = {
    {"个", "意识 自信 维护 确立 代表 全面 不 严禁 必须 坚持 一 二 三 四 五 六 七 八 九 务必 革命"},
    {"位", "一体"},
    {"家", "班子"},
    {"户", "联"},
    {"口", "之家 塘"},
    {"次", "产业 污染 供水 创业 元"},
    {"年", "义务 行动 计划 规划 攻坚 提升 专项 目标 级 禁渔 期 月 大变"},
    {"期", "工程 项目 建设 规划 任务"},
    {"条", "红线 底线"},
    {"部", "门 委 曲 分"},
    {"例", "会 行 如 外"}, /* 每周三例会 */
};

static bool is_phrase(const TypedLine *line, int from, int counter)
{
    int end = from + counter;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (typed_match(line, from, phrases[i].counter) == counter &&
            typed_match(line, end, phrases[i].behind))
            return true;
    bool day = typed_match(line, from, "日") == counter;
    return day && !typed_match(line, end, "内 之内 以内");
}

/* 一次警告、二次罚款、三次报警: the same counter stands a little before, behind the number below.
 */
static bool is_enumerated(const TypedLine *line, int at, int from, int64_t value)
{
    for (int i = at - 1; i > at - 16 && i > 0; i--) {
        HanNumeral before;
        if (typed_char(line, i) == typed_char(line, from) && read_numeral(line, i - 1, &before) &&
            before.end == i && before.value == value - 1)
            return true;
    }
    return false;
}

/* 一次 is a count where the clause ends behind it: 通报批评一次， but 一次性, 进一步, 每月一次. */
static bool counts_one(const TypedLine *line, int at, int end)
{
    if (!typed_match(
            line, at + 1, "次 场 期 项 名 人 处 户 份 块 头 座 台 辆 条 件 宗 间 家 所 篇") ||
        typed_is_one_of(typed_char(line, at - 1), "统唯同逐某另其单专这那有任第每万之"))
        return false;
    for (int i = 1; i < 5; i++)
        if (typed_is_one_of(typed_char(line, at - i), "每一逐"))
            return false;
    return !typed_char(line, end) || typed_is_one_of(typed_char(line, end), "，。；、,;）)");
}

static bool counts(const TypedLine *line, int at, const HanNumeral *numeral, int from, int counter)
{
    uint32_t before = typed_char(line, at - 1);
    bool about = numeral->bare && typed_match_back(line, at, "近 超 逾 上 约 超过 达");
    if (line->chars[at].quoted || (!about && typed_is_one_of(before, "第数几成若每初“·")) ||
        typed_is_digit(before) || typed_is_digit(typed_char(line, numeral->end)))
        return false;
    bool rank = typed_match_back(line, at, "前") && typed_match(line, from, "名 位");
    bool session = typed_match_back(line, at, "人大 政协 大会 委员会 届") &&
                   typed_match(line, from, "次"); /* 县十六届人大三次会议 */
    if (numeral->value < 1 || rank || session || is_phrase(line, from, counter))
        return false;
    if (numeral->single && numeral->value == 1)
        return counts_one(line, at, from + counter);
    if (numeral->single && typed_match(line, at, "二"))
        return false; /* a count is 两 */
    if (numeral->bare && from == numeral->end)
        return about; /* 千家万户, 万亩良田 */
    return !is_enumerated(line, at, from, numeral->value);
}

int typed_han(const TypedLine *line, int at, TypedList *out)
{
    HanNumeral numeral;
    int ratio = read_ratio(line, at, out);
    if (ratio > at)
        return ratio;
    bool sound = read_numeral(line, at, &numeral);
    if (numeral.end == at || !sound || line->chars[at].closed)
        return numeral.end > at ? numeral.end : at + 1;
    TypedFigure figure = {.value = decimal_from_int(numeral.value)};
    int before, behind;
    if (typed_is_rank(line, at, numeral.end, &before, &behind)) {
        figure.kind = TYPED_RANK;
        typed_add(line, at - before, numeral.end + behind, figure, out);
        return numeral.end + behind;
    }
    int end = typed_tail(line, numeral.end, typed_counters, &figure);
    if (!figure.unit || figure.kind == TYPED_RATIO)
        return numeral.end;
    int counter = (int)utf8_count(figure.unit, strlen(figure.unit));
    if (counts(line, at, &numeral, end - counter, counter))
        typed_add(line, at, end, figure, out);
    return end;
}
