#include "document/style.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"

enum { CELLS = 28, LINES = 22 };

/* Parameters are typed to a thousandth or so: 22 lines of 29.609 pt are 0.008 pt more than 225 mm.
 */
static const Length ROUNDING = LENGTH_PT(0.1);

/* “撑满版心”: as many em boxes as lines, and the gaps between them, fill 225 mm (1.3). */
static Length filling_pitch(const DocStyle *style, int lines)
{
    Length height = style->area.height;
    return lines > 1 ? (height - style->body_size) / (lines - 1) : height;
}

bool style_settle_grid(DocStyle *style)
{
    if (style->cell == 0)
        style->cell = style->area.width / (style->chars ? style->chars : CELLS);
    if (style->pitch == 0)
        style->pitch = filling_pitch(style, style->lines ? style->lines : LINES);
    Length height = style->area.height + ROUNDING;
    int chars = (style->area.width + ROUNDING) / style->cell;
    int lines = style->pitch > 0 ? (height - style->body_size) / style->pitch + 1 : 0;
    style->chars = style->chars ? style->chars : chars;
    style->lines = style->lines ? style->lines : lines;
    return style->pitch > style->body_size && style->chars <= chars && style->lines <= lines &&
           style->chars > 0 && style->lines > 0;
}

DocStyle style_default(DocForm form)
{
    DocStyle style = {
        .area = {AREA_LEFT, AREA_TOP, AREA_WIDTH, AREA_HEIGHT},
        .body_size = LENGTH_PT(16),
        .title_size = LENGTH_PT(22),
        .chars = CELLS,
        .lines = LINES,
        .red = {255, 0, 0},
        .red_line = LENGTH_MM(0.5),
        .folio_indent = AREA_WIDTH / CELLS,
        .imprint_even = form != FORM_BULLETIN,
        .kinsoku = KINSOKU_GB,
        .orphan_cells = 2,
        .widow = true,
    };
    style_settle_grid(&style);
    return style;
}

/* ---- dump ---- */

const char *role_name(Role role)
{
    static const char *const names[ROLE_COUNT] = {
        "body", "title", "hei", "kai", "song", "kai-bold", "body-bold"};
    return names[role];
}

typedef enum FieldKind { FIELD_POINTS, FIELD_MILLIMETRES, FIELD_NUMBER, FIELD_SWITCH } FieldKind;

#define FIELD(kind, field)                                                                         \
    {                                                                                              \
#field, kind, offsetof(DocStyle, field), sizeof(((DocStyle *)0)->field)                    \
    }

static const struct {
    const char *name;
    FieldKind kind;
    size_t offset, size;
} FIELDS[] = {FIELD(FIELD_POINTS, body_size), FIELD(FIELD_POINTS, title_size),
    FIELD(FIELD_POINTS, table_size), FIELD(FIELD_POINTS, cell), FIELD(FIELD_POINTS, pitch),
    FIELD(FIELD_NUMBER, lines), FIELD(FIELD_NUMBER, chars), FIELD(FIELD_NUMBER, gap_mode),
    FIELD(FIELD_MILLIMETRES, red_line), FIELD(FIELD_POINTS, mark_size),
    FIELD(FIELD_MILLIMETRES, folio_indent), FIELD(FIELD_NUMBER, folio_place),
    FIELD(FIELD_SWITCH, dash_top), FIELD(FIELD_SWITCH, imprint_even), FIELD(FIELD_SWITCH, mirror),
    FIELD(FIELD_NUMBER, bold_level), FIELD(FIELD_SWITCH, western_digits),
    FIELD(FIELD_NUMBER, kinsoku), FIELD(FIELD_SWITCH, hang), FIELD(FIELD_NUMBER, orphan_cells),
    FIELD(FIELD_SWITCH, widow), FIELD(FIELD_SWITCH, annotation_gap), FIELD(FIELD_SWITCH, fit),
    FIELD(FIELD_SWITCH, letter_fill), FIELD(FIELD_SWITCH, strict_fonts),
    FIELD(FIELD_SWITCH, read_aloud)};

static void dump_field(FieldKind kind, const void *place, FILE *out)
{
    const Length *length = place;
    long thousandths = 0;
    switch (kind) {
    case FIELD_POINTS:
        thousandths = ((long)*length * 1000 + 512) / 1024;
        fprintf(out, "%ld.%03ldpt", thousandths / 1000, thousandths % 1000);
        break;
    case FIELD_MILLIMETRES:
        thousandths = (long)(LENGTH_TO_PT(*length) * 25400 / 72 + 0.5);
        fprintf(out, "%ld.%03ldmm", thousandths / 1000, thousandths % 1000);
        break;
    case FIELD_NUMBER:
        fprintf(out, "%d", *(const int *)place);
        break;
    case FIELD_SWITCH:
        fputs(*(const bool *)place ? "on" : "off", out);
        break;
    }
}

static bool differs(const DocStyle *a, const DocStyle *b, size_t offset, size_t size)
{
    return memcmp((const char *)a + offset, (const char *)b + offset, size) != 0;
}

static void dump_differences(const DocStyle *style, const DocStyle *usual, FILE *out)
{
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        if (!differs(style, usual, FIELDS[i].offset, FIELDS[i].size))
            continue;
        fprintf(out, " %s=", FIELDS[i].name);
        dump_field(FIELDS[i].kind, (const char *)style + FIELDS[i].offset, out);
    }
    if (differs(style, usual, offsetof(DocStyle, red), sizeof style->red))
        fprintf(out, " red=%d,%d,%d", style->red.red, style->red.green, style->red.blue);
    if (style->running_head)
        fprintf(out, " running_head=%s", style->running_head);
    for (const FontFace *face = style->faces; face; face = face->next)
        fprintf(out, " font=%s:%s", role_name(face->role), face->path);
}

void style_dump(const DocStyle *style, DocForm form, FILE *out)
{
    DocStyle usual = style_default(form);
    char *text = NULL;
    size_t length = 0;
    FILE *line = open_memstream(&text, &length);
    if (!line)
        arena_exhausted();
    dump_differences(style, &usual, line);
    fclose(line);
    if (length)
        fprintf(out, "style%s\n", text);
    free(text);
}
