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
    {"洋政发〔2024〕号", "洋政发〔2024〕号", false},
    {"洋政发〔2024〕 XX 号", "洋政发〔2024〕 XX 号", false},
    {"洋政发〔2024〕-3号", NULL, false},
    {"洋政发〔2024〕abc号", NULL, false},
    {"洋政发〔2024〕三号", NULL, false},
    {"洋政发〔2024〕3期", NULL, false},
    {"洋政发〔2024〕", NULL, false},
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

/* Han digits are mended for a 期 only. */
static const Case issues[] = {
    {"7", "第7期", false},
    {"第7期", "第7期", false},
    {"七", "第7期", true},
    {"第七期", "第7期", true},
    {"第 十 期", "第10期", true},
    {"十九", "第19期", true},
    {"第二十期", "第20期", true},
    {"第九十九期", "第99期", true},
    {"第十十期", "第十十期", false},
    {"七八", "七八", false},
    {"第七次", "第七次", false},
    {"末", "末", false},
    {"第　期", "第　期", false},
};

/* The date that is in no calendar; NULL: all are. */
static const char *const impossible[][2] = {{"2024年6月31日", "2024年6月31日"},
    {"2024年2月29日", NULL}, {"2023年02月29日", "2023年02月29日"},
    {"自2024-6-1至2024-6-31止", "2024-6-31"}, {"2024年13月", "2024年13月"},
    {"24年4月31日", "24年4月31日"}, {"2024年6月", NULL}, {"2024年", NULL}, {"2024年　月　日", NULL},
    {"第31次会议", NULL}, {"", NULL}};

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

static const char *issue(Arena *arena, const char *typed, bool *mended)
{
    return proper_serial(arena, typed, "期", mended);
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
    JUDGE(issue, issues);
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

static void test_impossible_dates(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        const char *found = impossible_date(arena, impossible[i][0]);
        if (impossible[i][1] && found)
            assert_string_equal(found, impossible[i][1]);
        else if (impossible[i][1] != found)
            fail_msg("%s: %s", impossible[i][0], found ? found : "nothing");
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_copies),
        cmocka_unit_test(test_impossible_dates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
