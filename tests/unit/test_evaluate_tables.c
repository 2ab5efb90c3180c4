/* Random tables: subtotals, totals and sums of a page against sums made here, merged cells and
 * heads that tile their grid, bars in proportion, blank rows. The wording is proved by the golden
 * cases. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "template/template.h"

enum { ROUNDS = 40, MOST_ROWS = 60 };

static uint32_t seed = 20240630;

static int any(int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)below);
}

/* What stands in the CSV. */
typedef struct Row {
    int area, village, value;
    bool missing;
} Row;

typedef struct Case {
    Row rows[MOST_ROWS];
    int count, wanted; /* rows= */
    Arena *arena;
    Diags *diags;
    Store *store;
    Document document;
    const DocTable *table;
} Case;

static void put_file(Arena *arena, const char *folder, const char *name, const Buf *text)
{
    FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
}

static void buf_number(Buf *out, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    buf_adds(out, digits);
}

/* Evaluates the one table of a template over the data, in a folder of its own. */
static void evaluate(Case *c, const char *body, const Buf *data)
{
    char folder[] = "/tmp/wenyin-tables-XXXXXX";
    EngineOptions options = {0};
    Buf xml = {0};
    assert_non_null(mkdtemp(folder));
    c->arena = arena_new();
    c->diags = diag_new(c->arena);
    c->store = store_open(c->arena, c->diags);
    buf_adds(&xml, "<report form='汇报'><data><csv id='表' files='表.csv' key='编号'/></data>");
    buf_adds(&xml, body);
    buf_adds(&xml, "</report>");
    put_file(c->arena, folder, "t.xml", &xml);
    put_file(c->arena, folder, "表.csv", data);
    Template *t = template_load(c->arena, arena_printf(c->arena, "%s/t.xml", folder), c->diags);
    bool done = t && template_bind(t, c->store, folder, &options, NULL, 0) &&
                template_evaluate(t, c->arena, &c->document);
    unlink(arena_printf(c->arena, "%s/t.xml", folder));
    unlink(arena_printf(c->arena, "%s/表.csv", folder));
    rmdir(folder);
    buf_free(&xml);
    if (!done)
        diag_print(c->diags, stderr, DIAG_TEXT);
    assert_true(done);
    c->table = c->document.first ? c->document.first->table : NULL;
    assert_non_null(c->table);
}

static void finish(Case *c)
{
    store_close(c->store);
    arena_free(c->arena);
}

/* Villages stand together in their area, areas too. */
static void make_rows(Case *c)
{
    int area = 0, village = 0;
    c->count = 1 + any(MOST_ROWS);
    c->wanted = 1 + any(MOST_ROWS);
    for (int i = 0; i < c->count; i++) {
        bool next_area = i > 0 && any(12) == 0;
        area += next_area;
        village += i > 0 && (next_area || any(4) == 0);
        c->rows[i] = (Row){area, village, 1 + any(100000), any(9) == 0};
    }
    c->rows[0].missing = false;
}

static void make_data(const Case *c, Buf *out)
{
    buf_adds(out, "编号,片,村,数\n");
    for (int i = 0; i < c->count; i++) {
        const Row *row = &c->rows[i];
        buf_adds(out, "K");
        buf_number(out, i);
        buf_adds(out, ",片");
        buf_number(out, row->area);
        buf_adds(out, ",村");
        buf_number(out, row->village);
        buf_adds(out, ",");
        if (!row->missing)
            buf_number(out, row->value);
        buf_adds(out, "\n");
    }
}

static const char body_of_sums[] =
    "<table of='表' rows='%d'><col value='片' merge='是'/><col value='村' merge='是'/>"
    "<col value='编号'/><col head='数' value='数' bar='是'/><col head='均' value='数|平均'/>"
    "<col head='行' value='计数'/><subtotal by='片' label='{片}'/><subtotal by='村'/><total/>"
    "<total page='是'/></table>";

static const char *cell_text(const Case *c, const Cell *cell)
{
    return inline_plain(c->arena, cell->content);
}

static const Cell *cell_at(const TableRow *row, int column)
{
    for (int i = 0; i < row->cell_count; i++)
        if (row->cells[i].column == column)
            return &row->cells[i];
    return NULL;
}

/* The figures of a row of sums: 数 and 行 of the rows [from, to). */
static void check_sums(const Case *c, const TableRow *row, int from, int to)
{
    long sum = 0;
    bool some = false;
    for (int i = from; i < to; i++) {
        sum += c->rows[i].missing ? 0 : c->rows[i].value;
        some = some || !c->rows[i].missing;
    }
    assert_int_equal(row->cells[0].colspan, 3);
    assert_string_equal(
        cell_text(c, cell_at(row, 3)), some ? arena_printf(c->arena, "%ld", sum) : "—");
    assert_string_equal(cell_text(c, cell_at(row, 5)), arena_printf(c->arena, "%d", to - from));
}

static bool ends(const Case *c, int row, bool of_area)
{
    const Row *here = &c->rows[row], *next = here + 1;
    if (row + 1 == c->count)
        return true;
    return of_area ? here->area != next->area : here->village != next->village;
}

/* Body rows with the subtotals where they should be, then blank rows, then the total. */
static void check_order(const Case *c)
{
    const TableRow *row = c->table->rows;
    int village = 0, area = 0;
    for (int i = 0; i < c->count; i++) {
        assert_int_equal(row++->kind, ROW_BODY);
        if (ends(c, i, false)) {
            assert_int_equal(row->kind, ROW_SUBTOTAL);
            assert_string_equal(cell_text(c, &row->cells[0]), "小计");
            check_sums(c, row++, village, i + 1);
            village = i + 1;
        }
        if (ends(c, i, true)) {
            assert_int_equal(row->kind, ROW_SUBTOTAL);
            assert_string_equal(
                cell_text(c, &row->cells[0]), arena_printf(c->arena, "片%d", c->rows[i].area));
            check_sums(c, row++, area, i + 1);
            area = i + 1;
        }
    }
    for (int i = c->count; i < c->wanted; i++)
        assert_int_equal(row++->kind, ROW_FILLER);
    assert_int_equal(row->kind, ROW_TOTAL);
    check_sums(c, row++, 0, c->count);
    assert_int_equal(row - c->table->rows, c->table->row_count);
}

/* Every column of every row is covered once, and no label reaches beyond its village or area. */
static void check_tiles(const Case *c)
{
    int held[6] = {0}, body = 0;
    for (int r = 0; r < c->table->row_count; r++) {
        const TableRow *row = &c->table->rows[r];
        int covered = 0;
        for (int i = 0; i < row->cell_count; i++) {
            const Cell *cell = &row->cells[i];
            assert_int_equal(held[cell->column], 0);
            assert_true(cell->rowspan == 1 || (cell->repeats && cell->column < 2));
            for (int k = 0; k < cell->colspan; k++)
                held[cell->column + k] = cell->rowspan;
        }
        for (int k = 0; k < 6; k++) {
            covered += held[k] > 0;
            held[k] -= held[k] > 0;
        }
        assert_int_equal(covered, 6);
        if (row->kind == ROW_BODY) { /* a run of rows that a subtotal does not part is one cell */
            bool opens = body == 0 || ends(c, body - 1, false);
            assert_true((cell_at(row, 1) != NULL) == opens);
            body++;
        } else {
            for (int k = 0; k < 6; k++)
                assert_int_equal(held[k], 0);
        }
    }
}

static void check_column(const Case *c)
{
    const TableColumn *columns = c->table->columns;
    int largest = 0, body = 0, some = 0;
    for (int i = 0; i < c->count; i++) {
        some += !c->rows[i].missing;
        if (!c->rows[i].missing && c->rows[i].value > largest)
            largest = c->rows[i].value;
    }
    assert_true(columns[3].adds && columns[5].adds && columns[3].bars && !columns[5].bars);
    assert_true(columns[4].adds == (some == 1)); /* the average of one is its sum */
    assert_false(columns[0].adds || columns[1].adds || columns[2].adds);
    for (int r = 0; r < c->table->row_count; r++) {
        const Cell *cell = cell_at(&c->table->rows[r], 3);
        if (c->table->rows[r].kind != ROW_BODY) {
            assert_true(!cell || (cell->bar == 0 && !cell->has_value));
            continue;
        }
        const Row *row = &c->rows[body++];
        long part = row->missing ? 0 : (row->value * 2000L + largest) / (2L * largest);
        assert_int_equal(cell->bar, row->missing ? 0 : part ? part : 1);
        assert_true(cell->has_value == !row->missing);
        if (!row->missing)
            assert_int_equal(decimal_cmp(cell->value, decimal_from_int(row->value)), 0);
    }
}

static void test_sums(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        Case *c = calloc(1, sizeof *c);
        char body[1024];
        Buf data = {0};
        make_rows(c);
        make_data(c, &data);
        snprintf(body, sizeof body, body_of_sums, c->wanted);
        evaluate(c, body, &data);
        check_order(c);
        check_tiles(c);
        check_column(c);
        buf_free(&data);
        finish(c);
        free(c);
    }
}

/* ---- heads ---- */

/* Random columns in random groups, at most four deep. */
static int make_columns(Buf *out, int depth)
{
    int parts = 1 + any(3), columns = 0;
    for (int i = 0; i < parts; i++) {
        if (depth < 4 && any(2) == 0) {
            buf_adds(out, "<colgroup head='组'>");
            columns += make_columns(out, depth + 1);
            buf_adds(out, "</colgroup>");
        } else {
            buf_adds(out, "<col value='编号'/>");
            columns++;
        }
    }
    return columns;
}

static void check_head(const DocTable *table)
{
    int count = table->head_rows * table->column_count;
    int *covered = calloc((size_t)count, sizeof *covered);
    for (int i = 0; i < table->head_cell_count; i++) {
        const Cell *cell = &table->head[i];
        assert_true(cell->row + cell->rowspan <= table->head_rows);
        assert_true(cell->column + cell->colspan <= table->column_count);
        for (int r = cell->row; r < cell->row + cell->rowspan; r++)
            for (int k = cell->column; k < cell->column + cell->colspan; k++)
                covered[r * table->column_count + k]++;
    }
    for (int i = 0; i < count; i++)
        assert_int_equal(covered[i], 1);
    free(covered);
}

static void test_heads(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        Case c = {0};
        Buf body = {0}, data = {0};
        buf_adds(&data, "编号\nK1\n");
        buf_adds(&body, "<table of='表'>");
        int columns = make_columns(&body, 1);
        buf_adds(&body, "</table>");
        evaluate(&c, body.data, &data);
        assert_int_equal(c.table->column_count, columns);
        check_head(c.table);
        buf_free(&body);
        buf_free(&data);
        finish(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sums), cmocka_unit_test(test_heads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
