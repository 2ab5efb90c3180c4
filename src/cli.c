#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "base/version.h"
#include "run/home.h"
#include "run/job.h"
#include "typeset/font.h"

typedef struct Command {
    Arena *arena;
    Diags *diags;
    DiagFormat format;
    bool verbose, help, version;
    RenderJob job;
    TemplateParam *params;
    size_t param_capacity;
    const char *name;
    const char *operand;
} Command;

/* ---- help ---- */

static const char help_chinese[] =
    "文印 wenyin " WENYIN_VERSION "：CSV 数据 + XML 模板 → 符合 GB/T 9704 版式的公文 PDF\n"
    "\n"
    "用法：\n"
    "  wenyin render 模板.xml -d 数据文件夹 -p 报告期 -o 输出.pdf   出一份材料；按扩展名得 "
    "pdf、png、svg、txt\n"
    "  wenyin fonts                                               "
    "各种字体由哪个文件担任，缺哪些字\n"
    "\n"
    "选项：\n"
    "  -d, --data 文件夹        CSV 所在的文件夹\n"
    "  -p, --period 报告期      "
    "2024-06、2024Q2、2024H1、2024、2024-06-上旬、2024-05-01..2024-06-30\n"
    "  -o, --output 文件        输出文件；png、svg 每页一个（汇报-1.png …）；- 为标准输出（PDF）\n"
    "      --date 日期          文件的成文日期，如 2024-06-30（默认为报告期最后一天）\n"
    "      --as-of 日期         “截至”的日子（默认为报告期最后一天）\n"
    "      --set 名=值          给模板参数赋值，可多次\n"
    "      --draft              有缺数也出稿，缺处印【缺：…】\n"
    "      --strict             有警告时以 4 退出\n"
    "      --dpi 数             png 的分辨率，默认 150\n"
    "      --dump doc|pages     不出文件，把中间结果印到标准输出\n"
    "      --diagnostics 形式   消息的形式：text（默认）或 json\n"
    "  -v, --verbose            连同说明级消息一起显示\n"
    "      --lang zh|en         消息的语言\n"
    "      --help, --version\n"
    "\n"
    "退出码：0 完成 · 2 模板、数据或用法有误，什么也没有生成 · 4 有警告（--strict） · 5 "
    "系统故障（磁盘满、不可写）\n";

static const char help_english[] =
    "wenyin " WENYIN_VERSION
    ": CSV data + XML template → Chinese official PDF on the grid of GB/T 9704\n"
    "\n"
    "Usage:\n"
    "  wenyin render TEMPLATE -d DATA -p PERIOD -o OUT     one paper; by the extension pdf, png, "
    "svg, txt\n"
    "  wenyin fonts                                        which face serves which role, and what "
    "it lacks\n"
    "\n"
    "Options:\n"
    "  -d, --data FOLDER        folder with the CSV files\n"
    "  -p, --period PERIOD      2024-06, 2024Q2, 2024H1, 2024, 2024-06-上旬, "
    "2024-05-01..2024-06-30\n"
    "  -o, --output FILE        png and svg: one file a page (out-1.png …); - is stdout (PDF)\n"
    "      --date DATE          date of the paper, e.g. 2024-06-30 (default: the period's last "
    "day)\n"
    "      --as-of DATE         the day of 截至 (default: the period's last day)\n"
    "      --set NAME=VALUE     gives a template parameter; may be repeated\n"
    "      --draft              a paper in spite of missing figures: 【缺：…】\n"
    "      --strict             exit 4 when there are warnings\n"
    "      --dpi N              resolution of png, 150 by default\n"
    "      --dump doc|pages     print a middle form to stdout instead of making a file\n"
    "      --diagnostics FORM   text (default) or json\n"
    "  -v, --verbose            show notes too\n"
    "      --lang zh|en         language of messages\n"
    "      --help, --version\n"
    "\n"
    "Exit status: 0 done · 2 nothing made (template, data or usage rejected) · 4 warnings under "
    "--strict · "
    "5 system fault\n";

/* ---- options ---- */

static bool set_lang(Command *c, const char *value)
{
    if (strcmp(value, "en") == 0 || strcmp(value, "zh") == 0) {
        diag_set_language(c->diags, value[0] == 'e' ? DIAG_ENGLISH : DIAG_CHINESE);
        return true;
    }
    diag_add(c->diags, DIAG_E513, NULL, "--lang", value);
    diag_hint(c->diags, DIAG_H504, "zh en");
    return false;
}

static bool set_format(Command *c, const char *value)
{
    c->format = strcmp(value, "json") == 0 ? DIAG_JSON : DIAG_TEXT;
    if (c->format == DIAG_JSON || strcmp(value, "text") == 0)
        return true;
    diag_add(c->diags, DIAG_E513, NULL, "--diagnostics", value);
    diag_hint(c->diags, DIAG_H504, "text json");
    return false;
}

static bool set_dump(Command *c, const char *value)
{
    c->job.dump = value;
    if (strcmp(value, "doc") == 0 || strcmp(value, "pages") == 0)
        return true;
    diag_add(c->diags, DIAG_E513, NULL, "--dump", value);
    diag_hint(c->diags, DIAG_H504, "doc pages");
    return false;
}

static bool set_dpi(Command *c, const char *value)
{
    Decimal dpi;
    if (decimal_parse(value, &dpi) && decimal_cmp(dpi, decimal_from_int(10)) >= 0 &&
        decimal_cmp(dpi, decimal_from_int(2400)) <= 0) {
        c->job.dpi = decimal_to_double(dpi);
        return true;
    }
    diag_add(c->diags, DIAG_E513, NULL, "--dpi", value);
    diag_hint(c->diags, DIAG_H504, "10–2400");
    return false;
}

static bool set_param(Command *c, const char *value)
{
    const char *equals = strchr(value, '=');
    if (!equals || equals == value)
        return diag_add(c->diags, DIAG_E512, NULL, value);
    c->params = arena_grow(
        c->arena, c->params, (size_t)c->job.param_count, &c->param_capacity, sizeof *c->params);
    c->params[c->job.param_count++] =
        (TemplateParam){arena_strndup(c->arena, value, (size_t)(equals - value)), equals + 1};
    return true;
}

static bool set_data(Command *c, const char *value)
{
    c->job.data_dir = value;
    return true;
}
static bool set_period(Command *c, const char *value)
{
    c->job.period = value;
    return true;
}
static bool set_output(Command *c, const char *value)
{
    c->job.output = value;
    return true;
}
static bool set_date(Command *c, const char *value)
{
    c->job.date = value;
    return true;
}
static bool set_as_of(Command *c, const char *value)
{
    c->job.as_of = value;
    return true;
}
static bool set_draft(Command *c, const char *value)
{
    (void)value;
    return c->job.draft = true;
}
static bool set_strict(Command *c, const char *value)
{
    (void)value;
    return c->job.strict = true;
}
static bool set_verbose(Command *c, const char *value)
{
    (void)value;
    return c->verbose = true;
}
static bool set_help(Command *c, const char *value)
{
    (void)value;
    return c->help = true;
}
static bool set_version(Command *c, const char *value)
{
    (void)value;
    return c->version = true;
}

static const struct Option {
    const char *name;
    char letter;
    bool has_value;
    bool (*set)(Command *c, const char *value); /* NULL: of the language, not built yet */
} options[] = {
    {"data", 'd', true, set_data},
    {"period", 'p', true, set_period},
    {"output", 'o', true, set_output},
    {"date", 0, true, set_date},
    {"as-of", 0, true, set_as_of},
    {"set", 0, true, set_param},
    {"draft", 0, false, set_draft},
    {"strict", 0, false, set_strict},
    {"dpi", 0, true, set_dpi},
    {"dump", 0, true, set_dump},
    {"diagnostics", 0, true, set_format},
    {"verbose", 'v', false, set_verbose},
    {"lang", 0, true, set_lang},
    {"help", 'h', false, set_help},
    {"version", 'V', false, set_version},
    {"each", 0, true, NULL},
    {"register", 0, true, NULL},
    {"audience", 0, true, NULL},
    {"jobs", 'j', true, NULL},
    {"only", 0, true, NULL},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static const struct Option *option_find(const char *name, size_t length)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

static const struct Option *letter_find(char letter)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

typedef struct Argument {
    const char *text;            /* as given, the value left out when it is one of its own */
    const struct Option *option; /* NULL: none of ours */
    const char *value;           /* NULL: none */
} Argument;

/* The option at **at, which is moved behind it. Its value is behind = or the letter, else the next
 * argument. */
static Argument read_option(char ***at)
{
    const char *text = *(*at)++;
    Argument argument = {.text = text};
    if (text[1] == '-') {
        const char *equals = strchr(text, '=');
        size_t length = equals ? (size_t)(equals - text) - 2 : strlen(text) - 2;
        argument.option = option_find(text + 2, length);
        argument.value = equals ? equals + 1 : NULL;
    } else {
        argument.option = letter_find(text[1]);
        argument.value = text[2] ? text + 2 : NULL;
    }
    if (argument.option && argument.option->has_value && !argument.value && **at)
        argument.value = *(*at)++;
    return argument;
}

static bool unknown_option(Command *c, const char *text)
{
    const char *names[OPTION_COUNT];
    for (int i = 0; i < OPTION_COUNT; i++)
        names[i] = arena_printf(c->arena, "--%s", options[i].name);
    diag_add(c->diags, DIAG_E502, NULL, text);
    const char *nearest = text[1] == '-' ? utf8_nearest(text, names, OPTION_COUNT) : NULL;
    if (nearest)
        diag_hint(c->diags, DIAG_H001, nearest);
    else
        diag_hint(c->diags, DIAG_H500);
    return false;
}

static bool take_option(Command *c, const Argument *argument)
{
    const struct Option *option = argument->option;
    if (!option)
        return unknown_option(c, argument->text);
    if (argument->value && !option->has_value)
        return diag_add(c->diags, DIAG_E518, NULL, arena_printf(c->arena, "--%s", option->name));
    if (!option->set)
        return diag_add(c->diags, DIAG_E516, NULL, argument->text);
    if (option->has_value && !argument->value)
        return diag_add(c->diags, DIAG_E503, NULL, argument->text);
    return option->set(c, argument->value);
}

static bool take_operand(Command *c, const char *operand)
{
    if (!c->name) {
        c->name = operand;
        return true;
    }
    if (c->operand)
        return diag_add(c->diags, DIAG_E505, NULL, operand);
    c->operand = operand;
    return true;
}

/* The language and form of messages hold wherever they stand, for a mistake before them too: they
 * are taken in a first pass. */
static bool is_early(const struct Option *option)
{
    return option && (option->set == set_lang || option->set == set_format);
}

static bool take_arguments(Command *c, char **argv, bool early)
{
    bool only_operands = false;
    for (char **at = argv + 1; *at;) {
        if (only_operands || (*at)[0] != '-' || !(*at)[1]) {
            if (!early && !take_operand(c, *at))
                return false;
            at++;
        } else if (strcmp(*at, "--") == 0) {
            only_operands = true;
            at++;
        } else {
            Argument argument = read_option(&at);
            if (is_early(argument.option) == early && !take_option(c, &argument))
                return false;
        }
    }
    return true;
}

/* ---- commands ---- */

static int run_render(Command *c)
{
    if (!c->operand) {
        diag_add(c->diags, DIAG_E504, NULL);
        diag_hint(c->diags, DIAG_H500);
        return EXIT_REJECTED;
    }
    c->job.template_path = c->operand;
    c->job.params = c->params;
    return job_render(&c->job, c->arena, c->diags);
}

static int run_fonts(Command *c)
{
    if (c->operand) {
        diag_add(c->diags, DIAG_E505, NULL, c->operand);
        return EXIT_REJECTED;
    }
    FontSet *fonts = fonts_open(c->arena, c->job.fonts_dir, c->diags);
    bool done = fonts && fonts_report(fonts, stdout, diag_language(c->diags) == DIAG_ENGLISH);
    fonts_close(fonts);
    return done ? EXIT_DONE : EXIT_REJECTED;
}

static const struct {
    const char *name;
    int (*run)(Command *c); /* NULL: of the language, not built yet */
} commands[] = {
    {"render", run_render},
    {"fonts", run_fonts},
    {"check", NULL},
    {"lint", NULL},
    {"bundle", NULL},
    {"impose", NULL},
    {"new", NULL},
    {"catalogue", NULL},
    {"value", NULL},
    {"columns", NULL},
    {"report", NULL},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static int unknown_command(Command *c)
{
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    diag_add(c->diags, DIAG_E501, NULL, c->name);
    const char *nearest = utf8_nearest(c->name, names, COMMAND_COUNT);
    if (nearest)
        diag_hint(c->diags, DIAG_H001, nearest);
    else
        diag_hint(c->diags, DIAG_H500);
    return EXIT_REJECTED;
}

static int run_command(Command *c)
{
    if (!c->name) {
        diag_add(c->diags, DIAG_E517, NULL);
        diag_hint(c->diags, DIAG_H500);
        return EXIT_REJECTED;
    }
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, c->name) != 0)
            continue;
        if (commands[i].run)
            return commands[i].run(c);
        diag_add(c->diags, DIAG_E514, NULL, c->name);
        return EXIT_REJECTED;
    }
    return unknown_command(c);
}

/* A full disk behind stdout must not pass for success. */
static int flush_results(Command *c, int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    diag_add(c->diags, DIAG_E408, NULL, diag_system_text(c->diags, errno ? errno : EIO));
    return EXIT_SYSTEM;
}

static int run(Command *c, int argc, char **argv)
{
    if (!take_arguments(c, argv, true) || !take_arguments(c, argv, false))
        return EXIT_REJECTED;
    if (c->version) {
        puts("wenyin " WENYIN_VERSION);
    } else if (c->help || argc == 1) {
        bool english = diag_language(c->diags) == DIAG_ENGLISH;
        fputs(english ? help_english : help_chinese, stdout);
    } else {
        return run_command(c);
    }
    return EXIT_DONE;
}

int cli_run(int argc, char **argv)
{
    Command command = {.arena = arena_new()};
    Command *c = &command;
    c->diags = diag_new(c->arena);
    c->job.dpi = 150;
    c->job.fonts_dir = home_fonts(c->arena);
    int status = flush_results(c, run(c, argc, argv));
    diag_hide_notes(c->diags, !c->verbose);
    diag_print(c->diags, stderr, c->format);
    arena_free(c->arena);
    return status;
}
