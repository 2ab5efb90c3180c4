/* The values of 改定.csv: what a row says, and whether it may be said of its figure. */
#include <string.h>

#include "base/utf8.h"
#include "data/infer.h"
#include "run/overrule/overrule_internal.h"

/* 700, 700吨, 5.5万, 12.3% as it is meant for this figure. */
static bool read_value(
    Resolver *r, const Ruling *ruling, RulingColumn column, const Provenance *figure, Decimal *out)
{
    const char *text = ruling->cells[column];
    bool ratio = figure->kind == FIGURE_RATIO;
    NumberCell number;
    unsigned faults = NUMBER_TOO_LARGE | NUMBER_SCIENTIFIC | NUMBER_APPROXIMATE | NUMBER_STOP;
    const char *unit = NULL;
    bool read = infer_number(text, ratio ? NULL : figure->unit, &number);
    if (!read)
        unit = infer_trailing_unit(text, &number);
    bool exact = (read || unit) && !(number.flags & faults);
    bool percent = exact && (number.flags & NUMBER_PERCENT);
    if (!exact || (percent && !ratio && !figure->unit))
        return ruling_refuse(r, ruling, column, DIAG_E793, text, ruling_columns[column]);
    if (percent != ratio || (unit && (ratio || figure->unit)))
        return ruling_refuse(r, ruling, column, DIAG_E794, text, ratio ? "%" : figure->unit);
    *out = number.value;
    return true;
}

/* Things and places in a row are counted: there is no half one. */
static bool is_whole_enough(
    Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal value)
{
    bool whole = decimal_cmp(value, decimal_cut(value, 0)) == 0;
    bool counted = figure->kind == FIGURE_RANK ||
                   (figure->manner == MANNER_COUNT && figure->kind == FIGURE_NUMBER &&
                       decimal_cmp(figure->value, decimal_cut(figure->value, 0)) == 0);
    int least = figure->kind == FIGURE_RANK ? 1 : 0;
    if (!counted || (whole && decimal_cmp(value, decimal_from_int(least)) >= 0))
        return true;
    ruling_refuse(r, ruling, RULING_VALUE, DIAG_E793, ruling->cells[RULING_VALUE],
        ruling_columns[RULING_VALUE]);
    diag_hint(r->session->diags, DIAG_H793);
    return false;
}

/* 5.5 for what the paper prints as 5.2万: 55000 or 5.5? */
static bool is_bare(Arena *arena, const char *text)
{
    const char *folded = utf8_fold(arena, text);
    return folded[strspn(folded, "0123456789.,+-")] == '\0';
}

/* The number that prints: 52 of 近52, 5.2 of 5.2万. */
static bool printed_number(Arena *arena, const char *printed, Decimal *out)
{
    const char *start = strpbrk(printed, "0123456789");
    char *digits = arena_strdup(arena, start ? start : ""), *to = digits;
    for (const char *from = digits; *from && strchr("0123456789.,", *from); from++)
        if (*from != ',')
            *to++ = *from;
    *to = '\0';
    return decimal_parse(digits, out);
}

static bool is_at_least_times(Decimal large, Decimal small, int64_t times)
{
    Decimal least;
    return decimal_mul(decimal_abs(small), decimal_from_int(times), &least) &&
           decimal_cmp(decimal_abs(large), least) >= 0;
}

/* 万 or 亿 where the paper prints so many of the figure; NULL: it prints the figure itself. */
static const char *printed_scale(Arena *arena, const Provenance *figure)
{
    enum { FAR = 10, MYRIAD = 1000, MYRIAD_SQUARED = 10000000 };
    Decimal printed;
    if (strstr(figure->printed, "亿"))
        return "亿";
    if (strstr(figure->printed, "万"))
        return "万";
    if (!printed_number(arena, figure->printed, &printed) || decimal_sign(printed) == 0 ||
        !is_at_least_times(figure->value, printed, FAR))
        return NULL;
    return is_at_least_times(figure->value, printed, MYRIAD_SQUARED) ? "亿"
           : is_at_least_times(figure->value, printed, MYRIAD)       ? "万"
                                                                     : "";
}

/* Copied as it prints, without its 万, it would be ten thousand times too small. */
static bool says_unit(Resolver *r, const Ruling *ruling, const Provenance *figure)
{
    Arena *arena = r->session->arena;
    const char *text = ruling->cells[RULING_VALUE], *unit = figure->unit ? figure->unit : "";
    bool bare = figure->kind == FIGURE_NUMBER && is_bare(arena, text);
    const char *scale = bare ? printed_scale(arena, figure) : NULL;
    if (!scale)
        return true;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_VALUE, &place);
    diag_add(r->session->diags, DIAG_E788, &at, text, figure->printed, figure->exact);
    if (*scale)
        diag_hint(r->session->diags, DIAG_H798, text, arena_printf(arena, "%s%s", scale, unit),
            text, unit);
    return false;
}

static bool is_rank_there_is(
    Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal value)
{
    if (figure->ranked == 0 || decimal_cmp(value, decimal_from_int(figure->ranked)) <= 0)
        return true;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_VALUE, &place);
    return diag_add(r->session->diags, DIAG_E785, &at, ruling->cells[RULING_VALUE], figure->ranked);
}

bool ruling_value(Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal *out)
{
    return read_value(r, ruling, RULING_VALUE, figure, out) && says_unit(r, ruling, figure) &&
           is_whole_enough(r, ruling, figure, *out) && is_rank_there_is(r, ruling, figure, *out);
}

/* A point in the wrong place, a unit that was not meant. Of small figures ten times is nothing. */
void ruling_warn_change(Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal value)
{
    enum { FAR = 10 };
    Decimal change, was = figure->value;
    bool both = decimal_sign(was) != 0 && decimal_sign(value) != 0;
    bool far = both && figure->kind != FIGURE_RANK &&
               (is_at_least_times(value, was, FAR) || is_at_least_times(was, value, FAR));
    if (!far || !decimal_sub(value, was, &change) ||
        (figure->kind == FIGURE_RATIO && !decimal_mul(change, decimal_from_int(100), &change)) ||
        !is_at_least_times(change, decimal_from_int(1), FAR))
        return;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_VALUE, &place);
    diag_add(r->session->diags, DIAG_W792, &at, ruling->cells[RULING_PLACE], figure->exact,
        ruling->cells[RULING_VALUE]);
}

/* As the 核对单 writes it, or the number alone; a long quotient is cut there. False: no number. */
static bool is_value(Resolver *r, const Ruling *ruling, const Provenance *figure, bool *same)
{
    enum { SURE_DECIMALS = 6 };
    Decimal was, now = figure->value;
    *same = ruling_copies_value(r, ruling, figure->exact);
    if (*same)
        return true;
    if (!read_value(r, ruling, RULING_WAS, figure, &was))
        return false;
    *same = decimal_cmp(was, now) == 0 ||
            (was.scale >= SURE_DECIMALS && decimal_cmp(was, decimal_round(now, was.scale)) == 0);
    return true;
}

bool ruling_copies_value(Resolver *r, const Ruling *ruling, const char *exact)
{
    Arena *arena = r->session->arena;
    return strcmp(utf8_fold(arena, ruling->cells[RULING_WAS]), utf8_fold(arena, exact)) == 0;
}

/* What is sorted by its figures stands in another order when one is overruled: the 核对单 of then
 * has this one elsewhere. */
static void hint_moved(Resolver *r, const Ruling *ruling, const Provenance *figure)
{
    const Entry *there = NULL;
    int count = 0;
    for (int i = 0; i < r->entries.count; i++) {
        const Entry *entry = &r->entries.items[i];
        bool beside = entry->origin == ENTRY_COMPUTED &&
                      strcmp(entry->figure->expression, figure->expression) == 0 &&
                      ruling_copies_value(r, ruling, entry->figure->exact);
        if (beside && count++ == 0)
            there = entry;
    }
    if (there)
        diag_hint(r->session->diags, DIAG_H796, ruling->cells[RULING_WAS], there->place);
    else
        diag_hint(r->session->diags, DIAG_H794);
}

/* 原值 says which figure was meant: of changed data it is another one. */
bool ruling_is_still(Resolver *r, const Ruling *ruling, const Provenance *figure)
{
    bool same;
    if (!*ruling->cells[RULING_WAS])
        return true;
    if (!is_value(r, ruling, figure, &same))
        return false;
    if (same)
        return true;
    ruling_refuse(r, ruling, RULING_WAS, DIAG_E797, ruling->cells[RULING_WAS], figure->exact);
    hint_moved(r, ruling, figure);
    return false;
}
