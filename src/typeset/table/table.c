#include "document/numeral.h"
#include "typeset/table/table_internal.h"

/* Texts of neighbouring columns that come nearer than an em Poppler takes for one column: hence the
 * padding of the first. */
static const TableStyle styles[] = {
    {LENGTH_PT(12), LENGTH_PT(16.5), LENGTH_PT(6.1), LENGTH_PT(4.8), 2}, /* 小四 */
    {LENGTH_PT(12), LENGTH_PT(16.5), LENGTH_PT(5), LENGTH_PT(4.8),
        3}, /* 小四, when heads are torn */
    {LENGTH_PT(10.5), LENGTH_PT(14.5), LENGTH_PT(3), LENGTH_PT(4.2),
        3}, /* 五号, when columns overflow */
};
enum { STYLE_COUNT = sizeof styles / sizeof *styles, HEAD_LINES = 3 };

static int round_mm(Length length)
{
    return (int)(LENGTH_TO_PT(length) * 25.4 / 72 + 0.5);
}

static At cell_at(const Cell *cell)
{
    return cell->content ? cell->content->at : (At){0};
}

At table_at(const DocTable *table)
{
    if (table->caption)
        return table->caption->at;
    for (int i = 0; i < table->head_cell_count; i++)
        if (table->head[i].content)
            return cell_at(&table->head[i]);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            if (table->rows[r].cells[i].content)
                return cell_at(&table->rows[r].cells[i]);
    return (At){0};
}

static bool need_cell(FontSet *fonts, const Cell *cell, Role role)
{
    bool fine = true;
    for (const Inline *item = cell->content; item; item = item->next)
        if (item->kind == INLINE_TEXT)
            fine = fonts_need(fonts, item->bold ? ROLE_HEI : role, item->text, item->at) && fine;
    return fine;
}

/* The marks of notes are set in the face of their cell. */
static bool need_marks(Typesetter *ts, const DocTable *table)
{
    static const Role roles[] = {ROLE_SONG, ROLE_HEI, ROLE_KAI};
    bool fine = true;
    for (int i = 1; i <= table->note_count; i++)
        for (size_t k = 0; k < sizeof roles / sizeof *roles; k++)
            fine = fonts_need(ts->fonts, roles[k], numeral_circled(ts->arena, i), table_at(table)) &&
                   fine;
    return fine;
}

bool table_need(Typesetter *ts, const DocTable *table)
{
    FontSet *fonts = ts->fonts;
    At at = table_at(table);
    bool fine = caption_need(fonts, "表", table->number, table->caption, at);
    fine = fonts_need(fonts, ROLE_HEI, "续表", at) && fine;
    if (table->unit) {
        fine = fonts_need(fonts, ROLE_SONG, "单位：", at) && fine;
        fine = fonts_need(fonts, ROLE_SONG, table->unit, at) && fine;
    }
    for (int i = 0; i < table->head_cell_count; i++)
        fine = need_cell(fonts, &table->head[i], ROLE_HEI) && fine;
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        for (int i = 0; i < row->cell_count; i++)
            fine = need_cell(fonts, &row->cells[i], table_cell_role(row->kind, &row->cells[i])) &&
                   fine;
    }
    fine = need_marks(ts, table) && fine;
    fine = table_need_foot(fonts, ts->arena, table) && fine;
    return page_total_need(fonts, table, at) && fine;
}

/* `measure`: of the page that the author had in mind, before the turned one was tried. */
static bool report_too_wide(const TableLayout *layout, Length measure)
{
    const DocTable *table = layout->table;
    Diags *diags = layout->ts->diags;
    At at = table_at(table);
    Length declared = 0, least = table_least_width(layout);
    for (int c = 0; c < table->column_count; c++)
        declared += layout->columns[c].declared ? layout->columns[c].width : 0;
    bool wishes = declared > 0 && least - declared <= layout->measure;
    if (wishes)
        diag_add(diags, DIAG_E312, &at, round_mm(declared), round_mm(measure));
    else
        diag_add(
            diags, DIAG_E310, &at, table->column_count, round_mm(least), round_mm(layout->measure));
    if (!layout->landscape && least <= layout->area->height)
        diag_hint(diags, DIAG_H313);
    else if (!wishes)
        diag_hint(diags, DIAG_H310);
    return false;
}

/* Caption, head and the page's sum leave no room for one line of a row. */
static bool report_high_head(const TableLayout *layout)
{
    At at = table_at(layout->table);
    Length height = layout->page_height - layout->room;
    diag_add(layout->ts->diags, DIAG_E311, &at, round_mm(height), round_mm(layout->page_height));
    diag_hint(layout->ts->diags, DIAG_H310);
    return false;
}

static bool report_empty(Typesetter *ts, const DocTable *table)
{
    At at = table_at(table);
    diag_add(ts->diags, DIAG_E321, &at);
    diag_hint(ts->diags, DIAG_H312);
    return false;
}

/* The widths in one of the settings. */
static bool try_style(TableLayout *layout, const TableStyle *style, bool strict, bool *failed)
{
    layout->style = style;
    *failed = !table_measure(layout);
    return !*failed && table_columns(layout, strict);
}

/* The office's own size: with little room round the texts. */
static TableStyle fixed_style(Length size)
{
    return (TableStyle){.size = size,
        .leading = size * 4 / 3,
        .padding = size * 2 / 7,
        .space = size * 2 / 7,
        .head_lines = HEAD_LINES};
}

/* 小四 and 五号 without breaking short texts, then, unless `strict`, 五号 as narrow as it goes. */
static bool try_styles(TableLayout *layout, Length measure, bool *squeezed, bool *failed)
{
    bool fixed = layout->fixed.size > 0;
    layout->measure = measure;
    *squeezed = false;
    for (int i = 0; i < (fixed ? 1 : STYLE_COUNT); i++)
        if (try_style(layout, fixed ? &layout->fixed : &styles[i], true, failed) || *failed)
            return !*failed;
    *squeezed = true;
    return table_columns(layout, false);
}

/* Are more than a quarter of the columns torn: heads of many lines, texts of a few characters a
 * line? Then the turned page serves better. */
static bool is_torn(TableLayout *layout)
{
    const DocTable *table = layout->table;
    int torn = 0;
    table_break_head(layout);
    for (int r = 0; r < table->head_rows; r++)
        for (int i = 0; i < layout->head[r].cell_count; i++)
            torn += table_line_count(&layout->head[r].cells[i]) > HEAD_LINES;
    for (int c = 0; c < table->column_count; c++) {
        const ColumnBox *column = &layout->columns[c];
        Length inner = column->width - 2 * layout->style->padding, em = layout->style->size;
        torn += !column->numeric && column->body > 12 * em && inner < 5 * em;
    }
    return torn * 4 > table->column_count;
}

/* The longer side of the type area is the height of the upright page and the width of the turned
 * one. */
static bool solve(TableLayout *layout)
{
    Length measure = layout->area->width, turned = layout->area->height;
    Orientation orientation = layout->table->orientation;
    bool squeezed = false, failed = false;
    if (orientation != ORIENT_LANDSCAPE) {
        layout->page_height = turned;
        bool solved = try_styles(layout, measure, &squeezed, &failed);
        if (failed || (solved && (orientation == ORIENT_PORTRAIT || !squeezed || !is_torn(layout))))
            return solved;
        if (orientation == ORIENT_PORTRAIT)
            return report_too_wide(layout, measure);
    }
    layout->landscape = true;
    layout->page_height = measure;
    return try_styles(layout, turned, &squeezed, &failed) ||
           (!failed && report_too_wide(layout, measure));
}

static bool measure_rows(TableLayout *layout)
{
    layout->caption = caption_break(
        layout->ts, "表", layout->table->number, layout->table->caption, NULL, layout->measure);
    table_break_head(layout);
    Length first = table_above_head(layout, true), later = table_above_head(layout, false);
    layout->room =
        layout->page_height - (first > later ? first : later) - table_fixed_height(layout);
    if (layout->room < layout->style->leading + layout->style->space)
        return report_high_head(layout);
    table_break_body(layout);
    if (!table_measure_foot(layout))
        return false;
    table_settle_first(layout);
    return true;
}

TableLayout *table_layout(Typesetter *ts, const DocTable *table, const DocStyle *style)
{
    TableLayout *layout = ARENA_NEW(ts->arena, TableLayout);
    layout->ts = ts;
    layout->table = table;
    layout->tag = ARENA_NEW(ts->arena, TableTag);
    layout->area = &style->area;
    layout->fixed = fixed_style(style->table_size);
    if (table->row_count == 0)
        report_empty(ts, table);
    else if (solve(layout) && measure_rows(layout))
        return layout;
    return NULL;
}

bool table_landscape(const TableLayout *layout)
{
    return layout->landscape;
}
