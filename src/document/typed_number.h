/* A number that an author typed before a heading: 一、 （一） 1. 1、 （1）, full-width or not.
 * Pure. */
#ifndef DOCUMENT_TYPED_NUMBER_H
#define DOCUMENT_TYPED_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct TypedNumber {
    int level;     /* of the heading: 1 to 4 (GB/T 9704 7.3.3) */
    int number;    /* 0: the numeral is malformed (一二) or above 999 */
    size_t length; /* bytes of the number with its mark */
    bool doubtful; /* 一、二季度 may be the first and the second quarter */
} TypedNumber;

/* False when the text begins with none; 1.5万 is a figure. */
bool typed_number(const char *text, TypedNumber *out);

#endif
