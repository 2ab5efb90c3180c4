/* Classes of characters, which font sets them, cells and heights (engine.md 1.3, 1.4;
 * typesetting.md 10.2). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/shape.h"
#include "typeset_fixture.h"

/* The complete sets of typesetting.md 10.2, one string a class. */
static const struct {
    CharClass class;
    const char *members;
} SETS[] = {
    {CLASS_OPEN, "‘“「『（〔［｛〈《【〖〘〚〝"},
    {CLASS_CLOSE, "’”」』）〕］｝〉》】〗〙〛〞〟"},
    {CLASS_PAUSE, "，、；："},
    {CLASS_STOP, "。．！？‼⁇⁈⁉"},
    {CLASS_CONNECTOR, "–～‐"},
    {CLASS_MIDDLE, "·・‧•"},
    {CLASS_SOLIDUS, "／"},
    {CLASS_ELLIPSIS, "…⋯"},
    {CLASS_PREFIX, "￥¥＄￡£€№＃±§"},
    {CLASS_SUFFIX, "‰％°′″℃℉￠㎡"},
    {CLASS_HAN, "国々〇①㊿Ａ＋"},
    {CLASS_DIGIT, "0９"},
    {CLASS_WIDE_SPACE, "　"},
};

static void test_classes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SETS / sizeof *SETS; i++) {
        const char *text = SETS[i].members;
        for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
            CharClass class = shape_class(0x56fd, code, 0x56fd);
            if (class != SETS[i].class) {
                print_error("U+%04X is %d\n", (unsigned)code, (int)class);
            }
            assert_int_equal(class, SETS[i].class);
        }
    }
}

/* ASCII marks belong to a class only where they touch Chinese text. */
static const struct {
    uint32_t before, code, after;
    CharClass class;
} CONTEXTS[] = {
    {'3', '.', '5', CLASS_WESTERN},
    {'1', ',', '2', CLASS_WESTERN},
    {'4', '-', '1', CLASS_WESTERN},
    {'A', '/', 'B', CLASS_WESTERN},
    {'0', ':', '3', CLASS_WESTERN},
    {'5', '.', 0x56fd, CLASS_STOP},
    {'5', ',', 0x56fd, CLASS_PAUSE},
    {'5', '%', 0x56fd, CLASS_SUFFIX},
    {0x56fd, '(', 'A', CLASS_OPEN},
    {0x56fd, '(', 0x56fd, CLASS_OPEN},
    {'A', ')', 0x56fd, CLASS_CLOSE},
    {0x56fd, '-', '5', CLASS_PREFIX},
    {0x56fd, '$', '5', CLASS_PREFIX},
    {'C', '+', 0x56fd, CLASS_WESTERN},
    {0x56fd, '/', 0x56fd, CLASS_SOLIDUS},
    {'t', 0x2019, 's', CLASS_WESTERN},
    {0x56fd, 0x2014, 0x2014, CLASS_DASH},
    {0x2014, 0x2014, 0x56fd, CLASS_DASH},
    {0x56fd, 0x2014, 0x56fd, CLASS_CONNECTOR},
    {0, ' ', 0, CLASS_SPACE},
};

static void test_contexts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CONTEXTS / sizeof *CONTEXTS; i++) {
        assert_int_equal(shape_class(CONTEXTS[i].before, CONTEXTS[i].code, CONTEXTS[i].after),
            CONTEXTS[i].class);
    }
}

/* The font of every character: F 仿宋, L Latin, R the complement, for ROLE_BODY. */
static const struct {
    const char *text, *fonts;
} FACES[] = {
    {"国2024年", "FFFFFF"},
    {"用AI+IPv6技", "FLLLLLLLF"},
    {"PM2.5、A4", "LLLLLFLL"},
    {"92.3%，", "FFFFFF"},
    {"“好”", "FFF"},
    {"国“AI”好", "FFLLFF"},
    {"use “AI” now", "LLLLLLLLLLLL"},
    {"it’s", "LLLL"},
    {"5—6", "FFF"},
    {"北京—上海", "FFFFF"},
    {"A—B", "LLL"},
    {"国……", "FFF"},
    {"3·15", "FFFF"},
    {"王喆", "FR"},
    {"5 km", "FLLL"},
    {"国 国", "FFF"},
    {"100 个", "FFFFF"},
    {"“2024”", "FFFFFF"},
    {"α粒", "LF"},
    {"用“AI” GPS", "FFLLFLLLL"},
    {"say “OK”吧", "LLLLFLLFF"},
};

static char face_letter(const Pages *pages, int font)
{
    const char *name = pages->fonts[font].name;
    return strncmp(name, "FandolFang", 10) == 0 ? 'F' : strncmp(name, "Liber", 5) == 0 ? 'L' : 'R';
}

static void test_faces(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    enum { COUNT = sizeof FACES / sizeof *FACES };
    for (int i = 0; i < COUNT; i++) {
        assert_true(fonts_need(f.fonts, ROLE_BODY, FACES[i].text, (At){0}));
    }
    assert_true(fonts_cut(f.fonts));
    fonts_list(f.fonts, f.ts.pages);
    for (int i = 0; i < COUNT; i++) {
        TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = FACES[i].text};
        const Shaped *shaped = shape_pieces(&f.ts, &piece);
        char found[64] = "";
        for (int k = 0; k < shaped->count; k++) {
            found[k] = face_letter(f.ts.pages, shaped->boxes[k].font);
        }
        if (strcmp(found, FACES[i].fonts) != 0) {
            print_error("%s\n", FACES[i].text);
        }
        assert_string_equal(found, FACES[i].fonts);
    }
    fixture_close(&f);
}

/* Digits of every role fill half a cell, and Han of every role stand at one height. */
static void test_cells_and_heights(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "国喆8～");
    for (int role = 0; role < ROLE_COUNT; role++) {
        TextPiece piece = {.style = fixture_style((Role)role), .text = "国8喆～"};
        const Shaped *shaped = shape_pieces(&f.ts, &piece);
        assert_int_equal(shaped->count, 4);
        assert_int_equal(shaped->boxes[0].width, BODY_CELL);
        assert_in_range(shaped->boxes[1].width, BODY_CELL / 2 - 2, BODY_CELL / 2 + 2);
        assert_int_equal(shaped->boxes[2].width, BODY_CELL);
        Length centre = shape_ink_centre(&f.ts, shaped);
        assert_in_range(centre, LENGTH_PT(16 * 0.34), LENGTH_PT(16 * 0.42));
        piece.text = "～";
        centre = shape_ink_centre(&f.ts, shape_pieces(&f.ts, &piece));
        assert_in_range(centre, LENGTH_PT(16 * 0.375), LENGTH_PT(16 * 0.385));
    }
    fixture_close(&f);
}

/* What has no width is not set; blanks become spaces; the yuan sign its twin. */
static void test_cleaning(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const char *text = "\ufeff国\u200b\t家\u00a0￥5\n";
    assert_true(fonts_need(f.fonts, ROLE_BODY, text, (At){0}));
    assert_true(fonts_cut(f.fonts));
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = text};
    const Shaped *shaped = shape_pieces(&f.ts, &piece);
    assert_string_equal(shaped->text, "国 家 ¥5 ");
    int bytes = 0;
    for (int i = 0; i < shaped->count; i++) {
        assert_int_equal(shaped->boxes[i].start, bytes);
        bytes += shaped->boxes[i].bytes;
    }
    assert_int_equal(bytes, shaped->text_bytes);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_faces),
        cmocka_unit_test(test_cells_and_heights),
        cmocka_unit_test(test_cleaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
