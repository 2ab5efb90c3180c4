#include "check/sheet_internal.h"

#include <string.h>

enum { SECTION_COLUMNS = 10 };

/* Where a column of figures stands. */
typedef enum Use { USE_ALWAYS, USE_TERMINAL, USE_PAGES } Use;

/* A table of figures: which of them, and what is said of each. */
typedef struct Section {
    const char *title[2];
    bool (*holds)(const Entry *entry);
    struct {
        SheetField field;
        double width;
        Use use;
    } columns[SECTION_COLUMNS];
} Section;

static bool is_computed_at(const Entry *entry, EntryWhere where)
{
    return entry->figure && entry->where == where;
}

static bool in_text(const Entry *entry)
{
    return is_computed_at(entry, WHERE_TEXT);
}

static bool in_table(const Entry *entry)
{
    return is_computed_at(entry, WHERE_TABLE);
}

static bool in_chart(const Entry *entry)
{
    return is_computed_at(entry, WHERE_CHART);
}

static bool is_typed(const Entry *entry)
{
    return !entry->figure;
}

static bool is_overruled(const Entry *entry)
{
    return entry->figure && entry->figure->overruled;
}

static bool is_doubtful(const Entry *entry)
{
    return entry->flag != NULL;
}

/* Behind FIELD_NUMBER, which no section is without, a column of that field ends the list. */
#define FIGURE_COLUMNS                                                                             \
    {FIELD_EXACT, 3.4, USE_ALWAYS}, {FIELD_PREVIOUS, 3.4, USE_ALWAYS},                             \
        {FIELD_CHANGE, 3, USE_ALWAYS}, {FIELD_FLAG, 0, USE_TERMINAL},                              \
        {FIELD_EXPRESSION, 0, USE_ALWAYS},                                                         \
    {                                                                                              \
        FIELD_SOURCE, 10, USE_ALWAYS                                                               \
    }

static const Section figures[] = {
    {{"正文里的数", "Figures of the text"}, in_text,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 5.6, USE_ALWAYS},
            {FIELD_CONTEXT, 10.4, USE_ALWAYS}, FIGURE_COLUMNS}},
    {{"表里的数", "Figures of the tables"}, in_table,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 9, USE_ALWAYS},
            {FIELD_PRINTED, 3.2, USE_ALWAYS}, FIGURE_COLUMNS}},
    {{"图里的数", "Figures of the charts"}, in_chart,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 9, USE_ALWAYS},
            {FIELD_PRINTED, 3.2, USE_ALWAYS}, FIGURE_COLUMNS}},
};

static const Section sections[] = {
    {{"手写的数（没有出处，请逐个核对）", "Figures typed by hand (no source: look at each)"},
        is_typed,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 9, USE_ALWAYS},
            {FIELD_PRINTED, 5, USE_ALWAYS}, {FIELD_CONTEXT, 0, USE_ALWAYS},
            {FIELD_TEMPLATE, 9, USE_ALWAYS}}},
    {{"改定的数", "Figures that were overruled"}, is_overruled,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 8, USE_ALWAYS},
            {FIELD_PRINTED, 4, USE_ALWAYS}, {FIELD_EXACT, 4.5, USE_ALWAYS},
            {FIELD_COMPUTED, 4.5, USE_ALWAYS}, {FIELD_REASON, 0, USE_ALWAYS},
            {FIELD_WHO, 4, USE_ALWAYS}}},
    {{"有疑问的数", "Figures to look at twice"}, is_doubtful,
        {{FIELD_NUMBER, 2, USE_ALWAYS}, {FIELD_PLACE, 7, USE_ALWAYS},
            {FIELD_PRINTED, 3.6, USE_ALWAYS}, {FIELD_EXACT, 3.6, USE_ALWAYS},
            {FIELD_PREVIOUS, 3.6, USE_ALWAYS}, {FIELD_CHANGE, 3.2, USE_ALWAYS},
            {FIELD_FLAG, 5.4, USE_ALWAYS}, {FIELD_EXPRESSION, 0, USE_PAGES},
            {FIELD_SOURCE, 10, USE_PAGES}}},
};

const char *sheet_say(const Making *m, const char *chinese, const char *english)
{
    return m->facts->language == DIAG_ENGLISH ? english : chinese;
}

/* ---- tables ---- */

SheetTable *sheet_begin(Making *m, const char *title)
{
    Sheet *sheet = m->sheet;
    sheet->tables =
        arena_grow(m->arena, sheet->tables, sheet->count, &sheet->capacity, sizeof *sheet->tables);
    SheetTable *table = &sheet->tables[sheet->count++];
    *table = (SheetTable){.title = title};
    return table;
}

SheetColumn *sheet_column(Making *m, SheetTable *table, const char *head, double width)
{
    table->columns = arena_grow(m->arena, table->columns, table->column_count,
        &table->column_capacity, sizeof *table->columns);
    SheetColumn *column = &table->columns[table->column_count++];
    *column = (SheetColumn){.head = head, .width = width, .align = ALIGN_LEFT};
    return column;
}

const char **sheet_row(Making *m, SheetTable *table)
{
    size_t count = table->column_count;
    table->cells = arena_grow(m->arena, table->cells, table->row_count, &table->row_capacity,
        count * sizeof *table->cells);
    const char **row = table->cells + table->row_count++ * count;
    for (size_t i = 0; i < count; i++)
        row[i] = NULL;
    return row;
}

void sheet_end(Making *m)
{
    if (m->sheet->tables[m->sheet->count - 1].row_count == 0)
        m->sheet->count--;
}

/* ---- figures ---- */

static const char *cell_text(Making *m, const Entry *entry, SheetField field)
{
    if (field == FIELD_SOURCE && entry->figure)
        return field_source(m->arena, entry->figure, false, m->facts->language);
    if (field == FIELD_NUMBER && entry->flag)
        return arena_printf(m->arena, "%d※", entry->number);
    return field_text(m->arena, entry, field, m->facts);
}

/* Figures stand below one another. */
static Align field_align(SheetField field)
{
    bool figure = field == FIELD_EXACT || field == FIELD_PREVIOUS || field == FIELD_CHANGE ||
                  field == FIELD_COMPUTED;
    return figure ? ALIGN_RIGHT : field == FIELD_NUMBER ? ALIGN_CENTRE : ALIGN_LEFT;
}

static bool is_shown(const Making *m, Use use)
{
    return use == USE_ALWAYS || (use == USE_PAGES) == (m->medium == SHEET_PAGES);
}

/* Its columns in this medium; returns how many. */
static int add_columns(Making *m, const Section *section, SheetTable *table, SheetField *fields)
{
    int count = 0;
    for (int i = 0; i < SECTION_COLUMNS; i++) {
        SheetField field = section->columns[i].field;
        if (i > 0 && field == FIELD_NUMBER)
            break;
        if (!is_shown(m, section->columns[i].use))
            continue;
        sheet_column(m, table, field_head(field, m->facts->language), section->columns[i].width)
            ->align = field_align(field);
        fields[count++] = field;
    }
    return count;
}

static void add_section(Making *m, const Section *section, bool with_grids)
{
    SheetField fields[SECTION_COLUMNS];
    SheetTable *table = sheet_begin(m, section->title[m->facts->language]);
    int count = add_columns(m, section, table, fields);
    for (int e = 0; e < m->entries->count; e++) {
        const Entry *entry = &m->entries->items[e];
        if (!section->holds(entry) || (!with_grids && m->in_grid[e]))
            continue;
        const char **row = sheet_row(m, table);
        for (int i = 0; i < count; i++)
            row[i] = cell_text(m, entry, fields[i]);
    }
    sheet_end(m);
}

static void add_figures(Making *m)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        add_section(m, &figures[i], false);
        if (i == 0 && m->medium == SHEET_PAGES) /* behind the text */
            sheet_grids(m);
    }
}

/* ---- what did not follow ---- */

static void add_unmoved(Making *m)
{
    DiagLanguage language = m->facts->language;
    SheetTable *table = sheet_begin(m,
        sheet_say(m, "改定未带动的数（仍照数据，请逐个看）",
            "Figures that did not follow (they are as the data say: look at each)"));
    sheet_column(m, table, sheet_say(m, "改定的", "overruled"), 9);
    sheet_column(m, table, sheet_say(m, "没有跟着改的", "unmoved"), 9);
    sheet_column(m, table, field_head(FIELD_PRINTED, language), 4);
    sheet_column(m, table, field_head(FIELD_EXACT, language), 5)->align = ALIGN_RIGHT;
    sheet_column(m, table, field_head(FIELD_EXPRESSION, language), 0);
    for (size_t i = 0; i < m->facts->unmoved_count; i++) {
        const Unmoved *one = &m->facts->unmoved[i];
        const char **row = sheet_row(m, table);
        row[0] = one->ruled;
        row[1] = one->place;
        row[2] = one->printed;
        row[3] = one->exact;
        row[4] = one->expression;
    }
    sheet_end(m);
}

/* ---- what was guessed ---- */

/* 生活垃圾, 资料台账（满分10）, 户数（像存量） */
static const char *guessed_column(Making *m, const GuessedKind *kind)
{
    char marks[DECIMAL_TEXT];
    if (kind->looks != MANNER_NONE)
        return arena_printf(m->arena, sheet_say(m, "%s（像%s）", "%s (a %s?)"), kind->column,
            manner_name(kind->looks, m->facts->language));
    return kind->has_full_marks
               ? arena_printf(m->arena, sheet_say(m, "%s（满分%s）", "%s (of %s)"), kind->column,
                     decimal_format(kind->full_marks, marks))
               : kind->column;
}

/* A row for what is declared together: the columns of a table that were taken for the same. */
static void add_guessed(Making *m)
{
    DiagLanguage language = m->facts->language;
    const GuessedKind *before = NULL;
    const char **row = NULL;
    SheetTable *table = sheet_begin(
        m, sheet_say(m, "推断的性质（请在目录里写明）", "Kinds that were guessed (declare them)"));
    sheet_column(m, table, sheet_say(m, "表", "table"), 5);
    sheet_column(m, table, sheet_say(m, "当作", "taken for"), 4);
    sheet_column(m, table, sheet_say(m, "列", "column"), 0);
    for (int i = 0; i < m->facts->guessed_count; before = &m->facts->guessed[i++]) {
        const GuessedKind *kind = &m->facts->guessed[i];
        const char *column = guessed_column(m, kind);
        if (before && before->manner == kind->manner && strcmp(before->table, kind->table) == 0) {
            row[2] = arena_printf(m->arena, "%s%s%s", row[2], sheet_say(m, "、", ", "), column);
            continue;
        }
        row = sheet_row(m, table);
        row[0] = kind->table;
        row[1] = manner_name(kind->manner, language);
        row[2] = column;
    }
    sheet_end(m);
}

/* ---- against the sheet of before ---- */

/* The files to open: for a figure of then those of then, the first two. */
static const char *against_source(Making *m, const AgainstItem *item)
{
    enum { FEW = 2 };
    const char *end = NULL;
    int count = 1;
    bool now = item->kind != AGAINST_RECOMPUTED && item->entry && item->entry->figure;
    if (now)
        return field_source(m->arena, item->entry->figure, false, m->facts->language);
    const char *text = item->old ? item->old->source : "";
    for (const char *at = text; *at; at++) {
        bool part = strncmp(at, "；", strlen("；")) == 0 || strncmp(at, "; ", 2) == 0;
        if (part && count++ == FEW)
            end = at;
    }
    return end ? arena_printf(m->arena, sheet_say(m, "%.*s等%d处", "%.*s and others, %d in all"),
                     (int)(end - text), text, count)
               : text;
}

/* What stood there was no figure of the data when it had been overruled. */
static const char *against_then(Making *m, const AgainstItem *item)
{
    const char *computed = item->old && item->kind == AGAINST_RECOMPUTED ? item->old->computed : "";
    return *computed ? arena_printf(m->arena,
                           sheet_say(m, "%s（当时是改定的，改定前%s）", "%s (overruled then, before %s)"),
                           item->then, computed)
                     : item->then;
}

static void add_against(Making *m)
{
    const Against *against = m->facts->against;
    const char *title =
        arena_printf(m->arena, sheet_say(m, "与“%s”比", "Against “%s”"), against->file);
    SheetTable *table = sheet_begin(m, title);
    sheet_column(m, table, sheet_say(m, "情形", "what"), 7);
    sheet_column(m, table, field_head(FIELD_PLACE, m->facts->language), 0);
    sheet_column(m, table, sheet_say(m, "那时", "then"), 6);
    sheet_column(m, table, sheet_say(m, "现在", "now"), 6);
    sheet_column(m, table, field_head(FIELD_EXPRESSION, m->facts->language), 8);
    sheet_column(m, table, field_head(FIELD_SOURCE, m->facts->language), 9);
    if (against->count == 0)
        sheet_row(m, table)[0] = sheet_say(m, "没有不同", "the same");
    for (size_t i = 0; i < against->count; i++) {
        const AgainstItem *item = &against->items[i];
        const char **row = sheet_row(m, table);
        row[0] = against_kind_name(item->kind, m->facts->language);
        row[1] = item->kind == AGAINST_MOVED
                     ? arena_printf(m->arena, "%s→%s", item->old->place, item->entry->place)
                 : item->entry ? item->entry->place
                               : item->old->place;
        row[2] = against_then(m, item);
        row[3] = item->now;
        row[4] = item->entry && item->entry->figure ? item->entry->figure->expression
                 : item->old                        ? item->old->expression
                                                    : "";
        row[5] = against_source(m, item);
    }
    sheet_end(m);
}

/* ---- messages ---- */

static void add_messages(Making *m)
{
    SheetTable *table = sheet_begin(m, sheet_say(m, "检查发现的问题", "What the check found"));
    sheet_column(m, table, sheet_say(m, "位置", "place"), 10);
    sheet_column(m, table, sheet_say(m, "问题", "message"), 0);
    sheet_column(m, table, sheet_say(m, "提示", "hint"), 12);
    for (int i = 0; i < m->facts->message_count; i++) {
        const DiagLine *line = &m->facts->messages[i];
        const char **row = sheet_row(m, table);
        row[0] = line->place;
        row[1] = line->text;
        row[2] = line->hints;
    }
    sheet_end(m);
}

/* ---- the sheet ---- */

static int count_of(const Making *m, bool (*holds)(const Entry *entry))
{
    int count = 0;
    for (int i = 0; i < m->entries->count; i++)
        count += holds(&m->entries->items[i]);
    return count;
}

static const char *summary(const Making *m)
{
    int typed = count_of(m, is_typed);
    const char *period = m->facts->period;
    const char *counts = arena_printf(m->arena,
        sheet_say(m, "共%d个数：算出的%d个（改定%d个），手写的%d个；有疑问的%d个，标※。",
            "%d figures: %d computed (%d overruled), %d typed by hand; %d to look at twice, marked "
            "※."),
        m->entries->count, m->entries->count - typed, count_of(m, is_overruled), typed,
        count_of(m, is_doubtful));
    return *period ? arena_printf(
                         m->arena, sheet_say(m, "报告期%s。%s", "Period %s. %s"), period, counts)
                   : counts;
}

Sheet *sheet_make(
    Arena *arena, const EntryList *entries, const SheetFacts *facts, SheetMedium medium)
{
    Making making = {.arena = arena,
        .entries = entries,
        .facts = facts,
        .medium = medium,
        .in_grid = ARENA_ARRAY(arena, bool, entries->count + 1),
        .sheet = ARENA_NEW(arena, Sheet)};
    making.sheet->title = arena_printf(arena,
        sheet_say(&making, "《%s》数据核对单", "Figures of “%s”, with their sources"),
        facts->title);
    making.sheet->summary = summary(&making);
    add_figures(&making);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        add_section(&making, &sections[i], true);
    add_unmoved(&making);
    add_guessed(&making);
    if (facts->against)
        add_against(&making);
    add_messages(&making);
    return making.sheet;
}
