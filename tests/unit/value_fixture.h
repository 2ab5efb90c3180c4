/* Values over a few small tables, for the tests of template/value. Each test has a folder of its
 * own below /tmp. */
#ifndef VALUE_FIXTURE_H
#define VALUE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/buf.h"
#include "template/value/value.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct ValueFixture {
    char folder[32];
    char *paths[16];
    int path_count;
    Arena *arena;
    Diags *diags;
    Store *store;
    Engine *engine;
    EngineOptions options;
} ValueFixture;

static inline void fixture_put(ValueFixture *f, const char *name, const char *text)
{
    char *path = f->paths[f->path_count++] = arena_printf(f->arena, "%s/%s", f->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static inline const Table *fixture_load(
    ValueFixture *f, const char *id, const char *period, const char *key)
{
    char *file = arena_printf(f->arena, "%s.csv", id);
    CsvDecl decl = {.id = id, .files = file, .period = period, .key = key};
    const Table *table = store_load(f->store, &decl, f->folder, &f->options.period);
    assert_non_null(table);
    return table;
}

/* A fixture for the period without tables; the engine is made by fixture_start. */
static inline ValueFixture *fixture_new(const char *period)
{
    ValueFixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    strcpy(f->folder, "/tmp/wenyin-value-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    f->store = store_open(f->arena, f->diags);
    f->options.has_period = period != NULL;
    assert_true(!period || period_parse(period, &f->options.period));
    return f;
}

static inline void fixture_start(ValueFixture *f)
{
    f->engine = engine_new(f->arena, f->store, &f->options, f->diags);
}

static inline void fixture_free(ValueFixture *f)
{
    for (int i = 0; i < f->path_count; i++) {
        unlink(f->paths[i]);
    }
    rmdir(f->folder);
    store_close(f->store);
    arena_free(f->arena);
    free(f);
}

/* The text of a template that holds the value, with what XML needs escaped. */
static inline ValuePlace fixture_place(ValueFixture *f, const char *text)
{
    Buf xml = {0};
    buf_adds(&xml, "<t>");
    for (const char *at = text; *at; at++) {
        if (*at == '<' || *at == '&') {
            buf_adds(&xml, *at == '<' ? "&lt;" : "&amp;");
        } else {
            buf_add(&xml, at, 1);
        }
    }
    buf_adds(&xml, "</t>");
    XmlNode *root = xml_parse(f->arena, "t.xml", xml.data, xml.length, f->diags);
    buf_free(&xml);
    assert_non_null(root);
    return (ValuePlace){root->first, NULL, 0, strlen(text)};
}

static inline Expr *fixture_expr(ValueFixture *f, ExprKind kind, const char *text)
{
    if (!text) {
        return NULL;
    }
    ValuePlace place = fixture_place(f, text);
    return expr_parse(f->engine, kind, &place);
}

/* All messages so far, as they are printed. */
static inline const char *fixture_messages(ValueFixture *f)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(f->diags, out, DIAG_TEXT);
    fclose(out);
    const char *kept = arena_strdup(f->arena, text);
    free(text);
    return kept;
}

/* Parsed, checked and printed as prose; NULL after a message. */
static inline const char *fixture_text(ValueFixture *f, const char *text, const Scope *scope)
{
    Expr *expr = fixture_expr(f, EXPR_VALUE, text);
    const char *out = NULL;
    if (!expr || !expr_check(f->engine, expr, NULL) ||
        !expr_text(f->engine, expr, scope, &out, NULL)) {
        return NULL;
    }
    return out;
}

#endif
