/* 署名 and 成文日期: typesetting.md B12–B18. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "official_paper.h"

#define DATE "2024年3月5日"
#define TOWN "洋江镇人民政府"

static const double BODY_FOOT = 37 + 4 * PITCH_MM + SIZE_MM; /* of five lines */

static Placed find(Paper *paper, int page, const char *text)
{
    Placed placed = {0};
    if (!paper_find(paper, page, ROLE_BODY, text, &placed)) {
        fail_msg("“%s” is not on page %d", text, page);
    }
    return placed;
}

static void typeset(Paper *paper)
{
    const char *message = paper_typeset(paper);
    if (message) {
        fail_msg("%s", message);
    }
}

static void open_sign(
    Paper *paper, SignKind kind, const char *const *names, const char *date, double seal)
{
    paper_open(paper, FORM_OFFICIAL);
    paper_lines(paper, 5);
    paper_sign(paper, kind, names, date)->seal = LENGTH_MM(seal);
}

/* ---------------------------------------------------------------- without a seal */

static void test_unsealed(void **state)
{
    (void)state;
    static const struct {
        const char *names[4], *date;
        double name_left, date_left; /* cells from the right edge */
    } CASES[] = {
        {{TOWN}, DATE, 2 + 7, 7},
        /* a date longer than the name takes the right indent itself */
        {{"镇政府"}, DATE, 0, 0},
        {{TOWN, "洋江镇人大主席团"}, DATE, 2 + 8, 8},
        {{"洋江镇农村人居环境整治提升五年行动工作领导小组办公室"}, DATE, 28, 26},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Paper paper;
        open_sign(&paper, SIGN_UNSEALED, CASES[i].names, CASES[i].date, 0);
        typeset(&paper);
        Placed date = find(&paper, 1, CASES[i].date), name = {0};
        int count = 0;
        for (; CASES[i].names[count]; count++) {
            name = find(&paper, 1, CASES[i].names[count]);
            assert_mm(name.top, BODY_FOOT + 2 * PITCH_MM - SIZE_MM + count * PITCH_MM);
            if (CASES[i].name_left > 0) {
                assert_mm(name.left, 184 - CASES[i].name_left * CELL_MM);
            }
        }
        assert_mm(date.top, name.top + PITCH_MM);
        assert_mm(date.left - name.left, 2 * CELL_MM + 0.036);
        if (CASES[i].name_left == 0) {
            assert_mm(date.right, 184 - 2 * CELL_MM);
        }
        paper_close(&paper);
    }
}

/* ---------------------------------------------------------------- with a seal */

/* 42 to 50 mm: two blank lines; the date's right edge at 161.7, the name centred on it (B12). */
static void test_sealed(void **state)
{
    (void)state;
    static const struct {
        double seal;
        int blank;
    } CASES[] = {{30, 1}, {42, 2}, {45, 2}, {50, 2}, {58, 2}, {70, 3}};
    static const char *const NAMES[] = {TOWN, NULL};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Paper paper;
        open_sign(&paper, SIGN_SEALED, NAMES, DATE, CASES[i].seal);
        typeset(&paper);
        Placed date = find(&paper, 1, DATE), name = find(&paper, 1, TOWN);
        assert_mm(date.right, 184 - 4 * CELL_MM);
        assert_mm((name.left + name.right) / 2, (date.left + date.right) / 2);
        assert_mm(date.top, name.top + PITCH_MM);
        assert_mm(name.top, BODY_FOOT + (CASES[i].blank + 1) * PITCH_MM - SIZE_MM);
        /* B12b: its top at most a line below the text, name and date a little below its middle. */
        double gap = name.top - BODY_FOOT - CASES[i].seal / 2;
        assert_true(gap + 5 > 0 && gap + 3 <= 10.39);
        paper_close(&paper);
    }
}

/* A name that would cross the margin stands right, the date centred under it (B12a). */
static void test_sealed_long_name(void **state)
{
    (void)state;
    static const struct {
        const char *names[2];
        double right; /* cells */
    } CASES[] = {
        {{"洋江镇农村人居环境整治提升行动工作领导小组"}, 2},
        {{"洋江镇农村人居环境整治提升五年行动工作领导小组办公室综合"}, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Paper paper;
        open_sign(&paper, SIGN_SEALED, CASES[i].names, DATE, 42);
        typeset(&paper);
        Placed date = find(&paper, 1, DATE), name = find(&paper, 1, CASES[i].names[0]);
        assert_mm(name.right, 184 - CASES[i].right * CELL_MM);
        assert_mm((name.left + name.right) / 2, (date.left + date.right) / 2);
        paper_close(&paper);
    }
}

/* Seals in rows of at most three that neither touch nor leave the type area (B13). */
static void test_joint_seals(void **state)
{
    (void)state;
    static const struct {
        const char *names[6];
        double seal;
        int columns;
    } CASES[] = {
        {{TOWN, "洋江县农业农村局"}, 42, 2},
        {{TOWN, "洋江县财政局", "洋江县水利局"}, 50, 3},
        {{TOWN, "洋江县财政局", "洋江县水利局", "洋江县审计局"}, 42, 2},
        {{TOWN, "洋江县财政局", "洋江县水利局", "洋江县审计局", "洋江县教育局"}, 42, 3},
        {{TOWN, "洋江镇农村人居环境整治提升行动工作领导小组"}, 42, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Paper paper;
        open_sign(&paper, SIGN_SEALED, CASES[i].names, DATE, CASES[i].seal);
        typeset(&paper);
        Placed names[6] = {{0}}, date = {0};
        int count = 0;
        for (; CASES[i].names[count]; count++) {
            names[count] = find(&paper, 1, CASES[i].names[count]);
            double middle = (names[count].left + names[count].right) / 2;
            assert_true(middle - CASES[i].seal / 2 >= 27.9);
            assert_true(middle + CASES[i].seal / 2 <= 184.1);
            assert_true(names[count].left >= 27.9 && names[count].right <= 184.1);
            for (int k = 0; k < count; k++) {
                double across = middle - (names[k].left + names[k].right) / 2;
                double down = names[count].top - names[k].top;
                assert_true(across * across + down * down > CASES[i].seal * CASES[i].seal);
                assert_true(down > -0.01 && (down > 1 || across > 0)); /* in order */
            }
        }
        int columns = 0;
        for (int k = 0; k < count; k++) {
            columns += names[k].top < names[0].top + 1;
        }
        assert_int_equal(columns, CASES[i].columns);
        date = find(&paper, 1, DATE);
        assert_mm(date.top, names[count - 1].top + PITCH_MM);
        assert_mm(
            (date.left + date.right) / 2, (names[count - 1].left + names[count - 1].right) / 2);
        double gap = names[0].top - BODY_FOOT - CASES[i].seal / 2;
        assert_true(gap + 5 > 0 && gap + 3 <= 10.39);
        paper_close(&paper);
    }
}

/* ---------------------------------------------------------------- stamps */

static void test_stamped(void **state)
{
    (void)state;
    static const char *const POSTS[] = {"镇长", "副县长", NULL};
    static const double WIDTH = 40, HEIGHT = 20;
    for (int count = 1; count <= 2; count++) {
        const char *const *posts = count == 1 ? (const char *const[]){"镇长", NULL} : POSTS;
        Paper paper;
        paper_open(&paper, FORM_ORDER);
        paper_lines(&paper, 5);
        DocSign *sign = paper_sign(&paper, SIGN_STAMPED, posts, DATE);
        sign->stamp_width = LENGTH_MM(WIDTH);
        sign->stamp_height = LENGTH_MM(HEIGHT);
        typeset(&paper);
        double stamp = BODY_FOOT + 3 * PITCH_MM - SIZE_MM;
        for (int i = 0; i < count; i++) {
            Placed post = find(&paper, 1, posts[i]);
            assert_mm(post.right, 184 - 4 * CELL_MM - WIDTH - 2 * CELL_MM);
            assert_mm((post.top + post.bottom) / 2, stamp + HEIGHT / 2);
            stamp += HEIGHT + PITCH_MM - SIZE_MM;
        }
        Placed date = find(&paper, 1, DATE);
        assert_mm(date.right, 184 - 4 * CELL_MM);
        assert_mm(date.top, stamp - (PITCH_MM - SIZE_MM) + 2 * PITCH_MM - SIZE_MM);
        paper_close(&paper);
    }
}

/* ---------------------------------------------------------------- page breaks */

/* At every length of text the signature stays in the type area, never alone on its page, and the
 * seal within a line of the text. */
static void test_never_alone(void **state)
{
    (void)state;
    static const char *const NAMES[] = {TOWN, NULL};
    for (int kind = 0; kind < 2; kind++) {
        for (int lines = 14; lines <= 24; lines++) {
            Paper paper;
            paper_open(&paper, FORM_REPORT);
            paper_lines(&paper, lines);
            paper_sign(&paper, kind ? SIGN_SEALED : SIGN_UNSEALED, NAMES, DATE)->seal =
                LENGTH_MM(42);
            typeset(&paper);
            int last = (int)paper.pages->page_count;
            Placed date = find(&paper, last, DATE), name = find(&paper, last, TOWN);
            assert_true(date.bottom <= 262.05);
            assert_true(!kind || name.top + 4 + 21 <= 264.6);
            assert_true(paper_run_count(&paper, last) >= 4); /* text, name, date, page number */
            assert_true(name.top > 37 + 2 * PITCH_MM);
            int most = kind ? 22 - 4 - 1 : 22 - 3; /* lines of text beside it on a page */
            assert_int_equal(last, lines <= most ? 1 : 2);
            paper_close(&paper);
        }
    }
}

static void test_name_too_long(void **state)
{
    (void)state;
    static const char *const NAMES[] = {
        "洋江镇农村人居环境整治提升五年行动工作领导小组办公室综合协调组", NULL};
    static const SignKind KINDS[] = {SIGN_UNSEALED, SIGN_SEALED, SIGN_STAMPED};
    for (size_t i = 0; i < 3; i++) {
        Paper paper;
        open_sign(&paper, KINDS[i], NAMES, DATE, 42);
        const char *message = paper_typeset(&paper);
        assert_non_null(message);
        assert_non_null(strstr(message, "E343"));
        assert_int_equal(diag_count(paper.f.diags, DIAG_ERROR), 1);
        paper_close(&paper);
    }
}

static void test_too_many_seals(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"洋江镇农村人居环境整治提升行动工作领导小组",
        "洋江县农村人居环境整治提升行动工作领导小组", "洋江市农村人居环境整治提升行动工作领导小组",
        "洋江省农村人居环境整治提升行动工作领导小组", "洋江州农村人居环境整治提升行动工作领导小组",
        NULL};
    Paper paper;
    open_sign(&paper, SIGN_SEALED, NAMES, DATE, 50);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E346"));
    paper_close(&paper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unsealed),
        cmocka_unit_test(test_sealed),
        cmocka_unit_test(test_sealed_long_name),
        cmocka_unit_test(test_joint_seals),
        cmocka_unit_test(test_stamped),
        cmocka_unit_test(test_never_alone),
        cmocka_unit_test(test_name_too_long),
        cmocka_unit_test(test_too_many_seals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
