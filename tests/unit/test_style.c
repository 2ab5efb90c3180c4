/* The grid of a style: what is not given is worked out, what the type area cannot hold is refused;
 * and the dump of what differs from a form's defaults. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "document/style.h"

/* Points in thousandths; 0: not given. */
static const struct {
    int size, cell, pitch, lines, chars;
    bool holds;
    int settled_cell, settled_pitch, settled_lines, settled_chars;
} grids[] = {
    {16000, 0, 0, 0, 0, true, 15793, 29609, 22, 28},
    {16000, 15793, 29609, 22, 28, true, 15793, 29609, 22, 28}, /* as typed from the table of 1.3 */
    {16000, 0, 30000, 0, 0, true, 15793, 30000, 21, 28},
    {16000, 0, 28000, 0, 0, true, 15793, 28000, 23, 28},
    {16000, 0, 28000, 22, 0, true, 15793, 28000, 22, 28}, /* the last line stays above the foot */
    {16000, 0, 30000, 22, 0, false, 0, 0, 0, 0},
    {16000, 16000, 0, 0, 0, true, 16000, 29609, 22, 27},
    {16000, 16000, 0, 0, 28, false, 0, 0, 0, 0}, {16000, 0, 0, 20, 26, true, 17008, 32726, 20, 26},
    {18000, 0, 34000, 0, 24, true, 18425, 34000, 19, 24},
    {16000, 0, 15000, 0, 0, false, 0, 0, 0, 0}, /* lines would lap over */
};

static long thousandths(Length length)
{
    return ((long)length * 1000 + 512) / 1024;
}

static void test_grids(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        DocStyle style = style_default(FORM_REPORT);
        style.body_size = LENGTH_PT(grids[i].size / 1000.0);
        style.cell = LENGTH_PT(grids[i].cell / 1000.0);
        style.pitch = LENGTH_PT(grids[i].pitch / 1000.0);
        style.lines = grids[i].lines;
        style.chars = grids[i].chars;
        assert_int_equal(style_settle_grid(&style), grids[i].holds);
        if (!grids[i].holds)
            continue;
        assert_in_range(thousandths(style.cell) + 1 - grids[i].settled_cell, 0, 2);
        assert_in_range(thousandths(style.pitch) + 1 - grids[i].settled_pitch, 0, 2);
        assert_int_equal(style.lines, grids[i].settled_lines);
        assert_int_equal(style.chars, grids[i].settled_chars);
    }
}

static void expect_dump(const DocStyle *style, DocForm form, const char *expected)
{
    char *out = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&out, &length);
    style_dump(style, form, stream);
    fclose(stream);
    assert_string_equal(out, expected);
    free(out);
}

static void test_dump(void **state)
{
    (void)state;
    for (int form = 0; form < FORM_COUNT; form++) {
        DocStyle style = style_default((DocForm)form);
        expect_dump(&style, (DocForm)form, "");
    }
    DocStyle style = style_default(FORM_OFFICIAL);
    FontFace face = {.role = ROLE_KAI_BOLD, .path = "a.ttf"};
    style.red = (Color){200, 0, 1};
    style.red_line = LENGTH_MM(0.35);
    style.hang = true;
    style.mark_size = LENGTH_PT(40.5);
    style.running_head = "汇编";
    style.faces = &face;
    expect_dump(&style, FORM_OFFICIAL,
        "style red_line=0.350mm mark_size=40.500pt hang=on red=200,0,1 running_head=汇编 "
        "font=kai-bold:a.ttf\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_grids), cmocka_unit_test(test_dump)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
