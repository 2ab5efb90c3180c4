/* Numbers that authors type before headings. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "document/typed_number.h"

static const struct {
    const char *text;
    int level, number; /* level 0: none */
    const char *rest;
    bool doubtful;
} cases[] = {
    {"一、工作", 1, 1, "工作", false},
    {"十、工作", 1, 10, "工作", false},
    {"十二、工作", 1, 12, "工作", false},
    {"二十、工作", 1, 20, "工作", false},
    {"二十一、工作", 1, 21, "工作", false},
    {"九十九、工作", 1, 99, "工作", false},
    {"一二、工作", 1, 0, "工作", false},
    {"十十、工作", 1, 0, "工作", false},
    {"一、", 1, 1, "", false},
    {"（一）工作", 2, 1, "工作", false},
    {"(十一)工作", 2, 11, "工作", false},
    {"（一)工作", 2, 1, "工作", false},
    {"1.工作", 3, 1, "工作", false},
    {"１２．工作", 3, 12, "工作", false},
    {"3、工作", 3, 3, "工作", false},
    {"1. 工作", 3, 1, " 工作", false},
    {"999.工作", 3, 999, "工作", false},
    {"1000.工作", 3, 0, "工作", false},
    {"99999999999999999999.工作", 3, 0, "工作", false},
    {"（1）工作", 4, 1, "工作", false},
    {"(12) 工作", 4, 12, " 工作", false},
    {"一、二季度", 1, 1, "二季度", true},
    {"一、一季度", 1, 1, "一季度", false},
    {"二、三等奖", 1, 2, "三等奖", true},
    {"九、十月份", 1, 9, "十月份", true},
    {"5、6月份", 3, 5, "6月份", true},
    {"5、2024年", 3, 5, "2024年", false},
    {"（一）二季度", 2, 1, "二季度", false},
    {"1.5万元", 0, 0, NULL, false},
    {"１．５万元", 0, 0, NULL, false},
    {"2024年", 0, 0, NULL, false},
    {"2024", 0, 0, NULL, false},
    {"一是工作", 0, 0, NULL, false},
    {"一.工作", 0, 0, NULL, false},
    {"（一、工作", 0, 0, NULL, false},
    {"（1.工作", 0, 0, NULL, false},
    {"（）工作", 0, 0, NULL, false},
    {"（", 0, 0, NULL, false},
    {"①工作", 0, 0, NULL, false},
    {"", 0, 0, NULL, false},
};

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TypedNumber typed = {0};
        bool found = typed_number(cases[i].text, &typed);
        bool right = found == (cases[i].level > 0);
        if (right && found)
            right = typed.level == cases[i].level && typed.number == cases[i].number &&
                    typed.doubtful == cases[i].doubtful &&
                    strcmp(cases[i].text + typed.length, cases[i].rest) == 0;
        if (!right)
            fail_msg("“%s”: level %d, number %d, %zu bytes%s", cases[i].text, typed.level,
                typed.number, typed.length, typed.doubtful ? ", doubtful" : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
