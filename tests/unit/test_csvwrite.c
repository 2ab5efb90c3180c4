/* CSV as Excel and WPS open it right; no cell of it is a formula. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "output/csvwrite.h"

static void test_rows(void **state)
{
    (void)state;
    Buf out = {0};
    const char *const head[] = {"村", "数"}, *const row[] = {"甲,乙", "他说“好”\"\n"},
                      *const empty[] = {NULL, ""};
    csv_write_row(&out, head, 2);
    csv_write_row(&out, row, 2);
    csv_write_row(&out, empty, 2);
    assert_string_equal(out.data, "\xEF\xBB\xBF村,数\r\n\"甲,乙\",\"他说“好”\"\"\n\"\r\n,\r\n");
    buf_free(&out);
}

static void test_formulas(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"=1+1", "\"'=1+1\""},
        {"+增加", "\"'+增加\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"-甲", "\"'-甲\""},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"-12.5", "-12.5"},
        {"+3", "+3"},
        {"12-5", "12-5"},
        {"—", "—"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf out = {0};
        csv_write_row(&out, &cases[i].cell, 1);
        assert_int_equal(strncmp(out.data + 3, cases[i].written, strlen(cases[i].written)), 0);
        assert_string_equal(out.data + 3 + strlen(cases[i].written), "\r\n");
        buf_free(&out);
    }
}

/* Into a file of another form, and what was made a text is again what it was. */
static void test_other_form(void **state)
{
    (void)state;
    static const char *const row[] = {"甲;乙", "甲,乙", " 甲", "=1", "-3"};
    static const char *const cells[][2] = {
        {"'=1", "=1"}, {"'-甲", "-甲"}, {"'-3", "'-3"}, {"'甲", "'甲"}, {"", ""}, {"'", "'"}};
    Arena *arena = arena_new();
    Buf out = {0};
    csv_add_row(&out, row, 5, ";", "\n");
    assert_string_equal(out.data, "\"甲;乙\";甲,乙;\" 甲\";\"'=1\";-3\n");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_string_equal(csv_cell_text(arena, cells[i][0]), cells[i][1]);
    buf_free(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test(test_other_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
