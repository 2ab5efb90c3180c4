/* The wording rules on a paper: what is looked at, where messages point, and units behind figures.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "check/piece_place.h"
#include "check/wording.h"
#include "document/provenance.h"

typedef struct Paper {
    Arena *arena;
    Diags *diags;
    Document document;
    Source *source;
} Paper;

/* The source is the template's text; pieces point into it. */
static Paper paper_new(const char *source)
{
    Paper paper = {.arena = arena_new()};
    paper.diags = diag_new(paper.arena);
    paper.source = source_new(paper.arena, "t.xml", source, strlen(source));
    return paper;
}

static Inline *piece(Paper *paper, const char *text, size_t start, size_t end)
{
    return inline_text(paper->arena, text, (At){.span = {paper->source, start, end}});
}

static char *looked(Paper *paper)
{
    char *text = NULL;
    size_t size = 0;
    lint_document(paper->arena, &paper->document, paper->diags);
    FILE *out = open_memstream(&text, &size);
    diag_print(paper->diags, out, DIAG_TEXT);
    fclose(out);
    char *copy = arena_strdup(paper->arena, text);
    free(text);
    return copy;
}

static void assert_says(Paper *paper, const char *wanted)
{
    const char *said = looked(paper);
    if (!strstr(said, wanted))
        fail_msg("no %s in: %s", wanted, said);
    arena_free(paper->arena);
}

/* Blanks that went, within a piece that begins later in the line. */
static void test_place(void **state)
{
    static const char source[] = "<p>工作。\n    建立台帐。</p>";
    (void)state;
    Paper paper = paper_new(source);
    Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    block->content = piece(&paper, "工作。建立台帐。", 3, strlen(source) - 4);
    assert_says(&paper, "t.xml:2:7: 警告 W752");
    /* decoded text (&lt;) is not looked for letter by letter: the whole piece */
    paper = paper_new("<p>&lt;台帐</p>");
    block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    block->content = piece(&paper, "<台帐", 3, 13);
    assert_says(&paper, "t.xml:1:4: 警告 W752");
}

/* A word may be put together from several pieces. */
static void test_pieces(void **state)
{
    (void)state;
    Paper paper = paper_new("<p>建立台<b>帐</b>。</p>");
    Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    block->content = piece(&paper, "建立台", 3, 12);
    block->content->next = piece(&paper, "帐", 15, 18);
    assert_says(&paper, "t.xml:1:6: 警告 W752");
}

static void test_everywhere(void **state)
{
    static const BlockKind kinds[] = {BLOCK_TITLE, BLOCK_SUBTITLE, BLOCK_BYLINE, BLOCK_TO,
        BLOCK_SALUTATION, BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_ATTACHMENT, BLOCK_ANNOTATION};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Paper paper = paper_new("台帐");
        Block *block = document_add(paper.arena, &paper.document, kinds[i]);
        block->level = kinds[i] == BLOCK_HEADING;
        block->content = piece(&paper, "台帐", 0, 6);
        assert_says(&paper, "W752");
    }
    for (int part = 0; part < 5; part++) {
        Paper paper = paper_new("台帐");
        Inline *text = piece(&paper, "台帐", 0, 6);
        Block *block = document_add(paper.arena, &paper.document, BLOCK_TABLE);
        block->table = ARENA_NEW(paper.arena, DocTable);
        Cell *cell = ARENA_NEW(paper.arena, Cell);
        cell->content = text;
        TableRow *row = ARENA_NEW(paper.arena, TableRow);
        *row = (TableRow){.cells = cell, .cell_count = 1};
        DocSign *sign = ARENA_NEW(paper.arena, DocSign);
        if (part == 0)
            block->table->caption = text;
        else if (part == 1)
            *block->table = (DocTable){.head = cell, .head_cell_count = 1};
        else if (part == 2)
            *block->table = (DocTable){.rows = row, .row_count = 1};
        else if (part == 3)
            block->sign = sign, sign->date = text;
        else
            block->table->notes = text;
        assert_says(&paper, "W752");
    }
}

static void test_footnote(void **state)
{
    (void)state;
    Paper paper = paper_new("台帐");
    Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    block->content = ARENA_NEW(paper.arena, Inline);
    block->content->kind = INLINE_NOTE;
    block->content->note = piece(&paper, "台帐", 0, 6);
    assert_says(&paper, "W752");
}

/* What is said of a figure in `unit` that prints as `printed` before `behind`. */
static bool tells_unit(
    const char *printed, const char *unit, FigureManner manner, const char *behind)
{
    Paper paper = paper_new("{月报.数}后面");
    Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    Provenance *figure = ARENA_NEW(paper.arena, Provenance);
    *figure = (Provenance){
        .kind = FIGURE_NUMBER, .manner = manner, .unit = unit, .expression = "月报.数"};
    block->content = piece(&paper, printed, 0, 12);
    block->content->figure = figure;
    block->content->next = piece(&paper, behind, 12, 18);
    bool told = strstr(looked(&paper), "W755") != NULL;
    arena_free(paper.arena);
    return told;
}

static void test_units(void **state)
{
    (void)state;
    assert_true(tells_unit("550", "吨", MANNER_FLOW, "处，"));
    assert_true(tells_unit("550余", "吨", MANNER_FLOW, "户。"));
    assert_true(tells_unit("5.5万", "元", MANNER_FLOW, "吨"));
    assert_true(tells_unit("12", "公里", MANNER_STOCK, "米。"));
    assert_true(tells_unit("12", "平方米", MANNER_STOCK, "米。"));
    assert_false(tells_unit("550", "吨", MANNER_FLOW, "吨，"));
    assert_false(tells_unit("12", "平方米", MANNER_STOCK, "平方米。"));
    assert_false(tells_unit("12", "人次", MANNER_FLOW, "人次。"));
    assert_false(tells_unit("12", "人", MANNER_FLOW, "名村民。"));
    assert_false(tells_unit("12", "处", MANNER_FLOW, "个点位。"));
    assert_false(tells_unit("12", "条", MANNER_COUNT, "处问题。"));
    assert_false(tells_unit("12", NULL, MANNER_FLOW, "处问题。"));
    assert_false(tells_unit("增加12个", "个", MANNER_FLOW, "户。"));
    assert_false(tells_unit("12.3%", "吨", MANNER_FLOW, "户。"));
    assert_false(tells_unit("12", "吨", MANNER_FLOW, "，户均。"));
    assert_false(tells_unit("12", "公里", MANNER_FLOW, "千米。"));
    assert_true(tells_unit("12", "公里", MANNER_FLOW, "公斤。"));
    assert_true(tells_unit("12", "元", MANNER_FLOW, "万元。"));
    assert_true(tells_unit("12", "吨", MANNER_FLOW, "处问题。"));
    assert_false(tells_unit("12", "吨", MANNER_FLOW, "处理完毕。"));
    assert_false(tells_unit("12", "亩", MANNER_FLOW, "分别是。"));
}

/* What evaluation says of the date of a signature is not said again. */
static void test_date(void **state)
{
    static const struct {
        const char *date, *code; /* NULL: nothing */
    } cases[] = {{"2024年02月30日", NULL}, {"24年2月3日", NULL}, {"2024年X月X日", "W720"},
        {"2024年 月 日", "N720"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Paper paper = paper_new(cases[i].date);
        Block *block = document_add(paper.arena, &paper.document, BLOCK_TABLE);
        block->sign = ARENA_NEW(paper.arena, DocSign);
        block->sign->date = piece(&paper, cases[i].date, 0, strlen(cases[i].date));
        const char *said = looked(&paper);
        if (cases[i].code ? !strstr(said, cases[i].code) : *said != 0)
            fail_msg("%s: %s", cases[i].date, said);
        arena_free(paper.arena);
    }
}

/* 【缺：…】 of a draft has its own error: its full stop is no mark of the paper. */
static void test_missing(void **state)
{
    (void)state;
    Paper paper = paper_new("清理{月报.数}吨，建立台帐。");
    Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
    Provenance *figure = ARENA_NEW(paper.arena, Provenance);
    *figure = (Provenance){.kind = FIGURE_NUMBER, .missing = true, .expression = "月报.数"};
    block->content = piece(&paper, "清理", 0, 6);
    block->content->next = piece(&paper, "【缺：月报.数】", 6, 18);
    block->content->next->figure = figure;
    block->content->next->next = piece(&paper, "吨，建立台帐。", 18, 39);
    const char *said = looked(&paper);
    assert_null(strstr(said, "W731"));
    if (!strstr(said, "t.xml:1:13: 警告 W752"))
        fail_msg("%s", said);
    arena_free(paper.arena);
}

static double seconds(const char *unit, size_t count)
{
    double best = 1e9;
    Buf text = {0};
    for (size_t i = 0; i < count; i++)
        buf_adds(&text, unit);
    for (int round = 0; round < 3; round++) {
        struct timespec from, to;
        Paper paper = paper_new(text.data);
        Block *block = document_add(paper.arena, &paper.document, BLOCK_PARAGRAPH);
        block->content = piece(&paper, text.data, 0, text.length);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        lint_document(paper.arena, &paper.document, paper.diags);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        arena_free(paper.arena);
        double time = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        best = time < best ? time : best;
    }
    buf_free(&text);
    return best;
}

/* Where each of many findings of one long paragraph stands in the template is not looked for from
 * its beginning. */
static void test_growth(void **state)
{
    double once = seconds("建立台帐，", 5000), more = seconds("建立台帐，", 20000);
    (void)state;
    if (more > 6 * once + 0.005)
        fail_msg("5,000 findings: %.1f ms, 20,000: %.1f ms", once * 1e3, more * 1e3);
}

/* Pieces in any order, each with a place of its own. */
static void test_map(void **state)
{
    static const char source[] = "台  帐\n好&lt;坏";
    Arena *arena = arena_new();
    Source *text = source_new(arena, "t.xml", source, strlen(source));
    PieceMap map = {.arena = arena};
    const Inline *first = inline_text(arena, "台 帐", (At){.span = {text, 0, 8}});
    const Inline *second = inline_text(arena, "好<坏", (At){.span = {text, 9, 19}});
    (void)state;
    for (int round = 0; round < 2; round++) {
        At at = piece_place(&map, first, 4, 3);
        assert_int_equal(at.span.start, 5);
        assert_int_equal(at.span.end, 8);
        at = piece_place(&map, second, 0, 3);
        assert_int_equal(at.span.start, 9);
        assert_int_equal(at.span.end, 12);
        at = piece_place(&map, second, 4, 3); /* behind &lt; : the whole piece */
        assert_int_equal(at.span.start, 9);
        assert_int_equal(at.span.end, 19);
        at = piece_place(&map, first, 0, 99); /* no farther than the piece */
        assert_int_equal(at.span.end, 8);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_footnote),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_growth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
