#include "template/evaluate/evaluate.h"

#include "base/utf8.h"

static bool test_holds(Paper *paper, const Expr *test, const Scope *scope)
{
    bool holds = false;
    if (!expr_test(paper->engine, test, scope, &holds))
        paper->failed = true;
    return holds;
}

/* True when every figure below the node, in branches that are taken, is present and not zero. */
static bool has_figures(Paper *paper, const Node *node, const Scope *scope);

static bool segments_have_figures(Paper *paper, const Segment *prose, const Scope *scope)
{
    for (const Segment *segment = prose; segment; segment = segment->next) {
        bool present = true;
        if (segment->value && !expr_has_figures(paper->engine, segment->value, scope, &present))
            paper->failed = true;
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

static bool attr_holds(Paper *paper, const Node *node, const Attr *attr, const Scope *scope)
{
    if (!attr)
        return true;
    return attr->figures ? has_figures(paper, node, scope) : test_holds(paper, attr->expr, scope);
}

bool is_wanted(Paper *paper, const Node *node, const Scope *scope)
{
    return attr_holds(paper, node, node_attr(node, "when"), scope);
}

const Node *branch_taken(Paper *paper, const Node *condition, const Scope *scope)
{
    if (attr_holds(paper, condition, node_attr(condition, "test"), scope))
        return condition;
    for (const Node *child = condition->first; child; child = child->next) {
        const Node *branch = child->id == ELEMENT_ELSE ? branch_taken(paper, child, scope) : NULL;
        if (branch)
            return branch;
    }
    return NULL;
}

static bool evaluate_top(Paper *paper, const Node *node, const Scope *scope, GroupSpec *spec)
{
    const Attr *attr = node_attr(node, "top");
    const char *text = evaluate_plain(paper, node, "top", scope);
    if (!attr || top_parse(utf8_fold(paper->arena, text), &spec->top, &spec->top_ties))
        return true;
    return diag_add(paper->diags, DIAG_E128, &attr->at, text);
}

static bool group_spec(Paper *paper, const Node *node, const Scope *scope, GroupSpec *out)
{
    *out = (GroupSpec){.rows = node_expr(node, "of"),
        .keys = node_expr(node, "by"),
        .where = node_expr(node, "where"),
        .when = node_expr(node, "when"),
        .sort = node_expr(node, "sort"),
        .at = node->at};
    if (evaluate_top(paper, node, scope, out))
        return true;
    paper->failed = true;
    return false;
}

/* when="有数" of an each: a turn without figures drops out. */
static void keep_with_figures(Paper *paper, const Node *each, Groups *groups)
{
    int kept = 0;
    for (int i = 0; i < groups->count; i++)
        if (has_figures(paper, each, groups->scopes[i]))
            groups->scopes[kept++] = groups->scopes[i];
    groups->count = kept;
}

bool evaluate_groups(Paper *paper, const Node *node, const Scope *scope, Groups *out)
{
    GroupSpec spec;
    if (!group_spec(paper, node, scope, &spec))
        return false;
    if (!groups_list(paper->engine, &spec, scope, out)) {
        paper->failed = true;
        return false;
    }
    const Attr *when = node_attr(node, "when");
    if (when && when->figures)
        keep_with_figures(paper, node, out);
    return true;
}
