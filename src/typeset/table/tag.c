/* Tables as tags (PDF/UA-1 7.5): every cell in the row in which it begins, empty ones too, so that
 * the table is regular; heads say of what they are. What is printed again on later pages is not
 * read again. */
#include "typeset/table/table_internal.h"

static bool has_groups(const TableLayout *layout, int column)
{
    const DocTable *table = layout->table;
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            if (table->rows[r].cells[i].column == column && table->rows[r].cells[i].rowspan > 1)
                return true;
    return false;
}

/* The names of the rows: the first column that is not of numbers, where others are; with those of
 * groups of rows, the next one too. */
static void find_names(const TableLayout *layout, TableTag *out)
{
    int columns = layout->table->column_count, numbers = 0, c = 0;
    for (int i = 0; i < columns; i++)
        numbers += layout->columns[i].numeric;
    while (c < columns && layout->columns[c].numeric)
        c++;
    bool named = numbers > 0 && numbers < columns;
    out->first_name = out->last_name = named ? c : -1;
    while (named && has_groups(layout, c) && ++c < columns && !layout->columns[c].numeric)
        out->last_name = c;
}

void table_tag(const TableLayout *layout, Pages *pages, Page *page)
{
    int table = pages_tag(pages, 0, TAG_TABLE);
    bool captioned = layout->caption.lines || layout->table->unit;
    layout->tag->table = table;
    page->tag = captioned ? pages_tag(pages, table, TAG_CAPTION) : 0;
    if (table > 0)
        find_names(layout, layout->tag);
}

static bool names_row(const TableTag *tag, const CellBox *box)
{
    const Cell *cell = box->cell;
    return (box->text || box->pieces) && cell->column <= tag->last_name &&
           cell->column + cell->colspan > tag->first_name;
}

void table_tag_row(const TableLayout *layout, Pages *pages, const RowBox *row, bool head)
{
    int parent = pages_tag(pages, layout->tag->table, TAG_ROW);
    for (int i = 0; parent > 0 && i < row->cell_count; i++) {
        CellBox *box = &row->cells[i];
        TagKind kind = head                          ? TAG_COLUMN_HEAD
                       : names_row(layout->tag, box) ? TAG_ROW_HEAD
                                                     : TAG_CELL;
        box->tag = pages_tag(pages, parent, kind);
        pages->tags[box->tag].columns = box->cell->colspan;
        pages->tags[box->tag].rows = box->cell->rowspan;
    }
}
