/* What the file of a unit is made of, as one SHA-256: equal digests, equal files (--resume;
 * trust.md P10). Never by time. */
#ifndef RUN_BATCH_SOURCE_DIGEST_H
#define RUN_BATCH_SOURCE_DIGEST_H

#include "output/digest.h"
#include "run/batch/unit_render.h"

/* What all units of a run share: the program and the libraries that pages depend on, by their build
 * IDs; the template with what it includes; period,
 * date, parameters and what the command line says of the form; the fonts; attached files. Once a
 * run, before the first unit. */
void source_digest_run(const RenderJob *job, const Session *session, const Attachments *attachments,
    char out[DIGEST_TEXT]);
/* That, with the unit's document as it was evaluated, its messages so far and its pictures. */
void source_digest_unit(const UnitWork *work, const Document *document, char out[DIGEST_TEXT]);

#endif
