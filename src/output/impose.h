/* Finished PDFs → one print file: pages beside one another on larger or smaller sheets, booklets to
 * be folded, papers several times over (engine.md 3.5). A page becomes a form XObject, made once
 * and shared by all its copies; text stays text. Print copies only: links, outline, tags and PDF/A
 * do not survive; stamps and filled-in fields (annotations that print) do.
 *
 * A page is never enlarged, and stands in the middle of its place. A lying page (as viewers show
 * it, /Rotate included) in an upright place is turned so that it reads from bottom to top, as GB/T
 * 9704 clause 8 has tables: so a turned page of ours comes back to its upright sheet.
 *
 * Use: impose_open, impose_read, impose_paper, impose_print …, impose_write, impose_close. */
#ifndef OUTPUT_IMPOSE_H
#define OUTPUT_IMPOSE_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

typedef enum SheetSize { SHEET_A3, SHEET_A4 } SheetSize;
/* About which edge the printer turns the sheet; backs that the layout has otherwise are printed
 * upside down. */
typedef enum SheetFlip { FLIP_AS_LAYOUT, FLIP_LONG, FLIP_SHORT } SheetFlip;

typedef struct ImposeSpec {
    bool booklet; /* saddle stitch, two pages a side */
    int cells;    /* pages a side: 1, 2 or 4; of a booklet 2 */
    SheetSize size;
    SheetFlip flip;
} ImposeSpec;

/* What was made. */
typedef struct ImposeSummary {
    long pages, sides, sheets, blanks; /* blanks: places without a page */
} ImposeSummary;

typedef struct Imposer Imposer;

Imposer *impose_open(Arena *arena, const ImposeSpec *spec, Diags *diags);
void impose_close(Imposer *imposer); /* null allowed */
/* Reads a PDF; `bytes` must last until impose_close. Returns its index from 0, or -1 after a
 * message: no PDF, damaged, locked by a password, without pages. */
int impose_read(Imposer *imposer, const char *name, const Buf *bytes);
long impose_page_count(const Imposer *imposer, int input);
/* Its title, "" where it has none. */
const char *impose_title(const Imposer *imposer, int input);
/* Lays out pages of an input as a paper of its own, which begins on a new sheet. Returns its index
 * from 0; -1 after a message. */
int impose_paper(Imposer *imposer, int input, long first, long count);
/* Appends a paper to the print file, so many times. False after a message: too many pages. */
bool impose_print(Imposer *imposer, int paper, long times);
bool impose_write(Imposer *imposer, Buf *out, ImposeSummary *summary);

#endif
