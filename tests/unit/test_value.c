#include "value_tables.h"
#include "data/catalogue.h"

typedef struct TextCase {
    const char *value, *text;
} TextCase;

static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0;
    while ((text = strstr(text, word))) {
        count++;
        text += strlen(word);
    }
    return count;
}

static void check_texts(const char *period, const TextCase *cases, size_t count)
{
    ValueFixture *f = township(period);
    for (size_t i = 0; i < count; i++) {
        const char *text = fixture_text(f, cases[i].value, NULL);
        if (!text) {
            print_error("%s: %s\n", cases[i].value, fixture_messages(f));
        }
        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
    assert_false(diag_failed(f->diags));
    /* The township's files lack months and villages on purpose; nothing else may be doubted. */
    const char *said = fixture_messages(f);
    assert_int_equal(
        diag_count(f->diags, DIAG_WARNING), occurrences(said, "W230") + occurrences(said, "W237"));
    fixture_free(f);
}

static const TextCase figure_cases[] = {
    /* flat table */
    /* by kind, by step */
    {"月报.生活垃圾", "100.5"},
    {"月报.生活垃圾|合计", "100.5"},
    {"月报.生活垃圾|平均", "33.5"},
    {"月报.生活垃圾|最大", "50"},
    {"月报.生活垃圾|最小", "24.5"},
    {"月报.生活垃圾|最新", "100.5"},
    {"月报.生活垃圾|累计|最新", "100.5"},
    {"月报.生活垃圾|累计|首个", "44.5"},
    {"月报.乱堆乱放", "6"},
    {"月报.乱堆乱放|平均", "3"},
    {"考核.得分", "13.33"},
    {"考核.得分|合计", "40"},
    {"考核.得分|平均", "13.33"},
    {"项目.进度|其中 类型=管网", "50.0%"},
    {"项目.完成数|其中 类型=户厕", "14"},
    {"项目.进度|平均", "76.7%"},
    {"考核.说明", "主干道落叶"},
    {"月报.月份", "2024-06"},
    {"月报.月份|年月", "2024年6月"},
    {"台账.发现日期|最大|月日", "6月29日"},
    {"台账.发现日期|最小", "2024年6月3日"},
    {"台账.状态|最新", "已整改"},
    {"台账.状态|首个", "已销号"},
    /* rows */
    {"台账|计数", "5"},
    {"台账|去重计数 村", "3"},
    {"台账.村|去重计数", "3"},
    {"台账|全部|计数", "7"},
    {"台账|上期|计数", "2"},
    {"台账|本期 销号日期|计数", "2"},
    {"台账|上期 销号日期|计数", "1"},
    {"台账|至今 销号日期|计数", "3"},
    {"台账|近 2|计数", "7"},
    {"台账.村|列举", "甲村、乙村、丙村"},
    {"台账.村|列举 2", "甲村、乙村等3个村"},
    {"台账.村|列举 3", "甲村、乙村、丙村3个村"},
    {"台账.村|列举 2 '个村（社区）'", "甲村、乙村等3个村（社区）"},
    {"台账.类别|列举", "积存、柴草、牲畜"},
    /* periods: 上期 同期 move, the others widen, in any order */
    {"月报.生活垃圾|本期", "100.5"},
    {"月报.生活垃圾|上期", "65"},
    {"月报.生活垃圾|上期|上期", "20"},
    {"月报.生活垃圾|同期", "50"},
    {"月报.生活垃圾|累计", "185.5"},
    {"月报.生活垃圾|累计|同期", "80"},
    {"月报.生活垃圾|同期|累计", "80"},
    {"月报.生活垃圾|至今", "265.5"},
    {"月报.生活垃圾|至今|上期", "165"},
    {"月报.生活垃圾|全部", "265.5"},
    {"月报.生活垃圾|近 2", "165.5"},
    {"月报.生活垃圾|近 1", "100.5"},
    {"月报.生活垃圾|previous|sum", "65"},
    /* again */
    {"月报.生活垃圾|环比", "54.6%"},
    {"月报.生活垃圾|同比", "101.0%"},
    {"月报.生活垃圾|累计|同比", "131.9%"},
    {"月报.生活垃圾|累计|环比", "118.2%"},
    {"月报.生活垃圾|环比|升降", "增长54.6%"},
    {"月报.生活垃圾|环比|升降 0", "增长55%"},
    {"月报.生活垃圾|增减 上期|升降", "增加35.5吨"},
    {"月报.生活垃圾|增减 同期|升降 0 '吨垃圾'", "增加51吨垃圾"},
    {"台账|计数|环比", "150.0%"},
    {"台账|计数|增减 上期|升降 '个'", "增加3个"},
    {"台账|占比 已整改|增减 上期|升降", "降低10.0个百分点"},
    {"销号数|环比", "-50.0%"},
    {"销号数|环比|升降", "下降50.0%"},
    {"(销号数 / (台账|计数))|环比", "-80.0%"},
    {"考核.得分|增减 上期|升降", "增加0.83"},
    {"(月报.生活垃圾|其中 村=乙村)|增减 上期|升降 0", "增加1吨"},
    {"月报.生活垃圾|占 (月报.生活垃圾|累计)", "54.2%"},
    /* sets and params */
    {"镇名", "某镇"},
    {"标准 + 1", "14"},
    {"电话", "0776123"},
    {"销号数", "1"},
    {"销号数|上期", "2"},
    {"销号数|累计", "3"},
    {"销号台账|计数", "1"},
    {"销号台账|上期|计数", "2"},
    {"垃圾|同期", "50"},
    {"垃圾|其中 村=甲村", "50"},
    /* 按 */
    {"月报.生活垃圾|按 村|平均", "33.5"},
    {"月报.生活垃圾|累计|按 村|平均", "61.83"},
    {"月报.生活垃圾|累计|按 村|最大", "100"},
    {"台账|按 村|计数", "3"},
    {"台账|按 村|最大", "2"},
    {"台账|按 类别|平均", "1.67"},
    /* arithmetic */
    {"1+2×3", "7"},
    {"(1+2)*3-4÷8", "8.5"},
    {"1/3", "0.33"},
    {"-(2-5)", "3"},
    {"5万", "50000"},
    {"5%", "5.0%"},
    {"月报.生活垃圾 / (台账|计数)", "20.1"},
    {"2024-06-10 - 2024-06-01", "9"},
    {"(截至 + 5)|月日", "7月5日"},
    {"(期间|年份) - 1", "2023"},
    /* wording */
    {"月报.生活垃圾|约数", "100余"},
    {"月报.生活垃圾|约数 多", "100多"},
    {"月报.生活垃圾|1位", "100.5"},
    {"月报.生活垃圾|2 位", "100.50"},
    {"月报.生活垃圾|整数", "101"},
    {"(月报.生活垃圾 * 1000)|千分位", "100,500"},
    {"123456|万", "12.35万"},
    {"123456|万 1", "12.3万"},
    {"297000000|亿", "2.97亿"},
    {"0.953|百分比 0", "95%"},
    {"(台账|占比 已整改)|约数", "40%"},
    {"123|中文", "一百二十三"},
    {"1.50|中文", "一点五"},
    {"-0.5|中文", "负零点五"},
    {"1/3|中文", "零点三三"},
    {"58.06%|中文", "百分之五十八点一"},
    {"-5%|中文", "负百分之五"},
    {"6.0|序数", "第六"},
    {"0|序数", "第零"},
    {"3|序数", "第三"},
    {"123|大写", "壹佰贰拾叁元整"},
    {"月报.生活垃圾|环比|默认 '—'", "54.6%"},
    {"(月报.生活垃圾|上期|其中 村=丙村)|默认 无", "无"},
    {"1/0|默认 0", "0"},
    /* dates and periods */
    {"期间", "2024-06"},
    {"期间|名称", "2024年6月"},
    {"期间|简称", "6月"},
    {"期间|月份", "6月"},
    {"期间|季度", "二季度"},
    {"期间|年份", "2024"},
    {"期间|期初|年月日", "2024年6月1日"},
    {"期间|期末|年月日", "2024年6月30日"},
    {"期间|期末|汉字日期", "二〇二四年六月三十日"},
    {"期间|上期|名称", "2024年5月"},
    {"期间|下期|简称", "7月"},
    {"期间|同期|名称", "2023年6月"},
    {"期间|累计|简称", "1—6月"},
    {"截至|月日", "6月30日"},
    {"2024-06-15|年月", "2024年6月"},
    /* derived for a ledger, on the day of 截至 */
    {"台账|占比 已整改|百分比 1", "40.0%"},
    {"台账|占比 已销号", "20.0%"},
    {"台账|其中 超期|计数", "1"},
    {"台账.编号|其中 超期", "P-5"},
    {"台账.编号|其中 临期", "P-6"},
    {"台账.编号|其中 立行立改", "P-3"},
    {"台账.整改用时", "3"},
    {"台账.整改用时|最大", "6"},
    {"台账.超期|其中 编号='P-5'", "是"},
    /* names */
    {"[月报].【生活垃圾】", "100.5"},
    {"“文字”", "文字"},
};

static void figures(void **state)
{
    (void)state;
    check_texts("2024-06", figure_cases, COUNT(figure_cases));
}

static void other_periods(void **state)
{
    static const TextCase quarter[] =
        {
            {"月报.生活垃圾", "185.5"},
            {"月报.生活垃圾|同期", "80"},
            {"台账|计数", "7"},
            {"期间|名称", "2024年第二季度"},
            {"期间|月份", "4—6月"},
        },
                          range[] = {
                              {"台账|计数", "3"},
                              {"台账|上期|计数", "1"},
                              {"期间|期末|月日", "6月15日"},
                          };
    (void)state;
    static const TextCase half[] = {{"期间|月份", "1—6月"}, {"期间|期末|季度", "二季度"}};
    check_texts("2024Q2", quarter, COUNT(quarter));
    check_texts("2024H1", half, COUNT(half));
    check_texts("2024-06-01..2024-06-15", range, COUNT(range));
}

static void row_conditions(void **state)
{
    static const struct {
        const char *condition;
        int count; /* of the five rows of June */
    } cases[] = {
        /* flat table */
        {"状态=已销号", 1},
        {"状态!=已销号", 4},
        {"状态 不等于 已销号", 4},
        {"村 等于 甲村", 2},
        {"村 不等于 甲村", 2}, /* the empty cell is neither */
        {"非 村 等于 甲村", 3},
        {"村 为空", 1},
        {"村 不为空", 4},
        {"销号日期 empty", 4},
        {"类别 含 草", 2},
        {"类别 不含 草", 3},
        {"村 不含 甲", 2},
        {"状态 属于 (已销号、整改中)", 3},
        {"状态 in (已销号, '已整改')", 3},
        {"非 状态 属于 (已销号、整改中)", 2},
        {"发现日期 早于 2024-06-08", 1},
        {"发现日期 不大于 2024-06-08", 2},
        {"发现日期 晚于 2024-06-08", 3},
        {"发现日期 等于 2024-06", 5},
        {"整改时限 晚于 2024-06", 2},
        {"整改时限 大于 期间", 2},
        {"整改时限 不大于 2024-06", 3},
        {"整改时限 不小于 2024-07", 2},
        {"整改时限 不等于 2024-06", 2},
        {"整改时限 早于 截至", 3},
        {"截至 晚于 整改时限", 3},
        {"整改完成日期 不大于 整改时限", 3},
        {"整改完成日期 - 发现日期 大于 1", 2},
        {"整改完成日期 - 发现日期 = 0", 1},
        {"整改时限 早于 发现日期 + 7", 1},
        {"发现日期 早于 '2024-06-08'", 1},
        {"整改用时 大于 0", 1},
        {"已整改", 2},
        {"非 已整改", 3},
        {"已整改=否", 3},
        {"状态=已整改 且 非 已整改", 1},
        {"村=甲村 或 村=乙村", 3},
        {"村=甲村 且 类别=积存 或 村=乙村", 2},
        {"村=甲村 且 (类别=积存 或 村=乙村)", 1},
        {"村=台账.村", 4},
        {"编号='P-3'", 1},
        {"'P-3'=编号", 1},
        {"镇名=某镇", 5},
        {"镇名=他镇", 0},
        {"1 > 2", 0},
        {"销号日期 = 1/0", 0},
        {"村=镇名", 0},
    };
    (void)state;
    ValueFixture *f = township("2024-06");
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *value = arena_printf(f->arena, "台账|其中 %s|计数", cases[i].condition);
        const char *text = fixture_text(f, value, NULL);
        const char *wanted = arena_printf(f->arena, "%d", cases[i].count);
        if (!text || strcmp(text, wanted) != 0) {
            print_error("%s: %s\n%s\n", cases[i].condition, text, fixture_messages(f));
        }
        assert_non_null(text);
        assert_string_equal(text, wanted);
    }
    fixture_free(f);
}

static void conditions(void **state)
{
    static const struct {
        const char *test;
        bool truth;
    } cases[] = {
        /* flat table */
        {"月报.生活垃圾|环比 大于 0", true},
        {"月报.生活垃圾|环比 大于 60%", false},
        {"月报.生活垃圾 > 100 且 台账|计数 ≥ 5", true},
        {"月报.生活垃圾 < 100 或 台账|计数 le 5", true},
        {"not (台账|计数 = 5)", false},
        {"台账|其中 超期|计数", true},
        {"台账|其中 村=丁村|计数", false},
        {"(月报.生活垃圾|其中 村=丁村) 小于 1", false},
        {"非 (月报.生活垃圾|其中 村=丁村) 小于 1", true},
        {"(月报.生活垃圾|其中 村=丁村) 为空", true},
        {"月报.生活垃圾 不为空", true},
        {"镇名=某镇", true},
        {"镇名 含 镇", true},
        {"镇名 属于 (某镇、他镇)", true},
        {"某镇=镇名", false},
        {"截至 等于 2024-06-30", true},
        {"截至 早于 2024-07", true},
        {"期间 等于 2024-06", true},
        {"期间|年份 = 2024", true},
        {"考核.说明 含 落叶", true},
        {"'否'", false},
        {"'×'", false},
        {"''", false},
        {"0", false},
        {"镇名", true},
        {"1 = 1.0", true},
        {"销号数 不大于 台账|计数", true},
    };
    (void)state;
    ValueFixture *f = township("2024-06");
    for (size_t i = 0; i < COUNT(cases); i++) {
        Expr *expr = fixture_expr(f, EXPR_TEST, cases[i].test);
        bool truth = !cases[i].truth;
        assert_non_null(expr);
        if (strncmp(cases[i].test, "某镇", strlen("某镇")) == 0) {
            assert_false(
                expr_check(f->engine, expr, NULL)); /* only the right side may be a bare text */
            continue;
        }
        assert_true(expr_check(f->engine, expr, NULL));
        assert_true(expr_test(f->engine, expr, NULL, &truth));
        assert_int_equal(truth, cases[i].truth);
    }
    fixture_free(f);
}

/* ---- mistakes ---- */

static void mistakes(void **state)
{
    static const struct {
        const char *value, *code, *part;
        int column;
    } cases[] = {
        /* flat table */
        {"月报.生活垃圾清里|约数", "E142", "是否为“生活垃圾”？(月报.csv 第 1 行“生活垃圾(吨)”)", 4},
        {"月暴.生活垃圾", "E158", "“月报”", 1},
        {"生活垃圾", "E157", "“月报.生活垃圾”", 1},
        {"销号数2", "E157", "“销号数”", 1},
        {"环比大于 + 1", "E157", "环比 大于", 1},
        {"流水号", "E551", "--register", 1},
        {"序号", "E174", "", 1},
        {"月报.生活垃圾|排名", "E174", "", 9},
        {"台账", "E161", "", 1},
        {"台账|按 村", "E161", "", 1},
        {"台账|平均", "E162", "“台账.列名|平均”", 4},
        {"月报.生活垃圾|占比 村=长塘村", "E162", "“月报.生活垃圾|其中 条件|占 月报.生活垃圾”", 9},
        {"1|升降", "E162", "环比、同比", 3},
        {"台账|不限 村庄|计数", "E142", "是否为“村”", 7},
        {"台账.计数", "E142", "“台账|计数”", 4},
        {"5万元", "E157", "花括号外面", 1},
        {"台账|其中 发现日期 大于 2024-6-1|计数", "E168", "2024-06-15", 7},
        {"台账|计数|大于等于 5", "E143", "是否为“不小于”", 7},
        {"台账|其中 编号=2024-122|计数", "E168", "编号='2024-122'", 7},
        {"台账|其中 编号 大于 5|计数", "E168", "文字只能用", 7},
        {"台账.村", "E170", "列举", 1},
        {"台账.村|合计", "E162", "", 6},
        {"台账|环比", "E161", "", 1},
        {"镇名|计数", "E162", "", 4},
        {"镇名|整数", "E162", "", 4},
        {"1|年月日", "E162", "", 3},
        {"截至|名称", "E162", "", 4},
        {"台账|计数|升降", "E162", "", 7},
        {"台账|去重计数", "E162", "", 4},
        {"镇名 + 1", "E163", "", 1},
        {"台账.村 * 2", "E163", "", 1},
        {"(月报.生活垃圾|约数) + 1", "E175", "", 1},
        {"月报.生活垃圾|约数|百分比", "E175", "", 12},
        {"台账|其中 整改用时 × 2 大于 3|计数", "E165", "", 7},
        {"台账|其中 (整改用时|平均) 大于 3|计数", "E165", "", 7},
        {"项目|上期|计数", "E166", "", 1},
        {"项目.计划数|其中 类型=管网|环比", "E176", "", 17},
        {"台账|其中 村 大于 3|计数", "E168", "", 7},
        {"台账|其中 发现日期=甲|计数", "E157", "", 12},
        {"台账|其中 发现日期='甲'|计数", "E168", "", 7},
        {"台账|其中 状态=2024-031|计数", "E168", "", 7},
        {"台账|其中 无此列=1|计数", "E157", "", 7},
        {"台账|其中 台账.无此列=1|计数", "E142", "", 10},
        {"台账|其中 发现日期 含 6|计数", "E168", "", 7},
        {"台账|其中 发现日期 不早于 2024-06-08|计数", "E154", "不小于", 12},
        {"台账|本期 村|计数", "E162", "", 4},
        {"台账|本期 无|计数", "E142", "", 7},
        {"台账|去重计数 月报.村", "E142", "", 9},
        {"项目|缺报|计数", "E166", "", 4},
        {"台账|超期|计数", "E143", "“其中 超期”", 4},
        {"项目|验收|计数", "E143", "“其中 验收”", 4},
        {"台账|村|计数", "E143", "", 4},
        {"9000000000000000000 * 9", "E164", "", 1},
        {"1.5|序数", "E691", "", 1},
        {"-1|序数", "E691", "", 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        assert_null(fixture_text(f, cases[i].value, NULL));
        const char *messages = fixture_messages(f);
        char *wanted =
            arena_printf(f->arena, "t.xml:1:%d: 错误 %s:", cases[i].column + 3, cases[i].code);
        if (!strstr(messages, wanted) || !strstr(messages, cases[i].part)) {
            print_error("%s: %s\n%s\n", cases[i].value, wanted, messages);
        }
        assert_non_null(strstr(messages, wanted));
        assert_non_null(strstr(messages, cases[i].part));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        fixture_free(f);
    }
}

/* Found only when the rows are read. */
static void faults_of_data(void **state)
{
    static const struct {
        const char *value, *code, *part;
    } cases[] = {
        {"台账.状态", "E170", "“已整改”"},
        {"项目.进度", "E169", "(表.分子|合计)"},
        {"项目.进度|合计", "E169", ""},
        {"项目.完成数", "E177", "“座”"},
        {"项目.完成数|最大", "E177", "“座”"},
        {"项目.完成数|最新", "E177", "“座”"},
        {"期间|年月日", "E601", "期间|期初|年月日 或 期间|期末|年月日"},
        {"期间|累计|季度", "E601", "期间|累计|期末|季度"},
        {"月报.生活垃圾|其中 村=丁村", "E171", "默认"},
        {"月报.乱堆乱放|其中 村=乙村", "E172", ""},
        {"1/0", "E173", ""},
        {"(月报.乱堆乱放|其中 村=丙村)|环比", "E173", ""},
        {"(月报.生活垃圾|其中 村=丙村)|环比", "E173", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        assert_null(fixture_text(f, cases[i].value, NULL));
        const char *messages = fixture_messages(f);
        assert_non_null(strstr(messages, cases[i].code));
        assert_non_null(strstr(messages, cases[i].part));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        fixture_free(f);
    }
    ValueFixture *f = township("2024-06");
    assert_null(fixture_text(f, "月报.乱堆乱放|其中 村=乙村", NULL));
    assert_non_null(strstr(fixture_messages(f), "月报.csv"));
    fixture_free(f);
}

static void drafts(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    f->options.draft = true;
    f->engine = engine_new(f->arena, f->store, &f->options, f->diags);
    assert_string_equal(
        fixture_text(f, "月报.生活垃圾|其中 村=丁村", NULL), "【缺：月报.生活垃圾|其中 村=丁村】");
    assert_false(diag_failed(f->diags));
    fixture_free(f);
}

static void constants(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    assert_string_equal(fixture_text(f, "台账|其中 状态=已消号|计数", NULL), "0");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
    assert_non_null(strstr(fixture_messages(f), "W140: 列“状态”里从来没有“已消号”"));
    assert_non_null(strstr(fixture_messages(f), "是否为“已销号”？"));
    /* held in another period, or given by a param: nothing to warn of */
    assert_string_equal(fixture_text(f, "月报.生活垃圾|上期|其中 村=丙村|计数", NULL), "0");
    assert_string_equal(fixture_text(f, "台账|其中 村=镇名|计数", NULL), "0");
    assert_string_equal(fixture_text(f, "台账|其中 村 属于 (甲村、乙寸)|计数", NULL), "2");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 2);
    fixture_free(f);
}

static void definitions(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    At at = {.data = NULL};
    assert_false(engine_define_param(f->engine, "镇名", "x", &at));
    assert_non_null(strstr(fixture_messages(f), "E159"));
    define_set(f, "甲", "乙 + 1");
    define_set(f, "乙", "甲 * 2");
    assert_null(fixture_text(f, "甲", NULL));
    assert_non_null(strstr(fixture_messages(f), "E160"));
    /* A set may use columns that only its uses know. */
    define_set(f, "率", "完成数 / 计划数");
    Expr *formula = fixture_expr(f, EXPR_VALUE, "完成数 / 计划数");
    assert_true(engine_define_set(f->engine, "率2", formula, &at));
    assert_true(expr_check(f->engine, formula, NULL));
    Expr *wrong = fixture_expr(f, EXPR_VALUE, "完成鼠 / 计划数");
    assert_true(engine_define_set(f->engine, "率3", wrong, &at));
    assert_false(expr_check(f->engine, wrong, NULL));
    fixture_free(f);
}

static void without_period(void **state)
{
    (void)state;
    ValueFixture *f = township(NULL);
    assert_string_equal(fixture_text(f, "台账|计数", NULL), "7");
    assert_null(fixture_text(f, "台账|上期|计数", NULL));
    assert_null(fixture_text(f, "期间", NULL));
    assert_null(fixture_text(f, "月报.生活垃圾|环比", NULL));
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 3);
    assert_non_null(strstr(fixture_messages(f), "E167"));
    fixture_free(f);
}

/* A stock is what each village had last, added up; a table without a key counts the rows of its
 * last period. */
static void stocks(void **state)
{
    static const char catalogue[] =
        "<catalogue><indicator name=\"公厕\" unit=\"座\" kind=\"stock\"/></catalogue>";
    static const char rows[] =
        "月份,村,公厕(座)\n2024-05,甲村,10\n2024-05,乙村,20\n2024-06,甲村,12\n2024-06,乙村,\n";
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    fixture_put(f, "目录.xml", catalogue);
    fixture_put(f, "存量.csv", rows);
    fixture_put(f, "无键.csv", rows);
    const Catalogue *kinds = catalogue_load(f->arena, f->paths[0], f->diags);
    assert_non_null(kinds);
    store_set_catalogue(f->store, kinds);
    fixture_load(f, "存量", "月份", "月份,村");
    fixture_load(f, "无键", "月份", NULL);
    fixture_start(f);
    assert_string_equal(fixture_text(f, "存量.公厕", NULL), "12");
    assert_string_equal(fixture_text(f, "存量.公厕|累计", NULL), "32");
    assert_string_equal(fixture_text(f, "存量.公厕|累计|合计", NULL), "42");
    assert_string_equal(fixture_text(f, "存量.公厕|上期", NULL), "30");
    assert_string_equal(fixture_text(f, "存量.公厕|累计|首个", NULL), "30");
    assert_string_equal(fixture_text(f, "无键.公厕|上期", NULL), "30");
    assert_string_equal(fixture_text(f, "无键.公厕|累计", NULL), "12");
    fixture_free(f);
}

static void figures_in_words(void **state)
{
    static const struct {
        const char *value;
        bool present;
    } cases[] = {
        {"月报.生活垃圾", true},
        {"月报.生活垃圾|约数", true},
        {"(月报.生活垃圾|其中 村=丁村)", false},
        {"台账|其中 村=丁村|计数", false},
        {"镇名", true},
        {"1/0", false},
        {"期间|名称", true},
        {"0|百分比", false},
    };
    (void)state;
    ValueFixture *f = township("2024-06");
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool present = !cases[i].present;
        Expr *expr = fixture_expr(f, EXPR_VALUE, cases[i].value);
        assert_true(expr_has_figures(f->engine, expr, NULL, &present));
        assert_int_equal(present, cases[i].present);
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(figures),
        cmocka_unit_test(other_periods),
        cmocka_unit_test(row_conditions),
        cmocka_unit_test(conditions),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(faults_of_data),
        cmocka_unit_test(drafts),
        cmocka_unit_test(constants),
        cmocka_unit_test(definitions),
        cmocka_unit_test(without_period),
        cmocka_unit_test(stocks),
        cmocka_unit_test(figures_in_words),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
