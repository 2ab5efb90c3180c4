/* Titles break where the sense allows (GB/T 9704 7.3.1; typesetting.md 3.1): `|` marks the ends of
 * lines. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/text_internal.h"
#include "typeset/title.h"
#include "typeset_fixture.h"

static const char *const TITLES[] = {
    "工作汇报",
    "洋江镇农村人居环境整治工作情况汇报",
    "洋江镇2024年6月|农村人居环境整治工作情况汇报",
    "××市人民政府关于做好|数字政府建设工作的通知",
    "××县农业农村局关于2024年上半年|农村厕所革命工作推进情况的报告",
    "关于印发《××县农村人居环境整治提升|五年行动实施方案（2021—2025年）》的通知",
    "××市人民政府办公厅关于贯彻落实|《农村人居环境整治提升五年行动》|"
    "进一步推进厕所革命工作情况的报告",
};

static void test_titles(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++) {
        fixture_cut(&f, TITLES[i]);
    }
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++) {
        char *text = arena_strdup(f.arena, TITLES[i]);
        for (char *bar = text; (bar = strchr(bar, '|')) != NULL;) {
            memmove(bar, bar + 1, strlen(bar));
        }
        TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(22)};
        TextPiece piece = {.style = style, .text = text};
        TextLines *lines = title_break(&f.ts, &piece, LENGTH_MM(156));
        char found[512] = "";
        for (int k = 0; k < lines->count; k++) {
            const TextLine *line = lines->lines[k];
            const Box *first = &line->shaped->boxes[line->first];
            const Box *last = &line->shaped->boxes[line->end - 1];
            strcat(found, k > 0 ? "|" : "");
            strncat(found, line->shaped->text + first->start,
                (size_t)(last->start + last->bytes - first->start));
            assert_in_range(line->width, 0, LENGTH_MM(156));
            assert_in_range(line->left * 2 + line->width - LENGTH_MM(156) + 4, 0, 8);
        }
        assert_string_equal(found, TITLES[i]);
    }
    fixture_close(&f);
}

/* A break in the source is kept, though the title would fit on one line. */
static void test_forced_break(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "工作汇报");
    TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(22)};
    TextPiece second = {.style = style, .text = "汇报"};
    TextPiece first = {.style = style, .text = "工作", .line_break = true, .next = &second};
    assert_int_equal(title_break(&f.ts, &first, LENGTH_MM(156))->count, 2);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_forced_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
