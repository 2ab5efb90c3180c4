/* 版记 and, for a 简报, 报尾: 四号 仿宋 between rules at the foot of the last page (GB/T 9704 7.4,
 * 10.1; typesetting.md R1–R7, L8, 4.1, 8). */
#include <stddef.h>
#include <string.h>
#include "typeset/page/page_internal.h"

#define SIZE LENGTH_PT(14)
#define ROW LENGTH_MM(9.79) /* 行 of 四号 */
#define THICK LENGTH_MM(0.35)
#define THIN LENGTH_MM(0.25)

/* A text of one or more rows. Its label is set apart, so that turned lines stand exactly under the
 * first character behind the colon however the first one is stretched. */
typedef struct LabelledText {
    const char *label;
    TextLines *lines;
} LabelledText;

/* Texts between the same two rules, one below the other, the last with a text flush right. */
typedef struct Group {
    LabelledText *texts;
    int text_count;
    int rows;
    const char *right; /* NULL: none */
} Group;

enum { GROUPS = 3 }; /* who gets it; anything else; 印发 */

typedef struct ImprintPlan {
    Group groups[GROUPS];
    int group_count;
    bool ruled;    /* a 信函 has no rules */
    Length height; /* rules included */
} ImprintPlan;

static const Color BLACK = {0, 0, 0};

static const TextStyle STYLE = {.role = ROLE_BODY, .size = SIZE};

/* ---------------------------------------------------------------- texts */

/* Who gets the paper, in the order of the rows. */
static const struct Addressee {
    size_t text;
    const char *label;
} ADDRESSEES[] = {
    {offsetof(DocImprint, to), "主送："},
    {offsetof(DocImprint, copy_to), "抄送："},
    {offsetof(DocImprint, report_to), "报："},
    {offsetof(DocImprint, send_to), "送："},
    {offsetof(DocImprint, issue_to), "发："},
};

enum { ADDRESSEE_COUNT = sizeof ADDRESSEES / sizeof *ADDRESSEES };

/* A text with what the standard puts before and behind it; these may be NULL. */
static TextPiece *affixed(
    PageBuilder *builder, const char *before, const Inline *text, const char *after)
{
    TextPiece *pieces = text_pieces(&builder->ts, text, &STYLE);
    if (after) {
        pieces = item_join(pieces, item_text(builder, after, &STYLE, text->at));
    }
    return before ? item_join(item_text(builder, before, &STYLE, text->at), pieces) : pieces;
}

static const Inline *addressee_text(const DocImprint *imprint, int index)
{
    return *(Inline *const *)((const char *)imprint + ADDRESSEES[index].text);
}

/* The last name is followed by 。 (7.4.2), which many offices type themselves. */
static TextPiece *addressee_pieces(PageBuilder *builder, int index)
{
    static const char STOP[] = "。";
    const Inline *text = addressee_text(builder->document->imprint, index);
    const char *plain = inline_plain(builder->ts.arena, text);
    size_t length = strlen(plain), stop = strlen(STOP);
    bool stopped = length >= stop && strcmp(plain + length - stop, STOP) == 0;
    return affixed(builder, NULL, text, stopped ? NULL : STOP);
}

static TextPiece *plain_pieces(PageBuilder *builder, const Inline *text)
{
    return affixed(builder, NULL, text, NULL);
}

static TextPiece *date_pieces(PageBuilder *builder, const Inline *date)
{
    return affixed(builder, NULL, date, "印发");
}

/* 公开方式：主动公开, or as typed: 信息公开选项：主动公开, （此件公开发布）. */
static TextPiece *disclosure_pieces(PageBuilder *builder, const Inline *disclosure)
{
    const char *plain = inline_plain(builder->ts.arena, disclosure);
    bool labelled = strstr(plain, "：") || strstr(plain, "（");
    return affixed(builder, labelled ? NULL : "公开方式：", disclosure, NULL);
}

static bool need_text(
    PageBuilder *builder, const Inline *text, TextPiece *(*pieces)(PageBuilder *, const Inline *))
{
    return !text || text_need(&builder->ts, pieces(builder, text));
}

bool imprint_need(PageBuilder *builder)
{
    const DocImprint *imprint = builder->document->imprint;
    if (!imprint) {
        return true;
    }
    bool found = true;
    for (int i = 0; i < ADDRESSEE_COUNT; i++) {
        if (addressee_text(imprint, i)) {
            found &= text_need(&builder->ts, addressee_pieces(builder, i));
            found &= fonts_need(builder->ts.fonts, STYLE.role, ADDRESSEES[i].label, imprint->at);
        }
    }
    found &= need_text(builder, imprint->issuer, plain_pieces);
    found &= need_text(builder, imprint->date, date_pieces);
    found &= need_text(builder, imprint->disclosure, disclosure_pieces);
    return need_text(builder, imprint->copies, plain_pieces) && found;
}

/* ---------------------------------------------------------------- measuring */

/* 字 of the indents is that of the body (R2). */
static void add_text(PageBuilder *builder, Group *group, const char *label, const TextPiece *pieces,
    Length right_room)
{
    Length cell = builder->style->cell;
    Length indent = cell + text_width(&builder->ts, &STYLE, label);
    LineSpec spec = {.measure = AREA_WIDTH - cell - right_room,
        .first_indent = indent,
        .hang_indent = indent,
        .align = ALIGN_JUSTIFY};
    TextLines *lines = text_break(&builder->ts, pieces, &spec);
    group->texts[group->text_count++] = (LabelledText){label, lines};
    group->rows += lines->count;
}

static Group *new_group(PageBuilder *builder, ImprintPlan *plan, int texts)
{
    Group *group = &plan->groups[plan->group_count++];
    group->texts = ARENA_ARRAY(builder->ts.arena, LabelledText, texts);
    return group;
}

static void measure_addressees(PageBuilder *builder, ImprintPlan *plan)
{
    const DocImprint *imprint = builder->document->imprint;
    Group *group = new_group(builder, plan, ADDRESSEE_COUNT);
    for (int i = 0; i < ADDRESSEE_COUNT; i++) {
        if (addressee_text(imprint, i)) {
            add_text(builder, group, ADDRESSEES[i].label, addressee_pieces(builder, i), 0);
        }
    }
    plan->group_count -= group->rows == 0;
}

/* A row with one text left and one right; either may be absent. */
static void measure_row(
    PageBuilder *builder, ImprintPlan *plan, TextPiece *left, const TextPiece *right)
{
    if (!left && !right) {
        return;
    }
    Group *group = new_group(builder, plan, 1);
    Length room = 0;
    for (; right; right = right->next) {
        group->right =
            arena_printf(builder->ts.arena, "%s%s", group->right ? group->right : "", right->text);
    }
    if (group->right) {
        room = text_width(&builder->ts, &STYLE, group->right) + SIZE;
    }
    if (left) {
        add_text(builder, group, "", left, room);
    }
    group->rows = group->rows > 0 ? group->rows : 1;
}

/* 印发机关 left, 印发日期 right stand right above the last rule (R4); anything else is parted from
 * them by a thin one (R5). The imprint of a 信函 is 抄送 alone, without rules (L8). */
static ImprintPlan *make_plan(PageBuilder *builder)
{
    const DocImprint *imprint = builder->document->imprint;
    ImprintPlan *plan = ARENA_NEW(builder->ts.arena, ImprintPlan);
    plan->ruled = builder->document->form != FORM_LETTER;
    measure_addressees(builder, plan);
    if (plan->ruled) {
        measure_row(builder, plan,
            imprint->disclosure ? disclosure_pieces(builder, imprint->disclosure) : NULL,
            imprint->copies ? plain_pieces(builder, imprint->copies) : NULL);
        measure_row(builder, plan, imprint->issuer ? plain_pieces(builder, imprint->issuer) : NULL,
            imprint->date ? date_pieces(builder, imprint->date) : NULL);
    }
    return plan;
}

bool imprint_measure(PageBuilder *builder)
{
    const DocImprint *imprint = builder->document->imprint;
    if (!imprint) {
        return true;
    }
    ImprintPlan *plan = make_plan(builder);
    int rows = 0;
    for (int i = 0; i < plan->group_count; i++) {
        rows += plan->groups[i].rows;
    }
    plan->height = rows * ROW;
    if (plan->ruled) {
        plan->height += 2 * THICK + (plan->group_count - 1) * THIN;
    } else {
        plan->height -= ROW - SIZE; /* the text ends with the type area */
    }
    if (plan->height > AREA_HEIGHT) {
        return diag_add(builder->ts.diags, DIAG_E344, &imprint->at, rows, (int)(AREA_HEIGHT / ROW));
    }
    builder->imprint = plan->group_count > 0 ? plan : NULL;
    return true;
}

/* ---------------------------------------------------------------- placing */

static Length place_rule(PageBuilder *builder, Length y, Length thickness)
{
    page_rect(builder->ts.arena, flow_page(builder), builder->grid.left, y, builder->grid.width,
        thickness, BLACK);
    return y + thickness;
}

static void place_group(PageBuilder *builder, const Group *group, Length y)
{
    Page *page = flow_page(builder);
    Length baseline = y + (ROW - SIZE) / 2 + text_ascent(SIZE);
    Length left = builder->grid.left, right = left + builder->grid.width - builder->style->cell;
    for (int i = 0; i < group->text_count; i++) {
        const TextLines *lines = group->texts[i].lines;
        text_put(&builder->ts, page, &STYLE, group->texts[i].label, left + builder->style->cell,
            baseline, ALIGN_LEFT, TEXT_GOES_ON);
        for (int k = 0; k < lines->count; k++, baseline += ROW) {
            TextEnd end = k + 1 < lines->count ? TEXT_GOES_ON
                          : group->right       ? TEXT_TAB
                                               : TEXT_NEW_LINE;
            text_put_line(&builder->ts, page, lines->lines[k], left, baseline, end);
        }
    }
    if (group->right) {
        baseline -= group->text_count > 0 ? ROW : 0;
        text_put(
            &builder->ts, page, &STYLE, group->right, right, baseline, ALIGN_RIGHT, TEXT_NEW_LINE);
    }
}

/* At the foot of the page in hand; the last rule coincides with the lower edge of the type area
 * (R1). */
static void place_imprint(PageBuilder *builder)
{
    const ImprintPlan *plan = builder->imprint;
    size_t first = flow_page(builder)->mark_count;
    Length y = AREA_BOTTOM - plan->height - (plan->ruled ? 0 : (ROW - SIZE) / 2);
    for (int i = 0; i < plan->group_count; i++) {
        if (plan->ruled) {
            y = place_rule(builder, y, i == 0 ? THICK : THIN);
        }
        place_group(builder, &plan->groups[i], y);
        y += plan->groups[i].rows * ROW;
    }
    if (plan->ruled) {
        place_rule(builder, y, THICK);
    }
    pages_tag_texts(builder->ts.pages, flow_page(builder), first);
}

/* ---------------------------------------------------------------- on which page */

/* The imprint and one blank line of the grid above it (4.1). */
static Length imprint_need_height(const PageBuilder *builder)
{
    return builder->imprint->height + builder->grid.pitch;
}

/* Where the last thing on the page ends: a line, a table, a seal. */
static Length page_foot(const PageBuilder *builder)
{
    const PageGrid *grid = &builder->grid;
    Length line = builder->line > 0 ? grid_line_top(grid, builder->line - 1) + grid->size : 0;
    return length_max(builder->lowest, line);
}

/* Where text and footnotes must end above it. The first page of a 信函 may run below the type area,
 * the imprint never does. */
static Length imprint_top(const PageBuilder *builder)
{
    Length bottom = grid_bottom(&builder->grid);
    return (bottom < AREA_BOTTOM ? bottom : AREA_BOTTOM) - imprint_need_height(builder);
}

static bool fits_page(const PageBuilder *builder)
{
    return builder->landscape == 0 &&
           page_foot(builder) + builder->notes_height <= imprint_top(builder);
}

/* Ends the page that the text ends on, with the imprint below text and footnotes if `with`. */
static void finish_text_page(PageBuilder *builder, bool with)
{
    if (with) {
        builder->grid.height = imprint_top(builder) - builder->grid.top;
        notes_place(builder, flow_page(builder));
        place_imprint(builder);
        flow_page(builder)->imprint = IMPRINT_BELOW_TEXT;
    }
    flow_finish_page(builder, true);
}

/* N4, N7: after a blank page the page of the imprint carries no number; a blank page is blank. */
static bool add_imprint_page(PageBuilder *builder, bool blank_before)
{
    builder->landscape = 0;
    if ((blank_before && !flow_start_page(builder)) || !flow_start_page(builder)) {
        return false;
    }
    place_imprint(builder);
    flow_page(builder)->imprint = IMPRINT_ALONE;
    if (!blank_before) {
        flow_finish_page(builder, true);
    }
    return true;
}

bool imprint_end(PageBuilder *builder)
{
    if (!builder->imprint) {
        flow_finish_page(builder, true);
        return true;
    }
    bool even = flow_page_number(builder) % 2 == 0;
    bool here = fits_page(builder) && (even || !builder->style->imprint_even);
    finish_text_page(builder, here);
    return here || add_imprint_page(builder, even && builder->style->imprint_even);
}
