/* What the tests of charts read off a page: the em boxes of all texts, bars, lines, rules; and what
 * holds for every drawing. */
#ifndef TESTS_CHART_MARKS_H
#define TESTS_CHART_MARKS_H

#include <string.h>
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
    const char **texts;
    size_t count, capacity, text_capacity;
} Boxes;

/* The em box of a text between two glyphs. A bracket squeezed at the end of a line is half as wide.
 */
static inline void add_box(Drawing *drawing, Boxes *all, const TextStyle *style, const char *text,
    size_t bytes, const Glyph *first, const Glyph *last)
{
    Arena *arena = drawing->ts.arena;
    Length top = first->y - glyph_shift(drawing, style) - text_ascent(style->size);
    const char *kept = arena_strndup(arena, text, bytes);
    all->boxes = arena_grow(arena, all->boxes, all->count, &all->capacity, sizeof *all->boxes);
    all->texts = arena_grow(arena, all->texts, all->count, &all->text_capacity, sizeof *all->texts);
    all->texts[all->count] = kept;
    Box *box = &all->boxes[all->count++];
    *box = text_box(&drawing->ts, style, kept, first->x, top, ALIGN_LEFT);
    static const char BRACKET[] = "）";
    bool squeezed = bytes > 3 && strcmp(kept + bytes - 3, BRACKET) == 0;
    if (squeezed && last->x + style->size / 2 < box->right)
        box->right = last->x + style->size / 2;
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
            add_box(drawing, all, &style, start, (size_t)(here - start), &run->glyphs[first],
                &run->glyphs[glyph - 1]);
            start = between ? at : here;
            first = glyph;
        }
        glyph += !between;
    }
    assert_int_equal(glyph, run->glyph_count);
    add_box(drawing, all, &style, start, (size_t)(end - start), &run->glyphs[first],
        &run->glyphs[glyph - 1]);
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

/* ---------------------------------------------------------------- shapes */

static const Length MEAN_DASH = LENGTH_PT(10), TARGET_WIDTH = LENGTH_PT(1.1);

/* The n-th shape that a test picks out; NULL: there are not so many. */
static inline const Shape *find_shape(const Drawing *drawing, bool (*wanted)(const Shape *), int n)
{
    for (size_t i = 0; i < drawing->page->mark_count; i++) {
        const Mark *mark = &drawing->page->marks[i];
        if (mark->kind == MARK_SHAPE && wanted(&mark->shape) && n-- == 0)
            return &mark->shape;
    }
    return NULL;
}

static inline bool is_target(const Shape *shape)
{
    return !shape->filled && shape->stroke_width == TARGET_WIDTH && shape->dash[0] == 0 &&
           shape->stroke.red < 255;
}

static inline bool is_rule(const Shape *shape)
{
    return shape->dash[0] == MEAN_DASH || is_target(shape);
}

/* A line of a series: neither filled nor a rule, a leader, a casing, a ring, the key of a legend.
 */
static inline bool is_line(const Shape *shape)
{
    const Path *path = &shape->path;
    bool key = path->point_count == 2 && path->points[1].x - path->points[0].x == LENGTH_PT(20);
    return !shape->filled && !is_rule(shape) && !key && shape->stroke.red < 255 &&
           shape->stroke_width >= LENGTH_PT(1.25) && path->ops[1] == PATH_LINE;
}

/* Rings and the squares of markers have no edge of half a point. */
static inline bool is_edged_bar(const Shape *shape)
{
    return is_bar(shape) && shape->stroke_width == LENGTH_PT(0.5);
}

static inline bool is_ring(const Shape *shape)
{
    return !shape->filled && shape->path.ops[1] == PATH_CURVE;
}

static inline int count_shapes(const Drawing *drawing, bool (*wanted)(const Shape *))
{
    int count = 0;
    while (find_shape(drawing, wanted, count))
        count++;
    return count;
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
        if (!inside(&texts->boxes[i], &drawing->frame, 2))
            fail_msg("“%s” at %d %d %d %d leaves the frame %d %d %d %d", texts->texts[i],
                texts->boxes[i].left, texts->boxes[i].top, texts->boxes[i].right,
                texts->boxes[i].bottom, drawing->frame.left, drawing->frame.top,
                drawing->frame.right, drawing->frame.bottom);
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
            if (boxes_meet(&box, &texts->boxes[k]))
                fail_msg("“%s” meets “%s”", texts->texts[i], texts->texts[k]);
    }
}

/* The web of a radar is as pale as a grid: figures stand on it, on a white ground. */
static inline bool is_pale(const Shape *shape)
{
    const Path *path = &shape->path;
    return shape->stroke.red == GRID_GREY.red ||
           (path->op_count > 0 && path->ops[path->op_count - 1] == PATH_CLOSE);
}

/* Whether some of a + t (b - a), t from 0 to 1, lies in the box: both ends beyond one edge, no;
 * else its corners lie on both sides of the line. */
static inline bool meets_line(const Box *box, Point a, Point b)
{
    if ((a.x <= box->left && b.x <= box->left) || (a.x >= box->right && b.x >= box->right) ||
        (a.y <= box->top && b.y <= box->top) || (a.y >= box->bottom && b.y >= box->bottom))
        return false;
    Point corners[4] = {{box->left, box->top}, {box->right, box->top}, {box->right, box->bottom},
        {box->left, box->bottom}};
    int left = 0;
    for (int i = 0; i < 4; i++)
        left += ((int64_t)b.x - a.x) * ((int64_t)corners[i].y - a.y) >
                ((int64_t)b.y - a.y) * ((int64_t)corners[i].x - a.x);
    return left > 0 && left < 4;
}

static inline void check_off_line(const Boxes *texts, Point a, Point b)
{
    for (size_t i = 0; i < texts->count; i++) {
        Box box = shrunk(texts->boxes[i]);
        if (meets_line(&box, a, b))
            fail_msg("“%s” meets a line", texts->texts[i]);
    }
}

/* All open lines, against all texts. */
static inline void check_off_strokes(Drawing *drawing, const Boxes *texts)
{
    Page *page = drawing->page;
    for (size_t i = 0; i < page->mark_count; i++) {
        const Shape *shape = &page->marks[i].shape;
        if (page->marks[i].kind != MARK_SHAPE || shape->filled || is_pale(shape))
            continue;
        for (int op = 0, p = 0; op < shape->path.op_count; op++) {
            const Point *points = shape->path.points + p;
            if (shape->path.ops[op] == PATH_LINE)
                check_off_line(texts, points[-1], points[0]);
            p += shape->path.ops[op] == PATH_CURVE ? 3 : shape->path.ops[op] == PATH_CLOSE ? 0 : 1;
        }
    }
}

#endif
