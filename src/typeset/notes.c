/* Footnotes: at the foot of the page with their marks, 小五 宋体 under a short rule, inside the type
 * area. */
#include "document/numeral.h"
#include "typeset/page_internal.h"

#define NOTE_SIZE LENGTH_PT(9)
#define NOTE_PITCH LENGTH_PT(13)
#define RULE_WIDTH LENGTH_MM(40)
#define RULE_HEIGHT LENGTH_MM(0.25)
#define RULE_ABOVE LENGTH_PT(8) /* blank between text and rule */
#define RULE_BELOW LENGTH_PT(4)

static const Color BLACK = { 0, 0, 0 };

static const TextStyle STYLE = { .role = ROLE_SONG, .size = NOTE_SIZE };

static int count_notes(const Inline *first)
{
    int highest = 0;
    for (; first; first = first->next) {
        highest = first->note_number > highest ? first->note_number : highest;
    }
    return highest;
}

static void take_notes(PageBuilder *builder, const Inline *first)
{
    for (; first; first = first->next) {
        if (first->kind == INLINE_NOTE && first->note_number > 0) {
            Arena *arena = builder->ts.arena;
            TextPiece *mark = ARENA_NEW(arena, TextPiece);
            *mark = (TextPiece){ .style = STYLE, .at = first->at,
                .text = numeral_circled(arena, first->note_number) };
            mark->next = text_pieces(&builder->ts, first->note, &STYLE);
            builder->notes.items[first->note_number].pieces = mark;
        }
    }
}

void notes_gather(PageBuilder *builder)
{
    Notes *notes = &builder->notes;
    for (const Block *block = builder->document->first; block; block = block->next) {
        int content = count_notes(block->content), tail = count_notes(block->tail);
        notes->count = content > notes->count ? content : notes->count;
        notes->count = tail > notes->count ? tail : notes->count;
    }
    notes->items = ARENA_ARRAY(builder->ts.arena, Note, notes->count + 1);
    for (const Block *block = builder->document->first; block && notes->count > 0;
         block = block->next) {
        take_notes(builder, block->content);
        take_notes(builder, block->tail);
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
    const LineSpec spec = { .measure = AREA_WIDTH, .hang_indent = NOTE_SIZE,
        .align = ALIGN_JUSTIFY, .no_orphan = true };
    for (int i = 1; i <= builder->notes.count; i++) {
        Note *note = &builder->notes.items[i];
        note->lines = text_break(&builder->ts, note->pieces, &spec);
        note->height = note->lines->count * NOTE_PITCH;
    }
}

static bool has_note(const PageBuilder *builder, int number)
{
    return number >= 1 && number <= builder->notes.count
        && builder->notes.items[number].lines != NULL;
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
            builder->page_notes = arena_grow(builder->ts.arena, builder->page_notes,
                builder->page_note_count, &builder->page_note_capacity,
                sizeof *builder->page_notes);
            builder->page_notes[builder->page_note_count++] = numbers[i];
        }
    }
}

void notes_place(PageBuilder *builder, Page *page)
{
    if (builder->page_note_count > 0) {
        Length y = AREA_TOP + AREA_HEIGHT - builder->notes_height + RULE_ABOVE;
        page_rect(builder->ts.arena, page, AREA_LEFT, y, RULE_WIDTH, RULE_HEIGHT, BLACK);
        y += RULE_HEIGHT + RULE_BELOW + (NOTE_PITCH - NOTE_SIZE) / 2 + text_ascent(NOTE_SIZE);
        for (size_t i = 0; i < builder->page_note_count; i++) {
            const TextLines *lines = builder->notes.items[builder->page_notes[i]].lines;
            for (int k = 0; k < lines->count; k++, y += NOTE_PITCH) {
                text_put_line(&builder->ts, page, lines->lines[k], AREA_LEFT, y,
                    k + 1 == lines->count ? TEXT_NEW_LINE : TEXT_GOES_ON);
            }
        }
    }
    builder->page_note_count = 0;
    builder->notes_height = 0;
}
