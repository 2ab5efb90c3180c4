#include "document/document.h"

#include <string.h>

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

/* Whether what stands at `at` could be taken for a mark of the dump: ⟨ ⟩, a line's end, the " | "
 * between cells (not the | of an expression). */
static bool is_mark(const char *text, const char *at)
{
    static const char open[] = "⟨", close[] = "⟩";
    bool apart = at == text || at[-1] == ' ' || at[1] == ' ' || at[1] == '\0';
    if (*at == *open)
        return strncmp(at, open, strlen(open)) == 0 || strncmp(at, close, strlen(close)) == 0;
    return *at != '|' || apart;
}

/* Marks in a text have a \ before them, so that no two papers have one dump: it is what tells
 * whether a paper is up to date (run/batch/source_digest.h). */
static void dump_text(const char *text, FILE *out)
{
    static const char marks[] = {'\\', '|', '\n', '\xE2', '\0'}; /* ⟨ begins with E2 */
    for (const char *at = text;;) {
        size_t plain = strcspn(at, marks);
        fwrite(at, 1, plain, out);
        at += plain;
        if (!*at)
            return;
        if (is_mark(text, at))
            fputc('\\', out);
        fputc(*at == '\n' ? 'n' : *at, out);
        at++;
    }
}

static void dump_named(const char *name, const char *text, FILE *out)
{
    fputs(name, out);
    dump_text(text, out);
}

static void dump_inlines(const Inline *first, FILE *out);

static void dump_inline(const Inline *piece, FILE *out)
{
    switch (piece->kind) {
    case INLINE_TEXT:
        dump_text(piece->text, out);
        break;
    case INLINE_BREAK:
        fputs("⟨br⟩", out);
        break;
    case INLINE_TAB:
        fputs("⟨tab⟩", out);
        break;
    case INLINE_NOTE:
        fprintf(out, "⟨note %d：", piece->note_number);
        dump_inlines(piece->note, out);
        fputs("⟩", out);
        break;
    }
}

static void dump_inlines(const Inline *first, FILE *out)
{
    static const char *const opening[] = {"", "⟨sup⟩", "⟨sub⟩"}, *const closing[] = {
                                                                     "", "⟨/sup⟩", "⟨/sub⟩"};
    bool bold = false;
    Script script = SCRIPT_NORMAL;
    for (const Inline *piece = first; piece; piece = piece->next) {
        if (piece->script != script)
            fputs(closing[script], out);
        if (piece->bold != bold)
            fputs(piece->bold ? "⟨b⟩" : "⟨/b⟩", out);
        if (piece->script != script)
            fputs(opening[piece->script], out);
        bold = piece->bold;
        script = piece->script;
        dump_inline(piece, out);
    }
    fputs(closing[script], out);
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
        dump_named(" unit=", unit, out);
}

static const char *const CHART_KIND_NAMES[] = {"bar", "hbar", "stacked", "percent", "line", "combo",
    "pie", "donut", "bullet", "heat", "radar"};
static const char *const ALIGN_NAMES[] = {"auto", "left", "centre", "right", "decimal", "justify"};

/* +2, : is added up on each page, to two decimals, in thousands. */
static void dump_column_facts(const TableColumn *column, FILE *out)
{
    if (column->adds)
        fprintf(out, "+%d%s", column->decimals, column->grouped ? "," : "");
    if (column->bars)
        fputs("▌", out);
}

static void dump_table_head(const DocTable *table, FILE *out)
{
    fputs("  columns", out);
    for (int i = 0; i < table->column_count; i++) {
        fprintf(out, " %s", ALIGN_NAMES[table->columns[i].align]);
        if (table->columns[i].width_cells > 0) {
            fputs(":", out);
            dump_measure(table->columns[i].width_cells, "字", out);
        }
        dump_column_facts(&table->columns[i], out);
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

static void dump_point_list(const ChartPoint *points, int count, FILE *out)
{
    for (int i = 0; i < count; i++) {
        char number[DECIMAL_TEXT];
        if (points[i].missing) {
            fputs(" gap", out);
            continue;
        }
        fprintf(out, " %s", decimal_format(points[i].value, number));
        dump_named("(", points[i].label, out);
        fputs(")", out);
    }
}

static void dump_points(const ChartPoint *points, int count, FILE *out)
{
    dump_point_list(points, count, out);
    fputs("\n", out);
}

static void dump_spark(const DocChart *spark, FILE *out)
{
    fprintf(out, "⟨%s", CHART_KIND_NAMES[spark->kind]);
    dump_point_list(spark->series->points, spark->category_count, out);
    dump_named(" | ", spark->alt, out);
    fputs("⟩", out);
}

static void dump_cell(const Cell *cell, FILE *out)
{
    char number[DECIMAL_TEXT];
    if (cell->colspan > 1 || cell->rowspan > 1)
        fprintf(out, "(%d×%d%s)", cell->rowspan, cell->colspan, cell->repeats ? " repeats" : "");
    dump_inlines(cell->content, out);
    if (cell->has_value)
        fprintf(out, "⟨=%s⟩", decimal_format(cell->value, number));
    if (cell->bar > 0)
        fprintf(out, "⟨▌%d⟩", cell->bar);
    if (cell->spark)
        dump_spark(cell->spark, out);
}

static void dump_table(const DocTable *table, FILE *out)
{
    static const char *const kinds[] = {"row", "subtotal", "total", "filler"};
    static const char *const turns[] = {"", " portrait", " landscape"};
    dump_caption("表", table->number, table->caption, table->unit, out);
    fprintf(out, "%s\n", turns[table->orientation]);
    dump_table_head(table, out);
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        fprintf(out, "  %s ", kinds[row->kind]);
        for (int c = 0; c < row->cell_count; c++) {
            fputs(c ? " | " : "", out);
            dump_cell(&row->cells[c], out);
        }
        fputs("\n", out);
    }
    if (table->page_total) {
        fputs("  page-total ", out);
        dump_inlines(table->page_total, out);
        fputs("\n", out);
    }
    if (table->notes) {
        fputs("  notes ", out);
        dump_inlines(table->notes, out);
        fputs("\n", out);
    }
}

/* What stands in it beside its series. */
static void dump_additions(const DocChart *chart, FILE *out)
{
    if (chart->second_unit) {
        dump_named("  second unit ", chart->second_unit, out);
        fputs("\n", out);
    }
    if (chart->target) {
        dump_named("  target ", chart->target_name, out);
        fputs(":", out);
        dump_points(chart->target, 1, out);
    }
    if (chart->targets) {
        fputs("  targets:", out);
        dump_points(chart->targets, chart->category_count, out);
    }
    if (chart->source) {
        fputs("  source ", out);
        dump_inlines(chart->source, out);
        fputs("\n", out);
    }
    if (chart->alt) {
        dump_named("  alt ", chart->alt, out);
        fputs("\n", out);
    }
}

static void dump_chart(const DocChart *chart, FILE *out)
{
    static const char *const palettes[] = {"", " colour", " mono"};
    fprintf(out, " %s", CHART_KIND_NAMES[chart->kind]);
    dump_caption("图", chart->number, chart->caption, chart->unit, out);
    fputs(chart->percent ? " percent" : "", out);
    fputs(chart->labels ? " labels" : "", out);
    fputs(chart->second_percent ? " second-percent" : "", out);
    fputs(palettes[chart->palette], out);
    fputs(chart->average ? " average" : "", out);
    fputs(chart->extremes ? " extremes" : "", out);
    if (chart->pair)
        fprintf(out, " pair=%d", chart->pair);
    if (chart->height_lines > 0)
        dump_measure(chart->height_lines, "行", (fputs(" height=", out), out));
    fputs("\n  categories", out);
    for (int i = 0; i < chart->category_count; i++)
        dump_named(i ? " | " : " ", chart->categories[i], out);
    fputs("\n", out);
    for (int i = 0; i < chart->series_count; i++) {
        const ChartSeries *series = &chart->series[i];
        dump_named(series->second ? "  series line " : "  series ", series->name, out);
        fputs(":", out);
        dump_points(series->points, chart->category_count, out);
    }
    dump_additions(chart, out);
}

static void dump_text_block(const Block *block, FILE *out)
{
    if (block->level)
        fprintf(out, " %d", block->level);
    if (block->number)
        fprintf(out, " [%s]", block->number);
    if (block->has_face)
        fprintf(out, " face=%s", role_name(block->face));
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

/* Lengths on paper are given in mm. */
static void dump_length(const char *name, Length length, FILE *out)
{
    fprintf(out, " %s=", name);
    dump_measure(LENGTH_TO_PT(length) * 25.4 / 72, "mm", out);
}

static void dump_sign(const DocSign *sign, FILE *out)
{
    if (sign->kind == SIGN_SEALED)
        dump_length("seal", sign->seal, out);
    if (sign->kind == SIGN_STAMPED) {
        dump_length("stamp", sign->stamp_width, out);
        dump_length("by", sign->stamp_height, out);
    }
    for (int i = 0; i < sign->signer_count; i++) {
        fputs(i ? " + " : " ", out);
        dump_inlines(sign->signers[i].unit, out);
    }
    fputs(" | ", out);
    dump_inlines(sign->date, out);
    fputs("\n", out);
}

/* The path is of this machine: the name tells. */
static void dump_picture(const DocPicture *picture, FILE *out)
{
    const ImageHead *head = &picture->head;
    fprintf(out, " %s %s %d×%d", picture->name, head->kind == IMAGE_PNG ? "png" : "jpeg",
        head->width, head->height);
    if (head->orientation > 1)
        fprintf(out, " turn=%d", head->orientation);
}

static void dump_figure(const DocFigure *figure, FILE *out)
{
    dump_caption("图", figure->number, figure->picture.caption, NULL, out);
    if (figure->width)
        dump_length("width", figure->width, out);
    if (figure->picture.path)
        dump_picture(&figure->picture, out);
    fputs("\n", out);
}

static void dump_photo(const DocPhotos *photos, const DocPhoto *photo, FILE *out)
{
    fputs("  photo", out);
    for (int i = 0; i < (photos->pairs ? 2 : 1); i++) {
        fputs(i ? " |" : "", out);
        if (photo->pictures[i].path)
            dump_picture(&photo->pictures[i], out);
        else
            fputs(" 待整改", out);
    }
    dump_caption("", 0, photo->caption, NULL, out);
    fputs("\n", out);
}

static void dump_photos(const DocPhotos *photos, FILE *out)
{
    if (photos->pairs)
        fprintf(out, " %s|%s", photos->labels[0], photos->labels[1]);
    if (photos->per_page)
        fprintf(out, " per-page=%d", photos->per_page);
    fputs("\n", out);
    for (int i = 0; i < photos->entry_count; i++)
        dump_photo(photos, &photos->entries[i], out);
}

static void dump_attachments(const DocAttachment *first, FILE *out)
{
    fputs("\n", out);
    for (const DocAttachment *one = first; one; one = one->next) {
        fprintf(out, "  %d ", one->number);
        dump_inlines(one->title, out);
        fputs("\n", out);
    }
}

static void dump_block(const Block *block, FILE *out)
{
    static const char *const names[] = {"title", "byline", "date", "to", "heading", "paragraph",
        "table", "chart", "sign", "subtitle", "salutation", "attachments", "attendance",
        "annotation", "attachment", "slip", "contents", "figure", "photos", "page-break"};
    fputs(names[block->kind], out);
    if (block->keep)
        fprintf(out, " keep=%d", block->keep);
    if (block->landscape)
        fprintf(out, " landscape=%d", block->landscape);
    if (block->kind == BLOCK_TABLE)
        dump_table(block->table, out);
    else if (block->kind == BLOCK_CHART)
        dump_chart(block->chart, out);
    else if (block->kind == BLOCK_SIGN)
        dump_sign(block->sign, out);
    else if (block->kind == BLOCK_FIGURE)
        dump_figure(block->figure, out);
    else if (block->kind == BLOCK_PHOTOS)
        dump_photos(block->photos, out);
    else if (block->kind == BLOCK_ATTACHMENT_LIST)
        dump_attachments(block->attachments, out);
    else
        dump_text_block(block, out);
}

static void dump_part(const char *name, const Inline *content, FILE *out)
{
    if (!content)
        return;
    fprintf(out, "  %s ", name);
    dump_inlines(content, out);
    fputs("\n", out);
}

static void dump_masthead(const DocMasthead *head, FILE *out)
{
    fputs("masthead\n", out);
    for (int i = 0; i < head->issuer_count; i++)
        dump_part("issuer", head->issuers[i], out);
    dump_part("suffix", head->suffix, out);
    dump_part("number", head->number, out);
    dump_part("copy", head->copy, out);
    dump_part("secrecy", head->secrecy, out);
    dump_part("urgency", head->urgency, out);
    for (int i = 0; i < head->signatory_count; i++)
        dump_part("signatory", head->signatories[i], out);
}

static void dump_issue(const DocIssue *issue, FILE *out)
{
    fputs("issue\n", out);
    dump_part("name", issue->name, out);
    dump_part("number", issue->number, out);
    dump_part("total", issue->total, out);
    dump_part("editor", issue->editor, out);
    dump_part("date", issue->date, out);
    dump_part("secrecy", issue->secrecy, out);
    dump_part("copy", issue->copy, out);
}

static void dump_imprint(const DocImprint *imprint, FILE *out)
{
    fputs("imprint\n", out);
    dump_part("to", imprint->to, out);
    dump_part("copy-to", imprint->copy_to, out);
    dump_part("report-to", imprint->report_to, out);
    dump_part("send-to", imprint->send_to, out);
    dump_part("issue-to", imprint->issue_to, out);
    dump_part("issuer", imprint->issuer, out);
    dump_part("date", imprint->date, out);
    dump_part("disclosure", imprint->disclosure, out);
    dump_part("copies", imprint->copies, out);
}

void document_dump(const Document *document, FILE *out)
{
    static const char *const forms[] = {
        "汇报", "公文", "上行文", "信函", "命令", "纪要", "简报", "讲话"};
    char date[16];
    fprintf(out, "document %s", forms[document->form]);
    if (document->date.year)
        fprintf(out, " date=%s", date_format_iso(document->date, date));
    if (document->title)
        fprintf(out, " title=%s", document->title);
    if (document->author)
        fprintf(out, " author=%s", document->author);
    fputs("\n", out);
    if (document->style.cell) /* else it was never settled */
        style_dump(&document->style, document->form, out);
    if (document->masthead)
        dump_masthead(document->masthead, out);
    if (document->issue)
        dump_issue(document->issue, out);
    for (const Block *block = document->first; block; block = block->next)
        dump_block(block, out);
    if (document->imprint)
        dump_imprint(document->imprint, out);
}
