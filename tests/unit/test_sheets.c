/* The booklet is folded in the head: sheets as they come out of the printer are stacked, folded and
 * read page by page. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "output/sheets.h"

enum { MOST = 64 };

typedef struct Leaf {
    long recto, verso;
} Leaf;

/* A sheet that is turned about its short edge: what is left on the back lies behind what is right
 * on the front. Folded with the front outside, the right half is the front leaf. */
static void fold(const Sheets *sheets, long sheet, Leaf *front, Leaf *back)
{
    long side = sheet * 2;
    *front = (Leaf){sheets_page(sheets, side, 1), sheets_page(sheets, side + 1, 0)};
    *back = (Leaf){sheets_page(sheets, side + 1, 1), sheets_page(sheets, side, 0)};
}

/* The first sheet is the outermost. Returns how many pages, blank ones too, there are to turn. */
static long read_booklet(const Sheets *sheets, long *read)
{
    long count = sheets_sides(sheets) / 2;
    for (long i = 0; i < count; i++) {
        Leaf front, back;
        fold(sheets, i, &front, &back);
        long leaf = 2 * i, opposite = 4 * count - 2 - 2 * i;
        read[leaf] = front.recto;
        read[leaf + 1] = front.verso;
        read[opposite] = back.recto;
        read[opposite + 1] = back.verso;
    }
    return 4 * count;
}

static void test_booklets_read_in_order(void **state)
{
    (void)state;
    for (long pages = 1; pages <= MOST; pages++) {
        for (int last_ends = 0; last_ends < 2; last_ends++) {
            Sheets sheets = {
                .booklet = true, .cells = 2, .last_ends = last_ends, .whole = true, .pages = pages};
            long read[MOST + 4], count = read_booklet(&sheets, read);
            assert_true(count >= pages && count < pages + 4);
            long next = 0;
            for (long i = 0; i < count; i++) {
                if (read[i] == SHEETS_BLANK) /* all blanks stand together, at the one place */
                    assert_int_equal(next, last_ends && pages > 1 ? pages - 1 : pages);
                else
                    assert_int_equal(read[i], next++);
            }
            assert_int_equal(next, pages);
            if (last_ends && pages > 1)
                assert_int_equal(read[count - 1], pages - 1);
        }
    }
}

/* As printed in every handbook for eight pages. */
static void test_eight_pages(void **state)
{
    static const long sides[][2] = {{7, 0}, {1, 6}, {5, 2}, {3, 4}};
    const Sheets sheets = {.booklet = true, .cells = 2, .whole = true, .pages = 8};
    (void)state;
    assert_int_equal(sheets_sides(&sheets), 4);
    for (long side = 0; side < 4; side++)
        for (int cell = 0; cell < 2; cell++)
            assert_int_equal(sheets_page(&sheets, side, cell), sides[side][cell]);
}

static void test_blanks_before_the_imprint(void **state)
{
    static const long sides[][2] = {{4, 0}, {1, -1}, {-1, 2}, {3, -1}};
    const Sheets sheets = {.booklet = true, .cells = 2, .last_ends = true, .pages = 5};
    (void)state;
    for (long side = 0; side < 4; side++)
        for (int cell = 0; cell < 2; cell++)
            assert_int_equal(sheets_page(&sheets, side, cell), sides[side][cell]);
}

static void test_pages_beside_each_other(void **state)
{
    static const struct {
        int cells;
        bool whole;
        long pages, sides;
    } cases[] = {{1, true, 1, 2}, {1, true, 2, 2}, {1, true, 5, 6}, {1, false, 5, 5},
        {2, false, 1, 1}, {2, false, 5, 3}, {2, true, 5, 4}, {4, false, 4, 1}, {4, true, 4, 2},
        {4, false, 9, 3}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Sheets sheets = {.cells = cases[i].cells, .whole = cases[i].whole, .pages = cases[i].pages};
        assert_int_equal(sheets_sides(&sheets), cases[i].sides);
        long next = 0;
        for (long side = 0; side < cases[i].sides; side++) {
            for (int cell = 0; cell < cases[i].cells; cell++) {
                long page = next < cases[i].pages ? next++ : SHEETS_BLANK;
                assert_int_equal(sheets_page(&sheets, side, cell), page);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_booklets_read_in_order),
        cmocka_unit_test(test_eight_pages),
        cmocka_unit_test(test_blanks_before_the_imprint),
        cmocka_unit_test(test_pages_beside_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
