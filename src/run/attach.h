/* What a paper was made of, to be put into its PDF (--attach-data): the data files in the order in
 * which they were read, 改定.csv, then the template with what it includes and its catalogue. */
#ifndef RUN_ATTACH_H
#define RUN_ATTACH_H

#include "output/finish.h"
#include "run/session.h"

/* Reads them all, once the session is bound. False after a message. Ended by attachments_free,
 * whatever happened. */
bool attachments_read(const Session *session, Attachments *out);
void attachments_free(Attachments *attachments);

#endif
