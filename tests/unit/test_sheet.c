/* The fields of a 核对单: what is said of sources, and JSON that is JSON. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/sheet.h"

/* table column file cell letter rows first last */
static const SourceRows cell = {"月报", "垃圾", "月报/5.csv", "C8", "C", 1, 8, 8};
static const SourceRows column = {"月报", "垃圾", "月报/5.csv", NULL, "C", 17, 2, 18};
static const SourceRows some = {"月报", "垃圾", "月报/6.csv", NULL, "C", 5, 2, 18};
static const SourceRows one = {"月报", "垃圾", "月报/6.csv", NULL, "C", 1, 4, 4};
static const SourceRows rows = {"台账", NULL, "台账.csv", NULL, NULL, 3, 2, 4};
static const SourceRows row = {"台账", NULL, "台账.csv", NULL, NULL, 1, 9, 9};
static const SourceRows none = {"台账", NULL, "台账.csv", NULL, NULL, 0, 0, 0};
static const SourceRows absent = {"月报", NULL, NULL, NULL, NULL, 2, 0, 0};

typedef struct Case {
    const SourceRows *sources[3];
    bool all;
    const char *chinese, *english;
} Case;

static const Case cases[] = {
    {{NULL}, true, "", ""},
    {{&cell}, true, "月报/5.csv C8", "月报/5.csv C8"},
    {{&column}, true, "月报/5.csv C2—C18，17行", "月报/5.csv C2—C18, 17 rows"},
    {{&some}, true, "月报/6.csv C2—C18中5行", "月报/6.csv C2—C18, 5 of the rows"},
    {{&one}, true, "月报/6.csv C4", "月报/6.csv C4"},
    {{&rows}, true, "台账.csv 第2—4行，3行", "台账.csv rows 2—4, 3 rows"},
    {{&row}, true, "台账.csv 第9行", "台账.csv row 9"},
    {{&none}, true, "台账.csv 没有这样的行", "台账.csv, no such row"},
    {{&absent}, true, "月报 没有报的2个", "月报, 2 not reported"},
    {{&cell, &one}, false, "月报/5.csv C8；月报/6.csv C4", "月报/5.csv C8; 月报/6.csv C4"},
    {{&column, &some, &one}, false, "月报/5.csv等3处，共23行",
        "月报/5.csv and others, 3 in all, 23 rows"},
    {{&cell, &one, &row}, true, "月报/5.csv C8；月报/6.csv C4；台账.csv 第9行",
        "月报/5.csv C8; 月报/6.csv C4; 台账.csv row 9"},
};

static void test_sources(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SourceRows sources[3];
        Provenance figure = {.sources = sources};
        for (; figure.source_count < 3 && cases[i].sources[figure.source_count];
             figure.source_count++)
            sources[figure.source_count] = *cases[i].sources[figure.source_count];
        assert_string_equal(
            field_source(arena, &figure, cases[i].all, DIAG_CHINESE), cases[i].chinese);
        assert_string_equal(
            field_source(arena, &figure, cases[i].all, DIAG_ENGLISH), cases[i].english);
    }
    arena_free(arena);
}

static Entry overruled_entry(Provenance *figure, Overruled *said)
{
    *said = (Overruled){"675.2吨", "两车漏过磅，\"补\"记\n", "张书记", NULL};
    *figure = (Provenance){.expression = "月报.垃圾|约数",
        .kind = FIGURE_NUMBER,
        .manner = MANNER_FLOW,
        .claim = "c",
        .value = {6800, 1},
        .unit = "吨",
        .exact = "680吨",
        .period = "2024年6月",
        .has_previous = true,
        .previous = {6379, 1},
        .previous_exact = "637.9吨",
        .sources = &column,
        .source_count = 1,
        .overruled = said};
    return (Entry){.number = 3,
        .place = "第1段第1数",
        .context = "清理［680］吨",
        .printed = "680",
        .figure = figure};
}

static void test_fields(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance figure;
    Overruled said;
    Entry computed = overruled_entry(&figure, &said);
    Entry typed = {.origin = ENTRY_TYPED, .place = "标题", .typed = {35, 1}, .typed_unit = "万元"};
    const SheetFacts facts = {.period = "2024年6月", .template_name = "t.xml"};
    static const struct {
        SheetField field;
        const char *computed, *typed;
    } wanted[] = {{FIELD_NUMBER, "3", "0"}, {FIELD_ORIGIN, "改定", "手写"},
        {FIELD_EXACT, "680吨", ""}, {FIELD_VALUE, "680", "3.5"}, {FIELD_UNIT, "吨", "万元"},
        {FIELD_PREVIOUS, "637.9吨", ""}, {FIELD_CHANGE, "升6.6%", ""}, {FIELD_FLAG, "", ""},
        {FIELD_COMPUTED, "675.2吨", ""}, {FIELD_WHO, "张书记", ""}, {FIELD_MANNER, "流量", ""},
        {FIELD_TEMPLATE, "", ""}, {FIELD_REPORT, "2024年6月", "2024年6月"},
        {FIELD_PAPER, "t.xml", "t.xml"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_string_equal(
            field_text(arena, &computed, wanted[i].field, &facts), wanted[i].computed);
        assert_string_equal(field_text(arena, &typed, wanted[i].field, &facts), wanted[i].typed);
    }
    figure.overruled = NULL;
    figure.missing = true;
    assert_string_equal(field_text(arena, &computed, FIELD_ORIGIN, &facts), "缺");
    assert_string_equal(field_text(arena, &computed, FIELD_VALUE, &facts), "");
    arena_free(arena);
}

/* Every column has a head of its own in both languages: a sheet is read back by them. */
static void test_heads(void **state)
{
    (void)state;
    for (int language = DIAG_CHINESE; language <= DIAG_ENGLISH; language++)
        for (int i = 0; i < FIELD_COUNT; i++)
            for (int k = 0; k < i; k++)
                assert_string_not_equal(field_head((SheetField)i, (DiagLanguage)language),
                    field_head((SheetField)k, (DiagLanguage)language));
}

static void test_json(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance figure;
    Overruled said;
    Entry item = overruled_entry(&figure, &said);
    EntryList list = {&item, 1, 1};
    const SheetFacts facts = {.title = "汇报", .template_name = "t.xml", .period_raw = "2024-06"};
    Buf out = {0};
    sheet_json(arena, &list, &facts, &out);
    assert_non_null(strstr(out.data, "\"reason\":\"两车漏过磅，\\\"补\\\"记\\u000a\""));
    assert_non_null(strstr(out.data, "\"value\":\"680\""));
    assert_non_null(strstr(out.data, "\"rows\":17,\"first\":2,\"last\":18}"));
    assert_non_null(strstr(out.data, "\"flag\":null"));
    assert_null(strstr(out.data, ",}"));
    assert_null(strstr(out.data, ",]"));
    assert_null(strstr(out.data, "{,"));
    assert_null(strstr(out.data, "[,"));
    buf_free(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
