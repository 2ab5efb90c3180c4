/* Rows that workers share: the same in every process, lookups that are made later its own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sys/wait.h>
#include "store_fixture.h"

static const char roster_csv[] = "级别,网格编号,名称,上级编号\n片,P,东片,\n片,Q,西片,\n"
                                 "村,1,甲村,P\n村,2,乙村,Q\n村,3,丙村,P\n";

static const Table *town(Fixture *f)
{
    put(f, "网格.csv", roster_csv);
    put(f, "a.csv", "月份,村,数\n2024-06,甲村,1\n2024-06,乙村,2\n2024-06,丙村,4\n");
    const Table *table = load(f, "月报", "a.csv", "月份", "月份,村");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    return table;
}

static const char *by_district(Fixture *f, const Table *table)
{
    const Column *column = store_level_column(f->store, table, "片");
    assert_non_null(column);
    StoreQuery *query = store_prepare(
        f->store, arena_printf(f->arena, "SELECT %s,sum(%s) FROM %s GROUP BY 1 ORDER BY 1",
                      column->sql, table_column_find(table, "数")->sql, table->sql));
    char *text = arena_strdup(f->arena, "");
    while (store_step(query))
        text = arena_printf(f->arena, "%s%s=%s ", text, store_text(query, 0), store_text(query, 1));
    return text;
}

/* Exit status of a process that runs it. */
static int in_worker(Fixture *f, const Table *table, int (*act)(Fixture *f, const Table *table))
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0)
        _exit(store_attach(f->store) ? act(f, table) : 99);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char rows[] = "19875|甲村|1000000|19875|19904|0|2 19875|乙村|2000000|19875|19904|0|3 "
                           "19875|丙村|4000000|19875|19904|0|4 ";

static int look(Fixture *f, const Table *table)
{
    bool same = strcmp(dump(f, table), rows) == 0 &&
                strcmp(by_district(f, table), "东片=5000000 西片=2000000 ") == 0 &&
                strcmp(by_district(f, table), "东片=5000000 西片=2000000 ") == 0 &&
                store_owed_units(f->store, table)->row_count == 3;
    return same && !diag_failed(f->diags) ? 0 : 1;
}

static void test_same_everywhere(void **state)
{
    Fixture *f = *state;
    const Table *table = town(f);
    assert_string_equal(dump(f, table), rows);
    assert_true(store_share(f->store));
    assert_true(store_share(f->store));        /* once is enough */
    assert_string_equal(dump(f, table), rows); /* prepared anew: the statement was the old one's */
    assert_int_equal(in_worker(f, table, look), 0);
    assert_int_equal(in_worker(f, table, look), 0); /* what the first has made was its own */
    assert_int_equal(look(f, table), 0);
}

static int look_again(Fixture *f, const Table *table)
{
    return strcmp(by_district(f, table), "东片=5000000 西片=2000000 ") == 0 ? 0 : 1;
}

/* Made before, a lookup is one of the tables that are shared. */
static void test_lookup_before(void **state)
{
    Fixture *f = *state;
    const Table *table = town(f);
    by_district(f, table);
    assert_true(store_share(f->store));
    assert_int_equal(in_worker(f, table, look_again), 0);
}

static int count_files(const char *folder)
{
    int count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    while (readdir(listing))
        count++;
    closedir(listing);
    return count;
}

/* The file is gone from its folder, and none of the descriptors stays open. */
static void test_leaves_nothing(void **state)
{
    Fixture *f = *state;
    const Table *table = town(f);
    setenv("TMPDIR", f->folder, 1);
    int files = count_files(f->folder), descriptors = count_files("/proc/self/fd");
    assert_true(store_share(f->store));
    assert_int_equal(count_files(f->folder), files);
    assert_in_range(count_files("/proc/self/fd"), descriptors - 1, descriptors);
    assert_string_equal(dump(f, table), rows);
    unsetenv("TMPDIR");
}

/* A TMPDIR that is not there is passed over. */
static void test_other_folder(void **state)
{
    Fixture *f = *state;
    const Table *table = town(f);
    setenv("TMPDIR", "/nonexistent", 1);
    assert_true(store_share(f->store));
    unsetenv("TMPDIR");
    assert_string_equal(dump(f, table), rows);
}

static void test_no_table(void **state)
{
    Fixture *f = *state;
    assert_true(store_share(f->store));
    StoreQuery *query = store_prepare(f->store, "SELECT count(*) FROM sqlite_schema");
    assert_true(store_step(query));
    assert_int_equal(store_int(query, 0), 0);
}

/* Many pages: beyond the cache of both connections. */
static void test_many_rows(void **state)
{
    Fixture *f = *state;
    Buf csv = {0};
    buf_adds(&csv, "编号,说明\n");
    for (int i = 0; i < 40000; i++)
        buf_addf(&csv, "N%05d,%0200d\n", i, i);
    put(f, "b.csv", csv.data);
    buf_free(&csv);
    const Table *table = load(f, "大", "b.csv", NULL, "编号");
    assert_non_null(table);
    assert_true(store_share(f->store));
    StoreQuery *query = store_prepare(
        f->store, arena_printf(f->arena, "SELECT count(*),max(%s) FROM %s WHERE length(%s)=200",
                      table->columns[0].sql, table->sql, table->columns[1].sql));
    assert_true(store_step(query));
    assert_int_equal(store_int(query, 0), 40000);
    assert_string_equal(store_text(query, 1), "N39999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_same_everywhere),
        STORE_TEST(test_lookup_before),
        STORE_TEST(test_leaves_nothing),
        STORE_TEST(test_other_folder),
        STORE_TEST(test_no_table),
        STORE_TEST(test_many_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
