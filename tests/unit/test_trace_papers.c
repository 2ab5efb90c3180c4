/* The shipped templates over the samples, evaluated with and without tracing: not a byte of the
 * paper and not a message differs. And what the records say agrees with the paper: a figure's text
 * is what stands there, one claim has one value, what was worked out of rows names its files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "document/provenance.h"
#include "template/template.h"

typedef struct Paper {
    Arena *arena;
    Diags *diags;
    Store *store;
    Document document;
    const char *dump, *messages;
} Paper;

static const char *dumped(Arena *arena, const Document *document)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    document_dump(document, out);
    fclose(out);
    const char *kept = arena_strdup(arena, text);
    free(text);
    return kept;
}

static const char *printed(Arena *arena, const Diags *diags)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    const char *kept = arena_strdup(arena, text);
    free(text);
    return kept;
}

/* The paper of the first unit that gets one. */
static void enter_unit(Template *t, Arena *arena)
{
    const char *const *names;
    size_t count;
    bool wanted = false;
    assert_true(engine_units(template_engine(t), &names, &count));
    for (size_t i = 0; i < count && !wanted; i++) {
        template_enter_unit(t, arena, i, 1, 0);
        wanted = template_wants_unit(t, arena, false);
        if (!wanted)
            template_leave_unit(t);
    }
    assert_true(wanted);
}

static void make_paper(const char *name, const char *period, bool traced, Paper *p)
{
    EngineOptions options = {.has_period = true};
    *p = (Paper){.arena = arena_new()};
    p->diags = diag_new(p->arena);
    p->store = store_open(p->arena, p->diags);
    assert_true(period_parse(period, &options.period));
    Template *t =
        template_load(p->arena, arena_printf(p->arena, "templates/%s.xml", name), p->diags);
    bool done = t && template_bind(t, p->store, "samples", &options, NULL, 0);
    if (done && template_has_units(t))
        enter_unit(t, p->arena);
    if (done && traced)
        template_trace(t);
    done = done && template_evaluate(t, p->arena, &p->document);
    p->messages = printed(p->arena, p->diags);
    if (!done)
        print_error("%s", p->messages);
    assert_true(done);
    p->dump = dumped(p->arena, &p->document);
}

static void free_paper(Paper *p)
{
    store_close(p->store);
    arena_free(p->arena);
}

/* ---- the records ---- */

typedef struct Seen {
    Arena *arena;
    Map *claims;
    int values; /* records of numbers */
} Seen;

static void look_at(Seen *seen, const Provenance *figure)
{
    bool number = figure && (figure->kind == FIGURE_NUMBER || figure->kind == FIGURE_RATIO ||
                                figure->kind == FIGURE_RANK);
    if (!number || figure->missing)
        return;
    seen->values++;
    bool of_rows = strchr(figure->claim, '[') && !strstr(figure->claim, "[0:");
    assert_true(!of_rows || figure->source_count > 0);
    for (int i = 0; i < figure->source_count; i++) {
        const SourceRows *source = &figure->sources[i];
        assert_true(source->rows > 0 && source->last - source->first + 1 >= source->rows);
        assert_true(!source->cell || source->rows == 1);
    }
    const Provenance *before = map_find(seen->claims, figure->claim);
    if (before && decimal_cmp(before->value, figure->value) != 0) {
        print_error("%s and %s: %s\n", before->expression, figure->expression, figure->claim);
        fail();
    }
    map_put(seen->claims, figure->claim, (void *)figure);
}

static void look_at_inlines(Seen *seen, const Inline *first)
{
    for (const Inline *piece = first; piece; piece = piece->next) {
        if (piece->figure && piece->figure->kind != FIGURE_TEXT) /* whose blanks may go */
            assert_string_equal(piece->text, piece->figure->printed);
        look_at(seen, piece->figure);
    }
}

/* In a table of data each cell of a row has its record. */
static void look_at_table(Seen *seen, const DocTable *table)
{
    for (int r = 0; r < table->row_count; r++) {
        for (int c = 0; c < table->rows[r].cell_count; c++) {
            const Cell *cell = &table->rows[r].cells[c];
            look_at(seen, cell->figure);
            look_at_inlines(seen, cell->content);
            if (cell->figure && cell->content && cell->figure->kind != FIGURE_TEXT)
                assert_string_equal(
                    inline_plain(seen->arena, cell->content), cell->figure->printed);
            assert_true(!cell->has_value || cell->figure);
        }
    }
}

static void look_at_chart(Seen *seen, const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++) {
        for (int i = 0; i < chart->category_count; i++) {
            const ChartPoint *point = &chart->series[s].points[i];
            assert_true(point->missing || point->figure);
            look_at(seen, point->figure);
        }
    }
    assert_true(!chart->target || chart->target->figure);
}

/* 第6期: a text made anew of the value. */
static void look_at_issue(Seen *seen, const DocIssue *issue)
{
    const Inline *numbers[] = {issue->number, issue->total};
    for (int i = 0; i < 2 && numbers[i]; i++) {
        assert_non_null(numbers[i]->figure);
        assert_non_null(strstr(numbers[i]->text, numbers[i]->figure->printed));
        look_at(seen, numbers[i]->figure);
    }
}

static void look_at_paper(const Document *document, Seen *seen)
{
    if (document->issue)
        look_at_issue(seen, document->issue);
    for (const Block *block = document->first; block; block = block->next) {
        look_at_inlines(seen, block->content);
        look_at_inlines(seen, block->tail);
        if (block->table)
            look_at_table(seen, block->table);
        if (block->chart)
            look_at_chart(seen, block->chart);
    }
}

static void tracing_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *name, *periods[4];
        int least; /* figures that are numbers, in any of these months */
    } papers[] = {
        {"工作汇报", {"2024-06", "2023-01", "2023-09"}, 150},
        {"工作总结及计划", {"2024H1", "2023"}, 40},
        {"发言材料", {"2024-06", "2024-01"}, 5},
        {"讲话稿", {"2024-06", "2024-01"}, 5},
        {"简报", {"2024-06", "2024-01"}, 20},
        {"考核通报", {"2024-06", "2024-01"}, 150},
        {"整改函", {"2024-06"}, 5},
        {"会议纪要", {"2024-06"}, 0},
        {"上行报告", {"2024-06", "2023", "2024Q2"}, 50},
    };
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        for (int k = 0; k < 4 && papers[i].periods[k]; k++) {
            Paper plain, traced;
            make_paper(papers[i].name, papers[i].periods[k], false, &plain);
            make_paper(papers[i].name, papers[i].periods[k], true, &traced);
            assert_string_equal(plain.dump, traced.dump);
            assert_string_equal(plain.messages, traced.messages);
            Seen seen = {traced.arena, map_new(traced.arena), 0};
            look_at_paper(&traced.document, &seen);
            if (seen.values < papers[i].least) {
                print_error("%s %s: %d\n", papers[i].name, papers[i].periods[k], seen.values);
                fail();
            }
            free_paper(&plain);
            free_paper(&traced);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tracing_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
