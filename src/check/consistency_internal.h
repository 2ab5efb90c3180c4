/* Shared by the files of the rules: the paper as lines with their figures. Everything belongs to
 * the arena of the call. */
#ifndef CHECK_CONSISTENCY_INTERNAL_H
#define CHECK_CONSISTENCY_INTERNAL_H

#include "base/map.h"
#include "check/consistency.h"
#include "check/piece_place.h"
#include "check/typed.h"

typedef enum LineKind { LINE_TITLE, LINE_HEADING, LINE_PROSE, LINE_CELL, LINE_OTHER } LineKind;

/* A figure where it stands in a line. */
typedef struct Mark {
    size_t start, end;        /* bytes in the line's text, a unit of its own included */
    const Provenance *figure; /* NULL: typed by hand */
    TypedKind kind;
    bool rough, missing;
    Decimal value;        /* as printed: 84.0% is 0.840 */
    Decimal exact;        /* before wording; of a typed one `value` */
    const char *unit;     /* the word behind it, else its column's; NULL: none */
    const char *text;     /* as printed, with the word behind it: 456.2吨 */
    const Decimal *parts; /* TYPED_GROUP */
    int part_count;
    const char *place;
    At at;
} Mark;

typedef struct CheckLine {
    LineKind kind;
    const Block *block;
    const Inline *first;
    PieceMap *map;    /* the checker's */
    const char *text;  /* inline_plain */
    const char *under; /* the heading above it; "": none */
    bool numbered;     /* an item or heading: bears a label */
    Mark *marks;
    int mark_count;
    size_t capacity;
} CheckLine;

typedef struct Checker {
    Arena *arena;
    const Document *document;
    const EntryList *entries;
    const CheckFacts *facts;
    Diags *diags;
    PieceMap map;
    Map *places; /* where a figure stands → place */
    CheckLine *lines;
    size_t line_count, capacity;
    const char *heading; /* the last one that was read */
    Map *told;           /* places of typed figures that are not those worked out */
} Checker;

/* consistency_lines.c */
void lines_collect(Checker *checker);
/* Cells as prose does: numbers typed or printed; false when the cell holds anything else. */
bool mark_cell(Checker *checker, const Cell *cell, Mark *out);
const char *cell_plain(Checker *checker, const Cell *cell);
/* 吨 of 生活垃圾（吨）, 个 of 单位：个 and of 个; NULL: none is written. */
const char *unit_written(Checker *checker, const char *text);
/* The unit of a head as its author typed it, else that of the table; NULL: none.
 * (consistency_units.c) */
const char *unit_over(Checker *checker, const DocTable *table, const Cell *head);
/* Bytes [start, end) of a line in the template, for a message. */
At words_place(const CheckLine *line, size_t start, size_t end);
/* Text with a figure's exact digits: 456.2. */
const char *number_text(Checker *checker, Decimal value);
/* Where the sentence that holds byte `at` begins and ends (after its 。；！？). */
#define SENTENCE_ENDS "。 ； ！ ？ ;"
size_t sentence_start(const char *text, size_t at);
size_t sentence_end(const char *text, size_t at);
/* `word` stands right at `text`: its bytes, else 0; of a list with blanks between the longest. */
size_t text_match(const char *text, const char *words);
/* The same of a word that ends at `end`, not before `start`. */
size_t text_match_back(const char *text, size_t start, size_t end, const char *words);
/* One of the words stands in text[start, end). */
bool text_holds(const char *text, size_t start, size_t end, const char *words);
/* 平方米 of 平米 and ㎡; what has one spelling alone is itself. */
const char *unit_standard(const char *unit);
/* 吨, 元: what is measured, not counted. (consistency_units.c) */
bool unit_is_measure(const char *unit);
/* 元 of 万元, and how many times 元 that is; units without 万 are themselves, once. */
const char *unit_alone(const char *unit, int64_t *times);

/* The clause that holds byte `at`: where it begins. */
#define CLAUSE_ENDS "。 ； ， 、 ！ ？ ( （ ) ） , ;"
size_t clause_start(const char *text, size_t at);
bool unit_same(const char *a, const char *b);
/* What was written is right for `exact`: as exact as it was written, rough words apart. */
bool rounds_to(Decimal exact, const Mark *written);
/* In a sentence that says what is wished for (consistency_claims.c). */
bool is_wished(const CheckLine *line, const Mark *mark);
/* 销号 of 销号率 right before a percentage that ends at `end`: its bytes, 0: no rate stands there.
 * (consistency_sums.c) */
size_t rate_word(const char *text, size_t start, size_t end, const char **word);
/* 合计, 全镇: a row that stands for all. */
bool is_whole_row(const char *label);

/* The rules, each over the whole paper. */
void check_fallen(Checker *checker); /* consistency_claims.c */
void check_claims(Checker *checker);
void check_twice(Checker *checker);  /* consistency_twice.c */
void check_kinds(Checker *checker);  /* consistency_kinds.c */
void check_sums(Checker *checker);   /* consistency_sums.c */
void check_tables(Checker *checker); /* consistency_tables.c */
void check_counts(Checker *checker); /* consistency_counts.c */
void check_units(Checker *checker);  /* consistency_units.c */

#endif
