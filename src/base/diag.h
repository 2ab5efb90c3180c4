/* Messages. One table, diag.def, holds code, level, Chinese and English text; nobody else prints. A
 * failing function adds exactly one message and returns false; its callers only pass that up.
 * Messages are kept (arena of the run) and printed by diag_print in the order of place.
 *
 * The text form, by what the message knows (language.md 6):
 *   汇报.xml:24:17: 错误 E142: … template: line, column in characters; source line, carets
 *   月报/5.csv:8: C8“生活垃圾”: 错误 E203: … data: row as an editor counts, cell as Excel, column
 * name 月报/5.csv:8: … and 月报/5.csv: … a row, a whole file wenyin: 错误 E505: … no place then ` =
 * 数据: 月报/5.csv 第 8 行“生活垃圾”(C8)` when a template place has a data place too, then ` =
 * 提示: …`.
 *
 * The JSON form, one object a line: code level message; unit of a paper that is one of
 * many; part of a volume; file line column end_line end_column of a
 * template; file (data_file beside a template) row column_name cell of data; hints. Members that
 * are not known are left out. A closing line says how many messages the limits left out (JSON:
 * level note, omitted, message). */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/span.h"

struct Arena;

typedef enum DiagLevel { DIAG_HINT, DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_SYSTEM } DiagLevel;

typedef enum DiagCode {
#define D(code, level, chinese, english) DIAG_##code,
#include "base/diag.def"
#undef D
    DIAG_CODE_COUNT
} DiagCode;

typedef enum DiagLanguage { DIAG_CHINESE, DIAG_ENGLISH } DiagLanguage;
typedef enum DiagFormat { DIAG_TEXT, DIAG_JSON } DiagFormat;

typedef struct Diags Diags;

/* text or json, as --diagnostics has it; NULL is text. */
DiagFormat diag_format_of(const char *name);

Diags *diag_new(struct Arena *arena);
void diag_set_language(Diags *diags, DiagLanguage language);
DiagLanguage diag_language(const Diags *diags);

/* Adds one message; the arguments are those of the code's text (both languages take the same, in
 * the same order). `at` may be NULL. Always returns false, so that `return diag_add(…)` reads well.
 * At most 20 messages a code and 1,000 a run are kept, the rest counted. The same code at the same
 * place with the same text is added once. */
bool diag_add(Diags *diags, DiagCode code, const At *at, ...);
/* Rules that are not wanted, by code: “W721，N760” (blanks and commas between). What is added of them
 * from now on is dropped. Of the checks alone (W7… N7…): NULL, or the first word that is none
 * of these (of the arena; those before it are off). */
const char *diag_switch_off(Diags *diags, const char *codes);
/* Adds a hint line (a D row of level HINT) to the message added last. */
void diag_hint(Diags *diags, DiagCode code, ...);

size_t diag_count(const Diags *diags, DiagLevel level);
/* True when an error (or system fault) was added. */
bool diag_failed(const Diags *diags);
/* Notes (what was read in an unusual form, and how) are printed unless they are hidden. */
void diag_hide_notes(Diags *diags, bool hide);
/* Writes all messages to `out`: place, level, code, text, source line with carets, hints
 * (language.md 6). */
void diag_print(const Diags *diags, FILE *out, DiagFormat format);
/* What diag_print would print. */
const char *diag_text(const Diags *diags, struct Arena *arena, DiagFormat format);
const char *diag_code_name(DiagCode code); /* "E142" */
/* A message as a reader of the paper is told it: “月报/5.csv 第 8 行“生活垃圾”(C8)”, “错误 E230：…”,
 * “提示：…”. Place and hints may be "". */
typedef struct DiagLine {
    const char *place, *text, *hints;
} DiagLine;
/* Errors, warnings and what 改定.csv has done in the order of diag_print, then how many were left
 * out. Of the arena. */
int diag_list(const Diags *diags, struct Arena *arena, DiagLine **out);
/* A message as data (diag_entries.c): what its place is, and its text in the chosen language. */
typedef struct DiagEntry {
    DiagCode code;
    DiagLevel level;
    const char *text, *hints; /* hints: one behind another, "" when there is none */
    bool in_template;
    const DataPlace *data; /* or NULL */
} DiagEntry;
/* From now on up to 1,000 messages of one code are kept. */
void diag_keep_all(Diags *diags);
size_t diag_entry_count(const Diags *diags);
DiagEntry diag_entry(const Diags *diags, size_t index, struct Arena *arena); /* in order of adding */
/* One paper of many (run/batch/units.h) has messages of its own: from now on there are none yet, they are
 * kept in `arena`, and what was told before is neither counted nor told again. `unit` names the paper
 * in what is printed. Gives what diag_rejoin wants. */
Diags *diag_apart(Diags *diags, struct Arena *arena, const char *unit);
/* Messages of a part of a volume, in the language of `run`: none yet, kept in `arena`. What `earlier` (NULL:
 * nothing) and those before it have is not printed again, though counted, and listed by diag_list: the
 * draft of the part is whole. `part` names it in what is printed; NULL: nothing does. */
Diags *diag_of_part(
    const Diags *run, struct Arena *arena, const char *part, const Diags *earlier);
/* The messages as they are now, in `arena`: they outlive diag_rejoin. */
Diags *diag_copy(const Diags *diags, struct Arena *arena);
/* Forgets the messages since diag_apart; those before it are there again. */
void diag_rejoin(Diags *diags, const Diags *before);
/* It was told elsewhere: it is neither printed nor counted by diag_count. */
void diag_withdraw(Diags *diags, size_t index);
/* The system's reason for a failure (errno) in the chosen language: “没有这个文件”. For the %s of a
 * message. */
const char *diag_system_text(const Diags *diags, int error);

#endif
