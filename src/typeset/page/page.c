#include "typeset/page/page.h"

#include "typeset/page/page_internal.h"

static PageBuilder begin(
    Arena *arena, const Document *document, const DocStyle *style, FontSet *fonts, Diags *diags)
{
    PageBuilder builder = {.document = document, .style = style, .fresh = true};
    builder.ts = (Typesetter){
        .arena = arena, .fonts = fonts, .diags = diags, .pages = pages_new(arena), .style = style};
    Pages *pages = builder.ts.pages;
    pages->title = document->title;
    pages->author = document->author;
    pages->subject = document->subject;
    pages->date = document->date;
    if (document->tagged) {
        pages_tagged(pages);
    }
    page_items(&builder);
    return builder;
}

static bool lay_out(PageBuilder *builder)
{
    fonts_list(builder->ts.fonts, builder->ts.pages);
    return page_measure(builder) && page_flow(builder);
}

/* ---------------------------------------------------------------- 压行 */

/* More lines on a page; false where they would come too close. */
static bool tighten(DocStyle *style, int more)
{
    style->lines += more;
    style->pitch = 0;
    return style_settle_grid(style) &&
           (int64_t)style->pitch * 10 >= (int64_t)style->body_size * STYLE_LEAST_PITCH;
}

static size_t page_count(const PageBuilder *builder)
{
    return builder->ts.pages->page_count;
}

/* The paper laid out anew; false where page 1 shows no text. What this has to say is said of the
 * first layout already. */
static bool lay_out_again(
    const PageBuilder *builder, const DocStyle *style, bool parted, PageBuilder *again)
{
    Arena *arena = builder->ts.arena;
    *again = begin(arena, builder->document, style, builder->ts.fonts, diag_new(arena));
    again->ts.strings = builder->ts.strings;
    again->parted = parted;
    bool done = lay_out(again) && !again->bodiless;
    again->ts.diags = builder->ts.diags;
    return done;
}

/* With so many lines more on a page; false also where they would come too close. */
static bool lay_out_tighter(const PageBuilder *builder, int more, PageBuilder *tight)
{
    DocStyle *style = arena_copy(builder->ts.arena, builder->style, sizeof *style);
    return tighten(style, more) && lay_out_again(builder, style, false, tight);
}

/* Is it only signature and seal that pull the whole text off page 1? Too many addressees are no
 * reason to close the lines: they go to the 版记 (7.3.2). */
static bool is_pulled_over(const PageBuilder *builder)
{
    const Item *text = builder->first;
    while (text && text->keep_next) {
        text = text->next;
    }
    return text && text->kind == ITEM_LINES && text->lines->count <= 2 &&
           flow_sign_room(builder, text) > 0;
}

/* “可以采取调整行距、字距的措施解决” (GB/T 9704 7.3.5.5). */
static void fit_first_page(PageBuilder *builder)
{
    enum { MOST = 2 };
    for (int more = 1; more <= MOST && is_pulled_over(builder); more++) {
        PageBuilder tight;
        if (lay_out_tighter(builder, more, &tight)) {
            diag_add(builder->ts.diags, DIAG_N350, NULL, tight.style->lines);
            *builder = tight;
            return;
        }
    }
}

/* Where closer lines do not help either, the text stays on page 1, as it must (7.3.3), and the
 * signature goes over: with the 附件说明 if there is one, else alone, which the office is told. */
static void part_signature(PageBuilder *builder)
{
    PageBuilder parted;
    if (!builder->bodiless || !is_pulled_over(builder) ||
        !lay_out_again(builder, builder->style, true, &parted)) {
        return;
    }
    const Item *sign = parted.first;
    bool listed = false;
    for (; sign && sign->kind != ITEM_SIGN; sign = sign->next) {
        listed |= sign->closing;
    }
    if (sign) {
        diag_add(builder->ts.diags, listed ? DIAG_N352 : DIAG_W313, &sign->block->at);
    }
    *builder = parted;
}

static void fit_pages(PageBuilder *builder)
{
    PageBuilder tight;
    if (lay_out_tighter(builder, 1, &tight) && page_count(&tight) < page_count(builder)) {
        diag_add(builder->ts.diags, DIAG_N351, NULL, tight.style->lines, (int)page_count(builder),
            (int)page_count(&tight));
        *builder = tight;
    }
}

/* ---------------------------------------------------------------- the paper */

/* “首页必须显示正文” (GB/T 9704 7.3.3); mostly it is issuers or addressees that leave no room. */
static bool report_bodiless(PageBuilder *builder)
{
    const Document *document = builder->document;
    Diags *diags = builder->ts.diags;
    const Item *at = builder->first;
    for (const Item *item = at; item; item = item->next) {
        at = item->block->kind == BLOCK_TO ? item : at;
    }
    if (builder->crowded) {
        diag_add(diags, DIAG_E341, &document->masthead->at, document->masthead->issuer_count);
    } else {
        diag_add(diags, DIAG_E350, &at->block->at);
        diag_hint(diags, DIAG_H350);
    }
    return false;
}

/* Of a draft some are there before: what is wrong with the data. */
static size_t error_count(const Diags *diags)
{
    return diag_count(diags, DIAG_ERROR) + diag_count(diags, DIAG_SYSTEM);
}

PageBuilder *typeset_begin(
    Arena *arena, const Document *document, FontSet *fonts, Diags *diags)
{
    if (!fonts_style(fonts, &document->style)) {
        return NULL;
    }
    PageBuilder *builder = ARENA_NEW(arena, PageBuilder);
    *builder = begin(arena, document, cover_style(arena, document), fonts, diags);
    return page_need(builder) ? builder : NULL;
}

static Pages *fill_pages(PageBuilder *builder)
{
    size_t errors = error_count(builder->ts.diags);
    if (!lay_out(builder)) {
        return NULL;
    }
    if (builder->bodiless) {
        fit_first_page(builder);
        part_signature(builder);
    } else if (builder->style->fit) {
        fit_pages(builder);
    }
    bool done = !builder->bodiless || report_bodiless(builder);
    /* A character that was set without having been noted is reported by shaping, which goes on. */
    return done && error_count(builder->ts.diags) == errors ? builder->ts.pages : NULL;
}

/* Others of the volume may have fonts of their own. */
Pages *typeset_end(PageBuilder *builder)
{
    bool styled = fonts_style(builder->ts.fonts, &builder->document->style);
    return styled ? fill_pages(builder) : NULL;
}

Pages *typeset_document(Arena *arena, const Document *document, FontSet *fonts, Diags *diags)
{
    size_t errors = error_count(diags);
    PageBuilder *builder = typeset_begin(arena, document, fonts, diags);
    bool ready = builder && error_count(diags) == errors && fonts_cut(fonts);
    return ready ? fill_pages(builder) : NULL;
}
