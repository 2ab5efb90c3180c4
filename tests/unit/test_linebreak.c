/* Where a line may end: the cases of typesetting.md 10.2–10.3 and engine.md 1.2. `|` marks every
 * legal break, `:` a legal but poor one, anything else is unbreakable. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/linebreak.h"
#include "typeset_fixture.h"

static const char *const CASES[] = {
    /* Pango too strict: quotes are no obstacle to a break outside them. */
    "他|说|“你|好”",
    "《乙》、|“丙”|“丁”",
    "（甲）|（乙）",
    /* Right as it was. */
    "《甲|乙》|丙",
    "甲，|乙",
    "甲。”|乙",
    "甲：|“乙",
    "甲、|乙；|丙",
    "甲？！|乙",
    "（《甲》）|乙",
    "【甲】|〔乙〕",
    "「甲」|『乙』",
    /* Never split, never at the start. */
    "甲|——|乙",
    "甲|……|乙",
    "甲|…………|乙",
    /* Pango too loose: connectors, interpuncts and solidi do not start a line. */
    "北|京—:上|海",
    "一·:二|八",
    "甲～:乙",
    "甲／乙",
    "甲/乙",
    /* Numbers stay together. */
    "１０：３０:分",
    "３．５％|的",
    "No.5",
    "C++|语",
    "A/B|测",
    "2024-11-21:止",
    "1,203.5:吨",
    "92.3%|的",
    "-5℃|以",
    "¥100:元",
    "￥100:元",
    "63%～:68%",
    "3·15:晚",
    "10：30:开",
    "№5:号",
    "§3:节",
    /* Measure words and dates only when nothing else will do. */
    "共|35:个|村",
    "80:余:户",
    "12:万:元",
    "2024:年:11:月:21:日",
    "国|发:〔2024〕:3:号",
    "第:3:期|的",
    "第:12:批",
    "1—:6:月|的",
    "约|12.5%|的",
    "长|5 :km|的",
    "长|±0.5:米",
    "占|≥90%|的",
    "3:×5:米",
    "5 |September",
    /* Addresses go on after their marks, three characters or more on either side. */
    "见|www.:example.:gov.:cn/:zwgk/:2024?:id=:5&:t=8|的",
    "寄|office@:xx.:gov.cn",
    "a/b/c/d/e/f/g",
    /* Enumerators keep the first character after them. */
    "（一）:抓|好",
    "一、:总|体",
    "甲。|二、:成|效",
    "(1):甲",
    "甲|（乙）|丙",
    /* Latin words. */
    "用|AI+IPv6|技",
    "Hello |World",
    "用 |GPS |定",
    "well-:known",
    "it’s |a|“X” ",
    "（ 甲）",
    "甲　:乙",
};

/* The case without its signs. */
static char *plain(Arena *arena, const char *marked)
{
    char *text = arena_strdup(arena, marked), *end = text;
    for (const char *c = marked; *c; c++) {
        if (*c != '|' && *c != ':') {
            *end++ = *c;
        }
    }
    *end = '\0';
    return text;
}

/* One line for each wrong case, so that one run shows them all. */
static int check_case(Fixture *f, const char *marked)
{
    const char *text = plain(f->arena, marked);
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = text};
    const Shaped *shaped = shape_pieces(&f->ts, &piece);
    char *found = arena_alloc(f->arena, strlen(text) * 2 + 2), *end = found;
    for (int i = 0; i < shaped->count; i++) {
        const Box *box = &shaped->boxes[i];
        if (i > 0 && box->break_before != BREAK_NEVER) {
            *end++ = box->break_before == BREAK_FREE ? '|' : ':';
        }
        memcpy(end, shaped->text + box->start, (size_t)box->bytes);
        end += box->bytes;
    }
    const char *want = marked;
    if (strstr(marked, "￥")) {
        want = "¥100:元"; /* set as its twin: font_choose.c */
    }
    if (strcmp(found, want) != 0) {
        print_error("%s, but wanted %s\n", found, want);
        return 1;
    }
    return 0;
}

static void test_cases(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(fonts_need(f.fonts, ROLE_BODY, plain(f.arena, CASES[i]), (At){0}));
    }
    assert_true(fonts_cut(f.fonts));
    int wrong = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        wrong += check_case(&f, CASES[i]);
    }
    assert_int_equal(wrong, 0);
    fixture_close(&f);
}

/* The levels of CLREQ differ in the solidus and in —— ……. */
static void test_levels(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲／乙——丙……");
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = "甲／乙——丙……"};
    static const struct {
        Kinsoku level;
        bool breaks[8];
    } LEVELS[] = {{KINSOKU_BASIC, {0, 0, 1, 1, 0, 1, 1, 0}}, {KINSOKU_GB, {0, 0, 0, 1, 0, 1, 1, 0}},
        {KINSOKU_STRICT, {0, 0, 0, 0, 0, 1, 0, 0}}};
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++) {
        DocStyle style = style_default(FORM_OFFICIAL);
        style.kinsoku = LEVELS[i].level;
        f.ts.style = &style;
        const Shaped *shaped = shape_pieces(&f.ts, &piece);
        for (int k = 1; k < 8; k++) {
            assert_int_equal(shaped->boxes[k].break_before != BREAK_NEVER, LEVELS[i].breaks[k]);
        }
    }
    fixture_close(&f);
}

/* A time with an ASCII colon cannot be written with the signs above. */
static void test_ascii_colon(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "10:30开");
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = "10:30开"};
    const Shaped *shaped = shape_pieces(&f.ts, &piece);
    for (int i = 1; i < 5; i++) {
        assert_int_equal(shaped->boxes[i].break_before, BREAK_NEVER);
    }
    assert_true(shaped->boxes[5].break_before >= BREAK_FREE);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_ascii_colon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
