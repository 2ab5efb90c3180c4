/* Steps that make text of a figure, and those on dates and periods. The figure stays behind its
 * text, so that when="有数" still sees it. */
#include <string.h>
#include "document/numeral.h"
#include "document/wording.h"
#include "template/value/trace.h"

/* The 位 of a step: -1 when it was left out. */
static int places_of(const ValueNode *pipe)
{
    const ValueNode *arg = pipe->arg_count > 0 ? pipe->args[0] : NULL;
    return arg && arg->kind == NODE_NUMBER ? (int)arg->number.mantissa : -1;
}

static const char *argument_word(const ValueNode *pipe, int index, const char *otherwise)
{
    const ValueNode *arg = index < pipe->arg_count ? pipe->args[index] : NULL;
    return arg ? arg->name : otherwise;
}

/* ---- numbers ---- */

/* A change in percent has no other unit. */
static bool unit_superfluous(const Context *context, const ValueNode *pipe, const Datum *datum)
{
    const ValueNode *unit = pipe->args[1];
    bool taken = datum->is_delta && (datum->is_rank || !datum->is_ratio);
    if (!unit || taken || !(datum->is_change || datum->is_pace || datum->is_delta)) {
        return false;
    }
    At at = value_node_at(unit);
    diag_add(
        context->engine->diags, DIAG_E153, &at, pipe->step->name, value_node_text(unit));
    return true;
}

static bool word_change(const Context *context, const ValueNode *pipe, Datum *datum)
{
    Arena *arena = context->engine->arena;
    int places = places_of(pipe);
    const char *unit = argument_word(pipe, 1, datum->unit);
    if (unit_superfluous(context, pipe, datum)) {
        return false;
    }
    if (datum->is_change) {
        datum->text = wording_change_ratio(arena, datum->number, places);
    } else if (datum->is_delta && datum->is_rank) {
        int sign = decimal_sign(datum->number);
        const char *size = wording_plain(arena, decimal_abs(datum->number));
        datum->text = sign == 0 ? "持平"
                                : arena_printf(arena, "%s%s%s", sign < 0 ? "上升" : "下降", size,
                                      unit ? unit : "位");
    } else if (datum->is_pace) {
        datum->text = wording_pace(arena, datum->number, places);
    } else if (datum->is_delta && datum->is_ratio) {
        datum->text = wording_change_points(arena, datum->number, places);
    } else if (datum->is_delta) {
        /* A quotient or average prints with 2 decimals at most, and without trailing zeros. */
        Decimal amount = decimal_trim(datum->number);
        if (places < 0 && datum->is_quotient && amount.scale > 2) {
            amount = decimal_round(amount, 2);
        }
        datum->text = wording_change_amount(arena, amount, places, unit);
    } else {
        Value value = {.kind = VALUE_DATUM, .datum = *datum};
        return step_misused(context, pipe, &value);
    }
    return true;
}

/* What a quotient has behind 2 decimals does not print. */
static Decimal as_printed(const Datum *datum)
{
    Decimal number = decimal_trim(datum->number);
    return datum->is_quotient && number.scale > 2 ? decimal_trim(decimal_round(number, 2)) : number;
}

/* A ratio is read as it prints: 百分之五十八点一. */
static const char *word_han(Arena *arena, const Datum *datum)
{
    Decimal hundredfold;
    if (!datum->is_ratio ||
        !decimal_mul(datum->number, decimal_from_int(100), &hundredfold)) {
        return numeral_han_decimal(arena, as_printed(datum));
    }
    Decimal rounded = decimal_round(hundredfold, 1);
    return arena_printf(arena, "%s百分之%s", decimal_sign(rounded) < 0 ? "负" : "",
        numeral_han_decimal(arena, decimal_abs(rounded)));
}

/* There is no 第一点五 and no 第负一. */
static bool word_ordinal(const Context *context, const ValueNode *pipe, Datum *datum)
{
    Decimal number = decimal_trim(datum->number);
    Arena *arena = context->engine->arena;
    if (number.scale > 0 || decimal_sign(number) < 0) {
        At at = value_node_at(pipe);
        return diag_add(context->engine->diags, DIAG_E691, &at, value_node_text(pipe->left),
            datum_plain(context->engine, datum, false));
    }
    datum->text = numeral_ordinal(arena, number.mantissa);
    return true;
}

/* 大写 ends with 分 (支付结算办法 附一): less than that is not dropped in silence. */
static void word_money(const Context *context, const ValueNode *pipe, Datum *datum)
{
    Engine *engine = context->engine;
    Decimal yuan = as_printed(datum), rounded = decimal_round(yuan, 2);
    if (decimal_cmp(yuan, rounded) != 0 && !context->dry) {
        At at = value_node_at(pipe);
        diag_add(engine->diags, DIAG_W177, &at, value_node_text(pipe->left),
            wording_plain(engine->arena, yuan), wording_plain(engine->arena, rounded));
    }
    datum->text = numeral_money(engine->arena, yuan);
}

static const char *word_approx(Arena *arena, const ValueNode *pipe, const Datum *datum)
{
    /* From 1 up a ratio is no number of things: it prints as it is. */
    bool fraction = datum->is_ratio || datum->is_quotient;
    if (datum->is_ratio && decimal_cmp(decimal_abs(datum->number), decimal_from_int(1)) >= 0) {
        return wording_percent(arena, datum->number, 1);
    }
    return wording_approx(arena, datum->number, argument_word(pipe, 0, "余"), fraction);
}

static bool word_number(const Context *context, const ValueNode *pipe, Datum *datum)
{
    Arena *arena = context->engine->arena;
    int places = places_of(pipe);
    switch (pipe->step->id) {
    case STEP_PERCENT:
        datum->text = wording_percent(arena, datum->number, places);
        return true;
    case STEP_DIGITS:
        datum->text = wording_fixed(arena, datum->number, places);
        return true;
    case STEP_INTEGER:
        datum->text = wording_fixed(arena, datum->number, 0);
        return true;
    case STEP_GROUPED:
        datum->text = wording_grouped(
            arena, datum->is_quotient ? decimal_round(datum->number, 2) : datum->number, -1);
        return true;
    case STEP_MYRIAD:
        datum->text = wording_scaled(arena, datum->number, 4, places);
        return true;
    case STEP_HUNDRED_MILLION:
        datum->text = wording_scaled(arena, datum->number, 8, places);
        return true;
    case STEP_APPROX:
        datum->text = word_approx(arena, pipe, datum);
        datum->is_approx = true;
        return true;
    case STEP_MONEY:
        word_money(context, pipe, datum);
        return true;
    case STEP_HAN:
        datum->text = word_han(arena, datum);
        return true;
    case STEP_CHANGE:
        return word_change(context, pipe, datum);
    default:
        return word_ordinal(context, pipe, datum);
    }
}

bool step_wording(const Context *context, const ValueNode *pipe, Datum *datum)
{
    if (datum->kind == DATUM_MISSING) {
        return true;
    }
    if (pipe->step->id == STEP_GRADE) {
        Datum number = *datum;
        bool good = step_grade(context, pipe, datum);
        trace_worded(context, &number, datum);
        return good;
    }
    if (datum->kind != DATUM_NUMBER) {
        Value value = {.kind = VALUE_DATUM, .datum = *datum};
        return step_misused(context, pipe, &value);
    }
    return word_number(context, pipe, datum);
}

/* ---- dates ---- */

static bool word_date(Arena *arena, StepId id, Date date, Datum *datum)
{
    switch (id) {
    case STEP_DATE_LONG:
        *datum = datum_text(date_long(arena, date));
        return true;
    case STEP_MONTH_DAY:
        *datum = datum_text(date_month_day(arena, date));
        return true;
    case STEP_YEAR_MONTH:
        *datum = datum_text(date_year_month(arena, date));
        return true;
    case STEP_DATE_HAN:
        *datum = datum_text(date_han(arena, date));
        return true;
    default:
        return false;
    }
}

/* ---- periods ---- */

/* Of a quarter there is no one day, of a year no one quarter: to print its first would be wrong in
 * silence. While a value is only checked, the period may not be the one it is used with. */
static bool is_within(StepId id, Period period)
{
    PeriodKind kind = id == STEP_QUARTER ? PERIOD_QUARTER : PERIOD_MONTH;
    switch (id) {
    case STEP_DATE_LONG:
    case STEP_MONTH_DAY:
    case STEP_DATE_HAN:
        return date_cmp(period.first, period.last) == 0;
    case STEP_QUARTER:
    case STEP_YEAR_MONTH:
        return date_cmp(period_containing(kind, period.first).last, period.last) >= 0;
    case STEP_MONTH:
    case STEP_YEAR:
        return period.first.year == period.last.year;
    default:
        return true;
    }
}

static bool too_long(const Context *context, const ValueNode *pipe, Period period)
{
    char first[16], last[16];
    const char *left = value_node_text(pipe->left), *step = pipe->step->name;
    At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
    diag_add(context->engine->diags, DIAG_E601, &at, left, date_format_iso(period.first, first),
        date_format_iso(period.last, last), step);
    diag_hint(context->engine->diags, DIAG_H159, left, step, left, step);
    return false;
}

/* 6月, or 4—6月 of a longer one. */
static const char *months_of(Arena *arena, Period period)
{
    bool same = period.first.month == period.last.month && period.first.year == period.last.year;
    return same ? arena_printf(arena, "%d月", period.last.month)
                : arena_printf(arena, "%d—%d月", period.first.month, period.last.month);
}

static Period neighbour(Period period, StepId id)
{
    switch (id) {
    case STEP_PREVIOUS:
        return period_previous(period);
    case STEP_LAST_YEAR:
        return period_last_year(period);
    case STEP_NEXT:
        return period_next(period);
    default:
        return period;
    }
}

/* As with rows, 上期 同期 move the period and 累计 widens it, in any order (language.md 2):
 * 期间|累计|上期 is 1—5月, what 月报|累计|上期 adds up. */
static Datum other_period(StepId id, const Datum *datum)
{
    Period base = datum->period;
    if (datum->widened != PERIOD_NONE) {
        base = (Period){datum->widened, datum->date, datum->period.last};
    }
    Period moved = neighbour(base, id);
    if (datum->widened == PERIOD_NONE && id != STEP_TO_DATE_OF_YEAR) {
        return datum_period(moved);
    }
    Datum out = datum_period(period_year_to_date(moved));
    out.widened = moved.kind;
    out.date = moved.first;
    return out;
}

static bool word_period(Arena *arena, StepId id, Period period, Datum *datum)
{
    switch (id) {
    case STEP_START:
        *datum = datum_date(period.first);
        return true;
    case STEP_END:
        *datum = datum_date(period.last);
        return true;
    case STEP_NAME:
        *datum = datum_text(period_name(arena, period));
        return true;
    case STEP_SHORT:
        *datum = datum_text(period_short(arena, period));
        return true;
    case STEP_MONTH:
        *datum = datum_text(months_of(arena, period));
        return true;
    case STEP_QUARTER:
        *datum = datum_text(period_short(arena, period_containing(PERIOD_QUARTER, period.last)));
        return true;
    case STEP_YEAR:
        *datum = datum_number(decimal_from_int(period.last.year));
        datum->decimals = 0;
        return true;
    case STEP_PREVIOUS:
    case STEP_LAST_YEAR:
    case STEP_NEXT:
    case STEP_TO_DATE_OF_YEAR:
        *datum = other_period(id, datum);
        return true;
    default:
        return word_date(arena, id, period.first, datum);
    }
}

bool step_period(const Context *context, const ValueNode *pipe, Datum *datum)
{
    Arena *arena = context->engine->arena;
    StepId id = pipe->step->id;
    if (datum->kind == DATUM_MISSING) {
        return true;
    }
    if (!context->dry && datum->kind == DATUM_PERIOD && !is_within(id, datum->period)) {
        return too_long(context, pipe, datum->period);
    }
    bool extra = id < STEP_DATE_LONG && pipe->arg_count > 0 && pipe->args[pipe->arg_count - 1];
    if (!extra && datum->kind == DATUM_PERIOD && word_period(arena, id, datum->period, datum)) {
        return true;
    }
    if (datum->kind == DATUM_DATE &&
        (word_date(arena, id, datum->date, datum) ||
            (id >= STEP_MONTH && id <= STEP_YEAR &&
                word_period(arena, id, period_containing(PERIOD_MONTH, datum->date), datum)))) {
        return true;
    }
    Value value = {.kind = VALUE_DATUM, .datum = *datum};
    return step_misused(context, pipe, &value);
}
