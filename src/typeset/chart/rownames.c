#include "typeset/chart/rownames.h"

static const double sizes[] = {10.5, 9};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

static Length lines_width(Canvas *canvas, const TextStyle *style, const NameLines *name)
{
    Length widest = 0;
    for (int l = 0; l < name->count; l++) {
        Length width = text_width(canvas->ts, style, name->lines[l]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Breaks all names to `most`; whether each then keeps to it, on at most so many lines. */
static bool try(Canvas *canvas, const char *const *texts, Length most, int lines, RowNames *out)
{
    int highest = 1;
    out->width = 0;
    for (int i = 0; i < out->count; i++) {
        out->names[i] = name_wrap(canvas, &out->style, texts[i], most);
        Length width = lines_width(canvas, &out->style, &out->names[i]);
        if (width > most || out->names[i].count > lines)
            return false;
        out->width = width > out->width ? width : out->width;
        highest = out->names[i].count > highest ? out->names[i].count : highest;
    }
    out->height = (highest - 1) * name_leading(out->style.size) + out->style.size;
    return true;
}

static const char *longest(Canvas *canvas, const char *const *texts, int count)
{
    const char *found = "";
    TextStyle style = label_style(LENGTH_PT(sizes[SIZE_COUNT - 1]));
    for (int i = 0; i < count; i++)
        if (text_width(canvas->ts, &style, texts[i]) > text_width(canvas->ts, &style, found))
            found = texts[i];
    return found;
}

bool row_names_layout(
    Canvas *canvas, const char *const *texts, int count, Length most, RowNames *out)
{
    *out = (RowNames){.names = ARENA_ARRAY(canvas->ts->arena, NameLines, count), .count = count};
    for (int attempt = 0; attempt <= SIZE_COUNT; attempt++) {
        int size = attempt < SIZE_COUNT ? attempt : SIZE_COUNT - 1;
        out->style = label_style(LENGTH_PT(sizes[size]));
        if (try(canvas, texts, most, attempt < SIZE_COUNT ? 1 : NAME_LINES - 1, out))
            return true;
    }
    return canvas_fail(canvas, DIAG_E318, longest(canvas, texts, count));
}

/* In the order in which names read best in rows of a given height: `share` is the part of the
 * chart's width in %. */
static const struct Attempt {
    double size;
    int share, lines;
} attempts[] = {
    {10.5, 26, 1},
    {9, 30, 1},
    {10.5, 26, 2},
    {9, 30, 2},
    {9, 30, 3},
    {9, 42, 2},
    {7.5, 42, 1},
    {7.5, 42, 3},
    {7.5, 50, NAME_LINES - 1},
};
enum { ATTEMPT_COUNT = sizeof attempts / sizeof *attempts };

bool row_names_fit(
    Canvas *canvas, const char *const *texts, int count, Length slot, RowNames *out)
{
    *out = (RowNames){.names = ARENA_ARRAY(canvas->ts->arena, NameLines, count), .count = count};
    for (int i = 0; i < ATTEMPT_COUNT; i++) {
        Length most = box_width(&canvas->frame) * attempts[i].share / 100;
        out->style = label_style(LENGTH_PT(attempts[i].size));
        if (try(canvas, texts, most, attempts[i].lines, out) && out->height + LENGTH_PT(1) <= slot)
            return true;
    }
    return canvas_fail(canvas, DIAG_E317, NULL);
}

void row_name_place(Canvas *canvas, const RowNames *names, int row, Length right, Length middle)
{
    const NameLines *name = &names->names[row];
    Length size = names->style.size, leading = name_leading(size);
    Length top = middle - ((name->count - 1) * leading + size) / 2;
    for (int l = 0; l < name->count; l++, top += leading)
        canvas_label(canvas, &names->style, name->lines[l],
            text_box(canvas->ts, &names->style, name->lines[l], right, top, ALIGN_RIGHT),
            l + 1 < name->count ? TEXT_GOES_ON : TEXT_TAB);
}
