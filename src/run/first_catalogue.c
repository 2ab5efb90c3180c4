#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "data/catalogue.h"
#include "data/files.h"
#include "markup/xml.h"
#include "run/first.h"

/* A column of numbers, in all tables that have it. */
typedef struct Entry {
    const char *name, *unit, *tables;
    ColumnKind kind;
    int decimals;
    const char *aliases; /* “a、b” */
    bool differs;        /* its unit or kind is another in another table */
    int table;           /* the first that has it */
} Entry;

typedef struct Gathering {
    const Found *found;
    Arena *arena;
    Map *entries; /* name → Entry */
} Gathering;

/* ---- gathering ---- */

static bool is_score_name(const char *name)
{
    static const char *const words[] = {"总分", "得分", "评分", "平均分", "综合分"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(name, words[i]))
            return true;
    return false;
}

/* 总分 is no flow, whatever the loader may take it for without a catalogue. */
ColumnKind first_kind(const Column *column)
{
    bool score = column->kind_guessed && column->kind == KIND_FLOW && is_score_name(column->name);
    return score ? KIND_SCORE : column->kind;
}

static bool is_indicator(const Table *table, const Column *column)
{
    return column->type == COLUMN_NUMBER && !table_is_period(table, column) &&
           !table_is_key(table, column) && strcmp(column->name, "序号") != 0;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static Entry *enter(Gathering *g, int index, const Column *column)
{
    const char *id = g->found->tables[index].decl->id;
    Entry *entry = map_find(g->entries, column->name);
    if (!entry) {
        entry = ARENA_NEW(g->arena, Entry);
        *entry = (Entry){.name = column->name,
            .unit = column->unit,
            .tables = id,
            .kind = first_kind(column),
            .decimals = column->decimals,
            .aliases = "",
            .table = index};
        map_put(g->entries, column->name, entry);
        return entry;
    }
    if (entry->table != index) {
        entry->tables = arena_printf(g->arena, "%s、%s", entry->tables, id);
        entry->differs = entry->differs || entry->kind != first_kind(column) ||
                         !same_text(entry->unit, column->unit);
    }
    entry->decimals = column->decimals > entry->decimals ? column->decimals : entry->decimals;
    return entry;
}

static void add_columns(Gathering *g, int index, const Table *table)
{
    for (int i = 0; i < table->column_count; i++)
        if (is_indicator(table, &table->columns[i]))
            enter(g, index, &table->columns[i]);
}

/* ---- heads spelt otherwise in another file of the table ---- */

/* The column of `other` that stands for one of `base` which it lacks: like it in spelling, and not
 * in `base` itself. */
static const char *renamed(Gathering *g, const Table *base, const Table *other, const char *name)
{
    const char **names = ARENA_ARRAY(g->arena, const char *, other->column_count + 1);
    size_t count = 0;
    for (int i = 0; i < other->column_count; i++)
        if (!table_column_find(base, other->columns[i].name))
            names[count++] = other->columns[i].name;
    return utf8_nearest(name, names, count);
}

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word), mark = strlen("、");
    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
        bool starts = at == list || strncmp(at - mark, "、", mark) == 0;
        if (starts && (!at[length] || strncmp(at + length, "、", mark) == 0))
            return true;
    }
    return false;
}

static void add_alias(Gathering *g, const char *name, const char *alias)
{
    Entry *entry = map_find(g->entries, name);
    if (entry && alias && !has_word(entry->aliases, alias))
        entry->aliases =
            arena_printf(g->arena, "%s%s%s", entry->aliases, *entry->aliases ? "、" : "", alias);
}

static void add_file_by_file(Gathering *g, int index)
{
    const FoundTable *table = &g->found->tables[index];
    if (table->file_count == 0)
        return;
    const Table *base = table->files[0];
    add_columns(g, index, base);
    for (int f = 1; f < table->file_count; f++)
        for (int i = 0; i < base->column_count; i++) {
            const char *name = base->columns[i].name;
            if (!table_column_find(table->files[f], name))
                add_alias(g, name, renamed(g, base, table->files[f], name));
        }
}

static void gather(Gathering *g)
{
    for (int i = 0; i < g->found->discovery.count; i++) {
        if (i == g->found->discovery.targets)
            continue; /* its numbers are goals of other tables' indicators */
        if (g->found->tables[i].table)
            add_columns(g, i, g->found->tables[i].table);
        else
            add_file_by_file(g, i);
    }
}

/* ---- writing ---- */

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!-- 指标目录：wenyin catalogue 按 CSV 列出的初稿，供各模板共用（<data "
    "catalogue=\"目录.xml\">）。请逐条核对：\n"
    "     kind      "
    "是推断的：流量（可以相加，如清运吨数）、存量（取最新，如在册户数）、评分（取平均）、"
    "比率（不相加）、目标\n"
    "     unit      照表头；没有的请补上\n"
    "     decimals  印几位小数，照各格里最长的\n"
    "     alias     别的叫法，用顿号分开\n"
    "     group     组别，如 三清洁，可以空着\n"
    "     还可以加 min、max（超出就警告）、good（升 或 降：哪个方向算好）。 -->\n"
    "<catalogue>\n";

static void add_indicator(Buf *out, const Entry *entry)
{
    buf_adds(out, "  <indicator");
    xml_attribute(out, "name", entry->name);
    if (*entry->aliases)
        xml_attribute(out, "alias", entry->aliases);
    if (entry->unit)
        xml_attribute(out, "unit", entry->unit);
    xml_attribute(out, "kind", kind_name(entry->kind, false));
    buf_addf(out, " decimals=\"%d\" group=\"\"/>\n", entry->decimals);
}

static void add_comment(Buf *out, const char *text)
{
    buf_adds(out, "  ");
    xml_comment(out, text);
    buf_adds(out, "\n");
}

static void add_table(const Gathering *g, int index, Buf *out)
{
    const CsvDecl *decl = g->found->tables[index].decl;
    bool begun = false;
    for (size_t i = 0; i < map_count(g->entries); i++) {
        const Entry *entry = map_value(g->entries, i);
        if (entry->table != index)
            continue;
        if (!begun)
            add_comment(out, arena_printf(g->arena, "%s（%s）", decl->id, decl->files));
        begun = true;
        if (!entry->differs) {
            add_indicator(out, entry);
            continue;
        }
        add_comment(
            out, arena_printf(g->arena,
                     "“%s”在%s里单位或性质不同，不能合用一条：请在各模板的 csv 里用 column 写明",
                     entry->name, entry->tables));
    }
}

void first_columns(const Found *found, int index, Buf *out)
{
    Gathering g = {.found = found, .arena = found->arena, .entries = map_new(found->arena)};
    const Table *table = found->tables[index].table;
    gather(&g);
    for (int i = 0; table && i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        const Entry *entry = is_indicator(table, column) ? map_find(g.entries, column->name) : NULL;
        if (!entry || !entry->differs)
            continue;
        buf_adds(out, "      <column");
        xml_attribute(out, "name", column->name);
        xml_attribute(out, "kind", kind_name(first_kind(column), false));
        buf_adds(out, "/>\n");
    }
}

void first_catalogue(const Found *found, Buf *out)
{
    Gathering g = {.found = found, .arena = found->arena, .entries = map_new(found->arena)};
    gather(&g);
    buf_adds(out, head);
    for (int i = 0; i < found->discovery.count; i++)
        add_table(&g, i, out);
    buf_adds(out, "</catalogue>\n");
}
