/* Blocks of the document as items that flow, with faces and indents of typesetting.md 3 (B1–B9)
 * and 8. */
#include <string.h>
#include "typeset/chart/chart.h"
#include "typeset/page/page_internal.h"
#include "typeset/title.h"

static const Color BLACK = {0, 0, 0};

static TextStyle body_style(Role role)
{
    return (TextStyle){.role = role, .size = BODY_SIZE, .cell = BODY_CELL, .color = BLACK};
}

static Item *add_item(PageBuilder *builder, Item ***tail, ItemKind kind, const Block *block)
{
    Item *item = ARENA_NEW(builder->ts.arena, Item);
    item->kind = kind;
    item->block = block;
    item->spec = (LineSpec){.measure = AREA_WIDTH, .align = ALIGN_JUSTIFY, .no_orphan = true};
    **tail = item;
    *tail = &item->next;
    return item;
}

static TextPiece *append_pieces(TextPiece *pieces, TextPiece *more)
{
    TextPiece **tail = &pieces;
    while (*tail) {
        tail = &(*tail)->next;
    }
    *tail = more;
    return pieces;
}

static TextPiece *append_text(
    PageBuilder *builder, TextPiece *pieces, const char *text, const TextStyle *style, At at)
{
    TextPiece *piece = ARENA_NEW(builder->ts.arena, TextPiece);
    *piece = (TextPiece){.style = *style, .text = text, .at = at};
    return append_pieces(pieces, piece);
}

/* 7.3.3: 一、黑体, （一） 楷体, 1. and （1） 仿宋; only the part up to a run-in heading's 。 takes
 * the heading's face. */
static void heading_item(PageBuilder *builder, Item *item)
{
    static const Role FACES[] = {ROLE_HEI, ROLE_KAI, ROLE_BODY};
    const Block *block = item->block;
    int level = block->level < 1 ? 1 : block->level > 3 ? 3 : block->level;
    TextStyle style = body_style(FACES[level - 1]), body = body_style(ROLE_BODY);
    TextPiece *pieces = NULL;
    if (block->number) {
        pieces = append_text(builder, pieces, block->number, &style, block->at);
    }
    pieces = append_pieces(pieces, text_pieces(&builder->ts, block->content, &style));
    if (block->run_in) {
        pieces = append_pieces(pieces, text_pieces(&builder->ts, block->tail, &body));
    }
    item->pieces = pieces;
    item->spec.first_indent = BODY_CELL * 2;
    item->keep_next = !block->run_in;
    item->floats_past = block->run_in;
}

static void paragraph_item(PageBuilder *builder, Item *item)
{
    const Block *block = item->block;
    TextStyle style = body_style(ROLE_BODY);
    TextPiece *pieces = NULL;
    if (block->number) {
        pieces = append_text(builder, pieces, block->number, &style, block->at);
    }
    item->pieces = append_pieces(pieces, text_pieces(&builder->ts, block->content, &style));
    bool flush = block->align == ALIGN_CENTRE || block->align == ALIGN_RIGHT;
    double indent = block->indent_cells >= 0 ? block->indent_cells : flush ? 0 : 2;
    item->spec.first_indent = (Length)(indent * BODY_CELL + 0.5);
    item->spec.align = block->align == ALIGN_AUTO ? ALIGN_JUSTIFY : block->align;
    item->floats_past = true;
}

/* （2024年6月30日）: brackets are added where the template left them out. */
static TextPiece *bracketed(PageBuilder *builder, const Block *block, const TextStyle *style)
{
    TextPiece *pieces = text_pieces(&builder->ts, block->content, style);
    const char *plain = inline_plain(builder->ts.arena, block->content);
    if (strncmp(plain, "（", strlen("（")) == 0) {
        return pieces;
    }
    TextPiece *open = append_text(builder, NULL, "（", style, block->at);
    open->next = pieces;
    return append_text(builder, open, "）", style, block->at);
}

static void front_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(ROLE_KAI);
    item->front = true;
    item->spec.align = ALIGN_CENTRE;
    item->pieces = item->block->kind == BLOCK_DATE
                       ? bracketed(builder, item->block, &style)
                       : text_pieces(&builder->ts, item->block->content, &style);
}

static void title_item(PageBuilder *builder, Item *item)
{
    TextStyle style = {.role = ROLE_TITLE, .size = TITLE_SIZE, .color = BLACK};
    item->kind = ITEM_TITLE;
    item->keep_next = true;
    item->pieces = text_pieces(&builder->ts, item->block->content, &style);
}

static void addressee_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(ROLE_BODY);
    item->keep_next = true;
    item->pieces = text_pieces(&builder->ts, item->block->content, &style);
}

static void add_block(PageBuilder *builder, Item ***tail, const Block *block)
{
    Item *item = add_item(builder, tail, ITEM_LINES, block);
    switch (block->kind) {
    case BLOCK_TITLE:
        title_item(builder, item);
        break;
    case BLOCK_BYLINE:
    case BLOCK_DATE:
        front_item(builder, item);
        break;
    case BLOCK_TO:
        addressee_item(builder, item);
        break;
    case BLOCK_HEADING:
        heading_item(builder, item);
        break;
    case BLOCK_PARAGRAPH:
        paragraph_item(builder, item);
        break;
    case BLOCK_TABLE:
        item->kind = ITEM_TABLE;
        break;
    case BLOCK_CHART:
        item->kind = ITEM_CHART;
        break;
    case BLOCK_SIGN:
        item->kind = ITEM_SIGN;
        break;
    }
}

void page_items(PageBuilder *builder)
{
    Item **tail = &builder->first;
    for (const Block *block = builder->document->first; block; block = block->next) {
        add_block(builder, &tail, block);
    }
    notes_gather(builder);
}

/* ---------------------------------------------------------------- need */

static bool need_inlines(PageBuilder *builder, const Inline *first)
{
    TextStyle style = body_style(ROLE_BODY);
    return text_need(&builder->ts, text_pieces(&builder->ts, first, &style));
}

static bool need_item(PageBuilder *builder, const Item *item)
{
    FontSet *fonts = builder->ts.fonts;
    switch (item->kind) {
    case ITEM_TABLE:
        return table_need(fonts, item->block->table);
    case ITEM_CHART:
        return chart_need(fonts, item->block->chart);
    case ITEM_SIGN: {
        bool unit = need_inlines(builder, item->block->sign->unit);
        return need_inlines(builder, item->block->sign->date) && unit;
    }
    default:
        return text_need(&builder->ts, item->pieces);
    }
}

bool page_need(PageBuilder *builder)
{
    bool found = folio_need(builder);
    for (const Item *item = builder->first; item; item = item->next) {
        found &= need_item(builder, item);
    }
    return notes_need(builder) && found;
}

/* ---------------------------------------------------------------- measure */

static bool measure_item(PageBuilder *builder, Item *item)
{
    switch (item->kind) {
    case ITEM_TITLE:
        item->lines = title_break(&builder->ts, item->pieces, AREA_WIDTH);
        return true;
    case ITEM_LINES:
        item->lines = text_break(&builder->ts, item->pieces, &item->spec);
        return true;
    case ITEM_TABLE:
        item->table = table_layout(&builder->ts, item->block->table, AREA_WIDTH);
        return item->table != NULL;
    case ITEM_CHART:
        item->chart = item->block->chart;
        item->chart_height = chart_height(&builder->ts, item->chart, AREA_WIDTH);
        return true;
    case ITEM_SIGN:
        return true;
    }
    return true;
}

bool page_measure(PageBuilder *builder)
{
    bool done = true;
    for (Item *item = builder->first; item; item = item->next) {
        done &= measure_item(builder, item);
    }
    notes_measure(builder);
    return done;
}
