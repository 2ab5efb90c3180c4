#include "typeset/chart/canvas.h"

#include "document/chart_text.h"
#include <math.h>

const Color BLACK = {0, 0, 0}, WHITE = {255, 255, 255}, GRID_GREY = {208, 208, 208};

static const Length CLEARANCE = LENGTH_PT(0.5);
static const Length GROUND_MARGIN = LENGTH_PT(2);

Length round_length(double value)
{
    return (Length)lround(value);
}

TextStyle label_style(Length size)
{
    return (TextStyle){.role = ROLE_SONG, .size = size};
}

const char *category_name(const DocChart *chart, int category)
{
    return chart->categories[category] ? chart->categories[category] : "";
}

const char *series_name(const DocChart *chart, int series)
{
    return chart->series[series].name ? chart->series[series].name : "";
}

Length box_width(const Box *box)
{
    return box->right - box->left;
}

Length box_height(const Box *box)
{
    return box->bottom - box->top;
}

bool boxes_meet(const Box *a, const Box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static bool box_within(const Box *inner, const Box *outer)
{
    return inner->left >= outer->left && inner->right <= outer->right && inner->top >= outer->top &&
           inner->bottom <= outer->bottom;
}

Box canvas_inward(const Canvas *canvas, Box box)
{
    Length shift = 0;
    if (box.left < canvas->frame.left)
        shift = canvas->frame.left - box.left;
    else if (box.right > canvas->frame.right)
        shift = canvas->frame.right - box.right;
    box.left += shift;
    box.right += shift;
    return box;
}

Box text_box(
    Typesetter *ts, const TextStyle *style, const char *text, Length x, Length top, Align align)
{
    Length width = text_width(ts, style, text);
    Length left = align == ALIGN_CENTRE ? x - width / 2 : align == ALIGN_RIGHT ? x - width : x;
    return (Box){left, top, left + width, top + style->size};
}

static Label *add_label(Canvas *canvas, const TextStyle *style, const char *text, Box box)
{
    Arena *arena = canvas->ts->arena;
    canvas->labels = arena_grow(arena, canvas->labels, canvas->label_count, &canvas->label_capacity,
        sizeof *canvas->labels);
    Label *label = &canvas->labels[canvas->label_count++];
    *label = (Label){.text = text, .style = *style, .box = box, .end = TEXT_TAB};
    return label;
}

void canvas_label(Canvas *canvas, const TextStyle *style, const char *text, Box box, TextEnd end)
{
    add_label(canvas, style, text, box)->end = end;
}

void canvas_value(Canvas *canvas, const TextStyle *style, const char *text, Box box)
{
    add_label(canvas, style, text, box)->backed = true;
}

void canvas_value_on_bar(Canvas *canvas, const TextStyle *style, const char *text, Box box)
{
    canvas_value(canvas, style, text, box);
    canvas->labels[canvas->label_count - 1].on_bar = true;
}

void canvas_end_line(Canvas *canvas)
{
    if (canvas->label_count > 0)
        canvas->labels[canvas->label_count - 1].end = TEXT_NEW_LINE;
}

void canvas_obstacle(Canvas *canvas, Box box)
{
    canvas->obstacles = arena_grow(canvas->ts->arena, canvas->obstacles, canvas->obstacle_count,
        &canvas->obstacle_capacity, sizeof *canvas->obstacles);
    canvas->obstacles[canvas->obstacle_count++] = box;
}

void canvas_stroke(Canvas *canvas, Point from, Point to)
{
    canvas->strokes = arena_grow(canvas->ts->arena, canvas->strokes, canvas->stroke_count,
        &canvas->stroke_capacity, sizeof *canvas->strokes);
    canvas->strokes[canvas->stroke_count++] = (Stroke){from, to};
}

/* Keeps the part of from + t × delta, t in [*low, *high], that lies between two bounds. */
static bool clip(
    double from, double delta, double minimum, double maximum, double *low, double *high)
{
    if (delta == 0)
        return from > minimum && from < maximum;
    double enter = (minimum - from) / delta, leave = (maximum - from) / delta;
    *low = fmax(*low, fmin(enter, leave));
    *high = fmin(*high, fmax(enter, leave));
    return *low < *high;
}

static bool stroke_meets(const Stroke *stroke, const Box *box)
{
    double low = 0, high = 1;
    return clip(stroke->from.x, (double)stroke->to.x - stroke->from.x, box->left, box->right, &low,
               &high) &&
           clip(stroke->from.y, (double)stroke->to.y - stroke->from.y, box->top, box->bottom, &low,
               &high);
}

static bool is_same(const Box *a, const Box *b)
{
    return a && a->left == b->left && a->top == b->top && a->right == b->right &&
           a->bottom == b->bottom;
}

static bool is_free(const Canvas *canvas, const Box *box, const Box *bar)
{
    Box wide = {box->left - CLEARANCE, box->top - CLEARANCE, box->right + CLEARANCE,
        box->bottom + CLEARANCE};
    for (size_t i = 0; i < canvas->label_count; i++) {
        /* Side by side figures need a gap to be read apart. */
        Box other = canvas->labels[i].box;
        other.left -= LENGTH_PT(1.5);
        other.right += LENGTH_PT(1.5);
        if (boxes_meet(&wide, &other))
            return false;
    }
    for (size_t i = 0; i < canvas->obstacle_count; i++)
        if (!is_same(bar, &canvas->obstacles[i]) && boxes_meet(&wide, &canvas->obstacles[i]))
            return false;
    for (size_t i = 0; i < canvas->stroke_count; i++)
        if (stroke_meets(&canvas->strokes[i], &wide))
            return false;
    return true;
}

bool canvas_is_free(const Canvas *canvas, const Box *box, const Box *room)
{
    return box_within(box, room) && is_free(canvas, box, NULL);
}

bool canvas_is_free_on_bar(const Canvas *canvas, const Box *box, const Box *bar)
{
    Box room = {bar->left + CANVAS_BAR_MARGIN, bar->top + CLEARANCE, bar->right - CANVAS_BAR_MARGIN,
        bar->bottom - CLEARANCE};
    return box_within(box, &room) && is_free(canvas, box, bar);
}

/* The white ground of a value: somewhat wider than its figures, so that grid lines end at a
 * distance, unless that would cut into a line, a bar or another text. */
static Box ground(const Canvas *canvas, const Label *label)
{
    Box wide = label->box;
    Length margin = label->on_bar ? CANVAS_BAR_MARGIN / 2 : GROUND_MARGIN;
    wide.left -= margin;
    wide.right += margin;
    if (label->on_bar)
        return wide;
    bool free = box_within(&wide, &canvas->frame);
    for (size_t i = 0; i < canvas->stroke_count && free; i++)
        free = !stroke_meets(&canvas->strokes[i], &wide);
    for (size_t i = 0; i < canvas->obstacle_count && free; i++) {
        const Box *obstacle = &canvas->obstacles[i];
        free = box_within(&label->box, obstacle) || !boxes_meet(obstacle, &wide);
    }
    return free ? wide : label->box;
}

/* Puts the labels from `first` on that make one line of reading in one size; returns the next. */
static size_t put_row(Canvas *canvas, size_t first)
{
    const Label *labels = canvas->labels;
    const TextStyle *style = &labels[first].style;
    TextLabel *row = ARENA_ARRAY(canvas->ts->arena, TextLabel, canvas->label_count - first);
    size_t end = first;
    int count = 0;
    bool more = true;
    for (; more && end < canvas->label_count && labels[end].style.size == style->size; end++) {
        const Label *label = &labels[end];
        if (*label->text)
            row[count++] = (TextLabel){label->text, label->box.left,
                label->box.top + text_ascent(style->size), label->end};
        more = label->end != TEXT_NEW_LINE;
    }
    text_put_row(canvas->ts, canvas->page, style, row, count, labels[end - 1].end);
    return end;
}

void canvas_finish(Canvas *canvas)
{
    for (size_t i = 0; i < canvas->label_count; i++)
        if (canvas->labels[i].backed)
            canvas_rule(canvas, ground(canvas, &canvas->labels[i]), WHITE);
    for (size_t i = 0; i < canvas->label_count;)
        i = put_row(canvas, i);
}

void canvas_note_figure(const Canvas *canvas, const DocChart *chart, size_t first, Length bottom)
{
    const Box *frame = &canvas->frame;
    Pages *pages = canvas->ts->pages;
    PageFigure figure = {
        .title = chart_title(canvas->ts->arena, chart),
        .alt = chart->alt,
        .page = (int)(canvas->page - pages->pages),
        .first = first,
        .end = canvas->page->mark_count,
        .area = {.x = frame->left,
            .y = frame->top,
            .width = box_width(frame),
            .height = bottom - frame->top},
    };
    if (chart->alt)
        pages_figure(pages, &figure);
}

bool canvas_fail(Canvas *canvas, DiagCode fault, const char *text)
{
    canvas->fault = fault;
    canvas->fault_text = text;
    return false;
}

void canvas_rule(Canvas *canvas, Box box, Color color)
{
    page_rect(canvas->ts->arena, canvas->page, box.left, box.top, box_width(&box), box_height(&box),
        color);
}

Shape *canvas_shape(Canvas *canvas)
{
    return &page_mark(canvas->ts->arena, canvas->page, MARK_SHAPE)->shape;
}

Point circle_point(Point centre, double radius, double angle)
{
    return (Point){
        round_length(centre.x + radius * sin(angle)), round_length(centre.y - radius * cos(angle))};
}

/* One cubic for at most 30°: its error is below 10^-6 of the radius. */
static void arc_piece(
    Arena *arena, Path *path, Point centre, double radius, double start, double end)
{
    double handle = 4.0 / 3 * tan((end - start) / 4) * radius;
    double x0 = centre.x + radius * sin(start), y0 = centre.y - radius * cos(start);
    double x3 = centre.x + radius * sin(end), y3 = centre.y - radius * cos(end);
    Point a = {round_length(x0 + handle * cos(start)), round_length(y0 + handle * sin(start))};
    Point b = {round_length(x3 - handle * cos(end)), round_length(y3 - handle * sin(end))};
    path_curve(arena, path, a, b, (Point){round_length(x3), round_length(y3)});
}

void path_arc(Arena *arena, Path *path, Point centre, double radius, double start, double end)
{
    int pieces = (int)ceil(fabs(end - start) / (M_PI / 6));
    for (int i = 0; i < pieces; i++)
        arc_piece(arena, path, centre, radius, start + (end - start) * i / pieces,
            start + (end - start) * (i + 1) / pieces);
}

void path_circle(Arena *arena, Path *path, Point centre, Length radius)
{
    path_move(arena, path, centre.x, centre.y - radius);
    path_arc(arena, path, centre, radius, 0, 2 * M_PI);
    path_close(arena, path);
}
