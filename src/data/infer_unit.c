#include <string.h>
#include "base/utf8.h"
#include "data/infer.h"
#include "data/infer_internal.h"

typedef enum Measure {
    MEASURE_COUNT,
    MEASURE_WEIGHT,
    MEASURE_LENGTH,
    MEASURE_AREA,
    MEASURE_VOLUME,
    MEASURE_MONEY
} Measure;

/* Units as offices write them. Two spellings of one unit have one meaning; units of one measure
 * differ by a factor, so that adding them up is wrong by it. */
static const struct {
    const char *name, *meaning;
    Measure measure;
    int64_t size; /* in the smallest unit of its measure; 0: not a whole number of them */
} UNITS[] = {
    /* flat table */
    {"吨", "吨", MEASURE_WEIGHT, 2000},
    {"t", "吨", MEASURE_WEIGHT, 2000},
    {"公斤", "公斤", MEASURE_WEIGHT, 2},
    {"千克", "公斤", MEASURE_WEIGHT, 2},
    {"kg", "公斤", MEASURE_WEIGHT, 2},
    {"斤", "斤", MEASURE_WEIGHT, 1},
    {"万吨", "万吨", MEASURE_WEIGHT, 20000000},
    {"米", "米", MEASURE_LENGTH, 1},
    {"m", "米", MEASURE_LENGTH, 1},
    {"公里", "公里", MEASURE_LENGTH, 1000},
    {"千米", "公里", MEASURE_LENGTH, 1000},
    {"km", "公里", MEASURE_LENGTH, 1000},
    {"平方米", "平方米", MEASURE_AREA, 1},
    {"平米", "平方米", MEASURE_AREA, 1},
    {"㎡", "平方米", MEASURE_AREA, 1},
    {"m2", "平方米", MEASURE_AREA, 1},
    {"m²", "平方米", MEASURE_AREA, 1},
    {"万平方米", "万平方米", MEASURE_AREA, 10000},
    {"亩", "亩", MEASURE_AREA, 0},
    {"公顷", "公顷", MEASURE_AREA, 10000},
    {"立方米", "立方米", MEASURE_VOLUME, 1},
    {"立方", "立方米", MEASURE_VOLUME, 1},
    {"m3", "立方米", MEASURE_VOLUME, 1},
    {"m³", "立方米", MEASURE_VOLUME, 1},
    {"万立方米", "万立方米", MEASURE_VOLUME, 10000},
    {"元", "元", MEASURE_MONEY, 1},
    {"千元", "千元", MEASURE_MONEY, 1000},
    {"万元", "万元", MEASURE_MONEY, 10000},
    {"亿元", "亿元", MEASURE_MONEY, 100000000},
    {"个", "个", MEASURE_COUNT, 0},
    {"处", "处", MEASURE_COUNT, 0},
    {"户", "户", MEASURE_COUNT, 0},
    {"户次", "户次", MEASURE_COUNT, 0},
    {"人", "人", MEASURE_COUNT, 0},
    {"人次", "人次", MEASURE_COUNT, 0},
    {"台", "台", MEASURE_COUNT, 0},
    {"台次", "台次", MEASURE_COUNT, 0},
    {"辆", "辆", MEASURE_COUNT, 0},
    {"辆次", "辆次", MEASURE_COUNT, 0},
    {"车", "车", MEASURE_COUNT, 0},
    {"车次", "车次", MEASURE_COUNT, 0},
    {"口", "口", MEASURE_COUNT, 0},
    {"座", "座", MEASURE_COUNT, 0},
    {"条", "条", MEASURE_COUNT, 0},
    {"份", "份", MEASURE_COUNT, 0},
    {"次", "次", MEASURE_COUNT, 0},
    {"场", "场", MEASURE_COUNT, 0},
    {"场次", "场次", MEASURE_COUNT, 0},
    {"件", "件", MEASURE_COUNT, 0},
    {"宗", "宗", MEASURE_COUNT, 0},
    {"间", "间", MEASURE_COUNT, 0},
    {"栋", "栋", MEASURE_COUNT, 0},
    {"块", "块", MEASURE_COUNT, 0},
    {"幅", "幅", MEASURE_COUNT, 0},
    {"套", "套", MEASURE_COUNT, 0},
    {"株", "株", MEASURE_COUNT, 0},
    {"棵", "棵", MEASURE_COUNT, 0},
    {"头", "头", MEASURE_COUNT, 0},
    {"眼", "眼", MEASURE_COUNT, 0},
    {"盏", "盏", MEASURE_COUNT, 0},
    {"天", "天", MEASURE_COUNT, 0},
    {"分", "分", MEASURE_COUNT, 0},
};

static int find(const char *unit)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (strcmp(UNITS[i].name, unit) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool infer_is_unit(const char *text)
{
    return find(text) >= 0;
}

bool infer_same_unit(const char *a, const char *b)
{
    int first = find(a), second = find(b);
    return strcmp(a, b) == 0 ||
           (first >= 0 && second >= 0 && strcmp(UNITS[first].meaning, UNITS[second].meaning) == 0);
}

bool infer_convertible_units(const char *a, const char *b)
{
    int first = find(a), second = find(b);
    return first >= 0 && second >= 0 && UNITS[first].measure != MEASURE_COUNT &&
           UNITS[first].measure == UNITS[second].measure && !infer_same_unit(a, b);
}

bool infer_unit_ratio(const char *a, const char *b, int64_t *times, int64_t *over)
{
    bool same = infer_same_unit(a, b);
    *times = *over = 1;
    if (same || !infer_convertible_units(a, b)) {
        return same;
    }
    *times = UNITS[find(a)].size;
    *over = UNITS[find(b)].size;
    return *times > 0 && *over > 0;
}

/* Most texts are known not to be such numbers by their ends. */
static bool may_bear_unit(const char *cell)
{
    unsigned char first = (unsigned char)*cell;
    const char *last = cell + strlen(cell);
    bool digit_first = first >= '0' && first <= '9';
    bool rough = first == 0xEF || first == 0xC2 || strncmp(cell, "约", 3) == 0 ||
                 strncmp(cell, "近", 3) == 0 || strncmp(cell, "大约", 6) == 0;
    bool digit_last = last > cell + 1 && last[-1] >= '0' && last[-1] <= '9' && last[-2] != 'm';
    return (digit_first || rough || first == ' ' || first == '-' || first == '+') && !digit_last;
}

const char *infer_trailing_unit(const char *cell, NumberCell *out)
{
    char text[INFER_BYTES];
    if (!may_bear_unit(cell) || !infer_fold(cell, text)) {
        return NULL;
    }
    const char *best = NULL;
    size_t length = strlen(text), longest = 0;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        size_t tail = strlen(UNITS[i].name);
        if (tail > longest && tail < length && strcmp(text + length - tail, UNITS[i].name) == 0) {
            best = UNITS[i].name;
            longest = tail;
        }
    }
    return best && infer_number(cell, best, out) ? best : NULL;
}
