/* The words of --lang zh are those that an office reads, but each is taken in either language. */
#include "template/style_parameters.h"

#include <stdio.h>
#include <string.h>
#include "base/decimal.h"
#include "base/utf8.h"
#include "template/schema_table.h"

typedef enum ParameterKind {
    PARAMETER_POINTS, /* a length; bare: pt */
    PARAMETER_MILLIMETRES,
    PARAMETER_COUNT,
    PARAMETER_WORD,   /* into an int */
    PARAMETER_SWITCH, /* into a bool */
    PARAMETER_COLOR,
    PARAMETER_TEXT
} ParameterKind;

typedef struct Word {
    const char *name, *twin;
    int value;
} Word;

static const Word ON_OFF[] = {
    {"on", "是", 1}, {"yes", "开", 1}, {"off", "否", 0}, {"no", "关", 0}, {NULL, NULL, 0}};
static const Word AUTO[] = {{"auto", "自动", 0}, {NULL, NULL, 0}};
static const Word GAP_MODES[] = {{"auto", "自动", GAP_AUTO}, {"distance", "距离", GAP_DISTANCE},
    {"grid", "网格", GAP_GRID}, {NULL, NULL, 0}};
static const Word FOLIO_PLACES[] = {{"outside", "外侧", FOLIO_OUTSIDE},
    {"centre", "居中", FOLIO_CENTRE}, {"center", "中", FOLIO_CENTRE}, {"none", "无", FOLIO_NONE},
    {NULL, NULL, 0}};
static const Word DASH_REFERENCES[] = {
    {"centre", "中线", 0}, {"center", "中", 0}, {"top", "上缘", 1}, {NULL, NULL, 0}};
static const Word BOLD_LEVELS[] = {
    {"none", "无", 0}, {"2", "二级", 2}, {"3", "三级", 3}, {NULL, NULL, 0}};
static const Word DIGITS[] = {{"han", "中文", 0}, {"western", "西文", 1}, {NULL, NULL, 0}};
static const Word KINSOKU[] = {{"basic", "基本", KINSOKU_BASIC}, {"gb", "国标", KINSOKU_GB},
    {"strict", "严格", KINSOKU_STRICT}, {NULL, NULL, 0}};
static const Word ANNOTATION_GAPS[] = {
    {"next", "次行", 0}, {"blank", "空一行", 1}, {NULL, NULL, 0}};

struct StyleParameter {
    const char *name;
    ParameterKind kind;
    size_t offset; /* in DocStyle */
    double least, most;
    const Word *words;
    const char *range;       /* as messages print it; NULL: the words alone */
    const char *fallback[2]; /* by language; one where it is the same in both */
};

#define AT(field) offsetof(DocStyle, field)

static const StyleParameter PARAMETERS[] = {
    /* flat table */
    {"body_size", PARAMETER_POINTS, AT(body_size), 10.5, 26, NULL, "10.5—26 pt", {"16 pt"}},
    {"cell", PARAMETER_POINTS, AT(cell), 10, 40, NULL, "10—40 pt", {"15.793 pt"}},
    {"pitch", PARAMETER_POINTS, AT(pitch), 14, 60, NULL, "14—60 pt", {"29.609 pt"}},
    {"lines", PARAMETER_COUNT, AT(lines), 8, 40, NULL, "8—40", {"22"}},
    {"chars", PARAMETER_COUNT, AT(chars), 12, 42, NULL, "12—42", {"28"}},
    {"gap_mode", PARAMETER_WORD, AT(gap_mode), 0, 0, GAP_MODES, NULL, {"自动", "auto"}},
    {"red", PARAMETER_COLOR, AT(red), 0, 0, NULL, "255,0,0 … #C00000", {"255,0,0"}},
    {"redline_mm", PARAMETER_MILLIMETRES, AT(red_line), 0.35, 0.6, NULL, "0.35—0.6 mm", {"0.5 mm"}},
    {"mark_size", PARAMETER_POINTS, AT(mark_size), 16, 72, AUTO, "16—72 pt", {"自动", "auto"}},
    {"pageno_indent", PARAMETER_MILLIMETRES, AT(folio_indent), 0, 20, NULL, "0—20 mm", {"5.57 mm"}},
    {"pageno_pos", PARAMETER_WORD, AT(folio_place), 0, 0, FOLIO_PLACES, NULL, {"外侧", "outside"}},
    {"dash_ref", PARAMETER_SWITCH, AT(dash_top), 0, 0, DASH_REFERENCES, NULL, {"中线", "centre"}},
    {"banji_even", PARAMETER_SWITCH, AT(imprint_even), 0, 0, ON_OFF, NULL,
        {"是（简报 否）", "on（简报 off）"}},
    {"mirror", PARAMETER_SWITCH, AT(mirror), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"bold_level", PARAMETER_WORD, AT(bold_level), 0, 0, BOLD_LEVELS, NULL, {"无", "none"}},
    {"digits", PARAMETER_SWITCH, AT(western_digits), 0, 0, DIGITS, NULL, {"中文", "han"}},
    {"jinze", PARAMETER_WORD, AT(kinsoku), 0, 0, KINSOKU, NULL, {"国标", "gb"}},
    {"hang", PARAMETER_SWITCH, AT(hang), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"orphan_min", PARAMETER_COUNT, AT(orphan_cells), 1, 5, NULL, "1—5", {"2"}},
    {"widow", PARAMETER_SWITCH, AT(widow), 0, 0, ON_OFF, NULL, {"是", "on"}},
    {"fuzhu_gap", PARAMETER_SWITCH, AT(annotation_gap), 0, 0, ANNOTATION_GAPS, NULL,
        {"次行", "next"}},
    {"fit", PARAMETER_SWITCH, AT(fit), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"letter_fill", PARAMETER_SWITCH, AT(letter_fill), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"font_strict", PARAMETER_SWITCH, AT(strict_fonts), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"read_aloud", PARAMETER_SWITCH, AT(read_aloud), 0, 0, ON_OFF, NULL, {"否", "off"}},
    {"running_head", PARAMETER_TEXT, AT(running_head), 0, 0, NULL, NULL, {NULL}},
};

/* ---- values ---- */

static bool read_word(const StyleParameter *parameter, const char *text, int *value)
{
    for (const Word *word = parameter->words; word && word->name; word++) {
        if (strcmp(word->name, text) == 0 || strcmp(word->twin, text) == 0) {
            *value = word->value;
            return true;
        }
    }
    return false;
}

static bool read_length(
    Arena *arena, const StyleParameter *parameter, const char *text, Length *out)
{
    bool points = parameter->kind == PARAMETER_POINTS;
    bool bare = strspn(text, "0123456789.") == strlen(text);
    double millimetres, unit = points ? 25.4 / 72 : 1;
    if (bare)
        text = arena_printf(arena, "%s%s", text, points ? "pt" : "mm");
    if (!length_parse(text, &millimetres))
        return false;
    *out = LENGTH_MM(millimetres);
    return *out >= LENGTH_MM(parameter->least * unit) && *out <= LENGTH_MM(parameter->most * unit);
}

static bool read_count(const StyleParameter *parameter, const char *text, int *value)
{
    Decimal number;
    if (!decimal_parse(text, &number) || number.scale != 0 ||
        number.mantissa < (int64_t)parameter->least || number.mantissa > (int64_t)parameter->most)
        return false;
    *value = (int)number.mantissa;
    return true;
}

static int hex_digit(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *at =
        digit ? strchr(digits, digit >= 'A' && digit <= 'F' ? digit + 32 : digit) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool read_hex_color(const char *text, uint8_t parts[3])
{
    for (int i = 0; i < 3; i++) {
        int high = hex_digit(text[2 * i]), low = high < 0 ? -1 : hex_digit(text[2 * i + 1]);
        if (low < 0)
            return false;
        parts[i] = (uint8_t)(high * 16 + low);
    }
    return !text[6];
}

static bool read_color_parts(const char *text, uint8_t parts[3])
{
    static const StyleParameter byte = {.least = 0, .most = 255};
    char entry[32];
    for (int i = 0, value; i < 3; i++) {
        if (!lengths_next(&text, entry) || !read_count(&byte, entry, &value))
            return false;
        parts[i] = (uint8_t)value;
    }
    return !lengths_next(&text, entry) && !*text;
}

/* 255,0,0 or #FF0000 */
static bool read_color(const char *text, Color *color)
{
    uint8_t parts[3];
    if (!(*text == '#' ? read_hex_color(text + 1, parts) : read_color_parts(text, parts)))
        return false;
    *color = (Color){parts[0], parts[1], parts[2]};
    return true;
}

/* Into the field of `style`; false where the text is none of its values. */
static bool read_value(
    Arena *arena, const StyleParameter *parameter, const char *text, DocStyle *style)
{
    char *place = (char *)style + parameter->offset;
    int word = 0;
    switch (parameter->kind) {
    case PARAMETER_POINTS:
    case PARAMETER_MILLIMETRES:
        if (!read_word(parameter, text, &word))
            return read_length(arena, parameter, text, (Length *)place);
        *(Length *)place = word;
        return true;
    case PARAMETER_COUNT:
        return read_count(parameter, text, (int *)place);
    case PARAMETER_COLOR:
        return read_color(text, (Color *)place);
    case PARAMETER_TEXT:
        *(const char **)place = *text ? text : NULL;
        return true;
    case PARAMETER_WORD: /* the enumerations of DocStyle are as wide as an int */
        return read_word(parameter, text, (int *)place);
    case PARAMETER_SWITCH:
        if (!read_word(parameter, text, &word))
            return false;
        *(bool *)place = word != 0;
        return true;
    }
    return false;
}

bool style_parameter_read(
    Arena *arena, const StyleParameter *parameter, const char *typed, DocStyle *style)
{
    const char *text =
        parameter->kind == PARAMETER_TEXT ? utf8_trim(arena, typed) : utf8_fold(arena, typed);
    return read_value(arena, parameter, text, style);
}

const StyleParameter *style_parameter(size_t index)
{
    return index < sizeof PARAMETERS / sizeof *PARAMETERS ? &PARAMETERS[index] : NULL;
}

const char *style_parameter_name(const StyleParameter *parameter)
{
    return parameter->name;
}

/* ---- what can be written ---- */

enum { LIST_TEXT = 120 };

static void list_add(char list[LIST_TEXT], const char *entry)
{
    size_t length = strlen(list);
    snprintf(list + length, LIST_TEXT - length, "%s%s", length ? "、" : "", entry);
}

/* The first word of each value, and the range. */
bool style_parameter_fault(
    Diags *diags, const StyleParameter *parameter, const At *at, const char *typed)
{
    char list[LIST_TEXT] = "";
    bool chinese = diag_language(diags) == DIAG_CHINESE;
    const Word *before = NULL;
    for (const Word *word = parameter->words; word && word->name; before = word++)
        if (!before || before->value != word->value)
            list_add(list, chinese ? word->twin : word->name);
    if (parameter->range)
        list_add(list, parameter->range);
    diag_add(diags, DIAG_E620, at, parameter->name, typed);
    const char *const *fallback = parameter->fallback;
    diag_hint(diags, DIAG_H608, list, chinese || !fallback[1] ? fallback[0] : fallback[1]);
    return false;
}
