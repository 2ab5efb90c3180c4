/* The steps and the words of conditions, with their ASCII twins and what people write instead
 * (language.md 2, 6). */
#include <string.h>
#include "base/utf8.h"
#include "template/value/value_internal.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const Step steps[] = {
    /* flat table */
    {"其中", "where", STEP_WHERE, "?"},
    {"本期", "this", STEP_THIS, "C"},
    {"上期", "previous", STEP_PREVIOUS, "C"},
    {"同期", "lastyear", STEP_LAST_YEAR, "C"},
    {"累计", "ytd", STEP_TO_DATE_OF_YEAR, "C"},
    {"至今", "todate", STEP_UNTIL, "C"},
    {"全部", "allperiods", STEP_ALL, ""},
    {"近", "recent", STEP_RECENT, "nC"},
    {"缺报", "absent", STEP_ABSENT, ""},
    {"结转", "carried", STEP_CARRIED, ""},
    {"不限", "unscoped", STEP_UNSCOPED, "*"},
    {"计数", "count", STEP_COUNT, ""},
    {"去重计数", "distinct", STEP_DISTINCT, "C"},
    {"占比", "share", STEP_SHARE, "?"},
    {"按", "per", STEP_PER, "c"},
    {"合计", "sum", STEP_SUM, ""},
    {"平均", "avg", STEP_AVERAGE, ""},
    {"最大", "max", STEP_MAX, ""},
    {"最小", "min", STEP_MIN, ""},
    {"最新", "last", STEP_LAST, ""},
    {"首个", "first", STEP_FIRST, ""},
    {"列举", "list", STEP_LIST, "NT"},
    {"目标", "target", STEP_TARGET, "WT"},
    {"完成率", "attained", STEP_ATTAINED, "WT"},
    {"进度差", "pace", STEP_PACE, "T"},
    {"排名", "rank", STEP_RANK, "WW"},
    {"环比", "mom", STEP_MONTH_ON_MONTH, ""},
    {"同比", "yoy", STEP_YEAR_ON_YEAR, ""},
    {"增减", "delta", STEP_DELTA, "w"},
    {"占", "of", STEP_OF, "v"},
    {"百分比", "percent", STEP_PERCENT, "P"},
    {"位", "digits", STEP_DIGITS, "p"},
    {"整数", "int", STEP_INTEGER, ""},
    {"千分位", "group", STEP_GROUPED, ""},
    {"万", "wan", STEP_MYRIAD, "P"},
    {"亿", "yi", STEP_HUNDRED_MILLION, "P"},
    {"约数", "approx", STEP_APPROX, "W"},
    {"升降", "change", STEP_CHANGE, "PT"},
    {"分档", "grade", STEP_GRADE, "#"},
    {"中文", "han", STEP_HAN, ""},
    {"大写", "money", STEP_MONEY, ""},
    {"序数", "ordinal", STEP_ORDINAL, ""},
    {"年月日", NULL, STEP_DATE_LONG, ""},
    {"月日", NULL, STEP_MONTH_DAY, ""},
    {"年月", NULL, STEP_YEAR_MONTH, ""},
    {"汉字日期", NULL, STEP_DATE_HAN, ""},
    {"期初", NULL, STEP_START, ""},
    {"期末", NULL, STEP_END, ""},
    {"名称", NULL, STEP_NAME, ""},
    {"简称", NULL, STEP_SHORT, ""},
    {"月份", NULL, STEP_MONTH, ""},
    {"季度", NULL, STEP_QUARTER, ""},
    {"年份", NULL, STEP_YEAR, ""},
    {"下期", NULL, STEP_NEXT, ""},
    {"默认", "default", STEP_DEFAULT, "v"},
};

typedef struct Habit {
    const char *said, *meant;
} Habit;

static const Habit habits[] = {
    /* flat table */
    {"求和", "合计"},
    {"总和", "合计"},
    {"总计", "合计"},
    {"总数", "合计"},
    {"SUM", "合计"},
    {"平均值", "平均"},
    {"均值", "平均"},
    {"AVERAGE", "平均"},
    {"average", "平均"},
    {"最大值", "最大"},
    {"最高", "最大"},
    {"MAX", "最大"},
    {"最小值", "最小"},
    {"最低", "最小"},
    {"MIN", "最小"},
    {"个数", "计数"},
    {"条数", "计数"},
    {"COUNT", "计数"},
    {"上月", "上期"},
    {"上个月", "上期"},
    {"上季度", "上期"},
    {"本月", "本期"},
    {"当月", "本期"},
    {"去年同期", "同期"},
    {"上年同期", "同期"},
    {"今年以来", "累计"},
    {"本年累计", "累计"},
    {"截至目前", "至今"},
    {"筛选", "其中"},
    {"条件", "其中"},
    {"FILTER", "其中"},
    {"占比率", "占比"},
    {"排序", "排名"},
    {"RANK", "排名"},
    {"去重", "去重计数"},
    {"四舍五入", "整数"},
    {"取整", "整数"},
    {"ROUND", "整数"},
    {"百分数", "百分比"},
    {"分组", "按"},
    {"千位", "千分位"},
    {"千分符", "千分位"},
    {"增长率", "环比"},
    {"增幅", "环比"},
    {"平均数", "平均"},
    {"累加", "合计"},
    {"计总", "合计"},
    {"至今为止", "至今"},
    {"列出", "列举"},
};

typedef struct WordName {
    const char *name;
    Word word;
} WordName;

static const WordName words[] = {
    /* flat table; the first name of a word is the one shown */
    {"大于", WORD_GREATER},
    {"gt", WORD_GREATER},
    {"小于", WORD_LESS},
    {"lt", WORD_LESS},
    {"不大于", WORD_AT_MOST},
    {"le", WORD_AT_MOST},
    {"不小于", WORD_AT_LEAST},
    {"ge", WORD_AT_LEAST},
    {"等于", WORD_EQUAL},
    {"eq", WORD_EQUAL},
    {"不等于", WORD_UNEQUAL},
    {"ne", WORD_UNEQUAL},
    {"早于", WORD_BEFORE},
    {"晚于", WORD_AFTER},
    {"含", WORD_CONTAINS},
    {"contains", WORD_CONTAINS},
    {"不含", WORD_LACKS},
    {"属于", WORD_IN},
    {"in", WORD_IN},
    {"为空", WORD_EMPTY},
    {"empty", WORD_EMPTY},
    {"不为空", WORD_FILLED},
    {"且", WORD_AND},
    {"and", WORD_AND},
    {"或", WORD_OR},
    {"or", WORD_OR},
    {"非", WORD_NOT},
    {"not", WORD_NOT},
};

const char *name_nearest(const char *name, const char *const *names, size_t count)
{
    const char *found = utf8_nearest(name, names, count);
    if (!found) {
        return NULL;
    }
    size_t a = utf8_count(name, strlen(name)), b = utf8_count(found, strlen(found));
    size_t distance = (size_t)utf8_distance(name, found), longer = a > b ? a : b;
    return distance < longer && 2 * distance <= longer ? found : NULL;
}

const Step *step_find(const char *name)
{
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (strcmp(steps[i].name, name) == 0 ||
            (steps[i].twin && strcmp(steps[i].twin, name) == 0)) {
            return &steps[i];
        }
    }
    return NULL;
}

static const char *meant_by(const Habit *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].said, name) == 0) {
            return list[i].meant;
        }
    }
    return NULL;
}

const char *step_habit(const char *name)
{
    return meant_by(habits, COUNT(habits), name);
}

const char *direction_habit(const char *name)
{
    static const Habit said[] = {
        {"降序", "降"},
        {"倒序", "降"},
        {"从大到小", "降"},
        {"大到小", "降"},
        {"高到低", "降"},
        {"递减", "降"},
        {"从多到少", "降"},
        {"从高到低", "降"},
        {"升序", "升"},
        {"正序", "升"},
        {"从小到大", "升"},
        {"小到大", "升"},
        {"低到高", "升"},
        {"递增", "升"},
        {"从少到多", "升"},
        {"从低到高", "升"},
    };
    return meant_by(said, COUNT(said), name);
}

const char *step_suggestion(const char *name)
{
    const char *meant = step_habit(name);
    if (meant) {
        return meant;
    }
    const char *names[2 * COUNT(steps)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(steps); i++) {
        names[count++] = steps[i].name;
        if (steps[i].twin) {
            names[count++] = steps[i].twin;
        }
    }
    return name_nearest(name, names, count);
}

Word word_find(const char *name)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i].name, name) == 0) {
            return words[i].word;
        }
    }
    return WORD_NONE;
}

const char *word_name(Word word)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].word == word) {
            return words[i].name;
        }
    }
    return "";
}

const char *word_or_equal(const char *name, const char **meant)
{
    const char *more = strstr(name, "大于等于"), *less = strstr(name, "小于等于");
    *meant = more ? "不小于" : "不大于";
    return more ? more : less;
}

const char *word_suggestion(const char *name)
{
    static const Habit said[] = {
        {"大于等于", "不小于"},
        {"小于等于", "不大于"},
        {"包含", "含"},
        {"不包含", "不含"},
        {"是", "等于"},
        {"不是", "不等于"},
        {"在", "属于"},
        {"空", "为空"},
        {"并且", "且"},
        {"而且", "且"},
        {"和", "且"},
        {"或者", "或"},
        {"超过", "大于"},
        {"不超过", "不大于"},
        {"低于", "小于"},
        {"不低于", "不小于"},
        {"高于", "大于"},
        {"不高于", "不大于"},
        {"多于", "大于"},
        {"少于", "小于"},
        {"不少于", "不小于"},
        {"不早于", "不小于"},
        {"不晚于", "不大于"},
    };
    const char *meant = meant_by(said, COUNT(said), name);
    if (meant) {
        return meant;
    }
    const char *names[COUNT(words)];
    for (size_t i = 0; i < COUNT(words); i++) {
        names[i] = words[i].name;
    }
    return name_nearest(name, names, COUNT(words));
}
