/* Captions of tables (above them) and charts (below): 表1　… and 图1　…, in 黑体, centred
 * (typesetting.md 6.2). Internal to typeset: tables and charts share it, so that both look alike.
 */
#ifndef TYPESET_CAPTION_H
#define TYPESET_CAPTION_H

#include "typeset/text.h"

typedef struct Caption {
    TextLines *lines; /* NULL: no caption at all */
    Length height;    /* of its lines alone; 0 without */
} Caption;

/* Notes the caption's texts. `kind` is 表 or 图; `number` 0 leaves the number out. */
bool caption_need(FontSet *fonts, const char *kind, int number, const Inline *text, At at);
/* Breaks it within `measure`. `remark`, if not NULL, follows the text in brackets. */
Caption caption_break(Typesetter *ts, const char *kind, int number, const Inline *text,
    const char *remark, Length measure);
void caption_place(Typesetter *ts, Page *page, const Caption *caption, Length x, Length top);

/* 单位：吨, whether the unit comes bare or with that word. */
const char *unit_line(Arena *arena, const char *unit);
/* The unit without that word. */
const char *unit_bare(const char *unit);

/* The face and size of captions: 小四 beside tables and labels of the same size or smaller. */
TextStyle caption_style(void);

#endif
