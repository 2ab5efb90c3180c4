/* One paper a unit, rendered: names planned and checked before the first page, then one unit after
 * another. One bad unit costs one unit. */
#ifndef RUN_UNITS_RENDER_H
#define RUN_UNITS_RENDER_H

#include "run/job.h"

/* The session is bound and has units (run/units.h). Messages of each unit are printed as it is
 * done. Returns an ExitStatus. */
int units_render(const RenderJob *job, Session *session, const Attachments *attachments);

#endif
