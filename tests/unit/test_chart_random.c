/* Charts of random data: no text touches another, a bar or a line; nothing leaves the frame; bars
 * are as long as their figures. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "chart_drawing.h"

/* How far below (or above) the common baseline the glyphs of a role stand: fonts are levelled so
 * that Han share one em box. */
static Length glyph_shift(Drawing *drawing, const TextStyle *style)
{
    Page scratch = {0};
    text_put(&drawing->ts, &scratch, style, "村", 0, 0, ALIGN_LEFT, TEXT_GOES_ON);
    return scratch.marks[0].run.glyphs[0].y;
}

static uint32_t blank_glyph(Drawing *drawing, const TextStyle *style)
{
    Page scratch = {0};
    text_put(&drawing->ts, &scratch, style, "1 1", 0, 0, ALIGN_LEFT, TEXT_GOES_ON);
    return scratch.marks[0].run.glyphs[1].id;
}

typedef struct Boxes {
    Box *boxes;
    size_t count, capacity;
} Boxes;

/* The em box of a text that begins at a glyph. */
static void add_box(Drawing *drawing, Boxes *all, const TextStyle *style, const char *text,
    size_t bytes, const Glyph *first)
{
    Arena *arena = drawing->ts.arena;
    Length top = first->y - glyph_shift(drawing, style) - text_ascent(style->size);
    all->boxes = arena_grow(arena, all->boxes, all->count, &all->capacity, sizeof *all->boxes);
    all->boxes[all->count++] =
        text_box(&drawing->ts, style, arena_strndup(arena, text, bytes), first->x, top, ALIGN_LEFT);
}

/* The em boxes of the labels in a run. A row of labels has no glyphs for the blanks between them.
 */
static void add_boxes(Drawing *drawing, Boxes *all, const GlyphRun *run)
{
    const char *font = drawing->ts.pages->fonts[run->font].name;
    TextStyle style = {.role = strstr(font, "Hei") ? ROLE_HEI : ROLE_SONG, .size = run->size};
    uint32_t blank = blank_glyph(drawing, &style);
    const char *at = run->text, *start = at, *end = at + run->text_bytes;
    int glyph = 0, first = 0;
    while (at < end) {
        const char *here = at;
        bool between = utf8_next(&at) == ' ' && run->glyphs[glyph].id != blank;
        if (here > start && (between || run->glyphs[glyph].y != run->glyphs[first].y)) {
            add_box(drawing, all, &style, start, (size_t)(here - start), &run->glyphs[first]);
            start = between ? at : here;
            first = glyph;
        }
        glyph += !between;
    }
    assert_int_equal(glyph, run->glyph_count);
    add_box(drawing, all, &style, start, (size_t)(end - start), &run->glyphs[first]);
}

static Boxes text_boxes(Drawing *drawing)
{
    Boxes all = {0};
    for (size_t i = 0; i < drawing->page->mark_count; i++)
        if (drawing->page->marks[i].kind == MARK_GLYPHS)
            add_boxes(drawing, &all, &drawing->page->marks[i].run);
    return all;
}

static void shape_box(const Shape *shape, Box *box)
{
    *box = (Box){INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (int i = 0; i < shape->path.point_count; i++) {
        Point p = shape->path.points[i];
        box->left = p.x < box->left ? p.x : box->left;
        box->right = p.x > box->right ? p.x : box->right;
        box->top = p.y < box->top ? p.y : box->top;
        box->bottom = p.y > box->bottom ? p.y : box->bottom;
    }
}

static bool is_bar(const Shape *shape)
{
    return shape->filled && shape->path.op_count == 5 && shape->path.point_count == 4;
}

/* Keys of the legend look like bars; none of ours is just so. */
static bool is_key(const Box *box)
{
    return box_width(box) == LENGTH_PT(20) && box_height(box) == LENGTH_PT(8);
}

/* ---------------------------------------------------------------- making data */

static uint32_t seed = 20240601;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

static const char *random_name(Arena *arena, int most)
{
    Buf name = {0};
    int count = 1 + (int)random_below((uint32_t)most);
    for (int i = 0; i < count; i++)
        buf_add(&name, HAN + 3 * random_below((sizeof HAN - 1) / 3), 3);
    char *kept = arena_strdup(arena, name.data);
    buf_free(&name);
    return kept;
}

/* 0 … 10^12 in all sizes, with up to two decimals. */
static Decimal random_value(int power, bool negative)
{
    int64_t limit = 1;
    for (int i = 0; i < power; i++)
        limit *= 10;
    int64_t mantissa = (int64_t)(((uint64_t)random_below(1u << 28) << 14 | random_below(1u << 14)) %
                                 (uint64_t)limit);
    Decimal value = {negative && random_below(3) == 0 ? -mantissa : mantissa,
        power > 9 ? 0 : (int)random_below(3)};
    return value;
}

static void fill_series(Arena *arena, DocChart *chart, int power, uint32_t kind)
{
    Decimal equal = random_value(power, false);
    for (int s = 0; s < chart->series_count; s++) {
        chart->series[s].name = random_name(arena, 12);
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++) {
            ChartPoint *point = &chart->series[s].points[c];
            char text[DECIMAL_TEXT];
            point->missing = kind == 1 && random_below(4) == 0;
            point->value =
                kind == 2 ? equal : random_value(power, kind == 3 && chart->kind != CHART_PIE);
            point->label = arena_strdup(arena, decimal_format(point->value, text));
        }
    }
}

static DocChart *random_chart(Arena *arena, ChartKind kind)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    chart->kind = kind;
    chart->number = 1;
    chart->caption = inline_text(arena, random_name(arena, 20), (At){0});
    chart->unit = random_below(2) ? "吨" : NULL;
    chart->labels = random_below(10) > 0;
    chart->category_count = 1 + (int)random_below(kind == CHART_PIE ? 12 : 40);
    chart->series_count = kind == CHART_PIE ? 1 : 1 + (int)random_below(4);
    chart->categories = ARENA_ARRAY(arena, const char *, chart->category_count);
    int most = 1 + (int)random_below(12);
    for (int c = 0; c < chart->category_count; c++)
        chart->categories[c] = random_name(arena, most);
    chart->series = ARENA_ARRAY(arena, ChartSeries, chart->series_count);
    fill_series(arena, chart, 1 + (int)random_below(12), random_below(5));
    return chart;
}

/* ---------------------------------------------------------------- properties */

static bool inside(const Box *inner, const Box *outer, Length by)
{
    return inner->left >= outer->left - by && inner->right <= outer->right + by &&
           inner->top >= outer->top - by && inner->bottom <= outer->bottom + by;
}

static void check_frame(Drawing *drawing, const Boxes *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        assert_true(inside(&texts->boxes[i], &drawing->frame, 2));
    for (size_t i = 0; i < drawing->page->mark_count; i++) {
        const Mark *mark = &drawing->page->marks[i];
        Box box;
        if (mark->kind == MARK_GLYPHS)
            continue;
        if (mark->kind == MARK_RECT)
            box = (Box){mark->rect.x, mark->rect.y, mark->rect.x + mark->rect.width,
                mark->rect.y + mark->rect.height};
        else
            shape_box(&mark->shape, &box);
        if (!inside(&box, &drawing->frame, LENGTH_PT(0.5)))
            fail_msg("mark %zu (%d) %d %d %d %d leaves the frame %d %d %d %d", i, (int)mark->kind,
                box.left, box.top, box.right, box.bottom, drawing->frame.left, drawing->frame.top,
                drawing->frame.right, drawing->frame.bottom);
    }
}

static Box shrunk(Box box)
{
    return (Box){box.left + 4, box.top + 4, box.right - 4, box.bottom - 4};
}

static void check_texts(Drawing *drawing, const Boxes *texts)
{
    Page *page = drawing->page;
    for (size_t i = 0; i < texts->count; i++) {
        Box box = shrunk(texts->boxes[i]);
        for (size_t k = 0; k < i; k++)
            assert_false(boxes_meet(&box, &texts->boxes[k]));
    }
    for (size_t i = 0; i < page->mark_count; i++) {
        Box bar;
        if (page->marks[i].kind != MARK_SHAPE || !is_bar(&page->marks[i].shape))
            continue;
        shape_box(&page->marks[i].shape, &bar);
        for (size_t k = 0; k < texts->count; k++) {
            Box box = shrunk(texts->boxes[k]);
            assert_false(boxes_meet(&bar, &box));
        }
    }
}

/* All lines of a line chart, against all texts. */
static void check_strokes(Drawing *drawing, const Boxes *texts)
{
    Canvas canvas = {.ts = &drawing->ts};
    Page *page = drawing->page;
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind != MARK_SHAPE || page->marks[i].shape.filled)
            continue;
        const Path *path = &page->marks[i].shape.path;
        for (int p = 1; p < path->point_count; p++)
            canvas_stroke(&canvas, path->points[p - 1], path->points[p]);
    }
    for (size_t i = 0; i < texts->count; i++) {
        Box box = texts->boxes[i];
        Length margin = LENGTH_PT(0.6); /* canvas_is_free asks for half a point of air */
        box = (Box){box.left + margin, box.top + margin, box.right - margin, box.bottom - margin};
        Box anywhere = {INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX};
        assert_true(canvas_is_free(&canvas, &box, &anywhere));
    }
}

/* Each figure that is not zero or missing has its bar, in order; lengths are in proportion. */
static void check_bars(Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    size_t mark = 0;
    double longest = 0, largest = 0;
    for (int pass = 0; pass < 2; pass++, mark = 0)
        for (int s = 0; s < chart->series_count; s++)
            for (int c = 0; c < chart->category_count; c++) {
                const ChartPoint *point = &chart->series[s].points[c];
                if (point->missing || decimal_sign(point->value) == 0)
                    continue;
                Box box;
                for (;; mark++) {
                    assert_true(mark < drawing->page->mark_count);
                    const Mark *found = &drawing->page->marks[mark];
                    if (found->kind != MARK_SHAPE || !is_bar(&found->shape))
                        continue;
                    shape_box(&found->shape, &box);
                    if (!is_key(&box))
                        break;
                }
                mark++;
                double value = decimal_to_double(decimal_abs(point->value)),
                       length = box_height(&box);
                if (pass == 0 && value > largest) {
                    largest = value;
                    longest = length;
                } else if (pass == 1) {
                    double should = longest * value / largest;
                    assert_true(length >= should * 0.999 - 2 && length <= should * 1.001 + 2);
                }
            }
}

static bool sums_to_zero(const DocChart *chart)
{
    for (int c = 0; c < chart->category_count; c++)
        if (!chart->series[0].points[c].missing &&
            decimal_sign(chart->series[0].points[c].value) != 0)
            return false;
    return true;
}

static bool all_missing(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing)
                return false;
    return true;
}

static void check_random(ChartKind kind, int trials)
{
    Arena *arena = arena_new();
    for (int i = 0; i < trials; i++) {
        arena_reset(arena);
        DocChart *chart = random_chart(arena, kind);
        Drawing drawing = draw(chart);
        bool sensible = !all_missing(chart) && (kind != CHART_PIE || !sums_to_zero(chart));
        assert_int_equal(drawing.placed, sensible);
        assert_int_equal(diag_failed(drawing.ts.diags), !sensible);
        Boxes texts = text_boxes(&drawing);
        if (sensible) {
            check_frame(&drawing, &texts);
            check_texts(&drawing, &texts);
        }
        if (sensible && kind != CHART_PIE)
            check_strokes(&drawing, &texts);
        if (sensible && kind == CHART_BAR)
            check_bars(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

static void test_bars(void **state)
{
    (void)state;
    check_random(CHART_BAR, 2000);
}

static void test_lines(void **state)
{
    (void)state;
    check_random(CHART_LINE, 1000);
}

static void test_pies(void **state)
{
    (void)state;
    check_random(CHART_PIE, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pies),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
