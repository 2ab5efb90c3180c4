#include "template/evaluate.h"

static void run_checks(Paper *paper)
{
    const Scope *root = engine_root(paper->engine);
    for (const Node *check = paper->t->checks; check; check = check->next) {
        bool holds = false, warns = node_choice(check, "level", LEVEL_ERROR) == LEVEL_WARNING;
        At at = node_attr(check, "test")->at;
        if (!expr_test(paper->engine, node_expr(check, "test"), root, &holds)) {
            paper->failed = true;
        } else if (!holds) {
            diag_add(paper->diags, warns ? DIAG_W110 : DIAG_E132, &at,
                evaluate_plain(paper, check, "message", root));
            paper->failed = paper->failed || !warns;
        }
    }
}

/* ---- footnotes are counted when it is settled what stays ---- */

static void number_notes(Inline *first, int *count)
{
    for (Inline *piece = first; piece; piece = piece->next)
        if (piece->kind == INLINE_NOTE)
            piece->note_number = ++*count;
}

static void number_all_notes(Document *document)
{
    int count = 0;
    for (Block *block = document->first; block; block = block->next) {
        number_notes(block->content, &count);
        number_notes(block->tail, &count);
    }
}

/* Title and author for the metadata: the byline, else who signs. */
static void name_document(Arena *arena, Document *document)
{
    const char *signer = NULL;
    for (const Block *block = document->first; block; block = block->next) {
        if (block->kind == BLOCK_TITLE && !document->title)
            document->title = inline_plain(arena, block->content);
        if (block->kind == BLOCK_BYLINE && !document->author)
            document->author = inline_plain(arena, block->content);
        if (block->kind == BLOCK_SIGN && !signer)
            signer = inline_plain(arena, block->sign->unit);
    }
    if (!document->author)
        document->author = signer;
}

bool template_evaluate(Template *t, Arena *arena, Document *out)
{
    Paper paper = {.t = t, .arena = arena, .engine = t->engine, .diags = t->diags, .document = out};
    out->form = (DocForm)node_choice(t->report, "form", FORM_REPORT);
    run_checks(&paper);
    evaluate_blocks(&paper, t->report, engine_root(t->engine));
    number_all_notes(out);
    name_document(arena, out);
    return !paper.failed;
}
