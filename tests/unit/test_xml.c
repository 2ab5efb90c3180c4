#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "markup/xml.h"
#include "printed.h"

static Arena *arena;
static Diags *diags;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diag_new(arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *printed(void)
{
    return diags_printed(arena, diags, DIAG_TEXT);
}

static XmlNode *parse(const char *text)
{
    XmlNode *root = xml_parse(arena, "t.xml", text, strlen(text), diags);
    if (!root)
        fail_msg("%s", printed());
    return root;
}

/* "LINE:COLUMN:END_COLUMN" of a span. */
static const char *where(Span span)
{
    size_t line, column, end_line, end_column;
    source_position(span.source, span.start, &line, &column);
    source_position(span.source, span.end, &end_line, &end_column);
    if (end_line != line)
        return arena_printf(arena, "%zu:%zu-%zu:%zu", line, column, end_line, end_column);
    return arena_printf(arena, "%zu:%zu-%zu", line, column, end_column);
}

static const char *raw(Span span)
{
    return arena_strndup(arena, span.source->text + span.start, span.end - span.start);
}

/* The raw text behind a word of a node's text (attr NULL) or an attribute's value. */
static const char *raw_of(const XmlNode *node, const XmlAttr *attr, const char *word)
{
    const char *text = attr ? attr->value : node->text, *found = strstr(text, word);
    assert_non_null(found);
    size_t from = (size_t)(found - text);
    return raw(xml_span(node, attr, from, from + strlen(word)));
}

/* ---- the tree ---- */

static void test_tree(void **state)
{
    (void)state;
    XmlNode *root = parse("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c -->\n"
                          "<汇报 form=\"公文\" n='\"'>\n 甲<if test=\"a 大于 0\" />乙"
                          "<b>丙</b></汇报>\n<!-- d -->\n");
    assert_int_equal(root->kind, XML_ELEMENT);
    assert_string_equal(root->name, "汇报");
    assert_string_equal(where(root->span), "3:2-4");
    assert_null(root->parent);
    assert_null(root->next);
    assert_int_equal(root->attr_count, 2);
    assert_string_equal(xml_attr_find(root, "form")->value, "公文");
    assert_string_equal(where(xml_attr_find(root, "form")->name_span), "3:5-9");
    assert_string_equal(where(xml_attr_find(root, "form")->value_span), "3:11-13");
    assert_string_equal(xml_attr_find(root, "n")->value, "\"");
    assert_null(xml_attr_find(root, "x"));
    XmlNode *first = root->first, *test = first->next, *second = test->next, *bold = second->next;
    assert_int_equal(first->kind, XML_TEXT);
    assert_string_equal(first->text, "\n 甲");
    assert_string_equal(where(first->span), "3:21-4:3");
    assert_string_equal(test->name, "if");
    assert_string_equal(where(test->span), "4:4-6");
    assert_null(test->first);
    assert_string_equal(second->text, "乙");
    assert_string_equal(bold->first->text, "丙");
    assert_ptr_equal(bold->first->parent, bold);
    assert_ptr_equal(root->last, bold);
}

static void test_byte_order_mark(void **state)
{
    (void)state;
    XmlNode *root = parse("\xEF\xBB\xBF<a>村</a>");
    assert_string_equal(where(root->span), "1:2-3");
    assert_string_equal(root->first->text, "村");
}

/* Names with a prefix stay whole, with or without a declaration; the schema judges them. */
static void test_prefixes(void **state)
{
    (void)state;
    XmlNode *root = parse("<a xmlns='u' xmlns:q='v&amp;' q:c='1' xml:lang='zh'>"
                          "<q:b/><xi:include href='x'/></a>");
    static const char *const expected[][2] = {
        {"xmlns", "u"},
        {"xmlns:q", "v&"},
        {"q:c", "1"},
        {"xml:lang", "zh"},
    };
    assert_int_equal(root->attr_count, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(root->attrs[i].name, expected[i][0]);
        assert_string_equal(root->attrs[i].value, expected[i][1]);
        assert_string_equal(raw(root->attrs[i].name_span), expected[i][0]);
    }
    assert_string_equal(root->first->name, "q:b");
    assert_string_equal(root->last->name, "xi:include");
    assert_string_equal(raw(root->last->span), "xi:include");
}

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *value;
    } cases[] = {
        {"", ""},
        {"a&amp;b", "a&b"},
        {"&#38;", "&"},
        {"&lt;&gt;&quot;&apos;", "<>\"'"},
        {"a\tb\nc\r\nd", "a b c d"},
        {"&#10;&#x4E00;&#20013;", "\n一中"},
        {"大于 > ＜", "大于 > ＜"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        XmlNode *root = parse(arena_printf(arena, "<a b=\"%s\"/>", cases[i].raw));
        assert_string_equal(root->attrs[0].value, cases[i].value);
        assert_string_equal(raw(root->attrs[0].value_span), cases[i].raw);
    }
}

/* ---- decoded → raw ---- */

static void test_spans_in_text(void **state)
{
    (void)state;
    XmlNode *root = parse("<a>\r\n一&lt;<!-- 二 & -->{月&#x4E00;.列}<![CDATA[<&amp;>甲]]>"
                          "<?pi 三?>乙&amp;amp;丙</a>");
    XmlNode *text = root->first;
    assert_null(text->next);
    assert_string_equal(text->text, "\n一<{月一.列}<&amp;>甲乙&amp;丙");
    static const char *const cases[][2] = {
        {"\n", "\r\n"},
        {"一<", "一&lt;"},
        {"<{", "&lt;<!-- 二 & -->{"},
        {"月一", "月&#x4E00;"},
        {"列", "列"},
        {"<&amp;>甲", "<&amp;>甲"},
        {"甲乙", "甲]]><?pi 三?>乙"},
        {"乙&", "乙&amp;"},
        {"amp;丙", "amp;丙"},
        {"丙", "丙"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(raw_of(text, NULL, cases[i][0]), cases[i][1]);
    assert_string_equal(where(xml_span(text, NULL, 1, 4)), "2:1-2");
    /* The ends: nothing, everything, beyond. */
    size_t length = strlen(text->text);
    Span none = xml_span(text, NULL, 1, 1), all = xml_span(text, NULL, 0, length);
    assert_int_equal(none.start, none.end);
    assert_int_equal(none.start, text->span.start + 2);
    assert_memory_equal(&all, &text->span, sizeof all);
    Span beyond = xml_span(text, NULL, length, length + 5);
    assert_int_equal(beyond.start, text->span.end);
    assert_int_equal(beyond.end, text->span.end);
    /* Half a character means the whole. */
    assert_string_equal(raw(xml_span(text, NULL, 2, 3)), "一");
}

static void test_spans_in_values(void **state)
{
    (void)state;
    XmlNode *root = parse("<a\n  test=\"台账|计数 &lt; 5\n且 甲&#x4E59;\" b='&amp;x'/>");
    const XmlAttr *test = xml_attr_find(root, "test");
    assert_string_equal(test->value, "台账|计数 < 5 且 甲乙");
    assert_string_equal(raw_of(root, test, "<"), "&lt;");
    assert_string_equal(raw_of(root, test, "计数"), "计数");
    assert_string_equal(raw_of(root, test, "5 且"), "5\n且");
    assert_string_equal(raw_of(root, test, "乙"), "&#x4E59;");
    size_t from = (size_t)(strstr(test->value, "甲") - test->value);
    assert_string_equal(where(xml_span(root, test, from, from + 3)), "3:3-4");
    assert_string_equal(raw_of(root, xml_attr_find(root, "b"), "x"), "x");
    Span name = xml_span(root, NULL, 0, 5); /* of an element: its name */
    assert_memory_equal(&name, &root->span, sizeof name);
}

/* ---- refusals and syntax ---- */

typedef struct Fault {
    const char *text, *message; /* first line, behind "t.xml:" */
} Fault;

static void assert_faults(const Fault *faults, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        diags = diag_new(arena);
        assert_null(xml_parse(arena, "t.xml", faults[i].text, strlen(faults[i].text), diags));
        assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
        char *line = arena_strdup(arena, printed());
        *strchr(line, '\n') = '\0';
        assert_string_equal(line + (strncmp(line, "t.xml:", 6) == 0 ? 6 : 0), faults[i].message);
    }
}

/* Far into a long text and value, too, the place of each word is exact: asked from the end, where
 * all marks are needed. */
static void test_spans_far_in(void **state)
{
    (void)state;
    enum { WORDS = 500 };
    Buf xml = {0}, value = {0};
    for (int i = 0; i < WORDS; i++) {
        buf_addf(&value, "&lt;村%d&#x4E00; ", i);
        buf_addf(&xml, "&amp;\r\n<![CDATA[<&]]>村%d吨<!-- < -->甲&#65;", i);
    }
    char *text = arena_printf(arena, "<p a=\"%s\">%s<b/></p>", value.data, xml.data);
    const XmlNode *root = parse(text);
    for (int i = WORDS - 1; i >= 0; i--) {
        const char *in_value = arena_printf(arena, "村%d", i);
        const char *in_text = arena_printf(arena, "村%d吨", i), *from;
        size_t length = strlen(in_text);
        assert_non_null(from = strstr(root->first->text, in_text));
        size_t start = (size_t)(from - root->first->text);
        assert_string_equal(raw(xml_span(root->first, NULL, start, start + length)), in_text);
        assert_string_equal(raw(xml_span(root->first, NULL, start - 3, start - 2)), "\r\n");
        assert_non_null(from = strstr(root->attrs[0].value, in_value));
        start = (size_t)(from - root->attrs[0].value);
        length = strlen(in_value);
        assert_string_equal(raw(xml_span(root, root->attrs, start, start + length)), in_value);
        assert_string_equal(raw(xml_span(root, root->attrs, start - 1, start)), "&lt;");
    }
    buf_free(&xml);
    buf_free(&value);
}

static void test_refusals(void **state)
{
    (void)state;
    static const Fault faults[] = {
        {"<a>\n\xB4\xE5</a>", "2:1: 错误 E100: 模板须存为 UTF-8，从这里起的内容不是"},
        {"\xFF\xFE<", "1:1: 错误 E100: 模板须存为 UTF-8，从这里起的内容不是"},
        {"<?xml version='1.0' encoding='GB2312'?><a/>",
            "1:31: 错误 E101: 模板须存为 UTF-8，不能声明为 GB2312"},
        {"<!-- <!DOCTYPE x> -->\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "2:1: 错误 E102: 模板里不能有 DOCTYPE（文档类型声明、自定义实体）"},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "1:1: 错误 E102: 模板里不能有 DOCTYPE（文档类型声明、自定义实体）"},
        {"<?xml-model href='m'?>\n <?xml-stylesheet href='s'?><a/>",
            "2:2: 错误 E103: 模板里不能有处理指令 <?xml-stylesheet?>"},
    };
    assert_faults(faults, sizeof faults / sizeof *faults);
    diags = diag_new(arena);
    assert_null(xml_parse(arena, "t.xml", "<a>\0</a>", 8, diags));
    assert_non_null(strstr(printed(), "t.xml:1:4: 错误 E197: XML 里不能有控制字符 U+0000"));
}

static void test_syntax(void **state)
{
    (void)state;
    static const Fault faults[] = {
        {"", "wenyin: 错误 E187: 文件“t.xml”是空的，没有任何元素"},
        {" \n<!-- x -->", "wenyin: 错误 E187: 文件“t.xml”是空的，没有任何元素"},
        {"\n 甲<a/>", "2:2: 错误 E178: 根元素之前不能有文字"},
        {"<a/>\n甲", "2:1: 错误 E188: 根元素 <a> 结束之后不能再有内容"},
        {"<a/><b/>", "1:5: 错误 E188: 根元素 <a> 结束之后不能再有内容"},
        {" <?xml version='1.0'?><a/>", "1:2: 错误 E198: <?xml …?> 须在文件最开头"},
        {"<a>\r\n村<if test='x'>二</p></a>",
            "2:18: 错误 E180: 结束标记 </p> 与 <if>（第 2 行）不配对"},
        {"<a>\n<b>\n村", "2:2: 错误 E181: <b> 没有结束标记 </b>"},
        {"<a>\n<b", "2:1: 错误 E189: 标记 <b> 没有写完，缺少“>”"},
        {"<a><b <c/></b></a>", "1:4: 错误 E189: 标记 <b> 没有写完，缺少“>”"},
        {"<a>村</a", "1:5: 错误 E189: 标记 </a> 没有写完，缺少“>”"},
        {"<a>村 < 5</a>", "1:6: 错误 E192: “<”后面须紧跟元素名"},
        {"<a 1='x'/>", "1:4: 错误 E179: <a> 的属性写得不对：属性要写成 名=\"值\"，之间用空格隔开"},
        {"<a b='1'c='2'/>",
            "1:9: 错误 E179: <a> 的属性写得不对：属性要写成 名=\"值\"，之间用空格隔开"},
        {"<a b='1' c='2'\n b='3'/>", "2:2: 错误 E186: <a> 的属性 b 写了两次"},
        {"<a b c='1'/>", "1:4: 错误 E190: 属性 b 没有值"},
        {"<a 村=1/>", "1:6: 错误 E191: 属性 村 的值须放在半角引号里"},
        {"<a b='1' c=“2”/>", "1:12: 错误 E191: 属性 c 的值须放在半角引号里"},
        {"<a>\n<p when='x>\n<b/></p></a>", "2:9: 错误 E182: 属性 when 的引号没有关闭"},
        {"<a b='", "1:6: 错误 E182: 属性 b 的引号没有关闭"},
        {"<a><p when='村 < 3'/></a>", "1:15: 错误 E183: 属性 when 的值里不能直接写“<”"},
        {"<a>村 & 镇</a>", "1:6: 错误 E184: “&”不能单独写"},
        {"<a>村&b 镇</a>", "1:5: 错误 E184: “&”不能单独写"},
        {"<a b='村&'/>", "1:8: 错误 E184: “&”不能单独写"},
        {"<a>村&nbsp;镇</a>", "1:5: 错误 E185: 没有名为 &nbsp; 的实体"},
        {"<a b='&x;'/>", "1:7: 错误 E185: 没有名为 &x; 的实体"},
        {"<a>&#0;</a>", "1:4: 错误 E185: 没有名为 &#0; 的实体"},
        {"<a>&#xG;</a>", "1:4: 错误 E185: 没有名为 &#xG; 的实体"},
        {"<a>村\x01</a>", "1:5: 错误 E197: XML 里不能有控制字符 U+0001"},
        {"<a b='\x1F'/>", "1:7: 错误 E197: XML 里不能有控制字符 U+001F"},
        {"<a>村]]></a>", "1:5: 错误 E193: “]]>”不能出现在文字里"},
        {"<a><!-- <![CDATA[ -->\n<![CDATA[ x</a>", "2:1: 错误 E196: CDATA 没有结束，缺少“]]>”"},
        {"<a>\n <!-- x</a>", "2:2: 错误 E194: 注释没有结束，缺少“-->”"},
        {"<a><!-- 村 -- x --></a>", "1:11: 错误 E195: 注释里不能有“--”"},
        {"<a><? x?></a>", "1:6: 错误 E199: XML 语法错误：xmlParsePI : no target name"},
    };
    assert_faults(faults, sizeof faults / sizeof *faults);
}

static void test_hints(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<a b=“1”/>", "提示: 这里用了中文引号 “ ，请改用半角的 \""},
        {"<a b='x < 1'/>", "提示: 写成 &lt;，比较大小可用 小于 或 ＜"},
        {"<a>\xB4\xE5</a>", "提示: 用记事本打开，“另存为”时编码选“UTF-8”"},
        {"<a>&</a>", "提示: 写成 &amp;"},
        {"<a>&nbsp;</a>", "提示: 只有 &lt; &gt; &amp; &quot; &apos; 和 &#…; 可用"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags = diag_new(arena);
        assert_null(xml_parse(arena, "t.xml", cases[i][0], strlen(cases[i][0]), diags));
        assert_non_null(strstr(printed(), cases[i][1]));
    }
}

/* ---- limits: the last that passes, the first that does not ---- */

static void repeat(Buf *buf, const char *piece, int count)
{
    for (int i = 0; i < count; i++)
        buf_adds(buf, piece);
}

/* Parses what `buf` holds and frees it; `message` NULL: it passes. */
static void assert_limit(Buf *buf, const char *message)
{
    diags = diag_new(arena);
    XmlNode *root = xml_parse(arena, "t.xml", buf->data, buf->length, diags);
    buf_free(buf);
    assert_int_equal(root == NULL, message != NULL);
    if (message)
        assert_non_null(strstr(printed(), message));
}

static void test_depth(void **state)
{
    (void)state;
    static const struct {
        int depth;
        const char *message;
    } cases[] = {
        {LIMIT_TEMPLATE_DEPTH, NULL},
        {LIMIT_TEMPLATE_DEPTH + 1, "t.xml:1:194: 错误 E107: <a> 嵌套到第 65 层，上限 64 层"},
        {100000, "t.xml:1:194: 错误 E107: <a> 嵌套到第 65 层，上限 64 层"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf text = {0};
        repeat(&text, "<a>", cases[i].depth);
        repeat(&text, "</a>", cases[i].depth);
        assert_limit(&text, cases[i].message);
    }
}

static void test_elements(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        Buf text = {0};
        buf_adds(&text, "<a>");
        repeat(&text, "<b/>", LIMIT_TEMPLATE_ELEMENTS - 1 + over);
        buf_adds(&text, "</a>");
        assert_limit(&text, over ? "E105: 元素已有 100001 个，上限 100000 个" : NULL);
    }
}

static void test_attributes(void **state)
{
    (void)state;
    static const struct {
        int count;
        const char *message;
    } cases[] = {
        {LIMIT_TEMPLATE_ATTRIBUTES, NULL},
        {LIMIT_TEMPLATE_ATTRIBUTES + 1, "t.xml:1:2: 错误 E106: <村> 有 65 个属性，上限 64 个"},
        {300000,
            "t.xml:1:2: 错误 E106: <村> 有 4097 个属性，上限 64 个"}, /* at once, not quadratic */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf text = {0};
        buf_adds(&text, "<村");
        for (int a = 0; a < cases[i].count; a++)
            buf_addf(&text, " a%d=''", a);
        buf_adds(&text, "/>");
        assert_limit(&text, cases[i].message);
    }
}

static void test_bytes(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        Buf text = {0};
        buf_adds(&text, "<a>");
        repeat(&text, "        ", (LIMIT_TEMPLATE_BYTES - 8) / 8);
        buf_adds(&text, over ? "  </a>" : " </a>");
        assert_limit(&text, over ? "E104: 文件“t.xml”有 8388609 字节，上限 8388608 字节" : NULL);
    }
}

/* ---- files ---- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_load_fails(const char *path, const char *message)
{
    diags = diag_new(arena);
    assert_null(xml_load(arena, path, diags));
    assert_string_equal(printed(), message);
}

static void test_load(void **state)
{
    (void)state;
    char folder[] = "/tmp/wenyin-xml-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *good = arena_printf(arena, "%s/汇报.xml", folder);
    char pipe[sizeof folder + 5];
    snprintf(pipe, sizeof pipe, "%s/pipe", folder);
    write_file(good, "<a>村</a>\n");
    XmlNode *root = xml_load(arena, good, diags);
    assert_non_null(root);
    assert_string_equal(root->span.source->name, "汇报.xml");
    assert_string_equal(root->first->text, "村");
    write_file(good, "<a>");
    assert_load_fails(
        good, "汇报.xml:1:2: 错误 E181: <a> 没有结束标记 </a>\n    1 |  <a>\n      |   ^\n");
    write_file(good, "");
    assert_load_fails(good, "wenyin: 错误 E187: 文件“汇报.xml”是空的，没有任何元素\n");
    assert_load_fails(folder, arena_printf(arena, "wenyin: 错误 E109: “%s”不是普通文件\n", folder));
    assert_int_equal(mkfifo(pipe, 0600), 0); /* must not wait for a writer */
    assert_load_fails(pipe, arena_printf(arena, "wenyin: 错误 E109: “%s”不是普通文件\n", pipe));
    unlink(pipe);
    unlink(good);
    assert_load_fails(good,
        arena_printf(arena, "wenyin: 错误 E108: 打不开文件“%s”：没有这个文件或文件夹\n", good));
    rmdir(folder);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_tree),
        TEST(test_byte_order_mark),
        TEST(test_prefixes),
        TEST(test_values),
        TEST(test_spans_in_text),
        TEST(test_spans_in_values),
        TEST(test_spans_far_in),
        TEST(test_refusals),
        TEST(test_syntax),
        TEST(test_hints),
        TEST(test_depth),
        TEST(test_elements),
        TEST(test_attributes),
        TEST(test_bytes),
        TEST(test_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
