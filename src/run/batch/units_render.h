/* One paper a unit, rendered: names planned and checked before the first page, then the batch
 * (run/batch/batch.h). One bad unit costs one unit. */
#ifndef RUN_BATCH_UNITS_RENDER_H
#define RUN_BATCH_UNITS_RENDER_H

#include "run/job.h"

/* False after a message: an option of batches alone was given, but the session makes one paper or
 * only a dump; a report of a form that there is not. The session has begun. */
bool batch_wishes_fit(const RenderJob *job, const Session *session);
/* The session is bound and has units (run/batch/units.h). Messages of each unit are printed as it is
 * done. Returns an ExitStatus. */
int units_render(const RenderJob *job, Session *session, const Attachments *attachments);

#endif
