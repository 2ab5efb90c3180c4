/* How a value comes about, in words: every step of the language has something to say. */
#include "value_tables.h"

#include "template/value/explain.h"
#include "template/value/value_internal.h"

static Expr *expr_of(ValueFixture *f, const char *text)
{
    ValuePlace place = fixture_place(f, text);
    Expr *expr = expr_parse_any(f->engine, &place);
    return expr && expr_check(f->engine, expr, NULL) ? expr : NULL;
}

/* "result | line | line"; NULL after a message. */
static const char *explained(ValueFixture *f, const char *text)
{
    Explanation explanation;
    Expr *expr = expr_of(f, text);
    if (!expr || !expr_explain(f->engine, expr, &explanation)) {
        return NULL;
    }
    const char *all = explanation.result;
    for (size_t i = 0; i < explanation.count; i++) {
        all = arena_printf(f->arena, "%s | %s", all, explanation.lines[i]);
    }
    return all;
}

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"月报.生活垃圾", "100.5吨 | “月报”2024年6月 3 行的“生活垃圾”：100.5吨（推断为流量，相加）"
                          " | 用到 月报.csv（C10、C11、C12）"},
        {"月报.生活垃圾|环比|升降",
            "增长54.6% | “月报”2024年6月 3 行的“生活垃圾”：100.5吨（推断为流量，相加）"
            " | 用到 月报.csv（C10、C11、C12）"
            " | “月报”2024年5月 2 行的“生活垃圾”：65.0吨（推断为流量，相加） | 用到 "
            "月报.csv（C8、C9）"
            " | 环比 = (100.5 − 65) ÷ 65 = 54.6% | 升降：写成“增长54.6%”"},
        {"月报.生活垃圾|增减 同期",
            "50.5吨 | “月报”2024年6月 3 行的“生活垃圾”：100.5吨（推断为流量，相加）"
            " | 用到 月报.csv（C10、C11、C12）"
            " | “月报”2023年6月 2 行的“生活垃圾”：50.0吨（推断为流量，相加） | 用到 "
            "月报.csv（C4、C5）"
            " | 增减 同期 = 100.5 − 50 = 50.5吨"},
        {"月报.乱堆乱放", "6处 | “月报”2024年6月 3 行的“乱堆乱放”：6处（推断为流量，相加）"
                          " | 用到 月报.csv（D11、D12）；1 格是空的，没有算"},
        {"月报.生活垃圾|其中 村=甲村",
            "50吨 | “月报”2024年6月 3 行 | 其中 村=甲村：“月报”2024年6月 1 行"
            " | “月报”2024年6月 1 行的“生活垃圾”：50.0吨 | 用到 月报.csv（C11）"},
        {"考核.得分", "13.33 | “考核”2024年6月 3 行的“得分”：13.33（推断为评分，平均）"
                      " | 用到 考核.csv（C4、C5、C6）"},
        {"月报.生活垃圾|按 村|最大", "50吨 | “月报”2024年6月 3 行 | 按 村：分成 3 组"
                                     " | 各组的“生活垃圾”（推断为流量，相加），最大：50.0吨"
                                     " | 用到 月报.csv（C10、C11、C12）"},
        {"台账|占比 已销号|百分比 1", "20.0% | “台账”2024年6月 5 行 | 占比 已销号 = 1 ÷ 5 = 20.0%"
                                      " | 用到 台账.csv（第4行） | 百分比 1：写成“20.0%”"},
        {"(台账|计数)+2", "7 | “台账”2024年6月 5 行，计数：5"
                          " | 用到 台账.csv（第4行、第5行、第6行 等 5 行） | 5 + 2 = 7"},
        {"台账|计数 大于 9", "不成立 | “台账”2024年6月 5 行，计数：5"
                             " | 用到 台账.csv（第4行、第5行、第6行 等 5 行）"
                             " | 台账|计数 大于 9：不成立"},
        {"月报.生活垃圾|其中 村=丁村",
            "没有数（没有一行） | “月报”2024年6月 3 行 | 其中 村=丁村：“月报”2024年6月 0 行"
            " | “月报”2024年6月 0 行的“生活垃圾”：没有数（没有一行）"},
        {"镇名", "某镇 | 参数“镇名”：某镇"},
        {"台账.类别|去重计数", "3 | “台账”2024年6月 5 行的“类别”，去重计数：3"
                               " | 用到 台账.csv（第4行、第5行、第6行 等 5 行）"},
        {"台账|计数 大于 标准", "不成立 | “台账”2024年6月 5 行，计数：5"
                                " | 用到 台账.csv（第4行、第5行、第6行 等 5 行）"
                                " | 参数“标准”：13 | 台账|计数 大于 标准：不成立"},
        {"考核|其中 得分 大于 标准|计数",
            "2 | “考核”2024年6月 3 行 | 参数“标准”：13"
            " | 其中 得分 大于 标准：“考核”2024年6月 2 行 | “考核”2024年6月 2 行，计数：2"
            " | 用到 考核.csv（第4行、第5行）"},
        {"考核|占比 得分 属于 (标准、14) 且 说明 为空",
            "33.3% | “考核”2024年6月 3 行 | 参数“标准”：13"
            " | 占比 得分 属于 (标准、14) 且 说明 为空 = 1 ÷ 3 = 33.3%"
            " | 用到 考核.csv（第5行）"},
        {"期间|名称", "2024年6月 | 期间：2024-06 | 名称：2024年6月"},
        {"3+4", "7 | 3 + 4 = 7"},
        {"5", "5"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        const char *is = explained(f, cases[i].text);
        if (!is || strcmp(is, cases[i].words) != 0) {
            fail_msg("%s:\n  %s\n  not\n  %s", cases[i].text, is ? is : fixture_messages(f),
                cases[i].words);
        }
        fixture_free(f);
    }
}

static void test_sets_are_taken_apart(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    define_set(f, "销号", "台账|其中 已销号|计数");
    assert_string_equal(explained(f, "销号"),
        "1 | “销号”就是 台账|其中 已销号|计数 |   “台账”2024年6月 5 行"
        " |   其中 已销号：“台账”2024年6月 1 行 |   “台账”2024年6月 1 行，计数：1"
        " |   用到 台账.csv（第4行）");
    fixture_free(f);
}

/* 上期 behind a figure says nothing of this period; 已销号 is judged by the day that is right. */
static void test_the_same_figure_in_another_period(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    assert_string_equal(explained(f, "(台账|其中 已销号|计数)|上期"),
        "1 | “台账”2024年5月 2 行 | 其中 已销号：“台账”2024年5月 1 行"
        " | “台账”2024年5月 1 行，计数：1 | 用到 台账.csv（第2行） | 上期：1");
    fixture_free(f);
}

static void test_english(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    diag_set_language(f->diags, DIAG_ENGLISH);
    assert_string_equal(explained(f, "月报.生活垃圾|环比"),
        "54.6% | “月报” of 2024-06: 3 rows, “生活垃圾”: 100.5吨 (guessed: a flow: added up)"
        " | used: 月报.csv (C10, C11, C12)"
        " | “月报” of 2024-05: 2 rows, “生活垃圾”: 65.0吨 (guessed: a flow: added up)"
        " | used: 月报.csv (C8, C9) | 环比 = (100.5 − 65) ÷ 65 = 54.6%");
    fixture_free(f);
}

/* The result is what the paper prints (with the unit, which the paper writes itself), for a use of
 * every step. */
static void test_every_step(void **state)
{
    (void)state;
    static const char *const values[] = {"月报.生活垃圾|本期", "月报.生活垃圾|上期",
        "月报.生活垃圾|同期", "月报.生活垃圾|累计", "月报.生活垃圾|至今", "月报.生活垃圾|全部",
        "月报.生活垃圾|近 2", "月报|缺报|计数", "台账|结转|计数", "月报.生活垃圾|不限",
        "月报.村|去重计数", "台账|去重计数 村", "月报.生活垃圾|合计", "月报.生活垃圾|平均",
        "月报.生活垃圾|最大", "月报.生活垃圾|最小", "月报.生活垃圾|最新", "月报.村|列举 2",
        "月报.生活垃圾|同比", "月报.生活垃圾|占 100", "月报.生活垃圾|2位", "月报.生活垃圾|整数",
        "月报.生活垃圾|千分位", "月报.生活垃圾|万", "月报.生活垃圾|亿", "月报.生活垃圾|约数",
        "月报.生活垃圾|分档 90 多 少", "台账|计数|中文", "台账|计数|大写", "台账|计数|序数",
        "期间|期末|年月日", "期间|期末|月日", "期间|期初|年月", "截至|汉字日期", "期间|简称",
        "期间|月份", "期间|季度", "期间|年份", "期间|下期|名称", "期间|累计|简称",
        "月报.生活垃圾|其中 村=丁村|默认 0", "台账.发现日期|最新", "台账.发现日期|首个", "-3",
        "截至-3|月日", "50万"};
    ValueFixture *f = township("2024-06");
    for (size_t i = 0; i < COUNT(values); i++) {
        const char *text = fixture_text(f, values[i], engine_root(f->engine));
        const char *words = explained(f, values[i]);
        if (!text || !words) {
            fail_msg("%s: %s", values[i], fixture_messages(f));
        }
        if (strncmp(words, text, strlen(text)) != 0) {
            fail_msg("%s: “%s” in the paper, explained “%s”", values[i], text, words);
        }
    }
    fixture_free(f);
}

static void test_faults_are_told_once(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    assert_null(explained(f, "月报.生活拉圾"));
    assert_non_null(strstr(fixture_messages(f), "E142"));
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_sets_are_taken_apart),
        cmocka_unit_test(test_the_same_figure_in_another_period),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_every_step),
        cmocka_unit_test(test_faults_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
