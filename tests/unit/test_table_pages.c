/* Tables over pages: which rows come where, what is printed again, sums of pages, nothing lost. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>
#include "document/wording.h"
#include "table_fixture.h"

/* Every row once, the head on every page, 续表 from the second page on, the total never alone. */
static void test_pages(void **state)
{
    (void)state;
    for (int rows = 20; rows < 90; rows++) {
        Arena *arena = arena_new();
        Setting *setting = set_table(arena, long_table(arena, rows));
        int pages = (int)setting->ts.pages->page_count;
        const char *text = captured(arena, print_text, setting->ts.pages);
        assert_int_equal(occurrences(text, "村\t垃圾\t户厕\t管网\n"), pages);
        assert_int_equal(occurrences(text, "续表3\n"), pages - 1);
        for (int r = 1; r < rows; r++)
            assert_int_equal(
                occurrences(text, arena_printf(arena, "村%d\t%d.1\t%d.2\t%d.3\n", r, r, r, r)), 1);
        const char *total = strstr(text, "合计");
        assert_int_equal(occurrences(total, "\n"), 1);
        assert_memory_not_equal(total - strlen("管网\n"), "管网\n", strlen("管网\n"));
        for (int p = 0; p < pages; p++)
            check_page(setting, &setting->ts.pages->pages[p]);
        arena_free(arena);
    }
}

/* What must stand together is reported, and what does not fit is refused. */
static void test_first_height(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = long_table(arena, 10);
    Setting *setting = set_table(arena, table);
    Page *page = pages_add(setting->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    Length first = table_first_height(setting->layout);
    int place = 0;
    assert_int_equal(
        table_place(&setting->ts, page, setting->layout, &place, X, Y, first - 1, 0), 0);
    assert_int_equal(place, 0);
    assert_int_equal(page->mark_count, 0);
    assert_int_equal(
        table_place(&setting->ts, page, setting->layout, &place, X, Y, first, 0), first);
    assert_int_equal(place, 3);
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
    Setting *setting = set_table(arena, table);
    Page *page = pages_add(setting->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    for (int place = 0; !table_done(setting->layout, place);) {
        assert_int_equal(place % 4, 0);
        table_place(&setting->ts, page, setting->layout, &place, X, Y, LENGTH_MM(120), 0);
    }
    arena_free(arena);
}

/* The text of one page. */
static const char *page_text(Setting *setting, size_t number)
{
    Pages page = *setting->ts.pages;
    page.pages += number;
    page.page_count = 1;
    return captured(setting->ts.arena, print_text, &page);
}

/* Makes rows first … end-1 a group with a label in the column. */
static void group_rows(DocTable *table, int column, int first, int end, bool repeats)
{
    for (int r = first; r < end; r++) {
        TableRow *row = &table->rows[r];
        int i = 0;
        while (row->cells[i].column != column)
            i++;
        if (r == first) {
            row->cells[i].rowspan = end - first;
            row->cells[i].repeats = repeats;
            continue;
        }
        row->cell_count--;
        memmove(
            &row->cells[i], &row->cells[i + 1], sizeof *row->cells * (size_t)(row->cell_count - i));
    }
}

/* ---------------------------------------------------------------- groups */

/* A group goes over pages with its label on each, and no row of it stands alone. */
static void test_labels_again(void **state)
{
    (void)state;
    for (int above = 0; above < 40; above++) {
        Arena *arena = arena_new();
        enum { MEMBERS = 70 };
        DocTable *table = long_table(arena, above + MEMBERS + 9);
        group_rows(table, 0, above, above + MEMBERS, true);
        table->rows[above].cells[0].content = inline_text(arena, "甲乙", (At){0});
        Setting *setting = set_table(arena, table);
        for (size_t p = 0; p < setting->ts.pages->page_count; p++) {
            const char *text = page_text(setting, p);
            int members = 0;
            for (int r = above + 1; r <= above + MEMBERS; r++)
                members += occurrences(text, arena_printf(arena, "%d.1\t%d.2\t", r, r));
            assert_int_equal(occurrences(text, "甲乙"), members > 0);
            assert_int_not_equal(members, 1);
            check_page(setting, &setting->ts.pages->pages[p]);
            check_frame(&setting->ts.pages->pages[p]);
        }
        arena_free(arena);
    }
}

/* A label of many lines has room in each part of its group. */
static void test_high_labels(void **state)
{
    (void)state;
    for (int above = 0; above < 40; above++) {
        Arena *arena = arena_new();
        DocTable *table = long_table(arena, above + 20);
        group_rows(table, 0, above, above + 10, true);
        table->columns[0].width_cells = 3;
        table->rows[above].cells[0].content =
            inline_text(arena, "甲乙丙丁戊己庚辛壬癸甲乙丙丁", (At){0});
        Setting *setting = set_table(arena, table);
        for (size_t p = 0; p < setting->ts.pages->page_count; p++)
            check_page(setting, &setting->ts.pages->pages[p]);
        arena_free(arena);
    }
}

/* Rows that a cell spans which is not printed again are parted only where they need more than a
 * page; its text stands once, in the first part. */
static void test_high_groups(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocTable *table = long_table(arena, 71);
    group_rows(table, 0, 0, 70, false);
    table->rows[0].cells[0].content = inline_text(arena, "甲乙", (At){0});
    Setting *setting = set_table(arena, table);
    assert_int_equal(setting->ts.pages->page_count, 3);
    assert_int_equal(occurrences(page_text(setting, 0), "甲乙\t1.1"), 1);
    assert_int_equal(occurrences(captured(arena, print_text, setting->ts.pages), "甲乙"), 1);
    for (size_t p = 0; p < 3; p++)
        check_page(setting, &setting->ts.pages->pages[p]);
    arena_free(arena);
}

/* A subtotal does not begin a page: a row of its part comes with it. */
static void test_subtotals(void **state)
{
    (void)state;
    for (int above = 20; above < 40; above++) {
        Arena *arena = arena_new();
        DocTable *table = long_table(arena, above + 20);
        table->rows[above].kind = ROW_SUBTOTAL;
        Setting *setting = set_table(arena, table);
        assert_true(setting->ts.pages->page_count > 1);
        const char *second = page_text(setting, 1);
        const char *head = "村\t垃圾\t户厕\t管网\n";
        assert_non_null(strstr(second, head));
        assert_null(strstr(second, arena_printf(arena, "%s村%d\t", head, above + 1)));
        arena_free(arena);
    }
}

/* ---------------------------------------------------------------- rows higher than a page */

/* All of a text of some pages is there, in order, and every part has its frame and head. */
static void test_high_rows(void **state)
{
    (void)state;
    for (int characters = 500; characters < 5000; characters += 750) {
        Arena *arena = arena_new();
        DocTable *table = long_table(arena, 6);
        const char *text = random_han(arena, characters, characters);
        table->columns[1].align = ALIGN_LEFT;
        table->rows[2].cells[1].content = inline_text(arena, text, (At){0});
        Setting *setting = set_table(arena, table);
        size_t pages = setting->ts.pages->page_count;
        assert_true(characters < 1000 || pages > 1);
        Buf found = {0};
        for (size_t p = 0; p < pages; p++) {
            const Page *page = &setting->ts.pages->pages[p];
            check_page(setting, page);
            check_frame(page);
            assert_int_equal(occurrences(page_text(setting, p), "村\t垃圾\t户厕\t管网\n"), 1);
            for (size_t i = 0; i < page->mark_count; i++)
                if (page->marks[i].kind == MARK_GLYPHS && page->marks[i].run.size < LENGTH_PT(13))
                    buf_add(&found, page->marks[i].run.text, (size_t)page->marks[i].run.text_bytes);
        }
        static const char *const others[] = {"3.23.3", "续表3村垃圾户厕管网"};
        Buf joined = {0}; /* without what stands between the parts */
        for (const char *at = found.data; *at;) {
            for (int k = 0; k < 2; k++)
                at += strncmp(at, others[k], strlen(others[k])) == 0 ? strlen(others[k]) : 0;
            buf_add(&joined, at++, 1);
        }
        assert_non_null(strstr(joined.data, text));
        assert_int_equal(occurrences(found.data, "3.23.3"), 1);
        buf_free(&found);
        buf_free(&joined);
        arena_free(arena);
    }
}

/* ---------------------------------------------------------------- sums of pages */

static void add_values(DocTable *table, int column, int decimals, bool grouped)
{
    table->columns[column].adds = true;
    table->columns[column].decimals = decimals;
    table->columns[column].grouped = grouped;
    for (int r = 0; r < table->row_count; r++) {
        Cell *cell = &table->rows[r].cells[column];
        cell->has_value =
            table->rows[r].kind == ROW_BODY && decimal_parse(cell->content->text, &cell->value);
    }
}

static void test_page_totals(void **state)
{
    (void)state;
    static const struct {
        const char *figures[4];
        int decimals;
        bool grouped;
        const char *sum;
    } cases[] = {
        {{"1.5", "2.25", "-0.75", "3"}, 2, false, "6.00"},
        {{"1999.5", "2000.25", "—", "3"}, 2, true, "4,002.75"},
        {{"1.005", "1", "—", "—"}, 2, false, "2.01"},
        {{"-1000", "-2", "1", "0"}, 0, true, "-1,001"},
        {{"—", "—", "—", "—"}, 1, false, "—"},
        {{"0.5", "-0.5", "—", "—"}, 0, false, "0"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const *f = cases[i].figures;
        const char *texts[] = {"村", "单位", "垃圾", "长塘", "个", f[0], "大湾", "个", f[1], "石桥",
            "个", f[2], "新屋", "个", f[3], "合计", "", "9999"};
        DocTable *table = make_table(arena, 3, 5, texts);
        table->page_total = inline_text(arena, "本页合计", (At){0});
        add_values(table, 2, cases[i].decimals, cases[i].grouped);
        Setting *setting = set_table(arena, table);
        check_page(setting, &setting->ts.pages->pages[0]);
        check_frame(&setting->ts.pages->pages[0]);
        const char *expected =
            arena_printf(arena, "个\t%s\n本页合计\t\t%s\n合计\t\t9999", f[3], cases[i].sum);
        assert_non_null(strstr(captured(arena, print_text, setting->ts.pages), expected));
    }
    arena_free(arena);
}

/* The first column has figures of its own: the label takes its place. */
static void test_page_total_everywhere(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    static const char *const texts[] = {"垃圾", "户厕", "1", "2", "3", "4"};
    DocTable *table = make_table(arena, 2, 2, texts);
    table->page_total = inline_text(arena, "本页合计", (At){0});
    add_values(table, 0, 0, false);
    add_values(table, 1, 0, false);
    Setting *setting = set_table(arena, table);
    assert_non_null(strstr(captured(arena, print_text, setting->ts.pages), "\n本页合计\t6\n"));
    arena_free(arena);
}

/* ---------------------------------------------------------------- random tables */

/* A table with everything, and what is to be found of it. */
typedef struct Medley {
    DocTable *table;
    int figures;    /* column with sums */
    int group[200]; /* per row the number of its labelled group, 0: none */
    int groups;
} Medley;

static const char *label_text(Arena *arena, int number)
{
    const char *text = "";
    for (int k = 0; k < 3; k++, number /= 10)
        text = arena_printf(arena, "%s%.3s", text, LABELS + 3 * (number % 10));
    return text;
}

/* Heads of up to three levels: groups of columns of the first level have columns of the second. */
static void random_head(Arena *arena, DocTable *table)
{
    int columns = table->column_count, levels = 1 + (int)random_below(3);
    table->head_rows = levels;
    table->head = ARENA_ARRAY(arena, Cell, columns * levels);
    table->head_cell_count = 0;
    int column = 0, row = 0, ends[3] = {columns, columns, columns};
    while (column < columns) {
        int left = ends[row] - column;
        bool last = row + 1 == levels || left == 1;
        int span = last ? 1 : 1 + (int)random_below((uint32_t)left);
        Cell *head = &table->head[table->head_cell_count++];
        *head = cell(arena, random_han(arena, 1, span > 1 ? 18 : 6), column);
        head->row = row;
        head->colspan = span;
        head->rowspan = span > 1 ? 1 : levels - row;
        if (span > 1) {
            ends[++row] = column + span;
            continue;
        }
        for (column++; row > 0 && column == ends[row];)
            row--;
    }
}

/* Rows first … end-1 as groups in the column, those of the next column within them. */
static void random_groups(Arena *arena, Medley *medley, int column, int first, int end)
{
    DocTable *table = medley->table;
    for (int r = first; r < end;) {
        int size = 1 + (int)random_below(random_below(4) ? 9 : 60);
        size = size < end - r ? size : end - r;
        bool repeats = random_below(3) > 0;
        if (size > 1) {
            const char *text = random_han(arena, 1, random_below(8) ? 12 : 900);
            if (repeats)
                text = label_text(arena, ++medley->groups);
            table->rows[r].cells[column].content = inline_text(arena, text, (At){0});
            for (int y = r; column == 0 && repeats && y < r + size; y++)
                medley->group[y] = medley->groups;
            if (column == 0 && random_below(2))
                random_groups(arena, medley, 1, r, r + size);
            group_rows(table, column, r, r + size, repeats);
        }
        r += size;
    }
}

static void random_kinds(Medley *medley)
{
    DocTable *table = medley->table;
    for (int r = 0; r < table->row_count; r++) {
        TableRow *row = &table->rows[r];
        bool plain = row->cell_count == table->column_count && row->cells[0].rowspan == 1 &&
                     row->cells[1].rowspan == 1;
        if (!plain || random_below(8))
            continue;
        row->kind = random_below(3) ? ROW_SUBTOTAL : ROW_FILLER;
        for (int c = 0; c < table->column_count; c++) {
            row->cells[c].has_value = false;
            if (row->kind == ROW_FILLER)
                row->cells[c].content = NULL;
        }
    }
    TableRow *last = &table->rows[table->row_count - 1];
    if (last->kind == ROW_BODY && last->cell_count == table->column_count &&
        last->cells[0].rowspan == 1 && last->cells[1].rowspan == 1 && random_below(2)) {
        last->kind = ROW_TOTAL;
        for (int c = 0; c < table->column_count; c++)
            last->cells[c].has_value = false;
    }
}

/* Columns: two of groups, texts, figures, and a last one that numbers the rows. */
static Medley *random_medley(Arena *arena)
{
    Medley *medley = ARENA_NEW(arena, Medley);
    int columns = 4 + (int)random_below(5),
        rows = 1 + (int)random_below(random_below(2) ? 15 : 120);
    const char **texts = ARENA_ARRAY(arena, const char *, columns *(rows + 1));
    medley->figures = columns - 2;
    for (int i = 0; i < columns * (rows + 1); i++) {
        int r = i / columns - 1, c = i % columns;
        bool high = random_below(200) == 0;
        texts[i] = c == columns - 1   ? arena_printf(arena, "第%04d号", r)
                   : c == columns - 2 ? arena_printf(arena, "%s%u.%u", random_below(4) ? "" : "-",
                                            random_below(9999), random_below(99))
                                      : random_han(arena, 1,
                                            high     ? 1800
                                            : c == 2 ? 30
                                                     : 6);
    }
    DocTable *table = medley->table = make_table(arena, columns, rows, texts);
    for (int c = 0; c < columns; c++)
        table->columns[c].align = c == medley->figures ? ALIGN_DECIMAL : ALIGN_LEFT;
    table->columns[medley->figures].bars = random_below(2);
    for (int r = 0; r < rows; r++)
        table->rows[r].cells[medley->figures].bar = (int)random_below(1001);
    for (int r = 0; r < rows; r++)
        table->rows[r].cells[2].content->bold = random_below(4) == 0;
    random_head(arena, table);
    add_values(table, medley->figures, 2, true);
    random_groups(arena, medley, 0, 0, rows);
    random_kinds(medley);
    table->unit = random_below(2) ? "吨" : NULL;
    table->orientation = random_below(5) ? ORIENT_AUTO : ORIENT_LANDSCAPE;
    if (random_below(2))
        table->page_total = inline_text(arena, "本页合计", (At){0});
    return medley;
}

/* Places the table on pages with less or more room; a full page always takes something. */
static void place_at_random(Setting *setting)
{
    Length first = table_first_height(setting->layout);
    assert_in_range(first, 1, setting->height);
    for (int place = 0; !table_done(setting->layout, place);) {
        int before = place;
        Length room = setting->height / 3;
        room += (Length)random_below((uint32_t)(setting->height - room));
        Page *page = add_page(setting);
        bool least = before > 0 || room >= first;
        setting->used = table_place(&setting->ts, page, setting->layout, &place, X, Y, room,
            random_below(4) * LENGTH_PT(30));
        assert_true(setting->used <= room && (setting->used > 0) == (place > before));
        assert_true(least || setting->used == 0);
        if (setting->used > 0)
            continue;
        assert_int_equal(page->mark_count, 0);
        setting->used =
            table_place(&setting->ts, page, setting->layout, &place, X, Y, setting->height, 0);
        assert_in_range(setting->used, 1, setting->height);
        assert_true(place > before);
    }
    fonts_list(fixture.fonts, setting->ts.pages);
}

/* Han of the cells, labels that are printed again left out, as counts. */
static void count_han(const char *text, int *counts)
{
    for (; *text; text++)
        for (size_t i = 0; i < sizeof HAN - 1; i += 3)
            if (strncmp(text, HAN + i, 3) == 0)
                counts[i / 3]++;
}

enum { HANS = sizeof HAN / 3 };

static void count_cells(const Cell *cells, int cell_count, int times, int *counts)
{
    for (int k = 0; k < times; k++)
        for (int i = 0; i < cell_count; i++)
            if (cells[i].content)
                count_han(cells[i].content->text, counts);
}

static void check_nothing_lost(Setting *setting, const Medley *medley)
{
    const DocTable *table = medley->table;
    int expected[HANS] = {0}, found[HANS] = {0};
    for (int r = 0; r < table->row_count; r++)
        count_cells(table->rows[r].cells, table->rows[r].cell_count, 1, expected);
    count_cells(table->head, table->head_cell_count, (int)setting->ts.pages->page_count, expected);
    count_han(captured(setting->ts.arena, print_text, setting->ts.pages), found);
    for (int i = 0; i < HANS; i++)
        assert_true(found[i] == expected[i] || strncmp(HAN + 3 * i, "村", 3) == 0); /* caption */
}

/* On each page with rows of a labelled group stands its label, once; the sum is that of the rows.
 */
static void check_medley_page(Setting *setting, const Medley *medley, size_t number)
{
    Arena *arena = setting->ts.arena;
    const DocTable *table = medley->table;
    const char *text = page_text(setting, number);
    Decimal sum = {0};
    bool figures = false;
    for (int r = 0; r < table->row_count; r++) {
        if (!strstr(text, arena_printf(arena, "第%04d号", r)))
            continue;
        if (medley->group[r] > 0)
            assert_int_equal(occurrences(text, label_text(arena, medley->group[r])), 1);
        for (int i = 0; i < table->rows[r].cell_count; i++) {
            const Cell *figure = &table->rows[r].cells[i];
            if (figure->column != medley->figures || !figure->has_value)
                continue;
            assert_true(decimal_add(sum, figure->value, &sum));
            figures = true;
        }
    }
    if (!table->page_total)
        return;
    const char *total = figures ? wording_grouped(arena, sum, 2) : "—";
    static const char tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t"; /* the figure stays in its column */
    assert_int_equal(occurrences(text,
                         arena_printf(arena, "\n本页合计%.*s%s\n", medley->figures, tabs, total)),
        1);
}

static void test_random(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        Arena *arena = arena_new();
        Medley *medley = random_medley(arena);
        Setting *setting = lay_out(arena, medley->table);
        assert_non_null(setting->layout);
        place_at_random(setting);
        for (size_t p = 0; p < setting->ts.pages->page_count; p++) {
            check_page(setting, &setting->ts.pages->pages[p]);
            check_frame(&setting->ts.pages->pages[p]);
            check_medley_page(setting, medley, p);
        }
        check_nothing_lost(setting, medley);
        const char *text = captured(arena, print_text, setting->ts.pages);
        for (int r = 0; r < medley->table->row_count; r++)
            assert_int_equal(occurrences(text, arena_printf(arena, "第%04d号", r)),
                medley->table->rows[r].kind != ROW_FILLER);
        arena_free(arena);
    }
}

/* ---------------------------------------------------------------- many rows */

static DocTable *many_rows(Arena *arena, int rows)
{
    const char **texts = ARENA_ARRAY(arena, const char *, 8 * (rows + 1));
    for (int i = 0; i < 8 * (rows + 1); i++)
        texts[i] = i < 8        ? "垃圾"
                   : i % 8 == 0 ? arena_printf(arena, "%d", i / 8)
                   : i % 8 == 1
                       ? random_han(arena, 3, 5)
                       : arena_printf(arena, "%u.%u", random_below(9999), random_below(10));
    DocTable *table = make_table(arena, 8, rows, texts);
    table->columns[1].align = ALIGN_CENTRE;
    table->page_total = inline_text(arena, "本页合计", (At){0});
    for (int c = 2; c < 8; c++)
        add_values(table, c, 1, true);
    for (int r = 0; r < rows; r += 60)
        group_rows(table, 1, r, r + 60 < rows ? r + 60 : rows, true);
    return table;
}

/* Time and marks a row: the same for 3,000 as for 300. The least of some runs counts. */
static void test_many_rows(void **state)
{
    (void)state;
    double times[2] = {1e9, 1e9}, marks[2];
    for (int i = 0; i < 10; i++) {
        Arena *arena = arena_new();
        int rows = i % 2 ? 3000 : 300;
        DocTable *table = many_rows(arena, rows);
        clock_t start = clock();
        Setting *setting = set_table(arena, table);
        double time = (double)(clock() - start) / rows;
        times[i % 2] = time < times[i % 2] ? time : times[i % 2];
        size_t count = 0;
        for (size_t p = 0; p < setting->ts.pages->page_count; p++)
            count += setting->ts.pages->pages[p].mark_count;
        marks[i % 2] = (double)count / rows;
        arena_free(arena);
    }
    print_message("table: %.2f and %.2f us a row of 300 and of 3000\n", times[0], times[1]);
    assert_true(marks[1] < marks[0] * 1.02 && marks[1] > marks[0] * 0.98);
    assert_true(times[1] < times[0] * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_first_height),
        cmocka_unit_test(test_row_groups),
        cmocka_unit_test(test_labels_again),
        cmocka_unit_test(test_high_labels),
        cmocka_unit_test(test_high_groups),
        cmocka_unit_test(test_subtotals),
        cmocka_unit_test(test_high_rows),
        cmocka_unit_test(test_page_totals),
        cmocka_unit_test(test_page_total_everywhere),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_many_rows),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
