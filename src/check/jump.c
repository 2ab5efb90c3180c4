#include "check/jump.h"

#include <string.h>
#include "document/wording.h"

/* From which step on a figure has jumped. `times`, in hundredths: the larger is so many times the
 * smaller, and they are `base` apart; else `step` apart, in hundredths. */
typedef struct JumpRule {
    FigureManner manner;
    int times, base, step;
} JumpRule;

/* Of the first row that fits; ratios of any column go by points. */
static const JumpRule rules[] = {
    {MANNER_SCORE, 0, 0, 500},  /* 5分 */
    {MANNER_RATIO, 0, 0, 10},   /* 10个百分点 */
    {MANNER_STOCK, 150, 10, 0}, /* what there is changes slowly */
    {MANNER_FLOW, 200, 10, 0},
    {MANNER_COUNT, 200, 10, 0},
    {MANNER_NONE, 200, 10, 0},
};

/* From here on it is worth a look that there was none, or that there is none now; places. */
enum { ZERO_BASE = 5, RANK_STEP = 5 };

typedef struct Jump {
    Arena *arena;
    const Provenance *figure;
    Decimal value, previous, change;
    bool english;
} Jump;

static const char *say(const Jump *j, const char *chinese, const char *english)
{
    return j->english ? english : chinese;
}

static Decimal hundredths(int number)
{
    return (Decimal){.mantissa = number, .scale = 2};
}

static bool reaches(Decimal size, Decimal least)
{
    return decimal_cmp(decimal_abs(size), least) >= 0;
}

static const char *plain(const Jump *j, Decimal number)
{
    return wording_plain(j->arena, number);
}

/* Averages have twelve decimals. */
static const char *shortened(Arena *arena, Decimal size)
{
    enum { PLACES = 2 };
    Decimal rounded = decimal_round(size, size.scale > PLACES ? PLACES : size.scale);
    return wording_plain(arena, decimal_sign(rounded) ? rounded : size);
}

/* 12.3, in points of a ratio or a unit's own; without trailing zeros. */
static const char *points(const Jump *j, Decimal ratio)
{
    Decimal percent;
    if (!decimal_mul(ratio, decimal_from_int(100), &percent))
        return "";
    return plain(j, decimal_round(percent, percent.scale > 2 ? 2 : percent.scale));
}

bool is_score_name(const char *column)
{
    static const char *const ends[] = {"得分", "总分", "评分", "分数", "均分"};
    size_t length = strlen(column);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (length >= strlen(ends[i]) && strcmp(column + length - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

/* 总分 of one village goes by points, though nothing tells its column from an amount. */
static bool is_score(const Provenance *figure)
{
    bool one = figure->source_count == 1 && figure->sources[0].rows == 1;
    return figure->kind == FIGURE_NUMBER && figure->indicator && is_score_name(figure->indicator) &&
           (figure->manner == MANNER_NONE || (figure->manner == MANNER_FLOW && one));
}

static FigureManner manner(const Provenance *figure)
{
    return is_score(figure)               ? MANNER_SCORE
           : figure->kind == FIGURE_RATIO ? MANNER_RATIO
                                          : figure->manner;
}

static bool comparable(Arena *arena, const Provenance *figure, bool english, Jump *out)
{
    *out = (Jump){.arena = arena,
        .figure = figure,
        .value = figure->value,
        .previous = figure->previous,
        .english = english};
    bool number = figure->kind == FIGURE_NUMBER || figure->kind == FIGURE_RATIO ||
                  figure->kind == FIGURE_RANK;
    return number && figure->has_previous && !figure->missing &&
           decimal_sub(figure->value, figure->previous, &out->change);
}

/* ---- flags ---- */

static const char *by_step(const Jump *j, const JumpRule *rule)
{
    if (!reaches(j->change, hundredths(rule->step)))
        return NULL;
    bool up = decimal_sign(j->change) > 0;
    if (rule->manner == MANNER_RATIO)
        return arena_printf(j->arena,
            up ? say(j, "比上期高%s个百分点", "up %s points")
               : say(j, "比上期低%s个百分点", "down %s points"),
            points(j, decimal_abs(j->change)));
    return arena_printf(j->arena,
        up ? say(j, "比上期高%s%s", "up %s%s") : say(j, "比上期低%s%s", "down %s%s"),
        shortened(j->arena, decimal_abs(j->change)),
        j->figure->unit ? j->figure->unit : say(j, "分", ""));
}

static const char *from_or_to_zero(const Jump *j)
{
    if (!reaches(j->change, decimal_from_int(ZERO_BASE)))
        return NULL;
    return decimal_sign(j->value) ? say(j, "上期为0", "0 in the period before")
                                  : say(j, "本期为0", "0 now");
}

/* Both above zero. */
static const char *by_times(const Jump *j, const JumpRule *rule)
{
    bool up = decimal_sign(j->change) > 0;
    Decimal times;
    if (!reaches(j->change, decimal_from_int(rule->base)) ||
        !decimal_div(up ? j->value : j->previous, up ? j->previous : j->value, &times) ||
        !reaches(times, hundredths(rule->times)))
        return NULL;
    if (up)
        return arena_printf(j->arena, say(j, "是上期的%s倍", "%s times the period before"),
            plain(j, decimal_round(times, 1)));
    Decimal part;
    if (!decimal_div(decimal_abs(j->change), j->previous, &part))
        return NULL;
    return arena_printf(
        j->arena, say(j, "比上期降%s", "down %s"), wording_percent(j->arena, part, 1));
}

static const char *by_rank(const Jump *j)
{
    return reaches(j->change, decimal_from_int(RANK_STEP))
               ? arena_printf(j->arena, say(j, "名次由%s变为%s", "place %s before, %s now"),
                     plain(j, j->previous), plain(j, j->value))
               : NULL;
}

/* A sum since January only grows. */
static const char *fallen(const Jump *j)
{
    return decimal_sign(j->change) < 0
               ? arena_printf(j->arena, say(j, "累计数比上期少%s", "the sum to date fell by %s"),
                     plain(j, decimal_abs(j->change)))
               : NULL;
}

static const JumpRule *rule_of(const Provenance *figure)
{
    const JumpRule *rule = rules;
    while (rule->manner != manner(figure) && rule->manner != MANNER_NONE)
        rule++;
    return rule;
}

const char *jump_flag(Arena *arena, const Provenance *figure, DiagLanguage language)
{
    Jump jump;
    if (figure->past) /* its own paper was looked at, and a trend has a year of them */
        return NULL;
    if (figure->missing && figure->has_previous)
        return language == DIAG_ENGLISH ? "missing now" : "上期有数，本期缺";
    if (!comparable(arena, figure, language == DIAG_ENGLISH, &jump))
        return NULL;
    int sign = decimal_sign(jump.value), before = decimal_sign(jump.previous);
    const JumpRule *rule = rule_of(figure);
    if (figure->kind == FIGURE_RANK)
        return by_rank(&jump);
    if (figure->rate_of_change) /* goes up and down; what it is worked out from is judged itself */
        return NULL;
    if (figure->to_date && rule->times)
        return fallen(&jump);
    if (sign * before < 0 && figure->manner != MANNER_NONE)
        return sign < 0 ? say(&jump, "由正变负", "turned negative")
                        : say(&jump, "由负变正", "turned positive");
    if (sign < 0 || before < 0) /* differences go up and down too */
        return NULL;
    if (!rule->times)
        return by_step(&jump, rule);
    return sign == before ? sign ? by_times(&jump, rule) : NULL : from_or_to_zero(&jump);
}

/* ---- the change ---- */

/* In words: +5.8% would be a formula in Excel. */
static const char *with_direction(const Jump *j, const char *text)
{
    bool up = decimal_sign(j->change) > 0;
    return arena_printf(j->arena, "%s%s", up ? say(j, "升", "up ") : say(j, "降", "down "), text);
}

/* A small change is not told as 0.0%. */
static const char *in_percent(Arena *arena, Decimal part)
{
    static const Decimal thousandth = {.mantissa = 1, .scale = 3};
    return wording_percent(arena, part, decimal_cmp(part, thousandth) < 0 ? 3 : 1);
}

const char *jump_change(Arena *arena, const Provenance *figure, DiagLanguage language)
{
    Jump jump;
    Decimal part;
    if (!comparable(arena, figure, language == DIAG_ENGLISH, &jump))
        return "";
    if (decimal_sign(jump.change) == 0)
        return say(&jump, "持平", "none");
    Decimal size = decimal_abs(jump.change);
    if (figure->kind == FIGURE_RANK)
        return arena_printf(arena,
            decimal_sign(jump.change) < 0 ? say(&jump, "进%s位", "%s places up")
                                          : say(&jump, "退%s位", "%s places down"),
            plain(&jump, size));
    if (manner(figure) == MANNER_RATIO)
        return with_direction(
            &jump, arena_printf(arena, say(&jump, "%s个百分点", "%s points"), points(&jump, size)));
    bool relative = manner(figure) != MANNER_SCORE && decimal_sign(jump.value) >= 0 &&
                    decimal_sign(jump.previous) > 0 && decimal_div(size, jump.previous, &part);
    return with_direction(&jump, relative ? in_percent(arena, part) : shortened(arena, size));
}

void jump_mark(Arena *arena, EntryList *entries, DiagLanguage language)
{
    for (int i = 0; i < entries->count; i++)
        if (entries->items[i].figure)
            entries->items[i].flag = jump_flag(arena, entries->items[i].figure, language);
}
