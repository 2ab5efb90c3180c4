/* The head of page 1 in the places of GB/T 9704 7.2, 10.1–10.3 (typesetting.md 2, 5) and, for a
 * 简报, of habit (8). */
#include <string.h>
#include "base/utf8.h"
#include "typeset/page/head.h"

#define RED_RULE_GAP LENGTH_MM(4) /* below the 发文字号 (H8), below the mark of a 信函 (L2) */
#define DOUBLE_LEFT LENGTH_MM(20) /* a 信函's double lines: 170 mm in the middle */
#define DOUBLE_WIDTH LENGTH_MM(170)
#define DOUBLE_THICK LENGTH_PT(1.5)
#define DOUBLE_THIN LENGTH_PT(0.75)

/* ---------------------------------------------------------------- rows */

static void put(
    PageBuilder *builder, const HeadText *text, Length x, Length top, Align align, TextEnd end)
{
    if (text->pieces) {
        text_put(&builder->ts, flow_page(builder), &text->style, text->text, x,
            top + text_ascent(text->style.size), align, end);
    }
}

static Length width_of(PageBuilder *builder, const HeadText *text)
{
    return text->pieces ? text_width(&builder->ts, &text->style, text->text) : 0;
}

static Length area_right(const PageBuilder *builder)
{
    return builder->grid.left + builder->grid.width;
}

/* 份号, 密级 and 紧急程度 one below the other from `top` on (7.2.1–7.2.3); `beside` flush right on
 * the row of the first. */
static void put_stack(PageBuilder *builder, const Head *head, const HeadText *beside, Length top)
{
    for (int i = 0; i < HEAD_STACK; i++) {
        bool shares = i == 0 && beside->pieces;
        put(builder, &head->stack[i], builder->grid.left, top + i * builder->grid.pitch, ALIGN_LEFT,
            shares ? TEXT_TAB : TEXT_NEW_LINE);
        if (shares) {
            put(builder, beside, area_right(builder), top, ALIGN_RIGHT, TEXT_NEW_LINE);
        }
    }
}

static void put_centred(PageBuilder *builder, const HeadText *text, Length top)
{
    put(builder, text, builder->grid.left + builder->grid.width / 2, top, ALIGN_CENTRE,
        TEXT_NEW_LINE);
}

/* The red rule below a row that ends at y; the text begins two lines below the rule. */
static void put_red_rule(PageBuilder *builder, Length y, Length *top)
{
    const DocStyle *style = builder->style;
    y += RED_RULE_GAP;
    page_rect(builder->ts.arena, flow_page(builder), builder->grid.left, y, builder->grid.width,
        style->red_line, style->red);
    *top = y + style->red_line + grid_gap(builder, 2, true);
}

/* ---------------------------------------------------------------- 公文 */

static bool rest_of_official(PageBuilder *builder, const Head *head, Length y, Length *top)
{
    Length number = y + grid_gap(builder, 2, true);
    put_centred(builder, &head->number, number);
    put_red_rule(builder, number + builder->grid.size, top);
    return true;
}

/* ---------------------------------------------------------------- 上行文 */

typedef struct SignatoryGrid {
    int per_row, rows;
    bool spread;         /* names of two characters take the width of three */
    Length width[2];     /* of a column's widest name */
    Length first, label; /* left edges of the first name and of 签发人： */
} SignatoryGrid;

static bool is_short_name(const HeadText *name)
{
    return utf8_count(name->text, strlen(name->text)) == 2;
}

static Length name_width(PageBuilder *builder, const HeadText *name, bool spread)
{
    return spread && is_short_name(name) ? name->style.cell * 3 : width_of(builder, name);
}

/* Names stand below each other; the widest of the last column ends one cell from the margin
 * (7.2.6). */
static void settle_columns(
    PageBuilder *builder, const Head *head, int per_row, SignatoryGrid *names)
{
    Length cell = builder->grid.cell;
    names->per_row = per_row;
    names->rows = (head->signatory_count + per_row - 1) / per_row;
    names->width[0] = names->width[1] = 0;
    for (int i = 0; i < head->signatory_count; i++) {
        Length width = name_width(builder, &head->signatories[i], names->spread);
        Length *widest = &names->width[i % per_row];
        *widest = width > *widest ? width : *widest;
    }
    names->first = area_right(builder) - cell - names->width[0];
    if (per_row == 2) {
        names->first -= cell + names->width[1];
    }
    names->label = names->first - width_of(builder, &head->label);
}

/* Two a row, or one where two and the 发文字号 have no room. */
static SignatoryGrid signatory_grid(PageBuilder *builder, const Head *head, Length number_right)
{
    SignatoryGrid names = {0};
    for (int i = 0; i < head->signatory_count; i++) {
        const HeadText *name = &head->signatories[i];
        names.spread |= width_of(builder, name) >= name->style.cell * 3;
    }
    settle_columns(builder, head, head->signatory_count > 1 ? 2 : 1, &names);
    if (names.per_row == 2 && names.label < number_right + builder->grid.cell) {
        settle_columns(builder, head, 1, &names);
    }
    return names;
}

/* Among names of three characters one of two is spread to their width. */
static void put_name(PageBuilder *builder, const HeadText *name, const SignatoryGrid *names,
    Length x, Length top, TextEnd end)
{
    Length spread = name->style.cell * 3;
    if (names->spread && is_short_name(name)) {
        Length margin = (name->style.cell - name->style.size) / 2;
        text_put_spread(&builder->ts, flow_page(builder), &name->style, name->text, x + margin,
            spread - 2 * margin, top + text_ascent(name->style.size), end);
    } else {
        put(builder, name, x, top, ALIGN_LEFT, end);
    }
}

static void put_signatories(
    PageBuilder *builder, const Head *head, const SignatoryGrid *names, Length top)
{
    Length cell = builder->grid.cell, last = top + (names->rows - 1) * builder->grid.pitch;
    for (int i = 0; i < head->signatory_count; i++) {
        int row = i / names->per_row, column = i % names->per_row;
        if (row == names->rows - 1 && column == 0) {
            put(builder, &head->number, builder->grid.left + cell, last, ALIGN_LEFT, TEXT_TAB);
        }
        if (i == 0) {
            put(builder, &head->label, names->label, top, ALIGN_LEFT, TEXT_GOES_ON);
        }
        bool ends = column == names->per_row - 1 || i == head->signatory_count - 1;
        put_name(builder, &head->signatories[i], names,
            names->first + column * (names->width[0] + cell), top + row * builder->grid.pitch,
            ends ? TEXT_NEW_LINE : TEXT_SPACE);
    }
}

/* 7.2.5, 7.2.6: the 发文字号 on the line of the last 签发人. */
static bool rest_of_upward(PageBuilder *builder, const Head *head, Length y, Length *top)
{
    Length cell = builder->grid.cell;
    Length first = y + grid_gap(builder, 2, true);
    Length number_right = builder->grid.left + cell + width_of(builder, &head->number);
    if (head->signatory_count == 0) {
        put(builder, &head->number, builder->grid.left + cell, first, ALIGN_LEFT, TEXT_NEW_LINE);
        put_red_rule(builder, first + builder->grid.size, top);
        return true;
    }
    SignatoryGrid names = signatory_grid(builder, head, number_right);
    Length left = names.rows == 1 ? names.label : names.first;
    if (left < number_right + cell || names.label < builder->grid.left) {
        return diag_add(
            builder->ts.diags, DIAG_E342, &head->at, head->number.pieces ? head->number.text : "");
    }
    put_signatories(builder, head, &names, first);
    put_red_rule(builder, first + (names.rows - 1) * builder->grid.pitch + builder->grid.size, top);
    return true;
}

/* ---------------------------------------------------------------- 信函 */

static void put_double_line(PageBuilder *builder, Length y, bool thick_above)
{
    Arena *arena = builder->ts.arena;
    Page *page = flow_page(builder);
    Length above = thick_above ? DOUBLE_THICK : DOUBLE_THIN;
    Length below = thick_above ? DOUBLE_THIN : DOUBLE_THICK;
    page_rect(arena, page, DOUBLE_LEFT, y, DOUBLE_WIDTH, above, builder->style->red);
    page_rect(arena, page, DOUBLE_LEFT, y + LETTER_RULE - below, DOUBLE_WIDTH, below,
        builder->style->red);
}

static bool rest_of_letter(PageBuilder *builder, const Head *head, Length y, Length *top)
{
    put_double_line(builder, y + RED_RULE_GAP, true);
    put_double_line(builder, LETTER_FOOT - LETTER_RULE, false);
    Length first = y + RED_RULE_GAP + LETTER_RULE + LETTER_GAP;
    put_stack(builder, head, &head->number, first);
    int rows = head->stack_count > 1 ? head->stack_count : 1;
    Length bottom = first + (rows - 1) * builder->grid.pitch + builder->grid.size;
    *top = bottom + grid_gap(builder, 2, true);
    return true;
}

/* ---------------------------------------------------------------- 命令 */

static bool rest_of_order(PageBuilder *builder, const Head *head, Length y, Length *top)
{
    Length number = y + grid_gap(builder, 2, true);
    put_centred(builder, &head->number, number);
    *top = number + builder->grid.size + grid_gap(builder, 2, true);
    return true;
}

/* ---------------------------------------------------------------- 纪要 and 简报 */

/* Unit left, date right, one cell from the margins; a date that has no room beside takes the next
 * line. Returns where the row ends. */
static Length put_issue_row(PageBuilder *builder, const Head *head, Length top)
{
    Length cell = builder->grid.cell;
    Length room = builder->grid.width - 3 * cell - width_of(builder, &head->date);
    bool beside = width_of(builder, &head->editor) <= room;
    put(builder, &head->editor, builder->grid.left + cell, top, ALIGN_LEFT,
        beside && head->date.pieces ? TEXT_TAB : TEXT_NEW_LINE);
    top += beside || !head->date.pieces ? 0 : builder->grid.pitch;
    put(builder, &head->date, area_right(builder) - cell, top, ALIGN_RIGHT, TEXT_NEW_LINE);
    return top + builder->grid.size;
}

static bool rest_of_issue(PageBuilder *builder, const Head *head, Length y, Length *top)
{
    bool row = head->editor.pieces || head->date.pieces;
    if (head->number.pieces) {
        /* With a row below, the number keeps nearer to the name. */
        y += grid_gap(builder, row ? 1 : 2, true);
        put_centred(builder, &head->number, y);
        y += builder->grid.size;
    }
    if (row) {
        y = put_issue_row(builder, head, y + grid_gap(builder, 1, true));
    }
    put_red_rule(builder, y, top);
    return true;
}

/* ---------------------------------------------------------------- */

static const struct HeadForm {
    Length mark_top; /* of its ink; 0: the form has no head */
    bool (*rest)(PageBuilder *builder, const Head *head, Length y, Length *top);
} FORMS[FORM_COUNT] = {
    [FORM_OFFICIAL] = {LENGTH_MM(72), rest_of_official},
    [FORM_UPWARD] = {LENGTH_MM(72), rest_of_upward},
    [FORM_LETTER] = {LENGTH_MM(30), rest_of_letter},
    [FORM_ORDER] = {LENGTH_MM(57), rest_of_order},
    [FORM_MINUTES] = {LENGTH_MM(72), rest_of_issue},
    [FORM_BULLETIN] = {LENGTH_MM(57), rest_of_issue},
};

static bool need_text(PageBuilder *builder, const HeadText *text)
{
    return !text->pieces || text_need(&builder->ts, text->pieces);
}

enum { ROW_TEXTS = 7 };

/* What stands on a row of its own, or with another. */
static void list_rows(const Head *head, const HeadText *texts[ROW_TEXTS])
{
    const HeadText *const all[ROW_TEXTS] = {&head->serial, &head->number, &head->editor,
        &head->date, &head->stack[0], &head->stack[1], &head->stack[2]};
    memcpy(texts, all, sizeof all);
}

bool masthead_need(PageBuilder *builder)
{
    const Head *head = head_read(builder);
    if (!head) {
        return true;
    }
    const HeadText *texts[ROW_TEXTS];
    list_rows(head, texts);
    bool found = need_text(builder, &head->suffix) & need_text(builder, &head->label);
    for (int i = 0; i < ROW_TEXTS; i++) {
        found &= need_text(builder, texts[i]);
    }
    for (int i = 0; i < head->issuer_count; i++) {
        found &= need_text(builder, &head->issuers[i]);
    }
    for (int i = 0; i < head->signatory_count; i++) {
        found &= need_text(builder, &head->signatories[i]);
    }
    return found;
}

/* Nothing of the head is broken into lines; most is a cell from a margin. */
static bool rows_fit(PageBuilder *builder, const Head *head)
{
    const HeadText *texts[ROW_TEXTS];
    list_rows(head, texts);
    for (int i = 0; i < ROW_TEXTS; i++) {
        if (width_of(builder, texts[i]) > builder->grid.width - builder->grid.cell) {
            return diag_add(builder->ts.diags, DIAG_E347, &head->at, texts[i]->text);
        }
    }
    return true;
}

/* Where the mark may end so that body text still shows on page 1 (7.3.3). */
static Length lowest_mark_bottom(const PageBuilder *builder, const Head *head)
{
    const PageGrid *grid = &builder->grid;
    Length least = builder->first ? flow_least_height(builder, builder->first) : 0;
    int rows = (head->signatory_count + 1) / 2;
    Length rest = 2 * grid_gap(builder, 2, true) + (rows > 1 ? rows - 1 : 0) * grid->pitch +
                  grid->size + RED_RULE_GAP + builder->style->red_line;
    return grid_bottom(grid) - least - rest - grid->pitch; /* the text snaps to the grid */
}

bool masthead_place(PageBuilder *builder, Length *top)
{
    const struct HeadForm *form = &FORMS[builder->document->form];
    const Head *head = form->rest ? head_read(builder) : NULL;
    if (!head) {
        return true;
    }
    HeadMark mark;
    if (!rows_fit(builder, head) ||
        !mark_fit(builder, head, form->mark_top, lowest_mark_bottom(builder, head), &mark)) {
        return false;
    }
    size_t first = flow_page(builder)->mark_count;
    if (builder->document->form != FORM_LETTER) {
        put_stack(builder, head, &head->serial, grid_line_top(&builder->grid, 0));
    }
    mark_place(builder, head, &mark, form->mark_top);
    bool done = form->rest(builder, head, form->mark_top + mark.height, top);
    pages_tag_texts(builder->ts.pages, flow_page(builder), first);
    return done;
}
