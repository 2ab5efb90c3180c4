/* <style>: all its parameters are prose, so that --set can switch them; what goes together is
 * settled when the last is read. */
#include "template/evaluate/evaluate.h"

#include <stddef.h>
#include <string.h>
#include "template/style_parameters.h"

typedef struct StyleDraft {
    DocStyle style;
    bool given[GRID_COUNT];
    FontFace **next_face;
    bool faulty; /* a parameter could not be read: what goes together is not known */
    At at;       /* of the last parameter of the grid */
    At bold_at;  /* of bold_level */
} StyleDraft;

static void parameter_fault(
    Paper *paper, const StyleParameter *parameter, const Attr *attr, const char *typed)
{
    paper->style->faulty = true;
    if (has_hole(paper, attr))
        return;
    paper->failed = true;
    style_parameter_fault(paper->diags, parameter, &attr->at, typed);
    if (attr->prose && attr->prose->value && !attr->prose->next)
        expr_hint_param(paper->engine, attr->prose->value);
}

static void take_parameter(Paper *paper, const Node *node, size_t index, const Scope *scope)
{
    StyleDraft *draft = paper->style;
    const StyleParameter *parameter = style_parameter(index);
    const char *name = style_parameter_name(parameter);
    const Attr *attr = node_attr(node, name);
    const char *typed = attr ? evaluate_plain(paper, node, name, scope) : NULL;
    if (!attr)
        return;
    if (!style_parameter_read(paper->arena, parameter, typed, &draft->style)) {
        parameter_fault(paper, parameter, attr, typed);
        return;
    }
    if (index < GRID_COUNT) {
        draft->given[index] = true;
        draft->at = attr->at;
    }
    if (strcmp(name, "bold_level") == 0)
        draft->bold_at = attr->at;
}

static void take_font(Paper *paper, const Node *font)
{
    const Attr *file = node_attr(font, "file");
    const char *href = file->xml->value;
    FontFace *face = ARENA_NEW(paper->arena, FontFace);
    if (!file_is_below(paper->t->folder, href)) {
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
    for (size_t i = 0; style_parameter(i); i++)
        take_parameter(paper, node, i, scope);
    for (const Node *font = node->first; font; font = font->next)
        if (font->id == ELEMENT_FONT)
            take_font(paper, font);
}

/* ---- what goes together ---- */

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

/* At most 22, and no closer than looks well. */
static int fitting_lines(Length size)
{
    int lines = 22;
    while (lines > 2 &&
           (int64_t)(AREA_HEIGHT - size) * 10 < (int64_t)size * STYLE_LEAST_PITCH * (lines - 1))
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
