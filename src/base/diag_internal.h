/* How diag keeps its messages; shared by diag.c (adding) and diag_print.c (writing). All memory is
 * of the run's arena. */
#ifndef BASE_DIAG_INTERNAL_H
#define BASE_DIAG_INTERNAL_H

#include "base/diag.h"
#include "base/map.h"

typedef struct DiagHint {
    DiagCode code;
    const char *text;
    struct DiagHint *next;
} DiagHint;

typedef struct Message {
    DiagCode code;
    const char *text;
    Span span;
    const DataPlace *data; /* a copy of its own, or NULL */
    DiagHint *hints, *last_hint;
    size_t order;     /* of adding */
    size_t file_rank; /* of the first message in the same file */
    bool withdrawn;   /* told elsewhere: not printed */
    bool repeated;    /* an earlier part has it: printed there */
} Message;

struct Diags {
    struct Arena *arena;
    const char *unit;           /* whose paper's messages these are, or NULL */
    const char *part;           /* of which part of a volume, or NULL */
    const struct Diags *before; /* of a paper: those of the run */
    const struct Diags *earlier; /* of a part of a volume: those before it; they are printed first */
    DiagLanguage language;
    bool notes_hidden, keeps_all;
    Message **messages;
    size_t count, capacity;
    Message *last; /* NULL when the message added last was not kept */
    Map *seen;     /* place and text of the messages so far */
    Map *files;    /* file name → rank + 1 */
    size_t kept[DIAG_CODE_COUNT], dropped[DIAG_CODE_COUNT];
    size_t repeated[DIAG_CODE_COUNT]; /* of those dropped */
    size_t levels[DIAG_SYSTEM + 1];
    bool off[DIAG_CODE_COUNT];
};

DiagLevel diag_code_level(DiagCode code);

#endif
