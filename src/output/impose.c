#include "output/impose.h"

#include <math.h>

#include "base/limits.h"
#include "base/version.h"
#include "output/finish_internal.h"
#include "output/impose_internal.h"
#include "output/sheets.h"

#define MM(mm) ((mm)*72.0 / 25.4)

/* A page that its place takes but for so little is not scaled: writers round A4 each in its own
 * way. */
static const double TOLERANCE = 0.998;

typedef struct Paper {
    int input;
    long first;
    Sheets sheets;
    qpdf_oh *contents, *resources; /* of each side, shared by all copies; NULL: not printed yet */
} Paper;

struct Imposer {
    Arena *arena;
    Diags *diags;
    ImposeSpec spec;
    qpdf_data out;
    Input *inputs;
    Paper *papers;
    size_t input_count, input_capacity, paper_count, paper_capacity;
    bool lying;       /* the sheet */
    long shrunk;      /* pages that had to be scaled down more than A4 is, … */
    Box shrunk_size;  /* … the first of them, … */
    double shrunk_to; /* … its scale … */
    long shrunk_page; /* … and number */
    const char *shrunk_name;
    ImposeSummary summary;
};

/* A place on the sheet, in points from its lower left corner. */
typedef struct Place {
    double left, bottom, width, height;
} Place;

/* ---- papers to print ---- */

/* Most pages of the paper lie: so do their places. */
static bool lies(const Input *input)
{
    long lying = 0;
    for (long i = 0; i < input->page_count; i++) {
        Shown shown;
        lying += input_shown(input, i, &shown) && shown.width > shown.height;
    }
    return lying * 2 > input->page_count;
}

/* Sheets of one page are upright, tables turned on them, as they are bound; those of two lie across
 * their pages. */
static bool sheet_lies(const ImposeSpec *spec, const Input *first)
{
    if (spec->booklet || spec->cells == 1)
        return spec->booklet;
    return lies(first) == (spec->cells == 4);
}

int impose_read(Imposer *imposer, const char *name, const Buf *bytes)
{
    imposer->inputs = arena_grow(imposer->arena, imposer->inputs, imposer->input_count,
        &imposer->input_capacity, sizeof *imposer->inputs);
    Input *input = &imposer->inputs[imposer->input_count++];
    const PageForeign file = {.name = name, .bytes = bytes->data, .length = bytes->length};
    if (!input_open(input, imposer->arena, &file, imposer->diags))
        return -1;
    if (imposer->input_count == 1)
        imposer->lying = sheet_lies(&imposer->spec, input);
    return (int)imposer->input_count - 1;
}

long impose_page_count(const Imposer *imposer, int input)
{
    return imposer->inputs[input].page_count;
}

const char *impose_title(const Imposer *imposer, int input)
{
    return input_title(&imposer->inputs[input], imposer->arena);
}

/* ---- places ---- */

static double sheet_side(const Imposer *imposer, bool wide)
{
    static const double shorter[] = {[SHEET_A3] = 297, [SHEET_A4] = 210};
    static const double longer[] = {[SHEET_A3] = 420, [SHEET_A4] = 297};
    SheetSize size = imposer->spec.size;
    return MM(wide == imposer->lying ? longer[size] : shorter[size]);
}

/* Row by row from the top, each from the left. */
static Place place_of(const Imposer *imposer, int cell)
{
    int across = imposer->spec.cells == 4 || (imposer->spec.cells == 2 && imposer->lying) ? 2 : 1;
    int down = imposer->spec.cells / across;
    double width = sheet_side(imposer, true) / across, height = sheet_side(imposer, false) / down;
    return (Place){cell % across * width, (down - 1 - cell / across) * height, width, height};
}

/* Never enlarged. */
static double scale_into(const Place *place, double width, double height)
{
    double scale = fmin(place->width / width, place->height / height);
    return scale >= TOLERANCE ? 1 : scale;
}

/* The page in the middle of its place; `turns` quarters clockwise. */
static Matrix page_matrix(const Shown *shown, int turns, double scale, const Place *place)
{
    const Box *box = &shown->box;
    bool across = (turns - shown->turns) % 2 != 0;
    double width = (across ? shown->height : shown->width) * scale;
    double height = (across ? shown->width : shown->height) * scale;
    double x = place->left + (place->width - width) / 2;
    double y = place->bottom + (place->height - height) / 2;
    double s = scale * shown->unit;
    switch (turns) {
    case 0:
        return (Matrix){s, 0, 0, s, x - s * box->left, y - s * box->bottom};
    case 1:
        return (Matrix){0, -s, s, 0, x - s * box->bottom, y + s * box->right};
    case 2:
        return (Matrix){-s, 0, 0, -s, x + s * box->right, y + s * box->top};
    default:
        return (Matrix){0, s, -s, 0, x + s * box->top, y - s * box->left};
    }
}

/* An A4 page in the same place is what the office reckons with; a larger page is told. */
static void note_scale(Imposer *imposer, const Input *input, long number, const Shown *shown,
    const Place *place, double scale)
{
    bool upright = place->height >= place->width;
    double usual = scale_into(place, MM(upright ? 210 : 297), MM(upright ? 297 : 210));
    if (scale >= usual * TOLERANCE)
        return;
    if (imposer->shrunk++ == 0) {
        imposer->shrunk_name = input->name;
        imposer->shrunk_page = number + 1;
        imposer->shrunk_size = (Box){0, 0, shown->width, shown->height};
        imposer->shrunk_to = scale;
    }
}

static Matrix place_page(
    Imposer *imposer, const Input *input, long number, const Shown *shown, int cell)
{
    Place place = place_of(imposer, cell);
    bool turn = (shown->width > shown->height) != (place.width > place.height) &&
                fabs(shown->width - shown->height) > 1;
    double scale = turn ? scale_into(&place, shown->height, shown->width)
                        : scale_into(&place, shown->width, shown->height);
    note_scale(imposer, input, number, shown, &place, scale);
    return page_matrix(shown, (shown->turns + (turn ? 3 : 0)) % 4, scale, &place);
}

/* ---- sides ---- */

/* Left and right change sides on paper that is turned as a page of a book is. */
static SheetFlip natural_flip(const Imposer *imposer)
{
    return imposer->lying ? FLIP_SHORT : FLIP_LONG;
}

static Matrix upside_down(const Imposer *imposer, const Matrix *m)
{
    return (Matrix){-m->a, -m->b, -m->c, -m->d, sheet_side(imposer, true) - m->e,
        sheet_side(imposer, false) - m->f};
}

static bool add_cell(
    Imposer *imposer, const Paper *paper, long side, int cell, qpdf_oh named, Buf *content)
{
    Input *input = &imposer->inputs[paper->input];
    long page = sheets_page(&paper->sheets, side, cell);
    Shown shown;
    if (page == SHEETS_BLANK)
        return true;
    page += paper->first;
    if (!input_shown(input, page, &shown))
        return input_fail(input, imposer->diags);
    qpdf_oh form = input_form(input, page, &shown.box, imposer->out, imposer->diags);
    if (!form)
        return false;
    Matrix matrix = place_page(imposer, input, page, &shown, cell);
    SheetFlip flip = imposer->spec.flip;
    if (side % 2 == 1 && flip != FLIP_AS_LAYOUT && flip != natural_flip(imposer))
        matrix = upside_down(imposer, &matrix);
    char name[] = {'/', 'P', (char)('0' + cell), '\0'};
    qpdf_oh_replace_key(imposer->out, named, name, form);
    buf_adds(content, "q ");
    matrix_add(&matrix, content);
    buf_addf(content, "%s Do Q\n", name);
    return true;
}

static bool make_side(Imposer *imposer, const Paper *paper, long side)
{
    qpdf_oh named = qpdf_oh_new_dictionary(imposer->out);
    qpdf_oh resources = qpdf_oh_new_dictionary(imposer->out);
    Buf content = {0};
    bool done = true;
    for (int cell = 0; done && cell < imposer->spec.cells; cell++)
        done = add_cell(imposer, paper, side, cell, named, &content);
    if (done) {
        qpdf_oh_replace_key(imposer->out, resources, "/XObject", named);
        paper->resources[side] = qpdf_make_indirect_object(imposer->out, resources);
        paper->contents[side] =
            impose_stream(imposer->out, content.data ? content.data : "", content.length);
    }
    buf_free(&content);
    return done;
}

static void add_side(Imposer *imposer, qpdf_oh contents, qpdf_oh resources)
{
    qpdf_data out = imposer->out;
    qpdf_oh page = qpdf_oh_new_dictionary(out);
    const Box bounds = {0, 0, sheet_side(imposer, true), sheet_side(imposer, false)};
    qpdf_oh_replace_key(out, page, "/Type", qpdf_oh_new_name(out, "/Page"));
    Buf box = {0};
    buf_addf(&box, "[0 0 %.4f %.4f]", bounds.right, bounds.top);
    qpdf_oh_replace_key(out, page, "/MediaBox", qpdf_oh_parse(out, box.data));
    buf_free(&box);
    qpdf_oh_replace_key(out, page, "/Resources", resources);
    if (contents)
        qpdf_oh_replace_key(out, page, "/Contents", contents);
    qpdf_add_page(out, out, qpdf_make_indirect_object(out, page), QPDF_FALSE);
    imposer->summary.sides++;
}

/* ---- papers ---- */

static void warn_interrupted(Imposer *imposer, const Paper *paper)
{
    const Input *input = &imposer->inputs[paper->input];
    long places = sheets_sides(&paper->sheets) * 2, blanks = places - paper->sheets.pages;
    if (!imposer->spec.booklet || !paper->sheets.last_ends || blanks == 0 ||
        paper->sheets.pages == 1 || input->imprint != IMPRINT_BELOW_TEXT)
        return;
    diag_add(imposer->diags, DIAG_W570, NULL, input->name, blanks, paper->sheets.pages);
    diag_hint(imposer->diags, DIAG_H572);
}

int impose_paper(Imposer *imposer, int input, long first, long count)
{
    const Input *from = &imposer->inputs[input];
    imposer->papers = arena_grow(imposer->arena, imposer->papers, imposer->paper_count,
        &imposer->paper_capacity, sizeof *imposer->papers);
    Paper *paper = &imposer->papers[imposer->paper_count++];
    bool ends = first + count == from->page_count && from->imprint != IMPRINT_NONE;
    *paper = (Paper){.input = input,
        .first = first,
        .sheets = {.booklet = imposer->spec.booklet,
            .cells = imposer->spec.cells,
            .last_ends = ends,
            .whole = imposer->spec.cells == 1,
            .pages = count}};
    long sides = sheets_sides(&paper->sheets);
    paper->contents = ARENA_ARRAY(imposer->arena, qpdf_oh, sides);
    paper->resources = ARENA_ARRAY(imposer->arena, qpdf_oh, sides);
    for (long side = 0; side < sides; side++)
        if (!make_side(imposer, paper, side))
            return -1;
    warn_interrupted(imposer, paper);
    return (int)imposer->paper_count - 1;
}

static bool has_room(Imposer *imposer, long sides)
{
    if (imposer->summary.sides + sides <= LIMIT_PAGES)
        return true;
    diag_add(imposer->diags, DIAG_E575, NULL, imposer->summary.sides + sides, LIMIT_PAGES);
    return false;
}

bool impose_print(Imposer *imposer, int index, long times)
{
    const Paper *paper = &imposer->papers[index];
    long sides = sheets_sides(&paper->sheets), each = sides + sides % 2;
    if (!has_room(imposer, times * each))
        return false;
    for (long i = 0; i < times; i++) {
        if (imposer->summary.sides % 2 == 1) /* each begins on a front */
            add_side(imposer, 0, qpdf_oh_new_dictionary(imposer->out));
        for (long side = 0; side < sides; side++)
            add_side(imposer, paper->contents[side], paper->resources[side]);
        imposer->summary.pages += paper->sheets.pages;
    }
    return true;
}

/* ---- the print file ---- */

Imposer *impose_open(Arena *arena, const ImposeSpec *spec, Diags *diags)
{
    Imposer *imposer = ARENA_NEW(arena, Imposer);
    *imposer = (Imposer){.arena = arena, .diags = diags, .spec = *spec, .out = qpdf_init()};
    qpdf_silence_errors(imposer->out);
    qpdf_set_suppress_warnings(imposer->out, QPDF_TRUE);
    qpdf_empty_pdf(imposer->out);
    return imposer;
}

void impose_close(Imposer *imposer)
{
    if (!imposer)
        return;
    qpdf_cleanup(&imposer->out);
    for (size_t i = 0; i < imposer->input_count; i++)
        input_close(&imposer->inputs[i]);
}

static void set_catalogue(Imposer *imposer)
{
    qpdf_data out = imposer->out;
    qpdf_oh root = qpdf_get_root(out), info = qpdf_oh_new_dictionary(out);
    SheetFlip flip = imposer->spec.flip ? imposer->spec.flip : natural_flip(imposer);
    qpdf_oh_replace_key(out, root, "/ViewerPreferences",
        qpdf_oh_parse(out, flip == FLIP_SHORT
                               ? "<< /PrintScaling /None /Duplex /DuplexFlipShortEdge "
                                 "/PickTrayByPDFSize true >>"
                               : "<< /PrintScaling /None /Duplex /DuplexFlipLongEdge "
                                 "/PickTrayByPDFSize true >>"));
    qpdf_oh_replace_key(out, root, "/Lang", qpdf_oh_new_string(out, "zh-CN"));
    qpdf_oh_replace_key(
        out, info, "/Title", qpdf_oh_new_unicode_string(out, impose_title(imposer, 0)));
    qpdf_oh_replace_key(out, info, "/Producer", qpdf_oh_new_string(out, "wenyin " WENYIN_VERSION));
    qpdf_oh_replace_key(out, qpdf_get_trailer(out), "/Info", qpdf_make_indirect_object(out, info));
}

static void warn_shrunk(const Imposer *imposer)
{
    const Box *size = &imposer->shrunk_size;
    if (imposer->shrunk > 0)
        diag_add(imposer->diags, DIAG_W571, NULL, imposer->shrunk_name, imposer->shrunk_page,
            lround(size->right * 25.4 / 72), lround(size->top * 25.4 / 72),
            lround(imposer->shrunk_to * 100), imposer->shrunk);
}

bool impose_write(Imposer *imposer, Buf *out, ImposeSummary *summary)
{
    set_catalogue(imposer);
    if (qpdf_has_error(imposer->out) || !finish_write(imposer->out)) {
        const char *why = qpdf_has_error(imposer->out)
                              ? qpdf_get_error_full_text(imposer->out, qpdf_get_error(imposer->out))
                              : "PDF";
        return diag_add(imposer->diags, DIAG_E405, NULL, why);
    }
    finish_take(imposer->out, out);
    for (size_t i = 0; i < imposer->input_count; i++)
        input_warn(&imposer->inputs[i], imposer->diags);
    warn_shrunk(imposer);
    imposer->summary.sheets = (imposer->summary.sides + 1) / 2;
    imposer->summary.blanks = imposer->summary.sides * imposer->spec.cells - imposer->summary.pages;
    *summary = imposer->summary;
    return true;
}
