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
    {"<report form='公文'/>", "15 E604"},
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
    {"<report form='汇报'><data><csv id='a' files='a' missing='半'/></data></report>", "56 E114"},
    {"<report form='汇报'><data><query id='a'>SELECT 1</query></data></report>", ""},
    {"<report form='汇报'><table of='t'><col value='a'/><tr/></table></report>", "20 E127"},
    {"<report form='汇报'><table><tr><td/></tr></table></report>", ""},
    {"<report form='汇报'><table where='1'><tr><td/></tr></table></report>", "20 E127"},
    {"<report form='汇报'><table sort='a'><tr><td/></tr></table></report>", "20 E127"},
    {"<report form='汇报'><table top='3'><tr><td/></tr></table></report>", "20 E127"},
    {"<report form='汇报'><table><subtotal by='a'/><tr><td/></tr></table></report>", "20 E127"},
    {"<report form='汇报'><table><col value='a'/><tr><td/></tr></table></report>", "27 E127"},
    {"<report form='汇报'><table rows='1001'><tr><td/></tr></table></report>", "32 E120"},
    {"<report form='汇报'><p><ref to=''/></p></report>", "31 E114"},
    {"<report form='汇报'><table><col value='a'/></table></report>", "20 E113"},
    {"<report form='汇报'><table of='t'><colgroup head='a'><col/></colgroup></table></report>",
        "53 E113"},
    {"<report form='汇报'><table of='t'/></report>", "20 E127"},
    {"<report form='汇报'><table cols='3字 * 2cm'><tr><td/></tr></table></report>", ""},
    {"<report form='汇报'><table cols='3字,x'><tr><td/></tr></table></report>", "32 E121"},
    {"<report form='汇报'><table><tr><td colspan='0'/></tr></table></report>", "43 E120"},
    {"<report form='汇报'><p indent='两字'/></report>", "30 E121"},
    {"<report form='汇报'><p when=' '/></report>", "28 E114"},
    {"<report form='汇报'><chart kind='雷达' of='t' by='a' value='b'/></report>", ""},
    {"<report form='汇报'><chart kind='柱' query='t' of='t' by='a' value='b'/></report>",
        "35 E694"},
    {"<report form='汇报'><chart kind='柱' by='a' value='b'/></report>", "20 E113"},
    {"<report form='汇报'><chart kind='柱' query='u' by='a' value='b'/></report>", ""},
    {"<report form='汇报'><data><csv id='u' files='u'/></data>"
     "<chart kind='柱' query='u' by='a' value='b'/></report>",
        "78 E695"},
    {"<report form='汇报'><chart kind='bar' of='t'/></report>", "20 E113, 20 E113"},
    {"<report form='汇报'><title/><p/><title/></report>", "32 E602"},
    {"<report form='汇报'><sign unit='a' date='b'/><sign unit='a' date='b'/></report>", "45 E602"},
    {"<report form='汇报'><if test='1'><to/><else><to/></else></if></report>", ""},
    /* what each form must and may have */
    {"<report form='official'><masthead issuer='a'/></report>", ""},
    {"<report form='公文'><issue name='a'/></report>", "20 E603"},
    {"<report form='上行文'><masthead issuer='a'/></report>", "21 E606"},
    {"<report form='上行文'><masthead issuer='a' signatory='b'/></report>", ""},
    {"<report form='公文'><masthead issuer='a' signatory='b'/></report>", "40 E605"},
    {"<report form='汇报'><masthead issuer='a' signatory='b'/></report>", "20 E603"},
    {"<report form='汇报'><if test='1'><imprint/></if></report>", "33 E603"},
    {"<report form='命令'><masthead issuer='a'/><title/><to/></report>", "42 E603, 50 E603"},
    {"<report form='信函'><masthead issuer='a'/><imprint issuer='b'/></report>", "50 E605"},
    {"<report form='纪要'/>", "15 E627"},
    {"<report form='纪要'><issue name='a'/></report>", ""},
    {"<report form='纪要'><issue name='a'/><masthead issuer='a'/></report>", "20 E628"},
    {"<report form='纪要'><if test='1'><issue name='a'/><else><masthead issuer='a'/></else></if>"
     "</report>",
        ""},
    {"<report form='简报'><masthead issuer='a'/></report>", "20 E603"},
    {"<report form='简报'/>", "15 E604"},
    {"<report form='讲话'><to/></report>", "20 E603"},
    {"<report form='讲话'><salutation/><p/></report>", ""},
    /* the order of a paper, and what there is one of */
    {"<report form='汇报'><p/><title/></report>", "24 E607"},
    {"<report form='汇报'><to/><byline/></report>", "25 E607"},
    /* a 简报 has a 按语 above its title, and several pieces */
    {"<report form='简报'><issue name='a'/><p/><title/><byline/><p/></report>", ""},
    {"<report form='简报'><issue name='a'/><title/><date/><p/><title/><date/><p/></report>", ""},
    {"<report form='简报'><issue name='a'/><title/><p/><byline/></report>", "49 E607"},
    {"<report form='简报'><issue name='a'/><title/><date/><date/></report>", "52 E602"},
    {"<report form='简报'><title/><issue name='a'/></report>", "28 E607"},
    {"<report form='简报'><issue name='a'/><attachment title='a'/><p/><title/></report>",
        "60 E607, 64 E607"},
    {"<report form='公文'><title/><masthead issuer='a'/></report>", "28 E607"},
    {"<report form='汇报'><if test='1'><p/><else><title/></else></if></report>", ""},
    {"<report form='汇报'><if test='1'><p/></if><title/></report>", "42 E607"},
    {"<report form='汇报'><sign unit='a' date='b'/><p/></report>", "45 E607"},
    {"<report form='汇报'><p/><sign unit='a' date='b'/><annotation/><pagebreak/><attachment "
     "title='a'/><slip title='b'/></report>",
        ""},
    {"<report form='纪要'><masthead issuer='a'/><to/><imprint to='a'/></report>", "42 E603"},
    {"<report form='简报'><masthead issuer='a' number='1'/><issue name='a'/></report>", "20 E603"},
    {"<report form='汇报'><attachment title='a'/><p/><p/></report>", "43 E607"},
    {"<report form='汇报'><attachment title='a'/><sign unit='a' date='b'/></report>", "43 E607"},
    {"<report form='汇报'><style/><contents/><title/><style/></report>", ""},
    {"<report form='汇报'><contents/><contents/></report>", "31 E602"},
    {"<report form='汇报'><if test='1'><title/></if><if test='1'><title/></if></report>",
        "59 E602"},
    {"<report form='汇报'><if test='1'>"
     "<if test='1'><title/><else/></if><else><if test='1'/><title/></else></if></report>",
        ""},
    {"<report form='汇报'><if test='1'><else test='1'><title/></else><else><title/></else></if>"
     "</report>",
        ""},
    {"<report form='汇报'><each of='t'><title/></each></report>", "33 E112"},
    {"<report form='汇报'><each of='t'><attachment title='a'><p/></attachment></each></report>",
        ""},
    {"<report form='汇报'><keep><style/></keep></report>", "26 E112"},
    {"<report form='汇报'><landscape><keep><landscape/></keep></landscape></report>", "37 E112"},
    {"<report form='汇报'><attachment title='a'><landscape><pagebreak/></landscape></attachment>"
     "</report>",
        ""},
    {"<report form='汇报'><slip title='a'><pagebreak/></slip></report>", "36 E112"},
    {"<report form='汇报'><keep><each of='t' page='是'/></keep></report>", "38 E625"},
    {"<report form='汇报'><keep><each of='t' page='否'/></keep></report>", ""},
    {"<report form='汇报'><p><each of='t' page='yes'/></p></report>", "35 E625"},
    {"<report form='汇报'><attachment title='a'><each of='t' page='是'/></attachment></report>",
        ""},
    {"<report form='汇报'><sign date='a'/></report>", "20 E612"},
    {"<report form='汇报'><sign unit='a' post='b' date='c'/></report>", "20 E612"},
    {"<report form='汇报'><sign post='b' date='c' seal='42mm'/></report>", "43 E626"},
    {"<report form='汇报'><sign unit='b' date='c' stamp='42mm'/></report>", "43 E626"},
    {"<report form='汇报'><sign unit='b' date='c' seal='42'/></report>", ""},
    /* ids and references */
    {"<report form='汇报'><p><ref to='a'/></p></report>", "31 E616"},
    {"<report form='汇报'><p><ref/></p></report>", "23 E113"},
    {"<report form='汇报'><p><ref to='a'/></p><attachment title='a' id='a'/></report>", ""},
    {"<report form='汇报'><data><csv id='a' files='a'/></data><p><ref to='a'/></p></report>",
        "67 E616"},
    {"<report form='汇报'><attachment title='a' id='a'/><attachment title='b' id='a'/></report>",
        "75 E617"},
    {"<report form='汇报'><if test='1'><attachment title='a' id='a'/><else>"
     "<attachment title='b' id='a'/></else></if></report>",
        ""},
    {"<report form='汇报'><style bold='2'/></report>", "26 E111"},
    {"<report form='汇报'><data><csv id='a' files='a'><font role='正文' file='a'/></csv></data>"
     "</report>",
        "48 E112"},
    {"<report form='汇报'><style><font role='隶书' file='a'/></style></report>", "38 E114"},
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
        "sign", "attendance", "annotation", "slip", "imprint", "style", "font", "column",
        "bundle", "cover", "part", "pdf", "divider"};
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
