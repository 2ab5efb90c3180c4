/* The template as the folder of a run report sees it, and whose the report is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/batch/report_template.h"

static char root[] = "/tmp/wenyin-template.XXXXXX";

static void touch(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    static const char *const folders[] = {"甲", "甲/出", "甲乙", "乙"};
    assert_non_null(mkdtemp(root));
    assert_int_equal(chdir(root), 0);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(mkdir(folders[i], 0777), 0);
    touch("函.xml");
    touch("甲/函.xml");
    touch("乙/函.xml");
    assert_int_equal(symlink("甲", "链"), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const made[] = {
        "函.xml", "甲/函.xml", "乙/函.xml", "链", "甲/出", "甲", "甲乙", "乙"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_int_equal(remove(made[i]), 0);
    assert_int_equal(chdir("/"), 0);
    return rmdir(root);
}

static void test_way(void **state)
{
    static const struct {
        const char *folder, *path, *seen;
    } cases[] = {
        {".", "函.xml", "函.xml"},
        {"甲", "函.xml", "../函.xml"},
        {"甲", "./甲/../函.xml", "../函.xml"},
        {"甲", "甲/函.xml", "函.xml"},
        {".", "甲/函.xml", "甲/函.xml"},
        {"甲/出", "甲/函.xml", "../函.xml"},
        {"甲/出", "乙/函.xml", "../../乙/函.xml"},
        {"甲乙", "甲/函.xml", "../甲/函.xml"}, /* the names begin alike */
        {"甲", "乙/函.xml", "../乙/函.xml"},
        {"甲/出", "链/函.xml", "../函.xml"},
        {"没有", "函.xml", ""},
        {"甲", "没有.xml", ""},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(
            report_template_file(arena, cases[i].folder, cases[i].path), cases[i].seen);
    arena_free(arena);
}

static void test_whose(void **state)
{
    static const struct {
        const char *noted, *path;
        bool ours;
    } cases[] = {
        {"../函.xml", "函.xml", true},
        {"../链/函.xml", "甲/函.xml", true},
        {"../乙/函.xml", "甲/函.xml", false},
        {"../丙/函.xml", "甲/函.xml", true}, /* moved */
        {"", "甲/函.xml", true},
    };
    (void)state;
    Arena *arena = arena_new();
    RunReport *report = report_new(arena, "甲/运行报告.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        report->template_file = cases[i].noted;
        assert_int_equal(report_is_of(arena, report, "甲", cases[i].path), cases[i].ours);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_way), cmocka_unit_test(test_whose)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
