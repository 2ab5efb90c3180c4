/* <text>: the lines of its file are its children (text_file.h). */
#include "template/evaluate/evaluate.h"
#include "template/text_file.h"

bool text_open(Paper *paper, const Node *node, const Scope *scope)
{
    const Attr *src = node_attr(node, "src");
    const char *name = evaluate_plain(paper, node, "src", scope);
    if (has_hole(paper, src)) /* which is no name; a draft goes without the text */
        return false;
    if (text_file_read(paper->t, node, name) && text_file_check(paper->t))
        return true;
    paper->failed = true;
    return false;
}

/* when="有数" asks for the figures of the file, any other condition comes before it. */
void evaluate_text(Paper *paper, const Node *node, const Scope *scope)
{
    const Attr *when = node_attr(node, "when");
    bool figures = when && when->figures;
    if (!figures && !is_wanted(paper, node, scope))
        return;
    if (!text_open(paper, node, scope) || (figures && !is_wanted(paper, node, scope)))
        return;
    evaluate_blocks(paper, node, scope);
}
