#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "data/infer.h"

static void test_missing(void **state)
{
    (void)state;
    static const char *const missing[] = {
        "", " ", "　", "/", "／", "—", "——", "-", "－", "−", "无", " 无 ", "　/　", "\t"};
    static const char *const present[] = {"0", "无障碍", "-1", "/1", "长塘村", "○", "否", "—1"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        if (!infer_missing(missing[i])) {
            fail_msg("“%s” is missing", missing[i]);
        }
    }
    for (size_t i = 0; i < sizeof present / sizeof *present; i++) {
        if (infer_missing(present[i])) {
            fail_msg("“%s” is present", present[i]);
        }
    }
}

enum {
    PLAIN = 0,
    ODD = NUMBER_UNUSUAL,
    PERCENT = NUMBER_PERCENT,
    ROUGH = NUMBER_APPROXIMATE,
    POWER = NUMBER_SCIENTIFIC | NUMBER_APPROXIMATE
};

static void test_numbers(void **state)
{ /* flat table of cases */
    (void)state;
    static const struct {
        const char *cell, *unit, *value;
        unsigned flags;
    } cases[] = {
        /* flat table */
        {"0", NULL, "0", PLAIN},
        {"456", NULL, "456", PLAIN},
        {"42.50", NULL, "42.50", PLAIN},
        {"-12.50", NULL, "-12.50", PLAIN},
        {"0.001", NULL, "0.001", PLAIN},
        {"123456789012", NULL, "123456789012", PLAIN},
        {" 12.5 ", NULL, "12.5", PLAIN},
        {"　12.5", NULL, "12.5", PLAIN},
        {"+3", NULL, "3", ODD},
        {".5", NULL, "0.5", PLAIN},
        {"12.", NULL, "12", PLAIN},
        {"−5", NULL, "-5", ODD},
        {"１２３", NULL, "123", ODD},
        {"１２．５", NULL, "12.5", ODD},
        {"１，２３４．５", NULL, "1234.5", ODD},
        {"1,234", NULL, "1234", ODD},
        {"1,234.5", NULL, "1234.5", ODD},
        {"12,345,678", NULL, "12345678", ODD},
        {"￥1,234", "元", "1234", ODD},
        {"¥ 12.30", NULL, "12.30", ODD},
        {"￥1,000元", "元", "1000", ODD},
        {"12.5吨", "吨", "12.5", ODD},
        {"12.5 吨", "吨", "12.5", ODD},
        {"7人次", "人次", "7", ODD},
        {"5.5万", NULL, "55000", ODD},
        {"5.5万元", "元", "55000", ODD},
        {"5.5万元", "万元", "5.5", ODD},
        {"5.5万", "万元", "5.5", ODD},
        {"1.2亿", NULL, "120000000", ODD},
        {"1.2亿", "万元", "12000", ODD}, /* in the column's own unit */
        {"1.2亿元", "万元", "12000", ODD},
        {"3万余元", "万元", "3", ODD | ROUGH},
        {"3万余", "万元", "3", ODD | ROUGH},
        {"3万", "亿元", "0.0003", ODD},
        {"3万元", "亿元", "0.0003", ODD},
        {"2万亿元", "亿元", "20000", ODD},
        {"1.23456万", NULL, "12345.6", ODD},
        {"３．２亿", NULL, "320000000", ODD},
        {"92.3%", NULL, "0.923", PERCENT},
        {"９２．３％", NULL, "0.923", PERCENT | ODD},
        {"100%", NULL, "1.00", PERCENT},
        {"-4.0%", NULL, "-0.040", PERCENT},
        {"'12.5", NULL, "12.5", ODD},
        {"=\"12\"", NULL, "12", ODD},
        {"1.23E+05", NULL, "123000", POWER},
        {"1.5e3", NULL, "1500", POWER},
        {"12E-2", NULL, "0.12", POWER},
        {"5.55112E-17", NULL, "0.0000000000", POWER},
        {"-1.25E-8", NULL, "-0.0000000125", POWER},
        {"9E-999", NULL, "0.0000000000", POWER},
        {"1。5", NULL, "1.5", NUMBER_STOP},
        {"约3", NULL, "3", ROUGH},
        {"约 3处", "处", "3", ROUGH | ODD},
        {"130余", NULL, "130", ROUGH},
        {"130多", NULL, "130", ROUGH},
        {"近7万", NULL, "70000", ROUGH | ODD},
        {"50余万", NULL, "500000", ROUGH | ODD},
        {"1.2万余", NULL, "12000", ROUGH | ODD},
        {"200余吨", "吨", "200", ROUGH | ODD},
        {"12023余吨", "吨", "12023", ROUGH | ODD | NUMBER_SUSPICIOUS},
        {"20234处", "处", "20234", ODD | NUMBER_SUSPICIOUS},
        {"20234", NULL, "20234", PLAIN},
        {"0123", NULL, "123", NUMBER_CODE},
        {"'0123", NULL, "123", NUMBER_CODE | ODD},
        {"=\"0123\"", NULL, "123", NUMBER_CODE | ODD},
        {"1234567890123", NULL, "1234567890123", NUMBER_CODE | NUMBER_TOO_LARGE},
        {"9999999999999.5", NULL, "9999999999999.5", NUMBER_TOO_LARGE},
        {"0.12345678", NULL, "0.12345678", PLAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NumberCell number;
        char text[DECIMAL_TEXT];
        if (!infer_number(cases[i].cell, cases[i].unit, &number)) {
            fail_msg("“%s” is a number", cases[i].cell);
        }
        if (!(number.flags & NUMBER_TOO_LARGE) || !(number.flags & NUMBER_CODE)) {
            assert_string_equal(decimal_format(number.value, text), cases[i].value);
        }
        if (number.flags != cases[i].flags) {
            fail_msg("“%s”: flags %x, not %x", cases[i].cell, number.flags, cases[i].flags);
        }
    }
}

static void test_no_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *unit;
    } cases[] = {
        /* flat table */
        {"", NULL},
        {"#REF!", NULL},
        {"#####", NULL},
        {"#DIV/0!", NULL},
        {"12a", NULL},
        {"a12", NULL},
        {"1,23,4", NULL},
        {"12,34.5", NULL},
        {"1,2345", NULL},
        {",123", NULL},
        {"1.2.3", NULL},
        {"1..2", NULL},
        {"--5", NULL},
        {"+-5", NULL},
        {"3 个", NULL},
        {"12.5吨", NULL},
        {"12.5吨", "公斤"},
        {"12.5吨吨", "吨"},
        {"吨", "吨"},
        {"约", NULL},
        {"余", NULL},
        {"万", NULL},
        {"5.5元", "万元"},
        {"1亿万元", "万元"},
        {"3万余吨", "万元"},
        {"5%%", NULL},
        {"5%吨", "吨"},
        {"1E", NULL},
        {"E5", NULL},
        {"1E+", NULL},
        {"长塘村", NULL},
        {"2024-05", NULL},
        {"2024.5.6", NULL},
        {"1-2", NULL},
        {"25%/50%/75%/100%", NULL},
        {".", NULL},
        {"一百", NULL},
        {"1 234", NULL},
        {"=1+2", NULL},
        {"'", NULL},
        {"约近3", NULL},
        {"5万万", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NumberCell number;
        if (infer_number(cases[i].cell, cases[i].unit, &number)) {
            fail_msg("“%s” is no number", cases[i].cell);
        }
    }
}

static void test_dates(void **state)
{ /* flat table of cases */
    (void)state;
    static const struct {
        const char *cell;
        bool declared;
        DateForm form;
        const char *period; /* as -p writes it; a day as a range */
    } cases[] = {
        /* flat table */
        {"2024-05-06", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024-5-6", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024/5/6", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024.5.6", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"２０２４／５／６", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024年5月6日", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024 年 5 月 6 日", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"2024年5月6号", false, DATE_DAY, "2024-05-06..2024-05-06"},
        {"5月6日", false, DATE_DAY, "2023-05-06..2023-05-06"},
        {"2023/3/8 0:00", false, DATE_DAY, "2023-03-08..2023-03-08"},
        {"2023-03-08T08:30:00", false, DATE_DAY, "2023-03-08..2023-03-08"},
        {"2024/2/29", false, DATE_DAY, "2024-02-29..2024-02-29"},
        {"2024-05", false, DATE_MONTH, "2024-05"},
        {"2024/5", false, DATE_MONTH, "2024-05"},
        {"2024年5月", false, DATE_MONTH, "2024-05"},
        {"2024年5月份", false, DATE_MONTH, "2024-05"},
        {"5月", false, DATE_MONTH, "2023-05"},
        {"12月份", false, DATE_MONTH, "2023-12"},
        {"2023/2/29", false, DATE_IMPOSSIBLE, NULL},
        {"2024-13-01", false, DATE_IMPOSSIBLE, NULL},
        {"2024年13月", false, DATE_IMPOSSIBLE, NULL},
        {"8/3/2023", false, DATE_IMPOSSIBLE, NULL},
        {"2月30日", false, DATE_IMPOSSIBLE, NULL},
        {"20240506", false, DATE_NONE, NULL},
        {"45418", false, DATE_NONE, NULL},
        {"202405", false, DATE_NONE, NULL},
        {"2024", false, DATE_NONE, NULL},
        {"1-2", false, DATE_NONE, NULL},
        {"2024-5.6", false, DATE_NONE, NULL},
        {"2024-05-06之前", false, DATE_NONE, NULL},
        {"2024.5", false, DATE_NONE, NULL},
        {"2024Q2", false, DATE_NONE, NULL},
        {"2024-05-06 上午", false, DATE_NONE, NULL},
        {"长塘村", false, DATE_NONE, NULL},
        {"20240506", true, DATE_DAY, "2024-05-06..2024-05-06"},
        {"20240231", true, DATE_IMPOSSIBLE, NULL},
        {"45418", true, DATE_DAY, "2024-05-06..2024-05-06"},
        {"202405", true, DATE_MONTH, "2024-05"},
        {"202413", true, DATE_IMPOSSIBLE, NULL},
        {"2024.5", true, DATE_MONTH, "2024-05"},
        {"May-24", true, DATE_MONTH, "2024-05"},
        {"Mai-24", true, DATE_NONE, NULL},
        {"2024Q2", true, DATE_PERIOD, "2024Q2"},
        {"2024年第二季度", true, DATE_PERIOD, "2024Q2"},
        {"2024年二季度", true, DATE_PERIOD, "2024Q2"},
        {"2024年2季度", true, DATE_PERIOD, "2024Q2"},
        {"三季度", true, DATE_PERIOD, "2023Q3"},
        {"2024年上半年", true, DATE_PERIOD, "2024H1"},
        {"2024H2", true, DATE_PERIOD, "2024H2"},
        {"2024", true, DATE_PERIOD, "2024"},
        {"2024年", true, DATE_PERIOD, "2024"},
        {"2024年度", true, DATE_PERIOD, "2024"},
        {"2024-06-上旬", true, DATE_PERIOD, "2024-06-上旬"},
        {"2024年6月下旬", true, DATE_PERIOD, "2024-06-下旬"},
        {"123", true, DATE_NONE, NULL},
        {"2024年第五季度", true, DATE_NONE, NULL},
        {"", true, DATE_NONE, NULL},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DateCell date;
        DateForm form = infer_date(cases[i].cell, 2023, cases[i].declared, &date);
        if (form != cases[i].form) {
            fail_msg("“%s”: form %d, not %d", cases[i].cell, (int)form, (int)cases[i].form);
        }
        assert_int_equal(form, date.form);
        if (cases[i].period) {
            assert_string_equal(period_raw(arena, date.period), cases[i].period);
        }
    }
    DateCell date;
    assert_int_equal(infer_date("5月6日", 0, true, &date), DATE_NONE);
    assert_int_equal(infer_date("5月6日", 2024, false, &date), DATE_DAY);
    assert_true(date.no_year);
    assert_int_equal(infer_date("45418", 2024, true, &date), DATE_DAY);
    assert_true(date.guessed);
    arena_free(arena);
}

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *text;
    } cases[] = {
        {"长塘村", "长塘村"},
        {"长塘村 ", "长塘村"},
        {"　长塘村　", "长塘村"},
        {"'0123", "0123"},
        {"=\"0123\"", "0123"},
        {"'长塘", "'长塘"},
        {"a b", "a b"},
        {"", ""},
        {"村道\n旁", "村道\n旁"},
        {"=\"\"", "=\"\""},
        {"'", "'"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(infer_text(arena, cases[i].cell), cases[i].text);
    }
    arena_free(arena);
}

static void test_heads(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *unit, *marks;
        bool ratio;
    } cases[] = {
        {"生活垃圾(吨)", "生活垃圾", "吨", NULL, false},
        {"生活垃圾（吨）", "生活垃圾", "吨", NULL, false},
        {" 生活垃圾 ( 吨 ) ", "生活垃圾", "吨", NULL, false},
        {"生活垃圾\n(吨)", "生活垃圾", "吨", NULL, false},
        {"投入资金【万元】", "投入资金", "万元", NULL, false},
        {"污水治理(15)", "污水治理", NULL, "15", false},
        {"污水治理（12.5分）", "污水治理", NULL, "12.5", false},
        {"得分(分)", "得分", "分", NULL, false},
        {"形象进度(%)", "形象进度", NULL, NULL, true},
        {"形象进度（％）", "形象进度", NULL, NULL, true},
        {"户数(常住)(户)", "户数(常住)", "户", NULL, false},
        {"村", "村", NULL, NULL, false},
        {"　Ｎｏ．", "No.", NULL, NULL, false},
        {"(吨)", "(吨)", NULL, NULL, false},
        {"生活垃圾()", "生活垃圾()", NULL, NULL, false},
        {"a)", "a)", NULL, NULL, false},
        {"", "", NULL, NULL, false},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char marks[DECIMAL_TEXT];
        Head head = infer_head(arena, cases[i].text);
        assert_string_equal(head.name, cases[i].name);
        assert_string_equal(head.unit ? head.unit : "", cases[i].unit ? cases[i].unit : "");
        assert_int_equal(head.is_ratio, cases[i].ratio);
        assert_int_equal(head.has_full_marks, cases[i].marks != NULL);
        if (cases[i].marks) {
            assert_string_equal(decimal_format(head.full_marks, marks), cases[i].marks);
        }
    }
    arena_free(arena);
}

static void test_code_names(void **state)
{
    (void)state;
    static const char *const codes[] = {
        "编号", "网格编号", "凭证号", "联系电话", "身份证", "身份证号码", "行政代码"};
    static const char *const others[] = {"序号", "村", "户数", "人口", "号数", "本期销号"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_true(infer_is_code_name(codes[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(infer_is_code_name(others[i]));
    }
}

static void test_units(void **state)
{
    (void)state;
    assert_true(infer_is_unit("吨") && infer_is_unit("㎡") && !infer_is_unit("社区"));
    assert_true(infer_same_unit("公斤", "千克") && infer_same_unit("组", "组"));
    assert_false(infer_same_unit("公斤", "斤") || infer_same_unit("组", "户"));
    assert_true(infer_convertible_units("元", "万元") && infer_convertible_units("吨", "kg"));
    assert_false(infer_convertible_units("处", "个") || infer_convertible_units("㎡", "平方米"));
    static const struct {
        const char *cell, *unit;
        int64_t mantissa;
    } cases[] = {{"12.5吨", "吨", 125}, {"3 平方米", "平方米", 3}, {"5台次", "台次", 5},
        {"约30人", "人", 30}, {"1.2万元", "万元", 12}, {"吨", NULL, 0}, {"3组", NULL, 0},
        {"12", NULL, 0}, {"第3处", NULL, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NumberCell number;
        const char *unit = infer_trailing_unit(cases[i].cell, &number);
        if (!unit != !cases[i].unit || (unit && strcmp(unit, cases[i].unit) != 0)) {
            fail_msg("%s: %s", cases[i].cell, unit ? unit : "none");
        }
        if (unit) {
            assert_int_equal(number.value.mantissa, cases[i].mantissa);
        }
    }
}

static void test_excel_errors(void **state)
{
    (void)state;
    static const char *const errors[] = {"#REF!", " #DIV/0! ", "#N/A", "##", "########"};
    static const char *const others[] = {"#", "#1", "1#楼", "", "##a", "N/A"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        assert_true(infer_excel_error(errors[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(infer_excel_error(others[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_excel_errors),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_no_numbers),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_code_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
