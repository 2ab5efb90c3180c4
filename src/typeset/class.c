/* Classes of characters in Chinese typesetting: typesetting.md 10.2, the complete sets. */
#include "typeset/shape.h"

typedef struct ClassRow {
    uint32_t code;
    CharClass class;
} ClassRow;

/* Sorted by code; what is not here is Han (or Western, by shape_class). */
static const ClassRow CLASSES[] = {
    /* flat table */
    {0x00a3, CLASS_PREFIX},
    {0x00a5, CLASS_PREFIX},
    {0x00a7, CLASS_PREFIX},
    {0x00b0, CLASS_SUFFIX},
    {0x00b1, CLASS_PREFIX},
    {0x00b7, CLASS_MIDDLE},
    {0x00d7, CLASS_PREFIX},
    {0x2010, CLASS_CONNECTOR},
    {0x2013, CLASS_CONNECTOR},
    {0x2014, CLASS_CONNECTOR},
    {0x2018, CLASS_OPEN},
    {0x2019, CLASS_CLOSE},
    {0x201c, CLASS_OPEN},
    {0x201d, CLASS_CLOSE},
    {0x2022, CLASS_MIDDLE},
    {0x2026, CLASS_ELLIPSIS},
    {0x2027, CLASS_MIDDLE},
    {0x2030, CLASS_SUFFIX},
    {0x2032, CLASS_SUFFIX},
    {0x2033, CLASS_SUFFIX},
    {0x203c, CLASS_STOP},
    {0x2047, CLASS_STOP},
    {0x2048, CLASS_STOP},
    {0x2049, CLASS_STOP},
    {0x20ac, CLASS_PREFIX},
    {0x2103, CLASS_SUFFIX},
    {0x2109, CLASS_SUFFIX},
    {0x2116, CLASS_PREFIX},
    {0x2212, CLASS_PREFIX},
    {0x2248, CLASS_PREFIX},
    {0x2264, CLASS_PREFIX},
    {0x2265, CLASS_PREFIX},
    {0x22ef, CLASS_ELLIPSIS},
    {0x2e3a, CLASS_DASH},
    {0x3000, CLASS_WIDE_SPACE},
    {0x3001, CLASS_PAUSE},
    {0x3002, CLASS_STOP},
    {0x3008, CLASS_OPEN},
    {0x3009, CLASS_CLOSE},
    {0x300a, CLASS_OPEN},
    {0x300b, CLASS_CLOSE},
    {0x300c, CLASS_OPEN},
    {0x300d, CLASS_CLOSE},
    {0x300e, CLASS_OPEN},
    {0x300f, CLASS_CLOSE},
    {0x3010, CLASS_OPEN},
    {0x3011, CLASS_CLOSE},
    {0x3014, CLASS_OPEN},
    {0x3015, CLASS_CLOSE},
    {0x3016, CLASS_OPEN},
    {0x3017, CLASS_CLOSE},
    {0x3018, CLASS_OPEN},
    {0x3019, CLASS_CLOSE},
    {0x301a, CLASS_OPEN},
    {0x301b, CLASS_CLOSE},
    {0x301d, CLASS_OPEN},
    {0x301e, CLASS_CLOSE},
    {0x301f, CLASS_CLOSE},
    {0x30fb, CLASS_MIDDLE},
    {0x33a1, CLASS_SUFFIX},
    {0xff01, CLASS_STOP},
    {0xff03, CLASS_PREFIX},
    {0xff04, CLASS_PREFIX},
    {0xff05, CLASS_SUFFIX},
    {0xff08, CLASS_OPEN},
    {0xff09, CLASS_CLOSE},
    {0xff0c, CLASS_PAUSE},
    {0xff0e, CLASS_STOP},
    {0xff0f, CLASS_SOLIDUS},
    {0xff1a, CLASS_PAUSE},
    {0xff1b, CLASS_PAUSE},
    {0xff1c, CLASS_PREFIX},
    {0xff1e, CLASS_PREFIX},
    {0xff1f, CLASS_STOP},
    {0xff3b, CLASS_OPEN},
    {0xff3d, CLASS_CLOSE},
    {0xff5b, CLASS_OPEN},
    {0xff5d, CLASS_CLOSE},
    {0xff5e, CLASS_CONNECTOR},
    {0xffe0, CLASS_SUFFIX},
    {0xffe1, CLASS_PREFIX},
    {0xffe5, CLASS_PREFIX},
};

/* ASCII marks count only where they touch Chinese text: at the head or tail of a word. */
static const ClassRow WORD_TAILS[] = {{'!', CLASS_STOP}, {'%', CLASS_SUFFIX}, {')', CLASS_CLOSE},
    {',', CLASS_PAUSE}, {'-', CLASS_CONNECTOR}, {'.', CLASS_STOP}, {'/', CLASS_SOLIDUS},
    {':', CLASS_PAUSE}, {';', CLASS_PAUSE}, {'?', CLASS_STOP}, {']', CLASS_CLOSE},
    {'}', CLASS_CLOSE}, {'~', CLASS_CONNECTOR}};
static const ClassRow WORD_HEADS[] = {{'#', CLASS_PREFIX}, {'$', CLASS_PREFIX}, {'(', CLASS_OPEN},
    {'+', CLASS_PREFIX}, {'-', CLASS_PREFIX}, {'[', CLASS_OPEN}, {'{', CLASS_OPEN}};

static CharClass find_class(const ClassRow *rows, int count, uint32_t code, CharClass otherwise)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (rows[middle].code == code) {
            return rows[middle].class;
        }
        if (rows[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return otherwise;
}

#define FIND_CLASS(rows, code, otherwise)                                                          \
    find_class(rows, (int)(sizeof(rows) / sizeof *(rows)), code, otherwise)

bool shape_is_letter(uint32_t code)
{
    return (code < 0x80 && (code | 32) >= 'a' && (code | 32) <= 'z') ||
           (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7) ||
           (code >= 0x370 && code <= 0x52f) || (code >= 0x1e00 && code <= 0x1fff) || code == 0xb2 ||
           code == 0xb3 || code == 0xb5 || code == 0xb9;
}

bool shape_in_word(const Box *box)
{
    return box->class == CLASS_WESTERN || box->class == CLASS_DIGIT;
}

bool shape_is_closing(const Box *box)
{
    return box->class == CLASS_CLOSE || box->class == CLASS_PAUSE || box->class == CLASS_STOP;
}

bool shape_same_run(const Box *a, const Box *b)
{
    const Color *x = &a->style->color, *y = &b->style->color;
    return a->font == b->font && a->style->size == b->style->size &&
           a->style->rise == b->style->rise && x->red == y->red && x->green == y->green &&
           x->blue == y->blue;
}

static bool is_word_part(uint32_t code)
{
    return (code > ' ' && code < 0x7f) || shape_is_letter(code);
}

static bool is_ascii_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static CharClass word_class(uint32_t before, uint32_t code, uint32_t after)
{
    if (is_ascii_digit(code)) {
        return CLASS_DIGIT;
    }
    if (shape_is_letter(code)) {
        return CLASS_WESTERN;
    }
    if (!is_word_part(after)) {
        /* An opening bracket that Chinese text follows: “(一)”. */
        CharClass head = FIND_CLASS(WORD_HEADS, code, CLASS_WESTERN);
        return FIND_CLASS(WORD_TAILS, code, head == CLASS_OPEN ? head : CLASS_WESTERN);
    }
    if (!is_word_part(before)) {
        /* A closing mark that Latin text follows: “他,she”. */
        CharClass tail = FIND_CLASS(WORD_TAILS, code, CLASS_WESTERN);
        return FIND_CLASS(WORD_HEADS, code, tail);
    }
    return CLASS_WESTERN;
}

CharClass shape_class(uint32_t before, uint32_t code, uint32_t after)
{
    if (code == ' ') {
        return CLASS_SPACE;
    }
    if (is_word_part(code)) {
        return word_class(before, code, after);
    }
    if (code == 0x2019 && shape_is_letter(before) && shape_is_letter(after)) {
        return CLASS_WESTERN; /* it’s */
    }
    if (code == 0x2014 && (before == code || after == code)) {
        return CLASS_DASH;
    }
    if (code >= 0xff10 && code <= 0xff19) {
        return CLASS_DIGIT;
    }
    return FIND_CLASS(CLASSES, code, CLASS_HAN);
}
