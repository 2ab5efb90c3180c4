/* wenyin impose: finished PDFs for the printing room. */
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "output/impose.h"
#include "output/sink.h"
#include "run/command.h"
#include "run/copies.h"
#include "run/home.h"
#include "run/input_file.h"
#include "run/job.h"
#include "run/outputs.h"
#include "run/session.h"

typedef struct Printing {
    const Arguments *arguments;
    Arena *arena;
    Diags *diags;
    const char *output;
    Buf *files; /* each input as read; behind them the slips */
    Imposer *imposer;
    FontSet *fonts;
    Copies copies;
} Printing;

/* ---- what the command line says ---- */

static bool check_output(Printing *p)
{
    const Arguments *arguments = p->arguments;
    p->output = arguments->values[OPTION_OUTPUT];
    if (!p->output)
        return diag_add(p->diags, DIAG_E506, NULL);
    if (strcmp(p->output, "-") != 0 && !output_ends(p->output, ".pdf")) {
        diag_add(p->diags, DIAG_E507, NULL, p->output);
        diag_hint(p->diags, DIAG_H570);
        return false;
    }
    const char *list = arguments->values[OPTION_COPIES_BY];
    bool free = !list || output_spares(p->diags, p->output, list);
    for (int i = 0; i < arguments->operand_count; i++)
        free = output_spares(p->diags, p->output, arguments->operands[i]) && free;
    return free;
}

static bool check_way(const Printing *p)
{
    const char *const *values = p->arguments->values;
    bool booklet = values[OPTION_BOOKLET], beside = values[OPTION_NUP];
    if ((booklet && beside) || (!booklet && !beside && !values[OPTION_COPIES_BY])) {
        diag_add(p->diags, DIAG_E570, NULL);
        diag_hint(p->diags, DIAG_H505, "impose");
        return false;
    }
    /* a list is of one paper */
    return !values[OPTION_COPIES_BY] || p->arguments->operand_count == 1 ||
           diag_add(p->diags, DIAG_E505, NULL, p->arguments->operands[1]);
}

static ImposeSpec way(const Arguments *arguments)
{
    const char *const *values = arguments->values;
    const char *beside = values[OPTION_NUP], *size = values[OPTION_PAPER],
               *flip = values[OPTION_DUPLEX];
    bool booklet = values[OPTION_BOOKLET];
    bool large = size ? strcmp(size, "A3") == 0 : booklet;
    return (ImposeSpec){.booklet = booklet,
        .cells = booklet  ? 2
                 : beside ? beside[0] - '0'
                          : 1,
        .size = large ? SHEET_A3 : SHEET_A4,
        .flip = !flip            ? FLIP_AS_LAYOUT
                : flip[0] == 'l' ? FLIP_LONG
                                 : FLIP_SHORT};
}

/* ---- inputs ---- */

static bool read_inputs(Printing *p)
{
    const Arguments *arguments = p->arguments;
    bool done = true;
    for (int i = 0; i < arguments->operand_count; i++) {
        const char *path = arguments->operands[i];
        done = input_operand_read(path, SIZE_MAX, &p->files[i], p->diags) &&
               impose_read(p->imposer, path, &p->files[i]) >= 0 && done;
    }
    return done;
}

/* ---- the order of printing ---- */

static int whole_paper(const Printing *p, int input)
{
    return impose_paper(p->imposer, input, 0, impose_page_count(p->imposer, input));
}

static bool print_papers(const Printing *p)
{
    for (int i = 0; i < p->arguments->operand_count; i++) {
        int paper = whole_paper(p, i);
        if (paper < 0 || !impose_print(p->imposer, paper, 1))
            return false;
    }
    return true;
}

/* Titles of other programs may hold anything: one that cannot be set is left out. */
static const char *title_to_print(const Printing *p)
{
    const char *title = impose_title(p->imposer, 0), *at = title;
    for (uint32_t c; *at && (c = utf8_next(&at));)
        if (!fonts_have(p->fonts, ROLE_KAI, c))
            return "";
    return title;
}

/* The slips are a paper of ours, a page a unit; returns its index, -1 after messages. */
static int read_slips(Printing *p)
{
    Buf *finished = &p->files[p->arguments->operand_count];
    p->fonts = fonts_open(p->arena, home_fonts(p->arena), p->diags);
    Pages *pages = p->fonts ? typeset_slips(p->arena, p->copies.slips, p->copies.count,
                                  title_to_print(p), p->fonts, p->diags)
                            : NULL;
    bool done = pages && job_make_pdf(pages, NULL, finished, p->diags);
    return done ? impose_read(p->imposer, "slips", finished) : -1;
}

static bool print_copies(Printing *p)
{
    int slips = read_slips(p), paper = slips < 0 ? -1 : whole_paper(p, 0);
    for (size_t i = 0; paper >= 0 && i < p->copies.count; i++) {
        int slip = impose_paper(p->imposer, slips, (long)i, 1);
        if (slip < 0 || !impose_print(p->imposer, slip, 1) ||
            !impose_print(p->imposer, paper, p->copies.slips[i].copies))
            return false;
    }
    return paper >= 0;
}

static bool save(Printing *p)
{
    Buf out = {0};
    ImposeSummary made;
    bool done = impose_write(p->imposer, &out, &made) &&
                sink_save(p->output, out.data, out.length, p->diags);
    if (done)
        diag_add(p->diags, DIAG_N570, NULL, made.pages, made.sheets, made.sides, made.blanks);
    buf_free(&out);
    return done;
}

static bool print(Printing *p)
{
    const char *list = p->arguments->values[OPTION_COPIES_BY];
    const ImposeSpec spec = way(p->arguments);
    p->imposer = impose_open(p->arena, &spec, p->diags);
    if (!read_inputs(p) || (list && !copies_read(p->arena, list, p->diags, &p->copies)))
        return false;
    return (list ? print_copies(p) : print_papers(p)) && save(p);
}

int run_impose(Arguments *arguments)
{
    int count = arguments->operand_count;
    Printing printing = {.arguments = arguments,
        .arena = arguments->arena,
        .diags = arguments->diags,
        .files = ARENA_ARRAY(arguments->arena, Buf, count + 1)};
    bool done = check_output(&printing) && check_way(&printing) && print(&printing);
    impose_close(printing.imposer);
    fonts_close(printing.fonts);
    store_close(printing.copies.store);
    for (int i = 0; i <= count; i++)
        buf_free(&printing.files[i]);
    return session_status(arguments->diags, done);
}
