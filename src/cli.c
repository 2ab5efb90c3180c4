#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "run/command.h"

/* The command line as it is read. */
typedef struct Line {
    Arguments arguments;
    Arena *arena;
    Diags *diags;
    const char *name; /* of the command; NULL: none yet */
    size_t operand_room;
} Line;

/* ---- options ---- */

static const OptionDef *option_find(const char *name, size_t length)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (strlen(option_table[i].name) == length &&
            memcmp(option_table[i].name, name, length) == 0)
            return &option_table[i];
    return NULL;
}

static const OptionDef *letter_find(char letter)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_table[i].letter == letter)
            return &option_table[i];
    return NULL;
}

typedef struct Given {
    const char *text;        /* as given, the value left out when it is an argument of its own */
    const OptionDef *option; /* NULL: none of ours */
    const char *value;       /* NULL: none */
} Given;

/* The option at **at, which is moved behind it. Its value is behind = or the letter, else the next
 * argument. */
static Given read_option(char ***at)
{
    const char *text = *(*at)++;
    Given given = {.text = text};
    if (text[1] == '-') {
        const char *equals = strchr(text, '=');
        size_t length = equals ? (size_t)(equals - text) - 2 : strlen(text) - 2;
        given.option = option_find(text + 2, length);
        given.value = equals ? equals + 1 : NULL;
    } else {
        given.option = letter_find(text[1]);
        given.value = text[2] ? text + 2 : NULL;
    }
    if (given.option && given.option->value[0] && !given.value && **at)
        given.value = *(*at)++;
    return given;
}

static bool unknown_option(Line *line, const char *text)
{
    const char *names[OPTION_COUNT];
    for (int i = 0; i < OPTION_COUNT; i++)
        names[i] = arena_printf(line->arena, "--%s", option_table[i].name);
    diag_add(line->diags, DIAG_E502, NULL, text);
    bool expression = line->name && strcmp(line->name, "value") == 0 && text[1] != '-';
    const char *nearest = text[1] == '-' ? utf8_nearest(text, names, OPTION_COUNT) : NULL;
    if (expression)
        diag_hint(line->diags, DIAG_H620, text);
    else if (nearest)
        diag_hint(line->diags, DIAG_H001, nearest);
    else
        diag_hint(line->diags, DIAG_H500);
    return false;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = choices; *at; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, value, length) == 0)
            return true;
        at += word;
    }
    return false;
}

static bool take_option(Line *line, const Given *given)
{
    const OptionDef *option = given->option;
    Diags *diags = line->diags;
    if (!option)
        return unknown_option(line, given->text);
    const char *name = arena_printf(line->arena, "--%s", option->name);
    if (given->value && !option->value[0])
        return diag_add(diags, DIAG_E518, NULL, name);
    if (!option->help[0])
        return diag_add(diags, DIAG_E516, NULL, given->text);
    if (option->value[0] && !given->value)
        return diag_add(diags, DIAG_E503, NULL, given->text);
    if (option->value[0] && !*given->value && !option->choices && !option->take)
        return diag_add(diags, DIAG_E513, NULL, name, ""); /* a script's variable is empty */
    if (option->choices && !is_choice(option->choices, given->value)) {
        diag_add(diags, DIAG_E513, NULL, name, given->value);
        diag_hint(diags, DIAG_H504, option->choices);
        return false;
    }
    line->arguments.values[option - option_table] = given->value ? given->value : "";
    return !option->take || option->take(&line->arguments, given->value);
}

static void take_operand(Line *line, const char *operand)
{
    Arguments *arguments = &line->arguments;
    if (!line->name) {
        line->name = operand;
        return;
    }
    arguments->operands = arena_grow(line->arena, arguments->operands,
        (size_t)arguments->operand_count, &line->operand_room, sizeof *arguments->operands);
    arguments->operands[arguments->operand_count++] = operand;
}

/* The language and form of messages hold wherever they stand, for a mistake before them too: they
 * are taken in a first pass. */
static bool is_early(const OptionDef *option)
{
    return option == &option_table[OPTION_LANG] || option == &option_table[OPTION_DIAGNOSTICS];
}

static bool take_arguments(Line *line, char **argv, bool early)
{
    bool only_operands = false;
    for (char **at = argv + 1; *at;) {
        if (only_operands || (*at)[0] != '-' || !(*at)[1]) {
            if (!early)
                take_operand(line, *at);
            at++;
        } else if (strcmp(*at, "--") == 0) {
            only_operands = true;
            at++;
        } else {
            Given given = read_option(&at);
            if (is_early(given.option) == early && !take_option(line, &given))
                return false;
        }
    }
    const char *language = line->arguments.values[OPTION_LANG];
    if (language)
        diag_set_language(line->diags, language[0] == 'e' ? DIAG_ENGLISH : DIAG_CHINESE);
    return true;
}

/* ---- commands ---- */

static bool unknown_command(Line *line)
{
    Diags *diags = line->diags;
    const char **names = ARENA_ARRAY(line->arena, const char *, command_count);
    for (int i = 0; i < command_count; i++)
        names[i] = command_table[i].name;
    diag_add(diags, DIAG_E501, NULL, line->name);
    const char *nearest = utf8_nearest(line->name, names, (size_t)command_count);
    if (nearest)
        diag_hint(diags, DIAG_H001, nearest);
    else
        diag_hint(diags, DIAG_H500);
    return false;
}

/* The last word of the operands that the usage shows is the one that is missing. */
static const char *last_operand(const Line *line, const Command *command)
{
    const char *operands = command->operands[diag_language(line->diags)];
    const char *blank = strrchr(operands, ' ');
    return blank ? blank + 1 : operands;
}

static bool operands_fit(Line *line, const Command *command)
{
    const Arguments *arguments = &line->arguments;
    if (arguments->operand_count > command->operand_max)
        return diag_add(line->diags, DIAG_E505, NULL, arguments->operands[command->operand_max]);
    if (arguments->operand_count >= command->operand_min)
        return true;
    diag_add(line->diags, DIAG_E504, NULL, command->name, last_operand(line, command));
    diag_hint(line->diags, DIAG_H505, command->name);
    return false;
}

static bool options_fit(Line *line, const Command *command)
{
    bool fit = true;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!line->arguments.values[i] || command_takes(command, (OptionId)i))
            continue;
        fit = diag_add(line->diags, DIAG_E526, NULL, command->name,
            arena_printf(line->arena, "--%s", option_table[i].name));
        diag_hint(line->diags, DIAG_H505, command->name);
    }
    return fit;
}

static int run_command(Line *line)
{
    const Command *command = line->name ? command_find(line->name) : NULL;
    if (!line->name) {
        diag_add(line->diags, DIAG_E517, NULL);
        diag_hint(line->diags, DIAG_H500);
    } else if (!command) {
        unknown_command(line);
    } else if (options_fit(line, command) && operands_fit(line, command)) {
        /* Before it runs: papers of a batch tell their messages as they are done. */
        diag_hide_notes(line->diags,
            !line->arguments.values[OPTION_VERBOSE] && !(command->options & SHOWS_NOTES));
        return command->run(&line->arguments);
    }
    return EXIT_REJECTED;
}

/* A full disk behind stdout must not pass for success. */
static int flush_results(Line *line, int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    diag_add(line->diags, DIAG_E408, NULL, diag_system_text(line->diags, errno ? errno : EIO));
    return EXIT_SYSTEM;
}

static int run(Line *line, int argc, char **argv)
{
    if (!take_arguments(line, argv, true) || !take_arguments(line, argv, false))
        return EXIT_REJECTED;
    if (line->arguments.values[OPTION_VERSION])
        puts("wenyin " WENYIN_VERSION);
    else if (line->arguments.values[OPTION_HELP] || argc == 1)
        help_print(line->name ? command_find(line->name) : NULL, diag_language(line->diags));
    else
        return run_command(line);
    return EXIT_DONE;
}

int cli_run(int argc, char **argv)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Line line = {.arena = arena, .diags = diags, .arguments = {.arena = arena, .diags = diags}};
    const char *const *values = line.arguments.values;
    int status = flush_results(&line, run(&line, argc, argv));
    diag_print(diags, stderr, diag_format_of(values[OPTION_DIAGNOSTICS]));
    arena_free(arena);
    return status;
}
