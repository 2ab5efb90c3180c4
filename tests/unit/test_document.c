/* The document tree and its dump. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "document/document.h"

static Arena *arena;

static Inline *text(const char *words, bool bold, Inline *next)
{
    Inline *piece = inline_text(arena, words, (At){.data = NULL});
    piece->bold = bold;
    piece->next = next;
    return piece;
}

static Inline *other(InlineKind kind, Inline *note, Inline *next)
{
    Inline *piece = ARENA_NEW(arena, Inline);
    piece->kind = kind;
    piece->note = note;
    piece->note_number = 1;
    piece->next = next;
    return piece;
}

static char *dump(const Document *document)
{
    char *out = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&out, &length);
    document_dump(document, stream);
    fclose(stream);
    return out;
}

static void expect_dump(const Document *document, const char *expected)
{
    char *out = dump(document);
    assert_string_equal(out, expected);
    free(out);
}

static void test_plain(void **state)
{
    (void)state;
    Inline *line = text("甲", false,
        other(INLINE_BREAK, NULL,
            text("乙", true, other(INLINE_NOTE, text("注", false, NULL), NULL))));
    assert_string_equal(inline_plain(arena, line), "甲乙");
    assert_string_equal(inline_plain(arena, NULL), "");
}

static void test_order(void **state)
{
    (void)state;
    Document document = {.form = FORM_REPORT};
    Block *first = document_add(arena, &document, BLOCK_TITLE);
    Block *second = document_add(arena, &document, BLOCK_PARAGRAPH);
    assert_ptr_equal(document.first, first);
    assert_ptr_equal(first->next, second);
    assert_ptr_equal(document.last, second);
    assert_null(second->next);
}

static void test_text_blocks(void **state)
{
    (void)state;
    Document document = {
        .form = FORM_REPORT, .title = "甲乙", .author = "某办", .date = {2024, 6, 30}};
    Block *block = document_add(arena, &document, BLOCK_TITLE);
    block->content = text("甲", false, other(INLINE_BREAK, NULL, text("乙", true, NULL)));
    block = document_add(arena, &document, BLOCK_HEADING);
    block->level = 2;
    block->number = "（一）";
    block->run_in = true;
    block->content = text("标题。", false, NULL);
    block->tail = text("正文", false, other(INLINE_NOTE, text("注", false, NULL), NULL));
    block = document_add(arena, &document, BLOCK_PARAGRAPH);
    block->indent_cells = 1.5;
    block->align = ALIGN_RIGHT;
    block->content = text("段", false, NULL);
    block = document_add(arena, &document, BLOCK_SIGN);
    block->sign = ARENA_NEW(arena, DocSign);
    block->sign->signers = ARENA_NEW(arena, DocSigner);
    block->sign->signer_count = 1;
    block->sign->signers->unit = text("某办", false, NULL);
    block->sign->date = text("六月", false, NULL);
    expect_dump(&document, "document 汇报 date=2024-06-30 title=甲乙 author=某办\n"
                           "title 甲⟨br⟩⟨b⟩乙⟨/b⟩\n"
                           "heading 2 [（一）] 标题。 ⟨run-in⟩ 正文⟨note 1：注⟩\n"
                           "paragraph align=right indent=1.5字 段\n"
                           "sign 某办 | 六月\n");
}

static void test_table(void **state)
{
    (void)state;
    Document document = {.form = FORM_REPORT};
    Cell head[] = {{.content = text("村", false, NULL), .colspan = 1, .rowspan = 2},
        {.content = text("数", false, NULL), .column = 1, .colspan = 2, .rowspan = 1}};
    Cell cells[] = {{.content = text("合计", false, NULL), .colspan = 2, .rowspan = 1},
        {.column = 2, .colspan = 1, .rowspan = 1}};
    TableRow row = {cells, 2, ROW_TOTAL};
    TableColumn columns[] = {{.align = ALIGN_CENTRE},
        {.align = ALIGN_DECIMAL, .width_cells = 3.25}, {.align = ALIGN_LEFT, .width_cells = 4}};
    DocTable table = {.number = 2,
        .caption = text("整治", false, NULL),
        .unit = "单位：吨",
        .columns = columns,
        .column_count = 3,
        .head_rows = 2,
        .head = head,
        .head_cell_count = 2,
        .rows = &row,
        .row_count = 1};
    document_add(arena, &document, BLOCK_TABLE)->table = &table;
    expect_dump(&document, "document 汇报\n"
                           "table 表2 ⟨整治⟩ unit=单位：吨\n"
                           "  columns centre decimal:3.25字 left:4字\n"
                           "  head 0,0 2×1 村\n"
                           "  head 0,1 1×2 数\n"
                           "  total (1×2)合计 | \n");
}

static void test_chart(void **state)
{
    (void)state;
    Document document = {.form = FORM_REPORT};
    const char *categories[] = {"甲村", "乙村"};
    ChartPoint points[] = {{.value = {425, 1}, .label = "42.5"}, {.missing = true}};
    ChartSeries series = {.name = "垃圾", .points = points};
    DocChart chart = {.kind = CHART_LINE,
        .number = 1,
        .caption = text("走势", false, NULL),
        .unit = "吨",
        .labels = true,
        .percent = true,
        .categories = categories,
        .category_count = 2,
        .series = &series,
        .series_count = 1,
        .height_lines = 8};
    document_add(arena, &document, BLOCK_CHART)->chart = &chart;
    expect_dump(&document, "document 汇报\n"
                           "chart line 图1 ⟨走势⟩ unit=吨 percent labels height=8行\n"
                           "  categories 甲村 | 乙村\n"
                           "  series 垃圾: 42.5(42.5) gap\n");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain), cmocka_unit_test(test_order),
        cmocka_unit_test(test_text_blocks), cmocka_unit_test(test_table),
        cmocka_unit_test(test_chart)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
