/* What a volume is made of: the plan read, a session a part, everything worked out. */
#include <string.h>

#include "base/path.h"
#include "base/utf8.h"
#include "run/bundle/bundle.h"
#include "run/input_file.h"
#include "run/job_paper.h"
#include "run/outputs.h"
#include "run/batch/register.h"

bool bundle_draft(const Bundle *bundle)
{
    return bundle->job.session.draft;
}

/* ---- the parts ---- */

/* 2. 工作汇报.xml（2024-04） */
static const char *part_name(const Bundle *bundle, const BundlePart *part)
{
    const PlanEntry *entry = part->entry;
    const char *what = entry->path                ? path_name(entry->path)
                       : entry->kind == PLAN_PART ? "part"
                       : entry->kind == PLAN_PDF  ? "pdf"
                                                  : "divider";
    const char *period = part->job.session.period;
    return arena_printf(bundle->arena, "%zu. %s%s%s%s", bundle->part_count, what,
        period ? "（" : "", period ? period : "", period ? "）" : "");
}

/* Of what is said with --set a part gets what its template knows. */
static void give_params(Bundle *bundle, BundlePart *part)
{
    SessionSpec *spec = &part->job.session;
    const SessionSpec *given = &bundle->job.session;
    TemplateParam *params = ARENA_ARRAY(bundle->arena, TemplateParam, given->param_count + 1);
    spec->param_count = 0;
    for (int i = 0; i < given->param_count; i++)
        if (template_has_param(part->session.template, given->params[i].name))
            params[spec->param_count++] = given->params[i];
    spec->params = params;
}

/* `period`: NULL for none. */
static void add_part(Bundle *bundle, const PlanEntry *entry, const Period *period, int level)
{
    const BundlePart *last = bundle->part_count > 0 ? &bundle->parts[bundle->part_count - 1] : NULL;
    const Diags *before = last ? last->diags : bundle->own;
    bundle->parts = arena_grow(bundle->arena, bundle->parts, bundle->part_count, &bundle->part_room,
        sizeof *bundle->parts);
    BundlePart *part = &bundle->parts[bundle->part_count++];
    *part = (BundlePart){.entry = entry, .level = level, .job = bundle->job};
    SessionSpec *spec = &part->job.session;
    spec->plan = false;
    spec->template_path = entry->path;
    spec->period = period ? period_raw(bundle->arena, *period) : NULL;
    spec->each = entry->each;
    spec->audience = entry->audience;
    part->name = part_name(bundle, part);
    part->diags = diag_of_part(bundle->diags, bundle->arena, part->name, before);
}

/* What stands behind a divider stands below it. */
static bool list_parts(Bundle *bundle)
{
    const EngineOptions *options = &bundle->session.options;
    const Period *volume = options->has_period ? &options->period : NULL;
    bool fine = true, divided = false;
    for (size_t i = 0; i < bundle->plan->count; i++) {
        const PlanEntry *entry = &bundle->plan->entries[i];
        Period *periods;
        size_t count;
        divided = divided || entry->kind == PLAN_DIVIDER;
        int level = divided && entry->kind != PLAN_DIVIDER ? 2 : 1;
        if (entry->kind != PLAN_PART) {
            add_part(bundle, entry, NULL, level);
            continue;
        }
        fine = plan_periods(bundle->arena, entry, volume, bundle->own, &periods, &count) && fine;
        for (size_t k = 0; k < count; k++)
            add_part(bundle, entry, &periods[k], level);
        if (count == 0 && !xml_attr_find(entry->xml, "period"))
            add_part(bundle, entry, NULL, level);
    }
    return fine;
}

/* ---- the volume's own pages ---- */

/* The volume goes over nothing that it is made of. */
static bool is_free(const Bundle *bundle, const Session *session, const Document *document)
{
    const char *output = bundle->job.output;
    return !output || output_is_free(session, document, output);
}

static void dress(const Bundle *bundle, Document *document)
{
    document->style = bundle->cover.style;
    document->date = bundle->cover.date;
    document->draft = bundle_draft(bundle);
    document->tagged = bundle->job.accessible;
}

static void own_page(Bundle *bundle, BundlePart *part, Document *document, DocLayout layout)
{
    part->papers = ARENA_NEW(bundle->arena, BundlePaper);
    part->paper_count = 1;
    part->papers->document = document;
    part->papers->title = part->entry->title;
    document->layout = layout;
    dress(bundle, document);
}

static void divider_page(Bundle *bundle, BundlePart *part)
{
    Document *document = ARENA_NEW(bundle->arena, Document);
    Block *title = document_add(bundle->arena, document, BLOCK_TITLE);
    title->content = inline_text(bundle->arena, part->entry->title, part->entry->at);
    title->at = part->entry->at;
    document->title = part->entry->title;
    own_page(bundle, part, document, LAYOUT_DIVIDER);
}

static bool read_outside(Bundle *bundle, BundlePart *part)
{
    const PlanEntry *entry = part->entry;
    bundle->files = arena_grow(bundle->arena, bundle->files, bundle->file_count, &bundle->file_room,
        sizeof *bundle->files);
    Buf *bytes = &bundle->files[bundle->file_count++];
    *bytes = (Buf){0};
    bool done = input_file_read(entry->src_path, entry->src, &entry->src_at, bytes, part->diags);
    part->foreign = (PageForeign){.path = entry->src_path,
        .name = entry->src,
        .at = entry->src_at,
        .bytes = bytes->data ? bytes->data : "",
        .length = bytes->length};
    return done;
}

static bool outside_pages(Bundle *bundle, BundlePart *part)
{
    const PlanEntry *entry = part->entry;
    const char *output = bundle->job.output;
    part->title = entry->title;
    if (bundle->job.accessible)
        return diag_add(part->diags, DIAG_E596, &entry->at);
    if (output && !output_spares(part->diags, output, entry->src_path))
        return false;
    if (!read_outside(bundle, part))
        return false;
    part->foreign_count =
        finish_foreign_pages(bundle->arena, &part->foreign, &part->foreign_pages, part->diags);
    return part->foreign_count > 0;
}

static bool own_pages(Bundle *bundle, BundlePart *part)
{
    if (part->entry->kind == PLAN_DIVIDER)
        divider_page(bundle, part);
    else if (part->entry->picture)
        own_page(bundle, part, part->entry->picture, LAYOUT_PICTURE);
    else if (part->entry->src)
        return outside_pages(bundle, part);
    else
        return true; /* its name lacks a figure, which is told: a draft goes without it */
    return is_free(bundle, &bundle->session, part->papers->document);
}

static bool evaluate_plan(Bundle *bundle)
{
    Session *s = &bundle->session;
    Document *cover = &bundle->cover;
    cover->draft = bundle_draft(bundle);
    cover->tagged = bundle->job.accessible;
    cover->layout = LAYOUT_COVER;
    if (!session_settle_date(s, bundle->job.date, &cover->date))
        return false;
    bool done = plan_evaluate(s->template, bundle->arena, cover);
    bundle->holes += template_holes(s->template);
    return done && is_free(bundle, s, cover);
}

/* ---- reading ---- */

/* The template is of another period than the part, which is told: what the plan should say. */
static void hint_period(Bundle *bundle, BundlePart *part)
{
    const Session *s = &part->session;
    Period given = s->options.period;
    const char *meant = s->template && s->options.has_period
                            ? plan_period_meant(s->template, bundle->arena, given)
                            : NULL;
    if (meant)
        diag_hint(part->diags, DIAG_H592, meant);
}

static bool read_part(Bundle *bundle, BundlePart *part)
{
    Session *s = &part->session;
    if (!part->entry->path)
        return true;
    if (!session_begin(s, &part->job.session, bundle->arena, part->diags)) {
        hint_period(bundle, part);
        return false;
    }
    give_params(bundle, part);
    s->elder = bundle->session.store;
    template_set_part(s->template, part->entry->xml);
    return session_bind(s);
}

typedef struct Names {
    const char **items;
    size_t count, room;
} Names;

static void add_params(Bundle *bundle, const Template *t, Names *names)
{
    const char *name;
    for (size_t i = 0; t && (name = template_param(t, i)); i++) {
        names->items = arena_grow(
            bundle->arena, names->items, names->count, &names->room, sizeof *names->items);
        names->items[names->count++] = name;
    }
}

static void hint_param(Bundle *bundle, const char *given)
{
    Names names = {0};
    add_params(bundle, bundle->session.template, &names);
    for (size_t i = 0; i < bundle->part_count; i++)
        add_params(bundle, bundle->parts[i].session.template, &names);
    const char *nearest = utf8_nearest(given, names.items, names.count);
    if (nearest)
        diag_hint(bundle->own, DIAG_H001, nearest);
}

/* A name given with --set that nobody knows is a slip of the pen. */
static bool params_are_known(Bundle *bundle)
{
    const SessionSpec *given = &bundle->job.session;
    bool all = true;
    for (int i = 0; i < given->param_count; i++) {
        const char *name = given->params[i].name;
        bool known = template_has_param(bundle->session.template, name);
        for (size_t k = 0; k < bundle->part_count; k++) {
            const BundlePart *part = &bundle->parts[k];
            const Template *t = part->session.template;
            /* Of a template that could not be read nothing is known. */
            known = known || (t ? template_has_param(t, name) : part->entry->kind == PLAN_PART);
        }
        if (known)
            continue;
        all = diag_add(bundle->own, DIAG_E130, NULL, name);
        hint_param(bundle, name);
    }
    return all;
}

/* The plan's own share of --set. */
static bool bind_plan(Bundle *bundle)
{
    BundlePart own = {.job = bundle->job, .session = bundle->session};
    SessionSpec *spec = ARENA_NEW(bundle->arena, SessionSpec);
    give_params(bundle, &own);
    *spec = own.job.session;
    bundle->session.spec = spec;
    return session_bind(&bundle->session);
}

bool bundle_read(Bundle *bundle)
{
    Session *s = &bundle->session;
    bundle->own = diag_of_part(bundle->diags, bundle->arena, NULL, NULL);
    bool fine = session_begin(s, &bundle->job.session, bundle->arena, bundle->own);
    if (!s->template)
        return false;
    bundle->plan = template_plan(s->template);
    if (!fine)
        return false;
    bool planned = bind_plan(bundle) && evaluate_plan(bundle);
    fine = list_parts(bundle) && planned;
    for (size_t i = 0; i < bundle->part_count; i++)
        fine = (bundle->parts[i].entry->kind == PLAN_PART
                       ? read_part(bundle, &bundle->parts[i])
                       : !planned || own_pages(bundle, &bundle->parts[i])) &&
               fine;
    return params_are_known(bundle) && fine;
}

/* ---- working out ---- */

/* A paper whose plan says no title is called what it calls itself. */
static const char *own_title(const BundlePart *part, const Document *document)
{
    return document->title && *document->title ? document->title : path_name(part->entry->path);
}

static bool evaluate_paper(Bundle *bundle, BundlePart *part, BundlePaper *out)
{
    Session *s = &part->session;
    JobPaper paper = {.job = &part->job, .session = s};
    bool done = job_evaluate(&paper);
    out->title = done ? template_caption(s->template, s->arena) : NULL;
    out->document = arena_copy(bundle->arena, &paper.document, sizeof paper.document);
    bundle->holes += paper.holes;
    return done && (bundle_draft(bundle) || !diag_failed(s->diags)) &&
           is_free(bundle, s, out->document);
}

static bool evaluate_unit(Bundle *bundle, BundlePart *part, const Unit *unit, BundlePaper *out)
{
    session_enter_unit(&part->session, unit, bundle->arena);
    bool done = evaluate_paper(bundle, part, out);
    out->told = diag_copy(part->session.diags, bundle->arena);
    session_leave_unit(&part->session);
    return done;
}

/* The title of the part goes for all of its units, which are called by their names; one that
 * differs from unit to unit is that of each. */
static void name_units(BundlePart *part, const Units *units)
{
    const BundlePaper *first = part->papers;
    bool apart = false;
    for (size_t i = 1; i < part->paper_count; i++)
        apart = apart || (first->title && strcmp(part->papers[i].title, first->title) != 0);
    if (apart)
        return;
    part->title = first->title ? first->title : own_title(part, first->document);
    for (size_t i = 0; i < part->paper_count; i++)
        part->papers[i].title = units->items[i].name;
}

static bool evaluate_units(Bundle *bundle, BundlePart *part)
{
    Units units;
    Register *reg = NULL;
    bool done = units_list(&part->session, &units) &&
                register_units(&part->job.reg, &part->session, &units, &reg);
    register_close(reg);
    size_t count = done ? units.count : 0;
    part->by_units = true;
    part->papers = ARENA_ARRAY(bundle->arena, BundlePaper, count + 1);
    for (; part->paper_count < count; part->paper_count++)
        done = evaluate_unit(bundle, part, &units.items[part->paper_count],
                   &part->papers[part->paper_count]) &&
               done;
    if (done && count > 0)
        name_units(part, &units);
    return done;
}

static bool evaluate_single(Bundle *bundle, BundlePart *part)
{
    BundlePaper *paper = part->papers = ARENA_NEW(bundle->arena, BundlePaper);
    Register *reg;
    bool numbered = register_one(&part->job.reg, &part->session, &reg);
    register_close(reg);
    part->paper_count = 1;
    bool done = evaluate_paper(bundle, part, paper) && numbered;
    if (done && !paper->title)
        paper->title = own_title(part, paper->document);
    return done;
}

static bool evaluate_part(Bundle *bundle, BundlePart *part)
{
    if (part->entry->kind != PLAN_PART)
        return true;
    return session_has_units(&part->session) ? evaluate_units(bundle, part)
                                             : evaluate_single(bundle, part);
}

/* Running heads of the volume: what the part is called on odd pages, the volume on even ones. Those
 * of a template go before. */
static void set_heads(Bundle *bundle, BundlePart *part)
{
    for (size_t i = 0; i < part->paper_count; i++) {
        Document *document = part->papers[i].document;
        DocStyle *style = &document->style;
        if (document->layout != LAYOUT_PAPER || style->running_head)
            continue;
        style->running_head = part->title ? part->title : part->papers[i].title;
        style->running_head_even = bundle->plan->title;
        style->running_head_at = part->entry->title_at;
        style->running_head_even_at = bundle->plan->title_at;
    }
}

bool bundle_evaluate(Bundle *bundle)
{
    bool done = true;
    for (size_t i = 0; i < bundle->part_count; i++)
        done = evaluate_part(bundle, &bundle->parts[i]) && done;
    for (size_t i = 0; done && bundle->plan->running_heads && i < bundle->part_count; i++)
        set_heads(bundle, &bundle->parts[i]);
    return done;
}
