/* The 发文机关标志 (GB/T 9704 7.2.4; typesetting.md H4): as large as the width of the type area, 22
 * mm of ink and, with several issuers, the room of page 1 allow. */
#include <string.h>
#include "base/utf8.h"
#include "typeset/page/head.h"

#define WIDTH LENGTH_MM(150)      /* that a mark fills, so that it stands free of the margins */
#define LARGEST LENGTH_PT(60)     /* its ink is 20 mm high: H4b allows 22 */
#define HIGHEST_INK LENGTH_MM(22) /* when the office's own size is larger */
#define SMALLEST LENGTH_PT(22)    /* 二号: a mark smaller than the title is none */
#define REFERENCE LENGTH_PT(100)  /* size at which texts are measured; widths grow with it */

/* In thousandths of the size. */
enum {
    SET = 1000,
    NARROW = 50,        /* gap between characters, at least as a rule … */
    WIDE = 500,         /* … and at most: few characters are spread, but hang together */
    ASIDE = 500,        /* gap before 文件 beside several names */
    SUFFIX = 800,       /* size of that 文件, … */
    SUFFIX_NAME = 200,  /* … more for each name, … */
    SUFFIX_MOST = 1600, /* … at most */
    LEADING = 1300,     /* of several names … */
    TIGHT = 1120,       /* … when page 1 is short of room */
};

static Length scaled(Length length, int64_t thousandths)
{
    return (Length)(length * thousandths / SET);
}

static int length_of(const char *text)
{
    return (int)utf8_count(text, strlen(text));
}

/* Width of a text in thousandths of its size, with gaps. */
static int64_t text_units(PageBuilder *builder, const HeadText *text, int gap)
{
    TextStyle style = text->style;
    style.size = style.cell = REFERENCE;
    int64_t width = text_width(&builder->ts, &style, text->text);
    return width * SET / REFERENCE + (int64_t)(length_of(text->text) - 1) * gap;
}

static int suffix_units(const Head *head)
{
    int units = SUFFIX + SUFFIX_NAME * head->issuer_count;
    return units < SUFFIX_MOST ? units : SUFFIX_MOST;
}

/* Width of the widest name, in thousandths of its size. */
static int64_t names_units(PageBuilder *builder, const Head *head, int gap)
{
    int64_t widest = 0;
    for (int i = 0; i < head->issuer_count; i++) {
        int64_t units = text_units(builder, &head->issuers[i], gap);
        widest = units > widest ? units : widest;
    }
    return widest;
}

/* Width of all names and 文件, in thousandths of the size of the names. */
static int64_t mark_units(PageBuilder *builder, const Head *head, int gap)
{
    int64_t units = names_units(builder, head, gap);
    if (head->suffix.pieces) {
        units += ASIDE + text_units(builder, &head->suffix, gap) * suffix_units(head) / SET;
    }
    return units;
}

/* Ink of the names, `top` and `bottom` above the baseline. */
static void measure_ink(PageBuilder *builder, const Head *head, HeadMark *mark)
{
    mark->top = mark->bottom = 0;
    for (int i = 0; i < head->issuer_count; i++) {
        Length top, bottom;
        text_ink_extent(&builder->ts, &mark->style, head->issuers[i].text, &top, &bottom);
        mark->top = i == 0 || top > mark->top ? top : mark->top;
        mark->bottom = i == 0 || bottom < mark->bottom ? bottom : mark->bottom;
    }
}

/* Settles the size: the names' height at most `room`, if they do not become too small. */
static void fit_height(PageBuilder *builder, const Head *head, Length room, HeadMark *mark)
{
    int gaps = head->issuer_count - 1;
    Length size = mark->style.size;
    int leading = LEADING;
    if (gaps > 0 && scaled(size, (int64_t)gaps * LEADING + SET) > room) {
        leading = TIGHT;
        Length fitting = (Length)((int64_t)room * SET / ((int64_t)gaps * TIGHT + SET));
        builder->crowded = fitting < SMALLEST;
        fitting = builder->crowded ? SMALLEST : fitting;
        size = fitting < size ? fitting : size;
    }
    mark->style.size = mark->style.cell = size;
    measure_ink(builder, head, mark);
    if (mark->top - mark->bottom > HIGHEST_INK) {
        size = (Length)((int64_t)size * HIGHEST_INK / (mark->top - mark->bottom));
        mark->style.size = mark->style.cell = size;
        measure_ink(builder, head, mark);
    }
    mark->pitch = scaled(size, leading);
    mark->height = gaps * mark->pitch + mark->top - mark->bottom;
}

/* The gap that fills WIDTH, within its limits; it may vanish when the names need the type area. */
static int fitting_gap(PageBuilder *builder, const Head *head, Length size)
{
    int gap = WIDE;
    while (gap > 0 && scaled(size, mark_units(builder, head, gap)) > WIDTH) {
        gap -= 5;
    }
    return gap;
}

static void fit_width(PageBuilder *builder, const Head *head, HeadMark *mark)
{
    Length size = mark->style.size;
    int gap = fitting_gap(builder, head, size);
    mark->width = scaled(size, names_units(builder, head, gap));
    mark->suffix_style = mark->style;
    if (head->suffix.pieces) {
        mark->suffix_style.size = mark->suffix_style.cell = scaled(size, suffix_units(head));
        mark->suffix_width =
            scaled(mark->suffix_style.size, text_units(builder, &head->suffix, gap));
        mark->gap = scaled(size, ASIDE);
    }
}

bool mark_fit(PageBuilder *builder, const Head *head, Length top, Length bottom, HeadMark *mark)
{
    *mark = (HeadMark){.style = head->issuers->style};
    Length wished = builder->style->mark_size, largest = wished > 0 ? wished : LARGEST;
    Length size = (Length)((int64_t)WIDTH * SET / mark_units(builder, head, NARROW));
    if (size < SMALLEST) {
        size = (Length)((int64_t)AREA_WIDTH * SET / mark_units(builder, head, 0));
    }
    if (size < SMALLEST) {
        diag_add(builder->ts.diags, DIAG_E340, &head->at, head->issuers->text);
        diag_hint(builder->ts.diags, DIAG_H340);
        return false;
    }
    mark->style.size = size < largest ? size : largest;
    fit_height(builder, head, bottom - top, mark);
    fit_width(builder, head, mark);
    return true;
}

void mark_place(PageBuilder *builder, const Head *head, const HeadMark *mark, Length top)
{
    Typesetter *ts = &builder->ts;
    Page *page = flow_page(builder);
    Length whole = mark->width + mark->gap + mark->suffix_width;
    Length x = builder->grid.left + (builder->grid.width - whole) / 2;
    for (int i = 0; i < head->issuer_count; i++) {
        text_put_spread(ts, page, &mark->style, head->issuers[i].text, x, mark->width,
            top + mark->top + i * mark->pitch, TEXT_NEW_LINE);
    }
    if (head->suffix.pieces) {
        Length high, low;
        text_ink_extent(ts, &mark->suffix_style, head->suffix.text, &high, &low);
        text_put_spread(ts, page, &mark->suffix_style, head->suffix.text,
            x + mark->width + mark->gap, mark->suffix_width, top + (mark->height + high + low) / 2,
            TEXT_NEW_LINE);
    }
}
