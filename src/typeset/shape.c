#include "typeset/shape.h"

#include <pango/pango.h>
#include <string.h>
#include "base/utf8.h"
#include "document/numeral.h"
#include "typeset/font_internal.h"
#include "typeset/justify.h"
#include "typeset/linebreak.h"

/* A stretch of the joined text in one style. */
typedef struct Segment {
    BoxStyle style;
    int start; /* byte offset in the joined text */
    int first_char;
    int note_number; /* it is the mark of this note */
    bool break_after;
    const At *at;
} Segment;

/* The pieces of a text, joined and cleaned: any blank is a space, what has no width is gone. */
typedef struct Gathered {
    char *text;
    int bytes;
    Segment *segments; /* one more than count: the end */
    int count;
    FontChar *chars; /* scratch of the font set */
    int char_count;
} Gathered;

/* ---------------------------------------------------------------- gathering */

static void gather_text(Gathered *all, const char *text, Role role)
{
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
        code = font_typeset_code(code);
        if (code == 0) {
            continue;
        }
        all->chars[all->char_count++] =
            (FontChar){.code = code, .start = all->bytes, .role = (uint8_t)role};
        all->bytes += utf8_encode(code, all->text + all->bytes);
    }
}

/* m² CO₂: 0.6 of the size; raised so that its top is a little above that of the digits, or lowered
 * by an eighth. */
static void small_style(BoxStyle *style, Script script)
{
    if (script != SCRIPT_NORMAL) {
        style->rise = script == SCRIPT_SUPER ? style->size * 36 / 100 : -style->size / 8;
        style->size = style->size * 6 / 10;
        style->cell = style->cell * 6 / 10;
    }
}

static Segment *gather_segment(Gathered *all, const TextPiece *piece)
{
    Segment *segment = &all->segments[all->count++];
    const TextStyle *style = &piece->style;
    segment->style = (BoxStyle){.role = style->role,
        .size = style->size,
        .cell = style->cell ? style->cell : style->size,
        .color = style->color,
        .leads = style->leads};
    small_style(&segment->style, piece->script);
    segment->start = all->bytes;
    segment->first_char = all->char_count;
    segment->at = &piece->at;
    return segment;
}

/* The mark of a footnote: 0.6 of the size, its top near that of the Han. */
static void gather_note(Gathered *all, const TextPiece *piece, const char *mark)
{
    Segment *segment = gather_segment(all, piece);
    segment->note_number = piece->note_number;
    segment->style.size = piece->style.size * 6 / 10;
    segment->style.cell = segment->style.size;
    segment->style.rise = piece->style.size * 36 / 100;
    gather_text(all, mark, segment->style.role);
}

static Gathered gather(FontSet *fonts, Arena *arena, const TextPiece *pieces)
{
    enum { NOTE_BYTES = 24 };
    size_t bytes = 1, count = 1;
    for (const TextPiece *piece = pieces; piece; piece = piece->next) {
        bytes += strlen(piece->text) + NOTE_BYTES;
        count += 2;
    }
    Gathered all = {.text = arena_alloc(arena, bytes),
        .segments = ARENA_ARRAY(arena, Segment, count),
        .chars = font_chars(fonts, (int)bytes)};
    for (const TextPiece *piece = pieces; piece; piece = piece->next) {
        gather_segment(&all, piece);
        gather_text(&all, piece->text, piece->style.role);
        if (piece->note_number > 0) {
            gather_note(&all, piece, numeral_circled(arena, piece->note_number));
        }
        all.segments[all.count - 1].break_after = piece->line_break;
    }
    all.segments[all.count].start = all.bytes;
    all.segments[all.count].first_char = all.char_count;
    font_kinds(all.chars, all.char_count);
    return all;
}

bool shape_need(FontSet *fonts, Arena *scratch, const TextPiece *pieces)
{
    Gathered all = gather(fonts, scratch, pieces);
    bool found = true;
    for (int i = 0; i < all.count; i++) {
        const Segment *segment = &all.segments[i];
        int count = segment[1].first_char - segment->first_char;
        found &= font_need_chars(fonts, all.chars + segment->first_char, count, segment->at);
    }
    return found;
}

/* ---------------------------------------------------------------- shaping */

typedef struct Shaper {
    Typesetter *ts;
    Shaped *shaped;
    const Gathered *all;
    PangoGlyphString *string;
    int glyph_room;
} Shaper;

/* Room for `more` glyphs; nearly always there is one glyph a character. */
static void glyph_room(Shaper *shaper, int more)
{
    Shaped *shaped = shaper->shaped;
    if (shaped->glyph_count + more > shaper->glyph_room) {
        shaper->glyph_room = (shaped->glyph_count + more) * 2;
        BoxGlyph *glyphs = ARENA_ARRAY(shaper->ts->arena, BoxGlyph, shaper->glyph_room);
        if (shaped->glyph_count > 0) {
            memcpy(glyphs, shaped->glyphs, (size_t)shaped->glyph_count * sizeof *glyphs);
        }
        shaped->glyphs = glyphs;
    }
}

/* From 1/65536 em, in which fonts are measured. */
static Length em_length(int64_t units, Length size)
{
    return (Length)((units * size + (units < 0 ? -FONT_EM / 2 : FONT_EM / 2)) / FONT_EM);
}

/* Takes over the glyphs i … end-1 of Pango's string as one box. */
static Box *take_cluster(Shaper *shaper, const Segment *segment, int i, int end)
{
    Shaped *shaped = shaper->shaped;
    Length size = segment->style.size;
    Box *box = &shaped->boxes[shaped->count++];
    box->style = &segment->style;
    box->note_number = segment->note_number;
    box->first_glyph = shaped->glyph_count;
    for (; i < end; i++) {
        const PangoGlyphInfo *info = &shaper->string->glyphs[i];
        Length advance = em_length(info->geometry.width, size);
        box->natural += advance;
        if (info->glyph != PANGO_GLYPH_EMPTY) {
            shaped->glyphs[shaped->glyph_count++] = (BoxGlyph){.id = info->glyph,
                .x = em_length(info->geometry.x_offset, size),
                .y = em_length(info->geometry.y_offset, size),
                .advance = advance};
        }
    }
    box->glyph_count = shaped->glyph_count - box->first_glyph;
    return box;
}

/* Characters first … end-1 are of one file and segment: one call of Pango. */
static void shape_run(Shaper *shaper, const Segment *segment, int first, int end)
{
    const Gathered *all = shaper->all;
    const FontChar *chars = all->chars;
    FontFile file = (FontFile)chars[first].file;
    FontSet *fonts = shaper->ts->fonts;
    int start = chars[first].start, stop = end < all->char_count ? chars[end].start : all->bytes;
    PangoAnalysis analysis = {.font = font_pango(fonts, file),
        .script = file == FILE_LATIN ? PANGO_SCRIPT_LATIN : PANGO_SCRIPT_HAN,
        .language = pango_language_from_string(file == FILE_LATIN ? "en" : "zh-cn")};
    if (!analysis.font) {
        return;
    }
    PangoGlyphString *string = shaper->string;
    pango_shape_with_flags(all->text + start, stop - start, all->text, all->bytes, &analysis,
        string, PANGO_SHAPE_NONE);
    glyph_room(shaper, string->num_glyphs);
    Length shift = em_length(font_shift(fonts, file), segment->style.size) + segment->style.rise;
    for (int i = 0; i < string->num_glyphs;) {
        int cluster = string->log_clusters[i], next = i + 1;
        while (next < string->num_glyphs && string->log_clusters[next] == cluster) {
            next++;
        }
        Box *box = take_cluster(shaper, segment, i, next);
        box->start = start + cluster;
        box->bytes =
            next < string->num_glyphs ? string->log_clusters[next] - cluster : stop - box->start;
        const char *text = all->text + box->start;
        box->code = utf8_next(&text);
        box->font = (int16_t)file;
        box->shift = shift;
        i = next;
    }
}

/* One box per cluster. Until settle_boxes, Box.font holds the file and Box.wide is unset. */
static void shape_segments(Shaper *shaper)
{
    const Gathered *all = shaper->all;
    bool line_break = false;
    for (int s = 0; s < all->count; s++) {
        const Segment *segment = &all->segments[s];
        int first_box = shaper->shaped->count, limit = segment[1].first_char;
        for (int i = segment->first_char; i < limit;) {
            int end = i + 1;
            while (end < limit && all->chars[end].file == all->chars[i].file) {
                end++;
            }
            if (all->chars[i].file >= 0) {
                shape_run(shaper, segment, i, end);
            }
            i = end;
        }
        if (shaper->shaped->count > first_box) {
            shaper->shaped->boxes[first_box].line_break_before = line_break;
            line_break = false;
        }
        line_break |= segment->break_after;
    }
}

/* ---------------------------------------------------------------- cells and blanks */

/* What stands beside the ink may be taken away, up to half a cell in all: marks are drawn
 * differently by each font, and some lack `halt` or mean something else by it (engine.md 1.4). */
static void settle_blanks(FontSet *fonts, const Shaped *shaped, Box *box)
{
    Ink ink;
    bool opening = box->class == CLASS_OPEN;
    bool closing = shape_is_closing(box);
    if ((!opening && !closing) || box->glyph_count != 1 ||
        !font_ink(fonts, (FontFile)box->font, shaped->glyphs[box->first_glyph].id, &ink)) {
        return;
    }
    Length half = box->style->cell / 2;
    Length left = em_length(ink.left, box->style->size) + box->offset;
    Length right = em_length(ink.right, box->style->size) + box->width - box->offset - box->natural;
    left = left < 0 ? 0 : left;
    right = right < 0 ? 0 : right;
    if (opening) {
        box->blank_left = left < half ? left : half;
    } else {
        box->blank_right = right < half ? right : half;
        Length rest = half - box->blank_right;
        box->blank_left = left < rest ? left : rest;
    }
}

/* A full-width character stands in the middle of its cell; a mark that its font draws narrow, at
 * the side of what it marks. */
static void settle_wide(Box *box)
{
    const BoxStyle *style = box->style;
    int cells = (box->natural + style->size / 2) / style->size;
    box->width = style->cell * (cells > 1 ? cells : 1);
    if (box->class == CLASS_MIDDLE || box->class == CLASS_SOLIDUS) {
        box->width = style->cell / 2; /* GB/T 15834 5.1.7, 5.1.9 */
    }
    bool narrow = box->natural < style->size * 9 / 10;
    bool closing = shape_is_closing(box);
    if (narrow && box->class == CLASS_OPEN) {
        box->offset = box->width - box->natural;
    } else if (!narrow || !closing) {
        box->offset = (box->width - box->natural) / 2;
    }
}

/* Connectors, dashes and ellipses lie at half the height of the Han (GB/T 15834 5.1.4–5.1.6);
 * Fandol's ～ lies at the top. */
static void settle_height(FontSet *fonts, const Shaped *shaped, Box *box)
{
    Ink ink;
    bool level =
        box->class == CLASS_CONNECTOR || box->class == CLASS_DASH || box->class == CLASS_ELLIPSIS;
    if (level && box->wide && box->glyph_count == 1 &&
        font_ink(fonts, (FontFile)box->font, shaped->glyphs[box->first_glyph].id, &ink)) {
        int up = FONT_EM * 38 / 100 - ink.centre;
        box->shift = em_length(up, box->style->size) + box->style->rise;
    }
}

/* Digits are half a cell, not half an em, so that two of them keep the grid, in a Han face and in
 * the Latin one alike; so are the blanks of a Han face. */
static void settle_width(Box *box, FontKind kind)
{
    const BoxStyle *style = box->style;
    if (kind == KIND_WIDE && box->font != FILE_LATIN) {
        box->wide = true;
        settle_wide(box);
    } else if (box->class == CLASS_SPACE && box->font != FILE_LATIN) {
        box->width = style->cell / 2;
    } else if (box->font != FILE_LATIN || (kind == KIND_NUMBER && box->class != CLASS_SPACE)) {
        box->width = (Length)((int64_t)box->natural * style->cell / style->size);
        box->offset = (box->width - box->natural) / 2;
    } else {
        box->width = box->natural;
    }
}

static void settle_boxes(FontSet *fonts, Shaped *shaped, const Gathered *all)
{
    const FontChar *c = all->chars;
    for (int i = 0; i < shaped->count; i++) {
        Box *box = &shaped->boxes[i];
        uint32_t before = i > 0 ? box[-1].code : 0;
        uint32_t after = i + 1 < shaped->count ? box[1].code : 0;
        while (c->start < box->start) {
            c++;
        }
        CharClass class = shape_class(before, box->code, after);
        if (class == CLASS_DIGIT && c->kind == KIND_LATIN) {
            class = CLASS_WESTERN; /* IPv6: no measure word follows */
        }
        box->class = (uint8_t)(box->note_number > 0 ? CLASS_NOTE : class);
        settle_width(box, (FontKind)c->kind);
        settle_blanks(fonts, shaped, box);
        settle_height(fonts, shaped, box);
    }
    for (int i = 0; i < shaped->count; i++) {
        shaped->boxes[i].font = (int16_t)fonts->fonts[shaped->boxes[i].font]->index;
    }
}

Shaped *shape_pieces(Typesetter *ts, const TextPiece *pieces)
{
    Gathered all = gather(ts->fonts, ts->arena, pieces);
    Shaped *shaped = ARENA_NEW(ts->arena, Shaped);
    shaped->text = all.text;
    shaped->text_bytes = all.bytes;
    shaped->boxes = ARENA_ARRAY(ts->arena, Box, all.char_count + 1);
    font_choose(ts->fonts, all.chars, all.char_count);
    Shaper shaper = {.ts = ts, .shaped = shaped, .all = &all, .string = pango_glyph_string_new()};
    glyph_room(&shaper, all.char_count);
    shape_segments(&shaper);
    pango_glyph_string_free(shaper.string);
    settle_boxes(ts->fonts, shaped, &all);
    linebreak_costs(shaped->boxes, shaped->count, ts->style ? ts->style->kinsoku : KINSOKU_GB);
    justify_pairs(shaped->boxes, shaped->count);
    return shaped;
}

bool shape_ink_extent(Typesetter *ts, const Shaped *shaped, int i, Length *top, Length *bottom)
{
    const Box *box = &shaped->boxes[i];
    bool found = false;
    for (int k = box->first_glyph; k < box->first_glyph + box->glyph_count; k++) {
        const BoxGlyph *glyph = &shaped->glyphs[k];
        Ink ink;
        if (font_ink(ts->fonts, ts->fonts->cut[box->font]->file, glyph->id, &ink)) {
            Length up = box->shift - glyph->y;
            Length high = em_length(ink.top, box->style->size) + up;
            Length low = em_length(ink.bottom, box->style->size) + up;
            *top = found && *top > high ? *top : high;
            *bottom = found && *bottom < low ? *bottom : low;
            found = true;
        }
    }
    return found;
}

Length shape_ink_centre(Typesetter *ts, const Shaped *shaped)
{
    if (shaped->count == 0 || shaped->boxes[0].glyph_count == 0) {
        return 0;
    }
    const Box *box = &shaped->boxes[0];
    Ink ink;
    FontFile file = ts->fonts->cut[box->font]->file;
    if (!font_ink(ts->fonts, file, shaped->glyphs[box->first_glyph].id, &ink)) {
        return 0;
    }
    return em_length(ink.centre, box->style->size) + box->shift;
}
