/* 发文登记: a paper keeps its number, no two of a year have one, and no byte that was there
 * changes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/batch/register.h"

typedef struct Fixture {
    Arena *arena;
    Diags *diags;
    char folder[64], path[80];
} Fixture;

static int set_up(void **state)
{
    Fixture *f = test_calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    snprintf(f->folder, sizeof f->folder, "/tmp/wenyin-register.XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/发文.csv", f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0); /* nothing else is left */
    arena_free(f->arena);
    test_free(f);
    return 0;
}

static void put(const Fixture *f, const char *text)
{
    FILE *file = fopen(f->path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void check_file(const Fixture *f, const char *expected)
{
    char found[4096];
    FILE *file = fopen(f->path, "r");
    assert_non_null(file);
    found[fread(found, 1, sizeof found - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(found, expected);
}

static long number(Register *reg, int year, const char *period, const char *unit)
{
    const RegisterKey key = {.year = year, .template = "函", .period = period, .unit = unit};
    return register_number(reg, &key);
}

static Register *reg_open(Fixture *f)
{
    Register *reg = register_open(f->arena, f->path, false, f->diags);
    assert_non_null(reg);
    return reg;
}

static void test_new(void **state)
{
    Fixture *f = *state;
    Register *reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "2024-06", "甲村"), 1);
    assert_int_equal(number(reg, 2024, "2024-06", "乙,村"), 2);
    assert_int_equal(number(reg, 2024, "2024-06", "甲村"), 1);
    assert_int_equal(number(reg, 2025, "2024-06", "甲村"), 1);
    assert_true(register_save(reg));
    register_close(reg);
    static const char written[] =
        "\xEF\xBB\xBF年份,流水号,模板,期间,单位\r\n2024,1,函,2024-06,甲村\r\n"
        "2024,2,函,2024-06,\"乙,村\"\r\n2025,1,函,2024-06,甲村\r\n";
    check_file(f, written);
    reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "2024-06", "乙,村"), 2);
    assert_true(register_save(reg));
    register_close(reg);
    check_file(f, written);
}

static void test_unsaved(void **state)
{
    Fixture *f = *state;
    Register *reg = reg_open(f);
    number(reg, 2024, "2024-06", "甲村");
    register_close(reg);
    assert_int_not_equal(access(f->path, F_OK), 0);
}

static void test_goes_on(void **state)
{
    Fixture *f = *state;
    put(f, "单位;期间;模板;流水号;年份;签发\n\"甲;村\";2024-05;函;7;2024;张\n;;;40;2024;李\n;;;;;"
           "王\n;;;99;2023;");
    Register *reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "2024-05", "甲;村"), 7);
    assert_int_equal(number(reg, 2024, "2024-06", "甲;村"), 41);
    assert_true(register_save(reg));
    register_close(reg);
    check_file(f,
        "单位;期间;模板;流水号;年份;签发\n\"甲;村\";2024-05;函;7;2024;张\n;;;40;2024;李\n;;;;;王\n"
        ";;;99;2023;\n\"甲;村\";2024-06;函;41;2024;\n");
}

/* No cell is a formula, and the unit is known again all the same. */
static void test_formula(void **state)
{
    Fixture *f = *state;
    Register *reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "", "=甲村"), 1);
    assert_true(register_save(reg));
    register_close(reg);
    check_file(f, "\xEF\xBB\xBF年份,流水号,模板,期间,单位\r\n2024,1,函,,\"'=甲村\"\r\n");
    reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "", "=甲村"), 1);
    register_close(reg);
}

/* What a spreadsheet makes of a month. */
static void test_month(void **state)
{
    Fixture *f = *state;
    put(f,
        "年份,流水号,模板,期间,单位\n2024,7,函,Jun-24,甲村\n2024,8,函,2024年第二季度,甲村\n2024,9,"
        "函,上半月,甲村\n");
    Register *reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "2024-06", "甲村"), 7);
    assert_int_equal(number(reg, 2024, "2024Q2", "甲村"), 8);
    assert_int_equal(number(reg, 2024, "上半月", "甲村"), 9);
    assert_int_equal(number(reg, 2024, "2024-07", "甲村"), 10);
    register_close(reg);
    put(f, "年份,流水号,模板,期间,单位\n2024,7,函,Jun-24,甲村\n2024,8,函,2024-06,甲村\n");
    assert_null(register_open(f->arena, f->path, false, f->diags));
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
}

static void test_refused(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *rows;
        int errors;
    } cases[] = {
        {"2024,0,a,b,c\n", 1},
        {"2024,-1,a,b,c\n", 1},
        {"2024,1.5,a,b,c\n", 1},
        {"2024,,a,b,c\n", 1},
        {",1,a,b,c\n", 1},
        {"24,1,a,b,c\n", 1},
        {"2024,1000000,a,b,c\n", 1},
        {"2024,99999999999999999999,a,b,c\n", 1},
        {"2024,1,a,b,c\n2024,1,a,b,d\n", 1},
        {"2024,1,a,b,c\n2024,2,a,b,c\n", 1},
        {"2024,x,a,b,c\n2024,y,a,b,c\n2024,1,,,\n2024,1,,,\n", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "年份,流水号,模板,期间,单位\n%s", cases[i].rows);
        put(f, text);
        f->diags = diag_new(f->arena);
        assert_null(register_open(f->arena, f->path, false, f->diags));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), cases[i].errors);
        check_file(f, text);
    }
}

static void test_accepted(void **state)
{
    Fixture *f = *state;
    put(f, "二〇二四年发文登记\n年份,流水号,模板,期间,单位\n２０２４年,１７号,,,\n2024,18,,,\n");
    Register *reg = reg_open(f);
    assert_int_equal(number(reg, 2024, "", "甲村"), 19);
    register_close(reg);
}

/* Looked at: neither made nor locked nor written. */
static void test_looked_at(void **state)
{
    Fixture *f = *state;
    Register *reg = register_open(f->arena, f->path, true, f->diags);
    assert_non_null(reg);
    assert_int_equal(number(reg, 2024, "2024-06", "甲村"), 1);
    assert_true(register_save(reg));
    register_close(reg);
    assert_int_not_equal(access(f->path, F_OK), 0);
    put(f, "年份,流水号,模板,期间,单位\n2024,7,函,2024-06,甲村\n");
    reg = register_open(f->arena, f->path, true, f->diags);
    assert_non_null(reg);
    assert_int_equal(number(reg, 2024, "2024-06", "甲村"), 7);
    assert_int_equal(number(reg, 2024, "2024-06", "乙村"), 8);
    assert_true(register_save(reg));
    register_close(reg);
    check_file(f, "年份,流水号,模板,期间,单位\n2024,7,函,2024-06,甲村\n");
}

/* A register that is shared by a link stays shared. */
static void test_link(void **state)
{
    Fixture *f = *state;
    char link[96];
    snprintf(link, sizeof link, "%s/链接.csv", f->folder);
    put(f, "年份,流水号,模板,期间,单位\n2024,7,函,2024-06,甲村\n");
    assert_int_equal(symlink(f->path, link), 0);
    Register *reg = register_open(f->arena, link, false, f->diags);
    assert_non_null(reg);
    assert_int_equal(number(reg, 2024, "2024-06", "乙村"), 8);
    assert_true(register_save(reg));
    register_close(reg);
    check_file(f, "年份,流水号,模板,期间,单位\n2024,7,函,2024-06,甲村\n2024,8,函,2024-06,乙村\n");
    assert_int_equal(readlink(link, (char[8]){0}, 8), 8);
    unlink(link);
}

static const char *meant(void *context, const char *cell)
{
    (void)context;
    return strcmp(cell, "甲") == 0 || strcmp(cell, "甲村") == 0 ? "甲村" : NULL;
}

static void test_settle(void **state)
{
    static const struct {
        const char *row;
        bool settled;
        size_t warnings;
        long number; /* of 甲村, June 2024 */
    } cases[] = {
        {"2024,7,函,2024-06,甲", true, 0, 7},
        {"2024,7,函,2024/6/1,甲村", true, 0, 7},
        {"2024,7,函,Jun-24,甲村", true, 0, 7},
        {"2024,7,函,2024-06,子村", true, 1, 8},
        {"2024,7,函,2024-06, ", false, 0, 0},
        {"2024,7,函,六月,甲村", false, 0, 0},
        {"2024,7,函,2024/6/2,甲村", false, 0, 0},
        {"2024,7,函,,甲村", false, 0, 0},
        /* others' rows may say what they like */
        {"2024,7,旧,六月,甲", true, 0, 8},
        {"2023,7,函,六月,甲", true, 0, 1},
        {"2024,7,函,2024-05,子村", true, 0, 8},
        {"2024,7,,,", true, 0, 8},
    };
    const RegisterKey key = {.year = 2024, .template = "函", .period = "2024-06", .unit = "甲村"};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        Diags *diags = diag_new(f->arena);
        snprintf(text, sizeof text, "年份,流水号,模板,期间,单位\n%s\n", cases[i].row);
        put(f, text);
        Register *reg = register_open(f->arena, f->path, true, diags);
        assert_non_null(reg);
        bool settled = register_settle(reg, &key, meant, NULL);
        if (settled != cases[i].settled || diag_count(diags, DIAG_WARNING) != cases[i].warnings)
            fail_msg("%s", cases[i].row);
        if (settled)
            assert_int_equal(register_number(reg, &key), cases[i].number);
        register_close(reg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_new, set_up, tear_down),
cmocka_unit_test_setup_teardown(test_looked_at, set_up, tear_down),
cmocka_unit_test_setup_teardown(test_link, set_up, tear_down),
cmocka_unit_test_setup_teardown(test_settle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unsaved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_formula, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_month, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_accepted, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
