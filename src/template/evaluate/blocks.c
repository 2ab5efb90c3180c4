#include "template/evaluate/evaluate.h"

#include <string.h>
#include "base/utf8.h"
#include "document/numeral.h"
#include "document/typed_number.h"
#include "template/audience.h"

Block *add_block(Paper *paper, BlockKind kind, const Node *node)
{
    Block *block = document_add(paper->arena, paper->document, kind);
    block->at = node->at;
    block->indent_cells = -1;
    block->keep = paper->keep;
    block->landscape = paper->landscape;
    paper->run_in = NULL;
    return block;
}

/* 7.3.2: a full-width colon stands behind the last name; the same behind 同志们. */
static void close_with_colon(Paper *paper, Inline *content)
{
    static const char *const marks[] = {"：", ":", "。", "，", "；", "、"};
    while (content->next)
        content = content->next;
    if (content->kind != INLINE_TEXT)
        return;
    const char *text = content->text;
    size_t length = strlen(text), mark = 0, count = sizeof marks / sizeof *marks;
    while (mark < count && !utf8_ends_with(text, marks[mark]))
        mark++;
    if (mark == 0)
        return;
    if (mark < count)
        length -= strlen(marks[mark]);
    content->text = arena_printf(paper->arena, "%.*s：", (int)length, text);
    diag_add(paper->diags, DIAG_W114, &content->at, text, content->text);
}

static void text_block(Paper *paper, BlockKind kind, const Node *node, const Scope *scope)
{
    Inline *content = evaluate_inlines(paper, node, scope);
    if (!content)
        return;
    if (kind == BLOCK_TO || kind == BLOCK_SALUTATION)
        close_with_colon(paper, content);
    add_block(paper, kind, node)->content = content;
    if (kind == BLOCK_TITLE) /* the next piece of a 简报 */
        memset(paper->headings, 0, sizeof paper->headings);
}

/* ---- headings ---- */

/* The number is ours (GB/T 9704 7.3.3): a typed one would stand there twice. */
static void drop_typed_number(Paper *paper, Inline *content)
{
    if (content->kind != INLINE_TEXT)
        return;
    TypedNumber typed;
    if (!typed_number(content->text, &typed))
        return;
    diag_add(paper->diags, DIAG_W111, &content->at,
        arena_strndup(paper->arena, content->text, typed.length));
    content->text = utf8_trim(paper->arena, content->text + typed.length);
}

static bool ends_with_full_stop(Paper *paper, const Inline *content)
{
    return utf8_ends_with(inline_plain(paper->arena, content), "。");
}

/* The next number of a level; those below begin again. */
static const char *next_number(Paper *paper, int level)
{
    for (int below = level; below < 4; below++)
        paper->headings[below] = 0;
    return numeral_heading(paper->arena, level, ++paper->headings[level - 1]);
}

/* What <ref> prints of it: 一, （二）, 1, （1）. */
static const char *without_mark(Arena *arena, int level, const char *number)
{
    const char *mark = level == 1 ? "、" : level == 3 ? "." : "";
    return arena_strndup(arena, number, strlen(number) - strlen(mark));
}

static void heading(Paper *paper, const Node *node, const Scope *scope)
{
    int level = (int)(node->id - ELEMENT_H1) + 1;
    Inline *content = is_wanted(paper, node, scope) ? evaluate_inlines(paper, node, scope) : NULL;
    if (!content)
        return;
    drop_typed_number(paper, content);
    Block *block = add_block(paper, BLOCK_HEADING, node);
    block->level = level;
    block->number = next_number(paper, level);
    block->content = content;
    paper_mark_text(paper, node, without_mark(paper->arena, level, block->number));
    if (node_choice(node, "run-in", ends_with_full_stop(paper, content)))
        paper->run_in = block;
}

/* ---- paragraphs ---- */

static void paragraph(Paper *paper, const Node *node, const Scope *scope)
{
    const Attr *indent = node_attr(node, "indent");
    Inline *content = is_wanted(paper, node, scope) ? evaluate_inlines(paper, node, scope) : NULL;
    if (!content)
        return;
    if (paper->run_in && !node->number_level) {
        paper->run_in->run_in = true;
        paper->run_in->tail = content;
        paper->run_in = NULL;
        return;
    }
    Block *block = add_block(paper, BLOCK_PARAGRAPH, node);
    block->content = content;
    block->number = node->number_level ? next_number(paper, node->number_level) : NULL;
    block->align = (Align)node_choice(node, "align", ALIGN_AUTO);
    block->has_face = node_attr(node, "face") != NULL;
    block->face = (Role)node_choice(node, "face", ROLE_BODY);
    if (indent)
        block->indent_cells = indent->millimetres / CELL_MM;
}

static void date(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *content = evaluate_inlines(paper, node, scope);
    if (!content)
        return;
    check_date(paper, content, content->at);
    add_block(paper, BLOCK_DATE, node)->content = content;
}

/* ---- pages ---- */

static void page_break(Paper *paper, const Node *node, const Scope *scope)
{
    (void)scope;
    add_block(paper, BLOCK_PAGE_BREAK, node);
}

static void contents(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *title = evaluate_prose(paper, node, "title", scope);
    Block *block = add_block(paper, BLOCK_CONTENTS, node);
    block->content = title ? title : inline_text(paper->arena, "目　录", node->at);
}

/* What stands in a keep of a keep stays with the outer one. */
static void keep(Paper *paper, const Node *node, const Scope *scope)
{
    int outer = paper->keep;
    if (!outer)
        paper->keep = ++paper->keeps;
    evaluate_blocks(paper, node, scope);
    paper->keep = outer;
}

static void landscape(Paper *paper, const Node *node, const Scope *scope)
{
    paper->landscape = ++paper->landscapes;
    evaluate_blocks(paper, node, scope);
    paper->landscape = 0;
}

/* A slip is torn off as a whole. */
static void slip(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *title = evaluate_prose(paper, node, "title", scope);
    int outer = paper->keep;
    if (!title) {
        part_required(paper, node, "title");
        return;
    }
    if (!outer)
        paper->keep = ++paper->keeps;
    add_block(paper, BLOCK_SLIP, node)->content = title;
    evaluate_blocks(paper, node, scope);
    paper->keep = outer;
}

/* ---- control ---- */

/* A new page for what came after `before`, if anything did; an attachment begins one itself. */
static void begin_page(Paper *paper, const Node *each, Block *before)
{
    Block *first = before ? before->next : NULL;
    if (!first || first->kind == BLOCK_ATTACHMENT)
        return;
    Block *page = ARENA_NEW(paper->arena, Block);
    page->kind = BLOCK_PAGE_BREAK;
    page->at = each->at;
    page->landscape = paper->landscape;
    page->next = first;
    before->next = page;
}

static void each_blocks(Paper *paper, const Node *each, const Scope *scope)
{
    Groups groups;
    if (!evaluate_groups(paper, each, scope, &groups))
        return;
    bool pages = node_choice(each, "page", CHOICE_NO) == CHOICE_YES;
    for (int i = 0; i < groups.count; i++) {
        Block *before = paper->document->last;
        evaluate_blocks(paper, each, groups.scopes[i]);
        if (pages)
            begin_page(paper, each, before);
    }
}

static void if_blocks(Paper *paper, const Node *node, const Scope *scope)
{
    const Node *branch = branch_taken(paper, node, scope);
    if (branch)
        evaluate_blocks(paper, branch, scope);
}

static const struct {
    ElementId id;
    BlockKind kind;
} TEXT_BLOCKS[] = {{ELEMENT_TITLE, BLOCK_TITLE}, {ELEMENT_BYLINE, BLOCK_BYLINE},
    {ELEMENT_TO, BLOCK_TO}, {ELEMENT_SUBTITLE, BLOCK_SUBTITLE},
    {ELEMENT_SALUTATION, BLOCK_SALUTATION}};

static const struct {
    ElementId id;
    void (*evaluate)(Paper *paper, const Node *node, const Scope *scope);
} BLOCKS[] = {{ELEMENT_H1, heading}, {ELEMENT_H2, heading}, {ELEMENT_H3, heading},
    {ELEMENT_H4, heading}, {ELEMENT_P, paragraph}, {ELEMENT_LIST, list_blocks},
    {ELEMENT_TEXT_FILE, evaluate_text},
    {ELEMENT_IF, if_blocks}, {ELEMENT_EACH, each_blocks}, {ELEMENT_TABLE, evaluate_table},
    {ELEMENT_CHART, evaluate_chart}, {ELEMENT_FIGURE, evaluate_figure},
    {ELEMENT_PHOTOS, evaluate_photos}, {ELEMENT_SIGN, evaluate_sign}, {ELEMENT_DATE, date},
    {ELEMENT_MASTHEAD, evaluate_masthead}, {ELEMENT_ISSUE, evaluate_issue},
    {ELEMENT_IMPRINT, evaluate_imprint}, {ELEMENT_ATTENDANCE, evaluate_attendance},
    {ELEMENT_ANNOTATION, evaluate_annotation}, {ELEMENT_ATTACHMENT, evaluate_attachment},
    {ELEMENT_SLIP, slip}, {ELEMENT_KEEP, keep}, {ELEMENT_LANDSCAPE, landscape},
    {ELEMENT_PAGEBREAK, page_break}, {ELEMENT_CONTENTS, contents}, {ELEMENT_STYLE, evaluate_style}};

void evaluate_blocks(Paper *paper, const Node *parent, const Scope *scope)
{
    Lack *held = lacks_hold(paper);
    for (const Node *node = parent->first; node; node = node->next) {
        if (!audience_keeps(paper->t, node))
            continue;
        for (size_t i = 0; i < sizeof TEXT_BLOCKS / sizeof *TEXT_BLOCKS; i++)
            if (TEXT_BLOCKS[i].id == node->id)
                text_block(paper, TEXT_BLOCKS[i].kind, node, scope);
        for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
            if (BLOCKS[i].id == node->id)
                BLOCKS[i].evaluate(paper, node, scope);
        lacks_blocks(paper, node);
    }
    lacks_release(paper, held);
}
