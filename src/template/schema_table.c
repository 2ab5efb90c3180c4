#include "template/schema_table.h"

#include <string.h>
#include "base/utf8.h"
#include "document/document.h"

#define OPTIONAL(name, type)                                                                       \
    {                                                                                              \
        name, type, ATTR_OPTIONAL, NULL                                                            \
    }
#define REQUIRED(name, type)                                                                       \
    {                                                                                              \
        name, type, ATTR_REQUIRED, NULL                                                            \
    }
#define ONE_OF(name, choices)                                                                      \
    {                                                                                              \
        name, ATTR_CHOICE, ATTR_OPTIONAL, choices                                                  \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, ATTR_PLAIN, ATTR_OPTIONAL, NULL                                                      \
    }

static const Choice FORMS[] = {{"汇报", "paper", FORM_REPORT}, {"公文", "official", FORM_OFFICIAL},
    {"上行文", "upward", FORM_UPWARD}, {"信函", "letter", FORM_LETTER},
    {"命令", "order", FORM_ORDER}, {"纪要", "minutes", FORM_MINUTES},
    {"简报", "bulletin", FORM_BULLETIN}, {"讲话", "speech", FORM_SPEECH}, {NULL, NULL, 0}};
static const Choice VERSIONS[] = {{"1", NULL, 1}, {NULL, NULL, 0}};
static const Choice YES_NO[] = {
    {"是", "yes", CHOICE_YES}, {"否", "no", CHOICE_NO}, {NULL, NULL, 0}};
static const Choice LEVELS[] = {
    {"错误", "error", LEVEL_ERROR}, {"警告", "warning", LEVEL_WARNING}, {NULL, NULL, 0}};
static const Choice PARAGRAPH_ALIGNS[] = {{"左", "left", ALIGN_LEFT},
    {"居中", "centre", ALIGN_CENTRE}, {"中", "center", ALIGN_CENTRE}, {"右", "right", ALIGN_RIGHT},
    {"两端", "justify", ALIGN_JUSTIFY}, {NULL, NULL, 0}};
static const Choice COLUMN_ALIGNS[] = {{"左", "left", ALIGN_LEFT}, {"居中", "centre", ALIGN_CENTRE},
    {"中", "center", ALIGN_CENTRE}, {"右", "right", ALIGN_RIGHT},
    {"小数点", "decimal", ALIGN_DECIMAL}, {NULL, NULL, 0}};
static const Choice FACES[] = {{"仿宋", "fangsong", ROLE_BODY}, {"黑体", "heiti", ROLE_HEI},
    {"楷体", "kaiti", ROLE_KAI}, {"宋体", "songti", ROLE_SONG},
    {"小标宋", "xiaobiaosong", ROLE_TITLE}, {NULL, NULL, 0}};
static const Choice FONT_ROLES[] = {{"正文", "body", ROLE_BODY}, {"仿宋", "fangsong", ROLE_BODY},
    {"标题", "title", ROLE_TITLE}, {"小标宋", "xiaobiaosong", ROLE_TITLE},
    {"黑体", "heiti", ROLE_HEI}, {"楷体", "kaiti", ROLE_KAI}, {"宋体", "songti", ROLE_SONG},
    {"楷体粗", "kaiti-bold", ROLE_KAI_BOLD}, {"仿宋粗", "fangsong-bold", ROLE_BODY_BOLD},
    {NULL, NULL, 0}};
static const Choice ORIENTATIONS[] = {{"自动", "auto", ORIENT_AUTO},
    {"竖", "portrait", ORIENT_PORTRAIT}, {"横", "landscape", ORIENT_LANDSCAPE}, {NULL, NULL, 0}};
static const Choice ATTENDANCE_KINDS[] = {
    {"出席", "present", 0}, {"请假", "absent", 1}, {"列席", "observing", 2}, {NULL, NULL, 0}};
static const Choice LIST_KINDS[] = {{"一是", NULL, LIST_FIRST_IS}, {"一要", NULL, LIST_FIRST_MUST},
    {"一", NULL, LIST_HAN}, {"（一）", NULL, LIST_HAN_BRACKET}, {"1.", NULL, LIST_DIGIT},
    {"（1）", NULL, LIST_DIGIT_BRACKET}, {"①", NULL, LIST_CIRCLED}, {"首先", NULL, LIST_FIRSTLY},
    {"无", NULL, LIST_NONE}, {NULL, NULL, 0}};
static const Choice CHART_KINDS[] = {{"柱", "bar", CHART_BAR}, {"条形", "hbar", CHART_HBAR},
    {"堆叠", "stacked", CHART_STACKED}, {"百分比堆叠", "percent", CHART_PERCENT},
    {"折线", "line", CHART_LINE}, {"组合", "combo", CHART_COMBO}, {"饼", "pie", CHART_PIE},
    {"环形", "donut", CHART_DONUT}, {"进度", "bullet", CHART_BULLET}, {"热力", "heat", CHART_HEAT},
    {"雷达", "radar", CHART_RADAR}, {NULL, NULL, 0}};
static const Choice SPARK_KINDS[] = {
    {"折线", "line", CHART_LINE}, {"柱", "bar", CHART_BAR}, {NULL, NULL, 0}};
static const Choice PALETTES[] = {{"灰度", "grey", PALETTE_GREY},
    {"彩色", "colour", PALETTE_COLOUR}, {"单色", "mono", PALETTE_MONO}, {NULL, NULL, 0}};

/* data/declare.c reads these words too, for the data folder knows no schema. */
static const Choice DUPLICATES[] = {{"报错", "error", 0}, {"首条", "first", 0}, {"末条", "last", 0},
    {"相加", "sum", 0}, {NULL, NULL, 0}};
static const Choice EMPTIES[] = {{"空", "empty", 0}, {"零", "zero", 0}, {NULL, NULL, 0}};
static const Choice COLUMN_EMPTIES[] = {
    {"空", "empty", 0}, {"零", "zero", 0}, {"同上", "ditto", 0}, {NULL, NULL, 0}};
static const Choice COLUMN_TYPES[] = {{"文字", "text", 0}, {"数", "number", 0}, {"日期", "date", 0},
    {"月份", "month", 0}, {NULL, NULL, 0}};
static const Choice COLUMN_KINDS[] = {{"流量", "flow", 0}, {"存量", "stock", 0},
    {"比率", "ratio", 0}, {"评分", "score", 0}, {"目标", "target", 0}, {"文本", "text", 0},
    {"日期", "date", 0}, {NULL, NULL, 0}};
static const Choice DIRECTIONS[] = {{"升", "up", 0}, {"降", "down", 0}, {"无", "none", 0},
    {"高", NULL, 0}, {"低", NULL, 0}, {NULL, NULL, 0}};

static const Choice NUMBERINGS[] = {
    {"通编", "through", NUMBERING_THROUGH}, {"分编", "parts", NUMBERING_PARTS}, {NULL, NULL, 0}};
static const Choice CONTENTS_LEVELS[] = {
    {"1", NULL, 1}, {"2", NULL, 2}, {"3", NULL, 3}, {NULL, NULL, 0}};

static const AttrDef REPORT[] = {{"form", ATTR_CHOICE, ATTR_REQUIRED, FORMS},
    OPTIONAL("period", ATTR_PERIODS), ONE_OF("version", VERSIONS), OPTIONAL("lint-off", ATTR_PLAIN),
    OPTIONAL("each", ATTR_PLAIN), OPTIONAL("when", ATTR_TEST), END};
static const AttrDef DATA[] = {OPTIONAL("catalogue", ATTR_PLAIN), OPTIONAL("roster", ATTR_PLAIN),
    OPTIONAL("targets", ATTR_PLAIN), END};
static const AttrDef CSV[] = {REQUIRED("id", ATTR_PLAIN), REQUIRED("files", ATTR_PLAIN),
    OPTIONAL("period", ATTR_PLAIN), OPTIONAL("key", ATTR_PLAIN), OPTIONAL("encoding", ATTR_PLAIN),
    OPTIONAL("delimiter", ATTR_PLAIN), OPTIONAL("header", ATTR_PLAIN),
    ONE_OF("duplicates", DUPLICATES), ONE_OF("missing", EMPTIES), END};
static const AttrDef COLUMN[] = {REQUIRED("name", ATTR_PLAIN), OPTIONAL("alias", ATTR_PLAIN),
    ONE_OF("type", COLUMN_TYPES), OPTIONAL("unit", ATTR_PLAIN), ONE_OF("kind", COLUMN_KINDS),
    OPTIONAL("decimals", ATTR_PLAIN), ONE_OF("good", DIRECTIONS), OPTIONAL("min", ATTR_PLAIN),
    OPTIONAL("max", ATTR_PLAIN), OPTIONAL("group", ATTR_PLAIN), OPTIONAL("numerator", ATTR_PLAIN),
    OPTIONAL("denominator", ATTR_PLAIN), OPTIONAL("values", ATTR_PLAIN), ONE_OF("required", YES_NO),
    ONE_OF("missing", COLUMN_EMPTIES), END};
static const AttrDef QUERY[] = {
    REQUIRED("id", ATTR_PLAIN), OPTIONAL("period", ATTR_PLAIN), OPTIONAL("key", ATTR_PLAIN), END};
static const AttrDef PARAM[] = {REQUIRED("name", ATTR_PLAIN), OPTIONAL("default", ATTR_PROSE), END};
static const AttrDef SET[] = {REQUIRED("name", ATTR_PLAIN), REQUIRED("value", ATTR_VALUE), END};
static const AttrDef CHECK[] = {
    REQUIRED("test", ATTR_TEST), REQUIRED("message", ATTR_PROSE), ONE_OF("level", LEVELS), END};
static const AttrDef BLOCK[] = {OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef HEADING[] = {ONE_OF("run-in", YES_NO), OPTIONAL("when", ATTR_TEST),
    OPTIONAL("audience", ATTR_PLAIN), OPTIONAL("id", ATTR_PLAIN), END};
static const AttrDef PARAGRAPH[] = {OPTIONAL("indent", ATTR_LENGTH),
    ONE_OF("align", PARAGRAPH_ALIGNS), OPTIONAL("when", ATTR_TEST), ONE_OF("face", FACES),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef LIST[] = {{"kind", ATTR_CHOICE, ATTR_REQUIRED, LIST_KINDS},
    OPTIONAL("sep", ATTR_PROSE), OPTIONAL("end", ATTR_PROSE), OPTIONAL("audience", ATTR_PLAIN),
    END};
static const AttrDef ITEM[] = {OPTIONAL("when", ATTR_TEST), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef IF[] = {REQUIRED("test", ATTR_TEST), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef ELSE[] = {OPTIONAL("test", ATTR_TEST), END};
static const AttrDef EACH[] = {REQUIRED("of", ATTR_ROWS), OPTIONAL("by", ATTR_KEYS),
    OPTIONAL("where", ATTR_TEST), OPTIONAL("when", ATTR_TEST), OPTIONAL("sort", ATTR_SORT),
    OPTIONAL("top", ATTR_TOP), OPTIONAL("join", ATTR_PROSE), OPTIONAL("end", ATTR_PROSE),
    ONE_OF("page", YES_NO), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef TABLE[] = {OPTIONAL("of", ATTR_ROWS), OPTIONAL("by", ATTR_KEYS),
    OPTIONAL("where", ATTR_TEST), OPTIONAL("when", ATTR_TEST), OPTIONAL("sort", ATTR_SORT),
    OPTIONAL("top", ATTR_TOP), OPTIONAL("caption", ATTR_PROSE), OPTIONAL("unit", ATTR_PROSE),
    OPTIONAL("notes", ATTR_PROSE), OPTIONAL("cols", ATTR_LENGTHS),
    ONE_OF("orientation", ORIENTATIONS), OPTIONAL("rows", ATTR_COUNT), OPTIONAL("id", ATTR_PLAIN),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef COL[] = {OPTIONAL("head", ATTR_PROSE), OPTIONAL("value", ATTR_VALUE),
    OPTIONAL("unit", ATTR_PROSE), ONE_OF("align", COLUMN_ALIGNS), OPTIONAL("width", ATTR_LENGTH),
    ONE_OF("merge", YES_NO), ONE_OF("bar", YES_NO), ONE_OF("spark", SPARK_KINDS),
    OPTIONAL("of", ATTR_ROWS), OPTIONAL("by", ATTR_KEYS), END};
static const AttrDef COLGROUP[] = {REQUIRED("head", ATTR_PROSE), END};
static const AttrDef TOTAL[] = {OPTIONAL("label", ATTR_PROSE), ONE_OF("page", YES_NO), END};
static const AttrDef SUBTOTAL[] = {REQUIRED("by", ATTR_KEYS), OPTIONAL("label", ATTR_PROSE), END};
static const AttrDef TD[] = {OPTIONAL("colspan", ATTR_COUNT), OPTIONAL("rowspan", ATTR_COUNT), END};
static const AttrDef CHART[] = {{"kind", ATTR_CHOICE, ATTR_REQUIRED, CHART_KINDS},
    OPTIONAL("of", ATTR_ROWS), OPTIONAL("query", ATTR_ROWS), REQUIRED("by", ATTR_KEYS),
    REQUIRED("value", ATTR_VALUES), OPTIONAL("line", ATTR_VALUES), OPTIONAL("target", ATTR_VALUE),
    OPTIONAL("where", ATTR_TEST), OPTIONAL("when", ATTR_TEST), OPTIONAL("series", ATTR_KEYS),
    OPTIONAL("sort", ATTR_SORT), OPTIONAL("top", ATTR_TOP), OPTIONAL("caption", ATTR_PROSE),
    OPTIONAL("unit", ATTR_PROSE), OPTIONAL("line-unit", ATTR_PROSE), ONE_OF("labels", YES_NO),
    OPTIONAL("height", ATTR_LENGTH), ONE_OF("stack", YES_NO), ONE_OF("palette", PALETTES),
    ONE_OF("average", YES_NO), ONE_OF("extremes", YES_NO), OPTIONAL("source", ATTR_PROSE),
    ONE_OF("pair", YES_NO), OPTIONAL("id", ATTR_PLAIN), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef SIGN[] = {OPTIONAL("unit", ATTR_PROSE), REQUIRED("date", ATTR_PROSE),
    OPTIONAL("seal", ATTR_LENGTH), OPTIONAL("post", ATTR_PROSE), OPTIONAL("stamp", ATTR_LENGTH),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef MASTHEAD[] = {REQUIRED("issuer", ATTR_PROSE), OPTIONAL("suffix", ATTR_PROSE),
    OPTIONAL("number", ATTR_PROSE), OPTIONAL("copy", ATTR_PROSE), OPTIONAL("secrecy", ATTR_PROSE),
    OPTIONAL("urgency", ATTR_PROSE), OPTIONAL("signatory", ATTR_PROSE),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef ISSUE[] = {REQUIRED("name", ATTR_PROSE), OPTIONAL("number", ATTR_PROSE),
    OPTIONAL("total", ATTR_PROSE), OPTIONAL("editor", ATTR_PROSE), OPTIONAL("date", ATTR_PROSE),
    OPTIONAL("secrecy", ATTR_PROSE), OPTIONAL("copy", ATTR_PROSE), OPTIONAL("audience", ATTR_PLAIN),
    END};
static const AttrDef ATTENDANCE[] = {
    {"kind", ATTR_CHOICE, ATTR_REQUIRED, ATTENDANCE_KINDS}, OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef IMPRINT[] = {OPTIONAL("to", ATTR_PROSE), OPTIONAL("copy-to", ATTR_PROSE),
    OPTIONAL("report-to", ATTR_PROSE), OPTIONAL("send-to", ATTR_PROSE),
    OPTIONAL("issue-to", ATTR_PROSE), OPTIONAL("issuer", ATTR_PROSE), OPTIONAL("date", ATTR_PROSE),
    OPTIONAL("disclosure", ATTR_PROSE), OPTIONAL("copies", ATTR_PROSE),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef ATTACHMENT[] = {REQUIRED("title", ATTR_PROSE), ONE_OF("separate", YES_NO),
    OPTIONAL("id", ATTR_PLAIN), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef SLIP[] = {
    REQUIRED("title", ATTR_PROSE), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef FIGURE[] = {REQUIRED("src", ATTR_PROSE), OPTIONAL("width", ATTR_LENGTH),
    OPTIONAL("caption", ATTR_PROSE), OPTIONAL("id", ATTR_PLAIN), OPTIONAL("audience", ATTR_PLAIN),
    END};
static const AttrDef PHOTOS[] = {REQUIRED("of", ATTR_ROWS), REQUIRED("before", ATTR_VALUE),
    OPTIONAL("after", ATTR_VALUE), OPTIONAL("where", ATTR_TEST), OPTIONAL("sort", ATTR_SORT),
    OPTIONAL("top", ATTR_TOP), OPTIONAL("caption", ATTR_PROSE), OPTIONAL("per-page", ATTR_COUNT),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef CONTENTS[] = {OPTIONAL("title", ATTR_PROSE), ONE_OF("levels", CONTENTS_LEVELS),
    OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef TEXT_FILE[] = {REQUIRED("src", ATTR_PROSE), ONE_OF("values", YES_NO),
    OPTIONAL("when", ATTR_TEST), OPTIONAL("audience", ATTR_PLAIN), END};
static const AttrDef REF[] = {REQUIRED("to", ATTR_PLAIN), END};
static const AttrDef INCLUDE[] = {OPTIONAL("href", ATTR_PLAIN), END};
/* typesetting.md 16, by its names */
static const AttrDef STYLE[] = {/* flat table */
    OPTIONAL("body_size", ATTR_PROSE), OPTIONAL("cell", ATTR_PROSE), OPTIONAL("pitch", ATTR_PROSE),
    OPTIONAL("lines", ATTR_PROSE), OPTIONAL("chars", ATTR_PROSE), OPTIONAL("gap_mode", ATTR_PROSE),
    OPTIONAL("red", ATTR_PROSE), OPTIONAL("redline_mm", ATTR_PROSE),
    OPTIONAL("mark_size", ATTR_PROSE), OPTIONAL("pageno_indent", ATTR_PROSE),
    OPTIONAL("pageno_pos", ATTR_PROSE), OPTIONAL("dash_ref", ATTR_PROSE),
    OPTIONAL("banji_even", ATTR_PROSE), OPTIONAL("mirror", ATTR_PROSE),
    OPTIONAL("bold_level", ATTR_PROSE), OPTIONAL("digits", ATTR_PROSE),
    OPTIONAL("jinze", ATTR_PROSE), OPTIONAL("hang", ATTR_PROSE), OPTIONAL("orphan_min", ATTR_PROSE),
    OPTIONAL("widow", ATTR_PROSE), OPTIONAL("fuzhu_gap", ATTR_PROSE), OPTIONAL("fit", ATTR_PROSE),
    OPTIONAL("letter_fill", ATTR_PROSE), OPTIONAL("font_strict", ATTR_PROSE),
    OPTIONAL("read_aloud", ATTR_PROSE), OPTIONAL("running_head", ATTR_PROSE), END};
static const AttrDef FONT[] = {
    {"role", ATTR_CHOICE, ATTR_REQUIRED, FONT_ROLES}, REQUIRED("file", ATTR_PLAIN), END};

/* language.md 8 */
static const AttrDef BUNDLE[] = {REQUIRED("title", ATTR_PROSE), OPTIONAL("period", ATTR_PERIODS),
    ONE_OF("numbering", NUMBERINGS), ONE_OF("running-head", YES_NO), ONE_OF("version", VERSIONS),
    END};
static const AttrDef PART[] = {REQUIRED("template", ATTR_PLAIN), OPTIONAL("title", ATTR_PROSE),
    OPTIONAL("period", ATTR_PLAIN), OPTIONAL("each", ATTR_PLAIN), OPTIONAL("audience", ATTR_PLAIN),
    END};
static const AttrDef PDF[] = {REQUIRED("src", ATTR_PROSE), OPTIONAL("title", ATTR_PROSE), END};
static const AttrDef DIVIDER[] = {REQUIRED("title", ATTR_PROSE), END};

enum {
    INLINES = GROUP_INLINE | GROUP_NOTE,
    ANYWHERE = GROUP_BLOCK | GROUP_INLINE,
    PAGES = GROUP_BLOCK | GROUP_TURN | GROUP_BREAK
};

static const ElementDef ELEMENTS[] = {
    /* flat table */
    {"report", ELEMENT_REPORT, GROUP_ROOT, GROUP_DATA | GROUP_MAIN | GROUP_ATTACHMENT | PAGES,
        false, false, REPORT},
    {"data", ELEMENT_DATA, GROUP_DATA, GROUP_DECLARATION, false, false, DATA},
    {"csv", ELEMENT_CSV, GROUP_DECLARATION, GROUP_DETAIL, false, false, CSV},
    {"query", ELEMENT_QUERY, GROUP_DECLARATION, GROUP_DETAIL, true, false, QUERY},
    {"column", ELEMENT_COLUMN, GROUP_DETAIL, 0, false, false, COLUMN},
    {"param", ELEMENT_PARAM, GROUP_DECLARATION, 0, false, false, PARAM},
    {"set", ELEMENT_SET, GROUP_DECLARATION, 0, false, false, SET},
    {"check", ELEMENT_CHECK, GROUP_DECLARATION, 0, false, false, CHECK},
    {"title", ELEMENT_TITLE, GROUP_MAIN | GROUP_COVER, INLINES, true, false, BLOCK},
    {"byline", ELEMENT_BYLINE, GROUP_MAIN | GROUP_COVER, INLINES, true, false, BLOCK},
    {"date", ELEMENT_DATE, GROUP_MAIN | GROUP_COVER, INLINES, true, false, BLOCK},
    {"to", ELEMENT_TO, GROUP_MAIN, INLINES, true, false, BLOCK},
    {"h1", ELEMENT_H1, GROUP_BLOCK, INLINES, true, false, HEADING},
    {"h2", ELEMENT_H2, GROUP_BLOCK, INLINES, true, false, HEADING},
    {"h3", ELEMENT_H3, GROUP_BLOCK, INLINES, true, false, HEADING},
    {"h4", ELEMENT_H4, GROUP_BLOCK, INLINES, true, false, HEADING},
    {"p", ELEMENT_P, GROUP_BLOCK, INLINES, true, false, PARAGRAPH},
    {"text", ELEMENT_TEXT_FILE, GROUP_BLOCK, 0, false, false, TEXT_FILE},
    {"list", ELEMENT_LIST, ANYWHERE, GROUP_ITEM, false, false, LIST},
    {"item", ELEMENT_ITEM, GROUP_ITEM, INLINES, true, false, ITEM},
    {"if", ELEMENT_IF, ANYWHERE | GROUP_ITEM, GROUP_ELSE, false, true, IF},
    {"else", ELEMENT_ELSE, GROUP_ELSE, GROUP_ELSE, false, true, ELSE},
    {"each", ELEMENT_EACH, ANYWHERE | GROUP_ITEM, 0, false, true, EACH},
    {"table", ELEMENT_TABLE, GROUP_BLOCK, GROUP_COLUMN | GROUP_TABLE_PART, false, false, TABLE},
    {"col", ELEMENT_COL, GROUP_COLUMN, 0, false, false, COL},
    {"colgroup", ELEMENT_COLGROUP, GROUP_TABLE_PART | GROUP_COLUMN, GROUP_COLUMN, false, false,
        COLGROUP},
    {"total", ELEMENT_TOTAL, GROUP_TABLE_PART, 0, false, false, TOTAL},
    {"tr", ELEMENT_TR, GROUP_TABLE_PART, GROUP_CELL, false, false, NULL},
    {"td", ELEMENT_TD, GROUP_CELL, INLINES, true, false, TD},
    {"chart", ELEMENT_CHART, GROUP_BLOCK, 0, false, false, CHART},
    {"note", ELEMENT_NOTE, GROUP_NOTE, GROUP_INLINE, true, false, NULL},
    {"b", ELEMENT_B, GROUP_INLINE, 0, true, true, NULL},
    {"br", ELEMENT_BR, GROUP_INLINE, 0, false, false, NULL},
    {"sign", ELEMENT_SIGN, GROUP_MAIN, 0, false, false, SIGN},
    {"masthead", ELEMENT_MASTHEAD, GROUP_MAIN, 0, false, false, MASTHEAD},
    {"issue", ELEMENT_ISSUE, GROUP_MAIN, 0, false, false, ISSUE},
    {"subtitle", ELEMENT_SUBTITLE, GROUP_MAIN | GROUP_COVER, INLINES, true, false, BLOCK},
    {"salutation", ELEMENT_SALUTATION, GROUP_MAIN, INLINES, true, false, BLOCK},
    {"attendance", ELEMENT_ATTENDANCE, GROUP_MAIN, INLINES, true, false, ATTENDANCE},
    {"annotation", ELEMENT_ANNOTATION, GROUP_MAIN, INLINES, true, false, BLOCK},
    {"imprint", ELEMENT_IMPRINT, GROUP_MAIN, 0, false, false, IMPRINT},
    {"attachment", ELEMENT_ATTACHMENT, GROUP_ATTACHMENT, PAGES, false, false, ATTACHMENT},
    {"slip", ELEMENT_SLIP, GROUP_BLOCK, GROUP_BLOCK, false, false, SLIP},
    {"subtotal", ELEMENT_SUBTOTAL, GROUP_TABLE_PART, 0, false, false, SUBTOTAL},
    {"figure", ELEMENT_FIGURE, GROUP_BLOCK, 0, false, false, FIGURE},
    {"photos", ELEMENT_PHOTOS, GROUP_BLOCK, 0, false, false, PHOTOS},
    {"contents", ELEMENT_CONTENTS, GROUP_MAIN | GROUP_VOLUME, 0, false, false, CONTENTS},
    {"ref", ELEMENT_REF, GROUP_INLINE, 0, false, false, REF},
    {"tab", ELEMENT_TAB, GROUP_INLINE, 0, false, false, NULL},
    {"sup", ELEMENT_SUP, GROUP_INLINE, 0, true, true, NULL},
    {"sub", ELEMENT_SUB, GROUP_INLINE, 0, true, true, NULL},
    /* one whose file could not be had, anywhere */
    {"include", ELEMENT_INCLUDE, ~0u, 0, false, false, INCLUDE},
    {"landscape", ELEMENT_LANDSCAPE, GROUP_TURN, GROUP_BLOCK | GROUP_BREAK, false, false, BLOCK},
    {"pagebreak", ELEMENT_PAGEBREAK, GROUP_BREAK, 0, false, false, BLOCK},
    {"keep", ELEMENT_KEEP, GROUP_BLOCK, GROUP_BLOCK, false, false, BLOCK},
    {"style", ELEMENT_STYLE, GROUP_MAIN | GROUP_COVER, GROUP_FONT, false, false, STYLE},
    {"font", ELEMENT_FONT, GROUP_FONT, 0, false, false, FONT},
    {"bundle", ELEMENT_BUNDLE, GROUP_ROOT, GROUP_DATA | GROUP_VOLUME, false, false, BUNDLE},
    {"cover", ELEMENT_COVER, GROUP_VOLUME, GROUP_COVER | GROUP_BLOCK, false, false, NULL},
    {"part", ELEMENT_PART, GROUP_VOLUME, 0, false, false, PART},
    {"pdf", ELEMENT_PDF, GROUP_VOLUME, 0, false, false, PDF},
    {"divider", ELEMENT_DIVIDER, GROUP_VOLUME, 0, false, false, DIVIDER},
};

size_t schema_element_count(void)
{
    return sizeof ELEMENTS / sizeof *ELEMENTS;
}

const ElementDef *schema_element(size_t index)
{
    return &ELEMENTS[index];
}

const ElementDef *schema_element_find(const char *name)
{
    for (size_t i = 0; i < schema_element_count(); i++)
        if (strcmp(ELEMENTS[i].name, name) == 0)
            return &ELEMENTS[i];
    return NULL;
}

const AttrDef *schema_attr_find(const ElementDef *element, const char *name)
{
    for (const AttrDef *attr = element->attrs; attr && attr->name; attr++)
        if (strcmp(attr->name, name) == 0)
            return attr;
    return NULL;
}

/* The input method gives （1） where an author means (1): both spell the same choice. */
static bool same_folded(const char *a, const char *b)
{
    while (*a && *b)
        if (utf8_fold_width(utf8_next(&a)) != utf8_fold_width(utf8_next(&b)))
            return false;
    return *a == *b;
}

const Choice *schema_choice_find(const AttrDef *attr, const char *text)
{
    for (const Choice *choice = attr->choices; choice->name; choice++)
        if (same_folded(choice->name, text) || (choice->twin && same_folded(choice->twin, text)))
            return choice;
    return NULL;
}
