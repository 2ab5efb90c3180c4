#include "run/command.h"

#include <string.h>
#include "base/decimal.h"
#include "run/batch/batch_spec.h"
#include "run/batch/shard.h"

static bool take_dpi(Arguments *arguments, const char *value)
{
    Decimal dpi;
    if (decimal_parse(value, &dpi) && decimal_cmp(dpi, decimal_from_int(10)) >= 0 &&
        decimal_cmp(dpi, decimal_from_int(2400)) <= 0)
        return true;
    diag_add(arguments->diags, DIAG_E513, NULL, "--dpi", value);
    diag_hint(arguments->diags, DIAG_H504, "10—2400");
    return false;
}

static bool take_shard(Arguments *arguments, const char *value)
{
    Shard shard;
    if (shard_parse(value, &shard))
        return true;
    diag_add(arguments->diags, DIAG_E513, NULL, "--shard", value);
    diag_hint(arguments->diags, DIAG_H540);
    return false;
}

static bool take_jobs(Arguments *arguments, const char *value)
{
    return batch_option_fits(arguments->diags, OPTION_JOBS, value);
}

static bool take_unit_seconds(Arguments *arguments, const char *value)
{
    return batch_option_fits(arguments->diags, OPTION_UNIT_SECONDS, value);
}

static bool take_unit_memory(Arguments *arguments, const char *value)
{
    return batch_option_fits(arguments->diags, OPTION_UNIT_MEMORY, value);
}

static bool take_max_failures(Arguments *arguments, const char *value)
{
    return batch_option_fits(arguments->diags, OPTION_MAX_FAILURES, value);
}

static bool take_param(Arguments *arguments, const char *value)
{
    const char *equals = strchr(value, '=');
    size_t count = (size_t)arguments->param_count;
    if (!equals || equals == value)
        return diag_add(arguments->diags, DIAG_E512, NULL, value);
    TemplateParam *params = ARENA_ARRAY(arguments->arena, TemplateParam, count + 1);
    if (count > 0)
        memcpy(params, arguments->params, count * sizeof *params);
    params[count] = (TemplateParam){
        arena_strndup(arguments->arena, value, (size_t)(equals - value)), equals + 1};
    arguments->params = params;
    arguments->param_count++;
    return true;
}

/* In the order of OptionId, which is that of the help. */
const OptionDef option_table[OPTION_COUNT] = {
    [OPTION_TEMPLATE] = {"template", 't', {"模板.xml", "FILE"},
        {"按这个模板的声明取数", "with the declarations of this template"}, NULL, NULL},
    [OPTION_DATA] = {"data", 'd', {"文件夹", "FOLDER"},
        {"CSV 所在的文件夹", "folder with the CSV files"}, NULL, NULL},
    [OPTION_PERIOD] = {"period", 'p', {"报告期", "PERIOD"},
        {"2024-06、2024Q2、2024H1、2024、2024-06-上旬、2024-05-01..2024-06-30",
            "2024-06, 2024Q2, 2024H1, 2024, 2024-06-上旬, 2024-05-01..2024-06-30"},
        NULL, NULL},
    [OPTION_OUTPUT] = {"output", 'o', {"文件", "FILE"}, {"输出文件", "the output"}, NULL, NULL},
    [OPTION_DATE] = {"date", 0, {"日期", "DATE"},
        {"文件的成文日期，如 2024-06-30（默认为报告期最后一天）",
            "date of the paper, e.g. 2024-06-30 (default: the period's last day)"},
        NULL, NULL},
    [OPTION_AS_OF] = {"as-of", 0, {"日期", "DATE"},
        {"“截至”的日子（默认为报告期最后一天）",
            "the day of 截至 (default: the period's last day)"},
        NULL, NULL},
    [OPTION_SET] = {"set", 0, {"名=值", "NAME=VALUE"},
        {"给模板参数赋值，可多次", "gives a template parameter; may be repeated"}, NULL,
        take_param},
    [OPTION_DRAFT] = {"draft", 0, {NULL, NULL},
        {"有缺数也出稿，缺处印【缺：…】", "a paper in spite of missing figures: 【缺：…】"}, NULL,
        NULL},
    [OPTION_STRICT] = {"strict", 0, {NULL, NULL},
        {"有警告时以 4 退出", "exit 4 when there are warnings"}, NULL, NULL},
    [OPTION_DPI] = {"dpi", 0, {"数", "N"},
        {"png 的分辨率，默认 150", "resolution of png, 150 by default"}, NULL, take_dpi},
    [OPTION_DUMP] = {"dump", 0, {"doc|pages", "doc|pages"},
        {"不出文件，把中间结果印到标准输出",
            "print a middle form to stdout instead of making a file"},
        "doc pages", NULL},
    [OPTION_DIAGNOSTICS] = {"diagnostics", 0, {"text|json", "text|json"},
        {"消息的形式，默认 text", "form of messages, text by default"}, "text json", NULL},
    [OPTION_VERBOSE] = {"verbose", 'v', {NULL, NULL}, {"连同说明级消息一起显示", "show notes too"},
        NULL, NULL},
    [OPTION_LANG] = {"lang", 0, {"zh|en", "zh|en"}, {"消息的语言", "language of messages"}, "zh en",
        NULL},
    [OPTION_HELP] = {"help", 'h', {NULL, NULL}, {"看用法", "this help"}, NULL, NULL},
    [OPTION_VERSION] = {"version", 'V', {NULL, NULL}, {"看版本", "the version"}, NULL, NULL},
    [OPTION_EACH] = {"each", 0, {"列", "COLUMN"},
        {"每个单位一份，如 村；文件名里写 {村}", "one paper a unit, e.g. 村; the output has {村}"},
        NULL, NULL},
    [OPTION_REGISTER] = {"register", 0, {"登记.csv", "FILE.csv"},
        {"发文登记：给每份一个流水号，重出时号不变", "the register that gives each paper its 流水号"},
        NULL, NULL},
    [OPTION_AUDIENCE] = {"audience", 0, {"对象", "NAME"},
        {"报给谁：保留 audience 里有它的内容", "for whom: keeps what has it in audience="}, NULL,
        NULL},
    [OPTION_JOBS] = {"jobs", 'j', {"数", "N"},
        {"每个单位一份时，几份同时出，默认有几个处理器就几份",
            "of one paper a unit: how many at once, by default one a processor"},
        NULL, take_jobs},
    [OPTION_ONLY] = {"only", 0, {"图号", "FIGURE"},
        {"只出一张图，如 图2", "makes one chart alone, e.g. 图2"}, NULL, NULL},
    [OPTION_MEMORY] = {"memory", 0, {"数", "SIZE"}, {NULL, NULL}, NULL, NULL},
    [OPTION_ATTACH_DATA] = {"attach-data", 0, {NULL, NULL},
        {"把所据的 CSV、目录和模板附在 PDF 里（PDF/A-3）",
            "puts the CSV files, catalogue and template into the PDF (PDF/A-3)"},
        NULL, NULL},
    [OPTION_ACCESSIBLE] = {"accessible", 0, {NULL, NULL},
        {"无障碍 PDF：标题、表格、图都有标记（PDF/UA-1）",
            "an accessible PDF: headings, tables and figures are tagged (PDF/UA-1)"},
        NULL, NULL},
    [OPTION_LONG] = {"long", 0, {NULL, NULL},
        {"png 不分页，各页连成一张长图", "png: all pages one below the other in one picture"}, NULL,
        NULL},
    [OPTION_BOOKLET] = {"booklet", 0, {NULL, NULL},
        {"骑马钉小册子：每面两页，对折成册", "a booklet to be folded, two pages a side"}, NULL,
        NULL},
    [OPTION_NUP] = {"nup", 0, {"1|2|4", "1|2|4"},
        {"每面几页；1 只补空白页，使每份从正面起",
            "pages a side; 1 only adds blanks, so that each paper begins on a front"},
        "1 2 4", NULL},
    [OPTION_PAPER] = {"paper", 0, {"A3|A4", "A3|A4"},
        {"印在多大的纸上：小册子默认 A3，其余默认 A4",
            "the sheet: A3 for booklets by default, else A4"},
        "A3 A4", NULL},
    [OPTION_DUPLEX] = {"duplex", 0, {"long|short", "long|short"},
        {"打印机双面翻页的边：竖放的纸默认长边，横放的纸默认短边",
            "the edge about which the printer turns: by default long for upright sheets, short for "
            "lying ones"},
        "long short", NULL},
    [OPTION_COPIES_BY] = {"copies-by", 0, {"名单.csv", "LIST.csv"},
        {"按名单（单位、份数）印：每个单位先一张送件单，再是它的各份",
            "by a list (单位, 份数): for each unit a cover slip, then its copies"},
        NULL, NULL},
    [OPTION_AGAINST] = {"against", 0, {"核对单.csv", "SHEET.csv"},
        {"与以前的核对单比：上期的，或本期已印发的",
            "compares with a sheet of before: of the last period, or as it was issued"},
        NULL, NULL},
    [OPTION_OFF] = {"off", 0, {"代码", "CODES"},
        {"不要这些检查，如 W721,N760", "without these rules, e.g. W721,N760"}, NULL, NULL},
    [OPTION_UNIT] = {"unit", 0, {"单位", "UNITS"},
        {"每个单位一份时，只出这几个，如 长塘村、前江村", "of one paper a unit: these only"}, NULL,
        NULL},
    [OPTION_REPORT] = {"report", 0, {"文件", "FILE"},
        {"运行报告另存一份：csv、json、txt", "the run report once more: csv, json or txt"}, NULL,
        NULL},
    [OPTION_RESUME] = {"resume", 0, {NULL, NULL},
        {"接着上次出：没有变的不再出", "goes on where a run stopped: what has not changed stays"},
        NULL, NULL},
    [OPTION_CHANGED] = {"changed", 0, {NULL, NULL},
        {"只出有变化的（同 --resume）", "only what has changed (the same as --resume)"}, NULL,
        NULL},
    [OPTION_SHARD] = {"shard", 0, {"i/n", "I/N"},
        {"分给 n 台机器，这是第 i 台，如 2/3", "of N machines this is the I-th, e.g. 2/3"}, NULL,
        take_shard},
    [OPTION_FORCE] = {"force", 0, {NULL, NULL},
        {"覆盖不是上次出的同名文件", "overwrites files that no earlier run has made"}, NULL, NULL},
    [OPTION_UNIT_SECONDS] = {"unit-seconds", 0, {"秒", "SECONDS"},
        {"一份最多用多少秒处理器时间，默认 60", "CPU seconds a paper of a batch may take, 60 by default"},
        NULL, take_unit_seconds},
    [OPTION_UNIT_MEMORY] = {"unit-memory", 0, {"MB", "MB"},
        {"一份最多用多少内存，默认 1024", "memory a paper of a batch may take, 1024 by default"}, NULL,
        take_unit_memory},
    [OPTION_FAIL_FAST] = {"fail-fast", 0, {NULL, NULL},
        {"有一份没有出成就停下", "stops when the first paper fails"}, NULL, NULL},
    [OPTION_MAX_FAILURES] = {"max-failures", 0, {"数", "N"},
        {"有这么多份没有出成就停下", "stops when so many papers have failed"}, NULL,
        take_max_failures},
};
