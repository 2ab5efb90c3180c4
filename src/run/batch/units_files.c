#include "run/batch/units_files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/names.h"
#include "base/path.h"
#include "base/utf8.h"
#include "output/sink.h"
#include "run/input_file.h"
#include "run/job_paper.h"
#include "run/outputs.h"
#include "run/batch/report_template.h"

/* ---- names ---- */

const char *units_stem(Arena *arena, const char *path)
{
    const char *name = path_name(path);
    const char *dot = strrchr(name, '.');
    return arena_strndup(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* The path of a file that is seen from the folder. */
static const char *in_folder(Arena *arena, const Units *units, const char *file)
{
    const char *folder = strcmp(units->folder, "/") == 0 ? "" : units->folder;
    return strcmp(folder, ".") == 0 ? file : arena_printf(arena, "%s/%s", folder, file);
}

/* Without what tells shards apart: 运行报告-整改函-2024-06. */
static const char *report_stem(const RenderJob *job, const Session *s)
{
    const char *period = s->options.has_period ? arena_printf(s->arena, "-%s",
                                                     period_raw(s->arena, s->options.period))
                                               : "";
    return arena_printf(
        s->arena, "运行报告-%s%s", units_stem(s->arena, job->session.template_path), period);
}

const char *units_report_path(const RenderJob *job, const Session *s, const Units *units)
{
    const Shard *shard = &job->shard;
    const char *dealt =
        shard->count ? arena_printf(s->arena, "-%d之%d", shard->index, shard->count) : "";
    return in_folder(
        s->arena, units, arena_printf(s->arena, "%s%s.csv", report_stem(job, s), dealt));
}

/* ---- reports beside ours ---- */

static bool is_digits(const char *text, size_t length)
{
    return length > 0 && length < 6 && strspn(text, "0123456789") >= length;
}

/* That of the whole run, or of a shard. */
static bool is_of_run(const char *name, const char *stem)
{
    static const char between[] = "之";
    size_t length = strlen(stem);
    if (strncmp(name, stem, length) != 0)
        return false;
    name += length;
    const char *dot = strrchr(name, '.'), *middle = strstr(name, between);
    if (!dot || strcmp(dot, ".csv") != 0 || dot == name)
        return dot == name && strcmp(name, ".csv") == 0;
    return *name == '-' && middle && middle < dot &&
           is_digits(name + 1, (size_t)(middle - name) - 1) &&
           is_digits(middle + strlen(between), (size_t)(dot - middle) - strlen(between));
}

/* One that cannot be read says nothing. */
static const RunReport *read_beside(Session *s, const char *path)
{
    Buf bytes = {0};
    size_t whole;
    Diags *unheard = diag_new(s->arena);
    const RunReport *report = NULL;
    if (input_file_read(path, path, NULL, &bytes, unheard) && bytes.length > 0)
        report = report_read(s->arena, path, bytes.data, bytes.length, &whole, unheard);
    buf_free(&bytes);
    return report;
}

static void take_rows(Session *s, const Units *units, const RunReport *beside, RunReport *report)
{
    for (size_t i = 0; i < units->count; i++) {
        const char *file = units_file(units, &units->items[i]);
        const ReportRow *row = report_find(beside, file);
        if (row && !report_find(report, file))
            report_put(s->arena, report, row);
    }
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* whatever the locale */
}

void units_adopt(const RenderJob *job, Session *s, const Units *units, RunReport *report)
{
    const char *stem = report_stem(job, s), *ours = strrchr(report->path, '/');
    ours = ours ? ours + 1 : report->path;
    struct dirent **entries;
    int count = scandir(units->folder, &entries, NULL, by_bytes);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        bool beside = is_of_run(name, stem) && strcmp(name, ours) != 0;
        const RunReport *other = beside ? read_beside(s, in_folder(s->arena, units, name)) : NULL;
        if (other && report_is_of(s->arena, other, units->folder, job->session.template_path))
            take_rows(s, units, other, report);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* ---- whose files they are ---- */

/* 汇报.png of 汇报-12.png; NULL: it is none. */
static const char *paper_of_page(Arena *arena, const char *name)
{
    const char *dash = strrchr(name, '-'), *dot = strrchr(name, '.');
    return dash && dot && dot > dash && is_digits(dash + 1, (size_t)(dot - dash) - 1)
               ? arena_printf(arena, "%.*s%s", (int)(dash - name), name, dot)
               : NULL;
}

/* The pages that lie in a folder, the first of each paper: paper → page. */
static const Map *pages_in(Arena *arena, const char *folder)
{
    Map *pages = map_new(arena);
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, by_bytes);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name, *paper = paper_of_page(arena, name);
        if (paper && !map_find(pages, paper))
            map_put(pages, paper, arena_strdup(arena, name));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return pages;
}

/* Of a paper of pages it may be any: how many there will be is not known yet. */
static const char *file_there(const RenderJob *job, Arena *arena, Map *folders, const Unit *unit)
{
    if (!job_has_pages_apart(job, unit->path))
        return access(unit->path, F_OK) == 0 ? unit->path : NULL;
    const char *slash = strrchr(unit->path, '/'), *name = slash ? slash + 1 : unit->path;
    const char *folder = arena_strndup(arena, unit->path, (size_t)(name - unit->path));
    const Map *pages = map_find(folders, folder);
    if (!pages) {
        pages = pages_in(arena, *folder ? folder : ".");
        map_put(folders, folder, (void *)pages);
    }
    const char *page = map_find(pages, name);
    return page ? arena_printf(arena, "%s%s", folder, page) : NULL;
}

bool units_report_is_ours(
    const RenderJob *job, Session *s, const Units *units, const RunReport *report)
{
    if (report_is_of(s->arena, report, units->folder, job->session.template_path))
        return true;
    diag_add(s->diags, DIAG_E584, NULL, report->path, report->template_file);
    diag_hint(s->diags, DIAG_H568);
    return false;
}

bool units_are_apart(const RenderJob *job, const Session *s, const Units *units)
{
    enum { OTHERS = 3 };
    const OutputName others[OTHERS] = {
        {.path = job->reg.path, .owner = "--register", .followed = true},
        {.path = job->report, .owner = "--report"},
        {.path = units->batch ? units_report_path(job, s, units) : NULL, .owner = "运行报告"}};
    OutputName *names = ARENA_ARRAY(s->arena, OutputName, OTHERS + units->total);
    memcpy(names, others, sizeof others);
    for (size_t i = 0; i < units->total; i++)
        names[OTHERS + i] = (OutputName){
            .path = units->all[i].path, .owner = units->all[i].name, .paper = true};
    return outputs_are_apart(s, names, OTHERS + units->total);
}

bool units_files_are_ours(
    const RenderJob *job, Session *s, const Units *units, const RunReport *report)
{
    Names foreign = {0};
    Map *folders = map_new(s->arena);
    for (size_t i = 0; i < units->count; i++) {
        const Unit *unit = &units->items[i];
        bool known = report_find(report, units_file(units, unit));
        const char *file = known ? NULL : file_there(job, s->arena, folders, unit);
        if (file)
            names_add(s->arena, &foreign, file);
    }
    if (foreign.count == 0)
        return true;
    diag_add(s->diags, DIAG_E566, NULL, foreign.count, foreign.list,
        names_more(&foreign));
    if (units->dated || !s->options.has_period)
        diag_hint(s->diags, DIAG_H568);
    else
        diag_hint(s->diags, DIAG_H566);
    return false;
}

/* ---- the plan ---- */

static void plan_row(Session *s, const Units *units, const Unit *unit, RunReport *report)
{
    ReportRow fresh = {.file_digest = "", .source_digest = "", .messages = ""};
    const char *file = units_file(units, unit);
    const ReportRow *before = report_find(report, file);
    ReportRow row = before ? *before : fresh;
    row.unit = unit->name;
    row.file = file;
    row.number = unit->number;
    row.serial = unit->serial;
    row.state = UNIT_PLANNED;
    row.ours = true;
    report_put(s->arena, report, &row);
}

void units_plan_rows(Session *s, const Units *units, RunReport *report)
{
    for (size_t i = 0; i < report->count; i++)
        report->rows[i].ours = false;
    for (size_t i = 0; i < units->count; i++)
        plan_row(s, units, &units->items[i], report);
}

/* ---- what is left ---- */

void units_sweep(Arena *arena, const Units *units)
{
    Map *seen = map_new(arena);
    for (size_t i = 0; i < units->count; i++) {
        const char *path = units->items[i].path, *slash = strrchr(path, '/');
        const char *folder = slash ? arena_strndup(arena, path, (size_t)(slash - path) + 1) : "./";
        if (map_find(seen, folder))
            continue;
        map_put(seen, folder, seen);
        sink_sweep(path);
    }
    if (!map_find(seen, arena_printf(arena, "%s/", units->folder)))
        sink_sweep(in_folder(arena, units, "."));
}

/* Those behind the last, which the paper had once. */
static void note_pages(
    const RenderJob *job, Session *s, const Units *units, const ReportRow *row, Names *left)
{
    const char *path = in_folder(s->arena, units, row->file);
    for (int page = row->pages; state_is_whole(row->state); page++) {
        const char *file = job_file(s->arena, job, path, (size_t)page);
        if (access(file, F_OK) != 0)
            return;
        names_add(s->arena, left, file);
    }
}

/* Pages where it is one picture now (--long), or the picture where it is pages. */
static void note_other_form(const RenderJob *job, Session *s, const Units *units,
    const Map *planned, const ReportRow *row, Names *left)
{
    RenderJob other = *job;
    JobFormat format;
    bool pictures =
        job_format(row->file, &format) && (format == FORMAT_PNG || format == FORMAT_SVG);
    other.whole = job_has_pages_apart(job, row->file);
    other.only = NULL;
    for (size_t page = 0; pictures && state_is_whole(row->state); page++) {
        const char *file = job_file(s->arena, &other, row->file, page);
        const char *path = in_folder(s->arena, units, file);
        if (access(path, F_OK) != 0 || (!other.whole && map_find(planned, file)))
            return;
        names_add(s->arena, left, path);
        pictures = !other.whole;
    }
}

/* What a run has left behind, and the rows of its reports. */
typedef struct Leavings {
    const RenderJob *job;
    Session *session;
    const Units *units;
    const RunReport *earlier;
    Map *planned; /* file → Unit */
    Names left;
} Leavings;

/* False when the row is of a file that is gone. */
static bool note_row(Leavings *l, ReportRow *row)
{
    const RenderJob *job = l->job;
    Arena *arena = l->session->arena;
    const char *path = in_folder(arena, l->units, row->file);
    const char *extension = job->output + strlen(job->output) - 4;
    if (row->ours) {
        if (job_has_pages_apart(job, path))
            note_pages(job, l->session, l->units, row, &l->left);
        if (report_find(l->earlier, row->file))
            note_other_form(job, l->session, l->units, l->planned, row, &l->left);
        return true;
    }
    const char *file = output_ends(path, extension) ? job_file(arena, job, path, 0) : path;
    const Unit *unit = map_find(l->planned, row->file);
    row->number = unit && shard_has(job->shard, unit->number) ? unit->number : 0;
    if (unit)
        return true;
    bool there = access(file, F_OK) == 0;
    if (there && output_ends(path, extension))
        names_add(arena, &l->left, file);
    return there;
}

void units_settle_left(const RenderJob *job, Session *s, const Units *units, RunReport *report,
    const RunReport *earlier)
{
    Leavings l = {job, s, units, earlier, map_new(s->arena), {0}};
    size_t kept = 0;
    for (size_t i = 0; i < units->total; i++)
        map_put(l.planned, units_file(units, &units->all[i]), &units->all[i]);
    for (size_t i = 0; i < report->count; i++)
        if (note_row(&l, &report->rows[i]))
            report->rows[kept++] = report->rows[i];
    report->count = kept;
    if (l.left.count > 0)
        diag_add(s->diags, DIAG_W562, NULL, l.left.count, l.left.list,
            names_more(&l.left));
}

void units_tell_older(const RenderJob *job, Session *s, const Units *units,
    const RunReport *report, const RunReport *earlier)
{
    Names older = {0};
    const char *draft = diag_language(s->diags) == DIAG_CHINESE ? "（草稿）" : " (a draft)";
    for (size_t i = 0; i < report->count; i++) {
        const ReportRow *row = &report->rows[i], *before = report_find(earlier, row->file);
        const char *path = in_folder(s->arena, units, row->file);
        const char *file = job_file(s->arena, job, path, 0);
        if (!row->ours || row->state == UNIT_PLANNED || state_is_whole(row->state) ||
            access(file, F_OK) != 0)
            continue;
        names_add(s->arena, &older,
            before && before->holed ? arena_printf(s->arena, "%s%s", file, draft) : file);
    }
    if (older.count > 0)
        diag_add(s->diags, DIAG_W566, NULL, older.count, older.list,
            names_more(&older));
}
