#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "store_fixture.h"

/* Types of a column from its cells: head, cells with /, expected type and first stored value. */
static void test_types(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *head, *cells;
        ColumnType type;
        const char *values;
    } cases[] = {
        /* flat table */
        {"数", "1;2;3", COLUMN_NUMBER, "1000000 2000000 3000000"},
        {"数(吨)", "1吨;无;3", COLUMN_NUMBER, "1000000 ~ 3000000"},
        {"数", "0123;456;789", COLUMN_TEXT, "0123 456 789"},
        {"数", "'0123;456;789", COLUMN_TEXT, "0123 456 789"},
        {"数", "1234567890123;2;3", COLUMN_TEXT, "1234567890123 2 3"},
        {"数(吨)", "01100;2;3", COLUMN_NUMBER, "1100000000 2000000 3000000"},
        {"数(15)", "1;02;3", COLUMN_NUMBER, "1000000 2000000 3000000"},
        {"编号(个)", "1;02;3", COLUMN_TEXT, "1 02 3"},
        {"编号", "1;2;3", COLUMN_TEXT, "1 2 3"},
        {"序号", "1;2;3", COLUMN_NUMBER, "1000000 2000000 3000000"},
        {"说明", "3;好;4", COLUMN_TEXT, "3 好 4"},
        {"说明", "/;无;—", COLUMN_TEXT, "~ ~ ~"},
        {"数(吨)", "/;无;—", COLUMN_NUMBER, "~ ~ ~"},
        {"率", "92.3%;8%;100%", COLUMN_NUMBER, "923000 80000 1000000"},
        {"率", "92.3%;0.5;100%", COLUMN_NUMBER, "923000 500000 1000000"},
        {"进度(%)", "85;100;12.5", COLUMN_NUMBER, "850000 1000000 125000"},
        {"进度(%)", "85%;100;12.5", COLUMN_NUMBER, "850000 1000000 125000"},
        {"日期", "2024-05-06;2024/5/7;/", COLUMN_DATE, "19849 19850 ~"},
        {"日期", "5月6日;2024.5.7;2024年5月8日", COLUMN_DATE, "19849 19850 19851"},
        {"月", "2024-05;2024年6月;5月", COLUMN_MONTH, "19844 19875 19844"},
        {"次序", "1-2;1-3;1-4", COLUMN_TEXT, "1-2 1-3 1-4"},
        {"数", "45418;45419;45420", COLUMN_NUMBER, "45418000000 45419000000 45420000000"},
        {"数", "5.5万;1.2亿;近7万", COLUMN_NUMBER, "55000000000 120000000000000 70000000000"},
        {"数", "1.23E+05;1。5;约3", COLUMN_NUMBER, "123000000000 1500000 3000000"},
        {"分解", "25%/50%;20%/60%;30%", COLUMN_TEXT, "25%/50% 20%/60% 30%"},
        {"进度(%)", "85;1.5E-11;9E-17", COLUMN_NUMBER, "850000 0 0"},
        {"数", "0.1234567;1;2", COLUMN_NUMBER, "123457 1000000 2000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf text = {0};
        buf_addf(&text, "村,%s\n甲,", cases[i].head);
        int row = 0;
        for (const char *at = cases[i].cells; *at; at++) {
            if (*at == ';') {
                buf_adds(&text, row++ ? "\n丙," : "\n乙,");
            } else {
                buf_add(&text, at, 1);
            }
        }
        buf_adds(&text, "\n");
        put_bytes(f, "a.csv", text.data, text.length);
        const Table *table = load(f, arena_printf(f->arena, "t%zu", i), "a.csv", NULL, NULL);
        if (!table) {
            fail_msg("%s: %s", text.data, printed(f));
        }
        if (table->columns[1].type != cases[i].type) {
            fail_msg(
                "“%s” %s: type %d", cases[i].head, cases[i].cells, (int)table->columns[1].type);
        }
        Buf values = {0};
        StoreQuery *query =
            store_prepare(f->store, arena_printf(f->arena, "SELECT c1 FROM %s", table->sql));
        while (store_step(query)) {
            buf_addf(&values, "%s%s", values.length ? " " : "",
                store_is_null(query, 0) ? "~" : store_text(query, 0));
        }
        assert_string_equal(values.data, cases[i].values);
        buf_free(&values);
        buf_free(&text);
    }
}

/* The period that a row lies in, from the cell of the declared column. */
static void test_periods(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *head, *cells[2];
        ColumnType type;
        const char *rows;
    } cases[] = {
        /* flat table */
        {"月份", {"2024-05", "2024-06"}, COLUMN_MONTH, "19844|19844|19874 19875|19875|19904 "},
        {"月份", {"202405", "6月"}, COLUMN_MONTH, "19844|19844|19874 19875|19875|19904 "},
        {"月份", {"May-24", "2024/6/1"}, COLUMN_MONTH, "19844|19844|19874 19875|19875|19904 "},
        {"月份", {"2024/5/1", "2024/6/1"}, COLUMN_MONTH, "19844|19844|19874 19875|19875|19904 "},
        {"日期", {"2024/5/1", "2024/6/1"}, COLUMN_DATE, "19844|19844|19844 19875|19875|19875 "},
        {"日期", {"20240506", "45419"}, COLUMN_DATE, "19849|19849|19849 19850|19850|19850 "},
        {"年度", {"2023", "2024"}, COLUMN_NUMBER, "2023000000|19358|19722 2024000000|19723|20088 "},
        {"期间", {"2024Q1", "2024年二季度"}, COLUMN_TEXT,
            "2024Q1|19723|19813 2024年二季度|19814|19904 "},
        {"期间", {"2024", "2024年上半年"}, COLUMN_TEXT,
            "2024|19723|20088 2024年上半年|19723|19904 "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(f, "a.csv",
            arena_printf(f->arena, "%s,数\n%s,1\n%s,2\n", cases[i].head, cases[i].cells[0],
                cases[i].cells[1]));
        const Table *table =
            load(f, arena_printf(f->arena, "t%zu", i), "a.csv", cases[i].head, NULL);
        if (!table) {
            fail_msg("%s %s: %s", cases[i].head, cases[i].cells[0], printed(f));
        }
        assert_int_equal(table->columns[0].type, cases[i].type);
        Buf rows = {0};
        StoreQuery *query = store_prepare(
            f->store, arena_printf(f->arena, "SELECT c0,_p0,_p1 FROM %s", table->sql));
        while (store_step(query)) {
            buf_addf(&rows, "%s|", store_text(query, 0));
            buf_addf(&rows, "%ld|%ld ", (long)store_int(query, 1), (long)store_int(query, 2));
        }
        assert_string_equal(rows.data, cases[i].rows);
        buf_free(&rows);
    }
}

/* A file that must be refused: what the message says, and where. */
static void test_faults(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *text, *period, *key, *place, *message;
    } cases[] = {
        /* flat table */
        {"村,数(吨)\n甲,1\n乙,12a\n丙,3\n", NULL, NULL, "a.csv:3: B3“数(吨)”",
            "E230: 这一列是数，“12a”不是数"},
        {"村,数\n甲,1\n乙,2\n丙,3\n丁,4\n戊,#REF!\n", NULL, NULL, "a.csv:6: B6“数”",
            "“#REF!”不是数"},
        {"村,数(吨)\n甲,1\n乙,92%\n丙,3\n", NULL, NULL, "a.csv:3: B3", "“92%”不是数"},
        {"村,率\n甲,91%\n乙,92\n丙,93%\n", NULL, NULL, "a.csv:3: B3", "“92”没有 %"},
        {"村,数(吨)\n甲,1234567890123.5\n乙,2\n", NULL, NULL, "a.csv:2: B2", "太大"},
        {"村,日期\n甲,2024-05-06\n乙,2023/2/29\n丙,2024-05-07\n", NULL, NULL, "a.csv:3: B3",
            "“2023/2/29”读不出日期"},
        {"村,日期\n甲,2024-05-06\n乙,8/3/2023\n丙,2024-05-07\n", NULL, NULL, "a.csv:3: B3",
            "“8/3/2023”读不出日期"},
        {"月份,数\n2024-05,1\n上月,2\n2024-06,3\n", "月份", NULL, "a.csv:3: A3", "“上月”不是月份"},
        {"日期,数\n2024-05-01,1\n2024-05,2\n2024-05-03,3\n", "日期", NULL, "a.csv:3: A3",
            "“2024-05”不是日期"},
        {"月份,数\n2024-05,1\n,2\n", "月份", NULL, "a.csv:3: A3", "“月份”是期间或主键，不能为空"},
        {"村,数\n甲,1\n/,2\n", NULL, "村", "a.csv:3: A3", "“村”是期间或主键，不能为空"},
        {"村,数\n甲,1\n乙,2,3\n", NULL, NULL, "a.csv:3:", "这一行有 3 格，表头只有 2 列"},
        {"村,数,量\n甲,1,2\n乙,2\n", NULL, NULL, "a.csv:3:", "这一行只有 2 格，表头有 3 列"},
        {"村,数,数\n甲,1,2\n", NULL, NULL, "a.csv:1: C1", "列名“数”重复"},
        {"村,数(元),数(万元)\n甲,1,2\n", NULL, NULL, "a.csv:1: C1", "列名“数”重复"},
        {"村,,数\n甲,1,2\n", NULL, NULL, "a.csv:2: B2", "第 2 列有数据，却没有列名"},
        {"", NULL, NULL, "a.csv:", "文件里没有表头"},
        {"村,数\n甲,1\n甲,2\n", NULL, "村", "a.csv:3:", "主键“甲”重复：a.csv 第 2 行已有"},
        {"月份,村,数\n2024-05,甲,1\n2024年5月,甲,2\n", "月份", "月份,村",
            "a.csv:3:", "主键“2024年5月、甲”重复"},
        {"村,垃圾(吨)\n甲,1.5\n乙,2\n合计,4.5\n", NULL, NULL, "a.csv:4: B4",
            "“垃圾”的合计写的是 4.5，各行相加是 3.5"},
        {"村,垃圾(吨)\n甲,1.5\n东片小计,2\n乙,2\n全镇合计,3.5\n", NULL, NULL, "a.csv:3: B3",
            "“垃圾”的东片小计写的是 2，各行相加是 1.5"},
        {"村,垃圾(吨)\n甲,1.5\n小计,1.5\n乙,2\n全镇总计：,3.6\n", NULL, NULL, "a.csv:5: B5",
            "“垃圾”的全镇总计：写的是 3.6，各行相加是 3.5"},
        {"村,垃圾(吨)\n甲,1.5\n小计,2\n乙,2\n小计,2\n合 计,3.5\n", NULL, NULL, "a.csv:3: B3",
            "“垃圾”的小计写的是 2，各行相加是 1.5"},
        {"月份,村,数\n2024-05,甲,1\n2024-05,合　计,2\n", "月份", "月份,村", "a.csv:3: C3",
            "“数”的合　计写的是 2，各行相加是 1"},
        {"月分,数\n2024-05,1\n", "月份", NULL, "", "a.csv 没有列“月份”"},
        {"月分,数\n2024-05,1\n", "月份", NULL, "", "是否为“月分”？"},
        {"村,数\n甲,\"1\n", NULL, NULL, "a.csv:2:", "引号从这一行起没有闭合"},
        {"村,数\n甲,\xB4\n", NULL, NULL, "a.csv:2:", "第 13 个字节 B4 不合 UTF-8 编码"},
        {"\xB4\xE5,\xCA\xFD\n\xBC\xD7,\xB4\n", NULL, NULL,
            "a.csv:2:", "第 10 个字节 B4 不合 GB18030 编码"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *all = f->diags;
        store_close(f->store);
        f->diags = diag_new(f->arena);
        f->store = store_open(f->arena, f->diags);
        put(f, "a.csv", cases[i].text);
        assert_null(load(f, "t", "a.csv", cases[i].period, cases[i].key));
        assert_true(diag_failed(f->diags));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        expect_message(f, cases[i].place);
        expect_message(f, cases[i].message);
        f->diags = all;
    }
}

static void test_warnings(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv",
        "村,数(吨)\n甲,1.23E+05\n乙,1。5\n丙,约3\n丁,12023余吨\n戊,0.1234567\n己,１２\n庚,12");
    assert_non_null(load(f, "t", "a.csv", NULL, NULL));
    static const char *const messages[] = {
        "a.csv:2: B2“数(吨)”: 警告 W210: “1.23E+05”是科学计数，末几位可能已丢",
        "a.csv:3: B3“数(吨)”: 警告 W211: “1。5”的小数点误作句号，读作 1.5",
        "a.csv:4: B4“数(吨)”: 警告 W212: “约3”是约数，台账应填准确数；读作 3",
        "a.csv:5: B5“数(吨)”: 警告 W213: “12023余吨”疑似误替换",
        "a.csv:6: B6“数(吨)”: 警告 W215: “0.1234567”的小数超过 6 位，已四舍五入",
        "说明 N205: 列“数”有 2 格写法特别，已照数读入，如“12023余吨”",
        "a.csv:8: 警告 W202: 文件末尾没有换行",
    };
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        expect_message(f, messages[i]);
    }
    assert_false(diag_failed(f->diags));
}

static void test_furniture(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv",
        "洋江镇2024年5月整治月报表,,,\n单位：吨,,,\n月份,村,垃圾(吨),\n2024-05,甲,1.5,\n,,,\n"
        "2024-05,乙,2,\n合　计,,3.5,\n填报人：李某某,,审核人：王某某,\n注：均为估算,,,\n2.含镇本级,"
        ",,\n");
    put(f, "b.csv", "村,整改率,均分\n甲,0.5,90\n乙,0.7,80\n合计,0.6,85\n"); /* averages below */
    assert_non_null(load(f, "u", "b.csv", NULL, "村"));
    put(f, "c.csv", "村,垃圾(吨)\n甲,1.5\n乙,2\n东片合计,3.5\n丙,4\n西片小计,4\n全镇合计：,7.5\n");
    const Table *parts = load(f, "v", "c.csv", NULL, "村");
    assert_non_null(parts);
    assert_int_equal(parts->row_count, 3);
    const Table *table = load(f, "t", "a.csv", "月份", "月份,村");
    assert_non_null(table);
    assert_string_equal(
        dump(f, table), "19844|甲|1500000|19844|19874|0|4 19844|乙|2000000|19844|19874|0|6 ");
    expect_message(f, "a.csv:3: 说明 N201: 表头以上有 2 行标题");
    expect_message(f, "a.csv:7: 说明 N203: “合　计”行已核对");
    expect_message(f, "a.csv:8: 说明 N202: 表下说明“填报人：李某某”");
    expect_message(f, "N202: 表下说明“2.含镇本级”");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 0);
}

static void test_several_files(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/月报-2024-05.csv", "月份,村,垃圾(吨)\n5月,甲,1\n");
    put(f, "月报/月报-2023-05.csv", "月份,村,垃圾(吨)\n5月,甲,2\n");
    put(f, "月报/月报-2024-06.csv", "村,月份,垃圾,新列\n甲,2024-06,3,x\n");
    put(f, "月报/~$月报-2024-06.csv", "locked");
    put(f, "月报/.月报.csv", "hidden");
    const Table *table = load(f, "月报", "月报/*.csv", "月份", "月份,村");
    assert_non_null(table);
    assert_int_equal(table->file_count, 3);
    assert_string_equal(table->files[0], "月报/月报-2023-05.csv");
    assert_string_equal(dump(f, table),
        "19478|甲|2000000|~|19478|19508|0|2 19844|甲|1000000|~|19844|19874|1|2 "
        "19875|甲|3000000|x|19875|19904|2|2 ");
    expect_message(f,
        "月报/月报-2024-06.csv:1: D1“新列”: 说明 N204: 多出列“新列”，月报/月报-2023-05.csv 没有");
    expect_message(f, "W214: “5月”没有年份，读作 2023年5月（本列共 2 格）");
    const DataPlace *place = store_place(f->store, table, 2, 2, table_column_find(table, "月份"));
    assert_string_equal(data_cell_name(f->arena, place), "B2");
}

static void test_several_faults(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/1.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n");
    put(f, "月报/1 - 副本.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n");
    put(f, "月报/2.csv", "月份,村,拉圾(吨)\n2024-06,甲,1\n");
    put(f, "月报/3.csv", "月份,村,垃圾(公斤)\n2024-07,甲,x\n");
    assert_null(load(f, "月报", "月报/*.csv", "月份", "月份,村"));
    expect_message(
        f, "月报/1 - 副本.csv: 错误 E284: 像是 月报/1.csv 的副本，有 1 行主键重复");
    expect_message(f, "月报/2.csv:1: 错误 E225: 缺少列“垃圾”，月报/1 - 副本.csv 有这一列");
    expect_message(f, "提示: 是否为“拉圾”？");
    expect_message(f, "月报/3.csv:1: C1“垃圾(公斤)”: 错误 E227: 列“垃圾”的单位是“公斤”");
    expect_message(f, "月报/3.csv:2: C2“垃圾(吨)”: 错误 E230");
}

/* A file that begins with its first row of data is told once, whichever file it is. */
static void test_no_header(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "2024-05,甲,1\n2024-05,乙,2\n");
    assert_null(load(f, "t", "a.csv", "月份", "月份,村"));
    assert_string_equal(
        printed(f), "a.csv:1: 错误 E229: 第 1 行不像表头：没有一个列名，却有数或日期\n");
    put_folder(f);
    put(f, "月报/1.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n");
    put(f, "月报/2.csv", "2024-06,甲,1\n2024-06,乙,2\n2024-06,乙,2\n");
    assert_null(load(f, "u", "月报/*.csv", "月份", "月份,村"));
    expect_message(f, "月报/2.csv:1: 错误 E229");
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 2);
    put(f, "wide.csv", "村,2024-05,2024-06\n甲,1,2\n"); /* a column a month */
    assert_non_null(load(f, "w", "wide.csv", NULL, NULL));
    put(f, "月报/0.csv", "2024-04,甲,1\n2024-04,乙,2\n");
    assert_null(load(f, "v", "月报/*.csv", "月份", "月份,村"));
    expect_message(f, "月报/0.csv:1: 错误 E229");
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 3);
}

/* One cause, one message. */
static void test_no_followers(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n2024-05,乙,2\n");
    assert_null(load(f, "t", "a.csv", "月份", "月份,寸"));
    expect_message(f, "E226: a.csv 没有列“寸”");
    put(f, "b.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n2024-05,合计,2\n");
    assert_null(load(f, "u", "b.csv", "月份", "月份,村"));
    expect_message(f, "b.csv:3: C3“垃圾(吨)”: 错误 E240");
    put(f, "c.csv", "编号,日期\n1,2024-06-01\n2,6月上旬\n3,5-Jun\n4,2024-06-04\n5,2024-06-05\n");
    assert_null(load(f, "v", "c.csv", "日期", "编号"));
    expect_message(f, "c.csv:3: B3“日期”: 错误 E231: 这一列是日期，“6月上旬”不是日期");
    expect_message(f, "c.csv:4: B4“日期”: 错误 E231: 这一列是日期，“5-Jun”不是日期");
    expect_message(f, "提示: 在 Excel 里把这一列的格式设成 yyyy-mm-dd");
    assert_null(strstr(printed(f), "E241"));
    assert_null(strstr(printed(f), "N203"));
    assert_null(strstr(printed(f), "W214"));
}

/* Where one file writes days for the month, its rows are at fault, not those of the others. */
static void test_days_for_months(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "月份,村,垃圾(吨)\n2024-05,甲,1\n2024/6/30,甲,1\n2024/6/30,乙,2\n");
    assert_null(load(f, "t", "a.csv", "月份", "月份,村"));
    expect_message(f, "a.csv:3: A3“月份”: 错误 E232: 这一列是月份，“2024/6/30”不是月份");
    expect_message(f, "提示: 月份写成 2024-06");
    assert_null(strstr(printed(f), "a.csv:2"));
}

static void test_cells_of_messages(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv",
        "村,垃圾(吨),户数,厕所(座)\n甲,1,10,1\n乙,,01100,2\n丙,,12,3\n丁,04,12,12\xE2\x80\x8B\n"
        "戊,#DIV/0!,12,1234567890123\n己,####,1,2\n庚,1,1,1\n辛,1,1,1\n壬,1,1,1\n");
    assert_null(load(f, "t", "a.csv", NULL, "村"));
    expect_message(f, "a.csv:3: B3“垃圾(吨)”: 说明 N206: 列“垃圾”缺 2 格");
    expect_message(f, "a.csv:5: B5“垃圾(吨)”: 警告 W219: “04”以 0 开头，读作 4");
    expect_message(f, "a.csv:5: D5“厕所(座)”: 错误 E230: 这一列是数，“12<U+200B>”不是数");
    expect_message(f, "“#DIV/0!”不是数\n      = 提示: 回原表改好公式，再另存");
    expect_message(f, "“####”不是数\n      = 提示: 原表里把这一列加宽，再另存");
    expect_message(f, "a.csv:6: D6“厕所(座)”: 错误 E234: “1234567890123”太大");
    put(f, "b.csv", "村,户数\n甲,10\n乙,01100\n丙,12\n");
    const Table *table = load(f, "u", "b.csv", NULL, "村");
    assert_non_null(table);
    assert_string_equal(table->columns[1].odd_cell, "01100");
    assert_int_equal(table->columns[1].odd_place.row, 3);
}

static void test_no_files(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "村\n甲\n");
    assert_null(load(f, "t", "月报/*.csv", NULL, NULL));
    expect_message(f, "E201: 数据文件夹里没有与“月报/*.csv”相符的文件");
    assert_null(load(f, "t", "b.csv", NULL, NULL));
    expect_message(f, "与“b.csv”相符");
    assert_null(strstr(printed(f), "是否为"));
    assert_null(load(f, "t", "a.cvs", NULL, NULL));
    expect_message(f, "是否为“a.csv”？");
    static const char *const leaving[] = {"/etc/passwd", "../a.csv", "x/../../a.csv", ".."};
    for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
        assert_null(load(f, "t", leaving[i], NULL, NULL));
        expect_message(f, arena_printf(f->arena, "E202: “%s”不在数据文件夹以内", leaving[i]));
    }
    char *link = arena_printf(f->arena, "%s/link.csv", f->folder);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    f->written[f->written_count++] = link;
    assert_null(load(f, "t", "link.csv", NULL, NULL));
    expect_message(f, "link.csv: 错误 E277: 这是链接，指到了数据文件夹以外");
    char *fifo = arena_printf(f->arena, "%s/fifo.csv", f->folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    f->written[f->written_count++] = fifo;
    assert_null(load(f, "t", "fifo.csv", NULL, NULL));
    expect_message(f, "fifo.csv: 错误 E204: 不是普通文件");
}

static void test_options(void **state)
{
    Fixture *f = *state;
    Period june;
    period_parse("2024-06", &june);
    put(f, "a.csv", "村;数\n\xCA\xFD;1\n");
    CsvDecl decl = {.id = "t", .files = "a.csv", .encoding = "latin1"};
    assert_null(store_load(f->store, &decl, f->folder, &june));
    expect_message(f, "E207: 不认识编码“latin1”");
    decl.encoding = "utf-8";
    decl.delimiter = "|";
    assert_null(store_load(f->store, &decl, f->folder, &june));
    expect_message(f, "E208: 分隔符不能是“|”");
    decl.delimiter = ";";
    assert_null(store_load(f->store, &decl, f->folder, &june));
    expect_message(f, "a.csv:2: 错误 E210: 第 9 个字节 CA 不合 UTF-8 编码");
    put(f, "a.csv", "\xB4\xE5;\xCA\xFD\n\xBC\xD7;1\n");
    decl.encoding = "gbk";
    const Table *table =
        store_load(f->store, &decl, f->folder, NULL); /* a template without a period */
    assert_string_equal(dump(f, table), "甲|1000000|~|~|0|2 ");
    decl.files = "nowhere.csv";
    assert_null(store_load(f->store, &decl, "/tmp/wenyin-nowhere", &june));
    expect_message(f, "E206: 打不开数据文件夹“/tmp/wenyin-nowhere”");
}

static void test_scores(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/1.csv", "期次,村,污水(15)\n2024-05,甲,12\n");
    put(f, "月报/2.csv", "期次,村,污水(20)\nJun-24,甲,18\n");
    const Table *table = load(f, "考核", "月报/*.csv", "期次", "期次,村");
    assert_non_null(table);
    assert_int_equal(table->columns[2].full_marks.mantissa, 15);
    expect_message(
        f, "月报/2.csv:1: C1“污水(20)”: 警告 W217: 列“污水”的满分是 20，月报/1.csv 里是 15");
    expect_message(f, "月报/2.csv:2: A2“期次”: 警告 W218: “Jun-24”读作 2024年6月（本列共 1 格）");
    put(f, "a.csv", "期间,数\n2024Q1,1\n2024Q2,2\n下季,3\n");
    assert_null(load(f, "t", "a.csv", "期间", NULL));
    expect_message(f, "a.csv:4: A4“期间”: 错误 E236: “下季”读不出期间");
}

/* A folder that may not be read is no folder without files. */
static void test_closed_folder(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "a.csv", "村,数\n甲,1\n");
    put(f, "月报/b.csv", "村,数\n乙,1\n");
    char *closed = arena_printf(f->arena, "%s/月报", f->folder);
    chmod(f->folder, 0755);
    chmod(closed, 0);
    bool root = geteuid() == 0;
    assert_true(!root || seteuid(65534) == 0);
    assert_null(load(f, "t", "*/*.csv", NULL, NULL));
    expect_message(f, "E271: 打不开子文件夹“月报/”：没有权限");
    f->diags = diag_new(f->arena);
    store_close(f->store);
    f->store = store_open(f->arena, f->diags);
    assert_null(load(f, "t", "月报/b.csv", NULL, NULL));
    assert_true(!root || seteuid(0) == 0);
    chmod(closed, 0700);
    expect_message(f, "E271: 打不开子文件夹“月报/”：没有权限");
}

/* A declaration that finds nothing leaves no descriptor open. */
static void test_no_descriptor_left(void **state)
{
    Fixture *f = *state;
    int before = dup(0);
    close(before);
    assert_null(load(f, "t", "无.csv", NULL, NULL));
    assert_null(load(f, "t", "../a.csv", NULL, NULL));
    int after = dup(0);
    close(after);
    assert_int_equal(after, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_types),
        STORE_TEST(test_periods),
        STORE_TEST(test_faults),
        STORE_TEST(test_warnings),
        STORE_TEST(test_furniture),
        STORE_TEST(test_several_files),
        STORE_TEST(test_several_faults),
        STORE_TEST(test_no_header),
        STORE_TEST(test_no_followers),
        STORE_TEST(test_days_for_months),
        STORE_TEST(test_cells_of_messages),
        STORE_TEST(test_no_files),
        STORE_TEST(test_options),
        STORE_TEST(test_scores),
        STORE_TEST(test_no_descriptor_left),
        STORE_TEST(test_closed_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
