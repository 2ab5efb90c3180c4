#include "typeset/title.h"

#include <string.h>
#include "typeset/justify.h"
#include "typeset/linebreak.h"
#include "typeset/title_internal.h"

enum { MAX_LINES = 6 };

/* Shapes, in squared tenths of a cell: a 梯形 (lines growing or shrinking) or 菱形 (the middle ones
 * longest) costs nothing (GB/T 9704 7.3.1; typesetting.md 3.1). */
enum {
    SHAPE_HOURGLASS = 9000, /* a line shorter than one above and one below it … */
    SHAPE_WAIST = 2500,     /* … by little */
    SHAPE_BLOCK = 4000,     /* all lines of one length */
    SHAPE_PAIR = 300,       /* two lines of one length among others */
    SHAPE_MORE_LINES = 3000,
    SAME_TENTHS = 6,   /* lengths that look the same */
    WAIST_TENTHS = 15, /* the most that a line may be too short by */
    LEAST_CELLS = 4    /* of a line */
};

/* A stretch without forced breaks, and the search for its lines. */
typedef struct Search {
    const Shaped *shaped;
    int first, count; /* boxes */
    Length measure, cell;
    const int *penalties;
    int64_t *width; /* of the stretch's first i boxes */
    int lines;
    int tenths[MAX_LINES]; /* width of each line so far, in tenths of a cell */
    int ends[MAX_LINES];
    int64_t best;
    int best_ends[MAX_LINES];
} Search;

/* As it looks: without the blanks of marks at its ends. */
static int64_t line_width(const Search *s, int from, int to)
{
    const Box *boxes = s->shaped->boxes + s->first;
    int last = linebreak_visible_end(boxes, from, to) - 1;
    Length before = boxes[from].class == CLASS_OPEN ? boxes[from].blank_left : 0;
    return s->width[last + 1] - s->width[from] - before - justify_end_shrink(&boxes[last]);
}

/* ---------------------------------------------------------------- shape */

static bool same(int a, int b)
{
    return a - b <= SAME_TENTHS && b - a <= SAME_TENTHS;
}

/* By how much is a line shorter than one above it and one below it? */
static int waist(const int *tenths, int lines)
{
    int most = 0;
    for (int i = 1; i + 1 < lines; i++) {
        int above = 0, below = 0;
        for (int k = 0; k < lines; k++) {
            int *longest = k < i ? &above : &below;
            *longest = k != i && tenths[k] > *longest ? tenths[k] : *longest;
        }
        int lacks = (above < below ? above : below) - tenths[i];
        most = lacks > most ? lacks : most;
    }
    return most;
}

static int64_t shape_cost(const int *tenths, int lines)
{
    int pairs = 0, lacks = waist(tenths, lines);
    for (int i = 1; i < lines; i++) {
        pairs += same(tenths[i], tenths[i - 1]);
    }
    if (lines > 1 && pairs == lines - 1) {
        return SHAPE_BLOCK;
    }
    int64_t cost = lacks > WAIST_TENTHS ? SHAPE_HOURGLASS : lacks > SAME_TENTHS ? SHAPE_WAIST : 0;
    return cost + (int64_t)pairs * SHAPE_PAIR;
}

/* Squared distance from the even share, since one long line looks worse than two middling ones. */
static int64_t line_cost(const Search *s, int line)
{
    int share = (int)(s->width[s->count] * 10 / s->cell / s->lines);
    int64_t distance = s->tenths[line] - share;
    bool lone = s->lines > 1 && s->tenths[line] < LEAST_CELLS * 10 - 5;
    return distance * distance + (lone ? TITLE_HARD : 0);
}

/* ---------------------------------------------------------------- search */

/* All ways to end the lines from `line` on, whose first box is `from`; the lines above cost
 * `cost`. */
static void search_line(Search *s, int line, int from, int64_t cost)
{
    bool last = line == s->lines - 1;
    int64_t rest_room = (int64_t)s->measure * (s->lines - line - 1);
    for (int to = last ? s->count : from + 1; to <= s->count; to++) {
        int64_t width = line_width(s, from, to);
        if (width > s->measure) {
            return;
        }
        bool cannot = !last && (to == s->count || s->penalties[to] == BREAK_NEVER ||
                                   s->width[s->count] - s->width[to] > rest_room + s->cell);
        if (cannot) {
            continue;
        }
        s->tenths[line] = (int)(width * 10 / s->cell);
        s->ends[line] = s->first + to;
        int64_t sum = cost + line_cost(s, line) + (last ? 0 : s->penalties[to]);
        sum += last ? shape_cost(s->tenths, s->lines) : 0;
        if (s->best >= 0 && sum >= s->best) {
            continue;
        }
        if (!last) {
            search_line(s, line + 1, to, sum);
        } else {
            s->best = sum;
            memcpy(s->best_ends, s->ends, sizeof s->ends);
        }
    }
}

/* Best ends for so many lines. Returns the cost, -1 when they cannot hold the title. */
static int64_t search(Search *s, int lines, int ends[MAX_LINES])
{
    s->lines = lines;
    s->best = -1;
    search_line(s, 0, 0, 0);
    memcpy(ends, s->best_ends, sizeof s->best_ends);
    return s->best;
}

/* The least number of lines that hold the stretch with a little room beside; one more where those
 * would split a word or make an hour-glass. Returns how many; 0 when MAX_LINES do not hold it. */
static int choose_lines(Search *s, int ends[MAX_LINES])
{
    int64_t total = line_width(s, 0, s->count), roomy = (int64_t)s->measure * 148 / 156;
    int least = total <= s->measure ? 1 : (int)((total + roomy - 1) / roomy);
    for (int lines = least; lines <= MAX_LINES; lines++) {
        int64_t cost = search(s, lines, ends);
        int more[MAX_LINES];
        if (cost < 0) {
            continue;
        }
        if (cost < SHAPE_HOURGLASS || lines == MAX_LINES) {
            return lines;
        }
        int64_t other = search(s, lines + 1, more);
        if (other < 0 || other + SHAPE_MORE_LINES >= cost) {
            return lines;
        }
        memcpy(ends, more, sizeof more);
        return lines + 1;
    }
    return 0;
}

/* One stretch without forced breaks. False when it needs more than MAX_LINES. */
static bool break_stretch(
    Arena *arena, const Shaped *shaped, int first, int end, const LineSpec *spec, TextLines *lines)
{
    const Box *boxes = shaped->boxes + first;
    Search s = {.shaped = shaped,
        .first = first,
        .count = end - first,
        .measure = spec->measure,
        .cell = boxes->style->cell,
        .penalties = title_penalties(arena, shaped, first, end)};
    s.width = ARENA_ARRAY(arena, int64_t, s.count + 1);
    for (int i = 0; i < s.count; i++) {
        s.width[i + 1] = s.width[i] + boxes[i].width;
    }
    int ends[MAX_LINES];
    int count = choose_lines(&s, ends);
    for (int i = 0; i < count; i++) {
        text_add_line(arena, lines, text_make_line(arena, shaped, first, ends[i], spec, false));
        first = ends[i];
    }
    return count > 0;
}

TextLines *title_break(Typesetter *ts, const TextPiece *pieces, Length measure)
{
    const LineSpec spec = {.measure = measure, .align = ALIGN_CENTRE, .no_orphan = true};
    const Shaped *shaped = shape_pieces(ts, pieces);
    TextLines *lines = ARENA_NEW(ts->arena, TextLines);
    for (int first = 0; first < shaped->count;) {
        int end = first + 1;
        while (end < shaped->count && !shaped->boxes[end].line_break_before) {
            end++;
        }
        if (!break_stretch(ts->arena, shaped, first, end, &spec, lines)) {
            return text_break(ts, pieces, &spec);
        }
        first = end;
    }
    return lines;
}
