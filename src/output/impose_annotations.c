/* Seals, signatures, comments and filled-in fields are annotations: what prints of them is drawn
 * into the page (ISO 32000-1 12.5.5, algorithm 8.1). */
#include <math.h>
#include <stdio.h>

#include "output/impose_internal.h"

enum { FLAG_HIDDEN = 2, FLAG_PRINT = 4 };

static qpdf_oh key(qpdf_data qpdf, qpdf_oh dictionary, const char *name)
{
    return qpdf_oh_get_key(qpdf, dictionary, name);
}

bool impose_box(qpdf_data qpdf, qpdf_oh array, Box *out)
{
    double numbers[4];
    if (!qpdf_oh_is_array(qpdf, array) || qpdf_oh_get_array_n_items(qpdf, array) != 4)
        return false;
    for (int i = 0; i < 4; i++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, array, i);
        if (!qpdf_oh_is_number(qpdf, item))
            return false;
        numbers[i] = qpdf_oh_get_numeric_value(qpdf, item);
    }
    *out = (Box){fmin(numbers[0], numbers[2]), fmin(numbers[1], numbers[3]),
        fmax(numbers[0], numbers[2]), fmax(numbers[1], numbers[3])};
    return out->right > out->left && out->top > out->bottom;
}

void matrix_add(const Matrix *m, Buf *content)
{
    buf_addf(content, "%.6f %.6f %.6f %.6f %.4f %.4f cm ", m->a, m->b, m->c, m->d, m->e, m->f);
}

static Matrix own_matrix(qpdf_data qpdf, qpdf_oh dictionary)
{
    double n[6] = {1, 0, 0, 1, 0, 0};
    qpdf_oh array = key(qpdf, dictionary, "/Matrix");
    for (int i = 0; i < 6 && qpdf_oh_is_array(qpdf, array); i++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, array, i);
        if (qpdf_oh_is_number(qpdf, item))
            n[i] = qpdf_oh_get_numeric_value(qpdf, item);
    }
    return (Matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
}

/* The upright box round a box that a matrix has moved. */
static Box moved(const Box *box, const Matrix *m)
{
    const double xs[2] = {box->left, box->right}, ys[2] = {box->bottom, box->top};
    Box out = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        double x = xs[i & 1] * m->a + ys[i >> 1] * m->c + m->e;
        double y = xs[i & 1] * m->b + ys[i >> 1] * m->d + m->f;
        out = (Box){fmin(out.left, x), fmin(out.bottom, y), fmax(out.right, x), fmax(out.top, y)};
    }
    return out;
}

/* The stream that shows the annotation in its present state; no stream where there is none. */
static qpdf_oh appearance(qpdf_data qpdf, qpdf_oh annotation)
{
    qpdf_oh states = key(qpdf, annotation, "/AP");
    qpdf_oh normal = qpdf_oh_is_dictionary(qpdf, states) ? key(qpdf, states, "/N") : states;
    qpdf_oh state = key(qpdf, annotation, "/AS");
    if (qpdf_oh_is_dictionary(qpdf, normal) && qpdf_oh_is_name(qpdf, state))
        return key(qpdf, normal, qpdf_oh_get_name(qpdf, state));
    return normal;
}

static bool prints(qpdf_data qpdf, qpdf_oh annotation)
{
    qpdf_oh flags = key(qpdf, annotation, "/F");
    int set = qpdf_oh_is_integer(qpdf, flags) ? qpdf_oh_get_int_value_as_int(qpdf, flags) : 0;
    return (set & FLAG_PRINT) && !(set & FLAG_HIDDEN);
}

static bool is_of(qpdf_data qpdf, qpdf_oh annotation, const char *subtype)
{
    return qpdf_oh_is_name_and_equals(qpdf, key(qpdf, annotation, "/Subtype"), subtype);
}

/* Links have no looks, pop-ups are not printed, a field that is not filled in shows nothing; a field
 * may have its value from its parent. */
static bool should_look(qpdf_data qpdf, qpdf_oh annotation)
{
    Box place;
    if (qpdf_oh_is_dictionary(qpdf, key(qpdf, annotation, "/AP")) ||
        is_of(qpdf, annotation, "/Link") || is_of(qpdf, annotation, "/Popup") ||
        !impose_box(qpdf, key(qpdf, annotation, "/Rect"), &place))
        return false;
    qpdf_oh parent = key(qpdf, annotation, "/Parent");
    return !is_of(qpdf, annotation, "/Widget") || qpdf_oh_has_key(qpdf, annotation, "/V") ||
           (qpdf_oh_is_dictionary(qpdf, parent) && qpdf_oh_has_key(qpdf, parent, "/V"));
}

static void draw(qpdf_data qpdf, qpdf_oh annotation, int number, qpdf_oh named, Buf *content)
{
    qpdf_oh stream = appearance(qpdf, annotation);
    Box place, shape;
    if (!qpdf_oh_is_stream(qpdf, stream) ||
        !impose_box(qpdf, key(qpdf, annotation, "/Rect"), &place))
        return;
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    if (!impose_box(qpdf, key(qpdf, dictionary, "/BBox"), &shape))
        return;
    Matrix own = own_matrix(qpdf, dictionary);
    Box from = moved(&shape, &own);
    double x = (place.right - place.left) / (from.right - from.left);
    double y = (place.top - place.bottom) / (from.top - from.bottom);
    if (!isfinite(x) || !isfinite(y))
        return;
    char name[24];
    snprintf(name, sizeof name, "/A%d", number);
    qpdf_oh_replace_key(qpdf, dictionary, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
    qpdf_oh_replace_key(qpdf, named, name, stream);
    buf_adds(content, "q ");
    matrix_add(
        &(Matrix){x, 0, 0, y, place.left - x * from.left, place.bottom - y * from.bottom}, content);
    buf_addf(content, "%s Do Q\n", name);
}

bool impose_annotations(qpdf_data qpdf, qpdf_oh page, qpdf_oh named, Buf *content)
{
    qpdf_oh annotations = key(qpdf, page, "/Annots");
    bool all = true;
    if (!qpdf_oh_is_array(qpdf, annotations))
        return true;
    int count = qpdf_oh_get_array_n_items(qpdf, annotations);
    for (int i = 0; i < count; i++) {
        qpdf_oh annotation = qpdf_oh_get_array_item(qpdf, annotations, i);
        if (!qpdf_oh_is_dictionary(qpdf, annotation) || !prints(qpdf, annotation))
            continue;
        draw(qpdf, annotation, i, named, content);
        all &= !should_look(qpdf, annotation);
    }
    return all;
}
