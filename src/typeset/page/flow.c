/* Pages one after the other: where they begin and end, round after round until the contents page
 * is right. */
#include "base/limits.h"
#include "typeset/page/page_internal.h"

enum { MAX_ROUNDS = 5 };

Page *flow_page(PageBuilder *builder)
{
    Pages *pages = builder->ts.pages;
    return &pages->pages[pages->page_count - 1];
}

int flow_page_number(const PageBuilder *builder)
{
    return (int)builder->ts.pages->page_count;
}

const char *flow_printed_number(const PageBuilder *builder)
{
    return page_number_text(
        builder->ts.arena, builder->document, flow_page_number(builder));
}

static bool has_head(const PageBuilder *builder)
{
    return builder->document->masthead || builder->document->issue;
}

/* ---------------------------------------------------------------- pages */

/* The page in hand, on which nothing stands yet, as the landscape group in hand wants it. */
static void lay_grid(PageBuilder *builder)
{
    Page *page = flow_page(builder);
    int number = flow_page_number(builder);
    const DocStyle *style = builder->style;
    page->turned = page->landscape = builder->landscape > 0;
    bool filled = style->letter_fill && builder->document->form == FORM_LETTER && number == 1;
    builder->grid = page->turned ? grid_landscape(style, number)
                    : filled     ? grid_letter(style)
                                 : grid_portrait(style, number);
}

bool flow_start_page(PageBuilder *builder)
{
    if (builder->ts.pages->page_count >= LIMIT_PAGES) {
        return diag_add(builder->ts.diags, DIAG_E309, NULL, LIMIT_PAGES);
    }
    pages_add(builder->ts.pages, PAPER_WIDTH, PAPER_HEIGHT);
    lay_grid(builder);
    builder->line = 0;
    builder->fresh = true;
    builder->front = builder->below = builder->lowest = 0;
    draft_mark(builder);
    return true;
}

void flow_finish_page(PageBuilder *builder, bool numbered)
{
    Page *page = flow_page(builder);
    int number = flow_page_number(builder);
    if (number == 1) {
        builder->bodiless = has_head(builder) && builder->first && !builder->has_body;
    }
    page->tag = 0;
    notes_place(builder, page);
    page->turned = false; /* the number stands where portrait pages have it (clause 8) */
    if (!builder->fresh && number > 1) {
        running_head_place(builder, page);
    }
    /* 信函: the first page counts but shows no number (10.1). */
    if (numbered && !builder->unnumbered && !(number == 1 && builder->document->form == FORM_LETTER)) {
        folio_place(builder, page);
    }
}

bool flow_next_page(PageBuilder *builder)
{
    int tag = builder->tag;
    flow_finish_page(builder, true);
    bool done = flow_start_page(builder) && float_place_waiting(builder);
    tag_hold(builder, tag);
    return done;
}

/* ---------------------------------------------------------------- room */

Length flow_top(const PageBuilder *builder)
{
    return builder->front > 0 ? builder->front : grid_line_top(&builder->grid, builder->line);
}

Length flow_room(const PageBuilder *builder)
{
    Length room = grid_bottom(&builder->grid) - builder->notes_height - flow_top(builder);
    return builder->line < builder->grid.lines && room > 0 ? room : 0;
}

bool flow_make_room(PageBuilder *builder, Length height)
{
    return builder->fresh || height <= flow_room(builder) + ROUNDING || flow_next_page(builder);
}

void flow_occupy(PageBuilder *builder, Length y)
{
    builder->lowest = y > builder->lowest ? y : builder->lowest;
    builder->fresh = false;
}

void flow_below(PageBuilder *builder, Length y)
{
    builder->line = grid_line_from(&builder->grid, y);
    builder->front = builder->below = 0;
    flow_occupy(builder, y);
}

/* ---------------------------------------------------------------- items */

bool item_is_body(const Item *item)
{
    switch (item->block->kind) {
    case BLOCK_TITLE:
    case BLOCK_SUBTITLE:
    case BLOCK_BYLINE:
    case BLOCK_DATE:
    case BLOCK_TO:
    case BLOCK_SALUTATION:
        return false;
    default:
        return true;
    }
}

void flow_note_place(PageBuilder *builder, const Item *item)
{
    const Block *block = item->block;
    builder->has_body |= item_is_body(item);
    contents_note(builder, item);
    tag_item(builder, item);
    if (entry_level(block) > 0) {
        /* The place of an entry is that on the upright sheet. */
        Length y = builder->landscape > 0 ? 0 : flow_top(builder);
        pages_outline(builder->ts.pages, entry_level(block), entry_text(builder->ts.arena, block),
            flow_page_number(builder) - 1, y);
    }
}

/* Turned pages hold their group alone (clause 8). */
static bool turn_page(PageBuilder *builder, const Item *item)
{
    if (item->landscape == builder->landscape) {
        return true;
    }
    if (!float_flush(builder)) {
        return false;
    }
    builder->landscape = item->landscape;
    builder->keep = 0;
    if (builder->fresh) {
        lay_grid(builder);
        return true;
    }
    return flow_next_page(builder);
}

static bool place_item(PageBuilder *builder, Item *item)
{
    bool passes = item->kind == ITEM_LINES && item->floats_past;
    tag_hold(builder, 0);
    if (!turn_page(builder, item) || (!passes && !float_flush(builder)) ||
        !keep_begin(builder, item) || !ITEM_CLASSES[item->kind]->place(builder, item)) {
        return false;
    }
    builder->has_body |= item_is_body(item) && flow_page_number(builder) == 1;
    builder->last = item;
    return true;
}

static bool place_break(PageBuilder *builder, Item *item)
{
    return !item->next || builder->fresh || flow_next_page(builder);
}

static bool need_nothing(PageBuilder *builder, const Item *item)
{
    (void)builder;
    (void)item;
    return true;
}

static bool measure_nothing(PageBuilder *builder, Item *item)
{
    return need_nothing(builder, item);
}

static Length takes_nothing(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    (void)item;
    return 0;
}

const ItemClass BREAK_CLASS = {need_nothing, measure_nothing, takes_nothing, NULL, place_break};

/* ---------------------------------------------------------------- the paper */

/* Undoes a round: nothing is on paper yet. */
static void restart(PageBuilder *builder)
{
    Pages *pages = builder->ts.pages;
    pages->page_count = 0;
    pages->outline_count = pages->figure_count = 0;
    pages->tag_count = pages->tag_count > 0; /* the paper itself */
    builder->page_note_count = 0;
    builder->notes_height = 0;
    builder->waiting_count = builder->entry_next = 0;
    builder->keep = 0;
    builder->last = NULL;
    builder->has_body = builder->crowded = false;
    for (int i = 0; i <= builder->notes.count; i++) {
        builder->notes.items[i].placed = false;
    }
    for (Item *item = builder->first; item && builder->round > 0; item = item->next) {
        if (item->kind == ITEM_CHART) { /* it may have been drawn lower */
            CHART_CLASS.measure(builder, item);
        }
    }
}

/* Page 1 with what stands at its head. Without a title the text begins there, on the grid
 * (typesetting.md 1.4, C3). */
static bool begin_paper(PageBuilder *builder)
{
    Length top = 0;
    builder->landscape = builder->first && !has_head(builder) ? builder->first->landscape : 0;
    if (!flow_start_page(builder) || !masthead_place(builder, &top)) {
        return false;
    }
    if (cover_top(builder) > 0) {
        builder->front = cover_top(builder);
    } else if (top > 0) {
        flow_below(builder, top - builder->grid.pitch * 35 / 100);
        bool titled = builder->first && builder->first->kind == ITEM_TITLE;
        builder->front = titled ? top : 0;
    }
    return true;
}

static bool flow_once(PageBuilder *builder)
{
    restart(builder);
    if (!begin_paper(builder)) {
        return false;
    }
    for (Item *item = builder->first; item; item = item->next) {
        if (!place_item(builder, item)) {
            return false;
        }
    }
    return float_flush(builder) && imprint_end(builder) && draft_end(builder);
}

bool page_flow(PageBuilder *builder)
{
    for (builder->round = 0; builder->round < MAX_ROUNDS; builder->round++) {
        if (!flow_once(builder)) {
            return false;
        }
        if (contents_settled(builder)) {
            return notes_all_placed(builder);
        }
    }
    return diag_add(builder->ts.diags, DIAG_E351, NULL, MAX_ROUNDS);
}
