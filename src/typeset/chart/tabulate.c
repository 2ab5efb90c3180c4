#include "typeset/chart/tabulate.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/stack.h"

static const Length ROW = LENGTH_PT(13);
static const Length SIDE = LENGTH_PT(3); /* between a text and the rule beside it */
static const double sizes[] = {9, 8, 7.5};

static const TextStyle name_style = {.role = ROLE_SONG, .size = LENGTH_PT(9)};

Length tabulate_left(Canvas *canvas)
{
    Length widest = 0;
    for (int s = 0; s < canvas->chart->series_count; s++) {
        Length width = text_width(canvas->ts, &name_style, legend_name(canvas, s));
        widest = width > widest ? width : widest;
    }
    return legend_key_width() + widest + 2 * SIDE;
}

Length tabulate_height(const Canvas *canvas)
{
    return canvas->chart->series_count * ROW;
}

static const char *value_text(const Plot *plot, int series, int category)
{
    const ChartPoint *point = &plot->canvas->chart->series[series].points[category];
    const char *text = point->missing ? NULL : plot_value_text(plot_of(plot, series), point);
    return text ? text : "—";
}

/* The largest size at which all values fit; 0: none. */
static Length value_size(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        TextStyle style = label_style(LENGTH_PT(sizes[i]));
        Length widest = 0;
        for (int s = 0; s < chart->series_count; s++)
            for (int c = 0; c < chart->category_count; c++) {
                Length width = text_width(plot->canvas->ts, &style, value_text(plot, s, c));
                widest = width > widest ? width : widest;
            }
        if (widest <= plot->slot - LENGTH_PT(2))
            return style.size;
    }
    return 0;
}

bool tabulate_fits(const Plot *plot)
{
    return value_size(plot) > 0;
}

static void place_row(const Plot *plot, const TextStyle *style, int series, Length top)
{
    Canvas *canvas = plot->canvas;
    Length x = plot->area.left - tabulate_left(canvas) + SIDE;
    const char *name = legend_name(canvas, series);
    legend_key(canvas, series, x, top + ROW / 2);
    Box box = text_box(canvas->ts, &name_style, name, x + legend_key_width(),
        top + (ROW - name_style.size) / 2, ALIGN_LEFT);
    canvas_label(canvas, &name_style, name, box, TEXT_TAB);
    for (int c = 0; c < canvas->chart->category_count; c++) {
        const char *text = value_text(plot, series, c);
        canvas_label(canvas, style, text,
            text_box(canvas->ts, style, text, plot_x(plot, c), top + (ROW - style->size) / 2,
                ALIGN_CENTRE),
            TEXT_TAB);
    }
    canvas_end_line(canvas);
}

void tabulate_place(const Plot *plot, Length top)
{
    Canvas *canvas = plot->canvas;
    TextStyle style = label_style(value_size(plot));
    Length left = plot->area.left - tabulate_left(canvas), half = LENGTH_PT(0.2);
    int rows = canvas->chart->series_count;
    for (int s = 0; s <= rows; s++)
        canvas_rule(canvas,
            (Box){left, top + s * ROW - half, plot->area.right, top + s * ROW + half}, GRID_GREY);
    for (int c = 0; c <= canvas->chart->category_count; c++) {
        Length x = plot->area.left + c * plot->slot;
        canvas_rule(canvas, (Box){x - half, top, x + half, top + rows * ROW}, GRID_GREY);
    }
    bool stacked = stack_is(canvas->chart->kind); /* read from its top downward */
    for (int s = 0; s < rows; s++)
        place_row(plot, &style, stacked ? rows - 1 - s : s, top + s * ROW);
}
