#include "typeset/justify.h"

static void trim_left(Box *box, Length amount)
{
    box->width -= amount;
    box->offset -= amount;
    box->blank_left -= amount;
}

static void trim_right(Box *box, Length amount)
{
    box->width -= amount;
    box->blank_right -= amount;
}

static void trim_closing(Box *box)
{
    trim_right(box, box->blank_right);
    trim_left(box, box->blank_left);
}

static bool is_exclamation(const Box *box)
{
    return box->code == 0xff01 || box->code == 0xff1f;
}

/* GB/T 15834 5.1.2: ？！ side by side take one cell together (three take two: the general rule
 * gives that). */
static bool is_lone_pair(const Box *boxes, int count, int i)
{
    return is_exclamation(&boxes[i]) && is_exclamation(&boxes[i + 1]) &&
           (i == 0 || !is_exclamation(&boxes[i - 1])) &&
           (i + 2 >= count || !is_exclamation(&boxes[i + 2]));
}

void justify_pairs(Box *boxes, int count)
{
    for (int i = 0; i + 1 < count; i++) {
        Box *left = &boxes[i], *right = &boxes[i + 1];
        if (!shape_same_run(left, right) || right->line_break_before) {
            continue;
        }
        if (shape_is_closing(left) && (shape_is_closing(right) || right->class == CLASS_OPEN)) {
            if (is_lone_pair(boxes, count, i)) {
                trim_closing(right);
            }
            trim_closing(left);
        } else if (left->class == CLASS_OPEN && right->class == CLASS_OPEN) {
            trim_left(right, right->blank_left);
        }
    }
}

/* ---------------------------------------------------------------- squeezing */

/* The steps of typesetting.md 10.5. Interpuncts are half a cell already and there is no gap
 * between Han and Latin: those steps are empty here. Blanks are taken only inside a glyph run:
 * only there can overlapping glyphs share a cluster, without which Poppler breaks the text
 * (engine.md 1.5). */
typedef enum Step {
    STEP_END,
    STEP_SPACES,
    STEP_BRACKETS,
    STEP_PAUSES,
    STEP_STOPS,
    STEP_COUNT
} Step;

static Length squeezable(const Box *boxes, int first, int end, int i, Step step)
{
    const Box *box = &boxes[i];
    bool right = i + 1 < end && shape_same_run(box, &boxes[i + 1]);
    switch (step) {
    case STEP_END:
        return i == end - 1 ? justify_end_shrink(box) : 0;
    case STEP_SPACES:
        return box->class == CLASS_SPACE && box->width > box->style->size / 4
                   ? box->width - box->style->size / 4
                   : 0;
    case STEP_BRACKETS:
        if (box->class == CLASS_OPEN) {
            return i > first && shape_same_run(&boxes[i - 1], box) ? box->blank_left : 0;
        }
        return box->class == CLASS_CLOSE && right ? box->blank_right : 0;
    case STEP_PAUSES:
        return box->class == CLASS_PAUSE && right ? box->blank_right : 0;
    case STEP_STOPS:
        return box->class == CLASS_STOP && right ? box->blank_right : 0;
    case STEP_COUNT:
        break;
    }
    return 0;
}

Length justify_end_shrink(const Box *box)
{
    return shape_is_closing(box) ? box->blank_left + box->blank_right : 0;
}

Length justify_shrink(const Box *boxes, int count, int i)
{
    Length sum = 0;
    for (Step step = STEP_SPACES; step < STEP_COUNT; step++) {
        sum += squeezable(boxes, 0, count, i, step);
    }
    return sum;
}

void justify_line_start(Box *box)
{
    if (box->class == CLASS_OPEN) {
        trim_left(box, box->blank_left);
    }
}

void justify_line_end(Box *box)
{
    if (shape_is_closing(box)) {
        trim_closing(box);
    }
}

static void squeeze_box(Box *box, Length amount, Step step)
{
    if (step == STEP_SPACES) {
        box->width -= amount;
    } else if (box->class == CLASS_OPEN) {
        trim_left(box, amount);
    } else {
        Length right = amount < box->blank_right ? amount : box->blank_right;
        trim_right(box, right);
        trim_left(box, amount - right);
    }
}

/* Takes up to `need` from the boxes of one step, of each the same `share` (1: all, 2: half of what
 * it has) and in proportion. Returns what is still needed. */
static Length squeeze_step(Box *boxes, int first, int end, Length need, Step step, int share)
{
    int64_t total = 0, seen = 0, taken = 0;
    for (int i = first; i < end; i++) {
        total += squeezable(boxes, first, end, i, step) / share;
    }
    int64_t wanted = need < total ? need : total;
    for (int i = first; i < end && taken < wanted; i++) {
        Length have = squeezable(boxes, first, end, i, step) / share;
        if (have > 0) {
            seen += have;
            Length part = (Length)(wanted * seen / total - taken);
            squeeze_box(&boxes[i], part, step);
            taken += part;
        }
    }
    return need - (Length)wanted;
}

/* Takes `need` in the order of the steps. The marks within the line give half of their blank
 * first, all steps in turn, and the rest only when that is not enough: a bracket set tight beside
 * commas set wide is the first thing the eye falls upon. Returns what could not be taken. */
static Length squeeze(Box *boxes, int first, int end, Length need)
{
    static const struct {
        Step step;
        int share;
    } ORDER[] = {{STEP_END, 1}, {STEP_SPACES, 1}, {STEP_BRACKETS, 2}, {STEP_PAUSES, 2},
        {STEP_STOPS, 2}, {STEP_BRACKETS, 1}, {STEP_PAUSES, 1}, {STEP_STOPS, 1}};
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER && need > 0; i++) {
        need = squeeze_step(boxes, first, end, need, ORDER[i].step, ORDER[i].share);
    }
    return need;
}

/* ---------------------------------------------------------------- stretching */

static bool is_fixed(const Box *box)
{
    return box->class == CLASS_CONNECTOR || box->class == CLASS_SOLIDUS ||
           box->class == CLASS_MIDDLE;
}

/* No gap opens inside words, numbers and the two halves of —— ……, beside connectors, or before a
 * note's mark or a small figure. */
static bool may_open(const Box *left, const Box *right)
{
    return !(shape_in_word(left) && shape_in_word(right)) &&
           !(left->class == right->class &&
               (left->class == CLASS_DASH || left->class == CLASS_ELLIPSIS)) &&
           !is_fixed(left) && !is_fixed(right) && right->class != CLASS_NOTE &&
           right->style->rise == 0;
}

typedef enum Level { LEVEL_SPACES, LEVEL_RUNS, LEVEL_ALL, LEVEL_WORDS, LEVEL_COUNT } Level;

/* May the gap after box i grow on this level? */
static bool stretchable(const Box *boxes, int i, Level level)
{
    const Box *left = &boxes[i], *right = &boxes[i + 1];
    switch (level) {
    case LEVEL_SPACES:
        return left->class == CLASS_SPACE;
    case LEVEL_RUNS:
        return may_open(left, right) && shape_same_run(left, right);
    case LEVEL_ALL:
        return may_open(left, right);
    default:
        return true;
    }
}

/* The most that one gap may take: Latin spaces grow to half an em; a gap inside a run to 0.09 em,
 * where Poppler starts to read a blank; then all gaps without bound. */
static int64_t gap_limit(const Box *box, Level level)
{
    if (level == LEVEL_SPACES) {
        Length room = box->style->size / 2 - box->width;
        return room > 0 ? room : 0;
    }
    return level == LEVEL_RUNS ? box->style->size * 9 / 100 : INT32_MAX;
}

/* Widens the gaps of a level; returns the slack that is left. */
static Length stretch_level(Box *boxes, int first, int end, Length slack, Level level)
{
    int64_t gaps = 0, room = 0;
    for (int i = first; i + 1 < end; i++) {
        if (stretchable(boxes, i, level)) {
            gaps++;
            room += gap_limit(&boxes[i], level);
        }
    }
    int64_t wanted = slack < room ? slack : room, seen = 0, given = 0;
    for (int i = first; i + 1 < end && given < wanted; i++) {
        if (stretchable(boxes, i, level)) {
            seen++;
            int64_t part = wanted * seen / gaps - given;
            boxes[i].width += (Length)part;
            given += part;
        }
    }
    return slack - (Length)given;
}

static Length line_width(const Box *boxes, int first, int end)
{
    Length width = 0;
    for (int i = first; i < end; i++) {
        width += boxes[i].width;
    }
    return width;
}

Length justify_line(Box *boxes, int first, int end, Length measure, bool stretch, bool *loose)
{
    Length width = line_width(boxes, first, end);
    *loose = false;
    if (width > measure) {
        Length rest = squeeze(boxes, first, end, width - measure);
        /* A few units too many come from rounding the cell up: they are taken between the boxes. */
        for (int i = first; i + 1 < end && rest > 0 && rest <= end - first; i++, rest--) {
            boxes[i].width--;
        }
        return measure + rest;
    }
    if (!stretch) {
        return width;
    }
    Length slack = measure - width;
    for (Level level = LEVEL_SPACES; level < LEVEL_COUNT && slack > 0; level++) {
        *loose |= level >= LEVEL_ALL;
        slack = stretch_level(boxes, first, end, slack, level);
    }
    return measure - slack;
}
