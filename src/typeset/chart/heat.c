/* 热力: categories across, series down; each cell has the tone of its figure's step, and the figure
 * on a white ground, so that a copier cannot swallow it. The steps lie between nice bounds, which
 * the key below the names shows. */
#include <math.h>
#include "typeset/chart/kinds.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/plot.h"
#include "typeset/chart/rownames.h"

enum { LEAST_STEPS = 5, MOST_STEPS = 7, MOST_ROWS = 30, FAIR_ROWS = 20 };
static const Length ROW_LEAST = LENGTH_PT(15), ROW_FAIR = LENGTH_PT(18), ROW_MOST = LENGTH_PT(24);
static const Length CELL_LEAST = LENGTH_PT(7), CELL_MOST = LENGTH_PT(64);
static const Length GAP = LENGTH_PT(5), GROUND = LENGTH_PT(1.5), GROUND_AIR = LENGTH_PT(3),
                    FRAME = LENGTH_PT(1);
static const Length KEY_SIZE = LENGTH_PT(9), KEY_CELL = LENGTH_PT(34), KEY_HEIGHT = LENGTH_PT(10);
static const Length KEY_GAP = LENGTH_PT(8), BOUND_GAP = LENGTH_PT(2), SPARE = LENGTH_PT(24);
static const double sizes[] = {10.5, 9, 8, 7.5};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

static const double EPSILON = 1e-9; /* of a step, as in scale.c */

typedef struct Heat {
    Canvas *canvas;
    Plot figures;
    Scale scale; /* its ticks are the bounds of the steps */
    bool gaps;   /* some figure is missing: the key says what that looks like */
    RowNames names;
    CategoryLayout categories;
    Length head; /* height of the unit's line */
    Length left, top, slot, pitch;
} Heat;

/* ---------------------------------------------------------------- steps */

/* Bounds that read well, the simplest first; one of them makes 5 to 7 steps of most data. */
static const struct Step {
    int digits, power;
} nice[] = {{1, 0}, {2, 0}, {5, 0}, {25, -1}, {15, -1}, {3, 0}, {4, 0}, {6, 0}, {8, 0}};
enum { NICE_COUNT = sizeof nice / sizeof *nice };

/* From white to nearly black; in colour over blue, whose grey falls as evenly. */
static const Color ramps[][3] = {
    [PALETTE_GREY] = {{0xFF, 0xFF, 0xFF}, {0x88, 0x88, 0x88}, {0x10, 0x10, 0x10}},
    [PALETTE_COLOUR] = {{0xFF, 0xFF, 0xFF}, {0x4C, 0x96, 0xC8}, {0x06, 0x12, 0x30}},
};
static const Pattern inks[MOST_STEPS] = {PATTERN_EMPTY, PATTERN_SHADE_1, PATTERN_SHADE_2,
    PATTERN_SHADE_3, PATTERN_SHADE_4, PATTERN_SHADE_5, PATTERN_SOLID};

static int step_count(const Heat *heat)
{
    return (int)(heat->scale.last - heat->scale.first);
}

/* Exactly, as it is printed below the key. */
static Decimal bound_of(const Heat *heat, int64_t bound)
{
    Decimal value = {bound * heat->scale.step_digits, 0};
    for (int power = heat->scale.step_power; power > 0; power--)
        value.mantissa *= 10;
    value.scale = heat->scale.step_power < 0 ? -heat->scale.step_power : 0;
    return value;
}

/* A bound belongs to the step above it, the last one to the highest step. */
static int step_of(const Heat *heat, Decimal value)
{
    int step = 0;
    while (step + 1 < step_count(heat) &&
           decimal_cmp(value, bound_of(heat, heat->scale.first + step + 1)) >= 0)
        step++;
    return step;
}

static uint8_t mix(uint8_t from, uint8_t to, int part, int whole)
{
    return (uint8_t)(from + (to - from) * part / whole);
}

/* Few steps lie as far apart as the tones allow. */
static SeriesStyle step_tone(const Heat *heat, int step)
{
    ChartPalette palette = heat->canvas->chart->palette;
    int last = step_count(heat) - 1;
    if (palette == PALETTE_MONO)
        return (SeriesStyle){
            .pattern = inks[last > 0 ? (step * (MOST_STEPS - 1) + last / 2) / last : 1]};
    last = last > 0 ? last : 1;
    bool upper = 2 * step > last;
    const Color *from = &ramps[palette][upper], *to = from + 1;
    int part = upper ? 2 * step - last : 2 * step;
    return (SeriesStyle){
        .fill = {mix(from->red, to->red, part, last), mix(from->green, to->green, part, last),
            mix(from->blue, to->blue, part, last)}};
}

/* ---------------------------------------------------------------- layout */

static bool any_missing(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (chart->series[s].points[c].missing)
                return true;
    return false;
}

bool heat_check(const DocChart *chart, Diags *diags)
{
    if (chart->series_count <= MOST_ROWS)
        return true;
    diag_add(diags, DIAG_E392, &chart->at, chart->series_count, (int)MOST_ROWS);
    diag_hint(diags, DIAG_H311);
    return false;
}

/* False when no step fits: whole figures that lie close together, figures that are all equal. */
static bool nice_steps(const ScaleWish *wish, Scale *scale)
{
    double range = wish->high - wish->low;
    int power = range > 0 ? (int)floor(log10(range)) : 0;
    for (int i = 0; range > 0 && i < NICE_COUNT; i++)
        for (int p = power - 1; p <= power; p++) {
            *scale = (Scale){.step_digits = nice[i].digits, .step_power = p + nice[i].power};
            double step = scale_step(scale);
            scale->first = (int64_t)floor(wish->low / step + EPSILON);
            scale->last = (int64_t)ceil(wish->high / step - EPSILON);
            int64_t count = scale->last - scale->first;
            if (count >= LEAST_STEPS && count <= MOST_STEPS &&
                (!wish->whole || scale->step_power >= 0))
                return true;
        }
    return false;
}

static void fit_steps(Heat *heat)
{
    ScaleWish wish;
    plot_figures(heat->canvas, &heat->figures, &wish);
    wish.target = LEAST_STEPS + 1;
    wish.most = MOST_STEPS + 1;
    if (!nice_steps(&wish, &heat->scale))
        heat->scale = scale_fit(&wish);
    heat->gaps = any_missing(heat->canvas->chart);
}

static bool fit_names(Heat *heat)
{
    Canvas *canvas = heat->canvas;
    const DocChart *chart = canvas->chart;
    const Box *frame = &canvas->frame;
    const char **names = ARENA_ARRAY(canvas->ts->arena, const char *, chart->series_count);
    for (int s = 0; s < chart->series_count; s++)
        names[s] = series_name(chart, s);
    if (!row_names_layout(canvas, names, chart->series_count, box_width(frame) / 4, &heat->names))
        return false;
    heat->left = frame->left + FRAME + (heat->names.width ? heat->names.width + GAP : 0);
    heat->slot = (frame->right - FRAME - heat->left) / chart->category_count;
    if (heat->slot < CELL_LEAST)
        return canvas_fail(canvas, DIAG_E317, NULL);
    heat->slot = heat->slot < CELL_MOST ? heat->slot : CELL_MOST;
    return category_layout(canvas, heat->left, heat->slot, &heat->categories);
}

static Length row_least(const Heat *heat)
{
    Length needed = heat->names.height + LENGTH_PT(2);
    Length wished = heat->canvas->chart->series_count > FAIR_ROWS ? ROW_LEAST : ROW_FAIR;
    return needed > wished ? needed : wished;
}

/* What stands below the cells: names, key, its bounds. */
static Length foot(const Heat *heat)
{
    return GAP + heat->categories.height + KEY_GAP + KEY_HEIGHT + BOUND_GAP + KEY_SIZE;
}

static char *bound_text(const Heat *heat, int64_t bound)
{
    Canvas *canvas = heat->canvas;
    return scale_tick(
        canvas->ts->arena, &heat->scale, bound, heat->figures.shift, canvas->chart->percent);
}

/* A step is as wide as its bounds need. */
static Length key_cell(const Heat *heat)
{
    TextStyle style = label_style(KEY_SIZE);
    Length widest = KEY_CELL;
    for (int64_t k = heat->scale.first; k <= heat->scale.last; k++) {
        Length width = text_width(heat->canvas->ts, &style, bound_text(heat, k)) + GAP;
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* What the key of the gaps adds. */
static Length gap_key_width(const Heat *heat)
{
    return heat->gaps ? SPARE + KEY_CELL * 2 / 3 + GAP + 2 * KEY_SIZE : 0;
}

/* Unit and key have a line each. */
static bool check_lines(const Heat *heat)
{
    Canvas *canvas = heat->canvas;
    TextStyle style = label_style(KEY_SIZE);
    Length frame = box_width(&canvas->frame);
    if (heat->figures.unit && text_width(canvas->ts, &style, heat->figures.unit) > frame)
        return canvas_fail(canvas, DIAG_E318, heat->figures.unit);
    if (key_cell(heat) * (step_count(heat) + 1) + gap_key_width(heat) > frame)
        return canvas_fail(canvas, DIAG_E318, bound_text(heat, heat->scale.last));
    return true;
}

static bool heat_layout(Canvas *canvas, Heat *heat)
{
    *heat = (Heat){.canvas = canvas};
    fit_steps(heat);
    heat->head = heat->figures.unit ? LENGTH_PT(14) : FRAME;
    if (!check_lines(heat) || !fit_names(heat))
        return false;
    heat->top = canvas->frame.top + heat->head;
    Length room = canvas->frame.bottom - foot(heat) - heat->top;
    Length pitch = room / canvas->chart->series_count;
    Length most = row_least(heat) > ROW_MOST ? row_least(heat) : ROW_MOST;
    heat->pitch = pitch < most ? pitch : most;
    return true;
}

Length heat_least_height(Canvas *canvas)
{
    Heat heat;
    if (canvas->chart->series_count > MOST_ROWS || !heat_layout(canvas, &heat))
        return 0; /* heat_check, heat_place say why */
    return heat.head + row_least(&heat) * canvas->chart->series_count + foot(&heat);
}

/* ---------------------------------------------------------------- cells */

static void place_tone(Canvas *canvas, const SeriesStyle *style, Box box)
{
    Shape *shape = canvas_shape(canvas);
    palette_fill(style, shape);
    path_rect(
        canvas->ts->arena, &shape->path, box.left, box.top, box_width(&box), box_height(&box));
}

/* Empty, with a diagonal: no figure at all, other than a light tone. */
static void place_gap(Canvas *canvas, Box box)
{
    static const SeriesStyle empty = {.pattern = PATTERN_EMPTY};
    Arena *arena = canvas->ts->arena;
    place_tone(canvas, &empty, box);
    Shape *shape = canvas_shape(canvas);
    shape->stroke_width = LENGTH_PT(0.5);
    path_move(arena, &shape->path, box.left, box.bottom);
    path_line(arena, &shape->path, box.right, box.top);
}

static Box cell_box(const Heat *heat, int series, int category)
{
    Length left = heat->left + heat->slot * category, top = heat->top + heat->pitch * series;
    return (Box){left, top, left + heat->slot, top + heat->pitch};
}

static const char *cell_text(const Heat *heat, int series, int category)
{
    const ChartPoint *point = &heat->canvas->chart->series[series].points[category];
    const char *text = point->missing ? NULL : plot_value_text(&heat->figures, point);
    return text ? text : "";
}

static bool text_fits(const Heat *heat, const TextStyle *style, int series, int category)
{
    Length width = text_width(heat->canvas->ts, style, cell_text(heat, series, category));
    return width + 2 * GROUND <= heat->slot && style->size + GROUND <= heat->pitch;
}

static bool all_fit(const Heat *heat, const TextStyle *style)
{
    const DocChart *chart = heat->canvas->chart;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!text_fits(heat, style, s, c))
                return false;
    return true;
}

/* The largest size that all figures find room at, else the smallest, and some are left out. */
static TextStyle figure_style(const Heat *heat)
{
    TextStyle style = label_style(LENGTH_PT(sizes[0]));
    for (int i = 0; i < SIZE_COUNT; i++) {
        style = label_style(LENGTH_PT(sizes[i]));
        if (all_fit(heat, &style))
            return style;
    }
    heat->canvas->some_unlabelled = true;
    return style;
}

static Length widest_figure(const Heat *heat, const TextStyle *style)
{
    const DocChart *chart = heat->canvas->chart;
    Length widest = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            Length width = text_width(heat->canvas->ts, style, cell_text(heat, s, c));
            widest = width > widest ? width : widest;
        }
    return widest;
}

/* The white ground is the same in all cells, so that as much of each tone is seen; the lines of a
 * pattern end at a distance. */
static void place_figure(
    const Heat *heat, const TextStyle *style, Length ground, int series, int category)
{
    Canvas *canvas = heat->canvas;
    const char *text = cell_text(heat, series, category);
    if (!*text || !text_fits(heat, style, series, category))
        return;
    canvas->any_labelled = true;
    Box cell = cell_box(heat, series, category);
    Length middle = (cell.left + cell.right) / 2;
    Box box = text_box(
        canvas->ts, style, text, middle, (cell.top + cell.bottom - style->size) / 2, ALIGN_CENTRE);
    canvas_rule(
        canvas, (Box){middle - ground / 2, box.top, middle + ground / 2, box.bottom}, WHITE);
    canvas_label(canvas, style, text, box, TEXT_TAB);
}

static void place_cells(const Heat *heat)
{
    Canvas *canvas = heat->canvas;
    const DocChart *chart = canvas->chart;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            Box box = cell_box(heat, s, c);
            if (point->missing) {
                place_gap(canvas, box);
                continue;
            }
            SeriesStyle tone = step_tone(heat, step_of(heat, point->value));
            place_tone(canvas, &tone, box);
        }
}

/* Each row is read as one line: its name, its figures. */
static void place_rows(const Heat *heat)
{
    Canvas *canvas = heat->canvas;
    const DocChart *chart = canvas->chart;
    TextStyle style = label_style(0);
    Length ground = 0, most = heat->slot - GROUND;
    if (chart->labels) {
        style = figure_style(heat);
        ground = widest_figure(heat, &style) + 2 * GROUND_AIR;
        ground = ground < most ? ground : most;
    }
    for (int s = 0; s < chart->series_count; s++) {
        Box first = cell_box(heat, s, 0);
        row_name_place(canvas, &heat->names, s, heat->left - GAP, (first.top + first.bottom) / 2);
        for (int c = 0; chart->labels && c < chart->category_count; c++)
            place_figure(heat, &style, ground, s, c);
        canvas_end_line(canvas);
    }
}

/* ---------------------------------------------------------------- key */

static void place_gap_key(const Heat *heat, Length left, Length top)
{
    Canvas *canvas = heat->canvas;
    TextStyle style = label_style(KEY_SIZE);
    Box box = {left, top, left + KEY_CELL * 2 / 3, top + KEY_HEIGHT};
    place_gap(canvas, box);
    canvas_label(canvas, &style, "缺数",
        text_box(canvas->ts, &style, "缺数", box.right + GAP, top + (KEY_HEIGHT - KEY_SIZE) / 2,
            ALIGN_LEFT),
        TEXT_TAB);
}

/* The steps side by side, in the middle, with the bounds below their edges. */
static void place_key(const Heat *heat, Length top)
{
    Canvas *canvas = heat->canvas;
    TextStyle style = label_style(KEY_SIZE);
    int steps = step_count(heat);
    Length cell = key_cell(heat);
    Length left =
        (canvas->frame.left + canvas->frame.right - cell * steps - gap_key_width(heat)) / 2;
    for (int i = 0; i < steps; i++) {
        SeriesStyle tone = step_tone(heat, i);
        place_tone(
            canvas, &tone, (Box){left + cell * i, top, left + cell * (i + 1), top + KEY_HEIGHT});
    }
    if (heat->gaps)
        place_gap_key(heat, left + cell * steps + SPARE, top);
    for (int i = 0; i <= steps; i++) {
        const char *text = bound_text(heat, heat->scale.first + i);
        canvas_label(canvas, &style, text,
            text_box(canvas->ts, &style, text, left + cell * i, top + KEY_HEIGHT + BOUND_GAP,
                ALIGN_CENTRE),
            TEXT_TAB);
    }
    canvas_end_line(canvas);
}

bool heat_place(Canvas *canvas)
{
    Heat heat;
    if (!heat_layout(canvas, &heat))
        return false;
    legend_place_unit(canvas, heat.figures.unit);
    canvas_end_line(canvas);
    place_cells(&heat);
    place_rows(&heat);
    Length top = heat.top + heat.pitch * canvas->chart->series_count + GAP;
    category_place(canvas, &heat.categories, heat.left, heat.slot, top);
    place_key(&heat, top + heat.categories.height + KEY_GAP);
    return true;
}
