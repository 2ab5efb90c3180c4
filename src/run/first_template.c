/* A first template: declarations as they were found, and for every table that has something to say
 * of a month a heading, a sentence and a table by village. */
#include <string.h>

#include "base/utf8.h"
#include "markup/xml.h"
#include "run/first.h"

enum { TABLE_COLUMNS = 8, SENTENCE_FIGURES = 4 };

typedef struct Writer {
    const Found *found;
    Arena *arena;
    Buf *out;
} Writer;

/* ---- names in values ---- */

/* A name of Han only, which is no word of the language, stands bare. */
static const char *value_name(const Writer *w, const char *name)
{
    static const char *const words[] = {"期间", "截至", "序号", "流水号", "计数", "且", "或", "非",
        "含", "不含", "大于", "小于", "不大于", "不小于", "等于", "不等于", "早于", "晚于", "属于",
        "为空", "不为空", "指标", "指标组"};
    bool bare = true;
    for (const char *at = name; *at && bare;)
        bare = utf8_is_han(utf8_next(&at));
    for (size_t i = 0; bare && i < sizeof words / sizeof *words; i++)
        bare = strcmp(words[i], name) != 0;
    if (bare)
        return name;
    return arena_printf(w->arena, strchr(name, ']') ? "【%s】" : "[%s]", name);
}

/* A name in prose, where a brace begins a value. */
static const char *prose_name(const Writer *w, const char *name)
{
    Buf out = {0};
    for (; *name; name++)
        buf_add(&out,
            *name == '{'   ? "{{"
            : *name == '}' ? "}}"
                           : name,
            strchr("{}", *name) ? 2 : 1);
    const char *kept = arena_strndup(w->arena, out.data ? out.data : "", out.length);
    buf_free(&out);
    return kept;
}

/* ---- declarations ---- */

static void add_csv(Writer *w, int index)
{
    const CsvDecl *decl = &w->found->discovery.tables[index];
    Buf columns = {0};
    first_columns(w->found, index, &columns);
    buf_adds(w->out, "    <csv");
    xml_attribute(w->out, "id", decl->id);
    xml_attribute(w->out, "files", decl->files);
    if (decl->period)
        xml_attribute(w->out, "period", decl->period);
    if (decl->key)
        xml_attribute(w->out, "key", decl->key);
    if (columns.length > 0)
        buf_addf(w->out, ">\n%s    </csv>\n", columns.data);
    else
        buf_adds(w->out, "/>\n");
    buf_free(&columns);
}

/* What cannot be read would refuse the whole paper. */
static bool is_declared(const Writer *w, int index)
{
    const Discovery *discovery = &w->found->discovery;
    return w->found->tables[index].table && index != discovery->roster &&
           index != discovery->targets;
}

static void add_unread(Writer *w, const CsvDecl *decl)
{
    buf_adds(w->out, "    ");
    xml_comment(w->out, arena_printf(w->arena,
                            "读不了，先没有声明：%s（用 wenyin columns 看哪里不对）", decl->files));
    buf_adds(w->out, "\n");
}

static void add_data(Writer *w, const char *catalogue)
{
    const Discovery *found = &w->found->discovery;
    buf_adds(w->out, "  <data");
    if (catalogue)
        xml_attribute(w->out, "catalogue", catalogue);
    if (found->roster >= 0 && w->found->tables[found->roster].table)
        xml_attribute(w->out, "roster", found->tables[found->roster].files);
    if (found->targets >= 0 && w->found->tables[found->targets].table)
        xml_attribute(w->out, "targets", found->tables[found->targets].files);
    buf_adds(w->out, ">\n");
    for (int i = 0; i < found->count; i++) {
        if (is_declared(w, i))
            add_csv(w, i);
        else if (!w->found->tables[i].table)
            add_unread(w, &found->tables[i]);
    }
    buf_adds(w->out, "    <param name=\"单位\" default=\"某某镇人民政府\"/>\n"
                     "    <param name=\"主送\" default=\"县农业农村局\"/>\n"
                     "  </data>\n\n");
}

/* ---- what a table has to say ---- */

static bool is_figure(const Table *table, const Column *column)
{
    return column->type == COLUMN_NUMBER && column->unit_column < 0 &&
           !table_is_key(table, column) && strcmp(column->name, "序号") != 0;
}

/* The column of villages that is a key of a monthly return; NULL: it is none. */
static const Column *village_column(const Table *table)
{
    bool monthly = table->period_column >= 0 &&
                   table->columns[table->period_column].type == COLUMN_MONTH &&
                   table->key_count == 2;
    for (int i = 0; monthly && i < table->key_count; i++)
        if (table->keys[i] != table->period_column)
            return &table->columns[table->keys[i]];
    return NULL;
}

static bool has_figures(const Table *table)
{
    for (int i = 0; i < table->column_count; i++)
        if (is_figure(table, &table->columns[i]))
            return true;
    return false;
}

/* 6月，生活垃圾675.2吨、乱堆乱放200处。 A score or ratio of the town is no sum: it is left to the
 * table. */
static void add_sentence(Writer *w, const Table *table)
{
    int count = 0;
    for (int i = 0; i < table->column_count && count < SENTENCE_FIGURES; i++) {
        const Column *column = &table->columns[i];
        if (!is_figure(table, column) || first_kind(column) != KIND_FLOW)
            continue;
        buf_adds(w->out, count++ ? "、" : "  <p>{期间|月份}，");
        xml_escape(w->out, prose_name(w, column->name));
        buf_adds(w->out, "{");
        xml_escape(w->out, value_name(w, table->id));
        buf_adds(w->out, ".");
        xml_escape(w->out, value_name(w, column->name));
        buf_adds(w->out, "}");
        xml_escape(w->out, prose_name(w, column->unit ? column->unit : ""));
    }
    if (count > 0)
        buf_adds(w->out, "。</p>\n");
}

static void add_column(Writer *w, const Column *column)
{
    buf_adds(w->out, "    <col");
    xml_attribute(w->out, "head", prose_name(w, column->name));
    if (column->unit)
        xml_attribute(w->out, "unit", prose_name(w, column->unit));
    xml_attribute(w->out, "value", value_name(w, column->name));
    buf_adds(w->out, "/>\n");
}

static void add_village_table(Writer *w, const Table *table, const Column *village)
{
    buf_adds(w->out, "  <table");
    xml_attribute(w->out, "of", value_name(w, table->id));
    xml_attribute(w->out, "by", value_name(w, village->name));
    xml_attribute(w->out, "caption",
        arena_printf(w->arena, "{期间|月份}各%s%s情况", prose_name(w, village->name), table->id));
    buf_adds(w->out, ">\n");
    add_column(w, village);
    bool scores = true; /* a total of scores is their average */
    for (int i = 0, count = 0; i < table->column_count && count < TABLE_COLUMNS; i++) {
        const Column *column = &table->columns[i];
        if (is_figure(table, column)) {
            add_column(w, column);
            scores = scores && first_kind(column) == KIND_SCORE;
            count++;
        }
    }
    buf_addf(w->out, "    <total label=\"%s\"/>\n  </table>\n", scores ? "平均" : "合计");
}

/* A ledger says how many cases were found, and how many of them are closed. */
static bool add_ledger(Writer *w, const Table *table)
{
    const char *id = value_name(w, table->id);
    const Column *found = table_column_find(table, "发现日期");
    const Column *closed = table_column_find(table, "销号日期");
    if (!found || !closed || found->type != COLUMN_DATE || closed->type != COLUMN_DATE)
        return false;
    buf_addf(w->out,
        "  <p>{期间|月份}共发现问题{%s|计数}个，其中已销号{%s|其中 已销号|计数}个<if "
        "test=\"%s|计数 大于 0\">，销号率{%s|占比 已销号|百分比 1}</if>。</p>\n",
        id, id, id, id);
    return true;
}

static bool says_something(const Writer *w, int index)
{
    const Table *table = w->found->tables[index].table;
    bool ledger =
        table && table_column_find(table, "发现日期") && table_column_find(table, "销号日期");
    return is_declared(w, index) && (ledger || (village_column(table) && has_figures(table)));
}

static void add_chapter(Writer *w, int index)
{
    const Table *table = w->found->tables[index].table;
    const Column *village = village_column(table);
    buf_adds(w->out, "  <h1>");
    xml_escape(w->out, table->id);
    buf_adds(w->out, "</h1>\n");
    if (!add_ledger(w, table) && village) {
        add_sentence(w, table);
        add_village_table(w, table, village);
    }
    buf_adds(w->out, "\n");
}

void first_template(const Found *found, const char *catalogue, Buf *out)
{
    Writer writer = {found, found->arena, out};
    int chapters = 0;
    buf_adds(out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- wenyin new 照数据文件夹里的 CSV 写的初稿：声明和各表都可以改，字句请自己写。\n"
        "     花括号里是数，运行时由数据算出。 -->\n"
        "<report form=\"汇报\" period=\"月\" version=\"1\">\n");
    add_data(&writer, catalogue);
    buf_adds(out, "  <title>{期间|名称}工作情况汇报</title>\n"
                  "  <byline>{单位}</byline>\n"
                  "  <date>（{期间|期末|年月日}）</date>\n"
                  "  <to>{主送}：</to>\n"
                  "  <p>现将{期间|名称}有关工作情况汇报如下：</p>\n\n");
    for (int i = 0; i < found->discovery.count; i++) {
        if (says_something(&writer, i)) {
            add_chapter(&writer, i);
            chapters++;
        }
    }
    if (chapters == 0)
        buf_adds(out, "  <p>（这里写正文。）</p>\n");
    buf_adds(out, "  <sign unit=\"{单位}\" date=\"{期间|期末|年月日}\"/>\n</report>\n");
}
