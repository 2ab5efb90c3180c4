#include "template/evaluate/evaluate.h"

#include "template/audience.h"

/* Of a draft: what cannot be told is not denied either. */
typedef enum Answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } Answer;

static Answer test_answer(Paper *paper, const Expr *test, const Scope *scope)
{
    bool holds = false;
    if (!expr_test(paper->engine, test, scope, &holds)) {
        paper_lacks(paper, test);
        return ANSWER_UNKNOWN;
    }
    return holds ? ANSWER_YES : ANSWER_NO;
}

/* True when every figure below the node, in branches that are taken, is present and not zero. */
static bool has_figures(Paper *paper, const Node *node, const Scope *scope);

static bool segments_have_figures(Paper *paper, const Segment *prose, const Scope *scope)
{
    for (const Segment *segment = prose; segment; segment = segment->next) {
        bool present = true;
        if (segment->value && !expr_has_figures(paper->engine, segment->value, scope, &present)) {
            paper->failed = paper->failed || !paper->document->draft;
            present = true; /* of a draft: it is printed, and says there that it is missing */
        }
        if (!present)
            return false;
    }
    return true;
}

/* What has a condition of its own answers for its own figures; what has rows of its own, for
 * theirs. */
static bool child_has_figures(Paper *paper, const Node *child, const Scope *scope)
{
    const Attr *own = node_attr(child, child->id == ELEMENT_IF ? "test" : "when");
    const Node *branch;
    if (!audience_keeps(paper->t, child))
        return true;
    switch (child->id) {
    case ELEMENT_TEXT:
        return segments_have_figures(paper, child->prose, scope);
    case ELEMENT_IF:
        if (own->figures)
            return true;
        branch = branch_taken(paper, child, scope);
        return !branch || has_figures(paper, branch, scope);
    case ELEMENT_ELSE:
    case ELEMENT_EACH:
    case ELEMENT_TABLE:
    case ELEMENT_CHART:
        return true;
    case ELEMENT_TEXT_FILE:
        return (own && own->figures) || !text_open(paper, child, scope) ||
               has_figures(paper, child, scope);
    default:
        return (own && own->figures) || has_figures(paper, child, scope);
    }
}

static bool has_figures(Paper *paper, const Node *node, const Scope *scope)
{
    for (const Node *child = node->first; child; child = child->next)
        if (!child_has_figures(paper, child, scope))
            return false;
    return true;
}

static Answer attr_answer(Paper *paper, const Node *node, const char *name, const Scope *scope)
{
    const Attr *attr = node_attr(node, name);
    if (!attr)
        return ANSWER_YES;
    if (attr->figures)
        return has_figures(paper, node, scope) ? ANSWER_YES : ANSWER_NO;
    return test_answer(paper, attr->expr, scope);
}

/* ---- lacks of a draft ---- */

/* A block says it once, not for each of its groups. */
void paper_lacks(Paper *paper, const Expr *expr)
{
    for (const Lack *lack = paper->lacks; lack; lack = lack->next)
        if (lack->expr == expr)
            return;
    const char *text = engine_lacks(paper->engine, expr);
    if (!text) {
        paper->failed = true;
        return;
    }
    Lack *lack = ARENA_NEW(paper->arena, Lack);
    lack->expr = expr;
    lack->text = inline_text(paper->arena, text, expr_at(expr));
    *paper->next_lack = lack;
    paper->next_lack = &lack->next;
}

Lack *lacks_hold(Paper *paper)
{
    Lack *first = paper->lacks;
    paper->lacks = NULL;
    paper->next_lack = &paper->lacks;
    return first;
}

void lacks_release(Paper *paper, Lack *held)
{
    for (*paper->next_lack = held; *paper->next_lack;)
        paper->next_lack = &(*paper->next_lack)->next;
}

void lacks_inline(Paper *paper, Flow *flow)
{
    for (const Lack *lack = lacks_hold(paper); lack; lack = lack->next)
        flow_text(paper, flow, lack->text->text, lack->text->at);
}

void lacks_blocks(Paper *paper, const Node *node)
{
    for (const Lack *lack = lacks_hold(paper); lack; lack = lack->next)
        add_block(paper, BLOCK_PARAGRAPH, node)->content = lack->text;
}

bool is_wanted(Paper *paper, const Node *node, const Scope *scope)
{
    return attr_answer(paper, node, "when", scope) == ANSWER_YES;
}

/* An else may have its own else. */
static Answer choose_branch(
    Paper *paper, const Node *branch, const Scope *scope, const Node **chosen)
{
    Answer holds = attr_answer(paper, branch, "test", scope);
    *chosen = branch;
    for (const Node *child = branch->first; child && holds == ANSWER_NO; child = child->next)
        if (child->id == ELEMENT_ELSE)
            holds = choose_branch(paper, child, scope, chosen);
    return holds;
}

const Node *branch_taken(Paper *paper, const Node *condition, const Scope *scope)
{
    const Node *chosen;
    return choose_branch(paper, condition, scope, &chosen) == ANSWER_YES ? chosen : NULL;
}

static bool evaluate_top(Paper *paper, const Node *node, const Scope *scope, GroupSpec *spec)
{
    const Attr *attr = node_attr(node, "top");
    const char *text = evaluate_plain(paper, node, "top", scope);
    if (!attr || top_parse(text, &spec->top, &spec->top_ties))
        return true;
    return diag_add(paper->diags, DIAG_E128, &attr->at, text);
}

/* when="有数" of an each: a turn without figures drops out, before it is counted. */
typedef struct Turns {
    Paper *paper;
    const Node *each;
} Turns;

static bool turn_has_figures(void *asker, const Scope *scope)
{
    const Turns *turns = asker;
    return has_figures(turns->paper, turns->each, scope);
}

static bool group_spec(Paper *paper, const Node *node, const Scope *scope, GroupSpec *out)
{
    *out = (GroupSpec){.rows = node_expr(node, "of"),
        .keys = node_expr(node, "by"),
        .where = node_expr(node, "where"),
        .across = node_expr(node, "series"),
        .when = node_expr(node, "when"),
        .sort = node_expr(node, "sort"),
        .at = node->at};
    if (evaluate_top(paper, node, scope, out))
        return true;
    paper->failed = true;
    return false;
}

bool evaluate_groups(Paper *paper, const Node *node, const Scope *scope, Groups *out)
{
    Turns turns = {paper, node};
    const Attr *when = node_attr(node, "when");
    GroupSpec spec;
    if (!group_spec(paper, node, scope, &spec))
        return false;
    if (when && when->figures) {
        spec.keeps = turn_has_figures;
        spec.asker = &turns;
    }
    (void)engine_is_short(paper->engine);
    if (!groups_list(paper->engine, &spec, scope, out)) {
        paper_lacks(paper, spec.rows);
        return false;
    }
    if (engine_is_short(paper->engine))
        paper_lacks(paper, spec.rows);
    return true;
}
