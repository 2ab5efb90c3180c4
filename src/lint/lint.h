/* The wording rules: what a proofreader finds in a paper without asking where its figures come
 * from. Pure: text in, messages out. A rule is a row of rules.def: its code in diag.def (W72x–W75x
 * sure, N72x–N73x doubtful), an example of both kinds, and the clause or the practice it comes
 * from. Rules are switched off by diag_switch_off. */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/diag.h"

typedef struct Lint Lint;

/* All memory is of the arena. */
Lint *lint_new(Arena *arena, Diags *diags);

typedef enum LintKind {
    LINT_LINE,      /* of a plain text: what it is shows in the wording */
    LINT_PARAGRAPH, /* of a paper */
    LINT_HEADING,   /* whose number the program prints; `level` 1–4 */
    LINT_LABEL,     /* title, caption, signature: no sentence */
    LINT_DATE,      /* of the paper: its form and its day are judged where it is made */
    LINT_CELL       /* of a table */
} LintKind;

/* Where `length` bytes from byte `offset` of the text stand, for a message. */
typedef At (*LintPlace)(const void *asker, size_t offset, size_t length);
/* Whether the figure at that byte was worked out, not typed: it cannot be wrecked. */
typedef bool (*LintComputed)(const void *asker, size_t offset);

/* Text without line breaks of its own. */
typedef struct LintPiece {
    LintKind kind;
    int level;
    const char *text;
    LintPlace place;
    LintComputed computed; /* NULL: all is typed */
    const void *asker;
} LintPiece;

void lint_piece(Lint *lint, const LintPiece *piece);
/* A whole text file: paragraphs are its lines. */
void lint_text(Lint *lint, const Source *source);
/* What shows at the end only: quotes never closed, units of two kinds. Once, behind the last piece.
 */
void lint_finish(Lint *lint);

/* For the manual and its test. */
typedef struct LintExample {
    const char *code, *bad, *good, *source;
} LintExample;

extern const LintExample lint_examples[];
extern const size_t lint_example_count;

#endif
