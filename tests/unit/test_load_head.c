/* Heads of one and two rows, units and where they are said, copies, and files cut at every byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "store_fixture.h"

/* Heads as offices build them: title rows, two rows, a row of units; the names that come out. */
static void test_heads(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *text, *names, *message;
    } cases[] = {
        /* flat table */
        {"村,户厕,,公厕,\n,改造,新建,改造,新建\n甲,1,2,3,4\n",
            "村|户厕/改造|户厕/新建|公厕/改造|公厕/新建",
            "a.csv:1: 说明 N210: 第 1、2 行合成表头，如“户厕/改造”"},
        {"洋江镇统计表,,,\n村,户厕(座),,备注\n,改造,新建(处),\n甲,1,2,x\n",
            "村|户厕/改造(座)|户厕/新建(处)|备注", "说明 N201: 表头以上有 1 行标题"},
        {"村,户厕,,\n,改造,新建,利用率(%)\n甲,1,2,85\n", "村|户厕/改造|户厕/新建|户厕/利用率(%)",
            ""},
        {"村,户厕,面积,\n,改造,,说明\n甲,1,2,x\n", "村|户厕/改造|面积|说明", ""},
        {",户厕,,公厕,\n村,改造,新建,改造,新建\n甲,1,2,3,4\n",
            "村|户厕/改造|户厕/新建|公厕/改造|公厕/新建", "N210"},
        {"村,垃圾,沟渠\n,吨,公里\n甲,1,2\n", "村|垃圾(吨)|沟渠(公里)", "N209: 第 2 行是单位"},
        {"村,垃圾,完成率\n单位,（吨）,%\n甲,1,85\n", "村|垃圾(吨)|完成率(%)", ""},
        {"村,户厕,\n,改造,新建\n,座,处\n甲,1,2\n", "村|户厕/改造(座)|户厕/新建(处)",
            "N209: 第 3 行"},
        {"指标,单位\n户,个\n", "指标|单位", ""},
        {"单位\n吨\n", "单位", ""},
        {"村,,备注\n甲,,好\n", "村|备注", ""},
        {"填报单位：洋江镇,,填报日期：6月\n村,垃圾(吨),说明\n甲,1,x\n", "村|垃圾(吨)|说明", "N201"},
        {"洋江镇人居办,,2024年6月,\n村,垃圾(吨),沟渠(公里),说明\n甲,1,1,x\n",
            "村|垃圾(吨)|沟渠(公里)|说明", "N201"},
        {"村,2024-05,2024-06\n甲,1,2\n", "村|2024-05|2024-06", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(f, "a.csv", cases[i].text);
        const Table *table = load(f, arena_printf(f->arena, "t%zu", i), "a.csv", NULL, NULL);
        if (!table) {
            fail_msg("%s: %s", cases[i].text, printed(f));
        }
        const char *names = "";
        for (int j = 0; j < table->column_count; j++) {
            names =
                arena_printf(f->arena, "%s%s%s", names, *names ? "|" : "", table->columns[j].head);
        }
        assert_string_equal(names, cases[i].names);
        assert_int_equal(table->row_count, 1);
        expect_message(f, cases[i].message);
    }
}

/* One file joins its heads, another does not: the same columns, where it is clear which. */
static void test_heads_of_two_files(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/1.csv", "月份,村,垃圾(吨),户厕(座)\n2024-05,甲,1,2\n");
    put(f, "月报/2.csv", "月份,村,清理,,厕所\n,,垃圾,其他,户厕\n2024-06,甲,3,9,4\n");
    const Table *table = load(f, "t", "月报/*.csv", "月份", "月份,村");
    assert_non_null(table);
    assert_int_equal(table->column_count, 5);
    assert_string_equal(dump(f, table), "19844|甲|1000000|2000000|~|19844|19874|0|2 "
                                        "19875|甲|3000000|4000000|9000000|19875|19904|1|3 ");
    expect_message(f, "月报/2.csv:1: C1“清理/垃圾”: 说明 N215: “清理/垃圾”就是列“垃圾”");
    put(f, "月报/1.csv", "月份,村,户厕,,公厕,\n,,改造,新建,改造,新建\n2024-05,甲,1,2,3,4\n");
    put(f, "月报/2.csv", "月份,村,改造,新建,公厕/改造,公厕/新建\n2024-06,甲,1,2,3,4\n");
    assert_null(load(f, "u", "月报/*.csv", "月份", "月份,村")); /* 改造 of which? */
    expect_message(f, "E225: 缺少列“户厕/改造”");
}

static void test_units(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        /* flat table */
        {"村,垃圾\n甲,12.5吨\n乙,3 吨\n丙,4\n",
            "a.csv:1: B1“垃圾”: 说明 N214: 列“垃圾”的单位取自格内：吨"},
        {"村,垃圾(公斤)\n甲,12千克\n乙,3kg\n", "N205: 列“垃圾”有 2 格写法特别"},
        {"村,垃圾(吨)\n甲,1\n乙,2500公斤\n丙,3\n",
            "a.csv:3: B3“垃圾(吨)”: 错误 E274: “2500公斤”的单位是“公斤”，这一列是“吨”"},
        {"村,说明\n甲,3处\n乙,2吨\n", ""},
        {"单位：万元\n村,投资\n甲,1\n", "N201"},
        {"村,说明\n甲,好\n乙,#REF!\n", "a.csv:3: B3“说明”: 警告 W220: “#REF!”是公式出错留下的"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(f, "a.csv", cases[i].text);
        load(f, arena_printf(f->arena, "t%zu", i), "a.csv", NULL, NULL);
        expect_message(f, cases[i].message);
    }
    put(f, "a.csv", "方式,数量,单位,次数(次)\n走访,1,户,2\n横幅,2,条,3\n");
    const Table *table = load(f, "u", "a.csv", NULL, NULL);
    assert_int_equal(table->columns[1].unit_column, 2);
    assert_int_equal(table->columns[3].unit_column, -1);
    put(f, "b.csv", "村,进度(%),单位\n甲,50,处\n");
    assert_int_equal(load(f, "进度", "b.csv", NULL, NULL)->columns[1].unit_column, -1);
    put(f, "a.csv", "村,金额(元)\n甲,1\n");
    put(f, "b.csv", "附表,,\n,单位：万元,\n村,金额\n甲,1\n");
    assert_null(load(f, "v", "[ab].csv", NULL, NULL));
    expect_message(f, "b.csv:3: B3“金额”: 错误 E275: 表头以上写着单位“万元”，列“金额”应是“元”");
}

static void test_copies(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/1.csv", "村,数\n甲,1\n");
    put(f, "月报/1 - 副本.csv", "村,数\n甲,1\n");
    assert_non_null(load(f, "t", "月报/*.csv", NULL, NULL));
    expect_message(f, "月报/1 - 副本.csv: 警告 W221: 像是 月报/1.csv 的副本，两个文件都算进去了");
    put(f, "a.csv", "PK\x03\x04");
    assert_null(load(f, "u", "a.csv", NULL, NULL));
    expect_message(f, "a.csv: 错误 E276: 这是 Excel 工作簿，不是 CSV");
}

/* A file cut at any byte: the whole rows before the cut, or a message; never rows lost in silence
 * but at a row's end, never a row that is another than it was, the last excepted: that its end is
 * missing is told. */
static void check_cuts(Fixture *f, const char *text, size_t length, const char *files)
{
    put_bytes(f, "a.csv", text, length);
    const Table *table = load(f, "t", files, "月份", "月份,村");
    assert_non_null(table);
    const char *whole = dump(f, table);
    for (size_t cut = 0; cut < length; cut++) {
        store_close(f->store);
        f->diags = diag_new(f->arena);
        f->store = store_open(f->arena, f->diags);
        put_bytes(f, "a.csv", text, cut);
        table = load(f, "t", files, "月份", "月份,村");
        bool told = diag_failed(f->diags) || diag_count(f->diags, DIAG_WARNING) > 0;
        bool at_end = cut > 0 && (text[cut - 1] == '\n' || text[cut - 1] == '\r' ||
                                     (text[cut - 1] == '\0' && text[cut - 2] == '\n'));
        if (!told && !at_end) {
            fail_msg("cut at byte %zu: not a word", cut);
        }
        if (!table) {
            assert_true(diag_failed(f->diags));
            continue;
        }
        char *rows = arena_strdup(f->arena, dump(f, table));
        size_t kept = strlen(rows);
        if (told && kept > 0) { /* without the last row */
            rows[kept - 1] = '\0';
            char *last = strrchr(rows, ' ');
            kept = last ? (size_t)(last - rows) + 1 : 0;
        }
        if (strncmp(rows, whole, kept) != 0) {
            fail_msg("cut at byte %zu: %s", cut, rows);
        }
    }
}

static void test_cut(void **state)
{
    Fixture *f = *state;
    static const char plain[] = "月份,村,垃圾(吨),说明\r\n2024-05,长塘村,42.5,\"扫,清\"\r\n"
                                "2024-05,前江村,\"1,038\",=\"01\"\r\n合计,,1080.5,\r\n";
    static const char heads[] = "洋江镇月报\n月份,村,清理,,说明\n,,垃圾,沟渠,\n,,吨,公里,\n"
                                "5月,甲,1,2,x\n5月,乙,3吨,4,\"a\nb\"\n填报人：李\n";
    static const char gbk[] = "\xD4\xC2\xB7\xDD,\xB4\xE5,\xCA\xFD\n2024-05,\xBC\xD7,1\n"
                              "2024-05,\xD2\xD2,22\n";
    static const char wide[] = "\xFF\xFE\x08\x67\xFD\x4E,\0\x51\x67\n\0"
                               "2\0000\0002\0004\000-\0000\0005\000,\0\x32\x75\n\0";
    check_cuts(f, plain, sizeof plain - 1, "a.csv");
    check_cuts(f, heads, sizeof heads - 1, "a.csv");
    check_cuts(f, gbk, sizeof gbk - 1, "a.csv");
    check_cuts(f, wide, sizeof wide - 1, "a.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_cut),
        STORE_TEST(test_heads),
        STORE_TEST(test_heads_of_two_files),
        STORE_TEST(test_units),
        STORE_TEST(test_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
