#include "typeset/chart/extremes.h"

static const Length WORD_GAP = LENGTH_PT(1);

/* ---------------------------------------------------------------- which they are */

static bool takes_extremes(ChartKind kind)
{
    return kind == CHART_BAR || kind == CHART_HBAR || kind == CHART_LINE || kind == CHART_COMBO;
}

typedef struct Standing {
    int above, below, level; /* how many others are greater, less, equal */
} Standing;

static Standing standing_of(const DocChart *chart, int series, int category)
{
    const ChartPoint *points = chart->series[series].points;
    Standing standing = {0, 0, 0};
    for (int c = 0; c < chart->category_count; c++) {
        if (points[c].missing || c == category)
            continue;
        int order = decimal_cmp(points[c].value, points[category].value);
        standing.above += order > 0;
        standing.below += order < 0;
        standing.level += order == 0;
    }
    return standing;
}

/* Is this an end of the series? All equal: no end. */
static const char *end_word(const Standing *standing)
{
    if (standing->above == 0 && standing->below > 0)
        return "最高";
    return standing->below == 0 && standing->above > 0 ? "最低" : NULL;
}

const char *extreme_word(const DocChart *chart, int series, int category)
{
    if (!chart->extremes || !takes_extremes(chart->kind) ||
        chart->series[series].points[category].missing)
        return NULL;
    Standing standing = standing_of(chart, series, category);
    return standing.level < EXTREME_TIES ? end_word(&standing) : NULL;
}

void extremes_warn(const DocChart *chart, Diags *diags)
{
    if (!chart->extremes || !takes_extremes(chart->kind))
        return;
    for (int s = 0; s < chart->series_count; s++) {
        const char *said = NULL; /* of each end once */
        for (int c = 0; c < chart->category_count; c++) {
            if (chart->series[s].points[c].missing)
                continue;
            Standing standing = standing_of(chart, s, c);
            const char *word = end_word(&standing);
            if (!word || word == said || standing.level < EXTREME_TIES)
                continue;
            diag_add(diags, DIAG_W319, &chart->at, word, standing.level + 1);
            said = word;
        }
    }
}

/* ---------------------------------------------------------------- their texts */

/* Texts of the values; with `words`, of the extremes also which they are. */
static void set_texts(const Plot *plot, Value *values, bool words)
{
    const DocChart *chart = plot->canvas->chart;
    Arena *arena = plot->canvas->ts->arena;
    bool all = chart->labels && !plot->canvas->tabulated;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            Value *value = &values[s * chart->category_count + c];
            const char *word = extreme_word(chart, s, c);
            value->text = NULL;
            value->first = word || is_extreme(&chart->series[s], chart->category_count, c);
            if (point->missing || (!all && !word))
                continue;
            const char *text = plot_value_text(plot_of(plot, s), point);
            value->text = word && words && text ? arena_printf(arena, "%s %s", word, text) : text;
        }
}

/* The words alone, above or below the values that stand already. */
static void place_words(const Plot *plot, const Value *values, int count)
{
    static const Spot spots[] = {{0, 1}, {0, -1}, {-0.4, 1}, {0.4, 1}, {-0.4, -1}, {0.4, -1}};
    const DocChart *chart = plot->canvas->chart;
    Value *words = ARENA_ARRAY(plot->canvas->ts->arena, Value, count);
    Length half = 0;
    for (int i = 0; i < count; i++) {
        const char *word =
            extreme_word(chart, i / chart->category_count, i % chart->category_count);
        const Box *box = &values[i].box;
        if (!word || !values[i].placed)
            continue;
        half = box_height(box) / 2;
        words[i] = (Value){.text = word,
            .anchor = {(box->left + box->right) / 2, box->top + half},
            .spots = spots,
            .spot_count = sizeof spots / sizeof *spots};
    }
    values_place(plot->canvas, words, count, half + WORD_GAP, &plot->room);
}

/* How hard it is to find room: rules are kept free of figures, words stand in line with theirs;
 * then rules are interrupted; then words stand above or below. No figure is left out for a rule or
 * a word. */
typedef enum Effort { RULES_FREE, WORDS_IN_LINE, WORDS_APART } Effort;

static void place_at(const Plot *plot, Value *values, Length gap, Effort effort)
{
    Canvas *canvas = plot->canvas;
    int count = canvas->chart->series_count * canvas->chart->category_count;
    size_t strokes = canvas->stroke_count;
    if (effort == RULES_FREE)
        marklines_guard(plot);
    set_texts(plot, values, effort < WORDS_APART);
    values_place(canvas, values, count, gap, &plot->room);
    if (effort == WORDS_APART)
        place_words(plot, values, count);
    canvas->stroke_count = strokes;
}

void plot_values(const Plot *plot, Value *values, Length gap)
{
    Canvas *canvas = plot->canvas;
    const DocChart *chart = canvas->chart;
    if ((!chart->labels || canvas->tabulated) && !chart->extremes)
        return;
    size_t labels = canvas->label_count, obstacles = canvas->obstacle_count;
    Effort last = chart->extremes ? WORDS_APART : WORDS_IN_LINE;
    for (Effort effort = RULES_FREE; effort <= last; effort++) {
        canvas->label_count = labels;
        canvas->obstacle_count = obstacles;
        canvas->some_unlabelled = canvas->any_labelled = false;
        place_at(plot, values, gap, effort);
        if (!canvas->some_unlabelled)
            break;
    }
    if (canvas->tabulated)
        canvas->some_unlabelled = false; /* all figures stand in the table */
    marklines_interrupt(plot);
}
