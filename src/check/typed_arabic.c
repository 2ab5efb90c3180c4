/* Figures in digits, and what only looks like one. */
#include "check/typed_internal.h"

#include "base/utf8.h"

enum { RUN_GROUPS = 8, FIGURE_DIGITS = 15 };

/* Digits with what joins them: 2024-06, 2+4+17+73, 3至5, 8:30, 1,234.5 (one group). */
typedef struct Run {
    int start, end;
    int group_start[RUN_GROUPS], group_end[RUN_GROUPS];
    int group_count;
    bool plus, dash, other; /* joined by these */
    bool closed;            /* touches what is no prose */
} Run;

static int digits_end(const TypedLine *line, int at)
{
    while (typed_is_digit(typed_char(line, at)))
        at++;
    return at;
}

/* 1,234,567 */
static int grouped_end(const TypedLine *line, int start)
{
    int end = digits_end(line, start);
    while (end - start <= FIGURE_DIGITS && typed_char(line, end) == ',' &&
           digits_end(line, end + 1) == end + 4)
        end += 4;
    return end;
}

/* 1.5, and 1。5 where the input method made a full stop of the point (lint tells of it). */
static int decimals_end(const TypedLine *line, int end)
{
    uint32_t mark = typed_char(line, end);
    int digits = digits_end(line, end + 1);
    bool stop = mark == 0x3002 && !typed_is_one_of(typed_char(line, digits), "月日年号.、");
    bool point = mark == '.' || stop;
    return point && digits > end + 1 ? digits : end;
}

static bool joins(const TypedLine *line, int at, Run *run)
{
    uint32_t mark = typed_char(line, at);
    bool plus = mark == '+', dash = typed_is_dash(mark);
    bool other = typed_is_one_of(mark, ".:/·•×*=");
    int next = at + 1;
    while (dash && typed_is_dash(typed_char(line, next))) /* —— */
        next++;
    if (!(plus || dash || other) || !typed_is_digit(typed_char(line, next)))
        return false;
    run->plus |= plus;
    run->dash |= dash;
    run->other |= other;
    run->end = next;
    return true;
}

static Run read_run(const TypedLine *line, int at)
{
    Run run = {.start = at, .end = at};
    do {
        int start = run.end;
        run.end = decimals_end(line, grouped_end(line, start));
        if (run.group_count == RUN_GROUPS) {
            run.other = true;
            continue;
        }
        run.group_start[run.group_count] = start;
        run.group_end[run.group_count++] = run.end;
    } while (joins(line, run.end, &run));
    for (int i = run.start; i < run.end; i++)
        run.closed |= line->chars[i].closed;
    return run;
}

static bool value_of(const TypedLine *line, int start, int end, Decimal *out)
{
    char text[DECIMAL_TEXT];
    size_t length = 0;
    for (int i = start; i < end && length + 1 < sizeof text; i++) {
        uint32_t code = typed_char(line, i);
        if (code != ',')
            text[length++] = code == 0x3002 ? '.' : (char)code;
    }
    text[length] = '\0';
    return end - start < DECIMAL_TEXT && decimal_parse(text, out);
}

/* ---- what is no figure ---- */

/* A3, GB/T 9704, PM2.5, No.5, @, a net address. */
static bool touches_latin(const TypedLine *line, const Run *run)
{
    uint32_t before = typed_char(line, run->start - 1), after = typed_char(line, run->end);
    if (typed_match_back(line, run->start, "号-")) /* 备2024059924号-2 */
        return true;
    if (typed_is_latin(before) || typed_is_one_of(before, "@_#№&?\\") ||
        (typed_is_one_of(before, " -.:/") && typed_is_latin(typed_char(line, run->start - 2))))
        return true;
    return typed_is_one_of(after, "@_") ||
           (typed_is_latin(after) && !typed_match(line, run->end, "km kg cm mm m t"));
}

static bool is_year(const TypedLine *line, int start, int end)
{
    Decimal year;
    return end - start == 4 && value_of(line, start, end, &year) && year.scale == 0 &&
           year.mantissa >= 1900 && year.mantissa <= 2100;
}

/* 15日内 and 15个工作日 last, 15日 is a day. */
static bool ends_a_date(const TypedLine *line, int start, int end)
{
    if (typed_match(line, end, "月 号 时 点 世纪 年代 年级 年度 周年 版 届"))
        return !typed_match(line, end, "点意见 点要求 点建议 点希望 点体会");
    if (typed_match(line, end, "日"))
        return !typed_match(line, end, "日内 日之内 日以内 日以上");
    if (typed_match(line, end, "年"))
        return is_year(line, start, end) || typed_is_digit(typed_char(line, end + 1));
    if (typed_match(line, end, "分 秒 刻"))
        return typed_match_back(line, start, "时 点");
    return typed_match(line, end, "后") && end - start == 2 && typed_char(line, end - 1) == '0';
}

/* 5、6月 7和8日: the first of two is a date as the second is. */
static bool leads_to_date(const TypedLine *line, int end)
{
    if (!typed_is_one_of(typed_char(line, end), "、和及与或"))
        return false;
    int start = end + 1, next = digits_end(line, start);
    return next > start &&
           (typed_match(line, next, "月 日 号 时 点") || leads_to_date(line, next)) &&
           !typed_match(line, next, "日内 日之内 日以内");
}

static const char labels[] =
    "第 表 图 附件 附表 附图 附录 注 编号 序号 编码 代码 单号 证号 账号 电话 "
    "热线 手机 传真 邮编 微信 QQ 拨打 总第 联系方式 网址 国道 省道 密码";
static const char roads[] = "国道 省道 县道 乡道 号线 热线 专线 举报电话 服务电话 报警";

/* 第3条, 表1, 电话：123; 代表5名 is a figure. */
static bool is_labelled(const TypedLine *line, int start, bool has_unit)
{
    if (has_unit && typed_match_back(line, start, "代表 发表 报表 填表 制图 绘图 关注"))
        return false;
    while (typed_is_one_of(typed_char(line, start - 1), ": "))
        start--;
    return typed_match_back(line, start, labels);
}

/* （3） 1. 2、 [1]: heads an item. */
static bool is_label(const TypedLine *line, int start, int end)
{
    uint32_t before = typed_char(line, start - 1), after = typed_char(line, end);
    if (end - start > 2)
        return false;
    if (typed_is_one_of(before, "([（【") && typed_is_one_of(after, ")]）】"))
        return true;
    bool begins = !before || typed_is_one_of(before, " 。；;：:！？");
    return begins && typed_is_one_of(after, ".、)") && !typed_is_digit(typed_char(line, end + 1));
}

/* 12345、12388举报热线 */
static bool leads_to_hotline(const TypedLine *line, int end)
{
    while (
        typed_is_digit(typed_char(line, end)) || typed_is_one_of(typed_char(line, end), "、和及”"))
        end++;
    for (int i = 0; i < 5; i++)
        if (typed_match(line, end + i, roads))
            return true;
    return false;
}

static bool is_code(const TypedLine *line, int start, int end, bool has_unit)
{
    int digits = digits_end(line, start) - start;
    if (typed_char(line, start) == '0' && digits > 1)
        return true;
    if (typed_match(line, end, roads) || (!has_unit && digits >= 3 && leads_to_hotline(line, end)))
        return true;
    return !has_unit && (digits >= 7 || is_year(line, start, end));
}

/* 前3名, 前5位, 全国10强: a rank; 前3个月 is a span. */
static bool is_rank(const TypedLine *line, int start, int end)
{
    if (typed_match(line, end, "强"))
        return true;
    return typed_char(line, start - 1) == 0x524D && typed_match(line, end, "名 位");
}

/* 长塘村3组: the name of a group; 17村73组 are counts. */
static bool is_place(const TypedLine *line, int start, int end)
{
    if (typed_is_digit(typed_char(line, start - 2)))
        return false;
    return typed_match(line, end, "组 队 社 栋 幢 楼 单元 班") &&
           (typed_match_back(line, start, "村 庄 坡 屯 湾 社区 居委会 街 塘 路 院") ||
               typed_match(line, end, "楼 单元"));
}

/* “1345”工作思路: what stands alone in “ ” is a name. */
static bool is_named(const TypedLine *line, int start, int end)
{
    return typed_is_one_of(typed_char(line, start - 1), "“") &&
           typed_is_one_of(typed_char(line, end), "”");
}

static bool no_figure(const TypedLine *line, int start, int end, bool has_unit)
{
    return ends_a_date(line, start, end) || leads_to_date(line, end) ||
           is_labelled(line, start, has_unit) || is_rank(line, start, end) ||
           is_label(line, start, end) || is_place(line, start, end) || is_named(line, start, end) ||
           is_code(line, start, end, has_unit);
}

/* ---- what is ---- */

static void add_group(const TypedLine *line, const Run *run, TypedList *out)
{
    TypedFigure figure = {.kind = TYPED_GROUP, .part_count = run->group_count};
    Decimal *parts = ARENA_ARRAY(line->arena, Decimal, run->group_count);
    for (int i = 0; i < run->group_count; i++)
        if (!value_of(line, run->group_start[i], run->group_end[i], &parts[i]) ||
            !decimal_add(figure.value, parts[i], &figure.value))
            return;
    figure.parts = parts;
    typed_add(line, run->start, run->end, figure, out);
}

/* One number from `start`, whose digits end at `end`; what is read begins at `whole` (3—5人). */
static int add_number(const TypedLine *line, const Run *run, int group, TypedList *out)
{
    int start = run->group_start[group], end = run->group_end[group];
    TypedFigure figure = {.rough = run->group_count > 1};
    if (!value_of(line, start, end, &figure.value))
        return run->end;
    if (typed_match_back(line, run->start, "百分之"))
        figure.kind = TYPED_RATIO;
    if (figure.kind == TYPED_RATIO && !decimal_mul(figure.value, (Decimal){1, 2}, &figure.value))
        return run->end;
    int before, behind;
    if (run->group_count == 1 && typed_is_rank(line, start, end, &before, &behind)) {
        figure.kind = TYPED_RANK;
        typed_add(line, start - before, end + behind, figure, out);
        return end + behind;
    }
    int stop = typed_tail(line, end, typed_units, &figure);
    bool has_unit = figure.unit || figure.kind == TYPED_RATIO || stop > end;
    if (run->group_count > 1 && !has_unit) /* 11-15 is a day */
        return stop;
    if (!no_figure(line, start, end, has_unit))
        typed_add(line, run->start, stop, figure, out);
    return stop;
}

int typed_arabic(const TypedLine *line, int at, TypedList *out)
{
    Run run = read_run(line, at);
    if (run.closed || run.other || touches_latin(line, &run))
        return run.end;
    if (run.group_count == 1)
        return add_number(line, &run, 0, out);
    if (run.plus && !run.dash) {
        add_group(line, &run, out);
        return run.end;
    }
    bool range = run.dash && !run.plus && run.group_count == 2;
    for (int i = 0; i < run.group_count; i++)
        range = range && !is_code(line, run.group_start[i], run.group_end[i], false);
    return range ? add_number(line, &run, 1, out) : run.end;
}
