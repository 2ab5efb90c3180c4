/* Tables and charts of a paper on the pages of its 核对单: a line a row, every figure once, and how
 * they were worked out below. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/sheet.h"

enum { MOST = 256 };

typedef struct Made {
    Arena *arena;
    Entry entries[MOST];
    Provenance figures[MOST];
    SourceRows sources[MOST];
    EntryList list;
    DocTable table;
    DocChart chart;
    Block block;
} Made;

static Made *made_new(EntryWhere where)
{
    Arena *arena = arena_new();
    Made *made = ARENA_NEW(arena, Made);
    made->arena = arena;
    made->list.items = made->entries;
    made->block.table = where == WHERE_TABLE ? &made->table : NULL;
    made->block.chart = where == WHERE_CHART ? &made->chart : NULL;
    made->table.caption = made->chart.caption = inline_text(arena, "各村清理", (At){.data = NULL});
    return made;
}

/* 45.2吨 of 月报/6.csv C<row + 2>; before it 46吨. */
static Entry *add(Made *made, int row, int column, const char *value, const char *before)
{
    int at = made->list.count++;
    Arena *arena = made->arena;
    Provenance *figure = &made->figures[at];
    made->sources[at] = (SourceRows){.table = "月报",
        .column = "垃圾",
        .file = "月报/6.csv",
        .letter = arena_printf(arena, "%c", 'C' + column),
        .rows = 1,
        .first = row + 2,
        .last = row + 2};
    *figure = (Provenance){.expression = column ? "乱堆" : "垃圾|千分位",
        .claim = "",
        .unit = column ? "处" : "吨",
        .exact = arena_printf(arena, "%s%s", value, column ? "处" : "吨"),
        .has_previous = before != NULL,
        .previous_exact = before ? arena_printf(arena, "%s%s", before, column ? "处" : "吨") : NULL,
        .sources = &made->sources[at],
        .source_count = 1};
    assert_true(decimal_parse(value, &figure->value));
    assert_true(!before || decimal_parse(before, &figure->previous));
    made->entries[at] = (Entry){.number = at + 1,
        .where = made->block.table ? WHERE_TABLE : WHERE_CHART,
        .holder = made->block.table ? "表1" : "图1",
        .line = arena_printf(arena, "村%d", row),
        .head = column ? "乱堆" : "垃圾",
        .context = "",
        .printed = value,
        .place = arena_printf(arena, "%d·%d", row, column),
        .figure = figure,
        .block = &made->block,
        .row = row,
        .column = column};
    return &made->entries[at];
}

static const Sheet *pages_of(Made *made)
{
    static const SheetFacts facts = {
        .title = "汇报", .template_name = "t.xml", .period = "2024年6月"};
    return sheet_make(made->arena, &made->list, &facts, SHEET_PAGES);
}

static void assert_row(const SheetTable *table, size_t row, const char *wanted)
{
    Buf text = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        const char *cell = table->cells[row * table->column_count + i];
        buf_addf(&text, "%s%s", i ? " " : "", cell ? cell : "-");
    }
    assert_string_equal(text.data, wanted);
    buf_free(&text);
}

static void test_table(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_TABLE);
    add(made, 0, 0, "1200", "1000")->printed = "1,200";
    add(made, 0, 1, "15", NULL);
    add(made, 1, 0, "26.56", "24")->printed = "26.6";
    Entry *flagged = add(made, 1, 1, "9", NULL);
    flagged->flag = "本期为0";
    const Sheet *sheet = pages_of(made);
    assert_int_equal(sheet->count, 2); /* and 有疑问的数 */
    const SheetTable *table = &sheet->tables[0];
    assert_string_equal(table->title, "表1　各村清理");
    assert_string_equal(table->columns[2].group, "垃圾（吨）");
    assert_ptr_equal(table->columns[2].group, table->columns[4].group);
    assert_string_equal(table->columns[5].group, "乱堆（处）");
    assert_int_equal(table->row_count, 2);
    assert_row(table, 0, "1—2 村0 1,200 1000 升20.0% 15");
    assert_row(table, 1, "3—4 村1 26.6（26.56） 24 升10.7% ※9");
    assert_string_equal(table->notes,
        "算法和来源：垃圾：{垃圾|千分位} C2—C3；乱堆：{乱堆} D2—D3。都出自月报/6.csv。");
    arena_free(made->arena);
}

/* Units that differ stand by the figures; a ratio is in per cent. */
static void test_units(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_TABLE);
    add(made, 0, 0, "12", NULL)->printed = "约12";
    add(made, 1, 0, "0.125", NULL)->printed = "12.5%";
    made->figures[1].unit = NULL;
    made->figures[1].exact = "12.5%";
    const Sheet *sheet = pages_of(made);
    assert_string_equal(sheet->tables[0].columns[2].group, "垃圾");
    assert_row(&sheet->tables[0], 0, "1 村0 约12（12吨）");
    assert_row(&sheet->tables[0], 1, "2 村1 12.5%");
    arena_free(made->arena);
}

/* What a figure in words says needs its sentence; what has a way of its own its own line. */
static void test_what_stays_out(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_TABLE);
    add(made, 0, 0, "1", NULL);
    add(made, 1, 0, "2", NULL);
    Entry *words = add(made, 1, 1, "3", NULL);
    words->holder = words->line = words->head = NULL;
    words->context = "其中［3］处";
    const Sheet *sheet = pages_of(made);
    assert_int_equal(sheet->count, 2);
    assert_int_equal(sheet->tables[0].row_count, 2);
    assert_string_equal(sheet->tables[1].title, "表里的数");
    assert_int_equal(sheet->tables[1].row_count, 1);
    made->figures[0].expression = "别的";
    sheet = pages_of(made);
    assert_int_equal(sheet->count, 1);
    assert_string_equal(sheet->tables[0].title, "表里的数");
    assert_int_equal(sheet->tables[0].row_count, 3);
    arena_free(made->arena);
}

static size_t count_cells(const Sheet *sheet, const char *text)
{
    size_t count = 0;
    for (size_t t = 0; t < sheet->count; t++)
        for (size_t i = 0; i < sheet->tables[t].row_count * sheet->tables[t].column_count; i++)
            count += sheet->tables[t].cells[i] && strcmp(sheet->tables[t].cells[i], text) == 0;
    return count;
}

/* Narrow ones stand side by side, down and then across. */
static void test_side_by_side(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_CHART);
    for (int i = 0; i < 17; i++)
        add(made, i, 0, arena_printf(made->arena, "%d", 100 + i), NULL);
    const Sheet *sheet = pages_of(made);
    assert_int_equal(sheet->count, 1);
    assert_int_equal(sheet->tables[0].column_count, 9);
    assert_int_equal(sheet->tables[0].row_count, 6);
    assert_row(&sheet->tables[0], 0, "1 村0 100 7 村6 106 13 村12 112");
    assert_row(&sheet->tables[0], 5, "6 村5 105 12 村11 111 - - -");
    arena_free(made->arena);
}

/* Too broad for a page: further columns in a further table, the rows' names again. */
static void test_bands(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_TABLE);
    for (int r = 0; r < 2; r++) {
        for (int c = 0; c < 24; c++) {
            const char *value = arena_printf(made->arena, "%d", 1000000 + r * 100 + c);
            Entry *entry = add(made, r, c, value, "999999");
            entry->head = arena_printf(made->arena, "栏%d", c);
        }
    }
    const Sheet *sheet = pages_of(made);
    assert_true(sheet->count > 1);
    for (int i = 0; i < made->list.count; i++)
        assert_int_equal(count_cells(sheet, made->entries[i].printed), 1);
    assert_int_equal(count_cells(sheet, "村1"), sheet->count);
    arena_free(made->arena);
}

/* Two categories of one name are two lines; figures of a line that do not follow one another are
 * told one by one. */
static void test_chart(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_CHART);
    for (int series = 0; series < 2; series++)
        for (int i = 0; i < 3; i++)
            add(made, i, series, arena_printf(made->arena, "%d", series * 10 + i), NULL)->line =
                i == 1 ? "甲" : "乙";
    const Sheet *sheet = pages_of(made);
    assert_int_equal(sheet->count, 1);
    assert_int_equal(sheet->tables[0].row_count, 3);
    assert_row(&sheet->tables[0], 0, "1、4 乙 0 10");
    assert_row(&sheet->tables[0], 1, "2、5 甲 1 11");
    assert_row(&sheet->tables[0], 2, "3、6 乙 2 12");
    arena_free(made->arena);
}

/* A terminal has a line a figure. */
static void test_terminal(void **state)
{
    (void)state;
    Made *made = made_new(WHERE_TABLE);
    static const SheetFacts facts = {.title = "汇报", .template_name = "t.xml", .period = ""};
    for (int i = 0; i < 4; i++)
        add(made, i, 0, "1", NULL);
    const Sheet *sheet = sheet_make(made->arena, &made->list, &facts, SHEET_TERMINAL);
    assert_int_equal(sheet->count, 1);
    assert_string_equal(sheet->tables[0].title, "表里的数");
    assert_int_equal(sheet->tables[0].row_count, 4);
    arena_free(made->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_what_stays_out),
        cmocka_unit_test(test_side_by_side),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_chart),
        cmocka_unit_test(test_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
