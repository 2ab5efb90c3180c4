#include "run/command.h"

#include <string.h>

/* Every command takes these. */
static const uint64_t common = TAKES(OPTION_DIAGNOSTICS) | TAKES(OPTION_VERBOSE) |
                               TAKES(OPTION_LANG) | TAKES(OPTION_HELP) | TAKES(OPTION_VERSION);
/* Options with which the figures of a template are settled. */
#define FIGURES                                                                                    \
    (TAKES(OPTION_DATA) | TAKES(OPTION_PERIOD) | TAKES(OPTION_AS_OF) | TAKES(OPTION_SET))

/* How a row is added: command.h. */
const Command command_table[] = {
    {"render", run_render, {"模板.xml", "TEMPLATE"}, 1, 1,
        FIGURES | TAKES(OPTION_OUTPUT) | TAKES(OPTION_DATE) | TAKES(OPTION_DRAFT) |
            TAKES(OPTION_STRICT) | TAKES(OPTION_DPI) | TAKES(OPTION_DUMP) | TAKES(OPTION_EACH) |
            TAKES(OPTION_REGISTER) | TAKES(OPTION_AUDIENCE) | TAKES(OPTION_JOBS) |
            TAKES(OPTION_ONLY) | TAKES(OPTION_MEMORY) | TAKES(OPTION_ATTACH_DATA) |
            TAKES(OPTION_ACCESSIBLE) | TAKES(OPTION_LONG) | TAKES(OPTION_UNIT) |
            TAKES(OPTION_REPORT) | TAKES(OPTION_RESUME) | TAKES(OPTION_CHANGED) |
            TAKES(OPTION_SHARD) | TAKES(OPTION_FORCE) | TAKES(OPTION_UNIT_SECONDS) |
            TAKES(OPTION_UNIT_MEMORY) | TAKES(OPTION_FAIL_FAST) | TAKES(OPTION_MAX_FAILURES),
        {"出一份材料", "makes one paper"},
        {"输出文件的扩展名定形式：pdf、png、svg（每页一个：汇报-1.png …）、txt；- 为标准输出"
         "（PDF）。\n"
         "例：wenyin render 工作汇报.xml -d 数据 -p 2024-06 -o 工作汇报.pdf\n"
         "    wenyin render 工作汇报.xml -d 数据 -p 2024-06 --only 图2 -o 图2.svg\n"
         "每个单位一份（模板里有 each，或用 --each）时，文件名里写 {村}、{期间}、{序号} 或参数名：\n"
         "    wenyin render 整改函.xml -d 数据 -p 2024-06 -o '整改函/{村}-{期间}.pdf'\n"
         "    wenyin render 整改函.xml -d 数据 -p 2024-06 --unit 路东村 -o 整改函.pdf\n",
            "The extension of the output picks pdf, png, svg (one file a page: out-1.png …) or "
            "txt; - is stdout (PDF).\n"
            "Example: wenyin render 工作汇报.xml -d DATA -p 2024-06 -o 工作汇报.pdf\n"
            "         wenyin render 工作汇报.xml -d DATA -p 2024-06 --only 图2 -o 图2.svg\n"
            "One paper a unit (each= of the template, or --each): the output has {村}, {期间}, "
            "{序号} or a parameter in it:\n"
            "         wenyin render 整改函.xml -d DATA -p 2024-06 -o '整改函/{村}-{期间}.pdf'\n"
            "         wenyin render 整改函.xml -d DATA -p 2024-06 --unit 路东村 -o 整改函.pdf\n"}},
    {"new", run_new, {"文件夹", "FOLDER"}, 1, 1, TAKES(OPTION_DATA),
        {"建一个工作文件夹：模板、目录、样例数据",
            "makes a working folder: template, catalogue, sample data"},
        {"有 -d 时，照那个数据文件夹里的 CSV 写声明、目录和初稿，数据还在原处。\n"
         "例：wenyin new 月度汇报\n"
         "    wenyin new 月度汇报 -d 数据\n",
            "With -d the declarations, the catalogue and the first template are written from the "
            "CSV files of that folder; the data stay where they are.\n"
            "Example: wenyin new 月度汇报\n"
            "         wenyin new 月度汇报 -d DATA\n"}},
    {"catalogue", run_catalogue, {"数据文件夹", "DATA"}, 1, 1, TAKES(OPTION_OUTPUT),
        {"从 CSV 列出指标目录的初稿", "writes a first catalogue from the CSV files"},
        {"不写 -o 就印到标准输出；已有的文件不覆盖。\n"
         "例：wenyin catalogue 数据 -o 目录.xml\n",
            "Without -o to stdout; a file that is there is not overwritten.\n"
            "Example: wenyin catalogue DATA -o 目录.xml\n"}},
    {"columns", run_columns, {"[模板.xml]", "[TEMPLATE]"}, 0, 1,
        TAKES(OPTION_DATA) | TAKES(OPTION_PERIOD) | TAKES(OPTION_AS_OF) | TAKES(OPTION_OUTPUT),
        {"有哪些表、哪些列，各是什么", "which tables and columns there are, and what each is"},
        {"没有模板时，看数据文件夹里的 CSV 自己配成哪些表；-o 写成 CSV。\n"
         "例：wenyin columns -d 数据\n",
            "Without a template: the tables that the folder's CSV files make; -o writes them as "
            "CSV.\n"
            "Example: wenyin columns -d DATA\n"}},
    {"schema", run_schema, {"", ""}, 0, 0, 0,
        {"印出模板语言的 XSD，供编辑器用", "prints the XSD of the template language, for editors"},
        {NULL, NULL}},
    {"value", run_value, {"表达式", "EXPRESSION"}, 1, 1, FIGURES | TAKES(OPTION_TEMPLATE),
        {"算一个值，并说明怎样算出来的", "works one value out, and says how it came about"},
        {"表达式就是模板花括号里写的，也可以是条件；没有 -t 时，表名照 wenyin columns 所列。\n"
         "例：wenyin value '月报.生活垃圾|环比|升降' -d 数据 -p 2024-06\n",
            "The expression is what stands in the braces of a template, or a condition; without -t "
            "the tables are called as wenyin columns lists them.\n"
            "Example: wenyin value '月报.生活垃圾|环比|升降' -d DATA -p 2024-06\n"}},
    {"remind", run_remind, {"模板.xml", "TEMPLATE"}, 1, 1, FIGURES | TAKES(OPTION_OUTPUT),
        {"催报：哪些村没有报，谁的数据有错", "who has not reported, and whose data are at fault"},
        {"按村列出缺报和数据里的错误、警告，数据有错也照样列；不写 -o 印到标准输出，"
         "可以直接贴到工作群；-o 按扩展名得 txt 或 csv。\n"
         "退出码：0 没有要催的 · 4 有要催的 · 2 没能核对\n"
         "例：wenyin remind 工作汇报.xml -d 数据 -p 2024-06 -o 催报.csv\n",
            "Lists by village who is absent and what the data have in errors and warnings, also "
            "where they are refused. Without -o it goes to stdout, ready to be pasted into a chat; "
            "-o picks txt or csv by the extension.\n"
            "Exit status: 0 nothing to remind of · 4 something · 2 could not look\n"
            "Example: wenyin remind 工作汇报.xml -d DATA -p 2024-06 -o 催报.csv\n"}},
    {"impose", run_impose, {"材料.pdf …", "PAPER.pdf …"}, 1, 1000,
        TAKES(OPTION_OUTPUT) | TAKES(OPTION_BOOKLET) | TAKES(OPTION_NUP) | TAKES(OPTION_PAPER) |
            TAKES(OPTION_DUPLEX) | TAKES(OPTION_COPIES_BY),
        {"拼版付印：A3 小册子、一面几页、按名单印份数",
            "for the printing room: A3 booklets, pages side by side, copies by a list"},
        {"页面只缩不放：A4 印在 A3 小册子上是原大。几份材料依次排，每份从新的一张起。\n"
         "例：wenyin impose 汇报.pdf --booklet -o 汇报-A3.pdf\n"
         "    wenyin impose 通知.pdf --copies-by 名单.csv -o 付印.pdf\n",
            "Pages are scaled down, never up: A4 in an A3 booklet keeps its size. Several papers "
            "come one after another, each on a new sheet.\n"
            "Example: wenyin impose 汇报.pdf --booklet -o 汇报-A3.pdf\n"
            "         wenyin impose 通知.pdf --copies-by 名单.csv -o 付印.pdf\n"}},
    {"fonts", run_fonts, {"", ""}, 0, 0, 0,
        {"各种字体由哪个文件担任，缺哪些字", "which face serves which role, and what it lacks"},
        {NULL, NULL}},
    {"check", run_check, {"模板.xml", "TEMPLATE"}, 1, 1,
        FIGURES | TAKES(OPTION_OUTPUT) | TAKES(OPTION_STRICT) | TAKES(OPTION_AUDIENCE) |
            TAKES(OPTION_AGAINST) | TAKES(OPTION_OFF) | TAKES(OPTION_EACH) | TAKES(OPTION_UNIT) |
            TAKES(OPTION_REGISTER) |
            SHOWS_NOTES,
        {"核对：找出所有的错，列出每个数的来历",
            "finds all mistakes, and lists where each figure came from"},
        {"不出材料，印出数据核对单：每个数印作什么、准确值、算法、来自哪个文件哪一格、上期多少、"
         "有没有跳变；手写的数另列。-o 按扩展名得 txt、csv、json、pdf。\n"
         "退出码：0 没有错 · 2 有错 · 4 --strict 时有警告\n"
         "例：wenyin check 工作汇报.xml -d 数据 -p 2024-06 -o 核对单.pdf\n"
         "    wenyin check 工作汇报.xml -d 数据 -p 2024-06 --against 核对单-2024-05.csv\n",
            "Makes no paper; prints a sheet of its figures: as printed, exact, how and from which "
            "cells it was worked out, that of the period before, whether it jumped; figures typed "
            "by hand are listed apart. -o picks txt, csv, json or pdf.\n"
            "Exit status: 0 no mistakes · 2 mistakes · 4 warnings with --strict\n"
            "Example: wenyin check 工作汇报.xml -d DATA -p 2024-06 -o 核对单.pdf\n"
            "         wenyin check 工作汇报.xml -d DATA -p 2024-06 --against sheet-2024-05.csv\n"}},
    {"lint", run_lint, {"文件.txt…", "FILE.txt…"}, 1, 1000,
        TAKES(OPTION_OFF) | TAKES(OPTION_STRICT) | SHOWS_NOTES,
        {"校对：看文字里的错，不管是谁写的材料", "proofreads plain text files, ours or not"},
        {"看占位、改坏的数、标点、序号、单位、日期、错别字等；UTF-8、GBK 都能读，- 为标准输入。\n"
         "警告是错，说明是存疑；哪一条不要，用 --off 写它的代码。规则见 docs/核对与校对.md。\n"
         "例：wenyin lint 汇报.txt --off N729,N739\n",
            "Looks for what was left open, wrecked figures, marks, numbers of headings, units, "
            "dates, wrong characters; reads UTF-8 and GBK, - is stdin.\n"
            "A warning is a mistake, a note a doubt; --off leaves rules out by their codes. The "
            "rules: docs/核对与校对.md.\n"
            "Example: wenyin lint report.txt --off N729,N739\n"}},
    {"bundle", run_bundle, {"计划.xml", "PLAN"}, 1, 1,
        TAKES(OPTION_DATA) | TAKES(OPTION_PERIOD) | TAKES(OPTION_SET) | TAKES(OPTION_OUTPUT) |
            TAKES(OPTION_DATE) | TAKES(OPTION_DRAFT) | TAKES(OPTION_STRICT) | TAKES(OPTION_DUMP) |
            TAKES(OPTION_ACCESSIBLE) | TAKES(OPTION_REGISTER),
        {"合订：几份材料连同封面、目录出成一个 PDF",
            "binds papers, a cover and contents to one PDF"},
        {"计划是一个 XML，根元素是 <bundle>，写明封面、目录和各部分；写法见 docs/批量与合订.md。\n"
         "例：wenyin bundle 季度.xml -d 数据 -p 2024Q2 -o 季度.pdf\n",
            "The plan is an XML file with <bundle> at its root: cover, contents, parts; see "
            "docs/批量与合订.md.\n"
            "Example: wenyin bundle 季度.xml -d DATA -p 2024Q2 -o 季度.pdf\n"}},
    {"report", run_report, {"merge 报告.csv…", "merge REPORT.csv…"}, 1, 10000,
        TAKES(OPTION_OUTPUT) | TAKES(OPTION_STRICT),
        {"把各台机器的运行报告合成一份", "joins the run reports of several machines"},
        {"没有分片的，一份也行：换一种形式。-o 按扩展名得 csv、json、txt；- 为标准输出（txt）。\n"
         "退出码：和一台机器全部做完一样（有没有出的是 3）\n"
         "例：wenyin report merge 运行报告-整改函-2024-06-1之2.csv "
         "运行报告-整改函-2024-06-2之2.csv -o 运行报告.csv\n",
            "One of a whole run is enough, for another form. The extension of -o picks csv, json or "
            "txt; - is stdout (txt).\n"
            "Exit status: that of the whole run on one machine (3: some papers were not made)\n"
            "Example: wenyin report merge 运行报告-整改函-2024-06-1之2.csv "
            "运行报告-整改函-2024-06-2之2.csv -o report.csv\n"}},
};

const int command_count = sizeof command_table / sizeof *command_table;

const Command *command_find(const char *name)
{
    for (int i = 0; i < command_count; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return &command_table[i];
    return NULL;
}

bool command_takes(const Command *command, OptionId option)
{
    return (command->options | common) & TAKES(option);
}
