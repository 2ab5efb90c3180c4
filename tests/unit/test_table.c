/* Tables as lists of marks: widths, rules, decimal points, spans, faces, bars. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "typeset/table/table_internal.h"
#include "table_fixture.h"

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
    Setting *setting = set_table(arena, make_table(arena, 3, 4, SMALL));
    const Page *page = &setting->ts.pages->pages[0];
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
    assert_int_equal(Y + setting->used, bottom);
    check_page(setting, page);
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
    table->rows[3].kind = ROW_BODY; /* in one face */
    Setting *setting = set_table(arena, table);
    Length point = point_x(setting, "42.5");
    assert_in_range(point_x(setting, "1,208.25") - point + 4, 0, 8);
    assert_in_range(point_x(setting, "-7") - point + 4, 0, 8);
    assert_in_range(point_x(setting, "1243.75") - point + 4, 0, 8);
    static const char *const shares[] = {"村", "户厕", "长塘村", "42.5%", "大湾村", "-1,208.2%",
        "石桥村", "-7.0%", "新屋村", "100%", "龙潭村", "3.5万"};
    setting = set_table(arena, make_table(arena, 2, 5, shares));
    point = point_x(setting, "42.5%");
    assert_in_range(point_x(setting, "-1,208.2%") - point + 4, 0, 8);
    assert_in_range(point_x(setting, "-7.0%") - point + 4, 0, 8);
    assert_in_range(point_x(setting, "100%") - point + 4, 0, 8);
    arena_free(arena);
}

static void test_text(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->unit = "吨";
    Setting *setting = set_table(arena, table);
    assert_non_null(strstr(captured(arena, print_text, setting->ts.pages),
        "表3　各村整治情况\n单位：吨\n村\t生活垃圾（吨）\t户厕改造\n长塘村\t42.5\t12\n大湾村\t1,"
        "208.25\t—\n"
        "石桥村\t-7\t130\n合计\t1243.75\t142\n"));
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
    Setting *setting = set_table(arena, table);
    const Page *page = &setting->ts.pages->pages[0];
    check_page(setting, page);
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

/* Three characters of a head are never parted while the table has room, and heads of one length
 * wrap alike: eight columns that fill the measure (M of the benchmark). */
static void test_heads_alike(void **state)
{
    (void)state;
    static const char *const texts[] = {"序号", "村（个）", "生活垃圾", "户改量", "管改量",
        "清理量", "生活污水", "清理生活", "1", "长塘大湾", "石桥新屋村", "171", "166", "100.0%",
        "洋江龙潭白马", "12个12个"};
    Arena *arena = arena_new();
    Setting *setting = set_table(arena, make_table(arena, 8, 1, texts));
    const char *text = captured(arena, print_text, setting->ts.pages);
    assert_non_null(strstr(text, "户改量\t管改量\t清理量"));
    const Page *page = &setting->ts.pages->pages[0];
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
    Setting *setting = set_table(arena, table);
    const Page *page = &setting->ts.pages->pages[0];
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
    Setting *setting = set_table(arena, table);
    assert_null(setting->layout);
    assert_int_equal(diag_count(setting->ts.diags, DIAG_ERROR), 1);
    assert_non_null(strstr(captured(arena, print_messages, setting->ts.diags), code));
}

/* Texts of a table of one row, that many columns and one head a column. */
static DocTable *wide_table(Arena *arena, int columns, const char *head, const char *figure)
{
    const char **texts = ARENA_ARRAY(arena, const char *, 2 * columns);
    for (int c = 0; c < columns; c++) {
        texts[c] = head;
        texts[columns + c] = figure;
    }
    return make_table(arena, columns, 1, texts);
}

/* The office's own size and type area: no other is tried, and nothing leaves the area. */
static void test_own_size(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    DocStyle style = style_default(FORM_REPORT);
    assert_int_equal(lay_out_in(arena, table, style)->layout->style->size, LENGTH_PT(12));
    style.table_size = LENGTH_PT(9);
    style.area = (TypeArea){LENGTH_MM(18), LENGTH_MM(16), LENGTH_MM(178), LENGTH_MM(260)};
    const TableLayout *layout = lay_out_in(arena, table, style)->layout;
    assert_int_equal(layout->style->size, LENGTH_PT(9));
    assert_int_equal(layout->style->leading, LENGTH_PT(12));
    assert_int_equal(layout->measure, LENGTH_MM(178));
    assert_int_equal(layout->page_height, LENGTH_MM(260));
    table->orientation = ORIENT_LANDSCAPE;
    layout = lay_out_in(arena, table, style)->layout;
    assert_int_equal(layout->measure, LENGTH_MM(260));
    assert_int_equal(layout->page_height, LENGTH_MM(178));
    arena_free(arena);
}

static void test_errors(void **state)
{
    (void)state;
    static const struct {
        Orientation orientation;
        int columns;
        const char *message;
    } cases[] = {
        {ORIENT_AUTO, 20, "E310"},
        {ORIENT_AUTO, 20, "20 列"},
        {ORIENT_AUTO, 20, "225 毫米"},
        {ORIENT_AUTO, 20, "减少列数"},
        {ORIENT_LANDSCAPE, 20, "E310"},
        {ORIENT_PORTRAIT, 12, "E310"},
        {ORIENT_PORTRAIT, 12, "156 毫米"},
        {ORIENT_PORTRAIT, 12, "orientation=\"横\""},
        {ORIENT_PORTRAIT, 20, "减少列数"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DocTable *table = wide_table(arena, cases[i].columns, "垃圾", "123456.78");
        table->orientation = cases[i].orientation;
        check_error(arena, table, cases[i].message);
    }
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->columns[0].width_cells = 27;
    table->orientation = ORIENT_PORTRAIT;
    check_error(arena, table, "E312");
    check_error(arena, table, "orientation=\"横\"");
    table->columns[0].width_cells = 40;
    table->orientation = ORIENT_AUTO;
    check_error(arena, table, "E312");
    check_error(arena, table, "合计 223 毫米，其余各列放不下（版心 156 毫米）");
    check_error(arena, make_table(arena, 3, 0, SMALL), "E321");
    table = make_table(arena, 3, 4, SMALL);
    table->caption = inline_text(arena, random_han(arena, 1500, 1500), (At){0});
    check_error(arena, table, "E311");
    table = make_table(arena, 3, 4, SMALL);
    table->page_total = inline_text(arena, "本页合计", (At){0});
    table->columns[2].adds = true;
    for (int r = 0; r < 3; r++) {
        table->rows[r].cells[2].has_value = true;
        table->rows[r].cells[2].value = (Decimal){INT64_MAX / 2, 0};
    }
    check_error(arena, table, "E324");
    arena_free(arena);
}

/* Upright where it can be, turned where it must be or is wished. */
static void test_orientation(void **state)
{
    (void)state;
    static const struct {
        Orientation orientation;
        int columns;
        const char *head, *text;
        bool turned;
    } cases[] = {
        {ORIENT_AUTO, 3, "垃圾", "123456.78", false},
        {ORIENT_LANDSCAPE, 3, "垃圾", "123456.78", true},
        {ORIENT_AUTO, 7, "垃圾", "123456.78", false},
        {ORIENT_AUTO, 12, "垃圾", "123456.78", true},
        {ORIENT_AUTO, 8, "生活垃圾清理量生活污水", "12", false}, /* heads of three lines */
        {ORIENT_AUTO, 14, "生活垃圾清理量生活污水", "12", true}, /* … of six */
        {ORIENT_PORTRAIT, 14, "生活垃圾清理量生活污水", "12", false},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DocTable *table = wide_table(arena, cases[i].columns, cases[i].head, cases[i].text);
        table->orientation = cases[i].orientation;
        Setting *setting = set_table(arena, table);
        assert_non_null(setting->layout);
        assert_int_equal(table_landscape(setting->layout), cases[i].turned);
        Rect frame = check_frame(&setting->ts.pages->pages[0]);
        assert_int_equal(frame.width, setting->measure);
        assert_int_equal(frame.width, cases[i].turned ? HEIGHT : MEASURE);
        check_page(setting, &setting->ts.pages->pages[0]);
    }
    arena_free(arena);
}

/* Three levels of heads: each group in the middle above its columns, no rule through it. */
static void test_head_levels(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int column, row, colspan, rowspan;
    } heads[] = {{"村", 0, 0, 1, 3}, {"各村整治", 1, 0, 4, 1}, {"生活垃圾", 1, 1, 2, 1},
        {"户厕", 3, 1, 2, 1}, {"清理", 1, 2, 1, 1}, {"合计", 2, 2, 1, 1}, {"改造", 3, 2, 1, 1},
        {"单位", 4, 2, 1, 1}};
    enum { HEADS = sizeof heads / sizeof *heads };
    Arena *arena = arena_new();
    const char *texts[10];
    for (int i = 0; i < 10; i++)
        texts[i] = "12";
    DocTable *table = make_table(arena, 5, 1, texts);
    table->head_rows = 3;
    table->head_cell_count = HEADS;
    table->head = ARENA_ARRAY(arena, Cell, HEADS);
    for (int i = 0; i < HEADS; i++) {
        table->head[i] = cell(arena, heads[i].text, heads[i].column);
        table->head[i].row = heads[i].row;
        table->head[i].colspan = heads[i].colspan;
        table->head[i].rowspan = heads[i].rowspan;
    }
    Setting *setting = set_table(arena, table);
    const Page *page = &setting->ts.pages->pages[0];
    check_page(setting, page);
    check_frame(page);
    assert_int_equal(rule_count(page, true), 6);
    assert_int_equal(rule_count(page, false), 5);
    assert_non_null(strstr(captured(arena, print_text, setting->ts.pages),
        "村\t各村整治\n\t生活垃圾\t\t户厕\n\t清理\t合计\t改造\t单位\n12\t12\t12\t12\t12\n"));
    arena_free(arena);
}

/* Subtotals and totals stand out by their faces. */
static void test_faces(void **state)
{
    (void)state;
    static const struct {
        TableRowKind kind;
        Role label, figure;
    } cases[] = {{ROW_BODY, ROLE_SONG, ROLE_SONG}, {ROW_SUBTOTAL, ROLE_KAI, ROLE_SONG},
        {ROW_TOTAL, ROLE_HEI, ROLE_HEI}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DocTable *table = make_table(arena, 3, 4, SMALL);
        table->rows[2].kind = cases[i].kind;
        Setting *setting = set_table(arena, table);
        const Page *page = &setting->ts.pages->pages[0];
        int found = 0;
        for (size_t k = 0; k < page->mark_count; k++) {
            const GlyphRun *run = &page->marks[k].run;
            if (page->marks[k].kind != MARK_GLYPHS)
                continue;
            bool label = strncmp(run->text, "石桥村", strlen("石桥村")) == 0;
            bool figure = run->text_bytes == 3 && strncmp(run->text, "130", 3) == 0;
            found += label && run_role(setting, run) == cases[i].label;
            found += figure && run_role(setting, run) == cases[i].figure;
        }
        assert_int_equal(found, 2);
    }
    arena_free(arena);
}

/* Bars begin below each other right of the figures, as long as their shares, within the cell. */
static void test_bars(void **state)
{
    (void)state;
    static const int shares[] = {1000, 500, 3, 0};
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 3, 4, SMALL);
    table->columns[1].bars = true;
    for (int r = 0; r < 4; r++)
        table->rows[r].cells[1].bar = shares[r];
    Setting *setting = set_table(arena, table);
    const Page *page = &setting->ts.pages->pages[0];
    check_page(setting, page);
    Length lengths[4] = {0}, start = 0;
    int count = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        bool tick = mark->kind == MARK_RECT && mark->rect.height < LENGTH_PT(8) &&
                    mark->rect.width < LENGTH_PT(2);
        if (mark->kind != MARK_SHAPE && !tick)
            continue;
        const Point *points = mark->shape.path.points;
        Rect bar = mark->rect;
        if (!tick)
            bar = (Rect){points[0].x, points[0].y, points[2].x - points[0].x,
                points[2].y - points[0].y, {0}};
        assert_true(count < 3);
        start = start ? start : bar.x;
        assert_in_range(bar.x - start + LENGTH_PT(0.5), 0, LENGTH_PT(1));
        lengths[count++] = bar.width;
        for (size_t k = 0; k < page->mark_count; k++) {
            if (page->marks[k].kind == MARK_GLYPHS) {
                Rect ink = run_ink(setting, &page->marks[k].run);
                assert_false(rects_meet(&bar, &ink));
            } else if (page->marks[k].kind == MARK_RECT && k != i) {
                assert_false(rects_meet(&bar, &page->marks[k].rect));
            }
        }
    }
    assert_int_equal(count, 3);
    assert_in_range(lengths[0] - 2 * lengths[1] + LENGTH_PT(1), 0, LENGTH_PT(2));
    assert_true(lengths[2] > 0 && lengths[2] <= LENGTH_PT(1));
    assert_non_null(
        strstr(captured(arena, print_text, setting->ts.pages), "大湾村\t1,208.25\t—\n"));
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
    Setting *setting = set_table(arena, make_table(arena, 8, 1, texts));
    assert_non_null(setting->layout);
    check_page(setting, &setting->ts.pages->pages[0]);
    arena_free(arena);
}

/* Text heads with brackets stand on one line while there is room; units are none of theirs. */
static void test_head_with_brackets(void **state)
{
    (void)state;
    static const char *const texts[] = {"序号", "村（个）", "生活垃圾（吨）", "户厕改造（户）",
        "污水管网（吨）", "生活污水（吨）", "1", "长塘", "171", "16", "12", "12"};
    Arena *arena = arena_new();
    DocTable *table = make_table(arena, 6, 1, texts);
    table->columns[1].align = ALIGN_CENTRE;
    Setting *setting = set_table(arena, table);
    const char *text = captured(arena, print_text, setting->ts.pages);
    const Page *page = &setting->ts.pages->pages[0];
    bool whole = false, units = false;
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind != MARK_GLYPHS)
            continue;
        whole |= strncmp(run->text, "村（个）", (size_t)run->text_bytes) == 0 &&
                 run->text_bytes == strlen("村（个）");
        units |= strncmp(run->text, "（吨）", strlen("（吨）")) == 0;
    }
    assert_true(whole && units);
    assert_non_null(strstr(text, "村（个）"));
    arena_free(arena);
}

/* Rows of a form have room for a hand: where rows are blank, or two columns. */
static void test_forms(void **state)
{
    (void)state;
    enum { ROWS = 4 };
    static const struct {
        int blank_columns, blank_rows;
        bool high;
    } CASES[] = {{0, 0, false}, {1, 0, false}, {2, 0, true}, {0, 1, true}};
    const char *texts[4 * (ROWS + 1)];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        texts[i] = "村";
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena *arena = arena_new();
        DocTable *table = make_table(arena, 4, ROWS, texts);
        Length before = table_whole_height(lay_out(arena, table)->layout);
        for (int r = 0; r < ROWS; r++) {
            bool filler = r >= ROWS - CASES[i].blank_rows;
            table->rows[r].kind = filler ? ROW_FILLER : ROW_BODY;
            for (int c = 0; c < 4; c++)
                if (filler || c >= 4 - CASES[i].blank_columns)
                    table->rows[r].cells[c].content = NULL;
        }
        Length after = table_whole_height(lay_out(arena, table)->layout);
        Length row = LENGTH_MM(9.5) - LENGTH_PT(16.5 + 4.8);
        assert_int_equal(after - before, CASES[i].high ? ROWS * row : 0);
        arena_free(arena);
    }
}

/* Between the upright rules; every column has some rule of its own. */
static Length column_width(const Page *page, int column)
{
    Length left = 0;
    for (int c = 0; c <= column + 1; c++) {
        Length next = INT32_MAX;
        for (size_t i = 0; i < page->mark_count; i++) {
            const Rect *rule = &page->marks[i].rect;
            if (page->marks[i].kind == MARK_RECT && is_upright(rule) && rule->x > left)
                next = rule->x < next ? rule->x : next;
        }
        if (c == column + 1)
            return next - left;
        left = next;
    }
    return 0;
}

/* One long name in a column of short ones takes no room from a column of long texts. */
static void test_one_long_name(void **state)
{
    (void)state;
    enum { ROWS = 30 };
    Arena *arena = arena_new();
    Length widths[2];
    for (int i = 0; i < 2; i++) {
        const char *texts[3 * (ROWS + 1)] = {"村", "情况", "户厕"};
        seed = 5;
        for (int r = 1; r <= ROWS; r++) {
            texts[3 * r] = i == 1 && r == 9 ? random_han(arena, 20, 20) : "长塘村";
            texts[3 * r + 1] = random_han(arena, 40, 40);
            texts[3 * r + 2] = "12";
        }
        DocTable *table = make_table(arena, 3, ROWS, texts);
        table->columns[1].align = ALIGN_LEFT;
        Setting *setting = set_table(arena, table);
        check_page(setting, &setting->ts.pages->pages[0]);
        widths[i] = column_width(&setting->ts.pages->pages[0], 1);
    }
    assert_true(widths[0] > MEASURE / 2);
    assert_in_range(widths[1], widths[0] * 7 / 8, widths[0]);
    arena_free(arena);
}

/* Whatever the content, all of it is there, in order, and within its cells. */
static void test_random(void **state)
{
    (void)state;
    for (int i = 0; i < 400; i++) {
        Arena *arena = arena_new();
        DocTable *table = random_table(arena, 1 + (int)random_below(9), 1 + (int)random_below(30));
        Setting *setting = set_table(arena, table);
        assert_non_null(setting->layout);
        const char *text = without_blanks(arena, captured(arena, print_text, setting->ts.pages));
        for (int r = 0; r < table->row_count; r++) {
            Buf row = {0};
            for (int c = 0; c < table->column_count; c++)
                buf_adds(&row, table->rows[r].cells[c].content->text);
            assert_non_null(strstr(text, row.data));
            buf_free(&row);
        }
        for (size_t p = 0; p < setting->ts.pages->page_count; p++)
            check_page(setting, &setting->ts.pages->pages[p]);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_measure),
        cmocka_unit_test(test_decimal_points),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_heads_alike),
        cmocka_unit_test(test_declared_widths),
        cmocka_unit_test(test_own_size),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_orientation),
        cmocka_unit_test(test_head_levels),
        cmocka_unit_test(test_faces),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_figures_in_prose),
        cmocka_unit_test(test_head_with_brackets),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_one_long_name),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
