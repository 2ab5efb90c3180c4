/* What has a number, and the references to it: 见表3, 见附件2. A reference may stand before what it
 * names, so its text comes last. */
#include "template/evaluate/evaluate.h"

#include <string.h>

void paper_mark_text(Paper *paper, const Node *node, const char *text)
{
    const Attr *id = node_attr(node, "id");
    if (!id)
        return;
    Mark *mark = ARENA_NEW(paper->arena, Mark);
    *mark = (Mark){.node = node, .id = id->xml->value, .text = text, .next = paper->marks};
    paper->marks = mark;
}

void paper_mark(Paper *paper, const Node *node, const char *word, int number)
{
    paper_mark_text(paper, node, number ? arena_printf(paper->arena, "%s%d", word, number) : NULL);
}

/* Until its number is known a Han character stands for it: blanks round it are settled as beside
 * the 表 or 图 that it will begin with. */
void reference_inline(Paper *paper, const Node *node, Flow *flow)
{
    Reference *reference = ARENA_NEW(paper->arena, Reference);
    Inline *piece = inline_text(paper->arena, "表", node->at);
    piece->bold = flow->bold;
    piece->script = flow->script;
    *reference = (Reference){piece, node_attr(node, "to")->xml->value, paper->references};
    paper->references = reference;
    flow_append(flow, piece);
}

static int marks_of(const Paper *paper, const char *id, const Mark **found)
{
    int count = 0;
    for (const Mark *mark = paper->marks; mark; mark = mark->next) {
        if (strcmp(mark->id, id) == 0) {
            *found = mark;
            count++;
        }
    }
    return count;
}

/* That the id is in the template, schema_check has seen. */
static void resolve(Paper *paper, const Reference *reference)
{
    const Mark *mark = NULL;
    int count = marks_of(paper, reference->id, &mark);
    const At *at = &reference->piece->at;
    if (count == 1 && mark->text) {
        reference->piece->text = mark->text;
        return;
    }
    /* In a draft what it names may be left out for its data. */
    bool drafted = count == 0 && paper->document->draft;
    if (drafted)
        reference->piece->text = arena_printf(paper->arena, "【缺：%s】", reference->id);
    paper->failed = paper->failed || !drafted;
    if (count == 0) {
        diag_add(paper->diags, DIAG_E613, at, reference->id);
        diag_hint(paper->diags, DIAG_H607);
    } else if (count > 1) {
        diag_add(paper->diags, DIAG_E614, at, reference->id, count);
    } else {
        diag_add(paper->diags, DIAG_E615, at, mark->node->xml->name, reference->id);
    }
}

void references_resolve(Paper *paper)
{
    for (const Reference *reference = paper->references; reference; reference = reference->next)
        resolve(paper, reference);
}
