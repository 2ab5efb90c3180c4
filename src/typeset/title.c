#include "typeset/title.h"

#include <string.h>
#include "base/utf8.h"
#include "typeset/text_internal.h"

/* Words that titles of official papers are made of: no line ends inside one. */
static const char *const WORDS[] = {"人民政府", "办公室", "委员会", "领导小组", "工作组", "指挥部",
    "农村", "农村人居环境", "人居环境整治", "环境整治", "整治工作", "工作情况", "情况汇报",
    "情况报告", "工作汇报", "工作报告", "工作总结", "环境", "整治", "提升", "工作", "情况", "汇报",
    "报告", "总结", "通知", "通报", "意见", "方案", "计划", "安排", "实施", "开展", "推进", "加强",
    "进一步", "贯彻", "落实", "建设", "管理", "发展", "行动", "专项", "村庄", "清洁", "厕所",
    "革命", "污水", "垃圾", "治理", "长效", "机制", "考核", "评比", "检查", "督查", "整改", "问题",
    "关于", "全镇", "全县", "全市", "全乡", "街道", "社区", "乡镇", "年度", "季度", "月份",
    "上半年", "下半年", "第一", "第二", "第三", "第四", "会议", "讲话", "发言", "材料", "经验",
    "做法", "成效", "简报", "情况的", "工作的", "报告的", "和美", "乡村", "振兴", "示范", "创建",
    "三年", "行动的", "印发", "转发", "做好", "集中", "全面"};

enum { MAX_LINES = 6, WORD_PENALTY = 4000, PARTICLE_PENALTY = 8000, EQUAL_PENALTY = 60 };

/* Characters that never start a line of a title: 的 和 与 及 等 之 */
static bool is_particle(uint32_t code)
{
    return code == 0x7684 || code == 0x548c || code == 0x4e0e || code == 0x53ca || code == 0x7b49 ||
           code == 0x4e4b;
}

/* Is the byte offset inside one of WORDS? */
static bool inside_word(const char *text, int offset)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        int length = (int)strlen(WORDS[i]);
        for (int start = offset - length + 1; start < offset; start++) {
            if (start >= 0 && strncmp(text + start, WORDS[i], (size_t)length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Inside 《…》 the name of another paper is split. */
static bool inside_title_marks(const Shaped *shaped, int index)
{
    int depth = 0;
    for (int i = 0; i < index; i++) {
        uint32_t code = shaped->boxes[i].code;
        depth += (code == 0x300a) - (code == 0x300b);
    }
    return depth > 0;
}

static int64_t break_penalty(const Shaped *shaped, int index)
{
    const Box *box = &shaped->boxes[index];
    int64_t penalty = (int64_t)box->break_before * 10;
    if (is_particle(box->code)) {
        penalty += PARTICLE_PENALTY;
    }
    penalty += inside_word(shaped->text, box->start) ? WORD_PENALTY : 0;
    penalty += inside_title_marks(shaped, index) ? WORD_PENALTY : 0;
    return penalty;
}

/* Cheapest ways to set the boxes of one stretch: cost[n][i] is that of the boxes before i in n
 * lines. */
typedef struct Balance {
    const Shaped *shaped;
    int first, count; /* boxes */
    Length measure, target;
    int64_t *width; /* of the stretch's first i boxes */
    int64_t *cost[MAX_LINES + 1];
    int *from[MAX_LINES + 1];
} Balance;

enum { NO_WAY = -1 };

/* Squared distance from the even share, in tenths of a cell, since one long line looks worse than
 * two middling ones. */
static int64_t line_badness(const Balance *b, int from, int to)
{
    int64_t width = b->width[to] - b->width[from];
    if (width > b->measure) {
        return NO_WAY;
    }
    int64_t tenths = (width - b->target) * 10 / b->shaped->boxes[b->first].style->cell;
    /* Lines of one length make a block, where the standard asks for a trapezium or a diamond. */
    return tenths * tenths + (tenths > -3 && tenths < 3 ? EQUAL_PENALTY : 0);
}

static void settle_balance(Balance *b, int line, int to)
{
    const Box *boxes = b->shaped->boxes + b->first;
    int64_t penalty = 0;
    if (to < b->count) {
        if (boxes[to].break_before == BREAK_NEVER) {
            return;
        }
        penalty = break_penalty(b->shaped, b->first + to);
    }
    for (int from = 0; from < to; from++) {
        int64_t before = b->cost[line - 1][from], own = line_badness(b, from, to);
        if (before == NO_WAY || own == NO_WAY) {
            continue;
        }
        int64_t cost = before + own + penalty;
        if (b->cost[line][to] == NO_WAY || cost < b->cost[line][to]) {
            b->cost[line][to] = cost;
            b->from[line][to] = from;
        }
    }
}

/* The ends of `lines` lines; false when they cannot hold the stretch. */
static bool balance(Arena *arena, Balance *b, int lines, int *ends)
{
    for (int n = 0; n <= lines; n++) {
        b->cost[n] = ARENA_ARRAY(arena, int64_t, b->count + 1);
        b->from[n] = ARENA_ARRAY(arena, int, b->count + 1);
        for (int i = 0; i <= b->count; i++) {
            b->cost[n][i] = n == 0 && i == 0 ? 0 : NO_WAY;
        }
    }
    for (int n = 1; n <= lines; n++) {
        for (int to = 1; to <= b->count; to++) {
            settle_balance(b, n, to);
        }
    }
    if (b->cost[lines][b->count] == NO_WAY) {
        return false;
    }
    for (int n = lines, end = b->count; n > 0; n--) {
        ends[n - 1] = b->first + end;
        end = b->from[n][end];
    }
    return true;
}

/* The cheapest number of lines: the least that hold the stretch, one more where that would split
 * a word. Returns how many, their ends in `ends`; 0 when MAX_LINES do not hold it. */
static int choose_lines(Arena *arena, Balance *b, int ends[MAX_LINES])
{
    int64_t total = b->width[b->count], best = 0;
    int chosen = 0;
    int least = (int)((total + b->measure - 1) / b->measure);
    for (int n = least; n <= MAX_LINES && (chosen == 0 || n == chosen + 1); n++) {
        int own[MAX_LINES];
        b->target = (Length)(total / n);
        if (!balance(arena, b, n, own) || (chosen > 0 && b->cost[n][b->count] >= best)) {
            continue;
        }
        best = b->cost[n][b->count];
        memcpy(ends, own, sizeof own);
        chosen = n;
        if (best < WORD_PENALTY) {
            break;
        }
    }
    return chosen;
}

/* One stretch without forced breaks. False when it needs more than MAX_LINES. */
static bool break_stretch(
    Arena *arena, const Shaped *shaped, int first, int end, const LineSpec *spec, TextLines *lines)
{
    Balance b = {.shaped = shaped, .first = first, .count = end - first, .measure = spec->measure};
    b.width = ARENA_ARRAY(arena, int64_t, b.count + 1);
    for (int i = 0; i < b.count; i++) {
        b.width[i + 1] = b.width[i] + shaped->boxes[first + i].width;
    }
    int ends[MAX_LINES];
    int count = choose_lines(arena, &b, ends);
    for (int i = 0; i < count; i++) {
        text_add_line(arena, lines, text_make_line(arena, shaped, first, ends[i], spec));
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
