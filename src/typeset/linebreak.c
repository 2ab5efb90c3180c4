#include "typeset/linebreak.h"

#include "typeset/justify.h"

/* Costs of legal but poor breaks, in 1/100 cell of stretching that they are worth (typesetting.md
 * 10.3: “last resort”). */
enum {
    COST_MEASURE_WORD = 600,    /* 35|个, 第|3期, 5 |km */
    COST_MAGNITUDE = 400,       /* 80余|户, 12万|元 */
    COST_DATE = 30,             /* 2024年|11月|21日 */
    COST_DOCUMENT_YEAR = 100,   /* 发|〔2024〕 */
    COST_DOCUMENT_NUMBER = 200, /* 〔2024〕|3号 */
    COST_ENUMERATOR = 100,      /* （一）|抓, 一、|总 */
    COST_RANGE = 200,           /* 63%～|68%, 1—|6月 */
    COST_ADDRESS = 40,          /* https://www.|example.|cn/ */
    COST_CONNECTOR = 20,        /* 北京—|上海 */
    COST_MIDDLE = 50,           /* 一·|二八 */
    COST_HYPHEN = 50,
    COST_WIDE_SPACE = 30,
    COST_HANG = 25,        /* a mark beyond the measure: sooner than squeezing marks within */
    COST_ORPHAN = 100,     /* 孤字成行, for each character wanted and once more */
    COST_EMERGENCY = 1200, /* stretch that is worse than breaking a word … */
    COST_LONG_WORD = 250   /* … and than breaking one that no line can hold */
};

/* Never at the start of a line; SUFFIX because nothing but a figure stands before it. A small
 * figure belongs to what it is raised or lowered beside. */
static bool never_starts(const Box *box, Kinsoku level)
{
    if (box->style->rise != 0) {
        return true;
    }
    switch ((CharClass)box->class) {
    case CLASS_CLOSE:
    case CLASS_PAUSE:
    case CLASS_STOP:
    case CLASS_CONNECTOR:
    case CLASS_MIDDLE:
    case CLASS_SOLIDUS:
    case CLASS_SUFFIX:
    case CLASS_SPACE:
    case CLASS_WIDE_SPACE:
    case CLASS_NOTE:
        return true;
    case CLASS_DASH:
    case CLASS_ELLIPSIS:
        return level == KINSOKU_STRICT;
    default:
        return false;
    }
}

/* Never at the end of a line. */
static bool never_ends(const Box *box, Kinsoku level)
{
    return box->class == CLASS_OPEN || (box->class == CLASS_SOLIDUS && level != KINSOKU_BASIC);
}

static bool is_one_of(uint32_t code, const uint32_t *codes)
{
    while (*codes != 0 && *codes != code) {
        codes++;
    }
    return *codes != 0;
}

static bool is_han_numeral(uint32_t code)
{
    static const uint32_t NUMERALS[] = {0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03,
        0x516b, 0x4e5d, 0x5341, 0}; /* 一二三四五六七八九十 */
    return is_one_of(code, NUMERALS);
}

static bool is_magnitude(uint32_t code)
{
    static const uint32_t MAGNITUDES[] = {
        0x4f59, 0x591a, 0x4e07, 0x4ebf, 0x5343, 0x767e, 0}; /* 余多万亿千百 */
    return is_one_of(code, MAGNITUDES);
}

static bool is_full_digit(const Box *box)
{
    return box->code >= 0xff10 && box->code <= 0xff19;
}

/* Does an enumerator end at box i: （一） ① 一、 1. at the start of a sentence? */
static bool ends_enumerator(const Box *boxes, int i)
{
    int k = i - 1;
    while (
        k >= 0 && k > i - 4 && (is_han_numeral(boxes[k].code) || boxes[k].class == CLASS_DIGIT)) {
        k--;
    }
    if (k == i - 1) {
        return false;
    }
    if (boxes[i].class == CLASS_CLOSE) {
        return k >= 0 && boxes[k].class == CLASS_OPEN;
    }
    return k < 0 || boxes[k].class == CLASS_STOP;
}

/* Between a and b, both in words or numbers: only after a hyphen between letters. */
static int word_cost(const Box *boxes, int i)
{
    const Box *a = &boxes[i - 1], *b = &boxes[i];
    bool hyphen = (a->code == '-' || a->code == 0x2010) && i >= 2 &&
                  boxes[i - 2].class == CLASS_WESTERN && b->class == CLASS_WESTERN;
    return hyphen ? COST_HYPHEN : BREAK_NEVER;
}

static int after_mark_cost(const Box *boxes, int i)
{
    const Box *a = &boxes[i - 1], *b = &boxes[i];
    const Box *before = i >= 2 ? &boxes[i - 2] : NULL;
    bool in_digits = before && before->class == CLASS_DIGIT && b->class == CLASS_DIGIT;
    switch ((CharClass)a->class) {
    case CLASS_PAUSE:
    case CLASS_STOP:
        /* ３．５ １，２００ 10：30 */
        if (in_digits && (a->code == 0xff1a || (is_full_digit(before) && is_full_digit(b)))) {
            return BREAK_NEVER;
        }
        return ends_enumerator(boxes, i - 1) ? COST_ENUMERATOR : BREAK_FREE;
    case CLASS_CLOSE:
        if (a->code == 0x3015 && b->class == CLASS_DIGIT) {
            return COST_DOCUMENT_NUMBER;
        }
        return ends_enumerator(boxes, i - 1) ? COST_ENUMERATOR : BREAK_FREE;
    case CLASS_MIDDLE:
        return in_digits ? BREAK_NEVER : COST_MIDDLE;
    case CLASS_CONNECTOR:
        return b->class == CLASS_DIGIT ? COST_RANGE : COST_CONNECTOR;
    case CLASS_WIDE_SPACE:
        return COST_WIDE_SPACE;
    default:
        return BREAK_FREE;
    }
}

/* After a figure: what it counts, and its sign of tolerance. */
static int after_digit_cost(const Box *b)
{
    return b->class == CLASS_HAN || b->class == CLASS_PREFIX ? COST_MEASURE_WORD : BREAK_FREE;
}

static int after_han_cost(const Box *boxes, int i)
{
    const Box *a = &boxes[i - 1], *b = &boxes[i];
    bool after_digit = i >= 2 && boxes[i - 2].class == CLASS_DIGIT;
    if (b->code == 0x3014) {
        return COST_DOCUMENT_YEAR;
    }
    if (a->code == 0x7b2c && b->class == CLASS_DIGIT) {
        return COST_MEASURE_WORD; /* 第 */
    }
    if (after_digit && b->class == CLASS_DIGIT && (a->code == 0x5e74 || a->code == 0x6708)) {
        return COST_DATE; /* 年 月 */
    }
    return after_digit && b->class == CLASS_HAN && is_magnitude(a->code) ? COST_MAGNITUDE
                                                                         : BREAK_FREE;
}

/* Between box i-1, which is no space, and box i. */
static int pair_cost(const Box *boxes, int i, Kinsoku level)
{
    const Box *a = &boxes[i - 1], *b = &boxes[i];
    if (never_starts(b, level) || never_ends(a, level)) {
        return BREAK_NEVER;
    }
    if (shape_in_word(a) && shape_in_word(b)) {
        return word_cost(boxes, i);
    }
    if (a->class == b->class && (a->class == CLASS_DASH || a->class == CLASS_ELLIPSIS)) {
        return BREAK_NEVER;
    }
    switch ((CharClass)a->class) {
    case CLASS_PREFIX:
        return shape_in_word(b) ? BREAK_NEVER : BREAK_FREE;
    case CLASS_DIGIT:
        return after_digit_cost(b);
    case CLASS_HAN:
        return after_han_cost(boxes, i);
    case CLASS_NOTE:
        return BREAK_FREE;
    default:
        return after_mark_cost(boxes, i);
    }
}

/* Is the word that starts at b a unit of at most three letters: 5 km, 3.2 m²? */
static bool is_unit(const Box *boxes, int count, int b)
{
    enum { UNIT_LETTERS = 3 };
    int end = b;
    while (end < count && boxes[end].class == CLASS_WESTERN && shape_is_letter(boxes[end].code)) {
        end++;
    }
    return end > b && end - b <= UNIT_LETTERS;
}

/* Before box i, with blanks between it and the box `before`: they are transparent for the rules. */
static int blank_cost(const Box *boxes, int count, int before, int i, Kinsoku level)
{
    if (never_starts(&boxes[i], level) || never_ends(&boxes[before], level)) {
        return BREAK_NEVER;
    }
    bool unit = boxes[before].class == CLASS_DIGIT && before == i - 2 && is_unit(boxes, count, i);
    return unit ? COST_MEASURE_WORD : BREAK_FREE;
}

/* ---------------------------------------------------------------- addresses */

static bool is_address(const Box *boxes, int first, int end)
{
    int slashes = 0, w = 0;
    for (int i = first; i < end; i++) {
        slashes = boxes[i].code == '/' ? slashes + 1 : 0;
        w = (boxes[i].code | 32) == 'w' ? w + 1 : 0;
        bool inside = i > first && i + 1 < end;
        if (inside &&
            (boxes[i].code == '@' || slashes == 2 || (w == 3 && boxes[i + 1].code == '.'))) {
            return true;
        }
    }
    return false;
}

/* A long address (of the web, of a mailbox) may go on after one of its marks, with three
 * characters or more on either side. */
static void address_costs(Box *boxes, int first, int end)
{
    static const uint32_t MARKS[] = {'/', '.', '?', '&', '=', '-', '_', '@', ',', ';', '#', 0};
    enum { BESIDE = 3 };
    for (int i = first + BESIDE; i + BESIDE <= end; i++) {
        bool mark = is_one_of(boxes[i - 1].code, MARKS) && !is_one_of(boxes[i].code, MARKS);
        if (mark) {
            boxes[i].break_before = COST_ADDRESS;
        }
    }
}

static void find_addresses(Box *boxes, int count)
{
    enum { LEAST = 12 };
    for (int first = 0; first < count;) {
        int end = first + 1;
        while (shape_in_word(&boxes[first]) && end < count && shape_in_word(&boxes[end])) {
            end++;
        }
        if (end - first >= LEAST && is_address(boxes, first, end)) {
            address_costs(boxes, first, end);
        }
        first = end;
    }
}

void linebreak_costs(Box *boxes, int count, Kinsoku level)
{
    for (int i = 1; i < count; i++) {
        int before = i - 1;
        while (before > 0 && boxes[before].class == CLASS_SPACE) {
            before--;
        }
        boxes[i].break_before = before == i - 1 ? pair_cost(boxes, i, level)
                                                : blank_cost(boxes, count, before, i, level);
    }
    find_addresses(boxes, count);
}

/* ---------------------------------------------------------------- totals */

static bool counts_as_body(const Box *box)
{
    return box->class == CLASS_HAN || shape_in_word(box) || box->class == CLASS_PREFIX ||
           box->class == CLASS_SUFFIX;
}

Totals linebreak_totals(Arena *arena, const Box *boxes, int count)
{
    Totals totals = {ARENA_ARRAY(arena, int64_t, count + 1), ARENA_ARRAY(arena, int64_t, count + 1),
        ARENA_ARRAY(arena, int64_t, count + 1)};
    for (int i = 0; i < count; i++) {
        totals.width[i + 1] = totals.width[i] + boxes[i].width;
        totals.shrink[i + 1] = totals.shrink[i] + justify_shrink(boxes, count, i);
        totals.body[i + 1] = totals.body[i] + (counts_as_body(&boxes[i]) ? boxes[i].width : 0);
    }
    return totals;
}

int linebreak_visible_end(const Box *boxes, int first, int end)
{
    while (end > first + 1 && boxes[end - 1].class == CLASS_SPACE) {
        end--;
    }
    return end;
}

/* ---------------------------------------------------------------- choosing */

typedef struct Line {
    const Box *boxes;
    const Totals *totals;
    int first, limit; /* limit: the next forced break or the end of the text */
    Length measure, cell;
    int64_t start_trim;   /* what the line start takes from the first box */
    int64_t start_shrink; /* … and from what the others could give */
    int orphan_cells;
    bool hang;
} Line;

static int64_t overflow(const Line *line, int end)
{
    int visible = linebreak_visible_end(line->boxes, line->first, end);
    return line->totals->width[visible] - line->totals->width[line->first] - line->start_trim -
           line->measure;
}

/* Rounding of the cell may exceed the measure by a unit a box. */
static bool fits(const Line *line, int end)
{
    return overflow(line, end) <= end - line->first;
}

static int64_t in_cells(const Line *line, int64_t length)
{
    return length * 100 / line->cell;
}

/* Squeezing comes first wherever the natural place is forbidden (先挤进，后推出): what remains to
 * be stretched without it is a cell or so. But gaps of half a cell in all are seen less than
 * squeezed marks, and marks that give all they have are seen most. */
static int64_t squeeze_cost(const Line *line, int64_t need, int64_t have)
{
    int64_t percent = need * 100 / have;
    return 45 + in_cells(line, need) / 5 + percent * percent / 250;
}

/* 悬挂: ，、。 beyond the measure, when no mark stands before it and half its cell would not do. */
static bool can_hang(const Line *line, int last, int64_t over)
{
    static const uint32_t HANGING[] = {0xff0c, 0x3001, 0x3002, 0xff0e, 0};
    const Box *box = &line->boxes[last];
    return line->hang && last > line->first && box->wide && is_one_of(box->code, HANGING) &&
           !shape_is_closing(box - 1) && over > justify_end_shrink(box) && over <= box->width;
}

/* What a line costs that is wider than its measure by `over`; -1: it cannot be. */
static int64_t overfull_cost(const Line *line, int end, int64_t over)
{
    int last = linebreak_visible_end(line->boxes, line->first, end) - 1;
    if (can_hang(line, last, over)) {
        return COST_HANG;
    }
    int64_t need = over - justify_end_shrink(&line->boxes[last]);
    int64_t have =
        line->totals->shrink[last] - line->totals->shrink[line->first] - line->start_shrink;
    return need > have ? -1 : need > 0 ? squeeze_cost(line, need, have) : 0;
}

/* Does too little remain for the line behind? */
static bool leaves_orphan(const Line *line, int end)
{
    int64_t rest = line->totals->body[line->limit] - line->totals->body[end];
    int64_t least = (int64_t)line->cell * line->orphan_cells;
    return line->orphan_cells > 1 && end < line->limit && rest < least - 64;
}

/* Cost of ending the line before box `end`, in 1/100 cell; -1: cannot. */
static int64_t line_cost(const Line *line, int end)
{
    const Box *boxes = line->boxes;
    int penalty = end == line->limit ? 0 : boxes[end].break_before;
    if (penalty == BREAK_NEVER) {
        return -1;
    }
    int64_t cost = penalty, over = overflow(line, end);
    if (over <= end - line->first) {
        cost += end == line->limit || over > 0 ? 0 : in_cells(line, -over);
    } else {
        int64_t own = overfull_cost(line, end, over);
        if (own < 0) {
            return -1;
        }
        cost += own;
    }
    return cost + (leaves_orphan(line, end) ? COST_ORPHAN * (line->orphan_cells + 1) : 0);
}

/* No place is good: a word is broken where it fills the line; failing that, anything. */
static int emergency_break(const Line *line, int last_fit)
{
    for (int end = last_fit; end > line->first + 1; end--) {
        const Box *boxes = line->boxes;
        if (shape_in_word(&boxes[end - 1]) && shape_in_word(&boxes[end]) &&
            boxes[end].style->rise == 0) {
            return end;
        }
    }
    return last_fit > line->first ? last_fit : line->first + 1;
}

/* Does a word, or the part of an address between two marks, cross the end of the line that is
 * longer than any line? */
static bool has_long_word(const Line *line, int last_fit)
{
    const Box *boxes = line->boxes;
    int from = last_fit, to = last_fit;
    while (from > line->first && shape_in_word(&boxes[from - 1]) &&
           boxes[from].break_before == BREAK_NEVER) {
        from--;
    }
    while (to < line->limit && shape_in_word(&boxes[to]) &&
           (to == last_fit || boxes[to].break_before == BREAK_NEVER)) {
        to++;
    }
    return line->totals->width[to] - line->totals->width[from] > line->measure;
}

static int best_break(const Line *line, int last_fit)
{
    int best = -1;
    int64_t best_cost = has_long_word(line, last_fit) ? COST_LONG_WORD : COST_EMERGENCY;
    enum { PUSH_IN_BOXES = 12 };
    for (int end = last_fit + 1; end <= line->limit && end <= last_fit + PUSH_IN_BOXES; end++) {
        int64_t cost = line_cost(line, end);
        if (cost >= 0 && cost < best_cost) {
            best = end;
            best_cost = cost;
        }
    }
    for (int end = last_fit; end > line->first; end--) {
        if (in_cells(line, -overflow(line, end)) >= best_cost) {
            break;
        }
        int64_t cost = line_cost(line, end);
        if (cost >= 0 && cost < best_cost) {
            best = end;
            best_cost = cost;
        }
    }
    return best > 0 ? best : emergency_break(line, last_fit);
}

int linebreak_next(const Box *boxes, int count, const Totals *totals, int first,
    const LineRules *rules, bool *hangs)
{
    Line line = {.boxes = boxes,
        .totals = totals,
        .first = first,
        .limit = first + 1,
        .measure = rules->measure,
        .cell = boxes[first].style->cell,
        .orphan_cells = rules->orphan_cells,
        .hang = rules->hang};
    while (line.limit < count && !boxes[line.limit].line_break_before) {
        line.limit++;
    }
    if (!rules->indented && boxes[first].class == CLASS_OPEN) {
        line.start_trim = boxes[first].blank_left;
        line.start_shrink = totals->shrink[first + 1] - totals->shrink[first];
    }
    int last_fit = first;
    while (last_fit < line.limit && fits(&line, last_fit + 1)) {
        last_fit++;
    }
    int end = last_fit == line.limit ? line.limit : best_break(&line, last_fit);
    *hangs = can_hang(&line, linebreak_visible_end(boxes, first, end) - 1, overflow(&line, end));
    return end;
}
