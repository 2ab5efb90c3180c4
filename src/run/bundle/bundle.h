/* `wenyin bundle`: a plan, its parts' templates and the data of one folder become one PDF: cover,
 * contents, parts, outside files (language.md 8). Split by what is done: bundle.c the command,
 * bundle_parts.c what the volume is made of, bundle_pages.c its pages, bundle_contents.c its
 * contents. Internal to these. */
#ifndef RUN_BUNDLE_BUNDLE_H
#define RUN_BUNDLE_BUNDLE_H

#include "output/finish.h"
#include "run/job.h"
#include "run/batch/units.h"
#include "template/plan.h"
#include "typeset/volume.h"

struct PageBuilder;

/* One paper: of a part, or of one unit of it; or a page of the volume's own. */
typedef struct BundlePaper {
    const char *title; /* in contents and bookmarks */
    Document *document;
    Diags *told;                 /* while it was worked out: those of a unit; or NULL … */
    Diags *diags;                /* … and of its pages */
    struct PageBuilder *builder; /* from when its characters are noted until its pages are made */
} BundlePaper;

/* An entry of the plan, in one period. */
typedef struct BundlePart {
    const PlanEntry *entry;
    const char *name; /* in messages */
    int level;        /* in contents and bookmarks, from 1 */
    RenderJob job;
    Session session; /* of a part with a template, until it is worked out */
    Diags *diags;
    const char *title; /* above its papers; NULL: they stand for themselves */
    bool by_units;
    BundlePaper *papers;
    size_t paper_count;
    PageForeign foreign; /* an outside PDF */
    ForeignPage *foreign_pages;
    long foreign_count;
} BundlePart;

typedef struct Bundle {
    RenderJob job; /* of the plan, as the command line has it */
    Arena *arena;
    Diags *diags, *own; /* of the run; of the plan */
    Session session;    /* of the plan */
    Plan *plan;
    Document cover;
    BundlePart *parts;
    size_t part_count, part_room;
    Buf *files; /* bytes of outside PDFs, ended with the bundle */
    size_t file_count, file_room;
    int holes; /* figures that a draft lacks */
    FontSet *fonts;
    DocEntry *entries; /* of the contents */
    size_t entry_count, entry_room;
    Pages *pages;
} Bundle;

/* ---- bundle_parts.c ---- */

/* Reads the plan, works out what is its own, reads the templates of its parts and binds them to the
 * data. False after messages: all mistakes of all of them. */
bool bundle_read(Bundle *bundle);
/* Works out the papers. False after messages, all of them. */
bool bundle_evaluate(Bundle *bundle);
bool bundle_draft(const Bundle *bundle);

/* ---- bundle_pages.c ---- */

/* Makes bundle->pages. False after messages. */
bool bundle_typeset(Bundle *bundle);
/* Whether it is to have a page of contents, and how deep. */
int bundle_contents_levels(const Bundle *bundle); /* 0: none */

/* ---- bundle_contents.c ---- */

/* Notes the characters of the contents page, all that could come to stand there. */
bool bundle_contents_need(Bundle *bundle);
/* A line of it, and the bookmark: `page` of the body, `number` as printed there. */
void bundle_enter(Bundle *bundle, int level, const char *title, const Pages *body, int page);
/* Headings of a paper whose bookmarks begin at `first`. */
void bundle_enter_headings(Bundle *bundle, int level, const Pages *body, size_t first);
/* Its pages, when the body is there; NULL after messages. */
Pages *bundle_contents_pages(Bundle *bundle);

#endif
