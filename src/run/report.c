/* wenyin report merge: the run reports of several machines as one, or one in another form. */
#include <string.h>

#include "run/command.h"
#include "run/input_file.h"
#include "run/outputs.h"
#include "run/batch/run_report.h"
#include "run/session.h"

typedef struct Merge {
    const Arguments *arguments;
    Arena *arena;
    Diags *diags;
    RunReport **parts;
    int count;
    const char *output;
    ReportForm form;
    RunReport *whole;
} Merge;

/* ---- what the command line says ---- */

static bool check_line(Merge *m)
{
    const Arguments *arguments = m->arguments;
    bool free = true;
    if (strcmp(arguments->operands[0], "merge") != 0) {
        diag_add(m->diags, DIAG_E546, NULL, arguments->operands[0]);
        diag_hint(m->diags, DIAG_H546);
        return false;
    }
    if (arguments->operand_count < 2) {
        diag_add(m->diags, DIAG_E504, NULL, "report merge",
            diag_language(m->diags) == DIAG_CHINESE ? "报告.csv…" : "REPORT.csv…");
        diag_hint(m->diags, DIAG_H505, "report");
        return false;
    }
    if (!m->output)
        return diag_add(m->diags, DIAG_E506, NULL);
    if (!report_form(m->output, &m->form)) {
        diag_add(m->diags, DIAG_E541, NULL, m->output);
        diag_hint(m->diags, DIAG_H541);
        return false;
    }
    for (int i = 1; i < arguments->operand_count; i++)
        free = output_spares(m->diags, m->output, arguments->operands[i]) && free;
    return free;
}

/* ---- reading ---- */

static bool read_part(Merge *m, const char *path, RunReport **out)
{
    Buf bytes = {0};
    size_t whole;
    *out = NULL;
    if (input_file_read(path, path, NULL, &bytes, m->diags))
        *out = report_read(
            m->arena, path, bytes.data ? bytes.data : "", bytes.length, &whole, m->diags);
    buf_free(&bytes);
    return *out != NULL;
}

static bool read_parts(Merge *m)
{
    bool done = true;
    m->count = m->arguments->operand_count - 1;
    m->parts = ARENA_ARRAY(m->arena, RunReport *, m->count);
    for (int i = 0; i < m->count; i++)
        done = read_part(m, m->arguments->operands[i + 1], &m->parts[i]) && done;
    return done;
}

/* ---- what belongs together ---- */

static bool same(
    const Merge *m, const RunReport *part, const char *what, const char *first, const char *second)
{
    return strcmp(first, second) == 0 ||
           diag_add(m->diags, DIAG_E548, NULL, m->parts[0]->path, part->path, what, first, second);
}

static const char *shard_count(const Merge *m, const RunReport *part)
{
    return part->shard.count ? arena_printf(m->arena, "%d", part->shard.count)
           : diag_language(m->diags) == DIAG_CHINESE ? "不分片"
                                                     : "none";
}

static bool is_of_run(const Merge *m, const RunReport *part)
{
    static const char *const words[4][2] = {{"模板", "the template"}, {"期间", "the period"},
        {"版本", "the version"}, {"分片数", "the number of shards"}};
    const RunReport *first = m->parts[0];
    DiagLanguage language = diag_language(m->diags);
    return same(m, part, words[0][language], first->template, part->template) &&
           same(m, part, words[1][language], first->period, part->period) &&
           same(m, part, words[2][language], first->version, part->version) &&
           same(m, part, words[3][language], shard_count(m, first), shard_count(m, part));
}

/* Each shard once. */
static bool shards_fit(const Merge *m)
{
    int count = m->parts[0]->shard.count;
    const RunReport **seen = ARENA_ARRAY(m->arena, const RunReport *, count + 1);
    bool fit = true;
    for (int i = 0; i < m->count; i++) {
        const RunReport *part = m->parts[i], **slot = &seen[part->shard.index];
        if (*slot)
            fit = diag_add(m->diags, DIAG_E549, NULL, shard_text(m->arena, part->shard),
                (*slot)->path, part->path);
        *slot = part;
    }
    for (int i = 1; i <= count; i++)
        if (!seen[i])
            fit =
                diag_add(m->diags, DIAG_E547, NULL, shard_text(m->arena, (Shard){i, count}), count);
    return fit;
}

static bool parts_fit(const Merge *m)
{
    for (int i = 1; i < m->count; i++)
        if (!is_of_run(m, m->parts[i]))
            return false;
    return shards_fit(m);
}

/* ---- joining ---- */

/* The report among those before that tells of the file. */
static const char *first_with(const Merge *m, const char *file)
{
    for (int i = 0;; i++) {
        const ReportRow *row = report_find(m->parts[i], file);
        if (row && row->ours)
            return m->parts[i]->path;
    }
}

static bool join_part(Merge *m, const RunReport *part)
{
    RunReport *whole = m->whole;
    bool fit = true;
    for (size_t i = 0; i < part->count; i++) {
        const ReportRow *row = &part->rows[i];
        if (!row->ours && m->count > 1) /* left over, or another shard's */
            continue;
        if (report_find(whole, row->file))
            fit = diag_add(
                m->diags, DIAG_E549, NULL, row->file, first_with(m, row->file), part->path);
        else
            report_put(m->arena, whole, row);
    }
    whole->microseconds += part->microseconds;
    if (part->end != RUN_DONE)
        whole->end = part->end;
    return fit;
}

static bool join(Merge *m)
{
    bool fit = true;
    m->whole = report_new(m->arena, m->output);
    m->whole->template = m->parts[0]->template;
    m->whole->period = m->parts[0]->period;
    m->whole->template_file = m->parts[0]->template_file;
    m->whole->version = m->parts[0]->version;
    m->whole->shard = (Shard){0};
    m->whole->end = RUN_DONE;
    for (int i = 0; i < m->count; i++)
        fit = join_part(m, m->parts[i]) && fit;
    report_sort(m->whole);
    return fit;
}

/* Papers have numbers from 1 on: one that no shard has made, nor failed to make, was left out by
 * its machine (--unit). A whole run has not been dealt out: what it left out was meant. */
static bool is_whole(const Merge *m)
{
    enum { NUMBERS_SHOWN = 6 };
    const RunReport *whole = m->whole;
    const char *list = "";
    size_t missing = 0, next = 1;
    for (size_t i = 0; m->parts[0]->shard.count > 0 && i < whole->count; i++) {
        for (; next < whole->rows[i].number; next++)
            if (missing++ < NUMBERS_SHOWN)
                list = arena_printf(m->arena, "%s%s%zu", list, *list ? "、" : "", next);
        next = whole->rows[i].number + 1;
    }
    return missing == 0 || diag_add(m->diags, DIAG_E583, NULL, missing, list,
                               missing > NUMBERS_SHOWN ? " …" : "");
}

/* That of the whole run on one machine. */
static int status_of(const Merge *m)
{
    ReportSums sums = report_sums(m->whole);
    bool strict = m->arguments->values[OPTION_STRICT];
    report_tell_failed(m->arena, m->whole, m->diags);
    report_tell_planned(m->arena, m->whole, m->diags);
    report_tell_sums(m->whole, m->diags);
    if (sums.failed > 0 || sums.planned > 0)
        return EXIT_UNITS_FAILED;
    return sums.holed || (strict && sums.warnings > 0) ? EXIT_WARNED : EXIT_DONE;
}

int run_report(Arguments *arguments)
{
    Merge merge = {.arguments = arguments,
        .arena = arguments->arena,
        .diags = arguments->diags,
        .output = arguments->values[OPTION_OUTPUT]};
    bool done = check_line(&merge) && read_parts(&merge) && parts_fit(&merge) && join(&merge) &&
                is_whole(&merge) && report_save(merge.whole, merge.form, merge.output, merge.diags);
    return done ? status_of(&merge) : (int)session_status(arguments->diags, false);
}
