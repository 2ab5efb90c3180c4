/* --shard i/n: every unit is one machine's, and the shares differ by one at most. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "run/batch/shard.h"

static void test_parse(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "/", "1", "1/", "/2", "0/2", "3/2", "01/2", "1/02",
        "1/2 ", " 1/2", "+1/2", "-1/2", "1/-2", "1/2/3", "1.0/2", "1/10000", "99999999999/2",
        "1/99999999999", "一/二", "1之", "之2", "3之2", "1之/2"};
    static const struct {
        const char *text;
        Shard shard;
    } good[] = {{"1/1", {1, 1}}, {"2/3", {2, 3}}, {"10/10", {10, 10}}, {"9999/9999", {9999, 9999}}};
    Arena *arena = arena_new();
    Shard shard;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(shard_parse(bad[i], &shard));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(shard_parse(good[i].text, &shard));
        assert_int_equal(shard.index, good[i].shard.index);
        assert_int_equal(shard.count, good[i].shard.count);
        assert_string_equal(shard_text(arena, shard), good[i].text);
    }
    assert_true(shard_parse("2之3", &shard));
    assert_string_equal(shard_text(arena, shard), "2/3");
    assert_string_equal(shard_text(arena, (Shard){0, 0}), "");
    arena_free(arena);
}

static void test_dealt(void **state)
{
    (void)state;
    for (int count = 1; count <= 12; count++) {
        size_t shares[13] = {0};
        for (size_t number = 1; number <= 100; number++) {
            int owners = 0;
            for (int i = 1; i <= count; i++) {
                bool has = shard_has((Shard){i, count}, number);
                owners += has;
                shares[i] += has;
            }
            assert_int_equal(owners, 1);
        }
        for (int i = 1; i <= count; i++)
            assert_in_range(shares[i], 100 / (size_t)count, 100 / (size_t)count + 1);
    }
    assert_true(shard_has((Shard){2, 3}, 5));
    assert_false(shard_has((Shard){2, 3}, 3));
    assert_true(shard_has((Shard){0, 0}, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_dealt)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
