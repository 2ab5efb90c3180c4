/* Grey written as RGB becomes DeviceGray; nothing else in a content stream changes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "output/content.h"

static const struct {
    const char *in, *out;
    size_t count;
} cases[] = {
    {"0 0 0 rg\n", "0 g\n", 1},
    {"0 0 0 RG 1 w", "0 G 1 w", 1},
    {"0.5 0.5 0.5 rg /a0 gs", "0.5 g /a0 gs", 1},
    {"1 0 0 rg", "1 0 0 rg", 0},
    {"0 0 0 rg 1 0 0 rg 0 0 0 rg", "0 g 1 0 0 rg 0 g", 2},
    {"BT 0 0 0 rg [<0001>-5<0002>]TJ ET", "BT 0 g [<0001>-5<0002>]TJ ET", 1},
    {"(0 0 0 rg) Tj", "(0 0 0 rg) Tj", 0},
    {"(a\\) 0 0 0 rg) Tj 0 0 0 rg", "(a\\) 0 0 0 rg) Tj 0 g", 1},
    {"((0 0 0 rg)) Tj", "((0 0 0 rg)) Tj", 0},
    {"(open 0 0 0 rg", "(open 0 0 0 rg", 0},
    {"0 0 0 rgx", "0 0 0 rgx", 0},
    {"0 0 0\nrg", "0 g", 1},
    {"", "", 0},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf out = {0};
        size_t count = content_to_gray(cases[i].in, strlen(cases[i].in), &out);
        buf_add(&out, "", 1);
        assert_string_equal(out.data, cases[i].out);
        assert_int_equal(count, cases[i].count);
        buf_free(&out);
    }
}

/* Cairo's numbered contents get the openings, in their order; its spans keep theirs. */
static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
        size_t found;
    } marks[] = {
        {"/P << /MCID 0 >> BDC\nBT ET EMC", "/A BMC\nBT ET EMC", 1},
        {"q\n/P << /MCID 3 >> BDC 0 g EMC /P << /MCID 4 >> BDC EMC", "q\n/A BMC 0 g EMC /B BMC EMC", 2},
        {"/P << /MCID 0 >> BDC /Span << /ActualText <feff4e00> >> BDC EMC EMC",
            "/A BMC /Span << /ActualText <feff4e00> >> BDC EMC EMC", 1},
        {"(/P << /MCID 0 >> BDC) Tj", "(/P << /MCID 0 >> BDC) Tj", 0},
        {"/P << /MCID 0 >> BDC /P << /MCID 1 >> BDC /P << /MCID 2 >> BDC",
            "/A BMC /B BMC /P << /MCID 2 >> BDC", 3},
        {"", "", 0},
    };
    static const char *const openings[] = {"/A BMC", "/B BMC"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Buf out = {0};
        size_t found = content_mark(marks[i].in, strlen(marks[i].in), openings, 2, &out);
        buf_add(&out, "", 1);
        assert_string_equal(out.data, marks[i].out);
        assert_int_equal(found, marks[i].found);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
