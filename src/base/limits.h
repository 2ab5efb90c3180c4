/* Every limit of the program, with its reason (trust.md B4). */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_TEMPLATE_BYTES = 8 << 20, /* far above any real 公文 */
    LIMIT_TEMPLATE_ELEMENTS = 100000,
    LIMIT_TEMPLATE_ATTRIBUTES = 64,
    LIMIT_TEMPLATE_DEPTH = 64, /* libxml2 stops at 256 */
    LIMIT_VALUE_BYTES = 64 << 10,
    LIMIT_VALUE_DEPTH = 64,
    LIMIT_CSV_FIELD = 1 << 20, /* libcsv itself takes 1 GiB */
    LIMIT_CSV_ROW = 16 << 20,
    LIMIT_CSV_COLUMNS = 2000, /* SQLite's own */
    LIMIT_QUERY_STEPS = 400000000, /* of SQLite's machine: some ten seconds */
    LIMIT_QUERY_ROWS = 1000000,
    LIMIT_QUERY_BYTES = 256 << 20, /* of the result */
    LIMIT_PNG_SIDE = 32767,   /* Cairo's */
    LIMIT_IMAGE_BYTES = 20 << 20, /* photographs of today's phones have 3 to 12 MB */
    LIMIT_IMAGE_PIXELS = 40000000, /* 160 MB decoded */
    LIMIT_IMAGE_SIDE = 32767,      /* Cairo's */
    LIMIT_TEXT_BYTES = 1 << 20, /* of <text>: a book of 350,000 characters */
    LIMIT_TEXT_LINES = 20000,
    LIMIT_OUTPUT_NAME = 200, /* bytes of one component: 255 less suffixes of our own */
    LIMIT_PAGES = 20000,
    LIMIT_PDF_DEPTH = 1000,   /* objects in objects of an outside PDF; real ones: some twenty */
    LIMIT_PDF_CONTENTS = 256, /* megabytes of one of its pages, unpacked */
    LIMIT_UNIT_SECONDS = 60, /* of CPU for one paper of a batch; --unit-seconds sets it */
    LIMIT_UNIT_WAIT = 10,    /* times that by the clock: waiting for a disk is no fault */
    LIMIT_UNIT_MEGABYTES = 1024, /* for one paper of a batch; --unit-memory sets it */
    LIMIT_WORKER_UNITS = 2000, /* then a new worker goes on: what a library keeps ends with the old */
    LIMIT_JOBS = 256,
    LIMIT_DIAGS_PER_CODE = 20,
    LIMIT_DIAGS = 1000
};

#endif
