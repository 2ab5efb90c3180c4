#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "store_fixture.h"
#include "data/catalogue.h"

static void test_simple(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv",
        "月份,村,生活垃圾(吨),完成率,得分(15)\r\n2024-05,长塘村,42.5,92.3%,13.5\r\n"
        "2024年6月,前江村,\"1,038\",/,—\r\n");
    const Table *table = load(f, "月报", "a.csv", "月份", "月份,村");
    assert_non_null(table);
    assert_string_equal(dump(f, table), "19844|长塘村|42500000|923000|13500000|19844|19874|0|2 "
                                        "19875|前江村|1038000000|~|~|19875|19904|0|3 ");
    assert_int_equal(table->row_count, 2);
    assert_int_equal(table->period_column, 0);
    assert_int_equal(table->key_count, 2);
    assert_int_equal(table->keys[1], 1);
    const Column *waste = table_column_find(table, "生活垃圾");
    assert_string_equal(waste->unit, "吨");
    assert_string_equal(waste->head, "生活垃圾(吨)");
    assert_int_equal(waste->kind, KIND_FLOW);
    assert_true(waste->kind_guessed);
    assert_int_equal(waste->decimals, 1);
    assert_int_equal(table_column_find(table, "完成率")->kind, KIND_RATIO);
    assert_int_equal(table_column_find(table, "完成率")->decimals, 3);
    assert_int_equal(table_column_find(table, "得分")->kind, KIND_SCORE);
    assert_int_equal(table_column_find(table, "得分")->full_marks.mantissa, 15);
    assert_int_equal(table_column_find(table, "月份")->type, COLUMN_MONTH);
    assert_int_equal(table_column_find(table, "村")->kind, KIND_TEXT);
    assert_null(table_column_find(table, "乡"));
    assert_ptr_equal(store_find(f->store, "月报"), table);
    assert_null(store_find(f->store, "台账"));
    const DataPlace *place = store_place(f->store, table, 0, 3, waste);
    assert_string_equal(place->file, "a.csv");
    assert_string_equal(data_cell_name(f->arena, place), "C3");
    assert_false(diag_failed(f->diags));
}

static void test_roster(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", "级别,名称\n镇,洋江镇\n村,杨潭村\n村,长塘村\n村,四塘社区\n组,长塘村\n");
    put(f, "a.csv", "村,数\n长塘,1\n杨潭村委会,2\n镇本级,3\n");
    const Table *table = load(f, "月报", "a.csv", NULL, NULL);
    const Table *roster = load(f, "网格", "网格.csv", NULL, NULL);
    assert_null(store_roster(f->store));
    assert_int_equal(store_roster_order(f->store, "长塘村"), -1);
    store_set_roster(f->store, roster);
    assert_ptr_equal(store_roster(f->store), roster);
    assert_true(roster->is_roster);
    static const struct {
        const char *name;
        int order;
    } cases[] = {{"洋江镇", 0}, {"杨潭村", 1}, {"长塘村", 2}, {"长塘", 2}, {"长塘村委会", 2},
        {"长塘村 ", 2}, {"长塘村民委员会", 2}, {"四塘", 3}, {"四塘社区居委会", 3}, {"镇本级", -1},
        {"全镇", -1}, {"", -1}, {"村", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(store_roster_order(f->store, cases[i].name), cases[i].order);
        assert_int_equal(store_roster_order(f->store, cases[i].name), cases[i].order); /* kept */
    }
    assert_string_equal(
        dump(f, table), "长塘村|1000000|~|~|0|2 杨潭村|2000000|~|~|0|3 镇本级|3000000|~|~|0|4 ");
    expect_message(f, "a.csv:2: A2“村”: 说明 N207: “长塘”读作“长塘村”");
    put(f, "b.csv", "村,数\n长塘,1\n长塘村,2\n"); /* one village twice, once the roster is known */
    assert_null(load(f, "u", "b.csv", NULL, "村"));
    expect_message(f, "b.csv:3: 错误 E241: 主键“长塘村”重复：b.csv 第 2 行已有");
}

static void test_catalogue(void **state)
{
    Fixture *f = *state;
    put(f, "目录.xml",
        "<catalogue>\n<indicator name=\"生活垃圾\" alias=\"垃圾，垃圾清运量\" unit=\"吨\" "
        "kind=\"流量\" decimals=\"1\"/>\n"
        "<indicator name=\"户厕\" kind=\"stock\" good=\"升\" min=\"0\" max=\"100\" "
        "group=\"厕所\"/>\n"
        "<indicator name=\"备注\" kind=\"文本\"/>\n</catalogue>\n");
    char *path = arena_printf(f->arena, "%s/目录.xml", f->folder);
    const Catalogue *catalogue = catalogue_load(f->arena, path, f->diags);
    assert_non_null(catalogue);
    assert_string_equal(catalogue_find(catalogue, "垃圾清运量")->name, "生活垃圾");
    assert_string_equal(catalogue_find(catalogue, "户厕")->group, "厕所");
    assert_int_equal(catalogue_find(catalogue, "户厕")->good, 1);
    assert_null(catalogue_find(catalogue, "公厕"));
    store_set_catalogue(f->store, catalogue);
    put(f, "a.csv", "村,垃圾,户厕,备注\n甲,12,120,1\n乙,13,20,2\n");
    const Table *table = load(f, "t", "a.csv", NULL, "村");
    assert_non_null(table);
    const Column *waste = table_column_find(table, "生活垃圾");
    assert_string_equal(waste->unit, "吨");
    assert_int_equal(waste->decimals, 1);
    assert_false(waste->kind_guessed);
    assert_int_equal(table_column_find(table, "户厕")->kind, KIND_STOCK);
    assert_int_equal(table_column_find(table, "备注")->type, COLUMN_TEXT);
    expect_message(f, "a.csv:2: C2“户厕”: 警告 W216: “120”超出目录所定的范围（允许 ");
    put(f, "b.csv", "村,垃圾(公斤)\n甲,12\n");
    assert_null(load(f, "u", "b.csv", NULL, NULL));
    expect_message(f, "E228: 列“生活垃圾”的单位是“公斤”，目录里是“吨”");
}

static void test_catalogue_faults(void **state)
{
    Fixture *f = *state;
    put(f, "目录.xml",
        "<catalogue>\n<indicator name=\"甲\" knd=\"flow\"/>\n<indicator unit=\"吨\"/>\n"
        "<indicator name=\"甲\"/>\n<indicator name=\"乙\" kind=\"流\" decimals=\"7\"/>\n<item/>\n"
        "</catalogue>\n");
    char *path = arena_printf(f->arena, "%s/目录.xml", f->folder);
    assert_null(catalogue_load(f->arena, path, f->diags));
    expect_message(f, "E252: <indicator> 没有属性 knd");
    expect_message(f, "是否为“kind”？");
    expect_message(f, "E253: <indicator> 缺少属性 name");
    expect_message(f, "E255: 目录里“甲”出现两次");
    expect_message(f, "E254: 属性 kind 不能是“流”");
    expect_message(f, "提示: 可用：流量、存量、比率、评分、目标、文本、日期");
    expect_message(f, "E254: 属性 decimals 不能是“7”");
    expect_message(f, "提示: 可用：0—6");
    expect_message(f, "E251: 目录里只能有 <indicator>，不能有 <item>");
    put(f, "目录.xml", "<report/>\n");
    assert_null(catalogue_load(f->arena, path, f->diags));
    expect_message(f, "E250: 目录的根元素须是 <catalogue>，不是 <report>");
}

static void test_sum_too_large(void **state)
{
    Fixture *f = *state;
    Buf text = {0};
    buf_adds(&text, "数(元)\n");
    for (int i = 0; i < 12; i++) {
        buf_adds(&text, "999999999999\n");
    }
    put_bytes(f, "a.csv", text.data, text.length);
    buf_free(&text);
    const Table *table = load(f, "t", "a.csv", NULL, NULL);
    assert_non_null(table);
    StoreQuery *query =
        store_prepare(f->store, arena_printf(f->arena, "SELECT sum(c0) FROM %s", table->sql));
    assert_false(store_step(query));
    store_reset(query);
    expect_message(f, "E260: 数据太大，相加后超出范围");
}

static void test_queries(void **state)
{
    Fixture *f = *state;
    put(f, "a.csv", "村,数\n甲,1\n乙,2\n丙,\n");
    const Table *table = load(f, "t", "a.csv", NULL, "村");
    char *sql =
        arena_printf(f->arena, "SELECT c1, c0 FROM %s WHERE c0 = ?1 OR c1 = ?2", table->sql);
    StoreQuery *query = store_prepare(f->store, sql);
    store_bind_text(query, 1, "乙");
    store_bind_null(query, 2);
    assert_true(store_step(query));
    assert_int_equal(store_int(query, 0), 2000000);
    assert_string_equal(store_text(query, 1), "乙");
    assert_false(store_step(query));
    assert_ptr_equal(store_prepare(f->store, sql), query);
    store_bind_int(query, 2, 1000000); /* the text bound before is gone */
    assert_true(store_step(query));
    assert_string_equal(store_text(query, 1), "甲");
    assert_false(store_step(query));
    store_reset(query);
    assert_int_equal(store_table_count(f->store), 1);
    assert_ptr_equal(store_table(f->store, 0), table);
}

/* Further names of units: from the roster's own columns, and by the plain rule where it is clear.
 */
static void test_aliases(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv",
        "级别,名称,别名,简称\n镇,洋江镇,,洋江\n村,那况村,老那况、那况屯,\n村,那况社区,,\n"
        "村,六村村,,\n村,长塘村,,长塘坡\n村,新村,塘边,\n");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    static const struct {
        const char *name;
        int order;
    } cases[] = {{"老那况", 1}, {"那况屯", 1}, {"那况", -1}, {"那况村委会", 1},
        {"那况社区居委会", 2}, {"六村", 3}, {"六村村委会", 3}, {"长塘坡", 4}, {"长 塘", 4},
        {"塘边", 5}, {"新", 5}, {"洋江", 0}, {"镇本级", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (store_roster_order(f->store, cases[i].name) != cases[i].order) {
            fail_msg("%s: %d", cases[i].name, store_roster_order(f->store, cases[i].name));
        }
    }
    put(f, "a.csv", "村,数\n老那况,1\n那况社区居委会,2\n");
    const Table *table = load(f, "t", "a.csv", NULL, "村");
    assert_string_equal(dump(f, table), "那况村|1000000|~|~|0|2 那况社区|2000000|~|~|0|3 ");
    expect_message(f, "a.csv:2: A2“村”: 说明 N207: “老那况”读作“那况村”");
    put(f, "网格.csv", "级别,名称,别名\n村,甲村,丙村\n村,乙村,丙村、甲村\n");
    store_set_roster(f->store, load(f, "网", "网格.csv", NULL, NULL));
    expect_message(f, "网格.csv:3: C3“别名”: 错误 E273: 名册里“丙村”既指“甲村”，又指“乙村”");
    expect_message(f, "E273: 名册里“甲村”既指“甲村”，又指“乙村”");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_simple),
        STORE_TEST(test_roster),
        STORE_TEST(test_aliases),
        STORE_TEST(test_catalogue),
        STORE_TEST(test_catalogue_faults),
        STORE_TEST(test_sum_too_large),
        STORE_TEST(test_queries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
