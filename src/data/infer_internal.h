/* What the readers of numbers (infer.c) and dates (infer_date.c) share. */
#ifndef DATA_INFER_INTERNAL_H
#define DATA_INFER_INTERNAL_H

#include <stddef.h>

enum { INFER_BYTES = 96 }; /* longer than any number or date */

/* A cell with full-width forms and blanks folded to ASCII and without blanks at its ends; returns
 * its length, 0 when it is empty or too long to be a number or date. */
size_t infer_fold(const char *cell, char out[INFER_BYTES]);

#endif
