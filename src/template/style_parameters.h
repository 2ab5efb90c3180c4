/* The parameters of <style> (typesetting.md 16) as data: kind, range and default of each, and how
 * one is read. The words are Chinese or ASCII, the messages list those of their own language. */
#ifndef TEMPLATE_STYLE_PARAMETERS_H
#define TEMPLATE_STYLE_PARAMETERS_H

#include <stddef.h>
#include "base/arena.h"
#include "base/diag.h"
#include "document/style.h"

typedef struct StyleParameter StyleParameter;

/* The order of the grid's own comes first: GRID_COUNT of them. */
enum { BODY_SIZE, CELL, PITCH, LINES, CHARS, GRID_COUNT };

const StyleParameter *style_parameter(size_t index); /* NULL behind the last */
const char *style_parameter_name(const StyleParameter *parameter);
/* Reads the text into its field of `style`; false where it is none of the parameter's values. */
bool style_parameter_read(
    Arena *arena, const StyleParameter *parameter, const char *typed, DocStyle *style);
/* Says so, and what can be written. False. */
bool style_parameter_fault(
    Diags *diags, const StyleParameter *parameter, const At *at, const char *typed);

#endif
