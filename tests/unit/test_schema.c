/* What a template may hold: faults of structure, each with its code and place, and what must pass.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "template/schema.h"
#include "template/schema_table.h"

static const struct {
    const char *xml, *faults; /* "column code" of each, all in line 1 */
} cases[] = {
    {"<report form='汇报'><p>甲</p></report>", ""},
    {"<report form='paper' period='月 季' version='1'/>", ""},
    {"<report form='汇报' period='2024-06'/>", ""},
    {"<report form='汇报' xmlns:xsi='x' xsi:noNamespaceSchemaLocation='wenyin.xsd'/>", ""},
    {"<reprot/>", "2 E119"},
    {"<report/>", "2 E113"},
    {"<report form='公文'/>", "15 E118"},
    {"<report form='汇告'/>", "15 E114"},
    {"<report form='汇报' period='天'/>", "27 E114"},
    {"<report form='汇报' version='2'/>", "28 E114"},
    {"<report form='汇报'><para/></report>", "20 E110"},
    {"<report form='汇报'><para><p algin='右'/></para></report>", "20 E110, 28 E111"},
    {"<report form='汇报'>字<p/></report>", "19 E115"},
    {"<report form='汇报'>　\n </report>", ""},
    {"<report form='汇报'><p><p/></p></report>", "23 E112"},
    {"<report form='汇报'><p>甲<if test='1'>乙<else>丙</else></if></p></report>", ""},
    {"<report form='汇报'><if test='1'>乙</if></report>", "32 E115"},
    {"<report form='汇报'><if test='1'><p/><else><p/></else><p/></if></report>", "37 E122"},
    {"<report form='汇报'><if test='1'><else/><else test='1'/></if></report>", "33 E122"},
    {"<report form='汇报'><if test='1'><else test='1'/><else/></if></report>", ""},
    {"<report form='汇报'><p><else/></p></report>", "23 E112"},
    {"<report form='汇报'><p>甲<note><b>乙</b></note></p></report>", ""},
    {"<report form='汇报'><p><note><b><note/></b></note></p></report>", "32 E112"},
    {"<report form='汇报'><p><list kind='(1)'><each of='t'><item/></each></list></p></report>", ""},
    {"<report form='汇报'><list kind='无'><each of='t'><p/></each></list></report>", "48 E112"},
    {"<report form='汇报'><p/><data/></report>", "24 E126"},
    {"<report form='汇报'><data><csv id='a'/></data></report>", "26 E113"},
    {"<report form='汇报'><data><csv id='a' files='a' missing='零'/></data></report>", "47 E117"},
    {"<report form='汇报'><data><query id='a'>SELECT 1</query></data></report>", "26 E116"},
    {"<report form='汇报'><table of='t'><col value='a'/><tr/></table></report>", "20 E127"},
    {"<report form='汇报'><table><tr><td/></tr></table></report>", ""},
    {"<report form='汇报'><table><col value='a'/></table></report>", "20 E113"},
    {"<report form='汇报'><table of='t'><colgroup head='a'><col/></colgroup></table></report>",
        "53 E113"},
    {"<report form='汇报'><table of='t'/></report>", "20 E127"},
    {"<report form='汇报'><table cols='3字 * 2cm'><tr><td/></tr></table></report>", ""},
    {"<report form='汇报'><table cols='3字,x'><tr><td/></tr></table></report>", "32 E121"},
    {"<report form='汇报'><table><tr><td colspan='0'/></tr></table></report>", "43 E120"},
    {"<report form='汇报'><p indent='两字'/></report>", "30 E121"},
    {"<report form='汇报'><p when=' '/></report>", "28 E114"},
    {"<report form='汇报'><chart kind='雷达' of='t' by='a' value='b'/></report>", "32 E118"},
    {"<report form='汇报'><chart kind='bar' of='t'/></report>", "20 E113, 20 E113"},
    {"<report form='汇报'><title/><p/><title/></report>", "32 E602"},
    {"<report form='汇报'><sign unit='a' date='b'/><sign unit='a' date='b'/></report>", "45 E602"},
    {"<report form='汇报'><if test='1'><to/><else><to/></else></if></report>", ""},
};

/* The places and codes of the messages, in the order printed. */
static char *faults_of(const char *xml, bool *passed)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    XmlNode *root = xml_parse(arena, "t", xml, strlen(xml), diags);
    char *text = NULL, *line, *rest;
    size_t length = 0;
    Buf found = {0};
    assert_non_null(root);
    *passed = schema_check(root, diags);
    FILE *out = open_memstream(&text, &length);
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    buf_add(&found, "", 0);
    for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        const char *code = strstr(line, " E");
        if (strncmp(line, "t:1:", 4) == 0 && code)
            buf_addf(&found, "%s%.*s %.4s", found.length ? ", " : "", (int)strcspn(line + 4, ":"),
                line + 4, code + 1);
    }
    free(text);
    char *result = strndup(found.length ? found.data : "", found.length);
    buf_free(&found);
    arena_free(arena);
    return result;
}

static void test_cases(void **state)
{
    (void)state;
    int failures = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool passed;
        char *faults = faults_of(cases[i].xml, &passed);
        if (strcmp(faults, cases[i].faults) != 0 || passed != !cases[i].faults[0]) {
            print_error("%s: %s, expected %s\n", cases[i].xml, faults, cases[i].faults);
            failures++;
        }
        free(faults);
    }
    assert_int_equal(failures, 0);
}

/* language.md 3: every element of the language is known, so that none of them is taken for a slip
 * of the pen. */
static void test_all_elements(void **state)
{
    static const char *const names[] = {"report", "data", "csv", "query", "set", "param", "check",
        "masthead", "title", "subtitle", "byline", "date", "to", "salutation", "issue", "h1", "h2",
        "h3", "h4", "p", "list", "item", "if", "else", "each", "table", "col", "colgroup", "total",
        "subtotal", "tr", "td", "chart", "figure", "photos", "note", "text", "contents", "ref", "b",
        "br", "tab", "sup", "sub", "include", "landscape", "pagebreak", "keep", "attachment",
        "sign", "annotation", "imprint", "style", "font", "column"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(schema_element_find(names[i]));
    assert_int_equal(schema_element_count(), sizeof names / sizeof *names);
}

static void test_lengths(void **state)
{
    static const struct {
        const char *text;
        long micrometres; /* -1: refused */
    } lengths[] = {{"2字", 11143}, {"2", 11143}, {"0", 0}, {"1.5cm", 15000}, {"25mm", 25000},
        {"72pt", 25400}, {"22 行", 229802}, {"3米", -1}, {"字", -1}, {"", -1}, {"-1", -1},
        {"1.2.3", -1}, {"1e3", -1}};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        double millimetres = 0;
        bool read = length_parse(lengths[i].text, &millimetres);
        assert_int_equal(read, lengths[i].micrometres >= 0);
        if (read)
            assert_int_equal((long)(millimetres * 1000 + 0.5), lengths[i].micrometres);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
        cmocka_unit_test(test_all_elements), cmocka_unit_test(test_lengths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
