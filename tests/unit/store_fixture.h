/* A data folder in /tmp with a store of its own, for the tests of loading and of the store: files
 * are written, loaded, and looked at. Needs cmocka.h before it. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "data/store.h"
#include "printed.h"

typedef struct Fixture {
    Arena *arena;
    Diags *diags;
    Store *store;
    char folder[64];
    char *written[16];
    int written_count;
} Fixture;

static inline int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    f->store = store_open(f->arena, f->diags);
    snprintf(f->folder, sizeof f->folder, "/tmp/wenyin-store-XXXXXX");
    *state = f;
    return f->store && mkdtemp(f->folder) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < f->written_count; i++) {
        unlink(f->written[i]);
    }
    rmdir(arena_printf(f->arena, "%s/月报", f->folder));
    rmdir(f->folder);
    store_close(f->store);
    arena_free(f->arena);
    free(f);
    return 0;
}

static inline void put_bytes(Fixture *f, const char *name, const char *bytes, size_t length)
{
    char *path = arena_printf(f->arena, "%s/%s", f->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    for (int i = 0; i < f->written_count; i++) {
        if (strcmp(f->written[i], path) == 0) {
            return;
        }
    }
    assert_in_range(f->written_count, 0, 15);
    f->written[f->written_count++] = path;
}

static inline void put(Fixture *f, const char *name, const char *text)
{
    put_bytes(f, name, text, strlen(text));
}

static inline void put_folder(Fixture *f)
{
    mkdir(arena_printf(f->arena, "%s/月报", f->folder), 0700);
}

static inline const Table *load(
    Fixture *f, const char *id, const char *files, const char *period, const char *key)
{
    CsvDecl decl = {.id = id, .files = files, .period = period, .key = key};
    Period june;
    period_parse("2024-06", &june);
    return store_load(f->store, &decl, f->folder, &june);
}

static inline const char *printed(Fixture *f)
{
    return diags_printed(f->arena, f->diags, DIAG_TEXT);
}

/* All rows as stored, hidden columns too: values with |, rows with a blank; NULL is ~. */
static inline const char *dump(Fixture *f, const Table *table)
{
    Buf out = {0};
    StoreQuery *query = store_prepare(
        f->store, arena_printf(f->arena, "SELECT * FROM %s ORDER BY rowid", table->sql));
    while (store_step(query)) {
        for (int i = 0; i < table->column_count + 4; i++) {
            buf_addf(
                &out, "%s%s", i ? "|" : "", store_is_null(query, i) ? "~" : store_text(query, i));
        }
        buf_adds(&out, " ");
    }
    store_reset(query);
    char *text = arena_strndup(f->arena, out.length ? out.data : "", out.length);
    buf_free(&out);
    return text;
}

static inline void expect_message(Fixture *f, const char *part)
{
    if (!strstr(printed(f), part)) {
        fail_msg("no “%s” in:\n%s", part, printed(f));
    }
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
