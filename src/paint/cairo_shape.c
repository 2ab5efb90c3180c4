#include "paint/cairo_shape.h"
#include <math.h>
#include <string.h>

void color_set(cairo_t *cr, Color color)
{
    cairo_set_source_rgb(cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
}

/* ---- pattern tiles ---- */

enum { TILE = 6 }; /* points; lines of 0.7 pt keep about a quarter of black at 600 dpi */

static int shade_of(Pattern pattern)
{
    return pattern >= PATTERN_SHADE_1 && pattern <= PATTERN_SHADE_5 ? pattern - PATTERN_SHADE_1 + 1
                                                                    : 0;
}

/* Those of a shade lie two in a cell, and are as broad as its share of ink. */
static double line_width(Pattern pattern)
{
    return shade_of(pattern) ? TILE / 2.0 * M_SQRT1_2 * shade_of(pattern) / 6 : 0.75;
}

/* Lines at every k-th cell, through and a little beyond the box, so that they join without notches.
 */
static void trace_lines(cairo_t *cr, Pattern pattern, double x0, double y0, double x1, double y1)
{
    double t = TILE, rising = shade_of(pattern) ? t / 2 : t;
    bool rises = pattern == PATTERN_DIAGONAL || shade_of(pattern);
    for (double k = floor((x0 + y0) / rising); rises && k <= ceil((x1 + y1) / rising); k++) {
        cairo_move_to(cr, k * rising - (y1 + 1), y1 + 1);
        cairo_line_to(cr, k * rising - (y0 - 1), y0 - 1);
    }
    for (double k = floor((x0 - y1) / t);
         pattern == PATTERN_BACK_DIAGONAL && k <= ceil((x1 - y0) / t); k++) {
        cairo_move_to(cr, k * t + y0 - 1, y0 - 1);
        cairo_line_to(cr, k * t + y1 + 1, y1 + 1);
    }
    bool level = pattern == PATTERN_CROSS || pattern == PATTERN_HORIZONTAL;
    for (double k = floor(y0 / t); level && k < ceil(y1 / t); k++) {
        cairo_move_to(cr, x0, (k + 0.5) * t);
        cairo_line_to(cr, x1, (k + 0.5) * t);
    }
    bool upright = pattern == PATTERN_CROSS || pattern == PATTERN_VERTICAL;
    for (double k = floor(x0 / t); upright && k < ceil(x1 / t); k++) {
        cairo_move_to(cr, (k + 0.5) * t, y0);
        cairo_line_to(cr, (k + 0.5) * t, y1);
    }
}

static void trace_dots(cairo_t *cr, double x0, double y0, double x1, double y1)
{
    for (double y = floor(y0 / TILE) * TILE; y < y1; y += TILE) {
        for (double x = floor(x0 / TILE) * TILE; x < x1; x += TILE) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, x + TILE / 4.0, y + TILE / 4.0, 0.8, 0, 2 * M_PI);
            cairo_new_sub_path(cr);
            cairo_arc(cr, x + 3 * TILE / 4.0, y + 3 * TILE / 4.0, 0.8, 0, 2 * M_PI);
        }
    }
}

static void draw_pattern(cairo_t *cr, Pattern pattern, double x0, double y0, double x1, double y1)
{
    if (pattern == PATTERN_DOTS) {
        trace_dots(cr, x0, y0, x1, y1);
        cairo_fill(cr);
        return;
    }
    cairo_set_line_width(cr, line_width(pattern));
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
    trace_lines(cr, pattern, x0, y0, x1, y1);
    cairo_stroke(cr);
}

static bool same_color(Color a, Color b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* A tile lives as long as the painter: one that ends while a device still holds its snapshot is
 * copied. */
static cairo_surface_t *tile_surface(ShapePainter *p, Pattern pattern, Color color)
{
    static const cairo_rectangle_t cell = {0, 0, TILE, TILE};
    for (size_t i = 0; i < p->tile_count; i++)
        if (p->tiles[i].pattern == pattern && same_color(p->tiles[i].color, color))
            return p->tiles[i].surface;
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &cell);
    cairo_t *cr = cairo_create(surface);
    color_set(cr, color);
    draw_pattern(cr, pattern, 0, 0, TILE, TILE);
    cairo_destroy(cr);
    p->tiles = arena_grow(p->arena, p->tiles, p->tile_count, &p->tile_capacity, sizeof *p->tiles);
    p->tiles[p->tile_count++] = (Tile){pattern, color, surface};
    return surface;
}

/* A recording surface that repeats becomes a real tiling pattern in PDF: vectors at any resolution.
 */
static cairo_pattern_t *tile_pattern(ShapePainter *p, Pattern pattern, Color color)
{
    cairo_pattern_t *made = cairo_pattern_create_for_surface(tile_surface(p, pattern, color));
    cairo_pattern_set_extend(made, CAIRO_EXTEND_REPEAT);
    return made;
}

void shapes_close(ShapePainter *p)
{
    for (size_t i = 0; i < p->tile_count; i++)
        cairo_surface_destroy(p->tiles[i].surface);
}

/* ---- one shape ---- */

static void trace_path(cairo_t *cr, const Path *path)
{
    const Point *at = path->points;
    for (int i = 0; i < path->op_count; i++) {
        double x = path->ops[i] == PATH_CLOSE ? 0 : LENGTH_TO_PT(at->x);
        double y = path->ops[i] == PATH_CLOSE ? 0 : LENGTH_TO_PT(at->y);
        switch ((PathOp)path->ops[i]) {
        case PATH_MOVE:
            cairo_move_to(cr, x, y);
            at++;
            break;
        case PATH_LINE:
            cairo_line_to(cr, x, y);
            at++;
            break;
        case PATH_CURVE:
            cairo_curve_to(cr, x, y, LENGTH_TO_PT(at[1].x), LENGTH_TO_PT(at[1].y),
                LENGTH_TO_PT(at[2].x), LENGTH_TO_PT(at[2].y));
            at += 3;
            break;
        case PATH_CLOSE:
            cairo_close_path(cr);
            break;
        }
    }
}

static void fill_with_lines(cairo_t *cr, const Shape *shape)
{
    double x0, y0, x1, y1;
    cairo_save(cr);
    cairo_clip(cr);
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    color_set(cr, shape->fill);
    draw_pattern(cr, shape->pattern, x0, y0, x1, y1);
    cairo_restore(cr);
    trace_path(cr, &shape->path); /* the clip has taken it; the stroke wants it again */
}

static void fill_shape(ShapePainter *p, cairo_t *cr, const Shape *shape)
{
    if (shape->pattern == PATTERN_SOLID) {
        color_set(cr, shape->fill);
        cairo_fill_preserve(cr);
        return;
    }
    color_set(cr, (Color){255, 255, 255});
    cairo_fill_preserve(cr);
    if (shape->pattern == PATTERN_EMPTY)
        return;
    if (p->lines) {
        fill_with_lines(cr, shape);
        return;
    }
    cairo_pattern_t *tile = tile_pattern(p, shape->pattern, shape->fill);
    cairo_set_source(cr, tile);
    cairo_fill_preserve(cr);
    cairo_pattern_destroy(tile);
}

static void stroke_shape(cairo_t *cr, const Shape *shape)
{
    double dash[4];
    for (int i = 0; i < 4; i++)
        dash[i] = LENGTH_TO_PT(shape->dash[i]);
    color_set(cr, shape->stroke);
    cairo_set_line_width(cr, LENGTH_TO_PT(shape->stroke_width));
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, dash, shape->dash[0] == 0 ? 0 : shape->dash[2] == 0 ? 2 : 4, 0);
    cairo_stroke_preserve(cr);
}

/* ---- those that look alike ---- */

static bool looks_alike(const Mark *a, const Mark *b)
{
    return b->kind == MARK_SHAPE && a->turned == b->turned && b->shape.filled &&
           a->shape.pattern == b->shape.pattern && same_color(a->shape.fill, b->shape.fill) &&
           same_color(a->shape.stroke, b->shape.stroke) &&
           a->shape.stroke_width == b->shape.stroke_width &&
           memcmp(a->shape.dash, b->shape.dash, sizeof a->shape.dash) == 0;
}

typedef struct Extent {
    Length left, top, right, bottom;
} Extent;

/* With its edge. */
static Extent extent_of(const Shape *shape)
{
    Extent extent = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (int i = 0; i < shape->path.point_count; i++) {
        Point at = shape->path.points[i];
        extent.left = at.x < extent.left ? at.x : extent.left;
        extent.right = at.x > extent.right ? at.x : extent.right;
        extent.top = at.y < extent.top ? at.y : extent.top;
        extent.bottom = at.y > extent.bottom ? at.y : extent.bottom;
    }
    Length edge = shape->stroke_width;
    return (Extent){
        extent.left - edge, extent.top - edge, extent.right + edge, extent.bottom + edge};
}

/* Adds it to those before it, if it stands apart from all of them. */
static bool joins(Extent *all, const Extent *one)
{
    if (one->left < all->right && all->left < one->right && one->top < all->bottom &&
        all->top < one->bottom)
        return false;
    all->left = one->left < all->left ? one->left : all->left;
    all->right = one->right > all->right ? one->right : all->right;
    all->top = one->top < all->top ? one->top : all->top;
    all->bottom = one->bottom > all->bottom ? one->bottom : all->bottom;
    return true;
}

size_t shapes_paint(ShapePainter *p, cairo_t *cr, const Mark *marks, size_t count)
{
    const Shape *shape = &marks[0].shape;
    bool tiled = shape->filled && shape->pattern != PATTERN_SOLID && !p->lines;
    size_t painted = 1;
    trace_path(cr, &shape->path);
    for (Extent all = extent_of(shape); tiled && painted < count; painted++) {
        const Mark *next = &marks[painted];
        if (!looks_alike(&marks[0], next) || next->tag != marks[0].tag)
            break;
        Extent one = extent_of(&next->shape);
        if (!joins(&all, &one))
            break;
        trace_path(cr, &next->shape.path);
    }
    if (shape->filled)
        fill_shape(p, cr, shape);
    if (shape->stroke_width > 0)
        stroke_shape(cr, shape);
    cairo_new_path(cr);
    return painted;
}
