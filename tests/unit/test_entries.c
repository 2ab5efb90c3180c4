/* The figures of a paper in the order of reading, and what their places are called. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/entries.h"
#include "check/place.h"

static Arena *arena;
static Document document;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    document = (Document){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* ---- hand-made documents ---- */

static const Provenance *figure(FigureKind kind, const char *printed)
{
    Provenance *one = ARENA_NEW(arena, Provenance);
    *one = (Provenance){.kind = kind, .expression = "x", .printed = printed, .claim = printed};
    return one;
}

/* Text with figures in braces: {12}; of a text {=长塘村}, of a date {@6月}; | is a line break. */
static Inline *prose(const char *text)
{
    Inline *first = NULL, **next = &first;
    while (*text) {
        bool value = *text == '{';
        size_t length = value ? strcspn(text, "}") + 1 : strcspn(text, "{|");
        if (*text == '|') {
            *next = ARENA_NEW(arena, Inline);
            (*next)->kind = INLINE_BREAK;
            length = 1;
        } else {
            FigureKind kind = text[1] == '='   ? FIGURE_TEXT
                              : text[1] == '@' ? FIGURE_DATE
                                               : FIGURE_NUMBER;
            size_t skip = value ? kind == FIGURE_NUMBER ? 1 : 2 : 0;
            *next = inline_text(arena,
                arena_strndup(arena, text + skip, length - skip - (value ? 1 : 0)),
                (At){.data = NULL});
            (*next)->figure = value ? figure(kind, (*next)->text) : NULL;
        }
        next = &(*next)->next;
        text += length;
    }
    return first;
}

static Block *add(BlockKind kind, const char *text)
{
    Block *block = document_add(arena, &document, kind);
    block->content = prose(text);
    return block;
}

static Block *heading(int level, const char *number, const char *text)
{
    Block *block = add(BLOCK_HEADING, text);
    block->level = level;
    block->number = number;
    return block;
}

/* Rows of cells; a cell {12} is a figure, others are text; <2 reaches over two rows. A row may
 * begin with its kind: 小计 and 合计 rows are sums. Missing cells (NULL before the last) lie below
 * one. */
typedef struct Row {
    TableRowKind kind;
    const char *cells[4];
} Row;

static DocTable *table(
    int number, int columns, const char *const *heads, const Row *rows, int count)
{
    Block *block = document_add(arena, &document, BLOCK_TABLE);
    DocTable *one = block->table = ARENA_NEW(arena, DocTable);
    *one =
        (DocTable){.number = number, .column_count = columns, .head_rows = 1, .row_count = count};
    one->columns = ARENA_ARRAY(arena, TableColumn, columns);
    one->head = ARENA_ARRAY(arena, Cell, columns);
    one->rows = ARENA_ARRAY(arena, TableRow, count);
    for (int c = 0; c < columns; c++)
        one->head[one->head_cell_count++] =
            (Cell){.content = prose(heads[c]), .column = c, .colspan = 1, .rowspan = 1};
    for (int r = 0; r < count; r++) {
        one->rows[r] = (TableRow){ARENA_ARRAY(arena, Cell, columns), 0, rows[r].kind};
        for (int c = 0; c < columns; c++) {
            const char *text = rows[r].cells[c];
            if (!text)
                continue;
            Cell *cell = &one->rows[r].cells[one->rows[r].cell_count++];
            *cell = (Cell){.column = c, .colspan = 1, .rowspan = *text == '<' ? text[1] - '0' : 1};
            text += *text == '<' ? 2 : 0;
            bool bare = *text == '{' && strchr(text, '}')[1] == '\0';
            cell->content = prose(bare ? "" : text);
            if (bare) { /* the figure hangs on the cell */
                cell->content = inline_text(
                    arena, arena_strndup(arena, text + 1, strlen(text) - 2), (At){.data = NULL});
                cell->figure = figure(FIGURE_NUMBER, cell->content->text);
            }
        }
    }
    return one;
}

/* place=printed, one behind another. */
static char *listed(void)
{
    EntryList list;
    char *text = arena_strdup(arena, "");
    entries_collect(arena, &document, &list);
    for (int i = 0; i < list.count; i++) {
        assert_int_equal(list.items[i].number, i + 1);
        text = arena_printf(
            arena, "%s%s%s=%s", text, i ? "; " : "", list.items[i].place, list.items[i].printed);
    }
    return text;
}

/* ---- prose ---- */

static void test_paths(void **state)
{
    (void)state;
    add(BLOCK_TITLE, "{@6月}{=长塘村}第{3}期|共{4}期");
    add(BLOCK_PARAGRAPH, "清理{12}吨，{13}处");
    heading(1, "一、", "基本情况");
    add(BLOCK_PARAGRAPH, "一段{1}");
    add(BLOCK_PARAGRAPH, "二段{2}");
    heading(2, "（一）", "排查{5}个");
    Block *run_in = heading(2, "（二）", "坚持。");
    run_in->run_in = true;
    run_in->tail = prose("发现{6}个");
    add(BLOCK_PARAGRAPH, "另{7}");
    heading(3, "1.", "三级");
    add(BLOCK_PARAGRAPH, "又{8}");
    heading(4, "（1）", "四级");
    add(BLOCK_PARAGRAPH, "再{9}");
    heading(1, "二、", "下步");
    add(BLOCK_PARAGRAPH, "末{10}");
    assert_string_equal(listed(),
        "标题=3; 标题第2数=4; 第1段第1数=12; 第1段第2数=13; 一第1段第1数=1; 一第2段第1数=2; "
        "一（一）标题=5; 一（二）第1段第1数=6; 一（二）第2段第1数=7; 一（二）1.第1段第1数=8; "
        "一（二）1.（1）第1段第1数=9; 二第1段第1数=10");
}

static void test_typed(void **state)
{
    (void)state;
    add(BLOCK_PARAGRAPH, "印发60份，清理{12}吨，另有7处");
    assert_string_equal(listed(), "第1段手写第1数=60份; 第1段第1数=12; 第1段手写第2数=7处");
}

static void test_headings_without_number(void **state)
{
    (void)state;
    heading(1, NULL, "坚持高位推动压实整治责任");
    add(BLOCK_PARAGRAPH, "一段{1}");
    assert_string_equal(listed(), "“坚持高位推动压实…”第1段第1数=1");
}

static void test_attachments(void **state)
{
    (void)state;
    static const char *const heads[] = {"村", "数"};
    const Row rows[] = {{ROW_BODY, {"甲村", "{1}"}}};
    add(BLOCK_PARAGRAPH, "正文{1}");
    add(BLOCK_ATTACHMENT, "情况{2}")->number = "附件1";
    table(0, 2, heads, rows, 1);
    table(0, 2, heads, rows, 1);
    heading(1, "一、", "说明");
    add(BLOCK_PARAGRAPH, "段{3}");
    add(BLOCK_SLIP, "整改回执");
    add(BLOCK_PARAGRAPH, "段{4}");
    table(0, 2, heads, rows, 1);
    assert_string_equal(listed(),
        "第1段第1数=1; 附件1标题=2; 附件1无题表 甲村·数=1; 附件1无题表2 甲村·数=1; "
        "附件1一第1段第1数=3; 回执第1段第1数=4; 回执无题表 甲村·数=1");
}

static void test_notes(void **state)
{
    (void)state;
    Block *block = add(BLOCK_PARAGRAPH, "清理{12}吨");
    Inline *note = ARENA_NEW(arena, Inline);
    *note = (Inline){.kind = INLINE_NOTE, .note_number = 3, .note = prose("含{2}吨和{5}吨")};
    note->next = block->content->next;
    block->content->next = note;
    assert_string_equal(listed(), "脚注3=2; 脚注3第2数=5; 第1段第1数=12");
}

static void test_official_parts(void **state)
{
    (void)state;
    DocMasthead head = {.number = prose("洋政发〔{@2024}〕{3}号"), .copy = prose("{000001}")};
    DocImprint imprint = {.copies = prose("（共印{60}份）")};
    document.masthead = &head;
    document.imprint = &imprint;
    add(BLOCK_ATTENDANCE, "{5}人")->number = "出席";
    add(BLOCK_ATTACHMENT, "共{4}处")->number = "附件1"; /* the 版记 is of no attachment */
    assert_string_equal(listed(), "份号=000001; 发文字号=3; 出席=5; 附件1标题=4; 印数=60");
}

/* A figure broken over two lines is one. */
static void test_pieces(void **state)
{
    (void)state;
    Inline *content = add(BLOCK_TITLE, "共{12}|{3}人，{4}处")->content;
    content->next->next->next->figure = content->next->figure;
    assert_string_equal(listed(), "标题=12; 标题第2数=4");
}

/* Heads that nothing tells apart, and one that looks like the second of them. */
static void test_same_names(void **state)
{
    (void)state;
    static const char *const heads[] = {"村", "数", "数（2）", "数"};
    const Row rows[] = {{ROW_BODY, {"甲村", "{1}", "{2}", "{3}"}}};
    table(1, 4, heads, rows, 1);
    assert_string_equal(listed(), "表1 甲村·数=1; 表1 甲村·数（2）=2; 表1 甲村·数（3）=3");
}

/* A village is told by its name, and only without words by the number in front of it. */
static void test_row_names(void **state)
{
    (void)state;
    static const char *const heads[] = {"序号", "村", "数"};
    const Row named[] = {
        {ROW_BODY, {"{=1}|", "甲村", "{1}"}}, {ROW_BODY, {"{=2}|", "乙村", "{2}"}}};
    const Row bare[] = {{ROW_BODY, {"{=1}|", "", "{1}"}}, {ROW_BODY, {"{=2}|", "", "{2}"}}};
    table(1, 3, heads, named, 2);
    table(2, 3, heads, bare, 2);
    assert_string_equal(listed(), "表1 甲村·数=1; 表1 乙村·数=2; 表2 1·数=1; 表2 2·数=2");
}

/* ---- contexts ---- */

static void test_contexts(void **state)
{
    (void)state;
    static const char *const wanted[] = {"全月共清理生活垃圾［670余］吨", "整治［200］处",
        "整治200处。［3］个", "…年初确定的目标任务已经完成了［85%］左右并且还在继续…", ""};
    static const char *const heads[] = {"村", "数"};
    const Row rows[] = {{ROW_BODY, {"甲村", "{1}"}}};
    EntryList list;
    add(BLOCK_PARAGRAPH, "六月，全月共清理生活垃圾{670余}吨，整治{200}处。{3}"
                         "个；各村按照年初确定的目标任务已经完成了{85%"
                         "}左右并且还在继续向前推进");
    table(1, 2, heads, rows, 1);
    entries_collect(arena, &document, &list);
    assert_int_equal(list.count, 5);
    for (int i = 0; i < list.count; i++)
        assert_string_equal(list.items[i].context, wanted[i]);
    assert_int_equal(list.items[0].where, WHERE_TEXT);
    assert_non_null(list.items[0].piece);
    assert_int_equal(list.items[4].where, WHERE_TABLE);
    assert_int_equal(list.items[4].row, 0);
    assert_int_equal(list.items[4].column, 1);
}

/* ---- tables ---- */

typedef struct TableCase {
    const char *name;
    const char *heads[4];
    Row rows[6];
    const char *listed;
} TableCase;

static const TableCase tables[] = {
    {"a place before the name", {"名次", "村", "垃圾（吨）"},
        {{ROW_BODY, {"{1}", "甲村", "{5}"}}, {ROW_BODY, {"{2}", "乙村", "{4}"}},
            {ROW_TOTAL, {"全镇合计", NULL, "{9}"}}},
        "表1 甲村·名次=1; 表1 甲村·垃圾=5; 表1 乙村·名次=2; 表1 乙村·垃圾=4; 表1 全镇合计·垃圾=9"},
    {"units tell columns apart", {"村", "资金（元）", "资金（万元）"},
        {{ROW_BODY, {"甲村", "{5}", "{6}"}}}, "表1 甲村·资金（元）=5; 表1 甲村·资金（万元）=6"},
    {"two labels a row", {"片", "类别", "数"},
        {{ROW_BODY, {"<2东片", "乱堆", "{1}"}}, {ROW_BODY, {NULL, "积存", "{2}"}},
            {ROW_BODY, {"西片", "乱堆", "{3}"}}},
        "表1 东片·乱堆·数=1; 表1 东片·积存·数=2; 表1 西片·乱堆·数=3"},
    {"subtotals", {"片", "村", "数"},
        {{ROW_BODY, {"东片", "甲村", "{1}"}}, {ROW_BODY, {"东片", "乙村", "{2}"}},
            {ROW_SUBTOTAL, {"小计", NULL, "{3}"}}, {ROW_BODY, {"西片", "丙村", "{4}"}},
            {ROW_SUBTOTAL, {"小计", NULL, "{4}"}}, {ROW_TOTAL, {"合计", NULL, "{7}"}}},
        "表1 甲村·数=1; 表1 乙村·数=2; 表1 东片·小计·数=3; 表1 丙村·数=4; 表1 西片·小计·数=4; "
        "表1 合计·数=7"},
    {"nothing tells the rows apart", {"村", "数"},
        {{ROW_BODY, {"甲村", "{1}"}}, {ROW_BODY, {"甲村", "{2}"}}, {ROW_BODY, {"甲村", "{3}"}}},
        "表1 甲村·数=1; 表1 甲村·数（2）=2; 表1 甲村·数（3）=3"},
    {"no label at all", {"", "数"}, {{ROW_BODY, {NULL, "{1}"}}, {ROW_BODY, {NULL, "{2}"}}},
        "表1 第1行·数=1; 表1 第2行·数=2"},
    {"years and numbers", {"年", "数"}, {{ROW_BODY, {"2023", "{1}"}}, {ROW_BODY, {"2024", "{2}"}}},
        "表1 2023·数=1; 表1 2024·数=2"},
    {"prose in a cell", {"村", "扣分"}, {{ROW_BODY, {"甲村", "垃圾扣{3}分，道路扣{1}分"}}},
        "表1 甲村·扣分=3; 表1 甲村·扣分第2数=1"},
    {"a long label", {"问题", "数"}, {{ROW_BODY, {"村道两侧有散落垃圾，墙面小广告未清理", "{1}"}}},
        "表1 村道两侧有散落垃圾，墙面小广…·数=1"},
};

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const TableCase *wanted = &tables[i];
        int columns = 0, rows = 0;
        document = (Document){0};
        while (columns < 4 && wanted->heads[columns])
            columns++;
        while (rows < 6 && (wanted->rows[rows].cells[0] || wanted->rows[rows].cells[1]))
            rows++;
        table(1, columns, wanted->heads, wanted->rows, rows);
        if (strcmp(listed(), wanted->listed) != 0)
            fail_msg("%s: %s, not %s", wanted->name, listed(), wanted->listed);
    }
}

/* 清理整治 over two columns, 投入 over two of which one has the same name. */
static void test_head_paths(void **state)
{
    (void)state;
    static const char *const heads[] = {"村", "数", "面积", "数"};
    const Row rows[] = {{ROW_BODY, {"甲村", "{1}", "{2}", "{3}"}}};
    DocTable *one = table(1, 4, heads, rows, 1);
    Cell *head = ARENA_ARRAY(arena, Cell, 6);
    for (int i = 0; i < 4; i++) {
        bool tall = i == 0 || i == 2; /* over both rows: named once */
        head[i] = one->head[i];
        head[i].row = tall ? 0 : 1;
        head[i].rowspan = tall ? 2 : 1;
    }
    head[4] = (Cell){.content = prose("清理"), .column = 1, .colspan = 1, .rowspan = 1};
    head[5] = (Cell){.content = prose("投入"), .column = 3, .colspan = 1, .rowspan = 1};
    one->head = head;
    one->head_cell_count = 6;
    one->head_rows = 2;
    assert_string_equal(listed(), "表1 甲村·清理/数=1; 表1 甲村·面积=2; 表1 甲村·投入/数=3");
}

/* ---- charts ---- */

static void test_charts(void **state)
{
    (void)state;
    static const char *categories[] = {"甲村", "乙村"};
    ChartPoint points[] = {{.label = "5", .figure = figure(FIGURE_NUMBER, "5")},
        {.label = "6", .figure = figure(FIGURE_NUMBER, "6")}};
    ChartPoint target = {.label = "90", .figure = figure(FIGURE_NUMBER, "90")};
    ChartSeries series[] = {{.name = "垃圾", .points = points}};
    DocChart chart = {.number = 2,
        .caption = prose("近{13}个月"),
        .categories = categories,
        .category_count = 2,
        .series = series,
        .series_count = 1,
        .target = &target,
        .targets = points,
        .source = prose("数据来源：月报")};
    DocChart beside = chart; /* a pair has one number */
    document_add(arena, &document, BLOCK_CHART)->chart = &chart;
    document_add(arena, &document, BLOCK_CHART)->chart = &beside;
    assert_string_equal(listed(),
        "图2标题=13; 图2 甲村·垃圾=5; 图2 乙村·垃圾=6; 图2 甲村·目标=5; 图2 乙村·目标=6; "
        "图2 目标线=90; 图2（2）标题=13; 图2（2） 甲村·垃圾=5; 图2（2） 乙村·垃圾=6; "
        "图2（2） 甲村·目标=5; 图2（2） 乙村·目标=6; 图2（2） 目标线=90");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_paths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_headings_without_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_attachments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_notes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_official_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pieces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_row_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_contexts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_head_paths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_charts, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
