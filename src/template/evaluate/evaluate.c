#include "template/evaluate/evaluate.h"

#include <string.h>
#include "template/schema_forms.h"

static void run_checks(Paper *paper)
{
    const Scope *root = engine_root(paper->engine);
    for (const Node *check = paper->t->checks; check; check = check->next) {
        bool holds = false, warns = node_choice(check, "level", LEVEL_ERROR) == LEVEL_WARNING;
        At at = node_attr(check, "test")->at;
        bool draft = paper->document->draft;
        if (!expr_test(paper->engine, node_expr(check, "test"), root, &holds)) {
            bool told = engine_lacks(paper->engine, node_expr(check, "test")) != NULL;
            paper->failed = paper->failed || !told;
        } else if (!holds) {
            diag_add(paper->diags, warns ? DIAG_W110 : DIAG_E132, &at,
                evaluate_plain(paper, check, "message", root));
            paper->failed = paper->failed || !(warns || draft);
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

/* Those of a table stand below it: each table counts its own. */
static void number_table_notes(DocTable *table)
{
    for (int i = 0; i < table->head_cell_count; i++)
        number_notes(table->head[i].content, &table->note_count);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            number_notes(table->rows[r].cells[i].content, &table->note_count);
}

static void number_all_notes(Document *document)
{
    int count = 0;
    for (Block *block = document->first; block; block = block->next) {
        number_notes(block->content, &count);
        number_notes(block->tail, &count);
        if (block->table)
            number_table_notes(block->table);
    }
}

/* One that stands in an <if> may not be there. */
static void check_heads(Paper *paper)
{
    const Document *document = paper->document;
    if (!schema_check_heads(document->form, document->masthead, document->issue,
            &node_attr(paper->t->report, "form")->at, paper->diags))
        paper->failed = true;
}

static const Block *block_find(const Document *document, BlockKind kind)
{
    const Block *block = document->first;
    while (block && block->kind != kind)
        block = block->next;
    return block;
}

/* 7.3.1. One that is forgotten, or of which nothing is left; 命令 has none, 纪要 and 简报 may do
 * without. */
static void check_title(Paper *paper)
{
    const Attr *form = node_attr(paper->t->report, "form");
    DocForm kind = paper->document->form;
    bool needed = kind == FORM_OFFICIAL || kind == FORM_UPWARD || kind == FORM_LETTER;
    if (needed && !paper->failed && !block_find(paper->document, BLOCK_TITLE))
        diag_add(paper->diags, DIAG_W123, &form->at, form->xml->value);
}

/* 公告 and the like are for everybody. */
static bool is_to_the_public(Arena *arena, const Block *title)
{
    static const char *const kinds[] = {"公告", "通告", "公报", "决议", "决定"};
    const char *text = title ? inline_plain(arena, title->content) : "";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(text, kinds[i]))
            return true;
    return false;
}

/* 7.3.2: 主送 below the title, or moved to the 版记; 10.2: a 命令 has its 令号. */
static void check_parts(Paper *paper)
{
    const Attr *form = node_attr(paper->t->report, "form");
    const Document *document = paper->document;
    DocForm kind = document->form;
    const Block *title = block_find(document, BLOCK_TITLE);
    bool addressed = kind == FORM_OFFICIAL || kind == FORM_UPWARD || kind == FORM_LETTER;
    if (paper->failed)
        return;
    if (kind == FORM_ORDER && document->masthead && !document->masthead->number)
        diag_add(paper->diags, DIAG_W124, &document->masthead->at, form->xml->value, "masthead",
            "number");
    if (addressed && !block_find(document, BLOCK_TO) &&
        !(document->imprint && document->imprint->to) && !is_to_the_public(paper->arena, title)) {
        diag_add(paper->diags, DIAG_W125, &form->at, form->xml->value);
        diag_hint(paper->diags, DIAG_H615);
    }
}

static const char *joined_names(Arena *arena, Inline *const *names, int count)
{
    const char *all = NULL;
    for (int i = 0; i < count; i++) {
        const char *name = inline_plain(arena, names[i]);
        all = all ? arena_printf(arena, "%s；%s", all, name) : name;
    }
    return all;
}

static const char *signer_names(Arena *arena, const DocSign *sign)
{
    const char *all = NULL;
    for (int i = 0; i < sign->signer_count; i++) {
        const char *name = inline_plain(arena, sign->signers[i].unit);
        all = all ? arena_printf(arena, "%s；%s", all, name) : name;
    }
    return all;
}

/* A paper without a title of its own is called by its head: 洋江镇人民政府令, 简报第3期. */
static const char *head_title(Arena *arena, const Document *document)
{
    const DocMasthead *head = document->masthead;
    const DocIssue *issue = document->issue;
    if (issue)
        return arena_printf(
            arena, "%s%s", inline_plain(arena, issue->name), inline_plain(arena, issue->number));
    if (!head)
        return NULL;
    return arena_printf(arena, "%s%s%s", joined_names(arena, head->issuers, head->issuer_count),
        inline_plain(arena, head->suffix), inline_plain(arena, head->number));
}

/* Title and author for the metadata: the byline, else who issues or signs. The pieces of a 简报
 * have authors of their own. */
static void name_document(Arena *arena, Document *document)
{
    const Block *title = block_find(document, BLOCK_TITLE),
                *byline = block_find(document, BLOCK_BYLINE),
                *sign = block_find(document, BLOCK_SIGN);
    const DocMasthead *head = document->masthead;
    document->title = title ? inline_plain(arena, title->content) : head_title(arena, document);
    if (head && head->number)
        document->subject = inline_plain(arena, head->number);
    if (byline && !(document->form == FORM_BULLETIN && document->issue->editor))
        document->author = inline_plain(arena, byline->content);
    else if (head)
        document->author = joined_names(arena, head->issuers, head->issuer_count);
    else if (document->issue && document->issue->editor)
        document->author = inline_plain(arena, document->issue->editor);
    else if (sign)
        document->author = signer_names(arena, sign->sign);
}

bool template_wants_unit(Template *t, Arena *arena, bool draft)
{
    Document document = {.draft = draft};
    Paper paper = {
        .t = t, .arena = arena, .engine = t->engine, .diags = t->diags, .document = &document};
    paper.next_lack = &paper.lacks;
    return is_wanted(&paper, t->report, engine_root(t->engine)) || paper.failed || paper.lacks;
}

/* A unit whose when= cannot be worked out has a paper that fails. */
static void check_wanted(Paper *paper)
{
    if (template_has_units(paper->t))
        (void)is_wanted(paper, paper->t->report, engine_root(paper->engine));
}

Paper paper_begin(Template *t, Arena *arena, Document *out)
{
    out->form = (DocForm)node_choice(t->report, "form", FORM_REPORT);
    return (Paper){
        .t = t, .arena = arena, .engine = t->engine, .diags = t->diags, .document = out};
}

/* What would go wrong in the text for the same reason is no news. */
bool paper_check(Paper *paper)
{
    check_wanted(paper);
    run_checks(paper);
    return !paper->failed;
}

/* Of a cover no form is asked. */
static void check_form(Paper *paper)
{
    if (!node_attr(paper->t->report, "form"))
        return;
    check_heads(paper);
    check_title(paper);
    check_parts(paper);
}

void evaluate_body(Paper *paper, const Node *parent)
{
    if (parent)
        evaluate_blocks(paper, parent, engine_root(paper->engine));
    check_form(paper);
    attachments_settle(paper);
    charts_settle(paper);
    references_resolve(paper);
    style_settle(paper);
    number_all_notes(paper->document);
    if (!paper->failed)
        name_document(paper->arena, paper->document);
}

bool template_evaluate(Template *t, Arena *arena, Document *out)
{
    Paper paper = paper_begin(t, arena, out);
    long before = engine_figures(paper.engine);
    paper.next_attachment = &paper.attachments;
    paper.next_lack = &paper.lacks;
    style_start(&paper);
    if (!paper_check(&paper))
        return false;
    evaluate_body(&paper, t->report);
    out->figures = engine_figures(paper.engine) - before;
    return !paper.failed;
}
