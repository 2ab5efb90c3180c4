#include "typeset/chart/category.h"
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"

static const Length GAP = LENGTH_PT(3); /* between names side by side */

enum { DROPPED_ROWS = 3, DROPPED_SHARE = 4 };

Length name_leading(Length size)
{
    return size + size / 12;
}

/* ---------------------------------------------------------------- pieces of a name */

static bool is_closing(const char *at)
{
    static const char *const marks[] = {
        "）", "”", "》", "、", "，", "。", "：", ")", "%", "％"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(at, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

static bool is_opening(uint32_t c)
{
    return c == U'（' || c == U'“' || c == U'《' || c == '(';
}

/* Bytes of the next unbreakable piece: one Han, or a run of digits and letters; opening marks with
 * what follows, closing marks with what precedes. */
static size_t token_bytes(const char *text)
{
    const char *at = text;
    uint32_t c = utf8_next(&at);
    while (is_opening(c) && *at)
        c = utf8_next(&at);
    while (*at && c < 0x2E80) {
        const char *next = at;
        c = utf8_next(&next);
        if (c >= 0x2E80 || is_opening(c))
            break;
        at = next;
    }
    while (*at && is_closing(at))
        utf8_next(&at);
    return (size_t)(at - text);
}

/* Upright setting: one Han a line; numbers of two digits stand side by side, longer runs character
 * by character. */
static NameLines upright_lines(Arena *arena, const char *text)
{
    NameLines lines = {.count = 0};
    while (*text && lines.count < NAME_LINES) {
        size_t bytes = strspn(text, "0123456789");
        if (bytes == 0 || bytes > 2) {
            const char *next = text;
            utf8_next(&next);
            bytes = (size_t)(next - text);
        }
        lines.lines[lines.count++] = arena_strndup(arena, text, bytes);
        text += bytes;
    }
    return lines;
}

/* Only Han, digits and letters look right upright. */
static bool is_uprightable(const char *text)
{
    while (*text) {
        uint32_t c = utf8_next(&text);
        bool ascii = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        if (!utf8_is_han(c) && !ascii)
            return false;
    }
    return true;
}

static NameLines wrapped_at(Canvas *canvas, const TextStyle *style, const char *text, Length width)
{
    NameLines lines = {.count = 0};
    while (*text && lines.count < NAME_LINES) {
        size_t bytes = token_bytes(text);
        while (text[bytes]) {
            size_t more = bytes + token_bytes(text + bytes);
            if (text_width(canvas->ts, style, arena_strndup(canvas->ts->arena, text, more)) > width)
                break;
            bytes = more;
        }
        lines.lines[lines.count++] = arena_strndup(canvas->ts->arena, text, bytes);
        text += bytes;
    }
    return lines;
}

NameLines name_wrap(Canvas *canvas, const TextStyle *style, const char *text, Length width)
{
    NameLines lines = wrapped_at(canvas, style, text, width);
    for (Length narrow = width - style->size / 2; lines.count > 1 && narrow > style->size;
         narrow -= style->size / 2) {
        NameLines even = wrapped_at(canvas, style, text, narrow);
        if (even.count > lines.count)
            break;
        lines = even;
    }
    return lines;
}

/* More than the lines of an upright name, or marks that do not look well upright. */
static bool is_dropped(const Canvas *canvas, const CategoryLayout *layout, int category)
{
    const char *name = category_name(canvas->chart, category);
    return layout->mode == CATEGORY_DROPPED &&
           ((int)utf8_count(name, strlen(name)) > layout->lines || !is_uprightable(name));
}

static NameLines name_lines(Canvas *canvas, const CategoryLayout *layout, int category, Length slot)
{
    const char *name = category_name(canvas->chart, category);
    TextStyle style = label_style(layout->size);
    bool upright = layout->mode == CATEGORY_DROPPED && !is_dropped(canvas, layout, category);
    if (layout->mode == CATEGORY_UPRIGHT || upright)
        return upright_lines(canvas->ts->arena, name);
    if (layout->mode == CATEGORY_WRAPPED)
        return name_wrap(canvas, &style, name, slot - GAP);
    if (layout->mode == CATEGORY_DATED)
        name = strstr(name, "年") + strlen("年");
    return (NameLines){.lines = {name}, .count = 1};
}

/* ---------------------------------------------------------------- dates */

/* 2024年6月 */
static bool is_dated(const char *name)
{
    size_t year = strspn(name, "0123456789");
    if (year != 4 || strncmp(name + year, "年", strlen("年")) != 0)
        return false;
    const char *month = name + year + strlen("年");
    size_t digits = strspn(month, "0123456789");
    return digits >= 1 && digits <= 2 && strcmp(month + digits, "月") == 0;
}

static bool all_names(const Canvas *canvas, bool (*property)(const char *))
{
    for (int c = 0; c < canvas->chart->category_count; c++)
        if (!property(category_name(canvas->chart, c)))
            return false;
    return true;
}

static int year_end(const Canvas *canvas, int first)
{
    int c = first + 1;
    while (c < canvas->chart->category_count &&
           strncmp(category_name(canvas->chart, c), category_name(canvas->chart, first), 4) == 0)
        c++;
    return c;
}

static Box year_box(Canvas *canvas, const TextStyle *style, const char *year, int first, int end,
    Length left, Length slot, Length top)
{
    Length middle = left + (Length)((int64_t)slot * (first + end) / 2);
    return canvas_inward(canvas, text_box(canvas->ts, style, year, middle, top, ALIGN_CENTRE));
}

static const char *year_of(Canvas *canvas, int category)
{
    return arena_strndup(
        canvas->ts->arena, category_name(canvas->chart, category), 4 + strlen("年"));
}

static bool years_fit(Canvas *canvas, const CategoryLayout *layout, Length left, Length slot)
{
    TextStyle style = label_style(layout->size);
    Length edge = canvas->frame.left - GAP;
    for (int c = 0, end; c < canvas->chart->category_count; c = end) {
        end = year_end(canvas, c);
        Box box = year_box(canvas, &style, year_of(canvas, c), c, end, left, slot, 0);
        if (box.left < edge + GAP)
            return false;
        edge = box.right;
    }
    return true;
}

static void place_years(
    Canvas *canvas, const CategoryLayout *layout, Length left, Length slot, Length top)
{
    TextStyle style = label_style(layout->size);
    for (int c = 0, end; c < canvas->chart->category_count; c = end) {
        end = year_end(canvas, c);
        const char *year = year_of(canvas, c);
        canvas_label(canvas, &style, year, year_box(canvas, &style, year, c, end, left, slot, top),
            TEXT_TAB);
        if (c > 0) {
            Length x = left + slot * c;
            canvas_rule(canvas,
                (Box){x - LENGTH_PT(0.25), top, x + LENGTH_PT(0.25), top + layout->size},
                (Color){128, 128, 128});
        }
    }
    canvas_end_line(canvas);
}

/* ---------------------------------------------------------------- fitting and placing */

/* Box of a name's line; staggered names go down one row every other time. */
static Box line_box(Canvas *canvas, const CategoryLayout *layout, const char *line, int category,
    int row, Length left, Length slot, Length top)
{
    TextStyle style = label_style(layout->size);
    if (layout->mode == CATEGORY_DROPPED && layout->rows && layout->rows[category] > 0)
        top += layout->above + (layout->rows[category] - 1) * name_leading(layout->size);
    if (layout->mode == CATEGORY_STAGGERED)
        row = category / layout->every % 2;
    Length middle = left + slot * category + slot / 2;
    Box box = text_box(
        canvas->ts, &style, line, middle, top + row * name_leading(layout->size), ALIGN_CENTRE);
    return canvas_inward(canvas, box);
}

static bool name_fits(
    Canvas *canvas, CategoryLayout *layout, int category, Length left, Length slot, Length *edges)
{
    NameLines lines = name_lines(canvas, layout, category, slot);
    if (lines.count > layout->lines)
        return false;
    int staggered = layout->mode == CATEGORY_STAGGERED ? category / layout->every % 2 : 0;
    bool upright = layout->mode == CATEGORY_UPRIGHT || layout->mode == CATEGORY_DROPPED;
    Length gap = upright ? LENGTH_PT(0.5) : GAP, right = edges[staggered];
    for (int i = 0; i < lines.count; i++) {
        Box box = line_box(canvas, layout, lines.lines[i], category, i, left, slot, 0);
        if (box.left < edges[staggered] + gap || box.right > canvas->frame.right)
            return false;
        right = box.right > right ? box.right : right;
    }
    edges[staggered] = right;
    int rows = layout->mode == CATEGORY_STAGGERED ? 2 : lines.count;
    Length height = (rows - 1) * name_leading(layout->size) + layout->size;
    layout->height = height > layout->height ? height : layout->height;
    return true;
}

static Length slot_middle(int category, Length left, Length slot)
{
    return left + slot * category + slot / 2;
}

static bool is_across(const Box *box, Length x)
{
    return x > box->left - GAP && x < box->right + GAP;
}

/* May name `c` stand in the row: neither on another one nor on the rule down to one, and its own
 * rule on none? */
static bool row_is_free(
    const CategoryLayout *layout, const Box *boxes, int c, int row, Length left, Length slot)
{
    for (int d = 0; d < c; d++) {
        int other = layout->rows[d];
        if (other == 0)
            continue;
        if ((other == row && boxes[d].right + GAP > boxes[c].left) ||
            (other < row && is_across(&boxes[d], slot_middle(c, left, slot))) ||
            (other > row && is_across(&boxes[c], slot_middle(d, left, slot))))
            return false;
    }
    return true;
}

/* Gives the few long names their rows below the upright ones. */
static bool drop_names(Canvas *canvas, CategoryLayout *layout, Length left, Length slot)
{
    TextStyle style = label_style(layout->size);
    int count = canvas->chart->category_count, dropped = 0, used = 0;
    Box *boxes = ARENA_ARRAY(canvas->ts->arena, Box, count);
    layout->rows = ARENA_ARRAY(canvas->ts->arena, int, count);
    for (int c = 0; c < count; c++) {
        if (!is_dropped(canvas, layout, c))
            continue;
        boxes[c] =
            canvas_inward(canvas, text_box(canvas->ts, &style, category_name(canvas->chart, c),
                                      slot_middle(c, left, slot), 0, ALIGN_CENTRE));
        int row = 1;
        while (row <= DROPPED_ROWS && !row_is_free(layout, boxes, c, row, left, slot))
            row++;
        if (row > DROPPED_ROWS || boxes[c].left < canvas->frame.left)
            return false;
        layout->rows[c] = row;
        used = row > used ? row : used;
        dropped++;
    }
    layout->above = layout->height + GAP;
    layout->height = layout->above + (used - 1) * name_leading(layout->size) + layout->size;
    return dropped > 0 && dropped * DROPPED_SHARE <= count;
}

static bool fits(Canvas *canvas, CategoryLayout *layout, Length left, Length slot)
{
    Length edges[2] = {canvas->frame.left - GAP, canvas->frame.left - GAP};
    layout->height = 0;
    for (int c = 0; c < canvas->chart->category_count; c += layout->every)
        if (!is_dropped(canvas, layout, c) && !name_fits(canvas, layout, c, left, slot, edges))
            return false;
    if (layout->mode == CATEGORY_DROPPED)
        return drop_names(canvas, layout, left, slot);
    if (layout->mode == CATEGORY_DATED) {
        layout->height += name_leading(layout->size);
        return years_fit(canvas, layout, left, slot);
    }
    return true;
}

/* In the order in which they read best. */
static const struct Attempt {
    CategoryMode mode;
    double size;
    int lines;
    int characters; /* a wrapped line holds at least so many */
    bool han;       /* only for names that look well upright */
} attempts[] = {
    {CATEGORY_ONE_LINE, 10.5, 1, 0, false},
    {CATEGORY_ONE_LINE, 9, 1, 0, false},
    {CATEGORY_DATED, 9, 1, 0, false},
    {CATEGORY_DATED, 7.5, 1, 0, false},
    {CATEGORY_UPRIGHT, 10.5, 4, 0, true},
    {CATEGORY_UPRIGHT, 9, 5, 0, true},
    {CATEGORY_WRAPPED, 9, 3, 4, false},
    {CATEGORY_STAGGERED, 9, 1, 0, false},
    {CATEGORY_WRAPPED, 9, 4, 3, false},
    {CATEGORY_DROPPED, 9, 6, 0, false},
    {CATEGORY_UPRIGHT, 9, 12, 0, true},
    {CATEGORY_WRAPPED, 9, 5, 2, false},
    {CATEGORY_UPRIGHT, 9, 16, 0, false},
    {CATEGORY_UPRIGHT, 7.5, 20, 0, false},
};
enum { ATTEMPT_COUNT = sizeof attempts / sizeof *attempts };

static bool is_suitable(Canvas *canvas, const struct Attempt *attempt, Length slot)
{
    bool dated = all_names(canvas, is_dated);
    if (dated || attempt->mode == CATEGORY_DATED) /* dates are rather thinned out than turned */
        return dated && (attempt->mode == CATEGORY_DATED || attempt->mode == CATEGORY_ONE_LINE);
    if (attempt->han && !all_names(canvas, is_uprightable))
        return false;
    return slot >= LENGTH_PT(attempt->characters * attempt->size) + GAP || attempt->characters == 0;
}

/* Each second, third … name: for dates, whose gaps everyone can fill, and for the names of a line.
 */
static bool thin_out(Canvas *canvas, Length left, Length slot, CategoryLayout *out)
{
    bool dated = all_names(canvas, is_dated);
    if (!dated && canvas->chart->kind != CHART_LINE)
        return false;
    *out = (CategoryLayout){
        .mode = dated ? CATEGORY_DATED : CATEGORY_ONE_LINE, .size = LENGTH_PT(9), .lines = 1};
    for (out->every = 2; out->every < canvas->chart->category_count; out->every++)
        if ((!dated || 12 % out->every == 0 || out->every % 12 == 0) &&
            fits(canvas, out, left, slot))
            return true;
    return false;
}

bool category_layout(Canvas *canvas, Length left, Length slot, CategoryLayout *out)
{
    for (int i = 0; i < ATTEMPT_COUNT; i++) {
        *out = (CategoryLayout){.mode = attempts[i].mode,
            .size = LENGTH_PT(attempts[i].size),
            .lines = attempts[i].lines,
            .every = 1};
        if (is_suitable(canvas, &attempts[i], slot) && fits(canvas, out, left, slot))
            return true;
    }
    return thin_out(canvas, left, slot, out) || canvas_fail(canvas, DIAG_E317, NULL);
}

/* From the axis down to a dropped name. */
static void place_leader(Canvas *canvas, const CategoryLayout *layout, int category, Length left,
    Length slot, Length top)
{
    Length x = left + slot * category + slot / 2, half = LENGTH_PT(0.2);
    Length end = top + layout->above + (layout->rows[category] - 1) * name_leading(layout->size);
    canvas_rule(canvas, (Box){x - half, top, x + half, end - LENGTH_PT(1)}, (Color){128, 128, 128});
}

void category_place(
    Canvas *canvas, const CategoryLayout *layout, Length left, Length slot, Length top)
{
    TextStyle style = label_style(layout->size);
    for (int c = 0; c < canvas->chart->category_count; c += layout->every) {
        NameLines lines = name_lines(canvas, layout, c, slot);
        if (is_dropped(canvas, layout, c))
            place_leader(canvas, layout, c, left, slot, top);
        for (int i = 0; i < lines.count; i++)
            canvas_label(canvas, &style, lines.lines[i],
                line_box(canvas, layout, lines.lines[i], c, i, left, slot, top),
                i + 1 < lines.count ? TEXT_GOES_ON : TEXT_TAB);
    }
    canvas_end_line(canvas);
    if (layout->mode == CATEGORY_DATED)
        place_years(canvas, layout, left, slot, top + name_leading(layout->size));
}
