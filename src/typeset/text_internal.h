/* What a line is, and making lines by hand for texts with rules of their own (titles). Internal
 * to text.c, title.c and tests. */
#ifndef TYPESET_TEXT_INTERNAL_H
#define TYPESET_TEXT_INTERNAL_H

#include "typeset/shape.h"

struct TextLine {
    const Shaped *shaped;
    int first, end; /* boxes; blanks at the end hang */
    Length left;    /* from the left edge of the measure */
    Length width;
    bool loose; /* gaps so wide that extraction would read blanks */
};

/* The line of boxes first … end-1: squeezed or stretched, and set in the measure. `hangs`: the mark
 * at its end stands beyond it. */
TextLine *text_make_line(
    Arena *arena, const Shaped *shaped, int first, int end, const LineSpec *spec, bool hangs);
void text_add_line(Arena *arena, TextLines *lines, TextLine *line);

#endif
