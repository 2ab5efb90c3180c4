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
    Diags *diags;
    bool told;            /* why it failed */
    const char *fault;    /* where qpdf has none to tell of */
    int *links;           /* of Pages.links: the numbers of their objects */
    struct Input *inputs; /* of Pages.foreigns, open until all is written … */
    size_t input_count;   /* … so many of them */
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
/* Of bytes that are deflated already. */
void finish_set_packed(Finisher *f, qpdf_oh stream, const Buf *packed);
/* Deflated here: qpdf knows one way for all. */
void finish_set_contents(Finisher *f, qpdf_oh stream, const Buf *bytes);
/* D:20240630000000+08'00' of the paper's date. */
qpdf_oh finish_date(Finisher *f);

/* Compressed, with an ID made of the contents. False after an error of qpdf. */
bool finish_write(qpdf_data qpdf);
/* Adds the bytes that were written. */
void finish_take(qpdf_data qpdf, Buf *out);

/* The page-piece entry of the page that bears the 版记, for output/impose.c: /PieceInfo
 * << /Wenyin << /LastModified … /Private /ImprintAlone >> >> */
#define FINISH_PIECE "/Wenyin"
#define FINISH_IMPRINT_ALONE "/ImprintAlone"
#define FINISH_IMPRINT_BELOW "/ImprintBelowText"

/* The files behind the figures as associated files of the whole paper (PDF/A-3); finish_attach.c.
 */
void finish_attach(Finisher *f, qpdf_oh root);

/* The outlines of the stand-ins that Cairo embedded, and what it leaves out; finish_fonts.c. Before
 * any other pages come. False with f->fault when an outline is not found: a fault of ours. */
bool finish_fonts(Finisher *f);

/* Bookmarks, links, page labels; finish_navigation.c. */
void finish_outline(Finisher *f, qpdf_oh root);
void finish_links(Finisher *f);
void finish_labels(Finisher *f, qpdf_oh root);
/* From y of a page on; behind the outside pages, whose turn it looks at. */
qpdf_oh finish_destination(Finisher *f, int index, Length y);
qpdf_oh finish_add_link(Finisher *f, int page, qpdf_oh corners, qpdf_oh destination);
/* Upwards from the foot; what is turned lies at (y, x) there. */
qpdf_oh finish_corners(Finisher *f, const Page *page, const Rect *area);

/* Pages that are not ours; finish_foreign.c, finish_foreign_links.c. False after a message. */
bool finish_foreign(Finisher *f);
void finish_foreign_warn(const Finisher *f); /* once all is written */
void finish_foreign_close(Finisher *f);
void finish_foreign_links(Finisher *f);
/* An object of a file that is not ours; null where it cannot be had. */
qpdf_oh finish_copied(Finisher *f, struct Input *input, qpdf_oh object);

/* The structure of a tagged paper (PDF/A-2a, PDF/UA-1); finish_structure.c. No handle got before
 * holds behind it. False when the pages do not hold what they should: a fault of ours. */
bool finish_structure(Finisher *f);

#endif
