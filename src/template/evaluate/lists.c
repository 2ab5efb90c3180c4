#include "template/evaluate/evaluate.h"

#include "base/utf8.h"
#include "document/numeral.h"
#include "template/audience.h"

typedef struct Items {
    Inline **content;
    const Node **nodes;
    size_t count, capacity, node_capacity;
} Items;

/* ---- gathering what is left of the items ---- */

static void gather(Paper *paper, const Node *parent, const Scope *scope, Items *items);

static void gather_item(Paper *paper, const Node *item, const Scope *scope, Items *items)
{
    if (!is_wanted(paper, item, scope))
        return;
    Inline *content = evaluate_inlines(paper, item, scope);
    if (!content)
        return;
    items->content =
        arena_grow(paper->arena, items->content, items->count, &items->capacity, sizeof(Inline *));
    items->nodes =
        arena_grow(paper->arena, items->nodes, items->count, &items->node_capacity, sizeof(Node *));
    items->content[items->count] = content;
    items->nodes[items->count++] = item;
}

static void gather_each(Paper *paper, const Node *each, const Scope *scope, Items *items)
{
    Groups groups;
    if (!evaluate_groups(paper, each, scope, &groups))
        return;
    for (int i = 0; i < groups.count; i++)
        gather(paper, each, groups.scopes[i], items);
}

static void gather(Paper *paper, const Node *parent, const Scope *scope, Items *items)
{
    for (const Node *child = parent->first; child; child = child->next) {
        if (!audience_keeps(paper->t, child))
            continue;
        const Node *branch = child->id == ELEMENT_IF ? branch_taken(paper, child, scope) : NULL;
        if (child->id == ELEMENT_ITEM)
            gather_item(paper, child, scope, items);
        else if (child->id == ELEMENT_EACH)
            gather_each(paper, child, scope, items);
        else if (branch)
            gather(paper, branch, scope, items);
    }
}

/* ---- labels ---- */

/* 首先 其次 再次 第四 … 最后; of two: 首先 其次. */
static const char *label_firstly(Paper *paper, int number, int count)
{
    static const char *const words[] = {"首先，", "其次，", "再次，"};
    if (number == count && count > 2)
        return "最后，";
    if (number <= 3)
        return words[number - 1];
    return arena_printf(paper->arena, "%s，", numeral_ordinal(paper->arena, number));
}

/* NULL: none. An item that stands alone has none (language.md 3). */
static const char *item_label(Paper *paper, ListKind kind, int number, int count)
{
    Arena *arena = paper->arena;
    if (count == 1)
        return NULL;
    switch (kind) {
    case LIST_FIRST_IS:
        return arena_printf(arena, "%s是", numeral_han(arena, number));
    case LIST_FIRST_MUST:
        return arena_printf(arena, "%s要", numeral_han(arena, number));
    case LIST_HAN:
        return numeral_heading(arena, 1, number);
    case LIST_HAN_BRACKET:
        return numeral_heading(arena, 2, number);
    case LIST_DIGIT:
        return numeral_heading(arena, 3, number);
    case LIST_DIGIT_BRACKET:
        return numeral_heading(arena, 4, number);
    case LIST_CIRCLED:
        return numeral_circled(arena, number);
    case LIST_FIRSTLY:
        return label_firstly(paper, number, count);
    default:
        return NULL;
    }
}

/* ---- marks between and behind ---- */

static bool is_stop(uint32_t code_point)
{
    static const uint32_t stops[] = {
        0x3002, 0xFF1B, 0xFF0C, 0x3001, 0xFF1A, 0xFF01, 0xFF1F, 0x2026, ';', ',', ':', '!', '?'};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (stops[i] == code_point)
            return true;
    return false;
}

static bool is_closing(uint32_t code_point)
{
    return code_point == 0x201D || code_point == 0x2019 || code_point == 0x300B ||
           code_point == 0xFF09;
}

/* Its own mark may stand inside a closing quote: ……。” */
static bool ends_with_stop(Paper *paper, const Inline *content)
{
    const char *next = inline_plain(paper->arena, content);
    uint32_t code_point, last = 0;
    while ((code_point = utf8_next(&next)) != 0)
        if (!is_closing(code_point) || !is_stop(last))
            last = code_point;
    return is_stop(last);
}

/* A list inside a paragraph gives way to the mark that the author writes right behind it. */
static bool stop_follows(const Node *list)
{
    const Node *after = list->next;
    if (!after || after->id != ELEMENT_TEXT || !after->prose || !after->prose->text)
        return false;
    const char *next = after->prose->text;
    uint32_t code_point = utf8_next(&next);
    while (utf8_is_blank(code_point))
        code_point = utf8_next(&next);
    return is_stop(code_point);
}

typedef struct Marks {
    const char *between, *behind;
} Marks;

static Marks list_marks(Paper *paper, const Node *list, const Scope *scope)
{
    Marks marks = {
        evaluate_plain(paper, list, "sep", scope), evaluate_plain(paper, list, "end", scope)};
    marks.between = marks.between ? marks.between : "；";
    marks.behind = marks.behind ? marks.behind : "。";
    return marks;
}

static void flow_item(Paper *paper, Flow *flow, const Items *items, size_t index, const char *mark)
{
    Inline *content = items->content[index];
    bool stopped = ends_with_stop(paper, content);
    flow_append(flow, content);
    if (!stopped)
        flow_text(paper, flow, mark, items->nodes[index]->at);
}

/* ---- the two forms ---- */

void list_inline(Paper *paper, const Node *list, const Scope *scope, Flow *flow)
{
    Items items = {0};
    Marks marks = list_marks(paper, list, scope);
    gather(paper, list, scope, &items);
    if (stop_follows(list))
        marks.behind = "";
    for (size_t i = 0; i < items.count; i++) {
        const char *label = item_label(
            paper, (ListKind)node_choice(list, "kind", LIST_NONE), (int)i + 1, (int)items.count);
        if (label)
            flow_text(paper, flow, label, items.nodes[i]->at);
        flow_item(paper, flow, &items, i, i + 1 < items.count ? marks.between : marks.behind);
    }
}

void list_blocks(Paper *paper, const Node *list, const Scope *scope)
{
    Items items = {0};
    Marks marks = list_marks(paper, list, scope);
    gather(paper, list, scope, &items);
    for (size_t i = 0; i < items.count; i++) {
        Flow flow;
        Block *block = add_block(paper, BLOCK_PARAGRAPH, items.nodes[i]);
        flow_start(&flow, false);
        flow_item(paper, &flow, &items, i, i + 1 < items.count ? marks.between : marks.behind);
        block->number = item_label(
            paper, (ListKind)node_choice(list, "kind", LIST_NONE), (int)i + 1, (int)items.count);
        block->content = flow.first;
    }
}
