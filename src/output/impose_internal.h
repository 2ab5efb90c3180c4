/* What the files of imposition share. Internal to output/impose*.c; objects are handles of the
 * qpdf_data and end with it. */
#ifndef OUTPUT_IMPOSE_INTERNAL_H
#define OUTPUT_IMPOSE_INTERNAL_H

#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "typeset/pages.h"

typedef struct Box {
    double left, bottom, right, top;
} Box;

/* As PDF has it: x' = a x + c y + e, y' = b x + d y + f. */
typedef struct Matrix {
    double a, b, c, d, e, f;
} Matrix;

void matrix_add(const Matrix *matrix, Buf *content); /* as an operator cm */

/* Objects by their numbers, a bit each; {0} to start. */
typedef struct Seen {
    unsigned char *bits;
    size_t room;
} Seen;

/* False when it was seen before; a direct object, 0, never was. */
bool seen_add(Seen *seen, int object);
void seen_close(Seen *seen);

typedef struct Input {
    const char *name;
    At at; /* of a volume: where its plan has it */
    qpdf_data qpdf;
    long page_count;
    qpdf_oh *forms;      /* in the print file; 0: not made yet */
    PageImprint imprint; /* on its last page */
    long undrawn;        /* the first page, from 1, that lacks one of its annotations; 0: none */
    Seen seen;           /* objects that are not too deep */
} Input;

/* A page as viewers show it. */
typedef struct Shown {
    Box box;
    int turns;            /* quarters clockwise: /Rotate */
    double unit;          /* /UserUnit, in points */
    double width, height; /* after turning, in points */
} Shown;

/* `bytes` must last until input_close, which ends it all the same after a failure. False after a
 * message. */
bool input_open(Input *input, Arena *arena, const PageForeign *file, Diags *diags);
void input_close(Input *input);
/* Tells that it is damaged, or locked by a password; always false. */
bool input_fail(const Input *input, Diags *diags);
const char *input_title(const Input *input, Arena *arena);     /* "" when it has none */
bool input_shown(const Input *input, long number, Shown *out); /* false: without a MediaBox */
/* A page and what prints of its annotations, in `out`; 0 after a message. */
qpdf_oh input_form(Input *input, long number, const Box *box, qpdf_data out, Diags *diags);
/* After the print file is written: whether its pages show all that those of the input do. */
void input_warn(const Input *input, Diags *diags);

/* Whether qpdf may go on: impose_excess.c. */
typedef enum Excess { WITHIN, TOO_DEEP, TOO_LARGE } Excess;
Excess input_tree_excess(const Input *input);                       /* before pages are counted */
Excess input_contents_excess(const Input *input, qpdf_oh contents); /* before they are read */
/* … before it is copied: all that it leads to, and has not been gone through for another. */
Excess input_object_excess(Input *input, qpdf_oh object);
bool input_refuse(const Input *input, Excess excess, Diags *diags); /* true: it is within */

qpdf_oh impose_corners(qpdf_data qpdf, const Box *box); /* as an array */
qpdf_oh impose_stream(qpdf_data qpdf, const char *bytes, size_t length);

/* Four numbers of an array, in order; false where it is none. */
bool impose_box(qpdf_data qpdf, qpdf_oh array, Box *out);
/* The annotations of a page that print, as drawn by `content` with the XObjects that are put into
 * the dictionary `named`; nothing is added where there are none. False when one of them says
 * nothing of how it looks: viewers make something up. */
bool impose_annotations(qpdf_data qpdf, qpdf_oh page, qpdf_oh named, Buf *content);

#endif
