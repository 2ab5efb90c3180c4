/* Units of measure: their names, and one name for one unit throughout the paper. */
#include <string.h>
#include "lint/lint_internal.h"

/* ---- names that are none (GB 3100) ---- */

typedef struct Unit {
    const char32_t *wrong;
    const char *right;
    const char32_t *not_before; /* 平方米, m25 */
    bool loose;                 /* without a figure before it too */
} Unit;

static const Unit wrong_units[] = {
    /* flat table */
    {U"平米", "平方米", U"业糠粉价", true},
    {U"平方", "平方米", U"米公千厘分毫根差和数", false},
    {U"立方", "立方米", U"米公千厘分毫体根和", false},
    {U"m2", "平方米", U"0123456789", false},
    {U"m3", "立方米", U"0123456789", false},
    {U"M2", "平方米", U"0123456789", false},
    {U"M3", "立方米", U"0123456789", false},
    {U"公分", "厘米", U"之", false},
    {U"公尺", "米", U"", false},
    {U"公升", "升", U"", false},
};

static const Unit wrong_symbols[] = {
    /* flat table */
    {U"KM", "km", U"", false},
    {U"Km", "km", U"", false},
    {U"KG", "kg", U"", false},
    {U"Kg", "kg", U"", false},
    {U"KW", "kW", U"", false},
    {U"Kw", "kW", U"", false},
    {U"kw", "kW", U"", false},
    {U"MM", "mm", U"", false},
    {U"CM", "cm", U"", false},
    {U"ML", "mL", U"", false},
};

static size_t judge_unit(Lint *lint, const Line *line, size_t i, const Unit *unit, DiagCode code)
{
    const uint32_t *c = line->c;
    size_t length = word_at(c + i, unit->wrong);
    bool letters = is_latin(unit->wrong[0]);
    if (!length || has(unit->not_before, c[i + length]) || (letters && is_latin(c[i + length])))
        return 0;
    bool counted = is_digit(c[i - 1]) || has(U"余多万千百", c[i - 1]);
    if (letters ? !is_digit(c[i - 1]) : !counted && !(unit->loose && !has(U"水高公太", c[i - 1])))
        return 0;
    lint_tell(lint, line, code, i, i + length, NULL, unit->right);
    return length;
}

static size_t judge_names(Lint *lint, const Line *line, size_t i)
{
    size_t length = 0;
    for (size_t k = 0; !length && k < sizeof wrong_units / sizeof *wrong_units; k++)
        length = judge_unit(lint, line, i, &wrong_units[k], DIAG_W742);
    for (size_t k = 0; !length && k < sizeof wrong_symbols / sizeof *wrong_symbols; k++)
        length = judge_unit(lint, line, i, &wrong_symbols[k], DIAG_N734);
    return length;
}

/* ---- one unit, two names ---- */

typedef struct Name {
    const char32_t *name;
    int group;
} Name;

static const Name names[] = {
    /* flat table */
    {U"公里", 0},
    {U"千米", 0},
    {U"km", 0},
    {U"平方米", 1},
    {U"㎡", 1},
    {U"m²", 1},
    {U"吨", 2},
    {U"t", 2},
    {U"公斤", 3},
    {U"千克", 3},
    {U"kg", 3},
};

static void judge_same(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t length = word_at(c + i, names[k].name);
        if (!length || (is_latin(c[i]) && is_latin(c[i + length])))
            continue;
        Seen *seen = &lint->units[names[k].group];
        char *text = line_text(lint, line, i, i + length);
        if (!seen->text) {
            *seen = (Seen){text, line_at(line, i, i + length)};
        } else if (strcmp(seen->text, text) != 0 && !lint->units_told[names[k].group]) {
            lint->units_told[names[k].group] = true;
            lint_tell(lint, line, DIAG_N730, i, i + length, seen->text, NULL);
        }
        return;
    }
}

/* 3户 here and 三户 there (GB/T 15835 4.3). */
static void judge_count(Lint *lint, const Line *line, size_t i, bool han)
{
    static const char32_t counters[COUNTERS + 1] = U"户处吨亩辆座栋台";
    for (size_t k = 0; k < COUNTERS; k++) {
        Seen *seen = han ? &lint->han_counts[k] : &lint->digit_counts[k];
        if (line->c[i] != counters[k] || seen->text)
            continue;
        size_t from = i;
        while (from > line->first &&
               (han ? has(HAN_DIGITS, line->c[from - 1]) : is_digit(line->c[from - 1])))
            from--;
        *seen = (Seen){line_text(lint, line, from, i + 1), line_at(line, from, i + 1)};
    }
}

static bool is_small_han(const Line *line, size_t i)
{
    static const char32_t small[] = U"两二三四五六七八九";
    const uint32_t *c = line->c;
    return i > line->first + 1 && has(small, c[i - 1]) && is_han(c[i - 2]) &&
           !has(HAN_DIGITS, c[i - 2]) && !has(U"第每星期周", c[i - 2]);
}

static void judge_percent(Lint *lint, const Line *line, size_t i)
{
    int wide = line->c[i] == U'％';
    if (!is_digit(line->c[i - 1]) || line->piece->kind == LINT_CELL)
        return;
    if (!lint->percents[wide].text)
        lint->percents[wide] = (Seen){line_text(lint, line, i - 1, i + 1), line_at(line, i, i + 1)};
    if (lint->percents[!wide].text && !lint->percent_told) {
        lint->percent_told = true;
        lint_tell(lint, line, DIAG_N736, i, i + 1, wide ? "%" : "％", NULL);
    }
}

/* A unit behind a figure, or behind its 余. */
static void judge_counted(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    judge_same(lint, line, i);
    if (is_digit(c[i - 1]))
        judge_count(lint, line, i, false);
    if (c[i] == U'亩' && !lint->mu_told) {
        lint->mu_told = true;
        lint_tell(lint, line, DIAG_N729, i, i + 1, NULL, NULL);
    }
}

void scan_units(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        const uint32_t *c = line->c;
        if (has(U"%％", c[i]))
            judge_percent(lint, line, i);
        else if (is_digit(c[i - 1]) ||
                 (has(U"余多万", c[i - 1]) && (is_digit(c[i - 2]) || has(U"余多万", c[i - 2]))))
            judge_counted(lint, line, i);
        else if (is_small_han(line, i))
            judge_count(lint, line, i, true);
        size_t length = is_digit(c[i]) ? 0 : judge_names(lint, line, i);
        i += length ? length : 1;
    }
}

void finish_units(Lint *lint)
{
    for (size_t k = 0; k < COUNTERS; k++)
        if (lint->han_counts[k].text && lint->digit_counts[k].text)
            diag_add(lint->diags, DIAG_N728, &lint->han_counts[k].at, lint->han_counts[k].text,
                lint->digit_counts[k].text);
}
