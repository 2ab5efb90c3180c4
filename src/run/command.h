/* Commands and options of the command line (language.md 7): two tables, from which the command line
 * is read (cli.c) and the help is printed (help.c).
 *
 * To add a command
 *   1. write `int run_NAME(Arguments *arguments)` in run/NAME.c; it gives results to stdout,
 *      messages to arguments->diags, an ExitStatus back (session.h has the template and the data);
 *   2. declare it below, and add its row to commands.c: name, operands, the options it takes, help
 *      in both languages. The options `common` are every command's.
 * To add an option
 *   1. add its OptionId below, and its row to options.c in the same order;
 *   2. add TAKES(OPTION_NAME) to the rows of the commands that take it: any other command refuses
 *      it. The value is arguments->values[OPTION_NAME]: NULL when it was not given, "" where the
 *      option has no value. */
#ifndef RUN_COMMAND_H
#define RUN_COMMAND_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/diag.h"
#include "template/template.h"

typedef enum ExitStatus {
    EXIT_DONE = 0,
    EXIT_REJECTED = 2,
    EXIT_UNITS_FAILED = 3,
    EXIT_WARNED = 4,
    EXIT_SYSTEM = 5
} ExitStatus; /* trust.md B5 */

typedef enum OptionId {
    OPTION_TEMPLATE,
    OPTION_DATA,
    OPTION_PERIOD,
    OPTION_OUTPUT,
    OPTION_DATE,
    OPTION_AS_OF,
    OPTION_SET,
    OPTION_DRAFT,
    OPTION_STRICT,
    OPTION_DPI,
    OPTION_DUMP,
    OPTION_DIAGNOSTICS,
    OPTION_VERBOSE,
    OPTION_LANG,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_EACH,
    OPTION_REGISTER,
    OPTION_AUDIENCE,
    OPTION_JOBS,
    OPTION_ONLY,
    OPTION_MEMORY,
    OPTION_ATTACH_DATA,
    OPTION_ACCESSIBLE,
    OPTION_LONG,
    OPTION_BOOKLET,
    OPTION_NUP,
    OPTION_PAPER,
    OPTION_DUPLEX,
    OPTION_COPIES_BY,
    OPTION_AGAINST,
    OPTION_OFF,
    OPTION_UNIT,
    OPTION_REPORT,
    OPTION_RESUME,
    OPTION_CHANGED,
    OPTION_SHARD,
    OPTION_FORCE,
    OPTION_UNIT_SECONDS,
    OPTION_UNIT_MEMORY,
    OPTION_FAIL_FAST,
    OPTION_MAX_FAILURES,
    OPTION_COUNT
} OptionId;

#define TAKES(id) (UINT64_C(1) << (id))
/* Beside the options of a command: its messages of level note are shown without -v. */
#define SHOWS_NOTES (UINT64_C(1) << 63)

/* What a command gets. */
typedef struct Arguments {
    Arena *arena;
    Diags *diags;
    const char **operands;
    int operand_count;
    const char *values[OPTION_COUNT]; /* the last one given */
    TemplateParam *params;            /* all of --set */
    int param_count;
} Arguments;

typedef struct OptionDef {
    const char *name;
    char letter;          /* 0: none */
    const char *value[2]; /* what its value is called, in both languages; NULL: it has none */
    const char *help[2];  /* NULL: of the language, not built yet */
    const char *choices;  /* the values there are, with blanks between; NULL: any … */
    bool (*take)(Arguments *arguments, const char *value); /* … that this takes (NULL: all) */
} OptionDef;

typedef struct Command {
    const char *name;
    int (*run)(Arguments *arguments);
    const char *operands[2];          /* as the usage shows them, with a blank between */
    int operand_min, operand_max;
    uint64_t options;                  /* TAKES(…) | …, beside the common ones */
    const char *summary[2], *notes[2]; /* one line; what else its own help says, or NULL */
} Command;

extern const OptionDef option_table[OPTION_COUNT];
extern const Command command_table[];
extern const int command_count;

const Command *command_find(const char *name); /* NULL when absent */
bool command_takes(const Command *command, OptionId option);
/* The help of one command, or of the program (NULL), on stdout. */
void help_print(const Command *command, DiagLanguage language);

int run_render(Arguments *arguments);
int run_fonts(Arguments *arguments);
int run_schema(Arguments *arguments);
int run_columns(Arguments *arguments);
int run_new(Arguments *arguments);
int run_catalogue(Arguments *arguments);
int run_remind(Arguments *arguments);
int run_value(Arguments *arguments);
int run_impose(Arguments *arguments);
int run_bundle(Arguments *arguments);
int run_report(Arguments *arguments);
int run_check(Arguments *arguments);
int run_lint(Arguments *arguments);

#endif
