#include "typeset/caption.h"

#include <string.h>
#include "base/buf.h"

static const Length CAPTION_SIZE = LENGTH_PT(12);
static const Length CAPTION_LEADING = LENGTH_PT(17);

TextStyle caption_style(void)
{
    return (TextStyle){.role = ROLE_HEI, .size = CAPTION_SIZE};
}

/* Piece by piece, so that a message names its place; and joined, since m and a small 2 are one word
 * only together. */
static bool need_inline(FontSet *fonts, const Inline *first)
{
    bool fine = true;
    Buf joined = {0};
    for (const Inline *item = first; item; item = item->next) {
        if (item->kind == INLINE_TEXT) {
            fine = fonts_need(fonts, ROLE_HEI, item->text, item->at) && fine;
            buf_adds(&joined, item->text);
        }
    }
    if (fine && joined.data)
        fine = fonts_need(fonts, ROLE_HEI, joined.data, first->at);
    buf_free(&joined);
    return fine;
}

bool caption_need(FontSet *fonts, const char *kind, int number, const Inline *text, At at)
{
    bool fine = fonts_need(fonts, ROLE_HEI, "0123456789　（）", at);
    if (number > 0)
        fine = fonts_need(fonts, ROLE_HEI, kind, at) && fine;
    return need_inline(fonts, text) && fine;
}

static TextPiece *piece(Arena *arena, const char *text)
{
    TextPiece *made = ARENA_NEW(arena, TextPiece);
    made->style = caption_style();
    made->text = text;
    return made;
}

Caption caption_break(Typesetter *ts, const char *kind, int number, const Inline *text,
    const char *remark, Length measure)
{
    TextStyle style = caption_style();
    TextPiece *first = NULL, **tail = &first;
    if (number > 0) {
        *tail = piece(ts->arena, arena_printf(ts->arena, "%s%d%s", kind, number, text ? "　" : ""));
        tail = &(*tail)->next;
    }
    if (text) {
        *tail = text_pieces(ts, text, &style);
        while (*tail)
            tail = &(*tail)->next;
    }
    if (remark)
        *tail = piece(ts->arena, arena_printf(ts->arena, "（%s）", remark));
    if (!first)
        return (Caption){0};
    LineSpec spec = {.measure = measure, .align = ALIGN_CENTRE, .no_orphan = true};
    TextLines *lines = text_break(ts, first, &spec);
    return (Caption){lines, (lines->count - 1) * CAPTION_LEADING + CAPTION_SIZE};
}

void caption_place(Typesetter *ts, Page *page, const Caption *caption, Length x, Length top)
{
    if (!caption->lines)
        return;
    Length baseline = top + text_ascent(CAPTION_SIZE);
    for (int i = 0; i < caption->lines->count; i++) {
        TextEnd end = i + 1 < caption->lines->count ? TEXT_GOES_ON : TEXT_NEW_LINE;
        text_put_line(ts, page, caption->lines->lines[i], x, baseline + i * CAPTION_LEADING, end);
    }
}

static const char UNIT[] = "单位：";

const char *unit_bare(const char *unit)
{
    return strncmp(unit, UNIT, strlen(UNIT)) == 0 ? unit + strlen(UNIT) : unit;
}

const char *unit_line(Arena *arena, const char *unit)
{
    return arena_printf(arena, "%s%s", UNIT, unit_bare(unit));
}
