/* The 核对单 as a document, on turned pages: set like any other paper of the project. */
#include "check/sheet.h"

typedef struct Setting {
    Arena *arena;
    DiagLanguage language;
    Document *out;
} Setting;

static Inline *words(Setting *s, const char *text)
{
    return inline_text(s->arena, text, (At){.data = NULL});
}

static Block *add(Setting *s, BlockKind kind)
{
    Block *block = document_add(s->arena, s->out, kind);
    block->landscape = 1;
    block->indent_cells = -1;
    return block;
}

static void add_paragraph(Setting *s, const char *text, Align align)
{
    Block *block = add(s, BLOCK_PARAGRAPH);
    block->content = words(s, text);
    block->align = align;
}

/* ---- tables ---- */

static Cell cell(Setting *s, const char *text, int column)
{
    Cell one = {.column = column, .colspan = 1, .rowspan = 1, .bar = -1};
    if (text && *text)
        one.content = words(s, text);
    return one;
}

static bool is_grouped(const SheetTable *from)
{
    for (size_t i = 0; i < from->column_count; i++)
        if (from->columns[i].group)
            return true;
    return false;
}

/* The head over the columns from `first` on that are of its group; returns the next column. */
static int add_group(Setting *s, const SheetTable *from, DocTable *table, int first)
{
    const char *group = from->columns[first].group;
    int end = first + 1;
    while (group && end < table->column_count && from->columns[end].group == group)
        end++;
    Cell *head = &table->head[table->head_cell_count++];
    *head = cell(s, group ? group : from->columns[first].head, first);
    head->colspan = end - first;
    head->rowspan = group ? 1 : 2;
    return end;
}

static void add_head(Setting *s, const SheetTable *from, DocTable *table)
{
    bool grouped = is_grouped(from);
    table->head_rows = grouped ? 2 : 1;
    table->columns = ARENA_ARRAY(s->arena, TableColumn, table->column_count);
    table->head = ARENA_ARRAY(s->arena, Cell, 2 * table->column_count);
    for (int i = 0; grouped && i < table->column_count;)
        i = add_group(s, from, table, i);
    for (int i = 0; i < table->column_count; i++) {
        table->columns[i].align = from->columns[i].align;
        table->columns[i].width_cells = from->columns[i].width;
        if (grouped && !from->columns[i].group)
            continue;
        Cell *head = &table->head[table->head_cell_count++];
        *head = cell(s, from->columns[i].head, i);
        head->row = grouped;
    }
}

static void add_rows(Setting *s, const SheetTable *from, DocTable *table)
{
    table->row_count = (int)from->row_count;
    table->rows = ARENA_ARRAY(s->arena, TableRow, from->row_count);
    for (size_t r = 0; r < from->row_count; r++) {
        TableRow *row = &table->rows[r];
        row->cell_count = table->column_count;
        row->cells = ARENA_ARRAY(s->arena, Cell, table->column_count);
        for (int i = 0; i < table->column_count; i++)
            row->cells[i] = cell(s, from->cells[r * from->column_count + (size_t)i], i);
    }
}

static void add_table(Setting *s, const SheetTable *from)
{
    Block *block = add(s, BLOCK_TABLE);
    block->table = ARENA_NEW(s->arena, DocTable);
    block->table->orientation = ORIENT_LANDSCAPE;
    block->table->caption = words(s, from->title);
    block->table->notes = from->notes ? words(s, from->notes) : NULL;
    block->table->column_count = (int)from->column_count;
    add_head(s, from, block->table);
    add_rows(s, from, block->table);
}

/* ---- the sheet ---- */

/* Those who answer for it. */
static void add_signatures(Setting *s)
{
    bool english = s->language == DIAG_ENGLISH;
    add_paragraph(s,
        english ? "Prepared by:　　　　　　　　Checked by:　　　　　　　　Date:　　　　　　　　"
                : "经办人：　　　　　　　　审核人：　　　　　　　　日期：　　　　年　　月　　日",
        ALIGN_LEFT);
}

/* No paper to be sent: smaller type and narrower margins than GB/T 9704 has them. */
static DocStyle sheet_style(void)
{
    DocStyle style = style_default(FORM_REPORT);
    style.area = (TypeArea){LENGTH_MM(18), LENGTH_MM(16), LENGTH_MM(178), LENGTH_MM(260)};
    style.body_size = LENGTH_PT(10.5);
    style.title_size = LENGTH_PT(16);
    style.table_size = LENGTH_PT(9);
    style.cell = style.body_size;
    style.pitch = LENGTH_PT(16);
    style.chars = style.lines = 0;
    style_settle_grid(&style);
    return style;
}

void sheet_document(
    Arena *arena, const Sheet *sheet, DiagLanguage language, Date date, Document *out)
{
    Setting setting = {.arena = arena, .language = language, .out = out}, *s = &setting;
    *out = (Document){
        .form = FORM_REPORT, .style = sheet_style(), .title = sheet->title, .date = date};
    add(s, BLOCK_TITLE)->content = words(s, sheet->title);
    add_paragraph(s, sheet->summary, ALIGN_AUTO);
    add_signatures(s); /* in front: behind the last table they might get a page to themselves */
    for (size_t i = 0; i < sheet->count; i++)
        add_table(s, &sheet->tables[i]);
}
