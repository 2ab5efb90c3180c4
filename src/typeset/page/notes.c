/* Footnotes: at the foot of the page with their marks, 小五 宋体 under a short rule, inside the
 * type area. */
#include "document/numeral.h"
#include "typeset/page/page_internal.h"

#define NOTE_SIZE LENGTH_PT(9)
#define NOTE_PITCH LENGTH_PT(13)
#define RULE_WIDTH LENGTH_MM(40)
#define RULE_HEIGHT LENGTH_MM(0.25)
#define RULE_ABOVE LENGTH_PT(8) /* blank between text and rule */
#define RULE_BELOW LENGTH_PT(4)

static const Color BLACK = {0, 0, 0};

static const TextStyle STYLE = {.role = ROLE_SONG, .size = NOTE_SIZE};

typedef void (*Visit)(PageBuilder *builder, const Inline *first);

static void each_sign_text(PageBuilder *builder, const DocSign *sign, Visit visit)
{
    for (int i = 0; i < sign->signer_count; i++) {
        visit(builder, sign->signers[i].unit);
    }
    visit(builder, sign->date);
}

/* Calls `visit` for every text of the paper in which a template may have put a footnote, those that
 * have no place for one included: none is lost without a word. Those in the cells of a table stand
 * below it. */
static void each_text(PageBuilder *builder, Visit visit)
{
    for (const Block *block = builder->document->first; block; block = block->next) {
        visit(builder, block->content);
        visit(builder, block->tail);
        if (block->chart) {
            visit(builder, block->chart->caption);
            visit(builder, block->chart->source);
        }
        if (block->sign) {
            each_sign_text(builder, block->sign, visit);
        }
        if (block->table) {
            visit(builder, block->table->caption);
        }
        if (block->figure) {
            visit(builder, block->figure->picture.caption);
        }
        for (int i = 0; block->photos && i < block->photos->entry_count; i++) {
            visit(builder, block->photos->entries[i].caption);
        }
        for (const DocAttachment *one = block->attachments; one; one = one->next) {
            visit(builder, one->title);
        }
    }
}

static void count_notes(PageBuilder *builder, const Inline *first)
{
    Notes *notes = &builder->notes;
    for (; first; first = first->next) {
        notes->count = first->note_number > notes->count ? first->note_number : notes->count;
    }
}

static void take_notes(PageBuilder *builder, const Inline *first)
{
    for (; first; first = first->next) {
        if (first->kind == INLINE_NOTE && first->note_number > 0) {
            Arena *arena = builder->ts.arena;
            TextPiece *mark = ARENA_NEW(arena, TextPiece);
            *mark = (TextPiece){.style = STYLE,
                .at = first->at,
                .text = numeral_circled(arena, first->note_number)};
            mark->next = text_pieces(&builder->ts, first->note, &STYLE);
            builder->notes.items[first->note_number] = (Note){.pieces = mark, .at = first->at};
        }
    }
}

void notes_gather(PageBuilder *builder)
{
    each_text(builder, count_notes);
    builder->notes.items = ARENA_ARRAY(builder->ts.arena, Note, builder->notes.count + 1);
    if (builder->notes.count > 0) {
        each_text(builder, take_notes);
    }
}

bool notes_need(PageBuilder *builder)
{
    bool found = true;
    for (int i = 1; i <= builder->notes.count; i++) {
        found &= text_need(&builder->ts, builder->notes.items[i].pieces);
    }
    return found;
}

void notes_measure(PageBuilder *builder)
{
    const LineSpec spec = {.measure = builder->style->area.width,
        .hang_indent = NOTE_SIZE,
        .align = ALIGN_JUSTIFY,
        .no_orphan = true};
    for (int i = 1; i <= builder->notes.count; i++) {
        Note *note = &builder->notes.items[i];
        note->lines = text_break(&builder->ts, note->pieces, &spec);
        note->height = note->lines->count * NOTE_PITCH;
    }
}

static bool has_note(const PageBuilder *builder, int number)
{
    return number >= 1 && number <= builder->notes.count &&
           builder->notes.items[number].lines != NULL;
}

Length notes_height_with(const PageBuilder *builder, const int *numbers, int count)
{
    Length height = builder->notes_height;
    for (int i = 0; i < count; i++) {
        if (has_note(builder, numbers[i])) {
            height += height == 0 ? RULE_ABOVE + RULE_HEIGHT + RULE_BELOW : 0;
            height += builder->notes.items[numbers[i]].height;
        }
    }
    return height;
}

void notes_add(PageBuilder *builder, const int *numbers, int count)
{
    builder->notes_height = notes_height_with(builder, numbers, count);
    for (int i = 0; i < count; i++) {
        if (has_note(builder, numbers[i])) {
            builder->page_notes =
                arena_grow(builder->ts.arena, builder->page_notes, builder->page_note_count,
                    &builder->page_note_capacity, sizeof *builder->page_notes);
            builder->page_notes[builder->page_note_count++] = numbers[i];
            builder->notes.items[numbers[i]].placed = true;
        }
    }
}

void notes_place(PageBuilder *builder, Page *page)
{
    if (builder->page_note_count > 0) {
        Length y = grid_bottom(&builder->grid) - builder->notes_height + RULE_ABOVE;
        Length left = builder->grid.left;
        page_rect(builder->ts.arena, page, left, y, RULE_WIDTH, RULE_HEIGHT, BLACK);
        y += RULE_HEIGHT + RULE_BELOW + (NOTE_PITCH - NOTE_SIZE) / 2 + text_ascent(NOTE_SIZE);
        for (size_t i = 0; i < builder->page_note_count; i++) {
            const TextLines *lines = builder->notes.items[builder->page_notes[i]].lines;
            Pages *pages = builder->ts.pages;
            page->tag = pages_tag(pages, pages_tag(pages, 0, TAG_PARAGRAPH), TAG_NOTE);
            for (int k = 0; k < lines->count; k++, y += NOTE_PITCH) {
                text_put_line(&builder->ts, page, lines->lines[k], left, y,
                    k + 1 == lines->count ? TEXT_NEW_LINE : TEXT_GOES_ON);
            }
        }
        page->tag = 0;
    }
    builder->page_note_count = 0;
    builder->notes_height = 0;
}

bool notes_all_placed(PageBuilder *builder)
{
    bool all = true;
    for (int i = 1; i <= builder->notes.count; i++) {
        if (has_note(builder, i) && !builder->notes.items[i].placed) {
            all = diag_add(builder->ts.diags, DIAG_E322, &builder->notes.items[i].at);
        }
    }
    return all;
}
