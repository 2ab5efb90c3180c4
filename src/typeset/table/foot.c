/* What stands below a table: 注：①… of the notes in its cells, and the lines of notes=, smaller
 * than its texts (typesetting.md 6.2). All of it ends the table; a mark on any of its pages refers
 * there. It goes with the last rows; where they leave no room it begins a page alone. */
#include <string.h>
#include "document/numeral.h"
#include "typeset/table/table_internal.h"

#define FOOT_GAP LENGTH_PT(4)

static const char LABEL[] = "注：";

/* Notes of one table are numbered from 1; their places in it are no matter. */
static void take_notes(const Inline *first, const Inline **notes, int count)
{
    for (; first; first = first->next)
        if (first->kind == INLINE_NOTE && first->note_number > 0 && first->note_number <= count)
            notes[first->note_number - 1] = first;
}

static const Inline **find_notes(Arena *arena, const DocTable *table)
{
    const Inline **notes = ARENA_ARRAY(arena, const Inline *, table->note_count + 1);
    for (int i = 0; i < table->head_cell_count; i++)
        take_notes(table->head[i].content, notes, table->note_count);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            take_notes(table->rows[r].cells[i].content, notes, table->note_count);
    return notes;
}

static bool need_inlines(FontSet *fonts, const Inline *first)
{
    bool fine = true;
    for (; first; first = first->next)
        if (first->kind == INLINE_TEXT)
            fine = fonts_need(fonts, first->bold ? ROLE_HEI : ROLE_SONG, first->text, first->at) &&
                   fine;
    return fine;
}

bool table_need_foot(FontSet *fonts, Arena *arena, const DocTable *table)
{
    const Inline **notes = find_notes(arena, table);
    bool fine = need_inlines(fonts, table->notes);
    for (int i = 0; i < table->note_count; i++) {
        fine = fonts_need(fonts, ROLE_SONG, LABEL, notes[i]->at) && fine;
        fine = fonts_need(fonts, ROLE_SONG, numeral_circled(arena, i + 1), notes[i]->at) && fine;
        fine = need_inlines(fonts, notes[i]->note) && fine;
    }
    return fine;
}

/* ---------------------------------------------------------------- measuring */

static TextStyle foot_style(const TableLayout *layout)
{
    Length size = layout->style->size > LENGTH_PT(11) ? LENGTH_PT(10.5) : LENGTH_PT(9);
    return (TextStyle){.role = ROLE_SONG, .size = size};
}

static void add_lines(TableLayout *layout, const TextPiece *pieces, Length first, Length hang)
{
    TableFoot *foot = &layout->foot;
    LineSpec spec = {.measure = layout->width,
        .first_indent = first,
        .hang_indent = hang,
        .align = ALIGN_JUSTIFY,
        .no_orphan = true};
    TextLines *lines = text_break(layout->ts, pieces, &spec);
    foot->texts[foot->count++] = lines;
    foot->height += lines->count * foot->leading;
}

static void add_remark(TableLayout *layout, const TextStyle *style, bool labelled)
{
    Length hang = labelled ? text_width(layout->ts, style, LABEL) : 0;
    add_lines(layout, text_pieces(layout->ts, layout->table->notes, style), 0, hang);
}

/* ① of the first stands behind 注：, the others below it. */
static Length label_width(const TableLayout *layout, const TextStyle *style)
{
    const char *first =
        arena_printf(layout->ts->arena, "%s%s", LABEL, numeral_circled(layout->ts->arena, 1));
    return text_width(layout->ts, style, first) - style->size;
}

static void add_notes(TableLayout *layout, const TextStyle *style, bool label)
{
    Arena *arena = layout->ts->arena;
    const Inline **notes = find_notes(arena, layout->table);
    Length indent = layout->table->note_count > 0 ? label_width(layout, style) : 0;
    for (int i = 0; i < layout->table->note_count; i++) {
        bool labelled = label && i == 0;
        TextPiece mark = {.style = *style, .at = notes[i]->at};
        mark.text =
            arena_printf(arena, "%s%s", labelled ? LABEL : "", numeral_circled(arena, i + 1));
        mark.next = text_pieces(layout->ts, notes[i]->note, style);
        add_lines(layout, arena_copy(arena, &mark, sizeof mark), labelled ? 0 : indent,
            indent + style->size);
    }
}

/* notes="注：…" begins the foot; 数据来源：… and the like end it. */
bool table_measure_foot(TableLayout *layout)
{
    const DocTable *table = layout->table;
    TextStyle style = foot_style(layout);
    const char *remark = table->notes ? inline_plain(layout->ts->arena, table->notes) : "";
    bool labelled = strncmp(remark, LABEL, strlen(LABEL)) == 0;
    TableFoot *foot = &layout->foot;
    *foot = (TableFoot){.size = style.size, .leading = style.size + LENGTH_PT(4)};
    foot->texts = ARENA_ARRAY(layout->ts->arena, TextLines *, table->note_count + 1);
    if (labelled)
        add_remark(layout, &style, true);
    add_notes(layout, &style, !labelled);
    if (table->notes && !labelled)
        add_remark(layout, &style, false);
    if (foot->count > 0)
        foot->height += FOOT_GAP;
    At at = table_at(table);
    return foot->height <= layout->page_height ||
           diag_add(layout->ts->diags, DIAG_E374, &at, foot->height / foot->leading);
}

/* ---------------------------------------------------------------- placing */

void table_place_foot(const TableLayout *layout, Page *page, Length x, Length y)
{
    const TableFoot *foot = &layout->foot;
    Length baseline = y + FOOT_GAP + (foot->leading - foot->size) / 2 + text_ascent(foot->size);
    size_t first = page->mark_count;
    for (int i = 0; i < foot->count; i++)
        for (int k = 0; k < foot->texts[i]->count; k++, baseline += foot->leading)
            text_put_line(layout->ts, page, foot->texts[i]->lines[k], x, baseline,
                k + 1 < foot->texts[i]->count ? TEXT_GOES_ON : TEXT_NEW_LINE);
    pages_tag_texts(layout->ts->pages, page, first);
}
