/* What the property tests of charts share: the em boxes of all texts on a page, random names and
 * figures. */
#ifndef TESTS_CHART_MARKS_H
#define TESTS_CHART_MARKS_H

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "chart_drawing.h"

/* ---------------------------------------------------------------- boxes */

/* How far below (or above) the common baseline the glyphs of a role stand: fonts are levelled so
 * that Han share one em box. */
static inline Length glyph_shift(Drawing *drawing, const TextStyle *style)
{
    Page scratch = {0};
    text_put(&drawing->ts, &scratch, style, "村", 0, 0, ALIGN_LEFT, TEXT_GOES_ON);
    return scratch.marks[0].run.glyphs[0].y;
}

static inline uint32_t blank_glyph(Drawing *drawing, const TextStyle *style)
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
static inline void add_box(Drawing *drawing, Boxes *all, const TextStyle *style, const char *text,
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
static inline void add_boxes(Drawing *drawing, Boxes *all, const GlyphRun *run)
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

static inline Boxes text_boxes(Drawing *drawing)
{
    Boxes all = {0};
    for (size_t i = 0; i < drawing->page->mark_count; i++)
        if (drawing->page->marks[i].kind == MARK_GLYPHS)
            add_boxes(drawing, &all, &drawing->page->marks[i].run);
    return all;
}

static inline void shape_box(const Shape *shape, Box *box)
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

/* Keys of the legend look like bars; none of ours is just so. */
static inline bool is_bar(const Shape *shape)
{
    Box box;
    shape_box(shape, &box);
    return shape->filled && shape->path.op_count == 5 && shape->path.point_count == 4 &&
           (box_width(&box) != LENGTH_PT(20) || box_height(&box) != LENGTH_PT(8));
}

/* ---------------------------------------------------------------- random data */

static uint32_t seed = 20240601;

static inline uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

static inline const char *random_name(Arena *arena, int most)
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
static inline Decimal random_value(int power, bool negative)
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

/* The label of a point says its value. */
static inline void label_point(Arena *arena, ChartPoint *point)
{
    char text[DECIMAL_TEXT];
    point->label = arena_strdup(arena, decimal_format(point->value, text));
}

/* ---------------------------------------------------------------- properties */

static inline bool inside(const Box *inner, const Box *outer, Length by)
{
    return inner->left >= outer->left - by && inner->right <= outer->right + by &&
           inner->top >= outer->top - by && inner->bottom <= outer->bottom + by;
}

static inline void check_frame(Drawing *drawing, const Boxes *texts)
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

static inline Box shrunk(Box box)
{
    return (Box){box.left + 4, box.top + 4, box.right - 4, box.bottom - 4};
}

static inline void check_apart(const Boxes *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        Box box = shrunk(texts->boxes[i]);
        for (size_t k = 0; k < i; k++)
            assert_false(boxes_meet(&box, &texts->boxes[k]));
    }
}

/* All open lines, against all texts. */
static inline void check_off_strokes(Drawing *drawing, const Boxes *texts)
{
    Canvas canvas = {.ts = &drawing->ts};
    Page *page = drawing->page;
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind != MARK_SHAPE || page->marks[i].shape.filled)
            continue;
        const Path *path = &page->marks[i].shape.path;
        for (int op = 0, p = 0; op < path->op_count; op++) {
            if (path->ops[op] == PATH_LINE)
                canvas_stroke(&canvas, path->points[p - 1], path->points[p]);
            p += path->ops[op] == PATH_CURVE ? 3 : path->ops[op] == PATH_CLOSE ? 0 : 1;
        }
    }
    for (size_t i = 0; i < texts->count; i++) {
        Box box = texts->boxes[i];
        Length margin = LENGTH_PT(0.6); /* canvas_is_free asks for half a point of air */
        box = (Box){box.left + margin, box.top + margin, box.right - margin, box.bottom - margin};
        Box anywhere = {INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX};
        assert_true(canvas_is_free(&canvas, &box, &anywhere));
    }
}

#endif
