/* 进度: one row a category: what is done, as a bar against the outline of its target. All targets
 * end at one mark of 100 %, so that rows compare by what share of their own target they reached. */
#include "typeset/chart/kinds.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/plot.h"
#include "typeset/chart/rownames.h"

enum { MOST_ROWS = 36 };
static const Length ROW_LEAST = LENGTH_PT(15), ROW_MOST = LENGTH_PT(30), BAR_MOST = LENGTH_PT(14);
static const Length MARK_ROW = LENGTH_PT(12), MARK_SIZE = LENGTH_PT(9), HEAD = LENGTH_PT(14);
static const Length GAP = LENGTH_PT(6), COLUMN_GAP = LENGTH_PT(8), LEAST_BARS = LENGTH_PT(80);
static const Length KEY_WIDTH = LENGTH_PT(20), KEY_HEIGHT = LENGTH_PT(8), KEY_GAP = LENGTH_PT(4);
static const double sizes[] = {10.5, 9, 8, 7.5};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

/* Done and target, 45.2／60, and 75.3% or why there is none. */
enum { FIGURES, REACHED, COLUMN_COUNT };

typedef struct BulletRow {
    const char *texts[COLUMN_COUNT];
    double reached; /* 1: the target; < 0: no bar */
    bool track;     /* there is a target to reach */
} BulletRow;

typedef struct Bullet {
    Canvas *canvas;
    Plot figures;
    RowNames names;
    BulletRow *rows;
    TextStyle style;
    Length columns[COLUMN_COUNT]; /* widths of the texts */
    Length left, right;           /* of the bars */
    Length top, pitch;
    double most; /* the share at the right edge */
} Bullet;

/* ---------------------------------------------------------------- data */

static bool check_point(const DocChart *chart, Diags *diags, int category, const ChartPoint *point)
{
    char text[DECIMAL_TEXT];
    if (point->missing || decimal_sign(point->value) >= 0)
        return true;
    return diag_add(diags, DIAG_E391, &chart->at, category_name(chart, category),
        decimal_format(point->value, text));
}

bool bullet_check(const DocChart *chart, Diags *diags)
{
    bool any = false;
    if (chart->category_count > MOST_ROWS) {
        diag_add(diags, DIAG_E392, &chart->at, chart->category_count, (int)MOST_ROWS);
        diag_hint(diags, DIAG_H311);
        return false;
    }
    for (int c = 0; c < chart->category_count; c++) {
        any = any || (chart->targets && !chart->targets[c].missing);
        if (!check_point(chart, diags, c, &chart->series[0].points[c]) ||
            (chart->targets && !check_point(chart, diags, c, &chart->targets[c])))
            return false;
    }
    return any || diag_add(diags, DIAG_E390, &chart->at);
}

static BulletRow read_row(const Bullet *bullet, int category)
{
    const DocChart *chart = bullet->canvas->chart;
    Arena *arena = bullet->canvas->ts->arena;
    const ChartPoint *done = &chart->series[0].points[category];
    const ChartPoint *target = &chart->targets[category];
    const char *figure = done->missing ? "缺数" : plot_value_text(&bullet->figures, done);
    BulletRow row = {.texts = {figure ? figure : "", ""}, .reached = -1};
    if (target->missing) {
        row.texts[REACHED] = "未下达目标";
        return row;
    }
    const char *wanted = plot_target_text(&bullet->figures, target);
    row.texts[FIGURES] = arena_printf(arena, "%s／%s", row.texts[FIGURES], wanted ? wanted : "");
    row.track = decimal_sign(target->value) > 0;
    if (!row.track) {
        row.texts[REACHED] = "目标为0";
    } else if (!done->missing) {
        row.reached = decimal_to_double(done->value) / decimal_to_double(target->value);
        row.texts[REACHED] = share_label(arena, done->value, target->value);
    }
    return row;
}

static void read_rows(Bullet *bullet)
{
    const DocChart *chart = bullet->canvas->chart;
    bullet->rows = ARENA_ARRAY(bullet->canvas->ts->arena, BulletRow, chart->category_count);
    bullet->most = 1;
    for (int c = 0; c < chart->category_count; c++) {
        BulletRow *row = &bullet->rows[c];
        *row = read_row(bullet, c);
        bullet->most = row->reached > bullet->most ? row->reached : bullet->most;
        if (!chart->labels) {
            row->texts[FIGURES] = "";
            row->texts[REACHED] = row->track ? "" : row->texts[REACHED]; /* a row without bar */
        }
    }
}

/* ---------------------------------------------------------------- layout */

static void measure_columns(Bullet *bullet)
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        bullet->columns[column] = 0;
        for (int c = 0; c < bullet->canvas->chart->category_count; c++) {
            Length width =
                text_width(bullet->canvas->ts, &bullet->style, bullet->rows[c].texts[column]);
            bullet->columns[column] =
                width > bullet->columns[column] ? width : bullet->columns[column];
        }
    }
}

/* The texts at the right get the largest size that leaves the bars a third, else their least. */
static bool fit_columns(Bullet *bullet)
{
    const Box *frame = &bullet->canvas->frame;
    for (int i = 0; i < 2 * SIZE_COUNT; i++) {
        bullet->style = label_style(LENGTH_PT(sizes[i % SIZE_COUNT]));
        measure_columns(bullet);
        Length texts = 0;
        for (int column = 0; column < COLUMN_COUNT; column++)
            texts += bullet->columns[column] ? bullet->columns[column] + COLUMN_GAP : 0;
        bullet->left = frame->left + (bullet->names.width ? bullet->names.width + GAP : 0);
        bullet->right = frame->right - texts - LENGTH_PT(1);
        Length bars = bullet->right - bullet->left;
        if (bars >= (i < SIZE_COUNT ? box_width(frame) / 3 : LEAST_BARS))
            return true;
    }
    return canvas_fail(bullet->canvas, DIAG_E318, bullet->rows[0].texts[FIGURES]);
}

static Length row_least(const Bullet *bullet)
{
    Length needed = bullet->names.height + LENGTH_PT(4);
    return needed > ROW_LEAST ? needed : ROW_LEAST;
}

/* The unit at the left leaves room for the keys at the right. */
static bool check_unit(const Bullet *bullet)
{
    Canvas *canvas = bullet->canvas;
    TextStyle style = label_style(MARK_SIZE);
    Length keys = 2 * (KEY_WIDTH + KEY_GAP + 2 * MARK_SIZE + 2 * GAP);
    const char *unit = bullet->figures.unit;
    if (!unit || text_width(canvas->ts, &style, unit) + keys <= box_width(&canvas->frame))
        return true;
    return canvas_fail(canvas, DIAG_E318, unit);
}

static bool bullet_layout(Canvas *canvas, Bullet *bullet)
{
    const DocChart *chart = canvas->chart;
    const Box *frame = &canvas->frame;
    ScaleWish range;
    *bullet = (Bullet){.canvas = canvas};
    plot_figures(canvas, &bullet->figures, &range);
    if (!check_unit(bullet))
        return false;
    read_rows(bullet);
    const char **names = ARENA_ARRAY(canvas->ts->arena, const char *, chart->category_count);
    for (int c = 0; c < chart->category_count; c++)
        names[c] = category_name(chart, c);
    if (!row_names_layout(
            canvas, names, chart->category_count, box_width(frame) * 3 / 10, &bullet->names) ||
        !fit_columns(bullet))
        return false;
    bullet->top = frame->top + HEAD + MARK_ROW;
    Length pitch = (frame->bottom - bullet->top) / chart->category_count;
    Length most = row_least(bullet) > ROW_MOST ? row_least(bullet) : ROW_MOST;
    bullet->pitch = pitch < most ? pitch : most;
    return true;
}

Length bullet_least_height(Canvas *canvas)
{
    Bullet bullet;
    const DocChart *chart = canvas->chart;
    if (!chart->targets || chart->category_count > MOST_ROWS || !bullet_layout(canvas, &bullet))
        return 0; /* bullet_check, bullet_place say why */
    return HEAD + MARK_ROW + row_least(&bullet) * chart->category_count;
}

/* ---------------------------------------------------------------- drawing */

static void place_box(const Bullet *bullet, const SeriesStyle *style, Box box)
{
    Canvas *canvas = bullet->canvas;
    Shape *shape = canvas_shape(canvas);
    palette_fill(style, shape);
    path_rect(
        canvas->ts->arena, &shape->path, box.left, box.top, box_width(&box), box_height(&box));
}

static const SeriesStyle *done_style(const Bullet *bullet)
{
    return palette_series(bullet->canvas->chart->palette, 0, 1);
}

static const SeriesStyle track_style = {.pattern = PATTERN_SOLID, .fill = {255, 255, 255}};

/* Set from the right edge; returns the left one. */
static Length place_key(
    const Bullet *bullet, const SeriesStyle *style, const char *name, Length right)
{
    Canvas *canvas = bullet->canvas;
    TextStyle text = label_style(MARK_SIZE);
    Length top = canvas->frame.top;
    Box box = text_box(canvas->ts, &text, name, right, top, ALIGN_RIGHT);
    Length left = box.left - KEY_GAP - KEY_WIDTH, middle = top + MARK_SIZE / 2;
    place_box(bullet, style,
        (Box){left, middle - KEY_HEIGHT / 2, left + KEY_WIDTH, middle + KEY_HEIGHT / 2});
    canvas_label(canvas, &text, name, box, TEXT_TAB);
    return left;
}

static void place_head(const Bullet *bullet)
{
    Canvas *canvas = bullet->canvas;
    legend_place_unit(canvas, bullet->figures.unit);
    Length left = place_key(bullet, &track_style, "目标", canvas->frame.right - LENGTH_PT(1));
    place_key(bullet, done_style(bullet), "完成", left - GAP * 2);
    canvas_end_line(canvas);
}

static Length share_x(const Bullet *bullet, double share)
{
    return bullet->left + round_length((bullet->right - bullet->left) * share / bullet->most);
}

/* 100 %, through all rows. */
static void place_mark(const Bullet *bullet)
{
    Canvas *canvas = bullet->canvas;
    TextStyle style = label_style(MARK_SIZE);
    Length x = share_x(bullet, 1), half = LENGTH_PT(0.5);
    Length bottom = bullet->top + bullet->pitch * canvas->chart->category_count;
    canvas_rule(canvas, (Box){x - half, bullet->top - LENGTH_PT(1.5), x + half, bottom}, BLACK);
    Box box = text_box(canvas->ts, &style, "100%", x, canvas->frame.top + HEAD, ALIGN_CENTRE);
    canvas_label(canvas, &style, "100%", canvas_inward(canvas, box), TEXT_TAB);
    canvas_end_line(canvas);
}

static void place_bars(const Bullet *bullet, int category)
{
    const BulletRow *row = &bullet->rows[category];
    Length height = bullet->pitch * 62 / 100,
           middle = bullet->top + bullet->pitch * category + bullet->pitch / 2;
    height = height < BAR_MOST ? height : BAR_MOST;
    Length half = height / 2, done = height * 3 / 10;
    if (row->track)
        place_box(bullet, &track_style,
            (Box){bullet->left, middle - half, share_x(bullet, 1), middle + half});
    if (row->reached > 0)
        place_box(bullet, done_style(bullet),
            (Box){bullet->left, middle - done, share_x(bullet, row->reached), middle + done});
}

static void place_texts(const Bullet *bullet, int category)
{
    Canvas *canvas = bullet->canvas;
    Length middle = bullet->top + bullet->pitch * category + bullet->pitch / 2, x = bullet->right;
    row_name_place(canvas, &bullet->names, category, bullet->left - GAP, middle);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        const char *text = bullet->rows[category].texts[column];
        if (bullet->columns[column])
            x += COLUMN_GAP + bullet->columns[column];
        Length top = middle - bullet->style.size / 2;
        if (*text)
            canvas_label(canvas, &bullet->style, text,
                text_box(canvas->ts, &bullet->style, text, x, top, ALIGN_RIGHT), TEXT_TAB);
    }
    canvas_end_line(canvas);
}

bool bullet_place(Canvas *canvas)
{
    Bullet bullet;
    if (!bullet_layout(canvas, &bullet))
        return false;
    place_head(&bullet);
    for (int c = 0; c < canvas->chart->category_count; c++)
        place_bars(&bullet, c);
    place_mark(&bullet);
    for (int c = 0; c < canvas->chart->category_count; c++)
        place_texts(&bullet, c);
    return true;
}
