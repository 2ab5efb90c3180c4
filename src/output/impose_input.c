/* The PDFs that are imposed: read without guessing; a page as viewers show it, and as a form. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/deflate.h"
#include "output/finish_internal.h"
#include "output/impose_internal.h"

/* ---- reading ---- */

static bool is_pdf(const char *bytes, size_t length)
{
    enum { HEAD = 1024 }; /* ISO 32000-1 annex H: readers look for it there */
    return length > 0 && memmem(bytes, length < HEAD ? length : HEAD, "%PDF-", 5);
}

bool input_fail(const Input *input, Diags *diags)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_error error = qpdf_has_error(qpdf)       ? qpdf_get_error(qpdf)
                       : qpdf_more_warnings(qpdf) ? qpdf_next_warning(qpdf)
                                                  : NULL;
    if (error && qpdf_get_error_code(qpdf, error) == qpdf_e_password)
        return diag_add(diags, DIAG_E572, &input->at, input->name);
    const char *why = error ? qpdf_get_error_message_detail(qpdf, error) : "/MediaBox";
    diag_add(diags, DIAG_E573, &input->at, input->name, why);
    diag_hint(diags, DIAG_H571);
    return false;
}

static qpdf_oh page_of(const Input *input, long page)
{
    return qpdf_get_page_n(input->qpdf, (size_t)page);
}

/* What finish.c has written of its last page. */
static PageImprint read_imprint(const Input *input)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_oh at = page_of(input, input->page_count - 1);
    static const char *const path[] = {"/PieceInfo", FINISH_PIECE, "/Private"};
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        if (!qpdf_oh_is_dictionary(qpdf, at))
            return IMPRINT_NONE;
        at = qpdf_oh_get_key(qpdf, at, path[i]);
    }
    return qpdf_oh_is_name_and_equals(qpdf, at, FINISH_IMPRINT_ALONE)   ? IMPRINT_ALONE
           : qpdf_oh_is_name_and_equals(qpdf, at, FINISH_IMPRINT_BELOW) ? IMPRINT_BELOW_TEXT
                                                                        : IMPRINT_NONE;
}

/* A file that qpdf would have to guess at is refused: a page might be lost in silence. */
static bool read_input(Input *input, Arena *arena, const PageForeign *file, Diags *diags)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(qpdf, QPDF_FALSE);
    if (!is_pdf(file->bytes, file->length))
        return diag_add(diags, DIAG_E571, &input->at, input->name);
    if (qpdf_read_memory(qpdf, "PDF", file->bytes, file->length, NULL) & QPDF_ERRORS)
        return input_fail(input, diags);
    if (!input_refuse(input, input_tree_excess(input), diags))
        return false;
    input->page_count = qpdf_get_num_pages(qpdf);
    if (input->page_count < 0 || (qpdf_push_inherited_attributes_to_page(qpdf) & QPDF_ERRORS))
        return input_fail(input, diags);
    if (input->page_count == 0)
        return diag_add(diags, DIAG_E574, &input->at, input->name);
    input->forms = ARENA_ARRAY(arena, qpdf_oh, input->page_count);
    input->imprint = read_imprint(input);
    return true;
}

bool input_open(Input *input, Arena *arena, const PageForeign *file, Diags *diags)
{
    *input = (Input){.name = file->name, .at = file->at, .qpdf = qpdf_init()};
    return read_input(input, arena, file, diags);
}

void input_close(Input *input)
{
    qpdf_cleanup(&input->qpdf);
    seen_close(&input->seen);
}

const char *input_title(const Input *input, Arena *arena)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_oh info = qpdf_oh_get_key(qpdf, qpdf_get_trailer(qpdf), "/Info");
    qpdf_oh title =
        qpdf_oh_is_dictionary(qpdf, info) ? qpdf_oh_get_key(qpdf, info, "/Title") : info;
    return qpdf_oh_is_string(qpdf, title) ? arena_strdup(arena, qpdf_oh_get_utf8_value(qpdf, title))
                                          : "";
}

/* What qpdf met on the way and went on without: part of a page may be missing. A key that stands
 * twice is none of it. */
static void warn_damaged(const Input *input, Diags *diags)
{
    qpdf_data qpdf = input->qpdf;
    while (qpdf_more_warnings(qpdf)) {
        qpdf_error warning = qpdf_next_warning(qpdf);
        const char *what = qpdf_get_error_message_detail(qpdf, warning);
        if (qpdf_get_error_code(qpdf, warning) == qpdf_e_damaged_pdf &&
            !strstr(what, "duplicated key")) {
            diag_add(diags, DIAG_W572, &input->at, input->name, what);
            diag_hint(diags, DIAG_H571);
            return;
        }
    }
}

/* Forms keep their layers, but only the catalogue says which are hidden. */
static bool hides_layers(const Input *input)
{
    qpdf_data qpdf = input->qpdf;
    static const char *const path[] = {"/OCProperties", "/D"};
    qpdf_oh at = qpdf_get_root(qpdf);
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        at = qpdf_oh_get_key(qpdf, at, path[i]);
        if (!qpdf_oh_is_dictionary(qpdf, at))
            return false;
    }
    qpdf_oh hidden = qpdf_oh_get_key(qpdf, at, "/OFF");
    return (qpdf_oh_is_array(qpdf, hidden) && qpdf_oh_get_array_n_items(qpdf, hidden) > 0) ||
           qpdf_oh_is_name_and_equals(qpdf, qpdf_oh_get_key(qpdf, at, "/BaseState"), "/OFF");
}

void input_warn(const Input *input, Diags *diags)
{
    warn_damaged(input, diags);
    if (input->undrawn > 0) {
        diag_add(diags, DIAG_W573, &input->at, input->name, input->undrawn);
        diag_hint(diags, DIAG_H574);
    }
    if (hides_layers(input)) {
        diag_add(diags, DIAG_W574, &input->at, input->name);
        diag_hint(diags, DIAG_H574);
    }
}

/* ---- a page as it is shown ---- */

static void cut_to(Box *box, const Box *by)
{
    Box common = {fmax(box->left, by->left), fmax(box->bottom, by->bottom),
        fmin(box->right, by->right), fmin(box->top, by->top)};
    if (common.right > common.left && common.top > common.bottom)
        *box = common;
}

bool input_shown(const Input *input, long number, Shown *out)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_oh page = page_of(input, number);
    qpdf_oh rotate = qpdf_oh_get_key(qpdf, page, "/Rotate");
    qpdf_oh unit = qpdf_oh_get_key(qpdf, page, "/UserUnit");
    Box crop;
    *out = (Shown){.unit = 1};
    if (!impose_box(qpdf, qpdf_oh_get_key(qpdf, page, "/MediaBox"), &out->box))
        return false;
    if (impose_box(qpdf, qpdf_oh_get_key(qpdf, page, "/CropBox"), &crop))
        cut_to(&out->box, &crop);
    if (qpdf_oh_is_number(qpdf, rotate)) /* 90.0 turns, too */
        out->turns = ((int)fmod(qpdf_oh_get_numeric_value(qpdf, rotate), 360) / 90 + 4) % 4;
    if (qpdf_oh_is_number(qpdf, unit) && qpdf_oh_get_numeric_value(qpdf, unit) > 0)
        out->unit = qpdf_oh_get_numeric_value(qpdf, unit);
    double wide = (out->box.right - out->box.left) * out->unit;
    double high = (out->box.top - out->box.bottom) * out->unit;
    out->width = out->turns % 2 ? high : wide;
    out->height = out->turns % 2 ? wide : high;
    return true;
}

/* ---- a page as a form ---- */

qpdf_oh impose_stream(qpdf_data qpdf, const char *bytes, size_t length)
{
    qpdf_oh stream = qpdf_oh_new_stream(qpdf), none = qpdf_oh_new_null(qpdf);
    qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)bytes, length, none, none);
    return stream;
}

static void set_resources(qpdf_data qpdf, qpdf_oh holder, qpdf_oh named)
{
    qpdf_oh resources = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh_replace_key(qpdf, resources, "/XObject", named);
    qpdf_oh_replace_key(qpdf, holder, "/Resources", resources);
}

qpdf_oh impose_corners(qpdf_data qpdf, const Box *box)
{
    qpdf_oh array = qpdf_oh_new_array(qpdf);
    const double numbers[] = {box->left, box->bottom, box->right, box->top};
    for (int i = 0; i < 4; i++)
        qpdf_oh_append_item(qpdf, array, qpdf_oh_new_real_from_double(qpdf, numbers[i], 4));
    return array;
}

static qpdf_oh form_dictionary(qpdf_data qpdf, qpdf_oh stream, const Box *box)
{
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    qpdf_oh_replace_key(qpdf, dictionary, "/Type", qpdf_oh_new_name(qpdf, "/XObject"));
    qpdf_oh_replace_key(qpdf, dictionary, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
    qpdf_oh_replace_key(qpdf, dictionary, "/BBox", impose_corners(qpdf, box));
    return dictionary;
}

/* Contents as most writers pack them, one stream and deflated, stay packed: to deflate them anew
 * takes longer than all the rest. */
static bool stay_packed(const Input *input, qpdf_oh contents, qpdf_oh *out)
{
    qpdf_data qpdf = input->qpdf;
    QPDF_BOOL filtered = QPDF_FALSE;
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (!qpdf_oh_is_stream(qpdf, contents) ||
        qpdf_more_warnings(qpdf)) /* damage is not passed on */
        return false;
    qpdf_oh described = qpdf_oh_get_dict(qpdf, contents);
    qpdf_oh filter = qpdf_oh_get_key(qpdf, described, "/Filter");
    if (!qpdf_oh_is_name_and_equals(qpdf, filter, "/FlateDecode") ||
        qpdf_oh_has_key(qpdf, described, "/DecodeParms") ||
        (qpdf_oh_get_stream_data(qpdf, contents, qpdf_dl_none, &filtered, &bytes, &length) &
            QPDF_ERRORS))
        return false;
    *out = qpdf_oh_new_stream(qpdf);
    qpdf_oh_replace_stream_data(qpdf, *out, bytes, length, filter, qpdf_oh_new_null(qpdf));
    free(bytes);
    return true;
}

/* Packed at once: a file of many pages could unpack to more than there is. */
static qpdf_oh packed_stream(qpdf_data qpdf, const unsigned char *bytes, size_t length)
{
    Buf packed = {0};
    qpdf_oh stream = qpdf_oh_new_stream(qpdf);
    deflate_add(bytes ? (const char *)bytes : "", length, &packed);
    qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)packed.data, packed.length,
        qpdf_oh_new_name(qpdf, "/FlateDecode"), qpdf_oh_new_null(qpdf));
    buf_free(&packed);
    return stream;
}

/* In the PDF that the page is of. False after a message: the contents are read in any case, so that
 * damage shows. */
static bool page_form(const Input *input, long number, const Box *box, qpdf_oh *out, Diags *diags)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_oh page = page_of(input, number), resources = qpdf_oh_get_key(qpdf, page, "/Resources");
    qpdf_oh contents = qpdf_oh_get_key(qpdf, page, "/Contents");
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (!input_refuse(input, input_contents_excess(input, contents), diags))
        return false;
    if (qpdf_oh_get_page_content_data(qpdf, page, &bytes, &length) & QPDF_ERRORS)
        return input_fail(input, diags);
    if (!stay_packed(input, contents, out))
        *out = packed_stream(qpdf, bytes, length);
    free(bytes);
    qpdf_oh dictionary = form_dictionary(qpdf, *out, box);
    qpdf_oh_replace_key(qpdf, dictionary, "/Resources",
        qpdf_oh_is_dictionary(qpdf, resources) ? resources : qpdf_oh_new_dictionary(qpdf));
    qpdf_oh group = qpdf_oh_get_key(qpdf, page, "/Group");
    if (qpdf_oh_is_dictionary(qpdf, group))
        qpdf_oh_replace_key(qpdf, dictionary, "/Group", group);
    return true;
}

/* A seal is an annotation: page and annotations together in a form round them. */
static qpdf_oh with_annotations(Input *input, long number, const Box *box, qpdf_oh form)
{
    qpdf_data qpdf = input->qpdf;
    qpdf_oh named = qpdf_oh_new_dictionary(qpdf);
    Buf content = {0};
    buf_adds(&content, "/P Do\n");
    size_t page_alone = content.length;
    bool drawn = impose_annotations(qpdf, page_of(input, number), named, &content);
    if (!drawn && input->undrawn == 0)
        input->undrawn = number + 1;
    if (content.length > page_alone) {
        qpdf_oh_replace_key(qpdf, named, "/P", form);
        form = impose_stream(qpdf, content.data, content.length);
        set_resources(qpdf, form_dictionary(qpdf, form, box), named);
    }
    buf_free(&content);
    return form;
}

qpdf_oh input_form(Input *input, long number, const Box *box, qpdf_data out, Diags *diags)
{
    qpdf_oh *kept = &input->forms[number], form = 0;
    if (*kept || !page_form(input, number, box, &form, diags))
        return *kept;
    form = with_annotations(input, number, box, form);
    if (input_refuse(input, input_object_excess(input, form), diags))
        *kept = qpdf_oh_copy_foreign_object(out, input->qpdf, form);
    return *kept;
}
