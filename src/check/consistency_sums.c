/* In prose: a percentage that is not its fraction, parts that do not make their total. */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/utf8.h"

/* ---- percentages: 共119个，已销号100个，销号率84.0% ---- */

/* What a rate is of: its parts are called so, with or without 已. */
static const char rates[] =
    "销号率 整改率 完成率 完工率 办结率 合格率 覆盖率 达标率 参与率 普及率 签订率 开工率 "
    "竣工率 验收率 使用率 改厕率 入户率 清运率 改造率 处置率 处理率 硬化率 到位率 到会率 参会率 "
    "出勤率";
/* What any part may be called that is done, or is there: 已改造150座，完成率75%. */
static const char plain_rates[] = "完成率 改厕率 到会率 参会率 出勤率 到位率";

size_t rate_word(const char *text, size_t start, size_t end, const char **word)
{
    size_t link = text_match_back(text, start, end, "为 是 达 达到 达： ： 仅为 只有");
    size_t length = text_match_back(text, start, end - link, rates);
    *word = text + end - link - length;
    return length ? length - strlen("率") : 0;
}

static bool is_count(const Mark *mark)
{
    return mark->kind == TYPED_NUMBER && !mark->missing && !mark->rough && mark->unit &&
           decimal_sign(mark->exact) > 0;
}

typedef struct Rate {
    const Mark *mark, *part, *total;
    const char *word; /* 销号 of 销号率 */
    size_t length;
    bool plain;
} Rate;

/* The rate's word ends at `end`. */
static bool ends_in(const char *text, size_t start, size_t end, const Rate *rate)
{
    return end - start >= rate->length &&
           strncmp(text + end - rate->length, rate->word, rate->length) == 0;
}

/* 已销号100个, 销号到位100个; of a plain rate 已改造150座, 实到30人. */
static bool is_part_of(const CheckLine *line, size_t start, const Rate *rate, const Mark *mark)
{
    const char *text = line->text;
    size_t end = mark->start;
    if (!ends_in(text, start, end, rate)) /* 完成150户 is of 完成率 itself */
        end -= text_match_back(text, start, end, "到位 完成 完毕 了 共");
    size_t clause = mark->start;
    while (clause > start && !text_match_back(text, start, clause, "， 、 ："))
        clause--;
    bool whole = text_match(text + clause, "应 需 计划 任务") > 0; /* 应改厕200户 */
    return (!whole && ends_in(text, start, end, rate)) ||
           (rate->plain && text_match(text + clause, "已 实") > 0);
}

static bool is_fraction(const Rate *rate)
{
    return rate->part && rate->total && strcmp(rate->part->unit, rate->total->unit) == 0 &&
           decimal_cmp(rate->part->exact, rate->total->exact) <= 0;
}

/* Stands behind 其中 up to the next ；: of the total alone. */
static bool is_aside(const CheckLine *line, size_t start, const Mark *mark, size_t end)
{
    const char *text = line->text;
    size_t from = sentence_start(text, mark->start);
    from = from < start ? start : from;
    return sentence_start(text, end) > mark->end && text_holds(text, from, mark->start, "其中");
}

/* The part named by the rate's word, and the only other figure of its unit in front of it. */
static bool find_fraction(const CheckLine *line, size_t start, Rate *rate)
{
    rate->part = rate->total = NULL;
    for (const Mark *mark = line->marks; mark < rate->mark; mark++) {
        if (mark->start < start || is_aside(line, start, mark, rate->mark->start))
            continue;
        if (!is_count(mark)) {
            if (mark->end <= sentence_start(line->text, rate->mark->start))
                return false; /* 东片销号率80%；…: of its own */
            continue;
        }
        bool part = is_part_of(line, start, rate, mark);
        if (rate->part || (!part && rate->total))
            return false;
        *(part ? &rate->part : &rate->total) = mark;
    }
    return is_fraction(rate);
}

/* 排查问题12个，其中…；已销号6个，销号率60%: from the full stop, where ； parts the two. */
static size_t full_sentence_start(const char *text, size_t at)
{
    while (at > 0 && !text_match_back(text, 0, at, "。 ！ ？"))
        at--;
    return at;
}

static bool find_named(const CheckLine *line, size_t start, Rate *rate)
{
    return find_fraction(line, start, rate) ||
           (rate->part && !rate->total &&
               find_fraction(line, full_sentence_start(line->text, start), rate));
}

/* 网格员156名，其中党员89名，占57.1% */
static bool find_share(const CheckLine *line, size_t start, Rate *rate)
{
    const char *text = line->text;
    if (rate->mark - line->marks < 2)
        return false;
    const Mark *part = rate->mark - 1, *total = rate->mark - 2;
    if (total->start < start || !is_count(part) || !is_count(total))
        return false;
    size_t stop = text_match(text + part->end, "， ,");
    size_t share = text_match(text + part->end + stop, "占 占比 占比为 占总数的 占总人数的");
    if (!share || part->end + stop + share != rate->mark->start ||
        !text_match(text + total->end, "，其中 ,其中 。其中 （其中"))
        return false;
    rate->part = part;
    rate->total = total;
    rate->word = "占比";
    rate->length = strlen(rate->word);
    return is_fraction(rate);
}

static const char *percent(Checker *checker, Decimal ratio, int places)
{
    Decimal hundredfold = ratio;
    decimal_mul(ratio, decimal_from_int(100), &hundredfold);
    return arena_printf(
        checker->arena, "%s%%", number_text(checker, decimal_round(hundredfold, places)));
}

static void check_rate(Checker *checker, const CheckLine *line, const Mark *mark)
{
    Rate rate = {.mark = mark};
    size_t start = sentence_start(line->text, mark->start);
    rate.length = rate_word(line->text, start, mark->start, &rate.word);
    rate.plain = rate.length && text_match(rate.word, plain_rates);
    bool named = rate.length > 0;
    Decimal ratio;
    if (mark->rough || mark->missing ||
        !(named ? find_named(line, start, &rate) : find_share(line, start, &rate)) ||
        !decimal_div(rate.part->exact, rate.total->exact, &ratio) ||
        decimal_cmp(decimal_round(ratio, mark->value.scale), mark->value) == 0)
        return;
    diag_add(checker->diags, DIAG_W762, &mark->at,
        arena_printf(checker->arena, "%.*s%s", (int)rate.length, rate.word, named ? "率" : ""),
        mark->text, rate.part->text, rate.total->text, percent(checker, ratio, 2));
}

/* ---- A3个、B4个，共7个; 50个，已整改40个，未整改10个 ---- */

static void tell_total(Checker *checker, const Mark *total, int count, Decimal sum)
{
    if (decimal_cmp(sum, total->exact) != 0)
        diag_add(
            checker->diags, DIAG_W775, &total->at, count, number_text(checker, sum), total->text);
}

/* A total behind its parts, which stand with 、 between. */
static void check_behind(Checker *checker, const CheckLine *line, const Mark *total)
{
    const char *text = line->text;
    size_t start = sentence_start(text, total->start);
    const Mark *first = total;
    Decimal sum = {0, 0};
    size_t word = text_match_back(text, start, total->start, "，合计 ，共计 ，总计 ，共");
    while (word && first > line->marks && first[-1].start >= start && is_count(&first[-1]) &&
           strcmp(first[-1].unit, total->unit) == 0 && decimal_add(sum, first[-1].exact, &sum) &&
           (first == total ? first[-1].end == total->start - word
                           : text_match(text + first[-1].end, "、 和")))
        first--;
    if (total - first >= 2 && !text_holds(text, start, first->start, "其中"))
        tell_total(checker, total, (int)(total - first), sum);
}

/* 未整改 behind 已整改: there is no third. */
static bool is_the_rest(
    Checker *checker, const CheckLine *line, const Mark *total, const Mark *done)
{
    const char *text = line->text, *word = strstr(text + total->end, "已");
    const char *end = word ? word + strlen("已") : NULL;
    for (int i = 0; end && *end && i < 2; i++)
        utf8_next(&end);
    if (!end || end > text + done->start)
        return false;
    const char *rest = arena_printf(
        checker->arena, "未%.*s", (int)(end - word - (long)strlen("已")), word + strlen("已"));
    return text_holds(text, done->end, sentence_end(text, done->end), rest);
}

/* What is done and what is not make all there is, never more. */
static void check_halves(Checker *checker, const CheckLine *line, const Mark *total)
{
    const char *text = line->text;
    if (line->marks + line->mark_count - total <= 2)
        return;
    const Mark *done = total + 1, *open = total + 2;
    Decimal sum;
    if (open->end > sentence_end(text, total->end) || !is_count(done) || !is_count(open) ||
        strcmp(done->unit, total->unit) != 0 || strcmp(open->unit, total->unit) != 0 ||
        !text_match(text + total->end, "，已 ，其中已 ，完成 ，销号 ，整改") ||
        !text_match(text + done->end, "，未 ，尚未 ，还有 ，尚有 ，仍有 ，剩余 、未") ||
        text_holds(text, open->end, sentence_end(text, open->end), "个 处 户 座") ||
        text_holds(text, sentence_start(text, total->start), total->start, "结转 遗留") ||
        !decimal_add(done->exact, open->exact, &sum))
        return;
    if (decimal_cmp(sum, total->exact) > 0 || is_the_rest(checker, line, total, done))
        tell_total(checker, total, 2, sum);
}

/* ---- 其中A3个、B4个 ---- */

typedef struct Parts {
    const Mark *total;
    Decimal sum;
    int count;
    bool typed; /* one of them, or the total */
} Parts;

/* 其中 at byte `at`: its total is the last figure before, with a comma or a stop between,
 * 排查问题12 个。其中. */
static const Mark *total_before(const CheckLine *line, size_t at, const char *unit)
{
    const char *text = line->text;
    const Mark *total = NULL;
    size_t stop = text_match_back(text, 0, at, "， 。 （ ；");
    size_t start = sentence_start(text, at - stop);
    for (int i = 0; i < line->mark_count && line->marks[i].end <= at; i++)
        if (line->marks[i].start >= start)
            total = &line->marks[i];
    bool sound = total && is_count(total) && strcmp(total->unit, unit) == 0;
    size_t gap = sound ? at - total->end : 0;
    /* 排查问题12个，其中: nothing but marks between */
    return sound && gap <= strlen("，。") && utf8_count(text + total->end, gap) <= 1 ? total : NULL;
}

/* Behind a part another follows: 、 or 和, then its name without a stop. */
static bool is_next_part(const CheckLine *line, const Mark *before, const Mark *mark)
{
    const char *text = line->text;
    size_t mark_length = text_match(text + before->end, "、 和 ， 及 以及 ） ）、");
    return mark_length && strcmp(before->unit, mark->unit) == 0 &&
           !text_holds(text, before->end + mark_length, mark->start,
               "， 。 ； ： 、 其中 占 比 率 已 未 均 全 共 有 涉及 投入 到位") &&
           mark->start > before->end + mark_length;
}

/* The parts behind 其中, which ends at `end`. */
static Parts read_parts(const CheckLine *line, size_t end)
{
    Parts parts = {0};
    const Mark *last = NULL;
    size_t at = end + text_match(line->text + end, "， ： :"); /* 其中，县督查8个 */
    for (int i = 0; i < line->mark_count; i++) {
        const Mark *mark = &line->marks[i];
        if (mark->start < at)
            continue;
        bool first = !last && is_count(mark) &&
                     !text_holds(line->text, at, mark->start, "， 。 ； ： 、 其中 占 已 未 有");
        if (!(first || (last && is_count(mark) && is_next_part(line, last, mark))))
            break;
        if (!decimal_add(parts.sum, mark->exact, &parts.sum))
            return (Parts){0};
        parts.count++;
        parts.typed |= !mark->figure;
        last = mark;
    }
    parts.total = last ? total_before(line, end - strlen("其中"), last->unit) : NULL;
    parts.typed |= parts.total && !parts.total->figure;
    return parts;
}

/* 排查问题50个，整改20个，其中…: the parts may be those of a figure before the last. */
static bool suits_another(const CheckLine *line, const Parts *parts)
{
    size_t start = sentence_start(line->text, parts->total->start);
    for (const Mark *mark = line->marks; mark < parts->total; mark++)
        if (mark->start >= start && is_count(mark) && strcmp(mark->unit, parts->total->unit) == 0 &&
            decimal_cmp(mark->exact, parts->sum) >= 0)
            return true;
    return false;
}

static void check_parts(Checker *checker, const CheckLine *line, size_t at)
{
    Parts parts = read_parts(line, at);
    Decimal nine_tenths, tenfold;
    if (!parts.total || parts.count < 2 || suits_another(line, &parts))
        return;
    int order = decimal_cmp(parts.sum, parts.total->exact);
    const char *sum = number_text(checker, parts.sum);
    if (order > 0) /* of people one may be of two kinds */
        diag_add(checker->diags, text_match(parts.total->unit, "人 名 位") ? DIAG_N763 : DIAG_W763,
            &parts.total->at, parts.count, sum, parts.total->text);
    /* Less is often meant so: only the greatest are named. */
    bool near = decimal_mul(parts.total->exact, decimal_from_int(9), &nine_tenths) &&
                decimal_mul(parts.sum, decimal_from_int(10), &tenfold) &&
                decimal_cmp(tenfold, nine_tenths) >= 0;
    if (order < 0 && near && parts.typed && parts.count >= 3)
        diag_add(checker->diags, DIAG_N763, &parts.total->at, parts.count, sum, parts.total->text);
}

/* ---- shares: 乱堆乱放占40%、垃圾积存占35%、… ---- */

/* Of people one may be of two kinds, and one may choose two answers. */
static const char no_shares[] =
    "党员 妇女 女性 男性 学历 岁 以上 以下 人员 干部 代表 村民 群众 多选 任务 目标 计划 同比 完成";

static bool is_share(const CheckLine *line, const Mark *mark)
{
    return mark->kind == TYPED_RATIO && !mark->rough && !mark->missing &&
           text_match_back(line->text, 0, mark->start, "占 占比 占比为 占到") > 0;
}

/* From `first` on: how many shares there are in a row, one name each. */
static int shares_from(const CheckLine *line, int first)
{
    int count = 1;
    for (const Mark *mark = line->marks + first; first + count < line->mark_count; mark++) {
        const Mark *next = mark + 1;
        size_t stop = text_match(line->text + mark->end, "、 ， 和");
        if (!stop || !is_share(line, next) || mark->end + stop > next->start ||
            text_holds(line->text, mark->end + stop, next->start, "、 ， 。 ； 其中 （ ）"))
            break;
        count++;
    }
    return count;
}

static int check_shares(Checker *checker, const CheckLine *line, int first)
{
    const Mark *marks = line->marks + first;
    int count = is_share(line, marks) ? shares_from(line, first) : 1, scale = 2;
    Decimal sum = {0, 0}, apart, hundredfold;
    for (int i = 0; i < count; i++) {
        scale = marks[i].value.scale > scale ? marks[i].value.scale : scale;
        if (!decimal_add(sum, marks[i].value, &sum))
            return count;
    }
    /* each may be rounded by half of its last place */
    Decimal most = {count * (int64_t)5, scale + 1};
    if (count < 2 || !decimal_sub(sum, decimal_from_int(1), &apart) ||
        decimal_cmp(apart, most) <= 0 || !decimal_mul(sum, decimal_from_int(100), &hundredfold) ||
        text_holds(line->text, sentence_start(line->text, marks->start),
            sentence_end(line->text, marks->end), no_shares))
        return count;
    diag_add(checker->diags, DIAG_N766, &marks->at, count,
        arena_printf(checker->arena, "%s%%", number_text(checker, decimal_round(hundredfold, 2))));
    return count;
}

/* ---- 上月结转4个，本月新增12个，销号6个，期末未销号9个 ---- */

enum { OPENING, ADDED, CLOSED, REMAINING, BALANCE };

static const char *const balance_words[BALANCE] = {
    "结转 上月结转 上期结转 上月未销号 期初未销号 上月遗留",
    "新增 本月新增 新发现 新排查 本月发现 本月排查",
    "销号 已销号 办结 已办结 完成销号 整改销号",
    "未销号 未办结 结转下月 结转下期 剩余 结余",
};

/* What the words round a count say that it is; -1: nothing of a balance. */
static int balance_role(const CheckLine *line, const Mark *mark)
{
    const char *text = line->text;
    size_t start = clause_start(text, mark->start);
    size_t end = mark->start - text_match_back(text, start, mark->start, "问题 了 共");
    if (text_match(text + mark->end, "未销号 未办结 问题未销号 结转下月"))
        return REMAINING;
    int role = -1;
    size_t best = 0;
    for (int i = 0; i < BALANCE; i++) {
        size_t length = text_match_back(text, start, end, balance_words[i]);
        role = length > best ? i : role;
        best = length > best ? length : best;
    }
    return role;
}

static void check_balance(Checker *checker, const CheckLine *line, int first)
{
    const Mark *marks = line->marks + first;
    Decimal due;
    if (first + BALANCE > line->mark_count)
        return;
    for (int i = 0; i < BALANCE; i++)
        if (!is_count(&marks[i]) || strcmp(marks[i].unit, marks->unit) != 0 ||
            balance_role(line, &marks[i]) != i)
            return;
    if (marks[REMAINING].start > sentence_end(line->text, marks->end) ||
        !decimal_add(marks[OPENING].exact, marks[ADDED].exact, &due) ||
        !decimal_sub(due, marks[CLOSED].exact, &due) ||
        decimal_cmp(due, marks[REMAINING].exact) == 0)
        return;
    diag_add(checker->diags, DIAG_W776, &marks[REMAINING].at, marks[REMAINING].text,
        marks[OPENING].text, marks[ADDED].text, marks[CLOSED].text, number_text(checker, due));
}

/* ---- over the paper ---- */

static void check_line(Checker *checker, const CheckLine *line)
{
    int shares = 0; /* up to here they were added up */
    for (int j = 0; j < line->mark_count; j++) {
        const Mark *mark = &line->marks[j];
        if (mark->kind == TYPED_RATIO) {
            check_rate(checker, line, mark);
            shares = j < shares ? shares : j + check_shares(checker, line, j);
        }
        if (!is_count(mark))
            continue;
        check_behind(checker, line, mark);
        check_halves(checker, line, mark);
        check_balance(checker, line, j);
    }
    for (const char *at = line->text; (at = strstr(at, "其中"));) {
        at += strlen("其中");
        check_parts(checker, line, (size_t)(at - line->text));
    }
}

void check_sums(Checker *checker)
{
    for (size_t i = 0; i < checker->line_count; i++)
        check_line(checker, &checker->lines[i]);
}
