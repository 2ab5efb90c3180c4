/* The plan of a volume: its cover, and the words of what it is put together of. */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"
#include "template/data_file.h"
#include "template/evaluate/evaluate.h"
#include "template/plan.h"

/* ---- outside files ---- */

static bool is_picture(Arena *arena, const char *name)
{
    static const char *const ends[] = {".png", ".jpg", ".jpeg"};
    const char *folded = utf8_fold(arena, name);
    size_t length = strlen(folded);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length > end && strcasecmp(folded + length - end, ends[i]) == 0)
            return true;
    }
    return false;
}

/* A page of its own for a photograph or a scan, its title below. */
static void picture_page(Paper *paper, PlanEntry *entry, const Attr *src)
{
    Document *document = ARENA_NEW(paper->arena, Document);
    DocFigure *figure = ARENA_NEW(paper->arena, DocFigure);
    document->form = FORM_REPORT;
    figure->fills = true;
    if (!read_picture(paper, entry->src, src->at, &figure->picture))
        paper->failed = true;
    figure->picture.caption = inline_text(paper->arena, entry->title, entry->at);
    Block *block = document_add(paper->arena, document, BLOCK_FIGURE);
    block->figure = figure;
    block->at = entry->at;
    document->title = entry->title;
    entry->picture = document;
}

static bool find_pdf(Paper *paper, PlanEntry *entry, const Attr *src)
{
    DataFileState state =
        data_file_find(paper->arena, paper->t->data_dir, NULL, entry->src, &entry->src_path);
    const char *cause = diag_system_text(paper->diags, errno);
    switch (state) {
    case DATA_FILE_FOUND:
        return true;
    case DATA_FILE_NO_FOLDER:
        return diag_add(paper->diags, DIAG_E508, &src->at);
    case DATA_FILE_OUTSIDE:
        diag_add(paper->diags, DIAG_E689, &src->at, entry->src);
        diag_hint(paper->diags, DIAG_H631);
        return false;
    default:
        return diag_add(paper->diags, DIAG_E108, &src->at, entry->src, cause);
    }
}

/* 通报-2024-06.pdf is called 通报-2024-06 where the plan does not say otherwise. */
static const char *stem(Arena *arena, const char *name)
{
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    const char *dot = strrchr(base, '.');
    return dot && dot > base ? arena_strndup(arena, base, (size_t)(dot - base)) : base;
}

static void outside_file(Paper *paper, PlanEntry *entry)
{
    const Attr *src = node_attr(entry->node, "src");
    const char *name = evaluate_plain(paper, entry->node, "src", engine_root(paper->engine));
    if (has_hole(paper, src))
        return;
    entry->src = data_file_name(paper->arena, name);
    entry->src_at = src->at;
    if (!*entry->src) {
        paper->failed = !diag_add(paper->diags, DIAG_E114, &src->at, "pdf", "src", name);
        return;
    }
    if (!entry->title)
        entry->title = stem(paper->arena, entry->src);
    if (is_picture(paper->arena, entry->src))
        picture_page(paper, entry, src);
    else if (!find_pdf(paper, entry, src))
        paper->failed = true;
}

/* ---- all of it ---- */

/* The nodes of the plan's own pages stand in its order, parts left out. */
static void tie_nodes(Plan *plan, const Node *bundle)
{
    for (size_t i = 0; i < plan->count; i++)
        for (const Node *node = bundle->first; node; node = node->next)
            if (node->xml == plan->entries[i].xml)
                plan->entries[i].node = node;
}

static void evaluate_entry(Paper *paper, PlanEntry *entry)
{
    const Scope *root = engine_root(paper->engine);
    if (entry->kind == PLAN_PART)
        return;
    entry->title = part_plain(paper, entry->node, "title", root);
    if (entry->kind == PLAN_PDF)
        outside_file(paper, entry);
    else if (!entry->title)
        part_required(paper, entry->node, "title");
}

/* Pictures are set as the plan's own pages are. */
static void share_style(const Plan *plan, const Document *cover)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->entries[i].picture)
            plan->entries[i].picture->style = cover->style;
}

/* A cover that holds nothing, or its style alone, bears the volume's name. */
static void name_cover(const Paper *paper, const Plan *plan)
{
    Document *cover = paper->document;
    if (!plan->has_cover || cover->first || !plan->title)
        return;
    Block *title = document_add(paper->arena, cover, BLOCK_TITLE);
    title->at = (At){.span = paper->t->root->span};
    title->content = inline_text(paper->arena, plan->title, title->at);
    cover->title = plan->title;
}

bool plan_evaluate(Template *t, Arena *arena, Document *cover)
{
    Plan *plan = t->plan;
    Paper paper = paper_begin(t, arena, cover);
    const Scope *root = engine_root(t->engine);
    const Node *contents = node_child(t->report, ELEMENT_CONTENTS);
    paper.next_attachment = &paper.attachments;
    paper.next_lack = &paper.lacks;
    style_start(&paper);
    if (!paper_check(&paper))
        return false;
    tie_nodes(plan, t->report);
    evaluate_body(&paper, node_child(t->report, ELEMENT_COVER));
    plan->title = part_plain(&paper, t->report, "title", root);
    if (!plan->title)
        part_required(&paper, t->report, "title");
    name_cover(&paper, plan);
    plan->contents_title = contents ? part_plain(&paper, contents, "title", root) : NULL;
    for (size_t i = 0; i < plan->count; i++)
        evaluate_entry(&paper, &plan->entries[i]);
    share_style(plan, cover);
    return !paper.failed;
}

const char *template_caption(Template *t, Arena *arena)
{
    Document none = {.form = FORM_REPORT};
    Paper paper = {
        .t = t, .arena = arena, .engine = t->engine, .diags = t->diags, .document = &none};
    paper.next_lack = &paper.lacks;
    return t->caption ? part_plain(&paper, t->caption, "title", engine_root(t->engine)) : NULL;
}
