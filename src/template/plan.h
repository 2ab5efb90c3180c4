/* The plan of a volume (language.md 8): a file of its own with <bundle> at its root, read as a
 * template whose paper is the cover. Titles, dividers and names of files are worked out with what
 * its own <data> declares; the title of a part in the template of that part. Everything belongs to
 * the arena of the run. */
#ifndef TEMPLATE_PLAN_H
#define TEMPLATE_PLAN_H

#include "markup/xml.h"
#include "template/schema_table.h"
#include "template/template.h"

typedef enum PlanKind { PLAN_PART, PLAN_PDF, PLAN_DIVIDER } PlanKind;

typedef enum PlanPeriod {
    PLAN_THIS,     /* 本期: that of the volume */
    PLAN_PREVIOUS, /* 上期 */
    PLAN_EVERY,    /* 每月: a part for each whole one in the volume's period */
    PLAN_LAST,     /* 末月: the last of these */
    PLAN_FIXED
} PlanPeriod;

typedef struct PlanEntry {
    PlanKind kind;
    At at; /* its name */
    const XmlNode *xml;
    const struct Node *node; /* of pdf and divider, once the plan is bound */
    const char *path;        /* part: of the template; NULL after a message */
    const char *each, *audience;
    PlanPeriod period;
    PeriodKind every; /* PLAN_EVERY, PLAN_LAST */
    Period fixed;     /* PLAN_FIXED */
    At period_at, title_at;
    const char *title;          /* pdf, divider: as plan_evaluate has it … */
    const char *src, *src_path; /* … and of a pdf the file's name and where it lies … */
    Document *picture;          /* … or the page of a picture */
    At src_at;
} PlanEntry;

typedef struct Plan {
    Numbering numbering;
    bool running_heads;
    bool has_cover, has_contents;
    int contents_levels; /* 1: parts alone, 2: what is in them too … */
    PlanEntry *entries;
    size_t count;
    At title_at;
    const char *title, *contents_title; /* after plan_evaluate */
} Plan;

/* Parses the file and checks its structure, and what is in order in it. As template_load has it;
 * template_bind, template_declare and the like take what comes of it. */
Template *plan_load(Arena *arena, const char *path, Diags *diags);
Plan *template_plan(const Template *t); /* NULL: it is a report */

/* The periods of a part, in order. False after a message: the volume has none, or holds no whole
 * one. `volume`: NULL for none. */
bool plan_periods(Arena *arena, const PlanEntry *entry, const Period *volume, Diags *diags,
    Period **out, size_t *count);

/* Works out the cover into `cover` and the texts of the plan's entries. False after messages, all
 * of them. */
bool plan_evaluate(Template *t, Arena *arena, Document *cover);

/* The part that the template is read for, before template_bind: its title is worked out in the template, and
 * what is wrong with its each= is told there. */
void template_set_part(Template *t, const XmlNode *part);
/* The title, in the scope of the unit in hand; NULL when there is none, or after a message. */
const char *template_caption(Template *t, Arena *arena);
/* The params that the template declares; NULL behind the last. */
const char *template_param(const Template *t, size_t index);
bool template_has_param(const Template *t, const char *name);
/* What a part should say, period="每月", where its template does not take `given`; NULL: it does. */
const char *plan_period_meant(const Template *t, Arena *arena, Period given);

#endif
