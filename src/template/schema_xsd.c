#include "template/schema_xsd.h"

#include <string.h>
#include "markup/xml.h"

enum { MOST_PLACES = 64 };

/* What may stand somewhere. An <if> holds what the element round it holds: in each place it is of
 * a type of its own. */
typedef struct Place {
    const char *name;
    bool loop; /* in an each of that element */
    unsigned holds;
    bool text;
} Place;

typedef struct Writer {
    Buf *out;
    Place places[MOST_PLACES];
    int place_count;
} Writer;

/* ---- text ---- */

static void indent(Buf *out, int depth)
{
    buf_addf(out, "%*s", 2 * depth, "");
}

/* `more`: what goes for all attributes of a type; or NULL. */
static void annotate(Buf *out, int depth, const char *text, const char *more)
{
    if (!text)
        return;
    indent(out, depth);
    buf_adds(out, "<xs:annotation><xs:documentation xml:lang=\"zh-CN\">");
    xml_escape(out, text);
    xml_escape(out, more ? more : "");
    buf_adds(out, "</xs:documentation></xs:annotation>\n");
}

/* ---- attributes ---- */

/* The type of the XSD, and how such an attribute is written. */
static const struct {
    AttrType type;
    const char *name, *how;
} TYPES[] = {{ATTR_PROSE, "xs:string", "可以写 {…} 取数。"}, {ATTR_PLAIN, "文字", NULL},
    {ATTR_VALUE, "算式", "直接写算式，不加花括号。"},
    {ATTR_TEST, "算式", "直接写条件，不加花括号。"},
    {ATTR_VALUES, "算式", "直接写算式，几个之间用逗号。"},
    {ATTR_ROWS, "算式", "写表名，可以带挑行的步骤。"}, {ATTR_KEYS, "算式", NULL},
    {ATTR_SORT, "算式", NULL}, {ATTR_COUNT, "个数", NULL}, {ATTR_LENGTH, "长度", NULL},
    {ATTR_LENGTHS, "文字", NULL}, {ATTR_TOP, "前几", NULL}, {ATTR_PERIODS, "文字", NULL}};

static void write_simple_types(Buf *out)
{
    static const struct {
        const char *name, *base, *facet, *value;
    } types[] = {{"文字", "xs:string", "pattern", ".*\\S.*"},
        {"算式", "xs:string", "pattern", ".*\\S.*"},
        {"个数", "xs:positiveInteger", "maxInclusive", "1000"},
        {"长度", "xs:string", "pattern", "[0-9.]+ *(mm|cm|pt|bp|字|行|毫米|厘米|磅)?"},
        {"前几", "xs:string", "pattern", "[0-9０-９]+[\\s　]*(并列)?|.*[{｛].*"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        buf_addf(out,
            "  <xs:simpleType name=\"%s\">\n"
            "    <xs:restriction base=\"%s\"><xs:%s value=\"%s\"/></xs:restriction>\n"
            "  </xs:simpleType>\n",
            types[i].name, types[i].base, types[i].facet, types[i].value);
}

static void write_word(Buf *out, const char *word, const char *text)
{
    buf_adds(out, "          <xs:enumeration value=\"");
    xml_escape(out, word);
    buf_adds(out, text ? "\">\n" : "\"/>\n");
    if (!text)
        return;
    annotate(out, 6, text, NULL);
    buf_adds(out, "          </xs:enumeration>\n");
}

/* （1） may be typed (1); other full-width forms an XSD cannot fold. */
static const char *half_width(const char *word, char folded[32])
{
    static const char *const marks[][2] = {{"（", "("}, {"）", ")"}, {"．", "."}};
    size_t length = 0;
    for (const char *at = word; *at && length < 30;) {
        size_t mark = 0;
        while (mark < 3 && strncmp(at, marks[mark][0], strlen(marks[mark][0])) != 0)
            mark++;
        folded[length++] = mark < 3 ? marks[mark][1][0] : *at;
        at += mark < 3 ? strlen(marks[mark][0]) : 1;
    }
    folded[length] = '\0';
    return strcmp(folded, word) == 0 ? NULL : folded;
}

static void write_choices(Buf *out, const char *element, const AttrDef *attr)
{
    char folded[32];
    buf_adds(out, "      <xs:simpleType>\n        <xs:restriction base=\"xs:string\">\n");
    for (const Choice *choice = attr->choices; choice->name; choice++) {
        const char *text = schema_doc(element, attr->name, choice->name);
        const char *half = half_width(choice->name, folded);
        write_word(out, choice->name, text);
        if (half)
            write_word(out, half, text);
        if (choice->twin)
            write_word(out, choice->twin, text);
    }
    buf_adds(out, "        </xs:restriction>\n      </xs:simpleType>\n");
}

static void write_attribute(Buf *out, const char *element, const AttrDef *attr)
{
    size_t type = 0;
    while (attr->type != ATTR_CHOICE && TYPES[type].type != attr->type)
        type++;
    buf_addf(out, "    <xs:attribute name=\"%s\"", attr->name);
    if (attr->type != ATTR_CHOICE)
        buf_addf(out, " type=\"%s\"", TYPES[type].name);
    buf_adds(out, attr->standing == ATTR_REQUIRED ? " use=\"required\">\n" : ">\n");
    annotate(out, 3, schema_doc(element, attr->name, NULL),
        attr->type == ATTR_CHOICE ? NULL : TYPES[type].how);
    if (attr->type == ATTR_CHOICE)
        write_choices(out, element, attr);
    buf_adds(out, "    </xs:attribute>\n");
}

/* xml:lang, xsi:…: names with a prefix are nobody's business here. */
static void write_attributes(Buf *out, const ElementDef *def)
{
    buf_addf(out, "  <xs:attributeGroup name=\"%s.属性\">\n", def->name);
    for (const AttrDef *attr = def->attrs; attr && attr->name; attr++)
        write_attribute(out, def->name, attr);
    buf_adds(out, "    <xs:anyAttribute namespace=\"##other\" processContents=\"lax\"/>\n"
                  "  </xs:attributeGroup>\n");
}

/* ---- places ---- */

/* Written apart: <data> stands first in its report, <else> last in its if. */
static unsigned without_fixed(unsigned holds)
{
    return holds & ~(unsigned)(GROUP_ELSE | GROUP_DATA);
}

static const Place *place_at(Writer *writer, const char *name, bool loop, unsigned holds, bool text)
{
    holds = without_fixed(holds);
    for (int i = 0; i < writer->place_count; i++)
        if (writer->places[i].holds == holds && writer->places[i].text == text)
            return &writer->places[i];
    Place *place = &writer->places[writer->place_count++];
    *place = (Place){name, loop, holds, text};
    return place;
}

/* In an each there is no room for what there is one of. */
static const Place *place_inside(Writer *writer, const Place *round, const ElementDef *def)
{
    unsigned holds = round->holds & ~(unsigned)(GROUP_MAIN | GROUP_COVER);
    bool loop = def->id == ELEMENT_EACH;
    return loop ? place_at(writer, round->name, true, holds, round->text) : round;
}

static void write_place_name(Buf *out, const Place *place)
{
    buf_addf(out, "%s%s", place->name, place->loop ? ".each" : "");
}

static void write_content(Buf *out, const Place *place, int depth)
{
    indent(out, depth);
    buf_adds(out, "<xs:group ref=\"");
    write_place_name(out, place);
    buf_adds(out, ".内容\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n");
}

/* ---- elements ---- */

static void write_plain_element(Writer *writer, const ElementDef *def)
{
    Buf *out = writer->out;
    bool any = def->id == ELEMENT_INCLUDE;
    const Place *place = without_fixed(def->holds)
                             ? place_at(writer, def->name, false, def->holds, def->text)
                             : NULL;
    buf_addf(out, "  <xs:element name=\"%s\">\n", def->name);
    annotate(out, 2, schema_doc(def->name, NULL, NULL), NULL);
    buf_addf(out, "    <xs:complexType%s>\n", def->text ? " mixed=\"true\"" : "");
    if (place || any)
        buf_adds(out, "      <xs:sequence>\n");
    if (def->holds & GROUP_DATA)
        buf_adds(out, "        <xs:element ref=\"data\" minOccurs=\"0\"/>\n");
    if (place)
        write_content(out, place, 4);
    if (any) /* the root of a file that holds several */
        buf_adds(out, "        <xs:any minOccurs=\"0\" maxOccurs=\"unbounded\" "
                      "processContents=\"lax\"/>\n");
    if (place || any)
        buf_adds(out, "      </xs:sequence>\n");
    buf_addf(out,
        "      <xs:attributeGroup ref=\"%s.属性\"/>\n    </xs:complexType>\n  </xs:element>\n",
        def->name);
}

/* What may stand in the place: the elements of their own by name, those that hold what the place
 * holds with a type made for it. */
static void write_group(Writer *writer, const Place *place)
{
    Buf *out = writer->out;
    buf_adds(out, "  <xs:group name=\"");
    write_place_name(out, place);
    buf_adds(out, ".内容\">\n    <xs:choice>\n");
    for (size_t i = 0; i < schema_element_count(); i++) {
        const ElementDef *def = schema_element(i);
        if (!(def->counts_as & place->holds))
            continue;
        if (!def->transparent) {
            buf_addf(out, "      <xs:element ref=\"%s\"/>\n", def->name);
            continue;
        }
        buf_addf(out, "      <xs:element name=\"%s\" type=\"", def->name);
        write_place_name(out, place);
        buf_addf(out, ".%s\"/>\n", def->name);
    }
    buf_adds(out, "    </xs:choice>\n  </xs:group>\n");
}

static void write_else(Buf *out, const Place *place)
{
    buf_adds(out, "      <xs:element name=\"else\" type=\"");
    write_place_name(out, place);
    buf_adds(out, ".else\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n");
}

static void write_transparent(Writer *writer, const Place *place, const ElementDef *def)
{
    Buf *out = writer->out;
    const Place *inside = place_inside(writer, place, def);
    buf_adds(out, "  <xs:complexType name=\"");
    write_place_name(out, place);
    buf_addf(out, ".%s\"%s>\n", def->name, place->text ? " mixed=\"true\"" : "");
    annotate(out, 2, schema_doc(def->name, NULL, NULL), NULL);
    buf_adds(out, "    <xs:sequence>\n");
    write_content(out, inside, 3);
    if (def->holds & GROUP_ELSE)
        write_else(out, place);
    buf_addf(out,
        "    </xs:sequence>\n    <xs:attributeGroup ref=\"%s.属性\"/>\n  </xs:complexType>\n",
        def->name);
}

static bool stands_in(const ElementDef *def, const Place *place)
{
    bool has_if = place->holds & schema_element_find("if")->counts_as;
    return def->counts_as & place->holds || (has_if && def->counts_as & GROUP_ELSE);
}

/* Places that are found on the way come behind. */
static void write_places(Writer *writer)
{
    for (int i = 0; i < writer->place_count; i++) {
        const Place *place = &writer->places[i];
        write_group(writer, place);
        for (size_t k = 0; k < schema_element_count(); k++)
            if (schema_element(k)->transparent && stands_in(schema_element(k), place))
                write_transparent(writer, place, schema_element(k));
    }
}

void schema_xsd(Buf *out)
{
    Writer writer = {.out = out};
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<!-- 由 wenyin schema 生成，不要手改。 -->\n"
                  "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xml:lang=\"zh-CN\">\n");
    write_simple_types(out);
    for (size_t i = 0; i < schema_element_count(); i++)
        write_attributes(out, schema_element(i));
    for (size_t i = 0; i < schema_element_count(); i++)
        if (!schema_element(i)->transparent)
            write_plain_element(&writer, schema_element(i));
    write_places(&writer);
    buf_adds(out, "</xs:schema>\n");
}
