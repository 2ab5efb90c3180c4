/* Placing items on pages: the 22-line grid, what must stay together, what flows (typesetting.md
 * 10.6). */
#include "base/limits.h"
#include "typeset/chart/chart.h"
#include "typeset/page/page_internal.h"

enum { MAX_LINE_NOTES = 8, SIGN_LINES = 3, DEFERRING_LINES = 2 };

#define TITLE_PITCH LENGTH_PT(35.7) /* 行 of 二号: 7.76 + 4.85 mm (typesetting.md 1.2) */
#define BLANK_LINE LENGTH_MM(10.39) /* 空一行 above the body, edge to edge (1.4, reading A) */
#define FLOAT_GAP LENGTH_PT(6)      /* at least so much below a table or chart … */
#define HALF_LINE LENGTH_PT(15)     /* … and so much between a table and another or a chart */

static Page *page_in_hand(PageBuilder *builder)
{
    Pages *pages = builder->ts.pages;
    return &pages->pages[pages->page_count - 1];
}

static bool start_page(PageBuilder *builder)
{
    if (builder->ts.pages->page_count >= LIMIT_PAGES) {
        return diag_add(builder->ts.diags, DIAG_E309, NULL, LIMIT_PAGES);
    }
    pages_add(builder->ts.pages, PAPER_WIDTH, PAPER_HEIGHT);
    builder->line = 0;
    builder->fresh = true;
    builder->below = 0;
    return true;
}

static void finish_page(PageBuilder *builder)
{
    Page *page = page_in_hand(builder);
    notes_place(builder, page);
    folio_place(builder, page, (int)builder->ts.pages->page_count);
}

static Length area_bottom(Length notes_height)
{
    return AREA_TOP + AREA_HEIGHT - notes_height;
}

/* Space from the top of the next grid line to the foot. */
static Length space_left(const PageBuilder *builder)
{
    if (builder->line >= LINES) {
        return 0;
    }
    return area_bottom(builder->notes_height) - grid_line_top(builder->line);
}

static void go_below(PageBuilder *builder, Length y)
{
    builder->line = grid_line_from(y);
    builder->fresh = false;
    builder->below = 0;
}

/* Text keeps the grid; what has none of its own stands half a line below the table above it. */
static Length float_top(const PageBuilder *builder)
{
    return builder->below > 0 ? builder->below : grid_line_top(builder->line);
}

static bool place_chart(PageBuilder *builder, const Item *item)
{
    Length y = float_top(builder);
    go_below(builder, y + item->chart_height + FLOAT_GAP);
    return chart_place(&builder->ts, page_in_hand(builder), item->chart, AREA_LEFT, y, AREA_WIDTH);
}

/* The next page, with the charts that wait for it on top. */
static bool next_page(PageBuilder *builder)
{
    finish_page(builder);
    if (!start_page(builder)) {
        return false;
    }
    size_t placed = 0;
    while (placed < builder->waiting_count &&
           (builder->fresh || builder->waiting[placed]->chart_height <= space_left(builder))) {
        if (!place_chart(builder, builder->waiting[placed++])) {
            return false;
        }
    }
    builder->waiting_count -= placed;
    for (size_t i = 0; i < builder->waiting_count; i++) {
        builder->waiting[i] = builder->waiting[i + placed];
    }
    return true;
}

/* Charts that wait must stand before what may not move past them. */
static bool flush_waiting(PageBuilder *builder)
{
    while (builder->waiting_count > 0) {
        if (!next_page(builder)) {
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- paragraphs */

/* How many of the lines from `first` on fit on the page, footnotes included. */
static int lines_that_fit(const PageBuilder *builder, const TextLines *lines, int first)
{
    int numbers[MAX_LINE_NOTES * LINES], known = 0, count = 0;
    for (int line = builder->line; first + count < lines->count && line < LINES; line++) {
        known += text_line_notes(lines->lines[first + count], numbers + known, MAX_LINE_NOTES);
        Length notes = notes_height_with(builder, numbers, known);
        if (grid_line_top(line) + BODY_SIZE > area_bottom(notes) + LENGTH_PT(0.1)) {
            break;
        }
        count++;
    }
    return count;
}

static void place_lines(
    PageBuilder *builder, const TextLines *lines, int first, int count, bool page_ends)
{
    for (int i = first; i < first + count; i++) {
        int numbers[MAX_LINE_NOTES];
        const TextLine *line = lines->lines[i];
        notes_add(builder, numbers, text_line_notes(line, numbers, MAX_LINE_NOTES));
        /* The page number follows the last line of a page in the plain text. */
        bool ends = i + 1 == lines->count || (page_ends && i + 1 == first + count);
        text_put_line(&builder->ts, page_in_hand(builder), line, AREA_LEFT,
            grid_line_top(builder->line) + text_ascent(BODY_SIZE),
            ends ? TEXT_NEW_LINE : TEXT_GOES_ON);
        builder->line++;
        builder->fresh = false;
        builder->below = 0;
    }
}

/* Lines of a paragraph that may be the first on a page's foot: 孤行不成页 forbids that only its
 * last line goes over. */
static int least_lines(const TextLines *lines)
{
    return lines->count <= 2 ? lines->count : lines->count == 3 ? 1 : 2;
}

/* How many of the lines from `first` on to set on this page. */
static int lines_to_place(const PageBuilder *builder, const Item *item, int first)
{
    int rest = item->lines->count - first;
    int fit = lines_that_fit(builder, item->lines, first);
    bool before_sign = item->next && item->next->kind == ITEM_SIGN;
    if (fit >= rest && before_sign && builder->line + rest + SIGN_LINES > LINES) {
        /* The signature never stands alone: body text goes over with it (GB/T 9704 7.3.5.5). */
        return rest <= 2 ? 0 : rest - 2;
    }
    if (fit >= rest) {
        return rest;
    }
    return rest - fit == 1 ? fit - 1 : fit;
}

/* A line whose footnotes leave it no room even on a page of its own. */
static bool report_high_note(PageBuilder *builder, const TextLine *line)
{
    int numbers[MAX_LINE_NOTES];
    text_line_notes(line, numbers, MAX_LINE_NOTES);
    return diag_add(builder->ts.diags, DIAG_E323, &builder->notes.items[numbers[0]].at);
}

static bool place_paragraph(PageBuilder *builder, const Item *item)
{
    for (int first = 0; first < item->lines->count;) {
        int count = lines_to_place(builder, item, first);
        if (count <= 0 && builder->fresh) {
            if (lines_that_fit(builder, item->lines, first) == 0) {
                return report_high_note(builder, item->lines->lines[first]);
            }
            count = 1; /* its footnotes leave room for one line only */
        }
        count = count > 0 ? count : 0;
        bool more = first + count < item->lines->count;
        place_lines(builder, item->lines, first, count, more);
        first += count;
        if (more && !next_page(builder)) {
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- what stays together */

/* Height of lines of text that end a page: below the last there need be no leading. */
static Length lines_height(int lines)
{
    return lines > 0 ? grid_line_top(lines - 1) - AREA_TOP + BODY_SIZE : 0;
}

static Length least_text_height(const Item *item)
{
    int lines = least_lines(item->lines);
    bool before_sign = item->next && item->next->kind == ITEM_SIGN;
    return lines_height(before_sign && item->lines->count <= 2 ? lines + SIGN_LINES : lines);
}

/* Space that an item needs to begin on a page: a heading with two lines of text, the head of a
 * table, a chart. */
static Length least_height(const Item *item)
{
    Length height = 0;
    for (; item && item->keep_next; item = item->next) {
        height += item->kind == ITEM_TITLE
                      ? (item->lines->count - 1) * TITLE_PITCH + TITLE_SIZE + BLANK_LINE
                      : grid_line_top(item->lines->count) - AREA_TOP;
    }
    if (!item) {
        return height;
    }
    switch (item->kind) {
    case ITEM_TITLE:
    case ITEM_LINES:
        return height + least_text_height(item);
    case ITEM_TABLE:
        return height + table_first_height(item->table);
    case ITEM_CHART:
        return height + item->chart_height;
    case ITEM_SIGN:
        return height + lines_height(SIGN_LINES);
    }
    return height;
}

/* A heading goes to the next page unless something can follow it here. */
static bool keep_together(PageBuilder *builder, const Item *item)
{
    enum { ROUNDING = 64 };
    return builder->fresh || least_height(item) <= space_left(builder) + ROUNDING ||
           next_page(builder);
}

/* ---------------------------------------------------------------- blocks */

static void note_outline(PageBuilder *builder, const Block *block)
{
    if (block->kind == BLOCK_HEADING && block->level <= 2) {
        Arena *arena = builder->ts.arena;
        const char *title = arena_printf(
            arena, "%s%s", block->number ? block->number : "", inline_plain(arena, block->content));
        pages_outline(builder->ts.pages, block->level, title,
            (int)builder->ts.pages->page_count - 1, grid_line_top(builder->line));
    }
}

/* One blank line below the title, then back to the grid (typesetting.md 1.4: a line may lie a
 * little higher than computed). */
static bool place_title(PageBuilder *builder, const Item *item)
{
    Length top = grid_line_top(builder->line), pitch = grid_line_top(1) - grid_line_top(0);
    for (int i = 0; i < item->lines->count; i++) {
        text_put_line(&builder->ts, page_in_hand(builder), item->lines->lines[i], AREA_LEFT,
            top + i * TITLE_PITCH + text_ascent(TITLE_SIZE),
            i + 1 == item->lines->count ? TEXT_NEW_LINE : TEXT_GOES_ON);
    }
    Length bottom = top + (item->lines->count - 1) * TITLE_PITCH + TITLE_SIZE;
    go_below(builder, bottom + BLANK_LINE - pitch * 35 / 100);
    return true;
}

static bool place_text(PageBuilder *builder, const Item *item)
{
    if (item->keep_next && !keep_together(builder, item)) {
        return false;
    }
    if (!item->keep_next && lines_to_place(builder, item, 0) <= 0 && !builder->fresh &&
        !next_page(builder)) {
        return false;
    }
    note_outline(builder, item->block);
    if (!place_paragraph(builder, item)) {
        return false;
    }
    if (item->front && !(item->next && item->next->front)) {
        builder->line++; /* one blank line before the body */
    }
    return true;
}

/* Space below an item's end that the signature after it needs: it never stands alone. */
static Length sign_room(const Item *item)
{
    bool before_sign = item->next && item->next->kind == ITEM_SIGN;
    Length pitch = grid_line_top(1) - grid_line_top(0);
    return before_sign ? FLOAT_GAP + pitch + lines_height(SIGN_LINES) : 0;
}

static bool before_float(const Item *item)
{
    return item->next && (item->next->kind == ITEM_TABLE || item->next->kind == ITEM_CHART);
}

static bool place_table(PageBuilder *builder, const Item *item)
{
    if (!keep_together(builder, item)) {
        return false;
    }
    for (int row = 0; !table_done(item->table, row);) {
        Length y = float_top(builder);
        Length used = table_place(&builder->ts, page_in_hand(builder), item->table, &row, AREA_LEFT,
            y, space_left(builder), sign_room(item));
        if (used == 0 && builder->fresh) {
            return diag_add(
                builder->ts.diags, DIAG_E320, &item->block->at, item->block->table->number);
        }
        if (used > 0) {
            go_below(builder, y + used + (before_float(item) ? HALF_LINE : FLOAT_GAP));
            builder->below = before_float(item) ? y + used + HALF_LINE : 0;
        }
        if (!table_done(item->table, row) && !next_page(builder)) {
            return false;
        }
    }
    return true;
}

/* Is there text after a chart that may move before it, and is it not that of the signature? */
static bool text_may_pass(const Item *chart)
{
    const Item *item = chart->next;
    if (!item || item->kind != ITEM_LINES || !item->floats_past) {
        return false;
    }
    while (item && item->kind == ITEM_LINES && item->floats_past) {
        item = item->next;
    }
    return !item || item->kind != ITEM_SIGN;
}

/* A chart that does not fit waits for the next page: the text after it moves up before it, so that
 * the page is full. */
static bool defer_chart(PageBuilder *builder, Item *item)
{
    if (!text_may_pass(item) || LINES - builder->line < DEFERRING_LINES) {
        return false;
    }
    builder->waiting = arena_grow(builder->ts.arena, builder->waiting, builder->waiting_count,
        &builder->waiting_capacity, sizeof *builder->waiting);
    builder->waiting[builder->waiting_count++] = item;
    return true;
}

/* Rather than leave the page empty a chart may be drawn down to seven tenths of its height, to
 * eight when that was wished. */
static bool shrink_chart(PageBuilder *builder, Item *item)
{
    Length pitch = grid_line_top(1) - grid_line_top(0);
    Length space = space_left(builder) - sign_room(item);
    int lines = (space + pitch - BODY_SIZE) / pitch, tenths = item->chart->height_lines > 0 ? 8 : 7;
    if (lines < CHART_LEAST_LINES || (int64_t)space * 10 < (int64_t)item->chart_height * tenths) {
        return false;
    }
    DocChart *lower = arena_copy(builder->ts.arena, item->chart, sizeof *lower);
    lower->height_lines = lines;
    Length height = chart_height(&builder->ts, lower, AREA_WIDTH);
    if (height > space) {
        return false;
    }
    item->chart = lower;
    item->chart_height = height;
    return true;
}

static bool place_chart_item(PageBuilder *builder, Item *item)
{
    if (item->chart_height > AREA_HEIGHT) {
        return diag_add(builder->ts.diags, DIAG_E308, &item->block->at, item->block->chart->number);
    }
    if (!builder->fresh && item->chart_height + sign_room(item) > space_left(builder) &&
        !shrink_chart(builder, item)) {
        if (defer_chart(builder, item)) {
            return true;
        }
        if (!next_page(builder)) {
            return false;
        }
    }
    return place_chart(builder, item);
}

/* Without a seal: one blank line, the name two cells from the right, the date's first character
 * two cells right of the name's (GB/T 9704 7.3.5.2; a date longer than the name takes the right
 * indent itself). */
static bool place_sign(PageBuilder *builder, const Item *item)
{
    const TextStyle style = {.role = ROLE_BODY, .size = BODY_SIZE, .cell = BODY_CELL};
    Typesetter *ts = &builder->ts;
    const char *name = inline_plain(ts->arena, item->block->sign->unit);
    const char *date = inline_plain(ts->arena, item->block->sign->date);
    if (!keep_together(builder, item)) {
        return false;
    }
    Length right = AREA_LEFT + AREA_WIDTH - BODY_CELL * 2;
    Length name_width = text_width(ts, &style, name), date_width = text_width(ts, &style, date);
    Length x = right - name_width;
    if (date_width > name_width) {
        x = right - date_width - BODY_CELL * 2;
    }
    x = x < AREA_LEFT ? AREA_LEFT : x; /* a name of more than 26 characters takes the indent */
    builder->line += builder->fresh ? 0 : 1;
    Length ascent = text_ascent(BODY_SIZE);
    Page *page = page_in_hand(builder);
    if (name[0]) {
        text_put(ts, page, &style, name, x, grid_line_top(builder->line++) + ascent, ALIGN_LEFT,
            TEXT_NEW_LINE);
    }
    if (date[0]) {
        text_put(ts, page, &style, date, x + BODY_CELL * 2, grid_line_top(builder->line++) + ascent,
            ALIGN_LEFT, TEXT_NEW_LINE);
    }
    builder->fresh = false;
    return true;
}

static bool place_item(PageBuilder *builder, Item *item)
{
    if (!(item->kind == ITEM_LINES && item->floats_past) && !flush_waiting(builder)) {
        return false;
    }
    switch (item->kind) {
    case ITEM_TITLE:
        return keep_together(builder, item) && place_title(builder, item);
    case ITEM_LINES:
        return place_text(builder, item);
    case ITEM_TABLE:
        return place_table(builder, item);
    case ITEM_CHART:
        return place_chart_item(builder, item);
    case ITEM_SIGN:
        return place_sign(builder, item);
    }
    return true;
}

bool page_flow(PageBuilder *builder)
{
    if (!start_page(builder)) {
        return false;
    }
    for (Item *item = builder->first; item; item = item->next) {
        if (!place_item(builder, item)) {
            return false;
        }
    }
    if (!flush_waiting(builder)) {
        return false;
    }
    finish_page(builder);
    return notes_all_placed(builder);
}
