#include "document/document.h"

#include "base/buf.h"

Block *document_add(Arena *arena, Document *document, BlockKind kind)
{
    Block *block = ARENA_NEW(arena, Block);
    block->kind = kind;
    if (document->last)
        document->last->next = block;
    else
        document->first = block;
    document->last = block;
    return block;
}

Inline *inline_text(Arena *arena, const char *text, At at)
{
    Inline *piece = ARENA_NEW(arena, Inline);
    piece->kind = INLINE_TEXT;
    piece->text = text;
    piece->at = at;
    return piece;
}

char *inline_plain(Arena *arena, const Inline *first)
{
    Buf joined = {0};
    for (const Inline *piece = first; piece; piece = piece->next)
        if (piece->kind == INLINE_TEXT)
            buf_adds(&joined, piece->text);
    char *plain = arena_strndup(arena, joined.data ? joined.data : "", joined.length);
    buf_free(&joined);
    return plain;
}

/* The marks ⟨ ⟩ do not occur in official papers: the dump needs no escapes. */
static void dump_inlines(const Inline *first, FILE *out)
{
    bool bold = false;
    for (const Inline *piece = first; piece; piece = piece->next) {
        if (piece->bold != bold)
            fputs(piece->bold ? "⟨b⟩" : "⟨/b⟩", out);
        bold = piece->bold;
        if (piece->kind == INLINE_TEXT) {
            fputs(piece->text, out);
        } else if (piece->kind == INLINE_BREAK) {
            fputs("⟨br⟩", out);
        } else {
            fprintf(out, "⟨note %d：", piece->note_number);
            dump_inlines(piece->note, out);
            fputs("⟩", out);
        }
    }
    if (bold)
        fputs("⟨/b⟩", out);
}

/* A width or height to two decimals at most, without a locale's comma. */
static void dump_measure(double value, const char *unit, FILE *out)
{
    long hundredths = (long)(value * 100 + 0.5);
    fprintf(out, "%ld", hundredths / 100);
    if (hundredths % 100)
        fprintf(out, hundredths % 10 ? ".%02ld" : ".%ld",
            hundredths % 10 ? hundredths % 100 : hundredths % 100 / 10);
    fputs(unit, out);
}

static void dump_caption(
    const char *word, int number, const Inline *caption, const char *unit, FILE *out)
{
    if (number)
        fprintf(out, " %s%d", word, number);
    if (caption) {
        fputs(" ⟨", out);
        dump_inlines(caption, out);
        fputs("⟩", out);
    }
    if (unit)
        fprintf(out, " unit=%s", unit);
}

static const char *const ALIGN_NAMES[] = {"auto", "left", "centre", "right", "decimal", "justify"};

static void dump_table_head(const DocTable *table, FILE *out)
{
    fputs("  columns", out);
    for (int i = 0; i < table->column_count; i++) {
        fprintf(out, " %s", ALIGN_NAMES[table->columns[i].align]);
        if (table->columns[i].width_cells > 0) {
            fputs(":", out);
            dump_measure(table->columns[i].width_cells, "字", out);
        }
    }
    fprintf(out, "\n");
    for (int i = 0; i < table->head_cell_count; i++) {
        const Cell *cell = &table->head[i];
        fprintf(out, "  head %d,%d", cell->row, cell->column);
        if (cell->colspan > 1 || cell->rowspan > 1)
            fprintf(out, " %d×%d", cell->rowspan, cell->colspan);
        fputs(" ", out);
        dump_inlines(cell->content, out);
        fputs("\n", out);
    }
}

static void dump_table(const DocTable *table, FILE *out)
{
    dump_caption("表", table->number, table->caption, table->unit, out);
    fputs("\n", out);
    dump_table_head(table, out);
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        fputs(row->is_total ? "  total " : "  row ", out);
        for (int c = 0; c < row->cell_count; c++) {
            const Cell *cell = &row->cells[c];
            fputs(c ? " | " : "", out);
            if (cell->colspan > 1 || cell->rowspan > 1)
                fprintf(out, "(%d×%d)", cell->rowspan, cell->colspan);
            dump_inlines(cell->content, out);
        }
        fputs("\n", out);
    }
}

static void dump_series(const DocChart *chart, const ChartSeries *series, FILE *out)
{
    fprintf(out, "  series %s:", series->name);
    for (int i = 0; i < chart->category_count; i++) {
        const ChartPoint *point = &series->points[i];
        char number[DECIMAL_TEXT];
        if (point->missing)
            fputs(" gap", out);
        else
            fprintf(out, " %s(%s)", decimal_format(point->value, number), point->label);
    }
    fputs("\n", out);
}

static void dump_chart(const DocChart *chart, FILE *out)
{
    static const char *const kinds[] = {"bar", "line", "pie"};
    fprintf(out, " %s", kinds[chart->kind]);
    dump_caption("图", chart->number, chart->caption, chart->unit, out);
    fputs(chart->percent ? " percent" : "", out);
    fputs(chart->labels ? " labels" : "", out);
    if (chart->height_lines > 0)
        dump_measure(chart->height_lines, "行", (fputs(" height=", out), out));
    fputs("\n  categories", out);
    for (int i = 0; i < chart->category_count; i++)
        fprintf(out, "%s%s", i ? " | " : " ", chart->categories[i]);
    fputs("\n", out);
    for (int i = 0; i < chart->series_count; i++)
        dump_series(chart, &chart->series[i], out);
}

static void dump_text_block(const Block *block, FILE *out)
{
    if (block->level)
        fprintf(out, " %d", block->level);
    if (block->number)
        fprintf(out, " [%s]", block->number);
    if (block->align != ALIGN_AUTO)
        fprintf(out, " align=%s", ALIGN_NAMES[block->align]);
    if (block->kind == BLOCK_PARAGRAPH && block->indent_cells >= 0)
        dump_measure(block->indent_cells, "字", (fputs(" indent=", out), out));
    fputs(" ", out);
    dump_inlines(block->content, out);
    if (block->run_in) {
        fputs(" ⟨run-in⟩ ", out);
        dump_inlines(block->tail, out);
    }
    fputs("\n", out);
}

static void dump_sign(const DocSign *sign, FILE *out)
{
    fputs(" ", out);
    dump_inlines(sign->unit, out);
    fputs(" | ", out);
    dump_inlines(sign->date, out);
    fputs("\n", out);
}

static void dump_block(const Block *block, FILE *out)
{
    static const char *const names[] = {
        "title", "byline", "date", "to", "heading", "paragraph", "table", "chart", "sign"};
    fputs(names[block->kind], out);
    if (block->kind == BLOCK_TABLE)
        dump_table(block->table, out);
    else if (block->kind == BLOCK_CHART)
        dump_chart(block->chart, out);
    else if (block->kind == BLOCK_SIGN)
        dump_sign(block->sign, out);
    else
        dump_text_block(block, out);
}

void document_dump(const Document *document, FILE *out)
{
    static const char *const forms[] = {"汇报"};
    char date[16];
    fprintf(out, "document %s", forms[document->form]);
    if (document->date.year)
        fprintf(out, " date=%s", date_format_iso(document->date, date));
    if (document->title)
        fprintf(out, " title=%s", document->title);
    if (document->author)
        fprintf(out, " author=%s", document->author);
    fputs("\n", out);
    for (const Block *block = document->first; block; block = block->next)
        dump_block(block, out);
}
