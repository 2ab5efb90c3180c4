/* <csv> with its attributes and <column>: what is read, what it does to the rows, what is refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/declare.h"
#include "store_fixture.h"

static bool declare(Fixture *f, const char *xml, CsvDecl *out)
{
    const XmlNode *csv = xml_parse(f->arena, "t.xml", xml, strlen(xml), f->diags);
    assert_non_null(csv);
    return csv_declare(f->arena, csv, f->diags, out);
}

static const Table *load_xml(Fixture *f, const char *xml)
{
    CsvDecl decl;
    Period june;
    period_parse("2024-06", &june);
    assert_true(declare(f, xml, &decl));
    return store_load(f->store, &decl, f->folder, &june);
}

static void fresh(Fixture *f)
{
    store_close(f->store);
    f->diags = diag_new(f->arena);
    f->store = store_open(f->arena, f->diags);
}

static void test_read(void **state)
{
    Fixture *f = *state;
    CsvDecl csv;
    assert_true(declare(f,
        "<csv id='月报' files='月报/*.csv' period='月份' key='月份,村' header='3-4' "
        "duplicates='末条' missing='零'>"
        "<column name='生活垃圾' alias='垃圾、垃圾量' type='数' unit='吨' kind='流量' decimals='1' "
        "good='升' min='0' max='95%' required='是' missing='空'/>"
        "<column name='状态' type='text' values='整改中，已销号' required='no'/></csv>",
        &csv));
    assert_int_equal(csv.header_first, 3);
    assert_int_equal(csv.header_last, 4);
    assert_int_equal(csv.duplicates, DUPLICATES_LAST);
    assert_true(csv.empty_is_zero);
    assert_int_equal(csv.column_count, 2);
    const ColumnDecl *first = &csv.columns[0], *second = &csv.columns[1];
    assert_ptr_equal(column_declared(&csv, "垃圾量"), first);
    assert_null(column_declared(&csv, "沟渠"));
    assert_int_equal(first->type, COLUMN_NUMBER);
    assert_int_equal(first->said.kind, KIND_FLOW);
    assert_int_equal(first->said.decimals, 1);
    assert_int_equal(first->said.good, 1);
    assert_int_equal(decimal_cmp(first->said.max, (Decimal){95, 2}), 0);
    assert_true(first->required && first->empty == EMPTY_NONE);
    assert_int_equal(second->value_count, 2);
    assert_string_equal(second->values[1], "已销号");
    assert_false(second->required);
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 0);
}

static void test_refused(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *xml, *message;
    } cases[] = {
        {"<csv id='a' files='a' header='0'/>", "t.xml:1:31: 错误 E261: header 要写成 3 或 3-4"},
        {"<csv id='a' files='a' header='3-5'/>", "E261"},
        {"<csv id='a' files='a' header='3-'/>", "E261"},
        {"<csv id='a' files='a' header='三'/>", "E261"},
        {"<csv id='a' files='a' header='201'/>", "E261"},
        {"<csv id='a' files='a' duplicates='首条'/>", "t.xml:1:2: 错误 E113: <csv> 缺少属性 key"},
        {"<csv id='a' files='a'><column name='b' type='文字' kind='流量'/></csv>",
            "t.xml:1:56: 错误 E262: 列“b”的 type 与 kind 不合"},
        {"<csv id='a' files='a'><column name='b' type='日期' kind='文本'/></csv>", "E262"},
        {"<csv id='a' files='a'><column name='b' min='x'/></csv>", "E254: 属性 min 不能是“x”"},
        {"<csv id='a' files='a'><column name='b' decimals='9'/></csv>", "E254"},
        {"<csv id='a' files='a'><column name='b'/><column name='c' alias='d、b'/></csv>",
            "t.xml:1:55: 错误 E263: 列名“b”声明了两次"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CsvDecl csv;
        fresh(f);
        assert_false(declare(f, cases[i].xml, &csv));
        expect_message(f, cases[i].message);
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
    }
}

/* What the rows become: values with |, rows with a blank, without the hidden columns. */
static const char *rows_of(Fixture *f, const Table *table)
{
    Buf out = {0};
    StoreQuery *query = store_prepare(
        f->store, arena_printf(f->arena, "SELECT * FROM %s ORDER BY rowid", table->sql));
    while (store_step(query)) {
        for (int i = 0; i < table->column_count; i++) {
            buf_addf(
                &out, "%s%s", i ? "|" : "", store_is_null(query, i) ? "~" : store_text(query, i));
        }
        buf_adds(&out, " ");
    }
    store_reset(query);
    char *text = arena_strndup(f->arena, out.length ? out.data : "", out.length);
    buf_free(&out);
    return text;
}

static void test_columns(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *column, *text, *rows; /* rows, or the message of a failure */
    } cases[] = {
        /* flat table */
        {"<column name='数' type='文字'/>", "村,数\n甲,1\n乙,02\n", "甲|1 乙|02 "},
        {"<column name='号' type='数'/>", "村,号\n甲,1\n乙,2\n", "甲|1000000 乙|2000000 "},
        {"<column name='数' type='数'/>", "村,数\n甲,若干\n乙,好\n", "a.csv:2: B2“数”: 错误 E230"},
        {"<column name='日' type='日期'/>", "村,日\n甲,45418\n乙,20240507\n", "甲|19849 乙|19850 "},
        {"<column name='月' type='月份'/>", "村,月\n甲,May-24\n乙,202405\n", "甲|19844 乙|19844 "},
        {"<column name='垃圾' alias='垃圾量'/>", "村,垃圾量(吨)\n甲,1\n", "甲|1000000 "},
        {"<column name='垃圾' unit='吨'/>", "村,垃圾\n甲,1吨\n", "甲|1000000 "},
        {"<column name='垃圾' unit='公斤'/>", "村,垃圾(千克)\n甲,1\n", "甲|1000000 "},
        {"<column name='垃圾' unit='吨'/>", "村,垃圾(公斤)\n甲,1\n",
            "a.csv:1: B1“垃圾(公斤)”: 错误 E228: 列“垃圾”的单位是“公斤”，目录里是“吨”"},
        {"<column name='垃圾' min='0' max='100'/>", "村,垃圾\n甲,100\n乙,101\n",
            "a.csv:3: B3“垃圾”: 错误 E269: “101”超出范围（允许 0—100）"},
        {"<column name='垃圾' max='100'/>", "村,垃圾\n甲,100\n乙,99\n合计,199\n",
            "甲|100000000 乙|99000000 "},
        {"<column name='垃圾' min='0'/>", "村,垃圾\n甲,1\n乙,-1\n", "“-1”超出范围（允许 ≥ 0）"},
        {"<column name='率' max='100%'/>", "村,率\n甲,99%\n乙,101%\n",
            "“101%”超出范围（允许 ≤ 100%）"},
        {"<column name='率'/>", "村,率\n甲,0.9\n乙,95%\n",
            "a.csv:3: B3“率”: 错误 E230: 这一列是数，“95%”不是数\n"
            "      = 提示: 这一列有带 % 的，也有不带的（a.csv 第 2 行“0.9”）"},
        {"<column name='率' kind='比率'/>", "村,率\n甲,0.9\n乙,95%\n", "甲|900000 乙|950000 "},
        {"<column name='状态' values='整改中、已销号'/>", "村,状态\n甲,已销号\n乙,已消号\n",
            "a.csv:3: B3“状态”: 错误 E270: 不能写“已消号”，只能写：整改中、已销号\n"
            "      = 提示: 是否为“已销号”？"},
        {"<column name='数' required='是'/>", "村,数\n甲,1\n乙,/\n",
            "a.csv:3: B3“数”: 错误 E268: 列“数”不能为空"},
        {"<column name='数' missing='零'/>", "村,数\n甲,1\n乙,/\n", "甲|1000000 乙|0 "},
        {"<column name='数' missing='零'/>", "村,数\n甲,1\n乙,/\n", "甲|1000000 乙|0 "},
        {"<column name='垃级'/>", "村,垃圾\n甲,1\n", "错误 E226: a.csv 没有列“垃级”\n"},
        {"<column name='垃级'/>", "村,垃圾\n甲,1\n", "提示: 是否为“垃圾”？"},
        {"<column name='数'/>", "村,数,备注\n甲,1,x\n",
            "a.csv:1: 说明 N208: 有 2 列没有声明，照收：村、备注"},
        {"<column name='数'/>", "甲,1\n乙,2\n", "a.csv:1: 错误 E229"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fresh(f);
        put(f, "a.csv", cases[i].text);
        const Table *table = load_xml(
            f, arena_printf(f->arena, "<csv id='t' files='a.csv'>%s</csv>", cases[i].column));
        if (strstr(cases[i].rows, "E2") || strstr(cases[i].rows, "N2") ||
            strstr(cases[i].rows, "超出") || strstr(cases[i].rows, "提示")) {
            expect_message(f, cases[i].rows);
        } else if (!table || strcmp(rows_of(f, table), cases[i].rows) != 0) {
            fail_msg("%s: %s%s", cases[i].text, table ? rows_of(f, table) : "", printed(f));
        }
    }
}

static void test_missing(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "村,数,率,说明\n甲,1,90%,x\n乙,/,,\n丙,,80%,y\n");
    const Table *table = load_xml(f, "<csv id='t' files='a.csv' key='村' missing='零'/>");
    assert_string_equal(rows_of(f, table), "甲|1000000|900000|x 乙|0|~|~ 丙|0|800000|y ");
    expect_message(f, "a.csv:3: B3“数”: 说明 N213: 列“数”有 2 格空着，按零算");
    expect_message(f, "N206: 列“率”缺 1 格");
    table = load_xml(f, "<csv id='u' files='a.csv' missing='零'><column name='数' missing='空'/>"
                        "</csv>");
    assert_string_equal(rows_of(f, table), "甲|1000000|900000|x 乙|~|~|~ 丙|~|800000|y ");
}

static void test_duplicates(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/1.csv", "月份,村,数(吨),分(15),说明\n2024-05,甲,1,10,x\n2024-05,乙,2,11,y\n");
    put(f, "月报/2.csv", "月份,村,数(吨),分(15),说明\n2024-05,甲,3,10,z\n2024-06,甲,4,12,w\n");
    static const char form[] =
        "<csv id='%s' files='月报/*.csv' period='月份' key='月份,村' duplicates='%s'/>";
    static const struct {
        const char *policy, *rows;
    } cases[] = {
        {"首条", "19844|甲|1000000|10000000|x 19844|乙|2000000|11000000|y "
                 "19875|甲|4000000|12000000|w "},
        {"末条", "19844|乙|2000000|11000000|y 19844|甲|3000000|10000000|z "
                 "19875|甲|4000000|12000000|w "},
        {"sum", "19844|甲|4000000|10000000|x 19844|乙|2000000|11000000|y "
                "19875|甲|4000000|12000000|w "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fresh(f);
        const Table *table = load_xml(f, arena_printf(f->arena, form, "t", cases[i].policy));
        assert_non_null(table);
        assert_string_equal(rows_of(f, table), cases[i].rows);
        assert_int_equal(table->row_count, 3);
    }
    expect_message(f, "月报/2.csv:2: 说明 N212: 有 1 行主键重复，按“相加”处理");
    fresh(f);
    assert_null(load_xml(f, arena_printf(f->arena, form, "t", "报错")));
    expect_message(f, "月报/2.csv:2: 错误 E241: 主键“2024-05、甲”重复：月报/1.csv 第 2 行已有");
    fresh(f);
    put(f, "月报/2.csv", "月份,村,数(吨),分(15),说明\n2024-05,甲,3,12,z\n");
    assert_null(load_xml(f, arena_printf(f->arena, form, "t", "相加")));
    expect_message(f, "月报/2.csv:2: D2“分(15)”: 错误 E272: 列“分”不是流量，同一主键的几行不同，"
                      "不能相加：月报/1.csv 第 2 行、月报/2.csv 第 2 行");
}

static void test_header_rows(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "村,数\n说明,见下\n村名,户厕\n,改造\n甲,1\n");
    const Table *table = load_xml(f, "<csv id='t' files='a.csv' header='3' key='村名'/>");
    assert_null(table); /* what would be its second row is one of data then */
    expect_message(f, "a.csv:4: A4“村名”: 错误 E237");
    fresh(f);
    put(f, "a.csv", "村,数\n说明,见下\n村名,户厕(座)\n甲,1\n");
    table = load_xml(f, "<csv id='t' files='a.csv' header='3'/>");
    assert_string_equal(table->columns[1].name, "户厕");
    assert_string_equal(rows_of(f, table), "甲|1000000 ");
    put(f, "a.csv", "村,数\n说明,见下\n村名,户厕\n,改造\n,(座)\n甲,1\n");
    table = load_xml(f, "<csv id='u' files='a.csv' header='3-4'/>");
    assert_string_equal(table->columns[1].name, "户厕/改造");
    assert_string_equal(table->columns[1].unit, "座");
    assert_string_equal(rows_of(f, table), "甲|1000000 ");
    assert_null(load_xml(f, "<csv id='v' files='a.csv' header='9'/>"));
    expect_message(f, "a.csv: 错误 E264: 第 9 行没有表头，header 写的却是这一行");
    Buf deep = {0};
    for (int i = 1; i < 40; i++) {
        buf_addf(&deep, "第%d行说明,x\n", i);
    }
    buf_adds(&deep, "村,数\n甲,1\n");
    put(f, "a.csv", deep.data);
    table = load_xml(f, "<csv id='w' files='a.csv' header='40'/>");
    assert_string_equal(rows_of(f, table), "甲|1000000 ");
    buf_free(&deep);
}

/* files= with {列}: each village's own file, in folders of months. */
static void test_braces(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/2024-05-甲村.csv", "垃圾(吨)\n1\n");
    put(f, "月报/2024-05-乙村.csv", "村,垃圾(吨)\n乙村,2\n,1\n");
    static const char form[] = "<csv id='t' files='月报/{月份}-{村}.csv' period='月份' key='%s'/>";
    const Table *table = load_xml(f, arena_printf(f->arena, form, "月份"));
    assert_null(table); /* one month three times */
    fresh(f);
    table = load_xml(f, "<csv id='t' files='月报/{月份}-{村}.csv' period='月份'/>");
    assert_non_null(table);
    assert_string_equal(table->columns[0].name, "村");
    assert_string_equal(
        rows_of(f, table), "乙村|2000000|19844 乙村|1000000|19844 甲村|1000000|19844 ");
    put(f, "月报/2024-05-甲村 - 副本.csv", "垃圾(吨)\n1\n");
    fresh(f);
    put(f, "月报/2024-05-乙村.csv", "村,垃圾(吨)\n乙村,2\n");
    assert_null(load_xml(f, arena_printf(f->arena, form, "月份,村")));
    expect_message(f, "月报/2024-05-甲村 - 副本.csv: 错误 E284: "
                      "像是 月报/2024-05-甲村.csv 的副本，有 1 行主键重复");
    fresh(f);
    put(f, "月报/2024-05-乙村.csv", "村,垃圾(吨)\n丙村,2\n");
    assert_null(load_xml(f, arena_printf(f->arena, form, "月份,村")));
    expect_message(
        f, "月报/2024-05-乙村.csv:2: A2“村”: 错误 E266: 列“村”写的是“丙村”，文件名里却是“乙村”");
    fresh(f);
    assert_null(load_xml(f, "<csv id='t' files='月报/{月份.csv'/>"));
    expect_message(f, "E265: files“月报/{月份.csv”里的花括号写得不对");
    put(f, "月报/六月底-甲村.csv", "垃圾(吨)\n1\n");
    assert_null(load_xml(f, arena_printf(f->arena, form, "月份,村")));
    expect_message(f, "月报/六月底-甲村.csv:2: 错误 E232: 这一列是月份，“六月底”不是月份");
    fresh(f);
    put(f, "月报/2024-05-\xB4\xE5.csv", "垃圾(吨)\n1\n");
    assert_null(load_xml(f, arena_printf(f->arena, form, "月份,村")));
    expect_message(f, "E267: 文件名不是 UTF-8，取不出“村”");
}

static void test_period_from_name(void **state)
{
    Fixture *f = *state;
    put_folder(f);
    put(f, "月报/月报-2024-05.csv", "村,垃圾(吨)\n甲,1\n");
    put(f, "月报/6月月报.csv", "村,垃圾(吨),月份\n甲,2,2024-06\n");
    static const char csv[] = "<csv id='t' files='月报/*.csv' period='月份' key='月份,村'/>";
    const Table *table = load_xml(f, csv);
    assert_non_null(table);
    assert_string_equal(rows_of(f, table), "甲|2000000|19875 甲|1000000|19844 ");
    expect_message(f, "月报/月报-2024-05.csv: 说明 N211: “月份”取自文件名，读作 2024-05");
    fresh(f);
    put(f, "月报/月报-2024-05.csv", "村,垃圾(吨),月分\n甲,1,2024-05\n");
    assert_null(load_xml(f, csv)); /* misspelt, not absent */
    expect_message(f, "E225: 缺少列“月份”");
    put(f, "a.csv", "村,垃圾(吨)\n甲,1\n");
    assert_null(load_xml(f, "<csv id='u' files='a.csv' period='月份'/>"));
    expect_message(f, "E226: a.csv 没有列“月份”\n");
    expect_message(f, "文件名里没有期间");
}

/* The declared column goes before the catalogue, and takes over what it leaves unsaid. */
static void test_catalogue(void **state)
{
    Fixture *f = *state;
    put(f, "c.xml",
        "<catalogue><indicator name='生活垃圾' alias='垃圾' unit='吨' kind='存量' decimals='2' "
        "max='5'/><indicator name='沟渠' unit='公里'/></catalogue>");
    store_set_catalogue(f->store,
        catalogue_load(f->arena, arena_printf(f->arena, "%s/c.xml", f->folder), f->diags));
    put(f, "a.csv", "村,垃圾,沟渠\n甲,7,1\n");
    const Table *table =
        load_xml(f, "<csv id='t' files='a.csv'><column name='生活垃圾' kind='流量'/></csv>");
    assert_non_null(table);
    const Column *waste = table_column_find(table, "生活垃圾");
    assert_int_equal(waste->kind, KIND_FLOW);
    assert_string_equal(waste->unit, "吨");
    assert_int_equal(waste->decimals, 2);
    expect_message(f, "a.csv:2: B2“垃圾”: 警告 W216");
    assert_string_equal(table_column_find(table, "沟渠")->indicator->unit, "公里");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_read),
        STORE_TEST(test_refused),
        STORE_TEST(test_columns),
        STORE_TEST(test_missing),
        STORE_TEST(test_duplicates),
        STORE_TEST(test_header_rows),
        STORE_TEST(test_braces),
        STORE_TEST(test_period_from_name),
        STORE_TEST(test_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
