/* Tables over pages: what the last page shows, and what continued ones are called. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "table_fixture.h"

/* Without a number it says 续表 alone, caption or not. */
static void test_continued_without_number(void **state)
{
    (void)state;
    for (int captioned = 0; captioned < 2; captioned++) {
        Arena *arena = arena_new();
        DocTable *table = long_table(arena, 80);
        table->number = 0;
        table->caption = captioned ? table->caption : NULL;
        Setting *setting = set_table(arena, table);
        int pages = (int)setting->ts.pages->page_count;
        const char *text = captured(arena, print_text, setting->ts.pages);
        assert_true(pages > 1);
        assert_int_equal(occurrences(text, "续表\n村\t垃圾"), pages - 1);
        assert_int_equal(occurrences(text, "续表"), pages - 1);
        arena_free(arena);
    }
}

/* Rows of the body on the last page: three at least above the total, and without one; where rows
 * are high, as many as fit. */
static void test_last_rows(void **state)
{
    (void)state;
    for (int rows = 20; rows < 70; rows++)
        for (int kind = 0; kind < 3; kind++) {
            Arena *arena = arena_new();
            DocTable *table = long_table(arena, rows);
            if (kind == 1)
                table->rows[rows - 1].kind = ROW_BODY;
            if (kind == 2)
                table->rows[rows - 2].kind = ROW_SUBTOTAL;
            Setting *setting = set_table(arena, table);
            size_t pages = setting->ts.pages->page_count;
            Pages last = *setting->ts.pages;
            last.pages += pages - 1;
            last.page_count = 1;
            int lines = occurrences(captured(arena, print_text, &last), "\n");
            assert_true(pages == 1 || lines - 2 - (kind != 1) - (kind == 2) >= 3);
            arena_free(arena);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_continued_without_number),
        cmocka_unit_test(test_last_rows),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
