/* 发文登记.csv (--register): the numbers of papers, so that a paper keeps its 流水号 over reruns
 * and no two of a year have one. Columns 年份 流水号 模板 期间 单位; what else the office keeps
 * there stays as it is, byte by byte: rows are only added at the end, in the file's own encoding,
 * order of columns and line ends. It is locked from register_open to register_close, so that two
 * runs take turns. */
#ifndef RUN_BATCH_REGISTER_H
#define RUN_BATCH_REGISTER_H

#include "run/batch/units.h"

typedef struct Register Register;

/* What has a number. */
typedef struct RegisterKey {
    int year;
    const char *template, *period, *unit; /* "" where there is none */
} RegisterKey;

/* Reads the file, that behind a symbolic link; one that is not there is a register without rows.
 * `looked_at`: nothing will be saved, it is neither locked nor made, and may be read-only. NULL after
 * messages: all that is wrong in it. Lies in `arena`; ended by register_close. */
Register *register_open(Arena *arena, const char *path, bool looked_at, Diags *diags);
/* The official name of the unit that a cell means, NULL: it is none. */
typedef const char *(*RegisterUnit)(void *context, const char *cell);
/* Before numbers are given: the rows of the year and template of `key` are those of its papers, and
 * one that is not understood would be given a second number. Short names of units are understood; a
 * unit that is none is a warning; a period that cannot be read, or a blank where a unit has to be, is
 * a message and false. */
bool register_settle(
    Register *reg, const RegisterKey *key, RegisterUnit meant, void *context);
/* The number that the paper has; 0: none. */
long register_find(const Register *reg, const RegisterKey *key);
/* The number that the paper has; else the next of its year, which register_save writes; 0 after a
 * message: there is none left. */
long register_number(Register *reg, const RegisterKey *key);
/* Writes the new rows, if there are any and it was not only looked at. False after a message. */
bool register_save(Register *reg);
void register_close(Register *reg); /* null allowed */

/* What --register says, and the date of the papers (--date, or NULL). */
typedef struct RegisterSpec {
    const char *path; /* NULL: there is none, and nothing is done */
    const char *date;
    bool looked_at; /* nothing is registered: check, --dump */
    bool known; /* numbers that there are: a paper that has none goes without */
} RegisterSpec;

/* Gives all units their numbers, whether this run makes them or not; *out is to be saved and closed
 * (NULL: there is none). False after messages. */
bool register_units(const RegisterSpec *spec, Session *session, Units *units, Register **out);
/* The same for the one paper of a template without units. */
bool register_one(const RegisterSpec *spec, Session *session, Register **out);

#endif
