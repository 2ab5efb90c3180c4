/* CSV files of a folder put together into tables, with their periods and keys. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <string.h>

#include "data/discover.h"
#include "store_fixture.h"

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int tear_down_tree(void **state)
{
    Fixture *f = *state;
    nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    store_close(f->store);
    arena_free(f->arena);
    free(f);
    return 0;
}

/* A file in folders of its own, which are made. */
static void lay(Fixture *f, const char *name, const char *text)
{
    char *path = arena_printf(f->arena, "%s/%s", f->folder, name);
    for (char *at = path + strlen(f->folder) + 1; (at = strchr(at, '/')); *at++ = '/') {
        *at = '\0';
        mkdir(path, 0777);
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char month4[] = "月份,村,垃圾(吨)\n2024-04,甲村,1\n2024-04,乙村,2\n";
static const char month5[] = "月份,村,垃圾(吨)\n2024-05,甲村,1\n2024-05,乙村,2\n";
static const char month6[] = "月份,村,垃圾(吨)\n2024-06,甲村,3\n2024-06,乙村,4\n";

/* "id files period key" of each table, with - for what is not there; a roster and targets marked.
 */
static const char *found(Fixture *f)
{
    Discovery discovery;
    Buf text = {0};
    if (!discover(f->arena, f->folder, f->diags, &discovery)) {
        return NULL;
    }
    for (int i = 0; i < discovery.count; i++) {
        const CsvDecl *decl = &discovery.tables[i];
        buf_addf(&text, "%s%s %s %s %s%s", i ? "\n" : "", decl->id, decl->files,
            decl->period ? decl->period : "-", decl->key ? decl->key : "-",
            i == discovery.roster    ? " 名册"
            : i == discovery.targets ? " 任务"
                                     : "");
    }
    const char *kept = arena_strdup(f->arena, text.data ? text.data : "");
    buf_free(&text);
    return kept;
}

static void test_tables(void **state)
{
    static const struct {
        const char *files[4][2]; /* name, text; a NULL text: that of May */
        const char *found;
    } cases[] = {
        /* a folder that holds nothing else has its name and all of its files */
        {{{"月报/a-2024-05.csv", month5}, {"月报/a-2024-06.csv", month6}},
            "月报 月报/*.csv 月份 月份,村"},
        /* beside other files the pattern is their own */
        {{{"月报-2024-05.csv", month5}, {"月报-2024-06.csv", month6},
             {"说明.csv", "甲,乙\n子,丑\n"}},
            "月报 月报-*.csv 月份 月份,村\n说明 说明.csv - 甲"},
        /* folders of months */
        {{{"2024-05/月报.csv", month5}, {"2024-06/月报.csv", month6}},
            "月报 */月报.csv 月份 月份,村"},
        /* a file alone may have more of its kind next month */
        {{{"月报-2024-06.csv", month6}}, "月报 月报-*.csv 月份 月份,村"},
        /* * would take the other one too */
        {{{"2024-05.csv", month5}, {"2024-06.csv", month6}, {"期间.csv", "甲,乙\n子,1\n"}},
            "表 ?\?\?\?-?\?.csv 月份 月份,村\n表期间 期间.csv - 甲"},
        /* the period is in the name only */
        {{{"月报/2024-05.csv", "村,吨\n甲村,1\n乙村,2\n"},
             {"月报/2024-06.csv", "村,吨\n甲村,1\n乙村,2\n"}},
            "月报 月报/*.csv 月份 月份,村"},
        /* a file named otherwise holds a month of the same table */
        {{{"月报/a-2024-04.csv", month4}, {"月报/2024年5月各村.csv", month5},
             {"月报/a-2024-06.csv", month6}},
            "月报 月报/*.csv 月份 月份,村"},
        /* a column of villages by another name, without a roster */
        {{{"改厕/2024年6月改厕.csv", "社区/村,座\n甲,1\n乙,2\n"}},
            "改厕 改厕/*.csv 月份 月份,社区/村"},
        /* 级别 of dangers, not of places */
        {{{"隐患.csv", "编号,级别,名称\nA-1,一般,开裂\nA-2,重大,塌方\n"}}, "隐患 隐患.csv - 编号"},
        /* villages that each send a file of their own */
        {{{"上报/2024-06/甲村.csv", "吨\n1\n"}, {"上报/2024-06/乙村.csv", "吨\n2\n"}},
            "上报 上报/*/{村}.csv 月份 月份,村"},
        /* a ledger: its number, and the day by which its rows lie in a month */
        {{{"问题台账.csv", "编号,整改时限,发现日期,村\nA-1,2024-06-09,2024-06-01,甲村\n"
                           "A-2,2024-06-12,2024-06-02,甲村\n"}},
            "问题台账 问题台账.csv 发现日期 编号"},
        /* events: two on a day in a village are no mistake */
        {{{"活动.csv", "日期,村,人\n2024-06-01,甲村,1\n2024-06-02,乙村,2\n"}},
            "活动 活动.csv 日期 -"},
        {{{"网格.csv", "级别,名称,户数\n镇,某镇,9\n村,甲村,4\n"},
             {"任务.csv", "指标,年度,范围,目标值\n垃圾,2024,全镇,9\n垃圾,2024,甲村,4\n"}},
            "任务 任务.csv 年度 - 任务\n网格 网格.csv - - 名册"},
        /* names that are none, and names that meet */
        {{{"甲/a b.csv", "x,y\n子,1\n"}, {"乙/a-b.csv", "x,y\n子,1\n"}, {"7.csv", "x,y\n子,1\n"}},
            "表7 7.csv - x\nab 乙/a-b.csv - x\n表ab 甲/a b.csv - x"},
        /* one village that reported twice is a mistake, not another kind of table */
        {{{"月报-2024-06.csv",
             "月份,村,吨\n2024-06,一村,1\n2024-06,二村,1\n2024-06,三村,1\n2024-06,四村,1\n"
             "2024-06,五村,1\n2024-06,六村,1\n2024-06,七村,1\n2024-06,八村,1\n2024-06,九村,1\n"
             "2024-06,九村,1\n"}},
            "月报 月报-*.csv 月份 月份,村"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(set_up(state), 0);
        Fixture *f = *state;
        for (size_t j = 0; j < 4 && cases[i].files[j][0]; j++) {
            lay(f, cases[i].files[j][0], cases[i].files[j][1]);
        }
        const char *is = found(f);
        if (!is || strcmp(is, cases[i].found) != 0) {
            fail_msg("case %zu: “%s”, not “%s”", i, is, cases[i].found);
        }
        assert_string_equal(printed(f), "");
        tear_down_tree(state);
    }
}

/* What is found loads, and the roster goes first: 甲 is 甲村. */
static void test_found_tables_load(void **state)
{
    Fixture *f = *state;
    Discovery discovery;
    lay(f, "月报/2024-06.csv", "月份,村,吨\n2024-06,甲,1\n2024-06,乙村,2\n");
    lay(f, "网格.csv", "级别,名称\n村,甲村\n村,乙村\n");
    assert_true(discover(f->arena, f->folder, f->diags, &discovery));
    assert_true(discover_load(&discovery, f->folder, NULL, f->store));
    assert_int_equal(store_table_count(f->store), 2);
    assert_non_null(store_roster(f->store));
    expect_message(f, "N207");
    const Table *table = store_find(f->store, "月报");
    assert_non_null(table);
    assert_int_equal(table->key_count, 2);
}

/* One that cannot be read does not hide the others. */
static void test_a_broken_file_is_told(void **state)
{
    Fixture *f = *state;
    Discovery discovery;
    lay(f, "好.csv", "甲,乙\n子,1\n");
    lay(f, "坏.csv", "甲,乙\n子,\"1\n");
    assert_true(discover(f->arena, f->folder, f->diags, &discovery));
    assert_int_equal(discovery.count, 2);
    assert_false(discover_load(&discovery, f->folder, NULL, f->store));
    assert_int_equal(store_table_count(f->store), 1);
    expect_message(f, "坏.csv:2: 错误 E213");
}

static void test_what_stays_out(void **state)
{
    Fixture *f = *state;
    lay(f, "任务表.csv", "甲,乙\n子,1\n");
    lay(f, "任务表 - 副本.csv", "甲,乙\n子,1\n");
    lay(f, "\xD4\xC2\xB1\xA8.csv", "甲,乙\n子,1\n");
    lay(f, ".隐藏.csv", "甲,乙\n子,1\n");
    lay(f, "~$任务表.csv", "x");
    assert_string_equal(found(f), "任务表 任务表.csv - 甲");
    expect_message(f, "W520");
    expect_message(f, "任务表 - 副本.csv: 警告 W521");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 2);
}

/* A copy of a quarter or month is no table of its own, and none of its rows counts twice. */
static void test_copies_of_a_period(void **state)
{
    Fixture *f = *state;
    lay(f, "收入-2024Q1.csv", "村,吨\n甲村,1\n乙村,2\n");
    lay(f, "收入-2024Q2.csv", "村,吨\n甲村,1\n乙村,2\n");
    lay(f, "收入-2024Q2 - 副本.csv", "村,吨\n甲村,1\n乙村,2\n");
    lay(f, "月报-2024-06.csv", month6);
    lay(f, "月报-2024-06(1).csv", month6);
    assert_string_equal(found(f), "收入 收入-?\?\?\?Q?.csv 季度 季度,村\n"
                                  "月报 月报-?\?\?\?-?\?.csv 月份 月份,村");
    expect_message(f, "收入-2024Q2 - 副本.csv: 警告 W521");
    expect_message(f, "月报-2024-06(1).csv: 警告 W521");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 2);
}

static void test_nothing_there(void **state)
{
    Fixture *f = *state;
    lay(f, "说明.txt", "x");
    assert_null(found(f));
    expect_message(f, "E527");
}

static void test_no_folder(void **state)
{
    Fixture *f = *state;
    Discovery discovery;
    assert_false(discover(f->arena, "/tmp/wenyin-none", f->diags, &discovery));
    expect_message(f, "E206");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test_setup_teardown(test_found_tables_load, set_up, tear_down_tree),
        cmocka_unit_test_setup_teardown(test_a_broken_file_is_told, set_up, tear_down_tree),
        cmocka_unit_test_setup_teardown(test_what_stays_out, set_up, tear_down_tree),
        cmocka_unit_test_setup_teardown(test_copies_of_a_period, set_up, tear_down_tree),
        cmocka_unit_test_setup_teardown(test_nothing_there, set_up, tear_down_tree),
        cmocka_unit_test_setup_teardown(test_no_folder, set_up, tear_down_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
