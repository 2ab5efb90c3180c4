#include "value_fixture.h"
#include "base/limits.h"
#include "template/value/value_internal.h"

/* ---- the tree as a line of text ---- */

static void dump(Buf *out, const ValueNode *node);

static void dump_pipe(Buf *out, const ValueNode *node)
{
    dump(out, node->left);
    buf_addf(out, "|%s", node->step->name);
    if (node->right) {
        buf_adds(out, " ");
        dump(out, node->right);
    }
    for (int i = 0; i < node->arg_count; i++) {
        buf_adds(out, " ");
        if (node->args[i]) {
            dump(out, node->args[i]);
        } else {
            buf_adds(out, "_");
        }
    }
}

static void dump_compare(Buf *out, const ValueNode *node)
{
    dump(out, node->left);
    buf_addf(out, " %s", word_name(node->word));
    if (node->right) {
        buf_adds(out, " ");
        dump(out, node->right);
    }
    for (int i = 0; i < node->arg_count; i++) {
        buf_adds(out, i ? "," : " ");
        dump(out, node->args[i]);
    }
}

static void dump_binary(Buf *out, const ValueNode *node)
{
    static const char *const operators[] = {
        [TOKEN_PLUS] = "+", [TOKEN_MINUS] = "-", [TOKEN_TIMES] = "*", [TOKEN_OVER] = "/"};
    dump(out, node->left);
    buf_adds(out, node->kind == NODE_AND  ? " 且 "
                  : node->kind == NODE_OR ? " 或 "
                                          : operators[node->sign]);
    dump(out, node->right);
}

static void dump_leaf(Buf *out, const ValueNode *node)
{
    char text[DECIMAL_TEXT], day[16];
    switch (node->kind) {
    case NODE_NUMBER:
        buf_adds(out, decimal_format(node->number, text));
        return;
    case NODE_DATE:
    case NODE_MONTH:
        buf_addf(
            out, "%s%s", node->kind == NODE_MONTH ? "M" : "D", date_format_iso(node->date, day));
        return;
    case NODE_TEXT:
        buf_addf(out, "'%s'", node->name);
        return;
    default:
        buf_addf(out, "%s%s%s", node->table ? node->table : "", node->table ? "." : "", node->name);
    }
}

static void dump(Buf *out, const ValueNode *node)
{
    bool leaf = node->kind <= NODE_PATH;
    buf_adds(out, leaf ? "" : "(");
    switch (node->kind) {
    case NODE_PIPE:
        dump_pipe(out, node);
        break;
    case NODE_COMPARE:
        dump_compare(out, node);
        break;
    case NODE_NEGATE:
    case NODE_NOT:
        buf_adds(out, node->kind == NODE_NOT ? "非 " : "-");
        dump(out, node->left);
        break;
    case NODE_ARITHMETIC:
    case NODE_AND:
    case NODE_OR:
        dump_binary(out, node);
        break;
    default:
        dump_leaf(out, node);
    }
    buf_adds(out, leaf ? "" : ")");
}

static const char *tree(ValueFixture *f, ExprKind kind, const char *text)
{
    Expr *expr = fixture_expr(f, kind, text);
    if (!expr) {
        return "fault";
    }
    Buf out = {0};
    if (expr->root) {
        dump(&out, expr->root);
    }
    for (int i = 0; i < expr->item_count; i++) {
        buf_adds(&out, i ? "; " : "");
        dump(&out, expr->items[i].node);
        buf_adds(&out, expr->items[i].descending ? " 降" : "");
    }
    const char *line = arena_strdup(f->arena, out.data);
    buf_free(&out);
    return line;
}

typedef struct ParseCase {
    const char *text, *tree;
} ParseCase;

static void check_cases(ExprKind kind, const ParseCase *cases, size_t count)
{
    ValueFixture *f = fixture_new("2024-06");
    fixture_start(f);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(tree(f, kind, cases[i].text), cases[i].tree);
    }
    assert_string_equal(fixture_messages(f), "");
    fixture_free(f);
}

static void values(void **state)
{
    static const ParseCase cases[] = {
        /* flat table */
        {"1", "1"},
        {"1.50", "1.50"},
        {"5%", "0.05"},
        {"５％", "0.05"},
        {"5万", "50000"},
        {"1.2亿", "120000000.0"},
        {"5万元", "5万元"},
        {"1位", "1位"},
        {"2024-06", "M2024-06-01"},
        {"２０２４－０６－１５", "D2024-06-15"},
        {"2024-061", "(2024-61)"},
        {"2024 - 06", "(2024-6)"},
        {"'a|b'", "'a|b'"},
        {"\"a\"", "'a'"},
        {"‘甲，乙’", "'甲，乙'"},
        {"“甲（乙）”", "'甲（乙）'"},
        {"''", "''"},
        {"月报.生活垃圾", "月报.生活垃圾"},
        {"月报．生活垃圾", "月报.生活垃圾"},
        {"[户厕/改造]", "户厕/改造"},
        {"表.【a b】", "表.a b"},
        {"表.[或]", "表.或"},
        {"1+2*3", "(1+(2*3))"},
        {"1－2－3", "((1-2)-3)"},
        {"６÷２×３", "((6/2)*3)"},
        {"（1＋2）×3", "((1+2)*3)"},
        {"-甲+1", "((-甲)+1)"},
        {"−甲", "(-甲)"},
        {"1+2|整数", "((1+2)|整数)"},
        {"a|b.c", "fault"},
        {"月报.生活垃圾|约数", "(月报.生活垃圾|约数 _)"},
        {"月报.生活垃圾|约数 多", "(月报.生活垃圾|约数 多)"},
        {"月报.生活垃圾｜环比｜百分比 1", "((月报.生活垃圾|环比)|百分比 1)"},
        {"(台账|其中 状态=已销号|计数) / (台账|计数) | 百分比",
            "((((台账|其中 (状态 等于 已销号))|计数)/(台账|计数))|百分比 _)"},
        {"台账|近 12|计数", "((台账|近 12 _)|计数)"},
        {"台账|近 3 销号日期", "(台账|近 3 销号日期)"},
        {"台账|本期 销号日期|计数", "((台账|本期 销号日期)|计数)"},
        {"台账|不限", "(台账|不限)"},
        {"台账|不限 村 组", "(台账|不限 村 组)"},
        {"a|1位", "(a|位 1)"},
        {"a|2 位", "(a|位 2)"},
        {"a|2 digits", "(a|位 2)"},
        {"a|digits 2", "(a|位 2)"},
        {"a|where b=1|count", "((a|其中 (b 等于 1))|计数)"},
        {"a|列举 3 '个村'", "(a|列举 3 '个村')"},
        {"a|列举 '个村'", "(a|列举 _ '个村')"},
        {"a|升降 0 '个'", "(a|升降 0 '个')"},
        {"a|升降 '个'", "(a|升降 _ '个')"},
        {"a|排名 升 不并列", "(a|排名 升 不并列)"},
        {"a|排名 并列不跳号", "(a|排名 _ 并列不跳号)"},
        {"a|增减 上期|升降", "((a|增减 上期)|升降 _ _)"},
        {"a|默认 -1", "(a|默认 (-1))"},
        {"a|默认 无", "(a|默认 无)"},
        {"a|占 (b|计数)", "(a|占 (b|计数))"},
        {"a|其中 b 大于 1 且 c 为空 或 非 d", "(a|其中 (((b 大于 1) 且 (c 为空)) 或 (非 d)))"},
        {"a|其中 (b>1 或 c<2) 且 d", "(a|其中 (((b 大于 1) 或 (c 小于 2)) 且 d))"},
        {"a|其中 (b|计数) 大于 1", "(a|其中 ((b|计数) 大于 1))"},
        {"a|其中 b 属于 (甲、乙，丙)", "(a|其中 (b 属于 甲,乙,丙))"},
        {"a|其中 b ≥ 1|计数", "((a|其中 (b 不小于 1))|计数)"},
    };
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    fixture_start(f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(tree(f, EXPR_VALUE, cases[i].text), cases[i].tree);
    }
    fixture_free(f);
}

static void tests(void **state)
{
    static const ParseCase cases[] = {
        {"月报.生活垃圾|环比 大于 0", "((月报.生活垃圾|环比) 大于 0)"},
        {"0 < a|计数", "(0 小于 (a|计数))"},
        {"a and not b or c", "((a 且 (非 b)) 或 c)"},
        {"a <= 1", "(a 不大于 1)"},
        {"a ＞＝ 1", "(a 不小于 1)"},
        {"a != 1 且 b <> 2", "((a 不等于 1) 且 (b 不等于 2))"},
        {"a 不为空", "(a 不为空)"},
        {"a empty", "(a 为空)"},
        {"a contains '甲'", "(a 含 '甲')"},
        {"a 不含 甲", "(a 不含 甲)"},
        {"a in (1, 2)", "(a 属于 1,2)"},
        {"a 属于 甲", "(a 属于 甲)"},
        {"非 (a 且 b)", "(非 (a 且 b))"},
        {"a 早于 2024-06-01", "(a 早于 D2024-06-01)"},
        {"a 晚于 截至", "(a 晚于 截至)"},
        {"((a))", "a"},
    };
    (void)state;
    check_cases(EXPR_TEST, cases, COUNT(cases));
}

static void lists(void **state)
{
    static const ParseCase keys[] = {{"村", "村"}, {"村，月", "村; 月"}, {"表.列", "表.列"}},
                           sorts[] =
                               {
                                   {"生活垃圾 降", "生活垃圾 降"},
                                   {"生活垃圾|环比 降", "(生活垃圾|环比) 降"},
                                   {"a|排名 降", "(a|排名 降 _)"},
                                   {"a|排名 降 降", "(a|排名 降 _) 降"},
                                   {"a 升, b desc、c asc", "a; b 降; c"},
                                   {"计数 降,村", "计数 降; 村"},
                               },
                           series[] = {{"a,b|环比", "a; (b|环比)"}};
    (void)state;
    check_cases(EXPR_KEYS, keys, COUNT(keys));
    check_cases(EXPR_SORT, sorts, COUNT(sorts));
    check_cases(EXPR_LIST, series, COUNT(series));
}

/* ---- mistakes: code, and the text under the carets ---- */

typedef struct FaultCase {
    const char *text;
    int column; /* of the message; "<t>" is before it */
    const char *code, *hint;
} FaultCase;

static const FaultCase fault_cases[] = {
    /* flat table */
    {"(", 2, "E141", ""},
    {"1+", 3, "E141", ""},
    {"a|", 3, "E141", ""},
    {"(1", 1, "E155", ""},
    {"1)", 2, "E140", ""},
    {"1 2", 3, "E140", ""},
    {"a.", 3, "E141", ""},
    {"a.1", 3, "E140", ""},
    {"|a", 1, "E140", ""},
    {"1.5吨", 4, "E140", ""},
    {"a|1", 3, "E140", ""},
    {"a；b", 2, "E146", ""},
    {"'甲", 1, "E147", ""},
    {"“甲\"", 1, "E147", ""},
    {"[甲", 1, "E148", ""},
    {"2024-13", 1, "E144", ""},
    {"2023-02-29", 1, "E144", ""},
    {"12345678901234567890", 1, "E145", ""},
    {"a 大于 1", 3, "E149", ""},
    {"(a 大于 1)+1", 1, "E149", ""},
    {"(a 且 b)|计数", 1, "E149", ""},
    {"a|计数 / 2", 6, "E150", ""},
    {"a|求和", 3, "E143", "合计"},
    {"a|平均值", 3, "E143", "平均"},
    {"a|上月", 3, "E143", "上期"},
    {"a|去年同期", 3, "E143", "同期"},
    {"a|今年以来", 3, "E143", "累计"},
    {"a|截至目前", 3, "E143", "至今"},
    {"a|百分比1", 3, "E143", "百分比 1"},
    {"a|去重计", 3, "E143", "去重计数"},
    {"a|目标 3", 6, "E153", ""},
    {"a|完成率 户厕 本期", 10, "E153", ""},
    {"a|进度差 本期 户厕", 10, "E153", ""},
    {"a|分档", 3, "E152", "界限和档名"},
    {"a|分档 80 良好 90 优秀", 12, "E660", "由大到小"},
    {"a|近", 3, "E152", ""},
    {"a|增减", 3, "E152", ""},
    {"a|占", 3, "E152", ""},
    {"a|按", 3, "E152", ""},
    {"a|其中", 5, "E141", ""},
    {"a|近 x", 5, "E152", ""},
    {"a|近 1.5", 5, "E152", ""},
    {"a|近 0", 5, "E152", ""},
    {"a|近 1001", 5, "E152", ""},
    {"a|计数 村", 6, "E153", ""},
    {"a|百分比 一", 7, "E153", ""},
    {"a|排名 高", 6, "E153", ""},
    {"a|增减 下期", 6, "E153", ""},
    {"a|其中 b 超过 1", 8, "E154", "大于"},
    {"a|其中 b 等於 1", 8, "E154", "等于"},
    {"SUM(a.b)", 4, "E140", "“a.b|合计”"},
    {"平均值（a.b|上期）", 4, "E140", "“a.b|上期|平均”"},
    {"a.b（吨）", 4, "E140", "不写单位"},
    {"a.b，合计", 4, "E140", "用 | 隔开"},
    {"a.b 合计", 5, "E140", "用 | 隔开"},
    {"a。b", 2, "E146", "“.”"},
    {"a|其中 b：c", 7, "E146", "“=”"},
    {"a|其中 b 属于 c、d", 12, "E140", "属于 (甲、乙)"},
    {"a|其中 b=c，d", 9, "E140", "属于 (甲、乙)"},
    {"a|其中 b=c d>1", 10, "E140", "“且”或“或”"},
    {"a.b.合计", 4, "E140", "用 | 隔开"},
    {"a|其中 b > 1 && c", 12, "E146", "“且”"},
    {"a|计数 大于5", 6, "E153", "“大于 5”"},
    {"a|保留2位", 3, "E143", "“2位”"},
    {"a|1位小数", 3, "E143", "“1位”"},
};

static void faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fault_cases); i++) {
        ValueFixture *f = fixture_new("2024-06");
        fixture_start(f);
        assert_null(fixture_expr(f, EXPR_VALUE, fault_cases[i].text));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        const char *messages = fixture_messages(f);
        char *wanted = arena_printf(
            f->arena, "t.xml:1:%d: 错误 %s:", fault_cases[i].column + 3, fault_cases[i].code);
        assert_int_equal(strncmp(messages, wanted, strlen(wanted)), 0);
        assert_non_null(strstr(messages, fault_cases[i].hint));
        fixture_free(f);
    }
}

/* Depth and length are bounded: nothing may overflow the stack. */
static void limits(void **state)
{
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    fixture_start(f);
    char *deep = arena_alloc(f->arena, 5000), *chain = arena_alloc(f->arena, 9000);
    memset(deep, '(', 4000);
    assert_null(fixture_expr(f, EXPR_VALUE, deep));
    for (int i = 0; i < 4000; i++) {
        memcpy(chain + 2 * i, "1+", 2);
    }
    chain[7999] = '\0';
    assert_null(fixture_expr(f, EXPR_VALUE, chain));
    char *list = arena_alloc(f->arena, 9000);
    strcpy(list, "a 属于 (");
    for (int i = 0; i < 2000; i++) {
        strcat(list, "1,");
    }
    assert_null(fixture_expr(f, EXPR_TEST, list));
    char *longest = arena_alloc(f->arena, LIMIT_VALUE_BYTES + 10);
    memset(longest, 'a', LIMIT_VALUE_BYTES + 1);
    assert_null(fixture_expr(f, EXPR_VALUE, longest));
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 4);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(tests),
        cmocka_unit_test(lists),
        cmocka_unit_test(faults),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
