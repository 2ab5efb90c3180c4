/* Text of a value → tokens → tree → check → figure. Nothing may crash, hang or leak; what fails has
 * said why, and what passed its check never fails for a reason that a check could have found. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "template/value/value.h"
#include "fuzz_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rows[] = "月份,村,生活垃圾(吨),发现日期,整改完成日期,整改时限,状态,进度(%)\n"
                           "2024-05,甲村,20.5,2024-05-02,2024-05-09,2024-05-08,已销号,80\n"
                           "2024-06,甲村,30,2024-06-03,,2024-06-20,整改中,100\n"
                           "2024-06,乙村,,2024-06-30,2024-06-30,2024-07-02,已整改,\n";

/* Groups, their rows counted in each and in the total from which some were left out. */
static void use_groups(Engine *engine, const GroupSpec *spec, const Expr *count, Diags *diags)
{
    Groups groups;
    Datum datum;
    if (!groups_list(engine, spec, NULL, &groups)) {
        must(diag_failed(diags));
        return;
    }
    for (int i = 0; i < groups.count; i++) {
        must(expr_eval(engine, count, groups.scopes[i], &datum));
    }
    must(groups.count == 0 || expr_eval(engine, count, groups.total, &datum));
}

typedef struct Fixed { /* expressions that stand round the one in hand */
    const Expr *of, *count;
} Fixed;

static void use_expr(Engine *engine, Expr *expr, ExprKind kind, const Fixed *fixed, Diags *diags)
{
    GroupSpec spec = {.rows = kind == EXPR_ROWS ? expr : fixed->of,
        .keys = kind == EXPR_KEYS ? expr : NULL,
        .sort = kind == EXPR_SORT ? expr : NULL,
        .top = 1};
    Datum datum;
    const char *text;
    bool truth;
    if (kind == EXPR_VALUE) {
        must(expr_text(engine, expr, NULL, &text, NULL) || diag_failed(diags));
        must(expr_cell(engine, expr, NULL, &text, &truth) || diag_failed(diags));
    } else if (kind == EXPR_TEST) {
        must(expr_test(engine, expr, NULL, &truth) || diag_failed(diags));
        spec.where = expr;
        if (groups_check(engine, &spec, NULL)) {
            use_groups(engine, &spec, fixed->count, diags);
        }
    } else if (kind == EXPR_LIST) {
        must(expr_list_eval(engine, expr, 0, NULL, &datum) || diag_failed(diags));
    } else {
        use_groups(engine, &spec, fixed->count, diags);
    }
}

/* Checked in the scope in which it would stand: a sort in that of the groups. */
static bool check(Engine *engine, Expr *expr, ExprKind kind, const Expr *of)
{
    CheckScope frame = {NULL, of, NULL};
    return expr_check(engine, expr, kind == EXPR_KEYS || kind == EXPR_SORT ? &frame : NULL);
}

static void run(const char *text, ExprKind kind)
{
    static const char source[] = "<t>表<b>计数</b></t>";
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Store *store = store_open(arena, diags);
    EngineOptions options = {.has_period = true};
    CsvDecl decl = {.id = "表", .files = "*.csv", .period = "月份", .key = "月份,村"};
    must(period_parse("2024-06", &options.period));
    must(store_load(store, &decl, folder, &options.period) != NULL);
    Engine *engine = engine_new(arena, store, &options, diags);
    XmlNode *root = xml_parse(arena, "t.xml", source, sizeof source - 1, diags);
    XmlNode node = *root->first;
    node.text = text; /* places beyond the source are the printer's business, not ours */
    ValuePlace table = {root->first, NULL, 0, strlen("表")}, place = {&node, NULL, 0, strlen(text)};
    ValuePlace rows_word = {root->first->next->first, NULL, 0, strlen("计数")};
    Expr *of = expr_parse(engine, EXPR_ROWS, &table);
    Fixed fixed = {of, expr_parse(engine, EXPR_VALUE, &rows_word)};
    Expr *expr = expr_parse(engine, kind, &place);
    must(of && fixed.count && (expr || diag_failed(diags)));
    if (expr) {
        bool good = check(engine, expr, kind, of);
        must(good != diag_failed(diags));
        if (good) {
            use_expr(engine, expr, kind, &fixed, diags);
        }
    }
    store_close(store);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ExprKind kinds[] = {
        EXPR_VALUE, EXPR_TEST, EXPR_ROWS, EXPR_KEYS, EXPR_SORT, EXPR_LIST};
    size_t bad;
    if (!*path) {
        make_folder();
        write_file(rows, strlen(rows));
    }
    /* The first byte chooses the kind; a template's text has no NUL and is UTF-8. */
    if (size < 2 || memchr(data, 0, size) || !utf8_valid((const char *)data + 1, size - 1, &bad)) {
        return 0;
    }
    char *text = malloc(size);
    must(text != NULL);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    run(text, kinds[data[0] % (sizeof kinds / sizeof *kinds)]);
    free(text);
    return 0;
}
