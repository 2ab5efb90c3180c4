/* Cutting the outlines of CFF fonts: those of other glyphs are emptied, ids kept. */
#include <hb.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cff.h"
#include "typeset/font_internal.h"

static void keep_outlines(const Cff *cff, const hb_set_t *glyphs, Buf *out)
{
    unsigned count = cff->charstrings.count;
    CffOutline *outlines = calloc(count, sizeof *outlines);
    if (!outlines) {
        arena_exhausted();
    }
    for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &glyph);) {
        if (glyph < count) {
            outlines[glyph] = cff_outline(cff, glyph);
        }
    }
    if (!cff_write(cff, outlines, count, out)) {
        buf_free(out);
    }
    free(outlines);
}

struct hb_blob_t *font_cut_cff(struct hb_face_t *face, const struct hb_set_t *glyphs)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const uint8_t *data = (const uint8_t *)hb_blob_get_data(blob, &length);
    Cff cff;
    Buf out = {0};
    if (length > 0 && cff_read(&cff, data, length)) {
        keep_outlines(&cff, glyphs, &out);
    }
    hb_blob_destroy(blob);
    return out.data ? hb_blob_create(
                          out.data, (unsigned)out.length, HB_MEMORY_MODE_WRITABLE, out.data, free)
                    : NULL;
}
