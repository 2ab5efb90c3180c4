/* A template, read, checked and ready to be evaluated; and its evaluation to a document tree. */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/diag.h"
#include "data/store.h"
#include "document/document.h"
#include "template/value/value.h"

typedef struct Template Template;

/* Parses and checks the structure of a template file (schema). No data is touched. NULL after
 * messages when it is no XML or no report; other faults of structure are messages too, but
 * template_bind still looks for the rest of the mistakes and fails then (language.md 6: all
 * mistakes in one run). */
Template *template_load(Arena *arena, const char *path, Diags *diags);
/* The path of a file that the template includes or has for its catalogue; NULL behind the last. */
const char *template_included(const Template *t, size_t index);
bool template_has_data(const Template *t); /* has <data> with csv */
PeriodKind template_period_kind(
    const Template *t, Period *fixed); /* period=; PERIOD_NONE if absent */
bool template_takes_period(const Template *t, Period p); /* it is of a kind that is declared */
/* The same; else adds a message. */
bool template_accepts_period(const Template *t, Period p, Diags *diags);

/* The one reader (县) for whom blocks with audience= are kept, NULL: nobody; before template_bind. */
void template_set_audience(Template *t, const char *audience);

/* One paper a unit: `each` of --each, NULL: what each= of the template says, if anything; before
 * template_bind. */
void template_set_each(Template *t, const char *each);
bool template_has_units(const Template *t);
const char *template_each(const Template *t); /* the column or level; NULL: one paper */

typedef struct TemplateParam {
    const char *name, *value;
} TemplateParam; /* from --set */

/* Loads the declared CSVs into the store (all faults of all files in one run), defines params and
 * sets, parses and checks every expression of the template. False after messages. */
bool template_bind(Template *t, Store *store, const char *data_dir, const EngineOptions *options,
    const TemplateParam *params, int param_count);
/* The first part of template_bind: tables, params and sets, without the elements of the paper. For
 * commands that ask for figures of their own. False after messages; the tables that could be read
 * are in the store. */
bool template_declare(Template *t, Store *store, const char *data_dir, const EngineOptions *options,
    const TemplateParam *params, int param_count);
/* The engine that the template's values are worked out in, after template_declare or _bind. */
Engine *template_engine(const Template *t);
/* From now on the paper is that of one unit (engine_enter_unit); what is made for it lies in `arena`. */
void template_enter_unit(
    Template *t, Arena *arena, size_t place, size_t number, long serial);
void template_leave_unit(Template *t);
/* Whether the unit gets a paper: when= of the report holds, or could not be worked out, as messages
 * told. */
bool template_wants_unit(Template *t, Arena *arena, bool draft);
/* Works the paper out in the root scope. False after messages (all mistakes, not only the first).
 */
bool template_evaluate(Template *t, Arena *arena, Document *out);

/* From now on evaluation notes where each figure came from (document/provenance.h); before
 * template_evaluate. A paper that is not checked pays nothing for it. */
void template_trace(Template *t);

/* How many figures a draft lacks (--draft), after template_evaluate. */
int template_holes(const Template *t);

#endif
