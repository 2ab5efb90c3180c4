/* Reads the axis of a drawing back off the page: rules of the grid and the figures beside them, as
 * a reader does; so that a bar can be held against what its axis says. */
#ifndef TESTS_CHART_AXIS_H
#define TESTS_CHART_AXIS_H

#include <math.h>
#include "chart_marks.h"

static const Length TICK_GAP = LENGTH_PT(5);
static const Length HAIR = 4; /* roundings to 1/1024 pt, of a place and of the ticks */

/* Left of the grid, right of it, below it (条形). */
typedef enum Side { SIDE_LEFT, SIDE_RIGHT, SIDE_BELOW } Side;

typedef struct Axis {
    double low, high;  /* figures of the outermost ticks … */
    double from, to;   /* … and where they stand */
    Length start, end; /* of the rules of the grid, across */
    int ticks;
    int shift; /* its figures are in 万 (4) or 亿 (8) */
} Axis;

static inline bool near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

static inline double axis_at(const Axis *axis, double value)
{
    return axis->from + (value - axis->low) / (axis->high - axis->low) * (axis->to - axis->from);
}

/* 单位：万吨, at the left end of the head or at its right one. */
static inline int read_shift(const Drawing *drawing, const Boxes *texts, bool right)
{
    static const char UNIT[] = "单位：";
    for (size_t i = 0; i < texts->count; i++) {
        const Box *box = &texts->boxes[i];
        const char *text = texts->texts[i], *power = text + strlen(UNIT);
        bool ours = right ? near(box->right, drawing->frame.right, HAIR)
                          : near(box->left, drawing->frame.left, HAIR);
        if (ours && box->top == drawing->frame.top && strncmp(text, UNIT, strlen(UNIT)) == 0)
            return strncmp(power, "万", 3) == 0 ? 4 : strncmp(power, "亿", 3) == 0 ? 8 : 0;
    }
    return 0;
}

/* -2.5, 40%; false: no figure. */
static inline bool read_figure(const char *text, int shift, double *value)
{
    char digits[DECIMAL_TEXT];
    size_t length = strcspn(text, "%");
    Decimal figure;
    if (length == 0 || length >= sizeof digits || (text[length] && text[length + 1]))
        return false;
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    if (!decimal_parse(digits, &figure))
        return false;
    *value = decimal_to_double(figure) * pow(10, shift) / (text[length] ? 100 : 1);
    return true;
}

static inline bool stands_at(const Box *text, const Rect *rule, Side side)
{
    double middle = side == SIDE_BELOW ? rule->x + rule->width / 2.0 : rule->y + rule->height / 2.0;
    if (side == SIDE_BELOW)
        return near((text->left + text->right) / 2.0, middle, HAIR) &&
               near(text->top, rule->y + rule->height + TICK_GAP, HAIR);
    double across = side == SIDE_LEFT ? rule->x - TICK_GAP - text->right
                                      : text->left - (rule->x + rule->width + TICK_GAP);
    return near((text->top + text->bottom) / 2.0, middle, HAIR) && near(across, 0, HAIR);
}

static inline bool is_grid(const Mark *mark, Side side)
{
    if (mark->kind != MARK_RECT || mark->rect.color.red == 255)
        return false;
    Length length = side == SIDE_BELOW ? mark->rect.height : mark->rect.width;
    Length width = side == SIDE_BELOW ? mark->rect.width : mark->rect.height;
    return width < LENGTH_PT(1) && length > 10 * width;
}

static inline void note_tick(Axis *axis, const Rect *rule, double value, Side side)
{
    double at = side == SIDE_BELOW ? rule->x + rule->width / 2.0 : rule->y + rule->height / 2.0;
    if (axis->ticks == 0 || value < axis->low) {
        axis->low = value;
        axis->from = at;
    }
    if (axis->ticks == 0 || value > axis->high) {
        axis->high = value;
        axis->to = at;
    }
    axis->start = side == SIDE_BELOW ? rule->y : rule->x;
    axis->end = side == SIDE_BELOW ? rule->y + rule->height : rule->x + rule->width;
    axis->ticks++;
}

/* `used`: the texts that are ticks are marked. All ticks lie where a straight axis has them. */
static inline Axis read_axis(
    const Drawing *drawing, const Boxes *texts, Side side, int shift, bool *used)
{
    Axis axis = {.shift = shift};
    const Page *page = drawing->page;
    for (int pass = 0; pass < 2; pass++)
        for (size_t m = 0; m < page->mark_count; m++)
            for (size_t i = 0; is_grid(&page->marks[m], side) && i < texts->count; i++) {
                const Rect *rule = &page->marks[m].rect;
                double value;
                if (!stands_at(&texts->boxes[i], rule, side) ||
                    !read_figure(texts->texts[i], shift, &value))
                    continue;
                used[i] = true;
                double at =
                    side == SIDE_BELOW ? rule->x + rule->width / 2.0 : rule->y + rule->height / 2.0;
                if (pass == 0)
                    note_tick(&axis, rule, value, side);
                else if (!near(axis_at(&axis, value), at, HAIR))
                    fail_msg(
                        "tick “%s” at %.1f, not %.1f", texts->texts[i], at, axis_at(&axis, value));
            }
    if (axis.ticks < 2)
        fail_msg("an axis of %d ticks", axis.ticks);
    return axis;
}

#endif
