/* wenyin remind (催报): who has not reported, and what is wrong in whose data, as text to paste
 * into a chat group and as CSV. It works where the data are refused: tables are read as for a
 * draft, and each message goes to the village of its row. */
#ifndef RUN_REMIND_H
#define RUN_REMIND_H

#include "base/buf.h"
#include "run/session.h"

typedef struct Reminder {
    const char *unit; /* the village; "" 镇/其他 */
    int order;        /* of the unit in the roster */
    const char *kind; /* 缺报, 错误, 警告 */
    const char *table, *file, *cell, *column;
    const char *text, *hints;
    const DataPlace *place; /* or NULL */
    size_t position;        /* as it was found */
} Reminder;

typedef struct Reminders {
    Reminder *items;
    size_t count, capacity;
    size_t units; /* villages among them */
    size_t checked;        /* tables of which it was looked for who is absent */
    const char *unchecked; /* 月报、季报: returns of which it could not be; "" none */
} Reminders;

/* What there is to remind of, by units in the roster's order, those of none last. The messages that
 * are in it are withdrawn from the session's. */
void remind_collect(Session *session, Reminders *out);
/* The text for a chat group. */
void remind_text(const Session *session, const Reminders *reminders, Buf *out);

#endif
