/* One run at a time has the file that the name stands for, and the lock ends with its process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/lock.h"

typedef struct Place {
    char folder[64], path[80], other[80];
    int ready[2];
} Place;

static int set_up(void **state)
{
    Place *place = test_calloc(1, sizeof *place);
    snprintf(place->folder, sizeof place->folder, "/tmp/wenyin-lock.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/a.csv", place->folder);
    snprintf(place->other, sizeof place->other, "%s/b.csv", place->folder);
    assert_int_equal(pipe(place->ready), 0);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    unlink(place->path);
    unlink(place->other);
    rmdir(place->folder);
    close(place->ready[0]);
    close(place->ready[1]);
    test_free(place);
    return 0;
}

/* A process that has the lock until it is killed. */
static pid_t holder(Place *place)
{
    char byte;
    pid_t child = fork();
    if (child == 0) {
        Lock lock;
        byte = lock_take(&lock, place->path, false) == LOCK_HELD ? 'y' : 'n';
        if (write(place->ready[1], &byte, 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(read(place->ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void test_one_at_a_time(void **state)
{
    Place *place = *state;
    Lock lock;
    pid_t child = holder(place);
    assert_int_equal(lock_take(&lock, place->path, false), LOCK_TAKEN);
    assert_int_equal(lock.owner, child);
    assert_int_equal(lock.file, -1);
    end(child);
    assert_int_equal(lock_take(&lock, place->path, false), LOCK_HELD);
    assert_false(lock.made);
    lock_release(&lock);
    lock_release(&lock);
}

static void test_made(void **state)
{
    Place *place = *state;
    Lock lock;
    assert_int_equal(lock_take(&lock, place->path, true), LOCK_HELD);
    assert_true(lock.made);
    lock_release(&lock);
}

/* Whoever waits for a file that is renamed over gets the new one. */
static void test_renamed(void **state)
{
    Place *place = *state;
    Lock lock, other;
    assert_int_equal(lock_take(&lock, place->path, false), LOCK_HELD);
    pid_t child = fork();
    if (child == 0) {
        Lock waiting;
        char byte = 0;
        bool held = lock_take(&waiting, place->path, true) == LOCK_HELD &&
                    read(waiting.file, &byte, 1) == 1;
        _exit(held ? byte : 0);
    }
    usleep(50000);
    assert_int_equal(lock_take(&other, place->other, false), LOCK_HELD);
    assert_int_equal(write(other.file, "N", 1), 1);
    assert_int_equal(rename(place->other, place->path), 0);
    lock_release(&other);
    lock_release(&lock);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 'N');
}

static void test_faults(void **state)
{
    Place *place = *state;
    Lock lock;
    assert_int_equal(lock_take(&lock, place->folder, false), LOCK_FAULT);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(lock_take(&lock, "/nowhere/a.csv", false), LOCK_FAULT);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(symlink("/nowhere/a.csv", place->path), 0);
    assert_int_equal(lock_take(&lock, place->path, false), LOCK_FAULT);
    assert_int_equal(errno, EBUSY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_renamed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_faults, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
