#include "document/provenance.h"
#include "template/audience.h"
#include "template/evaluate/evaluate.h"

/* The content of an element unsettled, behind what is in the flow. */
static void evaluate_flow(Paper *paper, const Node *node, const Scope *scope, Flow *flow);

void flow_start(Flow *flow, bool bold)
{
    flow->first = NULL;
    flow->tail = &flow->first;
    flow->bold = bold;
    flow->script = SCRIPT_NORMAL;
}

static Inline *flow_piece(Paper *paper, Flow *flow, InlineKind kind, At at)
{
    Inline *piece = ARENA_NEW(paper->arena, Inline);
    piece->kind = kind;
    piece->bold = flow->bold;
    piece->script = flow->script;
    piece->at = at;
    *flow->tail = piece;
    flow->tail = &piece->next;
    return piece;
}

static void flow_figure(
    Paper *paper, Flow *flow, const char *text, At at, const struct Provenance *figure)
{
    if (!text[0])
        return;
    Inline *piece = flow_piece(paper, flow, INLINE_TEXT, at);
    piece->text = text;
    piece->figure = figure;
}

void flow_text(Paper *paper, Flow *flow, const char *text, At at)
{
    flow_figure(paper, flow, text, at, NULL);
}

void flow_append(Flow *flow, Inline *first)
{
    *flow->tail = first;
    while (*flow->tail)
        flow->tail = &(*flow->tail)->next;
}

static void flow_prose(Paper *paper, const Segment *prose, const Scope *scope, Flow *flow)
{
    for (const Segment *segment = prose; segment; segment = segment->next) {
        const char *text = segment->text;
        At at = segment->at;
        if (!text && !expr_text(paper->engine, segment->value, scope, &text, &at.data)) {
            paper->failed = true;
            continue;
        }
        flow_figure(paper, flow, text, at,
            segment->value ? engine_traced(paper->engine, text) : NULL);
    }
}

/* Its content joined by join=, closed by end=; a turn that leaves nothing is no turn. */
static void each_inline(Paper *paper, const Node *each, const Scope *scope, Flow *flow)
{
    const char *join = evaluate_plain(paper, each, "join", scope),
               *end = evaluate_plain(paper, each, "end", scope);
    Groups groups;
    bool any = false;
    if (!evaluate_groups(paper, each, scope, &groups))
        return;
    for (int i = 0; i < groups.count; i++) {
        Flow turn;
        flow_start(&turn, flow->bold);
        turn.script = flow->script;
        evaluate_flow(paper, each, groups.scopes[i], &turn);
        if (!join && !end) {
            flow_append(flow, turn.first);
            continue;
        }
        Inline *content = inlines_settle(paper->arena, turn.first);
        if (content && any && join)
            flow_text(paper, flow, join, each->at);
        flow_append(flow, content);
        any = any || content;
    }
    if (any && end)
        flow_text(paper, flow, end, each->at);
}

static void note_inline(Paper *paper, const Node *node, const Scope *scope, Flow *flow)
{
    Inline *content = evaluate_inlines(paper, node, scope);
    if (content)
        flow_piece(paper, flow, INLINE_NOTE, node->at)->note = content;
}

/* The content of <b> <sup> <sub>. */
static void flow_dressed(
    Paper *paper, const Node *node, const Scope *scope, Flow *flow, bool bold, Script script)
{
    bool bold_before = flow->bold;
    Script script_before = flow->script;
    flow->bold = bold;
    flow->script = script;
    evaluate_flow(paper, node, scope, flow);
    flow->bold = bold_before;
    flow->script = script_before;
}

static void evaluate_piece(Paper *paper, const Node *node, const Scope *scope, Flow *flow)
{
    const Node *branch;
    if (!audience_keeps(paper->t, node))
        return;
    switch (node->id) {
    case ELEMENT_TEXT:
        flow_prose(paper, node->prose, scope, flow);
        break;
    case ELEMENT_B:
        flow_dressed(paper, node, scope, flow, true, flow->script);
        break;
    case ELEMENT_SUP:
        flow_dressed(paper, node, scope, flow, flow->bold, SCRIPT_SUPER);
        break;
    case ELEMENT_SUB:
        flow_dressed(paper, node, scope, flow, flow->bold, SCRIPT_SUB);
        break;
    case ELEMENT_TAB:
        flow_piece(paper, flow, INLINE_TAB, node->at);
        break;
    case ELEMENT_REF:
        reference_inline(paper, node, flow);
        break;
    case ELEMENT_BR:
        flow_piece(paper, flow, INLINE_BREAK, node->at);
        break;
    case ELEMENT_NOTE:
        note_inline(paper, node, scope, flow);
        break;
    case ELEMENT_IF:
        branch = branch_taken(paper, node, scope);
        if (branch)
            evaluate_flow(paper, branch, scope, flow);
        break;
    case ELEMENT_EACH:
        each_inline(paper, node, scope, flow);
        break;
    case ELEMENT_LIST:
        list_inline(paper, node, scope, flow);
        break;
    default: /* else: branch_taken has its turn; schema_check lets nothing else in */
        break;
    }
}

static void evaluate_flow(Paper *paper, const Node *node, const Scope *scope, Flow *flow)
{
    Lack *held = lacks_hold(paper);
    for (const Node *child = node->first; child; child = child->next) {
        evaluate_piece(paper, child, scope, flow);
        lacks_inline(paper, flow);
    }
    lacks_release(paper, held);
}

Inline *evaluate_inlines(Paper *paper, const Node *node, const Scope *scope)
{
    Flow flow;
    flow_start(&flow, false);
    evaluate_flow(paper, node, scope, &flow);
    return inlines_settle(paper->arena, flow.first);
}

bool has_hole(const Paper *paper, const Attr *attr)
{
    for (const Hole *hole = paper->holes; hole; hole = hole->next)
        if (hole->attr == attr)
            return true;
    return false;
}

/* The only number of a text, for those who make a new text of it: 第{期号}期. */
static const Provenance *only_figure(const Inline *first)
{
    const Provenance *only = NULL;
    for (const Inline *piece = first; piece; piece = piece->next) {
        const Provenance *figure = piece->figure;
        if (!figure || figure->kind == FIGURE_DATE || figure->kind == FIGURE_TEXT)
            continue;
        if (only)
            return NULL;
        only = figure;
    }
    return only;
}

static void flow_attr(Paper *paper, const Attr *attr, const Scope *scope, Flow *flow)
{
    bool failed_before = paper->failed;
    int drafted = engine_holes(paper->engine);
    paper->failed = false;
    flow_prose(paper, attr->prose, scope, flow);
    paper->read = attr;
    paper->figure = only_figure(flow->first);
    if (paper->failed || engine_holes(paper->engine) > drafted) {
        Hole *hole = ARENA_NEW(paper->arena, Hole);
        *hole = (Hole){attr, paper->holes};
        paper->holes = hole;
    }
    paper->failed = paper->failed || failed_before;
}

Inline *evaluate_prose(Paper *paper, const Node *node, const char *name, const Scope *scope)
{
    const Attr *attr = node_attr(node, name);
    Flow flow;
    flow_start(&flow, false);
    if (attr)
        flow_attr(paper, attr, scope, &flow);
    return inlines_settle(paper->arena, flow.first);
}

/* Separators and labels keep their blanks. */
const char *evaluate_plain(Paper *paper, const Node *node, const char *name, const Scope *scope)
{
    const Attr *attr = node_attr(node, name);
    Flow flow;
    if (!attr)
        return NULL;
    flow_start(&flow, false);
    flow_attr(paper, attr, scope, &flow);
    return inline_plain(paper->arena, flow.first);
}
