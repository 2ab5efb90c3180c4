/* One paper a unit (language.md 7: --each, each= of <report>): which units there are, what their
 * files are called, and the session as it is for one of them.
 *
 * Use: session_begin, session_bind; units_list; where there is a register, fill in the serials;
 * units_name; then for each unit, in any order and in any process that has the session
 *
 *     session_enter_unit(session, unit, arena);   // an arena of the unit's own, reset before
 *     … overrule_evaluate, typeset_document, save, diag_print …
 *     session_leave_unit(session);                // its messages and all it made are gone
 *
 * What a unit gives (document, messages) depends on the data and the unit alone, never on the units
 * before it: session_enter_unit begins anew from the state in which session_bind left the engine,
 * the template and the messages. Messages of the run (those of the check, of the data, of the plan)
 * are those in diags outside of a unit; inside, session->diags has the unit's own and no others. */
#ifndef RUN_BATCH_UNITS_H
#define RUN_BATCH_UNITS_H

#include "run/session.h"
#include "run/batch/shard.h"

typedef struct Unit {
    const char *name; /* 长塘村 */
    size_t place;     /* among all names of the column or level, those that `when` left out too */
    size_t number;    /* 序号: among those that get a paper, from 1; --unit does not change it */
    long serial;      /* 流水号, 0: none. The caller's, from the register */
    const char *path; /* of its file, after units_name */
} Unit;

typedef struct Units {
    const char *column; /* 村 */
    Unit *items;        /* in the order of the roster, else of the data */
    size_t count;       /* 0: when= held for none, as a warning said */
    Unit *all;          /* those that get a paper, whether --unit and --shard pick them or not … */
    size_t total;       /* … and how many: `number` counts them */
    const char *const *names; /* of those that when= left out too */
    size_t name_count;
    const char *folder; /* that all the files lie in, after units_name; "." */
    bool batch;         /* the name has a word in braces … */
    bool dated;         /* … and {期间} is one */
} Units;

/* True when the session makes one paper a unit: --each was given, or the template has each=. */
bool session_has_units(const Session *session);
/* What the command line asks of a session without units: no --unit, and no words in braces in the
 * names of files (each may be NULL), which get their literal braces. False after a message. Names of a
 * session with units stay as they are. */
bool session_is_of_one(const Session *session, const char **name, const char **other);
/* The units, when= and --unit applied. A unit whose when= cannot be worked out is one: it fails by
 * itself, with the message. False after messages. */
bool units_list(Session *session, Units *out);
/* From now on the items are those of the shard alone. Those that --unit asks for and that another
 * shard has are told. */
void units_shard(Session *session, Units *units, Shard shard);
/* What the files are called: `pattern` is that of -o (output/outname.h). Collisions, unknown words
 * and the like are messages, all of them; nothing is written. False after messages. */
bool units_name(Session *session, Units *units, const char *pattern);
/* The file of a unit, seen from the folder. */
const char *units_file(const Units *units, const Unit *unit);

/* From now on the session is that of one unit: engine_root has its name, session->diags is empty,
 * whatever is made lies in `arena` (session->arena too). */
void session_enter_unit(Session *session, const Unit *unit, Arena *arena);
/* Back to the run; nothing of the unit may be used any more once its arena is reset. */
void session_leave_unit(Session *session);

#endif
