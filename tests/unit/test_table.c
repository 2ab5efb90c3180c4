/* Tables as lists of marks: widths, rules, decimal points, spans, pages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "typeset/table/table.h"

static const char HAN[] = "长塘大湾石桥新屋洋江龙潭白马红旗双溪枫树坪上柳林金鸡岭南山太平寺村";
static const char WORDS[] =
    "各村整治情况生活垃圾清理量户厕改造污水管网合计序号单位吨个（）、，。%.,—-0123456789";

static const Length X = LENGTH_MM(28), Y = LENGTH_MM(37), MEASURE = LENGTH_MM(156),
                    HEIGHT = LENGTH_MM(225);

typedef struct Fixture {
    Arena *arena;
    FontSet *fonts;
} Fixture;

static Fixture fixture;

static int open_fonts(void **state)
{
    (void)state;
    const char *folder = getenv("WENYIN_FONTS");
    fixture.arena = arena_new();
    fixture.fonts =
        fonts_open(fixture.arena, folder ? folder : "fonts/files", diag_new(fixture.arena));
    if (!fixture.fonts)
        return -1;
    DocTable plain = {.number = 1};
    table_need(fixture.fonts, &plain);
    for (Role role = ROLE_HEI; role <= ROLE_SONG; role += ROLE_SONG - ROLE_HEI) {
        fonts_need(fixture.fonts, role, HAN, (At){0});
        fonts_need(fixture.fonts, role, WORDS, (At){0});
    }
    return fonts_cut(fixture.fonts) ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    fonts_close(fixture.fonts);
    arena_free(fixture.arena);
    return 0;
}

/* ---------------------------------------------------------------- making tables */

static Cell cell(Arena *arena, const char *text, int column)
{
    Inline *content = text ? inline_text(arena, text, (At){0}) : NULL;
    return (Cell){.content = content, .column = column, .colspan = 1, .rowspan = 1};
}

/* `head` and then rows of `columns` texts; the last row is a total when it begins with 合计. */
static DocTable *make_table(Arena *arena, int columns, int rows, const char *const *texts)
{
    DocTable *table = ARENA_NEW(arena, DocTable);
    table->number = 3;
    table->caption = inline_text(arena, "各村整治情况", (At){0});
    table->columns = ARENA_ARRAY(arena, TableColumn, columns);
    table->column_count = columns;
    table->head_rows = 1;
    table->head = ARENA_ARRAY(arena, Cell, columns);
    table->head_cell_count = columns;
    for (int c = 0; c < columns; c++) {
        table->columns[c].align = c ? ALIGN_DECIMAL : ALIGN_CENTRE;
        table->head[c] = cell(arena, texts[c], c);
    }
    table->rows = ARENA_ARRAY(arena, TableRow, rows);
    table->row_count = rows;
    for (int r = 0; r < rows; r++) {
        table->rows[r] =
            (TableRow){.cells = ARENA_ARRAY(arena, Cell, columns), .cell_count = columns};
        for (int c = 0; c < columns; c++)
            table->rows[r].cells[c] = cell(arena, texts[(r + 1) * columns + c], c);
        table->rows[r].is_total = strcmp(texts[(r + 1) * columns], "合计") == 0;
    }
    return table;
}

static uint32_t seed = 77;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

static const char *random_han(Arena *arena, int least, int most)
{
    Buf text = {0};
    int count = least + (int)random_below((uint32_t)(most - least + 1));
    for (int i = 0; i < count; i++)
        buf_add(&text, HAN + 3 * random_below((sizeof HAN - 1) / 3), 3);
    char *kept = arena_strdup(arena, text.data);
    buf_free(&text);
    return kept;
}

/* Columns of numbers, short names and long texts; heads of 2 to 8 characters, some with a unit. */
static DocTable *random_table(Arena *arena, int columns, int rows)
{
    const char **texts = ARENA_ARRAY(arena, const char *, columns *(rows + 1));
    Align *aligns = ARENA_ARRAY(arena, Align, columns);
    for (int c = 0; c < columns; c++) {
        uint32_t kind = random_below(4);
        aligns[c] = kind == 0 ? ALIGN_LEFT : kind == 1 ? ALIGN_CENTRE : ALIGN_DECIMAL;
        texts[c] =
            arena_printf(arena, "%s%s", random_han(arena, 1, 6), random_below(3) ? "" : "（吨）");
        for (int r = 1; r <= rows; r++)
            texts[r * columns + c] = kind == 0   ? random_han(arena, 1, 40)
                                     : kind == 1 ? (random_below(8) ? random_han(arena, 1, 5) : "")
                                     : random_below(9) == 0
                                         ? "—"
                                         : arena_printf(arena, random_below(2) ? "%u.%u" : "%u",
                                               random_below(9999), random_below(10));
    }
    DocTable *table = make_table(arena, columns, rows, texts);
    for (int c = 0; c < columns; c++)
        table->columns[c].align = aligns[c];
    return table;
}

/* ---------------------------------------------------------------- setting them */

typedef struct Setting {
    Typesetter ts;
    TableLayout *layout;
    Length used; /* on the last page */
} Setting;

static Setting set_table(Arena *arena, const DocTable *table)
{
    Setting setting = {.ts = {.arena = arena, .fonts = fixture.fonts, .diags = diag_new(arena)}};
    setting.ts.pages = pages_new(arena);
    setting.layout = table_layout(&setting.ts, table, MEASURE);
    for (int row = 0; setting.layout && !table_done(setting.layout, row);) {
        Page *page = pages_add(setting.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
        setting.used = table_place(&setting.ts, page, setting.layout, &row, X, Y, HEIGHT, 0);
        assert_in_range(setting.used, 1, HEIGHT);
    }
    fonts_list(fixture.fonts, setting.ts.pages);
    return setting;
}

static char *captured(Arena *arena, void (*print)(const void *, FILE *), const void *what)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    print(what, out);
    fclose(out);
    char *copy = arena_strdup(arena, text);
    free(text);
    return copy;
}

static void print_text(const void *pages, FILE *out)
{
    pages_text(pages, out);
}

static void print_messages(const void *diags, FILE *out)
{
    diag_print(diags, out, DIAG_TEXT);
}

static Length run_width(Setting *setting, const GlyphRun *run)
{
    const char *font = setting->ts.pages->fonts[run->font].name;
    TextStyle style = {.role = strstr(font, "Hei") ? ROLE_HEI : ROLE_SONG, .size = run->size};
    char *text = arena_strndup(setting->ts.arena, run->text, (size_t)run->text_bytes);
    return text_width(&setting->ts, &style, text);
}

/* x of the ink: a bracket at the head or the end of a centred line loses its blank half
 * (标点挤压). */
static Length ink_left(const GlyphRun *run)
{
    bool bracket = strncmp(run->text, "（", strlen("（")) == 0;
    return run->glyphs[0].x + (bracket ? run->size / 2 : 0);
}

static Length ink_right(Setting *setting, const GlyphRun *run)
{
    const char *end = run->text + run->text_bytes - strlen("）");
    bool bracket = run->text_bytes >= 3 && strncmp(end, "）", strlen("）")) == 0;
    return run->glyphs[0].x + run_width(setting, run) - (bracket ? run->size / 2 : 0);
}

/* No text reaches into a rule, and nothing leaves the measure. */
static void check_page(Setting *setting, const Page *page)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        if (mark->kind == MARK_RECT) {
            assert_in_range(mark->rect.x, X, X + MEASURE);
            assert_in_range(mark->rect.x + mark->rect.width, X, X + MEASURE);
            assert_in_range(mark->rect.y + mark->rect.height, Y, Y + HEIGHT);
            continue;
        }
        const GlyphRun *run = &mark->run;
        Length left = ink_left(run), baseline = run->glyphs[0].y;
        Length right = ink_right(setting, run);
        assert_true(left >= X && right <= X + MEASURE + 2);
        for (size_t k = 0; k < page->mark_count; k++) {
            const Rect *rule = &page->marks[k].rect;
            if (page->marks[k].kind == MARK_RECT && rule->x < right - 2 &&
                rule->x + rule->width > left + 2 && rule->y < baseline + run->size / 12 &&
                rule->y + rule->height > baseline - run->size * 2 / 3)
                fail_msg("%.*s runs into a rule", run->text_bytes, run->text);
        }
    }
}

/* ---------------------------------------------------------------- tests */

static const char *const SMALL[] = {
    "村",
    "生活垃圾（吨）",
    "户厕改造",
    "长塘村",
    "42.5",
    "12",
    "大湾村",
    "1,208.25",
    "—",
    "石桥村",
    "-7",
    "130",
    "合计",
    "1243.75",
    "142",
};

/* The frame fills the measure exactly, its outer rules lie within it. */
static void test_full_measure(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Setting setting = set_table(arena, make_table(arena, 3, 4, SMALL));
    const Page *page = &setting.ts.pages->pages[0];
    Length left = INT32_MAX, right = 0, bottom = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == MARK_RECT) {
            const Rect *rule = &page->marks[i].rect;
            bottom = rule->y + rule->height > bottom ? rule->y + rule->height : bottom;
            left = rule->x < left ? rule->x : left;
            right = rule->x + rule->width > right ? rule->x + rule->width : right;
        }
    assert_int_equal(left, X);
    assert_int_equal(right, X + MEASURE);
    assert_int_equal(Y + setting.used, bottom);
    check_page(&setting, page);
    arena_free(arena);
}

/* x of the first glyph behind the digits in front of the decimal point. */
static Length point_x(Setting *setting, const char *text)
{
    const Page *page = &setting->ts.pages->pages[0];
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind != MARK_GLYPHS ||
            strncmp(run->text, text, (size_t)run->text_bytes) != 0 ||
            run->text_bytes != (int)strlen(text))
            continue;
        size_t whole = strspn(text, "-0123456789,");
        return text[whole] ? run->glyphs[whole].x : run->glyphs[0].x + run_width(setting, run);
    }
    fail_msg("no run reads %s", text);
    return 0;
}

static void test_decimal_points(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->rows[3].is_total = false; /* in one face */
    Setting setting = set_table(arena, table);
    Length point = point_x(&setting, "42.5");
    assert_in_range(point_x(&setting, "1,208.25") - point + 4, 0, 8);
    assert_in_range(point_x(&setting, "-7") - point + 4, 0, 8);
    assert_in_range(point_x(&setting, "1243.75") - point + 4, 0, 8);
    arena_free(arena);
}

static void test_text(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->unit = "吨";
    Setting setting = set_table(arena, table);
    assert_non_null(strstr(captured(arena, print_text, setting.ts.pages),
        "表3　各村整治情况\n单位：吨\n村\t生活垃圾（吨）\t户厕改造\n长塘村\t42.5\t12\n大湾村\t1,"
        "208.25\t—\n"
        "石桥村\t-7\t130\n合计\t1243.75\t142\n"));
    arena_free(arena);
}

static DocTable *long_table(Arena *arena, int rows)
{
    const char **texts = ARENA_ARRAY(arena, const char *, 4 * (rows + 1));
    static const char *const head[] = {"村", "垃圾", "户厕", "管网"};
    memcpy(texts, head, sizeof head);
    for (int r = 1; r <= rows; r++) {
        texts[4 * r] = r == rows ? "合计" : arena_printf(arena, "村%d", r);
        for (int c = 1; c < 4; c++)
            texts[4 * r + c] = arena_printf(arena, "%d.%d", r, c);
    }
    return make_table(arena, 4, rows, texts);
}

static int occurrences(const char *text, const char *word)
{
    int count = 0;
    while ((text = strstr(text, word))) {
        count++;
        text += strlen(word);
    }
    return count;
}

/* Every row once, the head on every page, 续表 from the second page on, the total never alone. */
static void test_pages(void **state)
{
    (void)state;
    for (int rows = 20; rows < 90; rows++) {
        Arena *arena = arena_new();
        Setting setting = set_table(arena, long_table(arena, rows));
        int pages = (int)setting.ts.pages->page_count;
        const char *text = captured(arena, print_text, setting.ts.pages);
        assert_int_equal(occurrences(text, "村\t垃圾\t户厕\t管网\n"), pages);
        assert_int_equal(occurrences(text, "续表3\n"), pages - 1);
        for (int r = 1; r < rows; r++)
            assert_int_equal(
                occurrences(text, arena_printf(arena, "村%d\t%d.1\t%d.2\t%d.3\n", r, r, r, r)), 1);
        const char *total = strstr(text, "合计");
        assert_int_equal(occurrences(total, "\n"), 1);
        assert_memory_not_equal(total - strlen("管网\n"), "管网\n", strlen("管网\n"));
        for (int p = 0; p < pages; p++)
            check_page(&setting, &setting.ts.pages->pages[p]);
        arena_free(arena);
    }
}

/* What must stand together is reported, and what does not fit is refused. */
static void test_first_height(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = long_table(arena, 10);
    Setting setting = set_table(arena, table);
    Page *page = pages_add(setting.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    Length first = table_first_height(setting.layout);
    int row = 0;
    assert_int_equal(table_place(&setting.ts, page, setting.layout, &row, X, Y, first - 1, 0), 0);
    assert_int_equal(row, 0);
    assert_int_equal(page->mark_count, 0);
    assert_int_equal(table_place(&setting.ts, page, setting.layout, &row, X, Y, first, 0), first);
    assert_int_equal(row, 3);
    arena_free(arena);
}

static int rule_count(const Page *page, bool upright)
{
    int count = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == MARK_RECT)
            count += (page->marks[i].rect.height > page->marks[i].rect.width) == upright;
    return count;
}

/* A head over two columns: no rule runs through it; the column rule below it begins there. */
static void test_spans(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->head_rows = 2;
    table->head = ARENA_ARRAY(arena, Cell, 4);
    table->head[0] = cell(arena, "村", 0);
    table->head[0].rowspan = 2;
    table->head[1] = cell(arena, "清理", 1);
    table->head[1].colspan = 2;
    table->head[2] = cell(arena, "垃圾", 1);
    table->head[3] = cell(arena, "户厕", 2);
    table->head[2].row = table->head[3].row = 1;
    table->head_cell_count = 4;
    Setting setting = set_table(arena, table);
    const Page *page = &setting.ts.pages->pages[0];
    check_page(&setting, page);
    Length shortest = HEIGHT, longest = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == MARK_RECT &&
            page->marks[i].rect.height > page->marks[i].rect.width) {
            Length height = page->marks[i].rect.height;
            shortest = height < shortest ? height : shortest;
            longest = height > longest ? height : longest;
        }
    assert_int_equal(rule_count(page, true), 4);
    assert_int_equal(rule_count(page, false), 7);
    assert_true(shortest < longest);
    arena_free(arena);
}

/* A cell over rows keeps them on one page. */
static void test_row_groups(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = long_table(arena, 81);
    for (int r = 0; r < 80; r += 4) {
        table->rows[r].cells[0].rowspan = 4;
        for (int k = 1; k < 4; k++) {
            table->rows[r + k].cells++;
            table->rows[r + k].cell_count--;
        }
    }
    Setting setting = set_table(arena, table);
    Page *page = pages_add(setting.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    for (int row = 0; !table_done(setting.layout, row);) {
        assert_int_equal(row % 4, 0);
        table_place(&setting.ts, page, setting.layout, &row, X, Y, LENGTH_MM(120), 0);
    }
    arena_free(arena);
}

/* Three characters of a head are never parted while the table has room, and heads of one length
 * wrap alike: eight columns that fill the measure (M of the benchmark). */
static void test_heads_alike(void **state)
{
    (void)state;
    static const char *const texts[] = {"序号", "村（个）", "生活垃圾", "户改量", "管改量",
        "清理量", "生活污水", "清理生活", "1", "长塘大湾", "石桥新屋村", "171", "166", "100.0%",
        "洋江龙潭白马", "12个12个"};
    Arena *arena = arena_new();
    Setting setting = set_table(arena, make_table(arena, 8, 1, texts));
    const char *text = captured(arena, print_text, setting.ts.pages);
    assert_non_null(strstr(text, "户改量\t管改量\t清理量"));
    const Page *page = &setting.ts.pages->pages[0];
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind == MARK_GLYPHS && run->end == TEXT_GOES_ON)
            assert_memory_equal(
                run->text, "村", strlen("村")); /* 村 | （个） alone has two lines */
    }
    arena_free(arena);
}

static void test_declared_widths(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    for (int c = 0; c < 3; c++)
        table->columns[c].width_cells = 5 + c;
    Setting setting = set_table(arena, table);
    const Page *page = &setting.ts.pages->pages[0];
    Length cell_width = LENGTH_MM(156.0 / 28), left = INT32_MAX, right = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == MARK_RECT) {
            const Rect *rule = &page->marks[i].rect;
            left = rule->x < left ? rule->x : left;
            right = rule->x + rule->width > right ? rule->x + rule->width : right;
        }
    assert_in_range(right - left, 18 * cell_width - 2, 18 * cell_width + 2);
    assert_in_range(left - X - (X + MEASURE - right) + 4, 0, 8);
    arena_free(arena);
}

static void check_error(Arena *arena, const DocTable *table, const char *code)
{
    Setting setting = set_table(arena, table);
    assert_null(setting.layout);
    assert_int_equal(diag_count(setting.ts.diags, DIAG_ERROR), 1);
    assert_non_null(strstr(captured(arena, print_messages, setting.ts.diags), code));
}

static void test_errors(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *wide[40];
    for (int i = 0; i < 40; i++)
        wide[i] = i < 20 ? "垃圾" : "123456.78";
    check_error(arena, make_table(arena, 20, 1, wide), "E310");
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->columns[0].width_cells = 27;
    check_error(arena, table, "E312");
    check_error(arena, make_table(arena, 3, 0, SMALL), "E321");
    Buf text = {0};
    for (int i = 0; i < 2000; i++)
        buf_adds(&text, "村");
    table = make_table(arena, 3, 4, SMALL);
    table->columns[0].align = ALIGN_LEFT;
    table->rows[1].cells[0] = cell(arena, text.data, 0);
    check_error(arena, table, "E311");
    buf_free(&text);
    arena_free(arena);
}

/* Figures in prose may part from the Han around them: no token is as wide as the whole phrase. */
static void test_figures_in_prose(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *texts[16];
    for (int i = 0; i < 16; i++)
        texts[i] = i < 8 ? "村" : "江1,234.5龙3.5%马1,234.5旗3.5%";
    Setting setting = set_table(arena, make_table(arena, 8, 1, texts));
    assert_non_null(setting.layout);
    check_page(&setting, &setting.ts.pages->pages[0]);
    arena_free(arena);
}

static char *without_blanks(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *end = out;
    for (; *text; text++)
        if (!strchr("\t\n ", *text))
            *end++ = *text;
    return out;
}

/* Whatever the content, all of it is there, in order, and within its cells. */
static void test_random(void **state)
{
    (void)state;
    for (int i = 0; i < 400; i++) {
        Arena *arena = arena_new();
        DocTable *table = random_table(arena, 1 + (int)random_below(9), 1 + (int)random_below(30));
        Setting setting = set_table(arena, table);
        assert_non_null(setting.layout);
        const char *text = without_blanks(arena, captured(arena, print_text, setting.ts.pages));
        for (int r = 0; r < table->row_count; r++) {
            Buf row = {0};
            for (int c = 0; c < table->column_count; c++)
                buf_adds(&row, table->rows[r].cells[c].content->text);
            assert_non_null(strstr(text, row.data));
            buf_free(&row);
        }
        for (size_t p = 0; p < setting.ts.pages->page_count; p++)
            check_page(&setting, &setting.ts.pages->pages[p]);
        arena_free(arena);
    }
}

/* 3,000 rows: as many marks a row as 300 have. */
static void test_many_rows(void **state)
{
    (void)state;
    double marks[2];
    for (int i = 0; i < 2; i++) {
        Arena *arena = arena_new();
        int rows = i ? 3000 : 300;
        Setting setting = set_table(arena, long_table(arena, rows));
        size_t count = 0;
        for (size_t p = 0; p < setting.ts.pages->page_count; p++)
            count += setting.ts.pages->pages[p].mark_count;
        marks[i] = (double)count / rows;
        arena_free(arena);
    }
    assert_true(marks[1] < marks[0] * 1.02 && marks[1] > marks[0] * 0.98);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_measure),
        cmocka_unit_test(test_decimal_points),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_first_height),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_row_groups),
        cmocka_unit_test(test_heads_alike),
        cmocka_unit_test(test_declared_widths),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_figures_in_prose),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_many_rows),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
