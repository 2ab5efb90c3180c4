/* What qpdf would choke on. It goes down the tree of pages, and whatever a page needs, by calling
 * itself, and unpacks the contents of a page into memory: a file of a few kilobytes can be deeper
 * than the stack, or unpack to more than there is. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "output/deflate.h"
#include "output/impose_internal.h"

/* ---- which objects have been seen ---- */

void seen_close(Seen *seen)
{
    free(seen->bits);
}

static void seen_grow(Seen *seen, size_t bytes)
{
    size_t room = bytes + bytes / 2;
    unsigned char *bits = calloc(room, 1); /* what is never touched costs nothing */
    if (!bits)
        arena_exhausted();
    if (seen->bits)
        memcpy(bits, seen->bits, seen->room);
    free(seen->bits);
    *seen = (Seen){bits, room};
}

bool seen_add(Seen *seen, int object)
{
    size_t at = (size_t)object / 8;
    unsigned char bit = (unsigned char)(1u << (object % 8));
    if (object <= 0)
        return true;
    if (at >= seen->room)
        seen_grow(seen, at + 1);
    bool before = seen->bits[at] & bit;
    seen->bits[at] |= bit;
    return !before;
}

/* ---- down from an object ---- */

typedef struct Step {
    qpdf_oh object;
    int depth;
} Step;

typedef struct Walk {
    qpdf_data qpdf;
    Seen *seen;
    Step *steps; /* still to go, the next last */
    size_t count, room;
} Walk;

static void go_to(Walk *w, qpdf_oh object, int depth)
{
    if (w->count == w->room) {
        w->room = w->room * 2 + 64;
        Step *grown = realloc(w->steps, w->room * sizeof *grown);
        if (!grown)
            arena_exhausted();
        w->steps = grown;
    }
    w->steps[w->count++] = (Step){object, depth};
}

/* In qpdf's own order, so that depth here is depth there: the last goes in first. */
static void turn_round(Walk *w, size_t first)
{
    for (size_t last = w->count; first + 1 < last; first++, last--) {
        Step step = w->steps[first];
        w->steps[first] = w->steps[last - 1];
        w->steps[last - 1] = step;
    }
}

static void go_into_array(Walk *w, qpdf_oh array, int depth)
{
    int count = qpdf_oh_get_array_n_items(w->qpdf, array);
    for (int i = 0; i < count; i++)
        go_to(w, qpdf_oh_get_array_item(w->qpdf, array, i), depth);
}

static void go_into_dictionary(Walk *w, qpdf_oh dictionary, int depth)
{
    qpdf_oh_begin_dict_key_iter(w->qpdf, dictionary);
    while (qpdf_oh_dict_more_keys(w->qpdf))
        go_to(w, qpdf_oh_get_key(w->qpdf, dictionary, qpdf_oh_dict_next_key(w->qpdf)), depth);
}

/* ---- streams ---- */

/* How many bytes one byte can become. */
static const struct {
    const char *name;
    size_t most;
} UNPACKED[] = {{"/FlateDecode", 1032}, {"/Fl", 1032}, {"/LZWDecode", 2730}, {"/LZW", 2730},
    {"/RunLengthDecode", 64}, {"/RL", 64}};

static size_t most_of(qpdf_data qpdf, qpdf_oh filter)
{
    for (size_t i = 0; i < sizeof UNPACKED / sizeof *UNPACKED; i++)
        if (qpdf_oh_is_name_and_equals(qpdf, filter, UNPACKED[i].name))
            return UNPACKED[i].most;
    return 1;
}

/* How many bytes of it one byte can become; *times: how often it is packed. */
static size_t expansion(qpdf_data qpdf, qpdf_oh stream, int *times)
{
    qpdf_oh filter = qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, stream), "/Filter");
    int count = qpdf_oh_is_array(qpdf, filter) ? qpdf_oh_get_array_n_items(qpdf, filter) : 0;
    size_t most = most_of(qpdf, filter);
    *times = most > 1;
    for (int i = 0; i < count; i++) {
        size_t one = most_of(qpdf, qpdf_oh_get_array_item(qpdf, filter, i));
        *times += one > 1;
        most = one > most ? one : most;
    }
    return most;
}

/* What is packed twice can become a million times as large, which no program needs. Files that hang
 * on a picture do not come along. */
static bool stream_is_sound(Walk *w, qpdf_oh stream)
{
    int times;
    expansion(w->qpdf, stream, &times);
    qpdf_oh_remove_key(w->qpdf, qpdf_oh_get_dict(w->qpdf, stream), "/AF");
    return times < 2;
}

/* ---- what a page needs ---- */

static bool is_of_tree(qpdf_data qpdf, qpdf_oh dictionary)
{
    qpdf_oh type = qpdf_oh_get_key(qpdf, dictionary, "/Type");
    bool is = qpdf_oh_is_name_and_equals(qpdf, type, "/Page") ||
              qpdf_oh_is_name_and_equals(qpdf, type, "/Pages");
    qpdf_oh_release(qpdf, type);
    return is;
}

static Excess go_into(Walk *w, qpdf_oh object, int depth)
{
    size_t first = w->count;
    enum qpdf_object_type_e type = qpdf_oh_get_type_code(w->qpdf, object);
    if ((type != ot_array && type != ot_dictionary && type != ot_stream) ||
        !seen_add(w->seen, qpdf_oh_get_object_id(w->qpdf, object)))
        return WITHIN;
    if (depth > LIMIT_PDF_DEPTH)
        return TOO_DEEP;
    if (type == ot_stream && !stream_is_sound(w, object))
        return TOO_LARGE;
    if (type == ot_array)
        go_into_array(w, object, depth + 1);
    else if (type == ot_stream)
        go_to(w, qpdf_oh_get_dict(w->qpdf, object), depth + 1);
    else if (!is_of_tree(w->qpdf, object)) /* qpdf copies none of these either */
        go_into_dictionary(w, object, depth + 1);
    turn_round(w, first);
    return WITHIN;
}

Excess input_object_excess(Input *input, qpdf_oh object)
{
    Walk w = {.qpdf = input->qpdf, .seen = &input->seen};
    Excess found = WITHIN;
    /* A handle of its own: those that are met are let go. */
    go_to(&w, qpdf_oh_new_object(w.qpdf, object), 0);
    while (w.count > 0 && found == WITHIN) {
        Step step = w.steps[--w.count];
        found = go_into(&w, step.object, step.depth);
        qpdf_oh_release(w.qpdf, step.object);
    }
    free(w.steps);
    return found;
}

/* ---- the tree of pages ---- */

/* That it bites its own tail, qpdf tells. */
Excess input_tree_excess(const Input *input)
{
    Seen seen = {0};
    Walk w = {.qpdf = input->qpdf, .seen = &seen};
    Excess found = WITHIN;
    go_to(&w, qpdf_oh_get_key_if_dict(w.qpdf, qpdf_get_root(w.qpdf), "/Pages"), 0);
    while (w.count > 0 && found == WITHIN) {
        Step step = w.steps[--w.count];
        qpdf_oh kids = qpdf_oh_get_key_if_dict(w.qpdf, step.object, "/Kids");
        found = step.depth > LIMIT_PDF_DEPTH ? TOO_DEEP : WITHIN;
        if (qpdf_oh_is_array(w.qpdf, kids) &&
            seen_add(&seen, qpdf_oh_get_object_id(w.qpdf, step.object)))
            go_into_array(&w, kids, step.depth + 1);
        qpdf_oh_release(w.qpdf, kids);
        qpdf_oh_release(w.qpdf, step.object);
    }
    free(w.steps);
    seen_close(&seen);
    return found;
}

/* ---- the contents of a page ---- */

static bool is_deflated_first(qpdf_data qpdf, qpdf_oh stream)
{
    qpdf_oh filter = qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, stream), "/Filter");
    if (qpdf_oh_is_array(qpdf, filter) && qpdf_oh_get_array_n_items(qpdf, filter) > 0)
        filter = qpdf_oh_get_array_item(qpdf, filter, 0);
    return qpdf_oh_is_name_and_equals(qpdf, filter, "/FlateDecode") ||
           qpdf_oh_is_name_and_equals(qpdf, filter, "/Fl");
}

/* SIZE_MAX where that cannot be read. */
static size_t counted(qpdf_data qpdf, qpdf_oh stream, size_t limit)
{
    QPDF_BOOL filtered = QPDF_FALSE;
    unsigned char *bytes = NULL;
    size_t length = 0, found = SIZE_MAX;
    if (!(qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, &filtered, &bytes, &length) &
            QPDF_ERRORS))
        found = deflate_count(bytes, length, limit);
    free(bytes);
    return found;
}

/* How many bytes a stream unpacks to: at the most, or as it is `counted` where that can be done. */
static size_t unpacked(qpdf_data qpdf, qpdf_oh stream, bool count, size_t limit)
{
    int times;
    size_t most = expansion(qpdf, stream, &times);
    qpdf_oh length = qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, stream), "/Length");
    if (times > 1)
        return SIZE_MAX;
    if (count && is_deflated_first(qpdf, stream))
        return counted(qpdf, stream, limit);
    size_t packed =
        qpdf_oh_is_integer(qpdf, length) ? (size_t)qpdf_oh_get_uint_value(qpdf, length) : 0;
    return packed > SIZE_MAX / most ? SIZE_MAX : packed * most;
}

static bool fits(const Input *input, qpdf_oh contents, bool count)
{
    qpdf_data qpdf = input->qpdf;
    size_t room = (size_t)LIMIT_PDF_CONTENTS << 20;
    bool single = !qpdf_oh_is_array(qpdf, contents);
    int parts = single ? 1 : qpdf_oh_get_array_n_items(qpdf, contents);
    for (int i = 0; i < parts; i++) {
        qpdf_oh part = single ? contents : qpdf_oh_get_array_item(qpdf, contents, i);
        size_t bytes = qpdf_oh_is_stream(qpdf, part) ? unpacked(qpdf, part, count, room) : 0;
        if (bytes > room)
            return false;
        room -= bytes;
    }
    return true;
}

/* Contents are counted only where they could be too much. */
Excess input_contents_excess(const Input *input, qpdf_oh contents)
{
    return fits(input, contents, false) || fits(input, contents, true) ? WITHIN : TOO_LARGE;
}

bool input_refuse(const Input *input, Excess excess, Diags *diags)
{
    if (excess == WITHIN)
        return true;
    if (excess == TOO_DEEP)
        diag_add(diags, DIAG_E598, &input->at, input->name, LIMIT_PDF_DEPTH);
    else
        diag_add(diags, DIAG_E599, &input->at, input->name, LIMIT_PDF_CONTENTS);
    diag_hint(diags, DIAG_H574);
    return false;
}
