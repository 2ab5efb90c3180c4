/* <style>: the parameters of typesetting.md 16, each with its kind, range and default as data. All
 * of them are prose, so that --set can switch them. */
#include "template/evaluate.h"

#include <stddef.h>
#include <string.h>
#include "base/decimal.h"
#include "base/utf8.h"

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
    {"on", "是", 1}, {"off", "否", 0}, {"yes", "开", 1}, {"no", "关", 0}, {NULL, NULL, 0}};
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

typedef struct Parameter {
    const char *name;
    ParameterKind kind;
    size_t offset; /* in DocStyle */
    double least, most;
    const Word *words;
    const char *range, *fallback; /* as messages and the manual print them */
} Parameter;

#define AT(field) offsetof(DocStyle, field)

/* The order of the grid's own comes first: GRID_COUNT of them. */
enum { BODY_SIZE, CELL, PITCH, LINES, CHARS, GRID_COUNT };

static const Parameter PARAMETERS[] = {
    /* flat table */
    {"body_size", PARAMETER_POINTS, AT(body_size), 10.5, 26, NULL, "10.5—26 pt", "16 pt"},
    {"cell", PARAMETER_POINTS, AT(cell), 10, 40, NULL, "10—40 pt", "15.793 pt"},
    {"pitch", PARAMETER_POINTS, AT(pitch), 14, 60, NULL, "14—60 pt", "29.609 pt"},
    {"lines", PARAMETER_COUNT, AT(lines), 8, 40, NULL, "8—40", "22"},
    {"chars", PARAMETER_COUNT, AT(chars), 12, 42, NULL, "12—42", "28"},
    {"gap_mode", PARAMETER_WORD, AT(gap_mode), 0, 0, GAP_MODES, "auto、distance、grid", "auto"},
    {"red", PARAMETER_COLOR, AT(red), 0, 0, NULL, "255,0,0 … #C00000", "255,0,0"},
    {"redline_mm", PARAMETER_MILLIMETRES, AT(red_line), 0.35, 0.6, NULL, "0.35—0.6 mm", "0.5 mm"},
    {"mark_size", PARAMETER_POINTS, AT(mark_size), 16, 72, AUTO, "auto、16—72 pt", "auto"},
    {"pageno_indent", PARAMETER_MILLIMETRES, AT(folio_indent), 0, 20, NULL, "0—20 mm", "5.57 mm"},
    {"pageno_pos", PARAMETER_WORD, AT(folio_place), 0, 0, FOLIO_PLACES, "outside、centre、none",
        "outside"},
    {"dash_ref", PARAMETER_SWITCH, AT(dash_top), 0, 0, DASH_REFERENCES, "centre、top", "centre"},
    {"banji_even", PARAMETER_SWITCH, AT(imprint_even), 0, 0, ON_OFF, "on、off", "on（简报 off）"},
    {"mirror", PARAMETER_SWITCH, AT(mirror), 0, 0, ON_OFF, "on、off", "off"},
    {"bold_level", PARAMETER_WORD, AT(bold_level), 0, 0, BOLD_LEVELS, "none、2、3", "none"},
    {"digits", PARAMETER_SWITCH, AT(western_digits), 0, 0, DIGITS, "han、western", "han"},
    {"jinze", PARAMETER_WORD, AT(kinsoku), 0, 0, KINSOKU, "basic、gb、strict", "gb"},
    {"hang", PARAMETER_SWITCH, AT(hang), 0, 0, ON_OFF, "on、off", "off"},
    {"orphan_min", PARAMETER_COUNT, AT(orphan_cells), 1, 5, NULL, "1—5", "2"},
    {"widow", PARAMETER_SWITCH, AT(widow), 0, 0, ON_OFF, "on、off", "on"},
    {"fuzhu_gap", PARAMETER_SWITCH, AT(annotation_gap), 0, 0, ANNOTATION_GAPS, "next、blank",
        "next"},
    {"letter_fill", PARAMETER_SWITCH, AT(letter_fill), 0, 0, ON_OFF, "on、off", "off"},
    {"font_strict", PARAMETER_SWITCH, AT(strict_fonts), 0, 0, ON_OFF, "on、off", "off"},
    {"read_aloud", PARAMETER_SWITCH, AT(read_aloud), 0, 0, ON_OFF, "on、off", "off"},
    {"running_head", PARAMETER_TEXT, AT(running_head), 0, 0, NULL, "", ""},
};

typedef struct StyleDraft {
    DocStyle style;
    bool given[GRID_COUNT];
    FontFace **next_face;
    bool faulty; /* a parameter could not be read: what goes together is not known */
    At at;       /* of the last parameter of the grid */
    At bold_at;  /* of bold_level */
} StyleDraft;

/* ---- values ---- */

static bool read_word(const Parameter *parameter, const char *text, int *value)
{
    for (const Word *word = parameter->words; word && word->name; word++) {
        if (strcmp(word->name, text) == 0 || strcmp(word->twin, text) == 0) {
            *value = word->value;
            return true;
        }
    }
    return false;
}

static bool read_length(Paper *paper, const Parameter *parameter, const char *text, Length *out)
{
    bool points = parameter->kind == PARAMETER_POINTS;
    bool bare = strspn(text, "0123456789.") == strlen(text);
    double millimetres, unit = points ? 25.4 / 72 : 1;
    if (bare)
        text = arena_printf(paper->arena, "%s%s", text, points ? "pt" : "mm");
    if (!length_parse(text, &millimetres))
        return false;
    *out = LENGTH_MM(millimetres);
    return *out >= LENGTH_MM(parameter->least * unit) && *out <= LENGTH_MM(parameter->most * unit);
}

static bool read_count(const Parameter *parameter, const char *text, int *value)
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
    static const Parameter byte = {.least = 0, .most = 255};
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
static bool read_parameter(
    Paper *paper, const Parameter *parameter, const char *text, DocStyle *style)
{
    char *place = (char *)style + parameter->offset;
    int word = 0;
    switch (parameter->kind) {
    case PARAMETER_POINTS:
    case PARAMETER_MILLIMETRES:
        if (!read_word(parameter, text, &word))
            return read_length(paper, parameter, text, (Length *)place);
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

static void parameter_fault(
    Paper *paper, const Parameter *parameter, const Attr *attr, const char *typed)
{
    paper->failed = paper->style->faulty = true;
    diag_add(paper->diags, DIAG_E620, &attr->at, parameter->name, typed);
    diag_hint(paper->diags, DIAG_H608, parameter->range, parameter->fallback);
}

static void take_parameter(
    Paper *paper, const Node *node, const Parameter *parameter, const Scope *scope)
{
    StyleDraft *draft = paper->style;
    const Attr *attr = node_attr(node, parameter->name);
    const char *typed = attr ? evaluate_plain(paper, node, parameter->name, scope) : NULL;
    size_t index = (size_t)(parameter - PARAMETERS);
    if (!attr)
        return;
    const char *text = parameter->kind == PARAMETER_TEXT ? utf8_trim(paper->arena, typed)
                                                         : utf8_fold(paper->arena, typed);
    if (!read_parameter(paper, parameter, text, &draft->style)) {
        parameter_fault(paper, parameter, attr, typed);
        return;
    }
    if (index < GRID_COUNT) {
        draft->given[index] = true;
        draft->at = attr->at;
    }
    if (parameter->offset == AT(bold_level))
        draft->bold_at = attr->at;
}

static void take_font(Paper *paper, const Node *font)
{
    const Attr *file = node_attr(font, "file");
    const char *href = file->xml->value;
    FontFace *face = ARENA_NEW(paper->arena, FontFace);
    if (!path_is_below(href)) {
        paper->failed = true;
        diag_add(paper->diags, DIAG_E114, &file->at, font->xml->name, "file", href);
        diag_hint(paper->diags, DIAG_H113);
        return;
    }
    face->role = (Role)node_choice(font, "role", ROLE_BODY);
    face->path = arena_printf(paper->arena, "%s%s", paper->t->folder, href);
    face->at = file->at;
    *paper->style->next_face = face;
    paper->style->next_face = &face->next;
}

void evaluate_style(Paper *paper, const Node *node, const Scope *scope)
{
    for (size_t i = 0; i < sizeof PARAMETERS / sizeof *PARAMETERS; i++)
        take_parameter(paper, node, &PARAMETERS[i], scope);
    for (const Node *font = node->first; font; font = font->next)
        if (font->id == ELEMENT_FONT)
            take_font(paper, font);
}

/* ---- what goes together ---- */

static const Length AREA_WIDTH = LENGTH_MM(156), AREA_HEIGHT = LENGTH_MM(225);

/* A 16 pt character on its cell of 15.793 pt laps over by a hundredth, within its own margins; five
 * hundredths are the most that does not touch. */
static bool laps_over(Length size, Length cell, int hundredths)
{
    return (int64_t)cell * 100 < (int64_t)size * (100 - hundredths);
}

/* As many characters as fill the line no tighter than the standard's 28. */
static int fitting_chars(Length size)
{
    int chars = 1;
    while (!laps_over(size, AREA_WIDTH / (chars + 1), 2))
        chars++;
    return chars;
}

/* At most 22, and no closer than 1.4 times the size. */
static int fitting_lines(Length size)
{
    int lines = 22;
    while (lines > 2 && (int64_t)(AREA_HEIGHT - size) * 10 < (int64_t)size * 14 * (lines - 1))
        lines--;
    return lines;
}

/* For reading aloud (typesetting.md 8): 18 pt, title 24 pt, 34 pt from line to line. */
static void enlarge(StyleDraft *draft)
{
    DocStyle *style = &draft->style;
    style->title_size = LENGTH_PT(24);
    if (!draft->given[BODY_SIZE])
        style->body_size = LENGTH_PT(18);
    if (!draft->given[PITCH] && !draft->given[LINES])
        style->pitch = LENGTH_PT(34);
}

/* What nobody gave is worked out from what was given. */
static bool settle_grid(StyleDraft *draft)
{
    DocStyle *style = &draft->style;
    bool sized = draft->given[BODY_SIZE] || style->read_aloud;
    if (!draft->given[CELL])
        style->cell = 0;
    if (!draft->given[PITCH])
        style->pitch = 0;
    if (!draft->given[CHARS])
        style->chars = 0;
    if (!draft->given[LINES])
        style->lines = 0;
    if (style->read_aloud)
        enlarge(draft);
    if (!style->cell && !style->chars && sized)
        style->chars = fitting_chars(style->body_size);
    if (!style->pitch && !style->lines && sized)
        style->lines = fitting_lines(style->body_size);
    return style_settle_grid(style) && !laps_over(style->body_size, style->cell, 5);
}

static const char *points(Arena *arena, Length length)
{
    long thousandths = ((long)length * 1000 + 512) / 1024;
    char *text = arena_printf(arena, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
    size_t end = strlen(text);
    while (text[end - 1] == '0')
        text[--end] = '\0';
    if (text[end - 1] == '.')
        text[end - 1] = '\0';
    return text;
}

/* Bold is the office's own face or none: strokes thickened by a machine are not. */
static void check_bold(Paper *paper, const StyleDraft *draft)
{
    int level = draft->style.bold_level;
    Role role = level == 2 ? ROLE_KAI_BOLD : ROLE_BODY_BOLD;
    const char *name = level == 2 ? "楷体粗" : "仿宋粗";
    for (const FontFace *face = draft->style.faces; face; face = face->next)
        if (face->role == role)
            return;
    if (level == 0)
        return;
    paper->failed = true;
    diag_add(paper->diags, DIAG_E622, &draft->bold_at, level == 2 ? "2" : "3", name);
    diag_hint(paper->diags, DIAG_H610, name);
}

void style_start(Paper *paper)
{
    StyleDraft *draft = ARENA_NEW(paper->arena, StyleDraft);
    draft->style = style_default(paper->document->form);
    draft->next_face = &draft->style.faces;
    draft->at = draft->bold_at = paper->t->report->at;
    paper->style = draft;
}

void style_settle(Paper *paper)
{
    StyleDraft *draft = paper->style;
    const DocStyle *style = &draft->style;
    Arena *arena = paper->arena;
    check_bold(paper, draft);
    if (!draft->faulty && !settle_grid(draft)) {
        paper->failed = true;
        diag_add(paper->diags, DIAG_E621, &draft->at, style->chars, style->lines,
            points(arena, style->body_size), points(arena, style->cell),
            points(arena, style->pitch));
    }
    paper->document->style = draft->style;
}
