/* Where figures came from: records of values, claims that are the same or are not, figures that
 * were overruled, and that tracing is not heard. */
#include "data/declare.h"
#include "data/targets.h"
#include "document/provenance.h"
#include "template/value/value_internal.h"
#include "value_fixture.h"

static const char roster[] =
    "级别,网格编号,名称,上级编号\n镇,00,某镇,\n片,01,东片,00\n片,02,西片,00\n村,0101,长塘村,01\n"
    "村,0102,前江村,01\n村,0201,路东村,02\n";

/* 前江村 has an empty cell in May, 路东村 no return in April. The rate is that of its parts. */
static const char *const returns[][2] = {
    {"月报-2024-01.csv", "月份,村,生活垃圾(吨),户数,改厕户,改厕率(%)\n"
                         "2024-01,长塘村,7,100,10,10%\n2024-01,前江村,3,200,60,30%\n"},
    {"月报-2024-04.csv", "月份,村,生活垃圾(吨),户数,改厕户,改厕率(%)\n"
                         "2024-04,长塘村,10.5,100,20,20%\n2024-04,前江村,20,200,70,35%\n"},
    {"月报-2024-05.csv", "月份,村,生活垃圾(吨),户数,改厕户,改厕率(%)\n"
                         "2024-05,长塘村,12,100,30,30%\n2024-05,前江村,,200,80,40%\n"
                         "2024-05,路东村,8,50,5,10%\n"},
    {"月报-2024-06.csv", "月份,村,生活垃圾(吨),户数,改厕户,改厕率(%)\n"
                         "2024-06,长塘村,15.5,100,40,40%\n2024-06,前江村,25,200,90,45%\n"
                         "2024-06,路东村,9.5,50,6,12%\n"}};

/* All of June's are closed, in June: found and closed are the same rows. */
static const char ledger[] = "编号,发现日期,村,类别,状态,整改时限,整改完成日期,销号日期\n"
                             "1,2024-04-03,长塘村,乱堆,已销号,2024-04-09,2024-04-08,2024-04-09\n"
                             "2,2024-05-07,前江村,乱堆,整改中,2024-05-20,,\n"
                             "3,2024-06-02,长塘村,积存,已销号,2024-06-09,2024-06-05,2024-06-08\n"
                             "4,2024-06-12,前江村,乱堆,已销号,2024-06-20,2024-06-15,2024-06-18\n";

static void load_returns(ValueFixture *f)
{
    CsvDecl decl = {.id = "月报", .files = "月报-*.csv", .period = "月份", .key = "月份,村"};
    static const ColumnDecl columns[] = {
        {.said = {.name = "户数", .has_kind = true, .kind = KIND_STOCK, .decimals = -1}},
        {.said = {.name = "改厕户", .has_kind = true, .kind = KIND_STOCK, .decimals = -1}},
        {.said = {.name = "改厕率",
             .has_kind = true,
             .kind = KIND_RATIO,
             .decimals = -1,
             .numerator = "改厕户",
             .denominator = "户数"}}};
    decl.columns = columns;
    decl.column_count = COUNT(columns);
    for (size_t i = 0; i < COUNT(returns); i++) {
        fixture_put(f, returns[i][0], returns[i][1]);
    }
    assert_non_null(store_load(f->store, &decl, f->folder, &f->options.period));
}

static ValueFixture *traced_fixture(bool draft)
{
    ValueFixture *f = fixture_new("2024-06");
    f->options.draft = draft;
    fixture_put(f, "台账.csv", ledger);
    fixture_put(f, "网格.csv", roster);
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    load_returns(f);
    fixture_load(f, "台账", "发现日期", "编号");
    fixture_start(f);
    engine_trace(f->engine);
    return f;
}

/* The record of a value as prose prints it in a scope. */
static const Provenance *record_in(
    ValueFixture *f, const char *text, const Scope *scope, const CheckScope *around)
{
    Expr *expr = fixture_expr(f, EXPR_VALUE, text);
    const char *out;
    if (!expr || !expr_check(f->engine, expr, around) ||
        !expr_text(f->engine, expr, scope, &out, NULL)) {
        print_error("%s: %s\n", text, fixture_messages(f));
        fail();
    }
    return engine_traced(f->engine, out);
}

static const Provenance *record(ValueFixture *f, const char *text)
{
    return record_in(f, text, NULL, NULL);
}

/* ---- records ---- */

static void add_sources(ValueFixture *f, Buf *out, const Provenance *record)
{
    for (int i = 0; i < record->source_count; i++) {
        const SourceRows *source = &record->sources[i];
        const char *file = source->file ? strrchr(source->file, '/') : NULL;
        buf_adds(
            out, arena_printf(f->arena, "%s%s%s %s %s %d %ld-%ld", i ? "; " : "",
                     source->column ? source->column : "",
                     source->cell ? arena_printf(f->arena, " %s", source->cell) : "", source->table,
                     file           ? file + 1
                     : source->file ? source->file
                                    : "-",
                     (int)source->rows, source->first, source->last));
    }
}

static const char *told(ValueFixture *f, const Provenance *record)
{
    static const char *const kinds[] = {"数", "率", "名次", "日期", "文字"};
    static const char *const manners[] = {"-", "流量", "存量", "评分", "比率", "行数"};
    Buf out = {0};
    buf_adds(&out, arena_printf(f->arena, "%s%s %s %s | %s → %s | %s%s | %s | ",
                       kinds[record->kind], record->missing ? "缺" : "", manners[record->manner],
                       record->indicator ? record->indicator : "-", record->exact, record->printed,
                       record->period, record->to_date ? " 只增" : "",
                       record->previous_exact ? record->previous_exact : "-"));
    add_sources(f, &out, record);
    const char *text = arena_strdup(f->arena, out.data);
    buf_free(&out);
    return text;
}

static void records_say_where_figures_came_from(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"月报.生活垃圾|约数", "数 流量 生活垃圾 | 50吨 → 50 | 2024年6月 | 20吨 | "
                               "生活垃圾 月报 月报-2024-06.csv 3 2-4"},
        /* one cell by its name; an empty one does not count */
        {"月报.生活垃圾|其中 村=长塘", "数 流量 生活垃圾 | 15.5吨 → 15.5 | 2024年6月 | 12吨 | "
                                       "生活垃圾 C2 月报 月报-2024-06.csv 1 2-2"},
        {"月报.生活垃圾|上期|万 2", "数 流量 生活垃圾 | 20吨 → 0.00万 | 2024年5月 | 30.5吨 | "
                                    "生活垃圾 月报 月报-2024-05.csv 2 2-4"},
        {"月报.生活垃圾|累计", "数 流量 生活垃圾 | 110.5吨 → 110.5 | 2024年1—6月 只增 | 60.5吨 | "
                               "生活垃圾 月报 月报-2024-01.csv 2 2-3; "
                               "生活垃圾 月报 月报-2024-04.csv 2 2-3; "
                               "生活垃圾 月报 月报-2024-05.csv 2 2-4; "
                               "生活垃圾 月报 月报-2024-06.csv 3 2-4"},
        /* a stock: the last of each village */
        {"月报.户数|累计", "数 存量 户数 | 350 → 350 | 2024年1—6月 | 350 | "
                           "户数 月报 月报-2024-06.csv 3 2-4"},
        {"月报.户数|平均|1位", "数 - 户数 | 116.666667 → 116.7 | 2024年6月 | 116.666667 | "
                               "户数 月报 月报-2024-06.csv 3 2-4"},
        /* a ratio of many rows is its parts */
        {"月报.改厕率", "率 - - | 38.857143% → 38.9% | 2024年6月 | 32.857143% | "
                        "改厕户 月报 月报-2024-06.csv 3 2-4; 户数 月报 月报-2024-06.csv 3 2-4"},
        {"月报.改厕率|其中 村=路东村", "率 比率 改厕率 | 12% → 12.0% | 2024年6月 | 10% | "
                                       "改厕率 F4 月报 月报-2024-06.csv 1 4-4"},
        {"月报.生活垃圾|环比|升降", "率 - 生活垃圾 | 150% → 增长150.0% | 2024年6月 | -34.42623% | "
                                    "生活垃圾 月报 月报-2024-06.csv 3 2-4; "
                                    "生活垃圾 月报 月报-2024-05.csv 2 2-4"},
        {"月报.生活垃圾|增减 上期|升降", "数 - 生活垃圾 | 30吨 → 增加30吨 | 2024年6月 | -10.5吨 | "
                                         "生活垃圾 月报 月报-2024-06.csv 3 2-4; "
                                         "生活垃圾 月报 月报-2024-05.csv 2 2-4"},
        {"台账|计数", "数 行数 - | 2 → 2 | 2024年6月 | 1 |  台账 台账.csv 2 4-5"},
        {"100 - 月报.户数", "数 - 户数 | -250 → -250 | 2024年6月 | -250 | "
                            "户数 月报 月报-2024-06.csv 3 2-4"},
        {"台账|占比 类别=乱堆", "率 - - | 50% → 50.0% | 2024年6月 | 100% | "
                                " 台账 台账.csv 1 5-5;  台账 台账.csv 2 4-5"},
        {"台账|至今|其中 类别=乱堆|计数",
            "数 行数 - | 3 → 3 | 截至2024年6月底 只增 | 2 |  台账 台账.csv 3 2-5"},
        /* what the day decides may shrink */
        {"台账|至今|其中 超期|计数", "数 行数 - | 1 → 1 | 截至2024年6月底 | 1 | "
                                     " 台账 台账.csv 1 3-3"},
        /* 已销号 is a column that the day decides, and here a text */
        {"台账|至今|其中 状态=已销号|计数",
            "数 行数 - | 3 → 3 | 截至2024年6月底 只增 | 1 |  台账 台账.csv 3 2-5"},
        {"台账|结转|上期|计数", "数 行数 - | 0 → 0 | 2024年5月 | 0 | "},
        {"台账.村|去重计数", "数 行数 村 | 2 → 2 | 2024年6月 | 1 | 村 台账 台账.csv 2 4-5"},
        {"月报.生活垃圾|按 村|最大", "数 - 生活垃圾 | 25吨 → 25 | 2024年6月 | 12吨 | "
                                     "生活垃圾 月报 月报-2024-06.csv 3 2-4"},
        {"月报.村|上期|缺报|计数", "数 行数 - | 0 → 0 | 2024年5月 | 1 | "},
        /* no period limits these */
        {"网格|其中 级别=村|计数", "数 行数 - | 3 → 3 |  | - |  网格 网格.csv 3 5-7"},
        {"期间|年份", "日期 - - | 2024 → 2024 |  | - | "},
        {"期间|期末|年月日", "日期 - - | 2024年6月30日 → 2024年6月30日 |  | - | "},
        {"月报.村|列举", "文字 - - | 长塘村、前江村、路东村 → 长塘村、前江村、路东村 |  | - | "},
        /* what is counted in a list of names is a number of the paper */
        {"月报.村|列举 2 '个村'", "数 行数 村 | 3 → 长塘村、前江村等3个村 | 2024年6月 | 3 | "
                                  "村 月报 月报-2024-06.csv 3 2-4"},
        {"月报.生活垃圾|分档 40 多 少", "数 流量 生活垃圾 | 50吨 → 多 | 2024年6月 | 20吨 | "
                                        "生活垃圾 月报 月报-2024-06.csv 3 2-4"},
        {"月报.生活垃圾|其中 村=没有|默认 无", "数缺 - 生活垃圾 | 无 → 无 | 2024年6月 | - | "},
        {"月报.生活垃圾|其中 村=没有|默认 0", "数 - 生活垃圾 | 0 → 0 | 2024年6月 | 0 | "},
    };
    ValueFixture *f = traced_fixture(false);
    int wrong = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got = told(f, record(f, cases[i][0]));
        if (strcmp(got, cases[i][1]) != 0) {
            print_error("%s\n  wanted %s\n  got    %s\n", cases[i][0], cases[i][1], got);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    fixture_free(f);
}

/* duplicates="相加": C2 holds 1, and the figure is 3. */
static void rows_made_of_several_name_no_cell(void **state)
{
    (void)state;
    CsvDecl decl = {.id = "重",
        .files = "重.csv",
        .period = "月份",
        .key = "月份,村",
        .duplicates = DUPLICATES_ADDED};
    ValueFixture *f = traced_fixture(false);
    fixture_put(f, "重.csv", "月份,村,处\n2024-06,长塘村,1\n2024-06,长塘村,2\n");
    assert_non_null(store_load(f->store, &decl, f->folder, &f->options.period));
    const Provenance *figure = record(f, "重.处");
    assert_string_equal(figure->exact, "3");
    assert_int_equal(figure->source_count, 1);
    assert_string_equal(figure->sources[0].letter, "C");
    assert_null(figure->sources[0].cell);
    fixture_free(f);
}

static void nothing_is_noted_without_being_asked_for(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(false);
    fixture_start(f);
    assert_null(record(f, "月报.生活垃圾"));
    fixture_free(f);
}

/* ---- claims ---- */

typedef struct ClaimCase {
    const char *a, *b;
    bool same;
} ClaimCase;

static const ClaimCase claim_cases[] = {
    {"月报.生活垃圾", "月报.生活垃圾|约数", true},
    {"月报.生活垃圾", "月报.生活垃圾|合计|万 2", true},
    {"月报.生活垃圾", "清运量", true},
    {"月报.生活垃圾", "月报.生活垃圾|其中 村=长塘村", false},
    {"月报.生活垃圾|其中 村=长塘村", "月报.生活垃圾|其中 村=长塘", true},
    {"月报.生活垃圾|其中 村=长塘村", "月报.生活垃圾|其中 村=长塘村|最大", true},
    {"月报.生活垃圾", "月报.生活垃圾|上期", false},
    {"月报.生活垃圾", "月报.生活垃圾|最大", false},
    {"月报.生活垃圾", "月报.户数", false},
    {"月报.户数", "月报.户数|最新", true},
    {"月报.户数", "月报.户数|合计", true}, /* one row a village: the very same sum */
    {"月报.户数|累计", "月报.户数|累计|合计", false},
    {"月报.户数|累计", "月报.户数", true}, /* the last of each is June's */
    {"月报.改厕率", "月报.改厕户 / 月报.户数", true},
    {"月报.改厕率", "月报.改厕户 / 月报.户数|百分比 2", true},
    {"月报.生活垃圾|环比", "月报.生活垃圾|环比|升降", true},
    {"月报.生活垃圾|环比", "月报.生活垃圾|同比|默认 0", false},
    {"月报.生活垃圾|增减 上期", "月报.生活垃圾 - (月报.生活垃圾|上期)", true},
    {"月报.生活垃圾 + 月报.户数", "月报.户数 + 月报.生活垃圾", true},
    {"月报.生活垃圾 - 月报.户数", "月报.户数 - 月报.生活垃圾", false},
    {"月报.生活垃圾", "-月报.生活垃圾", false},
    {"台账|占比 类别=乱堆", "(台账|其中 类别=乱堆|计数) / (台账|计数)", true},
    /* the same two rows, and not the same to say */
    {"台账|计数", "台账|本期 销号日期|计数", false},
    {"台账|计数", "台账|其中 状态=已销号|计数", false},
    {"台账|其中 状态=已销号|计数", "台账|其中 状态 = '已销号'|计数", true},
    {"台账|其中 状态=已销号 且 类别=乱堆|计数", "台账|其中 类别=乱堆|其中 状态=已销号|计数", true},
    {"月报|其中 生活垃圾 <= 20|计数", "月报|其中 (生活垃圾 不大于 20)|计数", true},
    {"台账|其中 类别=乱堆 或 状态=整改中|计数", "台账|其中 状态=整改中 或 (类别 = 乱堆)|计数", true},
    {"月报.生活垃圾|其中 村 属于 (长塘村、路东村)", "月报.生活垃圾|其中 村 属于 (路东村，'长塘村')",
        true},
    {"台账|其中 非 (类别=乱堆 且 状态=整改中)|计数", "台账|其中 非 (状态=整改中 且 类别=乱堆)|计数",
        true},
    {"台账|其中 类别=没有|计数", "台账|其中 类别=也没有|计数", false},
    {"台账|其中 类别=没有|计数", "台账|上期|其中 类别=没有|计数", false},
    /* the same row is late on two days */
    {"台账|至今|其中 超期|计数", "台账|至今|其中 超期|计数|上期", false},
    {"台账|至今|其中 超期|计数", "台账|至今|其中 [超期]|计数", true},
    {"台账|结转|计数", "台账|上期|结转|计数", false},
    {"月报.村|缺报|计数", "月报.村|上期|缺报|计数", false},
    {"台账.村|去重计数", "台账|计数", false},
    {"月报.生活垃圾|按 村|平均", "月报.生活垃圾|按 村|最大", false},
    {"月报.生活垃圾|分档 40 多 少", "月报.生活垃圾", true},
    {"月报.村|列举 2 '个村'", "月报.村|去重计数", true},
    {"预算", "预算|万", true},
    {"预算", "月报.生活垃圾", false},
};

static void define(ValueFixture *f)
{
    Expr *sum = fixture_expr(f, EXPR_VALUE, "月报.生活垃圾|合计");
    At at = {.data = NULL};
    assert_true(engine_define_set(f->engine, "清运量", sum, &at));
    assert_true(engine_define_param(f->engine, "预算", "50万", &at));
}

static void claims_are_of_the_figure_not_of_its_words(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(false);
    int wrong = 0;
    define(f);
    for (size_t i = 0; i < COUNT(claim_cases); i++) {
        const ClaimCase *c = &claim_cases[i];
        const char *a = record(f, c->a)->claim, *b = record(f, c->b)->claim;
        if ((strcmp(a, b) == 0) != c->same) {
            print_error("%s: %s\n%s: %s\n", c->a, a, c->b, b);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    fixture_free(f);
}

/* Months that lie mixed: 1+5+6 = 2+3+7, and so are the sums of their squares. */
static void claims_tell_rows_apart_whose_sums_agree(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(false);
    fixture_put(f, "交错.csv",
        "月份,村,处\n2024-05,长塘村,1\n2024-06,长塘村,2\n2024-06,前江村,4\n2024-04,前江村,8\n"
        "2024-05,前江村,16\n2024-05,路东村,32\n2024-06,路东村,64\n");
    fixture_load(f, "交错", "月份", "月份,村");
    const Provenance *june = record(f, "交错.处"), *may = record(f, "交错.处|上期");
    assert_string_equal(june->exact, "70");
    assert_string_equal(may->exact, "49");
    assert_string_not_equal(june->claim, may->claim);
    fixture_free(f);
}

/* What is due grows with the months; the year's target does not. */
static void claims_of_what_is_due_are_of_the_month(void **state)
{
    (void)state;
    At at = {.data = NULL};
    ValueFixture *f = traced_fixture(false);
    fixture_put(f, "任务.csv", "指标,年度,范围,目标值,单位\n生活垃圾,2024,全镇,1200,吨\n");
    CsvDecl decl = targets_declare("任务.csv", &at);
    const Table *table = store_load(f->store, &decl, f->folder, &f->options.period);
    engine_set_targets(f->engine, targets_load(f->store, table, &at));
    const Provenance *june = record(f, "月报.生活垃圾|目标 本期");
    const Provenance *may = record(f, "月报.生活垃圾|上期|目标 本期");
    assert_string_equal(june->exact, "600吨");
    assert_string_equal(may->exact, "500吨");
    assert_string_not_equal(june->claim, may->claim);
    assert_string_equal(record(f, "月报.生活垃圾|目标")->claim,
        record(f, "月报.生活垃圾|上期|目标")->claim);
    assert_string_equal(record(f, "月报.生活垃圾|完成率")->claim,
        record(f, "(月报.生活垃圾|累计) / (月报.生活垃圾|目标)")->claim);
    fixture_free(f);
}

/* ---- in groups ---- */

typedef struct List {
    CheckScope check;
    Groups groups;
} List;

static List list_of(ValueFixture *f, const char *rows, const char *keys)
{
    GroupSpec spec = {
        .rows = fixture_expr(f, EXPR_ROWS, rows), .keys = fixture_expr(f, EXPR_KEYS, keys)};
    List list = {.check = {NULL, spec.rows, spec.keys}};
    assert_true(groups_check(f->engine, &spec, NULL));
    assert_true(groups_list(f->engine, &spec, NULL, &list.groups));
    return list;
}

static void groups_say_what_the_prose_says(void **state)
{
    (void)state;
    static const char *const villages[] = {"长塘村", "前江村", "路东村"};
    static const char *const cells[] = {"C2", "C3", "C4"};
    ValueFixture *f = traced_fixture(false);
    List by = list_of(f, "月报", "村"), rows = list_of(f, "月报", NULL);
    List inner = list_of(f, "月报", "片,村");
    for (int i = 0; i < 3; i++) {
        const Provenance *group = record_in(f, "生活垃圾", by.groups.scopes[i], &by.check);
        const Provenance *row = record_in(f, "生活垃圾", rows.groups.scopes[i], &rows.check);
        const Provenance *both = record_in(f, "生活垃圾", inner.groups.scopes[i], &inner.check);
        const Provenance *prose =
            record(f, arena_printf(f->arena, "月报.生活垃圾|其中 村=%s", villages[i]));
        assert_string_equal(group->claim, prose->claim);
        assert_string_equal(row->claim, prose->claim);
        assert_string_equal(both->claim, prose->claim);
        assert_int_equal(group->source_count, 1);
        assert_string_equal(group->sources[0].cell, cells[i]);
        assert_string_equal(row->sources[0].cell, cells[i]);
    }
    const Provenance *total = record_in(f, "生活垃圾", by.groups.total, &by.check);
    assert_null(total->sources[0].cell);
    assert_string_equal(total->sources[0].letter, "C");
    assert_string_equal(total->claim, record(f, "月报.生活垃圾")->claim);
    assert_string_equal(total->previous_exact, "20吨");
    const Provenance *place = record_in(f, "序号", by.groups.scopes[1], &by.check);
    assert_int_equal(place->kind, FIGURE_RANK);
    fixture_free(f);
}

/* The rows of the others decide the place, and are not its own. */
static void a_rank_has_its_own_rows(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(false);
    List by = list_of(f, "月报", "村"), few = list_of(f, "月报|其中 生活垃圾 大于 10", "村");
    const Provenance *rank = record_in(f, "生活垃圾|排名", by.groups.scopes[1], &by.check);
    assert_string_equal(told(f, rank), "名次 - 生活垃圾 | 1 → 1 | 2024年6月 | - | "
                                       "生活垃圾 C3 月报 月报-2024-06.csv 1 3-3");
    const Provenance *again = record_in(f, "生活垃圾|排名|序数", by.groups.scopes[1], &by.check);
    assert_string_equal(rank->claim, again->claim);
    const Provenance *other = record_in(f, "生活垃圾|排名", few.groups.scopes[1], &few.check);
    assert_string_not_equal(rank->claim, other->claim);
    fixture_free(f);
}

/* Groups that share a scan have the records of the same groups asked one by one. */
static void shared_scans_give_the_same_records(void **state)
{
    (void)state;
    static const char *const figures[] = {"月报.生活垃圾|上期|默认 0", "月报.户数|累计",
        "台账|至今|计数", "月报.改厕户|全部|最新", "月报.生活垃圾|累计|按 片|最大",
        "台账|占比 类别=乱堆|默认 0", "月报.户数|首个", "月报.村|上期|缺报|计数",
        "台账.整改完成日期|至今|去重计数"};
    ValueFixture *f = traced_fixture(false);
    List by = list_of(f, "月报|近 6", "村");
    for (size_t i = 0; i < COUNT(figures); i++) {
        for (int g = 0; g < by.groups.count; g++) {
            Scope alone = *by.groups.scopes[g];
            alone.sibling_count = 0;
            const Provenance *a = record_in(f, figures[i], by.groups.scopes[g], &by.check);
            const Provenance *b = record_in(f, figures[i], &alone, &by.check);
            assert_string_equal(told(f, a), told(f, b));
            assert_string_equal(a->claim, b->claim);
        }
    }
    fixture_free(f);
}

/* ---- 改定 ---- */

static void overrule(ValueFixture *f, const char *claim, const char *value)
{
    static const Overruled said = {.reason = "补报", .who = "张镇长"};
    Decimal number;
    assert_true(decimal_parse(value, &number));
    engine_overrule(f->engine, claim, number, &said);
}

static void a_ruling_holds_wherever_its_figure_prints(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"月报.生活垃圾", "75.6"},
        {"月报.生活垃圾|约数", "70余"}, {"清运量|1位", "75.6"},
        {"月报.生活垃圾|分档 70 多 少", "多"}, {"月报.生活垃圾|环比|升降", "增长150.0%"},
        {"月报.生活垃圾|上期", "20"}, {"月报.生活垃圾|其中 村=长塘村", "15.5"},
        {"台账|占比 类别=乱堆", "66.6%"}, {"台账|占比 类别=乱堆|百分比 2", "66.60%"},
        {"预算", "620000"}, {"预算|万", "62万"}, {"月报.户数", "350"}};
    ValueFixture *f = traced_fixture(false);
    define(f);
    overrule(f, record(f, "月报.生活垃圾")->claim, "75.6");
    overrule(f, record(f, "台账|占比 类别=乱堆")->claim, "0.666");
    overrule(f, record(f, "预算")->claim, "620000");
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(record(f, cases[i][0])->printed, cases[i][1]);
    }
    const Provenance *ruled = record(f, "月报.生活垃圾|约数");
    assert_string_equal(ruled->exact, "75.6吨");
    assert_string_equal(ruled->previous_exact, "20吨");
    assert_string_equal(ruled->overruled->computed, "50吨");
    assert_string_equal(ruled->overruled->who, "张镇长");
    assert_null(record(f, "月报.生活垃圾|上期")->overruled);
    fixture_free(f);
}

/* Order is what the reader sees: places follow the printed figures, as sort= does. A place is
 * still known by the data, so that it can be overruled too. */
static void places_follow_ruled_figures(void **state)
{
    (void)state;
    static const char *const before[] = {"2", "1", "3"}, *const after[] = {"2", "3", "1"};
    const char *claims[3];
    ValueFixture *f = traced_fixture(false);
    List by = list_of(f, "月报", "村");
    for (int i = 0; i < 3; i++) {
        const Provenance *place = record_in(f, "生活垃圾|排名", by.groups.scopes[i], &by.check);
        assert_string_equal(place->printed, before[i]);
        claims[i] = place->claim;
    }
    overrule(f, record(f, "月报.生活垃圾|其中 村=前江村")->claim, "9");
    overrule(f, record(f, "月报.生活垃圾|其中 村=路东村")->claim, "99");
    by = list_of(f, "月报", "村");
    for (int i = 0; i < 3; i++) {
        const Provenance *place = record_in(f, "生活垃圾|排名", by.groups.scopes[i], &by.check);
        assert_string_equal(place->printed, after[i]);
        assert_string_equal(place->claim, claims[i]);
        assert_null(place->overruled);
    }
    overrule(f, claims[0], "1");
    assert_string_equal(
        record_in(f, "生活垃圾|排名", by.groups.scopes[0], &by.check)->printed, "1");
    fixture_free(f);
}

/* What a table adds up at the foot of its pages is judged by the data. */
static void a_ruled_number_keeps_what_was_computed(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(false);
    List by = list_of(f, "月报", "村");
    Expr *value = fixture_expr(f, EXPR_VALUE, "生活垃圾");
    Datum datum;
    overrule(f, record(f, "月报.生活垃圾|其中 村=前江村")->claim, "99");
    assert_true(expr_check(f->engine, value, &by.check));
    assert_true(expr_eval(f->engine, value, by.groups.scopes[1], &datum));
    assert_string_equal(datum_cell(f->engine, &datum, NULL), "99.0");
    assert_int_equal(decimal_cmp(datum_computed(&datum), decimal_from_int(25)), 0);
    assert_true(expr_eval(f->engine, value, by.groups.scopes[0], &datum));
    assert_string_equal(datum_cell(f->engine, &datum, NULL), "15.5");
    fixture_free(f);
}

/* ---- what is not heard ---- */

/* February and March are not there, and the period before would say so once more. */
static void an_extra_evaluation_tells_nothing(void **state)
{
    (void)state;
    const char *told_by[2];
    for (int traced = 0; traced < 2; traced++) {
        ValueFixture *f = traced_fixture(false);
        fixture_start(f);
        if (traced) {
            engine_trace(f->engine);
        }
        record(f, "月报.生活垃圾|累计");
        record(f, "月报.生活垃圾|近 2");
        record(f, "月报.生活垃圾|近 2|上期");
        told_by[traced] = strdup(fixture_messages(f));
        fixture_free(f);
    }
    assert_non_null(strstr(told_by[0], "W230"));
    assert_string_equal(told_by[0], told_by[1]);
    free((char *)told_by[0]);
    free((char *)told_by[1]);
}

static void a_draft_lists_what_it_lacks(void **state)
{
    (void)state;
    ValueFixture *f = traced_fixture(true);
    const Provenance *lack = record(f, "月报.生活垃圾|其中 村=没有");
    assert_true(lack->missing);
    assert_int_equal(lack->kind, FIGURE_NUMBER);
    assert_string_equal(lack->printed, "【缺：月报.生活垃圾|其中 村=没有】");
    assert_string_equal(lack->indicator, "生活垃圾");
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_say_where_figures_came_from),
        cmocka_unit_test(rows_made_of_several_name_no_cell),
        cmocka_unit_test(nothing_is_noted_without_being_asked_for),
        cmocka_unit_test(claims_are_of_the_figure_not_of_its_words),
        cmocka_unit_test(claims_tell_rows_apart_whose_sums_agree),
        cmocka_unit_test(claims_of_what_is_due_are_of_the_month),
        cmocka_unit_test(groups_say_what_the_prose_says),
        cmocka_unit_test(a_rank_has_its_own_rows),
        cmocka_unit_test(shared_scans_give_the_same_records),
        cmocka_unit_test(a_ruling_holds_wherever_its_figure_prints),
        cmocka_unit_test(places_follow_ruled_figures),
        cmocka_unit_test(a_ruled_number_keeps_what_was_computed),
        cmocka_unit_test(an_extra_evaluation_tells_nothing),
        cmocka_unit_test(a_draft_lists_what_it_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
