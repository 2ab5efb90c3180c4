/* 饼 and 环形: slices clockwise from 12 o'clock in the order of the data; names outside, in a
 * column on either side, each tied to its slice by a leader. */
#include <math.h>
#include <string.h>
#include "typeset/caption.h"
#include "typeset/chart/category.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/pie.h"
#include "typeset/chart/scale.h"

static const Length LEADER_OUT = LENGTH_PT(9), LEADER_SIDE = LENGTH_PT(22),
                    SHORT_SIDE = LENGTH_PT(13), NARROW = LENGTH_PT(300),
                    LEADER_GAP = LENGTH_PT(3);
static const Length LEAST_RADIUS = LENGTH_PT(30), FAIR_RADIUS = LENGTH_PT(64);
static const Length LINE_GAP = LENGTH_PT(1.5), LABEL_GAP = LENGTH_PT(3);
static const Length MOST_HEIGHT = LENGTH_PT(560), GROWTH = LENGTH_PT(28); /* of a page, of a line */

enum { SLICE_LINES = 6, BROKEN_NAME = 5 }; /* lines of a label; characters of a broken name */

typedef struct Slice {
    double start, end;                 /* radians, clockwise from 12 o'clock */
    const char *name, *share, *figure; /* the last two may be NULL */
    const char *lines[SLICE_LINES];
    int line_count;
    int name_lines; /* of them are the name alone */
    Length width; /* of its label */
    bool right;
    Length middle; /* y of the label's middle */
} Slice;

typedef struct Pie {
    Canvas *canvas;
    Slice *slices;
    int count;
    Point centre;
    Length radius;
    Length reach; /* from the centre to the labels, on either side */
    TextStyle style;
    int places; /* decimals of the values */
    Decimal total;
} Pie;

/* ---------------------------------------------------------------- data */

static bool add_up(const DocChart *chart, Decimal *total)
{
    *total = (Decimal){0, 0};
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        if (!point->missing && !decimal_add(*total, decimal_trim(point->value), total))
            return false;
    }
    return true;
}

/* Shares of a whole that lacks one of its parts are of what is there. */
static void warn_of_gaps(const DocChart *chart, Diags *diags)
{
    int gaps = 0, first = 0;
    for (int c = chart->category_count - 1; c >= 0; c--)
        if (chart->series[0].points[c].missing) {
            gaps++;
            first = c;
        }
    if (gaps > 0)
        diag_add(diags, DIAG_W317, &chart->at, category_name(chart, first),
            series_name(chart, 0), gaps);
}

bool pie_check(const DocChart *chart, Diags *diags)
{
    if (chart->series_count != 1)
        return diag_add(diags, DIAG_E316, &chart->at, chart->series_count);
    if (chart->category_count > SLICE_LIMIT) {
        diag_add(diags, DIAG_E317, &chart->at, chart->category_count);
        diag_hint(diags, DIAG_H311);
        return false;
    }
    char text[DECIMAL_TEXT];
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        if (!point->missing && decimal_sign(point->value) < 0)
            return diag_add(diags, DIAG_E314, &chart->at, category_name(chart, c),
                decimal_format(point->value, text));
    }
    Decimal total;
    if (!add_up(chart, &total))
        return diag_add(diags, DIAG_E388, &chart->at);
    if (decimal_sign(total) == 0)
        return diag_add(diags, DIAG_E315, &chart->at);
    warn_of_gaps(chart, diags);
    if (chart->category_count > SERIES_LIMIT)
        diag_add(diags, DIAG_W310, &chart->at, chart->category_count);
    return true;
}

/* How the words of a slice stand: as two lines; with a short first one, where the frame is narrow;
 * as one line, where there are many slices; each by itself and a long name in several lines. */
typedef enum Wording {
    NAME_AND_SHARE,
    NAME_ALONE,
    ALL_TOGETHER,
    NAME_BROKEN,
    WORDING_COUNT
} Wording;

static void add_line(Slice *slice, const char *line)
{
    if (line && slice->line_count < SLICE_LINES)
        slice->lines[slice->line_count++] = line;
}

static const char *joined(Arena *arena, const char *first, const char *between, const char *second)
{
    return first && second ? arena_printf(arena, "%s%s%s", first, between, second)
           : first         ? first
                           : second;
}

/* Of so many lines that share and figure stand below it; one of more stays whole. */
static void break_name(const Pie *pie, Slice *slice)
{
    Length most = BROKEN_NAME * pie->style.size;
    NameLines name = name_wrap(pie->canvas, &pie->style, slice->name, most);
    if (name.count > SLICE_LINES - 2)
        name = (NameLines){.lines = {slice->name}, .count = 1};
    for (int l = 0; l < name.count; l++)
        add_line(slice, name.lines[l]);
    slice->name_lines = slice->line_count;
    const char *both = joined(pie->canvas->ts->arena, slice->share, "，", slice->figure);
    bool fits = both && text_width(pie->canvas->ts, &pie->style, both) <= most;
    add_line(slice, fits ? both : slice->share);
    add_line(slice, fits ? NULL : slice->figure);
}

static void set_lines(Pie *pie, Wording wording)
{
    Arena *arena = pie->canvas->ts->arena;
    for (int i = 0; i < pie->count; i++) {
        Slice *slice = &pie->slices[i];
        const char *head = joined(arena, slice->name, " ", slice->share);
        slice->line_count = 0;
        slice->name_lines = 1;
        if (wording == NAME_BROKEN) {
            break_name(pie, slice);
        } else if (wording == NAME_ALONE) {
            add_line(slice, slice->name);
            add_line(slice, joined(arena, slice->share, "，", slice->figure));
        } else if (wording == NAME_AND_SHARE) {
            add_line(slice, head);
            add_line(slice, slice->figure);
        } else {
            add_line(slice, joined(arena, head, "，", slice->figure));
        }
    }
}

/* 名称 12.3% over 42.5吨; of ratios the share alone. */
static void word_slice(const Pie *pie, Slice *slice, int category)
{
    const DocChart *chart = pie->canvas->chart;
    Arena *arena = pie->canvas->ts->arena;
    const ChartPoint *point = &chart->series[0].points[category];
    slice->name = category_name(chart, category);
    if (!chart->labels)
        return;
    slice->share = share_label(arena, point->value, pie->total);
    if (!point->label || strchr(point->label, '%'))
        return;
    const char *unit = chart->unit ? unit_bare(chart->unit) : "";
    slice->figure =
        arena_printf(arena, "%s%s", label_padded(arena, point->label, pie->places), unit);
}

static void collect(Pie *pie)
{
    const DocChart *chart = pie->canvas->chart;
    double sum = 0, before = 0;
    add_up(chart, &pie->total);
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        int places = point->missing || !point->label ? 0 : label_places(point->label);
        pie->places = places > pie->places ? places : pie->places;
        sum += point->missing ? 0 : decimal_to_double(point->value);
    }
    pie->slices = ARENA_ARRAY(pie->canvas->ts->arena, Slice, chart->category_count);
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        if (point->missing)
            continue;
        Slice *slice = &pie->slices[pie->count++];
        slice->start = before / sum * 2 * M_PI;
        before += decimal_to_double(point->value);
        slice->end = before / sum * 2 * M_PI;
        word_slice(pie, slice, c);
    }
}

/* ---------------------------------------------------------------- labels */

static double middle_angle(const Slice *slice)
{
    return (slice->start + slice->end) / 2;
}

static Length label_height(const Pie *pie, const Slice *slice)
{
    return slice->line_count * pie->style.size + LINE_GAP * (slice->line_count - 1);
}

static void measure_labels(Pie *pie)
{
    for (int i = 0; i < pie->count; i++) {
        Slice *slice = &pie->slices[i];
        slice->width = 0;
        for (int l = 0; l < slice->line_count; l++) {
            Length width = text_width(pie->canvas->ts, &pie->style, slice->lines[l]);
            slice->width = width > slice->width ? width : slice->width;
        }
        slice->right = middle_angle(slice) < M_PI;
    }
}

static Length widest_label(const Pie *pie)
{
    Length widest = 0;
    for (int i = 0; i < pie->count; i++)
        widest = pie->slices[i].width > widest ? pie->slices[i].width : widest;
    return widest;
}

/* Where a leader bends: outside its slice, and in front of its label. */
static Point leader_out(const Pie *pie, const Slice *slice)
{
    return circle_point(pie->centre, pie->radius + LEADER_OUT / 2, middle_angle(slice));
}

/* The labels of one side from top to bottom. In a circle's order the right side runs downwards, the
 * left side upwards. */
static int collect_side(Pie *pie, bool right, Slice *side[SLICE_LIMIT])
{
    int count = 0;
    for (int i = 0; i < pie->count; i++) {
        Slice *slice = &pie->slices[right ? i : pie->count - 1 - i];
        if (slice->right == right)
            side[count++] = slice;
    }
    return count;
}

static Length half_room(const Pie *pie, const Slice *slice)
{
    return label_height(pie, slice) / 2 + 1 + LABEL_GAP / 2;
}

/* Pushes labels that meet apart, downwards or upwards, from the edge of the frame on. */
static void push(const Pie *pie, Slice *const *side, int count, bool down, Length *middles)
{
    const Box *frame = &pie->canvas->frame;
    Length edge = down ? frame->top - LABEL_GAP / 2 : frame->bottom + LABEL_GAP / 2;
    for (int k = 0; k < count; k++) {
        int i = down ? k : count - 1 - k;
        Length half = half_room(pie, side[i]), bound = down ? edge + half : edge - half;
        if (down ? middles[i] < bound : middles[i] > bound)
            middles[i] = bound;
        edge = down ? middles[i] + half : middles[i] - half;
    }
}

/* Labels that meet move half downwards and half upwards, so that a heap of them stays round its
 * slices. */
static bool spread_side(Pie *pie, bool right)
{
    Slice *side[SLICE_LIMIT];
    Length lower[SLICE_LIMIT], upper[SLICE_LIMIT], needed = 0;
    int count = collect_side(pie, right, side);
    for (int i = 0; i < count; i++) {
        lower[i] = upper[i] = leader_out(pie, side[i]).y;
        needed += 2 * half_room(pie, side[i]);
    }
    for (int pass = 0; pass < 2; pass++) {
        push(pie, side, count, pass == 0, lower);
        push(pie, side, count, pass == 1, upper);
    }
    for (int i = 0; i < count; i++)
        side[i]->middle = (lower[i] + upper[i]) / 2;
    return needed <= box_height(&pie->canvas->frame) + LABEL_GAP;
}

static Point leader_in(const Pie *pie, const Slice *slice)
{
    Length reach = pie->reach - LENGTH_PT(8);
    return (Point){slice->right ? pie->centre.x + reach : pie->centre.x - reach, slice->middle};
}

/* Whether the stretch between the bends runs through the disc. */
static bool leader_crosses(const Pie *pie, const Slice *slice)
{
    Point from = leader_out(pie, slice), to = leader_in(pie, slice);
    double dx = to.x - from.x, dy = to.y - from.y;
    double x = from.x - pie->centre.x, y = from.y - pie->centre.y;
    double t = fmin(fmax(-(x * dx + y * dy) / (dx * dx + dy * dy), 0), 1);
    return hypot(x + t * dx, y + t * dy) < pie->radius + LENGTH_PT(1);
}

static bool any_crosses(const Pie *pie)
{
    for (int i = 0; i < pie->count; i++)
        if (leader_crosses(pie, &pie->slices[i]))
            return true;
    return false;
}

/* The circle takes what the labels leave; it shrinks until no leader runs through it. False when it
 * gets too small. */
static bool fit_circle(Pie *pie)
{
    const Box *frame = &pie->canvas->frame;
    Length side = box_width(frame) < NARROW ? SHORT_SIDE : LEADER_SIDE;
    Length half_width = box_width(frame) / 2 - widest_label(pie) - side - LEADER_GAP;
    Length half_height = box_height(frame) / 2 - LEADER_OUT;
    pie->radius = half_width < half_height ? half_width : half_height;
    pie->reach = pie->radius + side;
    pie->centre = (Point){(frame->left + frame->right) / 2, (frame->top + frame->bottom) / 2};
    for (; pie->radius >= LEAST_RADIUS; pie->radius -= LENGTH_PT(4)) {
        if (!spread_side(pie, true) || !spread_side(pie, false))
            return false;
        if (!any_crosses(pie))
            return true;
    }
    return false;
}

static const double sizes[] = {10.5, 9, 8, 7.5};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

static bool try_size(Pie *pie, int attempt)
{
    Wording wording = (Wording)(attempt / SIZE_COUNT);
    pie->style = label_style(LENGTH_PT(sizes[attempt % SIZE_COUNT]));
    if (attempt % SIZE_COUNT == 0 || wording == NAME_BROKEN)
        set_lines(pie, wording);
    measure_labels(pie);
    return fit_circle(pie);
}

/* One wording after the other, from large to small: the first with which the circle
 * keeps its size, else the one that leaves it largest. */
static bool settle(Pie *pie)
{
    Pie best = {.radius = 0};
    Slice *kept = ARENA_ARRAY(pie->canvas->ts->arena, Slice, pie->count);
    for (int attempt = 0; attempt < WORDING_COUNT * SIZE_COUNT; attempt++) {
        if (!try_size(pie, attempt) || pie->radius <= best.radius + LENGTH_PT(8))
            continue;
        best = *pie;
        memcpy(kept, pie->slices, (size_t)pie->count * sizeof *kept);
        if (pie->radius >= FAIR_RADIUS)
            break;
    }
    if (best.radius > 0) {
        *pie = best;
        pie->slices = kept;
        return true;
    }
    int longest = 0;
    for (int i = 1; i < pie->count; i++)
        longest = pie->slices[i].width > pie->slices[longest].width ? i : longest;
    return canvas_fail(pie->canvas, DIAG_E318, pie->slices[longest].lines[0]);
}

/* Many labels on one side need a higher frame. */
Length pie_least_height(Canvas *canvas)
{
    Canvas trial = *canvas;
    Length height = box_height(&canvas->frame);
    bool whole = pie_check(canvas->chart, diag_new(canvas->ts->arena)); /* it tells in its turn */
    for (; whole && height < MOST_HEIGHT; height += GROWTH) {
        trial.frame.bottom = trial.frame.top + height;
        Pie pie = {.canvas = &trial};
        collect(&pie);
        if (settle(&pie))
            return height;
    }
    return 0; /* pie_check, pie_place say why */
}

/* ---------------------------------------------------------------- drawing */

static Hole hole_of(const Pie *pie)
{
    return (Hole){pie->centre, donut_hole(pie->radius), pie->total, pie->places};
}

static void trace_slice(const Pie *pie, const Slice *slice, Path *path)
{
    Arena *arena = pie->canvas->ts->arena;
    if (pie->canvas->chart->kind == CHART_DONUT) {
        Hole hole = hole_of(pie);
        donut_slice(arena, path, &hole, pie->radius, slice->start, slice->end);
        return;
    }
    if (slice->end - slice->start > 2 * M_PI - 1e-9) {
        path_circle(arena, path, pie->centre, pie->radius);
        return;
    }
    Point first = circle_point(pie->centre, pie->radius, slice->start);
    path_move(arena, path, pie->centre.x, pie->centre.y);
    path_line(arena, path, first.x, first.y);
    path_arc(arena, path, pie->centre, pie->radius, slice->start, slice->end);
    path_close(arena, path);
}

static void place_slice(const Pie *pie, int index)
{
    const Slice *slice = &pie->slices[index];
    if (slice->end <= slice->start)
        return;
    Shape *shape = canvas_shape(pie->canvas);
    palette_fill(palette_slice(pie->canvas->chart->palette, index, pie->count), shape);
    shape->stroke_width = LENGTH_PT(0.75);
    trace_slice(pie, slice, &shape->path);
}

/* From the slice straight out, over to its label's line, and a short level stretch to the text. */
static void place_leader(const Pie *pie, const Slice *slice, Length column)
{
    Canvas *canvas = pie->canvas;
    Arena *arena = canvas->ts->arena;
    Point edge = circle_point(pie->centre, pie->radius, middle_angle(slice));
    Point out = leader_out(pie, slice), in = leader_in(pie, slice);
    Shape *shape = canvas_shape(canvas);
    shape->stroke_width = LENGTH_PT(0.5);
    shape->stroke = (Color){64, 64, 64};
    path_move(arena, &shape->path, edge.x, edge.y);
    path_line(arena, &shape->path, out.x, out.y);
    path_line(arena, &shape->path, in.x, in.y);
    path_line(arena, &shape->path, column, slice->middle);
}

static void place_label(const Pie *pie, const Slice *slice)
{
    Canvas *canvas = pie->canvas;
    canvas->any_labelled = true;
    Length column = slice->right ? pie->centre.x + pie->reach : pie->centre.x - pie->reach;
    place_leader(pie, slice, column);
    Length x = slice->right ? column + LEADER_GAP : column - LEADER_GAP;
    Length top = slice->middle - label_height(pie, slice) / 2;
    for (int l = 0; l < slice->line_count; l++, top += pie->style.size + LINE_GAP) {
        Box box = text_box(canvas->ts, &pie->style, slice->lines[l], x, top,
            slice->right ? ALIGN_LEFT : ALIGN_RIGHT);
        canvas_label(canvas, &pie->style, slice->lines[l], box,
            l + 1 < slice->name_lines ? TEXT_GOES_ON : TEXT_TAB);
    }
}

/* Ratios have no sum. */
static void place_total(const Pie *pie)
{
    const DocChart *chart = pie->canvas->chart;
    if (chart->kind != CHART_DONUT || !chart->labels || chart->percent)
        return;
    Hole hole = hole_of(pie);
    donut_total(pie->canvas, &hole);
}

/* The sum of a donut is read first, then the labels down the left side and down the right. */
bool pie_place(Canvas *canvas)
{
    Pie pie = {.canvas = canvas};
    collect(&pie);
    if (!settle(&pie))
        return false;
    for (int i = 0; i < pie.count; i++)
        place_slice(&pie, i);
    place_total(&pie);
    for (int i = pie.count - 1; i >= 0; i--)
        if (!pie.slices[i].right)
            place_label(&pie, &pie.slices[i]);
    for (int i = 0; i < pie.count; i++)
        if (pie.slices[i].right)
            place_label(&pie, &pie.slices[i]);
    canvas_end_line(canvas);
    return true;
}
