/* What the scanners share. A scanner looks through one line for all findings of its rules, in time
 * linear in the line; what it must remember from line to line is its part of Lint. */
#ifndef LINT_LINT_INTERNAL_H
#define LINT_LINT_INTERNAL_H

#include <stdint.h>
#include <uchar.h>
#include "base/map.h"
#include "base/utf8.h"
#include "lint/lint.h"

enum { MARGIN = 20 }; /* zeros on both sides of a line: no scanner looks further than that */

/* A line under test. */
typedef struct Line {
    const LintPiece *piece;
    const uint32_t *c;    /* characters, MARGIN zeros before and behind */
    const size_t *offset; /* of each in the piece's text; offset[count] is its length */
    size_t count;
    size_t first, end; /* without blanks at both ends */
    bool sentence;     /* has ， or 。 */
} Line;

/* A finding that waits for what the rest of the paper shows. */
typedef struct Pending {
    DiagCode code;
    At at;
    const char *found;
    int year; /* that must stand in the paper as one */
} Pending;

typedef struct Pendings {
    Pending *items;
    size_t count, room;
} Pendings;

enum { LINT_LEVELS = 4, UNIT_GROUPS = 4, COUNTERS = 8 };
enum { FIRST_YEAR = 2010, LAST_YEAR = 2039, YEARS = LAST_YEAR - FIRST_YEAR + 1 };

/* Where something stood first. */
typedef struct Seen {
    const char *text; /* NULL: not yet */
    At at;
} Seen;

struct Lint {
    Arena *arena;
    Diags *diags;
    uint32_t *characters;
    size_t *offsets;
    size_t room;
    /* pairs.c */
    struct Opener *stack;
    size_t stack_room;
    Pendings open; /* quotes that go on in the next paragraph */
    /* figures.c */
    bool years[YEARS];
    Pendings wrecked;
    /* headings.c */
    int numbers[LINT_LEVELS + 1], level, points[2]; /* points: 一是, 一要 */
    int outer[2];                                   /* … of the list round the present one */
    const char *labels[LINT_LEVELS + 1];
    Seen comma; /* the first 1、 … */
    size_t commas;
    int attachments; /* of the list 附件：1.… 2.…, whose last line was just before; 0: none */
    /* units.c */
    Seen units[UNIT_GROUPS], percents[2], han_counts[COUNTERS], digit_counts[COUNTERS];
    bool units_told[UNIT_GROUPS], mu_told, percent_told;
    /* words.c */
    const struct WordIndex *words;
    /* repeats.c */
    Map *sentences, *paragraphs;
};

/* ---- telling ---- */

char *line_text(const Lint *lint, const Line *line, size_t from, size_t to);
At line_at(const Line *line, size_t from, size_t to);
/* Characters `from` to `to` break rule `code`. `other`: the second %s of the message, or NULL;
 * `mend`: how it is written (a hint), or NULL. */
void lint_tell(Lint *lint, const Line *line, DiagCode code, size_t from, size_t to,
    const char *other, const char *mend);
void pendings_add(
    Lint *lint, Pendings *list, const Line *line, DiagCode code, size_t from, size_t to, int year);

/* ---- characters ---- */

static inline bool has(const char32_t *set, uint32_t c)
{
    if (c)
        for (; *set; set++)
            if (*set == c)
                return true;
    return false;
}

static inline bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_latin(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool is_han(uint32_t c)
{
    return c >= 0x2E80 && utf8_is_han(c);
}

static inline bool is_space(uint32_t c)
{
    return c && utf8_is_blank(c);
}

/* Length of `word` when it stands right at `c`, else 0. */
static inline size_t word_at(const uint32_t *c, const char32_t *word)
{
    size_t i = 0;
    for (; word[i]; i++)
        if (c[i] != word[i])
            return 0;
    return i;
}

static inline size_t digits_end(const uint32_t *c, size_t i)
{
    while (is_digit(c[i]))
        i++;
    return i;
}

/* Up to nine digits as a number. */
static inline int digits_value(const uint32_t *c, size_t from, size_t to)
{
    int value = 0;
    for (size_t i = from; i < to && i < from + 9; i++)
        value = value * 10 + (int)(c[i] - '0');
    return value;
}

/* 余, 多 behind a figure: more than that. */
static inline bool is_more(const uint32_t *c, size_t i)
{
    return (c[i] == U'余' && !has(U"额下粮款地热", c[i + 1])) ||
           (c[i] == U'多' && !has(U"功媒样元边方", c[i + 1]));
}

extern const char32_t HAN_DIGITS[]; /* 一二三四五六七八九十百千万亿两几 */

/* Where the number of a paper ends whose year's bracket opens at `i` (发〔2024〕7号); 0: none does. */
size_t paper_number_end(const uint32_t *c, size_t i);

/* ---- scanners; their rules are in rules.def ---- */

void scan_placeholders(Lint *lint, const Line *line);
void scan_figures(Lint *lint, const Line *line);
void scan_rough(Lint *lint, const Line *line);
void scan_numbers(Lint *lint, const Line *line);
void scan_years(Lint *lint, const Line *line);
void scan_pairs(Lint *lint, const Line *line);
void scan_width(Lint *lint, const Line *line);
void scan_marks(Lint *lint, const Line *line);
void scan_ends(Lint *lint, const Line *line);
void scan_headings(Lint *lint, const Line *line);
void scan_dates(Lint *lint, const Line *line);
void scan_words(Lint *lint, const Line *line);
void scan_units(Lint *lint, const Line *line);
void scan_repeats(Lint *lint, const Line *line);

void finish_figures(Lint *lint);
void finish_pairs(Lint *lint);
void finish_headings(Lint *lint);
void finish_units(Lint *lint);

#endif
