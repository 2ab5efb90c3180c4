/* What the files of the second pass share. Internal to output/finish*.c and impose*.c, the only
 * files that know qpdf: objects are handles of the qpdf_data and end with it. */
#ifndef OUTPUT_FINISH_INTERNAL_H
#define OUTPUT_FINISH_INTERNAL_H

#include <qpdf/qpdf-c.h>
#include "output/finish.h"

typedef struct Finisher {
    qpdf_data qpdf;
    const Pages *pages;
    const Attachments *attachments; /* NULL: none */
    const char *fault;              /* where qpdf has none to tell of */
} Finisher;

static inline qpdf_oh parse(Finisher *f, const char *text)
{
    return qpdf_oh_parse(f->qpdf, text);
}

static inline void set(Finisher *f, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(f->qpdf, dictionary, key, value);
}

static inline qpdf_oh key(Finisher *f, qpdf_oh dictionary, const char *name)
{
    return qpdf_oh_get_key(f->qpdf, dictionary, name);
}

qpdf_oh finish_stream(Finisher *f, const Buf *bytes);
void finish_set_stream(Finisher *f, qpdf_oh stream, const Buf *bytes);
/* D:20240630000000+08'00' of the paper's date. */
qpdf_oh finish_date(Finisher *f);

/* The finished bytes: compressed, with an ID made of the contents. False after an error of qpdf. */
bool finish_write(qpdf_data qpdf, Buf *out);

/* The page-piece entry of the page that bears the 版记, for output/impose.c: /PieceInfo
 * << /Wenyin << /LastModified … /Private /ImprintAlone >> >> */
#define FINISH_PIECE "/Wenyin"
#define FINISH_IMPRINT_ALONE "/ImprintAlone"
#define FINISH_IMPRINT_BELOW "/ImprintBelowText"

/* The files behind the figures as associated files of the whole paper (PDF/A-3); finish_attach.c.
 */
void finish_attach(Finisher *f, qpdf_oh root);

/* The structure of a tagged paper (PDF/A-2a, PDF/UA-1); finish_structure.c. No handle got before
 * holds behind it. False when the pages do not hold what they should: a fault of ours. */
bool finish_structure(Finisher *f);

#endif
