#include "template/evaluate.h"

#include <string.h>
#include "base/utf8.h"
#include "document/numeral.h"

Block *add_block(Paper *paper, BlockKind kind, const Node *node)
{
    Block *block = document_add(paper->arena, paper->document, kind);
    block->at = node->at;
    block->indent_cells = -1;
    paper->run_in = NULL;
    return block;
}

static void text_block(Paper *paper, BlockKind kind, const Node *node, const Scope *scope)
{
    Inline *content = evaluate_inlines(paper, node, scope);
    if (content)
        add_block(paper, kind, node)->content = content;
}

/* ---- headings ---- */

static bool is_han_digit(uint32_t code_point)
{
    static const char digits[] = "一二三四五六七八九十";
    const char *next = digits;
    for (uint32_t digit; (digit = utf8_next(&next)) != 0;)
        if (digit == code_point)
            return true;
    return false;
}

static bool is_digit(uint32_t code_point)
{
    code_point = utf8_fold_width(code_point);
    return code_point >= '0' && code_point <= '9';
}

static const char *skip_while(const char *text, bool (*is)(uint32_t))
{
    for (const char *next = text; *text && is(utf8_next(&next));)
        text = next;
    return text;
}

/* Behind a number that the author typed: 一、 （一） 1. （1）; `text` itself if there is
 * none. 1.5万 is a figure. */
static const char *behind_typed_number(const char *text)
{
    const char *digits = text, *after = text;
    uint32_t opening = utf8_next(&after);
    bool bracket = utf8_fold_width(opening) == '(';
    if (bracket)
        digits = after;
    bool han = *digits && is_han_digit((after = digits, utf8_next(&after)));
    const char *end = skip_while(digits, han ? is_han_digit : is_digit);
    after = end;
    uint32_t mark = *end ? utf8_fold_width(utf8_next(&after)) : 0;
    bool closed = bracket ? mark == ')' : mark == 0x3001 || (!han && mark == '.');
    const char *next = after;
    if (end == digits || !closed || (mark == '.' && is_digit(utf8_next(&next))))
        return text;
    return after;
}

/* The number is ours (GB/T 9704 7.3.3): a typed one would stand there twice. */
static void drop_typed_number(Paper *paper, Inline *content)
{
    if (content->kind != INLINE_TEXT)
        return;
    const char *rest = behind_typed_number(content->text);
    if (rest == content->text)
        return;
    diag_add(paper->diags, DIAG_W111, &content->at,
        arena_strndup(paper->arena, content->text, (size_t)(rest - content->text)));
    content->text = utf8_trim(paper->arena, rest);
}

static bool ends_with_full_stop(Paper *paper, const Inline *content)
{
    const char *text = inline_plain(paper->arena, content);
    size_t length = strlen(text), mark = strlen("。");
    return length >= mark && strcmp(text + length - mark, "。") == 0;
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
    block->number = numeral_heading(paper->arena, level, ++paper->headings[level - 1]);
    block->content = content;
    for (int below = level; below < 4; below++)
        paper->headings[below] = 0;
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
    if (paper->run_in) {
        paper->run_in->run_in = true;
        paper->run_in->tail = content;
        paper->run_in = NULL;
        return;
    }
    Block *block = add_block(paper, BLOCK_PARAGRAPH, node);
    block->content = content;
    block->align = (Align)node_choice(node, "align", ALIGN_AUTO);
    if (indent)
        block->indent_cells = indent->millimetres / CELL_MM;
}

static void sign(Paper *paper, const Node *node, const Scope *scope)
{
    Block *block = add_block(paper, BLOCK_SIGN, node);
    block->sign = ARENA_NEW(paper->arena, DocSign);
    block->sign->unit = evaluate_prose(paper, node, "unit", scope);
    block->sign->date = evaluate_prose(paper, node, "date", scope);
}

/* ---- control ---- */

static void each_blocks(Paper *paper, const Node *each, const Scope *scope)
{
    Groups groups;
    if (!evaluate_groups(paper, each, scope, &groups))
        return;
    for (int i = 0; i < groups.count; i++)
        evaluate_blocks(paper, each, groups.scopes[i]);
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
    {ELEMENT_DATE, BLOCK_DATE}, {ELEMENT_TO, BLOCK_TO}};

static const struct {
    ElementId id;
    void (*evaluate)(Paper *paper, const Node *node, const Scope *scope);
} BLOCKS[] = {{ELEMENT_H1, heading}, {ELEMENT_H2, heading}, {ELEMENT_H3, heading},
    {ELEMENT_H4, heading}, {ELEMENT_P, paragraph}, {ELEMENT_LIST, list_blocks},
    {ELEMENT_IF, if_blocks}, {ELEMENT_EACH, each_blocks}, {ELEMENT_TABLE, evaluate_table},
    {ELEMENT_CHART, evaluate_chart}, {ELEMENT_SIGN, sign}};

void evaluate_blocks(Paper *paper, const Node *parent, const Scope *scope)
{
    for (const Node *node = parent->first; node; node = node->next) {
        for (size_t i = 0; i < sizeof TEXT_BLOCKS / sizeof *TEXT_BLOCKS; i++)
            if (TEXT_BLOCKS[i].id == node->id)
                text_block(paper, TEXT_BLOCKS[i].kind, node, scope);
        for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
            if (BLOCKS[i].id == node->id)
                BLOCKS[i].evaluate(paper, node, scope);
    }
}
