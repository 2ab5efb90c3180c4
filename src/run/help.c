/* Help, printed from the tables of commands and options. */
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "run/command.h"
#include "run/listing.h"

static const char *const program[] = {
    "文印 wenyin " WENYIN_VERSION "：CSV 数据 + XML 模板 → 符合 GB/T 9704 版式的公文 PDF\n"
    "\n"
    "用法：wenyin 子命令 参数 选项        各子命令的选项：wenyin 子命令 --help\n"
    "\n",
    "wenyin " WENYIN_VERSION
    ": CSV data + XML template → Chinese official PDF on the grid of GB/T 9704\n"
    "\n"
    "Usage: wenyin COMMAND OPERANDS OPTIONS        options of a command: wenyin COMMAND --help\n"
    "\n"};

static const char *const example[] = {
    "\n例：wenyin render 工作汇报.xml -d 数据文件夹 -p 2024-06 -o 工作汇报.pdf\n",
    "\nExample: wenyin render TEMPLATE.xml -d DATA -p 2024-06 -o OUT.pdf\n"};

static const char *const statuses[] = {
    "\n退出码：0 完成 · 2 模板、数据或用法有误，什么也没有生成 · 3 有几份没有出 "
    "· 4 草稿有缺数、有要催的，或有警告（--strict） · 5 系统故障（磁盘满、不可写）\n",
    "\nExit status: 0 done · 2 nothing made (template, data or usage rejected) · 3 some papers of "
    "several not made · 4 a draft with holes, something to remind of, or warnings under --strict · "
    "5 system fault\n"};

/* Blanks from the end of `text` to a column of the terminal, two at least. */
static void pad(const char *text, int column)
{
    int filled = listing_width(text);
    printf("%*s", column > filled + 2 ? column - filled : 2, "");
}

static void print_option(const OptionDef *option, DiagLanguage language)
{
    char left[128];
    char letter[8] = "    ";
    const char *value = option->value[language];
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, value ? " " : "",
        value ? value : "");
    fputs(left, stdout);
    pad(left, 32);
    puts(option->help[language]);
}

static void print_command(const Command *command, DiagLanguage language)
{
    char left[128];
    const char *operands = command->operands[language];
    snprintf(left, sizeof left, "  wenyin %s %s", command->name, operands);
    fputs(left, stdout);
    pad(left, 36);
    puts(command->summary[language]);
}

static void print_program(DiagLanguage language)
{
    fputs(program[language], stdout);
    for (int i = 0; i < command_count; i++)
        print_command(&command_table[i], language);
    fputs(example[language], stdout);
    fputs(statuses[language], stdout);
}

void help_print(const Command *command, DiagLanguage language)
{
    if (!command) {
        print_program(language);
        return;
    }
    const char *operands = command->operands[language];
    printf(language == DIAG_ENGLISH ? "Usage: wenyin %s%s%s [OPTION]…\n"
                                    : "用法：wenyin %s%s%s [选项]…\n",
        command->name, *operands ? " " : "", operands);
    printf("%s\n\n", command->summary[language]);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (command_takes(command, (OptionId)i) && option_table[i].help[language])
            print_option(&option_table[i], language);
    if (command->notes[language])
        printf("\n%s", command->notes[language]);
}
