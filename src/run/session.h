/* What render and the commands that ask for figures share: a template bound to the data of a
 * period; without a template, the tables that are found in the folder. Use: session_begin,
 * session_bind or session_declare, …, session_close whatever happened. Messages point into
 * the sources read into the arena of the run, so the caller prints them while it lives. */
#ifndef RUN_SESSION_H
#define RUN_SESSION_H

#include "data/discover.h"
#include "run/command.h"

typedef struct SessionSpec {
    const char *template_path;             /* NULL: the tables are discovered */
    const char *data_dir, *period, *as_of; /* as given with -d, -p, --as-of; or NULL */
    const char *audience;                  /* --audience, or NULL */
    const char *each;                      /* --each, or NULL: what the template says */
    const char *only_units;                /* --unit: 长塘村、前江村; NULL: all */
    bool has_register;                     /* --register: every paper has a 流水号 */
    const TemplateParam *params;           /* --set */
    int param_count;
    bool draft;
    bool check; /* like a draft, but what is missing is told as it is to a paper */
    bool plan;          /* the template is the plan of a volume */
    const char *beside; /* one more file that is read (--against), or NULL: it is not overwritten */
    bool any_period; /* a template that has one may go without: all periods are looked at */
} SessionSpec;

typedef struct Session {
    const SessionSpec *spec;
    Arena *arena;
    Diags *diags;
    Template *template;  /* NULL: none was named */
    Discovery discovery; /* without a template */
    Store *store;
    Store *elder;   /* before session_bind: whose rows may be shared, and who is closed last; or NULL */
    Engine *engine; /* after session_bind or session_declare */
    EngineOptions options;
    const char *unit;                  /* whose paper it is, while it is that of one unit … */
    const struct UnitSession *outside; /* … and what it was before: run/batch/units.c */
} Session;

/* What the arguments say of it. */
SessionSpec session_spec(const Arguments *arguments, const char *template_path);
/* Reads the template and settles the folder, the period and 截至. No data is touched. False after
 * messages. */
bool session_begin(Session *session, const SessionSpec *spec, Arena *arena, Diags *diags);
/* Reads the data and binds the template to it. False after messages. */
bool session_bind(Session *session);
/* Reads the data, and of the template only what <data> declares; without a template, what the
 * folder holds. False after messages: the tables that could be read are in the store all the same.
 */
bool session_declare(Session *session);
/* The folder can be opened and looked into; else a message. */
bool session_check_folder(Diags *diags, const char *folder);
void session_close(Session *session);
/* A day as ISO has it, or as days stand in the data; else a message that names the option. */
bool session_read_date(Diags *diags, const char *option, const char *text, Date *out);
/* A period as language.md writes it, or as it stands in the data: 2024-6, 2024年第二季度. */
bool session_take_period(Arena *arena, const char *text, Period *out);
/* The same as period_raw writes it, though a spreadsheet has made Jun-24 or 2024/6/1 of it; any other
 * text as it is. */
const char *session_period_text(Arena *arena, const char *text);
/* The date of a paper: `given` with --date, else SOURCE_DATE_EPOCH (a build script's wish), else the
 * period's last day, else 1 January 1970: never the clock, so that the same input gives the same
 * bytes. False after a message. */
bool session_settle_date(const Session *session, const char *given, Date *out);
/* Exit status of what was or was not done. */
ExitStatus session_status(const Diags *diags, bool done);

#endif
