/* Files are whole or not there: commit, discard, replacement, faults of the system. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "output/sink.h"

static char folder[64];
static Arena *arena;
static Diags *diags;

static const char *in_folder(const char *name)
{
    return arena_printf(arena, "%s/%s", folder, name);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wenyin-sink-XXXXXX");
    arena = arena_new();
    diags = diag_new(arena);
    return mkdtemp(folder) ? 0 : -1;
}

static int entries(void)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int tear_down(void **state)
{
    (void)state;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        remove(in_folder(entry->d_name));
    closedir(dir);
    rmdir(folder);
    arena_free(arena);
    return 0;
}

static const char *content(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = arena_alloc(arena, 4096);
    size_t length = fread(bytes, 1, 4095, file);
    bytes[length] = '\0';
    fclose(file);
    return bytes;
}

static void test_commit_makes_the_file(void **state)
{
    (void)state;
    const char *path = in_folder("月报.pdf");
    Sink *sink = sink_open(path, diags);
    assert_non_null(sink);
    sink_write(sink, "一二", 6);
    assert_null(content(path)); /* nothing under the name before it is whole */
    sink_write(sink, "三", 3);
    assert_true(sink_commit(sink));
    assert_string_equal(content(path), "一二三");
    assert_int_equal(entries(), 1);
}

static void test_replaces_an_older_file(void **state)
{
    (void)state;
    const char *path = in_folder("a.pdf");
    assert_true(sink_save(path, "old", 3, diags));
    Sink *sink = sink_open(path, diags);
    sink_write(sink, "new", 3);
    assert_string_equal(content(path), "old");
    assert_true(sink_commit(sink));
    assert_string_equal(content(path), "new");
    assert_int_equal(entries(), 1);
}

/* The longest name that a folder takes, written twice: the temporary beside it must not be longer.
 */
static void test_longest_name(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (int i = 0; i < 2; i++)
        assert_true(sink_save(in_folder(name), "new", 3, diags));
    assert_int_equal(entries(), 1);
}

static void test_missing_folder(void **state)
{
    (void)state;
    assert_null(sink_open(in_folder("none/a.pdf"), diags));
    assert_int_equal(diag_count(diags, DIAG_SYSTEM), 1);
}

static void test_target_is_a_folder(void **state)
{
    (void)state;
    const char *path = in_folder("sub");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_null(sink_open(path, diags));
    assert_int_equal(diag_count(diags, DIAG_SYSTEM), 1);
}

static void test_full_device(void **state)
{
    (void)state;
    Sink *sink = sink_open("/dev/full", diags);
    assert_non_null(sink);
    sink_write(sink, "x", 1);
    sink_write(sink, "y", 1); /* the first error sticks */
    assert_false(sink_commit(sink));
    assert_int_equal(diag_count(diags, DIAG_SYSTEM), 1);
}

/* A write that fails at byte n, for each n: never a truncated file under the final name, an older
 * one stays. */
static void test_write_fails_at_every_byte(void **state)
{
    (void)state;
    enum { LENGTH = 48 };
    const char *path = in_folder("a.pdf");
    char bytes[LENGTH];
    struct rlimit before, limit;
    memset(bytes, 'x', sizeof bytes);
    signal(SIGXFSZ, SIG_IGN);
    assert_true(sink_save(path, "old", 3, diags));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (rlim_t n = 0; n < LENGTH; n++) {
        limit = (struct rlimit){n, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        bool saved = sink_save(path, bytes, sizeof bytes, diags);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_false(saved);
        assert_string_equal(content(path), "old");
        assert_int_equal(entries(), 1);
    }
    assert_true(sink_save(path, bytes, sizeof bytes, diags));
    assert_int_equal(strlen(content(path)), LENGTH);
}

/* ---- calls of the system that fail; these stand before the C library's ---- */

static const char *failing_call;
static int failing_after, failing_error;

static bool fails(const char *call)
{
    if (!failing_call || strcmp(failing_call, call) != 0 || failing_after-- > 0)
        return false;
    failing_call = NULL;
    errno = failing_error;
    return true;
}

int fsync(int fd)
{
    return fails("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
    return fails("linkat") ? -1 : (int)syscall(SYS_linkat, from_fd, from, to_fd, to, flags);
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    bool unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    return unnamed && fails("O_TMPFILE") ? -1
                                         : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* The n-th call fails: one message, the older file or nothing, no litter. */
static void test_failing_calls(void **state)
{
    (void)state;
    static const struct {
        const char *call;
        int after, error;
        bool replaces;       /* an older file is there */
        const char *content; /* of the file afterwards; NULL: no file */
    } cases[] = {
        {"fsync", 0, EIO, false, NULL},
        {"fsync", 0, EIO, true, "old"},
        {"fsync", 1, EIO, false, "new"}, /* of the folder: the file is whole */
        {"linkat", 0, ENOSPC, false, NULL},
        {"linkat", 0, EROFS, true, "old"},
        {"linkat", 1, EDQUOT, true, "old"},
        {"rename", 0, EACCES, true, "old"},
        {"O_TMPFILE", 0, EACCES, true, "old"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = in_folder("a.pdf");
        unlink(path);
        if (cases[i].replaces)
            assert_true(sink_save(path, "old", 3, diags));
        size_t before = diag_count(diags, DIAG_SYSTEM);
        failing_call = cases[i].call;
        failing_after = cases[i].after;
        failing_error = cases[i].error;
        bool saved = sink_save(path, "new", 3, diags);
        const char *found = content(path);
        if (saved || failing_call || diag_count(diags, DIAG_SYSTEM) != before + 1)
            fail_msg("case %zu: saved or untold", i);
        if (entries() != (cases[i].content ? 1 : 0))
            fail_msg("case %zu: %d files", i, entries());
        if (cases[i].content)
            assert_string_equal(found, cases[i].content);
        diags = diag_new(arena);
    }
}

/* A file system without O_TMPFILE: a named temporary serves, and is gone in the end. */
static void test_without_unnamed_files(void **state)
{
    (void)state;
    static const int errors[] = {EOPNOTSUPP, EISDIR, EINVAL};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        failing_call = "O_TMPFILE";
        failing_after = 0;
        failing_error = errors[i];
        Sink *sink = sink_open(in_folder("a.pdf"), diags);
        assert_non_null(sink);
        assert_int_equal(entries(), i ? 2 : 1);
        sink_write(sink, "new", 3);
        assert_true(sink_commit(sink));
        assert_string_equal(content(in_folder("a.pdf")), "new");
        assert_int_equal(entries(), 1);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_commit_makes_the_file),
        CASE(test_replaces_an_older_file),
        CASE(test_longest_name),
        CASE(test_missing_folder),
        CASE(test_target_is_a_folder),
        CASE(test_full_device),
        CASE(test_write_fails_at_every_byte),
        CASE(test_failing_calls),
        CASE(test_without_unnamed_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
