/* wenyin check: every mistake of template and data, then the 核对单. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/consistency.h"
#include "check/jump.h"
#include "check/sheet.h"
#include "check/wording.h"
#include "data/consistency.h"
#include "output/csvwrite.h"
#include "base/path.h"
#include "output/sink.h"
#include "run/facts.h"
#include "run/home.h"
#include "run/job.h"
#include "run/listing.h"
#include "run/old_sheet.h"
#include "run/outputs.h"
#include "run/batch/register.h"
#include "run/overrule/overrule.h"
#include "run/batch/units.h"
#include "typeset/page/page.h"

typedef enum SheetForm { SHEET_TEXT, SHEET_CSV, SHEET_JSON, SHEET_PDF } SheetForm;

typedef struct Check {
    Arena *arena;
    Diags *diags;
    const char *const *values; /* of the options */
    const char *output;        /* NULL: stdout */
    const char *against;       /* the sheet of before, or NULL */
    const char *unit;          /* of a paper that is one of many, or NULL */
    SheetForm form;
    Session session;
    Document document;
    FontSet *fonts;
    EntryList entries;
    SheetFacts facts;
    OverruleReport overruled;
} Check;

/* ---- what the command line says ---- */

static bool pick_form(Check *c)
{
    static const char *const extensions[] = {".txt", ".csv", ".json", ".pdf"};
    c->output = c->values[OPTION_OUTPUT];
    if (!c->output || strcmp(c->output, "-") == 0)
        return true;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (output_ends(c->output, extensions[i])) {
            c->form = (SheetForm)i;
            return true;
        }
    }
    diag_add(c->diags, DIAG_E507, NULL, c->output);
    diag_hint(c->diags, DIAG_H504, ".txt .csv .json .pdf");
    return false;
}

static bool switch_off(Check *c)
{
    const char *codes = c->values[OPTION_OFF];
    const char *unknown = codes ? diag_switch_off(c->diags, codes) : NULL;
    return !unknown || diag_add(c->diags, DIAG_E712, NULL, unknown);
}

/* ---- the paper ---- */

/* As a draft: a figure that cannot be worked out leaves the others to be listed. */
static bool make_paper(Check *c)
{
    Session *session = &c->session;
    c->document.draft = true;
    if (!session_settle_date(session, NULL, &c->document.date))
        return false;
    template_trace(session->template);
    bool whole = overrule_evaluate(session, &c->document, &c->overruled);
    c->document.draft = false; /* no page of it is shown */
    return c->document.first || whole;
}

/* For what only the setting of its pages shows. */
static void lay_out(Check *c)
{
    c->fonts = fonts_open(c->arena, home_fonts(c->arena), c->diags);
    if (c->fonts)
        typeset_document(c->arena, &c->document, c->fonts, c->diags);
}

static void know_facts(Check *c)
{
    const EngineOptions *options = &c->session.options;
    const char *name = path_name(c->session.spec->template_path);
    const char *title = c->document.title ? c->document.title : name;
    c->facts = (SheetFacts){.language = diag_language(c->diags),
        .title = c->unit ? arena_printf(c->arena, "%s　%s", c->unit, title) : title,
        .template_name = name,
        .period = options->has_period ? period_name(c->arena, options->period) : "",
        .period_raw = options->has_period ? period_raw(c->arena, options->period) : "",
        .unmoved = c->overruled.unmoved,
        .unmoved_count = c->overruled.count};
}

static void check_consistency(Check *c)
{
    const EngineOptions *options = &c->session.options;
    const Period *period = options->has_period ? &options->period : NULL;
    CheckFacts facts;
    check_facts(c->arena, c->session.store, period, &facts);
    consistency_kinds_in_use(c->arena, &c->entries, &facts);
    c->facts.guessed = facts.guessed;
    c->facts.guessed_count = facts.guessed_count;
    consistency_check(c->arena, &c->document, &c->entries, &facts, c->diags);
    store_consistency(c->session.store, period);
}

static void look_through(Check *c)
{
    lay_out(c);
    know_facts(c);
    entries_collect(c->arena, &c->document, &c->entries);
    jump_mark(c->arena, &c->entries, c->facts.language);
    check_consistency(c);
    lint_document(c->arena, &c->document, c->diags);
}

/* ---- --against ---- */

static AgainstPeriod relation(const Check *c, const OldSheet *old)
{
    const EngineOptions *options = &c->session.options;
    if (strcmp(old->period, c->facts.period) == 0)
        return AGAINST_SAME;
    bool before = options->has_period &&
                  strcmp(old->period, period_name(c->arena, period_previous(options->period))) == 0;
    return before ? AGAINST_BEFORE : AGAINST_OTHER;
}

static void tell_against(Check *c, const Against *against, const char *paper)
{
    DataPlace place = {.file = against->file, .column = -1};
    At at = {.data = &place};
    if (*paper && strcmp(paper, c->facts.template_name) != 0)
        diag_add(c->diags, DIAG_W712, &at, paper, c->facts.template_name);
    if (against->matched == 0) {
        diag_add(c->diags, DIAG_W711, &at);
    } else if (against->kinds[AGAINST_RECOMPUTED] > 0) {
        diag_add(c->diags, DIAG_W710, &at, against->kinds[AGAINST_RECOMPUTED]);
        if (against->once_ruled > 0)
            diag_hint(c->diags, DIAG_H711, against->once_ruled);
    }
}

static bool compare(Check *c)
{
    const char *path = c->against;
    OldSheet old;
    if (!path)
        return true;
    if (!old_sheet_read(c->arena, path, c->diags, &old))
        return false;
    Against *against = ARENA_NEW(c->arena, Against);
    against->file = path;
    against_compare(c->arena, &c->entries, old.rows, old.count, relation(c, &old), against);
    c->facts.against = against;
    tell_against(c, against, old.paper);
    return true;
}

/* ---- the sheet ---- */

static void print_table(Check *c, const SheetTable *table, FILE *out)
{
    size_t columns = table->column_count;
    Listing listing = listing_new(c->arena, (int)columns);
    const char **heads = ARENA_ARRAY(c->arena, const char *, columns);
    for (size_t i = 0; i < columns; i++)
        heads[i] = table->columns[i].head;
    listing_add(&listing, heads);
    for (size_t r = 0; r < table->row_count; r++)
        listing_add(&listing, table->cells + r * columns);
    fprintf(out, "\n%s\n", listing_line(c->arena, table->title));
    listing_print(&listing, 2, out);
}

static void print_text(Check *c, FILE *out)
{
    const Sheet *sheet = sheet_make(c->arena, &c->entries, &c->facts, SHEET_TERMINAL);
    fprintf(out, "%s\n%s\n", listing_line(c->arena, sheet->title), sheet->summary);
    for (size_t i = 0; i < sheet->count; i++)
        print_table(c, &sheet->tables[i], out);
}

static bool save_text(Check *c)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return diag_add(c->diags, DIAG_E401, NULL, c->output, diag_system_text(c->diags, errno));
    print_text(c, stream);
    fclose(stream);
    bool done = sink_save(c->output, text, length, c->diags);
    free(text);
    return done;
}

static bool save_csv(Check *c)
{
    const char *cells[FIELD_COUNT];
    Buf text = {0};
    for (int f = 0; f < FIELD_COUNT; f++)
        cells[f] = field_head((SheetField)f, c->facts.language);
    csv_write_row(&text, cells, FIELD_COUNT);
    for (int i = 0; i < c->entries.count; i++) {
        for (int f = 0; f < FIELD_COUNT; f++)
            cells[f] = field_text(c->arena, &c->entries.items[i], (SheetField)f, &c->facts);
        csv_write_row(&text, cells, FIELD_COUNT);
    }
    bool done = sink_save(c->output, text.data, text.length, c->diags);
    buf_free(&text);
    return done;
}

/* What the check has found is part of the sheets that are kept. */
static void list_messages(Check *c)
{
    DiagLine *lines;
    c->facts.message_count = diag_list(c->diags, c->arena, &lines);
    c->facts.messages = lines;
}

static bool save_json(Check *c)
{
    Buf text = {0};
    list_messages(c);
    sheet_json(c->arena, &c->entries, &c->facts, &text);
    bool done = sink_save(c->output, text.data, text.length, c->diags);
    buf_free(&text);
    return done;
}

static bool save_pdf(Check *c)
{
    Document paper = {0};
    list_messages(c);
    const Sheet *sheet = sheet_make(c->arena, &c->entries, &c->facts, SHEET_PAGES);
    sheet_document(c->arena, sheet, c->facts.language, c->document.date, &paper);
    const Pages *pages = c->fonts ? typeset_document(c->arena, &paper, c->fonts, c->diags) : NULL;
    return pages && job_save_pdf(pages, NULL, c->output, c->diags);
}

static bool give_sheet(Check *c)
{
    if (c->output && !output_is_free(&c->session, &c->document, c->output))
        return false;
    switch (c->form) {
    case SHEET_TEXT:
        return c->output ? save_text(c) : (print_text(c, stdout), true);
    case SHEET_CSV:
        return save_csv(c);
    case SHEET_JSON:
        return save_json(c);
    case SHEET_PDF:
        return save_pdf(c);
    }
    return false;
}

static ExitStatus check_paper(Check *c)
{
    bool done = make_paper(c);
    if (done) {
        look_through(c);
        done = compare(c) && give_sheet(c);
    }
    fonts_close(c->fonts);
    ExitStatus status = session_status(c->diags, done);
    if (status == EXIT_DONE && template_holes(c->session.template) > 0)
        status = EXIT_REJECTED;
    bool warned = c->values[OPTION_STRICT] && diag_count(c->diags, DIAG_WARNING) > 0;
    return status == EXIT_DONE && warned ? EXIT_WARNED : status;
}

/* ---- one paper a unit: a sheet for each ---- */

/* No sheet is written over the register. */
static bool spares_register(const Check *c, const Units *units)
{
    OutputName *names = ARENA_ARRAY(c->arena, OutputName, units->count + 1);
    names[0] = (OutputName){
        .path = c->values[OPTION_REGISTER], .owner = "--register", .followed = true};
    for (size_t i = 0; i < units->count; i++)
        names[i + 1] = (OutputName){
            .path = units->items[i].path, .owner = units->items[i].name, .paper = true};
    return outputs_are_apart(&c->session, names, units->count + 1);
}

/* Both names are patterns: of the sheets, and of those of before. */
static bool plan_units(Check *c, Units *units, Units *old)
{
    const RegisterSpec spec = {.path = c->values[OPTION_REGISTER], .looked_at = true};
    Register *reg = NULL;
    /* The numbers that the papers have, or would get: nothing is registered by a check. */
    bool listed = units_list(&c->session, units) &&
                  register_units(&spec, &c->session, units, &reg);
    register_close(reg);
    if (!listed)
        return false;
    *old = *units;
    old->items =
        arena_copy(c->arena, units->items, units->count * sizeof *units->items);
    return (!c->output || (units_name(&c->session, units, c->output) && spares_register(c, units))) &&
           (!c->against || units_name(&c->session, old, c->against));
}

static ExitStatus check_unit(const Check *all, Check *c, const Unit *unit, const Unit *old)
{
    Arena *arena = arena_new();
    SessionSpec spec = *all->session.spec;
    spec.beside = old->path;
    *c = (Check){.arena = arena,
        .diags = all->diags,
        .values = all->values,
        .output = all->output ? unit->path : NULL,
        .against = all->against ? old->path : NULL,
        .unit = unit->name,
        .form = all->form,
        .session = all->session};
    c->session.spec = &spec;
    session_enter_unit(&c->session, unit, arena);
    ExitStatus status = output_folders(&c->session, c->output) ? check_paper(c) : EXIT_SYSTEM;
    fflush(stdout);
    diag_print(c->diags, stderr, diag_format_of(c->values[OPTION_DIAGNOSTICS]));
    session_leave_unit(&c->session);
    arena_free(arena);
    return status;
}

/* The gravest of all. */
static ExitStatus check_units(const Check *all)
{
    Units units, old;
    Check one = *all;
    if (!plan_units(&one, &units, &old))
        return session_status(all->diags, false);
    ExitStatus worst = session_status(all->diags, true);
    for (size_t i = 0; i < units.count; i++) {
        ExitStatus status = check_unit(all, &one, &units.items[i], &old.items[i]);
        bool graver = status == EXIT_SYSTEM || worst == EXIT_DONE ||
                      (status == EXIT_REJECTED && worst == EXIT_WARNED);
        worst = graver ? status : worst;
    }
    return worst;
}

static bool number_one(Check *c)
{
    const RegisterSpec spec = {.path = c->values[OPTION_REGISTER], .looked_at = true};
    Register *reg = NULL;
    bool done = (!spec.path || !c->output || output_spares(c->diags, c->output, spec.path)) &&
                register_one(&spec, &c->session, &reg);
    register_close(reg);
    return done;
}

int run_check(Arguments *arguments)
{
    Check check = {.arena = arguments->arena,
        .diags = arguments->diags,
        .values = (const char *const *)arguments->values,
        .against = arguments->values[OPTION_AGAINST]};
    SessionSpec spec = session_spec(arguments, arguments->operands[0]);
    spec.check = true;
    Session *session = &check.session;
    bool bound = pick_form(&check) && switch_off(&check) &&
                 session_begin(session, &spec, check.arena, check.diags) &&
                 session_is_of_one(session, &check.output, &check.against) &&
                 session_settle_date(session, NULL, &check.document.date) && session_bind(session);
    spec.beside = check.against;
    bound = bound && (session_has_units(session) || number_one(&check));
    ExitStatus status = !bound                       ? session_status(check.diags, false)
                        : session_has_units(session) ? check_units(&check)
                                                     : check_paper(&check);
    session_close(session);
    return status;
}
