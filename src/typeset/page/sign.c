/* 署名 and 成文日期 in their three cases (GB/T 9704 7.3.5; typesetting.md B12–B18). Room is left
 * for seals and stamps; nothing is ever drawn there. */
#include "typeset/page/page_internal.h"

/* How far a seal may lean out of the type area: it keeps clear of page number and footnote rule. */
#define SEAL_LEAN LENGTH_MM(2.5)
#define SEAL_GAP LENGTH_MM(2) /* between two seals, which neither touch nor cross (7.3.5.1) */
/* The middle of a seal lies so far below the top of the name, which with the date then sits some 4
 * mm below it (B12b). */
#define SEAL_CENTRE LENGTH_MM(4)
#define SEAL_CENTRE_LOW LENGTH_MM(5)
#define SEAL_ABOVE LENGTH_MM(0.5) /* least distance of a seal from the text above */

enum {
    SEALS_A_ROW = 3,
    DATE_INDENT = 4, /* cells, with a seal or stamp */
    NAME_INDENT = 2, /* without */
};

typedef struct SignText {
    const char *text;
    Length before; /* from the right edge of the type area to its left edge */
    Length below;  /* from the top of the first free line to the top of its em box */
} SignText;

typedef struct SignPlan {
    SignText *texts; /* in the order of reading */
    int count;
    Length height; /* from the top of the first free line to the foot of the date */
    Length reach;  /* to the foot of the lowest seal or stamp */
} SignPlan;

typedef struct Signature {
    PageBuilder *builder;
    const DocSign *sign;
    SignPlan *plan;
    TextStyle style;
    const char **names;
    Length *widths, widest;
    int count; /* names that are not empty */
    const char *date;
    Length date_width, cell;
} Signature;

/* ---------------------------------------------------------------- measuring */

static void add(Signature *s, const char *text, Length before, Length below)
{
    if (text[0]) {
        s->plan->texts[s->plan->count++] = (SignText){text, before, below};
        s->plan->height = length_max(s->plan->height, below + s->style.size);
    }
    s->plan->reach = length_max(s->plan->reach, s->plan->height);
}

/* So many blank lines above, from the top of the first free line. */
static Length blank_lines(const Signature *s, int lines)
{
    const PageBuilder *builder = s->builder;
    return grid_gap(builder, lines, false) - (builder->style->pitch - builder->style->body_size);
}

/* Without a seal (B14, B15): one blank line; the longest name two cells from the right and the
 * others flush with its left edge, host first; the date's first character two cells right of the
 * names'. A date longer than the names takes the right indent itself. */
static bool plan_unsealed(Signature *s)
{
    Length before = s->cell * NAME_INDENT + s->widest;
    if (s->date_width > s->widest) {
        before = s->cell * NAME_INDENT * 2 + s->date_width;
    }
    before = before > AREA_WIDTH ? AREA_WIDTH : before; /* a long name takes the indent */
    Length below = blank_lines(s, 1);
    for (int i = 0; i < s->count; i++, below += s->builder->style->pitch) {
        add(s, s->names[i], before, below);
    }
    add(s, s->date, before - s->cell * NAME_INDENT, below);
    return true;
}

/* Blank lines so that a seal over the names of the first row begins 0 … 10.39 mm below the text
 * (B12b): two for 42 to 50 mm. `*centre`: of the seal, below the top of the name. */
static int seal_blank_lines(const Signature *s, Length *centre)
{
    Length leading = s->builder->style->pitch - s->builder->style->body_size;
    Length radius = s->sign->seal / 2;
    for (int lines = 1;; lines++) {
        Length name = blank_lines(s, lines) + leading; /* below the foot of the text */
        if (name + SEAL_CENTRE_LOW - radius >= SEAL_ABOVE) {
            *centre = length_max(SEAL_CENTRE, SEAL_ABOVE + radius - name);
            return lines;
        }
    }
}

/* One issuer (B12): the date four cells from the right, the name centred above it. A name that
 * would leave the type area stands two cells from the right, or less, and the date is centred under
 * it (B12a). */
static Length sealed_middle(const Signature *s)
{
    Length middle = s->cell * DATE_INDENT + s->date_width / 2;
    if (s->widest <= middle * 2) {
        return middle;
    }
    Length spare = AREA_WIDTH - s->widest;
    Length indent = s->cell * NAME_INDENT;
    return (spare < indent ? spare : indent) + s->widest / 2;
}

typedef struct SealGrid {
    int rows, columns;
    Length column, row; /* from middle to middle */
    Length last;        /* middle of the last column, from the right */
} SealGrid;

/* Joint signing (B13): names in rows and columns so that the seals keep apart and no row leaves the
 * type area; the rows are of equal length as far as may be. */
static SealGrid seal_grid(const Signature *s)
{
    SealGrid grid = {.rows = 1, .columns = 1, .last = sealed_middle(s)};
    Length seal = s->sign->seal, pitch = s->builder->style->pitch;
    Length broad = length_max(seal, s->widest);
    if (s->count <= 1) {
        return grid;
    }
    grid.column = length_max(seal + SEAL_GAP, s->widest + s->cell);
    grid.columns = (AREA_WIDTH - broad) / grid.column + 1;
    grid.columns = grid.columns > SEALS_A_ROW ? SEALS_A_ROW : grid.columns;
    grid.rows = (s->count + grid.columns - 1) / grid.columns;
    grid.columns = (s->count + grid.rows - 1) / grid.rows;
    grid.row = (seal + SEAL_GAP + pitch - 1) / pitch * pitch;
    Length row = (grid.columns - 1) * grid.column + broad;
    Length furthest = AREA_WIDTH - row + broad / 2;
    Length nearest = length_max(broad, s->date_width) / 2;
    grid.last = furthest < grid.last ? furthest : grid.last;
    grid.last = length_max(grid.last, nearest);
    return grid;
}

static bool plan_sealed(Signature *s)
{
    SealGrid grid = seal_grid(s);
    Length centre, below = blank_lines(s, seal_blank_lines(s, &centre));
    int short_by = grid.rows * grid.columns - s->count; /* the last row ends under the one above */
    for (int i = 0; i < s->count; i++) {
        int row = i / grid.columns, column = i % grid.columns;
        column += row == grid.rows - 1 ? short_by : 0;
        Length middle = grid.last + (grid.columns - 1 - column) * grid.column;
        add(s, s->names[i], middle + s->widths[i] / 2, below + row * grid.row);
    }
    below += (grid.rows - 1) * grid.row;
    s->plan->reach = below + centre + s->sign->seal / 2;
    below += s->count > 0 ? s->builder->style->pitch : 0;
    add(s, s->date, grid.last + s->date_width / 2, below);
    return true;
}

/* Signature stamps (B16): two lines below the text, the stamp four cells from the right, the post
 * two cells left of it and level with its middle; one a row, columns aligned; the date one line
 * below the last. */
static bool plan_stamped(Signature *s)
{
    Length height = length_max(s->sign->stamp_height, s->style.size);
    Length leading = s->builder->style->pitch - s->builder->style->body_size;
    Length stamp = s->cell * DATE_INDENT + s->sign->stamp_width;
    Length top = blank_lines(s, 2);
    for (int i = 0; i < s->count; i++) {
        Length before = stamp + s->cell * NAME_INDENT + s->widths[i];
        if (before > AREA_WIDTH) {
            return diag_add(s->builder->ts.diags, DIAG_E343, &s->sign->at, s->names[i]);
        }
        add(s, s->names[i], before, top + (height - s->style.size) / 2);
        top += height + leading;
    }
    Length foot = s->count > 0 ? top - leading : top;
    s->plan->reach = foot;
    add(s, s->date, s->cell * DATE_INDENT + s->date_width, foot + grid_gap(s->builder, 1, false));
    return true;
}

static bool read_names(Signature *s)
{
    PageBuilder *builder = s->builder;
    Arena *arena = builder->ts.arena;
    s->names = ARENA_ARRAY(arena, const char *, s->sign->signer_count + 1);
    s->widths = ARENA_ARRAY(arena, Length, s->sign->signer_count + 1);
    for (int i = 0; i < s->sign->signer_count; i++) {
        const char *name = inline_plain(arena, s->sign->signers[i].unit);
        Length width = text_width(&builder->ts, &s->style, name);
        if (width > AREA_WIDTH) {
            return diag_add(builder->ts.diags, DIAG_E343, &s->sign->at, name);
        }
        if (name[0]) {
            s->names[s->count] = name;
            s->widths[s->count++] = width;
            s->widest = length_max(s->widest, width);
        }
    }
    s->date = inline_plain(arena, s->sign->date);
    s->date_width = text_width(&builder->ts, &s->style, s->date);
    return true;
}

static bool measure(PageBuilder *builder, Item *item)
{
    static bool (*const PLANS[])(Signature *) = {
        [SIGN_UNSEALED] = plan_unsealed,
        [SIGN_SEALED] = plan_sealed,
        [SIGN_STAMPED] = plan_stamped,
    };
    Signature s = {.builder = builder, .sign = item->block->sign};
    s.style = body_style(builder, ROLE_BODY);
    s.cell = builder->style->cell;
    s.plan = ARENA_NEW(builder->ts.arena, SignPlan);
    s.plan->texts = ARENA_ARRAY(builder->ts.arena, SignText, s.sign->signer_count + 1);
    item->own = s.plan;
    if (!read_names(&s) || !PLANS[s.sign->kind](&s)) {
        return false;
    }
    if (s.plan->reach > AREA_HEIGHT + SEAL_LEAN) {
        return diag_add(builder->ts.diags, DIAG_E346, &s.sign->at,
            (int)((int64_t)s.plan->reach * 254 / (720 * 1024)));
    }
    return true;
}

/* ---------------------------------------------------------------- in the flow */

static bool need(PageBuilder *builder, const Item *item)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    Typesetter *ts = &builder->ts;
    const DocSign *sign = item->block->sign;
    bool found = text_need(ts, text_pieces(ts, sign->date, &style));
    for (int i = 0; i < sign->signer_count; i++) {
        found &= text_need(ts, text_pieces(ts, sign->signers[i].unit, &style));
    }
    return found;
}

static Length least(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    const SignPlan *plan = item->own;
    return length_max(plan->height, plan->reach - SEAL_LEAN);
}

/* Of the texts alone: a seal may reach below the date, beside what follows it. */
static Length whole(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    const SignPlan *plan = item->own;
    return plan->height;
}

/* Without a seal no blank line is left at the top of a page. */
static Length first_top(const PageBuilder *builder, const Item *item)
{
    const SignPlan *plan = item->own;
    bool sealed = item->block->sign->kind == SIGN_SEALED;
    Length top = flow_top(builder);
    return builder->fresh && !sealed && plan->count > 0 ? top - plan->texts[0].below : top;
}

static bool place(PageBuilder *builder, Item *item)
{
    const SignPlan *plan = item->own;
    const TextStyle style = body_style(builder, ROLE_BODY);
    if (!flow_make_room(builder, flow_least_height(builder, item))) {
        return false;
    }
    Length top = first_top(builder, item), right = builder->grid.left + builder->grid.width;
    size_t first = flow_page(builder)->mark_count;
    for (int i = 0; i < plan->count; i++) {
        const SignText *line = &plan->texts[i];
        bool row = i + 1 < plan->count && plan->texts[i + 1].below == line->below;
        text_put(&builder->ts, flow_page(builder), &style, line->text, right - line->before,
            top + line->below + text_ascent(style.size), ALIGN_LEFT,
            row ? TEXT_TAB : TEXT_NEW_LINE);
    }
    pages_tag_texts(builder->ts.pages, flow_page(builder), first);
    builder->lowest = length_max(builder->lowest, top + plan->reach);
    flow_below(builder, top + plan->height);
    return true;
}

const ItemClass SIGN_CLASS = {need, measure, least, whole, place};
