/* How workers share out the units. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include "run/batch/batch_internal.h"

enum { UNITS = 4, OTHER = 7, OURS = 9, PLACE = 1 };

typedef struct Fixture {
    Units units;
    UnitWork work;
    BatchBoard *board;
    WorkerTask task;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->board = calloc(1, sizeof *f->board + UNITS * sizeof *f->board->owners);
    f->units.count = UNITS;
    f->work.units = &f->units;
    f->task = (WorkerTask){.work = &f->work, .board = f->board, .id = OURS, .place = PLACE};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    free(f->board);
    free(f);
    return 0;
}

static void test_takes_each_once(void **state)
{
    Fixture *f = *state;
    size_t index;
    atomic_store(&f->board->owners[1], OTHER);
    for (size_t i = 0; i < UNITS; i += i == 0 ? 2 : 1) {
        assert_true(batch_take(&f->task, &index));
        assert_int_equal(index, i);
        assert_int_equal(atomic_load(&f->board->owners[i]), OURS);
        assert_int_equal(atomic_load(&f->board->in_hand[PLACE]), i + 1);
    }
    assert_false(batch_take(&f->task, &index));
    assert_int_equal(atomic_load(&f->board->owners[1]), OTHER);
}

/* A worker that was killed, or late, after it became the owner leaves `next` behind: were it left
 * there, the parent would start workers for ever. */
static void test_none_is_free(void **state)
{
    Fixture *f = *state;
    size_t index;
    for (int i = 0; i < UNITS; i++)
        atomic_store(&f->board->owners[i], OTHER);
    atomic_store(&f->board->next, UNITS - 1);
    assert_false(batch_take(&f->task, &index));
    assert_int_equal(atomic_load(&f->board->next), UNITS);
}

static void test_stops(void **state)
{
    Fixture *f = *state;
    size_t index;
    atomic_store(&f->board->stopped, true);
    assert_false(batch_take(&f->task, &index));
    assert_int_equal(atomic_load(&f->board->owners[0]), 0);
    assert_int_equal(atomic_load(&f->board->next), 0);
}

static void test_gives_up(void **state)
{
    (void)state;
    const BatchSpec none = {0}, fast = {.fail_fast = true}, two = {.max_failures = 2};
    assert_false(batch_gives_up(&none, 1000));
    assert_false(batch_gives_up(&fast, 0));
    assert_true(batch_gives_up(&fast, 1));
    assert_false(batch_gives_up(&two, 1));
    assert_true(batch_gives_up(&two, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_takes_each_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_none_is_free, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stops, set_up, tear_down),
        cmocka_unit_test(test_gives_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
