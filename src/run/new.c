/* wenyin new: a working folder in which the first command works at once. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder.h"
#include "run/first.h"
#include "run/home.h"
#include "run/session.h"
#include "template/schema_xsd.h"

static const char template_name[] = "工作汇报.xml", catalogue_name[] = "目录.xml";

typedef struct Making {
    Arena *arena;
    Diags *diags;
    Folder *folder;
    const char *path;         /* as given */
    const char *data, *month; /* for the command that is shown */
} Making;

/* ---- the files that come with the program ---- */

static bool fail_source(Making *m, const char *path)
{
    return diag_add(m->diags, DIAG_E531, NULL, path, diag_system_text(m->diags, errno));
}

static bool copy_file(Making *m, const char *from, const char *name)
{
    char block[4096];
    size_t got;
    Buf text = {0};
    FILE *file = fopen(from, "rb");
    if (!file)
        return fail_source(m, from);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        buf_add(&text, block, got);
    bool read = !ferror(file) || fail_source(m, from);
    fclose(file);
    bool done = read && folder_put(m->folder, name, text.length ? text.data : "", text.length);
    buf_free(&text);
    return done;
}

static bool copy_tree(Making *m, const char *from, const char *prefix)
{
    DIR *there = opendir(from);
    bool done = there || fail_source(m, from);
    for (struct dirent *entry; done && (entry = readdir(there));) {
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        const char *path = arena_printf(m->arena, "%s/%s", from, entry->d_name);
        const char *name = arena_printf(m->arena, "%s%s", prefix, entry->d_name);
        if (stat(path, &status) != 0)
            done = fail_source(m, path);
        else if (S_ISDIR(status.st_mode))
            done = copy_tree(m, path, arena_printf(m->arena, "%s/", name));
        else
            done = copy_file(m, path, name);
    }
    if (there)
        closedir(there);
    return done;
}

/* ---- the office's own data ---- */

static bool put_text(Making *m, const char *name, Buf *text)
{
    bool done = folder_put(m->folder, name, text->data, text->length);
    buf_free(text);
    return done;
}

/* As 记事本 takes it: BOM, CRLF. */
static bool put_steps(Making *m, const char *command)
{
    Buf text = {0};
    buf_addf(&text,
        "\xEF\xBB\xBF"
        "头几步\r\n\r\n"
        "1. 在这个文件夹里打开命令行，出一份试试：\r\n\r\n   %s\r\n\r\n"
        "2. 工作汇报.xml 是照数据写的初稿：字句请自己写，花括号里的数由数据算出。\r\n"
        "3. 目录.xml 里的性质（流量、存量、评分、比率）是推断的，请逐条核对。\r\n"
        "4. 看有哪些表和列：wenyin columns 工作汇报.xml -d %s\r\n"
        "5. 不知道一个数怎么写，先试：wenyin value '表.列|环比|升降' -t 工作汇报.xml -d %s -p "
        "报告期\r\n"
        "6. 用 VS Code 等编辑器改模板时，wenyin.xsd 能提示元素和属性。\r\n",
        command, m->data, m->data);
    return put_text(m, "说明.txt", &text);
}

/* In a shell: as it is where nothing in it means anything, else in quotes. */
static const char *quoted(Making *m, const char *text)
{
    Buf out = {0};
    if (*text && !strpbrk(text, " \t\n'\"\\$`*?[]{}()<>|&;#~!"))
        return text;
    buf_adds(&out, "'");
    for (; *text; text++)
        buf_adds(&out, *text == '\'' ? "'\\''" : (char[]){*text, '\0'});
    buf_adds(&out, "'");
    const char *kept = arena_strdup(m->arena, out.data);
    buf_free(&out);
    return kept;
}

static const char *render_command(Making *m)
{
    return arena_printf(m->arena, "wenyin render %s -d %s%s%s -o 工作汇报.pdf", template_name,
        m->data, *m->month ? " -p " : "", m->month);
}

static bool write_own(Making *m, const char *data)
{
    char real[PATH_MAX];
    Found found;
    Buf template = {0}, catalogue = {0};
    if (!session_check_folder(m->diags, data) || !found_open(m->arena, data, m->diags, &found))
        return false;
    Period month = found_last_month(&found);
    first_template(&found, catalogue_name, &template);
    first_catalogue(&found, &catalogue);
    found_close(&found);
    m->data = quoted(m, realpath(data, real) ? arena_strdup(m->arena, real) : data);
    m->month = month.kind == PERIOD_NONE ? "报告期" : period_raw(m->arena, month);
    bool put = put_text(m, template_name, &template);
    return put_text(m, catalogue_name, &catalogue) && put && put_steps(m, render_command(m));
}

static bool write_sample(Making *m)
{
    m->data = "数据";
    m->month = "2024-06";
    return copy_tree(m, home_beginning(m->arena), "");
}

static bool write_schema(Making *m)
{
    Buf xsd = {0};
    schema_xsd(&xsd);
    return put_text(m, "wenyin.xsd", &xsd);
}

static void print_steps(Making *m, bool own)
{
    bool english = diag_language(m->diags) == DIAG_ENGLISH;
    printf(english ? "%s is ready:\n" : "%s 建好了：\n", m->path);
    printf(english ? "  工作汇报.xml  the template\n" : "  工作汇报.xml  模板，用记事本就能改\n");
    printf(english ? "  目录.xml      the catalogue of indicators, to be checked\n"
                   : "  目录.xml      指标目录，请逐条核对\n");
    if (!own)
        printf(english ? "  数据          sample data (invented), to be replaced by yours\n"
                       : "  数据          样例（虚构的），换成本单位的\n");
    printf(english ? "  说明.txt      the first steps\n" : "  说明.txt      头几步\n");
    printf(english ? "  wenyin.xsd    for editors\n" : "  wenyin.xsd    供编辑器提示\n");
    printf(english ? "Try:\n  cd %s && %s\n" : "试一试：\n  cd %s && %s\n", quoted(m, m->path),
        render_command(m));
}

int run_new(Arguments *arguments)
{
    Diags *diags = arguments->diags;
    const char *data = arguments->values[OPTION_DATA], *path = arguments->operands[0];
    Making making = {.arena = arguments->arena, .diags = diags, .path = path};
    making.folder = folder_open(arguments->arena, path, diags);
    bool done = making.folder != NULL &&
                (data ? write_own(&making, data) : write_sample(&making)) && write_schema(&making);
    if (done)
        done = folder_commit(making.folder);
    else
        folder_discard(making.folder);
    if (done)
        print_steps(&making, data != NULL);
    return session_status(diags, done);
}
