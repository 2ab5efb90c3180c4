/* The written forms of GB/T 9704: what was typed, what is printed, and whether that mends it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "document/proper.h"

typedef struct Case {
    const char *typed, *proper; /* NULL: not understood */
    bool mended;
} Case;

static const Case numbers[] = {
    {"洋政发〔2024〕3号", "洋政发〔2024〕3号", false},
    {"洋政发[2024]3号", "洋政发〔2024〕3号", true},
    {"洋政发［2024］3号", "洋政发〔2024〕3号", true},
    {"洋政发【2024】3号", "洋政发〔2024〕3号", true},
    {"洋政发（2024）3号", "洋政发〔2024〕3号", true},
    {"洋政发(2024年)3号", "洋政发〔2024〕3号", true},
    {"洋政发〖24〗3号", "洋政发〔2024〕3号", true},
    {"洋政发〔24〕3号", "洋政发〔2024〕3号", true},
    {"洋政发〔2024〕003号", "洋政发〔2024〕3号", true},
    {"洋政发〔2024〕第3号", "洋政发〔2024〕3号", true},
    {"洋政发 〔2024〕 第 03 号", "洋政发〔2024〕3号", true},
    {"洋政发〔２０２４〕３号", "洋政发〔2024〕3号", true},
    {"洋政发〔2024〕3", "洋政发〔2024〕3号", true},
    {"洋政发〔2024〕100号", "洋政发〔2024〕100号", false},
    {"洋政发〔2024〕0号", "洋政发〔2024〕0号", false},
    {"洋政发〔2024〕　号", "洋政发〔2024〕　号", false},
    {"洋政发〔2024〕×号", "洋政发〔2024〕×号", false},
    {"（洋江）政发〔2024〕3号", "（洋江）政发〔2024〕3号", false},
    {" 洋政发〔2024〕3号 ", "洋政发〔2024〕3号", false},
    {"洋政发2024年3号", NULL, false},
    {"洋政发〔2024年度〕3号", NULL, false},
    {"洋政发〔202〕3号", NULL, false},
    {"", NULL, false},
};

static const Case serials[] = {
    {"第3号", "第3号", false},
    {"3", "第3号", false},
    {"03", "第3号", false},
    {"３", "第3号", false},
    {"第03号", "第3号", true},
    {"3号", "第3号", true},
    {"第 3 号", "第3号", true},
    {"第三号", "第三号", false},
    {"第3期", "第3期", false},
    {"洋政发〔2024〕3号", "洋政发〔2024〕3号", false},
    {"2024年第3号", "2024年第3号", false},
    {"123456789012", "123456789012", false},
    {"", "", false},
};

static const Case degrees[] = {
    {"秘密", "秘　密", false},
    {"秘　密", "秘　密", false},
    {"绝 密", "绝　密", false},
    {"秘密★1年", "秘密★1年", false},
    {"秘密*1年", "秘密★1年", true},
    {"机密☆10年", "机密★10年", true},
    {"机密＊十年", "机密★10年", true},
    {"机密★长期", "机密★长期", false},
    {"机密6个月", "机密★6个月", true},
    {"秘密★", NULL, false},
    {"保密", NULL, false},
    {"内部资料", NULL, false},
    {"", NULL, false},
};

static const Case dates[] = {
    {"2024年6月5日", "2024年6月5日", false},
    {"2024年10月10日", "2024年10月10日", false},
    {"2024年06月05日", "2024年6月5日", true},
    {"24年6月5日", "2024年6月5日", true},
    {"（2024年06月）", "（2024年6月）", true},
    {"2024-06-05", "2024年6月5日", true},
    {"2024/6/5", "2024年6月5日", true},
    {"2024．6．5", "2024年6月5日", true},
    {"２０２４年６月５日", "2024年6月5日", true},
    {"二〇二四年六月五日", "二〇二四年六月五日", false},
    {"2024年　月　日", "2024年　月　日", false},
    {"2024年5月01日至2024年6月02日", "2024年5月1日至2024年6月2日", true},
    {"第12次会议", "第12次会议", false},
    {"123年", "123年", false},
    {"", "", false},
};

typedef const char *(*Proper)(Arena *, const char *, bool *);

static const char *serial(Arena *arena, const char *typed, bool *mended)
{
    return proper_serial(arena, typed, "号", mended);
}

static int judge(Proper proper, const Case *cases, size_t count)
{
    Arena *arena = arena_new();
    int failures = 0;
    for (size_t i = 0; i < count; i++) {
        bool mended = false;
        const char *text = proper(arena, cases[i].typed, &mended);
        bool same =
            text && cases[i].proper ? strcmp(text, cases[i].proper) == 0 : text == cases[i].proper;
        if (same && (!text || mended == cases[i].mended))
            continue;
        print_error(
            "“%s”: %s%s\n", cases[i].typed, text ? text : "nothing", mended ? ", mended" : "");
        failures++;
    }
    arena_free(arena);
    return failures;
}

#define JUDGE(proper, cases) assert_int_equal(judge(proper, cases, sizeof cases / sizeof *cases), 0)

static void test_forms(void **state)
{
    (void)state;
    JUDGE(proper_number, numbers);
    JUDGE(serial, serials);
    JUDGE(proper_secrecy, degrees);
    JUDGE(proper_date, dates);
}

static void test_copies(void **state)
{
    static const char *const copies[][2] = {{"12", "000012"}, {"１２", "000012"},
        {"000012", "000012"}, {"123456", "123456"}, {"1234567", "1234567"}, {"A12", "A12"},
        {" 7 ", "000007"}};
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        assert_string_equal(proper_copy(arena, copies[i][0]), copies[i][1]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
