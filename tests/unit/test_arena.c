/* arena, buf and map: memory and what is built on it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

static bool all_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

/* Sizes from nothing to more than any block; each is aligned, zeroed, and disturbs no other. */
static void fill(Arena *arena)
{
    enum { COUNT = 400 };
    static char *pieces[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i * i;
        pieces[i] = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        assert_true(all_zero(pieces[i], size));
        memset(pieces[i], (int)(i % 255 + 1), size);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t at = 0; at < i * i; at += 97)
            assert_int_equal((unsigned char)pieces[i][at], i % 255 + 1);
}

static void test_alloc_and_reset(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int round = 0; round < 3; round++) { /* the later rounds get used memory, zeroed */
        fill(arena);
        arena_reset(arena);
    }
    char *large = arena_alloc(arena, 20u << 20);
    assert_true(all_zero(large, 20u << 20));
    arena_free(arena);
    arena_free(NULL);
}

static void test_reset_reuses_blocks(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    void *first = arena_alloc(arena, 100);
    arena_alloc(arena, 1 << 20);
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 100), first);
    arena_free(arena);
}

static void test_texts(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(arena_strdup(arena, "文印"), "文印");
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
    assert_string_equal(arena_printf(arena, "%d %s", 7, "x"), "7 x");
    /* Around the size up to which vprintf does it in one go. */
    for (int length = 250; length < 260; length++) {
        char *text = arena_printf(arena, "%0*d", length, 5);
        assert_int_equal(strlen(text), length);
        assert_int_equal(text[length - 1], '5');
    }
    arena_free(arena);
}

static void test_grow(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 5000; i++) {
        items = arena_grow(arena, items, i, &capacity, sizeof *items);
        assert_true(capacity > i);
        items[i] = (int)i;
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(items[i], i);
    arena_free(arena);
}

static void test_exhausted(void **state)
{
    (void)state;
    int messages[2], status;
    assert_int_equal(pipe(messages), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(messages[1], STDERR_FILENO);
        arena_alloc(arena_new(), SIZE_MAX / 2);
        _exit(0);
    }
    close(messages[1]);
    char text[200] = "";
    assert_true(read(messages[0], text, sizeof text - 1) > 0);
    close(messages[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 5);
    assert_non_null(strstr(text, "内存不足"));
}

/* Of a file that is too long one byte more than the limit, so that it shows. */
static void test_buf_read(void **state)
{
    (void)state;
    static const struct {
        size_t most, length;
    } cases[] = {{SIZE_MAX, 200001}, {200001, 200001}, {200000, 200001}, {3, 4}, {0, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *file = tmpfile();
        assert_non_null(file);
        for (int n = 0; n < 200000; n++)
            fputc('a' + n % 7, file);
        fputc('z', file);
        assert_int_equal(fflush(file), 0);
        assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
        Buf buf = {0};
        buf_adds(&buf, "ab");
        assert_true(buf_read(&buf, fileno(file), cases[i].most));
        assert_int_equal(buf.length, 2 + cases[i].length);
        assert_memory_equal(buf.data, "aba", 3);
        fclose(file);
        buf_free(&buf);
    }
    Buf none = {0};
    assert_false(buf_read(&none, -1, 10));
    assert_int_equal(none.length, 0);
    buf_free(&none);
}

static void test_buf(void **state)
{
    (void)state;
    Buf buf = {0};
    buf_add(&buf, NULL, 0);
    assert_string_equal(buf.data, "");
    buf_adds(&buf, "垃圾");
    buf_addc(&buf, 0x4E00);
    buf_addc(&buf, 0x20000);
    buf_addc(&buf, 'z');
    buf_addf(&buf, "%03d", 5);
    assert_string_equal(buf.data, "垃圾一\xF0\xA0\x80\x80z005");
    buf_clear(&buf);
    assert_int_equal(buf.length, 0);
    assert_string_equal(buf.data, "");
    buf_add(&buf, "a\0b", 3);
    assert_int_equal(buf.length, 3);
    assert_memory_equal(buf.data, "a\0b", 4);
    buf_clear(&buf);
    buf_add_xml(&buf, "甲<乙> & \"丙\"");
    buf_add_xml(&buf, NULL);
    assert_string_equal(buf.data, "甲&lt;乙&gt; &amp; \"丙\"");
    buf_free(&buf);
    assert_null(buf.data);
    buf_clear(&buf);
    buf_free(&buf);
}

/* buf_addf at every fill level: with room to spare, exactly full, one too long. */
static void test_buf_format(void **state)
{
    (void)state;
    for (size_t before = 0; before < 300; before++) {
        Buf buf = {0};
        for (size_t i = 0; i < before; i++)
            buf_add(&buf, "x", 1);
        buf_addf(&buf, "%0100d", 1);
        assert_int_equal(buf.length, before + 100);
        assert_int_equal(strlen(buf.data), before + 100);
        assert_int_equal(buf.data[before + 99], '1');
        assert_int_equal(buf.data[before], '0');
        buf_free(&buf);
    }
}

static void test_map(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    static int values[3000];
    assert_null(map_find(map, "村"));
    for (int i = 0; i < 3000; i++) {
        char key[20];
        snprintf(key, sizeof key, "村%d", i);
        map_put(map, key, &values[i]); /* the key is copied */
    }
    map_put(map, "村7", &values[0]);
    assert_int_equal(map_count(map), 3000);
    for (int i = 0; i < 3000; i++) {
        const char *key = arena_printf(arena, "村%d", i);
        assert_ptr_equal(map_find(map, key), &values[i == 7 ? 0 : i]);
        assert_string_equal(map_key(map, (size_t)i), key); /* in the order of insertion */
        assert_ptr_equal(map_value(map, (size_t)i), &values[i == 7 ? 0 : i]);
    }
    assert_null(map_find(map, "村3000"));
    assert_null(map_find(map, ""));
    map_put(map, "", values);
    assert_ptr_equal(map_find(map, ""), values);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc_and_reset),
        cmocka_unit_test(test_reset_reuses_blocks),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_exhausted),
        cmocka_unit_test(test_buf),
        cmocka_unit_test(test_buf_read),
        cmocka_unit_test(test_buf_format),
        cmocka_unit_test(test_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
