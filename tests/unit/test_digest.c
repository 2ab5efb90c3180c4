/* SHA-256 against its published examples (FIPS 180-4), and what tells lists of texts apart. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/digest.h"

static void test_known(void **state)
{
    (void)state;
    static const struct {
        const char *text, *digest;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char found[DIGEST_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Digest *whole = digest_new(), *parts = digest_new();
        digest_add(whole, cases[i].text, strlen(cases[i].text));
        digest_end(whole, found);
        assert_string_equal(found, cases[i].digest);
        for (const char *at = cases[i].text; *at; at++)
            digest_add(parts, at, 1);
        digest_end(parts, found);
        assert_string_equal(found, cases[i].digest);
    }
}

static void of_texts(const char *first, const char *second, char out[DIGEST_TEXT])
{
    Digest *digest = digest_new();
    digest_add_text(digest, first);
    digest_add_text(digest, second);
    digest_end(digest, out);
}

static void test_texts(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ab", "c"}, {"a", "bc"}, {"", "abc"}, {"abc", ""}, {"abc", NULL}, {NULL, "abc"}};
    enum { COUNT = sizeof pairs / sizeof *pairs };
    char digests[COUNT][DIGEST_TEXT];
    for (int i = 0; i < COUNT; i++) {
        of_texts(pairs[i][0], pairs[i][1], digests[i]);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(digests[i], digests[j]);
    }
}

static void of_file(const char *path, size_t most, char out[DIGEST_TEXT])
{
    Digest *digest = digest_new();
    assert_true(digest_add_file(digest, path, most));
    digest_end(digest, out);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_files(void **state)
{
    (void)state;
    char folder[] = "/tmp/wenyin-digest.XXXXXX", path[64], pipe[64], first[DIGEST_TEXT],
         second[DIGEST_TEXT];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a", folder);
    snprintf(pipe, sizeof pipe, "%s/p", folder);
    put(path, "abc");
    of_file(path, SIZE_MAX, first);
    assert_string_equal(first, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    /* Only the head of a long file, and its length. */
    of_file(path, 2, first);
    put(path, "abd");
    of_file(path, 2, second);
    assert_string_equal(first, second);
    put(path, "abcd");
    of_file(path, 2, second);
    assert_string_not_equal(first, second);
    Digest *digest = digest_new();
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_false(digest_add_file(digest, pipe, SIZE_MAX));
    assert_int_equal(errno, EINVAL);
    unlink(path);
    assert_false(digest_add_file(digest, path, SIZE_MAX));
    assert_int_equal(errno, ENOENT);
    digest_end(digest, first);
    unlink(pipe);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known), cmocka_unit_test(test_texts), cmocka_unit_test(test_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
