/* A township of four villages for the tests of values: small enough to be added up by hand. */
#ifndef VALUE_TABLES_H
#define VALUE_TABLES_H

#include "value_fixture.h"

/* June: 100.5 t, May: 65, April: 20; June a year ago: 50. 丁村 never reports, 乙村 stands first in
 * the files. */
static const char waste_csv[] = "月份,村,生活垃圾(吨),乱堆乱放(处)\n"
                                "2023-05,甲村,20.0,4\n2023-05,乙村,10.0,2\n"
                                "2023-06,甲村,30.0,5\n2023-06,乙村,20.0,0\n"
                                "2024-04,甲村,10.0,1\n2024-04,乙村,10.0,1\n"
                                "2024-05,乙村,25.0,3\n2024-05,甲村,40.0,5\n"
                                "2024-06,乙村,26.0,\n2024-06,甲村,50.0,6\n2024-06,丙村,24.5,0\n";

static const char ledger_csv[] =
    "编号,发现日期,村,类别,整改时限,整改完成日期,销号日期,状态\n"
    "P-1,2024-05-06,甲村,积存,2024-05-13,2024-05-10,2024-05-12,已销号\n"
    "P-2,2024-05-20,乙村,柴草,2024-05-23,2024-06-02,2024-06-05,已销号\n"
    "P-3,2024-06-03,甲村,积存,2024-06-10,2024-06-03,2024-06-06,已销号\n"
    "P-4,2024-06-08,甲村,柴草,2024-06-15,2024-06-14,,已整改\n"
    "P-5,2024-06-12,乙村,积存,2024-06-20,,,整改中\n"
    "P-6,2024-06-28,,牲畜,2024-07-02,,,整改中\n"
    "P-7,2024-06-29,丙村,柴草,2024-07-10,2024-07-01,,已整改\n";

static const char score_csv[] =
    "期次,村,得分(15),说明\n2024-05,甲村,12.0,\n2024-05,乙村,13.0,\n"
    "2024-06,甲村,13.5,主干道落叶\n2024-06,乙村,14.0,\n2024-06,丙村,12.5,\n";

static const char project_csv[] = "项目编号,村,类型,计划数,完成数,单位,进度(%),验收\n"
                                  "X1,甲村,户厕,10,8,座,80,是\nX2,乙村,户厕,6,6,座,100,是\n"
                                  "X3,甲村,管网,300,150,米,50,否\n";

static const char roster_csv[] = "级别,名称\n镇,某镇\n村,甲村\n村,乙村\n村,丙村\n村,丁村\n";

static inline void define_set(ValueFixture *f, const char *name, const char *text)
{
    At at = {.data = NULL};
    Expr *expr = fixture_expr(f, EXPR_VALUE, text);
    assert_non_null(expr);
    assert_true(engine_define_set(f->engine, name, expr, &at));
}

static inline ValueFixture *township(const char *period)
{
    ValueFixture *f = fixture_new(period);
    At at = {.data = NULL};
    fixture_put(f, "月报.csv", waste_csv);
    fixture_put(f, "台账.csv", ledger_csv);
    fixture_put(f, "考核.csv", score_csv);
    fixture_put(f, "项目.csv", project_csv);
    fixture_put(f, "网格.csv", roster_csv);
    fixture_load(f, "月报", "月份", "月份,村");
    fixture_load(f, "台账", "发现日期", "编号");
    fixture_load(f, "考核", "期次", "期次,村");
    fixture_load(f, "项目", NULL, "项目编号");
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_start(f);
    assert_true(engine_define_param(f->engine, "镇名", "某镇", &at));
    assert_true(engine_define_param(f->engine, "标准", "13", &at));
    assert_true(engine_define_param(f->engine, "电话", "0776123", &at));
    define_set(f, "销号数", "台账|其中 状态=已销号|计数");
    define_set(f, "销号台账", "台账|其中 状态=已销号");
    define_set(f, "垃圾", "月报.生活垃圾");
    return f;
}

#endif
