/* Drafts: a figure that needs what is at fault in the data says so, all others stand. The law of it
 * is tried on every cell of a small table: a figure that changes with the cell must be a hole when
 * the cell is faulty, and one that is no hole must be what it is when the cell is sound. */
#include "value_fixture.h"

enum { ROWS = 9, COLUMNS = 4, BUFFER = 2048 };

static const char *const head[COLUMNS] = {"月份", "村", "垃圾(吨)", "处数"};
static const char *const sound[ROWS][COLUMNS] = {
    {"2023-06", "甲村", "30", "5"},
    {"2023-06", "乙村", "20", "7"},
    {"2024-04", "甲村", "11", "1"},
    {"2024-05", "乙村", "25", "3"},
    {"2024-05", "甲村", "40", "8"},
    {"2024-06", "乙村", "26", "0"},
    {"2024-06", "甲村", "50", "6"},
    {"2024-06", "丙村", "24", "2"},
    {"2024-06", "丁村", "33", "9"},
};

static const char *const figures[] = {
    /* flat table */
    "月报.垃圾",
    "月报.垃圾|平均",
    "月报.垃圾|最大",
    "月报.垃圾|最小",
    "月报.垃圾|最新",
    "月报.垃圾|全部|首个",
    "月报.处数",
    "月报|计数",
    "月报|全部|计数",
    "月报|去重计数 村",
    "月报.村|列举",
    "月报.垃圾|上期",
    "月报.垃圾|同期",
    "月报.垃圾|累计",
    "月报.垃圾|至今",
    "月报.垃圾|近 2",
    "月报.垃圾|环比",
    "月报.垃圾|同比",
    "月报.处数|增减 上期",
    "月报.垃圾|其中 村=甲村",
    "月报.垃圾|其中 非 村=甲村",
    "月报.垃圾|其中 村=戊村|默认 '无'",
    "月报.处数|其中 垃圾 大于 25",
    "月报|其中 处数 小于 3 且 垃圾 大于 20|计数",
    "月报|占比 处数 大于 1",
    "月报.垃圾|按 村|平均",
    "月报|按 村|计数",
    "月报.垃圾|占 (月报.垃圾|全部)",
    "(月报.垃圾|其中 村=乙村) / 月报.处数|百分比",
};

/* The table with one cell written anew. */
static void write_table(char out[BUFFER], int row, int column, const char *cell)
{
    size_t used = 0;
    for (int r = -1; r < ROWS; r++) {
        const char *const *cells = r < 0 ? head : sound[r];
        for (int c = 0; c < COLUMNS; c++) {
            const char *text = r == row && c == column ? cell : cells[c];
            used += (size_t)snprintf(
                out + used, BUFFER - used, "%s%s", text, c + 1 < COLUMNS ? "," : "\n");
        }
    }
    assert_true(used < BUFFER - 1);
}

static ValueFixture *open_text(const char *csv)
{
    ValueFixture *f = fixture_new("2024-06");
    f->options.draft = true;
    store_set_draft(f->store, true);
    fixture_put(f, "月报.csv", csv);
    fixture_load(f, "月报", "月份", "月份,村");
    fixture_start(f);
    return f;
}

static ValueFixture *open_table(int row, int column, const char *cell)
{
    char csv[BUFFER];
    write_table(csv, row, column, cell);
    return open_text(csv);
}

static bool is_hole(const char *text)
{
    return strncmp(text, "【缺：", strlen("【缺：")) == 0;
}

static const char *figure(ValueFixture *f, size_t i)
{
    const char *text = fixture_text(f, figures[i], NULL);
    if (!text) {
        print_error("%s: %s\n", figures[i], fixture_messages(f));
    }
    assert_non_null(text);
    return text;
}

/* Other sound values of a cell, faulty ones (a village cannot but be empty). */
static const char *const others[COLUMNS][3] = {{"2024-05", "2024-06", "2023-06"},
    {"戊村", "己村", "戊村"}, {"0", "1000", "25"}, {"0", "77", "4"}};
static const char *const faulty[COLUMNS] = {"2024-13", "", "#####", "约几处"};

static bool is_key_taken(int row, int column, const char *cell)
{
    for (int r = 0; r < ROWS; r++) {
        if (r != row && column == 0 && strcmp(sound[r][0], cell) == 0 &&
            strcmp(sound[r][1], sound[row][1]) == 0) {
            return true;
        }
    }
    return false;
}

static void try_cell(ValueFixture *clean, int row, int column)
{
    ValueFixture *draft = open_table(row, column, faulty[column]);
    bool needed[COUNT(figures)] = {false};
    for (size_t k = 0; k < COUNT(others[column]); k++) {
        if (is_key_taken(row, column, others[column][k])) {
            continue;
        }
        ValueFixture *changed = open_table(row, column, others[column][k]);
        for (size_t i = 0; i < COUNT(figures); i++) {
            needed[i] = needed[i] || strcmp(figure(clean, i), figure(changed, i)) != 0;
        }
        fixture_free(changed);
    }
    assert_true(diag_failed(draft->diags));
    for (size_t i = 0; i < COUNT(figures); i++) {
        const char *text = figure(draft, i);
        bool good = is_hole(text) || (!needed[i] && strcmp(text, figure(clean, i)) == 0);
        if (!good) {
            print_error("row %d column %d: %s is %s, not a hole\n", row, column, figures[i], text);
        }
        assert_true(good);
    }
    fixture_free(draft);
}

static void every_cell(void **state)
{
    (void)state;
    ValueFixture *clean = open_table(-1, -1, NULL);
    for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            try_cell(clean, row, column);
        }
    }
    assert_false(diag_failed(clean->diags));
    fixture_free(clean);
}

/* What a fault leaves alone. */
static void others_stand(void **state)
{
    (void)state;
    static const struct {
        const char *text, *figure, *shown;
    } cases[] = {
        /* flat table */
        {"2024-06,甲村,##,6\n2024-06,乙村,26,1\n", "月报.处数", "7"},
        {"2024-06,甲村,##,6\n2024-06,乙村,26,1\n", "月报|计数", "2"},
        {"2024-06,甲村,##,6\n2024-06,乙村,26,1\n", "月报.垃圾|其中 村=乙村", "26"},
        {"2024-06,甲村,##,6\n2024-06,乙村,26,1\n", "月报.垃圾", NULL},
        {"2024-06,甲村,##,6\n2024-05,乙村,26,1\n", "月报.垃圾|上期", "26"},
        {"2024-06,甲村,##,6\n2024-05,乙村,26,1\n", "月报.垃圾|累计", NULL},
        {"2024-06,甲村,3,6\n2024-06,乙村,26\n2024-05,乙村,26,1\n", "月报.垃圾", NULL},
        {"2024-06,甲村,3,6\n2024-06,乙村,26\n2024-05,乙村,26,1\n", "月报|计数", NULL},
        {"2024-06,甲村,3,6\n2024-06,乙村,26\n2024-05,乙村,26,1\n", "月报.垃圾|上期", "26"},
        {"2024-06,甲村,3,6\n2024-06,甲村,4,7\n2024-06,乙村,1,1\n", "月报.垃圾", NULL},
        {"2024-06,甲村,3,6\n2024-06,甲村,4,7\n2024-06,乙村,1,1\n", "月报|计数", NULL},
        {"2024-06,甲村,3,6\n2024-06,甲村,4,7\n2024-06,乙村,1,1\n", "月报.垃圾|其中 村=乙村", "1"},
        {"2024-06,甲村,3,6\n2024-06,乙村,4,7\n合计,,8,13\n", "月报.垃圾", NULL},
        {"2024-06,甲村,3,6\n2024-06,乙村,4,7\n合计,,8,13\n", "月报.处数", "13"},
        {"2024-06,甲村,3,6\n2024-06,乙村,4,7\n合计,,8,13\n", "月报|计数", "2"},
        {"2024-06,甲村,3,6\n2024-06,\"乙村,4,7\n", "月报.垃圾", NULL},
        {"2024-06,甲村,3,6\n2024-06,\"乙村,4,7\n", "月报.垃圾|上期|默认 0", "0"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char csv[BUFFER];
        snprintf(csv, sizeof csv, "月份,村,垃圾(吨),处数\n%s", cases[i].text);
        ValueFixture *f = open_text(csv);
        const char *text = fixture_text(f, cases[i].figure, NULL);
        assert_non_null(text);
        if (cases[i].shown ? strcmp(text, cases[i].shown) != 0 : !is_hole(text)) {
            print_error("%s%s: %s\n", cases[i].text, cases[i].figure, text);
            fail();
        }
        fixture_free(f);
    }
}

/* The message of a hole names the cell. */
static void names_the_cell(void **state)
{
    (void)state;
    ValueFixture *f = open_table(6, 2, "#REF!");
    assert_true(is_hole(fixture_text(f, "月报.垃圾", NULL)));
    assert_int_equal(engine_holes(f->engine), 1);
    assert_non_null(strstr(fixture_messages(f), "W142: 草稿缺数：“月报.垃圾”"));
    assert_non_null(strstr(fixture_messages(f), "数据: 月报.csv 第 8 行“垃圾(吨)”(C8)"));
    fixture_free(f);
}

/* Without --draft the same file is refused. */
static void refused_else(void **state)
{
    (void)state;
    char csv[BUFFER];
    ValueFixture *f = fixture_new("2024-06");
    CsvDecl decl = {.id = "月报", .files = "月报.csv", .period = "月份", .key = "月份,村"};
    write_table(csv, 6, 2, "#REF!");
    fixture_put(f, "月报.csv", csv);
    assert_null(store_load(f->store, &decl, f->folder, &f->options.period));
    assert_false(store_is_lost(f->store, "月报"));
    store_set_draft(f->store, true);
    decl.files = "没有.csv";
    assert_null(store_load(f->store, &decl, f->folder, &f->options.period));
    assert_true(store_is_lost(f->store, "月报"));
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(every_cell),
        cmocka_unit_test(others_stand),
        cmocka_unit_test(names_the_cell),
        cmocka_unit_test(refused_else),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
