#include "typeset/text.h"

#include <string.h>
#include "base/map.h"
#include "typeset/justify.h"
#include "typeset/linebreak.h"
#include "typeset/shape.h"
#include "typeset/text_internal.h"

enum { DEFAULT_ORPHAN_CELLS = 2 };

/* ---------------------------------------------------------------- breaking */

static Align line_align(Align align)
{
    return align == ALIGN_AUTO ? ALIGN_JUSTIFY : align;
}

static void place_line(TextLine *line, const LineSpec *spec, Length indent, Length measure)
{
    Length slack = measure - line->width;
    line->left = indent;
    if (spec->align == ALIGN_CENTRE) {
        line->left += slack / 2;
    } else if (spec->align == ALIGN_RIGHT) {
        line->left += slack;
    }
}

TextLine *text_make_line(
    Arena *arena, const Shaped *shaped, int first, int end, const LineSpec *spec, bool hangs)
{
    TextLine *line = ARENA_NEW(arena, TextLine);
    Box *boxes = shaped->boxes;
    bool start = first == 0;
    bool last = end == shaped->count || boxes[end].line_break_before;
    Length indent = start ? spec->first_indent : spec->hang_indent;
    Length measure = spec->measure - indent;
    line->shaped = shaped;
    line->first = first;
    line->end = end;
    if (!start || indent == 0) {
        justify_line_start(&boxes[first]);
    }
    int visible = linebreak_visible_end(boxes, first, end);
    if (spec->align == ALIGN_CENTRE || spec->align == ALIGN_RIGHT) {
        justify_line_end(&boxes[visible - 1]);
    }
    bool stretch = line_align(spec->align) == ALIGN_JUSTIFY && !last;
    line->width = hangs ? justify_line(boxes, first, visible - 1, measure, true, &line->loose)
                        : justify_line(boxes, first, visible, measure, stretch, &line->loose);
    place_line(line, spec, indent, measure);
    return line;
}

void text_add_line(Arena *arena, TextLines *lines, TextLine *line)
{
    size_t capacity = lines->capacity;
    lines->lines =
        arena_grow(arena, lines->lines, (size_t)lines->count, &capacity, sizeof *lines->lines);
    lines->capacity = (int)capacity;
    lines->lines[lines->count++] = line;
    Length right = text_line_right(line);
    lines->width = right > lines->width ? right : lines->width;
}

static LineRules line_rules(const DocStyle *style, const LineSpec *spec)
{
    int orphan = style ? style->orphan_cells : DEFAULT_ORPHAN_CELLS;
    return (LineRules){.orphan_cells = spec->no_orphan ? orphan : 0,
        .hang = style && style->hang && !spec->boxed && line_align(spec->align) == ALIGN_JUSTIFY};
}

TextLines *text_break(Typesetter *ts, const TextPiece *pieces, const LineSpec *spec)
{
    const Shaped *shaped = shape_pieces(ts, pieces);
    TextLines *lines = ARENA_NEW(ts->arena, TextLines);
    Totals totals = linebreak_totals(ts->arena, shaped->boxes, shaped->count);
    LineRules rules = line_rules(ts->style, spec);
    for (int first = 0; first < shaped->count;) {
        Length indent = first == 0 ? spec->first_indent : spec->hang_indent;
        rules.indented = first == 0 && indent > 0;
        rules.measure = spec->measure - indent;
        bool hangs;
        int end = linebreak_next(shaped->boxes, shaped->count, &totals, first, &rules, &hangs);
        TextLine *line = text_make_line(ts->arena, shaped, first, end, spec, hangs);
        text_add_line(ts->arena, lines, line);
        first = end;
    }
    return lines;
}

/* ---------------------------------------------------------------- placing */

/* Must box b share the text cluster of a, before it? Glyphs that overlap (squeezed marks), and
 * gaps that extraction would read as blanks, must: Cairo then writes /ActualText (engine.md
 * 1.5). */
static bool joins(const Box *a, const Box *b)
{
    if (a->class == CLASS_WIDE_SPACE || b->class == CLASS_WIDE_SPACE) {
        return true; /* Poppler takes 表1 and what follows the blank for two columns */
    }
    Length gap = a->width - a->offset - a->natural + b->offset;
    bool blank = a->class == CLASS_SPACE || b->class == CLASS_SPACE;
    return gap < -b->style->size * 3 / 100 || (gap > b->style->size * 9 / 100 && !blank) ||
           a->glyph_count == 0 || b->glyph_count == 0;
}

typedef struct Pen {
    Length x, baseline;
    Color color;
} Pen;

static void put_box(GlyphRun *run, const Shaped *shaped, const Box *box, const Pen *pen)
{
    Length x = pen->x + box->offset;
    for (int i = 0; i < box->glyph_count; i++) {
        const BoxGlyph *glyph = &shaped->glyphs[box->first_glyph + i];
        run->glyphs[run->glyph_count++] =
            (Glyph){.id = glyph->id, .x = x + glyph->x, .y = pen->baseline - box->shift + glyph->y};
        x += glyph->advance;
    }
}

/* Boxes first … end-1 as one run. */
static void put_run(Arena *arena, Page *page, const Shaped *shaped, int first, int end, Pen *pen,
    bool loose, TextEnd text_end)
{
    const Box *boxes = shaped->boxes;
    int glyphs = 0;
    for (int i = first; i < end; i++) {
        glyphs += boxes[i].glyph_count;
    }
    GlyphRun *run = &page_mark(arena, page, MARK_GLYPHS)->run;
    *run = (GlyphRun){.font = boxes[first].font,
        .size = boxes[first].style->size,
        .color = pen->color,
        .text = shaped->text + boxes[first].start,
        .end = text_end};
    run->text_bytes = boxes[end - 1].start + boxes[end - 1].bytes - boxes[first].start;
    run->glyphs = ARENA_ARRAY(arena, Glyph, glyphs);
    run->clusters = ARENA_ARRAY(arena, Cluster, end - first);
    for (int i = first; i < end; i++) {
        put_box(run, shaped, &boxes[i], pen);
        bool join = i > first && (loose || joins(&boxes[i - 1], &boxes[i]));
        Cluster *cluster = &run->clusters[join ? run->cluster_count - 1 : run->cluster_count++];
        cluster->bytes = (uint16_t)(cluster->bytes + boxes[i].bytes);
        cluster->glyphs = (uint16_t)(cluster->glyphs + boxes[i].glyph_count);
        pen->x += boxes[i].width;
    }
}

/* A tagged run-in heading is one of the boxes' runs, or some of them. */
static bool tag_parts(const Typesetter *ts, const Page *page, const Box *a, const Box *b)
{
    return page->tag > 0 && ts->pages->tags[page->tag].lead > 0 &&
           a->style->leads != b->style->leads;
}

static void tag_lead(const Typesetter *ts, Page *page, const Box *box)
{
    int lead = page->tag > 0 && box->style->leads ? ts->pages->tags[page->tag].lead : 0;
    if (lead > 0) {
        page->marks[page->mark_count - 1].tag = lead;
    }
}

static void put_boxes(
    Typesetter *ts, Page *page, const TextLine *line, Pen *pen, const Color *color, TextEnd end)
{
    const Box *boxes = line->shaped->boxes;
    for (int i = line->first; i < line->end;) {
        int next = i + 1;
        while (next < line->end && shape_same_run(&boxes[i], &boxes[next]) &&
               !tag_parts(ts, page, &boxes[i], &boxes[next])) {
            next++;
        }
        pen->color = color ? *color : boxes[i].style->color;
        put_run(ts->arena, page, line->shaped, i, next, pen, line->loose,
            next == line->end ? end : TEXT_GOES_ON);
        tag_lead(ts, page, &boxes[i]);
        i = next;
    }
}

void text_put_line(
    Typesetter *ts, Page *page, const TextLine *line, Length x, Length baseline, TextEnd end)
{
    Pen pen = {.x = x + line->left, .baseline = baseline};
    put_boxes(ts, page, line, &pen, NULL, end);
}

Length text_line_right(const TextLine *line)
{
    return line->left + line->width;
}

bool text_lines_end_alike(const TextLine *a, const TextLine *b)
{
    return a->end == b->end;
}

int text_line_notes(const TextLine *line, int *numbers, int max)
{
    int count = 0;
    const Box *boxes = line->shaped->boxes;
    for (int i = line->first; i < line->end && count < max; i++) {
        int number = boxes[i].note_number;
        if (number > 0 && (i == 0 || boxes[i - 1].note_number != number)) {
            numbers[count++] = number;
        }
    }
    return count;
}

/* ---------------------------------------------------------------- short texts */

static char *key_number(char *out, uint32_t number)
{
    for (; number > 0; number >>= 6) {
        *out++ = (char)('0' + (number & 63));
    }
    *out++ = ' ';
    return out;
}

/* The shaped line of a short text: made once for each style and text, since cells repeat
 * (performance.md: 24,000 cells in half the time). Colour is no part of it. */
static const TextLine *short_line(Typesetter *ts, const TextStyle *style, const char *text)
{
    enum { KEY = 256 };
    char key[KEY], *end = key;
    size_t length = strlen(text);
    bool kept = length < KEY - 32;
    if (kept) {
        *end++ = (char)('A' + style->role);
        end = key_number(end, (uint32_t)style->size);
        end = key_number(end, (uint32_t)style->cell);
        memcpy(end, text, length + 1);
        ts->strings = ts->strings ? ts->strings : map_new(ts->arena);
        TextLine *known = map_find(ts->strings, key);
        if (known) {
            return known;
        }
    }
    TextPiece piece = {.style = *style, .text = text};
    const Shaped *shaped = shape_pieces(ts, &piece);
    TextLine *line = ARENA_NEW(ts->arena, TextLine);
    line->shaped = shaped;
    line->end = shaped->count;
    for (int i = 0; i < shaped->count; i++) {
        line->width += shaped->boxes[i].width;
    }
    if (kept) {
        map_put(ts->strings, key, line);
    }
    return line;
}

Length text_width(Typesetter *ts, const TextStyle *style, const char *text)
{
    return short_line(ts, style, text)->width;
}

/* From a short text's left edge to its middle, without the blank of a mark at either end: so
 * 村（社区） stands in the middle as it looks, and as it does where it is broken. */
static Length middle(const TextLine *line)
{
    const Box *boxes = line->shaped->boxes;
    if (line->end == 0) {
        return 0;
    }
    Length before = boxes[0].class == CLASS_OPEN ? boxes[0].blank_left : 0;
    return (line->width + before - justify_end_shrink(&boxes[line->end - 1])) / 2;
}

void text_put(Typesetter *ts, Page *page, const TextStyle *style, const char *text, Length x,
    Length baseline, Align align, TextEnd end)
{
    const TextLine *line = short_line(ts, style, text);
    Length left = align == ALIGN_CENTRE ? middle(line) : align == ALIGN_RIGHT ? line->width : 0;
    Pen pen = {.x = x - left, .baseline = baseline};
    put_boxes(ts, page, line, &pen, &style->color, end);
}

/* The boxes of a text with equal gaps between, so that they fill `width`. */
static TextLine spread(Arena *arena, const TextLine *line, Length width, Shaped *own)
{
    TextLine out = {.shaped = own, .end = line->end, .left = 0, .width = width};
    *own = *line->shaped;
    own->boxes = ARENA_ARRAY(arena, Box, line->end + 1);
    memcpy(own->boxes, line->shaped->boxes, (size_t)line->end * sizeof *own->boxes);
    Length slack = width - line->width, given = 0;
    if (line->end == 1) {
        out.left = slack / 2;
    }
    for (int i = 0; i + 1 < line->end && slack > 0; i++) {
        Length part = (Length)((int64_t)slack * (i + 1) / (line->end - 1)) - given;
        own->boxes[i].width += part;
        given += part;
    }
    return out;
}

void text_put_spread(Typesetter *ts, Page *page, const TextStyle *style, const char *text, Length x,
    Length width, Length baseline, TextEnd end)
{
    Shaped own;
    TextStyle tight = *style;
    tight.cell = 0;
    TextLine line = spread(ts->arena, short_line(ts, &tight, text), width, &own);
    Pen pen = {.x = x + line.left, .baseline = baseline};
    put_boxes(ts, page, &line, &pen, &style->color, end);
}

/* ---------------------------------------------------------------- rows of labels */

/* Can all labels go into one cluster? Its glyphs must be in one face. Poppler takes it to reach
 * from the first to the last of them, which must lie to the right; MuPDF wants them in the order of
 * the text. */
static bool is_one_run(
    Typesetter *ts, const TextStyle *style, const TextLabel *labels, int count, GlyphRun *run)
{
    const Box *first = NULL;
    for (int i = 0; i < count; i++) {
        const Shaped *shaped = short_line(ts, style, labels[i].text)->shaped;
        run->text_bytes += shaped->text_bytes + 1;
        run->glyph_count += shaped->glyph_count;
        for (int k = 0; k < shaped->count; k++) {
            first = first ? first : &shaped->boxes[k];
            if (!shape_same_run(first, &shaped->boxes[k])) {
                return false;
            }
        }
    }
    run->font = first ? first->font : 0;
    return run->glyph_count > 0 && labels[0].x <= labels[count - 1].x &&
           run->text_bytes <= UINT16_MAX && run->glyph_count <= UINT16_MAX;
}

void text_put_row(Typesetter *ts, Page *page, const TextStyle *style, const TextLabel *labels,
    int count, TextEnd end)
{
    GlyphRun run = {.size = style->size, .color = style->color, .end = end};
    if (!is_one_run(ts, style, labels, count, &run)) {
        for (int i = 0; i < count; i++) {
            text_put(ts, page, style, labels[i].text, labels[i].x, labels[i].baseline, ALIGN_LEFT,
                i + 1 < count ? labels[i].end : end);
        }
        return;
    }
    char *text = arena_alloc(ts->arena, (size_t)run.text_bytes);
    run.text = text;
    run.glyphs = ARENA_ARRAY(ts->arena, Glyph, run.glyph_count);
    run.text_bytes = run.glyph_count = 0;
    for (int i = 0; i < count; i++) {
        const Shaped *shaped = short_line(ts, style, labels[i].text)->shaped;
        Pen pen = {.x = labels[i].x, .baseline = labels[i].baseline};
        for (int k = 0; k < shaped->count; k++) {
            put_box(&run, shaped, &shaped->boxes[k], &pen);
            pen.x += shaped->boxes[k].width;
        }
        memcpy(text + run.text_bytes, shaped->text, (size_t)shaped->text_bytes);
        run.text_bytes += shaped->text_bytes;
        if (i + 1 < count && labels[i].end != TEXT_GOES_ON) {
            text[run.text_bytes++] = ' ';
        }
    }
    run.clusters = ARENA_NEW(ts->arena, Cluster);
    run.cluster_count = 1;
    *run.clusters = (Cluster){(uint16_t)run.text_bytes, (uint16_t)run.glyph_count};
    page_mark(ts->arena, page, MARK_GLYPHS)->run = run;
}

Length text_ascent(Length size)
{
    /* Han stand with their middle 0.38 em above the baseline (engine.md 1.4): in the middle of
     * the em box. */
    return (Length)((int64_t)size * 88 / 100);
}

Length text_ink_centre(Typesetter *ts, const TextStyle *style, const char *text)
{
    return shape_ink_centre(ts, short_line(ts, style, text)->shaped);
}

void text_ink_extent(
    Typesetter *ts, const TextStyle *style, const char *text, Length *top, Length *bottom)
{
    const Shaped *shaped = short_line(ts, style, text)->shaped;
    bool found = false;
    *top = *bottom = 0;
    for (int i = 0; i < shaped->count; i++) {
        Length high, low;
        if (shape_ink_extent(ts, shaped, i, &high, &low)) {
            *top = found && *top > high ? *top : high;
            *bottom = found && *bottom < low ? *bottom : low;
            found = true;
        }
    }
}

/* ---------------------------------------------------------------- pieces */

bool text_need(Typesetter *ts, const TextPiece *pieces)
{
    return shape_need(ts->fonts, ts->arena, pieces);
}

static TextPiece *new_piece(Typesetter *ts, const TextStyle *style, const char *text, At at)
{
    TextPiece *piece = ARENA_NEW(ts->arena, TextPiece);
    piece->style = *style;
    piece->text = text;
    piece->at = at;
    return piece;
}

TextPiece *text_pieces(Typesetter *ts, const Inline *first, const TextStyle *style)
{
    TextPiece *head = NULL, **tail = &head, *last = NULL;
    for (const Inline *run = first; run; run = run->next) {
        TextStyle own = *style;
        if (run->bold) {
            own.role = ROLE_HEI;
        }
        bool attached = last && !last->line_break && last->note_number == 0;
        bool has_text = run->kind == INLINE_TEXT || run->kind == INLINE_TAB;
        if (has_text || !attached) {
            const char *text = run->kind == INLINE_TAB ? "　　" : has_text ? run->text : "";
            last = *tail = new_piece(ts, &own, text, run->at);
            last->script = run->script;
            tail = &last->next;
        }
        if (run->kind == INLINE_BREAK) {
            last->line_break = true;
        } else if (run->kind == INLINE_NOTE) {
            last->note_number = run->note_number;
        }
    }
    return head;
}
